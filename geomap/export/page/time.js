// ---- time: the map as it is at one of the times that its marks hold, or at all of them
function clock(map) {
  const box = document.querySelector(".when");
  const times = [...new Map(timed.flatMap((one) => one.times).map((one) => [one.join(), one])).values()]
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (!box || times.length < 2) return;
  const slider = box.querySelector("input"), output = box.querySelector("output");
  const day = (at) => at.toLocaleDateString(scene.locale, {day: "numeric", month: "short", year: "numeric", timeZone: "UTC"});
  const minute = (at) => at.toISOString().slice(11, 16);
  const told = ([from, to]) => {
    const start = new Date(from * 6e4), end = new Date(to * 6e4);
    if (end.getUTCFullYear() > 9000) return fill(t.from_on, {day: day(start), time: minute(start)});
    const said = {day: day(start), start: minute(start), last: day(end), end: minute(end)};
    return fill(said.day === said.last ? t.within_a_day : t.over_days, said);
  };
  const show = () => {
    const chosen = times[slider.value - 1];
    for (const {leaf, group, times: held} of timed) {
      const on = !chosen || held.some(([from, to]) => from < chosen[1] && chosen[0] < to);
      if (on !== group.hasLayer(leaf)) on ? group.addLayer(leaf) : group.removeLayer(leaf);
    }
    output.textContent = chosen ? told(chosen) : t.all_times;
    slider.setAttribute("aria-valuetext", output.textContent);
    place(map);
  };
  slider.max = times.length;
  slider.addEventListener("input", show);
  box.hidden = false;
  show();
}
