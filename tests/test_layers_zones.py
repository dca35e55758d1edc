"""The layers of countries, coasts, zones, belts and the basemap: geometry that a map and a verdict can rest on."""

from __future__ import annotations

from collections import Counter
from itertools import combinations, pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap.catalog import Layers, open_layers

GEOD = Geod(ellps="WGS84")
LIMIT_KM = 200 * 1.852


@pytest.fixture(scope="module")
def layers() -> Layers:
    return open_layers()


def area_km2(geometry: BaseGeometry) -> float:
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6


def distance_km(point: tuple[float, float], others: np.ndarray) -> float:
    same = np.ones(len(others))
    return float(GEOD.inv(point[0] * same, point[1] * same, others[:, 0], others[:, 1])[2].min()) / 1000


@pytest.mark.parametrize("name", ["countries", "coasts", "eez", "belts", "basemap"])
def test_catalog_finds_no_fault(layers: Layers, name: str) -> None:
    assert layers.check(name) == []


@pytest.mark.parametrize("name", ["countries", "coasts", "eez", "belts", "basemap"])
def test_longitudes_and_latitudes_are_on_the_earth(layers: Layers, name: str) -> None:
    points = np.vstack([shapely.get_coordinates(feature.geometry) for feature in layers.features(name)])
    assert np.abs(points[:, 0]).max() <= 180
    assert np.abs(points[:, 1]).max() <= 90


def test_zones_of_neighbours_do_not_overlap(layers: Layers) -> None:
    keys = ["JPN", "KOR", "PRK", "CHN", "TWN", "RUS", "PHL", "CHN+JPN+TWN", "JPN+KOR", "JPN+RUS"]
    for one, other in combinations(keys, 2):
        common = layers.geometry(f"eez/{one}").intersection(layers.geometry(f"eez/{other}"))
        assert common.is_empty or area_km2(common) < 0.1, (one, other)


def test_zones_are_a_coverage(layers: Layers) -> None:
    shapes = np.array([feature.geometry for feature in layers.features("eez")])
    edges = shapely.coverage_invalid_edges(shapes)
    assert sum(edge.length for edge in edges if edge is not None) < 0.01


@pytest.mark.parametrize("key", ["CPT", "BMU"])
def test_lone_island_has_its_limit_at_200_nautical_miles(layers: Layers, key: str) -> None:
    coast = shapely.get_coordinates(shapely.segmentize(layers.geometry(f"coasts/{key}"), 0.01))
    outer = shapely.get_coordinates(shapely.get_parts(layers.geometry(f"eez/{key}"))[0].exterior)
    assert len(outer) > 20
    for lon, lat in outer:
        assert abs(distance_km((lon, lat), coast) - LIMIT_KM) < 8  # the layer of coasts is smoothed


