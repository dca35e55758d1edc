"""The launches of an archive as rows of frames; what is said of one is said once and shared by all its marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geomap import chronicle, frames, wording
from geomap.frames import TEXT, place_cells
from geomap.naming import Namer
from geomap.tables import headline
from geomap.types import Conflict, Launch, Location, MergedEvent, Record, Source

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

MORE: Mapping[str, str] = {"class": TEXT, "outcome": TEXT, "conflicts": TEXT, "links": TEXT}
LOCATIONS: Mapping[str, str] = {**frames.LOCATIONS, **MORE}
TRACKS: Mapping[str, str] = {**frames.TRACKS, **MORE}
_NOT_OF_TRACKS = ("claims",)


class Told(Record, kw_only=True):
    """A launch, with what its marks and its rows in the tables share.

    Parameters
    ----------
    cells : what every mark of it has in the columns that do not depend on the mark
    """

    event: MergedEvent
    conflicts: tuple[Conflict, ...]
    headline: str
    cells: dict[str, Any]


def tell(launch: Launch, names: Namer) -> Told:
    """Say what there is to say of a launch."""
    event = launch.event
    claims = [f"{wording.claim(claim, names(claim.zone))} – {wording.verdict(claim.verdict)}" for claim in event.claims]
    differing = [
        f"{chronicle.differing(one, names)}: {'; '.join(f'{who}: {says}' for who, says in chronicle.together(one))}"
        for one in launch.conflicts
    ]
    cells = {
        "article": _article(event),
        "event": event.id,
        "actor": names(event.actor) if event.actor else "",
        "weapon": wording.weapon(event),
        "when": wording.when(event.when),
        "reports": _lines([f"• {_report(one)}" for one in event.sources[: wording.MOST_REPORTS]], len(event.sources)),
        "claims": _lines(list(dict.fromkeys(claims))),
        "background": event.background,
        "times": frames.times([event.when]),
        "class": event.weapon.kind or "",
        "outcome": event.outcome or "",
        "conflicts": "\n".join(differing),
        "links": _lines([one.source for one in event.sources if is_address(one.source)]),
    }
    return Told(event=event, conflicts=launch.conflicts, headline=headline(event, names), cells=cells)


def is_address(source: str) -> bool:
    """Whether a source is an address on the web, which may be a link."""
    return source.startswith(("https://", "http://"))


def is_placed(place: Location) -> bool:
    """Whether a place can be drawn."""
    return not place.geometry.is_empty and abs(place.lon) <= 180 and abs(place.lat) <= 90


def locations(told: Sequence[Told]) -> GeoDataFrame:
    """One row for each launch place and each impact zone."""
    return frames.make_frame((row for one in told for row in _locations(one)), LOCATIONS)


def tracks(told: Sequence[Told]) -> GeoDataFrame:
    """One row for each track."""
    return frames.make_frame((row for one in told for row in _track(one)), TRACKS)


def areas_apart(told: Sequence[Told], names: Namer) -> Iterator[tuple[str, GeoDataFrame]]:
    """What is said of impacts but does not fit the rest, and what claims would leave of them, each with its style."""
    dropped = (
        row
        for one in told
        for number, place in enumerate(one.event.dropped, 1)
        if is_placed(place) and not place.geometry.geom_type.endswith("Point")
        for row in [_location(one, place, f"dropped{number}", f"“{place.text}” does not fit the rest")]
    )
    yield "dropped", frames.make_frame(dropped, LOCATIONS)
    clipped = (row for one in told for row in _clipped(one, names))
    yield "clipped", frames.make_frame(clipped, LOCATIONS)


def mark_ids(event: MergedEvent) -> tuple[str, ...]:
    """The ids of the marks of a launch; none when nothing of it can be drawn."""
    marks = [f"{event.id}.launch"] if event.launch and is_placed(event.launch) else []
    return (*marks, *(f"{event.id}.{mark}" for mark, _ in _falls(event)))


def words_of(source: Source) -> str:
    """What a report says in its own words: those that the launch was read from, else those of what it tells."""
    if source.words:
        return f"“{source.words}”"
    said = dict.fromkeys(words for about, words in source.said.items() if about not in ("platform", "outcome"))
    return " · ".join(f"“{words}”" for words in said)


def _falls(event: MergedEvent) -> Iterator[tuple[str, Location]]:
    falls = event.impacts or ((event.impact,) if event.impact else ())
    for number, place in enumerate(falls, 1):
        if is_placed(place):
            yield "impact" if number == 1 else f"impact{number}", place


def _locations(one: Told) -> Iterator[dict[str, Any]]:
    if one.event.launch is not None and is_placed(one.event.launch):
        yield _location(one, one.event.launch, "launch", f"Launched from: {one.cells['weapon']}") | {"claims": ""}
    for mark, place in _falls(one.event):
        yield _location(one, place, mark, f"Came down: {one.cells['weapon']}")


def _location(one: Told, place: Location, mark: str, title: str) -> dict[str, Any]:
    return {
        **one.cells,
        "id": f"{one.event.id}.{mark}",
        "title": title,
        "what": mark[:6],
        **place_cells(place),
    }


def _track(one: Told) -> Iterator[dict[str, Any]]:
    event = one.event
    if event.track is None or event.track.is_empty:
        return
    yield {
        **{column: cell for column, cell in one.cells.items() if column not in _NOT_OF_TRACKS},
        "id": f"{event.id}.track",
        "title": f"Track: {one.cells['weapon']}",
        "words": event.weapon.text,
        "distance": wording.amount(event.distance_km),
        "rule": "great circle; the real track is not known",
        "source": "derived",
        "geometry": event.track,
    }


def _clipped(one: Told, names: Namer) -> Iterator[dict[str, Any]]:
    place = one.event.impact
    for left in one.event.clipped if place is not None and is_placed(place) else ():
        if place is None or left.geometry.is_empty:
            continue
        by = left.by or "the claim"
        yield _location(one, place, f"clipped{left.claim + 1}", f"If {by} is right: {wording.share(left.share)}") | {
            "words": "",
            "rule": f"{by}: {left.relation} {names(left.zone)}",
            "why": "",
            "source": "the impact zone, cut by the zone that is claimed",
            "geometry": left.geometry,
        }


def _article(event: MergedEvent) -> str:
    first = next((one.title or one.outlet for one in event.sources), "")
    others = len(event.sources) - 1
    return f"{first} and {others} other{'s' if others > 1 else ''}" if others > 0 else first


def _report(source: Source) -> str:
    said = words_of(source)
    return f"{source.outlet}: {said}" if said else source.outlet


def _lines(texts: Sequence[str], count: int | None = None) -> str:
    """Some texts, a line each, the first ones only, and how many more there are."""
    most = wording.MOST_REPORTS
    more = (len(texts) if count is None else count) - most
    return "\n".join([*texts[:most], f"and {more} more"] if more > 0 else texts)
