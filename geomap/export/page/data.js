// ---- the marks as GeoJSON (RFC 7946): longitudes within 180 degrees, outer rings counter-clockwise, times in UTC
function collection() {
  const features = [];
  for (const layer of scene.layers) {
    const style = scene.styles[layer.style], group = scene.groups.find((one) => one.layers.includes(scene.layers.indexOf(layer)));
    if (!group || !(style.symbol || "area" in style)) continue;
    for (const row of layer.rows) features.push(feature(layer, group, row));
  }
  const text = (selector) => [...document.querySelectorAll(selector)].map((one) => one.textContent);
  return {type: "FeatureCollection", title: text(".head h1")[0], subtitle: text(".head p")[0],
    sources: text(".credits li"), features};
}
function feature(layer, group, row) {
  const properties = {title: row.t, layer: layer.title, group: group.title, kind: layer.style};
  if (row.w) properties.words = row.w;
  if (row.x) properties.times = row.x.map(interval);
  layer.columns.forEach((heading, i) => { if (row.c && row.c[i]) properties[heading] = row.c[i]; });
  const shape = row.r ? geometry(row.r, layer.decimals) : turnedBack(geometry(row.g, layer.decimals), layer.decimals);
  return {type: "Feature", id: row.id, properties, geometry: shape.geometries && !shape.geometries.length ? null : wound(shape)};
}
function interval([from, to]) {
  const said = (minutes) => new Date(minutes * 6e4).toISOString().replace(":00.000Z", "Z");
  return `${said(from)}/${new Date(to * 6e4).getUTCFullYear() > 9000 ? ".." : said(to)}`;
}
const eachPlace = (places, change) => typeof places[0] === "number" ? change(places) : places.map((one) => eachPlace(one, change));
// The page moves shapes by whole turns to where its middle is; what was cut there has a geometry of its own (`r`).
function turnedBack(shape, decimals) {
  if (shape.geometries) return {...shape, geometries: shape.geometries.map((one) => turnedBack(one, decimals))};
  let east = -Infinity, west = Infinity;
  eachPlace(shape.coordinates, ([lon]) => { east = Math.max(east, lon); west = Math.min(west, lon); });
  const by = east > 180 ? -360 : west < -180 ? 360 : 0;
  return {...shape, coordinates: eachPlace(shape.coordinates, ([lon, lat]) => [+(lon + by).toFixed(decimals), lat])};
}
function wound(shape) {
  if (shape.type !== "MultiPolygon") return shape;
  const twice = (ring) => ring.reduce((sum, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return sum + x * v - u * y; }, 0);
  const rings = (polygon) => polygon.map((ring, i) => twice(ring) > 0 === (i === 0) ? ring : [...ring].reverse());
  return {...shape, coordinates: shape.coordinates.map(rings)};
}
