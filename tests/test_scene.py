"""What will be drawn: the layers in their order, what is muted, and where the map opens."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import shapely
from filled import LAT, LON, filled
from toys import EEZ, make_layers, pacific_shot, two_koreas

from geomap import dates, geodesy
from geomap.cards import make_card, make_cards
from geomap.catalog import Layers
from geomap.errors import LayerNotFound
from geomap.ground import make_ground, view_about
from geomap.naming import namer
from geomap.scene import make_scene
from geomap.stage import Scene, SceneLayer, Table
from geomap.style import STYLES
from geomap.types import Claim, Document, Event, Location, MergedEvent, Reading, Source, Statement, Weapon
from geomap.verdicts import verdict


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    return Layers(make_layers(tmp_path_factory.mktemp("layers")))


@pytest.fixture(scope="module")
def scene(toys: Layers) -> Scene:
    return make_scene([two_koreas()], toys)


def layer(scene: Scene, key: str) -> SceneLayer:
    return next(one for one in scene.layers if one.key == key)


def titles(scene: Scene, key: str) -> list[str]:
    return layer(scene, key).frame["title"].tolist()


def table(scene: Scene, key: str) -> Table:
    return next(one for one in scene.tables if one.key == key)


def test_layers_lie_in_the_order_of_their_styles_and_are_never_empty(scene: Scene) -> None:
    orders = [STYLES[one.style].order for one in scene.layers]

    assert orders == sorted(orders)
    assert all(len(one.frame) for one in scene.layers)
    assert len({one.key for one in scene.layers}) == len(scene.layers)


def test_the_columns_of_the_popups_exist(scene: Scene) -> None:
    for one in scene.layers:
        assert {column for column, _ in one.columns} <= set(one.frame.columns), one.key
        assert one.label is None or one.label in one.frame.columns, one.key


def test_the_claimed_zone_stands_out_from_the_others(scene: Scene) -> None:
    assert titles(scene, "eez-claimed") == ["EEZ of Japan"]
    assert sorted(titles(scene, "eez")) == ["EEZ of North Korea", "EEZ of South Korea"]
    claimed = layer(scene, "eez-claimed").frame.iloc[0]
    assert claimed["claims"] == "Japan Coast Guard: outside – cannot tell"
    assert claimed["words"].startswith("The Japan Coast Guard reported")


def test_the_range_says_that_no_launch_place_is_given(scene: Scene) -> None:
    ring = layer(scene, "range-1")

    assert ring.style == "range-SRBM"
    assert ring.title == "SRBM, up to 1,000 km, from anywhere in North Korea: the text names no launch place"


def test_what_happened_has_an_area_and_a_best_point_in_one_group(scene: Scene) -> None:
    area, point = layer(scene, "impact-areas"), layer(scene, "impact-points")

    assert area.group == point.group == "Where it came down"
    assert point.frame.geometry.iloc[0].equals(shapely.Point(130, 39.8))
    assert not any(one.key.startswith("launch") for one in scene.layers)


def test_places_datelines_and_regions_are_told_apart(scene: Scene) -> None:
    assert titles(scene, "places") == ["Seoul"]
    assert titles(scene, "datelines") == ["Tokyo"]
    assert titles(scene, "areas") == ["Korean Peninsula"]
    assert titles(scene, "seas") == ["Sea of Japan"]
    assert titles(scene, "line") == ["Northern Limit Line"]
    assert not any(one.key == "relative" for one in scene.layers), "the impact zone is drawn once"


def test_known_sites_are_where_the_actors_launch_and_say_that_the_article_does_not_name_them(scene: Scene) -> None:
    sites = layer(scene, "sites")

    assert sites.title == "Known launch sites (not from this article)"
    assert titles(scene, "sites") == ["Sohae", "Sinpo"]
    assert set(sites.frame["article"]) == {"not from this article"}


def test_a_site_that_the_article_names_is_not_among_the_known_ones(toys: Layers) -> None:
    reading = two_koreas()
    seoul = reading.mentions[5]
    assert seoul.place is not None
    site = msgspec.structs.replace(seoul.place, name="Sohae", kind="facility", feature="sites/PRK-sohae")
    named = msgspec.structs.replace(
        reading, mentions=(*reading.mentions, msgspec.structs.replace(seoul, id="m11", place=site))
    )

    assert titles(make_scene([named], toys), "sites") == ["Sinpo"]


def test_an_event_that_is_only_recalled_is_muted_and_does_not_move_the_view(toys: Layers, scene: Scene) -> None:
    reading = two_koreas()
    where = Location(
        mention=None, text="Kura", lon=161, lat=56, radius_km=50, geometry=shapely.Point(161, 56), rule="named", why=""
    )
    recalled = Event(id="e4", actor="RUS", weapon=Weapon(text="a missile"), impact=where, background=True)
    drawn = make_scene([msgspec.structs.replace(reading, events=(*reading.events, recalled))], toys)

    assert layer(drawn, "earlier-points").style == "background-point"
    assert titles(drawn, "impact-points") == titles(scene, "impact-points")
    assert drawn.bounds == scene.bounds


def test_tables(scene: Scene) -> None:
    assert [one.key for one in scene.tables] == ["events", "timeline", "claims", "unlocated", "places"]
    for one in scene.tables:
        assert all(len(row) == len(one.headings) for row in one.rows)
        assert len(one.marks) == len(one.rows)
    events = table(scene, "events")
    assert [row[0] for row in events.rows] == [
        "North Korea: two short-range ballistic missiles (SRBM)",
        "South Korea: a ballistic missile (SLBM)",
        "North Korea: a new long-range cruise missile (earlier, only recalled)",
    ]
    assert events.marks[0] == ("e1.impact",)
    assert events.rows[1][events.headings.index("Came down")] == "the text does not say"
    claim = table(scene, "claims").rows[0]
    assert claim[:4] == ("Japan Coast Guard: outside the EEZ of Japan", "cannot tell",
                         "180 km outside, ±\u00a0260\u00a0km", "21 %")  # fmt: skip
    missing = "\n".join(row[0] for row in table(scene, "unlocated").rows)
    assert "two short-range ballistic missiles (SRBM): launch place" in missing
    assert "a ballistic missile (SLBM): launch place and place where it came down" in missing
    assert "“Hwangbo” (city)" in missing


def test_the_marks_of_the_tables_are_in_the_layers(scene: Scene) -> None:
    drawn = {mark for one in scene.layers if "id" in one.frame for mark in one.frame["id"]}

    for one in scene.tables:
        if one.key in ("events", "claims"):
            assert {mark for marks in one.marks for mark in marks} <= drawn


def test_the_view_opens_on_the_event(scene: Scene) -> None:
    west, south, east, north = scene.bounds
    area = layer(scene, "impact-areas").frame.geometry.iloc[0]

    assert west < area.bounds[0] < area.bounds[2] < east
    assert south < area.bounds[1] < area.bounds[3] < north
    assert east - west < 20


def test_the_view_crosses_the_antimeridian_with_the_event(toys: Layers) -> None:
    drawn = make_scene([pacific_shot()], toys)
    west, _, east, _ = drawn.bounds

    assert 140 < west < 167
    assert -120 < east < -90
    assert titles(drawn, "tracks") == ["Track: a Minuteman III (ICBM)"]
    assert titles(drawn, "launch-points") == ["Launched from: a Minuteman III (ICBM)"]
    assert layer(drawn, "range-1").style == "range-stated"


def test_several_articles_make_one_scene(toys: Layers) -> None:
    drawn = make_scene([pacific_shot(), two_koreas()], toys)

    assert drawn.title == "2 articles on launches"
    assert drawn.subtitle == "15 September 2021 to 5 November 2024"
    assert layer(drawn, "impact-points").frame["id"].tolist() == ["a1:e1.impact", "a2:e1.impact"]
    assert "article 2" in drawn.made


def test_no_article_at_all_is_a_map_of_the_world(toys: Layers) -> None:
    drawn = make_scene([], toys)

    assert {one.style for one in drawn.layers} <= {"land", "coast", "border", "country-label"}
    assert drawn.tables == ()


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("/home/ann/secret/story.md", "story.md"),
        ("C:\\Users\\ann\\story.md", "story.md"),
        ("https://news.example/2021/story", "https://news.example/2021/story"),
    ],
)
def test_the_folders_of_the_analysts_machine_stay_there(toys: Layers, source: str, shown: str) -> None:
    reading = two_koreas()
    moved = msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, source=source))

    assert make_scene([moved], toys).subtitle == f"15 September 2021 · {shown}"


def test_title_source_credits_and_how_it_was_made(toys: Layers, scene: Scene) -> None:
    assert scene.title == "Two Koreas test missiles on one day"
    assert scene.subtitle == "15 September 2021 · toy.txt"
    assert make_scene([two_koreas()], toys, title="Mine").title == "Mine"
    assert scene.made[toys["eez"].source_id.replace(":", " ")] == toys["eez"].hash
    assert "Eez: a toy (CC0-1.0)" in scene.credits
    assert any("The layer eez is a toy" in caveat for caveat in scene.caveats)
    assert not any("countries" in credit.casefold() for credit in scene.credits), "nothing of it is drawn"


def test_names(toys: Layers) -> None:
    name = namer(toys)

    assert name("PRK") == "North Korea"
    assert name("eez/JPN") == "EEZ of Japan"
    assert name("eez/JPN+KOR") == "EEZ of Japan and South Korea"
    assert name("lines/NLL") == "Northern Limit Line"
    assert name("the Houthis") == "the Houthis"


def test_an_analyst_s_point_is_marked_as_such(toys: Layers) -> None:
    added = {"what": "launch", "name": "Sunan", "lon": 125.67, "lat": 39.2, "why": "seen on pictures"}
    reading = msgspec.structs.replace(two_koreas(), assumed=(added, {"what": "no place"}))
    drawn = make_scene([reading], toys)

    assert titles(drawn, "assumed") == ["Analyst: launch, Sunan"]
    assert len(table(drawn, "assumed").rows) == 2


def test_a_folder_without_the_ground_is_refused(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"version": "1", "resources": []}', encoding="utf-8")

    with pytest.raises(LayerNotFound, match="basemap"):
        make_scene([Reading(document=two_koreas().document)], Layers(tmp_path))


def test_borders_are_what_two_countries_share_and_coasts_what_one_has(toys: Layers) -> None:
    ground = make_ground(toys, view_about([shapely.Point(127, 38)]))
    dmz, shore = shapely.Point(127.1, 38.3), shapely.Point(129.4, 37.0)

    assert ground.border.distance(dmz) < 1e-6 < ground.border.distance(shore)
    assert ground.coast.distance(shore) < 1e-6 < ground.coast.distance(dmz)
    assert [name for name, _ in ground.labels] == ["North Korea", "South Korea"] or len(ground.labels) > 2


def test_no_coast_runs_along_the_antimeridian(toys: Layers) -> None:
    ground = make_ground(toys, view_about([shapely.Point(179, 65), shapely.Point(-178, 66)]))
    seam = shapely.LineString([(180, 60), (180, 70)])

    assert ground.coast.intersection(seam.buffer(1e-4)).length == pytest.approx(0, abs=0.01)


def test_no_line_is_drawn_where_fine_and_coarse_land_meet(toys: Layers) -> None:
    view = view_about([shapely.Point(127, 38)])
    edge = view.window(0.8).boundary
    ground = make_ground(toys, view)

    assert ground.coast.intersection(edge.buffer(1e-6)).length < 1e-3
    assert shapely.union_all([shape for _, _, shape in ground.land]).is_valid


def test_a_margin_runs_from_the_best_point_to_the_edge_and_is_hidden_at_first(toys: Layers) -> None:
    drawn = layer(make_scene([filled()], toys), "margins")
    line, (km,) = drawn.frame.geometry.iloc[0], drawn.frame["km"]
    end = shapely.Point(line.coords[-1])

    assert not drawn.shown
    assert drawn.frame["id"].tolist() == ["e1.margin.eez/JPN"]
    assert drawn.frame["label"].tolist() == ["110 km"]
    assert line.coords[0] == pytest.approx((LON, LAT))
    assert EEZ["JPN"][1].boundary.distance(end) < 1e-3
    assert km == pytest.approx(abs(filled().events[0].claims[1].verdict.margin_km), abs=0.1)  # type: ignore[union-attr]


@pytest.mark.parametrize(("lon", "lat"), [(134.2, 40.6), (137.5, 39.0), (131.5, 37.2), (179.5, 40.0)])
def test_a_margin_is_as_long_as_that_of_its_verdict(layers: Layers, lon: float, lat: float) -> None:
    place = Location(mention=None, text="there", lon=lon, lat=lat, radius_km=20, rule="", why="",
                     geometry=geodesy.disc(lon, lat, 20))  # fmt: skip
    claim = Claim(by="Tokyo", relation="outside", zone="eez/JPN", start=0, end=1)
    claim = msgspec.structs.replace(claim, verdict=verdict(claim, place, layers))
    event = Event(id="e1", weapon=Weapon(text="a missile"), impact=place, claims=(claim,))
    drawn = layer(make_scene([Reading(document=two_koreas().document, events=(event,))], layers), "margins")

    assert claim.verdict is not None
    assert claim.verdict.margin_km is not None
    assert geodesy.GEOD.geometry_length(drawn.frame.geometry.iloc[0]) / 1000 == pytest.approx(
        abs(claim.verdict.margin_km), abs=0.1
    )


def test_a_margin_that_is_not_that_of_the_zones_at_hand_is_not_drawn(scene: Scene) -> None:
    assert not any(one.key == "margins" for one in scene.layers), "the toy verdict was made up"
    told = scene.cards[0].contests[0].claims[0]
    assert told.geometry.startswith("cannot tell: best point 180\u00a0km outside")
    assert (told.margin, told.marks) == (False, ("eez/JPN",))


def test_what_does_not_fit_and_what_a_claim_leaves_are_drawn_apart(toys: Layers) -> None:
    drawn = make_scene([filled()], toys)

    assert titles(drawn, "dropped-points") == ["“off the west coast” does not fit the rest"]
    assert layer(drawn, "dropped-areas").group == layer(drawn, "dropped-points").group
    assert layer(drawn, "clipped").frame["label"].tolist() == ["if Japan Coast Guard is right: 38 % of the impact zone"]
    assert all(STYLES[style].dash for style in ("dropped", "clipped"))
    assert len(titles(drawn, "impact-points")) == 1


def test_a_clipped_zone_whose_claim_is_not_there_is_drawn_without_its_words(toys: Layers) -> None:
    reading = filled()
    event = reading.events[0]
    lost = msgspec.structs.replace(event.clipped[0], claim=99, by=None)
    alone = msgspec.structs.replace(event, clipped=(lost,))
    drawn = make_scene([msgspec.structs.replace(reading, events=(alone,))], toys)

    assert titles(drawn, "clipped") == ["If the claim is right: 38 % of the impact zone"]
    assert layer(drawn, "clipped").frame["words"].tolist() == [""]


def test_what_does_not_fit_is_drawn_once(toys: Layers) -> None:
    reading = filled()
    event = reading.events[0]
    astray = msgspec.structs.replace(event.dropped[0], mention="m3")
    alone = msgspec.structs.replace(event, dropped=(astray,))

    assert layer(make_scene([reading], toys), "relative").frame["words"].tolist() == ["off its east coast"]
    drawn = make_scene([msgspec.structs.replace(reading, events=(alone,))], toys)
    assert not any(one.key == "relative" for one in drawn.layers)


def test_a_card_says_what_the_text_says_and_where_it_is_silent(toys: Layers) -> None:
    full, silent, recalled = make_cards([filled()], namer(toys))
    facts = {fact.name: (fact.said, *fact.more) for fact in full.facts}

    assert facts["When"] == (
        "Wednesday",
        "14 September 2021, 15:00, to 15 September 2021, 15:00 UTC", "local day: 15 September 2021 (UTC+9)",
    )  # fmt: skip
    assert facts["How many"] == ("3", "2 “at dawn”; 1 “an hour later”")
    assert facts["Flight time"] == ("some 17 minutes (16 to 18 min)",)
    assert facts["Flown over"] == (
        "“Hamgyong” (so does the track); “Hokkaido” (the track does not pass over it); "
        "Russia (by the track; the text does not say)",
    )
    assert full.source == "Two salvos and many voices"
    assert [note.kind for note in full.notes] == ["conflict", "doubt", "apart", "note"]
    assert {fact.name for fact in silent.facts if fact.silent} == {"Launched from", "Came down"}
    assert recalled.recalled
    assert not any(fact.silent for fact in recalled.facts)


def test_a_card_names_the_outlet_whose_words_it_quotes(toys: Layers) -> None:
    reading = filled()
    document = msgspec.structs.replace(reading.document, outlet="The Evening Paper")
    card = make_cards([msgspec.structs.replace(reading, document=document)], namer(toys))[0]

    assert card.source == "The Evening Paper · Two salvos and many voices"
    assert card.words.startswith("North Korea fired two short-range ballistic missiles")


def test_a_card_of_several_articles_quotes_each_claim_from_its_own(toys: Layers) -> None:
    reading = filled()
    other = Document.of("Tokyo said that it fell outside.", outlet="Another Paper")
    claim = Claim(by="Tokyo", relation="outside", zone="eez/JPN", start=0, end=5, document=other.id)
    sources = tuple(
        Source(document=one.id, event="e1", outlet=outlet, said={"count": words})
        for one, outlet, words in ((reading.document, "One Paper", "two"), (other, "Another Paper", "a pair"))
    )
    event = MergedEvent(id="e1", weapon=Weapon(text="a missile"), claims=(claim,), sources=sources)
    card = make_card(0, reading, event, namer(toys), documents={other.id: other})

    assert card.contests[0].claims[0].words == "Tokyo"
    assert card.source == "Two salvos and many voices and 1 other"
    assert [fact.more for fact in card.facts if fact.name == "Reported"] == [
        ("• One Paper: “two”", "• Another Paper: “a pair”"),
    ]  # fmt: skip


def test_a_day_that_is_only_that_of_the_issue_is_said_to_be(toys: Layers) -> None:
    reading = filled()
    when = reading.events[0].when
    assert when is not None
    event = msgspec.structs.replace(reading.events[0], when=msgspec.structs.replace(when, said=dates.ISSUE))
    card = make_card(None, reading, event, namer(toys))

    assert card.facts[0].said == "the text does not say; taken to be the day of issue"


def test_several_places_of_impact_are_a_line_each(toys: Layers) -> None:
    reading = filled()
    place = reading.events[0].impact
    assert place is not None
    event = msgspec.structs.replace(reading.events[0], impacts=(place, msgspec.structs.replace(place, text="Hokkaido")))
    card = make_card(None, reading, event, namer(toys))

    assert [fact.said for fact in card.facts if fact.name in ("Came down", "and")] == [
        "“190 km west of Oshima”", "“Hokkaido”",
    ]  # fmt: skip
    assert card.marks == ("e1.launch", "e1.impact", "e1.impact2", "e1.track")


def test_who_says_what_is_told_side_by_side(toys: Layers) -> None:
    count, distance, apogee, impact = make_cards([filled()], namer(toys))[0].topics

    assert [(one.said, one.corrected) for one in count.sayings] == [("two", True), ("three", False)]
    assert not count.differ, "who corrects himself does not differ from himself"
    assert distance.differ
    assert apogee.sayings[0].by == "the army"
    assert not impact.differ


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ({"value": "about 780 km", "number": 780, "low": 730, "high": 830}, {"value": "800 km", "number": 800}, False),
        ({"value": "780 km", "number": 780}, {"value": "800 km", "number": 800}, True),
        ({"value": "off Hokkaido", "mention": "m1"}, {"value": "near Hokkaido", "mention": "m1"}, False),
        ({"value": "off Hokkaido", "mention": "m1"}, {"value": "near Honshu", "mention": "m2"}, True),
        ({"value": "Two"}, {"value": "two"}, False),
    ],
)
def test_claimants_differ_when_both_cannot_be(
    toys: Layers, one: dict[str, object], other: dict[str, object], differ: bool
) -> None:
    said = tuple(
        Statement(by=by, about="distance", start=0, end=1, **told)  # type: ignore[arg-type]
        for by, told in (("Seoul", one), ("Tokyo", other))
    )
    event = Event(id="e1", weapon=Weapon(text="a missile"), statements=said)
    card = make_card(None, two_koreas(), event, namer(toys))

    assert card.topics[0].differ is differ


def test_claims_on_one_zone_stand_together_and_two_that_differ_are_disputed(toys: Layers) -> None:
    zone, line = make_scene([filled()], toys).cards[0].contests

    assert zone.disputed
    assert [(one.line, one.corrected, one.verdict) for one in zone.claims] == [
        ("Japan Coast Guard: inside the EEZ of Japan", True, "contradicts"),
        ("Japan Coast Guard: outside the EEZ of Japan", False, "agrees"),
        ("Chief Cabinet Secretary: inside the EEZ of Japan", False, "contradicts"),
    ]
    told = zone.claims[1]
    assert told.geometry == "outside, 110\u00a0km from the edge, ±\u00a045\u00a0km, 100\u00a0% of the impact zone"
    assert (told.layer, told.change) == ("eez 1.2.0, computed", "a place of impact 20 km farther east")
    assert told.left == "38 % of the impact zone is left"
    assert told.marks == ("eez/JPN", "e1.margin.eez/JPN", "e1.clipped2")
    assert not line.disputed
    assert (line.claims[0].geometry, line.claims[0].margin) == ("not tested", False)


def test_what_a_claimant_says_twice_is_one_claim(toys: Layers) -> None:
    reading = filled()
    claim = reading.events[0].claims[1]
    again = msgspec.structs.replace(claim, start=0, end=5, said="later")
    event = msgspec.structs.replace(reading.events[0], claims=(claim, again), clipped=())
    (contest,) = make_card(None, reading, event, namer(toys)).contests

    assert len(contest.claims) == 1
    assert not contest.disputed
    assert contest.claims[0].words.endswith("… TOKYO")
    assert contest.claims[0].when == "Wednesday noon, later"


def test_the_marks_of_the_cards_are_in_the_layers(toys: Layers) -> None:
    drawn = make_scene([filled(), pacific_shot()], toys)
    known = {mark for one in drawn.layers if "id" in one.frame for mark in one.frame["id"]}

    assert [card.key for card in drawn.cards] == ["a1:e1", "a1:e2", "a1:e3", "a2:e1"]
    for card in drawn.cards:
        asked = [*card.marks, *(mark for note in card.notes for mark in note.marks)]
        asked += [mark for contest in card.contests for one in contest.claims for mark in one.marks]
        assert set(asked) <= known
