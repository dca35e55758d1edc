"""Geometry for a page: cut for a map that is centred on any longitude, made small, and anchored with labels."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from shapely.affinity import translate
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

MERCATOR_DEG = 85.05
"""Latitude at which the page's projection ends."""

GRID_DEG = 1e-4
"""Grid on which the two halves of what was cut at 180° are joined again: about ten metres."""

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

SHIFTS = (-360.0, 0.0, 360.0)


def shift(lon: float, lon0: float) -> float:
    """The longitude, in degrees, that is the same meridian within 180 of lon0."""
    return (lon - lon0 + 180) % 360 - 180 + lon0


def recut(geometry: BaseGeometry, lon0: float) -> BaseGeometry:
    """Cut a geometry at lon0 ± 180 instead of at ±180 degrees, and at the latitudes where the projection ends.

    The halves of what crosses 180° are joined; nothing is joined when nothing lies there.
    """
    if isinstance(geometry, Point):
        return Point(shift(geometry.x, lon0), geometry.y)
    frame = window(lon0)
    west, south, east, north = geometry.bounds
    clear = west > -180 and east < 180
    for moved in SHIFTS if clear else ():
        if west + moved >= lon0 - 180 and east + moved <= lon0 + 180 and abs(south) < 85 and abs(north) < 85:
            return translate(geometry, moved, 0) if moved else geometry
    whole = geometry if shapely.is_valid(geometry) else shapely.make_valid(geometry)
    parts = [shapely.intersection(translate(whole, moved, 0), frame) for moved in SHIFTS]
    kept = [shapely.set_precision(part, GRID_DEG) for part in parts if not part.is_empty]
    return _same_kind(shapely.union_all(kept, grid_size=GRID_DEG), geometry)


def recut_all(geometries: Iterable[BaseGeometry], lon0: float) -> BaseGeometry:
    """Cut geometries as `recut` does, and join them: part by part, since the cut meets few parts of the land."""
    return shapely.union_all([recut(part, lon0) for part in shapely.get_parts(list(geometries))])


def window(lon0: float) -> BaseGeometry:
    """All that a map centred on lon0 can show."""
    return box(lon0 - 180, -MERCATOR_DEG, lon0 + 180, MERCATOR_DEG)


def outline(area: BaseGeometry, lon0: float) -> BaseGeometry | None:
    """The edge of an area that was recut, without the cut; None when it has no cut and its edge is its boundary."""
    west, south, east, north = area.bounds
    near = 1e-3
    if west > lon0 - 180 + near and east < lon0 + 180 - near and max(abs(south), abs(north)) < MERCATOR_DEG - near:
        return None
    return shapely.difference(shapely.boundary(area), shapely.buffer(shapely.boundary(window(lon0)), near))


def uncut(geometry: BaseGeometry, lon0: float) -> bool:
    """Whether a page centred on lon0 draws a geometry otherwise than files have it (RFC 7946) but for whole turns."""
    west, south, east, north = geometry.bounds
    moved = shift(west, lon0) - west
    inside = east + moved <= lon0 + 180 and west + moved >= lon0 - 180 and abs(south) < 85 and abs(north) < 85
    return geometry.geom_type != "Point" and not (inside and west > -180 and east < 180)


def encode(geometry: BaseGeometry, decimals: int) -> dict[str, Any]:
    """Write a geometry as whole numbers, each vertex as its step from the one before: half the bytes of GeoJSON.

    ``{"p": [[lon, lat], …]}`` for points, ``{"l": [line, …]}`` for lines, ``{"a": [[ring, hole, …], …]}`` for areas;
    a line is ``[lon, lat, step east, step north, …]`` in units of the last decimal.
    """
    parts = [part for part in shapely.get_parts(geometry) if not part.is_empty]
    if geometry.geom_type == "GeometryCollection":
        parts = [inner for part in parts for inner in shapely.get_parts(part)]
    areas, lines, points = [], [], []
    for part in parts:
        if part.geom_type == "Polygon":
            rings = [_steps(ring, decimals) for ring in (part.exterior, *part.interiors)]
            if len(rings[0]) >= 8:
                areas.append([ring for ring in rings if len(ring) >= 8])
        elif part.geom_type == "Point":
            points.append([round(part.x, decimals), round(part.y, decimals)])
        else:
            line = _steps(part, decimals)
            if len(line) >= 4:
                lines.append(line)
    return {key: value for key, value in (("a", areas), ("l", lines), ("p", points)) if value}


