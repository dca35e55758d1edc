"""The symbols of the palette as small PNG pictures, drawn without a browser: the same bytes every time."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LinearRing, LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.chart.symbols import outline, strokes
from geomap.style import GROUND, SYMBOLS, Style

PIXELS = 64
SIDE, BOX = 20.0, 24.0
"""Widths of the square that a symbol is drawn in, and of the picture with its margin, in the same units."""

_FINE = 4
"""Samples along each side of a pixel."""
_EDGE, _HOLLOW, _INNER = 0.9, 1.3, 1.1
"""Half the widths of the outline about a symbol, of a hollow symbol's line and of what is drawn upon it."""

Array = NDArray[np.float64]


@cache
def make_icon(style: Style) -> bytes:
    """Draw the symbol of a style as a PNG in its colour for a dark ground, on nothing."""
    key = style.symbol or "circle"
    colour, paper = (_rgb(tone.dark) for tone in (style.colour, GROUND["paper"]))
    edges = [LinearRing(SIDE * np.array(ring)) for ring in outline(key)]
    form: BaseGeometry = shapely.union_all([Polygon(edge) for edge in edges])
    if SYMBOLS[key].hollow:
        drawn = [
            (form, paper, 0.35),
            (_stroke(edges, _HOLLOW + _EDGE), paper, 1.0),
            (_stroke(edges, _HOLLOW), colour, 1.0),
        ]
    else:
        drawn = [(form.buffer(_EDGE), paper, 1.0), (form, colour, 1.0)]
    upon = [LineString(SIDE * np.array(line)) for line in strokes(key)]
    if upon:
        drawn.append((_stroke(upon, _INNER), paper, 1.0))
    return _png(_paint(drawn, style.opacity))


def _stroke(lines: Sequence[BaseGeometry], half: float) -> BaseGeometry:
    wide: BaseGeometry = shapely.union_all([line.buffer(half) for line in lines])
    return wide


def _paint(drawn: list[tuple[BaseGeometry, Array, float]], opacity: float) -> NDArray[np.uint8]:
    """Colours and opacity of each pixel, what is drawn later lying upon what was drawn before."""
    fine = PIXELS * _FINE
    ticks = ((np.arange(fine) + 0.5) / fine - 0.5) * BOX
    xs, ys = np.meshgrid(ticks, -ticks)
    colours, covered = np.zeros((PIXELS, PIXELS, 3)), np.zeros((PIXELS, PIXELS, 1))
    for shape, colour, alpha in drawn:
        inside = shapely.contains_xy(shape, xs, ys).reshape(PIXELS, _FINE, PIXELS, _FINE)
        here = inside.mean(axis=(1, 3))[..., None] * alpha
        total = here + covered * (1 - here)
        mixed = colour * here + colours * covered * (1 - here)
        colours = np.divide(mixed, total, out=np.zeros_like(mixed), where=total > 0)
        covered = total
    return np.round(np.dstack([colours, covered * opacity * 255])).astype(np.uint8)


def _png(pixels: NDArray[np.uint8]) -> bytes:
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )


def _rgb(colour: str) -> Array:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)
