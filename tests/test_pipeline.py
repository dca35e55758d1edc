"""From a document to a reading: the same every time, whatever the text holds, and one line of JSON that says it all."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from geomap import codec, pipeline
from geomap.catalog import Layers
from geomap.types import Document, Event, Location, Reading

STORY = """\
SEOUL, Sept. 15 (Agency) — North Korea fired two short-range ballistic missiles off its east coast on Wednesday, South
Korea's Joint Chiefs of Staff said. They were fired from a train near Yangdok and flew about 800 km (500 miles).

Japan's Defense Ministry said that they fell inside Japan's exclusive economic zone, 350 km west of Oshima-Oshima.
Hours later South Korea tested a submarine-launched ballistic missile off its south coast.

In 2017 North Korea had fired an intercontinental ballistic missile from Pyongsong. Pyongyang said nothing. A lecturer
at Troy University doubted it. Ships near Qwexil Reef were safe; the area is bounded by 38-30N 129-10E, 38-30N 130-00E,
37-50N 130-00E and 37-50N 129-10E.
"""


def read(text: str, layers: Layers, published: str | None = "2021-09-15") -> Reading:
    return pipeline.read(Document.of(text, published=published), layers)


@pytest.fixture(scope="module")
def story(layers: Layers) -> Reading:
    return read(STORY, layers)


def locations(event: Event) -> list[Location]:
    return [place for place in (event.launch, event.impact, *event.impacts) if place is not None]


def assert_whole(reading: Reading) -> None:
    """What holds for every reading."""
    text = reading.document.text
    ids = {mention.id for mention in reading.mentions}

    assert all(text[m.start : m.end] == m.text for m in reading.mentions)
    assert [m.id for m in reading.mentions] == [f"m{number}" for number in range(1, len(reading.mentions) + 1)]
    assert all((a.start, -a.end) <= (b.start, -b.end) for a, b in pairwise(reading.mentions))
    for mention in reading.mentions:
        assert mention.role in ("place", "dateline", "actor", "embedded")
        assert mention.place is not None if mention.status == "located" else True
        assert mention.place is None or mention.status in ("located", "not_mapped")
        assert (mention.status == "not_mapped") == (mention.role in ("actor", "embedded"))
        assert mention.why
    assert [event.id for event in reading.events] == [f"e{number}" for number in range(1, len(reading.events) + 1)]
    for event in reading.events:
        assert all(0 <= start < end <= len(text) for start, end in event.evidence)
        assert all(0 <= claim.start < claim.end <= len(text) for claim in event.claims)
        assert all(claim.verdict is not None for claim in event.claims)
        assert all(place.mention is None or place.mention in ids for place in locations(event))
    for shape in [place.geometry for event in reading.events for place in locations(event)]:
        assert shape.is_valid
    assert [band.id for band in reading.ranges] == [f"r{number}" for number in range(1, len(reading.ranges) + 1)]
    assert {band.event for band in reading.ranges} <= {event.id for event in reading.events}


def test_a_story_is_whole(story: Reading) -> None:
    assert_whole(story)


def test_a_story_has_its_launches(story: Reading) -> None:
    told = [(event.actor, event.weapon.kind, event.count, event.background) for event in story.events]

    assert told == [("PRK", "SRBM", 2, False), ("KOR", "SLBM", 1, False), ("PRK", "ICBM", 1, True)]


def test_every_role_and_status_occurs(story: Reading) -> None:
    assert {mention.role for mention in story.mentions} == {"place", "dateline", "actor", "embedded"}
    assert {mention.status for mention in story.mentions} >= {"located", "unresolved", "not_mapped"}


def test_reading_twice_gives_the_same_bytes(story: Reading, layers: Layers) -> None:
    assert codec.dumps(read(STORY, layers)) == codec.dumps(story)


def test_a_reading_survives_its_json(story: Reading) -> None:
    line = codec.dumps(story)
    again = codec.loads(line)

    assert "\n" not in line
    assert codec.dumps(again) == line
    assert again.document == story.document
    assert [m.text for m in again.mentions] == [m.text for m in story.mentions]


def test_the_json_has_the_fields_of_the_contract(story: Reading) -> None:
    form = json.loads(codec.dumps(story))

    assert form["schema"] == "geomap.reading/1"
    assert set(form) >= {"document", "mentions", "events", "hazards", "ranges", "crossings", "assumed", "notes"}
    assert set(form["events"][0]["weapon"]) == {"text", "class", "system"}
    assert form["ranges"][0]["from"] in ("point", "area")
    assert form["mentions"][0]["place"]["source"].startswith("gazetteer:")


def test_the_dateline_is_not_where_it_happened(story: Reading) -> None:
    datelines = {mention.id for mention in story.mentions if mention.role == "dateline"}

    assert len(datelines) == 1
    assert [place.text for event in story.events for place in locations(event) if place.mention in datelines] == []


def test_a_document_without_a_day_takes_the_date_in_its_first_lines(layers: Layers) -> None:
    dated = read("SEOUL, Sept. 15, 2021 — North Korea fired a missile on Wednesday.", layers, published=None)
    undated = read("SEOUL — North Korea fired a missile on Wednesday.", layers, published=None)

    assert dated.document.published == "2021-09-15"
    assert dated.events[0].when is not None
    assert undated.document.published is None
    assert undated.events[0].when is None


def test_many_articles_are_read_in_their_order(layers: Layers) -> None:
    texts = ["Iran fired a missile.", "", "India fired a missile."]
    readings = list(pipeline.read_all((Document.of(text) for text in texts), layers))

    assert [reading.document.text for reading in readings] == texts
    assert [[event.actor for event in reading.events] for reading in readings] == [["IRN"], [], ["IND"]]


def test_the_steps_are_plain_functions_from_reading_to_reading(layers: Layers) -> None:
    reading = Reading(document=Document.of("North Korea fired a missile off its east coast."))
    for step in pipeline.steps(layers):
        reading = step(reading)
        assert isinstance(reading, Reading)

    assert reading == pipeline.read(reading.document, layers)


def test_launches_alone_are_the_same_launches(layers: Layers) -> None:
    document = Document.of("North Korea fired a missile from Sunan. It flew 800 km and fell outside Japan's EEZ.")

    whole, alone = (pipeline.read(document, layers, launches_alone=alone) for alone in (False, True))

    assert whole.ranges
    assert whole.crossings
    assert not alone.ranges
    assert not alone.crossings
    assert alone.events == whole.events
    assert alone.mentions == whole.mentions


# -------------------------------------------------------------------------------------------------------- hostile text


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Break off what takes too long, so that no test can hang."""

    def give_up(*_: object) -> None:
        message = f"not done within {seconds} s"
        raise TimeoutError(message)

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


