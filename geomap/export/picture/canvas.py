"""A sheet painted with matplotlib."""

from __future__ import annotations

import math
import warnings
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.chart.labels import Label
from geomap.chart.marks import Key, Mark
from geomap.chart.symbols import outline, strokes
from geomap.export.picture.sheet import SCALE, TICK, Sheet
from geomap.export.picture.type import FAMILY, LEADING, measure
from geomap.geodesy import GEOD
from geomap.style import GROUND, SYMBOLS, Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_HORIZON_KM = 9900.0
"""As far as one sees from infinity, less a little: a quarter of the way round is where the globe's edge is."""
_PX = 0.75  # points in a CSS pixel
_SETTINGS: dict[Any, Any] = {
    "font.family": [FAMILY],
    "svg.fonttype": "none",
    "svg.hashsalt": "geomap",
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.35,
    "path.simplify": False,
    "text.hinting": "none",
}
_FIXED: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None},
}
_PRINT = {"sea": "#eef2f5", "land": "#ffffff", "paper": "#ffffff", "raised": "#ffffff", "graticule": "#b9c6cf"}
"""What differs on white paper: next to no ink in sea and land."""


class _Theme:
    """The colours of a theme."""

    def __init__(self, name: str) -> None:
        self.tone = "dark" if name == "dark" else "light"
        self.ground: Mapping[str, str] = {key: getattr(tone, self.tone) for key, tone in GROUND.items()}
        if name == "print":
            self.ground = {**self.ground, **_PRINT}

    def colour(self, style: Style) -> str:
        return str(getattr(style.colour, self.tone))

    def text(self, style: Style) -> str:
        return str(getattr(style.text, self.tone))


def paint(sheet: Sheet, theme: str = "light") -> Figure:
    """Paint a sheet; nothing of matplotlib's global state is touched."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    look = _Theme(theme)
    with rc_context(_SETTINGS):
        figure = Figure(figsize=(sheet.size.width / 72, sheet.size.height / 72), facecolor=look.ground["paper"])
        frame = sheet.frame
        chart = _axes(figure, sheet, sheet.left, sheet.bottom, frame.width, frame.height)
        whole = _axes(figure, sheet, 0, 0, sheet.size.width, sheet.size.height)
        _paint_map(chart, sheet, look)
        _paint_beside(whole, sheet, look)
        _paint_legend(whole, sheet, look)
        _paint_scale(chart, sheet, look)
        _paint_north(chart, sheet, look)
        if sheet.globe is not None:
            _paint_globe(figure, sheet, look)
    return figure


def save(figure: Figure, kind: str, dpi: float) -> bytes:
    """Write a figure: png, svg or pdf, with nothing in it of when and by what it was made."""
    from matplotlib import rc_context

    target = BytesIO()
    with rc_context(_SETTINGS), warnings.catch_warnings():  # type is set while it is written
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a letter that the type does not have is an empty box
        figure.savefig(target, format=kind, dpi=dpi, metadata=dict(_FIXED[kind]), facecolor=figure.get_facecolor())
    return target.getvalue()


def _axes(figure: Figure, sheet: Sheet, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes whose units are points from their lower left corner."""
    whole = sheet.size
    axes = figure.add_axes((left / whole.width, bottom / whole.height, width / whole.width, height / whole.height))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.axis("off")
    return axes


# -------------------------------------------------------------------------------------------------------- the map


def _paint_map(axes: Axes, sheet: Sheet, look: _Theme) -> None:
    grow = sheet.size.grow
    from matplotlib.patches import Rectangle

    frame = sheet.frame
    axes.add_patch(Rectangle((0, 0), frame.width, frame.height, facecolor=look.ground["sea"], linewidth=0, zorder=0))
    ground = max((number for number, mark in enumerate(sheet.marks) if mark.style.key == "land"), default=-1)
    for line in sheet.graticule:
        _stroke(axes, line, look.ground["graticule"], 0.4 * grow, zorder=2 + (ground + 0.5) / 1000)
    for number, mark in enumerate(sheet.marks):
        if mark.style.key == "land":
            _fill(axes, mark.geometry, facecolor=look.ground["land"], zorder=2 + number / 1000)
        elif mark.style.symbol:
            spot = mark.geometry.centroid
            _symbol(axes, mark.style, spot.x, spot.y, grow, look, zorder=20 + number / 1000)
        else:
            _paint_mark(axes, mark, grow, look, zorder=2 + number / 1000)
    for label in sheet.labels:
        _paint_label(axes, label, look, grow)
    axes.add_patch(
        Rectangle(
            (0, 0),
            frame.width,
            frame.height,
            fill=False,
            edgecolor=look.ground["soft"],
            linewidth=0.7 * grow,
            zorder=40,
            clip_on=False,
        )
    )


