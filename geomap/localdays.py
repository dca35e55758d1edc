"""Which day it was by the calendar where a launch began and where it ended: the two need not agree, nor with UTC."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone

from geomap import wording
from geomap.dates import OFFSETS_H
from geomap.types import Event

LONGEST_DAYS = 3
"""What is said to have happened within a longer time (a month, a year) has no local day."""
_POLITICAL_H = 1.75
"""So far the standard time of a state may lie from that of the sun; what is farther is another zone of the state."""


def local_days(event: Event) -> str:
    """The local day of a launch at both of its ends, by standard time; one when they agree, empty when it is unknown.

    Where no state's time is known it is that of the longitude, as ships keep it.
    """
    if event.when is None:
        return ""
    try:
        start = datetime.fromisoformat(event.when.start).astimezone(UTC)
        end = datetime.fromisoformat(event.when.end).astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    if not timedelta(0) <= end - start <= timedelta(days=LONGEST_DAYS):
        return ""
    fired = _offset([event.actor], event.launch.lon if event.launch else None)
    near = [claim.zone.removeprefix("eez/") for claim in event.claims if claim.zone.startswith("eez/")]
    fell = _offset([event.actor, *near], event.impact.lon) if event.impact else None
    one, other = _days(start, end, fired), _days(start, end, fell)
    if not one or not other or fired == fell:
        return one or other
    if one.partition(" (")[0] == other.partition(" (")[0]:
        return one
    return f"{one} where it was fired, {other} where it came down"


def _offset(states: Sequence[str | None], lon: float | None) -> float | None:
    """Hours ahead of UTC: those of the first state whose time fits the longitude, else those of the longitude."""
    known = [OFFSETS_H[state] for state in states if state in OFFSETS_H]
    if lon is None:
        return known[0] if known else None
    fitting = (hours for hours in known if abs(hours - lon / 15) <= _POLITICAL_H)
    return next(fitting, float(round(lon / 15)))


def _days(start: datetime, end: datetime, hours: float | None) -> str:
    """The first and last local day of an interval whose end is exclusive."""
    if hours is None:
        return ""
    zone = timezone(timedelta(hours=hours))
    try:
        first = start.astimezone(zone)
        last = max(start, end - timedelta(seconds=1)).astimezone(zone)
    except OverflowError:
        return ""
    days = wording.day(first)
    days += "" if first.date() == last.date() else f" to {wording.day(last)}"
    sign = "−" if hours < 0 else "+"
    return f"{days} (UTC{sign}{wording.number(abs(hours))})"
