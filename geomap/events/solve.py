"""The impact zone: what all words on where it came down have in common, and what does not fit.

Every statement becomes a shape: a place or phrase, a named sea, the distance flown as a ring about the launch place,
the direction as a wedge. Claims on zones are left out, since a verdict on them must not rest on them. If nothing lies
in all of the shapes, as few as possible are dropped, of those the vaguest; what was dropped is told and drawn apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.events.locate import STARTED_KM, common, flown, headed, location_of
from geomap.land import wet
from geomap.types import Amount, Bearing, CoastSide, Expression, Location, Mention, Offshore, Record

LEAST_SHARE = 0.02
"""Of the smaller of two shapes: if they have less than that in common, they hardly meet, as neighbours do on a map."""
_POINT_KM = 1.0
_SLACK_KM = 10.0
"""What is rounded twice, in the text and on the map, meets if so much is added to both."""
_SIMPLER_KM = 0.5
_WITHIN = 0.1
"""If less than that of what was flown ends in the sea off a coast, it ended farther out."""
_SIDE_DEG, _BEYOND_KM = 80.0, 1500.0
_MOST = 8
"""Statements that are put together at most: their subsets are tried."""


class Constraint(Record, kw_only=True):
    """One statement on where it came down.

    Parameters
    ----------
    geometry : area
    text, rule : the words, and how they became an area
    open_to_deg : the side to which its edge is a convention, not the text's ('off its east coast'); None for none
    place : the location by itself, None for what is no place of its own (a distance flown, a direction)
    """

    geometry: BaseGeometry
    text: str
    rule: str
    place: Location | None = None
    open_to_deg: float | None = None

    @property
    def area_km2(self) -> float:
        """How vague it is."""
        return geodesy.area_km2(self.geometry)


class Solution(Record, kw_only=True):
    """Where it came down.

    Parameters
    ----------
    impacts : the impact zone; several when several things came down apart from each other; none when nothing is said
    dropped : places that do not fit the rest
    conflicts : what does not fit, in words
    """

    impacts: tuple[Location, ...] = ()
    dropped: tuple[Location, ...] = ()
    conflicts: tuple[str, ...] = ()


class Flight(Record, kw_only=True):
    """What is said of the flight: from where, how far, to which side, and whether it ended in the sea."""

    launch: Location | None = None
    distance: Amount | None = None
    bearing: Bearing | None = None
    at_sea: bool = False


def solve(mentions: Sequence[Mention], flight: Flight, layers: Layers, *, several: bool) -> Solution:
    """Put all that is said of an impact together.

    Parameters
    ----------
    mentions : the places that the text gives for it, the sharpest first
    several : whether more than one thing may have come down, so that places that do not meet are places apart
    """
    places = [_constraint(mention, layers, wet_only=flight.at_sea) for mention in mentions[:_MOST]]
    seas = {mention.place.feature for mention in mentions if _is_sea(mention) and mention.place is not None}
    path = list(_path(flight, layers, anchored=bool(places)))
    places = [_opened(place, path, layers) for place in places]
    if not places:
        return _fitted(path, []) if path else Solution()
    apart = several or len(seas) == len(places) > 1
    groups = _groups(places) if apart else [places]
    solved = [_fitted([*group, *path], group) for group in groups]
    if apart:  # of several things one may have flown so far, and the others not
        solved = [
            one if one.impacts and not one.dropped else _fitted(group, group)
            for one, group in zip(solved, groups, strict=True)
        ]
    return Solution(
        impacts=tuple(place for one in solved for place in one.impacts),
        dropped=tuple(place for one in solved for place in one.dropped),
        conflicts=tuple(dict.fromkeys(words for one in solved for words in one.conflicts)),
    )


def meet(a: BaseGeometry, b: BaseGeometry) -> BaseGeometry | None:
    """What two areas have in common; None when they do not meet, or hardly."""
    both = common(a, b)
    if both is None:
        return None
    least = LEAST_SHARE * min(geodesy.area_km2(a), geodesy.area_km2(b))
    return both if geodesy.area_km2(both) >= least else None


# ------------------------------------------------------------------------------------------------- constraints


def _constraint(mention: Mention, layers: Layers, *, wet_only: bool) -> Constraint:
    place = location_of(mention, layers)
    geometry = place.geometry
    if not geometry.geom_type.endswith("Polygon"):
        geometry = geodesy.buffer(geometry, max(place.radius_km if geometry.geom_type == "Point" else 0.0, _POINT_KM))
    if wet_only:
        sea = wet(geometry, layers)
        geometry = geometry if sea.is_empty else sea
    return Constraint(
        geometry=geometry, text=place.text, rule=place.rule, place=place, open_to_deg=_open_side(mention.expression)
    )


def _open_side(node: Expression | None) -> float | None:
    """The side to which the sea off a coast has no end that the text gives."""
    if isinstance(node, Offshore) and node.distance is None and isinstance(node.of, CoastSide):
        return node.of.bearing_deg
    return None


def _opened(place: Constraint, path: Sequence[Constraint], layers: Layers) -> Constraint:
    """The sea off a coast, farther out than by convention when what was flown ends beyond, or on its very edge."""
    if place.open_to_deg is None or place.place is None or not path:
        return place
    flown_to = shapely.intersection_all([one.geometry for one in path])
    if geodesy.share(flown_to, place.geometry) >= _WITHIN:
        return place
    side = geodesy.wedge(place.place.lon, place.place.lat, place.open_to_deg, _SIDE_DEG, 0.0, _BEYOND_KM)
    beyond = wet(geodesy.only_areas(shapely.union(place.geometry, side)), layers)
    return msgspec.structs.replace(place, geometry=beyond, rule=f"{place.rule}, or beyond")


def _path(flight: Flight, layers: Layers, *, anchored: bool) -> Iterator[Constraint]:
    """The distance flown and the direction, as areas about the launch place.

    Parameters
    ----------
    anchored : whether a place is known, too; without one, the flight alone makes a zone if it is sharp enough
    """
    launch, distance, bearing = flight.launch, flight.distance, flight.bearing
    if launch is None:
        return
    if distance is not None and (anchored or (flight.at_sea and launch.radius_km < STARTED_KM)):
        words, area = flown(launch, distance, bearing)
        if area is not None and flight.at_sea:
            sea = wet(area, layers)
            area = area if sea.is_empty else sea
        if area is not None:
            yield Constraint(geometry=area, text=words, rule=words)
    elif bearing is not None and anchored:
        words, area = headed(launch, bearing)
        if area is not None:
            yield Constraint(geometry=area, text=words, rule=words)


def _is_sea(mention: Mention) -> bool:
    """Whether a mention is a sea by its name, of which nothing lies in two."""
    return mention.expression is None and mention.kind == "sea"


def _groups(places: Sequence[Constraint]) -> list[list[Constraint]]:
    """Places that meet, together; the first of each group is the sharpest."""
    groups: list[list[Constraint]] = []
    for place in places:
        own = next((group for group in groups if _all_in([*group, place]) is not None), None)
        if own is None:
            groups.append([place])
        else:
            own.append(place)
    return groups


# --------------------------------------------------------------------------------------------- the intersection


def _fitted(all_: Sequence[Constraint], places: Sequence[Constraint]) -> Solution:
    """The largest part of the statements that has something in common, and what it leaves out."""
    for left_out in range(len(all_)):
        for dropped in _vaguest(all_, left_out):
            kept = [one for one in all_ if one not in dropped]
            both = _all_in(kept)
            if both is None or (places and not any(one in kept for one in places)):
                continue
            return Solution(
                impacts=(_joint(both, kept),),
                dropped=tuple(one.place for one in dropped if one.place is not None),
                conflicts=tuple(
                    f""
                    f"“{one.text}” does not meet “{'; '.join(other.text for other in kept)}”: "
                    "left out of the impact zone"
                    for one in dropped
                ),
            )
    first = all_[0]
    return Solution(impacts=(first.place,)) if first.place is not None else Solution()


def _vaguest(all_: Sequence[Constraint], number: int) -> Iterator[tuple[Constraint, ...]]:
    """All ways to leave out so many, the one that leaves out the vaguest first."""
    ways = combinations(all_, number)
    yield from sorted(ways, key=lambda way: -sum(one.area_km2 for one in way))


def _all_in(shapes: Sequence[Constraint]) -> BaseGeometry | None:
    """What lies in all of some shapes, if need be with a little slack; None when there is nothing."""
    for slack_km in (0.0, _SLACK_KM):
        area: BaseGeometry | None = None
        for one in shapes:
            own = geodesy.buffer(one.geometry, slack_km) if slack_km else one.geometry
            area = own if area is None else meet(area, own)
            if area is None:
                break
        if area is not None or len(shapes) == 1:
            return area
    return None


def _joint(geometry: BaseGeometry, kept: Sequence[Constraint]) -> Location:
    """One location from what several statements have in common; a single place is itself."""
    if len(kept) == 1 and kept[0].place is not None:
        return kept[0].place
    named = [one for one in kept if one.place is not None] or list(kept)
    sharpest = min(named, key=lambda one: one.area_km2)
    best = sharpest.place
    rules = "; ".join(dict.fromkeys(one.rule for one in kept))
    if best is not None and geometry.equals_exact(best.geometry, 1e-9):
        lon, lat, radius_km = best.lon, best.lat, best.radius_km
    else:
        lon, lat, radius_km = geodesy.enclosing(geometry)
        if best is not None and geometry.covers(shapely.Point(best.lon, best.lat)):
            lon, lat = best.lon, best.lat
            radius_km = geodesy.farthest_km(lon, lat, geometry)
    mentions = [one.place.mention for one in named if one.place is not None]
    return Location(
        mention=mentions[0] if len(mentions) == 1 else None,
        text="; ".join(dict.fromkeys(one.text for one in named)),
        lon=round(lon, 5),
        lat=round(lat, 5),
        radius_km=round(radius_km, 1),
        geometry=geodesy.simplified(geometry, _SIMPLER_KM),
        rule=rules,
        why=f"what several words of the text have in common: {rules}" if len(kept) > 1 else rules,
    )
