"""Closed lines on the globe, one or many at once, as polygons: cut at 180°, closed over the poles.

A loop runs counter-clockwise about its polygon. The winding is taken as it is and never "fixed": a loop that runs
clockwise is the edge of all the earth but what it goes round. Degrees, longitude first.
"""

from __future__ import annotations

import warnings
from typing import Any, NamedTuple

import antimeridian
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import MultiLineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

_DENSE = 30
"""So many vertices tell enough of a loop without those on the seam."""
_SEAM_DEG, _BESIDE_SEAM_DEG = 1e-9, 2e-7
_SAME_DEG = 1e-8
_DECIMALS = 7
WORLD = box(-180, -90, 180, 90)

Array = NDArray[np.float64]
Numbers = NDArray[np.intp]
Flags = NDArray[np.bool_]
Geometries = NDArray[np.object_]


def closed(points: Array) -> BaseGeometry:
    """Make a polygon from a loop of (n, 2) degrees, as `areas` does from many."""
    found: BaseGeometry = areas(points[None])[0]
    return found


def areas(loops: Array) -> Geometries:
    """Make a polygon from each of many loops.

    Parameters
    ----------
    loops : (number, vertices, 2) degrees, the last vertex of each as the first
    """
    lons = loops[:, :, 0]
    inside = np.abs(lons) < 180 - _SEAM_DEG
    plain = inside.all(axis=1) & (np.abs(np.diff(lons, axis=1)).max(axis=1) < 180)
    if plain.all():
        return _plain(loops)
    found = np.empty(len(loops), dtype=object)
    found[plain] = _plain(loops[plain])
    others = np.flatnonzero(~plain)
    few = inside[others].sum(axis=1) <= _DENSE
    kept = inside[others, :-1] | few[:, None]  # a vertex on the seam is on both of its sides, and the loop needs none
    parted, able = _parted(loops[others, :-1], kept)
    found[others[able]] = _within_world(parted)
    for number in others[~able]:
        found[number] = _one(loops[number])
    return found


def _plain(loops: Array) -> Geometries:
    """Polygons from loops that do not come near 180°."""
    polygons = np.asarray(shapely.polygons(loops), dtype=object)
    winding = shapely.is_ccw(shapely.get_exterior_ring(polygons))
    for number in np.flatnonzero(~shapely.is_valid(polygons)):
        polygons[number] = only(shapely.make_valid(polygons[number]), "Polygon")
    # a clockwise line that crosses no seam is the edge of what is left: all the earth but that
    for number in np.flatnonzero(~winding):
        polygons[number] = WORLD.difference(polygons[number])
    return polygons


def _within_world(parted: Geometries) -> Geometries:
    """Repair what was parted, and keep the polygons."""
    broken = ~shapely.is_valid(parted)
    parted[broken] = shapely.make_valid(parted[broken])
    found: Geometries = shapely.intersection(parted, WORLD)
    mixed = shapely.get_type_id(found) == shapely.GeometryType.GEOMETRYCOLLECTION
    for number in np.flatnonzero(mixed | shapely.is_empty(found)):
        found[number] = only(found[number], "Polygon")
    return found


def _one(points: Array) -> BaseGeometry:
    """Make a polygon from any loop: one that crosses 180° more than twice, touches a pole or is very small."""
    inside = np.abs(points[:, 0]) < 180 - _SEAM_DEG
    if _DENSE < inside.sum() < len(points):
        points = np.vstack([points[inside], points[inside][:1]])
    if np.abs(np.diff(points[:, 0])).max() < 180:
        found: BaseGeometry = _plain(points[None])[0]
        return found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        fixed = antimeridian.fix_polygon(Polygon(points), fix_winding=False)
    cut = shapely.intersection(shapely.make_valid(fixed), WORLD)
    return only(cut, "Polygon")


# -------------------------------------------------------------------------------------- what crosses 180° once or twice


class _Pieces(NamedTuple):
    """What the crossings of 180° leave of some loops, each loop from just behind its first crossing on.

    Parameters
    ----------
    points : those of all pieces, one piece after the other
    home : the loop of each piece
    begin, end : its first and its last point
    side : -1 or 1, that of 180° on which it ends
    lat_in, lat_out : where it enters and where it leaves, in degrees
    """

    points: Array
    home: Numbers
    begin: Numbers
    end: Numbers
    side: NDArray[np.int8]
    lat_in: Array
    lat_out: Array


def _parted(loops: Array, kept: Flags) -> tuple[Geometries, Flags]:
    """Part loops at 180°: those that cross it once go about a pole, those that cross it twice about both or none.

    Parameters
    ----------
    loops : (number, vertices, 2), without the last vertex
    kept : which of the vertices count

    Returns
    -------
    tuple
        the areas of the loops that could be parted, and which those are
    """
    home, points = np.repeat(np.arange(len(loops)), kept.sum(axis=1)), loops[kept]
    points[:, 0] = (points[:, 0] + 180) % 360 - 180
    steps = points[_next(home)] - points
    odd = (np.abs(points) > (180 - _BESIDE_SEAM_DEG, 90 - _SEAM_DEG)).any(axis=1)
    odd |= (np.abs(steps) < _SAME_DEG).all(axis=1)
    crossings = np.bincount(home[np.abs(steps[:, 0]) > 180], minlength=len(loops))
    able = (crossings > 0) & (crossings < 3) & (np.bincount(home[odd], minlength=len(loops)) == 0)
    some = able[home]
    pieces = _pieces(points[some], (np.cumsum(able) - 1)[home[some]], np.abs(steps[some, 0]) > 180)
    found, sound = _joined(pieces, crossings[able])
    able[able] = sound
    return found[sound], able


