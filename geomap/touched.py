"""What an area touches: economic zones, airspaces of states, named seas and straits, with the share of it in each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.types import Record

AIRSPACE = "airspace"
"""Before a state's code: its land and the twelve miles of sea beside it (Chicago Convention, articles 1 and 2)."""
WORLD = shapely.box(-180, -90, 180, 90)
SMOOTHED_DEG = 0.09
"""How far the shore at which the belts are cut may lie from the land (``layers/recipes/belts.py``)."""
_SEA_MILES = "12"
_LEAST = 0.0005
_WHOLE = 0.9995


class Touch(Record, kw_only=True):
    """A zone, and the share of the area (of a line its length) that lies in it, 0 to 1."""

    feature: str
    share: float

    @property
    def relation(self) -> str:
        """``within`` or ``overlaps``."""
        return "within" if self.share >= _WHOLE else "overlaps"


class Known(Record, kw_only=True):
    """All areas of one kind with an index of them: ids in the order of the index."""

    ids: tuple[str, ...]
    index: STRtree


def touched(geometry: BaseGeometry, layers: Layers) -> list[Touch]:
    """Find what a shape touches: economic zones, then airspaces, then seas; of each kind the largest share first."""
    found: list[Touch] = []
    for kind in ("eez", AIRSPACE, "seas"):
        shares = sorted(_shares(geometry, kind, layers), key=lambda one: (-one.share, one.feature))
        found += shares
    return found


def airspace(state: str, layers: Layers, frame: BaseGeometry = WORLD) -> BaseGeometry | None:
    """The land of a state and its territorial sea, as far as they lie in a frame; None when there is nothing.

    The belts of the sea are cut at a smoothed shore: what lies between it and the land, in the state's own zone,
    is sea of the state too.

    Parameters
    ----------
    state : ISO 3166-1 alpha-3 of the territory
    """
    land, belt, zone = (
        _part(feature, layers, frame)
        for feature in (f"countries/{state}", f"belts/{state}-{_SEA_MILES}", f"eez/{state}")
    )
    shore = shapely.intersection(shapely.buffer(land, SMOOTHED_DEG, quad_segs=2), zone)
    whole = shapely.union_all([land, belt, shore])
    return None if whole.is_empty else whole


def _part(feature: str, layers: Layers, frame: BaseGeometry) -> BaseGeometry:
    shape = layers.geometry(feature) if layers.has(feature) else None
    if shape is None or not shape.geom_type.endswith("Polygon"):
        return shapely.MultiPolygon()
    return shape if frame is WORLD else shapely.intersection(shape, frame)


def _shares(geometry: BaseGeometry, kind: str, layers: Layers) -> Iterator[Touch]:
    """Whatever of one kind a shape touches."""
    known = _known(kind, layers)
    near = shapely.box(*shapely.box(*geometry.bounds).buffer(2 * SMOOTHED_DEG).bounds)
    areas = {
        known.ids[number]: known.index.geometries[number]
        for number in known.index.query(geometry if kind != AIRSPACE else near, predicate="intersects")
    }
    for feature, area in areas.items():
        if kind == AIRSPACE:
            area = airspace(feature.partition("/")[2], layers, near) or area
        share = geodesy.share(geometry, area)
        if share >= _LEAST or (geometry.geom_type == "Point" and share):
            yield Touch(feature=feature, share=round(min(1.0, share), 3))


@lru_cache(maxsize=12)
def _known(kind: str, layers: Layers) -> Known:
    pairs = list(_areas(kind, layers))
    return Known(ids=tuple(name for name, _ in pairs), index=STRtree([area for _, area in pairs]))


def _areas(kind: str, layers: Layers) -> Iterator[tuple[str, BaseGeometry]]:
    names = ("countries", "belts") if kind == AIRSPACE else (kind,)
    for name in names:
        if name not in layers:
            continue
        for feature in layers.features(name):
            if name == "belts" and str(feature.properties.get("miles")) != _SEA_MILES:
                continue
            shape = layers.geometry(feature.id)
            if shape is None or not shape.geom_type.endswith("Polygon"):
                continue
            key = feature.id.partition("/")[2].removesuffix(f"-{_SEA_MILES}")
            yield (f"{AIRSPACE}/{key}" if kind == AIRSPACE else feature.id), shape
