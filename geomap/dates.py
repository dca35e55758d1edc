"""Days in prose, "Sept. 15", "early Tuesday", "in March", as UTC intervals.

Days are local; the day of issue completes what the text leaves out: a weekday is the last one up to that day, a date
without a year the nearest one that is not more than a month ahead.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import TypeAlias

from geomap.patterns import regex
from geomap.stems import small_letters, spots
from geomap.types import Record, When

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
"""Number of each month by its English name in small letters."""
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
"""Number of each day of the week, Monday 0, by its English name in small letters."""
OFFSETS_H = {
    "PRK": 9, "KOR": 9, "JPN": 9, "CHN": 8, "TWN": 8, "PHL": 8, "IND": 5.5, "PAK": 5, "IRN": 3.5, "IRQ": 3, "YEM": 3,
    "SAU": 3, "ISR": 2, "SYR": 3, "TUR": 3, "RUS": 3, "UKR": 2, "GBR": 0, "FRA": 1, "NOR": 1, "USA": -5, "MHL": 12,
    "AUS": 10, "NZL": 12, "KAZ": 5, "ARE": 4, "OMN": 4, "LBN": 2,
}  # fmt: skip
"""Standard time of the states that launch stories are about, in hours ahead of UTC at the capital."""

_SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_SMALL = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_ALSO_WORDS = frozenset({"march", "may", "mar", "sun", "sat", "sep", "jan", "dec"})
"""Names of months that are words or persons' names too: they need more than a capital letter."""
_OTHER_CASES = str.maketrans({"\u017f": "s", "\u0131": "i", "\u0307": None, "\u212a": "k"})
_DAY_BEFORE = ("yesterday", "last evening", "last night")
ISSUE = "the day of issue"
"""What stands for the words of a day that the text does not give."""
_HEAD = 600
"""Characters at the beginning of a text within which its own date stands."""

Days: TypeAlias = "tuple[str, date | None, date | None]"
"""Grain (day, month, year), first and last local day; None when the day of issue is needed and not known."""
Parts: TypeAlias = Mapping[str, str]


class Dated(Record, kw_only=True):
    """A date in the text: offsets, first and last local day, and how exact it is.

    Parameters
    ----------
    grain : ``day``, ``month`` or ``year``
    first, last : ISO days, both inclusive; None when the day of issue is needed and not known
    kind : which of the forms of a date it has (``mdy``, ``weekday`` …)
    """

    start: int
    end: int
    said: str
    grain: str
    first: str | None
    last: str | None
    kind: str


class WeekdaySlip(Record, kw_only=True):
    """A date with a weekday that it is not: the words, the ISO day, and the weekday in small letters that it is."""

    said: str
    day: str
    weekday: str


# ------------------------------------------------------------------------------- what each form of a date means


def _date(parts: Parts, issue: date | None) -> Days:
    day = _complete(_number(parts["d1"]), _month(parts["m1"]), parts.get("y"), issue)
    return "day", day, day


def _iso(parts: Parts, issue: date | None) -> Days:
    day = date(int(parts["y"]), int(parts["n"]), int(parts["d1"]))
    return "day", day, day


def _two_days(parts: Parts, issue: date | None) -> Days:
    first, last = parts["m1"], parts.get("m2", parts["m1"])
    return (
        "day",
        _complete(_number(parts["d1"]), _month(first), parts.get("y"), issue),
        _complete(_number(parts["d2"]), _month(last), parts.get("y"), issue),
    )


def _whole_month(parts: Parts, issue: date | None) -> Days:
    month = _month(parts["m1"])
    if "y" in parts:
        year = int(parts["y"])
    elif issue is None:
        return "month", None, None
    else:
        year = issue.year if month <= issue.month else issue.year - 1
    return "month", date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year(parts: Parts, issue: date | None) -> Days:
    year = int(parts["y"])
    return "year", date(year, 1, 1), date(year, 12, 31)


def _nth(parts: Parts, issue: date | None) -> Days:
    """'On the 3rd' is the last such day."""
    back = (issue - timedelta(days=days) for days in range(62)) if issue else ()
    day = next((day for day in back if day.day == int(parts["d1"])), None)
    return "day", day, day


def _weekday(parts: Parts, issue: date | None) -> Days:
    if issue is None:
        return "day", None, None
    back = (issue.weekday() - WEEKDAYS[_plain(parts["w"])]) % 7
    ahead = parts.get("rel", "").lower() == "next"
    day = issue + timedelta(days=7 - back) if ahead else issue - timedelta(days=back)
    return "day", day, day


