"""The beginnings of words, by which it is told cheaply whether a row of a table of phrases can be in a text.

A row is written in the notation of `geomap.phrases`; ``fir(ed|es|ing) at`` is in no text without a word in ``fir``.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from geomap.patterns import regex

_LENGTH = 4
"""Letters of a word that are looked at."""
_WORDS = regex(rf"(\w{{1,{_LENGTH}}})\w*")
OTHER_CASES = regex("[\u0130\u0131\u017f\u212a]")
"""What a pattern takes for an i, s or k when capitals do not count, and small letters leave as it is."""
_LONGEST = 2000
"""Characters of a text that is looked at; nearly any word may be in a longer one."""
_COMMON = frozenset(
    {
        "a",
        "afte",
        "an",
        "and",
        "are",
        "as",
        "at",
        "be",
        "but",
        "by",
        "for",
        "from",
        "had",
        "has",
        "have",
        "in",
        "into",
        "is",
        "it",
        "its",
        "not",
        "of",
        "on",
        "one",
        "over",
        "that",
        "the",
        "they",
        "this",
        "to",
        "two",
        "was",
        "were",
        "what",
        "whic",
        "with",
    }
)
"""Stems that tell little, since so many texts have them."""
_HEAD = regex("[A-Za-z]*")
_LOOKS = ("(?<", "(?=", "(?!")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">"}


@lru_cache(maxsize=256)  # many tables are asked for each of the sentences that are at hand
def stems_of(text: str) -> frozenset[str] | None:
    """The stems of all words of a text, in small letters; None when they tell nothing."""
    if len(text) > _LONGEST or _has_other_cases(text):
        return None
    return frozenset(_WORDS.findall(text.lower()))


def stems(*words: str) -> frozenset[str]:
    """The stems of some words in small letters."""
    return frozenset(word[:_LENGTH] for word in words)


def may_have(text: str, stems: frozenset[str]) -> bool:
    """Whether a text may have a word with one of some stems."""
    found = stems_of(text)
    return found is None or not found.isdisjoint(stems)


def small_letters(text: str) -> str | None:
    """A text in small letters, character for character; None when they do not tell what a pattern finds in it."""
    small = text.lower()
    return None if len(small) != len(text) or _has_other_cases(text) else small


def _has_other_cases(text: str) -> bool:
    return not text.isascii() and OTHER_CASES.search(text) is not None


def spots(small: str, *letters: str) -> list[int]:
    """Where some letters stand in a text of `small_letters`, in order."""
    found = []
    for one in letters:
        at = small.find(one)
        while at >= 0:
            found.append(at)
            at = small.find(one, at + 1)
    return sorted(found)


def stems_for(row: str) -> frozenset[str] | None:
    """The stems one of which is in each text that a row is in; None when there are none."""
    return _union(map(_of_words, split(row, "|")))


def split(row: str, sign: str) -> list[str]:
    """The parts of a row between the signs that stand in no brackets."""
    parts, start, at = [], 0, 0
    while at < len(row):
        if row[at] in _BRACKETS:
            at = _close(row, at)
        elif row[at] == sign:
            parts.append(row[start:at])
            start = at + 1
        at += 2 if row[at : at + 1] == "\\" else 1
    return [*parts, row[start:]]


def _close(row: str, at: int) -> int:
    """Where the bracket is closed that opens at an offset; in a set of characters nothing else is a bracket."""
    opening, closing = row[at], _BRACKETS[row[at]]
    depth = 0
    while at < len(row):
        if row[at] == "\\":
            at += 1
        elif row[at] == closing:
            depth -= 1
            if depth == 0:
                return at
        elif row[at] == opening and (opening != "[" or depth == 0):
            depth += 1
        elif row[at] == "[":
            at = _close(row, at)
        at += 1
    return at


def _union(found: Iterable[frozenset[str] | None]) -> frozenset[str] | None:
    every = list(found)
    return None if None in every else frozenset[str]().union(*filter(None, every))


def _of_words(words: str) -> frozenset[str] | None:
    """The stems of the word that tells most of those that follow each other."""
    told = [stems for word in split(words, " ") if (stems := _of_word(word)) is not None]
    return min(told, key=lambda stems: (len(stems & _COMMON), len(stems)), default=None)


def _of_word(word: str) -> frozenset[str] | None:
    """The stems of one word of a row; None when it may be missing, or any."""
    while word.startswith(_LOOKS):
        word = word[_close(word, 0) + 1 :]
    head = _HEAD.match(word)
    letters = head[0] if head else ""
    rest = word[len(letters) :]
    if letters and rest[:1] == "?":
        return _union([_of_word(letters + rest[1:]), _of_word(letters[:-1] + rest[1:])])
    if rest[:1] == "{":
        letters = letters[:-1]
    if len(letters) >= _LENGTH or (letters and not rest):
        return frozenset({letters[:_LENGTH].lower()})
    if rest[:1] != "(" or rest[1:2] == "?":
        return None
    end = _close(rest, 0)
    inside, behind = split(rest[1:end], "|"), rest[end + 1 :]
    if behind[:1] == "?":
        inside, behind = [*inside, ""], behind[1:]
    if behind[:1] in ("+", "{"):
        return None
    return _union(_of_words(f"{letters}{one}{behind}") for one in inside)
