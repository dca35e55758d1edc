// ---- opening, keyboard, print
function open(map) {
  const [west, south, east, north] = scene.bounds, roomy = map.getSize().x > 760;
  home = () => map.fitBounds([[south, west], [north, east]], {animate: false, maxZoom: 8,
    paddingTopLeft: [roomy ? 40 : 12, 12], paddingBottomRight: [roomy ? 150 : 12, 26]});
  home();
  const world = [[-85.05, scene.lon0 - 180], [85.05, scene.lon0 + 180]];
  map.setMaxBounds(world);
  map.on("popupopen", () => map.setMaxBounds(null)).on("popupclose", () => map.setMaxBounds(world));  // it may need room beyond
}
function hiding(map) {
  const toggle = document.querySelector(".toggle");
  if (!toggle) return;
  toggle.addEventListener("click", () => {
    const bare = document.body.classList.toggle("bare");
    toggle.setAttribute("aria-expanded", String(!bare));
    toggle.textContent = bare ? t.show_text : t.hide_text;
    map.invalidateSize({animate: false});
  });
}
// On paper: the map as wide as a sheet, with what is in sight, then the legend, then the text.
function printing(map, stage) {
  const legend = map.getContainer().querySelector(".legend"), corner = legend.parentElement;
  let closed = [], view;
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
    view = {bounds: map.getBounds(), centre: map.getCenter(), zoom: map.getZoom()};
    map.closePopup();
    stage.style.cssText = "flex:none;width:1028px;height:500px";  // of A4 across, within its margins
    stage.after(legend);
    map.invalidateSize({animate: false, pan: false});
    map.fitBounds(view.bounds, {animate: false});
    if (more.redraw) more.redraw();
    place(map);
    drawEdges();
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
    stage.style.cssText = "";
    corner.prepend(legend);
    map.invalidateSize({animate: false, pan: false});
    map.setView(view.centre, view.zoom, {animate: false});
  });
}
function finish(map) {
  const box = map.getContainer(), stage = box.parentElement;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", t.map_help);
  const back = (popup) => {
    const source = popup.asker || popup._source && popup._source.getElement && popup._source.getElement();
    if (source) source.focus({preventScroll: true});
  };
  document.addEventListener("keydown", (event) => {
    keyed = true;
    const popup = map._popup;
    if (event.key !== "Escape" || !popup || !popup.isOpen()) return;
    map.closePopup();
    back(popup);
  });
  map.on("popupclose", ({popup}) => { if (keyed && popup.getElement().contains(document.activeElement)) back(popup); });
  document.addEventListener("pointerdown", () => { keyed = false; });
  map.on("popupopen", ({popup}) => {
    const element = popup.getElement(), heading = element.querySelector("h3");
    element.setAttribute("role", "dialog");
    element.setAttribute("aria-label", heading ? heading.textContent : "");
    element.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", t.close);
    element.tabIndex = -1;
    if (keyed) element.focus({preventScroll: true});
  });
  for (const button of document.querySelectorAll("[data-marks]")) {
    const ids = button.dataset.marks.split(" ");
    if (ids.some((id) => marks.has(id))) button.addEventListener("click", () => show(map, ids));
    else if (button.matches(".entry")) button.replaceWith(button.textContent);
    else button.remove();
  }
  lights(map);
  asking(map);
  tools(map);
  clock(map);
  hiding(map);
  printing(map, stage);
  map.on("moveend zoomend resize overlayadd overlayremove", () => place(map));
  place(map);
  drawEdges();
  root.dataset.ready = String(Math.round(performance.now()));
}
return {open, marks: draw, graticule, legend, finish, mgrs, ...more};
