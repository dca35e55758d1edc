"""Makes ``layers/countries.gpkg``: the land of every territory with a country code, and what it is called.

Geometry is Natural Earth's 1:10m, simplified so that neighbours keep one common border. Names, adjectives, demonyms,
capitals and seats of government come from ``country_names.tsv`` where it has a row, codes and sovereigns from
``sovereigns.tsv``. Run from the root of the repository: ``python layers/recipes/countries.py``.
"""

from __future__ import annotations

import numpy as np
import shapely
from atlas import (
    ATTRIBUTION,
    GEOD,
    LICENCE,
    SOURCE,
    area_km2,
    merge,
    middle_of,
    multi,
    parse_cache,
    reach_km,
    read_atlas,
    read_table,
    rounded,
    write,
)
from describe import describe
from shapely.geometry import MultiPolygon, Polygon, box

TOLERANCE_DEG = 0.026
"""Triangles smaller than the square of this are smoothed away; an angle of the drawing, not a distance."""
DECIMALS = 4
VATICAN = box(12.4485, 41.9000, 12.4565, 41.9060)
"""Smaller than the grid of the source, where it has no area: general knowledge, to about 300 m."""
SPECK = 0.01
"""A land mass smaller than this share of the largest one does not count for the place's point and radius."""
GAP_KM = 300.0
"""Land masses nearer than this to the main one, or to one that belongs to it, belong to the main land mass."""
TEXTS = ("names", "adjectives", "demonyms", "capital", "seats")
CAVEAT = (
    "Generalised coasts and borders of about 2018, positions good to about 1 km; de facto borders as Natural Earth "
    "draws them, no statement on any claim. Northern Cyprus and the base areas are counted to Cyprus, Somaliland to "
    "Somalia, Guantanamo Bay to Cuba, the Siachen Glacier to India; the Spratly Islands and Scarborough Reef "
    "are left out."
)


def simplify(whole: dict[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    """Simplify all territories together, so that a common border stays common."""
    kept = shapely.coverage_simplify(np.array(list(whole.values())), TOLERANCE_DEG)
    simple = {key: multi(rounded(geometry, DECIMALS)) for key, geometry in zip(whole, kept, strict=True)}
    simple["VAT"] = MultiPolygon([VATICAN])
    simple["ITA"] = multi(simple["ITA"].difference(VATICAN))
    return simple


def main_land(territory: MultiPolygon) -> tuple[Polygon, list[Polygon]]:
    """Find the largest land mass, and all that lie near it."""
    masses = uncut(territory)
    areas = np.array([area_km2(mass) for mass in masses])
    order = np.argsort(-areas, kind="stable")
    masses = [masses[i] for i in order if areas[i] >= SPECK * areas.max()]
    cluster, rest = [masses[0]], masses[1:]
    grown = True
    while grown:
        near = [mass for mass in rest if any(_apart_km(mass, member) <= GAP_KM for member in cluster)]
        rest = [mass for mass in rest if not any(mass is one for one in near)]
        cluster, grown = cluster + near, bool(near)
    return masses[0], cluster


def uncut(territory: MultiPolygon) -> list[Polygon]:
    """Join what was cut at 180°: the eastern hemisphere's part is followed by longitudes beyond 180°."""
    west, _, east, _ = territory.bounds
    if west > -180 or east < 180:
        return list(territory.geoms)
    moved = shapely.transform(territory, lambda p: p + np.column_stack([360.0 * (p[:, 0] < 0), 0.0 * p[:, 1]]))
    crossing = [part.bounds[0] < 0 < part.bounds[2] for part in territory.geoms]
    if any(crossing):  # Antarctica and France lie on both sides of 0° as well
        return list(territory.geoms)
    return list(multi(shapely.union_all(list(moved.geoms))).geoms)


def _apart_km(a: Polygon, b: Polygon) -> float:
    """Distance of two land masses: km, geodesic between the vertices that are nearest in degrees stretched alike."""
    shrink = np.cos(np.radians((a.bounds[1] + b.bounds[3]) / 2))
    flat = [shapely.transform(one.simplify(0.05), lambda points: points * [shrink, 1.0]) for one in (a, b)]
    (x1, y1), (x2, y2) = shapely.shortest_line(*flat).coords
    return float(GEOD.inv(x1 / shrink, y1, x2 / shrink, y2)[2] / 1000)


def make() -> None:
    """Make the layer and describe it."""
    cache = parse_cache(__doc__)
    import geopandas as gpd

    territories = simplify(merge(read_atlas("10m", cache)))
    known = {row["key"]: row for row in read_table("sovereigns.tsv")}
    named = {row["key"]: row for row in read_table("country_names.tsv")}
    records = []
    for key, geometry in territories.items():
        largest, cluster = main_land(geometry)
        point = middle_of(largest)
        words = named.get(key, {})
        records.append(
            {
                "key": key,
                "name": words.get("name") or known[key]["name"],
                "names": words.get("names", ""),
                "kind": "country",
                "country": key,
                "lon": round((point.x + 180) % 360 - 180, 3),
                "lat": round(point.y, 3),
                "radius_km": float(np.ceil(max(reach_km(point.x, point.y, mass) for mass in cluster))),
                "source": "; ".join(filter(None, ["Natural Earth 4.1", known[key]["source"], words.get("source", "")])),
                "confidence": "high",
                "sovereign": known[key]["sovereign"],
                **{column: words.get(column, "") for column in TEXTS if column != "names"},
                "geometry": geometry,
            }
        )
    write(gpd.GeoDataFrame(records, geometry="geometry", crs=4326), "countries")
    describe(
        "countries",
        "countries.gpkg",
        title="Countries and territories",
        source=SOURCE,
        licence=LICENCE,
        attribution=ATTRIBUTION,
        caveat=CAVEAT,
        recipe="recipes/countries.py",
        geometry="MultiPolygon",
        rows=(245, 255),
        bounds=(-180, -90, 180, 90),
    )


if __name__ == "__main__":
    make()
