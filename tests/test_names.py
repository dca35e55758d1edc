"""Which words of a text are names of places, where each ends, and which are the name of something else."""

from __future__ import annotations

import pytest

from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.mentions.names import Name, find_names
from geomap.tokens import Tokens
from geomap.words import CRAFT, LONGER, ORGANISATION, PERSON, open_words


def names_of(text: str, layers: Layers) -> list[Name]:
    return find_names(Tokens(text), open_lexicon(layers, open_gazetteer(layers)), open_words())


def places(text: str, layers: Layers) -> list[str]:
    """The names of a text that may be places."""
    return [text[name.start : name.end] for name in names_of(text, layers) if not name.no_place]


# --------------------------------------------------------------------------------------------------- where a name ends

NAMES = [
    ("It fell into the Caspian Sea.", ["Caspian Sea"]),
    ("It fell into the Caspian today.", ["the Caspian"]),
    ("It fell into the Gulf of Aden.", ["Gulf of Aden"]),
    ("The Port of Haifa was closed.", ["Port of Haifa"]),
    ("It was seen in N. Korea, S. Korea and N.Korea.", ["N. Korea", "S. Korea", "N.Korea"]),
    ("It was seen in St. Petersburg today.", ["St. Petersburg"]),
    ("It was seen on St. Lawrence Island.", ["St. Lawrence Island"]),
    ("It was seen in L'Aquila and in Côte d'Ivoire.", ["L'Aquila", "Côte d'Ivoire"]),
    ("It was seen from Hawai‘i.", ["Hawai‘i"]),
    ("It was seen at King's Bay and at King’s Bay.", ["King's Bay", "King’s Bay"]),
    ("It was seen in Sinp’o and Sinp'o.", ["Sinp’o", "Sinp'o"]),
    ("Wonsan's port and Kodiak’s harbour closed.", ["Wonsan", "Kodiak"]),
    ("It was seen in New York City's east.", ["New York City"]),
    ("It was seen in Akita Prefecture and in Saada province.", ["Akita Prefecture", "Saada province"]),
    ("It was seen at al-Udeid.", ["al-Udeid"]),
    ("The 38th parallel was calm.", ["38th parallel"]),
    ("It was seen in Kuwait City.", ["Kuwait City"]),
    ("It was seen in Haifa, Acre and Nahariya.", ["Haifa", "Acre", "Nahariya"]),
    ("It was seen in the\nSea of\nJapan.", ["Sea of\nJapan"]),
]


@pytest.mark.parametrize(("text", "found"), NAMES)
def test_the_longest_name_is_found_with_its_marks(text: str, found: list[str], layers: Layers) -> None:
    assert places(text, layers) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was seen on Ganghwa-do and Daecheong-do.", ["Ganghwa-do", "Daecheong-do"]),
        ("It was seen in Yeonggwang-gun.", ["Yeonggwang-gun"]),
        ("It was seen in Kusong-si.", ["Kusong-si"]),
        ("It was seen in Tongchang-ri and in Zangmul-ri.", ["Tongchang-ri", "Zangmul-ri"]),
        ("A semi-do test of a wi-fi-ri.", []),
    ],
)
def test_a_korean_ending_makes_a_name_even_of_an_unknown_one(text: str, found: list[str], layers: Layers) -> None:
    assert places(text, layers) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It was seen in Mobile, Ala., on Monday.", ["Mobile", "Ala."]),
        ("It was seen in Austin, TX, on Monday.", ["Austin", "TX"]),
        ("It was seen in Ind. on Monday.", ["Ind."]),
        ("It was seen in Cavalier, N.D., on Monday.", ["Cavalier", "N.D."]),
        ("The TX file was read in TX.", []),
        ("The Ind. 500 was run.", []),
        ("He came IN a car OR on foot.", []),
        ("HI is what she said. OK was the answer.", []),
        ("Tex. is no place here.", []),
    ],
)
def test_a_state_in_short_stands_behind_its_town(text: str, found: list[str], layers: Layers) -> None:
    assert places(text, layers) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell near Ryotok Reef.", ["Ryotok Reef"]),
        ("It fell near Fanning Island.", ["Fanning Island"]),
        ("The town of Qwexil burned.", ["Qwexil"]),
        ("The island of Zorpia is small.", ["Zorpia"]),
        ("Qwexil burned.", []),
        ("The Qwexil said no.", []),
        ("The band of Qwexil played.", []),
        ("The Reef is closed.", []),
    ],
)
def test_a_name_that_nobody_knows_is_a_place_when_a_word_says_so(text: str, found: list[str], layers: Layers) -> None:
    assert places(text, layers) == found


# ----------------------------------------------------------------------------------------------- ordinary words


