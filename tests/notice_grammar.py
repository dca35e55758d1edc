"""Notices as objects, made at random, and as text: every house style, every way to print a position or a time.

What a notice says is drawn first (areas, windows, numbers); how it is printed is drawn after it, so that a test knows
what must be read. Corners are whole seconds of arc and stand as (latitude, longitude) here, as in notices.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from random import Random

import numpy as np
from hypothesis import assume, strategies as st
from numpy.typing import NDArray
from shapely.geometry import Polygon

Corner = tuple[int, int]
Window = tuple[str, str]
Array = NDArray[np.float64]
NM_KM = 1.852
KM_PER_DEG = 111.2
_LEAST_KM = 2.0
_PER_DEG = 3600

# what a printer may do at a place: break the line, or break it without a blank; and where a corner begins and ends
BLANK, SOFT, OPEN, CLOSE = "\ue000", "\ue001", "\ue002", "\ue003"

# ------------------------------------------------------------------------------------------------------ objects


@dataclass(frozen=True)
class Made:
    """An area as it is meant; lengths in nautical miles, corners of an arc area run from the first to the second."""

    type: str
    corners: tuple[Corner, ...]
    radius: float = 0.0
    bearings: tuple[int, int] = (0, 0)
    half_width: float = 0.0
    clockwise: bool = True

    @property
    def degrees(self) -> list[tuple[float, float]]:
        """Its corners as (longitude, latitude)."""
        return [(lon / _PER_DEG, lat / _PER_DEG) for lat, lon in self.corners]


@dataclass(frozen=True)
class Meant:
    """A notice as it is meant."""

    house: str
    id: str
    areas: tuple[Made, ...]
    start: datetime
    issued: datetime | None
    cancel: datetime | None
    cancels: tuple[str, ...]
    schedule: str


@dataclass(frozen=True)
class Printed:
    """A notice as text.

    Parameters
    ----------
    corners : area, corner, and offsets of its words, in the order of the text
    rounding : degrees that the style of its positions may take away
    style : the name of that style
    separator : what stands between two corners
    """

    meant: Meant
    text: str
    corners: tuple[tuple[int, int, int, int], ...]
    windows: tuple[Window, ...]
    rounding: float
    style: str
    separator: str


# -------------------------------------------------------------------------------------------- how a corner looks


@dataclass(frozen=True)
class Style:
    """A way to print positions: how, the grain in seconds of arc that it can hold, what it takes away in degrees."""

    name: str
    grain: int
    pair: Callable[[Random], Callable[[int, int], str]]
    between: tuple[str, ...] = (", ", "; ", " - ", "\n", " / ", f",{BLANK}", f";{BLANK}", f" -{BLANK}", BLANK)
    rounding: float = 1e-6
    hemispheres: bool = True


def _parts(value: int) -> tuple[int, int, int]:
    value = abs(value)
    return value // _PER_DEG, value // 60 % 60, value % 60


def _half(value: int, *, north: bool) -> str:
    return ("S" if value < 0 else "N") if north else ("W" if value < 0 else "E")


def _minutes(value: int, decimals: int, comma: str = ".") -> str:
    degrees = abs(value) % _PER_DEG / 60
    return f"{degrees:0{3 + decimals if decimals else 2}.{decimals}f}".replace(".", comma)


def _both(one: Callable[[int, bool], str], joint: str) -> Callable[[int, int], str]:
    return lambda lat, lon: one(lat, True) + joint + one(lon, False)


def _hyphen_minutes(pick: Random) -> Callable[[int, int], str]:
    decimals, comma = pick.choice([1, 1, 2, 3]), pick.choice("...,")
    joint = pick.choice([BLANK, BLANK, BLANK, ", " if comma == "." else " ", " / "])
    before, blank = pick.random() < 0.15, pick.choice(["", "", "", " "])

    def one(value: int, north: bool) -> str:
        degrees = f"{abs(value) // _PER_DEG:0{2 if north else 3}d}"
        body = f"{degrees}-{SOFT}{_minutes(value, decimals, comma)}"
        half = _half(value, north=north)
        return half + body if before else body + blank + half

    return _both(one, joint)


def _hyphen_whole(pick: Random) -> Callable[[int, int], str]:
    joint = pick.choice([BLANK, BLANK, "/", ", "])

    def one(value: int, north: bool) -> str:
        degrees, minutes, _ = _parts(value)
        return f"{degrees:0{2 if north else 3}d}-{SOFT}{minutes:02d}{_half(value, north=north)}"

    return _both(one, joint)


def _hyphen_seconds(pick: Random) -> Callable[[int, int], str]:
    joint = pick.choice([BLANK, BLANK, "/", ", ", " - "])

    def one(value: int, north: bool) -> str:
        degrees, minutes, seconds = _parts(value)
        return f"{degrees:0{2 if north else 3}d}-{SOFT}{minutes:02d}-{SOFT}{seconds:02d}{_half(value, north=north)}"

    return _both(one, joint)


_PRIMES = (("'", '"'), ("′", "″"), ("’", "”"), ("'", "''"), ("´", "´´"), ("’", "’’"), ("`", "``"))
_SIGNS = ("°", "°", "º", "˚")


def _signs(pick: Random, *, words: bool = False) -> Callable[[int, int], str]:
    sign, (prime, second) = pick.choice(_SIGNS), pick.choice(_PRIMES)
    decimals = pick.choice([None, 1, 2])
    comma = pick.choice([".", ".", ","])
    joint = pick.choice([", ", " ", BLANK, f",{BLANK}"] + ([] if words or comma == "," else [" / ", " - ", " and "]))
    where = 1 if words else pick.choice([-1, 0, 0, 1])
    padded = pick.choice([True, True, False])
    inner = "" if words else pick.choice(["", "", " "])

    def one(value: int, north: bool) -> str:
        degrees, minutes, seconds = _parts(value)
        width = (2 if north else 3) if padded else 1
        if decimals is None:
            body = f"{degrees:0{width}d}{sign}{inner}{minutes:02d}{prime}{inner}{seconds:02d}{second}"
        else:
            body = f"{degrees:0{width}d}{sign}{inner}{_minutes(value, decimals, comma)}{prime}"
        half = _half(value, north=north)
        lead = ("latitude " if north else "longitude ") if words else ""
        return lead + (half + body if where < 0 else body + " " * where + half)

    return _both(one, joint)


def _run_together(pick: Random, *, seconds: bool) -> Callable[[int, int], str]:
    front = pick.random() < 0.4
    joint = pick.choice(["", "", f"{SOFT}", BLANK, " "])

    def one(value: int, north: bool) -> str:
        degrees, minutes, rest = _parts(value)
        figures = f"{degrees:0{2 if north else 3}d}{minutes:02d}" + (f"{rest:02d}" if seconds else "")
        soft = SOFT.join(figures)
        half = _half(value, north=north)
        return half + soft if front else soft + half

    return _both(one, joint)


def _blanks(pick: Random) -> Callable[[int, int], str]:
    decimals = pick.choice([None, 1, 2])
    joint, blank = pick.choice([" ", BLANK, " - ", " – "]), pick.choice(["", " "])

    def one(value: int, north: bool) -> str:
        degrees, minutes, seconds = _parts(value)
        rest = f"{minutes:02d} {seconds:02d}" if decimals is None else _minutes(value, decimals)
        return f"{degrees:0{2 if north else 3}d} {rest}{blank}{_half(value, north=north)}"

    return _both(one, joint)


def _colons(pick: Random) -> Callable[[int, int], str]:
    def one(value: int, north: bool) -> str:
        degrees, minutes, seconds = _parts(value)
        return f"{degrees:0{2 if north else 3}d}:{minutes:02d}:{seconds:02d}{_half(value, north=north)}"

    return _both(one, pick.choice([BLANK, " ", ", "]))


def _decimal(pick: Random) -> Callable[[int, int], str]:
    sign, comma = pick.choice(["°", "°", " ", ""]), pick.choice("...,")
    front, joint = pick.random() < 0.2, pick.choice([" ", BLANK] if comma == "," else [" ", BLANK, ", "])

    def one(value: int, north: bool) -> str:
        body = f"{abs(value) / _PER_DEG:.5f}".replace(".", comma)
        half = _half(value, north=north)
        return half + body + sign.strip() if front else body + sign + half

    return _both(one, joint)


def _signed(_: Random) -> Callable[[int, int], str]:
    return lambda lat, lon: f"{lat / _PER_DEG:.5f}, {lon / _PER_DEG:.5f}"


def _words(pick: Random) -> Callable[[int, int], str]:
    form, short = pick.choice(["minutes", "seconds", "decimals"]), pick.random() < 0.3
    degree, minute, second = ("deg.", "min.", "sec.") if short else ("degrees", "minutes", "seconds")
    lead = not short and pick.random() < 0.6

    def one(value: int, north: bool) -> str:
        degrees, minutes, seconds = _parts(value)
        names = {"N": "north", "S": "south", "E": "east", "W": "west"}
        body = f"{degrees} {degree} "
        if form == "decimals":
            body += f"{_minutes(value, 1)} {minute}"
        else:
            body += f"{minutes:02d} {minute}" + (f" {seconds:02d} {second}" if form == "seconds" or seconds else "")
        before = ("latitude " if north else "longitude ") if lead else ""
        return f"{before}{body} {names[_half(value, north=north)]}"

    return _both(one, pick.choice([", ", f",{BLANK}"]))


_TIGHT = ("-", f"-{SOFT}", " - ", f" -{BLANK}", BLANK, ", ", "\n", f" TO{BLANK}")
_WORDY = ("; ", f";{BLANK}", "; thence to ", f";{BLANK}thence to ", "; then to ", "\n")
STYLES = (
    Style("hyphen-minutes", 6, _hyphen_minutes),
    Style("hyphen-whole", 60, _hyphen_whole),
    Style("hyphen-seconds", 1, _hyphen_seconds, rounding=1e-6),
    Style("signs", 6, _signs),
    Style("latitude", 6, lambda pick: _signs(pick, words=True), _WORDY),
    Style("run-together", 1, lambda pick: _run_together(pick, seconds=True), _TIGHT),
    Style("run-minutes", 60, lambda pick: _run_together(pick, seconds=False), _TIGHT),
    Style("blanks", 6, _blanks, ("\n", ", ", f",{BLANK}", "; ", f";{BLANK}")),
    Style("colons", 1, _colons),
    Style("decimal", 1, _decimal, ("; ", f";{BLANK}", "\n", " / "), rounding=6e-6),
    Style("signed", 1, _signed, ("; ", f";{BLANK}", "\n"), rounding=6e-6, hemispheres=False),
    Style("words", 6, _words, _WORDY),
)

# ------------------------------------------------------------------------------------------------------- areas


def _ahead(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Latitude and longitude so far from a point on the sphere."""
    turn, along, up = math.radians(bearing), km / 6371, math.radians(lat)
    sine = math.sin(up) * math.cos(along) + math.cos(up) * math.sin(along) * math.cos(turn)
    aside = math.atan2(math.sin(turn) * math.sin(along) * math.cos(up), math.cos(along) - math.sin(up) * sine)
    return math.degrees(math.asin(sine)), lon + math.degrees(aside)


