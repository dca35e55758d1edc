"""Free flight: energy is kept, lofted flights reach farther, and Kepler's time is that of an integration by steps."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from geomap import ballistics
from geomap.ballistics import EARTH_KM, HALF_EARTH_KM, MU_KM3_S2, Arc, arc, minimum_energy_apogee_km
from geomap.types import Amount, Estimate

RANGES_KM = st.floats(50, 15_000)
LOFTED = st.floats(1.0, 8.0)


def flight(distance_km: float, apogee_km: float) -> Arc:
    found = arc(distance_km, apogee_km)
    assert found is not None
    return found


def exactly(km: float) -> Amount:
    return Amount(value=km, low=km, high=km, said=f"{km:,} km")


def estimate(distance: Amount, apogee: Amount) -> Estimate:
    found = ballistics.same_energy(distance, apogee)
    assert found is not None
    return found


def integrated(told: Arc, steps: int = 4000) -> tuple[float, float, float]:
    """Minutes, ground range in km and greatest height in km by Runge and Kutta's method from the surface on."""
    # where the ellipse leaves the surface, from its angular momentum
    momentum = math.sqrt(MU_KM3_S2 * told.semi_major_km * (1 - told.eccentricity**2))
    along = momentum / EARTH_KM
    up = math.sqrt(max(0.0, told.speed_km_s**2 - along**2))
    state = np.array([EARTH_KM, 0.0, up, along])
    step_s = 1.2 * told.minutes * 60 / steps
    highest = EARTH_KM

    def slope(at: np.ndarray) -> np.ndarray:
        pull = -MU_KM3_S2 / np.hypot(at[0], at[1]) ** 3
        return np.array([at[2], at[3], pull * at[0], pull * at[1]])

    for number in range(steps):
        a = slope(state)
        b = slope(state + step_s / 2 * a)
        c = slope(state + step_s / 2 * b)
        d = slope(state + step_s * c)
        before, state = state, state + step_s / 6 * (a + 2 * b + 2 * c + d)
        radius, last = float(np.hypot(*state[:2])), float(np.hypot(*before[:2]))
        highest = max(highest, radius)
        if number and radius < EARTH_KM:
            part = (last - EARTH_KM) / (last - radius)
            where = before + part * (state - before)
            angle = math.atan2(where[1], where[0]) % (2 * math.pi)
            return (number + part) * step_s / 60, angle * EARTH_KM, highest - EARTH_KM
    pytest.fail("it never came down")


@settings(max_examples=25)
@given(RANGES_KM, LOFTED)
def test_the_ellipse_is_what_a_step_by_step_integration_flies(distance_km: float, lofted: float) -> None:
    told = flight(distance_km, min(15_000.0, lofted * minimum_energy_apogee_km(distance_km)))
    minutes, range_km, height_km = integrated(told)

    assert minutes == pytest.approx(told.minutes, rel=0.01)
    assert range_km == pytest.approx(distance_km, rel=0.01)
    assert height_km == pytest.approx(told.apogee_km, rel=0.01)


@given(RANGES_KM, st.floats(0.2, 8.0))
def test_energy_at_the_surface_is_energy_at_the_top(distance_km: float, lofted: float) -> None:
    told = flight(distance_km, min(15_000.0, lofted * minimum_energy_apogee_km(distance_km)))
    momentum = math.sqrt(MU_KM3_S2 * told.semi_major_km * (1 - told.eccentricity**2))
    top_km = EARTH_KM + told.apogee_km
    surface = told.speed_km_s**2 / 2 - MU_KM3_S2 / EARTH_KM
    top = (momentum / top_km) ** 2 / 2 - MU_KM3_S2 / top_km

    assert top == pytest.approx(surface, rel=1e-9, abs=1e-9)


@given(RANGES_KM)
def test_the_path_of_least_energy_carries_as_far_as_it_flew(distance_km: float) -> None:
    assert flight(distance_km, minimum_energy_apogee_km(distance_km)).reach_km == pytest.approx(distance_km, rel=1e-6)


@given(RANGES_KM, st.floats(0.1, 8.0))
def test_no_path_takes_less_energy_than_that_of_least_energy(distance_km: float, lofted: float) -> None:
    told = flight(distance_km, min(19_000.0, lofted * minimum_energy_apogee_km(distance_km)))

    assert told.reach_km >= distance_km * (1 - 1e-6)


