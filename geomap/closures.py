"""Closed areas in words: what they are called, when they are closed, what they touch, for every exporter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from geomap import wording
from geomap.naming import Namer
from geomap.types import Crossing, Hazard, Reading, When

_FOR_GOOD = 9999
_FEW = 3
_EDGES = {
    "rhumb": "edges are rhumb lines, straight on the charts of mariners",
    "geodesic": "edges are geodesics, as airspace has them",
}
_KINDS = {"circle": "circle", "sector": "sector of a circle", "corridor": "strip along a line"}

Interval = tuple[datetime, datetime]


def title(hazard: Hazard) -> str:
    """What a closed area is called (``Closed area A, NAVAREA XI 372/23``)."""
    name = f"Closed area {hazard.label}" if hazard.label else "Closed area"
    return ", ".join(part for part in (name, hazard.authority) if part) + (" (cancelled)" if hazard.cancelled else "")


def label(hazard: Hazard) -> str:
    """What stands on the map: its letter and when it is closed."""
    return "\n".join(part for part in (hazard.label or hazard.authority or "", short(hazard.windows)) if part)


def closed_when(windows: Sequence[When]) -> str:
    """All times at which an area is closed; days with the same hours are one run, of many runs the first are told."""
    runs = _runs(intervals(windows))
    told = [_run(run) for run in runs[: _FEW if len(runs) > _FEW + 1 else len(runs)]]
    more = len(runs) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more else "")


def short(windows: Sequence[When]) -> str:
    """The same, short enough for a label (``29 Dec, 00:00–10:00 UTC``)."""
    runs = _runs(intervals(windows))
    if not runs:
        return ""
    first = runs[0]
    start, end = first[0]
    clock = f"{start:%H:%M}–{end:%H:%M} UTC"
    if end.year == _FOR_GOOD:
        said = f"from {start.day} {start:%b %Y}"
    elif len(first) > 1:
        last = first[-1][0]
        month = "" if (start.month, start.year) == (last.month, last.year) else f" {start:%b}"
        said = f"{start.day}{month} to {last.day} {last:%b}, daily {clock}"
    elif (end - start) < timedelta(hours=12) or start.date() == end.date():
        said = f"{start.day} {start:%b}, {clock}"
    elif (end - start) <= timedelta(days=1):
        said = f"{start.day} {start:%b} {start:%H:%M} – {end.day} {end:%b} {end:%H:%M} UTC"
    else:
        said = f"{start.day} {start:%b} to {(end - timedelta(minutes=1)).day} {end - timedelta(minutes=1):%b}"
    return said + (" …" if len(runs) > 1 else "")


def touches(hazard: Hazard, reading: Reading, names: Namer) -> str:
    """The zones, airspaces and seas that an area touches, each with the share of it."""
    found = [one for one in reading.crossings if one.what == hazard.id and "/" in one.feature]
    return "; ".join(f"{names(one.feature)} {_share(one)}" for one in found)


def edges(hazard: Hazard) -> str:
    """Of what shape it is, or else what its edges are, in words."""
    kind = _KINDS.get(hazard.shape, "")
    return kind if kind else _EDGES[hazard.edges]


def height(hazard: Hazard) -> str:
    """Its limits in height, as printed."""
    return " to ".join(part for part in (hazard.lower, hazard.upper) if part)


def intervals(windows: Sequence[When]) -> list[Interval]:
    """The windows as moments in UTC, in order."""
    found = []
    for one in windows:
        try:
            found.append(tuple(datetime.fromisoformat(part).astimezone(UTC) for part in (one.start, one.end)))
        except (ValueError, OverflowError):
            continue
    return sorted((start, end) for start, end in found)


def _share(crossing: Crossing) -> str:
    return "(all of it)" if crossing.relation == "within" else wording.share(crossing.share)


def _runs(found: Sequence[Interval]) -> list[list[Interval]]:
    """Intervals with the same hours on days that follow each other, each run in one list."""
    runs: list[list[Interval]] = []
    for one in found:
        for run in runs:
            start, end = run[-1]
            if (one[0] - start, one[1] - end) == (timedelta(days=1), timedelta(days=1)):
                run.append(one)
                break
        else:
            runs.append([one])
    return runs


def _run(run: Sequence[Interval]) -> str:
    start, end = run[0]
    if end.year == _FOR_GOOD:
        return f"from {wording.day(start)}, {start:%H:%M} UTC, until further notice"
    if len(run) > 1:
        last = run[-1][0]
        return f"{wording.day(start)} to {wording.day(last)}, daily {start:%H:%M} to {end:%H:%M} UTC"
    return wording.utc(When(start=start.isoformat(), end=end.isoformat(), said=""))
