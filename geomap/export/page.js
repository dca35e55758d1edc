"use strict";
// What the folium elements of the page call. All text reaches the page with textContent; nothing is ever parsed as HTML
// but the swatches, which are made of constants.
const geomap = (() => {
  const scene = JSON.parse(document.getElementById("scene").textContent);
  const marks = new Map(), labels = [], about = new Map(), timed = [];
  let home, keyed = false, drawEdges = () => {};

  const make = (tag, text, className) => {
    const node = document.createElement(tag);
    if (text !== undefined) node.textContent = text;
    if (className) node.className = className;
    return node;
  };
  const escaped = (text) => { const node = make("i", text); return node.innerHTML; };
  const narrow = () => matchMedia("(max-width:820px)").matches;

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
  function popup(layer, row) {
    const node = make("div", undefined, "pop");
    node.append(make("h3", row.t));
    if (row.w) node.append(make("blockquote", row.w));
    const list = make("dl");
    (layer.columns || []).forEach(([, heading], i) => {
      const cell = row.c && row.c[i];
      if (cell) list.append(make("dt", heading), make("dd", cell));
    });
    if (list.children.length) node.append(list);
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
            one.bindPopup(() => popup(layer, row), {maxWidth: Math.min(340, innerWidth - 70), minWidth: 180,
              autoPanPaddingTopLeft: narrow() ? [12, 58] : [52, 14],
              autoPanPaddingBottomRight: narrow() ? [12, 12] : [276, 14]});
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

  // ---- the length of a margin, beyond its end at the zone's edge; it comes and goes with its line
  function measure(group, row, decimals) {
    const coded = geometry(row.g, decimals).coordinates, from = coded[0][0], to = coded[coded.length - 1].slice(-1)[0];
    const east = to[0] - from[0], north = to[1] - from[1], text = make("span", row.l, "measure l-margin");
    text.style.transform = Math.abs(east) > Math.abs(north) ?
      `translate(${east > 0 ? "7px" : "calc(-100% - 7px)"},-50%)` : `translate(-50%,${north > 0 ? "calc(-100% - 7px)" : "7px"})`;
    const marker = L.marker([to[1], to[0]], {pane: "labels", interactive: false, keyboard: false,
      icon: L.divIcon({className: "label", iconSize: [0, 0], html: text})});
    group.addLayer(marker);
    marks.get(row.id).push(marker);
    about.set(marker, {group, row, key: "margin"});
  }

  // ---- labels: each at the first of its places where it covers no other, no symbol and no control
  const RANK = {place: 300, zone: 200, sea: 100, country: 0};
  function label(group, row, key, style) {
    const strong = key.endsWith("-point");
    const text = make("span", strong && row.l === row.w ? `“${row.l}”` : row.l,
      `${style.lettering} l-${key}${strong ? " strong" : ""}`);
    const point = row.g.p && row.g.p[0];
    const places = row.a ? row.a.map((at) => L.latLng(at)) : point ? [L.latLng(point[1], point[0])] : [];
    if (!places.length) return;
    const marker = L.marker(places[0], {pane: "labels", interactive: false, keyboard: false,
      icon: L.divIcon({className: "label", iconSize: [0, 0], html: text})});
    group.addLayer(marker);
    if (row.x) timed.push({leaf: marker, group, times: row.x});
    labels.push({marker, text, places, full: text.textContent, centred: !style.symbol, gap: (style.size || 0) / 2 + 3,
      rank: RANK[style.lettering] + style.order - labels.length / 1000});
  }
  function place(map) {
    const size = map.getSize(), frame = map.getContainer().getBoundingClientRect(), taken = [];
    for (const one of map.getContainer().querySelectorAll(".leaflet-control")) {
      const box = one.getBoundingClientRect();
      taken.push([box.left - frame.left - 4, box.top - frame.top - 4, box.right - frame.left + 4, box.bottom - frame.top + 4]);
    }
    const shown = labels.filter((one) => map.hasLayer(one.marker)).sort((a, b) => b.rank - a.rank);
    for (const one of shown) {
      if (one.centred) continue;
      const at = map.latLngToContainerPoint(one.places[0]), r = one.gap - 2;
      taken.push([at.x - r, at.y - r, at.x + r, at.y + r, one]);
    }
    const said = [];
    for (const one of shown) {
      const at = map.latLngToContainerPoint(one.places[0]), words = one.full.toLowerCase();
      if (said.some(([text, near]) => text === words && near.distanceTo(at) < 30)) {  // a place that is its own dateline
        one.text.classList.remove("placed");
        continue;
      }
      said.push([words, at]);
      let spot = null;
      for (const text of new Set([one.full, one.full.split("\n")[0]])) {  // the first line alone may have room
        one.text.textContent = text;
        spot = room(map, one, size, taken);
        if (spot) break;
      }
      one.text.classList.toggle("placed", !!spot);
      if (!spot) continue;
      one.marker.setLatLng(spot.at);
      one.text.style.left = `${spot.dx}px`;
      one.text.style.top = `${spot.dy}px`;
      taken.push(spot.box);
    }
  }
  function room(map, one, size, taken) {
    const wide = one.text.offsetWidth, high = one.text.offsetHeight, far = one.gap;
    const offsets = one.centred ? [[-wide / 2, -high / 2]] : [
      [far, -high / 2], [-far - wide, -high / 2], [-wide / 2, far], [-wide / 2, -far - high],
      [far * .7, far * .5], [far * .7, -far * .5 - high], [-far * .7 - wide, far * .5], [-far * .7 - wide, -far * .5 - high]];
    for (const at of one.places) {
      const pixel = map.latLngToContainerPoint(at);
      for (const [dx, dy] of offsets) {
        const box = [pixel.x + dx, pixel.y + dy, pixel.x + dx + wide, pixel.y + dy + high];
        const inside = box[0] > (one.centred ? 36 : 4) && box[1] > 4 && box[2] < size.x - 4 && box[3] < size.y - 20;
        const free = (other) => other[4] === one || box[2] < other[0] || box[0] > other[2] || box[3] < other[1] || box[1] > other[3];
        if (inside && taken.every(free)) return {at, dx, dy, box};
      }
    }
    return null;
  }

  // ---- time: the map as it is at one of the times that its marks hold, or at all of them
  function clock(map) {
    const box = document.querySelector(".when");
    const times = [...new Map(timed.flatMap((one) => one.times).map((one) => [one.join(), one])).values()]
      .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    if (!box || times.length < 2) return;
    const slider = box.querySelector("input"), output = box.querySelector("output");
    const day = (at) => at.toLocaleDateString("en-GB", {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"});
    const minute = (at) => at.toISOString().slice(11, 16);
    const told = ([from, to]) => {
      const start = new Date(from * 6e4), end = new Date(to * 6e4);
      if (end.getUTCFullYear() > 9000) return `from ${day(start)}, ${minute(start)} UTC on`;
      return day(start) === day(end) ? `${day(start)}, ${minute(start)} to ${minute(end)} UTC` :
        `${day(start)}, ${minute(start)}, to ${day(end)}, ${minute(end)} UTC`;
    };
    const show = () => {
      const chosen = times[slider.value - 1];
      for (const {leaf, group, times: held} of timed) {
        const on = !chosen || held.some(([from, to]) => from < chosen[1] && chosen[0] < to);
        if (on !== group.hasLayer(leaf)) on ? group.addLayer(leaf) : group.removeLayer(leaf);
      }
      output.textContent = chosen ? told(chosen) : "All times";
      slider.setAttribute("aria-valuetext", output.textContent);
      place(map);
    };
    slider.max = times.length;
    slider.addEventListener("input", show);
    box.hidden = false;
    show();
  }

  // ---- graticule
  function graticule(map) {
    const lines = L.layerGroup().addTo(map), edges = make("div", undefined, "edges");
    edges.setAttribute("aria-hidden", "true");
    map.getContainer().append(edges);
    const steps = [[2, 30], [3.5, 20], [4.5, 10], [5.75, 5], [7, 2], [8, 1], [99, 0.5]];
    const step = () => steps.find(([zoom]) => map.getZoom() < zoom)[1];
    const degrees = (value, plus, minus) => `${Math.abs(value)}°${value === 0 ? "" : value > 0 ? plus : minus}`;
    const each = (from, to, by, then) => {
      for (let value = Math.ceil(from / by) * by; value <= to; value += by) then(Math.round(value * 10) / 10);
    };
    const draw = () => {
      const by = step(), seen = map.getBounds().pad(0.4);
      const south = Math.max(-85, seen.getSouth()), north = Math.min(85, seen.getNorth());
      const options = {className: "grat", interactive: false, pane: "graticule", smoothFactor: 0};
      lines.clearLayers();
      each(south, north, by, (lat) => L.polyline([[lat, seen.getWest()], [lat, seen.getEast()]], options).addTo(lines));
      each(seen.getWest(), seen.getEast(), by, (lon) => L.polyline([[south, lon], [north, lon]], options).addTo(lines));
    };
    drawEdges = () => {
      const by = step(), seen = map.getBounds(), size = map.getSize();
      const frame = map.getContainer().getBoundingClientRect();
      const controls = [...map.getContainer().querySelectorAll(".leaflet-control")].map((one) => one.getBoundingClientRect());
      const free = (x, y) => !controls.some((box) => x > box.left - frame.left - 30 && x < box.right - frame.left + 30 &&
        y > box.top - frame.top - 12 && y < box.bottom - frame.top + 12);
      edges.replaceChildren();
      const put = (text, x, y, shift) => {
        if (!free(x, y)) return;
        const node = make("span", text);
        node.style.cssText = `left:${x}px;top:${y}px;transform:translate(${shift})`;
        edges.append(node);
      };
      each(Math.max(-80, seen.getSouth()), Math.min(84, seen.getNorth()), by, (lat) => {
        const y = map.latLngToContainerPoint([lat, seen.getWest()]).y;
        if (y > 12 && y < size.y - 24) put(degrees(lat, "N", "S"), 5, y, "0,-50%");
      });
      each(seen.getWest(), seen.getEast(), by, (lon) => {
        const x = map.latLngToContainerPoint([seen.getSouth(), lon]).x;
        const around = ((lon + 180) % 360 + 360) % 360 - 180;
        if (x > 24 && x < size.x - 24) put(Math.abs(around) === 180 ? "180°" : degrees(around, "E", "W"), x, size.y - 9, "-50%,-50%");
      });
    };
    map.on("moveend zoomend resize", draw).on("move zoomend resize", () => drawEdges());
    draw();
  }

  // ---- legend and layer control in one
  function legend(map, groups) {
    const control = L.control.layers(null, null, {collapsed: false, autoZIndex: false, position: "topright"});
    groups.forEach((group, i) => {
      const {title, styles} = scene.groups[i];
      control.addOverlay(group, `${swatch(styles[styles.length - 1])}<span>${escaped(title)}</span>`);
    });
    control.addTo(map);
    const box = control.getContainer(), list = box.querySelector(".leaflet-control-layers-list");
    const details = make("details"), summary = make("summary", "Legend and layers");
    box.className = "leaflet-control leaflet-control-layers-expanded legend";
    list.classList.remove("leaflet-control-layers-scrollbar");
    list.style.height = "";
    box.replaceChildren(details);
    details.append(summary, list);
    details.open = !narrow();
    details.addEventListener("toggle", () => { place(map); drawEdges(); });
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
  }

  // ---- opening, panel, keyboard, print
  function open(map) {
    const [west, south, east, north] = scene.bounds, roomy = map.getSize().x > 760;
    home = () => map.fitBounds([[south, west], [north, east]], {animate: false, maxZoom: 8,
      paddingTopLeft: [roomy ? 40 : 12, 12], paddingBottomRight: [roomy ? 150 : 12, 26]});
    home();
    map.setMaxBounds([[-85.05, scene.lon0 - 180], [85.05, scene.lon0 + 180]]);
  }
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
    const panel = document.getElementById("panel"), pinned = new Set(), lit = new Map();
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
  function finish(map) {
    const box = map.getContainer(), stage = box.parentElement;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Interactive map. Tab leads from mark to mark, Enter opens what is known of one, " +
      "Escape closes it; arrow keys move the map, plus and minus change its scale. A table of the events follows.");
    document.addEventListener("keydown", (event) => {
      keyed = true;
      const popup = map._popup;
      if (event.key !== "Escape" || !popup || !popup.isOpen()) return;
      const source = popup._source && popup._source.getElement && popup._source.getElement();
      map.closePopup();
      if (source) source.focus({preventScroll: true});
    });
    document.addEventListener("pointerdown", () => { keyed = false; });
    map.on("popupopen", ({popup}) => {
      const element = popup.getElement(), heading = element.querySelector("h3");
      element.setAttribute("role", "dialog");
      element.setAttribute("aria-label", heading ? heading.textContent : "");
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
    clock(map);
    const toggle = document.querySelector(".toggle");
    toggle.addEventListener("click", () => {
      const bare = document.body.classList.toggle("bare");
      toggle.setAttribute("aria-expanded", String(!bare));
      toggle.textContent = bare ? "Show text" : "Hide text";
      map.invalidateSize({animate: false});
    });
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("details:not([open])")];
      for (const one of opened) one.open = true;
      map.closePopup();
      stage.style.cssText = "flex:none;width:700px;height:450px";
      map.invalidateSize({animate: false});
      home();
      place(map);
    });
    addEventListener("afterprint", () => {
      for (const one of opened) one.open = false;
      stage.style.cssText = "";
      map.invalidateSize({animate: false});
      home();
    });
    map.on("moveend zoomend resize overlayadd overlayremove", () => place(map));
    place(map);
    drawEdges();
    document.documentElement.dataset.ready = String(Math.round(performance.now()));
  }
  return {open, marks: draw, graticule, legend, finish};
})();
