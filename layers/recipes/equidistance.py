"""Computes which coast a place at sea is nearest to: zones out to a distance, bounded by equidistance.

Distances are chords between earth-centred WGS84 positions, turned into lengths on the ellipsoid: the order of chords is
the order of geodesics to about a metre at 400 km. On a grid of longitude and latitude every unit has a field
``min(reach, distance to the nearest other unit) - own distance``; its zero contour is the edge of the unit's zone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import contourpy
import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry import MultiPolygon, Polygon

EARTH_KM = 6371.0
WGS84_KM, WGS84_E2 = 6378.137, 0.00669437999014
SPACING_KM = 4.0
"""Greatest distance of two points of a coast."""
CELL_DEG, SMALL_CELL_DEG, SMALL_KM = 1.0, 0.2, 100.0
"""Size of the cells that are looked at or left out as a whole, and for reaches below the third of these."""
FLOOR_KM = -60.0
"""The field is not let fall below this, so that it stays smooth about its zero."""


BESIDE = 0.97
BEYOND = 3.0
"""How much farther a treaty line counts beyond its ends than beside it."""
SHARPNESS = 0.3
"""How much nearer a treaty line counts for the state on whose side a place lies: 0 to 1."""


@dataclass(frozen=True)
class Border:
    """What was agreed between two sides, each one or several units.

    A ``line`` is given by points mirrored on it, (longitude, latitude) rows; ``coasts`` are points that count in place
    of the whole coasts; with ``reach`` the first side has all that lies within its reach.
    """

    one: tuple[str, ...]
    other: tuple[str, ...]
    ones: np.ndarray
    others: np.ndarray
    kind: str = "line"

    @cached_property
    def trees(self) -> tuple[cKDTree, cKDTree]:
        """The points of both sides, for the nearest of them."""
        return cKDTree(centred(self.ones)), cKDTree(centred(self.others))


@dataclass
class _Field:
    nodes: np.ndarray
    own_km: np.ndarray
    held_km: np.ndarray
    ceded_km: np.ndarray


def centred(points: np.ndarray) -> np.ndarray:
    """Turn (longitude, latitude) rows into earth-centred positions on WGS84: km."""
    lon, lat = np.radians(points[:, 0]), np.radians(points[:, 1])
    normal = WGS84_KM / np.sqrt(1 - WGS84_E2 * np.sin(lat) ** 2)
    across = normal * np.cos(lat)
    return np.column_stack([across * np.cos(lon), across * np.sin(lon), normal * (1 - WGS84_E2) * np.sin(lat)])


def _geodesic(chord_km: np.ndarray) -> np.ndarray:
    return 2 * EARTH_KM * np.arcsin(np.minimum(1.0, chord_km / (2 * EARTH_KM)))


def densified(line: np.ndarray) -> np.ndarray:
    """Add points to a line until none is farther than `SPACING_KM` from the next; longitudes come back within ±180."""
    line = np.column_stack([np.unwrap(line[:, 0], period=360), line[:, 1]])
    gaps = np.linalg.norm(np.diff(centred(line), axis=0), axis=1)
    pieces = np.maximum(1, np.ceil(gaps / SPACING_KM)).astype(int)
    at = np.concatenate([[0.0], *(i + np.arange(1, n + 1) / n for i, n in enumerate(pieces))])
    where = np.arange(len(line))
    dense = np.column_stack([np.interp(at, where, line[:, 0]), np.interp(at, where, line[:, 1])])
    dense[:, 0] = (dense[:, 0] + 180) % 360 - 180
    return dense


def zones(
    coasts: Mapping[str, np.ndarray], borders: Sequence[Border] = (), *, reach_km: float, step_deg: float
) -> dict[str, MultiPolygon]:
    """Compute each unit's zone, land included; cut at 180°, edges not yet made one.

    Parameters
    ----------
    coasts : (longitude, latitude) rows of points on each unit's coast
    borders : lines that were agreed on; where there is none the line is that of equal distance
    reach_km : how far a zone goes where no other coast is nearer
    step_deg : spacing of the grid, a whole fraction of a degree
    """
    lon = np.linspace(-180, 180, round(360 / step_deg) + 1)
    lat = np.linspace(-90, 90, round(180 / step_deg) + 1)
    near_km = reach_km * 1.06 + 1.5 * step_deg * 111
    cell_deg = CELL_DEG if reach_km > SMALL_KM else SMALL_CELL_DEG
    fields = {}
    for key, points in coasts.items():
        nodes = _nodes(_cells(points, near_km, cell_deg), len(lon), len(lat), round(cell_deg / step_deg))
        own = distances(points, _places(nodes, lon, lat), near_km)
        near = np.isfinite(own)
        own = own[near].astype(np.float32)
        fields[key] = _Field(nodes[near].astype(np.int32), own, own.copy(), np.full_like(own, np.inf))
    for border in borders:
        _apply(border, fields, lon, lat, reach_km)
    every = np.unique(np.concatenate([field.nodes for field in fields.values()]))
    nearest, second = (np.full(len(every), np.inf, np.float32) for _ in range(2))
    holder = np.full(len(every), -1, np.int16)
    for number, field in enumerate(fields.values()):
        at = np.searchsorted(every, field.nodes)
        before = nearest[at]
        second[at] = np.where(field.held_km < before, before, np.minimum(second[at], field.held_km))
        holder[at] = np.where(field.held_km < before, number, holder[at])
        nearest[at] = np.minimum(before, field.held_km)
    found = {}
    for number, (key, field) in enumerate(fields.items()):
        at = np.searchsorted(every, field.nodes)
        other = np.where(holder[at] == number, second[at], nearest[at])
        surplus = np.minimum(np.float32(reach_km) - field.own_km, other - field.held_km)
        surplus = np.minimum(surplus, field.ceded_km)
        polygons = _contour(field.nodes, surplus, lon, lat)
        if polygons:
            found[key] = MultiPolygon(polygons)
    return found


def distances(points: np.ndarray, places: np.ndarray, within_km: float = np.inf) -> np.ndarray:
    """Distance from each place to the nearest of some points: km, infinite when it is farther than a bound."""
    return distance_of(cKDTree(centred(points)), places, within_km)


def distance_of(tree: cKDTree, places: np.ndarray, within_km: float = np.inf) -> np.ndarray:
    """Distance from each place to the nearest point of a tree of earth-centred positions: km."""
    bound = 2 * EARTH_KM * np.sin(min(within_km / (2 * EARTH_KM), np.pi / 2))
    chord, _ = tree.query(centred(places), distance_upper_bound=bound)
    return np.asarray(np.where(np.isfinite(chord), _geodesic(chord), np.inf))


def _places(nodes: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    return np.column_stack([lon[nodes % len(lon)], lat[nodes // len(lon)]])


def side_of(
    border: Border, places: np.ndarray, one_km: np.ndarray, other_km: np.ndarray, reach_km: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Tell how far each place lies on the first side of a border: km, negative on the other side.

    Near a line it is the distance to the line that counts, far from it and beyond its ends that to the coasts; its two
    sides are told apart by which of the mirrored points is nearer.

    Parameters
    ----------
    one_km, other_km : distance to the coasts of the two sides

    Returns
    -------
    side_km, whether the line counts there at all, and whether the place lies beside the line, not beyond its ends
    """
    if border.kind == "reach":
        return reach_km - one_km, np.isfinite(one_km), np.isfinite(one_km)
    ones, others = (distance_of(tree, places) for tree in border.trees)
    if border.kind == "coasts":
        return others - ones, ones > one_km + 0.001, np.isfinite(one_km)
    away = (ones + others) / 2
    apart = float(np.linalg.norm(centred(border.ones[:1]) - centred(border.others[:1])))
    beside = np.clip((others - ones) / apart, -1, 1)
    beyond = away * (1 + BEYOND * (1 - beside**2))
    to_one, to_other = beyond - away * beside * SHARPNESS, beyond + away * beside * SHARPNESS
    counts = (to_one < one_km) | (to_other < other_km)
    return np.minimum(other_km, to_other) - np.minimum(one_km, to_one), counts, abs(beside) > BESIDE


