"""What several articles tell side by side: the launches in the order of time, and what reports do not agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geomap import closures, dates, wording
from geomap.naming import Namer
from geomap.stage import Table
from geomap.tables import CLOSED, headline, marks_of
from geomap.types import Conflict, Event, Hazard, MergedEvent, Reading, When

TIMELINE = ("When", "Launch", "In UTC", "Words", "Reported by")
CONFLICTS = ("What", "Who", "Says", "Launch")
UNDATED = "no date given"

_LAST = "9999"  # behind every date
_NAMES = {
    "count": "How many",
    "when": "When",
    "class": "What kind",
    "system": "Which missile",
    "distance": "How far",
    "apogee": "How high",
    "flight time": "How long it flew",
    "launch": "Launched from",
    "impact": "Came down",
    "platform": "From what",
    "outcome": "Outcome",
}
"""What reports differ in, as the heading of a conflict; a zone has its own name."""

Marked = tuple[tuple[str, ...], tuple[str, ...]]
Homes = Mapping[str, tuple[int, Event]]


def timeline(readings: Sequence[Reading], names: Namer) -> Table | None:
    """Make the table of all launches and closed areas by time, current and recalled; None for a single one.

    Parameters
    ----------
    readings : each launch in exactly one of them
    """
    several = len(readings) > 1
    found = [
        (number if several else None, reading, event)
        for number, reading in enumerate(readings)
        for event in reading.events
    ]
    closed = [
        _closed(number if several else None, reading, windows, hazards)
        for number, reading in enumerate(readings)
        for windows, hazards in _by_windows(reading.hazards).items()
    ]
    if len(found) + len(closed) < 2 and not closed:
        return None
    told = [(_start(event.when), _told(number, reading, event, names)) for number, reading, event in found]
    told += closed
    told.sort(key=lambda one: one[0])
    rows, marks = [row for _, (row, _) in told], [shown for _, (_, shown) in told]
    return Table(key="timeline", title="Timeline", headings=TIMELINE, rows=tuple(rows), marks=tuple(marks))


def _start(when: When | None) -> str:
    return when.start if wording.interval(when) and when else _LAST


def _told(number: int | None, reading: Reading, event: Event, names: Namer) -> Marked:
    row = (
        wording.interval(event.when) or UNDATED,
        headline(event, names),
        wording.utc(event.when),
        event.when.said if event.when and event.when.said != dates.ISSUE else "",
        wording.few(_outlets(event) or [reading.document.outlet or reading.document.title]),
    )
    return row, marks_of(number, reading, event)


def _by_windows(hazards: Sequence[Hazard]) -> dict[tuple[When, ...], list[Hazard]]:
    """Closed areas that are closed at the same times."""
    found: dict[tuple[When, ...], list[Hazard]] = {}
    for hazard in hazards:
        found.setdefault(hazard.windows, []).append(hazard)
    return found


def _closed(
    number: int | None, reading: Reading, windows: tuple[When, ...], hazards: Sequence[Hazard]
) -> tuple[str, Marked]:
    """The row of the areas that are closed at some times, and when it begins."""
    labels = [one.label or "" for one in hazards]
    which = f"{CLOSED}s {wording.few(labels, 8)}" if len(hazards) > 1 and all(labels) else closures.title(hazards[0])
    if len(hazards) > 1 and not all(labels):
        which = f"{CLOSED}s ({len(hazards)})"
    authority = hazards[0].authority
    if authority and authority not in which:
        which = f"{which}, {authority}"
    row = (
        closures.closed_when(windows) or UNDATED,
        which,
        "",
        windows[0].said if windows else "",
        reading.document.outlet or reading.document.title,
    )
    shown = tuple(wording.prefix(number) + one.id for one in hazards)
    return (min(one.start for one in windows) if windows else _LAST), (row, shown)


def conflicts(readings: Sequence[Reading], found: Sequence[Conflict], homes: Homes, names: Namer) -> Table | None:
    """Make the table of what reports differ in, a row for each thing that is said; None when they agree.

    Parameters
    ----------
    found : what differs, by merged event
    homes : for each merged event the reading and the event of its first report
    """
    several = len(readings) > 1
    rows, marks = [], []
    for one in found:
        number, event = homes[one.event]
        reading = readings[number]
        event = next((told for told in reading.events if told.id == event.id), event)
        shown = marks_of(number if several else None, reading, event)
        shown = (one.about, *shown) if "/" in one.about else shown
        what = differing(one, names)
        for who, says in together(one):
            rows.append((what, who, says, headline(event, names)))
            marks.append(shown)
    if not rows:
        return None
    return Table(
        key="conflicts", title="Where reports differ", headings=CONFLICTS, rows=tuple(rows), marks=tuple(marks)
    )


def differing(one: Conflict, names: Namer) -> str:
    """What reports differ in, as a heading."""
    return _NAMES.get(one.about) or wording.capital(names(one.about))


def together(one: Conflict) -> Iterator[tuple[str, str]]:
    """What is said, each once, with all who say it."""
    said: dict[str, list[str]] = {}
    for who, says in one.said:
        said.setdefault(says, []).append(who)
    for says, speakers in said.items():
        yield wording.few(speakers), says


def _outlets(event: Event) -> list[str]:
    return [source.outlet for source in event.sources] if isinstance(event, MergedEvent) else []
