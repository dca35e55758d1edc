"""What a reader does with the page, in a real browser: saving, copying, framing, printing, in any theme."""

from __future__ import annotations

import base64
import json
import random
import struct
from pathlib import Path
from typing import Any

import mgrs
import pytest
from filled import filled
from shapely.geometry import shape as shaped
from toys import HOSTILE, make_layers, two_koreas
from visits import DESK, PHONE, Visit

from geomap.bands import Band
from geomap.catalog import Layers
from geomap.export.html import write
from geomap.export.setting import make_setting
from geomap.geodesy import area_km2
from geomap.notices import find_hazards
from geomap.pipeline import locate
from geomap.rings import make_rings_scene
from geomap.scene import make_scene
from geomap.types import Document, Reading

pytestmark = pytest.mark.chromium

WARNING = """NAVAREA XI 100/25. EAST CHINA SEA.
1. HAZARDOUS OPERATIONS, ROCKET LAUNCHING IN AREAS BOUND BY
A. 270000Z TO 270200Z DEC 25: 26-32N 121-40E, 26-32N 122-36E, 25-43N 122-36E, 25-43N 121-40E.
B. 281000Z TO 281200Z DEC 25: 24-59N 120-04E, 25-39N 121-13E, 26-17N 121-13E, 25-37N 120-04E.
2. CANCEL THIS MSG 281300Z DEC 25."""
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="#00f"/></svg>'
BRAND = """font = "Georgia, serif"
logo = "logo.svg"
logo_alt = "The \\"Wire\\""
footer = "Graphics <b>desk</b>"
[colours]
accent = "#7a1f5c"
land = {light = "#fffff0", dark = "#203040"}
"""
FRAMES = '<iframe sandbox="allow-scripts" width="700" height="420" src="{}"></iframe>'


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    toys = Layers(make_layers(folder / "toys"))
    scene = make_scene([two_koreas()], toys)
    write(scene, folder / "plain.html")
    write(scene, folder / "dark.html", make_setting(theme="dark"))
    write(scene, folder / "embed.html", make_setting(embed=True))
    (folder / "logo.svg").write_text(LOGO, "utf-8")
    (folder / "brand.toml").write_text(BRAND, "utf-8")
    (folder / "words.de.toml").write_text(
        f'language = "de"\n[page]\nlegend = "Legende"\nhide_text = {json.dumps(HOSTILE[0])}\nall_times = "Alle"\n'
        'from_on = "ab {day}, {time}"\n[labels]\n"When" = "Wann"\n"Where it came down" = "Wo es niederging"\n',
        "utf-8",
    )
    brand, words = str(folder / "brand.toml"), str(folder / "words.de.toml")
    write(scene, folder / "brand.html", make_setting(brand=brand, lang=words, theme="light"))
    hostile = " ".join(HOSTILE)
    layered = Layers(make_layers(folder / "hostile", name=hostile))
    write(make_scene([filled(hostile=hostile)], layered), folder / "hostile.html")
    band = Band(low_km=5000, high_km=13_000, source="a toy", system="Two edges", kind="ICBM")
    write(make_rings_scene(locate("52N 178E", toys), "52N 178E", [band, 800.0], toys), folder / "rings.html")
    warning = find_hazards(Reading(document=Document.of(WARNING, title="A warning")))
    write(make_scene([warning], toys), folder / "warning.html")
    for name in ("embed.html", "plain.html#embed"):
        (folder / f"frame-{name.partition('.')[0]}.html").write_text(
            "<!doctype html><html data-ready>" + FRAMES.format(name), "utf-8"
        )
    return folder


def saved(seen: Visit, what: str, tmp_path: Path) -> Path:
    with seen.page.expect_download() as waiting:
        seen.page.locator(f".tools .{what}").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def colours(seen: Visit, png: bytes, points: list[tuple[float, float]]) -> list[list[int]]:
    """The colours of a picture at some points, as the browser itself reads them."""
    found: list[list[int]] = seen.page.evaluate(
        """async ([url, points]) => {
          const image = new Image(); image.src = url; await image.decode();
          const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
          const pen = canvas.getContext("2d", {willReadFrequently: true}); pen.drawImage(image, 0, 0);
          return points.map(([x, y]) => [...pen.getImageData(x, y, 1, 1).data.slice(0, 3)]);
        }""",
        [f"data:image/png;base64,{base64.b64encode(png).decode()}", points],
    )
    return found


