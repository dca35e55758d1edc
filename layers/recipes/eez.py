"""Makes ``layers/eez.gpkg``: exclusive economic zones, computed by equidistance and 200 nautical miles.

Base points are Natural Earth's 1:10m coasts, the small islands of ``islands.tsv`` that those coasts leave out, and the
straight baselines of ``baselines.tsv``. Lines that were agreed on or ruled (``treaties/``) take the place of equal
distance. What several states claim (``overlaps.tsv``) or run together is a zone of its own. ``tolerances.tsv`` says how
far off a zone's edge may be where a line is missing. Land is left in. Run from the root of the repository, after
countries.py: ``python layers/recipes/eez.py`` (about a minute).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import shapely
from atlas import (
    ATTRIBUTION,
    LAYERS,
    LICENCE,
    SOURCE,
    Atlas,
    middle_of,
    multi,
    parse_cache,
    possessive,
    reach_km,
    read_atlas,
    read_table,
    ring_of,
    rounded,
    with_article,
    write,
)
from describe import describe
from edges import Rules, settle
from equidistance import densified, zones
from shapely.geometry import MultiPolygon, Point
from treaties import Treaties, apart_from, borders_of, carve, circle_of, read_points, read_treaties, taken

REACH_KM = 200 * 1.852
STEP_DEG = 0.1
GRID_DEG = 1e-5
PINHOLE_DEG = 0.15
DECIMALS = 4
CLEANINGS = 4
CASPIAN = (46.4, 36.3, 55.6, 47.7)
ROCKS = {"JPN+KOR": (131.866, 37.241, 12 * 1.852)}
"""Rocks that have a territorial sea and no zone: longitude, latitude, reach in km."""
FREE_KM, MEDIAN_KM = 5.0, 15.0
"""Error of a zone that ends at 200 nautical miles, and of one that has medians with others."""
CLAIMED = {"TWN": "CHN|TWN"}
"""A zone that another state claims as a whole, and which is kept as its holder's nevertheless."""
CAVEAT = (
    "Computed by equidistance from simplified coasts, with the treaty lines, rulings and straight baselines that could "
    "be sourced; overlapping claims and joint areas are kept apart; not a legal boundary. Zones include the land "
    "behind their coasts. Antarctica, the Spratly Islands and Scarborough Reef make no zone; nor do Rockall, Rocas "
    "Alijos, Shag Rocks and Bouvet Island."
)