def base_points(recipes: Path) -> dict[str, np.ndarray]:
    """Points that zones were computed from and that need no atlas: islands far from any other coast."""
    with (recipes / "islands.tsv").open(encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    return {row[1]: np.array([[float(row[2]), float(row[3])]]) for row in rows}


@pytest.mark.parametrize(
    ("island", "key", "box"),
    [
        ("Okinotorishima", "JPN", (132.8, 17.2, 137.5, 19.6)),
        ("Fatutaka", "SLB", (172.9, -12.5, 173.7, -11.0)),
        ("Forty-Fours (Chatham)", "NZL", (-171.6, -45.5, -170.8, -42.5)),
    ],
)
def test_limit_is_within_100_m_of_the_geodesic(layers: Layers, island: str, key: str, box: tuple[float, ...]) -> None:
    """Along the legs, not at the vertices only; where no other base point is near."""
    point = base_points(layers.root / "recipes")[island]
    edge = layers.geometry(f"eez/{key}").boundary.intersection(shapely.box(*box))
    along = shapely.get_coordinates(shapely.segmentize(edge, 0.01))
    off = np.array([abs(distance_km((lon, lat), point) - LIMIT_KM) for lon, lat in along])
    off = off[off < 3]  # the rest is nearer to another base point
    assert len(off) > 50
    assert np.percentile(off, 95) < 0.1


@pytest.mark.parametrize(("one", "other", "box"), [("JPN", "RUS", (133, 40.5, 138, 44))])
def test_median_lines_are_within_1_km(layers: Layers, one: str, other: str, box: tuple[float, ...]) -> None:
    coasts = [shapely.get_coordinates(shapely.segmentize(layers.geometry(f"coasts/{k}"), 0.03)) for k in (one, other)]
    near = [c[(np.abs(c[:, 0] - 136) < 8) & (np.abs(c[:, 1] - 42) < 6)] for c in coasts]
    edge = layers.geometry(f"eez/{one}").boundary & layers.geometry(f"eez/{other}").boundary & shapely.box(*box)
    along = shapely.get_coordinates(shapely.segmentize(edge, 0.05))
    assert len(along) > 30
    off = np.array([abs(distance_km(p, near[0]) - distance_km(p, near[1])) / 2 for p in along])
    assert np.percentile(off, 95) < 1.5  # the layer of coasts is itself simplified


@pytest.mark.parametrize(
    ("lon", "lat", "left", "right"),
    [
        (34.311, 71.996, "NOR", "RUS"),
        (-168.98, 68.0, "RUS", "USA"),
        (-66.8, -56.0, "ARG", "CHL"),
        (130.5, 35.4, "KOR", "JPN"),
        (133.0, 39.95, "PRK", "RUS"),
        (124.0, 5.5, "PHL", "IDN"),
        (89.22, 20.5, "BGD", "IND"),
        (-81.0, 13.9, "NIC", "COL"),
        (22.0, 59.35, "FIN", "EST"),
        (-84.0, 24.1, "USA", "CUB"),
    ],
)
def test_treaties_are_kept(layers: Layers, lon: float, lat: float, left: str, right: str) -> None:
    """Both states meet near the line that they agreed on."""
    point = Point(lon, lat)
    for key in (left, right):
        assert layers.geometry(f"eez/{key}").distance(point) < 1.0, key


@pytest.mark.parametrize(
    ("lon", "lat", "key"),
    [
        (33.0, 72.6, "NOR"),
        (36.0, 72.6, "RUS"),
        (-83.0, 14.0, "NIC"),
        (-80.0, 13.9, "NIC"),
        (-80.0, 13.0, "COL"),
        (-80.3, 14.29, "COL"),  # Serrana, an enclave of 12 nautical miles
        (-66.0, -55.9, "CHL"),
        (-65.5, -55.9, "ARG"),
        (-19.0, 13.3, "GMB"),
        (-56.27, 44.5, "SPM"),  # the corridor
        (-55.0, 44.5, "CAN"),
        (91.0, 19.0, "BGD"),
        (127.5, 30.5, "JPN+KOR-joint"),
        (-79.0, 15.0, "COL+JAM"),
    ],
)
def test_places_beside_treaty_lines(layers: Layers, lon: float, lat: float, key: str) -> None:
    point = Point(lon, lat)
    assert [f.properties["key"] for f in layers.features("eez") if f.geometry.intersects(point)] == [key]


def test_files_are_small(layers: Layers) -> None:
    assert layers["eez"].path.stat().st_size <= 500_000
    assert layers["belts"].path.stat().st_size <= 2_000_000


def test_belts_are_named_and_lie_within_their_zone(layers: Layers) -> None:
    keys = {row["key"] for row in layers.rows("belts")}
    assert {"JPN-12", "JPN-24", "KOR-12", "PRK-12", "CHN-24", "RUS-12", "TWN-12"} <= keys
    row = layers.feature("belts/JPN-12").properties
    assert row["name"] == "within 12 nautical miles of the coast of Japan"
    assert "Japan's territorial waters" in row["names"].split("|")
    assert row["tolerance_km"] > 0
    assert layers.geometry("belts/JPN-12").difference(layers.geometry("belts/JPN-24")).area < 0.1


@pytest.mark.parametrize(
    ("lon", "lat", "inside"),
    [
        (141.05, 35.7, True),
        (141.6, 35.7, False),
        (133.6, 34.3, True),  # the Inland Sea
    ],
)
def test_belt_of_japan(layers: Layers, lon: float, lat: float, inside: bool) -> None:
    assert layers.geometry("belts/JPN-12").intersects(Point(lon, lat)) == inside


def test_peter_the_great_bay_is_closed_by_its_baseline(layers: Layers) -> None:
    assert layers.geometry("belts/RUS-12").intersects(Point(131.9, 42.35))
    assert layers.geometry("belts/CHN-12").intersects(Point(121.8, 32.4))
    assert layers.geometry("belts/KOR-12").intersects(Point(125.4, 34.4))


@pytest.mark.parametrize(
    ("lon", "lat", "key"),
    [
        (136.09, 40.16, "JPN"),
        (136.08, 20.42, "JPN"),
        (129.0, 40.0, "PRK"),
        (130.0, 37.0, "KOR"),
        (123.6, 25.8, "CHN+JPN+TWN"),
        (131.87, 37.24, "JPN+KOR"),
        (147.0, 43.9, "JPN+RUS"),
        (123.0, 22.5, "TWN"),
        (-156.0, 19.0, "USA"),
        (-95.0, 26.1, "USA"),  # the treaty of 1978
        (-95.0, 25.9, "MEX"),
        (179.9, -17.0, "FJI"),
        (-179.9, -17.0, "FJI"),
    ],
)
def test_points_lie_in_their_zone_alone(layers: Layers, lon: float, lat: float, key: str) -> None:
    point = Point(lon, lat)
    assert [f.properties["key"] for f in layers.features("eez") if f.geometry.intersects(point)] == [key]


def test_high_seas_belong_to_nobody(layers: Layers) -> None:
    point = Point(160, 40)
    assert not any(feature.geometry.intersects(point) for feature in layers.features("eez"))


def test_caspian_has_no_zone(layers: Layers) -> None:
    point = Point(51, 40)
    assert not any(feature.geometry.intersects(point) for feature in layers.features("eez"))
    assert not layers.has("coasts/KAZ")


def test_every_zone_says_how_far_off_it_may_be(layers: Layers) -> None:
    for row in layers.rows("eez"):
        assert 2 <= row["tolerance_km"] <= 120, row["key"]
        assert (row["status"] == "overlap") == ("+" in row["key"])
        assert row["claimants"]


@pytest.mark.parametrize("feature", ["countries/RUS", "countries/FJI", "eez/FJI", "eez/RUS", "eez/USA", "basemap"])
def test_antimeridian_is_cut(layers: Layers, feature: str) -> None:
    names = [f"basemap/{key}" for key in ("RUS-50m", "RUS-110m", "FJI-50m")] if feature == "basemap" else [feature]
    for name in names:
        geometry = layers.geometry(name)
        assert geometry.is_valid
        assert (geometry.bounds[0], geometry.bounds[2]) == (-180, 180)
        assert not geometry.intersects(Point(0, geometry.centroid.y).buffer(1)), "a band round the globe"


def test_areas_are_plausible(layers: Layers) -> None:
    assert 16e6 < area_km2(layers.geometry("countries/RUS")) < 18e6
    assert 115e3 < area_km2(layers.geometry("countries/PRK")) < 127e3
    assert 12e6 < area_km2(layers.geometry("basemap/ATA-50m")) < 14.5e6
    assert layers.geometry("basemap/ATA-110m").contains(Point(10, -89.5))


def test_countries_have_their_points_on_the_main_land(layers: Layers) -> None:
    found = {row["key"]: row for row in layers.rows("countries")}
    for key, lon, lat in (("USA", -98, 39), ("FRA", 2.5, 47), ("JPN", 138, 36), ("PRK", 127, 40), ("RUS", 100, 62)):
        assert abs(found[key]["lon"] - lon) < 3, key
        assert abs(found[key]["lat"] - lat) < 3, key
    assert 350 < found["PRK"]["radius_km"] < 500
    assert 900 < found["JPN"]["radius_km"] < 1300
    assert found["GUF"]["sovereign"] == "FRA"


def test_east_coast_of_north_korea(layers: Layers) -> None:
    side = layers.feature("coasts/PRK-E")
    assert side.geometry is not None
    west, south, _, north = side.geometry.bounds
    assert west > 126.9
    assert 38.5 < south < 38.8
    assert 42.1 < north < 42.5
    assert side.properties["bearing_deg"] == 90
    assert side.geometry.distance(Point(side.properties["lon"], side.properties["lat"])) < 0.1


@pytest.mark.parametrize(
    ("key", "near", "far"),
    [
        ("JPN-W", (136.6, 37.0), (140.9, 35.6)),
        ("JPN-E", (140.9, 35.6), (136.6, 37.0)),
        ("KOR-E", (129.4, 37.0), (126.4, 36.6)),
        ("KOR-W", (126.4, 36.6), (129.4, 37.0)),
        ("CHN-E", (122.0, 30.0), (108.5, 21.7)),
        ("USA-E", (-75.5, 36.0), (-90.0, 29.2)),
        ("USA-S", (-90.0, 29.2), (-75.5, 36.0)),
        ("USA-W", (-124.1, 42.0), (-75.5, 36.0)),
        ("RUS-E", (159.0, 53.1), (37.5, 44.7)),
        ("RUS-N", (33.0, 69.4), (159.0, 53.1)),
        ("RUS-S", (37.5, 44.9), (33.0, 69.4)),
        ("korean-peninsula-E", (129.4, 37.0), (126.4, 36.6)),
        ("korean-peninsula-W", (125.2, 38.6), (129.4, 37.0)),
    ],
)
def test_sides_of_coasts(layers: Layers, key: str, near: tuple[float, float], far: tuple[float, float]) -> None:
    side = layers.geometry(f"coasts/{key}")
    assert side.distance(Point(near)) < 0.6
    assert side.distance(Point(far)) > 1.0


def test_land_borders_are_no_coast(layers: Layers) -> None:
    coast = layers.geometry("coasts/PRK")
    assert coast.distance(Point(127.0, 41.6)) > 0.5  # the Yalu's upper course
    assert coast.distance(Point(127.2, 38.3)) > 0.2  # the Military Demarcation Line inland
    assert not layers.has("coasts/MNG")


@pytest.mark.parametrize("level", ["50m", "110m"])
def test_what_two_countries_share_on_the_basemap_is_the_same_in_both(layers: Layers, level: str) -> None:
    shapes = [layers.geometry(f"basemap/{row['key']}") for row in layers.rows("basemap") if row["level"] == level]
    edges: Counter[frozenset[tuple[float, ...]]] = Counter()
    for ring in shapely.get_parts(shapely.boundary(shapes)):
        edges.update(frozenset(pair) for pair in pairwise(map(tuple, ring.coords)) if pair[0] != pair[1])
    alone = shapely.MultiLineString([sorted(edge) for edge, times in edges.items() if times == 1])
    within = shapely.difference(alone, shapely.boundary(shapely.union_all(shapes)))

    assert max(edges.values()) == 2
    assert within.is_empty