def _apply(border: Border, fields: dict[str, _Field], lon: np.ndarray, lat: np.ndarray, reach_km: float) -> None:
    """Hand over what lies on the other side of a border: the nearer coast of both counts for the side that has it."""
    one, other = ([fields[key] for key in side if key in fields] for side in (border.one, border.other))
    if not one or not other:
        return
    mine, theirs = (np.unique(np.concatenate([field.nodes for field in side])) for side in (one, other))
    nodes = np.union1d(mine, theirs) if border.kind == "line" else np.intersect1d(mine, theirs)
    if border.kind == "line":
        nodes = nodes[_around(border, _places(nodes, lon, lat), reach_km * 1.2)]
    if not len(nodes):
        return
    far_km = reach_km * 1.1
    coast = [np.minimum(_least(side, nodes, "own_km"), far_km) for side in (one, other)]
    side_km, counts, beside = side_of(border, _places(nodes, lon, lat), *coast, reach_km)
    nodes, side_km, beside = nodes[counts], side_km[counts], beside[counts]
    held = [_least(side, nodes, "held_km") for side in (one, other)]
    both = np.isfinite(held[0]) & np.isfinite(held[1])
    for side, before, inside in ((one, held[0], side_km), (other, held[1], -side_km)):
        change = np.where(both, np.minimum(*held) + np.maximum(0, -inside) - np.where(both, before, 0), 0)
        for field in side:
            at, known = _find(field.nodes, nodes)
            field.held_km[at[known]] += change[known].astype(np.float32)
            alone = known & ~both & beside  # out of the other's reach: what a text gives away is nobody's
            field.ceded_km[at[alone]] = np.minimum(field.ceded_km[at[alone]], inside[alone].astype(np.float32))


