"""Shapes against zones by dense sampling on the ellipsoid, with nothing of geomap's geometry: numpy and pyproj's Geod.

A shape is many points with weights of area or length. Whether a point lies in a zone is an even-odd count of the
edges to its east, which are straight in degrees. An edge is a border where only one of its two sides lies in the zone,
so that cuts along 180° and borders between the parts of one zone are none. Longitude before latitude, degrees, km.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
SETTLED, WHOLLY = 0.95, 0.999
"""The thresholds of a verdict and of a crossing, as the documentation gives them."""
_ROUGH_KM, _FINE_KM = 20.0, 0.25
_BESIDE_DEG = 5e-4
_ECCENTRICITY = GEOD.es

Array = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Sample(NamedTuple):
    """Points of a shape (n, 2), what each stands for (sums to 1), and points along its outline (m, 2)."""

    points: Array
    weights: Array
    outline: Array


# ----------------------------------------------------------------------------------------------------- shapes


def polar(lon: float, lat: float, bearing: float, sector: float, low_km: float, high_km: float) -> Sample:
    """A disc, ring or wedge: distances and azimuths in even steps, with weights of area."""
    across = 120 if sector >= 180 else 61
    turns = bearing - sector + (np.arange(across) + 0.5) * 2 * sector / across
    legs = low_km + (np.arange(80) + 0.5) * (high_km - low_km) / 80
    km, azimuths = (axis.ravel() for axis in np.meshgrid(legs, turns))
    points = ahead(lon, lat, azimuths, km)
    left, right = ahead(lon, lat, azimuths - 0.05, km), ahead(lon, lat, azimuths + 0.05, km)
    # a cell is as wide as two neighbouring geodesics are apart there
    widths = GEOD.inv(left[:, 0], left[:, 1], right[:, 0], right[:, 1])[2]
    edge = bearing + np.linspace(-sector, sector, 721)
    rims = [ahead(lon, lat, edge, np.full(len(edge), km)) for km in (low_km, high_km)]
    return Sample(points, widths / widths.sum(), np.vstack(rims))


def cornered(corners: Array) -> Sample:
    """A polygon whose edges are straight in degrees; longitudes go on beyond 180."""
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    count = 110
    lons = west + (np.arange(count) + 0.5) * (east - west) / count
    lats = south + (np.arange(count) + 0.5) * (north - south) / count
    grid = np.column_stack([axis.ravel() for axis in np.meshgrid(lons, lats)])
    grid = grid[odd(grid, edges_of(corners))]
    sines = np.sin(np.radians(grid[:, 1]))
    weights = np.cos(np.radians(grid[:, 1])) / (1 - _ECCENTRICITY * sines**2) ** 2
    ring = np.vstack([corners, corners[:1]])
    steps = np.linspace(0, 1, 200)[:, None]
    outline = np.vstack([a + steps * (b - a) for a, b in pairwise(ring)])
    return Sample(wrapped(grid), weights / weights.sum(), wrapped(outline))


def track(start: Array, end: Array) -> Sample:
    """A geodesic in even steps."""
    azimuth, _, metres = GEOD.inv(*start, *end)
    count = 4000
    km = (np.arange(count) + 0.5) * metres / 1000 / count
    points = ahead(*start, np.full(count, azimuth), km)
    return Sample(points, np.full(count, 1 / count), points)


def ahead(lon: float, lat: float, azimuths: Array, km: Array) -> Array:
    """The points so far from one, along each of some azimuths."""
    count = len(azimuths)
    lons, lats, _ = GEOD.fwd(np.full(count, lon), np.full(count, lat), azimuths, km * 1000)
    return np.column_stack([lons, lats])


def wrapped(points: Array) -> Array:
    """The same points with longitudes from -180 to 180."""
    return np.column_stack([(points[:, 0] + 180) % 360 - 180, points[:, 1]])


# ---------------------------------------------------------------------------------------------- zones and land


class Zone:
    """One or more areas, or a line, as lists of edges.

    Parameters
    ----------
    parts : geometries of layers, of which nothing but the coordinates of their rings is taken
    """

    def __init__(self, parts: Sequence[BaseGeometry]) -> None:
        self.line = all(part.geom_type.endswith("LineString") for part in parts)
        self.areas = [_edges(part) for part in parts]
        self._boxes = [(edges.reshape(-1, 2).min(axis=0), edges.reshape(-1, 2).max(axis=0)) for edges in self.areas]

    def holds(self, points: Array) -> Flags:
        """Whether each point lies in one of the areas."""
        inside = np.zeros(len(points), dtype=bool)
        if self.line:
            return inside
        for edges, (least, most) in zip(self.areas, self._boxes, strict=True):
            near = ((least <= points) & (points <= most)).all(axis=1)
            if near.any():
                inside[near] |= odd(points[near], edges)
        return inside

    def margin_km(self, lon: float, lat: float) -> float:
        """Distance of a point from the border, positive inside: among pieces of 20 km first, then of 250 m."""
        rough = pieces(np.vstack(self.areas), _ROUGH_KM)
        rough = rough[self._borders(rough)]
        km = distances_km(lon, lat, middles(rough))
        fine = pieces(rough[km < km.min() + 1.5 * _ROUGH_KM], _FINE_KM)
        least = float(distances_km(lon, lat, middles(fine[self._borders(fine)])).min())
        return least if self.holds(wrapped(np.array([[lon, lat]])))[0] else -least

    def _borders(self, edges: Array) -> Flags:
        """Whether one side of a short edge lies in the zone and the other does not."""
        if self.line:
            return np.ones(len(edges), dtype=bool)
        at = middles(edges)
        narrow = np.cos(np.radians(at[:, 1]))
        east, north = (edges[:, 2] - edges[:, 0]) * narrow, edges[:, 3] - edges[:, 1]
        length = np.maximum(np.hypot(east, north), 1e-12)
        aside = np.column_stack([north / length / np.maximum(narrow, 1e-6), -east / length]) * _BESIDE_DEG
        return self.holds(wrapped(at + aside)) != self.holds(wrapped(at - aside))


def odd(points: Array, edges: Array) -> Flags:
    """Whether an odd number of edges crosses the parallel to the east of each point."""
    order = np.argsort(points[:, 1])
    x, y = points[order, 0], points[order, 1]
    low = np.searchsorted(y, np.minimum(edges[:, 1], edges[:, 3]), side="left")
    high = np.searchsorted(y, np.maximum(edges[:, 1], edges[:, 3]), side="left")
    counts = high - low
    edge = np.repeat(np.arange(len(edges)), counts)
    point = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
    x1, y1, x2, y2 = edges[edge].T
    crossed = x1 + (y[point] - y1) * (x2 - x1) / (y2 - y1) > x[point]
    inside = np.empty(len(points), dtype=bool)
    inside[order] = np.bincount(point[crossed], minlength=len(points)) % 2 == 1
    return inside


def edges_of(corners: Array) -> Array:
    """The edges (x1, y1, x2, y2) of a polygon by its corners."""
    return np.column_stack([corners, np.roll(corners, -1, axis=0)])


def pieces(edges: Array, km: float) -> Array:
    """Edges cut evenly into pieces no longer than about so many km."""
    middle = np.cos(np.radians((edges[:, 1] + edges[:, 3]) / 2))
    length = 111.7 * np.hypot((edges[:, 2] - edges[:, 0]) * middle, edges[:, 3] - edges[:, 1])
    counts = np.maximum(1, np.ceil(length / km)).astype(int)
    owner = np.repeat(np.arange(len(edges)), counts)
    number = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    starts, steps = edges[owner, :2], (edges[owner, 2:] - edges[owner, :2]) / counts[owner, None]
    return np.hstack([starts + number[:, None] * steps, starts + (number[:, None] + 1) * steps])


def middles(edges: Array) -> Array:
    """The points halfway along short edges."""
    return (edges[:, :2] + edges[:, 2:]) / 2


def distances_km(lon: float, lat: float, points: Array) -> Array:
    """Geodesic distances of points from one."""
    count = len(points)
    metres = GEOD.inv(np.full(count, lon), np.full(count, lat), points[:, 0], points[:, 1])[2]
    return np.asarray(metres, dtype=float) / 1000


def _edges(part: BaseGeometry) -> Array:
    """The edges of all rings of an area, or of all parts of a line."""
    if part.geom_type.endswith("LineString"):
        lines = [shapely.get_coordinates(line) for line in shapely.get_parts(part)]
        return np.vstack([np.column_stack([line[:-1], line[1:]]) for line in lines])
    rings = shapely.get_rings(shapely.get_parts(part))
    return np.vstack([np.column_stack([ring[:-1], ring[1:]]) for ring in map(shapely.get_coordinates, rings)])
