"""Launches as tables: a row a launch, geometries of one type, and files that GDAL and geopandas read."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import geopandas
import pyarrow.parquet
import pyogrio
import pytest
import shapely
from launches import HOSTILE, bare, launch, many, place, report, several

from geomap.catalog import Layers
from geomap.errors import ExportError
from geomap.export.events import check_target, write_events
from geomap.export.events.columns import EVENTS, GEOMETRY, TABLES
from geomap.export.events.rows import CHUNK, area_of, chunks, rows_of
from geomap.naming import namer
from geomap.types import Launch

FORMS = ("gpkg", "parquet")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file of each form."""
    folder = tmp_path_factory.mktemp("events")
    for form in FORMS:
        write_events(several(), folder / f"events.{form}")
    return folder


def row(one: Launch, **how: Any) -> dict[str, Any]:
    return rows_of([one], **how)["events"][0]


def test_a_row_has_exactly_the_columns_of_its_table() -> None:
    for name, rows in rows_of(several()).items():
        for one in rows:
            assert set(one) == {*(column.name for column in TABLES[name].columns), GEOMETRY}


def test_every_column_says_what_stands_in_it() -> None:
    for table in TABLES.values():
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert all(column.about for column in table.columns)


def test_a_launch_is_one_row_of_plain_values() -> None:
    made = row(several()[0])

    assert made["title"] == "PRK: two short-range missiles (SRBM, KN-23)"
    assert made["start"].isoformat() == "2021-09-15T03:34:00+00:00"
    assert (made["distance_km"], made["distance_low_km"], made["distance_high_km"]) == (800, 750, 850)
    assert (made["outlets"], made["reports"]) == (2, 3)
    assert made["verdicts"] == "Japan, Seoul: outside eez/JPN: agrees, 120 km outside, ±\u00a060\u00a0km"
    assert made["words"].splitlines()[1] == "Kyodo: “Seoul said so to Kyodo.”"
    assert row(launch("L", sources=(report(1, words=""),)))["words"] == "Yonhap: “two missiles … Sunan”"
    assert [one["outlet"] for one in json.loads(made["sources"])] == ["Yonhap", "Kyodo", "Kyodo"]
    assert json.loads(made["conflicts"]) == [{"about": "count", "said": [["Yonhap", "two"], ["Kyodo", "one"]]}]


def test_names_that_people_use_stand_in_titles_and_verdicts(layers: Layers) -> None:
    made = row(several()[0], names=namer(layers))

    assert made["title"].startswith("North Korea: ")
    assert "outside Japan's EEZ" in made["verdicts"]
    assert made["actor"] == "PRK"


def test_the_point_is_that_of_the_impact_else_of_the_launch_else_there_is_none() -> None:
    full, nowhere, launched, two_falls, *_ = (row(one) for one in several())

    assert (full["point_of"], full[GEOMETRY].coords[0]) == ("impact", (134.0, 39.0))
    assert (launched["point_of"], launched[GEOMETRY].coords[0]) == ("launch", (125.67, 39.22))
    assert (nowhere["point_of"], nowhere[GEOMETRY]) == (None, None)
    assert (two_falls["point_of"], two_falls[GEOMETRY], two_falls["impacts"]) == (None, None, 2)


def test_every_geometry_of_a_table_is_of_its_type_and_valid() -> None:
    for name, rows in rows_of(several()).items():
        shapes = [one[GEOMETRY] for one in rows if one[GEOMETRY] is not None]
        assert {shape.geom_type for shape in shapes} == {TABLES[name].geometry}
        assert all(shape.is_valid and not shape.is_empty for shape in shapes)


def test_a_point_is_drawn_as_a_circle_and_a_coast_as_a_strip() -> None:
    areas = {one["id"]: one[GEOMETRY] for one in rows_of(several())["launches"]}

    _, south, _, north = areas["Lonly-launch"].bounds
    assert north - south == pytest.approx(1 / 111.0, rel=0.02)  # half a kilometre to each side
    assert 0 < areas["Lcoast"].area < 0.05


def test_a_line_without_a_length_is_drawn_as_a_circle() -> None:
    line = shapely.LineString([(131.0, 40.0), (131.0, 40.0)])
    area = area_of(place(131.0, 40.0, 10.0, geometry=line))

    assert area is not None
    assert area.contains(shapely.Point(131.0, 40.0))


