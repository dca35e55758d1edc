"""The impact zone: what all words have in common, and what is left out because it does not fit."""

from __future__ import annotations

import math

import pytest
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.events.solve import Flight, Solution, meet, solve
from geomap.land import wet
from geomap.types import (
    Amount,
    Bearing,
    CoastSide,
    Document,
    Event,
    Expression,
    Location,
    Mention,
    Named,
    Offshore,
    Place,
)

SEA = (134.0, 40.0)  # open water in the Sea of Japan
SUNAN = (125.67, 39.2)


def mention(
    number: int,
    geometry: BaseGeometry,
    *,
    kind: str = "relative",
    feature: str | None = None,
    node: Expression | None = None,
) -> Mention:
    """A place that a text gives, ten characters behind the one in front of it."""
    lon, lat, radius_km = geodesy.enclosing(geometry)
    place = Place(
        name=f"place {number}",
        kind=kind,
        lon=lon,
        lat=lat,
        radius_km=radius_km,
        geometry=geometry,
        feature=feature,
        source="derived",
    )
    return Mention(
        id=f"m{number}",
        start=10 * number,
        end=10 * number + 7,
        text=f"place {number}",
        kind=kind,
        status="located",
        place=place,
        why="given",
        expression=node,
    )


def ring(number: int, lon: float, lat: float, km: float, width_km: float = 20.0) -> Mention:
    return mention(number, geodesy.annulus(lon, lat, km - width_km, km + width_km))


def about(number: int, lon: float, lat: float, km: float) -> Mention:
    return mention(number, geodesy.disc(lon, lat, km))


def place(lon: float, lat: float, km: float, text: str = "Sunan") -> Location:
    return Location(
        mention="m9",
        text=text,
        lon=lon,
        lat=lat,
        radius_km=km,
        geometry=geodesy.disc(lon, lat, max(km, 1.0)),
        rule=text,
        why="given",
    )


def amount(value: float, give: float) -> Amount:
    return Amount(value=value, low=value - give, high=value + give, said=f"{value} km")


def texts(places: tuple[Location, ...]) -> list[str]:
    return [one.text for one in places]


def put_together(*mentions: Mention, layers: Layers, several: bool = False, flight: Flight | None = None) -> Solution:
    return solve(mentions, flight or Flight(), layers, several=several)


def only(text: str, layers: Layers) -> Event:
    (event,) = pipeline.read(Document.of(text, published="2022-03-16"), layers).events
    return event


# -------------------------------------------------------------------------------------------- what meets


def test_nothing_said_is_no_zone(layers: Layers) -> None:
    assert put_together(layers=layers) == Solution()


def test_one_place_is_itself(layers: Layers) -> None:
    found = put_together(about(1, *SEA, 50), layers=layers)

    assert texts(found.impacts) == ["place 1"]
    assert found.impacts[0].mention == "m1"
    assert (found.dropped, found.conflicts) == ((), ())


def test_two_places_that_meet_are_what_they_have_in_common(layers: Layers) -> None:
    a, b = about(1, 133.0, 40.0, 100), about(2, 134.5, 40.0, 100)
    (both,) = put_together(a, b, layers=layers).impacts

    assert both.text in ("place 1; place 2", "place 2; place 1")
    assert both.mention is None
    assert both.geometry.covers(Point(133.75, 40.0))
    assert not both.geometry.covers(Point(133.0, 40.0))
    assert not both.geometry.covers(Point(134.5, 40.0))


def test_a_place_within_another_keeps_its_best_point(layers: Layers) -> None:
    (both,) = put_together(about(1, *SEA, 20), about(2, 134.5, 40.2, 200), layers=layers).impacts

    assert (both.lon, both.lat) == pytest.approx(SEA, abs=0.01)
    assert both.radius_km == pytest.approx(20, rel=0.05)


def test_two_rings_meet_in_places_far_from_the_middle_of_each(layers: Layers) -> None:
    (both,) = put_together(ring(1, 132.0, 40.0, 200), ring(2, 136.0, 40.0, 200), layers=layers).impacts

    for lon, lat in ((132.0, 40.0), (136.0, 40.0)):
        assert 175 < geodesy.separation_km(lon, lat, both.geometry) < 200
    assert both.geometry.geom_type == "MultiPolygon"  # they cross in the north and in the south
    assert both.geometry.covers(Point(both.lon, both.lat))


def test_neighbours_that_only_touch_do_not_meet() -> None:
    assert meet(box(0, 0, 1, 1), box(1, 0, 2, 1)) is None
    assert meet(box(0, 0, 1, 1), box(0.999, 0, 2, 1)) is None
    assert meet(box(0, 0, 1, 1), box(0.5, 0, 2, 1)) is not None


