"""The launches as one GeoParquet table: a row a launch, with further geometries; a row group for some thousands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from geomap.export.events.columns import EVENTS, FLAG, GEOMETRY, MOMENT, NUMBER, WHOLE
from geomap.export.events.rows import chunks, event_row, shapes_of
from geomap.naming import Namer
from geomap.types import Launch

FIRST = "geometry"
SHAPES = (FIRST, "launch_area", "impact_zone", "track")
"""The geometry columns: the best point, and those of `shapes_of`."""


class _Extent:
    """The types and the bounds of the geometries of a column, as they come."""

    def __init__(self) -> None:
        self.kinds: set[str] = set()
        self.bounds: list[float] = []

    def add(self, shape: BaseGeometry) -> None:
        self.kinds.add(shape.geom_type)
        west, south, east, north = shape.bounds
        have = self.bounds or [west, south, east, north]
        self.bounds = [min(have[0], west), min(have[1], south), max(have[2], east), max(have[3], north)]


def write_parquet(launches: Iterable[Launch], path: Path, names: Namer, told: Callable[[int], None]) -> int:
    """Write a file; pyarrow has to be installed. The same launches make the same bytes.

    Parameters
    ----------
    told : called with the number of launches written so far

    Returns
    -------
    How many launches there are.
    """
    import pyarrow as pa
    from pyarrow import parquet

    kinds = {WHOLE: pa.int64(), NUMBER: pa.float64(), FLAG: pa.bool_(), MOMENT: pa.timestamp("ms", tz="UTC")}
    fields = [
        pa.field(column.name, kinds.get(column.kind, pa.string()), metadata={"about": column.about})
        for column in EVENTS.columns
    ]
    schema = pa.schema([*fields, *(pa.field(name, pa.binary()) for name in SHAPES)])
    extents = {name: _Extent() for name in SHAPES}
    count = 0
    with parquet.ParquetWriter(path, schema, compression="zstd") as writer:
        for chunk in chunks(launches):
            rows = []
            for launch in chunk:
                row = event_row(launch, names)
                shapes = {FIRST: row.pop(GEOMETRY), **shapes_of(launch)}
                rows.append(row | {name: _wkb(shape, extents[name]) for name, shape in shapes.items()})
            writer.write_table(pa.Table.from_pylist(rows, schema), row_group_size=len(rows))
            count += len(chunk)
            told(count)
        writer.add_key_value_metadata({"geo": json.dumps(_geo(extents))})
    return count


def _wkb(shape: BaseGeometry | None, extent: _Extent) -> bytes | None:
    if shape is None:
        return None
    extent.add(shape)
    written: bytes = shapely.to_wkb(shape)
    return written


def _geo(extents: Mapping[str, _Extent]) -> dict[str, Any]:
    """What GeoParquet 1.0 says of its columns of geometries."""
    from pyproj import CRS

    crs = CRS.from_epsg(4326).to_json_dict()
    columns = {}
    for name, extent in extents.items():
        known = {"encoding": "WKB", "geometry_types": sorted(extent.kinds), "crs": crs}
        columns[name] = known | ({"bbox": extent.bounds} if extent.bounds else {})
    return {"version": "1.0.0", "primary_column": FIRST, "columns": columns}
