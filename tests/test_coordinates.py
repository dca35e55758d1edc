"""Positions as printed become places on the map: points, areas; how they are printed is told in test_positions.py."""

from __future__ import annotations

import pytest
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
        ("38°30'15\"N 129°10'30\"E", 129.175, 38.50417),
        ("38-30.5N 129-10.25E", 129.17083, 38.50833),
        ("N0.5/W179.9", -179.9, 0.5),
        ("latitude 12.35 and longitude 47.25", 47.25, 12.35),
        ("045°15'W 12°30'S", -45.25, -12.5),
    ],
)
def test_a_position(text: str, lon: float, lat: float, layers: Layers) -> None:
    (mention,) = found(f"A splash was seen at {text} today.", layers)

    assert mention.text == text
    assert mention.status == "located"
    assert mention.place is not None
    assert (mention.place.lon, mention.place.lat) == pytest.approx((lon, lat), abs=1e-4)


@pytest.mark.parametrize("text", ["95N 010E", "12N 190E", "38°75'N 129°10'E", "38N", "lat 95, lon 12", "39.5N 39.5N"])
def test_what_is_no_position_or_cannot_be_one(text: str, layers: Layers) -> None:
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
