"""What the catalog says of a layer, and one of its features."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.types import Record


class Layer(Record, kw_only=True):
    """What the catalog says of one layer.

    Parameters
    ----------
    path : file, absolute
    geometry : ``Point``, ``LineString``, ``Polygon`` … or ``None`` for a table or an index
    rows : least and greatest number of rows that it should have
    bounds : west, south, east, north in degrees within which all of it lies, None for a table
    states : of an installed layer, the sovereign states (ISO 3166-1 alpha-3) whose features it has in full
    """

    name: str
    title: str
    path: Path
    bytes: int
    hash: str
    version: str
    source: str
    licence: str
    attribution: str
    caveat: str
    recipe: str
    geometry: str | None
    rows: tuple[int, int] | None
    bounds: tuple[float, float, float, float] | None
    states: tuple[str, ...] = ()

    @property
    def source_id(self) -> str:
        """How a place says that it came from this layer (``layer:coasts@1.0.0``)."""
        return f"layer:{self.name}@{self.version}"


class Feature(Record, kw_only=True):
    """One row of a layer.

    Parameters
    ----------
    id : ``layer/key``
    geometry : EPSG:4326, None in a table without longitude and latitude
    layer : the layer that it was read from: of two that bear one name, the one that speaks for this feature
    """

    id: str
    properties: dict[str, Any]
    geometry: BaseGeometry | None
    layer: Layer


def make_feature(layer: Layer, record: dict[str, Any]) -> Feature:
    """Make a feature from a row of a GeoPackage, whose columns ``geom`` and ``fid`` are not the layer's own."""
    blob = record.pop("geom", None)
    record.pop("fid", None)
    return Feature(id=f"{layer.name}/{record['key']}", properties=record, geometry=_from_blob(blob), layer=layer)


def _from_blob(blob: bytes | None) -> BaseGeometry | None:
    """Read a GeoPackage geometry blob (OGC 12-128r18, clause 2.1.3: header, optional envelope, WKB)."""
    if blob is None:
        return None
    envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 0b111]
    return shapely.from_wkb(blob[8 + envelope :])