def test_a_zone_over_180_degrees_lies_cut() -> None:
    zone = next(one[GEOMETRY] for one in rows_of(several())["impacts"] if one["id"] == "Lcoast")

    assert len(zone.geoms) == 2
    assert zone.bounds[0] == -180
    assert zone.bounds[2] == 180


def test_each_place_of_impact_is_a_row_of_its_own() -> None:
    rows = [one for one in rows_of(several())["impacts"] if one["id"] == "Ltwo-falls"]

    assert [(one["number"], one["text"]) for one in rows] == [(1, "the East Sea"), (2, "the West Sea")]


def test_hostile_text_is_cleaned_and_hostile_figures_are_left_out() -> None:
    made = row(several()[-1])

    assert all(
        sign not in value for value in made.values() if isinstance(value, str) for sign in ("\x00", "\x07", "\ud83d")
    )
    assert "DROP TABLE" in made["weapon"]
    assert (made["start"], made["end"], made["count"], made[GEOMETRY]) == (None, None, None, None)
    assert len(made["actor"]) <= 200
    assert json.loads(made["sources"])[0]["outlet"] == HOSTILE.replace("\x00", "").replace("\x07", "").replace(
        "\ud83d", ""
    )


def test_gdal_reads_the_tables_of_a_geopackage(written: Path) -> None:
    path, rows = written / "events.gpkg", rows_of(several())

    found = dict(pyogrio.list_layers(path))
    assert {name: found[name] for name in TABLES} == {name: table.geometry for name, table in TABLES.items()}
    for name in TABLES:
        frame = pyogrio.read_dataframe(path, layer=name)
        assert list(frame["id"]) == [one["id"] for one in rows[name]]
        assert frame.crs == "EPSG:4326"
        assert [column for column in frame if column != "geometry"] == [one.name for one in TABLES[name].columns]


def test_a_geopackage_has_types_and_nulls(written: Path) -> None:
    with sqlite3.connect(written / "events.gpkg") as database:
        kinds = {name: kind for _, name, kind, *_ in database.execute("PRAGMA table_info(events)")}
        bare_row = database.execute(
            "SELECT geom, actor, count, start, distance_km, background FROM events WHERE id = 'Lbare'"
        ).fetchone()
        start = database.execute("SELECT start FROM events WHERE id = 'Lfull'").fetchone()[0]
    database.close()

    expected = {
        "geom": "POINT",
        "count": "INTEGER",
        "start": "DATETIME",
        "distance_km": "REAL",
        "background": "BOOLEAN",
    }
    assert {name: kinds[name] for name in expected} == expected
    assert bare_row == (None, None, None, None, None, 0)
    assert start.startswith("2021-09-15T03:34:00")  # with milliseconds, or not


