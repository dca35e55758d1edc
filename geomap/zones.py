"""How shapes lie to zones and to range polygons: verdicts on claims, ranges, crossings.

A verdict has three values. It is computed from an impact zone that was built without any claim on a zone; otherwise the
claim would prove itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec
import shapely
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.land import wet
from geomap.ranges import ranges_of
from geomap.types import Claim, Crossing, Event, Location, Reading, Shape, Verdict

SETTLED = 0.95
"""The part of a shape that must lie on one side before a verdict is given."""
NEAR_KM = 50.0


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


def verdict(claim: Claim, impact: Location | None, layers: Layers) -> Verdict:
    """Say what the geometry of an impact has to say about a claim on a zone."""
    if impact is None:
        return _unsettled("the text gives no place of impact to compare with the zone")
    found = compare(
        Shape(geometry=impact.geometry, lon=impact.lon, lat=impact.lat, radius_km=impact.radius_km, rule=impact.rule),
        claim.zone,
        layers,
    )
    if claim.relation == "near":
        if found.margin_km is None or found.tolerance_km is None:
            return found
        near = abs(found.margin_km) <= max(NEAR_KM, found.tolerance_km)
        return msgspec.structs.replace(found, agrees=near)
    if found.relation == "cannot tell":
        return found
    return msgspec.structs.replace(found, agrees=found.relation == claim.relation)


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
    zone = zone_geometry(feature, layers)
    row = layers.feature(feature).properties
    tolerance = shape.radius_km + float(row.get("tolerance_km") or 0.0)
    margin = geodesy.margin_km(shape.lon, shape.lat, zone)
    geometry = shape.geometry
    if geometry.geom_type == "Point" and shape.radius_km > 0:
        geometry = geodesy.disc(shape.lon, shape.lat, shape.radius_km)
    if feature.startswith("eez/") and geometry.geom_type.endswith("Polygon"):
        sea = wet(geometry, layers)
        geometry = sea if not sea.is_empty else geometry
    inside = geodesy.share(geometry, zone)
    name = str(row.get("name") or feature)
    relation = "cannot tell"
    if row.get("status") == "overlap":
        why = f"{name} is claimed by more than one state"
    elif inside >= SETTLED and margin > tolerance:
        relation, why = (
            "inside",
            f"{inside:.0%} of it lies inside, {margin:.0f} km from the edge, tolerance {tolerance:.0f} km",
        )
    elif inside <= 1 - SETTLED and margin < -tolerance:
        relation = "outside"
        why = f"{1 - inside:.0%} of it lies outside, {-margin:.0f} km from the edge, tolerance {tolerance:.0f} km"
    else:
        side = "inside" if margin >= 0 else "outside"
        why = (
            f"{inside:.0%} of it lies inside; its best point is {abs(margin):.0f} km {side}, "
            f"which is less than the tolerance of {tolerance:.0f} km"
            if abs(margin) <= tolerance
            else f"{inside:.0%} of it lies inside: neither side holds {SETTLED:.0%}"
        )
    return Verdict(
        relation=relation,
        agrees=None,
        margin_km=round(margin, 1),
        tolerance_km=round(tolerance, 1),
        share=round(inside, 3),
        why=f"{why} ({layers[feature.split('/')[0]].source_id})",
    )


def zone_geometry(feature: str, layers: Layers) -> BaseGeometry:
    """The area of a zone; an economic zone named after a state is all that the state has, overseas too."""
    geometry = layers.geometry(feature)
    layer, key = feature.split("/", 1)
    if layer != "eez":
        return geometry
    others = [row["key"] for row in layers.rows("eez") if row.get("sovereign") == key and row["key"] != key]
    if not others:
        return geometry
    return shapely.union_all([geometry, *(layers.geometry(f"eez/{other}") for other in others)])


def _unsettled(why: str) -> Verdict:
    return Verdict(relation="cannot tell", agrees=None, margin_km=None, tolerance_km=None, share=None, why=why)


def _crossings(reading: Reading, layers: Layers) -> Iterable[Crossing]:
    """All that matters to the story: its events, places and ranges against the zones about them."""
    current = [event for event in reading.events if not event.background]
    shapes = [shape for event in current for shape in _shapes(event)]
    zones = _zones_about(reading, [geometry for _, geometry, _ in shapes], layers)
    for what, geometry, best in shapes:
        for feature in zones:
            yield _crossing(what, geometry, best, feature, zone_geometry(feature, layers))
        for band in reading.ranges:
            if not what.startswith(f"{band.event}.") and band.geometry.geom_type.endswith("Polygon"):
                yield _crossing(what, geometry, best, band.id, band.geometry)
    seen: set[tuple[float, float]] = set()
    for mention in reading.mentions:
        place = mention.place
        if (
            place is None
            or (place.lon, place.lat) in seen
            or mention.role != "place"
            or mention.kind not in ("city", "facility", "island", "cape")
        ):
            continue
        seen.add((place.lon, place.lat))
        for band in reading.ranges:
            if band.geometry.geom_type.endswith("Polygon"):
                best = (place.lon, place.lat, place.radius_km)
                yield _crossing(mention.id, Point(place.lon, place.lat), best, band.id, band.geometry)
    for band in reading.ranges:
        if band.geometry.geom_type.endswith("Polygon"):
            for feature in zones:
                yield _crossing(band.id, band.geometry, None, feature, zone_geometry(feature, layers))


_Best = tuple[float, float, float]


def _shapes(event: Event) -> list[tuple[str, BaseGeometry, _Best | None]]:
    shapes: list[tuple[str, BaseGeometry, _Best | None]] = []
    for part, location in (("launch", event.launch), ("impact", event.impact)):
        if location is not None:
            shapes.append((f"{event.id}.{part}", location.geometry, (location.lon, location.lat, location.radius_km)))
    if event.track is not None:
        shapes.append((f"{event.id}.track", event.track, None))
    return shapes


def _zones_about(reading: Reading, shapes: Sequence[BaseGeometry], layers: Layers) -> list[str]:
    """The economic zones that the story claims something of, and those that its shapes touch."""
    claimed = {claim.zone for event in reading.events for claim in event.claims if layers.has(claim.zone)}
    if "eez" not in layers or not shapes:
        return sorted(claimed)
    touched = set()
    for feature in layers.features("eez"):
        assert feature.geometry is not None
        window = box(*feature.geometry.bounds)
        if any(shape.intersects(window) and shape.intersects(feature.geometry) for shape in shapes):
            touched.add(feature.id)
    return sorted(claimed | touched)


def _crossing(what: str, geometry: BaseGeometry, best: _Best | None, feature: str, area: BaseGeometry) -> Crossing:
    inside = geodesy.share(geometry, area)
    margin = geodesy.margin_km(best[0], best[1], area) if best else None
    if geometry.geom_type == "Point" and margin is not None and best is not None:
        relation = "cannot tell" if abs(margin) <= best[2] else "within" if margin > 0 else "disjoint"
    else:
        relation = "within" if inside >= 0.999 else "disjoint" if inside <= 0.001 else "overlaps"
    return Crossing(
        what=what,
        feature=feature,
        relation=relation,
        share=round(inside, 3),
        margin_km=round(margin, 1) if margin is not None else None,
    )
