"""Parts of lands: 'eastern North Korea', 'the northern tip of Taiwan', 'central Israel', 'inland'."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.places.defaults import INLAND_KM
from geomap.places.shapes import compass, derived, extent
from geomap.types import Shape

_PART = 0.4
"""'Eastern' is so much of a country's extent."""
_FINE_KM, _COARSE_KM = 1.0, 2.0
_DETAIL = 500
"""A part of a country needs no more detail than this many times finer than its radius."""
_LINK_KM = 400.0
"""Islands no farther from each other or from the mainland belong to it."""
_LONG = 1.5
"""A land so much longer than wide has its middle along its length only."""
_SIDES = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}


def part(of: Shape, bearing_deg: float | None, share: float | None, layers: Layers) -> Shape:
    """The part of a place on one side.

    Parameters
    ----------
    bearing_deg : degrees clockwise from north; None for its interior
    share : how much of its extent that is; without a bearing, how much of it is left out on each side of the middle
    """
    area = extent(of, layers)
    if area is None or not area.geom_type.endswith("Polygon"):
        return of
    if bearing_deg is not None:
        plain = _plain(area, of)
        return derived(geodesy.side_of(plain, bearing_deg, share or _PART), f"{compass(bearing_deg)} of {of.rule}")
    if share is not None:
        return derived(_middle(_plain(area, of), share), f"middle of {of.rule}")
    coast = f"coasts/{(of.feature or '').rpartition('/')[2]}"
    if layers.has(coast):
        shore = geodesy.simplified(layers.geometry(coast), _COARSE_KM)
        area = geodesy.only_areas(area.difference(geodesy.buffer(shore, INLAND_KM)))
    return derived(area, f"inland {of.rule}: more than {INLAND_KM:.0f} km from the sea")


def _plain(area: BaseGeometry, of: Shape) -> BaseGeometry:
    """The outline of a land, simplified, without what lies far out: the Canaries are not what southern Spain means."""
    plain = geodesy.simplified(area, max(_FINE_KM, of.radius_km / _DETAIL))
    return mainland(plain, _LINK_KM) if plain.geom_type == "MultiPolygon" else plain


@lru_cache(maxsize=64)
def mainland(area: BaseGeometry, km: float) -> BaseGeometry:
    """The largest part of an area with all that is linked to it by gaps of at most km."""
    parts = shapely.get_parts(geodesy.flat(area))
    linked, reached = np.zeros(len(parts), dtype=bool), [int(np.argmax(shapely.area(parts)))]
    while reached:
        one = reached.pop()
        linked[one] = True
        near = np.flatnonzero(~linked & shapely.dwithin(parts, parts[one], km * 1000))
        linked[near] = True
        reached += near.tolist()
    kept: BaseGeometry = shapely.multipolygons(list(shapely.get_parts(area)[linked]))
    return kept


def _middle(area: BaseGeometry, share: float) -> BaseGeometry:
    """What is left of a land without so much of its extent on either side; of a long one, at either end."""
    west, south, east, north = geodesy.flat(area).bounds
    wide, high = east - west, north - south
    sides = ("north", "south") if high > _LONG * wide else ("east", "west") if wide > _LONG * high else tuple(_SIDES)
    outer = [geodesy.side_of(area, _SIDES[side], share) for side in sides]
    return geodesy.only_areas(area.difference(shapely.union_all(outer)))
