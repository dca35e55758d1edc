"""A map of rings about a place, without any article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap import frames, wording
from geomap.around import Ring, Start, make_rings, make_start
from geomap.bands import Band
from geomap.catalog import Layers
from geomap.credits import caveats_of, credits_of, made_of
from geomap.ground import View, view_about
from geomap.reach import edge
from geomap.reached import City, Reached
from geomap.scene import ground_layers
from geomap.stage import Scene, SceneLayer, Table
from geomap.style import STYLES, range_style
from geomap.types import Shape

NAUTICAL_MILE_KM, MILE_KM = 1.852, 1.609344
OPEN_ROWS = 30
"""Longer lists are closed when the page opens."""
_ALL_ROUND_DEG = 300.0
"""Rings that reach over so many degrees of longitude are shown on a map of the world, with the start in its middle."""
_WORLD_SOUTH, _WORLD_NORTH = -64.0, 78.0

_START = {**frames.COMMON, "position": frames.TEXT, "uncertainty": frames.TEXT, "rule": frames.TEXT}
_START_COLUMNS = (("position", "Position"), ("uncertainty", "Uncertainty"), ("rule", "Rule"), ("source", "Source"))
_FACTS = ("range", "class", "scheme", "basis", "confidence", "carrier", "note")
_RING = {**frames.COMMON, **dict.fromkeys(("label", *_FACTS), frames.TEXT)}
_RING_COLUMNS = (*((fact, fact.capitalize()) for fact in _FACTS), ("source", "Source"))


def make_rings_scene(centre: Shape, name: str, ranges: Sequence[Band | float], layers: Layers) -> Scene:
    """Put together what a map of rings shows, with what lies inside each.

    Parameters
    ----------
    centre : the place; what is large, or vague by more than 60 km, is an area from anywhere in which is measured
    name : what to call it
    ranges : bands of systems or classes (`geomap.bands`), and geodesic radii in km

    Raises
    ------
    LayerError
        if a layer that is needed cannot be used
    """
    start = make_start(centre, name, layers)
    return scene_of(start, make_rings(start, sorted_ranges(ranges), layers), layers)


def sorted_ranges(ranges: Sequence[Band | float]) -> list[Band | float]:
    """Systems and classes in their order, then each distance in km once, the shortest first."""
    bands = [one for one in ranges if isinstance(one, Band)]
    return [*bands, *sorted({float(one) for one in ranges if not isinstance(one, Band)})]


def scene_of(start: Start, rings: Sequence[Ring], layers: Layers) -> Scene:
    """Put together the map of rings that were made.

    Raises
    ------
    LayerError
        if a layer that is needed cannot be used
    """
    view = _view(start, [ring.outer for ring in rings])
    marks = [
        *ground_layers(layers, view),
        *(layer for number, ring in enumerate(rings) for layer in _ring_layers(number + 1, ring, start)),
        *_start_layers(start, layers),
    ]
    used = _used(start, rings, layers)
    return Scene(
        title=f"{_listed([_short(ring) for ring in rings])} from {start.whence}",
        subtitle=_where(start),
        layers=tuple(sorted((mark for mark in marks if len(mark.frame)), key=lambda mark: STYLES[mark.style].order)),
        tables=(_table(rings, start), *_inside(rings)),
        bounds=view.bounds,
        credits=credits_of(layers, used),
        caveats=(*_caveats(start, rings), *caveats_of((), layers, used)),
        made=made_of((), layers, used),
    )


def _view(start: Start, areas: Sequence[BaseGeometry]) -> View:
    """The window on the rings; of rings about a pole or half the globe the world, with the start in the middle."""
    lon = round(start.shape.lon)
    lons = np.concatenate([shapely.get_coordinates(area)[:, 0] for area in areas])
    if np.ptp((lons - lon + 180) % 360) <= _ALL_ROUND_DEG:
        return view_about(areas)
    return View(lon0=lon, west=lon - 179.99, east=lon + 179.99, south=_WORLD_SOUTH, north=_WORLD_NORTH)


def _where(start: Start) -> str:
    """The position, and how vague it is; of an area, its middle."""
    shape = start.shape
    if start.is_area:
        return f"its middle is {wording.position(shape.lon, shape.lat)}"
    return wording.spot(shape.lon, shape.lat, shape.radius_km)


def _title(ring: Ring, start: Start) -> str:
    return f"{ring.title}{', ' if ring.what else ' '}from {start.whence}"


def _short(ring: Ring) -> str:
    return ring.what or ring.title


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, [", ".join(names[:-1]), names[-1]]))


# ---------------------------------------------------------------------------------------------------------- marks


def _ring_layers(number: int, ring: Ring, start: Start) -> Iterator[SceneLayer]:
    """A ring with one known edge is an area, or a line when the range is open; one with two is what lies between."""
    band, what = ring.band, f"{ring.what}: " if ring.what else ""
    style = range_style(band.kind, stated=not ring.what)
    title = _title(ring, start)
    group = ring.title if ring.what else "Rings"

    def layer(part: str, style: str, shape: BaseGeometry, label: str) -> SceneLayer:
        row: dict[str, Any] = {
            "id": f"ring-{number}-{part}",
            "title": title,
            "words": "",
            "article": "",
            "label": label,
        }
        row |= _facts(ring) | {"source": band.source if ring.what else "geodesic on WGS 84", "geometry": shape}
        frame = frames.make_frame([row] if not shape.is_empty else [], _RING)
        return SceneLayer(
            key=row["id"], title=title, style=style, frame=frame, columns=_RING_COLUMNS, label="label", group=group
        )

    if band.high_km is None:
        yield layer("edge", style, edge(ring.outer), f"{what}at least {_km(ring.reached.km)}")
    elif ring.inner is None:
        yield layer("area", style, ring.outer, f"{what}{_km(ring.reached.km)}" if what else title)
    else:
        yield layer("band", "range-band", ring.outer.difference(ring.inner), "")
        for part, shape, km in (("low", ring.inner, band.low_km), ("high", ring.outer, band.high_km)):
            yield layer(part, style, edge(shape), f"{what}{_km(km or 0)}")


def _facts(ring: Ring) -> dict[str, str]:
    band = ring.band
    return {
        "range": _lengths(band.low_km, band.high_km),
        "class": band.kind or "",
        "scheme": band.scheme or "",
        "basis": band.basis or "",
        "confidence": band.confidence or "",
        "carrier": band.platform or "",
        "note": band.note or "",
    }


def _start_layers(start: Start, layers: Layers) -> Iterator[SceneLayer]:
    shape = start.shape
    row: dict[str, Any] = {
        "id": "centre",
        "title": start.name,
        "words": "",
        "article": "",
        "source": ", ".join(layers[one].source for one in _origin(start, layers)),
        "position": wording.position(shape.lon, shape.lat),
        "uncertainty": wording.uncertainty(shape.radius_km),
        "rule": shape.rule,
    }
    if start.is_area:
        area = frames.make_frame([row | {"id": "start", "geometry": start.geometry}], _START)
        yield _start_layer("start", "launch-area", area)
    else:
        yield _start_layer("centre", "launch-point", frames.make_frame([row | {"geometry": start.geometry}], _START))


def _start_layer(key: str, style: str, frame: Any) -> SceneLayer:
    title = "Start" if key == "start" else "Centre"
    return SceneLayer(
        key=key, title=title, style=style, frame=frame, columns=_START_COLUMNS, label="title", group=title
    )


# --------------------------------------------------------------------------------------------------------- tables


def _table(rings: Sequence[Ring], start: Start) -> Table:
    facts = [_facts(ring) for ring in rings]
    rows = [
        (_title(ring, start), *fact.values(), ring.band.source if ring.what else "", _sums(ring))
        for ring, fact in zip(rings, facts, strict=True)
    ]
    marks = [
        tuple(f"ring-{number + 1}-{part}" for part in ("edge", "area", "high", "low")) for number, _ in enumerate(rings)
    ]
    headings = ("Ring", *(heading for _, heading in _RING_COLUMNS), "Inside")
    return Table(title="Rings", headings=headings, rows=tuple(rows), key="rings", marks=tuple(marks))


def _sums(ring: Ring) -> str:
    """How many countries and capitals lie inside, and up to which distance that is meant."""
    countries, capitals = ring.reached.countries, ring.reached.capitals
    wholly = sum(country.share >= 1 for country in countries)
    parts = f"{wholly} countries and territories wholly, {len(countries) - wholly} partly, {len(capitals)} capitals"
    return f"{parts} within {_km(ring.reached.km)}"


def _inside(rings: Sequence[Ring]) -> Iterator[Table]:
    """What lies inside, once for each distance, the shortest first and open."""
    inside = sorted({ring.reached.km: ring.reached for ring in rings}.values(), key=lambda one: one.km)
    for number, one in enumerate(inside):
        for table in (_countries(one), _capitals(one), _cities(one)):
            if table.rows:
                yield table if number else _opened(table)


def _opened(table: Table) -> Table:
    is_short = len(table.rows) <= OPEN_ROWS
    return Table(title=table.title, headings=table.headings, rows=table.rows, open=is_short)


def _countries(inside: Reached) -> Table:
    rows = tuple(
        (one.name, one.extent if one.share >= 1 else f"{one.extent}, {wording.share(one.share)}")
        for one in inside.countries
    )
    title = f"Countries and territories within {_km(inside.km)} ({len(rows)})"
    return Table(title=title, headings=("Country", "Lies inside"), rows=rows)


def _capitals(inside: Reached) -> Table:
    rows = tuple((f"{one.name}, {one.country}", *_away(one)) for one in inside.capitals)
    title = f"Capitals within {_km(inside.km)} ({len(rows)})"
    return Table(title=title, headings=("Capital", "Distance", "Bearing"), rows=rows)


def _cities(inside: Reached) -> Table:
    rows = tuple(
        (f"{one.name}, {one.country}", *_away(one), wording.number(one.population) if one.population else "")
        for one in inside.cities
    )
    title = f"Largest cities within {_km(inside.km)} ({len(rows)})"
    return Table(title=title, headings=("City", "Distance", "Bearing", "Population"), rows=rows)


def _away(city: City) -> tuple[str, str]:
    if city.bearing_deg is None:
        return "inside", ""
    return f"{city.km:,.0f} km", wording.compass(city.bearing_deg)


def _km(km: float) -> str:
    return f"{wording.number(km)} km"


def _lengths(low_km: float | None, high_km: float | None) -> str:
    """A range in km, nautical miles and miles."""
    said = wording.band(low_km, high_km)
    if low_km is None and high_km is not None:
        said = said.removeprefix("up to ")
    return f"{said} ({_in(low_km, high_km, NAUTICAL_MILE_KM)} nautical miles, {_in(low_km, high_km, MILE_KM)} miles)"


def _in(low_km: float | None, high_km: float | None, unit_km: float) -> str:
    return " to ".join(dict.fromkeys(wording.number(km / unit_km) for km in (low_km, high_km) if km))


# ------------------------------------------------------------------------------------------- sources and caveats


def _origin(start: Start, layers: Layers) -> list[str]:
    """Name the layer that the start is from: that of its feature, else the gazetteer."""
    feature = start.shape.feature
    name = feature.partition("/")[0] if feature else "gazetteer"
    return [name] if name in layers else []


def _used(start: Start, rings: Sequence[Ring], layers: Layers) -> list[str]:
    used = ["basemap", *_origin(start, layers)]
    for name, needed in (
        ("systems", any(ring.band.system for ring in rings)),
        ("classes", any(ring.band.scheme for ring in rings)),
        ("countries", any(ring.reached.countries for ring in rings)),
        ("gazetteer", any(ring.reached.cities for ring in rings)),
    ):
        used += [name] if needed and name in layers else []
    return list(dict.fromkeys(used))


def _caveats(start: Start, rings: Sequence[Ring]) -> Iterator[str]:
    radius_km = start.shape.radius_km
    if start.is_area:
        yield (
            f"The rings are measured from {start.whence}: in its largest piece, without islands and lands overseas. "
            "Distances to cities are from its nearest point."
        )
    elif radius_km >= 1:
        yield f"The rings are about one point of {start.name}, which lies within {wording.rough(radius_km)} km of it."
    for ring in rings:
        band = ring.band
        if band.system and band.scheme:
            yield (
                f"{band.system} has no published range: drawn is that of its class {band.kind} "
                f"in the scheme {band.scheme}."
            )
        if edge(ring.outer).is_empty:
            far = _km(ring.reached.km)
            yield f"From {start.whence} {far} reach all the earth, so that ring has no edge."
        if band.high_km is None:
            yield f"{ring.title}: the greatest range is open, so only the known edge is drawn; it may reach farther."
        if band.platform:
            yield f"{band.system} is let go by an {band.platform}: the ring is about where that happens."
