"""An analyst's own assumptions: understood, kept apart from what the text says, and taken back again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import Result
from hypothesis import given, settings, strategies as st
from toys import HOSTILE, two_koreas

from geomap import geodesy
from geomap.additions import GIVEN, Addition, additions_of, read_addition, write_addition
from geomap.articles import open_article
from geomap.assume import Pick, Wishes, assume, parse_assumptions, parse_picks, reconsider, take_picks
from geomap.assume.values import understand
from geomap.catalog import Layers, open_layers
from geomap.codec import dumps, loads
from geomap.errors import InputError
from geomap.export.html import make_page
from geomap.naming import namer
from geomap.pipeline import read
from geomap.scene import make_scene
from geomap.stage import Scene
from geomap.tables import make_tables
from geomap.types import Amount, Document, Mention, Place, Reading, Verdict

Run = Callable[..., Result]
Write = Callable[..., Path]
PATH = "e1:launch=Yangdok,system=KN-23,distance=800km,bearing=80"
SHORT = "North Korea fired a missile on Wednesday.\n"
OFF = "North Korea fired a ballistic missile into the sea off its east coast on Wednesday.\n"
TWO = "North Korea fired a missile from {} on Wednesday. Smoke stood over {}. Residents 30 km east of {} saw it.\n"


@pytest.fixture(scope="module")
def koreas(seeds: Path, layers: Layers) -> Reading:
    return loads(dumps(read(open_article(str(seeds / "two-koreas-one-day.md")), layers)))


def reading_of(text: str, layers: Layers) -> Reading:
    return loads(dumps(read(Document.of(text, published="2021-09-15"), layers)))


def assumed(reading: Reading, text: str, layers: Layers) -> Reading:
    return assume(reading, parse_assumptions(text, layers), layers)


def picked(reading: Reading, text: str, layers: Layers) -> Reading:
    return reconsider(reading, Wishes(picks=parse_picks(text)), layers)


def added(reading: Reading, what: str) -> list[Addition]:
    return [addition for addition in additions_of(reading) if addition.what == what]


def mention(reading: Reading, name: str) -> Mention:
    return next(one for one in reading.mentions if one.id == name)


def events_of(reading: Reading) -> str:
    return json.dumps(json.loads(dumps(reading))["events"])


# ------------------------------------------------------------------------------------------------ what is written


def test_an_option_holds_several_assumptions(layers: Layers) -> None:
    found = parse_assumptions("launch=Yangdok, system=KN-23,DISTANCE = 800km", layers)

    assert [one.said for one in found] == ["launch=Yangdok", "system=KN-23", "distance=800km"]
    assert {one.event for one in found} == {None}


def test_a_launch_or_an_article_that_is_named_holds_for_what_follows(layers: Layers) -> None:
    found = parse_assumptions("date=2021-09-15,e2:actor=PRK,class=SRBM,a3:bearing=N,a2:e1:bearing=S", layers)

    assert [(one.article, one.event) for one in found] == [
        (None, None),
        (None, "e2"),
        (None, "e2"),
        (3, None),
        (2, "e1"),
    ]


@pytest.mark.parametrize("place", ["39.28, 126.80", "Paris, Texas", "300 km east of Wonsan"])
def test_a_comma_within_a_place_is_no_end_of_it(place: str, layers: Layers) -> None:
    found = parse_assumptions(f"launch={place},distance=500nm", layers)

    assert [one.value for one in found] == [place, "500nm"]


def test_a_position_is_read_latitude_first(layers: Layers) -> None:
    shape = understand("impact", "39.28, 126.80", layers)

    assert (shape.lon, shape.lat) == (126.8, 39.28)


@pytest.mark.parametrize(
    ("value", "km"), [("800km", 800), ("500nm", 926), ("300mi", 482.8), ("1,000 km", 1000), ("750-850 km", 800)]
)
def test_a_length_has_a_unit_and_an_interval(value: str, km: float, layers: Layers) -> None:
    length = understand("distance", value, layers)

    assert isinstance(length, Amount)
    assert length.value == pytest.approx(km, abs=0.1)
    assert length.low < length.value < length.high


@pytest.mark.parametrize(
    ("value", "degrees", "half"),
    [("75", 75, 2), ("360", 0, 2), ("80.5°", 80.5, 2), ("N", 0, 22.5), ("ne", 45, 22.5), ("ENE", 67.5, 11.25),
     ("SSW", 202.5, 11.25), ("north-west", 315, 22.5), ("east", 90, 22.5)],
)  # fmt: skip
def test_a_bearing_is_degrees_or_a_point_of_the_compass(
    value: str, degrees: float, half: float, layers: Layers
) -> None:
    bearing = understand("bearing", value, layers)

    assert bearing.value == degrees
    assert (bearing.high - bearing.low) % 360 == 2 * half


@pytest.mark.parametrize("spelling", ["KN-23", "kn 23", "KN23", "Hwasong-11A", "HWASONG 11 A", "화성-11가"])
def test_a_system_has_many_spellings(spelling: str, layers: Layers) -> None:
    assert understand("system", spelling, layers).name == "KN-23"


@pytest.mark.parametrize(
    ("key", "value", "meant"),
    [("actor", "PRK", "PRK"), ("actor", "prk", "PRK"), ("actor", "north korea", "PRK"), ("class", "srbm", "SRBM"),
     ("class", "Cruise", "cruise"), ("date", "2021-09-15", "2021-09-15")],
)  # fmt: skip
def test_words_mean_what_the_layers_call_it(key: str, value: str, meant: str, layers: Layers) -> None:
    assert understand(key, value, layers) == meant


WRONG = [
    ("launch", "'launch' is no assumption; write e1:launch=Yangdok,distance=800km"),
    ("", "'' is no assumption"),
    ("speed=5", "'speed' cannot be assumed; what can is launch, impact, system"),
    ("a0:launch=Sunan", "is no assumption"),
    ("distance=800", "write distance=800km, 800nm or 800mi"),
    ("distance=far", "write distance=800km, 500nm or 300mi"),
    ("distance=0km", "more than 0 and less than 20,004 km"),
    ("distance=-5km", "is no length"),
    ("apogee=999999999999km", "apogee=999999999999km is no length of a flight"),
    ("distance=1e309km", "is no length"),
    ("bearing=400", "write degrees from 0 to 360"),
    ("bearing=NNN", "or a point (bearing=ENE)"),
    ("bearing=east of Seoul", "is no bearing"),
    ("system=KN-32", "did you mean KN-"),
    ("system=<script>", "no system of that name is known"),
    ("class=big", "the classes are SRBM, MRBM, IRBM, ICBM, SLBM, cruise, rocket, artillery, SLV"),
    ("actor=Norht Korea", "did you mean PRK (North Korea)"),
    ("actor=42", "write an ISO 3166-1 alpha-3 code such as PRK"),
    ("date=Wednesday", "write date=2021-09-15"),
    ("date=2021-02-30", "is no day"),
    ("launch=Xyzzyville", "launch=Xyzzyville: no place found"),
    ("launch=95, 200", "launch=95, 200: '95, 200' is no position"),
    (f"launch={'x' * 201}", "at most 200 characters"),
]


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_what_makes_no_sense_is_one_sentence_that_helps(text: str, told: str, layers: Layers) -> None:
    with pytest.raises(InputError) as caught:
        parse_assumptions(text, layers)

    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("m3=2", [(None, "m3", 2)]),
        ("M3=None", [(None, "m3", "none")]),
        ("m3=auto, a2:m14=1", [(None, "m3", "auto"), (2, "m14", 1)]),
    ],
)
def test_a_pick_is_a_number_none_or_auto(text: str, found: list[tuple[object, ...]]) -> None:
    assert [(one.article, one.mention, one.choice) for one in parse_picks(text)] == found


@pytest.mark.parametrize(
    "text", ["", "m3", "m3=0", "m3=-1", "m3=x", "3=2", "e3=2", "m3=2,", "m3=99999", "m0=1", "m3=٣"]
)
def test_what_picks_nothing_says_what_would(text: str) -> None:
    with pytest.raises(InputError, match=r"picks nothing; write m3=2 for the second runner-up"):
        parse_picks(text)


KEYS = st.sampled_from([*GIVEN, "a1:launch", "e2:bearing", "nothing", ""])
VALUES = st.text(max_size=30) | st.from_regex(r"[-+]?\d{1,400}(\.\d+)?(km|nm|mi| ?°)?", fullmatch=True)
LAYERS = open_layers()


@settings(max_examples=150)
@given(st.lists(st.tuples(KEYS, VALUES), max_size=3), st.text(max_size=20))
def test_no_garbage_is_more_than_a_sentence(pairs: list[tuple[str, str]], rest: str) -> None:
    text = ",".join(f"{key}={value}" for key, value in pairs) + rest
    for parse in (lambda: parse_assumptions(text, LAYERS), lambda: parse_picks(text)):
        told = None
        try:
            found: tuple[object, ...] = parse()
        except InputError as problem:
            found, told = (), str(problem)
        assert bool(found) != bool(told)


# ---------------------------------------------------------------------------------------------------- what follows


def test_an_impact_zone_a_track_ranges_and_verdicts_follow(koreas: Reading, layers: Layers) -> None:
    reading = assumed(koreas, PATH, layers)
    (launch,), (impact,), (track,) = (added(reading, what) for what in ("launch", "impact", "track"))
    stated, system = added(reading, "range")
    verdicts = added(reading, "verdict")

    assert (launch.name, launch.source, launch.said) == ("Yangdok", "layer:sites@1.0.0", "launch=Yangdok")
    assert (impact.lon, impact.lat) == pytest.approx((136.07, 40.16), abs=0.02)
    assert impact.said == "launch=Yangdok,distance=800km,bearing=80"
    assert impact.geometry is not None
    assert impact.geometry.geom_type == "Polygon"
    assert track.geometry is not None
    assert track.geometry.geom_type == "LineString"
    assert geodesy.GEOD.geometry_length(track.geometry) / 1000 == pytest.approx(800, abs=1)
    assert (stated.name, stated.source) == ("800km, from Yangdok", "analyst")
    assert (system.name, system.high) == ("SRBM, KN-23, 600 to 800 km, from Yangdok", 800)
    assert [(one.claim, one.relation) for one in verdicts] == [(0, "cannot tell"), (1, "cannot tell")]
    assert all(one.margin_km is not None and one.margin_km > 0 for one in verdicts)
    assert koreas.events[0].claims[0].verdict is not None
    assert koreas.events[0].claims[0].verdict.margin_km != verdicts[0].margin_km


def test_an_entry_says_by_whom_it_is_and_what_the_text_says(koreas: Reading, layers: Layers) -> None:
    reading = assumed(koreas, PATH, layers)
    whys = {one.what: one.why for one in additions_of(reading) if one.given}

    assert {entry["by"] for entry in reading.assumed} == {"analyst"}
    assert whys["launch"] == "assumed by the analyst; the text says “around Yangdok”"
    assert whys["bearing"] == "assumed by the analyst; the text does not say"
    (actor,) = added(assumed(koreas, "e1:actor=KOR", layers), "actor")
    assert actor.why == "assumed by the analyst; read from the text: PRK"
    assert all(
        "follows from the analyst" in one.why for one in additions_of(reading) if one.what in ("impact", "track")
    )
    assert "34 % of it lies in “the sea off its east coast" in added(reading, "impact")[0].why


def test_the_text_s_own_events_do_not_change(koreas: Reading, layers: Layers) -> None:
    reading = assumed(koreas, f"{PATH},apogee=60km,actor=JPN,date=2000-01-01,impact=Seoul,e2:launch=Busan", layers)
    before, after = json.loads(dumps(koreas)), json.loads(dumps(reading))

    assert events_of(reading) == events_of(koreas)
    assert {key for key in before if before[key] != after[key]} == {"assumed"}


@pytest.mark.parametrize(
    ("key", "value", "name"),
    [("launch", "Sohae", "Sohae"), ("impact", "39.0, 131.0", "39.0, 131.0"), ("system", "kn23", "KN-23"),
     ("class", "mrbm", "MRBM"), ("distance", "500nm", "500nm"), ("apogee", "60km", "60km"), ("bearing", "ENE", "ENE"),
     ("actor", "north korea", "PRK"), ("date", "2021-09-15", "2021-09-15")],
)  # fmt: skip
def test_each_key_has_an_entry_and_can_be_taken_back(
    key: str, value: str, name: str, koreas: Reading, layers: Layers
) -> None:
    reading = assumed(koreas, f"e2:{key}={value}", layers)
    (given_,) = (one for one in additions_of(reading) if one.given)

    assert (given_.event, given_.what, given_.name, given_.said) == ("e2", key, name, f"{key}={value}")
    assert dumps(assumed(loads(dumps(reading)), f"e2:{key}=", layers)) == dumps(koreas)


def test_a_ring_without_a_direction_has_no_best_point_and_no_track(layers: Layers) -> None:
    reading = assumed(reading_of(SHORT, layers), "launch=Sunan,distance=500km", layers)
    (impact,) = added(reading, "impact")

    assert impact.geometry is not None
    assert (impact.lon, impact.lat) == (None, None)
    assert "no direction is known" in impact.why
    assert added(reading, "track") == []
    assert geodesy.share(geodesy.disc(125.67, 39.2, 400), impact.geometry) < 0.01


def test_a_ring_makes_the_text_s_vague_place_sharper(layers: Layers) -> None:
    plain = reading_of(OFF, layers)
    reading = assumed(plain, "launch=Sunan,distance=500km", layers)
    (impact,) = added(reading, "impact")
    told = plain.events[0].impact

    assert told is not None
    assert impact.geometry is not None
    assert impact.radius_km is not None
    assert impact.radius_km < told.radius_km
    assert geodesy.share(impact.geometry, told.geometry) > 0.99
    assert len(added(reading, "track")) == 1


def test_the_text_s_own_figures_are_used_with_what_is_assumed(koreas: Reading, layers: Layers) -> None:
    reading = assumed(koreas, "e1:bearing=80", layers)
    (impact,) = added(reading, "impact")

    assert impact.said == "bearing=80"
    assert "the launch and the distance are the text's" in impact.why
    assert (impact.lon, impact.lat) == pytest.approx((136.07, 40.16), abs=0.05)
    assert added(reading, "range") == []


def test_a_place_of_impact_that_is_assumed_needs_no_zone(koreas: Reading, layers: Layers) -> None:
    reading = assumed(koreas, "e1:impact=37.5, 137.0", layers)
    (impact,), (track,) = added(reading, "impact"), added(reading, "track")

    assert impact.given
    assert (impact.lon, impact.lat, impact.source) == (137.0, 37.5, "analyst")
    assert "around Yangdok to 37.50°N, 137.00°E" in track.name
    assert [(one.relation, one.agrees) for one in added(reading, "verdict")] == [("inside", False), ("inside", True)]


def test_ranges_start_from_the_actor_s_land_without_a_launch_place(layers: Layers) -> None:
    reading = assumed(reading_of("A missile was fired from Sunan into the sea.\n", layers), "launch=", layers)
    assert reading.assumed == ()

    reading = assumed(reading_of(SHORT, layers), "class=SRBM", layers)
    (band,) = added(reading, "range")

    assert band.name.startswith("SRBM, up to 1,000 km, from anywhere in North Korea")


def test_a_range_that_the_text_gives_already_is_not_drawn_again(koreas: Reading, layers: Layers) -> None:
    assert added(assumed(koreas, "e1:class=SRBM", layers), "range") == []
    assert len(added(assumed(koreas, "e1:class=MRBM", layers), "range")) == 1


def test_what_crosses_180_degrees_stays_on_the_map(layers: Layers) -> None:
    reading = assumed(reading_of(SHORT, layers), "launch=52.0, 179.0,distance=1000km,bearing=90", layers)
    (impact,), (track,) = added(reading, "impact"), added(reading, "track")

    assert impact.lon == pytest.approx(-166.6, abs=0.5)
    assert track.geometry is not None
    assert track.geometry.geom_type == "MultiLineString"
    assert loads(dumps(reading)).assumed == reading.assumed


@pytest.mark.parametrize("path", ["launch=90, 0,distance=19000km,bearing=180", "launch=-90, 0,distance=1mi,bearing=N"])
def test_the_poles_and_the_far_side_are_places_like_others(path: str, layers: Layers) -> None:
    (impact,) = added(assumed(reading_of(SHORT, layers), path, layers), "impact")

    assert impact.geometry is not None
    assert not impact.geometry.is_empty


def test_a_launch_that_is_only_recalled_can_be_meant_by_its_name(koreas: Reading, layers: Layers) -> None:
    recalled = msgspec.structs.replace(koreas.events[1], background=True)
    reading = msgspec.structs.replace(koreas, events=(koreas.events[0], recalled))

    assert {one.event for one in additions_of(assumed(reading, "launch=Yangdok", layers))} == {"e1"}
    assert {one.event for one in additions_of(assumed(reading, "e2:launch=Busan", layers))} == {"e2"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "launch=Yangdok",
            "say of which launch, as in e1:launch=Yangdok; the text has e1 (North Korea: two short-range",
        ),
        ("e7:launch=Yangdok", "there is no launch e7; the text has e1 (North Korea: two short-range"),
    ],
)
def test_an_unclear_launch_is_answered_with_the_list_of_them(
    text: str, told: str, koreas: Reading, layers: Layers
) -> None:
    with pytest.raises(InputError) as caught:
        assumed(koreas, text, layers)

    assert told in str(caught.value)
    assert "e2 (South Korea: one submarine-launched" in str(caught.value)


def test_a_text_without_a_launch_has_nothing_to_assume_of(layers: Layers) -> None:
    with pytest.raises(InputError, match="the text reports no launch"):
        assumed(reading_of("It rained in Seoul.\n", layers), "launch=Sunan", layers)


# ------------------------------------------------------------------------------------------------- kept and taken back


def test_assumptions_survive_json_and_are_added_to(koreas: Reading, layers: Layers) -> None:
    first = loads(dumps(assumed(koreas, "e1:launch=Yangdok,distance=800km", layers)))
    second = assumed(first, "e1:bearing=80,system=KN-23", layers)

    assert first.assumed == assumed(koreas, "e1:launch=Yangdok,distance=800km", layers).assumed
    assert dumps(second) == dumps(assumed(koreas, PATH, layers))
    assert dumps(assumed(second, "e1:system=KN-24", layers)) != dumps(second)
    assert dumps(assumed(second, "e1:launch=,e1:distance=,bearing=,system=", layers)) == dumps(koreas)


def test_taking_one_back_leaves_the_others_and_what_follows_from_them(koreas: Reading, layers: Layers) -> None:
    reading = assumed(assumed(koreas, PATH, layers), "e1:bearing=,distance=", layers)

    assert dumps(reading) == dumps(assumed(koreas, "e1:launch=Yangdok,system=KN-23", layers))


def test_what_others_wrote_there_is_kept(koreas: Reading, layers: Layers) -> None:
    foreign: tuple[dict[str, Any], ...] = ({"impact": [130.0, 39.0]}, {"what": "launch", "name": "Sunan"}, {})
    reading = assumed(msgspec.structs.replace(koreas, assumed=foreign), PATH, layers)

    assert reading.assumed[:3] == foreign
    assert assumed(reading, "e1:launch=,system=,distance=,bearing=", layers).assumed == foreign


def test_a_kept_assumption_about_a_launch_that_is_gone_says_so(koreas: Reading, layers: Layers) -> None:
    kept = assumed(koreas, "e2:launch=Busan", layers)
    reading = msgspec.structs.replace(kept, events=koreas.events[:1])

    with pytest.raises(InputError, match="e2:launch=Busan: there is no launch e2; the text has e1"):
        assumed(reading, "e1:bearing=80", layers)
    assert additions_of(assumed(reading, "e1:bearing=80,e2:launch=", layers))[0].what == "bearing"


# ----------------------------------------------------------------------------------------------------------- picks


def test_a_pick_moves_the_name_the_phrases_about_it_and_the_launch(koreas: Reading, layers: Layers) -> None:
    reading = picked(koreas, "m7=2", layers)
    place = mention(koreas, "m7").alternatives[1]
    event = reading.events[0]

    assert mention(reading, "m7").place == place
    assert mention(reading, "m7").why.startswith("picked by the analyst: Sangsŏng-ni (gazetteer:")
    assert mention(reading, "m7").alternatives[1] == mention(koreas, "m7").place
    assert (
        mention(reading, "m6").why
        == "read as 'near': within 15 km of Sangsŏng-ni; measured from what the analyst picked"
    )
    assert event.launch is not None
    assert event.launch.why.endswith("; measured from what the analyst picked")
    assert (event.launch.lon, event.launch.lat) == (place.lon, place.lat)
    assert [entry["said"] for entry in reading.assumed] == ["m7=2"]
    assert {m.id for m in reading.mentions if m != mention(koreas, m.id)} == {"m6", "m7"}


def test_a_pick_is_the_same_when_the_article_is_read_and_afterwards(seeds: Path, layers: Layers) -> None:
    document = open_article(str(seeds / "two-koreas-one-day.md"))
    picks = parse_picks("m7=1")
    at_once = read(document, layers, choose=lambda reading: take_picks(reading, picks, layers))
    afterwards = picked(loads(dumps(read(document, layers))), "m7=1", layers)

    assert dumps(at_once) == dumps(afterwards)


def test_numbers_stay_those_of_the_text_whatever_was_picked(koreas: Reading, layers: Layers) -> None:
    once = loads(dumps(picked(koreas, "m7=2", layers)))

    assert dumps(picked(once, "m7=2", layers)) == dumps(once)
    assert dumps(picked(once, "m7=1", layers)) == dumps(picked(koreas, "m7=1", layers))
    assert dumps(picked(once, "m7=auto", layers)) == dumps(koreas)
    assert dumps(picked(koreas, "m7=auto", layers)) == dumps(koreas)


def test_no_place_is_a_choice_and_what_rests_on_it_is_lost(koreas: Reading, layers: Layers) -> None:
    reading = loads(dumps(picked(koreas, "m7=none", layers)))
    gone = mention(reading, "m7")

    assert (gone.status, gone.place) == ("not_mapped", None)
    assert gone.why.startswith("picked by the analyst: not a place")
    assert mention(reading, "m6").status == "unresolved"
    assert reading.events[0].launch is None
    assert dumps(picked(reading, "m7=auto", layers)) == dumps(koreas)


def test_a_phrase_can_be_no_place(koreas: Reading, layers: Layers) -> None:
    reading = loads(dumps(picked(koreas, "m3=none", layers)))

    assert mention(reading, "m3").status == "not_mapped"
    assert reading.events[0].impact != koreas.events[0].impact
    assert dumps(picked(reading, "m3=auto", layers)) == dumps(koreas)


def test_a_name_that_stands_there_twice_is_picked_twice(layers: Layers) -> None:
    plain = reading_of(TWO.format("Yangdok", "Yangdok", "Yangdok"), layers)
    first, second, third = (one.id for one in plain.mentions if one.text == "Yangdok")
    reading = picked(plain, f"{first}=1", layers)
    other = mention(plain, first).alternatives[0]

    assert mention(plain, first).place != other
    assert {mention(reading, name).place for name in (first, second, third)} == {other}
    assert f", as for {first}; geomap had taken" in mention(reading, second).why
    assert any(one.place and one.place.name.endswith(f"of {other.name}, ± 22.5°") for one in reading.mentions)
    alone = picked(reading, f"{second}=auto", layers)
    assert mention(alone, second) == mention(plain, second)
    assert mention(alone, third).place == other
    assert dumps(picked(alone, f"{first}=auto", layers)) == dumps(plain)


def test_an_ambiguous_name_is_settled_by_a_pick(koreas: Reading, layers: Layers) -> None:
    twins = tuple(
        Place(name=name, kind="city", lon=126.0 + n, lat=39.0, radius_km=3.0, source=f"gazetteer:{n}")
        for n, name in enumerate("ABC")
    )
    ambiguous = msgspec.structs.replace(
        mention(koreas, "m7"), status="ambiguous", place=None, alternatives=twins, why="three fit"
    )
    mentions = tuple(ambiguous if one.id == "m7" else one for one in koreas.mentions)
    plain = msgspec.structs.replace(koreas, mentions=mentions)
    reading = loads(dumps(picked(plain, "m7=2", layers)))

    assert (mention(reading, "m7").status, mention(reading, "m7").place) == ("located", twins[1])
    assert mention(reading, "m7").alternatives == (twins[0], twins[2])
    assert mention(picked(reading, "m7=3", layers), "m7").place == twins[2]
    assert mention(picked(reading, "m7=auto", layers), "m7") == ambiguous


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("m99=1", "m99=1: there is no mention m99; the last one is m20"),
        ("m7=3", "m7=3: 'Yangdok' has no alternative 3; it has 2: 1 Yangdok County; 2 Sangsŏng-ni"),
        ("m2=1", "m2=1: 'North Korea' has no alternative 1; it has none"),
    ],
)
def test_what_is_not_there_cannot_be_picked(text: str, told: str, koreas: Reading, layers: Layers) -> None:
    with pytest.raises(InputError, match=re.escape(told)):
        picked(koreas, text, layers)


def test_notes_of_the_later_steps_are_not_told_twice(koreas: Reading, layers: Layers) -> None:
    assert koreas.notes
    assert picked(koreas, "m7=2", layers).notes == koreas.notes


def test_picks_and_assumptions_go_together(koreas: Reading, layers: Layers) -> None:
    wishes = Wishes(assumptions=parse_assumptions("e1:bearing=80", layers), picks=(Pick(mention="m7", choice=2),))
    both = loads(dumps(reconsider(koreas, wishes, layers)))

    assert [one.what for one in additions_of(both)][:3] == ["pick", "bearing", "impact"]
    moved = picked(both, "m7=1", layers)
    assert added(moved, "impact") != added(both, "impact"), "what follows is measured from the place that is picked"
    assert dumps(picked(moved, "m7=2", layers)) == dumps(both)


# -------------------------------------------------------------------------------------------------- the map, the tables


def scene_of(reading: Reading, layers: Layers) -> Scene:
    return make_scene([reading], layers)


def test_the_map_has_a_group_of_its_own_for_them(koreas: Reading, layers: Layers) -> None:
    scene = scene_of(assumed(koreas, PATH, layers), layers)
    ours = [layer for layer in scene.layers if layer.style.startswith("assumed")]
    rows = [row for layer in ours for row in layer.frame.to_dict("records")]

    assert {layer.style for layer in ours} == {"assumed", "assumed-area", "assumed-range", "assumed-track"}
    assert {layer.group for layer in ours} == {"Added by the analyst"}
    assert all(row["title"].startswith("Analyst: ") and "the article does not say so" in row["status"] for row in rows)
    assert {row["words"] for row in rows} == {""}, "nothing of it is a quotation"
    assert any("sites" in credit.lower() or "geomap" in credit for credit in scene.credits)
    west, _, east, _ = scene.bounds
    assert west < 126.8
    assert east > 136.07


def test_a_scene_without_assumptions_has_nothing_of_it(koreas: Reading, layers: Layers) -> None:
    scene = scene_of(koreas, layers)

    assert not [layer for layer in scene.layers if layer.style.startswith("assumed")]
    assert not [table for table in scene.tables if table.key == "assumed"]


def test_the_table_tells_them_apart_with_their_verdicts(koreas: Reading, layers: Layers) -> None:
    reading = assumed(koreas, "e1:impact=37.5, 137.0", layers)
    (table,) = (table for table in make_tables([reading, koreas], namer(layers)) if table.key == "assumed")
    firsts = [row[0] for row in table.rows]

    assert table.title == "Added by the analyst, not in the article"
    assert firsts[0] == "impact: 37.5, 137.0"
    assert re.fullmatch(r"verdict if so: Tokyo: outside Japan's EEZ – contradicts \(\d+ km inside, ±.*\)", firsts[-2])
    assert {row[-1] for row in table.rows} == {"Two Koreas, one day"}
    assert table.marks[0] == ("a1:assumed1",)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_entries_stay_text(hostile: str, layers: Layers) -> None:
    entries: tuple[dict[str, Any], ...] = (
        {"what": hostile, "name": hostile, "why": hostile, "source": hostile, "lon": 130.0, "lat": 39.0,
         "said": hostile, "event": hostile, "by": hostile},
        {"what": "launch", "name": hostile, "lon": 1e300, "lat": "39", "by": "analyst", "event": "e1"},
        {"what": "range", "name": hostile, "high": 1e300, "geometry": {"type": "Polygon", "coordinates": hostile}},
        {"what": "verdict", "relation": hostile, "margin_km": 1e300, "share": 7, "name": hostile},
        {"what": "impact", "geometry": {"type": "Point", "coordinates": [500, 500]}},
        {"what": [hostile], "name": {"a": 1}, "lon": None},
    )  # fmt: skip
    plain = two_koreas()
    reading = loads(dumps(msgspec.structs.replace(plain, assumed=entries)))
    page, bare = make_page(scene_of(reading, layers)), make_page(scene_of(plain, layers))

    assert reading.assumed == entries
    for tag in ("<script", "<img", "<svg", "<b>"):
        assert page.count(tag) == bare.count(tag)
    assert "<" not in hostile or hostile not in page


def test_malformed_entries_keep_their_words_and_lose_their_place() -> None:
    entry = {"what": "launch", "name": "Sunan", "lon": 1e300, "lat": 39.0, "why": 5}

    assert read_addition(entry) == Addition(what="launch", name="Sunan")
    assert read_addition(entry).title == "Analyst: launch, Sunan"


def test_an_entry_has_the_keys_of_the_contract() -> None:
    verdict = Addition(what="verdict", relation="inside", agrees=None)
    always = {
        "event", "what", "by", "said", "given", "name", "lon", "lat", "radius_km", "geometry", "why", "source"
    }  # fmt: skip

    assert set(write_addition(Addition())) == always
    assert set(write_addition(verdict)) == always | {
        "claim", "relation", "agrees", "margin_km", "tolerance_km", "share"
    }  # fmt: skip
    assert read_addition(write_addition(verdict)) == verdict
    assert verdict.verdict() == Verdict(
        relation="inside", agrees=None, margin_km=None, tolerance_km=None, share=None, why=""
    )


# ---------------------------------------------------------------------------------------------------- the commands


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_reading_an_article_and_a_line_gives_the_same_bytes(run: Run, seeds: Path) -> None:
    seed = seeds / "two-koreas-one-day.md"
    options = ("--assume", PATH, "--pick", "m7=1")
    wanted = run("read", seed, *options).stdout_bytes
    plain = run("read", seed).stdout_bytes

    assert run("read", "-", *options, stdin=plain).stdout_bytes == wanted
    assert run("read", "-", stdin=wanted).stdout_bytes == wanted
    assert run("read", "-", *options, stdin=wanted).stdout_bytes == wanted
    undo = ("--assume", "e1:launch=,system=,distance=,bearing=", "--pick", "m7=auto")
    assert run("read", "-", *undo, stdin=wanted).stdout_bytes == plain


def test_a_line_is_drawn_with_what_it_keeps(run: Run, seeds: Path, folder: Path) -> None:
    line = run("read", seeds / "two-koreas-one-day.md", "--assume", PATH).stdout_bytes
    result = run("map", "-", "-o", "map.html", stdin=line)

    assert result.exit_code == 0, result.output
    page = (folder / "map.html").read_text(encoding="utf-8")
    assert "Analyst: impact, 800 km from Yangdok, bearing 80" in page
    assert "Added by the analyst, not in the article" in page


def test_show_numbers_the_candidates_and_lists_the_assumptions_apart(run: Run, seeds: Path) -> None:
    seed = seeds / "two-koreas-one-day.md"
    plain = run("show", seed, "--width", 200).stdout
    shown = run("show", seed, "--width", 200, "--assume", PATH, "--pick", "m7=2").stdout

    assert "score 0.70; runners-up: 1 Yangdok County (North Korea) 0.69; 2 Sangsŏng-ni" in " ".join(plain.split())
    assert "Added by the analyst" not in plain
    assert "runners-up: 1 Yangdok County (North Korea) 0.69; auto Yangdok (North Korea) 0.70" in " ".join(shown.split())
    _, _, apart = shown.partition("\nAdded by the analyst, not in the article\n")
    assert "m7  pick: “Yangdok” is Sangsŏng-ni" in apart
    assert "e1  impact: 800 km from Yangdok, bearing 80  40.16°N, 136.07°E" in apart


def test_show_says_of_a_name_that_it_was_picked_to_be_no_place(run: Run, seeds: Path) -> None:
    shown = run(
        "show", seeds / "two-koreas-one-day.md", "--all", "--no-text", "--width", 200, "--pick", "m7=none"
    ).stdout

    assert re.search(r"^m7 +Yangdok +no place, picked by the analyst: not a place", shown, re.MULTILINE)


def test_of_several_articles_each_wish_names_its_own(run: Run, article: Write) -> None:
    article(SHORT, "a.txt")
    article(OFF, "b.txt")
    first, second = lines(run("read", "a.txt", "b.txt", "--assume", "a2:launch=Sunan,a1:e1:bearing=E"))

    assert [entry["said"] for entry in first["assumed"]] == ["bearing=E"]
    assert second["assumed"][0]["said"] == "launch=Sunan"
    vague = run("read", "a.txt", "b.txt", "--assume", "e1:launch=Sunan")
    assert vague.exit_code == 1
    assert "has to say which it is about: a1:e1:launch=Sunan for the first" in vague.stderr
    assert lines(run("read", "a.txt", "--assume", "a1:launch=Sunan"))[0]["assumed"][0]["said"] == "launch=Sunan"


def test_a_wish_that_cannot_be_met_does_not_cost_the_others(run: Run, article: Write) -> None:
    article(SHORT, "a.txt")
    article(OFF, "b.txt")
    result = run("read", "a.txt", "b.txt", "--pick", "a1:m99=1", "--assume", "a3:launch=Sunan")

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert "Error: a.txt: m99=1: there is no mention m99" in result.stderr
    assert "a3:launch=Sunan is about article 3, but 2 articles were read" in result.stderr


@pytest.mark.parametrize("command", ["read", "map", "show"])
@pytest.mark.parametrize(("option", "value"), [("--assume", "launch=Xyzzyville"), ("--pick", "m3")])
def test_a_senseless_option_is_wrong_usage(run: Run, article: Write, command: str, option: str, value: str) -> None:
    article(SHORT)
    result = run(command, "article.txt", option, value)

    assert result.exit_code == 2
    assert f"Invalid value for '{option}'" in result.stderr


def test_hostile_words_in_an_option_reach_no_terminal(run: Run, article: Write) -> None:
    article(SHORT)
    result = run("read", "article.txt", "--assume", "system=\x1b]0;owned\x07")

    assert result.exit_code == 2
    assert "\x1b" not in result.stderr


def test_wishes_on_a_broken_line_cost_a_sentence(run: Run, koreas: Reading) -> None:
    whole = json.loads(dumps(koreas))
    deep: dict[str, Any] = {"node": "Named", "id": "m7"}
    for _ in range(300):
        deep = {"node": "Near", "of": deep}
    breaks: list[Callable[[dict[str, Any]], object]] = [
        lambda form: form["mentions"][2].update(place=None),
        lambda form: form["mentions"][5].update(expression=deep),
        lambda form: form["mentions"][6].update(place=None, alternatives=[]),
        lambda form: form["mentions"][6]["place"].update(feature="countries/QQQ"),
        lambda form: form["mentions"][6]["alternatives"][0].update(lon=1e300, lat=-1e300, radius_km=1e300),
        lambda form: form["mentions"][6]["alternatives"][0].update(feature="sites/none"),
        lambda form: form["events"][0]["launch"].update(lon=1e300, lat=1e300, radius_km=1e300),
        lambda form: form["events"][0]["claims"][0].update(zone="nothing/at-all"),
        lambda form: form["events"][0].update(distance_km={"value": 1e300, "low": -5, "high": 1e305, "said": ""}),
        lambda form: form["document"].update(published="soon"),
        lambda form: form.update(mentions=[{**one, "id": "m7"} for one in form["mentions"]]),
    ]
    for broken in breaks:
        form = json.loads(json.dumps(whole))
        broken(form)
        result = run("read", "-", "--pick", "m7=1", "--assume", "e1:launch=Sunan,bearing=80", stdin=json.dumps(form))
        done = result.exit_code == 0 and len(result.stdout.splitlines()) == 1
        refused = result.exit_code == 1 and result.stdout == "" and re.fullmatch(r"Error: [^\n]+\n", result.stderr)
        assert done or refused, result.output
