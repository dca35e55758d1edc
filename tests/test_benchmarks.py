"""The benches do the work that they say, on sizes that take no time: what they compare comes to the same."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from benchmarks import archives, earth, pages, starts, table, texts
from benchmarks.__main__ import benches, main, run
from benchmarks.clock import in_turns, watched
from benchmarks.table import Row, append, ratio, seconds, show
from rich.console import Console

from geomap import geodesy
from geomap.catalog import open_layers
from geomap.containment import find_zones
from geomap.reach import make_range_rings


def test_buffers_and_rings_are_the_same_where_nothing_crosses_180() -> None:
    lons, lats, km = np.array([10.0, -70.0, 130.0]), np.array([50.0, -20.0, 0.0]), np.array([300.0, 1500.0, 3000.0])
    ours = make_range_rings(lons, lats, km)

    for one, loop, floor in zip(ours, earth.buffers(lons, lats, km), earth.forward(lons, lats, km), strict=True):
        assert len(shapely.get_coordinates(one)) == len(shapely.get_coordinates(loop))
        assert geodesy.area_km2(one.symmetric_difference(loop)) < 2e-3 * geodesy.area_km2(one)
        assert one.equals(floor)


def test_points_lie_in_the_zones_that_the_join_finds() -> None:
    layers = open_layers()
    lons, lats = earth.anywhere(3000, np.random.default_rng(3))
    points, zones = find_zones(lons, lats, layers, "eez")
    found = earth.joined(earth.frame_of(lons, lats), earth.frame_of_layer("eez", layers))

    assert sorted(zip(points, zones, strict=True)) == sorted(zip(found.index, found["zone"], strict=True))
    assert len(points) > 500


def test_rows_of_the_earth_have_all_that_the_table_shows() -> None:
    rows = [*earth.rings(40, 2), *earth.zones(500, ("eez",))]

    assert [row.what for row in rows] == ["40 range rings"] * 2 + ["500 points in 218 areas of eez"]
    assert all(row.baseline and row.ratio and row.target and row.met is not None for row in rows)


def test_commands_are_started_cold() -> None:
    helped, read, drawn = starts.cold(turns=1)

    assert [row.what for row in (helped, read, drawn)] == [
        f"geomap {command}, started cold" for command in ("--help", "read", "map")
    ]
    assert "import click" in helped.baseline
    assert "import geopandas" in read.baseline


def test_articles_to_read_are_as_long_as_articles_are() -> None:
    joined = texts.texts_of(None, 5)

    assert len(joined) == 5
    assert all(len(text) > 3000 for text in joined)


def test_articles_of_a_folder_can_be_taken_instead(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(f"Text {name} from Seoul.", encoding="utf-8")

    assert texts.texts_of(tmp_path, 9) == ["Text a from Seoul.", "Text b from Seoul."]


def test_an_archive_is_read_from_the_beginning_each_time(tmp_path: Path) -> None:
    path = archives.written(tmp_path / "archive.jsonl", 6)
    first = archives.run(path, 1)
    events = path.with_suffix(".1.events.jsonl")
    launches = events.read_bytes()
    events.write_bytes(b"old")
    archives.run(path, 1)

    assert len(path.read_text("utf-8").splitlines()) == 6
    assert events.read_bytes() == launches
    assert 0 < len(launches.splitlines()) <= 12
    assert first.mb > 20


@pytest.mark.chromium
def test_a_common_page_shows_every_place_and_moves(browser: object, tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    pages.write_folium(path, [(39.2, 125.7, "one </script>"), (10.0, 20.0, "<b>two</b>")])

    assert pages.opening_s(browser, path) > 0
    assert 1 < pages.frame_ms(browser, path) < 10_000


def test_a_program_that_fails_is_told() -> None:
    import subprocess
    import sys

    with pytest.raises(subprocess.CalledProcessError) as told:
        watched([sys.executable, "-c", "import sys; sys.exit('no room')"])
    assert "no room" in told.value.stderr


def test_times_are_the_best_of_all_turns() -> None:
    calls: list[str] = []
    one, other = in_turns(lambda: calls.append("a"), lambda: calls.append("b"), turns=2)

    assert calls == ["a", "b", "a", "b"]
    assert min(one, other) >= 0


def test_figures_are_told_with_their_unit() -> None:
    assert [seconds(one) for one in (12.3, 0.5, 0.0021, 3e-6)] == ["12.30 s", "500 ms", "2.1 ms", "3 µs"]
    assert ratio(2.0, 50.0) == "25 times as fast"
    assert ratio(3.0, 2.0) == "1.50 times as long"
    assert ratio(2.001, 2.0) == "as long"


def test_the_table_is_appended_with_what_it_was_measured_on(tmp_path: Path) -> None:
    path = tmp_path / "benchmarks.md"
    rows = [Row("a | b", "1 s", "2 s (other)", "2 times as fast", "faster", True), Row("c", "3 MB")]
    append(rows, path, ("Monday", "a machine"))
    append(rows[1:], path, ("Tuesday", "a machine"))

    assert path.read_text("utf-8") == (
        "# Benchmarks\n\n## Monday\n\na machine  \n\n"
        "| what | geomap | baseline | ratio | target | met |\n| --- | --- | --- | --- | --- | --- |\n"
        "| a \\| b | 1 s | 2 s (other) | 2 times as fast | faster | yes |\n| c | 3 MB |  |  |  |  |\n"
        "\n## Tuesday\n\na machine  \n\n"
        "| what | geomap | baseline | ratio | target | met |\n| --- | --- | --- | --- | --- | --- |\n"
        "| c | 3 MB |  |  |  |  |\n"
    )
    facts = table.facts()
    assert "cores" in facts[1]
    assert "GEOS" in facts[2]


def test_the_table_is_printed_whole_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show([Row("a row", "1.00 s", met=False)], Console(file=None, force_terminal=False))

    assert "a row" in capsys.readouterr().out


def test_every_bench_has_a_name_to_choose_it_by() -> None:
    assert list(benches(None, 10)) == ["cold", "find", "read", "rings", "zones", "page", "batch", "memory"]


def test_a_bench_that_fails_costs_only_itself(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> list[Row]:
        message = "no network"
        raise OSError(message)

    rows = list(run(["one", "broken", "other"], {"one": lambda: [Row("a", "1 s")], "broken": broken, "other": list}))

    assert rows == [Row("a", "1 s"), Row("broken", "failed: OSError: no network", met=False)]
    assert capsys.readouterr().err == "one …\nbroken …\nother …\n"


def test_rows_that_there_are_not_are_told_with_those_that_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--dry", "--rows", "rings, wings"])

    assert "no rows wings; there are cold, find, read, rings" in capsys.readouterr().err


def test_memory_is_compared_at_each_tenfold() -> None:
    (row,) = archives.memory(19, first=1, workers=1)

    assert row.what == "peak memory of a batch of 10 articles, 1 worker"
    assert "MB (1 articles)" in row.baseline
