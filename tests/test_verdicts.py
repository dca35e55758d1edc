"""What geometry says to a claim: of areas, of lines, near an agreed line, and what would change it."""

from __future__ import annotations

import math

import msgspec
import pytest
import shapely
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.claimed import settle_claims
from geomap.types import Amount, Bearing, Claim, Document, Event, Location, Reading, Shape, Verdict, Weapon
from geomap.verdicts import compare, compare_area, far_side, flown_shape, impact_shape, settle

ACROSS = box(135.0, 40.0, 139.0, 41.5)  # over the edge of Japan's zone
WITHIN = box(138.0, 41.0, 138.8, 41.6)
AWAY = box(130.0, 39.0, 131.0, 40.0)
FIRED = "North Korea fired a ballistic missile on Wednesday. "


def claim(relation: str, zone: str = "eez/JPN") -> Claim:
    return Claim(by="Tokyo", relation=relation, zone=zone, start=0, end=1)


def area(geometry: BaseGeometry) -> Shape:
    lon, lat, radius_km = geodesy.enclosing(geometry)
    return Shape(geometry=geometry, lon=lon, lat=lat, radius_km=radius_km, rule="an area")


def spot(lon: float, lat: float, radius_km: float = 1.0) -> Shape:
    return Shape(geometry=Point(lon, lat), lon=lon, lat=lat, radius_km=radius_km, rule="a position")


def location(shape: Shape, text: str = "Sunan") -> Location:
    return Location(
        mention=None,
        text=text,
        lon=shape.lon,
        lat=shape.lat,
        radius_km=shape.radius_km,
        geometry=shape.geometry,
        rule=shape.rule,
        why="given",
    )


def amount(value: float, give: float = 10.0) -> Amount:
    return Amount(value=value, low=value - give, high=value + give, said="so far")


def event(**said: object) -> Event:
    return msgspec.structs.replace(Event(id="e1", weapon=Weapon(text="a missile")), **said)


def settled(geometry: BaseGeometry, claims: tuple[Claim, ...], layers: Layers) -> Event:
    """A launch that came down in an area, with what was claimed of it settled."""
    fell = event(impact=location(area(geometry), "the sea"), claims=claims)
    reading = Reading(document=Document.of("text"), events=(fell,))
    return settle_claims(reading, layers).events[0]


# ------------------------------------------------------------------------------------------------ closed areas


@pytest.mark.parametrize(
    ("geometry", "relation", "agrees"),
    [(ACROSS, "overlaps", True), (WITHIN, "inside", False), (AWAY, "outside", False)],
)
def test_whether_a_closed_area_overlaps_a_zone(
    geometry: BaseGeometry, relation: str, agrees: bool, layers: Layers
) -> None:
    found = settle(claim("overlaps"), area(geometry), layers, closed=True)

    assert (found.relation, found.agrees) == (relation, agrees)


def test_a_closed_area_across_the_edge_is_neither_inside_nor_outside(layers: Layers) -> None:
    for relation in ("inside", "outside"):
        found = settle(claim(relation), area(ACROSS), layers, closed=True)
        assert (found.relation, found.agrees) == ("overlaps", False)


def test_the_share_of_a_closed_area_is_what_lies_inside(layers: Layers) -> None:
    west, east, all_ = (
        compare_area(area(box(*bounds)), "eez/JPN", layers).share
        for bounds in ((135, 40, 137, 41.5), (137, 40, 139, 41.5), (135, 40, 139, 41.5))
    )

    assert west is not None
    assert east is not None
    assert west < east
    assert all_ == pytest.approx((west + east) / 2, abs=0.01)


def test_a_place_of_unknown_position_that_reaches_over_the_edge_may_overlap_and_never_does_not(layers: Layers) -> None:
    assert settle(claim("overlaps"), area(ACROSS), layers).agrees is True
    assert settle(claim("overlaps"), area(WITHIN), layers).agrees is None
    assert settle(claim("overlaps"), area(AWAY), layers).agrees is None


def test_a_closed_area_names_its_layer_and_what_would_change_it(layers: Layers) -> None:
    found = compare_area(area(ACROSS), "eez/JPN", layers)

    assert found.layer == f"eez {layers.feature('eez/JPN').layer.version}, computed"
    assert found.change == "an edge of the zone that lies otherwise by more than 15 km"
    assert found.why == f"{found.share:.0%} of the area lies inside"


