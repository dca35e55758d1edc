"""The QGIS project: whole, the same twice, harmless; and a real QGIS opens it, draws it and prints it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
import shapely
from click.testing import Result
from filled import filled
from shapely.geometry import Point, box
from toys import HOSTILE, make_layers, pacific_shot

from geomap.articles import open_article
from geomap.catalog import Layers
from geomap.errors import ExportError
from geomap.export.qgis import DATA, PROJECT, words, write
from geomap.export.qgis.graticule import make_graticule
from geomap.export.qgis.projection import Projection, projection_of
from geomap.geodesy import disc
from geomap.pipeline import read
from geomap.scene import make_scene
from geomap.stage import Scene
from geomap.style import STYLES
from geomap.types import Reading, When

SCRIPT = Path(__file__).parent / "qgis_project.py"
EVIL = f"{HOSTILE[0]}[% 6*7 %]$CURRENT_DATE\x0b'"
MOMENTS = [
    ("2021-09-15T03:30:00Z", "2021-09-15T03:45:00Z"),
    ("2025-12-30T01:00:00Z", "2025-12-30T02:00:00Z"),
    ("2040-01-01T00:00:00Z", "2040-01-01T01:00:00Z"),
]
Run = Callable[..., Result]


@pytest.fixture(scope="module")
def scene(layers: Layers, seeds: Path) -> Scene:
    """Launches of one article, closed areas of another: one is cancelled, one doubtful, one closed for good."""
    told, warned = (
        read(open_article(str(seeds / name)), layers)
        for name in ("two-koreas-one-day.md", "warning-five-areas-2025.txt")
    )
    return make_scene([told, _changed(warned)], layers, title="Two Koreas and five areas")


def _changed(reading: Reading) -> Reading:
    first, second, third, *others = reading.hazards
    for_good = When(start="2025-12-30T00:00:00Z", end="9999-12-31T23:59:00Z", said="until further notice")
    hazards = (
        msgspec.structs.replace(first, cancelled=True),
        msgspec.structs.replace(second, doubtful=("a corner may be wrong",)),
        msgspec.structs.replace(third, windows=(for_good,)),
        *others,
    )
    return msgspec.structs.replace(reading, hazards=hazards)


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    return Layers(make_layers(tmp_path_factory.mktemp("layers")))


@pytest.fixture(scope="module")
def hostile(toys: Layers) -> Scene:
    return make_scene([filled(hostile=EVIL, title=EVIL)], toys)


@pytest.fixture(scope="module")
def pacific(toys: Layers) -> Scene:
    return make_scene([pacific_shot()], toys)


@pytest.fixture(scope="module")
def folder_of_three(
    scene: Scene, hostile: Scene, pacific: Scene, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The same three projects twice; the second time in folders that were moved since."""
    root = tmp_path_factory.mktemp("projects")
    for name, one in (("real", scene), ("hostile", hostile), ("pacific", pacific)):
        write(one, root / "first" / name)
        write(one, root / "second" / name)
    shutil.move(root / "second", root / "moved away; it's [here] & ü")
    return root / "first", root / "moved away; it's [here] & ü"


@pytest.fixture(scope="module")
def document(folder_of_three: tuple[Path, Path]) -> ET.Element:
    return _document(folder_of_three[0] / "real")


def _document(folder: Path) -> ET.Element:
    with zipfile.ZipFile(folder / PROJECT) as archive:
        assert archive.namelist() == ["geomap.qgs"]
        return ET.fromstring(archive.read("geomap.qgs").split(b"\n", 1)[1])


def _rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    database = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


# ---------------------------------------------------------------------------------------------------- without QGIS


@pytest.mark.parametrize("name", ["real", "hostile", "pacific"])
@pytest.mark.parametrize("file", [DATA, PROJECT])
def test_two_builds_are_the_same_bytes(name: str, file: str, folder_of_three: tuple[Path, Path]) -> None:
    first, second = (folder / name / file for folder in folder_of_three)
    assert first.read_bytes() == second.read_bytes()


def test_the_folder_holds_two_files(folder_of_three: tuple[Path, Path]) -> None:
    assert sorted(path.name for path in (folder_of_three[0] / "hostile").iterdir()) == [DATA, PROJECT]


def test_every_mark_of_the_scene_is_in_the_geopackage(scene: Scene, folder_of_three: tuple[Path, Path]) -> None:
    path = folder_of_three[0] / "real" / DATA
    tables = [name for (name,) in _rows(path, "SELECT table_name FROM gpkg_geometry_columns")]
    kept = {mark for table in tables for (mark,) in _rows(path, f'SELECT id FROM "{table}"')}
    assert {mark for layer in scene.layers for mark in layer.frame["id"]} <= kept


