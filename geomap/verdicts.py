"""Verdicts on claims: a shape against a zone or a line, with margin, tolerance and what would change it.

A verdict has three values. It is computed from an impact zone that was built without any claim on a zone; otherwise the
claim would prove itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import msgspec
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.land import wet
from geomap.types import Claim, Event, Location, Record, Shape, Verdict

SETTLED = 0.95
"""The part of a shape that must lie on one side before a verdict is given."""
NEAR_KM = 50.0
"""So near to a zone's edge is near, whatever the tolerance."""
_TOUCHED = 0.005
"""A closed area of which so little lies on one side lies wholly on the other, coasts and edges being what they are."""
_LINE_DEG, _ON_LINE_KM = 0.1, 3.0
"""So near to an agreed line the edge of a zone is that line."""
_BESIDE_KM = 600.0
"""How far from a line its sides are told apart."""
SIDES_DEG = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}


# --------------------------------------------------------------------------------------------------- verdicts


def verdict(claim: Claim, impact: Location | None, layers: Layers) -> Verdict:
    """Say what the geometry of an impact has to say about a claim on a zone."""
    return settle(claim, None if impact is None else _shape(impact), layers)


def settle(claim: Claim, shape: Shape | None, layers: Layers, *, closed: bool = False) -> Verdict:
    """Say what a shape has to say about a claim on a zone or a line.

    Parameters
    ----------
    shape : where it came down, None when the text does not say
    closed : whether the shape is an area whose corners are given, all of which counts, not one place of unknown
        position in it
    """
    if shape is None:
        return _unsettled("the text gives no place of impact to compare with the zone")
    if not layers.has(claim.zone):  # what a text claims may not exist: the territorial sea of a landlocked state
        return _unknown(claim.zone)
    if claim.zone.startswith("lines/"):
        return _beside(claim, shape, layers)
    found = compare_area(shape, claim.zone, layers) if closed else compare(shape, claim.zone, layers)
    if claim.relation == "overlaps":
        partly = found.share is not None and _TOUCHED < found.share < 1 - _TOUCHED
        agrees = None if found.share is None else partly if closed else (True if partly else None)
        return msgspec.structs.replace(found, agrees=agrees)
    if claim.relation != "near":
        agrees = None if found.relation == "cannot tell" else found.relation == claim.relation
        return msgspec.structs.replace(found, agrees=agrees)
    if found.margin_km is None or found.tolerance_km is None:
        return found
    return msgspec.structs.replace(found, agrees=abs(found.margin_km) <= max(NEAR_KM, found.tolerance_km))


def impact_shape(event: Event) -> Shape | None:
    """Where an event came down, None when the text does not say."""
    return None if event.impact is None else _shape(event.impact)


def flown_shape(event: Event, layers: Layers) -> Shape | None:
    """The sea as far from the launch place as was flown, where the text gives no place of impact; None for no such."""
    launch, flown, bearing = event.launch, event.distance_km, event.bearing_deg
    if launch is None or flown is None or launch.radius_km > flown.value:
        return None
    low, high = max(0.0, flown.low - launch.radius_km), flown.high + launch.radius_km
    if not 0 < high < geodesy.HALFWAY_KM:
        return None
    if bearing is None:
        area, words = geodesy.annulus(launch.lon, launch.lat, low, high), ""
    else:
        half = ((bearing.high - bearing.low) % 360) / 2
        area, words = geodesy.wedge(launch.lon, launch.lat, bearing.value, half, low, high), f", {bearing.said}"
    sea = wet(area, layers)
    area = area if sea.is_empty else sea
    lon, lat, radius_km = geodesy.enclosing(area)
    return Shape(
        geometry=area,
        lon=lon,
        lat=lat,
        radius_km=radius_km,
        rule=f"{flown.value:.0f} km from {launch.text}{words}, over water",
    )


def far_side(line: str, actor: str | None, layers: Layers) -> str | None:
    """The side of a line that lies away from a state ('the far side of the median line'), as a compass word."""
    if actor is None or not layers.has(line) or not layers.has(f"countries/{actor}"):
        return None
    lon, lat, _ = geodesy.enclosing(layers.geometry(line))
    home = layers.feature(f"countries/{actor}").properties
    away = (geodesy.bearing_deg(lon, lat, float(home["lon"]), float(home["lat"])) + 180) % 360
    return min(SIDES_DEG, key=lambda side: abs((SIDES_DEG[side] - away + 180) % 360 - 180))


