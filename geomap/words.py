"""The word lists of ``words.toml``: verbs of speech, type words, titles, offices, ordinary words."""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from geomap.gazetteer import fold
from geomap.tokens import Tokens, Word
from geomap.types import Record

_ARTICLES = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_LOWER_HEADS = {
    "facility": "cosmodrome|spaceport|range|test range|test site|test ground|launch site|launch center|launch centre|center"
    "|centre|air base|airbase|airport|airfield|naval base|base|shipyard|yard|harbor|harbour|port|silo|missile base",
    "region": "province|prefecture|region|county|district|oblast|territory|peninsula|desert",
    "island": "island|islands|atoll|reef",
    "sea": "sea|bay|strait|gulf",
}
"""Type words that follow a name in small letters too: 'the Kura range', 'the Okpo yard', 'Arkhangelsk region'."""


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


class Words:
    """The lists, ready to ask.

    Parameters
    ----------
    lists : the parsed ``words.toml``
    """

    def __init__(self, lists: dict[str, Any]) -> None:
        self._speech = frozenset(lists["speech_verbs"])
        self._organisations = frozenset(fold(word) for word in lists["organisation_heads"])
        self._titles = frozenset(fold(word) for word in lists["titles"])
        self._given = frozenset(fold(word) for word in [*lists["given_names"], *lists["given_names_also_places"]])
        self._common = frozenset(lists["common_words"])
        self._after = {
            fold(head): kind
            for kind, heads in lists["place_heads_after"].items()
            for head in heads
            if kind not in ("line", "zone")  # "Exclusive Economic Zone" is no place called Exclusive
        }
        self._lower = {head: kind for kind, heads in _LOWER_HEADS.items() for head in heads.split("|")}
        self._before = {fold(head): kind for kind, heads in lists["place_heads_before"].items() for head in heads}
        self._calendar = frozenset(
            word.lower()
            for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
            for word in names
            if word
        ) | {"sept", "tues", "thurs"}
        self.offices_list = tuple(
            Office(name=row["name"], state=row.get("state"), aliases=tuple(row["aliases"]))
            for row in lists["claimants"]
        )
        self.groups = tuple(
            Group(name=row["name"], countries=tuple(row["countries"]), aliases=tuple(row["aliases"]))
            for row in lists["nonstate_actors"]
        )

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
        return word.lower().rstrip(".") in self._calendar

    def is_common_start(self, tokens: Tokens, word: Word) -> bool:
        """Whether a capitalised word is only an ordinary word at the start of a sentence, or a compass word."""
        plain = fold(word.text)
        if re.fullmatch(r"(?:north|south|east|west|central|mid)\w*", plain):
            return True
        return tokens.starts_sentence(word.start) and (plain in self._common or len(plain) < 4)

    def head_before(self, word: str) -> str | None:
        """The kind of place that a type word before a name makes ('Cape' is a cape)."""
        return self._before.get(fold(word))

    def head_after(self, tokens: Tokens, index: int) -> tuple[str, str, int]:
        """The type word that starts at a word.

        Returns
        -------
        tuple
            the type word folded, the kind of place it makes, and its number of words; '' and 0 when there is none
        """
        if index == 0 or index >= len(tokens.words):
            return "", "", 0
        if tokens.text[tokens.words[index - 1].end : tokens.words[index].start] != " ":
            return "", "", 0
        for count in (3, 2, 1):
            run = tokens.words[index : index + count]
            if len(run) < count:
                continue
            words = tokens.text[run[0].start : run[-1].end]
            capital = all(word.capital for word in run)
            kind = self._after.get(fold(words)) if capital else self._lower.get(words)
            if kind and not (capital and self._more_follows(tokens, index + count)):
                return fold(words), kind, count
        return "", "", 0

    def _more_follows(self, tokens: Tokens, index: int) -> bool:
        """Whether an organisation's word follows a type word ('Bristol Channel Centre')."""
        if index >= len(tokens.words) or tokens.text[tokens.words[index - 1].end : tokens.words[index].start] != " ":
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
                kind = self._after.get(fold(tail)) or self._lower.get(tail)
                if kind:
                    return " ".join(words[:-count]), kind
        for count in (2, 1):
            if len(words) > count and (kind := self._before.get(fold(" ".join(words[:count])))):
                return " ".join(words[count:]), kind
        return bare, ""

    def offices(self, text: str) -> list[tuple[int, int, Office]]:
        """Find all offices in a text: start, end and the office, the longest name first where two overlap."""
        return _spans(text, self._office_pattern, self._office_of)

    def find_groups(self, text: str) -> list[tuple[int, int, Group]]:
        """Find all armed groups in a text."""
        return _spans(text, self._group_pattern, self._group_of)

    @cached_property
    def _office_of(self) -> dict[str, Office]:
        return {_straight(alias): office for office in self.offices_list for alias in [*office.aliases, office.name]}

    @cached_property
    def _group_of(self) -> dict[str, Group]:
        return {_straight(alias): group for group in self.groups for alias in [*group.aliases, group.name]}

    @cached_property
    def _office_pattern(self) -> re.Pattern[str]:
        return _any_of(self._office_of)

    @cached_property
    def _group_pattern(self) -> re.Pattern[str]:
        return _any_of(self._group_of)


def _straight(words: str) -> str:
    return words.replace("’", "'").casefold()


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def _spans(text: str, pattern: re.Pattern[str], by_name: dict[str, Any]) -> list[tuple[int, int, Any]]:
    plain = text.replace("’", "'").lower()
    if len(plain) != len(text):  # a letter whose small form is longer would shift the offsets
        plain = text.replace("’", "'")
    found = []
    for match in pattern.finditer(plain):
        written = text[match.start() : match.end()]
        if any(c.isupper() for c in written):
            found.append((match.start(), match.end(), by_name[match[0].casefold()]))
    return found


@cache
def open_words() -> Words:
    """Open the lists that ship with geomap."""
    path = Path(__file__).parent / "words.toml"
    return Words(tomllib.loads(path.read_text(encoding="utf-8")))
