"""The launches of a batch as one scene: every one in the tables, what has a place on the map, nothing invented."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import crowd
import launches as made
import numpy as np
import pytest
from click.testing import Result
from shapely.geometry import Point
from toys import HOSTILE, make_layers

from geomap import codec, geodesy, seam
from geomap.archive import make_archive
from geomap.articles import open_articles, read_inputs
from geomap.catalog import Layers
from geomap.chart.frame import fit
from geomap.chart.marks import CROWD, make_marks
from geomap.errors import InputError
from geomap.export.archived import MOST_REPORTS
from geomap.export.data import make
from geomap.export.html import make_page
from geomap.export.window import ALPHABET
from geomap.stage import Scene, SceneLayer, Table
from geomap.types import Launch, Weapon


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    return Layers(make_layers(tmp_path_factory.mktemp("layers")))


@pytest.fixture(scope="module")
def scene(toy: Layers) -> Scene:
    return make_archive(made.several(), toy)


def layer(scene: Scene, key: str) -> SceneLayer:
    return next(one for one in scene.layers if one.key == key)


def table(scene: Scene, key: str) -> Table:
    return next(one for one in scene.tables if one.key == key)


def column(told: Table, heading: str) -> list[str]:
    return [row[told.headings.index(heading)] for row in told.rows]


def data(page: str) -> Any:
    """What the page's script gets."""
    found = re.search(r'<script type="application/json" id="scene">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    return json.loads(found[1])


def numbers(text: str) -> list[int]:
    """A column as the page's script reads it."""
    found, number, place = [], 0, 1
    for sign in text:
        value = ALPHABET.index(sign)
        number += (value & 31) * place
        place *= 32
        if not value & 32:
            found.append(-(number + 1) // 2 if number % 2 else number // 2)
            number, place = 0, 1
    return found


# ------------------------------------------------------------------------------------------------------- the scene


def test_every_launch_is_in_the_table_and_its_places_are_on_the_map(scene: Scene) -> None:
    events = table(scene, "events")

    assert sorted(column(events, "Id")) == ["Lbare", "Lcoast", "Lfull", "Lhostile", "Lonly-launch", "Ltwo-falls"]
    assert set(layer(scene, "impact-points").frame["id"]) == {"Lfull.impact", "Ltwo-falls.impact", "Ltwo-falls.impact2"}
    assert set(layer(scene, "launch-points").frame["id"]) == {"Lfull.launch", "Lonly-launch.launch"}
    assert set(layer(scene, "earlier-points").frame["event"]) == {"Lcoast"}
    assert set(layer(scene, "launch-areas").frame["id"]) == {"Lfull.launch"}, "what is exact has no area"
    drawn = {mark for one in scene.layers if one.group for mark in one.frame["id"]}
    assert {mark for marks in events.marks for mark in marks} <= drawn


def test_what_has_no_place_is_counted_and_listed_and_never_drawn(scene: Scene) -> None:
    unlocated = table(scene, "unlocated")

    assert column(unlocated, "Id") == ["Lbare", "Lhostile"]
    assert "2 not on the map: no place is given" in scene.subtitle
    assert not any("Lbare" in set(one.frame["event"]) for one in scene.layers if one.group)


def test_a_mark_says_words_outlets_time_claims_and_what_differs(scene: Scene) -> None:
    mark = layer(scene, "impact-points").frame.set_index("id").loc["Lfull.impact"]

    assert mark["words"] == "the sea"
    assert mark["reports"] == "• Yonhap: “Seoul said so to Yonhap.”\n" + "\n".join(
        ["• Kyodo: “Seoul said so to Kyodo.”"] * 2
    )
    assert mark["when"] == "12:34 p.m. (15 September 2021, 03:34 UTC)"
    assert mark["claims"].splitlines()[0] == "Japan: outside the EEZ of Japan – agrees"
    assert mark["conflicts"] == "How many: Yonhap: two; Kyodo: one"
    assert mark["links"].splitlines() == ["https://example.org/1", "https://example.org/2", "https://example.org/3"]
    assert mark["article"] == "Article 1 and 2 others"


def test_of_five_hundred_outlets_a_mark_names_twelve_and_the_table_all(toy: Layers) -> None:
    told = made.launch("L1", sources=tuple(made.report(number, f"Outlet {number}") for number in range(500)))
    scene = make_archive([told], toy)
    lines = layer(scene, "impact-points").frame["reports"].iloc[0].splitlines()

    assert lines[0].startswith("• Outlet 0:")
    assert len(lines) == 13
    assert lines[-1] == "and 488 more"
    assert len(table(scene, "reports").rows) == 500


def test_launches_come_by_time_and_those_without_one_last(toy: Layers) -> None:
    some = [*crowd.launches(60), made.bare("Lnever")]
    times = [one.event.when.start if one.event.when else "9999" for one in some]
    found = table(make_archive(some, toy), "events")
    began = [one.partition("/")[0] or "9999" for one in found.times]

    assert began == sorted(times)


def test_of_two_lines_with_one_id_the_later_counts(toy: Layers) -> None:
    scene = make_archive([made.bare("L1"), made.launch("L1", sources=(made.report(1),))], toy)

    assert len(table(scene, "events").rows) == 1
    assert len(layer(scene, "launch-points").frame) == 1


def test_nothing_to_show_is_a_scene_too(toy: Layers) -> None:
    scene = make_archive([], toy)

    assert scene.title == "No launch"
    assert not any(one.group for one in scene.layers)
    assert data(make_page(scene))["archive"]["n"] == 0


def test_whoever_made_the_layers_is_thanked(layers: Layers) -> None:
    credits = make_archive(made.several(), layers).credits

    assert "Place names: GeoNames (CC BY 4.0)" in credits, "where towns are from no launch says"
    assert any(one.startswith("Sites: GCAT") for one in credits)
    assert not any("GeoNames" in one for one in make_archive([made.bare("L1")], layers).credits)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Two rockets", "two rockets"),
        ("A missile", "a missile"),
        ("Ballistic missiles", "ballistic missiles"),
        ("Tomahawk missiles", "Tomahawk missiles"),
        ("ICBM", "ICBM"),
        ("", ""),
    ],
)
def test_a_launch_is_named_without_the_capital_of_a_sentence(toy: Layers, said: str, told: str) -> None:
    scene = make_archive([made.bare("L1", actor="PRK", weapon=Weapon(text=said))], toy)

    assert column(table(scene, "events"), "Event")[0].partition(": ")[2] == told


