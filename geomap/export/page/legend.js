// ---- legend and layer control in one
function legend(map, groups) {
  const control = L.control.layers(null, null, {collapsed: false, autoZIndex: false, position: "topright"});
  groups.forEach((group, i) => {
    const {title, styles} = scene.groups[i];
    control.addOverlay(group, `${swatch(styles[styles.length - 1])}<span>${escaped(title)}</span>`);
  });
  control.addTo(map);
  const box = control.getContainer(), list = box.querySelector(".leaflet-control-layers-list");
  const details = make("details"), summary = make("summary", t.legend);
  box.className = "leaflet-control leaflet-control-layers-expanded legend";
  list.classList.remove("leaflet-control-layers-scrollbar");
  list.style.height = "";
  box.replaceChildren(details);
  details.append(summary, list);
  details.open = !narrow() && !embedded;
  details.addEventListener("toggle", () => { place(map); drawEdges(); });
  L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
}
