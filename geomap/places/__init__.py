"""From mentions to places: candidates are looked up and ranked, phrases become shapes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec
from shapely.errors import ShapelyError

from geomap import geodesy
from geomap.catalog import Layers
from geomap.errors import InputError, LayerNotFound
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.places.capitals import capital_of
from geomap.places.evaluate import Evaluator
from geomap.places.names import resolved, shares_of
from geomap.types import Mention, Place, Reading, Shape

if TYPE_CHECKING:
    from geomap.places.online import Lookup

__all__ = ["resolve_places"]

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
    evaluator = Evaluator(layers, {mention.id: mention for mention in mentions}, partial(capital_of, layers=layers))
    made: dict[int, Place] = {}
    return msgspec.structs.replace(
        reading, mentions=tuple(_evaluated(mention, evaluator, made) for mention in mentions)
    )


def _evaluated(mention: Mention, evaluator: Evaluator, made: dict[int, Place]) -> Mention:
    """A phrase with its place; a plain name, and what is no place, as it is.

    Parameters
    ----------
    made : the places of the evaluator's shapes so far, by the shapes' identity
    """
    if mention.expression is None or mention.role not in ("place", "dateline"):
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
        geometry=None if feature else geodesy.simplified(shape.geometry, _SIMPLER_KM),
        source=layers.feature(shape.feature).layer.source_id if shape.feature else "derived",
        country=feature.properties.get("country") if feature else None,
    )