def test_the_title_is_the_users_or_says_how_many(toy: Layers) -> None:
    assert make_archive([made.bare("L1")], toy).title == "1 launch"
    assert make_archive(crowd.launches(7), toy).title == "7 launches"
    assert make_archive([], toy, title="A year").title == "A year"


# -------------------------------------------------------------------------------------------------------- the page


def test_the_page_has_every_text_and_every_shape_once(toy: Layers) -> None:
    some = list(made.many(40))
    archive = data(make_page(make_archive(some, toy)))["archive"]

    assert archive["n"] == 40
    assert len(archive["strings"]) == len(set(archive["strings"]))
    assert len(archive["shapes"]) == 3, "the disc of the launch, that of the impact, the track"


def test_the_page_has_the_places_where_they_are(scene: Scene) -> None:
    found = data(make_page(scene))
    points = next(one for one in found["layers"] if one["key"] == "launch-points")
    lons, lats, lon, lat = [], [], 0, 0
    for east, north in zip(numbers(points["x"]), numbers(points["y"]), strict=True):
        lon, lat = lon + east, lat + north
        lons.append(lon / 1000)
        lats.append(lat / 1000)

    frame = layer(scene, "launch-points").frame
    assert lons == pytest.approx(list(frame["lon"]), abs=6e-4)
    assert lats == pytest.approx(list(frame["lat"]), abs=6e-4)
    words = [found["archive"]["strings"][place] for place in numbers(points["w"])]
    assert words == list(frame["words"])


def test_the_page_tells_twelve_reports_of_a_launch_and_how_many_there_are(toy: Layers) -> None:
    told = made.launch("L1", sources=tuple(made.report(number, f"Outlet {number}") for number in range(500)))
    reports = data(make_page(make_archive([told, made.bare("L2")], toy)))["archive"]["reports"]

    assert numbers(reports["n"]) == [500, 0]
    assert len(numbers(reports["cells"]["0"])) == MOST_REPORTS


