"""The shapes of areas: rhumb lines, geodesics, arcs, sectors, strips, 180 degrees, poles; and the doubts about them."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.notices import find_notices
from geomap.notices.doubts import doubts_of
from geomap.notices.notice import Arc, Area
from geomap.notices.outline import crosses_itself, outline

GEOD = Geod(ellps="WGS84")
NM_KM = 1.852
LonLat = tuple[float, float]


def area(kind: str = "polygon", **more: object) -> Area:
    return Area(type=kind, evidence=(0, 1), **more)  # type: ignore[arg-type]


def polygon(*vertices: LonLat, edges: str = "rhumb") -> BaseGeometry:
    made = outline(area(vertices=vertices, edges=edges))
    assert made is not None
    assert made.is_valid
    return made


def corners(geometry: BaseGeometry) -> list[LonLat]:
    """The points of the edge of a polygon in one piece, from its first one on, each once."""
    assert isinstance(geometry, shapely.Polygon)
    return [(float(lon), float(lat)) for lon, lat in geometry.exterior.coords[:-1]]


def edge(geometry: BaseGeometry, start: LonLat, end: LonLat) -> list[LonLat]:
    """The points of a polygon's edge from one corner to another, whichever way round it was drawn."""
    points = corners(geometry)
    one, other = points.index(start), points.index(end)
    forth = [*points, *points][one : other + 1 if other > one else other + 1 + len(points)]
    back = [*points, *points][other : one + 1 if one > other else one + 1 + len(points)][::-1]
    return min(forth, back, key=lambda way: LineString(way).length)


def km(one: LonLat, other: LonLat) -> float:
    return float(GEOD.inv(*one, *other)[2]) / 1000


# ----------------------------------------------------------------------------------------------------- rhumb lines


def isometric(lat: float) -> float:
    """Isometric latitude on the ellipsoid (Snyder 1987, 7-7): on a rhumb line it goes with the longitude."""
    eccentricity = math.sqrt(GEOD.es)
    sine = math.sin(math.radians(lat))
    return math.atanh(sine) - eccentricity * math.atanh(eccentricity * sine)


def latitude(wanted: float) -> float:
    """The latitude with an isometric one, by halving."""
    low, high = -89.99, 89.99
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if isometric(middle) < wanted else (low, middle)
    return (low + high) / 2


def on_rhumb(one: LonLat, other: LonLat, lon: float) -> float:
    """The latitude of the rhumb line between two points at a longitude."""
    share = (lon - one[0]) / (other[0] - one[0])
    return latitude(isometric(one[1]) + share * (isometric(other[1]) - isometric(one[1])))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((10.0, 60.0), (40.0, 75.0)),
        ((-80.0, 28.0), (-60.0, 40.0)),
        ((60.0, -55.0), (100.0, -20.0)),
        ((130.0, -10.0), (150.0, 12.0)),
        ((20.0, 80.0), (60.0, 88.0)),
    ],
)
def test_an_edge_of_a_warning_is_a_rhumb_line(one: LonLat, other: LonLat) -> None:
    aside = (one[0], other[1] + (0.5 if other[1] > one[1] else -0.5))
    points = edge(polygon(one, other, aside), one, other)

    assert len(points) > 3
    for point in points:
        assert point[1] == pytest.approx(on_rhumb(one, other, point[0]), abs=1e-6)
    for start, end in pairwise(points):  # between its points as well
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        true = (middle[0], on_rhumb(one, other, middle[0]))
        assert km(middle, true) < 0.1


def test_an_edge_along_a_parallel_or_a_meridian_is_straight_in_degrees() -> None:
    assert corners(polygon((10, 60), (40, 60), (40, 61), (10, 61))) == [(10, 60), (40, 60), (40, 61), (10, 61)]


def test_a_small_area_has_no_more_points_than_its_corners() -> None:
    assert len(corners(polygon((10, 40), (10.5, 40.2), (10.3, 40.6)))) == 3


# ------------------------------------------------------------------------------------------------------- geodesics


