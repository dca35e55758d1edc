"""A sheet painted with matplotlib."""

from __future__ import annotations

import math
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any

from geomap.chart.labels import Label
from geomap.export.picture.furniture import paint_legend, paint_north, paint_scale
from geomap.export.picture.globe import paint_globe
from geomap.export.picture.pens import Theme, axes_at, fill, paint_mark, stroke, symbol
from geomap.export.picture.sheet import TICK, Sheet
from geomap.export.picture.type import FAMILY, LEADING, measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

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


def paint(sheet: Sheet, theme: str = "light") -> Figure:
    """Paint a sheet; nothing of matplotlib's global state is touched."""
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    look = Theme(theme)
    with rc_context(_SETTINGS):
        figure = Figure(figsize=(sheet.size.width / 72, sheet.size.height / 72), facecolor=look.ground["paper"])
        frame = sheet.frame
        chart = axes_at(figure, sheet, sheet.left, sheet.bottom, frame.width, frame.height)
        whole = axes_at(figure, sheet, 0, 0, sheet.size.width, sheet.size.height)
        _paint_map(chart, sheet, look)
        _paint_beside(whole, sheet, look)
        paint_legend(whole, sheet, look)
        paint_scale(chart, sheet, look)
        paint_north(chart, sheet, look)
        if sheet.globe is not None:
            paint_globe(figure, sheet, look)
    return figure


def save(figure: Figure, kind: str, dpi: float) -> bytes:
    """Write a figure: png, svg or pdf, with nothing in it of when and by what it was made."""
    from matplotlib import rc_context

    target = BytesIO()
    with rc_context(_SETTINGS), warnings.catch_warnings():  # type is set while it is written
        warnings.filterwarnings("ignore", "Glyph .* missing")  # a letter that the type does not have is an empty box
        figure.savefig(target, format=kind, dpi=dpi, metadata=dict(_FIXED[kind]), facecolor=figure.get_facecolor())
    return target.getvalue()


# -------------------------------------------------------------------------------------------------------- the map


def _paint_map(axes: Axes, sheet: Sheet, look: Theme) -> None:
    grow = sheet.size.grow
    from matplotlib.patches import Rectangle

    frame = sheet.frame
    fill(axes, frame.earth, facecolor=look.ground["sea"], linewidth=0, zorder=0)
    ground = max((number for number, mark in enumerate(sheet.marks) if mark.style.key == "land"), default=-1)
    for line in sheet.graticule:
        stroke(axes, line, look.ground["graticule"], 0.4 * grow, zorder=2 + (ground + 0.5) / 1000)
    for number, mark in enumerate(sheet.marks):
        if mark.style.key == "land":
            fill(axes, mark.geometry, facecolor=look.ground["land"], zorder=2 + number / 1000)
        elif mark.style.symbol:
            spot = mark.geometry.centroid
            symbol(axes, mark.style, spot.x, spot.y, grow, look, zorder=20 + number / 1000)
        else:
            paint_mark(axes, mark, grow, look, zorder=2 + number / 1000)
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


def _paint_label(axes: Axes, label: Label, look: Theme, grow: float) -> None:
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


# ----------------------------------------------------------------------------------------------- beside and upon


def _paint_beside(axes: Axes, sheet: Sheet, look: Theme) -> None:
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
