"""Pictures: the frame, the labels, the sheet, and the files."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from click.testing import Result
from hypothesis import given, settings, strategies as st
from pictures import faults, scene_of
from shapely.geometry import LineString, Point

from geomap import geodesy
from geomap.chart.frame import fit
from geomap.chart.graticule import make_graticule, make_scale, north_deg
from geomap.chart.labels import overlap, place_labels
from geomap.chart.marks import Mark
from geomap.chart.sizes import ON_PAGE, ON_SLIDE, SIZES, Size, find_size
from geomap.chart.symbols import outline, strokes
from geomap.errors import ExportError
from geomap.export.picture import THEMES, draw, make_sheet
from geomap.export.picture.type import measure
from geomap.stage import Scene
from geomap.style import GROUND, STYLES, SYMBOLS, contrast

Run = Callable[..., Result]
ROOT = Path(__file__).parents[1]
EAST_SEA = (120.0, 30.0, 145.0, 45.0)


@pytest.fixture(scope="module")
def koreas() -> Scene:
    return scene_of(ROOT / "seeds" / "two-koreas-one-day.md")


@pytest.fixture(scope="module")
def areas() -> Scene:
    return scene_of(ROOT / "seeds" / "warning-five-areas-2025.txt", ROOT / "seeds" / "rockets-after-a-warning-2025.md")


# ------------------------------------------------------------------------------------------------------ the frame


def test_a_frame_shows_all_of_its_bounds() -> None:
    frame = fit(EAST_SEA, 600, 400)

    for lon in (120.0, 132.0, 145.0):
        for lat in (30.0, 38.0, 45.0):
            assert frame.holds(lon, lat)


def test_a_frame_that_is_wider_than_the_earth_shows_where_the_earth_ends() -> None:
    world, sea = fit((-180.0, -85.0, 180.0, 85.0), 600, 300), fit(EAST_SEA, 600, 400)

    assert not world.is_filled
    assert world.earth.area == pytest.approx(math.pi * (20_003_931 / world.scale) ** 2, rel=0.001)
    assert make_graticule(world)[1] == [], "no degrees stand at an edge at which there is no earth"
    assert sea.is_filled
    assert sea.earth.equals(sea.box)


def test_a_frame_over_the_antimeridian_is_no_wider_than_it_must_be() -> None:
    frame = fit((165.0, 40.0, -165.0, 60.0), 600, 400)

    assert abs(abs(frame.lon) - 180) < 1
    assert frame.scale * 600 < 4_000_000


@settings(max_examples=60)
@given(
    st.tuples(st.floats(-179, 179), st.floats(-70, 60), st.floats(2, 60), st.floats(2, 20)),
    st.floats(0.05, 0.95), st.floats(0.05, 0.95),
)  # fmt: skip
def test_a_point_of_the_sheet_and_its_position_are_the_same(
    bounds: tuple[float, float, float, float], across: float, up: float
) -> None:
    west, south, wide, high = bounds
    east = (west + wide + 180) % 360 - 180
    frame = fit((west, south, east, min(85.0, south + high)), 500, 300)
    x, y = across * 500, up * 300
    lon, lat = frame.position(x, y)
    found = frame.points(np.array([lon]), np.array([lat]))[0]

    assert found == pytest.approx((x, y), abs=1e-3)


def test_distances_from_the_middle_are_true() -> None:
    frame = fit(EAST_SEA, 600, 400)
    x, y = frame.points(np.array([frame.lon]), np.array([frame.lat]))[0]
    lon, lat = geodesy.destination(frame.lon, frame.lat, 70.0, 500.0)
    other = frame.points(np.array([lon]), np.array([lat]))[0]

    assert math.dist((x, y), other) * frame.scale / 1000 == pytest.approx(500.0, abs=0.1)


def test_an_area_that_crosses_180_degrees_has_no_seam_on_the_sheet() -> None:
    frame = fit((165.0, 40.0, -165.0, 60.0), 600, 400)
    flat = frame.project(geodesy.disc(180.0, 50.0, 500.0))

    assert flat.geom_type == "Polygon"
    assert flat.is_valid
    assert flat.area * frame.scale**2 / 1e6 == pytest.approx(math.pi * 500**2, rel=0.02)


def test_the_far_side_of_the_earth_is_not_drawn() -> None:
    frame = fit(EAST_SEA, 600, 400)

    assert frame.project(geodesy.disc(-60.0, -38.0, 800.0)).is_empty
    assert not frame.holds(-60.0, -38.0)


def test_a_ring_of_15000_km_is_no_complement() -> None:
    frame = fit((-180.0, -60.0, 180.0, 80.0), 600, 400)
    flat = frame.project(geodesy.disc(127.0, 39.0, 15_000.0))

    assert 0.3 < flat.area / frame.box.area <= 1.0


# --------------------------------------------------------------------------------------------- graticule and scale


def test_the_graticule_is_named_where_it_meets_the_frame() -> None:
    lines, ticks = make_graticule(fit(EAST_SEA, 600, 400))

    assert 4 <= len(lines) <= 30
    assert {tick.label for tick in ticks if tick.side == "bottom"} >= {"125°E", "130°E", "135°E"}
    assert {tick.label for tick in ticks if tick.side == "left"} >= {"35°N", "40°N"}


def test_a_scale_bar_is_as_long_as_the_ground_that_it_names() -> None:
    frame = fit(EAST_SEA, 600, 400)
    for unit, km in (("km", 1.0), ("NM", 1.852)):
        scale = make_scale(frame, 450, 20, 100, unit)
        ends = [frame.position(450, 20), frame.position(450 + scale.length, 20)]

        assert scale.length <= 100
        assert str(scale.ground)[0] in "125"
        assert geodesy.distance_km(*ends[0], *ends[1]) == pytest.approx(scale.ground * km, rel=0.01)


def test_north_points_to_the_pole() -> None:
    frame = fit(EAST_SEA, 600, 400)

    assert north_deg(frame, 300, 200) == pytest.approx(0, abs=1)
    assert north_deg(frame, 590, 200) < -3 < 3 < north_deg(frame, 10, 200)


# ---------------------------------------------------------------------------------------------- symbols and labels


@pytest.mark.parametrize("symbol", sorted(SYMBOLS))
def test_symbols_have_an_outline_in_their_square(symbol: str) -> None:
    for ring in (*outline(symbol), *strokes(symbol)):
        assert len(ring) >= 2
        assert all(abs(x) <= 0.5 and abs(y) <= 0.5 for x, y in ring)
    assert shapely.Polygon(outline(symbol)[0]).area > 0.1


def test_measured_type_is_as_wide_as_it_is_drawn() -> None:
    assert measure("mm", 10, False)[0] == pytest.approx(2 * measure("m", 10, False)[0], rel=0.01)
    assert measure("m", 20, False)[0] == pytest.approx(2 * measure("m", 10, False)[0], rel=0.01)
    assert measure("two\nlines", 10, True)[1] > measure("lines", 10, True)[1] + 8


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.floats(0, 400), st.floats(0, 300), st.text("abc \n", min_size=1, max_size=30)), max_size=30)
)
def test_labels_never_cover_each_other(spots: list[tuple[float, float, str]]) -> None:
    frame = fit(EAST_SEA, 400, 300)
    marks = [
        Mark(
            id=f"m{number}",
            title="",
            style=STYLES["place"],
            layer="places",
            geometry=Point(x, y),
            label=text.strip() or "x",
            anchors=((x, y),),
        )
        for number, (x, y, text) in enumerate(spots)
    ]  # fmt: skip
    taken = [(0.0, 0.0, 120.0, 60.0)]
    labels = place_labels(marks, frame, taken, measure)

    boxes = [*(label.box for label in labels), *taken]
    assert not any(overlap(one, other) for number, one in enumerate(boxes) for other in boxes[:number])


def test_what_is_said_twice_at_one_place_is_labelled_once() -> None:
    frame = fit(EAST_SEA, 400, 300)
    marks = [
        Mark(
            id=key,
            title="",
            style=STYLES[key],
            layer=key,
            geometry=Point(200, 150),
            label="Seoul",
            anchors=((200, 150),),
        )
        for key in ("place", "dateline")
    ]

    assert len(place_labels(marks, frame, [], measure)) == 1


# ----------------------------------------------------------------------------------------------------- the sheet


@pytest.mark.parametrize("size", sorted(SIZES))
def test_no_label_covers_anything(koreas: Scene, size: str) -> None:
    sheet = make_sheet(koreas, SIZES[size])

    assert faults(sheet) == []
    assert len(sheet.labels) >= 6
    assert sheet.legend.keys
    for text in sheet.texts:
        assert text.x + measure(text.text, text.size, text.bold)[0] <= SIZES[size].width - text.x + 1


@pytest.mark.parametrize("size", [ON_SLIDE, ON_PAGE], ids=lambda size: size.name)
def test_a_bare_picture_has_a_larger_map_and_no_words_beside_it(koreas: Scene, size: Size) -> None:
    bare, whole = make_sheet(koreas, size, bare=True), make_sheet(koreas, size)

    assert faults(bare) == []
    assert bare.texts == ()
    assert bare.legend.keys == whole.legend.keys
    assert bare.frame.height > 1.15 * whole.frame.height


def test_closed_areas_are_on_the_sheet(areas: Scene) -> None:
    sheet = make_sheet(areas, SIZES["a4"])

    assert faults(sheet) == []
    assert {label.text[0] for label in sheet.labels if label.style.key == "hazard"} >= {"A", "C", "D", "E"}
    assert "Closed areas of notices" in [key.title for key in sheet.legend.keys]


def test_a_map_of_the_whole_earth_has_no_small_globe(tmp_path: Path) -> None:
    (tmp_path / "nothing.txt").write_text("Nothing was said of any place.", "utf-8")
    sheet = make_sheet(scene_of(tmp_path / "nothing.txt"), SIZES["slide"])

    assert sheet.globe is None
    assert sheet.ticks == ()
    assert sheet.legend.keys == ()


def test_a_map_that_shows_more_than_half_of_the_earth_has_no_small_globe(koreas: Scene) -> None:
    import msgspec

    wide, near = (-85.0, -10.0, 130.0, 75.0), (100.0, 10.0, 150.0, 50.0)
    sheets = [make_sheet(msgspec.structs.replace(koreas, bounds=one), SIZES["slide"]) for one in (wide, near)]

    assert sheets[0].globe is None, "its far corners would turn the frame inside out"
    assert sheets[1].globe is not None


def test_the_impact_is_not_hidden_by_the_legend(koreas: Scene) -> None:
    for size in SIZES.values():
        sheet = make_sheet(koreas, size)
        impact = next(mark for mark in sheet.marks if mark.style.key == "impact-point")
        covered = [sheet.scale_box, sheet.north_box, *([sheet.legend.box] if sheet.legend.inside else [])]

        assert not any(shapely.box(*box).covers(impact.geometry) for box in covered)


@pytest.mark.parametrize("tone", ["light", "dark"])
def test_text_stands_out_from_its_ground(tone: str) -> None:
    paper, sea = getattr(GROUND["paper"], tone), getattr(GROUND["sea"], tone)
    for style in STYLES.values():
        assert contrast(getattr(style.text, tone), paper) >= 4.5, style.key
    for key in ("ink", "soft", "degrees"):
        assert contrast(getattr(GROUND[key], tone), paper) >= 4.5, key
    assert contrast(getattr(GROUND["ink"], tone), sea) >= 4.5


# ----------------------------------------------------------------------------------------------------- the files


def test_a_png_has_the_size_that_was_asked_for(koreas: Scene) -> None:
    made = draw(koreas, find_size("1200x800", 100), dpi=100, theme="dark")

    assert made[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(made[16:20]), int.from_bytes(made[20:24])) == (1200, 800)


@pytest.mark.parametrize(("kind", "theme"), list(zip(("svg", "pdf", "png"), THEMES, strict=True)))
def test_the_same_scene_makes_the_same_bytes(koreas: Scene, kind: str, theme: str) -> None:
    first, second = (draw(koreas, SIZES["square"], kind=kind, dpi=72, theme=theme) for _ in range(2))

    assert first == second
    assert len(first) < 2_000_000


def test_hostile_text_stays_text(koreas: Scene) -> None:
    import msgspec

    title = "</text><script>alert(1)</script> $x^{2}$ \u202e\x1b[31m " + "W" * 3000
    made = draw(msgspec.structs.replace(koreas, title=title), SIZES["a4"], kind="svg")

    assert b"<script" not in made
    assert b"&lt;script" in made
    assert b"\x1b" not in made


@pytest.mark.parametrize("size", ["huge", "0x0", "1x1mm", "99999x99999mm", "-3x4", ""])
def test_a_size_that_cannot_be_is_refused(size: str) -> None:
    with pytest.raises(ExportError):
        find_size(size, 300)


def test_the_command_writes_a_picture(run: Run, folder: Path) -> None:
    seed = ROOT / "seeds" / "hokkaido-2017.md"
    done = run("picture", seed, "-o", "map.png", "--size", "column", "--dpi", 60)

    assert done.exit_code == 0
    assert (folder / "map.png").stat().st_size > 10_000
    again = run("picture", seed, "-o", "map.png")
    assert again.exit_code == 1
    assert "--overwrite" in again.stderr
    assert run("picture", seed, "-o", "map.gif").exit_code == 1
    assert run("picture", seed, "-o", "other.png", "--size", "huge").exit_code == 1


def test_nothing_of_matplotlib_is_changed(koreas: Scene) -> None:
    import matplotlib

    before: dict[str, Any] = dict(matplotlib.rcParams)
    draw(koreas, SIZES["column"], dpi=50)

    assert dict(matplotlib.rcParams) == before


def test_a_line_over_180_degrees_is_one_line() -> None:
    frame = fit((165.0, 40.0, -165.0, 60.0), 600, 400)

    assert frame.project(geodesy.great_circle(170.0, 50.0, -170.0, 50.0)).geom_type == "LineString"
    assert frame.project(LineString([(0, 0), (1, 1)])).is_empty
