"""Distances and directions: '300 km east of Seoul', '57 km off Sokcho', 'west of Okushiri', 'near Sunan'."""

from __future__ import annotations

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.land import wet
from geomap.places.defaults import (
    NEAR_COAST_KM,
    NEAR_TOWN_KM,
    SIDE_COUNTRY_KM,
    SIDE_SMALL_KM,
    TOWARD_KM,
)
from geomap.places.seaward import sea_between
from geomap.places.shapes import LARGE_KM, compass, derived, extent
from geomap.types import Amount, Direction, Shape

_OUTLINE_KM = 6.0
"""No outline from a map of 1 : 10 million is sharper than this."""
_FINE_KM, _COARSE_KM = 1.0, 2.0
_LEAST_SECTOR_DEG = 30.0
_COUNTRY_KM = 300.0
_FARTHEST_KM = 15000.0
_SEA_SHARE, _SOME_SEA = 0.6, 0.15
_NOT_BETWEEN_KM = 5000.0
"""Nobody says 'between' of towns farther apart."""
_HALVINGS = 10
_MIDWAY = 0.15
"""'Midway' is no farther from the middle than so much of the way."""


def at_distance(of: Shape, direction: Direction, distance: Amount, layers: Layers) -> Shape:
    """What lies so far from a place, to one side of it: from the edge of what is large, else from the middle."""
    area, bearing, sector = extent(of, layers), direction.bearing_deg, direction.sector_deg
    words = f"{distance.value:.0f} km ({distance.low:.0f} to {distance.high:.0f}) {compass(bearing)} of {of.rule}"
    if area is None:
        low, high = max(0.0, distance.low - of.radius_km), distance.high + of.radius_km
        geometry = geodesy.wedge(of.lon, of.lat, bearing, sector, low, high)
        return derived(
            geometry, f"{words}, ± {sector:g}°", geodesy.destination(of.lon, of.lat, bearing, distance.value)
        )
    band = _band(area, distance.low, distance.high)
    beside = _beside(area, of, direction, distance.high)
    geometry = geodesy.only_areas(band.intersection(beside))
    best = _ahead(area, of, bearing, distance.value)
    if not area.covers(Point(of.lon, of.lat)) and not geometry.covers(Point(*best)):
        best = _so_far_out(area, of, bearing, distance.value)
    return derived(geometry, f"{words}, from its edge", best if geometry.covers(Point(*best)) else None)


def _ahead(area: BaseGeometry, of: Shape, bearing: float, km: float) -> tuple[float, float]:
    """The point so far from the edge of an area along a bearing from its middle."""
    far = geodesy.destination(of.lon, of.lat, bearing, min(of.radius_km + km, _FARTHEST_KM))
    inside = shapely.intersection(geodesy.great_circle(of.lon, of.lat, *far), area)
    points = shapely.get_coordinates(inside)
    edge_km = max((geodesy.distance_km(of.lon, of.lat, *point) for point in points), default=0.0)
    return geodesy.destination(of.lon, of.lat, bearing, edge_km + km)


def _so_far_out(area: BaseGeometry, of: Shape, bearing: float, km: float) -> tuple[float, float]:
    """The point along a bearing from the middle of a place that is so far from all of it, as of a group of islands."""
    near_km, far_km = 0.0, km + 2 * of.radius_km
    for _ in range(_HALVINGS):
        middle_km = (near_km + far_km) / 2
        spot = geodesy.destination(of.lon, of.lat, bearing, middle_km)
        if geodesy.separation_km(*spot, area) < km:
            near_km = middle_km
        else:
            far_km = middle_km
    return geodesy.destination(of.lon, of.lat, bearing, far_km)


def on_side(of: Shape, direction: Direction, layers: Layers) -> Shape:
    """What lies to one side of a place, no distance given; the sea of it when most of it is sea."""
    area, bearing = extent(of, layers), direction.bearing_deg
    best = None
    if area is None:
        km = SIDE_SMALL_KM
        geometry = geodesy.wedge(of.lon, of.lat, bearing, direction.sector_deg, 0, km)
        best = geodesy.destination(of.lon, of.lat, bearing, km / 2)
    else:
        km = SIDE_COUNTRY_KM if of.radius_km > _COUNTRY_KM else SIDE_SMALL_KM
        around = geodesy.buffer(geodesy.simplified(area, _COARSE_KM), km)
        geometry = geodesy.only_areas(around.intersection(_beside(area, of, direction, km)))
        if area.geom_type.endswith("Polygon"):
            geometry = geodesy.only_areas(geometry.difference(area))
    sea = wet(geometry, layers)
    if direction.sea or geodesy.share(geometry, sea) > _SEA_SHARE or _is_at_sea(of, layers):
        geometry = sea
    words = f"{'sea ' if direction.sea else ''}to the {compass(bearing)} of {of.rule}, within {km:.0f} km"
    return derived(geometry, words, best if best and geometry.covers(Point(*best)) else None)


def _is_at_sea(of: Shape, layers: Layers) -> bool:
    """Whether it is a line over water, beyond which only water is meant (the Northern Limit Line)."""
    if not (of.feature or "").startswith("lines/"):
        return False
    band = geodesy.buffer(geodesy.simplified(of.geometry, _COARSE_KM), _COARSE_KM)
    return geodesy.share(band, wet(band, layers)) > _SEA_SHARE


