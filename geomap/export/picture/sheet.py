"""Where everything of a picture lies: title, map, legend, globe, scale, north, sources; and which labels have room."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geomap.chart.frame import Frame, fit
from geomap.chart.graticule import Scale, Tick, make_graticule, make_scale, north_deg
from geomap.chart.labels import Box, Label, place_labels
from geomap.chart.marks import GROUND, Key, Mark, make_keys, make_marks, visible
from geomap.chart.sizes import Size
from geomap.export.picture.type import measure
from geomap.stage import Scene
from geomap.types import Record

TITLE, SUBTITLE, SOURCES, KEY, TICK, SCALE = 15.0, 8.6, 5.8, 7.0, 6.0, 6.4
"""Sizes of type in points, before they grow."""
_INSIDE_PT = 380.0
"""A map narrower than this has its legend below."""
_MOST_OF_MAP, _HIDES_LITTLE, _MOST_BESIDE = 0.2, 2.0, 0.36
"""A legend lies on the map when it takes no more of it than this, and hides no more; beside it, it has this width."""
_TWO_COLUMNS_PT = 330.0
_LEAST_TYPE, _LEAST_GLOBE = 4.2, 52.0
_MOST_KM = 10_000.0
"""How far from its middle a frame may reach to be seen whole on the small globe: a quarter of the way round."""
_MOST_SOURCES = 5
_MOST_CHARACTERS = 6000
_LINE = 1.25
_KEY_LINE = 1.6
_SWATCH = 22.0
_CORNERS = ("top left", "top right", "bottom left", "bottom right")


class Text(Record, kw_only=True):
    """A line of text beside the map: its left end on the base line, in points from the lower left of the sheet."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    soft: bool = False


class Legend(Record, kw_only=True):
    """The legend: its lines, what it covers in points of the map's frame, its columns, whether it lies on the map."""

    keys: tuple[Key, ...]
    box: Box
    columns: int
    size: float
    inside: bool


class Sheet(Record, kw_only=True):
    """All of a picture, in points.

    Parameters
    ----------
    frame : the map
    left, bottom : where its lower left corner lies on the sheet
    globe : what the small globe covers in the frame, None when there is no room
    scales : the bars in km and in nautical miles, and what they cover
    north : degrees from the top, and what the arrow covers
    view : the outline of the frame on the earth, degrees
    """

    size: Size
    frame: Frame
    left: float
    bottom: float
    texts: tuple[Text, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Label, ...]
    graticule: tuple[BaseGeometry, ...]
    ticks: tuple[Tick, ...]
    legend: Legend
    scales: tuple[Scale, ...]
    scale_box: Box
    north: float
    north_box: Box
    globe: Box | None
    land: tuple[BaseGeometry, ...]


def make_sheet(scene: Scene, size: Size, *, bare: bool = False) -> Sheet:
    """Lay out a scene on a sheet; a bare one has the map and its legend only, for where title and sources stand by."""
    grow = size.grow
    margin = (2.0 if bare else 13.0) * grow
    head, top = ([], size.height - margin) if bare else _head(scene, size, margin)
    foot, bottom = ([], margin) if bare else _foot(scene, size, margin)
    left, right = margin + 18.0 * grow, size.width - margin
    bottom += 11.0 * grow
    width, height = right - left, top - bottom
    frame, marks, legend, strip = _with_legend(scene, width, height, grow)
    lines, ticks = make_graticule(frame)
    corners = _Corners(frame, marks, [legend.box] if legend.inside else [])
    scale_box = corners.take(100 * grow, 25 * grow, ("bottom right", "bottom left", "top right", "top left"), 7 * grow)
    north_box = corners.take(20 * grow, 30 * grow, ("top right", "top left", "bottom left", "bottom right"), 7 * grow)
    side = 0.22 * min(frame.width, frame.height)
    wanted = ("bottom left", "top left", "bottom right", "top right")
    has_globe = side > _LEAST_GLOBE and frame.reach_km < _MOST_KM  # else the map is a globe itself
    globe = corners.take(side, side, wanted, 7 * grow) if has_globe else None
    bar = (scale_box[0] + 6 * grow, scale_box[1] + 9 * grow)
    scales = tuple(make_scale(frame, *bar, 84 * grow, unit) for unit in ("km", "NM"))
    labels = place_labels(marks, frame, corners.taken, measure, grow=grow)
    return Sheet(
        size=size,
        frame=frame,
        left=left,
        bottom=bottom + strip,
        texts=(*head, *foot),
        marks=tuple(marks),
        labels=tuple(labels),
        graticule=tuple(lines),
        ticks=tuple(ticks),
        legend=legend,
        scales=scales,
        scale_box=scale_box,
        north=north_deg(frame, (north_box[0] + north_box[2]) / 2, (north_box[1] + north_box[3]) / 2),
        north_box=north_box,
        globe=globe,
        land=tuple(shape for layer in scene.layers if layer.style == "land" for shape in layer.frame.geometry),
    )


