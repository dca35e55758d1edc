"""Rings of equal distance about a place, without any article."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from geomap import frames, wording
from geomap.catalog import Layers
from geomap.geodesy import disc
from geomap.ground import view_about
from geomap.scene import ground_layers
from geomap.stage import Scene, SceneLayer, Table
from geomap.style import STYLES
from geomap.types import Shape

NAUTICAL_MILE_KM, MILE_KM = 1.852, 1.609344

_CENTRE = {**frames.COMMON, "position": frames.TEXT, "uncertainty": frames.TEXT, "rule": frames.TEXT}
_RING = {**frames.COMMON, "reach": frames.TEXT, "high_km": frames.NUMBER}
_CENTRE_COLUMNS = (("position", "Position"), ("uncertainty", "Uncertainty"), ("rule", "Rule"), ("source", "Source"))


def make_rings_scene(centre: Shape, name: str, radii_km: Sequence[float], layers: Layers) -> Scene:
    """Put together what a map of rings shows.

    Parameters
    ----------
    centre : the place; rings are drawn about its best point
    name : what to call it
    radii_km : geodesic radii in km, any order

    Raises
    ------
    LayerError
        if a layer that is needed cannot be used
    """
    radii = sorted(set(radii_km))
    rings = {radius: disc(centre.lon, centre.lat, radius) for radius in radii}
    view = view_about(list(rings.values()))
    marks = [
        *ground_layers(layers, view),
        *(_ring_layer(radius, shape, name) for radius, shape in rings.items()),
        _centre_layer(centre, name, layers),
    ]
    used = ["basemap", *_origin(centre, layers)]
    return Scene(
        title=" and ".join(filter(None, [", ".join(map(_km, radii[:-1])), _km(radii[-1])])) + f" from {name}",
        subtitle=wording.position(centre.lon, centre.lat),
        layers=tuple(sorted((mark for mark in marks if len(mark.frame)), key=lambda mark: STYLES[mark.style].order)),
        tables=(_table(radii),),
        bounds=view.bounds,
        credits=tuple(dict.fromkeys(f"{layers[used_].attribution} ({layers[used_].licence})" for used_ in used)),
        caveats=_caveats(centre, name, layers, used),
        made={"geomap": _version(), "layers": layers.version, **{f"layer {one}": layers[one].hash for one in used}},
    )


def _km(radius: float) -> str:
    return f"{wording.number(radius)} km"


def _ring_layer(radius: float, shape: Any, name: str) -> SceneLayer:
    title = f"{_km(radius)} from {name}"
    row = {
        "id": f"ring-{radius:g}",
        "title": title,
        "words": "",
        "article": "",
        "source": "geodesic on WGS 84",
        "reach": _lengths(radius),
        "high_km": radius,
        "geometry": shape,
    }
    frame = frames.make_frame([row], _RING)
    columns = (("reach", "Distance"), ("source", "Source"))
    return SceneLayer(
        key=f"ring-{radius:g}",
        title=title,
        style="range-stated",
        frame=frame,
        columns=columns,
        label="title",
        group="Rings",
    )


def _centre_layer(centre: Shape, name: str, layers: Layers) -> SceneLayer:
    from shapely import Point

    row = {
        "id": "centre",
        "title": name,
        "words": "",
        "article": "",
        "source": ", ".join(layers[one].source for one in _origin(centre, layers)),
        "position": wording.position(centre.lon, centre.lat),
        "uncertainty": wording.uncertainty(centre.radius_km),
        "rule": centre.rule,
        "geometry": Point(centre.lon, centre.lat),
    }
    frame = frames.make_frame([row], _CENTRE)
    return SceneLayer(
        key="centre",
        title="Centre",
        style="launch-point",
        frame=frame,
        columns=_CENTRE_COLUMNS,
        label="title",
        group="Centre",
    )


def _origin(centre: Shape, layers: Layers) -> list[str]:
    """Name the layer that the centre is from: that of its feature, else the gazetteer."""
    name = centre.feature.partition("/")[0] if centre.feature else "gazetteer"
    return [name] if name in layers else []


def _table(radii: Sequence[float]) -> Table:
    rows = tuple((wording.number(r), wording.number(r / NAUTICAL_MILE_KM), wording.number(r / MILE_KM)) for r in radii)
    return Table(title="Rings", headings=("Kilometres", "Nautical miles", "Miles"), rows=rows)


def _lengths(radius: float) -> str:
    miles = f"{wording.number(radius / NAUTICAL_MILE_KM)} nautical miles, {wording.number(radius / MILE_KM)} miles"
    return f"{_km(radius)} ({miles})"


def _caveats(centre: Shape, name: str, layers: Layers, used: Sequence[str]) -> tuple[str, ...]:
    own = f"The rings are about one point of {name}, which lies within {wording.rough(centre.radius_km)} km of it."
    shared = [layers[one].caveat for one in used]
    return tuple(dict.fromkeys([own, *shared] if centre.radius_km >= 1 else shared))


def _version() -> str:
    try:
        return version("geomap")
    except PackageNotFoundError:
        return "unknown"
