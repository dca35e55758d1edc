"""One palette: legible, told apart without colour, and complete for what may be drawn."""

from __future__ import annotations

from itertools import combinations

import pytest

from geomap.style import GROUND, STYLES, SYMBOLS, contrast, range_style

CLASSES = ("SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "cruise", "rocket", "artillery", "SLV")
MODES = ("light", "dark")


def test_the_styles_do_not_change() -> None:
    with pytest.raises(TypeError):
        STYLES["impact"] = STYLES["launch-point"]  # type: ignore[index]
    with pytest.raises(AttributeError):
        STYLES["impact"].weight = 3  # type: ignore[misc]


def test_each_style_has_its_own_height_and_key() -> None:
    assert len({style.order for style in STYLES.values()}) == len(STYLES)
    assert all(style.key == key for key, style in STYLES.items())
    assert list(STYLES) == sorted(STYLES, key=lambda key: STYLES[key].order)


def test_the_land_covers_the_zones_at_sea_and_the_marks_cover_the_land() -> None:
    order = [STYLES[key].order for key in ("sea", "eez", "eez-claimed", "land", "range-SRBM", "impact", "impact-point")]
    assert order == sorted(order)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("style", STYLES.values(), ids=lambda style: style.key)
def test_labels_can_be_read(style: object, mode: str) -> None:
    ground = "land" if style.lettering == "country" else "sea"  # type: ignore[attr-defined]
    assert contrast(getattr(style.text, mode), getattr(GROUND[ground], mode)) >= 4.5  # type: ignore[attr-defined]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("tone", ["ink", "soft", "agrees", "contradicts", "doubt", "link"])
@pytest.mark.parametrize("paper", ["paper", "raised"])
def test_the_text_of_the_panel_can_be_read(tone: str, paper: str, mode: str) -> None:
    assert contrast(getattr(GROUND[tone], mode), getattr(GROUND[paper], mode)) >= 4.5


@pytest.mark.parametrize("mode", MODES)
def test_symbols_stand_out_from_the_sea(mode: str) -> None:
    for style in STYLES.values():
        if style.symbol:
            assert contrast(getattr(style.colour, mode), getattr(GROUND["sea"], mode)) >= 3, style.key


def test_ranges_differ_by_more_than_colour() -> None:
    dashes = [style.dash for key, style in STYLES.items() if key.startswith("range")]
    assert len(set(dashes)) == len(dashes)


def test_points_differ_by_more_than_colour() -> None:
    points = [style for style in STYLES.values() if style.symbol]
    for one, other in combinations(points, 2):
        assert (one.symbol, one.size) != (other.symbol, other.size), (one.key, other.key)


def test_areas_of_the_event_are_hatched() -> None:
    assert STYLES["impact"].hatch
    assert not STYLES["eez-claimed"].hatch


def test_every_symbol_is_known() -> None:
    assert {style.symbol for style in STYLES.values() if style.symbol} <= set(SYMBOLS)


@pytest.mark.parametrize("kind", CLASSES)
def test_every_class_has_a_range_style(kind: str) -> None:
    assert range_style(kind, stated=False) == f"range-{kind}"


def test_a_range_without_a_class_and_a_stated_one() -> None:
    assert range_style(None, stated=False) == "range"
    assert range_style("torpedo", stated=False) == "range"
    assert range_style("SRBM", stated=True) == "range-stated"


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#777777") == pytest.approx(1)
    assert contrast("#0072B2", "#ffffff") == pytest.approx(5.19, abs=0.01)
