"""Coasts and what lies off them: 'its east coast', 'off Sinpo', 'the territorial waters of Japan'."""

from __future__ import annotations

import msgspec
import numpy as np
import shapely
from shapely.geometry import MultiLineString, Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.land import wet
from geomap.places.defaults import OFF_TOWN_KM, OFFSHORE_BEST_KM, OFFSHORE_KM
from geomap.places.shapes import LARGE_KM, compass, derived, extent, feature_shape
from geomap.quantities import KM_PER_UNIT
from geomap.types import Amount, Shape

_SIDES = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
_FACING_DEG = 67.5
_SHORE_KM, _LEAST_KM, _FARTHEST_KM = 3.0, 30.0, 2500.0
_PIECE_DEG, _STEP_KM = 0.1, 6.0
"""A shore is looked at in such pieces, and from so far out, beyond its own bends."""
_COARSE_KM = 2.0
"""Coasts are simplified by so much before a wide band is drawn about them."""


def coast_side(of: Shape, bearing_deg: float | None, layers: Layers) -> Shape:
    """The shoreline of a place that faces a side (degrees clockwise from north); all of it when that is None.

    Raises
    ------
    InputError
        if no coast is known for the place
    """
    key = (of.feature or "").rpartition("/")[2]
    side = "" if bearing_deg is None else f"-{_SIDES[round(bearing_deg / 45) % 8]}"
    if key and layers.has(f"coasts/{key}{side}"):
        return feature_shape(f"coasts/{key}{side}", layers)
    country = key if key and layers.has(f"coasts/{key}") else _country_of(of, layers)
    if country is None or not layers.has(f"coasts/{country}"):
        message = f"no coast is known for {of.rule}"
        raise InputError(message)
    area = extent(of, layers)
    if area is None:
        near = geodesy.disc(of.lon, of.lat, max(of.radius_km, _LEAST_KM))
    else:
        near = geodesy.buffer(area, _SHORE_KM)
    shore = shapely.intersection(layers.geometry(f"coasts/{country}"), near)
    if bearing_deg is None:
        return derived(shore, f"coast of {of.rule}")
    rule = f"{compass(bearing_deg)} coast of {of.rule}"
    if area is None:
        half = geodesy.wedge(of.lon, of.lat, bearing_deg, _FACING_DEG, 0, _FARTHEST_KM)
        return derived(shapely.intersection(shore, half), rule)
    return derived(_shore_facing(shore, area, bearing_deg, min(2 * of.radius_km, _FARTHEST_KM)), rule)


def _shore_facing(shore: BaseGeometry, land: BaseGeometry, bearing_deg: float, km: float) -> BaseGeometry:
    """The pieces of a shoreline from which none of the land lies within so many km along a bearing in degrees."""
    lines = shapely.get_parts(shapely.segmentize(shore, _PIECE_DEG))
    ends, part = shapely.get_coordinates(lines, return_index=True)
    pieces = np.stack([ends[:-1], ends[1:]], axis=1)[part[:-1] == part[1:]]
    middles, towards = pieces.mean(axis=1), np.full(len(pieces), bearing_deg)
    near, far = (
        np.column_stack(geodesy.GEOD.fwd(middles[:, 0], middles[:, 1], towards, np.full(len(pieces), m))[:2])
        for m in (_STEP_KM * 1000, km * 1000)
    )
    flat = geodesy.simplified(land, _COARSE_KM)
    shapely.prepare(flat)
    clear = ~shapely.intersects(flat, shapely.linestrings(np.stack([near, far], axis=1)))
    return shapely.line_merge(MultiLineString(list(pieces[clear])))


def offshore(of: Shape, distance: Amount | None, towards_deg: float | None, layers: Layers) -> Shape:
    """The sea off a place or coast.

    Parameters
    ----------
    distance : how far out, in km; the default when the text does not say
    towards_deg : the side that the coast faces, degrees clockwise from north
    """
    area = extent(of, layers)
    layer, _, key = (of.feature or "").partition("/")
    if layer == "countries" and layers.has(f"coasts/{key}"):
        of = feature_shape(f"coasts/{key}", layers)
    elif area is None or (area.geom_type.endswith("Polygon") and of.radius_km <= LARGE_KM):
        km = (distance.high if distance else OFF_TOWN_KM) + of.radius_km
        return derived(wet(geodesy.disc(of.lon, of.lat, km), layers), f"sea within {km:.0f} km of {of.rule}")
    else:
        of = msgspec.structs.replace(of, geometry=area)
    km = distance.high if distance else OFFSHORE_KM
    if of.geometry.geom_type.endswith("Polygon"):
        return derived(wet(geodesy.buffer(of.geometry, km), layers), f"sea within {km:.0f} km of {of.rule}")
    return _off_coast(of, km, towards_deg, layers)


def _off_coast(coast: Shape, km: float, towards_deg: float | None, layers: Layers) -> Shape:
    rule = f"sea within {km:.0f} km of the {coast.rule}"
    sea = wet(geodesy.buffer(geodesy.simplified(coast.geometry, _COARSE_KM), km), layers)
    if towards_deg is None:
        return derived(sea, rule, _before(coast, sea, km))
    facing = _facing(sea, coast, towards_deg, km)
    best = geodesy.destination(coast.lon, coast.lat, towards_deg, min(km, OFFSHORE_BEST_KM))
    return derived(facing, rule, best if facing.covers(Point(*best)) else None)


def _before(coast: Shape, sea: BaseGeometry, km: float) -> tuple[float, float] | None:
    """A point before the middle of a coast, toward the middle of its sea; None when it would lie on land."""
    if sea.is_empty:
        return None
    lon, lat, _ = geodesy.enclosing(sea)
    away_km = geodesy.distance_km(coast.lon, coast.lat, lon, lat)
    bearing = geodesy.bearing_deg(coast.lon, coast.lat, lon, lat)
    best = geodesy.destination(coast.lon, coast.lat, bearing, min(away_km / 2, km / 2, OFFSHORE_BEST_KM))
    return best if sea.covers(Point(*best)) else None


def _facing(sea: BaseGeometry, coast: Shape, towards_deg: float, km: float) -> BaseGeometry:
    """The part of a sea that lies before a coast on one side, not round the corner behind it."""
    band = geodesy.beyond_line(geodesy.simplified(coast.geometry, 5.0), towards_deg, km * 1.5)
    facing = geodesy.only_areas(sea.intersection(band))
    return facing if not facing.is_empty else sea


def belt(country: str, miles: float, layers: Layers) -> Shape:
    """The sea within so many nautical miles of a country's coast (ISO 3166-1 alpha-3).

    Raises
    ------
    LayerNotFound
        if the country has no coast
    """
    shore = feature_shape(f"coasts/{country}", layers)
    wide = geodesy.buffer(geodesy.simplified(shore.geometry, 1.0), miles * KM_PER_UNIT["nautical mile"])
    return derived(wet(wide, layers), f"within {miles:g} nautical miles of the {shore.rule}")


def _country_of(shape: Shape, layers: Layers) -> str | None:
    return layers.feature(shape.feature).properties.get("country") or None if shape.feature else None
