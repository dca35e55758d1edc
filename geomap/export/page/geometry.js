// ---- geometry: steps in units of the last decimal, as text, back to GeoJSON
const VALUES = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((sign, i) => { VALUES[sign.charCodeAt(0)] = i; });
function numbers(text) {
  const found = [];
  for (let i = 0, number = 0, place = 1; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)];
    number += (value & 31) * place;
    place *= 32;
    if (value & 32) continue;
    found.push(number % 2 ? -(number + 1) / 2 : number / 2);
    number = 0; place = 1;
  }
  return found;
}
function geometry(coded, decimals) {
  const scale = 10 ** decimals;
  const line = (text) => {
    const steps = numbers(text), made = [];
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
