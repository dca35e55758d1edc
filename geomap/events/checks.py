"""What numbers, words and geometry of a launch say of each other: each doubt is one sentence with its figures."""

from __future__ import annotations

import msgspec

from geomap.catalog import Layers
from geomap.events.ashore import launch_checks
from geomap.events.days import day_checks
from geomap.events.fits import place_checks
from geomap.events.measured import direction_checks, distance_checks, range_checks
from geomap.events.pace import estimate_of, time_checks
from geomap.types import Event, Reading

__all__ = ["check_events", "checked"]


def check_events(reading: Reading, layers: Layers) -> Reading:
    """Check all launches of a reading, once they are built."""
    events = tuple(checked(event, reading, layers) for event in reading.events)
    return msgspec.structs.replace(reading, events=events)


def checked(event: Event, reading: Reading, layers: Layers) -> Event:
    """The launch with what does not fit in it, and with how far the energy of a lofted flight would carry.

    Parameters
    ----------
    reading : where it was read, for its words and mentions
    """
    found = [
        *distance_checks(event),
        *range_checks(event, layers),
        *time_checks(event),
        *direction_checks(event),
        *place_checks(event, reading, layers),
        *launch_checks(event, reading, layers),
        *day_checks(event, reading),
    ]
    estimate, notes = estimate_of(event)
    return msgspec.structs.replace(
        event,
        checks=tuple(dict.fromkeys((*event.checks, *found))),
        estimate=estimate,
        notes=tuple(dict.fromkeys((*event.notes, *notes))),
    )
