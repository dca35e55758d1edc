"""The names that the layers know, in all their forms, and the longest of them in a text."""

from __future__ import annotations

import pytest

from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import Lexicon, open_lexicon
from geomap.tokens import Tokens


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
    ],
)
def test_a_name_that_the_layers_know(lexicon: Lexicon, name: str, feature: str, form: str) -> None:
    assert (feature, form) in {(known.feature, known.form) for known in lexicon.known(name)}


@pytest.mark.parametrize("name", ["", "Qwertyland", "us", "in", "the sea"])
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


def test_every_feature_that_a_name_stands_for_exists(lexicon: Lexicon, layers: Layers) -> None:
    features = {known.feature for entries in lexicon.names.values() for known in entries}

    assert len(features) > 1500
    assert [feature for feature in sorted(features) if not layers.has(feature)] == []
