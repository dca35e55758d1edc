"""The shape on the earth of what a notice defines, cut at 180° and closed over a pole that it goes round.

A straight edge of a nautical warning is straight on the charts of mariners, in Mercator's projection: a rhumb line. One
of an airspace is a geodesic, as airspace is exchanged (AIXM 5.1, ICAO Annex 15). Either gets further points where it
leaves the straight line in degrees by more than fifty metres.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Proj
from shapely import affinity
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy, seam
from geomap.notices.notice import Arc, Area, LonLat

NM_KM = 1.852
_OFF_DEG = 0.0005
_POLE_DEG = 89.9
_ARC_STEP_DEG = 2.0
_PROBES = 4
"""Steps from each point of an edge to the next one at which it is measured."""
_MOST = 500

Array = NDArray[np.float64]


def outline(area: Area) -> BaseGeometry | None:
    """Make the shape of an area; None when nothing of it can be drawn.

    What has too few sound corners for an area is a line or a point; one whose edges cross is drawn as printed.
    """
    if area.type == "circle":
        return _disc(area)
    if area.type == "sector":
        return _sector(area)
    if area.type == "corridor":
        return _corridor(area)
    vertices = list(area.vertices)
    if len(vertices) < 3 and not area.arcs:
        if len(set(vertices)) < 2:
            return Point(vertices[0]) if vertices else None
        return _line(vertices, area.edges)
    return _filled(_ring(area))


def crosses_itself(area: Area) -> LonLat | None:
    """Where the edges of an area cross or meet: longitude and latitude; None when they do not."""
    if area.type not in ("polygon", "arc") or len(area.vertices) < 4:
        return None
    points, turned = _unrolled(_ring(area))
    if turned or Polygon(points).is_valid:
        return None
    edges = LineString([*points, points[0]])
    knots = shapely.difference(MultiPoint(shapely.get_coordinates(shapely.node(edges))), MultiPoint(points))
    found = shapely.get_coordinates(knots if not knots.is_empty else edges.centroid)[0]
    return (float(found[0]) + 180) % 360 - 180, float(found[1])


def _disc(area: Area) -> BaseGeometry | None:
    if area.centre is None or not area.radius_nm or area.radius_nm * NM_KM >= geodesy.HALFWAY_KM:
        return None
    return geodesy.disc(*area.centre, area.radius_nm * NM_KM)


def _sector(area: Area) -> BaseGeometry | None:
    if area.centre is None or not area.radius_nm or area.bearing_from is None or area.bearing_to is None:
        return None
    span = (area.bearing_to - area.bearing_from) % 360
    middle = area.bearing_from + span / 2
    return geodesy.wedge(*area.centre, middle, span / 2, (area.inner_nm or 0) * NM_KM, area.radius_nm * NM_KM)


def _corridor(area: Area) -> BaseGeometry | None:
    if len(area.vertices) < 2:
        return Point(area.vertices[0]) if area.vertices else None
    line = _line(area.vertices, area.edges)
    return geodesy.buffer(line, area.half_width_nm * NM_KM) if area.half_width_nm else line


def _line(vertices: Sequence[LonLat], edges: str) -> BaseGeometry:
    points = [vertices[0]]
    for one, other in pairwise(vertices):
        points += [*_edge(one, other, edges), other]
    return seam.cut(np.array(points, dtype=float))


def _ring(area: Area) -> list[LonLat]:
    """All points of the edge of an area in order, the first not repeated."""
    vertices = area.vertices
    arcs = {(arc.start, arc.to): arc for arc in area.arcs}
    points: list[LonLat] = []
    for number, vertex in enumerate(vertices):
        after = (number + 1) % len(vertices)
        arc = arcs.get((number, after))
        points.append(vertex)
        points += _bow(arc, vertex, vertices[after]) if arc else _edge(vertex, vertices[after], area.edges)
    return points


def _edge(one: LonLat, other: LonLat, edges: str) -> list[LonLat]:
    """The points between two corners at which their edge leaves the straight line in degrees."""
    turn = (other[0] - one[0] + 180) % 360 - 180
    rise = other[1] - one[1]
    if max(abs(one[1]), abs(other[1])) > _POLE_DEG:
        return []
    between = _rhumb if edges == "rhumb" else _geodesic
    # what cuts an area at 180° takes a long leg for a great circle: none is left there
    count = math.floor(abs(turn)) if abs(one[0] + turn) > 180 else 0
    while True:
        fine = between(one, other, _PROBES * (count + 1) - 1)
        way = [(0.0, 0.0), *(((lon - one[0] + 180) % 360 - 180, lat - one[1]) for lon, lat in fine), (turn, rise)]
        if count > _MOST or _off(np.array(way)) <= _OFF_DEG:
            return fine[_PROBES - 1 :: _PROBES]
        count = 2 * count + 1


def _off(way: Array) -> float:
    """How far the probes of a line lie from the chords between each of its points and the next one, in degrees."""
    starts, chords = way[:-1:_PROBES], way[_PROBES::_PROBES] - way[:-1:_PROBES]
    length = np.maximum(np.hypot(chords[:, 0], chords[:, 1]), 1e-9)
    away = [way[number::_PROBES] - starts for number in range(1, _PROBES)]
    return float(max(np.max(np.abs(chords[:, 0] * one[:, 1] - chords[:, 1] * one[:, 0]) / length) for one in away))


def _rhumb(one: LonLat, other: LonLat, count: int) -> list[LonLat]:
    """Points at equal steps of longitude (of latitude on a meridian) on the rhumb line, by the ellipsoid's Mercator."""
    turn = (other[0] - one[0] + 180) % 360 - 180
    mercator = _mercator()
    _, heights = mercator([0.0, 0.0], [one[1], other[1]])
    shares = np.arange(1, count + 1) / (count + 1)
    _, lats = mercator(np.zeros(count), heights[0] + (heights[1] - heights[0]) * shares, inverse=True)
    lons = (one[0] + turn * shares + 180) % 360 - 180
    return [(float(lon), float(lat)) for lon, lat in zip(lons, lats, strict=True)]


