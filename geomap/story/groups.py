"""Which events of different articles are one launch: the best pair first, and nothing that contradicts in one group.

Only events of about one day and one actor are compared with each other, all pairs of such a block at once. Events whose
date is not known come last: each goes to the one launch that it can be, if there is exactly one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from geomap.story.alike import Facts, Places, facts, likeness
from geomap.story.reports import DAY, Report
from geomap.story.spots import Flags

_CELLS = 2_000_000
"""Pairs that are compared in one go."""
_PAIRS = 50_000
"""Pairs that are looked at before those that are settled by then are left out."""

Group = tuple[int, ...]


def groups(reports: Sequence[Report]) -> list[Group]:
    """Sort reports into launches.

    Parameters
    ----------
    reports : in an order of their own, from `reports_of`; the result does not depend on that of the readings

    Returns
    -------
    list
        places in ``reports``, in order; every report is in exactly one group
    """
    if not reports:
        return []
    known = facts(reports)
    dated = [group for block in _blocks(known) for group in _gathered(known, block, "one")]
    loose = np.flatnonzero(~known.dated)
    undated = [group for block in _linked(_actors(known, loose)) for group in _gathered(known, block, "undated")]
    return sorted(_joined(known, dated, undated))


def links(reports: Sequence[Report], rows: int, rule: str) -> list[tuple[int, int]]:
    """Find which reports belong together as far as the two of them go: what is in one launch hangs together by these.

    Parameters
    ----------
    rows : how many of the reports, the first ones, are compared with those that come after them
    rule : ``one`` for reports with a date, ``undated`` for others

    Returns
    -------
    list
        pairs of places in ``reports``, no more of them than hold together what belongs together
    """
    known = facts(reports)
    home = np.arange(len(reports), dtype=np.intp)
    for block in _actors(known, home):
        first = block[block < rows]
        for part in _parts(len(first), len(block)):
            some = first[part]
            found = getattr(likeness(known, some, block), rule) & (some[:, None] < block[None, :])
            for row, hangs in zip(some, found, strict=True):
                homes = np.unique(home[[row, *block[hangs]]])
                if len(homes) > 1:
                    home[np.isin(home, homes)] = homes[0]
    return [(int(home[one]), one) for one in np.flatnonzero(home != np.arange(len(home))).tolist()]


def gathered(sets: Sequence[Sequence[Report]], rule: str) -> list[list[Group]]:
    """Sort reports that hang together by `links` into launches.

    Parameters
    ----------
    sets : each in its order (`geomap.story.reports.in_order`)
    rule : ``one`` for reports with a date, ``undated`` for others

    Returns
    -------
    list
        for each set its launches: places in the set
    """
    known, places = _together(sets)
    found = []
    for block in places:
        groups = _gathered(known, np.array(block, dtype=np.intp), rule)
        found.append(sorted(tuple(one - block[0] for one in group) for group in groups))
    return found


def homes(undated: Sequence[Sequence[Report]], dated: Sequence[Sequence[Report]]) -> list[list[tuple[int, bool]]]:
    """Find the launches that some reports without a date may be of.

    Parameters
    ----------
    undated, dated : launches, by their reports

    Returns
    -------
    list
        for each undated one the places of those that it may be, and whether something of weight agrees with it
    """
    known, places = _together([*undated, *dated])
    free, fits = _open(known, places[: len(undated)], places[len(undated) :])
    return [[(int(home), bool(fits[one, home])) for home in np.flatnonzero(row)] for one, row in enumerate(free)]


def agreeing(guests: Sequence[Sequence[Report]]) -> list[bool]:
    """Whether each of some launches without a date that may be of one launch contradicts none of the others."""
    return _compatible(*_together(guests))


def _together(some: Sequence[Sequence[Report]]) -> tuple[Facts, list[Group]]:
    """What is compared of the reports of some launches, and the places of each launch's own."""
    numbers = iter(range(sum(map(len, some))))
    places = [tuple(next(numbers) for _ in group) for group in some]
    return facts([report for group in some for report in group]), places


def _blocks(known: Facts) -> Iterator[Places]:
    """The dated reports in blocks, between which there is more than a day or another actor.

    A report of an unknown actor may join two blocks.
    """
    dated = np.flatnonzero(known.dated)
    chains = []
    for block in _actors(known, dated):
        ordered = block[np.argsort(known.time[block, 0], kind="stable")]
        latest = np.maximum.accumulate(known.time[ordered, 1])
        breaks = np.flatnonzero(known.time[ordered[1:], 0] - latest[:-1] >= DAY) + 1
        chains += np.split(ordered, breaks)
    yield from _linked(chains)


def _actors(known: Facts, some: Places) -> list[Places]:
    """Some reports by actor, those of an unknown one with each of the others."""
    unknown = some[known.actor[some] < 0]
    own = [some[known.actor[some] == actor] for actor in np.unique(known.actor[some]) if actor >= 0]
    return [np.sort(np.concatenate([one, unknown])) for one in own] or ([unknown] if len(unknown) else [])


def _linked(chains: Sequence[Places]) -> list[Places]:
    """Join what has a report in common."""
    home: dict[int, int] = {}
    held: dict[int, set[int]] = {}
    for number, chain in enumerate(chains):
        members = {int(one) for one in chain}
        for other in {home[one] for one in members if one in home}:
            members |= held.pop(other)
        held[number] = members
        home.update(dict.fromkeys(members, number))
    return [np.array(sorted(members), dtype=np.intp) for members in held.values()]


