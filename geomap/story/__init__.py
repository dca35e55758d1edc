"""Several articles, one launch: the events of some readings sorted into launches, each told once, with what differs.

Two events are one launch when nothing contradicts: who, when, what kind, where (`geomap.story.alike`). Two events that
one article tells apart stay apart, also where a third article would fit both (`geomap.story.groups`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from geomap.catalog import Layers
from geomap.ranges import ranges_of
from geomap.story.combine import combine
from geomap.story.differences import conflicts_of
from geomap.story.groups import groups
from geomap.story.reports import Report, different, hours, reports_of
from geomap.types import Conflict, Event, MergedEvent, RangePolygon, Reading, Record, Story

__all__ = ["Shown", "combined", "merge", "order_of", "shown"]


class Shown(Record, kw_only=True):
    """A story for the map: each launch once, in the reading of its first report.

    Parameters
    ----------
    readings : those of the story, in their order
    homes : for each merged event, by its id, the reading (from 0) and the event of the first report
    """

    readings: tuple[Reading, ...]
    homes: dict[str, tuple[int, Event]]


def merge(readings: Sequence[Reading], layers: Layers) -> Story:
    """Find the launches that some readings report, each once, and what the reports do not agree on.

    The same articles make the same launches in whatever order they come.

    Parameters
    ----------
    readings : one for each article; the same text of the same outlet and day counts once

    Returns
    -------
    Story
        its events by time, those without one last
    """
    kept, notes = different(readings)
    reports = reports_of(kept, layers)
    events: list[MergedEvent] = []
    conflicts: list[Conflict] = []
    for group in groups(reports):
        members = sorted((reports[one] for one in group), key=lambda report: (report.reading, report.number))
        event = combine(members, layers, several=len(kept) > 1)
        events.append(event)
        conflicts += conflicts_of(event.id, members)
    events.sort(key=order_of)
    place = {event.id: number for number, event in enumerate(events)}
    conflicts.sort(key=lambda conflict: place[conflict.event])
    return Story(readings=tuple(kept), events=tuple(events), conflicts=tuple(conflicts), notes=tuple(notes))


def combined(reports: Sequence[Report], layers: Layers) -> tuple[MergedEvent, tuple[Conflict, ...]]:
    """Make one event of the reports of a launch, whose articles nobody else has: they are numbered by their days.

    Returns
    -------
    tuple
        the event, and what its reports do not agree on
    """
    ordered = sorted(reports, key=lambda report: (report.document.published or "~", report.told, report.number))
    numbers = {reading: number for number, reading in enumerate(dict.fromkeys(one.reading for one in ordered))}
    members = [msgspec.structs.replace(report, reading=numbers[report.reading]) for report in ordered]
    event = combine(members, layers, several=len(numbers) > 1)
    return event, conflicts_of(event.id, members)


def order_of(event: MergedEvent) -> tuple[float, tuple[str, int, str], str]:
    """What launches are sorted by: their time, those without one last; at one time as an article tells them."""
    time = hours(event.when)
    first = min((one.document, len(one.event), one.event) for one in event.sources)
    return time[0] if time else float("inf"), first, event.id


def shown(story: Story, layers: Layers) -> Shown:
    """Prepare a story for the map: every launch stands in the reading of its first report, with all that is known.

    A report that only recalls the launch is the first one only when all do. What a launch could reach is measured again
    where the reports put its place or kind together.
    """
    readings = list(story.readings)
    if len(readings) < 2:
        own = {(reading.document.id, event.id): (0, event) for reading in readings for event in reading.events}
        homes = {one.id: own[one.sources[0].document, one.sources[0].event] for one in story.events}
        return Shown(readings=tuple(readings), homes=homes)
    found = dict(_members(story))
    homes, told = {}, dict[tuple[int, int], MergedEvent]()
    for event in story.events:
        members = found[event.id]
        reading, number = next((one for one in members if not _event(readings, one).background), members[0])
        own_event = readings[reading].events[number]
        homes[event.id] = (reading, own_event)
        evidence = own_event.evidence
        told[reading, number] = msgspec.structs.replace(event, id=own_event.id, evidence=evidence)
    return Shown(
        readings=tuple(_told(number, reading, told, layers) for number, reading in enumerate(readings)), homes=homes
    )


def _event(readings: Sequence[Reading], member: tuple[int, int]) -> Event:
    return readings[member[0]].events[member[1]]


def _members(story: Story) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """For each merged event the places of its reports: reading and event, from 0."""
    homes: dict[tuple[str, str, str], list[tuple[int, int]]] = {}
    for number, reading in enumerate(story.readings):
        document = reading.document
        outlet = document.outlet or document.title or document.source
        for place, event in enumerate(reading.events):
            homes.setdefault((document.id, event.id, outlet), []).append((number, place))
    for merged in story.events:
        yield merged.id, [homes[one.document, one.event, one.outlet].pop(0) for one in merged.sources]


def _told(number: int, reading: Reading, told: dict[tuple[int, int], MergedEvent], layers: Layers) -> Reading:
    """A reading with the launches that are told in it, and the ranges of those."""
    own = [told[number, place] for place in range(len(reading.events)) if (number, place) in told]
    new = {event.id for event in own if len(event.sources) > 1}
    gone = {event.id for event in reading.events} - {event.id for event in own}
    ranges = [one for one in reading.ranges if one.event not in new | gone]
    made, _ = ranges_of([event for event in own if event.id in new], layers)
    ranges += [_renumbered(one, at) for at, one in enumerate(made, len(reading.ranges) + 1)]
    return msgspec.structs.replace(reading, events=tuple(own), ranges=tuple(ranges))


def _renumbered(one: RangePolygon, number: int) -> RangePolygon:
    return msgspec.structs.replace(one, id=f"r{number}")
