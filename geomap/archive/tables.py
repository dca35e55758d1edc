"""The tables of an archive: launches, claims, what reports differ in, the reports, and what has no place on the map."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from geomap import chronicle, wording
from geomap.archive.marks import Told, is_address, mark_ids, words_of
from geomap.naming import Namer
from geomap.stage import Table
from geomap.tables import UNLOCATED
from geomap.types import Claim

EVENTS = (
    "Event", "Class", "Fired by", "Weapon", "Number", "When", "In UTC", "Launched from", "Came down", "Distance",
    "Apogee", "Direction", "Platform", "Outcome", "Outlets", "Notes", "Id",
)  # fmt: skip
CLAIMS = ("Claim", "Verdict", "The geometry", "Why", "Words", "Event", "Id")
CONFLICTS = ("What", "Who", "Says", "Launch", "Id")
REPORTS = ("Outlet", "Words", "Headline", "Published", "Address", "Event", "Id")

Row = tuple[str, ...]


def make_tables(told: Sequence[Told], names: Namer) -> tuple[Table, ...]:
    """Make the tables; the last column of each is the id of the launch that a row is about."""
    marks = {one.event.id: mark_ids(one.event) for one in told}
    events = Table(
        key="events",
        title="Events",
        headings=EVENTS,
        rows=tuple(map(_event, told)),
        marks=tuple(marks[one.event.id] for one in told),
        times=tuple(one.cells["times"] for one in told),
    )

    def table(key: str, title: str, headings: Row, rows: Callable[[Told, Namer], Iterator[Row]]) -> Table:
        found = [row for one in told for row in rows(one, names)]
        return Table(
            key=key, title=title, headings=headings, rows=tuple(found), marks=tuple(marks[row[-1]] for row in found)
        )

    others = (
        table("claims", "Claims and what the geometry says", CLAIMS, _claims),
        table("conflicts", "Where reports differ", CONFLICTS, _conflicts),
        table("reports", "Reports", REPORTS, _reports),
        table("unlocated", "Not located", (*UNLOCATED, "Id"), _unlocated),
    )
    return (events, *(one for one in others if one.rows))


def _event(one: Told) -> Row:
    event = one.event
    falls = event.impacts or ((event.impact,) if event.impact else ())
    return (
        one.headline,
        one.cells["class"],
        one.cells["actor"] or wording.UNSAID,
        one.cells["weapon"],
        wording.number(event.count) if event.count is not None else wording.UNSAID,
        one.cells["when"] or wording.UNSAID,
        wording.utc(event.when),
        wording.location(event.launch),
        "; ".join(map(wording.location, falls)) or wording.UNSAID,
        wording.amount(event.distance_km),
        wording.amount(event.apogee_km),
        wording.bearing(event.bearing_deg),
        event.platform or "",
        ", ".join(part for part in (event.outcome, event.trajectory) if part),
        wording.few((source.outlet for source in event.sources), wording.MOST_REPORTS),
        "; ".join((*event.conflicts, *event.checks, *event.notes)),
        event.id,
    )


def _claims(one: Told, names: Namer) -> Iterator[Row]:
    """What the same claimant says of a zone in several articles is one claim."""
    found: dict[tuple[str | None, str, str], Claim] = {}
    for claim in one.event.claims:
        found.setdefault((claim.by, claim.relation, claim.zone), claim)
    if not found:
        return
    sources = {source.document: source for source in one.event.sources}
    for claim in found.values():
        said, verdict = wording.claim(claim, names(claim.zone)), claim.verdict
        source = sources.get(claim.document or "")
        geometry, why = (wording.geometry(verdict), verdict.why) if verdict else ("", "")
        words = source.claims.get(claim.zone, "") if source else ""
        yield said, wording.verdict(verdict), geometry, why, words, one.headline, one.event.id


def _conflicts(one: Told, names: Namer) -> Iterator[Row]:
    for conflict in one.conflicts:
        for who, says in chronicle.together(conflict):
            yield chronicle.differing(conflict, names), who, says, one.headline, one.event.id


def _reports(one: Told, names: Namer) -> Iterator[Row]:
    for source in one.event.sources:
        address = source.source if is_address(source.source) else ""
        published = source.published or ""
        yield source.outlet, words_of(source), source.title, published, address, one.headline, one.event.id


def _unlocated(one: Told, names: Namer) -> Iterator[Row]:
    if not mark_ids(one.event):
        why = "no report says where; nothing is guessed"
        words = words_of(one.event.sources[0]) if one.event.sources else ""
        yield one.headline, why, words, one.cells["article"], one.event.id
