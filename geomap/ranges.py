"""How far a missile could have come: polygons from a stated distance, a named system, or the class of the missile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.types import Event, RangePolygon, Record

SCHEME = "us-dod"
"""The scheme of classes that the American and most other press uses."""
_VAGUE_KM = 60.0
"""A launch place less exact than this is an area, from anywhere in which the range is measured."""
_SIMPLER_KM = 0.5


class Band(Record, kw_only=True):
    """A range in km, open where None, where it is from, and the carrier that the missile is let go from, if any."""

    low_km: float | None
    high_km: float | None
    source: str
    system: str | None = None
    kind: str | None = None
    scheme: str | None = None
    platform: str | None = None
    said: str | None = None


def ranges_of(events: Sequence[Event], layers: Layers) -> tuple[tuple[RangePolygon, ...], tuple[str, ...]]:
    """Make the range polygons of the current launches.

    A polygon starts from the launch place, or, when the text names none, from anywhere in the actor's territory.

    Returns
    -------
    tuple
        the polygons, and notes on what has none
    """
    made: list[RangePolygon] = []
    notes: list[str] = []
    for event in events:
        if event.background:
            continue
        bands = [band for band in _bands(event, layers) if band.low_km or band.high_km]
        if not bands and event.weapon.kind is not None:
            notes.append(f"{event.id}: the class {event.weapon.kind} has no band of ranges, so none is drawn")
        for band in bands:
            polygon = _polygon(f"r{len(made) + 1}", event, band, layers)
            if polygon is not None:
                made.append(polygon)
            elif band.platform and event.launch is None:
                notes.append(f"{event.id}: {band.system} is let go by an {band.platform}, so no range is drawn")
    return tuple(made), tuple(notes)


def _bands(event: Event, layers: Layers) -> Iterator[Band]:
    """What the text states, and the band of the system; that of the class only when there is none of the system."""
    if event.distance_km is not None:
        flown = event.distance_km
        yield Band(low_km=flown.low, high_km=flown.high, source="the text: distance flown", said=flown.said)
    if event.weapon.system and "systems" in layers:
        row = next((row for row in layers.rows("systems") if row["name"] == event.weapon.system), None)
        if row and (row["low_km"] or row["high_km"]):
            yield Band(
                low_km=row["low_km"],
                high_km=row["high_km"],
                source=row["source"],
                system=row["name"],
                kind=row["class"] or None,
                platform=row["platform"] or None,
            )
            return
    feature = f"classes/{SCHEME}/{event.weapon.kind}"
    if event.weapon.kind and "classes" in layers and layers.has(feature):
        row = layers.feature(feature).properties
        yield Band(
            low_km=row["low_km"],
            high_km=row["high_km"],
            source=row["source"],
            kind=event.weapon.kind,
            scheme=SCHEME,
        )


def _polygon(name: str, event: Event, band: Band, layers: Layers) -> RangePolygon | None:
    """The polygon of a band; None when nothing says where it starts, or it would reach about the earth."""
    launch = event.launch
    if launch is not None and launch.radius_km <= _VAGUE_KM:
        geometry = _about_point(launch.lon, launch.lat, band)
    elif launch is not None:
        geometry = _about_area(launch.geometry, band)
    elif event.actor and not band.platform and layers.has(f"countries/{event.actor}"):
        geometry = _about_area(layers.geometry(f"countries/{event.actor}"), band)
    else:
        return None
    if geometry is None:
        return None
    return RangePolygon(
        id=name,
        event=event.id,
        origin="area" if launch is None else "point",
        lon=launch.lon if launch else None,
        lat=launch.lat if launch else None,
        geometry=geodesy.simplified(geometry, _SIMPLER_KM),
        low_km=band.low_km,
        high_km=band.high_km,
        system=band.system,
        kind=band.kind,
        scheme=band.scheme,
        source=band.source,
        said=band.said,
    )


def _about_point(lon: float, lat: float, band: Band) -> BaseGeometry | None:
    """All within the greatest range; of a stated distance what lies within its interval."""
    km = _outer_km(band)
    if km is None:
        return None
    if band.said is not None and band.low_km and band.high_km:
        return geodesy.annulus(lon, lat, band.low_km, band.high_km)
    return _edge_if_open(geodesy.disc(lon, lat, km), band)


def _about_area(area: BaseGeometry, band: Band) -> BaseGeometry | None:
    """All within the greatest range of anywhere in the largest piece of a territory, not of what is overseas."""
    km = _outer_km(band)
    if km is None:
        return None
    main = max(shapely.get_parts(area), key=lambda part: float(part.area))
    return _edge_if_open(geodesy.reach(main, km), band)


def _outer_km(band: Band) -> float | None:
    """The outermost known edge in km, None when there is none on the earth."""
    km = band.high_km or band.low_km
    return km if km and km < geodesy.HALFWAY_KM else None


def _edge_if_open(whole: BaseGeometry, band: Band) -> BaseGeometry:
    """Only the known edge, as a line, when the greatest range is open."""
    if band.high_km is not None:
        return whole
    edge: BaseGeometry = geodesy.without_seam(whole.boundary)
    return edge
