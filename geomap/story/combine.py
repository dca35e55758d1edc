"""Several reports of one launch as one event: the sharpest places, the figures that most give, what each one says."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

import msgspec

from geomap import wording
from geomap.catalog import Layers
from geomap.events.locate import track_of
from geomap.story.reports import Interval, Report, count_of, falls, hours
from geomap.types import Amount, Bearing, Claim, Event, Location, MergedEvent, Source, Statement, Weapon, When
from geomap.verdicts import verdict

T = TypeVar("T")
Kept = TypeVar("Kept", Claim, Statement)

_HEX = 12
"""Digits of a merged event's id."""


def combine(reports: Sequence[Report], layers: Layers, *, several: bool) -> MergedEvent:
    """Make one event of the reports of a launch.

    Parameters
    ----------
    reports : in the order of the readings
    several : whether there is more than one reading, so that mentions need the number of theirs
    """
    ordered = sorted(reports, key=_weight)
    first = ordered[0]
    weapon = _weapon(ordered)
    count = _most(ordered, lambda report: report.event.count)
    launch, impact, impacts = _launch(ordered, several=several), *_impact(ordered, several=several)
    alone = len(reports) == 1
    merged = MergedEvent(
        id="",
        actor=next((one.event.actor for one in sorted(ordered, key=_vague) if one.event.actor), None),
        weapon=weapon,
        count=count,
        when=_when(ordered),
        launch=launch,
        impact=impact,
        impacts=impacts,
        track=first.event.track if alone else track_of(launch, impact),
        platform=_most(ordered, lambda report: report.event.platform),
        outcome=_most(ordered, lambda report: report.event.outcome),
        trajectory=_most(ordered, lambda report: report.event.trajectory),
        distance_km=_amount(ordered, lambda event: event.distance_km),
        apogee_km=_amount(ordered, lambda event: event.apogee_km),
        flight_min=_amount(ordered, lambda event: event.flight_min),
        bearing_deg=_sharpest(ordered, lambda event: event.bearing_deg, lambda one: (one.high - one.low) % 360),
        salvos=max((report.event.salvos for report in ordered), key=len),
        overflown=_each(ordered, lambda event: event.overflown, lambda one: (one.text, one.feature)),
        dropped=_each(ordered, lambda event: event.dropped, lambda one: (one.text, one.lon, one.lat)),
        claims=tuple(_claims(reports, impact, layers, several=several)),
        statements=tuple(_statements(reports, several=several)),
        clipped=first.event.clipped if alone else (),
        estimate=next((report.event.estimate for report in ordered if report.event.estimate), None),
        background=all(report.event.background for report in reports),
        evidence=first.event.evidence if alone else (),
        checks=_notes(reports, lambda event: event.checks),
        conflicts=_notes(reports, lambda event: event.conflicts),
        notes=_notes(reports, lambda event: event.notes),
        sources=tuple(_source(report) for report in reports),
    )
    return msgspec.structs.replace(merged, id=_id(reports))


def _weight(report: Report) -> tuple[bool, tuple[int, ...], str]:
    """Who decides where reports are equally good: who reports it as news, then the latest, who knows more."""
    issued = tuple(-ord(letter) for letter in report.document.published or "\0")
    return report.event.background, issued, report.told


def _vague(report: Report) -> bool:
    """Whether it names no group, but at most the state that one is at home in."""
    return not report.group


def _id(reports: Sequence[Report]) -> str:
    """What stays the same in every run, in whatever order the articles come, and when those of later days join in."""
    first = min((report.document.published or "~", report.told) for report in reports)
    return "L" + hashlib.sha256("\n\n".join(first).encode("utf-8", "surrogatepass")).hexdigest()[:_HEX]


# ----------------------------------------------------------------------------------------------- what is chosen


def _most(ordered: Sequence[Report], value: Callable[[Report], T | None]) -> T | None:
    """What most reports give; where as many give something else, what the weightier ones give."""
    found = [one for one in map(value, ordered) if one is not None]
    return Counter(found).most_common(1)[0][0] if found else None


def _weapon(ordered: Sequence[Report]) -> Weapon:
    """The class and system that most reports give, in the words of one that gives both and the number."""
    kind = _most(ordered, lambda report: report.event.weapon.kind)
    system = _most(ordered, lambda report: report.event.weapon.system)
    count = _most(ordered, lambda report: report.event.count)

    def fit(report: Report) -> tuple[bool, bool, bool]:
        weapon = report.event.weapon
        return weapon.kind == kind, report.event.count == count, weapon.system == system

    best = max(ordered, key=fit)
    return Weapon(text=best.event.weapon.text, kind=kind, system=system)


def _when(ordered: Sequence[Report]) -> When | None:
    """The time that most reports agree on, in the words of the shortest; a day that no article gives comes last."""
    timed = [(report, span) for report in ordered if (span := hours(report.event.when)) is not None]
    spans = Counter(span for _, span in timed)
    # most spans share a moment at which one of them begins
    shared = {start: sum(many for (low, high), many in spans.items() if low <= start < high) for start, _ in spans}
    agreed = {
        (low, high): max((many for start, many in shared.items() if low <= start < high), default=0)
        for low, high in spans
    }

    def fit(one: tuple[Report, Interval]) -> tuple[bool, int, float]:
        report, (start, end) = one
        return report.assumed, -agreed[start, end], end - start

    best = min(timed, key=fit, default=None)
    return best[0].event.when if best else next((r.event.when for r in ordered if r.event.when), None)


