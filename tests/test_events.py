"""Launches: who fired what, when and from where; what the text does not say stays null."""

from __future__ import annotations

import pytest

from geomap import pipeline
from geomap.catalog import Layers
from geomap.types import Document, Event, Reading

ISSUE = "2022-03-16"  # a Wednesday


def read(text: str, layers: Layers, published: str | None = ISSUE) -> Reading:
    return pipeline.read(Document.of(text, published=published), layers)


def events(text: str, layers: Layers) -> tuple[Event, ...]:
    return read(text, layers).events


def only(text: str, layers: Layers) -> Event:
    (event,) = events(text, layers)
    return event


# ------------------------------------------------------------------------------------------------------- who and what


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("North Korea fired a missile on Wednesday.", "PRK"),
        ("Pyongyang launched a missile on Wednesday, Seoul said.", "PRK"),
        ("South Korea's military said North Korea fired a missile.", "PRK"),
        ("A missile was fired by Iran on Wednesday.", "IRN"),
        ("Iranian forces fired a missile on Wednesday.", "IRN"),
        ("The Houthis fired a missile on Wednesday.", "Houthis"),
        ("A Chinese rocket fell at 20-00N 157-00W on Wednesday.", "CHN"),
        ("North Korea fired a missile toward Japan on Wednesday.", "PRK"),
        ("A missile was fired from Sunan on Wednesday.", "PRK"),
    ],
)
def test_who_fired(text: str, actor: str, layers: Layers) -> None:
    assert only(text, layers).actor == actor


@pytest.mark.parametrize(
    ("words", "kind", "count"),
    [
        ("a missile", None, 1),
        ("two ballistic missiles", None, 2),
        ("a short-range ballistic missile", "SRBM", 1),
        ("three medium-range ballistic missiles", "MRBM", 3),
        ("an intermediate-range ballistic missile", "IRBM", 1),
        ("an intercontinental ballistic missile", "ICBM", 1),
        ("an ICBM", "ICBM", 1),
        ("a submarine-launched ballistic missile", "SLBM", 1),
        ("several cruise missiles", "cruise", None),
        ("eleven rockets", "rocket", 11),
        ("more than 200 artillery shells", "artillery", 200),
        ("a pair of cruise missiles", "cruise", 2),
        ("a space launch vehicle", "SLV", 1),
    ],
)
def test_what_was_fired(words: str, kind: str | None, count: int | None, layers: Layers) -> None:
    event = only(f"North Korea fired {words} on Wednesday.", layers)

    assert (event.weapon.kind, event.count) == (kind, count)
    assert words.split()[-1] in event.weapon.text


def test_a_named_system_gives_its_class(layers: Layers) -> None:
    event = only("North Korea fired a Hwasong-17 missile on Wednesday.", layers)

    assert (event.weapon.system, event.weapon.kind) == ("Hwasong-17", "ICBM")


def test_the_number_of_a_system_counts_nothing(layers: Layers) -> None:
    event = only("China launched a Long March 5 rocket from Wenchang on Wednesday.", layers)

    assert event.count == 1
    assert event.when is not None
    assert event.when.said == "Wednesday"


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("North Korea fired a missile from a train on Wednesday.", "platform", "train"),
        ("North Korea fired a missile from a submarine on Wednesday.", "platform", "submarine"),
        ("China fired a missile from a silo on Wednesday.", "platform", "silo"),
        ("North Korea fired a missile from a mobile launcher on Wednesday.", "platform", "TEL"),
        ("North Korea fired a missile on Wednesday, but it exploded.", "outcome", "failure"),
        ("North Korea fired a missile on a lofted trajectory on Wednesday.", "trajectory", "lofted"),
        ("North Korea fired a missile on Wednesday. It flew an irregular path.", "trajectory", "irregular"),
        ("North Korea fired a missile on Wednesday.", "platform", None),
        ("North Korea fired a missile on Wednesday.", "outcome", None),
        ("North Korea fired a missile on Wednesday.", "trajectory", None),
    ],
)
def test_how_it_flew(text: str, field: str, value: str | None, layers: Layers) -> None:
    assert getattr(only(text, layers), field) == value


def test_distance_height_and_bearing(layers: Layers) -> None:
    text = "North Korea fired a missile on Wednesday. It flew about 450 km to the northeast at a height of 60 km."
    event = only(text, layers)

    assert event.distance_km is not None
    assert event.distance_km.value == 450
    assert event.apogee_km is not None
    assert event.apogee_km.value == 60
    assert event.bearing_deg is not None
    assert (event.bearing_deg.value, event.bearing_deg.low, event.bearing_deg.high) == (45, 22.5, 67.5)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("toward the northeast", 45.0),
        ("in an easterly direction", 90.0),
        ("north-northwest", 337.5),
        ("eastward", 90.0),
        ("on a bearing of 93 degrees", 93.0),
    ],
)
def test_a_bearing_of_flight(words: str, value: float, layers: Layers) -> None:
    event = only(f"North Korea fired a missile on Wednesday that flew {words} before it broke up.", layers)

    assert event.bearing_deg is not None
    assert event.bearing_deg.value == value


