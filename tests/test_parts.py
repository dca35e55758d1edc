"""Parts of lands and seas without a name: the right side, no far islands, whole across the seam."""

from __future__ import annotations

from functools import cache

import pytest
import shapely
from hypothesis import given, settings, strategies as st
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.pipeline import locate, read
from geomap.places.parts import mainland, part
from geomap.places.seaward import high_seas, sea_between
from geomap.places.shapes import feature_shape
from geomap.types import Document, Shape

same = settings(deadline=None, derandomize=True, max_examples=60)


@cache
def shape_of(phrase: str, layers: Layers) -> Shape:
    return locate(phrase, layers)


def placed(text: str, phrase: str, layers: Layers) -> BaseGeometry:
    """The geometry of a phrase in a text."""
    mention = next(m for m in read(Document.of(text), layers).mentions if m.text == phrase)
    assert mention.place is not None, mention.why
    if mention.place.geometry is not None:
        return mention.place.geometry
    assert mention.place.feature is not None
    return layers.geometry(mention.place.feature)


# ------------------------------------------------------------------------------------------------ validity and extent

SHAPES = [
    "eastern North Korea",
    "southern Spain",
    "northern Japan",
    "eastern Russia",
    "far eastern Russia",
    "western Fiji",
    "eastern Fiji",
    "northern New Zealand",
    "southern Chile",
    "western Kiribati",
    "eastern United States",
    "northern Norway",
    "the northern tip of Taiwan",
    "the southern half of Sudan",
    "the eastern third of Iran",
    "central Portugal",
    "central Chile",
    "the middle of Fiji",
    "central Russia",
    "inland Yemen",
    "inland Mongolia",
    "midway between Guam and Palau",
    "midway between Fiji and Samoa",
    "the sea between Japan and Korea",
    "the high seas",
    "Yemen's Red Sea coast",
    "off Yemen's Red Sea coast",
    "the Pacific coast of Japan",
    "just north of the Northern Limit Line",
]


@pytest.mark.parametrize("phrase", SHAPES)
def test_a_shape_is_valid_and_its_best_point_lies_on_it(phrase: str, layers: Layers) -> None:
    shape = shape_of(phrase, layers)
    west, south, east, north = shape.geometry.bounds

    assert shape.geometry.is_valid
    assert not shape.geometry.is_empty
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    assert geodesy.separation_km(shape.lon, shape.lat, shape.geometry) <= max(5.0, 0.02 * shape.radius_km)
    assert shape.rule


SIDES = [
    ("eastern North Korea", (129.5, 41.5), (125.0, 39.5)),
    ("southern Spain", (-5.0, 37.2), (-15.5, 28.1)),
    ("southern Spain", (-3.6, 37.2), (-3.7, 43.0)),
    ("southern Portugal", (-8.0, 37.2), (-16.9, 32.75)),
    ("western Portugal", (-8.9, 39.0), (-25.5, 37.8)),
    ("western United States", (-115.0, 40.0), (-157.0, 20.0)),
    ("northern Norway", (25.0, 70.0), (16.0, 78.5)),
    ("eastern Russia", (160.0, 65.0), (40.0, 56.0)),
    ("eastern Russia", (-175.0, 66.0), (40.0, 56.0)),
    ("western Russia", (45.0, 56.0), (160.0, 65.0)),
    ("western Russia", (45.0, 56.0), (-172.0, 66.0)),
    ("eastern Fiji", (-178.95, -17.23), (177.5, -17.8)),
    ("western Fiji", (177.5, -17.8), (-178.95, -17.23)),
    ("northern Japan", (142.5, 43.5), (130.5, 32.0)),
    ("the northern tip of Taiwan", (121.55, 25.2), (121.0, 23.5)),
    ("the southern half of Sudan", (28.0, 11.0), (32.0, 19.0)),
    ("the eastern third of Iran", (60.0, 31.0), (48.0, 35.0)),
    ("central Portugal", (-8.2, 39.6), (-8.0, 41.9)),
    ("central Portugal", (-8.2, 39.6), (-8.0, 37.2)),
    ("central Chile", (-71.5, -36.0), (-70.0, -20.0)),
    ("central Chile", (-71.5, -36.0), (-70.0, -53.0)),
    ("inland Yemen", (45.5, 16.0), (43.0, 14.8)),
    ("midway between Guam and Palau", (139.6, 10.5), (144.8, 13.4)),
    ("midway between Guam and Palau", (139.6, 10.5), (134.6, 7.5)),
    ("midway between Fiji and Samoa", (-177.0, -16.0), (178.0, -17.8)),
    ("the sea between Japan and Korea", (135.0, 40.0), (145.0, 40.0)),
    ("the high seas", (-150.0, 35.0), (139.0, 36.5)),
    ("the high seas", (-150.0, 35.0), (142.0, 36.0)),
    ("the high seas", (-30.0, 45.0), (2.0, 47.0)),
    ("the high seas", (80.0, -20.0), (100.0, 60.0)),
    ("the high seas", (-25.0, -45.0), (0.0, -80.0)),
    ("off Yemen's Red Sea coast", (42.3, 14.5), (48.0, 13.5)),
    ("just north of the Northern Limit Line", (124.85, 38.05), (124.85, 37.7)),
]