# ------------------------------------------------------------------------------------------------------------ saving


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_the_picture_is_the_map_twice_as_large_with_a_footer(visit: Any, size: dict[str, int], tmp_path: Path) -> None:
    seen = visit("plain", size)
    (stage,), (mark,) = seen.boxes(".stage"), seen.boxes(".leaflet-marker-icon.i-impact-point")
    path = saved(seen, "save_picture", tmp_path)
    png = path.read_bytes()
    wide, high = struct.unpack(">II", png[16:24])
    below = 2 * (stage[3] - stage[1])
    x, y = (mark[0] + mark[2]) - 2 * stage[0], (mark[1] + mark[3]) - 2 * stage[1]

    assert path.suffix == ".png"
    assert path.stem == "-".join(seen.page.inner_text("h1").lower().replace(",", "").split())
    assert wide == 2 * round(stage[2] - stage[0])
    assert high > below + 150, "title, legend and sources stand below"
    spots = [(wide - 8, 60), (x - 10, y), (wide / 2, below + 3), (wide - 4, high - 4)]
    sea, disc, stripe, paper = colours(seen, png, spots)
    assert sea[2] > sea[0], "the sea is blue"
    assert disc == [0xD5, 0x5E, 0x00], "the mark is where it is on the page"
    assert stripe == [0xA6, 0x45, 0x00]
    assert paper == [255, 255, 255]


def test_a_picture_is_made_of_hostile_text_too_and_in_the_dark(visit: Any, tmp_path: Path) -> None:
    seen = visit("hostile", DESK, color_scheme="dark")
    path = saved(seen, "save_picture", tmp_path)

    assert path.name.isprintable()
    assert len(path.name) <= 70
    assert colours(seen, path.read_bytes(), [(4, struct.unpack(">I", path.read_bytes()[20:24])[0] - 4)]) == [
        [23, 35, 45]
    ]


def test_the_data_are_geojson_of_all_marks(visit: Any, tmp_path: Path) -> None:
    seen = visit("plain", DESK)
    path = saved(seen, "save_data", tmp_path)
    data = json.loads(path.read_text("utf-8"))
    impact = next(one for one in data["features"] if one["properties"]["kind"] == "impact-point")
    area = next(one for one in data["features"] if one["properties"]["kind"] == "impact")

    assert path.suffix == ".geojson"
    assert data["type"] == "FeatureCollection"
    assert data["title"] == seen.page.inner_text("h1")
    assert len(data["sources"]) >= 2
    assert impact["properties"]["title"].startswith("Came down:")
    assert impact["properties"]["words"] == "off its east coast"
    assert impact["properties"]["group"] == "Where it came down"
    assert impact["properties"]["Uncertainty"] == "within about 250 km of the point"
    assert shaped(area["geometry"]).contains(shaped(impact["geometry"]))
    assert {one["properties"]["kind"] for one in data["features"]} >= {"dateline", "place", "site-known", "eez-claimed"}
    assert seen.page.locator("[role=status]").evaluate("(e) => e.textContent") in ("", f"Saved: {path.name}")


def test_what_crosses_180_is_cut_there_and_nothing_is_lost(visit: Any, tmp_path: Path) -> None:
    data = json.loads(saved(visit("rings", DESK), "save_data", tmp_path).read_text("utf-8"))
    shapes = {one["id"]: shaped(one["geometry"]) for one in data["features"]}
    small = next(value for key, value in shapes.items() if key.endswith("-area"))

    for one in shapes.values():
        west, south, east, north = one.bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        assert one.is_valid
    assert small.geom_type == "MultiPolygon"
    assert all(part.exterior.is_ccw for part in small.geoms), "RFC 7946: counter-clockwise"
    assert area_km2(small) == pytest.approx(3.14159 * 800**2, rel=0.01)


