"""An article's own words with a mark at each mention: by colour and a small number, or in brackets without colour.

The words stay as they are. Line breaks that only wrapped the lines of a file give way to the width of the terminal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappop, heappush
from itertools import pairwise, zip_longest

from rich.style import Style
from rich.text import Text

from geomap.cli.columns import wrap
from geomap.cli.terminal import printable
from geomap.patterns import regex
from geomap.types import Mention

STYLES = {
    "located": Style(color="green", bold=True),
    "dateline": Style(color="magenta", bold=True),
    "doubtful": Style(color="yellow", bold=True),
    "actor": Style(dim=True),
    "embedded": Style(dim=True, italic=True),
}
"""How words are shown, by what was made of them."""

LEGEND = {
    "located": "a place",
    "phrase": "a phrase that leads to one",
    "dateline": "a dateline",
    "doubtful": "not located",
    "actor": "who, not where",
    "embedded": "part of another name",
}
NO_PLACE = ("actor", "embedded")
DIM = Style(dim=True)

_PHRASE = Style(bold=False, underline=True)
_UNDERLINED = Style(underline=True)
_SMALL = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NUMBERED = regex(r"m[0-9]+")
_BREAK = regex(r"\r?\n")
_TAB = "    "
_SHORTEST, _LONGEST = 60, 130  # length of the longest line of a text that was wrapped
_RAGGED = 8  # so much shorter than the longest one a line may be though the next word would have fitted
_ITEM = regex(r"[\s\-–—*•#>|]|\(?\w{1,3}[.)]\s")  # how a line begins that does not go on from the one above


def kind_of(mention: Mention) -> str:
    """What was made of a mention, as a key into `STYLES`."""
    if mention.role in ("place", "dateline"):
        if mention.status == "located" and mention.place is not None:
            return "dateline" if mention.role == "dateline" else "located"
        if mention.status in ("ambiguous", "unresolved"):
            return "doubtful"
    return "actor" if mention.role == "actor" else "embedded"


def word_of(mention: Mention) -> str:
    """What the reader must know of a mention that is no place like others, in a word; else empty."""
    kind = kind_of(mention)
    if kind == "embedded" and mention.role != kind:
        return "no place"  # as an analyst says
    return {"located": "", "doubtful": mention.status}.get(kind, kind)


def mark(text: str, mentions: Sequence[Mention], width: int, *, plain: bool, every: bool) -> Iterator[Text]:
    """Mark the mentions of a text, as lines.

    Parameters
    ----------
    plain : brackets and ids instead of colour and small numbers
    every : names taken for no place have their ids too
    """
    shown = _in_order(one for one in mentions if every or not plain or kind_of(one) not in NO_PLACE)
    turns = [(one.start, True, rank) for rank, one in enumerate(shown)]
    turns += [(one.end, False, -rank) for rank, one in enumerate(shown)]  # the inner of two that end together first
    page, inside, at, numbered = _Page(text), _Inside(shown), 0, -1
    for turn, begins, rank in sorted(turns):
        page.write(at, turn, inside.style())
        at, mention = turn, shown[abs(rank)]
        if begins:
            inside.enter(rank)
            page.add("[" if plain else "", DIM)
            continue
        inside.leave(-rank)
        if plain:
            page.add(f" {' '.join(filter(None, (printable(mention.id), word_of(mention))))}]", DIM)
        elif every or kind_of(mention) not in NO_PLACE:
            page.add("·" if numbered == at else "", DIM)
            page.add(*_small(mention))
            numbered = at
    page.write(at, len(text), None)
    for line, held in page.lines():
        yield from wrap(line, width, held)


def legend(mentions: Sequence[Mention], width: int, *, plain: bool) -> list[Text]:
    """Say what the marks of these mentions mean; nothing when there are none."""
    kinds = {kind_of(mention) for mention in mentions}
    if plain:
        return wrap(Text("[words m4]: a place, m4 in the table", DIM), width) if kinds.difference(NO_PLACE) else []
    if any(_phrases(_in_order(mentions))):
        kinds.add("phrase")
    line = Text()
    for kind, words in LEGEND.items():
        if kind in kinds:
            line.append("   " if line else "")
            line.append(words, STYLES["located"] + _PHRASE if kind == "phrase" else STYLES[kind])
    line.append("   ⁴ is m4 in the table" if kinds.difference(NO_PLACE) else "", DIM)
    return wrap(line, width) if line else []


def _small(mention: Mention) -> tuple[str, Style]:
    """The number that stands behind a mention's words."""
    number = mention.id[1:].translate(_SMALL) if _NUMBERED.fullmatch(mention.id) else f"[{printable(mention.id)}]"
    kind = kind_of(mention)
    return number + ("?" if kind == "doubtful" else ""), Style(color=STYLES[kind].color, dim=STYLES[kind].dim)


