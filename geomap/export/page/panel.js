// ---- the panel: what it shows on the map
function show(map, ids) {
  const found = ids.flatMap((id) => marks.get(id) || []);
  if (!found.length) return;
  const bounds = L.latLngBounds([]);
  for (const one of found) {
    const {group} = about.get(one);
    if (!map.hasLayer(group)) map.addLayer(group);
    bounds.extend(one.getLatLng ? one.getLatLng() : one.getBounds());
  }
  if (narrow()) map.getContainer().scrollIntoView({block: "start"});
  map.fitBounds(bounds.pad(0.25), {animate: false, maxZoom: Math.max(6, map.getZoom())});
  const first = found.find((one) => one.getLatLng) || found[0];
  reveal(first, about.get(first).row);
}
// What a card or a claim is about lights up while the pointer or the focus is in it, and as long as it is pinned.
// The map stays where it is; margins are drawn for as long as they are lit.
function lights(map) {
  const panel = document.getElementById("panel");
  if (!panel) return;
  const pinned = new Set(), lit = new Map();
  let hovered = null, focused = null;
  const subject = (node) => node && node.closest ? node.closest("[data-lights]") : null;
  const idsOf = (node) => node.dataset.lights.split(" ").filter(Boolean);
  const refresh = () => {
    const wanted = new Set([hovered, focused, ...pinned].filter(Boolean).flatMap(idsOf).flatMap((id) => marks.get(id) || []));
    for (const [leaf, guest] of lit) {
      if (wanted.has(leaf)) continue;
      if (leaf.getElement()) leaf.getElement().classList.remove("lit");
      if (guest && !map.hasLayer(about.get(leaf).group)) map.removeLayer(leaf);
      lit.delete(leaf);
    }
    for (const leaf of wanted) {
      if (lit.has(leaf)) continue;
      const guest = about.get(leaf).key === "margin" && !map.hasLayer(leaf);
      if (guest) map.addLayer(leaf);
      if (leaf.getElement()) leaf.getElement().classList.add("lit");
      lit.set(leaf, guest);
    }
  };
  panel.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch") return;
    hovered = subject(event.target);
    refresh();
  });
  panel.addEventListener("pointerleave", () => { hovered = null; refresh(); });
  panel.addEventListener("focusin", (event) => {
    focused = event.target.matches(":focus-visible") ? subject(event.target) : null;
    refresh();
  });
  panel.addEventListener("focusout", () => { focused = null; refresh(); });
  for (const button of document.querySelectorAll(".pin")) {
    const claim = subject(button), known = idsOf(claim).filter((id) => marks.has(id));
    if (!known.length) { button.remove(); continue; }
    button.addEventListener("click", () => {
      const on = !pinned.delete(claim);
      if (on) pinned.add(claim);
      button.setAttribute("aria-pressed", String(on));
      if (!on) focused = null;
      refresh();
      if (on) bring(map, known);
    });
  }
}
// Brings marks into sight that are not: first of all the margin.
function bring(map, ids) {
  const found = ids.flatMap((id) => marks.get(id)), margin = found.filter((one) => about.get(one).key === "margin");
  const bounds = L.latLngBounds([]);
  for (const one of margin.length ? margin : found) bounds.extend(one.getLatLng ? one.getLatLng() : one.getBounds());
  if (narrow()) map.getContainer().scrollIntoView({block: "start"});
  if (!map.getBounds().contains(bounds)) map.fitBounds(bounds.pad(0.5), {animate: false, maxZoom: Math.max(6, map.getZoom())});
}
