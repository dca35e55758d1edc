"""Doubts about a launch: figures, words and geometry that do not fit each other, each said with its numbers."""

from __future__ import annotations

import math
from typing import Any

import msgspec
import pytest
from hypothesis import given, strategies as st
from shapely.geometry import Point

from geomap import codec, geodesy, pipeline
from geomap.catalog import Layers
from geomap.events.checks import check_events, checked
from geomap.events.measured import unit_slip
from geomap.events.told import wind
from geomap.types import (
    Amount,
    Bearing,
    Document,
    Event,
    Location,
    Mention,
    Place,
    Reading,
    Statement,
    Weapon,
    When,
)

EMPTY = Reading(document=Document.of("A missile flew.", published="2021-09-15"))
VANDENBERG, KWAJALEIN = (-120.6, 34.7), (167.55, 9.1)
ODD = (0.0, -1.0, 1e300, math.inf, -math.inf, math.nan)


def amount(value: float, open_by: float = 0.0, said: str = "") -> Amount:
    return Amount(value=value, low=value - open_by, high=value + open_by, said=said or f"{value:,} km")


def place(lon: float, lat: float, radius_km: float = 5.0, **more: Any) -> Location:
    told = {"mention": "m1", "text": "there", "rule": "as named", "why": "named"} | more
    return Location(lon=lon, lat=lat, radius_km=radius_km, geometry=Point(lon, lat), **told)


def event(**more: Any) -> Event:
    weapon = more.pop("weapon", Weapon(text="a ballistic missile"))
    return Event(id="e1", weapon=weapon, **more)


def checks(layers: Layers, reading: Reading = EMPTY, **more: Any) -> tuple[str, ...]:
    return checked(event(**more), reading, layers).checks


def read(text: str, layers: Layers, published: str = "2022-03-25") -> Event:
    (found,) = pipeline.read(Document.of(text, published=published), layers).events
    return found


# --------------------------------------------------------------------------------------------- distance and places


def test_miles_that_only_fit_when_they_are_nautical_are_a_slip(layers: Layers) -> None:
    (told,) = checks(
        layers,
        launch=place(*VANDENBERG, text="Vandenberg"),
        impact=place(*KWAJALEIN, 80, text="Kwajalein"),
        distance_km=amount(6759.2, 80, "4,200 miles"),
    )

    assert "7,784 km (± 85 km)" in told
    assert "would fit if 4,200 miles were nautical miles (7,778 km)" in told


def test_a_distance_that_fits_is_no_doubt(layers: Layers) -> None:
    far = geodesy.distance_km(*VANDENBERG, *KWAJALEIN)
    places = {"launch": place(*VANDENBERG), "impact": place(*KWAJALEIN, 80)}

    assert checks(layers, **places, distance_km=amount(far, 10)) == ()
    assert checks(layers, **places, distance_km=amount(far + 80, 10)) == ()


def test_a_distance_that_no_unit_explains_is_only_told(layers: Layers) -> None:
    (told,) = checks(
        layers, launch=place(*VANDENBERG), impact=place(*KWAJALEIN, 80), distance_km=amount(3000, 50, "3,000 km")
    )

    assert "4,6" in told
    assert "more than that" in told
    assert "slip" not in told


@pytest.mark.parametrize(
    ("said", "flown_km", "between_km", "words"),
    [
        ("4,200 miles", 4200 * 1.609344, 4200 * 1.852, "4,200 miles were nautical miles"),
        ("800 km", 800, 800 * 1.609344, "800 kilometers were miles"),
        ("500 miles", 500 * 1.609344, 500, "500 miles were kilometers"),
        ("500 km", 500, 500 * 1.852, "500 kilometers were nautical miles"),
        ("500 nautical miles", 500 * 1.852, 500, "500 nautical miles were kilometers"),
        ("500 nautical miles", 500 * 1.852, 500 * 1.609344, "500 nautical miles were miles"),
        ("6,759 km", 6759, 4200 * 1.852, "made of 4,200 miles that were nautical miles"),
        ("1,287 km", 1287.5, 800, "made of 800 miles that were kilometers"),
    ],
)
def test_every_exchange_of_units_is_named(said: str, flown_km: float, between_km: float, words: str) -> None:
    slip = unit_slip(amount(flown_km, 5, said), between_km, 5.0)

    assert slip is not None
    assert words in slip


