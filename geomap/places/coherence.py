"""What the other names of a text make likely: places that lie together are meant together.

The two oldest and best measures of the field, put together: minimality of the places of a story (Leidner, Sinclair and
Webber 2003) and the containment of the smaller ones in the larger ones that the text names. Nothing here is trained.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geomap.types import Place

_EARTH_KM = 6371.0088
WEIGHT = 0.4
"""What a place gains at most by those that lie near it, of 1."""
NEAR_KM = 150.0
"""At so many km a neighbour counts a third."""
_LARGE_KM = 300.0
"""An area of this radius says half as much of where its neighbours are as a point does."""
_DOUBT = 0.1
"""A candidate so much behind the best one of its name counts a third."""
_HALF = 1.5
"""So many sure neighbours give half of the weight."""
_MOST = 400
"""Candidates that are compared at most; a text with more of them gives the later names fewer."""


def gains(options: Sequence[Sequence[Place]]) -> list[list[float]]:
    """What each candidate of each name gains from the candidates of the other names.

    Parameters
    ----------
    options : the candidates of each name of a text, best first, with their scores

    Returns
    -------
    list
        of the same form, 0 to `WEIGHT`
    """
    share = max(1, _MOST // max(1, len(options)))
    kept = [list(places[:share]) for places in options][:_MOST]
    flat = [place for places in kept for place in places]
    made = [[0.0] * len(places) for places in options]
    if len(kept) < 2 or not flat:
        return made
    owner = np.repeat(np.arange(len(kept)), [len(places) for places in kept])
    sums = _support(flat, owner, _plausible(kept), len(kept))
    at = 0
    for number, places in enumerate(kept):
        for index in range(len(places)):
            made[number][index] = WEIGHT * float(sums[at]) / (float(sums[at]) + _HALF)
            at += 1
    return made


def _plausible(options: Sequence[Sequence[Place]]) -> NDArray[np.float64]:
    """How much each candidate counts as a neighbour: less when it is large, or behind the best of its name."""
    counts = []
    for places in options:
        best = max((place.score or 0.0 for place in places), default=0.0)
        counts += [
            math.exp(((place.score or 0.0) - best) / _DOUBT) / (1 + place.radius_km / _LARGE_KM) for place in places
        ]
    return np.array(counts)


def _support(
    flat: Sequence[Place], owner: NDArray[np.int_], counts: NDArray[np.float64], names: int
) -> NDArray[np.float64]:
    """The sum over all other names of the best neighbour that each offers."""
    lon, lat = np.radians([place.lon for place in flat]), np.radians([place.lat for place in flat])
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    apart_km = np.arccos(np.clip(unit.T @ unit, -1.0, 1.0)) * _EARTH_KM
    radius = np.array([place.radius_km for place in flat])
    # what lies within an area is not away from it, however far its middle is
    beyond = np.maximum(0.0, apart_km - np.maximum(radius[:, None], radius[None, :]))
    # a large area has many neighbours by chance
    near = np.exp(-beyond / NEAR_KM) * counts[None, :] / (1 + radius[:, None] / _LARGE_KM)
    starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
    best = np.maximum.reduceat(near, starts, axis=1)
    best[np.arange(len(flat)), np.searchsorted(owner[starts], owner)] = 0.0  # a name does not support itself
    total: NDArray[np.float64] = best.sum(axis=1)
    return total
