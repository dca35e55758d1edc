"""Reads a Word document (.docx): paragraphs and tables in the order of the document."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from geomap.articles.layout import join_blocks, real_title, table_row, tidy
from geomap.articles.origin import Found, Origin
from geomap.articles.silence import silenced
from geomap.errors import InputError

MOST_PARTS = 5000
UNPACKED = 10
"""How many times the largest input all parts together may come to, pictures included."""

_MAIN = "word/document.xml"
_OTHERS = (
    ("xl/", "a spreadsheet"),
    ("ppt/", "a presentation"),
    ("content.xml", "an OpenDocument file"),
    ("META-INF/container.xml", "an e-book"),
)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{_W}txbxContent"
# What was deleted or moved away while changes were tracked, what Word shows nobody, and a second copy for old Words.
_UNSEEN = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK}
_MARKS = {f"{_W}tab": " ", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def read(data: bytes, origin: Origin) -> Found:
    """Read a Word document.

    Raises
    ------
    InputError
        if it is another kind of archive, damaged, without text or far too large
    """
    import docx

    _check(data, origin)
    with silenced("docx"):
        try:
            document = docx.Document(io.BytesIO(data))
            body: Any = document.element.body
            styles = {style.style_id: style.name or "" for style in document.styles}
            parts = list(_blocks(body))
            title = real_title(document.core_properties.title) or _titled(body, styles)
        except Exception:  # python-docx raises whatever its parts raise on broken XML
            message = f"{origin.name}: a damaged Word document; open it in Word and save it anew, or as a .txt file"
            raise InputError(message) from None
    text = join_blocks(parts)
    if not text or len(text) > origin.most_bytes:
        reason = "without text; what stands in a picture is not read" if not text else "longer than any article"
        message = f"{origin.name}: a Word document {reason}"
        raise InputError(message)
    return Found(text=text, title=title)


def _check(data: bytes, origin: Origin) -> None:
    """Look into an archive before anything of it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except Exception:  # zipfile raises more than BadZipFile on broken tables of contents
        message = f"{origin.name}: a damaged zip archive or office document; save it anew, or as a .txt file"
        raise InputError(message) from None
    names = {part.filename for part in parts}
    if _MAIN not in names:
        kind = next((kind for start, kind in _OTHERS if any(name.startswith(start) for name in names)), "a zip archive")
        message = f"{origin.name}: {kind}, not text; save it as a .docx, .pdf or .txt file first"
        raise InputError(message)
    largest = max(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    total = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or largest > origin.most_bytes or total > UNPACKED * origin.most_bytes:
        message = f"{origin.name}: a Word document far larger than any article; save the pages that matter"
        raise InputError(message)


def _blocks(element: Any) -> Iterator[str]:
    """The paragraphs and tables in an element, in order."""
    for child in element:
        if child.tag == f"{_W}p":
            yield _text(child)
            for box in child.iter(_BOX):  # a text box belongs to a paragraph, and has paragraphs
                if not any(above.tag == _FALLBACK for above in box.iterancestors()):
                    yield from _blocks(box)
        elif child.tag == f"{_W}tbl":
            yield from _table(child)
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}customXml", f"{_W}moveTo"):
            yield from _blocks(child)


def _table(table: Any) -> Iterator[str]:
    lines: list[str] = []
    for row in table.iter(f"{_W}tr"):
        if next(row.iterancestors(f"{_W}tbl")) is not table:
            continue  # a row of a table in a cell comes with the cell
        cells = [list(_blocks(cell)) for cell in row.iter(f"{_W}tc") if next(cell.iterancestors(f"{_W}tr")) is row]
        if len(cells) == 1:
            yield "\n".join(lines)
            yield from cells[0]
            lines = []
        else:
            lines.append(table_row(" ".join(cell) for cell in cells))
    yield "\n".join(filter(None, lines))


def _text(paragraph: Any) -> str:
    """The text that Word shows of a paragraph, text boxes left out."""
    return "\n".join(filter(None, map(tidy, "".join(_runs(paragraph)).split("\n"))))


def _runs(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _MARKS:
            yield _MARKS[child.tag]
        elif child.tag not in _UNSEEN and child.tag != _BOX and not _is_hidden(child):
            yield from _runs(child)


def _is_hidden(run: Any) -> bool:
    """Whether a run is formatted as hidden."""
    mark = run.find(f"{_W}rPr/{_W}vanish") if run.tag == f"{_W}r" else None
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false", "off")


def _titled(body: Any, styles: dict[str, str]) -> str:
    """The first paragraph in the style 'Title', whatever a Word in another language calls that."""
    for style in body.iter(f"{_W}pStyle"):
        if styles.get(style.get(f"{_W}val"), "").casefold() == "title":
            return _text(next(style.iterancestors(f"{_W}p"))).replace("\n", " ")
    return ""