def _corner(lat: float, lon: float, grain: int) -> Corner:
    """A corner on the grain, its longitude from -180 to 180 degrees."""
    east = round((lon + 180) % 360 * _PER_DEG / grain) * grain - 180 * _PER_DEG
    return round(lat * _PER_DEG / grain) * grain, east


def km_between(one: Corner, other: Corner) -> float:
    """Distance of two corners on the sphere."""
    (a, b), (c, d) = ((math.radians(lat / _PER_DEG), math.radians(lon / _PER_DEG)) for lat, lon in (one, other))
    half = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))


def dense(corners: Sequence[tuple[float, float]], edges: str, steps: int = 200) -> Array:
    """Many points along the edges of a ring, longitudes running on across 180 degrees: made here, for comparison."""
    points: list[Array] = []
    share = np.arange(steps)[:, None] / steps
    for (lon, lat), (east, north) in zip(corners, [*corners[1:], corners[0]], strict=True):
        turn = (east - lon + 180) % 360 - 180
        if edges == "rhumb":
            low, high = (math.asinh(math.tan(math.radians(one))) for one in (lat, north))
            up = np.degrees(np.arctan(np.sinh(low + (high - low) * share)))
            points.append(np.hstack([lon + turn * share, up]))
            continue
        ends = [
            np.array([math.cos(b) * math.cos(a), math.cos(b) * math.sin(a), math.sin(b)])
            for a, b in ((math.radians(x), math.radians(y)) for x, y in ((lon, lat), (east, north)))
        ]
        chord = (1 - share) * ends[0] + share * ends[1]  # along the chord, lifted to the sphere
        chord /= np.linalg.norm(chord, axis=1)[:, None]
        lons = np.degrees(np.arctan2(chord[:, 1], chord[:, 0]))
        points.append(np.column_stack([lons, np.degrees(np.arcsin(chord[:, 2]))]))
    found = np.vstack([*points, points[0][:1]])
    found[:, 0] = np.unwrap(found[:, 0], period=360)
    return found


