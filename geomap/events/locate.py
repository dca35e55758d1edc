"""Where it started and where it came down: the places of the text put together into locations with uncertainty."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.types import Amount, Bearing, Location, Mention


def location_of(mention: Mention, layers: Layers) -> Location:
    """The location that one mention gives."""
    assert mention.place is not None
    place = mention.place
    geometry = place.geometry
    if geometry is None and place.feature and not place.feature.startswith("regions/"):
        geometry = layers.feature(place.feature).geometry
    if geometry is None or geometry.geom_type == "Point":
        geometry = _disc(place.lon, place.lat, place.radius_km)
    return Location(
        mention=mention.id,
        text=mention.text,
        lon=place.lon,
        lat=place.lat,
        radius_km=place.radius_km,
        feature=place.feature,
        geometry=geodesy.simplified(geometry, 0.5),
        rule=place.name if place.feature is None else f"{place.name} ({place.source})",
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
    best = location_of(mentions[0], layers)
    geometry, rules, conflicts = best.geometry, [best.rule], []
    used, apart = [mentions[0]], []
    for mention in mentions[1:]:
        other = location_of(mention, layers)
        both = _common(geometry, other.geometry)
        if both is None:
            if several:
                apart.append(other)
            elif mention.expression is not None:
                conflicts.append(f"{mention.text!r} does not meet {mentions[0].text!r}: left out of the impact zone")
            continue
        geometry = both
        rules.append(other.rule)
        used.append(mention)
    if launch is not None and distance is not None and best.radius_km > 60:
        low, high = max(0.0, distance.low - launch.radius_km), distance.high + launch.radius_km
        high = min(high, geodesy.HALFWAY_KM - 1)  # whoever prints more than half round the earth means no distance
        low = min(low, high / 2)
        arc = geodesy.annulus(launch.lon, launch.lat, low, high)
        said = f"{distance.value:.0f} km from {launch.text}"
        if bearing is not None and launch.radius_km < 100:
            half = ((bearing.high - bearing.low) % 360) / 2
            arc = geodesy.wedge(launch.lon, launch.lat, bearing.value, half, low, high)
            said += f", {bearing.said}"
        both = _common(geometry, arc)
        if both is None:
            conflicts.append(f"{said} does not meet {best.text!r}: left out of the impact zone")
        else:
            geometry = both
            rules.append(said)
    if geometry is best.geometry:
        return [best, *apart], conflicts
    lon, lat, radius = geodesy.enclosing(geometry)
    joint = Location(
        mention=mentions[0].id if len(used) == 1 else None,
        text="; ".join(dict.fromkeys(mention.text for mention in used)),
        lon=round(lon, 5),
        lat=round(lat, 5),
        radius_km=round(radius, 1),
        geometry=geodesy.simplified(geometry, 0.5),
        rule="; ".join(rules),
        why="what several words of the text have in common: " + "; ".join(rules),
    )
    return [joint, *apart], conflicts


def track_of(launch: Location | None, impact: Location | None) -> BaseGeometry | None:
    """The great circle from launch to impact, when both are known to better than half of their distance."""
    if launch is None or impact is None:
        return None
    length = geodesy.distance_km(launch.lon, launch.lat, impact.lon, impact.lat)
    if length < 10 or launch.radius_km + impact.radius_km > max(length, 50.0):
        return None
    return geodesy.great_circle(launch.lon, launch.lat, impact.lon, impact.lat)


def _common(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry | None:
    both = geodesy.only_areas(shapely.intersection(shapely.make_valid(a), shapely.make_valid(b)))
    smaller = min(geodesy.area_km2(a), geodesy.area_km2(b))
    # two areas that only touch, as neighbouring seas do, have nothing in common
    return None if both.is_empty or geodesy.area_km2(both) < max(1.0, smaller / 500) else both


def _disc(lon: float, lat: float, radius_km: float) -> BaseGeometry:
    return geodesy.disc(lon, lat, radius_km) if radius_km > 0.5 else Point(lon, lat)