@pytest.mark.qgis
def test_qgis_opens_the_tables_of_a_geopackage_styled(written: Path, qgis_python: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [
            *(qgis_python, Path(__file__).parent / "qgis_layers.py", tmp_path / "picture.png"),
            *(f"{written / 'events.gpkg'}|layername={name}" for name in TABLES),
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout.splitlines()[-1])

    assert (answer["messages"], answer["errors"]) == ([], [])
    assert answer["colours"] > 5
    for name, rows in rows_of(several()).items():
        layer = answer["layers"][f"events.gpkg|layername={name}"]
        assert (layer["features"], layer["styled"], layer["tip"]) == (len(rows), True, True)
        assert layer["renderer"] == ("categorizedSymbol" if name == "events" else "singleSymbol")


def test_a_geopackage_without_launches_has_its_tables(tmp_path: Path) -> None:
    assert write_events([], tmp_path / "none.gpkg") == 0
    assert set(TABLES) < set(pyogrio.list_layers(tmp_path / "none.gpkg")[:, 0])


def test_geopandas_reads_all_geometries_of_a_geoparquet_file(written: Path) -> None:
    frame = geopandas.read_parquet(written / "events.parquet")

    assert list(frame["id"]) == [one.event.id for one in several()]
    assert frame.crs == frame["launch_area"].crs == frame["impact_zone"].crs == frame["track"].crs == "EPSG:4326"
    assert list(frame.columns) == [
        *(column.name for column in EVENTS.columns), "geometry", "launch_area", "impact_zone", "track",
    ]  # fmt: skip
    assert frame["impact_zone"][3].covers(shapely.Point(124.0, 38.0))
    assert frame["impact_zone"][3].covers(shapely.Point(132.0, 39.0))
    assert list(frame.geometry.isna()) == [False, True, False, True, False, True]


def test_geoparquet_says_what_its_columns_are(written: Path) -> None:
    read = pyarrow.parquet.ParquetFile(written / "events.parquet")
    geo = json.loads(read.metadata.metadata[b"geo"])

    assert (geo["version"], geo["primary_column"]) == ("1.0.0", "geometry")
    assert geo["columns"]["geometry"]["geometry_types"] == ["Point"]
    assert geo["columns"]["geometry"]["bbox"] == [125.67, 39.0, 179.9, 50.0]
    assert geo["columns"]["track"]["geometry_types"] == ["MultiLineString"]
    assert str(read.schema_arrow.field("start").type) == "timestamp[ms, tz=UTC]"


def test_a_geoparquet_file_without_launches_can_be_read(tmp_path: Path) -> None:
    write_events([], tmp_path / "none.parquet")

    assert len(geopandas.read_parquet(tmp_path / "none.parquet")) == 0


@pytest.mark.parametrize("form", FORMS)
def test_the_same_launches_make_the_same_bytes(form: str, written: Path, tmp_path: Path) -> None:
    write_events(several(), tmp_path / f"again.{form}")

    assert (tmp_path / f"again.{form}").read_bytes() == (written / f"events.{form}").read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_launches_are_taken_some_thousands_at_a_time(form: str, tmp_path: Path) -> None:
    told: list[int] = []
    path = tmp_path / f"many.{form}"

    assert write_events(many(CHUNK + 1), path, progress=told.append) == CHUNK + 1
    assert told == [CHUNK, CHUNK + 1]
    if form == "gpkg":
        assert pyogrio.read_info(path, layer="tracks")["features"] == CHUNK + 1
    else:
        assert pyarrow.parquet.ParquetFile(path).num_row_groups == 2


def test_launches_that_many_reports_tell_are_taken_fewer_at_a_time() -> None:
    told = [launch(f"L{number}", sources=(report(number),) * number) for number in range(1, 6)]

    assert [len(chunk) for chunk in chunks(told, size=3, reports=4)] == [3, 1, 1]


@pytest.mark.parametrize("form", FORMS)
def test_a_file_is_there_in_whole_or_as_it_was(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"events.{form}"
    path.write_text("before")

    def broken() -> Iterator[Launch]:
        yield from many(CHUNK)
        yield launch("Llast")
        message = "the archive is gone"
        raise KeyboardInterrupt(message)

    with pytest.raises(KeyboardInterrupt):
        write_events(broken(), path)

    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_what_a_crashed_program_left_of_an_old_geopackage_is_not_played_back_into_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "events.gpkg"
    write_events(several(), path)
    open_elsewhere = sqlite3.connect(path, isolation_level=None)
    open_elsewhere.execute("PRAGMA journal_mode = WAL")
    open_elsewhere.execute("UPDATE gpkg_contents SET description = 'edited'")
    write_events(several(), path)
    with closing(sqlite3.connect(path)) as new:
        described = {about for (about,) in new.execute("SELECT description FROM gpkg_contents")}
    open_elsewhere.close()

    assert "edited" not in described
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("events.xls", "the suffix says no form"),
        ("events", "the suffix says no form"),
        ("missing/events.gpkg", "there is no folder missing"),
        ("taken.parquet", "a folder, not a file"),
    ],
)
def test_a_target_is_checked_before_any_work(target: str, said: str, folder: Path) -> None:
    (folder / "taken.parquet").mkdir()

    def never() -> Iterator[Launch]:
        pytest.fail("a launch was asked for")
        yield bare("L")

    with pytest.raises(ExportError, match=said):
        check_target(target)
    with pytest.raises(ExportError, match=said):
        write_events(never(), target)


def test_a_check_leaves_nothing_behind(folder: Path) -> None:
    check_target(folder / "events.gpkg")
    check_target(str(folder / "events.parquet"))

    assert list(folder.iterdir()) == []


def test_what_geoparquet_needs_is_said(python: Any, folder: Path) -> None:
    code = "import sys; sys.modules['pyarrow'] = None\nfrom geomap.export.events import check_target\n"
    done = python("-c", f"{code}check_target('events.parquet')")

    assert "pip install 'geomap[parquet]'" in done.stderr
