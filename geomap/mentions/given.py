"""Mentions that somebody else marked: by hand, in a gold standard, or with another tool.

A span is read as it stands: printed coordinates, else a name that is known, else a phrase about the names within it
('200 km west of Oshima Island'), else a name that nobody knows.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from geomap.gazetteer import fold
from geomap.lexicon import Lexicon
from geomap.mentions.grammar import Found
from geomap.mentions.names import Name, find_names
from geomap.mentions.references import SIDES
from geomap.patterns import regex
from geomap.recognizers import Marks
from geomap.tokens import Tokens
from geomap.types import Span
from geomap.words import Words

_MOST = 0.5
_SHORT = 2
"""Words of a name that nobody knows, at most, that a type word makes one."""
_POSSESSIVE = regex(r"['’][sS]?$")
_ARTICLE = regex(r"^[Tt]he ")
_NESTED = 8
"""Marks that begin in front of a name and may reach it: phrases in phrases."""


def given_names(spans: Sequence[Span], tokens: Tokens, lexicon: Lexicon, words: Words) -> list[Name]:
    """Make a name of each span that is one; of a longer phrase, names of what it is built on.

    Parameters
    ----------
    spans : offsets, in any order; where two overlap in part, the longer one counts

    Returns
    -------
    list
        names in the order of the text, none within another
    """
    found = {}
    for start, end in spans:
        name = _whole(start, end, tokens, lexicon, words)
        if name is not None:
            found[name.start, name.end] = name
    whole = _apart(found)
    # the names inside a phrase, unless somebody marked them
    wanted = [span for span in spans if span not in found and not _touches(span, whole)]
    for name in find_names(tokens, lexicon, words) if wanted else ():
        if any(start <= name.start and name.end <= end for start, end in wanted):
            found[name.start, name.end] = name
    return list(_apart(found).values())


def unread(
    spans: Sequence[Span], names: Sequence[Name], phrases: Sequence[Found], tokens: Tokens
) -> tuple[list[Name], list[Found]]:
    """Keep the phrases that somebody marked, and make a name that nobody knows of each mark that nothing was read from.

    Returns
    -------
    tuple
        such names, and the phrases that are marked
    """
    named = {(name.start, name.end) for name in names}
    kept = [phrase for phrase in phrases if _is_marked(phrase.start, phrase.end, [s for s in spans if s not in named])]
    read = [(name.start, name.end) for name in names] + [(phrase.start, phrase.end) for phrase in kept]
    rest = [span for span in spans if not any(start < span[1] and span[0] < end for start, end in read)]
    unknown = [Name(start=start, end=end, core=tokens.text[start:end], kind="city") for start, end in rest]
    return unknown, kept


def as_marked(
    names: Sequence[Name], roles: Mapping[int, tuple[str, str]], marks: Marks
) -> tuple[list[Name], dict[int, tuple[str, str]]]:
    """Leave out what lies in no mark ('the North', which geomap adds), and take roles from whoever gave any."""
    spans = [(mark.start, mark.end) for mark in marks.spans]
    kept = [name for name in names if any(start < name.end and name.start < end for start, end in _near(name, spans))]
    said = {mark.start: mark.role for mark in marks.spans if mark.role}
    why = "whoever marked it says so"
    return kept, {**roles, **{name.start: (said[name.start], why) for name in kept if name.start in said}}


def _is_marked(start: int, end: int, spans: Sequence[Span]) -> bool:
    """Whether most of a phrase is what somebody marked."""
    return any(
        min(end, other) - max(start, first) > _MOST * max(end - start, other - first)
        for first, other in spans
        if first < end and start < other
    )


def _near(name: Name, spans: Sequence[Span]) -> Sequence[Span]:
    """The marks that may touch a name, marks being in the order of the text."""
    at = bisect_left(spans, (name.end, 0))
    return spans[max(0, at - _NESTED) : at]


def _whole(start: int, end: int, tokens: Tokens, lexicon: Lexicon, words: Words) -> Name | None:
    """The name that a span is as a whole; None when it is longer than any name that is known."""
    span = _POSSESSIVE.sub("", tokens.text[start:end])
    bare = _ARTICLE.sub("", span)
    if bare in (*SIDES, "peninsula"):
        return None  # what 'the North' is, the rest of the text says
    for core in (span, bare):
        if known := lexicon.known(core):
            return Name(start=start, end=end, core=core, kind=known[0].kind, known=known)
    if bare in lexicon.gazetteer:
        return Name(start=start, end=end, core=bare, kind="city")
    core, head = words.without_head(span)
    if head and (len(core.split()) <= _SHORT or core in lexicon.gazetteer or lexicon.known(core)):
        return Name(start=start, end=end, core=core, kind=head, known=lexicon.known(core), head=fold(head))
    lone = len(span.split()) == 1 and span[:1].isupper()
    return Name(start=start, end=end, core=span, kind="city") if lone else None


def _apart(names: Mapping[Span, Name]) -> dict[Span, Name]:
    """Names none of which lies within another, the longer ones first, in the order of the text."""
    kept: list[Span] = []
    for start, end in sorted(names, key=lambda span: span[0] - span[1]):
        at = bisect_left(kept, (start, end))
        before = at > 0 and kept[at - 1][1] > start
        behind = at < len(kept) and kept[at][0] < end
        if not (before or behind):
            kept.insert(at, (start, end))
    return {span: names[span] for span in kept}


def _touches(span: Span, names: Mapping[Span, Name]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in names)