def test_no_zone_is_computed_for_what_has_none(layers: Layers) -> None:
    for closed in (True, False):
        found = settle(claim("inside", "eez/XYZ"), area(ACROSS), layers, closed=closed)
        assert (found.relation, found.agrees) == ("cannot tell", None)
        assert found.why == "no economic zone is computed for XYZ"


# ------------------------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("point", "relation"),
    [((120.5, 24.0), "east"), ((118.5, 25.5), "west")],
)
def test_the_side_of_a_line(point: tuple[float, float], relation: str, layers: Layers) -> None:
    other = {"east": "west", "west": "east"}[relation]
    right, wrong = (settle(claim(side, "lines/TW-median"), spot(*point), layers) for side in (relation, other))

    assert (right.relation, right.agrees) == (relation, True)
    assert (wrong.relation, wrong.agrees) == (relation, False)
    assert right.margin_km is not None
    assert wrong.margin_km is not None
    assert right.margin_km == -wrong.margin_km > 0


def test_so_near_to_a_line_its_side_is_open(layers: Layers) -> None:
    line = layers.geometry("lines/TW-median")
    middle = shapely.get_parts(line)[0].interpolate(0.5, normalized=True)
    found = settle(claim("east", "lines/TW-median"), spot(middle.x + 0.05, middle.y), layers)

    assert (found.relation, found.agrees) == ("cannot tell", None)
    assert found.change.endswith("this one may be off by 10 km")


def test_the_tolerance_at_a_line_is_its_own_error_and_the_radius(layers: Layers) -> None:
    own = float(layers.feature("lines/TW-median").properties["tolerance_km"])

    assert own > 0
    assert settle(claim("east", "lines/TW-median"), spot(120.5, 24.0, 7.0), layers).tolerance_km == own + 7


def test_a_line_is_typed_from_its_points(layers: Layers) -> None:
    found = settle(claim("east", "lines/TW-median"), spot(120.5, 24.0), layers)

    assert found.layer == f"lines {layers.feature('lines/TW-median').layer.version}, typed from its points"


@pytest.mark.parametrize(
    ("relation", "zone"), [("crossed", "lines/NLL"), ("far", "lines/NLL"), ("south", "lines/none")]
)
def test_what_a_place_cannot_tell_of_a_line(relation: str, zone: str, layers: Layers) -> None:
    found = settle(claim(relation, zone), spot(125.0, 37.0), layers)

    assert (found.relation, found.agrees, found.margin_km) == ("cannot tell", None, None)


@pytest.mark.parametrize(
    ("line", "actor", "side"),
    [
        ("lines/TW-median", "CHN", "east"),
        ("lines/NLL", "PRK", "south"),
        ("lines/NLL", "KOR", "north"),
        ("lines/NLL", None, None),
        ("lines/NLL", "Houthis", None),
        ("lines/none", "PRK", None),
    ],
)
def test_the_far_side_of_a_line_lies_away_from_who_fires(
    line: str, actor: str | None, side: str | None, layers: Layers
) -> None:
    assert far_side(line, actor, layers) == side


def test_a_claim_on_the_far_side_is_settled_as_one_on_a_side(layers: Layers) -> None:
    text = (
        "China fired a missile on Wednesday. It fell at 24-30N 120-30E, "
        "on the far side of the median line of the Taiwan Strait, Taipei said."
    )
    (fired,) = pipeline.read(Document.of(text, published="2022-03-16"), layers).events
    (told,) = fired.claims

    assert told.relation == "east"
    assert told.verdict is not None
    assert told.verdict.agrees is True


# -------------------------------------------------------------------------------------------- an agreed line


def test_at_an_agreed_line_the_error_is_that_of_the_line(layers: Layers) -> None:
    line = layers.feature("boundaries/norway-russia-2010")
    middle = layers.geometry(line.id).interpolate(0.5, normalized=True)
    agreed, own = (float(one.properties["tolerance_km"]) for one in (line, layers.feature("eez/RUS")))
    at_line = compare(spot(middle.x + 0.5, middle.y, 2.0), "eez/RUS", layers)

    assert agreed < own
    assert at_line.tolerance_km == agreed + 2
    assert at_line.relation == "inside"  # 11 km from the line: with the zone's own error it could not be told


