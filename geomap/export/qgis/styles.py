"""How a table looks in QGIS: what `geomap.qml` needs to draw it as the page draws it."""

from __future__ import annotations

from typing import Any

from geomap.export.qgis.sheets import DRAWN, Sheet
from geomap.qml import Category, Lettering, cell, template

_LONGEST = 64
"""A label of more characters is cut; the whole of it is in the table and in the map tip."""

_AROUND, _CURVED, _LEVEL, _PERIMETER = "6", "3", "4", "7"
_ABOVE = "10"
"""Labels stand above a line, as the map sees it."""
_WRAP = {"point": 30, "line": 0, "polygon": 22}
_LEAST = {"country": 3, "sea": 2, "zone": 4, "place": 5}


def style_of(sheet: Sheet) -> dict[str, Any]:
    """The arguments of `geomap.qml.make_qml` and `geomap.qml.add_style` for a table that is drawn."""
    return {
        "geometry": sheet.geometry,
        "categories": [
            Category(value=entry.value, title=entry.title, style=entry.style, inner=True, edge=entry.edge)
            for entry in sheet.entries
        ],
        "column": f'"{DRAWN}"' if sheet.is_categorised else "",
        "label": _label(sheet),
        "lettering": _lettering(sheet),
        "aliases": aliases_of(sheet),
        "tip": tip_of(sheet),
        "shunned": sheet.styles == ("land",),
    }


def aliases_of(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """The columns, and what forms and tables call them."""
    known = {"title": "Title", "words": "Words of the article", "start": "From (UTC)", "end": "Until (UTC)"}
    known |= dict(sheet.columns)
    return tuple((column, known[column]) for column in sheet.frame.columns if column in known)


def tip_of(sheet: Sheet) -> str:
    """The map tip: title, words, and the columns of the page's popup, all of it escaped."""
    if not sheet.columns:
        return ""
    shown = [(f"{heading}:", column) for column, heading in sheet.columns if column in sheet.frame.columns]
    said = [("Words:", "words")] if "words" in sheet.frame.columns else []
    head = f"<b>[% {cell('title')} %]</b><br>" if "title" in sheet.frame.columns else ""
    body = head + template(*said, *shown, escaped=True)
    return f'<div style="max-width: 30em; font-family: sans-serif; font-size: small">{body}</div>'


def _label(sheet: Sheet) -> str:
    """The expression of a label."""
    if not sheet.label:
        return ""
    column = f'"{sheet.label}"'
    return f"if(length({column}) > {_LONGEST}, left({column}, {_LONGEST - 1}) || '…', {column})"


def _lettering(sheet: Sheet) -> Lettering:
    first = sheet.entries[0].style
    is_range = first.key.startswith(("range", "assumed-range"))
    placement = {"point": _AROUND, "line": _CURVED, "polygon": _PERIMETER if is_range else _LEVEL}[sheet.geometry]
    if not first.symbol and sheet.geometry == "point":
        placement = "1"  # over the point, which has no symbol
    tones = {entry.value: entry.style.text.light for entry in sheet.entries}
    colour = ""
    if sheet.is_categorised and len(set(tones.values())) > 1:
        cases = " ".join(f"WHEN \"{DRAWN}\" = '{value}' THEN '{tone}'" for value, tone in tones.items())
        colour = f"CASE {cases} END"
    cut = next((entry.edge for entry in sheet.entries if entry.edge), "") if is_range else ""
    main = first.key in ("launch-point", "impact-point")
    return Lettering(
        placement=_CURVED if cut else placement,
        line=cut,
        wrap=0 if is_range or first.key.startswith("hazard") else _WRAP[sheet.geometry],
        colour=colour,
        priority=10 if main else 8 if first.key.startswith("hazard") else _LEAST[first.lettering],
        weight=75 if main else 50,
        corners="R,TR,BR,L,TL,BL,TSR,BSR",
        from_symbol=bool(first.symbol),
        flags=_ABOVE,
    )