def test_a_sentence_that_only_gives_a_bearing_goes_on_about_the_launch(layers: Layers) -> None:
    event = only("North Korea fired a missile on Wednesday. It flew to the northeast.", layers)

    assert event.bearing_deg is not None
    assert event.bearing_deg.value == 45


@pytest.mark.parametrize(
    "sentence",
    [
        "The missile has a range of 1,300 km.",
        "The zone reaches 370 km from the shore.",
        "Guam lies 3,400 km away.",
        "It could fly 5,000 km.",
    ],
)
def test_a_range_or_a_width_was_not_flown(sentence: str, layers: Layers) -> None:
    event = only(f"North Korea fired a missile on Wednesday. {sentence}", layers)

    assert event.distance_km is None


def test_statute_miles_that_may_be_nautical_are_noted(layers: Layers) -> None:
    event = only("Iran fired a missile on Wednesday. It flew about 600 miles.", layers)

    assert event.distance_km is not None
    assert event.distance_km.value == pytest.approx(965.6, abs=0.1)
    assert any("1111 km" in note for note in event.notes)


def test_nautical_miles_need_no_note(layers: Layers) -> None:
    event = only("Iran fired a missile on Wednesday. It flew about 600 nautical miles.", layers)

    assert event.distance_km is not None
    assert event.distance_km.value == pytest.approx(1111.2)
    assert event.notes == ()


# ------------------------------------------------------------------------------------------------------------- where


def test_a_launch_without_a_place_stays_null(layers: Layers) -> None:
    event = only("North Korea fired a ballistic missile on Wednesday, South Korea's military said.", layers)

    assert (event.launch, event.impact, event.impacts, event.track) == (None, None, (), None)


def test_a_dateline_is_never_an_event_place(layers: Layers) -> None:
    reading = read("SEOUL, March 16 (Agency) — A missile was fired on Wednesday by North Korea.", layers)
    (event,) = reading.events

    assert reading.mentions[0].role == "dateline"
    assert event.launch is None
    assert event.impact is None


def test_the_country_that_fired_is_not_the_launch_place(layers: Layers) -> None:
    assert only("A missile was fired from North Korea on Wednesday.", layers).launch is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("North Korea fired a missile from Sunan on Wednesday.", "Sunan"),
        ("North Korea fired a missile from near Wonsan on Wednesday.", "near Wonsan"),
        ("North Korea fired a missile from a submarine near Sinpo on Wednesday.", "near Sinpo"),
        ("A Russian rocket lifted off from the Plesetsk Cosmodrome on Wednesday.", "Plesetsk Cosmodrome"),
        ("India tested an Agni-5 missile from Abdul Kalam Island on Wednesday.", "Abdul Kalam Island"),
    ],
)
def test_where_it_was_fired(text: str, words: str, layers: Layers) -> None:
    launch = only(text, layers).launch

    assert launch is not None
    assert launch.text == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("North Korea fired a missile off its east coast on Wednesday.", "off its east coast"),
        ("North Korea fired a missile into the Sea of Japan on Wednesday.", "Sea of Japan"),
        ("North Korea fired a missile on Wednesday. It fell 57 km east of Sokcho.", "57 km east of Sokcho"),
        ("North Korea fired a missile on Wednesday. It landed at 40-00N 131-00E.", "40-00N 131-00E"),
        ("China fired eleven missiles into waters around Taiwan on Wednesday.", "around Taiwan"),
    ],
)
def test_where_it_came_down(text: str, words: str, layers: Layers) -> None:
    impact = only(text, layers).impact

    assert impact is not None
    assert words in impact.text


def test_where_the_leader_watched_is_no_event_place(layers: Layers) -> None:
    text = "North Korea fired a missile on Wednesday. In Busan, the president watched a drill at the time."
    event = only(text, layers)

    assert event.launch is None
    assert event.impact is None


def test_constraints_on_one_impact_are_put_together(layers: Layers) -> None:
    text = "North Korea fired a missile that fell 57 km east of Sokcho and 167 km northwest of Ulleung Island."
    impact = only(text, layers).impact

    assert impact is not None
    assert "Sokcho" in impact.text
    assert "Ulleung" in impact.text
    assert impact.radius_km < 25


def test_constraints_that_do_not_meet_are_a_conflict(layers: Layers) -> None:
    text = "North Korea fired a missile that fell 57 km east of Sokcho and 300 km south of Guam on Wednesday."
    event = only(text, layers)

    assert event.impact is not None
    assert any("does not meet" in conflict for conflict in event.conflicts)


def test_the_sea_off_a_coast_reaches_as_far_as_was_flown(layers: Layers) -> None:
    text = (
        "In the first such launch that anyone had noticed for months, North Korea fired a missile from\n"
        "Yangdok into the sea off its east coast on Wednesday. It flew about 800 km."
    )
    event = only(text, layers)

    assert event.launch is not None
    assert event.launch.text == "Yangdok"
    assert event.impact is not None
    assert event.impact.radius_km > 300
    assert "or beyond" in event.impact.rule
    assert not event.conflicts