def test_an_edge_of_an_airspace_is_a_geodesic() -> None:
    one, other = (10.0, 60.0), (40.0, 60.0)
    points = edge(polygon(one, other, (25.0, 50.0), edges="geodesic"), one, other)
    azimuth = GEOD.inv(*one, *other)[0]

    assert len(points) > 3
    assert max(lat for _, lat in points) > 60.8  # it bends towards the pole
    assert [GEOD.inv(*one, *point)[0] for point in points[1:]] == pytest.approx([azimuth] * (len(points) - 1), abs=1e-6)
    for start, end in pairwise(points):
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        assert abs(km(one, middle) * math.sin(math.radians(GEOD.inv(*one, *middle)[0] - azimuth))) < 0.1


def test_a_geodesic_holds_more_than_a_rhumb_line_on_the_side_of_the_pole() -> None:
    north = ((10.0, 60.0), (40.0, 60.0), (25.0, 50.0))
    south = tuple((lon, -lat) for lon, lat in north)

    for vertices in (north, south):
        airspace, warning = polygon(*vertices, edges="geodesic"), polygon(*vertices)
        assert geodesy.area_km2(airspace) > 1.01 * geodesy.area_km2(warning)


# --------------------------------------------------------------------------------------------- circles and their parts


@pytest.mark.parametrize("centre", [(10.0, 0.0), (-120.0, 34.0), (30.0, 72.0), (179.9, -17.0), (0.0, 89.9)])
def test_a_circle_is_all_within_its_radius(centre: LonLat) -> None:
    made = outline(area("circle", centre=centre, radius_nm=25.0))

    assert made is not None
    assert geodesy.area_km2(made) == pytest.approx(math.pi * (25 * NM_KM) ** 2, rel=0.01)
    for bearing in range(0, 360, 30):
        inside, outside = (geodesy.destination(*centre, bearing, 25 * NM_KM * part) for part in (0.99, 1.01))
        assert made.covers(Point(inside))
        assert not made.covers(Point(outside))


@pytest.mark.parametrize(("first", "last", "turn"), [(110, 160, 50), (350, 10, 20), (10, 350, 340), (90, 270, 180)])
def test_a_sector_runs_clockwise_from_its_first_bearing(first: float, last: float, turn: float) -> None:
    made = outline(area("sector", centre=(87.0, 21.4), radius_nm=70.0, bearing_from=first, bearing_to=last))

    assert made is not None
    assert geodesy.area_km2(made) == pytest.approx(math.pi * (70 * NM_KM) ** 2 * turn / 360, rel=0.01)
    for bearing in range(0, 360, 5):
        past = (bearing - first) % 360
        if min(abs(past), abs(past - turn), abs(past - 360)) > 1:
            spot = Point(geodesy.destination(87.0, 21.4, bearing, 60 * NM_KM))
            assert made.covers(spot) == (past < turn)


def test_a_sector_may_begin_at_an_inner_radius() -> None:
    made = outline(
        area("sector", centre=(87.0, 21.4), radius_nm=70.0, inner_nm=20.0, bearing_from=110.0, bearing_to=160.0)
    )
    near, far = (Point(geodesy.destination(87.0, 21.4, 135, nm * NM_KM)) for nm in (15, 25))

    assert made is not None
    assert not made.covers(near)
    assert made.covers(far)


def quarter(*, clockwise: bool, centre: LonLat = (-25.5, 36.83)) -> Area:
    """A quarter of a circle of 20 NM, its arc from north to east or from east to north."""
    north, east = (geodesy.destination(*centre, bearing, 20 * NM_KM) for bearing in (0, 90))
    start, end = (north, east) if clockwise else (east, north)
    arc = Arc(start=1, to=2, centre=centre, radius_nm=20.0, clockwise=clockwise)
    return area("arc", vertices=(centre, start, end), arcs=(arc,), edges="geodesic")


