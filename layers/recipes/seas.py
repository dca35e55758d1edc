"""Makes ``layers/seas.gpkg``: named seas, straits and oceans as polygons.

A sea is not typed: it is the face of (a box without land) that holds a seed point, after the closing lines of
``seas.toml`` have cut it. Land is Natural Earth's, the closing lines follow IHO S-23. Straits overlap the seas that
they join, oceans take in the open seas that the column ``note`` names. Run from the root of the
repository: ``python layers/recipes/seas.py``.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from atlas import (
    ATTRIBUTION,
    HERE,
    LICENCE,
    SOURCE,
    WORLD,
    multi,
    parse_cache,
    polygons_of,
    reach_km,
    read_atlas,
    rounded,
    write,
)
from describe import describe
from shapely.affinity import translate
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

FINE_DEG = 0.02
"""How far the outline of a sea may move when it is simplified: an angle of the drawing, not a distance."""
SNAP_DEG = 0.6
"""The end of a closing line runs on to land that is nearer than this."""
INTO = 1.02
"""It overshoots the shore by this factor, so that nothing leaks."""
STEP_DEG = 2.0
"""A closing line is a rhumb line, and has a vertex at least this often."""
SPECK = 0.4
"""Islands and detached ponds smaller than this times the square of the tolerance are dropped from a coarse sea."""
DECIMALS = 4
CAVEAT = (
    "Limits after IHO S-23 (1953), typed as closing lines, where it has them; those of other straits and bays run from "
    "cape to cape. Coast generalised to about 2 km (oceans 10 km). Names are given side by side; neither their order "
    "nor any limit says whose a sea is."
)


def read_authored() -> tuple[dict[str, LineString], dict[str, dict[str, Any]]]:
    """Read ``seas.toml``: the closing lines by name, and the seas by key."""
    table = tomllib.loads((HERE / "seas.toml").read_text(encoding="utf-8"))
    lines = {
        name: rhumb(LineString([tuple(map(float, pair.split())) for pair in points.split(",")]))
        for name, points in table["lines"].items()
    }
    return lines, table["seas"]


def rhumb(line: LineString) -> LineString:
    """Add vertices where the line would be straight on a chart of Mercator's."""
    lon, lat = shapely.get_coordinates(line).T
    upright = LineString(np.column_stack([lon, np.degrees(np.arcsinh(np.tan(np.radians(lat))))]))
    lon, high = shapely.get_coordinates(shapely.segmentize(upright, STEP_DEG)).T
    return LineString(np.column_stack([lon, np.degrees(np.arctan(np.sinh(np.radians(high))))]))


@cache
def masses(resolution: str, cache_folder: Path) -> shapely.STRtree:
    """All land polygons of a resolution, once more 360° further east for seas that cross 180°."""
    atlas = read_atlas(resolution, cache_folder)
    polygons = [polygon for part in atlas.parts for polygon in polygons_of(atlas, part)]
    east = [translate(polygon, 360.0) for polygon in polygons if polygon.bounds[0] < -60]
    return shapely.STRtree([*polygons, *east])


def land_in(frame: Polygon, resolution: str, cache_folder: Path) -> BaseGeometry:
    """Join the land within a box, as one geometry that reaches a little beyond the box."""
    tree = masses(resolution, cache_folder)
    wide = frame.buffer(2.0)
    found = tree.geometries[np.sort(tree.query(wide))]
    return shapely.union_all(shapely.intersection(found, wide))


def anchored(line: LineString, land: BaseGeometry, frame: Polygon) -> LineString:
    """Lengthen a closing line at both ends to the nearest land, unless the end lies in land or outside the box."""
    points = [np.array(point) for point in line.coords]
    for at in (0, -1):
        end = Point(points[at])
        if land.covers(end) or not frame.buffer(-0.01).contains(end):
            continue
        shore = np.array(shapely.shortest_line(end, land).coords[-1])
        if end.distance(Point(shore)) < SNAP_DEG:
            beyond = points[at] + (shore - points[at]) * INTO
            points = [beyond, *points] if at == 0 else [*points, beyond]
    return LineString(points)


