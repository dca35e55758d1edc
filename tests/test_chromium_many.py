"""A page of ten thousand launches in a real browser with no network: it draws, gathers, filters and tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import crowd
import launches as made
import pytest
from toys import HOSTILE, make_layers
from visits import DESK, PHONE

from geomap.archive import make_archive
from geomap.catalog import Layers, open_layers
from geomap.export.html import write
from geomap.export.setting import make_setting
from geomap.types import Claim, Launch, When

pytestmark = pytest.mark.chromium

NUMBER = 10_000
MARK = ".leaflet-marker-icon"
CIRCLE, SINGLE = f"{MARK}.cluster", f"{MARK}:not(.cluster, .label)"
AT = "(at) => { Object.entries(window).find(([name]) => name.startsWith('map_'))[1].setView(...at, {animate: false}); }"


@pytest.fixture(scope="session")
def many_pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages, each made once: many launches, one of each kind with hostile ones, none with a place."""
    folder = tmp_path_factory.mktemp("many")
    layers = Layers(make_layers(folder / "layers"))
    write(make_archive(crowd.launches(NUMBER), layers), folder / "many.html")
    text = " ".join(HOSTILE)
    outlets = tuple(made.report(number, f"Outlet {number}") for number in range(500))
    some = [
        *made.several(),
        made.launch("L500", sources=outlets, actor=text, impact=None, track=None),
        made.launch("Lpole", launch=made.place(0.0, 90.0), impact=None, track=None),
        made.launch("Lseam", launch=made.place(180.0, 0.0, 200.0), impact=None, track=None, sources=(made.report(9),)),
    ]
    write(make_archive(some, layers, title=text), folder / "hostile.html")
    write(make_archive(some, layers), folder / "framed.html", make_setting(embed=True))
    write(make_archive([made.bare("L1", sources=(made.report(1),))], layers), folder / "lost.html")
    write(make_archive([], layers), folder / "none.html")
    write(make_archive(_alike(), layers), folder / "alike.html")
    write(make_archive(crowd.launches(300), open_layers()), folder / "named.html")
    times = [When(start=f"{year}-05-01T00:00:00Z", end=f"{year}-05-02T00:00:00Z", said="May") for year in (1066, 2024)]
    write(make_archive([made.launch(one.start, when=one) for one in times], layers), folder / "old.html")
    return folder


@pytest.fixture
def pages(many_pages: Path) -> Path:
    return many_pages


def _alike() -> list[Launch]:
    """Two launches with as many claims as reports, more than are told of reports."""
    verdict = made.verdict(agrees=True)
    claims = [
        Claim(by=f"Claimant {n}", relation="outside", zone="eez/JPN", start=0, end=5, verdict=verdict)
        for n in range(13)
    ]
    return [
        made.launch(
            name,
            launch=made.place(lon, 30.0),
            impact=None,
            track=None,
            claims=tuple(claims),
            sources=tuple(made.report(100 * number + n, f"{name} {n}") for n in range(13)),
        )
        for number, (name, lon) in enumerate((("Lwest", 100.0), ("Least", 120.0)))
    ]


def go(seen: Any, lat: float, lon: float, zoom: float) -> None:
    seen.page.evaluate(AT, [[lat, lon], zoom])
    seen.page.wait_for_timeout(200)  # the list beside the map follows a moment later


def search(seen: Any, words: str) -> None:
    seen.page.fill(".find", words)
    seen.page.wait_for_selector(".panel:not([aria-busy])")


def shown(seen: Any) -> int:
    """How many launches pass the filters, as the page says it."""
    return int(seen.page.inner_text(".sum").split()[0].replace(",", ""))


@pytest.mark.parametrize(("size", "scheme"), [(DESK, "light"), (PHONE, "dark")], ids=["desk", "phone-dark"])
def test_ten_thousand_launches_draw_in_few_circles(visit: Any, size: dict[str, int], scheme: str) -> None:
    seen = visit("many", size, color_scheme=scheme)

    assert 5 < seen.page.locator(CIRCLE).count() < 120
    assert seen.page.locator(f"{MARK}:not(.label)").count() < 200
    assert shown(seen) == NUMBER
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    rings = seen.boxes(CIRCLE)
    for i, one in enumerate(rings):
        for other in rings[i + 1 :]:
            apart = max(abs(one[0] - other[0]), abs(one[1] - other[1]))
            assert apart > 20, "no circle lies on another"


