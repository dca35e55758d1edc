"""Notices with what must come out of them, one file each in ``notices/``: front matter, text, ``--- expected``, lines.

``title:`` says the rule that the case shows; ``published:`` is the day on which the notice was found, where that
matters. The lines, in this order::

    message NUMBER                          a message, in the order of the text; - for one without a number
    no message                              nothing at all comes out
    article                                 it is no message but an article that speaks of a closed area
    cancelled                               a message of the same text cancels it, or it is a cancellation itself
    cancels NUMBER                          it cancels or replaces another one
    cancels itself 12 Nov 2025 19:54
    sent 10 Nov 2025 08:00
    heights SFC to FL200                    the limits of items F) and G)
    closed 12 Nov 2025 16:06 to 18:54       one window; an end on another day has its day: to 13 Nov 2025 02:00
    closed daily 1 Jun 2023 to 3 Jun 2023, 22:00 to 03:00
    closed from 1 Apr 2025 00:00 until further notice
    no times
    says "WORDS"                            words that occur in what the message has to be told with
    area [LETTER]                           an area, in the order of the text; the letter or number of its item
    corners 28-41N 080-36W, 28.5N 80.25W    degrees and minutes (and seconds: 28-41-30N), or decimals
    first corner repeated                   the text comes back to where it began
    arc from corner 1 to corner 2 clockwise, 20 NM about 36-50N 025-30W
    circle 12 NM about 33-25N 120-40W
    sector 70 NM about 21-25N 086-56E from 110 to 160
    strip 8 NM to either side of 70-10N 037-30E, 71-25N 040-15E
    strip without a width along 44-10N 152-30E, 46-00N 158-20E
    rhumb | geodesic                        what its straight edges are
    closed …                                its own windows; an area without any has those of the message
    doubt "WORDS"                           words that occur in a doubt about it
    holds 30-00S 179-50E, but not 30-00S 0-00E
    size 64,200 km²
    no area
    launches 1                              how many launches geomap reads in the whole text

Times are UTC. What a message cancels, its areas, their windows and whether there are doubts have to be told in full:
what is not listed must not come out. Heights, edges, sizes and the repeated corner only count where they are told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from shapely.geometry import Point

from geomap import geodesy, pipeline
from geomap.catalog import Layers
from geomap.notices import FOR_GOOD, Area, Notice, find_notices
from geomap.types import Document, When

CASES = sorted((Path(__file__).parent / "notices").glob("*.md"))
NEAR_DEG = 0.0001

Lines = list[str]
LonLat = tuple[float, float]


def split(path: Path) -> tuple[str, str | None, Lines]:
    """The text of a case, its day, and its expected lines."""
    _, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    text, expected = body.split("\n--- expected\n")
    about = yaml.safe_load(head)
    assert about["title"]
    day = str(about["published"]) if "published" in about else None
    return text, day, [line.strip() for line in expected.splitlines() if line.strip()]


# ------------------------------------------------------------------------------------- what a mariner writes


def angle(said: str) -> float:
    """28-41N, 28-41.5N, 28-41-30N or 28.25N in degrees."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(?:-(\d+(?:\.\d+)?))?(?:-(\d+(?:\.\d+)?))?([NSEW])", said)
    assert match, f"{said!r} is no latitude or longitude that a case may have"
    degrees, minutes, seconds = (float(part or 0) for part in match.groups()[:3])
    return (degrees + minutes / 60 + seconds / 3600) * (-1 if match[4] in "SW" else 1)


def positions(said: str) -> list[LonLat]:
    """Longitude and latitude of positions with commas or words between them."""
    found = re.findall(r"(\S+[NS]) (\S+[EW])", said)
    assert len(found) == len(re.findall(r"\d[NSEW]", said)) / 2, f"{said!r} has something else than positions in it"
    return [(angle(lon), angle(lat)) for lat, lon in found]


def moment(said: str) -> datetime:
    return datetime.strptime(said, "%d %b %Y %H:%M")


def windows(lines: Lines) -> set[tuple[str, str]]:
    """Beginning and end of all windows of lines that begin with ``closed``."""
    return {
        (start.strftime("%Y-%m-%dT%H:%M:00Z"), end.strftime("%Y-%m-%dT%H:%M:00Z") if end else FOR_GOOD)
        for line in lines
        for start, end in closed(line)
    }