@pytest.mark.parametrize("clockwise", [True, False])
def test_an_arc_lies_at_its_radius_about_its_centre(clockwise: bool) -> None:
    made = quarter(clockwise=clockwise)
    shape = outline(made)

    assert shape is not None
    assert geodesy.area_km2(shape) == pytest.approx(math.pi * (20 * NM_KM) ** 2 / 4, rel=0.01)
    points = [point for point in corners(shape) if km(point, made.vertices[0]) > 1]
    assert len(points) > 20
    assert [km(point, made.vertices[0]) for point in points] == pytest.approx([20 * NM_KM] * len(points), abs=0.01)
    bearings = [geodesy.bearing_deg(*made.vertices[0], *point) for point in points]
    assert all(bearing < 90.01 or bearing > 359.99 for bearing in bearings)


def test_the_other_way_round_an_arc_is_the_rest_of_the_circle() -> None:
    made = quarter(clockwise=True)
    arc = Arc(start=1, to=2, centre=made.vertices[0], radius_nm=20.0, clockwise=False)
    shape = outline(area("arc", vertices=made.vertices, arcs=(arc,), edges="geodesic"))

    assert shape is not None
    assert geodesy.area_km2(shape) == pytest.approx(math.pi * (20 * NM_KM) ** 2 * 3 / 4, rel=0.01)


def test_an_arc_may_lead_back_to_the_first_corner_and_across_180() -> None:
    centre = (179.95, -20.0)
    north, east = (geodesy.destination(*centre, bearing, 20 * NM_KM) for bearing in (0, 90))
    arc = Arc(start=2, to=0, centre=centre, radius_nm=20.0, clockwise=False)
    shape = outline(area("arc", vertices=(north, centre, east), arcs=(arc,)))

    assert shape is not None
    assert geodesy.area_km2(shape) == pytest.approx(math.pi * (20 * NM_KM) ** 2 / 4, rel=0.01)
    assert (shape.bounds[0], shape.bounds[2]) == (-180, 180)


# ---------------------------------------------------------------------------------------------------------- strips


def test_a_strip_is_as_wide_as_the_notice_says() -> None:
    line = ((37.5, 70.2), (40.25, 71.4), (41.0, 72.7))
    made = outline(area("corridor", vertices=line, half_width_nm=8.0))
    length = sum(km(one, other) for one, other in pairwise(line))

    assert made is not None
    assert geodesy.area_km2(made) == pytest.approx(2 * 8 * NM_KM * length + math.pi * (8 * NM_KM) ** 2, rel=0.02)
    middle = (38.9, on_rhumb(line[0], line[1], 38.9))  # of the line between the first two
    course = geodesy.bearing_deg(*middle, 38.95, on_rhumb(line[0], line[1], 38.95))
    for side in (90, -90):
        for nm, wanted in ((7.8, True), (8.2, False)):
            assert made.covers(Point(geodesy.destination(*middle, course + side, nm * NM_KM))) == wanted


def test_a_line_without_a_width_stays_a_line() -> None:
    made = outline(area("corridor", vertices=((152.5, 44.2), (158.3, 46.0))))

    assert made is not None
    assert made.geom_type == "LineString"


def test_a_line_across_180_along_a_parallel_stays_on_it() -> None:
    made = outline(area("corridor", vertices=((170.0, 45.0), (-170.0, 45.0))))

    assert made is not None
    assert made.geom_type == "MultiLineString"
    assert shapely.get_coordinates(made)[:, 1] == pytest.approx(45.0, abs=0.002)


def test_a_strip_across_180_has_its_width_on_both_sides() -> None:
    made = outline(area("corridor", vertices=((179.0, 10.0), (-179.0, 10.0)), half_width_nm=10.0))

    assert made is not None
    for lon in (179.5, 179.99, -179.99, -179.5):
        assert made.covers(Point(lon, 10.15))
        assert not made.covers(Point(lon, 10.2))


# ------------------------------------------------------------------------------------------- 180 degrees and poles