def test_no_label_lies_on_a_mark(visit: Any) -> None:
    seen = visit("named", DESK)
    labels = 0
    for lat, lon, zoom in ((40, 100, 3.5), (30, 60, 4), (38, 131, 4.5), (36, -100, 3), (10, 40, 3)):
        go(seen, lat, lon, zoom)
        marks, names = seen.boxes(SINGLE), seen.boxes(".label > .placed")
        labels += len(names)
        for one in names:
            assert not [mark for mark in marks if one[0] < mark[2] and mark[0] < one[2]
                        and one[1] < mark[3] and mark[1] < one[3]]  # fmt: skip
    assert labels > 5


def test_every_circle_says_what_it_holds_and_together_they_hold_all(visit: Any) -> None:
    seen = visit("many", DESK)
    go(seen, 20, 0, 1)
    said = [one.get_attribute("aria-label") for one in seen.page.locator(CIRCLE).all()]
    held = [int(one.split(" ")[0].replace(",", "")) for one in said]

    for one, total in zip(said, held, strict=True):
        parts = one.partition(": ")[2].split(", ")
        assert sum(int(part.rpartition(" ")[2].replace(",", "")) for part in parts) == total
    assert sum(held) >= 9000, "a launch may stand in two of them: where it began and where it came down"


def test_a_circle_opens_by_coming_nearer_and_at_last_by_its_list(visit: Any) -> None:
    seen = visit("many", DESK)
    go(seen, 39, 127, 4)
    before = seen.page.locator(".leaflet-control-scale-line").first.inner_text()
    seen.page.locator(CIRCLE).first.focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_timeout(600)
    assert seen.page.locator(".leaflet-control-scale-line").first.inner_text() != before

    go(seen, 39.2, 125.67, 9)
    box = seen.boxes(".stage")[0]
    seen.page.mouse.click((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
    entries = seen.page.locator(".leaflet-popup .launches li")
    assert entries.count() == 40
    seen.page.locator(".leaflet-popup .show").click()
    assert entries.count() == 80
    entries.first.locator("button").click()
    text = seen.page.inner_text(".leaflet-popup .told")
    assert "Reports (" in text
    assert "Sunan" in text
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector(".leaflet-popup", state="detached")
    assert seen.page.locator("path.lit").count() == 0


def test_classes_times_and_words_choose_what_is_shown(visit: Any) -> None:
    seen = visit("many", DESK)
    cruise = seen.page.locator(".legend label", has_text="Cruise missiles")
    all_cruise = int(cruise.locator("small").inner_text().replace(",", ""))
    cruise.locator("input").uncheck()
    assert shown(seen) == NUMBER - all_cruise
    assert not any("Cruise" in one.get_attribute("aria-label") for one in seen.page.locator(CIRCLE).all())
    cruise.locator("input").check()

    seen.page.locator(".ends input").first.focus()
    for _ in range(10):
        seen.page.keyboard.press("ArrowRight")
    later = shown(seen)
    assert 0 < later < NUMBER
    assert seen.page.inner_text(".span output").startswith("2016 – 2025 · ")
    assert "without a date not shown" in seen.page.inner_text(".span output")
    assert int(cruise.locator("small").inner_text().replace(",", "")) < all_cruise, "counts follow"

    search(seen, "odesa ledger")
    assert 0 < shown(seen) < later
    search(seen, "no such words")
    assert shown(seen) == 0
    assert seen.page.locator(f"{MARK}:not(.label)").count() == 0
    assert "No launch to show" in seen.page.inner_text(".found")
    assert set(seen.page.locator(".legend small").all_inner_texts()) == {"0"}, "of marks as of classes"


def test_a_date_that_is_far_off_leaves_the_others_where_they_are(visit: Any) -> None:
    seen = visit("old", DESK)
    seen.page.locator(".ends input").first.press("End")

    assert seen.page.inner_text(".span output") == "2024"
    assert shown(seen) == 1


def test_kinds_of_marks_are_switched_off_and_on(visit: Any) -> None:
    seen = visit("hostile", DESK)
    go(seen, 39, 130, 6)
    first = seen.page.locator(f"{SINGLE}.i-impact-point").count()
    box = seen.page.locator(".legend label", has_text="Came down").locator("input")
    box.uncheck()
    assert first > 0
    assert seen.page.locator(f"{MARK}.i-impact-point, path.m-impact").count() == 0
    box.check()
    assert seen.page.locator(f"{SINGLE}.i-impact-point").count() == first


def test_marks_that_stand_alone_show_their_zones_and_open_by_enter(visit: Any) -> None:
    seen = visit("hostile", DESK)
    go(seen, 39, 132, 6.5)
    assert seen.page.locator("path.m-impact").count() > 0
    seen.page.locator(f"{SINGLE}.i-impact-point").first.focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_selector(".leaflet-popup")

    assert seen.page.locator("path.lit").count() > 0
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector(".leaflet-popup", state="detached")
    assert "i-impact-point" in seen.page.evaluate("document.activeElement.className")


def test_a_launch_tells_words_outlets_verdicts_differences_and_addresses(visit: Any) -> None:
    seen = visit("hostile", DESK)
    search(seen, "kyodo")
    seen.page.locator(".found .entry").first.click()
    text = seen.page.inner_text(".leaflet-popup")

    for words in ("Yangdok", "12:34 p.m.", "about 800 km", "Japan: outside the EEZ of Japan", "agrees", "How many",
                  "Seoul said so to Kyodo.", "Reports (3)"):  # fmt: skip
        assert words in text, words
    links = seen.page.locator(".leaflet-popup a[href^=https]")
    assert links.count() == 3
    assert links.first.get_attribute("href") == "https://example.org/1"
    assert links.first.get_attribute("rel") == "noopener noreferrer"


def test_of_five_hundred_outlets_twelve_are_told_and_the_others_counted(visit: Any) -> None:
    seen = visit("hostile", DESK)
    search(seen, "Outlet 499")
    assert shown(seen) == 1
    search(seen, "Outlet 3")
    seen.page.locator(".found .entry").first.click()
    text = seen.page.inner_text(".leaflet-popup")

    assert "Reports (500)" in text
    assert "and 488 more" in text
    assert seen.page.locator(".leaflet-popup .part li").count() == 13


def test_hostile_text_is_text_in_lists_popups_and_titles(visit: Any) -> None:
    seen = visit("hostile", DESK)
    assert HOSTILE[0] in seen.page.inner_text("h1")
    search(seen, "onload")
    seen.page.locator(".found .entry").click()

    assert HOSTILE[0] in seen.page.inner_text(".leaflet-popup")
    search(seen, "onclick")
    seen.page.locator(".lost summary").first.click()
    seen.page.locator(".lost .entry").click()
    assert "<b onclick=x>" in seen.page.inner_text(".lost .card")
    assert seen.page.locator(".panel img, .panel script, .panel [onclick], .leaflet-popup img").count() == 0


def test_what_has_no_place_is_listed_and_told(visit: Any) -> None:
    seen = visit("lost", DESK)
    assert seen.page.locator(f"{MARK}:not(.label)").count() == 0
    assert "Not on the map (1)".upper() in seen.page.inner_text(".lost h2").upper()
    seen.page.locator(".lost summary").first.click()
    seen.page.locator(".lost .entry").click()

    assert "the text does not say" in seen.page.inner_text(".lost .card")
    assert "Article 1" in seen.page.inner_text(".lost .card")
    assert seen.page.inner_text(".sum") == "1 of 1 shown, 0 with a place"
    assert seen.page.locator(".legend hr").count() == 0, "nothing stands above it"


def test_a_page_with_nothing_to_show_says_so(visit: Any) -> None:
    seen = visit("none", DESK)
    search(seen, "anything")

    assert seen.page.inner_text("h1") == "No launch"
    assert "No launch to show" in seen.page.inner_text(".found")
    assert not seen.page.locator(".legend").is_visible()


def test_a_framed_page_has_the_circles_and_their_lists_alone(visit: Any) -> None:
    seen = visit("framed", DESK)

    assert seen.page.locator(f"{MARK}:not(.label)").count() > 0
    assert seen.page.locator(".panel").count() == 0
    seen.page.locator(".legend summary").click()
    seen.page.locator(".legend label", has_text="SRBM").locator("input").uncheck()
    assert seen.page.locator(f"{MARK}.k0").count() == 0


def test_what_is_saved_has_all_marks_and_what_was_chosen(visit: Any) -> None:
    seen = visit("hostile", DESK)
    with seen.page.expect_download() as saved:
        seen.page.get_by_label("Save data").click()
    features = json.loads(Path(saved.value.path()).read_text("utf-8"))["features"]
    full = next(one for one in features if one["id"] == "Lfull.impact" and one["geometry"]["type"] == "Point")

    assert full["geometry"]["coordinates"] == [134.0, 39.0]
    assert full["properties"]["times"] == ["2021-09-15T03:34Z/2021-09-15T03:35Z"]
    assert full["properties"]["Distance"] == "about 800 km (750 to 850 km)"
    with seen.page.expect_download() as picture:
        seen.page.get_by_label("Save picture").click()
    assert Path(picture.value.path()).read_bytes().startswith(b"\x89PNG")


def test_the_map_moves_without_losing_or_doubling_marks(visit: Any) -> None:
    seen = visit("many", DESK)
    go(seen, 38, 131, 6)
    before = sorted(one.get_attribute("aria-label") for one in seen.page.locator(CIRCLE).all())
    for lon in (134, 140, 120, 131):
        go(seen, 38, lon, 6)
    for zoom in (8, 3, 6):
        go(seen, 38, 131, zoom)

    assert sorted(one.get_attribute("aria-label") for one in seen.page.locator(CIRCLE).all()) == before


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_launch_at_the_edge_of_the_world_is_told_whole(visit: Any, size: dict[str, int]) -> None:
    seen = visit("hostile", size)
    go(seen, 0, 0, 1)
    marks = seen.page.locator(f"{SINGLE}.i-launch-point")
    _, farthest = min((mark.bounding_box()["y"], number) for number, mark in enumerate(marks.all()))
    marks.nth(farthest).focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_timeout(900)
    (popup,), (stage,), tools = (seen.boxes(one) for one in (".leaflet-popup-content-wrapper", ".stage", ".tools"))

    assert popup[1] >= stage[1]
    assert popup[3] <= (tools[0][1] if size == PHONE else stage[3])


def test_what_lies_at_a_pole_is_in_sight_where_its_mark_is(visit: Any) -> None:
    seen = visit("hostile", DESK)
    go(seen, 0, 0, 1)
    placed = seen.page.inner_text(".sum").split()[-4]

    assert seen.page.inner_text(".found h2").lower() == f"in sight ({placed})"


def test_what_is_found_out_of_sight_can_be_brought_into_sight(visit: Any) -> None:
    seen = visit("many", DESK)
    go(seen, -45, -100, 4)
    search(seen, "sunan")
    assert "None of them is in sight" in seen.page.inner_text(".found")
    seen.page.locator(".found .show").click()
    seen.page.wait_for_selector(".found .entry")

    assert seen.page.evaluate("document.activeElement.id") == "panel"


def test_the_focus_stays_with_who_asked_by_keyboard(visit: Any) -> None:
    seen = visit("many", DESK)
    for close in ("Escape", "Enter"):  # the latter on the button
        line = seen.page.locator(".found .entry").nth(3)
        title = line.inner_text()
        line.focus()
        seen.page.keyboard.press("Enter")
        seen.page.wait_for_selector(".leaflet-popup:focus")
        seen.page.wait_for_timeout(600)  # the list follows the map
        seen.page.locator(".leaflet-popup-close-button").focus()
        seen.page.keyboard.press(close)
        assert seen.page.evaluate("document.activeElement.className") == "entry"
        assert seen.page.evaluate("document.activeElement.innerText") == title
        seen.page.wait_for_selector(".leaflet-popup", state="detached")

    go(seen, 39, 127, 4)
    seen.page.locator(CIRCLE).first.focus()
    seen.page.keyboard.press("Enter")
    seen.page.wait_for_timeout(600)
    assert "leaflet-container" in seen.page.evaluate("document.activeElement.className")


def test_a_page_one_comes_back_to_shows_what_its_fields_say(visit: Any) -> None:
    seen = visit("many", DESK)
    search(seen, "sunan")
    seen.page.locator(".ends input").first.press("ArrowRight")
    seen.page.goto(seen.own.replace("many.html", "none.html"))
    seen.page.go_back()
    seen.page.wait_for_selector("html[data-ready]", state="attached")

    assert shown(seen) == NUMBER
    assert seen.page.input_value(".find") == ""
    assert seen.page.locator(".ends input").first.input_value() == "0"


def test_paper_has_whole_lines_and_says_what_was_chosen_and_left_out(visit: Any) -> None:
    seen = visit("many", DESK)
    search(seen, "sunan")
    assert not seen.page.locator(".found .rest").is_visible()
    seen.page.emulate_media(media="print")

    assert seen.page.locator(".found .rest").is_visible()
    assert seen.page.inner_text(".found .rest").startswith("and ")
    style = "([one, part, name]) => getComputedStyle(document.querySelector(one), part)[name]"
    assert seen.page.evaluate(style, [".sum", "::after", "content"]) == '" · “sunan”"'
    assert seen.page.evaluate(style, [".launches li", "", "breakInside"]) == "avoid"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_the_search_is_for_can_be_read(visit: Any, scheme: str) -> None:
    seen = visit("none", DESK, color_scheme=scheme)
    colour = "([one, part]) => getComputedStyle(document.querySelector(one), part).color"

    assert seen.page.evaluate(colour, [".find", "::placeholder"]) == seen.page.evaluate(colour, [".sum", ""])


def test_a_class_is_named_in_the_ink_of_the_page(visit: Any) -> None:
    seen = visit("hostile", DESK)
    seen.page.locator(".found .entry").first.click()
    colour = "(one) => getComputedStyle(document.querySelector(one)).color"

    assert seen.page.evaluate(colour, ".told p b") == seen.page.evaluate(colour, ".told h3")


def test_reports_are_those_of_their_launch_where_it_has_as_many_claims(visit: Any) -> None:
    seen = visit("alike", DESK)
    for name, other in (("Lwest", "Least"), ("Least", "Lwest")):
        search(seen, name)
        assert shown(seen) == 1
        seen.page.locator(".found .entry").click()
        told = seen.page.inner_text(".leaflet-popup")
        assert f"{name} 11" in told
        assert other not in told
        seen.page.keyboard.press("Escape")
        seen.page.wait_for_selector(".leaflet-popup", state="detached")


def test_what_has_no_place_stays_open_while_the_map_moves(visit: Any) -> None:
    seen = visit("lost", DESK)
    seen.page.locator(".lost summary").first.click()
    seen.page.locator(".lost .entry").press("Enter")
    assert seen.page.evaluate("document.activeElement.className") == "card"
    go(seen, 30, 100, 4)

    assert "Article 1" in seen.page.inner_text(".lost .card")


def test_what_has_no_place_is_listed_on_paper(visit: Any) -> None:
    seen = visit("lost", DESK)
    lines = "document.querySelectorAll('.lost .entry').length"

    assert seen.page.evaluate(f"() => {{ dispatchEvent(new Event('beforeprint')); return {lines}; }}") == 1


def test_the_legend_is_closed_where_it_would_cover_the_map(visit: Any) -> None:
    seen = visit("many", {"width": PHONE["height"], "height": PHONE["width"]})

    assert not seen.page.locator(".legend label").first.is_visible()
    assert seen.page.locator(".legend summary").is_visible()
