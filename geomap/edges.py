"""Where lines lie nearest to a point of the earth."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
SEGMENT_DEG = 0.25
_FAR_M = 2_000_000.0
_STEP_RAD, _OBLATE, _EXACT = 20 / 6371, 1.004, 1e-15
"""More than half of a segment as seen from the earth's centre; more than the ratio of the lengths of two geodesics that
are seen there under one angle, whose radii lie between 6357 and 6378 km; and what a cosine is rounded by."""

Array = NDArray[np.float64]


class Lines(NamedTuple):
    """Lines or points with a vertex at least at every `SEGMENT_DEG`.

    Parameters
    ----------
    points : the vertices in degrees
    places : the same as unit vectors from the earth's centre
    part : which line each belongs to
    """

    points: Array
    places: Array
    part: NDArray[np.int64]


def directions(points: Array) -> Array:
    """Unit vectors from the earth's centre, (n, 3), from (n, 2) degrees."""
    radians = np.radians(points)
    cosine = np.cos(radians[:, 1])
    return np.column_stack([cosine * np.cos(radians[:, 0]), cosine * np.sin(radians[:, 0]), np.sin(radians[:, 1])])


def _places(points: Array) -> Array:
    """Where points on the ellipsoid are seen from the earth's centre: unit vectors, (n, 3), from (n, 2) degrees."""
    flat = directions(points) * np.array([1.0, 1.0, 1 - GEOD.es])
    places: Array = flat / np.sqrt((flat**2).sum(axis=1, keepdims=True))
    return places


def lines_of(geometry: BaseGeometry) -> Lines:
    """The lines that distances are measured to."""
    dense = shapely.segmentize(geometry, SEGMENT_DEG)
    points, part = shapely.get_coordinates(shapely.get_parts(dense), return_index=True)
    return Lines(points, _places(points), part)


class Azimuthal:
    """The azimuthal equidistant projection about a point, on the ellipsoid, in metres.

    It does what `pyproj.Proj` does, and is made in a sixth of the time, since nothing but the formula is asked for.
    """

    def __init__(self, lon: float, lat: float) -> None:
        self._formula = Transformer.from_pipeline(f"+proj=aeqd +lon_0={lon:.15g} +lat_0={lat:.15g} +ellps=WGS84")

    def __call__(self, x: Any, y: Any, *, inverse: bool = False) -> Any:
        """Project degrees, numbers or arrays, or turn metres back into degrees."""
        return self._formula.transform(x, y, direction="INVERSE" if inverse else "FORWARD")


@lru_cache(maxsize=256)  # several lines are measured about one point
def projection(lon: float, lat: float) -> Azimuthal:
    """The azimuthal equidistant projection about a point."""
    return Azimuthal(lon, lat)


def nearest_on(lon: float, lat: float, lines: Lines) -> tuple[float, float, float]:
    """Distance in km from a point to the nearest of some lines or points, and where that is: longitude and latitude.

    The lines are projected azimuthal equidistantly about the point itself, in which its distances are exact.
    """
    near = _near(lon, lat, lines)
    points, part = lines.points[near], lines.part[near]
    bearings, _, metres = GEOD.inv(np.full(len(points), lon), np.full(len(points), lat), points[:, 0], points[:, 1])
    first = int(metres.argmin())
    vertex = float(metres[first]) / 1000, float(points[first, 0]), float(points[first, 1])
    if metres[first] > _FAR_M:  # as far away, the nearest vertex is as good as the nearest point between two of them
        return vertex
    angles = np.radians(bearings)
    flat = np.column_stack([metres * np.sin(angles), metres * np.cos(angles)])
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
    bearing = math.degrees(math.atan2(feet[foot, 0], feet[foot, 1]))
    foot_lon, foot_lat, _ = GEOD.fwd(lon, lat, bearing, float(far[foot]))
    foot_lon += 360 * round((points[:-1][joined][foot, 0] - foot_lon) / 360)  # at 180°, on the line's side of it
    return float(far[foot]) / 1000, float(foot_lon), float(foot_lat)


def _near(lon: float, lat: float, lines: Lines) -> NDArray[np.int64]:
    """The vertices of some lines between which the nearest point must lie, in order."""
    cosines = lines.places @ _places(np.array([[lon, lat]]))[0]
    angle = math.acos(min(1.0, max(-1.0, float(cosines.max()))))
    near = cosines >= math.cos(min(math.pi, angle * _OBLATE + _STEP_RAD)) - _EXACT
    beside = near.copy()
    beside[1:] |= near[:-1]
    beside[:-1] |= near[1:]
    return np.flatnonzero(beside)


def far_off(lon: float, lat: float, points: Array) -> Array:
    """Those of some points in degrees among which the farthest from a point must be."""
    cosines = _places(points) @ _places(np.array([[lon, lat]]))[0]
    angle = math.acos(min(1.0, max(-1.0, float(cosines.min()))))
    far: Array = points[cosines <= math.cos(angle / _OBLATE) + _EXACT]
    return far
