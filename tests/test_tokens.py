"""Words and sentences keep their offsets, and a period does not always end a sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from geomap.tokens import Tokens

same = settings(deadline=None, derandomize=True, max_examples=200)


def words(text: str) -> list[str]:
    return [word.text for word in Tokens(text).words]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in Tokens(text).sentences]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two missiles fell.", ["Two", "missiles", "fell"]),
        ("the U.S. and D.P.R.K. envoys", ["the", "U.S.", "and", "D.P.R.K.", "envoys"]),
        ("Tongchang-ri, Sinp’o", ["Tongchang-ri", "Sinp’o"]),
        ("Japan's and Iran’s fleets", ["Japan", "and", "Iran", "fleets"]),
        ("1,300 km at 12:30", ["1,300", "km", "at", "12:30"]),
        ("Wŏnsan — 37.5°", ["Wŏnsan", "37.5"]),
        ("", []),
        ("…!?", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It rose. It fell.", ["It rose.", "It fell."]),
        ("Gen. Kim met Mr. Lee.", ["Gen. Kim met Mr. Lee."]),
        ("It fell on Sept. 15 at 6 a.m. Tuesday.", ["It fell on Sept. 15 at 6 a.m. Tuesday."]),
        ("The U.S. Navy saw it.", ["The U.S. Navy saw it."]),
        ("It fell 1.5 km away.", ["It fell 1.5 km away."]),
        ("“It fell.” Nobody saw it.", ["“It fell.", "Nobody saw it."]),
        ("Who fired? Nobody said!", ["Who fired?", "Nobody said!"]),
        ("A headline without a period\nThe first sentence.", ["A headline without a period", "The first sentence."]),
        ("• One fell.\n• One rose.", ["• One fell.", "• One rose."]),
        ("", []),
        ("  \n\n ", []),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert [sentence.strip("”“ ") for sentence in sentences(text)] == [sentence.strip("”“ ") for sentence in expected]


def test_the_sentence_of_an_offset() -> None:
    text = "It rose. It fell. It sank."
    start, end = Tokens(text).sentence(text.index("fell"))

    assert text[start:end].strip() == "It fell."


def test_neighbours_stay_within_the_sentence() -> None:
    text = "It rose. Two fell near Wonsan. It sank."
    tokens = Tokens(text)
    at = text.index("fell")

    assert [word.text for word in tokens.before(at, 3)] == ["Two"]
    assert [word.text for word in tokens.after(at, 9)] == ["fell", "near", "Wonsan"]


def test_the_start_of_a_sentence_may_have_a_mark_in_front() -> None:
    text = "It rose. “Two fell.”"
    tokens = Tokens(text)

    assert tokens.starts_sentence(text.index("Two"))
    assert not tokens.starts_sentence(text.index("fell"))


@same
@given(st.text(max_size=200))
def test_offsets_hold_for_any_text(text: str) -> None:
    tokens = Tokens(text)

    assert all(text[word.start : word.end] == word.text for word in tokens.words)
    assert all(a.end <= b.start for a, b in pairwise(tokens.words))
    assert all(0 <= start < end <= len(text) for start, end in tokens.sentences)
    assert all(a[1] <= b[0] for a, b in pairwise(tokens.sentences))


@same
@given(st.text(alphabet='Ab1 .!?\n”"Mr', max_size=120))
def test_every_word_lies_in_one_sentence(text: str) -> None:
    tokens = Tokens(text)

    for word in tokens.words:
        start, end = tokens.sentence(word.start)
        assert start <= word.start < word.end <= end