def test_rings_that_miss_each_other_by_what_was_rounded_meet(layers: Layers) -> None:
    east = geodesy.destination(*SEA, 90.0, 48)
    near = put_together(about(1, *SEA, 20), about(2, *east, 20), layers=layers)
    far = put_together(about(1, *SEA, 10), about(2, *east, 10), layers=layers)

    assert (len(near.dropped), len(far.dropped)) == (0, 1)


# ------------------------------------------------------------------------------------- what does not fit


def test_the_vaguer_of_two_places_that_do_not_meet_is_dropped_and_told(layers: Layers) -> None:
    sharp, vague = about(1, *SEA, 30), about(2, 150.0, 40.0, 300)
    for order in ((sharp, vague), (vague, sharp)):
        found = put_together(*order, layers=layers)

        assert (texts(found.impacts), texts(found.dropped)) == (["place 1"], ["place 2"])
        assert found.conflicts == ("“place 2” does not meet “place 1”: left out of the impact zone",)


def test_two_places_that_agree_outvote_a_sharper_one(layers: Layers) -> None:
    wrong, *right = about(1, 150.0, 40.0, 5), about(2, 133.5, 40.0, 60), about(3, 134.0, 40.2, 60)
    found = put_together(wrong, *right, layers=layers)

    assert texts(found.dropped) == ["place 1"]
    assert len(found.impacts) == 1
    assert "place 1" not in found.impacts[0].text


def test_places_of_several_things_that_do_not_meet_are_places_apart(layers: Layers) -> None:
    found = put_together(about(1, *SEA, 30), about(2, 150.0, 40.0, 30), layers=layers, several=True)

    assert (texts(found.impacts), found.dropped, found.conflicts) == (["place 1", "place 2"], (), ())


def test_two_seas_by_their_names_are_places_apart_even_of_one_thing(layers: Layers) -> None:
    east = mention(1, box(133, 39, 135, 41), kind="sea", feature="seas/sea-of-japan")
    west = mention(2, box(123, 35, 125, 37), kind="sea", feature="seas/yellow-sea")

    assert len(put_together(east, west, layers=layers).impacts) == 2
    assert len(put_together(east, about(3, *SEA, 30), layers=layers).impacts) == 1


def test_a_wrong_anchor_is_outvoted_in_a_text(layers: Layers) -> None:
    text = (
        "North Korea fired a ballistic missile on Wednesday. It fell 300 km west of Oshima-Oshima. "
        "It fell about 750 km east-northeast of Wonsan. It fell 100 km south of Hawaii."
    )
    event = only(text, layers)

    assert event.impact is not None
    assert 132 < event.impact.lon < 138
    assert "100 km south of Hawaii" in texts(event.dropped)
    assert any("Hawaii" in words for words in event.conflicts)


# --------------------------------------------------------------------------------------------- the flight


def test_what_was_flown_makes_a_vague_place_sharper(layers: Layers) -> None:
    sea = about(1, *SEA, 300)
    flight = Flight(launch=place(*SUNAN, 5), distance=amount(700, 25))
    (alone,) = put_together(sea, layers=layers).impacts
    (both,) = put_together(sea, layers=layers, flight=flight).impacts

    assert geodesy.area_km2(both.geometry) < geodesy.area_km2(alone.geometry) / 2
    assert "700 km from Sunan" in both.rule
    assert 660 < geodesy.separation_km(*SUNAN, both.geometry) < geodesy.farthest_km(*SUNAN, both.geometry) < 740


def test_a_distance_that_does_not_reach_the_place_is_left_out_and_told(layers: Layers) -> None:
    flight = Flight(launch=place(*SUNAN, 5), distance=amount(200, 10))
    found = put_together(about(1, *SEA, 30), layers=layers, flight=flight)

    assert texts(found.impacts) == ["place 1"]
    assert found.dropped == ()  # a distance is no place
    assert "200 km from Sunan" in found.conflicts[0]


def test_the_flight_alone_is_a_zone_only_if_it_ended_in_the_sea(layers: Layers) -> None:
    flight = Flight(launch=place(*SUNAN, 5), distance=amount(500, 25), at_sea=True)
    (zone,) = put_together(layers=layers, flight=flight).impacts

    assert not zone.geometry.covers(Point(geodesy.destination(*SUNAN, 0.0, 500)))  # Manchuria
    assert zone.geometry.covers(Point(geodesy.destination(*SUNAN, 80.0, 500)))
    dry = Flight(launch=place(*SUNAN, 5), distance=amount(500, 25))
    assert put_together(layers=layers, flight=dry) == Solution()


def test_from_anywhere_in_a_state_the_flight_alone_makes_no_zone(layers: Layers) -> None:
    flight = Flight(launch=place(*SUNAN, 300), distance=amount(500, 25), at_sea=True)

    assert put_together(layers=layers, flight=flight) == Solution()


