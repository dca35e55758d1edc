"""What follows from an assumption, computed as it would be for the text: impact zone, track, ranges, verdicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec
from shapely.geometry.base import BaseGeometry

from geomap import geodesy, wording
from geomap.additions import ANALYST, Addition
from geomap.catalog import Layers
from geomap.events.locate import STARTED_KM, VAGUE_KM, flown, location_of, track_of
from geomap.events.solve import meet
from geomap.naming import Namer
from geomap.places import place_of
from geomap.ranges import ranges_of
from geomap.types import Event, Location, Mention, RangePolygon, Record, Shape
from geomap.verdicts import verdict

_PATH = ("launch", "distance", "bearing")
"""What an impact zone is made of."""
_SIMPLER_KM = 0.5
_FOLLOWS = "follows from the analyst's assumptions"


class Case(Record, kw_only=True):
    """An event as read, and as it would be if what the analyst says were so.

    Parameters
    ----------
    said : the values as written, by their keys
    """

    event: Event
    supposed: Event
    said: Mapping[str, str]

    def words(self, *keys: str) -> str:
        """Those of some assumptions that were made, as they may be written again."""
        return ",".join(f"{key}={self.said[key]}" for key in keys if key in self.said)


class Zone(Record, kw_only=True):
    """An impact zone that follows: what an event would have for its place of impact.

    Parameters
    ----------
    pointed : whether it has a best point; a ring has none
    told : what the text says of it, in words
    """

    location: Location
    pointed: bool
    told: str


def located(shape: Shape, text: str, why: str, layers: Layers) -> Location:
    """The location of a place that an analyst names, as an event has one."""
    place = place_of(shape, "relative", layers)
    words = text.strip()
    mention = Mention(id="", start=0, end=len(words), text=words, kind="relative", place=place, why=why)
    return msgspec.structs.replace(location_of(mention, layers), mention=None)


def consequences(case: Case, names: Namer, layers: Layers) -> Iterator[Addition]:
    """What follows for one event: its impact zone, its track, its ranges, and the verdicts on its claims."""
    zone = _zone(case)
    if zone is not None:
        yield _of_zone(case, zone)
    fell = zone.location if zone is not None else case.supposed.impact
    yield from _track(case, fell if zone is None or zone.pointed else None)
    yield from _ranges(case, names, layers)
    if zone is not None or "impact" in case.said:
        yield from _verdicts(case, fell, names, layers)


def _zone(case: Case) -> Zone | None:
    """What lies as far from the launch place as was flown, and to that side; None when too little is known.

    A place of impact that is assumed, or that the text gives exactly, needs no zone.
    """
    launch, distance, bearing = case.supposed.launch, case.supposed.distance_km, case.supposed.bearing_deg
    told = case.event.impact
    exact = "impact" in case.said or (told is not None and told.radius_km <= VAGUE_KM)
    if launch is None or distance is None or exact or not any(key in case.said for key in _PATH):
        return None
    rule, area = flown(launch, distance, bearing)
    if area is None:
        return None
    says = ""
    if told is not None:
        part = wording.share(geodesy.share(area, told.geometry))
        says = f"{part} of it lies in “{told.text}”, where the text says it came down"
    best = None
    if bearing is not None and launch.radius_km < STARTED_KM:
        best = geodesy.destination(launch.lon, launch.lat, bearing.value, distance.value)
    elif told is not None and (both := _sharper(told, area)) is not None:
        area, rule = both, f"{rule}, in “{told.text}”"
        best = geodesy.enclosing(area)[:2]
    lon, lat = best or geodesy.enclosing(area)[:2]
    location = Location(
        mention=None, text=rule, lon=round(lon, 5), lat=round(lat, 5), geometry=geodesy.simplified(area, _SIMPLER_KM),
        radius_km=round(geodesy.farthest_km(lon, lat, area), 1), rule=rule, why="",
    )  # fmt: skip
    return Zone(location=location, pointed=best is not None, told=says)


def _sharper(told: Location, area: BaseGeometry) -> BaseGeometry | None:
    """What the text's place of impact and a ring have in common, as for the text; None when they hardly meet."""
    return meet(area, told.geometry)


