// ---- symbols
function symbol(key, size) {
  const [outer, inner, hollow] = scene.symbols[key];
  return `<svg class="${hollow ? "hollow" : ""}" width="${size}" height="${size}" viewBox="0 0 20 20" ` +
    `aria-hidden="true"><path d="${outer}"/>${inner ? `<path d="${inner}"/>` : ""}</svg>`;
}
function swatch(key) {
  const style = scene.styles[key];
  if (style.symbol) {
    const size = Math.min(18, style.size + 2), at = (30 - size) / 2;
    return `<svg class="mark i-${key}" width="30" height="18" aria-hidden="true"><svg x="${at}" y="${(18 - size) / 2}" ` +
      symbol(style.symbol, size).slice(5) + "</svg>";
  }
  const form = style.area ? "M2 3H28V15H2Z" : "M1 9H29";
  return `<svg width="30" height="18" aria-hidden="true"><path class="m-${key}" d="${form}"/></svg>`;
}

// ---- marks
// Popups keep clear of the controls, where the map is wide enough.
const roomAround = () => ({maxWidth: Math.min(340, innerWidth - 70), autoPanPaddingTopLeft: narrow() ? [12, 74] : [52, 14],
  autoPanPaddingBottomRight: narrow() ? [12, embedded ? 12 : 56] : [embedded ? 12 : 276, 14]});
function popup(layer, row, leaf) {
  const node = make("div", undefined, "pop");
  node.append(make("h3", row.t));
  if (row.w) node.append(make("blockquote", row.w));
  const list = make("dl");
  (layer.columns || []).forEach((heading, i) => {
    const cell = row.c && row.c[i];
    if (cell) list.append(make("dt", heading), make("dd", cell));
  });
  if (list.children.length) node.append(list);
  node.append(folded(leaf.getPopup()));
  return node;
}
// Where an area's popup opens: at one of the places of its label that is in sight, else at its middle.
function reveal(leaf, row) {
  const seen = leaf._map && leaf._map.getBounds();
  const at = !leaf.getLatLng && seen && (row.a || []).find((one) => seen.contains(one));
  leaf.openPopup(at || undefined);
}
function named(leaf, row, title) {
  leaf.on("add", () => {
    const element = leaf.getElement();
    if (!element) return;
    element.setAttribute("aria-label", title === row.t ? title : `${title}: ${row.t}`);
    if (element.tagName !== "path") return;
    element.setAttribute("tabindex", "0");
    element.setAttribute("role", "button");
    element.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      reveal(leaf, row);
    });
  });
}
function draw(group, index) {
  const layer = scene.layers[index], key = layer.style, style = scene.styles[key];
  const seen = style.symbol || "area" in style, still = ["land", "coast", "border"].includes(key);
  const pane = `${still || !seen ? "ground" : "mark"}-${key}`;
  for (const row of layer.rows) {
    const shapes = [];
    const add = (coded, className) => {
      const leaf = L.geoJSON({type: "Feature", properties: {}, geometry: geometry(coded, layer.decimals)}, {
        pane, interactive: !still, smoothFactor: still ? 0.8 : 0.3, style: {className},
        pointToLayer: (feature, at) => L.marker(at, {
          pane, riseOnHover: true, keyboard: true,
          icon: L.divIcon({className: `mark i-${key}`, iconSize: [style.size, style.size],
            html: symbol(style.symbol, style.size)}),
        }),
      });
      leaf.eachLayer((one) => {
        if (!still) {
          one.bindPopup(() => popup(layer, row, one), {minWidth: 180, ...roomAround()});
          one.bindTooltip(() => make("span", row.t), {sticky: !one.getLatLng, direction: "top", opacity: 1});
          if (className.indexOf("nofill") < 0) named(one, row, layer.title);
        }
        group.addLayer(one);
        shapes.push(one);
      });
    };
    if (seen) {
      const wide = row.wide ? " wide" : "";
      add(row.g, `m-${key}${wide}${row.o ? " nostroke" : ""}`);
      if (row.o) add(row.o, `m-${key} nofill`);
      if (!still) marks.set(row.id, [...(marks.get(row.id) || []), ...shapes]);
      for (const one of shapes) about.set(one, {group, row, key});
      if (row.x) timed.push(...shapes.map((leaf) => ({leaf, group, times: row.x})));
    }
    if (row.l && key === "margin") measure(group, row, layer.decimals);
    else if (row.l) label(group, row, key, style);
  }
}
