"""The antimeridian and the poles: shapes on the globe as geometries in longitude and latitude.

Degrees everywhere, longitude first, within ±180 and ±90; what crosses 180° is cut there, as RFC 7946 asks.
"""

from __future__ import annotations

import math
import warnings
from itertools import pairwise
from typing import Any

import antimeridian
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

_DENSE = 30
_WIDE_DEG = 1.0
"""A leg over so much longitude is near a pole or long: its latitude at 180° lies off the straight line in degrees."""
WORLD = box(-180, -90, 180, 90)

Array = NDArray[np.float64]


def closed(points: Array) -> BaseGeometry:
    """Make a polygon from a counter-clockwise closed line of (n, 2) degrees.

    It is cut at 180° and closed over a pole that it encloses. The winding is taken as it is and never "fixed": a line
    that runs clockwise is the edge of all the earth but what it goes round.
    """
    inside = np.abs(points[:, 0]) < 180 - 1e-9
    if _DENSE < inside.sum() < len(points):  # a vertex on the seam is on both of its sides, and the line needs none
        points = np.vstack([points[inside], points[inside][:1]])
    polygon = Polygon(points)
    if np.abs(np.diff(points[:, 0])).max() < 180:
        sound = polygon if polygon.is_valid else only(shapely.make_valid(polygon), "Polygon")
        # a clockwise line that crosses no seam is the edge of what is left: all the earth but that
        return sound if shapely.is_ccw(polygon.exterior) else WORLD.difference(sound)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        fixed = antimeridian.fix_polygon(polygon, fix_winding=False)
    cut = shapely.intersection(shapely.make_valid(fixed), WORLD)
    return only(cut, "Polygon")


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


def only(geometry: BaseGeometry, kind: str) -> BaseGeometry:
    """Keep the polygons (kind ``Polygon``) or the lines (``LineString``) of a geometry, however deep they lie in it."""
    parts = [part for part in _flattened(geometry) if part.geom_type == kind and not part.is_empty]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return MultiPolygon() if kind == "Polygon" else MultiLineString()
    joined: Any = shapely.multipolygons(parts) if kind == "Polygon" else shapely.multilinestrings(parts)
    geometry = joined
    return geometry


def _flattened(geometry: BaseGeometry) -> list[BaseGeometry]:
    if hasattr(geometry, "geoms"):
        return [leaf for part in geometry.geoms for leaf in _flattened(part)]
    return [geometry]