@given(st.floats(1.0, 1.12), st.sampled_from([100.0, 1000.0, 9000.0]))
def test_what_is_a_little_off_is_no_slip(factor: float, km: float) -> None:
    assert unit_slip(amount(km * factor, km / 100), km, km / 100) is None
    assert unit_slip(amount(km / factor, km / 100), km, km / 100) is None


def test_places_that_leave_much_open_tell_of_no_slip() -> None:
    assert unit_slip(amount(800, 5), 800 * 1.150779, 5.0) is not None
    assert unit_slip(amount(800, 5), 800 * 1.150779, 150.0) is None


@pytest.mark.parametrize(
    "more",
    [
        {"mention": None},
        {"rule": "Sea of Japan; 3000 km from Vandenberg"},
    ],
)
def test_a_place_made_of_the_distance_does_not_test_it(more: dict[str, Any], layers: Layers) -> None:
    impact = place(*KWAJALEIN, 80, **more)

    assert checks(layers, launch=place(*VANDENBERG, text="Vandenberg"), impact=impact, distance_km=amount(3000)) == ()


def test_one_of_several_places_may_be_the_one_that_was_flown_to(layers: Layers) -> None:
    far = geodesy.distance_km(*VANDENBERG, *KWAJALEIN)
    launch, near = place(*VANDENBERG), place(-121.0, 33.0)
    falls = (near, place(*KWAJALEIN, 50))

    assert checks(layers, launch=launch, impact=near, impacts=falls, distance_km=amount(far), count=2) == ()
    assert checks(layers, launch=launch, impact=near, impacts=(near,), distance_km=amount(far), count=2) != ()


def test_another_stated_distance_that_fits_settles_it(layers: Layers) -> None:
    said = Statement(by="Tokyo", about="distance", value="7,780 km", start=0, end=1, number=7780, low=7770, high=7790)
    places = {"launch": place(*VANDENBERG), "impact": place(*KWAJALEIN, 80)}

    assert checks(layers, **places, distance_km=amount(3000), statements=(said,)) == ()


@pytest.mark.parametrize(
    "more", [{"weapon": Weapon(text="a cruise missile", kind="cruise")}, {"trajectory": "irregular"}]
)
def test_what_turns_on_its_way_may_fly_farther_but_not_less(more: dict[str, Any], layers: Layers) -> None:
    places = {"launch": place(125.0, 39.0), "impact": place(127.0, 40.0)}

    assert checks(layers, **places, distance_km=amount(1500, 10), **more) == ()
    assert checks(layers, **places, distance_km=amount(90, 2), **more) != ()


# ----------------------------------------------------------------------------------------------- the system's range


def test_farther_than_the_system_is_known_to_reach(layers: Layers) -> None:
    weapon = Weapon(text="a KN-23", kind="SRBM", system="KN-23")
    row = next(row for row in layers.rows("systems") if row["name"] == "KN-23")
    (told,) = checks(layers, weapon=weapon, distance_km=amount(1500, 50, "1,500 km"))

    assert f"{row['high_km']:,.0f} km" in told
    assert row["source"] in told
    assert checks(layers, weapon=weapon, distance_km=amount(row["high_km"], 10)) == ()
    assert checks(layers, weapon=weapon, distance_km=amount(row["high_km"] + 60, 60)) == ()
    assert checks(layers, weapon=weapon, distance_km=amount(100, 5)) == ()


def test_a_system_without_a_range_is_not_tested(layers: Layers) -> None:
    weapon = Weapon(text="a Nosuch-1", system="Nosuch-1")

    assert checks(layers, weapon=weapon, distance_km=amount(9000)) == ()


