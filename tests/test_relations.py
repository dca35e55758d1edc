"""What a sentence says of a zone or a line, who says it, and of what."""

from __future__ import annotations

import pytest
from sentences import facts_of, last_fact

from geomap.catalog import Layers
from geomap.events.claims import claims_in
from geomap.events.relations import line_of, relation_of, side_of_it, side_of_line, zone_of
from geomap.types import Claim, Direction, Inside, Intersection, Mention, Named, Outside, Zone
from geomap.words import open_words

FIRED = "North Korea fired a ballistic missile on Wednesday. "
ZONE = "Japan's EEZ"


def relation(sentence: str, layers: Layers) -> str | None:
    """What a sentence behind that of a launch says of the one zone that it names."""
    fact = last_fact(FIRED + sentence, layers)
    (zone,) = fact.zones
    assert zone_of(zone) == "eez/JPN"
    return relation_of(fact, zone)


def side(sentence: str, layers: Layers) -> tuple[str, str | None]:
    """The line that a sentence names, and what it says of it."""
    fact = last_fact(FIRED + sentence, layers)
    (mention,) = [one for one in (*fact.zones, *fact.places) if line_of(one)]
    line = line_of(mention)
    assert line is not None
    return line[0], side_of_line(fact, mention)


def claims(text: str, layers: Layers) -> list[tuple[Claim, str | None]]:
    """The claims of a text, each with the words of what it is about."""
    facts = facts_of(text, layers)
    words = {mention.id: mention.text for fact in facts for mention in fact.places}
    found = [
        claim
        for at, fact in enumerate(facts)
        for claim in claims_in(fact, facts[max(0, at - 6) : at], facts[at + 1 : at + 2], open_words())
    ]
    return [(claim, words[claim.of] if claim.of else None) for claim in found]


def about(text: str, layers: Layers) -> str | None:
    ((_, words),) = claims(FIRED + text, layers)
    return words


def said_by(text: str, layers: Layers) -> str | None:
    ((claim, _),) = claims(FIRED + text, layers)
    return claim.by


# ------------------------------------------------------------------------------------------------------- zones


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("It fell inside {}.", "inside"),
        ("It never reached {}.", "outside"),
        ("{} was hit.", "inside"),
        ("{} was not touched.", "outside"),
        ("It fell well clear of {}.", "outside"),
        ("It fell short of {}.", "outside"),
        ("It fell just outside {}.", "outside"),
        ("It fell near {}.", "near"),
        ("It fell not far from {}.", "near"),
        ("It fell far from {}.", "outside"),
        ("The area overlaps {}.", "overlaps"),
        ("The area extends into {}.", "overlaps"),
        ("The area lies partly in {}.", "overlaps"),
    ],
)
def test_the_words_about_a_zone_say_how_it_lies(sentence: str, told: str, layers: Layers) -> None:
    assert relation(sentence.format(ZONE), layers) == told


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("The missile did not fall inside {}.", "outside"),
        ("It didn't fall in {}.", "outside"),
        ("It didn’t fall in {}.", "outside"),
        ("None of them fell in {}.", "outside"),
        ("Tokyo denied that it fell in {}.", "outside"),
        ("It did not fall outside {}.", "inside"),
        ("It did not fall near {}.", "outside"),
        ("The area does not overlap {}.", "outside"),
    ],
)
def test_a_negation_turns_it_round(sentence: str, told: str, layers: Layers) -> None:
    assert relation(sentence.format(ZONE), layers) == told


def test_two_negations_turn_it_back(layers: Layers) -> None:
    assert relation(f"Nobody denied that it fell inside {ZONE}.", layers) == "inside"


