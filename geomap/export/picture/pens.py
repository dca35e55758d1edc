"""What everything in a picture is drawn with: areas, lines, symbols, panels, in the colours of a theme."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.chart.marks import Mark
from geomap.chart.symbols import outline, strokes
from geomap.export.picture.sheet import Sheet
from geomap.style import GROUND, SYMBOLS, Style

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_PX = 0.75  # points in a CSS pixel
_PRINT = {"sea": "#eef2f5", "land": "#ffffff", "paper": "#ffffff", "raised": "#ffffff", "graticule": "#b9c6cf"}
"""What differs on white paper: next to no ink in sea and land."""


class Theme:
    """The colours of a theme."""

    def __init__(self, name: str) -> None:
        self.tone = "dark" if name == "dark" else "light"
        self.ground: Mapping[str, str] = {key: getattr(tone, self.tone) for key, tone in GROUND.items()}
        if name == "print":
            self.ground = {**self.ground, **_PRINT}

    def colour(self, style: Style) -> str:
        """The colour of a style's outlines and symbols."""
        return str(getattr(style.colour, self.tone))

    def text(self, style: Style) -> str:
        """The colour of a style's labels."""
        return str(getattr(style.text, self.tone))


def axes_at(figure: Figure, sheet: Sheet, left: float, bottom: float, width: float, height: float) -> Axes:
    """Axes whose units are points from their lower left corner."""
    whole = sheet.size
    axes = figure.add_axes((left / whole.width, bottom / whole.height, width / whole.width, height / whole.height))
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    axes.axis("off")
    return axes


def fill(axes: Axes, geometry: BaseGeometry, **look: Any) -> None:
    """Fill an area."""
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


def stroke(
    axes: Axes,
    geometry: BaseGeometry,
    colour: str,
    width: float,
    *,
    zorder: float,
    linestyle: Any = "-",
    alpha: float = 1.0,
) -> None:
    """Draw lines."""
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


def symbol(
    axes: Axes, style: Style, x: float, y: float, grow: float, look: Theme, *, zorder: float, scale: float = 1.0
) -> None:
    """Paint the symbol of a point."""
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


def paint_mark(axes: Axes, mark: Mark, grow: float, look: Theme, *, zorder: float) -> None:
    """Paint a line or an area in its style."""
    style, colour = mark.style, look.colour(mark.style)
    area = mark.geometry.geom_type.endswith("Polygon")
    if area and style.fill and mark.filled:
        fill(axes, mark.geometry, facecolor=colour, alpha=style.fill * (0.55 if style.hatch else 1), zorder=zorder)
        if style.hatch:
            fill(
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
        stroke(
            axes, edge, colour, style.weight * _PX * math.sqrt(grow), zorder=zorder, linestyle=dash, alpha=style.opacity
        )


def panel(axes: Axes, box: Sequence[float], look: Theme, grow: float, *, zorder: float = 33) -> None:
    """Paint a panel on which something is written."""
    from matplotlib.patches import FancyBboxPatch

    axes.add_patch(
        FancyBboxPatch(
            (box[0], box[1]), box[2] - box[0], box[3] - box[1], boxstyle=f"round,pad=0,rounding_size={3 * grow}",
            facecolor=look.ground["paper"], edgecolor=look.ground["rule"], linewidth=0.5 * grow, alpha=0.93,
            zorder=zorder,
        )
    )  # fmt: skip
