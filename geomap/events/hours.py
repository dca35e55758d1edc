"""When of the day it was fired: the day of a launch narrowed to the hour or minute that the text gives."""

from __future__ import annotations

import operator
from bisect import bisect_left
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from geomap import dates
from geomap.dates import Dated
from geomap.events.clock import Clock, dated_clocks
from geomap.events.dayparts import parts_of_day
from geomap.events.facts import Fact
from geomap.events.zonetime import local_zone, zone_of
from geomap.patterns import regex
from geomap.types import Record, Span, When

_LONGEST = 80
"""Characters of the words for day and time at most; longer ones are put together from both."""
_SEVERAL = 2
_STAMP = regex(r"\W{0,4}\d{1,2}[:.]?\d{2}")
"""A paragraph begins with a time."""


class Site(Record, kw_only=True):
    """Whose time counts: the states that it may be, the likeliest first, and the longitude of the launch or impact."""

    states: tuple[str | None, ...]
    lon: float | None


class Told(Record, kw_only=True):
    """A time with the sentence that has it."""

    clock: Clock
    fact: Fact

    @property
    def words(self) -> str:
        """Its words, on one line."""
        return " ".join(self.fact.text[self.clock.start : self.clock.end].split())


def _start(dated: Dated) -> int:
    return dated.start


class Page:
    """The dates of a document, in order, its clock times, and the sentences that begin with the time of their post.

    Parameters
    ----------
    facts, found : all sentences and dates of the document
    """

    def __init__(self, facts: Sequence[Fact], found: Sequence[Dated]) -> None:
        self.dates = tuple(found)
        self._clocks: dict[Span, list[Clock]] = {}
        self.posts = self._posts(facts)

    def within(self, fact: Fact) -> list[Dated]:
        """The dates in a sentence."""
        first, last = (bisect_left(self.dates, offset, key=_start) for offset in fact.span)
        return list(self.dates[first:last])

    def clocks(self, fact: Fact) -> list[Clock]:
        """The times of a sentence."""
        if fact.span not in self._clocks:
            self._clocks[fact.span] = dated_clocks(fact.text, fact.span[0], self.within(fact))
        return self._clocks[fact.span]

    def _posts(self, facts: Sequence[Fact]) -> frozenset[Span]:
        """Tell the times of posts from those of a timeline: a live page has its newest post first."""
        stamped = [
            (fact.span, clocks[0].first)
            for fact in facts
            if fact.start_of_block and _STAMP.match(fact.text) and (clocks := self.clocks(fact))
        ]
        minutes = [minute for _, minute in stamped]
        live = sum(map(operator.gt, minutes, minutes[1:])) > sum(map(operator.lt, minutes, minutes[1:]))
        return frozenset(span for span, _ in stamped) if live else frozenset()


def times_of(facts: Sequence[Fact], page: Page, role: str) -> list[Told]:
    """The clock times of some sentences at which it was fired (``launch``) or came down (``fall``), in order."""
    told = []
    for fact in facts:
        for number, clock in enumerate(page.clocks(fact)):
            if not number and fact.span in page.posts:
                continue
            happened = clock.role or ("launch" if fact.launches else "")
            if happened == role:
                told.append(Told(clock=clock, fact=fact))
    return told


def narrowed(
    whole: When | None, dated: Dated | None, facts: Sequence[Fact], page: Page, site: Site, *, shared: bool
) -> When | None:
    """The day of a launch narrowed to the time at which it was fired; as it is when the text gives none.

    Parameters
    ----------
    whole, dated : the day as an interval, and the date that it was read from
    page : the dates of the document, and which times are only those of its posts
    shared : whether a sentence tells of other launches too: then the time that stands nearest to the weapon counts
    """
    if whole is None or dated is None or dated.grain != "day" or dated.first is None or dated.first != dated.last:
        return whole
    told = times_of([fact for fact in facts if fact.launches], page, "launch") or times_of(facts, page, "launch")
    if shared:
        told.sort(key=_from_weapon)
    day = date.fromisoformat(dated.first)
    try:
        exact = _by_clock(told, day, dated, site, shared=shared)
        return exact or _by_part(facts, page, day, dated, site) or whole
    except (OverflowError, ValueError):  # a day at the end of the calendar
        return whole


