"""Measures the edges of ``layers/eez.gpkg`` against geodesics: the 200-mile limit, and lines of equal distance.

Places are taken on the edges as they were written, between their vertices too, every 0.2 degrees at most, and only at
sea. Edges that follow an agreed line are not of either kind: pairs that have one are left out, and so is what lies
within 30 km of any (15 km for the limit). Run from the root of the repository, after eez.py:
``python layers/recipes/measure_edges.py``.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

import numpy as np
import shapely
from atlas import GEOD, LAYERS, parse_cache, read_atlas
from eez import REACH_KM, coasts_of, land_test
from equidistance import centred, densified, distance_of
from scipy.spatial import cKDTree
from treaties import borders_of, read_treaties

EVERY_DEG = 0.2
LINE_KM, LIMIT_KM = 30.0, 15.0
NODE_KM = 25.0
NEAREST = 6
"""So many of the nearest points by chord are measured by geodesic."""
CUT_KM = 60.0
"""A limit that is so much too near or too far is not one: a text gave that part away."""


class Coasts:
    """The base points of each unit, and the geodesic distance to the nearest of them."""

    def __init__(self, points: dict[str, np.ndarray]) -> None:
        self.points = points
        self._trees = {key: cKDTree(centred(some)) for key, some in points.items()}

    def away_km(self, key: str, places: np.ndarray) -> np.ndarray:
        """Geodesic distance from each place to a unit's nearest base point: km."""
        _, found = self._trees[key].query(centred(places), k=NEAREST)
        best = np.full(len(places), np.inf)
        for column in np.minimum(found, len(self.points[key]) - 1).T:
            nearest = self.points[key][column]
            best = np.minimum(best, GEOD.inv(*places.T, *nearest.T)[2] / 1000)
        return best


def edges() -> tuple[dict[tuple[str, ...], np.ndarray], np.ndarray]:
    """Take places on the edges by the zones beside them, and find the nodes where edges meet."""
    import geopandas as gpd

    frame = gpd.read_file(LAYERS / "eez.gpkg", layer="eez")
    users: dict[tuple[tuple[float, ...], tuple[float, ...]], list[str]] = defaultdict(list)
    for key, zone in zip(frame["key"], frame.geometry, strict=True):
        for ring in shapely.get_rings(shapely.get_parts(zone)):
            for a, b in pairwise(map(tuple, np.round(shapely.get_coordinates(ring), 4))):
                users[min(a, b), max(a, b)].append(key)
    places: dict[tuple[str, ...], list[np.ndarray]] = defaultdict(list)
    meets: dict[tuple[float, ...], set[tuple[str, ...]]] = defaultdict(set)
    for (a, b), keys in users.items():
        sides = tuple(sorted(keys))
        meets[a].add(sides)
        meets[b].add(sides)
        if abs(a[0]) == 180 and abs(b[0]) == 180:
            continue
        count = max(1, int(np.hypot(a[0] - b[0], a[1] - b[1]) / EVERY_DEG))
        share = (np.arange(count) + 0.5)[:, None] / count
        places[sides].append(np.array(a) + share * (np.array(b) - np.array(a)))
    nodes = np.array([point for point, sides in meets.items() if len(sides) > 1])
    return {sides: np.vstack(pieces) for sides, pieces in places.items()}, nodes


def told(title: str, errors: np.ndarray) -> None:
    """Print one line of the table."""
    middle, most, extreme = np.percentile(errors, [50, 95, 99])
    print(f"{title:58} n {len(errors):6,}  median {middle:.3f}  p95 {most:.3f}  p99 {extreme:.3f} km")


def main() -> None:
    """Print the table."""
    cache = parse_cache(__doc__)
    treaties = read_treaties()
    coasts = Coasts(coasts_of(read_atlas("10m", cache), treaties))
    agreed = {
        frozenset((one, other))
        for border in borders_of(treaties, coasts.points)
        for one in border.one
        for other in border.other
    }
    limited = {limit.owner for limit in treaties.limits}
    lines = cKDTree(centred(np.vstack([densified(line.points) for line in treaties.lines])))
    on_land = land_test()
    found, nodes = edges()
    corners = cKDTree(centred(nodes))
    limit, median, corner = [], [], []
    for sides, every in found.items():
        places = every[~on_land(every)]
        if not len(places) or any(side not in coasts.points or side in limited for side in sides):
            continue
        if len(sides) == 1:
            errors = np.abs(coasts.away_km(sides[0], places) - REACH_KM)
            limit.append(errors[(distance_of(lines, places) > LIMIT_KM) & (errors < CUT_KM)])
        elif len(sides) == 2 and frozenset(sides) not in agreed:
            errors = np.abs(coasts.away_km(sides[0], places) - coasts.away_km(sides[1], places))
            kept = distance_of(lines, places) > LINE_KM
            median.append(errors[kept])
            corner.append(distance_of(corners, places)[kept])
    limits, medians, near = map(np.concatenate, (limit, median, corner))
    told("limit: |distance to the coast - 200 nautical miles|", limits)
    told("the same, without corners (errors of 1 km and more)", limits[limits < 1])
    told("lines of equal distance: |difference of the distances|", medians)
    told(f"the same, farther than {NODE_KM:.0f} km from where three zones meet", medians[near > NODE_KM])


if __name__ == "__main__":
    main()
