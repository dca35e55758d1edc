// ---- the launches of an archive on the map and in the list beside it
function browse(map) {
  const panel = document.getElementById("panel"), list = panel && panel.querySelector(".found"), sum = panel && panel.querySelector(".sum");
  const lost = panel && panel.querySelector(".lost");
  const newest = Array.from({length: told.n}, (_, launch) => launch).sort((a, b) => dated(b) - dated(a) || starts[b] - starts[a] || a - b);
  map.createPane("clusters").style.zIndex = 630;
  let chosen = null, waiting, listed, fillLost = () => {};
  // The launch that was chosen shows all that it has, whatever else is shown.
  const release = () => { if (chosen) chosen.remove(); chosen = null; };
  const choose = (launch, spot, asker) => {
    const own = spotsOf(launch), first = spot || own.find(({layer}) => layer.style === "impact-point") || own[0];
    if (!first) return;
    release();
    chosen = L.featureGroup(shapesOf(launch).map(([layer, row]) => shape(layer, row, " lit")));
    for (const one of own) {
      const leaf = L.marker([one.lat, one.lng], {icon: single({spot: one}), pane: "chosen", interactive: false, keyboard: false});
      chosen.addLayer(leaf);
    }
    chosen.addTo(map);
    const at = first.lat === undefined ? chosen.getBounds().getCenter() : L.latLng(first.lat, first.lng);
    const held = chosen, popup = L.popup({minWidth: 250, ...roomAround(), maxWidth: Math.min(360, innerWidth - 70), className: "archive"});
    popup.asker = asker || document.activeElement;
    popup.on("remove", () => { if (chosen === held) release(); });
    const node = account(launch, first.layer, first.row);
    node.append(folded(popup));
    popup.setLatLng(at).setContent(node).openOn(map);
  };
  map.createPane("chosen").style.zIndex = 640;
  const act = (one, leaf) => {
    const asker = leaf && leaf.getElement();
    if (one.spot) choose(one.launch, one.spot, asker);
    else openCircle(one, asker);
  };
  // A circle opens by coming nearer; where that would not part what it holds, by a list.
  const openCircle = (one, asker) => {
    const bounds = L.latLngBounds(one.members.map(({lat, lng}) => [lat, lng])), last = map.getMaxZoom();
    const corners = [bounds.getNorthWest(), bounds.getSouthEast()].map((at) => map.project(at, last));
    const wide = Math.max(corners[1].x - corners[0].x, corners[1].y - corners[0].y);
    if (wide > CELL && map.getZoom() < last) {
      const zoom = Math.min(last, Math.max(map.getZoom() + 1, map.getBoundsZoom(bounds, false, L.point(120, 120))));
      map.setView(bounds.getCenter(), zoom);
      if (keyed) map.getContainer().focus({preventScroll: true});  // the circle is gone
      return;
    }
    const inside = new Set(one.launches), popup = L.popup({minWidth: 270, ...roomAround(), className: "archive"}), node = make("div", undefined, "pop");
    node.append(make("h3", fill(t.launches, {count: count(one.launches.length)})), make("p", contents(one).split(": ")[1], "soft"),
      lines(newest.filter((launch) => inside.has(launch)), (launch) => choose(launch, one.members.find((spot) => spot.launch === launch), asker)));
    popup.asker = asker;
    popup.setLatLng(L.CRS.EPSG3857.pointToLatLng({x: one.x, y: one.y}, 0)).setContent(node).openOn(map);
  };
  // From the list: the map comes to the launch where it is not in sight.
  const visit = (launch) => {
    const own = spotsOf(launch), bounds = L.latLngBounds(own.map(({lat, lng}) => [lat, lng]));
    if (narrow()) map.getContainer().scrollIntoView({block: "start"});
    if (!map.getBounds().contains(bounds) || map.getZoom() < 5) map.fitBounds(bounds.pad(0.3), {animate: false, maxZoom: Math.max(6, map.getZoom())});
    choose(launch, undefined, {focus: (how) => (list.querySelector(`[data-launch="${launch}"]`) || panel).focus(how)});
  };
  const drawn = crowd(map, act);
  const tell = () => {
    if (!list) return;
    const {min, max} = map.getPixelBounds(), scale = 2 ** map.getZoom(), inSight = new Uint8Array(told.n);
    const placed = spots.filter(({launch, layer}) => shown[launch] && isOn(layer));
    let all = 0;
    for (const {launch, x, y} of placed) {
      if (x * scale >= min.x && x * scale <= max.x && y * scale >= min.y && y * scale <= max.y) inSight[launch] = 1;
    }
    const found = newest.filter((launch) => inSight[launch]), missing = newest.filter((launch) => shown[launch] && !spotsOf(launch).length);
    for (const on of shown) all += on;
    sum.textContent = fill(t.of_launches, {shown: count(all), all: count(told.n), placed: count(all - missing.length)});
    list.querySelector("h2").textContent = fill(t.in_sight, {count: count(found.length)});
    list.lastElementChild.replaceWith(found.length ? lines(found, visit) : placed.length ? elsewhere(placed) : make("p", t.nothing_to_show, "soft"));
    sum.dataset.chosen = more.chosen();  // for paper
    lost.hidden = !missing.length;
    lost.querySelector("h2").textContent = fill(t.not_on_map, {count: count(missing.length)});
    fillLost = () => {
      if (listed === missing.join()) return;  // it does not change because the map moves
      listed = missing.join();
      lost.lastElementChild.replaceWith(lostLines(missing));
    };
    lost.ontoggle = () => { if (lost.open) fillLost(); };
    lost.ontoggle();
  };
  const elsewhere = (placed) => {
    const box = make("div"), button = make("button", t.show_all, "show");
    button.type = "button";
    button.addEventListener("click", () => {
      map.fitBounds(L.latLngBounds(placed.map(({lat, lng}) => [lat, lng])).pad(0.1), {animate: false, maxZoom: 6});
      panel.focus({preventScroll: true});
    });
    box.append(make("p", t.nothing_in_sight, "soft"), button);
    return box;
  };
  const lostLines = (missing) => {
    const box = make("div"), detail = make("div");
    detail.tabIndex = -1;
    box.append(lines(missing, (launch) => {
      detail.replaceChildren(account(launch));
      detail.className = "card";
      detail.scrollIntoView({block: "nearest"});
      if (keyed) detail.focus({preventScroll: true});
    }), detail);
    return box;
  };
  let counted = () => {};
  const refresh = () => { counted(sift()); drawn.again(); tell(); place(map); };
  counted = switches(map, refresh);
  if (panel) {
    span(panel.querySelector(".span"), refresh);
    finder(panel.querySelector("input[type=search]"), refresh);
  }
  addEventListener("beforeprint", () => fillLost());  // paper does not wait for what opens
  map.on("moveend", () => { clearTimeout(waiting); waiting = setTimeout(tell, 120); });
  refresh();
}
more.archive = browse;
// What was chosen to be shown, for a saved picture; the legend says the rest.
more.chosen = () => {
  const words = document.querySelector(".find"), output = document.querySelector(".span output");
  return [words && words.value.trim() ? `“${words.value.trim()}”` : "", output && output.textContent !== t.all_times ? output.textContent : ""]
    .filter(Boolean).join(" · ");
};
