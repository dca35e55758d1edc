"""Times of day: what a clock shows, whose clock it is, and how the day of a launch narrows to it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, strategies as st

from geomap import pipeline
from geomap.catalog import Layers
from geomap.events.airtime import durations, flight_time
from geomap.events.clock import find_clocks
from geomap.events.dayparts import parts_of_day
from geomap.events.zonetime import local_zone, zone_of
from geomap.types import Document, Event, When

ISSUE = "2022-03-25"  # a Friday


def only(text: str, layers: Layers, published: str = ISSUE) -> Event:
    (event,) = pipeline.read(Document.of(text, published=published), layers).events
    return event


def when(text: str, layers: Layers, published: str = ISSUE) -> When:
    found = only(text, layers, published).when
    assert found is not None
    return found


# ------------------------------------------------------------------------------------------------ what a clock shows


@pytest.mark.parametrize(
    ("words", "first", "last", "zone"),
    [
        ("5:27 a.m.", 327, 328, ""),
        ("0734 JST", 454, 455, "JST"),
        ("23:03 GMT", 1383, 1384, "GMT"),
        ("11:01 p.m. PST", 1381, 1382, "PST"),
        ("3:12 p.m. Moscow time", 912, 913, "Moscow time"),
        ("12:05 a.m.", 5, 6, ""),
        ("12:05 p.m.", 725, 726, ""),
        ("around 14:33", 868, 878, ""),
        ("5 a.m.", 295, 305, ""),
        ("shortly after 6:10 p.m.", 1090, 1105, ""),
        ("2230Z", 1350, 1351, "Z"),
        ("seven o'clock in the evening", 1135, 1145, ""),
        ("06:15 UTC+9", 375, 376, "UTC+9"),
        ("6:57 a.m. (JST)", 417, 418, "JST"),
    ],
)
def test_a_clock_time_is_an_interval_of_minutes(words: str, first: int, last: int, zone: str) -> None:
    sentence = f"The missile was launched at {words}, the army said."
    (clock,) = find_clocks(sentence)

    assert (clock.first, clock.last, clock.zone) == (first, last, zone)
    assert sentence[clock.start : clock.end].strip(".") == words.strip(".")
    assert clock.role == "launch"


@pytest.mark.parametrize(
    "words",
    ["25:99", "24:00", "99:99 p.m.", "13:05 a.m.", "0 p.m.", "at 2460 JST", "39:30N", "a ratio of 4:3", "by 5:30"],
)
def test_what_no_clock_shows_is_no_time(words: str) -> None:
    assert find_clocks(f"It was launched at {words} there.") == []


def test_the_first_of_two_times_has_its_half_of_the_day_from_the_second() -> None:
    clocks = find_clocks("They were fired at 6:45 and 6:50 p.m. on Tuesday.")

    assert [clock.first for clock in clocks] == [18 * 60 + 45, 18 * 60 + 50]


def test_what_happened_then_is_told_by_the_nearest_words() -> None:
    sentence = (
        "Seoul said at 7:30 a.m. that the missile was fired at 5:27 a.m. and is believed to have fallen at 6:38 a.m."
    )

    assert [clock.role for clock in find_clocks(sentence)] == ["said", "launch", "fall"]


@given(st.text(alphabet="0123456789:.apmPMZ +-()GTUCSJK’o'clock around", max_size=60))
def test_no_string_of_clock_signs_makes_an_impossible_time(words: str) -> None:
    sentence = f"It was fired at {words} on Tuesday"
    for clock in find_clocks(sentence):
        assert 0 <= clock.start < clock.end <= len(sentence)
        assert -20 <= clock.first < clock.last <= 24 * 60 + 20
    for one in durations(sentence):
        assert 0 < one.amount.low <= one.amount.value <= one.amount.high


@given(st.text(max_size=80))
def test_no_text_breaks_the_readers_of_times(text: str) -> None:
    for clock in (*find_clocks(text), *parts_of_day(text, 0, [])):
        assert clock.first < clock.last
        zone_of(clock.zone, ("IND",), 80.0)
    amount = flight_time(text)
    assert amount is None or amount.value > 0


# ------------------------------------------------------------------------------------------------------- whose clock


@pytest.mark.parametrize(
    ("zone", "states", "lon", "hours"),
    [
        ("KST", (), None, 9),
        ("Z", (), None, 0),
        ("IST", ("IND",), 85.0, 5.5),
        ("IST", ("ISR",), 34.8, 2),
        ("IST", (None, "Houthis"), 44.2, 2),
        ("CST", ("CHN",), 111.0, 8),
        ("CST", ("USA",), -97.0, -6),
        ("UTC+9", (), None, 9),
        ("GMT+3:30", (), None, 3.5),
        ("Korean time", (), None, 9),
        ("Moscow time", (), None, 3),
        ("Kyiv time", (), None, 2),
        ("Pacific time", (), None, -8),
        ("local time", ("PRK",), 125.7, 9),
        ("local time", ("USA",), -120.6, -8),
        ("local time", ("USA",), -152.3, -9),
        ("local time", ("USA",), -159.8, -10),
        ("local time", ("RUS",), 40.5, 3),
        ("local time", (), 179.0, 12),
        ("local time", (), -179.0, -12),
    ],
)
def test_a_zone_is_known_by_its_name_the_state_and_the_longitude(
    zone: str, states: tuple[str | None, ...], lon: float | None, hours: float
) -> None:
    found = zone_of(zone, states, lon)

    assert found is not None
    assert datetime(2022, 1, 15, 12, tzinfo=found).utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize("zone", ["Atlantis time", "UTC+25", "Party time"])
def test_an_unknown_zone_is_none(zone: str) -> None:
    assert zone_of(zone, ("PRK",), 125.7) is None


def test_without_a_state_and_a_longitude_there_is_no_local_time() -> None:
    assert local_zone((None, "Houthis"), None) is None


def test_local_time_has_its_summer() -> None:
    found = local_zone(("UKR",), 31.0)

    assert found is not None
    assert datetime(2022, 7, 15, 12, tzinfo=found).utcoffset() == timedelta(hours=3)


# ------------------------------------------------------------------------------------------------ the day of a launch


@pytest.mark.parametrize(
    ("words", "start", "end"),
    [
        ("at 5:27 a.m. on Wednesday", "2022-03-22T20:27:00Z", "2022-03-22T20:28:00Z"),
        ("on Wednesday at 2103 GMT", "2022-03-23T21:03:00Z", "2022-03-23T21:04:00Z"),
        ("on Wednesday, and that was at 6:03 a.m. KST", "2022-03-22T21:03:00Z", "2022-03-22T21:04:00Z"),
        ("early Wednesday local time", "2022-03-22T15:00:00Z", "2022-03-23T00:00:00Z"),
        ("before dawn on Wednesday", "2022-03-22T15:00:00Z", "2022-03-22T22:00:00Z"),
        ("on Wednesday morning", "2022-03-22T20:00:00Z", "2022-03-23T03:00:00Z"),
        ("late on Wednesday", "2022-03-23T09:00:00Z", "2022-03-23T15:00:00Z"),
        ("on Wednesday night", "2022-03-23T09:00:00Z", "2022-03-23T21:00:00Z"),
        ("at around noon on Wednesday", "2022-03-23T02:55:00Z", "2022-03-23T03:05:00Z"),
        ("on Wednesday at 25:99", "2022-03-22T15:00:00Z", "2022-03-23T15:00:00Z"),
        ("on Wednesday at 5:27 a.m. Atlantis time", "2022-03-22T15:00:00Z", "2022-03-23T15:00:00Z"),
    ],
)
def test_the_day_narrows_to_the_time_of_launch(words: str, start: str, end: str, layers: Layers) -> None:
    found = when(f"North Korea fired a missile from Sunan {words}.", layers)

    assert (found.start, found.end) == (start, end)


def test_gmt_in_another_sentence_is_on_the_local_day(layers: Layers) -> None:
    text = "North Korea fired a missile from Sunan on Wednesday. The launch was detected at 2103 GMT."

    assert when(text, layers).start == "2022-03-22T21:03:00Z"


def test_the_words_are_those_of_day_and_time(layers: Layers) -> None:
    apart = "North Korea fired a missile on Wednesday. The launch was at 5:27 a.m. from Sunan."

    assert when("North Korea fired a missile at 5:27 a.m. on Wednesday.", layers).said == "5:27 a.m. on Wednesday"
    assert when(apart, layers).said == "Wednesday, 5:27 a.m."


@pytest.mark.parametrize(
    "more",
    [
        "Sirens sounded in Japan at 7:27 a.m.",
        "The ministry issued a statement at 9 a.m.",
        "It fell into the East Sea at 6:38 a.m.",
        "The security council met at noon.",
    ],
)
def test_the_times_of_other_things_do_not_narrow_it(more: str, layers: Layers) -> None:
    assert when(f"North Korea fired a missile from Sunan on Wednesday. {more}", layers).said == "Wednesday"


def test_the_posts_of_a_live_page_are_no_times_of_launch(layers: Layers) -> None:
    text = (
        "Thursday, March 24, 2022\n\n17:10 North Korea launched a missile from Sunan on Thursday, Tokyo says.\n\n"
        "16:40 Nothing was hit.\n\n16:05 Seoul has called a meeting.\n"
    )

    assert when(text, layers).end == "2022-03-24T15:00:00Z"


def test_a_time_on_the_other_side_of_the_date_line(layers: Layers) -> None:
    text = "The United States launched a missile from Vandenberg at 11:01 p.m. PST on Tuesday."

    assert when(text, layers).start == "2022-03-23T07:01:00Z"


@pytest.mark.parametrize(("published", "offset"), [("0001-01-01", "9999"), ("9999-12-31", "9999")])
def test_a_day_at_the_end_of_the_calendar_is_no_failure(published: str, offset: str, layers: Layers) -> None:
    reading = pipeline.read(Document.of("North Korea fired a missile today at 5:27 a.m.", published=published), layers)

    assert all(event.when is None or event.when.start <= offset for event in reading.events)


# ------------------------------------------------------------------------------------------------------- flight time


@pytest.mark.parametrize(
    ("sentence", "minutes"),
    [
        ("The missile flew for about 71 minutes.", 71),
        ("It stayed in the air for around 30 minutes.", 30),
        ("It fell into the sea after a flight of 22 minutes.", 22),
        ("It was seventy minutes in the air.", 70),
        ("The flight lasted about half an hour.", 30),
        ("It flew 1,000 km in an hour and ten minutes.", 70),
        ("It exploded 30 seconds after launch.", 0.5),
        ("The rocket was airborne for eight and a half minutes.", 8.5),
        ("Seventy minutes after launch it splashed down off Japan.", 70),
        ("A 22-minute flight ended off Hawaii.", 22),
        ("It flew for 66 to 68 minutes.", 67),
    ],
)
def test_a_flight_time(sentence: str, minutes: float) -> None:
    amount = flight_time(sentence)

    assert amount is not None
    assert amount.value == pytest.approx(minutes, abs=0.01)
    assert amount.low <= amount.value <= amount.high
    assert amount.said in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "Eight and a half minutes after launch the engine cut out.",
        "Two missiles were fired about 40 minutes apart.",
        "People had seven minutes of warning.",
        "The missile could reach Guam in 14 minutes.",
        "Residents stayed in shelters for 20 minutes.",
        "The plane flew for 40 minutes.",
        "Flights were held for ten minutes.",
        "The position was 39 degrees 30 minutes north.",
        "Seoul answered six minutes after the launch.",
        "It flew for zero minutes.",
    ],
)
def test_other_times_are_no_flight_time(sentence: str) -> None:
    assert flight_time(sentence) is None


def test_two_clock_times_make_a_flight_time(layers: Layers) -> None:
    text = (
        "North Korea launched a missile from Sunan on Thursday. It was launched at around 1433 and is believed to have "
        "fallen at around 1544 off Japan."
    )
    amount = only(text, layers).flight_min

    assert amount is not None
    assert (amount.value, amount.low, amount.high) == (71, 60, 82)
    assert amount.said == "around 1433 … around 1544"


def test_a_stated_flight_time_wins_over_the_clock(layers: Layers) -> None:
    text = (
        "North Korea launched a missile from Sunan on Thursday. It was launched at 14:33 and fell at 15:44."
        " It flew for 70 minutes."
    )
    amount = only(text, layers).flight_min

    assert amount is not None
    assert amount.value == 70
