"""Reads the folder ``treaties``: lines at sea that states agreed on or a court drew, joint areas, and enclaves.

A line is a list of points as its text gives them, with who is on the left and on the right of one who walks along it.
A point is written ``13 46 35.7 N 81 29 34.7 W`` (degrees, minutes, seconds; fewer numbers are allowed); ``bearing 236
for 370 km`` goes on from the last point along a loxodrome.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import shapely
from atlas import GEOD, HERE, multi
from equidistance import Border, densified, distances
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

_POINT = re.compile(r"^([\d. ]+) ([NS]) ([\d. ]+) ([EW])$")
_BEARING = re.compile(r"^bearing ([\d.]+) for ([\d.]+) km$")
OFFSET_KM = 0.25
"""How far the mirrored points lie from the line."""


@dataclass(frozen=True)
class Line:
    """A treaty line: (longitude, latitude) rows and the units on both sides of it."""

    name: str
    year: int
    source: str
    confidence: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    points: np.ndarray


@dataclass(frozen=True)
class Area:
    """Waters that several states use or claim together: a zone of its own."""

    key: str
    name: str
    claimants: str
    source: str
    confidence: str
    points: np.ndarray
    cut: bool = True


@dataclass(frozen=True)
class Enclave:
    """Islands that a text gives a territorial sea and no more, within the waters of another."""

    owner: str
    name: str
    miles: float
    points: np.ndarray
    against: str = ""


@dataclass(frozen=True)
class Limit:
    """A unit that a court gave a belt and a corridor; the rest of what is nearest to it is another's."""

    owner: str
    heir: str
    miles: float
    points: np.ndarray


@dataclass(frozen=True)
class Priority:
    """Two units of which the first has all that lies within its reach."""

    name: str
    first: str
    second: str


@dataclass(frozen=True)
class Treaties:
    """All that the folder ``treaties`` says."""

    lines: tuple[Line, ...]
    areas: tuple[Area, ...]
    enclaves: tuple[Enclave, ...]
    priorities: tuple[Priority, ...]
    limits: tuple[Limit, ...]


def read_treaties() -> Treaties:
    """Read the files of the folder beside this module, one for each part of the world.

    Raises
    ------
    ValueError
        if a point cannot be read
    """
    data: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for path in sorted((HERE / "treaties").glob("*.toml")):
        for kind, rows in tomllib.loads(path.read_text(encoding="utf-8")).items():
            data[kind] += rows
    lines, enclaves = [], []
    for row in data["line"]:
        points = read_points(row["points"])
        if row.pop("path", "loxodrome") == "geodesic":
            points = _geodesics(points)
        sides = {side: tuple(row.pop(side).split("|")) for side in ("left", "right")}
        lines.append(Line(**{**row, **sides, "points": points}))
    areas = [Area(**{**row, "points": read_points(row["points"])}) for row in data["area"]]
    priorities = [Priority(row["name"], row["first"], row["second"]) for row in data["priority"]]
    limits = [Limit(row["owner"], row["heir"], row["miles"], read_points(row["points"])) for row in data["limit"]]
    for row in data["enclave"]:
        row.pop("source")
        enclaves.append(Enclave(**{**row, "points": read_points(row["points"])}))
    return Treaties(tuple(lines), tuple(areas), tuple(enclaves), tuple(priorities), tuple(limits))


def read_points(text: str) -> np.ndarray:
    """Read the points of a line, one a row: (longitude, latitude) in degrees.

    Raises
    ------
    ValueError
        if a row is neither a point nor a bearing
    """
    found: list[tuple[float, float]] = []
    for row in text.strip().splitlines():
        if point := _POINT.match(row.strip()):
            lat, lon = _degrees(point[1]), _degrees(point[3])
            found.append((-lon if point[4] == "W" else lon, -lat if point[2] == "S" else lat))
        elif bearing := _BEARING.match(row.strip()):
            found += _loxodrome(found[-1], float(bearing[1]), float(bearing[2]))
        else:
            raise ValueError(f"neither a point nor a bearing: {row!r}")
    return np.array(found)


def _degrees(text: str) -> float:
    degrees = sum(float(number) / 60**i for i, number in enumerate(text.split()))
    if len(text.split()) > 3 or any(float(number) >= 60 for number in text.split()[1:]):
        raise ValueError(f"not degrees, minutes and seconds: {text!r}")
    return degrees


def _loxodrome(start: tuple[float, float], bearing: float, length_km: float) -> list[tuple[float, float]]:
    """Go on along a constant bearing, in steps of 20 km."""
    steps = max(1, round(length_km / 20))
    lon, lat = start
    way = []
    for _ in range(steps):
        lon, lat, _ = GEOD.fwd(lon, lat, bearing, length_km / steps * 1000)
        way.append((lon, lat))
    return way


