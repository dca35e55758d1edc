"""What lies within a distance of a start: countries with the share of them, capitals, and the largest cities."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geomap.catalog import Layers
from geomap.gazetteer import LAYER, Entry, Gazetteer, open_gazetteer
from geomap.places.capitals import capital_of
from geomap.reach import distances
from geomap.shares import areas_km2
from geomap.types import Record

CITIES = 30
"""So many cities are listed, the most populous."""
_WHOLE = 1 - 1e-6
_CHUNK = 5000
"""Cities are looked at so many at a time, the most populous first, until enough are found."""

Array = NDArray[np.float64]


class Country(Record, kw_only=True):
    """A country or territory of which a share, 0 to 1, lies within."""

    code: str
    name: str
    share: float

    @property
    def extent(self) -> str:
        """``wholly`` or ``partly``."""
        return "wholly" if self.share >= 1 else "partly"


class City(Record, kw_only=True):
    """A city, its geodesic distance in km from the start, and the bearing there; None within an area it starts from."""

    name: str
    country: str
    lon: float
    lat: float
    km: float
    bearing_deg: float | None
    population: int | None = None


class Reached(Record, kw_only=True):
    """What lies within km of a start: countries by name, capitals from near to far, cities from large to small."""

    km: float
    countries: tuple[Country, ...]
    capitals: tuple[City, ...]
    cities: tuple[City, ...]


class _Lands(Record, kw_only=True):
    """The countries as one array, with an index of them."""

    codes: tuple[str, ...]
    names: tuple[str, ...]
    shapes: NDArray[np.object_]
    index: STRtree
    areas: Array


def reached(start: BaseGeometry, km: float, area: BaseGeometry, layers: Layers) -> Reached:
    """Find what lies within km of a point, or of anywhere in an area.

    Cities and capitals are found by their own geodesic distance, countries by the area that is drawn.

    Parameters
    ----------
    start : a point or an area
    area : all that lies within km of it (`geomap.reach.within`)

    Raises
    ------
    LayerError
        if a layer that is needed cannot be used
    """
    return Reached(
        km=km,
        countries=_countries(area, layers),
        capitals=_capitals(start, km, layers),
        cities=_cities(start, km, layers),
    )


def _countries(area: BaseGeometry, layers: Layers) -> tuple[Country, ...]:
    lands = _lands(layers)
    met = lands.index.query(area, predicate="intersects")
    shares = areas_km2(shapely.intersection(lands.shapes[met], area)) / lands.areas[met]
    found = [
        Country(code=lands.codes[number], name=lands.names[number], share=1.0 if share >= _WHOLE else float(share))
        for number, share in zip(met.tolist(), shares, strict=True)
        if share > 0
    ]
    return tuple(sorted(found, key=lambda country: country.name))


@lru_cache(maxsize=4)
def _lands(layers: Layers) -> _Lands:
    features = layers.features("countries") if "countries" in layers else []
    shapes = np.array([feature.geometry for feature in features], dtype=object)
    return _Lands(
        codes=tuple(feature.properties["key"] for feature in features),
        names=tuple(feature.properties["name"] for feature in features),
        shapes=shapes,
        index=STRtree(shapes),
        areas=areas_km2(shapes),
    )


def _capitals(start: BaseGeometry, km: float, layers: Layers) -> tuple[City, ...]:
    known = _all_capitals(layers)
    points = np.array([[city.lon, city.lat] for city in known]).reshape(-1, 2)
    away, bearings = distances(start, points)
    return tuple(_at(known[number], away[number], bearings[number]) for number in _up_to(km, away))


@lru_cache(maxsize=4)
def _all_capitals(layers: Layers) -> tuple[City, ...]:
    """The capitals of all countries, where the layers and the gazetteer know them; their distances are still 0."""
    if LAYER not in layers:
        return ()
    names, found = _names(layers), []
    for row in layers.rows("countries"):
        code, place = row["key"], capital_of(row["key"], layers)
        town = _city_state(row["name"], code, open_gazetteer(layers)) if place is None else place
        if town is not None:
            found.append(City(name=town.name, country=names[code], lon=town.lon, lat=town.lat, km=0, bearing_deg=None))
    return tuple(found)


def _city_state(name: str, code: str, gazetteer: Gazetteer) -> Entry | None:
    """The town of a country that bears its name: of Singapore the layer names no other capital."""
    return next((town for town in gazetteer.find(name) if town.country == code and not town.radius_km), None)


def _cities(start: BaseGeometry, km: float, layers: Layers) -> tuple[City, ...]:
    if LAYER not in layers:
        return ()
    gazetteer, names = open_gazetteer(layers), _names(layers)
    found: list[City] = []
    for first in range(0, len(gazetteer.towns), _CHUNK):
        away, bearings = distances(start, gazetteer.towns[first : first + _CHUNK])
        for number in np.flatnonzero(away <= km)[: CITIES - len(found)].tolist():
            town = gazetteer[first + number]
            city = City(
                name=town.name,
                country=names.get(town.country, town.country),
                lon=town.lon,
                lat=town.lat,
                km=0,
                bearing_deg=None,
                population=town.population,
            )
            found.append(_at(city, away[number], bearings[number]))
        if len(found) == CITIES:
            break
    return tuple(found)


def _names(layers: Layers) -> dict[str, str]:
    return {row["key"]: row["name"] for row in layers.rows("countries")} if "countries" in layers else {}


def _at(city: City, km: float, bearing: float) -> City:
    """The same city, so many km away, on a bearing in degrees."""
    from msgspec.structs import replace

    return replace(city, km=float(km), bearing_deg=None if np.isnan(bearing) else float(bearing))


def _up_to(km: float, away: Array) -> Sequence[int]:
    """Numbers of what is not farther than km, from near to far."""
    order = np.argsort(away, kind="stable")
    return [int(number) for number in order if away[number] <= km]
