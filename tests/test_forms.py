"""A position as decimal degrees, as degrees, minutes and seconds, and in the Military Grid Reference System."""

from __future__ import annotations

import pytest
from hypothesis import example, given, strategies as st
from mgrs import MGRS
from pyproj import Proj

from geomap import coordinates
from geomap.edges import GEOD
from geomap.positions import find_positions

LONS = st.floats(-180, 180, allow_nan=False)
LATS = st.floats(-90, 90, allow_nan=False)


@pytest.mark.parametrize(
    ("lon", "lat", "decimal", "dms", "mgrs"),
    [
        (130.0, 39.8, "39.80000, 130.00000", "39°48′00.0″N 130°00′00.0″E", "52S EK 85609 06037"),
        (-77.03524, 38.88948, "38.88948, -77.03524", "38°53′22.1″N 077°02′06.9″W", "18S UJ 23483 06480"),
        (151.21519, -33.85678, "-33.85678, 151.21519", "33°51′24.4″S 151°12′54.7″E", "56H LH 34890 52290"),
        (0.0, 0.0, "0.00000, 0.00000", "00°00′00.0″N 000°00′00.0″E", "31N AA 66021 00000"),
        (5.0, 60.0, "60.00000, 5.00000", "60°00′00.0″N 005°00′00.0″E", "32V KM 76979 58157"),
        (-180.0, 10.0, "10.00000, -180.00000", "10°00′00.0″N 180°00′00.0″W", "01P AM 71071 06908"),
    ],
)
def test_a_position_in_three_forms(lon: float, lat: float, decimal: str, dms: str, mgrs: str) -> None:
    assert coordinates.forms(lon, lat) == (decimal, dms, mgrs)


def test_seconds_that_round_up_become_a_minute() -> None:
    assert coordinates.dms(129.99999, 39.999999) == "40°00′00.0″N 130°00′00.0″E"


@pytest.mark.parametrize("value", [-0.0, -0.000001])
def test_nothing_is_west_or_south_of_zero_by_nothing(value: float) -> None:
    assert coordinates.decimal(value, value) == "0.00000, 0.00000"
    assert coordinates.dms(value, value) == "00°00′00.0″N 000°00′00.0″E"


@pytest.mark.parametrize("lat", [84.001, 90.0, -80.001, -90.0])
def test_mgrs_ends_with_the_zones_of_utm(lat: float) -> None:
    assert coordinates.mgrs(10.0, lat) == ""


@pytest.mark.parametrize("lat", [84.0, -80.0])
def test_mgrs_reaches_to_the_last_parallel(lat: float) -> None:
    assert coordinates.mgrs(10.0, lat).startswith("33X" if lat > 0 else "32C")


@given(LONS, LATS)
@example(-180.0, -90.0)
@example(179.9999999, 89.9999999)
def test_decimal_degrees_come_back(lon: float, lat: float) -> None:
    one, other = map(float, coordinates.decimal(lon, lat).split(", "))

    assert abs(one - lat) <= 0.5e-5 + 1e-9
    assert abs(other - lon) <= 0.5e-5 + 1e-9


@given(LONS, LATS)
@example(-180.0, -90.0)
@example(59.9999999, -59.9999999)
def test_what_geomap_writes_it_reads(lon: float, lat: float) -> None:
    for text in (coordinates.dms(lon, lat), coordinates.decimal(lon, lat)):
        (found,) = find_positions(f"It fell at {text} on Monday.")

        assert found.problem == ""
        assert abs(found.lat - lat) <= 0.05 / 3600 + 1e-7
        assert abs(found.lon - lon) <= 0.05 / 3600 + 1e-7


@given(LONS, st.floats(-80, 84, allow_nan=False))
@example(180.0, 0.0)
@example(-180.0, 84.0)
@example(5.9999999, 72.0)
def test_a_grid_reference_comes_back_to_the_metre(lon: float, lat: float) -> None:
    zone, square, east, north = coordinates.mgrs(lon, lat).split(" ")
    back_lat, back_lon = MGRS().toLatLon(zone + square + east + north)

    zone_of_utm = Proj(proj="utm", zone=int(zone[:-1]), south=bool(lat < 0), ellps="WGS84")
    metres = zone_of_utm(lon, lat)
    for figures, exact in zip((east, north), metres, strict=True):  # another program's answer, cut off at the metre
        assert min(abs(int(figures) - exact % 100_000), 100_000 - abs(int(figures) - exact % 100_000)) < 1.01
    assert GEOD.inv(lon, lat, back_lon, back_lat)[2] < 1.5
    assert (len(east), len(north), len(square)) == (5, 5, 2)
