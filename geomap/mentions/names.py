"""Finds the names in a text: longest match, type words ('Kura range', 'Cape Erimo'), and what is no place at all."""

from __future__ import annotations

import re

from geomap.gazetteer import fold
from geomap.lexicon import Known, Lexicon
from geomap.tokens import Tokens, Word
from geomap.types import Record
from geomap.words import Words

_GLUE = frozenset({"of", "the", "and", "for", "on", "de", "del", "la", "al", "el", "al-", "s"})
_PLAIN = re.compile(r"^[ \u00a0]$")
_IN_FRONT = frozenset({"in", "at", "near", "from", "off", "over", "outside", "around", "to", "toward", "towards", "of"})


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
        return frozenset(entry.form for entry in self.known)


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
    if not word.text[0].isalpha():
        return None, index + 1
    loud = _is_loud(tokens, word)
    before = words.head_before(word.text) if word.capital else None
    if before and index + 1 < len(tokens.words) and tokens.words[index + 1].capital:
        count, in_layer = lexicon.longest(tokens, index)
        if not (in_layer and count > 1) and _PLAIN.match(tokens.text[word.end : tokens.words[index + 1].start]):
            inner, _ = lexicon.longest(tokens, index + 1)
            end = tokens.words[index + max(1, inner)]
            core = tokens.text[tokens.words[index + 1].start : end.end]
            return Name(start=word.start, end=end.end, core=core, kind=before, head=fold(word.text)), index + 1 + max(
                1, inner
            )
    count, in_layer = lexicon.longest(tokens, index)
    if count == 0:
        return _unknown(tokens, index, words)
    last = tokens.words[index + count - 1]
    span = tokens.text[word.start : last.end]
    known = lexicon.known(span) if in_layer else ()
    if not known and _is_common(tokens, word, span, count, words, lexicon, loud=loud):
        return None, index + 1
    kind = known[0].kind if known else "city"
    reason = "" if loud and known else _why_no_place(tokens, index, count, known, words, loud=loud)
    if reason:
        end = _run_end(tokens, index + count - 1) if not known or "organisation" in reason else index + count - 1
        return Name(start=word.start, end=last.end, core=span, kind=kind, known=known, no_place=reason), end + 1
    head, head_kind, extra = words.head_after(tokens, index + count)
    if head and not (known and known[0].form in ("adjective", "demonym", "seat")):
        end_word = tokens.words[index + count - 1 + extra]
        return (
            Name(start=word.start, end=end_word.end, core=span, kind=head_kind, known=known, head=head),
            index + count + extra,
        )
    return Name(start=word.start, end=last.end, core=span, kind=kind, known=known), index + count


def _unknown(tokens: Tokens, index: int, words: Words) -> tuple[Name | None, int]:
    """A capitalised word that nobody knows: a place only when a type word says so ('Ryotok Reef')."""
    word = tokens.words[index]
    if not word.capital or words.is_common(word.text):
        return None, index + 1
    head, kind, extra = words.head_after(tokens, index + 1)
    if head and not tokens.starts_sentence(word.start) and tokens.words[index + 1].capital:
        end = tokens.words[index + extra]
        if not _after_capital(tokens, index + extra, words):
            return (
                Name(start=word.start, end=end.end, core=word.text, kind=kind, head=head),
                index + extra + 1,
            )
    return None, index + 1


def _is_loud(tokens: Tokens, word: Word) -> bool:
    """Whether a word stands in a line of capitals, where capitals say nothing."""
    start = tokens.text.rfind("\n", 0, word.start) + 1
    end = tokens.text.find("\n", word.end)
    line = [c for c in tokens.text[start : end if end >= 0 else len(tokens.text)] if c.isalpha()]
    return len(line) > 12 and sum(c.isupper() for c in line) > 0.85 * len(line)


