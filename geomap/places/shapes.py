"""From an expression to a shape on the earth: one short function a node, all of it geodesic.

`DEFAULTS` holds what a phrase without a number means; a sharper word in the text always wins over it.
"""

from __future__ import annotations

from collections.abc import Mapping

import shapely
from shapely.geometry import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.errors import InputError, LayerNotFound
from geomap.land import outline, wet
from geomap.types import (
    Amount,
    Between,
    CoastSide,
    Coordinates,
    Direction,
    Distance,
    Expression,
    Inside,
    Intersection,
    Named,
    Near,
    Offshore,
    Outside,
    Part,
    Place,
    Range,
    Shape,
    Toward,
    Zone,
)

DEFAULTS: Mapping[str, float] = {
    "offshore_km": 370.0,  # 200 nautical miles: where the sea 'off a coast' ends when the text does not say
    "offshore_best_km": 200.0,
    "off_town_km": 60.0,
    "side_country_km": 500.0,  # 'waters east of the Korean Peninsula', from its shore
    "side_small_km": 300.0,  # 'west of Okushiri Island'
    "near_town_km": 15.0,
    "near_coast_km": 60.0,
    "toward_km": 1000.0,
    "inland_km": 30.0,
    "belt_error_km": 10.0,
}
"""What a phrase without a number means, in km."""

_POINTS = ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"]
_SIDES = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
_LARGE_KM = 60.0


