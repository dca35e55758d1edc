"""Launches as rows of the tables: plain values by column, a geometry or None under ``geom``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeAlias

import msgspec
import shapely
from shapely.geometry import MultiLineString, MultiPolygon, Point
from shapely.geometry.base import BaseGeometry

from geomap import codec, geodesy, seam, wording
from geomap.export.events.columns import GEOMETRY, TABLES
from geomap.naming import Namer
from geomap.tables import headline
from geomap.tabular import DECIMALS, plain, rfc7946, span
from geomap.types import Amount, Bearing, Claim, Launch, Location, MergedEvent, Source

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = Mapping[str, Sequence[Row]]

CHUNK = 2000
"""Launches that are held at one time: some tens of megabytes."""
CHUNK_REPORTS = 10_000
"""Reports of the launches that are held at one time."""
EXACT_KM = 0.5
"""A place that is known better than that is drawn as a circle, or a strip, of this radius."""

_LONGEST_NAME = 200
"""Letters of an actor, a class or a system; what is longer is no name, and no index takes it."""
_LARGEST = 2**53
"""Whole numbers beyond it are not whole in every program."""


def chunks(launches: Iterable[Launch], size: int = CHUNK, reports: int = CHUNK_REPORTS) -> Iterator[list[Launch]]:
    """Take launches some thousands at a time, fewer where hundreds of reports tell of each."""
    chunk: list[Launch] = []
    told = 0
    for launch in launches:
        chunk.append(launch)
        told += len(launch.event.sources)
        if len(chunk) >= size or told >= reports:
            yield chunk
            chunk, told = [], 0
    if chunk:
        yield chunk


def rows_of(launches: Iterable[Launch], names: Namer = str) -> Rows:
    """Make the rows of each table.

    Parameters
    ----------
    names : from the id of a feature or the code of an actor to what people call it
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for launch in launches:
        event = launch.event
        common = _common(event, names)
        rows["events"].append(_event(launch, common, names))
        if event.launch and (area := area_of(event.launch)):
            rows["launches"].append({**common, **_spot(event.launch), GEOMETRY: area})
        for number, place in enumerate(impacts_of(event), 1):
            if area := area_of(place):
                rows["impacts"].append({**common, "number": number, **_spot(place), GEOMETRY: area})
        if track := track_of(event):
            rows["tracks"].append({**common, GEOMETRY: track})
    return rows


def event_row(launch: Launch, names: Namer = str) -> Row:
    """Make the row of a launch in the first of the tables."""
    return _event(launch, _common(launch.event, names), names)


def shapes_of(launch: Launch) -> dict[str, BaseGeometry | None]:
    """The areas and the track of a launch beside its point, for one table of all; its zones of impact as one."""
    event = launch.event
    zones = [area for place in impacts_of(event) if (area := area_of(place))]
    return {
        "launch_area": area_of(event.launch) if event.launch else None,
        "impact_zone": zones[0] if len(zones) == 1 else shapely.union_all(zones) if zones else None,
        "track": track_of(event),
    }


def impacts_of(event: MergedEvent) -> tuple[Location, ...]:
    """The places where it came down."""
    return event.impacts or ((event.impact,) if event.impact else ())


def area_of(place: Location) -> MultiPolygon | None:
    """The area in which a place lies; None if it has none."""
    shape = place.geometry
    if shape.geom_type not in ("Polygon", "MultiPolygon") and not shape.is_empty:
        vague = shape.geom_type == "Point" and EXACT_KM < place.radius_km < geodesy.HALFWAY_KM
        shape = geodesy.buffer(shapely.make_valid(shape), place.radius_km if vague else EXACT_KM)
    parts = shapely.get_parts(rfc7946(seam.only(shape, "Polygon")))
    return MultiPolygon(list(parts)) if len(parts) else None


def track_of(event: MergedEvent) -> MultiLineString | None:
    """The track, in one part or two."""
    if event.track is None or event.track.is_empty:
        return None
    parts = shapely.get_parts(rfc7946(seam.only(event.track, "LineString")))
    return MultiLineString(list(parts)) if len(parts) else None


def _common(event: MergedEvent, names: Namer) -> Row:
    start, end = _moments(event)
    return {
        "id": plain(event.id),
        "title": _text(headline(event, names)),
        "actor": _name(event.actor),
        "class": _name(event.weapon.kind),
        "system": _name(event.weapon.system),
        "start": start,
        "end": end,
        "background": event.background,
    }