def _geodesics(points: np.ndarray) -> np.ndarray:
    """Put points every 20 km on the geodesics between the points of a line."""
    rows = [points[:1]]
    for start, end in pairwise(points):
        count = int(GEOD.inv(*start, *end)[2] / 20_000)
        if count:
            rows.append(np.array(GEOD.npts(*start, *end, count)))
        rows.append(end[None, :])
    return np.vstack(rows)


def borders_of(treaties: Treaties, coasts: Mapping[str, np.ndarray]) -> list[Border]:
    """Mirror the lines: points on both sides of them, put together for each pair of sides.

    Parameters
    ----------
    coasts : (longitude, latitude) rows of each unit's coast, for the lines that leave islands out
    """
    sides: dict[tuple[tuple[str, ...], tuple[str, ...]], list[np.ndarray]] = defaultdict(list)
    for line in treaties.lines:
        points = densified(line.points)
        forward = np.array(GEOD.inv(*points[:-1].T, *points[1:].T)[0])
        before, after = np.concatenate([forward[:1], forward]), np.concatenate([forward, forward[-1:]])
        heading = before + ((after - before + 180) % 360 - 180) / 2
        away = np.full(len(points), OFFSET_KM * 1000)
        left, right = (np.column_stack(GEOD.fwd(*points.T, heading + turn, away)[:2]) for turn in (-90, 90))
        first, second = sorted(((line.left, left), (line.right, right)), key=lambda side: side[0])
        sides[first[0], second[0]].append(np.hstack([first[1], second[1]]))
    nothing = np.empty((0, 2))
    found = []
    for enclave in treaties.enclaves:
        if enclave.against:
            rest = apart_from(coasts[enclave.owner], enclave)
            found.append(Border((enclave.owner,), (enclave.against,), rest, coasts[enclave.against], "coasts"))
    rows = {key: np.vstack(pieces) for key, pieces in sides.items()}
    found += [Border(*key, both[:, :2], both[:, 2:]) for key, both in rows.items()]
    return found + [Border((row.first,), (row.second,), nothing, nothing, "reach") for row in treaties.priorities]


def apart_from(points: np.ndarray, enclave: Enclave) -> np.ndarray:
    """Leave out the islands of an enclave: they have a territorial sea, but do not move the line."""
    return points[distances(enclave.points, points) > enclave.miles * 1.852]


def carve(
    zones: Mapping[str, MultiPolygon], treaties: Treaties, coasts: Mapping[str, np.ndarray]
) -> dict[str, MultiPolygon]:
    """Take joint areas and enclaves out of the zones that they lie in."""
    kept = dict(zones)
    for limit in treaties.limits:
        corridor = Polygon(limit.points)
        belt = shapely.union_all([circle_of(lon, lat, limit.miles * 1.852) for lon, lat in coasts[limit.owner]])
        belt = belt.intersection(kept[limit.owner])
        lost = kept[limit.owner].difference(belt)
        kept[limit.heir] = multi(shapely.union_all([kept[limit.heir], lost]).difference(corridor))
        kept[limit.owner] = multi(shapely.union_all([belt, corridor.intersection(lost)]))
    for area in treaties.areas:
        if area.cut:
            sides = {area.key, *area.claimants.split("|")}
            others = [zone for key, zone in kept.items() if key not in sides]
            shape = multi(shapely.make_valid(Polygon(area.points)).difference(shapely.union_all(others)))
            taken(kept, shape)
            kept[area.key] = shape  # what is out of reach of both is theirs all the same
    for enclave in treaties.enclaves:
        circles = [circle_of(lon, lat, enclave.miles * 1.852) for lon, lat in enclave.points]
        inside = taken(kept, shapely.union_all(circles))
        kept[enclave.owner] = multi(shapely.union_all([kept[enclave.owner], inside]))
    return kept


def taken(kept: dict[str, MultiPolygon], shape: BaseGeometry) -> MultiPolygon:
    """Take a shape out of all zones, and return what was there of it."""
    pieces = []
    for key, zone in kept.items():
        if zone.intersects(shape):
            pieces.append(zone.intersection(shape))
            kept[key] = multi(zone.difference(shape))
    return multi(shapely.union_all(pieces))


def circle_of(lon: float, lat: float, reach_km: float) -> Polygon:
    """Make a geodesic circle: degrees, km."""
    azimuths = np.arange(360.0, 0.0, -5.0)
    same = np.ones_like(azimuths)
    x, y, _ = GEOD.fwd(lon * same, lat * same, azimuths, reach_km * 1000 * same)
    return Polygon(np.column_stack([x, y]))
