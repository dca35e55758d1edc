"""Lengths and counts in prose: "about 930 km", "200 nautical miles", "eleven missiles".

The interval about a length comes from how it is printed: half of the last place that is not a rounding zero, at least
so much for a hedged number as for a round one (the point-radius rules of Wieczorek et al. 2004 use the same idea).
"""

from __future__ import annotations

import re
from functools import cache

from geomap.types import Amount, Record

KM_PER_UNIT = {"km": 1.0, "mile": 1.609344, "nautical mile": 1.852}
"""Kilometres in one unit: the international mile and nautical mile."""

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: value for value, word in enumerate(_ONES)} | {word: 20 + 10 * i for i, word in enumerate(_TENS)}
_SCALES = {"hundred": 100, "thousand": 1000}

NUMBER_WORD = rf"(?:{'|'.join([*_TENS, *reversed(_ONES)])})"
NUMBER_WORDS = (
    rf"(?:{NUMBER_WORD}|a(?= hundred| thousand))(?:[ -](?:{NUMBER_WORD}|hundred|thousand|and(?= {NUMBER_WORD})))*"
)
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?|{NUMBER_WORDS})"
UNIT = r"(?:kilomet(?:er|re)s?|kms?\b|nautical miles?|naut\. miles?|nmi?\b|NMI?\b|miles?|mi\b)"
HEDGE = (
    r"(?:(?:an estimated|approximately|approx\.|about|around|some|roughly|nearly|almost|close to|circa"
    r"|more than|over|at least|no less than|not less than|less than|under|up to|at most|only|just|just over|just under"
    r"|a little more than|a little over|a little less than|slightly more than|perhaps|as far as|as much as) )"
)
_LENGTH = re.compile(
    rf"(?<![\w.,-])(?P<hedge>{HEDGE})?(?:between )?(?P<low>{NUMBER})"
    rf"(?:\s?(?:to|and|or|-|–|—)\s?(?P<high>{NUMBER}))?[\s-]{{0,2}}(?P<unit>{UNIT})(?!\w)"
    rf"(?P<again>\s?\((?:{HEDGE})?{NUMBER}(?:\s?(?:to|-|–)\s?{NUMBER})?[\s-]?{UNIT}\))?",
    re.IGNORECASE,
)
_OPEN_ABOVE = (
    "more than",
    "over",
    "at least",
    "no less than",
    "not less than",
    "just over",
    "a little",
    "slightly more",
)
_OPEN_BELOW = ("less than", "under", "up to", "at most", "just under", "nearly", "almost")


class Length(Record, kw_only=True):
    """A length in the text.

    Parameters
    ----------
    start, end : offsets of the whole expression, hedge and repetition in brackets included
    amount : value and interval in km
    unit : ``km``, ``mile`` or ``nautical mile``
    """

    start: int
    end: int
    amount: Amount
    unit: str


def number(words: str) -> float | None:
    """Read a number in digits or English words; None when it is none."""
    text = words.strip().lower().replace(",", "")
    try:
        return float(text)
    except ValueError:
        pass
    total, current = 0, 0
    found = False
    for word in re.split(r"[ -]+", text):
        if word in _VALUES:
            current += _VALUES[word]
            found = True
        elif word in _SCALES:
            current = max(current, 1) * _SCALES[word]
            if word == "thousand":
                total, current = total + current, 0
            found = True
        elif word not in ("a", "and"):
            return None
    return float(total + current) if found else None


def unit_of(words: str) -> str:
    """Name the unit that a word stands for: ``km``, ``mile`` or ``nautical mile``."""
    word = words.lower()
    if word.startswith("k"):
        return "km"
    return "nautical mile" if word.startswith("n") else "mile"


def rounding(value: float, *, hedged: bool) -> float:
    """Half of what a printed number may be rounded by, in its own unit.

    The last place that is not a zero counts, but a round number ('800') is not taken for vaguer than a sixteenth, a
    hedged one ('about 800') not for vaguer than a tenth of itself and not for sharper than a fiftieth.
    """
    if value <= 0:
        return 0.5
    place = 1.0
    if value == int(value):
        while int(value) % int(place * 10) == 0:
            place *= 10
    else:
        place = 10.0 ** -len(repr(value).split(".")[1])
    half = min(place / 2, value / (10 if hedged else 16))
    return max(half, value / 50) if hedged else half


def lengths(text: str) -> tuple[Length, ...]:
    """Find all lengths in a text, in order, as intervals in km."""
    found = []
    for match in _LENGTH.finditer(text):
        low = number(match["low"])
        high = number(match["high"]) if match["high"] else None
        if low is None or (high is not None and high < low):
            continue
        unit = unit_of(match["unit"])
        hedge = (match["hedge"] or "").strip().lower()
        found.append(
            Length(start=match.start(), end=match.end(), amount=_amount(low, high, unit, hedge, match[0]), unit=unit)
        )
    return tuple(found)


def _amount(low: float, high: float | None, unit: str, hedge: str, said: str) -> Amount:
    factor = KM_PER_UNIT[unit]
    if high is not None:
        value, spread_low, spread_high = (low + high) / 2, (high - low) / 2, (high - low) / 2
    else:
        value = low
        spread_low = spread_high = rounding(low, hedged=bool(hedge))
        if hedge.startswith(_OPEN_ABOVE):
            spread_low, spread_high = 0.0, max(spread_high, value / 10)
        elif hedge.startswith(_OPEN_BELOW):
            spread_low, spread_high = max(spread_low, value / 10), 0.0
    return Amount(
        value=round(value * factor, 3),
        low=round((value - spread_low) * factor, 3),
        high=round((value + spread_high) * factor, 3),
        said=said,
    )


@cache
def count_pattern() -> re.Pattern[str]:
    """The pattern of a count: digits or number words, or 'a', 'one', 'a pair of', 'a dozen'."""
    return re.compile(rf"\b(?:{NUMBER}|a pair|a dozen|dozens|an?)\b", re.IGNORECASE)


def count(words: str) -> int | None:
    """Read a count of things: 'two' is 2, 'a' is 1, 'a pair' 2, 'several' None."""
    text = words.strip().lower()
    fixed = {"a": 1, "an": 1, "a pair": 2, "a pair of": 2, "a dozen": 12, "both": 2}
    if text in fixed:
        return fixed[text]
    value = number(text)
    return int(value) if value is not None and value == int(value) else None
