"""Loops become polygons: cut at 180°, closed over the poles, wound as they are."""

from __future__ import annotations

import antimeridian
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings, strategies as st
from numpy.typing import NDArray
from shapely.geometry import Point, Polygon

from geomap.loops import WORLD, areas, closed

Array = NDArray[np.float64]


def loop(lon: float, lat: float, width: float, height: float, count: int = 48) -> Array:
    """An ellipse in degrees about a point, counter-clockwise; longitudes within 180."""
    angles = np.linspace(0, 2 * np.pi, count + 1)
    points = np.column_stack([lon + width * np.cos(angles), lat + height * np.sin(angles)])
    points[:, 0] = (points[:, 0] + 180) % 360 - 180
    points[-1] = points[0]
    return points


def wave(lat: float, height: float, step: int = 1) -> Array:
    """A line round the earth along a parallel, eastward for step 1 and westward for -1."""
    lons = np.linspace(-179, 181, 73)[::step]
    points = np.column_stack([(lons + 180) % 360 - 180, lat + height * np.sin(np.radians(3 * lons))])
    points[-1] = points[0]
    return points


@settings(deadline=None, derandomize=True, max_examples=60)
@given(st.floats(150, 210), st.floats(-60, 60), st.floats(1, 40), st.floats(1, 25))
def test_what_crosses_180_is_cut_as_the_reference_cuts_it(lon: float, lat: float, width: float, height: float) -> None:
    points = loop(lon, lat, width, height)
    assume(np.abs(points[:, 0]).max() < 180 - 1e-6)  # a vertex on the seam is left out
    cut = closed(points)

    reference = shapely.make_valid(antimeridian.fix_polygon(Polygon(points), fix_winding=False))
    assert cut.is_valid
    assert WORLD.covers(cut)
    assert cut.symmetric_difference(reference).area < 1e-6


def test_a_line_round_the_earth_goes_about_the_pole_on_its_left() -> None:
    north, south = closed(wave(60.0, 5.0)), closed(wave(-60.0, 5.0, -1))
    both, neither = closed(wave(60.0, 5.0, -1)), closed(wave(-60.0, 5.0))

    assert north.covers(Point(10, 89.9))
    assert not north.covers(Point(10, 0))
    assert south.covers(Point(10, -89.9))
    assert not south.covers(Point(10, 0))
    assert both.covers(Point(10, -89.9))
    assert both.area + north.area == pytest.approx(WORLD.area)
    assert neither.area + south.area == pytest.approx(WORLD.area)


def test_a_clockwise_loop_is_the_edge_of_all_the_earth_but_what_it_goes_round() -> None:
    for lon in (0.0, 178.0, 180.0):
        inside, outside = closed(loop(lon, 20, 10, 10)), closed(loop(lon, 20, 10, 10)[::-1])

        assert inside.area + outside.area == pytest.approx(WORLD.area)
        assert inside.intersection(outside).area == pytest.approx(0, abs=1e-9)


def test_many_loops_are_what_each_one_is_alone_whatever_their_kind() -> None:
    some = [
        loop(0, 0, 20, 10, 72),
        loop(180, 40, 20, 10, 72),
        loop(180, 40, 20, 10, 72)[::-1],
        wave(70, 4),
        wave(70, 4, -1),
    ]
    folded = loop(179, 0, 10, 10, 72)
    folded[:, 0] = np.where(np.arange(73) % 6 == 0, -folded[:, 0], folded[:, 0])  # crosses 180° many times
    eight = np.column_stack([20 * np.sin(np.linspace(0, 2 * np.pi, 73)), 10 * np.sin(np.linspace(0, 4 * np.pi, 73))])
    some += [folded, eight]
    together = areas(np.array(some))

    for one, points in zip(together, some, strict=True):
        assert one.is_valid
        assert one.equals(closed(points))


def test_a_loop_through_a_pole_is_closed() -> None:
    for lat in (90.0, -90.0):
        points = loop(30, lat / 2, 20, 45, 72)
        points[np.abs(points[:, 1]) > 90 - 1e-9, 1] = lat
        assert closed(points).is_valid