def test_away_from_an_agreed_line_the_error_is_that_of_the_zone(layers: Layers) -> None:
    own = float(layers.feature("eez/JPN").properties["tolerance_km"])

    assert compare(spot(150.0, 36.0, 2.0), "eez/JPN", layers).tolerance_km == own + 2


def test_a_zone_that_two_states_claim_settles_nothing(layers: Layers) -> None:
    found = settle(claim("inside", "eez/CHN+JPN+TWN"), spot(124.05, 26.77), layers)

    assert (found.relation, found.agrees) == ("cannot tell", None)
    assert "claimed by more than one state" in found.why
    assert found.change == "an agreement of the states"


# ------------------------------------------------------------------------------------------- what would change it


def changed(radius_km: float, lon: float, layers: Layers) -> Verdict:
    return compare(spot(lon, 41.0, radius_km), "eez/JPN", layers)


def test_far_from_the_edge_only_another_place_would_change_it(layers: Layers) -> None:
    found = changed(1.0, 138.5, layers)

    assert found.margin_km is not None
    assert (
        found.change
        == f"a place {found.margin_km - 15:.0f} km or more from the best point, on the other side of the edge"
    )


def test_of_a_vague_place_a_sharper_one_would_change_it(layers: Layers) -> None:
    found = changed(400.0, 138.5, layers)

    assert found.margin_km is not None
    assert (
        found.change == f"a place known to better than {found.margin_km - 15:.0f} km; the words leave it open by 400 km"
    )


def test_on_the_edge_only_a_better_boundary_would_change_it(layers: Layers) -> None:
    lon, lat = geodesy.nearest(150.0, 36.0, layers.geometry("eez/JPN"))
    found = compare(spot(lon, lat, 3.0), "eez/JPN", layers)

    assert found.relation == "cannot tell"
    assert found.change == "a boundary known to better than 0 km: this one may be off by 15 km"


def test_without_a_place_there_is_no_verdict_and_no_layer(layers: Layers) -> None:
    found = settle(claim("inside"), None, layers)

    assert (found.relation, found.agrees, found.layer, found.change) == ("cannot tell", None, None, "")


@pytest.mark.parametrize(("point", "agrees"), [((138.5, 41.0), False), ((131.0, 40.0), False), ((136.6, 41.0), True)])
def test_near_a_zone_is_near_its_edge_on_either_side(point: tuple[float, float], agrees: bool, layers: Layers) -> None:
    assert settle(claim("near"), spot(*point), layers).agrees is agrees


# --------------------------------------------------------------------------------------- as far as was flown


def test_where_no_place_is_given_it_is_the_sea_as_far_away_as_was_flown(layers: Layers) -> None:
    shape = flown_shape(event(launch=location(spot(125.67, 39.2, 5.0)), distance_km=amount(500)), layers)

    assert shape is not None
    assert shape.rule == "500 km from Sunan, over water"
    assert geodesy.separation_km(125.67, 39.2, shape.geometry) > 480
    assert geodesy.farthest_km(125.67, 39.2, shape.geometry) < 520
    assert not shape.geometry.covers(Point(geodesy.destination(125.67, 39.2, 0.0, 500)))  # Manchuria


def test_a_bearing_cuts_it_to_a_part_of_the_ring(layers: Layers) -> None:
    east = Bearing(value=90.0, low=80.0, high=100.0, said="eastward")
    ring, arc = (
        flown_shape(event(launch=location(spot(125.67, 39.2, 5.0)), distance_km=amount(500), bearing_deg=one), layers)
        for one in (None, east)
    )

    assert ring is not None
    assert arc is not None
    assert geodesy.area_km2(arc.geometry) < geodesy.area_km2(ring.geometry) / 4
    assert arc.rule == "500 km from Sunan, eastward, over water"


@pytest.mark.parametrize(
    ("launch", "flown"),
    [
        (None, amount(500)),
        (spot(125.67, 39.2), None),
        (spot(125.67, 39.2, 600.0), amount(500)),
        (spot(125.67, 39.2), amount(1e6)),
        (spot(125.67, 39.2), amount(math.inf)),
        (spot(125.67, 39.2), amount(math.nan)),
        (spot(125.67, 39.2, 0.0), amount(0.0, 0.0)),
    ],
)
def test_no_shape_is_made_of_what_is_not_known_or_not_on_earth(
    launch: Shape | None, flown: Amount | None, layers: Layers
) -> None:
    fired = event(launch=location(launch) if launch else None, distance_km=flown)

    assert flown_shape(fired, layers) is None
    assert impact_shape(fired) is None


