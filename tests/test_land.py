"""What of a shape is sea, and what is land."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import Point, box

from geomap import geodesy
from geomap.catalog import Layers
from geomap.land import land_within, wet, without


def test_the_wet_part_of_a_shape_is_the_sea_in_it(layers: Layers) -> None:
    shape = geodesy.disc(128.6, 38.2, 60.0)  # half land, half sea, off Sokcho
    sea = wet(shape, layers)

    assert sea.is_valid
    assert sea.covers(Point(129.0, 38.2))
    assert not sea.covers(Point(128.2, 38.2))
    assert 0.3 < geodesy.share(shape, sea) < 0.7


def test_all_of_the_open_sea_is_wet(layers: Layers) -> None:
    shape = geodesy.disc(-150.0, 35.0, 200.0)

    assert wet(shape, layers).equals(shape)


def test_nothing_inland_is_wet(layers: Layers) -> None:
    assert wet(geodesy.disc(100.0, 47.0, 100.0), layers).is_empty


def test_across_180_both_sides_are_wet(layers: Layers) -> None:
    sea = wet(geodesy.disc(180.0, 30.0, 300.0), layers)

    assert sea.covers(Point(179.0, 30.0))
    assert sea.covers(Point(-179.0, 30.0))


def test_the_land_within_a_window(layers: Layers) -> None:
    land = land_within((126.0, 37.0, 128.0, 38.0), layers)

    assert land.covers(Point(127.0, 37.5))
    assert box(126.0, 37.0, 128.0, 38.0).buffer(1e-9).covers(land)
    assert land_within((-151.0, 34.0, -149.0, 36.0), layers).is_empty


def test_the_sea_is_what_no_country_is(layers: Layers) -> None:
    shape = geodesy.disc(107.0, 21.5, 400.0)  # two countries and their border, and islands
    land = land_within(shape.bounds, layers)

    assert wet(shape, layers).equals_exact(shapely.difference(shape, land), 1e-9, normalize=True)


@pytest.mark.parametrize("other", [(4, 0, 6, 4), (3, 1, 6, 3), (1, 1, 2, 2), (0, 0, 4, 4)])
def test_land_that_overlaps_is_taken_away_once(other: tuple[int, int, int, int]) -> None:
    parts = [box(0, 0, 4, 4), box(*other)]
    left = without(box(-1, -1, 8, 8), parts)

    assert left.is_valid
    assert left.area == pytest.approx(81 - shapely.union_all(parts).area)
