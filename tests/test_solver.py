"""Where geomap says that something fell, against launches of which the truth is known."""

from __future__ import annotations

import numpy as np
import pytest
from dense_sampling import GEOD, Zone
from launch_simulator import Outcome, World, figures, judge, simulate
from launch_words import EARTH_KM, POINTS, ROUNDINGS, Flight, FromAnchor, Place, rounded_point, smallest_km2
from pyproj import Proj
from shapely.geometry import box

from geomap.catalog import Layers

LAUNCHES, SEED = 100, 11
_AT_SEA = Place("a place without a radius", -150.0, 10.0, 0.001)
_NO_LAND = Zone([box(0, -89, 1, -88)])


@pytest.fixture(scope="module")
def outcomes(layers: Layers) -> list[Outcome]:
    world = World(layers)
    return [judge(launch, world) for launch in simulate(world, LAUNCHES, SEED)]


# -------------------------------------------------------------------------------------------------- targets


def test_the_true_impact_lies_in_the_impact_zone_of_95_in_100_launches(outcomes: list[Outcome]) -> None:
    missed = [f"{one.off_km:.0f} km: {one.launch.text} ({one.launch.how})" for one in outcomes if not one.held]

    assert figures(outcomes).held >= 0.95, "\n".join(missed)


def test_verdicts_decide_most_claims_whose_zone_has_its_edge_far_away(outcomes: list[Outcome]) -> None:
    assert figures(outcomes).clear >= 10
    assert figures(outcomes).decided >= 0.8


def test_verdicts_are_hardly_ever_wrong(outcomes: list[Outcome]) -> None:
    assert figures(outcomes).wrong <= 0.02


def test_an_impact_zone_is_hardly_larger_than_what_the_words_leave_open(outcomes: list[Outcome]) -> None:
    too_large = [f"{one.ratio:.1f}: {one.launch.text}" for one in outcomes if one.ratio is not None and one.ratio > 1.5]

    assert figures(outcomes).ratio <= 1.5, "\n".join(too_large)


# ------------------------------------------------------------------------------------- the simulation itself


def test_a_seed_always_gives_the_same_launches_and_another_one_others(layers: Layers) -> None:
    world = World(layers)
    texts = [[launch.text for launch in simulate(world, 5, seed)] for seed in (1, 1, 2)]

    assert texts[0] == texts[1]
    assert not {*texts[0]} & {*texts[2]}


def test_every_statement_is_possible_for_the_impact_that_it_was_made_of(outcomes: list[Outcome]) -> None:
    for one in outcomes:
        impact = np.array([one.launch.impact])
        assert all(statement.chance(impact)[0] > 0 for statement in one.launch.statements), one.launch.text


def test_launches_are_described_in_many_ways(outcomes: list[Outcome]) -> None:
    assert len({one.launch.kind for one in outcomes}) >= 12
    assert len({one.launch.start.actor for one in outcomes}) >= 15
    assert sum(one.launch.zoned is not None for one in outcomes) >= LAUNCHES / 3


def test_the_words_of_a_direction_are_those_of_the_nearest_point_of_the_compass() -> None:
    azimuths = np.array([-10.0, 44.0, 46.0, 68.0, 100.0, 349.0])

    assert rounded_point(azimuths, 4).tolist() == [0, 0, 4, 4, 4, 0]
    assert rounded_point(azimuths, 8).tolist() == [0, 2, 2, 4, 4, 0]
    assert rounded_point(azimuths, 16).tolist() == [0, 2, 2, 3, 4, 0]


def test_the_smallest_region_of_an_exact_ring_is_95_parts_of_100_of_it() -> None:
    ring = FromAnchor(_AT_SEA._replace(lon=-145.0), 100, None)  # 95 to 105 km, far from where it started

    found = smallest_km2([ring], _AT_SEA, _NO_LAND, (100.0, 1500.0))

    assert found == pytest.approx(0.95 * np.pi * (105**2 - 95**2), rel=0.03)


def test_the_smallest_region_of_a_distance_flown_leaves_out_what_is_least_likely() -> None:
    # 850 km to 10 km (845 to 855) or to 50 (825 to 875): the outer parts are half as likely, and lose the 5 %
    flown = Flight(_AT_SEA, 850, True, None)

    found = smallest_km2([flown], _AT_SEA, _NO_LAND, (100.0, 1500.0), count=200)

    inner, outer = 10 * 0.67, 40 * 0.33
    width_km = 50 - 0.05 * (inner + outer) / 0.33
    assert found == pytest.approx(2 * np.pi * EARTH_KM * np.sin(850 / EARTH_KM) * width_km, rel=0.03)


def test_as_many_launches_as_said_lie_in_a_sector_that_is_as_large_as_the_smallest_region() -> None:
    # 'northwest' can only come of 8 or 16 words: within 11.25 degrees of it either, beyond only 8
    chance = np.random.default_rng(3)
    azimuths, km = chance.uniform(270, 360, 40_000), chance.uniform(700, 720, 40_000)
    count = len(km)
    points = np.column_stack(
        GEOD.fwd(np.full(count, _AT_SEA.lon), np.full(count, _AT_SEA.lat), azimuths, km * 1000)[:2]
    )
    flown = Flight(_AT_SEA, None, False, 14)
    weights = flown.chance(points)

    found = smallest_km2([flown], _AT_SEA, _NO_LAND, (700.0, 720.0))
    half = found / (20 * EARTH_KM * np.sin(710 / EARTH_KM)) * 90 / np.pi
    inside = np.abs(azimuths - 315) <= half

    assert weights[inside].sum() / weights.sum() == pytest.approx(0.95, abs=0.015)


def test_the_smallest_region_is_that_of_launches_drawn_at_random_and_described_alike() -> None:
    start = _AT_SEA._replace(radius_km=8.0)
    chance, count = np.random.default_rng(5), 400_000
    out, turns = start.radius_km * np.sqrt(chance.uniform(size=count)), chance.uniform(0, 360, count)
    spots = GEOD.fwd(np.full(count, start.lon), np.full(count, start.lat), turns, out * 1000)
    azimuths, km = chance.uniform(0, 110, count), chance.uniform(680, 820, count)
    lons, lats, _ = GEOD.fwd(spots[0], spots[1], azimuths, km * 1000)
    steps = chance.choice(list(ROUNDINGS), p=list(ROUNDINGS.values()), size=count)
    counts = chance.choice(list(POINTS), p=list(POINTS.values()), size=count)
    words = np.select([counts == one for one in POINTS], [rounded_point(azimuths, one) for one in POINTS])
    alike = (np.round(km / steps) * steps == 750) & (words == 2)  # 'about 750 km', 'northeast'
    x, y = Proj(proj="laea", lon_0=-145.0, lat_0=14.5)(lons[alike], lats[alike])
    side_m = 8_000.0
    cells = np.floor(np.column_stack([x, y]) / side_m).astype(int)
    held = np.sort(np.unique(cells, axis=0, return_counts=True)[1])[::-1]
    densest = np.searchsorted(np.cumsum(held), 0.95 * held.sum()) + 1

    found = smallest_km2([Flight(start, 750, True, 2)], start, _NO_LAND, (100.0, 1500.0))

    assert found == pytest.approx(densest * (side_m / 1000) ** 2, rel=0.05)
