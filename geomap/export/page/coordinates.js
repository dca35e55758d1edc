// ---- a position in figures: decimal degrees, degrees with minutes and seconds, MGRS on WGS 84
const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ", BANDS = "CDEFGHJKLMNPQRSTUVWX", ROWS = "ABCDEFGHJKLMNPQRSTUV";
const turned = (lon) => ((lon + 180) % 360 + 360) % 360 - 180;

function zoneOf(lat, lon) {
  if (lat >= 56 && lat < 64 && lon >= 3 && lon < 12) return 32;  // the south-west of Norway
  if (lat >= 72 && lon >= 0 && lon < 42) return lon < 9 ? 31 : lon < 21 ? 33 : lon < 33 ? 35 : 37;  // Svalbard
  return Math.floor((lon + 180) / 6) + 1;
}
// Zone, easting and northing in metres, by Krüger's series to the fourth order: true to less than a millimetre.
function utm(lat, lon) {
  const zone = zoneOf(lat, lon), radians = Math.PI / 180;
  const f = 1 / 298.257223563, n = f / (2 - f), radius = 6378137 / (1 + n) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const terms = [n / 2 - n ** 2 * 2 / 3 + n ** 3 * 5 / 16 + n ** 4 * 41 / 180, n ** 2 * 13 / 48 - n ** 3 * 3 / 5 +
    n ** 4 * 557 / 1440, n ** 3 * 61 / 240 - n ** 4 * 103 / 140, n ** 4 * 49561 / 161280];
  const e = 2 * Math.sqrt(n) / (1 + n), sine = Math.sin(lat * radians), away = (lon - (6 * zone - 183)) * radians;
  const tangent = Math.sinh(Math.atanh(sine) - e * Math.atanh(e * sine));
  const up = Math.atan2(tangent, Math.cos(away)), over = Math.atanh(Math.sin(away) / Math.hypot(1, tangent));
  let north = up, east = over;
  terms.forEach((term, i) => {
    north += term * Math.sin(2 * (i + 1) * up) * Math.cosh(2 * (i + 1) * over);
    east += term * Math.cos(2 * (i + 1) * up) * Math.sinh(2 * (i + 1) * over);
  });
  return {zone, east: 500000 + 0.9996 * radius * east, north: (lat < 0 ? 1e7 : 0) + 0.9996 * radius * north};
}
// The square of the grid that a position lies in, 10 ** (5 - figures) metres wide; empty where the grid ends.
function mgrs(lat, lon, figures = 5) {
  if (!(lat >= -80 && lat <= 84)) return "";
  const {zone, east, north} = utm(lat, turned(lon)), step = 10 ** (5 - figures);
  const band = BANDS[Math.min(19, Math.floor((lat + 80) / 8))];
  const column = LETTERS[(zone - 1) % 3 * 8 + Math.floor(east / 1e5) - 1];
  const row = ROWS[(Math.floor(north / 1e5) + (zone % 2 ? 0 : 5)) % 20];
  const figured = (metres) => String(Math.floor(metres % 1e5 / step)).padStart(figures, "0");
  return `${String(zone).padStart(2, "0")}${band} ${column}${row} ${figured(east)} ${figured(north)}`;
}
function sexagesimal(value, plus, minus) {
  const all = Math.round(Math.abs(value) * 3600), two = (figure) => String(figure).padStart(2, "0");
  return `${Math.floor(all / 3600)}°${two(Math.floor(all / 60) % 60)}′${two(all % 60)}″${value < 0 ? minus : plus}`;
}
