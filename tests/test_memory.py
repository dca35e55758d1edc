"""Answers about shapes are remembered, so many at most; shapes of the same vertices are one."""

from __future__ import annotations

import shapely
from shapely.geometry import Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geomap.memory import remembered


def test_a_shape_is_asked_about_once() -> None:
    asked: list[BaseGeometry] = []

    @remembered(8)
    def area(shape: BaseGeometry, times: float = 1.0) -> float:
        asked.append(shape)
        return float(shape.area) * times

    square = box(0, 0, 2, 2)

    assert [area(square), area(shapely.from_wkb(square.wkb)), area(square)] == [4.0, 4.0, 4.0]
    assert len(asked) == 1
    assert area(square, 2.0) == area(square, times=2.0) == 8.0


def test_shapes_of_one_extent_are_told_apart() -> None:
    @remembered(8)
    def area(shape: BaseGeometry) -> float:
        return float(shape.area)

    square, slanted = box(0, 0, 2, 2), Polygon([(0, 0), (2, 0), (2, 2), (0, 1)])

    assert len(square.exterior.coords) == len(slanted.exterior.coords)
    assert square.bounds == slanted.bounds
    assert [area(square), area(slanted), area(Polygon()), area(Point(0, 0))] == [4.0, 3.0, 0.0, 0.0]


def test_no_more_is_remembered_than_was_said() -> None:
    asked: list[float] = []

    @remembered(2)
    def x(point: Point) -> float:
        asked.append(point.x)
        return float(point.x)

    for number in (1, 2, 3, 1):
        x(Point(number, 0))

    assert asked == [1, 2, 3, 1]
