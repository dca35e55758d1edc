"""The map as shapes of a slide: every mark its own, named and grouped, so that all can be given other colours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.chart.frame import Frame, fit
from geomap.chart.graticule import make_graticule, make_scale, north_deg
from geomap.chart.labels import Box, Label, place_labels
from geomap.chart.marks import Key, Mark, make_keys, make_marks
from geomap.chart.symbols import outline, strokes
from geomap.export.deck import Page, Run, paragraph, rgb
from geomap.export.shapes import Look, group, shape
from geomap.export.templates import Area
from geomap.lettering import LEADING, measure, wrap
from geomap.stage import Scene
from geomap.style import GROUND, SYMBOLS, Style, contrast

GROW = 1.3
"""How much larger type and lines are than on a page, for the distance that a slide is looked at from."""
_PX = 0.75  # points in a CSS pixel
_DEGREES, _KEY_SIZES = 8.0, (10.0, 9.0, 8.0)
_TICK_LEFT, _TICK_BOTTOM = 30.0, 14.0
_SCALE_BOX, _SCALE_BAR, _EDGE = (128.0, 34.0), 96.0, 8.0
_NORTH_BOX = (24.0, 36.0)
_SWATCH, _LEGEND_GAP, _LEGEND = 24.0, 16.0, 190.0
_HATCH_PT = 6.0
_HATCHED = 0.55
"""How strong fill and hatching are where there are both."""
_READABLE = 4.5
_BACKED = {"place": 0.6, "zone": 0.5, "sea": 0.0, "country": 0.0}
"""How much paper lies behind labels at least, that lines may cross."""
_SEA, _LAND, _PAPER, _INK, _SOFT = (GROUND[name].light for name in ("sea", "land", "paper", "ink", "soft"))


def draw_map(page: Page, scene: Scene, room: Area, alt: str) -> None:
    """Draw the map of a scene and its legend into a room of a slide."""
    legend = _LEGEND if room.width > 3 * _LEGEND else 0.0
    wide = room.width - _TICK_LEFT - (legend + _LEGEND_GAP if legend else 0.0)
    frame = fit(scene.bounds, wide, room.height - _TICK_BOTTOM)
    marks = make_marks(scene, frame)
    sheet = _Sheet(page, frame, room.left + _TICK_LEFT, room.top)
    scale = (_EDGE, _EDGE, _EDGE + _SCALE_BOX[0], _EDGE + _SCALE_BOX[1])
    north = (frame.width - _EDGE - _NORTH_BOX[0], frame.height - _EDGE - _NORTH_BOX[1], frame.width - _EDGE,
             frame.height - _EDGE)  # fmt: skip
    labels = place_labels(marks, frame, [scale, north], measure, grow=GROW)
    titles = {layer.key: layer.title for layer in scene.layers}
    parts = [
        sheet.drawn("Sea", Look(fill=_SEA), filled=[frame.earth]),
        *sheet.marks(marks, titles),
        group(page, "Labels", sheet.labels(labels, marks)),
        group(page, "Scale", sheet.scale(scale)),
        group(page, "North", sheet.north(north)),
        sheet.rectangle("Frame", (0, 0, frame.width, frame.height), Look(line=_SOFT, weight=0.9)),
        group(page, "Degrees", sheet.degrees()),
    ]
    page.put(group(page, "Map", parts, alt=alt))
    if legend:
        at = Area(room.right - legend, room.top, legend, room.height)
        page.put(group(page, "Legend", _legend(page, make_keys(scene, marks), at)))


def backing(text: str, grounds: Iterable[str], least: float = 0.0) -> float:
    """How much paper must lie between a text and what is behind it so that it can be read: 0 to 1.

    Parameters
    ----------
    text : its colour
    grounds : the colours behind it
    least : how much lies there anyway
    """
    behind = list(grounds)
    for alpha in (least, 0.35, 0.5, 0.65, 0.8, 0.9, 1.0):
        if alpha >= least and all(contrast(text, blend(one, _PAPER, alpha)) >= _READABLE for one in behind):
            return alpha
    return 1.0


def blend(below: str, above: str, alpha: float) -> str:
    """The colour that is seen where one lies upon another."""
    pairs = zip(_channels(below), _channels(above), strict=True)
    return "#" + "".join(f"{round(one + (other - one) * alpha):02x}" for one, other in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


class _Sheet:
    """The map's frame on its slide: turns points of the frame (y upwards) into shapes."""

    def __init__(self, page: Page, frame: Frame, left: float, top: float) -> None:
        self.page, self.frame, self.left, self.top = page, frame, left, top

    def area(self, box: Box) -> Area:
        """A box of the frame on the slide."""
        x0, y0, x1, y1 = box
        return Area(self.left + x0, self.top + self.frame.height - y1, x1 - x0, y1 - y0)

    def rectangle(self, name: str, box: Box, look: Look) -> str:
        return self.drawn(name, look, filled=[shapely.box(*box)], stroked=[shapely.box(*box).exterior])

    def drawn(
        self,
        name: str,
        look: Look,
        *,
        filled: Iterable[BaseGeometry] = (),
        stroked: Iterable[BaseGeometry] = (),
        both: Iterable[BaseGeometry] = (),
    ) -> str:
        """A shape of areas that are filled, lines that are drawn, and areas that have both; empty for none."""
        paths = [
            *((kind, self._lines(parts)) for kind, parts in (("fill", filled), ("both", both), ("line", stroked))),
        ]
        return shape(self.page, name, [(kind, lines) for kind, lines in paths if lines], look)

    def _lines(self, geometries: Iterable[BaseGeometry]) -> list[np.ndarray]:
        """Lines and rings as points of the slide."""
        found = []
        for geometry in geometries:
            for part in shapely.get_parts(geometry):
                rings = [part.exterior, *part.interiors] if isinstance(part, Polygon) else [part]
                for ring in rings:
                    points = shapely.get_coordinates(ring)
                    if len(points) > 1:
                        found.append(
                            np.column_stack([self.left + points[:, 0], self.top + self.frame.height - points[:, 1]])
                        )
        return found

    # ------------------------------------------------------------------------------------------------ marks

    def marks(self, marks: Sequence[Mark], titles: dict[str, str]) -> Iterator[str]:
        """All marks, those of one layer in a group; the graticule lies upon the land."""
        spread = False
        for key, same in groupby(marks, key=lambda mark: mark.layer):
            found = list(same)
            if not spread and found[0].style.order > 20:
                yield self.graticule()
                spread = True
            yield group(self.page, titles[key], [part for mark in found for part in self.mark(mark)])
        if not spread:
            yield self.graticule()

    def graticule(self) -> str:
        lines = [shapely.intersection(line, self.frame.box) for line in make_graticule(self.frame)[0]]
        return self.drawn("Graticule", Look(line=GROUND["graticule"].light, weight=0.5), stroked=lines)

    def mark(self, mark: Mark) -> Iterator[str]:
        style, name = mark.style, mark.title or mark.style.title
        if style.symbol:
            yield self.symbol(style, mark.geometry.centroid.x, mark.geometry.centroid.y, name, clip=True)
            return
        inside = shapely.intersection(mark.geometry, self.frame.box)
        if inside.is_empty or not (style.weight or style.fill):
            return
        area = inside.geom_type.endswith("Polygon")
        outer = mark.edge if mark.edge is not None else mark.geometry.boundary if area else mark.geometry
        lines = shapely.intersection(outer, self.frame.box) if style.weight else LineString()
        fill = style.fill if area and mark.filled else 0.0
        look = Look(
            fill=style.colour.light if fill else "",
            fill_alpha=fill * (_HATCHED if style.hatch else 1.0),
            line=style.colour.light if style.weight else "",
            line_alpha=style.opacity,
            weight=style.weight * _PX * GROW**0.5,
            dash=tuple(part / style.weight for part in style.dash) if style.weight else (),
        )
        yield self.drawn(name, look, filled=[inside] if fill else [], stroked=[lines])
        if fill and style.hatch:
            hatch = Look(line=style.colour.light, line_alpha=_HATCHED, weight=0.5)
            yield self.drawn(f"{name} (hatching)", hatch, stroked=[_hatching(inside)])

    def symbol(self, style: Style, x: float, y: float, name: str, *, scale: float = 1.0, clip: bool = False) -> str:
        size = style.size * _PX * GROW * scale
        known = SYMBOLS[style.symbol or ""]
        rings: list[BaseGeometry] = [
            Polygon([(x + a * size, y + b * size) for a, b in ring]) for ring in outline(style.symbol or "")
        ]
        inner: list[BaseGeometry] = [
            LineString([(x + a * size, y + b * size) for a, b in line]) for line in strokes(style.symbol or "")
        ]
        if clip:
            rings = [shapely.intersection(ring, self.frame.box) for ring in rings]
            inner = [shapely.intersection(line, self.frame.box) for line in inner]
        colour = style.colour.light
        look = Look(
            fill=_PAPER if known.hollow else colour,
            line=colour if known.hollow else _PAPER,
            weight=0.9 if known.hollow else 1.3,
        )
        return self.drawn(name, look, both=rings, stroked=inner)

    # --------------------------------------------------------------------------------------- labels and scale

    def labels(self, labels: Sequence[Label], marks: Sequence[Mark]) -> Iterator[str]:
        below = _Below(marks)
        for label in labels:
            if label.leader is not None:
                x, y, other_x, other_y = label.leader
                line = LineString([(x, y), (other_x, other_y)])
                yield self.drawn(f"Leader: {label.text}", Look(line=_SOFT, weight=0.6), stroked=[line])
        for label in labels:
            colour = label.style.text.light
            paper = backing(colour, below.colours(label.box), _BACKED[label.style.lettering])
            runs = Run(label.text, label.size, bold=label.strong, italic=label.style.lettering == "sea",
                       colour=rgb(colour))  # fmt: skip
            yield self.page.box(
                self.area(label.box),
                [paragraph(runs, align="ctr")],
                name=f"Label: {label.text}",
                anchor="ctr",
                fill=rgb(_PAPER, paper) if paper else "",
                wraps=False,
            )

    def scale(self, box: Box) -> Iterator[str]:
        yield self.rectangle("Scale: ground", box, Look(fill=_PAPER, fill_alpha=0.85))
        x = box[0] + 8
        for unit, y in (("km", box[1] + 20), ("NM", box[1] + 14)):
            bar = make_scale(self.frame, x, y, _SCALE_BAR, unit)
            up = unit == "km"
            ticks = [(x, y + (3 if up else -3)), (x, y), (x + bar.length, y), (x + bar.length, y + (3 if up else -3))]
            yield self.drawn(f"Scale bar, {unit}", Look(line=_INK, weight=1.1), stroked=[LineString(ticks)])
            said = f"{bar.ground:g} {unit}" if bar.ground < 10_000 else f"{bar.ground:,.0f} {unit}"
            low = y + 3.5 if up else y - 3.5 - _DEGREES * LEADING
            yield self.note(said, (x, low, x + 110, low + _DEGREES * LEADING), "l", rgb(_INK))

    def north(self, box: Box) -> Iterator[str]:
        x, y = (box[0] + box[2]) / 2, box[1] + 12
        turn = -north_deg(self.frame, x, y)
        arrow = shapely.affinity.rotate(Polygon([(x - 6, y - 11), (x, y + 11), (x + 6, y - 11), (x, y - 6)]), turn)
        yield self.drawn("North arrow", Look(fill=_INK, line=_PAPER, weight=0.8), both=[arrow])
        yield self.note("N", (box[0], box[3] - 12, box[2], box[3]), "ctr", rgb(_INK), bold=True)

    def degrees(self) -> Iterator[str]:
        colour = self.page.plan.soft
        reached = -1e9
        tall = _DEGREES * LEADING
        for tick in make_graticule(self.frame)[1]:
            wide = measure(tick.label, _DEGREES, False)[0] + 1
            if tick.side == "left" and tall < tick.at < self.frame.height - tall:
                yield self.note(tick.label, (-wide - 3, tick.at - tall / 2, -3, tick.at + tall / 2), "r", colour)
            elif tick.side == "bottom" and max(reached, wide / 2) < tick.at - wide / 2 < self.frame.width - wide:
                yield self.note(tick.label, (tick.at - wide / 2, -3 - tall, tick.at + wide / 2, -3), "ctr", colour)
                reached = tick.at + wide / 2 + 4

    def note(self, text: str, box: Box, align: str, colour: str, *, bold: bool = False) -> str:
        run = Run(text, _DEGREES, bold=bold, colour=colour)
        return self.page.box(self.area(box), [paragraph(run, align=align)], name=text, anchor="ctr", wraps=False)