def _around(border: Border, places: np.ndarray, near_km: float) -> np.ndarray:
    """Tell which places lie in the neighbourhood of a border, roughly: the rest needs no closer look."""
    lon, lat = np.unwrap(border.ones[:, 0], period=360), border.ones[:, 1]
    up = near_km / 110
    highest = min(89.0, float(np.abs(lat).max()) + up)
    half = (lon.max() - lon.min()) / 2 + up / np.cos(np.radians(highest))
    away = np.abs((places[:, 0] - (lon.max() + lon.min()) / 2 + 180) % 360 - 180)
    return np.asarray((places[:, 1] > lat.min() - up) & (places[:, 1] < lat.max() + up) & (away < half))


def _find(sorted_nodes: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    at = np.minimum(np.searchsorted(sorted_nodes, wanted), len(sorted_nodes) - 1)
    return at, sorted_nodes[at] == wanted


def _least(fields: list[_Field], nodes: np.ndarray, name: str) -> np.ndarray:
    least = np.full(len(nodes), np.inf)
    for field in fields:
        at, known = _find(field.nodes, nodes)
        least = np.minimum(least, np.where(known, getattr(field, name)[at], np.inf))
    return least


def _cells(points: np.ndarray, reach_km: float, cell_deg: float) -> np.ndarray:
    """Mark the cells that may hold a place within reach of a point: rows from the south, columns from the west."""
    rows, columns = round(180 / cell_deg), round(360 / cell_deg)
    held = np.zeros((rows, columns), dtype=bool)
    row = np.clip((points[:, 1] + 90) / cell_deg, 0, rows - 1).astype(int)
    column = np.clip((points[:, 0] + 180) / cell_deg, 0, columns - 1).astype(int)
    held[row, column] = True
    reach_deg = np.degrees(reach_km / 6356)
    up = int(np.ceil(reach_deg / cell_deg)) + 1
    marked = np.zeros_like(held)
    for y in np.flatnonzero(held.any(axis=1)):
        for to in range(max(0, y - up), min(rows, y + up + 1)):
            highest = min(89.0, max(abs(to * cell_deg - 90), abs((to + 1) * cell_deg - 90)))
            wide = int(np.ceil(reach_deg / cell_deg / np.cos(np.radians(highest)))) + 1
            if 2 * wide + 1 >= columns:
                marked[to] = True
                continue
            around = np.concatenate([held[y, -wide:], held[y], held[y, :wide]])
            sums = np.concatenate([[0], np.cumsum(around)])
            marked[to] |= (sums[2 * wide + 1 :] - sums[: -2 * wide - 1]) > 0
    return marked


def _nodes(cells: np.ndarray, columns: int, rows: int, per_cell: int) -> np.ndarray:
    """List the nodes of the grid in the marked cells, their far edges included."""
    y, x = np.nonzero(cells)
    inside = np.arange(per_cell + 1)
    row = (y * per_cell)[:, None, None] + inside[None, :, None]
    column = (x * per_cell)[:, None, None] + inside[None, None, :]
    return np.unique(np.minimum(row, rows - 1) * columns + np.minimum(column, columns - 1))


def _contour(nodes: np.ndarray, surplus: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> list[Polygon]:
    """Draw the outlines of where the surplus is above zero."""
    row, column = nodes // len(lon), nodes % len(lon)
    used = np.zeros(len(lon) + 2, dtype=int)
    used[column + 1] = 1
    edges = np.flatnonzero(np.diff(used))
    polygons = []
    for start, end in zip(edges[::2], edges[1::2], strict=True):  # runs of columns, to keep the arrays small
        mine = (column >= start) & (column < end)
        bottom, top = row[mine].min(), row[mine].max()
        field = np.full((top - bottom + 1, end - start), FLOOR_KM, dtype=np.float32)
        if min(field.shape) < 2:
            continue
        field[row[mine] - bottom, column[mine] - start] = np.maximum(surplus[mine], FLOOR_KM)
        drawer = contourpy.contour_generator(
            lon[start:end], lat[bottom : top + 1], field, fill_type=contourpy.FillType.OuterOffset
        )
        for points, offsets in zip(*drawer.filled(0.0, 1e9), strict=True):
            rings = [points[a:b] for a, b in pairwise(offsets) if b - a >= 4]
            if rings:
                valid = shapely.make_valid(Polygon(rings[0], rings[1:]))
                polygons += [part for part in shapely.get_parts(valid) if part.geom_type == "Polygon"]
    return polygons
