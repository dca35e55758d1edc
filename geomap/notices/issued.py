"""When a message was sent, when it cancels itself, and what that tells of the years that it does not print."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from geomap.notices.messages import CANCEL_THIS, Message
from geomap.notices.moments import Token, find_tokens, full_year
from geomap.notices.windows import Anchors
from geomap.patterns import regex
from geomap.types import Span

_GROUP = regex(
    r"(?<![\d/-])(?P<day>\d{2})(?P<clock>\d{4})\s?(?:Z|UTC|GMT|HRS)?\s?(?:UTC\s)?/?(?P<month>[A-Z]{3,9})\.?\s(?P<year>\d{4}|\d{2})(?!\d)",
    re.IGNORECASE,
)
_DATED = regex(r"\bDate:?\s?(?P<year>20\d\d)/(?P<month>\d\d)/(?P<day>\d\d)", re.IGNORECASE)
_CREATED = regex(
    r"\bCREATED:?\s(?P<day>\d{1,2})\s(?P<month>[A-Z]{3})\s(?P<year>\d{4})\s(?P<clock>\d{2}:\d{2})", re.IGNORECASE
)
_RANGE_BESIDE = regex(r"(?:\bTO|\bUNTIL|\bTHRU|\bTILL?|\bAND|\bFROM|\bFM|\bBETWEEN|-|–)\s*$", re.IGNORECASE)
_RANGE_BEHIND = regex(r"\s*(?:TO\b|UNTIL\b|THRU\b|TILL?\b|-|–)", re.IGNORECASE)
_HALF_YEAR = 7


def cancel_time(text: str, message: Message, published: str | None) -> tuple[datetime | None, Span | None]:
    """When a message cancels itself, and the offsets of the words."""
    span: Span | None = None
    found: datetime | None = None
    matches = list(CANCEL_THIS.finditer(text, *message.span))
    near = _rough(text, message, published) if matches else None
    for match in matches:
        span = match.span()
        if match["when"]:
            found = _moment(match["when"], near) or found
    return found, span


def issue_time(text: str, message: Message, cancel: Span | None) -> tuple[datetime | None, Span | None]:
    """When a message was sent, as its date-time group says, and the offsets of that."""
    created = _CREATED.search(text, *message.span)
    if created is not None:
        return _moment(
            f"{created['clock']} {created['day']} {created['month']} {created['year']}", None
        ), created.span()
    dated = _DATED.search(text, *message.span)
    if dated is not None:
        made = _made(int(dated["year"]), int(dated["month"]), int(dated["day"]), 0.0)
        return made, (dated.span() if made else None)
    for match in _GROUP.finditer(text, *message.span):
        if cancel is not None and cancel[0] <= match.start() < cancel[1]:
            continue
        before, after = text[max(0, match.start() - 12) : match.start()], text[match.end() : match.end() + 8]
        if _RANGE_BESIDE.search(before) or _RANGE_BEHIND.match(after):
            continue
        found = _moment(match[0], None)
        if found is not None:
            return found, match.span()
    return None, None


def anchors_of(message: Message, cancel: datetime | None, issued: datetime | None, published: str | None) -> Anchors:
    """What is known of the time of a message, best first."""
    return Anchors(near=cancel or issued or _published(published), year=message.year)


def _rough(text: str, message: Message, published: str | None) -> datetime | None:
    """About when a message was sent, before its own time of cancellation is known."""
    issued = issue_time(text, message, None)[0]
    if issued is not None:
        return issued
    if message.year is not None:
        return datetime(message.year, _HALF_YEAR, 1, tzinfo=UTC)
    return _published(published)


def _published(published: str | None) -> datetime | None:
    if not published:
        return None
    try:
        return datetime.fromisoformat(published[:10]).replace(tzinfo=UTC)
    except ValueError:
        return None


def _moment(words: str, near: datetime | None) -> datetime | None:
    """A moment as printed: day, clock, month, and the year when it stands there."""
    tokens = find_tokens(words)
    month = next((int(token.value[0]) for token in tokens if token.kind == "month"), None)
    day, minute, year = _figures(tokens)
    if day is None:
        return None
    if month is None:
        if near is None:
            return None
        month = near.month if day >= near.day else near.month % 12 + 1
        year = near.year if month >= near.month else near.year + 1
    years = [year] if year is not None else [near.year - 1, near.year, near.year + 1] if near else []
    found = [made for one in years if (made := _made(one, month, day, minute)) is not None]
    return min(found, key=lambda one: abs(one - near) if near else one - one, default=None)


def _figures(tokens: list[Token]) -> tuple[int | None, float, int | None]:
    """Day, minutes of the day and year of the tokens of one moment."""
    day: int | None = None
    minute, year = 0.0, None
    behind = False
    for token in tokens:
        if token.kind == "month":
            behind = True
        elif token.kind == "moment":
            day, minute = int(token.value[0]), token.value[1]
        elif token.kind == "two" and behind and day is not None:
            year = full_year(int(token.value[0]))
        elif token.kind == "two" and day is None:
            day = int(token.value[0])
        elif token.kind == "four" and behind and token.value[0] >= 1990 and year is None:
            year = int(token.value[0])
        elif token.kind in ("four", "clock") and token.value[-1] >= 0:
            minute = token.value[-1]
    return day, minute, year


def _made(year: int, month: int, day: int, minute: float) -> datetime | None:
    try:
        return datetime(year, month, day, int(minute) // 60 % 24, int(minute) % 60, tzinfo=UTC)
    except ValueError:
        return None
