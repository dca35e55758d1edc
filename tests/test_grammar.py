"""Spatial phrases become trees: what is measured from where, to which side, and whom 'its' means."""

from __future__ import annotations

from typing import Any

import pytest

from geomap.catalog import Layers
from geomap.mentions import find_mentions
from geomap.types import Amount, Document, Named, Node, Reading


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


def phrase(text: str, surface: str, layers: Layers) -> str | None:
    mentions = find_mentions(Reading(document=Document.of(text)), layers).mentions
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


@pytest.mark.parametrize(("words", "tree"), DIRECTIONS)
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
    ("in South Korea's territorial waters", "Inside(Zone(belts/KOR-12))"),
]


@pytest.mark.parametrize(("words", "tree"), PLACES)
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
    ("Iran fired a missile. It was seen near the Iranian capital.", "near the Iranian capital", "Near(capital/IRN)"),
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


@pytest.mark.parametrize(
    "text",
    [
        "The zone reaches 200 nautical miles from the coast.",
        "Japan's zone reaches out to 200 nautical miles from its coast.",
        "A territorial sea is 12 nautical miles wide.",
        "Guam is 3,400 km from Wonsan.",
        "The missile has a range of 500 km.",
        "It turned north of course.",
    ],
)
def test_a_definition_or_a_range_is_no_place(text: str, layers: Layers) -> None:
    mentions = find_mentions(Reading(document=Document.of(text)), layers).mentions

    assert [m.text for m in mentions if m.expression is not None and m.kind == "relative"] == []
