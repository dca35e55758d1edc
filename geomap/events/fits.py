"""Whether the words for where it came down fit each other, and which compass word or sign would make them fit."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import partial

import shapely
from shapely.geometry.base import BaseGeometry

from geomap import geodesy, wording
from geomap.catalog import Layers
from geomap.errors import LayerNotFound
from geomap.events.ashore import COAST_KM, around, side_of_coast, told_side
from geomap.events.clauses import IMPACT, is_impact
from geomap.events.locate import location_of
from geomap.events.told import is_independent, is_sound, wind
from geomap.patterns import regex
from geomap.types import (
    Coordinates,
    Direction,
    Distance,
    Event,
    Location,
    Mention,
    Named,
    Offshore,
    Reading,
    Record,
    Span,
)

_IN = regex(r"\b(?:in|into|on|onto|inside|within)(?: the)? $|^ $", re.IGNORECASE)
"""Between the word for the fall and a place: it fell there."""
_INTO = regex(r"\binto (?:the )?$", re.IGNORECASE)
_CLAUSE = regex(r"[;:]|\b(?:and|but|while|said|which|toward|towards|over|from|of)\b", re.IGNORECASE)
_PART = regex(r"\b(?:stages?|boosters?|debris|fairings?|engines?|fragments?)\b", re.IGNORECASE)
"""What fell there is a part of it, which falls elsewhere."""
_POSSESSIVES = ("'s", "’s")
"""Behind a name: not it is meant, but something of it."""
_NAMES = frozenset({"sea", "region", "country"})
_FARTHEST, _WIDE_KM, _SLACK_KM, _STARTED_KM = 60, 200.0, 30.0, 100.0
"""Characters behind the word for the fall; radius from which on a phrase is not sharp; km that are no contradiction."""
_LOOSE_KM = 200.0
"""So far beyond its limits a sea may be called by its name."""
_LEAST_SHARE = 0.05
"""Less of a spot than this in a named sea is none."""
_MOST = 12
"""Places of one launch that are compared at most."""
_TURNS_DEG = (180.0, 90.0, 270.0)


class Spot(Record, kw_only=True):
    """Where something may have come down: best point, radius in km about it, and all that the words leave open."""

    lon: float
    lat: float
    radius_km: float
    area: BaseGeometry


class Other(Record, kw_only=True):
    """Something else that is said of where it came down.

    Parameters
    ----------
    words : what a place that fails it 'does not fit'
    holds : whether a spot may be there
    place : where that is, None for a ring or a side of the coast
    coast : whether it is only a side of the coast
    """

    words: str
    holds: Callable[[Spot], bool]
    place: Location | None = None
    coast: bool = False


class Turned(Record, kw_only=True):
    """Where a place would be by other words: those words, the spot, and what would be wrong."""

    words: str
    spot: Spot
    slip: str


def place_checks(event: Event, reading: Reading, layers: Layers) -> list[str]:
    """Say where a phrase or position for the fall does not fit what else is said of it, and what would make it fit."""
    if event.count != 1:  # of several, each may have fallen elsewhere
        return []
    sentences = _fall_sentences(event, reading)
    falls = _fall_places(event, reading, sentences, layers)
    general = [*_ring(event), *_side(reading, sentences, layers)]
    plain, explained = {}, {}
    for mention, place in falls:
        if not _is_sharp(mention, place):
            continue
        others = [*_others(place, falls, layers), *general]
        here = Spot(lon=place.lon, lat=place.lat, radius_km=place.radius_km, area=around(place))
        against = [other for other in others if not other.holds(here)]
        if not against:
            continue
        plain[place.text] = (place, against)
        # a position has too many turns to be told by a coast alone
        measured = mention.kind != "coordinates" or any(not other.coast for other in others)
        for turned in _turned(mention, place, reading, layers) if measured else ():
            if all(other.holds(turned.spot) for other in others):
                explained[place.text] = _sentence(place, against) + f"; {turned.words} would: {turned.slip}"
                break
    if len(explained) == 1:
        return list(explained.values())
    if explained:
        names = " or ".join(f"“{text}”" for text in explained)
        first = next(iter(explained))
        return [f"{_sentence(*plain[first])}; with one of the directions turned round in {names} they would fit"]
    # two phrases that do not meet are a conflict of the impact zone already
    return list(dict.fromkeys(_sentence(*pair) for pair in plain.values() if not _is_known(*pair, event)))[:1]


def _is_known(place: Location, against: list[Other], event: Event) -> bool:
    texts = [other.place.text for other in against if other.place is not None]
    told = [line for line in event.conflicts if repr(place.text) in line]
    known = any(repr(text) in line for text in texts for line in told)
    return known or not (texts or any(other.coast for other in against))


def _sentence(place: Location, against: list[Other]) -> str:
    """A place and what it does not fit, with how far away that is."""
    told = []
    for other in against:
        km = geodesy.separation_km(place.lon, place.lat, other.place.geometry) if other.place else 0.0
        told.append(f"{other.words} (about {wording.rough(km)} km away)" if km >= 1 else other.words)
    return f"“{place.text}” ({wording.position(place.lon, place.lat)}) does not fit {' and '.join(told)}"


# --------------------------------------------------------------------------------------- what is said of the fall


def _fall_sentences(event: Event, reading: Reading) -> list[Span]:
    """The sentences of a launch that say where it came down, not where a part of it did."""
    text = reading.document.text
    return [
        (start, end)
        for start, end in event.evidence
        if not _PART.search(text[start:end]) and (is_impact(text[start:end]) or " into " in text[start:end])
    ]


def _fall_places(
    event: Event, reading: Reading, sentences: list[Span], layers: Layers
) -> list[tuple[Mention, Location]]:
    """The places that sentences give for the fall, as they stand, without the anchors within their phrases."""
    text = reading.document.text
    found: list[tuple[Mention, Location]] = []
    starts = [mention.start for mention in reading.mentions]
    chosen = event.impact.mention if event.impact else None
    launch = event.launch.mention if event.launch else None
    for start, end in sentences:
        inside = reading.mentions[bisect_left(starts, start) : bisect_left(starts, end)]
        for mention in inside:
            anchor = any(
                other.expression is not None and other.start <= mention.start and mention.end <= other.end
                for other in inside
                if other is not mention
            )
            if anchor or mention.status != "located" or mention.role != "place" or mention.id == launch:
                continue
            before, behind = text[start : mention.start], text[mention.end : mention.end + 2]
            if mention.id == chosen or (_falls_there(before, mention) and behind not in _POSSESSIVES):
                found.append((mention, location_of(mention, layers)))
    return found[:_MOST]


def _falls_there(before: str, mention: Mention) -> bool:
    """Whether the words in front of a place say that something came down in it."""
    phrase = isinstance(mention.expression, (Direction, Distance, Offshore, Coordinates))
    if not phrase and (mention.expression is not None or mention.kind not in _NAMES):
        return False
    if mention.kind == "sea" and _INTO.search(before):
        return True
    falls = list(IMPACT.finditer(before))
    gap = before[falls[-1].end() :] if falls else "." * _FARTHEST
    if len(gap) >= _FARTHEST or (_CLAUSE.search(gap) and not phrase):
        return False
    return phrase or _IN.search(gap) is not None


def _is_sharp(mention: Mention, place: Location) -> bool:
    """Whether a place is a position, or so far to one side of another place."""
    node = mention.expression
    measured = isinstance(node, Direction) and node.distance is not None
    point = isinstance(node, Coordinates) and len(node.points) == 1
    return (measured or point) and place.radius_km <= _WIDE_KM


def _others(place: Location, falls: list[tuple[Mention, Location]], layers: Layers) -> Iterator[Other]:
    for mention, other in falls:
        if other.text == place.text:
            continue
        if mention.expression is not None:
            holds = partial(_lies_near, other)
        else:
            holds = partial(_lies_in, other, layers, sea=mention.kind == "sea")
        yield Other(words=f"“{other.text}”", holds=holds, place=other)


def _lies_in(named: Location, layers: Layers, spot: Spot, *, sea: bool) -> bool:
    """Whether some of a spot lies in a sea or land by its name; on water the names of seas are taken loosely."""
    if geodesy.share(spot.area, around(named)) >= _LEAST_SHARE:
        return True
    if not sea or side_of_coast(spot.area, layers) == "land":
        return False
    return geodesy.separation_km(spot.lon, spot.lat, named.geometry) <= spot.radius_km + _LOOSE_KM


def _lies_near(phrase: Location, spot: Spot) -> bool:
    return geodesy.separation_km(spot.lon, spot.lat, phrase.geometry) <= spot.radius_km + _SLACK_KM


def _ring(event: Event) -> Iterator[Other]:
    """What lies as far from the launch place as was flown."""
    launch, flown = event.launch, event.distance_km
    turns = event.weapon.kind == "cruise" or event.trajectory == "irregular"
    if launch is None or flown is None or turns or not is_sound(flown) or not is_independent(launch, event):
        return
    if launch.radius_km > _STARTED_KM:
        return
    words = f"{wording.number(flown.value)} km from “{launch.text}”"
    open_km = launch.radius_km + max(flown.high - flown.value, flown.value - flown.low) + _SLACK_KM

    def holds(spot: Spot) -> bool:
        away_km = geodesy.distance_km(launch.lon, launch.lat, spot.lon, spot.lat)
        return abs(away_km - flown.value) <= spot.radius_km + open_km

    yield Other(words=words, holds=holds)


def _side(reading: Reading, sentences: list[Span], layers: Layers) -> Iterator[Other]:
    """The side of the coast on which the text says that it came down."""
    side = told_side(" ".join(reading.document.text[start:end] for start, end in sentences))
    if side is None:
        return

    def holds(spot: Spot) -> bool:
        return side_of_coast(spot.area, layers) in (side, None)

    where = "in the water" if side == "sea" else "on land"
    yield Other(words=f"the text's words for a fall {where}", holds=holds, coast=True)


# --------------------------------------------------------------------------------------------- what may be meant


def _turned(mention: Mention, place: Location, reading: Reading, layers: Layers) -> Iterator[Turned]:
    """Where a place would be by another compass word, or with its numbers or signs exchanged."""
    node = mention.expression
    if isinstance(node, Coordinates):
        yield from _exchanged(*node.points[0])
    elif isinstance(node, Direction) and node.distance is not None:
        anchor = _anchor(node, reading, layers)
        if anchor is None:
            return
        away_km = geodesy.distance_km(*anchor, place.lon, place.lat)
        low_km = max(0.0, away_km - node.distance.value + node.distance.low)
        high_km = away_km - node.distance.value + node.distance.high
        if not 0 < high_km < geodesy.HALFWAY_KM:
            return
        for turn in _TURNS_DEG:
            bearing = (node.bearing_deg + turn) % 360
            lon, lat = geodesy.destination(*anchor, bearing, away_km)
            area = geodesy.wedge(*anchor, bearing, node.sector_deg, low_km, high_km)
            words = f"{wording.number(node.distance.value)} km {wind(bearing)} of it"
            spot = Spot(lon=lon, lat=lat, radius_km=place.radius_km, area=area)
            yield Turned(words=words, spot=spot, slip="the compass word may be wrong")


def _exchanged(lon: float, lat: float) -> Iterator[Turned]:
    """The positions that a slip of the pen makes of one."""
    tried = [
        (-lon, lat, "east and west may be exchanged"),
        (lon, -lat, "north and south may be exchanged"),
        (-lon, -lat, "both signs may be wrong"),
    ]
    if abs(lon) <= 90:
        tried.append((lat, lon, "latitude and longitude may be exchanged"))
    for east, north, slip in tried:
        if (east, north) != (lon, lat):
            spot = Spot(lon=east, lat=north, radius_km=COAST_KM, area=geodesy.disc(east, north, COAST_KM))
            yield Turned(words=wording.position(east, north), spot=spot, slip=slip)


def _anchor(node: Direction, reading: Reading, layers: Layers) -> tuple[float, float] | None:
    """The middle of the place that a direction is told from; None when it has no name."""
    if not isinstance(node.of, Named):
        return None
    name = node.of.id
    if "/" not in name:
        place = next((mention.place for mention in reading.mentions if mention.id == name), None)
        return (place.lon, place.lat) if place else None
    try:
        geometry = layers.feature(name).geometry
    except LayerNotFound:
        return None
    if geometry is None or shapely.is_empty(geometry):
        return None
    return geodesy.enclosing(geometry)[:2]
