"""Records to GeoDataFrames with checked columns: the only door to geopandas.

Every frame has the columns ``id``, ``title`` and ``geometry`` (EPSG:4326, longitude first, cut at 180°) and says of
each mark the words that it rests on (``words``), in which article they stand (``article``) and what it came from
(``source``). Text is plain text, never HTML, and an absent text is empty; an absent number is NaN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geomap import closures, wording
from geomap.types import Event, Location, Mention, Reading, When

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely.geometry.base import BaseGeometry

TEXT, NUMBER, FLAG = "object", "float64", "bool"

COMMON: Mapping[str, str] = {"id": TEXT, "title": TEXT, "words": TEXT, "article": TEXT, "source": TEXT}
PLACES: Mapping[str, str] = {
    **COMMON, "role": TEXT, "kind": TEXT, "country": TEXT, "feature": TEXT, "position": TEXT, "uncertainty": TEXT,
    "radius_km": NUMBER, "lon": NUMBER, "lat": NUMBER, "why": TEXT, "derived": FLAG,
}  # fmt: skip
LOCATIONS: Mapping[str, str] = {
    **COMMON, "what": TEXT, "event": TEXT, "actor": TEXT, "weapon": TEXT, "when": TEXT, "rule": TEXT, "why": TEXT,
    "claims": TEXT, "position": TEXT, "uncertainty": TEXT, "radius_km": NUMBER, "lon": NUMBER, "lat": NUMBER,
    "reports": TEXT, "background": FLAG, "times": TEXT,
}  # fmt: skip
TRACKS: Mapping[str, str] = {
    **COMMON, "event": TEXT, "actor": TEXT, "weapon": TEXT, "when": TEXT, "distance": TEXT, "rule": TEXT,
    "reports": TEXT, "background": FLAG, "times": TEXT,
}  # fmt: skip
RANGES: Mapping[str, str] = {
    **COMMON, "event": TEXT, "origin": TEXT, "class": TEXT, "system": TEXT, "scheme": TEXT, "low_km": NUMBER,
    "high_km": NUMBER, "stated": FLAG,
}  # fmt: skip
HAZARDS: Mapping[str, str] = {
    **COMMON, "label": TEXT, "windows": TEXT, "times": TEXT, "touches": TEXT, "authority": TEXT, "doubtful": TEXT,
    "height": TEXT, "edges": TEXT, "notes": TEXT, "cancelled": FLAG,
}  # fmt: skip
ZONES: Mapping[str, str] = {
    **COMMON, "feature": TEXT, "name": TEXT, "claims": TEXT, "claimed": FLAG,
    "tolerance": TEXT, "status": TEXT, "caveat": TEXT,
}  # fmt: skip
SITES: Mapping[str, str] = {
    **COMMON, "country": TEXT, "kind": TEXT, "position": TEXT, "uncertainty": TEXT, "confidence": TEXT,
}  # fmt: skip
ASSUMED: Mapping[str, str] = {
    **COMMON, "label": TEXT, "status": TEXT, "said": TEXT, "event": TEXT, "position": TEXT, "uncertainty": TEXT,
    "why": TEXT,
}  # fmt: skip
ASSUMED_RANGES: Mapping[str, str] = {**ASSUMED, "high_km": NUMBER}
GROUND: Mapping[str, str] = {"id": TEXT, "title": TEXT}

Row = Mapping[str, Any]
Namer = Callable[[str], str]


def make_frame(rows: Iterable[Row], columns: Mapping[str, str]) -> GeoDataFrame:
    """Make a frame from rows that have exactly these columns and a geometry.

    Parameters
    ----------
    columns : name and dtype, in order; the geometry comes last and is not listed

    Raises
    ------
    ValueError
        if a row lacks a column, has one too many, or has no geometry
    """
    from geopandas import GeoDataFrame, GeoSeries
    from pandas import Series

    kept = list(rows)
    expected = {*columns, "geometry"}
    for number, row in enumerate(kept):
        if set(row) != expected:
            message = f"row {number}: the columns {sorted(set(row) ^ expected)} are missing or too many"
            raise ValueError(message)
        if row["geometry"] is None or row["geometry"].is_empty:
            message = f"row {number} ({row['id']}): no geometry"
            raise ValueError(message)
    data: dict[str, Any] = {name: Series(_cells(kept, name, kind), dtype=kind) for name, kind in columns.items()}
    data["geometry"] = GeoSeries([row["geometry"] for row in kept], crs="EPSG:4326")
    return GeoDataFrame(data, geometry="geometry", crs="EPSG:4326")


def check_frame(frame: GeoDataFrame, columns: Mapping[str, str]) -> None:
    """Check that a frame has these columns with these dtypes, and geometries in degrees.

    Raises
    ------
    ValueError
        with the first fault that is found
    """
    found = {name: str(kind) for name, kind in frame.dtypes.items() if name != "geometry"}
    if found != dict(columns):
        message = f"the columns are {found}, expected {dict(columns)}"
        raise ValueError(message)
    if frame.crs is None or frame.crs.to_epsg() != 4326:
        message = f"the coordinates are in {frame.crs}, expected EPSG:4326"
        raise ValueError(message)
    west, south, east, north = frame.total_bounds
    if len(frame) and not (west >= -180 and south >= -90 and east <= 180 and north <= 90):
        message = f"the coordinates reach {west}, {south} to {east}, {north} degrees"
        raise ValueError(message)


def best_points(frame: GeoDataFrame) -> GeoDataFrame:
    """The same rows, each with its best single point (columns ``lon`` and ``lat``) as its geometry."""
    from geopandas import points_from_xy

    return frame.set_geometry(points_from_xy(frame["lon"], frame["lat"], crs="EPSG:4326"))


def areas(frame: GeoDataFrame) -> GeoDataFrame:
    """The rows whose geometry is a line or an area."""
    return frame[~frame.geometry.geom_type.isin(["Point", "MultiPoint"])].reset_index(drop=True)


def places(readings: Sequence[Reading]) -> GeoDataFrame:
    """One row for each place that an article names or describes as a place or in its dateline.

    Mentions of the same place in the same role are one row, which quotes them all. Places of a phrase ('200 km west of
    Oshima Island') are ``derived`` and have their own shape, the others their best point.
    """
    merged: dict[tuple[object, ...], dict[str, Any]] = {}
    for number, reading in enumerate(readings):
        for mention in reading.mentions:
            if mention.status != "located" or mention.role not in ("place", "dateline") or mention.place is None:
                continue
            row = _place(number if len(readings) > 1 else None, reading, mention)
            key = (row["role"], row["title"], row["feature"], row["position"], row["derived"])
            known = merged.setdefault(key, row)
            if known is not row:
                known["words"] = _joined(known["words"], row["words"])
                known["article"] = _joined(known["article"], row["article"])
    return make_frame(merged.values(), PLACES)


def locations(readings: Sequence[Reading], names: Namer) -> GeoDataFrame:
    """One row for each launch place and each impact zone.

    Parameters
    ----------
    names : from the id of a feature or the code of an actor to its name
    """
    rows = []
    for number, reading in enumerate(readings):
        for event in reading.events:
            found: list[tuple[str, Location]] = [("launch", event.launch)] if event.launch else []
            impacts = event.impacts or ((event.impact,) if event.impact else ())
            found += [("impact" if i == 0 else f"impact{i + 1}", place) for i, place in enumerate(impacts)]
            prefix = wording.event_id(number if len(readings) > 1 else None, event)
            rows += [_location(f"{prefix}.{what}", what[:6], reading, event, place, names) for what, place in found]
    return make_frame(rows, LOCATIONS)


def tracks(readings: Sequence[Reading], names: Namer) -> GeoDataFrame:
    """One row for each track; ``names`` as in `locations`."""
    rows = []
    for number, reading in enumerate(readings):
        for event in reading.events:
            if event.track is None or event.track.is_empty:
                continue
            prefix = wording.event_id(number if len(readings) > 1 else None, event)
            rows.append(
                {
                    **_of_event(reading, event, names),
                    "id": f"{prefix}.track",
                    "title": f"Track: {wording.weapon(event)}",
                    "distance": wording.amount(event.distance_km),
                    "rule": "great circle; the real track is not known",
                    "source": "derived",
                    "geometry": event.track,
                }
            )
    return make_frame(rows, TRACKS)


def ranges(readings: Sequence[Reading], names: Namer) -> GeoDataFrame:
    """One row for each range polygon that can be drawn; ``names`` as in `locations`."""
    rows = []
    for number, reading in enumerate(readings):
        events = {event.id: event for event in reading.events}
        for one in reading.ranges:
            if one.geometry is None or one.geometry.is_empty:
                continue
            event = events.get(one.event or "")
            if one.origin == "area":
                origin = names(event.actor) if event and event.actor else "the actor's territory"
            elif event and event.launch:
                origin = f"“{event.launch.text}”"
            else:
                origin = (
                    wording.position(one.lon, one.lat) if one.lon is not None and one.lat is not None else "a point"
                )
            prefix = wording.prefix(number if len(readings) > 1 else None)
            rows.append(
                {
                    "id": f"{prefix}{one.id}",
                    "title": wording.reach(one, origin),
                    "words": one.said or (event.weapon.text if event else ""),
                    "article": reading.document.title,
                    "source": one.source,
                    "event": f"{prefix}{one.event}" if one.event else "",
                    "origin": one.origin,
                    "class": one.kind or "",
                    "system": one.system or "",
                    "scheme": one.scheme or "",
                    "low_km": one.low_km,
                    "high_km": one.high_km,
                    "stated": one.said is not None,
                    "geometry": one.geometry,
                }
            )
    return make_frame(rows, RANGES)


def hazards(readings: Sequence[Reading], names: Namer) -> GeoDataFrame:
    """One row for each area that a notice closed; ``names`` as in `locations`."""
    rows = []
    for number, reading in enumerate(readings):
        for one in reading.hazards:
            if one.geometry is None or one.geometry.is_empty:
                continue
            rows.append(
                {
                    "id": f"{wording.prefix(number if len(readings) > 1 else None)}{one.id}",
                    "title": closures.title(one),
                    "words": wording.quote(reading.document.text, one.evidence),
                    "article": reading.document.title,
                    "source": reading.document.source,
                    "label": closures.label(one),
                    "windows": closures.closed_when(one.windows),
                    "times": times(one.windows),
                    "touches": closures.touches(one, reading, names),
                    "authority": one.authority or "",
                    "doubtful": "; ".join(one.doubtful),
                    "height": closures.height(one),
                    "edges": closures.edges(one),
                    "notes": "; ".join(one.notes),
                    "cancelled": one.cancelled,
                    "geometry": one.geometry,
                }
            )
    return make_frame(rows, HAZARDS)


def times(windows: Iterable[When | None]) -> str:
    """The intervals at which a mark holds: ``start/end`` in UTC, one after the other."""
    return " ".join(f"{one.start}/{one.end}" for one in windows if one is not None)


def _cells(rows: Sequence[Row], name: str, kind: str) -> list[Any]:
    if kind == TEXT:
        return ["" if row[name] is None else str(row[name]) for row in rows]
    if kind == NUMBER:
        return [float("nan") if row[name] is None else float(row[name]) for row in rows]
    return [bool(row[name]) for row in rows]


def _joined(one: str, other: str) -> str:
    return one if not other or other in one.split(" · ") else f"{one} · {other}"


def _place(number: int | None, reading: Reading, mention: Mention) -> dict[str, Any]:
    place = mention.place
    assert place is not None  # the caller has looked
    return {
        "id": wording.prefix(number) + mention.id,
        "title": place.name,
        "words": mention.text,
        "article": reading.document.title,
        "source": place.source,
        "role": mention.role,
        "kind": place.kind,
        "country": place.country,
        "feature": place.feature,
        "position": wording.position(place.lon, place.lat),
        "uncertainty": wording.uncertainty(place.radius_km),
        "radius_km": place.radius_km,
        "lon": place.lon,
        "lat": place.lat,
        "why": mention.why,
        "derived": place.geometry is not None,
        "geometry": place.geometry if place.geometry is not None else _point(place.lon, place.lat),
    }


def _location(mark: str, what: str, reading: Reading, event: Event, place: Location, names: Namer) -> dict[str, Any]:
    done = {"launch": "Launched from", "impact": "Came down"}[what]
    claims = [f"{wording.claim(claim, names(claim.zone))} – {wording.verdict(claim.verdict)}" for claim in event.claims]
    return {
        **_of_event(reading, event, names),
        "id": mark,
        "title": f"{done}: {wording.weapon(event)}",
        "what": what,
        "claims": "; ".join(dict.fromkeys(claims)) if what == "impact" else "",
        **place_cells(place),
    }


def place_cells(place: Location) -> dict[str, Any]:
    """What every table of places of launch or impact says of one of them, by the names of the columns."""
    return {
        "words": place.text,
        "source": f"layer feature {place.feature}" if place.feature else "derived from the words",
        "rule": place.rule,
        "why": place.why,
        "position": wording.position(place.lon, place.lat),
        "uncertainty": wording.uncertainty(place.radius_km),
        "radius_km": place.radius_km,
        "lon": place.lon,
        "lat": place.lat,
        "geometry": place.geometry,
    }


def _of_event(reading: Reading, event: Event, names: Namer) -> dict[str, Any]:
    return {
        "words": wording.quote(reading.document.text, event.evidence),
        "article": wording.article(reading.document, event),
        "event": event.id,
        "actor": names(event.actor) if event.actor else "",
        "weapon": wording.weapon(event),
        "when": wording.when(event.when),
        "reports": wording.reports(event),
        "background": event.background,
        "times": times([event.when]),
    }


def _point(lon: float, lat: float) -> BaseGeometry:
    from shapely.geometry import Point

    return Point(lon, lat)