class Evaluator:
    """Evaluates expressions against the layers and the places of one reading.

    Parameters
    ----------
    layers : the catalog
    places : place of each mention that has one, by the mention's id
    capitals : place of a state's capital by ISO 3166-1 alpha-3
    """

    def __init__(self, layers: Layers, places: Mapping[str, Place], capitals: Mapping[str, Place]) -> None:
        self.layers = layers
        self.places = places
        self.capitals = capitals

    def shape(self, node: Expression) -> Shape:
        """Evaluate a node.

        Raises
        ------
        InputError
            if the phrase cannot be a shape: an anchor is not located, or nothing is left of it
        """
        made = getattr(self, f"_{type(node).__name__.lower()}")(node)
        assert isinstance(made, Shape)
        if made.geometry.is_empty:
            message = f"nothing is left of {made.rule}"
            raise InputError(message)
        return made

    # names ---------------------------------------------------------------------------------------------------

    def _named(self, node: Named) -> Shape:
        if node.id.startswith("capital/"):
            return self._of_place(self._capital(node.id.split("/")[1]))
        if "/" in node.id:
            return feature_shape(node.id, self.layers)
        place = self.places.get(node.id)
        if place is None:
            message = f"its anchor {node.id} is not located"
            raise InputError(message)
        return self._of_place(place)

    def _capital(self, country: str) -> Place:
        if country not in self.capitals:
            message = f"the capital of {country} is not known"
            raise InputError(message)
        return self.capitals[country]

    def _of_place(self, place: Place) -> Shape:
        if place.feature:
            return feature_shape(place.feature, self.layers)
        geometry = place.geometry or Point(place.lon, place.lat)
        return Shape(geometry=geometry, lon=place.lon, lat=place.lat, radius_km=place.radius_km, rule=place.name)

    def _extent(self, node: Expression) -> tuple[Shape, BaseGeometry | None]:
        """A shape and, for what is large, its outline: distances are measured from there, not from the middle."""
        shape = self.shape(node)
        if shape.geometry.geom_type.endswith(("Polygon", "LineString")):
            return shape, shape.geometry
        if (
            shape.feature
            and self.layers.has(f"coasts/{shape.feature.split('/')[1]}")
            and shape.feature.startswith("regions/")
        ):
            return shape, _mainland(self.layers.geometry(f"coasts/{shape.feature.split('/')[1]}"))
        if shape.feature and shape.feature.startswith("regions/"):
            known = outline(shape.feature, self.layers)
            if known is not None and shape.radius_km >= _LARGE_KM / 4:
                return shape, known
        if shape.radius_km > _LARGE_KM:
            return shape, geodesy.disc(shape.lon, shape.lat, shape.radius_km)
        return shape, None

    # coasts --------------------------------------------------------------------------------------------------

    def _coastside(self, node: CoastSide) -> Shape:
        of = self.shape(node.of)
        side = "" if node.bearing_deg is None else f"-{_SIDES[round(node.bearing_deg / 45) % 8]}"
        key = (of.feature or "").split("/")[-1]
        for name in (f"coasts/{key}{side}", f"coasts/{key.lower()}{side}"):
            if key and self.layers.has(name):
                return feature_shape(name, self.layers)
        words = f"{_side_word(node.bearing_deg)}coast of {of.rule}"
        _, area = self._extent(node.of)
        country = key if self.layers.has(f"coasts/{key}") else self._country_of(of)
        if country is None or not self.layers.has(f"coasts/{country}"):
            message = f"no coast is known for {of.rule}"
            raise InputError(message)
        shore = self.layers.geometry(f"coasts/{country}")
        near = geodesy.buffer(area, 3.0) if area is not None else geodesy.disc(of.lon, of.lat, max(of.radius_km, 30.0))
        shore = shapely.intersection(shore, near)
        if node.bearing_deg is not None:
            shore = shapely.intersection(shore, geodesy.wedge(of.lon, of.lat, node.bearing_deg, 67.5, 0, 2500))
        return _line_shape(shore, words)

    def _country_of(self, shape: Shape) -> str | None:
        if not shape.feature:
            return None
        return str(self.layers.feature(shape.feature).properties.get("country") or "") or None

    def _offshore(self, node: Offshore) -> Shape:
        of, area = self._extent(node.of)
        if isinstance(node.of, CoastSide) or (area is not None and area.geom_type.endswith("LineString")):
            coast = of
        elif of.feature and of.feature.startswith("countries/") and self.layers.has(f"coasts/{of.feature[10:]}"):
            coast = feature_shape(f"coasts/{of.feature[10:]}", self.layers)
        elif area is not None and of.radius_km > _LARGE_KM:
            km = self._reach(node.distance, DEFAULTS["offshore_km"])
            return _area_shape(wet(geodesy.buffer(area, km), self.layers), f"sea within {km:.0f} km of {of.rule}")
        else:
            km = self._reach(node.distance, DEFAULTS["off_town_km"]) + of.radius_km
            around = wet(geodesy.disc(of.lon, of.lat, km), self.layers)
            return _area_shape(around, f"sea within {km:.0f} km of {of.rule}")
        km = self._reach(node.distance, DEFAULTS["offshore_km"])
        sea = wet(geodesy.buffer(geodesy.simplified(coast.geometry, 2.0), km), self.layers)
        shape = _area_shape(sea, f"sea within {km:.0f} km of the {coast.rule}")
        towards = node.of.bearing_deg if isinstance(node.of, CoastSide) else None
        if towards is None:
            return shape
        facing = _facing(sea, coast, towards, km)
        shape = _area_shape(facing, shape.rule)
        lon, lat = geodesy.destination(coast.lon, coast.lat, towards, min(km, DEFAULTS["offshore_best_km"]))
        return _moved(shape, lon, lat) if facing.covers(Point(lon, lat)) else shape

    @staticmethod
    def _reach(distance: Amount | None, default: float) -> float:
        return distance.high if distance else default

    # distances and directions --------------------------------------------------------------------------------

    def _direction(self, node: Direction) -> Shape:
        of, area = self._extent(node.of)
        if node.distance is None:
            return self._side(node, of, area)
        low, high = node.distance.low, node.distance.high
        words = f"{node.distance.value:.0f} km ({low:.0f} to {high:.0f}) {_compass(node.bearing_deg)} of {of.rule}"
        if area is None:
            low, high = max(0.0, low - of.radius_km), high + of.radius_km
            geometry = geodesy.wedge(of.lon, of.lat, node.bearing_deg, node.sector_deg, low, high)
            shape = _area_shape(geometry, f"{words}, ± {node.sector_deg:g}°")
            return _moved(shape, *geodesy.destination(of.lon, of.lat, node.bearing_deg, node.distance.value))
        band = self._band(area, low, high)
        return _area_shape(band.intersection(self._beside(area, of, node, high)), f"{words}, from its edge")

    def _band(self, area: BaseGeometry, low: float, high: float) -> BaseGeometry:
        """What lies between two distances from the edge of an area or line."""
        slack = max(0.0, 6.0 - (high - low) / 2)  # an outline from a 1:10m map is no sharper than that
        plain = geodesy.simplified(area, 1.0)
        inner = geodesy.buffer(plain, max(0.5, low - slack))
        return geodesy.only_areas(geodesy.buffer(plain, high + slack).difference(inner))

    def _beside(self, area: BaseGeometry, of: Shape, node: Direction, km: float) -> BaseGeometry:
        if (of.feature or "").startswith("lines/"):
            return geodesy.beyond_line(area, node.bearing_deg, km + 10)
        extent = geodesy.enclosing(area)[2]
        sector = max(node.sector_deg, 30.0)
        return geodesy.wedge(of.lon, of.lat, node.bearing_deg, sector, 0, min(km + extent * 1.5, 15000.0))

    def _side(self, node: Direction, of: Shape, area: BaseGeometry | None) -> Shape:
        words = f"{'sea ' if node.sea else ''}to the {_compass(node.bearing_deg)} of {of.rule}"
        if area is None:
            km = DEFAULTS["side_small_km"]
            geometry = geodesy.wedge(of.lon, of.lat, node.bearing_deg, node.sector_deg, 0, km)
            target = geodesy.destination(of.lon, of.lat, node.bearing_deg, km / 2)
        else:
            km = DEFAULTS["side_country_km" if of.radius_km > 300 else "side_small_km"]
            beside = self._beside(area, of, node, km)
            geometry = geodesy.only_areas(geodesy.buffer(geodesy.simplified(area, 2.0), km).intersection(beside))
            if area.geom_type.endswith("Polygon"):
                geometry = geodesy.only_areas(geometry.difference(area))
            target = None
        if node.sea or self._by_the_sea(geometry):
            geometry = wet(geometry, self.layers)
        shape = _area_shape(geometry, f"{words}, within {km:.0f} km")
        return _moved(shape, *target) if target and geometry.covers(Point(*target)) else shape

    def _by_the_sea(self, geometry: BaseGeometry) -> bool:
        sea = wet(geometry, self.layers)
        return not sea.is_empty and geodesy.share(geometry, sea) > 0.6

    def _distance(self, node: Distance) -> Shape:
        of, area = self._extent(node.of)
        low, high = node.distance.low, node.distance.high
        if area is not None:
            ring = self._band(area, low, high)
        else:
            ring = geodesy.annulus(of.lon, of.lat, max(0.0, low - of.radius_km), high + of.radius_km)
        sea = wet(ring, self.layers)
        over_sea = not sea.is_empty and geodesy.share(ring, sea) > 0.15
        rule = f"{node.distance.value:.0f} km ({low:.0f} to {high:.0f}) from {of.rule}, no direction given"
        return _area_shape(sea if over_sea else ring, rule + (", over water" if over_sea else ""))

    def _range(self, node: Range) -> Shape:
        return self._distance(Distance(node.of, node.distance))

    def _near(self, node: Near) -> Shape:
        of = self.shape(node.of)
        if of.geometry.geom_type.endswith("LineString"):
            km = DEFAULTS["near_coast_km"]
            return _area_shape(geodesy.buffer(of.geometry, km), f"within {km:.0f} km of the {of.rule}")
        km = max(DEFAULTS["near_town_km"], of.radius_km * 1.25)
        disc = geodesy.disc(of.lon, of.lat, km)
        return Shape(geometry=disc, lon=of.lon, lat=of.lat, radius_km=km, rule=f"within {km:.0f} km of {of.rule}")

    def _between(self, node: Between) -> Shape:
        (a, area_a), (b, area_b) = self._extent(node.a), self._extent(node.b)
        shape_a = area_a if area_a is not None else geodesy.disc(a.lon, a.lat, max(a.radius_km, 5.0))
        shape_b = area_b if area_b is not None else geodesy.disc(b.lon, b.lat, max(b.radius_km, 5.0))
        corridor = geodesy.between(shape_a, shape_b)
        if area_a is not None and area_b is not None:
            corridor = wet(corridor, self.layers)
        return _area_shape(corridor, f"between {a.rule} and {b.rule}")

    def _toward(self, node: Toward) -> Shape:
        start = self.shape(node.start)
        if node.bearing_deg is None:
            if node.sea is None:
                return start
            return self.shape(node.sea)
        wedge = geodesy.wedge(start.lon, start.lat, node.bearing_deg, node.sector_deg, 0, DEFAULTS["toward_km"])
        if node.sea is not None:
            wedge = geodesy.only_areas(wedge.intersection(self.shape(node.sea).geometry))
        return _area_shape(wedge, f"{_compass(node.bearing_deg)} from {start.rule}")

    def _part(self, node: Part) -> Shape:
        of, area = self._extent(node.of)
        if area is None:
            return of
        if node.bearing_deg is None:
            country = (of.feature or "").removeprefix("countries/")
            inner = area
            if self.layers.has(f"coasts/{country}"):
                shore = geodesy.simplified(self.layers.geometry(f"coasts/{country}"), 2.0)
                inner = geodesy.only_areas(area.difference(geodesy.buffer(shore, DEFAULTS["inland_km"])))
            return _area_shape(inner, f"inland {of.rule}: more than {DEFAULTS['inland_km']:.0f} km from the sea")
        part = geodesy.side_of(area, node.bearing_deg, 0.4)
        return _area_shape(part, f"{_compass(node.bearing_deg)} of {of.rule}")

    # zones ---------------------------------------------------------------------------------------------------

    def _zone(self, node: Zone) -> Shape:
        if not node.id.startswith("belts/"):
            return feature_shape(node.id, self.layers)
        country, miles = node.id.split("/")[1].rsplit("-", 1)
        shore = self.layers.geometry(f"coasts/{country}")
        belt = wet(geodesy.buffer(geodesy.simplified(shore, 1.0), float(miles) * 1.852), self.layers)
        return _area_shape(belt, f"within {miles} nautical miles of the coast of {country}")

    def _inside(self, node: Inside) -> Shape:
        return self.shape(node.zone)

    def _outside(self, node: Outside) -> Shape:
        return self.shape(node.zone)

    def _intersection(self, node: Intersection) -> Shape:
        a, b = self.shape(node.a), self.shape(node.b)
        both = shapely.intersection(a.geometry, b.geometry)
        if both.is_empty:
            return a
        areas = geodesy.only_areas(both)
        return _area_shape(areas if not areas.is_empty else both, f"{a.rule}, in {b.rule}")

    def _coordinates(self, node: Coordinates) -> Shape:
        if len(node.points) == 1:
            lon, lat = node.points[0]
            return Shape(geometry=Point(lon, lat), lon=lon, lat=lat, radius_km=1.0, rule="coordinates as printed")
        if len(node.points) == 2:
            return _area_shape(MultiPoint(node.points), "coordinates as printed")
        corners = Polygon(node.points)
        if not corners.is_valid:
            corners = MultiPoint(node.points).convex_hull
            return _area_shape(corners, "hull of the coordinates as printed: as a line they cross themselves")
        return _area_shape(corners, "corners as printed")


