"""Lengths and counts in prose: "about 930 km", "200 nautical miles", "eleven missiles".

The interval about a length comes from how it is printed: half of the last place that is not a rounding zero, at least
so much for a hedged number as for a round one (the point-radius rules of Wieczorek et al. 2004 use the same idea).
"""

from __future__ import annotations

import math
import re

from geomap.patterns import regex
from geomap.stems import may_have, stems
from geomap.types import Amount, Record, Statement

KM_PER_UNIT = {"km": 1.0, "mile": 1.609344, "nautical mile": 1.852, "metre": 0.001}
"""Kilometres in one unit: the international mile and nautical mile."""

_ONES = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_VALUES = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_SCALES = {"hundred": 100, "thousand": 1000}
WORDS = (*_VALUES, *_SCALES)
"""All words of which numbers are made."""
_DOZEN = {"a": 1, "an": 1, "a pair": 2, "a pair of": 2, "a dozen": 12, "both": 2}

_OPEN_ABOVE = (
    "more than", "over", "at least", "no less than", "not less than", "just over",
    "a little more than", "a little over", "slightly more than",
)  # fmt: skip
"""Hedges after which the true number is the printed one or more."""
_OPEN_BELOW = ("less than", "a little less than", "under", "up to", "at most", "just under", "nearly", "almost")
"""Hedges after which the true number is the printed one or less."""
_OPEN_BOTH = (
    "an estimated", "approximately", "approx.", "about", "around", "some", "roughly", "close to", "circa", "perhaps",
    "only", "just", "as far as", "as much as",
)  # fmt: skip


def _any_of(words: tuple[str, ...] | list[str]) -> str:
    """The regular expression of some words, the longest first."""
    return f"(?:{'|'.join(sorted(words, key=len, reverse=True))})".replace(".", r"\.")


_BLANK_IN_NUMBER = regex(r"(?<=\d)[ \u00a0\u202f](?=\d)")
_NUMBER_WORD = _any_of([*_ONES, *_TENS])
_DIGITS = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3}){1,4}|\d{1,12}(?:\.\d{1,6})?"
"""1,300 or 4 500 or 930.5."""
_IN_WORDS = (  # 'a hundred and fifty'; no number in print has more words than that
    rf"(?:{_NUMBER_WORD}|a(?= hundred| thousand))"
    rf"(?:[ -](?:(?:and )?{_NUMBER_WORD}|hundred|thousand)){{0,8}}"
)
NUMBER = rf"(?:{_DIGITS}|{_IN_WORDS})"
"""Regular expression of a number in digits or English words."""
UNIT = r"(?:kilomet(?:er|re)s?|kms?\b|nautical[ -]miles?|naut\. miles?|nmi?\b|miles?|mi\b)"
"""Regular expression of a unit of length."""
METRES = r"met(?:er|re)s"
"""Regular expression of the unit that heights and sizes come in, so that only phrases about places read it."""
HEDGE = rf"(?:{_any_of([*_OPEN_ABOVE, *_OPEN_BELOW, *_OPEN_BOTH])} )"
"""Regular expression of a word such as 'about', with the blank behind it."""

_FIFTIES_FROM = 250
_TO = r"\s?(?:to|and|or|-|–|—)\s?"
_LENGTH = (
    rf"(?<![\w.,-])(?P<hedge>{HEDGE})?(?:between |from )?"
    rf"(?P<low>{NUMBER})(?:{_TO}(?P<high>{NUMBER}))?"
    rf"[\s-]{{0,2}}(?P<unit>UNITS)(?!\w)"
    rf"(?:\s?\((?:{HEDGE})?(?P<again>{NUMBER}(?:{_TO}{NUMBER})?[\s-]?{UNIT})\))?"  # the same in another unit
)
_KM_AND_MILES = regex(_LENGTH.replace("UNITS", UNIT), re.IGNORECASE)
_METRES_TOO = regex(_LENGTH.replace("UNITS", f"{UNIT}|{METRES}"), re.IGNORECASE)
_UNIT_LETTERS = ("km", "kilomet", "mile", "naut")
_SHORT_UNITS = stems("nm", "nmi", "mi", "meters", "metres")
_DIGIT_AND_UNIT = regex(r"\d[nNmM]")
"""A unit that is written at once behind its number, so that it begins no word."""


class Length(Record, kw_only=True):
    """A length in the text.

    Parameters
    ----------
    start, end : offsets of the whole expression, hedge and repetition in brackets included
    amount : value and interval in km
    unit : ``km``, ``mile``, ``nautical mile`` or ``metre``
    """

    start: int
    end: int
    amount: Amount
    unit: str


def number(words: str) -> float | None:
    """Read a number in digits or English words; None when it is none."""
    text = words.strip().lower().replace(",", "")
    if text[:1].isdigit():
        text = _BLANK_IN_NUMBER.sub("", text)
        try:
            return float(text)
        except ValueError:
            return None
    total, current, found = 0, 0, False
    for word in re.split(r"[ -]+", text):
        if word in _VALUES:
            current, found = current + _VALUES[word], True
        elif word in _SCALES:
            current, found = max(current, 1) * _SCALES[word], True
            if word == "thousand":
                total, current = total + current, 0
        elif word not in ("a", "and"):
            return None
    return float(total + current) if found else None