def around(of: Shape, distance: Amount, layers: Layers) -> Shape:
    """What lies so far from a place in any direction: a ring, or all within when the distance begins at 0."""
    area, low, high = extent(of, layers), distance.low, distance.high
    if area is None:
        ring = geodesy.annulus(of.lon, of.lat, max(0.0, low - of.radius_km), high + of.radius_km)
    else:
        ring = _band(area, low, high)
    sea = wet(ring, layers)
    over_sea = not sea.is_empty and geodesy.share(ring, sea) > _SOME_SEA
    far = f"{distance.value:.0f} km ({low:.0f} to {high:.0f}) from" if low > 0 else f"within {high:.0f} km of"
    rule = f"{far} {of.rule}, no direction given"
    return derived(sea if over_sea else ring, rule + (", over water" if over_sea else ""))


def near(of: Shape) -> Shape:
    """The surroundings of a place, or of a coast."""
    if of.geometry.geom_type.endswith("LineString"):
        return derived(geodesy.buffer(of.geometry, NEAR_COAST_KM), f"within {NEAR_COAST_KM:.0f} km of the {of.rule}")
    km = max(NEAR_TOWN_KM, of.radius_km * 1.25)
    disc = geodesy.disc(of.lon, of.lat, km)
    return Shape(geometry=disc, lon=of.lon, lat=of.lat, radius_km=km, rule=f"within {km:.0f} km of {of.rule}")


def between(a: Shape, b: Shape, part: str, layers: Layers) -> Shape:
    """What lies between two places: the corridor, or the sea of it when both are large.

    Parameters
    ----------
    part : ``middle`` for what lies about halfway, ``sea`` for the named sea that both look on

    Raises
    ------
    InputError
        if a small place lies so far from the other that it is hardly the one that is meant
    """
    apart_km = geodesy.distance_km(a.lon, a.lat, b.lon, b.lat)
    if apart_km > _NOT_BETWEEN_KM and min(a.radius_km, b.radius_km) < LARGE_KM:
        message = f"{a.rule} and {b.rule} lie {apart_km:,.0f} km apart: one of them is hardly the place that is meant"
        raise InputError(message)
    if part == "middle":
        return _midway(a, b)
    named = sea_between(a, b, layers) if part == "sea" else None
    if named is not None:
        return named
    areas = [extent(a, layers), extent(b, layers)]
    discs = [geodesy.disc(of.lon, of.lat, max(of.radius_km, 5.0)) for of in (a, b)]
    ends = [disc if area is None else area for area, disc in zip(areas, discs, strict=True)]
    corridor, rule = geodesy.between(*ends), f"between {a.rule} and {b.rule}"
    if any(area is None for area in areas):
        return derived(corridor, rule)
    sea = wet(corridor, layers)
    middle = shapely.line_interpolate_point(shapely.shortest_line(*ends), 0.5, normalized=True)
    return derived(sea, rule, (middle.x, middle.y) if sea.covers(middle) else None)


def _midway(a: Shape, b: Shape) -> Shape:
    """What lies about halfway between the middles of two places, within a quarter of the way."""
    km = geodesy.distance_km(a.lon, a.lat, b.lon, b.lat)
    lon, lat = geodesy.destination(a.lon, a.lat, geodesy.bearing_deg(a.lon, a.lat, b.lon, b.lat), km / 2)
    about = geodesy.disc(lon, lat, max(km * _MIDWAY, _FINE_KM))
    return derived(about, f"midway between {a.rule} and {b.rule}", (lon, lat))


def toward(start: Shape, bearing_deg: float | None, sector_deg: float, sea: Shape | None) -> Shape:
    """A wedge from a starting point along a bearing (degrees clockwise from north), within a sea if one is named."""
    if bearing_deg is None:
        return sea or start
    geometry = geodesy.wedge(start.lon, start.lat, bearing_deg, sector_deg, 0, TOWARD_KM)
    if sea is not None:
        geometry = geodesy.only_areas(geometry.intersection(sea.geometry))
    return derived(geometry, f"{compass(bearing_deg)} from {start.rule}")


def _band(area: BaseGeometry, low_km: float, high_km: float) -> BaseGeometry:
    """What lies between two distances from the edge of an area or line."""
    slack = max(0.0, _OUTLINE_KM - (high_km - low_km) / 2)
    plain = geodesy.simplified(area, _FINE_KM)
    inner = geodesy.buffer(plain, max(0.5, low_km - slack)) if low_km > 0 else area
    return geodesy.only_areas(geodesy.buffer(plain, high_km + slack).difference(inner))


def _beside(area: BaseGeometry, of: Shape, direction: Direction, km: float) -> BaseGeometry:
    """All that lies on one side of an area or line, to so many km from its edge."""
    if (of.feature or "").startswith("lines/"):
        return geodesy.beyond_line(area, direction.bearing_deg, km + 10)
    reach_km = min(km + 1.5 * geodesy.enclosing(area)[2], _FARTHEST_KM)
    sector = max(direction.sector_deg, _LEAST_SECTOR_DEG)
    return geodesy.wedge(of.lon, of.lat, direction.bearing_deg, sector, 0, reach_km)
