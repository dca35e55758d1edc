"""The word lists of the folder ``lists``: verbs of speech, type words, titles, offices, armed groups, common words."""

from __future__ import annotations

import calendar
import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import TypeVar

from geomap.gazetteer import fold
from geomap.patterns import regex
from geomap.tokens import Tokens, Word
from geomap.types import Record

LISTS = Path(__file__).parent / "lists"

_ARTICLES = regex(r"^(?:the|an?) ", re.IGNORECASE)
_COMPASS = regex(r"(?:north|south|east|west|central|mid)\w*")
_FIRST_WORD = regex(r"\w+")
_SHORTEST_NAME = 4
_BLANKS = frozenset({" ", "\u00a0", "\n"})
_REALMS = frozenset({"republic", "kingdom", "emirate", "sultanate", "commonwealth", "union", "federation"})
_CALENDAR = frozenset(
    word.lower()
    for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
    for word in names
    if word
) | {"sept", "tues", "thurs"}

ORGANISATION = "part of an organisation's name"
COMPOUND = "part of a compound word"
LONGER = "part of a longer name"
PERSON = "a person's name"
CRAFT = "the name of a ship, a satellite or a weapon"
NAMELESS = (PERSON, CRAFT)
"""Why a name is no place, and not even the name of one, which that of an organisation contains."""


class Office(Record, kw_only=True):
    """An office or firm that makes statements; ``state`` is ISO 3166-1 alpha-3, None when it is not one state's."""

    name: str
    state: str | None
    aliases: tuple[str, ...]


class Group(Record, kw_only=True):
    """An armed group that is no state; ``countries`` are where it operates (ISO 3166-1 alpha-3)."""

    name: str
    countries: tuple[str, ...]
    aliases: tuple[str, ...]


_Known = TypeVar("_Known", bound=Office | Group)


class Words:
    """The lists, ready to ask; see `open_words`.

    Parameters
    ----------
    folder : the files as they are described in their first lines
    """

    def __init__(self, folder: Path) -> None:
        self._speech = frozenset(_lines(folder / "speech-verbs.txt"))
        self._common = frozenset(_lines(folder / "common-words.txt"))
        self._organisations = frozenset(map(fold, _lines(folder / "organisation-heads.txt")))
        self._titles = frozenset(map(fold, _lines(folder / "titles.txt")))
        self._given = frozenset(map(fold, _lines(folder / "given-names.txt")))
        types = tomllib.loads((folder / "place-types.toml").read_text(encoding="utf-8"))
        self._after = {fold(word): kind for kind, words in types["after"].items() for word in words}
        self._small = {word: kind for kind, words in types["after_in_small_letters"].items() for word in words}
        self._before = {fold(word): kind for kind, words in types["before"].items() for word in words}
        self._type_starts = {fold(word.partition(" ")[0]) for word in (*self._after, *self._small)}
        self.groups = tuple(
            Group(name=row["name"], countries=_cell(row["countries"]), aliases=_cell(row["aliases"]))
            for row in _rows(folder / "groups.csv")
        )
        self._groups = _by_first_word(self.groups)
        offices = _by_first_word(
            Office(name=row["name"], state=row["state"] or None, aliases=_cell(row["aliases"]))
            for row in _rows(folder / "offices.csv")
        )
        # several steps ask for those of one text
        self._offices_in = lru_cache(maxsize=4)(lambda text: tuple(_found(text, offices)))

    # single words -------------------------------------------------------------------------------------------------

    def is_speech(self, word: str) -> bool:
        """Whether a word is a verb whose subject speaks or acts."""
        return word.lower() in self._speech

    def is_common(self, word: str) -> bool:
        """Whether a word is far more often an ordinary word or a person's name than the place of that name."""
        return fold(word) in self._common

    def is_organisation(self, word: str) -> bool:
        """Whether a word makes the name before it an organisation's."""
        return fold(word) in self._organisations and word[0].isupper()

    def is_title(self, word: str) -> bool:
        """Whether a word stands before a person's name."""
        return fold(word) in self._titles

    def is_given(self, word: str) -> bool:
        """Whether a word is a given name."""
        return fold(word) in self._given

    def is_calendar(self, word: str) -> bool:
        """Whether a word is a month or a day of the week."""
        return word.lower().rstrip(".") in _CALENDAR

    def is_common_start(self, tokens: Tokens, word: Word) -> bool:
        """Whether a capitalised word is only an ordinary word at the start of a sentence, or a compass word."""
        plain = fold(word.text)
        if _COMPASS.fullmatch(plain):
            return True
        return tokens.starts_sentence(word.start) and (plain in self._common or len(plain) < _SHORTEST_NAME)

    # type words ---------------------------------------------------------------------------------------------------

    def head_before(self, word: str) -> str | None:
        """The kind of place that a type word before a name makes ('Cape' is a cape)."""
        return self._before.get(fold(word))

    def is_type(self, word: str) -> bool:
        """Whether a word names a kind of place, in front of a name or behind it ('Gulf', 'Province', 'Port of')."""
        plain = fold(word)
        return plain in self._after or plain in self._before or f"{plain} of" in self._before or plain in _REALMS

    def head_after(self, tokens: Tokens, index: int) -> tuple[str, str, int]:
        """The type word that starts at a word.

        Returns
        -------
        tuple
            the type word folded, the kind of place it makes, and its number of words; '' and 0 when there is none
        """
        if index == 0 or index >= len(tokens.words) or fold(tokens.words[index].text) not in self._type_starts:
            return "", "", 0
        if tokens.gap(index - 1) not in _BLANKS:
            return "", "", 0
        for count in (3, 2, 1):
            run = tokens.words[index : index + count]
            if len(run) < count:
                continue
            words = tokens.text[run[0].start : run[-1].end]
            capital = all(word.capital for word in run)
            kind = self._after.get(fold(words)) if capital else self._small.get(words)
            if kind and not (capital and self._more_follows(tokens, index + count)):
                return fold(words), kind, count
        return "", "", 0

    def _more_follows(self, tokens: Tokens, index: int) -> bool:
        """Whether a capitalised word follows a type word: it is part of a longer name ('Bristol Channel Centre')."""
        if tokens.gap(index - 1) != " ":
            return False
        following = tokens.words[index]
        return following.capital and not self.is_calendar(following.text)

    def without_head(self, name: str) -> tuple[str, str]:
        """Take the article and the type word from a name: the bare name, and the kind that the type word makes."""
        bare = _ARTICLES.sub("", name.strip())
        words = bare.split(" ")
        for count in (3, 2, 1):
            if len(words) > count:
                tail = " ".join(words[-count:])
                kind = self._after.get(fold(tail)) or self._small.get(tail)
                if kind:
                    return " ".join(words[:-count]), kind
        for count in (2, 1):
            if len(words) > count and (kind := self._before.get(fold(" ".join(words[:count])))):
                return " ".join(words[count:]), kind
        return bare, ""

    # those who speak and those who fire -----------------------------------------------------------------------------

    def offices(self, text: str) -> tuple[tuple[int, int, Office], ...]:
        """Find all offices in a text: start, end and the office, the longest name where two overlap."""
        return self._offices_in(text)

    def find_groups(self, text: str) -> list[tuple[int, int, Group]]:
        """Find all armed groups in a text."""
        return _found(text, self._groups)