HOSTILE = {
    "markup": "<script>alert('Seoul')</script> North Korea fired a <b>missile</b> off its coast &amp; &lt;Japan&gt;.",
    "template": "{{ 7*7 }} ${alert(1)} {% raw %} North Korea fired a missile near {Wonsan}.",
    "nul": "North\x00 Korea fired a missile\x00 off its east\x00 coast.",
    "right to left": "\u202eNorth Korea\u202c fired a missile \u2067off its coast\u2069 \u05d0\u05d1 near Wonsan.",
    "surrogate": "North Korea fired a missile \ud83d near Wonsan.",
    "combining": "North Korea fired a missi\u0301le near Wo\u0306nsan" + "\u0301" * 500 + ".",
    "private use": "\ue001\ue002\ue003 fired \ue004 300 km east of \ue003 \ue006 North Korea fired a missile.",
    "longer when lowered": "İİİİ Seoul said İ Iran fired a missile İ off its east coast, the Japan Coast Guard said.",
    "many digits": "North Korea fired " + "9" * 5000 + " missiles that flew " + "9" * 400 + " km.",
    "far future": "North Korea fired a missile 99999999999 days ago, on 31 February 9999.",
    "great distance": "North Korea fired a missile from Wonsan. It flew 90,000 km and fell 50,000 km east of Guam.",
    "no distance": "North Korea fired a missile from Wonsan. It flew 0 km and fell 0 km east of Guam.",
    "odd coordinates": "It fell at 90-00N 180-00E. Iran fired a missile that fell at 90-00S 180-00W, 00-00N 000-00E.",
    "brackets": "(" * 3000 + "North Korea fired a missile" + ")" * 3000,
    "one line": "missile " * 1000,
    "one word": "a" * 50_000,
    "capitals": "NORTH KOREA FIRED A MISSILE OFF ITS EAST COAST, SEOUL SAYS. " * 20,
    "only marks": "…—“”‘’•·\u2028\u2029\ufeff\u200b" * 100,
    "blank lines": "\n" * 5000 + "North Korea fired a missile." + "\n" * 5000,
}  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_without_harm(text: str, layers: Layers) -> None:
    with within(seconds=10):
        reading = read(text, layers)

    assert_whole(reading)
    if "\ud83d" not in text:  # half a character has no place in JSON: the door for articles keeps it out
        line = codec.dumps(reading)
        assert codec.dumps(codec.loads(line)) == line
        assert codec.loads(line).document.text == text


@pytest.mark.parametrize(
    "piece",
    [
        "North Korea fired a missile off its east coast on Tuesday. ",
        "one hundred and ",
        "Seoul, ",
        "300 km east of ",
        "the exclusive economic zone of ",
        "between Japan and ",
        "Sept. 15, ",
        "38-30N 129-10E, ",
        "A missile fell near the coast of the coast of ",
        "St. ",
    ],
)
def test_a_long_text_is_read_in_reasonable_time(piece: str, layers: Layers) -> None:
    with within(seconds=10):
        reading = read(piece * (4_000 // len(piece)), layers)

    assert_whole(reading)


PIECES = [
    *("North Korea", "Pyongyang", "Japan's", "Sunan", "Wonsan", "Fiji", "the zone", "its east coast", "Qwexil Reef"),
    *(" fired ", " fell ", " said ", " flew ", "two ballistic missiles", "an ICBM", "it", "800 km", "on Tuesday"),
    *(
        "about 300 km east of ",
        "from ",
        "off ",
        "near ",
        "inside ",
        "outside ",
        "between ",
        " and ",
        "into ",
        "toward ",
    ),
    *("the exclusive economic zone", "the Sea of Japan", "38-30N 179-10W", "In 2017", ". ", ", ", "\n\n", "SEOUL — "),
    *("<b>", "\u202e", "\x00", "’s", "(", ")", " "),
]


@settings(deadline=None, derandomize=True, max_examples=80)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_any_mixture_of_words_gives_a_whole_reading(layers: Layers, text: str) -> None:
    reading = read(text, layers)
    line = codec.dumps(reading)

    assert_whole(reading)
    assert codec.dumps(codec.loads(line)) == line