def _next(home: Numbers) -> Numbers:
    """The vertex that follows each one of its loop."""
    following = np.arange(1, len(home) + 1)
    first = np.flatnonzero(np.diff(home, prepend=-1))
    following[np.append(first[1:], len(home))[: len(first)] - 1] = first
    return following


def _pieces(points: Array, home: Numbers, crossing: Flags) -> _Pieces:
    """Turn each loop so that it begins behind a crossing, and take it apart.

    Parameters
    ----------
    crossing : whether 180° lies between a vertex and the next one
    """
    counts = np.bincount(home)
    start, ends = np.cumsum(counts) - counts, np.flatnonzero(crossing)
    behind = ends[np.flatnonzero(np.diff(home[ends], prepend=-1))] + 1
    turned = start[home] + (np.arange(len(home)) + (behind - 2 * start)[home]) % counts[home]
    points, end = points[turned], np.flatnonzero(crossing[turned])
    begin = np.append(0, end[:-1] + 1)[: len(end)]
    after = _next(home[end])
    lat_out = _crossing_lats(points[end], points[begin[after]])
    side = np.sign(points[end, 0]).astype(np.int8)
    lat_in = lat_out[after]  # of two pieces each one follows the other
    return _Pieces(points, home[end], begin, end, side, lat_in, lat_out)


def _crossing_lats(ones: Array, others: Array) -> Array:
    """Latitudes at which great circles between points on either side of 180° cross it, to a centimetre."""
    swap = ones[:, 0] > 0
    x1, y1, z1 = _directions(np.where(swap[:, None], others, ones))
    x2, y2, z2 = _directions(np.where(swap[:, None], ones, others))
    across, along = y1 * z2 - z1 * y2, x1 * y2 - y1 * x2
    lats: Array = np.degrees(np.arcsin(-across / np.hypot(across, along)))
    return lats.round(_DECIMALS)


def _directions(points: Array) -> tuple[Array, Array, Array]:
    lons, lats = np.radians(points).T
    return np.cos(lons) * np.cos(lats), np.sin(lons) * np.cos(lats), np.sin(lats)


def _joined(pieces: _Pieces, crossings: Numbers) -> tuple[Geometries, Flags]:
    """Polygons from pieces: closed along 180°, or over the pole on whose side a piece ends.

    Parameters
    ----------
    crossings : of each loop, 1 or 2

    Returns
    -------
    tuple
        the polygon of each loop, and whether its pieces fit together
    """
    home, single = pieces.home, crossings[pieces.home] == 1
    over = single | (np.sign(pieces.lat_in - pieces.lat_out) != pieces.side)
    fits = np.bincount(home, weights=over & ~single) != 1  # over both poles or over none
    fits &= (crossings == 1) | (np.bincount(home, weights=pieces.side) == 0)
    # over both poles two pieces make one polygon
    polygon = np.cumsum((np.diff(home, prepend=-1) != 0) | ~over) - 1
    points, owners = _lines(pieces, single, over, polygon)
    polygons = np.asarray(shapely.polygons(shapely.linearrings(points, indices=owners)), dtype=object)
    found = np.empty(len(crossings), dtype=object)
    found[home] = polygons[polygon]
    halves = polygon[~over & fits[home]].reshape(-1, 2)[:, ::-1]
    found[home[~over & fits[home]][::2]] = shapely.multipolygons(polygons[halves])
    return found, fits


def _lines(pieces: _Pieces, single: Flags, over: Flags, polygon: Numbers) -> tuple[Array, Numbers]:
    """Vertices of the polygons, and of which polygon each is: a piece, its ends on 180°, and the corners at a pole."""
    counts = pieces.end - pieces.begin + 1
    lengths = counts + 2 + 2 * over
    begin = np.cumsum(lengths) - lengths
    last, east = begin + counts + 1, 180.0 * pieces.side
    points = np.empty((lengths.sum(), 2))
    points[np.arange(len(pieces.points)) + np.repeat(begin + 1 - pieces.begin, counts)] = pieces.points
    points[begin] = np.column_stack([np.where(single, -east, east), pieces.lat_in])
    points[last] = np.column_stack([east, pieces.lat_out])
    points[last[over] + 1] = np.column_stack([east, east / 2])[over]
    points[last[over] + 2] = np.column_stack([-east, east / 2])[over]
    return points, np.repeat(polygon, lengths)


def only(geometry: BaseGeometry, kind: str) -> BaseGeometry:
    """Keep the polygons (kind ``Polygon``) or the lines (``LineString``) of a geometry, however deep they lie in it."""
    parts = [part for part in _flattened(geometry) if part.geom_type == kind and not part.is_empty]
    if len(parts) == 1:
        return parts[0]
    if not parts:
        return MultiPolygon() if kind == "Polygon" else MultiLineString()
    joined: Any = shapely.multipolygons(parts) if kind == "Polygon" else shapely.multilinestrings(parts)
    geometry = joined
    return geometry


def _flattened(geometry: BaseGeometry) -> list[BaseGeometry]:
    if hasattr(geometry, "geoms"):
        return [leaf for part in geometry.geoms for leaf in _flattened(part)]
    return [geometry]
