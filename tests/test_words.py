"""The word lists, asked of a text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from geomap.words import open_words

ONE = "The Japan Coast Guard said it fell."
OTHER = "Officials said it fell, and so did the Joint Chiefs of Staff."


def test_the_offices_of_a_text_are_found_with_their_offsets() -> None:
    (found,) = open_words().offices(ONE)

    assert ONE[found[0] : found[1]].endswith("Coast Guard")
    assert found[2].state == "JPN"


def test_threads_that_read_different_texts_get_their_own_offices() -> None:
    words = open_words()
    texts = [f"{'It fell. ' * number}{text}" for number in range(8) for text in (ONE, OTHER)] * 50
    expected = {text: [text[start:end] for start, end, _ in words.offices(text)] for text in texts}
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(words.offices, texts))

    assert [[text[start:end] for start, end, _ in one] for text, one in zip(texts, found, strict=True)] == [
        expected[text] for text in texts
    ]


def test_what_is_remembered_of_a_text_cannot_be_changed() -> None:
    words = open_words()

    assert isinstance(words.offices(ONE), tuple)
    assert words.offices(ONE) is words.offices(ONE)
