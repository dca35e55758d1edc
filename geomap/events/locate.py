"""Where it started and where it came down: the places of the text put together into locations with uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

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
LEAST_SHARE = 0.05
"""Of a vague area: if less than that lies as far off as was flown, the two do not really meet."""
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


def impact_of(
    mentions: Sequence[Mention],
    launch: Location | None,
    distance: Amount | None,
    bearing: Bearing | None,
    layers: Layers,
    *,
    several: bool,
) -> tuple[list[Location], list[str]]:
    """Put all that is said of an impact together.

    Parameters
    ----------
    mentions : the places that the text gives for it, the sharpest first
    launch : where it started, when the text says so
    distance : how far it flew, in km
    several : whether more than one thing may have come down, so that places that do not meet are places apart

    Returns
    -------
    tuple
        the locations (none when the text gives no place, several when it gives places that do not meet), and what
        contradicted the rest and was left out
    """
    if not mentions:
        return [], []
    first = mentions[0]
    best = location_of(first, layers)
    geometry, rules, used = best.geometry, [best.rule], [first]
    apart, conflicts = [], []
    for mention in mentions[1:]:
        other = location_of(mention, layers)
        two_seas = _is_sea(first) and _is_sea(mention)
        both = None if two_seas else common(geometry, other.geometry)
        if both is not None:
            geometry = both
            rules.append(other.rule)
            used.append(mention)
        elif several or two_seas:
            apart.append(other)
        elif mention.expression is not None:
            conflicts.append(f"{mention.text!r} does not meet {first.text!r}: left out of the impact zone")
    if launch is not None and distance is not None and best.radius_km > VAGUE_KM:
        said, arc = flown(launch, distance, bearing)
        both = common(geometry, arc) if arc is not None else None
        if both is not None and geodesy.area_km2(both) > LEAST_SHARE * geodesy.area_km2(geometry):
            geometry = both
            rules.append(said)
        else:
            conflicts.append(f"{said} hardly meets {best.text!r}: left out of the impact zone")
    if geometry is best.geometry:
        return [best, *apart], conflicts
    return [_joint(geometry, used, rules), *apart], conflicts


def track_of(launch: Location | None, impact: Location | None) -> BaseGeometry | None:
    """The great circle from launch to impact, when both are known to better than half of their distance."""
    if launch is None or impact is None:
        return None
    length_km = geodesy.distance_km(launch.lon, launch.lat, impact.lon, impact.lat)
    if length_km < _SHORTEST_KM or launch.radius_km + impact.radius_km > max(length_km, _LEAST_TRACK_KM):
        return None
    return geodesy.great_circle(launch.lon, launch.lat, impact.lon, impact.lat)


def _is_sea(mention: Mention) -> bool:
    """Whether a mention is a sea by its name, of which nothing lies in two."""
    return mention.expression is None and mention.kind == "sea"


def flown(launch: Location, distance: Amount, bearing: Bearing | None) -> tuple[str, BaseGeometry | None]:
    """What lies as far from the launch place as was flown: the words, and the shape, None when none is on earth."""
    low_km, high_km = max(0.0, distance.low - launch.radius_km), distance.high + launch.radius_km
    said = f"{distance.value:.0f} km from {launch.text}"
    if not 0 < high_km < geodesy.HALFWAY_KM:
        return said, None
    if bearing is None or launch.radius_km >= STARTED_KM:
        return said, geodesy.annulus(launch.lon, launch.lat, low_km, high_km)
    half = ((bearing.high - bearing.low) % 360) / 2
    arc = geodesy.wedge(launch.lon, launch.lat, bearing.value, half, low_km, high_km)
    return f"{said}, {bearing.said}", arc


def _joint(geometry: BaseGeometry, used: Sequence[Mention], rules: Sequence[str]) -> Location:
    """One location from what several words of the text have in common."""
    lon, lat, radius_km = geodesy.enclosing(geometry)
    return Location(
        mention=used[0].id if len(used) == 1 else None,
        text="; ".join(dict.fromkeys(" ".join(mention.text.split()) for mention in used)),
        lon=round(lon, 5),
        lat=round(lat, 5),
        radius_km=round(radius_km, 1),
        geometry=geodesy.simplified(geometry, _SIMPLER_KM),
        rule="; ".join(rules),
        why="what several words of the text have in common: " + "; ".join(rules),
    )


def common(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry | None:
    """The area that two shapes share; None when they do not meet."""
    both = geodesy.only_areas(shapely.intersection(shapely.make_valid(a), shapely.make_valid(b)))
    return None if both.is_empty or geodesy.area_km2(both) < _LEAST_KM2 else both
