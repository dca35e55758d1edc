"""What the reports of one launch do not agree on: figures, days, kinds, places, claims on one zone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from geomap import wording
from geomap.quantities import spread
from geomap.story.reports import Interval, Report, count_of, falls, hours
from geomap.story.spots import distances_km
from geomap.types import Amount, Claim, Conflict, Location, Place, Record, Statement

_OPPOSITE = (
    {"inside", "outside"}, {"north", "south"}, {"east", "west"}, {"northeast", "southwest"}, {"northwest", "southeast"},
)  # fmt: skip
_VAGUER = ({"rocket", "SLV"}, {"rocket", "artillery"})
"""Words for a class of which one only says less than the other."""


class Saying(Record, kw_only=True):
    """Who says what, and what it means: an interval, a place, or a word."""

    who: str
    words: str
    value: Interval | Location | Place | str


def conflicts_of(event: str, reports: Sequence[Report]) -> tuple[Conflict, ...]:
    """Find what the reports of one launch differ in.

    Parameters
    ----------
    event : id of the merged event
    reports : in the order of the readings
    """
    found: list[Conflict] = []
    for about, sayings, differ in _topics(reports):
        values = list({_plain(one.value): one.value for one in sayings}.values())
        if len(values) > 1 and differ(values):
            said = tuple(dict.fromkeys((one.who, one.words) for one in sayings))
            found.append(Conflict(event=event, about=about, said=said))
    return tuple(found)


Differ = Callable[[Sequence[Any]], bool]
"""Whether any two of some values differ by more than they leave open."""


def _topics(reports: Sequence[Report]) -> Iterator[tuple[str, list[Saying], Differ]]:
    """All that reports may differ in, with who says what of it."""
    yield "count", _counts(reports), _neither_holds
    yield "when", _whens(reports), _another_day
    for about, amount in _AMOUNTS.items():
        yield about, _amounts(reports, about, amount), _apart
    for about, word in _WORDS.items():
        yield about, [one for report in reports for one in _said(report, word(report))], _unlike
    for about, places in _PLACES.items():
        yield about, [one for report in reports for one in _where(report, about, places(report))], _elsewhere
    claims: dict[tuple[str, str], list[Saying]] = {}
    for report in reports:
        for zone, of, said in _claims(report):
            claims.setdefault((zone, of), []).append(said)
    for (zone, _), sayings in claims.items():
        yield zone, sayings, _opposite


_AMOUNTS: dict[str, Callable[[Report], Amount | None]] = {
    "distance": lambda report: report.event.distance_km,
    "apogee": lambda report: report.event.apogee_km,
    "flight time": lambda report: report.event.flight_min,
}
_WORDS: dict[str, Callable[[Report], tuple[str | None, str]]] = {
    "class": lambda report: (report.event.weapon.kind, report.event.weapon.text),
    "system": lambda report: (report.event.weapon.system, report.event.weapon.text),
    "platform": lambda report: (report.event.platform, report.event.platform or ""),
    "outcome": lambda report: (report.event.outcome, report.event.outcome or ""),
}
_PLACES: dict[str, Callable[[Report], tuple[Location, ...]]] = {
    "launch": lambda report: (report.event.launch,) if report.event.launch else (),
    "impact": lambda report: (report.event.impact,) if report.event.impact and len(report.event.impacts) < 2 else (),
}


def _counts(reports: Sequence[Report]) -> list[Saying]:
    found = []
    for report in reports:
        stated = list(_statements(report, "count", lambda one: spread(one.number or 0.0, one.value)))
        own = count_of(report.event)
        if own is not None and not stated:
            stated.append(Saying(who=report.outlet, words=report.event.weapon.text, value=own))
        found += stated
    return found


def _amounts(reports: Sequence[Report], about: str, amount: Callable[[Report], Amount | None]) -> list[Saying]:
    found = []
    for report in reports:
        stated = list(_statements(report, about, lambda one: (one.number or 0.0, one.number or 0.0)))
        own = amount(report)
        if own is not None and not stated:
            stated.append(Saying(who=report.outlet, words=own.said, value=(own.low, own.high)))
        found += stated
    return found


def _statements(report: Report, about: str, exact: Callable[[Statement], Interval]) -> Iterator[Saying]:
    """What somebody says of a figure; its interval, or what its number alone leaves open."""
    for one in report.event.statements:
        if one.about != about or (one.number is None and (one.low is None or one.high is None)):
            continue
        value = exact(one) if one.low is None or one.high is None else (one.low, one.high)
        yield Saying(who=one.by or report.outlet, words=one.value + _later(one), value=value)


def _whens(reports: Sequence[Report]) -> list[Saying]:
    found = []
    for report in reports:
        when, time = report.event.when, hours(report.event.when)
        if when is not None and time is not None and not report.assumed:
            found.append(Saying(who=report.outlet, words=wording.when(when), value=time))
    return found


def _said(report: Report, told: tuple[str | None, str]) -> Iterator[Saying]:
    value, words = told
    if value:
        yield Saying(who=report.outlet, words=words, value=value)


def _where(report: Report, about: str, places: Sequence[Location]) -> list[Saying]:
    """Who says where; where a report has several falls, or one speaker names several places, these do not differ."""
    if about == "impact" and len(report.event.impacts) > 1:
        return []
    stated = [one for one in report.event.statements if one.about == about and one.mention in report.places]
    spoken: dict[str | None, list[Place]] = {}
    for one in stated:
        if one.mention and not one.corrected:
            spoken.setdefault(one.by, []).append(report.places[one.mention])
    if any(_elsewhere(some) for some in spoken.values()):
        return []
    sayings = [
        Saying(who=one.by or report.outlet, words=one.value + _later(one), value=report.places[one.mention])
        for one in stated
        if one.mention
    ]
    return sayings or [Saying(who=report.outlet, words=place.text, value=place) for place in places]


def _claims(report: Report) -> Iterator[tuple[str, str, Saying]]:
    """The claims of a report: on which zone, of what (nothing where it came down), and what is said."""
    fell = falls(report.event)
    for claim, quoted in zip(report.event.claims, report.quotes, strict=True):
        words = f"{claim.relation} (“{quoted}”)" if quoted else claim.relation
        said = Saying(who=claim.by or report.outlet, words=words + _later(claim), value=claim.relation)
        yield claim.zone, "" if claim.of in fell else f"{report.reading} {claim.of}", said


def _later(said: Claim | Statement) -> str:
    return ", corrected later" if said.corrected else ""


def _plain(value: Interval | Location | Place | str) -> object:
    """What tells one value from another."""
    return (value.lon, value.lat, value.radius_km) if isinstance(value, (Location, Place)) else value


def _apart(values: Sequence[Interval]) -> bool:
    """Whether two of some intervals have nothing in common."""
    return max(low for low, _ in values) > min(high for _, high in values)


def _another_day(values: Sequence[Interval]) -> bool:
    """Whether two of some times have nothing in common, their ends exclusive."""
    return max(start for start, _ in values) >= min(end for _, end in values)


def _neither_holds(values: Sequence[Interval]) -> bool:
    """Whether of two intervals neither holds the other: 'about ten' has room for eleven, not for 'more than ten'."""
    return any(
        not (one[0] <= other[0] <= other[1] <= one[1] or other[0] <= one[0] <= one[1] <= other[1])
        for one, other in combinations(values, 2)
    )


def _unlike(values: Sequence[str]) -> bool:
    return any({one, other} not in _VAGUER for one, other in combinations(values, 2))


def _elsewhere(values: Sequence[Location | Place]) -> bool:
    """Whether two of some places lie farther apart than their radii."""
    points = np.array([(place.lon, place.lat, place.radius_km) for place in values])
    return bool((distances_km(points, points) > points[:, 2][:, None] + points[:, 2][None, :]).any())


def _opposite(values: Sequence[str]) -> bool:
    return any(pair <= set(values) for pair in _OPPOSITE)