def _in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions as they begin, one that stands in another behind it."""
    return sorted(mentions, key=lambda one: (one.start, -one.end))


def _phrases(mentions: Sequence[Mention]) -> Iterator[bool]:
    """Tell of mentions in order whether each is a phrase, of which a name may be a part."""
    for one, following in zip_longest(mentions, mentions[1:]):
        yield one.kind == "relative" or (following is not None and following.start < one.end)


class _Inside:
    """The mentions that the words at hand stand in."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._styles = [
            STYLES[kind_of(one)] + _PHRASE if is_phrase else STYLES[kind_of(one)]
            for one, is_phrase in zip(mentions, _phrases(mentions), strict=True)
        ]
        self._phrases = 0
        self._innermost: list[int] = []  # a heap, the innermost first; what was left stays until it comes up
        self._left: set[int] = set()

    def enter(self, rank: int) -> None:
        heappush(self._innermost, -rank)
        self._phrases += bool(self._styles[rank].underline)

    def leave(self, rank: int) -> None:
        self._left.add(rank)
        self._phrases -= bool(self._styles[rank].underline)
        while self._innermost and -self._innermost[0] in self._left:
            heappop(self._innermost)

    def style(self) -> Style | None:
        """That of the innermost one, underlined in a phrase."""
        if not self._innermost:
            return None
        style = self._styles[-self._innermost[0]]
        return style + _UNDERLINED if self._phrases else style


class _Page:
    """Lines that grow piece by piece."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._wrapped = _wrapped(text)
        self._lines: list[tuple[Text, set[int]]] = [(Text(), set())]

    def write(self, start: int, end: int, style: Style | None) -> None:
        """Add words of the article."""
        at = start
        for found in _BREAK.finditer(self._text, start, end):
            self._add(self._text[at : found.start()], style)
            if found.end() - 1 in self._wrapped:
                self._add(" ", style)
            else:
                self._lines.append((Text(), set()))
            at = found.end()
        self._add(self._text[at:end], style)

    def add(self, mark: str, style: Style) -> None:
        """Add a mark; a space within stays on the line of the words before it."""
        line, held = self._lines[-1]
        held.update(len(line) + found.start() for found in re.finditer(" ", mark))
        line.append(mark, style)

    def lines(self) -> Iterator[tuple[Text, set[int]]]:
        """Give the lines with the offsets of spaces that hold; of several empty ones only one, none at the ends."""
        empty = first = True
        for line, held in self._lines:
            if not line.plain.strip():
                empty = True
                continue
            if empty and not first:
                yield Text(), set()
            empty = first = False
            yield line, held

    def _add(self, words: str, style: Style | None) -> None:
        self._lines[-1][0].append(printable(words.replace("\t", _TAB)), style)


def _wrapped(text: str) -> set[int]:
    """Offsets of line breaks that only wrap a line: the next word would hardly have fitted on it."""
    lines = text.split("\n")
    longest = max(map(len, lines))
    found: set[int] = set()
    if not _SHORTEST <= longest <= _LONGEST:
        return found
    at = 0
    for line, following in pairwise(lines):
        at += len(line)
        word = following.partition(" ")[0]
        if word and line.strip() and not _ITEM.match(following) and len(line) + 1 + len(word) > longest - _RAGGED:
            found.add(at)
        at += 1
    return found
