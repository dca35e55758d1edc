"""Installing real boundaries from a service on this machine that fails in every way, and removing them."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from click.testing import Result
from shapely.geometry import Point, box
from wfs_server import Feature, Service, feature, serving, square

from geomap import catalog, geodesy, marineregions, verdicts
from geomap.catalog import Layers, open_layers
from geomap.errors import InputError, LayerChanged, LayerError, LayerNotFound
from geomap.features import Layer
from geomap.looks import LOOKS, qml_of
from geomap.types import Shape
from geomap.wfs import Query, fetch_pages, read_items

Run = Callable[..., Result]
Install = Callable[..., Layer]

COMPUTED = Layers(catalog.shipped_folder())["eez"].source_id
FAR = (170.0, 30.0)
"""South-west corner of what the service says is Japan's: high seas in the computed layer."""
OVERLAP, JOINT = "Overlapping claim", "Joint regime"
ZONES = [
    feature(8487, "Japanese Exclusive Economic Zone", square(*FAR), "JPN"),
    feature(8488, "Japanese Exclusive Economic Zone (Far)", square(172, 30), "JPN"),
    feature(8327, "South Korean Exclusive Economic Zone", square(160, 20), "KOR"),
    feature(48001, "Joint regime area: Japan / South Korea", square(163, 20), "JPN KOR", kind=JOINT),
    feature(48002, "Overlapping claim Liancourt Rocks: South Korea / Japan", square(166, 20), "KOR JPN", kind=OVERLAP),
    feature(48003, "Overlapping claim Kuril Islands: Japan / Russia", square(166, 25), "RUS JPN", kind=OVERLAP),
    feature(8444, "Guam Exclusive Economic Zone", square(150, 5), "USA", iso_ter1="GUM"),
    feature(8456, "United States Exclusive Economic Zone", square(-150, 30), "USA"),
    feature(48944, "Overlapping claim Mayotte: France / Comores", square(60, -30), "FRA COM", kind=OVERLAP),
    feature(48945, "Overlapping claim of France alone", square(63, -30), "FRA", kind=OVERLAP),
    feature(
        8325,
        "Fijian Exclusive Economic Zone",
        square(178, -20),
        "FJI",
        geometry={"type": "MultiPolygon", "coordinates": [square(178, -20), square(-180, -20)]},
        x_1=180,
    ),
]
BELT = [
    {
        **one,
        "properties": {key: value for key, value in one["properties"].items() if key not in ("iso_sov2", "iso_sov3")},
    }
    for one in (feature(49001, "Japanese Territorial Sea", square(150, 40, 0.2), "JPN", kind="12NM"),)
]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder of data of its own: what is installed goes to ``layers`` in it."""
    home = tmp_path / "home"
    monkeypatch.setenv("GEOMAP_DATA", str(home))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    return home / "layers"


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    with serving({"eez": ZONES, "eez_12nm": BELT}) as service:
        monkeypatch.setenv("GEOMAP_MARINEREGIONS_URL", service.url)
        yield service


@pytest.fixture
def install(home: Path, service: Service) -> Install:
    """Install from the service without waiting between attempts."""

    def call(name: str = "eez", states: tuple[str, ...] = ("JPN",), **options: Any) -> Layer:
        return marineregions.install_layer(name, states, url=service.url, pause_s=0.0, **options)

    return call


def files(folder: Path) -> set[str]:
    """What lies in the folder of installed layers, attempts left out."""
    return {path.name for path in folder.iterdir() if path.is_file()} if folder.exists() else set()


def many(count: int) -> list[Feature]:
    """So many small zones of Japan: more than one page."""
    return [
        feature(9000 + number, f"Zone {number}", square(170 + number / 10, 30, 0.1), "JPN") for number in range(count)
    ]


# --------------------------------------------------------------------------------------------------- what is made


def test_installed_zones_win_and_the_rest_stays(install: Install) -> None:
    before = open_layers()
    layer = install(states=("JPN", "KOR"))
    after = open_layers()
    keys = {row["key"]: row for row in after.rows("eez")}

    assert layer.source_id == "layer:eez@marineregions-12"
    assert layer.states == ("JPN", "KOR")
    assert after.feature("eez/JPN").layer == layer
    assert after.geometry("eez/JPN").covers(box(*FAR, 174, 32))
    assert after.feature("eez/KOR").layer.source_id == "layer:eez@marineregions-12"
    assert after.feature("eez/PRK").layer.source_id == COMPUTED
    assert after.geometry("eez/PRK").equals(before.geometry("eez/PRK"))
    assert keys["JPN+KOR"]["status"] == "overlap"
    assert keys["JPN+KOR-joint"]["status"] == "joint"
    assert keys["JPN+RUS"]["claimants"] == "JPN|RUS"
    for row in before.rows("eez"):  # computed, and the service knows no such claim of Japan's
        own = ("JPN+KOR", "JPN+KOR-joint", "JPN+RUS")
        if row["status"] == "overlap" and "JPN" in row["claimants"] and row["key"] not in own:
            assert row["key"] not in keys
            assert not after.has(f"eez/{row['key']}")
    assert keys["TWN"]["status"] == "eez"
    assert keys["JPN"]["name"] == before.feature("eez/JPN").properties["name"]
    assert {*keys["JPN"]} == {*before.rows("eez")[0]}
    assert after.count("eez") == len(keys) == len(after.features("eez"))
    assert [one.id for one in after.features("eez")] == [f"eez/{row['key']}" for row in after.rows("eez")]
    assert [one.version for one in after.layers_of("eez")] == ["marineregions-12", before["eez"].version]
    assert after["eez"] == before["eez"]
    assert after.check("eez") == []
    assert {layer.name for layer in before} == {layer.name for layer in after}
    assert open_layers() is after


def test_a_zone_holds_its_land_and_no_slivers(install: Install, service: Service) -> None:
    shipped = open_layers()
    land = shipped.geometry("countries/ISL")
    other_land = shapely.transform(land, lambda points: np.add(points, (0.02, -0.01)))  # as another maker draws it
    sea = shapely.difference(shipped.geometry("eez/ISL"), other_land)
    columns = {"geometry": json.loads(shapely.to_geojson(sea)), "x_1": None}
    service.features["eez"] = [feature(5680, "Icelandic Exclusive Economic Zone", square(-20, 62), "ISL", **columns)]
    install(states=("ISL",))
    found = open_layers().feature("eez/ISL")

    assert found.geometry is not None
    assert found.geometry.is_valid
    assert [len(part.interiors) for part in shapely.get_parts(found.geometry)] == [0]
    assert shapely.difference(land, found.geometry).area < 1e-3
    assert sea.covers(Point(found.properties["lon"], found.properties["lat"]))
    assert geodesy.margin_km(-18.0, 63.35, found.geometry) > 250  # close off the southern coast


def test_a_verdict_comes_from_the_installed_zone(install: Install) -> None:
    shape = Shape(geometry=Point(171, 31), lon=171, lat=31, radius_km=10, rule="")
    before = verdicts.compare(shape, "eez/JPN", open_layers())
    install(states=("JPN", "KOR"))
    after = verdicts.compare(shape, "eez/JPN", open_layers())
    other = verdicts.compare(shape, "eez/PRK", open_layers())

    assert (before.relation, after.relation) == ("outside", "inside")
    assert COMPUTED in before.why
    assert "layer:eez@marineregions-12" in after.why
    assert COMPUTED in other.why
    disputed = Shape(geometry=Point(167, 21), lon=167, lat=21, radius_km=10, rule="")
    assert verdicts.compare(disputed, "eez/JPN+KOR", open_layers()).relation == "cannot tell"


@pytest.mark.parametrize("name", ["eez", "eez_12nm"])
def test_what_is_installed_comes_styled(install: Install, name: str) -> None:
    path = install(name).path
    with sqlite3.connect(path) as database:
        rows = database.execute("SELECT f_table_name, styleQML FROM layer_styles").fetchall()

    assert rows == [(name, qml_of(LOOKS["eez"]))]


def test_the_whole_layer(install: Install, service: Service) -> None:
    layer = install(states=())
    opened = open_layers()

    assert "cql_filter" not in service.asked[0]
    assert layer.states == ("COM", "FJI", "FRA", "JPN", "KOR", "RUS", "USA")
    assert opened.feature("eez/GUM").properties["sovereign"] == "USA"
    assert opened.feature("eez/GUM").layer == layer
    assert not opened.has("eez/PRI")  # the sovereign is there, and this zone of its is not
    assert opened.feature("eez/COM+FRA").properties["country"] == ""
    assert opened.feature("eez/FRA-48945").properties["status"] == "overlap"
    west, _, east, _ = opened.geometry("eez/FJI").bounds
    assert (west, east) == (-180, 180)
    assert opened.feature("eez/FJI").properties["radius_km"] < 2000


def test_another_layer_stands_beside(install: Install, service: Service) -> None:
    install()
    layer = install("eez_12nm")
    opened = open_layers()

    assert service.asked[-1]["cql_filter"] == "iso_sov1 IN ('JPN')"
    assert layer.source_id == "layer:eez_12nm@marineregions-4"
    assert opened["eez_12nm"] == layer
    assert opened.feature("eez_12nm/JPN").layer == layer
    assert opened.check("eez_12nm") == []
    assert opened.has("eez/JPN")
    with pytest.raises(LayerNotFound, match="no feature 'KOR' in the layer 'eez_12nm'"):
        opened.feature("eez_12nm/KOR")
    with pytest.raises(LayerNotFound, match=r"no layer named 'eez_13nm'; there are: .*eez_12nm"):
        opened.feature("eez_13nm/KOR")


def test_licence_citation_and_query_are_stored(install: Install, home: Path, service: Service) -> None:
    layer = install()
    (entry,) = json.loads((home / "datapackage.json").read_text(encoding="utf-8"))["resources"]

    assert layer.licence == "CC-BY-4.0"
    assert layer.attribution == (
        "Flanders Marine Institute (2023). Maritime Boundaries Geodatabase: Maritime Boundaries and Exclusive Economic "
        "Zones (200NM), version 12. Available online at https://www.marineregions.org/. https://doi.org/10.14284/632"
    )
    assert "Not for navigation, no legal value" in layer.caveat
    assert entry["geomap"]["query"]["where"] == " OR ".join(f"iso_sov{one} IN ('JPN')" for one in (1, 2, 3))
    assert entry["geomap"]["query"]["url"] == service.url
    assert entry["geomap"]["rows"] == [4, 4]
    assert layer.recipe == "geomap layers install marineregions --layers eez --iso3 JPN"
    assert "MRGID 8487, 8488" in open_layers().feature("eez/JPN").properties["source"]
    with sqlite3.connect(layer.path) as database:
        (metadata,) = database.execute("SELECT metadata FROM gpkg_metadata").fetchall()
    database.close()
    assert "10.14284/632" in metadata[0]


def test_simplifying_adds_to_the_tolerance(install: Install, service: Service) -> None:
    service.features["eez"] = [feature(1, "Zone", square(*FAR, corners=50), "JPN")]
    fine, coarse = install(), install(simplify_km=5)
    row = open_layers().feature("eez/JPN").properties

    assert coarse.bytes <= fine.bytes
    assert row["tolerance_km"] == 7.0


def test_a_second_installation_replaces_the_first(install: Install, home: Path) -> None:
    install(states=("JPN",))
    layer = install(states=("KOR",))

    assert open_layers().feature("eez/JPN").layer.source_id == COMPUTED
    assert open_layers().feature("eez/KOR").layer == layer
    assert files(home) == {"datapackage.json", layer.path.name}


def test_removing_undoes_it(install: Install, home: Path) -> None:
    before = open_layers().rows("eez")
    install()
    install("eez_12nm")

    with pytest.raises(LayerNotFound, match="eez_24nm: not installed; installed: eez, eez_12nm"):
        marineregions.remove_layers(["eez_24nm"])
    assert marineregions.remove_layers(["eez"]) == ["eez"]
    assert open_layers().rows("eez") == before
    assert "eez_12nm" in open_layers()
    assert marineregions.remove_layers() == ["eez_12nm"]
    assert files(home) == set()
    assert open_layers().rows("eez") == before
    assert marineregions.remove_layers() == []


# ------------------------------------------------------------------------------------------------------- requests


def test_requests_are_as_the_service_wants_them(install: Install, service: Service) -> None:
    install()
    (asked,) = service.asked

    assert asked["typeNames"] == "MarineRegions:eez"
    assert asked["srsName"] == "EPSG:4326"
    assert (asked["count"], asked["startIndex"], asked["sortBy"]) == ("25", "0", "mrgid")
    assert (asked["service"], asked["version"], asked["request"]) == ("WFS", "2.0.0", "GetFeature")
    assert service.agents[0].startswith("geomap/")


@pytest.mark.parametrize("fault", ["cut", "drop", "chunked", "500", "503", "truncated", "short"])
def test_a_fault_that_passes_costs_another_request(install: Install, service: Service, fault: str) -> None:
    service.features["eez"] = many(30)
    service.faults.extend([fault, None, None, fault])
    layer = install()

    assert layer.rows == (1, 1)
    assert [asked["startIndex"] for asked in service.asked] == ["0", "0", "25"]
    assert open_layers().geometry("eez/JPN").covers(box(170, 30.01, 172.9, 30.09))


@pytest.mark.parametrize(
    ("fault", "said", "requests"),
    [
        ("cut", "the connection was cut", 5),
        ("drop", "it cannot be reached or cuts the connection", 5),
        ("chunked", "the connection was cut", 5),
        ("500", "HTTP 500", 5),
        ("truncated", "a page that is cut off", 5),
        ("short", "a page of 4 features that says it has 5", 5),
        ("404", "HTTP 404 .Could not complete request", 2),
        ("xml", "with an error: java.lang.OutOfMemoryError: Java heap space", 2),
        ("html", "with an error: a page that is no data", 2),
        ("many", "the service had 30 features and now has 130", 2),
    ],
)
def test_a_fault_that_stays_leaves_nothing_half_done(
    install: Install, service: Service, home: Path, fault: str, said: str, requests: int
) -> None:
    service.features["eez"] = many(30)
    service.faults.append(None)
    service.always = fault

    with pytest.raises(LayerError, match=said) as caught:
        install()

    assert len(service.asked) == requests
    assert "\n" not in str(caught.value)
    assert files(home) == set()
    assert list(home.rglob("*.part")) == []
    assert open_layers().feature("eez/JPN").layer.source_id == COMPUTED


def test_what_was_installed_before_outlives_a_fault(install: Install, service: Service, home: Path) -> None:
    layer = install()
    before = files(home)
    service.always = "truncated"

    with pytest.raises(LayerError, match="cut off"):
        install()
    assert files(home) == before
    assert open_layers().feature("eez/JPN").layer == layer
    assert open_layers().check("eez") == []


def test_a_second_call_goes_on_where_the_first_stopped(install: Install, service: Service, home: Path) -> None:
    service.features["eez"] = many(60)
    service.faults.extend([None, None])
    service.always = "cut"
    with pytest.raises(LayerError, match="50 of 60 features are kept, and the same command goes on there"):
        install()
    service.always = None
    service.asked.clear()

    assert install().rows == (1, 1)
    assert [asked["startIndex"] for asked in service.asked] == ["50"]
    assert list((home / ".partial").iterdir()) == []


def test_another_question_does_not_take_pages_of_the_first(install: Install, service: Service) -> None:
    service.features["eez"] = many(30)
    service.faults.append(None)
    service.always = "500"
    with pytest.raises(LayerError, match="25 of 30"):
        install()
    service.always = None
    service.asked.clear()
    install(states=())

    assert [asked["startIndex"] for asked in service.asked] == ["0", "25"]


def test_a_page_that_was_changed_is_fetched_again(service: Service, tmp_path: Path) -> None:
    service.features["eez"] = many(7)
    query = Query(url=service.url, layer="MarineRegions:eez", count=2)
    pages = fetch_pages(query, tmp_path)
    pages[1].write_bytes(pages[1].read_bytes()[:-1])
    service.asked.clear()

    assert fetch_pages(query, tmp_path) == pages
    assert [asked["startIndex"] for asked in service.asked] == ["2", "4", "6"]
    assert [item.properties["mrgid"] for item in read_items(pages)] == [9000 + number for number in range(7)]
    service.asked.clear()
    assert fetch_pages(query, tmp_path) == pages
    assert service.asked == []


def test_a_layer_without_end_is_given_up(service: Service, tmp_path: Path) -> None:
    query = Query(url=service.url, layer="MarineRegions:eez")

    with pytest.raises(LayerError, match="is larger than geomap takes"):
        fetch_pages(query, tmp_path, most_bytes=500)
    assert list(tmp_path.glob("page*")) == []


def test_no_network_is_one_sentence(home: Path) -> None:
    with serving({}) as gone:
        url = gone.url

    with pytest.raises(LayerError, match=r"127\.0\.0\.1:\d+ did not give .* cannot be reached .* is there a network\?"):
        marineregions.install_layer("eez", ["JPN"], url=url, pause_s=0.0)
    with pytest.raises(LayerError, match="ftp://x/: cannot be asked"):
        marineregions.install_layer("eez", ["JPN"], url="ftp://x/", pause_s=0.0)


# ------------------------------------------------------------------------------------------------ what is refused


@pytest.mark.parametrize(
    ("state", "said"),
    [("XYZ", "'XYZ' is no ISO 3166-1 alpha-3 code"), ("GUM", "GUM is a territory of USA"), ("jp", "'jp' is no ISO")],
)
def test_an_unknown_state_is_refused_before_any_request(
    install: Install, service: Service, state: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        install(states=("JPN", state))
    assert service.asked == []


def test_a_state_without_zones_is_said(install: Install, home: Path) -> None:
    with pytest.raises(LayerError, match="Marine Regions has no eez of MNG"):
        install(states=("MNG",))
    assert files(home) == set()


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (feature(1, "Zone", square(*FAR), "JPN", geometry=None), "it has no polygon"),
        (
            feature(1, "Zone", square(*FAR), "JPN", geometry={"type": "Point", "coordinates": [1, 2]}),
            "it has no polygon",
        ),
        (feature(1, "Zone", square(*FAR), "JPN", geometry={"type": "Polygon", "coordinates": [[[1]]]}), "no polygon"),
        (feature(1, "Zone", [[point[::-1] for point in square(*FAR)[0]]], "JPN"), "latitude stands before longitude"),
        (feature(1, "Zone", square(20, 40), "JPN", x_1=41, y_1=21), "latitude stands before longitude"),
        (feature(1, "Zone", square(*FAR, 0.0), "JPN"), "it has no area"),
        (feature(8487, "Zone", square(*FAR), "JPN"), "came twice"),
        (feature(0, "Zone", square(*FAR), "JPN"), "without its number"),
    ],
)
def test_what_is_no_zone_is_refused(install: Install, service: Service, home: Path, bad: Feature, said: str) -> None:
    service.features["eez"] = [*ZONES[:2], bad]

    with pytest.raises(LayerError, match=said):
        install()
    assert files(home) == set()


def test_what_nobody_asked_for_is_refused(home: Path) -> None:
    with serving({"eez": ZONES}) as service:
        service.answer = lambda asked: Service.answer(service, {**asked, "cql_filter": ""})  # type: ignore[method-assign]
        with pytest.raises(LayerError, match="that was not asked for"):
            marineregions.install_layer("eez", ["FJI"], url=service.url, pause_s=0.0)


def test_broken_polygons_are_repaired(install: Install, service: Service) -> None:
    bow = [[[170.0, 30.0], [172.0, 32.0], [172.0, 30.0], [170.0, 32.0], [170.0, 30.0]]]
    service.features["eez"] = [feature(1, "Zone", bow, "JPN", x_1=None)]
    install()

    assert open_layers().geometry("eez/JPN").is_valid
    assert open_layers().geometry("eez/JPN").covers(Point(171.9, 31))


# -------------------------------------------------------------------------------------------------- the disk, files

FULL = """
import resource, sys
from geomap import marineregions
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
from geomap.errors import LayerError
try:
    marineregions.install_layer("eez", ["JPN"], url=sys.argv[1], pause_s=0.0)
