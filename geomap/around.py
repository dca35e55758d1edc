"""Rings about a start, without any article: which ranges, what lies within them, and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import wording
from geomap.bands import Band, distance_band
from geomap.catalog import Layers
from geomap.codec import DECIMALS
from geomap.places.shapes import LARGE_KM, extent
from geomap.reach import largest, within
from geomap.reached import City, Reached, reached
from geomap.types import Record, Shape

SCHEMA = "geomap.rings/1"


class Start(Record, kw_only=True):
    """What rings are drawn about.

    Parameters
    ----------
    name : what to call it
    shape : the place as it was found
    geometry : the point, or the area from anywhere in which distances are measured
    """

    name: str
    shape: Shape
    geometry: BaseGeometry

    @property
    def is_area(self) -> bool:
        """Whether distances are measured from anywhere in an area."""
        return not isinstance(self.geometry, Point)

    @property
    def whence(self) -> str:
        """From where, in words (``Sunan``, ``anywhere in North Korea``)."""
        if not self.is_area:
            return self.name
        return f"anywhere in {self.name}" if self.shape.feature else f"anywhere in “{self.name}”"


class Ring(Record, kw_only=True):
    """A range about a start.

    Parameters
    ----------
    band : the range, and where it is from
    outer : all that lies within its outermost known edge
    inner : all that lies within its least range; None when that is no edge of its own
    reached : what lies within the outermost known edge
    """

    band: Band
    outer: BaseGeometry
    inner: BaseGeometry | None
    reached: Reached

    @property
    def what(self) -> str:
        """The system or the class, and the scheme when it is a class (``MRBM (us-dod)``); empty for a distance."""
        band = self.band
        if band.system:
            return f"{band.system} ({band.kind}, {band.scheme})" if band.scheme else band.system
        return f"{band.kind} ({band.scheme})" if band.kind else ""

    @property
    def title(self) -> str:
        """What and how far (``MRBM, 1,000 to 3,000 km, scheme us-dod``)."""
        band = self.band
        far = wording.band(band.low_km, band.high_km) if self.what else f"{wording.number(band.high_km or 0)} km"
        of_class = f"class {band.kind}" if band.system and band.scheme else ""
        kind = band.kind if not band.system else ""
        scheme = f"scheme {band.scheme}" if band.scheme else ""
        return ", ".join(part for part in (band.system, kind, far, of_class, scheme) if part)


def make_start(shape: Shape, name: str, layers: Layers) -> Start:
    """Tell whether a place is a point or an area: what is large, or known so vaguely, is an area.

    Of a territory in several pieces the largest is taken, as for the ranges of an article.
    """
    area = extent(shape, layers) if shape.radius_km > LARGE_KM else None
    if area is None:
        return Start(name=name, shape=shape, geometry=Point(shape.lon, shape.lat))
    return Start(name=name, shape=shape, geometry=largest(area))


def make_rings(start: Start, ranges: Sequence[Band | float], layers: Layers) -> tuple[Ring, ...]:
    """Make the rings about a start, each range once, in the order given.

    Parameters
    ----------
    ranges : bands, and distances in km

    Raises
    ------
    LayerError
        if a layer that is needed cannot be used
    """
    bands = [one if isinstance(one, Band) else distance_band(float(one)) for one in ranges]
    found: dict[float, tuple[BaseGeometry, Reached]] = {}
    rings = []
    for band in dict.fromkeys(bands):
        km = band.outer_km
        if km is None:
            continue
        if km not in found:
            area = within(start.geometry, km)
            found[km] = area, reached(start.geometry, km, area, layers)
        inner = within(start.geometry, band.low_km) if band.low_km and band.high_km and band.low_km < km else None
        rings.append(Ring(band=band, outer=found[km][0], inner=inner, reached=found[km][1]))
    return tuple(rings)


def to_json(start: Start, rings: Sequence[Ring]) -> dict[str, Any]:
    """The rings and what lies within each as JSON, schema ``geomap.rings/1``; an open bound is null."""
    shape = start.shape
    return {
        "schema": SCHEMA,
        "from": {
            "name": start.name,
            "origin": "area" if start.is_area else "point",
            "lon": round(shape.lon, DECIMALS),
            "lat": round(shape.lat, DECIMALS),
            "radius_km": round(shape.radius_km, 1),
            "rule": shape.rule,
            "feature": shape.feature,
        },
        "rings": [_ring(ring) for ring in rings],
    }


def _ring(ring: Ring) -> dict[str, Any]:
    band, inside = ring.band, ring.reached
    return {
        "title": ring.title,
        "low_km": band.low_km,
        "high_km": band.high_km,
        "system": band.system,
        "class": band.kind,
        "scheme": band.scheme,
        "basis": band.basis,
        "confidence": band.confidence,
        "source": band.source,
        "note": band.note,
        "platform": band.platform,
        "within_km": inside.km,
        "countries": [
            {"code": one.code, "name": one.name, "extent": one.extent, "share": _share(one.share)}
            for one in inside.countries
        ],
        "capitals": [_city(city) for city in inside.capitals],
        "cities": [_city(city) | {"population": city.population} for city in inside.cities],
    }


def _city(city: City) -> dict[str, Any]:
    return {
        "name": city.name,
        "country": city.country,
        "lon": round(city.lon, DECIMALS),
        "lat": round(city.lat, DECIMALS),
        "km": round(city.km, 1),
        "bearing_deg": None if city.bearing_deg is None else round(city.bearing_deg, 1) % 360,
    }


def _share(share: float) -> float:
    """A share in four decimals, in which a part is neither nothing nor the whole."""
    return share if share >= 1 else min(max(round(share, 4), 0.0001), 0.9999)
