"""The names that the layers know, in all their forms, and the longest of them in a text."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import geomap
from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import Lexicon, open_lexicon
from geomap.tokens import Tokens

SHORT_NAMES = Path(geomap.__file__).parent / "lists" / "short-names.csv"


@pytest.fixture(scope="module")
def lexicon(layers: Layers) -> Lexicon:
    return open_lexicon(layers, open_gazetteer(layers))


@pytest.mark.parametrize(
    ("name", "feature", "form"),
    [
        ("North Korea", "countries/PRK", "name"),
        ("NORTH KOREA", "countries/PRK", "name"),
        ("DPRK", "countries/PRK", "name"),
        ("North Korean", "countries/PRK", "adjective"),
        ("Iranians", "countries/IRN", "demonym"),
        ("Pyongyang", "countries/PRK", "capital"),
        ("White House", "countries/USA", "seat"),
        ("Kremlin", "countries/RUS", "seat"),
        ("Sea of Japan", "seas/sea-of-japan", "name"),
        ("East Sea", "seas/sea-of-japan", "name"),
        ("Sohae", "sites/PRK-sohae", "name"),
        ("Northern Limit Line", "lines/NLL", "name"),
        ("NLL", "lines/NLL", "name"),
        ("Oshima-Oshima", "landmarks/JPN-oshima-oshima", "name"),
        ("Türkiye", "countries/TUR", "name"),
        ("Turkiye", "countries/TUR", "name"),
        ("Ala.", "regions/USA-alabama", "abbreviation"),
        ("TX", "regions/USA-texas", "abbreviation"),
        ("N.Y.", "regions/USA-new-york-state", "abbreviation"),
        ("Texans", "regions/USA-texas", "demonym"),
        ("Hawaiian", "regions/USA-hawaii", "demonym"),
        ("Latin American", "landmarks/latin-america", "adjective"),
        ("N. Korea", "countries/PRK", "name"),
        ("N.Korea", "countries/PRK", "name"),
        ("the Caspian", "seas/caspian-sea", "name"),
        ("Caspian Sea", "seas/caspian-sea", "name"),
        ("Ganghwa-do", "regions/KOR-ganghwa-island", "name"),
        ("Ganghwado", "regions/KOR-ganghwa-island", "name"),
        ("Phyongyang", "countries/PRK", "capital"),
    ],
)
def test_a_name_that_the_layers_know(lexicon: Lexicon, name: str, feature: str, form: str) -> None:
    assert (feature, form) in {(known.feature, known.form) for known in lexicon.known(name)}


@pytest.mark.parametrize(
    "name", ["", " ", "Qwertyland", "us", "in", "the sea", "tx", "IN.", "or", "-do", "do", "ri", "\ud800"]
)
def test_a_name_that_they_do_not_know(lexicon: Lexicon, name: str) -> None:
    assert lexicon.known(name) == ()


@pytest.mark.parametrize("name", ["US", "U.S."])
def test_an_abbreviation_counts_only_in_capitals(lexicon: Lexicon, name: str) -> None:
    assert "countries/USA" in {known.feature for known in lexicon.known(name)}


@pytest.mark.parametrize(
    ("text", "words", "of_a_layer"),
    [
        ("Sea of Japan was calm", "Sea of Japan", True),
        ("South China Sea was calm", "South China Sea", True),
        ("Northern Limit Line was crossed", "Northern Limit Line", True),
        ("Republic of Korea fired", "Republic of Korea", True),
        ("New York was calm", "New York", False),
        ("Sokcho was calm", "Sokcho", False),
        ("al-Udeid was hit", "al-Udeid", True),
        ("al-Anad air base was hit", "al-Anad air base", True),
        ("al-Asad spoke", "", False),
        ("missiles fell", "", False),
        ("Qwertyland fell", "", False),
    ],
)
def test_the_longest_name_wins(lexicon: Lexicon, text: str, words: str, of_a_layer: bool) -> None:
    tokens = Tokens(text)
    count, in_layer = lexicon.longest(tokens, 0)

    assert text[: tokens.words[count - 1].end] * bool(count) == words
    assert in_layer == of_a_layer or not count


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("It fell in Mobile, Ala., today.", "Ala."),
        ("It fell in Austin, TX today.", "TX"),
        ("It fell in Buffalo, N.Y., today.", "N.Y."),
        ("It fell in Ala. today.", "Ala."),
        ("It fell in Mobile, Ala today.", ""),
        ("It fell in TX today.", ""),
        ("A TX file, two TX files.", ""),
        ("It fell in Mobile, Alas, today.", ""),
        ("Mobile, TXT, and more.", ""),
        ("Ala. was dark.", ""),
    ],
)
def test_an_abbreviation_wants_its_full_stop_or_a_town_in_front(lexicon: Lexicon, text: str, end: str) -> None:
    tokens = Tokens(text)
    found = [
        text[word.start : stop]
        for index, word in enumerate(tokens.words)
        if (stop := lexicon.abbreviation(tokens, index))
    ]

    assert found == ([end] if end else [])


def short_names() -> list[dict[str, str]]:
    with SHORT_NAMES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_short_name_is_of_a_feature_and_has_a_form(layers: Layers) -> None:
    rows = short_names()

    assert len(rows) > 250
    assert [row for row in rows if not layers.has(row["feature"])] == []
    assert {row["form"] for row in rows} == {"name", "abbreviation", "adjective", "demonym", "seat"}
    assert [row for row in rows if row["spelling"] != row["spelling"].strip() or not row["spelling"]] == []


def test_no_short_name_stands_twice_for_one_feature() -> None:
    counts = Counter((row["spelling"], row["feature"]) for row in short_names())

    assert [pair for pair, count in counts.items() if count > 1] == []


def test_every_short_name_is_known_by_its_form(lexicon: Lexicon) -> None:
    missing = [
        row["spelling"]
        for row in short_names()
        if row["feature"] not in {known.feature for known in lexicon.known(row["spelling"])}
    ]

    assert missing == []


def test_an_abbreviation_stands_for_one_state_only() -> None:
    counts = Counter(row["spelling"] for row in short_names() if row["form"] == "abbreviation")

    assert [spelling for spelling, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("text", ["the " * 5000, "The. " * 5000, "THE\n" * 5000])
def test_articles_in_a_row_are_no_name(lexicon: Lexicon, text: str) -> None:
    assert lexicon.longest(Tokens(text), 0) == (0, False)


def test_one_article_too_many_does_not_hide_a_name(lexicon: Lexicon) -> None:
    assert lexicon.longest(Tokens("the The Hague court"), 1) == (2, True)


def test_a_word_longer_than_any_name_is_none(lexicon: Lexicon) -> None:
    assert lexicon.longest(Tokens("Seoul" * 50_000), 0) == (0, False)


def test_every_feature_that_a_name_stands_for_exists(lexicon: Lexicon, layers: Layers) -> None:
    features = {known.feature for entries in lexicon.names.values() for known in entries}

    assert len(features) > 1500
    assert [feature for feature in sorted(features) if not layers.has(feature)] == []