def _amount(ordered: Sequence[Report], field: Callable[[Event], Amount | None]) -> Amount | None:
    """The figure that lies in the interval of most reports."""
    found = [one for report in ordered if (one := field(report.event)) is not None]
    spans = Counter((one.low, one.high) for one in found)

    def fit(one: Amount) -> tuple[int, float]:
        return -sum(times for (low, high), times in spans.items() if low <= one.value <= high), one.high - one.low

    return min(found, key=fit, default=None)


def _sharpest(ordered: Sequence[Report], field: Callable[[Event], T | None], width: Callable[[T], float]) -> T | None:
    found = [one for report in ordered if (one := field(report.event)) is not None]
    return min(found, key=width, default=None)


def _launch(ordered: Sequence[Report], *, several: bool) -> Location | None:
    placed = [report for report in ordered if report.event.launch]
    if not placed:
        return None
    best = min(placed, key=lambda report: report.event.launch.radius_km if report.event.launch else 0.0)
    return best.event.launch and _of(best, best.event.launch, several=several)


def _impact(ordered: Sequence[Report], *, several: bool) -> tuple[Location | None, tuple[Location, ...]]:
    """The sharpest impact; of a report that gives several places all, when no other has a sharper one."""

    def radius_km(report: Report) -> float:
        return min(place.radius_km for place in _places(report.event))

    placed = [report for report in ordered if _places(report.event)]
    if not placed:
        return None, ()
    best = min(placed, key=radius_km)
    impacts = tuple(_of(best, place, several=several) for place in best.event.impacts)
    return best.event.impact and _of(best, best.event.impact, several=several), impacts


def _places(event: Event) -> tuple[Location, ...]:
    return event.impacts or ((event.impact,) if event.impact else ())


def _of(report: Report, place: Location, *, several: bool) -> Location:
    """A place whose mention is that of its reading."""
    return msgspec.structs.replace(place, mention=_in(report, place.mention, several=several)) if several else place


def _in(report: Report, mention: str | None, *, several: bool) -> str | None:
    """The id of a mention, or of a closed area, with the number of its reading where there are several."""
    return mention if mention is None or not several else wording.prefix(report.reading) + mention


# ------------------------------------------------------------------------------------------------ what is kept


def _each(
    ordered: Sequence[Report], field: Callable[[Event], Sequence[T]], key: Callable[[T], Hashable]
) -> tuple[T, ...]:
    return tuple({key(one): one for report in reversed(ordered) for one in reversed(field(report.event))}.values())[
        ::-1
    ]


def _claims(reports: Sequence[Report], impact: Location | None, layers: Layers, *, several: bool) -> Iterator[Claim]:
    """The claims of all reports, those on where it came down held against the sharpest place of that."""
    for report in reports:
        fell = falls(report.event) if len(report.event.impacts) < 2 else {None}
        for claim in report.event.claims:
            named = _named(report, msgspec.structs.replace(claim, of=_in(report, claim.of, several=several)))
            same = len(reports) == 1 or impact is None or claim.of not in fell or not layers.has(claim.zone)
            yield named if same else msgspec.structs.replace(named, verdict=verdict(claim, impact, layers))


def _statements(reports: Sequence[Report], *, several: bool) -> Iterator[Statement]:
    for report in reports:
        for one in report.event.statements:
            yield _named(report, msgspec.structs.replace(one, mention=_in(report, one.mention, several=several)))


def _named(report: Report, one: Kept) -> Kept:
    """A claim or statement with somebody who says it, and the document whose words it points at."""
    return msgspec.structs.replace(one, by=one.by or report.outlet, document=report.document.id)


def _notes(reports: Sequence[Report], field: Callable[[Event], Sequence[str]]) -> tuple[str, ...]:
    """What was noted of each report, with the outlet where there are several."""
    if len(reports) == 1:
        return tuple(field(reports[0].event))
    return tuple(dict.fromkeys(f"{report.outlet}: {note}" for report in reports for note in field(report.event)))


def _source(report: Report) -> Source:
    event = report.event
    places = "; ".join(dict.fromkeys(place.text for place in _places(event)))
    said = {
        "weapon": event.weapon.text,
        "when": event.when.said if event.when and not report.assumed else "",
        "launch": event.launch.text if event.launch else "",
        "impact": places,
        "distance": _words(event.distance_km),
        "apogee": _words(event.apogee_km),
        "flight time": _words(event.flight_min),
        "bearing": _words(event.bearing_deg),
        "platform": event.platform or "",
        "outcome": event.outcome or "",
    }
    if count_of(event) is not None:
        said["count"] = event.weapon.text
    kept = {about: words for about, words in said.items() if words}
    document = report.document
    return Source(
        document=document.id,
        event=event.id,
        outlet=report.outlet,
        said=kept,
        source=document.source,
        title=document.title,
        published=document.published,
        words=report.words,
        claims={claim.zone: words for claim, words in zip(event.claims, report.quotes, strict=True) if words},
    )


def _words(value: Amount | Bearing | None) -> str:
    return value.said if value else ""
