"""What part a name plays: a place, a dateline, an actor, or a piece of another name."""

from __future__ import annotations

import pytest

from geomap.catalog import Layers
from geomap.mentions import find_mentions
from geomap.types import Document, Mention, Reading


def mention_of(surface: str, text: str, layers: Layers) -> Mention | None:
    mentions = find_mentions(Reading(document=Document.of(text)), layers).mentions
    start = text.index(surface)
    return next((m for m in mentions if m.start == start and m.text == surface), None)


ACTORS = [
    ("Pyongyang said nothing about the launch.", "Pyongyang"),
    ("Seoul and Tokyo condemned it.", "Seoul"),
    ("Seoul and Tokyo condemned it.", "Tokyo"),
    ("A missile was fired, Seoul said.", "Seoul"),
    ("Washington warned Pyongyang against more tests.", "Washington"),
    ("The launch drew protests from Beijing.", "Beijing"),
    ("North Korea fired two missiles.", "North Korea"),
    ("South Korea's military saw it.", "South Korea"),
    ("Iran's president watched.", "Iran"),
    ("The Kremlin had no comment.", "The Kremlin"),
    ("The White House called it reckless.", "The White House"),
    ("The Defense Ministry in Seoul gave no figures.", "Seoul"),
    ("Japan has lodged a protest.", "Japan"),
    ("Talks between Washington and Pyongyang have stalled.", "Pyongyang"),
]


@pytest.mark.parametrize(("text", "surface"), ACTORS)
def test_a_government_that_speaks_or_acts_is_no_place(text: str, surface: str, layers: Layers) -> None:
    mention = mention_of(surface, text, layers)

    assert mention is not None
    assert (mention.role, mention.status) == ("actor", "not_mapped")
    assert mention.why


MORE_ACTORS = [
    ("The coalition in Sanaa spoke.", "Sanaa"),
    ("The embassy in Seoul was silent.", "Seoul"),
    ("The coast guard office in Busan warned ships.", "Busan"),
    ("London, Paris and Berlin condemned it.", "London"),
    ("London, Paris and Berlin condemned it.", "Paris"),
    ("London, Paris and Berlin condemned it.", "Berlin"),
    ("Kyiv and Moscow talked.", "Kyiv"),
    ("North Korea state media showed it.", "North Korea"),
    ("The government of Iran was silent.", "Iran"),
    ("The military of Norway saw it.", "Norway"),
    ("It was seen by U.S. personnel.", "U.S."),
    ("A spokesman for Japan said so.", "Japan"),
    ("Moscow also denied it.", "Moscow"),
    ("Moscow later denied it.", "Moscow"),
    ("Iran’s president watched.", "Iran"),
    ("Japan's premier spoke in Osaka.", "Japan"),
    ("Iranians in London protested.", "Iranians"),
]


@pytest.mark.parametrize(("text", "surface"), MORE_ACTORS)
def test_a_state_that_speaks_acts_or_owns_is_an_actor(text: str, surface: str, layers: Layers) -> None:
    mention = mention_of(surface, text, layers)

    assert mention is not None
    assert (mention.role, mention.status) == ("actor", "not_mapped")
    assert mention.why


PLACES = [
    ("In Seoul, trains ran as usual.", "Seoul"),
    ("It flew over Japan.", "Japan"),
    ("The missile was fired from Sunan.", "Sunan"),
    ("Residents of Hachinohe heard it.", "Hachinohe"),
    ("Residents of Seoul heard it.", "Seoul"),
    ("It landed in Kazakhstan.", "Kazakhstan"),
    ("A crowd met in Pyongyang.", "Pyongyang"),
    ("Sirens sounded in Tokyo and Aomori.", "Aomori"),
    ("It fell into the Sea of Japan.", "Sea of Japan"),
    ("It crossed the Northern Limit Line.", "Northern Limit Line"),
    ("It rose from the Sohae launch site.", "Sohae launch site"),
    # something struck, left, could reach or flew between them
    ("Missiles rained on Kyiv.", "Kyiv"),
    ("A drone struck Moscow.", "Moscow"),
    ("The ship left Guam.", "Guam"),
    ("Damascus is in range of it.", "Damascus"),
    ("Damascus and Amman would both be within reach.", "Damascus"),
    ("It flew from Doha to Lahore.", "Doha"),
    ("It was heard as far away as Baghdad.", "Baghdad"),
    ("It flew toward Washington, Moscow said.", "Washington"),
    # people who see, and what stands there
    ("Kuwait City saw the trails.", "Kuwait City"),
    ("Tehran slept.", "Tehran"),
    ("Japan's airports closed.", "Japan"),
    ("Athens' port closed.", "Athens"),
    ("Norway's west coast was calm.", "Norway"),
    # distances and lists
    ("Guam is about 3,400 km from there.", "Guam"),
    ("It flew 300 km to the north of Pyongyang.", "Pyongyang"),
    ("In the UAE three people died.", "UAE"),
    ("It was seen in Osaka and Tokyo.", "Tokyo"),
    ("It was seen in Osaka/Tokyo.", "Tokyo"),
    ("The provinces of Turkey held a drill.", "Turkey"),
]


