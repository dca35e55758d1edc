"""Circles for many centres at once are those that are made one by one, across 180°, over the poles, of any size."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings, strategies as st
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.circles import LEAST_KM, discs
from geomap.reach import DISC_KM, make_range_rings, within
from geomap.seam import WORLD

quick = settings(deadline=None, derandomize=True, max_examples=40)
longitudes = st.one_of(
    st.floats(-180, 180), st.floats(-180, -179.9), st.floats(179.9, 180), st.sampled_from([0.0, 180.0])
)
latitudes = st.one_of(st.floats(-90, 90), st.floats(89, 90), st.floats(-90, -89), st.sampled_from([-90.0, 0.0, 90.0]))
radii = st.one_of(st.floats(LEAST_KM, 100), st.floats(100, 20_003), st.sampled_from([10_001.965, DISC_KM]))
circles = st.lists(st.tuples(longitudes, latitudes, radii), min_size=1, max_size=8)


def same(one: BaseGeometry, other: BaseGeometry) -> bool:
    """Whether two shapes are the same to the last bit, vertex by vertex."""
    return one.geom_type == other.geom_type and shapely.to_wkb(one) == shapely.to_wkb(other)


@quick
@example([(180.0, 0.0, 15_000.0), (0.0, 90.0, 15_000.0), (-180.0, 52.0, 100.0), (37.0, 89.5, 5_500.0)])
@example([(127.5, 39.0, 13_000.0), (12.0, -90.0, 100.0), (0.0, 0.0, 19_800.0), (0.0, 0.0, 19_990.0)])
@example([(179.999_999_9, 10.0, 0.001), (0.0, 45.0, 5_000.0)])
@given(circles)
def test_many_circles_are_what_each_one_is_alone(some: list[tuple[float, float, float]]) -> None:
    found = make_range_rings(*np.array(some).T)

    assert len(found) == len(some)
    for area, (lon, lat, km) in zip(found, some, strict=True):
        assert same(area, within(Point((lon + 180) % 360 - 180 if km > DISC_KM else lon, lat), km))
        if km <= DISC_KM:
            assert same(area, geodesy.disc(lon, lat, km))


@quick
@given(circles)
def test_each_circle_is_sound_and_as_large_as_its_cap(some: list[tuple[float, float, float]]) -> None:
    for area, (_lon, _lat, km) in zip(make_range_rings(*np.array(some).T), some, strict=True):
        cap = 2 * np.pi * 6371.0072**2 * (1 - np.cos(km / 6371.0072))
        assert area.is_valid
        assert WORLD.covers(area)
        assert geodesy.area_km2(area) == pytest.approx(cap, rel=0.01, abs=1e-4)


def test_a_longitude_that_goes_on_beyond_180_is_the_same_place() -> None:
    on, beyond = (
        make_range_rings([-170.0, -170.0], [10.0, 10.0], [900.0, 19_900.0]),
        make_range_rings([190.0, 190.0], [10.0, 10.0], [900.0, 19_900.0]),
    )
    for one, other in zip(on, beyond, strict=True):
        assert one.symmetric_difference(other).area < 1e-6


def test_one_radius_serves_for_all_centres_and_more_than_are_made_in_one_go() -> None:
    lons = np.linspace(-180, 180, 5000)
    found = make_range_rings(lons, 50.0, 200.0)

    assert len(found) == 5000
    assert same(found[4999], geodesy.disc(180.0, 50.0, 200.0))
    assert not len(make_range_rings([], [], []))


@pytest.mark.parametrize("km", [0.0, -5.0, 1e-7, 20_004.0, float("nan"), float("inf")])
def test_a_radius_that_no_circle_can_have_is_refused(km: float) -> None:
    with pytest.raises(ValueError, match="a radius must be"):
        make_range_rings([0.0, 10.0], [0.0, 10.0], [100.0, km])


@pytest.mark.parametrize(("lon", "lat"), [(float("nan"), 0.0), (0.0, float("nan")), (float("inf"), 0.0), (0.0, 90.1)])
def test_a_centre_off_the_earth_is_refused(lon: float, lat: float) -> None:
    for km in (100.0, 19_900.0):
        with pytest.raises(ValueError, match="a centre must be"):
            make_range_rings([0.0, lon], [0.0, lat], km)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="shape"):
        discs([0.0, 1.0, 2.0], [0.0, 1.0], 100.0)
