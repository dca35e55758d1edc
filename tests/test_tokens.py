"""Words and sentences keep their offsets, and a period does not always end a sentence."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from geomap.tokens import Tokens, unwrapped

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
        ("It fell in Mobile, Ala. Tuesday at dawn.", ["It fell in Mobile, Ala. Tuesday at dawn."]),
        ("It fell at 3 p.m. The army saw it.", ["It fell at 3 p.m.", "The army saw it."]),
        ("12. It fell near Guam.", ["12. It fell near Guam."]),
        ("It rose; it fell.", ["It rose;", "it fell."]),
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


# ------------------------------------------------------------------------------------------- how a line uses capitals


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("NORTH KOREA FIRES MISSILE NEAR WONSAN", "loud"),
        ("NORTH KOREA FIRES 2 MISSILES (ICBMs) NEAR WONSAN", "loud"),
        ("north korea fires missile near wonsan", "quiet"),
        ("missile near 38.5", "quiet"),
        ("Missile Falls Into Water Near Wonsan", "headline"),
        ("North Korea Fires Missile Into the Sea as Storm Comes", "headline"),
        ("Missile Falls Into Water Near Wonsan.", ""),
        ("North Korea fires missile into the sea", ""),
        ("A missile fell near Wonsan, the army said.", ""),
        ("USA", ""),
        ("Wonsan", ""),
        ("1,300 - 38.5", ""),
        ("\u5e73\u58e4", "quiet"),
        ("", ""),
    ],
)
def test_a_line_is_loud_quiet_a_headline_or_prose(line: str, how: str) -> None:
    tokens = Tokens(f"Prose stands here as it should.\n{line}\nMore prose stands here.")
    at = len("Prose stands here as it should.\n")

    def written(offset: int) -> list[bool]:
        return [tokens.is_loud(offset), tokens.is_quiet(offset), tokens.is_headline(offset)]

    assert written(at) == [how == kind for kind in ("loud", "quiet", "headline")]
    assert written(0) == written(len(tokens.text)) == [False, False, False]


def test_a_line_starts_behind_the_last_break() -> None:
    tokens = Tokens("One.\nTwo.\n\nThree.")

    assert [tokens.line_start(offset) for offset in (0, 4, 5, 9, 10, 11, 15)] == [0, 0, 5, 5, 10, 11, 11]


# ------------------------------------------------------------------------------------------------- clauses and wraps


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("It fell off\nthe coast. It rose.", ["It fell off\nthe coast.", "It rose."]),
        ("It fell\noff the\ncoast", ["It fell\noff the\ncoast"]),
        ("It fell.\nIt rose.", ["It fell.", "It rose."]),
        ("A headline\n\nIt fell.", ["A headline", "It fell."]),
        ("Where it fell:\nnear Guam", ["Where it fell:", "near Guam"]),
        ("It rose;\nit fell", ["It rose;", "it fell"]),
        ("", []),
        ("\n\n", []),
    ],
)
def test_a_clause_goes_on_over_the_end_of_a_line(text: str, clauses: list[str]) -> None:
    assert [text[start:end].strip() for start, end in Tokens(text).clauses()] == clauses


WIDE = "A short-range missile was fired on Wednesday morning from a place north of"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        (f"{WIDE}\nWonsan, the army said.", True),
        (f"{WIDE}.\nWonsan was calm.", False),
        (f"{WIDE}:\nWonsan.", False),
        (f"{WIDE}\n\nWonsan was calm.", False),
        (f"{WIDE}\n- Wonsan", False),
        (f"{WIDE}\n2. Wonsan", False),
        (f"{WIDE}\n| Wonsan |", False),
        ("A headline\nWonsan was calm.", False),
    ],
)
def test_only_a_wrapped_line_is_joined_and_offsets_stay(text: str, joined: bool) -> None:
    plain = unwrapped(text)

    assert len(plain) == len(text)
    assert ("\n" not in plain) == joined
    assert plain.replace("\n", " ") == text.replace("\n", " ")


@same
@given(st.text(alphabet='Ab1 .!?:;\n”"Mr-', max_size=160))
def test_clauses_hold_all_sentences_and_stay_apart(text: str) -> None:
    tokens = Tokens(text)
    clauses = list(tokens.clauses())

    assert all(a[1] <= b[0] for a, b in pairwise(clauses))
    for start, end in tokens.sentences:
        assert any(first <= start and end <= last for first, last in clauses)


def test_labels_are_lines_that_say_who_speaks() -> None:
    assert Tokens("YORK: Where did it fall?\nST. JOHN: In the sea.\nIt was: late.\nThe end: YORK: no.").labels == 2
    assert Tokens("").labels == 0
