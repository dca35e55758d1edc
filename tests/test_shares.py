"""Many shapes measured at once give what each gives alone, and what was measured is remembered by its key."""

from __future__ import annotations

import random
from collections.abc import Iterable

import numpy as np
import pytest
from shapely.geometry import GeometryCollection, LineString, MultiPoint, Point, Polygon, box

from geomap import geodesy
from geomap.memory import Measures, name_of
from geomap.shares import areas_km2

AREAS = [box(0, 0, 10, 10), geodesy.disc(179.0, 5.0, 900.0), geodesy.disc(-30.0, 85.0, 1500.0), box(40, -20, 60, 5)]
SHAPES = [
    box(5, 5, 15, 15), box(2, 2, 3, 3), geodesy.disc(-178.0, 6.0, 500.0), LineString([(-5, 5), (15, 5)]),
    MultiPoint([(1, 1), (50, 0), (70, 0)]), Point(50.0, 0.0), LineString([(45, 0), (45, 0)]), Polygon(),
]  # fmt: skip


def test_shares_of_many_pairs_are_those_of_each() -> None:
    pairs = [(shape, area) for shape in SHAPES for area in AREAS]
    found = geodesy.shares(*(geodesy.objects(column) for column in zip(*pairs, strict=True)))

    assert found.tolist() == pytest.approx([geodesy.share(shape, area) for shape, area in pairs])
    assert found[0] == pytest.approx(0.25, abs=0.01)
    assert found[4] == 1
    assert geodesy.shares(geodesy.objects([]), geodesy.objects([])).tolist() == []


@pytest.mark.parametrize("seed", range(3))
def test_margins_of_many_points_are_those_of_each_in_their_order(seed: int) -> None:
    chance = random.Random(seed)
    spots = [(chance.uniform(-180, 180), chance.uniform(-89, 89), chance.choice(AREAS)) for _ in range(60)]
    points = np.array([spot[:2] for spot in spots])
    found = geodesy.margins_km(points, geodesy.objects(area for _, _, area in spots))

    assert found.tolist() == pytest.approx([geodesy.margin_km(*spot) for spot in spots])


def test_only_polygons_have_an_area() -> None:
    mixed = GeometryCollection([box(0, 0, 1, 1), LineString([(5, 5), (6, 6)]), Point(1, 1)])
    found = areas_km2(geodesy.objects([box(0, 0, 1, 1), mixed, LineString([(0, 0), (1, 1)]), Polygon()]))

    assert found.tolist() == pytest.approx([12_363.7, 12_363.7, 0, 0], rel=1e-5)


def test_what_is_known_is_not_measured_again_and_the_oldest_goes() -> None:
    asked: list[str] = []
    measures = Measures(2)

    def ask(*keys: str) -> list[float]:
        def measure(places: Iterable[int]) -> list[float]:
            new = [keys[place] for place in places]
            asked.extend(new)
            return [float(ord(key)) for key in new]

        return measures.ask(keys, measure)

    assert ask("a", "b", "a") == [97, 98, 97]
    assert ask("b", "c") == [98, 99]
    assert ask("a") == [97]
    assert asked == ["a", "b", "c", "a"]


def test_the_same_vertices_have_the_same_name() -> None:
    assert name_of(box(0, 0, 1, 1)) == name_of(box(0, 0, 1, 1)) != name_of(box(0, 0, 1, 2))
