"""Pages of many launches in a real Chromium: how large, how long they take to open, how smoothly they move."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

import visits

from benchmarks.clock import GEOMAP, in_turns, programs
from benchmarks.table import Row, ratio, seconds

NUMBERS = (1, 100, 10_000)
_OPEN_S, _ONE_MB, _FRAME_MS = 3.0, 0.6, 34.0
_TURNS = 3
_FRAMES = """() => {
  window.frames_ms = []; let last = performance.now();
  const note = (now) => { window.frames_ms.push(now - last); last = now; requestAnimationFrame(note); };
  requestAnimationFrame(note);
}"""
_PLACE = "() => getComputedStyle(document.querySelector('.leaflet-map-pane')).transform"
_JQUERY = """window.$ = (html) => {
  const template = document.createElement("template");
  template.innerHTML = html;
  return [template.content.firstElementChild];
};"""
"""As much of it as folium's popups need."""
_EXTERNAL = ("<script src=", "<link rel=")


def page() -> Iterator[Row]:
    """Pages of one launch, and of many."""
    with chromium() as browser:
        yield from measured(browser, NUMBERS)


def measured(browser: Any, numbers: Sequence[int], dragged: int = NUMBERS[-1]) -> Iterator[Row]:
    """Pages of so many launches, beside what folium makes of the same places; those of many are dragged, too."""
    with tempfile.TemporaryDirectory() as folder:
        for number in numbers:
            events = Path(folder, f"{number}.jsonl")
            spots = write_launches(events, number)
            ours, plain = Path(folder, f"{number}.html"), Path(folder, f"{number}-folium.html")
            what = f"page of {number:,} launch{'es' * (number > 1)}"
            drawn = programs((*GEOMAP, "map", str(events), "-o", str(ours), "--overwrite"), turns=1)[0]
            common = in_turns(lambda plain=plain, spots=spots: write_folium(plain, spots), turns=1)[0]
            yield Row(f"{what}, made", seconds(drawn), f"{seconds(common)} (folium)", ratio(drawn, common))
            sizes = [path.stat().st_size / 1e6 for path in (ours, plain)]
            target, met = ("less than 0.6 MB", sizes[0] < _ONE_MB) if number == 1 else ("", None)
            yield Row(f"{what}, size", f"{sizes[0]:.2f} MB", f"{sizes[1]:.2f} MB (folium)", "", target, met)
            opened = [min(opening_s(browser, path) for _ in range(_TURNS)) for path in (ours, plain)]
            target, met = ("less than 3 s", opened[0] < _OPEN_S) if number >= dragged else ("", None)
            told = f"{seconds(opened[1])} (folium)"
            yield Row(f"{what}, opened", seconds(opened[0]), told, ratio(*opened), target, met)
            if number >= dragged:
                moved = [frame_ms(browser, path) for path in (ours, plain)]
                told = f"{moved[1]:.0f} ms (folium)"
                what = f"{what}, dragged: 95 % of frames within"
                yield Row(what, f"{moved[0]:.0f} ms", told, ratio(*moved), "smooth: 34 ms", moved[0] <= _FRAME_MS)


def write_launches(path: Path, number: int) -> list[tuple[float, float, str]]:
    """Write launches as a batch does; where they start (latitude first) and what they are."""
    import crowd

    from geomap import codec

    made = list(crowd.launches(number))
    path.write_bytes(b"".join(codec.dumps_launch(one).encode() + b"\n" for one in made))
    places = [(one.event.launch, one.event) for one in made]
    return [
        (place.lat, place.lon, f"{event.weapon.text}, {place.text}") for place, event in places if place is not None
    ]


def write_folium(path: Path, spots: Sequence[tuple[float, float, str]]) -> None:
    """The common way: a marker with a popup each. Its page asks for its libraries; here Leaflet is put into it."""
    import folium
    import xstatic.pkg.leaflet as leaflet

    drawn = folium.Map(location=(30, 60), zoom_start=3, tiles=None, prefer_canvas=True)
    for lat, lon, words in spots:
        folium.CircleMarker((lat, lon), radius=5, popup=folium.Popup(escape(words))).add_to(drawn)
    kept = [line for line in drawn.get_root().render().splitlines() if not line.strip().startswith(_EXTERNAL)]
    base = Path(leaflet.BASE_DIR)
    script = next(base.rglob("leaflet.js")).read_text("utf-8").replace("</script", "<\\/script")
    style = next(base.rglob("leaflet.css")).read_text("utf-8")
    head = f"<head><style>{style}</style><script>{script}</script><script>{_JQUERY}</script>"
    path.write_text("\n".join(kept).replace("<head>", head, 1), encoding="utf-8")


def opening_s(browser: Any, path: Path) -> float:
    """Seconds until a page stands: until it says so itself, or has loaded and drawn once."""
    context = browser.new_context(offline=True, viewport=visits.DESK)
    try:
        window = context.new_page()
        faults: list[str] = []
        window.on("pageerror", lambda error: faults.append(str(error)))
        start = time.perf_counter()
        window.goto(path.as_uri(), timeout=120_000)
        if b"data-ready" in path.read_bytes():
            window.wait_for_selector("html[data-ready]", state="attached", timeout=120_000)
        window.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        spent = time.perf_counter() - start
    finally:
        context.close()
    if faults:
        raise RuntimeError(faults[0])
    return spent


def frame_ms(browser: Any, path: Path) -> float:
    """Milliseconds within which 95 of 100 frames come while the map is dragged to and fro."""
    context = browser.new_context(offline=True, viewport=visits.DESK)
    try:
        window = context.new_page()
        window.goto(path.as_uri(), timeout=120_000)
        box = window.locator(".leaflet-container").first.bounding_box(timeout=120_000)
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
        window.mouse.move(x, y)
        before = window.evaluate(_PLACE)
        window.mouse.down()
        window.evaluate(_FRAMES)
        for turn in range(8):
            window.mouse.move(x + (240 if turn % 2 else -240), y + 60, steps=12)
        moved = window.evaluate(_PLACE) != before
        window.mouse.up()
        frames = window.evaluate("() => window.frames_ms")
    finally:
        context.close()
    if not moved:
        message = f"{path.name}: the map did not follow the mouse"
        raise RuntimeError(message)
    return float(statistics.quantiles(frames, n=20)[-1])


@contextmanager
def chromium() -> Iterator[Any]:
    """A real Chromium.

    Raises
    ------
    RuntimeError
        if there is none
    """
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "no Chromium on this machine: install it (on Debian: apt install chromium)"
        raise RuntimeError(message)
    with sync_playwright() as runner:
        browser = runner.chromium.launch(executable_path=path, args=visits.OPTIONS)
        yield browser
        browser.close()