@pytest.mark.parametrize("edges", ["rhumb", "geodesic"])
def test_an_area_across_180_is_that_of_its_like_elsewhere(edges: str) -> None:
    vertices = ((178.0, -20.0), (-177.5, -21.0), (-178.0, -24.0), (177.0, -23.0))
    turned = tuple(((lon - 170) % 360, lat) for lon, lat in vertices)
    made, like = polygon(*vertices, edges=edges), polygon(*turned, edges=edges)

    assert made.geom_type == "MultiPolygon"
    assert geodesy.area_km2(made) == pytest.approx(geodesy.area_km2(like), rel=1e-3)
    assert made.covers(Point(179.9, -22))
    assert made.covers(Point(-179.9, -22))
    assert not made.covers(Point(0, -22))


def test_a_corner_on_180_may_have_either_sign() -> None:
    east, west = (polygon((178, 10), (lon, 10), (lon, 12), (178, 12)) for lon in (180.0, -180.0))

    assert east.equals(west)
    assert geodesy.area_km2(east) == pytest.approx(geodesy.area_km2(polygon((8, 10), (10, 10), (10, 12), (8, 12))))


def test_the_order_of_the_corners_does_not_matter_for_the_shape() -> None:
    vertices = ((10, 60), (40, 62), (42, 70), (12, 68))

    there, back = polygon(*vertices), polygon(*vertices[::-1])

    assert shapely.symmetric_difference(there, back).area < 1e-6 * there.area


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("backward", [False, True])
def test_corners_round_a_pole_hold_it(sign: int, backward: bool) -> None:
    vertices = [(lon, sign * 86.0) for lon in (20.0, 110.0, -160.0, -70.0)]
    made = polygon(*(vertices[::-1] if backward else vertices))

    assert made.covers(Point(33, sign * 89.99))
    assert made.bounds[:3:2] == (-180, 180)
    for lon in range(-180, 181, 15):
        assert made.covers(Point(lon, sign * 86.1))
        assert not made.covers(Point(lon, sign * 85.9))


def test_a_corner_on_the_pole() -> None:
    made = polygon((0.0, 85.0), (40.0, 85.0), (20.0, 90.0))

    assert made.covers(Point(20, 88))
    assert not made.covers(Point(200 - 360, 88))


# ---------------------------------------------------------------------------------------------------------- little


def test_of_too_few_corners_no_area_is_made_up() -> None:
    assert outline(area()) is None
    point, line = outline(area(vertices=((1, 2),))), outline(area(vertices=((1, 2), (3, 4))))

    assert point is not None
    assert point.equals(Point(1, 2))
    assert line is not None
    assert line.geom_type == "LineString"


def test_what_has_no_centre_or_no_radius_is_not_drawn() -> None:
    assert outline(area("circle", radius_nm=5.0)) is None
    assert outline(area("circle", centre=(1.0, 2.0))) is None
    assert outline(area("sector", radius_nm=5.0, bearing_from=1.0, bearing_to=2.0)) is None
    assert outline(area("corridor")) is None


def test_corners_that_are_all_one_or_in_a_row_are_no_area() -> None:
    for vertices in (((1, 2),) * 3, ((1, 0), (2, 0), (3, 0))):
        made = outline(area(vertices=vertices))
        assert made is not None
        assert geodesy.area_km2(made) == 0


# ---------------------------------------------------------------------------------------------------------- doubts

SQUARE = ((94.0, 12.0), (95.0, 12.0), (95.0, 11.0), (94.0, 11.0))


@pytest.mark.parametrize(
    "vertices",
    [
        SQUARE,
        ((10.0, 10.0), (14.0, 11.0), (14.0, 10.0)),
        ((178.0, -20.0), (-177.5, -21.0), (-178.0, -24.0), (177.0, -23.0)),
        ((-80.6, 28.6), (-79.0, 29.5), (-60.0, 34.0), (-60.5, 33.0), (-79.2, 28.4)),
        ((20.0, 86.0), (110.0, 86.0), (-160.0, 86.0), (-70.0, 86.0)),
    ],
)
def test_what_may_be_so_is_not_doubted(vertices: tuple[LonLat, ...]) -> None:
    assert doubts_of(area(vertices=vertices)) == ()


