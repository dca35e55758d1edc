"""Spatial phrases become trees: what is measured from where, to which side, and whom 'its' means."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from geomap.catalog import Layers
from geomap.mentions import find_mentions
from geomap.mentions.builders import BEARINGS, SIGNS, bearing
from geomap.mentions.phrasebook import PHRASES
from geomap.types import Amount, Distance, Document, Mention, Named, Node, Reading


def told(node: Any, words: dict[str, str]) -> str:
    """An expression in short: mentions by their words, lengths by their km."""
    if isinstance(node, Named):
        return words.get(node.id, node.id)
    if isinstance(node, Amount):
        return f"{node.value:.0f} km"
    if isinstance(node, Node):
        fields = [told(getattr(node, field), words) for field in node.__struct_fields__]
        return f"{type(node).__name__}({', '.join(field for field in fields if field)})"
    if isinstance(node, bool) or node is None:
        return "sea" if node else ""
    return node if isinstance(node, str) else f"{node:g}"


@cache
def mentions_of(text: str, layers: Layers) -> tuple[Mention, ...]:
    """The same text is asked about more than once."""
    return find_mentions(Reading(document=Document.of(text)), layers).mentions


def phrase(text: str, surface: str, layers: Layers) -> str | None:
    mentions = mentions_of(text, layers)
    words = {mention.id: mention.text for mention in mentions}
    start = text.index(surface)
    found = [m for m in mentions if m.start == start and m.text == surface and m.expression is not None]
    return told(found[0].expression, words) if found else None


DIRECTIONS = [
    ("about 300 km east of Wonsan", "Direction(Wonsan, 90, 22.5, 300 km)"),
    ("300 kilometers (186 miles) northeast of Wonsan", "Direction(Wonsan, 45, 22.5, 300 km)"),
    ("60 miles north of Wonsan", "Direction(Wonsan, 0, 22.5, 97 km)"),
    ("200 nautical miles west of Guam", "Direction(Guam, 270, 22.5, 370 km)"),
    ("80 km to the south-southwest of Basco", "Direction(Basco, 202.5, 11.25, 80 km)"),
    ("some 120 km due east of Cape Erimo", "Direction(Cape Erimo, 90, 22.5, 120 km)"),
    ("fifty miles off Kodiak", "Distance(Kodiak, 80 km)"),
    ("57 km from the coast of Hokkaido", "Distance(CoastSide(Hokkaido), 57 km)"),
    ("west of Hokkaido", "Direction(Hokkaido, 270, 45)"),
    ("waters east of Hokkaido", "Direction(Hokkaido, 90, 45, sea)"),
]


LENGTHS = [
    # number words
    ("a hundred and fifty kilometers south of Wonsan", "Direction(Wonsan, 180, 22.5, 150 km)"),
    ("twelve hundred miles south of Guam", "Direction(Guam, 180, 22.5, 1931 km)"),
    ("two hundred nautical miles off Guam", "Distance(Guam, 370 km)"),
    ("thirty-five km off Kodiak", "Distance(Kodiak, 35 km)"),
    # two bounds
    ("between 150 and 200 km east of Wonsan", "Direction(Wonsan, 90, 22.5, 175 km)"),
    ("from 150 to 200 km east of Wonsan", "Direction(Wonsan, 90, 22.5, 175 km)"),
    ("150 to 200 km east of Wonsan", "Direction(Wonsan, 90, 22.5, 175 km)"),
    ("150 or 200 km east of Wonsan", "Direction(Wonsan, 90, 22.5, 175 km)"),
    ("150-200 km east of Wonsan", "Direction(Wonsan, 90, 22.5, 175 km)"),
    ("150 – 200 km east of Wonsan", "Direction(Wonsan, 90, 22.5, 175 km)"),
    ("about 40–50 km off Kodiak", "Distance(Kodiak, 45 km)"),
    ("fifty to sixty miles north of Guam", "Direction(Guam, 0, 22.5, 89 km)"),
    # the same length twice
    ("an estimated 150 km (93 miles) east of Wonsan", "Direction(Wonsan, 90, 22.5, 150 km)"),
    ("150 km, or 93 miles, east of Wonsan", "Direction(Wonsan, 90, 22.5, 150 km)"),
    # metres
    ("800 meters east of Wonsan", "Direction(Wonsan, 90, 22.5, 1 km)"),
    ("5,000 metres off Kodiak", "Distance(Kodiak, 5 km)"),
    # points of the compass in letters, and bearings
    ("45 km NNE of Wonsan", "Direction(Wonsan, 22.5, 11.25, 45 km)"),
    ("45 km SW of Wonsan", "Direction(Wonsan, 225, 22.5, 45 km)"),
    ("less than 10 km S of Wonsan", "Direction(Wonsan, 180, 22.5, 10 km)"),
    ("90 km from Paradip on a bearing of 140 degrees", "Direction(Paradip, 140, 5, 90 km)"),
    ("20 km on a bearing of 350° from Guam", "Direction(Guam, 350, 5, 20 km)"),
    ("20 km along a bearing of 360 degrees true from Guam", "Direction(Guam, 0, 5, 20 km)"),
    # within
    ("within 12 nautical miles of Taiwan", "Distance(Taiwan, 22 km)"),
    ("within fifty miles of the coast of Taiwan", "Distance(CoastSide(Taiwan), 80 km)"),
]


@pytest.mark.parametrize(("words", "tree"), [*DIRECTIONS, *LENGTHS])
def test_a_direction_or_a_distance(words: str, tree: str, layers: Layers) -> None:
    assert phrase(f"A piece fell {words} at dawn.", words, layers) == tree


PLACES = [
    ("off North Korea's east coast", "Offshore(CoastSide(North Korea, 90))"),
    ("off the west coast of Hokkaido", "Offshore(CoastSide(Hokkaido, 270))"),
    ("off Kodiak", "Offshore(Kodiak)"),
    ("waters off Japan", "Offshore(Japan)"),
    ("near Wonsan", "Near(Wonsan)"),
    ("the Kusong area", "Near(Kusong)"),
    ("between Jeju Island and Kyushu", "Between(Jeju Island, Kyushu)"),
    ("waters between Jeju Island and Kyushu", "Between(Jeju Island, Kyushu)"),
    ("northern Iran", "Part(Iran, 0)"),
    ("the northeast of Iran", "Part(Iran, 45)"),
    ("inside Japan's exclusive economic zone", "Inside(Zone(eez/JPN))"),
    ("outside the EEZ of Norway", "Outside(Zone(eez/NOR))"),
    ("the zone of Australia", "Inside(Zone(eez/AUS))"),
    ("in South Korea's territorial waters", "Inside(Zone(belts/KOR-12))"),
]


MORE_PLACES = [
    # zones
    ("inside the waters of Japan's EEZ", "Inside(Zone(eez/JPN))"),
    ("nowhere near the Japanese exclusive economic zone", "Outside(Zone(eez/JPN))"),
    ("short of Japan's own zone", "Outside(Zone(eez/JPN))"),
    ("in the contiguous zone of Japan", "Inside(Zone(belts/JPN-24))"),
    ("in Philippine waters", "Zone(eez/PHL)"),
    ("the waters of Japan", "Zone(eez/JPN)"),
    ("North Korea's western waters", "Offshore(CoastSide(North Korea, 270))"),
    ("international waters", "HighSeas()"),
    ("the high seas", "HighSeas()"),
    # coasts
    ("the southern coast of Cuba", "CoastSide(Cuba, 180)"),
    ("the east coast near Wonsan", "Near(Wonsan)"),
    ("Wonsan coast", "CoastSide(Wonsan)"),
    ("Yemen's Red Sea coast", "Intersection(CoastSide(Yemen), Red Sea)"),
    ("the Red Sea coast of Yemen", "Intersection(CoastSide(Yemen), Red Sea)"),
    ("off Yemen's Red Sea coast", "Intersection(Offshore(Intersection(CoastSide(Yemen), Red Sea)), Red Sea)"),
    ("waters around Guam", "Offshore(Guam)"),
    # parts
    ("the northern end of Hokkaido", "Part(Hokkaido, 0)"),
    ("the eastern half of Iran", "Part(Iran, 90, 0.5)"),
    ("the eastern third of Iran", "Part(Iran, 90, 0.333333)"),
    ("the southern tip of Taiwan", "Part(Taiwan, 180, 0.1)"),
    ("the north-western corner of Iran", "Part(Iran, 315, 0.1)"),
    ("far northern Norway", "Part(Norway, 0, 0.2)"),
    ("eastern Hokkaido", "Part(Hokkaido, 90)"),
    ("Norway's north", "Part(Norway, 0)"),
    ("Norway's far north", "Part(Norway, 0, 0.2)"),
    ("the interior of Yemen", "Part(Yemen)"),
    ("inland Yemen", "Part(Yemen)"),
    ("central Portugal", "Part(Portugal, 0.33)"),
    ("the heart of Spain", "Part(Spain, 0.33)"),
    # capitals and places that nobody tells
    ("the North Korean capital", "capital/PRK"),
    ("the capital of Norway", "capital/NOR"),
    ("near the capital of Norway", "Near(capital/NOR)"),
    ("an undisclosed place in Pakistan", "Pakistan"),
    ("secret sites in eastern Iran", "Part(Iran, 90)"),
    # lines and sides
    ("just north of the Northern Limit Line", "Direction(Northern Limit Line, 0, 45, 15 km)"),
    ("immediately to the west of Guam", "Direction(Guam, 270, 45, 15 km)"),
    ("to the east of Guam", "Direction(Guam, 90, 45)"),
    ("the waters to the south of Guam", "Direction(Guam, 180, 45, sea)"),
    # between
    ("midway between Guam and Palau", "Between(Guam, Palau, middle)"),
    ("roughly halfway between Guam and Palau", "Between(Guam, Palau, middle)"),
    ("the sea between Japan and Korea", "Between(Japan, Korea, sea)"),
    ("the strip between Wonsan and Hamhung", "Between(Wonsan, Hamhung)"),
    # surroundings
    ("in the vicinity of Wonsan", "Near(Wonsan)"),
    ("the outskirts of Semnan", "Near(Semnan)"),
    ("a suburb of Semnan", "Near(Semnan)"),
    ("just outside Semnan", "Near(Semnan)"),
    ("close to Semnan", "Near(Semnan)"),
    # two at once
    (
        "the Sea of Japan, about 150 km west of Oga Peninsula",
        "Intersection(Sea of Japan, Direction(Oga Peninsula, 270, 22.5, 150 km))",
    ),
    (
        "about 150 km west of Oga Peninsula, in the Sea of Japan",
        "Intersection(Direction(Oga Peninsula, 270, 22.5, 150 km), Sea of Japan)",
    ),
]


@pytest.mark.parametrize(("words", "tree"), [*PLACES, *MORE_PLACES])
def test_a_coast_an_area_or_a_zone(words: str, tree: str, layers: Layers) -> None:
    assert phrase(f"A piece fell {words} at dawn.", words, layers) == tree


BOUND = [
    ("North Korea fired a missile off its east coast.", "off its east coast", "Offshore(CoastSide(countries/PRK, 90))"),
    (
        "Japan protested. North Korea had fired a missile off its east coast.",
        "off its east coast",
        "Offshore(CoastSide(countries/PRK, 90))",
    ),
    (
        "South Korea's military said North Korea fired a missile off its east coast.",
        "off its east coast",
        "Offshore(CoastSide(countries/PRK, 90))",
    ),
    (
        "North Korea fired a missile. South Korea later fired two off its west coast.",
        "off its west coast",
        "Offshore(CoastSide(countries/KOR, 270))",
    ),
    (
        "India fired a missile off the country's east coast.",
        "off the country's east coast",
        "Offshore(CoastSide(countries/IND, 90))",
    ),
    (
        "Iran moved its launchers. A site on the south coast was empty.",
        "on the south coast",
        "CoastSide(countries/IRN, 180)",
    ),
    ("Iran fired a missile off the south coast.", "off the south coast", "Offshore(CoastSide(countries/IRN, 180))"),
    ("Iran fired a missile. It was seen near the Iranian capital.", "near the Iranian capital", "Near(capital/IRN)"),
    ("Norway was calm. A piece fell in its far north.", "its far north", "Part(countries/NOR, 0, 0.2)"),
    ("Norway was calm. A piece fell in the capital.", "the capital", "capital/NOR"),
    ("Norway was calm. A piece fell in its capital.", "its capital", "capital/NOR"),
    (
        "Norway was calm. A piece fell 60 km off the coast.",
        "60 km off the coast",
        "Distance(CoastSide(countries/NOR), 60 km)",
    ),
    ("Norway was calm. A piece fell inside the same zone.", "inside the same zone", "Inside(Zone(eez/NOR))"),
]


@pytest.mark.parametrize(("text", "words", "tree"), BOUND)
def test_its_is_the_country_that_the_clause_speaks_of(text: str, words: str, tree: str, layers: Layers) -> None:
    assert phrase(text, words, layers) == tree


OWNERS = [
    ("North Korea fired a missile outside the exclusive economic zone, the Japan Coast Guard said.", "JPN"),
    ("Norway's military said that a Russian missile fell outside the exclusive economic zone.", "NOR"),
    ("The Philippine Coast Guard said that Chinese debris fell outside the exclusive economic zone.", "PHL"),
    ("It fell in Japan's EEZ. A second one fell outside the zone.", "JPN"),
]


@pytest.mark.parametrize(("text", "owner"), OWNERS)
def test_a_zone_without_an_owner_is_the_claimants(text: str, owner: str, layers: Layers) -> None:
    words = "outside the exclusive economic zone" if "outside the exclusive" in text else "outside the zone"
    made = phrase(text, words, layers)

    assert made is not None
    assert f"/{owner})" in made


NO_PLACE = [
    # definitions
    "An exclusive economic zone is 200 nautical miles wide.",
    "The territorial sea is 12 nautical miles wide.",
    "The EEZ is a zone of 200 nautical miles from its coast.",
    "Its zone reaches out 200 nautical miles.",
    "The zone is 20 km wide.",
    "The airspace was closed.",
    # how far something can fly, how the map lies, how long and high things are
    "The missile can reach 500 km south of its launcher.",
    "The missile has a range of up to 1,000 miles.",
    "Guam is only 3,400 km from Wonsan.",
    "The missile flew 800 km east.",
    "It rose 800 meters over Guam.",
    "The pilot took a bearing of 140 degrees.",
    "It flew 20 km on a bearing of 400 degrees from Guam.",
    "They met within 12 hours of Guam.",
    # verbs, people, borders
    "Norway backed off.",
    "The rocket lifted off Guam at dawn.",
    "Talks between Washington and Pyongyang failed.",
    "Talks between Japan and Korea failed.",
    "Between 150 and 200 people left Wonsan.",
    "North Korea's northern neighbour is China.",
    "Norway guarded its northern border.",
    "Its coast guard spoke.",
    "Western officials blamed Iran.",
    "Half of Norway slept.",
    "Norway has an interior ministry.",
    "The capital of the firm is small.",
    "An unknown man spoke in Guam.",
    "Nobody outside Japan saw it.",
]


@pytest.mark.parametrize(
    "text",
    [
        *NO_PLACE,
        "The zone reaches 200 nautical miles from the coast.",
        "Japan's zone reaches out to 200 nautical miles from its coast.",
        "A territorial sea is 12 nautical miles wide.",
        "Guam is 3,400 km from Wonsan.",
        "The missile has a range of 500 km.",
        "It turned north of course.",
    ],
)
def test_a_definition_or_a_range_is_no_place(text: str, layers: Layers) -> None:
    assert [m.text for m in mentions_of(text, layers) if m.expression is not None and m.kind != "zone"] == []


def test_every_row_of_the_table_makes_a_phrase_of_this_file(layers: Layers) -> None:
    phrases = (*DIRECTIONS, *LENGTHS, *PLACES, *MORE_PLACES)
    texts = [*(f"A piece fell {words} at dawn." for words, _ in phrases), *(text for text, _, _ in BOUND)]
    whys = {mention.why for text in texts for mention in mentions_of(text, layers) if mention.expression is not None}
    unused = {name for name, *_ in PHRASES if not any(why.startswith(f"read as {name!r}") for why in whys)}

    assert unused == set()


def test_rows_have_names_of_their_own_and_words_in_small_letters() -> None:
    names = [name for name, *_ in PHRASES]

    assert len(set(names)) == len(names)
    groups = [group.split() for *_, words in PHRASES for group in words.split("&")]
    assert all(groups)
    assert all(word.islower() or word in (*SIGNS, "*", "?") for group in groups for word in group)


@pytest.mark.parametrize(
    ("words", "degrees"),
    [
        ("north", 0.0),
        ("Northern", 0.0),
        ("north-east", 45.0),
        ("northeastward", 45.0),
        ("south south-westerly", 202.5),
        ("north-northwestern", 337.5),
        ("NNE", 22.5),
        ("W", 270.0),
        ("SSE", 157.5),
        ("WNW", 292.5),
    ],
)
def test_a_word_of_the_compass_is_a_bearing(words: str, degrees: float) -> None:
    assert bearing(words) == degrees


@pytest.mark.parametrize("words", ["", None, "up", "north-south", "east-west", "eastwest", "northing"])
def test_what_is_no_word_of_the_compass_has_no_bearing(words: str | None) -> None:
    assert bearing(words) is None


def test_there_are_sixteen_winds_a_sixteenth_of_the_circle_apart() -> None:
    assert sorted(BEARINGS.values()) == [22.5 * number for number in range(16)]


def test_a_phrase_late_in_a_long_text_is_measured_from_its_own_names(layers: Layers) -> None:
    text = "It fell 300 km east of Wonsan, off Japan's coast. " * 40 + "Another fell 57 km off Sokcho."
    *_, last = (mention for mention in mentions_of(text, layers) if mention.text == "57 km off Sokcho")
    names = {mention.id: mention.text for mention in mentions_of(text, layers)}

    assert last.end == len(text) - 1
    assert isinstance(last.expression, Distance)
    assert isinstance(last.expression.of, Named)
    assert names[last.expression.of.id] == "Sokcho"
