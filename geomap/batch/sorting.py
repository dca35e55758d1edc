"""Sorts the tellings of an archive into launches: deals out the tasks of `geomap.batch.launches`, holds only numbers.

Tellings with a date are compared in strokes of time, so that it does not matter how many years an archive covers. Those
without one come last: each goes to the one launch that it can be, if there is exactly one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from geomap.batch.crew import Crew, Lost
from geomap.batch.forest import Forest
from geomap.batch.index import Index, Lines, Told
from geomap.batch.launches import Order, Set, find_homes, find_links, make_launches, sort_sets
from geomap.errors import GeomapError
from geomap.story.reports import DAY

_STROKE = 128
"""Fewest tellings that are compared with those after them in one task."""
_LONGEST = 2048
"""Most of them; and most tellings without a date that are compared with as many others."""
_HANDFUL = 64
"""Tellings that are sorted or made into launches in one task; those that hang together are never divided."""
_BYTES = 500_000
"""Lines of launches without a date, and of those with one, that are compared in one task."""

Places = NDArray[np.intp]
_MOST = 3000
"""Tellings that are sorted as one set: each is compared with all others. What hangs together by more is divided."""

T = TypeVar("T")
C = TypeVar("C")


class Sorter:
    """Sorts the tellings of one archive.

    Parameters
    ----------
    tick : called now and then, with how many more tellings were compared, and, again, made into launches
    """

    def __init__(self, crew: Crew, index: Index, lines: Lines, tick: Callable[[int], None]) -> None:
        self._crew, self._index, self._lines, self._tick = crew, index, lines, tick

    def launches(self) -> Iterator[tuple[Order, bytes]]:
        """What each launch is sorted by, and its line of JSON, in no order."""
        index = self._index
        dated = self._groups(self._strokes(), np.flatnonzero(index.dated), "one")
        undated = self._groups(self._undated_strokes(), np.flatnonzero(~index.dated), "undated")
        self._tick(int((~index.dated).sum()))
        guests: dict[int, list[Set]] = {}
        for group, home in zip(undated, self._homes(undated, dated), strict=True):
            guests.setdefault(home, []).append(group)
        alone = guests.pop(-1, [])
        whole = [(group, guests.get(number, [])) for number, group in enumerate(dated)]
        whole += [(group, []) for group in alone]
        whole.sort(key=lambda one: index.start[one[0][0]])

        def tasks() -> Iterator[tuple[int, tuple[Any, ...]]]:
            for handful in _handfuls(whole, lambda one: len(one[0]) + sum(map(len, one[1]))):
                told = [(self._lines.of(own), [self._lines.of(some) for some in others]) for own, others in handful]
                yield sum(len(own) + sum(map(len, others)) for own, others in handful), (told,)

        for size, made in self._done(make_launches, tasks()):
            self._tick(size)
            yield from made

    def _strokes(self) -> Iterator[tuple[Places, int]]:
        """Tellings with a date in strokes of time, and all that lies less than a day after one of a stroke."""
        index = self._index
        some = np.flatnonzero(index.dated)
        some = some[np.lexsort((some, index.end[some], index.start[some]))]
        start, end = index.start[some], index.end[some]

        def beyond(first: int, last: int) -> int:
            return int(np.searchsorted(start, end[first:last].max() + DAY))

        first = 0
        while first < len(some):
            last = min(first + _STROKE, len(some))
            last = min(max(last, first + min(beyond(first, last) - last, _LONGEST)), len(some))
            yield some[first : max(last, beyond(first, last))], last - first
            first = last

    def _undated_strokes(self) -> Iterator[tuple[Places, int]]:
        """Pairs of strokes of tellings without a date that have a place, as far as they may be of one time."""
        index = self._index
        some = np.flatnonzero(~index.dated & index.placed)
        some = some[np.lexsort((some, index.start[some]))]
        strokes = [some[at : at + _LONGEST] for at in range(0, len(some), _LONGEST)]
        for number, stroke in enumerate(strokes):
            yield stroke, len(stroke)
            for other in strokes[number + 1 :]:
                if index.start[other[0]] < index.end[stroke].max() + DAY:
                    yield np.concatenate([stroke, other]), len(stroke)

    def _groups(self, strokes: Iterator[tuple[Places, int]], some: Places, rule: str) -> list[Set]:
        """Sort tellings into launches by one of the rules, each in order."""
        forest = Forest(len(self._index.part))
        compared = (((members, rows), (self._lines.of(members), rows, rule)) for members, rows in strokes)
        for (members, rows), pairs in self._done(find_links, compared):
            forest.join_all((int(members[one]), int(members[other])) for one, other in pairs)
            self._tick(rows if rule == "one" else 0)
        sets = [part for held in forest.sets(some.tolist()) for part in divided(held, self._index)]
        groups: list[Set] = [held for held in sets if len(held) == 1]
        several = _handfuls([held for held in sets if len(held) > 1], len)
        gathered = ((handful, ([self._lines.of(held) for held in handful], rule)) for handful in several)
        for handful, found in self._done(sort_sets, gathered):
            for held, places in zip(handful, found, strict=True):
                groups += [tuple(held[place] for place in group) for group in places]
        return sorted(groups)

    def _homes(self, undated: Sequence[Set], dated: Sequence[Set]) -> list[int]:
        """For each launch without a date the only one with a date that it can be, -1 when there is none, or several."""
        seen: list[list[tuple[int, bool]]] = [[] for _ in undated]
        times = [_times(self._index, [group]) for group in undated]

        def tasks() -> Iterator[tuple[tuple[list[int], list[int]], tuple[Any, ...]]]:
            for loose, fixed in self._pairings(undated, dated):
                for handful in _handfuls(fixed, lambda one: self._bytes(dated[one]), _BYTES):
                    start, end = _times(self._index, [dated[one] for one in handful])
                    told: list[list[Told]] = []
                    open_yet = (one for one in loose if len(seen[one]) < 2)
                    near = [one for one in open_yet if times[one][0] < end + DAY and times[one][1] + DAY > start]
                    for some in _handfuls(near, lambda one: self._bytes(undated[one]), _BYTES):
                        told = told or [self._lines.of(dated[one]) for one in handful]
                        yield (some, handful), ([self._lines.of(undated[one]) for one in some], told)

        for (some, handful), found in self._done(find_homes, tasks()):
            for one, homes in zip(some, found, strict=True):
                seen[one] += [(handful[home], fits) for home, fits in homes]
        return [homes[0][0] if len(homes) == 1 and homes[0][1] else -1 for homes in seen]

    def _pairings(self, undated: Sequence[Set], dated: Sequence[Set]) -> Iterator[tuple[list[int], list[int]]]:
        """Launches without a date, and those with one, by time, that they may be: the same fired, or places tell."""
        index = self._index
        whose = [max(index.actor[list(group)], default=-1) for group in dated]
        sharp = [bool(index.sharp[list(group)].any()) for group in dated]
        by_time = sorted(range(len(dated)), key=lambda one: (float(index.start[list(dated[one])].min()), one))
        loose: dict[int, list[int]] = {}
        for number, group in enumerate(undated):
            loose.setdefault(int(max(index.actor[list(group)])), []).append(number)
        for actor, some in sorted(loose.items()):
            if actor < 0:
                some = [one for one in some if index.sharp[list(undated[one])].any()]
                yield some, [one for one in by_time if sharp[one]]
            else:
                yield some, [one for one in by_time if whose[one] == actor or (whose[one] < 0 and sharp[one])]

    def _bytes(self, group: Set) -> int:
        """How long the lines of some tellings are."""
        return int(self._index.length[list(group)].sum())

    def _done(self, function: Callable[..., T], tasks: Iterator[tuple[C, Sequence[Any]]]) -> Iterator[tuple[C, T]]:
        """Have tasks done, each with something that is not sent along and comes back with the result."""
        under_way: dict[int, C] = {}

        def sent() -> Iterator[Sequence[Any]]:
            for number, (own, task) in enumerate(tasks):
                under_way[number] = own
                yield task

        for number, result in self._crew.run(function, sent()):
            if isinstance(result, Lost):
                message = "the workers end while they sort launches (is there too little memory?); start again to go on"
                raise GeomapError(message)
            self._tick(0)
            yield under_way.pop(number), result


def divided(held: Sequence[int], index: Index) -> list[Set]:
    """Divide tellings that are too many to be sorted as one set where the time between two of them is longest.

    War makes such sets: the same missile every day for a year, and no day that is not near another.
    """
    if len(held) <= _MOST:
        return [tuple(held)]
    ordered = sorted(held, key=lambda one: (index.start[one], index.end[one], one))
    begin, end = len(held) // 4, 3 * len(held) // 4
    gaps = np.diff(np.nan_to_num(index.start[ordered[begin : end + 1]]))  # none where both begin at no time
    if not gaps.any():  # all of one day: one launch, told by thousands
        return [tuple(held)]
    cut = begin + 1 + int(np.argmax(gaps))
    return [*divided(sorted(ordered[:cut]), index), *divided(sorted(ordered[cut:]), index)]


def _times(index: Index, groups: Sequence[Set]) -> tuple[float, float]:
    """When the first telling of some launches begins, and when the last one ends."""
    held = [one for group in groups for one in group]
    return float(index.start[held].min()), float(index.end[held].max())


def _handfuls(some: Iterable[T], size: Callable[[T], int], most: int = _HANDFUL) -> Iterator[list[T]]:
    """Divide something into lists of about a handful of tellings."""
    held: list[T] = []
    full = 0
    for one in some:
        held.append(one)
        full += size(one)
        if full >= most:
            yield held
            held, full = [], 0
    if held:
        yield held