@pytest.mark.parametrize(
    "sentence",
    [
        "No ships were hit and the missile fell in {}.",
        "It was not only seen but fell inside {}.",
        "There is no doubt that it fell inside {}.",
        "Nobody was hurt when it fell inside {}.",
        "It did not explode, and it fell inside {}.",
        "No word came: it fell inside {}.",
    ],
)
def test_a_negation_of_something_else_leaves_it(sentence: str, layers: Layers) -> None:
    assert relation(sentence.format(ZONE), layers) == "inside"


@pytest.mark.parametrize(
    "sentence",
    [
        "{} is large.",
        "It may not have fallen inside {}.",
        "It is unclear whether it fell inside {}.",
        "It could fall inside {}.",
        "They spoke of {}.",
    ],
)
def test_a_zone_that_is_only_named_says_nothing(sentence: str, layers: Layers) -> None:
    assert relation(sentence.format(ZONE), layers) is None


@pytest.mark.parametrize(
    ("expression", "zone"),
    [
        (Zone(id="eez/JPN"), "eez/JPN"),
        (Inside(zone=Zone(id="eez/JPN")), "eez/JPN"),
        (Outside(zone=Zone(id="eez/JPN")), "eez/JPN"),
        (Outside(zone=Named(id="m1")), None),
        (None, None),
    ],
)
def test_the_zone_that_a_mention_speaks_of(expression: Zone | None, zone: str | None) -> None:
    mention = Mention(id="m1", start=0, end=3, text="EEZ", kind="zone", expression=expression)

    assert zone_of(mention) == zone


# ------------------------------------------------------------------------------------------------------- lines


@pytest.mark.parametrize(
    ("sentence", "line", "told"),
    [
        ("It crossed the Northern Limit Line.", "lines/NLL", "crossed"),
        ("It flew over the Northern Limit Line.", "lines/NLL", "crossed"),
        ("It did not cross the Northern Limit Line.", "lines/NLL", None),
        ("It is unclear whether it crossed the Northern Limit Line.", "lines/NLL", None),
        ("The Northern Limit Line is a border.", "lines/NLL", None),
        ("It fell on the far side of the median line of the Taiwan Strait.", "lines/TW-median", "far"),
        ("It fell on the other side of the median line of the Taiwan Strait.", "lines/TW-median", "far"),
        ("It did not fall on the far side of the median line of the Taiwan Strait.", "lines/TW-median", None),
    ],
)
def test_what_is_said_of_a_line(sentence: str, line: str, told: str | None, layers: Layers) -> None:
    assert side(sentence, layers) == (line, told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("It fell south of it.", "south"),
        ("It fell on the eastern side of the line.", "east"),
        ("It fell on the far side of it.", None),
        ("It fell south of Wonsan.", None),
    ],
)
def test_the_side_of_a_line_that_was_named_before(words: str, told: str | None, layers: Layers) -> None:
    assert side_of_it(last_fact(FIRED + words, layers)) == told


@pytest.mark.parametrize(
    ("bearing", "compass"), [(0.0, "north"), (90.0, "east"), (180.0, "south"), (270.0, "west"), (45.0, None)]
)
def test_a_direction_from_a_line_is_a_side_of_it(bearing: float, compass: str | None) -> None:
    south = Direction(of=Named(id="lines/NLL"), bearing_deg=bearing, sector_deg=45.0)
    words = Mention(id="m1", start=0, end=3, text="NLL", kind="relative", expression=south)
    within = Mention(
        id="m1", start=0, end=3, text="NLL", kind="relative", expression=Intersection(a=Named(id="m2"), b=south)
    )

    assert line_of(words) == ("lines/NLL", compass)
    assert line_of(within) == ("lines/NLL", compass)


def test_a_side_of_a_line_that_the_sentence_in_front_names_is_a_claim(layers: Layers) -> None:
    ((claim, _),) = claims(FIRED + "It flew toward the Northern Limit Line. It fell south of it, Seoul said.", layers)

    assert (claim.by, claim.relation, claim.zone) == ("Seoul", "south", "lines/NLL")


# ------------------------------------------------------------------------------------------- of what it is said


