"""What several articles tell side by side: the launches in the order of time, and what reports do not agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from geomap import dates, wording
from geomap.naming import Namer
from geomap.stage import Table
from geomap.tables import headline, marks_of
from geomap.types import Conflict, Event, MergedEvent, Reading

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

Homes = Mapping[str, tuple[int, Event]]


def timeline(readings: Sequence[Reading], names: Namer) -> Table | None:
    """Make the table of all launches by time, current and recalled; None for a single one.

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
    if len(found) < 2:
        return None
    found.sort(key=lambda one: one[2].when.start if wording.interval(one[2].when) and one[2].when else _LAST)
    rows, marks = [], []
    for number, reading, event in found:
        rows.append(
            (
                wording.interval(event.when) or UNDATED,
                headline(event, names),
                wording.utc(event.when),
                event.when.said if event.when and event.when.said != dates.ISSUE else "",
                wording.few(_outlets(event) or [reading.document.outlet or reading.document.title]),
            )
        )
        marks.append(marks_of(number, reading, event))
    return Table(key="timeline", title="Timeline", headings=TIMELINE, rows=tuple(rows), marks=tuple(marks))


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
        what = _NAMES.get(one.about) or wording.capital(names(one.about))
        for who, says in _together(one):
            rows.append((what, who, says, headline(event, names)))
            marks.append(shown)
    if not rows:
        return None
    return Table(
        key="conflicts", title="Where reports differ", headings=CONFLICTS, rows=tuple(rows), marks=tuple(marks)
    )


def _together(one: Conflict) -> Iterator[tuple[str, str]]:
    """What is said, each once, with all who say it."""
    said: dict[str, list[str]] = {}
    for who, says in one.said:
        said.setdefault(says, []).append(who)
    for says, speakers in said.items():
        yield wording.few(speakers), says


def _outlets(event: Event) -> list[str]:
    return [source.outlet for source in event.sources] if isinstance(event, MergedEvent) else []
