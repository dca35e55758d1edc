"""Makes paragraphs of the lines of a PDF, which knows only where on a page a line stands."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from geomap.articles.layout import join_blocks, tidy
from geomap.patterns import regex

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_SOFT_END = regex(r"\xad[ \t]*\n\s*")
_FULL = 0.75  # of the usual longest line: a shorter one is the last of its paragraph, or a heading
_NARROWEST = 35  # characters: no column of running text is narrower, but a list is
_ITEM = regex(r"[•·–—▪●*#>|-]\s?|\(?(?:\d{1,2}|[A-Za-z])[.)] ")
_BROKEN = regex(r"([^\W\d_]+)[-‐]$")
_LONGEST_WORD = 60
_WORD = regex(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# The first half of words that are written with a hyphen wherever they stand, and the second half of Korean names.
_COMPOUND = frozenset(
    _WORD.findall(
        "air all anti co cross counter east ex first five four ground half high inter intermediate land liquid long "
        "low medium mid multi near non north nuclear one post pre quasi rail road sea second self semi seven shell "
        "ship short single six solid south state submarine sub surface test third three two ultra vice west"
    )
)
_KOREAN = frozenset(("ri", "ni", "do", "si", "gun", "eup", "myon", "myeon", "dong", "gu"))
_FEWEST_PAGES = 3
_LONGEST_NUMBER = 30
_PAGE_NUMBER = regex(r"^(?:page )?\W*|\W*(?:(?:of|/) ?\d+)?\W*$", re.IGNORECASE)
"""What stands about the number of a page: '- 3 -', 'Page 3 of 7'."""


def paragraphs(pages: Sequence[str]) -> str:
    """Join lines of one paragraph, over the end of a page too, and put a blank line between paragraphs.

    Parameters
    ----------
    pages : the text of each page, a line of the page in a line
    """
    lines = [line for page in _without_running_lines([_lines(page) for page in pages]) for line in page]
    known = Counter(word.casefold() for line in lines for word in _WORD.findall(line))
    full_length = max(_NARROWEST, _FULL * _usual_width(lines))
    found: list[list[str]] = []  # paragraphs, each in pieces
    full = False
    for line in lines:
        if full and line and not _ITEM.match(line):
            found[-1][-1:] = _joined(found[-1][-1], line, known)
        elif line:
            found.append([line])
        full = len(line) >= full_length or _broken(line) is not None
    return join_blocks(map("".join, found))


def _lines(page: str) -> list[str]:
    text = _SOFT_END.sub("", page.translate(_LIGATURES))
    return [tidy(line) for line in text.split("\n")]


def _usual_width(lines: Sequence[str]) -> int:
    """The length that nine of ten lines of running text do not exceed."""
    lengths = sorted(len(line) for line in lines if line)
    return lengths[(len(lengths) - 1) * 9 // 10] if lengths else 0


def _broken(line: str) -> re.Match[str] | None:
    """The half of a word with which a line ends, and its hyphen."""
    return _BROKEN.search(line, max(0, len(line) - _LONGEST_WORD))


def _joined(head: str, line: str, known: Counter[str]) -> tuple[str, str]:
    """Put a line behind the piece in front of it, and the halves of a word together: both, to be written as one."""
    broken = _broken(head)
    follows = _WORD.match(line)
    if not broken or not follows:
        # 'Hwasong-' and '15': a hyphen that ends a line belongs to the word, whatever comes next.
        return head, (line if head.endswith(("-", "‐")) and line[0].isalnum() else f" {line}")
    first, second = broken[1], follows[0].partition("-")[0]
    whole, compound = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
    kept = (
        not second[0].islower()
        or known[compound] > known[whole]
        or (not known[whole] and (first.casefold() in _COMPOUND or (first[0].isupper() and second in _KOREAN)))
    )
    return head if kept else head[:-1], line


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Take away what stands first or last on most pages, and the number of the page."""
    pages = [_stripped(page) for page in pages]
    for end in (0, -1):
        for number, page in enumerate(pages, 1):
            if page and len(page[end]) < _LONGEST_NUMBER and _PAGE_NUMBER.sub("", page[end]) == str(number):
                page.pop(end)
        said = Counter(_running(page[end]) for page in pages if page)
        for page in pages:
            if page and said[_running(page[end])] >= max(_FEWEST_PAGES, len(pages) / 2):
                page.pop(end)
    return [_stripped(page) for page in pages]


def _running(line: str) -> str:
    """What of a line is the same on every page."""
    return re.sub(r"\d+", "0", line)


def _stripped(page: list[str]) -> list[str]:
    filled = [number for number, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []
