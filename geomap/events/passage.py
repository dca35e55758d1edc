"""What a great circle passes over: one place, or all countries and straits on the way, as far as its ends are known."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import edges, geodesy
from geomap.catalog import Layers
from geomap.types import Location, Record

_WIDTH = 0.05
"""A flight keeps to its great circle to so much of its length, half of it to either side."""
_FEW_KM = 0.001


class Path(Record, kw_only=True):
    """A great circle from a launch to an impact, with how far off its middle it may run."""

    launch: Location
    impact: Location
    line: BaseGeometry

    @property
    def length_km(self) -> float:
        """Its length."""
        return geodesy.distance_km(self.launch.lon, self.launch.lat, self.impact.lon, self.impact.lat)

    @property
    def slack_km(self) -> float:
        """How far beside a small place it may run and still pass over it."""
        return _WIDTH / 2 * self.length_km

    def unsure_km(self, place: Location) -> float:
        """How far off it may run near a place because its ends are not points."""
        flown_km = geodesy.distance_km(self.launch.lon, self.launch.lat, place.lon, place.lat)
        share = min(1.0, flown_km / self.length_km) if self.length_km else 1.0
        return (1 - share) * self.launch.radius_km + share * self.impact.radius_km

    @property
    def words(self) -> str:
        """'from Sunan to the Pacific Ocean'."""
        return f"from {self.launch.text} to {self.impact.text}"


class Areas(Record, kw_only=True):
    """Countries and straits of the layers in parts, whose each part is, and an index of them."""

    parts: tuple[BaseGeometry, ...]
    owners: tuple[str, ...]
    index: STRtree


def misses_by_km(path: Path, place: Location) -> float:
    """Distance between a path and a place in km, 0 where it crosses the place's shape."""
    shape = place.geometry
    if shape.is_empty or shapely.intersects(path.line, shape):
        return 0.0
    if shape.geom_type == "Point":
        return geodesy.separation_km(place.lon, place.lat, path.line)
    about = edges.projection(round(place.lon, 3), round(place.lat, 3))  # in which what is near the place is right
    near = shapely.transform(
        shapely.segmentize(shape, 0.5), lambda points: np.column_stack(about(points[:, 0], points[:, 1]))
    )
    line = shapely.transform(path.line, lambda points: np.column_stack(about(points[:, 0], points[:, 1])))
    foot = shapely.get_coordinates(shapely.shortest_line(near, line))
    if not np.isfinite(foot).all() or len(foot) < 2:
        return geodesy.separation_km(place.lon, place.lat, path.line)
    lon, lat = about(foot[0, 0], foot[0, 1], inverse=True)
    return geodesy.separation_km(float(lon), float(lat), path.line)


def on_the_way(path: Path, layers: Layers, without: frozenset[str]) -> list[str]:
    """The countries and straits that a path passes over wherever its ends lie, in the order of the flight.

    Parameters
    ----------
    without : features that do not count
    """
    areas = _areas(layers)
    ends = _owners(areas, path.launch.geometry) | _owners(areas, path.impact.geometry)
    met = _owners(areas, path.line) - ends - without
    for side in (-90.0, 90.0):
        if not met:
            return []
        met &= _owners(areas, _shifted(path, side))
    reached = {feature: _first_km(path, feature, areas) for feature in met}
    return sorted(met, key=lambda feature: (reached[feature], feature))


def sector(launch: Location, impact: Location) -> BaseGeometry:
    """All that lies between two places that are too vague for a line."""
    return shapely.union_all([geodesy.between(_area(launch), _area(impact)), launch.geometry, impact.geometry])


def _area(place: Location) -> BaseGeometry:
    return (
        place.geometry
        if place.geometry.geom_type.endswith("Polygon")
        else geodesy.disc(place.lon, place.lat, max(place.radius_km, 1.0))
    )


def _shifted(path: Path, side: float) -> BaseGeometry:
    """The path with both ends moved to one side by half of their radii."""
    start, end = path.launch, path.impact
    ahead = geodesy.bearing_deg(start.lon, start.lat, end.lon, end.lat)
    back = geodesy.bearing_deg(end.lon, end.lat, start.lon, start.lat)
    first = geodesy.destination(start.lon, start.lat, ahead + side, max(start.radius_km / 2, _FEW_KM))
    last = geodesy.destination(end.lon, end.lat, back - side, max(end.radius_km / 2, _FEW_KM))
    return geodesy.great_circle(*first, *last)


def _owners(areas: Areas, shape: BaseGeometry) -> set[str]:
    return {areas.owners[number] for number in areas.index.query(shape, predicate="intersects")}


def _first_km(path: Path, feature: str, areas: Areas) -> float:
    """How far from the launch a path meets a feature."""
    near = areas.index.query(path.line, predicate="intersects")
    own = shapely.union_all([areas.parts[number] for number in near if areas.owners[number] == feature])
    points = shapely.get_coordinates(shapely.intersection(path.line, own))
    start = path.launch
    return min((geodesy.distance_km(start.lon, start.lat, lon, lat) for lon, lat in points), default=path.length_km)


@lru_cache(maxsize=4)
def _areas(layers: Layers) -> Areas:
    found = [
        *layers.features("countries"),
        *(one for one in layers.features("seas") if "Strait" in one.properties["name"]),
    ]
    shapes = [(part, one.id) for one in found for part in shapely.get_parts(one.geometry)]
    parts = tuple(part for part, _ in shapes)
    return Areas(parts=parts, owners=tuple(owner for _, owner in shapes), index=STRtree(parts))


def holds(area: BaseGeometry, place: Location) -> bool:
    """Whether the best point of a place lies in an area."""
    return bool(area.covers(Point(place.lon, place.lat)))