def goes_round(points: Array) -> bool:
    """Whether a ring of dense points goes round a pole."""
    return bool(abs(points[-1, 0] - points[0, 0]) > 180)


def crosses(corners: Sequence[tuple[float, float]], edges: str) -> bool:
    """Whether the edges of a ring cross each other."""
    points = dense(corners, edges, steps=24)
    return not goes_round(points) and not Polygon(points).is_valid


def _ring(pick: Random, grain: int, *, pole: bool) -> tuple[Corner, ...]:
    """A ring of three to eight corners, roughly round, anywhere or round a pole."""
    count = pick.randint(3, 8)
    turns = [360 * (number + pick.uniform(-0.25, 0.25)) / count for number in range(count)]
    if pole:
        sign = pick.choice([1, -1])
        lowest = pick.uniform(76, 86)
        far = [(sign * (lowest + pick.uniform(0, 3)), turn) for turn in turns]
        return tuple(_corner(lat, lon, grain) for lat, lon in far)
    km = 10 * 75 ** pick.random()  # from 20 to 1500 km across
    lat, lon = pick.uniform(-1, 1) * (84 - km / KM_PER_DEG), _anywhere(pick)
    start = pick.uniform(0, 360)
    way = pick.choice([1, -1])
    return tuple(_corner(*_ahead(lat, lon, start + way * turn, km * pick.uniform(0.65, 1)), grain) for turn in turns)


