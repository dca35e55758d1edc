"""Parts of the day in prose: 'early Tuesday', 'on Tuesday morning', 'before dawn', as hours that they leave open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from geomap.dates import Dated
from geomap.events.clock import Clock, role_of
from geomap.events.zonetime import ZONE
from geomap.patterns import regex

_ZONE = regex(ZONE)
_FRONT, _MOST, _MINUTES = 40, 40, 60

_PARTS = {"early": (0, 9), "dawn": (0, 7), "morning": (5, 12), "afternoon": (12, 18), "evening": (17, 24),
          "late": (18, 24), "night": (18, 30)}  # fmt: skip
"""Hours of the day, end exclusive; those of a night end on the next day."""
_PART = r"(?P<part>morning|afternoon|evening|night)"
_IN_FRONT = regex(
    rf"(?:\b(?P<early>early)|\b(?P<late>late)|\b(?P<dawn>before dawn|before daybreak|pre-?dawn(?: hours)?)(?: of)?"
    rf"|\b(?:early )?{_PART} of|\b(?:in )?the (?P<hours>early hours) of)(?: on)? $",
    re.IGNORECASE,
)
_BEHIND_DATE = regex(
    rf"^,? (?:in the )?(?:(?P<early>early|pre-?dawn|early in the) )?{_PART}\b|^,? (?:just )?(?P<dawn>before dawn)\b"
    r"|^,? (?P<early2>in the early hours|early)(?= local time|[,.;]|$)",
    re.IGNORECASE,
)
_INSIDE = regex(rf"\b{_PART}\b", re.IGNORECASE)
_ALONE = regex(
    r"\b(?:(?P<dawn>before dawn|before daybreak)|in the (?P<hours>early hours|early morning)|in the "
    r"(?P<part>morning|afternoon|evening))\b",
    re.IGNORECASE,
)


def parts_of_day(sentence: str, offset: int, dates: Sequence[Dated]) -> Iterator[Clock]:
    """The parts of days that a sentence names: 'early Tuesday', 'on Tuesday morning', 'before dawn'."""
    for dated in dates[:_MOST]:
        start, end = dated.start - offset, dated.end - offset
        if dated.grain != "day" or dated.first != dated.last or not 0 <= start < end <= len(sentence):
            continue
        ahead, behind = (
            _IN_FRONT.search(sentence[max(0, start - _FRONT) : start]),
            _BEHIND_DATE.match(sentence[end : end + _FRONT]),
        )
        inside = _INSIDE.search(sentence[start:end])
        part = _named(ahead, inside, behind)
        if part:
            start, end = (
                (max(0, start - _FRONT) + ahead.start() if ahead else start),
                (end + behind.end() if behind else end),
            )
            zone = _ZONE.match(sentence, end)
            yield _part(sentence, start, zone.end() if zone else end, part, zone["zone"] if zone else "", dated)
    for match in _ALONE.finditer(sentence):
        part = "dawn" if match["dawn"] else "early" if match["hours"] else match["part"].lower()
        zone = _ZONE.match(sentence, match.end())
        yield _part(sentence, match.start(), match.end(), part, zone["zone"] if zone else "", None)


def _named(ahead: re.Match[str] | None, inside: re.Match[str] | None, behind: re.Match[str] | None) -> str:
    """Which part of the day the words about a date name; empty for none."""
    told = [match.groupdict() for match in (ahead, inside, behind) if match]
    if any(one.get("early") or one.get("early2") or one.get("hours") for one in told):
        part = next((one["part"].lower() for one in told if one.get("part")), "morning")
        return "early" if part == "morning" else part
    if any(one.get("dawn") for one in told):
        return "dawn"
    part = next((one["part"].lower() for one in told if one.get("part")), "")
    return part or ("late" if any(one.get("late") for one in told) else "")


def _part(sentence: str, start: int, end: int, part: str, zone: str, dated: Dated | None) -> Clock:
    first, last = _PARTS[part]
    return Clock(
        start=start,
        end=end,
        first=first * _MINUTES,
        last=last * _MINUTES,
        zone=" ".join(zone.split()),
        role=role_of(sentence, start, end),
        exact=False,
        dated=dated,
    )
