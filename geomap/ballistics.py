"""Flight without motors and air: the ellipse through a ground range and a greatest height, and what its energy can do.

A missile that has burnt out moves on an ellipse with the earth's centre in one focus. Here it starts and ends on the
surface of a sphere: height at burn-out, drag and the earth's rotation are left out. With the earth's radius R, half of
the range angle b = range / 2R, and the greatest height h, the ellipse has

    e = h / (h + R (1 - cos b)),    a = (R + h) / (1 + e),    v² = mu (2/R - 1/a),    Q = v² R / mu = 2 - R/a

and the greatest range angle of the same speed is sin(B) = Q / (2 - Q) = 2a/R - 1 for B half of it. These are the
free-flight range equation and the maximum range of Bate, Mueller and White, "Fundamentals of Astrodynamics" (1971),
chapter 6; Wheelon, "Free Flight of a Ballistic Missile", ARS Journal 29 (1959), derives the same.
"""

from __future__ import annotations

import math

from geomap.types import Amount, Estimate, Record

EARTH_KM = 6371.0
MU_KM3_S2 = 398_600.4418
"""Standard gravitational parameter of the earth."""
HALF_EARTH_KM = math.pi * EARTH_KM
"""The longest range there is: to the other side of the sphere."""
HIGHEST_KM = 20_000.0
"""No missile's flight is told higher; the highest lofted ones rose to about 7,700 km."""
_STEPS = 60

ASSUMPTIONS = (
    "an ellipse from surface to surface about a spherical earth (Bate, Mueller and White, Fundamentals of "
    "Astrodynamics, chapter 6): the height at burn-out and the drag of the air are left out",
    "the earth's rotation is not included: to the east a missile goes farther, to the west less far",
    "the same payload and the same speed at burn-out on both paths. On a steep path gravity takes more of what the "
    "motors give, so that the true range is likely greater: estimates published for three tests of 2017, which follow "
    "the motors, are 3 to 30 % higher",
)
"""What is taken for granted, in words."""


class Arc(Record, kw_only=True):
    """A flight from surface to surface.

    Parameters
    ----------
    distance_km, apogee_km : along the ground, and greatest height
    semi_major_km, eccentricity : of its ellipse
    speed_km_s : at the surface
    minutes : from surface to surface
    reach_km : the longest ground range of the same speed; half of the earth's circumference when all of it is in reach
    """

    distance_km: float
    apogee_km: float
    semi_major_km: float
    eccentricity: float
    speed_km_s: float
    minutes: float
    reach_km: float


def arc(distance_km: float, apogee_km: float) -> Arc | None:
    """The flight over a ground range and up to a height, both in km; None when no missile flies so."""
    if not (0 < distance_km < HALF_EARTH_KM and 0 < apogee_km <= HIGHEST_KM):  # not for a number that is none, either
        return None
    half = distance_km / (2 * EARTH_KM)
    eccentricity = apogee_km / (apogee_km + 2 * EARTH_KM * math.sin(half / 2) ** 2)
    semi_major = (EARTH_KM + apogee_km) / (1 + eccentricity)
    ratio = EARTH_KM / semi_major
    return Arc(
        distance_km=distance_km,
        apogee_km=apogee_km,
        semi_major_km=semi_major,
        eccentricity=eccentricity,
        speed_km_s=math.sqrt(MU_KM3_S2 / EARTH_KM * (2 - ratio)),
        minutes=_seconds_above(semi_major, eccentricity) / 60,
        reach_km=2 * EARTH_KM * math.asin(min(1.0, 2 / ratio - 1)),
    )


def minimum_energy_apogee_km(distance_km: float) -> float:
    """Greatest height in km of the flight over so many km that takes the least energy: R/2 (sin b + cos b - 1)."""
    half = distance_km / (2 * EARTH_KM)
    # written so that short ranges lose no figures; about a quarter of the range
    return EARTH_KM * math.sin(half / 2) * (math.cos(half / 2) - math.sin(half / 2))


def apogee_in_km(distance_km: float, minutes: float) -> float | None:
    """How high, in km, a flight over so many km rises that takes so many minutes; None when no steep path does."""
    low, high = minimum_energy_apogee_km(distance_km), HIGHEST_KM
    flat, steep = arc(distance_km, low), arc(distance_km, high)
    if flat is None or steep is None or not flat.minutes <= minutes <= steep.minutes:
        return None
    for _ in range(_STEPS):
        middle = (low + high) / 2
        tried = arc(distance_km, middle)
        assert tried is not None
        low, high = (middle, high) if tried.minutes < minutes else (low, middle)
    return low


def same_energy(distance: Amount, apogee: Amount) -> Estimate | None:
    """How far the energy of a lofted flight carries on the path that takes the least.

    Parameters
    ----------
    distance, apogee : ground range and greatest height in km

    Returns
    -------
    Estimate or None
        None when there is no such flight, or it is not higher than the path of least energy over its range
    """
    told = arc(distance.value, apogee.value)
    if told is None or apogee.value < minimum_energy_apogee_km(distance.value):
        return None
    # below the path of least energy a lower apogee takes more energy, not less
    least = arc(distance.low, max(apogee.low, minimum_energy_apogee_km(distance.low)))
    most = arc(distance.high, apogee.high)
    low_km = least.reach_km if least else told.reach_km
    high_km = most.reach_km if most else told.reach_km
    if told.reach_km >= HALF_EARTH_KM:
        far = "to any point of the earth"
    elif _rough(low_km) == _rough(high_km):
        far = f"about {_rough(told.reach_km)} km"
    else:
        far = f"about {_rough(told.reach_km)} km ({_rough(low_km)} to {_rough(high_km)} km)"
    return Estimate(
        range_km=round(told.reach_km, 1),
        low_km=round(min(low_km, told.reach_km), 1),
        high_km=round(max(high_km, told.reach_km), 1),
        said=(
            f"the energy of a flight of {distance.value:,.0f} km that rose to {apogee.value:,.0f} km would carry {far} "
            "on a path of least energy"
        ),
        assumptions=ASSUMPTIONS,
    )


def _rough(km: float) -> str:
    """A range of which the last figures mean nothing."""
    step = 50 if km >= 1000 else 10
    return f"{round(km / step) * step:,}"


def _seconds_above(semi_major: float, eccentricity: float) -> float:
    """Kepler's time from the surface through the apogee back to the surface, on an ellipse that reaches below it."""
    cosine = (1 - EARTH_KM / semi_major) / eccentricity
    anomaly = math.acos(max(-1.0, min(1.0, cosine)))
    swept = math.pi - anomaly + eccentricity * math.sin(anomaly)
    return 2 * math.sqrt(semi_major**3 / MU_KM3_S2) * swept