def _anywhere(pick: Random) -> float:
    """A longitude, often near 180 degrees or 0."""
    return pick.choice([pick.uniform(-180, 180), pick.gauss(180, 4), pick.gauss(0, 4)])


def _area(pick: Random, kind: str, grain: int, edges: str) -> Made | None:
    """One area of a kind; None where its corners are too near each other or its edges cross."""
    spot = _corner(pick.uniform(-75, 75), _anywhere(pick), grain)
    radius = pick.choice([pick.randint(1, 300), pick.randint(2, 90) / 2])
    if kind == "circle":
        return Made("circle", (spot,), radius=radius)
    if kind == "sector":
        first = pick.randrange(0, 360)
        return Made("sector", (spot,), radius=radius, bearings=(first, (first + pick.randint(10, 200)) % 360))
    if kind == "arc":
        return _with_arc(pick, spot, grain)
    corners = _ring(pick, grain, pole=kind == "pole")
    if kind == "corridor":
        corners = corners[: pick.randint(2, 4)]
    if any(km_between(*pair) < _LEAST_KM for pair in combinations(corners, 2)):
        return None
    if kind == "corridor":
        return Made("corridor", corners, half_width=pick.choice([1.0, 2.5, 5.0, 10.0, 30.0]))
    made = Made("polygon", corners)
    return None if crosses(made.degrees, edges) else made


def _with_arc(pick: Random, centre: Corner, grain: int) -> Made:
    """Two corners on a circle, two more outside of it, the centre last."""
    radius, start = pick.randint(20, 120), pick.uniform(0, 360)
    lat, lon = (value / _PER_DEG for value in centre)
    clockwise = pick.random() < 0.5
    way = 1 if clockwise else -1
    turns = ((0, 1.0), (90, 1.0), (100, 2.5), (-10, 2.5)) if pick.random() < 0.5 else ((0, 1.0), (200, 1.0), (280, 1.6))
    ring = [_corner(*_ahead(lat, lon, start + way * turn, share * radius * NM_KM), grain) for turn, share in turns]
    return Made("arc", (*ring, centre), radius=radius, clockwise=clockwise)


# ------------------------------------------------------------------------------------------------------- times


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:00Z")


def _mon(moment: datetime) -> str:
    return moment.strftime("%b").upper()


def _day_windows(days: Sequence[datetime], clocks: Sequence[tuple[int, int]]) -> list[Window]:
    """Windows on days between clocks in minutes; one that ends before it begins ends on the next day."""
    made = []
    for day in days:
        for start, end in clocks:
            last = end if end > start else end + 24 * 60
            made.append((_iso(day + timedelta(minutes=start)), _iso(day + timedelta(minutes=last))))
    return made


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}{minutes % 60:02d}"


def _clocks(pick: Random) -> tuple[int, int]:
    start = pick.randrange(0, 24 * 60)
    return start, (start + pick.randint(10, 20 * 60)) % (24 * 60)


def _marine_times(pick: Random, form: str, start: datetime) -> tuple[str, list[Window]]:
    """Words and windows of a marine notice, the first one in the days after a moment."""
    day = start.replace(hour=0, minute=0)
    if form == "moments":
        spans = []
        for _ in range(pick.choice([1, 1, 2, 4])):
            first = day + timedelta(minutes=pick.randrange(0, 24 * 60))
            spans.append((first, first + timedelta(minutes=pick.randint(10, 3000))))
            day += timedelta(days=pick.randint(3, 5))
        said = [
            f"{one:%d%H%M}Z"
            + (f" {_mon(one)}" if one.month != other.month else "")
            + f" TO {other:%d%H%M}Z {_mon(other)}"
            for one, other in spans
        ]
        joined = said[0] + (f", ALTERNATE {', '.join(said[1:])}" if said[1:] else "")
        return joined, [(_iso(one), _iso(other)) for one, other in spans]
    if form == "dated":
        first = day + timedelta(minutes=pick.randrange(0, 24 * 60))
        last = first + timedelta(minutes=pick.randint(10, 5000))
        words = pick.choice(
            [
                f"{first:%d%H%M}Z {_mon(first)} {first:%y} TO {last:%d%H%M}Z {_mon(last)} {last:%y}",
                f"FROM {first:%d%H%M} UTC {_mon(first)} {first:%Y} TO {last:%d%H%M} UTC {_mon(last)} {last:%Y}",
                f"FROM {first:%d} {_mon(first)} {first:%Y %H%M} UTC TO {last:%d} {_mon(last)} {last:%Y %H%M} UTC",
            ]
        )
        return words, [(_iso(first), _iso(last))]
    clocks = _clocks(pick)
    one, other = map(_clock, clocks)
    if form == "listed":
        days = [day + timedelta(days=step) for step in sorted(pick.sample(range(8), 3))]
        days = [found for found in days if found.month == days[-1].month]
        names = [f"{found:%d}" for found in days]
        listed = " AND ".join([part for part in (", ".join(names[:-1]), names[-1]) if part])
        return f"{one}Z TO {other}Z {listed} {_mon(days[-1])}", _day_windows(days, [clocks])
    last = day + timedelta(days=pick.randint(1, 40 if form == "long" else 6))
    days = [day + timedelta(days=step) for step in range((last - day).days + 1)]
    same = day.month == last.month
    run = f"{day:%d}{'' if same else ' ' + _mon(day)} THRU {last:%d} {_mon(last)}"
    words = pick.choice(
        [
            f"{one}Z TO {other}Z DAILY {run}",
            f"{one} UTC TO {other} UTC DAILY {run.replace('THRU', 'TO')}",
            f"DAILY {run}, {one}Z TO {other}Z",
            f"{one}Z TO {other}Z DAILY {run} {last:%y}",
        ]
    )
    return words, _day_windows(days, [clocks])


