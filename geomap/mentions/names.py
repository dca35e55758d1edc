"""Finds the names in a text: longest match, type words ('Kura range', 'Cape Erimo'), and what is no place at all."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from geomap import phrases
from geomap.gazetteer import fold
from geomap.lexicon import MARKS, Known, Lexicon, is_korean
from geomap.mentions.noplace import BLANK, PREPOSITIONS, capital_after, run_end, why_no_place
from geomap.patterns import regex
from geomap.tokens import Tokens, Word
from geomap.types import Record
from geomap.words import ORGANISATION, PERSON, Words

_UNITS = frozenset({"nm", "nmi", "km", "mi"})
_LOUD_CUE = regex(r"(?:\b(?:IN|AT|NEAR|FROM|OFF|AROUND|TO|OF|AND)|,) $")
"""In front of a town in a line of capitals, where any word looks like a name."""
_OF_A_PEOPLE = frozenset({"adjective", "demonym"})
_NOT_WITH_A_TYPE = ("adjective", "demonym", "seat")
_DATELINE = regex(
    r"(?:, [A-Z][\w. ]+)?"  # SEOUL, South Korea
    r"(?:, (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?)?"  # , Sept. 15; , 17 May
    r"\s?(?:\([^)]*\) ?)?"  # (Agency)
    r"(?:—|–|--| -|:)"
)
_TOWN_OF = regex(r"\b(?:town|village|city|hamlet|port|settlement|suburb|neighbou?rhood|island|islet) of $")
"""In front of a name that nobody knows: it is that of a place."""
_LISTED = regex(r", (?:and )?| and ")
"""Between two names of a list: what one is, the other may be."""
_AREA_BEHIND = regex(r", (?P<area>[A-Z][\w.]*(?: [A-Z][\w.]*)?)")
# inhabitants
_LEADING = PREPOSITIONS | phrases.words("into onto hits hit crossed crosses across through")
_SHORTEST = 3
_CITY, _TOWN, _LARGE_CITY, _VILLAGE = 100_000, 50_000, 200_000, 20_000


class Name(Record, kw_only=True):
    """A name in the text.

    Parameters
    ----------
    start, end : offsets, the type word included ('the Kura range' without its article)
    core : the name to look up, without an added type word
    kind : kind of mention, from the layer or the type word
    known : what the layers know under it
    head : the type word that was added ('province'), empty when the name is as the layers have it
    no_place : why it is no place ('a person', 'an organisation'), empty when it may be one
    """

    start: int
    end: int
    core: str
    kind: str
    known: tuple[Known, ...] = ()
    head: str = ""
    no_place: str = ""

    @property
    def country(self) -> str | None:
        """ISO 3166-1 alpha-3 of the country that the words bring to mind: its name, adjective, capital or seat."""
        for entry in self.known:
            if entry.feature.startswith("countries/"):
                return entry.country
        return None

    @property
    def forms(self) -> frozenset[str]:
        """The forms under which a country is known by these words."""
        return frozenset([entry.form for entry in self.known])

    @property
    def is_people(self) -> bool:
        """Whether it is only an adjective or a people ('North Korean')."""
        return bool(self.known) and self.forms <= _OF_A_PEOPLE


def find_names(tokens: Tokens, lexicon: Lexicon, words: Words) -> list[Name]:
    """Find all names of a text, in order, none within another."""
    found: list[Name] = []
    past = 0
    for index in lexicon.beginnings(tokens):
        if index >= past:
            name, past = _name_at(tokens, index, lexicon, words, found[-1] if found else None)
            if name is not None:
                found.append(name)
    return _without_persons(found, tokens)


@lru_cache(maxsize=8192)  # the words with which most sentences begin, and the names of those who are quoted
def _begins_none(word: str, lexicon: Lexicon, words: Words) -> bool:
    """Whether no name begins with a word, whatever follows but a mark."""
    if lexicon.may_begin(word):
        return False
    return words.head_before(word) is None and words.head_before(f"{word} of") is None


def _without_persons(names: list[Name], tokens: Tokens) -> list[Name]:
    """Take a name that a title or first name has introduced for that person wherever it stands alone."""
    persons = {name.core for name in names if name.no_place.startswith(PERSON)}
    return [
        msgspec.structs.replace(name, no_place=PERSON)
        if name.core in persons and not name.no_place and not name.known and not _has_cue(tokens, name.start)
        else name
        for name in names
    ]


def _has_cue(tokens: Tokens, start: int) -> bool:
    before = tokens.before(start)
    return bool(before) and before[0].text.lower() in PREPOSITIONS


def _name_at(
    tokens: Tokens, index: int, lexicon: Lexicon, words: Words, previous: Name | None
) -> tuple[Name | None, int]:
    """The name that starts at a word, and the number of the word to go on with.

    Parameters
    ----------
    previous : the last name in front of it
    """
    word = tokens.words[index]
    if word.text.lower() in _UNITS and index > 0 and tokens.words[index - 1].text[-1].isdigit():
        return None, index + 1
    if _begins_none(word.text, lexicon, words) and tokens.text[word.end : word.end + 1] not in MARKS:
        return _unknown(tokens, index, words, lexicon)
    if short := lexicon.abbreviation(tokens, index):
        span = tokens.text[word.start : short]
        known = lexicon.known(span)
        name = Name(start=word.start, end=short, core=span, kind=known[0].kind, known=known)
        return name, tokens.index(short)
    count, in_layer = lexicon.longest(tokens, index)
    if word.capital and not (in_layer and count > 1) and (typed := _typed_at(tokens, index, lexicon, words)):
        return typed
    if count == 1 and words.is_type(word.text) and _after_a_capital(tokens, index):
        return None, index + 1  # the 'Island' of 'Fanning Island' is no country
    if count == 0:
        return _unknown(tokens, index, words, lexicon)
    last = index + count - 1
    start, end = word.start, tokens.words[last].end
    span = tokens.text[start:end]
    known = lexicon.named(span) if in_layer else ()
    loud = tokens.is_loud(start)
    if not known and _is_ordinary(tokens, word, span, count, words, lexicon, previous, loud=loud):
        return None, index + 1
    kind = known[0].kind if known else "city"
    reason = "" if loud and known else why_no_place(tokens, index, count, known, words, loud=loud)
    if reason:
        past = run_end(tokens, last) if not known or reason == ORGANISATION else last
        if reason == ORGANISATION and tokens.is_headline(start):  # where the run is the whole line
            past = next((i for i in range(last, past + 1) if words.is_organisation(tokens.words[i].text)), last)
        return Name(start=start, end=end, core=span, kind=kind, known=known, no_place=reason), past + 1
    head, head_kind, extra = words.head_after(tokens, last + 1)
    if head and not (known and known[0].form in _NOT_WITH_A_TYPE):
        end = tokens.words[last + extra].end
        return Name(start=start, end=end, core=span, kind=head_kind, known=known, head=head), last + extra + 1
    return Name(start=start, end=end, core=span, kind=kind, known=known), last + 1


def _typed_at(tokens: Tokens, index: int, lexicon: Lexicon, words: Words) -> tuple[Name, int] | None:
    """A name behind its type word ('Cape Erimo', 'Port of Haifa'): one that is known, or at least no ordinary word."""
    head = tokens.words[index]
    kind, first = words.head_before(head.text), index + 1
    if kind is None and index + 2 < len(tokens.words) and tokens.words[first].text == "of":
        kind, first = words.head_before(f"{head.text} of"), index + 2
        if kind is None or tokens.gap(index) not in BLANK:
            return None
    if kind is None or not capital_after(tokens, first - 1):
        return None
    count = lexicon.longest(tokens, first)[0]
    if words.is_common(tokens.words[first].text) or not (count or not tokens.is_loud(head.start)):
        return None
    last = first + max(1, count) - 1
    start, end = tokens.words[first].start, tokens.words[last].end
    core = tokens.text[start:end]
    return Name(start=head.start, end=end, core=core, kind=kind, head=fold(tokens.text[head.start : start])), last + 1


def _is_led(tokens: Tokens, index: int, lexicon: Lexicon) -> bool:
    """Whether a word only leads to a name that begins with its type word ('Into Sea of Japan')."""
    count, in_layer = lexicon.longest(tokens, index + 1)
    return (in_layer and count > 1) or tokens.words[index].text.lower() in _LEADING


def _unknown(tokens: Tokens, index: int, words: Words, lexicon: Lexicon) -> tuple[Name | None, int]:
    """A capitalised word that nobody knows: a place only when a type word or its own form says so ('Ryotok Reef')."""
    word = tokens.words[index]
    if not word.capital or words.is_common(word.text):
        return None, index + 1
    head, kind, extra = words.head_after(tokens, index + 1)
    typed = head and tokens.words[index + 1].capital and not _after_capital_but_head(tokens, index + extra, words)
    if typed and not _is_led(tokens, index, lexicon) and (len(word.text) > 3 or not tokens.starts_sentence(word.start)):
        end = tokens.words[index + extra].end
        return Name(start=word.start, end=end, core=word.text, kind=kind, head=head), index + extra + 1
    named = index > 1 and tokens.words[index - 1].text == "of"
    if is_korean(word.text) or (named and _TOWN_OF.search(tokens.text[max(0, word.start - 20) : word.start])):
        return Name(start=word.start, end=word.end, core=word.text, kind="city"), index + 1
    return None, index + 1


def _after_a_capital(tokens: Tokens, index: int) -> bool:
    if index == 0 or tokens.words[index - 1].text.lower() in PREPOSITIONS:
        return False
    return tokens.gap(index - 1) in BLANK and tokens.words[index - 1].capital


def _after_capital_but_head(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether the type word that ends at a word is only part of a longer name."""
    return capital_after(tokens, index) and not words.is_calendar(tokens.words[index + 1].text)


