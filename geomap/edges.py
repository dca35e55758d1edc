"""Where lines lie nearest to a point of the earth."""

from __future__ import annotations

from functools import cache

import numpy as np
import shapely
from pyproj import Geod, Proj
from shapely.geometry.base import BaseGeometry

GEOD = Geod(ellps="WGS84")
SEGMENT_DEG = 0.25
_FAR_M = 2_000_000.0


@cache
def projection(lon: float, lat: float) -> Proj:
    """The azimuthal equidistant projection about a point, on the ellipsoid, in metres."""
    return Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84")


def nearest_on(lon: float, lat: float, lines: BaseGeometry) -> tuple[float, float, float]:
    """Distance in km from a point to the nearest of some lines or points, and where that is: longitude and latitude.

    The lines are projected azimuthal equidistantly about the point itself, in which its distances are exact.
    """
    dense = shapely.segmentize(lines, SEGMENT_DEG)
    points, part = shapely.get_coordinates(shapely.get_parts(dense), return_index=True)
    metres = GEOD.inv(np.full(len(points), lon), np.full(len(points), lat), points[:, 0], points[:, 1])[2]
    first = int(metres.argmin())
    vertex = float(metres[first]) / 1000, float(points[first, 0]), float(points[first, 1])
    if metres[first] > _FAR_M:  # as far away, the nearest vertex is as good as the nearest point between two of them
        return vertex
    flat_earth = projection(lon, lat)
    flat = np.column_stack(flat_earth(points[:, 0], points[:, 1]))
    joined = (part[:-1] == part[1:]) & (metres[:-1] < 2 * _FAR_M) & (metres[1:] < 2 * _FAR_M)
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
