"""Salvos of a launch: how many each, and the words that tell one from the other."""

from __future__ import annotations

import pytest

from geomap import pipeline
from geomap.catalog import Layers
from geomap.types import Document


def salvos(text: str, layers: Layers) -> list[tuple[int | None, str]]:
    (event,) = pipeline.read(Document.of(text, published="2022-03-25"), layers).events
    return [(salvo.count, salvo.said) for salvo in event.salvos]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("two missiles about 40 minutes apart", [(1, "about 40 minutes apart")] * 2),
        ("five missiles in two waves", [(None, "in two waves")] * 2),
        ("two missiles at 6:45 and 6:50 a.m.", [(1, "6:45"), (1, "6:50 a.m.")]),
        ("ten missiles at 6:45 and 6:50 a.m.", [(None, "6:45"), (None, "6:50 a.m.")]),
        ("three missiles at 9:15 a.m. and another two an hour later", [(3, "9:15 a.m."), (2, "an hour later")]),
        ("three missiles one after another within 20 seconds", [(1, "one after another within 20 seconds")] * 3),
        ("two missiles within five minutes of one another", [(1, "within five minutes of one another")] * 2),
        (
            "missiles in a first wave of 12 and a second wave of 8",
            [(12, "a first wave of 12"), (8, "a second wave of 8")],
        ),
        ("several missiles in quick succession", [(None, "in quick succession")]),
    ],
)
def test_the_salvos_of_a_launch(words: str, told: list[tuple[int | None, str]], layers: Layers) -> None:
    assert salvos(f"North Korea fired {words} on Thursday.", layers) == told


@pytest.mark.parametrize(
    "words",
    [
        "a missile",
        "two missiles",
        "two missiles at 6:45 a.m. (2145 GMT)",
        "twelve missiles between 6:45 and 7:20 a.m.",
        "twelve missiles from 6:45 a.m. until 7:20 a.m.",
        "two missiles in 40 minutes",
        "two missiles in ten thousand waves",
        "a missile at 25:99 and 26:99",
    ],
)
def test_what_tells_no_salvos_apart_makes_none(words: str, layers: Layers) -> None:
    assert salvos(f"North Korea fired {words} on Thursday.", layers) == []


def test_the_time_of_two_salvos_reaches_from_the_first_to_the_last(layers: Layers) -> None:
    text = "North Korea fired two missiles at 11:58 p.m. and 11:59 p.m. on Thursday."
    (event,) = pipeline.read(Document.of(text, published="2022-03-25"), layers).events

    assert event.when is not None
    assert (event.when.start, event.when.end) == ("2022-03-24T14:58:00Z", "2022-03-24T15:00:00Z")


def test_from_one_time_to_another_is_one_interval(layers: Layers) -> None:
    text = "Between 1:56 p.m. and 4:00 p.m. on Thursday China fired eleven missiles."
    (event,) = pipeline.read(Document.of(text, published="2022-08-05"), layers).events

    assert event.salvos == ()
    assert event.when is not None
    assert (event.when.start, event.when.end) == ("2022-08-04T05:56:00Z", "2022-08-04T08:00:00Z")