def test_a_claim_is_settled_by_what_was_flown_when_no_place_is_given(layers: Layers) -> None:
    text = (
        "North Korea fired a missile from Sunan on Wednesday. It flew {} km, and fell outside Japan's EEZ, Tokyo said."
    )
    (near,), (none,) = (
        pipeline.read(Document.of(words, published="2022-03-16"), layers).events[0].claims
        for words in (text.format("150"), text.replace("It flew {} km, and fell", "It fell"))
    )

    assert near.verdict is not None
    assert none.verdict is not None
    assert near.verdict.agrees is True
    assert "no place of impact" in none.verdict.why


# ------------------------------------------------------------------------------- what a claimant leaves of it


def test_a_claim_cuts_the_impact_zone_to_what_it_leaves(layers: Layers) -> None:
    inside, outside = settled(ACROSS, (claim("inside"), claim("outside")), layers).clipped

    assert (inside.claim, outside.claim) == (0, 1)
    assert (inside.relation, outside.relation) == ("inside", "outside")
    assert inside.share + outside.share == pytest.approx(1, abs=0.002)
    assert shapely.intersection(inside.geometry, outside.geometry).area < 1e-4
    assert shapely.union(inside.geometry, outside.geometry).area == pytest.approx(ACROSS.area, abs=1e-3)


@pytest.mark.parametrize("geometry", [WITHIN, AWAY])
def test_a_claim_that_leaves_all_or_nothing_cuts_nothing(geometry: BaseGeometry, layers: Layers) -> None:
    assert settled(geometry, (claim("inside"), claim("outside")), layers).clipped == ()


@pytest.mark.parametrize(
    "told",
    [
        claim("near"),
        claim("overlaps"),
        claim("east", "lines/TW-median"),
        claim("inside", "eez/XYZ"),
        msgspec.structs.replace(claim("inside"), of="m1"),
    ],
)
def test_a_claim_of_another_kind_or_of_another_thing_cuts_nothing(told: Claim, layers: Layers) -> None:
    assert settled(ACROSS, (told,), layers).clipped == ()


def test_a_point_is_not_cut(layers: Layers) -> None:
    assert settled(ACROSS, (claim("inside"),), layers).clipped != ()
    fell = event(impact=location(spot(136.6, 41.0)), claims=(claim("inside"),))
    reading = Reading(document=Document.of("text"), events=(fell,))

    assert settle_claims(reading, layers).events[0].clipped == ()


def test_who_says_so_is_told_of_what_is_left_in_a_text(layers: Layers) -> None:
    text = FIRED + "It fell into the Sea of Japan, outside Japan's EEZ, Tokyo said."
    (fired,) = pipeline.read(Document.of(text, published="2022-03-16"), layers).events

    assert [(one.by, one.relation, one.zone) for one in fired.clipped] == [("Tokyo", "outside", "eez/JPN")]
    assert 0.4 < fired.clipped[0].share < 0.7


# ----------------------------------------------------------------------------------------------- hostile texts


@pytest.mark.parametrize(
    "text",
    [
        "",
        "EEZ",
        "inside " * 5000,
        f"{FIRED}<b>inside</b> &lt;Japan's EEZ&gt; lines/NLL eez/JPN {{zone}}",
        "It fell inside Japan's EEZ.",
    ],
)
def test_a_text_that_claims_nothing_of_a_launch_has_no_verdict_and_cuts_nothing(text: str, layers: Layers) -> None:
    found = pipeline.read(Document.of(text, published="2022-03-16"), layers).events

    assert [(one.claims, one.clipped) for one in found] == [((), ())] * len(found)
    assert len(found) == (1 if text.startswith(FIRED) else 0)


def test_a_zone_that_no_layer_has_is_no_verdict_and_no_crash(layers: Layers) -> None:
    text = (
        "North Korea fired a missile on Monday. It fell 20 km east of Wonsan, inside Switzerland's territorial waters."
    )
    document = Document.of(text, published="2024-01-02")
    (claim,) = pipeline.read(document, layers).events[0].claims

    assert claim.zone == "belts/CHE-12"
    assert claim.verdict is not None
    assert claim.verdict.relation == "cannot tell"
    assert "no belt of sea is computed for CHE-12" in claim.verdict.why
