"""Land and sea about a shape: what of it is water, and what is land within a window."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

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
    whole = shape if shape.is_valid else shapely.make_valid(shape)
    return geodesy.only_areas(shapely.geometrycollections([_wet(piece, layers) for piece in shapely.get_parts(whole)]))


def _wet(piece: BaseGeometry, layers: Layers) -> BaseGeometry:
    index = _land(layers).index
    return without(piece, list(index.geometries[index.query(piece, predicate="intersects")]))


def without(piece: BaseGeometry, parts: Sequence[BaseGeometry]) -> BaseGeometry:
    """What is left of an area without some polygons, all taken away at once; that is quick when they do not overlap."""
    if not parts:
        return piece
    land: Any = shapely.multipolygons(parts)
    try:
        left = shapely.difference(piece, land)
    except shapely.GEOSException:  # they overlap
        left = None
    return left if left is not None and left.is_valid else shapely.difference(piece, shapely.union_all(parts))


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
