"""Who says what of a launch, what is taken back, and where claimants contradict each other."""

from __future__ import annotations

import pytest

from geomap import pipeline, quantities
from geomap.catalog import Layers
from geomap.types import Document, Event, Statement

LAUNCH = "North Korea fired a ballistic missile on Wednesday. "


def event(text: str, layers: Layers) -> Event:
    """The one launch of a text."""
    (found,) = pipeline.read(Document.of(text, published="2022-03-16"), layers).events
    return found


def said(found: Event, about: str) -> list[tuple[str | None, str]]:
    return [(one.by, one.value) for one in found.statements if one.about == about]


# ------------------------------------------------------------------------------------------------ who says it


@pytest.mark.parametrize(
    ("text", "by"),
    [
        ("It flew about 700 km, Seoul said.", "Seoul"),
        ("It flew about 700 km, said the Joint Chiefs of Staff.", "Joint Chiefs of Staff"),
        ("The Joint Chiefs of Staff (JCS) said it flew about 700 km.", "Joint Chiefs of Staff"),
        ("Defense Minister Taro Yamada told reporters that it flew about 700 km.", "Defense Minister Taro Yamada"),
        ("According to the Defense Ministry in Tokyo it flew about 700 km.", "Defense Ministry in Tokyo"),
        ("Japan put the distance flown at about 700 km.", "Japan"),
        ("State media: it flew about 700 km.", "State media"),
        ("A source close to the Chinese military said it flew about 700 km.", "source close to the Chinese military"),
        ("Tokyo confirmed the launch. It said that it flew about 700 km.", "Tokyo"),
        ("Seoul said that it was a missile. It flew about 700 km, he added.", "Seoul"),
        ("Seoul condemned the launch. It flew about 700 km.", None),
        ("It flew about 700 km.", None),
    ],
)
def test_who_states_a_distance(text: str, by: str | None, layers: Layers) -> None:
    assert said(event(LAUNCH + text, layers), "distance") == [(by, "about 700 km")]


def test_each_clause_has_its_own_claimant(layers: Layers) -> None:
    found = event(LAUNCH + "It flew 800 km, Seoul said, while Tokyo put the altitude at 60 km.", layers)

    assert said(found, "distance") == [("Seoul", "800 km")]
    assert said(found, "apogee") == [("Tokyo", "60 km")]


def test_a_name_behind_a_preposition_says_nothing(layers: Layers) -> None:
    found = event(LAUNCH + "It flew about 700 km, a paper in Busan wrote.", layers)

    assert said(found, "distance") == [("paper in Busan", "about 700 km")]


# ---------------------------------------------------------------------------------------------- what is said


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("It was in the air for about 70 minutes.", 70),
        ("The flight lasted 71 minutes, Tokyo said.", 71),
        ("It flew for an hour and 11 minutes, Tokyo said.", 71),
        ("Seoul spoke of a 12-minute flight.", 12),
    ],
)
def test_flight_times_are_minutes(text: str, minutes: float, layers: Layers) -> None:
    (one,) = [one for one in event(LAUNCH + text, layers).statements if one.about == "flight time"]

    assert one.number == minutes
    assert one.low is not None
    assert one.high is not None
    assert one.low <= minutes <= one.high


@pytest.mark.parametrize(
    "text",
    [
        "Twenty minutes later the sirens fell silent, Tokyo said.",
        "Flights were held for a while, and 40 minutes earlier a train was stopped.",
        "The record was 74 minutes.",
    ],
)
def test_what_is_no_flight_time(text: str, layers: Layers) -> None:
    assert said(event(LAUNCH + text, layers), "flight time") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Tokyo counted nine.", "nine"),
        ("Nine, says Tokyo.", "Nine"),
        ("Tokyo spoke of nine.", "nine"),
        ("Tokyo put the number at nine.", "nine"),
        ("Tokyo detected nine missiles.", "nine"),
        ("Tokyo said there were about nine.", "about nine"),
    ],
)
def test_a_count_by_another_office_is_a_statement_of_the_same_launch(text: str, value: str, layers: Layers) -> None:
    found = event("China fired eleven missiles on Wednesday, Taiwan's Defense Ministry said. " + text, layers)

    assert found.count == 11
    assert said(found, "count") == [("Taiwan's Defense Ministry", "eleven"), ("Tokyo", value)]


def test_a_count_of_another_class_by_another_office_is_the_same_launch(layers: Layers) -> None:
    first = "China fired eleven ballistic missiles on Wednesday, Taiwan's Defense Ministry said. "
    found = event(first + "Japan's Defense Ministry said nine short-range ballistic missiles were fired.", layers)

    assert [by for by, _ in said(found, "count")] == ["Taiwan's Defense Ministry", "Japan's Defense Ministry"]


