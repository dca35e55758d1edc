"""Coordinates as printed: one pair is a point, three pairs or more in a row are the corners of an area."""

from __future__ import annotations

import re

from geomap.mentions.grammar import Found
from geomap.patterns import regex
from geomap.positions import find_positions
from geomap.types import Coordinates

_NEXT = regex(r"(?:[ \t\n\r,;.:–—/|、-]|and\b|to\b|thence\b|then\b)*(?P<label>\(?[A-Z\d][.)][ \t]*)?", re.IGNORECASE)
"""What may stand between two corners of one area; the letter of a corner, or of the next area, comes last."""
_LONGEST_GAP = 40


def find_coordinates(text: str) -> list[Found]:
    """Find all coordinates of a text; pairs that follow each other form one area.

    A pair that cannot be (minutes of 60 or more, a latitude beyond 90 degrees) is left out. A letter before a pair
    begins the next area, unless each pair has one.
    """
    areas: list[list[tuple[float, float]]] = []
    spans: list[tuple[int, int]] = []
    alone = 0  # corners since the last letter
    for position in find_positions(text):
        if position.problem:
            continue
        end = spans[-1][1] if spans else 0
        gap = _NEXT.fullmatch(text, end, position.start) if spans and position.start - end <= _LONGEST_GAP else None
        if gap is not None and not (gap["label"] and alone > 1):
            areas[-1].append((position.lon, position.lat))
            spans[-1] = spans[-1][0], position.end
            alone = 1 if gap["label"] else alone + 1
        else:
            areas.append([(position.lon, position.lat)])
            spans.append((position.start, position.end))
            alone = 1
    return [
        Found(start=start, end=end, kind="coordinates", node=Coordinates(tuple(points)), row="coordinates")
        for (start, end), points in zip(spans, areas, strict=True)
    ]
