"""Where it started and where it came down: the places of the text put together into locations with uncertainty."""

from __future__ import annotations

import math

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.types import Amount, Bearing, Location, Mention

_SIMPLER_KM = 0.5
_POINT_KM = 0.5
"""A place more exact than this is a point."""
VAGUE_KM = 60.0
"""A place of impact less exact than this is made sharper by the distance flown."""
STARTED_KM = 100.0
"""A launch place more exact than this gives the direction of flight a meaning."""
_LEAST_KM2 = 1.0
_FARTHEST_KM = 12_000.0
"""Nothing has been flown farther to one side than that."""
_WIDEST_DEG, _NARROWEST_DEG = 80.0, 10.0
_SHORTEST_KM, _LEAST_TRACK_KM = 10.0, 50.0


def location_of(mention: Mention, layers: Layers) -> Location:
    """The location that one mention gives."""
    assert mention.place is not None
    place = mention.place
    geometry = place.geometry
    if geometry is None and place.feature:
        geometry = layers.feature(place.feature).geometry
    if geometry is None or geometry.geom_type == "Point":
        exact = place.radius_km <= _POINT_KM
        geometry = Point(place.lon, place.lat) if exact else geodesy.disc(place.lon, place.lat, place.radius_km)
    return Location(
        mention=mention.id,
        text=" ".join(mention.text.split()),
        lon=place.lon,
        lat=place.lat,
        radius_km=place.radius_km,
        feature=place.feature,
        geometry=geodesy.simplified(geometry, _SIMPLER_KM),
        rule=f"{place.name} ({place.source})" if place.feature else place.name,
        why=mention.why,
    )


def track_of(launch: Location | None, impact: Location | None) -> BaseGeometry | None:
    """The great circle from launch to impact, when both are known to better than half of their distance."""
    if launch is None or impact is None:
        return None
    length_km = geodesy.distance_km(launch.lon, launch.lat, impact.lon, impact.lat)
    if length_km < _SHORTEST_KM or launch.radius_km + impact.radius_km > max(length_km, _LEAST_TRACK_KM):
        return None
    return geodesy.great_circle(launch.lon, launch.lat, impact.lon, impact.lat)


def flown(launch: Location, distance: Amount, bearing: Bearing | None) -> tuple[str, BaseGeometry | None]:
    """What lies as far from the launch place as was flown: the words, and the shape, None when none is on earth."""
    low_km, high_km = max(0.0, distance.low - launch.radius_km), distance.high + launch.radius_km
    said = f"{distance.value:.0f} km from {launch.text}"
    if not 0 < high_km < geodesy.HALFWAY_KM:
        return said, None
    if bearing is None or launch.radius_km >= STARTED_KM:
        return said, geodesy.annulus(launch.lon, launch.lat, low_km, high_km)
    half = ((bearing.high - bearing.low) % 360) / 2
    if launch.radius_km:
        half += math.degrees(math.atan2(launch.radius_km, distance.value))
    arc = geodesy.wedge(launch.lon, launch.lat, bearing.value, half, low_km, high_km)
    return f"{said}, {bearing.said}", arc


def headed(launch: Location, bearing: Bearing) -> tuple[str, BaseGeometry | None]:
    """What lies to one side of the launch place, as far as a missile may fly: the words, and the shape."""
    said = f"{bearing.said} of {launch.text}"
    if launch.radius_km >= STARTED_KM:
        return said, None
    half = min(_WIDEST_DEG, ((bearing.high - bearing.low) % 360) / 2)
    lon, lat = launch.lon, launch.lat
    if launch.radius_km:  # so far back that the wedges from all of the launch place lie within this one
        back_km = launch.radius_km / math.sin(math.radians(max(half, _NARROWEST_DEG)))
        lon, lat = geodesy.destination(lon, lat, bearing.value + 180, back_km)
    return said, geodesy.wedge(lon, lat, bearing.value, half, 0.0, _FARTHEST_KM)


def common(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry | None:
    """The area that two shapes share; None when they do not meet."""
    both = geodesy.only_areas(shapely.intersection(geodesy.sound(a), geodesy.sound(b)))
    return None if both.is_empty or geodesy.area_km2(both) < _LEAST_KM2 else both