def _prose_times(pick: Random, form: str, start: datetime) -> tuple[str, list[Window]]:
    """Words and windows of a notice in sentences; years are printed."""
    day = start.replace(hour=0, minute=0)
    begin = pick.randrange(0, 20 * 60)
    end = pick.randint(begin + 10, 24 * 60 - 1)
    one, other = (f"{at // 60:02d}:{at % 60:02d}" if form != "listed" else _clock(at) for at in (begin, end))
    name = f"{day:%d %B %Y}".lstrip("0")
    if form in ("moments", "dated"):
        last = day + timedelta(days=pick.randint(1, 5))
        ending = f"{last:%d %B %Y}".lstrip("0")
        window = (_iso(day + timedelta(minutes=begin)), _iso(last + timedelta(minutes=end)))
        return f"from {one} UTC on {name} to {other} UTC on {ending}", [window]
    if form == "listed":
        return f"from {one} to {other} UTC on {name}", _day_windows([day], [(begin, end)])
    last = day + timedelta(days=pick.randint(1, 9))
    days = [day + timedelta(days=step) for step in range((last - day).days + 1)]
    ending = f"{last:%d %B %Y}".lstrip("0")
    return f"from {one} to {other} UTC daily from {name} to {ending}", _day_windows(days, [(begin, end)])


def _item_times(pick: Random, form: str, start: datetime) -> tuple[datetime, datetime, str, list[Window]]:
    """B), C), D) and windows of a NOTAM."""
    day = start.replace(hour=0, minute=0)
    if form in ("moments", "dated"):
        first = day + timedelta(minutes=pick.randrange(0, 24 * 60))
        last = first + timedelta(minutes=pick.randint(10, 20000))
        return first, last, "", [(_iso(first), _iso(last))]
    begin = pick.randrange(0, 12 * 60)
    end = pick.randint(begin + 10, 13 * 60)
    last = day + timedelta(days=pick.randint(2, 9))
    days = [day + timedelta(days=step) for step in range((last - day).days + 1)]
    clock = f"{_clock(begin)}-{_clock(end)}"
    first, final = day + timedelta(minutes=begin), last + timedelta(minutes=end)
    if form == "daily":
        word = pick.choice(["DAILY ", "DLY ", ""])
        return first, final, f"{word}{clock}", _day_windows(days, [(begin, end)])
    if form == "long":
        late = pick.randint(14 * 60, 20 * 60)
        final = last + timedelta(minutes=late + 90)
        clock += f" {_clock(late)}-{_clock(late + 90)}"
        return first, final, f"DAILY {clock}", _day_windows(days, [(begin, end), (late, late + 90)])
    chosen = [days[0], *sorted(pick.sample(days[1:-1], pick.randint(0, len(days) - 2))), days[-1]]
    parts, month = [], 0
    for found in chosen:
        lead = f"{_mon(found)} " if found.month != month else ""
        month = found.month
        parts.append(f"{lead}{found:%d}")
    return first, final, f"{' '.join(parts)} {clock}", _day_windows(chosen, [(begin, end)])


# ----------------------------------------------------------------------------------------------------- notices

HOUSES = ("navarea", "hydropac", "coastal", "notam", "tfr", "msa", "cfr")
FORMS = ("moments", "dated", "daily", "long", "listed")
_KINDS = ("polygon", "polygon", "polygon", "pole", "circle", "sector", "corridor", "arc")
_AIR = ("notam", "tfr")
_SEEDS = st.integers(0, 2**32 - 1)
EDGES = {house: "geodesic" if house in _AIR else "rhumb" for house in HOUSES}


