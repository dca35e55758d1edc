// ---- scale: nautical miles below the kilometres, as notices, zones and charts have them
L.Control.Scale.prototype._updateImperial = function (most) {
  const miles = this._getRoundNum(most / 1852);
  this._updateScale(this._iScale, `${miles} NM`, miles * 1852 / most);
};

// ---- graticule
function graticule(map) {
  const lines = L.layerGroup().addTo(map), edges = make("div", undefined, "edges");
  edges.setAttribute("aria-hidden", "true");
  map.getContainer().append(edges);
  const steps = [[2, 30], [3.5, 20], [4.5, 10], [5.75, 5], [7, 2], [8, 1], [99, 0.5]];
  const step = () => steps.find(([zoom]) => map.getZoom() < zoom)[1];
  const degrees = (value, plus, minus) => `${Math.abs(value)}°${value === 0 ? "" : value > 0 ? plus : minus}`;
  const each = (from, to, by, then) => {
    for (let value = Math.ceil(from / by) * by; value <= to; value += by) then(Math.round(value * 10) / 10);
  };
  const draw = () => {
    const by = step(), seen = map.getBounds().pad(0.4);
    const south = Math.max(-85, seen.getSouth()), north = Math.min(85, seen.getNorth());
    const options = {className: "grat", interactive: false, pane: "graticule", smoothFactor: 0};
    lines.clearLayers();
    each(south, north, by, (lat) => L.polyline([[lat, seen.getWest()], [lat, seen.getEast()]], options).addTo(lines));
    each(seen.getWest(), seen.getEast(), by, (lon) => L.polyline([[south, lon], [north, lon]], options).addTo(lines));
  };
  drawEdges = () => {
    const by = step(), seen = map.getBounds(), size = map.getSize();
    const frame = map.getContainer().getBoundingClientRect();
    const controls = [...map.getContainer().querySelectorAll(".leaflet-control")].map((one) => one.getBoundingClientRect());
    const free = (x, y) => !controls.some((box) => x > box.left - frame.left - 30 && x < box.right - frame.left + 30 &&
      y > box.top - frame.top - 12 && y < box.bottom - frame.top + 12);
    edges.replaceChildren();
    const put = (text, x, y, shift) => {
      if (!free(x, y)) return;
      const node = make("span", text);
      node.style.cssText = `left:${x}px;top:${y}px;transform:translate(${shift})`;
      edges.append(node);
    };
    each(Math.max(-80, seen.getSouth()), Math.min(84, seen.getNorth()), by, (lat) => {
      const y = map.latLngToContainerPoint([lat, seen.getWest()]).y;
      if (y > 12 && y < size.y - 24) put(degrees(lat, t.north, t.south), 5, y, "0,-50%");
    });
    each(seen.getWest(), seen.getEast(), by, (lon) => {
      const x = map.latLngToContainerPoint([seen.getSouth(), lon]).x;
      const around = ((lon + 180) % 360 + 360) % 360 - 180;
      if (x > 24 && x < size.x - 24) put(Math.abs(around) === 180 ? "180°" : degrees(around, t.east, t.west), x, size.y - 9, "-50%,-50%");
    });
  };
  map.on("moveend zoomend resize", draw).on("move zoomend resize", () => drawEdges());
  draw();
}
