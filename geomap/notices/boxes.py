"""Areas between two parallels and two meridians: 'between 10-00N and 12-00N, 070-00E and 072-00E'."""

from __future__ import annotations

import re
from itertools import pairwise

from geomap.notices.notice import Area
from geomap.patterns import regex
from geomap.positions import Angle, find_angles, has_longitude

_MOST = 60
_AND = regex(
    r"[\s,;.:/-]*(?:(?:and|to|by|the|between|from|area|parallels?|meridians?|of|degrees?|lat(?:itude)?s?|long?(?:itude)?s?)\b[\s,;.:/-]*)*",
    re.IGNORECASE,
)
_CUE = 60
_BETWEEN = regex(r"\b(?:between|within|bounded by|parallels|latitudes)\b", re.IGNORECASE)
_JOINED = regex(r"\b(?:and|to)\b|[-–/]", re.IGNORECASE)


def find_boxes(text: str) -> list[Area]:
    """Find the areas whose edges are two parallels and two meridians, in their order."""
    angles = find_angles(text) if has_longitude(text) else []
    found: list[Area] = []
    number = 0
    while number + 4 <= len(angles):
        four = angles[number : number + 4]
        if _is_box(text, four):
            found.append(_box(four))
            number += 4
        else:
            number += 1
    return found


def _is_box(text: str, four: list[Angle]) -> bool:
    if [one.north for one in four] not in ([True, True, False, False], [False, False, True, True]):
        return False
    gaps = [text[one.end : other.start] for one, other in pairwise(four)]
    if any(len(gap) > _MOST or not _AND.fullmatch(gap) for gap in gaps):
        return False
    before = text[max(0, four[0].start - _CUE) : four[0].start]
    return all(_JOINED.search(gap) for gap in (gaps[0], gaps[2])) or _BETWEEN.search(before) is not None


def _box(four: list[Angle]) -> Area:
    lats = sorted(one.degrees for one in four if one.north)
    lons = [one.degrees for one in four if not one.north]
    west, east = lons if (lons[1] - lons[0]) % 360 <= 180 else lons[::-1]
    corners = ((west, lats[0]), (east, lats[0]), (east, lats[1]), (west, lats[1]))
    problems = tuple(one.problem for one in four if one.problem)
    return Area(
        type="polygon",
        evidence=(four[0].start, four[-1].end),
        vertices=() if problems else corners,
        edges="rhumb",
        doubtful=tuple(f"{problem} at {four[0].start}-{four[-1].end}" for problem in problems),
        notes=("bounded by parallels and meridians",),
    )
