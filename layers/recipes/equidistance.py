"""Computes which coast a place at sea is nearest to: zones out to a distance, bounded by equidistance.

Distances are chords between earth-centred WGS84 positions, turned into lengths on the ellipsoid: the order of chords is
the order of geodesics to about a metre at 400 km. On a grid of longitude and latitude every unit has a field
``min(reach, distance to the nearest other unit) - own distance``; its zero contour is the edge of the unit's zone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import contourpy
import numpy as np
import shapely
from pyproj import Transformer
from scipy.spatial import cKDTree
from shapely.geometry import MultiPolygon, Polygon

EARTH_KM = 6371.0
SPACING_KM = 4.0
"""Greatest distance of two points of a coast."""
CELL_DEG = 1.0
"""Size of the cells that are looked at or left out as a whole."""
FLOOR_KM = -60.0
"""The field is not let fall below this, so that it stays smooth about its zero."""


@dataclass(frozen=True)
class _Field:
    nodes: np.ndarray
    own_km: np.ndarray


def centred(points: np.ndarray) -> np.ndarray:
    """Turn (longitude, latitude) rows into earth-centred positions on WGS84: km."""
    to_centre = Transformer.from_crs(4979, 4978, always_xy=True)
    zero = np.zeros(len(points))
    return np.column_stack(to_centre.transform(points[:, 0], points[:, 1], zero)) / 1000


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


def zones(coasts: Mapping[str, np.ndarray], *, reach_km: float, step_deg: float) -> dict[str, MultiPolygon]:
    """Compute each unit's zone, land included; cut at 180°, edges not yet made one.

    Parameters
    ----------
    coasts : (longitude, latitude) rows of points on each unit's coast
    reach_km : how far a zone goes where no other coast is nearer
    step_deg : spacing of the grid, a whole fraction of a degree
    """
    lon = np.linspace(-180, 180, round(360 / step_deg) + 1)
    lat = np.linspace(-90, 90, round(180 / step_deg) + 1)
    count = len(lon) * len(lat)
    nearest, second = np.full(count, np.inf, np.float32), np.full(count, np.inf, np.float32)
    holder = np.full(count, -1, np.int16)
    margin_km = 1.5 * step_deg * 111
    bound = 2 * EARTH_KM * np.sin((reach_km * 1.06 + margin_km) / (2 * EARTH_KM))
    fields = []
    for number, points in enumerate(coasts.values()):
        nodes = _nodes(_cells(points, reach_km * 1.06 + margin_km), lon, lat, round(CELL_DEG / step_deg))
        grid = np.column_stack([lon[nodes % len(lon)], lat[nodes // len(lon)]])
        chord, _ = cKDTree(centred(points)).query(centred(grid), distance_upper_bound=bound)
        near = np.isfinite(chord)
        nodes, own = nodes[near], _geodesic(chord[near]).astype(np.float32)
        before = nearest[nodes]
        second[nodes] = np.where(own < before, before, np.minimum(second[nodes], own))
        holder[nodes] = np.where(own < before, number, holder[nodes])
        nearest[nodes] = np.minimum(before, own)
        fields.append(_Field(nodes.astype(np.int32), own))
    found = {}
    for number, (key, field) in enumerate(zip(coasts, fields, strict=True)):
        other = np.where(holder[field.nodes] == number, second[field.nodes], nearest[field.nodes])
        surplus = np.minimum(np.float32(reach_km), other) - field.own_km
        polygons = _contour(field.nodes, surplus, lon, lat)
        if polygons:
            found[key] = MultiPolygon(polygons)
    return found


def _cells(points: np.ndarray, reach_km: float) -> np.ndarray:
    """Mark the cells that may hold a place within reach of a point: rows from the south, columns from the west."""
    rows, columns = round(180 / CELL_DEG), round(360 / CELL_DEG)
    held = np.zeros((rows, columns), dtype=bool)
    row = np.clip((points[:, 1] + 90) / CELL_DEG, 0, rows - 1).astype(int)
    column = np.clip((points[:, 0] + 180) / CELL_DEG, 0, columns - 1).astype(int)
    held[row, column] = True
    reach_deg = np.degrees(reach_km / 6356)
    up = int(np.ceil(reach_deg / CELL_DEG)) + 1
    marked = np.zeros_like(held)
    for y in np.flatnonzero(held.any(axis=1)):
        for to in range(max(0, y - up), min(rows, y + up + 1)):
            highest = min(89.0, max(abs(to * CELL_DEG - 90), abs((to + 1) * CELL_DEG - 90)))
            wide = int(np.ceil(reach_deg / CELL_DEG / np.cos(np.radians(highest)))) + 1
            if 2 * wide + 1 >= columns:
                marked[to] = True
                continue
            around = np.concatenate([held[y, -wide:], held[y], held[y, :wide]])
            sums = np.concatenate([[0], np.cumsum(around)])
            marked[to] |= (sums[2 * wide + 1 :] - sums[: -2 * wide - 1]) > 0
    return marked


def _nodes(cells: np.ndarray, lon: np.ndarray, lat: np.ndarray, per_cell: int) -> np.ndarray:
    """List the nodes of the grid in the marked cells, their far edges included."""
    marked = np.zeros((len(lat), len(lon)), dtype=bool)
    for y, x in zip(*np.nonzero(cells), strict=True):
        marked[y * per_cell : (y + 1) * per_cell + 1, x * per_cell : (x + 1) * per_cell + 1] = True
    return np.flatnonzero(marked)


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
