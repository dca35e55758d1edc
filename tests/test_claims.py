"""Who says that it fell inside, outside or near a zone, and whose zone is meant."""

from __future__ import annotations

import pytest

from geomap import pipeline
from geomap.catalog import Layers
from geomap.types import Claim, Document

LAUNCH = "North Korea fired a ballistic missile on Wednesday. "


def claims(text: str, layers: Layers) -> list[Claim]:
    reading = pipeline.read(Document.of(LAUNCH + text, published="2022-03-16"), layers)
    return [claim for event in reading.events for claim in event.claims]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("It fell inside Japan's exclusive economic zone, Tokyo said.", "inside"),
        ("It fell in Japan's EEZ, Tokyo said.", "inside"),
        ("It fell into Japan's EEZ, Tokyo said.", "inside"),
        ("It landed within Japan's EEZ, Tokyo said.", "inside"),
        ("It fell outside Japan's EEZ, Tokyo said.", "outside"),
        ("It fell outside of the EEZ of Japan, Tokyo said.", "outside"),
        ("It fell short of Japan's EEZ, Tokyo said.", "outside"),
        ("It came down nowhere near Japan's EEZ, Tokyo said.", "outside"),
        ("It fell near Japan's EEZ, Tokyo said.", "near"),
        ("It fell close to Japan's EEZ, Tokyo said.", "near"),
    ],
)
def test_the_relation_that_is_claimed(text: str, relation: str, layers: Layers) -> None:
    (claim,) = claims(text, layers)

    assert (claim.relation, claim.zone) == (relation, "eez/JPN")


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("It fell outside Japan's EEZ, the Japan Coast Guard said.", "Japan Coast Guard"),
        ("It fell outside Japan's EEZ, said Defense Minister Nobuo Kishi.", "Defense Minister Nobuo Kishi"),
        ("Tokyo said it fell outside Japan's EEZ.", "Tokyo"),
        ("A state agency denied it. By night the defense minister said it fell in Japan's EEZ.", "defense minister"),
        ("Pyongyang said nothing. Japan said it fell outside its EEZ.", "Japan"),
        ("It fell outside Norway's EEZ, Japan's Defense Ministry said.", "Japan's Defense Ministry"),
    ],
)
def test_who_claims_it(text: str, by: str, layers: Layers) -> None:
    (claim,) = claims(text, layers)

    assert claim.by == by


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("It fell outside the exclusive economic zone, the Japan Coast Guard said.", "eez/JPN"),
        ("The Philippine Coast Guard said it fell outside the exclusive economic zone.", "eez/PHL"),
        ("Japan said it fell outside its exclusive economic zone.", "eez/JPN"),
        ("It fell outside the exclusive economic zone of Norway, the Japan Coast Guard said.", "eez/NOR"),
    ],
)
def test_whose_zone_is_meant(text: str, zone: str, layers: Layers) -> None:
    (claim,) = claims(text, layers)

    assert claim.zone == zone


@pytest.mark.parametrize(
    "text",
    [
        "Japan's EEZ reaches 200 nautical miles from its shore.",
        "It is not known whether it fell inside Japan's EEZ.",
        "A missile could fall inside Japan's EEZ one day, Tokyo said.",
        "It fell into the Sea of Japan.",
    ],
)
def test_what_is_no_claim(text: str, layers: Layers) -> None:
    assert claims(text, layers) == []


def test_a_claim_points_at_its_words(layers: Layers) -> None:
    text = "It fell outside Japan's EEZ, Tokyo said."
    (claim,) = claims(text, layers)

    assert (LAUNCH + text)[claim.start : claim.end] == "outside Japan's EEZ"


def test_a_claim_without_an_impact_cannot_be_settled_and_says_why(layers: Layers) -> None:
    (claim,) = claims("It fell outside Japan's EEZ, Tokyo said.", layers)

    assert claim.verdict is not None
    assert (claim.verdict.relation, claim.verdict.agrees) == ("cannot tell", None)
    assert "no place of impact" in claim.verdict.why


def test_a_verdict_does_not_rest_on_the_claim(layers: Layers) -> None:
    spot = "It fell about 350 km west of Oshima-Oshima, {} Japan's EEZ, Tokyo said."
    (inside,) = claims(spot.format("inside"), layers)
    (outside,) = claims(spot.format("outside"), layers)

    assert inside.verdict is not None
    assert outside.verdict is not None
    assert (inside.verdict.relation, inside.verdict.margin_km) == (outside.verdict.relation, outside.verdict.margin_km)


@pytest.mark.parametrize(
    ("text", "relation", "agrees"),
    [
        ("It fell at 41-00N 138-30E, inside Japan's EEZ, Tokyo said.", "inside", True),
        ("It fell at 41-00N 138-30E, outside Japan's EEZ, Tokyo said.", "inside", False),
        ("It fell at 40-00N 131-00E, inside Japan's EEZ, Tokyo said.", "outside", False),
        ("It fell at 40-00N 131-00E, outside Japan's EEZ, Tokyo said.", "outside", True),
        ("It fell about 250 km west of Oshima-Oshima, inside Japan's EEZ, Tokyo said.", "cannot tell", None),
        ("It fell off its east coast, inside Japan's EEZ, Tokyo said.", "cannot tell", None),
    ],
)
def test_a_verdict_has_three_values(text: str, relation: str, agrees: bool | None, layers: Layers) -> None:
    (claim,) = claims(text, layers)
    verdict = claim.verdict

    assert verdict is not None
    assert (verdict.relation, verdict.agrees) == (relation, agrees)
    assert verdict.margin_km is not None
    assert verdict.tolerance_km is not None
    assert verdict.share is not None
    assert verdict.why


def test_near_agrees_within_the_tolerance(layers: Layers) -> None:
    (near,) = claims("It fell about 260 km west of Oshima-Oshima, near Japan's EEZ, Tokyo said.", layers)
    (far,) = claims("It fell at 40-00N 129-00E, near Japan's EEZ, Tokyo said.", layers)

    assert near.verdict is not None
    assert near.verdict.agrees is True
    assert far.verdict is not None
    assert far.verdict.agrees is False
