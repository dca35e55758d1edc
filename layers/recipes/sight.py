"""Tells which parts of a shore face the open sea in a direction, by rays from every point of it.

Worked out in a Mercator plane about the land, where a straight ray keeps its azimuth. Polar shores beyond 85° count as
lying at 85°.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import shapely
from shapely.geometry import LineString, MultiLineString, Polygon
from shapely.geometry.base import BaseGeometry

EARTH_KM = 6378.137
STEP_KM = 5.0
"""Distance of the points on the shore that look out; twice that for shores with more than `MANY` points."""
MANY = 6000
RAY_DEG = 15
FAN_DEG = 60
SHADOW_KM = 100.0
"""Other land stops a ray within this distance."""
LARGER = 0.005
"""The territory's own land masses of at least this share of the largest stop a ray at any distance."""
WINDOW_KM = 60.0
"""Length of shore over which the sight is averaged."""
SEED, GROW = 0.5, 0.25
"""A side begins where the average sight is at least the one, and goes on while it is at least the other."""
GAP_KM = 60.0
"""Gaps in a side up to this length of shore are closed, as are bays with so narrow a mouth."""
RUN_KM = 30.0
START_KM = 2.0


@dataclass(frozen=True)
class Shore:
    """A land's polygons, its shore, and the land of others near it; longitude, latitude."""

    polygons: tuple[Polygon, ...]
    lines: tuple[LineString, ...]
    others: tuple[Polygon, ...]


class Plane:
    """Mercator about a meridian: km at the equator, x east, y north."""

    def __init__(self, lon0: float) -> None:
        self.lon0 = lon0

    def __call__(self, points: np.ndarray) -> np.ndarray:
        """Project (longitude, latitude) rows."""
        lon = (points[:, 0] - self.lon0 + 180) % 360 - 180
        lat = np.radians(np.clip(points[:, 1], -85, 85))
        return np.column_stack([np.radians(lon), np.log(np.tan(np.pi / 4 + lat / 2))]) * EARTH_KM

    def polygons(self, some: Sequence[Polygon]) -> BaseGeometry:
        """Project polygons and join them; holes are left out."""
        flat = [Polygon(self(np.asarray(one.exterior.coords))).buffer(0) for one in some]
        return shapely.union_all(flat).simplify(0.5)


def faces(shore: Shore, bearings_deg: Sequence[float]) -> list[MultiLineString]:
    """Find the parts of a shore that face the open sea in each of the directions.

    Parameters
    ----------
    bearings_deg : degrees clockwise from north, multiples of 15

    Returns
    -------
    one line for each direction, empty when no shore faces it
    """
    areas = np.array([one.area * np.cos(np.radians(one.centroid.y)) for one in shore.polygons])
    largest = shore.polygons[int(np.argmax(areas))]
    plane = Plane(largest.centroid.x)
    large = areas >= LARGER * areas.max()
    land = plane.polygons([one for one, is_large in zip(shore.polygons, large, strict=True) if is_large])
    other = plane.polygons(shore.others)
    shapely.prepare([land, other])
    islands = [one for one, is_large in zip(shore.polygons, large, strict=True) if not is_large]
    tree = shapely.STRtree([one.exterior for one in islands])
    total = sum(line.length for line in shore.lines) * 111.2
    step = STEP_KM if total / STEP_KM <= MANY else 2 * STEP_KM
    found: list[list[LineString]] = [[] for _ in bearings_deg]
    for line in shore.lines:
        vertices, along = _measured(line)
        if along[-1] == 0:
            continue
        at = np.linspace(0, along[-1], max(3, int(along[-1] / step) + 1))
        points = np.column_stack([np.interp(at, along, vertices[:, 0]), np.interp(at, along, vertices[:, 1])])
        own = [islands[i] for i in tree.query(line, predicate="dwithin", distance=1e-6)]
        open_ = _open_rays(plane(points), np.cos(np.radians(points[:, 1].mean())), land, other, plane.polygons(own))
        for bearing, parts in zip(bearings_deg, found, strict=True):
            kept = _runs(_score(open_, bearing), at, points, line.is_closed)
            parts += [_between(vertices, along, at[a], at[b]) for a, b in kept]
    return [MultiLineString(parts) for parts in found]


