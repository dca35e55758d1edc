"""Finds spatial phrases in a masked text by the table of `geomap.mentions.phrasebook`.

A row is tried only in sentences that have its words: most sentences have none, and patterns are slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from functools import cache

import msgspec

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
_AROUND = 48
"""Characters in front of a sentence and behind it that patterns and builders may look at."""
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
    """A row of the table, ready to be tried on a sentence that has a word of its first group and of all others."""

    name: str
    pattern: re.Pattern[str]
    build: Builder
    words: frozenset[str]
    others: tuple[frozenset[str], ...]


@cache
def _rows() -> tuple[Row, ...]:
    rows = []
    for name, phrase, build, words in PHRASES:
        pattern = phrase
        while _BRACES.search(pattern):
            pattern = _BRACES.sub(lambda match: WORDS[match[1]], pattern)
        compiled = regex(rf"(?<!\w)(?<!\w-)(?:{pattern})(?!\w)", re.IGNORECASE)
        first, *others = (frozenset(group.split()) for group in words.split("&"))
        rows.append(Row(name=name, pattern=compiled, build=build, words=first, others=tuple(others)))
    return tuple(rows)


@cache
def _by_word() -> dict[str, frozenset[int]]:
    """The numbers of the rows that have a word in their first group."""
    found: dict[str, set[int]] = {}
    for number, row in enumerate(_rows()):
        for word in row.words:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


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
    front, last = "", 0  # what stands in front of a sentence, its phrases masked too
    for start, end in sentences:
        front = (front + masked[last:start])[-_AROUND:]
        context = Context(
            nodes=nodes, text=front + masked[start : end + _AROUND], first=start - len(front), binder=binder
        )
        front = _masked(context, (len(front), len(front) + end - start), nodes, found)
        last = end
    # 'a zone of 200 miles from its coast' defines something: the coast in it is nowhere in the story
    told = (item for item in found.values() if not _MEASURED.search(masked, max(0, item.start - _AHEAD), item.start))
    return sorted(told, key=lambda item: item.start)


def _masked(context: Context, span: Span, nodes: dict[int, Expression], found: dict[int, Found]) -> str:
    """Try the rows on a sentence: what they find goes into ``nodes`` and ``found``, and is masked in what comes back.

    Parameters
    ----------
    span : where the sentence stands in the text of the context; what comes back ends where it ends
    """
    words = _words(context.text[slice(*span)])
    rows = _worth_trying(words)
    for _ in range(_DEEPEST if rows else 0):
        before = context.text
        for row in rows:
            if not any(words.isdisjoint(group) for group in row.others):
                context = _tried(row, context, span, nodes, found, words)
        if context.text == before:
            break
        rows = _worth_trying({*words, "?"})
    return context.text[: span[1]]


def _worth_trying(words: Set[str]) -> list[Row]:
    """The rows that have one of some words in their first group, in the order of the table."""
    by_word = _by_word()
    numbers = set().union(*(by_word[word] for word in words & by_word.keys()))
    return [_rows()[number] for number in sorted(numbers)]


def _words(sentence: str) -> set[str]:
    """The words of a sentence in small letters, its signs by their letters, and ``*`` for a point of the compass."""
    words = set(_WORD.findall(sentence.lower()))
    words.update(letter for letter, sign in SIGNS.items() if sign in sentence)
    if _POINT.search(sentence):
        words.add("*")
    return words


def _tried(
    row: Row, context: Context, span: Span, nodes: dict[int, Expression], found: dict[int, Found], words: set[str]
) -> Context:
    """Try one row on a sentence; what comes back has what was found masked, ``words`` has the letters of the signs."""
    text, (at, end) = context.text, span
    match = row.pattern.search(text, at, end)
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
            first = context.first
            for offset in range(first + start, first + at):
                found.pop(offset, None)
            found[first + start] = Found(start=first + start, end=first + at, kind=kind, node=node, row=row.name)
            nodes[first + start] = node
            sign = "L" if kind == "zone" else "Z"
            pieces += [text[done:start], SIGNS[sign] * (at - start)]
            words.add(sign)
            done = at
        match = row.pattern.search(text, at, end)
    return msgspec.structs.replace(context, text="".join([*pieces, text[done:]])) if pieces else context
