"""Whom a scene has to thank, what it has to warn of, and with what it was made."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from geomap.additions import Addition, additions_of
from geomap.catalog import Layer, Layers
from geomap.places.online import SERVICES
from geomap.stage import SceneLayer
from geomap.types import Reading


def used_layers(readings: Sequence[Reading], shown: Sequence[SceneLayer]) -> list[str]:
    """What the scene draws on, in a fixed order: layers of the catalog, and ``geocoder:nominatim`` and the like."""
    used = {"basemap"} if any(layer.style == "land" for layer in shown) else set()
    for layer in shown:
        if layer.style in ("eez", "eez-claimed", "zone", "zone-claimed", "line"):
            used |= {feature.partition("/")[0] for feature in layer.frame["feature"]}
        if layer.style == "site-known":
            used.add("sites")
    for reading in readings:
        used |= set(filter(None, map(_layer_of, additions_of(reading))))
        for mention in reading.mentions:
            if mention.status == "located" and mention.place is not None:
                source, _, rest = mention.place.source.partition(":")
                online = source == "geocoder"
                used.add(mention.place.source if online else rest.partition("@")[0] if source == "layer" else source)
    return sorted(used)


def _layer_of(addition: Addition) -> str:
    """The layer that a place which an analyst added is from, empty for none."""
    kind, _, rest = addition.source.partition(":")
    return rest.partition("@")[0] if kind == "layer" else kind if kind == "gazetteer" else ""


def credits_of(layers: Layers, used: Sequence[str]) -> tuple[str, ...]:
    """The attributions, each with the licence where it does not name it itself."""
    found: dict[str, str] = {}
    for layer in _told(layers, used):
        said = layer.attribution.rstrip(".")
        licence = layer.licence.partition(" (")[0]
        known = licence.replace("-", " ").casefold() in said.replace("-", " ").casefold()
        found.setdefault(said, said if known else f"{said} ({licence})")
    for name, service in SERVICES.items():
        if f"geocoder:{name}" in used:
            found.setdefault(service.credit, service.credit)
    return tuple(found.values())


def caveats_of(readings: Sequence[Reading], layers: Layers, used: Sequence[str]) -> tuple[str, ...]:
    """What the readings and the layers warn of, each once."""
    notes = [note for reading in readings for note in reading.notes]
    return tuple(dict.fromkeys([*notes, *(layer.caveat for layer in _told(layers, used))]))


def _told(layers: Layers, names: Sequence[str]) -> list[Layer]:
    """The layers of some names: the shipped ones, and what was installed over them."""
    return [layer for name in names if name in layers for layer in layers.layers_of(name)]


def made_of(readings: Sequence[Reading], layers: Layers, used: Sequence[str]) -> dict[str, str]:
    """With what the scene was made: the program, the layers with their hashes, the articles."""
    try:
        own = version("geomap")
    except PackageNotFoundError:
        own = "unknown"
    made = {"geomap": own, "layers": layers.version}
    made |= {layer.source_id.replace(":", " "): layer.hash for layer in _told(layers, used)}
    for number, reading in enumerate(readings):
        made[f"article {number + 1}"] = reading.document.id
    return made