# ---------------------------------------------------------------------------------------------------- time and speed


def minutes(value: float, open_by: float = 0.5) -> Amount:
    return amount(value, open_by, f"{value:g} minutes")


@pytest.mark.parametrize(
    ("distance_km", "apogee_km", "told_min"),
    [(933, 2802, 39), (950, 4475, 53), (787, 2111.5, 30), (998, 3724.9, 47.2), (999.2, 6040.9, 69), (3700, 770, 19)],
)
def test_times_of_real_flights_are_no_doubt(
    distance_km: float, apogee_km: float, told_min: float, layers: Layers
) -> None:
    figures = {"distance_km": amount(distance_km), "apogee_km": amount(apogee_km)}

    assert checks(layers, **figures, flight_min=minutes(told_min)) == ()
    assert checks(layers, **figures, flight_min=minutes(3 * told_min)) != ()
    assert checks(layers, **figures, flight_min=minutes(told_min / 3)) != ()


def test_a_time_is_told_beside_that_of_the_ellipse(layers: Layers) -> None:
    (told,) = checks(layers, distance_km=amount(933), apogee_km=amount(2802), flight_min=minutes(10))

    assert "10 minutes is short for 933 km at a height of 2,802 km" in told
    assert "about 34 minutes" in told


def test_without_a_height_a_long_time_tells_of_a_lofted_path(layers: Layers) -> None:
    figures = {"distance_km": amount(933), "flight_min": minutes(39)}
    (told,) = checks(layers, **figures)

    assert "39 minutes is long for 933 km" in told
    assert "rises to about 3,300 km" in told
    assert checks(layers, **figures, trajectory="lofted") == ()


def test_without_a_height_a_time_that_no_path_has(layers: Layers) -> None:
    (short,) = checks(layers, distance_km=amount(933), flight_min=minutes(2))
    (long,) = checks(layers, distance_km=amount(933), flight_min=minutes(2000))

    assert "too fast even for a low path" in short
    assert "no path takes as long" in long
    assert checks(layers, distance_km=amount(933), flight_min=minutes(9)) == ()


@pytest.mark.parametrize(
    ("text", "km", "told_min", "words"),
    [
        ("a cruise missile", 1500, 126, None),
        ("a cruise missile", 300, 6, None),
        ("a cruise missile", 1500, 10, "9,000 km/h, which is fast"),
        ("a cruise missile", 150, 60, "150 km/h, which is slow"),
        ("a hypersonic cruise missile", 1500, 10, None),
    ],
)
def test_speeds_of_cruise_missiles(text: str, km: float, told_min: float, words: str | None, layers: Layers) -> None:
    told = checks(layers, weapon=Weapon(text=text, kind="cruise"), distance_km=amount(km), flight_min=minutes(told_min))

    assert [words in line for line in told if words] == ([True] if words else [])
    assert len(told) == (words is not None)


@pytest.mark.parametrize("weapon", [Weapon(text="a hypersonic missile"), Weapon(text="a rocket", kind="SLV")])
def test_what_flies_on_no_ellipse_has_no_time_to_be_tested(weapon: Weapon, layers: Layers) -> None:
    assert checks(layers, weapon=weapon, distance_km=amount(1000), flight_min=minutes(60)) == ()


# ------------------------------------------------------------------------------------------------------ the estimate


def estimated(layers: Layers, **more: Any) -> Event:
    return checked(event(**more), EMPTY, layers)


def test_a_lofted_flight_has_an_estimate(layers: Layers) -> None:
    found = estimated(layers, distance_km=amount(933, 5), apogee_km=amount(2802, 50)).estimate

    assert found is not None
    assert found.low_km < found.range_km < found.high_km
    assert found.range_km == pytest.approx(5860, rel=0.01)
    assert found.assumptions


