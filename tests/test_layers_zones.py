"""The layers of countries, coasts, zones and the basemap: geometry that a map and a verdict can rest on."""

from __future__ import annotations

from itertools import combinations

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


@pytest.mark.parametrize("name", ["countries", "coasts", "eez", "basemap"])
def test_catalog_finds_no_fault(layers: Layers, name: str) -> None:
    assert layers.check(name) == []


@pytest.mark.parametrize("name", ["countries", "coasts", "eez", "basemap"])
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
        assert abs(distance_km((lon, lat), coast) - LIMIT_KM) < 8


def test_limit_of_japan_in_the_pacific(layers: Layers) -> None:
    minamitorishima = np.array([[153.98, 24.29]])
    zone = layers.geometry("eez/JPN")
    outer = shapely.get_coordinates(zone)
    outer = outer[(outer[:, 0] > 155.5) & (outer[:, 1] < 30)]
    assert len(outer) > 5
    for lon, lat in outer:
        assert abs(distance_km((lon, lat), minamitorishima) - LIMIT_KM) < 8


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
        (-95.0, 25.86, "USA"),  # off the mouth of a border river no wedge is left to nobody
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
        assert 2 <= row["tolerance_km"] <= 100, row["key"]
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