# ------------------------------------------------------------------------------------------------ beside the map


def _head(scene: Scene, size: Size, margin: float) -> tuple[list[Text], float]:
    """Title and subtitle, and where the map may begin below them."""
    grow, y = size.grow, size.height - margin
    found: list[Text] = []
    for words, type_size, bold in ((scene.title, TITLE * grow, True), (scene.subtitle, SUBTITLE * grow, False)):
        for line in _wrapped(words, type_size, size.width - 2 * margin, bold=bold)[: 2 if bold else 1]:
            y -= type_size * 1.05
            found.append(Text(text=line, x=margin, y=y, size=type_size, bold=bold, soft=not bold))
            y -= type_size * 0.25
    return found, y - 6.0 * grow


def _foot(scene: Scene, size: Size, margin: float) -> tuple[list[Text], float]:
    """Sources and caveats, and where the map may end above them."""
    type_size = SOURCES * size.grow
    sources = f"Sources: {'; '.join(one.rstrip('.') for one in scene.credits)}."
    caveats = " ".join(_first_sentence(one) for one in scene.caveats)
    lines = _wrapped(f"{sources} {caveats}".strip(), type_size, size.width - 2 * margin, bold=False)
    if len(lines) > _MOST_SOURCES:
        lines = [*lines[: _MOST_SOURCES - 1], f"{lines[_MOST_SOURCES - 1].rstrip('. ')} …"]
    y = margin * 0.7
    found = []
    for line in reversed(lines):
        found.append(Text(text=line, x=margin, y=y, size=type_size, soft=True))
        y += type_size * _LINE
    return found, y + 2.0 * size.grow


def _first_sentence(words: str) -> str:
    first = words.split(". ")[0].rstrip(".")
    return f"{first}."


