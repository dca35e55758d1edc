"""Whether events of different articles may be one launch: what contradicts, what strains, what agrees.

All is computed for many pairs at once, rows against columns. What *contradicts* keeps two events apart for good, also
in a chain. What *strains* (figures that differ, neighbouring days) is shown as a conflict, and holds against one launch
only where nothing of weight speaks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from geomap.story.reports import DAY, Interval, Report
from geomap.story.spots import Flags, Spots, nearness, spots
from geomap.types import Amount, Event, Location, Record

_CLOCK = DAY / 2
"""A time that is shorter was read from a clock."""
_MINUTES = 1.0
"""Clocks of different papers may differ by an hour."""
_ALIKE = {"rocket": ("SLV", "artillery")}
"""What a class may also mean."""
_NEXT = {
    "SRBM": ("MRBM", "SLBM"),
    "MRBM": ("SRBM", "IRBM", "SLBM"),
    "IRBM": ("MRBM", "ICBM", "SLBM"),
    "ICBM": ("IRBM", "SLBM"),
    "SLBM": ("SRBM", "MRBM", "IRBM", "ICBM"),
}
"""Classes that one paper may call what another calls otherwise."""
_MUCH = 0.25
"""Lengths that differ by a larger part than this speak against one launch, others are only shown."""

Places = NDArray[np.intp]


class Facts(Record, kw_only=True):
    """What is compared, an entry for each report: numbers, NaN or -1 where the text is silent."""

    reading: Places
    number: Places
    actor: Places
    group: Places
    time: NDArray[np.float64]
    dated: Flags
    assumed: Flags
    classes: NDArray[np.int64]
    near_classes: NDArray[np.int64]
    system: Places
    count: NDArray[np.float64]
    lengths: tuple[NDArray[np.float64], ...]
    launch: Spots
    impact: Spots


class Likeness(Record, kw_only=True):
    """How some reports (rows) are to others (columns).

    Parameters
    ----------
    apart : they cannot be one launch
    strained : they could be only if much speaks for it
    late : their times do not overlap, though they are less than a day apart; a day of issue may be the day after
    one : they are one launch as far as these two reports go
    undated : as `one`, where at least one of them has no date of its own
    fits : something of weight agrees besides who fired: class or place
    strange : it is not known that the same fired, and no sharp place says so
    score : how much agrees
    """

    apart: Flags
    strained: Flags
    late: Flags
    one: Flags
    undated: Flags
    fits: Flags
    strange: Flags
    score: NDArray[np.int16]


def facts(reports: Sequence[Report]) -> Facts:
    """Put what is compared into columns."""
    bits: dict[str, int] = {}

    def mask(classes: set[str]) -> int:
        return reduce(or_, (1 << bits.setdefault(one, min(len(bits), 62)) for one in sorted(classes)), 0)

    def wider(report: Report, table: Mapping[str, tuple[str, ...]]) -> set[str]:
        return {*report.classes, *(other for one in report.classes for other in table.get(one, ()))}

    def column(value: Callable[[Event], Amount | None]) -> NDArray[np.float64]:
        return _intervals([_of(value(report.event)) for report in reports])

    return Facts(
        reading=np.array([report.reading for report in reports], dtype=np.intp),
        number=np.array([report.number for report in reports], dtype=np.intp),
        actor=_numbered([report.actor for report in reports]),
        group=_numbered([report.group for report in reports]),
        time=_intervals([report.time for report in reports]),
        dated=np.array([report.dated for report in reports], dtype=bool),
        assumed=np.array([report.assumed for report in reports], dtype=bool),
        classes=np.array([mask(wider(report, _ALIKE)) for report in reports], dtype=np.int64),
        near_classes=np.array([mask(wider(report, _NEXT)) for report in reports], dtype=np.int64),
        system=_numbered([report.event.weapon.system or "" for report in reports]),
        count=_intervals([report.count for report in reports]),
        lengths=(column(lambda event: event.distance_km), column(lambda event: event.apogee_km)),
        launch=spots([[report.event.launch] if report.event.launch else [] for report in reports]),
        impact=spots([_impacts(report.event) for report in reports]),
    )


def _impacts(event: Event) -> tuple[Location, ...]:
    return event.impacts or ((event.impact,) if event.impact else ())


def _numbered(names: Sequence[str]) -> Places:
    """A number for each name, -1 for none."""
    known = {name: number for number, name in enumerate(sorted({*names} - {""}))}
    return np.array([known.get(name, -1) for name in names], dtype=np.intp)


def _of(amount: Amount | None) -> Interval | None:
    return None if amount is None else (amount.low, amount.high)


def _intervals(found: Sequence[Interval | None]) -> NDArray[np.float64]:
    return np.array([(np.nan, np.nan) if one is None else one for one in found], dtype=float).reshape(-1, 2)


def likeness(known: Facts, rows: Places, columns: Places) -> Likeness:
    """Compare some reports with others."""

    def pairs(column: NDArray[np.generic]) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
        return column[rows][:, None], column[columns][None, :]

    launch, impact = nearness(known.launch, rows, columns), nearness(known.impact, rows, columns)
    place, sharp = launch.meets | impact.meets, launch.sharp | impact.sharp
    actors = _told(*pairs(known.actor))
    systems = _told(*pairs(known.system))
    gap, clocks = _gap(known.time[rows], known.time[columns])
    overlap = (gap < 0) | (clocks & (gap <= _MINUTES))
    kinds, kind, near = _classes(known, rows, columns)
    counts, count = _met(known.count[rows], known.count[columns])
    lengths = [_lengths(column[rows], column[columns]) for column in known.lengths]
    figure = np.logical_or.reduce([meets for _, meets in lengths])
    later = known.time[rows, 0][:, None] >= known.time[columns, 0][None, :]
    issue = np.where(later, known.assumed[rows][:, None], known.assumed[columns][None, :])

    here, there = pairs(known.reading)
    same = (here == there) & (rows[:, None] != columns[None, :])
    apart = same | (launch.known & ~launch.meets) | (impact.known & ~impact.meets)
    apart |= (actors == 0) | (_told(*pairs(known.group)) == 0) | (gap >= DAY) | (kinds & ~kind & ~near)
    late, fewer, other = ~overlap & ~issue, counts & ~count, kinds & ~kind
    strains = [late, fewer, other, systems == 0, *(off for off, _ in lengths)]
    strained = np.logical_or.reduce(strains)
    single = np.sum(strains, axis=0, dtype=np.int8) == 1
    classless = ~np.logical_or(*pairs(known.classes > 0))
    weight = [sharp | (systems == 1) | figure, place & (sharp | kind | classless), sharp]
    borne = np.select([late, fewer, other], weight, place)
    dated = np.logical_and(*pairs(known.dated))
    fits, strange = kind | sharp | (systems == 1), (actors < 1) & ~sharp
    ordinal = np.equal(*pairs(known.number))
    score = 8 * (systems == 1) + 6 * sharp + 2 * place + 4 * kind + 4 * count + 4 * figure + 4 * overlap
    score = (score - 6 * strained + ordinal).astype(np.int16)
    return Likeness(
        apart=apart,
        strained=strained,
        late=late,
        one=dated & ~apart & (~strained | (single & borne)),
        undated=~dated & ~apart & ~strained & ~strange & place & (kind | (systems == 1)),
        fits=fits,
        strange=strange,
        score=score,
    )


def _told(one: NDArray[np.generic], other: NDArray[np.generic]) -> NDArray[np.int8]:
    """1 where both say the same, 0 where they say different things, -1 where one of them is silent."""
    both = (one >= 0) & (other >= 0)  # type: ignore[operator]
    return np.where(both, one == other, -1).astype(np.int8)


def _gap(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[NDArray[np.float64], Flags]:
    """Hours between two times, negative where they overlap, and whether both were read from a clock."""
    start = np.maximum(one[:, 0][:, None], other[:, 0][None, :])
    end = np.minimum(one[:, 1][:, None], other[:, 1][None, :])
    short = one[:, 1] - one[:, 0] <= _CLOCK, other[:, 1] - other[:, 0] <= _CLOCK
    return start - end, short[0][:, None] & short[1][None, :]


def _classes(known: Facts, rows: Places, columns: Places) -> tuple[Flags, Flags, Flags]:
    """Whether both have a class, whether it may be the same, and whether it is at least a neighbouring one."""
    one, other = known.classes[rows][:, None], known.classes[columns][None, :]
    wide, wider = known.near_classes[rows][:, None], known.near_classes[columns][None, :]
    return (one > 0) & (other > 0), (one & other) > 0, ((wide & other) | (one & wider)) > 0


def _met(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[Flags, Flags]:
    """Whether both have an interval, and whether the intervals meet."""
    low = np.maximum(one[:, 0][:, None], other[:, 0][None, :])
    high = np.minimum(one[:, 1][:, None], other[:, 1][None, :])
    return ~np.isnan(low) & ~np.isnan(high), low <= high


def _lengths(one: NDArray[np.float64], other: NDArray[np.float64]) -> tuple[Flags, Flags]:
    """Whether lengths differ by much, and whether they meet."""
    low = np.maximum(one[:, 0][:, None], other[:, 0][None, :])
    high = np.minimum(one[:, 1][:, None], other[:, 1][None, :])
    return (low - high) > _MUCH * low, low <= high