def test_edges_that_cross_are_doubted_where_they_do() -> None:
    crossed = area(vertices=(SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]))
    (doubt,) = doubts_of(crossed)

    assert crosses_itself(crossed) == pytest.approx((94.5, 11.5), abs=0.05)
    assert doubt.startswith("its edges cross near 11.5")
    shape = outline(crossed)
    assert shape is not None
    assert shape.is_valid


def test_edges_that_cross_near_180() -> None:
    where = crosses_itself(area(vertices=((179.0, 0.0), (-179.0, 2.0), (-179.0, 0.0), (179.0, 2.0))))

    assert where is not None
    assert abs(where[0]) == pytest.approx(180, abs=0.01)


@pytest.mark.parametrize(
    ("corner", "words"),
    [
        ((95.0, 21.0), "another figure in the degrees of its latitude"),
        ((105.0, 11.0), "another figure in the degrees of its longitude"),
        ((95.0, -11.0), "the other hemisphere of its latitude"),
        ((-95.0, 11.0), "the other hemisphere of its longitude"),
    ],
)
def test_a_corner_that_one_slip_explains_is_doubted(corner: LonLat, words: str) -> None:
    doubts = doubts_of(area(vertices=(*SQUARE[:2], corner, SQUARE[3])))

    assert any(doubt.startswith("corner 3, ") and words in doubt for doubt in doubts)


def test_every_corner_may_be_the_one_that_is_off() -> None:
    for number in range(4):
        vertices = [*SQUARE]
        vertices[number] = (vertices[number][0], vertices[number][1] + 10)
        doubts = doubts_of(area(vertices=tuple(vertices)))
        assert [doubt[:9] for doubt in doubts if doubt.startswith("corner")] == [f"corner {number + 1},"]


def test_too_few_corners_are_doubted() -> None:
    assert doubts_of(area(vertices=SQUARE[:2]))[0].startswith("only 2 readable corners")
    assert doubts_of(area(vertices=(SQUARE[0],) * 4))[-1].startswith("only 1 readable corners")


@pytest.mark.parametrize("kind", ["circle", "sector", "corridor"])
def test_circles_sectors_and_strips_have_no_corners_to_doubt(kind: str) -> None:
    assert doubts_of(area(kind, vertices=(*SQUARE[:2], (95.0, -11.0)), centre=SQUARE[0], radius_nm=5.0)) == ()


def test_random_small_areas_have_the_size_of_their_corners() -> None:
    chance = np.random.default_rng(7)
    for _ in range(40):
        lon, lat = chance.uniform(-179, 179), chance.uniform(-80, 80)
        angles = np.sort(chance.uniform(0, 360, 5))
        vertices = [geodesy.destination(lon, lat, angle, 60) for angle in angles]
        wanted = abs(GEOD.polygon_area_perimeter(*zip(*vertices, strict=True))[0]) / 1e6
        made = outline(area(vertices=tuple(vertices), edges="geodesic"))
        assert made is not None
        assert geodesy.area_km2(made) == pytest.approx(wanted, rel=0.01)


@pytest.mark.parametrize(
    ("words", "nm"),
    [
        ("R50KM CENTRED ON 3130N13130E", 26.998),
        ("CIRCLE OF R=50 KM WITH CENTRE 3130N13130E", 26.998),
        ("WI R5NM OF 3130N13130E", 5.0),
        ("RAD 5NM PSN 3130N13130E", 5.0),
        ("3130N13130E R5NM", 5.0),
        ("R533 ACTIVE, 5NM RAD CENTRED ON 3130N13130E", 5.0),
    ],
)
def test_a_radius_by_its_letter(words: str, nm: float) -> None:
    (notice,) = find_notices(f"A1204/25 NOTAMN\nA) RJJJ B) 2506100000 C) 2506120900\nE) ROCKET LAUNCH. {words}.")

    assert [area.radius_nm for area in notice.areas] == [pytest.approx(nm, abs=0.001)]


def test_a_restricted_area_by_its_number_is_no_radius() -> None:
    (notice,) = find_notices("A1204/25 NOTAMN\nA) RJJJ B) 2506100000 C) 2506120900\nE) R50 ACT NEAR 3130N13130E.")

    assert notice.areas == ()
