"""A place in the tokens of a text, from which the parts of a time are read: clocks, zones, months, days."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.notices.moments import MONTHS, Token, full_year
from geomap.types import Record, Span

_MOST_DAYS, _MOST_CLOCKS, _MOST_BETWEEN = 200, 24, 12
"""Runs of days and clocks of one slot, and commas in a row, at most: figures without end are no time."""


class Day(Record, kw_only=True):
    """A day as far as it is printed; ``slip`` is a month as printed that is none, ``month`` then is None."""

    day: int
    month: int | None = None
    year: int | None = None
    slip: str = ""


UNSAID, HALF = -99.0, -98.0
"""The zone of a clock that stands without one, and of one that is said with a.m. or p.m. and without one."""


class Clock(Record, kw_only=True):
    """Minutes of the day; hours ahead of UTC, None for local time of a place that is not named."""

    minutes: float
    zone: float | None = 0.0


class Cursor:
    """Reads the parts of a time from a place in the tokens on; what cannot be read leaves it where it was."""

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

    def zone(self, otherwise: float | None = None) -> float | None:
        """Hours of the zone that stands here."""
        token = self.take("zone")
        return token.value[0] if token else otherwise

    def bracket(self) -> float | None:
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

    def clock(self) -> Clock | None:
        """A clock that stands here, with its zone."""
        token = self.tokens[self.at] if self.at < len(self.tokens) else None
        if token is None or token.kind not in ("clock", "four", "half") or token.value[-1] < 0:
            return None
        self.at += 1
        if self.take("local"):
            beside = self.bracket()
            named = self.zone(beside)
            return Clock(minutes=token.value[-1], zone=None if named == UNSAID else named)
        beside = self.bracket()
        if beside is not None:
            return Clock(minutes=token.value[-1], zone=None if beside == UNSAID else beside)
        zone = self.take("zone")
        self.take("local")
        if zone is None and token.kind == "half":
            return Clock(minutes=token.value[-1], zone=HALF)
        return Clock(minutes=token.value[-1], zone=zone.value[0] if zone else UNSAID)

    def clocks(self) -> list[tuple[Clock, Clock]]:
        """All intervals of the day that stand here; of local time and UTC side by side, those in UTC."""
        found = self.intervals()
        if not found:
            return []
        here = self.at
        self.skip("also", "open", "range")
        beside = self.intervals() if self.at > here and self.tokens[here].kind in ("open", "range") else []
        if len(beside) == len(found):
            self.skip("close")
            return next((pairs for pairs in map(zoned, (found, beside)) if pairs[0][0].zone == 0.0), zoned(found))
        self.at = here
        return zoned(found)

    def intervals(self) -> list[tuple[Clock, Clock]]:
        """All intervals of the day that stand here, one after the other."""
        found: list[tuple[Clock, Clock]] = []
        while len(found) < _MOST_CLOCKS:
            here = self.at
            self.skip("also")
            between = self.take("between") is not None
            start = self.clock()
            if start is not None and self.peek() == "month" and self.peek(1) == "range":
                self.at += 1  # '1400Z AUG TO 1843Z DAILY': the month is one too many
            if start is None or not self.take("range", *(["also"] if between else [])):
                self.at = here
                return found
            end = self.clock()
            if end is None:
                self.at = here
                return found
            found.append((start, end))
        return found

    def month(self) -> tuple[int | None, int | None, str]:
        """Month and year that stand here, and the month as printed when it is none."""
        here, slip = self.at, ""
        token = self.take("month")
        if token is None:
            word = self.tokens[here].text.upper() if here < len(self.tokens) else ""
            if self.peek() != "other" or not any(_one_letter_off(word, name) for name in MONTHS):
                return None, None, ""
            self.at += 1
            slip = word
        return int(token.value[0]) if token else None, self.year(), slip

    def year(self) -> int | None:
        """The year that stands here: of two or four figures, behind a month."""
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

    def day(self) -> Day | None:
        """The day that stands here, as far as it is printed."""
        self.skip("weekday")
        token = self.take("date")
        if token is not None:
            return Day(year=int(token.value[0]) or None, month=int(token.value[1]), day=int(token.value[2]))
        if self.peek() == "month" and self.peek(1) == "two":
            month = self.take("month")
            number = self.take("two")
            assert month is not None
            assert number is not None
            self.skip("weekday")
            self.lead = int(month.value[0])
            return Day(day=int(number.value[0]), month=self.lead, year=self.year())
        number = self.take("two")
        if number is None or not 1 <= number.value[0] <= 31:
            return None
        name, year, slip = self.month()
        self.skip("weekday")
        if name is None and not slip and self.lead is not None:  # 'July 16 and 17, 2025'
            name, year = self.lead, self.year()
        return Day(day=int(number.value[0]), month=name, year=year, slip=slip)

    def days(self) -> list[tuple[Day, Day]]:
        """All days that stand here, each run with its first and last; a month holds for the days before it."""
        found: list[tuple[Day, Day]] = []
        while len(found) < _MOST_DAYS:
            here = self.at
            listed = not found or self.take("also") is not None or found[-1][1].month is None
            self.skip("also", "daily", "between")
            one = self.day()
            if one is None or not (listed or one.month is not None):
                self.at = here
                break
            self.last = here
            here = self.at
            other = None
            if self.take("range"):
                self.skip("daily")
                other = self.day()
                if other is not None and self.peek() == "range" and other.month is None:
                    other = None  # '12 - 14-16': what follows is another thing
            if other is None:
                self.at = here
            found.append((one, other or one))
        return found

    def moment(self) -> tuple[Day, Clock] | None:
        """A day and a clock in one group of figures, with its zone and month."""
        token = self.take("moment")
        if token is None:
            return None
        zone = self.zone(0.0)
        month, year, slip = self.month()
        zone = self.zone(zone)
        return Day(day=int(token.value[0]), month=month, year=year, slip=slip), Clock(minutes=token.value[1], zone=zone)

    def day_clock(self) -> tuple[Day, Clock] | None:
        """'12 MAR 0300', and with the year behind: '06 JUL 03:18 2023'."""
        day = self.day()
        self.skip("also")
        clock = self.clock() if day else None
        if day is None or clock is None:
            return None
        if day.year is None and self.peek() == "four" and 1990 <= self.tokens[self.at].value[0] <= 2099:
            day = Day(day=day.day, month=day.month, year=self.year(), slip=day.slip)
        return day, clock


def zoned(pairs: Sequence[tuple[Clock, Clock]]) -> list[tuple[Clock, Clock]]:
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


def _one_letter_off(word: str, name: str) -> bool:
    return len(word) == 3 and word.isalpha() and sum(a != b for a, b in zip(word, name, strict=True)) == 1
