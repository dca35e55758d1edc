"""Days in prose, "Sept. 15", "early Tuesday", "in March", as UTC intervals.

Days are local; the day of issue completes what the text leaves out: a weekday is the last one up to that day, a date
without a year the nearest one that is not more than a month ahead.
"""

from __future__ import annotations

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone

from geomap.types import Record, When

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
_SHORT = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
OFFSETS_H = {
    "PRK": 9, "KOR": 9, "JPN": 9, "CHN": 8, "TWN": 8, "PHL": 8, "IND": 5.5, "PAK": 5, "IRN": 3.5, "IRQ": 3, "YEM": 3,
    "SAU": 3, "ISR": 2, "SYR": 3, "TUR": 3, "RUS": 3, "UKR": 2, "GBR": 0, "FRA": 1, "NOR": 1, "USA": -5, "MHL": 12,
    "AUS": 10, "NZL": 12, "KAZ": 5, "ARE": 4, "OMN": 4, "LBN": 2,
}  # fmt: skip
"""Standard time of the states that launch stories are about, hours ahead of UTC (the capital's where there are several)."""

_MONTH = rf"(?:{'|'.join(MONTHS)}|(?:{'|'.join(_SHORT)})\b\.?)"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = rf"(?:{'|'.join(WEEKDAYS)})"
_PATTERNS = [
    # 11 and 12 September (2021); 4-5 August; Jan. 21 to Feb. 19(, 2022); between Nov. 22 and Nov. 30
    ("days", rf"(?P<d1>{_DAY})(?:\s?(?:and|to|-|–|through)\s?)(?P<d2>{_DAY}) (?P<m1>{_MONTH})(?:,? (?P<y>\d{{4}}))?"),
    ("span", rf"(?P<m1>{_MONTH}) (?P<d1>{_DAY})\s?(?:and|to|-|–|through)\s?(?P<m2>{_MONTH}) (?P<d2>{_DAY})(?:,? (?P<y>\d{{4}}))?"),
    ("iso", r"(?P<y>\d{4})-(?P<n>\d{2})-(?P<d1>\d{2})"),
    ("mdy", rf"(?P<m1>{_MONTH}) (?P<d1>{_DAY})(?!\d|:)(?:,? (?P<y>(?:19|20)\d{{2}}))?"),
    ("dmy", rf"(?P<d1>{_DAY}) (?:of )?(?P<m1>{_MONTH})(?:,? (?P<y>(?:19|20)\d{{2}}))?"),
    ("wdmy", rf"(?P<d1>(?:first|second|third|fourth|fifth)) of (?P<m1>{_MONTH})(?:,? (?P<y>(?:19|20)\d{{2}}))?"),
    ("month", rf"(?:(?P<rel>last|this) )?(?P<m1>{_MONTH})(?:,? (?P<y>(?:19|20)\d{{2}}))?"),
    ("nth", r"on the (?P<d1>\d{1,2})(?:st|nd|rd|th)"),
    ("weekday", rf"(?:(?P<rel>last|this|next) )?(?P<w>{_WEEKDAY})"),
    ("today", r"(?P<t>today|tonight|this morning|this afternoon|this evening|yesterday|last evening|last night)"),
    ("ago", r"(?P<n>two|three|four|five|six|seven|\d+) days (?P<a>ago|earlier|before)"),
    ("year", r"(?:in|since|of|early|late|until|back in) (?P<y>(?:19|20)\d{2})"),
]  # fmt: skip
_BEFORE = rf"(?:{_WEEKDAY}(?: (?:morning|afternoon|evening|night))?,? )?"  # 'Thursday, Aug. 4' is one date
_FINDERS = [
    (
        name,
        re.compile(
            rf"(?<![\w-])(?<!Long )(?:{_BEFORE if name in ('mdy', 'dmy') else ''}{pattern})(?!\w)", re.IGNORECASE
        ),
    )
    for name, pattern in _PATTERNS
]
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}
_CAPITAL_ONLY = {"march", "may", "mar", "sun", "sat", "sep", "jan", "dec"}


class Dated(Record, kw_only=True):
    """A date in the text: offsets, first and last local day, how exact it is, and whether the words give the year.

    Parameters
    ----------
    grain : ``day``, ``month`` or ``year``
    first, last : ISO days, both inclusive; None when the day of issue is needed and not known
    """

    start: int
    end: int
    said: str
    grain: str
    first: str | None
    last: str | None
    kind: str


