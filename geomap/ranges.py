"""How far a missile could have come: polygons from a stated distance, a named system, or the class of the missile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.bands import Band, band_of, class_band_of
from geomap.catalog import Layers
from geomap.reach import edge, largest, within
from geomap.types import Event, RangePolygon

_VAGUE_KM = 60.0
"""A launch place less exact than this is an area, from anywhere in which the range is measured."""
_SIMPLER_KM = 0.5


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
        of_system = band_of(row) if row else None
        if of_system is not None:
            yield of_system
            return
    of_class = class_band_of(event.weapon.kind, layers)
    if of_class is not None:
        yield of_class


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
    return _edge_if_open(within(Point(lon, lat), km), band)


def _about_area(area: BaseGeometry, band: Band) -> BaseGeometry | None:
    """All within the greatest range of anywhere in the largest piece of a territory, not of what is overseas."""
    km = _outer_km(band)
    return None if km is None else _edge_if_open(within(largest(area), km), band)


def _outer_km(band: Band) -> float | None:
    """The outermost known edge in km, None when there is none on the earth."""
    km = band.outer_km
    return km if km and km < geodesy.HALFWAY_KM else None


def _edge_if_open(whole: BaseGeometry, band: Band) -> BaseGeometry | None:
    """Only the known edge, as a line, when the greatest range is open; None when that is beyond all the earth."""
    if band.high_km is not None:
        return whole
    known = edge(whole)
    return None if known.is_empty else known