def test_what_lies_on_180_degrees_and_at_the_poles_is_on_the_page_once(toy: Layers) -> None:
    ends = ("Least", 179.95, 0.0), ("Lwest", -179.95, 0.0), ("Lpole", 10.0, -89.9), ("Lnorth", 0.0, 90.0)
    some = [
        made.launch(name, launch=made.place(lon, lat, 60.0), impact=None, track=None, sources=(made.report(1),))
        for name, lon, lat in ends
    ]
    found = data(make_page(make_archive(some, toy)))
    points = next(one for one in found["layers"] if one["key"] == "launch-points")

    assert points["n"] == 4
    west, east = found["lon0"] - 180, found["lon0"] + 180
    lon = 0
    for step in numbers(points["x"]):
        lon += step
        assert west <= lon / 1000 <= east
    assert any("r" in shape for shape in found["archive"]["shapes"]), "as files have it, where the page cuts elsewhere"


def test_hostile_text_is_data_on_the_page_and_never_markup(toy: Layers) -> None:
    text = " ".join(HOSTILE)
    some = [made.hostile("Lhostile"), made.launch("L2", actor=text, sources=(made.report(1, text, title=text),))]
    page = make_page(make_archive(some, toy, title=text))

    assert "<img" not in page
    assert "<svg onload" not in page
    assert "<b onclick" not in page
    assert any(text in one for one in data(page)["archive"]["strings"])


def test_only_addresses_of_the_web_may_become_links(toy: Layers) -> None:
    sources = ["javascript:alert(1)", "archive/1.txt", "-", "https://example.org/1", "data:text/html,x"]
    told = made.launch("L1", sources=tuple(made.report(n, source=one) for n, one in enumerate(sources)))
    scene = make_archive([told], toy)

    assert column(table(scene, "reports"), "Address") == ["", "", "", "https://example.org/1", ""]
    assert layer(scene, "launch-points").frame["links"].iloc[0] == "https://example.org/1"


def test_the_same_launches_make_the_same_page_in_whatever_order_they_come(toy: Layers) -> None:
    some = list(crowd.launches(30))

    assert make_page(make_archive(some, toy)) == make_page(make_archive(some[::-1], toy))


def test_a_page_of_articles_has_nothing_of_all_this(scene: Scene, toy: Layers) -> None:
    from toys import two_koreas

    from geomap.scene import make_scene

    page = make_page(make_scene([two_koreas()], toy))
    assert "geomap.archive(" not in page
    assert "cluster{" not in page
    assert "geomap.archive(" in make_page(scene)


# ------------------------------------------------------------------------------------------------- data and pictures


def test_data_have_all_launches_with_their_columns(scene: Scene) -> None:
    found = json.loads(make(scene, "geojson"))["features"]
    full = next(one["properties"] for one in found if one["properties"]["id"] == "Lfull.impact")

    assert full["conflicts"] == "How many: Yonhap: two; Kyodo: one"
    assert full["links"].splitlines()[0] == "https://example.org/1"
    assert full["start"] == "2021-09-15T03:34:00Z"


def test_a_picture_of_few_launches_has_their_areas_and_words(scene: Scene) -> None:
    marks = make_marks(scene, fit(scene.bounds, 900, 500))

    assert any(one.layer == "impact-areas" for one in marks)
    assert any(one.label == "“Yangdok”" for one in marks)


def test_a_picture_of_many_has_small_points_that_can_be_told_apart(toy: Layers) -> None:
    scene = make_archive(crowd.launches(CROWD), toy)
    marks = [one for one in make_marks(scene, fit(scene.bounds, 900, 500)) if one.layer.endswith("-points")]
    spots = [(one.layer, round(one.geometry.centroid.x), round(one.geometry.centroid.y)) for one in marks]

    assert 20 < len(marks) < CROWD
    assert len(set(spots)) > 0.9 * len(spots)
    assert not any(one.label for one in marks)
    frame = fit(scene.bounds, 900, 500)
    assert all(frame.box.covers(one.geometry) for one in marks)


