"""How shapes lie to zones and to range polygons: verdicts on claims, ranges, crossings.

A verdict has three values. It is computed from an impact zone that was built without any claim on a zone; otherwise the
claim would prove itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import msgspec
import shapely
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.land import wet
from geomap.ranges import ranges_of
from geomap.types import Claim, Crossing, Event, Location, Mention, Reading, Record, Shape, Verdict

SETTLED = 0.95
"""The part of a shape that must lie on one side before a verdict is given."""
NEAR_KM = 50.0
"""So near to a zone's edge is near, whatever the tolerance."""
_WHOLLY = 0.999
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
    events = tuple(
        msgspec.structs.replace(
            event,
            claims=tuple(msgspec.structs.replace(c, verdict=verdict(c, event.impact, layers)) for c in event.claims),
        )
        for event in reading.events
    )
    ranges, notes = ranges_of(events, layers)
    reading = msgspec.structs.replace(reading, events=events, ranges=ranges, notes=(*reading.notes, *notes))
    return msgspec.structs.replace(reading, crossings=tuple(_crossings(reading, layers)))


# --------------------------------------------------------------------------------------------------- verdicts


def verdict(claim: Claim, impact: Location | None, layers: Layers) -> Verdict:
    """Say what the geometry of an impact has to say about a claim on a zone."""
    if impact is None:
        return _unsettled("the text gives no place of impact to compare with the zone")
    shape = Shape(
        geometry=impact.geometry, lon=impact.lon, lat=impact.lat, radius_km=impact.radius_km, rule=impact.rule
    )
    found = compare(shape, claim.zone, layers)
    if claim.relation != "near":
        agrees = None if found.relation == "cannot tell" else found.relation == claim.relation
        return msgspec.structs.replace(found, agrees=agrees)
    if found.margin_km is None or found.tolerance_km is None:
        return found
    return msgspec.structs.replace(found, agrees=abs(found.margin_km) <= max(NEAR_KM, found.tolerance_km))


def compare(shape: Shape, feature: str, layers: Layers) -> Verdict:
    """Compare a shape with a zone: inside, outside or cannot tell.

    Parameters
    ----------
    feature : ``eez/JPN`` and the like; of an economic zone only the sea counts

    Returns
    -------
    Verdict
        margin_km is that of the best point to the zone's edge, positive inside; tolerance_km the shape's radius and the
        layer's own error; ``agrees`` is None

    Raises
    ------
    LayerNotFound
        if there is no such zone
    """
    if feature.startswith("eez/") and not layers.has(feature):
        return _unsettled(f"no economic zone is computed for {feature.removeprefix('eez/')}")
    zone, row = zone_geometry(feature, layers), layers.feature(feature).properties
    tolerance = shape.radius_km + float(row.get("tolerance_km") or 0.0)
    margin = geodesy.margin_km(shape.lon, shape.lat, zone)
    inside = geodesy.share(_compared(shape, feature, layers), zone)
    if row.get("status") in ("overlap", "joint"):
        relation, why = "cannot tell", f"{row.get('name') or feature} is claimed by more than one state"
    else:
        relation, why = _relation(inside, margin, tolerance)
    return Verdict(
        relation=relation,
        agrees=None,
        margin_km=round(margin, 1),
        tolerance_km=round(tolerance, 1),
        share=round(inside, 3),
        why=f"{why} ({layers.feature(feature).layer.source_id})",
    )


def _compared(shape: Shape, feature: str, layers: Layers) -> BaseGeometry:
    """The part of a shape that counts: a point with its uncertainty, and of an area near an economic zone the sea."""
    geometry = shape.geometry
    if geometry.geom_type == "Point" and shape.radius_km > 0:
        geometry = geodesy.disc(shape.lon, shape.lat, shape.radius_km)
    if feature.startswith("eez/") and geometry.geom_type.endswith("Polygon"):
        sea = wet(geometry, layers)
        return geometry if sea.is_empty else sea
    return geometry


