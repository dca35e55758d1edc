"""Coasts and what lies off them: 'its east coast', 'off Sinpo', 'the territorial waters of Japan'."""

from __future__ import annotations

import msgspec
import shapely
from shapely.geometry import Point
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
_SHARED = 0.1
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
    country = key if layers.has(f"coasts/{key}") else _country_of(of, layers)
    if not layers.has(f"coasts/{country}"):
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
    whole = f"coasts/{country}{side}"
    if layers.has(whole):  # the country's own coast on that side, as far as it belongs to the place
        shared = shapely.intersection(layers.geometry(whole), near)
        if geodesy.GEOD.geometry_length(shared) > _SHARED * geodesy.GEOD.geometry_length(shore):
            return derived(shared, f"{compass(bearing_deg)} coast of {of.rule}")
    facing = geodesy.wedge(of.lon, of.lat, bearing_deg, _FACING_DEG, 0, _FARTHEST_KM)
    return derived(shapely.intersection(shore, facing), f"{compass(bearing_deg)} coast of {of.rule}")


def offshore(of: Shape, distance: Amount | None, towards_deg: float | None, layers: Layers) -> Shape:
    """The sea off a place or coast.

    Parameters
    ----------
    distance : how far out, in km; the default when the text does not say
    towards_deg : the side that the coast faces, degrees clockwise from north
    """
    area = extent(of, layers)
    country = (of.feature or "").removeprefix("countries/")
    if country != of.feature and layers.has(f"coasts/{country}"):
        of = feature_shape(f"coasts/{country}", layers)
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
        return derived(sea, rule)
    facing = _facing(sea, coast, towards_deg, km)
    best = geodesy.destination(coast.lon, coast.lat, towards_deg, min(km, OFFSHORE_BEST_KM))
    return derived(facing, rule, best if facing.covers(Point(*best)) else None)


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