@pytest.mark.parametrize(("phrase", "inside", "outside"), SIDES)
def test_a_part_lies_on_the_side_that_the_words_say(
    phrase: str, inside: tuple[float, float], outside: tuple[float, float], layers: Layers
) -> None:
    geometry = shape_of(phrase, layers).geometry

    assert geometry.covers(Point(inside))
    assert not geometry.covers(Point(outside))


@pytest.mark.parametrize("country", ["FJI", "RUS", "PRK", "CHL", "ESP", "JPN", "NZL"])
@pytest.mark.parametrize("bearing", [0.0, 45.0, 180.0, 247.5])
def test_a_part_is_a_part_of_its_land(country: str, bearing: float, layers: Layers) -> None:
    whole = feature_shape(f"countries/{country}", layers)
    made = part(whole, bearing, None, layers)

    assert made.geometry.is_valid
    assert 0.005 < geodesy.area_km2(made.geometry) / geodesy.area_km2(whole.geometry) < 0.8
    assert geodesy.share(made.geometry, whole.geometry) > 0.95
    assert made.feature is None


@pytest.mark.parametrize("country", ["IRN", "FJI", "ISR", "NOR"])
def test_the_tip_lies_in_the_third_and_the_third_in_the_half(country: str, layers: Layers) -> None:
    whole = feature_shape(f"countries/{country}", layers)
    tip, third, half = (part(whole, 0.0, share, layers).geometry for share in (0.1, 1 / 3, 0.5))

    assert geodesy.area_km2(tip) < geodesy.area_km2(third) < geodesy.area_km2(half)
    assert geodesy.share(tip, third) > 0.99
    assert geodesy.share(third, half) > 0.99


def test_a_part_of_what_has_no_outline_is_the_place_itself(layers: Layers) -> None:
    town = locate("Wonsan", layers)
    line = feature_shape("lines/NLL", layers)

    assert part(town, 90.0, None, layers) is town
    assert part(line, 90.0, None, layers) is line


@pytest.mark.parametrize("name", ["Oshima-Oshima", "Rebun Island", "Malta", "Nauru", "Singapore"])
def test_a_part_of_a_small_island_is_no_larger_than_the_island(name: str, layers: Layers) -> None:
    whole = locate(name, layers)
    made = part(whole, 0.0, None, layers)

    assert made.geometry.is_valid
    assert not made.geometry.is_empty
    assert made.radius_km <= whole.radius_km * 1.05 + 0.1
    assert geodesy.distance_km(made.lon, made.lat, whole.lon, whole.lat) <= whole.radius_km * 1.05 + 0.1


def test_a_country_without_a_coast_is_inland_all_over(layers: Layers) -> None:
    whole = feature_shape("countries/MNG", layers)

    assert geodesy.share(whole.geometry, part(whole, None, None, layers).geometry) > 0.999


# ------------------------------------------------------------------------------------------------- between and the seas


def test_the_sea_between_two_lands_is_the_one_that_both_look_on(layers: Layers) -> None:
    def between(one: str, other: str) -> str | None:
        made = sea_between(feature_shape(one, layers), feature_shape(other, layers), layers)
        return made.feature if made else None

    assert between("countries/JPN", "countries/KOR") == "seas/sea-of-japan"
    assert between("countries/KOR", "countries/JPN") == "seas/sea-of-japan"
    assert between("countries/FIN", "countries/EST") == "seas/gulf-of-finland"
    assert between("countries/MNG", "countries/JPN") is None


def test_a_sea_of_towns_is_the_corridor_between_them(layers: Layers) -> None:
    shape = locate("the sea between Sokcho and Wonsan", layers)

    assert shape.feature is None
    assert shape.geometry.is_valid


def test_midway_is_about_the_middle_and_not_at_the_ends(layers: Layers) -> None:
    shape = shape_of("midway between Guam and Palau", layers)
    guam, palau = locate("Guam", layers), locate("Palau", layers)
    one = geodesy.distance_km(shape.lon, shape.lat, guam.lon, guam.lat)
    other = geodesy.distance_km(shape.lon, shape.lat, palau.lon, palau.lat)

    assert one == pytest.approx(other, rel=0.01)
    assert shape.radius_km < 0.3 * (one + other)


