"""Geometry on the earth: rings, wedges, buffers, great circles, margins and shares, across 180° and over the poles.

Distances are geodesic on the WGS 84 ellipsoid (Karney's method, by pyproj) or exact radii of an azimuthal equidistant
projection about the point in question. Shapes come back in longitude and latitude, cut at the antimeridian as RFC 7946
asks. Rings are made counter-clockwise and their winding is never "fixed": a disc of 15,000 km would turn into its
complement.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.circles import HALFWAY_KM as HALFWAY_KM, RING_POINTS as RING_POINTS, arcs
from geomap.edges import (
    GEOD as GEOD,
    Azimuthal,
    Lines,
    directions as directions,
    far_off,
    lines_of,
    nearest_on,
    nearest_on_each,
    projection as _projection,
)
from geomap.memory import remembered
from geomap.seam import closed, cut, only, without_seam as without_seam
from geomap.shares import areas_km2, distinct as distinct, objects as objects, shares as shares

_CHUNK_DEG = 12.0
_SPECK_M2 = 100.0

Array = NDArray[np.float64]
Geometries = NDArray[np.object_]
_remembered, _measured = remembered(96), remembered(384)
"""For shapes, and for numbers: what an article asks for again. More would only make archives need more."""


def distance_km(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Geodesic distance between two points given in degrees, in km."""
    return float(GEOD.inv(lon1, lat1, lon2, lat2)[2]) / 1000


def bearing_deg(lon1: float, lat1: float, lon2: float, lat2: float) -> float:
    """Initial bearing of the geodesic from the first to the second point, degrees clockwise from north, 0 to 360."""
    return float(GEOD.inv(lon1, lat1, lon2, lat2)[0]) % 360


def destination(lon: float, lat: float, bearing: float, km: float) -> tuple[float, float]:
    """Longitude and latitude of the point that lies so many km from (lon, lat), starting on a bearing in degrees."""
    end_lon, end_lat, _ = GEOD.fwd(lon, lat, bearing, km * 1000)
    return float(end_lon), float(end_lat)


@_remembered
def disc(lon: float, lat: float, km: float) -> BaseGeometry:
    """All points within a geodesic distance of km of a point, as a polygon cut at 180°.

    Raises
    ------
    ValueError
        if the radius is not between 0 and 20,003 km (half a meridian)
    """
    return closed(_arc(lon, lat, km, 0.0, -360.0, RING_POINTS))


@_remembered
def annulus(lon: float, lat: float, low_km: float, high_km: float) -> BaseGeometry:
    """All points whose geodesic distance from a point lies between low_km and high_km."""
    outer = disc(lon, lat, high_km)
    return outer if low_km <= 0 else shapely.difference(outer, disc(lon, lat, low_km))


def ring(lon: float, lat: float, km: float) -> BaseGeometry:
    """The line of all points at a geodesic distance of km from a point, cut at 180°."""
    return cut(_arc(lon, lat, km, 0.0, -360.0, RING_POINTS))


@_remembered
def wedge(lon: float, lat: float, bearing: float, sector: float, low_km: float, high_km: float) -> BaseGeometry:
    """The part of an annulus (radii in km) whose bearing from the point is ``bearing`` ± ``sector`` degrees."""
    if sector >= 180:
        return annulus(lon, lat, low_km, high_km)
    steps = max(9, math.ceil(2 * sector) + 1)
    outer = _arc(lon, lat, high_km, bearing + sector, bearing - sector, steps)
    start = bearing - sector
    inner = _arc(lon, lat, low_km, start, bearing + sector, steps) if low_km > 0 else np.array([[lon, lat]])
    sides = [
        _geodesic(inner[-1], outer[0], 40),
        outer,
        _geodesic(outer[-1], inner[0], 40),
        inner,
    ]
    coordinates = np.vstack(sides)
    return closed(np.vstack([coordinates, coordinates[:1]]))


def great_circle(lon1: float, lat1: float, lon2: float, lat2: float) -> BaseGeometry:
    """The geodesic between two points in degrees, with a vertex about every 50 km, cut at 180°."""
    count = max(2, int(distance_km(lon1, lat1, lon2, lat2) / 50))
    return cut(_geodesic(np.array([lon1, lat1]), np.array([lon2, lat2]), count))


