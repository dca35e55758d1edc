"""Geometries as Google Earth draws them well: cut at 180° without a seam, and rings about half the globe as lines.

Google Earth joins the corners of a line by great circles, and the edges of our shapes are straight in degrees: long
edges get corners in between. It fills a polygon wrongly that is wider than a good part of the globe or holds a pole.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import shapely
from lxml import etree
from shapely.geometry import GeometryCollection, LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geomap.geodesy import area_km2
from geomap.seam import without_seam
from geomap.style import FILL_LIMIT_KM
from geomap.tabular import DECIMALS

KML = "http://www.opengis.net/kml/2.2"

WIDE_KM2 = math.pi * FILL_LIMIT_KM**2 / 2
"""Areas larger than this, in km², are drawn as outlines."""

_LONGEST_EDGE_DEG = 1.0
_EARTH_M = 6_371_000.0
_NEAREST_M, _FARTHEST_M = 150_000.0, 12_000_000.0


class Sight(NamedTuple):
    """Where to look from: the middle in degrees, and the distance from it in metres."""

    lon: float
    lat: float
    metres: float


def drawn(shape: BaseGeometry, *, as_lines: bool = False) -> tuple[BaseGeometry, bool]:
    """What Google Earth is given of a geometry, and whether its polygons have their outline beside them as a line.

    Parameters
    ----------
    as_lines : a polygon as its outline, however large it is
    """
    dense = shapely.segmentize(shape, _LONGEST_EDGE_DEG)
    if not isinstance(shape, (Polygon, MultiPolygon)):
        return dense, False
    west, south, east, north = shape.bounds
    if as_lines or area_km2(shape) > WIDE_KM2 or south <= -90 or north >= 90:
        return without_seam(dense.boundary), False
    if west > -180 and east < 180:
        return dense, False
    return GeometryCollection([*shapely.get_parts(dense), *shapely.get_parts(without_seam(dense.boundary))]), True


def element(shape: BaseGeometry) -> etree._Element:
    """A geometry as an element of KML; what has several parts is a MultiGeometry."""
    if isinstance(shape, Point):
        made = etree.Element(f"{{{KML}}}Point")
        _coordinates(made, shape)
    elif isinstance(shape, LineString):
        made = _clamped("LineString")
        _coordinates(made, shape)
    elif isinstance(shape, Polygon):
        made = _clamped("Polygon")
        for name, ring in (("outer", shape.exterior), *(("inner", ring) for ring in shape.interiors)):
            boundary = etree.SubElement(made, f"{{{KML}}}{name}BoundaryIs")
            _coordinates(etree.SubElement(boundary, f"{{{KML}}}LinearRing"), ring)
    else:
        made = etree.Element(f"{{{KML}}}MultiGeometry")
        made.extend(element(part) for part in shapely.get_parts(shape))
    return made


def _clamped(name: str) -> etree._Element:
    made = etree.Element(f"{{{KML}}}{name}")
    etree.SubElement(made, f"{{{KML}}}tessellate").text = "1"  # it follows the ground and the curve of the earth
    return made


def _coordinates(parent: etree._Element, shape: BaseGeometry) -> None:
    points = shapely.get_coordinates(shape)
    text = " ".join(f"{number(lon)},{number(lat)}" for lon, lat in points.tolist())
    etree.SubElement(parent, f"{{{KML}}}coordinates").text = text


def number(value: float) -> str:
    """A number of degrees without zeros that say nothing."""
    text = f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def sight(shape: BaseGeometry) -> Sight:
    """From where a geometry is seen whole, also across 180° and over a pole."""
    lons, lats = np.radians(shapely.get_coordinates(shape)).T
    points = np.column_stack([np.cos(lats) * np.cos(lons), np.cos(lats) * np.sin(lons), np.sin(lats)])
    middle = points.mean(axis=0)
    length = float(np.linalg.norm(middle))
    middle = middle / length if length > 1e-6 else points[0]
    reach = float(np.arccos(np.clip(points @ middle, -1, 1)).max()) * _EARTH_M
    lon, lat = math.degrees(math.atan2(middle[1], middle[0])), math.degrees(math.asin(np.clip(middle[2], -1, 1)))
    return Sight(lon, lat, min(_FARTHEST_M, max(_NEAREST_M, 2.6 * reach)))
