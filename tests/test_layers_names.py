"""The layers of names: regions, seas, lines and zones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pyproj import Geod
from shapely.geometry import LineString, Point

from geomap.catalog import Layers
from geomap.gazetteer import fold

GEOD = Geod(ellps="WGS84")
NAMES = ("regions", "landmarks", "seas", "lines", "zones")
KINDS = {
    "regions": {"region", "island"},
    "landmarks": {"region", "island", "cape", "sea"},
    "seas": {"sea"},
    "lines": {"line"},
    "zones": {"zone"},
}


def apart_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    return float(GEOD.inv(*a, *b)[2]) / 1000


def known_as(layers: Layers, name: str) -> Iterator[dict[str, Any]]:
    wanted = fold(name)
    for layer in NAMES:
        for row in layers.rows(layer):
            if wanted in {fold(each) for each in (row["name"], *row["names"].split("|"))}:
                yield {**row, "id": f"{layer}/{row['key']}"}


@pytest.mark.parametrize("name", NAMES)
def test_layer_is_what_the_catalog_says(layers: Layers, name: str) -> None:
    assert layers.check(name) == []


@pytest.mark.parametrize("name", NAMES)
def test_rows_are_complete(layers: Layers, name: str) -> None:
    for row in layers.rows(name):
        assert row["name"], row
        assert row["key"], row
        assert row["source"], row
        assert row["kind"] in KINDS[name], row
        assert row["confidence"] in ("high", "medium", "low"), row
        assert "unchecked" not in row["source"] or row["confidence"] != "high", row
        assert -180 <= row["lon"] <= 180, row
        assert -90 <= row["lat"] <= 90, row
        assert 0 < row["radius_km"] < 15_000, row
        assert row["country"] == "" or (len(row["country"]) == 3 and row["country"].isupper()), row


@pytest.mark.parametrize("name", NAMES)
def test_names_of_a_row_differ(layers: Layers, name: str) -> None:
    for row in layers.rows(name):
        names = [fold(each) for each in (row["name"], *filter(None, row["names"].split("|")))]
        assert len(set(names)) == len(names), row["key"]


WORDS = """
wake midway reading nice mobile north south east west sea island peninsula cape coast gulf bay may march ill ind mass
miss wash ore ark del la pa mo me us it in china border victoria georgia central northern southern eastern western
region province district state city line zone strait
"""


def test_no_name_is_an_everyday_word(layers: Layers) -> None:
    words = set(WORDS.split())
    for layer in NAMES:
        for row in layers.rows(layer):
            for each in (row["name"], *row["names"].split("|")):
                assert fold(each) not in words, (row["key"], each)


@pytest.mark.parametrize(
    ("name", "features"),
    [
        ("East Sea", {"seas/sea-of-japan"}),
        ("Sea of Japan", {"seas/sea-of-japan"}),
        ("West Sea", {"seas/yellow-sea"}),
        ("Yellow Sea", {"seas/yellow-sea"}),
        ("Arabian Gulf", {"seas/persian-gulf"}),
        ("Gulf of America", {"seas/gulf-of-mexico"}),
        ("La Perouse Strait", {"seas/soya-strait"}),
        ("NLL", {"lines/NLL"}),
        ("Northern Limit Line", {"lines/NLL"}),
        ("inter-Korean border", {"lines/MDL"}),
        ("DMZ", {"zones/KR-KP-DMZ"}),
        ("Oshima Island", {"landmarks/JPN-oshima-oshima", "regions/JPN-izu-oshima"}),
        ("Takeshima", {"landmarks/KOR-dokdo"}),
        ("Dokdo", {"landmarks/KOR-dokdo"}),
        ("Etorofu", {"regions/RUS-iturup"}),
        ("Ulleungdo", {"regions/KOR-ulleung-island"}),
        ("Jangsan Cape", {"landmarks/PRK-jangsan-cape"}),
        ("South Hamgyong Province", {"regions/PRK-south-hamgyong"}),
        ("Hokkaido", {"regions/JPN-hokkaido"}),
        ("Punjab", {"regions/IND-punjab", "regions/PAK-punjab"}),
        ("Calif.", {"regions/USA-california"}),
        ("Arkhangelsk region", {"regions/RUS-arkhangelsk-oblast"}),
    ],
)
def test_name_leads_to(layers: Layers, name: str, features: set[str]) -> None:
    assert {row["id"] for row in known_as(layers, name)} == features


# Where atlases put the middle of the provinces, and how far off is still right: km.
PROVINCES = {
    "south-hamgyong": (127.6, 40.2, 80),
    "north-hamgyong": (129.5, 41.8, 80),
    "south-hwanghae": (125.5, 38.2, 50),
    "north-hwanghae": (126.3, 38.5, 60),
    "south-pyongan": (126.1, 39.4, 60),
    "north-pyongan": (125.4, 40.1, 60),
    "jagang": (126.5, 40.8, 60),
    "ryanggang": (128.1, 41.4, 60),
    "kangwon": (127.4, 38.8, 60),
}


@pytest.mark.parametrize("key", PROVINCES)
def test_north_korean_province_is_where_it_is(layers: Layers, key: str) -> None:
    lon, lat, tolerance = PROVINCES[key]
    row = layers.feature(f"regions/PRK-{key}").properties
    assert apart_km((lon, lat), (row["lon"], row["lat"])) <= tolerance
    assert 50 <= row["radius_km"] <= 150


@pytest.mark.parametrize(
    ("feature", "lon", "lat", "km"),
    [
        ("landmarks/JPN-oshima-oshima", 139.37, 41.51, 5),
        ("regions/JPN-izu-oshima", 139.40, 34.73, 5),
        ("landmarks/JPN-cape-erimo", 143.244, 41.925, 3),
        ("regions/KOR-baengnyeong-island", 124.68, 37.96, 8),
        ("landmarks/PRK-al-island", 129.55, 40.645, 8),
        ("regions/USA-california", -119.5, 36.5, 200),
        ("regions/USA-alaska", -152.0, 62.0, 700),
        ("regions/CHN-fujian", 118.0, 26.0, 120),
        ("regions/RUS-wrangel-island", -179.6, 71.2, 30),
        ("regions/FJI-viti-levu", 178.0, -17.8, 40),
    ],
)
def test_place_is_where_it_is(layers: Layers, feature: str, lon: float, lat: float, km: float) -> None:
    row = layers.feature(feature).properties
    assert apart_km((lon, lat), (row["lon"], row["lat"])) <= km


@pytest.mark.parametrize(
    ("sea", "inside", "outside"),
    [
        (
            "sea-of-japan",
            [(131.0, 39.0), (135.0, 43.0), (129.24, 38.38), (138.2, 41.6), (127.7, 39.5)],
            [(143.5, 41.5)],
        ),
        ("yellow-sea", [(124.0, 36.0), (124.5, 38.5), (123.0, 39.0)], [(125.5, 31.0), (120.0, 38.6), (128.5, 37.0)]),
        ("east-china-sea", [(125.5, 30.0), (123.0, 27.0)], [(129.5, 25.0), (124.0, 35.0), (119.5, 24.0)]),
        ("tsugaru-strait", [(140.6, 41.4)], [(139.5, 41.4), (142.5, 41.4)]),
        ("korea-strait", [(129.0, 34.7), (129.8, 33.9)], [(130.5, 36.0), (127.0, 32.0)]),
        ("taiwan-strait", [(119.5, 24.5)], [(122.5, 24.5), (118.5, 21.5)]),
        ("bering-sea", [(179.9, 58.0), (-179.9, 58.0), (-170.0, 57.0)], [(-170.0, 50.0), (160.0, 57.0)]),
        ("philippine-sea", [(135.0, 20.0), (125.0, 23.0)], [(118.0, 15.0), (146.5, 25.0)]),
        ("south-china-sea", [(114.5, 14.0), (112.0, 16.5)], [(123.0, 15.0), (120.0, 8.5)]),
        ("pacific-ocean", [(170.0, 30.0), (-170.0, 30.0), (153.0, 39.0), (-120.0, -40.0)], [(135.0, 40.0)]),
        ("north-pacific-ocean", [(160.0, 42.0), (-123.5, 33.0)], [(170.0, -10.0), (155.0, 55.0)]),
        ("indian-ocean", [(80.0, -20.0), (85.0, 12.0)], [(38.0, 20.0), (150.0, -45.0)]),
        ("red-sea", [(38.0, 20.0)], [(44.5, 12.0)]),
        ("gulf-of-aden", [(46.0, 12.3)], [(41.0, 16.0), (53.0, 12.0)]),
        ("persian-gulf", [(51.5, 27.0)], [(58.5, 24.8)]),
        ("strait-of-hormuz", [(56.5, 26.5)], [(52.0, 26.5)]),
        ("caspian-sea", [(50.5, 42.0)], [(45.0, 42.0)]),
        ("arctic-ocean", [(0.0, 89.0), (180.0, 80.0), (40.0, 74.0)], [(0.0, 60.0), (-175.0, 62.0)]),
        ("southern-ocean", [(179.9, -65.0), (-60.0, -62.0)], [(0.0, -55.0), (0.0, -80.0)]),
        ("barents-sea", [(40.0, 74.0)], [(10.0, 70.0), (70.0, 75.0)]),
        ("mediterranean-sea", [(18.0, 35.0), (34.0, 33.0)], [(34.0, 43.0), (-8.0, 36.0)]),
    ],
)
def test_sea_holds(
    layers: Layers, sea: str, inside: list[tuple[float, float]], outside: list[tuple[float, float]]
) -> None:
    shape = layers.geometry(f"seas/{sea}")
    assert [point for point in inside if not shape.covers(Point(point))] == []
    assert [point for point in outside if shape.covers(Point(point))] == []


def test_neighbours_do_not_overlap(layers: Layers) -> None:
    pairs = [("sea-of-japan", "yellow-sea"), ("yellow-sea", "east-china-sea"), ("sea-of-japan", "sea-of-okhotsk")]
    pairs += [("south-china-sea", "philippine-sea"), ("red-sea", "gulf-of-aden"), ("pacific-ocean", "sea-of-japan")]
    for one, other in pairs:
        a, b = layers.geometry(f"seas/{one}"), layers.geometry(f"seas/{other}")
        assert a.intersection(b).area < 0.01 * b.area, (one, other)


def test_limit_line_leaves_the_five_islands_to_the_south(layers: Layers) -> None:
    line = layers.geometry("lines/NLL")
    for lon, lat in ((124.7, 37.95), (124.71, 37.82), (124.76, 37.77), (125.7, 37.66), (125.98, 37.61)):
        crossing = line.intersection(LineString([(lon, 36.0), (lon, 39.0)]))
        assert lat < crossing.bounds[1] < lat + 0.3
    east = line.intersection(LineString([(130.0, 36.0), (130.0, 40.0)]))
    assert east.bounds[1] == pytest.approx(38.6144, abs=0.01)


def test_lines_say_how_far_they_may_be_off(layers: Layers) -> None:
    for name in ("lines", "zones"):
        for row in layers.rows(name):
            assert 0 < row["tolerance_km"] <= 50
            assert row["status"]


def test_buffer_zone_has_a_part_in_either_sea(layers: Layers) -> None:
    zone = layers.geometry("zones/KR-KP-2018-buffer")
    for lon, lat in ((124.5, 37.6), (128.6, 38.6)):
        assert zone.covers(Point(lon, lat))
    for lon, lat in ((127.0, 38.2), (129.2, 38.0), (129.2, 39.2), (124.5, 37.1), (125.2, 38.2)):
        assert not zone.covers(Point(lon, lat))
