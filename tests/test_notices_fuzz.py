"""Notices made at random: what is printed is read, what is damaged is doubted, and nothing makes the reader stumble.

A silent polygon is the worst that can happen: an area drawn with other corners than the true ones, and not a word about
it. A reader cannot see every damage (a 3 that became a 4 in the minutes); the tests ask for a doubt where he can.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
from hypothesis import HealthCheck, assume, given, settings, strategies as st
from notice_grammar import (
    EDGES,
    Corner,
    Made,
    Meant,
    Printed,
    Style,
    cancel_of,
    crosses,
    dense,
    goes_round,
    km_between,
    meant_notices,
    notices,
    printed,
)
from shapely.geometry.base import BaseGeometry

from geomap.notices import Area, Notice, find_notices

_STAMP = "%Y-%m-%dT%H:%M:00Z"
_SEEN_DEG = 0.02
_SEEDS = st.integers(0, 2**32 - 1)
LonLat = tuple[float, float]
some = settings(max_examples=80, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
many = settings(some, max_examples=120)

# -------------------------------------------------------------------------------------------- printed and read


def _same(one: LonLat, other: LonLat, most: float) -> bool:
    around = abs(one[0] - other[0]) % 360
    return abs(one[1] - other[1]) <= most and min(around, 360 - around) <= most


def _all_same(found: Sequence[LonLat], meant: Sequence[LonLat], most: float) -> bool:
    return len(found) == len(meant) and all(_same(a, b, most) for a, b in zip(found, meant, strict=True))


@many
@given(notices())
def test_what_is_printed_is_read(notice: Printed) -> None:
    (found,) = find_notices(notice.text)
    meant = notice.meant
    assert (found.id, found.cancels) == (meant.id, meant.cancels)
    assert found.issued == (meant.issued and meant.issued.strftime(_STAMP))
    assert found.cancel == (cancel_of(notice.windows).strftime(_STAMP) if meant.cancel else None)
    assert {(window.start, window.end) for window in found.windows} == set(notice.windows)
    assert [area.type for area in found.areas] == [area.type for area in meant.areas]
    for area, made in zip(found.areas, meant.areas, strict=True):
        _assert_read(area, made, notice.rounding)
        assert {(window.start, window.end) for window in area.windows} == set(notice.windows)


def _assert_read(area: Area, made: Made, rounding: float) -> None:
    """An area is what was meant, and without a doubt."""
    assert area.doubtful == ()
    assert area.geometry is not None
    corners = list(area.vertices)
    if made.type in ("circle", "sector"):
        assert area.radius_nm == made.radius
        corners.append(area.centre or (math.nan, math.nan))
    if made.type == "sector":
        assert (area.bearing_from, area.bearing_to) == made.bearings
    if made.type == "corridor":
        assert area.half_width_nm == made.half_width
    if made.type == "arc":
        (arc,) = area.arcs
        assert (arc.start, arc.to, arc.radius_nm, arc.clockwise) == (0, 1, made.radius, made.clockwise)
        corners.append(arc.centre)
    assert _all_same(corners, made.degrees, rounding)


# ---------------------------------------------------------------------------------------- damages that are seen


def _silent(found: Sequence[Notice], allowed: Sequence[Sequence[LonLat]]) -> list[Area]:
    """The areas that are drawn with corners that none of the allowed rings has, without a word."""
    return [
        area
        for notice in found
        if not notice.notes
        for area in notice.areas
        if area.type in ("polygon", "arc") and len(area.vertices) > 2 and not area.doubtful
        if not any(_all_same(area.vertices, turned, _SEEN_DEG) for ring in allowed for turned in _turned(ring))
    ]


def _turned(ring: Sequence[LonLat]) -> list[list[LonLat]]:
    """The ring from each of its corners on: where the first is lost, the closing one may stand for it."""
    return [[*ring[at:], *ring[:at]] for at in range(len(ring))]


def _rings(meant: Meant) -> list[list[LonLat]]:
    return [made.degrees for made in meant.areas]


def _replaced(text: str, start: int, end: int, words: str) -> str:
    return text[:start] + words + text[end:]


@st.composite
def corners_of_notices(draw: st.DrawFn) -> tuple[Printed, int, int]:
    """A notice with polygons, and the offsets of one of its corners."""
    notice = draw(notices(kinds=("polygon",)))
    assume(notice.separator.strip(" "))  # 'N 7°16' W 4°30'' can be read two ways where its first figures are damaged
    _, _, start, end = draw(st.sampled_from(notice.corners))
    return notice, start, end


def _figures(text: str, start: int, end: int, style: str) -> tuple[list[list[int]], int]:
    """The offsets of the figures of a corner, number by number, and which number begins the longitude."""
    if style.startswith("run"):
        runs = [at for at in range(start, end) if text[at].isdigit()]
        width = len(runs) // 2  # 4 and 5 figures, or 6 and 7
        lat, lon = runs[:width], runs[width:]
        parts = [lat[at : at + 2] for at in range(0, width, 2)]
        return [*parts, lon[:3], *(lon[at : at + 2] for at in range(3, len(lon), 2))], len(parts)
    numbers = [
        list(range(start + match.start(), start + match.end())) for match in re.finditer(r"\d+", text[start:end])
    ]
    return numbers, len(numbers) // 2


def _overwritten(text: str, places: Sequence[int], figures: str) -> str:
    """The text with other figures at some places, which may be more or fewer."""
    assert places
    signs = list(text)
    for place in places:
        signs[place] = ""
    signs[places[0]] = figures if len(places) != len(figures) else figures[0]
    if len(places) == len(figures):
        for place, figure in zip(places[1:], figures[1:], strict=True):
            signs[place] = figure
    return "".join(signs)


@many
@given(corners_of_notices(), st.data())
def test_a_figure_that_cannot_be_read_is_doubted(corner: tuple[Printed, int, int], data: st.DataObject) -> None:
    notice, start, end = corner
    places = [at for at in range(start, end) if notice.text[at].isdigit()]
    place = data.draw(st.sampled_from(places))
    text = _replaced(notice.text, place, place + 1, data.draw(st.sampled_from("OIlXQBZ?*#_¿")))
    assert _silent(find_notices(text), _rings(notice.meant)) == []


@some
@given(corners_of_notices(), st.booleans(), st.integers(60, 99))
def test_minutes_of_sixty_and_more_are_doubted(corner: tuple[Printed, int, int], north: bool, minutes: int) -> None:
    notice, start, end = corner
    assume("decimal" not in notice.style and notice.style != "signed")
    numbers, middle = _figures(notice.text, start, end, notice.style)
    text = _overwritten(notice.text, numbers[1 if north else middle + 1], str(minutes))
    assert _silent(find_notices(text), _rings(notice.meant)) == []


@some
@given(corners_of_notices(), st.integers(91, 99))
def test_a_latitude_beyond_the_pole_is_doubted(corner: tuple[Printed, int, int], degrees: int) -> None:
    notice, start, end = corner
    numbers, _ = _figures(notice.text, start, end, notice.style)
    text = _overwritten(notice.text, numbers[0], str(degrees))
    assert _silent(find_notices(text), _rings(notice.meant)) == []


_HALVES = re.compile(r"\s?(?<![a-z])(?:north|south|east|west)\b|(?<![A-Z])[NSEW](?![A-Z])")


@many
@given(corners_of_notices(), st.data())
def test_a_missing_hemisphere_is_doubted(corner: tuple[Printed, int, int], data: st.DataObject) -> None:
    notice, start, end = corner
    assume(notice.style not in ("signed", "words"))
    halves = [match.span() for match in _HALVES.finditer(notice.text[start:end])]
    assert len(halves) == 2
    first, last = data.draw(st.sampled_from(halves))
    text = _replaced(notice.text, start + first, start + last, "")
    assert _silent(find_notices(text), _rings(notice.meant)) == []


# --------------------------------------------------------------------------- wrong figures that the others betray


def _with_corners(meant: Meant, at: int, corners: Sequence[Corner]) -> Meant:
    areas = list(meant.areas)
    areas[at] = replace(areas[at], corners=tuple(corners))
    return replace(meant, areas=tuple(areas))


def _stands_out(corners: Sequence[Corner], number: int) -> bool:
    """Whether a corner lies so far from all others that any reader must ask."""
    rest = [*corners[:number], *corners[number + 1 :]]
    size = max(km_between(one, other) for one in rest for other in rest)
    near = min(km_between(corners[number], other) for other in rest)
    return near > 800 and near > 6 * size


@many
@given(meant_notices(kinds=("polygon",), grain=60), st.data(), _SEEDS)
def test_a_corner_far_from_the_others_is_doubted(drawn: tuple[Meant, Style], data: st.DataObject, seed: int) -> None:
    meant, style = drawn
    at = data.draw(st.integers(0, len(meant.areas) - 1))
    corners = list(meant.areas[at].corners)
    number = data.draw(st.integers(0, len(corners) - 1))
    lat, lon = corners[number]
    slip = data.draw(st.sampled_from([10, 20, 30, 50, 70, 100])) * data.draw(st.sampled_from([1, -1])) * 3600
    corners[number] = data.draw(st.sampled_from([(-lat, lon), (lat, -lon), (lat + slip, lon), (lat, lon + slip)]))
    assume(abs(corners[number][0]) <= 90 * 3600 and abs(corners[number][1]) <= 180 * 3600)
    assume(_stands_out(corners, number))
    notice = printed(_with_corners(meant, at, corners), style, Random(seed))
    assert _silent(find_notices(notice.text), _rings(meant)) == []


@some
@given(meant_notices(kinds=("polygon",)), st.data(), _SEEDS)
def test_edges_that_cross_are_doubted(drawn: tuple[Meant, Style], data: st.DataObject, seed: int) -> None:
    meant, style = drawn
    at = data.draw(st.integers(0, len(meant.areas) - 1))
    corners = list(meant.areas[at].corners)
    assume(len(corners) > 3)
    number = data.draw(st.integers(1, len(corners) - 1))
    corners[number - 1], corners[number] = corners[number], corners[number - 1]
    other = _with_corners(meant, at, corners)
    assume(crosses(other.areas[at].degrees, EDGES[meant.house]))
    notice = printed(other, style, Random(seed))
    found = find_notices(notice.text)
    assert _silent(found, _rings(meant)) == []
    assert sum(len(one.areas) for one in found) == len(meant.areas)


# ------------------------------------------------------------------------------------------- messages that are cut


def _whole_or_begun(notice: Printed, cut: int) -> list[list[LonLat]]:
    """The rings that a text that ends at an offset may show without a word: whole ones, and one that ends too early
    where nothing tells that it does, because the cut is not within a corner.
    """
    allowed = _rings(notice.meant)
    inside = [number for number, one in enumerate(notice.corners) if one[2] < cut < one[3]]
    last = max((number for number, one in enumerate(notice.corners) if one[3] <= cut), default=None)
    if last is not None and not inside:
        area, corner, *_ = notice.corners[last]
        allowed.append(notice.meant.areas[area].degrees[: corner + 1])
    for number in inside:  # what is left may be enough: '035-40.0e' of 'east', or four decimals of five
        area, corner, *_ = notice.corners[number]
        allowed.append(notice.meant.areas[area].degrees[: corner + 1])
        if not re.search(r"\d", notice.text[notice.corners[number][2] : cut]):
            allowed.append(notice.meant.areas[area].degrees[:corner])
    return allowed


@many
@given(notices(kinds=("polygon",)), st.data())
def test_a_corner_that_is_cut_off_is_doubted(notice: Printed, data: st.DataObject) -> None:
    _, _, start, end = data.draw(st.sampled_from(notice.corners))
    cut = data.draw(st.integers(start, end))
    assert _silent(find_notices(notice.text[:cut]), _whole_or_begun(notice, cut)) == []


@many
@given(notices(kinds=("polygon",)), notices(kinds=("polygon", "circle")), st.data())
def test_two_messages_in_one_text_do_not_mix(one: Printed, other: Printed, data: st.DataObject) -> None:
    joint = data.draw(st.sampled_from(["\n", "\n\n", "\nNNNN\n", " ", ""]))
    cut = len(one.text)
    if "\n" in joint and other.meant.id:
        cut = data.draw(st.sampled_from([cut, *(end for *_, end in one.corners)]))
        assume(not one.text[:cut].rstrip().endswith((",", "/")))  # a number behind a comma is only named there
    allowed = [*_whole_or_begun(one, cut), *_rings(other.meant)]
    assert _silent(find_notices(one.text[:cut] + joint + other.text), allowed) == []


@some
@given(st.lists(notices(kinds=("polygon", "circle", "corridor")), min_size=2, max_size=4))
def test_messages_below_each_other_are_all_read(printed_ones: list[Printed]) -> None:
    ones = [one for one in printed_ones if one.meant.id]
    assume(len({one.meant.id for one in ones}) == len(ones))
    found = find_notices("\n\n".join(one.text for one in ones))
    assert [notice.id for notice in found] == [one.meant.id for one in ones]
    for notice, one in zip(found, ones, strict=True):
        assert {(window.start, window.end) for window in notice.windows} == set(one.windows)
        assert len(notice.areas) == len(one.meant.areas)
        for area, made in zip(notice.areas, one.meant.areas, strict=True):
            _assert_read(area, made, one.rounding)


# ------------------------------------------------------------------------------------------------- any damage


def _assert_sound(text: str) -> None:
    """Whatever was read can be drawn, lies on the earth, and stands in the text."""
    for notice in find_notices(text):
        assert 0 <= notice.evidence[0] <= notice.evidence[1] <= len(text)
        for area in notice.areas:
            assert 0 <= area.evidence[0] < area.evidence[1] <= len(text)
            points = [*area.vertices, *([area.centre] if area.centre else [])]
            assert all(abs(lon) <= 180 and abs(lat) <= 90 for lon, lat in points)
            if area.geometry is not None:
                west, south, east, north = area.geometry.bounds
                assert -180 <= west <= east <= 180
                assert -90 <= south <= north <= 90
                assert area.geometry.is_valid


@many
@given(notices(), _SEEDS, st.integers(1, 40), st.text(max_size=8))
def test_a_notice_with_holes_and_strange_signs_can_be_read(
    notice: Printed, seed: int, count: int, strange: str
) -> None:
    pick = Random(seed)
    signs = list(notice.text)
    for _ in range(count):
        place = pick.randrange(len(signs))
        signs[place] = pick.choice(["", "", strange, chr(pick.randrange(32, 127)), chr(pick.randrange(160, 0x2FFF))])
    _assert_sound("".join(signs))


@many
@given(notices(), _SEEDS)
def test_a_notice_with_random_bytes_can_be_read(notice: Printed, seed: int) -> None:
    pick = Random(seed)
    raw = bytearray(notice.text.encode())
    for _ in range(pick.randint(1, 30)):
        raw[pick.randrange(len(raw))] = pick.randrange(256)
    _assert_sound(raw.decode("utf-8", errors=pick.choice(["replace", "ignore", "surrogateescape"])))


@many
@given(notices(), _SEEDS)
def test_a_notice_with_its_lines_shuffled_can_be_read(notice: Printed, seed: int) -> None:
    words = notice.text.split(" ")
    Random(seed).shuffle(words)
    _assert_sound(" ".join(words))


@many
@given(st.one_of(st.text(), st.text("0123456789-NSEW ,.\n°'\"()AB:/", max_size=400)))
def test_any_text_can_be_read(text: str) -> None:
    _assert_sound(text)


_WORDS = (
    "10-00N", "020-00E", "100000N0200000E", "N1000E02000", "1°", "60'", "AREA", "BOUND BY", "A.", "(B)", "1.",
    "WITHIN", "5 NM", "RADIUS OF", "CENTERED ON", "THEN CLOCKWISE", "ARC", "TO", "THENCE", "BEARING 010 TO 030",
    "EITHER SIDE OF", "LINE", "JOINING", "CANCEL", "THIS MSG", "NAVAREA IV 1/23", "HYDROPAC", "A1234/24 NOTAMN",
    "Q)", "B)", "2401010000", "C)", "D)", "DAILY", "01-05", "0000-2359", "MON-FRI", "031200Z", "JAN", "24", "THRU",
    "EXCEPT", "UFN", "PERM", "!FDC 1/2345", "-", ",", "\n", "2400", "31 FEB", "99-99N", "180-00E", "90-00S",
    "00-00N", "999", "0 NM", "DIAMETER", "LATITUDE", "BETWEEN", "AND",
)  # fmt: skip


@many
@given(st.lists(st.sampled_from(_WORDS), max_size=60), st.sampled_from([" ", "\n", ""]))
def test_any_words_of_notices_can_be_read(words: list[str], joint: str) -> None:
    _assert_sound(joint.join(words))


# --------------------------------------------------------------------------------------------------- outlines


def _share_of_sphere(ring: np.typing.ArrayLike) -> float:
    """The integral of the sine of the latitude over the longitude along a ring: the area between it and the equator."""
    points = np.radians(np.asarray(ring, dtype=float)[:, :2])
    low, high = points[:-1, 1], points[1:, 1]
    level = np.isclose(low, high, atol=1e-12)
    slopes = np.where(level, np.sin(low), (np.cos(low) - np.cos(high)) / np.where(level, 1, high - low))
    return abs(float((np.diff(points[:, 0]) * slopes).sum()))


def _drawn_area(shape: BaseGeometry) -> float:
    """The area of a shape on the unit sphere, its edges straight in degrees."""
    parts = getattr(shape, "geoms", [shape])
    return sum(
        _share_of_sphere(part.exterior.coords) - sum(_share_of_sphere(hole.coords) for hole in part.interiors)
        for part in parts
    )


def _meant_area(corners: Sequence[LonLat], edges: str) -> float:
    points = dense(corners, edges)
    between = _share_of_sphere(points)
    return 2 * math.pi - between if goes_round(points) else between


@many
@given(notices(kinds=("polygon", "pole")))
def test_the_outline_of_a_polygon_holds_the_area_between_its_edges(notice: Printed) -> None:
    (found,) = find_notices(notice.text)
    for area, made in zip(found.areas, notice.meant.areas, strict=True):
        assert area.edges == EDGES[notice.meant.house]
        assert area.geometry is not None
        assert area.geometry.is_valid
        assert math.isclose(_drawn_area(area.geometry), _meant_area(made.degrees, area.edges), rel_tol=0.01)