def pack(coded: dict[str, Any]) -> dict[str, Any]:
    """The same with each line as text: every number in groups of five bits, the lowest first, 32 added if more follow.

    Half of the bytes of the numbers written out, in letters that mean nothing to JSON or HTML.
    """
    made = dict(coded)
    if "a" in coded:
        made["a"] = [[letters(ring) for ring in area] for area in coded["a"]]
    if "l" in coded:
        made["l"] = [letters(line) for line in coded["l"]]
    return made


def letters(numbers: Iterable[int]) -> str:
    """Whole numbers as text: each in groups of five bits, the lowest first, its sign the lowest bit of all."""
    return "".join(map(_letters, numbers))


@lru_cache(maxsize=2**14)
def _letters(number: int) -> str:
    rest = number << 1 if number >= 0 else (-number << 1) - 1
    text = ""
    while rest > 31:
        text += ALPHABET[(rest & 31) | 32]
        rest >>= 5
    return text + ALPHABET[rest]


def anchors(geometry: BaseGeometry, seen: BaseGeometry, avoid: BaseGeometry, count: int = 5) -> list[list[float]]:
    """Good places for an area's label as [latitude, longitude]: roomy, in sight, off what is avoided; best first."""
    rough = shapely.simplify(geometry, 0.05)
    if not rough.is_valid:
        rough = shapely.make_valid(rough)
    found: list[list[float]] = []
    sight = rough.intersection(seen)
    for room, least in ((sight.difference(avoid), 0.4), (rough.difference(avoid), 0.4), (sight, 0.1), (rough, 0.02)):
        while len(found) < count and room.area > least * least:
            parts = [part for part in shapely.get_parts(room) if part.geom_type == "Polygon"]
            if not parts:
                break
            circle = shapely.maximum_inscribed_circle(max(parts, key=lambda part: part.area), tolerance=0.05)
            if circle.length < least:
                break
            middle = shapely.get_point(circle, 0)
            found.append([round(middle.y, 2), round(middle.x, 2)])
            room = room.difference(middle.buffer(max(0.5, circle.length)))
        if found:
            break
    return found


def along(line: Any, count: int = 36) -> list[list[float]]:
    """Points evenly spread along a line, as [latitude, longitude]: where a ring may carry its label."""
    points = shapely.line_interpolate_point(line, (np.arange(count) / count).tolist(), normalized=True)
    return [[round(point.y, 2), round(point.x, 2)] for point in points]


def _steps(line: BaseGeometry, decimals: int) -> list[int]:
    whole = np.rint(shapely.get_coordinates(line) * 10**decimals).astype(np.int64)
    keep = np.ones(len(whole), dtype=bool)
    keep[1:] = (np.diff(whole, axis=0) != 0).any(axis=1)
    kept = whole[keep]
    steps: list[int] = np.vstack([kept[:1], np.diff(kept, axis=0)]).ravel().tolist()
    return steps


def _same_kind(geometry: BaseGeometry, like: BaseGeometry) -> BaseGeometry:
    """Without what a cut leaves over: points and lines where an area touched the edge."""
    kind = like.geom_type.removeprefix("Multi")
    if geometry.geom_type.removeprefix("Multi") == kind or kind == "GeometryCollection":
        return geometry
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == kind]
    return shapely.union_all(parts) if parts else geometry
