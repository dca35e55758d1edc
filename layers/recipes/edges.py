"""Moves the edges of computed zones to where they belong, and leaves out the vertices that nobody would miss.

A contour on a grid is off by as much as its cells are coarse. Each vertex is therefore moved by Newton's method until
the distances that meet there agree, with both zones of a common edge. Only then are edges thinned: by less where they
run at sea at the limit, by more on land, where a zone's edge says nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import shapely
from equidistance import Border, centred, distance_of, side_of
from scipy.spatial import cKDTree
from shapely.geometry import MultiPolygon, Polygon

DEGREE_KM = 111.2
PROBE_DEG = 0.004
FAR_KM = 1e6
NEAR_KM = 6.0
"""An edge is taken to be that of a rule if the rule's distances agree there to this."""
ALONE_KM = 15.0
"""The same for an edge between two zones that only one rule can have made."""
HALVINGS, SHORT_KM, ON_KM, BENT_KM = 4, 0.4, 0.05, 0.04
"""Legs that are longer are halved so often at most, if both ends are on the line and the middle is so far off it."""
CORNER_KM = 12.0
"""Farther than this no corner is moved."""
STEP_KM = 4.0
BETWEEN_DEG = 0.03
"""Vertices of an edge are not farther apart than this when they are moved to their place."""
LIMIT_KM, MEDIAN_KM, LAND_KM = 0.185, 0.52, 80.0
"""How far a thinned edge may lie from the full one: at the limit, between zones, on land."""
SPARE = (LIMIT_KM, MEDIAN_KM, LAND_KM)

Rule = Callable[[np.ndarray], np.ndarray]


@dataclass
class Edge:
    """A run of vertices between two nodes, with the zones on its sides (one: the limit, or what was cut out)."""

    sides: tuple[str, ...]
    vertices: np.ndarray
    kept: np.ndarray = field(default_factory=lambda: np.empty(0, dtype=np.int64))


class Rules:
    """What each kind of edge follows: distances from the coasts, or a border's side."""

    def __init__(self, coasts: Mapping[str, np.ndarray], borders: Sequence[Border], reach_km: float) -> None:
        self.reach_km = reach_km
        self._trees = {key: cKDTree(centred(points)) for key, points in coasts.items()}
        self._borders = borders

    def coast_km(self, key: str, places: np.ndarray) -> np.ndarray:
        """Distance to a unit's coast: km."""
        return distance_of(self._trees[key], places)

    def of(self, sides: tuple[str, ...]) -> list[Rule]:
        """The rules that an edge between these zones may follow, none for what was cut out."""
        if any(key not in self._trees for key in sides):
            return []
        if len(sides) == 1:
            rules: list[Rule] = [lambda places: self.reach_km - self.coast_km(sides[0], places)]
        else:
            one, other = sides
            rules = [lambda places: self.coast_km(other, places) - self.coast_km(one, places)]
        for border in self._borders:
            if len(sides) == 2 and self._parts(border, *sides):
                rules.insert(0, self._border_rule(border))
        return rules

    @staticmethod
    def _parts(border: Border, one: str, other: str) -> bool:
        return (one in border.one and other in border.other) or (other in border.one and one in border.other)

    def _border_rule(self, border: Border) -> Rule:
        sides = [[key for key in side if key in self._trees] for side in (border.one, border.other)]

        def rule(places: np.ndarray) -> np.ndarray:
            one, other = (np.min([self.coast_km(key, places) for key in side], axis=0) for side in sides)
            side_km, counts, _ = side_of(border, places, one, other, self.reach_km)
            return np.where(counts, side_km, FAR_KM)

        return rule


def settle(
    zones: Mapping[str, MultiPolygon],
    rules: Rules,
    on_land: Callable[[np.ndarray], np.ndarray],
    spare_km: tuple[float, float, float] = SPARE,
) -> dict[str, MultiPolygon]:
    """Move the edges of a coverage to where their rules put them, thin them, and put the zones together again.

    Parameters
    ----------
    on_land : tells which places, (longitude, latitude) rows, are on land
    spare_km : how far a thinned edge may lie from the full one: at the limit, between zones, on land
    """
    limit_km, median_km, land_km = spare_km
    points, edges, rings = _edges(zones)
    points = _subdivided(points, edges)
    places = points.copy()
    chosen = _refine(places, edges, rules)
    places = _sharpened(places, edges, rules)
    land = on_land(places)
    points = np.vstack([points, places[len(points) :]])
    wide_km = {key: DEGREE_KM * np.sqrt(zone.area) for key, zone in zones.items()}
    for number, edge in enumerate(edges):
        small_km = min(wide_km[key] for key in edge.sides) / 20  # or a narrow zone would lose its shape
        loose = median_km if len(edge.sides) == 2 or not chosen[number] else limit_km
        allowed = np.where(land[edge.vertices] | (np.abs(points[edge.vertices, 0]) == 180), land_km, loose)
        keep, offs = _thin(places[edge.vertices], np.minimum(allowed, small_km))
        edge.kept = edge.vertices[keep]
        if len(edge.sides) == 1 and chosen[number]:
            _bulge(places, edge, offs, rules.of(edge.sides)[0])
    return {key: _assemble(places, edges, found) for key, found in rings.items()}


