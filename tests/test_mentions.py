"""Mentions come in the order of the text, with their very words, and an outer phrase before the names inside it."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from geomap.catalog import Layers
from geomap.mentions import find_mentions
from geomap.mentions.builders import SIGNS
from geomap.types import Document, Mention, Reading


def mentions_of(text: str, layers: Layers) -> tuple[Mention, ...]:
    return find_mentions(Reading(document=Document.of(text)), layers).mentions


def surfaces(text: str, layers: Layers, *roles: str) -> list[str]:
    return [m.text for m in mentions_of(text, layers) if not roles or m.role in roles]


def test_a_phrase_is_one_mention_and_its_anchor_another(layers: Layers) -> None:
    text = "It fell about 200 km west of Oshima Island on Saturday."

    assert surfaces(text, layers) == ["about 200 km west of Oshima Island", "Oshima Island"]


def test_ids_are_numbered_in_the_order_of_the_text(layers: Layers) -> None:
    text = "From Sunan it flew over Hokkaido and fell 300 km east of Cape Erimo, in the Pacific Ocean."
    mentions = mentions_of(text, layers)

    assert [m.id for m in mentions] == [f"m{number}" for number in range(1, len(mentions) + 1)]
    assert all((a.start, -a.end) <= (b.start, -b.end) for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    ("text", "surface", "kind"),
    [
        ("It landed in Kazakhstan.", "Kazakhstan", "country"),
        ("It was seen in Hachinohe.", "Hachinohe", "city"),
        ("It fell into the Yellow Sea.", "Yellow Sea", "sea"),
        ("It fell near Oshima Island.", "Oshima Island", "island"),
        ("It was seen from Cape Erimo.", "Cape Erimo", "cape"),
        ("It rose from the Kura range.", "Kura range", "facility"),
        ("It was seen in Akita Prefecture.", "Akita Prefecture", "region"),
        ("It crossed the Northern Limit Line.", "Northern Limit Line", "line"),
        ("It fell inside Japan's EEZ.", "inside Japan's EEZ", "zone"),
        ("It fell off Kodiak.", "off Kodiak", "relative"),
        ("It fell at 38-30N 129-10E.", "38-30N 129-10E", "coordinates"),
    ],
)
def test_the_kind_of_a_mention(text: str, surface: str, kind: str, layers: Layers) -> None:
    found = {mention.text: mention.kind for mention in mentions_of(text, layers)}

    assert found.get(surface) == kind


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("It may have failed.", "may"),
        ("The troops march on.", "march"),
        ("A Long March 5 rocket rose.", "March"),
        ("A Hwasong-17 missile rose.", "Hwasong"),
        ("The mobile launcher drove off.", "mobile"),
        ("Of the two, one failed.", "Of"),
        ("Police were on the scene.", "Police"),
        ("A Patriot battery stood by.", "Patriot"),
        ("Reading the data takes time.", "Reading"),
        ("Nobody saw it, Bath towels in hand.", "towels"),
    ],
)
def test_ordinary_words_and_weapons_are_no_mentions(text: str, word: str, layers: Layers) -> None:
    start = text.index(word)

    assert [m.text for m in mentions_of(text, layers) if m.start <= start < m.end and m.role == "place"] == []


def test_the_territorial_sea_of_a_state_is_not_the_sea_of_its_name(layers: Layers) -> None:
    assert "sea of Japan" not in surfaces("It crossed the territorial sea of Japan on its way.", layers)


@pytest.mark.parametrize(
    "text",
    [
        "Japan's coast guard said it fell.",
        "The Japanese coast guard warned all ships.",
        "South Korea's coast guards searched for it.",
        "A Philippine Coast-Guard ship was near.",
    ],
)
def test_a_coast_guard_is_no_coast(text: str, layers: Layers) -> None:
    assert [words for words in surfaces(text, layers) if "coast" in words.lower()] == []


def test_an_unknown_name_with_a_type_word_is_a_place(layers: Layers) -> None:
    assert "Qwexil Reef" in surfaces("It fell near Qwexil Reef.", layers, "place")


def test_the_north_and_the_south_are_the_koreas_in_a_text_about_them(layers: Layers) -> None:
    about_korea = "North Korea fired a missile. The North gave no reason, the South said."

    assert surfaces(about_korea, layers) == ["North Korea", "North", "South"]
    assert surfaces("A storm crossed the North. The South was spared.", layers) == []


def test_the_cape_is_the_last_cape_named(layers: Layers) -> None:
    text = "It passed Cape Erimo. The end point was 1,180 km east of the cape."
    phrase = mentions_of(text, layers)[-1]

    assert phrase.text == "1,180 km east of the cape"
    assert phrase.expression is not None
    assert "m1" in repr(phrase.expression)


@pytest.mark.parametrize("sign", sorted(SIGNS.values()))
def test_a_sign_that_masks_names_is_no_name_in_a_text(sign: str, layers: Layers) -> None:
    text = f"Japan said it fell outside the EEZ of {sign}."

    assert surfaces(text, layers) == ["Japan", "outside the EEZ"]


def test_an_empty_text_has_no_mentions(layers: Layers) -> None:
    assert mentions_of("", layers) == ()
    assert mentions_of(" \n\t", layers) == ()


PIECES = [
    *("North Korea", "Wonsan", "Japan's EEZ", "Sea of Japan", "its east coast", "the zone", "the cape", "İstanbul"),
    *("off ", "about 300 km east of ", "between ", " and ", "’s", ". ", ", ", "(", ")", "\n\n", "SEOUL, Sept. 15 — "),
    *("38-30N 129-10E", "<b>", "\u202e", "\u0000", "ﬁred", "\U0001f680"),
]


@settings(deadline=None, derandomize=True, max_examples=150)
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map("".join))
def test_offsets_hold_for_any_text(layers: Layers, text: str) -> None:
    mentions = mentions_of(text, layers)

    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(m.role in ("place", "dateline", "actor", "embedded") for m in mentions)
    assert all((m.status == "unresolved") == (m.role in ("place", "dateline")) for m in mentions)
    assert mentions == mentions_of(text, layers)