def coasts_of(atlas: Atlas, treaties: Treaties, use: str = "zones") -> dict[str, np.ndarray]:
    """Collect the points of each unit's coast: arcs of one part alone, islands, straight baselines.

    Parameters
    ----------
    use : ``zones``, or ``belts``, for which rocks and the islands of enclaves count too
    """
    unit = {row["key"]: row["zone"] for row in read_table("sovereigns.tsv")}
    uses: dict[int, int] = defaultdict(int)
    for part in atlas.parts:
        for arc in (i if i >= 0 else ~i for ring in part.rings for i in ring):
            uses[arc] += 1
    points: dict[str, list[np.ndarray]] = defaultdict(list)
    for part in atlas.parts:
        arcs = [i if i >= 0 else ~i for ring in part.rings for i in ring]
        if part.key and unit[part.key] != "-":
            lines = [densified(ring_of(atlas.arcs, (arc,))) for arc in arcs if uses[arc] == 1]
            points[part.key] += [line[~_inside(line, CASPIAN)] for line in lines]
    shared: dict[str, list[np.ndarray]] = defaultdict(list)
    taken = {key: np.vstack(lines) for key, lines in points.items() if lines}
    for row in read_table("overlaps.tsv"):
        box = (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
        for key in row["units"].split("|"):
            if key in taken:
                inside = _inside(taken[key], box)
                if use == "zones" or row["key"]:
                    shared[row["key"]].append(taken[key][inside])
                    taken[key] = taken[key][~inside]
    for key, some in taken.items():
        shared[unit[key]].append(some)
    for row in read_table("islands.tsv"):
        shared[row["unit"]].append(np.array([[float(row["lon"]), float(row["lat"])]]))
    for row in read_table("baselines.tsv"):
        if use not in row["used_for"]:
            continue
        shared[row["unit"]].append(densified(read_points(row["points"].replace(", ", "\n"))))
    shared.pop("", None)
    whole = {key: np.vstack(some) for key, some in sorted(shared.items())}
    if use == "belts":
        return _apart({key: some for key, some in whole.items() if len(some)})
    for enclave in treaties.enclaves:
        if not enclave.against:
            whole[enclave.owner] = apart_from(whole[enclave.owner], enclave)
    return _apart({key: some for key, some in whole.items() if len(some) and key not in ROCKS})


def _apart(whole: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Leave out the points where a land border meets the sea: the wedge nearest to them would be nobody's."""
    single = {key: np.unique(points.round(6), axis=0) for key, points in whole.items()}
    every, counts = np.unique(np.vstack(list(single.values())), axis=0, return_counts=True)
    common = {tuple(point) for point in every[counts > 1]}
    kept = {}
    for key, points in single.items():
        own = np.array([tuple(point) not in common for point in points])
        kept[key] = points[own] if own.any() else points
    return kept


def _inside(points: np.ndarray, box: tuple[float, float, float, float]) -> np.ndarray:
    west, south, east, north = box
    lon, lat = points[:, 0], points[:, 1]
    return np.asarray((lon > west) & (lon < east) & (lat > south) & (lat < north))


def tidy(raw: dict[str, MultiPolygon], rules: Rules) -> dict[str, MultiPolygon]:
    """Cut out the rocks, make the rest a coverage without pin-holes, and settle its edges."""
    kept = dict(raw)
    for key, (lon, lat, reach) in ROCKS.items():
        kept[key] = taken(kept, circle_of(lon, lat, reach))
    kept = coverage(kept)
    return coverage(settle(kept, rules, land_test()))


def coverage(zones: Mapping[str, MultiPolygon]) -> dict[str, MultiPolygon]:
    """Make zones a coverage: no overlaps, no pin-holes, coordinates on a grid."""
    zones = dict(sorted(zones.items()))
    valid = np.array([multi(shapely.make_valid(zone)) for zone in zones.values()], dtype=object)
    clean = shapely.coverage_clean(shapely.set_precision(valid, GRID_DEG), gap_width=PINHOLE_DEG)
    whole = np.array([multi(rounded(multi(zone), DECIMALS)) for zone in clean], dtype=object)
    for _ in range(CLEANINGS):  # rounding may move an edge over a vertex beside it
        if shapely.coverage_is_valid(whole):
            break
        clean = shapely.coverage_clean(shapely.set_precision(whole, 10.0**-DECIMALS), gap_width=PINHOLE_DEG)
        whole = np.array([multi(zone) for zone in clean], dtype=object)
    return dict(zip(zones, whole.tolist(), strict=True))


def land_test() -> Callable[[np.ndarray], np.ndarray]:
    """Make a function that tells which places, (longitude, latitude) rows, are on land."""
    import geopandas as gpd

    land = shapely.get_parts(gpd.read_file(LAYERS / "countries.gpkg", layer="countries").geometry.to_numpy())
    tree = shapely.STRtree(land)

    def on_land(places: np.ndarray) -> np.ndarray:
        found = np.zeros(len(places), dtype=bool)
        found[tree.query(shapely.points(places), predicate="intersects")[0]] = True
        return found

    return on_land


def free_share(kept: dict[str, MultiPolygon]) -> dict[str, float]:
    """Tell which share of each zone's edge is not shared with another zone."""
    tree = shapely.STRtree(list(kept.values()))
    shares = {}
    for key, zone in kept.items():
        others = [list(kept.values())[i] for i in tree.query(zone) if list(kept)[i] != key]
        edge = zone.boundary
        common = shapely.union_all([edge.intersection(other.boundary) for other in others]).length if others else 0.0
        shares[key] = 1 - common / edge.length
    return shares


def middle(zone: MultiPolygon, land: shapely.STRtree) -> Point:
    """Find a point at sea in the middle of the zone's largest part."""
    near = land.geometries[np.sort(land.query(zone, predicate="intersects"))]
    sea = multi(zone.difference(shapely.union_all(near)))
    parts = sorted(sea.geoms or zone.geoms, key=lambda part: -part.area * np.cos(np.radians(part.centroid.y)))
    return middle_of(parts[0])


def make() -> None:
    """Make the layer and describe it."""
    cache = parse_cache(__doc__)
    kept = make_zones(cache)
    import geopandas as gpd

    write(gpd.GeoDataFrame(records(kept), geometry="geometry", crs=4326), "eez", small=True)
    describe(
        "eez",
        "eez.gpkg",
        title="Exclusive economic zones, computed",
        source={**SOURCE, "title": SOURCE["title"] + ", coasts; small islands by hand"},
        licence=LICENCE,
        attribution=ATTRIBUTION,
        caveat=CAVEAT,
        recipe="recipes/eez.py",
        geometry="MultiPolygon",
        rows=(200, 240),
        bounds=(-180, -80, 180, 90),
    )


def make_zones(cache: Path) -> dict[str, MultiPolygon]:
    """Compute all zones; land is in them."""
    treaties = read_treaties()
    coasts = coasts_of(read_atlas("10m", cache), treaties)
    borders = borders_of(treaties, coasts)
    raw = zones(coasts, borders, reach_km=REACH_KM, step_deg=STEP_DEG)
    return tidy(carve(raw, treaties, coasts), Rules(coasts, borders, REACH_KM))


def records(kept: dict[str, MultiPolygon]) -> list[dict[str, object]]:
    """Make the rows of the layer."""
    import geopandas as gpd

    frame = gpd.read_file(LAYERS / "countries.gpkg", layer="countries").fillna("").set_index("key")
    land = shapely.STRtree(np.array([part for whole in frame.geometry for part in whole.geoms], dtype=object))
    treaties = read_treaties()
    overlaps = {row["key"]: row for row in read_table("overlaps.tsv") if "+" in row["key"]}
    overlaps |= {
        area.key: {
            "key": area.key,
            "name": area.name,
            "claimants": area.claimants,
            "source": area.source,
            "confidence": area.confidence,
        }
        for area in treaties.areas
        if area.cut
    }
    joint = {area.key for area in treaties.areas}
    errors = {row["key"]: row for row in read_table("tolerances.tsv")}
    free = free_share(kept)
    rows: list[dict[str, object]] = []
    for key, zone in kept.items():
        point = middle(zone, land)
        common = {
            "status": "overlap" if key in overlaps else "eez",
            "lon": round(point.x, 3),
            "lat": round(point.y, 3),
            "radius_km": float(np.ceil(reach_km(point.x, point.y, zone))),
            "geometry": zone,
        }
        rows.append(
            {
                "key": key,
                **(_overlap(overlaps[key], frame, key in joint) if key in overlaps else _own(key, frame, treaties)),
                **common,
            }
        )
        if key in overlaps:
            rows[-1]["tolerance_km"] = float(_overlap_error(key))
        elif key in errors:
            rows[-1]["tolerance_km"] = float(errors[key]["tolerance_km"])
            rows[-1]["source"] = f"{rows[-1]['source']}; open: {errors[key]['reason']}"
        else:
            rows[-1]["tolerance_km"] = FREE_KM if free[key] > 0.9 else MEDIAN_KM
    order = ["key", "name", "kind", "country", "sovereign", "status", "claimants", "lon", "lat", "radius_km"]
    return [{name: row[name] for name in [*order, "tolerance_km", "source", "confidence", "geometry"]} for row in rows]


def _overlap_error(key: str) -> float:
    """Error of an overlap's edge, km: rocks have a drawn circle, the others end where both sides disagree anyway."""
    return 2.0 if key in ROCKS else 30.0


def _lines_of(key: str, treaties: Treaties) -> str:
    """Count the agreed lines of a zone, which are a layer of their own."""
    found = [line for line in treaties.lines if key in (*line.left, *line.right) and line.year]
    return f"; agreed lines: {len(found)}" if found else ""


def _own(key: str, frame: object, treaties: Treaties) -> dict[str, object]:
    row = frame.loc[key]  # type: ignore[attr-defined]
    name = str(row["name"])
    owner, place = possessive(name), with_article(name)
    return {
        "name": f"{'the ' if place != name else ''}{owner} exclusive economic zone",
        "kind": "zone",
        "country": key,
        "sovereign": row["sovereign"],
        "claimants": CLAIMED.get(key, key),
        "source": f"computed{_lines_of(key, treaties)}",
        "confidence": "medium",
    }


def _overlap(row: dict[str, str], frame: object, joint: bool) -> dict[str, object]:
    sea = "territorial sea" if row["key"] in ROCKS else "waters"
    *others, last = (with_article(str(frame.loc[key]["name"])) for key in row["claimants"].split("|"))  # type: ignore[attr-defined]
    whose = f"{sea} about {row['name']}, claimed by {', '.join(others)} and {last}"
    return {
        "name": row["name"] if joint else whose,
        "kind": "zone",
        "country": "",
        "sovereign": "",
        "claimants": row["claimants"],
        "source": row["source"] if joint else f"computed; who claims it: {row['source']}",
        "confidence": row["confidence"],
    }


if __name__ == "__main__":
    make()
