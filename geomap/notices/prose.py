"""When an area is closed that an article speaks of: days in its own words, 'from Wednesday to Saturday', 'tonight'."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

import msgspec

from geomap import dates
from geomap.dates import Dated
from geomap.notices.notice import Area
from geomap.patterns import regex
from geomap.types import Span, When

_BEFORE, _BEHIND = 420, 120
_TO = regex(r"\s(?:to|until|through|till|and)\s|\s?[-–]\s?")
_CLOSES = regex(
    r"\b(?:clos(?:e|es|ed|ing)|shut|warn\w*|will be|is to be|are to be|prohibit\w*|off[- ]limits|keep (?:out|clear)|"
    r"stay (?:out|clear|away)|in force|announced?|notice|avoid)\b",
    re.IGNORECASE,
)
_PARAGRAPH = regex(r"\n\s*\n|\n(?=\d{1,2}[.)] )")
_SENTENCE = regex(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_REGION = 2
"""Paragraphs before that of the area in which its times may stand."""


def region(text: str, areas: Sequence[Area], span: Span) -> Span:
    """Where an article may say when its areas are closed: from two paragraphs before them to the one behind."""
    edges = [span[0], *(match.end() for match in _PARAGRAPH.finditer(text, *span)), span[1]]
    first, last = min(area.evidence[0] for area in areas), max(area.evidence[1] for area in areas)
    before = [edge for edge in edges if edge <= first]
    behind = [edge for edge in edges if edge >= last]
    return before[-1 - _REGION] if len(before) > _REGION else span[0], behind[min(1, len(behind) - 1)]


def with_days(text: str, area: Area, published: str | None) -> Area:
    """An area that has no windows with the days that the sentence about it, or one before, says it is closed."""
    if area.windows:
        return area
    start = max(0, area.evidence[0] - _BEFORE)
    words = text[start : area.evidence[1] + _BEHIND]
    found = [one for one in dates.find_dates(words, published) if one.grain == "day"]
    own = _sentence(words, area.evidence[0] - start, area.evidence[1] - start)
    inside = [one for one in found if own[0] <= one.start < own[1]]
    if not inside:
        inside = [one for one in found if one.start < own[0] and _closing(words, one)]
    longitude = area.vertices[0][0] if area.vertices else area.centre[0] if area.centre else None
    when = _interval(words, inside, longitude) if inside else None
    return area if when is None else msgspec.structs.replace(area, windows=(when,))


def _sentence(words: str, start: int, end: int) -> Span:
    stops = [0, *(match.end() for match in _SENTENCE.finditer(words)), len(words)]
    return max(stop for stop in stops if stop <= start), min(stop for stop in stops if stop >= end)


def _closing(words: str, dated: Dated) -> bool:
    """Whether the sentence of a date says that something is closed."""
    start, end = _sentence(words, dated.start, dated.end)
    return _CLOSES.search(words, start, end) is not None


def _interval(words: str, found: Sequence[Dated], longitude: float | None) -> When | None:
    """The first date, or the days from it to the next one that it is joined to."""
    one = found[0]
    other = next((two for two in found[1:] if _TO.fullmatch(words[one.end : two.start])), None)
    if other is None or one.first is None or other.last is None:
        return dates.when(one, None, longitude)
    last = date.fromisoformat(other.last)
    while last < date.fromisoformat(one.first):
        last += timedelta(days=7)  # 'from Wednesday to Saturday': the Saturday behind it
    said = words[one.start : other.end]
    whole = msgspec.structs.replace(one, end=other.end, said=" ".join(said.split()), last=last.isoformat())
    return dates.when(whole, None, longitude)
