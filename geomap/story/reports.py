"""What of each event is compared with the events of other articles: who, when, what kind, how many."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache

import msgspec

from geomap import dates, geodesy, wording
from geomap.catalog import Layers
from geomap.codec import dumps
from geomap.quantities import spread
from geomap.types import Document, Event, Location, Place, Reading, Record, When
from geomap.words import open_words

Interval = tuple[float, float]

DAY = 24.0
NARROW = 3 * DAY
"""A longer time ('last November') does not say which launch is meant."""
CURRENT = 31 * DAY
"""What an article reports without a date happened at most so many hours before its day of issue."""
_POINT_KM = 60.0
"""A place less exact than this has a shape."""


class Telling(Record, kw_only=True):
    """One event of one article, as it is kept until it is compared with those of others.

    Parameters
    ----------
    document : the article without its text
    number : place of the event in its reading, from 0
    places : what its statements call a place, by the id of the mention
    words : what the event was read from
    quotes : the words of each of its claims
    """

    document: Document
    number: int
    event: Event
    places: dict[str, Place]
    words: str
    quotes: tuple[str, ...]


class Report(Record, kw_only=True):
    """One event of one article.

    Parameters
    ----------
    reading, number : place of the reading among the readings, and of the event in it, from 0
    actor : who fired, in one spelling, of an armed group the state that it is at home in; empty when unknown
    group : the armed group, empty when it is none
    time : hours since 1970 in UTC, open where the text leaves it open
    dated : whether the time says which launch is meant
    assumed : whether the day is only that of issue
    classes : the class of the text and that of the system it names
    count : the interval that the words leave open, None when the text gives no number
    places : what its statements call a place, by the id of the mention
    words : what the event was read from
    quotes : the words of each of its claims
    """

    reading: int
    number: int
    document: Document
    event: Event
    actor: str
    group: str
    time: Interval
    dated: bool
    assumed: bool
    classes: frozenset[str]
    count: Interval | None
    places: dict[str, Place]
    words: str
    quotes: tuple[str, ...]

    @property
    def outlet(self) -> str:
        """Who published the article, else its title."""
        return self.document.outlet or self.document.title or self.document.source

    @property
    def told(self) -> str:
        """What tells the event from all others, whatever lies beside it: the same in every run."""
        document = self.document
        return "\n".join((document.id, document.outlet or "", document.published or "", self.event.id))


def different(readings: Sequence[Reading]) -> tuple[list[Reading], list[str]]:
    """The readings without those of a text that is there already, from the same outlet on the same day.

    Returns
    -------
    tuple
        the readings, in their order, and notes on what was left out
    """
    same: dict[tuple[str, str, str], list[int]] = {}
    for number, reading in enumerate(readings):
        document = reading.document
        key = (document.id, document.outlet or "", document.published or "")
        same.setdefault(key, []).append(number)
    kept, notes = set[int](), []
    for numbers in same.values():
        first = numbers[0] if len(numbers) == 1 else min(numbers, key=lambda number: _rank(readings[number]))
        kept.add(first)
        source = readings[first].document.source
        again = sorted({readings[number].document.source for number in numbers} - {source})
        notes += [f"{other} has the same text as {source}, and counts as the same report" for other in again]
    return [readings[number] for number in sorted(kept)], notes


def _rank(reading: Reading) -> tuple[str, str, str]:
    return reading.document.source, reading.document.title, dumps(reading)


def reports_of(readings: Sequence[Reading], layers: Layers) -> list[Report]:
    """All events of some readings, in an order that does not depend on that of the readings."""
    found = [report_of(told, number, layers) for number, reading in enumerate(readings) for told in tellings(reading)]
    return in_order(found)


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Put reports into the order that all sorting into launches goes by."""
    return sorted(reports, key=lambda report: (report.told, report.number))


def tellings(reading: Reading) -> Iterator[Telling]:
    """The events of a reading, each with what is compared of the article, without its text."""
    document = msgspec.structs.replace(reading.document, text="")
    for place, event in enumerate(reading.events):
        named = {one.mention for one in event.statements} - {None}
        text = reading.document.text
        yield Telling(
            document=document,
            number=place,
            event=event,
            places={one.id: one.place for one in reading.mentions if named and one.id in named and one.place},
            words=wording.quote(text, event.evidence),
            quotes=tuple(wording.quote(text, [(claim.start, claim.end)]) for claim in event.claims),
        )