@st.composite
def meant_notices(
    draw: st.DrawFn, kinds: Sequence[str] = _KINDS, least: int = 1, grain: int = 0
) -> tuple[Meant, Style]:
    """Notices, and the style of positions whose grain their corners have."""
    house = draw(st.sampled_from(HOUSES))
    style = draw(st.sampled_from([one for one in STYLES if one.name != "signed" or house in ("msa", "cfr")]))
    kind = draw(st.sampled_from(kinds))
    count = draw(st.integers(least, 4)) if kind in ("polygon", "pole") else 1
    start = datetime(draw(st.integers(2016, 2028)), draw(st.integers(1, 12)), draw(st.integers(1, 28)), tzinfo=UTC)
    schedule = draw(st.sampled_from(FORMS))
    # what else is left to chance follows from all of this, so that no two examples are alike
    pick = Random(repr((draw(_SEEDS), house, style.name, kind, count, start, schedule)))
    areas = [_area(pick, kind, grain or style.grain, EDGES[house]) for _ in range(count)]
    sound = tuple(area for area in areas if area is not None)
    assume(sound)
    assume(all(km_between(a.corners[0], b.corners[0]) > _LEAST_KM for a, b in combinations(sound, 2)))
    return _notice(pick, house, sound, start, schedule), style


def _notice(pick: Random, house: str, areas: tuple[Made, ...], start: datetime, schedule: str) -> Meant:
    number, year = pick.randint(1, 3999), f"{start:%y}"
    old = f"{pick.randint(4000, 4999)}/{year}"
    issued: datetime | None = None
    cancels: tuple[str, ...] = ()
    name = ""
    if house in ("navarea", "hydropac", "coastal"):
        series = {
            "navarea": f"NAVAREA {pick.choice(['I', 'IV', 'IX', 'XII', 'XIV', 'XX'])}",
            "hydropac": pick.choice(["HYDROPAC", "HYDROLANT", "HYDROARC"]),
            "coastal": pick.choice(["KOREA COASTAL WARNING", "TOKYO NAVIGATIONAL WARNING", "AUSCOAST WARNING"]),
        }[house]
        name = f"{series} {number}/{year}".replace("AUSCOAST WARNING", "AUSCOAST")
        issued = (
            start - timedelta(days=pick.randint(1, 9), minutes=pick.randrange(0, 1440)) if pick.random() < 0.5 else None
        )
        cancels = (f"{name.rsplit(' ', 1)[0]} {old}",) if pick.random() < 0.4 else ()
    elif house == "notam":
        name = f"{pick.choice('ABFQ')}{number:04d}/{year}"
        cancels = (f"{name[0]}{old}",) if pick.random() < 0.4 else ()
    elif house == "tfr":
        name = f"FDC {pick.randint(1, 9)}/{number:04d}"
    cancel = house in ("navarea", "hydropac", "coastal") or (house == "msa" and pick.random() < 0.3)
    return Meant(
        house=house,
        id=name,
        areas=areas,
        start=start,
        issued=issued,
        cancel=start if cancel else None,  # the printer puts it behind the last window
        cancels=cancels,
        schedule=schedule,
    )


# ----------------------------------------------------------------------------------------------------- printing


