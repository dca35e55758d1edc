"""Times of day in prose: '5:27 a.m.', '0734 JST', 'around 1433', 'shortly before 6 p.m.', 'early Tuesday'."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from geomap import quantities
from geomap.dates import Dated
from geomap.events.clauses import IMPACT, LAUNCH
from geomap.events.zonetime import ZONE
from geomap.patterns import regex
from geomap.stems import may_have, stems
from geomap.types import Record

DAY_MIN = 24 * 60
_HOURS, _MINUTES, _HALF_DAY = 24, 60, 12
AROUND_MIN, SHORTLY_MIN = 5, 15
"""Minutes that 'around' leaves open to both sides, and 'shortly after' to one."""

_HEDGE = (
    r"(?P<hedge>around|about|approximately|roughly|circa|some time around|"
    r"(?:shortly|just|soon|a little|moments) (?:after|before)|before|after|until|till|by|since|nearly|almost)"
)
_O_CLOCK = r"o['’]clock"
_FORMS = tuple(
    regex(rf"(?<![\w:./-])(?:{_HEDGE} )?{form}", re.IGNORECASE)
    for form in (
        # 5:27 a.m., 5 p.m.
        r"(?P<h>\d{1,2})(?:[:.](?P<m>\d{2})(?::\d{2})?)? ?(?P<half>[ap])\.? ?m\b\.?",
        # seven o'clock in the morning, 6:15 in the evening
        rf"(?P<h>\d{{1,2}}|{quantities.NUMBER})(?::(?P<m>\d{{2}})| {_O_CLOCK})"
        r" (?:in the (?P<part>morning|afternoon|evening)|at (?P<night>night))\b",
        # 17:27
        r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::\d{2})?(?![\d:]|\.\d| ?[NSEW]\b)",
        # 0734 JST, 1433 hours
        rf"(?P<h>\d{{2}})(?P<m>\d{{2}})(?=(?-i:Z\b|{ZONE})| ?(?:hours|hrs|h)\b)",
        # at noon
        r"(?P<noon>noon|midday)\b",
    )
)
_AT_FOUR_DIGITS = regex(
    rf"\b(?:at|from) (?:{_HEDGE} )?(?P<h>\d{{2}})(?P<m>\d{{2}})(?![\d,.]*\d)"
    r"(?! ?(?:%|(?:[a-z]+s|km|nm|feet|ft|mi|of)\b))",
    re.IGNORECASE,
)
"""'At around 1433': four digits behind such a word, and nothing that they would count."""
_ON_A_CLOCK = regex(r"\d(?:\d{3}|:\d\d| ?[aApP]\.? ?[mM]\b)")
_IN_WORDS = stems("noon", "midday", "clock")
"""Every time has one or the other: digits as on a clock, or 'noon', 'midday' or "o'clock"."""
_ZONE = regex(ZONE)
_HOURS_WORD = regex(r" ?(?:hours|hrs|h)\b")
_OPEN = frozenset({"before", "after", "until", "till", "by", "since", "nearly", "almost"})
"""In front of a time: it was some time before or after it."""
_BETWEEN = regex(r"\b(?:between|from) $", re.IGNORECASE)
_TO = regex(r"^ ?(?:and|to|until|-|–|or) ?(?:at )?$", re.IGNORECASE)
_ALSO_HALF = regex(r"^(?:,| and| or| to|,? then| ?[-–])(?: at| around| about)? ?$")
"""Between two times the first of which has its half of the day from the second: '6:45 and 6:50 p.m.'."""

_SAID = regex(
    r"\b(?:said|says|announc\w+|report(?:ed|s|ing)|told|statements?|issued|alert\w*|warn\w*|sirens?|updated|posted|"
    r"published|meeting|met|briefing|broadcast|bulletin|convened|lifted|cancell?ed|called|woke|confirmed|opens?|closes?|"
    r"will|scheduled|due|planned|expected)\b",
    re.IGNORECASE,
)
_ALSO_LAUNCH = regex(
    r"\b(?:detected|lift-?off|lifted|took off|blast-?off|take-?off|launch(?:es|ed|ing)?|firings?|fired|rose|left)\b",
    re.IGNORECASE,
)
_NEAR, _MOST = 200, 40
"""Characters to either side in which those words are looked for, and times that are read from one sentence."""
_BEHIND = 15
"""So many characters nearer a word behind a time must be than one in front of it."""
_STOP = regex(r";|\. |, (?:and|but|while|which) | and (?=(?:it|they|the|is|are|was|were|fell|landed)\b)")
_APART = 12


class Clock(Record, kw_only=True):
    """A time of day in a text.

    Parameters
    ----------
    start, end : offsets in the sentence, hedge and zone included
    first, last : minutes after midnight, the end exclusive
    zone : the words for its zone, empty when there are none
    role : ``launch``, ``fall`` or ``said``: what happened then, by the nearest words; empty when there are none
    exact : whether it was read from a clock, not a part of the day
    dated : the date that it stands with
    """

    start: int
    end: int
    first: int
    last: int
    zone: str
    role: str
    exact: bool = True
    dated: Dated | None = None


def find_clocks(sentence: str) -> list[Clock]:
    """Find the times of a sentence, in order; what no clock shows ('25:99') is none."""
    if not _ON_A_CLOCK.search(sentence) and not may_have(sentence, _IN_WORDS):
        return []
    found: list[tuple[Clock, re.Match[str]]] = []
    taken = bytearray(len(sentence) + 1)
    for form in (*_FORMS, _AT_FOUR_DIGITS):
        for match in form.finditer(sentence):
            start, end = match.span("hedge") if match["hedge"] else match.span()
            end = match.end()
            minute = _minute(match)
            seen = any(taken[start:end])
            taken[start:end] = b"\1" * (end - start)  # what is no time in one form ('13:05 a.m.') is none in another
            if minute is None or seen:
                continue
            end = word.end() if (word := _HOURS_WORD.match(sentence, end)) else end
            zone = _ZONE.match(sentence, end)
            span = _open(minute, (match["hedge"] or "").lower(), whole=not match.groupdict().get("m"))
            if span is not None:
                clock = Clock(
                    start=start,
                    end=_closed(sentence, end, zone),
                    first=span[0],
                    last=span[1],
                    zone=" ".join(zone["zone"].split()) if zone else "",
                    role=role_of(sentence, match.start(), end),
                )
                found.append((clock, match))
    found = sorted(found, key=lambda pair: pair[0].start)[:_MOST]
    return _between(_halves(found, sentence), sentence)


def _closed(sentence: str, end: int, zone: re.Match[str] | None) -> int:
    """Where a time ends with its zone, the bracket about that included."""
    if zone is None:
        return end
    return zone.end() + ("(" in zone[0] and sentence[zone.end() : zone.end() + 1] == ")")


def _minute(match: re.Match[str]) -> int | None:
    """Minutes after midnight; None for what is no time."""
    parts = match.groupdict()
    if parts.get("noon"):
        return _HALF_DAY * _MINUTES
    told = quantities.number(parts["h"])
    if told is None or told != int(told):
        return None
    hour, minute = int(told), int(parts.get("m") or 0)
    half = (parts.get("half") or "").lower()
    day_part = (parts.get("part") or "").lower()
    if half or day_part or parts.get("night"):
        if hour == 0 or hour > _HALF_DAY:
            return hour * _MINUTES + minute if half == "p" and _HALF_DAY < hour < _HOURS and minute < _MINUTES else None
        late = half == "p" or day_part in ("afternoon", "evening")
        late = late or bool(parts.get("night") and 6 <= hour < _HALF_DAY)
        hour = hour % _HALF_DAY + (_HALF_DAY if late else 0)
    return hour * _MINUTES + minute if hour < _HOURS and minute < _MINUTES else None


def _open(minute: int, hedge: str, *, whole: bool) -> tuple[int, int] | None:
    """The interval that a hedge leaves; a full hour is no minute. None for what is open on one side."""
    if hedge in _OPEN:
        return None
    if hedge.endswith("after"):
        return minute, minute + SHORTLY_MIN
    if hedge.endswith("before"):
        return minute - SHORTLY_MIN, minute
    return (minute - AROUND_MIN, minute + AROUND_MIN) if hedge or whole else (minute, minute + 1)


def _halves(found: Sequence[tuple[Clock, re.Match[str]]], sentence: str) -> list[Clock]:
    """The times, those in front of one with a.m. or p.m. in the same half of the day: '6:45 and 6:50 p.m.'."""
    clocks = [clock for clock, _ in found]
    for number in range(len(found) - 2, -1, -1):
        (clock, match), (_, after) = found[number], found[number + 1]
        later = clocks[number + 1]
        halved = after.groupdict().get("half") or (
            later.first >= _HALF_DAY * _MINUTES and later != found[number + 1][0]
        )
        bare = not match.groupdict().get("half") and not clock.zone and clock.last <= _HALF_DAY * _MINUTES
        if halved and bare and _ALSO_HALF.match(sentence[clock.end : later.start]):
            shift = _HALF_DAY * _MINUTES if later.first >= _HALF_DAY * _MINUTES else 0
            if clock.first + shift < later.last:
                first, last = clock.first + shift, clock.last + shift
                clocks[number] = msgspec.structs.replace(clock, first=first, last=last, zone=later.zone)
    return clocks


def _between(clocks: list[Clock], sentence: str) -> list[Clock]:
    """The times, 'between 6:10 and 7:20' one of them."""
    found: list[Clock] = []
    for clock in clocks:
        before = found[-1] if found else None
        if (
            before
            and _TO.match(sentence[before.end : clock.start])
            and _BETWEEN.search(sentence[max(0, before.start - _APART) : before.start])
        ):
            if before.first < clock.first:
                last = clock.first if clock.last - clock.first == 1 else clock.last
                found[-1] = msgspec.structs.replace(before, end=clock.end, last=last, zone=clock.zone or before.zone)
            continue
        found.append(clock)
    return found


def role_of(sentence: str, start: int, end: int) -> str:
    """What happened at a time, by the nearest words: ``launch``, ``fall``, ``said``, or nothing."""
    left, right = max(0, start - _NEAR), min(len(sentence), end + _NEAR)
    left = max((stop.end() for stop in _STOP.finditer(sentence, left, start)), default=left)
    right = next((stop.start() for stop in _STOP.finditer(sentence, end, right)), right)
    best, role = len(sentence) + _BEHIND + 1, ""
    for name, patterns in (("launch", (LAUNCH, _ALSO_LAUNCH)), ("fall", (IMPACT,)), ("said", (_SAID,))):
        for pattern in patterns:
            for match in pattern.finditer(sentence, left, right):
                if name == "said" and "," in sentence[end : match.start()]:
                    continue  # 'at 5:27 a.m., the military said'
                away = start - match.end() if match.end() <= start else match.start() - end + _BEHIND
                if away < best:
                    best, role = away, name
    return role


def dated_clocks(sentence: str, offset: int, dates: Sequence[Dated]) -> list[Clock]:
    """The times of a sentence with the dates that they stand with ('2103 GMT Tuesday', 'Tuesday at 5:27 a.m.').

    Parameters
    ----------
    offset : where the sentence begins in the document, to which the offsets of dates refer
    """
    return [
        msgspec.structs.replace(
            clock, dated=next((one for one in dates[:_MOST] if _stands_with(sentence, clock, one, offset)), None)
        )
        for clock in find_clocks(sentence)
    ]


_JOINING = regex(
    r"^[,(]? ?(?:(?:at|around|about|approximately|on|of|the|early|late|morning|afternoon|evening|night|local|time|in)"
    r"[, ] ?)*$",
    re.IGNORECASE,
)


def _stands_with(sentence: str, clock: Clock, dated: Dated, offset: int) -> bool:
    start, end = dated.start - offset, dated.end - offset
    if start >= clock.end:
        between = sentence[clock.end : start]
    elif end <= clock.start:
        between = sentence[end : clock.start]
    else:
        return False
    return len(between) <= 2 * _APART and _JOINING.match(between) is not None