def find_dates(text: str, published: str | None) -> tuple[Dated, ...]:
    """Find all dates in a text, in order.

    Parameters
    ----------
    published : ISO day or instant of issue; None leaves what needs it without days
    """
    issue = date.fromisoformat(published[:10]) if published else None
    found: list[Dated] = []
    taken: list[tuple[int, int]] = []
    for kind, finder in _FINDERS:
        for match in finder.finditer(text):
            start, end = match.span()
            word = match[0].split()[-1].lower().rstrip(".")
            if any(start < b and a < end for a, b in taken):
                continue
            if kind == "month" and (
                not match["m1"][0].isupper() or (word in _CAPITAL_ONLY and not _is_month(text, match))
            ):
                continue
            days = _days(kind, match, issue)
            if days is not None:
                grain, first, last = days
                taken.append((start, end))
                found.append(Dated(start=start, end=end, said=match[0], grain=grain, first=first, last=last, kind=kind))
    return tuple(sorted(found, key=lambda item: item.start))


def dateline_day(text: str) -> str | None:
    """The day of issue that a text states by itself: the first full date (with its year) in its first lines."""
    head = text[:600]
    for item in find_dates(head, None):
        if item.grain == "day" and item.first is not None and item.first == item.last:
            return item.first
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
    start = datetime.combine(date.fromisoformat(dated.first), time(), zone)
    end = datetime.combine(date.fromisoformat(dated.last) + timedelta(days=1), time(), zone)
    return When(start=_utc(start), end=_utc(end), said=dated.said)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _is_month(text: str, match: re.Match[str]) -> bool:
    """Tell 'in March' and 'since May' from 'March of the troops' and 'Kim may'."""
    before = text[max(0, match.start() - 12) : match.start()].lower()
    return bool(
        match["y"] or match["rel"] or re.search(r"\b(?:in|since|of|last|this|by|until|late|early|mid)[ -]$", before)
    )


def _days(kind: str, match: re.Match[str], issue: date | None) -> tuple[str, str | None, str | None] | None:
    parts = match.groupdict()
    try:
        if kind in ("mdy", "dmy", "wdmy", "iso"):
            month = int(parts["n"]) if kind == "iso" else _month(parts["m1"])
            day = _complete(_number(parts["d1"]), month, parts["y"], issue)
            return ("day", _iso(day), _iso(day))
        if kind == "days":
            month = _month(parts["m1"])
            return (
                "day",
                _iso(_complete(_number(parts["d1"]), month, parts["y"], issue)),
                _iso(_complete(_number(parts["d2"]), month, parts["y"], issue)),
            )
        if kind == "span":
            return (
                "day",
                _iso(_complete(_number(parts["d1"]), _month(parts["m1"]), parts["y"], issue)),
                _iso(_complete(_number(parts["d2"]), _month(parts["m2"]), parts["y"], issue)),
            )
        if kind == "month":
            return _whole_month(_month(parts["m1"]), parts["y"], issue)
        if kind == "year":
            return ("year", f"{parts['y']}-01-01", f"{parts['y']}-12-31")
    except ValueError:  # 31 February and the like
        return None
    if issue is None:
        return ("day", None, None)
    if kind == "nth":
        day = _before(issue, lambda candidate: candidate.day == int(parts["d1"]))
    elif kind == "weekday":
        back = (issue.weekday() - WEEKDAYS[parts["w"].lower()]) % 7
        ahead = parts["rel"] and parts["rel"].lower() == "next"
        day = issue + timedelta(days=7 - back) if ahead else issue - timedelta(days=back)
    elif kind == "today":
        day = issue - timedelta(days=1) if parts["t"].lower() in ("yesterday", "last evening", "last night") else issue
    else:
        words = ["zero", "one", "two", "three", "four", "five", "six", "seven"]
        number = int(parts["n"]) if parts["n"].isdigit() else words.index(parts["n"].lower())
        day = issue - timedelta(days=number)
    return ("day", _iso(day), _iso(day))


def _whole_month(month: int, year: str | None, issue: date | None) -> tuple[str, str | None, str | None]:
    if year is None and issue is None:
        return ("month", None, None)
    number = int(year) if year else (issue.year if issue and month <= issue.month else issue.year - 1 if issue else 0)
    return ("month", f"{number}-{month:02d}-01", f"{number}-{month:02d}-{calendar.monthrange(number, month)[1]:02d}")


def _before(issue: date, fits: object) -> date | None:
    assert callable(fits)
    return next((day for back in range(62) if fits(day := issue - timedelta(days=back))), None)


def _complete(day: int, month: int, year: str | None, issue: date | None) -> date | None:
    if year:
        return date(int(year), month, day)
    date(2000, month, day)  # raises on a day that no year has
    if issue is None:
        return None
    options = []
    for candidate in (issue.year - 1, issue.year, issue.year + 1):
        try:
            options.append(date(candidate, month, day))
        except ValueError:
            continue
    near = [option for option in options if option <= issue + timedelta(days=31)]
    return max(near, default=None)


def _month(name: str) -> int:
    key = name.lower().rstrip(".")
    return MONTHS.get(key) or _SHORT[key]


def _number(words: str) -> int:
    return _ORDINALS.get(words.lower()) or int(re.sub(r"\D", "", words))


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
