"""Positions as printed: every style of charts, notices and prose, what is none, and what cannot be right about one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings, strategies as st

from geomap.positions import find_angles, find_positions

STYLES = [
    # degrees and minutes
    ("38-30N 129-10E", 129.16667, 38.5),
    ("38-30.5N 129-10.25E", 129.17083, 38.50833),
    ("38–30.5N, 129–10.25E", 129.17083, 38.50833),
    ("72-20.0N 035-40.0E", 35.66667, 72.33333),
    ("12°30'S 045°15'W", -45.25, -12.5),
    ("12º30´S / 045º15´W", -45.25, -12.5),
    ("38°30.5' N, 129°10.25' E", 129.17083, 38.50833),
    ("38 30.5N 129 10.25E", 129.17083, 38.50833),
    ("N 38 30.5 E 129 10.25", 129.17083, 38.50833),
    ("N38-30.5 E129-10.25", 129.17083, 38.50833),
    ("3830N 12910E", 129.16667, 38.5),
    ("3830.5N 12910.25E", 129.17083, 38.50833),
    ("3830N12910E", 129.16667, 38.5),
    ("N3830 E12910", 129.16667, 38.5),
    ("Lat 59-12,5N Long 003-20,0E", 3.33333, 59.20833),
    ("38 degrees 30 minutes north, 129 degrees 10 minutes east", 129.16667, 38.5),
    ("latitude 38 deg. 30 min. south and longitude 129 deg. 10 min. west", -129.16667, -38.5),
    # degrees, minutes and seconds
    ("38°30′15″N 129°10′30″E", 129.175, 38.50417),
    ("38°30'15\"N 129°10'30\"E", 129.175, 38.50417),
    ("38°30’15”N, 129°10’30”E", 129.175, 38.50417),
    ("38° 30' 15.5\" N, 129° 10' 30.5\" E", 129.17514, 38.50431),
    ("38-30-15N 129-10-30E", 129.175, 38.50417),
    ("38 30 15 N 129 10 30 E", 129.175, 38.50417),
    ("38:30:15N 129:10:30E", 129.175, 38.50417),
    ("38.30.15N 129.10.30E", 129.175, 38.50417),
    ("383015N 1291030E", 129.175, 38.50417),
    ("383015N1291030E", 129.175, 38.50417),
    ("N383015E1291030", 129.175, 38.50417),
    ("383015.5N1291030.5E", 129.17514, 38.50431),
    ("38 degrees 30 minutes 15 seconds N, 129 degrees 10 minutes 30 seconds E", 129.175, 38.50417),
    # decimals of a degree
    ("39.6N 124.7E", 124.7, 39.6),
    ("39.6° N, 124.7° E", 124.7, 39.6),
    ("N39.5 E125.2", 125.2, 39.5),
    ("S12.5, W77.25", -77.25, -12.5),
    ("N 39.5° E 125.2°", 125.2, 39.5),
    ("N0.5/W179.9", -179.9, 0.5),
    ("0.5N 179.9W", -179.9, 0.5),
    ("latitude 38.5 north, longitude 129.5 east", 129.5, 38.5),
    ("lat 12.35, lon 47.25", 47.25, 12.35),
    ("lat. 12.35, long. 47.25", 47.25, 12.35),
    ("latitude: -12.35; longitude: -47.25", -47.25, -12.35),
    ("latitude 12.35 and longitude 47.25", 47.25, 12.35),
    ("28.6670, -80.6210", -80.621, 28.667),
    ("−28.6670, 80.6210", 80.621, -28.667),
    # the longitude first
    ("131.0E 40.5N", 131.0, 40.5),
    ("72.47°W, 2.65°S", -72.47, -2.65),
    ("045°15'W 12°30'S", -45.25, -12.5),
    ("E1291030 N383015", 129.175, 38.50417),
    # the edges of the earth
    ("89-59N 179-59E", 179.98333, 89.98333),
    ("90N 180E", 180.0, 90.0),
    ("00-00N 000-00E", 0.0, 0.0),
    ("90-00S 180-00W", -180.0, -90.0),
    # other hands
    ("38°30'N 129°10'Ø", 129.16667, 38.5),
    ("72-20.0С 035-40.0В", 35.66667, 72.33333),
    ("北纬38°30′ 东经129°10′", 129.16667, 38.5),
]  # fmt: skip


@pytest.mark.parametrize(("text", "lon", "lat"), STYLES, ids=[style[0] for style in STYLES])
def test_a_position_in_every_style(text: str, lon: float, lat: float) -> None:
    before = "A splash was seen at "
    (position,) = find_positions(f"{before}{text} today.")

    assert (position.lon, position.lat) == pytest.approx((lon, lat), abs=1e-5)
    assert (position.start, position.end) == (len(before), len(before) + len(text))
    assert position.problem == ""


@pytest.mark.parametrize("text", ["38-\n30.5N 129-10.25E", "38-30.5N\n  129-10.25E", "38-30.5N\r\n129-\n10.25E"])
def test_a_line_may_end_within_a_position(text: str) -> None:
    (position,) = find_positions(text)

    assert (position.lon, position.lat) == pytest.approx((129.17083, 38.50833), abs=1e-5)
    assert (position.start, position.end) == (0, len(text))


@pytest.mark.parametrize(
    "text",
    ["38N", "5 north, 3 south", "the 38th parallel north", "lat 12", "N39.5", "xN39.5 E125.2", "lat 12.35, lonely 5",
     "39.5N 39.5N", "129.5E 129.5E", "Section 12N of the road", "a ratio of 12.5, 13.5", "version 1.2.3",
     "on 12-10-24 and 13-10-24", "call 555-1234", "the 3rd Division, 12th Regiment", "2,300 NM, 40 E-mails",
     "121606Z TO 121854Z NOV", "WITHIN 15 NM", "NAVAREA IV 1177/22 (26)", "FL200 TO FL300", "M1 E. of N. York",
     "he is 38 north of 60, east of nothing", "", " ", "NSEW", "-", "°°°'''N E"],
)  # fmt: skip
def test_what_is_no_position(text: str) -> None:
    assert find_positions(text) == []


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("38-75N 129-10E", "minutes of 75"),
        ("38-30N 129-60E", "minutes of 60"),
        ("38°75'N 129°10'E", "minutes of 75"),
        ("38°30'80\"N 129°10'E", "seconds of 80"),
        ("383060N1291030E", "seconds of 60"),
        ("95N 010E", "latitude of 95 degrees"),
        ("N95.5 E125.2", "latitude of 95.5 degrees"),
        ("90-01N 010-00E", "latitude of 90.0167 degrees"),
        ("12N 190E", "longitude of 190 degrees"),
        ("12-00N 180-30W", "longitude of 180.5 degrees"),
        ("lat 95, lon 12", "latitude of 95 degrees"),
        ("lat 12, lon 247", "longitude of 247 degrees"),
        ("12-00N 200-75E", "minutes of 75"),
        ("latitude 34°41′50″, longitude 120°36′20″", "no hemisphere printed"),
    ],
)
def test_a_position_that_cannot_be_is_found_with_what_is_wrong(text: str, problem: str) -> None:
    (position,) = find_positions(f"It fell at {text}.")

    assert position.problem == problem


def test_both_halves_of_a_position_may_be_wrong() -> None:
    (position,) = find_positions("95-00N 190-00E")

    assert position.problem == "latitude of 95 degrees; longitude of 190 degrees"


def test_minutes_that_cannot_be_are_counted_as_they_stand() -> None:
    (position,) = find_positions("19-20N 071-75E")

    assert position.lon == pytest.approx(72.25)


@pytest.mark.parametrize("gap", [" ", ", ", "; ", " - ", " to ", "\n", " and ", ",\n"])
def test_positions_in_a_row_are_kept_apart(gap: str) -> None:
    found = find_positions(gap.join(["10-00N 110-00E", "10-00N 111-00E", "11-00N 111-00E"]))

    assert [(one.lon, one.lat) for one in found] == [(110, 10), (111, 10), (111, 11)]


def test_positions_without_anything_between_them_are_kept_apart() -> None:
    found = find_positions("N100000E1100000N100000E1110000N110000E1110000")
    others = find_positions("100000N1100000E100000N1110000E110000N1110000E")

    assert [(one.lon, one.lat) for one in found] == [(110, 10), (111, 10), (111, 11)]
    assert [(one.lon, one.lat) for one in others] == [(110, 10), (111, 10), (111, 11)]


def test_the_number_of_a_corner_is_no_part_of_it() -> None:
    found = find_positions("1 34-10N 121-20W 2 34-20N 121-40W 3. 34-30N 121-50W")
    glued = find_positions("1.132000N 0932000E 2.142000N 0942000E")

    assert [one.lat for one in found] == pytest.approx([34.16667, 34.33333, 34.5], abs=1e-5)
    assert [one.lat for one in glued] == pytest.approx([13.33333, 14.33333], abs=1e-5)


def test_the_longitude_of_one_corner_is_not_taken_with_the_latitude_of_the_next() -> None:
    found = find_positions("10-00N 110-00E, 1?-00N 111-00E, 11-00N 112-00E, 12-00N 113-00E")

    assert [(one.lon, one.lat) for one in found if not one.problem] == [(110, 10), (112, 11), (113, 12)]


def test_latitudes_and_longitudes_by_themselves() -> None:
    found = find_angles("BETWEEN 23-10N AND 23-40N, 118-15W AND 119-05W")

    assert [(one.north, one.problem) for one in found] == [(True, ""), (True, ""), (False, ""), (False, "")]
    assert [one.degrees for one in found] == pytest.approx([23.16667, 23.66667, -118.25, -119.08333], abs=1e-5)


PRINTED = [
    "{0:02d}-{1:02d}{2} {3:03d}-{4:02d}{5}",
    "{0}°{1:02d}'{2}, {3}°{4:02d}'{5}",
    "{0}° {1}′ {2} {3}° {4}′ {5}",
    "{0:02d}{1:02d}{2} {3:03d}{4:02d}{5}",
    "{2}{0:02d}{1:02d}00{5}{3:03d}{4:02d}00",
]


@settings(deadline=None, derandomize=True, max_examples=100)
@given(
    lat=st.integers(0, 89 * 60 + 59),
    lon=st.integers(0, 179 * 60 + 59),
    south=st.booleans(),
    west=st.booleans(),
    form=st.sampled_from(PRINTED),
)
def test_a_printed_position_is_read_back(lat: int, lon: int, south: bool, west: bool, form: str) -> None:
    printed = form.format(*divmod(lat, 60), "NS"[south], *divmod(lon, 60), "EW"[west])
    (position,) = find_positions(f"A splash was seen at {printed}.")

    assert (position.lon, position.lat) == pytest.approx(
        (lon / 60 * (1, -1)[west], lat / 60 * (1, -1)[south]), abs=1e-5
    )
    assert position.problem == ""


@pytest.mark.parametrize(
    "text",
    ["7" * 100_000, "12-" * 30_000, "12 34 " * 15_000, "N" * 50_000, "12N " * 25_000, "12.5, " * 15_000,
     "lat " * 25_000, "°" * 100_000, "38-30" + " " * 50_000 + "N", "1\n" * 50_000, "12345678" * 10_000 + "N"],
    ids=["figures", "hyphens", "blanks", "letters", "latitudes", "decimals", "words", "signs", "gap", "lines", "run"],
)  # fmt: skip
def test_long_texts_of_nothing_have_no_position(text: str) -> None:
    assert find_positions(text) == []


@pytest.mark.parametrize(("words", "lon", "lat"), STYLES[:17])
def test_a_pair_is_found_wherever_it_stands(words: str, lon: float, lat: float) -> None:
    story = "In 1990s style, 5 W. Main Street lies 10 E of it. " * 8
    (found,) = find_positions(f"{story}It fell at {words}, they said. {story}")

    assert (found.lon, found.lat) == pytest.approx((lon, lat), abs=1e-5)
    assert found.start >= len(story)