@pytest.mark.parametrize(
    "more",
    [
        {"apogee_km": amount(770), "distance_km": amount(3700)},
        {"apogee_km": amount(50), "distance_km": amount(600)},
        {"apogee_km": None},
        {"distance_km": None},
        {"outcome": "failure"},
        {"weapon": Weapon(text="a space launch vehicle", kind="SLV")},
        {"weapon": Weapon(text="a cruise missile", kind="cruise")},
        {"weapon": Weapon(text="a hypersonic glide vehicle")},
    ],
)
def test_what_was_not_lofted_has_no_estimate(more: dict[str, Any], layers: Layers) -> None:
    figures = {"distance_km": amount(933), "apogee_km": amount(2802)} | more

    assert estimated(layers, **figures).estimate is None


def test_a_lofted_flight_that_was_none_is_noted(layers: Layers) -> None:
    found = estimated(layers, distance_km=amount(4000), apogee_km=amount(500), trajectory="lofted")

    assert found.estimate is None
    assert any("said to be lofted" in note for note in found.notes)


def test_numbers_that_are_no_flight_are_noted(layers: Layers) -> None:
    found = estimated(layers, distance_km=amount(30_000), apogee_km=amount(2000))

    assert found.estimate is None
    assert any("no flight of a missile" in note for note in found.notes)


def test_an_estimate_goes_through_json(layers: Layers) -> None:
    found = estimated(layers, distance_km=amount(933, 5), apogee_km=amount(2802, 50), impact=place(131.0, 40.0))
    reading = msgspec.structs.replace(EMPTY, events=(found,))

    assert codec.loads(codec.dumps(reading)).events[0].estimate == found.estimate


# ---------------------------------------------------------------------------------------------------- compass words


def bearing(value: float, half: float = 22.5) -> Bearing:
    return Bearing(value=value, low=(value - half) % 360, high=(value + half) % 360, said="toward it")


def test_a_compass_word_that_is_not_the_way_it_went(layers: Layers) -> None:
    places = {"launch": place(125.67, 39.22, text="Sunan"), "impact": place(138.3, 41.2, 60, text="west of the cape")}
    (told,) = checks(layers, **places, bearing_deg=bearing(225))

    assert "from “Sunan” to “west of the cape” it is east-northeast" in told
    assert checks(layers, **places, bearing_deg=bearing(90)) == ()
    assert checks(layers, **places, bearing_deg=bearing(45)) == ()


def test_north_is_on_both_sides_of_zero(layers: Layers) -> None:
    launch = place(10.0, 50.0)

    for degrees in (340.0, 359.0, 0.0, 1.0, 20.0):
        away = geodesy.destination(10.0, 50.0, degrees, 500)
        assert checks(layers, launch=launch, impact=place(*away), bearing_deg=bearing(0.0)) == ()


def test_over_an_ocean_the_line_on_the_map_will_do(layers: Layers) -> None:
    places = {"launch": place(*VANDENBERG), "impact": place(*KWAJALEIN)}

    assert checks(layers, **places, bearing_deg=bearing(247.5, 11.25)) == ()
    assert checks(layers, **places, bearing_deg=bearing(282.0, 11.25)) == ()
    assert checks(layers, **places, bearing_deg=bearing(180.0)) != ()


def test_a_vague_place_has_no_direction(layers: Layers) -> None:
    places = {"launch": place(125.67, 39.22), "impact": place(138.3, 41.2, 700)}

    assert checks(layers, **places, bearing_deg=bearing(270)) == ()


@pytest.mark.parametrize(("degrees", "word"), [(0, "north"), (359.9, "north"), (-90, "west"), (68, "east-northeast")])
def test_a_bearing_has_a_compass_word(degrees: float, word: str) -> None:
    assert wind(degrees) == word


TAPPI = "Another official said it came down 170 km west of Cape Tappi. It flew 1,090 km."
SHOT = "North Korea fired a ballistic missile from Sunan on Thursday. It fell about 150 km {} Peninsula. "


