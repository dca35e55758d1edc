"""The page in a real browser with no network: it draws, is silent, and works by keyboard and on a phone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from filled import filled
from toys import HOSTILE, make_layers, two_koreas
from visits import DESK, PHONE

from geomap.bands import Band
from geomap.catalog import Layers
from geomap.export.html import write
from geomap.notices import find_hazards
from geomap.pipeline import locate
from geomap.rings import make_rings_scene
from geomap.scene import make_scene
from geomap.types import Document, Reading

pytestmark = pytest.mark.chromium

CLOSED = """NAVAREA XI 12/24.
1. ROCKET LAUNCHING IN AREAS BOUND BY:
   A. 010100Z TO 010500Z MAR 24, 38-00N 132-00E, 39-00N 132-00E, 39-00N 134-00E, 38-00N 134-00E.
   B. 020100Z TO 020500Z MAR 24, 36-00N 132-00E, 37-00N 132-00E, 37-00N 134-00E, 36-00N 134-75E.
2. CANCEL THIS MSG 020600Z MAR 24.
"""
MARK = ".leaflet-marker-icon.i-impact-point"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pages")
    plain = Layers(make_layers(folder / "plain"))
    write(make_scene([two_koreas()], plain), folder / "plain.html")
    bands = [
        Band(low_km=5000, high_km=13_000, source="a toy", system="Two edges", kind="ICBM"),
        Band(low_km=15_000, high_km=None, source="a toy", system="Open", kind="SLBM"),
    ]
    rings = make_rings_scene(locate("52N 178E", plain), "52N 178E", [*bands, 800.0, 19_990.0], plain)
    write(rings, folder / "rings.html")
    hostile = " ".join(HOSTILE)
    layers = Layers(make_layers(folder / "hostile", name=hostile))
    write(make_scene([filled(hostile=hostile)], layers), folder / "hostile.html")
    write(make_scene([filled()], Layers(folder / "plain")), folder / "full.html")
    write(make_scene([find_hazards(Reading(document=Document.of(CLOSED)))], plain), folder / "closed.html")
    return folder


def overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] - 1 and other[0] < one[2] - 1 and one[1] < other[3] - 1 and other[1] < one[3] - 1


@pytest.mark.parametrize(
    ("name", "size", "scheme"),
    [("plain", DESK, "light"), ("plain", PHONE, "dark"), ("hostile", DESK, "dark"), ("hostile", PHONE, "light")],
    ids=["plain-desk", "plain-phone-dark", "hostile-desk-dark", "hostile-phone"],
)
def test_the_map_draws_and_is_silent(visit: Any, name: str, size: dict[str, int], scheme: str) -> None:
    seen = visit(name, size, color_scheme=scheme)

    for selector in (
        "path.m-land", "path.m-coast", "path.m-impact", "path.m-eez-claimed", "path.m-range-SRBM", MARK,
        ".i-dateline", ".i-place", ".i-site-known", ".leaflet-control-scale", ".legend", ".edges span", ".card",
    ):  # fmt: skip
        assert seen.page.locator(selector).count() > 0, selector
    assert seen.page.evaluate("Number(document.documentElement.dataset.ready)") < 5000
    if name == "hostile":
        assert HOSTILE[0] in seen.page.inner_text("h1")
        assert HOSTILE[1] in seen.page.title()


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nothing_overlaps_and_nothing_sticks_out(visit: Any, size: dict[str, int]) -> None:
    seen = visit("plain", size)
    labels, controls = seen.boxes(".label > .placed"), seen.boxes(".leaflet-control")

    assert len(labels) >= 4
    for i, one in enumerate(labels):
        assert not any(overlap(one, other) for other in labels[i + 1 :])
        assert not any(overlap(one, other) for other in controls)
    for i, one in enumerate(controls):
        assert not any(overlap(one, other) for other in controls[i + 1 :])
    (stage,), (panel,), (head,) = seen.boxes(".stage"), seen.boxes(".panel"), seen.boxes(".head")
    assert not overlap(stage, panel)
    assert not overlap(stage, head)
    assert not overlap(panel, head)
    assert all(stage[0] <= box[0] and box[2] <= stage[2] and box[3] <= stage[3] for box in controls)
    width = seen.page.evaluate("document.documentElement.scrollWidth")
    assert width <= size["width"], "no scrolling sideways"


def test_a_phone_with_a_hostile_title_does_not_scroll_sideways(visit: Any) -> None:
    seen = visit("hostile", PHONE)

    assert seen.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert seen.boxes(".stage")[0][3] - seen.boxes(".stage")[0][1] >= 360


def test_the_map_opens_on_the_event(visit: Any) -> None:
    seen = visit("plain", DESK)
    (stage,), (mark,) = seen.boxes(".stage"), seen.boxes(MARK)

    assert stage[0] + 200 < mark[0] < stage[2] - 200
    assert stage[1] + 150 < mark[1] < stage[3] - 150


def test_a_mark_opens_by_enter_and_closes_by_escape(visit: Any) -> None:
    seen = visit("plain", DESK)
    seen.page.focus(MARK)
    seen.page.keyboard.press("Enter")
    text = seen.page.inner_text(".leaflet-popup")

    assert "off its east coast" in text
    assert "offshore of coasts/PRK-E" in text
    assert "within about 250 km" in text
    assert seen.page.get_attribute(".leaflet-popup", "aria-label").startswith("Came down:")
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector(".leaflet-popup", state="detached")
    assert "i-impact-point" in seen.page.evaluate("document.activeElement.className")


def test_an_area_opens_by_enter_and_shows_hostile_text_as_text(visit: Any) -> None:
    seen = visit("hostile", DESK)
    seen.page.focus("path.m-impact")
    seen.page.keyboard.press("Enter")

    assert HOSTILE[0] in seen.page.inner_text(".leaflet-popup")
    assert seen.page.locator(".leaflet-popup img, .leaflet-popup script").count() == 0


def test_every_mark_has_a_name_and_can_be_reached(visit: Any) -> None:
    seen = visit("plain", DESK)
    nameless = seen.page.evaluate(
        "[...document.querySelectorAll('.folium-map [role=button][tabindex=\"0\"]')]"
        ".filter((e) => !(e.getAttribute('aria-label') || e.textContent).trim()).length"
    )

    assert nameless == 0
    assert seen.page.evaluate("document.querySelectorAll('.folium-map [role=button]').length") >= 9
    seen.page.keyboard.press("Tab")
    assert seen.page.evaluate("document.activeElement.className") == "skip"


def test_the_legend_switches_layers(visit: Any) -> None:
    seen = visit("plain", DESK)
    box = seen.page.locator(".legend label", has_text="Where it came down").locator("input")
    box.focus()
    seen.page.keyboard.press("Space")

    assert seen.page.locator(f"path.m-impact, {MARK}").count() == 0
    seen.page.locator(".card .show").first.click()
    assert seen.page.locator("path.m-impact").count() == 1, "what is asked for is switched on again"
    assert seen.page.locator(".leaflet-popup").count() == 1


def test_the_text_can_be_put_away_and_comes_back(visit: Any) -> None:
    seen = visit("plain", DESK)
    seen.page.click(".toggle")

    assert seen.boxes(".panel") == []
    assert seen.boxes(".stage")[0][2] == DESK["width"]
    seen.page.click(".toggle")
    assert len(seen.boxes(".panel")) == 1


def test_the_timeline_shows_a_launch_by_enter(visit: Any) -> None:
    seen = visit("plain", DESK)
    seen.page.locator(".timeline .entry").first.focus()
    seen.page.keyboard.press("Enter")

    assert seen.page.get_attribute(".leaflet-popup", "aria-label").startswith("Came down:")
    assert seen.page.locator(".timeline li").count() == 3


CLAIM = ".claim:has(.chip.agrees)"
VIEW = "['.leaflet-map-pane', '.i-impact-point'].map((one) => document.querySelector(one).style.transform).join()"
LINE, LENGTH = ".leaflet-map-pane path.m-margin", ".measure"


def test_a_claim_under_the_pointer_lights_up_the_zone_and_draws_the_margin(visit: Any) -> None:
    seen = visit("full", DESK)
    view, panel = seen.page.evaluate(VIEW), seen.boxes(".panel .card")[0][2:]
    assert seen.page.locator(f"{LINE}, {LENGTH}, .lit").count() == 0
    seen.page.hover(f"{CLAIM} .chip")

    assert seen.page.locator("path.m-eez-claimed.lit").count() >= 1
    assert seen.page.locator(f"{LINE}.lit").count() == 1
    assert len(seen.boxes(LINE)) == 1
    assert seen.page.inner_text(LENGTH) == "110 km"
    assert seen.page.locator(f"{MARK}.lit").count() == 0, "the card's own marks are not what the claim is about"
    assert seen.page.evaluate(VIEW) == view, "the map stays where it is"
    assert seen.boxes(".panel .card")[0][2] == panel[0]
    seen.page.hover("h1")
    assert seen.page.locator(f"{LINE}, {LENGTH}, .lit").count() == 0


def test_the_margin_ends_at_the_best_point(visit: Any) -> None:
    seen = visit("full", DESK)
    seen.page.hover(f"{CLAIM} .chip")
    (line,), (mark,) = seen.boxes(LINE), seen.boxes(MARK)
    middle = ((mark[0] + mark[2]) / 2, (mark[1] + mark[3]) / 2)

    assert min(abs(middle[0] - line[0]), abs(middle[0] - line[2])) < 4
    assert min(abs(middle[1] - line[1]), abs(middle[1] - line[3])) < 4


def test_a_claim_lights_up_by_keyboard_and_stays_when_it_is_pinned(visit: Any) -> None:
    seen = visit("full", DESK)
    button = seen.page.locator(f"{CLAIM} .pin")
    seen.page.locator(".claim summary").first.focus()
    seen.page.keyboard.press("Tab")

    assert button.evaluate("(e) => e === document.activeElement")
    assert seen.page.locator(f"{LINE}.lit").count() == 1
    seen.page.keyboard.press("Enter")
    assert button.get_attribute("aria-pressed") == "true"
    seen.page.evaluate("document.activeElement.blur()")
    assert seen.page.locator(f"{LINE}.lit").count() == 1
    assert len(seen.boxes(LENGTH)) == 1
    button.focus()
    seen.page.keyboard.press("Space")
    assert button.get_attribute("aria-pressed") == "false"
    assert seen.page.locator(LINE).count() == 0


def test_a_tap_shows_the_margin_and_another_hides_it(visit: Any) -> None:
    seen = visit("full", PHONE, has_touch=True, is_mobile=True, reduced_motion="reduce")
    button = seen.page.locator(f"{CLAIM} .pin")
    button.tap()

    assert seen.page.locator(f"{LINE}.lit").count() == 1
    assert seen.boxes(".stage")[0][1] < 60, "the map is in sight"
    assert seen.page.evaluate("getComputedStyle(document.querySelector('.mark svg')).transitionDuration") == "0s"
    button.tap()
    assert seen.page.locator(LINE).count() == 0


def test_a_card_under_the_pointer_lights_up_its_marks(visit: Any) -> None:
    seen = visit("full", DESK)
    seen.page.hover(".card h3 >> nth=0")

    for selector in (MARK, ".i-launch-point", "path.m-track", "path.m-impact"):
        assert seen.page.locator(f"{selector}.lit").count() == 1, selector
    assert seen.page.locator(".i-dropped-point.lit").count() == 0
    seen.page.hover(".notes .apart")
    assert seen.page.locator(".i-dropped-point.lit").count() == 1


def test_the_margins_can_be_switched_on_together(visit: Any) -> None:
    seen = visit("full", DESK)
    box = seen.page.locator(".legend label", has_text="Margins").locator("input")
    assert not box.is_checked()
    box.focus()
    seen.page.keyboard.press("Space")
    seen.page.hover(f"{CLAIM} .chip")
    seen.page.hover("h1")

    assert seen.page.locator(LINE).count() == 1, "it is not taken away with the light"


def test_what_does_not_fit_and_what_a_claim_leaves_are_dashed(visit: Any) -> None:
    seen = visit("full", DESK)

    for selector in ("path.m-dropped", "path.m-clipped"):
        assert seen.page.evaluate(f"getComputedStyle(document.querySelector('{selector}')).strokeDasharray") != "none"
    assert seen.page.inner_text(".l-dropped-point") == "“off the west coast” does not fit the rest"


@pytest.mark.parametrize("size", [{"width": 860, "height": 700}, PHONE, {"width": 320, "height": 640}])
def test_a_full_card_fits_a_narrow_panel(visit: Any, size: dict[str, int]) -> None:
    for name in ("full", "hostile"):
        seen = visit(name, size)
        wide = seen.page.evaluate(
            "[...document.querySelectorAll('.card')].flatMap((card) => [...card.querySelectorAll('*')].filter((e) => "
            "e.getBoundingClientRect().right > card.getBoundingClientRect().right).map((e) => e.className))"
        )
        assert wide == []


def test_the_page_prints(visit: Any) -> None:
    seen = visit("full", DESK)
    printed = seen.page.pdf(format="A4")
    seen.page.emulate_media(media="print")
    (stage,), (panel,) = seen.boxes(".stage"), seen.boxes(".panel")

    assert printed.startswith(b"%PDF")
    assert len(printed) > 20_000
    assert stage[3] <= panel[1], "the text stands below the map"
    assert seen.boxes(".toggle, .show, .pin, .leaflet-control-zoom") == []


def test_rings_are_drawn_and_labelled_over_180_and_half_the_globe(visit: Any) -> None:
    seen = visit("rings", DESK)
    said = seen.page.evaluate("[...document.querySelectorAll('.label .placed')].map((one) => one.textContent)")
    fills = seen.page.evaluate(
        "[...document.querySelectorAll('.leaflet-map-pane :is(.m-range-SLBM, .m-range-ICBM)')]"
        ".map((one) => getComputedStyle(one).fill)"
    )

    assert {"Two edges: 5,000 km", "Two edges: 13,000 km", "Open: at least 15,000 km", "52N 178E"} <= set(said)
    assert seen.page.locator("path.m-range-band").count() > 0
    assert set(fills) == {"none"}, "an edge encloses nothing"
    assert seen.page.locator(".card.ring").count() == 4
    assert seen.page.locator(".card.ring .show").count() == 4


def test_the_slider_shows_the_closed_areas_of_one_time(visit: Any) -> None:
    page = visit("closed", DESK).page
    areas = {"sound": ".leaflet-map-pane path.m-hazard", "doubtful": ".leaflet-map-pane path.m-hazard-doubtful"}
    slider = page.locator("#when")

    assert [page.locator(selector).count() > 0 for selector in areas.values()] == [True, True]
    assert slider.get_attribute("max") == "2"
    slider.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator(".when output").inner_text() == "1 Mar 2024, 01:00 to 05:00 UTC"
    assert [page.locator(selector).count() > 0 for selector in areas.values()] == [True, False]
    page.keyboard.press("ArrowRight")
    assert [page.locator(selector).count() > 0 for selector in areas.values()] == [False, True]
    page.keyboard.press("Home")
    assert page.locator(".when output").inner_text() == "All times"
    assert [page.locator(selector).count() > 0 for selector in areas.values()] == [True, True]


def test_a_page_one_comes_back_to_shows_the_time_that_its_slider_says(visit: Any) -> None:
    seen = visit("closed", DESK)
    seen.page.locator("#when").press("ArrowRight")
    seen.page.goto("about:blank")
    seen.page.go_back()
    seen.page.wait_for_selector("html[data-ready]", state="attached")

    assert seen.page.locator("#when").input_value() == "0"
    assert seen.page.locator(".when output").inner_text() == "All times"


def test_closed_areas_have_cards_with_their_doubts(visit: Any) -> None:
    page = visit("closed", DESK).page
    cards = page.locator(".card.closed")

    assert cards.count() == 2
    assert "minutes of 75" in cards.nth(1).inner_text()
    assert "1 March 2024, 01:00 to 05:00 UTC" in cards.nth(0).inner_text()
