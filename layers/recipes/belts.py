"""Makes ``layers/belts.gpkg``: the sea within 12 and within 24 nautical miles of each territory's coast.

Distances are taken from Natural Earth's 1:10m coasts, the small islands of ``islands.tsv`` and the straight baselines
of ``baselines.tsv``; between territories the belts end at the lines of the economic zones. Land is cut out. Run from
the root of the repository, after countries.py: ``python layers/recipes/belts.py`` (about a minute).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely
from atlas import (
    ATTRIBUTION,
    LAYERS,
    LICENCE,
    SOURCE,
    middle_of,
    multi,
    parse_cache,
    possessive,
    reach_km,
    read_atlas,
    read_table,
    rounded,
    with_article,
    write,
)
from describe import describe
from edges import Rules, settle
from eez import coasts_of, coverage
from equidistance import zones
from shapely.geometry import LineString, MultiPolygon, Polygon
from treaties import borders_of, read_points, read_treaties

ZONES = {12: ("territorial sea", "territorial waters"), 24: ("contiguous zone",)}
MILES = (12, 24)
STEP_DEG = {12: 0.04, 24: 0.05}
SPARE_KM = (1.2, 1.2, 8.0)
LAND_DEG = 0.09
"""The land that is cut out is smoothed by this; an angle of the drawing, not a distance."""
SPECK_DEG2 = 0.02
"""Islands smaller than this are not cut out."""
DECIMALS = 4
SPELT = {12: "twelve", 24: "twenty-four"}
STRAIGHT = {"CHN", "FIN", "IRL", "IRN", "ISL", "KOR", "PAK", "PHL", "TWN", "VNM"}
"""Territories whose straight baselines are in the table as a whole, or nearly so."""
CAVEAT = (
    "Within 12 or 24 nautical miles of the coast: not the territorial sea, which is measured from each state's own "
    "baselines. Straight baselines are in it, with the waters that they close in, for China, South Korea, Vietnam, the "
    "Philippines, Iran, Pakistan, Iceland, Ireland and Finland; by points that are not published for North Korea; to "
    "about a mile for Taiwan; in part for the United Arab Emirates (west of Dubai), Egypt (west of the Nile), Russia "
    "(Peter the Great Bay) and Japan (the Inland Sea). The rest of Japan's and other states' lie farther out than the "
    "coast. The three miles that Japan and South Korea keep to in their straits are not drawn. Land is cut out "
    "smoothed, islands of up to about 240 square kilometres are not. Antarctica has no belt."
)


def make() -> None:
    """Make the layer and describe it."""
    import geopandas as gpd

    cache = parse_cache(__doc__)
    treaties = read_treaties()
    coasts = coasts_of(read_atlas("10m", cache), treaties, "belts")
    borders = borders_of(treaties, coasts)
    names = gpd.read_file(LAYERS / "countries.gpkg", layer="countries").fillna("").set_index("key")
    land = read_land()
    rows = []
    for miles in MILES:
        raw = zones(coasts, borders, reach_km=miles * 1.852, step_deg=STEP_DEG[miles])
        kept = settle(coverage(raw), Rules(coasts, borders, miles * 1.852), nowhere, SPARE_KM)
        rows += records(miles, cut_land(filled(coverage(kept), miles), land), names)
    rows.sort(key=lambda row: str(row["key"]))
    write(gpd.GeoDataFrame(rows, geometry="geometry", crs=4326), "belts", small=True)
    describe(
        "belts",
        "belts.gpkg",
        title="Belts of 12 and 24 nautical miles along the coasts",
        source={**SOURCE, "title": SOURCE["title"] + ", coasts; small islands and straight baselines by hand"},
        licence=LICENCE,
        attribution=ATTRIBUTION,
        caveat=CAVEAT,
        recipe="recipes/belts.py",
        geometry="MultiPolygon",
        rows=(400, 520),
        bounds=(-180, -80, 180, 90),
    )


def nowhere(places: np.ndarray) -> np.ndarray:
    """Tell that no place is on land: land is cut out afterwards."""
    return np.zeros(len(places), dtype=bool)


def read_land() -> shapely.STRtree:
    """Read the land that is cut out, smoothed, without specks."""
    import geopandas as gpd

    whole = shapely.union_all(gpd.read_file(LAYERS / "countries.gpkg", layer="countries").geometry.to_numpy())
    parts = np.array([part for part in shapely.get_parts(whole) if part.area > SPECK_DEG2], dtype=object)
    smooth = shapely.make_valid(shapely.simplify(parts, LAND_DEG))
    return shapely.STRtree(shapely.get_parts(smooth))


def filled(kept: Mapping[str, MultiPolygon], miles: int) -> dict[str, MultiPolygon]:
    """Fill what a straight baseline closes in and is farther than the belt from it and from the coast."""
    near_deg = miles / 60 * 1.8
    found = dict(kept)
    rows = [row for row in read_table("baselines.tsv") if "belts" in row["used_for"]]
    for row in rows:
        line, parts = LineString(read_points(row["points"].replace(", ", "\n"))), []
        for part in found[row["unit"]].geoms:
            holes = [ring for ring in part.interiors if Polygon(ring).distance(line) > near_deg]
            parts.append(Polygon(part.exterior, holes))
        if line.is_closed:
            parts.append(Polygon(line))
        found[row["unit"]] = multi(shapely.union_all(parts))
    for key in sorted({row["unit"] for row in rows}):
        for other in kept:
            if other != key and found[other].intersects(found[key]):
                found[key] = multi(found[key].difference(kept[other]))
    return found


def cut_land(kept: Mapping[str, MultiPolygon], land: shapely.STRtree) -> dict[str, MultiPolygon]:
    """Leave only the sea of the belts."""
    found = {}
    for key, belt in kept.items():
        near = land.geometries[np.sort(land.query(belt, predicate="intersects"))]
        sea = multi(rounded(belt.difference(shapely.union_all(near)), DECIMALS))
        sea = MultiPolygon([part for part in sea.geoms if part.area > 1e-5])
        if not sea.is_empty:
            found[key] = sea
    return found


def records(miles: int, kept: Mapping[str, MultiPolygon], names: object) -> list[dict[str, object]]:
    """Make the rows of the layer."""
    overlaps = {row["key"]: row for row in read_table("overlaps.tsv") if "+" in row["key"]}
    rows: list[dict[str, object]] = []
    for key, belt in kept.items():
        if key in overlaps:
            place, country = overlaps[key]["name"], ""
            other: tuple[str, ...] = ()
        else:
            name = str(names.loc[key]["name"])  # type: ignore[attr-defined]
            place, country = with_article(name), key
            other = tuple(
                f"{owner} {zone}"
                for owner in (possessive(name), *filter(None, str(names.loc[key]["adjectives"]).split("|")))  # type: ignore[attr-defined]
                for zone in ZONES[miles]
            )
        point = middle_of(max(belt.geoms, key=lambda part: part.area * np.cos(np.radians(part.centroid.y))))
        rows.append(
            {
                "key": f"{key}-{miles}",
                "name": f"within {miles} nautical miles of the coast of {place}",
                "names": "|".join((f"within {SPELT[miles]} nautical miles of the coast of {place}", *other)),
                "kind": "zone",
                "country": country,
                "miles": miles,
                "lon": round(point.x, 3),
                "lat": round(point.y, 3),
                "radius_km": float(np.ceil(reach_km(point.x, point.y, belt))),
                "tolerance_km": 5.0 if country in STRAIGHT else 10.0,
                "source": f"computed: {miles} nautical miles and the lines of the economic zones, Natural Earth 4.1",
                "confidence": "medium",
                "geometry": belt,
            }
        )
    return rows


if __name__ == "__main__":
    make()
