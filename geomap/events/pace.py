"""Whether the time of a flight fits its way, and how far the energy of a lofted one would carry."""

from __future__ import annotations

import re

from geomap import ballistics, phrases, wording
from geomap.events.told import is_sound
from geomap.patterns import regex
from geomap.types import Amount, Estimate, Event

BALLISTIC = frozenset({"SRBM", "MRBM", "IRBM", "ICBM", "SLBM"})
"""Classes that fly without motors for most of the way."""
_BALLISTIC_WORDS = regex("ballistic", re.IGNORECASE)
_GLIDES = phrases.anywhere("hypersonic*", "glid*", "scramjet*")
"""It does not fly on an ellipse, nor as slowly as a cruise missile."""
_IN_SPACE_KM = 100.0
"""What rises as high flies on an ellipse, whatever it is called."""
_FACTOR, _UNKNOWN_PATH_FACTOR = 1.5, 2.0
"""A time is doubtful beyond so many times the computed one; more is open when no height tells which path it was."""
_BOOST_MIN = 5.0
"""The burning motors take longer over their part of the way than free flight would, by so much at most."""
_CRUISE_KM_H, _CRUISE_LIMITS_KM_H = (500, 1100), (300.0, 4000.0)
"""Usual speeds of cruise missiles, and the limits beyond which a speed is doubtful."""
_LOFTED_RATIO = 1.5
"""A flight that rises so many times as high as the path of least energy was lofted."""


def time_checks(event: Event) -> list[str]:
    """Say where time and distance of a flight do not fit each other."""
    distance, minutes = event.distance_km, event.flight_min
    if distance is None or minutes is None or not (is_sound(distance) and is_sound(minutes)):
        return []
    if event.weapon.kind == "cruise":
        return [] if _GLIDES.search(event.weapon.text) else _cruise_speed(distance, minutes)
    if not is_ballistic(event):
        return []
    if event.apogee_km is not None and is_sound(event.apogee_km):
        return _ellipse_time(distance, event.apogee_km, minutes)
    return _any_path_time(event, distance, minutes)


def is_ballistic(event: Event) -> bool:
    """Whether it flew on an ellipse: by its class, the words for it, or its height."""
    if event.weapon.kind in BALLISTIC:
        return not _GLIDES.search(event.weapon.text)
    if event.weapon.kind is not None or _GLIDES.search(event.weapon.text):
        return False
    high = event.apogee_km is not None and event.apogee_km.low > _IN_SPACE_KM
    return high or event.trajectory == "lofted" or _BALLISTIC_WORDS.search(event.weapon.text) is not None


def estimate_of(event: Event) -> tuple[Estimate | None, list[str]]:
    """How far the energy of a lofted flight would carry on a flatter path, and notes on why there is no estimate."""
    distance, apogee = event.distance_km, event.apogee_km
    kind = event.weapon.kind
    if distance is None or apogee is None or event.outcome == "failure" or (kind is not None and kind not in BALLISTIC):
        return None, []
    if _GLIDES.search(event.weapon.text):
        return None, []
    if ballistics.arc(distance.value, apogee.value) is None or not (is_sound(distance) and is_sound(apogee)):
        return None, [
            f"no flight of a missile covers {distance.said!r} and rises to {apogee.said!r}: no estimate of range"
        ]
    flat_km = ballistics.minimum_energy_apogee_km(distance.value)
    if apogee.value > _LOFTED_RATIO * flat_km or (event.trajectory == "lofted" and apogee.value > flat_km):
        return ballistics.same_energy(distance, apogee), []
    if event.trajectory != "lofted":
        return None, []
    return None, [
        f"said to be lofted, but over {wording.number(distance.value)} km the path of least energy already rises to "
        f"{wording.number(flat_km)} km and this one to {wording.number(apogee.value)} km: no estimate of range"
    ]


def _ellipse_time(distance: Amount, apogee: Amount, minutes: Amount) -> list[str]:
    """The time against that of the ellipse through distance and height."""
    least, most = ballistics.arc(distance.low, apogee.low), ballistics.arc(distance.high, apogee.high)
    told = ballistics.arc(distance.value, apogee.value)
    if least is None or most is None or told is None:
        return []
    if minutes.high < least.minutes / _FACTOR:
        odd = "short"
    elif minutes.low > most.minutes * _FACTOR + _BOOST_MIN:
        odd = "long"
    else:
        return []
    return [
        f"{_minutes(minutes)} is {odd} for {_km(distance)} at a height of {_km(apogee)}: free flight on that ellipse "
        f"takes about {told.minutes:.0f} minutes, and the motors add a few"
    ]


def _any_path_time(event: Event, distance: Amount, minutes: Amount) -> list[str]:
    """The time against that of the path of least energy, when no height tells which path it was."""
    flat = [
        ballistics.arc(km, ballistics.minimum_energy_apogee_km(km))
        for km in (distance.low, distance.value, distance.high)
    ]
    least, told, most = flat
    if least is None or told is None or most is None:
        return []
    usual = f"on a path of least energy it takes about {told.minutes:.0f} minutes"
    if minutes.high < least.minutes / _UNKNOWN_PATH_FACTOR:
        speed = distance.value / minutes.value * 60
        return [
            f"{_minutes(minutes)} is short for {_km(distance)}: {usual}, and {wording.rough(speed)} km/h over the "
            "ground would be too fast even for a low path"
        ]
    if event.trajectory in ("lofted", "irregular") or minutes.low <= most.minutes * _FACTOR + _BOOST_MIN:
        return []
    height = ballistics.apogee_in_km(distance.value, minutes.value)
    lofted = (
        f"only a lofted path that rises to about {wording.rough(height)} km takes as long"
        if height is not None
        else "no path takes as long"
    )
    return [f"{_minutes(minutes)} is long for {_km(distance)}: {usual}; {lofted}"]


def _cruise_speed(distance: Amount, minutes: Amount) -> list[str]:
    lowest, highest = _CRUISE_LIMITS_KM_H
    speed = distance.value / minutes.value * 60
    if distance.low / minutes.high * 60 > highest:
        odd = "fast"
    elif distance.high / minutes.low * 60 < lowest:
        odd = "slow"
    else:
        return []
    usual = f"{_CRUISE_KM_H[0]:,} to {_CRUISE_KM_H[1]:,} km/h is usual"
    told = f"{_km(distance)} in {_minutes(minutes)} is {wording.rough(speed)} km/h"
    return [f"{told}, which is {odd} for a cruise missile: {usual}"]


def _km(amount: Amount) -> str:
    return f"{wording.number(amount.value)} km"


def _minutes(amount: Amount) -> str:
    return f"{wording.number(amount.value)} minutes"
