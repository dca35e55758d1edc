"""What geometry has to say about the claims of a reading: verdicts, and impact zones as claimants leave them."""

from __future__ import annotations

import msgspec
import shapely
from shapely.geometry import Point

from geomap import geodesy
from geomap.catalog import Layers
from geomap.types import Claim, ClippedZone, Coordinates, Event, Place, Reading, Shape, hazard_of
from geomap.verdicts import far_side, flown_shape, impact_shape, settle, zone_geometry

_LEAST_LEFT = 0.01
"""An impact zone that a claim leaves whole, or leaves nothing of, is not drawn again."""


def settle_claims(reading: Reading, layers: Layers) -> Reading:
    """Settle the claims of a reading as far as geometry can, and show what each would leave of an impact zone."""
    events = tuple(_settled(event, reading, layers) for event in reading.events)
    return msgspec.structs.replace(reading, events=events)


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
