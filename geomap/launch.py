"""The records of a launch: what was fired, when, from where, where it came down, who says what, and what geometry says.

None is what the text does not say. Units and conventions are those of `geomap.types`, which gives these records to
everybody.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec
from shapely.geometry.base import BaseGeometry

from geomap.expressions import Amount, Record

Span: TypeAlias = tuple[int, int]


class When(Record, kw_only=True):
    """An interval of time in UTC: ISO 8601 with ``Z``, the end exclusive.

    Parameters
    ----------
    said : the words that it was read from
    """

    start: str
    end: str
    said: str


class Weapon(Record, kw_only=True):
    """What was fired, in the text's words; ``class`` and ``system`` only when the text gives them."""

    text: str
    kind: str | None = msgspec.field(default=None, name="class")
    system: str | None = None


class Bearing(Record, kw_only=True):
    """A direction of flight: degrees clockwise from true north, with the sector that its wording leaves open."""

    value: float
    low: float
    high: float
    said: str


class Location(Record, kw_only=True):
    """Where an event happened: a shape with uncertainty, and the words and the rule it rests on.

    Parameters
    ----------
    mention : id of the mention, None when several parts of the text were put together
    geometry : point, line or polygon
    rule : how the geometry was made
    """

    mention: str | None
    text: str
    lon: float
    lat: float
    radius_km: float
    feature: str | None = None
    geometry: BaseGeometry
    rule: str
    why: str


class Verdict(Record, kw_only=True):
    """What the geometry says about a claim.

    Parameters
    ----------
    relation : inside, outside or ``cannot tell``
    agrees : True when the claim and the geometry say the same, None when that cannot be settled
    margin_km : distance of the best point to the zone's edge, positive inside
    tolerance_km : the location's radius plus the zone layer's own error
    share : part of the shape that lies inside, 0 to 1
    layer : which layer said so, and whether its lines are computed or installed (``eez 1.2.0, computed``)
    change : what would change the verdict, in words
    """

    relation: str
    agrees: bool | None
    margin_km: float | None
    tolerance_km: float | None
    share: float | None
    why: str
    layer: str | None = None
    change: str = ""


class Claim(Record, kw_only=True):
    """A statement by somebody that an event lies inside, outside or near a zone.

    Parameters
    ----------
    zone : the zone's feature (``eez/JPN``, ``belts/JPN-12``, ``countries/UKR``, ``lines/NLL``)
    relation : inside, outside, near; of a line the side (``south``), or ``crossed``
    said : when it was said, in the text's words, None when the text does not say
    corrected : True when the same claimant later says otherwise; the later statement is a claim of its own
    of : id of the mention of what it is said of (a closed area, one of several falls, a ship); None for the impact
    document : id of the document that ``start`` and ``end`` refer to, in a merged event
    """

    by: str | None
    relation: str
    zone: str
    start: int
    end: int
    verdict: Verdict | None = None
    said: str | None = None
    corrected: bool = False
    of: str | None = None
    document: str | None = None


class Statement(Record, kw_only=True):
    """What somebody says of a launch besides zones: how many, how far, how high, how long, or where.

    Parameters
    ----------
    about : count, distance, apogee, flight time, launch or impact
    value : the words that say it ('about 800 km', 'two', 'off its east coast')
    number, low, high : km, minutes or a count; None for a place. One bound alone leaves the other side open ('at least
        three')
    mention : id of the place, when it is one
    said, corrected, document : as of a `Claim`
    """

    by: str | None
    about: str
    value: str
    start: int
    end: int
    number: float | None = None
    low: float | None = None
    high: float | None = None
    mention: str | None = None
    said: str | None = None
    corrected: bool = False
    document: str | None = None


class Salvo(Record, kw_only=True):
    """One of several salvos of a launch: how many, and the words that tell it from the others."""

    count: int | None
    said: str


class Overflight(Record, kw_only=True):
    """A country, island or strait that it flew over: by the text's words, by the track, or both.

    Parameters
    ----------
    text : what the text says it flew over; empty when only the track says so
    passes : whether the track passes over it; None without a track
    """

    text: str
    mention: str | None = None
    feature: str | None = None
    passes: bool | None = None
    why: str = ""


class ClippedZone(Record, kw_only=True):
    """The part of the impact zone that is left if a claim is believed; drawn dashed, under its claimant's name.

    Parameters
    ----------
    claim : place of the claim in the event's ``claims``, from 0
    share : part of the impact zone that is left, 0 to 1
    """

    claim: int
    by: str | None
    relation: str
    zone: str
    geometry: BaseGeometry
    share: float


class Estimate(Record, kw_only=True):
    """How far the burn-out energy would carry on a minimum-energy trajectory: an estimate, not what the text says.

    Parameters
    ----------
    range_km, low_km, high_km : ground range, from the figures' own intervals
    assumptions : what was taken for granted, each in words
    """

    range_km: float
    low_km: float
    high_km: float
    said: str
    assumptions: tuple[str, ...]


class Source(Record, kw_only=True):
    """One report of a merged event: which reading and event it is, and what it says in its own words.

    Parameters
    ----------
    document : id of the document
    event : id of the event in that document's reading
    outlet : who published it, else its title
    said : words of the article by what they are about (weapon, when, launch, impact, distance, apogee …)
    source : path or URL of the article
    title : its headline
    published : its day or instant of issue, None when unknown
    words : what the event was read from
    claims : the words of its claims, by their zones
    """

    document: str
    event: str
    outlet: str
    said: dict[str, str]
    source: str = ""
    title: str = ""
    published: str | None = None
    words: str = ""
    claims: dict[str, str] = msgspec.field(default_factory=dict)


class Event(Record, kw_only=True):
    """One launch as the text tells it; None means that the text does not say.

    Parameters
    ----------
    id : ``e1``, ``e2`` … in the order of the text
    actor : ISO 3166-1 alpha-3 of the state that fired, or a name for a non-state actor
    flight_min : how long it flew, in minutes (the interval in minutes, too)
    dropped : what the text says of the impact but does not meet the rest of it; drawn apart, with a conflict
    statements : what is said of count, distance, apogee, time and place, with who says it
    background : True for an earlier or announced launch that the article only recalls
    evidence : spans of the words that the event was read from
    """

    id: str
    actor: str | None = None
    weapon: Weapon
    count: int | None = None
    when: When | None = None
    launch: Location | None = None
    impact: Location | None = None
    impacts: tuple[Location, ...] = ()
    track: BaseGeometry | None = None
    platform: str | None = None
    outcome: str | None = None
    trajectory: str | None = None
    distance_km: Amount | None = None
    apogee_km: Amount | None = None
    flight_min: Amount | None = None
    bearing_deg: Bearing | None = None
    salvos: tuple[Salvo, ...] = ()
    overflown: tuple[Overflight, ...] = ()
    dropped: tuple[Location, ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    clipped: tuple[ClippedZone, ...] = ()
    estimate: Estimate | None = None
    background: bool = False
    evidence: tuple[Span, ...] = ()
    checks: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class MergedEvent(Event, kw_only=True):
    """One launch as several reports tell it: the fields of an event, and the reports.

    Figures are what most reports give, places the sharpest that any gives. Claims and statements are those of all, each
    with who says it; a mention of several articles is named as on their map (``a2:m3``). ``evidence`` is empty when
    there is more than one report.

    Parameters
    ----------
    id : made from its first report, so that reruns agree and reports of later days leave it as it is
    sources : the reports, in the order of the readings
    """

    sources: tuple[Source, ...] = ()