@pytest.mark.parametrize(("text", "surface"), PLACES)
def test_where_something_is_or_happens_is_a_place(text: str, surface: str, layers: Layers) -> None:
    mention = mention_of(surface, text, layers)

    assert mention is not None
    assert mention.role == "place"


EMBEDDED = [
    ("A lecturer at Troy University doubted it.", "Troy"),
    ("The Lisbon Institute of Strategy noted it.", "Lisbon"),
    ("The Japan Coast Guard warned ships.", "Japan"),
    ("The Boston Globe printed a map.", "Boston"),
    ("An analyst at the Vienna Center for Arms Control agreed.", "Vienna"),
    ("Tokyo Electric Power saw no damage.", "Tokyo"),
    ("The London-based group agreed.", "London"),
    ("At 3:34 a.m. Tokyo time it rose.", "Tokyo"),
    ("It was 3:34 in Tokyo.", "Tokyo"),
]


@pytest.mark.parametrize(("text", "surface"), EMBEDDED)
def test_a_piece_of_another_name_is_no_place(text: str, surface: str, layers: Layers) -> None:
    mention = mention_of(surface, text, layers)

    assert mention is None or mention.status == "not_mapped"


@pytest.mark.parametrize("name", ["Houston", "Madison", "Sydney", "Austin"])
def test_a_person_behind_a_title_is_no_place(name: str, layers: Layers) -> None:
    mention = mention_of(name, f"General {name} gave no figures, he said.", layers)

    assert mention is None or mention.status == "not_mapped"


DATELINES = [
    ("SEOUL, Sept. 15 (Agency) — North Korea fired a missile.", ["SEOUL"]),
    ("SEOUL — North Korea fired a missile.", ["SEOUL"]),
    ("Sokcho, 17 May — North Korea fired a missile.", ["Sokcho"]),
    ("TOKYO/SEOUL — North Korea fired a missile.", ["TOKYO", "SEOUL"]),
    ("MOKHA, Yemen, Jan. 30 — A missile fell.", ["MOKHA", "Yemen"]),
    ("A headline\n\nSEOUL, Sept. 15 — North Korea fired a missile.", ["SEOUL"]),
    ("Seoul trains ran — and nobody cared.", []),
    ("A headline\nSEOUL — North Korea fired a missile.", ["SEOUL"]),
    ("SEOUL: North Korea fired a missile.", ["SEOUL"]),
    ("SEOUL. The missile flew 800 km.", ["SEOUL"]),
    ("Yerevan, 3 March. The debris fell.", ["Yerevan"]),
    ("SEOUL, Sept. 15, 2021\nNorth Korea fired a missile.", ["SEOUL"]),
    ("SEOUL, South Korea (Agency) -- North Korea fired a missile.", ["SEOUL", "South Korea"]),
    ("SINGAPORE — Ships were warned.", ["SINGAPORE"]),
    ("12:40 SEOUL — North Korea fired a missile.", ["SEOUL"]),
    ("SEOUL: We know of it.\nTOKYO: So we hear.\nSEOUL: Well.", []),
    ("Seoul: a city that sleeps", []),
    ("Seoul, which sleeps — nobody cared.", []),
    ("JAPAN — a new test.", []),
    ("Russian ships — a new test.", []),
    ("TROY UNIVERSITY — a new test.", []),
    ("In SEOUL — as elsewhere — trains ran.", []),
    ("NORTH KOREA — a new test.", []),
]


@pytest.mark.parametrize(("text", "names"), DATELINES)
def test_a_dateline_stands_at_the_head_of_a_paragraph(text: str, names: list[str], layers: Layers) -> None:
    mentions = find_mentions(Reading(document=Document.of(text)), layers).mentions

    assert [mention.text for mention in mentions if mention.role == "dateline"] == names


def test_what_a_phrase_measures_from_is_a_place_even_if_it_acts_elsewhere(layers: Layers) -> None:
    mention = mention_of("Guam", "It fell 300 km west of Guam.", layers)

    assert mention is not None
    assert mention.role == "place"


def test_a_role_says_why(layers: Layers) -> None:
    text = "SEOUL, Sept. 15 — Pyongyang said it fell near Wonsan. A lecturer at Troy University saw it."
    mentions = find_mentions(Reading(document=Document.of(text)), layers).mentions

    assert {mention.role for mention in mentions} == {"dateline", "actor", "place", "embedded"}
    assert all(mention.why for mention in mentions)