def _shape(place: Location) -> Shape:
    return Shape(geometry=place.geometry, lon=place.lon, lat=place.lat, radius_km=place.radius_km, rule=place.rule)


def _beside(claim: Claim, shape: Shape, layers: Layers) -> Verdict:
    """The side of a line that a shape lies on."""
    if claim.relation not in SIDES_DEG or not layers.has(claim.zone):
        return _unsettled("whether a line was crossed needs a track, and nothing tells on which side it lies")
    line, row = layers.geometry(claim.zone), layers.feature(claim.zone).properties
    bearing = SIDES_DEG[claim.relation]
    side = geodesy.beyond_line(line, bearing, _BESIDE_KM)
    error_km = float(row.get("tolerance_km") or 0.0)
    away_km = geodesy.separation_km(shape.lon, shape.lat, line)
    beyond = side.covers(shapely.Point(shape.lon, shape.lat))
    inside = geodesy.share(_compared(shape, claim.zone, layers), side)
    margin, tolerance = (away_km if beyond else -away_km), shape.radius_km + error_km
    opposite = {0.0: "south", 90.0: "west", 180.0: "north", 270.0: "east"}[bearing]
    relation, words = _relation(inside, margin, tolerance)
    relation = {"inside": claim.relation, "outside": opposite}.get(relation, relation)
    return Verdict(
        relation=relation,
        agrees=None if relation == "cannot tell" else relation == claim.relation,
        margin_km=round(margin, 1),
        tolerance_km=round(tolerance, 1),
        share=round(inside, 3),
        why=f"{words.replace('inside', claim.relation).replace('outside', opposite).replace('the edge', 'the line')}",
        layer=_told(claim.zone, layers),
        change=_change(margin, shape.radius_km, error_km),
    )


def compare_area(shape: Shape, feature: str, layers: Layers) -> Verdict:
    """Compare an area whose corners are given with a zone: inside, outside, overlaps, or cannot tell.

    All of the area counts, so that margin_km (of its middle) and tolerance_km (the edge's own error) decide nothing.

    Raises
    ------
    LayerNotFound
        as `compare`
    """
    found = _weighed(shape, feature, layers)
    if isinstance(found, Verdict):
        return found
    relation = "inside" if found.share >= 1 - _TOUCHED else "outside" if found.share <= _TOUCHED else "overlaps"
    change = f"an edge of the zone that lies otherwise by more than {found.error_km:.0f} km"
    return _verdict(found, relation, f"{found.share:.0%} of the area lies inside", found.error_km, change)


def compare(shape: Shape, feature: str, layers: Layers) -> Verdict:
    """Compare a shape with a zone: inside, outside or cannot tell.

    Parameters
    ----------
    feature : ``eez/JPN`` and the like; of an economic zone only the sea counts

    Returns
    -------
    Verdict
        margin_km is that of the best point to the zone's edge, positive inside; tolerance_km the shape's radius and the
        edge's own error; ``agrees`` is None

    Raises
    ------
    LayerNotFound
        if there is no such zone; an economic zone that is not computed is ``cannot tell``
    """
    found = _weighed(shape, feature, layers)
    if isinstance(found, Verdict):
        return found
    tolerance = shape.radius_km + found.error_km
    relation, why = _relation(found.share, found.margin_km, tolerance)
    source = layers.feature(feature).layer.source_id
    change = _change(found.margin_km, shape.radius_km, found.error_km)
    return _verdict(found, relation, f"{why} ({source})", tolerance, change)


class Weighed(Record, kw_only=True):
    """How a shape lies to a zone: margin of its best point and error of the edge there in km, its share inside."""

    margin_km: float
    error_km: float
    share: float
    layer: str
    disputed: str


def _weighed(shape: Shape, feature: str, layers: Layers) -> Weighed | Verdict:
    """Measure a shape against a zone; a verdict at once for an economic zone that no layer has."""
    if feature.startswith("eez/") and not layers.has(feature):
        return _unknown(feature)
    zone, row = zone_geometry(feature, layers), layers.feature(feature).properties
    disputed = row.get("status") in ("overlap", "joint")
    return Weighed(
        margin_km=geodesy.margin_km(shape.lon, shape.lat, zone),
        error_km=_edge_error_km(shape.lon, shape.lat, feature, layers),
        share=geodesy.share(_compared(shape, feature, layers), zone),
        layer=_told(feature, layers),
        disputed=f"{row.get('name') or feature} is claimed by more than one state" if disputed else "",
    )


