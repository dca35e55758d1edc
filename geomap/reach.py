"""How far it is from a point, or from anywhere in an area: all that lies within a distance, and distances to places.

A start is a point or an area. What lies within a distance is made of points on its edge, one for each bearing from the
middle. Beyond a quarter of the globe the edge of what is left over is made instead, which is small and round.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy, seam
from geomap.circles import discs
from geomap.memory import remembered

DISC_KM = 19_800.0
"""Up to this distance from a point the edge is a line of points at that distance: on the ellipsoid, geodesics from a
point near the equator cross each other from about 19,930 km on."""
QUARTER_KM = 10_000.0
_BEARINGS = np.linspace(0.0, -360.0, geodesy.RING_POINTS)
_HALVINGS = 20
_SIMPLER, _MOST_KM = 0.005, 10.0
"""Vertices of an area that matter less than such a part of the distance, and less than so many km, are left out."""
_FINE_DEG, _COARSE_DEG = 0.05, 0.25
_CHUNK = 128

Array = NDArray[np.float64]
Geometries = NDArray[np.object_]


def within(start: BaseGeometry, km: float) -> BaseGeometry:
    """All points within km of a point, or of any point of an area or a line, cut at 180°.

    Raises
    ------
    ValueError
        if km is not between 0 and 20,003 km (half a meridian)
    """
    if not 0 < km < geodesy.HALFWAY_KM:
        message = f"a distance must be more than 0 and less than {geodesy.HALFWAY_KM:,.0f} km, not {km:g} km"
        raise ValueError(message)
    return _within(start, km)


def make_range_rings(lons: ArrayLike, lats: ArrayLike, km: ArrayLike) -> Geometries:
    """All points within km of each of many points, as polygons cut at 180°: the shapes that `within` makes one by one.

    Parameters
    ----------
    lons, lats : degrees; a longitude may go on beyond 180
    km : a radius for each point, or one for all

    Returns
    -------
    array
        a polygon or a multipolygon for each point, in their order

    Raises
    ------
    ValueError
        if a radius is less than a metre or not less than 20,003 km (half a meridian), or a centre is not on the earth

    Examples
    --------
    >>> sunan, sohae = make_range_rings([125.67, 124.71], [39.22, 39.66], [1000, 13000])
    >>> sunan.geom_type, sohae.covers(shapely.Point(-77.0, 38.9))
    ('Polygon', True)
    """
    lons, lats, km = np.broadcast_arrays(*(np.atleast_1d(np.asarray(one, dtype=float)) for one in (lons, lats, km)))
    far = (km > DISC_KM) & (km < geodesy.HALFWAY_KM)
    found = discs(lons, lats, np.where(far, DISC_KM, km))
    for number in np.flatnonzero(far):
        found[number] = within(Point((lons[number] + 180) % 360 - 180, lats[number]), km[number])
    return found


@remembered(64)
def _within(start: BaseGeometry, km: float) -> BaseGeometry:
    if isinstance(start, Point):
        return geodesy.disc(start.x, start.y, km) if km <= DISC_KM else _all_but_the_farthest(start, km)
    plain = geodesy.simplified(start, min(_SIMPLER * km, _MOST_KM))
    if km > QUARTER_KM:
        return _all_but_the_farthest(plain, km)
    outline = _outline(plain, _COARSE_DEG)
    lon, lat = _middle(outline)
    extent = geodesy.farthest_km(lon, lat, plain)
    if km < extent:
        return geodesy.buffer(plain, km)

    def is_near(points: Array) -> NDArray[np.bool_]:
        near = _least_km(outline, points) <= km
        inside: NDArray[np.bool_] = near | shapely.intersects_xy(plain, points)
        return inside

    # each circle about a point of the area holds the middle, so that any bearing from there leaves them once
    return seam.closed(_line_about(lon, lat, is_near, km + extent + 50.0))


def edge(area: BaseGeometry) -> BaseGeometry:
    """The line about an area, without its cuts along 180° and over a pole; empty for all the earth."""
    if area.equals(seam.WORLD):
        return shapely.MultiLineString()
    line: BaseGeometry = seam.without_seam(area.boundary)
    return line


def largest(geometry: BaseGeometry) -> BaseGeometry:
    """The largest piece of an area, or the longest of a line: a territory without what lies overseas."""
    parts: list[BaseGeometry] = list(shapely.get_parts(geometry))
    return max(parts, key=lambda part: (float(part.area), float(part.length)))


def distances(start: BaseGeometry, points: Array) -> tuple[Array, Array]:
    """Distances in km from a point, or from the nearest point of an area, to many places, and the bearings there.

    Parameters
    ----------
    points : (n, 2) longitudes and latitudes in degrees

    Returns
    -------
    tuple
        distances in km, 0 within the area, and bearings in degrees clockwise from north, NaN within the area
    """
    nearest = _nearest(_outline(start, _FINE_DEG), points)
    bearings, _, metres = geodesy.GEOD.inv(nearest[:, 0], nearest[:, 1], points[:, 0], points[:, 1])
    km, bearings = np.asarray(metres) / 1000, np.asarray(bearings) % 360
    if start.geom_type.endswith("Polygon"):
        inside = shapely.contains_xy(start, points)
        km, bearings = np.where(inside, 0.0, km), np.where(inside, np.nan, bearings)
    return km, bearings


def _outline(start: BaseGeometry, step_deg: float) -> Array:
    """Points closely along the edge of an area, or along a line, no more than so many degrees apart."""
    line = start.boundary if start.geom_type.endswith("Polygon") else start
    return shapely.get_coordinates(shapely.segmentize(seam.without_seam(line), step_deg))


def _nearest(outline: Array, points: Array) -> Array:
    """For each place the nearest of the points of an outline."""
    targets = geodesy.directions(outline).T
    chosen = [
        (geodesy.directions(points[at : at + _CHUNK]) @ targets).argmax(axis=1) for at in range(0, len(points), _CHUNK)
    ]
    found: Array = outline[np.concatenate(chosen)] if chosen else np.empty((0, 2))
    return found


def _line_about(lon: float, lat: float, is_within: Callable[[Array], NDArray[np.bool_]], most_km: float) -> Array:
    """A closed counter-clockwise line about a point: on each bearing, how far one stays within, at most so many km."""
    low, high = np.zeros(len(_BEARINGS)), np.full(len(_BEARINGS), min(most_km, geodesy.HALFWAY_KM))
    for _ in range(_HALVINGS):
        middles = (low + high) / 2
        inside = is_within(_around(lon, lat, _BEARINGS, middles))
        low, high = np.where(inside, middles, low), np.where(inside, high, middles)
    line = _around(lon, lat, _BEARINGS, low)
    line[-1] = line[0]
    return line


def _all_but_the_farthest(start: BaseGeometry, km: float) -> BaseGeometry:
    """All the earth but what is farther than km from a start.

    What is left out is an intersection of circles less than a quarter of the globe wide, about the antipodes of the
    start: its edge is met once along each bearing from its middle.
    """
    outline = _outline(start, _COARSE_DEG)
    lon, lat, farthest = _middle_of_the_farthest(outline)
    if farthest <= km:
        return seam.WORLD

    def is_far(points: Array) -> NDArray[np.bool_]:
        return _least_km(outline, points) > km

    return seam.WORLD.difference(seam.closed(_line_about(lon, lat, is_far, geodesy.HALFWAY_KM)))


def _middle_of_the_farthest(outline: Array) -> tuple[float, float, float]:
    """The point that is farthest from all points of an outline, and how far in km; it lies about their antipodes."""
    lon, lat = _antipodes(np.array([_middle(outline)]))[0].tolist()
    km = float(_least_km(outline, np.array([[lon, lat]]))[0])
    step = geodesy.farthest_km(lon, lat, shapely.MultiPoint([(lon, lat), *_antipodes(outline)]))
    while step > 0.01:
        around = _around(lon, lat, _BEARINGS[::15], np.full(len(_BEARINGS[::15]), step))
        least = _least_km(outline, around)
        best = int(least.argmax())
        if least[best] > km:
            (lon, lat), km = around[best].tolist(), float(least[best])
        step *= 0.75  # whether it helped or not: all steps together lead four times as far as the first
    return lon, lat, km


def _middle(points: Array) -> tuple[float, float]:
    """Mean of some points as vectors: longitude and latitude."""
    x, y, z = geodesy.directions(points).mean(axis=0).tolist()
    return math.degrees(math.atan2(y, x)), math.degrees(math.atan2(z, math.hypot(x, y)))


def _antipodes(points: Array) -> Array:
    return np.column_stack([(points[:, 0] + 360) % 360 - 180, -points[:, 1]])


def _around(lon: float, lat: float, bearings: Array, km: Array) -> Array:
    """Points on some bearings, in degrees, at some distances in km from a point."""
    count = len(bearings)
    lons, lats, _ = geodesy.GEOD.fwd(np.full(count, lon), np.full(count, lat), bearings, km * 1000)
    return np.column_stack([lons, lats])


def _least_km(outline: Array, points: Array) -> Array:
    """Distances in km from the nearest point of an outline."""
    nearest = _nearest(outline, points)
    metres: Array = geodesy.GEOD.inv(nearest[:, 0], nearest[:, 1], points[:, 0], points[:, 1])[2]
    return metres / 1000
