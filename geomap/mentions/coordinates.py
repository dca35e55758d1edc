"""Coordinates as printed: one pair is a point, three pairs or more in a row are the corners of an area."""

from __future__ import annotations

import re

from geomap.mentions.grammar import Found
from geomap.types import Coordinates


def _value(axis: str) -> str:
    """Regular expression of '42-18.5', '42°18'30"' or '42.3', its parts named after an axis, ``a`` or ``o``."""
    return (
        rf"(?P<{axis}d>\d{{1,3}}(?:\.\d{{1,9}})?)(?:\s?(?:[°º˚]|deg(?:rees)?\.?)\s?|-)?"
        rf"(?:(?<=[-°º˚\s])(?P<{axis}m>\d{{1,2}}(?:\.\d{{1,9}})?)(?:\s?(?:['’′]|min(?:utes)?\.?)\s?|-)?"
        rf"(?:(?<=[-'’′\s])(?P<{axis}s>\d{{1,2}}(?:\.\d{{1,9}})?)\s?(?:[\"”″]|''|sec(?:onds)?\.?)?)?)?"
    )


_LAT = rf"(?:lat(?:itude|\.)? )?{_value('a')}\s?(?P<ah>[NS]|north|south)"
_LON = rf"(?:long?(?:itude|\.)? )?{_value('o')}\s?(?P<oh>[EW]|east|west)"
_AND = r"(?:\.|,|;| and|/){0,3}\s{0,3}"
_PAIR = re.compile(rf"(?<![\w.]){_LAT}{_AND}{_LON}(?!\w)")
_LON_FIRST = re.compile(rf"(?<![\w.]){_LON}{_AND}{_LAT}(?!\w)")
_NUMBER = r"\d{1,3}(?:\.\d{1,9})?"
_IN_FRONT = re.compile(  # N39.5 E125.2; lat 12.35, lon 47.25
    rf"(?<![\w.])(?:(?P<ah>[NS]) ?(?P<ad>{_NUMBER})°?[,/]? ?(?P<oh>[EW]) ?(?P<od>{_NUMBER})°?"
    rf"|lat(?:itude|\.)?:? ?(?P<lat>-?{_NUMBER})°?[,;]? (?:and )?long?(?:itude|\.)?:? ?(?P<lon>-?{_NUMBER})°?)"
    r"(?![\w°'])"
)
_NEXT = re.compile(r"(?:[ \t,;.:–—-]|and|to|thence|then|\(?[A-Z\d][.)])*")
"""What may stand between two corners of one area."""
_LONGEST_GAP = 40


def find_coordinates(text: str) -> list[Found]:
    """Find all coordinates of a text; pairs that follow each other form one area.

    A pair that cannot be (minutes of 60 or more, a latitude beyond 90 degrees) is left out.
    """
    areas: list[list[tuple[float, float]]] = []
    spans: list[tuple[int, int]] = []
    for match in _matches(text):
        point = _plain_point(match) if match.re is _IN_FRONT else _point(match)
        if point is None:
            continue
        end = spans[-1][1] if spans else 0
        if spans and match.start() - end <= _LONGEST_GAP and _NEXT.fullmatch(text, end, match.start()):
            areas[-1].append(point)
            spans[-1] = spans[-1][0], match.end()
        else:
            areas.append([point])
            spans.append(match.span())
    return [
        Found(start=start, end=end, kind="coordinates", node=Coordinates(tuple(points)), row="coordinates")
        for (start, end), points in zip(spans, areas, strict=True)
    ]


def _matches(text: str) -> list[re.Match[str]]:
    """All pairs in the order of the text, none within another."""
    found: list[re.Match[str]] = []
    for match in sorted(
        (*_PAIR.finditer(text), *_LON_FIRST.finditer(text), *_IN_FRONT.finditer(text)), key=re.Match.start
    ):
        if not found or match.start() >= found[-1].end():
            found.append(match)
    return found


def _plain_point(match: re.Match[str]) -> tuple[float, float] | None:
    """The point of a pair in decimal degrees, its hemispheres in front of the numbers or as signs."""
    if match["lat"]:
        lat, lon = float(match["lat"]), float(match["lon"])
    else:
        lat = float(match["ad"]) * (-1 if match["ah"] == "S" else 1)
        lon = float(match["od"]) * (-1 if match["oh"] == "W" else 1)
    return (lon, lat) if abs(lat) <= 90 and abs(lon) <= 180 else None


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
