"""CSV by RFC 4180: a row a feature, all layers below each other, the geometry last as WKT.

It begins with the mark of UTF-8 (BOM), without which Excel takes the text for another encoding; GDAL, pandas and R know
it. Text that a spreadsheet would take for a formula has an apostrophe before it. Positions in signed degrees have none:
they hold nothing but figures.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import shapely

from geomap.patterns import regex
from geomap.stage import Scene, SceneLayer
from geomap.tabular import DECIMALS, FIRST, POSITIONS, flatten, join

_LEADING = ("layer", "id", "title", "lon", "lat", *POSITIONS, "start", "end", "words", "article", "source", "style")
_FORMULA = regex(r"[\s\u200b-\u200f\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""How a formula begins in Excel, LibreOffice or a Japanese Excel, also behind what cannot be seen."""
_FIGURES = regex(r"[+-]?\d+(\.\d+)?(, [+-]?\d+(\.\d+)?)?")


def make_csv(_scene: Scene, layers: Sequence[SceneLayer]) -> bytes:
    """Make the table of some layers of a scene."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    frame = join([flatten(layer) for layer in layers]) if layers else None
    known = set(frame.columns) if frame is not None else set(FIRST)
    names = [*_LEADING, *(str(n) for n in (frame.columns if frame is not None else ()) if n not in _LEADING)]
    names = [name for name in names if name != "geometry"]
    writer.writerow([*names, "WKT"])
    for row in frame.to_dict("records") if frame is not None else ():
        shape = shapely.to_wkt(row["geometry"], rounding_precision=DECIMALS, trim=True)
        writer.writerow([*(cell(row[name]) if name in known else "" for name in names), shape])
    return file.getvalue().encode("utf-8-sig")


def cell(value: Any) -> str:
    """A value as a cell that no spreadsheet takes for a formula."""
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.10g}"
    text = str(value)
    return f"'{text}" if _FORMULA.match(text) and not _FIGURES.fullmatch(text) else text
