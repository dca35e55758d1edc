"""Which times belong to which areas of one message."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from geomap.notices.notice import Area
from geomap.notices.windows import Timed
from geomap.patterns import regex
from geomap.types import Span, When

_ITEM = regex(
    r"(?:^|[\s.;,(])(?:\(?(?:[A-Z]|\d{1,2}|[IVX]{1,4}|[A-Z]\d)[.):](?=\s)|\(?\b(?:AREA|ZONE|DZ|BOX)\s?-?(?:[A-Z]|"
    r"\d{1,2})\b)",
    re.IGNORECASE,
)
_SENTENCE = regex(r"[.;]\s|\n\s*\n")


def shared(text: str, span: Span, areas: Sequence[Area], times: Sequence[Timed]) -> list[Area]:
    """Give each area its windows: those of its own item, else those that hold for the whole message.

    Times before the first area hold for all; times between two areas belong to the item, or else the sentence, that
    they stand in; times behind the last area hold for all as well, unless each area had its own before.
    """
    if not areas or not times:
        return list(areas)
    if len(areas) == 1:
        return [_with(areas[0], times)]
    own: list[list[Timed]] = [[] for _ in areas]
    general: list[Timed] = []
    held: list[Timed] = []
    for number, area in enumerate(areas):
        before = areas[number - 1].evidence[1] if number else span[0]
        here = [one for one in times if before <= one.span[0] < area.evidence[0]]
        edge = _boundary(text, before, area.evidence[0])
        if not number:
            general = [one for one in here if one.span[0] < edge or area.label is None]
            held = [one for one in here if one not in general]
            own[0] += held
            continue
        own[number - 1] += [one for one in here if one.span[0] < edge]
        leading = [one for one in here if one.span[0] >= edge]
        held = leading or held
        own[number] += held
    last = areas[-1].evidence[1]
    behind = [one for one in times if one.span[0] >= last]
    if behind:
        each = any(own[:-1])
        first = _boundary(text, last, behind[0].span[0] + 1)
        if (each and not own[-1] and first >= behind[0].span[0]) or (
            each and not own[-1] and not _ITEM.search(text, last, behind[0].span[0])
        ):
            own[-1] += behind
        else:
            general = [*general, *behind]
    return [_with(area, mine or general) for area, mine in zip(areas, own, strict=True)]


def _boundary(text: str, start: int, end: int) -> int:
    """Where the item, or else the sentence, of what begins at ``end`` begins."""
    for pattern in (_ITEM, _SENTENCE):
        found = [match.end() for match in pattern.finditer(text, start, end)]
        if found:
            return found[-1]
    return end


def _with(area: Area, times: Sequence[Timed]) -> Area:
    windows: set[When] = {window for one in times for window in one.windows}
    return msgspec.structs.replace(area, windows=tuple(sorted(windows, key=lambda one: (one.start, one.end, one.said))))