def feature_shape(feature: str, layers: Layers) -> Shape:
    """The shape of a layer's feature: its own geometry, best point and radius in km.

    Raises
    ------
    LayerNotFound
        if there is no such feature
    """
    found = layers.feature(feature)
    row = found.properties
    if found.geometry is None:
        message = f"{feature} has no geometry"
        raise LayerNotFound(message)
    lon, lat, radius = row.get("lon"), row.get("lat"), row.get("radius_km")
    if lon is None or lat is None:
        lon, lat, radius = geodesy.enclosing(found.geometry)
    name = str(row.get("name") or feature)
    return Shape(
        geometry=found.geometry,
        lon=float(lon),
        lat=float(lat),
        radius_km=float(radius or 0.0),
        rule=name,
        feature=feature,
    )


def _mainland(coast: BaseGeometry) -> BaseGeometry:
    """A coast without its islands: distances from a peninsula are measured from the peninsula."""
    parts = shapely.get_parts(coast)
    lengths = shapely.length(parts)
    return shapely.multilinestrings(list(parts[lengths > lengths.max() / 5]))


def _area_shape(geometry: BaseGeometry, rule: str) -> Shape:
    if geometry.is_empty:
        return Shape(geometry=geometry, lon=0.0, lat=0.0, radius_km=0.0, rule=rule)
    lon, lat, radius = geodesy.enclosing(geometry)
    return Shape(geometry=geometry, lon=lon, lat=lat, radius_km=radius, rule=rule)


def _line_shape(geometry: BaseGeometry, rule: str) -> Shape:
    return _area_shape(geometry, rule)


def _moved(shape: Shape, lon: float, lat: float) -> Shape:
    """The same shape with another best point; the radius still holds all of it."""
    points = shapely.get_coordinates(shape.geometry)
    radius = max(geodesy.distance_km(lon, lat, *point) for point in points[:: max(1, len(points) // 200)])
    return Shape(geometry=shape.geometry, lon=lon, lat=lat, radius_km=radius, rule=shape.rule)


def _facing(sea: BaseGeometry, coast: Shape, towards: float, km: float) -> BaseGeometry:
    """The part of a sea that lies before a coast on one side, not round the corner behind it."""
    band = geodesy.beyond_line(geodesy.simplified(coast.geometry, 5.0), towards, km * 1.5)
    facing = geodesy.only_areas(sea.intersection(band))
    return facing if not facing.is_empty else sea


def _compass(bearing: float) -> str:
    if bearing % 45 == 0:
        return _POINTS[int(bearing // 45) % 8]
    return f"{bearing:g}°"


def _side_word(bearing: float | None) -> str:
    return "" if bearing is None else f"{_compass(bearing)} "
