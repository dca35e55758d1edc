"""Where lines lie nearest to a point of the earth."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Proj
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
SEGMENT_DEG = 0.25
_FAR_M = 2_000_000.0
_EARTH_M, _OBLATE, _STEP_M = 6_371_000.0, 1.015, 20_000.0
"""Mean radius; more than a geodesic may differ from an arc of a sphere; more than half of a segment."""

Array = NDArray[np.float64]


class Lines(NamedTuple):
    """Lines or points with a vertex at least at every `SEGMENT_DEG`: degrees, unit vectors, and the part of each."""

    points: Array
    directions: Array
    part: NDArray[np.int64]


def directions(points: Array) -> Array:
    """Unit vectors from the earth's centre, (n, 3), from (n, 2) degrees."""
    radians = np.radians(points)
    cosine = np.cos(radians[:, 1])
    return np.column_stack([cosine * np.cos(radians[:, 0]), cosine * np.sin(radians[:, 0]), np.sin(radians[:, 1])])


def lines_of(geometry: BaseGeometry) -> Lines:
    """The lines that distances are measured to."""
    dense = shapely.segmentize(geometry, SEGMENT_DEG)
    points, part = shapely.get_coordinates(shapely.get_parts(dense), return_index=True)
    return Lines(points, directions(points), part)


@lru_cache(maxsize=256)  # several lines are measured about one point
def projection(lon: float, lat: float) -> Proj:
    """The azimuthal equidistant projection about a point, on the ellipsoid, in metres."""
    return Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84")


def nearest_on(lon: float, lat: float, lines: Lines) -> tuple[float, float, float]:
    """Distance in km from a point to the nearest of some lines or points, and where that is: longitude and latitude.

    The lines are projected azimuthal equidistantly about the point itself, in which its distances are exact.
    """
    near = _near(lon, lat, lines)
    points, part = lines.points[near], lines.part[near]
    metres = GEOD.inv(np.full(len(points), lon), np.full(len(points), lat), points[:, 0], points[:, 1])[2]
    first = int(metres.argmin())
    vertex = float(metres[first]) / 1000, float(points[first, 0]), float(points[first, 1])
    if metres[first] > _FAR_M:  # as far away, the nearest vertex is as good as the nearest point between two of them
        return vertex
    flat_earth = projection(lon, lat)
    flat = np.column_stack(flat_earth(points[:, 0], points[:, 1]))
    joined = (part[:-1] == part[1:]) & (np.diff(near) == 1) & (metres[:-1] < 2 * _FAR_M) & (metres[1:] < 2 * _FAR_M)
    starts, steps = flat[:-1][joined], np.diff(flat, axis=0)[joined]
    if not len(starts):
        return vertex
    squares = np.maximum((steps**2).sum(axis=1), 1e-9)
    along = np.clip(-(starts * steps).sum(axis=1) / squares, 0.0, 1.0)
    feet = starts + along[:, None] * steps
    far = np.hypot(feet[:, 0], feet[:, 1])
    foot = int(far.argmin())
    if far[foot] >= metres[first]:
        return vertex
    foot_lon, foot_lat = flat_earth(feet[foot, 0], feet[foot, 1], inverse=True)
    return float(far[foot]) / 1000, float(foot_lon), float(foot_lat)


def _near(lon: float, lat: float, lines: Lines) -> NDArray[np.int64]:
    """The vertices of some lines between which the nearest point must lie, in order."""
    here = directions(np.array([[lon, lat]]))[0]
    away = np.arccos(np.clip(lines.directions @ here, -1.0, 1.0)) * _EARTH_M
    near = np.flatnonzero(away <= away.min() * _OBLATE + _STEP_M)
    return np.unique(np.clip(np.concatenate([near - 1, near, near + 1]), 0, len(away) - 1))
