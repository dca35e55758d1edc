"""From slots to intervals in UTC: years and months that are not printed, time zones, days one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta

import msgspec

from geomap.notices.cursor import Clock, Day
from geomap.notices.moments import MONTHS
from geomap.notices.slots import Slot, find_slots
from geomap.types import Record, Span, When

MOST = 1500
"""Windows of one slot at most: four years day by day."""
_LONG = 20
"""An interval that would end so many days before it begins, by its figures, runs over the end of a month."""
FOR_GOOD = "9999-12-31T23:59:00Z"
"""The end of what holds until further notice."""


class Timed(Record, kw_only=True):
    """A slot with its intervals.

    Parameters
    ----------
    span : offsets of its words
    windows : its intervals in UTC, in order
    doubts : what cannot be right about it
    notes : what cannot be known of it
    """

    span: Span
    windows: tuple[When, ...]
    daily: bool = False
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Anchors(Record, kw_only=True):
    """What tells the year of a date that has none.

    Parameters
    ----------
    near : a moment that the windows are near to (when the message cancels itself, when it was sent), None when unknown
    year : of its number, None when it has none
    """

    near: datetime | None = None
    year: int | None = None


def find_windows(text: str, anchors: Anchors, offset: int = 0, *, utc: bool = True) -> list[Timed]:
    """Find the intervals of a text.

    Parameters
    ----------
    text : what is no time in it (positions, numbers of messages) is masked
    offset : where the text begins in the whole one
    utc : whether clocks without a zone are UTC
    """
    slots = _filled(find_slots(text, utc=utc))
    if anchors == Anchors():  # a year that is printed with one day holds for the others
        sure = (_sure(day) for slot in slots for run in slot.days for day in run)
        first = next((day for day in sure if day is not None), None)
        anchors = Anchors(near=datetime(first.year, first.month, first.day, tzinfo=UTC) if first else None)
    return [_timed(slot, text, anchors, offset) for slot in slots]


def _filled(slots: Sequence[Slot]) -> list[Slot]:
    """A month, and a year, that is printed once holds for the days before it in the same breath, else after it."""
    flat = [day for slot in slots for run in (*slot.days, *slot.excepted) for day in run]
    ends = _ends(slots)
    filled: list[Day] = []
    for number, day in enumerate(flat):
        if day.month is not None or day.slip:
            filled.append(day)
            continue
        later = next((one for one in flat[number + 1 :] if one.month is not None or one.slip), None)
        before = next((one for one in reversed(filled) if one.month is not None), None)
        model = later or before
        month = model.month if model else None
        end = flat[ends[number]] if number in ends else None
        if end is not None and end.month is not None and month is not None and day.day > end.day:
            month = month - 1 or 12  # '28 THRU 03 JAN'
            filled.append(Day(day=day.day, month=month))
            continue
        filled.append(Day(day=day.day, month=month, slip=model.slip if model else ""))
    made: list[Slot] = []
    at = 0
    for slot in slots:
        count = len(slot.days) + len(slot.excepted)
        runs = tuple(zip(filled[at : at + 2 * count : 2], filled[at + 1 : at + 2 * count : 2], strict=True))
        at += 2 * count
        days, out = runs[: len(slot.days)], runs[len(slot.days) :]
        made.append(msgspec.structs.replace(slot, days=days, excepted=out))
    return made


def _ends(slots: Sequence[Slot]) -> dict[int, int]:
    """For the first days of runs and of intervals the number of the last one, counted over all slots."""
    ends: dict[int, int] = {}
    at = 0
    for slot in slots:
        runs = len(slot.days) + len(slot.excepted)
        if slot.through and len(slot.days) == 2:
            start, end = slot.days[0][0].day, slot.days[1][0].day
            if start > end + _LONG:  # '310500Z TO 010900Z JUN'; from the 14th to the 12th is rather a slip
                ends |= {at: at + 2, at + 1: at + 2}
        else:
            ends |= {number: number + 1 for number in range(at, at + 2 * runs, 2)}
        at += 2 * runs
    return ends


def _timed(slot: Slot, text: str, anchors: Anchors, offset: int) -> Timed:
    said = " ".join(text[slot.span[0] : slot.span[1]].split())
    span = (slot.span[0] + offset, slot.span[1] + offset)
    doubts: list[str] = []
    notes: list[str] = []
    windows: list[When] = []
    if any(clock.zone is None for pair in slot.clocks for clock in pair):
        notes.append(f"“{said}”: local time of a place that is not named; no interval in UTC")
        return Timed(span=span, windows=(), daily=slot.daily, notes=tuple(notes))
    runs = _dated(slot, said, anchors, doubts, notes)
    out = (
        _dated(msgspec.structs.replace(slot, days=slot.excepted), said, anchors, doubts, notes) if slot.excepted else []
    )
    if slot.for_good:
        windows += [When(start=written(_at(first, slot.clocks[0][0])), end=FOR_GOOD, said=said) for first, _ in runs]
    elif slot.through and len(runs) == 2:
        start, end = slot.clocks[0]
        windows += _window(_at(runs[0][0], start), _at(runs[1][1], end), said, doubts)
    elif not slot.through:
        for first, last in runs:
            days = (last - first).days + 1
            if days < 1 or days > MOST:
                doubts.append(
                    f"“{said}”: it ends on {last:%d %b %Y}, before it begins" if days < 1 else f"“{said}”: {days} days"
                )
                continue
            for day in (first + timedelta(days=number) for number in range(days)):
                if (
                    slot.clocks
                    and day.weekday() not in slot.weekdays
                    and not any(one <= day <= two for one, two in out)
                ):
                    windows += _on(day, slot, said)
            if not slot.clocks:
                windows += _window(_at(first, Clock(minutes=0)), _at(last, Clock(minutes=1440)), said, doubts)
    return Timed(
        span=span, windows=tuple(dict.fromkeys(windows)), daily=slot.daily, doubts=tuple(doubts), notes=tuple(notes)
    )  # fmt: skip


def _on(day: date, slot: Slot, said: str) -> Iterator[When]:
    for start, end in slot.clocks:
        first, last = _at(day, start), _at(day, end)
        last += timedelta(days=1) if last <= first else timedelta()
        yield from _window(first, last, said, [])


def _window(start: datetime, end: datetime, said: str, doubts: list[str]) -> list[When]:
    if end <= start:
        doubts.append(f"“{said}”: it ends at {written(end)}, before it begins")
        return []
    return [When(start=written(start), end=written(end), said=said)]


def written(moment: datetime) -> str:
    """A moment as the contract writes it."""
    return moment.strftime("%Y-%m-%dT%H:%M:00Z") if moment.year > 999 else moment.isoformat()


def _at(day: date, clock: Clock) -> datetime:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=clock.minutes)
    return moment - timedelta(hours=clock.zone or 0.0)


def _dated(
    slot: Slot, said: str, anchors: Anchors, doubts: list[str], notes: list[str]
) -> list[tuple[date, date]]:  # fmt: skip
    """First and last day of each run, with their years."""
    known = [_sure(day) for run in slot.days for day in run]
    firm = [day for day in known if day is not None]
    runs: list[tuple[date, date]] = []
    for number, (one, other) in enumerate(slot.days):
        last = known[2 * number + 1] or _near(other, firm[-1] if firm else None, anchors)
        first = known[2 * number] or (last if one == other else _near(one, last, anchors))
        if first is None or last is None:
            impossible = not any(_possible(day) for day in (one, other)) or not all(
                _possible(day) for day in (one, other)
            )
            if impossible:
                doubts.append(f"“{said}”: no such day")
            else:
                notes.append(f"“{said}”: the year is not known")
            continue
        if first > last and known[2 * number] is None and not slot.through:
            first = _shifted(first, -1)
        slips = dict.fromkeys(day.slip for day in (one, other) if day.slip)
        doubts += [f"“{slip}” is no month: taken for {last:%B}" for slip in slips]
        runs.append((first, last))
    doubts[:] = dict.fromkeys(doubts)
    return runs if not slot.through or len(runs) == 2 else []


def _shifted(day: date, years: int) -> date:
    return _made(day.year + years, day.month, day.day) or day


def _sure(day: Day) -> date | None:
    return None if day.year is None or day.month is None else _made(day.year, day.month, day.day)


def _possible(day: Day) -> bool:
    return day.month is None or _made(2024, day.month, day.day) is not None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _near(day: Day, beside: date | None, anchors: Anchors) -> date | None:
    """The day that is nearest to one beside it, or to what is known of the message."""
    near = beside or (anchors.near.date() if anchors.near else None)
    months = [day.month] if day.month is not None else _meant(day.slip)
    if day.year is not None:
        years: Sequence[int] = (day.year,)
    elif near is not None:
        years = (near.year - 1, near.year, near.year + 1)
    elif anchors.year is not None and day.month is not None:
        years = (anchors.year,)
    else:
        return None
    possible = [made for year in years for month in months if (made := _made(year, month, day.day)) is not None]
    if not possible:
        return None
    return min(possible, key=lambda one: abs((one - near).days)) if near else possible[0]


def _meant(slip: str) -> list[int]:
    """The months that differ from a word in one letter; all of them when no word is printed."""
    if not slip:
        return list(range(1, 13))
    return [number for name, number in MONTHS.items() if sum(a != b for a, b in zip(slip, name, strict=True)) == 1]