def report_of(told: Telling, reading: int, layers: Layers) -> Report:
    """Work out what of one event is compared with others.

    Parameters
    ----------
    reading : number of its reading among the readings, from 0
    """
    document, event = told.document, _sound(told.event)
    time = hours(event.when)
    dated = time is not None and time[1] - time[0] <= NARROW
    system = _class_of(event.weapon.system, layers) if event.weapon.system else None
    actor = (event.actor or "").casefold().removeprefix("the ").strip()
    home = _homes().get(actor)
    return Report(
        reading=reading,
        number=told.number,
        document=document,
        event=event,
        actor=home or actor,
        group=actor if home else "",
        time=time or _by_issue(document, background=event.background),
        dated=dated,
        assumed=dated and event.when is not None and event.when.said == dates.ISSUE,
        classes=frozenset(filter(None, (event.weapon.kind, system))),
        count=count_of(event),
        places=told.places,
        words=told.words,
        quotes=told.quotes,
    )


@lru_cache(maxsize=1)
def _homes() -> dict[str, str]:
    """The armed groups that are at home in one state, which some papers name in their place."""
    return {
        group.name.casefold(): group.countries[0].casefold()
        for group in open_words().groups
        if len(group.countries) == 1
    }


def _sound(event: Event) -> Event:
    """The event without places that cannot be on the earth: a line of JSON may say anything."""
    places = (event.launch, event.impact, *event.impacts)
    if all(place is None or _fits(place) is place for place in places):
        return event
    return msgspec.structs.replace(
        event,
        launch=_fits(event.launch),
        impact=_fits(event.impact),
        impacts=tuple(place for place in map(_fits, event.impacts) if place is not None),
    )


def _fits(place: Location | None) -> Location | None:
    """A place as it can be measured from: None when it is none, and a disc where a vague one is only a point."""
    if place is None or place.geometry.is_empty or place.geometry.geom_type == "GeometryCollection":
        return None
    if not (abs(place.lon) <= 180 and abs(place.lat) <= 90 and 0 <= place.radius_km < geodesy.HALFWAY_KM):
        return None
    if place.geometry.geom_type != "Point" or place.radius_km <= _POINT_KM:
        return place
    return msgspec.structs.replace(place, geometry=geodesy.disc(place.lon, place.lat, place.radius_km))


def hours(when: When | None) -> Interval | None:
    """A time in hours since 1970; None when there is none, or it is no time."""
    if when is None:
        return None
    start, end = _hour(when.start), _hour(when.end)
    return (start, end) if start is not None and end is not None and start < end else None


def _hour(moment: str) -> float | None:
    try:
        read = datetime.fromisoformat(moment)
    except (ValueError, OverflowError):
        return None
    return (read if read.tzinfo else read.replace(tzinfo=UTC)).timestamp() / 3600


def _by_issue(document: Document, *, background: bool) -> Interval:
    """When something without a date may have happened: before the article appeared, and not long before if it is news.

    A day of issue is local, so that it may reach into the next one.
    """
    issue = _hour(document.published) if document.published else None
    if issue is None:
        return -math.inf, math.inf
    return (-math.inf if background else issue - CURRENT), issue + 2 * DAY


def count_of(event: Event) -> Interval | None:
    """How many were fired, as the words leave it open: 'about ten' is 9 to 11, 'more than ten' 11 or more."""
    count = event.count
    if count is None:
        return None
    return spread(count, event.weapon.text)


def falls(event: Event) -> set[str | None]:
    """What a claim on where a launch came down may be of; a claim of anything else is of a closed area or a ship."""
    fell = {one.mention for one in event.statements if one.about == "impact"}
    return {None, *fell, *((event.impact.mention,) if event.impact else ())}


def _class_of(system: str, layers: Layers) -> str | None:
    return _classes(layers).get(system)


@lru_cache(maxsize=4)
def _classes(layers: Layers) -> dict[str, str]:
    """The class of each named system."""
    rows = layers.rows("systems") if "systems" in layers else []
    return {row["name"]: row["class"] for row in rows if row["class"]}
