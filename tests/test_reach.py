"""All that lies within a distance of a point or an area, from a kilometre to half way round the earth."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.catalog import Layers
from geomap.reach import distances, edge, largest, within
from geomap.seam import WORLD

R_KM = 6371.0072
PLACES = {"Sunan": (125.67, 39.2), "equator": (0.0, 0.0), "Anadyr": (177.5, 64.7), "Fiji": (-179.9, -17.0),
          "north pole": (0.0, 90.0), "south pole": (0.0, -90.0), "seam": (180.0, 10.0)}  # fmt: skip


def spots(seed: int = 1, count: int = 3000) -> NDArray[np.float64]:
    """Points all over the earth, as dense everywhere."""
    drawn = np.random.default_rng(seed).uniform(-1, 1, (count, 2))
    return np.column_stack([180 * drawn[:, 0], np.degrees(np.arcsin(drawn[:, 1]))])


def assert_agrees(area: BaseGeometry, km: float, away: NDArray[np.float64], points: NDArray[np.float64]) -> None:
    """A shape is sound, and holds just the points that are no farther; too near its edge to tell are left out."""
    assert area.is_valid
    west, south, east, north = area.bounds
    assert -180 <= west <= east <= 180
    assert -90 <= south <= north <= 90
    clear = np.abs(away - km) > max(2.0, 0.002 * km)
    assert (shapely.intersects_xy(area, points)[clear] == (away[clear] <= km)).all()


@pytest.mark.parametrize("km", [1, 500, 5000, 9990, 10_010, 12_000, 15_000, 18_000, 19_790, 19_810, 19_990, 20_003])
@pytest.mark.parametrize("place", PLACES)
def test_a_disc_has_the_area_of_its_cap_and_holds_what_is_near(place: str, km: float) -> None:
    start = Point(PLACES[place])
    area = within(start, km)
    points = spots()

    assert geodesy.area_km2(area) == pytest.approx(2 * math.pi * R_KM**2 * (1 - math.cos(km / R_KM)), rel=0.01)
    assert_agrees(area, km, distances(start, points)[0], points)
    assert edge(area).geom_type.endswith("LineString")


def test_nothing_but_the_antipode_is_past_half_way_round() -> None:
    for lon, lat in PLACES.values():
        area = within(Point(lon, lat), 20_003)
        antipode = Point((lon + 360) % 360 - 180, -lat)

        assert area.distance(antipode) < 0.02  # degrees
        assert 0 <= 1 - geodesy.area_km2(area) / geodesy.area_km2(WORLD) < 1e-7


@pytest.mark.parametrize(
    ("start", "km", "inside", "outside"),
    [
        ((125.67, 39.2), 12_000, [(-77.0, 38.9), (0, 90), (180, 0), (-180, -20)], [(-68.1, -16.5), (-46.6, -23.5)]),
        ((-120.6, 34.7), 10_000, [(125.8, 39.0), (0, 90), (37.6, 55.8)], [(77.2, 28.6), (51.4, 35.7), (0, -90)]),
        ((177.5, 64.7), 14_000, [(-77.0, -12.0), (36.8, -1.3), (145.0, -37.8)], [(-58.4, -34.6), (18.4, -33.9)]),
        ((0, -89.0), 11_000, [(0, 5), (120, 5), (180, -90)], [(0, 12), (180, 25), (0, 90)]),
    ],
)
def test_over_a_pole_and_180_it_holds_the_right_places(
    start: tuple[float, float],
    km: float,
    inside: list[tuple[float, float]],
    outside: list[tuple[float, float]],
) -> None:
    area = within(Point(start), km)

    assert [area.covers(Point(one)) for one in inside] == [True] * len(inside)
    assert [area.covers(Point(one)) for one in outside] == [False] * len(outside)


@pytest.mark.parametrize("km", [300, 1000, 3000, 4500, 9900, 10_100, 15_000, 19_000])
@pytest.mark.parametrize("country", ["PRK", "RUS", "CHL", "NZL", "IRN"])
def test_from_anywhere_in_a_country_is_from_its_nearest_point(country: str, km: float, layers: Layers) -> None:
    land = largest(layers.geometry(f"countries/{country}"))
    area, points = within(land, km), spots(2, 10_000)
    away = distances(land, points)[0]
    clear = np.abs(away - km) > max(10.0, 0.005 * km)

    assert area.is_valid
    assert (shapely.intersects_xy(area, points)[clear] == (away[clear] <= km)).all()


def test_a_large_area_reaches_all_the_earth(layers: Layers) -> None:
    area = within(largest(layers.geometry("countries/RUS")), 20_000)

    assert area.equals(WORLD)
    assert edge(area).is_empty


@pytest.mark.parametrize("km", [0, -1, 20_004, math.inf, math.nan])
def test_a_distance_that_is_none_is_refused(km: float) -> None:
    for start in (Point(0, 0), box(0, 0, 1, 1)):
        with pytest.raises(ValueError, match="a distance must be"):
            within(start, km)


@settings(max_examples=30, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(19_700, 20_003))
def test_almost_all_the_earth_is_sound(lon: float, lat: float, km: float) -> None:
    start, points = Point(lon, lat), spots(3, 500)
    around = np.array([geodesy.destination((lon + 360) % 360 - 180, -lat, turn, 150) for turn in range(0, 360, 30)])
    points = np.vstack([points, around])

    assert_agrees(within(start, km), km, distances(start, points)[0], points)


def test_distances_are_geodesic_and_zero_within_an_area() -> None:
    start = box(124, 38, 130, 42)
    points = np.array([[127.0, 40.0], [127.0, 44.0], [-122.0, 37.0]])
    km, bearings = distances(start, points)

    assert km[0] == 0
    assert math.isnan(bearings[0])
    assert km[1] == pytest.approx(geodesy.distance_km(127, 42, 127, 44), abs=0.1)
    assert bearings[1] == pytest.approx(0, abs=1) or bearings[1] == pytest.approx(360, abs=1)
    assert km[2] == pytest.approx(geodesy.separation_km(-122, 37, start), abs=1)


def test_no_places_have_no_distances() -> None:
    for start in (Point(0, 0), box(0, 0, 1, 1)):
        km, bearings = distances(start, np.empty((0, 2)))

        assert len(km) == len(bearings) == 0
