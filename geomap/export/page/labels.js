// ---- the length of a margin, beyond its end at the zone's edge; it comes and goes with its line
function measure(group, row, decimals) {
  const coded = geometry(row.g, decimals).coordinates, from = coded[0][0], to = coded[coded.length - 1].slice(-1)[0];
  const east = to[0] - from[0], north = to[1] - from[1], text = make("span", row.l, "measure l-margin");
  text.style.transform = Math.abs(east) > Math.abs(north) ?
    `translate(${east > 0 ? "7px" : "calc(-100% - 7px)"},-50%)` : `translate(-50%,${north > 0 ? "calc(-100% - 7px)" : "7px"})`;
  const marker = L.marker([to[1], to[0]], {pane: "labels", interactive: false, keyboard: false,
    icon: L.divIcon({className: "label", iconSize: [0, 0], html: text})});
  group.addLayer(marker);
  marks.get(row.id).push(marker);
  about.set(marker, {group, row, key: "margin"});
}

// ---- labels: each at the first of its places where it covers no other, no symbol and no control
const RANK = {place: 300, zone: 200, sea: 100, country: 0};
function label(group, row, key, style) {
  const strong = key.endsWith("-point");
  const text = make("span", strong && row.l === row.w ? `“${row.l}”` : row.l,
    `${style.lettering} l-${key}${strong ? " strong" : ""}`);
  const point = row.g.p && row.g.p[0];
  const places = row.a ? row.a.map((at) => L.latLng(at)) : point ? [L.latLng(point[1], point[0])] : [];
  if (!places.length) return;
  const marker = L.marker(places[0], {pane: "labels", interactive: false, keyboard: false,
    icon: L.divIcon({className: "label", iconSize: [0, 0], html: text})});
  group.addLayer(marker);
  if (row.x) timed.push({leaf: marker, group, times: row.x});
  labels.push({marker, text, places, full: text.textContent, centred: !style.symbol, gap: (style.size || 0) / 2 + 3,
    rank: RANK[style.lettering] + style.order - labels.length / 1000});
}
function place(map) {
  const size = map.getSize(), frame = map.getContainer().getBoundingClientRect(), taken = [];
  for (const one of map.getContainer().querySelectorAll(".leaflet-control,.cluster,.mark[class*=\" k\"]")) {
    const box = one.getBoundingClientRect();
    taken.push([box.left - frame.left - 4, box.top - frame.top - 4, box.right - frame.left + 4, box.bottom - frame.top + 4]);
  }
  const shown = labels.filter((one) => map.hasLayer(one.marker)).sort((a, b) => b.rank - a.rank);
  for (const one of shown) {
    if (one.centred) continue;
    const at = map.latLngToContainerPoint(one.places[0]), r = one.gap - 2;
    taken.push([at.x - r, at.y - r, at.x + r, at.y + r, one]);
  }
  const said = [];
  for (const one of shown) {
    const at = map.latLngToContainerPoint(one.places[0]), words = one.full.toLowerCase();
    if (said.some(([text, near]) => text === words && near.distanceTo(at) < 30)) {  // a place that is its own dateline
      one.text.classList.remove("placed");
      continue;
    }
    said.push([words, at]);
    let spot = null;
    for (const text of new Set([one.full, one.full.split("\n")[0]])) {  // the first line alone may have room
      one.text.textContent = text;
      spot = room(map, one, size, taken);
      if (spot) break;
    }
    one.text.classList.toggle("placed", !!spot);
    if (!spot) continue;
    one.marker.setLatLng(spot.at);
    one.text.style.left = `${spot.dx}px`;
    one.text.style.top = `${spot.dy}px`;
    taken.push(spot.box);
  }
}
function room(map, one, size, taken) {
  const wide = one.text.offsetWidth, high = one.text.offsetHeight, far = one.gap;
  const offsets = one.centred ? [[-wide / 2, -high / 2]] : [
    [far, -high / 2], [-far - wide, -high / 2], [-wide / 2, far], [-wide / 2, -far - high],
    [far * .7, far * .5], [far * .7, -far * .5 - high], [-far * .7 - wide, far * .5], [-far * .7 - wide, -far * .5 - high]];
  for (const at of one.places) {
    const pixel = map.latLngToContainerPoint(at);
    for (const [dx, dy] of offsets) {
      const box = [pixel.x + dx, pixel.y + dy, pixel.x + dx + wide, pixel.y + dy + high];
      const inside = box[0] > (one.centred ? 36 : 4) && box[1] > 4 && box[2] < size.x - 4 && box[3] < size.y - 20;
      const free = (other) => other[4] === one || box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3];
      if (inside && taken.every(free)) return {at, dx, dy, box};
    }
  }
  return null;
}
