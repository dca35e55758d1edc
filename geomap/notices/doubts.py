"""What cannot be right about an area, though each of its corners could be: said with its place, and never mended."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from geomap import wording
from geomap.geodesy import GEOD, distance_km, farthest_km
from geomap.notices.items import Items
from geomap.notices.notice import Area, LonLat
from geomap.notices.outline import NM_KM, crosses_itself

_FEWEST, _MOST = 3, 500
_SLIPS_DEG = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0)
"""What one wrong figure of the degrees, or two that changed places, may do."""
_FAR = 4.0
_BACK = 0.8
_VERY_FAR = 5.0
_LEAST_KM, _UNEXPLAINED_KM = 60.0, 150.0
_ENVELOPE_NM, _ENVELOPE = 10.0, 1.6


def doubts_of(area: Area) -> tuple[str, ...]:
    """All doubts about an area as a whole."""
    return (*_crossing(area), *_few(area), *_outlier(area))


def _crossing(area: Area) -> Iterator[str]:
    found = crosses_itself(area)
    if found is not None:
        yield f"its edges cross near {wording.position(*found)}; drawn as printed"


def _few(area: Area) -> Iterator[str]:
    if area.type in ("polygon", "arc") and len(set(area.vertices)) < _FEWEST and not area.arcs:
        yield f"only {len(set(area.vertices))} readable corners; no area can be drawn"


def _outlier(area: Area) -> Iterator[str]:
    """One corner far from the rest, which one wrong figure, or the other hemisphere, would explain."""
    corners = area.vertices
    if area.type not in ("polygon", "arc") or not _FEWEST <= len(corners) <= _MOST:
        return
    apart = _apart(corners)
    for number, (corner, size) in enumerate(zip(corners, _sizes(apart), strict=True)):
        rest = [*corners[:number], *corners[number + 1 :]]
        near = float(np.delete(apart[number], number).min())
        limit = max(_FAR * size, _LEAST_KM)
        if near <= limit or (len(corners) == _FEWEST and near < _VERY_FAR * size):
            continue
        better = _nearer(corner, rest)
        explained = better is not None and better[1] <= max(_BACK * size, _LEAST_KM / 2)
        if explained or near > _VERY_FAR * max(size, _UNEXPLAINED_KM):
            why = f"; {better[0]} would bring it near" if explained and better else ""
            yield (
                f"corner {number + 1}, {wording.position(*corner)}, lies {near:,.0f} km from all others, "
                f"which lie within {size:,.0f} km of each other{why}"
            )
            return


def _apart(points: Sequence[LonLat]) -> NDArray[np.float64]:
    """The distance of each point from each other in km."""
    lons, lats = np.array(points, dtype=float).T
    count = len(points)
    one, other = np.repeat(np.arange(count), count), np.tile(np.arange(count), count)
    metres = GEOD.inv(lons[one], lats[one], lons[other], lats[other])[2]
    return np.asarray(metres, dtype=float).reshape(count, count) / 1000


def _sizes(apart: NDArray[np.float64]) -> list[float]:
    """For each point the largest distance between two of the others in km."""
    ends = np.unravel_index(apart.argmax(), apart.shape)
    return [
        float(np.delete(np.delete(apart, number, axis=0), number, axis=1).max() if number in ends else apart.max())
        for number in range(len(apart))
    ]


def _nearer(corner: LonLat, rest: Sequence[LonLat]) -> tuple[str, float] | None:
    """The slip that would bring a corner nearest to the others, in words, and how near in km."""
    lon, lat = corner
    tried = [
        ("the other hemisphere of its latitude", (lon, -lat)),
        ("the other hemisphere of its longitude", (-lon, lat)),
    ]
    for slip in _SLIPS_DEG:
        for sign in (1, -1):
            tried.append(("another figure in the degrees of its latitude", (lon, lat + sign * slip)))
            tried.append(("another figure in the degrees of its longitude", (lon + sign * slip, lat)))
    kept = [
        (words, min(distance_km(*point, *other) for other in rest)) for words, point in tried if abs(point[1]) <= 90
    ]  # fmt: skip
    return min(kept, key=lambda one: one[1], default=None)


def beyond_envelope(area: Area, items: Items) -> Iterator[str]:
    """What to say of a shape that a NOTAM's own envelope does not hold: often it is the envelope that is wrong."""
    if items.q_centre is None or items.q_radius_nm is None or area.geometry is None:
        return
    reach = farthest_km(*items.q_centre, area.geometry) / NM_KM
    if reach > _ENVELOPE * items.q_radius_nm + _ENVELOPE_NM:
        yield (f"it reaches {reach:,.0f} NM from the centre of the Q-line, whose radius is {items.q_radius_nm:g} NM")