def _edges(zones: Mapping[str, MultiPolygon]) -> tuple[np.ndarray, list[Edge], dict[str, list[list[list[int]]]]]:
    """Take a coverage apart: its points, its edges, and for each zone its polygons' rings as signed edge numbers."""
    loops = [
        (key, number, shapely.get_coordinates(ring))
        for key, zone in zones.items()
        for number, polygon in enumerate(zone.geoms)
        for ring in (polygon.exterior, *polygon.interiors)
    ]
    points, index = np.unique(np.vstack([loop for _, _, loop in loops]), axis=0, return_inverse=True)
    index = index.ravel()
    users: dict[tuple[int, int], list[str]] = defaultdict(list)
    chains, start = [], 0
    for key, number, loop in loops:
        chain = index[start : start + len(loop)]
        start += len(loop)
        chain = chain[np.concatenate([[True], chain[1:] != chain[:-1]])]
        chains.append((key, number, chain))
        for a, b in zip(chain[:-1].tolist(), chain[1:].tolist(), strict=True):
            users[min(a, b), max(a, b)].append(key)
    around: dict[int, set[tuple[int, tuple[str, ...]]]] = defaultdict(set)
    for (a, b), keys in users.items():
        around[a].add((b, tuple(sorted(keys))))
        around[b].add((a, tuple(sorted(keys))))
    nodes = {v for v, ways in around.items() if len(ways) != 2 or len({keys for _, keys in ways}) > 1}
    nodes |= _seams(points, around)
    edges: list[Edge] = []
    known: dict[tuple[int, int], int] = {}
    rings: dict[str, list[list[list[int]]]] = {key: [[] for _ in zone.geoms] for key, zone in zones.items()}
    for key, number, chain in chains:
        ring = []
        for piece in _pieces(chain.tolist(), nodes):
            if (piece[0], piece[1]) not in known:
                known[piece[0], piece[1]] = len(edges) + 1
                known[piece[-1], piece[-2]] = -(len(edges) + 1)
                sides = tuple(sorted(users[min(piece[:2]), max(piece[:2])]))
                edges.append(Edge(sides, np.array(piece)))
            ring.append(known[piece[0], piece[1]])
        rings[key][number].append(ring)
    return points, edges, rings


def _subdivided(points: np.ndarray, edges: Sequence[Edge]) -> np.ndarray:
    """Put vertices between those of the edges, which are as far apart as the grid is coarse: lines bend between them.

    Returns
    -------
    the points with the new ones behind them; the edges take them in
    """
    added, count = [points], len(points)
    for edge in edges:
        line = points[edge.vertices]
        legs = np.linalg.norm(np.diff(line, axis=0) * [np.cos(np.radians(line[:, 1].mean())), 1.0], axis=1)
        pieces = np.maximum(1, np.ceil(legs / BETWEEN_DEG)).astype(int)
        pieces[(np.abs(line[:-1, 0]) == 180) & (np.abs(line[1:, 0]) == 180)] = 1
        vertices = [edge.vertices[:1]]
        for number, parts in enumerate(pieces.tolist()):
            share = np.arange(1, parts)[:, None] / parts
            added.append(line[number] + share * (line[number + 1] - line[number]))
            vertices += [np.arange(count, count + parts - 1), edge.vertices[number + 1 : number + 2]]
            count += parts - 1
        edge.vertices = np.concatenate(vertices)
    return np.vstack(added)


def _seams(points: np.ndarray, around: Mapping[int, set[tuple[int, tuple[str, ...]]]]) -> set[int]:
    """Find where edges leave the cut at 180°."""
    seam = np.abs(points[:, 0]) == 180
    return {int(v) for v in np.flatnonzero(seam) if any(not seam[other] for other, _ in around[int(v)])}


def _pieces(chain: list[int], nodes: set[int]) -> Iterator[list[int]]:
    """Cut a closed chain at its nodes; one without nodes starts at its least point and runs one way for both zones."""
    ring = chain[:-1]
    stops = [i for i, v in enumerate(ring) if v in nodes]
    if not stops:
        first = ring.index(min(ring))
        ring = ring[first:] + ring[:first]
        half = len(ring) // 2
        far = max(range(1, len(ring)), key=lambda i: ring[i]) if len(ring) > 2 else half
        yield ring[: far + 1]
        yield [*ring[far:], ring[0]]
        return
    ring = ring[stops[0] :] + ring[: stops[0]]
    stops = [i - stops[0] for i in stops] + [len(ring)]
    ring = [*ring, ring[0]]
    for a, b in pairwise(stops):
        yield ring[a : b + 1]


