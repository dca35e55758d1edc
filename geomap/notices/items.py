"""The lettered items of a NOTAM (ICAO Annex 15): Q) its envelope, B) and C) its times, D) its schedule, F) and G)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from geomap.notices.moments import Token, find_tokens
from geomap.notices.notice import LonLat
from geomap.notices.windows import FOR_GOOD, Anchors, find_windows, written
from geomap.patterns import regex
from geomap.positions import find_positions
from geomap.types import Record, Span, When

_ITEM = regex(r"(?<![\w(])(?P<item>[QABCDEFG])\)\s?")
_Q_CENTRE = regex(r"(?P<place>\d{4}[NS]\d{5}[EW])(?P<radius>\d{3})?")
_STAMP = regex(r"(?P<stamp>\d{10})\s?(?:UTC)?\s?(?P<est>EST)?|(?P<perm>PERM|UFN)", re.IGNORECASE)
_STAMPS = regex(r"(?<!\d)(\d{10})\s?-\s?(\d{10}(?:\s?EST)?|PERM)", re.IGNORECASE)
_DAILY = regex(
    r"\b(?:DLY|DAILY|(?:MON|TUE|WED|THU|FRI|SAT|SUN)[A-Z -]*)\s\d{4}-\d{4}(?:[\s,]+\d{4}-\d{4})*", re.IGNORECASE
)
_STAMPED = regex(r"\d{10}(?!\d)")
"""An item D) that writes its moments out: '2506100000 TO 2506100900'."""
_CLOCKS_FIRST = regex(r"(?:BTN\s|FM\s|BETWEEN\s|FROM\s)?\d{4}.*\b(?:ON|FM|FROM)\s+\d{1,2}\b(?!\d)", re.IGNORECASE)
_HOUR = regex(r"\bH(?!24)([01]\d|2[0-3])\b")
_MARK = 2
"""Characters of a letter with its bracket, at least."""
_BOUNDLESS = 999
_DAY_MIN = 24 * 60


class Items(Record, kw_only=True):
    """What the items of a NOTAM say.

    Parameters
    ----------
    q_span : offsets of the Q-line, None without one
    q_radius_nm : None when it is 999, which means no bound
    begin, end : of B) and C), UTC; ``end`` is far away for PERM
    spans : offsets of Q), A) to D), which hold no areas, and of all letters, which name none
    """

    q_span: Span | None = None
    q_code: str = ""
    q_centre: LonLat | None = None
    q_radius_nm: float | None = None
    begin: datetime | None = None
    end: str | None = None
    schedule: str = ""
    schedule_at: int = 0
    lower: str | None = None
    upper: str | None = None
    spans: tuple[Span, ...] = ()
    notes: tuple[str, ...] = ()


def find_stamps(text: str, start: int, end: int) -> Items:
    """Read the times at the end of a domestic notice of the United States: 'DLY 1700-2000 2401081700-2401122000'."""
    found = list(_STAMPS.finditer(text, start, end))
    if not found:
        return Items()  # 'EFFECTIVE … UNTIL …' is read as any other time
    begin, _ = _moment(found[-1][1])
    stop, est = _moment(found[-1][2])
    daily = _DAILY.search(text, start, found[-1].start())
    notes = ("its end is an estimate (EST)",) if est else ()
    span = (daily.start() if daily else found[-1].start(), found[-1].end())
    end_said = FOR_GOOD if found[-1][2].startswith("PERM") else written(stop) if stop else None
    return Items(begin=begin, end=end_said, schedule=daily[0] if daily else "", spans=(span,), notes=notes)


def find_items(text: str, start: int, end: int) -> Items:
    """Read the items of a NOTAM between two offsets."""
    found = list(_ITEM.finditer(text, start, end))
    parts: dict[str, tuple[int, int]] = {}
    order = "QABCDEFG"
    reached = -1
    for number, item in enumerate(found):
        place = order.index(item["item"])
        if place <= reached:
            continue  # an 'A)' in the text of item E is no item
        later = next((one for one in found[number + 1 :] if order.index(one["item"]) > place), None)
        stop = later.start() if later else end
        if item["item"] in "FG":
            stop = min(stop, *(at for at in (text.find("\n", item.end()), stop) if at > 0))
        if item["item"] in "BC" and (stamp := _STAMP.match(text, item.end(), stop)):
            stop = stamp.end()
        parts[item["item"]] = (item.end(), stop)
        reached = place
    return _read(text, parts)


def _read(text: str, parts: dict[str, tuple[int, int]]) -> Items:
    words = {item: text[start:stop].strip() for item, (start, stop) in parts.items()}
    centre, radius = _envelope(words.get("Q", ""))
    begin, _ = _moment(words.get("B", ""))
    end, est = _moment(words.get("C", ""))
    forever = bool(re.match(r"PERM|UFN", words.get("C", ""), re.IGNORECASE))
    notes = ("its end is an estimate (EST)",) if est else ()
    schedule = parts.get("D", (0, 0))
    return Items(
        q_span=parts.get("Q"),
        q_code=[*words.get("Q", "").split("/"), "", ""][1].strip(),
        q_centre=centre,
        q_radius_nm=radius,
        begin=begin,
        end=FOR_GOOD if forever else written(end) if end else None,
        schedule=text[schedule[0] : schedule[1]],
        schedule_at=schedule[0],
        lower=words.get("F") or None,
        upper=words.get("G") or None,
        spans=tuple(parts[item] for item in "QABCD" if item in parts)
        + tuple((parts[item][0] - _MARK, parts[item][0]) for item in "QABCDEFG" if item in parts),
        notes=notes,
    )


def _envelope(words: str) -> tuple[LonLat | None, float | None]:
    match = _Q_CENTRE.search(words.replace(" ", ""))
    if match is None:
        return None, None
    found = find_positions(match["place"])
    radius = int(match["radius"] or _BOUNDLESS)
    if not found or found[0].problem:
        return None, None
    return (found[0].lon, found[0].lat), None if radius == _BOUNDLESS else float(radius)


def _moment(words: str) -> tuple[datetime | None, bool]:
    match = _STAMP.match(words)
    if match is None or not match["stamp"]:
        return None, False
    year, month, day, hour, minute = (int(match["stamp"][at : at + 2]) for at in range(0, 10, 2))
    try:
        moment = datetime(2000 + year, month, day, tzinfo=UTC) + timedelta(hours=hour, minutes=minute)
    except ValueError:
        return None, False
    return moment, bool(match["est"])


def windows_of(items: Items) -> tuple[list[When], list[str]]:
    """The intervals of a NOTAM: from B) to C), on the days and clocks of D) when it has one; and what is wrong."""
    if items.begin is None or items.end is None:
        return [], []
    whole = When(start=written(items.begin), end=items.end, said="B) to C)")
    if items.end != FOR_GOOD and whole.end <= whole.start:
        return [], [f"C) {whole.end} is not after B) {whole.start}"]
    if not items.schedule.strip():
        return [whole], []
    last = datetime.fromisoformat(items.end) if items.end != FOR_GOOD else items.begin + timedelta(days=366)
    said = " ".join(items.schedule.split())
    if _CLOCKS_FIRST.match(said) or _STAMPED.match(said):
        found = find_windows(items.schedule, Anchors(near=items.begin))
        spans = [
            (datetime.fromisoformat(one.start), datetime.fromisoformat(one.end)) for two in found for one in two.windows
        ]
        kept = _clipped(spans, items.begin, last, said)
        if kept:
            return kept, []
    if re.fullmatch(r"H24\W*", said, re.IGNORECASE):
        return [whole], []
    spans = _scheduled(find_tokens(_HOUR.sub(r"\g<1>00", items.schedule)), items.begin, last)
    kept = _clipped(spans, items.begin, last, said)
    if not kept:
        return [whole], [f"D) “{said}”: not understood; all of B) to C) is taken"]
    return kept, []


def _clipped(spans: Sequence[tuple[datetime, datetime]], begin: datetime, last: datetime, said: str) -> list[When]:
    """The part of each interval that lies between B) and C)."""
    kept = []
    for one, other in spans:
        first, end = max(one, begin), min(other, last)
        if first < end:
            kept.append(When(start=written(first), end=written(end), said=f"D) {said}"))
    return sorted(dict.fromkeys(kept), key=lambda one: one.start)


def _scheduled(tokens: list[Token], begin: datetime, end: datetime) -> list[tuple[datetime, datetime]]:
    """The intervals of item D): days, runs of days or weekdays, each followed by its clocks."""
    all_days = [begin.date() - timedelta(days=1) + timedelta(days=number) for number in range((end - begin).days + 3)]
    month: int | None = None
    days: list[date] = []
    fresh = True  # whether the next day begins a new list
    clocks: list[tuple[datetime, datetime]] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        ahead = [one.kind for one in tokens[at : at + 4]]
        if token.kind in ("month", "two", "weekday") and fresh:
            days, fresh = [], False
        if token.kind == "month":
            month = int(token.value[0])
        elif (
            token.kind == "two"
            and ahead[1:2] == ["four"]
            and ahead[2:4] == ["range", "two"]
            and _is_clock(tokens, at + 4)
        ):
            one, other = _named(token, month, all_days), _named(tokens[at + 3], month, all_days)  # '24 1100-25 1400'
            if one and other:
                clocks.append((_at(one, tokens[at + 1].value[1]), _at(other, tokens[at + 4].value[1])))
            at += 5
            fresh = True
            continue
        elif token.kind in ("two", "weekday"):
            reached, at, month = _run(tokens, at, month, all_days)
            days += reached
            continue
        elif token.kind == "except":
            return _without(clocks, _excepted(tokens[at + 1 :], month, all_days))
        elif token.kind == "daily":
            if token.text.upper() == "H24":
                clocks += [(_at(day, 0), _at(day, _DAY_MIN)) for day in days or all_days]
                fresh = True
            elif fresh:
                days, fresh = [], False
        elif (
            _is_clock(tokens, at)
            and ahead[1:3] == ["range", tokens[at + 2].kind if at + 2 < len(tokens) else ""]
            and _is_clock(tokens, at + 2)
        ):
            start, stop = (tokens[one].value[-1] for one in (at, at + 2))
            clocks += [
                (_at(day, start), _at(day, stop if stop > start else stop + _DAY_MIN)) for day in days or all_days
            ]
            at += 3
            fresh = True
            continue
        at += 1
    return clocks


def _run(tokens: list[Token], at: int, month: int | None, all_days: list[date]) -> tuple[list[date], int, int | None]:
    """A day, or a run of days or weekdays, where the next token stands behind it, and the month that holds on."""
    token = tokens[at]
    ahead = [one.kind for one in tokens[at : at + 4]]
    if token.kind == "weekday":
        if ahead[1:3] == ["range", "weekday"]:
            last = int(tokens[at + 2].value[0])
            kept = {(int(token.value[0]) + step) % 7 for step in range((last - int(token.value[0])) % 7 + 1)}
            return [day for day in all_days if day.weekday() in kept], at + 3, month
        return [day for day in all_days if day.weekday() == int(token.value[0])], at + 1, month
    if ahead[1:2] == ["month"] and ahead[2:3] != ["two"]:  # '24 JUL' where months usually stand first
        month = int(tokens[at + 1].value[0])
        at += 1
        ahead = ahead[1:]
    begin = _named(token, month, all_days)
    if ahead[1:3] == ["range", "two"] or ahead[1:4] == ["range", "month", "two"]:
        if ahead[2] == "month":
            month = int(tokens[at + 2].value[0])
            at += 1
        stop = _named(tokens[at + 2], month, all_days, after=begin)
        at += 3
        if begin is None or stop is None or stop < begin:
            return [], at, month
        return [day for day in all_days if begin <= day <= stop], at, month
    return [begin] if begin else [], at + 1, month


def _excepted(tokens: list[Token], month: int | None, all_days: list[date]) -> set[date]:
    """The days behind 'EXC'."""
    found: set[date] = set()
    at = 0
    while at < len(tokens):
        if tokens[at].kind == "month":
            month = int(tokens[at].value[0])
        if tokens[at].kind in ("two", "weekday"):
            days, at, month = _run(tokens, at, month, all_days)
            found |= set(days)
        else:
            at += 1
    return found


def _without(clocks: list[tuple[datetime, datetime]], days: set[date]) -> list[tuple[datetime, datetime]]:
    return [(start, end) for start, end in clocks if start.date() not in days]


def _named(token: Token, month: int | None, all_days: list[date], after: date | None = None) -> date | None:
    """The first day of the NOTAM's own days with that number, in that month when one is named."""
    fitting = [day for day in all_days if day.day == int(token.value[0]) and month in (None, day.month)]
    inside = [day for day in fitting if day > all_days[0]] or fitting
    return next((day for day in inside if after is None or day >= after), None)


def _is_clock(tokens: list[Token], at: int) -> bool:
    return at < len(tokens) and tokens[at].kind in ("four", "clock") and tokens[at].value[-1] >= 0


def _at(day: date, minute: float) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=minute)
