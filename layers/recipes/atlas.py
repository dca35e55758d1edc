"""Reads Natural Earth's countries from the npm package world-atlas (TopoJSON), as parts that keep their topology.

What has to be known of that file: its rings are "geostitched" (Russia, Fiji and Antarctica run across 180° and over the
pole without a cut), 14 of its features have no id, the id 036 is used twice, and some territories with a code of their
own lie inside their sovereign's feature. An arc that one feature uses is coast, one that two use is a land border.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

os.environ["OGR_CURRENT_DATE"] = "2024-01-01T00:00:00.000Z"  # before GDAL is imported: the same bytes on every run

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.looks import dress

PACKAGE = "world-atlas@2.0.2"
SHA256 = "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
SOURCE = {
    "title": "Natural Earth 4.1 by way of world-atlas",
    "path": "https://www.npmjs.com/package/world-atlas",
    "version": "2.0.2",
}
LICENCE = "Public domain (Natural Earth)"
ATTRIBUTION = "Made with Natural Earth."

HERE = Path(__file__).parent
LAYERS = HERE.parent
GEOD = Geod(ellps="WGS84")
WORLD = box(-180, -90, 180, 90)

UNNUMBERED = {
    "Akrotiri": "CYP",
    "Bajo Nuevo Bank": "COL",
    "Baikonur": "KAZ",
    "Clipperton I.": "CPT",
    "Coral Sea Is.": "AUS",
    "Cyprus U.N. Buffer Zone": "CYP",
    "Dhekelia": "CYP",
    "Indian Ocean Ter.": "CXR",
    "Kosovo": "XKX",
    "N. Cyprus": "CYP",
    "Scarborough Reef": "",
    "Serranilla Bank": "COL",
    "Siachen Glacier": "IND",
    "Somaliland": "SOM",
    "Spratly Is.": "",
    "USNB Guantanamo Bay": "CUB",
}
"""Features without an id, and the territory that they are counted to; none for what several states hold in part."""

SPLITS: tuple[tuple[str, str, tuple[float, float, float, float]], ...] = (
    ("FRA", "GUF", (-55, 2, -51, 6)),
    ("FRA", "REU", (55, -21.6, 56, -20.6)),
    ("FRA", "GLP", (-62, 15.7, -60.8, 16.7)),
    ("FRA", "MTQ", (-61.4, 14.2, -60.6, 15)),
    ("FRA", "MYT", (44.8, -13.2, 45.5, -12.4)),
    ("NOR", "SJM", (8, 73.5, 36, 82)),
    ("NOR", "SJM", (-10, 70.5, -7, 71.5)),
    ("NOR", "BVT", (3, -55, 4, -54)),
    ("NZL", "TKL", (-173, -10, -170, -8)),
    ("NLD", "BES", (-69, 11.8, -62.8, 17.8)),
    ("CXR", "CCK", (96, -13, 97.5, -11)),
)
"""Territories with a code of their own inside another's feature: from, to, and the box that holds them."""

PLURALS = ("Islands", "Kingdom", "States", "Emirates", "Republic", "Lands", "Territory", "Republic of the Congo")
ARTICLE = {"Philippines", "Netherlands", "Bahamas", "Maldives", "Comoros", "Gambia", "Seychelles", "Korean Peninsula"}

DECIMALS = 7
"""Decimals of a degree that coordinates are kept to, so that shared vertices stay equal after a shift by 360°."""

Ring = tuple[int, ...]


@dataclass(frozen=True)
class Part:
    """One polygon of a territory: its key, the feature's name, and its rings as lists of arcs (``~i``: reversed)."""

    key: str
    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True)
class Atlas:
    """The arcs (longitude, latitude) of a TopoJSON file, and the polygons that are made of them."""

    arcs: tuple[np.ndarray, ...]
    parts: tuple[Part, ...]


