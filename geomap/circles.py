"""Circles on the earth: for one centre and radius or for very many at once, the same points and the same shapes.

Radii are geodesic on the WGS 84 ellipsoid (Karney's method, by pyproj), degrees, longitude first, kilometres.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.edges import GEOD
from geomap.loops import areas

HALFWAY_KM = 20003.9
"""From pole to pole along a meridian of WGS 84: beyond it no ring has a meaning."""
RING_POINTS, LEAST_KM = 361, 0.001
_AROUND = np.linspace(0.0, -360.0, RING_POINTS)
_AT_ONCE = 4096
"""Circles that are made in one go: their points take some 100 MB."""

Array = NDArray[np.float64]
Geometries = NDArray[np.object_]


def discs(lons: ArrayLike, lats: ArrayLike, km: ArrayLike) -> Geometries:
    """All points within a geodesic distance of km of each of some points, as polygons cut at 180°.

    Parameters
    ----------
    lons, lats, km : as many of each, or one for all

    Raises
    ------
    ValueError
        if a radius is less than a metre or not less than 20,003 km (half a meridian), or a centre is not on the earth
    """
    lons, lats, km = np.broadcast_arrays(*(np.atleast_1d(np.asarray(one, dtype=float)) for one in (lons, lats, km)))
    _check(lons, lats, km)
    found = np.empty(len(lons), dtype=object)
    for first in range(0, len(lons), _AT_ONCE):
        some = slice(first, first + _AT_ONCE)
        lines = arcs(lons[some], lats[some], km[some], _AROUND)
        lines[:, -1] = lines[:, 0]
        found[some] = areas(lines)
    return found


def arcs(lons: ArrayLike, lats: ArrayLike, km: ArrayLike, bearings: Array) -> Array:
    """Points at a distance of km from each of some centres, on the same bearings from each: (centres, bearings, 2)."""
    count = len(bearings)
    metres = np.repeat(km, count) * 1000.0
    azimuths = np.tile(bearings, len(metres) // count)
    ends = GEOD.fwd(np.repeat(lons, count), np.repeat(lats, count), azimuths, metres)
    return np.column_stack(ends[:2]).reshape(-1, count, 2)


def _check(lons: Array, lats: Array, km: Array) -> None:
    wrong = ~((km >= LEAST_KM) & (km < HALFWAY_KM))
    if wrong.any():
        message = f"a radius must be at least a metre and less than {HALFWAY_KM:,.0f} km, not {km[wrong][0]:g} km"
        raise ValueError(message)
    lost = ~(np.isfinite(lons) & (np.abs(lats) <= 90))
    if lost.any():
        message = f"a centre must be a longitude and a latitude in degrees, not {lons[lost][0]:g} {lats[lost][0]:g}"
        raise ValueError(message)