@pytest.mark.parametrize(
    "text",
    [
        "Nice weather came. Reading helps. Police came.",
        "The Patriot battery stood by. Mobile launchers drove off.",
        "Both rose. Most fell. Many saw it. March came.",
        "It flew 200 NM and 5 Km.",
        "He rose. Split screens showed it.",
        "The fanning of flames by Island people.",
    ],
)
def test_ordinary_words_are_no_places(text: str, layers: Layers) -> None:
    assert [name for name in places(text, layers) if name != "Island"] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A missile fell near Reading, police said.", ["Reading"]),
        ("It was seen in Nice.", ["Nice"]),
        ("Missile Lands In Nice As Storm Comes", ["Nice"]),
        ("Nice Missile Lands As Storm Comes", []),
        ("MISSILE FALLS IN READING", []),
        ("MISSILE FALLS NEAR WONSAN", ["WONSAN"]),
        ("WONSAN MISSILE FAILS AGAIN", []),
        ("NORTH KOREA FIRES AGAIN", ["NORTH KOREA"]),
        ("north korea fires again", ["north korea"]),
        ("The north korea fires again.", []),
        ("missile falls into the sea of japan", ["sea of japan"]),
        ("It crossed the territorial sea of Japan.", ["Japan"]),
    ],
)
def test_headlines_in_capitals_and_captions_without_any_are_read(text: str, found: list[str], layers: Layers) -> None:
    assert places(text, layers) == found


# --------------------------------------------------------------------------------------- the name of something else

NO_PLACES = [
    ("A lecturer at Troy University doubted it.", "Troy", ORGANISATION),
    ("The University of San Isidro noted it.", "San Isidro", ORGANISATION),
    ("The B-2 Spirit of Missouri landed.", "Missouri", ORGANISATION),
    ("Pacific Fleet ships left.", "Pacific", ORGANISATION),
    ("An analyst at the Vienna Center for Arms Control agreed.", "Vienna", ORGANISATION),
    ("The Boston Globe printed a map.", "Boston", ORGANISATION),
    ("It was seen by the USS Kansas City.", "Kansas", LONGER),
    ("General Houston gave no figures.", "Houston", PERSON),
    ("President Lincoln left.", "Lincoln", PERSON),
    ("Robert Lincoln gave no figures.", "Lincoln", PERSON),
    ("Austin said nothing.", "Austin", PERSON),
    ("The frigate Winnipeg left.", "Winnipeg", CRAFT),
    ("The frigates Uglich, Kazan and Perm left.", "Uglich", CRAFT),
    ("The frigates Uglich, Kazan and Perm left.", "Kazan", CRAFT),
    ("The corvettes Uglich and Perm left.", "Perm", CRAFT),
    ("The Shandong, an aircraft carrier, passed.", "Shandong", CRAFT),
    ("The Samara, a nuclear-powered submarine, passed.", "Samara", CRAFT),
]


@pytest.mark.parametrize(("text", "name", "reason"), NO_PLACES)
def test_a_name_in_another_name_is_no_place(text: str, name: str, reason: str, layers: Layers) -> None:
    found = {text[one.start : one.end]: one.no_place for one in names_of(text, layers)}

    assert name not in found or found[name].startswith(reason)
    assert name not in places(text, layers)


MAY_BE = [
    ("It fell in Houston.", "Houston"),
    ("In Lincoln, General Houston gave no figures.", "Lincoln"),
    ("The ship left Winnipeg for Kazan.", "Winnipeg"),
    ("Submarine crews in Samara slept.", "Samara"),
    ("Samara, a city with a submarine museum, slept.", "Samara"),
    ("It left the EEZ of Norway.", "Norway"),
    ("Part of Missouri was dark.", "Missouri"),
    ("On Monday Kodiak was calm.", "Kodiak"),
    ("In March Kodiak was calm.", "Kodiak"),
    ("Western Kodiak was calm.", "Kodiak"),
    ("It flew over Troy, University students said.", "Troy"),
    ("Savannah and Brunswick said so.", "Brunswick"),
]


@pytest.mark.parametrize(("text", "name"), MAY_BE)
def test_a_name_beside_such_words_may_still_be_a_place(text: str, name: str, layers: Layers) -> None:
    assert name in places(text, layers)


def test_a_person_who_was_introduced_stays_one_but_not_behind_in(layers: Layers) -> None:
    text = "General Winnipeg gave no figures. That day Winnipeg slept. In Winnipeg it rained."
    reasons = [name.no_place for name in names_of(text, layers)]

    assert len(reasons) == 3
    assert reasons[0].startswith(PERSON)
    assert reasons[1].startswith(PERSON)
    assert reasons[2] == ""


def test_who_speaks_in_a_transcript_is_no_place(layers: Layers) -> None:
    text = "YORK: We know of it.\nBOSTON: We do not.\nYORK: Really."

    assert places(text, layers) == []


def test_a_compound_is_no_place(layers: Layers) -> None:
    assert places("London-based analysts noted it.", layers) == []
    assert places("US-North Korea talks failed.", layers) == ["North Korea"]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "Cape", "Sea of", "-ri", "’s", "The", "Port of of of", "St.", "N."])
def test_scraps_are_no_trouble(text: str, layers: Layers) -> None:
    assert all(text[name.start : name.end] for name in names_of(text, layers))
