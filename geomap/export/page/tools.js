// ---- tools: the picture and the data of the map, a position
const ICONS = {
  save_picture: "M3 4.5H17V15.5H3ZM3 13 7.5 9 11 12.5 13.5 10.5 17 13.5M12.8 7.6A.9.9 0 1 1 12.8 7.7",
  save_data: "M8 3.5C5.5 3.5 7 9 4 10 7 11 5.5 16.5 8 16.5M12 3.5C14.5 3.5 13 9 16 10 13 11 14.5 16.5 12 16.5",
  position: "M10 5A5 5 0 1 1 10 15 5 5 0 1 1 10 5ZM10 2V7M10 13V18M2 10H7M13 10H18",
};
function tools(map) {
  for (const [name, word] of [["in", t.zoom_in], ["out", t.zoom_out]]) {
    const button = map.getContainer().querySelector(`.leaflet-control-zoom-${name}`);
    button.title = word;
    button.setAttribute("aria-label", word);
  }
  if (embedded) return;
  const control = L.control({position: narrow() ? "bottomright" : "topleft"});
  control.onAdd = () => {
    const bar = make("div", undefined, "leaflet-bar tools");
    bar.setAttribute("role", "group");
    bar.setAttribute("aria-label", t.tools);
    for (const [name, run] of [["save_picture", savePicture], ["save_data", saveData], ["position", askMiddle]]) {
      const button = make("button", undefined, name);
      button.type = "button";
      button.setAttribute("aria-label", t[name]);
      button.innerHTML = `<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
      button.addEventListener("click", () => run(map));
      bar.append(button);
    }
    L.DomEvent.disableClickPropagation(bar);
    return bar;
  };
  control.addTo(map);
}
function askMiddle(map) {
  keyed = true;  // the popup takes the focus, so that its buttons come next
  ask(map, map.getCenter());
}
function savePicture(map) {
  const failed = () => say(t.not_saved);
  try {
    picture(map).toBlob((blob) => blob ? save(blob, "png") : failed(), "image/png");
  } catch (problem) { failed(); }
}
function saveData() {
  const {features, ...rest} = collection(), lines = features.map((one) => JSON.stringify(one)).join(",\n");
  save(new Blob([`${JSON.stringify(rest).slice(0, -1)},"features":[\n${lines}\n]}\n`], {type: "application/geo+json"}), "geojson");
}
function save(blob, ending) {
  const title = document.querySelector(".head h1").textContent;
  const name = title.normalize("NFC").toLowerCase().replace(/[^\p{L}\p{M}\p{N}]+/gu, "-").replace(/^-|-$/g, "");
  const link = make("a");
  link.href = URL.createObjectURL(blob);
  link.download = `${[...name].slice(0, 60).join("") || "map"}.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  say(fill(t.saved, {name: link.download}));
}