@pytest.mark.parametrize(
    "text",
    [
        "Tokyo said five of them fell near Yonaguni.",
        "Taiwan's Defense Ministry said two missiles fell near Yonaguni.",
        "Tokyo said it shot down three missiles.",
        "Tokyo said China has 300 missiles.",
    ],
)
def test_what_is_no_count_of_the_launch(text: str, layers: Layers) -> None:
    found = event("China fired eleven missiles on Wednesday, Taiwan's Defense Ministry said. " + text, layers)

    assert said(found, "count") == [("Taiwan's Defense Ministry", "eleven")]


def test_a_bare_number_is_about_what_was_told_last(layers: Layers) -> None:
    found = event(LAUNCH + "Tokyo says it flew 800 km; Seoul 700.", layers)
    tokyo, seoul = found.statements

    assert (tokyo.by, tokyo.about, tokyo.number) == ("Tokyo", "distance", 800)
    assert (seoul.by, seoul.about, seoul.number) == ("Seoul", "distance", 700)


def test_places_are_stated_too(layers: Layers) -> None:
    start = "North Korea fired a missile from Sunan on Wednesday, Seoul said. "
    found = event(start + "It fell about 200 km west of Okushiri Island, NHK said.", layers)
    launch, impact = found.statements

    assert (launch.by, launch.about, launch.value, launch.number) == ("Seoul", "launch", "Sunan", None)
    assert (impact.by, impact.about, impact.value) == ("NHK", "impact", "about 200 km west of Okushiri Island")
    assert launch.mention is not None
    assert impact.mention is not None


def test_a_statement_points_at_its_words(layers: Layers) -> None:
    text = LAUNCH + "It flew about 700 km, Seoul said. Tokyo says 800 km."

    for one in event(text, layers).statements:
        assert text[one.start : one.end] == one.value


# ------------------------------------------------------------------------------------------- what is taken back


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Tokyo first said it flew 700 km. Tokyo later said it flew 800 km.", ["first said", "later"]),
        ("Tokyo initially reported that it flew 700 km but later said it flew 800 km.", ["initially", "later"]),
        (
            "In its first announcement, Tokyo said it flew 700 km. The same evening Tokyo said it flew 800 km.",
            ["In its first announcement", "The same evening"],
        ),
        ("Tokyo said it flew 700 km. An hour later it said it flew 800 km.", [None, "An hour later"]),
    ],
)
def test_a_figure_that_its_claimant_changes_is_corrected(text: str, when: list[str | None], layers: Layers) -> None:
    found = event(LAUNCH + text, layers)

    assert [(one.number, one.corrected) for one in found.statements] == [(700, True), (800, False)]
    assert [one.said for one in found.statements] == when
    assert found.distance_km is not None
    assert found.distance_km.value == 800
    assert found.conflicts == ()


def test_a_figure_that_is_revised_from_one_to_another(layers: Layers) -> None:
    found = event(LAUNCH + "Seoul said it flew 400 km. Seoul later revised the distance from 400 to 450 km.", layers)

    assert [(one.number, one.corrected) for one in found.statements] == [(400, True), (400, True), (450, False)]


def test_an_earlier_estimate_is_corrected_although_it_stands_behind(layers: Layers) -> None:
    found = event(LAUNCH + "Tokyo said it flew about 600 km, revising an earlier estimate of 500 km.", layers)

    assert [(one.number, one.corrected) for one in found.statements] == [(600, False), (500, True)]
    assert found.distance_km is not None
    assert found.distance_km.value == 600


def test_a_count_that_is_corrected_gives_way_to_the_later_one(layers: Layers) -> None:
    found = event(
        "North Korea fired what Japan initially said were two missiles. Tokyo now says there was only one.", layers
    )

    assert found.count == 1
    assert [(one.by, one.corrected) for one in found.statements] == [("Japan", True), ("Tokyo", False)]


def test_another_claimant_corrects_nobody(layers: Layers) -> None:
    found = event(LAUNCH + "Seoul said it flew 700 km. Tokyo later said it flew 900 km.", layers)

    assert not any(one.corrected for one in found.statements)


def test_further_missiles_correct_no_count(layers: Layers) -> None:
    text = (
        "North Korea fired two missiles on Wednesday, Seoul said. Seoul later said that three more missiles were seen."
    )
    readings = pipeline.read(Document.of(text, published="2022-03-16"), layers)

    assert not any(one.corrected for found in readings.events for one in found.statements)


