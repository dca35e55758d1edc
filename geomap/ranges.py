"""How far a missile could have come: polygons from a stated distance, a named system, or the class of the missile."""

from __future__ import annotations

from collections.abc import Sequence

from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.types import Event, RangePolygon, Record

SCHEME = "us-dod"
"""The scheme of classes that the American and most other press uses."""


class Band(Record, kw_only=True):
    """A range in km, open where None, and where it is from."""

    low_km: float | None
    high_km: float | None
    source: str
    system: str | None = None
    kind: str | None = None
    scheme: str | None = None
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
        bands = _bands(event, layers)
        if not bands and event.weapon.kind is not None:
            notes.append(f"{event.id}: the class {event.weapon.kind} has no band of ranges, so none is drawn")
        for band in bands:
            polygon = _polygon(f"r{len(made) + 1}", event, band, layers)
            if polygon is not None:
                made.append(polygon)
    return tuple(made), tuple(notes)


def _bands(event: Event, layers: Layers) -> list[Band]:
    bands = []
    if event.distance_km is not None:
        flown = event.distance_km
        bands.append(Band(low_km=flown.low, high_km=flown.high, source="the text: distance flown", said=flown.said))
    if event.weapon.system and "systems" in layers:
        row = next((row for row in layers.rows("systems") if row["name"] == event.weapon.system), None)
        if row and (row["low_km"] or row["high_km"]):
            band = Band(
                low_km=row["low_km"],
                high_km=row["high_km"],
                source=row["source"],
                system=row["name"],
                kind=row["class"] or None,
            )
            return [*bands, band]
    if event.weapon.kind and "classes" in layers and layers.has(f"classes/{SCHEME}/{event.weapon.kind}"):
        row = layers.feature(f"classes/{SCHEME}/{event.weapon.kind}").properties
        bands.append(
            Band(
                low_km=row["low_km"],
                high_km=row["high_km"],
                source=row["source"],
                kind=event.weapon.kind,
                scheme=SCHEME,
            )
        )
    return bands


def _polygon(name: str, event: Event, band: Band, layers: Layers) -> RangePolygon | None:
    launch = event.launch
    if launch is not None:
        origin, lon, lat = "point", launch.lon, launch.lat
        area: BaseGeometry | None = launch.geometry if launch.radius_km > 60 else None
    elif event.actor and layers.has(f"countries/{event.actor}"):
        origin, lon, lat = "area", None, None
        area = layers.geometry(f"countries/{event.actor}")
    else:
        return None
    geometry = _geometry(band, launch.lon if launch else None, launch.lat if launch else None, area)
    if geometry is None:
        return None
    return RangePolygon(
        id=name,
        event=event.id,
        origin=origin,
        lon=lon,
        lat=lat,
        geometry=geodesy.simplified(geometry, 0.5),
        low_km=band.low_km,
        high_km=band.high_km,
        system=band.system,
        kind=band.kind,
        scheme=band.scheme,
        source=band.source,
        said=band.said,
    )


def _geometry(band: Band, lon: float | None, lat: float | None, area: BaseGeometry | None) -> BaseGeometry | None:
    """All that lies within the greatest range; only the known edge as a line when the greatest range is open."""
    km = band.high_km or band.low_km
    if km is None or km >= geodesy.HALFWAY_KM:
        return None
    if area is not None:
        whole = geodesy.reach(_main_part(area), km)
    else:
        assert lon is not None
        assert lat is not None
        whole = geodesy.disc(lon, lat, km)
    if band.high_km is None:
        return geodesy.without_seam(whole.boundary)
    if band.said is not None and area is None and band.low_km and lon is not None and lat is not None:
        return geodesy.annulus(lon, lat, band.low_km, band.high_km)
    return whole


def _main_part(area: BaseGeometry) -> BaseGeometry:
    """The largest piece of a territory: what is overseas is left out of 'from anywhere in it'."""
    parts = list(getattr(area, "geoms", [area]))
    return max(parts, key=lambda part: float(part.area))
