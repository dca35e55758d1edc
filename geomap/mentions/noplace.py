"""Why a name is no place: part of an organisation's or a person's name, of a ship's, or of something else's."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap import phrases
from geomap.lexicon import Known
from geomap.patterns import regex
from geomap.tokens import Tokens, Word
from geomap.words import COMPOUND, CRAFT, LONGER, ORGANISATION, PERSON, Words

BLANK = frozenset({" ", "\u00a0"})
"""What stands between two words that belong together."""
PREPOSITIONS = phrases.words("in at near from off over outside around to toward towards of")

_CRAFT = phrases.words(
    "satellite satellites frigate corvette corvettes destroyer submarine ship warship warships vessel tanker",
    "carrier boat missile missiles rocket rockets",
)
"""Beside a name that only the gazetteer knows: it is that of a ship, a satellite or a weapon."""
_KINDS_OF_SHIP = (
    "frigate|corvette|destroyer|submarine|ship|warship|vessel|tanker|carrier|cruiser|trawler|freighter|ferry|tug|yacht"
)
_SHIPS = regex(rf"\b(?:satellite|{_KINDS_OF_SHIP})s? (?:[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*(?:, and | and |, ))*$")
"""In front of a name: it is that of a ship, or of one more in a list of ships ('the corvettes Uglich and')."""
_IS_A_SHIP = regex(rf", (?:an?|the) (?:[\w-]+ ){{0,3}}?(?:{_KINDS_OF_SHIP})(?=[,.;])")
"""Behind a name: 'the Shandong, an aircraft carrier'."""
_ENDS = regex(r"(?:[.;]|,(?! [A-Z])| (?:–|—|or|had|has|was|were|which|and the)(?!\w))")
"""Behind a name: no noun that it would say where of ('the Kusong area', 'the Kharkiv, Sumy and Chernihiv regions')."""
_A_SHIP = regex(rf"\b(?:{_KINDS_OF_SHIP})s?\b", re.IGNORECASE)
_LIST = 120
_CERTAIN_LAYERS = frozenset({"seas", "sites", "lines", "zones"})
"""Layers whose names are a place even behind another capitalised word."""
_LONGEST_RUN = 12
"""Capitalised words behind a name that are looked at: no organisation's name is longer."""


def why_no_place(tokens: Tokens, index: int, count: int, known: tuple[Known, ...], words: Words, *, loud: bool) -> str:
    """Say why a name of so many words is no place; empty when it may be one.

    Parameters
    ----------
    index, count : its first word and the number of its words
    known : what the layers know under it
    loud : whether it stands in a line of capitals
    """
    word, last = tokens.words[index], tokens.words[index + count - 1]
    if tokens.text[last.end : last.end + 1] == "-":  # 'Seoul-based'
        return COMPOUND
    if _is_label(tokens, word, last):
        return PERSON
    country = bool(known) and known[0].layer == "countries"
    if country and count == 1 and words.is_given(word.text) and _has_surname(tokens, index, words):
        return PERSON
    headline = tokens.is_headline(word.start)
    typed = bool(words.head_after(tokens, index + count)[0])
    rest = tokens.words[index + count : run_end(tokens, index + count - 1) + 1]
    if not headline and _is_named_after(tokens, index, words):
        return ORGANISATION
    if not typed and any(words.is_organisation(other.text) for other in rest):
        return ORGANISATION
    if words.is_organisation(last.text) and not known:
        return ORGANISATION
    beside = _after_capital(tokens, index + count - 1, words)
    if not (typed or country or loud or headline) and beside:
        return LONGER
    if not (country or loud) and (reason := _why_after(tokens, index, known, words, headline=headline)):
        return reason
    if not (country or loud) and _is_craft(tokens, word, last, known):
        return CRAFT
    person = not known and count == 1 and words.is_given(word.text) and _speaks(tokens, index, words)
    return PERSON if person and not _is_led_in(tokens, index) else ""


def run_end(tokens: Tokens, index: int) -> int:
    """Number of the last word of the run of capitalised words that a word stands in ('of' may stand between)."""
    last = min(len(tokens.words) - 1, index + _LONGEST_RUN)
    while index < last:
        if capital_after(tokens, index):
            index += 1
        elif (
            tokens.gap(index) in BLANK
            and tokens.words[index + 1].text == "of"
            and index + 2 < len(tokens.words)
            and tokens.words[index + 2].capital
        ):
            index += 2
        else:
            return index
    return index


