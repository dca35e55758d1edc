"""Land and sea about a shape: what of it is water, and what is land within a window."""

from __future__ import annotations

from functools import lru_cache

import shapely
from shapely import STRtree
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.memory import remembered
from geomap.types import Record


class Land(Record, kw_only=True):
    """All land of the layer of countries, in parts that do not overlap, with an index of them."""

    parts: tuple[BaseGeometry, ...]
    index: STRtree


@remembered(96)
def wet(shape: BaseGeometry, layers: Layers) -> BaseGeometry:
    """The part of an area that is not land; empty when all of it is land."""
    pieces = [
        piece if (land := land_within(piece.bounds, layers)).is_empty else shapely.difference(piece, land)
        for piece in shapely.get_parts(shape if shape.is_valid else shapely.make_valid(shape))
    ]
    return geodesy.only_areas(shapely.geometrycollections(pieces))


@lru_cache(maxsize=64)
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


@lru_cache(maxsize=4)
def _land(layers: Layers) -> Land:
    parts = tuple(part for feature in layers.features("countries") for part in shapely.get_parts(feature.geometry))
    return Land(parts=parts, index=STRtree(parts))