def _weekend(parts: Parts, issue: date | None) -> Days:
    if issue is None:
        return "day", None, None
    sunday = issue - timedelta(days=(issue.weekday() - 6) % 7)
    return "day", sunday - timedelta(days=1), sunday


def _today(parts: Parts, issue: date | None) -> Days:
    back = 1 if parts["t"].lower() in _DAY_BEFORE else 0
    day = issue - timedelta(days=back) if issue else None
    return "day", day, day


def _ago(parts: Parts, issue: date | None) -> Days:
    back = _SMALL.get(parts["n"].lower()) or int(parts["n"])
    day = issue - timedelta(days=back) if issue else None
    return "day", day, day


_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_SHORT)})\b\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_TO = r"\s?(?:and|to|-|–|through)\s?"
_WEEKDAYS = regex(rf"\b{_WEEKDAY}\b", re.IGNORECASE)
_IN_YEAR = r"(?:,? (?P<y>(?:19|20)\d{2}))?"
_AFTER_WEEKDAY = rf"(?:{_WEEKDAY}(?: (?:morning|afternoon|evening|night))?,? )?"  # 'Thursday, Aug. 4' is one date

_A_MONTH = (tuple(_SHORT), rf"(?<!\w)(?:{'|'.join((*MONTHS, *_SHORT))})(?!\w)")
_A_YEAR = (("19", "20"), r"(?<!\w)(?:19|20)\d\d(?!\w)")
_A_WEEKDAY = (("day",), rf"(?:{'|'.join(f'(?<={day[:-3]})' for day in WEEKDAYS)})day(?!\w)")
_A_DAY = (
    ("day", "morning", "afternoon", "evening", "night"),
    r"(?:(?<=to)|(?<=yester))day(?!\w)|(?:(?<=to)|(?<=this )|(?<=last ))(?:morning|afternoon|evening|night)(?!\w)",
)
_THE_NTH, _A_WEEKEND, _DAYS_AGO = (("on the ",), r"on the \d"), (("weekend",), "weekend"), (("days ",), "days [aeb]")
_MID = "(?:(?:mid|early|late)[- ])?"
_LENGTH = " ?(?:k|m|nautical|nm)"

_FORMS: tuple[tuple[str, tuple[tuple[str, ...], str], str, Callable[[Parts, date | None], Days]], ...] = (
    # 11 and 12 September (2021); 4-5 August
    ("days", _A_MONTH, rf"(?P<d1>{_DAY}){_TO}(?P<d2>{_DAY}) (?P<m1>{_MONTH}){_IN_YEAR}", _two_days),
    # Jan. 21 to Feb. 19(, 2022)
    ("span", _A_MONTH, rf"(?P<m1>{_MONTH}) (?P<d1>{_DAY}){_TO}(?P<m2>{_MONTH}) (?P<d2>{_DAY}){_IN_YEAR}", _two_days),
    # 2021-09-15
    ("iso", _A_YEAR, r"(?P<y>(?:19|20)\d{2})-(?P<n>\d{2})-(?P<d1>\d{2})", _iso),
    # (Thursday,) Sept. 15(, 2021)
    ("mdy", _A_MONTH, rf"{_AFTER_WEEKDAY}(?P<m1>{_MONTH}) (?P<d1>{_DAY})(?!\d|:\d){_IN_YEAR}", _date),
    # (Thursday,) 15 (of) September (2021)
    ("dmy", _A_MONTH, rf"{_AFTER_WEEKDAY}(?P<d1>{_DAY}) (?:of )?(?P<m1>{_MONTH}){_IN_YEAR}", _date),
    # first of September
    ("wdmy", _A_MONTH, rf"(?P<d1>{'|'.join(_ORDINALS)}) of (?P<m1>{_MONTH}){_IN_YEAR}", _date),
    # (last) September (2021)
    ("month", _A_MONTH, rf"(?:(?P<rel>last|this) )?{_MID}(?P<m1>{_MONTH}){_IN_YEAR}", _whole_month),
    # on the 15th
    ("nth", _THE_NTH, r"on the (?P<d1>\d{1,2})(?:st|nd|rd|th)", _nth),
    # (next) Wednesday
    ("weekday", _A_WEEKDAY, rf"(?:(?P<rel>last|this|next) )?(?P<w>{_WEEKDAY})", _weekday),
    # over the weekend
    ("weekend", _A_WEEKEND, r"(?:over|at|on|during) the (?:past )?weekend|(?:last|this) weekend", _weekend),
    # today, last night
    (
        "today",
        _A_DAY,
        rf"(?P<t>today|tonight|this (?:morning|afternoon|evening)|{'|'.join(_DAY_BEFORE)})",
        _today,
    ),
    # three days ago
    ("ago", _DAYS_AGO, rf"(?P<n>{'|'.join(_SMALL)}|\d{{1,3}}) days (?:ago|earlier|before)", _ago),
    # in 2021
    ("year", _A_YEAR, rf"(?:in|since|of|early|late|until|back in) (?P<y>(?:19|20)\d{{2}})(?!{_LENGTH})", _year),
)
"""Forms of a date, the fullest first: a name for each, the letters one of which it has and what they are in, its
pattern, and its reader."""
_FINDERS = tuple(
    (kind, needed, regex(rf"(?<![\w-])(?<!Long )(?:{pattern})(?!\w)", re.IGNORECASE), read)  # no 'Long March 8'
    for kind, needed, pattern, read in _FORMS
)
_NEEDED = {needed: regex(needed[1]) for _, needed, _, _ in _FINDERS}
_REACH = 80
"""More characters than a date has, on either side of the letters that it needs."""
_COMING = regex(
    r"\b(?:will|to (?:launch|fire|test|fly|take place|be (?:launched|fired))|plans?|planned|set|due|"
    r"scheduled|expected)\b[^.;]*$"
)
"""In front of a weekday: it is still to come."""
_ABROAD = regex(
    r"(?: (?:morning|afternoon|evening|night))?,? (?:local|[A-Z]\w+(?:an|ese)?) (?:standard )?time\b", re.IGNORECASE
)
"""Behind a weekday: it is that of another place, which may be a day ahead of the paper."""
_NEXT_DAY = "12"
"""The hour of UTC from which an article may be of the next day where it was written."""
_CLAUSE = 100
_MONTH_FOLLOWS = regex(r"\b(?:in|since|of|last|this|by|until|late|early|mid)[ -]$")


