"""Coordinates as printed: one pair is a point, three pairs or more in a row are the corners of an area."""

from __future__ import annotations

import re

from geomap.mentions.grammar import Found
from geomap.positions import find_positions
from geomap.types import Coordinates

_NEXT = re.compile(r"(?:[ \t\n\r,;.:–—/|、-]|and\b|to\b|thence\b|then\b|\(?[A-Z\d][.)])*", re.IGNORECASE)
"""What may stand between two corners of one area."""
_LONGEST_GAP = 40


def find_coordinates(text: str) -> list[Found]:
    """Find all coordinates of a text; pairs that follow each other form one area.

    A pair that cannot be (minutes of 60 or more, a latitude beyond 90 degrees) is left out.
    """
    areas: list[list[tuple[float, float]]] = []
    spans: list[tuple[int, int]] = []
    for position in find_positions(text):
        if position.problem:
            continue
        end = spans[-1][1] if spans else 0
        if spans and position.start - end <= _LONGEST_GAP and _NEXT.fullmatch(text, end, position.start):
            areas[-1].append((position.lon, position.lat))
            spans[-1] = spans[-1][0], position.end
        else:
            areas.append([(position.lon, position.lat)])
            spans.append((position.start, position.end))
    return [
        Found(start=start, end=end, kind="coordinates", node=Coordinates(tuple(points)), row="coordinates")
        for (start, end), points in zip(spans, areas, strict=True)
    ]
