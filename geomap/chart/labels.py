"""Labels that never overlap: the most important first, each where it is free; what finds no place is left out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from geomap.chart.frame import Frame
from geomap.chart.marks import Mark
from geomap.style import Style
from geomap.types import Record

Box = tuple[float, float, float, float]
Measure = Callable[[str, float, bool], tuple[float, float]]
"""Width and height in points of a text of a size in points, bold or not."""

SIZES = {"country": 6.5, "sea": 9.0, "zone": 7.0, "place": 7.6}
_STRONG = 1.08
_RANK = {"place": 300, "zone": 200, "sea": 100, "country": 0}
_PAD = 1.5
_DISTANCES = (3.0, 7.0, 14.0, 24.0, 36.0)
_DIRECTIONS = 16
_LEADER = 8.0
_LONGEST = 26
"""Characters of a line, about: longer labels are broken."""


class Label(Record, kw_only=True):
    """A label in its place.

    Parameters
    ----------
    text : with its line breaks
    x, y : its middle on the sheet, points
    box : what it covers
    size : of the type, points
    style : of its mark
    strong : bold
    leader : from the mark to the label, where it stands apart
    """

    text: str
    x: float
    y: float
    box: Box
    size: float
    style: Style
    strong: bool
    leader: tuple[float, float, float, float] | None = None


def place_labels(
    marks: Sequence[Mark], frame: Frame, taken: Sequence[Box], measure: Measure, *, grow: float = 1.0
) -> list[Label]:
    """Place the labels of some marks.

    Parameters
    ----------
    taken : what no label may cover: the legend, the scale
    grow : how much larger than usual the type is
    """
    boxes = [*taken, *(_symbol(mark, grow) for mark in marks if mark.style.symbol)]
    placed: list[Label] = []
    said: set[tuple[object, ...]] = set()
    for mark in sorted((one for one in marks if one.label), key=_rank):
        near = (mark.label.casefold(), *(round(value / 25) for value in mark.anchors[0])) if mark.anchors else None
        if near is None or near in said:  # a place that is its own dateline
            continue
        said.add(near)
        label = next(_free(mark, frame, boxes, measure, grow), None)
        if label is not None:
            placed.append(label)
            boxes.append(label.box)
    return placed


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _rank(mark: Mark) -> tuple[int, str]:
    return -(_RANK[mark.style.lettering] + mark.style.order), mark.id


def _symbol(mark: Mark, grow: float) -> Box:
    half = mark.style.size * grow * 0.75 / 2
    x, y = mark.geometry.centroid.x, mark.geometry.centroid.y
    return x - half, y - half, x + half, y + half


def _free(mark: Mark, frame: Frame, taken: Sequence[Box], measure: Measure, grow: float) -> Iterator[Label]:
    """The places of a label that are free, best first; the first line alone when there is no room for all."""
    size = SIZES[mark.style.lettering] * grow * (_STRONG if mark.strong else 1.0)
    bold = mark.strong or mark.style.lettering == "place"
    texts = dict.fromkeys([_broken(mark.label), mark.label.split("\n")[0]])
    for text in texts:
        width, height = measure(_cased(text, mark.style), size, bold)
        for x, y, leader in _spots(mark, width, height, grow):
            box = (x - width / 2 - _PAD, y - height / 2 - _PAD, x + width / 2 + _PAD, y + height / 2 + _PAD)
            inside = box[0] > 2 and box[1] > 2 and box[2] < frame.width - 2 and box[3] < frame.height - 2
            if inside and not any(overlap(box, other) for other in taken if other is not None):
                yield Label(
                    text=_cased(text, mark.style),
                    x=x,
                    y=y,
                    box=box,
                    size=size,
                    style=mark.style,
                    strong=bold,
                    leader=leader,
                )


def _spots(
    mark: Mark, width: float, height: float, grow: float
) -> Iterator[tuple[float, float, tuple[float, float, float, float] | None]]:
    """Where the middle of a label may be: about a symbol in all directions, else on the mark's anchors."""
    if not mark.style.symbol:
        for x, y in mark.anchors:
            yield x, y, None
        return
    x, y = mark.anchors[0]
    half = mark.style.size * grow * 0.75 / 2
    for distance in _DISTANCES:
        for number in range(_DIRECTIONS):
            angle = math.radians(360 / _DIRECTIONS * ((number + 1) // 2) * (-1 if number % 2 else 1))
            east, north = math.cos(angle), math.sin(angle)
            reach = half + distance
            middle_x = x + east * reach + math.copysign(min(1.0, abs(east) * 1.5), east) * width / 2
            middle_y = y + north * reach + math.copysign(min(1.0, abs(north) * 1.5), north) * height / 2
            leader = None
            if distance > _LEADER:
                edge_x = min(max(x, middle_x - width / 2), middle_x + width / 2)
                edge_y = min(max(y, middle_y - height / 2), middle_y + height / 2)
                leader = (x, y, edge_x, edge_y)
            yield middle_x, middle_y, leader


def _cased(text: str, style: Style) -> str:
    return text.upper() if style.lettering == "country" else text


def _broken(text: str) -> str:
    """A long label on two lines or more."""
    lines = []
    for whole in text.split("\n"):
        line = ""
        for word in whole.split():
            if line and len(line) + 1 + len(word) > _LONGEST:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    return "\n".join(lines)
