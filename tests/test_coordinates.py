"""Positions as printed become points and areas, and what cannot be a position is left alone."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings, strategies as st
from shapely.geometry import Point

from geomap.catalog import Layers
from geomap.mentions import find_mentions
from geomap.places import resolve_places
from geomap.types import Coordinates, Document, Mention, Reading


def found(text: str, layers: Layers) -> list[Mention]:
    reading = resolve_places(find_mentions(Reading(document=Document.of(text)), layers), layers)
    return [mention for mention in reading.mentions if mention.kind == "coordinates"]


@pytest.mark.parametrize(
    ("text", "lon", "lat"),
    [
        ("39.6N 124.7E", 124.7, 39.6),
        ("39.6° N, 124.7° E", 124.7, 39.6),
        ("38°30'N 129°10'E", 129.1667, 38.5),
        ("38°30′15″N 129°10′30″E", 129.175, 38.50417),
        ("38-30N 129-10E", 129.1667, 38.5),
        ("38-30.5N 129-10.25E", 129.17083, 38.50833),
        ("latitude 38.5 north, longitude 129.5 east", 129.5, 38.5),
        ("12°30'S 045°15'W", -45.25, -12.5),
        ("0.5N 179.9W", -179.9, 0.5),
        ("89-59N 179-59E", 179.98333, 89.98333),
        ("N39.5 E125.2", 125.2, 39.5),
        ("S12.5, W77.25", -77.25, -12.5),
        ("N 39.5° E 125.2°", 125.2, 39.5),
        ("N0.5/W179.9", -179.9, 0.5),
        ("lat 12.35, lon 47.25", 47.25, 12.35),
        ("lat. 12.35, long. 47.25", 47.25, 12.35),
        ("latitude: -12.35; longitude: -47.25", -47.25, -12.35),
        ("latitude 12.35 and longitude 47.25", 47.25, 12.35),
        ("90N 180E", 180.0, 90.0),
        ("131.0E 40.5N", 131.0, 40.5),
        ("72.47°W, 2.65°S", -72.47, -2.65),
        ("045°15'W 12°30'S", -45.25, -12.5),
    ],
)
def test_a_position(text: str, lon: float, lat: float, layers: Layers) -> None:
    (mention,) = found(f"A splash was seen at {text} today.", layers)

    assert mention.text == text
    assert mention.status == "located"
    assert mention.place is not None
    assert (mention.place.lon, mention.place.lat) == pytest.approx((lon, lat), abs=1e-4)


@pytest.mark.parametrize(
    "text",
    ["95N 010E", "12N 190E", "38°75'N 129°10'E", "38°30'80\"N 129°10'E", "38N", "5 north, 3 south",
     "the 38th parallel north", "N95.5 E125.2", "N39.5 E185.2", "lat 95, lon 12", "lat 12, lon 247", "lat 12", "N39.5",
     "xN39.5 E125.2", "lat 12.35, lonely 5", "39.5N 39.5N"],
)  # fmt: skip
def test_what_is_no_position(text: str, layers: Layers) -> None:
    assert found(f"A splash was seen at {text} today.", layers) == []


@pytest.mark.parametrize(
    "text",
    [
        "10-00N 110-00E, 10-00N 111-00E, 11-00N 111-00E and 11-00N 110-00E",
        "10°00'N 110°00'E; 10°00'N 111°00'E; 11°00'N 111°00'E; 11°00'N 110°00'E",
        "10-00N 110-00E - 10-00N 111-00E - 11-00N 111-00E - 11-00N 110-00E",
    ],
)
def test_positions_in_a_row_are_the_corners_of_an_area(text: str, layers: Layers) -> None:
    (mention,) = found(f"The area is bounded by {text}.", layers)

    assert isinstance(mention.expression, Coordinates)
    assert len(mention.expression.points) == 4
    assert mention.place is not None
    assert mention.place.geometry is not None
    assert mention.place.geometry.bounds == pytest.approx((110, 10, 111, 11))


def test_positions_in_both_notations_are_corners_of_one_area(layers: Layers) -> None:
    (mention,) = found("Bounded by N10 E110, N10 E111, 11-00N 111-00E and lat 11, lon 110.", layers)

    assert isinstance(mention.expression, Coordinates)
    assert mention.expression.points == ((110, 10), (111, 10), (111, 11), (110, 11))


def test_an_impossible_corner_is_left_out(layers: Layers) -> None:
    mentions = found("Bounded by N10 E110, N95 E111, N11 E111.", layers)

    assert all(
        abs(lat) <= 90 for m in mentions if isinstance(m.expression, Coordinates) for _, lat in m.expression.points
    )
    assert mentions


def test_positions_in_separate_sentences_are_separate(layers: Layers) -> None:
    one, other = found("One fell at 38-30N 129-10E. Another fell at 37-30N 130-10E.", layers)

    assert one.end < other.start


def test_corners_in_a_wrong_order_are_taken_for_their_hull_and_say_so(layers: Layers) -> None:
    (mention,) = found("Bounded by 10-00N 110-00E, 11-00N 111-00E, 10-00N 111-00E, 11-00N 110-00E.", layers)

    assert mention.place is not None
    assert "cross" in mention.why
    assert mention.place.geometry is not None
    assert mention.place.geometry.is_valid


def test_an_area_across_180_stays_small(layers: Layers) -> None:
    (mention,) = found("Bounded by 10-00N 179-00E, 10-00N 179-00W, 11-00N 179-00W, 11-00N 179-00E.", layers)

    assert mention.place is not None
    assert mention.place.radius_km < 250
    assert abs(mention.place.lon) > 178
    assert mention.place.geometry is not None
    assert mention.place.geometry.covers(Point(179.9, 10.5))
    assert mention.place.geometry.covers(Point(-179.9, 10.5))
    assert not mention.place.geometry.covers(Point(0.0, 10.5))


PRINTED = [
    "{0:02d}-{1:02d}{2} {3:03d}-{4:02d}{5}",
    "{0}°{1:02d}'{2}, {3}°{4:02d}'{5}",
    "{0}° {1}′ {2} {3}° {4}′ {5}",
]


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    lat=st.integers(0, 89 * 60 + 59),
    lon=st.integers(0, 179 * 60 + 59),
    south=st.booleans(),
    west=st.booleans(),
    form=st.sampled_from(PRINTED),
)
def test_a_printed_position_is_read_back(
    layers: Layers, lat: int, lon: int, south: bool, west: bool, form: str
) -> None:
    printed = form.format(*divmod(lat, 60), "NS"[south], *divmod(lon, 60), "EW"[west])
    (mention,) = found(f"A splash was seen at {printed}.", layers)

    assert isinstance(mention.expression, Coordinates)
    ((x, y),) = mention.expression.points
    assert math.isclose(x, lon / 60 * (-1 if west else 1), abs_tol=1e-5)
    assert math.isclose(y, lat / 60 * (-1 if south else 1), abs_tol=1e-5)
