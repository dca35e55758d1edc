"""Rings, wedges, buffers and margins hold anywhere: across 180°, over the poles, from 100 m to 15,000 km."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import assume, example, given, settings, strategies as st
from pyproj import Geod
from shapely.geometry import LineString, MultiPoint, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.reach import within

GEOD = Geod(ellps="WGS84")
AUTHALIC_KM = 6371.0072
WORLD = box(-180, -90, 180, 90)

# the same examples on every run: a red build is never a matter of luck
quick = settings(deadline=None, derandomize=True, max_examples=30)
brief = settings(deadline=None, derandomize=True, max_examples=15)

longitudes = st.one_of(st.floats(-180, 180), st.floats(-180, -176), st.floats(176, 180))
latitudes = st.one_of(st.floats(-90, 90), st.floats(86, 90), st.floats(-90, -86))
radii = st.one_of(st.floats(0.1, 100), st.floats(100, 15_000))
bearings = st.floats(0, 360)


def metres(lon: float, lat: float, points: np.ndarray) -> np.ndarray:
    """Geodesic distance of each point from one."""
    count = len(points)
    return np.asarray(GEOD.inv(np.full(count, lon), np.full(count, lat), points[:, 0], points[:, 1])[2])


def off_the_cut(points: np.ndarray) -> np.ndarray:
    """Points that are vertices of the shape, not of the cut along 180° or over a pole."""
    return points[(np.abs(points[:, 0]) < 180 - 1e-9) & (np.abs(points[:, 1]) < 90 - 1e-9)]


def edge_points(area: BaseGeometry, step_deg: float = 0.02) -> np.ndarray:
    """Many points along the edge of an area or along a line."""
    line = geodesy.without_seam(area.boundary if area.geom_type.endswith("Polygon") else area)
    return shapely.get_coordinates(shapely.segmentize(line, step_deg))


def sagitta_km(area: BaseGeometry, lon: float, lat: float, *radii_km: float) -> float:
    """How far the chords of an outline stray at most from the circles that they stand for."""
    points = edge_points(area, 0.25)
    distances = metres(lon, lat, points)[:, None] / 1000
    return float(np.abs(distances - np.array(radii_km)).min(axis=1).max())


def assert_sound(geometry: BaseGeometry) -> None:
    west, south, east, north = geometry.bounds
    assert geometry.is_valid
    assert not geometry.is_empty
    assert max(-west, east) <= 180 + 1e-9
    assert max(-south, north) <= 90 + 1e-9


# ---------------------------------------------------------------------------------------------- discs and rings


@quick
@example(lon=180.0, lat=0.0, km=15_000.0)
@example(lon=-180.0, lat=52.0, km=100.0)
@example(lon=179.999, lat=-16.8, km=930.0)
@example(lon=0.0, lat=90.0, km=15_000.0)
@example(lon=12.0, lat=-90.0, km=100.0)
@example(lon=37.0, lat=89.5, km=5_500.0)
@example(lon=127.5, lat=39.0, km=13_000.0)
@given(lon=longitudes, lat=latitudes, km=radii)
def test_every_point_of_an_outline_is_at_the_radius_within_a_metre(lon: float, lat: float, km: float) -> None:
    for outline in (geodesy.disc(lon, lat, km).boundary, geodesy.ring(lon, lat, km)):
        points = off_the_cut(shapely.get_coordinates(outline))

        assert len(points) >= 357  # of 361, the others lie on the cut
        assert np.abs(metres(lon, lat, points) - km * 1000).max() < 1.0


@quick
@example(lon=180.0, lat=0.0, km=15_000.0)
@example(lon=0.0, lat=90.0, km=15_000.0)
@example(lon=0.0, lat=-90.0, km=1_000.0)
@example(lon=-179.99, lat=85.0, km=3_000.0)
@given(lon=longitudes, lat=latitudes, km=radii)
def test_a_disc_is_valid_and_as_large_as_the_cap_on_the_sphere(lon: float, lat: float, km: float) -> None:
    disc = geodesy.disc(lon, lat, km)
    cap = 2 * math.pi * AUTHALIC_KM**2 * (1 - math.cos(km / AUTHALIC_KM))

    assert_sound(disc)
    assert geodesy.area_km2(disc) == pytest.approx(cap, rel=0.01)


@quick
@example(lon=180.0, lat=10.0, km=15_000.0, seed=1)
@example(lon=0.0, lat=90.0, km=12_000.0, seed=2)
@example(lon=100.0, lat=-90.0, km=300.0, seed=3)
@given(lon=longitudes, lat=latitudes, km=radii, seed=st.integers(0, 2**16))
def test_a_disc_holds_what_is_nearer_than_its_radius_and_nothing_else(
    lon: float, lat: float, km: float, seed: int
) -> None:
    disc = geodesy.disc(lon, lat, km)
    chance = np.random.default_rng(seed)
    near = [
        geodesy.destination(lon, lat, b, d)
        for b, d in zip(chance.uniform(0, 360, 40), chance.uniform(0, 2 * km, 40) % 19_900, strict=True)
    ]
    anywhere = np.column_stack([chance.uniform(-180, 180, 40), np.degrees(np.arcsin(chance.uniform(-1, 1, 40)))])
    points = np.vstack([near, anywhere])
    distances = metres(lon, lat, points) / 1000
    clear = np.abs(distances - km) > sagitta_km(disc, lon, lat, km) + 0.001
    inside = shapely.covers(disc, shapely.points(points))

    assert (inside == (distances <= km))[clear].all()


@quick
@given(lon=longitudes, lat=st.floats(-60, 60), km=st.floats(0.1, 1_500))
def test_away_from_the_poles_an_outline_strays_less_than_a_thousandth_of_its_radius(
    lon: float, lat: float, km: float
) -> None:
    assert sagitta_km(geodesy.disc(lon, lat, km), lon, lat, km) < km / 1000


@pytest.mark.parametrize("km", [0.0, -5.0, 20_004.0, float("nan"), float("inf")])
def test_a_radius_that_no_ring_can_have_is_refused(km: float) -> None:
    for make in (geodesy.disc, geodesy.ring):
        with pytest.raises(ValueError, match="a radius must be"):
            make(127.0, 39.0, km)


def test_a_disc_that_reaches_over_a_pole_covers_the_pole() -> None:
    assert geodesy.disc(20.0, 80.0, 2_000.0).covers(Point(-150.0, 89.9))
    assert geodesy.disc(20.0, -80.0, 2_000.0).covers(Point(-150.0, -89.9))
    assert not geodesy.disc(20.0, 80.0, 1_000.0).covers(Point(-150.0, 89.9))


def test_a_very_large_disc_is_not_turned_into_its_complement() -> None:
    disc = geodesy.disc(127.5, 39.0, 15_000.0)

    assert disc.covers(Point(-77.0, 38.9))
    assert not disc.covers(Point(-60.0, -34.0))
    assert geodesy.area_km2(disc) > 0.8 * geodesy.area_km2(WORLD)


@quick
@given(
    lon=longitudes,
    lat=latitudes,
    low=st.floats(0.05, 9_000),
    wide=st.floats(1, 5_000),
    bearing=bearings,
    part=st.one_of(st.floats(-1, -0.1), st.floats(0.1, 0.9), st.floats(1.1, 2)),
)
def test_an_annulus_holds_what_lies_between_its_radii(
    lon: float, lat: float, low: float, wide: float, bearing: float, part: float
) -> None:
    distance = abs(low + part * wide)
    annulus = geodesy.annulus(lon, lat, low, low + wide)
    slack = sagitta_km(annulus, lon, lat, low, low + wide)
    assume(min(abs(distance - low), abs(distance - low - wide)) > slack + 0.001)

    assert_sound(annulus)
    assert annulus.covers(Point(geodesy.destination(lon, lat, bearing, distance))) == (low < distance < low + wide)


def test_an_annulus_from_nothing_is_the_disc() -> None:
    assert geodesy.annulus(178.0, 52.0, 0.0, 500.0).equals(geodesy.disc(178.0, 52.0, 500.0))


# --------------------------------------------------------------------------------------------------------- wedges


@settings(quick, max_examples=60)
@example(lon=180.0, lat=10.0, bearing=90.0, sector=22.5, low=0.0, wide=3_000.0, turn=0.5, part=0.5)
@example(lon=30.0, lat=84.0, bearing=10.0, sector=45.0, low=50.0, wide=3_000.0, turn=0.5, part=0.5)
@given(
    lon=longitudes,
    lat=st.floats(-85, 85),  # closer to a pole a bearing turns with the longitude: see the next test
    bearing=bearings,
    sector=st.floats(5, 90),
    low=st.one_of(st.just(0.0), st.floats(1, 2_000)),
    wide=st.floats(50, 4_000),
    turn=st.one_of(st.floats(-1.9, -1.06), st.floats(-0.94, 0.94), st.floats(1.06, 1.9)),
    part=st.one_of(st.floats(0.06, 0.94), st.floats(1.06, 1.9)),
)
def test_a_wedge_holds_a_bearing_and_a_distance(
    lon: float, lat: float, bearing: float, sector: float, low: float, wide: float, turn: float, part: float
) -> None:
    wedge = geodesy.wedge(lon, lat, bearing, sector, low, low + wide)
    point = Point(geodesy.destination(lon, lat, bearing + turn * sector, low + part * wide))

    assert_sound(wedge)
    assert wedge.covers(point) == (part < 1 and abs(turn) < 1)


@quick
@given(lon=longitudes, lat=st.floats(-60, 60), bearing=bearings, sector=st.floats(91, 179), turn=st.floats(-1, 1))
def test_a_wedge_may_be_wider_than_half_a_circle(
    lon: float, lat: float, bearing: float, sector: float, turn: float
) -> None:
    wedge = geodesy.wedge(lon, lat, bearing, sector, 100, 1_000)

    assert_sound(wedge)
    assert wedge.covers(Point(geodesy.destination(lon, lat, bearing + 0.97 * turn * sector, 500)))
    assert not wedge.covers(Point(geodesy.destination(lon, lat, bearing + 180, 500)))
    assert not wedge.covers(Point(lon, lat))


@pytest.mark.parametrize("lat", [89.9, -89.9])
def test_a_wedge_from_beside_a_pole_reaches_over_it(lat: float) -> None:
    wedge = geodesy.wedge(0.0, lat, 0.0 if lat > 0 else 180.0, 30.0, 0.0, 1_000.0)

    assert_sound(wedge)
    assert wedge.covers(Point(180.0, math.copysign(84.0, lat)))
    assert wedge.covers(Point(-170.0, math.copysign(84.0, lat)))
    assert not wedge.covers(Point(0.0, math.copysign(84.0, lat)))


def test_a_wedge_across_180_lies_on_both_sides() -> None:
    wedge = geodesy.wedge(178.0, 0.0, 90.0, 22.5, 100.0, 1_000.0)

    assert wedge.covers(Point(179.5, 0.0))
    assert wedge.covers(Point(-175.0, 0.0))
    assert not wedge.covers(Point(0.0, 0.0))
    assert geodesy.area_km2(wedge) == pytest.approx(math.pi * (1_000**2 - 100**2) / 8, rel=0.01)


def test_a_sector_of_the_whole_circle_is_the_annulus() -> None:
    assert geodesy.wedge(127.0, 39.0, 90.0, 180.0, 50.0, 80.0).equals(geodesy.annulus(127.0, 39.0, 50.0, 80.0))


# ----------------------------------------------------------------------------------------- distances and great circles


@quick
@given(lon=longitudes, lat=st.floats(-89, 89), bearing=st.floats(0, 359.9), km=st.floats(0.1, 15_000))
def test_destination_bearing_and_distance_agree(lon: float, lat: float, bearing: float, km: float) -> None:
    end = geodesy.destination(lon, lat, bearing, km)

    assert geodesy.distance_km(lon, lat, *end) == pytest.approx(km, abs=1e-6)
    assert geodesy.distance_km(*end, lon, lat) == pytest.approx(km, abs=1e-6)
    assert 0 <= geodesy.bearing_deg(lon, lat, *end) <= 360
    assert math.cos(math.radians(geodesy.bearing_deg(lon, lat, *end) - bearing)) == pytest.approx(1, abs=1e-9)


@quick
@example(lon1=170.0, lat1=40.0, lon2=-160.0, lat2=20.0)
@example(lon1=179.0, lat1=-80.0, lon2=-1.5, lat2=-70.0)
@example(lon1=0.0, lat1=0.0, lon2=-180.0, lat2=10.0)
@example(lon1=-177.5, lat1=77.0, lon2=3.0, lat2=90.0)
@example(lon1=-177.5, lat1=77.0, lon2=3.0, lat2=89.984375)
@given(lon1=longitudes, lat1=latitudes, lon2=longitudes, lat2=latitudes)
def test_a_great_circle_joins_its_ends_by_the_shortest_way(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    distance = geodesy.distance_km(lon1, lat1, lon2, lat2)
    assume(1 < distance < 19_000)
    line = geodesy.great_circle(lon1, lat1, lon2, lat2)
    points = shapely.get_coordinates(line)
    parts = [shapely.get_coordinates(part) for part in shapely.get_parts(line)]

    assert geodesy.distance_km(*points[0], lon1, lat1) < 0.001
    assert geodesy.distance_km(*points[-1], lon2, lat2) < 0.001
    assert GEOD.geometry_length(line) / 1000 == pytest.approx(distance, rel=1e-3, abs=0.05)
    assert max(np.abs(np.diff(part[:, 0])).max() for part in parts) <= 180
    assert np.abs(points[:, 0]).max() <= 180
    assert np.abs(points[:, 1]).max() <= 90


# ------------------------------------------------------------------------------------------------ buffers and reaches


@brief
@example(lon=179.0, lat=52.0, bearing=80.0, km=1_200.0, width=370.0, seed=5)
@example(lon=-120.0, lat=84.0, bearing=20.0, km=900.0, width=100.0, seed=6)
@given(
    lon=longitudes,
    lat=st.floats(-84, 84),
    bearing=bearings,
    km=st.floats(50, 3_000),
    width=st.floats(20, 400),
    seed=st.integers(0, 2**16),
)
def test_a_buffer_of_a_line_is_as_wide_as_asked_within_a_hundredth(
    lon: float, lat: float, bearing: float, km: float, width: float, seed: int
) -> None:
    line = geodesy.great_circle(lon, lat, *geodesy.destination(lon, lat, bearing, km))
    buffered = geodesy.buffer(line, width)
    chance = np.random.default_rng(seed)
    spots = shapely.get_coordinates(line)[chance.integers(0, len(shapely.get_coordinates(line)), 60)]
    ways = zip(spots, chance.uniform(0, 360, 60), chance.uniform(0, 2 * width, 60), strict=True)
    points = [geodesy.destination(*spot, turn, away) for spot, turn, away in ways]
    distances = np.array([geodesy.separation_km(*point, line) for point in points])
    clear = np.abs(distances - width) > 0.01 * width + 0.3
    inside = shapely.covers(buffered, shapely.points(points))

    assert_sound(buffered)
    assert (inside == (distances <= width))[clear].all()


def test_the_buffer_of_an_area_holds_the_area_and_grows_by_the_width() -> None:
    area = geodesy.disc(-179.5, 65.0, 400.0)
    buffered = geodesy.buffer(area, 100.0)

    assert shapely.covers(shapely.buffer(buffered, 1e-9), area)
    assert geodesy.area_km2(buffered) == pytest.approx(geodesy.area_km2(geodesy.disc(-179.5, 65.0, 500.0)), rel=0.01)


def test_the_buffer_of_a_point_is_the_disc() -> None:
    assert geodesy.buffer(Point(180.0, 10.0), 55.5).equals(geodesy.disc(180.0, 10.0, 55.5))


@st.composite
def territories(draw: st.DrawFn) -> Polygon:
    """Convex areas of up to some hundred kilometres, that do not touch 180°."""
    lon, lat = draw(st.floats(-170, 170)), draw(st.floats(-70, 70))
    wide = draw(st.floats(10, 600))
    turns = sorted(draw(st.lists(st.floats(0, 359), min_size=3, max_size=8, unique=True)))
    assume(max(np.diff([*turns, turns[0] + 360])) < 170)
    area = Polygon([geodesy.destination(lon, lat, -turn, wide) for turn in turns])
    assume(area.is_valid and area.area > 1e-4)
    assume(np.ptp(shapely.get_coordinates(area)[:, 0]) < 60)
    return area.convex_hull


@brief
@given(area=territories(), km=st.floats(100, 20_000), bearing=bearings, part=st.floats(0.5, 1.3))
def test_the_reach_of_an_area_is_measured_from_its_nearest_point(
    area: Polygon, km: float, bearing: float, part: float
) -> None:
    reach = within(area, km)
    middle = area.centroid
    point = geodesy.destination(middle.x, middle.y, bearing, min(part * km, 19_000))
    distance = 0.0 if area.covers(Point(point)) else metres(*point, edge_points(area)).min() / 1000
    assume(abs(distance - km) > 0.01 * km + 1)

    assert_sound(reach)
    assert reach.covers(Point(point)) == (distance <= km)


# ---------------------------------------------------------------------------------------------- margins and shares


@brief
@example(lon=179.0, lat=50.0, zone=(-178.0, 51.0, 370.0))
@example(lon=0.0, lat=89.0, zone=(120.0, 88.0, 500.0))
@given(
    lon=longitudes,
    lat=st.floats(-89, 89),
    zone=st.tuples(longitudes, st.floats(-85, 85), st.floats(50, 3_000)),
)
def test_a_margin_is_the_distance_to_the_edge_and_positive_inside(
    lon: float, lat: float, zone: tuple[float, float, float]
) -> None:
    area = geodesy.disc(*zone)
    margin = geodesy.margin_km(lon, lat, area)
    nearest = metres(lon, lat, edge_points(area, 0.05)).min() / 1000
    assume(nearest < 15_000)

    assert (margin > 0) == area.covers(Point(lon, lat))
    assert abs(margin) == pytest.approx(nearest, rel=0.005, abs=2.0)


@pytest.mark.parametrize("zone", [(180.0, 0.0, 300.0), (179.9, 0.0, 30.0), (-179.8, 0.2, 30.0)])
def test_a_margin_to_the_other_side_of_the_earth_is_long(zone: tuple[float, float, float]) -> None:
    assert geodesy.margin_km(0.0, 0.0, geodesy.disc(*zone)) < -19_500


def test_the_cut_along_180_is_no_edge() -> None:
    area = geodesy.disc(180.0, 0.0, 500.0)

    assert geodesy.margin_km(179.99, 0.0, area) == pytest.approx(499, abs=1)
    assert geodesy.margin_km(-179.99, 0.0, area) == pytest.approx(499, abs=1)


@brief
@example(lon=179.0, lat=50.0, zone=(-178.0, 51.0, 370.0))
@example(lon=0.0, lat=89.0, zone=(120.0, 88.0, 500.0))
@example(lon=0.0, lat=0.0, zone=(170.0, -20.0, 300.0))
@given(
    lon=longitudes,
    lat=st.floats(-89, 89),
    zone=st.tuples(longitudes, st.floats(-85, 85), st.floats(50, 3_000)),
)
def test_the_nearest_point_of_an_edge_is_as_far_as_the_margin_says_and_on_the_edge(
    lon: float, lat: float, zone: tuple[float, float, float]
) -> None:
    area = geodesy.disc(*zone)
    there = geodesy.nearest(lon, lat, area)

    assert geodesy.distance_km(lon, lat, *there) == pytest.approx(abs(geodesy.margin_km(lon, lat, area)), abs=0.1)
    assert abs(geodesy.margin_km(*there, area)) < 0.5


def test_the_nearest_point_of_an_edge_is_not_on_the_cut_along_180() -> None:
    there = geodesy.nearest(179.0, 0.0, geodesy.disc(180.0, 0.0, 500.0))

    assert geodesy.distance_km(180.0, 0.0, *there) == pytest.approx(500, abs=0.5)
    assert abs(there[0]) < 179


def test_the_nearest_point_of_a_line_lies_between_its_ends() -> None:
    assert geodesy.nearest(1.0, 1.0, LineString([(0, 0), (10, 0)])) == pytest.approx((1.0, 0.0), abs=1e-3)
    assert geodesy.nearest(-5.0, 0.0, LineString([(0, 0), (10, 0)])) == (0.0, 0.0)


@quick
@given(lon=longitudes, lat=st.floats(-89, 89), spot=st.tuples(longitudes, st.floats(-85, 85)), km=st.floats(5, 3_000))
def test_the_separation_from_a_disc_is_what_is_left_beyond_its_radius(
    lon: float, lat: float, spot: tuple[float, float], km: float
) -> None:
    disc = geodesy.disc(*spot, km)
    slack = sagitta_km(disc, *spot, km) + 1
    distance = geodesy.distance_km(lon, lat, *spot)
    assume(abs(distance - km) > slack and distance < 15_000)

    assert geodesy.separation_km(lon, lat, disc) == pytest.approx(max(0.0, distance - km), rel=0.005, abs=slack)


@quick
@example(lon=180.0, lat=0.0, km=800.0, meridian=-180.0, parallel=1.0)
@given(lon=longitudes, lat=latitudes, km=radii, meridian=st.floats(-180, 180), parallel=st.floats(-89, 89))
def test_the_shares_of_the_parts_of_the_world_make_one(
    lon: float, lat: float, km: float, meridian: float, parallel: float
) -> None:
    world = [
        box(west, south, east, north)
        for west, east in ((-180, meridian), (meridian, 180))
        for south, north in ((-90, parallel), (parallel, 90))
        if west < east
    ]
    # a straight chord that is cut close to a pole is longer than the geodesic that it stands for
    for geometry, slack in ((geodesy.disc(lon, lat, km), 1e-6), (geodesy.ring(lon, lat, km), 0.01)):
        shares = [geodesy.share(geometry, part) for part in world]

        assert all(0 <= share <= 1 + slack for share in shares)
        assert sum(shares) == pytest.approx(1, abs=slack)


def test_the_share_of_points_is_counted() -> None:
    points = MultiPoint([(0, 0), (1, 1), (2, 2), (9, 9)])

    assert geodesy.share(points, box(-1, -1, 3, 3)) == 0.75
    assert geodesy.share(Point(0, 0), box(-1, -1, 3, 3)) == 1
    assert geodesy.share(Point(5, 5), box(-1, -1, 3, 3)) == 0
    assert geodesy.share(Polygon(), box(-1, -1, 3, 3)) == 0


# --------------------------------------------------------------------------------------------- parts of geometries


@quick
@given(lon=longitudes, lat=latitudes, km=st.floats(1, 8_000), bearing=bearings, sector=st.floats(5, 90))
def test_the_enclosing_circle_holds_every_vertex_and_its_point_lies_inside(
    lon: float, lat: float, km: float, bearing: float, sector: float
) -> None:
    wedge = geodesy.wedge(lon, lat, bearing, sector, km / 3, km)
    best_lon, best_lat, radius = geodesy.enclosing(wedge)

    assert metres(best_lon, best_lat, shapely.get_coordinates(wedge)).max() / 1000 <= radius + 0.001
    assert radius < 2.2 * km
    assert geodesy.separation_km(best_lon, best_lat, wedge) < 0.01 * km


def test_the_enclosing_circle_of_a_point_has_no_radius() -> None:
    assert geodesy.enclosing(Point(127.0, 39.0)) == (127.0, 39.0, 0.0)


def test_the_best_point_of_a_line_lies_on_it() -> None:
    line = LineString([(127, 39), (128, 40), (129, 39)])
    lon, lat, _ = geodesy.enclosing(line)

    assert geodesy.separation_km(lon, lat, line) < 0.5  # between two vertices a line is straight in degrees


@quick
@given(lat=latitudes, km=st.floats(1, 9_000), lon=st.one_of(st.floats(170, 180), st.floats(-180, -170)))
def test_without_the_seam_only_the_circle_is_left_of_a_disc(lon: float, lat: float, km: float) -> None:
    disc = geodesy.disc(lon, lat, km)
    edge = geodesy.without_seam(disc.boundary)
    points = shapely.get_coordinates(shapely.segmentize(edge, 1))
    chords = np.concatenate(
        [shapely.get_coordinates(part)[:-1] - shapely.get_coordinates(part)[1:] for part in shapely.get_parts(edge)]
    )

    assert np.abs(chords).max() < 180
    assert np.abs(metres(lon, lat, points) / 1000 - km).max() <= sagitta_km(disc, lon, lat, km) * 1.1 + 0.001
    assert not any((np.abs(shapely.get_coordinates(part)[:, 0]) > 180 - 1e-9).all() for part in shapely.get_parts(edge))


def test_a_line_that_is_away_from_the_seam_stays_as_it_is() -> None:
    line = LineString([(10, 10), (20, 20)])

    assert geodesy.without_seam(line) is line


@quick
@given(lon=longitudes, lat=st.floats(-70, 70), km=st.floats(5, 2_000), bearing=bearings)
def test_two_opposite_sides_make_the_whole(lon: float, lat: float, km: float, bearing: float) -> None:
    disc = geodesy.disc(lon, lat, km)
    ahead, behind = geodesy.side_of(disc, bearing), geodesy.side_of(disc, bearing + 180)
    whole = geodesy.area_km2(disc)

    assert_sound(ahead)
    assert geodesy.area_km2(ahead) + geodesy.area_km2(behind) == pytest.approx(whole, rel=0.005)
    assert geodesy.area_km2(ahead) == pytest.approx(whole / 2, rel=0.03)
    assert geodesy.separation_km(*geodesy.destination(lon, lat, bearing, km / 2), ahead) == 0
    assert geodesy.separation_km(*geodesy.destination(lon, lat, bearing + 180, km / 2), ahead) > km / 4


@pytest.mark.parametrize("lat", [79.0, -79.0])
@pytest.mark.parametrize("lon", [30.0, 174.0])
def test_the_sides_of_an_area_about_a_pole_make_the_whole_too(lon: float, lat: float) -> None:
    disc = geodesy.disc(lon, lat, 2_000.0)
    halves = [geodesy.area_km2(geodesy.side_of(disc, bearing)) for bearing in (0.0, 180.0)]

    assert halves == pytest.approx([geodesy.area_km2(disc) / 2] * 2, rel=0.03)


def test_a_smaller_part_is_the_outer_part() -> None:
    disc = geodesy.disc(127.0, 39.0, 100.0)
    outer = geodesy.side_of(disc, 90.0, 0.2)

    assert outer.covers(Point(geodesy.destination(127.0, 39.0, 90.0, 80.0)))
    assert not outer.covers(Point(geodesy.destination(127.0, 39.0, 90.0, 40.0)))


def test_beyond_a_line_lies_only_its_one_side() -> None:
    line = LineString([(124.5, 37.9), (125.5, 37.7), (126.0, 37.7)])
    south = geodesy.beyond_line(line, 180.0, 50.0)

    assert_sound(south)
    assert south.covers(Point(125.5, 37.4))
    assert not south.covers(Point(125.5, 37.9))
    assert not south.covers(Point(125.5, 36.9))


def test_between_two_places_lies_the_corridor_without_the_places() -> None:
    a, b = geodesy.disc(179.0, 10.0, 30.0), geodesy.disc(-179.0, 10.0, 30.0)
    corridor = geodesy.between(a, b)

    assert_sound(corridor)
    assert corridor.covers(Point(179.99, 10.0))
    assert corridor.covers(Point(-179.99, 10.0))
    assert not corridor.covers(Point(179.0, 10.0))
    assert not corridor.covers(Point(0.0, 10.0))


@brief
@given(
    spokes=st.lists(st.floats(20, 400), min_size=5, max_size=40),
    lon=longitudes,
    lat=st.floats(-75, 75),
    km=st.floats(0.1, 50),
)
def test_a_simplified_area_is_valid_and_close_to_the_first(
    spokes: list[float], lon: float, lat: float, km: float
) -> None:
    assume(-174 < lon < 174)
    turns = np.linspace(0, 360, len(spokes), endpoint=False)
    star = Polygon([geodesy.destination(lon, lat, -turn, far) for turn, far in zip(turns, spokes, strict=True)])
    assume(star.is_valid)
    simpler = geodesy.simplified(star, km)

    assert_sound(simpler)
    assert shapely.get_num_coordinates(simpler) <= shapely.get_num_coordinates(star)
    # where a ring starts, two steps of the algorithm may add up
    assert shapely.hausdorff_distance(simpler.boundary, star.boundary, densify=0.1) <= km / 111.2 * 1.5 + 1e-9


def test_only_areas_are_kept() -> None:
    mixed = shapely.GeometryCollection([box(0, 0, 1, 1), LineString([(2, 2), (3, 3)]), Point(5, 5)])

    assert geodesy.only_areas(mixed).equals(box(0, 0, 1, 1))
    assert geodesy.only_areas(Point(5, 5)).is_empty


@pytest.mark.parametrize(
    ("longitudes", "mean"),
    [((), 0.0), ((10.0, 20.0), 15.0), ((179.0, -179.0), 180.0), ((170.0, -170.0, 180.0), 180.0), ((-90.0,), -90.0)],
)
def test_the_mean_of_longitudes_goes_round(longitudes: tuple[float, ...], mean: float) -> None:
    assert math.cos(math.radians(geodesy.mean_longitude(longitudes) - mean)) == pytest.approx(1)