def test_times_are_saved_and_the_picture_is_of_the_time_that_is_shown(visit: Any, tmp_path: Path) -> None:
    seen = visit("warning", DESK)
    data = json.loads(saved(seen, "save_data", tmp_path).read_text("utf-8"))
    whole = saved(seen, "save_picture", tmp_path).read_bytes()
    times = {one["properties"]["times"][0] for one in data["features"] if "times" in one["properties"]}
    seen.page.locator("#when").focus()
    seen.page.keyboard.press("ArrowRight")

    assert times == {"2025-12-27T00:00Z/2025-12-27T02:00Z", "2025-12-28T10:00Z/2025-12-28T12:00Z"}
    assert seen.page.inner_text(".when output") == "27 Dec 2025, 00:00 to 02:00 UTC"
    assert seen.page.locator(".leaflet-map-pane path.m-hazard").count() == 1
    assert saved(seen, "save_picture", tmp_path).read_bytes() != whole


def test_the_tools_work_by_keyboard_and_have_names(visit: Any) -> None:
    seen = visit("plain", DESK)
    names = seen.page.evaluate(
        "[...document.querySelectorAll('.tools button')].map((e) => e.getAttribute('aria-label'))"
    )
    seen.page.focus(".tools .save_picture")
    with seen.page.expect_download():
        seen.page.keyboard.press("Enter")
    seen.page.keyboard.press("Tab")
    with seen.page.expect_download():
        seen.page.keyboard.press("Space")

    assert names == ["Save picture", "Save data", "Position"]
    assert seen.boxes(".tools")[0][3] - seen.boxes(".tools")[0][1] >= 90, "no smaller than the buttons for zooming"


def test_the_scale_is_in_kilometres_and_nautical_miles(visit: Any) -> None:
    seen = visit("plain", DESK)
    bars = seen.page.evaluate(
        "[...document.querySelectorAll('.leaflet-control-scale-line')].map((e) => [e.textContent, e.offsetWidth])"
    )
    (km, km_wide), (miles, miles_wide) = bars

    assert km.endswith(" km")
    assert miles.endswith(" NM")
    assert float(miles.split()[0]) * 1.852 / miles_wide == pytest.approx(float(km.split()[0]) / km_wide, rel=0.05)


# --------------------------------------------------------------------------------------------------------- positions


def test_mgrs_is_that_of_another_program(visit: Any) -> None:
    other = mgrs.MGRS()
    chance = random.Random(7)
    points = [(chance.uniform(-80, 84), chance.uniform(-180, 180)) for _ in range(1400)]
    points += [(chance.uniform(55, 65), chance.uniform(-1, 13)) for _ in range(250)]
    points += [(chance.uniform(71, 84), chance.uniform(-1, 43)) for _ in range(250)]
    points += [
        (chance.uniform(-80, 84), 6.0 * chance.randint(-29, 29) + chance.choice([0, 1e-6, -1e-6])) for _ in range(60)
    ]
    points += [
        (8.0 * chance.randint(-9, 10) + chance.choice([1e-6, -1e-6]), chance.uniform(-180, 180)) for _ in range(40)
    ]
    ours = visit("plain", DESK).page.evaluate("(all) => all.map(([lat, lon]) => geomap.mgrs(lat, lon))", points)

    assert len(points) == 2000
    for (lat, lon), said in zip(points, ours, strict=True):
        zone, square, east, north = said.split()
        theirs = other.toMGRS(lat, lon)
        near = other.toMGRS(*other.toLatLon(f"{zone}{square}{east}{north}"))
        assert theirs[:5] == zone + square or near[:5] == theirs[:5], (lat, lon, said, theirs)
        if theirs[:5] == zone + square:
            off = max(abs(int(theirs[5:10]) - int(east)), abs(int(theirs[10:15]) - int(north)))
            assert off <= 1, (lat, lon, said, theirs)


KNOWN = {
    (38.8895, -77.0353): "18S UJ 234 064",
    (60.0, 5.0): "32V KM 769 581",
    (78.2, 15.6): "33X WG 136 807",
    (-33.8568, 151.2153): "56H LH 349 522",
    (0.0, 190.0): "02N PF 112 000",
    (84.0, 0.0): "31X DP 650 290",
    (84.01, 0.0): "",
    (-80.01, 0.0): "",
}


def test_mgrs_of_known_places(visit: Any) -> None:
    told = visit("plain", DESK).page.evaluate("(all) => all.map(([lat, lon]) => geomap.mgrs(lat, lon, 3))", list(KNOWN))

    assert told == list(KNOWN.values())


CLIP = "Object.defineProperty(navigator, 'clipboard', {value: undefined})"


