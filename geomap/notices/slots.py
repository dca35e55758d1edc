"""Times that belong together: from one moment to another, or clocks on certain days, as the words of a notice have them.

A slot is what the words say, with months and years only where they stand; `geomap.notices.windows` makes intervals of it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from geomap.notices.moments import MONTHS, Token, find_tokens, full_year
from geomap.types import Record, Span


class Day(Record, kw_only=True):
    """A day as far as it is printed; ``slip`` is a month as printed that is none, ``month`` then is None."""

    day: int
    month: int | None = None
    year: int | None = None
    slip: str = ""


_TIMED = frozenset({"clock", "half", "moment", "stamp", "sun", "zone", "local"})
_MOST_DAYS, _MOST_CLOCKS, _MOST_BETWEEN = 200, 24, 12
"""Runs of days and clocks of one slot, and commas in a row, at most: figures without end are no time."""
UNSAID, HALF = -99.0, -98.0
"""The zone of a clock that stands without one, and of one that is said with a.m. or p.m. and without one."""


class Clock(Record, kw_only=True):
    """Minutes of the day; hours ahead of UTC, None for local time of a place that is not named."""

    minutes: float
    zone: float | None = 0.0


class Slot(Record, kw_only=True):
    """Clocks on days, or one interval.

    Parameters
    ----------
    span : offsets of its words
    days : first and last of each run of days, both inclusive; two runs of one day when ``through``
    clocks : beginning and end on each of them; none for whole days
    through : whether it runs through from the first clock on the first day to the second one on the last
    daily : whether the words say so
    excepted : runs of days that are taken out
    """

    span: Span
    days: tuple[tuple[Day, Day], ...]
    clocks: tuple[tuple[Clock, Clock], ...]
    through: bool = False
    daily: bool = False
    excepted: tuple[tuple[Day, Day], ...] = ()


def find_slots(text: str, *, utc: bool = True) -> list[Slot]:
    """Find all slots of a text in their order; whole days only when there are no clocks.

    Parameters
    ----------
    utc : whether clocks without a zone are UTC; else they have the only zone that the text names, or an unknown one
    """
    tokens = _without_asides(find_tokens(text))
    named = {token.value[0] for token in tokens if token.kind == "zone"}
    only = named.pop() if len(named) == 1 else None
    slots: list[Slot] = []
    days: list[Slot] = []
    at = 0
    while at < len(tokens):
        reader = _Reader(tokens, at)
        slot = reader.slot() or (reader.same_hours(slots[-1]) or reader.same_days(slots[-1]) if slots else None)
        if slot is None:
            reader = _Reader(tokens, at)
            lone = reader.whole_days()
            at = lone[1] if lone else max(at + 1, reader.last)
            days += [lone[0]] if lone else []
            continue
        slots.append(slot)
        at = reader.at
    if any(token.kind in _TIMED for token in tokens):  # days by themselves say little beside clocks
        days = []
    return [_placed(slot, 0.0 if utc else only, only) for slot in slots] or days


def _without_asides(tokens: list[Token]) -> list[Token]:
    """The tokens without brackets that only say in local time what stands before them ('(0700 LOCAL 05/02/21)')."""
    kept: list[Token] = []
    at = 0
    while at < len(tokens):
        close = next((end for end in range(at + 1, min(at + 12, len(tokens))) if tokens[end].kind == "close"), None)
        if tokens[at].kind == "open" and close is not None:
            kinds = {token.kind for token in tokens[at:close]}
            if "local" in kinds and kinds & {"four", "clock", "half"}:
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


class _Reader:
    """Reads one slot from a place in the tokens on."""

    def __init__(self, tokens: Sequence[Token], at: int) -> None:
        self.tokens, self.at, self.first = tokens, at, at
        self.daily = False
        self.lead: int | None = None  # the month that stands before its days
        self.last = at  # where the last run of its days begins

    # ------------------------------------------------------------------------------------------- single tokens

    def peek(self, ahead: int = 0) -> str:
        """The kind of a token, empty behind the last one."""
        return self.tokens[self.at + ahead].kind if self.at + ahead < len(self.tokens) else ""

    def take(self, *kinds: str) -> Token | None:
        """The next token, if it is of one of these kinds."""
        if self.peek() not in kinds:
            return None
        self.at += 1
        return self.tokens[self.at - 1]

    def skip(self, *kinds: str) -> None:
        """Pass over all tokens of these kinds."""
        stop = self.at + _MOST_BETWEEN
        while self.peek() in kinds and self.at < stop:
            self.daily |= self.peek() == "daily"
            self.at += 1

    @property
    def span(self) -> Span:
        """Offsets of all that was read."""
        return self.tokens[self.first].start, self.tokens[self.at - 1].end

    # ---------------------------------------------------------------------------------------------- the forms

    def slot(self) -> Slot | None:
        """The slot that begins here, None when none does."""
        for form in (
            self._stamps,
            self._moments,
            self._clock_first,
            self._day_first,
            self._clocks_days,
            self._days_clocks,
        ):
            self.at, self.daily, self.lead = self.first, False, None
            found = form()
            if found is not None:
                return found
        return None

    def _through(self, one: Day, start: Clock, other: Day, end: Clock) -> Slot:
        days, clocks = ((one, one), (other, other)), ((start, end),)
        return Slot(span=self.span, days=days, clocks=clocks, through=True)

    def _stamps(self) -> Slot | None:
        """'2411071600-2411072100', '2024-11-07 16:00 to 2024-11-07 21:00'."""
        one = self.take("stamp")
        zone = self._stamp_zone() if one else None
        if one is None or not self.take("range", "also"):
            return None
        other = self.take("stamp")
        if other is None:
            return None
        zone = self._stamp_zone() if self.peek() == "zone" else zone
        ends = [
            (Day(day=int(day), month=int(month), year=2000 + int(year)), Clock(minutes=hour * 60 + minute, zone=zone))
            for year, month, day, hour, minute in (one.value, other.value)
        ]
        return self._through(*ends[0], *ends[1])

    def _stamp_zone(self) -> float:
        """The zone of a stamp; 'EST' behind one of ten figures is an estimate."""
        token = self.take("zone")
        return 0.0 if token is None or token.text.upper() == "EST" else token.value[0]

    def _moments(self) -> Slot | None:
        """'121606Z TO 121854Z NOV', '121606Z NOV TO 1854Z'."""
        between = self.take("between") is not None
        first = self._moment()
        if first is None or not self.take("range", *(["also"] if between else [])):
            return None
        day, start = first
        second = self._moment()
        if second is None:
            end = self._clock()
            if end is None:
                return None
            end = Clock(minutes=end.minutes, zone=start.zone if end.zone == UNSAID else end.zone)
            month = self._month()
            last = day if day.month else Day(day=day.day, month=month[0], year=month[1], slip=month[2])
            return self._through(last, start, last, end)
        beside = self._bracket()
        if beside is not None and beside != UNSAID:
            start, second = (
                Clock(minutes=start.minutes, zone=beside),
                (second[0], Clock(minutes=second[1].minutes, zone=beside)),
            )
        return self._through(day, start, *second)

    def _moment(self) -> tuple[Day, Clock] | None:
        token = self.take("moment")
        if token is None:
            return None
        zone = self._zone(0.0)
        month, year, slip = self._month()
        zone = self._zone(zone)
        return Day(day=int(token.value[0]), month=month, year=year, slip=slip), Clock(minutes=token.value[1], zone=zone)

    def _clock_first(self) -> Slot | None:
        """'0300Z 12 MAR TO 0500Z 14 MAR', 'between 00:00 on 31 May and 00:00 on 11 June (Japan time)'."""
        between = self.take("between") is not None
        start = self._clock()
        self.skip("also")
        one = self._day() if start else None
        if start is None or one is None or not self.take("range", *(["also"] if between else [])):
            return None
        end = self._clock()
        self.skip("also")
        other = self._day() if end else None
        if end is None or other is None:
            return None
        beside = self._bracket()
        if beside is not None and end.zone == UNSAID:
            end = Clock(minutes=end.minutes, zone=None if beside == UNSAID else beside)
        return self._through(one, *_same_zone(start, end, other))

    def _day_first(self) -> Slot | None:
        """'12 MAR 0300 TO 14 MAR 0500 UTC'."""
        between = self.take("between") is not None
        first = self._day_clock()
        if first is None or not self.take("range", *(["also"] if between else [])):
            return None
        last = self._day_clock()
        if last is None:
            return None
        start, end = _zoned([(first[1], last[1])])[0]
        return self._through(first[0], start, last[0], end)

    def _day_clock(self) -> tuple[Day, Clock] | None:
        """'12 MAR 0300', and with the year behind: '06 JUL 03:18 2023'."""
        day = self._day()
        self.skip("also")
        clock = self._clock() if day else None
        if day is None or clock is None:
            return None
        if day.year is None and self.peek() == "four" and 1990 <= self.tokens[self.at].value[0] <= 2099:
            day = Day(day=day.day, month=day.month, year=self._year(), slip=day.slip)
        return day, clock

    def _clocks_days(self) -> Slot | None:
        """'0554Z TO 0912Z DAILY 22 THRU 28 JUN'."""
        self.skip("daily")
        clocks = self._clocks()
        if not clocks:
            return None
        self.skip("also", "daily")
        days = self._days()
        if not days:
            return None
        self._trailing()
        out = self._excepted()
        return Slot(
            span=self.span, days=tuple(days), clocks=tuple(clocks), daily=self.daily or _many(days), excepted=out
        )  # fmt: skip

    def _days_clocks(self) -> Slot | None:
        """'DAILY 22 THRU 28 JUN, 0554Z TO 0912Z'."""
        self.skip("daily")
        days = self._days()
        if not days:
            return None
        self.skip("also", "daily")
        clocks = self._clocks()
        if not clocks:
            return None
        self._trailing()
        out = self._excepted()
        return Slot(
            span=self.span, days=tuple(days), clocks=tuple(clocks), daily=self.daily or _many(days), excepted=out
        )  # fmt: skip

    def _excepted(self) -> tuple[tuple[Day, Day], ...]:
        """The days that are taken out again: 'EXCEPT 29 JAN'."""
        here = self.at
        self.skip("also")
        days = self._days() if self.take("except") else []
        if not days:
            self.at = here
        return tuple(days)

    def _trailing(self) -> None:
        if self.peek() == "daily":
            self.skip("daily")

    def same_hours(self, before: Slot) -> Slot | None:
        """'28 MAR TO 31 MAR SAME HOURS'."""
        self.at = self.first
        days = self._days()
        self.skip("also")
        if not days or not self.take("same") or before.through:
            return None
        return Slot(span=self.span, days=tuple(days), clocks=before.clocks, daily=True)

    def same_days(self, before: Slot) -> Slot | None:
        """'B. 1400Z TO 1753Z DAILY', where the days stand before the first item."""
        self.at = self.first
        self.skip("daily")
        clocks = self._clocks()
        self._trailing()
        if not clocks or not self.daily or before.through:
            return None
        return Slot(span=self.span, days=before.days, clocks=tuple(clocks), daily=True)

    def whole_days(self) -> tuple[Slot, int] | None:
        """Days without clocks ('12 THRU 25 APR'), and where they end."""
        days = self._days()
        if not days or days[-1][1].month is None or not _many(days):
            return None
        return Slot(span=self.span, days=tuple(days), clocks=()), self.at

    # ------------------------------------------------------------------------------------------------- parts

    def _zone(self, otherwise: float | None = None) -> float | None:
        """Hours of the zone that stands here."""
        token = self.take("zone")
        return token.value[0] if token else otherwise

    def _bracket(self) -> float | None:
        """The zone that stands alone in brackets, `UNSAID` for '(local time)', None when no bracket does."""
        here, zone = self.at, UNSAID
        if not self.take("open"):
            return None
        while self.peek() in ("local", "zone", "also", "range"):
            token = self.take("local", "zone", "also", "range")
            zone = token.value[0] if token and token.kind == "zone" else zone
        if self.take("close") and self.at > here + 2:
            return zone
        self.at = here
        return None

    def _clock(self) -> Clock | None:
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind not in ("clock", "four", "half") or token.value[-1] < 0:
            return None
        self.at += 1
        if self.take("local"):
            beside = self._bracket()
            named = self._zone(beside)
            return Clock(minutes=token.value[-1], zone=None if named == UNSAID else named)
        beside = self._bracket()
        if beside is not None:
            return Clock(minutes=token.value[-1], zone=None if beside == UNSAID else beside)
        zone = self.take("zone")
        self.take("local")
        if zone is None and token.kind == "half":
            return Clock(minutes=token.value[-1], zone=HALF)
        return Clock(minutes=token.value[-1], zone=zone.value[0] if zone else UNSAID)

    def _clocks(self) -> list[tuple[Clock, Clock]]:
        """All intervals of the day that stand here; of local time and UTC side by side, those in UTC."""
        found = self._intervals()
        if not found:
            return []
        here = self.at
        self.skip("also", "open", "range")
        beside = self._intervals() if self.at > here and self.tokens[here].kind in ("open", "range") else []
        if len(beside) == len(found):
            self.skip("close")
            return next((pairs for pairs in map(_zoned, (found, beside)) if pairs[0][0].zone == 0.0), _zoned(found))
        self.at = here
        return _zoned(found)

    def _intervals(self) -> list[tuple[Clock, Clock]]:
        found: list[tuple[Clock, Clock]] = []
        while len(found) < _MOST_CLOCKS:
            here = self.at
            self.skip("also")
            between = self.take("between") is not None
            start = self._clock()
            if start is None or not self.take("range", *(["also"] if between else [])):
                self.at = here
                return found
            end = self._clock()
            if end is None:
                self.at = here
                return found
            found.append((start, end))
        return found

    def _month(self) -> tuple[int | None, int | None, str]:
        """Month and year that stand here, and the month as printed when it is none."""
        here, slip = self.at, ""
        token = self.take("month")
        if token is None:
            word = self.tokens[here].text.upper() if here < len(self.tokens) else ""
            if self.peek() != "other" or not any(_one_letter_off(word, name) for name in MONTHS):
                return None, None, ""
            self.at += 1
            slip = word
        return int(token.value[0]) if token else None, self._year(), slip

    def _year(self) -> int | None:
        here = self.at
        if self.peek() == "also" and self.tokens[self.at].text == "," and self.peek(1) == "four":
            self.at += 1
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is not None and token.kind == "four" and 1990 <= token.value[0] <= 2099:
            following = [self.peek(1), self.peek(2)]
            clock = following[0] in ("zone", "local") or (following[0] == "range" and following[1] in ("four", "clock"))
            if not clock or token.value[1] < 0 or self._clock_before():
                self.at += 1
                return int(token.value[0])
        if token is not None and token.kind == "two" and 10 <= token.value[0] <= 69 and self.at == here:
            if self.peek(1) == "month" or len(token.text) != 2:
                return None
            self.at += 1
            return full_year(int(token.value[0]))
        self.at = here
        return None

    def _clock_before(self) -> bool:
        return any(token.kind in ("clock", "four", "moment") for token in self.tokens[self.first : self.at])

    def _day(self) -> Day | None:
        self.skip("weekday")
        token = self.take("date")
        if token is not None:
            return Day(year=int(token.value[0]), month=int(token.value[1]), day=int(token.value[2]))
        if self.peek() == "month" and self.peek(1) == "two":
            month = self.take("month")
            number = self.take("two")
            assert month is not None
            assert number is not None
            self.skip("weekday")
            self.lead = int(month.value[0])
            return Day(day=int(number.value[0]), month=self.lead, year=self._year())
        number = self.take("two")
        if number is None or not 1 <= number.value[0] <= 31:
            return None
        name, year, slip = self._month()
        self.skip("weekday")
        if name is None and not slip and self.lead is not None:  # 'July 16 and 17, 2025'
            name, year = self.lead, self._year()
        return Day(day=int(number.value[0]), month=name, year=year, slip=slip)

    def _days(self) -> list[tuple[Day, Day]]:
        """All days that stand here, each run with its first and last; a month holds for the days before it."""
        found: list[tuple[Day, Day]] = []
        while len(found) < _MOST_DAYS:
            here = self.at
            listed = not found or self.take("also") is not None or found[-1][1].month is None
            self.skip("also", "daily", "between")
            one = self._day()
            if one is None or not (listed or one.month is not None):
                self.at = here
                break
            self.last = here
            here = self.at
            other = None
            if self.take("range"):
                self.skip("daily")
                other = self._day()
                if other is not None and self.peek() == "range" and other.month is None:
                    other = None  # '12 - 14-16': what follows is another thing
            if other is None:
                self.at = here
            found.append((one, other or one))
        return found


def _many(days: Sequence[tuple[Day, Day]]) -> bool:
    return len(days) > 1 or any(one != other for one, other in days)


def _zoned(pairs: Sequence[tuple[Clock, Clock]]) -> list[tuple[Clock, Clock]]:
    """Clocks without a zone have that of the next one that has, else that of the last; UTC when there is none."""
    zones = [clock.zone for pair in pairs for clock in pair]
    known = [zone for zone in zones if zone != UNSAID]
    made: list[Clock] = []
    for number, clock in enumerate(clock for pair in pairs for clock in pair):
        if clock.zone != UNSAID:
            made.append(clock)
            continue
        later = [zone for zone in zones[number:] if zone != UNSAID]
        made.append(Clock(minutes=clock.minutes, zone=later[0] if later else known[-1] if known else UNSAID))
    return list(zip(made[::2], made[1::2], strict=True))


def _same_zone(start: Clock, end: Clock, other: Day) -> tuple[Clock, Day, Clock]:
    start, end = _zoned([(start, end)])[0]
    return start, other, end


def _one_letter_off(word: str, name: str) -> bool:
    return len(word) == 3 and word.isalpha() and sum(a != b for a, b in zip(word, name, strict=True)) == 1
