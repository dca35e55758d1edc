"""A workbook: a sheet for each table of the scene, one for the features, one that says where all of it is from.

Every cell is written as text or as a number, never as something that Excel may take for a formula or a link.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import shapely

from geomap.errors import ExportError
from geomap.patterns import regex
from geomap.stage import Scene, SceneLayer, Table
from geomap.style import GROUND
from geomap.tabular import DECIMALS, FIRST, flatten, join, plain

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

SHEETS = {
    "events": "Events",
    "claims": "Claims",
    "hazards": "Closed areas",
    "places": "Places",
    "unlocated": "Not located",
    "timeline": "Timeline",
    "conflicts": "Where reports differ",
    "assumed": "Added by the analyst",
}
"""The names of the sheets, in their order, by the keys of the scene's tables."""

LONGEST_CELL = 32_767
"""Characters that a cell of Excel can hold."""
MOST_ROWS = 1_048_575
"""Rows of a sheet below its headings."""

_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # xlsxwriter takes moments without a zone
_NARROWEST, _WIDEST = 9, 48
"""Widths of columns in characters."""
_LINE_PT, _TALLEST_PT = 13, 400
"""Heights of a line and of the tallest row in points."""
_FORBIDDEN = regex(r"[\[\]:*?/\\']")
_TONES = {"agrees": "agrees", "contradicts": "contradicts", "cannot tell": "doubt"}

Rows = Iterable[Sequence[Any]]


def make_xlsx(scene: Scene, layers: Sequence[SceneLayer]) -> bytes:
    """Make the workbook; the layers are what the sheet of features holds.

    Raises
    ------
    ExportError
        if a sheet cannot hold so many rows
    """
    from xlsxwriter import Workbook

    file = io.BytesIO()
    book = Workbook(
        file,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties(
        {"title": plain(scene.title)[:255], "subject": plain(scene.subtitle)[:255], "created": _CREATED}
    )
    styles = _formats(book)
    order = list(SHEETS)
    tables = sorted(scene.tables, key=lambda table: order.index(table.key) if table.key in order else len(order))
    for table in tables:
        name = SHEETS.get(table.key) or _FORBIDDEN.sub(" ", plain(table.title))[:31]
        _fill(book.add_worksheet(name), *_dense(table), styles)
    _features(book.add_worksheet("Features"), layers, styles)
    _about(book.add_worksheet("About"), scene, styles)
    book.close()
    return file.getvalue()


def _dense(table: Table) -> tuple[list[str], list[list[str]]]:
    """The headings and rows of a table without the columns in which nothing stands, as on the page."""
    full = [at for at, _ in enumerate(table.headings) if at == 0 or any(row[at] for row in table.rows)]
    return [table.headings[at] for at in full], [[row[at] for at in full] for row in table.rows]


def _formats(book: Workbook) -> dict[str, Format]:
    cell = {"text_wrap": True, "valign": "top", "font_size": 10, "bottom": 1, "bottom_color": GROUND["rule"].light}
    head = {"bold": True, "bg_color": GROUND["ink"].light, "font_color": GROUND["paper"].light, "valign": "vcenter"}
    made = {
        "cell": book.add_format(cell),
        "flat": book.add_format(cell | {"text_wrap": False}),
        "head": book.add_format(head | {"font_size": 10, "text_wrap": True}),
        "name": book.add_format(cell | {"bold": True}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    for verdict, tone in _TONES.items():
        made[verdict] = book.add_format(cell | {"bold": True, "font_color": GROUND[tone].light})
    return made


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Rows, styles: dict[str, Format]) -> None:
    """Write a table with a head that stays, a filter, and columns as wide as they need."""
    kept = list(rows)
    if len(kept) > MOST_ROWS:
        message = f"a sheet of Excel holds {MOST_ROWS:,} rows, not {len(kept):,}; write .csv or .gpkg instead"
        raise ExportError(message)
    widths = [min(_WIDEST, max(_NARROWEST, len(heading) + 4)) for heading in headings]
    sheet.set_row(0, 22)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, plain(heading), styles["head"])
    texts = [[text_of(value) for value in row] for row in kept]
    for column, heading in enumerate(headings):
        lines = (line for row in texts for line in row[column].split("\n")) if heading != "WKT" else ()
        widths[column] = min(_WIDEST, max([widths[column], *(round(len(line) * 1.05) + 2 for line in lines)]))
        sheet.set_column(column, column, widths[column])
    for number, (row, told) in enumerate(zip(kept, texts, strict=True), 1):
        heights = [_lines(text, widths[at]) for at, text in enumerate(told) if headings[at] != "WKT"]
        sheet.set_row(number, min(_TALLEST_PT, _LINE_PT * max(heights) + 4))
        for column, (value, text) in enumerate(zip(row, told, strict=True)):
            if isinstance(value, (bool, int, float)) and value == value:
                sheet.write(number, column, value, styles["cell"])
            else:
                kind = "flat" if headings[column] == "WKT" else "name" if not column else "cell"
                sheet.write_string(number, column, text, styles[text if column and text in _TONES else kind])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(kept), len(headings) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _lines(text: str, width: float) -> int:
    """How many lines a text takes in a column: LibreOffice does not look for itself."""
    return sum(max(1, math.ceil(len(line) / width)) for line in text.split("\n"))


def text_of(value: Any) -> str:
    """A value as the text of a cell, cut where Excel would cut it."""
    text = "" if value is None or value != value else plain(str(value))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 2] + " …"


def _features(sheet: Worksheet, layers: Sequence[SceneLayer], styles: dict[str, Format]) -> None:
    """Write a row for each mark; the geometry as WKT where a cell can hold it."""
    if not layers:
        _fill(sheet, FIRST, (), styles)
        return
    frame = join([flatten(layer) for layer in layers])
    names = [str(name) for name in frame.columns if name != "geometry"]
    rows = (
        [*(row[name] for name in names), row["geometry"].geom_type, _wkt(row["geometry"])]
        for row in frame.to_dict("records")
    )
    _fill(sheet, [*names, "geometry", "WKT"], rows, styles)


def _wkt(shape: shapely.Geometry) -> str:
    text = str(shapely.to_wkt(shape, rounding_precision=DECIMALS, trim=True))
    return text if len(text) <= LONGEST_CELL else ""


def _about(sheet: Worksheet, scene: Scene, styles: dict[str, Format]) -> None:
    """Write whom to thank, what to beware of, and with what it was made."""
    lines = [("", scene.subtitle), *(("Credit", line) for line in scene.credits)]
    lines += [("Caveat", line) for line in scene.caveats]
    lines += [
        ("Note", "Geometries longer than a cell can hold are left out of the sheet Features: write .gpkg or .csv."),
        ("Note", "Positions are WGS 84, latitude first in the columns position_…; no MGRS beyond 84° N and 80° S."),
        *((f"Made with {name}", value) for name, value in scene.made.items()),
    ]
    sheet.write_string(0, 0, text_of(scene.title), styles["title"])
    for number, (what, said) in enumerate(lines, 1):
        sheet.write_string(number, 0, text_of(what), styles["name"])
        sheet.write_string(number, 1, text_of(said), styles["cell"])
        sheet.set_row(number, min(_TALLEST_PT, _LINE_PT * _lines(text_of(said), 110) + 4))
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 110)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
