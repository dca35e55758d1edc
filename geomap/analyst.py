"""The marks of what an analyst added: a group of their own, which nobody can take for what an article says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import frames, wording
from geomap.additions import Addition, additions_of
from geomap.naming import Namer
from geomap.stage import SceneLayer
from geomap.style import STYLES
from geomap.tables import headline
from geomap.types import Reading

GROUP = STYLES["assumed"].title
NOT_SAID = "Assumed by the analyst: the article does not say so"
FOLLOWS = "Follows from what the analyst assumes: the article does not say so"
_COLUMNS = (
    ("status", "Not in the article"), ("said", "Assumed"), ("event", "Event"), ("position", "Best point"),
    ("uncertainty", "Uncertainty"), ("why", "Why"), ("source", "Source"), ("article", "About the article"),
)  # fmt: skip
_NO_MARK = frozenset({"pick", "verdict"})
"""What is no mark of its own: a pick is the place of its mention, a verdict is about a place that is drawn."""


def marks(readings: Sequence[Reading], names: Namer) -> Iterator[SceneLayer]:
    """The layers of what analysts added to some readings: ranges, areas, tracks, best points."""
    rows: dict[str, list[dict[str, Any]]] = {
        "assumed-range": [],
        "assumed-area": [],
        "assumed-track": [],
        "assumed": [],
    }
    for row, shape, addition in _rows(readings, names):
        spot = _spot(addition)
        if shape is not None:
            kind = _kind(addition, shape)
            label = "" if spot is not None or kind == "assumed-track" else row["label"]
            high = {"high_km": addition.high} if kind == "assumed-range" else {}
            rows[kind].append({**row, **high, "label": label, "geometry": shape})
        if spot is not None:
            rows["assumed"].append({**row, "geometry": spot})
    for style, found in rows.items():
        columns = frames.ASSUMED_RANGES if style == "assumed-range" else frames.ASSUMED
        frame = frames.make_frame(found, columns)
        title = STYLES[style].title
        yield SceneLayer(key=style, title=title, style=style, frame=frame, columns=_COLUMNS, label="label", group=GROUP)


def spots(readings: Sequence[Reading]) -> list[BaseGeometry]:
    """Where things started and came down by what analysts assume, which a map should open on."""
    found = []
    for reading in readings:
        for addition in additions_of(reading):
            spot = _spot(addition) if addition.what in ("launch", "impact") else None
            if spot is not None:
                found.append(spot)
    return found


def _rows(readings: Sequence[Reading], names: Namer) -> Iterator[tuple[dict[str, Any], BaseGeometry | None, Addition]]:
    """The cells of what can be drawn, with its line or area."""
    for number, reading in enumerate(readings):
        own = number if len(readings) > 1 else None
        events = {event.id: headline(event, names) for event in reading.events}
        for place, one in enumerate(additions_of(reading), 1):
            if one.what in _NO_MARK:
                continue
            row = {
                "id": f"{wording.prefix(own)}assumed{place}",
                "title": one.title,
                "label": one.title,
                "words": "",
                "article": reading.document.title,
                "source": one.source or "analyst",
                "status": FOLLOWS if one.is_ours and not one.given else NOT_SAID,
                "said": one.said,
                "event": events.get(one.event or "", ""),
                "position": wording.position(one.lon, one.lat) if one.lon is not None and one.lat is not None else "",
                "uncertainty": wording.uncertainty(one.radius_km or 0),
                "why": one.why,
            }
            yield row, _shape(one), one


def _shape(addition: Addition) -> BaseGeometry | None:
    """The line or area of an addition, None for a point or nothing."""
    shape = addition.geometry
    drawn = shape is not None and not shape.is_empty and shape.geom_type.endswith(("Polygon", "LineString"))
    return shapely.make_valid(shape) if drawn and not shapely.is_valid(shape) else shape if drawn else None


def _spot(addition: Addition) -> BaseGeometry | None:
    return Point(addition.lon, addition.lat) if addition.lon is not None and addition.lat is not None else None


def _kind(addition: Addition, shape: BaseGeometry) -> str:
    """The style of a line or area."""
    if addition.what == "range":
        return "assumed-range"
    return "assumed-track" if shape.geom_type.endswith("LineString") else "assumed-area"
