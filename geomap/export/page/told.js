// ---- what is told of a launch: its facts, its claims, where reports differ, and the reports with their addresses
const CHIPS = {agrees: ["agrees", t.agrees], contradicts: ["contradicts", t.contradicts], "cannot tell": ["doubt", t.cannot_tell],
  "not tested": ["doubt", t.not_tested]};
// An address becomes a link when it is one of the web's; whatever else stands there is text.
function link(address, said) {
  if (!/^https?:\/\/[^\s/]/i.test(address)) return make("span", said);
  const node = make("a", said);
  node.href = address;
  node.target = "_blank";
  node.rel = "noopener noreferrer";
  return node;
}
function section(heading, ...parts) {
  const node = make("section", undefined, "part");
  node.append(make("h4", heading), ...parts);
  return node;
}
function listed(rows, className) {
  const list = make("dl", undefined, className);
  for (const [name, said] of rows) list.append(make("dt", name), make("dd", said));
  return list;
}
// Everything of one launch, beginning with the mark that was asked for, if any.
function account(launch, layer, row) {
  const node = make("div", undefined, "pop told"), line = make("p", undefined, "soft");
  node.append(make("h3", launchTitle(launch)), line);
  const dot = make("span", "● ", `k${classOf[launch]}`);
  dot.setAttribute("aria-hidden", "true");
  line.append(dot, make("b", classes[classOf[launch]][1]));
  if (dated(launch)) line.append(` · ${dayOf(starts[launch])}`);
  node.append(listed(factsOf(launch)), ...claimsOf(launch), ...differencesOf(launch), ...reportsOf(launch));
  if (layer) node.append(placeOf(layer, row));
  return node;
}
// By which rule a mark stands where it stands.
function placeOf(layer, row) {
  const fold = make("details", undefined, "fold");
  fold.append(make("summary", t.the_place), make("p", text(layer, "t", row).split(": ")[0], "soft"),
    make("blockquote", text(layer, "w", row)),
    listed(layer.own.map((name, i) => [name, text(layer.cells, i, row)]).filter(([, said]) => said)));
  return fold;
}
function claimsOf(launch) {
  const {rows} = rowsOf(told.claims, launch);
  if (!rows.length) return [];
  return [section(t.claims, ...rows.map(([said, verdict, geometry, why, words]) => {
    const node = make("div", undefined, "claim"), [chip, word] = CHIPS[verdict] || ["doubt", verdict];
    node.append(make("p", said), make("span", word, `chip ${chip}`), make("span", [geometry, why].filter(Boolean).join(" · "), "soft"));
    if (words) node.append(make("blockquote", words));
    return node;
  }))];
}
function differencesOf(launch) {
  const {rows} = rowsOf(told.conflicts, launch), things = [...new Set(rows.map(([about]) => about))];
  if (!rows.length) return [];
  return [section(t.reports_differ, ...things.flatMap((about) => [make("h5", about),
    listed(rows.filter(([one]) => one === about).map(([, who, says]) => [who, says]), "differ")]))];
}
function reportsOf(launch) {
  const {rows, all} = rowsOf(told.reports, launch);
  if (!rows.length) return [];
  const list = make("ul", undefined, "plain");
  for (const [outlet, words, title, published, address] of rows) {
    const item = make("li"), head = make("b", outlet);
    item.append(head, make("span", published ? ` ${published.slice(0, 10)}` : "", "soft"));
    if (words) item.append(make("span", ` ${words}`));
    if (title || address) item.append(make("br"), link(address, title || address));
    list.append(item);
  }
  if (all > rows.length) list.append(make("li", fill(t.and_more, {count: count(all - rows.length)}), "soft"));
  return [section(`${t.reports} (${count(all)})`, list)];
}
// A line for lists: the day and what was fired; it leads to the launch.
function entry(launch, run) {
  const item = make("li", undefined, `k${classOf[launch]}`), button = make("button", launchTitle(launch), "entry");
  button.type = "button";
  button.dataset.launch = launch;
  button.addEventListener("click", run);
  const {all} = rowsOf(told.reports, launch);
  item.append(make("small", [dated(launch) ? dayOf(starts[launch]) : t.no_date, all > 1 ? fill(t.reports_of, {count: count(all)}) : ""]
    .filter(Boolean).join(" · ")), button);
  return item;
}
// Many lines, some at a time.
const AT_ONCE = 40;
function lines(launches, run) {
  const list = make("ul", undefined, "plain launches"), box = make("div"), rest = make("p", undefined, "soft rest");  // for paper
  let from = 0;
  const button = make("button", undefined, "show");
  button.type = "button";
  const more = () => {
    for (const launch of launches.slice(from, from + AT_ONCE)) list.append(entry(launch, () => run(launch)));
    from += AT_ONCE;
    button.hidden = rest.hidden = from >= launches.length;
    rest.textContent = fill(t.and_more, {count: count(launches.length - from)});
    button.textContent = fill(t.show_more, {count: count(Math.min(AT_ONCE, launches.length - from))});
  };
  button.addEventListener("click", more);
  more();
  box.append(list, button, rest);
  return box;
}
