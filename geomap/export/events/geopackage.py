"""The tables as a GeoPackage, written some thousands of launches at a time, with styles for QGIS in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.export.events.columns import FLAG, GEOMETRY, MOMENT, NUMBER, TABLES, WHOLE, Table
from geomap.export.events.looks import LOOKS
from geomap.export.events.rows import Row, chunks, rows_of
from geomap.looks import TABLE, qml_of, style_row
from geomap.naming import Namer
from geomap.tabular import settled
from geomap.types import Launch

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import Series

_KINDS: Mapping[str, str] = {WHOLE: "Int64", NUMBER: "float64", FLAG: "bool", MOMENT: "datetime64[ms, UTC]"}


def frame_of(rows: Sequence[Row], table: Table) -> GeoDataFrame:
    """Make the frame of a table: absent text is None, an absent number NaN, an absent point None."""
    from geopandas import GeoDataFrame, GeoSeries

    made: dict[str, Any] = {
        column.name: _series([row[column.name] for row in rows], column.kind) for column in table.columns
    }
    made[GEOMETRY] = GeoSeries([row[GEOMETRY] for row in rows], crs="EPSG:4326")
    return GeoDataFrame(made, geometry=GEOMETRY, crs="EPSG:4326")


def _series(values: Sequence[Any], kind: str) -> Series[Any]:
    from pandas import Series

    return Series(values, dtype=_KINDS.get(kind, "object"))


def write_gpkg(launches: Iterable[Launch], path: Path, names: Namer, told: Callable[[int], None]) -> int:
    """Write a file that does not exist yet; the same launches make the same bytes.

    Parameters
    ----------
    told : called with the number of launches written so far

    Returns
    -------
    How many launches there are.
    """
    import pandas as pd
    import pyogrio

    count = 0
    with settled():
        _append(dict.fromkeys(TABLES, ()), path)  # every table is there, also one without a row
        for chunk in chunks(launches):
            _append(rows_of(chunk, names), path)
            count += len(chunk)
            told(count)
        styles = [style_row(name, GEOMETRY, qml_of(look, escaped=True)) for name, look in LOOKS.items()]
        pyogrio.write_dataframe(pd.DataFrame(styles), path, layer=TABLE, driver="GPKG", layer_options={"FID": "id"})
    return count


def _append(rows: Mapping[str, Sequence[Row]], path: Path) -> None:
    import pyogrio

    for name, table in TABLES.items():
        how: dict[str, Any] = {"append": True}
        if not rows[name] and path.exists() and name in pyogrio.list_layers(path)[:, 0]:
            continue
        if not path.exists():
            how = {"dataset_options": {"VERSION": "1.3"}}
        told = {"IDENTIFIER": table.title, "DESCRIPTION": table.about, "GEOMETRY_NAME": GEOMETRY, "FID": "fid"}
        pyogrio.write_dataframe(
            frame_of(rows[name], table),
            path,
            layer=name,
            driver="GPKG",
            geometry_type=table.geometry,
            layer_options=told,
            **how,
        )