@dataclass
class _Printer:
    """Puts one notice into words."""

    meant: Meant
    style: Style
    pick: Random
    order: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.pair = self.style.pair(self.pick)
        self.separator = self.pick.choice(self.style.between)
        self.closing = self.pick.choice(["", "", "repeat", "origin"])

    def corner(self, area: int, number: int) -> str:
        self.order.append((area, number))
        return OPEN + self.pair(*self.meant.areas[area].corners[number]) + CLOSE

    def ring(self, area: int, *, own: bool) -> str:
        """The corners of a polygon or a line; each with a letter of its own when it may."""
        made = self.meant.areas[area]
        count = len(made.corners)
        if own:
            form = self.pick.choice(["({}) ", "{}. ", "({})"])
            names = "ABCDEFGH" if self.pick.random() < 0.5 else "12345678"
            joint = self.pick.choice(["\n", f";{BLANK}"])
            return joint.join(form.format(names[at]) + self.corner(area, at) for at in range(count))
        said = [self.corner(area, at) for at in range(count)]
        if made.type == "polygon" and self.closing == "repeat":
            said.append(self.corner(area, 0))
        words = self.separator.join(said)
        if made.type == "polygon" and self.closing == "origin":
            words += self.pick.choice([", BACK TO START", " TO POINT OF ORIGIN", ", THENCE TO THE POINT OF BEGINNING"])
        return words

    def areas(self) -> str:
        """All areas with the words that define them."""
        made = self.meant.areas
        if len(made) == 1:
            return self.one(0)
        labels = self.pick.choice(
            [("{}. ", "ABCD"), ("({}) ", "ABCD"), ("AREA {}: ", "ABCD"), ("AREA {}: ", "1234"), ("ZONE {}: ", "ABCD")]
            + ([("{}. ", "1234"), ("({}) ", "1234")] if self.meant.house in ("notam", "msa", "cfr", "tfr") else [])
        )
        intro = self.pick.choice(["AREAS BOUND BY:", "AREAS BOUNDED BY:", "FOLLOWING AREAS:"])
        items = [f"\n{labels[0].format(labels[1][at])}{self.ring(at, own=False)}." for at in range(len(made))]
        return self.case(intro) + "".join(items)

    def case(self, words: str) -> str:
        return words.lower() if self.meant.house == "cfr" else words

    def one(self, at: int) -> str:
        """The only area of a notice."""
        made, pick = self.meant.areas[at], self.pick
        length = f"{made.radius:g}"
        if made.type == "circle":
            lead = pick.choice(
                [
                    f"AREA WITHIN {length} MILES OF ",
                    f"AREA WITHIN {length} NM RADIUS OF ",
                    f"CIRCLE OF {length} NM RADIUS CENTRED ON ",
                ]
                if self.meant.house not in _AIR
                else [f"AREA DEFINED AS {length}NM RADIUS OF ", f"CIRCLE RADIUS {length}NM CENTERED ON "]
            )
            return self.case(lead) + self.corner(at, 0)
        if made.type == "sector":
            first, last = made.bearings
            before, after = pick.choice(
                [
                    (f"AREA WITHIN {length} MILES OF ", f" BETWEEN {first:03d} DEGREES AND {last:03d} DEGREES"),
                    (f"AREA WITHIN {length} NM OF ", f" BETWEEN BEARINGS {first:03d} AND {last:03d}"),
                ]
            )
            return self.case(before) + self.corner(at, 0) + self.case(after)
        if made.type == "corridor":
            half, width = f"{made.half_width:g}", f"{2 * made.half_width:g}"
            lead = pick.choice(
                [
                    f"AREA WITHIN {half} MILES OF TRACKLINE JOINING ",
                    f"AREA {half}NM EITHER SIDE OF LINE JOINING ",
                    f"CORRIDOR {width} NM WIDE ALONG TRACKLINE JOINING ",
                ]
            )
            return self.case(lead) + self.ring(at, own=False)
        if made.type == "arc":
            return self.with_arc(at)
        lead = self.case(pick.choice(["AREA BOUND BY", "AREA BOUNDED BY", "AREA BOUNDED BY LINES JOINING"]))
        own = self.style.name not in ("blanks", "run-together", "run-minutes") and pick.random() < 0.2
        return f"{lead}{pick.choice([BLANK, ': ', ':' + chr(10)])}" + self.ring(at, own=own)

    def with_arc(self, at: int) -> str:
        made, pick = self.meant.areas[at], self.pick
        last = len(made.corners) - 1
        way = "CLOCKWISE" if made.clockwise else "COUNTERCLOCKWISE"
        said = self.corner(at, 0)
        said += f" THEN {way} ON A {made.radius:g} NM ARC CENTERED ON "
        said += self.corner(at, last) + " TO " + " TO ".join(self.corner(at, number) for number in range(1, last))
        return self.case("AREA DEFINED AS ") + said + pick.choice([" TO POINT OF ORIGIN", " TO THE POINT OF ORIGIN"])

    def text(self) -> tuple[str, list[Window]]:
        return {"notam": self.notam, "tfr": self.tfr, "msa": self.msa, "cfr": self.cfr}.get(
            self.meant.house, self.marine
        )()

    def marine(self) -> tuple[str, list[Window]]:
        meant, pick = self.meant, self.pick
        words, windows = _marine_times(pick, meant.schedule, meant.start)
        lines = []
        if meant.issued:
            lines.append(f"{meant.issued:%d%H%M}Z {_mon(meant.issued)} {meant.issued:%y}")
        lines.append(meant.id + pick.choice(["", "(GEN).", "(11,26)."] if meant.house != "coastal" else [""]))
        lines += pick.choice([["WESTERN NORTH ATLANTIC.", "FLORIDA."], ["PHILIPPINE SEA.", "DNC 12."], ["TASMAN SEA."]])
        activity = pick.choice(["HAZARDOUS OPERATIONS, ROCKET LAUNCHING", "GUNNERY EXERCISES", "MISSILE OPERATIONS"])
        lines.append(f"1. {activity}{BLANK}{words.replace(' ', BLANK)}{BLANK}IN {self.areas()}.".replace("..", "."))
        number = 2
        if meant.cancels:
            lines.append(f"{number}. CANCEL {meant.cancels[0]}.")
            number += 1
        cancel = cancel_of(windows)
        z = pick.choice(["Z", " UTC"])
        lines.append(
            f"{number}. CANCEL THIS {pick.choice(['MSG', 'MESSAGE'])} {cancel:%d%H%M}{z} {_mon(cancel)} {cancel:%y}."
        )
        return "\n".join(lines) + "\n", windows

    def notam(self) -> tuple[str, list[Window]]:
        meant, pick = self.meant, self.pick
        first, last, schedule, windows = _item_times(pick, meant.schedule, meant.start)
        lat, lon = meant.areas[0].corners[0]
        q = f"{abs(lat) // 3600:02d}00{'S' if lat < 0 else 'N'}{abs(lon) // 3600:03d}00{'W' if lon < 0 else 'E'}"
        kind = f"NOTAMR {meant.cancels[0]}" if meant.cancels else "NOTAMN"
        gap = pick.choice([" ", ""])
        lines = [
            f"{meant.id} {kind}",
            f"Q){gap}ZXXX/QRDCA/IV/BO/W/000/999/{q}999",
            f"A){gap}ZXXX B){gap}{first:%y%m%d%H%M} C){gap}{last:%y%m%d%H%M}",
            *([f"D){gap}{schedule}"] if schedule else []),
            f"E){gap}A TEMPORARY DANGER AREA ESTABLISHED IN{BLANK}{self.areas()}.".replace("..", "."),
            f"F){gap}SFC G){gap}UNL",
        ]
        return "\n".join(lines), windows

    def tfr(self) -> tuple[str, list[Window]]:
        meant, pick = self.meant, self.pick
        form = "daily" if meant.schedule == "daily" else "moments"
        first, last, schedule, windows = _item_times(pick, form, meant.start)
        daily = f"DLY {schedule.split()[-1]} " if schedule else ""
        lead = f"!{meant.id} ZLC NV..AIRSPACE BLACK ROCK, NV..TEMPORARY FLIGHT RESTRICTIONS.{BLANK}WI AN{BLANK}"
        return f"{lead}{self.areas()}{BLANK}SFC-UNL {daily}{first:%y%m%d%H%M}-{last:%y%m%d%H%M}", windows

    def msa(self) -> tuple[str, list[Window]]:
        meant, pick = self.meant, self.pick
        words, windows = _prose_times(pick, meant.schedule, meant.start)
        said = words[0].upper() + words[1:]
        lines = [
            f"{pick.choice(['HN', 'LN', 'GD'])}{pick.randint(100, 999)} MSA navigational warning",
            f"South China Sea. {said}, military exercise will be conducted in the {self.areas()}. Entering prohibited.",
        ]
        if meant.cancel:
            cancel = cancel_of(windows)
            lines.append(f"Cancel this message {cancel:%d%H%M} UTC {cancel:%b %Y}.")
        return "\n".join(lines).replace("..", "."), windows

    def cfr(self) -> tuple[str, list[Window]]:
        meant, pick = self.meant, self.pick
        words, windows = _prose_times(pick, meant.schedule, meant.start)
        where = pick.choice(["Pacific Ocean", "Atlantic Ocean off Georgia"])
        text = (
            f"§ 334.{pick.randint(100, 999)} {where}; danger zone. (a) The danger zone. The waters within an{BLANK}"
            f"{self.areas()}. (b) The regulations. No vessel shall enter the danger zone{BLANK}{words}."
        )
        return text.replace("..", "."), windows