@_remembered
def buffer(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """All points within km of a point, line or polygon of any extent.

    The geometry is taken apart into pieces of about 12 degrees, each is buffered in an azimuthal equidistant
    projection about its own middle (radii are off by less than half a percent) and the pieces are put together again.
    """
    if isinstance(geometry, Point):
        return disc(geometry.x, geometry.y, km)
    if geometry.is_empty:
        return geometry
    edges = geometry.boundary if geometry.geom_type.endswith("Polygon") else geometry
    pieces = [_buffer_piece(piece, km) for piece in _pieces(without_seam(edges))]
    if geometry.geom_type.endswith("Polygon"):
        pieces.append(geometry)
    return shapely.union_all([shapely.make_valid(piece) for piece in pieces])


def margin_km(lon: float, lat: float, area: BaseGeometry) -> float:
    """Distance from a point to the edge of an area in km: positive inside it, negative outside.

    The edge is projected azimuthal equidistantly about the point itself, in which its distances are exact. The cut of
    the area along 180° is no edge.
    """
    distance = _edge(lon, lat, area)[0]
    return distance if shapely.intersects_xy(area, lon, lat) else -distance


def margins_km(points: Array, areas: Geometries) -> Array:
    """Margins of many points, each to the area beside it: what `margin_km` gives, in km.

    Parameters
    ----------
    points : (n, 2) longitudes and latitudes in degrees
    areas : n; what stands beside several points is best the same object
    """
    found = np.empty(len(points))
    if not len(points):
        return found
    once, which = distinct(areas)
    order = np.argsort(which, kind="stable")
    spots = np.split(points[order], np.flatnonzero(np.diff(which[order])) + 1)
    found[order] = nearest_on_each(spots, [_edge_of(area) for area in once])[:, 0]
    return np.where(shapely.intersects_xy(areas, points), found, -found)


def nearest(lon: float, lat: float, area: BaseGeometry) -> tuple[float, float]:
    """The point of an area's edge that is nearest to a point, as far from it as `margin_km` says: lon and lat."""
    return _edge(lon, lat, area)[1:]


def separation_km(lon: float, lat: float, geometry: BaseGeometry) -> float:
    """Distance from a point to the nearest part of a geometry in km, 0 inside an area."""
    return 0.0 if shapely.intersects_xy(geometry, lon, lat) else _edge(lon, lat, geometry)[0]


@_measured
def _edge(lon: float, lat: float, area: BaseGeometry) -> tuple[float, float, float]:
    """Distance in km to the edge of an area, or to a line, and its nearest point; the cut along 180° is no edge."""
    return nearest_on(lon, lat, _edge_of(area))


@remembered(192)  # the zones about a sea, and the shapes of an article
def _edge_of(area: BaseGeometry) -> Lines:
    edge = area.boundary if area.geom_type.endswith("Polygon") else area
    return lines_of(without_seam(edge))


@remembered(64)  # of one article; nobody asks for most of them again
def area_km2(geometry: BaseGeometry) -> float:
    """Area on the authalic sphere in km²; lines and points have none."""
    return float(areas_km2(objects([geometry]))[0])


@_measured
def share(geometry: BaseGeometry, area: BaseGeometry) -> float:
    """The part of a shape (area, length of a line, or number of points) that lies in an area, 0 to 1."""
    return float(shares(objects([geometry]), objects([area]))[0])


@_remembered
def side_of(geometry: BaseGeometry, bearing: float, part: float = 0.5) -> BaseGeometry:
    """The part of an area that lies to one side: beyond ``1 - part`` of its extent along a bearing in degrees."""
    middle = _middle(geometry)
    flat_earth = _projection(*middle)
    flat = shapely.make_valid(_project(geometry, flat_earth))
    if geometry.bounds[0] <= -180 or geometry.bounds[2] >= 180:  # close the slit that the cut along 180° leaves
        flat = shapely.buffer(shapely.buffer(flat, 1.0), -1.0)
    angle = math.radians(bearing)
    along = shapely.get_coordinates(flat) @ np.array([math.sin(angle), math.cos(angle)])
    edge = along.max() - part * (along.max() - along.min())
    size = 4e7
    across = np.array([math.cos(angle), -math.sin(angle)]) * size
    ahead = np.array([math.sin(angle), math.cos(angle)])
    corners = [ahead * edge - across, ahead * edge + across, ahead * size + across, ahead * size - across]
    return _unproject(flat.intersection(Polygon(corners)), flat_earth)


@_remembered
def beyond_line(line: BaseGeometry, bearing: float, km: float) -> BaseGeometry:
    """The band of sea or land within km of a line on the side that a bearing in degrees points to."""
    flat_earth = _projection(*_middle(line))
    flat = _project(line, flat_earth)
    shift = np.array([math.sin(math.radians(bearing)), math.cos(math.radians(bearing))]) * km * 1000
    swept = []
    for part in shapely.get_parts(flat):
        coordinates = shapely.get_coordinates(part)
        for start, end in pairwise(coordinates):
            swept.append(shapely.convex_hull(shapely.multipoints([start, end, start + shift, end + shift])))
    return _unproject(shapely.union_all(swept), flat_earth)


def between(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry:
    """The hull of two places' nearest surroundings, without the places themselves."""
    both = shapely.union_all([a, b])
    flat_earth = _projection(*_middle(both))
    flat_a, flat_b = _project(a, flat_earth), _project(b, flat_earth)
    corridor = shapely.union_all([flat_a, flat_b]).convex_hull
    corridor = corridor.difference(shapely.union_all([only(flat_a, "Polygon"), only(flat_b, "Polygon")]))
    return _unproject(corridor, flat_earth)


@_remembered
def enclosing(geometry: BaseGeometry) -> tuple[float, float, float]:
    """Best point (lon, lat in degrees; within an area) and the radius in km of the circle about it that holds all."""
    if isinstance(geometry, Point):
        return geometry.x, geometry.y, 0.0
    flat_earth = _projection(*_middle(geometry))
    flat = _project(geometry, flat_earth)
    centre = flat.centroid
    if geometry.geom_type.endswith("Polygon") and not flat.covers(centre):
        largest = max(shapely.get_parts(flat), key=shapely.area)
        centre = largest.centroid if largest.covers(largest.centroid) else largest.representative_point()
    elif geometry.geom_type.endswith("LineString"):
        centre = shapely.get_point(shapely.shortest_line(flat, centre), 0)
    lon, lat = flat_earth(centre.x, centre.y, inverse=True)
    return float(lon), float(lat), farthest_km(lon, lat, geometry)


def farthest_km(lon: float, lat: float, geometry: BaseGeometry) -> float:
    """Distance in km from a point to the farthest vertex of a geometry."""
    points = far_off(lon, lat, shapely.get_coordinates(geometry))
    _azimuth, _back, metres = GEOD.inv(np.full(len(points), lon), np.full(len(points), lat), points[:, 0], points[:, 1])
    return float(np.max(metres)) / 1000


def flat(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry in metres, on the azimuthal equidistant projection about its middle."""
    return _project(geometry, _projection(*_middle(geometry)))


def only_areas(geometry: BaseGeometry) -> BaseGeometry:
    """The polygons of a geometry, without slivers of lines and points that an intersection may leave."""
    return only(geometry, "Polygon")


@_remembered
def simplified(geometry: BaseGeometry, km: float) -> BaseGeometry:
    """The geometry with vertices left out that matter less than about km; never invalid."""
    return shapely.make_valid(shapely.simplify(geometry, km / 111.2, preserve_topology=True))


@_remembered
def sound(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry made valid."""
    return shapely.make_valid(geometry)


@_remembered
def rounded(geometry: BaseGeometry) -> BaseGeometry:
    """The geometry with coordinates of five decimals of a degree (one metre), as JSON has them."""
    on_grid = shapely.set_precision(geometry, 1e-5)  # what is smaller than that is left out
    return shapely.transform(on_grid, lambda points: np.round(points, 5))


def mean_longitude(longitudes: Sequence[float]) -> float:
    """Circular mean of longitudes in degrees; 0 for none."""
    if not longitudes:
        return 0.0
    radians = np.radians(np.asarray(longitudes, dtype=float))
    return math.degrees(math.atan2(np.sin(radians).mean(), np.cos(radians).mean()))


def _arc(lon: float, lat: float, km: float, start: float, end: float, count: int) -> Array:
    if not 0 < km < HALFWAY_KM:
        message = f"a radius must be more than 0 and less than {HALFWAY_KM:,.0f} km, not {km:g} km"
        raise ValueError(message)
    points: Array = arcs([lon], [lat], [km], np.linspace(start, end, count))[0]
    if abs(end - start) >= 360:
        points[-1] = points[0]
    return points


def _geodesic(start: Array, end: Array, count: int) -> Array:
    between_points = GEOD.npts(start[0], start[1], end[0], end[1], count)
    return np.vstack([start[None, :], np.array(between_points).reshape(-1, 2), end[None, :]])


def _pieces(lines: BaseGeometry) -> list[BaseGeometry]:
    """Lines taken apart so that no piece spans more than about twelve degrees."""
    pieces: list[BaseGeometry] = []
    for part in shapely.get_parts(shapely.segmentize(lines, _CHUNK_DEG / 2)):
        points = shapely.get_coordinates(part)
        if len(points) == 1:
            pieces.append(Point(points[0]))
            continue
        start, (west, south) = 0, points[0].tolist()
        east, north = west, south
        for end, (lon, lat) in enumerate(points.tolist()):
            west, east, south, north = min(west, lon), max(east, lon), min(south, lat), max(north, lat)
            if end and (end == len(points) - 1 or east - west > _CHUNK_DEG or north - south > _CHUNK_DEG):
                pieces.append(LineString(points[start : end + 1]))
                start, west, east, south, north = end, lon, lon, lat, lat
    return pieces


def _buffer_piece(piece: BaseGeometry, km: float) -> BaseGeometry:
    flat_earth = _projection(*_middle(piece))
    flat = shapely.simplify(_project(piece, flat_earth), km * 10)  # a hundredth of the width
    return _unproject(shapely.buffer(flat, km * 1000, quad_segs=24), flat_earth)


def _middle(geometry: BaseGeometry) -> tuple[float, float]:
    """Mean of the vertices as vectors: a middle that knows neither antimeridian nor pole."""
    points = np.radians(shapely.get_coordinates(geometry))
    cosine = np.cos(points[:, 1])
    x, y, z = (
        (cosine * np.cos(points[:, 0])).mean(),
        (cosine * np.sin(points[:, 0])).mean(),
        np.sin(points[:, 1]).mean(),
    )
    return round(math.degrees(math.atan2(y, x)), 3), round(math.degrees(math.atan2(z, math.hypot(x, y))), 3)


def _project(geometry: BaseGeometry, flat: Azimuthal) -> BaseGeometry:
    return shapely.transform(geometry, lambda points: np.column_stack(flat(points[:, 0], points[:, 1])))


def _degrees(geometry: BaseGeometry, flat: Azimuthal) -> BaseGeometry:
    return shapely.transform(geometry, lambda points: np.column_stack(flat(points[:, 0], points[:, 1], inverse=True)))


def _unproject(flat: BaseGeometry, flat_earth: Azimuthal) -> BaseGeometry:
    """From a local projection back to degrees, cut at 180°."""
    parts: list[BaseGeometry] = []
    for part in shapely.get_parts(only(flat, "Polygon")):
        if part.area < _SPECK_M2:  # a sliver may come out turned round, and then be all the earth but itself
            continue
        dense = shapely.orient_polygons(shapely.segmentize(part, 50_000.0))
        outer = _degrees(dense.exterior, flat_earth)
        whole = closed(shapely.get_coordinates(outer))
        for hole in dense.interiors:
            whole = whole.difference(closed(shapely.get_coordinates(_degrees(hole, flat_earth))[::-1]))
        parts.append(whole)
    return shapely.union_all(parts) if len(parts) != 1 else parts[0]