except LayerError as problem:
    sys.exit(f"Error: {problem}")
"""


@pytest.mark.skipif(sys.platform == "win32", reason="needs limits of resources")
@pytest.mark.parametrize("limit", [2_000, 60_000], ids=["pages", "GeoPackage"])
def test_a_full_disk_leaves_nothing_half_done(
    install: Install, python: Callable[..., subprocess.CompletedProcess[str]], service: Service, home: Path, limit: int
) -> None:
    layer = install()
    before = {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()}
    service.features["eez"] = [feature(1, "Zone", square(*FAR, corners=200), "JPN")]
    done = python("-c", FULL, service.url, limit)

    assert done.returncode == 1, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in home.iterdir() if path.is_file()} == before
    assert list(home.rglob("*.part")) == []
    assert open_layers().feature("eez/JPN").layer == layer
    assert open_layers().check("eez") == []
    assert install().hash != layer.hash  # and with room again it is done


def test_a_changed_file_is_refused_not_passed_over(install: Install) -> None:
    layer = install()
    layer.path.write_bytes(layer.path.read_bytes() + b"x")
    opened = Layers(layer.path.parent)

    with pytest.raises(LayerChanged, match="run geomap layers install marineregions --layers eez --iso3 JPN again"):
        opened.feature("eez/JPN")


def test_a_broken_catalog_can_be_removed(install: Install, home: Path, run: Run) -> None:
    install()
    (home / "datapackage.json").write_text("{", encoding="utf-8")

    assert "geomap layers remove starts afresh" in run("layers", "remove", "eez").stderr
    assert run("layers", "list").exit_code == 1
    assert run("layers", "remove").exit_code == 0
    assert files(home) == set()
    assert run("layers", "list").exit_code == 0


def test_where_layers_are_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("GEOMAP_DATA", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)

    assert catalog.installed_folder() == tmp_path / ".local" / "share" / "geomap" / "layers"
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert catalog.installed_folder() == tmp_path / "xdg" / "geomap" / "layers"
    monkeypatch.setenv("GEOMAP_DATA", str(tmp_path / "own"))
    assert catalog.installed_folder() == tmp_path / "own" / "layers"


# ---------------------------------------------------------------------------------------------------- the commands


def test_the_commands_end_to_end(home: Path, service: Service, run: Run) -> None:
    done = run("layers", "install", "marineregions", "--iso3", "jpn,KOR,MNG", "--layers", "eez,eez_12nm")

    assert done.exit_code == 0, done.output
    assert "eez: 5 features of JPN, KOR, layer:eez@marineregions-12\n" in done.stdout
    assert "https://doi.org/10.14284/632" in done.stdout
    assert "CC-BY-4.0" in done.stdout
    assert "Not for navigation, no legal value" in done.stdout
    assert "Warning: Marine Regions has no eez of MNG\n" in done.stderr
    listed = [line.split()[0] for line in run("layers", "list").stdout.splitlines()]
    assert listed.count("eez") == 2
    assert "eez_12nm" in listed
    shown = run("layers", "show", "eez").stdout
    assert shown.index("marineregions-12") < shown.index("computed")
    described = json.loads(run("layers", "show", "eez", "--json").stdout)
    assert described["installed"]["rows"] == 5
    assert described["rows"] + 5 == open_layers().count("eez")
    assert run("layers", "check").exit_code == 0
    assert run("layers", "remove", "eez").stdout == "removed: eez\n"
    assert run("layers", "remove").stdout == "removed: eez_12nm\n"
    assert run("layers", "remove").stdout == "nothing was installed\n"


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (["--iso3", "XYZ"], "'XYZ' is no ISO 3166-1 alpha-3 code of a country", 1),
        (["--iso3", "Japan"], "'JAPAN' is no ISO 3166-1 alpha-3 code", 2),
        (["--layers", "eez,iho"], "'iho' is no layer that can be installed; there are: eez, eez_12nm", 1),
        (["--simplify", "-1"], "Invalid value for '--simplify'", 2),
    ],
)
def test_wrong_options_ask_nothing(
    home: Path, service: Service, run: Run, arguments: list[str], said: str, status: int
) -> None:
    done = run("layers", "install", "marineregions", *arguments)

    assert done.exit_code == status
    assert said in done.stderr
    assert service.asked == []


def test_an_error_of_the_service_does_not_reach_the_terminal_raw(home: Path, service: Service, run: Run) -> None:
    service.answer = lambda _asked: b"<ows:ExceptionText>\x1b[2J<b>no</b></ows:ExceptionText>"  # type: ignore[method-assign]
    done = run("layers", "install", "marineregions", "--iso3", "JPN")

    assert done.exit_code == 1
    assert done.stderr.startswith("Error: ")
    assert "\\x1b[2J" in done.stderr
    assert "\x1b" not in done.stderr


def test_features_are_written(home: Path, run: Run, folder: Path) -> None:
    import geopandas

    assert run("layers", "show", "eez", "--iso3", "JPN", "-o", "japan.gpkg").stdout == "japan.gpkg\n"
    assert run("layers", "show", "eez", "--iso3", "JPN", "-o", "out/japan.geojson").exit_code == 0
    frame = geopandas.read_file(folder / "japan.gpkg", layer="eez")
    collection = json.loads((folder / "out" / "japan.geojson").read_text(encoding="utf-8"))

    assert list(frame["key"]) == [
        row["key"] for row in open_layers().rows("eez") if "JPN" in row["claimants"].split("|")
    ]
    assert {"JPN", "JPN+KOR"} <= {*frame["key"]}
    assert frame.crs == "EPSG:4326"
    assert set(frame["layer"]) == {COMPUTED}
    assert {"licence", "attribution", "caveat"} <= {*frame.columns}
    assert [one["id"] for one in collection["features"]] == [f"eez/{key}" for key in frame["key"]]
    assert sorted(path.name for path in folder.rglob("*japan*")) == ["japan.geojson", "japan.gpkg"]
    listed = run("layers", "show", "eez", "--iso3", "JPN").stdout
    assert f"eez/JPN  Japan's exclusive economic zone  {COMPUTED}\n" in listed
    assert "japan.gpkg: exists already" in run("layers", "show", "eez", "-o", "japan.gpkg").stderr
    assert run("layers", "show", "coasts", "--iso3", "PRK", "-o", "japan.gpkg", "--overwrite").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["eez", "--iso3", "MNG", "-o", "x.gpkg"], "the layer 'eez' has no feature of MNG"),
        (["eez", "-o", "x.shp"], "x.shp: features are written as .gpkg or .geojson"),
        (["systems", "-o", "x.gpkg"], "x.gpkg: systems has no geometry to write"),
        (["eez", "-o", "/proc/x.gpkg"], "cannot be written"),
    ],
)
def test_what_cannot_be_written_is_one_sentence(
    home: Path, run: Run, folder: Path, arguments: list[str], said: str
) -> None:
    done = run("layers", "show", *arguments)

    assert done.exit_code == 1
    assert said in done.stderr
    assert files(folder) == set()


def test_recipes_are_run_in_the_order_of_the_makefile(
    python: Callable[..., subprocess.CompletedProcess[str]], folder: Path
) -> None:
    (folder / "geomap").symlink_to(Path(catalog.__file__).parent)
    recipes = folder / "layers" / "recipes"
    recipes.mkdir(parents=True)
    (folder / "Makefile").write_text("RECIPES := b a c\n", encoding="utf-8")
    for name in "abc":
        (recipes / f"{name}.py").write_text(f"print('{name}', flush=True)\nassert '{name}' != 'c'\n", encoding="utf-8")
    code = f"import sys; sys.path.insert(0, {str(folder)!r}); from geomap.cli import main; main(prog_name='geomap')"
    done, one = python("-c", code, "layers", "build"), python("-c", code, "layers", "build", "a")
    (folder / "Makefile").unlink()
    installed = python("-c", code, "layers", "build")

    assert [line for line in done.stdout.splitlines() if len(line) == 1] == ["b", "a", "c"]
    assert done.returncode == 1
    assert "Error: the recipe c failed (status 1)" in done.stderr
    assert (one.returncode, one.stdout.splitlines()[-1]) == (0, "a")
    assert "this is an installed package" in installed.stderr
