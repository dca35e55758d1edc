"""The GeoPackage: a table for each sheet, and the styles, so that a layer that is dragged into QGIS is dressed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from geomap.export.qgis.sheets import Sheet
from geomap.export.qgis.styles import style_of
from geomap.looks import TABLE, UPDATED, style_row
from geomap.qml import make_qml


def write_geopackage(sheets: Sequence[Sheet], path: Path, abstract: str) -> None:
    """Write the tables and their styles into a new file.

    Parameters
    ----------
    abstract : credits and caveats, the description of every table
    """
    import pandas as pd

    with _fixed():
        for sheet in sheets:
            told = {"IDENTIFIER": sheet.table, "DESCRIPTION": abstract, "GEOMETRY_NAME": "geom", "FID": "fid"}
            how: dict[str, Any] = {"layer_options": told}
            if sheet.geometry != "none":
                how |= {"promote_to_multi": sheet.geometry != "point", "geometry_type": _type(sheet)}
            _write(sheet.frame, path, sheet.table, **how)
        _write(pd.DataFrame(list(_styles(sheets))), path, TABLE, layer_options={"FID": "id"})


def _write(frame: Any, path: Path, table: str, **how: Any) -> None:
    import pyogrio

    first = {"dataset_options": {"VERSION": "1.3"}} if not path.exists() else {"append": False}
    pyogrio.write_dataframe(frame, path, layer=table, driver="GPKG", **first, **how)


def _type(sheet: Sheet) -> str:
    return {"point": "Point", "line": "MultiLineString", "polygon": "MultiPolygon"}[sheet.geometry]


def _styles(sheets: Sequence[Sheet]) -> Iterator[dict[str, Any]]:
    for sheet in sheets:
        if sheet.geometry != "none":
            yield style_row(sheet.table, "geom", make_qml(**style_of(sheet)))


@contextmanager
def _fixed() -> Iterator[None]:
    """Write the same moment into every file, and do not wait for the disk."""
    import pyogrio

    options = {"OGR_CURRENT_DATE": UPDATED, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    before = {name: pyogrio.get_gdal_config_option(name) for name in options}
    pyogrio.set_gdal_config_options(options)
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options(before)
