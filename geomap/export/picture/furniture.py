"""What lies upon a map or beside it: the legend, the scale, the arrow to the north."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import shapely

from geomap.chart.marks import Key, Mark
from geomap.export.picture.pens import Theme, paint_mark, panel, symbol
from geomap.export.picture.sheet import SCALE, Sheet

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def paint_legend(axes: Axes, sheet: Sheet, look: Theme) -> None:
    """Paint the legend, on the map or beside it."""
    legend, grow = sheet.legend, sheet.size.grow
    if not legend.keys:
        return
    left, low, right, high = (
        edge + shift for edge, shift in zip(legend.box, (sheet.left, sheet.bottom) * 2, strict=True)
    )
    if legend.inside:
        panel(axes, (left, low, right, high), look, grow)
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


def _swatch(axes: Axes, key: Key, x: float, y: float, grow: float, look: Theme) -> None:
    style, wide, high = key.style, 22 * grow, 7.5 * grow
    if style.symbol:
        symbol(axes, style, x + wide / 2, y, grow, look, zorder=36, scale=min(1.0, 13 / style.size))
        return
    form = (
        shapely.box(x, y - high / 2, x + wide, y + high / 2)
        if style.fill
        else shapely.LineString([(x, y), (x + wide, y)])
    )
    mark = Mark(id="", title="", style=style, layer="", geometry=form)
    paint_mark(axes, mark, grow, look, zorder=35)


def paint_scale(axes: Axes, sheet: Sheet, look: Theme) -> None:
    """Paint the bars of the scale: kilometres above, nautical miles below."""
    from matplotlib.patches import Rectangle

    grow, ink, paper = sheet.size.grow, look.ground["ink"], look.ground["paper"]
    left, low = sheet.scale_box[0] + 6 * grow, sheet.scale_box[1] + 12.5 * grow
    panel(axes, sheet.scale_box, look, grow)
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


def paint_north(axes: Axes, sheet: Sheet, look: Theme) -> None:
    """Paint the arrow to true north, as it is where the arrow stands."""
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