def test_text_is_kept_whole(scene: Scene, folder_of_three: tuple[Path, Path]) -> None:
    layer = next(layer for layer in scene.layers if layer.key == "impact-areas")
    path = folder_of_three[0] / "real" / DATA
    assert _rows(path, "SELECT id, words, why FROM impact_areas") == list(
        layer.frame[["id", "words", "why"]].itertuples(index=False, name=None)
    )


def test_every_table_of_the_scene_is_there(scene: Scene, folder_of_three: tuple[Path, Path]) -> None:
    rows = _rows(folder_of_three[0] / "real" / DATA, "SELECT * FROM table_claims")
    told = next(table for table in scene.tables if table.key == "claims").rows
    assert [row[1 : 1 + len(told[0])] for row in rows] == list(told)


def test_times_are_the_first_and_the_last_in_utc(folder_of_three: tuple[Path, Path]) -> None:
    path = folder_of_three[0] / "real" / DATA
    assert _rows(path, 'SELECT start, "end" FROM tracks') == [("2021-09-15T03:34:00.000Z", "2021-09-15T03:40:00.000Z")]
    ends = dict(_rows(path, 'SELECT id, "end" FROM closed_areas'))
    assert ends["a2:h3"] is None
    assert ends["a2:h4"] == "2025-12-30T10:00:00.000Z"


def test_all_that_is_drawn_has_a_style_in_the_file(folder_of_three: tuple[Path, Path]) -> None:
    path = folder_of_three[0] / "real" / DATA
    drawn = {name for (name,) in _rows(path, "SELECT table_name FROM gpkg_geometry_columns")}
    assert {name for (name,) in _rows(path, "SELECT f_table_name FROM layer_styles WHERE useAsDefault")} == drawn


def test_paths_are_relative(document: ET.Element) -> None:
    sources = {element.text.partition("|")[0] for element in document.iter("datasource") if element.text}
    assert sources == {f"./{DATA}"}
    assert document.findtext("properties/Paths/Absolute") == "false"


def test_the_crs_is_written_as_old_versions_read_it(document: ET.Element) -> None:
    wkt = document.findtext("projectCrs/spatialrefsys/wkt") or ""
    assert wkt.startswith("PROJCS[")
    assert 'PROJECTION["Azimuthal_Equidistant"]' in wkt
    assert document.findtext("properties/SpatialRefSys/ProjectionsEnabled") == "1"


