"""Launches as cards: what the text says of each and where it is silent, who says what, and what the geometry says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import combinations

from geomap import dates, margins, quantities, wording
from geomap.localdays import local_days
from geomap.naming import Namer
from geomap.stage import Card, Contest, Fact, Guess, Note, Saying, Tested, Topic
from geomap.tables import headline, marks_of
from geomap.types import Claim, Document, Estimate, Event, Location, Overflight, Reading, Salvo, Statement

QUOTES = 3
"""Places of the text that are quoted for one claim."""

Documents = Mapping[str, Document]


def make_cards(readings: Sequence[Reading], names: Namer, drawn: Collection[str] = ()) -> tuple[Card, ...]:
    """Make a card for each launch of some readings, in the order of the text.

    Parameters
    ----------
    names : from the id of a feature or the code of an actor to its name
    drawn : ids of the margins that can be shown
    """
    documents = {reading.document.id: reading.document for reading in readings}
    return tuple(
        make_card(number if len(readings) > 1 else None, reading, event, names, drawn, documents)
        for number, reading in enumerate(readings)
        for event in reading.events
    )


def make_card(
    number: int | None,
    reading: Reading,
    event: Event,
    names: Namer,
    drawn: Collection[str] = (),
    documents: Documents | None = None,
) -> Card:
    """Make the card of one launch.

    Parameters
    ----------
    number : place of the reading among several, None for the only one
    documents : by their ids, those that the claims of a merged event stand in
    """
    key = wording.event_id(number, event)
    return Card(
        key=key,
        headline=headline(event, names),
        recalled=event.background,
        words=wording.quote(reading.document.text, event.evidence),
        source=_source(reading.document, event),
        facts=tuple(_facts(event, names)),
        notes=tuple(_notes(event, key)),
        topics=tuple(_topics(event.statements)),
        contests=tuple(_contests(reading, event, key, names, drawn, documents or {})),
        estimate=_estimate(event.estimate),
        marks=marks_of(number, reading, event),
    )


def _source(document: Document, event: Event) -> str:
    """Whose words are quoted: the outlet, and the headline where it says more, and how many others tell of it."""
    title = wording.article(document, event) or document.source
    return " · ".join(dict.fromkeys(part for part in (document.outlet, title) if part and part != "-"))


def _falls(event: Event) -> tuple[Location, ...]:
    return event.impacts or ((event.impact,) if event.impact else ())


def _estimate(value: Estimate | None) -> Guess | None:
    return Guess(text=wording.capital(value.said), assumptions=value.assumptions) if value is not None else None


# ------------------------------------------------------------------------------------------------------ facts


def _facts(event: Event, names: Namer) -> Iterator[Fact]:
    """What is known of a launch; of what matters most also that the text does not say it."""
    falls = _falls(event)
    count = wording.number(event.count) if event.count is not None else ""
    salvos = "; ".join(map(_salvo, event.salvos))
    found = [
        _fact("When", *_times(event), key=True),
        _fact("How many", count or salvos, salvos if count else "", key=True),
        _place("Launched from", event.launch),
        _fact("Platform", event.platform or ""),
        _fact("Direction", wording.bearing(event.bearing_deg)),
        _fact("Distance", wording.amount(event.distance_km)),
        _fact("Apogee", wording.amount(event.apogee_km)),
        _fact("Flight time", wording.amount(event.flight_min, "min")),
        _fact("Trajectory", event.trajectory or ""),
        _fact("Outcome", event.outcome or ""),
        _place("Came down", falls[0] if falls else None),
        *(_place("and", place) for place in falls[1:]),
        _fact("Flown over", "; ".join(_flown(one, names) for one in event.overflown)),
        _reports(event),
    ]
    return (fact for fact in found if fact is not None and not (fact.silent and event.background))


def _fact(name: str, *told: str, key: bool = False) -> Fact | None:
    """A fact; of one that is missing only that it is, when it is a ``key`` one."""
    lines = tuple(line for line in told if line)
    if lines:
        return Fact(name=name, said=lines[0], more=lines[1:])
    return Fact(name=name, said=wording.UNSAID, silent=True) if key else None


def _place(name: str, place: Location | None) -> Fact | None:
    if place is None:
        return _fact(name, "", key=True)
    return _fact(name, f"“{place.text}”", wording.spot(place.lon, place.lat, place.radius_km))


def _times(event: Event) -> Iterator[str]:
    """A time in the text's words, in UTC, and as local days at both ends of the flight."""
    if event.when is not None:
        assumed = event.when.said == dates.ISSUE
        yield f"{wording.UNSAID}; taken to be {dates.ISSUE}" if assumed else event.when.said
        yield wording.utc(event.when)
        local = local_days(event)
        yield f"local day: {local}" if local else ""


def _reports(event: Event) -> Fact | None:
    """Who reports a launch of several articles, and in which words."""
    lines = wording.reports(event).splitlines()
    return _fact("Reported", "by several articles", *lines) if lines else None