def test_a_turned_compass_word_is_named(layers: Layers) -> None:
    told = read(SHOT.format("east of the Oshima") + TAPPI, layers).checks

    assert any("150 km west of it would: the compass word may be wrong" in line for line in told)
    assert not any("would:" in line for line in read(SHOT.format("west of the Oshima") + TAPPI, layers).checks)


def test_of_several_missiles_each_may_have_fallen_elsewhere(layers: Layers) -> None:
    text = (
        "North Korea fired two ballistic missiles from Sunan on Thursday. They fell into the Red Sea at 40-10N 130-30E."
    )

    assert read(text, layers).checks == ()


def test_a_part_that_fell_elsewhere_is_no_contradiction(layers: Layers) -> None:
    text = (
        "North Korea fired a ballistic missile from Sunan on Thursday. It fell into the Sea of Japan at 40-10N 132-30E."
        " The first stage fell into the Yellow Sea."
    )

    assert read(text, layers).checks == ()


@pytest.mark.parametrize(
    ("sea", "printed", "words"),
    [
        ("Sea of Japan", "40-10N 130-30W", "40.17°N, 130.50°E would: east and west may be exchanged"),
        ("Red Sea", "38-30N 022-15E", "22.25°N, 38.50°E would: latitude and longitude may be exchanged"),
        ("Coral Sea", "15-00N 150-00E", "15.00°S, 150.00°E would: north and south may be exchanged"),
        ("Caribbean Sea", "15-00S 075-00E", "15.00°N, 75.00°W would: both signs may be wrong"),
    ],
)
def test_a_slip_in_a_position_is_named(sea: str, printed: str, words: str, layers: Layers) -> None:
    (told,) = read(
        f"A country fired a ballistic missile on Thursday. It fell into the {sea} at {printed}.", layers
    ).checks

    assert words in told


@pytest.mark.parametrize(
    ("fell", "printed", "side"),
    [
        ("into the sea", "50-10N 100-30E", "in the water"),
        ("on land", "40-10N 132-30E", "on land"),
        ("into the sea", "40-10N 132-30E", None),
        ("on land", "50-10N 100-30E", None),
        ("into the sea", "39-10N 127-27E", None),  # on the coast, which is no sharper than that
    ],
)
def test_a_position_on_the_wrong_side_of_the_coast(fell: str, printed: str, side: str | None, layers: Layers) -> None:
    told = read(
        f"Russia fired a ballistic missile from Plesetsk on Thursday. It fell {fell} at {printed}.", layers
    ).checks

    assert [f"does not fit the text's words for a fall {side}" in line for line in told] == [True] * (side is not None)


def test_seas_are_called_by_their_neighbours_names(layers: Layers) -> None:
    text = "China fired a ballistic missile on Thursday. It fell into the Pacific Ocean at 20-00N 128-00E."

    assert read(text, layers).checks == ()


def launched(platform: str, kind: str, lon: float, lat: float, layers: Layers) -> tuple[str, ...]:
    text = "A missile left there."
    spot = Place(name="there", kind=kind, lon=lon, lat=lat, radius_km=1, source="derived")
    mention = Mention(id="m1", start=15, end=20, text="there", kind=kind, status="located", place=spot)
    reading = Reading(document=Document.of(text), mentions=(mention,))
    return checks(layers, reading, launch=place(lon, lat, 1), platform=platform)


def test_a_train_at_sea_is_a_doubt(layers: Layers) -> None:
    assert "a train, which stands on land" in launched("train", "coordinates", 130.0, 39.0, layers)[0]
    assert "an airfield, which" in launched("airfield", "coordinates", 130.0, 39.0, layers)[0]
    assert launched("submarine", "coordinates", 130.0, 39.0, layers) == ()
    assert launched("train", "coordinates", 126.8, 39.3, layers) == ()
    assert launched("pad", "facility", 130.0, 39.0, layers) == ()


