"""Coordinates as printed: one pair is a point, three pairs or more in a row are the corners of an area."""

from __future__ import annotations

import re

from geomap.mentions.grammar import Found
from geomap.types import Coordinates

_D, _M, _S = r"[°º˚]|deg(?:rees)?\.?", r"['’′]|min(?:utes)?\.?", r"[\"”″]|''|sec(?:onds)?\.?"
_VALUE = (
    rf"(?P<{{a}}d>\d{{{{1,3}}}}(?:\.\d+)?)(?:\s?(?:{_D})\s?|-)?"
    rf"(?:(?<=[-°º˚\s])(?P<{{a}}m>\d{{{{1,2}}}}(?:\.\d+)?)(?:\s?(?:{_M})\s?|-)?"
    rf"(?:(?<=[-'’′\s])(?P<{{a}}s>\d{{{{1,2}}}}(?:\.\d+)?)\s?(?:{_S})?)?)?"
)
_PAIR = re.compile(
    rf"(?<![\w.])(?:lat(?:itude|\.)? )?{_VALUE.format(a='a')}\s?(?P<ah>[NS]|north|south)(?:\.|,|;| and|/)*\s*"
    rf"(?:long?(?:itude|\.)? )?{_VALUE.format(a='o')}\s?(?P<oh>[EW]|east|west)(?!\w)"
)
_NEXT = re.compile(r"^(?:[\s,;.:–—-]|and|to|thence|then|(?:\(?[A-Z\d][.)]))*$")


def find_coordinates(text: str) -> list[Found]:
    """Find all coordinates of a text; pairs that follow each other form one area.

    A pair that cannot be (minutes of 60 or more, a latitude beyond 90 degrees) is left out.
    """
    groups: list[tuple[int, int, list[tuple[float, float]]]] = []
    for match in _PAIR.finditer(text):
        point = _point(match)
        if point is None:
            continue
        if (
            groups
            and _NEXT.match(text[groups[-1][1] : match.start()])
            and "\n" not in text[groups[-1][1] : match.start()]
        ):
            start, _, points = groups.pop()
            groups.append((start, match.end(), [*points, point]))
        else:
            groups.append((match.start(), match.end(), [point]))
    return [
        Found(start=start, end=end, kind="coordinates", node=Coordinates(tuple(points)), row="coordinates")
        for start, end, points in groups
    ]


def _point(match: re.Match[str]) -> tuple[float, float] | None:
    lat, lon = _degrees(match, "a"), _degrees(match, "o")
    if lat is None or lon is None or abs(lat) > 90 or abs(lon) > 180:
        return None
    return lon, lat


def _degrees(match: re.Match[str], axis: str) -> float | None:
    minutes, seconds = float(match[f"{axis}m"] or 0), float(match[f"{axis}s"] or 0)
    if minutes >= 60 or seconds >= 60:
        return None
    value = float(match[f"{axis}d"]) + minutes / 60 + seconds / 3600
    return round(-value if match[f"{axis}h"][0].upper() in "SW" else value, 6)