def face_of(
    sea: dict[str, Any], lines: dict[str, LineString], taken: dict[str, BaseGeometry], cache_folder: Path
) -> BaseGeometry:
    """Find the faces that hold a sea's seeds.

    Raises
    ------
    ValueError
        if a seed lies on land or in a sea that was to be left out
    """
    frame = box(*sea["box"])
    land = land_in(frame, sea["land"], cache_folder)
    open_sea = frame.difference(land)
    for other in sea.get("without", ()):
        for shift in (0.0, 360.0):
            open_sea = multi(open_sea.difference(translate(taken[other], shift)))
    closing = [anchored(lines[name], land, frame) for name in sea["lines"]]
    edges = shapely.union_all([open_sea.boundary, *closing])
    # Land makes faces too: a face is sea when a point inside it is.
    every = shapely.get_parts(shapely.polygonize([edges]))
    faces = [face for face in every if open_sea.contains(face.representative_point())]
    found = []
    for seed in sea["seeds"]:
        held = [face for face in faces if face.covers(Point(seed))]
        if not held:
            raise ValueError(f"the seed {seed} is not at sea")
        found += held
    return shapely.union_all(found)


def wrapped(geometry: BaseGeometry) -> MultiPolygon:
    """Bring what lies beyond 180° back, cut there."""
    if geometry.bounds[2] <= 180:
        return multi(geometry)
    pieces = [translate(geometry, shift).intersection(WORLD) for shift in (0.0, -360.0)]
    return multi(shapely.union_all(pieces))


def simplified(geometry: BaseGeometry, tolerance_deg: float) -> MultiPolygon:
    """Simplify a sea, drop specks, round."""
    least = SPECK * tolerance_deg if tolerance_deg > FINE_DEG else SPECK * tolerance_deg**2
    parts = []
    for part in multi(shapely.make_valid(geometry.simplify(tolerance_deg))).geoms:
        if part.area > least:
            parts.append(Polygon(part.exterior, [ring for ring in part.interiors if Polygon(ring).area > least]))
    return multi(rounded(MultiPolygon(parts), DECIMALS))


def middle_of_sea(geometry: BaseGeometry, seed: tuple[float, float]) -> Point:
    """Find the middle of a sea: the centroid of its largest part, unwrapped; its seed when that is ashore."""
    part = max(shapely.get_parts(geometry), key=lambda each: each.area)
    point = part.centroid if part.contains(part.centroid) else Point(seed)
    return Point((point.x + 180) % 360 - 180, point.y)


def limits_of(sea: dict[str, Any]) -> str:
    """Say where the limits of a sea come from."""
    return f"limits of IHO S-23 (1953), {sea['s23']}" if "s23" in sea else "limits from general knowledge, not in S-23"


def build(cache_folder: Path) -> None:
    """Write ``seas.gpkg`` and describe it."""
    import geopandas

    lines, authored = read_authored()
    whole: dict[str, BaseGeometry] = {}
    rows: list[dict[str, Any]] = []
    shapes: list[MultiPolygon] = []
    for key, sea in authored.items():
        if "parts" in sea:
            whole[key] = shapely.union_all([whole[part] for part in sea["parts"]])
            members = [shape for row, shape in zip(rows, shapes, strict=True) if row["key"] in sea["parts"]]
            shape = multi(shapely.union_all(members))
        else:
            try:
                whole[key] = face_of(sea, lines, whole, cache_folder)
            except ValueError as problem:
                raise ValueError(f"{key}: {problem}") from None
            shape = simplified(wrapped(whole[key]), sea.get("coarse_deg", FINE_DEG))
        point = middle_of_sea(whole[key], authored[sea.get("parts", [key])[0]]["seeds"][0])
        rows.append(
            {
                "key": key,
                "name": sea["name"],
                "names": sea["names"],
                "kind": "sea",
                "country": "",
                "lon": round(point.x, DECIMALS),
                "lat": round(point.y, DECIMALS),
                "radius_km": round(reach_km(point.x, point.y, shape), 1),
                "source": f"{limits_of(sea)}, typed; Natural Earth (coast)",
                "confidence": sea.get("confidence", "medium"),
                "note": sea.get("note", ""),
                "shown": "|".join(f"{policy}={name}" for policy, name in sea.get("shown", {}).items()),
            }
        )
        shapes.append(shape)
    write(geopandas.GeoDataFrame(rows, geometry=shapes, crs="EPSG:4326"), "seas")
    describe(
        "seas",
        "seas.gpkg",
        title="Seas, straits and oceans",
        source=SOURCE,
        licence=LICENCE,
        attribution=ATTRIBUTION,
        caveat=CAVEAT,
        recipe="recipes/seas.py",
        geometry="Polygon",
        rows=(len(rows), len(rows)),
        bounds=(-180.0, -90.0, 180.0, 90.0),
    )


if __name__ == "__main__":
    build(parse_cache(__doc__.splitlines()[0]))