class _Below:
    """What is seen behind a place of the map: the colours of all areas there, one upon the other."""

    def __init__(self, marks: Sequence[Mark]) -> None:
        self.areas: list[tuple[BaseGeometry, str, float]] = []
        for mark in marks:
            land = mark.style.key == "land"
            if mark.geometry.geom_type.endswith("Polygon") and (land or (mark.style.fill and mark.filled)):
                shapely.prepare(mark.geometry)
                colour = _LAND if land else mark.style.colour.light
                self.areas.append((mark.geometry, colour, 1.0 if land else mark.style.fill))

    def colours(self, box: Box) -> set[str]:
        x0, y0, x1, y1 = box
        spots = [(x0 + (x1 - x0) * a, y0 + (y1 - y0) * b) for a in (0.05, 0.35, 0.65, 0.95) for b in (0.15, 0.5, 0.85)]
        return {self._colour(x, y) for x, y in spots}

    def _colour(self, x: float, y: float) -> str:
        seen = _SEA
        for area, colour, alpha in self.areas:
            if shapely.contains_xy(area, x, y):
                seen = blend(seen, colour, alpha)
        return seen


def _hatching(area: BaseGeometry) -> BaseGeometry:
    """Slanting lines over an area."""
    x0, y0, x1, y1 = area.bounds
    tall = y1 - y0
    starts = np.arange(np.floor((x0 - tall) / _HATCH_PT) * _HATCH_PT, x1, _HATCH_PT)
    lines = MultiLineString([[(start, y0), (start + tall, y1)] for start in starts])
    return shapely.intersection(lines, area)


