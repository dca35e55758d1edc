"""From mentions to launches: who fired what, when, from where, and where it came down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from geomap import dates, phrases
from geomap.catalog import Layers
from geomap.events.aloft import with_flight
from geomap.events.also import sentences_of
from geomap.events.build import drafts
from geomap.events.claims import SENTENCES_OF_CLAIMS, claims_in
from geomap.events.contradictions import contradictions
from geomap.events.drafts import Draft
from geomap.events.facts import find_facts
from geomap.events.falls import chosen_impact
from geomap.events.hours import Page
from geomap.events.locate import location_of, track_of
from geomap.events.manner import outcome_of, platform_of, trajectory_of
from geomap.events.solve import Flight, solve
from geomap.events.statements import Sayings, also_told, sayings, standing, standing_count
from geomap.naming import Namer, namer
from geomap.quantities import KM_PER_UNIT
from geomap.types import Amount, Bearing, Claim, Event, Location, Reading, Span, Weapon, When
from geomap.words import open_words

__all__ = ["build_events"]

_WATER = phrases.anywhere("seas?|oceans?|waters?|splash*|offshore|gulf|bay|strait")
_CARGO = phrases.anywhere("satellites?|warheads?|payloads?")
_LONG_AGO = phrases.anywhere(
    "last (winter|spring|summer|autumn|fall|year|month)", "(days|weeks|months|years) (ago|before|earlier)"
)
_MOST_CLAIMS = 400
"""Claims that are read of one launch at most."""


def _is_in(span: Span, spans: Sequence[Span]) -> bool:
    """Whether a sentence stands in a notice: what that announces has not happened."""
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def build_events(reading: Reading, layers: Layers) -> Reading:
    """Build the launches that a document reports, from its mentions; nothing that it does not say is filled in."""
    announced = [hazard.notice for hazard in reading.hazards if hazard.notice is not None]
    every, dated = find_facts(reading, layers)
    facts = [fact for fact in every if not _is_in(fact.span, announced)]
    if not facts:
        return msgspec.structs.replace(reading, events=())
    words = open_words()
    issue = reading.document.published[:10] if reading.document.published else None
    made = drafts(facts, issue)
    told = {
        fact.span: claims_in(fact, facts[max(0, at - SENTENCES_OF_CLAIMS) : at], facts[at + 1 : at + 2], words)
        for at, fact in enumerate(facts)
    }
    claims = _dealt_out(told, made)
    spans = Counter(fact.span for draft in made for fact in {fact.span: fact for fact in draft.facts}.values())
    text, names, further = reading.document.text, namer(layers), also_told(facts, made)
    page = Page(facts, dated)
    talk = facts[0].talk.among(text, [fact.span for fact in facts])
    events = []
    for number, (draft, about) in enumerate(zip(made, sentences_of(made, facts), strict=True)):
        said = sayings(draft, claims[number], further[number], talk)
        event = _event(f"e{number + 1}", draft, said, issue, layers)
        shared = any(spans[fact.span] > 1 for fact in draft.facts if fact.launches)
        event = with_flight(event, draft, about, page, layers, shared=shared)
        events.append(_with_sayings(event, said, text, names))
    return msgspec.structs.replace(reading, events=tuple(events))


def _dealt_out(told: Mapping[Span, list[Claim]], made: Sequence[Draft]) -> list[list[Claim]]:
    """The claims of each launch: those of its sentences, and of the sentences behind that belong to no launch."""
    own: list[list[Claim]] = [[] for _ in made]
    for span, claims in told.items():
        if not claims:
            continue
        holders = [number for number, draft in enumerate(made) if any(fact.span == span for fact in draft.facts)]
        if not holders:
            before = [
                number for number, draft in enumerate(made) if draft.facts[0].span[0] < span[0] and not draft.background
            ]
            holders = before[-1:] or [0] if made else []
        for number in holders:
            own[number] += claims[: _MOST_CLAIMS - len(own[number])]
    return own


def _with_sayings(event: Event, said: Sayings, text: str, names: Namer) -> Event:
    """The event with who says what, and with where claimants contradict each other."""
    claims = tuple(one.claim for one in said.claims if one.claim is not None)
    zones = {claim.zone: names(claim.zone) for claim in claims}
    differing = contradictions(said.statements, said.claims, text, alone=event.count == 1, zones=zones)
    return msgspec.structs.replace(
        event,
        claims=claims,
        statements=tuple(one.statement for one in said.statements if one.statement is not None),
        evidence=tuple(dict.fromkeys((*event.evidence, *(fact.span for fact in said.told)))),
        conflicts=(*event.conflicts, *differing),
    )


def _event(name: str, draft: Draft, said: Sayings, issue: str | None, layers: Layers) -> Event:
    launch = location_of(draft.launch[0], layers) if draft.launch else None
    distance, apogee, bearing, notes = _figures(draft)
    distance = standing(distance, "distance", said.statements)
    apogee = standing(apogee, "apogee", said.statements)
    weapon, count = _weapon(draft)
    count = standing_count(count, said.statements)
    chosen = chosen_impact(draft.impact)
    seas = {mention.place.feature for mention in chosen if mention.kind == "sea" and mention.place}
    flight = Flight(launch=launch, distance=distance, bearing=bearing, at_sea=_at_sea(draft))
    fell = solve(chosen, flight, layers, several=count != 1)
    if not fell.impacts and draft.some:  # three positions that are those of one missile
        alike = solve(chosen_impact(draft.some), Flight(at_sea=flight.at_sea), layers, several=True)
        fell = alike if len(alike.impacts) == 1 and len(draft.some) > 1 else fell
    # 'into the East Sea and the West Sea alike' is two places, neither of them the place
    impact = fell.impacts[0] if fell.impacts and len(seas) < 2 else None
    when, undated = _when(draft, issue, launch or impact)
    return Event(
        id=name,
        actor=draft.actor,
        weapon=weapon,
        count=count,
        when=when,
        launch=launch,
        impact=impact,
        impacts=(*fell.impacts, *(location_of(mention, layers) for mention in draft.some)),
        dropped=fell.dropped,
        track=track_of(launch, impact),
        platform=platform_of(draft.facts),
        outcome=outcome_of(draft.facts),
        trajectory=trajectory_of(draft.facts),
        distance_km=distance,
        apogee_km=apogee,
        bearing_deg=bearing,
        background=draft.background,
        evidence=tuple(dict.fromkeys(fact.span for fact in draft.facts)),
        conflicts=fell.conflicts,
        notes=(*notes, *undated),
    )


def _at_sea(draft: Draft) -> bool:
    """Whether the sentences on its fall say that it ended in water."""
    return any(_WATER.search(fact.text) for fact in draft.facts if fact.impacts)


def _figures(draft: Draft) -> tuple[Amount | None, Amount | None, Bearing | None, list[str]]:
    """The first distance flown, greatest height and bearing that its sentences give, and notes on them."""
    told = [fact.figures for fact in draft.facts]
    flown = next((figures for figures in told if figures.distance), None)
    apogee = next((figures.apogee for figures in told if figures.apogee), None)
    bearing = next((figures.bearing for figures in told if figures.bearing), None)
    if flown is None or flown.distance is None:
        return None, apogee, bearing, []
    notes = []
    if flown.miles:
        nautical = flown.distance.value * KM_PER_UNIT["nautical mile"] / KM_PER_UNIT["mile"]
        notes.append(
            f"{flown.distance.said!r} is taken as statute miles; if nautical miles are meant it is {nautical:.0f} km"
        )
    return flown.distance, apogee, bearing, notes


def _when(draft: Draft, issue: str | None, location: Location | None) -> tuple[When | None, list[str]]:
    longitude = location.lon if location else None
    if draft.said is not None and draft.said.dated is not None:
        return dates.when(draft.said.dated, draft.actor, longitude), []
    undated = [fact.dated.said for fact in draft.facts if fact.dated is not None and fact.dated.first is None]
    if undated:
        return None, [f"{undated[0]!r} cannot be dated: the day of issue is not known"]
    if any(_LONG_AGO.search(fact.text) for fact in draft.facts if fact.launches):
        return None, ["the text gives no day, only how long ago it was"]
    if not draft.background and issue is not None:
        day = dates.Dated(start=0, end=0, said=dates.ISSUE, grain="day", first=issue, last=issue, kind="issue")
        return dates.when(day, draft.actor, longitude), ["dated by the day of issue: the text gives no other day"]
    return None, []


def _weapon(draft: Draft) -> tuple[Weapon, int | None]:
    """The words for what was fired, its class and system, and how many."""
    carriers = [weapon for weapon in draft.weapons if not _CARGO.search(weapon.text)] or draft.weapons
    counted = next((weapon for weapon in carriers if weapon.count is not None), None)
    first = counted or carriers[0]
    system = next((weapon.system for weapon in draft.weapons if weapon.system), None)
    count = counted.count if counted else 1 if first.single and first.kind != "artillery" else None
    return Weapon(text=first.text, kind=draft.kind, system=system), count
