"""Which day it was where a launch began and where it ended."""

from __future__ import annotations

import pytest
import shapely
from filled import filled

from geomap.localdays import local_days
from geomap.types import Claim, Event, Location, Weapon, When


def launch(start: str, end: str, *, actor: str | None = None, fired: float | None = None, fell: float | None = None,
           zone: str | None = None) -> Event:  # fmt: skip
    def spot(lon: float | None) -> Location | None:
        if lon is None:
            return None
        return Location(mention=None, text="there", lon=lon, lat=35.0, radius_km=5.0, geometry=shapely.Point(lon, 35),
                        rule="", why="")  # fmt: skip

    claims = (Claim(by=None, relation="outside", zone=zone, start=0, end=1),) if zone else ()
    return Event(id="e1", actor=actor, weapon=Weapon(text="a missile"), when=When(start=start, end=end, said="then"),
                 launch=spot(fired), impact=spot(fell), claims=claims)  # fmt: skip


def test_a_local_day_is_one_day() -> None:
    assert local_days(filled().events[0]) == "15 September 2021 (UTC+9)"


def test_the_day_is_another_beyond_the_date_line() -> None:
    shot = launch("2024-11-05T23:01:00Z", "2024-11-05T23:02:00Z", actor="USA", fired=-120.6, fell=167.7)

    assert local_days(shot) == "5 November 2024 (UTC−8) where it was fired, 6 November 2024 (UTC+11) where it came down"


def test_two_zones_with_the_same_day_are_one_day() -> None:
    shot = launch("2024-11-05T18:00:00Z", "2024-11-05T18:01:00Z", actor="USA", fired=-120.6, fell=-150.0)

    assert local_days(shot) == "5 November 2024 (UTC−8)"


def test_the_time_of_a_state_counts_where_its_zone_is_claimed() -> None:
    shot = launch("2021-09-14T15:30:00Z", "2021-09-14T15:31:00Z", actor="USA", fell=136.0, zone="eez/JPN")

    assert local_days(shot) == (
        "14 September 2021 (UTC−5) where it was fired, 15 September 2021 (UTC+9) where it came down"
    )


def test_a_night_is_two_days() -> None:
    shot = launch("2021-09-14T13:00:00Z", "2021-09-14T17:00:00Z", actor="PRK")

    assert local_days(shot) == "14 September 2021 to 15 September 2021 (UTC+9)"


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2021-09-01T00:00:00Z", "2021-10-01T00:00:00Z"),
        ("2021-09-02T00:00:00Z", "2021-09-01T00:00:00Z"),
        ("once", "upon a time"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00Z"),
        ("9999-12-31T23:00:00Z", "9999-12-31T23:30:00Z"),
    ],
)
def test_what_has_no_local_day_has_none(start: str, end: str) -> None:
    assert local_days(launch(start, end, actor="PRK")) == ""


def test_nothing_is_said_of_a_place_that_nobody_knows() -> None:
    assert local_days(launch("2021-09-14T13:00:00Z", "2021-09-14T14:00:00Z")) == ""
