"""What of a finished launch can be held against the rest: sound figures, and places read from words of their own."""

from __future__ import annotations

import math

from geomap import geodesy
from geomap.types import Amount, Event, Location

_WINDS = (
    "north", "north-northeast", "northeast", "east-northeast", "east", "east-southeast", "southeast", "south-southeast",
    "south", "south-southwest", "southwest", "west-southwest", "west", "west-northwest", "northwest", "north-northwest",
)  # fmt: skip


def is_sound(amount: Amount | None) -> bool:
    """Whether an amount is a positive number within its interval, not one that is none ('nan') or has no end."""
    return (
        amount is not None
        and 0 < amount.low <= amount.value <= amount.high
        and all(map(math.isfinite, (amount.low, amount.value, amount.high)))
    )


def is_placed(place: Location) -> bool:
    """Whether a place is a point of the earth with a radius, not numbers that are none."""
    finite = all(map(math.isfinite, (place.lon, place.lat, place.radius_km)))
    return finite and abs(place.lat) <= 90 and place.radius_km >= 0


def is_independent(place: Location, event: Event) -> bool:
    """Whether a place was read from its own words, not made with the distance that was flown."""
    ring = f" km from {event.launch.text}" if event.launch else " km from "
    return place.mention is not None and ring not in place.rule and is_placed(place)


def falls_of(event: Event) -> tuple[Location, ...]:
    """Where it came down: every place when there are several, or the one."""
    return event.impacts or ((event.impact,) if event.impact else ())


def apart_km(a: Location, b: Location) -> float:
    """Distance between the best points of two places in km."""
    return geodesy.distance_km(a.lon, a.lat, b.lon, b.lat)


def wind(bearing: float) -> str:
    """The compass word of sixteen that is nearest to a bearing in degrees."""
    return _WINDS[round((bearing % 360) / 22.5) % 16]