def _gathered(known: Facts, block: Places, rule: str) -> list[Group]:
    """Sort the reports of a block into groups.

    Parameters
    ----------
    rule : the field of `Likeness` that says which pairs are one launch
    """
    if len(block) == 1:
        return [(int(block[0]),)]
    size = len(block)
    apart, linked, late = (np.zeros((size, size), dtype=bool) for _ in range(3))
    score = np.zeros((size, size), dtype=np.int16)
    for part in _parts(size, size):
        found = likeness(known, block[part], block)
        apart[part], linked[part], late[part] = found.apart, getattr(found, rule), found.late
        score[part] = found.score
    linked &= np.arange(size)[:, None] < np.arange(size)[None, :]
    if rule == "undated":
        linked = _certain(linked, apart)
    root = _united(apart, linked, late, score)
    return [tuple(int(one) for one in block[root == first]) for first in np.unique(root)]


def _parts(rows: int, columns: int) -> Iterator[slice]:
    step = max(1, _CELLS // max(1, columns))
    yield from (slice(start, start + step) for start in range(0, rows, step))


def _certain(linked: Flags, apart: Flags) -> Flags:
    """Leave out the reports that could belong to either of two launches."""
    both = (linked | linked.T).astype(np.float32)
    torn = ((both @ apart.astype(np.float32)) * both).sum(axis=1) > 0
    kept: Flags = linked & ~torn[:, None] & ~torn[None, :]
    return kept


def _united(apart: Flags, linked: Flags, late: Flags, score: NDArray[np.int16]) -> Places:
    """Unite pairs, those with the highest score first, as long as nothing in a group contradicts anything else in it.

    Where two neighbouring days have several reports each, there was something on either of them; only a lone report may
    have taken the day of its own place, or of UTC. ``apart`` is used up.

    Returns
    -------
    array
        for each report the first one of its group
    """
    root = np.arange(len(apart), dtype=np.intp)
    size = np.ones(len(apart), dtype=np.intp)
    for level in np.unique(score[linked])[::-1]:
        ones, others = np.nonzero(linked & (score == level))
        for start in range(0, len(ones), _PAIRS):
            one, other = root[ones[start : start + _PAIRS]], root[others[start : start + _PAIRS]]
            still = (one != other) & ~apart[one, other]
            days = late[ones[start : start + _PAIRS], others[start : start + _PAIRS]]
            pairs = dict.fromkeys(zip(one[still].tolist(), other[still].tolist(), days[still].tolist(), strict=True))
            for a, b, neighbours in pairs:
                first, second = sorted((int(root[a]), int(root[b])))
                if first == second or apart[first, second] or (neighbours and min(size[first], size[second]) > 1):
                    continue
                root[root == second] = first
                size[first] += size[second]
                apart[first] |= apart[second]
                apart[:, first] |= apart[:, second]
    return root


def _joined(known: Facts, dated: Sequence[Group], undated: Sequence[Group]) -> list[Group]:
    """Put events without a date to the launch that they can be, where there is exactly one."""
    guests: dict[int, list[int]] = {}
    if dated and undated:
        for loose, home in enumerate(_homes(known, undated, dated)):
            if home is not None:
                guests.setdefault(home, []).append(loose)
    merged, gone = list(dated), set[int]()
    for home, some in guests.items():
        for loose, fits in zip(some, _compatible(known, [undated[loose] for loose in some]), strict=True):
            if fits:
                merged[home] = tuple(sorted((*merged[home], *undated[loose])))
                gone.add(loose)
    return [*merged, *(group for loose, group in enumerate(undated) if loose not in gone)]


def _homes(known: Facts, undated: Sequence[Group], dated: Sequence[Group]) -> list[int | None]:
    """For each group of undated reports the only launch that it can be, None when there is none or more than one."""
    free, fits = _open(known, undated, dated)
    only = [np.flatnonzero(row) for row in free]
    return [int(one[0]) if len(one) == 1 and fits[loose, one[0]] else None for loose, one in enumerate(only)]


def _open(known: Facts, undated: Sequence[Group], dated: Sequence[Group]) -> tuple[Flags, Flags]:
    """Which launches groups of undated reports may be, and with which something of weight agrees."""
    (rows, first), (columns, starts) = _in_one(undated), _in_one(dated)
    out, fits = (np.zeros((len(rows), len(dated)), dtype=bool) for _ in range(2))
    for part in _parts(len(rows), len(columns)):
        found = likeness(known, rows[part], columns)
        out[part] = np.logical_or.reduceat(found.apart, starts, axis=1)
        out[part] |= np.logical_and.reduceat(found.strained | found.strange, starts, axis=1)
        fits[part] = np.logical_or.reduceat(found.fits & ~found.strained, starts, axis=1)
    free = ~np.logical_or.reduceat(out, first, axis=0)
    return free, np.logical_or.reduceat(fits, first, axis=0)


def _in_one(some: Sequence[Group]) -> tuple[Places, Places]:
    """All reports of some groups one after the other, and where each group begins."""
    starts = np.cumsum([0, *(len(group) for group in some[:-1])], dtype=np.intp)
    return np.concatenate([np.array(group, dtype=np.intp) for group in some]), starts


def _compatible(known: Facts, guests: Sequence[Group]) -> list[bool]:
    """Whether each of some groups that go to one launch contradicts none of the others."""
    if len(guests) == 1:
        return [True]
    rows, starts = _in_one(guests)
    apart = likeness(known, rows, rows).apart
    between = np.logical_or.reduceat(np.logical_or.reduceat(apart, starts, axis=0), starts, axis=1)
    np.fill_diagonal(between, val=False)
    return [not row.any() for row in between]
