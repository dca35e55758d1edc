"""Several articles, one launch: which events are merged, what is kept of each, and what reports do not agree on."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pytest
import shapely
from click.testing import Result
from hypothesis import given, strategies as st
from toys import two_koreas

from geomap import dates
from geomap.articles import open_article
from geomap.catalog import Layers, open_layers
from geomap.codec import dumps, dumps_story, loads, loads_story
from geomap.errors import InputError
from geomap.geodesy import disc
from geomap.pipeline import read
from geomap.scene import make_scene
from geomap.stage import Scene, Table
from geomap.story import merge, shown
from geomap.types import (
    Amount,
    Claim,
    Document,
    Event,
    Location,
    MergedEvent,
    Reading,
    Statement,
    Story,
    Verdict,
    Weapon,
    When,
)

WONSAN, SUNAN = (127.44, 39.15), (125.67, 39.22)


def at(lon: float, lat: float, radius_km: float = 10.0, text: str = "there", mention: str | None = None) -> Location:
    return Location(
        mention=mention, text=text, lon=lon, lat=lat, radius_km=radius_km, geometry=disc(lon, lat, radius_km),
        rule="named", why="named",
    )  # fmt: skip


def local(day: int, month: int = 9, said: str | None = None) -> When:
    """A day of Korean time in 2021."""
    return When(
        start=f"2021-{month:02}-{day - 1:02}T15:00:00Z", end=f"2021-{month:02}-{day:02}T15:00:00Z",
        said=said or f"the {day}th",
    )  # fmt: skip


def utc(day: int) -> When:
    return When(start=f"2021-09-{day:02}T00:00:00Z", end=f"2021-09-{day + 1:02}T00:00:00Z", said=f"2021-09-{day:02}")


def clock(start: str, end: str) -> When:
    return When(start=f"2021-09-15T{start}:00Z", end=f"2021-09-15T{end}:00Z", said=start)


def shot(number: int = 1, kind: str | None = "SRBM", text: str = "missiles", **more: Any) -> Event:
    system = more.pop("system", None)
    known = {"actor": "PRK", "when": local(15), **more}
    return Event(id=f"e{number}", weapon=Weapon(text=text, kind=kind, system=system), **known)


def article(outlet: str, *events: Event, published: str | None = "2021-09-20", text: str = "") -> Reading:
    document = Document.of(text or f"{outlet} says so.", source=f"{outlet}.txt", title=f"The story in {outlet}",
                           outlet=outlet, published=published)  # fmt: skip
    return Reading(document=document, events=events)


def launches(story: Story) -> set[frozenset[tuple[str, str]]]:
    """The merged events as sets of outlet and event."""
    return {frozenset((source.outlet, source.event) for source in event.sources) for event in story.events}


def merged(layers: Layers, *events: Event, **more: Any) -> MergedEvent:
    """The one launch that some articles with one event each report."""
    story = merge([article(f"Paper {number}", event, **more) for number, event in enumerate(events)], layers)
    assert len(story.events) == 1
    return story.events[0]


def is_one(layers: Layers, one: Event, other: Event) -> bool:
    return len(merge([article("Kyodo", one), article("Yonhap", other)], layers).events) == 1


# ------------------------------------------------------------------------------------------------ what is one launch

EAST = at(131.0, 40.0, 350.0, "off its east coast")
ONE = (
    ("the same", shot(), shot()),
    ("an unknown actor", shot(actor=None), shot()),
    ("a local day and one of UTC", shot(), shot(when=utc(14))),
    ("a minute and its day", shot(when=clock("03:34", "03:35")), shot()),
    ("clocks that differ by a few minutes", shot(when=clock("03:34", "03:35")), shot(when=clock("03:43", "03:44"))),
    ("the day after, which is only that of issue", shot(), shot(when=local(16, said=dates.ISSUE))),
    ("the day after, from the same place", shot(launch=at(*WONSAN)), shot(when=local(16), launch=at(*WONSAN))),
    ("no class", shot(kind=None), shot()),
    ("a system and its class", shot(kind=None, system="KN-23"), shot()),
    ("a rocket and a space launcher", shot(kind="rocket"), shot(kind="SLV")),
    ("a rocket and artillery", shot(kind="rocket"), shot(kind="artillery")),
    ("neighbouring classes from the same place", shot(launch=at(*WONSAN)), shot(kind="MRBM", launch=at(*WONSAN))),
    ("a place and none", shot(launch=at(*WONSAN)), shot()),
    ("a place within the radius of the other", shot(launch=at(*WONSAN)), shot(launch=at(127.0, 39.6, 80))),
    ("impacts that overlap", shot(impact=EAST), shot(impact=at(133.0, 41.0, 60))),
    ("impacts across 180°", shot(impact=at(179.5, 40, 150)), shot(impact=at(-179.2, 40, 150))),
    ("wide impacts that lie next to each other across 180°",
     shot(impact=msgspec.structs.replace(at(175, 40, 900), geometry=shapely.box(170, 30, 180, 50))),
     shot(impact=msgspec.structs.replace(at(-175, 40, 900), geometry=shapely.box(-180, 30, -170, 50)))),
    ("one of several impacts", shot(impacts=(at(131, 40), at(135, 41))), shot(impact=at(135, 41))),
    ("about ten and eleven", shot(count=10, text="about ten missiles"), shot(count=11)),
    ("about ten and more than ten", shot(count=10, text="about ten missiles"),
     shot(count=10, text="more than ten missiles")),
    ("two and three that fell in the same sea", shot(count=2, impact=EAST), shot(count=3, impact=EAST)),
    ("two systems from the same place", shot(system="KN-23", launch=at(*WONSAN)),
     shot(system="KN-24", launch=at(*WONSAN))),
    ("distances that differ a little", shot(distance_km=Amount(value=190, low=185, high=195, said="190 km")),
     shot(distance_km=Amount(value=200, low=196, high=204, said="200 km"))),
    ("a launch and its recall", shot(), shot(background=True)),
)  # fmt: skip
TWO = (
    ("two actors", shot(), shot(actor="KOR")),
    ("two days later", shot(), shot(when=local(17))),
    ("two days later from the same place", shot(launch=at(*WONSAN)), shot(when=local(17), launch=at(*WONSAN))),
    ("the day after, without a place", shot(), shot(when=local(16))),
    ("the day before that of issue is news, that after is not", shot(when=local(15, said=dates.ISSUE)),
     shot(when=local(16))),
    ("two hours of one day", shot(when=clock("03:34", "03:35")), shot(when=clock("08:00", "08:01"))),
    ("two classes", shot(), shot(kind="ICBM")),
    ("neighbouring classes from nowhere", shot(), shot(kind="MRBM")),
    ("space launcher and artillery", shot(kind="SLV"), shot(kind="artillery")),
    ("a system of another class", shot(kind=None, system="Hwasong-15"), shot()),
    ("two launch places", shot(launch=at(*WONSAN)), shot(launch=at(*SUNAN))),
    ("two impacts", shot(impact=at(131, 40)), shot(impact=at(125, 38))),
    ("impacts whose circles meet, but not they",
     shot(impact=msgspec.structs.replace(at(129, 40, 500), geometry=shapely.box(130, 38, 131, 42))),
     shot(impact=msgspec.structs.replace(at(129, 40, 500), geometry=shapely.box(127, 38, 128, 42)))),
    ("three and ten from nowhere", shot(count=3), shot(count=10)),
    ("two counts of two classes in one sea", shot(count=2, kind=None, impact=EAST), shot(count=3, impact=EAST)),
    ("distances that differ by half", shot(distance_km=Amount(value=400, low=390, high=410, said="400 km")),
     shot(distance_km=Amount(value=800, low=790, high=810, said="800 km"))),
)  # fmt: skip


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in ONE], ids=[case[0] for case in ONE])
def test_what_does_not_contradict_is_one_launch(layers: Layers, one: Event, other: Event) -> None:
    assert is_one(layers, one, other)
    assert is_one(layers, other, one)


@pytest.mark.parametrize(("one", "other"), [case[1:] for case in TWO], ids=[case[0] for case in TWO])
def test_what_contradicts_is_two(layers: Layers, one: Event, other: Event) -> None:
    assert not is_one(layers, one, other)
    assert not is_one(layers, other, one)


def test_what_one_article_tells_apart_stays_apart(layers: Layers) -> None:
    both = article("Kyodo", shot(1, count=3), shot(2, count=10, text="ten missiles", kind=None))
    vague = article("Yonhap", shot(1, kind=None, launch=at(*WONSAN)))
    story = merge([both, vague, article("AP", shot(1, count=10, kind=None))], layers)

    assert len(story.events) == 2
    assert all(len({source.outlet for source in one.sources}) == len(one.sources) for one in story.events)
    assert any({("Kyodo", "e2"), ("AP", "e1")} <= group for group in launches(story))


def test_two_articles_with_two_events_each_make_two_launches(layers: Layers) -> None:
    story = merge([article(name, shot(1), shot(2)) for name in ("Kyodo", "Yonhap")], layers)

    assert launches(story) == {frozenset({("Kyodo", e), ("Yonhap", e)}) for e in ("e1", "e2")}


def test_an_armed_group_may_be_called_by_its_state_but_not_by_another_group(layers: Layers) -> None:
    assert merged(layers, shot(actor="YEM"), shot(actor="Houthis"), shot(actor="YEM")).actor == "Houthis"
    assert not is_one(layers, shot(actor="Houthis"), shot(actor="SAU"))
    assert not is_one(layers, shot(actor="Hamas"), shot(actor="Islamic Jihad"))


def test_a_vague_report_does_not_chain_what_contradicts(layers: Layers) -> None:
    story = merge(
        [
            article("Kyodo", shot(launch=at(*WONSAN), count=2)),
            article("Yonhap", shot(launch=at(*SUNAN), count=1)),
            article("AP", shot(kind=None)),
            article("AFP", shot(kind="ICBM")),
        ],
        layers,
    )

    assert len(story.events) == 3


def test_an_unknown_actor_does_not_chain_two_states(layers: Layers) -> None:
    story = merge(
        [article("Kyodo", shot()), article("Yonhap", shot(actor="KOR")), article("AP", shot(actor=None))], layers
    )

    assert len(story.events) == 2


def test_whether_two_places_meet_does_not_depend_on_others(layers: Layers) -> None:
    off_california, in_nevada = (
        shot(actor="USA", impact=msgspec.structs.replace(at(lon, 35, 1200, "there"), geometry=shapely.box(*box)))
        for lon, box in ((-125, (-130, 25, -120, 45)), (-118, (-119, 10, -112, 40)))
    )
    elsewhere = [shot(actor=None, when=local(15), impact=at(lon, 0, 300)) for lon in (54, 54.5, 55, 55.5, 56, 57)]
    two = [article("A", off_california), article("B", in_nevada)]
    story = merge([*two, *(article(f"Paper {number}", one) for number, one in enumerate(elsewhere))], layers)

    assert {frozenset({("A", "e1")}), frozenset({("B", "e1")})} <= launches(story)


def test_neighbouring_days_that_several_tell_are_two_launches(layers: Layers) -> None:
    place = at(*WONSAN)
    days = [shot(when=local(day), launch=place) for day in (15, 15, 16, 16)]
    story = merge([article(f"Paper {number}", event) for number, event in enumerate(days)], layers)

    assert sorted(len(event.sources) for event in story.events) == [2, 2]


def test_an_event_without_a_date_goes_to_the_only_launch_that_it_can_be(layers: Layers) -> None:
    undated = article("AP", shot(when=None, background=True))
    alone = merge([article("Kyodo", shot()), undated], layers)
    torn = merge([article("Kyodo", shot()), article("Yonhap", shot(when=local(3))), undated], layers)

    assert len(alone.events) == 1
    assert len(torn.events) == 3


@pytest.mark.parametrize(
    "undated",
    [
        shot(when=None, background=True, kind=None),
        shot(when=None, background=True, actor=None),
        shot(when=None, background=True, count=7),
        shot(when=None, background=True, launch=at(*SUNAN)),
        shot(when=When(start="2021-10-01T00:00:00Z", end="2021-11-01T00:00:00Z", said="October")),
        shot(when=When(start="soon", end="later", said="soon"), kind=None),
    ],
    ids=["no class", "no actor", "another number", "another place", "another month", "no time at all"],
)
def test_an_event_without_a_date_needs_something_that_agrees(layers: Layers, undated: Event) -> None:
    known = article("Kyodo", shot(count=2, launch=at(*WONSAN)))

    assert len(merge([known, article("AP", undated)], layers).events) == 2


def test_a_vague_time_is_a_bound(layers: Layers) -> None:
    month = When(start="2021-09-01T00:00:00Z", end="2021-10-01T00:00:00Z", said="last month")

    assert is_one(layers, shot(), shot(when=month, background=True))


def test_nothing_happened_after_the_article_that_tells_of_it(layers: Layers) -> None:
    old = article("AP", shot(when=None, background=True), published="2020-01-01")

    assert len(merge([article("Kyodo", shot()), old], layers).events) == 2


def test_news_without_a_date_is_no_old_launch(layers: Layers) -> None:
    news = article("AP", shot(when=None), published="2023-01-01")

    assert len(merge([article("Kyodo", shot()), news], layers).events) == 2


def test_events_without_any_date_are_one_when_place_and_class_agree(layers: Layers) -> None:
    one, other = shot(when=None, launch=at(*WONSAN), count=2), shot(when=None, launch=at(*WONSAN))
    papers = [article(name, event, published=None) for name, event in (("Kyodo", one), ("AP", other))]
    torn = article("AFP", one, msgspec.structs.replace(other, id="e2"), published=None)

    assert len(merge(papers, layers).events) == 1
    assert len(merge([torn, papers[1]], layers).events) == 3, "it could be either of the two"


def test_the_same_text_counts_once(layers: Layers) -> None:
    one = article("Kyodo", shot())
    again = msgspec.structs.replace(one, document=msgspec.structs.replace(one.document, source="copy.txt"))
    other = msgspec.structs.replace(one, document=msgspec.structs.replace(one.document, outlet="AP"))
    story = merge([one, again, other], layers)

    assert [source.outlet for source in story.events[0].sources] == ["Kyodo", "AP"]
    assert story.notes == (
        "copy.txt has the same text as Kyodo.txt, and counts as the same report",
    ) or story.notes == ("Kyodo.txt has the same text as copy.txt, and counts as the same report",)
    assert len(story.readings) == 2


def test_no_reading_is_no_story(layers: Layers) -> None:
    assert merge([], layers) == Story(readings=(), events=())


def test_many_reports_are_merged_by_days_and_actors(layers: Layers) -> None:
    readings = [
        article(f"Paper {number}", shot(when=local(2 + number % 9 * 3), actor=("PRK", "IRN")[number % 2]))
        for number in range(900)
    ]
    story = merge(readings, layers)

    assert sorted(len(event.sources) for event in story.events) == [50] * 18


# ------------------------------------------------------------------------------------------------ whatever the order

EVENTS = st.builds(
    lambda actor, day, kind, count, launch, impact, background: Event(
        id="", actor=actor, weapon=Weapon(text="missiles", kind=kind), count=count,
        when=local(day) if day else None, launch=launch, impact=impact, background=background,
    ),
    st.sampled_from([None, "PRK", "PRK", "KOR"]),
    st.sampled_from([None, 15, 15, 16, 20]),
    st.sampled_from([None, "SRBM", "MRBM", "cruise"]),
    st.sampled_from([None, 1, 2]),
    st.sampled_from([None, None, at(*WONSAN), at(*SUNAN), at(127.0, 39.4, 90)]),
    st.sampled_from([None, EAST, at(133, 41, 50), at(179.9, 40, 100)]),
    st.booleans(),
)  # fmt: skip


@given(st.lists(st.lists(EVENTS, max_size=3), max_size=7), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_merging_again_changes_nothing(found: list[list[Event]], random: Any) -> None:
    from geomap.catalog import open_layers

    layers = open_layers()
    readings = [
        article(f"Paper {number}", *(msgspec.structs.replace(one, id=f"e{i}") for i, one in enumerate(some)))
        for number, some in enumerate(found)
    ]
    story = merge(readings, layers)
    events = {(one.document.outlet, event.id): event for one in readings for event in one.events}
    mixed = list(readings)
    random.shuffle(mixed)
    other = merge(mixed, layers)

    assert launches(other) == launches(story)
    assert [event.id for event in other.events] == [event.id for event in story.events]
    assert merge(story.readings, layers) == story
    assert sum(len(event.sources) for event in story.events) == sum(map(len, found))
    for event in story.events:
        assert len({source.document for source in event.sources}) == len(event.sources)
        told = [events[source.outlet, source.event] for source in event.sources]
        assert len({one.actor for one in told} - {None}) <= 1
        assert {"SRBM", "cruise"} - {one.weapon.kind for one in told}
    for reading, drawn in zip(story.readings, shown(story, layers).readings, strict=True):
        assert {one.id for one in drawn.events} <= {one.id for one in reading.events}


# ---------------------------------------------------------------------------------------------------- what is kept


def test_the_sharpest_place_wins_in_its_own_words(layers: Layers) -> None:
    near, far = at(*WONSAN, 8, "near Wonsan", "m4"), at(127.3, 39.2, 120, "the east", "m2")
    event = merged(layers, shot(launch=far, impact=EAST), shot(launch=near, impact=at(132, 40, 30, "a point")))

    assert event.launch is not None
    assert event.impact is not None
    assert (event.launch.text, event.launch.mention) == ("near Wonsan", "a2:m4")
    assert event.impact.text == "a point"
    assert event.track is not None
    assert [source.said.get("launch") for source in event.sources] == ["the east", "near Wonsan"]


def test_a_figure_is_what_most_reports_give_and_the_others_are_kept(layers: Layers) -> None:
    def flew(km: float, count: int) -> Event:
        said = Amount(value=km, low=km - 10, high=km + 10, said=f"{km:.0f} km")
        return shot(distance_km=said, count=count, text=f"{count} missiles", impact=EAST)

    event = merged(layers, flew(700, 2), flew(800, 3), flew(800, 3))

    assert event.count == 3
    assert event.weapon.text == "3 missiles"
    assert event.distance_km is not None
    assert event.distance_km.value == 800
    assert [source.said["count"] for source in event.sources] == ["2 missiles", "3 missiles", "3 missiles"]


def test_the_latest_report_decides_where_as_many_say_otherwise(layers: Layers) -> None:
    late = article("Late", shot(count=3, impact=EAST), published="2021-09-18")
    early = article("Early", shot(count=2, impact=EAST), published="2021-09-15")

    assert merge([early, late], layers).events[0].count == 3
    assert merge([late, early], layers).events[0].count == 3


def test_the_time_is_the_shortest_that_all_leave_room_for(layers: Layers) -> None:
    event = merged(layers, shot(), shot(when=clock("03:34", "03:35")), shot(when=utc(15)))

    assert event.when == clock("03:34", "03:35")


def test_the_time_is_what_most_agree_on_though_one_errs(layers: Layers) -> None:
    sure, astray = shot(when=clock("03:34", "03:35")), shot(when=clock("03:58", "04:05"))

    assert merged(layers, shot(), sure, sure, astray).when == sure.when
    assert merged(layers, astray, sure, shot(), sure).when == sure.when


def test_only_what_all_recall_is_background(layers: Layers) -> None:
    assert not merged(layers, shot(background=True), shot()).background
    assert merged(layers, shot(background=True), shot(background=True)).background


def claim(by: str | None, relation: str, **more: Any) -> Claim:
    return Claim(by=by, relation=relation, zone="eez/JPN", start=0, end=5, **more)


def test_claims_of_all_are_kept_with_who_says_so_and_held_against_the_sharpest_place(layers: Layers) -> None:
    point = at(135.0, 40.5, 5)
    said = (claim("Japan", "outside"),), (claim(None, "inside"),)
    events = shot(impact=EAST, claims=said[0]), shot(claims=said[1]), shot(impact=at(134.5, 40.6, 60.0))
    event = merged(layers, *events, shot(impact=point))

    assert [one.by for one in event.claims] == ["Japan", "Paper 1"]
    assert len({one.document for one in event.claims}) == 2
    verdicts = [one.verdict for one in event.claims]
    assert all(one is not None and one.tolerance_km is not None and one.tolerance_km < 60 for one in verdicts)
    assert verdicts[0] is not None
    assert verdicts[1] is not None
    assert verdicts[0].margin_km == verdicts[1].margin_km


def test_a_claim_of_a_ship_is_not_held_against_where_the_missile_came_down(layers: Layers) -> None:
    judged = Verdict(
        relation="inside", agrees=True, margin_km=80.0, tolerance_km=1.0, share=1.0, why="of “80 km off Hokkaido”: …"
    )
    boat, fall = claim("Japan", "inside", of="m7", verdict=judged), claim("Japan", "outside", of="m3")
    fell = Statement(by=None, about="impact", value="off its east coast", start=0, end=5, mention="m3")
    seen = shot(impact=EAST, claims=(fall, boat), statements=(fell,))
    story = merge([article("Kyodo", seen), article("Yonhap", shot(impact=at(131.0, 40.5, 5)))], layers)
    of_fall, of_boat = story.events[0].claims

    assert (of_boat.of, of_boat.verdict) == ("a1:m7", judged)
    assert of_fall.verdict is not None
    assert of_fall.verdict.relation == "outside"
    assert [one.mention for one in story.events[0].statements] == ["a1:m3"]
    assert "eez/JPN" not in [one.about for one in story.conflicts]


def test_a_single_report_is_kept_as_it_is(layers: Layers) -> None:
    reading = two_koreas()
    story = merge([reading], layers)
    first = story.events[0]

    assert [event.sources[0].event for event in story.events] == [event.id for event in reading.events]
    for name in ("actor", "weapon", "count", "when", "impact", "impacts", "track", "evidence", "notes", "background"):
        assert getattr(first, name) == getattr(reading.events[0], name)
    assert first.claims[0].verdict == reading.events[0].claims[0].verdict
    assert shown(story, layers).readings == (reading,)


# ------------------------------------------------------------------------------------------------ what differs


def differing(layers: Layers, *events: Event) -> dict[str, list[tuple[str, str]]]:
    story = merge([article(f"Paper {number}", event) for number, event in enumerate(events)], layers)
    assert len(story.events) == 1
    assert {one.event for one in story.conflicts} <= {story.events[0].id}
    return {one.about: list(one.said) for one in story.conflicts}


def km(low: float, high: float, said: str) -> Amount:
    return Amount(value=(low + high) / 2, low=low, high=high, said=said)


@pytest.mark.parametrize(
    ("about", "one", "other"),
    [
        ("count", shot(count=10, text="about ten missiles"), shot(count=10, text="more than ten missiles")),
        ("distance", shot(distance_km=km(185, 195, "190 km")), shot(distance_km=km(196, 204, "200 km"))),
        ("apogee", shot(apogee_km=km(45, 55, "50 km")), shot(apogee_km=km(56, 64, "60 km"))),
        ("flight time", shot(flight_min=km(70, 70, "70 minutes")), shot(flight_min=km(71, 71, "71 minutes"))),
        ("when", shot(launch=at(*WONSAN)), shot(launch=at(*WONSAN), when=local(16))),
        ("class", shot(launch=at(*WONSAN)), shot(launch=at(*WONSAN), kind="MRBM")),
        ("system", shot(launch=at(*WONSAN), system="KN-23"), shot(launch=at(*WONSAN), system="KN-24")),
        ("launch", shot(launch=at(127.4, 39.1, 5)), shot(launch=at(127.4, 39.4, 5))),
        ("impact", shot(impact=at(131.4, 39.1, 5)), shot(impact=at(131.4, 39.4, 5))),
        ("outcome", shot(outcome="success"), shot(outcome="failure")),
        ("platform", shot(platform="train"), shot(platform="TEL")),
        ("eez/JPN", shot(claims=(claim("Japan Coast Guard", "outside"),)), shot(claims=(claim(None, "inside"),))),
    ],
)
def test_what_reports_differ_in_is_a_conflict(layers: Layers, about: str, one: Event, other: Event) -> None:
    found = differing(layers, one, other)

    assert list(found) == [about]
    assert len(found[about]) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (shot(count=10, text="about ten missiles"), shot(count=11)),
        (shot(distance_km=km(750, 850, "800 km")), shot(distance_km=km(850, 950, "900 km"))),
        (shot(), shot(when=local(16, said=dates.ISSUE))),
        (shot(kind="rocket"), shot(kind="SLV")),
        (shot(launch=at(127.4, 39.1, 40)), shot(launch=at(127.4, 39.4, 5))),
        (shot(claims=(claim("A", "outside"),)), shot(claims=(claim("B", "near"),))),
        (shot(platform="train"), shot()),
    ],
    ids=["count", "distance", "day of issue", "a vaguer class", "place", "near", "silence"],
)
def test_what_the_words_leave_open_is_no_conflict(layers: Layers, one: Event, other: Event) -> None:
    assert differing(layers, one, other) == {}


def test_a_conflict_says_who_says_what(layers: Layers) -> None:
    found = differing(
        layers, shot(count=2, text="two missiles", impact=EAST), shot(count=3, text="three missiles", impact=EAST)
    )

    assert found == {"count": [("Paper 0", "two missiles"), ("Paper 1", "three missiles")]}


def test_two_claimants_in_one_article_are_a_conflict(layers: Layers) -> None:
    text = "Outside, the Coast Guard said; inside, the ministry said."
    said = (
        claim("Japan Coast Guard", "outside", corrected=True),
        msgspec.structs.replace(claim("Ministry", "inside"), start=31, end=37),
    )
    story = merge([article("Kyodo", shot(claims=said), text=text)], layers)

    assert story.conflicts[0].about == "eez/JPN"
    assert story.conflicts[0].said == (
        ("Japan Coast Guard", "outside (“Outsi”), corrected later"),
        ("Ministry", "inside (“inside”)"),
    )


def test_sides_of_a_line_are_a_conflict(layers: Layers) -> None:
    def side(by: str, relation: str) -> Claim:
        return msgspec.structs.replace(claim(by, relation), zone="lines/NLL")

    assert list(differing(layers, shot(claims=(side("A", "south"), side("B", "north"))))) == ["lines/NLL"]
    assert differing(layers, shot(claims=(side("A", "south"), side("B", "crossed")))) == {}


def test_statements_of_two_in_one_article_are_a_conflict(layers: Layers) -> None:
    def says(by: str | None, low: float | None, high: float | None, value: str) -> Statement:
        return Statement(by=by, about="distance", value=value, start=0, end=1, number=low, low=low, high=high)

    seoul, tokyo, silent = (
        says("Seoul", 190, 195, "190 km"),
        says(None, 250, 260, "250 km"),
        says("X", None, None, "far"),
    )
    found = differing(layers, shot(distance_km=km(190, 195, "190 km"), statements=(seoul, tokyo, silent)))

    assert found == {"distance": [("Seoul", "190 km"), ("Paper 0", "250 km")]}


def test_stated_counts_and_places_are_compared(layers: Layers) -> None:
    text = "Wonsan, Sunan."
    reading = two_koreas()
    place = reading.mentions[5].place
    assert place is not None
    mentions = tuple(
        msgspec.structs.replace(
            reading.mentions[5], id=f"m{number}", start=text.index(name), end=text.index(name) + len(name), text=name,
            place=msgspec.structs.replace(place, name=name, lon=lon, lat=lat, radius_km=5.0),
        )
        for number, (name, (lon, lat)) in enumerate((("Wonsan", WONSAN), ("Sunan", SUNAN)))
    )  # fmt: skip
    statements = (
        Statement(by="Seoul", about="launch", value="Wonsan", start=0, end=1, mention="m0"),
        Statement(by="Tokyo", about="launch", value="Sunan", start=0, end=1, mention="m1"),
        Statement(by="Seoul", about="count", value="two", start=0, end=1, number=2),
        Statement(by="Tokyo", about="count", value="at least three", start=0, end=1, number=3),
    )
    told = msgspec.structs.replace(article("Kyodo", shot(statements=statements), text=text), mentions=mentions)
    found = {one.about: one.said for one in merge([told], layers).conflicts}

    assert found == {
        "count": (("Seoul", "two"), ("Tokyo", "at least three")),
        "launch": (("Seoul", "Wonsan"), ("Tokyo", "Sunan")),
    }

    one_speaker = tuple(msgspec.structs.replace(one, by="Seoul") for one in statements[:2])
    both = msgspec.structs.replace(told, events=(shot(statements=one_speaker),))
    assert merge([both], layers).conflicts == ()  # from Wonsan and from Sunan


NOWHERE = (
    at(127.0, 39.0, 300.0),
    msgspec.structs.replace(at(127.0, 39.0), lon=1e9, lat=-1e9),
    msgspec.structs.replace(at(127.0, 39.0), radius_km=-5.0),
    msgspec.structs.replace(at(127.0, 39.0), radius_km=1e9, geometry=shapely.box(-180, -90, 180, 90)),
    msgspec.structs.replace(at(127.0, 39.0), radius_km=500.0, geometry=shapely.Polygon()),
    msgspec.structs.replace(at(127.0, 39.0), radius_km=500.0, geometry=shapely.Point(127, 39)),
    msgspec.structs.replace(at(127.0, 39.0), geometry=shapely.Polygon([(0, 0), (9, 9), (9, 0), (0, 9)])),
    msgspec.structs.replace(at(127.0, 39.0), geometry=shapely.GeometryCollection([shapely.Point(1, 1)])),
)


@pytest.mark.parametrize("one", NOWHERE)
@pytest.mark.parametrize("other", NOWHERE)
def test_places_that_a_line_of_json_made_up_are_no_hindrance(layers: Layers, one: Location, other: Location) -> None:
    first = shot(launch=one, impact=other, claims=(claim("A", "inside"),))
    second = shot(launch=other, impact=one, impacts=(one, other))
    story = merge([article("Kyodo", first), article("Yonhap", second)], layers)

    assert sum(len(event.sources) for event in story.events) == 2
    assert sum(len(reading.events) for reading in shown(story, layers).readings) == len(story.events)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("", ""),
        ("0001-01-01T00:00:00+23:00", "9999-12-31T23:59:59-23:00"),
        ("0001-01-01T00:00:00", "0001-01-01T01:00:00"),
        ("2021-09-15T00:00:00Z", "2021-09-14T00:00:00Z"),
    ],
)
def test_times_that_a_line_of_json_made_up_are_no_hindrance(layers: Layers, start: str, end: str) -> None:
    odd = When(start=start, end=end, said="then")
    story = merge([article("Kyodo", shot(when=odd)), article("Yonhap", shot(when=odd), published="long ago")], layers)
    drawn = make_scene(story.readings, layers)

    events = table(drawn, "events")
    assert sum(len(event.sources) for event in story.events) == 2
    assert {row[events.headings.index("When")].partition(" ")[0] for row in events.rows} == {"then"}


# ------------------------------------------------------------------------------------------------ codec, commands


def a_story(layers: Layers) -> Story:
    outside, inside = (claim("Japan Coast Guard", "outside"),), (claim(None, "inside"),)
    first = article("Kyodo", shot(count=2, impact=EAST, claims=outside), shot(2, actor="KOR"))
    return merge([first, article("Yonhap", shot(count=3, impact=EAST, launch=at(*WONSAN), claims=inside))], layers)


def test_a_story_is_one_line_and_comes_back(layers: Layers) -> None:
    line = dumps_story(a_story(layers))
    back = loads_story(line)

    assert "\n" not in line
    assert dumps_story(back) == line
    assert launches(back) == launches(a_story(layers))
    assert back.conflicts == a_story(layers).conflicts
    read = json.loads(line)
    assert read["schema"] == "geomap.story/1"
    assert read["events"][0]["sources"][0].keys() == {
        "document",
        "event",
        "outlet",
        "said",
        "source",
        "title",
        "published",
        "words",
        "claims",
    }
    assert read["conflicts"][0].keys() == {"event", "about", "said"}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not a geomap story"),
        ("{}", "missing required field `readings`"),
        ('{"readings": [], "events": [], "schema": "geomap.story/2"}', "this version of geomap reads 'geomap.story/1'"),
        ('{"readings": ' + "[" * 100_000, "not a geomap story"),
    ],
)
def test_what_is_no_story_is_one_sentence(line: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        loads_story(line, where="a.jsonl:7")

    assert str(caught.value).startswith("a.jsonl:7: ")
    assert said in str(caught.value)


NORTH = (
    "{place}, Sept. 15, 2021 — North Korea fired {what} from Sunan on Wednesday. They fell {where} Japan's exclusive "
    "economic zone, the {by} said.\n"
)
Run = Callable[..., Result]


@pytest.fixture
def papers(article_file: Callable[..., Any]) -> list[Any]:
    one = NORTH.format(
        place="TOKYO", what="two short-range ballistic missiles", where="outside", by="Japan Coast Guard"
    )
    other = NORTH.format(
        place="SEOUL", what="three short-range ballistic missiles", where="inside", by="Defense Ministry"
    )
    return [article_file(one, "one.txt"), article_file(other, "two.txt")]


@pytest.fixture
def article_file(folder: Any) -> Callable[[str, str], Any]:
    def write(text: str, name: str) -> Any:
        path = folder / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_read_merges_into_one_line_that_is_an_input_again(run: Run, papers: list[Any], folder: Any) -> None:
    merged_line = run("read", *papers, "--merge")
    plain = run("read", *papers)
    story = loads_story(merged_line.stdout)
    (folder / "story.jsonl").write_text(merged_line.stdout, encoding="utf-8")

    assert merged_line.stdout.count("\n") == 1
    assert len(story.events) == 1
    assert {one.about for one in story.conflicts} >= {"count", "eez/JPN"}
    assert run("read", folder / "story.jsonl").stdout == plain.stdout
    assert run("read", folder / "story.jsonl", "--merge").stdout == merged_line.stdout
    assert run("read", "-", stdin=json.dumps(json.loads(merged_line.stdout), indent=1)).stdout == plain.stdout


def test_a_bad_article_does_not_cost_the_story(run: Run, papers: list[Any]) -> None:
    result = run("read", papers[0], "none.txt", "--merge")

    assert result.exit_code == 1
    assert "there is no such file" in result.stderr
    assert len(loads_story(result.stdout).readings) == 1
    assert run("read", "none.txt", "--merge").stdout == ""


def test_map_draws_one_launch_of_two_articles(run: Run, papers: list[Any], folder: Any) -> None:
    result = run("map", *papers, "-o", folder / "day.html")
    page = (folder / "day.html").read_text(encoding="utf-8")

    assert result.exit_code == 0, result.output
    assert "Where reports differ" in page
    assert page.count('class="card"') >= 1
    assert "a1:e1.launch" in page
    assert "a2:e1.launch" not in page


def test_an_article_without_a_day_is_told_so_as_the_merger_expects(layers: Layers) -> None:
    reading = read(Document.of("North Korea fired a missile from Sunan.", published="2021-09-15"), layers)

    assert reading.events[0].when is not None
    assert reading.events[0].when.said == dates.ISSUE


# ------------------------------------------------------------------------------------------------ on the map


@pytest.fixture(scope="module")
def scene() -> Scene:
    from geomap.catalog import open_layers

    layers = open_layers()
    return make_scene(
        [
            article("Kyodo", shot(count=2, text="two missiles", background=True, impact=EAST),
                    shot(2, actor="KOR", when=local(14))),
            article("Yonhap", shot(count=3, text="three missiles", impact=at(133, 40, 30, "a spot"), launch=at(*WONSAN),
                                   claims=(claim("Japan Coast Guard", "outside"),))),
            article("AP", shot(impact=EAST, claims=(claim(None, "inside"), claim("Japan Coast Guard", "outside"))),
                    shot(2, when=None, kind="ICBM", background=True)),
        ],
        layers,
    )  # fmt: skip


def table(scene: Scene, key: str) -> Table:
    return next(one for one in scene.tables if one.key == key)


def marks(scene: Scene, kinds: Sequence[str] = ("launch", "impact")) -> list[str]:
    return [
        mark
        for layer in scene.layers
        if layer.key in {f"{kind}-points" for kind in kinds}
        for mark in layer.frame["id"]
    ]


def test_a_launch_has_one_mark_that_names_all_reports(scene: Scene) -> None:
    assert sorted(marks(scene)) == ["a2:e1.impact", "a2:e1.launch"]
    row = next(layer for layer in scene.layers if layer.key == "impact-points").frame.iloc[0]
    assert row["words"] == "a spot"
    assert row["article"] == "The story in Yonhap and 2 others"
    assert row["reports"].splitlines() == [
        "• Kyodo: “two missiles” · “the 15th” · “off its east coast”",
        "• Yonhap: “three missiles” · “the 15th” · “there” · “a spot”",
        "• AP: “missiles” · “the 15th” · “off its east coast”",
    ]


def test_each_launch_is_listed_once(scene: Scene) -> None:
    events = table(scene, "events")

    assert len(events.rows) == 3
    reports = events.headings.index("Reports")
    assert [bool(row[reports]) for row in events.rows] == [False, True, False]


def test_the_timeline_is_in_the_order_of_time(scene: Scene) -> None:
    rows = table(scene, "timeline").rows

    assert [row[0] for row in rows] == [
        "14 September 2021, local time",
        "15 September 2021, local time",
        "no date given",
    ]
    assert rows[1][2] == "14 September 2021, 15:00, to 15 September 2021, 15:00 UTC"
    assert rows[1][3:] == ("the 15th", "Kyodo, Yonhap, AP")
    assert rows[2][1].endswith("(earlier, only recalled)")
    assert table(scene, "timeline").marks[1] == ("a2:e1.launch", "a2:e1.impact", "a2:e1.track")


def test_a_single_launch_needs_no_timeline(layers: Layers) -> None:
    alone = make_scene([article("Kyodo", shot())], layers)

    assert [one.key for one in alone.tables if one.key in ("timeline", "conflicts")] == []


def test_differences_stand_side_by_side(scene: Scene) -> None:
    rows = table(scene, "conflicts").rows

    assert [row[:3] for row in rows] == [
        ("How many", "Kyodo", "two missiles"),
        ("How many", "Yonhap", "three missiles"),
        ("Japan's EEZ", "Japan Coast Guard", "outside (“Yonha”)"),
        ("Japan's EEZ", "AP", "inside (“AP sa”)"),
        ("Japan's EEZ", "Japan Coast Guard", "outside (“AP sa”)"),
    ]


def test_a_claim_that_two_articles_report_is_listed_once(scene: Scene) -> None:
    claims = table(scene, "claims")
    words, told = claims.headings.index("Words"), claims.headings.index("Article")

    assert [row[0].partition(":")[0] for row in claims.rows] == ["Japan Coast Guard", "AP"]
    assert claims.rows[0][words] == "Yonha … AP sa"
    assert claims.rows[0][told] == "The story in Yonhap, The story in AP"


def test_a_range_is_drawn_from_where_any_report_says_it_started(layers: Layers) -> None:
    readings = [
        article("Kyodo", shot()),
        article("Yonhap", shot(launch=at(*WONSAN, 5, "Wonsan"), kind=None)),
    ]
    drawn = make_scene(readings, layers)

    assert [one.title for one in drawn.layers if one.key.startswith("range")] == ["SRBM, up to 1,000 km, from “Wonsan”"]


def test_a_reading_goes_in_and_out_of_a_story_unchanged(layers: Layers) -> None:
    story = loads_story(dumps_story(merge([two_koreas(), article("AP", shot())], layers)))

    assert dumps(story.readings[0]) == dumps(loads(dumps(two_koreas())))


def test_several_falls_that_one_article_tells_are_no_conflict(seeds: Path) -> None:
    real = open_layers()
    reading = read(open_article(str(seeds / "rockets-after-a-warning-2025.md")), real)
    told = [one for one in reading.events[0].statements if one.about == "impact"]

    assert len(told) == 2
    assert [one.about for one in merge([reading, article("AP", shot())], real).conflicts] == []
