"""Freeforms and groups of a slide as DrawingML, without the style that would cast shadows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from geomap.export.deck import EMU, Page, rgb
from geomap.patterns import regex
from geomap.types import Record

_KINDS = {"fill": ' stroke="0"', "line": ' fill="none"', "both": ""}
_PLACE = regex(r'<a:off x="(-?\d+)" y="(-?\d+)"/><a:ext cx="(\d+)" cy="(\d+)"/>')


class Look(Record, kw_only=True):
    """How a shape is painted.

    Parameters
    ----------
    fill, line : colours, empty for none
    fill_alpha, line_alpha : how much they cover, 0 to 1
    weight : of the line, points
    dash : lengths of dashes and gaps in widths of the line
    """

    fill: str = ""
    fill_alpha: float = 1.0
    line: str = ""
    line_alpha: float = 1.0
    weight: float = 0.75
    dash: tuple[float, ...] = ()


def shape(page: Page, name: str, paths: Sequence[tuple[str, Sequence[Any]]], look: Look) -> str:
    """A freeform.

    Parameters
    ----------
    paths : each with what is done with it (``fill``, ``line`` or ``both``) and its lines, as (n, 2) points of the slide

    Returns
    -------
    str
        empty when there is nothing to draw
    """
    if not paths:
        return ""
    whole = np.concatenate([line for _, lines in paths for line in lines]) * EMU
    low, high = np.floor(whole.min(axis=0)).astype(int), np.ceil(whole.max(axis=0)).astype(int)
    wide, tall = (max(1, int(value)) for value in high - low)
    drawn = "".join(_path(kind, lines, low, wide, tall) for kind, lines in paths)
    place = f'<a:off x="{low[0]}" y="{low[1]}"/><a:ext cx="{wide}" cy="{tall}"/>'
    return (
        f"<p:sp><p:nvSpPr>{page.head(name)}<p:cNvSpPr/><p:nvPr/></p:nvSpPr><p:spPr><a:xfrm>{place}</a:xfrm>"
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/>'
        f"<a:pathLst>{drawn}</a:pathLst></a:custGeom>{_paint(look)}</p:spPr></p:sp>"
    )


def _path(kind: str, lines: Iterable[Any], low: Any, wide: int, tall: int) -> str:
    inside = "".join(_points(line, low, closed=kind != "line") for line in lines)
    return f'<a:path w="{wide}" h="{tall}"{_KINDS[kind]}>{inside}</a:path>'


def group(page: Page, name: str, parts: Iterable[str], alt: str = "") -> str:
    """A group of shapes; a single one needs none, and nothing makes nothing."""
    known = [part for part in parts if part]
    if not known or (len(known) == 1 and not alt):
        return "".join(known)
    inside = "".join(known)
    places = np.array([[int(value) for value in found] for found in _PLACE.findall(inside)])
    low = places[:, :2].min(axis=0)
    wide, tall = (places[:, :2] + places[:, 2:]).max(axis=0) - low
    place = f'<a:off x="{low[0]}" y="{low[1]}"/><a:ext cx="{wide}" cy="{tall}"/>'
    child = f'<a:chOff x="{low[0]}" y="{low[1]}"/><a:chExt cx="{wide}" cy="{tall}"/>'
    return (
        f"<p:grpSp><p:nvGrpSpPr>{page.head(name, alt)}<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>"
        f"<p:grpSpPr><a:xfrm>{place}{child}</a:xfrm></p:grpSpPr>{inside}</p:grpSp>"
    )


def _points(line: Any, low: Any, *, closed: bool) -> str:
    points = np.rint(line * EMU).astype(int) - low
    closed = closed or (len(points) > 3 and bool((points[0] == points[-1]).all()))
    kept = points[:-1] if closed and (points[0] == points[-1]).all() else points
    (x, y), *rest = kept.tolist()
    drawn = "".join(f'<a:lnTo><a:pt x="{right}" y="{down}"/></a:lnTo>' for right, down in rest)
    return f'<a:moveTo><a:pt x="{x}" y="{y}"/></a:moveTo>{drawn}{"<a:close/>" if closed else ""}'


def _paint(look: Look) -> str:
    fill = f"<a:solidFill>{rgb(look.fill, look.fill_alpha)}</a:solidFill>" if look.fill else "<a:noFill/>"
    if not look.line:
        return f"{fill}<a:ln><a:noFill/></a:ln>"
    parts = look.dash
    pairs = zip(parts[::2], parts[1::2], strict=False)
    dashes = "".join(f'<a:ds d="{round(one * 100_000)}" sp="{round(gap * 100_000)}"/>' for one, gap in pairs)
    dash = f"<a:custDash>{dashes}</a:custDash>" if dashes else '<a:prstDash val="solid"/>'
    colour = f"<a:solidFill>{rgb(look.line, look.line_alpha)}</a:solidFill>"
    return f'{fill}<a:ln w="{round(look.weight * EMU)}" cap="flat">{colour}{dash}<a:round/></a:ln>'
