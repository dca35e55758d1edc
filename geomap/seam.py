"""The antimeridian and the poles: shapes on the globe as geometries in longitude and latitude.

Degrees everywhere, longitude first, within ±180 and ±90; what crosses 180° is cut there, as RFC 7946 asks.
"""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from geomap.loops import WORLD as WORLD, closed as closed, only as only

_WIDE_DEG = 1.0
"""A leg over so much longitude is near a pole or long: its latitude at 180° lies off the straight line in degrees."""

Array = NDArray[np.float64]


def cut(points: Array) -> BaseGeometry:
    """Make a line from (n, 2) degrees, cut where it crosses 180°; two points follow each other the short way round."""
    points = points.copy()
    for here, beside in ((0, 1), (-1, -2)):  # all meridians meet at a pole: it lies on the one that leads to it
        if abs(points[here, 1]) > 90 - 1e-9:
            points[here, 0] = points[beside, 0]
    lons = np.unwrap(points[:, 0], period=360)
    parts: list[list[tuple[float, float]]] = []
    turn: int | None = None
    for start, end, lat, next_lat in zip(lons[:-1], lons[1:], points[:-1, 1], points[1:, 1], strict=True):
        seams = [seam for seam in _seams(start, end) if start != end]
        stops = [0.0, *sorted((seam - start) / (end - start) for seam in seams), 1.0]
        for one, two in pairwise(stops):
            turned = math.floor((start + (end - start) * (one + two) / 2 + 180) / 360)
            span = end - start
            ends = [(start + span * at - 360 * turned, _lat_at(at, span, lat, next_lat)) for at in (one, two)]
            if turned != turn:
                parts.append([_within(ends[0])])
            parts[-1].append(_within(ends[1]))
            turn = turned
    return LineString(parts[0]) if len(parts) == 1 else MultiLineString(parts)


def _lat_at(share: float, turn: float, lat: float, next_lat: float) -> float:
    """Latitude on the great circle between two points, at a share of the turn in longitude between them: degrees."""
    if share in (0.0, 1.0) or not _WIDE_DEG < abs(turn) < 179.9 or max(abs(lat), abs(next_lat)) > 90 - 1e-9:
        return lat + (next_lat - lat) * share
    whole = math.radians(turn)
    there, here = (math.sin(whole * part) for part in (share, 1 - share))
    tangent = math.tan(math.radians(lat)) * here + math.tan(math.radians(next_lat)) * there
    return math.degrees(math.atan(tangent / math.sin(whole)))


def _seams(start: float, end: float) -> list[float]:
    """The meridians of 180°, in unwrapped degrees, between two longitudes."""
    low, high = min(start, end), max(start, end)
    first = math.floor((low + 180) / 360) + 1
    return [360.0 * turn - 180 for turn in range(first, math.ceil((high + 180) / 360))]


def _within(point: tuple[float, float]) -> tuple[float, float]:
    return min(180.0, max(-180.0, float(point[0]))), float(point[1])


def without_seam(line: BaseGeometry) -> BaseGeometry:
    """A line without the parts that run along 180° or over a pole, which are cuts and no edges."""
    west, _, east, _ = line.bounds
    if west > -180 and east < 180:
        return line
    kept = []
    for part in shapely.get_parts(line):
        points = shapely.get_coordinates(part)
        if len(points) < 2:
            continue
        on_seam = np.isclose(np.abs(points[:, 0]), 180, atol=1e-9) | np.isclose(np.abs(points[:, 1]), 90, atol=1e-9)
        cut = on_seam[:-1] & on_seam[1:]
        starts = np.flatnonzero(~cut)
        for run in np.split(starts, np.flatnonzero(np.diff(starts) > 1) + 1):
            if len(run):
                kept.append(LineString(points[run[0] : run[-1] + 2]))
    return MultiLineString(kept) if kept else line