def closed(line: str) -> Iterator[tuple[datetime, datetime | None]]:
    day, clock = r"\d{1,2} [A-Z][a-z]{2} \d{4}", r"\d\d:\d\d"
    if match := re.fullmatch(rf"closed from ({day} {clock}) until further notice", line):
        yield moment(match[1]), None
    elif match := re.fullmatch(rf"closed daily ({day}) to ({day}), ({clock}) to ({clock})", line):
        first, last = moment(f"{match[1]} {match[3]}"), moment(f"{match[2]} {match[3]}")
        end = moment(f"{match[1]} {match[4]}")
        end += timedelta(days=end <= first)
        for days in range((last - first).days + 1):
            yield first + timedelta(days=days), end + timedelta(days=days)
    elif match := re.fullmatch(rf"closed ({day}) ({clock}) to (?:({day}) )?({clock})", line):
        yield moment(f"{match[1]} {match[2]}"), moment(f"{match[3] or match[1]} {match[4]}")
    else:
        pytest.fail(f"{line!r} is no window that a case may have")


# ------------------------------------------------------------------------------------------- what came out


def faults_of_notice(lines: Lines, notice: Notice) -> Iterator[str]:
    """What is wrong with a message, in words."""
    starts = [number for number, line in enumerate(lines) if re.match(r"area\b", line)]
    areas = [lines[one:two] for one, two in pairwise([*starts, len(lines)])]
    own = lines[: starts[0]] if starts else lines
    if lines[0] != f"message {notice.id or '-'}":
        yield f"{lines[0]}: it is {notice.id!r}"
    told: dict[str, list[str]] = {"cancels": [], "closed": [], "says": []}
    flags = set()
    for line in own[1:]:
        word = line.split()[0]
        if match := re.fullmatch("(cancels itself|sent) (.+)", line):
            flags.add(match[1])
            found = notice.issued if match[1] == "sent" else notice.cancel
            if found != moment(match[2]).strftime("%Y-%m-%dT%H:%M:00Z"):
                yield f"{line}: it is {found}"
        elif word in told:
            told[word].append(line)
        elif word == "heights":
            if line != f"heights {notice.lower} to {notice.upper}":
                yield f"{line}: they are {notice.lower} and {notice.upper}"
        elif line in ("article", "cancelled", "no area", "no times"):
            flags.add(line)
        else:
            yield f"{line}: no line that a message may have"
    if notice.cancel and "cancels itself" not in flags:
        yield f"not expected: cancels itself {notice.cancel}"
    if sorted(notice.cancels) != sorted(line.removeprefix("cancels ") for line in told["cancels"]):
        yield f"it cancels {notice.cancels}"
    for flag, value in (("article", not notice.official), ("cancelled", notice.cancelled)):
        if value != (flag in flags):
            yield f"{flag}: {value}"
    for line in told["says"]:
        if not any(line[6:-1] in note for note in notice.notes):
            yield f"{line}: it says {notice.notes}"
    if len(areas) != len(notice.areas):
        yield f"{len(areas)} areas expected: there are {[shape(area) for area in notice.areas]}"
    elif not areas and "no area" not in flags:
        yield "a message without areas has to say 'no area'"
    if not areas and windows(told["closed"]) != when(notice.windows):
        yield f"closed: it is {sorted(when(notice.windows))}"
    if "no times" in flags and notice.windows:
        yield f"no times: there are {sorted(when(notice.windows))}"
    for wanted_area, area in zip(areas, notice.areas, strict=False):
        yield from faults_of_area(wanted_area, area, told["closed"], several=len(areas) > 1)


def when(found: tuple[When, ...]) -> set[tuple[str, str]]:
    return {(one.start, one.end) for one in found}


def shape(area: Area) -> str:
    return f"{area.type} {area.label} {area.vertices or area.centre}"