@given(RANGES_KM, LOFTED, st.floats(1.01, 1.5))
def test_what_rises_higher_flies_longer_and_reaches_farther(distance_km: float, lofted: float, more: float) -> None:
    lower_km = min(12_000.0, lofted * minimum_energy_apogee_km(distance_km))
    lower, higher = flight(distance_km, lower_km), flight(distance_km, lower_km * more)

    assert higher.minutes > lower.minutes
    assert higher.reach_km >= lower.reach_km


@given(RANGES_KM, LOFTED)
def test_the_height_is_found_again_from_the_time(distance_km: float, lofted: float) -> None:
    told = flight(distance_km, min(15_000.0, lofted * minimum_energy_apogee_km(distance_km)))
    again = ballistics.apogee_in_km(distance_km, told.minutes)

    assert again == pytest.approx(told.apogee_km, rel=1e-3) or lofted < 1.0001


def test_a_short_flight_is_a_parabola() -> None:
    """Over a flat earth the height is a quarter of the range, and the time that of a fall from there, twice."""
    told = flight(40.0, minimum_energy_apogee_km(40.0))
    gravity = MU_KM3_S2 / EARTH_KM**2

    assert told.apogee_km == pytest.approx(10.0, rel=0.01)
    assert told.minutes * 60 == pytest.approx(2 * math.sqrt(2 * 10.0 / gravity), rel=0.01)
    assert told.speed_km_s == pytest.approx(math.sqrt(gravity * 40.0), rel=0.01)


@pytest.mark.parametrize(
    ("apogee_km", "distance_km", "published_km", "published_min"),
    [
        (2111.5, 787, 4500, 30),  # 14 May 2017: CSIS Missile Threat; KCNA
        (2802, 933, 6700, 39),  # 4 July 2017: D. Wright; CSIS Missile Threat 7,000; KCNA
        (4475, 950, 13_000, 53),  # 29 November 2017: D. Wright; Seoul's Joint Chiefs of Staff 10,000; KCNA
    ],
)
def test_flights_of_2017_come_out_a_little_below_what_was_published(
    apogee_km: float, distance_km: float, published_km: float, published_min: float
) -> None:
    found = estimate(exactly(distance_km), exactly(apogee_km))

    assert published_km / 1.31 < found.range_km < published_km
    assert published_min - 5 < flight(distance_km, apogee_km).minutes < published_min
    assert any("3 to 30 % higher" in line for line in found.assumptions)


def test_the_interval_comes_from_the_figures() -> None:
    distance = Amount(value=950, low=900, high=1000, said="about 950 km")
    apogee = Amount(value=4500, low=4400, high=4600, said="about 4,500 km")
    found = estimate(distance, apogee)

    assert found.low_km == pytest.approx(flight(900, 4400).reach_km, abs=0.1)
    assert found.range_km == pytest.approx(flight(950, 4500).reach_km, abs=0.1)
    assert found.high_km == pytest.approx(flight(1000, 4600).reach_km, abs=0.1)
    assert "950 km that rose to 4,500 km" in found.said


def test_energy_for_a_circle_about_the_earth_reaches_any_point_of_it() -> None:
    found = estimate(exactly(1000), exactly(7700))

    assert found.range_km == pytest.approx(HALF_EARTH_KM, abs=0.1)
    assert "any point of the earth" in found.said


@pytest.mark.parametrize("odd", [0.0, -1.0, -800.0, 1e9, 1e308, math.inf, -math.inf, math.nan])
def test_numbers_that_are_no_flight_give_none(odd: float) -> None:
    assert arc(odd, 1000.0) is None
    assert arc(1000.0, odd) is None
    assert ballistics.same_energy(exactly(odd), exactly(1000.0)) is None
    assert ballistics.same_energy(exactly(1000.0), exactly(odd)) is None
    assert ballistics.apogee_in_km(1000.0, odd) is None


def test_a_flight_below_the_path_of_least_energy_gives_no_estimate() -> None:
    assert ballistics.same_energy(exactly(3700), exactly(500)) is None