def _salvo(value: Salvo) -> str:
    return f"{wording.number(value.count)} “{value.said}”" if value.count is not None else f"“{value.said}”"


def _flown(value: Overflight, names: Namer) -> str:
    """What it flew over, and whether the text, the track or both say so."""
    if not value.text:
        return f"{names(value.feature) if value.feature else 'a place'} (by the track; {wording.UNSAID})"
    track = {None: "", True: " (so does the track)", False: " (the track does not pass over it)"}[value.passes]
    return f"“{value.text}”{track}"


def _notes(event: Event, key: str) -> Iterator[Note]:
    """Conflicts first, then doubts, places that do not fit, and remarks."""
    yield from (Note(kind="conflict", text=text) for text in event.conflicts)
    yield from (Note(kind="doubt", text=text) for text in event.checks)
    for number, place in enumerate(event.dropped):
        yield Note(kind="apart", text=wording.location(place), marks=(margins.dropped_id(key, number),))
    yield from (Note(kind="note", text=text) for text in event.notes)


# ------------------------------------------------------------------------------------------- statements, claims


def _topics(statements: Sequence[Statement]) -> Iterator[Topic]:
    """What is said of a launch, thing by thing, in the order of the text; the same words of the same claimant once."""
    found: dict[str, dict[tuple[str | None, str, bool], Statement]] = {}
    for one in sorted(statements, key=lambda one: one.start):
        found.setdefault(one.about, {}).setdefault((one.by, one.value, one.corrected), one)
    for about, said in found.items():
        if all(one.by is None and not one.corrected for one in said.values()):
            continue  # what the text itself says stands among the facts
        standing = [one for one in said.values() if not one.corrected]
        sayings = tuple(
            Saying(by=one.by or "Unattributed", said=one.value, when=one.said or "", corrected=one.corrected)
            for one in said.values()
        )
        yield Topic(about=about, sayings=sayings, differ=any(_differ(*two) for two in combinations(standing, 2)))


def _differ(one: Statement, other: Statement) -> bool:
    """Whether two claimants say what cannot both be: figures whose intervals do not meet, or other places."""
    if one.by == other.by:
        return False
    if quantities.stated(one) is None or quantities.stated(other) is None:
        same = one.mention == other.mention and one.mention is not None
        nobody = one.by is None or other.by is None  # the text itself only says it with other words
        return not (same or nobody) and one.value.casefold() != other.value.casefold()
    return quantities.differ(one, other)


def _contests(
    reading: Reading, event: Event, key: str, names: Namer, drawn: Collection[str], documents: Documents
) -> Iterator[Contest]:
    """The claims on each zone; what a claimant says twice is one claim that quotes both."""
    found: dict[str, dict[tuple[str | None, str, bool], list[int]]] = {}
    for number, claim in enumerate(event.claims):
        found.setdefault(claim.zone, {}).setdefault((claim.by, claim.relation, claim.corrected), []).append(number)
    for zone, said in found.items():
        standing = [(by, relation) for by, relation, corrected in said if not corrected]
        disputed = any(one[0] != two[0] and one[1] != two[1] for one, two in combinations(standing, 2))
        claims = tuple(_tested(reading, event, numbers, key, names, drawn, documents) for numbers in said.values())
        yield Contest(zone=wording.capital(names(zone)), claims=claims, disputed=disputed)


def _tested(
    reading: Reading,
    event: Event,
    numbers: Sequence[int],
    key: str,
    names: Namer,
    drawn: Collection[str],
    documents: Documents,
) -> Tested:
    claims = [event.claims[number] for number in numbers]
    claim, verdict = claims[0], claims[0].verdict
    told = ((one, documents.get(one.document or "", reading.document)) for one in claims)
    quoted = (wording.quote(document.text, [(one.start, one.end)]) for one, document in told)
    line = margins.margin_id(key, claim.zone)
    left = {one.claim: one for one in event.clipped if one.claim in numbers}
    geometry = wording.geometry(verdict)
    said, by = wording.claim(claim, names(claim.zone)), claim.by or "Unattributed"
    marks = [claim.zone, *([line] if line in drawn else [])]
    marks += [margins.clipped_id(key, number) for number in left]
    return Tested(
        line=said,
        words=" … ".join(list(dict.fromkeys(quoted))[:QUOTES]),
        when=_said(claims),
        corrected=claim.corrected,
        verdict=wording.verdict(verdict),
        geometry=geometry,
        why=verdict.why if verdict and verdict.why not in geometry else "",
        layer=(verdict.layer or "") if verdict else "",
        change=verdict.change if verdict else "",
        left="; ".join(f"{wording.share(one.share)} of the impact zone is left" for one in left.values()),
        marks=tuple(marks),
        margin=line in drawn,
        by=by,
        claimed=said.removeprefix(f"{by}: "),
        far=wording.margin(verdict),
    )


def _said(claims: Sequence[Claim]) -> str:
    return ", ".join(dict.fromkeys(claim.said for claim in claims if claim.said))
