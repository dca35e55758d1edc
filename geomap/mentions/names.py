"""Finds the names in a text: longest match, type words ('Kura range', 'Cape Erimo'), and what is no place at all."""

from __future__ import annotations

import re

from geomap import phrases
from geomap.gazetteer import fold
from geomap.lexicon import Known, Lexicon
from geomap.tokens import Tokens, Word
from geomap.types import Record
from geomap.words import COMPOUND, CRAFT, LONGER, ORGANISATION, PERSON, Words

_BLANK = frozenset({" ", "\u00a0"})
_UNITS = frozenset({"nm", "nmi", "km", "mi"})
_LOUD_CUE = re.compile(r"(?:\b(?:IN|AT|NEAR|FROM|OFF|AROUND|TO|OF|AND)|,) $")
"""In front of a town in a line of capitals, where any word looks like a name."""
_CRAFT = phrases.words(
    "satellite satellites frigate corvette corvettes destroyer submarine ship warship warships vessel tanker",
    "carrier boat missile missiles rocket rockets",
)
"""Beside a name that only the gazetteer knows: it is that of a ship, a satellite or a weapon."""
_SHIPS = re.compile(
    r"\b(?:satellite|frigate|corvette|destroyer|submarine|ship|warship|vessel|tanker|carrier|cruiser|trawler)s? "
    r"(?:[A-Z][\w'’-]*(?: [A-Z][\w'’-]*)*(?:, and | and |, ))*$"
)
"""In front of a name: it is that of a ship, or of one more in a list of ships ('the corvettes Uglich and')."""
_LIST = 120
_PREPOSITIONS = phrases.words("in at near from off over outside around to toward towards of")
_CERTAIN_LAYERS = frozenset({"seas", "sites", "lines", "zones"})
"""Layers whose names are a place even behind another capitalised word."""
_NOT_WITH_A_TYPE = ("adjective", "demonym", "seat")
_DATELINE = re.compile(
    r"(?:, [A-Z][\w. ]+)?"  # SEOUL, South Korea
    r"(?:, (?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?)?"  # , Sept. 15; , 17 May
    r"\s?(?:\([^)]*\) ?)?"  # (Agency)
    r"(?:—|–|--| -|:)"
)
_LONGEST_RUN = 12
"""Capitalised words behind a name that are looked at: no organisation's name is longer."""
# inhabitants
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
        return next((entry.country for entry in self.known if entry.layer == "countries"), None)

    @property
    def forms(self) -> frozenset[str]:
        """The forms under which a country is known by these words."""
        return frozenset(entry.form for entry in self.known)

    @property
    def is_people(self) -> bool:
        """Whether it is only an adjective or a people ('North Korean')."""
        return bool(self.known) and self.forms <= {"adjective", "demonym"}


def find_names(tokens: Tokens, lexicon: Lexicon, words: Words) -> list[Name]:
    """Find all names of a text, in order, none within another."""
    found: list[Name] = []
    index = 0
    while index < len(tokens.words):
        name, index = _name_at(tokens, index, lexicon, words)
        if name is not None:
            found.append(name)
    return found


def _name_at(tokens: Tokens, index: int, lexicon: Lexicon, words: Words) -> tuple[Name | None, int]:
    """The name that starts at a word, and the number of the word to go on with."""
    word = tokens.words[index]
    unit = word.text.lower() in _UNITS and index > 0 and tokens.words[index - 1].text[-1].isdigit()
    if unit or not word.text[0].isalpha():
        return None, index + 1
    if short := lexicon.abbreviation(tokens, index):
        span = tokens.text[word.start : short]
        known = lexicon.known(span)
        name = Name(start=word.start, end=short, core=span, kind=known[0].kind, known=known)
        return name, tokens.index(short)
    count, in_layer = lexicon.longest(tokens, index)
    kind_before = words.head_before(word.text) if word.capital else None
    if kind_before and not (in_layer and count > 1) and _typed_ahead(tokens, index, lexicon, words):
        return _typed(tokens, index, kind_before, lexicon)
    if count == 0:
        return _unknown(tokens, index, words)
    last = index + count - 1
    start, end = word.start, tokens.words[last].end
    span = tokens.text[start:end]
    known = lexicon.known(span) if in_layer else ()
    loud = tokens.is_loud(start)
    if not known and _is_ordinary(tokens, word, span, count, words, lexicon, loud=loud):
        return None, index + 1
    kind = known[0].kind if known else "city"
    reason = "" if loud and known else _why_no_place(tokens, index, count, known, words, loud=loud)
    if reason:
        past = _run_end(tokens, last) if not known or "organisation" in reason else last
        return Name(start=start, end=end, core=span, kind=kind, known=known, no_place=reason), past + 1
    head, head_kind, extra = words.head_after(tokens, last + 1)
    if head and not (known and known[0].form in _NOT_WITH_A_TYPE):
        end = tokens.words[last + extra].end
        return Name(start=start, end=end, core=span, kind=head_kind, known=known, head=head), last + extra + 1
    return Name(start=start, end=end, core=span, kind=kind, known=known), last + 1


def _typed_ahead(tokens: Tokens, index: int, lexicon: Lexicon, words: Words) -> bool:
    """Whether a name follows a type word: one that somebody knows, or at least no ordinary word."""
    if not _capital_after(tokens, index):
        return False
    known = lexicon.longest(tokens, index + 1)[0] > 0
    loud = tokens.is_loud(tokens.words[index].start)
    return not words.is_common(tokens.words[index + 1].text) and (known or not loud)


