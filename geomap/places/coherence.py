"""What the other names of a text make likely: places that lie together are meant together.

The two oldest and best measures of the field, put together: minimality of the places of a story (Leidner, Sinclair and
Webber 2003) and the containment of the smaller ones in the larger ones that the text names. Nothing here is trained.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, islice

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


def gains(options: Sequence[Sequence[Place]], passes: int = 1) -> list[list[float]]:
    """What each candidate of each name gains from the candidates of the other names.

    Parameters
    ----------
    options : the candidates of each name of a text, best first, with their scores
    passes : how often it is found, each time from what the last time has made of the scores

    Returns
    -------
    list
        of the same form, 0 to `WEIGHT`
    """
    share = max(1, _MOST // max(1, len(options)))
    kept = [places[:share] for places in options][:_MOST]
    flat = [place for places in kept for place in places]
    made = [[0.0] * len(places) for places in options]
    if len(kept) < 2 or not flat:
        return made
    near, larger = _nearness(flat)
    lengths = [len(places) for places in kept if places]
    starts = np.array([0, *accumulate(lengths[:-1])])
    own = np.arange(len(flat)), np.repeat(np.arange(len(lengths)), lengths)
    for _ in range(passes):
        counts = np.array(_plausible(kept, made))
        # a large area has many neighbours by chance
        best = np.maximum.reduceat(near * counts[None, :] / larger[:, None], starts, axis=1)
        best[own] = 0.0  # a name does not support itself
        sums = iter(best.sum(axis=1).tolist())
        for gained, places in zip(made, kept, strict=False):
            gained[: len(places)] = [WEIGHT * one / (one + _HALF) for one in islice(sums, len(places))]
    return made


def _plausible(options: Sequence[Sequence[Place]], gained: Sequence[Sequence[float]]) -> list[float]:
    """How much each candidate counts as a neighbour: less when it is large, or behind the best of its name."""
    counts = []
    for places, more in zip(options, gained, strict=False):
        scores = [(place.score or 0.0) + gain for place, gain in zip(places, more, strict=False)]
        best = max(scores, default=0.0)
        counts += [
            math.exp((score - best) / _DOUBT) / (1 + place.radius_km / _LARGE_KM)
            for place, score in zip(places, scores, strict=True)
        ]
    return counts


def _nearness(flat: Sequence[Place]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How near candidates are to each other, 0 to 1, and how much each one's own size takes from what that says."""
    lon, lat = np.radians([place.lon for place in flat]), np.radians([place.lat for place in flat])
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    apart_km = np.arccos(np.clip(unit.T @ unit, -1.0, 1.0)) * _EARTH_KM
    radius = np.array([place.radius_km for place in flat])
    # what lies within an area is not away from it, however far its middle is
    beyond = np.maximum(0.0, apart_km - np.maximum(radius[:, None], radius[None, :]))
    return np.exp(-beyond / NEAR_KM), 1 + radius / _LARGE_KM
