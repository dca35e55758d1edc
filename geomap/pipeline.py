"""The steps in order: from a document to a reading, and from one phrase to a shape."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from geomap import dates
from geomap.catalog import Layers, open_layers
from geomap.errors import InputError
from geomap.events import build_events
from geomap.mentions import find_mentions
from geomap.places import resolve_places
from geomap.places.shapes import place_shape
from geomap.types import Document, Mention, Reading, Shape, Step
from geomap.zones import find_crossings


def steps(layers: Layers) -> tuple[Step, ...]:
    """The steps that make a reading, in order."""
    names = (find_mentions, resolve_places, build_events, find_crossings)
    return tuple(partial(step, layers=layers) for step in names)


def read(document: Document, layers: Layers | None = None) -> Reading:
    """Read an article: mentions, places, events, claims, ranges and crossings.

    Parameters
    ----------
    document : when it has no day of issue, a full date in its first lines is taken for it
    layers : what is known of the earth; the layers that ship with geomap when left out
    """
    layers = layers or open_layers()
    if document.published is None:
        document = msgspec.structs.replace(document, published=dates.dateline_day(document.text))
    reading = Reading(document=document)
    for step in steps(layers):
        reading = step(reading)
    return reading


def read_all(documents: Iterable[Document], layers: Layers | None = None) -> Iterator[Reading]:
    """Read many articles, one after the other, in their order."""
    layers = layers or open_layers()
    for document in documents:
        yield read(document, layers)


def locate(phrase: str, layers: Layers | None = None) -> Shape:
    """Find the shape of one phrase ('300 km east of Wonsan', 'off North Korea's east coast', 'Seoul').

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
    reading = resolve_places(find_mentions(Reading(document=Document.of(words, source="phrase")), layers), layers)
    # a lone name has no sentence that could give it a role
    named = [m if m.status != "not_mapped" else msgspec.structs.replace(m, role="place") for m in reading.mentions]
    reading = resolve_places(msgspec.structs.replace(reading, mentions=tuple(named)), layers)
    located = [mention for mention in reading.mentions if mention.status == "located"]
    if not located and not words.lower().startswith("in "):
        return locate(f"in {words}", layers)  # a small town alone looks like a word at the start of a sentence
    if not located:
        words = words.removeprefix("in ")
        message = f"no place found in {words!r}" + _reasons(reading.mentions)
        raise InputError(message)
    best = max(located, key=lambda mention: mention.end - mention.start)
    if best.end - best.start < 0.6 * len(words):
        message = f"only {best.text!r} is understood of {words!r}; see 'geomap where --help' for what phrases look like"
        raise InputError(message)
    assert best.place is not None
    return place_shape(best.place, layers)


def _reasons(mentions: tuple[Mention, ...]) -> str:
    unsure = [mention.why for mention in mentions if mention.status == "ambiguous"]
    reasons = unsure or [mention.why for mention in mentions if mention.why]
    return f": {reasons[0]}" if reasons else "; is it a name that the layers or the gazetteer have?"
