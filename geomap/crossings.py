"""How the shapes of a reading lie to zones, to range polygons and to closed areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
import numpy as np
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.memory import Measures, name_of
from geomap.ranges import ranges_of
from geomap.touched import touched
from geomap.types import Crossing, Event, Mention, Reading, Record, hazard_of
from geomap.verdicts import economic_zones, zone_geometry

_WHOLLY = 0.999
_SHARES, _MARGINS = Measures(4096), Measures(4096)
"""What recurs in the articles of an archive: named seas, and the same places, against the same zones."""
_PLACES = frozenset({"city", "facility", "island", "cape"})


class Subject(Record, kw_only=True):
    """What is compared with zones and ranges.

    Parameters
    ----------
    what : how a crossing names it (``m3``, ``e1.impact``, ``r1``)
    best : longitude and latitude in degrees and radius in km of its best point, None for what has none
    """

    what: str
    geometry: BaseGeometry
    best: tuple[float, float, float] | None = None


class Pair(Record, kw_only=True):
    """What is compared, and the feature (``eez/JPN``, ``r1``) with its area that it is compared with."""

    subject: Subject
    feature: str
    area: BaseGeometry


def find_crossings(reading: Reading, layers: Layers) -> Reading:
    """Make the range polygons of a reading, and compare its shapes with zones and ranges."""
    ranges, notes = ranges_of(reading.events, layers)
    reading = msgspec.structs.replace(reading, ranges=ranges, notes=(*reading.notes, *notes))
    pairs = list(_pairs(reading, layers))
    touches = [
        Crossing(what=hazard.id, feature=touch.feature, relation=touch.relation, share=touch.share)
        for hazard in reading.hazards
        for touch in touched(hazard.geometry, layers)
    ]
    return msgspec.structs.replace(reading, crossings=(*_compared(pairs), *touches))


def _pairs(reading: Reading, layers: Layers) -> Iterator[Pair]:
    """All that matters to the story: its events, places and ranges beside the zones about them."""
    current = [subject for event in reading.events if not event.background for subject in _of_event(event)]
    zones = _zones_about(reading, current, layers)
    ranges = {band.id: band.geometry for band in reading.ranges if band.geometry.geom_type.endswith("Polygon")}
    closed = {one.id: one.geometry for one in reading.hazards if one.geometry.geom_type.endswith("Polygon")}
    phrases = [mention for mention in reading.mentions if hazard_of(mention, reading.hazards) is None]
    for subject in current:
        own = {band.id for band in reading.ranges if subject.what.startswith(f"{band.event}.")}
        others = {name: area for name, area in ranges.items() if name not in own}
        yield from _each([subject], zones | others | closed)
    yield from _each(_of_places(reading.mentions), ranges)
    yield from _each(_of_phrases(phrases), zones)
    yield from _each([Subject(what=one.id, geometry=one.geometry) for one in reading.hazards], ranges)
    yield from _each([Subject(what=name, geometry=area) for name, area in ranges.items()], zones)


def _each(subjects: Iterable[Subject], areas: Mapping[str, BaseGeometry]) -> Iterator[Pair]:
    for subject in subjects:
        for feature, area in areas.items():
            yield Pair(subject=subject, feature=feature, area=area)


def _zones_about(reading: Reading, subjects: Sequence[Subject], layers: Layers) -> dict[str, BaseGeometry]:
    """The economic zones that the story claims something of, and those that its shapes touch."""
    about = {claim.zone for event in reading.events for claim in event.claims if layers.has(claim.zone)}
    zones = economic_zones(layers)
    shapes = geodesy.objects(subject.geometry for subject in subjects)
    about |= {zones.ids[number] for number in set(zones.index.query(shapes, predicate="intersects")[1])}
    return {feature: zone_geometry(feature, layers) for feature in sorted(about)}


def _of_event(event: Event) -> Iterator[Subject]:
    for part, place in (("launch", event.launch), ("impact", event.impact)):
        if place is not None:
            best = (place.lon, place.lat, place.radius_km)
            yield Subject(what=f"{event.id}.{part}", geometry=place.geometry, best=best)
    if event.track is not None:
        yield Subject(what=f"{event.id}.track", geometry=event.track)


def _of_places(mentions: Sequence[Mention]) -> Iterator[Subject]:
    """The towns, sites, islands and capes of a text, each of them once."""
    seen: set[tuple[float, float]] = set()
    for mention in mentions:
        place = mention.place
        if place is None or mention.role != "place" or mention.kind not in _PLACES or (place.lon, place.lat) in seen:
            continue
        seen.add((place.lon, place.lat))
        best = (place.lon, place.lat, place.radius_km)
        yield Subject(what=mention.id, geometry=Point(place.lon, place.lat), best=best)


def _of_phrases(mentions: Sequence[Mention]) -> Iterator[Subject]:
    """The areas that phrases and printed positions describe, each of them once."""
    seen: set[tuple[float, float, float]] = set()
    for mention in mentions:
        place = mention.place
        if place is None or place.geometry is None or mention.role != "place":
            continue
        best = (place.lon, place.lat, place.radius_km)
        if best not in seen:
            seen.add(best)
            yield Subject(what=mention.id, geometry=place.geometry, best=best)


# ------------------------------------------------------------------------------------------------ comparing


def _compared(pairs: Sequence[Pair]) -> Iterator[Crossing]:
    """The crossings of all pairs, measured at once."""
    if not pairs:
        return
    shapes = geodesy.objects(pair.subject.geometry for pair in pairs)
    areas = geodesy.objects(pair.area for pair in pairs)
    called = _names(areas)
    inside = _SHARES.ask(
        list(zip(_names(shapes), called, strict=True)),
        lambda places: geodesy.shares(shapes[places], areas[places]).tolist(),
    )
    spots = [(number, *pair.subject.best[:2]) for number, pair in enumerate(pairs) if pair.subject.best]
    margins = _MARGINS.ask(
        [(called[number], lon, lat) for number, lon, lat in spots],
        lambda places: geodesy.margins_km(
            np.array([spots[place][1:] for place in places]).reshape(-1, 2),
            areas[[spots[place][0] for place in places]],
        ).tolist(),
    )
    margin_of = {number: margin for (number, _, _), margin in zip(spots, margins, strict=True)}
    for number, (pair, share) in enumerate(zip(pairs, inside, strict=True)):
        yield _crossing(pair, share, margin_of.get(number))


def _names(shapes: geodesy.Geometries) -> list[bytes]:
    """What each shape is remembered by."""
    once, which = geodesy.distinct(shapes)
    names = [name_of(shape) for shape in once]
    return [names[number] for number in which]


def _crossing(pair: Pair, share: float, margin_km: float | None) -> Crossing:
    best = pair.subject.best
    if best and margin_km is not None and pair.subject.geometry.geom_type == "Point":
        relation = "cannot tell" if abs(margin_km) <= best[2] else "within" if margin_km > 0 else "disjoint"
    else:
        relation = "within" if share >= _WHOLLY else "disjoint" if share <= 1 - _WHOLLY else "overlaps"
    return Crossing(
        what=pair.subject.what,
        feature=pair.feature,
        relation=relation,
        share=round(share, 3),
        margin_km=None if margin_km is None else round(margin_km, 1),
    )