def test_an_open_file_of_qgis_is_not_overwritten(hostile: Scene, tmp_path: Path) -> None:
    (tmp_path / f"{DATA}-wal").write_bytes(b"x")
    with pytest.raises(ExportError, match="close QGIS"):
        write(hostile, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [f"{DATA}-wal"]


def test_a_folder_that_is_a_file_is_told(hostile: Scene, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(ExportError, match="cannot be written"):
        write(hostile, tmp_path / "taken")


def test_text_for_qgis_is_never_evaluated() -> None:
    assert "[%" not in words.plain("[% 1+1 %]")
    assert "$CURRENT_DATE" not in words.plain("$CURRENT_DATE(yyyy)")
    assert words.name("<b>\x00\ud800") == "‹b›\ufffd\ufffd"


@pytest.mark.parametrize(("lon", "lat"), [(127.0, 39.0), (-60.0, 24.0), (0.0, -89.0), (180.0, 0.0)])
def test_what_lies_opposite_to_the_centre_does_not_turn_inside_out(lon: float, lat: float) -> None:
    projection = Projection(lon, lat)
    opposite = ((lon + 360) % 360 - 180, -lat)
    for ground in (True, False):
        cleared = projection.cleared(disc(*opposite, 3000.0), ground=ground)
        assert not cleared.is_empty
        assert not cleared.intersects(Point(opposite))
    near = disc(lon, lat, 100.0)
    assert projection.cleared(near, ground=True) is near


def test_a_graticule_over_the_antimeridian_is_cut_there() -> None:
    frame = make_graticule((170.0, 40.0, -175.0, 50.0))
    assert box(-180, -90, 180, 90).covers(shapely.union_all(frame.geometry))
    assert frame["id"].is_unique
    assert {"180°", "170°E", "170°W"} <= set(frame["title"])


def test_the_command_writes_a_folder_and_does_not_overwrite(
    run: Run, article: Callable[..., Path], folder: Path
) -> None:
    article("Tokyo, 15 September 2021. North Korea fired a missile from Sunan into the Sea of Japan on Wednesday.")
    done = run("qgis", "article.txt")
    assert done.exit_code == 0, done.output
    assert done.output == f"{Path('output/article', PROJECT)}\n"
    assert run("qgis", "article.txt", "-o", "output/article").exit_code == 1
    (folder / "output/article/notes.txt").write_text("mine")
    assert run("qgis", "article.txt", "-o", "output/article", "--overwrite").exit_code == 0
    assert (folder / "output/article/notes.txt").read_text() == "mine"
    assert "is a file" in run("qgis", "article.txt", "-o", "article.txt").output


# ------------------------------------------------------------------------------------------------------- with QGIS


@pytest.fixture(scope="module")
def answer(folder_of_three: tuple[Path, Path], qgis_python: str) -> dict[str, Any]:
    """What QGIS makes of the moved folders."""
    moved = folder_of_three[1]
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    env |= {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(moved), "HOME": str(moved)}
    done = subprocess.run(
        [qgis_python, SCRIPT, *(moved / name / PROJECT for name in ("real", "hostile", "pacific"))],
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
        cwd=moved,
        env=env | {"MOMENTS": json.dumps(MOMENTS)},
    )
    assert done.returncode == 0, done.stderr
    known = ("runtime directory", "ERROR 6: The PNG driver does not support update")  # of the machine, and of any PNG
    assert [line for line in done.stderr.splitlines() if line and not any(part in line for part in known)] == []
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.fixture(scope="module")
def opened(answer: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = answer["projects"][0]
    return found


@pytest.mark.qgis
def test_qgis_complains_of_nothing(answer: dict[str, Any]) -> None:
    assert answer["messages"] == []
    for project in answer["projects"]:
        assert project["read"]
        assert project["error"] == ""
        assert project["canvas"]["errors"] == []
        assert project["canvas"]["colours"] > 8


@pytest.mark.qgis
def test_every_layer_is_valid_and_styled(answer: dict[str, Any]) -> None:
    for project in answer["projects"]:
        for name, layer in project["layers"].items():
            assert layer["valid"], name
            assert layer["features"] > 0, name
            assert layer["styled"], name
            assert layer["invisible"] == 0, name


@pytest.mark.qgis
def test_the_project_is_centred_on_the_event(answer: dict[str, Any], scene: Scene) -> None:
    for project in answer["projects"]:
        assert project["crs"][0]
        assert project["crs"][1].startswith("+proj=aeqd")
    lon, lat = answer["projects"][0]["centre"]
    starts = [layer.frame for layer in scene.layers if layer.style == "launch-point"]
    assert len(starts) == 1
    assert (lon, lat) == pytest.approx((starts[0].geometry.x[0], starts[0].geometry.y[0]), abs=0.01)


def test_a_launch_far_off_does_not_turn_the_map_askew(pacific: Scene) -> None:
    west, south, east, north = pacific.bounds
    projection = projection_of(pacific)
    assert west > east, "over the antimeridian"
    assert projection.lon == pytest.approx((west + (east - west) % 360 / 2 + 180) % 360 - 180, abs=0.01)
    assert projection.lat == pytest.approx((south + north) / 2, abs=0.01)


@pytest.mark.qgis
def test_groups_are_those_of_the_legend(opened: dict[str, Any], scene: Scene) -> None:
    families = {"range": "Ranges", "hazard": "Closed areas of notices"}
    wanted = {
        next((title for style, title in families.items() if layer.style.startswith(style)), layer.group)
        for layer in scene.layers
        if layer.group
    }
    names = [entry["name"] for entry in opened["tree"]]
    assert set(names) == wanted | {"Ground", "Tables"}
    assert names[-2:] == ["Ground", "Tables"]
    launch = next(entry for entry in opened["tree"] if entry["name"] == STYLES["launch-area"].title)
    assert len(launch["layers"]) == 2
    hidden = {layer.group for layer in scene.layers if not layer.shown}
    assert {entry["name"] for entry in opened["tree"] if not entry["checked"]} == hidden


@pytest.mark.qgis
def test_layers_are_drawn_in_the_order_of_the_page(opened: dict[str, Any]) -> None:
    order = opened["order"]
    wanted = [
        "launch_points",
        "impact_points",
        "tracks",
        "impact_areas",
        "closed_areas",
        "ranges",
        "land",
        "eez",
        "seas",
    ]
    assert [name for name in order if name in wanted] == wanted
    assert opened["lowest"] == "added at the bottom"


@pytest.mark.qgis
def test_kinds_of_one_layer_are_categories(opened: dict[str, Any]) -> None:
    closed, ranges = opened["layers"]["closed_areas"], opened["layers"]["ranges"]
    assert list(closed["categories"].values()) == [
        STYLES[key].title for key in ("hazard-cancelled", "hazard", "hazard-doubtful")
    ]
    assert closed["colours"] == [
        STYLES[key].colour.light.lower() for key in ("hazard-cancelled", "hazard", "hazard-doubtful")
    ]
    assert closed["dashed"] == [True, True, True]
    assert len(ranges["categories"]) == ranges["features"]


@pytest.mark.qgis
def test_the_time_slider_shows_what_holds(opened: dict[str, Any]) -> None:
    for name in ("launch_points", "launch_areas", "impact_points", "impact_areas", "tracks", "closed_areas"):
        layer = opened["layers"][name]
        assert layer["timed"], name
        assert layer["fields"] == ["start", "end"]
        assert layer["types"]["start"] == layer["types"]["end"] == "DateTime"
    launched, closed, later = opened["layers"]["closed_areas"]["showing"]
    assert launched == []
    assert closed == ["a2:h1", "a2:h2", "a2:h3", "a2:h4", "a2:h5"]
    assert later == ["a2:h3"]
    assert opened["layers"]["tracks"]["showing"] == [["a1:e1.track"], [], []]
    assert opened["time"] == ["2021-09-15T03:34:00Z", "2025-12-30T10:00:00Z"]


@pytest.mark.qgis
def test_themes_show_all_the_launches_and_the_closed_areas(opened: dict[str, Any], scene: Scene) -> None:
    themes = opened["themes"]
    assert set(themes) == {"All", "Launches and impacts only", "Closed areas"}
    ground = {"land", "coast", "border", "graticule", "country_label"}
    assert set(themes["Closed areas"]) == {"closed_areas", *ground}
    assert set(themes["Launches and impacts only"]) - ground == {
        "launch_points", "launch_areas", "impact_points", "impact_areas", "tracks",
    }  # fmt: skip
    assert set(themes["All"]) == set(opened["order"]) - {"margins"}


@pytest.mark.qgis
def test_the_layout_is_printed(answer: dict[str, Any], folder_of_three: tuple[Path, Path], scene: Scene) -> None:
    for name, project in zip(("real", "hostile", "pacific"), answer["projects"], strict=True):
        (layout,) = project["layouts"].values()
        assert (layout["png"], layout["pdf"]) == (0, 0)
        assert layout["page"] == pytest.approx([297, 210])
        assert layout["theme"] == "All"
        assert layout["outside"] == []
        assert {"title", "subtitle", "map", "legend", "scale bar", "north arrow", "caveats"} <= set(layout["items"])
        segment, count, wide, unit = layout["bar"]
        assert unit == "km"
        assert 8 <= segment <= 26
        assert 0 <= wide - count * segment <= 20, "the bar is as long as the map's own metres have it"
        assert (folder_of_three[1] / name / "layout.pdf").read_bytes().startswith(b"%PDF")
    texts = next(iter(answer["projects"][0]["layouts"].values()))["texts"]
    assert texts["title"] == scene.title
    assert "Natural Earth" in texts["sources"]


@pytest.mark.qgis
def test_layers_name_their_sources_and_caveats(opened: dict[str, Any], scene: Scene) -> None:
    for layer in opened["layers"].values():
        assert all(credit in layer["abstract"] for credit in scene.credits)
        assert scene.caveats[-1] in layer["abstract"]
    assert opened["layers"]["impact_areas"]["aliases"]["when"] == "When"


@pytest.mark.qgis
def test_hostile_text_stays_text(answer: dict[str, Any], hostile: Scene) -> None:
    project = answer["projects"][1]
    (layout,) = project["layouts"].values()
    assert layout["html"] == []
    assert "42" not in layout["texts"]["title"]
    assert layout["texts"]["title"].replace("\u2060", "").startswith(EVIL[:30])
    assert "<img" not in project["title"]
    for name, layer in project["layers"].items():
        assert "<img" not in layer["html"], name
        assert "<img" not in layer["tip"], name
    tip = project["layers"]["impact_points"]["tip"]
    assert "&lt;img src=x onerror=alert(1)&gt;" in tip
    assert "[% 6*7 %]" in tip