@pytest.mark.parametrize(
    "words",
    [
        "It did not fall in the Sea of Japan.",
        "Nothing fell in the Sea of Japan.",
        "No debris has fallen in the Sea of Japan.",
        "None of it came down in the Sea of Japan.",
    ],
)
def test_where_nothing_fell_is_no_impact(words: str, layers: Layers) -> None:
    assert only(f"North Korea fired a missile on Wednesday. {words}", layers).impact is None


def test_two_seas_give_no_single_impact(layers: Layers) -> None:
    text = "North Korea fired several rockets into the East Sea and the West Sea alike on Wednesday."
    event = only(text, layers)

    assert event.impact is None
    assert [location.text for location in event.impacts] == ["East Sea", "West Sea"]
    assert [location.feature for location in event.impacts] == ["seas/sea-of-japan", "seas/yellow-sea"]


def test_a_track_joins_launch_and_impact(layers: Layers) -> None:
    text = "North Korea fired a missile from Sunan on Wednesday. It fell about 250 km west of Oshima-Oshima."
    event = only(text, layers)

    assert event.launch is not None
    assert event.impact is not None
    assert event.track is not None
    start, end = event.track.coords[0], event.track.coords[-1]
    assert start == pytest.approx((event.launch.lon, event.launch.lat), abs=1e-3)
    assert end == pytest.approx((event.impact.lon, event.impact.lat), abs=1e-3)


# ---------------------------------------------------------------------------------------------------- which and when


def test_two_launches_of_two_states_stay_two(layers: Layers) -> None:
    text = "North Korea fired a missile from Wonsan on Tuesday. South Korea fired a missile from Taean on Tuesday."
    one, other = events(text, layers)

    assert (one.id, one.actor, one.launch is not None and one.launch.text) == ("e1", "PRK", "Wonsan")
    assert (other.id, other.actor, other.launch is not None and other.launch.text) == ("e2", "KOR", "Taean")


def test_one_launch_told_twice_stays_one(layers: Layers) -> None:
    text = (
        "North Korea fired a ballistic missile on Wednesday, Seoul said.\n\n"
        "The missile was fired from Sunan at dawn and flew 800 km, it said."
    )
    event = only(text, layers)

    assert event.launch is not None
    assert event.launch.text == "Sunan"
    assert event.distance_km is not None


@pytest.mark.parametrize(
    "recall",
    [
        "In November 2017 it fired an intercontinental ballistic missile from Pyongsong.",
        "Last month it fired two cruise missiles from Kusong.",
        "Two cruise missiles were fired last March from Kusong.",
        "On Jan. 5 it had fired a hypersonic missile from Jagang.",
    ],
)
def test_a_recalled_launch_is_background(recall: str, layers: Layers) -> None:
    text = f"North Korea fired a short-range ballistic missile from Sunan on Wednesday. {recall}"
    now, before = events(text, layers)

    assert (now.background, before.background) == (False, True)
    assert now.launch is not None
    assert now.launch.text == "Sunan"


@pytest.mark.parametrize(
    "text",
    [
        "North Korea could fire a missile soon, analysts said.",
        "Iran has missiles that can reach Israel.",
        "The council banned all missile launches by North Korea.",
        "Trains ran as usual in Seoul.",
        "",
    ],
)
def test_where_nothing_was_fired_there_is_no_event(text: str, layers: Layers) -> None:
    assert events(text, layers) == ()


def test_a_day_is_local_to_the_launch(layers: Layers) -> None:
    when = only("North Korea fired a missile on Tuesday.", layers).when

    assert when is not None
    assert (when.start, when.end, when.said) == ("2022-03-14T15:00:00Z", "2022-03-15T15:00:00Z", "Tuesday")


def test_without_a_day_of_issue_a_weekday_stays_undated_and_is_noted(layers: Layers) -> None:
    (event,) = read("North Korea fired a missile on Tuesday.", layers, published=None).events

    assert event.when is None
    assert any("'Tuesday'" in note for note in event.notes)


def test_evidence_is_the_words_that_it_was_read_from(layers: Layers) -> None:
    text = "Rain fell in Seoul. North Korea fired a missile on Tuesday. It flew 800 km."
    event = only(text, layers)
    words = [text[start:end].strip() for start, end in event.evidence]

    assert words == ["North Korea fired a missile on Tuesday.", "It flew 800 km."]


def test_events_are_numbered_in_the_order_of_the_text(layers: Layers) -> None:
    text = (
        "North Korea fired a missile on Wednesday. South Korea fired two cruise missiles hours later. "
        "In 2017 North Korea had fired an intercontinental ballistic missile."
    )

    assert [event.id for event in events(text, layers)] == ["e1", "e2", "e3"]
