"""The nearest point of a line is found among the vertices that are near, wherever on the earth the line lies."""

from __future__ import annotations

import random

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, MultiLineString, MultiPoint

from geomap.edges import GEOD, SEGMENT_DEG, far_off, lines_of, nearest_on, projection

SPOTS = [(0.0, 0.0), (127.5, 39.8), (-180.0, -8.9), (179.99, 51.2), (10.0, 90.0), (-45.0, -89.99), (141.3, -27.4)]


def winding(seed: int) -> MultiLineString:
    """Two lines that wind over a large part of the earth."""
    chance = random.Random(seed)
    parts = []
    for _ in range(2):
        lon, lat, points = chance.uniform(-150, 150), chance.uniform(-60, 60), []
        for _ in range(300):
            lon, lat = (
                max(-179.0, min(179.0, lon + chance.gauss(0, 1))),
                max(-85.0, min(85.0, lat + chance.gauss(0, 1))),
            )
            points.append((lon, lat))
        parts.append(LineString(points))
    return MultiLineString(parts)


def finely(lon: float, lat: float, lines: MultiLineString) -> float:
    """Distance in km to the nearest of points that follow each other about every kilometer."""
    points = shapely.get_coordinates(shapely.segmentize(lines, 0.01))
    count = len(points)
    return float(GEOD.inv(np.full(count, lon), np.full(count, lat), points[:, 0], points[:, 1])[2].min()) / 1000


@pytest.mark.parametrize("spot", SPOTS)
@pytest.mark.parametrize("seed", range(3))
def test_no_vertex_that_counts_is_passed_over(spot: tuple[float, float], seed: int) -> None:
    lines = winding(seed)

    km, lon, lat = nearest_on(*spot, lines_of(lines))

    expected = finely(*spot, lines)
    assert km == pytest.approx(expected, abs=28.0 if expected > 2000 else 0.6)
    assert GEOD.inv(*spot, lon, lat)[2] / 1000 == pytest.approx(km, abs=1e-6)


def test_of_points_as_far_as_the_antipodes_the_nearest_is_found() -> None:
    points = MultiPoint([(180.0, 0.5), (179.0, -1.0), (-178.5, 2.0), (90.0, 0.0), (90.0, 0.1)])

    assert nearest_on(0.0, 0.0, lines_of(points))[1:] == (90.0, 0.1)
    assert nearest_on(0.0, 0.0, lines_of(MultiPoint([(180.0, 0.5), (175.0, 0.0)])))[1:] == (175.0, 0.0)


def test_a_line_has_a_vertex_at_every_step() -> None:
    lines = lines_of(MultiLineString([[(0, 0), (2, 0)], [(5, 5), (5, 6)]]))

    steps = np.abs(np.diff(lines.points, axis=0)).max(axis=1)[lines.part[:-1] == lines.part[1:]]
    assert steps.max() <= SEGMENT_DEG
    assert np.allclose(np.linalg.norm(lines.places, axis=1), 1.0)


def test_the_projection_is_that_of_geodesics() -> None:
    flat = projection(127.0, 39.0)
    x, y = flat(130.5, 37.25)

    _, _, metres = GEOD.inv(127.0, 39.0, 130.5, 37.25)
    assert np.hypot(x, y) == pytest.approx(metres, abs=1e-3)
    assert flat(x, y, inverse=True) == pytest.approx((130.5, 37.25))
    assert flat(np.array([127.0]), np.array([39.0]))[0] == pytest.approx([0.0], abs=1e-6)


@pytest.mark.parametrize("spot", [*SPOTS, (180.0, 0.0), (-52.5, -39.8)])
@pytest.mark.parametrize("seed", range(5))
def test_the_farthest_vertex_is_among_those_that_are_far_off(spot: tuple[float, float], seed: int) -> None:
    points = shapely.get_coordinates(winding(seed))
    far = far_off(*spot, points)
    every, some = (
        GEOD.inv(np.full(len(those), spot[0]), np.full(len(those), spot[1]), those[:, 0], those[:, 1])[2].max()
        for those in (points, far)
    )

    assert some == every
    assert len(far) < len(points)


def test_the_farthest_of_points_that_lie_at_the_place_itself_is_there() -> None:
    """Rounded, the cosine of no angle is more than one."""
    points = np.array([[10.0, -10.0], [10.0, -10.0]])

    assert len(far_off(10.0, -10.000000000000002, points))