def test_a_direction_cuts_what_lies_to_the_other_side(layers: Layers) -> None:
    east = Bearing(value=90.0, low=80.0, high=100.0, said="east")
    flight = Flight(launch=place(*SEA, 1), bearing=east)
    (half,) = put_together(about(1, *SEA, 100), layers=layers, flight=flight).impacts

    assert half.geometry.covers(Point(134.8, 40.0))
    assert not half.geometry.covers(Point(133.2, 40.0))


def test_what_fell_into_the_sea_did_not_fall_on_land(layers: Layers) -> None:
    shore = mention(1, box(127.0, 39.0, 128.5, 40.0))
    other = mention(2, box(126.5, 38.9, 128.4, 40.1))
    (dry,) = put_together(shore, other, layers=layers).impacts
    (at_sea,) = put_together(shore, other, layers=layers, flight=Flight(at_sea=True)).impacts

    inland = Point(127.1, 39.5)
    assert dry.geometry.covers(inland)
    assert not at_sea.geometry.buffer(-0.02).covers(inland)
    assert geodesy.area_km2(at_sea.geometry) < geodesy.area_km2(dry.geometry)


def test_a_place_on_land_stays_when_all_of_it_is_land(layers: Layers) -> None:
    inland = about(1, 126.5, 40.0, 15)
    found = put_together(inland, about(2, 126.6, 40.0, 15), layers=layers, flight=Flight(at_sea=True))

    assert len(found.impacts) == 1
    assert wet(found.impacts[0].geometry, layers).is_empty


# ----------------------------------------------------------------------------------------- open off a coast


def coast(*, given: bool) -> Mention:
    """The sea off an east coast, as far out as by convention, or as the text says."""
    side = CoastSide(of=Named(id="countries/PRK"), bearing_deg=90.0)
    return mention(
        1,
        box(128.0, 39.5, 129.0, 41.0),
        node=Offshore(of=side, distance=amount(80, 10) if given else None),
    )


def test_the_sea_off_a_coast_opens_when_what_was_flown_ends_beyond(layers: Layers) -> None:
    flight = Flight(launch=place(*SUNAN, 5), distance=amount(700, 30), at_sea=True)
    found = put_together(coast(given=False), layers=layers, flight=flight)

    assert found.conflicts == ()
    assert "or beyond" in found.impacts[0].rule
    assert 650 < geodesy.separation_km(*SUNAN, found.impacts[0].geometry) < 750


def test_the_sea_off_a_coast_stays_as_wide_as_the_text_gives_it(layers: Layers) -> None:
    flight = Flight(launch=place(*SUNAN, 5), distance=amount(700, 30), at_sea=True)
    found = put_together(coast(given=True), layers=layers, flight=flight)

    assert texts(found.impacts) == ["place 1"]
    assert "700 km from Sunan" in found.conflicts[0]


def test_the_sea_off_a_coast_stays_when_what_was_flown_ends_in_it(layers: Layers) -> None:
    east = Bearing(value=70.0, low=50.0, high=90.0, said="east")
    flight = Flight(launch=place(*SUNAN, 5), distance=amount(260, 30), bearing=east, at_sea=True)
    found = put_together(coast(given=False), layers=layers, flight=flight)

    assert "or beyond" not in found.impacts[0].rule
    assert found.conflicts == ()


# ----------------------------------------------------------------------------------------------- hostile input


def test_places_on_both_sides_of_the_antimeridian_meet(layers: Layers) -> None:
    (both,) = put_together(about(1, 179.5, 30.0, 100), about(2, -179.5, 30.0, 100), layers=layers).impacts

    assert both.radius_km < 120
    assert abs(both.lon) > 179


def test_more_places_than_anybody_tells_are_put_together_in_order(layers: Layers) -> None:
    found = put_together(*[about(number, 100.0 + 4 * number, 10.0, 20) for number in range(30)], layers=layers)

    assert len(found.impacts) == 1
    assert len(found.dropped) == 7  # eight count


@pytest.mark.parametrize("km", [0.0, 1e6, math.inf])
def test_a_distance_that_nothing_can_fly_leaves_the_place_as_it_is(km: float, layers: Layers) -> None:
    flown = Amount(value=km, low=km, high=km, said="far")
    flight = Flight(launch=place(*SUNAN, 0.0), distance=flown, at_sea=True)
    found = put_together(about(1, *SEA, 30), layers=layers, flight=flight)

    assert texts(found.impacts) == ["place 1"]
    assert found.dropped == ()


@pytest.mark.parametrize("figure", ["99999999999999999999", "9" * 400, "0", "1e400"])
def test_a_figure_that_overflows_moves_nothing_in_a_text(figure: str, layers: Layers) -> None:
    text = (
        f"North Korea fired a ballistic missile from Sunan on Wednesday. It flew {figure} km. "
        "It fell 300 km west of Oshima-Oshima."
    )
    impact = only(text, layers).impact

    assert impact is not None
    assert impact.text == "300 km west of Oshima-Oshima"
