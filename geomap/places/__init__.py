"""From mentions to places: candidates are looked up and ranked, phrases become shapes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec
from shapely.errors import ShapelyError
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.errors import InputError, LayerNotFound
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.places.capitals import capital_of
from geomap.places.evaluate import Evaluator
from geomap.places.names import resolved, shares_of
from geomap.types import Mention, Named, Node, Place, Reading, Shape

if TYPE_CHECKING:
    from geomap.places.online import Lookup

__all__ = ["follow_places", "led_to", "resolve_places"]

_MEASURED = ("place", "dateline")
"""Roles of the mentions that have a place: who speaks has none."""
_SIMPLER_KM = 0.2
"""Shapes are written with so much less detail than they are computed with."""


def resolve_places(reading: Reading, layers: Layers, lookup: Lookup | None = None) -> Reading:
    """Resolve the mentions of a reading; one that cannot be resolved says why and harms no other.

    Parameters
    ----------
    lookup : looks up the names that the layers and the gazetteer leave open, before phrases are measured from them
    """
    lexicon = open_lexicon(layers, open_gazetteer(layers))
    mentions = resolved(reading, lexicon, layers)
    if lookup is not None:
        from geomap.places.online import looked_up

        mentions = looked_up(mentions, lookup, shares_of(mentions, lexicon))
    evaluator = _evaluator(mentions, layers)
    made: dict[int, Place] = {}
    return msgspec.structs.replace(
        reading, mentions=tuple(_evaluated(mention, evaluator, made) for mention in mentions)
    )


def follow_places(
    reading: Reading, changed: Collection[str], layers: Layers, *, fixed: Collection[str] = ()
) -> Reading:
    """Measure anew the phrases that lead to places which have changed; all other mentions stay as they are.

    Parameters
    ----------
    changed : ids of the mentions whose place is another one now
    fixed : ids of the mentions that stay as they are whatever they lead to
    """
    kept = set(fixed)
    moved = ({*changed} | led_to(reading.mentions, changed)) - kept
    phrases = {mention.id for mention in reading.mentions if mention.id in moved and mention.role in _MEASURED}
    # as when the text was read: a phrase that names another one leads on to what that one names
    bare = [
        msgspec.structs.replace(mention, expression=None) if mention.id in kept else _unmeasured(mention)
        for mention in reading.mentions
    ]
    evaluator, made = _evaluator(bare, layers), dict[int, Place]()
    mentions = tuple(
        _evaluated(one, evaluator, made) if mention.id in phrases else mention
        for mention, one in zip(reading.mentions, bare, strict=True)
    )
    return msgspec.structs.replace(reading, mentions=mentions)


def led_to(mentions: Sequence[Mention], places: Collection[str]) -> set[str]:
    """The ids of the phrases that are measured from some mentions, or from phrases that are."""
    names = {one.id: names_in(one.expression) for one in mentions if one.expression is not None}
    found: set[str] = set()
    reached = set(places)
    while more := {name for name, within in names.items() if within & reached} - found:
        found |= more
        reached |= more
    return found


def names_in(node: Any) -> set[str]:
    """The ids of all mentions, features and capitals that an expression is measured from."""
    if isinstance(node, Named):
        return {node.id}
    fields = node.__struct_fields__ if isinstance(node, Node) else ()
    return {name for field in fields for name in names_in(getattr(node, field))}


def _unmeasured(mention: Mention) -> Mention:
    """A phrase as it was before it had a place; a plain name as it is."""
    if mention.expression is None:
        return mention
    rule = mention.place.name if mention.place is not None else ""
    why = mention.why.removesuffix(f": {rule}") if rule else mention.why.partition(", but ")[0]
    return msgspec.structs.replace(mention, status="unresolved", place=None, why=why)


def _evaluator(mentions: Sequence[Mention], layers: Layers) -> Evaluator:
    return Evaluator(layers, {mention.id: mention for mention in mentions}, partial(capital_of, layers=layers))


def _evaluated(mention: Mention, evaluator: Evaluator, made: dict[int, Place]) -> Mention:
    """A phrase with its place; a plain name, and what is no place, as it is.

    Parameters
    ----------
    made : the places of the evaluator's shapes so far, by the shapes' identity
    """
    if mention.expression is None or mention.role not in _MEASURED:
        return mention
    try:
        shape = evaluator.shape(mention.expression)
    except (InputError, LayerNotFound, ValueError, ShapelyError) as problem:
        return msgspec.structs.replace(mention, status="unresolved", why=f"{mention.why}, but {problem}")
    if id(shape) not in made:
        made[id(shape)] = place_of(shape, mention.kind, evaluator.layers)
    place = msgspec.structs.replace(made[id(shape)], kind=mention.kind)
    return msgspec.structs.replace(mention, status="located", place=place, why=f"{mention.why}: {shape.rule}")


def place_of(shape: Shape, kind: str, layers: Layers) -> Place:
    """Make the place of a phrase from its shape; what is exactly a feature keeps that, all else its geometry."""
    feature = layers.feature(shape.feature) if shape.feature else None
    return Place(
        name=str(feature.properties.get("name")) if feature else shape.rule,
        kind=kind,
        lon=round(shape.lon, 5),
        lat=round(shape.lat, 5),
        radius_km=round(shape.radius_km, 1),
        feature=shape.feature,
        geometry=None if feature else _as_stored(shape),
        source=layers.feature(shape.feature).layer.source_id if shape.feature else "derived",
        country=feature.properties.get("country") if feature else None,
    )


def _as_stored(shape: Shape) -> BaseGeometry:
    """The geometry of a phrase with what matters of it; of a sliver of which nothing is left, its best point."""
    stored = geodesy.rounded(geodesy.simplified(shape.geometry, _SIMPLER_KM))
    return Point(round(shape.lon, 5), round(shape.lat, 5)) if stored.is_empty else stored