def rows(seen: Visit) -> list[str]:
    found: list[str] = seen.page.locator(".leaflet-popup .position dd").evaluate_all(
        "(all) => all.map((one) => one.firstChild.textContent)"
    )
    return found


def test_a_right_click_tells_the_position_and_copies_it(visit: Any) -> None:
    seen = visit("plain", DESK, permissions=["clipboard-read", "clipboard-write"])
    (mark,) = seen.boxes(".leaflet-marker-icon.i-impact-point")
    seen.page.mouse.click((mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2, button="right")
    decimal, sexagesimal, grid = rows(seen)
    seen.page.locator(".leaflet-popup .copy").nth(2).click()
    lat, lon = map(float, decimal.split(", "))

    assert (lat, lon) == pytest.approx((39.8, 130.0), abs=0.02)
    assert sexagesimal[:2] in ("39", "40")
    assert "″N 1" in sexagesimal
    assert grid.startswith("52S EK 8")
    seen.page.locator(".leaflet-popup .copy", has_text="Copied").wait_for()
    assert seen.page.evaluate("navigator.clipboard.readText()") == grid
    assert seen.page.locator(".leaflet-popup .copy").nth(0).get_attribute("aria-label") == "Copy: Decimal"


def test_a_page_without_a_clipboard_copies_all_the_same(visit: Any) -> None:
    seen = visit("plain", DESK)
    seen.page.evaluate(CLIP)
    seen.page.locator(".tools .position").click()
    decimal = rows(seen)[0]
    seen.page.keyboard.press("Tab")
    seen.page.keyboard.press("Enter")

    seen.page.locator(".leaflet-popup .copy", has_text="Copied").wait_for()
    seen.page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))")
    seen.page.focus("#paste")
    seen.page.keyboard.press("Control+V")
    assert seen.page.input_value("#paste") == decimal


def test_where_nothing_may_be_copied_the_text_is_marked(visit: Any) -> None:
    seen = visit("plain", DESK)
    seen.page.evaluate(f"{CLIP}; document.execCommand = () => false")
    seen.page.locator(".tools .position").click()
    seen.page.locator(".leaflet-popup .copy").first.click()

    seen.page.locator(".leaflet-popup .copy", has_text="Marked: press Ctrl+C").wait_for()
    assert seen.page.evaluate("getSelection().toString()") == rows(seen)[0]


def test_c_tells_the_position_of_the_mark_that_has_the_focus(visit: Any) -> None:
    seen = visit("plain", DESK)
    seen.page.focus(".leaflet-marker-icon.i-impact-point")
    seen.page.keyboard.press("c")

    assert seen.page.get_attribute(".leaflet-popup", "aria-label") == "Position"
    assert rows(seen) == ["39.800, 130.000", "39°48′00″N 130°00′00″E", "52S EK 856 060"]
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector(".leaflet-popup", state="detached")
    assert "i-impact-point" in seen.page.evaluate("document.activeElement.className")


def test_a_popup_holds_its_position_folded(visit: Any) -> None:
    seen = visit("hostile", DESK)
    seen.page.focus("path.m-impact")
    seen.page.keyboard.press("Enter")
    fold = seen.page.locator(".leaflet-popup .fold summary")
    assert rows(seen) == []
    fold.focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector(".leaflet-popup .position")

    assert len(rows(seen)) == 3
    assert seen.page.locator(".leaflet-popup .copy").count() == 3


# --------------------------------------------------------------------------------------------- frames, themes, paper


@pytest.mark.parametrize("name", ["embed", "plain"])
def test_the_page_works_in_a_frame_that_may_only_run_scripts(browser: Any, pages: Path, name: str) -> None:
    faults: list[str] = []
    context = browser.new_context(offline=True, viewport={"width": 800, "height": 500})
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto((pages / f"frame-{name}.html").as_uri())
    frame = page.frames[1]
    frame.wait_for_selector("html[data-ready]", state="attached")

    assert frame.locator("path.m-impact").is_visible()
    for selector in (".panel", ".toggle", ".tools", ".skip", ".legend .leaflet-control-layers-list"):
        assert not frame.locator(selector).first.is_visible(), selector
    assert frame.evaluate("document.querySelector('.head').offsetHeight") <= 40
    assert frame.evaluate("document.querySelector('.stage').offsetHeight") >= 370
    assert frame.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]") == [700, 420]
    frame.locator(".legend summary").click()
    assert frame.locator(".legend label").first.is_visible()
    frame.locator(".credits summary").click()
    assert frame.locator(".credits li").first.is_visible(), "whom the map is from is told in the frame too"
    frame.locator(".credits summary").click()
    frame.locator(".folium-map").click(button="right", position={"x": 250, "y": 300})
    frame.locator(".copy").first.click()
    frame.locator(".copy", has_text="Copied").wait_for()
    context.close()
    assert faults == []