def _unknown(feature: str) -> Verdict:
    kind, _, name = feature.partition("/")
    what = {"eez": "economic zone", "belts": "belt of sea"}.get(kind, "zone")
    return _unsettled(f"no {what} is computed for {name}")


def _verdict(found: Weighed, relation: str, why: str, tolerance_km: float, change: str) -> Verdict:
    return Verdict(
        relation="cannot tell" if found.disputed else relation,
        agrees=None,
        margin_km=round(found.margin_km, 1),
        tolerance_km=round(tolerance_km, 1),
        share=round(found.share, 3),
        why=found.disputed or why,
        layer=found.layer,
        change="an agreement of the states" if found.disputed else change,
    )


def _edge_error_km(lon: float, lat: float, feature: str, layers: Layers) -> float:
    """How far off the edge of a zone may be where it is nearest to a point: on an agreed line that line's own error."""
    error = float(layers.feature(feature).properties.get("tolerance_km") or 0.0)
    if not feature.startswith("eez/") or "boundaries" not in layers:
        return error
    spot = shapely.Point(geodesy.nearest(lon, lat, zone_geometry(feature, layers)))
    lines = _agreed_lines(layers)
    for number in lines.index.query(spot.buffer(_LINE_DEG)):
        if lines.errors[number] < error and geodesy.separation_km(
            spot.x, spot.y, lines.index.geometries[number]
        ) <= max(lines.errors[number], _ON_LINE_KM):
            error = lines.errors[number]
    return error


class AgreedLines(Record, kw_only=True):
    """All agreed boundaries, with an index of them and their errors in km in the same order."""

    index: STRtree
    errors: tuple[float, ...]


@lru_cache(maxsize=4)
def _agreed_lines(layers: Layers) -> AgreedLines:
    features = layers.features("boundaries")
    return AgreedLines(
        index=STRtree([layers.geometry(feature.id) for feature in features]),
        errors=tuple(float(feature.properties["tolerance_km"] or 0.0) for feature in features),
    )


def _told(feature: str, layers: Layers) -> str:
    """Which layer says so, and whether its lines are computed or installed."""
    layer = layers.feature(feature).layer
    installed = bool(layer.states)
    kind = "installed" if installed else "typed from its points" if feature.startswith("lines/") else "computed"
    return f"{layer.name} {layer.version}, {kind}"


def _change(margin_km: float, radius_km: float, error_km: float) -> str:
    """What would change a verdict, in words.

    Parameters
    ----------
    margin_km : distance to the edge
    radius_km, error_km : how far off the place and the edge may be
    """
    away = abs(margin_km)
    if away > radius_km + error_km:
        return f"a place {away - error_km:.0f} km or more from the best point, on the other side of the edge"
    if away <= error_km:
        return f"a boundary known to better than {away:.0f} km: this one may be off by {error_km:.0f} km"
    return f"a place known to better than {away - error_km:.0f} km; the words leave it open by {radius_km:.0f} km"


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
def economic_zones(layers: Layers) -> EconomicZones:
    """All economic zones of the layers."""
    features = layers.features("eez") if "eez" in layers else []
    overseas: dict[str, tuple[str, ...]] = {}
    for feature in features:
        sovereign = f"eez/{feature.properties.get('sovereign')}"
        if sovereign != feature.id:
            overseas[sovereign] = (*overseas.get(sovereign, ()), feature.id)
    ids = tuple(feature.id for feature in features)
    return EconomicZones(ids=ids, index=STRtree([layers.geometry(zone) for zone in ids]), overseas=overseas)


def zone_geometry(feature: str, layers: Layers) -> BaseGeometry:
    """The area of a zone; an economic zone named after a state is all that the state has, overseas too.

    Raises
    ------
    LayerNotFound
        if there is no such zone
    """
    return _with_overseas(feature, layers) if feature in economic_zones(layers).overseas else layers.geometry(feature)


@lru_cache(maxsize=32)  # so many states have zones overseas, and more
def _with_overseas(feature: str, layers: Layers) -> BaseGeometry:
    others = economic_zones(layers).overseas[feature]
    return shapely.union_all([layers.geometry(zone) for zone in (feature, *others)])
