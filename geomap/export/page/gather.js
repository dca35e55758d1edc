// ---- marks that lie near each other are gathered in a circle that says how many launches it holds, and of which classes
const CELL = 76, NEAR = 54;  // pixels of the screen
const seenBy = new Int32Array(told.n).fill(-1);
let stamp = 0;
function held(members) {
  const kinds = new Array(classes.length).fill(0), launches = [];
  stamp += 1;
  for (const {launch} of members) {
    if (seenBy[launch] === stamp) continue;
    seenBy[launch] = stamp;
    launches.push(launch);
    kinds[classOf[launch]] += 1;
  }
  return {kinds, launches};
}
// The circles of a zoom, over all of the map: a cell of the screen each, and neighbours that would overlap are one.
function gather(members, zoom) {
  const scale = 2 ** zoom, cells = new Map();
  for (const spot of members) {
    const column = Math.floor(spot.x * scale / CELL), row = Math.floor(spot.y * scale / CELL), key = column * 65536 + row;
    let cell = cells.get(key);
    if (!cell) cells.set(key, cell = {column, row, x: 0, y: 0, members: []});
    cell.members.push(spot);
    cell.x += spot.x;
    cell.y += spot.y;
  }
  const found = [], middle = (cell) => [cell.x / cell.members.length * scale, cell.y / cell.members.length * scale];
  for (const cell of [...cells.values()].sort((a, b) => b.members.length - a.members.length || a.column - b.column || a.row - b.row)) {
    if (cell.gone) continue;
    for (let i = -1; i <= 1; i++) for (let j = -1; j <= 1; j++) {
      const other = i || j ? cells.get((cell.column + i) * 65536 + cell.row + j) : undefined;
      if (!other || other.gone || other.done) continue;
      const [x, y] = middle(cell), [u, v] = middle(other);
      if (Math.hypot(x - u, y - v) > NEAR) continue;
      other.gone = true;
      cell.x += other.x;
      cell.y += other.y;
      for (const spot of other.members) cell.members.push(spot);
    }
    cell.done = true;
    const {kinds, launches} = held(cell.members);
    if (launches.length === 1) for (const spot of cell.members) found.push({x: spot.x, y: spot.y, spot, launch: spot.launch});
    else found.push({x: cell.x / cell.members.length, y: cell.y / cell.members.length, kinds, launches, members: cell.members});
  }
  return found;
}
// A ring of the classes about the number; twelve o'clock first, the most frequent class first.
function ring(kinds, all, size) {
  const sorted = kinds.map((many, kind) => [many, kind]).filter(([many]) => many).sort(([a], [b]) => b - a);
  const at = (share, radius) => [10 + radius * Math.sin(2 * Math.PI * share), 10 - radius * Math.cos(2 * Math.PI * share)].map((one) => one.toFixed(2)).join(" ");
  const inner = 10 - 100 / size;
  let from = 0;
  const whole = (radius, turn) => `M10 ${10 - radius}A${radius} ${radius} 0 1 ${turn} 10 ${10 + radius} ${radius} ${radius} 0 1 ${turn} 10 ${10 - radius}Z`;
  const parts = sorted.length === 1 ? [`<path class="k${sorted[0][1]}" d="${whole(10, 1)}${whole(inner, 0)}"/>`] : sorted.map(([many, kind]) => {
    const to = from + many / all, far = to - from > 0.5 ? 1 : 0;
    const path = `M${at(from, 10)}A10 10 0 ${far} 1 ${at(to, 10)}L${at(to, inner)}A${inner} ${inner} 0 ${far} 0 ${at(from, inner)}Z`;
    from = to;
    return `<path class="k${kind}" d="${path}"/>`;
  });
  return `<svg width="${size}" height="${size}" viewBox="0 0 20 20" aria-hidden="true"><path class="disc" d="M10 .5A9.5 9.5 0 1 1 10 19.5 9.5 9.5 0 1 1 10 .5Z"/>${parts.join("")}</svg>`;
}
function circle(one) {
  const many = one.launches.length, size = Math.round(26 + 10 * Math.log10(many)), said = many < 10000 ? count(many) : `${Math.round(many / 1000)}k`;
  return L.divIcon({className: "mark cluster", iconSize: [size, size],
    html: `${ring(one.kinds, many, size)}<span class="count">${said}</span>`});
}
const single = ({spot: {layer, launch}}) => {
  const {symbol: form, size} = scene.styles[layer.style], wide = Math.min(16, size);
  return L.divIcon({className: `mark i-${layer.style} k${classOf[launch]}`, iconSize: [wide, wide], html: symbol(form, wide)});
};
function contents({kinds, launches}) {
  const sorted = kinds.map((many, kind) => [many, kind]).filter(([many]) => many).sort(([a], [b]) => b - a);
  return `${fill(t.launches, {count: count(launches.length)})}: ${sorted.map(([many, kind]) => `${classes[kind][1]} ${count(many)}`).join(", ")}`;
}
const saidOf = (one) => one.spot ? `${launchTitle(one.launch)}${dated(one.launch) ? `, ${dayOf(starts[one.launch])}` : ""}` : contents(one);

