"""From the tellings of an archive to launches, each once: what a process does with a stroke of them.

The sorting is that of a story (`geomap.story.groups`). Each function here is a task: it gets lines of tellings as the
parts keep them, and gives places in what it got, or lines of launches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeAlias

from geomap import codec
from geomap.batch.index import Told
from geomap.batch.reading import unpacked
from geomap.catalog import Layers, open_layers
from geomap.story import combined, order_of
from geomap.story.groups import agreeing, gathered, homes, links
from geomap.story.reports import Report, in_order
from geomap.types import Launch

Set: TypeAlias = tuple[int, ...]
Order: TypeAlias = tuple[float, int, int, int]
"""What launches are sorted by: hours since 1970, and what tells apart those of one time."""


def find_links(lines: Sequence[Told], rows: int, rule: str) -> list[tuple[int, int]]:
    """Find which of some tellings hang together; the first ones are compared with all after them."""
    return links(unpacked(lines, open_layers()), rows, rule)


def sort_sets(sets: Sequence[Sequence[Told]], rule: str) -> list[list[Set]]:
    """Sort tellings that hang together into launches: places in each set."""
    reports = _reports(sets)
    ordered = [in_order(some) for some in reports]
    found = []
    for some, sorted_some, groups in zip(reports, ordered, gathered(ordered, rule), strict=True):
        place = {id(report): at for at, report in enumerate(some)}
        found.append([tuple(sorted(place[id(sorted_some[one])] for one in group)) for group in groups])
    return found


def find_homes(undated: Sequence[Sequence[Told]], dated: Sequence[Sequence[Told]]) -> list[list[tuple[int, bool]]]:
    """Find the launches that some without a date may be: places in ``dated``, and whether anything of weight agrees."""
    some = _reports([*undated, *dated])
    return homes(some[: len(undated)], some[len(undated) :])


def make_launches(launches: Sequence[tuple[Sequence[Told], Sequence[Sequence[Told]]]]) -> list[tuple[Order, bytes]]:
    """Make launches of their tellings.

    Parameters
    ----------
    launches : the tellings of each, and those of launches without a date that may be it; what contradicts another of
        these stays a launch of its own

    Returns
    -------
    list
        what each is sorted by, and its line of JSON
    """
    layers = open_layers()
    reports_of_all = iter(_reports([lines for own, guests in launches for lines in (own, *guests)]))
    made = []
    for _, guests in launches:
        reports, *strangers = [next(reports_of_all) for _ in range(1 + len(guests))]
        fits = agreeing(strangers) if strangers else []
        reports = [*reports, *(one for group, fit in zip(strangers, fits, strict=True) if fit for one in group)]
        made.append(_launch(reports, layers))
        made += [_launch(group, layers) for group, fit in zip(strangers, fits, strict=True) if not fit]
    return made


def _reports(groups: Sequence[Sequence[Told]]) -> list[list[Report]]:
    found = iter(unpacked([line for lines in groups for line in lines], open_layers()))
    return [[next(found) for _ in lines] for lines in groups]


def _launch(reports: Sequence[Report], layers: Layers) -> tuple[Order, bytes]:
    event, conflicts = combined(reports, layers)
    time, (document, _, name), own = order_of(event)
    order = (time, _number(document), int("".join(filter(str.isdecimal, name))[:9] or 0), _number(own))
    return order, codec.dumps_launch(Launch(event=event, conflicts=tuple(conflicts))).encode()


def _number(words: str) -> int:
    """A number that some words always have."""
    return int.from_bytes(hashlib.sha256(words.encode("utf-8", "surrogatepass")).digest()[:7])
