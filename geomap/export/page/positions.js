// ---- positions to read and to copy: in every popup, and wherever the map is asked
function figures(at) {
  const lon = turned(at.lng);
  return [
    [t.degrees, `${at.lat.toFixed(3)}, ${lon.toFixed(3)}`],
    [t.sexagesimal, `${sexagesimal(at.lat, t.north, t.south)} ${sexagesimal(lon, t.east, t.west)}`],
    [t.mgrs, mgrs(at.lat, lon, 3)],
  ];
}
function position(at) {
  const node = make("div", undefined, "position"), list = make("dl");
  for (const [name, said] of figures(at)) {
    const cell = make("dd"), text = make(said ? "code" : "span", said || t.no_mgrs);
    cell.append(text);
    if (said) cell.append(copier(name, text));
    list.append(make("dt", name), cell);
  }
  node.append(list, make("p", t.roughly, "soft"));
  return node;
}
function copier(name, text) {
  const button = make("button", t.copy, "copy");
  button.type = "button";
  button.setAttribute("aria-label", fill(t.copy_what, {what: name}));
  button.addEventListener("click", async () => {
    const said = await copied(text) ? t.copied : t.copy_by_hand;
    button.textContent = said;
    say(said);
    setTimeout(() => { button.textContent = t.copy; }, 2500);
  });
  return button;
}
// A page from a disk may have no clipboard, and one in a frame may not use it: then the text is marked and copied the old
// way, and where not even that is allowed it stays marked.
async function copied(text) {
  if (navigator.clipboard && self === top) {
    try { await navigator.clipboard.writeText(text.textContent); return true; } catch (refused) { /* the old way */ }
  }
  getSelection().selectAllChildren(text);
  const done = document.execCommand("copy");
  if (done) getSelection().removeAllRanges();
  return done;
}
// The position at which a popup stands, folded.
function folded(popup) {
  const fold = make("details", undefined, "fold");
  fold.append(make("summary", t.copy_position));
  fold.addEventListener("toggle", () => {
    if (fold.children.length < 2) fold.append(position(popup.getLatLng()));
    popup._adjustPan();
  });
  return fold;
}
function ask(map, at) {
  const node = make("div", undefined, "pop");
  node.append(make("h3", t.position), position(at), make("p", t.elsewhere, "soft"));
  const popup = L.popup({minWidth: 230, ...roomAround(), className: "asked"});
  popup.asker = document.activeElement;  // where Escape leads back to
  popup.setLatLng(at).setContent(node).openOn(map);
}
// By a right click, by pressing and holding, or by C: of the mark that has the focus, else of the middle of the map.
function asking(map) {
  map.on("contextmenu", ({latlng}) => ask(map, latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "c" || event.ctrlKey || event.metaKey || event.altKey) return;
    const leaf = [...about.keys()].find((one) => one.getElement && one.getElement() === event.target);
    ask(map, leaf && leaf.getLatLng ? leaf.getLatLng() : map.getCenter());
  });
}
