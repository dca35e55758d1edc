"""Verdicts in three values, each with its margin and tolerance, and every shape against every zone that matters."""

from __future__ import annotations

import pytest
from shapely.geometry import Point

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.crossings import find_crossings
from geomap.errors import LayerNotFound
from geomap.types import Claim, Document, Location, Reading, Shape, Verdict
from geomap.verdicts import compare, verdict


def spot(lon: float, lat: float, radius_km: float = 1.0) -> Shape:
    geometry = geodesy.disc(lon, lat, radius_km) if radius_km > 0.5 else Point(lon, lat)
    return Shape(geometry=geometry, lon=lon, lat=lat, radius_km=radius_km, rule="a position")


def location(shape: Shape) -> Location:
    return Location(
        mention=None,
        text="a position",
        lon=shape.lon,
        lat=shape.lat,
        radius_km=shape.radius_km,
        geometry=shape.geometry,
        rule=shape.rule,
        why="given",
    )


def claim(relation: str, zone: str = "eez/JPN") -> Claim:
    return Claim(by="Tokyo", relation=relation, zone=zone, start=0, end=1)


INSIDE, OUTSIDE = (138.5, 41.0), (131.0, 40.0)


@pytest.mark.parametrize(
    ("point", "zone", "relation"),
    [
        (INSIDE, "eez/JPN", "inside"),
        (OUTSIDE, "eez/JPN", "outside"),
        ((129.5, 40.5), "eez/PRK", "inside"),
        ((-157.0, 20.0), "eez/USA", "inside"),
        ((145.5, 13.5), "eez/USA", "inside"),
        ((-179.5, 51.5), "eez/USA", "inside"),
        ((179.5, 51.5), "eez/USA", "inside"),
        ((179.9, -17.0), "eez/FJI", "inside"),
        ((-179.9, -17.0), "eez/FJI", "inside"),
        ((160.0, 30.0), "eez/USA", "outside"),
    ],
)
def test_a_sharp_position_far_from_the_edge_is_settled(
    point: tuple[float, float], zone: str, relation: str, layers: Layers
) -> None:
    found = compare(spot(*point), zone, layers)

    assert found.relation == relation
    assert found.agrees is None
    assert found.margin_km is not None
    assert found.tolerance_km is not None
    assert abs(found.margin_km) > found.tolerance_km
    assert (found.margin_km > 0) == (relation == "inside")
    assert found.share == pytest.approx(1.0 if relation == "inside" else 0.0)


def test_a_position_within_the_tolerance_of_the_edge_is_not_settled(layers: Layers) -> None:
    found = compare(spot(*INSIDE, radius_km=400.0), "eez/JPN", layers)

    assert found.relation == "cannot tell"
    assert found.margin_km is not None
    assert found.tolerance_km is not None
    assert abs(found.margin_km) <= found.tolerance_km


def test_the_tolerance_is_the_radius_and_the_layers_own_error(layers: Layers) -> None:
    own = float(layers.feature("eez/JPN").properties["tolerance_km"])
    sharp, vague = (compare(spot(*INSIDE, radius_km=radius), "eez/JPN", layers) for radius in (1.0, 40.0))

    assert own > 0
    assert sharp.tolerance_km == pytest.approx(1 + own)
    assert vague.tolerance_km == pytest.approx(40 + own)


def test_the_margin_is_the_distance_to_the_zones_edge(layers: Layers) -> None:
    found = compare(spot(*OUTSIDE), "eez/JPN", layers)
    away = geodesy.separation_km(*OUTSIDE, layers.geometry("eez/JPN"))

    assert found.margin_km == pytest.approx(-away, abs=1)


def test_a_zone_that_two_states_claim_settles_nothing(layers: Layers) -> None:
    shared = [feature for feature in layers.features("eez") if feature.properties["status"] == "overlap"]
    row = shared[0].properties
    found = compare(spot(row["lon"], row["lat"]), shared[0].id, layers)

    assert found.relation == "cannot tell"
    assert "more than one state" in found.why