def _relation(inside: float, margin_km: float, tolerance_km: float) -> tuple[str, str]:
    """Relation and reason, from the share of a shape that lies inside and the margin of its best point."""
    if inside >= SETTLED and margin_km > tolerance_km:
        words = f"{inside:.0%} of it lies inside, {margin_km:.0f} km from the edge, tolerance {tolerance_km:.0f} km"
        return "inside", words
    if inside <= 1 - SETTLED and margin_km < -tolerance_km:
        words = (
            f"{1 - inside:.0%} of it lies outside, {-margin_km:.0f} km from the edge, tolerance {tolerance_km:.0f} km"
        )
        return "outside", words
    if abs(margin_km) > tolerance_km:
        return "cannot tell", f"{inside:.0%} of it lies inside: neither side holds {SETTLED:.0%}"
    side = "inside" if margin_km >= 0 else "outside"
    return "cannot tell", (
        f"{inside:.0%} of it lies inside; its best point is {abs(margin_km):.0f} km {side}, "
        f"which is less than the tolerance of {tolerance_km:.0f} km"
    )


def _unsettled(why: str) -> Verdict:
    return Verdict(relation="cannot tell", agrees=None, margin_km=None, tolerance_km=None, share=None, why=why)


# ------------------------------------------------------------------------------------------------------ zones


class EconomicZones(Record, kw_only=True):
    """All economic zones: their ids, an index of their areas in the same order, and what each sovereign has besides."""

    ids: tuple[str, ...]
    index: STRtree
    overseas: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=4)
def _economic_zones(layers: Layers) -> EconomicZones:
    features = layers.features("eez") if "eez" in layers else []
    overseas: dict[str, tuple[str, ...]] = {}
    for feature in features:
        sovereign = f"eez/{feature.properties.get('sovereign')}"
        if sovereign != feature.id:
            overseas[sovereign] = (*overseas.get(sovereign, ()), feature.id)
    ids = tuple(feature.id for feature in features)
    return EconomicZones(ids=ids, index=STRtree([layers.geometry(zone) for zone in ids]), overseas=overseas)


@lru_cache(maxsize=64)
def zone_geometry(feature: str, layers: Layers) -> BaseGeometry:
    """The area of a zone; an economic zone named after a state is all that the state has, overseas too.

    Raises
    ------
    LayerNotFound
        if there is no such zone
    """
    own = layers.geometry(feature)
    others = _economic_zones(layers).overseas.get(feature, ())
    return shapely.union_all([own, *(layers.geometry(other) for other in others)]) if others else own


def _zones_about(reading: Reading, subjects: Sequence[Subject], layers: Layers) -> dict[str, BaseGeometry]:
    """The economic zones that the story claims something of, and those that its shapes touch."""
    about = {claim.zone for event in reading.events for claim in event.claims if layers.has(claim.zone)}
    zones = _economic_zones(layers)
    for subject in subjects:
        about |= {zones.ids[number] for number in zones.index.query(subject.geometry, predicate="intersects")}
    return {feature: zone_geometry(feature, layers) for feature in sorted(about)}


# -------------------------------------------------------------------------------------------------- crossings


def _crossings(reading: Reading, layers: Layers) -> Iterator[Crossing]:
    """All that matters to the story: its events, places and ranges against the zones about them."""
    subjects = [subject for event in reading.events if not event.background for subject in _of_event(event)]
    zones = _zones_about(reading, subjects, layers)
    ranges = [band for band in reading.ranges if band.geometry.geom_type.endswith("Polygon")]
    for subject in subjects:
        yield from (_crossing(subject, feature, area) for feature, area in zones.items())
        others = (band for band in ranges if not subject.what.startswith(f"{band.event}."))
        yield from (_crossing(subject, band.id, band.geometry) for band in others)
    for subject in _of_places(reading.mentions):
        yield from (_crossing(subject, band.id, band.geometry) for band in ranges)
    for subject in _of_phrases(reading.mentions):
        yield from (_crossing(subject, feature, area) for feature, area in zones.items())
    for band in ranges:
        subject = Subject(what=band.id, geometry=band.geometry)
        yield from (_crossing(subject, feature, area) for feature, area in zones.items())


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