def _refine(places: np.ndarray, edges: Sequence[Edge], rules: Rules) -> list[bool]:
    """Move vertices along the gradient of their rule until it is zero; say which edges have a rule at all."""
    fixed = np.abs(places[:, 0]) == 180
    by_sides: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for number, edge in enumerate(edges):
        by_sides[edge.sides].append(number)
    chosen = [False] * len(edges)
    meets: dict[int, list[Rule]] = defaultdict(list)
    for sides, numbers in by_sides.items():
        left = np.unique(np.concatenate([edges[n].vertices[1:-1] for n in numbers]))
        left = left[~fixed[left]]
        ends = np.unique([v for n in numbers for v in (edges[n].vertices[0], edges[n].vertices[-1])])
        found = rules.of(sides)
        near_km = NEAR_KM if len(found) > 1 or len(sides) == 1 else ALONE_KM
        for rule in found:
            if len(left):
                good = np.abs(rule(places[left])) < near_km
                _newton(places, left[good], rule)
                left = left[~good]
            if len(ends):
                good = np.abs(rule(places[ends])) < (ALONE_KM if len(found) == 1 else NEAR_KM)
                for v in ends[good].tolist():
                    meets[v].append(rule)
                ends = ends[~good]
            for n in numbers:
                chosen[n] = True
    for v, found in meets.items():
        if len(found) >= 2 and not fixed[v]:
            _corner(places, v, found)
        elif len(found) >= 1 and fixed[v]:
            _slide(places, v, found[0])
    return chosen


def _sharpened(places: np.ndarray, edges: Sequence[Edge], rules: Rules) -> np.ndarray:
    """Put vertices where edges have corners: where what is half way between two vertices is not on the rule's line."""
    by_sides: dict[tuple[str, ...], list[Edge]] = defaultdict(list)
    for edge in edges:
        by_sides[edge.sides].append(edge)
    for sides, mine in by_sides.items():
        found = rules.of(sides)
        for _ in range(HALVINGS if found else 0):
            starts = np.concatenate([edge.vertices[:-1] for edge in mine])
            ends = np.concatenate([edge.vertices[1:] for edge in mine])
            middles = (places[starts] + places[ends]) / 2
            legs = places[ends] - places[starts]
            legs[:, 0] *= np.cos(np.radians(middles[:, 1]))
            long = (np.linalg.norm(legs, axis=1) * DEGREE_KM > SHORT_KM) & (np.abs(middles[:, 0]) < 179.99)
            bent = np.zeros(len(starts), dtype=bool)
            for rule in found:
                at = np.flatnonzero(long & ~bent)
                both = np.maximum(np.abs(rule(places[starts[at]])), np.abs(rule(places[ends[at]])))
                off = np.abs(rule(middles[at]))
                here = at[(both < ON_KM) & (off > BENT_KM) & (off < NEAR_KM)]
                added = middles[here].copy()
                _newton(added, np.arange(len(here)), rule)
                middles[here], bent[here] = added, True
            if not bent.any():
                break
            numbers = np.full(len(starts), -1)
            numbers[bent] = len(places) + np.arange(bent.sum())
            places = np.vstack([places, middles[bent]])
            first = 0
            for edge in mine:
                new = numbers[first : first + len(edge.vertices) - 1]
                first += len(edge.vertices) - 1
                woven = np.column_stack([edge.vertices, np.append(new, -1)]).ravel()
                edge.vertices = woven[woven >= 0]
    return places


