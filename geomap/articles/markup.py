"""Makes a page's markup ready for trafilatura, and paragraphs of what trafilatura makes of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from geomap.articles.layout import CONTROL, table_row, tidy
from geomap.patterns import regex

_LINE = "\u2028"  # where a line ends on purpose; what ends one in the source of a page is a blank
_UNSEEN = ("template", "noscript", "iframe", "object")
_HIDDEN = regex(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_BODIES = ("tbody", "thead", "tfoot")


def prepare(tree: Any) -> None:
    """Take out of a parsed page what would mislead trafilatura."""
    for element in tree.iter():
        # One escape character anywhere, and lxml takes no text of the page any more.
        if element.text and CONTROL.search(element.text):
            element.text = CONTROL.sub(" ", element.text)
        if element.tail and CONTROL.search(element.tail):
            element.tail = CONTROL.sub(" ", element.tail)
        for name, value in element.attrib.items():
            if CONTROL.search(value):
                element.set(name, CONTROL.sub(" ", value))
    for element in [element for element in tree.iter() if _is_unseen(element)]:
        element.drop_tree()
    for element in list(tree.iter("pre")):
        _break_lines(element)
    for table in list(tree.iter("table")):
        if _is_layout(table):
            _unwrap(table)


def blocks(element: Any) -> Iterator[str]:
    """The paragraphs, headings, lists and tables of an element of trafilatura's, in order."""
    inline = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS:
            yield _paragraph(inline)
            yield from _BLOCKS[child.tag](child)
            inline = []
        else:
            inline.append(_inline(child))
        inline.append(child.tail or "")
    yield _paragraph(inline)


def _list(element: Any) -> Iterator[str]:
    yield "\n".join(_items(element))


def _items(element: Any) -> Iterator[str]:
    for item in element:
        lines = [line for block in blocks(item) for line in block.split("\n") if line]
        yield from (line if number or line.startswith("- ") else f"- {line}" for number, line in enumerate(lines))


def _table(element: Any) -> Iterator[str]:
    """Rows of one cell as what is in it, the others as lines one below the other."""
    rows = [[cell for cell in row if cell.tag == "cell"] for row in element if row.tag == "row"]
    for single, group in groupby(rows, lambda cells: len(cells) == 1):
        if single:
            for cells in group:
                yield from blocks(cells[0])
        else:
            lines = (table_row(" ".join(blocks(cell)) for cell in cells) for cells in group)
            yield "\n".join(filter(None, lines))


_BLOCKS: dict[str, Callable[[Any], Iterator[str]]] = {
    **dict.fromkeys(("p", "head", "quote", "code", "div", "ab", "item", "cell"), blocks),
    "list": _list,
    "table": _table,
}


def _inline(element: Any) -> str:
    if element.tag == "lb":
        return _LINE
    return "".join([element.text or "", *(_inline(child) + (child.tail or "") for child in element)])


def _paragraph(parts: list[str]) -> str:
    return "\n".join(filter(None, map(tidy, "".join(parts).split(_LINE))))


def _break_lines(element: Any) -> None:
    """Write the newlines of preformatted text as ``<br>``: lines of coordinates should stay lines."""
    for one in list(element.iter()):
        if one.text and "\n" in one.text:
            one.text, *rest = one.text.split("\n")
            for line in reversed(rest):
                one.insert(0, _br(one, line))
        if one is not element and one.tail and "\n" in one.tail:
            one.tail, *rest = one.tail.split("\n")
            parent = one.getparent()
            for line in reversed(rest):
                parent.insert(parent.index(one) + 1, _br(one, line))


def _is_unseen(element: Any) -> bool:
    """Whether a browser does not show an element; not all ways of trafilatura to a text care."""
    hidden = "hidden" in element.attrib or _HIDDEN.search(element.get("style") or "")
    return element.tag in _UNSEEN or (bool(hidden) and element.tag not in ("html", "body"))


def _br(near: Any, tail: str) -> Any:
    line: Any = near.makeelement("br")
    line.tail = tail
    return line


def _rows(table: Any) -> list[Any]:
    return [row for part in table for row in (part if part.tag in _BODIES else (part,)) if row.tag == "tr"]


def _cells(row: Any) -> list[Any]:
    return [cell for cell in row if cell.tag in ("td", "th")]


def _is_layout(table: Any) -> bool:
    """Whether a table only puts things in their places, as in old pages and newsletters."""
    nested = next(table.iterdescendants("table"), None) is not None
    return nested or table.get("role") == "presentation" or all(len(_cells(row)) < 2 for row in _rows(table))


def _unwrap(table: Any) -> None:
    """Make divisions of a table's cells; trafilatura would put the inner of two tables behind the outer one."""
    parts = [part for part in table if part.tag in _BODIES]
    rows = _rows(table)
    for element in [*(cell for row in rows for cell in _cells(row)), *rows, *parts, table]:
        element.tag = "div"
