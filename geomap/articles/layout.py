"""How a text is laid out: paragraphs with a blank line between, rows of tables, the headline."""

from __future__ import annotations

import re
from collections.abc import Iterable

from geomap.patterns import regex

_TITLE_LENGTH = 120
_FURNITURE = regex(r"\b(?:skip to|sign in|log in|subscribe|advertisement|cookies?|newsletter)\b", re.IGNORECASE)
_HEADING = regex(r"^# +(.+)$", re.MULTILINE)
CONTROL = regex(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")
"""Characters that are no text."""

_INVISIBLE = regex("[\xad\u200b\u2060\ufeff]")  # where a word may break: it would hide the word 'mis­sile'
# What programs write into a file's properties when nobody has given it a title.
_NO_TITLE = regex(
    r"microsoft (?:word|powerpoint|excel)\b.*|.*\.\w{2,5}|\w+://.*|\W*|"
    r"(?:untitled|title|(?:word )?document|dokument|(?:powerpoint )?presentation|writer|print|about:blank)[\s\d-]*",
    re.IGNORECASE | re.DOTALL,
)


def one_line(text: str) -> str:
    """Write a text on one line."""
    return " ".join(text.split())


def headline(text: str) -> str:
    """Find an article's own headline: its first Markdown heading, or a short first line that stands alone."""
    heading = _HEADING.search(text)
    if heading:
        return one_line(heading[1].rstrip(" #"))
    first, _, rest = text.lstrip().partition("\n")
    following = rest.partition("\n")
    alone = not following[0].strip() and bool(following[2].strip())
    title = alone and len(first) <= _TITLE_LENGTH and not _FURNITURE.search(first)
    return one_line(first) if title else ""


def real_title(text: object) -> str:
    """A title from a file's properties; empty when a program wrote it and no person ('Microsoft Word - a.docx')."""
    title = one_line(CONTROL.sub(" ", text)) if isinstance(text, str) else ""
    return "" if _NO_TITLE.fullmatch(title) else title


def tidy(line: str) -> str:
    """One line of a paragraph: single blanks, and no character that cannot be seen."""
    return one_line(CONTROL.sub(" ", _INVISIBLE.sub("", line)))


def table_row(cells: Iterable[str]) -> str:
    """A row of a table as one line (``| 34.8 N | 131.0 E |``); the text itself when there is but one cell."""
    texts = [one_line(cell) for cell in cells]
    if len(texts) == 1:  # a table that only lays out a page
        return texts[0]
    return f"| {' | '.join(texts)} |" if any(texts) else ""


def join_blocks(blocks: Iterable[str]) -> str:
    """Put a blank line between the paragraphs."""
    return "\n\n".join(block for block in blocks if block)
