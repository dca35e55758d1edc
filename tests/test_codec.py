"""A reading is one line of JSON, and the line is the reading."""

from __future__ import annotations

import json
from typing import Any

import pytest
import shapely
from hypothesis import given, strategies as st
from shapely.geometry.base import BaseGeometry

from geomap.codec import dumps, loads, to_geojson
from geomap.errors import InputError
from geomap.types import (
    Amount,
    Bearing,
    Claim,
    Coordinates,
    Crossing,
    Direction,
    Document,
    Event,
    Hazard,
    Intersection,
    Location,
    Mention,
    Named,
    Place,
    RangePolygon,
    Reading,
    Verdict,
    Weapon,
    When,
)

TEXT = "North Korea fired two missiles off its east coast, 300 km east of Wonsan — “outside Japan’s EEZ”."
SQUARE = shapely.box(129.0, 38.5, 131.25, 40.125)


def full_reading() -> Reading:
    """A reading in which every kind of record occurs."""
    start = TEXT.index("300 km")
    place = Place(
        name="east of Wonsan", kind="relative", lon=130.9, lat=39.1, radius_km=30.0, geometry=SQUARE, source="derived"
    )
    said = Amount(value=300.0, low=290.0, high=310.0, said="300 km")
    spot = Location(
        mention="m1",
        text="300 km east of Wonsan",
        lon=130.9,
        lat=39.1,
        radius_km=30.0,
        geometry=SQUARE,
        rule="r",
        why="w",
    )
    when = When(start="2021-09-14T15:00:00Z", end="2021-09-15T15:00:00Z", said="Wednesday")
    verdict = Verdict(relation="outside", agrees=True, margin_km=-44.0, tolerance_km=30.0, share=0.0, why="w")
    claim = Claim(by="Japan Coast Guard", relation="outside", zone="eez/JPN", start=0, end=5, verdict=verdict)
    event = Event(
        id="e1",
        actor="PRK",
        weapon=Weapon(text="two missiles", kind="SRBM"),
        count=2,
        when=when,
        impact=spot,
        impacts=(spot,),
        track=shapely.LineString([(126.0, 39.0), (130.9, 39.1)]),
        distance_km=said,
        bearing_deg=Bearing(value=90.0, low=67.5, high=112.5, said="east"),
        claims=(claim,),
        evidence=((0, 30),),
    )
    mention = Mention(
        id="m1",
        start=start,
        end=start + len("300 km east of Wonsan"),
        text="300 km east of Wonsan",
        kind="relative",
        status="located",
        place=place,
        alternatives=(place,),
        expression=Intersection(
            a=Direction(of=Named(id="m2"), bearing_deg=90.0, sector_deg=22.5, distance=said),
            b=Coordinates(points=((129.0, 39.0),)),
        ),
    )
    return Reading(
        document=Document.of(TEXT, source="a.txt", title="T", published="2021-09-15"),
        mentions=(mention,),
        events=(event,),
        hazards=(Hazard(id="h1", geometry=SQUARE, windows=(when,), evidence=((0, 5),)),),
        ranges=(
            RangePolygon(
                id="r1", event="e1", origin="point", lon=126.0, lat=39.0, geometry=SQUARE, source="s", kind="SRBM"
            ),
        ),
        crossings=(Crossing(what="e1.impact", feature="eez/JPN", relation="disjoint", share=0.0, margin_km=-44.0),),
        assumed=({"impact": [130.0, 39.0]},),
        notes=("a note",),
    )


def test_a_full_reading_comes_back() -> None:
    reading = full_reading()
    line = dumps(reading)

    assert "\n" not in line
    assert loads(line) == reading
    assert loads(line.encode()) == reading
    assert dumps(loads(line)) == line


def test_the_names_in_json_are_those_of_the_contract() -> None:
    line = json.loads(dumps(full_reading()))

    assert line["schema"] == "geomap.reading/1"
    assert line["events"][0]["weapon"]["class"] == "SRBM"
    assert line["ranges"][0]["class"] == "SRBM"
    assert line["ranges"][0]["from"] == "point"
    assert line["events"][0]["track"]["type"] == "LineString"
    assert line["mentions"][0]["expression"]["node"] == "Intersection"


def test_unknown_fields_are_no_hindrance() -> None:
    line = json.loads(dumps(full_reading())) | {"added": 1}
    line["events"][0]["added"] = {"x": [1]}

    assert loads(json.dumps(line)) == full_reading()


def spoilt(**changes: Any) -> str:
    line = json.loads(dumps(full_reading()))
    for path, value in changes.items():
        target = line
        *way, last = path.split("__")
        for step in way:
            target = target[int(step) if step.isdigit() else step]
        target[last] = value
    return json.dumps(line)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "not a geomap reading"),
        ("{", "not a geomap reading"),
        ("[]", "Expected `object`"),
        ("{}", "missing required field `document`"),
        ('{"document": ' + "[" * 100_000, "not a geomap reading"),
        ('{"schema": "geomap.reading/1", "x": ' + "[" * 100_000, "not a geomap reading"),
        (spoilt(schema="geomap.reading/2"), "schema is 'geomap.reading/2', this version of geomap reads"),
        (spoilt(document__text="other"), "which is not at"),
        (spoilt(mentions__0__start=-3), "which is not at"),
        (spoilt(mentions__0__text=3), "Expected `str`, got `int`"),
        (spoilt(events__0__track={"type": "Line"}), "not a GeoJSON geometry"),
        (spoilt(events__0__track="LINESTRING (0 0, 1 1)"), "a geometry must be a GeoJSON object"),
        (spoilt(events__0__track={"type": "Point", "coordinates": [200, 0]}), "beyond 180"),
        (spoilt(events__0__track={"type": "Point", "coordinates": ["a", "b"]}), "not a GeoJSON geometry"),
        (spoilt(events__0__track={"type": "LineString", "coordinates": [[0, 0]]}), "not a GeoJSON geometry"),
        (b"\xff\xfe", "not a geomap reading"),
    ],
)
def test_what_is_no_reading_is_one_sentence(line: str | bytes, said: str) -> None:
    with pytest.raises(InputError) as caught:
        loads(line, where="a.jsonl:7")

    assert str(caught.value).startswith("a.jsonl:7: ")
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


degrees = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(st.lists(degrees, min_size=4, max_size=9))
def test_geometries_carry_five_decimals(points: list[tuple[float, float]]) -> None:
    line: BaseGeometry = shapely.LineString(points)

    back = shapely.geometry.shape(to_geojson(line))

    assert abs(shapely.get_coordinates(line) - shapely.get_coordinates(back)).max() < 0.6e-5
    assert to_geojson(back) == to_geojson(line)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), st.data())
def test_any_text_comes_back(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    mention = Mention(id="m1", start=start, end=end, text=text[start:end], kind="city", why=text)
    reading = Reading(document=Document.of(text, title=text), mentions=(mention,), notes=(text,))

    assert loads(dumps(reading)) == reading


def test_a_mention_is_what_stands_there() -> None:
    mention = Mention(id="m1", start=0, end=5, text="Seoul", kind="city")

    with pytest.raises(ValueError, match="m1 says 'Seoul'"):
        Reading(document=Document.of("Tokyo said so."), mentions=(mention,))
