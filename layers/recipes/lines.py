"""Makes ``layers/lines.gpkg`` and ``layers/zones.gpkg``: lines at sea and on land, and special zones.

What treaties and ministries list as points stands in ``lines.tsv`` and ``zones.tsv`` (longitude and latitude, parts
separated by semicolons). Lines that Natural Earth draws as a border (the Military Demarcation Line) are taken from
there, and so is the coast that zones are cut by. Run from the root: ``python layers/recipes/lines.py``.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from atlas import (
    ATTRIBUTION,
    GEOD,
    merge,
    multi,
    parse_cache,
    reach_km,
    read_atlas,
    read_table,
    ring_of,
    rounded,
    write,
)
from describe import describe
from pyproj import Transformer
from shapely.geometry import LineString, MultiLineString, Polygon, box
from shapely.geometry.base import BaseGeometry

STEP_KM = 20.0
"""Straight lines of a treaty are geodesic: they get a vertex at least this often."""
DECIMALS = 4
DMZ_KM = 2.0
BORDERS: tuple[dict[str, Any], ...] = (
    {
        "key": "MDL",
        "name": "Military Demarcation Line",
        "names": "MDL|inter-Korean border|inter-Korean land border|border between the two Koreas|heavily fortified "
        "border between the Koreas|border between North and South Korea|inter-Korean frontier",
        "pair": ("KOR", "PRK"),
        "box": (124, 37, 130, 39.5),
        "status": "Armistice Agreement of 27 July 1953; 241 km from the Imjin's mouth to the East Sea.",
    },
    {
        "key": "LoC",
        "name": "Line of Control",
        "names": "Line of Control in Kashmir|Kashmir's Line of Control|de facto border in Kashmir",
        "pair": ("IND", "PAK"),
        "box": (73, 32.9, 79, 37),
        "status": "Simla Agreement of 1972; each side claims land beyond it.",
    },
    {
        "key": "blue-line",
        "name": "Blue Line",
        "names": "Israel-Lebanon border|Israeli-Lebanese border|Lebanese-Israeli border|Lebanon-Israel border",
        "pair": ("ISR", "LBN"),
        "box": (35, 32.9, 36, 33.6),
        "status": "Line of withdrawal set by the United Nations in 2000; not an agreed border.",
    },
)
"""Borders that are lines of their own: the two territories, and the box within which the border is meant."""
BORDER_SOURCE = "Natural Earth 1:10m (border as drawn there)"
BORDER_KM = 3.0
CAVEAT = "No statement on any claim. Not for navigation. Each row says how far it may be off (tolerance_km)."


def paths(points: str) -> list[np.ndarray]:
    """Read ``lon lat, lon lat; lon lat, …`` as one array a part."""
    return [np.array([pair.split() for pair in part.split(",")], dtype=float) for part in points.split(";")]


def densified(path: np.ndarray) -> np.ndarray:
    """Put geodesic vertices between those of a path."""
    out = [path[0]]
    for (lon, lat), (east, north) in pairwise(path):
        count = int(GEOD.inv(lon, lat, east, north)[2] / 1000 / STEP_KM)
        if count and lat != north:  # a parallel stays one
            out += GEOD.npts(lon, lat, east, north, count)
        out.append((east, north))
    return np.array(out)


def border(pair: tuple[str, str], within: tuple[float, float, float, float], cache: Path) -> MultiLineString:
    """Join the arcs that two territories share."""
    atlas = read_atlas("10m", cache)
    arcs: list[set[int]] = []
    for key in pair:
        rings = [ring for part in atlas.parts if part.key == key for ring in part.rings]
        arcs.append({index if index >= 0 else ~index for ring in rings for index in ring})
    lines = [LineString(ring_of(atlas.arcs, (index,))) for index in sorted(arcs[0] & arcs[1])]
    found = shapely.line_merge(shapely.union_all(lines)).intersection(box(*within))
    parts: list[Any] = [part for part in shapely.get_parts(found) if part.geom_type == "LineString"]
    return MultiLineString(sorted(parts, key=lambda part: -part.length))


def widened(line: BaseGeometry, km: float) -> BaseGeometry:
    """Make the strip within a distance of a short line, in metres on the plane about its middle."""
    middle = line.centroid
    plane = f"+proj=aeqd +lat_0={middle.y} +lon_0={middle.x} +ellps=WGS84"
    there = Transformer.from_crs("EPSG:4326", plane, always_xy=True)
    back = Transformer.from_crs(plane, "EPSG:4326", always_xy=True)
    strip = shapely.transform(line, lambda xy: np.column_stack(there.transform(xy[:, 0], xy[:, 1]))).buffer(1000 * km)
    return shapely.transform(strip, lambda xy: np.column_stack(back.transform(xy[:, 0], xy[:, 1])))


def placed(row: dict[str, Any], geometry: BaseGeometry, kind: str) -> dict[str, Any]:
    """Complete a row with its best point, the circle that holds it, and its kind."""
    if kind == "line":
        point = shapely.get_parts(geometry)[0].interpolate(0.5, normalized=True)
    else:
        point = max(shapely.get_parts(geometry), key=lambda part: part.area).representative_point()
    columns = ("key", "name", "names")
    texts = {column: row[column] for column in columns} | {"kind": kind, "country": row.get("country", "")}
    numbers = {
        "lon": round(point.x, DECIMALS),
        "lat": round(point.y, DECIMALS),
        "radius_km": round(reach_km(point.x, point.y, geometry), 1),
    }
    rest = {"source": row["source"], "confidence": row["confidence"]}
    return {**texts, **numbers, **rest, "tolerance_km": float(row["tolerance_km"]), "status": row["status"]}


def read_lines(cache: Path) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Make all lines with their rows."""
    found: list[tuple[dict[str, Any], BaseGeometry]] = []
    for row in read_table("lines.tsv"):
        found.append((dict(row), MultiLineString([densified(path) for path in paths(row["points"])])))
    for known in BORDERS:
        shape = border(known["pair"], known["box"], cache)
        found.append(({**known, "source": BORDER_SOURCE, "confidence": "high", "tolerance_km": BORDER_KM}, shape))
    return found