def _geodesic(one: LonLat, other: LonLat, count: int) -> list[LonLat]:
    return [(float(lon), float(lat)) for lon, lat in geodesy.GEOD.npts(*one, *other, count)]


@cache
def _mercator() -> Proj:
    return Proj(proj="merc", ellps="WGS84")


def _bow(arc: Arc, start: LonLat, end: LonLat) -> list[LonLat]:
    """The points of an arc between its ends, every two degrees."""
    first, last = geodesy.bearing_deg(*arc.centre, *start), geodesy.bearing_deg(*arc.centre, *end)
    span = (last - first) % 360 if arc.clockwise else -((first - last) % 360)
    count = max(2, math.ceil(abs(span) / _ARC_STEP_DEG))
    km = arc.radius_nm * NM_KM
    return [
        ((found[0] + 180) % 360 - 180, found[1])
        for step in range(1, count)
        for found in (geodesy.destination(*arc.centre, first + span * step / count, km),)
    ]


def _unrolled(points: Sequence[LonLat]) -> tuple[Array, int]:
    """Points with longitudes that run on across 180°, and how often they go round a pole: 1 eastward, -1 westward."""
    around = np.array([*points, points[0]], dtype=float)
    around[:, 0] = np.unwrap(around[:, 0], period=360)
    return around[:-1], round((around[-1, 0] - around[0, 0]) / 360)


def _filled(points: Sequence[LonLat]) -> BaseGeometry:
    """The area inside a closed line: the smaller side, with the nearer pole when it goes round the earth."""
    around, turned = _unrolled(points)
    if turned:  # once round the earth, then along the nearer pole back to where it began
        pole = 90.0 if around[:, 1].mean() > 0 else -90.0
        west, east = around[0, 0], around[0, 0] + 360 * turned
        around = np.vstack([around, [(east, around[0, 1]), (east, pole), (west, pole)]])
    flat = Polygon(around)
    sound = shapely.orient_polygons(flat if flat.is_valid else seam.only(shapely.make_valid(flat), "Polygon"))
    if sound.is_empty:
        return LineString(around)
    west, _, east, _ = sound.bounds
    if west >= -180 and east <= 180:
        return sound
    parts = []
    for turn in range(math.floor((west + 180) / 360), math.ceil((east + 180) / 360)):
        piece = shapely.intersection(sound, box(360 * turn - 180, -90, 360 * turn + 180, 90))
        if not piece.is_empty:
            parts.append(affinity.translate(piece, -360 * turn))
    whole = shapely.make_valid(shapely.union_all(parts))  # slivers at the cut
    return shapely.orient_polygons(seam.only(whole, "Polygon"))