def unit_of(words: str) -> str:
    """Name the unit that a word stands for: ``km``, ``mile``, ``nautical mile`` or ``metre``."""
    word = words.lower()
    if word.startswith("k"):
        return "km"
    if word.startswith("met"):
        return "metre"
    return "nautical mile" if word.startswith("n") else "mile"


def rounding(value: float, *, hedged: bool) -> float:
    """Half of what a printed number may be rounded by, in its own unit.

    The last place that is not a zero counts, but a round number ('800') is not taken for vaguer than a sixteenth, a
    hedged one ('about 800') not for vaguer than a tenth of itself nor for sharper than a fiftieth. 'About 350' may be
    rounded to fifties.
    """
    if value <= 0:
        return 0.5
    place = 1.0
    if value == int(value):
        while int(value) % int(place * 10) == 0:
            place *= 10
    else:
        place = 10.0 ** -len(f"{value:f}".rstrip("0").split(".")[1])
    half = min(place / 2, value / (10 if hedged else 16))
    if hedged and value >= _FIFTIES_FROM and value % 50 == 0:
        half = max(half, 25.0)
    return max(half, value / 50) if hedged else half


def lengths(text: str, *, metres: bool = False) -> tuple[Length, ...]:
    """Find all lengths in a text, in order, as intervals in km; those in metres only when they are asked for."""
    if not _may_have_unit(text):
        return ()
    found = []
    for match in (_METRES_TOO if metres else _KM_AND_MILES).finditer(text):
        low = number(match["low"])
        high = number(match["high"]) if match["high"] else None
        if low is None or (high is not None and high < low):
            continue
        unit = unit_of(match["unit"])
        amount = _amount(low, high, unit, (match["hedge"] or "").strip().lower(), match[0])
        found.append(Length(start=match.start(), end=match.end(), amount=amount, unit=unit))
    return tuple(found)


def _may_have_unit(text: str) -> bool:
    """Whether a text may have a unit of length, by its letters."""
    small = text.lower()
    long = any(letters in small for letters in _UNIT_LETTERS)
    return long or may_have(text, _SHORT_UNITS) or _DIGIT_AND_UNIT.search(text) is not None


def _amount(low: float, high: float | None, unit: str, hedge: str, said: str) -> Amount:
    value, least, most = interval(low, high, hedge)
    factor = KM_PER_UNIT[unit]
    return Amount(
        value=round(value * factor, 3),
        low=round(least * factor, 3),
        high=round(most * factor, 3),
        said=said,
    )


def interval(low: float, high: float | None, hedge: str) -> tuple[float, float, float]:
    """Value, least and greatest that a printed number or range leaves open, in its own unit.

    Parameters
    ----------
    high : upper end of a printed range, None for a single number
    hedge : the word in front of it in small letters ('about'), empty for none
    """
    if high is not None:
        return (low + high) / 2, low, high
    below = above = rounding(low, hedged=bool(hedge))
    if hedge in _OPEN_ABOVE:
        below, above = 0.0, max(above, low / 10)
    elif hedge in _OPEN_BELOW:
        below, above = max(below, low / 10), 0.0
    return low, low - below, low + above


def count(words: str) -> int | None:
    """Read a count of things: 'two' is 2, 'a' is 1, 'a pair' 2, 'several' None."""
    text = words.strip().lower()
    if text in _DOZEN:
        return _DOZEN[text]
    value = number(text)
    return int(value) if value is not None and value == int(value) else None


_MORE = regex(r"\b(?:more than|over|upwards? of)\b", re.IGNORECASE)
_LEAST = regex(r"\b(?:at least|no (?:less|fewer) than|not (?:less|fewer) than)\b", re.IGNORECASE)
_LESS = regex(r"\b(?:less than|fewer than|under|nearly|almost|up to|at most|no more than)\b", re.IGNORECASE)
_ABOUT = regex(
    r"\b(?:about|around|some|roughly|approximately|an estimated|close to|perhaps|as many as)\b", re.IGNORECASE
)


def spread(count: float, words: str) -> tuple[float, float]:
    """The interval of a printed count: 'about ten' is 9 to 11, 'more than ten' 11 or more."""
    if _LEAST.search(words):
        return count, math.inf
    if _LESS.search(words):
        return 0.0, count
    if _MORE.search(words):
        return count + 1, math.inf
    if _ABOUT.search(words):
        return count - max(1.0, count / 10), count + max(1.0, count / 10)
    return count, count


def stated(one: Statement) -> tuple[float, float] | None:
    """The interval of a figure that somebody states, open on a side where only the other bound is known."""
    if one.low is not None or one.high is not None:
        return -math.inf if one.low is None else one.low, math.inf if one.high is None else one.high
    if one.number is None:
        return None
    return spread(one.number, one.value) if one.about == "count" else (one.number, one.number)


def differ(one: Statement, other: Statement) -> bool:
    """Whether two figures cannot both be: their intervals do not meet, or only where both end."""
    a, b = stated(one), stated(other)
    if a is None or b is None or one.number == other.number:
        return False
    first, second = sorted((a, b))
    return first[1] < second[0] or (one.about != "count" and first[1] == second[0])
