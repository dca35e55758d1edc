"""How the shapes of a reading lie to zones and to range polygons: claims are settled, ranges and crossings are made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.ranges import ranges_of
from geomap.touched import touched
from geomap.types import (
    Claim,
    ClippedZone,
    Coordinates,
    Crossing,
    Event,
    Hazard,
    Mention,
    Place,
    RangePolygon,
    Reading,
    Record,
    Shape,
    hazard_of,
)
from geomap.verdicts import economic_zones, far_side, flown_shape, impact_shape, settle, zone_geometry

_WHOLLY = 0.999
_LEAST_LEFT = 0.01
"""An impact zone that a claim leaves whole, or leaves nothing of, is not drawn again."""
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


def find_crossings(reading: Reading, layers: Layers) -> Reading:
    """Settle the claims of a reading as far as geometry can, and compare its shapes with zones and ranges."""
    events = tuple(_settled(event, reading, layers) for event in reading.events)
    ranges, notes = ranges_of(events, layers)
    reading = msgspec.structs.replace(reading, events=events, ranges=ranges, notes=(*reading.notes, *notes))
    return msgspec.structs.replace(reading, crossings=tuple(_crossings(reading, layers)))


# ----------------------------------------------------------------------------------------------------- claims


def _settled(event: Event, reading: Reading, layers: Layers) -> Event:
    """An event with a verdict on each of its claims, and the impact zone as each claimant leaves it."""
    claims = tuple(_judged(claim, event, reading, layers) for claim in event.claims)
    clipped = [one for number, claim in enumerate(claims) if (one := _clipped(number, claim, event, layers))]
    return msgspec.structs.replace(event, claims=claims, clipped=tuple(clipped))


def _judged(claim: Claim, event: Event, reading: Reading, layers: Layers) -> Claim:
    if claim.relation == "far":  # the far side of a line is the one away from who fires
        side = far_side(claim.zone, event.actor, layers)
        claim = msgspec.structs.replace(claim, relation=side) if side else claim
    about = next((one for one in reading.mentions if one.id == claim.of), None) if claim.of else None
    part_of_it = about is not None and event.impact is not None and " ".join(about.text.split()) in event.impact.text
    hazard = hazard_of(about, reading.hazards) if about is not None else None
    if about is not None and hazard is not None and not part_of_it:
        lon, lat, radius_km = geodesy.enclosing(hazard.geometry)
        area = Shape(geometry=hazard.geometry, lon=lon, lat=lat, radius_km=radius_km, rule="as the notice gives it")
        found = settle(claim, area, layers, closed=True)
        told = f"of the closed area: {found.why}"
        return msgspec.structs.replace(claim, of=hazard.id, verdict=msgspec.structs.replace(found, why=told))
    if about is not None and about.place is not None and not part_of_it:
        place, closed = about.place, isinstance(about.expression, Coordinates) and len(about.expression.points) > 1
        found = settle(claim, _shape_of(place, layers), layers, closed=closed)
        told = f"of “{' '.join(about.text.split())}”: {found.why}"
        return msgspec.structs.replace(claim, verdict=msgspec.structs.replace(found, why=told))
    words = " ".join(reading.document.text[claim.start : claim.end].split())
    if claim.zone.startswith("lines/") and event.impact is not None and words == event.impact.text:
        return claim  # the claim is all that is said of the place: nothing to test it against
    shape = impact_shape(event) or flown_shape(event, layers)
    return msgspec.structs.replace(claim, verdict=settle(claim, shape, layers))


def _shape_of(place: Place, layers: Layers) -> Shape:
    geometry = place.geometry
    if geometry is None:
        feature = layers.geometry(place.feature) if place.feature else None
        geometry = feature if feature is not None else Point(place.lon, place.lat)
    return Shape(geometry=geometry, lon=place.lon, lat=place.lat, radius_km=place.radius_km, rule=place.name)


def _clipped(number: int, claim: Claim, event: Event, layers: Layers) -> ClippedZone | None:
    """The part of an impact zone that is left if a claim on it is believed, None when that is all of it or nothing."""
    impact = event.impact
    if impact is None or claim.of or claim.relation not in ("inside", "outside") or not layers.has(claim.zone):
        return None
    if not impact.geometry.geom_type.endswith("Polygon"):
        return None
    zone = zone_geometry(claim.zone, layers)
    cut = shapely.intersection if claim.relation == "inside" else shapely.difference
    left = geodesy.only_areas(cut(impact.geometry, zone))
    share = (
        geodesy.share(left, impact.geometry)
        if left.is_empty
        else geodesy.area_km2(left) / geodesy.area_km2(impact.geometry)
    )
    if not _LEAST_LEFT < share < 1 - _LEAST_LEFT:
        return None
    return ClippedZone(
        claim=number,
        by=claim.by,
        relation=claim.relation,
        zone=claim.zone,
        geometry=geodesy.rounded(left),
        share=round(share, 3),
    )


# ------------------------------------------------------------------------------------------------------ zones


def _zones_about(reading: Reading, subjects: Sequence[Subject], layers: Layers) -> dict[str, BaseGeometry]:
    """The economic zones that the story claims something of, and those that its shapes touch."""
    about = {claim.zone for event in reading.events for claim in event.claims if layers.has(claim.zone)}
    zones = economic_zones(layers)
    for subject in subjects:
        about |= {zones.ids[number] for number in zones.index.query(subject.geometry, predicate="intersects")}
    return {feature: zone_geometry(feature, layers) for feature in sorted(about)}


# -------------------------------------------------------------------------------------------------- crossings


def _crossings(reading: Reading, layers: Layers) -> Iterator[Crossing]:
    """All that matters to the story: its events, places and ranges against the zones about them."""
    subjects = [subject for event in reading.events if not event.background for subject in _of_event(event)]
    zones = _zones_about(reading, subjects, layers)
    ranges = [band for band in reading.ranges if band.geometry.geom_type.endswith("Polygon")]
    closed = [hazard for hazard in reading.hazards if hazard.geometry.geom_type.endswith("Polygon")]
    for subject in subjects:
        yield from (_crossing(subject, feature, area) for feature, area in zones.items())
        others = (band for band in ranges if not subject.what.startswith(f"{band.event}."))
        yield from (_crossing(subject, band.id, band.geometry) for band in others)
        yield from (_crossing(subject, hazard.id, hazard.geometry) for hazard in closed)
    for subject in _of_places(reading.mentions):
        yield from (_crossing(subject, band.id, band.geometry) for band in ranges)
    phrases = [mention for mention in reading.mentions if hazard_of(mention, reading.hazards) is None]
    for subject in _of_phrases(phrases):
        yield from (_crossing(subject, feature, area) for feature, area in zones.items())
    for hazard in reading.hazards:
        yield from _of_hazard(hazard, ranges, layers)
    for band in ranges:
        subject = Subject(what=band.id, geometry=band.geometry)
        yield from (_crossing(subject, feature, area) for feature, area in zones.items())


def _of_hazard(hazard: Hazard, ranges: Sequence[RangePolygon], layers: Layers) -> Iterator[Crossing]:
    """What a closed area touches, and how it lies to the ranges."""
    for touch in touched(hazard.geometry, layers):
        yield Crossing(what=hazard.id, feature=touch.feature, relation=touch.relation, share=touch.share)
    subject = Subject(what=hazard.id, geometry=hazard.geometry)
    yield from (_crossing(subject, band.id, band.geometry) for band in ranges)


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


def _crossing(subject: Subject, feature: str, area: BaseGeometry) -> Crossing:
    inside = geodesy.share(subject.geometry, area)
    margin_km = geodesy.margin_km(subject.best[0], subject.best[1], area) if subject.best else None
    if subject.best and margin_km is not None and subject.geometry.geom_type == "Point":
        relation = "cannot tell" if abs(margin_km) <= subject.best[2] else "within" if margin_km > 0 else "disjoint"
    else:
        relation = "within" if inside >= _WHOLLY else "disjoint" if inside <= 1 - _WHOLLY else "overlaps"
    return Crossing(
        what=subject.what,
        feature=feature,
        relation=relation,
        share=round(inside, 3),
        margin_km=None if margin_km is None else round(margin_km, 1),
    )
