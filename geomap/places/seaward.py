"""Seas that a phrase means without naming them: the high seas, and the sea between two coasts."""

from __future__ import annotations

from functools import lru_cache

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.land import land_within
from geomap.patterns import regex
from geomap.places.shapes import derived, extent, feature_shape
from geomap.types import Shape

_FINE_KM, _LOOK_KM = 5.0, 25.0
_SOUTH, _NORTH = -78.0, 89.0
"""Latitudes between which there is sea."""
_ICE = -60.0
_GRID_DEG = 0.01
_THEIRS = 0.4
"""A sea between two lands has so much of its shore from them."""
_SHARPNESS = 4
"""How much more it counts that a sea is wholly theirs than that much of its shore is."""
_IS_STRAIT, _STRAIT = regex(r"\b(?:Strait|Channel|Passage)"), 0.05
"""A strait is 'the sea between' only where there is no sea."""
_SPECK = 0.05
"""Square degrees: what is smaller is a gap between two layers."""


@lru_cache(maxsize=2)
def high_seas(layers: Layers) -> Shape:
    """The sea outside all economic zones of the layer ``eez``."""
    zones = [geodesy.simplified(layers.geometry(f"eez/{row['key']}"), _FINE_KM) for row in layers.rows("eez")]
    rest = shapely.difference(box(-180, _SOUTH, 180, _NORTH), shapely.union_all(zones, grid_size=_GRID_DEG))
    # what no zone covers is land, or sea: only about Antarctica do the two meet
    rest = shapely.difference(rest, land_within((-180, _SOUTH, 180, _ICE), layers))
    parts = [part for part in shapely.get_parts(rest) if part.area > _SPECK and not _is_land(part, layers)]
    return derived(shapely.multipolygons(parts), "the sea outside all exclusive economic zones")


def _is_land(part: BaseGeometry, layers: Layers) -> bool:
    spot = part.representative_point()
    return bool(land_within((spot.x - 0.01, spot.y - 0.01, spot.x + 0.01, spot.y + 0.01), layers).covers(spot))


def sea_between(a: Shape, b: Shape, layers: Layers) -> Shape | None:
    """The named sea that lies between two lands: most of its shore is theirs.

    None when there is no such sea. Of several it is the one of which they have the larger part, and on which the land
    that has less of its shore has most.
    """
    shores = [_shore(of, layers) for of in (a, b)]
    if None in shores or "seas" not in layers:
        return None
    best, most = None, 0.0
    for feature in layers.features("seas"):
        near = feature.geometry
        if near is None or any(shapely.distance(near, shore) > 1.0 for shore in shores):
            continue
        if any(feature.id == held.feature for held in (a, b)):
            continue
        wide = geodesy.buffer(geodesy.simplified(near, _FINE_KM), _LOOK_KM)
        looks = [float(shapely.length(shapely.intersection(shore, wide))) for shore in shores]
        theirs = sum(looks) / max(_land_edge(near, layers), sum(looks))
        fit = min(looks) * theirs**_SHARPNESS * (_STRAIT if _IS_STRAIT.search(str(feature.properties["name"])) else 1.0)
        if theirs > _THEIRS and fit > most:
            best, most = feature.id, fit
    return feature_shape(best, layers) if best else None


def _land_edge(sea: BaseGeometry, layers: Layers) -> float:
    """Length of a sea's edge along land, in degrees."""
    edge = shapely.boundary(geodesy.simplified(sea, _FINE_KM))
    land = geodesy.buffer(geodesy.simplified(land_within(sea.bounds, layers), _FINE_KM), _LOOK_KM / 5)
    return float(shapely.length(shapely.intersection(edge, land)))


def _shore(of: Shape, layers: Layers) -> BaseGeometry | None:
    """The outline of a land, simplified."""
    key = (of.feature or "").rpartition("/")[2]
    if key and layers.has(f"coasts/{key}"):
        return geodesy.simplified(layers.geometry(f"coasts/{key}"), _FINE_KM)
    area = extent(of, layers)
    if area is None or not area.geom_type.endswith("Polygon"):
        return None
    return shapely.boundary(geodesy.simplified(area, _FINE_KM))