def _is_common(
    tokens: Tokens, word: Word, span: str, count: int, words: Words, lexicon: Lexicon, *, loud: bool
) -> bool:
    """Whether a name that only the gazetteer knows is more likely an ordinary word."""
    before = tokens.before(word.start)
    cue = bool(before) and before[0].text.lower() in _IN_FRONT and not before[0].capital
    entries = lexicon.gazetteer.find(span)
    largest = max((entry.population for entry in entries), default=0)
    main = any(entry.match == "main" for entry in entries)
    if loud:
        return words.is_common(span) or (count == 1 and (largest < 100_000 or not main))
    if count == 1 and (words.is_common(span) or len(span) < 3):
        return not (cue and largest > 50_000 and main) or len(span) < 3
    if count == 1 and tokens.starts_sentence(word.start):
        return not (main and largest > 200_000) and not _at_dateline(tokens, word)
    return count == 1 and not cue and not main and largest < 20_000


def _at_dateline(tokens: Tokens, word: Word) -> bool:
    line_start = tokens.text.rfind("\n", 0, word.start) + 1
    tail = tokens.text[word.end : word.end + 60]
    return tokens.text[line_start : word.start].strip() == "" and bool(
        re.match(
            r"(?:, [A-Z][\w. ]+)?(?:, [A-Z][a-z]+\.? \d{1,2}(?:, \d{4})?)?\s?(?:\([^)]*\) ?)?(?:—|–|--| -|:)", tail
        )
    )


def _run_end(tokens: Tokens, index: int) -> int:
    """Number of the last word of the run of capitalised words that a word stands in."""
    while index + 1 < len(tokens.words):
        gap = tokens.text[tokens.words[index].end : tokens.words[index + 1].start]
        following = tokens.words[index + 1]
        if _PLAIN.match(gap) and following.capital:
            index += 1
        elif (
            _PLAIN.match(gap)
            and following.text in ("of", "for", "and")
            and index + 2 < len(tokens.words)
            and tokens.words[index + 2].capital
            and following.text == "of"
        ):
            index += 2
        else:
            return index
    return index


def _after_capital(tokens: Tokens, index: int, words: Words) -> Word | None:
    """The capitalised word right behind a word, when it is not a day, month or type word."""
    if index + 1 >= len(tokens.words):
        return None
    following = tokens.words[index + 1]
    if not _PLAIN.match(tokens.text[tokens.words[index].end : following.start]) or not following.capital:
        return None
    return None if words.is_calendar(following.text) else following


def _why_no_place(tokens: Tokens, index: int, count: int, known: tuple[Known, ...], words: Words, *, loud: bool) -> str:
    """Say why a name is no place: part of an organisation's or a person's name, or of something else's."""
    word, last = tokens.words[index], tokens.words[index + count - 1]
    text = tokens.text
    if text[last.end : last.end + 6].lower() == "-based" or text[last.end : last.end + 1] == "-":
        return "part of a compound word"
    rest = tokens.words[index + count : _run_end(tokens, index + count - 1) + 1]
    if any(words.is_organisation(other.text) for other in rest) and not words.head_after(tokens, index + count)[0]:
        return "part of an organisation's name"
    country = bool(known) and known[0].feature.startswith("countries/")
    if words.is_organisation(last.text) and not known:
        return "part of an organisation's name"
    following = _after_capital(tokens, index + count - 1, words)
    if following and not country and not loud and not words.head_after(tokens, index + count)[0]:
        return "part of a longer name"
    before = tokens.before(word.start)
    if before and _PLAIN.match(text[before[0].end : word.start]) and not loud:
        other = before[0]
        if words.is_title(other.text) and not country:
            return "a person's name after a title"
        adjacent = other.capital and not words.is_calendar(other.text) and not words.is_common_start(tokens, other)
        if adjacent and not country and not words.head_before(other.text):
            if words.is_given(other.text):
                return "a person's name"
            if not (known and known[0].feature.split("/")[0] in ("seas", "sites", "lines", "zones")):
                return "part of a longer name"
    if known or count > 1:
        return ""
    return "a person's name" if words.is_given(word.text) and _speaks(tokens, index, words) else ""


def _speaks(tokens: Tokens, index: int, words: Words) -> bool:
    """Whether a word of speech follows ('Jordan said'), which for a given name means a person."""
    return any(words.is_speech(word.text) for word in tokens.after(tokens.words[index].end, 1))
