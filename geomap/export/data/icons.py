"""The symbols of the palette as small PNG pictures, drawn without a browser: the same bytes every time."""

from __future__ import annotations

import math
import re
import struct
import zlib
from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.style import GROUND, SYMBOLS, Style

PIXELS = 64
BOX = 24.0
"""Width of a picture in the units of the symbols, whose square of 20 lies in its middle."""

_FINE = 4
"""Samples along each side of a pixel."""
_EDGE, _HOLLOW, _INNER = 0.9, 1.3, 1.1
"""Half the widths of the outline about a symbol, of a hollow symbol's line and of what is drawn upon it."""
_STEPS = 24
_PART = re.compile(r"[MLHVAZ]|-?\d*\.?\d+")

Array = NDArray[np.float64]


@cache
def make_icon(style: Style) -> bytes:
    """Draw the symbol of a style as a PNG in its colour for a dark ground, on nothing."""
    symbol = SYMBOLS[style.symbol or "circle"]
    colour, paper = (_rgb(tone.dark) for tone in (style.colour, GROUND["paper"]))
    lines = _lines(symbol.outline)
    form: BaseGeometry = shapely.union_all([Polygon(line) for line in lines])
    if symbol.hollow:
        drawn = [
            (form, paper, 0.35),
            (_stroke(lines, _HOLLOW + _EDGE), paper, 1.0),
            (_stroke(lines, _HOLLOW), colour, 1.0),
        ]
    else:
        drawn = [(form.buffer(_EDGE), paper, 1.0), (form, colour, 1.0)]
    if symbol.inner:
        drawn.append((_stroke(_lines(symbol.inner), _INNER), paper, 1.0))
    return _png(_paint(drawn, style.opacity))


def _stroke(lines: list[Array], half: float) -> BaseGeometry:
    strokes: BaseGeometry = shapely.union_all([LineString(line).buffer(half) for line in lines])
    return strokes


def _paint(drawn: list[tuple[BaseGeometry, Array, float]], opacity: float) -> NDArray[np.uint8]:
    """Colours and opacity of each pixel, what is drawn later lying upon what was drawn before."""
    fine = PIXELS * _FINE
    ticks = (np.arange(fine) + 0.5) * BOX / fine - (BOX - 20) / 2
    xs, ys = np.meshgrid(ticks, ticks)
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


def _lines(path: str) -> list[Array]:
    """The lines of an SVG path of absolute moves, straight lines and arcs of circles."""
    parts = _PART.findall(path)
    found: list[list[tuple[float, float]]] = []
    command, at = "", 0
    while at < len(parts):
        if parts[at].isalpha():
            command, at = parts[at], at + 1
        if command == "Z":
            found[-1].append(found[-1][0])
            continue
        size = {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7}[command]
        numbers = [float(part) for part in parts[at : at + size]]
        at += size
        if command == "M":
            found.append([(numbers[0], numbers[1])])
            command = "L"  # what follows without a letter
            continue
        x, y = found[-1][-1]
        if command == "A":
            found[-1] += _arc((x, y), (numbers[5], numbers[6]), numbers[0], bool(numbers[3]), bool(numbers[4]))
        else:
            found[-1].append({"L": tuple(numbers), "H": (numbers[0], y), "V": (x, numbers[0])}[command])  # type: ignore[arg-type]
    return [np.array(line) for line in found]


def _arc(
    start: tuple[float, float], end: tuple[float, float], radius: float, large: bool, sweep: bool
) -> list[tuple[float, float]]:
    """Points along an arc of a circle after its start, as SVG describes it."""
    (x1, y1), (x2, y2) = start, end
    half = math.dist(start, end) / 2
    radius = max(radius, half)
    rise = math.sqrt(max(0.0, radius**2 - half**2)) * (1 if large != sweep else -1)
    centre_x = (x1 + x2) / 2 - rise * (y2 - y1) / (2 * half)
    centre_y = (y1 + y2) / 2 + rise * (x2 - x1) / (2 * half)
    first, last = math.atan2(y1 - centre_y, x1 - centre_x), math.atan2(y2 - centre_y, x2 - centre_x)
    turn = (last - first) % (2 * math.pi) if sweep else -((first - last) % (2 * math.pi))
    angles = [first + turn * step / _STEPS for step in range(1, _STEPS)]
    return [(centre_x + radius * math.cos(a), centre_y + radius * math.sin(a)) for a in angles] + [end]


def _rgb(colour: str) -> Array:
    return np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)], dtype=np.float64)