def test_no_zone_is_changed_by_more_than_a_part_of_its_extent(toy: Layers) -> None:
    from geomap.export.archived import _shape
    from geomap.export.window import encode

    zone = geodesy.wedge(126.0, 39.0, 80.0, 12.0, 700.0, 900.0)
    coded = _shape(zone, 127.0)["g"]
    ring = next(numbers(part) for part in coded["a"][0])
    assert len(ring) < len(encode(zone, 3)["a"][0][0])
    lons = [sum(ring[:end:2]) / 1000 for end in range(1, len(ring), 2)]
    lats = [sum(ring[1:end:2]) / 1000 for end in range(2, len(ring) + 1, 2)]
    drawn = seam.closed(np.column_stack([lons, lats]))
    assert drawn.symmetric_difference(zone).area < 0.02 * zone.area


# ----------------------------------------------------------------------------------------------------- the commands


@pytest.fixture
def lines(folder: Path) -> Path:
    path = folder / "events.jsonl"
    path.write_text("".join(codec.dumps_launch(one) + "\n" for one in crowd.launches(12)), "utf-8")
    return path


def test_map_draws_the_launches_of_a_batch(run: Callable[..., Result], lines: Path) -> None:
    done = run("map", lines, "-o", "page.html", "--title", "A year")

    assert done.exit_code == 0, done.output
    page = Path("page.html").read_text("utf-8")
    assert "<h1>A year</h1>" in page
    assert data(page)["archive"]["n"] == 12


def test_export_takes_the_same_lines_from_standard_input(run: Callable[..., Result], lines: Path) -> None:
    done = run("export", "-", "-o", "-", stdin=lines.read_bytes())

    assert done.exit_code == 0, done.output
    assert len(json.loads(done.stdout)["features"]) > 12


@pytest.mark.parametrize("command", [("read",), ("show",), ("notices",), ("brief", "-o", "x.pptx")], ids=" ".join)
def test_commands_that_cannot_use_launches_say_so_once(
    run: Callable[..., Result], lines: Path, command: Sequence[str]
) -> None:
    done = run(command[0], lines, *command[1:])

    assert done.exit_code == 1
    said = "events.jsonl:1: a launch that a batch found, not an article; map, export, qgis and picture draw it"
    assert done.output.count("a launch that a batch found") == 1
    assert said in done.output


def test_launches_and_articles_do_not_go_on_one_map(
    run: Callable[..., Result], lines: Path, article: Callable[..., Path]
) -> None:
    done = run("map", lines, article("SEOUL (Wire) — North Korea fired a missile."), "-o", "page.html")

    assert done.exit_code == 1
    assert "give the articles to geomap batch, too" in done.output
    assert not Path("page.html").exists()


def test_wishes_are_for_articles(run: Callable[..., Result], lines: Path) -> None:
    done = run("map", lines, "-o", "page.html", "--pick", "m1=2")

    assert done.exit_code == 1
    assert "--assume and --pick are for articles" in done.output


def test_a_broken_launch_is_told_with_its_line_and_the_rest_is_drawn(run: Callable[..., Result], lines: Path) -> None:
    with lines.open("a", encoding="utf-8") as file:
        file.write('{"schema":"geomap.launch/1","event":{}}\n')
    done = run("map", lines, "-o", "page.html")

    assert done.exit_code == 1
    assert "events.jsonl:13: not a geomap launch" in done.output
    assert data(Path("page.html").read_text("utf-8"))["archive"]["n"] == 12


def test_names_of_seas_are_those_of_a_side(run: Callable[..., Result], folder: Path) -> None:
    rule = "the sea off it: Sea of Japan"
    told = made.launch("L1", impact=made.place(134.0, 39.0, rule=rule), sources=(made.report(1),))
    (folder / "one.jsonl").write_text(codec.dumps_launch(told), "utf-8")
    done = run("export", "one.jsonl", "-o", "-", "--sea-names", "korea")

    assert done.exit_code == 0, done.output
    assert "the sea off it: East Sea" in done.stdout


def test_in_python_launches_are_taken_by_who_asks_for_them(lines: Path) -> None:
    taken: list[Launch] = []

    assert list(read_inputs([lines], launches=taken)) == []
    assert [one.event.id for one in taken] == [one.event.id for one in crowd.launches(12)]
    with pytest.raises(InputError, match="a launch that a batch found"):
        list(open_articles(lines))


def test_a_place_that_cannot_be_on_the_earth_is_not_drawn(toy: Layers) -> None:
    astray = made.launch("L1", launch=made.place(999.0, 0.0, geometry=Point(0, 0)), impact=None, track=None)

    assert table(make_archive([astray], toy), "unlocated").rows[0][-1] == "L1"
