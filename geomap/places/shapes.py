"""Shapes: from a feature, a place or a geometry, with the best point, the radius about it, and the words for it."""

from __future__ import annotations

import numpy as np
import shapely
from shapely.geometry import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geomap import geodesy, seam
from geomap.catalog import Layers
from geomap.errors import LayerNotFound
from geomap.types import Place, Shape

LARGE_KM = 60.0
"""Radius from which on distances are measured from the edge of a place, not from its middle."""
_OUTLINED_KM = LARGE_KM / 4
"""The same for islands and regions, which have outlines of their own."""
_PRINTED_KM = 1.0
PRINTED = "coordinates as printed"
"""The rule of a shape that is nothing but positions."""
_POINTS = (
    "north", "north-northeast", "north-east", "east-northeast", "east", "east-southeast", "south-east",
    "south-southeast", "south", "south-southwest", "south-west", "west-southwest", "west", "west-northwest",
    "north-west", "north-northwest",
)  # fmt: skip
_STEP_DEG = 22.5


def compass(bearing: float) -> str:
    """The word for a bearing in degrees that is a compass point; any other bearing as a number."""
    number, rest = divmod(bearing % 360, _STEP_DEG)
    return f"{bearing:g}°" if rest else _POINTS[int(number)]


def feature_shape(feature: str, layers: Layers) -> Shape:
    """The shape of a layer's feature: its own geometry, best point and radius in km.

    Raises
    ------
    LayerNotFound
        if there is no such feature, or it has no geometry
    """
    found = layers.feature(feature)
    row = found.properties
    if found.geometry is None:
        message = f"{feature} has no geometry"
        raise LayerNotFound(message)
    lon, lat, radius_km = row.get("lon"), row.get("lat"), row.get("radius_km")
    if lon is None or lat is None:
        lon, lat, radius_km = geodesy.enclosing(found.geometry)
    return Shape(
        geometry=found.geometry,
        lon=float(lon),
        lat=float(lat),
        radius_km=float(radius_km or 0.0),
        rule=str(row.get("name") or feature),
        feature=feature,
    )


def place_shape(place: Place, layers: Layers) -> Shape:
    """The shape of a place: that of its feature, its own geometry, or its point."""
    if place.feature:
        return feature_shape(place.feature, layers)
    geometry = place.geometry if place.geometry is not None else Point(place.lon, place.lat)
    return Shape(geometry=geometry, lon=place.lon, lat=place.lat, radius_km=place.radius_km, rule=place.name)


def derived(geometry: BaseGeometry, rule: str, best: tuple[float, float] | None = None) -> Shape:
    """A shape of any geometry, empty ones too.

    Parameters
    ----------
    rule : how it was made, in words
    best : longitude and latitude of the best point, if it is not the middle; the radius still holds all of the shape
    """
    if geometry.is_empty:
        return Shape(geometry=geometry, lon=0.0, lat=0.0, radius_km=0.0, rule=rule)
    if best is None:
        lon, lat, radius_km = geodesy.enclosing(geometry)
    else:
        lon, lat = best
        radius_km = geodesy.farthest_km(lon, lat, geometry)
    return Shape(geometry=geometry, lon=lon, lat=lat, radius_km=radius_km, rule=rule)


def printed(points: tuple[tuple[float, float], ...]) -> Shape:
    """The shape of printed positions (longitude, latitude): a point, or the corners of an area."""
    if len(points) == 1:
        lon, lat = points[0]
        return Shape(geometry=Point(lon, lat), lon=lon, lat=lat, radius_km=_PRINTED_KM, rule=PRINTED)
    if len(points) == 2:
        return derived(MultiPoint(points), PRINTED)
    # corners on both sides of 180° follow each other the short way round
    unrolled = np.column_stack([np.unwrap([lon for lon, _ in points], period=360), [lat for _, lat in points]])
    corners = shapely.orient_polygons(Polygon(unrolled))
    if corners.is_valid:
        # edges are straight in degrees, and those that cross 180° must not be bent to great circles there
        crosses = corners.bounds[0] < -180 or corners.bounds[2] > 180
        ring = shapely.get_coordinates(shapely.segmentize(corners, 0.5) if crosses else corners)
        ring[:, 0] = (ring[:, 0] + 180) % 360 - 180
        return derived(seam.closed(ring), "corners as printed")
    hull = MultiPoint(points).convex_hull
    return derived(hull, "hull of the coordinates as printed: as a line they cross themselves")


def extent(shape: Shape, layers: Layers) -> BaseGeometry | None:
    """The outline of what is large, from which distances are measured; None for what has only a middle."""
    if (shape.feature or "").startswith("regions/") and shape.radius_km < _OUTLINED_KM:
        return None
    if shape.geometry.geom_type.endswith(("Polygon", "LineString")):
        return shape.geometry
    return geodesy.disc(shape.lon, shape.lat, shape.radius_km) if shape.radius_km > LARGE_KM else None