def _of_zone(case: Case, zone: Zone) -> Addition:
    place = zone.location
    from_text = [f"the {key}" for key in _PATH if key not in case.said and _is_told(case.event, key)]
    partly = f"{' and '.join(from_text)} {'is' if len(from_text) == 1 else 'are'} the text's" if from_text else ""
    no_point = "" if zone.pointed else "a ring has no best point: no direction is known"
    why = "; ".join(filter(None, (_FOLLOWS, partly, zone.told, no_point)))
    return Addition(
        event=case.event.id, what="impact", by=ANALYST, said=case.words(*_PATH), name=place.rule,
        lon=place.lon if zone.pointed else None, lat=place.lat if zone.pointed else None,
        radius_km=place.radius_km if zone.pointed else None, geometry=place.geometry,
        why=why, source="derived",
    )  # fmt: skip


def _is_told(event: Event, key: str) -> bool:
    return {"launch": event.launch, "distance": event.distance_km, "bearing": event.bearing_deg}[key] is not None


def _track(case: Case, fell: Location | None) -> Iterator[Addition]:
    """The great circle, when its launch place or its impact is assumed or follows."""
    launch = case.supposed.launch
    if launch is None or fell is None or (launch is case.event.launch and fell is case.event.impact):
        return
    track = track_of(launch, fell)
    if track is None:
        return
    km = wording.number(geodesy.distance_km(launch.lon, launch.lat, fell.lon, fell.lat))
    yield Addition(
        event=case.event.id, what="track", by=ANALYST, said=case.words("launch", "impact", "distance", "bearing"),
        name=f"{launch.text} to {wording.position(fell.lon, fell.lat)}", geometry=track,
        why=f"{_FOLLOWS}; great circle of {km} km; the real track is not known",
        source="derived",
    )  # fmt: skip


def _ranges(case: Case, names: Namer, layers: Layers) -> Iterator[Addition]:
    """The range polygons that the event would have, without those that it has."""
    if not any(key in case.said for key in ("launch", "system", "class", "distance", "actor")):
        return
    known = {_plain(one) for one in ranges_of((case.event,), layers)[0]}
    for one in ranges_of((case.supposed,), layers)[0]:
        if _plain(one) in known:
            continue
        launch = case.supposed.launch
        origin = launch.text if launch is not None else names(case.supposed.actor or "")
        stated = one.said is not None
        yield Addition(
            event=case.event.id, what="range", by=ANALYST,
            said=case.words("launch", "actor", *(("distance",) if stated else ("system", "class"))),
            name=wording.reach(one, origin).removeprefix("Range, "), geometry=one.geometry,
            low=one.low_km, high=one.high_km,
            why=_FOLLOWS + ("; the distance is the text's" if _told(case, one) else ""),
            source=ANALYST if stated and "distance" in case.said else one.source,
        )  # fmt: skip


def _told(case: Case, one: RangePolygon) -> bool:
    """Whether a range is of the distance that the text states."""
    return one.said is not None and "distance" not in case.said


def _plain(one: RangePolygon) -> tuple[object, ...]:
    """What makes a range polygon what it is, but for its own and its event's id."""
    return one.origin, one.lon, one.lat, one.low_km, one.high_km, one.system, one.kind, one.said, one.geometry.wkb


def _verdicts(case: Case, fell: Location | None, names: Namer, layers: Layers) -> Iterator[Addition]:
    """The verdicts on the event's claims, were the impact what is assumed."""
    for number, claim in enumerate(case.event.claims):
        if not (layers.has(claim.zone) or claim.zone.startswith("eez/")):
            continue
        found = verdict(claim, fell, layers)
        yield Addition(
            event=case.event.id, what="verdict", by=ANALYST, said=case.words("launch", "impact", "distance", "bearing"),
            name=wording.claim(claim, names(claim.zone)), why=found.why, source="derived", claim=number,
            relation=found.relation, agrees=found.agrees, margin_km=found.margin_km, tolerance_km=found.tolerance_km,
            share=found.share,
        )  # fmt: skip