// What is drawn: one layer of GeoJSON with what is in sight of the circles and marks, and the shapes of marks that stand alone.
const ONLY_CHOSEN = ["dropped", "clipped"];
const MOST_SHAPES = 60, LEAST = 14;  // the smallest shape that is drawn, pixels of the screen
function crowd(map, act) {
  const drawn = new Map(), shapes = new Map();
  const points = L.geoJSON(null, {pointToLayer: ({properties: {one}}, at) => {
    const style = one.spot && one.spot.layer.style;
    return L.marker(at, {icon: one.spot ? single(one) : circle(one), pane: style ? `mark-${style}` : "clusters", riseOnHover: true, keyboard: true});
  }}).addTo(map);
  let zoom = null, found = [];
  const leafOf = (one) => {
    const {lat, lng} = one.spot || L.CRS.EPSG3857.pointToLatLng({x: one.x, y: one.y}, 0);
    points.addData({type: "Feature", properties: {one}, geometry: {type: "Point", coordinates: [lng, lat]}});
    const leaf = points.getLayers().at(-1);
    leaf.bindTooltip(() => make("span", saidOf(one)), {direction: "top", opacity: 1});
    leaf.on("click", () => act(one, leaf)).on("keypress", ({originalEvent}) => { if (originalEvent.key === "Enter") act(one, leaf); });
    leaf.getElement().setAttribute("aria-label", saidOf(one));
    about.set(leaf, {key: "archive"});
    return leaf;
  };
  // Of what stands alone and is large enough, the shapes; of very large ones only the chosen launch shows them.
  const drawShapes = (inSight) => {
    const wanted = new Map(), size = map.getSize(), limit = Math.min(size.x, size.y) * 0.4;
    for (const one of inSight) {
      if (!one.spot || wanted.size >= MOST_SHAPES) continue;
      for (const [layer, row] of shapesOf(one.launch)) {
        const key = `${layer.key} ${row}`;
        if (!isOn(layer) || ONLY_CHOSEN.includes(layer.style) || wanted.has(key)) continue;
        const wide = extent(layer.shapeOf[row]) * 2 ** map.getZoom();
        if (wide > LEAST && wide < limit) wanted.set(key, [layer, row, one.launch]);
      }
    }
    for (const [key, leaf] of shapes) if (!wanted.has(key)) { leaf.remove(); shapes.delete(key); }
    for (const [key, [layer, row, launch]] of wanted) {
      if (!shapes.has(key)) shapes.set(key, shape(layer, row).on("click", () => act({spot: {layer, row, launch}, launch}, null)).addTo(map));
    }
  };
  const draw = () => {
    const origin = map.getPixelBounds(), pad = origin.getSize().multiplyBy(0.25), scale = 2 ** map.getZoom();
    const [low, high] = [origin.min.subtract(pad), origin.max.add(pad)];
    const inSight = found.filter(({x, y}) => x * scale > low.x && x * scale < high.x && y * scale > low.y && y * scale < high.y);
    const wanted = new Set(inSight);
    for (const [one, leaf] of drawn) if (!wanted.has(one)) { points.removeLayer(leaf); about.delete(leaf); drawn.delete(one); }
    for (const one of inSight) if (!drawn.has(one)) drawn.set(one, leafOf(one));
    drawShapes(inSight);
  };
  const again = () => {
    zoom = map.getZoom();
    found = gather(spots.filter((spot) => shown[spot.launch] && isOn(spot.layer)), zoom);
    draw();
  };
  // At another zoom the circles are others: they come in a task of their own, behind the ground and the graticule.
  let waiting;
  map.on("moveend", () => {
    if (map.getZoom() === zoom) { draw(); return; }
    clearTimeout(waiting);
    waiting = setTimeout(() => { again(); place(map); });
  });
  more.redraw = () => { clearTimeout(waiting); again(); };
  return {again};
}
// How wide a shape is at zoom 0, in pixels.
const extents = new Map();
function extent(place) {
  if (!extents.has(place)) {
    const bounds = L.geoJSON(geometry(told.shapes[place].g, 3)).getBounds();
    const corners = !bounds.isValid() ? [{x: 0, y: 0}, {x: 0, y: 0}] : [bounds.getSouthWest(), bounds.getNorthEast()].map((at) => L.CRS.EPSG3857.latLngToPoint(at, 0));
    extents.set(place, Math.max(corners[1].x - corners[0].x, corners[0].y - corners[1].y));
  }
  return extents.get(place);
}
function shape(layer, row, more = "") {
  const coded = told.shapes[layer.shapeOf[row]], kind = `k${classOf[layer.launches[row]]}`;
  const part = (form, className) => L.geoJSON({type: "Feature", properties: {}, geometry: geometry(form, layer.decimals)},
    {pane: `mark-${layer.style}`, smoothFactor: 0.6, style: {className: `m-${layer.style} ${kind} ${className}${more}`}});
  const whole = part(coded.g, coded.o ? "nostroke" : "");
  return coded.o ? L.featureGroup([whole, part(coded.o, "nofill")]) : whole;
}
