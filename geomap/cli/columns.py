"""Text into lines and columns of a terminal: by what characters take up on the screen, words kept whole where they fit.

rich wraps and lays out tables too, but breaks at no-break spaces and measures every cell of a table, which takes long
for thousands of rows. Nothing here, or of what is printed, is read as rich's markup.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.cells import cell_len, chop_cells
from rich.text import Text

from geomap import wording
from geomap.cli.terminal import printable
from geomap.patterns import regex

GAP = 2
"""Empty characters between two columns."""

_WORD = regex(r"[\S\xa0\u2007\u202f]+|[^\S\xa0\u2007\u202f]+")
_SPACES = regex(r"[^\S\xa0\u2007\u202f]+")


def clean(text: str, longest: int = wording.LONGEST_QUOTE) -> str:
    """Make one printable line of words from an article or a file, cut short where they are long."""
    text = _SPACES.sub(" ", text).strip()
    if len(text) > longest:
        text = (text[:longest].rpartition(" ")[0] or text[:longest]) + " …"
    return printable(text)


def wrap(text: Text, width: int, held: Collection[int] = ()) -> list[Text]:
    """Break one line of text into lines that fit.

    Parameters
    ----------
    width : characters of one cell
    held : offsets of spaces at which no line may end
    """
    lines = list(text.divide(list(_cuts(text.plain, width, held))))
    for line in lines:
        line.rstrip()
    return lines


def _cuts(plain: str, width: int, held: Collection[int]) -> Iterator[int]:
    """Offsets at which a line begins, but for the first."""
    used = 0
    for start, end in _words(plain, held):
        size = cell_len(plain[start:end])
        if not _SPACES.fullmatch(plain, start, end):
            if used and used + size > width:
                yield start
                used = 0
            for part in chop_cells(plain[start:end], width)[:-1] if size > width else ():
                start += len(part)
                yield start
            size = cell_len(plain[start:end])
        used += size


def _words(plain: str, held: Collection[int]) -> Iterator[tuple[int, int]]:
    """Spans of words and of the spaces between them; words with a held space between them are one."""
    start = end = 0
    for found in _WORD.finditer(plain):
        if found.start() in held or end - 1 in held:
            end = found.end()
            continue
        if end > start:
            yield start, end
        start, end = found.span()
    if end > start:
        yield start, end


def lay_out(rows: Iterable[Sequence[Sequence[Text]]], widths: Sequence[int]) -> Iterator[Text]:
    """Put the cells of each row side by side, as lines.

    No-break spaces have done their work then and become spaces, so that what is printed can be searched.

    Parameters
    ----------
    rows : a cell is a number of paragraphs, each wrapped to its column
    widths : of the columns, in characters
    """
    for row in rows:
        cells = [[line for part in cell for line in wrap(part, width)] for cell, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells):
            line = Text()
            for part, width in zip(parts, widths, strict=True):
                if part is not None:
                    part.plain = part.plain.replace("\xa0", " ")
                    line.append_text(part)
                    line.append(" " * (width - cell_len(part.plain) + GAP))
                else:
                    line.append(" " * (width + GAP))
            line.rstrip()
            yield line