def parse_cache(description: str) -> Path:
    """Read the command line of a recipe: ``--cache`` is the folder that the package is kept in."""
    parser = argparse.ArgumentParser(description=description)
    default = Path(tempfile.gettempdir()) / "geomap-recipes"
    parser.add_argument("--cache", type=Path, default=default, help="folder that downloads are kept in")
    cache: Path = parser.parse_args().cache
    return cache


def fetch(cache: Path) -> Path:
    """Fetch the package into a folder, unless it is there, and check it.

    Raises
    ------
    ValueError
        if the file is not the one that this recipe was written for
    """
    path = cache / (PACKAGE.replace("@", "-") + ".tgz")
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        subprocess.run(["npm", "pack", "--silent", PACKAGE], cwd=cache, check=True, capture_output=True)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != SHA256:
        raise ValueError(f"{path}: sha256 is {digest}, expected {SHA256}")
    return path


def read_table(name: str) -> list[dict[str, str]]:
    """Read a tab-separated table that lies beside the recipes; an empty list when there is none."""
    path = HERE / name
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_atlas(resolution: str, cache: Path) -> Atlas:
    """Read the countries of one resolution.

    Parameters
    ----------
    resolution : ``10m``, ``50m`` or ``110m``
    """
    with tarfile.open(fetch(cache)) as package:
        member = package.extractfile(f"package/countries-{resolution}.json")
        assert member is not None
        topology: dict[str, Any] = json.load(member)
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    steps = (np.cumsum(np.asarray(arc, dtype=np.int64), axis=0) for arc in topology["arcs"])
    arcs = tuple(np.column_stack([step[:, 0] * sx + tx, step[:, 1] * sy + ty]).round(DECIMALS) for step in steps)
    numeric = {row["numeric"]: row["key"] for row in read_table("sovereigns.tsv") if row["numeric"]}
    parts = []
    for feature in topology["objects"]["countries"]["geometries"]:
        name = feature["properties"]["name"]
        key = numeric[feature["id"]] if "id" in feature else UNNUMBERED[name]
        for rings in [feature["arcs"]] if feature["type"] == "Polygon" else feature["arcs"]:
            outline = tuple(tuple(ring) for ring in rings)
            parts.append(Part(_split(key, ring_of(arcs, outline[0])), name, outline))
    return Atlas(arcs, tuple(parts))


def _split(key: str, ring: np.ndarray) -> str:
    west, south = ring.min(axis=0)
    east, north = ring.max(axis=0)
    for old, new, (w, s, e, n) in SPLITS:
        if key == old and w <= west and s <= south and east <= e and north <= n:
            return new
    return key


def ring_of(arcs: Sequence[np.ndarray], ring: Ring) -> np.ndarray:
    """Put a ring together from its arcs: (longitude, latitude) rows, not yet unwrapped."""
    pieces = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in ring]
    return np.vstack([pieces[0], *(piece[1:] for piece in pieces[1:])])


def polygons_of(atlas: Atlas, part: Part) -> list[Polygon]:
    """Make the valid polygons of a part, unwrapped first, closed over the pole, cut at 180°."""
    rings = [_unwrapped(ring_of(atlas.arcs, ring)) for ring in part.rings]
    rings = [ring for ring in rings if len(ring) >= 4]
    if not rings:
        return []
    middle = rings[0][:, 0].mean()
    holes = [ring + np.array([360 * round((middle - ring[:, 0].mean()) / 360), 0]) for ring in rings[1:]]
    whole = shapely.make_valid(Polygon(rings[0], holes))
    pieces: list[BaseGeometry] = [whole]
    if whole.bounds[0] < -180 or whole.bounds[2] > 180:
        pieces = [translate(whole, shift).intersection(WORLD) for shift in (-360, 0, 360)]
        pieces = [shapely.transform(piece, lambda points: points.round(DECIMALS)) for piece in pieces]
    return [polygon for piece in pieces for polygon in multi(piece).geoms if polygon.area > 0]