def _measured(line: LineString) -> tuple[np.ndarray, np.ndarray]:
    """Give a line's vertices and how far along it they lie (km, near enough for a spacing)."""
    vertices = shapely.get_coordinates(line)
    east = np.diff(vertices[:, 0]) * np.cos(np.radians((vertices[:-1, 1] + vertices[1:, 1]) / 2))
    return vertices, np.concatenate([[0.0], np.cumsum(np.hypot(east, np.diff(vertices[:, 1])) * 111.2)])


def _open_rays(
    points: np.ndarray, shrink: float, land: BaseGeometry, other: BaseGeometry, own: BaseGeometry
) -> np.ndarray:
    """Tell which of the rays from each point reach the open sea: one row a point, one column a ray of 15°."""
    west, south, east, north = shapely.union_all([shapely.box(*land.bounds), shapely.multipoints(points)]).bounds
    far = np.hypot(east - west, north - south) + 50
    rays = np.radians(np.arange(0, 360, RAY_DEG))
    free = np.ones((len(points), len(rays)), dtype=bool)
    shapely.prepare(own)
    for column, azimuth in enumerate(rays):
        way = np.array([np.sin(azimuth), np.cos(azimuth)])
        start = points + way * START_KM
        long = shapely.linestrings(np.stack([start, points + way * far], axis=1))
        free[:, column] = ~(shapely.intersects(land, long) | shapely.intersects(own, long))
        left = free[:, column]
        short = shapely.linestrings(np.stack([start[left], points[left] + way * (SHADOW_KM / shrink)], axis=1))
        free[left, column] = ~shapely.intersects(other, short)
    return free


def _score(free: np.ndarray, bearing_deg: float) -> np.ndarray:
    """Share of the fan about a direction that is open, rays near its middle counting more."""
    offsets = np.arange(-FAN_DEG, FAN_DEG + 1, RAY_DEG)
    weights = np.cos(np.radians(offsets))
    columns = ((bearing_deg + offsets) // RAY_DEG).astype(int) % free.shape[1]
    return np.asarray(free[:, columns] @ weights / weights.sum())


def _runs(score: np.ndarray, at: np.ndarray, points: np.ndarray, closed: bool) -> list[tuple[int, int]]:
    """Find the stretches of a shore that belong to the side: index of the first and the last point."""
    width = max(1, int(WINDOW_KM / (at[1] - at[0])))
    kernel = np.hanning(width + 2)[1:-1]
    padded = np.pad(score, width, mode="wrap" if closed and len(score) > width else "edge")
    mean = np.convolve(padded, kernel / kernel.sum(), "same")[width : width + len(score)]
    if at[-1] < WINDOW_KM:
        mean = np.maximum(mean, score)  # a small island: its points as they are
    inside = _grown(mean >= SEED, mean >= GROW)
    _close_gaps(inside, at, points, closed)
    edges = np.flatnonzero(np.diff(np.concatenate([[False], inside, [False]]).astype(int)))
    runs = [(int(a), int(b) - 1) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return [(a, b) for a, b in runs if b > a and (at[b] - at[a] >= RUN_KM or at[-1] < 3 * RUN_KM)]


def _grown(seeds: np.ndarray, fair: np.ndarray) -> np.ndarray:
    """Keep the stretches of fair points that hold a seed."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], fair, [False]]).astype(int)))
    grown = np.zeros_like(seeds)
    for a, b in zip(edges[::2], edges[1::2], strict=True):
        grown[a:b] = seeds[a:b].any()
    return grown


def _close_gaps(inside: np.ndarray, at: np.ndarray, points: np.ndarray, closed: bool) -> None:
    held = np.flatnonzero(inside)
    if not len(held):
        return
    for a, b in pairwise(held):
        shore = at[b] - at[a]
        shrink = np.cos(np.radians(points[a, 1]))
        mouth = 111.2 * np.hypot((points[b, 0] - points[a, 0]) * shrink, points[b, 1] - points[a, 1])
        if shore <= GAP_KM or (shore <= 4 * GAP_KM and mouth <= 0.8 * GAP_KM):
            inside[a : b + 1] = True
    if not closed:
        if at[held[0]] <= GAP_KM / 2:
            inside[: held[0]] = True
        if at[-1] - at[held[-1]] <= GAP_KM / 2:
            inside[held[-1] :] = True


def _between(vertices: np.ndarray, along: np.ndarray, start: float, end: float) -> LineString:
    """Cut the piece between two distances out of a line."""
    ends = [[np.interp(d, along, vertices[:, 0]), np.interp(d, along, vertices[:, 1])] for d in (start, end)]
    return LineString(np.vstack([ends[:1], vertices[(along > start) & (along < end)], ends[1:]]))
