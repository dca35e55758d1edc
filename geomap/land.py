"""Land and sea about a shape: what of it is water, and the outline of an island or a peninsula."""

from __future__ import annotations

from functools import lru_cache

import shapely
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers


def wet(shape: BaseGeometry, layers: Layers) -> BaseGeometry:
    """The part of an area that is not land; empty when all of it is land."""
    land = land_within(shape.bounds, layers)
    return geodesy.only_areas(shapely.make_valid(shape.difference(land))) if not land.is_empty else shape


def land_within(bounds: tuple[float, float, float, float], layers: Layers) -> BaseGeometry:
    """All land of the layer of countries within west, south, east, north in degrees."""
    window = box(*bounds)
    parts = [part for part in _land(layers) if part.intersects(window)]
    cut = [shapely.intersection(part, window) for part in parts]
    return shapely.union_all(cut) if cut else Point()


def outline(feature: str, layers: Layers) -> BaseGeometry | None:
    """The outline of a named island or peninsula: the country's own part under its point; None when there is none.

    For what is smaller than its country's island (a peninsula, a province) it is that part of the land that lies within
    the circle which the layer gives.
    """
    found = layers.feature(feature)
    country, kind = found.properties.get("country"), found.properties.get("kind")
    lon, lat, radius = found.properties["lon"], found.properties["lat"], found.properties["radius_km"] or 0.0
    if kind not in ("island", "region") or radius < 8:
        return None
    circle = geodesy.disc(lon, lat, radius * 1.1)
    if country and layers.has(f"countries/{country}"):
        land = layers.geometry(f"countries/{country}")
    else:
        land = land_within(circle.bounds, layers)
    if kind == "island":
        near = [part for part in shapely.get_parts(land) if part.intersects(circle)]
        holding = [part for part in near if part.covers(Point(lon, lat))]
        best = holding or sorted(near, key=lambda part: -part.intersection(circle).area)[:1]
        return best[0] if best and geodesy.share(best[0], circle) > 0.5 else None
    cut = geodesy.only_areas(land.intersection(circle))
    return None if cut.is_empty else cut


@lru_cache(maxsize=4)
def _land(layers: Layers) -> tuple[BaseGeometry, ...]:
    return tuple(part for feature in layers.features("countries") for part in shapely.get_parts(feature.geometry))
