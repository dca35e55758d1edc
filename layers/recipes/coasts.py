"""Makes ``layers/coasts.gpkg``: the shoreline of every territory, and the sides of it that face the open sea.

A segment that only one territory has is shore, one that two have is a land border; so rivers, lakes, the Caspian and
borders never occur. Which part is the "east coast" is told by sight: from every point of the shore rays go out in a
fan of ±60° about the direction; a ray counts when none of the territory's larger land masses stops it anywhere, and no
land at all within 100 km. States whose own land hides their coasts have their sides by named sea in
``coast_sides.tsv``. Run from the root of the repository, after countries.py: ``python layers/recipes/coasts.py``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from atlas import ATTRIBUTION, GEOD, LAYERS, LICENCE, SOURCE, possessive, reach_km, read_table, with_article, write
from describe import describe
from shapely.geometry import MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from sight import Shore, faces

SIDES = {"N": 0.0, "NE": 45.0, "E": 90.0, "SE": 135.0, "S": 180.0, "SW": 225.0, "W": 270.0, "NW": 315.0}
WORDS = {
    "N": "north",
    "NE": "northeast",
    "E": "east",
    "SE": "southeast",
    "S": "south",
    "SW": "southwest",
    "W": "west",
    "NW": "northwest",
}
CASPIAN = (46.4, 36.3, 55.6, 47.7)
GROUPS = {"korean-peninsula": ("Korean Peninsula", ("PRK", "KOR"), ("E", "W", "S"))}
"""Lands of more than one territory that have coasts of their own name."""
SPARE_DEG = ((3000.0, 0.01), (16000.0, 0.03), (np.inf, 0.06))
"""How much a line may be straightened when the whole shore is at most so many km: an angle of the drawing."""
ISLET_KM = 40.0
"""An island with a shore shorter than this is on no side, unless the territory has none much longer."""
SPECK_KM = 10.0
"""On the whole coast of a territory with a shore over a hundred times this, islands with less shore are left out."""
LEAST_KM = 15.0
"""A side shorter than this is left out."""
CAVEAT = (
    "Generalised shore of about 2018, positions good to about 2 km, small islands left out of the sides. Which shore "
    "counts as a side is a rule of sight, not an official division."
)


@dataclass(frozen=True)
class Land:
    """A territory or a group of them: what it is called, its polygons, and its shore."""

    key: str
    name: str
    adjectives: tuple[str, ...]
    country: str
    polygons: tuple[Polygon, ...]
    shore: MultiLineString


def shores(territories: dict[str, BaseGeometry]) -> dict[str, MultiLineString]:
    """Find each territory's shore: the segments of its outline that no other territory has."""
    keys, ends = [], []
    for number, geometry in enumerate(territories.values()):
        for ring in shapely.get_rings(shapely.get_parts(geometry)):
            points = np.round(shapely.get_coordinates(ring) * 1e4).astype(np.int64)
            ends.append(np.hstack([points[:-1], points[1:]]))
            keys.append(np.full(len(points) - 1, number))
    owner, segments = np.concatenate(keys), np.vstack(ends)
    swap = (segments[:, 0] > segments[:, 2]) | ((segments[:, 0] == segments[:, 2]) & (segments[:, 1] > segments[:, 3]))
    ordered = np.where(swap[:, None], segments[:, [2, 3, 0, 1]], segments)
    _, inverse, counts = np.unique(ordered, axis=0, return_inverse=True, return_counts=True)
    keep = (counts[inverse.ravel()] == 1) & ~_unreal(segments / 1e4)
    lines = shapely.linestrings((segments / 1e4).reshape(-1, 2, 2))
    found = {}
    for number, key in enumerate(territories):
        mine = lines[keep & (owner == number)]
        if len(mine):
            merged = shapely.line_merge(shapely.multilinestrings(mine))
            found[key] = MultiLineString(list(shapely.get_parts(merged)))
    return found


def _unreal(segments: np.ndarray) -> np.ndarray:
    """Tell which segments are cuts at 180°, the closure over the pole, or the Caspian's shore."""
    cut = (np.abs(segments[:, 0]) == 180) & (np.abs(segments[:, 2]) == 180)
    pole = (np.abs(segments[:, 1]) == 90) | (np.abs(segments[:, 3]) == 90)
    west, south, east, north = CASPIAN
    lon, lat = segments[:, 0], segments[:, 1]
    return cut | pole | ((lon > west) & (lon < east) & (lat > south) & (lat < north))


def sides_of(land: Land, others: list[Polygon], ruled: list[dict[str, str]]) -> Iterator[tuple[str, BaseGeometry, str]]:
    """Give a land's sides: the letters, the line, and where it comes from."""
    if ruled:
        rest: BaseGeometry = land.shore
        pieces: dict[str, list[BaseGeometry]] = {}
        for row in ruled:
            area = Polygon([tuple(map(float, pair.split())) for pair in row["ring"].split(",")])
            pieces.setdefault(row["side"], []).append(rest.intersection(area))
            rest = rest.difference(area)
        for side, parts in pieces.items():
            yield (
                side,
                _without_islets(shapely.union_all(parts), land, ISLET_KM, 4),
                "named seas: " + ruled[0]["source"],
            )
        return
    lines = faces(Shore(land.polygons, tuple(land.shore.geoms), tuple(others)), tuple(SIDES.values()))
    for (side, _), line in zip(SIDES.items(), lines, strict=True):
        yield side, _without_islets(line, land, ISLET_KM, 4), "computed by sight to the open sea"


def length_km(geometry: BaseGeometry) -> float:
    """Length of a line: km, geodesic."""
    return float(GEOD.geometry_length(geometry)) / 1000