def _unwrapped(ring: np.ndarray) -> np.ndarray:
    """Let longitudes run on beyond 180° where the ring crosses it; lead a ring round a pole over the pole."""
    lon = np.unwrap(ring[:, 0], period=360)
    if abs(lon[-1] - lon[0]) < 180:
        return np.column_stack([lon, ring[:, 1]])
    pole = -90.0 if ring[:, 1].mean() < 0 else 90.0
    wrapped = (ring[:-1, 0] + 180) % 360 - 180
    start = int(np.argmax(np.abs(np.diff(wrapped, append=wrapped[:1])))) + 1
    lon, lat = np.roll(wrapped, -start), np.roll(ring[:-1, 1], -start)
    first, last = (-180.0, 180.0) if lon[0] < 0 else (180.0, -180.0)
    edge = (lat[0] + lat[-1]) / 2
    outline = np.vstack([[[first, edge]], np.column_stack([lon, lat]), [[last, edge], [last, pole], [first, pole]]])
    return np.vstack([outline, outline[:1]])


def merge(atlas: Atlas) -> dict[str, MultiPolygon]:
    """Make one multi-polygon for each key; what belongs to nobody in particular is left out."""
    pieces: dict[str, list[Polygon]] = defaultdict(list)
    for part in atlas.parts:
        if part.key:
            pieces[part.key] += polygons_of(atlas, part)
    return {key: multi(shapely.union_all(pieces[key])) for key in sorted(pieces)}


def multi(geometry: BaseGeometry) -> MultiPolygon:
    """Keep the polygons of a geometry, as a multi-polygon."""
    parts = shapely.get_parts(shapely.get_parts(geometry))  # twice: a repaired polygon may be a collection
    return MultiPolygon([part for part in parts if part.geom_type == "Polygon" and not part.is_empty])


def reach_km(lon: float, lat: float, geometry: BaseGeometry) -> float:
    """Distance from a point to the farthest vertex of a geometry: km, geodesic."""
    points = shapely.get_coordinates(geometry)
    same = np.full(len(points), 1.0)
    return float(GEOD.inv(lon * same, lat * same, points[:, 0], points[:, 1])[2].max() / 1000)


def middle_of(polygon: Polygon) -> Point:
    """Find a point in the middle of a polygon: its centroid when that lies inside, else its widest place."""
    centroid = polygon.centroid
    if polygon.contains(centroid):
        return centroid
    return Point(shapely.maximum_inscribed_circle(polygon).coords[0])


def area_km2(geometry: BaseGeometry) -> float:
    """Area of a geometry on the ellipsoid: km²."""
    return abs(float(GEOD.geometry_area_perimeter(shapely.orient_polygons(geometry))[0])) / 1e6


def rounded(geometry: Any, decimals: int) -> Any:
    """Round coordinates without moving shared vertices apart, and repair what rounding made invalid."""
    return shapely.make_valid(shapely.transform(geometry, lambda points: np.round(points, decimals) + 0.0))


def possessive(name: str) -> str:
    """Say whose something is: 'Japan's', 'the Philippines''."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def with_article(name: str) -> str:
    """Put 'the' before a country's name where English does."""
    return f"the {name}" if name in ARTICLE or name.endswith(PLURALS) else name


def write(frame: GeoDataFrame, name: str, *, small: bool = False) -> Path:
    """Write a layer as ``layers/<name>.gpkg`` with its style in QGIS, in place of an older one.

    Parameters
    ----------
    small : with small pages and without an index, which would be a third of the file
    """
    path = LAYERS / f"{name}.gpkg"
    path.unlink(missing_ok=True)
    if small:
        os.environ["OGR_SQLITE_PRAGMA"] = "page_size=512"
    index = "NO" if small else "YES"
    bare = {"ADD_GPKG_OGR_CONTENTS": "NO"} if small else {}
    frame.to_file(path, layer=name, driver="GPKG", engine="pyogrio", VERSION="1.3", SPATIAL_INDEX=index, **bare)
    dress(path, name)
    os.environ.pop("OGR_SQLITE_PRAGMA", None)
    return path