def find_dates(text: str, published: str | None) -> tuple[Dated, ...]:
    """Find all dates in a text, in order.

    Parameters
    ----------
    published : ISO day or instant of issue; None leaves what needs it without days
    """
    issue = date.fromisoformat(published[:10]) if published else None
    late = (published or "")[11:13] >= _NEXT_DAY
    found: list[Dated] = []
    taken = bytearray(len(text))
    small = small_letters(text)
    near = {needed: _stretches(text, small, needed[0], word) for needed, word in _NEEDED.items()}
    for kind, needed, finder, read in _FINDERS:
        for match in (match for stretch in near[needed] for match in finder.finditer(text, *stretch)):
            start, end = match.span()
            cut = end == match.endpos and text[end : end + 1].isalnum()  # a word goes on behind the stretch
            if cut or any(taken[start:end]) or (kind == "month" and not _is_month(text, match)):
                continue
            try:
                grain, first, last = read({key: part for key, part in match.groupdict().items() if part}, issue)
            except (ValueError, OverflowError):  # 31 February, or days before the calendar begins
                taken[start:end] = b"\1" * (end - start)  # nor is it all of February
                continue
            taken[start:end] = b"\1" * (end - start)
            if kind == "weekday" and first is not None and issue is not None:
                first = last = _meant(first, issue, match, late=late)
            found.append(
                Dated(
                    start=start,
                    end=end,
                    said=match[0],
                    grain=grain,
                    first=first.isoformat() if first else None,
                    last=last.isoformat() if last else None,
                    kind=kind,
                )
            )
    return tuple(sorted(found, key=lambda item: item.start))