def _lines(path: Path) -> list[str]:
    """The words of a list, one a line; a line that begins with ``#`` says what the list is."""
    return [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _cell(words: str) -> tuple[str, ...]:
    return tuple(filter(None, words.split("|")))


def _plain(text: str) -> str:
    """A text in small letters with straight apostrophes, character for character."""
    straight = text.replace("’", "'")
    small = straight.lower()
    # a letter whose small form is longer (Turkish İ) would shift all offsets behind it
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in straight)


def _by_first_word(entries: Iterable[_Known]) -> dict[str, list[tuple[str, _Known]]]:
    """Names by their first word, the longest first; of two entries with one name the last one counts."""
    named: dict[str, _Known] = {}
    for entry in entries:
        named |= dict.fromkeys(map(_plain, (*entry.aliases, entry.name)), entry)
    found: dict[str, list[tuple[str, _Known]]] = {}
    for name in sorted(named, key=lambda name: (-len(name), name)):
        if first := _FIRST_WORD.match(name):
            found.setdefault(first[0], []).append((name, named[name]))
    return found


def _found(text: str, names: Mapping[str, list[tuple[str, _Known]]]) -> list[tuple[int, int, _Known]]:
    """The longest name at each word, none within another, written with a capital letter somewhere."""
    plain, said = _plain_words(text)
    done = 0
    found: list[tuple[int, int, _Known]] = []
    for start, word in sorted((at, one) for one in said & names.keys() for at in _places(plain, one)):
        if start < done:
            continue
        for name, entry in names[word]:
            end = start + len(name)
            if plain.startswith(name, start) and not plain[end : end + 1].isalnum():
                done = end
                if any(c.isupper() for c in text[start:end]):
                    found.append((start, end, entry))
                break
    return found


@lru_cache(maxsize=4)  # groups and offices are looked for in the same texts
def _plain_words(text: str) -> tuple[str, frozenset[str]]:
    """A text in small letters, and its words."""
    plain = _plain(text)
    return plain, frozenset(_FIRST_WORD.findall(plain))


def _places(plain: str, word: str) -> Iterator[int]:
    """Where a whole word stands in a text."""
    start = plain.find(word)
    while start >= 0:
        end = start + len(word)
        if not (_is_of_a_word(plain[start - 1 : start]) or _is_of_a_word(plain[end : end + 1])):
            yield start
        start = plain.find(word, end)


def _is_of_a_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


@cache
def open_words() -> Words:
    """Open the lists that ship with geomap."""
    return Words(LISTS)
