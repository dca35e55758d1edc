"""The symbols of `geomap.style` as outlines, for what cannot draw an SVG path."""

from __future__ import annotations

import math
from functools import cache

from geomap.patterns import regex
from geomap.style import SYMBOLS

Ring = tuple[tuple[float, float], ...]
_SQUARE = 20.0
_PART = regex(r"([MLHVAZ])|(-?\d+(?:\.\d+)?)")
_ARC_STEPS = 24


@cache
def outline(symbol: str) -> tuple[Ring, ...]:
    """The closed outlines of a symbol in a square from -0.5 to 0.5, y upwards."""
    return tuple(_scaled(ring) for ring in _rings(SYMBOLS[symbol].outline))


@cache
def strokes(symbol: str) -> tuple[Ring, ...]:
    """The lines that are drawn upon a symbol in the colour of paper, in the same square."""
    return tuple(_scaled(ring) for ring in _rings(SYMBOLS[symbol].inner))


def _scaled(ring: list[tuple[float, float]]) -> Ring:
    return tuple((x / _SQUARE - 0.5, 0.5 - y / _SQUARE) for x, y in ring)


def _rings(path: str) -> list[list[tuple[float, float]]]:
    """The parts of an SVG path of absolute moves, lines and half circles."""
    rings: list[list[tuple[float, float]]] = []
    command = "M"
    numbers: list[float] = []
    for letter, number in _PART.findall(path):
        if letter:
            command, numbers = letter, []
            continue
        numbers.append(float(number))
        if len(numbers) < {"M": 2, "L": 2, "H": 1, "V": 1, "A": 7}[command]:
            continue
        here = rings[-1][-1] if rings else (0.0, 0.0)
        if command == "M":
            rings.append([(numbers[0], numbers[1])])
            command = "L"
        elif command == "L":
            rings[-1].append((numbers[0], numbers[1]))
        elif command == "H":
            rings[-1].append((numbers[0], here[1]))
        elif command == "V":
            rings[-1].append((here[0], numbers[0]))
        else:
            rings[-1] += _half_circle(here, (numbers[5], numbers[6]))
        numbers = []
    return rings


def _half_circle(start: tuple[float, float], end: tuple[float, float]) -> list[tuple[float, float]]:
    """The half circle from one point to another, clockwise as the sheet is seen (y downwards)."""
    middle = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
    radius = math.dist(start, end) / 2
    first = math.atan2(start[1] - middle[1], start[0] - middle[0])
    angles = (first + math.pi * step / _ARC_STEPS for step in range(1, _ARC_STEPS + 1))
    return [(middle[0] + radius * math.cos(angle), middle[1] + radius * math.sin(angle)) for angle in angles]
