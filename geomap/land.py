"""Land and sea about a shape: what of it is water, and the outline of an island or a peninsula."""

from __future__ import annotations

from functools import lru_cache

import shapely
from shapely import STRtree
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.types import Record

LEAST_KM = 8.0
"""Islands and regions smaller than this have no outline on a map of 1 : 10 million."""
SLACK = 1.1
"""A region's circle is drawn so much wider before the land within it is cut out."""


class Land(Record, kw_only=True):
    """All land of the layer of countries, in parts that do not overlap, with an index of them."""

    parts: tuple[BaseGeometry, ...]
    index: STRtree


def wet(shape: BaseGeometry, layers: Layers) -> BaseGeometry:
    """The part of an area that is not land; empty when all of it is land."""
    pieces = [
        piece if (land := land_within(piece.bounds, layers)).is_empty else shapely.difference(piece, land)
        for piece in shapely.get_parts(shape if shape.is_valid else shapely.make_valid(shape))
    ]
    return geodesy.only_areas(shapely.geometrycollections(pieces))


def land_within(bounds: tuple[float, float, float, float], layers: Layers) -> BaseGeometry:
    """All land of the layer of countries within west, south, east, north in degrees; an empty point for none."""
    land = _land(layers)
    window = box(*bounds)
    near = [land.parts[number] for number in land.index.query(window, predicate="intersects")]
    pieces = shapely.get_parts(shapely.intersection(near, window))
    areas = pieces[shapely.get_type_id(pieces) == shapely.GeometryType.POLYGON]
    if not len(areas):
        return Point()
    united = shapely.coverage_union_all(areas)  # the parts share borders and do not overlap
    return united if united.is_valid else shapely.union_all(areas)


def outline(feature: str, layers: Layers) -> BaseGeometry | None:
    """The outline of a named island or region: the country's own part under its point; None when there is none.

    For what is smaller than its country's island (a peninsula, a province) it is that part of the land that lies within
    the circle which the layer gives.
    """
    row = layers.feature(feature).properties
    lon, lat, radius_km = row.get("lon"), row.get("lat"), row.get("radius_km") or 0.0
    if row.get("kind") not in ("island", "region") or lon is None or lat is None or radius_km < LEAST_KM:
        return None
    circle = geodesy.disc(lon, lat, radius_km * SLACK)
    country = f"countries/{row.get('country')}"
    land = layers.geometry(country) if layers.has(country) else land_within(circle.bounds, layers)
    if row["kind"] == "island":
        near = [part for part in shapely.get_parts(land) if part.intersects(circle)]
        holding = (part for part in near if part.covers(Point(lon, lat)))
        best = next(holding, None) or max(near, key=lambda part: part.intersection(circle).area, default=None)
        return best if best is not None and geodesy.share(best, circle) > 0.5 else None
    cut = geodesy.only_areas(land.intersection(circle))
    return None if cut.is_empty else cut


@lru_cache(maxsize=4)
def _land(layers: Layers) -> Land:
    parts = tuple(part for feature in layers.features("countries") for part in shapely.get_parts(feature.geometry))
    return Land(parts=parts, index=STRtree(parts))
