"""Records to frames: which rows, which columns, and nothing but degrees."""

from __future__ import annotations

import pytest
import shapely
from toys import HOSTILE, pacific_shot, two_koreas

from geomap import frames
from geomap.types import Crossing, Document, Hazard, Reading, When


def name(feature: str) -> str:
    return {"PRK": "North Korea", "KOR": "South Korea", "USA": "United States"}.get(feature, feature)


def test_a_frame_has_the_columns_that_were_asked_for() -> None:
    row = {"id": "a", "title": None, "geometry": shapely.Point(1, 2)}
    frame = frames.make_frame([row], frames.GROUND)

    assert list(frame.columns) == ["id", "title", "geometry"]
    assert frame["title"].tolist() == [""]
    assert frame.crs.to_epsg() == 4326
    frames.check_frame(frame, frames.GROUND)


def test_a_frame_without_rows_has_its_columns() -> None:
    frame = frames.make_frame([], frames.PLACES)

    assert list(frame.columns) == [*frames.PLACES, "geometry"]
    frames.check_frame(frame, frames.PLACES)


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"id": "a", "geometry": shapely.Point(0, 0)}, r"\['title'\] are missing"),
        ({"id": "a", "title": "", "colour": "", "geometry": shapely.Point(0, 0)}, r"\['colour'\] are missing or too"),
        ({"id": "a", "title": "", "geometry": None}, r"\(a\): no geometry"),
        ({"id": "a", "title": "", "geometry": shapely.Polygon()}, "no geometry"),
    ],
)
def test_a_row_that_does_not_fit_is_refused(row: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        frames.make_frame([row], frames.GROUND)


def test_checking_finds_what_is_wrong() -> None:
    frame = frames.make_frame([{"id": "a", "title": "", "geometry": shapely.Point(190, 0)}], frames.GROUND)

    with pytest.raises(ValueError, match=r"reach 190\.0"):
        frames.check_frame(frame, frames.GROUND)
    with pytest.raises(ValueError, match="expected EPSG:4326"):
        frames.check_frame(frame.set_crs(3857, allow_override=True), frames.GROUND)
    with pytest.raises(ValueError, match="the columns are"):
        frames.check_frame(frame.drop(columns="title"), frames.GROUND)


def test_places_are_what_is_located_and_no_actor() -> None:
    found = frames.places([two_koreas()])

    frames.check_frame(found, frames.PLACES)
    assert found.loc[found["title"] == "Seoul", "id"].tolist() == ["m6"]
    assert found.loc[found["role"] == "dateline", "title"].tolist() == ["Tokyo"]
    assert "North Korea" not in found["title"].tolist()
    assert "Hwangbo" not in found["words"].tolist()
    assert found.loc[found["derived"], "id"].tolist() == ["m3"]


def test_the_same_place_in_two_articles_is_one_row_that_quotes_both() -> None:
    found = frames.places([two_koreas(), two_koreas(title="Another article")])
    seoul = found[found["title"] == "Seoul"]

    assert seoul["id"].tolist() == ["a1:m6"]
    assert seoul["article"].tolist() == ["Two Koreas test missiles on one day · Another article"]


def test_locations_are_the_launches_and_impacts_with_their_rules() -> None:
    found = frames.locations([two_koreas()], name)

    frames.check_frame(found, frames.LOCATIONS)
    assert found["id"].tolist() == ["e1.impact"]
    row = found.iloc[0]
    assert row["actor"] == "North Korea"
    assert row["words"] == "off its east coast"
    assert row["rule"].startswith("offshore of coasts/PRK-E")
    assert row["uncertainty"] == "within about 250 km of the point"
    assert row["claims"] == "Japan Coast Guard: outside eez/JPN – cannot tell"


def test_a_launch_and_its_best_point() -> None:
    found = frames.best_points(frames.locations([pacific_shot()], name))

    assert found["id"].tolist() == ["e1.launch", "e1.impact"]
    assert found.geometry.iloc[1].equals(shapely.Point(167.7, 9.1))
    assert frames.areas(frames.locations([pacific_shot()], name))["id"].tolist() == ["e1.impact"]


def test_tracks_and_ranges() -> None:
    tracks, ranges = frames.tracks([pacific_shot()], name), frames.ranges([pacific_shot(), two_koreas()], name)

    frames.check_frame(tracks, frames.TRACKS)
    frames.check_frame(ranges, frames.RANGES)
    assert tracks["distance"].tolist() == ["about 6,800 km (6,750 to 6,850 km)"]
    assert ranges["id"].tolist() == ["a1:r1", "a2:r1"]
    assert ranges["title"].tolist() == [
        "Range, about 6,800 km, from “Vandenberg”",
        "SRBM, up to 1,000 km, from anywhere in North Korea: the text names no launch place",
    ]
    assert ranges["stated"].tolist() == [True, False]


def test_hazards() -> None:
    text = "Area closed on 5 May."
    window = When(start="2024-05-05T01:00:00Z", end="2024-05-05T03:30:00Z", said="050100Z TO 050330Z MAY")
    hazard = Hazard(
        id="h1", geometry=shapely.box(1, 1, 2, 2), windows=(window,), authority="NAVAREA XI 1/24", evidence=((0, 20),),
        label="A", doubtful=("its edges cross",), lower="SFC", upper="FL200", notes=("a line",),
    )  # fmt: skip
    reading = Reading(
        document=Document.of(text),
        hazards=(hazard,),
        crossings=(Crossing(what="h1", feature="PRK", relation="within"),
                   Crossing(what="h1", feature="eez/PRK", relation="overlaps", share=0.4)),
    )  # fmt: skip
    found = frames.hazards([reading], lambda feature: f"the zone {feature}")

    frames.check_frame(found, frames.HAZARDS)
    row = found.iloc[0]
    assert (row["id"], row["title"]) == ("h1", "Closed area A, NAVAREA XI 1/24")
    assert row["windows"] == "5 May 2024, 01:00 to 03:30 UTC"
    assert row["times"] == "2024-05-05T01:00:00Z/2024-05-05T03:30:00Z"
    assert row["touches"] == "the zone eez/PRK 40 %"
    assert (row["doubtful"], row["height"], row["notes"]) == ("its edges cross", "SFC to FL200", "a line")
    assert row["words"] == "Area closed on 5 May"


def test_what_has_no_shape_is_no_row_of_hazards() -> None:
    nothing = Hazard(id="h1", geometry=shapely.Polygon())
    sound = Hazard(id="h2", geometry=shapely.box(1, 1, 2, 2))
    reading = Reading(document=Document.of("Two areas."), hazards=(nothing, sound))

    assert frames.hazards([reading, reading], name)["id"].tolist() == ["a1:h2", "a2:h2"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_text_stays_as_it_was(hostile: str) -> None:
    found = frames.locations([two_koreas(hostile=hostile)], name)

    assert found.iloc[0]["rule"] == hostile
