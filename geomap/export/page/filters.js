// ---- what of an archive is shown: by class and by kind of mark in the legend, by time and by words beside the map
const shown = new Uint8Array(told.n).fill(1), classOn = classes.map(() => true), groupOn = new Map();
const isOn = (layer) => groupOn.get(layer) !== false;
const pass = {time: () => true, words: () => true};
// Runs over the launches; of each class counts what the other choices leave.
function sift() {
  const counts = classes.map(() => 0);
  for (let launch = 0; launch < told.n; launch++) {
    const fits = pass.time(launch) && pass.words(launch);
    if (fits) counts[classOf[launch]] += 1;
    shown[launch] = fits && classOn[classOf[launch]] ? 1 : 0;
  }
  return counts;
}
function switches(map, refresh) {
  const control = L.control({position: "topright"}), details = make("details"), list = make("div", undefined, "leaflet-control-layers-list");
  const numbered = [], marked = [];
  const option = (drawing, title, many, change) => {
    const label = make("label"), row = make("span"), box = make("input"), said = make("span"), number = make("small", many);
    box.type = "checkbox";
    box.checked = true;
    said.innerHTML = drawing;
    said.append(make("span", title), " ", number);
    row.append(box, said);
    label.append(row);
    box.addEventListener("change", () => { change(box.checked); refresh(); });
    list.append(label);
    return number;
  };
  for (const group of scene.groups) {
    if (group.styles.every((style) => ONLY_CHOSEN.includes(style))) continue;
    const layers = group.layers.map((index) => scene.layers[index]), points = layers.filter((layer) => layer.isPoint);
    marked.push([points.length ? points : layers,
      option(swatch(group.styles.at(-1)), group.title, "", (on) => { for (const layer of layers) groupOn.set(layer, on); })]);
  }
  if (marked.length) list.append(make("hr"));
  const has = classes.map(() => 0);
  for (const kind of classOf) has[kind] += 1;
  classes.forEach(([, title], kind) => {
    if (!has[kind]) return;
    const dot = `<svg width="30" height="18" aria-hidden="true"><path class="dot k${kind}" d="M15 3.5A5.5 5.5 0 1 1 15 14.5 5.5 5.5 0 1 1 15 3.5Z"/></svg>`;
    numbered.push([kind, option(dot, title, count(has[kind]), (on) => { classOn[kind] = on; })]);
  });
  details.open = !narrow() && !embedded && map.getSize().y > 420;  // on a low map it would cover all
  details.append(make("summary", t.legend), list);
  details.addEventListener("toggle", () => { place(map); drawEdges(); });
  control.onAdd = () => {
    const box = make("div", undefined, "leaflet-control-layers-expanded legend");
    box.append(details);
    box.hidden = !list.children.length;
    L.DomEvent.disableClickPropagation(box).disableScrollPropagation(box);
    return box;
  };
  control.addTo(map);
  const shownOf = (layers) => layers.flatMap((layer) => layer.launches).reduce((sum, launch) => sum + shown[launch], 0);
  return (counts) => {
    for (const [kind, number] of numbered) number.textContent = count(counts[kind]);
    for (const [layers, number] of marked) number.textContent = count(shownOf(layers));
  };
}
// Bars of how many launches there were in each year, month or day, and two sliders for the first and the last of them.
// For each unit: from how many days on it is taken, how many days pass over none of them, and its name.
const UNITS = [[4 * 365, 365, (at) => at.slice(0, 4)], [120, 28, (at) => at.slice(0, 7)], [0, 1, (at) => at.slice(0, 10)]];
function span(box, refresh) {
  const days = [];
  for (let launch = 0; launch < told.n; launch++) if (dated(launch)) days.push(starts[launch]);
  const first = Math.min(...bounded(days)), last = Math.max(...bounded(days));
  if (!box || days.length < 2 || first === last) return;
  const [, step, unit] = UNITS.find(([least]) => (last - first) / 1440 > least), bars = new Map();
  const named = (minutes) => unit(new Date(minutes * 6e4).toISOString().replace(/^[+-]\d+/, (year) => year.slice(-4)));
  for (let at = first; at <= last + step * 1440; at += step * 1440) bars.set(named(Math.min(at, last)), 0);
  const keys = [...bars.keys()], place = new Map(keys.map((key, i) => [key, i])), barOf = starts.map((at, launch) => dated(launch) ? place.get(named(at)) : -1);
  for (const bar of barOf) if (bar >= 0) bars.set(keys[bar], bars.get(keys[bar]) + 1);
  const most = Math.max(...bars.values()), wide = 300 / keys.length, drawing = box.querySelector("svg");
  drawing.innerHTML = [...bars.values()].map((many, i) => {
    const high = many ? Math.max(1.5, 44 * many / most) : 0;
    return `<rect x="${(i * wide).toFixed(2)}" y="${(46 - high).toFixed(2)}" width="${Math.max(0.6, wide - 1).toFixed(2)}" height="${high.toFixed(2)}"/>`;
  }).join("");
  const [from, to] = box.querySelectorAll("input"), output = box.querySelector("output"), rects = [...drawing.children];
  const undated = told.n - days.length, label = (key) => ({4: {year: "numeric"}, 7: {month: "short", year: "numeric"}})[key.length] || {day: "numeric", month: "short", year: "numeric"};
  const said = (i) => new Date(`${keys[i]}${"-01-01".slice(Math.min(6, keys[i].length - 4))}`).toLocaleDateString(scene.locale, {timeZone: "UTC", ...label(keys[i])});
  const tell = () => {
    const low = Math.min(from.value, to.value), high = Math.max(from.value, to.value), all = low === 0 && high === keys.length - 1;
    pass.time = all ? () => true : (launch) => barOf[launch] >= low && barOf[launch] <= high;
    rects.forEach((one, i) => one.classList.toggle("out", i < low || i > high));
    output.textContent = all ? t.all_times : (low === high ? said(low) : `${said(low)} – ${said(high)}`) +
      (undated ? ` · ${fill(t.without_date, {count: count(undated)})}` : "");
    for (const one of [from, to]) one.setAttribute("aria-valuetext", said(one.value));
  };
  for (const one of [from, to]) {
    one.max = keys.length - 1;
    one.addEventListener("input", () => { tell(); refresh(); });
  }
  from.value = 0;
  to.value = keys.length - 1;
  tell();
  box.hidden = false;
}
// Math.min takes only so many arguments.
const bounded = (values) => [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];

