"""From an expression to a shape on the earth: each node is made of the shapes of what stands within it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, cast

import msgspec
import shapely
from shapely.geometry import Point

from geomap import geodesy
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.places import bearings, coasts, parts, seaward
from geomap.places.shapes import derived, feature_shape, place_shape, printed
from geomap.types import (
    Between,
    CoastSide,
    Coordinates,
    Direction,
    Distance,
    Expression,
    HighSeas,
    Inside,
    Intersection,
    Mention,
    Named,
    Near,
    Node,
    Offshore,
    Outside,
    Part,
    Place,
    Range,
    Shape,
    Toward,
    Zone,
)

_SHORE_KM = 8.0
MOST = 1000
"""Different phrases that are evaluated for one text at most: no article has more."""


class Evaluator:
    """Evaluates expressions against the layers and the places of one reading; what was evaluated once is kept.

    Parameters
    ----------
    layers : the catalog
    mentions : the names of the reading by their ids, resolved as far as they can be
    capital_of : finds a state's capital by ISO 3166-1 alpha-3
    """

    def __init__(
        self, layers: Layers, mentions: Mapping[str, Mention], capital_of: Callable[[str], Place | None]
    ) -> None:
        self.layers = layers
        self.mentions = mentions
        self.capital_of = capital_of
        self._made: dict[Expression, Shape] = {}
        self._same = _same_places(mentions)

    def shape(self, node: Expression) -> Shape:
        """Evaluate a node.

        Raises
        ------
        InputError
            if the phrase cannot be a shape: an anchor is not located, or nothing is left of it
        LayerNotFound
            if a layer has no such feature
        """
        node = _renamed(node, self._same)
        if node not in self._made:
            if len(self._made) >= MOST:
                message = f"the text has more than {MOST} different phrases for places"
                raise InputError(message)
            made = self._known(node) if _leads_to_features(node) else self._evaluated(node)
            if made.geometry.is_empty:
                message = f"nothing is left of {made.rule}"
                raise InputError(message)
            self._made[node] = made
        return self._made[node]

    def _known(self, node: Expression) -> Shape:
        """A node that is the same in every text, 'off the east coast of North Korea', once what it is made of is."""
        for field in node.__struct_fields__:
            if isinstance(part := getattr(node, field), Node):
                self.shape(cast("Expression", part))
        return _of_features(node, self.layers)

    def _evaluated(self, node: Expression) -> Shape:
        layers, shape = self.layers, self.shape
        match node:
            case Named():
                return self._named(node.id)
            case Zone():
                return self._zone(node.id)
            case Inside() | Outside():
                return shape(node.zone)
            case CoastSide():
                return coasts.coast_side(shape(node.of), node.bearing_deg, layers)
            case Offshore():
                towards = node.of.bearing_deg if isinstance(node.of, CoastSide) else None
                return coasts.offshore(shape(node.of), node.distance, towards, layers)
            case Direction():
                of = shape(node.of)
                if node.distance is None:
                    return bearings.on_side(of, node, layers)
                return bearings.at_distance(of, node, node.distance, layers)
            case Distance() | Range():
                return bearings.around(shape(node.of), node.distance, layers)
            case Near():
                return bearings.near(shape(node.of))
            case Between():
                return bearings.between(shape(node.a), shape(node.b), node.part, layers)
            case HighSeas():
                return seaward.high_seas(layers)
            case Part():
                return parts.part(shape(node.of), node.bearing_deg, node.share, layers)
            case Toward():
                sea = shape(node.sea) if node.sea is not None else None
                return bearings.toward(shape(node.start), node.bearing_deg, node.sector_deg, sea)
            case Intersection():
                return _common(shape(node.a), shape(node.b))
            case Coordinates():
                return printed(node.points)

    def _named(self, name: str) -> Shape:
        """The shape of a mention (``m3``), a feature (``countries/PRK``) or a capital (``capital/PRK``)."""
        layer, slash, key = name.partition("/")
        if layer == "capital":
            capital = self.capital_of(key)
            if capital is None:
                message = f"the capital of {key} is not known"
                raise InputError(message)
            return place_shape(capital, self.layers)
        if slash:
            return feature_shape(name, self.layers)
        mention = self.mentions.get(name)
        if mention is not None and mention.place is None and mention.expression is not None:
            return self.shape(mention.expression)  # 'the peninsula', which is known without a search
        if mention is None or mention.place is None:
            message = f"{mention.text if mention else name!r} in it is not located"
            raise InputError(message)
        return place_shape(mention.place, self.layers)

    def _zone(self, name: str) -> Shape:
        """The shape of a zone's feature, or of a belt along a coast (``belts/JPN-12``: 12 nautical miles)."""
        layer, _, key = name.partition("/")
        if layer != "belts":
            return feature_shape(name, self.layers)
        country, miles = key.rsplit("-", 1)
        return coasts.belt(country, float(miles), self.layers)


@lru_cache(maxsize=256)
def _of_features(node: Expression, layers: Layers) -> Shape:
    """Evaluate a node that leads to nothing but features: many articles speak of the same coasts and seas."""
    return Evaluator(layers, {}, lambda _: None)._evaluated(node)


def _leads_to_features(node: Any) -> bool:
    """Whether an expression that is more than a name is measured from features of layers only, not from mentions."""
    parts = [part for field in node.__struct_fields__ if isinstance(part := getattr(node, field), Node)]
    return bool(parts) and not isinstance(node, Toward) and all(map(_is_of_features, parts))


def _is_of_features(node: Node) -> bool:
    if isinstance(node, Named):
        return "/" in node.id and not node.id.startswith("capital/")
    return isinstance(node, Zone) or _leads_to_features(node)


def _same_places(mentions: Mapping[str, Mention]) -> dict[str, str]:
    """For each mention with a place the feature that it is, or the first mention of the same place."""
    first: dict[tuple[str, float, float], str] = {}
    same = {}
    for name, mention in mentions.items():
        place = mention.place
        if place is not None and place.geometry is None:
            same[name] = place.feature or first.setdefault((place.source, place.lon, place.lat), name)
    return same


def _renamed(node: Any, same: Mapping[str, str]) -> Any:
    """A tree in which one place has one name."""
    if isinstance(node, Named):
        return Named(same.get(node.id, node.id))
    if not isinstance(node, Node):
        return node
    return msgspec.structs.replace(
        node, **{field: _renamed(getattr(node, field), same) for field in node.__struct_fields__}
    )


def _common(a: Shape, b: Shape) -> Shape:
    """What two shapes have in common; the first when they do not meet."""
    area = b.geometry
    if a.geometry.geom_type.endswith("LineString") and area.geom_type.endswith("Polygon"):
        area = geodesy.buffer(geodesy.simplified(area, _SHORE_KM), _SHORE_KM)  # a coast lies on the edge of its sea
    both = shapely.intersection(a.geometry, area)
    if both.is_empty and area is not b.geometry:
        message = f"{a.rule} does not reach {b.rule}"
        raise InputError(message)
    if both.is_empty:
        return a
    areas = geodesy.only_areas(both)
    kept = areas if not areas.is_empty else both
    best = (a.lon, a.lat) if kept.covers(Point(a.lon, a.lat)) else None
    return derived(kept, f"{a.rule}, in {b.rule}", best)
