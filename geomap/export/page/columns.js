// ---- the launches of an archive: columns of numbers, and texts that stand once; a record is made when it is asked for
const told = scene.archive, kept = new Map();
const once = (key, make) => { if (!kept.has(key)) kept.set(key, make()); return kept.get(key); };
const running = (coded) => { let sum = 0; return numbers(coded).map((step) => sum += step); };
const text = (home, key, place) => told.strings[once(home[key], () => numbers(home[key]))[place]];
const count = new Intl.NumberFormat(scene.locale).format;

const classes = told.classes, classOf = numbers(told.launches.k), starts = running(told.launches.from);
const longs = numbers(told.launches.long);
const dated = (launch) => longs[launch] > 0;
const launchId = (launch) => text(told.launches, "id", launch);
const launchTitle = (launch) => text(told.launches, "t", launch);
const calendar = new Intl.DateTimeFormat(scene.locale, {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"});
const dayOf = (minutes) => calendar.format(minutes * 6e4);
const factsOf = (launch) => told.launches.facts.map((name, i) => [name, text(told.launches.cells, i, launch)]).filter(([, said]) => said);

// The rows of one launch in a table of many: its cells, and how many there are in all.
function rowsOf(table, launch) {
  const [counts, firsts] = once(table, () => {
    let sum = 0;
    const counts = numbers(table.n);
    return [counts, counts.map((all) => { const first = sum; sum += Math.min(all, table.most); return first; })];
  });
  const rows = [], all = counts[launch], keys = Object.keys(table.cells);
  for (let i = 0; i < Math.min(all, table.most); i++) rows.push(keys.map((key) => text(table.cells, key, firsts[launch] + i)));
  return {rows, all};
}

// The marks of all layers with a place: where they are on the map at zoom 0, and of which launch, layer and row.
const archived = scene.layers.filter((layer) => layer.cells);
for (const layer of archived) {
  layer.launches = running(layer.e);
  layer.isPoint = "x" in layer;
  if (layer.isPoint) [layer.lons, layer.lats] = [running(layer.x), running(layer.y)];
  else layer.shapeOf = numbers(layer.g);
}
const spots = archived.filter((layer) => layer.isPoint).flatMap((layer) => layer.launches.map((launch, row) => {
  const lat = layer.lats[row] / 1000, lng = layer.lons[row] / 1000, at = L.CRS.EPSG3857.latLngToPoint({lat, lng}, 0);
  return {launch, layer, row, lat, lng, x: at.x, y: at.y};
}));
// Lines and areas by launch: the layers and rows that have them.
const shapesOf = (launch) => once("shapes", () => {
  const found = new Map();
  for (const layer of archived.filter((one) => !one.isPoint)) {
    layer.launches.forEach((of, row) => { found.has(of) ? found.get(of).push([layer, row]) : found.set(of, [[layer, row]]); });
  }
  return found;
}).get(launch) || [];
const spotsOf = (launch) => once("spots", () => {
  const found = new Map();
  for (const spot of spots) found.has(spot.launch) ? found.get(spot.launch).push(spot) : found.set(spot.launch, [spot]);
  return found;
}).get(launch) || [];

// A mark as the layers of other pages have it, for saving: columns of the mark, then those of its launch.
for (const layer of archived) {
  const own = layer.columns;
  layer.own = own;
  layer.columns = [...own, ...told.launches.facts];
  Object.defineProperty(layer, "rows", {get: () => layer.launches.map((launch, row) => ({
    id: text(layer, "id", row), t: text(layer, "t", row), w: text(layer, "w", row),
    x: dated(launch) ? [[starts[launch], starts[launch] + longs[launch]]] : undefined,
    c: [...own.map((_, i) => text(layer.cells, i, row)), ...told.launches.facts.map((_, i) => text(told.launches.cells, i, launch))],
    ...(layer.isPoint ? {g: {p: [[layer.lons[row] / 1000, layer.lats[row] / 1000]]}} : told.shapes[layer.shapeOf[row]]),
  }))});
}
