"""The steps in order: from a document to a reading, and from one phrase to a shape."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from geomap import dates, phrases
from geomap.catalog import Layers, open_layers
from geomap.claimed import settle_claims
from geomap.crossings import find_crossings
from geomap.errors import InputError
from geomap.events import build_events
from geomap.events.checks import check_events
from geomap.mentions import find_mentions
from geomap.notices import find_hazards
from geomap.patterns import regex
from geomap.places import resolve_places
from geomap.places.shapes import place_shape, printed
from geomap.ranges import ranges_of
from geomap.recognizers import Marks
from geomap.types import Document, Mention, Place, Reading, Shape, Step

if TYPE_CHECKING:
    from geomap.places.online import Lookup

_LONGEST_NAME = 80
_NO_NAME = "; is it a name that the layers or the gazetteer have?"
_POSITION = regex(r"[-+]?\d[\d.]*[°\s]*[NSns]?[,;\s]+[-+]?\d[\d.]*[°\s]*[EWew]?")
_UNDERSTOOD = 0.6
"""The part of a phrase that must be understood."""
_IN_FRONT = phrases.behind("(toward|towards|into|over|above|at|in|on|inside|from|to)( the)?")
_COMMA = regex(", | in (?:the )?")
"""Between a place and what it lies in: 'Paris, Texas'."""


def steps(
    layers: Layers, lookup: Lookup | None = None, marks: Marks | None = None, choose: Step | None = None
) -> tuple[Step, ...]:
    """The steps that make a reading, in order."""
    find = partial(find_mentions, layers=layers, marks=marks)
    resolve = partial(resolve_places, layers=layers, lookup=lookup)
    return (find, resolve, find_hazards, *((choose,) if choose is not None else ()), *later_steps(layers))


def later_steps(layers: Layers) -> tuple[Step, ...]:
    """The steps that come once all places are resolved, in order."""
    return tuple(partial(step, layers=layers) for step in (build_events, check_events, settle_claims, find_crossings))


def read(
    document: Document,
    layers: Layers | None = None,
    lookup: Lookup | None = None,
    *,
    marks: Marks | None = None,
    choose: Step | None = None,
    launches_alone: bool = False,
) -> Reading:
    """Read an article: mentions, places, events, claims, ranges and crossings.

    Parameters
    ----------
    document : when it has no day of issue, a full date in its first lines is taken for it
    layers : what is known of the earth; the layers that ship with geomap when left out
    lookup : looks up the names that stay open otherwise (`geomap.open_geocoder`); nothing is looked up when left out
    marks : the spans to read, when somebody else has found them
    choose : a step that comes once places are resolved, for who knows better which of them is meant
    launches_alone : leave out ranges and crossings, which take a quarter of the time
    """
    layers = layers or open_layers()
    if document.published is None:
        document = msgspec.structs.replace(document, published=dates.dateline_day(document.text))
    reading = Reading(document=document)
    in_order = steps(layers, lookup, marks, choose)
    for step in in_order[:-1] if launches_alone else in_order:
        reading = step(reading)
    return reading


def rebuild(reading: Reading, layers: Layers) -> Reading:
    """Build again all that follows from the mentions of a reading, whose places have changed."""
    stale = set(ranges_of(reading.events, layers)[1])  # the later steps only ever add notes
    reading = msgspec.structs.replace(reading, notes=tuple(note for note in reading.notes if note not in stale))
    for step in later_steps(layers):
        reading = step(reading)
    return reading


def read_all(
    documents: Iterable[Document], layers: Layers | None = None, lookup: Lookup | None = None
) -> Iterator[Reading]:
    """Read many articles, one after the other, in their order."""
    layers = layers or open_layers()
    for document in documents:
        yield read(document, layers, lookup)


def locate(phrase: str, layers: Layers | None = None, lookup: Lookup | None = None) -> Shape:
    """Find the shape of one phrase ('300 km east of Wonsan', 'off North Korea's east coast', 'Seoul').

    Parameters
    ----------
    lookup : looks up names, once nothing is found without it

    Raises
    ------
    InputError
        if the phrase is not understood, or a place in it is not found
    """
    layers = layers or open_layers()
    words = phrase.strip()
    if not words:
        message = "an empty phrase is no place; try 'geomap where \"300 km east of Wonsan\"'"
        raise InputError(message)
    typed = _typed_position(words)
    if typed is not None:
        return typed
    problems: list[InputError] = []
    for looking in (None,) if lookup is None else (None, lookup):
        problems.clear()
        for attempt in (_read_phrase, _in_a_sentence, _as_one_name):
            try:
                return place_shape(_meant(words, attempt(words, layers, looking)), layers)
            except InputError as problem:
                problems.append(problem)
    raise next((problem for problem in problems if not str(problem).endswith(_NO_NAME)), problems[0])


def _typed_position(words: str) -> Shape | None:
    """A position as people type it, latitude first ('39.2, 125.7'); None when the words are no such thing."""
    if not _POSITION.fullmatch(words):
        return None
    from geopy.point import Point as Position  # a fifth of a second, for this alone

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is out of range is an error here
            position = Position.from_string(words)
    except ValueError as problem:
        message = f"{words!r} is no position: {problem}"
        raise InputError(message) from None
    return printed(((position.longitude, position.latitude),))


def _read_phrase(words: str, layers: Layers, lookup: Lookup | None) -> Sequence[Mention]:
    """The mentions of a phrase as it stands."""
    reading = find_mentions(Reading(document=Document.of(words, source="phrase")), layers)
    # a lone name has no sentence that could give it a role
    named = tuple(
        mention if mention.status != "not_mapped" else msgspec.structs.replace(mention, role="place")
        for mention in reading.mentions
    )
    return resolve_places(msgspec.structs.replace(reading, mentions=named), layers, lookup).mentions


def _in_a_sentence(words: str, layers: Layers, lookup: Lookup | None) -> Sequence[Mention]:
    """The mentions of a phrase that does not begin a sentence, where any word has a capital."""
    return _read_phrase(f"at {words}", layers, lookup)


def _as_one_name(words: str, layers: Layers, lookup: Lookup | None) -> Sequence[Mention]:
    """All of a phrase taken for one name, in whatever letters it is written."""
    if len(words) > _LONGEST_NAME:
        return ()
    name = Mention(id="m1", start=0, end=len(words), text=words, kind="city", why="taken for one name")
    reading = Reading(document=Document.of(words, source="phrase"), mentions=(name,))
    return resolve_places(reading, layers, lookup).mentions


def _meant(words: str, mentions: Sequence[Mention]) -> Place:
    """The place that a phrase as a whole means.

    Raises
    ------
    InputError
        if no place is found in it, or too little of it is understood
    """
    located = [mention for mention in mentions if mention.status == "located" and mention.place is not None]
    if not located:
        unsure = [mention.why for mention in mentions if mention.status == "ambiguous"]
        reasons = unsure or [mention.why for mention in mentions if mention.why]
        reason = f": {reasons[0]}" if reasons else _NO_NAME
        message = f"no place found in {words!r}{reason}"
        raise InputError(message)
    first, last = located[0], located[-1]
    best = max(located, key=lambda mention: mention.end - mention.start)
    understood = best.end - best.start
    if _apart(words, first, last):  # 'Paris, Texas' is Paris
        best, understood = first, last.end - first.start
    lead = _IN_FRONT.match(words)
    if understood < _UNDERSTOOD * (len(words) - (lead.end() if lead else 0)):
        message = f"only {best.text!r} is understood of {words!r}; see 'geomap where --help' for what phrases look like"
        raise InputError(message)
    assert best.place is not None
    return best.place


def _apart(words: str, first: Mention, last: Mention) -> bool:
    """Whether the last place of a phrase only says in what the first one lies."""
    between = _COMMA.search(words)
    return between is not None and first.text + between[0] + last.text in words
