"""What was read from an article as short tables for the terminal: places, names, launches, claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text

from geomap import closures, wording
from geomap.additions import Addition, additions_of, candidates, picks_of
from geomap.cli.columns import GAP, clean, lay_out
from geomap.cli.marked import DIM, NO_PLACE, STYLES, kind_of, word_of
from geomap.naming import Namer
from geomap.tables import assumption, headline
from geomap.types import Event, Hazard, Mention, Place, Reading

WIDE, NARROW = 110, 60
"""From so many characters on reasons have a column of their own; below so many words have none either."""

BOLD = Style(bold=True)
WARNING = Style(color="yellow")

_AREAS = ("country", "region", "island", "sea", "zone", "line")
_VERDICTS = {"agrees": Style(color="green"), "contradicts": Style(color="red"), "cannot tell": WARNING}
_IDS = 11  # characters of the column of ids
_MOST_IDS = 40
_RUNNERS_UP = 3
_LONGEST = 1000  # code points of a part of a launch, which may have come down in many places
_NAMES = 8  # names taken for no place that are shown when nobody asked for them

Cells = tuple[list[Text], ...]


def places(reading: Reading, names: Namer, width: int, *, every: bool = False) -> Iterator[Text]:
    """One row for each place: ids, words, where it is, why, and what else it could have been.

    Parameters
    ----------
    every : all other candidates, not only the best
    """
    picks = picks_of(reading)
    rows: dict[object, list[Mention]] = {}
    for mention in reading.mentions:
        kind = kind_of(mention)
        if kind == "doubtful":
            rows.setdefault((mention.text, mention.why), []).append(mention)
        elif kind in ("located", "dateline") and mention.place is not None:
            place = mention.place
            rows.setdefault((kind, place.name, place.kind, place.lon, place.lat), []).append(mention)
    if not rows:
        yield Text("No place was found.", DIM)
        return
    yield Text("Places", BOLD)
    yield from _table([_place(mentions, names, picks, every=every) for mentions in rows.values()], width)


def others(reading: Reading, width: int, *, every: bool) -> Iterator[Text]:
    """The names that were taken for no place: all of them with the reason, or in a line."""
    rows: dict[tuple[str, str, str], list[Mention]] = {}
    for mention in reading.mentions:
        if kind_of(mention) in NO_PLACE:
            rows.setdefault((mention.text, kind_of(mention), mention.why), []).append(mention)
    if not rows:
        return
    yield Text()
    if every:
        yield Text("Names taken for no place", BOLD)
        yield from _table([_name(mentions) for mentions in rows.values()], width)
        return
    known = [mention.text for mentions in rows.values() for mention in mentions]
    most = list(dict.fromkeys(known))[:_NAMES]
    said = clean(", ".join(most))
    more = ", …" if len(most) < len(set(known)) else ""
    words = f"{len(known)} {'name was' if len(known) == 1 else 'names were'} taken for no place ({said}{more}); --all"
    yield from lay_out([[[Text(f"{words} {'says why' if len(known) == 1 else 'lists them'}", DIM)]]], [width])


def events(reading: Reading, names: Namer, width: int) -> Iterator[Text]:
    """One line for each launch, each claim with its verdict, and each closed area with its times."""
    for title, rows in (
        ("Launches", [_event(event, names) for event in reading.events]),
        ("Closed areas", [_hazard(hazard, reading, names) for hazard in reading.hazards]),
        ("Claims", [_claim(event, number, names) for event in reading.events for number in range(len(event.claims))]),
    ):
        if rows:
            yield Text()
            yield Text(title, BOLD)
            yield from _table(rows, width)


def assumed(reading: Reading, names: Namer, width: int) -> Iterator[Text]:
    """One row for each thing that an analyst added, and for what follows from it: not what the article says."""
    found = additions_of(reading)
    if found:
        yield Text()
        yield Text("Added by the analyst, not in the article", BOLD)
        yield from _table([_assumed(one) for one in found], width)


def _table(rows: Sequence[Cells], width: int) -> Iterator[Text]:
    """Lay out rows of ids, words and what is to be said of them, in as many columns as the width allows."""
    last = min(len(rows[0]), 4 if width >= WIDE else 3 if width >= NARROW else 2) - 1
    folded = [(*row[:last], [part for cell in row[last:] for part in cell]) for row in rows]
    widths: list[int] = []
    for column in range(last):
        limit = (_IDS, width // 4, (width - GAP) // 2)[column]
        widths.append(_longest(folded, column, limit))
        width -= widths[-1] + GAP
    return lay_out(folded, [*widths, width])


def _longest(rows: Sequence[Cells], column: int, limit: int) -> int:
    """Width of a column: that of its longest line, within a limit."""
    return min(limit, max((cell_len(part.plain) for row in rows for part in row[column]), default=0))


def _place(mentions: Sequence[Mention], names: Namer, picks: Mapping[str, Addition], *, every: bool) -> Cells:
    first = mentions[0]
    place = first.place if kind_of(first) != "doubtful" else None
    if place is None:
        where, why = f"not located ({first.status})", wording.doubt(first)
    else:
        what = clean(word_of(first) or place.kind)
        where, why = f"{clean(place.name)} ({what})  {_where(place)}", first.why.removesuffix(f": {place.name}")
    told = [Text(clean(why), DIM)] if why else []
    return (
        _ids(mentions),
        [_words(mentions)],
        [Text(where)],
        [*told, *_runners_up(first, names, picks.get(first.id), every=every)],
    )


def _where(place: Place) -> str:
    """Where a place is: an area by its feature, all else by its best point."""
    feature = clean(place.feature or "")
    if feature and place.kind in _AREAS:
        return feature
    spot = wording.spot(place.lon, place.lat, place.radius_km).replace(" ", "\u00a0")  # on one line
    return "  ".join(filter(None, (spot, feature)))


def _runners_up(mention: Mention, names: Namer, pick: Addition | None, *, every: bool) -> Iterator[Text]:
    """The other candidates with their numbers and scores, best first, after the score of the one that was taken."""
    found = candidates(mention, pick)
    if not found:
        return
    score = mention.place.score if mention.place is not None else None
    few = "runner-up" if len(found) == 1 else "runners-up"
    line = f"score {score:.2f}; {few}: " if score is not None else "could be: "
    shown = found if every else found[:_RUNNERS_UP]
    line += "; ".join(f"{number} {_candidate(place, names)}" for number, place in shown)
    more = len(found) - len(shown)
    yield Text(f"{line} and {more} more" if more > 0 else line, DIM)


def _candidate(place: Place, names: Namer) -> str:
    country = names(place.country) if place.country else None
    within = ", ".join(clean(part) for part in dict.fromkeys((place.division, country)) if part and part != place.name)
    score = f" {place.score:.2f}" if place.score is not None else ""
    return f"{clean(place.name)} ({within}){score}" if within else f"{clean(place.name)}{score}"


def _name(mentions: Sequence[Mention]) -> Cells:
    first = mentions[0]
    why = ", ".join(filter(None, (word_of(first), clean(first.why))))
    return _ids(mentions), [_words(mentions)], [Text(why, DIM)]


def _words(mentions: Sequence[Mention]) -> Text:
    """The words that stand for one thing, in the style that they have in the text."""
    words = wording.repeated(clean(mention.text) for mention in mentions)
    return Text(clean(words), STYLES[kind_of(mentions[0])])


def _ids(mentions: Sequence[Mention]) -> list[Text]:
    shown = [clean(mention.id) for mention in mentions[:_MOST_IDS]]
    more = len(mentions) - len(shown)
    return [Text(" ".join([*shown, f"and {more} more"] if more else shown))]


def _event(event: Event, names: Namer) -> Cells:
    falls = event.impacts or ((event.impact,) if event.impact else ())
    if event.launch or falls:
        came = " and ".join(wording.location(place) for place in falls) or wording.UNSAID
        path = f"{wording.location(event.launch)} → {came}"
    else:
        path = f"where: {wording.UNSAID}"
    count = f"{wording.number(event.count)} fired" if event.count is not None else ""
    parts = (headline(event, names), count, wording.when(event.when), path, wording.amount(event.distance_km))
    line = Text("; ".join(clean(part, _LONGEST) for part in parts if part))
    doubts = [Text(f"conflict: {clean(conflict)}", WARNING) for conflict in event.conflicts]
    doubts += [Text(f"doubt: {clean(check)}", WARNING) for check in event.checks]
    doubts += [Text(clean(f"does not fit the rest: {wording.location(place)}"), WARNING) for place in event.dropped]
    return [Text(clean(event.id))], [line, *doubts, *_more(event)]


def _more(event: Event) -> Iterator[Text]:
    """Who says what of a launch, thing by thing, and what is computed from it and not read."""
    said: dict[str, list[str]] = {}
    for one in event.statements:
        corrected = ", corrected later" if one.corrected else ""
        said.setdefault(one.about, []).append(f"{one.by or 'unattributed'} “{one.value}”{corrected}")
    for about, sayings in said.items():
        yield Text(clean(f"said of {about}: {'; '.join(dict.fromkeys(sayings))}", _LONGEST), DIM)
    if event.estimate is not None:
        yield Text(clean(f"estimate, not from the text: {event.estimate.said}", _LONGEST), DIM)


def _assumed(addition: Addition) -> Cells:
    where = ""
    if addition.lon is not None and addition.lat is not None:
        where = f"  {wording.spot(addition.lon, addition.lat, addition.radius_km or 0)}"
    line = Text(f"{clean(assumption(addition))}{where}")
    why = [Text(clean(addition.why), DIM)] if addition.why else []
    return [Text(clean(addition.event or addition.mention or ""))], [line, *why]


def _hazard(hazard: Hazard, reading: Reading, names: Namer) -> Cells:
    lines = [
        Text(clean(f"touches {touched}", _LONGEST))
        for touched in (closures.touches(hazard, reading, names),)
        if touched
    ]
    lines += [Text(clean(f"doubtful: {doubt}", _LONGEST), WARNING) for doubt in hazard.doubtful]
    lines += [Text(clean(f"note: {note}", _LONGEST), DIM) for note in hazard.notes]
    closed = closures.closed_when(hazard.windows) or "no time given"
    return [Text(hazard.id)], [Text(clean(closures.title(hazard), _LONGEST))], [Text(clean(closed, _LONGEST)), *lines]


def _claim(event: Event, number: int, names: Namer) -> Cells:
    claim = event.claims[number]
    verdict = wording.verdict(claim.verdict)
    corrected = " (corrected later)" if claim.corrected else ""
    line = Text(f"{clean(wording.claim(claim, names(claim.zone)))}{corrected} – ")
    line.append(verdict, _VERDICTS.get(verdict, DIM))
    margin = wording.margin(claim.verdict)
    line.append(f" ({margin})" if margin else "")
    told = []
    if claim.verdict is not None:
        layer, change = claim.verdict.layer, claim.verdict.change
        told = [claim.verdict.why, f"zone: {layer}" if layer else "", f"would change it: {change}" if change else ""]
    return [Text(clean(event.id))], [line, *(Text(clean(part), DIM) for part in told if part)]
