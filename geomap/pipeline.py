"""The steps in order: from a document to a reading."""

from __future__ import annotations

from functools import partial

from geomap.catalog import Layers, open_layers
from geomap.mentions import find_mentions
from geomap.places import resolve_places
from geomap.types import Document, Reading, Step


def steps(layers: Layers) -> tuple[Step, ...]:
    """The steps that make a reading, in order."""
    return (partial(find_mentions, layers=layers), partial(resolve_places, layers=layers))


def read(document: Document, layers: Layers | None = None) -> Reading:
    """Read an article: mentions, places, events, claims, crossings.

    Parameters
    ----------
    layers : what is known of the earth; the layers that ship with geomap when left out
    """
    layers = layers or open_layers()
    reading = Reading(document=document)
    for step in steps(layers):
        reading = step(reading)
    return reading