def capital_after(tokens: Tokens, index: int) -> bool:
    """Whether a capitalised word follows, nothing but a blank between."""
    return tokens.gap(index) in BLANK and tokens.words[index + 1].capital


def _after_capital(tokens: Tokens, index: int, words: Words) -> Word | None:
    """The capitalised word right behind a word, when it is not a day or month."""
    if not capital_after(tokens, index) or words.is_calendar(tokens.words[index + 1].text):
        return None
    return tokens.words[index + 1]


def _has_surname(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a capitalised word that is no office or kind of place follows ('Jordan Miller')."""
    beside = _after_capital(tokens, index, words)
    if beside is None or tokens.is_headline(beside.start) or tokens.is_loud(beside.start):
        return False
    return not (words.is_organisation(beside.text) or words.is_type(beside.text) or words.is_title(beside.text))


def _is_label(tokens: Tokens, word: Word, last: Word) -> bool:
    """Whether a name in capitals only says who speaks: several lines begin so."""
    at_start = word.text.isupper() and not tokens.text[tokens.line_start(word.start) : word.start].strip()
    return at_start and tokens.text[last.end : last.end + 1] == ":" and tokens.labels >= 2


def _is_named_after(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a name stands in 'University of San Isidro', 'Bank of China', 'Spirit of Missouri'.

    A capitalised word and 'of' make one name with what follows, unless the word is one for a place ('Gulf of', 'Port
    of') or only begins the sentence.
    """
    if index < 2 or tokens.words[index - 1].text != "of":
        return False
    head = tokens.words[index - 2]
    if tokens.gap(index - 1) not in BLANK or tokens.gap(index - 2) not in BLANK or not head.capital:
        return False
    if words.is_organisation(head.text):
        return True
    ordinary = tokens.starts_sentence(head.start) or words.is_type(head.text) or words.is_common_start(tokens, head)
    return not (ordinary or head.text.isupper() or words.is_calendar(head.text))  # 'the EEZ of Norway'


def _is_craft(tokens: Tokens, word: Word, last: Word, known: Sequence[Known]) -> bool:
    if _has_odd_article(tokens, word, last, known):
        return True
    in_front = tokens.text[max(tokens.sentence(word.start)[0], word.start - _LIST) : word.start]
    if _SHIPS.search(in_front) or _IS_A_SHIP.match(tokens.text, last.end, last.end + _LIST):
        return True
    beside = (*tokens.before(word.start), *tokens.after(last.end))
    return not known and any(other.text in _CRAFT for other in beside)


def _has_odd_article(tokens: Tokens, word: Word, last: Word, known: Sequence[Known]) -> bool:
    """Whether 'the' stands before the name of a town, and no noun behind it: 'the Uglich and the Veliky Ustyug'."""
    if not tokens.text.startswith("the ", max(0, word.start - 4)) or not _ENDS.match(tokens.text, last.end):
        return False
    if not known:
        return True
    first, end = tokens.sentence(word.start)
    return (
        known[0].kind == "region"
        and known[0].country is not None
        and _A_SHIP.search(tokens.text, first, end) is not None
    )


def _why_after(tokens: Tokens, index: int, known: Sequence[Known], words: Words, *, headline: bool) -> str:
    """Say why the word in front of a name makes it no place."""
    word = tokens.words[index]
    before = tokens.before(word.start)
    if not before or tokens.gap(index - 1) not in BLANK:
        return ""
    other = before[0]
    if words.is_title(other.text):
        return f"{PERSON} after a title"
    if not other.capital or words.is_calendar(other.text) or words.is_common_start(tokens, other):
        return ""
    if words.head_before(other.text):
        return ""
    if words.is_given(other.text):
        return PERSON
    if headline:
        return ""
    return "" if known and known[0].layer in _CERTAIN_LAYERS else LONGER


def _speaks(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a word of speech follows ('Jordan said'), which for a given name means a person."""
    return any(words.is_speech(word.text) for word in tokens.after(tokens.words[index].end, 1))


def _is_led_in(tokens: Tokens, index: int) -> bool:
    """Whether a preposition, or another name and 'and', stands in front: 'in Alexandria', 'Savannah and Brunswick'."""
    before = tokens.before(tokens.words[index].start, 2)
    if not before:
        return False
    return before[-1].text in PREPOSITIONS or (before[-1].text == "and" and len(before) > 1 and before[0].capital)