def test_a_claim_is_about_the_distance_or_position_in_front_of_it(layers: Layers) -> None:
    text = f"It fell 300 km west of Oshima-Oshima, outside {ZONE}, Tokyo said."

    assert about(text, layers) == "300 km west of Oshima-Oshima"


def test_a_claim_that_something_overlaps_is_about_the_closed_area(layers: Layers) -> None:
    area = "41-00N 138-00E, 41-00N 139-00E, 42-00N 139-00E and 42-00N 138-00E"
    text = f"The closed area bounded by {area} has a buoy at 40-00N 137-00E and overlaps {ZONE}, Tokyo said."

    assert about(text, layers) == area


def test_a_claim_about_debris_is_about_where_it_was_found(layers: Layers) -> None:
    text = "{} at 41-00N 138-30E. " + f"Seoul said the pieces lay inside {ZONE}."

    assert about(text.format("Debris was found"), layers) == "41-00N 138-30E"
    assert about(text.format("A buoy sang"), layers) is None


def test_a_claim_is_about_the_position_that_the_next_sentence_gives(layers: Layers) -> None:
    text = f"It fell inside {ZONE}, Tokyo said. " + "{} is 41-00N 138-30E."

    assert about(text.format("The position"), layers) == "41-00N 138-30E"
    assert about(text.format("The harbor"), layers) is None


def test_a_claim_without_a_sharp_place_is_about_where_the_launch_came_down(layers: Layers) -> None:
    assert about(f"It fell into the Sea of Japan, outside {ZONE}, Tokyo said.", layers) is None


# ------------------------------------------------------------------------------------------------- who says so


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("The Japanese military said it fell inside {}.", "Japanese military"),
        ("Defense Minister Taro Yamada spoke. It fell inside {}.", "Defense Minister Taro Yamada"),
        ("The Marlow Institute, a think tank, said it fell inside {}.", "Marlow Institute"),
        ("Tokyo said it fell inside {}.", "Tokyo"),
        ("The coast guard said it fell inside {}.", "coast guard"),
        ("It fell inside {}.", None),
    ],
)
def test_who_makes_a_claim(text: str, by: str | None, layers: Layers) -> None:
    assert said_by(text.format(ZONE), layers) == by


def test_a_claimant_is_looked_for_two_sentences_back_and_no_further(layers: Layers) -> None:
    text = "Defense Minister Taro Yamada spoke. {}It fell inside Japan's EEZ."

    assert said_by(text.format("Rain fell. "), layers) == "Defense Minister Taro Yamada"
    assert said_by(text.format("Rain fell. Snow fell. "), layers) is None


def test_a_city_that_stands_for_its_government_two_sentences_back_says_nothing_now(layers: Layers) -> None:
    assert said_by("Tokyo said little. It fell inside Japan's EEZ.", layers) is None


# ----------------------------------------------------------------------------------------------- hostile texts


@pytest.mark.parametrize(
    "text", ["", "EEZ", "missile", "Japan's EEZ", "<b>inside Japan's EEZ</b>", "inside outside near missile"]
)
def test_words_without_a_launch_or_a_zone_claim_nothing(text: str, layers: Layers) -> None:
    assert claims(text, layers) == []


def test_markup_about_a_claim_changes_nothing_of_it(layers: Layers) -> None:
    ((claim, _),) = claims(
        f"{FIRED}<p>It fell <b>outside</b> of &quot;{ZONE}&quot;, it fell inside {ZONE}, Tokyo said.</p>", layers
    )[-1:]

    assert (claim.by, claim.relation) == ("Tokyo", "inside")


def test_a_thousand_negations_far_in_front_do_not_reach_a_zone(layers: Layers) -> None:
    lead = (
        "and it was not so " * 1000
        + "and then at the very end of that long and windy day in the far north of the old province "
    )

    assert relation(f"{lead}it fell inside {ZONE}.", layers) == "inside"
