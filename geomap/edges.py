"""Where lines lie nearest to a point of the earth."""

from __future__ import annotations

import math
from collections.abc import Sequence
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
Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]


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
    """Distance in km from a point to the nearest of some lines or points, and where that is: longitude and latitude."""
    km, there_lon, there_lat = nearest_on_each([np.array([[lon, lat]])], [lines])[0].tolist()
    return km, there_lon, there_lat


def nearest_on_each(spots: Sequence[Array], lines: Sequence[Lines]) -> Array:
    """Distances from many points to lines, and where these are nearest.

    Vertices are projected azimuthal equidistantly about the point that they are measured from, in which distances from
    it are exact.

    Parameters
    ----------
    spots : for each of the lines the points to measure from, (n, 2) degrees, at least one
    lines : as many

    Returns
    -------
    array
        (points of all lines, 3), in their order: km, and longitude and latitude of the nearest point
    """
    near = _near(spots, lines)
    away = np.concatenate(spots)
    bearings, _, metres = GEOD.inv(*away[near.spot].T, *near.points.T)
    first, least = _least(metres, near.spot, len(away))
    found = np.column_stack([least / 1000, near.points[first]])
    # as far away as that, the nearest vertex is as good as the nearest point between two of them
    close = metres < 2 * _FAR_M
    joined = near.joined & close[:-1] & close[1:] & (least[near.spot[:-1]] <= _FAR_M)
    starts = np.flatnonzero(joined)
    if not len(starts):
        return found
    angles = np.radians(bearings)
    flat = np.column_stack([metres * np.sin(angles), metres * np.cos(angles)])
    steps = flat[starts + 1] - flat[starts]
    squares = np.maximum((steps**2).sum(axis=1), 1e-9)
    feet = flat[starts] + np.clip(-(flat[starts] * steps).sum(axis=1) / squares, 0.0, 1.0)[:, None] * steps
    spot, nearest = np.unique(near.spot[starts], return_inverse=True)
    foot, far = _least(np.hypot(feet[:, 0], feet[:, 1]), nearest, len(spot))
    nearer = far < least[spot]
    spot, foot, far = spot[nearer], foot[nearer], far[nearer]
    ahead = np.degrees(np.arctan2(feet[foot, 0], feet[foot, 1]))
    lons, lats, _ = GEOD.fwd(away[spot, 0], away[spot, 1], ahead, far)
    lons += 360 * np.round((near.points[starts[foot], 0] - lons) / 360)  # at 180°, on the line's side of it
    found[spot] = np.column_stack([far / 1000, lons, lats])
    return found


class _Near(NamedTuple):
    """The vertices of lines between which the points nearest to some spots must lie: in order, spot by spot.

    Parameters
    ----------
    spot, points : which spot each is near to, and its position in degrees
    joined : of all but the last, whether the line goes on from there to the next
    """

    spot: Numbers
    points: Array
    joined: Flags


def _near(spots: Sequence[Array], lines: Sequence[Lines]) -> _Near:
    columns = []
    before = 0
    for some, line in zip(spots, lines, strict=True):
        cosines = line.places @ _places(some).T
        angles = np.arccos(np.clip(cosines.max(axis=0), -1.0, 1.0))
        near = cosines >= np.cos(np.minimum(math.pi, angles * _OBLATE + _STEP_RAD)) - _EXACT
        beside = near.copy()
        beside[1:] |= near[:-1]
        beside[:-1] |= near[1:]
        spot, vertex = np.nonzero(beside.T)
        columns.append((spot + before, vertex, line.part[vertex], line.points[vertex]))
        before += len(some)
    spot, vertex, part, points = (np.concatenate(column) for column in zip(*columns, strict=True))
    joined = (np.diff(spot) == 0) & (np.diff(vertex) == 1) & (np.diff(part) == 0)
    return _Near(spot, points, joined)


def _least(values: Array, group: Numbers, count: int) -> tuple[Numbers, Array]:
    """For each group where its least value first is, and that value.

    Parameters
    ----------
    group : of each value, from 0, rising
    count : how many groups there are, none of them empty
    """
    numbers = np.arange(count)
    least = np.minimum.reduceat(values, np.searchsorted(group, numbers))
    where = np.flatnonzero(values == least[group])
    return where[np.searchsorted(group[where], numbers)], least


def far_off(lon: float, lat: float, points: Array) -> Array:
    """Those of some points in degrees among which the farthest from a point must be."""
    cosines = _places(points) @ _places(np.array([[lon, lat]]))[0]
    angle = math.acos(min(1.0, max(-1.0, float(cosines.min()))))
    far: Array = points[cosines <= math.cos(angle / _OBLATE) + _EXACT]
    return far
