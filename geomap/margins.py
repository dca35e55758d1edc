"""Marks that claims and contradictions bring: the margin of a verdict, what does not fit, what a claim would leave.

None of them says where something happened. Margins are hidden until somebody asks for one; the others are drawn dashed
and apart, under the name of what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geomap import frames, geodesy, wording
from geomap.catalog import Layers
from geomap.frames import COMMON, NUMBER, TEXT
from geomap.naming import Namer
from geomap.stage import SceneLayer
from geomap.style import STYLES
from geomap.types import Claim, Event, Reading
from geomap.verdicts import zone_geometry

MARGINS: Mapping[str, str] = {
    **COMMON, "label": TEXT, "zone": TEXT, "claims": TEXT, "verdict": TEXT, "km": NUMBER,
}  # fmt: skip
APART: Mapping[str, str] = {
    **COMMON, "label": TEXT, "event": TEXT, "rule": TEXT, "why": TEXT, "position": TEXT, "uncertainty": TEXT,
    "lon": NUMBER, "lat": NUMBER,
}  # fmt: skip
CLIPPED: Mapping[str, str] = {**COMMON, "label": TEXT, "event": TEXT, "claim": TEXT}

ASTRAY = "does not fit the rest"
"""What the map says of a place that contradicts the rest of what the text says of an impact."""
_SAME_KM = 0.5
"""A margin is drawn when the zones at hand are those of its verdict: when it is as long, within so many km."""

Columns = tuple[tuple[str, str], ...]

_MARGIN_CELLS = (("zone", "To the edge of"), ("claims", "Claims"), ("verdict", "The geometry"), ("source", "Source"))
_APART_CELLS = (
    ("event", "Event"), ("rule", "Rule"), ("why", "Why"), ("position", "Best point"), ("uncertainty", "Uncertainty"),
    ("source", "Source"), ("article", "Article"),
)  # fmt: skip
_CLIPPED_CELLS = (("event", "Event"), ("claim", "If this is right"), ("source", "Source"), ("article", "Article"))


def marks(readings: Sequence[Reading], layers: Layers, names: Namer) -> Iterator[SceneLayer]:
    """The layers of margins, of what does not fit, and of impact zones as claimants leave them."""
    told = [
        (reading, event, wording.event_id(number if len(readings) > 1 else None, event))
        for number, reading in enumerate(readings)
        for event in reading.events
    ]
    lines = [row for _, event, key in told for row in _margins(event, key, layers, names)]
    yield _layer("margins", "margin", lines, MARGINS, _MARGIN_CELLS, shown=False)
    apart = frames.make_frame((row for one in told for row in _dropped(*one)), APART)
    group = STYLES["dropped"].title
    for key, style, frame in (
        ("dropped-areas", "dropped", frames.areas(apart)),
        ("dropped-points", "dropped-point", frames.best_points(apart)),
    ):
        yield SceneLayer(
            key=key, title=group, style=style, frame=frame, columns=_APART_CELLS, group=group,
            label="label" if style == "dropped-point" else None,
        )  # fmt: skip
    left = [row for one in told for row in _clipped(*one, names)]
    yield _layer("clipped", "clipped", left, CLIPPED, _CLIPPED_CELLS)


def drawn(shown: Sequence[SceneLayer]) -> frozenset[str]:
    """The ids of the margins that a scene can show."""
    return frozenset(mark for layer in shown if layer.style == "margin" for mark in layer.frame["id"])


def margin_id(key: str, zone: str) -> str:
    """The id of the margin of an event (``a2:e1``) to a zone."""
    return f"{key}.margin.{zone}"


def dropped_id(key: str, number: int) -> str:
    """The id of one of the places of an event that do not fit, from 0."""
    return f"{key}.dropped{number + 1}"


def clipped_id(key: str, claim: int) -> str:
    """The id of what is left of an impact zone if a claim (its place in the event's, from 0) is right."""
    return f"{key}.clipped{claim + 1}"


def _layer(
    key: str, style: str, rows: Sequence[dict[str, Any]], columns: Mapping[str, str], cells: Columns,
    *, shown: bool = True,
) -> SceneLayer:  # fmt: skip
    frame, title = frames.make_frame(rows, columns), STYLES[style].title
    return SceneLayer(
        key=key, title=title, style=style, frame=frame, columns=cells, label="label", shown=shown, group=title
    )


def _margins(event: Event, key: str, layers: Layers, names: Namer) -> Iterator[dict[str, Any]]:
    """The shortest line from the best point of an impact to the edge of each zone that a claim is about."""
    claims: dict[str, list[Claim]] = {}
    for claim in event.claims:
        if claim.verdict is not None and claim.verdict.margin_km is not None:
            claims.setdefault(claim.zone, []).append(claim)
    place = event.impact
    for zone, said in claims.items() if place is not None else ():
        if place is None or not layers.has(zone):
            continue
        lon, lat = geodesy.nearest(place.lon, place.lat, zone_geometry(zone, layers))
        km, verdict = geodesy.distance_km(place.lon, place.lat, lon, lat), said[0].verdict
        if verdict is None or verdict.margin_km is None or abs(km - abs(verdict.margin_km)) > _SAME_KM or km == 0:
            continue
        yield {
            "id": margin_id(key, zone),
            "title": f"{wording.rough(km)} km to the edge: {names(zone)}",
            "label": f"{wording.rough(km)} km",
            "words": place.text,
            "article": "",
            "source": layers.feature(zone).layer.source_id,
            "zone": names(zone),
            "claims": "; ".join(dict.fromkeys(wording.claim(claim, names(zone)) for claim in said)),
            "verdict": wording.geometry(verdict),
            "km": km,
            "geometry": geodesy.great_circle(place.lon, place.lat, lon, lat),
        }


def _dropped(reading: Reading, event: Event, key: str) -> Iterator[dict[str, Any]]:
    """What the text says of an impact, but the rest contradicts."""
    for number, place in enumerate(event.dropped):
        yield {
            "id": dropped_id(key, number),
            "title": f"“{place.text}” {ASTRAY}",
            "label": f"“{place.text}” {ASTRAY}",
            "words": place.text,
            "article": reading.document.title,
            "source": f"layer feature {place.feature}" if place.feature else "derived from the words",
            "event": wording.weapon(event),
            "rule": place.rule,
            "why": place.why,
            "position": wording.position(place.lon, place.lat),
            "uncertainty": wording.uncertainty(place.radius_km),
            "lon": place.lon,
            "lat": place.lat,
            "geometry": place.geometry,
        }


def _clipped(reading: Reading, event: Event, key: str, names: Namer) -> Iterator[dict[str, Any]]:
    """The part of an impact zone that is left if a claim is believed."""
    for one in event.clipped:
        if one.geometry.is_empty:
            continue
        claim = event.claims[one.claim] if 0 <= one.claim < len(event.claims) else None
        label = f"if {one.by or 'the claim'} is right: {wording.share(one.share)} of the impact zone"
        yield {
            "id": clipped_id(key, one.claim),
            "title": wording.capital(label),
            "label": label,
            "words": wording.quote(reading.document.text, [(claim.start, claim.end)]) if claim else "",
            "article": reading.document.title,
            "source": "the impact zone, cut by the zone that is claimed",
            "event": wording.weapon(event),
            "claim": f"{one.by or 'Unattributed'}: {one.relation} {names(one.zone)}",
            "geometry": one.geometry,
        }