def faults_of_area(lines: Lines, area: Area, general: Lines, *, several: bool) -> Iterator[str]:
    """What is wrong with an area, in words; the letter of one that is alone only counts where it is told."""
    label = lines[0].removeprefix("area").strip() or None
    if label != area.label and (label or several):
        yield f"{lines[0]}: its letter is {area.label}"
    for line in lines[1:]:
        if not line.startswith(("closed", "doubt")) and (problem := fault_of_shape(line, area)):
            yield f"{lines[0]}, {line}: {problem}"
    own = [line for line in lines if line.startswith("closed")] or general
    if windows(own) != when(area.windows):
        yield f"{lines[0]}: it is closed {sorted(when(area.windows))}"
    doubts = [line[7:-1] for line in lines if line.startswith('doubt "')]
    for doubt in doubts:
        if not any(doubt in said for said in area.doubtful):
            yield f"{lines[0]}, doubt {doubt}: there are {area.doubtful}"
    if not doubts and area.doubtful:
        yield f"{lines[0]}: not expected: {area.doubtful}"
    if len([line for line in lines if re.match("corners|circle|sector|strip", line)]) != 1:
        yield f"{lines[0]}: an area has corners, or is a circle, a sector or a strip"


def fault_of_shape(line: str, area: Area) -> str:
    """What is wrong with an area by one line on its shape; empty when that holds."""
    word, _, rest = line.partition(" ")
    number = float(found[1]) if (found := re.search(r"(\d+(?:\.\d+)?) NM", line)) else None
    if word == "corners":
        sound = area.type in ("polygon", "arc") and same(positions(rest), area.vertices)
    elif word == "circle":
        sound = area.type == "circle" and near(area.radius_nm, number) and same(positions(rest), [area.centre])
    elif word == "sector":
        bearings = [float(one) for one in re.findall(r"(?:from|to) (\d+)", rest)]
        sound = area.type == "sector" and near(area.radius_nm, number) and same(positions(rest), [area.centre])
        sound = sound and bearings == [area.bearing_from, area.bearing_to]
    elif word == "strip":
        sound = area.type == "corridor" and near(area.half_width_nm, number) and same(positions(rest), area.vertices)
    elif match := re.fullmatch(r"arc from corner (\d+) to corner (\d+) (anti)?clockwise, .+", line):
        sound = any(
            (arc.start + 1, arc.to + 1, arc.clockwise) == (int(match[1]), int(match[2]), match[3] is None)
            and near(arc.radius_nm, number)
            and same(positions(rest), [arc.centre])
            for arc in area.arcs
        )
    elif line == "first corner repeated":
        sound = area.closed
    elif line in ("rhumb", "geodesic"):
        sound = area.edges == line
    elif word == "holds":
        inside, _, outside = rest.partition("but not")
        sound = area.geometry is not None and all(
            area.geometry.covers(Point(one)) == wanted
            for words, wanted in ((inside, True), (outside, False))
            for one in positions(words)
        )
    elif word == "size":
        size = float(rest.removesuffix(" km²").replace(",", ""))
        found_size = 0.0 if area.geometry is None else geodesy.area_km2(area.geometry)
        return "" if found_size == pytest.approx(size, rel=0.01) else f"it is {found_size:,.0f} km²"
    else:
        return "no line that an area may have"
    return "" if sound else str(area)


def same(wanted: list[LonLat], found: Iterable[LonLat | None]) -> bool:
    return [*found] == [pytest.approx(one, abs=NEAR_DEG) for one in wanted]


def near(found: float | None, wanted: float | None) -> bool:
    return found == wanted or (found is not None and wanted is not None and abs(found - wanted) < 0.001)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_notice_is_read_as_expected(path: Path, layers: Layers) -> None:
    text, day, lines = split(path)
    found = find_notices(text, day)
    launches = [line for line in lines if line.startswith("launches ")]
    lines = [line for line in lines if line not in launches and line != "no message"]
    starts = [number for number, line in enumerate(lines) if line.startswith("message ")]
    messages = [lines[one:two] for one, two in pairwise([*starts, len(lines)])]

    assert [message[0] for message in messages] == [f"message {notice.id or '-'}" for notice in found]
    faults = [
        fault for message, notice in zip(messages, found, strict=True) for fault in faults_of_notice(message, notice)
    ]
    assert not faults, "\n".join(faults)
    if launches:
        reading = pipeline.read(Document.of(text, published=day, source=path.name), layers)
        assert launches == [f"launches {len(reading.events)}"]
        assert len(reading.hazards) == sum(len(notice.areas) for notice in found)


def test_there_are_cases() -> None:
    assert len(CASES) >= 40