def _is_ordinary(
    tokens: Tokens,
    word: Word,
    span: str,
    count: int,
    words: Words,
    lexicon: Lexicon,
    previous: Name | None,
    *,
    loud: bool,
) -> bool:
    """Whether a name that only the gazetteer knows is more likely an ordinary word."""
    if count > 1 and not loud:
        return False
    people, main = lexicon.gazetteer.largest(span)
    if loud:
        said = _LOUD_CUE.search(tokens.text[max(0, word.start - 12) : word.start]) or _at_dateline(tokens, word)
        return words.is_common(span) or not said or (count == 1 and (people < _CITY or not main))
    if len(span) < _SHORTEST:
        return True
    cue = _has_cue(tokens, word.start) or _is_listed(tokens, word, previous)
    if words.is_common(span):
        enough = _LARGE_CITY if tokens.is_headline(word.start) else _TOWN
        return not (cue and people > enough and main) and not _stands_in_an_area(tokens, word, lexicon)
    if tokens.starts_sentence(word.start):
        return not (main and people > _LARGE_CITY) and not _at_dateline(tokens, word)
    return not cue and not main and people < _VILLAGE


def _is_listed(tokens: Tokens, word: Word, previous: Name | None) -> bool:
    """Whether a word goes on with a list of places ('Haifa, Acre and Nahariya')."""
    if previous is None or previous.no_place or previous.is_people:
        return False
    return _LISTED.fullmatch(tokens.text, previous.end, word.start) is not None


def _stands_in_an_area(tokens: Tokens, word: Word, lexicon: Lexicon) -> bool:
    """Whether a state or country stands behind the comma ('Cavalier, N.D.')."""
    match = _AREA_BEHIND.match(tokens.text, word.end, word.end + 40)
    known = lexicon.known(match["area"]) if match else ()
    return any(entry.form in ("name", "abbreviation") and entry.layer in ("countries", "regions") for entry in known)


def _at_dateline(tokens: Tokens, word: Word) -> bool:
    in_front = tokens.text[tokens.line_start(word.start) : word.start]
    return not in_front.strip() and _DATELINE.match(tokens.text[word.end : word.end + 60]) is not None
