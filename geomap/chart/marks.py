"""The marks of a scene as they lie on a sheet, the lowest first, with what they are called and where that may stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import numpy as np
import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.chart.frame import Frame
from geomap.patterns import regex
from geomap.stage import Scene, SceneLayer
from geomap.style import FILL_LIMIT_KM, STYLES, Style
from geomap.types import Record

GROUND = ("land", "coast", "border")
LEFT_OUT = ("site-known", "margin")
"""What a page shows because it can be switched off: known sites that the article does not speak of, margins."""
CROWD = 200
"""Of an archive with more marks only the points are drawn, small and without words."""
_SMALL, _SAME_PT = 0.4, 1.5
_BESIDE_PT = 3.0
_SIMPLE_PT, _ROUGH_PT = 0.15, 0.4
_ANCHORS, _ROOM_PT = 6, 6.0
_SHORE_PT = 1.2
_UNSEEN = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")
_LONGEST_LABEL = 120
_LONGEST_KEY = 46


class Mark(Record, kw_only=True):
    """One mark.

    Parameters
    ----------
    id, title : as in the scene's frame
    style : how it is drawn
    layer : key of its layer
    geometry : in points, cut to the frame
    edge : what of its outline is drawn; None for all of it
    filled : whether its inside is
    label : what it is called, empty for nothing
    strong : whether the label is a quotation or a name of weight
    anchors : where the middle of the label may stand, best first; a point's label stands beside it
    """

    id: str
    title: str
    style: Style
    layer: str
    geometry: BaseGeometry
    edge: BaseGeometry | None = None
    filled: bool = True
    label: str = ""
    strong: bool = False
    anchors: tuple[tuple[float, float], ...] = ()


class Key(Record, kw_only=True):
    """One line of the legend: what it says, and the style that it shows."""

    title: str
    style: Style


def make_marks(scene: Scene, frame: Frame) -> list[Mark]:
    """Make all marks of a scene that lie within a frame, the lowest first.

    Layers that a page shows only when asked are left out.
    """
    shore = _shore(scene, frame)
    found: list[Mark] = []
    crowded = scene.archive and sum(len(layer.frame) for layer in scene.layers if layer.group) > CROWD
    for layer in sorted(scene.layers, key=lambda one: STYLES[one.style].order):
        if crowded and layer.group:
            found += _of_crowd(layer, frame)
        elif layer.shown and layer.style not in LEFT_OUT:
            found += _of_layer(layer, frame, shore)
    return found


def _of_crowd(layer: SceneLayer, frame: Frame) -> Iterator[Mark]:
    """The points of many launches: small, without words, and where they cover each other only one of them."""
    style = STYLES[layer.style]
    if not style.symbol:
        return
    small = msgspec.structs.replace(style, size=style.size * _SMALL)
    seen: set[tuple[int, int]] = set()
    points = shapely.get_coordinates(list(layer.frame.geometry))
    flat = frame.points(points[:, 0], points[:, 1])
    apart = geodesy.GEOD.inv(np.full(len(points), frame.lon), np.full(len(points), frame.lat), *points.T)[2]
    inside = ((flat >= 0) & (flat <= (frame.width, frame.height))).all(axis=1)
    for place in np.flatnonzero(inside & (apart <= frame.reach_km * 1000)):
        x, y = (float(value) for value in flat[place])
        spot = round(x / _SAME_PT), round(y / _SAME_PT)
        if spot not in seen:
            seen.add(spot)
            key, title = (str(layer.frame[column].iloc[place]) for column in ("id", "title"))
            yield Mark(id=key, title=title, style=small, layer=layer.key, geometry=Point(x, y))


def make_keys(scene: Scene, marks: Sequence[Mark]) -> list[Key]:
    """Make the lines of the legend, the topmost style first: only of what is in sight."""
    seen = {mark.layer for mark in marks if mark.style.key not in (*GROUND, "country-label")}
    found: dict[str, Style] = {}
    for layer in scene.layers:
        style = STYLES[layer.style]
        if layer.key not in seen or not layer.group:
            continue
        known = found.get(layer.group)
        if known is None or style.order > known.order:
            found[layer.group] = style
    ordered = sorted(found.items(), key=lambda one: -one[1].order)
    return [Key(title=_short(title), style=style) for title, style in ordered]


def _short(title: str) -> str:
    """A title without its explanation, short enough for a legend."""
    said = title.partition(": ")[0] if len(title) > _LONGEST_KEY else title
    return said if len(said) <= _LONGEST_KEY else f"{said[: _LONGEST_KEY - 1].rstrip()}…"


def _shore(scene: Scene, frame: Frame) -> BaseGeometry:
    """The neighbourhood of the coast on the sheet, along which a zone has no edge to show."""
    land = [
        frame.project(shape, margin=_BESIDE_PT)
        for layer in scene.layers
        if layer.style == "land"
        for shape in layer.frame.geometry
    ]
    rings = [ring for part in land for ring in shapely.get_parts(shapely.boundary(shapely.simplify(part, _ROUGH_PT)))]
    lines = [line for ring in rings for line in shapely.get_parts(ring)]
    return shapely.buffer(shapely.multilinestrings(lines), _SHORE_PT, quad_segs=1) if lines else Point()


def _of_layer(layer: SceneLayer, frame: Frame, shore: BaseGeometry) -> Iterator[Mark]:
    style = STYLES[layer.style]
    drawn = bool(style.symbol or style.weight or style.fill) or style.key == "land"
    for row in layer.frame.to_dict("records"):
        point = isinstance(row["geometry"], Point)
        if point and not frame.holds(row["geometry"].x, row["geometry"].y):
            continue
        flat = frame.project(row["geometry"], margin=_BESIDE_PT)
        if flat.is_empty:
            continue
        flat = flat if point else shapely.simplify(flat, _SIMPLE_PT)
        label = (
            visible(str(row[layer.label]))[:_LONGEST_LABEL]
            if layer.label and row.get(layer.label) and "track" not in style.key
            else ""
        )
        if not (drawn or label):
            continue
        area = flat.geom_type.endswith("Polygon")
        wide = not row.get("high_km", 0.0) <= FILL_LIMIT_KM  # an open bound is no number
        edge = (
            _edge(flat, frame, shore if style.key.startswith(("eez", "zone", "relative")) else None) if area else None
        )
        quoted = style.key.endswith("-point") and label == row.get("words")
        yield Mark(
            id=str(row.get("id", "")),
            title=str(row.get("title", "")),
            style=style,
            layer=layer.key,
            geometry=flat,
            edge=edge,
            filled=not (area and wide),
            label=f"“{label}”" if quoted else label,
            strong=style.key.endswith("-point"),
            anchors=tuple(_anchors(flat, frame, style)) if label else (),
        )


def visible(words: str) -> str:
    """Words without the characters that no type shows."""
    return _UNSEEN.sub("", words)


def _edge(area: BaseGeometry, frame: Frame, shore: BaseGeometry | None) -> BaseGeometry:
    """The outline of an area without the cut at the frame, and without what runs along a coast."""
    cut = frame.box.buffer(_BESIDE_PT, join_style="mitre").boundary
    edge = shapely.difference(area.boundary, shapely.buffer(cut, _BESIDE_PT / 4))
    return edge if shore is None or shore.is_empty else shapely.difference(edge, shore)


def _anchors(flat: BaseGeometry, frame: Frame, style: Style) -> Iterator[tuple[float, float]]:
    """Places for a label: the point itself, the roomiest places of an area, places along a line."""
    if isinstance(flat, Point):
        yield flat.x, flat.y
        return
    line = flat.geom_type.endswith("LineString") or style.key.startswith(("range", "assumed-range"))
    seen = shapely.intersection(flat.boundary if line and flat.geom_type.endswith("Polygon") else flat, frame.box)
    if line:
        lines = [part for part in shapely.get_parts(shapely.line_merge(seen)) if part.length > 0]
        parts = sorted(lines, key=lambda part: -part.length)
        for part in parts[:3]:
            for share in (0.5, 0.3, 0.7, 0.15, 0.85):
                spot = shapely.line_interpolate_point(part, share, normalized=True)
                yield spot.x, spot.y
        return
    room = seen
    for _ in range(_ANCHORS):
        parts = [part for part in shapely.get_parts(room) if part.geom_type == "Polygon" and part.area > 1]
        if not parts:
            return
        widest = max(parts, key=lambda part: part.area)
        circle = shapely.maximum_inscribed_circle(widest, tolerance=1.0)
        spot, radius = shapely.get_point(circle, 0), circle.length
        yield spot.x, spot.y
        if radius < _ROOM_PT / 2:
            return
        room = shapely.difference(room, spot.buffer(max(radius * 0.6, _ROOM_PT)))
