"""What it flew over: by the text's words, held against the track, and by the track alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from geomap import phrases, wording
from geomap.catalog import Layers
from geomap.events.facts import Fact
from geomap.events.locate import location_of
from geomap.events.passage import Path, holds, misses_by_km, on_the_way, sector
from geomap.patterns import regex
from geomap.types import Location, Mention, Overflight

_SMALL = (
    r"(?:(?:the|a|an|its) )?(?:(?:(?:north|south|east|west)\w*|central|parts of) )*"
    r"(?:(?:(?-i:[a-z][a-z-]*) ){0,3}of (?:the )?)?"
)
_MOVES = (
    r"fl(?:ew|own|ies|ying|y)|pass(?:ed|es|ing)|travel(?:s|l?ed|l?ing)|soar(?:ed|s|ing)|sail(?:ed|s|ing)|went|gone|goes|"
    r"going|arc(?:ed|s|ing)|streak(?:ed|s|ing)|rac(?:ed|es|ing)|hurtl(?:ed|es|ing)|carried|curved|sped|roared|climbed|"
    r"took it|taking it|flights?|path|route|course|trajectory|track|headed|pass|cruised|continued"
)
_OVER = regex(
    rf"\b(?:{_MOVES})\b(?P<between>[^.;:]{{0,60}}?) ?\b(?:over|across|above) {_SMALL}$"
    rf"|\b(?:overfl(?:ew|ies|own|ying)|cross(?:ed|es|ing)|traversed) (?:over )?{_SMALL}$"
    rf"|(?:\bhigh|\d[\d,.]* ?(?:km|kilomet\w+|miles)) (?:above|over) {_SMALL}$",
    re.IGNORECASE,
)
"""In front of a place: something flew over it."""
_GOES_ON = regex(rf"^(?:,? and(?: then)?(?: on)?|,(?: then)?)(?: over| above| across)? {_SMALL}$|^, ?$", re.IGNORECASE)
"""Between two places: the second was flown over like the first."""
_IT = phrases.anywhere(
    "missiles?|rockets?|projectiles?|warheads?|it|they|one|both|two|three|four|weapons?|vehicles?|which|that|flight|track|path|"
    "trajectory|route|course|launcher|ICBM|IRBM|salvo|all"
)
_OTHERS = phrases.anywhere(
    "bombers?|drones?|aircraft|planes?|airliners?|balloons?|jets?|fighters?|helicopters?|ships?|vessels?|destroyers?|carriers?|"
    "ferry|ferries|people|troops|soldiers|refugees|convoys?|tanks?|smoke|clouds?|winds?|storms?|birds?|trawlers?|boats?|fishermen|"
    "trains?|trucks?|patrol|debris|sirens?|seen|appeared|heard|watched|lit|light"
)
"""In front: who or what crossed was no missile."""
_ENDED = phrases.anywhere(
    "explod*|broke|intercept*|shot down|downed|destroyed|burst|disintegrat*|detonat*|came down|fell|landed|burn*|crash*"
)
_FROM = phrases.in_front("(from|by|off|of) (a|an|the|its|one|two)( [a-z-]+){0,2}")
"""In front of a ship or an aircraft: it fired what flew."""
_NOT_SO = phrases.anywhere(
    "could|would|can|cannot|might|capable|if|whether|threat*|plan*|expect*|will|no|not|never|without|didn['’]t|avoid*|"
    "instead of|rather than|able|should|were to|was to|to (fly|pass|cross)|fear*"
)
_CLAUSE = regex(r"; |, (?:but|while|though|although|said|says) | (?:but|while) |: ")
_KINDS = frozenset({"country", "region", "city", "facility", "island", "cape", "sea", "relative", "coordinates"})
_AHEAD = 130


def overflown(
    facts: Sequence[Fact],
    launch: Location | None,
    impact: Location | None,
    track: BaseGeometry | None,
    layers: Layers,
    *,
    straight: bool,
    without: frozenset[str],
) -> tuple[tuple[Overflight, ...], list[str]]:
    """What a launch flew over, and the doubts where text and track differ.

    Parameters
    ----------
    straight : whether it flies along its great circle, as a ballistic missile does
    without : features that the track alone does not tell of: the state that fired
    """
    path = Path(launch=launch, impact=impact, line=track) if launch and impact and track is not None else None
    ends = {place.mention for place in (launch, impact) if place} | {None}
    told: list[Overflight] = []
    doubts: list[str] = []
    places: list[Location] = []
    for mention in _mentioned(facts):
        if mention.id in ends or _is_end(mention, launch, impact, layers):
            continue
        place = location_of(mention, layers)
        if any(place.text == other.text for other in places):
            continue
        places.append(place)
        one, doubt = _held(place, path, launch, impact, small=_is_small(mention, layers))
        if not straight and one.passes is False:
            one = _flown(place, None, f"{one.why}, but it need not fly along that")
        told.append(one)
        if straight and doubt:
            doubts.append(doubt)
    if path is None or not straight:
        return tuple(told), doubts
    known = [place for place, one in zip(places, told, strict=True) if one.passes is not False]
    for feature in on_the_way(path, layers, without):
        area = layers.geometry(feature)
        if not any(place.feature == feature or holds(area, place) for place in known):
            why = f"the great circle {path.words} passes over it"
            told.append(Overflight(text="", feature=feature, passes=True, why=why))
    return tuple(told), doubts


def _is_end(mention: Mention, launch: Location | None, impact: Location | None, layers: Layers) -> bool:
    """Whether a place is where it started or came down; a sea is, unless it is known to have come down elsewhere."""
    place = mention.place
    if place is None or (place.feature and place.feature in {end.feature for end in (launch, impact) if end}):
        return True
    if mention.kind != "sea" or "trait" in place.name:
        return False
    return impact is None or holds(location_of(mention, layers).geometry, impact)


def _mentioned(facts: Sequence[Fact]) -> list[Mention]:
    """The places of some sentences that something flew over, in the order of the text."""
    found: list[Mention] = []
    for fact in facts:
        before: Mention | None = None
        for mention in sorted(fact.places, key=lambda one: one.start):
            if mention.kind not in _KINDS or mention.text.islower() or _inside(mention, fact):
                continue
            offset = fact.span[0]
            joins = before and _GOES_ON.match(fact.text[before.end - offset : mention.start - offset])
            if joins or is_flown_over(fact.before(mention.start)):
                found.append(mention)
                before = mention
            else:
                before = None
    return found


def _inside(mention: Mention, fact: Fact) -> bool:
    """Whether a name stands within a longer phrase on a place."""
    return any(one is not mention and one.start <= mention.start and mention.end <= one.end for one in fact.places)


def is_flown_over(before: str) -> bool:
    """Whether the words in front of a place say that a missile flew over it, not that it could, or a bomber did."""
    clause = _CLAUSE.split(before[-_AHEAD:])[-1]
    found = _OVER.search(clause)
    if found is None or _NOT_SO.search(clause[max(0, found.start() - 40) :]):
        return False
    if _ENDED.search(found["between"] or ""):
        return False
    other = max(
        (match.end() for match in _OTHERS.finditer(clause) if not _FROM.search(clause[: match.start()])), default=0
    )
    return not other or _IT.search(clause[other : found.start()]) is not None


def _is_small(mention: Mention, layers: Layers) -> bool:
    """Whether a place is a point with a radius, not an outline that something passes over or does not."""
    place = mention.place
    if place is None or place.geometry is not None or place.feature is None:
        return place is None or place.geometry is None
    shape = layers.feature(place.feature).geometry
    return shape is None or shape.geom_type == "Point"


def _held(
    place: Location, path: Path | None, launch: Location | None, impact: Location | None, *, small: bool
) -> tuple[Overflight, str]:
    """What the text says was flown over, held against the track; and the doubt, empty for none."""
    if path is None:
        return _flown(place, None, _without_track(place, launch, impact)), ""
    off_km = misses_by_km(path, place)
    near_km = path.slack_km + (place.radius_km if place.geometry.geom_type == "Point" else 0.0) if small else 0.0
    if off_km <= near_km:
        beside = f", {wording.rough(off_km)} km beside it" if off_km >= 1 else ""
        return _flown(place, True, f"the great circle {path.words} passes over it{beside}"), ""
    if off_km <= path.unsure_km(place) + path.slack_km:
        away = f"{wording.rough(off_km)} km from it, which is less than its ends are exact"
        why = f"the great circle {path.words} passes {away}"
        return _flown(place, None, why), ""
    passes = f"the track {path.words} passes {wording.rough(off_km)} km from {place.text}"
    return _flown(place, False, passes), f"{passes}, which the text says it flew over"


def _without_track(place: Location, launch: Location | None, impact: Location | None) -> str:
    if launch is None or impact is None:
        return "the text does not give both ends of the flight"
    meets = sector(launch, impact).intersects(place.geometry)
    return f"no track is drawn between places as vague; it {'lies' if meets else 'does not lie'} between them"


def _flown(place: Location, passes: bool | None, why: str) -> Overflight:
    return Overflight(text=place.text, mention=place.mention, feature=place.feature, passes=passes, why=why)
