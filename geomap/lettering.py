"""How much room a text takes in a document that is set on another machine: widths of letters, lines, columns.

Which type a reader's program sets cannot be known. The widths are those of DejaVu Sans, which is wider than nearly all
others that offices use: what fits by them fits. No font is opened, so that the answer is the same everywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Sequence
from functools import lru_cache

from geomap.patterns import regex

LEADING = 1.24
"""From one line to the next, in sizes of type; the greatest of the usual fonts."""

_GROUPS = {
    27: "'", 28: "ijl", 29: "IJ", 32: " ,.‘’·\u00a0", 34: "/:;\\|", 35: "f", 36: "-", 39: "()[]t", 40: "!", 41: "r",
    46: '"', 50: "*_`–°", 52: "sz“”", 53: "?", 55: "c", 56: "L", 58: "Fk", 59: "vxy•", 60: "P", 61: "TYao", 62: "e",
    63: "ESbdghnpqu", 64: "$0123456789{}", 66: "K", 68: "AV", 69: "BRXZ", 70: "C", 73: "U", 75: "HN", 77: "DG",
    78: "&", 79: "OQ", 82: "w", 84: "#+<=>^~±×→", 86: "M", 95: "%", 97: "m", 99: "W", 100: "@—…",
}  # fmt: skip
_WIDTHS = {letter: width / 100 for width, letters in _GROUPS.items() for letter in letters}
_BOLD = 0.08
_OTHER, _WIDE = 0.72, 1.02
_READ, _SHARE = 2000, 1.2
_TOKEN = regex(r"[ \t\n\r]+")
_LONGEST = 20_000
"""Code points that are looked at: what is longer fits nowhere."""


@lru_cache(maxsize=65536)
def width(text: str, size: float, bold: bool = False) -> float:
    """Width in points of a text on one line."""
    return sum(_letter(letter, bold) for letter in text[:_LONGEST]) * size


def height(lines: int, size: float) -> float:
    """Height in points of some lines."""
    return lines * size * LEADING


def measure(text: str, size: float, bold: bool) -> tuple[float, float]:
    """Width and height in points of a text with its own line breaks."""
    lines = text.split("\n")
    return max(width(line, size, bold) for line in lines), height(len(lines), size)


def wrap(text: str, room: float, size: float, bold: bool = False) -> list[str]:
    """Break a text into lines that fit; a word that is too long is broken, too.

    Parameters
    ----------
    room : points that a line may take
    """
    lines: list[str] = []
    line, used = "", 0.0
    blank = width(" ", size, bold)
    for word in _words(text[:_LONGEST]):
        wide = width(word, size, bold)
        if line and used + blank + wide <= room:
            line, used = f"{line} {word}", used + blank + wide
            continue
        if line:
            lines.append(line)
        while wide > room and len(word) > 1:
            kept = _fitting(word, room, size, bold)
            lines.append(word[:kept])
            word = word[kept:]
            wide = width(word, size, bold)
        line, used = word, wide
    return [*lines, line] if line else lines


def shorten(text: str, room: float, lines: int, size: float, bold: bool = False) -> str:
    """The text, or as much of it as fits on some lines with an ellipsis behind it."""
    found = wrap(text, room, size, bold)
    if len(found) <= lines:
        return text
    kept = found[:lines]
    last = kept[-1]
    while last and width(f"{last} …", size, bold) > room:
        last = last.rpartition(" ")[0] or last[:-1]
    return " ".join([*kept[:-1], f"{last.rstrip(' ,;:.')} …"])


def columns(
    rows: Sequence[Sequence[str]],
    room: float,
    size: float,
    pad: float,
    least: float = 24.0,
    heavy: Collection[int] = (0,),
) -> list[float]:
    """Widths of the columns of a table that together take a room, by what stands in them.

    Parameters
    ----------
    rows : the cells; the first row is the head, which is bold
    pad : points at both sides of a cell's text together
    least : points that every column has
    heavy : the columns that are bold
    """
    count = len(rows[0])
    words, wide = [least] * count, [least] * count
    for number, row in enumerate(rows):
        for place, cell in enumerate(row):
            bold = number == 0 or place in heavy
            longest = max((width(word, size, bold) for word in _words(cell[:_READ])), default=0.0)
            words[place] = max(words[place], longest + pad)
            wide[place] = max(wide[place], width(cell[:_READ], size, bold) + pad)
    # Whole words where there is room for them; else a column that would take more than its share has words broken.
    narrow = words if sum(words) <= room else [min(value, room / count * _SHARE) for value in words]
    spare = room - sum(narrow)
    if spare < 0:
        kept = [value if value <= room / count else 0.0 for value in narrow]
        others = [0.0 if small else value for small, value in zip(kept, narrow, strict=True)]
        rest = room - sum(kept)
        return [small or value * rest / sum(others) for small, value in zip(kept, narrow, strict=True)]
    # Long texts get more room, but not as much more as they are longer: they may take several lines.
    wants = [max(0.0, whole - part) ** 0.6 + 1.0 for whole, part in zip(wide, narrow, strict=True)]
    return [part + spare * want / sum(wants) for part, want in zip(narrow, wants, strict=True)]


def torn(text: str, room: float, size: float, bold: bool = False) -> bool:
    """Whether a word has to be broken so that a text fits a width."""
    return any(width(word, size, bold) > room for word in _words(text[:_READ]))


@lru_cache(maxsize=4096)
def _letter(letter: str, bold: bool) -> float:
    """Width of a letter in sizes of type."""
    known = _WIDTHS.get(letter)
    if known is not None:
        return known + (_BOLD if bold and letter != " " else 0.03 if bold else 0.0)
    if unicodedata.combining(letter):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(letter) in "WF" else _OTHER + (_BOLD if bold else 0.0)


def _words(text: str) -> list[str]:
    """The pieces between which a line may end; a space that does not break stays in its word."""
    return [word for word in _TOKEN.split(text) if word]


def _fitting(word: str, room: float, size: float, bold: bool) -> int:
    """How many letters of a word fit, one at least."""
    used = 0.0
    for number, letter in enumerate(word):
        used += _letter(letter, bold) * size
        if used > room:
            return max(1, number)
    return len(word)
