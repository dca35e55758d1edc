"""Closed areas in words: what they are called, when they are closed, what they touch."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import shapely

from geomap import closures
from geomap.types import Crossing, Document, Hazard, Reading, When


def hazard(**more: object) -> Hazard:
    return Hazard(id="h1", geometry=shapely.box(1, 1, 2, 2), **more)  # type: ignore[arg-type]


def window(start: str, end: str) -> When:
    return When(start=f"{start}:00Z", end=f"{end}:00Z", said="as printed")


def daily(day: str, start: str, end: str, count: int, *, over: int = 0, step: int = 1) -> list[When]:
    """The same hours on so many days, ``step`` days apart; the end is ``over`` days later."""
    first = datetime.fromisoformat(day)
    days = [first + timedelta(days=number * step) for number in range(count)]
    return [window(f"{one:%Y-%m-%d}T{start}", f"{one + timedelta(days=over):%Y-%m-%d}T{end}") for one in days]


@pytest.mark.parametrize(
    ("more", "title"),
    [
        ({}, "Closed area"),
        ({"label": "A"}, "Closed area A"),
        ({"authority": "NAVAREA XI 372/23"}, "Closed area, NAVAREA XI 372/23"),
        ({"label": "2", "authority": "A0500/26"}, "Closed area 2, A0500/26"),
        ({"authority": "A0500/26", "cancelled": True}, "Closed area, A0500/26 (cancelled)"),
    ],
)
def test_what_a_closed_area_is_called(more: dict[str, object], title: str) -> None:
    assert closures.title(hazard(**more)) == title


def test_windows_one_by_one() -> None:
    one = window("2025-11-12T16:06", "2025-11-12T18:54")
    night = window("2025-11-14T22:00", "2025-11-15T03:00")

    assert closures.closed_when([one]) == "12 November 2025, 16:06 to 18:54 UTC"
    assert closures.closed_when([night]) == "14 November 2025, 22:00, to 15 November 2025, 03:00 UTC"
    assert closures.closed_when([night, one]) == f"{closures.closed_when([one])}; {closures.closed_when([night])}"
    assert closures.closed_when([]) == ""


def test_days_with_the_same_hours_are_one_run() -> None:
    assert closures.closed_when(daily("2025-11-29", "16:06", "18:54", 4)) == (
        "29 November 2025 to 2 December 2025, daily 16:06 to 18:54 UTC"
    )
    assert closures.closed_when(daily("2025-11-29", "22:00", "03:00", 3, over=1)) == (
        "29 November 2025 to 1 December 2025, daily 22:00 to 03:00 UTC"
    )


def test_two_windows_a_day_are_two_runs() -> None:
    both = [*daily("2025-05-12", "10:00", "14:00", 3), *daily("2025-05-12", "18:00", "20:00", 3)]

    assert closures.closed_when(both) == (
        "12 May 2025 to 14 May 2025, daily 10:00 to 14:00 UTC; 12 May 2025 to 14 May 2025, daily 18:00 to 20:00 UTC"
    )


def test_a_day_that_is_left_out_ends_a_run() -> None:
    found = closures.closed_when([*daily("2025-02-03", "05:00", "09:00", 2), *daily("2025-02-06", "05:00", "09:00", 2)])

    assert found == (
        "3 February 2025 to 4 February 2025, daily 05:00 to 09:00 UTC; "
        "6 February 2025 to 7 February 2025, daily 05:00 to 09:00 UTC"
    )


def test_of_many_runs_the_first_three_are_told() -> None:
    four, five = (daily("2025-02-03", "05:00", "09:00", count, step=2) for count in (4, 5))

    assert closures.closed_when(four).count(";") == 3
    assert closures.closed_when(five).endswith("7 February 2025, 05:00 to 09:00 UTC; and 2 more")


def test_until_further_notice() -> None:
    forever = window("2025-04-01T00:30", "9999-12-31T23:59")

    assert closures.closed_when([forever]) == "from 1 April 2025, 00:30 UTC, until further notice"
    assert closures.short([forever]) == "from 1 Apr 2025"


@pytest.mark.parametrize(
    ("windows", "short"),
    [
        ([], ""),
        ([window("2025-12-29T00:00", "2025-12-29T10:00")], "29 Dec, 00:00–10:00 UTC"),
        ([window("2025-12-29T22:00", "2025-12-30T03:00")], "29 Dec, 22:00–03:00 UTC"),
        ([window("2022-08-03T16:00", "2022-08-04T16:00")], "3 Aug 16:00 – 4 Aug 16:00 UTC"),
        ([window("2022-08-03T02:00", "2022-08-03T20:00")], "3 Aug, 02:00–20:00 UTC"),
        ([window("2025-12-29T22:00", "2026-01-02T00:00")], "29 Dec to 1 Jan"),
        (daily("2025-12-26", "05:54", "09:12", 4), "26 to 29 Dec, daily 05:54–09:12 UTC"),
        (daily("2025-12-30", "05:54", "09:12", 4), "30 Dec to 2 Jan, daily 05:54–09:12 UTC"),
        (daily("2025-12-02", "05:00", "09:00", 2, step=3), "2 Dec, 05:00–09:00 UTC …"),
    ],
)
def test_windows_short_enough_for_a_label(windows: list[When], short: str) -> None:
    assert closures.short(windows) == short
    assert closures.label(hazard(label="A", authority="A0500/26", windows=tuple(windows))) == f"A\n{short}".rstrip("\n")


def test_an_area_without_a_letter_is_labelled_with_its_message() -> None:
    assert closures.label(hazard(authority="A0500/26")) == "A0500/26"
    assert closures.label(hazard()) == ""


def test_windows_as_moments_are_in_order_and_in_utc() -> None:
    later, sooner = window("2025-05-05T10:00", "2025-05-05T12:00"), window("2025-05-05T01:00", "2025-05-05T02:00")
    japan = When(start="2025-05-05T12:00:00+09:00", end="2025-05-05T13:00:00+09:00", said="noon")
    found = closures.intervals([later, japan, sooner])

    assert [start.hour for start, _ in found] == [1, 3, 10]
    assert {start.tzinfo for start, _ in found} == {UTC}


def test_what_is_no_moment_is_passed_over() -> None:
    broken = When(start="soon", end="2025-05-05T12:00:00Z", said="soon")
    before_all_time = When(start="0001-01-01T00:00:00+14:00", end="2025-05-05T12:00:00Z", said="long ago")

    assert closures.intervals([broken, before_all_time]) == []
    assert closures.closed_when([broken]) == closures.short([broken]) == ""


def test_what_an_area_touches_is_told_with_its_share() -> None:
    crossings = (
        Crossing(what="h1", feature="eez/PRK", relation="within", share=1.0),
        Crossing(what="h1", feature="seas/sea-of-japan", relation="overlaps", share=0.4),
        Crossing(what="h1", feature="r1", relation="overlaps", share=0.2),
        Crossing(what="h2", feature="eez/KOR", relation="within", share=1.0),
        Crossing(what="e1.impact", feature="h1", relation="within", share=1.0),
    )
    reading = Reading(document=Document.of("A text."), crossings=crossings)
    found = closures.touches(
        hazard(), reading, {"eez/PRK": "EEZ of North Korea", "seas/sea-of-japan": "Sea"}.__getitem__
    )

    assert found == "EEZ of North Korea (all of it); Sea 40 %"


@pytest.mark.parametrize(
    ("shape", "edges", "words"),
    [
        ("polygon", "rhumb", "edges are rhumb lines, straight on the charts of mariners"),
        ("arc", "geodesic", "edges are geodesics, as airspace has them"),
        ("circle", "geodesic", "circle"),
        ("sector", "geodesic", "sector of a circle"),
        ("corridor", "rhumb", "strip along a line"),
    ],
)
def test_edges_in_words(shape: str, edges: str, words: str) -> None:
    assert closures.edges(hazard(shape=shape, edges=edges)) == words


@pytest.mark.parametrize(
    ("lower", "upper", "words"),
    [("SFC", "FL200", "SFC to FL200"), (None, "FL200", "FL200"), ("GND", None, "GND"), (None, None, "")],
)
def test_heights_in_words(lower: str | None, upper: str | None, words: str) -> None:
    assert closures.height(hazard(lower=lower, upper=upper)) == words
