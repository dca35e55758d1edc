"""Times that belong together: from one moment to another, or clocks on certain days, as a notice has them.

A slot is what the words say, months and years only where they stand; `geomap.notices.windows` makes intervals of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from geomap.notices.cursor import HALF, UNSAID, Clock, Cursor, Day, zoned
from geomap.notices.moments import Token, find_tokens
from geomap.types import Record, Span


class Slot(Record, kw_only=True):
    """Clocks on days, or one interval.

    Parameters
    ----------
    span : offsets of its words
    days : first and last of each run of days, both inclusive; two runs of one day when ``through``
    clocks : beginning and end on each of them; none for whole days
    through : whether it runs through from the first clock on the first day to the second one on the last
    for_good : whether it begins at the first clock of the first day and holds until further notice
    daily : whether the words say so
    excepted : runs of days that are taken out
    weekdays : days of the week that are taken out, Monday 0
    """

    span: Span
    days: tuple[tuple[Day, Day], ...]
    clocks: tuple[tuple[Clock, Clock], ...]
    through: bool = False
    for_good: bool = False
    daily: bool = False
    excepted: tuple[tuple[Day, Day], ...] = ()
    weekdays: tuple[int, ...] = ()


Runs = Sequence[tuple[Day, Day]]
Clocks = Sequence[tuple[Clock, Clock]]
Out = tuple[tuple[tuple[Day, Day], ...], tuple[int, ...]]
"""Days that are taken out: as runs, and as days of the week."""
_NONE: Out = ((), ())
_MOST_HOURS = 24
_WEEKEND = (5, 6)
_TIMED = frozenset({"clock", "half", "moment", "stamp", "sun", "zone", "local"})


def find_slots(text: str, *, utc: bool = True) -> list[Slot]:
    """Find all slots of a text in their order; whole days only when there are no clocks.

    Parameters
    ----------
    utc : whether clocks without a zone are UTC; else they have the only zone that the text names, or an unknown one
    """
    tokens = _without_asides(find_tokens(text))
    utc = utc and not any(token.kind == "date" and "." in token.text for token in tokens)  # a national style
    named = {token.value[0] for token in tokens if token.kind == "zone"}
    only = named.pop() if len(named) == 1 else None
    slots: list[Slot] = []
    days: list[Slot] = []
    at = 0
    while at < len(tokens):
        if tokens[at].kind == "other":  # nothing that is a time begins with it
            at += 1
            continue
        here = Cursor(tokens, at)
        slot = _slot(here) or (_same_hours(here, slots[-1]) or _same_days(here, slots[-1]) if slots else None)
        if slot is None:
            here = Cursor(tokens, at)
            lone = _whole_days(here)
            at = lone[1] if lone else max(at + 1, here.last)
            days += [lone[0]] if lone else []
            continue
        slots.append(slot)
        at = here.at
    if any(token.kind in _TIMED for token in tokens):  # days by themselves say little beside clocks
        days = []
    return [_placed(slot, 0.0 if utc else only, only) for slot in slots] or days


def _without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens without brackets that say what stands before them once more: '(0700 LOCAL 05/02/21)', '(Tue)'."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        close = next((end for end in range(at + 1, min(at + 12, len(tokens))) if tokens[end].kind == "close"), None)
        if tokens[at].kind == "open" and close is not None:
            kinds = {token.kind for token in tokens[at:close]}
            if kinds == {"open", "weekday"} or ("local" in kinds and kinds & {"four", "clock", "half"}):
                at = close + 1
                continue
        kept.append(tokens[at])
        at += 1
    return kept


def _placed(slot: Slot, unsaid: float | None, half: float | None) -> Slot:
    """A slot whose clocks without a zone have the one that holds in its text."""
    zones = {UNSAID: unsaid, HALF: half}
    clocks = [
        (
            Clock(minutes=start.minutes, zone=zones.get(start.zone or 0.0, start.zone)),
            Clock(minutes=end.minutes, zone=zones.get(end.zone or 0.0, end.zone)),
        )
        for start, end in slot.clocks
    ]
    return msgspec.structs.replace(slot, clocks=tuple(clocks))


def _slot(here: Cursor) -> Slot | None:
    """The slot that begins here, None when none does."""
    for form in (
        _for_good,
        _stamps,
        _moments,
        _lasting,
        _clock_first,
        _day_first,
        _clocks_days,
        _days_clocks,
    ):
        here.at, here.daily, here.lead = here.first, False, None
        found = form(here)
        if found is not None:
            return found
    return None


def _through(here: Cursor, one: Day, start: Clock, other: Day, end: Clock) -> Slot:
    days, clocks = ((one, one), (other, other)), ((start, end),)
    return Slot(span=here.span, days=days, clocks=clocks, through=True)


def _for_good(here: Cursor) -> Slot | None:
    """'010000Z JAN UNTIL FURTHER NOTICE', '0600 UTC 12 MAR 2024 UFN'."""
    first = here.moment() or here.day_clock()
    if first is None:
        here.at = here.first
        clock = here.clock()
        here.skip("also")
        day = here.day() if clock else None
        first = (day, clock) if day and clock else None
    here.skip("also")
    if first is None or not here.take("forever"):
        return None
    return Slot(span=here.span, days=((first[0], first[0]),), clocks=((first[1], first[1]),), for_good=True)


def _stamps(here: Cursor) -> Slot | None:
    """'2411071600-2411072100', '2024-11-07 16:00 to 2024-11-07 21:00'."""
    one = here.take("stamp")
    zone = _stamp_zone(here) if one else None
    if one is None or not here.take("range", "also"):
        return None
    other = here.take("stamp")
    if other is None:
        return None
    zone = _stamp_zone(here) if here.peek() == "zone" else zone
    ends = [
        (Day(day=int(day), month=int(month), year=2000 + int(year)), Clock(minutes=hour * 60 + minute, zone=zone))
        for year, month, day, hour, minute in (one.value, other.value)
    ]
    return _through(here, *ends[0], *ends[1])


def _stamp_zone(here: Cursor) -> float:
    """The zone of a stamp; 'EST' behind one of ten figures is an estimate."""
    token = here.take("zone")
    return 0.0 if token is None or token.text.upper() == "EST" else token.value[0]


def _moments(here: Cursor) -> Slot | None:
    """'121606Z TO 121854Z NOV', '121606Z NOV TO 1854Z'."""
    between = here.take("between") is not None
    first = here.moment()
    if first is None or not here.take("range", *(["also"] if between else [])):
        return None
    day, start = first
    second = here.moment()
    if second is None:
        end = here.clock()
        if end is None:
            return None
        end = Clock(minutes=end.minutes, zone=start.zone if end.zone == UNSAID else end.zone)
        month = here.month()
        last = day if day.month else Day(day=day.day, month=month[0], year=month[1], slip=month[2])
        return _through(here, last, start, last, end)
    beside = here.bracket()
    if beside is not None and beside != UNSAID:
        start, second = (
            Clock(minutes=start.minutes, zone=beside),
            (second[0], Clock(minutes=second[1].minutes, zone=beside)),
        )
    return _through(here, day, start, *second)


def _clock_first(here: Cursor) -> Slot | None:
    """'0300Z 12 MAR TO 0500Z 14 MAR', 'between 00:00 on 31 May and 00:00 on 11 June (Japan time)'."""
    between = here.take("between") is not None
    start = here.clock()
    here.skip("also")
    one = here.day() if start else None
    if start is None or one is None or not here.take("range", *(["also"] if between else [])):
        return None
    end = here.clock()
    here.skip("also")
    other = here.day() if end else None
    if end is None or other is None:
        return None
    beside = here.bracket()
    if beside is not None and end.zone == UNSAID:
        end = Clock(minutes=end.minutes, zone=None if beside == UNSAID else beside)
    return _through(here, one, *_same_zone(start, end, other))


def _day_first(here: Cursor) -> Slot | None:
    """'12 MAR 0300 TO 14 MAR 0500 UTC'."""
    between = here.take("between") is not None
    first = here.day_clock()
    if first is None or not here.take("range", *(["also"] if between else [])):
        return None
    last = here.day_clock()
    if last is None:
        return None
    start, end = zoned([(first[1], last[1])])[0]
    return _through(here, first[0], start, last[0], end)


def _clocks_days(here: Cursor) -> Slot | None:
    """'0554Z TO 0912Z DAILY 22 THRU 28 JUN'."""
    here.skip("daily")
    clocks = here.clocks()
    if not clocks:
        return None
    here.skip("also", "daily")
    others = _other_weekdays(here)
    days = here.days()
    out = _out(here)
    return _daily(here, days, clocks, (out[0], (*out[1], *others))) if days else None


def _lasting(here: Cursor) -> Slot | None:
    """'FOR 16 HOURS FROM 2000 UTC 10 TO 15 AUG'."""
    hours = here.take("lasting")
    start = here.clock() if hours else None
    if hours is None or start is None:
        return None
    here.skip("also", "daily")
    days = here.days()
    if not days or hours.value[0] > _MOST_HOURS:
        return None
    end = Clock(minutes=start.minutes + hours.value[0] * 60, zone=start.zone)
    return _daily(here, days, zoned([(start, end)]), _out(here))


def _days_clocks(here: Cursor) -> Slot | None:
    """'DAILY 22 THRU 28 JUN, 0554Z TO 0912Z'."""
    here.skip("daily")
    days = here.days()
    if not days:
        return None
    out = _out(here)
    here.skip("also", "daily")
    clocks = here.clocks()
    return _daily(here, days, clocks, out if out != _NONE else _out(here)) if clocks else None


def _daily(here: Cursor, days: Runs, clocks: Clocks, out: Out) -> Slot:
    """A slot of clocks on days."""
    _trailing(here)
    if out == _NONE:
        out = _out(here)
    return Slot(
        span=here.span,
        days=tuple(days),
        clocks=tuple(clocks),
        daily=here.daily or _many(days),
        excepted=out[0],
        weekdays=out[1],
    )


def _out(here: Cursor) -> Out:
    """The days that are taken out again: 'EXCEPT 29 JAN', '(EXCLUDING FRIDAYS AND SATURDAYS)', '(WEEKDAYS ONLY)'."""
    back = here.at
    here.skip("also", "open")
    if here.take("weekdays"):
        here.skip("close")
        return (), _WEEKEND
    if not here.take("except"):
        here.at = back
        return _NONE
    names: list[int] = []
    while (token := here.take("weekday", "also")) is not None:
        names += [int(token.value[0])] if token.kind == "weekday" else []
    days = [] if names else here.days()
    here.skip("close")
    if not names and not days:
        here.at = back
    return tuple(days), tuple(names)


def _other_weekdays(here: Cursor) -> tuple[int, ...]:
    """The days of the week outside those that are named, 'MON THRU FRI'; none when none are."""
    if [here.peek(ahead) for ahead in range(3)] != ["weekday", "range", "weekday"]:
        return ()
    first, last = (int(here.tokens[here.at + ahead].value[0]) for ahead in (0, 2))
    here.at += 3
    here.skip("also")
    return tuple(day for day in range(7) if (day - first) % 7 > (last - first) % 7)


def _trailing(here: Cursor) -> None:
    if here.peek() == "daily":
        here.skip("daily")


def _same_hours(here: Cursor, before: Slot) -> Slot | None:
    """'28 MAR TO 31 MAR SAME HOURS'."""
    here.at = here.first
    first = here.take("same") is not None  # 'SAME TIMES 12 THRU 17 FEB'
    days = here.days()
    here.skip("also")
    if not days or not (first or here.take("same")):
        return None
    if before.through and before.days[0][0].day != before.days[1][0].day:
        return None
    return Slot(span=here.span, days=tuple(days), clocks=before.clocks, daily=True)


def _same_days(here: Cursor, before: Slot) -> Slot | None:
    """'B. 1400Z TO 1753Z DAILY', where the days stand before the first item."""
    here.at = here.first
    here.skip("daily")
    clocks = here.clocks()
    _trailing(here)
    if not clocks or not here.daily or before.through:
        return None
    return Slot(span=here.span, days=before.days, clocks=tuple(clocks), daily=True)


def _whole_days(here: Cursor) -> tuple[Slot, int] | None:
    """Days without clocks ('12 THRU 25 APR'), and where they end."""
    days = here.days()
    if not days or days[-1][1].month is None or not _many(days):
        return None
    return Slot(span=here.span, days=tuple(days), clocks=()), here.at


def _many(days: Sequence[tuple[Day, Day]]) -> bool:
    return len(days) > 1 or any(one != other for one, other in days)


def _same_zone(start: Clock, end: Clock, other: Day) -> tuple[Clock, Day, Clock]:
    start, end = zoned([(start, end)])[0]
    return start, other, end