def _wrapped(words: str, type_size: float, width: float, *, bold: bool) -> list[str]:
    """A text in lines that fit a width in points."""
    clean = " ".join(visible(" ".join(words[:_MOST_CHARACTERS].split())).split())
    if not clean:
        return []
    average = measure(clean[:400], type_size, bold)[0] / len(clean[:400])
    count = max(8, int(width / average))
    while count > 8:
        lines = textwrap.wrap(clean, count, break_long_words=True)
        if all(measure(line, type_size, bold)[0] <= width for line in lines):
            return lines
        count -= max(1, count // 40)
    return textwrap.wrap(clean, 8, break_long_words=True)


# ------------------------------------------------------------------------------------------------- upon the map


class _Corners:
    """The corners of a frame: what takes one must lie where the fewest marks are."""

    def __init__(self, frame: Frame, marks: Sequence[Mark], taken: Sequence[Box] = ()) -> None:
        self.frame = frame
        self.taken: list[Box] = [*taken]
        self.busy = [(mark.geometry, _weight(mark)) for mark in marks if _weight(mark)]

    def take(self, width: float, height: float, wanted: Sequence[str], margin: float) -> Box:
        """The place of a thing of some size in the best corner, or beside what is there already."""
        best = self.best(width, height, wanted, margin)[1]
        self.taken.append(best)
        return best

    def best(self, width: float, height: float, wanted: Sequence[str], margin: float) -> tuple[float, Box]:
        """What the best place would hide, and that place."""
        spots = enumerate(self._spots(width, height, wanted, margin))
        cost, _, spot = min((self._cost(spot), number, spot) for number, spot in spots)
        return cost, spot

    def _spots(self, width: float, height: float, wanted: Sequence[str], margin: float) -> Iterator[Box]:
        for corner in wanted:
            for shift in range(4):
                x = margin if "left" in corner else self.frame.width - margin - width
                y = margin if "bottom" in corner else self.frame.height - margin - height
                step = shift * (height + margin)
                y += step if "bottom" in corner else -step
                yield x, y, x + width, y + height

    def _cost(self, spot: Box) -> float:
        room = box(*spot)
        if any(room.intersects(box(*other)) for other in self.taken) or spot[1] < 0 or spot[3] > self.frame.height:
            return 1e9
        return sum(weight * _covered(geometry, room) for geometry, weight in self.busy)


def _weight(mark: Mark) -> float:
    if mark.style.key in (*GROUND, "country-label", "eez", "zone", "sea", "region"):
        return 0.0
    if mark.style.symbol:
        return 60.0 if mark.strong else 8.0
    return 40.0 if mark.style.key.startswith(("impact", "launch", "hazard", "clipped")) else 1.0


def _covered(geometry: BaseGeometry, room: BaseGeometry) -> float:
    """How much of a mark a room would hide, 0 to 1."""
    if geometry.geom_type == "Point":
        return 1.0 if room.buffer(6).covers(geometry) else 0.0
    common = shapely.intersection(geometry, room)
    if geometry.geom_type.endswith("Polygon"):
        return float(common.area / max(geometry.area, 1.0))
    return float(common.length / max(geometry.length, 1.0))


def _with_legend(scene: Scene, width: float, height: float, grow: float) -> tuple[Frame, list[Mark], Legend, float]:
    """The map with its legend: in a corner that hides little, else beside a wide map and below a narrow one.

    Returns
    -------
    frame, marks, legend, strip
        ``strip`` is the height in points that the legend takes below the map
    """
    frame = fit(scene.bounds, width, height)
    marks = make_marks(scene, frame)
    keys = make_keys(scene, marks)
    size = KEY * grow
    wide = max((measure(key.title, size, False)[0] for key in keys), default=0.0) + (_SWATCH + 18) * grow
    tall = _legend_height(keys, 1, grow)
    if width >= _INSIDE_PT and wide * tall <= _MOST_OF_MAP * width * height:
        cost, spot = _Corners(frame, marks).best(wide, tall, _CORNERS, 7 * grow)
        if cost <= _HIDES_LITTLE:
            return frame, marks, Legend(keys=tuple(keys), box=spot, columns=1, size=size, inside=True), 0.0
    if width >= _INSIDE_PT and width > 1.25 * height:
        beside = min(wide, width * _MOST_BESIDE)
        frame = fit(scene.bounds, width - beside - 8 * grow, height)
        marks = make_marks(scene, frame)
        keys = make_keys(scene, marks)
        size = _shrunk(keys, size, beside - (_SWATCH + 10) * grow)
        left = frame.width + 10 * grow
        found = (left, height - _legend_height(keys, 1, grow), left + beside, height)
        return frame, marks, Legend(keys=tuple(keys), box=found, columns=1, size=size, inside=False), 0.0
    columns = 2 if width > _TWO_COLUMNS_PT else 1
    strip = _legend_height(keys, columns, grow) + 6 * grow
    frame = fit(scene.bounds, width, height - strip)
    marks = make_marks(scene, frame)
    keys = make_keys(scene, marks)
    size = _shrunk(keys, size, width / columns - (_SWATCH + 10) * grow)
    low = -12.0 * grow - _legend_height(keys, columns, grow)
    found = (0.0, low, width, -12.0 * grow)
    return frame, marks, Legend(keys=tuple(keys), box=found, columns=columns, size=size, inside=False), strip


def _shrunk(keys: Sequence[Key], size: float, room: float) -> float:
    """The size of type at which the longest line fits."""
    while size > _LEAST_TYPE and any(measure(key.title, size, False)[0] > room for key in keys):
        size *= 0.96
    return size


def _legend_height(keys: Sequence[Key], columns: int, grow: float) -> float:
    rows = -(-len(keys) // columns)
    return rows * KEY * _KEY_LINE * grow + 8 * grow
