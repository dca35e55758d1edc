"""Text that is made to hang the reading of launches, and prose that was torn to pieces: it is read, and ends."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from geomap import Document, Layers, read
from geomap.dates import find_dates
from geomap.events.segments import find_items, item_at

REAL = (
    "North Korea fired two ballistic missiles from Sunan toward the Sea of Japan on Tuesday, Seoul said. "
    "One flew about 800 kilometers before it landed outside Japan's exclusive economic zone.\n"
)
TRAPS = {
    "a name of apostrophes": "It landed outside Japan's EEZ, " + "V’" * 700 + "-",
    "a name of capitals": "It fired a missile, " + "A" * 1400,
    "digits": "It fired a missile " + "9" * 30_000 + " over Tokyo",
    "numbers with blanks": "fired 1 " + "000 " * 5000,
    "small words": "fired from " + "the " * 10_000,
    "quotes": "“It fired a missile " + "“" * 5000 + "”" * 5000,
    "no full stop": "North Korea fired two missiles from Sunan and " * 150,
    "one launch told a thousand times": "He said it fired a missile. " * 1000,
    "pieces of one sentence": "fired a missile; " * 1500,
    "launches in order": "Iran fired a missile, a rocket and an Agni-I on Monday and Friday respectively " * 40,
    "claims": "The missile landed outside Japan's EEZ, Tokyo said. " * 150,
}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_launch_is_read_beside_text_that_is_made_to_hang(trap: str, layers: Layers) -> None:
    reading = read(Document.of(f"{REAL}{TRAPS[trap]}\n{REAL}", published="2024-06-04"), layers)
    assert "PRK" in [event.actor for event in reading.events]


@pytest.mark.parametrize("issue", ["0001-01-01", "9999-12-31"])
def test_a_weekday_in_the_first_and_last_week_of_the_calendar_raises_nothing(issue: str) -> None:
    days = [dated.said for dated in find_dates("Planned for Monday, Tuesday local time, and Wednesday", issue)]
    assert set(days) <= {"Monday", "Tuesday", "Wednesday"}
    assert days


@pytest.mark.parametrize("text", ["- \n" * 20_000, "- a\n" * 20_000, "- a\n- b\n\n\n* a\n* b\n\n\n" * 3000])
def test_a_list_of_nothing_has_its_items(text: str) -> None:
    items = find_items(text, ())
    places = [item_at(items, item.start) for item in items]
    assert places == items
    assert len(items) >= 12_000


@pytest.mark.parametrize("blank", [" ", "\n"])
def test_blanks_without_end_behind_a_date_are_no_item(blank: str) -> None:
    text = f"May 3{blank * 60_000}x\n" * 2
    assert find_items(text, find_dates(text, "2024-06-04")) == []


def test_more_sentences_than_any_article_has_on_one_launch_are_left_out(layers: Layers) -> None:
    (event,) = read(
        Document.of("North Korea fired a missile from Sunan. " * 400, published="2024-06-04"), layers
    ).events
    assert len(event.evidence) == 150


@pytest.mark.parametrize("seed", range(12))
def test_words_that_were_dropped_doubled_and_shuffled_are_read(seed: int, layers: Layers) -> None:
    rng = random.Random(seed)
    dispatches = sorted((Path(__file__).parent / "dispatches").glob("*.txt"))
    words = rng.choice(dispatches).read_text(encoding="utf-8").split(" ")
    torn = [word for word in words for _ in range(rng.choice((0, 1, 1, 1, 2)))]
    at = rng.randrange(len(torn))
    part = torn[at : at + 60]
    rng.shuffle(part)
    torn[at : at + 60] = part
    document = Document.of(" ".join(torn), published="2024-06-04")
    assert read(document, layers).document == document


def test_a_sea_so_small_that_nothing_of_it_is_left_is_a_point(layers: Layers) -> None:
    """The south coast of the Emirates faces no open sea but for a sliver."""
    text = (
        "A missile came down off the south coast of the United Arab Emirates, outside its exclusive economic zone, "
        "on Tuesday, officials said. It flew 50 km."
    )
    reading = read(Document.of(text, published="2024-06-04"), layers)
    shapes = [one.place.geometry for one in reading.mentions if one.place and one.place.geometry is not None]

    assert reading.events
    assert shapes
    assert not any(shape.is_empty for shape in shapes)
