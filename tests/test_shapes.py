"""A phrase becomes a shape on the earth: with its best point, its uncertainty, and on the right side of things."""

from __future__ import annotations

from functools import cache

import pytest
import shapely
from shapely.geometry import Point

from geomap import geodesy
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.pipeline import locate
from geomap.types import Shape


@cache
def shape_of(phrase: str, layers: Layers) -> Shape:
    """The same phrase is asked about more than once."""
    return locate(phrase, layers)


PHRASES = [
    "Seoul",
    "Sohae",
    "Fiji",
    "the Sea of Japan",
    "the Northern Limit Line",
    "Japan's exclusive economic zone",
    "South Korea's territorial waters",
    "near Sunan",
    "eastern North Korea",
    "inland North Korea",
    "the west coast of Hokkaido",
    "off North Korea's east coast",
    "off Kodiak",
    "off Fiji",
    "off Antarctica",
    "waters off Japan",
    "300 km east of Wonsan",
    "200 nautical miles west of Guam",
    "about 1,000 km south of Svalbard",
    "300 km east of Fiji",
    "57 km off Sokcho",
    "west of Hokkaido",
    "north-northwest of Guam",
    "26 km south of the Northern Limit Line",
    "waters between Jeju Island and Kyushu",
    "12°N 130°E",
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_shape_is_valid_holds_its_best_point_and_says_how_it_was_made(phrase: str, layers: Layers) -> None:
    shape = shape_of(phrase, layers)
    west, south, east, north = shape.geometry.bounds
    margin = geodesy.separation_km(shape.lon, shape.lat, shape.geometry)
    points = shapely.get_coordinates(shape.geometry)
    farthest = max(geodesy.distance_km(shape.lon, shape.lat, *point) for point in points[:: len(points) // 300 + 1])

    assert shape.geometry.is_valid
    assert not shape.geometry.is_empty
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert margin <= max(5.0, 0.02 * shape.radius_km)
    assert shape.feature is not None or farthest <= shape.radius_km * 1.02 + 1
    assert shape.rule


@pytest.mark.parametrize(
    ("phrase", "inside", "outside"),
    [
        ("300 km east of Wonsan", (130.91, 39.1), (127.44, 39.15)),
        ("300 km east of Wonsan", (130.91, 39.1), (124.0, 39.15)),
        ("200 nautical miles west of Guam", (141.4, 13.4), (148.2, 13.4)),
        ("off North Korea's east coast", (130.0, 40.0), (124.5, 39.0)),
        ("off North Korea's east coast", (130.0, 40.0), (127.0, 40.0)),
        ("off the west coast of North Korea", (124.3, 38.8), (130.0, 40.0)),
        ("off the east coast of Kamchatka", (161.0, 53.0), (153.0, 55.0)),
        ("waters off Japan", (144.0, 38.0), (138.5, 36.2)),
        ("eastern North Korea", (129.5, 41.5), (125.0, 39.5)),
        ("northern Iran", (51.4, 36.2), (56.3, 27.3)),
        ("inland North Korea", (126.5, 40.5), (125.2, 38.7)),
        ("west of Hokkaido", (138.5, 43.0), (147.0, 43.0)),
        ("near Sunan", (125.67, 39.22), (127.0, 39.22)),
        ("57 km off Sokcho", (129.24, 38.21), (127.94, 38.21)),
        ("26 km south of the Northern Limit Line", (125.24, 37.35), (125.24, 37.8)),
        ("waters between Jeju Island and Kyushu", (128.5, 33.0), (126.55, 33.4)),
        ("South Korea's territorial waters", (129.5, 35.5), (131.5, 36.2)),
        ("Japan's exclusive economic zone", (137.5, 41.0), (131.0, 41.0)),
        ("300 km east of Fiji", (-175.4, -18.0), (178.0, -17.8)),
        ("off Fiji", (179.9, -19.5), (0.0, -17.8)),
        ("off Fiji", (-179.5, -15.0), (0.0, -17.8)),
        ("about 1,000 km south of Svalbard", (15.0, 65.4), (15.0, 85.0)),
    ],
)
def test_a_shape_lies_where_the_phrase_says(
    phrase: str, inside: tuple[float, float], outside: tuple[float, float], layers: Layers
) -> None:
    geometry = shape_of(phrase, layers).geometry

    assert geometry.covers(Point(inside))
    assert not geometry.covers(Point(outside))


def distances(shape: Shape, lon: float, lat: float) -> tuple[float, float]:
    points = [geodesy.distance_km(lon, lat, *point) for point in shapely.get_coordinates(shape.geometry)]
    return min(points), max(points)


def test_a_distance_is_measured_from_a_towns_point_with_its_rounding_and_the_towns_size(layers: Layers) -> None:
    town = locate("Wonsan", layers)
    near, far = distances(locate("57 km east of Wonsan", layers), town.lon, town.lat)

    assert near == pytest.approx(56.5 - town.radius_km, abs=0.2)
    assert far == pytest.approx(57.5 + town.radius_km, abs=0.2)


def test_a_hedge_widens_the_ring(layers: Layers) -> None:
    sharp = geodesy.area_km2(locate("57 km east of Sokcho", layers).geometry)
    hedged = geodesy.area_km2(locate("about 50 km east of Sokcho", layers).geometry)

    assert hedged > sharp


def test_a_distance_from_a_country_is_measured_from_its_shore_not_from_its_middle(layers: Layers) -> None:
    shape = locate("about 100 km east of Taiwan", layers)

    assert shape.geometry.covers(Point(122.5, 23.5))
    assert 122.0 < shape.lon < 123.5


def test_sixteen_points_of_the_compass_are_sharper_than_eight(layers: Layers) -> None:
    eight = geodesy.area_km2(locate("300 km east of Wonsan", layers).geometry)
    sixteen = geodesy.area_km2(locate("300 km east-northeast of Wonsan", layers).geometry)

    assert sixteen < 0.75 * eight


def test_the_sea_off_a_coast_is_sea(layers: Layers) -> None:
    sea = shape_of("off North Korea's east coast", layers).geometry
    land = layers.geometry("countries/PRK")

    assert geodesy.share(sea, land) < 0.01


def test_a_name_of_a_layer_is_the_layers_feature(layers: Layers) -> None:
    shape = locate("the Sea of Japan", layers)

    assert shape.feature == "seas/sea-of-japan"
    assert shape.geometry.equals(layers.geometry("seas/sea-of-japan"))


@pytest.mark.parametrize("name", ["Seoul", "Wonsan", "Sinpo", "Sokcho", "Kusong", "Basco"])
def test_a_lone_name_is_enough(name: str, layers: Layers) -> None:
    assert locate(name, layers).radius_km < 30


@pytest.mark.parametrize(
    "phrase",
    ["", "  ", "Qwertyland", "300 km east of Qwertyland", "off its east coast", "nowhere in particular", "Springfield"],
)
def test_a_phrase_that_is_not_understood_is_refused_in_one_sentence(phrase: str, layers: Layers) -> None:
    with pytest.raises(InputError) as refused:
        locate(phrase, layers)

    assert str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("phrase", ["300 parsecs east of Wonsan", "the very best noodle soup restaurant in Seoul"])
def test_a_phrase_that_is_understood_in_part_is_refused(phrase: str, layers: Layers) -> None:
    with pytest.raises(InputError, match=r"only|no place"):
        locate(phrase, layers)
