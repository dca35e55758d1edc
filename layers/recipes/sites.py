"""Builds the layer of launch sites, ranges, bases and other named facilities from ``sites.tsv``.

Run from the root of the checkout::

    python layers/recipes/sites.py

``sites.tsv`` is typed by hand. In its column ``source`` stands, for short: ``CNS`` the test database of the James
Martin Center, ``GCAT:CODE`` a site of McDowell's catalogue, ``OA:ICAO`` an airfield of airportsdata, ``GN:ID`` a place
of GeoNames, ``GK`` general knowledge. A radius is how far the place reaches from its point, or how wrong the point
may be. A name that a town bears too stands here only when stories about launches mean the facility.
An Arabic article at the beginning of a name has a small letter, as within a sentence: only then is it looked for there.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

from atlas import write
from describe import describe
from shapely.geometry import Point

COLUMNS = ("key", "name", "names", "kind", "sitekind", "country", "lon", "lat", "radius_km", "source", "confidence")
SITEKINDS = {
    **dict.fromkeys(("spaceport", "missile test range", "impact range", "launch area"), "facility"),
    **dict.fromkeys(("airfield", "shipyard", "port", "base", "target area"), "facility"),
    **dict.fromkeys(("nuclear site", "nuclear test site"), "facility"),
    **{"town": "city", "mountain": "region"},
}
"""Kinds of site, and the kind of place that each is."""
SOURCES = (
    (r"\bCNS\b", "CNS/NTI North Korea missile test database"),
    (r"\bGCAT:(\S+?)(?=[;,]|$| and )", r"GCAT (J. McDowell), site \1"),
    (r"\bOA:(\w+)", r"airportsdata, ICAO \1"),
    (r"\bGN:(\d+)", r"GeoNames \1"),
    (r"^GK\b", "general knowledge, unchecked"),
)
SPELLINGS = (
    (" Air Base", " Airbase"),
    (" Airbase", " Air Base"),
    (" Air Force Base", " AFB"),
    (" Center", " Centre"),
    (" Centre", " Center"),
)
"""One way of writing a part of a name, and another."""


def read(path: Path) -> list[dict[str, str]]:
    """Read and check the typed rows; the columns are those of the layer.

    Raises
    ------
    ValueError
        if a row is wrong, or two sites share a name
    """
    with path.open(encoding="utf-8", newline="") as file:
        rows = [complete(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]
    owner: dict[str, str] = {}
    for row in rows:
        for name in (row["name"], *filter(None, row["names"].split("|"))):
            if owner.setdefault(name.casefold(), row["key"]) != row["key"]:
                raise ValueError(f"{name!r} is a name of both {owner[name.casefold()]} and {row['key']}")
    return sorted(rows, key=lambda row: row["key"])


def complete(row: dict[str, str]) -> dict[str, str]:
    """Turn one typed row into a row of the layer."""
    key, source = row["key"], row["source"]
    if not re.fullmatch(r"[A-Z]{3}-[a-z0-9-]+", key) or row["sitekind"] not in SITEKINDS:
        raise ValueError(f"{key}: no such kind of site, or no such form of key")
    if row["confidence"] not in ("high", "medium", "low") or (row["confidence"] == "high" and source.startswith("GK")):
        raise ValueError(f"{key}: the source {source!r} does not bear the confidence {row['confidence']!r}")
    if not (abs(float(row["lon"])) <= 180 and abs(float(row["lat"])) <= 90 and float(row["radius_km"]) > 0):
        raise ValueError(f"{key}: not a position with a radius")
    for pattern, words in SOURCES:
        source = re.sub(pattern, words, source)
    return {
        **row,
        "names": "|".join(spellings(row["name"], row["names"])),
        "kind": SITEKINDS[row["sitekind"]],
        "country": key[:3],
        "lon": f"{float(row['lon']):.4f}",
        "lat": f"{float(row['lat']):.4f}",
        "source": source,
    }


def spellings(name: str, names: str) -> list[str]:
    """All other names, with the other ways of writing their parts."""
    found: dict[str, str] = {}
    for spelling in (name, *filter(None, names.split("|"))):
        found.setdefault(spelling.casefold(), spelling)
        for old, new in SPELLINGS:
            if old in spelling:
                other = spelling.replace(old, new)
                found.setdefault(other.casefold(), other)
    del found[name.casefold()]
    return list(found.values())


def build() -> None:
    """Write ``sites.gpkg`` and describe it."""
    import geopandas as gpd

    rows = read(Path(__file__).with_name("sites.tsv"))
    numbers = [{name: float(row[name]) for name in ("lon", "lat", "radius_km")} for row in rows]
    table = [{name: (row | number)[name] for name in COLUMNS} for row, number in zip(rows, numbers, strict=True)]
    points = [Point(number["lon"], number["lat"]) for number in numbers]
    write(gpd.GeoDataFrame(table, geometry=points, crs=4326), "sites")
    print(f"{len(rows)} sites, {sum(1 + row['names'].count('|') for row in rows if row['names']) + len(rows)} names")
    describe(
        "sites",
        "sites.gpkg",
        title="Launch sites, test ranges, bases and other named facilities",
        source={
            "title": "Curated for geomap from GCAT (J. McDowell), the CNS/NTI North Korea missile test database, "
            "airportsdata, GeoNames and general knowledge; each row names its own",
            "path": "https://planet4589.org/space/gcat",
        },
        licence="CC-BY-4.0",
        attribution="Sites: GCAT, J. McDowell (CC BY 4.0); CNS/NTI; GeoNames (CC BY 4.0)",
        caveat="A point with a radius, not an outline. Rows of medium or low confidence may be kilometres off, and "
        "those from general knowledge were not checked against a source.",
        recipe="recipes/sites.py",
        geometry="Point",
        rows=(600, 1200),
        bounds=(-180.0, -60.0, 180.0, 85.0),
    )


if __name__ == "__main__":
    build()
