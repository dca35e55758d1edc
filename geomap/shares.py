"""Areas on the earth, and how much of a shape lies in an area: many at once, pair by pair."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geomap.edges import GEOD
from geomap.loops import only

RADIUS_KM = 6371.0072
"""Of the sphere that has the area of the ellipsoid (WGS 84)."""

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]
Geometries = NDArray[np.object_]


def areas_km2(shapes: Geometries) -> Array:
    """Areas on the authalic sphere in km²; lines and points have none.

    Measured on Lambert's cylindrical projection: edges that are straight in degrees stay right.
    """
    found = np.zeros(len(shapes))
    some = np.flatnonzero(shapely.area(shapes) > 0)
    areas = shapes[some]
    mixed = shapely.get_type_id(areas) == shapely.GeometryType.GEOMETRYCOLLECTION
    for number in np.flatnonzero(mixed):
        areas[number] = only(areas[number], "Polygon")
    found[some] = shapely.area(shapely.transform(shapely.segmentize(areas, 1.0), _lambert)) * RADIUS_KM**2
    return found


def shares(shapes: Geometries, areas: Geometries) -> Array:
    """The part of each shape (area, length of a line, number of points) that lies in the area beside it, 0 to 1.

    Parameters
    ----------
    shapes, areas : as many of the one as of the other; what stands in several pairs is best the same object
    """
    found = np.zeros(len(shapes))
    met = np.flatnonzero(shapely.intersects(areas, shapes))
    covered = shapely.covers(areas[met], shapes[met])
    found[met[covered]] = 1.0
    parted = met[~covered]
    if len(parted):
        common: Geometries = shapely.intersection(shapes[parted], areas[parted])
        dimensions = shapely.get_dimensions(shapes[parted])
        for dimension, share in enumerate((_of_points, _of_lines, _of_areas)):
            some = np.flatnonzero(dimensions == dimension)
            if len(some):
                found[parted[some]] = share(common[some], shapes[parted[some]])
    return found


def objects(shapes: Iterable[BaseGeometry]) -> Geometries:
    """Shapes as an array, however many they are and of whatever kinds."""
    listed = list(shapes)
    found: Geometries = np.empty(len(listed), dtype=object)
    found[:] = listed
    return found


def distinct(shapes: Geometries) -> tuple[Geometries, Numbers]:
    """Each object once, and which of these stands at each place."""
    _, first, which = np.unique([id(shape) for shape in shapes], return_index=True, return_inverse=True)
    return shapes[first], which


def _lambert(points: Array) -> Array:
    radians: Array = np.radians(points)
    radians[:, 1] = np.sin(radians[:, 1])
    return radians


def _of_areas(common: Geometries, shapes: Geometries) -> Array:
    once, which = distinct(shapes)
    whole = areas_km2(once)[which]
    return _parts(areas_km2(common), whole)


def _of_lines(common: Geometries, shapes: Geometries) -> Array:
    inside = np.array([GEOD.geometry_length(only(part, "LineString")) for part in common], dtype=float)
    whole = np.array([GEOD.geometry_length(line) for line in shapes], dtype=float)
    return _parts(inside, whole)


def _of_points(common: Geometries, shapes: Geometries) -> Array:
    found: Array = shapely.get_num_geometries(common) / shapely.get_num_geometries(shapes)
    return found


def _parts(inside: Array, whole: Array) -> Array:
    """The one divided by the other; nothing of nothing."""
    found: Array = np.divide(inside, whole, out=np.zeros(len(whole)), where=whole > 0)
    return found
