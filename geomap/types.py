"""The records that travel through geomap: one thing is a frozen record, many things are a frame (`geomap.frames`).

Everywhere: longitude before latitude, degrees (EPSG:4326), kilometres (``_km``), bearings in degrees clockwise from
true north (``_deg``), times in UTC with the end exclusive, offsets in Python code points into ``Document.text`` with
the end exclusive. The JSON form is fixed by the contract ``geomap.reading/1`` and made by `geomap.codec`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import msgspec
from shapely.geometry.base import BaseGeometry

from geomap.expressions import (
    Amount as Amount,
    Between as Between,
    CoastSide as CoastSide,
    Coordinates as Coordinates,
    Direction as Direction,
    Distance as Distance,
    Expression as Expression,
    HighSeas as HighSeas,
    Inside as Inside,
    Intersection as Intersection,
    Named as Named,
    Near as Near,
    Node as Node,
    Offshore as Offshore,
    Outside as Outside,
    Part as Part,
    Range as Range,
    Record as Record,
    Toward as Toward,
    Zone as Zone,
)
from geomap.launch import (
    Bearing as Bearing,
    Claim as Claim,
    ClippedZone as ClippedZone,
    Estimate as Estimate,
    Event as Event,
    Location as Location,
    MergedEvent as MergedEvent,
    Overflight as Overflight,
    Salvo as Salvo,
    Source as Source,
    Span as Span,
    Statement as Statement,
    Verdict as Verdict,
    Weapon as Weapon,
    When as When,
)

SCHEMA = "geomap.reading/1"
STORY_SCHEMA = "geomap.story/1"
LAUNCH_SCHEMA = "geomap.launch/1"


class Document(Record, kw_only=True):
    """An article: its text, and what is known about it from outside the text.

    Parameters
    ----------
    id : ``sha256:`` and the hexadecimal digest of ``text`` in UTF-8
    source : path or URL, ``-`` for standard input
    title : headline, or the file's name when the article has none
    published : day (``2021-09-15``) or instant (``2021-09-15T03:40:00Z``) of issue, None when unknown
    outlet : who published it, None when unknown
    language : ISO 639-1 code
    text : the text that all offsets refer to
    """

    id: str
    source: str
    title: str
    published: str | None
    outlet: str | None = None
    language: str
    text: str

    @classmethod
    def of(
        cls,
        text: str,
        *,
        source: str = "-",
        title: str = "",
        published: str | None = None,
        outlet: str | None = None,
        language: str = "en",
    ) -> Document:
        """Make a document whose id is the hash of its text."""
        return cls(
            id=f"sha256:{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()}",
            source=source,
            title=title,
            published=published,
            outlet=outlet,
            language=language,
            text=text,
        )


class Shape(Record, kw_only=True):
    """What an expression is on the earth.

    Parameters
    ----------
    geometry : point, line or polygon, cut at the antimeridian (RFC 7946)
    lon, lat : best single point, degrees
    radius_km : great-circle radius of the uncertainty about the best point
    rule : how it was made, in words ('ring sector about Oshima-Oshima, 200 ± 25 km, 270 ± 22.5°')
    feature : id of the layer's feature when the shape is exactly that, else None
    """

    geometry: BaseGeometry
    lon: float
    lat: float
    radius_km: float
    rule: str
    feature: str | None = None


# ------------------------------------------------------------------------------------------------ mentions


class Place(Record, kw_only=True):
    """A place that a name or phrase was resolved to.

    Parameters
    ----------
    kind : country, region, city, facility, island, cape, sea, zone, line, relative, coordinates
    lon, lat : best single point, degrees
    radius_km : great-circle radius within which the place, or the right point, lies
    feature : ``layer/key`` when the place is a layer's feature
    geometry : shape, only when it was derived and is in no layer
    source : ``layer:coasts@1.0.0``, ``gazetteer:1835848`` or ``derived``
    score : how well a candidate fits, 0 to 1; None for a place that was derived
    country : ISO 3166-1 alpha-3 of the country that the place belongs to
    division : name of the province or state that a town lies in
    """

    name: str
    kind: str
    lon: float
    lat: float
    radius_km: float
    feature: str | None = None
    geometry: BaseGeometry | None = None
    source: str
    score: float | None = None
    country: str | None = None
    division: str | None = None


class Mention(Record, kw_only=True):
    """Words of the text that name or describe a place, what part they play, and what they were resolved to.

    Parameters
    ----------
    id : ``m1``, ``m2`` … in the order of the text
    kind : country, region, city, facility, island, cape, sea, zone, line, relative, coordinates
    role : place, dateline, actor ('Seoul said') or embedded ('Troy University')
    status : located, ambiguous, unresolved, not_mapped
    alternatives : other candidates, best first
    why : one sentence that a reader can check
    expression : the phrase as a tree; None for a plain name
    """

    id: str
    start: int
    end: int
    text: str
    kind: str
    role: str = "place"
    status: str = "unresolved"
    place: Place | None = None
    alternatives: tuple[Place, ...] = ()
    why: str = ""
    expression: Expression | None = None


# ------------------------------------------------------------------------------- hazards, ranges, the reading


class Hazard(Record, kw_only=True):
    """An area that a notice closes.

    Parameters
    ----------
    authority : number of the message with its series (``NAVAREA XI 372/23``), None when it has none
    windows : when it is closed
    cancelled : whether a message of the same document cancels it
    doubtful : what cannot be right about it, with its place in the text
    label : its letter or number in a list
    shape : polygon, circle, sector, arc or corridor
    edges : what its straight edges are: ``rhumb`` or ``geodesic``
    lower, upper : its limits in height, as printed
    notice : offsets of the message that it stands in; None where an article speaks of it in its own words
    notes : what else a reader must know
    """

    id: str
    geometry: BaseGeometry
    windows: tuple[When, ...] = ()
    authority: str | None = None
    cancelled: bool = False
    doubtful: tuple[str, ...] = ()
    evidence: tuple[Span, ...] = ()
    label: str | None = None
    shape: str = "polygon"
    edges: str = "rhumb"
    lower: str | None = None
    upper: str | None = None
    notice: Span | None = None
    notes: tuple[str, ...] = ()


def hazard_of(mention: Mention, hazards: Sequence[Hazard]) -> Hazard | None:
    """The closed area that the words of a mention give the corners or the centre of."""
    for hazard in hazards:
        if any(start < mention.end and mention.start < end for start, end in hazard.evidence):
            return hazard
    return None


class RangePolygon(Record, kw_only=True):
    """How far a missile of that kind, or of that stated distance, could have come.

    Parameters
    ----------
    origin : ``point`` (the launch place) or ``area`` (anywhere in the actor's territory); ``from`` in JSON
    lon, lat : the launch place, None for an area
    low_km, high_km : the band; None is an open bound
    scheme : which scheme of classes the band is from
    said : the words, when the text states the distance
    """

    id: str
    event: str | None
    origin: str = msgspec.field(name="from")
    lon: float | None = None
    lat: float | None = None
    geometry: BaseGeometry
    low_km: float | None = None
    high_km: float | None = None
    system: str | None = None
    kind: str | None = msgspec.field(default=None, name="class")
    scheme: str | None = None
    source: str
    said: str | None = None


class Crossing(Record, kw_only=True):
    """How one shape of the story lies to one zone, sea or range polygon."""

    what: str
    feature: str
    relation: str
    share: float | None = None
    margin_km: float | None = None


class Reading(Record, kw_only=True):
    """One article and everything that was read from it.

    Raises
    ------
    ValueError
        if a mention's text is not what stands at its offsets
    """

    schema: str = SCHEMA
    document: Document
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    ranges: tuple[RangePolygon, ...] = ()
    crossings: tuple[Crossing, ...] = ()
    assumed: tuple[dict[str, Any], ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        text = self.document.text
        for mention in self.mentions:
            if not 0 <= mention.start < mention.end or text[mention.start : mention.end] != mention.text:
                message = f"mention {mention.id} says {mention.text!r}, which is not at {mention.start}-{mention.end}"
                raise ValueError(message)


Step: TypeAlias = Callable[[Reading], Reading]


class Conflict(Record, kw_only=True):
    """Something that reports of one launch do not agree on.

    Parameters
    ----------
    event : id of the merged event
    about : what differs (count, distance, impact, eez/JPN …)
    said : outlet or claimant, and what it says, in the order of the readings
    """

    event: str
    about: str
    said: tuple[tuple[str, str], ...]


class Story(Record, kw_only=True):
    """Several readings, the launches that they report, each once, and what they do not agree on."""

    schema: str = STORY_SCHEMA
    readings: tuple[Reading, ...]
    events: tuple[MergedEvent, ...]
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()


class Launch(Record, kw_only=True):
    """One launch without the articles that tell it: a line of what a batch makes.

    Parameters
    ----------
    event : its claims, places and figures; mentions and evidence point into the articles, which its sources name
    conflicts : what the reports do not agree on
    """

    schema: str = LAUNCH_SCHEMA
    event: MergedEvent
    conflicts: tuple[Conflict, ...] = ()
