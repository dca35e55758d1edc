"""Distances and directions: '300 km east of Seoul', '57 km off Sokcho', 'west of Okushiri', 'near Sunan'."""

from __future__ import annotations

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.land import wet
from geomap.places.defaults import (
    INLAND_KM,
    NEAR_COAST_KM,
    NEAR_TOWN_KM,
    SIDE_COUNTRY_KM,
    SIDE_SMALL_KM,
    TOWARD_KM,
)
from geomap.places.shapes import compass, derived, extent
from geomap.types import Amount, Direction, Shape

_OUTLINE_KM = 6.0
"""No outline from a map of 1 : 10 million is sharper than this."""
_FINE_KM, _COARSE_KM = 1.0, 2.0
_LEAST_SECTOR_DEG = 30.0
_COUNTRY_KM = 300.0
_FARTHEST_KM = 15000.0
_SEA_SHARE, _SOME_SEA = 0.6, 0.15
_DETAIL = 500
"""A part of a country needs no more detail than this many times finer than its radius."""
_PART = 0.4
"""'Eastern' is so much of a country's extent."""


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
    return derived(geodesy.only_areas(band.intersection(beside)), f"{words}, from its edge")


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
    if direction.sea or geodesy.share(geometry, sea) > _SEA_SHARE:
        geometry = sea
    words = f"{'sea ' if direction.sea else ''}to the {compass(bearing)} of {of.rule}, within {km:.0f} km"
    return derived(geometry, words, best if best and geometry.covers(Point(*best)) else None)


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


def between(a: Shape, b: Shape, layers: Layers) -> Shape:
    """The corridor between two places; the sea of it when both are large."""
    areas = [extent(a, layers), extent(b, layers)]
    discs = [geodesy.disc(of.lon, of.lat, max(of.radius_km, 5.0)) for of in (a, b)]
    ends = [disc if area is None else area for area, disc in zip(areas, discs, strict=True)]
    corridor, rule = geodesy.between(*ends), f"between {a.rule} and {b.rule}"
    if any(area is None for area in areas):
        return derived(corridor, rule)
    sea = wet(corridor, layers)
    middle = shapely.line_interpolate_point(shapely.shortest_line(*ends), 0.5, normalized=True)
    return derived(sea, rule, (middle.x, middle.y) if sea.covers(middle) else None)


def toward(start: Shape, bearing_deg: float | None, sector_deg: float, sea: Shape | None) -> Shape:
    """A wedge from a starting point along a bearing (degrees clockwise from north), within a sea if one is named."""
    if bearing_deg is None:
        return sea or start
    geometry = geodesy.wedge(start.lon, start.lat, bearing_deg, sector_deg, 0, TOWARD_KM)
    if sea is not None:
        geometry = geodesy.only_areas(geometry.intersection(sea.geometry))
    return derived(geometry, f"{compass(bearing_deg)} from {start.rule}")


def part(of: Shape, bearing_deg: float | None, layers: Layers) -> Shape:
    """The part of a place on one side (degrees clockwise from north); its interior when that is None."""
    area = extent(of, layers)
    if area is None or not area.geom_type.endswith("Polygon"):
        return of
    if bearing_deg is not None:
        plain = geodesy.simplified(area, max(_FINE_KM, of.radius_km / _DETAIL))
        return derived(geodesy.side_of(plain, bearing_deg, _PART), f"{compass(bearing_deg)} of {of.rule}")
    coast = f"coasts/{(of.feature or '').rpartition('/')[2]}"
    if layers.has(coast):
        shore = geodesy.simplified(layers.geometry(coast), _COARSE_KM)
        area = geodesy.only_areas(area.difference(geodesy.buffer(shore, INLAND_KM)))
    return derived(area, f"inland {of.rule}: more than {INLAND_KM:.0f} km from the sea")


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
