"""Meridians and parallels as lines, spaced to suit the view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

_WORLD = shapely.box(-180, -90, 180, 90)
STEPS = (1, 2, 5, 10, 15, 30)
_LINES = 6
"""About so many lines cross the view."""
_POINT_DEG = 1.0
_COARSE, _BEYOND_DEG = 10, 30.0
"""Lines that are closer than this are drawn so far beyond the view."""


def step_of(bounds: tuple[float, float, float, float]) -> int:
    """Degrees between the lines."""
    west, south, east, north = bounds
    span = max(((east - west) % 360 or 360) * float(np.cos(np.radians((south + north) / 2))), north - south)
    return next((step for step in STEPS if span / step <= _LINES), STEPS[-1])


def make_graticule(bounds: tuple[float, float, float, float]) -> GeoDataFrame:
    """The lines of the whole earth; where they are close, those about the view."""
    from geopandas import GeoDataFrame

    west, south, east, north = bounds
    span, step = (east - west) % 360 or 360.0, step_of(bounds)
    reach = span + 2 * _BEYOND_DEG if step < _COARSE else 360.0
    top = 90 - max(step, 10)  # short of the poles, where all meridians meet
    low, high = (max(south - _BEYOND_DEG, -top), min(north + _BEYOND_DEG, top)) if reach < 360 else (-top, top)
    start = west - _BEYOND_DEG if reach < 360 else -180.0
    rows: list[tuple[str, BaseGeometry]] = []
    lats = np.append(np.arange(low, high, _POINT_DEG), high)
    for number in range(int(reach // step) + 1):
        lon = int((np.ceil(start / step) + number) * step + 180) % 360 - 180
        if number * step < 360:
            rows.append((_name(lon, "E", "W"), LineString(np.column_stack([np.full(len(lats), lon), lats]))))
    lons = np.append(np.arange(start, start + reach, _POINT_DEG), start + reach)
    for lat in range(int(np.ceil(low / step)) * step, int(high) + 1, step):
        line = LineString(np.column_stack([lons, np.full(len(lons), lat)]))
        rows.append((_name(lat, "N", "S"), _cut(line)))
    names, lines = zip(*rows, strict=True)
    return GeoDataFrame({"id": names, "title": names}, geometry=list(lines), crs="EPSG:4326")


def _name(degrees: int, plus: str, minus: str) -> str:
    return f"{abs(degrees)}°{plus if degrees > 0 else minus if degrees < 0 else ''}".replace("180°W", "180°")


def _cut(line: BaseGeometry) -> BaseGeometry:
    """A parallel that reaches over ±180°, with all of it between them."""
    moved = [translate(line, by, 0) for by in (-360, 0, 360)]
    return shapely.union_all([part.intersection(_WORLD) for part in moved])
