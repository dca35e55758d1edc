// ---- geometry: steps in units of the last decimal back to GeoJSON
function geometry(coded, decimals) {
  const scale = 10 ** decimals;
  const line = (steps) => {
    const made = [];
    for (let i = 0, x = 0, y = 0; i < steps.length; i += 2) {
      x += steps[i]; y += steps[i + 1];
      made.push([x / scale, y / scale]);
    }
    return made;
  };
  const parts = [];
  if (coded.a) parts.push({type: "MultiPolygon", coordinates: coded.a.map((rings) => rings.map(line))});
  if (coded.l) parts.push({type: "MultiLineString", coordinates: coded.l.map(line)});
  if (coded.p) parts.push(...coded.p.map((point) => ({type: "Point", coordinates: point})));
  return parts.length === 1 ? parts[0] : {type: "GeometryCollection", geometries: parts};
}