def cancel_of(windows: Sequence[Window]) -> datetime:
    """When a notice with these windows cancels itself: an hour after the last one."""
    return datetime.fromisoformat(max(end for _, end in windows)) + timedelta(hours=1)


def printed(meant: Meant, style: Style, pick: Random) -> Printed:
    """A notice in one of the ways to print it; the line breaks are the printer's too."""
    printer = _Printer(meant, style, pick)
    marked, windows = printer.text()
    text, spans = _laid_out(marked, pick)
    corners = tuple((*where, *span) for where, span in zip(printer.order, spans, strict=True))
    plain = "".join({BLANK: " ", SOFT: ""}.get(sign, sign) for sign in printer.separator)
    return Printed(meant, text, corners, tuple(windows), style.rounding, style.name, plain)


def _laid_out(marked: str, pick: Random) -> tuple[str, list[tuple[int, int]]]:
    """Lines of a random width, broken where they may be, and the offsets of the corners."""
    width = pick.choice([10_000, 10_000, 38, 47, 60, 69, 80])
    torn = pick.random() < 0.3  # whether lines break within corners
    indent = pick.choice(["", "", "   "])
    out: list[str] = []
    spans: list[tuple[int, int]] = []
    begun, column, size = 0, 0, 0

    def put(words: str) -> None:
        nonlocal column, size
        out.append(words)
        size += len(words)
        column = len(words.rpartition("\n")[2]) + (0 if "\n" in words else column)

    for at, sign in enumerate(marked):
        if sign == OPEN:
            begun = size
        elif sign == CLOSE:
            spans.append((begun, size))
        elif sign == SOFT:
            if torn and column >= width:
                put("\n")
        elif sign == BLANK:
            ahead = len(marked[at + 1 : at + 40].split(BLANK)[0])
            put("\n" + indent if column + ahead > width else " ")
        else:
            put(sign)
    return "".join(out), spans


@st.composite
def notices(draw: st.DrawFn, kinds: Sequence[str] = _KINDS) -> Printed:
    """Printed notices."""
    meant, style = draw(meant_notices(kinds=kinds))
    return printed(meant, style, Random(repr((draw(_SEEDS), meant, style.name))))