def _gradient(rule: Rule, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Value of a rule at some places, and its change per km east and north."""
    narrow = np.cos(np.radians(at[:, 1]))
    east = at + np.column_stack([PROBE_DEG / narrow, np.zeros(len(at))])
    north = at + np.array([0, PROBE_DEG])
    here, along, up = np.split(rule(np.vstack([at, east, north])), 3)
    return here, np.column_stack([along - here, up - here]) / (PROBE_DEG * DEGREE_KM)


def _newton(places: np.ndarray, which: np.ndarray, rule: Rule) -> None:
    for _ in range(5):
        if not len(which):
            return
        at = places[which]
        here, slope = _gradient(rule, at)
        steep = (slope**2).sum(axis=1)
        good = (np.abs(here) < FAR_KM / 2) & (steep > 0.02) & (steep < 100)
        step = np.where(good, -here / np.where(good, steep, 1), 0)[:, None] * np.where(good[:, None], slope, 0)
        step *= np.minimum(1, STEP_KM / np.maximum(np.linalg.norm(step, axis=1), 1e-9))[:, None]
        places[which] = _moved(at, step)


def _moved(at: np.ndarray, step_km: np.ndarray) -> np.ndarray:
    lat = at[:, 1] + step_km[:, 1] / DEGREE_KM
    lon = at[:, 0] + step_km[:, 0] / DEGREE_KM / np.cos(np.radians(at[:, 1]))
    return np.column_stack([np.clip(lon, -179.999, 179.999), lat])


def _corner(places: np.ndarray, v: int, found: Sequence[Rule]) -> None:
    """Move a node to where two rules hold at once, unless that is farther off than the grid is coarse."""
    start, at = places[v].copy(), places[[v]]
    for _ in range(6):
        values, slopes = zip(*(_gradient(rule, at) for rule in found[:2]), strict=True)
        matrix, wanted = np.vstack(slopes), -np.concatenate(values)
        if np.abs(matrix).max() > 100 or np.abs(wanted).max() > FAR_KM / 2 or abs(np.linalg.det(matrix)) < 0.05:
            return
        step = np.linalg.solve(matrix, wanted)
        step *= min(1, STEP_KM / max(float(np.linalg.norm(step)), 1e-9))
        at = _moved(at, step[None, :])
    moved = (at[0] - start) * [np.cos(np.radians(start[1])), 1.0]
    if np.linalg.norm(moved) * DEGREE_KM < CORNER_KM:
        places[v] = at[0]


def _slide(places: np.ndarray, v: int, rule: Rule) -> None:
    """Move a node on the cut at 180° along the cut."""
    for _ in range(3):
        here, slope = _gradient(rule, places[[v]] - [np.sign(places[v, 0]) * 2 * PROBE_DEG, 0])
        if abs(here[0]) > FAR_KM / 2 or not 0.1 < abs(slope[0, 1]) < 10:
            return
        places[v, 1] += float(np.clip(-here[0] / slope[0, 1], -STEP_KM, STEP_KM)) / DEGREE_KM


def _thin(line: np.ndarray, allowed_km: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Choose the vertices to keep: from each to the farthest that a straight leg may lead to.

    Parameters
    ----------
    allowed_km : how far the leg may pass from each vertex

    Returns
    -------
    indexes of the vertices, and for each leg how far the line lies from it: km
    """
    keep, offs, start, last = [0], [], 0, len(line) - 1
    while start < last:
        good, off = start + 1, 0.0
        step = 1
        while step:
            end = min(last, good + step)
            share, far = _leg(line, start, end, allowed_km) if end > good else (2.0, 0.0)
            if share <= 1:
                good, off, step = end, far, step * 2
            else:
                step //= 4 if step > 3 else 2
        keep.append(good)
        offs.append(off)
        start = good
    return np.array(keep), np.array(offs)


def _leg(line: np.ndarray, a: int, b: int, allowed_km: np.ndarray) -> tuple[float, float]:
    """Measure a straight leg: the greatest distance of a vertex as a share of what is allowed, and in km."""
    narrow = np.cos(np.radians((line[a, 1] + line[b, 1]) / 2))
    local = (line[a : b + 1] - line[a]) * [narrow * DEGREE_KM, DEGREE_KM]
    along = local[-1]
    length2 = float(along @ along)
    share = np.clip(local @ along / length2, 0, 1) if length2 else np.zeros(len(local))
    off = np.linalg.norm(local - share[:, None] * along, axis=1)
    return float((off / allowed_km[a : b + 1]).max()), float(off.max())


def _bulge(places: np.ndarray, edge: Edge, offs: np.ndarray, rule: Rule) -> None:
    """Move the vertices of a limit outward by half of what the legs lie inside, so that both err as much."""
    inner = edge.kept[1:-1]
    if len(inner):
        here, slope = _gradient(rule, places[inner])
        out = np.minimum(np.maximum(offs[:-1], offs[1:]), LIMIT_KM) / 2
        good = (np.abs(here) < LIMIT_KM) & (np.abs(np.linalg.norm(slope, axis=1) - 1) < 0.1)
        places[inner] = np.where(good[:, None], _moved(places[inner], -slope * out[:, None]), places[inner])


def _assemble(places: np.ndarray, edges: Sequence[Edge], polygons: Sequence[Sequence[Sequence[int]]]) -> MultiPolygon:
    found = []
    for rings in polygons:
        loops = []
        for ring in rings:
            parts = [edges[abs(n) - 1].kept[:: 1 if n > 0 else -1] for n in ring]
            loop = np.concatenate([part[:-1] for part in parts])
            if len(loop) >= 3:
                loops.append(places[np.append(loop, loop[0])])
        if loops:
            found.append(Polygon(loops[0], loops[1:]))
    return MultiPolygon(found)
