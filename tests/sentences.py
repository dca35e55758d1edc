"""The facts of hand-made sentences, as the modules that put them together get them."""

from __future__ import annotations

from geomap.catalog import Layers
from geomap.events.facts import Fact, find_facts
from geomap.mentions import find_mentions
from geomap.places import resolve_places
from geomap.types import Document, Reading

ISSUE = "2022-03-16"  # a Wednesday


def resolved(text: str, layers: Layers, published: str | None = ISSUE) -> Reading:
    """A reading of a text whose places are resolved, before any launch is built."""
    return resolve_places(find_mentions(Reading(document=Document.of(text, published=published)), layers), layers)


def facts_of(text: str, layers: Layers, published: str | None = ISSUE) -> list[Fact]:
    """What each sentence of a text says; none for a text without a weapon."""
    return find_facts(resolved(text, layers, published), layers)[0]


def last_fact(text: str, layers: Layers) -> Fact:
    """What the last sentence of a text says."""
    return facts_of(text, layers)[-1]