def _event(launch: Launch, common: Row, names: Namer) -> Row:
    event = launch.event
    shown = "impact" if _point(event.impact) else "launch" if _point(event.launch) else None
    return {
        **common,
        "weapon": _text(event.weapon.text),
        "count": event.count if event.count is not None and abs(event.count) <= _LARGEST else None,
        "when_said": _text(event.when.said) if event.when else None,
        "point_of": shown,
        **{f"launch_{name}": value for name, value in _spot(event.launch).items()},
        **{f"impact_{name}": value for name, value in _spot(event.impact).items()},
        "impacts": len(impacts_of(event)),
        **_figure("distance", "km", event.distance_km),
        **_figure("apogee", "km", event.apogee_km),
        **_figure("flight", "min", event.flight_min),
        **_figure("bearing", "deg", event.bearing_deg),
        "platform": _text(event.platform),
        "outcome": _text(event.outcome),
        "trajectory": _text(event.trajectory),
        "verdicts": _text("\n".join(_verdicts(event.claims, names))),
        "words": _text("\n".join(_words(event.sources))),
        "notes": _text("\n".join((*event.checks, *event.conflicts, *event.notes))),
        "outlets": len({source.outlet for source in event.sources}),
        "reports": len(event.sources),
        "sources": as_json([codec.to_plain(source) for source in event.sources]),
        "conflicts": as_json([{"about": one.about, "said": one.said} for one in launch.conflicts]),
        GEOMETRY: _point(event.impact) or _point(event.launch),
    }


def _spot(place: Location | None) -> Row:
    if place is None:
        return dict.fromkeys(("text", "lon", "lat", "radius_km", "feature", "rule"))
    return {
        "text": _text(place.text),
        "lon": round(place.lon, DECIMALS),
        "lat": round(place.lat, DECIMALS),
        "radius_km": place.radius_km,
        "feature": _text(place.feature),
        "rule": _text(place.rule),
    }


def _point(place: Location | None) -> Point | None:
    if place is None or not (abs(place.lon) <= 180 and abs(place.lat) <= 90):
        return None
    return Point(round(place.lon, DECIMALS), round(place.lat, DECIMALS))


def _figure(name: str, unit: str, value: Amount | Bearing | None) -> Row:
    given = (value.value, value.low, value.high) if value else (None, None, None)
    return dict(zip((f"{name}_{unit}", f"{name}_low_{unit}", f"{name}_high_{unit}"), given, strict=True))


def _moments(event: MergedEvent) -> tuple[datetime | None, datetime | None]:
    if event.when is None:
        return None, None
    start, end = span(f"{event.when.start}/{event.when.end}")
    return (datetime.fromisoformat(start) if start else None), (datetime.fromisoformat(end) if end else None)


def _verdicts(claims: Sequence[Claim], names: Namer) -> Iterator[str]:
    """A line for each claim, with all who make it (``Tokyo: outside eez/JPN: agrees, 120 km outside``)."""
    alike: dict[tuple[str, str, bool, str | None], list[Claim]] = {}
    for claim in claims:
        alike.setdefault((claim.zone, claim.relation, claim.corrected, claim.of), []).append(claim)
    for (zone, _, corrected, _), same in alike.items():
        who = wording.few(claim.by for claim in same if claim.by)
        said = wording.claim(msgspec.structs.replace(same[0], by=who or None), names(zone))
        verdict = next((claim.verdict for claim in same if claim.verdict), None)
        found = ", ".join(part for part in (wording.verdict(verdict), wording.margin(verdict)) if part)
        yield f"{said}{' (corrected)' if corrected else ''}: {found}"


def _words(sources: Sequence[Source]) -> Iterator[str]:
    """What the first reports say in their words, a line each."""
    for source in sources[: wording.MOST_REPORTS]:
        said = source.words or " … ".join(dict.fromkeys(source.said.values()))
        yield f"{source.outlet}: “{said}”"
    if len(sources) > wording.MOST_REPORTS:
        yield f"and {len(sources) - wording.MOST_REPORTS} more"


def _text(value: str | None) -> str | None:
    return plain(value) or None if value else None


def _name(value: str | None) -> str | None:
    return _text(value[:_LONGEST_NAME]) if value else None


def as_json(value: Any) -> str:
    """JSON without characters that a database cannot hold."""
    return msgspec.json.encode(_cleaned(value)).decode()


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, Mapping):
        return {plain(key): _cleaned(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_cleaned(each) for each in value]
    return value