def read_zones(cache: Path, demarcation: BaseGeometry) -> list[tuple[dict[str, Any], BaseGeometry]]:
    """Make all zones with their rows."""
    found: list[tuple[dict[str, Any], BaseGeometry]] = []
    land = None
    for row in read_table("zones.tsv"):
        shape: BaseGeometry = shapely.union_all([Polygon(path) for path in paths(row["points"])])
        if row["land"] == "cut":
            if land is None:
                land = shapely.union_all(list(merge(read_atlas("10m", cache)).values()))
            sea = multi(shape.difference(land)).geoms
            # What an estuary or a lagoon leaves behind the coast is no sea of its own.
            shape = multi(shapely.union_all([part for part in sea if part.area > 0.02]))
        found.append((dict(row), shape))
    strip = {
        "key": "KR-KP-DMZ",
        "name": "Korean Demilitarized Zone",
        "names": "DMZ|Demilitarized Zone|Demilitarised Zone|Korean DMZ|inter-Korean Demilitarized Zone|demilitarized "
        "border zone",
        "status": "Armistice Agreement of 27 July 1953: two kilometres on either side of the demarcation line.",
        "source": f"{BORDER_SOURCE}, widened by 2 km",
        "confidence": "high",
        "tolerance_km": BORDER_KM,
    }
    return [*found, (strip, widened(demarcation, DMZ_KM))]


def save(name: str, kind: str, found: list[tuple[dict[str, Any], BaseGeometry]], title: str) -> None:
    """Write and describe one layer."""
    import geopandas

    found.sort(key=lambda pair: str(pair[0]["key"]))
    shapes = [rounded(shape, DECIMALS) for _, shape in found]
    if kind == "zone":
        shapes = [multi(shape) for shape in shapes]
    rows = [placed(row, shape, kind) for (row, _), shape in zip(found, shapes, strict=True)]
    write(geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326"), name)
    describe(
        name,
        f"{name}.gpkg",
        title=title,
        source={"title": "Own table from treaties and ministries (the column source names them); Natural Earth 4.1"},
        licence="CC0-1.0",
        attribution=ATTRIBUTION,
        caveat=CAVEAT,
        recipe="recipes/lines.py",
        geometry="LineString" if kind == "line" else "Polygon",
        rows=(len(rows), len(rows)),
        bounds=(-180.0, -90.0, 180.0, 90.0),
    )


def build(cache: Path) -> None:
    """Write both layers."""
    lines = read_lines(cache)
    demarcation = next(shape for row, shape in lines if row["key"] == "MDL")
    save("lines", "line", lines, "Lines: Northern Limit Line, Military Demarcation Line, median lines")
    save(
        "zones", "zone", read_zones(cache, demarcation), "Special zones: buffer, demilitarized and identification zones"
    )


if __name__ == "__main__":
    build(parse_cache(__doc__.splitlines()[0]))