def test_midway_to_the_same_place_is_that_place(layers: Layers) -> None:
    shape = shape_of("midway between Guam and Guam", layers)
    guam = locate("Guam", layers)

    assert geodesy.distance_km(shape.lon, shape.lat, guam.lon, guam.lat) < 1
    assert shape.geometry.is_valid


def test_the_coast_on_a_sea_is_not_the_coast_on_another(layers: Layers) -> None:
    text = "Batteries line Yemen's Red Sea coast. Others guard Yemen's coast."
    red, whole = placed(text, "Yemen's Red Sea coast", layers), placed(text, "Yemen's coast", layers)

    assert red.distance(Point(42.9, 14.8)) < 0.3
    assert red.distance(Point(45.0, 12.8)) > 0.5
    assert shapely.length(red) < 0.6 * shapely.length(whole)


def test_the_high_seas_are_in_no_economic_zone_and_on_no_land(layers: Layers) -> None:
    seas = high_seas(layers).geometry

    assert seas.is_valid
    for feature in ("eez/JPN", "eez/USA", "eez/AUS", "countries/KAZ", "countries/BOL", "countries/ATA"):
        assert geodesy.share(layers.geometry(feature), seas) < 0.02
    assert 0.35 < geodesy.area_km2(seas) / 361e6 < 0.65


# ---------------------------------------------------------------------------------------------------------- geodesy


def test_the_mainland_is_the_largest_part_with_what_is_linked_to_it() -> None:
    land, near, linked, far = box(0, 0, 5, 5), box(6, 0, 7, 1), box(8, 0, 9, 1), box(30, 0, 34, 4)
    kept = mainland(MultiPolygon([near, far, land, linked]), 150)

    assert kept.equals(MultiPolygon([near, land, linked]))
    assert mainland(MultiPolygon([land, near]), 10).equals(land)
    assert mainland(MultiPolygon([land, near]), 10_000).equals(MultiPolygon([land, near]))


def test_the_mainland_of_one_piece_is_that_piece() -> None:
    assert mainland(box(0, 0, 5, 5), 1).equals(box(0, 0, 5, 5))


def test_a_mainland_cut_at_the_seam_keeps_both_halves() -> None:
    whole = MultiPolygon([box(178, -18, 180, -16), box(-180, -18, -179, -16), box(150, -18, 151, -17)])
    kept = mainland(whole, 50)

    assert kept.equals(MultiPolygon([box(178, -18, 180, -16), box(-180, -18, -179, -16)]))


def test_the_farthest_vertex_is_measured_along_the_ellipsoid() -> None:
    assert geodesy.farthest_km(0, 0, Point(0, 0)) == 0
    assert geodesy.farthest_km(0, 0, LineString([(1, 0), (-2, 0)])) == pytest.approx(222.64, abs=0.01)
    assert geodesy.farthest_km(179.5, 0, Point(-179.5, 0)) == pytest.approx(111.32, abs=0.01)
    assert geodesy.farthest_km(0, 90, Polygon([(0, 89), (120, 89), (-120, 88)])) == pytest.approx(223.4, abs=0.1)


@same
@given(st.floats(-180, 180), st.floats(-85, 85), st.floats(1, 2000))
def test_the_farthest_vertex_of_a_disc_is_its_radius_away(lon: float, lat: float, km: float) -> None:
    disc = geodesy.disc(lon, lat, km)

    if lat + km / 111 < 89 and lat - km / 111 > -89:  # a disc over a pole has corners at the pole
        assert geodesy.farthest_km(lon, lat, disc) == pytest.approx(km, rel=0.01)


@pytest.mark.parametrize(
    ("phrase", "sea"),
    [
        ("the sea between Greece and Turkey", "seas/aegean-sea"),
        ("the sea between Australia and New Zealand", "seas/tasman-sea"),
        ("the sea between the Korean Peninsula and Japan", "seas/sea-of-japan"),
        ("the sea between Taiwan and China", "seas/taiwan-strait"),
        ("the sea between Iran and Saudi Arabia", "seas/persian-gulf"),
    ],
)
def test_the_sea_between_two_lands_is_the_one_that_is_theirs(phrase: str, sea: str, layers: Layers) -> None:
    assert shape_of(phrase, layers).feature == sea


def test_nothing_lies_between_towns_on_two_sides_of_the_earth(layers: Layers) -> None:
    mentions = read(Document.of("A ship was seen between Cayenne and Wonsan."), layers).mentions
    (phrase,) = [mention for mention in mentions if mention.expression is not None]

    assert phrase.status == "unresolved"
    assert "hardly the place that is meant" in phrase.why