def test_a_claim_that_is_withdrawn_is_corrected(layers: Layers) -> None:
    zone = "The Japan Coast Guard first said that it fell outside Japan's exclusive economic zone. "
    (claim,) = event(LAUNCH + zone + "Tokyo withdrew that the same evening.", layers).claims

    assert (claim.by, claim.said, claim.corrected) == ("Japan Coast Guard", "first said", True)


def test_a_claim_that_is_turned_round_is_corrected(layers: Layers) -> None:
    zone = (
        "Japan's coast guard initially said that it fell inside Japan's EEZ but later said it fell outside Japan's EEZ."
    )
    first, second = event(LAUNCH + zone, layers).claims

    assert (first.relation, first.said, first.corrected) == ("inside", "initially", True)
    assert (second.relation, second.said, second.corrected) == ("outside", "later", False)


def test_a_withdrawal_by_somebody_else_takes_nothing_back(layers: Layers) -> None:
    zone = "The Japan Coast Guard said that it fell outside Japan's exclusive economic zone. "
    (claim,) = event(LAUNCH + zone + "Seoul withdrew that the same evening.", layers).claims

    assert not claim.corrected


# --------------------------------------------------------------------------------------------------- conflicts


@pytest.mark.parametrize(
    ("text", "conflict"),
    [
        (
            "Seoul said it flew about 700 km. Tokyo said it flew about 800 km.",
            "distance: Seoul says about 700 km, Tokyo about 800 km",
        ),
        ("It rose to 60 km. Tokyo put the altitude at 100 km.", "apogee: the text says 60 km, Tokyo 100 km"),
        ("It flew 800 km. It covered 1,200 km.", "distance: the text says 800 km, and elsewhere 1,200 km"),
        ("Seoul said it flew 700 km. Tokyo says 900.", "distance: Seoul says 700 km, Tokyo 900 km"),
    ],
)
def test_figures_that_cannot_both_be_are_a_conflict(text: str, conflict: str, layers: Layers) -> None:
    assert event(LAUNCH + text, layers).conflicts == (conflict,)


@pytest.mark.parametrize(
    "text",
    [
        "Seoul said it flew about 800 km. Tokyo said it flew 810 km.",
        "South Korea's military said it flew 700 km. Seoul said it flew 900 km.",
        "It flew about 800 km. In all it covered more than 900 km.",
        "Seoul first said it flew 700 km and later said it flew 800 km.",
    ],
)
def test_what_is_no_conflict(text: str, layers: Layers) -> None:
    assert event(LAUNCH + text, layers).conflicts == ()


def test_two_sides_of_one_zone_are_a_conflict(layers: Layers) -> None:
    found = event(LAUNCH + "It fell inside Japan's EEZ, Tokyo said. Seoul said it fell outside Japan's EEZ.", layers)

    assert len(found.conflicts) == 1
    assert found.conflicts[0].endswith(": Tokyo says inside, Seoul outside")


def test_some_that_fell_inside_contradict_nobody(layers: Layers) -> None:
    salvo = "North Korea fired four missiles on Wednesday. Tokyo said three of them fell inside Japan's EEZ. "
    found = event(salvo + "Seoul said one of them fell outside Japan's EEZ.", layers)

    assert found.conflicts == ()


def test_more_than_leaves_open_how_many_more() -> None:
    def count(number: float, value: str) -> Statement:
        low, high = quantities.spread(number, value)
        bounded = None if high == float("inf") else high
        return Statement(by=None, about="count", value=value, start=0, end=1, number=number, low=low, high=bounded)

    assert not quantities.differ(count(180, "more than 180"), count(200, "200"))
    assert quantities.differ(count(180, "more than 180"), count(150, "150"))


# ------------------------------------------------------------------------------------------------- hostile text


@pytest.mark.parametrize(
    "text",
    [
        "Tokyo said " * 400 + "it flew 700 km.",
        LAUNCH + "Tokyo says; Seoul: " * 300,
        LAUNCH + "revised from 1 to 2 to 3 km " * 200,
        LAUNCH + "it said he said they said " * 300,
        LAUNCH + "\u0130stanbul said it flew 7\u00a0000 km, said \u0130.",
        LAUNCH + "It flew 999999999999 km for 999999999999 minutes, Tokyo said there were 999999999999.",
    ],
)
def test_any_text_is_read(text: str, layers: Layers) -> None:
    reading = pipeline.read(Document.of(text, published="2022-03-16"), layers)

    assert all(text[one.start : one.end] for found in reading.events for one in found.statements)
