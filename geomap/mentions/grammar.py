"""Finds spatial phrases in a masked text by the table of `geomap.mentions.phrasebook`.

A row is tried only in sentences that have one of its words: most sentences have none, and patterns are slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from geomap.mentions.bind import Binder
from geomap.mentions.builders import NOWHERE, SIGNS, Builder, Context
from geomap.mentions.phrasebook import PHRASES, WORDS
from geomap.patterns import regex
from geomap.types import Expression, Record, Span

_DEEPEST = 4
"""Phrases in phrases: nothing in print is deeper."""

_MEASURED = regex(r"(?:km|kilomet\w+|miles?)(?: \([^)]*\))? from $")
"""In front of a phrase: a length that no row took."""
_AHEAD = 40
_WORD = regex("[a-z]+")
_POINT = regex(r"\b(?:north|south|east|west)", re.IGNORECASE)
_BRACES = regex(r"\{([A-Z]+)\}")


class Found(Record, kw_only=True):
    """A phrase: offsets, the kind of mention that it makes, its tree, and the row that made it."""

    start: int
    end: int
    kind: str
    node: Expression
    row: str


class Row(Record, kw_only=True):
    """A row of the table, ready to be tried."""

    name: str
    pattern: re.Pattern[str]
    build: Builder
    words: frozenset[str]


@cache
def _rows() -> tuple[Row, ...]:
    rows = []
    for name, phrase, build, words in PHRASES:
        pattern = phrase
        while _BRACES.search(pattern):
            pattern = _BRACES.sub(lambda match: WORDS[match[1]], pattern)
        compiled = regex(rf"(?<!\w)(?<!\w-)(?:{pattern})(?!\w)", re.IGNORECASE)
        rows.append(Row(name=name, pattern=compiled, build=build, words=frozenset(words.split())))
    return tuple(rows)


def find_phrases(masked: str, nodes: dict[int, Expression], binder: Binder, sentences: Iterable[Span]) -> list[Found]:
    """Find all phrases in a masked text.

    Parameters
    ----------
    masked : the text with every name replaced by signs of the same length
    nodes : node of each name by its offset; phrases are added to it
    binder : knows which country 'its' is
    sentences : spans of the sentences; no phrase reaches from one into the next

    Returns
    -------
    list
        outermost phrases only, in the order of the text; the phrases inside are in their trees
    """
    found: dict[int, Found] = {}
    text = masked
    for start, end in sentences:
        words = _words(masked[start:end])
        rows = [row for row in _rows() if not words.isdisjoint(row.words)]
        for _ in range(_DEEPEST if rows else 0):
            before = text
            for row in rows:
                text = _tried(row, text, (start, end), nodes, binder, found)
            if text == before:
                break
            rows = [row for row in _rows() if "?" in row.words or not words.isdisjoint(row.words)]
    # 'a zone of 200 miles from its coast' defines something: the coast in it is nowhere in the story
    told = (item for item in found.values() if not _MEASURED.search(masked, max(0, item.start - _AHEAD), item.start))
    return sorted(told, key=lambda item: item.start)


def _words(sentence: str) -> set[str]:
    """The words of a sentence in small letters; ``*`` when one of them is a point of the compass."""
    words = set(_WORD.findall(sentence.lower()))
    if _POINT.search(sentence):
        words.add("*")
    return words


def _tried(
    row: Row,
    text: str,
    span: Span,
    nodes: dict[int, Expression],
    binder: Binder,
    found: dict[int, Found],
) -> str:
    """Try one row on a sentence: what it finds goes into ``nodes`` and ``found``, and is masked in what comes back."""
    at, end = span
    match = row.pattern.search(text, at, end)
    if match is None:
        return text
    context = Context(nodes=nodes, text=text, binder=binder)
    pieces, done = [], 0
    while match:
        built = row.build(match, context)
        if built == NOWHERE:
            at = match.end()
        elif built is None:  # go on behind the word, not within '3,400'
            blank = text.find(" ", match.start())
            at = blank if blank > 0 else match.end()
        else:
            kind, node = built
            assert node is not None
            start, at = match.span()
            for offset in range(start, at):
                found.pop(offset, None)
            found[start] = Found(start=start, end=at, kind=kind, node=node, row=row.name)
            nodes[start] = node
            pieces += [text[done:start], SIGNS["L" if kind == "zone" else "Z"] * (at - start)]
            done = at
        match = row.pattern.search(text, at, end)
    return "".join([*pieces, text[done:]]) if pieces else text
