"""How exact the words are that say where something came down."""

from __future__ import annotations

from geomap.types import Direction, Distance, Inside, Intersection, Mention, Outside, Zone

PRINTED, BEARING, RING, PHRASE, WHOLE_SEA = 9, 8, 7, 5, 3
"""Coordinates; a distance and a direction; a distance alone; any other phrase; a sea or cape by its name."""
_NAMES = {"facility": 4, "city": 4, "island": 4, "zone": 4, "cape": WHOLE_SEA, "sea": WHOLE_SEA, "region": 2}


def sharpness(mention: Mention) -> int:
    """How exact a place is as a place of impact, for choosing among several: the larger the better, 0 to 9."""
    node = mention.expression
    if mention.kind == "coordinates":
        return PRINTED
    if node is None:
        return _NAMES.get(mention.kind, 0)
    if isinstance(node, Distance):
        return RING
    parts = (node.a, node.b) if isinstance(node, Intersection) else (node,)
    measured = any(isinstance(part, Direction) and part.distance is not None for part in parts)
    return BEARING if measured else PHRASE


def is_zone(mention: Mention) -> bool:
    """Whether a mention speaks of a maritime zone."""
    return isinstance(mention.expression, (Inside, Outside, Zone)) and mention.kind == "zone"