def _paint_mark(axes: Axes, mark: Mark, grow: float, look: _Theme, *, zorder: float) -> None:
    style, colour = mark.style, look.colour(mark.style)
    area = mark.geometry.geom_type.endswith("Polygon")
    if area and style.fill and mark.filled:
        _fill(axes, mark.geometry, facecolor=colour, alpha=style.fill * (0.55 if style.hatch else 1), zorder=zorder)
        if style.hatch:
            _fill(
                axes,
                mark.geometry,
                facecolor="none",
                edgecolor=colour,
                hatch="//////",
                alpha=0.55,
                linewidth=0,
                zorder=zorder,
            )
    if style.weight:
        dash = (0, tuple(part * _PX * math.sqrt(grow) for part in style.dash)) if style.dash else "-"
        edge = mark.edge if mark.edge is not None else mark.geometry.boundary if area else mark.geometry
        _stroke(
            axes, edge, colour, style.weight * _PX * math.sqrt(grow), zorder=zorder, linestyle=dash, alpha=style.opacity
        )


def _paint_label(axes: Axes, label: Label, look: _Theme, grow: float) -> None:
    from matplotlib.patheffects import withStroke

    if label.leader is not None:
        x, y, other_x, other_y = label.leader
        axes.plot([x, other_x], [y, other_y], color=look.ground["soft"], linewidth=0.5 * grow, zorder=19)
    axes.text(
        label.x,
        label.y,
        label.text,
        fontsize=label.size,
        color=look.text(label.style),
        weight="bold" if label.strong else "normal",
        style="italic" if label.style.lettering == "sea" else "normal",
        ha="center",
        va="center",
        linespacing=LEADING,
        parse_math=False,
        zorder=30,
        path_effects=[withStroke(linewidth=2.4 * grow, foreground=look.ground["paper"], alpha=0.82)],
    )


def _symbol(
    axes: Axes, style: Style, x: float, y: float, grow: float, look: _Theme, *, zorder: float, scale: float = 1.0
) -> None:
    from matplotlib.patches import Polygon

    size = style.size * _PX * grow * scale
    known, paper = SYMBOLS[style.symbol or ""], look.ground["paper"]
    for ring in outline(style.symbol or ""):
        points = np.array(ring) * size + (x, y)
        for edge, width in ((paper, 2.2), (look.colour(style), 0.9 if known.hollow else 0.0)):
            axes.add_patch(
                Polygon(
                    points,
                    closed=True,
                    facecolor=paper if known.hollow else look.colour(style),
                    edgecolor=edge,
                    linewidth=width * grow * 0.7,
                    joinstyle="round",
                    alpha=style.opacity if edge != paper else 1,
                    zorder=zorder,
                )
            )
    for line in strokes(style.symbol or ""):
        points = np.array(line) * size + (x, y)
        axes.plot(points[:, 0], points[:, 1], color=paper, linewidth=1.5 * grow, solid_capstyle="round", zorder=zorder)


# ----------------------------------------------------------------------------------------------- beside and upon


def _paint_beside(axes: Axes, sheet: Sheet, look: _Theme) -> None:
    grow = sheet.size.grow
    for one in sheet.texts:
        axes.text(
            one.x, one.y, one.text, fontsize=one.size, weight="bold" if one.bold else "normal",
            color=look.ground["soft" if one.soft else "ink"], va="baseline", parse_math=False,
        )  # fmt: skip
    reached = -math.inf
    for tick in sheet.ticks:
        size = TICK * grow
        wide = measure(tick.label, size, False)[0]
        if tick.side == "bottom":
            if tick.at - wide / 2 < reached or tick.at < wide / 2 or tick.at > sheet.frame.width - wide / 2:
                continue
            reached = tick.at + wide / 2 + 4
            axes.text(
                sheet.left + tick.at,
                sheet.bottom - 2.5 * grow,
                tick.label,
                fontsize=size,
                color=look.ground["degrees"],
                ha="center",
                va="top",
            )
        elif size < tick.at < sheet.frame.height - size:
            axes.text(
                sheet.left - 2.5 * grow,
                sheet.bottom + tick.at,
                tick.label,
                fontsize=size,
                color=look.ground["degrees"],
                ha="right",
                va="center",
            )