def _stretches(text: str, small: str | None, letters: tuple[str, ...], word: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where in a text dates may be: the stretches about the words that they need, which do not touch."""
    if small is None:
        return [(0, len(text))]
    found: list[tuple[int, int]] = []
    for at in (at for at in spots(small, *letters) if word.match(small, at)):
        start, end = max(0, at - _REACH), min(len(text), at + _REACH)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, end))
    return found


def weekday_slips(text: str, published: str | None) -> tuple[WeekdaySlip, ...]:
    """Find the dates of a text that have a weekday which they are not: 'Wednesday, Sept. 14, 2021' was a Tuesday.

    Parameters
    ----------
    published : as of `find_dates`
    """
    found = []
    dated = find_dates(text, published) if _WEEKDAYS.search(text) else ()
    for number, item in enumerate(dated):
        if item.grain != "day" or item.first is None or item.first != item.last or item.kind == "weekday":
            continue
        beside = [other for other in dated[max(0, number - 1) : number + 2] if other.kind == "weekday"]
        named = [other for other in beside if _goes_with(text, item, other)]
        start, end = min([item, *named], key=_start).start, max([item, *named], key=_start).end
        words = _WEEKDAYS.findall(text[start:end])
        day = calendar.day_name[date.fromisoformat(item.first).weekday()].lower()
        if words and day not in map(str.lower, words):
            found.append(WeekdaySlip(said=text[start:end], day=item.first, weekday=day))
    return tuple(found)


def _start(dated: Dated) -> int:
    return dated.start


def _goes_with(text: str, day: Dated, weekday: Dated) -> bool:
    """Whether a weekday belongs to a date beside it: 'Wednesday (Sept. 14)', 'Sept. 14, a Wednesday'."""
    if weekday.start < day.start:
        return text[weekday.end : day.start] == " ("
    return text[day.end : weekday.start] in (" (", ", a ")


def _meant(day: date, issue: date, match: re.Match[str], *, late: bool) -> date:
    """A weekday that is still to come, or already there where it is told of, and not the last one of its name."""
    text, start, end = match.string, *match.span()
    coming = _COMING.search(text[max(0, start - _CLAUSE) : start]) and day < issue
    tomorrow = issue - day == timedelta(days=6) and ((late and not match["rel"]) or _ABROAD.match(text, end))
    try:
        return day + timedelta(days=7) if coming or tomorrow else day
    except OverflowError:  # in the last week of the calendar
        return day


def dateline_day(text: str) -> str | None:
    """The day of issue that a text states by itself: the first full date (with its year) in its first lines."""
    for item in find_dates(text[:_HEAD], None):
        if item.grain == "day" and item.first is not None and item.first == item.last:
            return item.first
    return None


def days_apart(a: str, b: str) -> int:
    """Number of days between two ISO days, in either order."""
    return abs((date.fromisoformat(a) - date.fromisoformat(b)).days)


def shifted(day: str, days: int) -> str | None:
    """The ISO day so many days after another, None beyond the calendar."""
    try:
        return (date.fromisoformat(day) + timedelta(days=days)).isoformat()
    except OverflowError:
        return None


def when(dated: Dated, country: str | None, longitude: float | None = None) -> When | None:
    """Turn local days into a UTC interval, the end exclusive; None when the days are not known.

    Parameters
    ----------
    country : ISO 3166-1 alpha-3 of the state whose standard time counts
    longitude : degrees, used for a state that is not in the table (15 degrees an hour)
    """
    if dated.first is None or dated.last is None:
        return None
    hours = OFFSETS_H.get(country or "", round((longitude or 0.0) / 15))
    zone = timezone(timedelta(hours=hours))
    try:
        start = datetime.combine(date.fromisoformat(dated.first), time(), zone)
        end = datetime.combine(date.fromisoformat(dated.last) + timedelta(days=1), time(), zone)
        return When(start=_utc(start), end=_utc(end), said=dated.said)
    except OverflowError:  # the first and the last day of the calendar
        return None


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Tell 'in March' and 'since May' from 'March of the troops', 'Kim may' and 'march'."""
    if not match["m1"][0].isupper():
        return False
    if match[0].split()[-1].lower().rstrip(".") not in _ALSO_WORDS:
        return True
    before = text[max(0, match.start() - 12) : match.start()].lower()
    return bool(match["y"] or match["rel"] or _MONTH_FOLLOWS.search(before))


def _complete(day: int, month: int, year: str | None, issue: date | None) -> date | None:
    """The day, in the nearest year that is not more than a month ahead when the text gives none."""
    if year:
        return date(int(year), month, day)
    date(2000, month, day)  # raises on a day that no year has
    if issue is None:
        return None
    latest = issue + timedelta(days=31)
    years = (issue.year - 1, issue.year, issue.year + 1)
    possible = [date(year, month, day) for year in years if day <= calendar.monthrange(year, month)[1]]
    return max((option for option in possible if option <= latest), default=None)


def _plain(word: str) -> str:
    """A word as the tables have it; a pattern takes a long s for an s, and an i without its dot for an i."""
    return word.lower().translate(_OTHER_CASES)


def _month(name: str) -> int:
    key = _plain(name).rstrip(".")
    return MONTHS.get(key) or _SHORT[key]


def _number(words: str) -> int:
    return _ORDINALS.get(words.lower()) or int(re.sub(r"\D", "", words))