@pytest.mark.parametrize(
    ("name", "scheme", "paper"),
    [
        ("plain", "light", "rgb(255, 255, 255)"),
        ("plain", "dark", "rgb(23, 35, 45)"),
        ("dark", "light", "rgb(23, 35, 45)"),
        ("brand", "dark", "rgb(255, 255, 255)"),
    ],
)
def test_the_theme_is_the_reader_s_or_the_page_s(visit: Any, name: str, scheme: str, paper: str) -> None:
    seen = visit(name, DESK, color_scheme=scheme)
    shown = "getComputedStyle(document.body).backgroundColor"

    assert seen.page.evaluate(shown) == paper
    seen.page.emulate_media(media="print")
    assert seen.page.evaluate(shown) == "rgb(255, 255, 255)", "paper is light"


def test_a_brand_and_a_language_are_shown(visit: Any) -> None:
    seen = visit("brand", DESK)

    def style(selector: str, what: str) -> str:
        found: str = seen.page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).{what}")
        return found

    assert style(".head", "borderTopColor") == style(".toggle", "color") == "rgb(122, 31, 92)"
    assert style("path.m-land", "fill") == "rgb(255, 255, 240)"
    assert style("body", "fontFamily").startswith("Georgia, serif")
    assert seen.page.evaluate("document.querySelector('.logo').naturalWidth") == 90
    assert seen.page.get_attribute(".logo", "alt") == 'The "Wire"'
    assert seen.page.inner_text(".panel .brandline") == "Graphics <b>desk</b>"
    assert seen.page.get_attribute("html", "lang") == "de"
    assert seen.page.inner_text(".legend summary") == "Legende"
    assert seen.page.inner_text(".toggle") == HOSTILE[0], "a word is text, whatever it is"
    assert "Wann" in seen.page.inner_text(".card")
    assert seen.page.locator(".legend label", has_text="Wo es niederging").count() == 1


def test_the_logo_is_in_the_picture(visit: Any, tmp_path: Path) -> None:
    seen = visit("brand", DESK)
    png = saved(seen, "save_picture", tmp_path).read_bytes()
    (stage,) = seen.boxes(".stage")
    spot = (struct.unpack(">I", png[16:20])[0] - 60, 2 * (stage[3] - stage[1]) + 60)

    assert colours(seen, png, [spot]) == [[0, 0, 255]]


def test_paper_is_a4_across_with_the_map_the_legend_and_the_text(visit: Any) -> None:
    seen = visit("plain", DESK)
    view = seen.page.evaluate("document.querySelector('.leaflet-map-pane').style.transform")
    seen.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    seen.page.emulate_media(media="print")
    seen.page.set_viewport_size({"width": 1032, "height": 703})
    (stage,), (legend,), (panel,) = seen.boxes(".stage"), seen.boxes(".legend"), seen.boxes(".panel")
    marks = seen.boxes(".leaflet-marker-icon.i-impact-point")

    assert stage[2] - stage[0] == pytest.approx(1028, abs=3)
    assert stage[3] <= legend[1]
    assert legend[3] <= min(703, panel[1]), "map and legend share the first sheet"
    assert all(legend[0] <= box[0] and box[2] <= legend[2] + 1 for box in seen.boxes(".legend label"))
    assert stage[0] < marks[0][0] < stage[2]
    assert seen.boxes(".tools, .toggle, .leaflet-control-zoom, .when, .credits") == []
    seen.page.emulate_media(media="screen")
    seen.page.set_viewport_size(DESK)
    seen.page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert seen.page.locator(".leaflet-top .legend").count() == 1
    assert seen.page.evaluate("document.querySelector('.leaflet-map-pane').style.transform") == view