// Words: those launches whose headline, facts, claims, reports or outlets have all of them. Each text is searched once, however many launches have it.
function finder(input, refresh) {
  if (!input) return;
  let waiting;
  const search = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) pass.words = () => true;
    else {
      const lower = once("lower", () => told.strings.map((one) => one.toLowerCase()));
      const hits = words.map((word) => having(lower.map((one) => one.includes(word))));
      pass.words = (launch) => hits.every((hit) => hit[launch]);
    }
    refresh();
    panel.removeAttribute("aria-busy");
  };
  const panel = input.closest(".panel");
  input.addEventListener("input", () => {
    panel.setAttribute("aria-busy", "true");
    clearTimeout(waiting);
    waiting = setTimeout(search, 150);
  });
}
function having(hit) {
  const found = new Uint8Array(told.n);
  const look = (coded, launchOf) => once(coded, () => numbers(coded)).forEach((place, i) => { if (hit[place]) found[launchOf(i)] = 1; });
  for (const coded of [told.launches.t, told.launches.others]) look(coded, (i) => i);
  for (const coded of Object.values(told.launches.cells)) look(coded, (i) => i);
  for (const table of [told.claims, told.conflicts, told.reports]) {
    const owners = once(table.cells, () => numbers(table.n).flatMap((all, launch) => new Array(Math.min(all, table.most)).fill(launch)));
    for (const coded of Object.values(table.cells)) look(coded, (i) => owners[i]);
  }
  for (const layer of archived) look(layer.w, (i) => layer.launches[i]);
  return found;
}
