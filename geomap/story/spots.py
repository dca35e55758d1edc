"""Whether two places may be the same: best points within their radii, and shapes that meet or nearly do."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.memory import remembered
from geomap.types import Location, Record

TOLERANCE_KM = 50.0
"""Places so far apart may still be the same: nobody measures from exactly the same spot."""
SHARP_KM = 150.0
"""Two places that meet say something only when neither is vaguer: all that North Korea fires falls off its coast."""
_SURE_KM = 100.0
"""Of two places that are sharper, the distance of their best points says enough."""
_COARSE = 0.05
"""How much shapes are simplified before they are compared, as a part of their radius: it saves time, and no more."""
_KM_PER_DEG = 111.2

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]


class Spots(Record, kw_only=True):
    """Where some events started, or came down: each different place once.

    Parameters
    ----------
    which : for each event the number of its place, -1 when the text gives none
    points : longitude and latitude in degrees and radius in km of each place
    shapes : the geometry of each place, coarse; None where the circle must do
    """

    which: NDArray[np.intp]
    points: Numbers
    shapes: NDArray[np.object_]


class Nearness(Record, kw_only=True):
    """How the places of some events lie to those of others: rows against columns.

    Parameters
    ----------
    known : both have a place
    meets : both have one, and it may be the same
    sharp : it may be the same, and neither is vague
    """

    known: Flags
    meets: Flags
    sharp: Flags


def spots(places: Sequence[Sequence[Location]]) -> Spots:
    """Gather the places of some events; several of one event are one that holds them all."""
    numbers: dict[tuple[float, float, float, bytes], int] = {}
    shapes: list[BaseGeometry | None] = []
    which = np.full(len(places), -1, dtype=np.intp)
    for event, found in enumerate(places):
        if not found:
            continue
        lon, lat, radius_km, shape = _one(found)
        key = (lon, lat, radius_km, b"" if shape is None else shapely.to_wkb(shape))
        if key not in numbers:
            numbers[key] = len(shapes)
            shapes.append(None if shape is None else _coarse(shape, radius_km))
        which[event] = numbers[key]
    held = np.empty(len(shapes), dtype=object)
    held[:] = shapes
    points = np.array([key[:3] for key in numbers], dtype=float).reshape(-1, 3)
    return Spots(which=which, points=points, shapes=held)


def nearness(found: Spots, rows: NDArray[np.intp], columns: NDArray[np.intp]) -> Nearness:
    """Compare the places of some events with those of others."""
    one, other = found.which[rows], found.which[columns]
    known = (one >= 0)[:, None] & (other >= 0)[None, :]
    meets, sharp = np.zeros_like(known), np.zeros_like(known)
    if known.any():
        left, here = np.unique(one[one >= 0], return_inverse=True)
        right, there = np.unique(other[other >= 0], return_inverse=True)
        both = _meeting(found, left, right)
        exact = found.points[:, 2] <= SHARP_KM
        cells = np.ix_(one >= 0, other >= 0)
        meets[cells] = both[np.ix_(here, there)]
        sharp[cells] = (both & exact[left][:, None] & exact[right][None, :])[np.ix_(here, there)]
    return Nearness(known=known, meets=meets, sharp=sharp)


def _one(found: Sequence[Location]) -> tuple[float, float, float, BaseGeometry | None]:
    first = found[0]
    if len(found) == 1:
        return first.lon, first.lat, first.radius_km, first.geometry
    far = [geodesy.distance_km(first.lon, first.lat, other.lon, other.lat) + other.radius_km for other in found]
    return first.lon, first.lat, max(first.radius_km, *far), None


@remembered(256)
def _coarse(shape: BaseGeometry, radius_km: float) -> BaseGeometry | None:
    tolerance = min(max(radius_km, 1.0), 1000.0) * _COARSE / _KM_PER_DEG
    simple = shapely.make_valid(shapely.simplify(shape, tolerance))
    return None if simple.is_empty else simple


def _meeting(found: Spots, left: NDArray[np.intp], right: NDArray[np.intp]) -> Flags:
    """Whether places may be the same: their circles meet, and where these are wide their shapes."""
    radii = found.points[left, 2][:, None] + found.points[right, 2][None, :]
    apart_km = distances_km(found.points[left], found.points[right])
    meets: Flags = apart_km <= radii + TOLERANCE_KM
    held = np.array([shape is not None for shape in found.shapes], dtype=bool)
    wide = (found.points[left, 2] > _SURE_KM)[:, None] | (found.points[right, 2] > _SURE_KM)[None, :]
    doubtful = meets & wide & held[left][:, None] & held[right][None, :] & (left[:, None] != right[None, :])
    here, there = np.nonzero(doubtful)
    if len(here):
        a, b = found.shapes[left], found.shapes[right]
        shapely.prepare(found.shapes)
        holds = shapely.contains_xy(a[here], *found.points[right[there], :2].T)
        holds |= shapely.contains_xy(b[there], *found.points[left[here], :2].T)
        holds[~holds] = _touch(a[here[~holds]], b[there[~holds]])
        meets[here, there] = holds
    return meets


def distances_km(a: Numbers, b: Numbers) -> Numbers:
    """Distances in km on a sphere between the points of two lists: near enough for circles of uncertainty."""
    one, other = np.radians(a[:, :2]), np.radians(b[:, :2])
    lat = np.sin((one[:, 1][:, None] - other[:, 1][None, :]) / 2) ** 2
    lon = np.sin((one[:, 0][:, None] - other[:, 0][None, :]) / 2) ** 2
    chord = lat + np.cos(one[:, 1])[:, None] * np.cos(other[:, 1])[None, :] * lon
    distances: Numbers = 2 * 6371.0072 * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return distances


def _touch(a: NDArray[np.object_], b: NDArray[np.object_]) -> Flags:
    """Whether shapes meet, or lie so near to each other that nobody could tell, across 180° too, where they are cut."""
    meets: Flags = shapely.intersects(a, b)
    meets[~meets] = _near(a[~meets], b[~meets])
    one, other = shapely.bounds(a), shapely.bounds(b)
    for turn, wide in ((360.0, one[:, 2] - other[:, 0]), (-360.0, other[:, 2] - one[:, 0])):
        some = ~meets & (wide > 180)
        turned = shapely.set_coordinates(b[some], shapely.get_coordinates(b[some]) + np.array([turn, 0.0]))
        meets[some] = _near(a[some], turned)
    return meets


def _near(a: NDArray[np.object_], b: NDArray[np.object_]) -> Flags:
    ends = shapely.get_coordinates(shapely.shortest_line(a, b)).reshape(-1, 4)
    near: Flags = geodesy.GEOD.inv(ends[:, 0], ends[:, 1], ends[:, 2], ends[:, 3])[2] / 1000 <= TOLERANCE_KM
    return near
