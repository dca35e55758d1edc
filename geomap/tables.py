"""Records to the tables of a scene: the events, the claims with their verdicts, what could not be located, the places.

A row is plain text. An empty cell is what nobody said; what the reader expects to find and the article does not say
is spelt out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from geomap import closures, wording
from geomap.additions import Addition, additions_of
from geomap.naming import Namer
from geomap.stage import Table
from geomap.types import Claim, Document, Event, Mention, MergedEvent, Place, Reading

EVENTS = (
    "Event", "Fired by", "Weapon", "Number", "When", "Launched from", "Came down", "Distance", "Apogee", "Direction",
    "Platform", "Outcome", "Words", "Reports", "Conflicts", "Notes", "Article",
)  # fmt: skip
CLAIMS = ("Claim", "Verdict", "Best point", "Share inside", "Why", "Words", "Event", "Article")
HAZARDS = ("Closed area", "Closed", "Doubtful", "Touches", "Height", "Shape", "Notes", "Words", "Article")
UNLOCATED = ("What", "Why", "Words", "Article")
ASSUMED = ("What", "Event", "Assumed", "Where", "Why", "Article")
PLACES = ("Place", "Kind", "Words", "Position", "Uncertainty", "Source", "Article")

RECALLED = "(earlier, only recalled)"
"""Behind the headline of a launch that is no news."""
CLOSED = "Closed area"
"""What the name of a closed area, or of several, begins with."""

_QUOTES = 3
"""Articles whose words for the same claim are quoted."""

Documents = Mapping[str, Document]
Row = tuple[str, ...]
Marked = tuple[Row, tuple[str, ...]]


def make_tables(readings: Sequence[Reading], names: Namer) -> tuple[Table, ...]:
    """Make the tables of a scene; one without rows is left out.

    Parameters
    ----------
    names : from the id of a feature or the code of an actor to its name
    """
    numbered = [(number if len(readings) > 1 else None, reading) for number, reading in enumerate(readings)]
    documents = {reading.document.id: reading.document for reading in readings}
    tables = []
    for key, title, headings, rows in (
        ("events", "Events", EVENTS, _events),
        ("claims", "Claims and what the geometry says", CLAIMS, partial(_claims, documents=documents)),
        ("hazards", "Closed areas", HAZARDS, _hazards),
        ("unlocated", "Not located", UNLOCATED, _unlocated),
        ("places", "Places", PLACES, _places),
        ("assumed", "Added by the analyst, not in the article", ASSUMED, _assumed),
    ):
        found = [row for number, reading in numbered for row in rows(number, reading, names)]
        if found:
            tables.append(
                Table(
                    key=key,
                    title=title,
                    headings=headings,
                    rows=tuple(row for row, _ in found),
                    marks=tuple(marks for _, marks in found),
                )
            )
    return tuple(tables)


def headline(event: Event, names: Namer) -> str:
    """An event in one line (``North Korea: two short-range ballistic missiles``)."""
    what = wording.weapon(event)
    who = names(event.actor) if event.actor else ""
    line = f"{who}: {wording.small(what)}" if who else wording.capital(what)
    return f"{line} {RECALLED}" if event.background else line


def _events(number: int | None, reading: Reading, names: Namer) -> Iterator[Marked]:
    for event in reading.events:
        places = event.impacts or ((event.impact,) if event.impact else ())
        came = "; ".join(wording.location(place) for place in places) or wording.UNSAID
        fates = [part for part in (event.outcome, event.trajectory) if part]
        row = (
            headline(event, names),
            names(event.actor) if event.actor else wording.UNSAID,
            wording.weapon(event),
            str(event.count) if event.count is not None else wording.UNSAID,
            wording.when(event.when) or wording.UNSAID,
            wording.location(event.launch),
            came,
            wording.amount(event.distance_km),
            wording.amount(event.apogee_km),
            wording.bearing(event.bearing_deg),
            event.platform or "",
            ", ".join(fates),
            wording.quote(reading.document.text, event.evidence),
            wording.reports(event),
            "; ".join(event.conflicts),
            "; ".join((*event.checks, *event.notes)),
            _article(number, reading, event),
        )
        yield row, marks_of(number, reading, event)


def marks_of(number: int | None, reading: Reading, event: Event) -> tuple[str, ...]:
    """The ids of the marks that show a launch: its places and track, else how far it could have come."""
    key = wording.event_id(number, event)
    places = event.impacts or ((event.impact,) if event.impact else ())
    marks = [f"{key}.launch"] if event.launch else []
    marks += [f"{key}.impact" if i == 0 else f"{key}.impact{i + 1}" for i in range(len(places))]
    marks += [f"{key}.track"] if event.track is not None else []
    if not marks:
        prefix = wording.prefix(number)
        marks = [f"{prefix}{one.id}" for one in reading.ranges if one.event == event.id]
    return tuple(marks)


def _claims(number: int | None, reading: Reading, names: Namer, documents: Documents) -> Iterator[Marked]:
    for event in reading.events:
        for claims in _same_claims(event):
            claim, verdict = claims[0], claims[0].verdict
            told = [documents.get(one.document or "", reading.document) for one in claims]
            quoted = (
                wording.quote(document.text, [(one.start, one.end)]) for one, document in zip(claims, told, strict=True)
            )
            row = (
                wording.claim(claim, names(claim.zone)),
                wording.verdict(verdict),
                wording.margin(verdict),
                wording.share(verdict.share if verdict else None),
                verdict.why if verdict else "",
                " … ".join(list(dict.fromkeys(quoted))[:_QUOTES]),
                headline(event, names),
                "" if number is None else wording.few(document.title for document in told),
            )
            marks = [claim.zone] + (
                [f"{wording.event_id(number, event)}.impact"] if event.impact or event.impacts else []
            )
            yield row, tuple(marks)


def _hazards(number: int | None, reading: Reading, names: Namer) -> Iterator[Marked]:
    for one in reading.hazards:
        row = (
            closures.title(one),
            closures.closed_when(one.windows),
            "; ".join(one.doubtful),
            closures.touches(one, reading, names),
            closures.height(one),
            closures.edges(one),
            "; ".join(one.notes),
            wording.quote(reading.document.text, one.evidence),
            _article(number, reading),
        )
        yield row, (wording.prefix(number) + one.id,)


def _same_claims(event: Event) -> list[list[Claim]]:
    """The claims of a launch; what several articles let the same claimant say of a zone is one."""
    if not isinstance(event, MergedEvent):
        return [[claim] for claim in event.claims]
    found: dict[tuple[str | None, str, str], list[Claim]] = {}
    for claim in event.claims:
        found.setdefault((claim.by, claim.relation, claim.zone), []).append(claim)
    return list(found.values())


def _unlocated(number: int | None, reading: Reading, names: Namer) -> Iterator[Marked]:
    article = _article(number, reading)
    for event in reading.events:
        missing = [] if event.launch else ["launch place"]
        missing += [] if event.impact or event.impacts else ["place where it came down"]
        if missing:
            words = wording.quote(reading.document.text, event.evidence)
            what = f"{headline(event, names)}: {' and '.join(missing)}"
            yield (what, _silence(event), words, article), ()
    drawn = {one.event for one in reading.ranges}
    for event in reading.events:
        if event.weapon.kind and event.id not in drawn and not event.background:
            why = f"no range polygon: none is drawn for {event.weapon.kind} without a known band or a launch place"
            yield (f"{headline(event, names)}: how far it could reach", why, event.weapon.text, article), ()
    seen: set[str] = set()
    for mention in reading.mentions:
        if mention.role in ("place", "dateline") and mention.status in ("ambiguous", "unresolved"):
            if mention.text not in seen:
                yield (f"“{mention.text}” ({mention.kind})", _doubt(mention), mention.text, article), ()
            seen.add(mention.text)


def _silence(event: Event) -> str:
    if event.background:
        return "an earlier event that the article only recalls; it does not say where"
    return "the article does not say where; nothing is guessed"


def _doubt(mention: Mention) -> str:
    others = ", ".join(_candidate(place) for place in mention.alternatives[:3])
    why = wording.doubt(mention)
    return f"{why}; candidates: {others}" if others else why


def _candidate(place: Place) -> str:
    where = (place.division, place.country, wording.position(place.lon, place.lat))
    return f"{place.name} ({', '.join(filter(None, where))})"


def _places(number: int | None, reading: Reading, names: Namer) -> Iterator[Marked]:
    merged: dict[tuple[str, str, str], tuple[Row, str, list[str]]] = {}
    prefix = wording.prefix(number)
    for mention in reading.mentions:
        place = mention.place
        if mention.status != "located" or mention.role not in ("place", "dateline") or place is None:
            continue
        kind = "dateline" if mention.role == "dateline" else place.kind
        where = wording.position(place.lon, place.lat)
        row: Row = (place.name, kind, "", where, wording.uncertainty(place.radius_km), place.source)
        known = merged.setdefault((place.name, kind, where), (row, prefix + mention.id, []))
        known[2].append(mention.text)
    for row, mark, texts in merged.values():
        yield (*row[:2], wording.repeated(texts), *row[3:], _article(number, reading)), (mark,)


def _assumed(number: int | None, reading: Reading, names: Namer) -> Iterator[Marked]:
    headlines = {event.id: headline(event, names) for event in reading.events}
    for place, one in enumerate(additions_of(reading), 1):
        row = (
            assumption(one),
            headlines.get(one.event or "", ""),
            one.said,
            wording.spot(one.lon, one.lat, one.radius_km or 0) if one.lon is not None and one.lat is not None else "",
            one.why,
            _article(number, reading),
        )
        yield row, (f"{wording.prefix(number)}assumed{place}",)


def assumption(value: Addition) -> str:
    """What an analyst assumes, or what follows from that, in one line."""
    verdict = value.verdict()
    if verdict is None:
        return ": ".join(filter(None, (value.what, value.name))) or "something"
    margin = wording.margin(verdict)
    return f"verdict if so: {value.name} – {wording.verdict(verdict)}" + (f" ({margin})" if margin else "")


def _article(number: int | None, reading: Reading, event: Event | None = None) -> str:
    if number is None:
        return ""
    return reading.document.title if event is None else wording.article(reading.document, event)