def _by_clock(told: Sequence[Told], day: date, dated: Dated, site: Site, *, shared: bool) -> When | None:
    spans = [(one, span) for one in told if (span := _span(one.clock, day, site)) is not None]
    if not spans:
        return None
    first, span = spans[0]
    same = [pair for pair in spans if pair[0].fact is first.fact]
    if first.clock.zone in ("", "local", "local time"):  # '10:13 p.m. (0513 GMT)' says how local time stands to GMT
        for other, exact in same[1:]:
            if other.clock.zone not in ("", "local", "local time") and _in_brackets(first, other):
                span = exact
                break
    start, end = span
    if not shared:  # 'at 6:45 and 6:50' is the time of both
        for other, later in same[1:]:
            if other.clock.zone == first.clock.zone and start < later[0] < start + timedelta(hours=12):
                end = max(end, later[1])
    return When(start=_utc(start), end=_utc(end), said=_said(first, dated))


def _by_part(facts: Sequence[Fact], page: Page, day: date, dated: Dated, site: Site) -> When | None:
    """The part of the day ('early Tuesday') that the sentences which tell of the launch name."""
    for fact in facts:
        if not fact.launches:
            continue
        for clock in parts_of_day(fact.text, fact.span[0], page.within(fact)):
            span = _span(clock, day, site) if clock.role in ("launch", "") else None
            if span is not None:
                return When(start=_utc(span[0]), end=_utc(span[1]), said=_said(Told(clock=clock, fact=fact), dated))
    return None


def _span(clock: Clock, day: date, site: Site) -> tuple[datetime, datetime] | None:
    """The interval of a time on the local day; None when its zone is not known, or it is another day's."""
    local = local_zone(site.states, site.lon)
    zone = zone_of(clock.zone, site.states, site.lon) if clock.zone else local
    if zone is None:
        return None
    if clock.dated is not None and clock.dated.grain == "day" and clock.dated.first == clock.dated.last:
        own = date.fromisoformat(clock.dated.first) if clock.dated.first else day
        if abs((own - day).days) > 1 or (own != day and not clock.zone):
            return None
        return _at(clock, own, zone)
    if local is None or zone == local:
        return _at(clock, day, zone)
    spans = [_at(clock, day + timedelta(days=days), zone) for days in (0, -1, 1)]
    return next((span for span in spans if span[0].astimezone(local).date() == day), spans[0])


def _at(clock: Clock, day: date, zone: tzinfo) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, time())
    ends = (midnight + timedelta(minutes=minutes) for minutes in (clock.first, clock.last))
    start, end = (end.replace(tzinfo=zone).astimezone(UTC) for end in ends)
    return start, end


def _from_weapon(told: Told) -> int:
    weapons = told.fact.weapons
    return abs(told.clock.start + told.fact.span[0] - weapons[0].end) if weapons else 0


def _in_brackets(first: Told, other: Told) -> bool:
    """Whether a time in another zone explains the one in front of it: '(0520 GMT', ', or 0520 GMT'."""
    between = first.fact.text[first.clock.end : other.clock.start]
    return len(between) <= _SEVERAL * 10 and ("(" in between or "," in between or "/" in between)


def _said(told: Told, dated: Dated) -> str:
    """The words for day and time: as they stand together, else one beside the other."""
    start, end = told.clock.start + told.fact.span[0], told.clock.end + told.fact.span[0]
    offset = told.fact.span[0]
    day = told.clock.dated or dated
    if offset <= day.start and day.end <= told.fact.span[1] and day.said != dates.ISSUE:
        first, last = min(start, day.start), max(end, day.end)
        if last - first <= _LONGEST:
            return " ".join(told.fact.text[first - offset : last - offset].split())
    return f"{' '.join(day.said.split())}, {told.words}"


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