def _legend(page: Page, keys: Sequence[Key], room: Area) -> Iterator[str]:
    """The legend on paper; what does not fit even in the smallest type is counted."""
    left, wide = room.left + _EDGE, room.width - _SWATCH - 3 * _EDGE
    at = left + _SWATCH + _EDGE
    for size in _KEY_SIZES:
        texts = [wrap(key.title, wide, size) for key in keys]
        if sum((len(lines) * LEADING + 0.5) * size for lines in texts) + 1.5 * _EDGE <= room.height:
            break
    top, parts = room.top + _EDGE, []
    for number, (key, lines) in enumerate(zip(keys, texts, strict=True)):
        tall = len(lines) * size * LEADING
        more = len(keys) - number
        if top + tall + (size * LEADING if more > 1 else 0.0) + _EDGE > room.bottom:
            said = [paragraph(Run(f"and {more} more", size, colour=rgb(_SOFT)))]
            parts.append(page.box(Area(at, top, wide, size * LEADING), said, name="Legend: more"))
            top += size * LEADING
            break
        sheet = _Sheet(page, Frame(lon=0, lat=0, width=_SWATCH, height=tall, scale=1.0), left, top)
        parts += _swatch(sheet, key, tall - size * LEADING / 2, size)
        said = [paragraph(Run(key.title, size, colour=rgb(_INK)))]
        parts.append(page.box(Area(at, top, wide, tall), said, name=f"Legend: {key.title}"))
        top += tall + size * 0.5
    whole = _Sheet(page, Frame(lon=0, lat=0, width=room.width, height=top - room.top, scale=1.0), room.left, room.top)
    yield whole.rectangle("Legend: ground", (0, 0, room.width, top - room.top), Look(fill=_PAPER))
    yield from parts


def _swatch(sheet: _Sheet, key: Key, middle: float, size: float) -> Iterator[str]:
    style = key.style
    if style.symbol:
        scale = min(1.0, size * 1.1 / (style.size * _PX * GROW))
        yield sheet.symbol(style, _SWATCH / 2, middle, f"Key: {key.title}", scale=scale)
        return
    half = size * 0.45
    area = shapely.box(1, middle - half, _SWATCH - 1, middle + half)
    line = LineString([(0, middle), (_SWATCH, middle)])
    look = Look(
        fill=style.colour.light if style.fill else "",
        fill_alpha=style.fill,
        line=style.colour.light if style.weight else "",
        line_alpha=style.opacity,
        weight=style.weight * _PX,
        dash=tuple(part / style.weight for part in style.dash) if style.weight else (),
    )
    if style.fill:
        yield sheet.drawn(f"Key: {key.title}", look, both=[area])
        if style.hatch:
            hatch = Look(line=style.colour.light, line_alpha=_HATCHED, weight=0.5)
            yield sheet.drawn(f"Key: {key.title} (hatching)", hatch, stroked=[_hatching(area)])
    else:
        yield sheet.drawn(f"Key: {key.title}", look, stroked=[line])