# -------------------------------------------------------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("words", "slip"),
    [
        ("on Wednesday, Sept. 14, 2021,", "Tuesday"),
        ("on Wednesday 14 September 2021", "Tuesday"),
        ("on Wednesday (Sept. 14)", "Tuesday"),
        ("on Sept. 14, 2021, a Wednesday,", "Tuesday"),
        ("on Wednesday morning, Sept. 14, 2021,", "Tuesday"),
        ("on Tuesday, Sept. 14, 2021,", None),
        ("on Tuesday (Sept. 14)", None),
        ("on Sept. 14, 2021, before Wednesday's parade,", None),
        ("on Wednesday", None),
    ],
)
def test_a_weekday_that_its_date_was_not(words: str, slip: str | None, layers: Layers) -> None:
    told = read(f"North Korea {words} fired a ballistic missile from Sunan.", layers, published="2021-09-16").checks

    assert [f"14 September 2021 was a {slip}" in line for line in told] == [True] * (slip is not None)


def test_what_is_dated_after_the_day_of_issue_is_a_doubt(layers: Layers) -> None:
    later = When(start="2021-09-19T15:00:00Z", end="2021-09-20T15:00:00Z", said="Sept. 20")
    same = When(start="2021-09-15T15:00:00Z", end="2021-09-16T15:00:00Z", said="Thursday")
    (told,) = checks(layers, when=later)

    assert "after the day of issue (15 September 2021)" in told
    assert checks(layers, when=later, background=True) == ()
    assert checks(layers, when=same) == ()  # it may be Thursday there when it is Wednesday here


@pytest.mark.parametrize("published", ["soon", "2021-99-99", "9999-12-31", "2021-09-15T25:00", ""])
@pytest.mark.parametrize("start", ["", "yesterday", "2021-09-19", "9999-12-31T23:59:59Z"])
def test_days_that_are_none_are_not_compared(published: str, start: str, layers: Layers) -> None:
    reading = Reading(document=Document.of("A missile flew.", published=published))
    when = When(start=start, end=start, said="then")

    assert all("nan" not in line for line in checks(layers, reading, when=when))


# ----------------------------------------------------------------------------------------------------- hostile input


@given(st.sampled_from(ODD), st.sampled_from(ODD), st.sampled_from(ODD), st.sampled_from([None, "cruise", "ICBM"]))
def test_numbers_that_are_none_are_no_doubt(layers: Layers, a: float, b: float, c: float, kind: str | None) -> None:
    found = checked(
        event(
            weapon=Weapon(text="a ballistic missile", kind=kind, system="KN-23"),
            distance_km=amount(a),
            apogee_km=amount(b),
            flight_min=amount(c),
            bearing_deg=Bearing(value=c, low=a, high=b, said="there"),
            launch=place(10.0, 50.0),
            impact=place(20.0, 50.0),
            platform="train",
            trajectory="lofted",
        ),
        EMPTY,
        layers,
    )

    assert found.estimate is None
    assert not any("nan" in line or "inf" in line for line in found.checks)


@pytest.mark.parametrize("odd", [math.nan, math.inf, 1e300, -5.0])
def test_places_that_are_none_are_no_doubt(odd: float, layers: Layers) -> None:
    for where in (place(odd, odd), place(10.0, 50.0, odd)):
        told = checks(
            layers,
            launch=where,
            impact=where,
            distance_km=amount(1000),
            bearing_deg=bearing(90),
            platform="train",
            count=1,
        )
        assert not any("nan" in line or "inf" in line for line in told)


def test_a_system_named_like_a_script_stays_plain_text(layers: Layers) -> None:
    launch = place(*VANDENBERG, text="<script>alert(1)</script>")
    (told,) = checks(layers, launch=launch, impact=place(*KWAJALEIN), distance_km=amount(3000))

    assert "“<script>alert(1)</script>”" in told  # exporters escape it, as all words of a text


def test_checking_again_changes_nothing(layers: Layers) -> None:
    text = SHOT.format("east of the Oshima") + TAPPI
    reading = pipeline.read(Document.of(text, published="2022-03-25"), layers)

    assert reading.events[0].checks
    assert check_events(reading, layers) == reading