def _typed(tokens: Tokens, index: int, kind: str, lexicon: Lexicon) -> tuple[Name, int]:
    """A name behind its type word ('Cape Erimo')."""
    head, first = tokens.words[index], tokens.words[index + 1]
    last = index + max(1, lexicon.longest(tokens, index + 1)[0])
    end = tokens.words[last].end
    core = tokens.text[first.start : end]
    return Name(start=head.start, end=end, core=core, kind=kind, head=fold(head.text)), last + 1


def _unknown(tokens: Tokens, index: int, words: Words) -> tuple[Name | None, int]:
    """A capitalised word that nobody knows: a place only when a type word says so ('Ryotok Reef')."""
    word = tokens.words[index]
    if not word.capital or words.is_common(word.text) or tokens.starts_sentence(word.start):
        return None, index + 1
    head, kind, extra = words.head_after(tokens, index + 1)
    if head and tokens.words[index + 1].capital and not _after_capital(tokens, index + extra, words):
        end = tokens.words[index + extra].end
        return Name(start=word.start, end=end, core=word.text, kind=kind, head=head), index + extra + 1
    return None, index + 1


def _is_ordinary(
    tokens: Tokens, word: Word, span: str, count: int, words: Words, lexicon: Lexicon, *, loud: bool
) -> bool:
    """Whether a name that only the gazetteer knows is more likely an ordinary word."""
    if count > 1 and not loud:
        return False
    before = tokens.before(word.start)
    cue = bool(before) and before[0].text in _PREPOSITIONS
    entries = lexicon.gazetteer.find(span)
    people = max((entry.population for entry in entries), default=0)
    main = any(entry.match == "main" for entry in entries)
    if loud:
        said = _LOUD_CUE.search(tokens.text[max(0, word.start - 12) : word.start]) or _at_dateline(tokens, word)
        return words.is_common(span) or not said or (count == 1 and (people < _CITY or not main))
    if words.is_common(span) or len(span) < 3:
        return not (cue and people > _TOWN and main) or len(span) < 3
    if tokens.starts_sentence(word.start):
        return not (main and people > _LARGE_CITY) and not _at_dateline(tokens, word)
    return not cue and not main and people < _VILLAGE


def _at_dateline(tokens: Tokens, word: Word) -> bool:
    in_front = tokens.text[tokens.line_start(word.start) : word.start]
    return not in_front.strip() and _DATELINE.match(tokens.text[word.end : word.end + 60]) is not None


# ------------------------------------------------------------------------------------------ neighbouring words


def _capital_after(tokens: Tokens, index: int) -> bool:
    """Whether a capitalised word follows, nothing but a blank between."""
    return tokens.gap(index) in _BLANK and tokens.words[index + 1].capital


def _run_end(tokens: Tokens, index: int) -> int:
    """Number of the last word of the run of capitalised words that a word stands in ('of' may stand between)."""
    last = min(len(tokens.words) - 1, index + _LONGEST_RUN)
    while index < last:
        if _capital_after(tokens, index):
            index += 1
        elif (
            tokens.gap(index) in _BLANK
            and tokens.words[index + 1].text == "of"
            and index + 2 < len(tokens.words)
            and tokens.words[index + 2].capital
        ):
            index += 2
        else:
            return index
    return index


def _after_capital(tokens: Tokens, index: int, words: Words) -> Word | None:
    """The capitalised word right behind a word, when it is not a day or month."""
    if not _capital_after(tokens, index) or words.is_calendar(tokens.words[index + 1].text):
        return None
    return tokens.words[index + 1]


def _why_no_place(tokens: Tokens, index: int, count: int, known: tuple[Known, ...], words: Words, *, loud: bool) -> str:
    """Say why a name is no place: part of an organisation's or a person's name, or of something else's."""
    word, last = tokens.words[index], tokens.words[index + count - 1]
    if tokens.text[last.end : last.end + 1] == "-":  # 'Seoul-based'
        return COMPOUND
    if _organisation_of(tokens, index, words):
        return ORGANISATION
    country = bool(known) and known[0].layer == "countries"
    typed = bool(words.head_after(tokens, index + count)[0])
    rest = tokens.words[index + count : _run_end(tokens, index + count - 1) + 1]
    if not typed and any(words.is_organisation(other.text) for other in rest):
        return ORGANISATION
    if words.is_organisation(last.text) and not known:
        return ORGANISATION
    if not (typed or country or loud) and _after_capital(tokens, index + count - 1, words):
        return LONGER
    if not (country or loud) and (reason := _why_after(tokens, index, known, words)):
        return reason
    beside = (*tokens.before(word.start), *tokens.after(last.end))
    in_front = tokens.text[max(tokens.sentence(word.start)[0], word.start - _LIST) : word.start]
    a_ship = not (country or loud) and _SHIPS.search(in_front)
    if a_ship or (not known and any(other.text in _CRAFT for other in beside)):
        return CRAFT
    person = not known and count == 1 and words.is_given(word.text) and _speaks(tokens, index, words)
    return PERSON if person else ""


def _organisation_of(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a name stands in 'University of San Isidro', 'Bank of China'."""
    if index < 2 or tokens.words[index - 1].text != "of":
        return False
    return (
        tokens.gap(index - 1) in _BLANK
        and tokens.gap(index - 2) in _BLANK
        and words.is_organisation(tokens.words[index - 2].text)
    )


def _why_after(tokens: Tokens, index: int, known: tuple[Known, ...], words: Words) -> str:
    """Say why the word in front of a name makes it no place."""
    word = tokens.words[index]
    before = tokens.before(word.start)
    if not before or tokens.gap(index - 1) not in _BLANK:
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
    return "" if known and known[0].layer in _CERTAIN_LAYERS else LONGER


def _speaks(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a word of speech follows ('Jordan said'), which for a given name means a person."""
    return any(words.is_speech(word.text) for word in tokens.after(tokens.words[index].end, 1))