def test_a_state_without_a_zone_settles_nothing(layers: Layers) -> None:
    found = compare(spot(*INSIDE), "eez/MNG", layers)

    assert (found.relation, found.agrees, found.margin_km) == ("cannot tell", None, None)
    assert "MNG" in found.why


def test_an_unknown_zone_is_an_error(layers: Layers) -> None:
    with pytest.raises(LayerNotFound):
        compare(spot(*INSIDE), "zones/NOWHERE", layers)


@pytest.mark.parametrize(
    ("point", "relation", "agrees"),
    [(INSIDE, "inside", True), (INSIDE, "outside", False), (OUTSIDE, "outside", True), (OUTSIDE, "inside", False)],
)
def test_a_settled_verdict_agrees_with_the_claim_or_not(
    point: tuple[float, float], relation: str, agrees: bool, layers: Layers
) -> None:
    assert verdict(claim(relation), location(spot(*point)), layers).agrees is agrees


def test_an_unsettled_verdict_neither_agrees_nor_disagrees(layers: Layers) -> None:
    vague = location(spot(*INSIDE, radius_km=400.0))
    verdicts = [verdict(claim(relation), vague, layers) for relation in ("inside", "outside")]

    assert [found.agrees for found in verdicts] == [None, None]


def test_without_an_impact_there_is_nothing_to_compare(layers: Layers) -> None:
    found = verdict(claim("inside"), None, layers)

    assert found == Verdict(
        relation="cannot tell", agrees=None, margin_km=None, tolerance_km=None, share=None, why=found.why
    )


def test_near_means_within_50_km_or_the_tolerance(layers: Layers) -> None:
    zone = layers.geometry("eez/JPN")
    edge = next(
        (lon / 10, 41.0) for lon in range(1300, 1400) if 5 < -geodesy.margin_km(lon / 10, 41.0, zone) < 45
    )  # fmt: skip

    assert verdict(claim("near"), location(spot(*edge)), layers).agrees is True
    assert verdict(claim("near"), location(spot(*OUTSIDE)), layers).agrees is False


# ---------------------------------------------------------------------------------------------------------- crossings


@pytest.fixture(scope="module")
def reading(layers: Layers) -> Reading:
    text = (
        "North Korea fired a short-range ballistic missile from Sunan on Wednesday. It fell at 41-00N 138-30E, inside "
        "Japan's exclusive economic zone, Tokyo said. Sirens sounded in Hachinohe and Seoul slept."
    )
    return pipeline.read(Document.of(text, published="2022-03-16"), layers)


def test_launch_impact_and_track_are_compared_with_the_claimed_zone(reading: Reading) -> None:
    found = {crossing.what: crossing for crossing in reading.crossings if crossing.feature == "eez/JPN"}

    assert {"e1.launch", "e1.impact", "e1.track"} <= set(found)
    assert found["e1.impact"].relation == "within"
    assert found["e1.launch"].relation == "disjoint"
    assert found["e1.track"].relation == "overlaps"
    assert found["e1.track"].share is not None
    assert 0 < found["e1.track"].share < 1


def test_places_are_compared_with_the_ranges(reading: Reading) -> None:
    town = next(mention.id for mention in reading.mentions if mention.text == "Hachinohe")
    found = {(crossing.what, crossing.feature): crossing.relation for crossing in reading.crossings}

    assert (town, "r1") in found


def test_every_crossing_points_at_what_exists(reading: Reading, layers: Layers) -> None:
    parts = {mention.id for mention in reading.mentions} | {band.id for band in reading.ranges}
    parts |= {f"{event.id}.{part}" for event in reading.events for part in ("launch", "impact", "track")}

    for crossing in reading.crossings:
        assert crossing.what in parts
        assert crossing.feature in parts or layers.has(crossing.feature)
        assert crossing.relation in ("within", "overlaps", "disjoint", "cannot tell")
        assert crossing.share is None or 0 <= crossing.share <= 1


def test_settling_again_changes_nothing(reading: Reading, layers: Layers) -> None:
    again = find_crossings(reading, layers)

    assert [event.claims for event in again.events] == [event.claims for event in reading.events]
    assert again.crossings == reading.crossings
