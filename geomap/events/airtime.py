"""How long it flew: 'flew for about 71 minutes', 'after a flight of 22 minutes', or by the clock."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from geomap import phrases, quantities
from geomap.events.clock import DAY_MIN
from geomap.events.hours import Told
from geomap.patterns import regex
from geomap.stems import may_have, stems
from geomap.types import Amount, Record

_UNIT_MIN = {"h": 60.0, "m": 1.0, "s": 1 / 60}
_N = quantities.NUMBER
_TO = r" ?(?:to|and|or|-|–) ?"
_DURATION = regex(
    rf"(?<![\w.,:-])(?P<hedge>{quantities.HEDGE})?(?:between |from )?(?:"
    r"(?P<half>half an?|a half)[ -](?P<half_unit>hour|minute)"
    rf"|(?P<low>{_N}|an?)(?P<and_half> and a half)?(?:{_TO}(?P<high>{_N}))?[ -](?P<unit>hour|minute|min|second|sec)s?\b"
    r"(?P<half_behind> and a half)?"
    rf"(?:,? (?:and )?(?P<more>{_N})[ -](?P<more_unit>minute|min|second|sec)s?\b)?)"
    r"(?![ -](?:north|south|east|west|of arc))",
    re.IGNORECASE,
)
_UNITS = stems("hour", "minute", "min", "mins", "second", "sec", "secs")
_FLYING = phrases.source(
    "fl(ew|own|ying|ies|y)|airborne|aloft|in the air|in flight|travel(l?ed|l?ing)|cover(ed|ing)|soared|cruised",
    "(stay|remain)(ed|ing|s)? (up|aloft|airborne|in the air)|(was|were) up",
)
_FLIGHT = phrases.source("flight(s)?( times?| durations?)?|trip|journey|hop|time of flight|time in the air|flying time")
_ENDED = phrases.source(
    "land(ed|ing)|fell|fall(ing)?|splash(ed|ing)|came down|coming down|hit|struck|crash(ed|ing)|plung(ed|ing)|dropped",
    "impact(ed|ing)|ditched|ended|burn(ed|t) up|touched down|went down|exploded|blew up|broke (up|apart)|disintegrat*",
)
_IN_FRONT = regex(
    # flew 1,000 km in 71 minutes; stayed in the air for
    rf"(?<!\w){_FLYING}(?!\w)[^.;]{{0,60}}?\b(?:for|in|over|of|lasting)(?: a total of| a full| well)? $"
    # a flight of; its flight lasted; flight time was
    rf"|(?<!\w){_FLIGHT}(?:[^.;]{{0,40}}? (?:of|lasted|lasting|took|was|at|is|came to|for|put at)|:| -| –| —)"
    r"(?: a| the)? $"
    # the missile took
    r"|\b(?:missile|rocket|it|they|flight)s? took(?: only| just)? $"
    # the test lasted
    rf"|(?<!\w)(?:test|launch) lasted(?: only| about)? $"
    # fell into the sea after
    rf"|(?<!\w){_ENDED}(?!\w)[^.;]{{0,80}}? after(?: a flight of| flying for| a flight that lasted)? $",
    re.IGNORECASE,
)
_BEHIND = regex(
    r"^[ -]?(?:long )?(?:in the air|aloft|airborne|in flight|of flight|of flying(?: time)?|flight(?!s)|trip|journey"
    r"|hop)\b",
    re.IGNORECASE,
)
_AFTER_START = regex(
    r"^ (?:after|from|since) (?:its |the |being |it |they |a )?(?:was |were )?(?:launch\w*|lift-?off|take-?off|"
    r"lifted off|took off|fired|firing|it left|leaving)\b",
    re.IGNORECASE,
)
_LATER = regex(r"^ later\b", re.IGNORECASE)
_END = regex(rf"(?<!\w){_ENDED}(?!\w)", re.IGNORECASE)
_NO_FLIGHT = phrases.anywhere(
    # whose time it is not
    "people|residents|passengers|villagers|trains?|planes?|airliners?|helicopters?|fighters?|jets?|bombers?|aircraft|drones?",
    "interceptors?|sirens?|alerts?|warnings?|alarms?|engines?|motors?|boosters?|stages?|debris|fairings?|payloads?|satellites?",
    "ships?|ferry|boats?|airlines?|airports?|grounded|suspended|delayed|held|balloons?|crews?|flights were",
    # what it would be, and what was flown before
    "would|could|can|may|might|capable|needs?|takes|usual*|previous|record of|longer than the|every|apart|orbit*",
    "not|never|planned|expected|scheduled|second (missile|one)",
)
_CLAUSE = regex(r"; |, (?:and|but|while|said|says) |\. |: ")
_AHEAD, _MOST = 110, 40
_LONGEST_MIN = 180.0
"""No missile flies longer than some hours."""


class Duration(Record, kw_only=True):
    """A stretch of time in a sentence: offsets, hedge included, and minutes."""

    start: int
    end: int
    amount: Amount


def durations(sentence: str) -> Iterator[Duration]:
    """Find the stretches of time in a sentence, in order, as intervals in minutes."""
    if not may_have(sentence, _UNITS):
        return
    for match in islice(_DURATION.finditer(sentence), _MOST):
        amount = _amount(match)
        if amount is not None and 0 < amount.low <= amount.value <= amount.high:
            yield Duration(start=match.start(), end=match.end(), amount=amount)


def _amount(match: re.Match[str]) -> Amount | None:
    hedge, said = (match["hedge"] or "").strip().lower(), " ".join(match[0].split())
    if match["half"]:
        return _interval(30.0 if match["half_unit"].lower() == "hour" else 0.5, None, 1.0, hedge, said)
    unit = match["unit"][0].lower()
    low = 1.0 if match["low"].lower() in ("a", "an") else quantities.number(match["low"])
    high = quantities.number(match["high"]) if match["high"] else None
    more = quantities.number(match["more"]) if match["more"] else 0.0
    if low is None or more is None or (high is not None and (high < low or more)):
        return None
    low += 0.5 if match["and_half"] or match["half_behind"] else 0.0
    if unit == "s":
        return _interval(low, high, _UNIT_MIN["s"], hedge, said)
    low, high = low * _UNIT_MIN[unit], None if high is None else high * _UNIT_MIN[unit]
    return _interval(low + more * _UNIT_MIN[(match["more_unit"] or "m")[0].lower()], high, 1.0, hedge, said)


def _interval(low: float, high: float | None, factor: float, hedge: str, said: str) -> Amount:
    """The interval of a printed number of minutes, or of seconds by their factor."""
    value, least, most = quantities.interval(low, high, hedge)
    return Amount(value=round(value * factor, 3), low=round(least * factor, 3), high=round(most * factor, 3), said=said)


def flight_time(sentence: str) -> Amount | None:
    """The time that a sentence says something flew; None when it says none."""
    for one in durations(sentence):
        before = _CLAUSE.split(sentence[max(0, one.start - _AHEAD) : one.start])[-1]
        behind = sentence[one.end : one.end + _AHEAD]
        clause = before + sentence[one.start : one.end] + _CLAUSE.split(behind, maxsplit=1)[0]
        if _NO_FLIGHT.search(clause) or one.amount.value > _LONGEST_MIN:
            continue
        ended = _END.search(clause) is not None
        started = _AFTER_START.match(behind) or (_LATER.match(behind) and not before.strip())
        if _IN_FRONT.search(before) or _BEHIND.match(behind) or (ended and started):
            return one.amount
    return None


def by_the_clock(fired: Sequence[Told], fell: Sequence[Told]) -> Amount | None:
    """The time from launch to fall, when both are told once and by clocks of one zone."""
    if len(fired) != 1 or len(fell) != 1:
        return None
    start, end = fired[0], fell[0]
    zones = {_plain(start.clock.zone), _plain(end.clock.zone)} - {""}
    if len(zones) > 1:
        return None
    (left, left_last), (down, down_last) = _minutes(start), _minutes(end)
    if down_last <= left:  # it came down after midnight
        down, down_last = down + DAY_MIN, down_last + DAY_MIN
    value = (down + down_last - left - left_last) / 2
    if not 0 < value <= _LONGEST_MIN:
        return None
    low, high = max(down - left_last - 1.0, value / 10), down_last - left + 1.0  # both are printed to the minute
    return Amount(value=value, low=low, high=high, said=f"{start.words} … {end.words}")


def _minutes(told: Told) -> tuple[int, int]:
    """The first and the last minute that a time may mean."""
    first, last = told.clock.first, told.clock.last
    return first, first if last - first == 1 else last


def _plain(zone: str) -> str:
    return "" if zone.lower() in ("local", "local time") else zone.lower()
