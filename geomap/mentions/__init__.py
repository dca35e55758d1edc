"""From a text to mentions: names, the part they play, and the phrases built on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.mentions.bind import Binder, Cue
from geomap.mentions.coordinates import find_coordinates
from geomap.mentions.datelines import find_datelines
from geomap.mentions.given import as_marked, given_names, unread
from geomap.mentions.grammar import Found, find_phrases
from geomap.mentions.masks import mask
from geomap.mentions.names import Name, find_names
from geomap.mentions.numbering import label, numbered
from geomap.mentions.references import back_references, is_led_in, with_koreas
from geomap.mentions.roles import roles_of
from geomap.recognizers import Marks
from geomap.tokens import Tokens, open_tokens
from geomap.types import Expression, Named, Reading
from geomap.words import Office, open_words

__all__ = ["find_mentions"]

_BESIDE = 4
"""Characters at most between a country and its office ('Japan's Defense Ministry')."""
_SAME_OFFICE = 30


def find_mentions(reading: Reading, layers: Layers, marks: Marks | None = None) -> Reading:
    """Find all mentions of places in a document.

    Parameters
    ----------
    reading : its document is read, its mentions are replaced
    layers : where the names are from
    marks : what somebody else found; geomap then only reads what is marked

    Returns
    -------
    Reading
        with mentions in the order of the text; an outer phrase comes before the names inside it
    """
    text = reading.document.text
    words, lexicon = open_words(), open_lexicon(layers, open_gazetteer(layers))
    tokens = open_tokens(text)
    coordinates = find_coordinates(text)
    printed = {offset for found in coordinates for offset in range(found.start, found.end)}
    spans = [(mark.start, mark.end) for mark in marks.spans] if marks else []
    found = given_names(spans, tokens, lexicon, words) if marks else find_names(tokens, lexicon, words)
    names = with_koreas([name for name in found if name.start not in printed], tokens)
    datelines = find_datelines(names, tokens)
    roles = roles_of(names, tokens, words, datelines)
    if marks:
        names, roles = as_marked(names, roles, marks)
    again = back_references(names, tokens, datelines)
    nodes: dict[int, Expression] = {name.start: Named(label(name)) for name in names}
    nodes |= {start: Named(label(name)) for start, _, name in again}
    owners = {label(name): name.country for name in names}
    binder = Binder(tokens, _cues(names, words.offices(text), roles), owners)
    phrases = [*find_phrases(mask(text, names, roles, again), nodes, binder, tokens.clauses()), *coordinates]
    phrases += _pointed(again, phrases, tokens)
    if marks:
        unknown, kept = unread(spans, names, phrases, tokens)
        names, phrases = [*names, *unknown], kept if marks.complete else phrases
        roles |= {name.start: ("place", "whoever marked it says so") for name in unknown}
    return msgspec.structs.replace(reading, mentions=numbered(text, names, roles, phrases))


def _pointed(again: Sequence[tuple[int, int, Name]], phrases: Sequence[Found], tokens: Tokens) -> list[Found]:
    """'At the site', 'on the peninsula': mentions of what was named before, where no phrase is built on them."""
    taken = {offset for phrase in phrases for offset in range(phrase.start, phrase.end)}
    return [
        Found(
            start=start - len("the "), end=end, kind=name.kind, node=Named(label(name)), row="a word that points back"
        )
        for start, end, name in again
        if start not in taken and is_led_in(start, tokens)
    ]


def _cues(
    names: Sequence[Name], offices: Sequence[tuple[int, int, Office]], roles: Mapping[int, tuple[str, str]]
) -> list[Cue]:
    """What brings a country to mind, and which of it is an office that makes statements."""
    official = {offset for start, end, _ in offices for offset in range(start, end)}
    starts = {start for start, _, _ in offices}
    cues = []
    for name in names:
        told = not name.no_place or "organisation" in name.no_place
        if name.country and told and roles[name.start][0] != "dateline":
            official_name = name.start in official or any(name.end + gap in starts for gap in range(_BESIDE + 1))
            cues.append(
                Cue(
                    offset=name.start,
                    country=name.country,
                    subject=not name.is_people and not official_name,
                    claimant=official_name,
                )
            )
    claimed = {cue.offset + shift for cue in cues if cue.claimant for shift in range(1 - _SAME_OFFICE, _SAME_OFFICE)}
    for start, _, office in offices:
        if office.state and start not in claimed:
            cues.append(Cue(offset=start, country=office.state, subject=False, claimant=True))
            claimed |= {start + shift for shift in range(1 - _SAME_OFFICE, _SAME_OFFICE)}
    return sorted(cues, key=lambda cue: cue.offset)