def _panel(axes: Axes, box: Sequence[float], look: _Theme, grow: float, *, zorder: float = 33) -> None:
    from matplotlib.patches import FancyBboxPatch

    axes.add_patch(
        FancyBboxPatch(
            (box[0], box[1]), box[2] - box[0], box[3] - box[1], boxstyle=f"round,pad=0,rounding_size={3 * grow}",
            facecolor=look.ground["paper"], edgecolor=look.ground["rule"], linewidth=0.5 * grow, alpha=0.93,
            zorder=zorder,
        )
    )  # fmt: skip


def _paint_legend(axes: Axes, sheet: Sheet, look: _Theme) -> None:
    legend, grow = sheet.legend, sheet.size.grow
    if not legend.keys:
        return
    left, low, right, high = (
        edge + shift for edge, shift in zip(legend.box, (sheet.left, sheet.bottom) * 2, strict=True)
    )
    if legend.inside:
        _panel(axes, (left, low, right, high), look, grow)
    rows = -(-len(legend.keys) // legend.columns)
    line = (high - low - 8 * grow) / rows
    for number, key in enumerate(legend.keys):
        x = left + (6 * grow if legend.inside else 0) + (number // rows) * (right - left) / legend.columns
        y = high - 4 * grow - line * (number % rows + 0.5)
        _swatch(axes, key, x, y, grow, look)
        axes.text(
            x + 27 * grow,
            y,
            key.title,
            fontsize=legend.size,
            color=look.ground["ink"],
            va="center",
            parse_math=False,
            zorder=36,
        )


def _swatch(axes: Axes, key: Key, x: float, y: float, grow: float, look: _Theme) -> None:
    style, wide, high = key.style, 22 * grow, 7.5 * grow
    if style.symbol:
        _symbol(axes, style, x + wide / 2, y, grow, look, zorder=36, scale=min(1.0, 13 / style.size))
        return
    form = (
        shapely.box(x, y - high / 2, x + wide, y + high / 2)
        if style.fill
        else shapely.LineString([(x, y), (x + wide, y)])
    )
    mark = Mark(id="", title="", style=style, layer="", geometry=form)
    _paint_mark(axes, mark, grow, look, zorder=35)


def _paint_scale(axes: Axes, sheet: Sheet, look: _Theme) -> None:
    from matplotlib.patches import Rectangle

    grow, ink, paper = sheet.size.grow, look.ground["ink"], look.ground["paper"]
    left, low = sheet.scale_box[0] + 6 * grow, sheet.scale_box[1] + 12.5 * grow
    _panel(axes, sheet.scale_box, look, grow)
    high = 2.2 * grow
    for scale, up in zip(sheet.scales, (True, False), strict=True):
        base = low if up else low - high
        for part in range(4):
            axes.add_patch(
                Rectangle(
                    (left + scale.length * part / 4, base),
                    scale.length / 4,
                    high,
                    facecolor=ink if (part + up) % 2 else paper,
                    edgecolor=ink,
                    linewidth=0.4 * grow,
                    zorder=36,
                )
            )
        words = f"{scale.ground:,.0f} {scale.unit}" if scale.ground >= 1 else f"{scale.ground:g} {scale.unit}"
        y, va = (base + high + 1.5 * grow, "bottom") if up else (base - 1.5 * grow, "top")
        axes.text(left + scale.length, y, words, fontsize=SCALE * grow, color=ink, ha="right", va=va, zorder=36)
        axes.text(left, y, "0", fontsize=SCALE * grow, color=ink, ha="left", va=va, zorder=36)


def _paint_north(axes: Axes, sheet: Sheet, look: _Theme) -> None:
    from matplotlib.patches import Polygon

    grow, ink, paper = sheet.size.grow, look.ground["ink"], look.ground["paper"]
    middle = (sheet.north_box[0] + sheet.north_box[2]) / 2, sheet.north_box[1] + 11 * grow
    angle, reach = math.radians(sheet.north), 11 * grow

    def turned(east: float, north: float) -> tuple[float, float]:
        return (
            middle[0] + reach * (east * math.cos(angle) + north * math.sin(angle)),
            middle[1] + reach * (north * math.cos(angle) - east * math.sin(angle)),
        )

    for side, colour in ((1, ink), (-1, paper)):
        points = [turned(0, 1), turned(0.5 * side, -0.7), turned(0, -0.35)]
        axes.add_patch(Polygon(points, closed=True, facecolor=colour, edgecolor=ink, linewidth=0.6 * grow, zorder=36))
    axes.text(*turned(0, 1.42), "N", fontsize=7.5 * grow, weight="bold", color=ink, ha="center", va="center", zorder=36)


def _paint_globe(figure: Figure, sheet: Sheet, look: _Theme) -> None:
    """The earth from far above the map, with the map's frame on it."""
    from matplotlib.patches import Circle, Polygon
    from pyproj import Proj

    assert sheet.globe is not None  # the caller has looked
    frame, box = sheet.frame, sheet.globe
    axes = _axes(figure, sheet, sheet.left + box[0], sheet.bottom + box[1], box[2] - box[0], box[3] - box[1])
    axes.set_zorder(5)
    half = (box[2] - box[0]) / 2
    lon0, lat0 = frame.lon, max(-60.0, min(60.0, frame.lat * 0.7))
    globe, radius = Proj(proj="ortho", lon_0=lon0, lat_0=lat0, ellps="sphere", R=1.0), half * 0.96

    def seen(lons: Any, lats: Any) -> Any:
        x, y = globe(lons, lats)
        return np.column_stack([np.asarray(x) * radius + half, np.asarray(y) * radius + half])

    axes.add_patch(
        Circle(
            (half, half),
            radius,
            facecolor=look.ground["sea"],
            edgecolor=look.ground["soft"],
            linewidth=0.6 * sheet.size.grow,
        )
    )
    from geomap.geodesy import disc

    near = disc(lon0, lat0, _HORIZON_KM)
    for shape in sheet.land:
        part = shapely.intersection(shapely.simplify(shape, 0.4), near)
        if part.is_empty:
            continue
        flat = shapely.transform(shapely.segmentize(part, 4.0), lambda points: seen(points[:, 0], points[:, 1]))
        _fill(axes, shapely.make_valid(flat), facecolor=look.ground["graticule"], zorder=2)
    corners = _outline_of(sheet)
    away = GEOD.inv(np.full(len(corners), lon0), np.full(len(corners), lat0), corners[:, 0], corners[:, 1])[2]
    visible = corners[away < _HORIZON_KM * 1000]
    if len(visible) > 3:
        accent = look.ground["contradicts"]
        axes.add_patch(
            Polygon(
                seen(visible[:, 0], visible[:, 1]),
                closed=True,
                facecolor=accent,
                edgecolor=accent,
                alpha=0.4,
                linewidth=1.0,
                zorder=3,
            )
        )


def _outline_of(sheet: Sheet) -> Any:
    """The frame's outline as longitudes and latitudes."""
    frame, share = sheet.frame, np.linspace(0, 1, 30)
    sides = [
        *((frame.width * at, 0.0) for at in share),
        *((frame.width, frame.height * at) for at in share),
        *((frame.width * (1 - at), frame.height) for at in share),
        *((0.0, frame.height * (1 - at)) for at in share),
    ]
    return np.array([frame.position(x, y) for x, y in sides])


# ----------------------------------------------------------------------------------------------------- shapely to


def _fill(axes: Axes, geometry: BaseGeometry, **look: Any) -> None:
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    points, codes = [], []
    for part in shapely.get_parts(geometry):
        if part.geom_type != "Polygon":
            continue
        for ring in (part.exterior, *part.interiors):
            coordinates = shapely.get_coordinates(ring)
            points.append(coordinates)
            codes += [Path.MOVETO, *[Path.LINETO] * (len(coordinates) - 2), Path.CLOSEPOLY]
    if points:
        look.setdefault("edgecolor", "none")
        axes.add_patch(PathPatch(Path(np.vstack(points), codes), **look))


def _stroke(
    axes: Axes,
    geometry: BaseGeometry,
    colour: str,
    width: float,
    *,
    zorder: float,
    linestyle: Any = "-",
    alpha: float = 1.0,
) -> None:
    from matplotlib.collections import LineCollection

    lines = [
        shapely.get_coordinates(part)
        for part in shapely.get_parts(geometry)
        if part.geom_type in ("LineString", "LinearRing")
    ]
    if lines:
        axes.add_collection(
            LineCollection(
                lines,
                colors=[colour],
                linewidths=[width],
                linestyles=[linestyle],
                alpha=alpha,
                zorder=zorder,
                capstyle="butt",
            )
        )
