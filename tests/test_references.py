"""Words that point back: 'the cape', 'the site', 'of there', 'the North', and what they do not mean."""

from __future__ import annotations

import pytest

from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.mentions import find_mentions
from geomap.mentions.datelines import find_datelines
from geomap.mentions.names import find_names
from geomap.mentions.references import back_references, with_koreas
from geomap.places import resolve_places
from geomap.tokens import Tokens
from geomap.types import Document, Mention, Reading
from geomap.words import open_words


def pairs(text: str, layers: Layers) -> list[tuple[str, str]]:
    """Words that point back, each with the name that they mean."""
    tokens = Tokens(text)
    names = find_names(tokens, open_lexicon(layers, open_gazetteer(layers)), open_words())
    found = back_references(names, tokens, find_datelines(names, tokens))
    return [(text[start:end], text[name.start : name.end]) for start, end, name in found]


def resolved(text: str, layers: Layers) -> dict[str, Mention]:
    reading = resolve_places(find_mentions(Reading(document=Document.of(text)), layers), layers)
    return {mention.text: mention for mention in reading.mentions}


BACK = [
    ("It passed Cape Erimo. It fell near the cape.", [("cape", "Cape Erimo")]),
    ("It passed Hokkaido. It fell off the island.", [("island", "Hokkaido")]),
    ("It rose from Sohae. Smoke stood over the site.", [("site", "Sohae")]),
    ("It crossed the Strait of Hormuz. It fell in the strait.", [("strait", "Strait of Hormuz")]),
    ("It crossed Kamchatka. It fell on the peninsula.", [("peninsula", "Kamchatka")]),
    ("It was seen in Kerman province. Snow fell in the province.", [("province", "Kerman province")]),
    ("It crossed the Northern Limit Line. It fell south of the line.", [("line", "Northern Limit Line")]),
    ("It was seen in Wonsan. It fell 30 km east of there.", [("there", "Wonsan")]),
    ("It was seen in Wonsan. Nobody came from there.", [("there", "Wonsan")]),
    ("It was seen in Wonsan. The city was dark. The port was closed.", [("city", "Wonsan"), ("port", "Wonsan")]),
    ("It was seen in Wonsan, then in Sokcho. The city was dark.", [("city", "Sokcho")]),
    ("It passed Rebun Island, then Cape Erimo. It fell off the island.", [("island", "Rebun Island")]),
    ("SEOUL, Sept. 15 — It was seen in Wonsan, 200 km from here.", [("here", "SEOUL")]),
]


@pytest.mark.parametrize(("text", "found"), BACK)
def test_a_word_for_a_place_means_the_last_name_of_its_kind(
    text: str, found: list[tuple[str, str]], layers: Layers
) -> None:
    assert pairs(text, layers) == found


NOT_BACK = [
    "The cape was calm. It passed Cape Erimo.",
    "It passed Hokkaido. It fell near the cape.",
    "It passed the Sea of Japan. It fell in the strait.",
    "It was seen in Wonsan. The city of Sokcho was dark.",
    "It was seen in Wonsan. The city's mayor spoke.",
    "It was seen in Wonsan. The city-wide alarm rang.",
    "It was seen in Wonsan. The port Sokcho was closed.",
    "It fell in the Sea of Japan. Nobody came from there.",
    "It fell in Japan. Nobody came from there.",
    "It was seen in Wonsan. Nobody was there.",
    "It was seen in Wonsan, 200 km from here.",
    "It passed Honshu. It fell on the peninsula.",
    "General Houston left. The city was dark.",
    "The Kremlin spoke. The city was dark.",
    "It passed Cape Erimo. " + "Nothing else happened. " * 40 + "It fell near the cape.",
    "",
]


@pytest.mark.parametrize("text", NOT_BACK)
def test_it_means_nothing_when_no_such_name_is_near_in_front_of_it(text: str, layers: Layers) -> None:
    assert pairs(text, layers) == []


def test_the_site_is_a_mention_when_something_is_or_happens_there(layers: Layers) -> None:
    found = resolved("It rose from Sohae. Smoke stood over the site.", layers)["the site"]

    assert (found.kind, found.status) == ("facility", "located")
    assert found.place is not None
    assert found.place.feature == "sites/PRK-sohae"


@pytest.mark.parametrize(
    "text",
    [
        "It rose from Sohae. The site has two pads.",
        "It rose from Sohae. They photographed the site.",
        "It rose from Sohae. Workers at a site nearby slept.",
    ],
)
def test_the_site_is_no_mention_when_it_is_only_spoken_of(text: str, layers: Layers) -> None:
    assert list(resolved(text, layers)) == ["Sohae"]


def test_a_phrase_is_built_on_what_points_back_and_is_not_told_twice(layers: Layers) -> None:
    found = resolved("It was seen in Sokcho. It fell 30 km east of the city.", layers)

    assert list(found) == ["Sokcho", "30 km east of the city"]
    place, town = found["30 km east of the city"].place, found["Sokcho"].place
    assert place is not None
    assert town is not None
    assert place.lon - town.lon == pytest.approx(0.343, abs=0.05)


# ----------------------------------------------------------------------------------------------------------- the Koreas


def koreas(text: str, layers: Layers) -> list[tuple[str, str | None]]:
    tokens = Tokens(text)
    names = find_names(tokens, open_lexicon(layers, open_gazetteer(layers)), open_words())
    return [(text[name.start : name.end], name.country) for name in with_koreas(names, tokens)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("North Korea fired. The North was silent.", [("North Korea", "PRK"), ("North", "PRK")]),
        ("North Korea fired. The South's army saw it.", [("North Korea", "PRK"), ("South", "KOR")]),
        ("Seoul said that the North fired.", [("Seoul", "KOR"), ("North", "PRK")]),
        ("North Korea fired. The south was calm.", [("North Korea", "PRK")]),
        ("Japan watched. The North was silent.", [("Japan", "JPN")]),
        ("North Korea fired. It fell on the peninsula.", [("North Korea", "PRK"), ("the peninsula", None)]),
        ("North Korea fired. The peninsula's future is open.", [("North Korea", "PRK")]),
        ("DPRK ships left the Hodo Peninsula. It fell on the peninsula.", [("DPRK", "PRK"), ("Hodo Peninsula", None)]),
    ],
)  # fmt: skip
def test_the_north_and_the_peninsula_in_a_text_about_korea(
    text: str, found: list[tuple[str, str | None]], layers: Layers
) -> None:
    assert koreas(text, layers) == found
