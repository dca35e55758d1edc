"""What geomap says of a shape and a zone agrees with a count of points on the ellipsoid that shares no code with it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from dense_sampling import SETTLED, WHOLLY, Array, Sample, Zone, cornered, distances_km, polar, track
from shapely.geometry import Point

from geomap import geodesy
from geomap.catalog import Layers
from geomap.crossings import find_crossings
from geomap.places.shapes import derived, printed
from geomap.types import Claim, Crossing, Document, Event, Location, Reading, Shape, Weapon
from geomap.verdicts import compare

MARGIN_KM, SHARE = 2.0, 0.02
_SAMPLED = 0.006
"""How far a counted share may be off: what matters only within so much of a threshold."""


class Case(NamedTuple):
    """One line of the table."""

    shape: str
    parameters: str
    zone: str
    why: str

    @property
    def numbers(self) -> list[float]:
        return [float(number) for number in self.parameters.replace(",", " ").split()]

    @property
    def corners(self) -> Array:
        return np.array(self.numbers).reshape(-1, 2)


CASES = [
    Case(*line.split("\t"))
    for line in Path(__file__).with_name("zone_margins.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
every_case = pytest.mark.parametrize("case", CASES, ids=[f"{case.shape} {case.zone}: {case.why}" for case in CASES])


def shape_of(case: Case) -> Shape:
    """The shape as geomap makes it."""
    match case.shape:
        case "point":
            lon, lat, km = case.numbers
            return Shape(geometry=Point(lon, lat), lon=lon, lat=lat, radius_km=km, rule="a point")
        case "wedge":
            return derived(geodesy.wedge(*case.numbers), "a wedge")
        case "ring":
            return derived(geodesy.annulus(*case.numbers), "a ring")
        case "polygon":
            return printed(tuple((float(lon), float(lat)) for lon, lat in case.corners))
        case "track":
            return derived(geodesy.great_circle(*case.numbers), "a track")
    raise AssertionError(case.shape)


@lru_cache
def sample_of(case: Case) -> Sample:
    """The same shape as points."""
    match case.shape:
        case "point":
            lon, lat, km = case.numbers
            return polar(lon, lat, 0, 180, 0, km)
        case "wedge":
            return polar(*case.numbers)
        case "ring":
            lon, lat, low, high = case.numbers
            return polar(lon, lat, 0, 180, low, high)
        case "polygon":
            return cornered(case.corners)
        case "track":
            return track(*case.corners)
    raise AssertionError(case.shape)


@lru_cache
def zone_of(zone: str, layers: Layers) -> Zone:
    """The zone, with all that its state has elsewhere when it is an economic zone."""
    layer, _, key = zone.partition("/")
    keys = [key]
    if layer == "eez":
        keys += [row["key"] for row in layers.rows("eez") if row["sovereign"] == key != row["key"]]
    return Zone([layers.geometry(f"{layer}/{one}") for one in keys])


@lru_cache
def land(layers: Layers) -> Zone:
    return Zone([feature.geometry for feature in layers.features("countries")])


def counted(sample: Sample, zone: Zone) -> float:
    """The part of a sample that lies in a zone."""
    return float(sample.weights[zone.holds(sample.points)].sum())


def at_sea(sample: Sample, layers: Layers) -> Sample:
    """The points of a sample that are not on land; all of them when none is at sea."""
    sea = ~land(layers).holds(sample.points)
    if not sea.any():
        return sample
    return Sample(sample.points[sea], sample.weights[sea] / sample.weights[sea].sum(), sample.outline)


def crossing_of(case: Case, shape: Shape, layers: Layers) -> Crossing:
    """What a reading of an event with that impact, or that track, says of the zone."""
    impact = Location(
        mention=None, text="", lon=shape.lon, lat=shape.lat, radius_km=shape.radius_km, geometry=shape.geometry,
        rule=shape.rule, why="",
    )  # fmt: skip
    is_track = case.shape == "track"
    event = Event(
        id="e1",
        weapon=Weapon(text="a missile"),
        impact=None if is_track else impact,
        track=shape.geometry if is_track else None,
        claims=(Claim(by=None, relation="outside", zone=case.zone, start=0, end=0),),
    )
    read = find_crossings(Reading(document=Document.of(""), events=(event,)), layers)
    what = "e1.track" if is_track else "e1.impact"
    return next(one for one in read.crossings if (one.what, one.feature) == (what, case.zone))


def test_the_table_is_worth_reading() -> None:
    assert len(CASES) == 60
    assert len(set(CASES)) == 60
    assert {case.shape for case in CASES} == {"point", "wedge", "ring", "polygon", "track"}
    assert len({case.zone for case in CASES}) >= 15


@every_case
def test_the_radius_about_the_best_point_holds_all_of_the_shape(case: Case) -> None:
    shape = shape_of(case)

    farthest_km = distances_km(shape.lon, shape.lat, sample_of(case).outline).max()

    assert shape.radius_km == pytest.approx(farthest_km, abs=MARGIN_KM)


@every_case
def test_a_verdict_has_the_margin_the_share_and_the_relation_that_counting_gives(case: Case, layers: Layers) -> None:
    shape, zone, row = shape_of(case), zone_of(case.zone, layers), layers.feature(case.zone).properties
    sample = sample_of(case)
    if case.zone.startswith("eez/") and case.shape != "track":
        sample = at_sea(sample, layers)
    margin_km, share = zone.margin_km(shape.lon, shape.lat), counted(sample, zone)
    tolerance_km = shape.radius_km + row["tolerance_km"]

    found = compare(shape, case.zone, layers)

    assert found.margin_km == pytest.approx(margin_km, abs=MARGIN_KM)
    assert found.share == pytest.approx(share, abs=SHARE)
    possible = {
        "cannot tell" if row.get("status") in ("overlap", "joint") else relation(share + slack, km, tolerance_km)
        for slack in (-_SAMPLED, 0, _SAMPLED)
        for km in (margin_km - 0.5, margin_km + 0.5)
    }
    assert found.relation in possible


@every_case
def test_a_crossing_has_the_share_and_the_relation_that_counting_gives(case: Case, layers: Layers) -> None:
    shape, zone, sample = shape_of(case), zone_of(case.zone, layers), sample_of(case)
    margin_km, share = zone.margin_km(shape.lon, shape.lat), counted(sample, zone)

    found = crossing_of(case, shape, layers)

    assert found.share is not None
    if case.shape == "point":
        inside = margin_km > 0
        assert found.share == inside
        sure = abs(margin_km) > shape.radius_km
        expected = {"cannot tell"} if not sure else {"within"} if inside else {"disjoint"}
    else:
        assert found.share == pytest.approx(share, abs=SHARE)
        expected = {lies(share + slack) for slack in (-_SAMPLED, 0, _SAMPLED)}
    assert found.relation in expected


def relation(share: float, margin_km: float, tolerance_km: float) -> str:
    """A verdict from its two figures, as the documentation tells it."""
    if share >= SETTLED and margin_km > tolerance_km:
        return "inside"
    return "outside" if share <= 1 - SETTLED and margin_km < -tolerance_km else "cannot tell"


def lies(share: float) -> str:
    """The relation of a crossing from a share."""
    return "within" if share >= WHOLLY else "disjoint" if share <= 1 - WHOLLY else "overlaps"