def _without_islets(line: BaseGeometry, land: Land, most_km: float, share: float) -> MultiLineString:
    """Leave out the islands whose shore is shorter than a length, and than a share of the land's longest shore."""
    longest = max(length_km(part) for part in land.shore.geoms)
    least = min(most_km, longest / share)
    small = [part for part in land.shore.geoms if part.is_closed and length_km(part) < least]
    parts = [part for part in shapely.get_parts(line) if part.geom_type == "LineString" and part.length > 0]
    if small:
        tree = shapely.STRtree([Polygon(part).buffer(1e-3) for part in small])
        parts = [part for part in parts if not len(tree.query(part, predicate="within"))]
    return MultiLineString(parts)


def middle(line: MultiLineString) -> Point:
    """Find a point of the line near its middle; what lies beyond 180° counts on from there."""
    points = shapely.get_coordinates(line)
    shift = 360.0 if np.ptp(points[:, 0]) > 180 else 0.0
    moved = shapely.transform(line, lambda p: p + np.column_stack([shift * (p[:, 0] < 0), 0.0 * p[:, 1]]))
    point = shapely.shortest_line(moved, moved.centroid).coords[0]
    return Point((point[0] + 180) % 360 - 180, point[1])


def title(land: Land, side: str) -> tuple[str, str]:
    """Name a side or, without one, the whole coast: the best name, and others joined by ``|``."""
    place = with_article(land.name)
    word = f"{WORDS[side]} coast" if side else "coast"
    owner = possessive(land.name)
    others = [f"{owner} {word}", *(f"{adjective} {word}" for adjective in land.adjectives)]
    if side:
        others += [f"{WORDS[side]}ern coast of {place}", f"{owner} {WORDS[side]}ern coast"]
        others += [f"{owner} {WORDS[side]}ern shore"]
    else:
        others += [f"{owner} coastline", f"shores of {place}"]
    return f"{word} of {place}", "|".join(others)


def record(land: Land, side: str, line: MultiLineString, source: str, confidence: str) -> dict[str, object]:
    """Make a row of the layer."""
    point = middle(line)
    name, names = title(land, side)
    spare = next(spare for limit, spare in SPARE_DEG if length_km(land.shore) <= limit)
    simple = shapely.transform(line.simplify(spare), lambda p: np.round(p, 4))
    return {
        "key": f"{land.key}-{side}" if side else land.key,
        "name": name,
        "names": names,
        "kind": "region",
        "country": land.country,
        "side": side,
        "bearing_deg": SIDES.get(side),
        "lon": round(point.x, 3),
        "lat": round(point.y, 3),
        "radius_km": float(np.ceil(reach_km(point.x, point.y, simple))),
        "source": source,
        "confidence": confidence,
        "geometry": MultiLineString([part for part in shapely.get_parts(simple) if part.length > 0]),
    }


def read_lands() -> tuple[list[Land], dict[str, BaseGeometry]]:
    """Read the territories, and make their shores and those of the groups."""
    import geopandas as gpd

    frame = gpd.read_file(LAYERS / "countries.gpkg", layer="countries").fillna("").set_index("key")
    territories = dict(frame.geometry.items())
    found = shores(territories)
    lands = []
    for key, shore in found.items():
        row = frame.loc[key]
        adjectives = tuple(word for word in str(row["adjectives"]).split("|") if word)
        polygons = tuple(territories[key].geoms)
        lands.append(Land(key, str(row["name"]), adjectives, key, polygons, shore))
    for key, (name, members, _) in GROUPS.items():
        whole = shapely.get_parts(shapely.union_all([territories[member] for member in members]))
        mainland = whole[int(np.argmax(shapely.area(whole)))]  # a peninsula has no islands
        edge = mainland.buffer(1e-6)
        shore = MultiLineString([line for member in members for line in found[member].geoms if edge.contains(line)])
        merged = MultiLineString(list(shapely.get_parts(shapely.line_merge(shore))))
        lands.append(Land(key, name, ("Korean",), "", (mainland,), merged))
    return lands, territories


def make() -> None:
    """Make the layer and describe it."""
    import geopandas as gpd

    lands, territories = read_lands()
    table = read_table("coast_sides.tsv")
    owners = np.array([key for key, geometry in territories.items() for _ in geometry.geoms])
    world = np.array([part for geometry in territories.values() for part in geometry.geoms])
    tree = shapely.STRtree(world)
    records = []
    for land in lands:
        records.append(
            record(
                land,
                "",
                _without_islets(land.shore, land, SPECK_KM, 100),
                "Natural Earth 4.1, shore by topology",
                "high",
            )
        )
        members = GROUPS[land.key][1] if land.key in GROUPS else (land.key,)
        near = np.unique(tree.query(np.array(land.polygons), predicate="dwithin", distance=2.5)[1])
        others = [world[i] for i in near if owners[i] not in members]
        for side, line, source in sides_of(land, others, [row for row in table if row["key"] == land.key]):
            wanted = GROUPS[land.key][2] if land.key in GROUPS else SIDES
            if side in wanted and not line.is_empty and length_km(line) >= LEAST_KM:
                records.append(record(land, side, line, f"Natural Earth 4.1; {source}", "medium"))
    write(gpd.GeoDataFrame(records, geometry="geometry", crs=4326), "coasts")
    describe(
        "coasts",
        "coasts.gpkg",
        title="Coasts and the sides of coasts",
        source=SOURCE,
        licence=LICENCE,
        attribution=ATTRIBUTION,
        caveat=CAVEAT,
        recipe="recipes/coasts.py",
        geometry="MultiLineString",
        rows=(900, 2200),
        bounds=(-180, -90, 180, 90),
    )


if __name__ == "__main__":
    make()
