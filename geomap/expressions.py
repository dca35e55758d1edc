"""Spatial phrases as trees: a phrase becomes an expression, an expression becomes a shape.

Bearings and sectors are degrees clockwise from true north, lengths kilometres, coordinates longitude before latitude.
A `Named.id` is a mention (``m3``), a layer's feature (``countries/PRK``) or a state's capital (``capital/PRK``).
"""

from __future__ import annotations

from typing import TypeAlias, dataclass_transform

import msgspec


# Type checkers do not know that a Struct's subclasses inherit `frozen`.
@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True, kw_only=True):
    """The base of all records: frozen, slotted, keyword-only, equal by value."""


class Node(Record, tag=True, tag_field="node"):
    """The base of all nodes of an expression."""


class Amount(Record, kw_only=True):
    """A length in km, or a time in minutes, with the interval that its wording leaves open.

    Parameters
    ----------
    value, low, high : km, or minutes where a field says so; ``low <= value <= high``
    said : the words
    """

    value: float
    low: float
    high: float
    said: str


class Named(Node):
    """A place by name: the id of a mention (``m3``) or of a feature (``countries/PRK``)."""

    id: str


class Part(Node):
    """The part of a place on one side ('eastern North Korea'); ``bearing_deg`` None is its interior ('inland').

    ``share`` is how much of its extent that is, when the words say so ('the eastern half', 'the northern tip'); without
    a bearing it is what is left out on either side of the middle ('central Israel').
    """

    of: Expression
    bearing_deg: float | None
    share: float | None = None


class CoastSide(Node):
    """The shoreline of a country, island or peninsula that faces one side; ``bearing_deg`` None is the whole coast."""

    of: Expression
    bearing_deg: float | None


class Offshore(Node):
    """The sea off a place or coast ('off its east coast', 'waters off Japan')."""

    of: Expression
    distance: Amount | None = None


class Direction(Node):
    """A piece of a geodesic ring: so far from a place, to that side of it ('300 km east of Seoul').

    Without a distance ('waters east of the Korean Peninsula') it is the near sector of the place's surroundings;
    ``sea`` says that only water is meant.
    """

    of: Expression
    bearing_deg: float
    sector_deg: float
    distance: Amount | None = None
    sea: bool = False


class Distance(Node):
    """A ring: so far from a place, no direction given ('57 km off Sokcho')."""

    of: Expression
    distance: Amount
    sea: bool = False


class Near(Node):
    """The surroundings of a place ('near Sunan', 'the Kusong area', 'the coast around Wonsan')."""

    of: Expression


class Between(Node):
    """What lies between two places ('between Haeju Bay and Jangsagot').

    ``part`` is ``middle`` ('midway between Guam and Palau') or ``sea``: the named sea that both look on ('the sea
    between Korea and Japan').
    """

    a: Expression
    b: Expression
    part: str = ""


class HighSeas(Node):
    """The sea outside all economic zones ('international waters')."""


class Toward(Node):
    """A wedge from a starting point along a bearing or to a sea ('toward the East Sea')."""

    start: Expression
    bearing_deg: float | None
    sector_deg: float
    sea: Expression | None = None


class Range(Node):
    """A ring about the launch place ('flew 800 km')."""

    of: Expression
    distance: Amount


class Zone(Node):
    """A maritime zone of an owner, or a line: the id of its feature (``eez/JPN``, ``lines/NLL``)."""

    id: str


class Inside(Node):
    """A claim that something lies inside a zone; as a place of its own it is the zone itself."""

    zone: Expression


class Outside(Node):
    """A claim that something lies outside a zone; as a place of its own it is the zone itself."""

    zone: Expression


class Intersection(Node):
    """What two expressions have in common ('the sea off North Korea's east coast, west of Hokkaido')."""

    a: Expression
    b: Expression


class Coordinates(Node):
    """Positions as printed: (longitude, latitude) pairs; one is a point, three or more a polygon."""

    points: tuple[tuple[float, float], ...]


Expression: TypeAlias = (
    Named
    | Part
    | CoastSide
    | Offshore
    | Direction
    | Distance
    | Near
    | Between
    | HighSeas
    | Toward
    | Range
    | Zone
    | Inside
    | Outside
    | Intersection
    | Coordinates
)
