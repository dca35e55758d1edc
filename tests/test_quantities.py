"""Numbers and lengths as the press prints them, and the interval that each wording leaves open."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given, settings, strategies as st

from geomap.quantities import KM_PER_UNIT, count, lengths, number, rounding, unit_of

same = settings(deadline=None, derandomize=True, max_examples=200)

NUMBERS = [
    ("7", 7),
    ("0.5", 0.5),
    ("1,300", 1300),
    ("12,345.6", 12345.6),
    ("zero", 0),
    ("nineteen", 19),
    ("forty", 40),
    ("Twenty-five", 25),
    ("one hundred", 100),
    ("a hundred", 100),
    ("two hundred and fifty", 250),
    ("a thousand", 1000),
    ("four thousand five hundred", 4500),
    ("twelve thousand three hundred and forty-five", 12345),
    ("several", None),
    ("", None),
    ("and", None),
    ("missile", None),
]


@pytest.mark.parametrize(("words", "value"), NUMBERS)
def test_a_number_in_digits_or_words(words: str, value: float | None) -> None:
    assert number(words) == value


@pytest.mark.parametrize(
    ("words", "value"),
    [("a", 1), ("An", 1), ("a pair of", 2), ("both", 2), ("a dozen", 12), ("six", 6), ("23", 23), ("several", None),
     ("2.5", None)],
)  # fmt: skip
def test_a_count_of_things(words: str, value: int | None) -> None:
    assert count(words) == value


@pytest.mark.parametrize(
    ("word", "unit"),
    [("km", "km"), ("Kilometres", "km"), ("kilometer", "km"), ("miles", "mile"), ("mi", "mile"),
     ("nmi", "nautical mile"), ("nm", "nautical mile"), ("NM", "nautical mile"), ("Nautical miles", "nautical mile")],
)  # fmt: skip
def test_a_unit(word: str, unit: str) -> None:
    assert unit_of(word) == unit


# text, km, low and high (None: anything that holds the value)
LENGTHS = [
    ("flew 930 km", 930, 925, 935),
    ("flew about 930 kilometers", 930, 911, 949),
    ("flew 800 km", 800, 750, 850),
    ("flew about 800 kilometres", 800, 750, 850),
    ("an altitude of 97.3 km", 97.3, 97.25, 97.35),
    ("flew more than 700 km", 700, 700, None),
    ("flew at least 1,300km", 1300, 1300, None),
    ("flew just over 400 kilometers", 400, 400, None),
    ("rose less than 60 km", 60, None, 60),
    ("up to 300 km", 300, None, 300),
    ("nearly 1,000 kilometres", 1000, None, 1000),
    ("between 400 and 600 km", 500, 400, 600),
    ("350-400 km", 375, 350, 400),
    ("350–400 kilometers", 375, 350, 400),
    ("350 to 400 km", 375, 350, 400),
    ("200 nautical miles", 370.4, None, None),
    ("12 nm", 22.224, None, None),
    ("12-nautical-mile limit", 22.224, None, None),
    ("500 miles", 804.672, None, None),
    ("a 300-mile flight", 482.803, None, None),
    ("six hundred kilometers", 600, None, None),
    ("some two hundred and fifty km", 250, None, None),
    ("a hundred miles", 160.934, None, None),
    ("a thousand kilometers", 1000, None, None),
    ("roughly 1,500 kilometers (930 miles)", 1500, None, None),
    ("500 miles (800 km)", 804.672, None, None),
]


@pytest.mark.parametrize(("text", "value", "low", "high"), LENGTHS, ids=[row[0] for row in LENGTHS])
def test_a_length_and_its_interval(text: str, value: float, low: float | None, high: float | None) -> None:
    (found,) = lengths(text)
    amount = found.amount

    assert amount.value == pytest.approx(value, abs=0.001)
    assert amount.low <= amount.value <= amount.high
    assert low is None or amount.low == pytest.approx(low, abs=1.0)
    assert high is None or amount.high == pytest.approx(high, abs=1.0)
    assert text[found.start : found.end] == amount.said


def test_a_repetition_in_brackets_is_no_second_length() -> None:
    (found,) = lengths("It fell about 200 km (124 miles) to the west.")

    assert found.amount.said == "about 200 km (124 miles)"


def test_lengths_come_in_the_order_of_the_text() -> None:
    text = "It rose to 60 km, flew 450 km and fell 155 miles off the coast."

    assert [found.amount.said for found in lengths(text)] == ["60 km", "450 km", "155 miles"]


@pytest.mark.parametrize(
    "text",
    [
        "a Long March 5 rocket",
        "the 38th parallel",
        "Mach 5",
        "Sept. 15",
        "10 missiles",
        "1,300 meters",
        "a few kilometers",
        "at 12:34",
        "KN-23 missiles",
        "50 kmh winds",
        "the B-52 mission",
        "two minutes",
        "600 to 400 km",
    ],
)
def test_what_is_no_length(text: str) -> None:
    assert lengths(text) == ()


@pytest.mark.parametrize(
    ("value", "hedged", "half"),
    [(930, False, 5), (931, False, 0.5), (800, False, 50), (1000, False, 62.5), (97.3, False, 0.05), (800, True, 50),
     (100, True, 10), (931, True, 18.62), (0, False, 0.5)],
)  # fmt: skip
def test_how_far_a_printed_number_is_rounded(value: float, hedged: bool, half: float) -> None:
    assert rounding(value, hedged=hedged) == pytest.approx(half)


@same
@given(
    value=st.integers(1, 14_999),
    unit=st.sampled_from(["km", "kms", "kilometers", "kilometre", "miles", "mi", "nautical miles", "nm"]),
    comma=st.booleans(),
    gap=st.sampled_from([" ", "\u00a0", "-", ""]),
    hedge=st.sampled_from(["", "about ", "some ", "more than ", "nearly ", "an estimated "]),
)
def test_a_printed_length_is_read_back(value: int, unit: str, comma: bool, gap: str, hedge: str) -> None:
    printed = f"{value:,}" if comma else str(value)
    (found,) = lengths(f"It flew {hedge}{printed}{gap}{unit}, officials said.")

    assert found.unit == unit_of(unit)
    assert found.amount.value == pytest.approx(value * KM_PER_UNIT[found.unit], abs=0.001)
    assert found.amount.low <= found.amount.value <= found.amount.high
    assert found.amount.high - found.amount.low <= found.amount.value * 0.25 + 2


ONES = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEENS = [
    "ten",
    "eleven",
    "twelve",
    *(f"{stem}teen" for stem in ("thir", "four", "fif", "six", "seven", "eigh", "nine")),
]
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(value: int, joiner: str) -> str:
    if value >= 1000:
        head, rest = divmod(value, 1000)
        return f"{in_words(head, joiner)} thousand" + (f" {in_words(rest, joiner)}" if rest else "")
    if value >= 100:
        head, rest = divmod(value, 100)
        return f"{ONES[head - 1]} hundred" + (f"{joiner}{in_words(rest, joiner)}" if rest else "")
    if value >= 20:
        return TENS[value // 10 - 2] + (f"-{ONES[value % 10 - 1]}" if value % 10 else "")
    return TEENS[value - 10] if value >= 10 else ONES[value - 1]


@same
@given(value=st.integers(1, 99_999), joiner=st.sampled_from([" ", " and "]))
def test_a_number_in_words_is_read_back(value: int, joiner: str) -> None:
    (found,) = lengths(f"It flew {in_words(value, joiner)} kilometers.")

    assert number(in_words(value, joiner)) == value
    assert found.amount.value == value


@same
@given(st.text(alphabet="0123456789,.-– kmtoand()aboutmilesfhundred", max_size=120))
def test_any_text_is_read_without_harm(text: str) -> None:
    found = lengths(text)

    assert all(text[item.start : item.end] == item.amount.said for item in found)
    assert all(item.amount.low <= item.amount.value <= item.amount.high for item in found)
    assert [item.start for item in found] == sorted(item.start for item in found)


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Break off what takes too long, so that no test can hang."""

    def give_up(*_: object) -> None:
        message = f"not done within {seconds} s"
        raise TimeoutError(message)

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("piece", ["1,000,", "one hundred and ", "twenty-", "about ", "9", "1-", "3 to ", "(", " km "])
def test_a_long_run_is_read_in_no_time(piece: str) -> None:
    with within(seconds=5):
        assert len(lengths(piece * 400)) <= 1
        assert len(lengths(piece * 400 + " 12 km")) <= 1
