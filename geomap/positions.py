"""Positions as printed: a latitude and a longitude in every style of charts, notices and prose.

Degrees and decimal minutes (``72-20.0N 035-40.0E``), degrees, minutes and seconds with hyphens, signs, quotes, spaces
or none (``26°32'00" N, 121°40'00" E``, ``N130200E1153700``), decimal degrees, words (``latitude 37 degrees 53 minutes
north``); the hemisphere before or after the number, the longitude first or last, a decimal comma, a line break within.

A pair that cannot be (60 minutes, 91 degrees north) is found too and says what is wrong with it: it is never mended.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.expressions import Record
from geomap.patterns import regex

_SIGN = r"(?:[°º˚∘]|(?:deg(?:rees?)?|grader)\b\.?)"
_PRIME = r"(?:['’′´`‘]|min(?:utes?)?\b\.?)"
_SECOND = r"(?:[\"”″“]|['’′´`‘]{2}|sec(?:onds?)?\b\.?)"
_DECIMALS = r"(?:[.,]\d{1,8})?"
_AND = r"\s{0,3}(?:and\s)?"
_DASH = r"[-–—](?:\s{0,3}\n\s{0,3})?"
_TORN = (
    r"(?:"
    + "|".join(rf"\d{{{number}}}\n\s{{0,3}}\d{{{max(1, 4 - number)},{7 - number}}}" for number in range(1, 7))
    + r")(?=[NSEW,;)/-]|(?<=\d\d\d)\.(?!\d)|\.[ \t]{0,3}(?:\n|$)|(?<=\d\d)\.\s\(|\s{0,3}(?:[NSEW]|TO\b|-\s|$))"
)
"""Four to seven figures with a line break among them, which the end of a line or of a corner follows."""
_BODY = (
    rf"(?:\d{{1,3}}\s?(?:{_SIGN}|\.(?=\d\d?['’′])){_AND}\d{{1,2}}"
    rf"(?:(?:\s?{_PRIME}{_AND}|\s|{_DASH})\d{{1,2}}{_DECIMALS}(?:\s?{_SECOND})?|{_DECIMALS}(?:\s{{0,2}}{_PRIME}(?:,\d{{1,3}})?)?)"
    rf"|{_TORN}|\d{{1,3}}(?::\d{{1,2}}){{1,2}}{_DECIMALS}"
    rf"|\d{{1,3}}\.\d{{1,2}}\.\d{{1,2}}{_DECIMALS}"
    rf"|\d{{1,3}}(?:\s{{1,3}}\d{{1,2}}){{1,2}}{_DECIMALS}{_PRIME}?"
    rf"|\d{{2,3}}\s{{0,2}}[-–]\s{{1,2}}\d{{1,2}}{_DECIMALS}(?=\s?[NSEW]\b)"
    rf"|\d{{1,3}}(?:{_DASH}\d{{1,2}}(?:(?:{_DASH}|\.)\d{{1,2}})?)?{_DECIMALS}(?:\s?(?:{_SIGN}|{_PRIME}|{_SECOND}))?"
    rf"|\d{{4,8}}{_DECIMALS}|\d{{1,7}}\s{{1,4}}\d{{1,7}}{_DECIMALS})(?!\d|[-–—:.,]\d)"
)
"""Degrees with minutes and seconds: joined by hyphens, signs, colons, full stops, blanks, or run together."""
_LEAD = r"(?:\b[LG]-(?=\d)|\b(?:lat|long?)(?:itude)?s?\b[.:]?\s{0,2})?"
_NAMES = {
    "N": "north|n|с", "S": "south|s|ю", "E": "east|e|в|ø", "W": "west|w|з",
}  # fmt: skip
"""Hemispheres behind a number: English and, as Russian notices print them, Cyrillic."""
_FRONT = {"N": "n|north|北[纬緯]", "S": "s|south|南[纬緯]", "E": "e|east|ø|[东東][经經]", "W": "w|west|西[经經]"}
"""Hemispheres before a number: English and, as Chinese notices print them, in Chinese."""


def _angle(axis: str, hemispheres: str) -> str:
    """Regular expression of one angle, its parts named after an axis: of latitude (``NS``) or of longitude (``EW``)."""
    behind, front = ("|".join(names[one] for one in hemispheres) for names in (_NAMES, _FRONT))
    return (
        rf"(?:{_LEAD}(?P<{axis}v>{_BODY})\s{{0,2}}(?P<{axis}h>{behind})(?![a-zа-я])"
        rf"|{_LEAD}(?P<{axis}g>{front})[ \t]{{0,2}}(?P<{axis}w>{_BODY})(?!\s{{0,2}}[NSEW](?![A-Z]|\s?\d)))"
    )


_START = (
    r"(?:(?<![\w.°º˚∘?*#¿])(?<!\d[A-DF-MO-RT-VX-Z?*#¿][-–—:])"
    r"(?:(?<!\d[-–—:'’′])|(?=\D))|(?<=[EW])(?=\d{4,6}(?:\.\d{1,4})?[NS]|\d{2}[ -]\d{2})|"
    r"(?<=\d)(?=[NS]\d{4}))"
)
_END = (
    r"(?:(?![\w°º˚∘])|(?=(?:BACK|TO|AND|CAUTION|[NSEW])\b)|(?=\d{4,6}(?:\.\d{1,4})?[NS]\d)|"
    r"(?=\d{2}[ -]\d{2}(?:\.\d{1,4})?\s?[NS])|(?=[NS]\d{4}))"
)
"""A pair stands by itself, or is glued to the next one."""
_BETWEEN = r"(?:\s?lat(?:itude)?\b|\s?long(?:itude)?\b)?[.\s,;/|–—、，-]{0,6}(?:(?:and|by|x)\s{1,3})?"
_LAT_FIRST = regex(f"{_START}{_angle('a', 'NS')}{_BETWEEN}{_angle('o', 'EW')}{_END}", re.IGNORECASE)
_LON_FIRST = regex(f"{_START}{_angle('o', 'EW')}{_BETWEEN}{_angle('a', 'NS')}{_END}", re.IGNORECASE)
_BARE = regex(
    r"(?<![\w.])lat(?:itude|\.)?:?\s?(?P<lat>[-+]?\d{1,3}(?:\.\d{1,9})?)°?[,;]?\s(?:and\s)?"
    r"long?(?:itude|\.)?:?\s?(?P<lon>[-+]?\d{1,3}(?:\.\d{1,9})?)°?(?![\w°'’′])",
    re.IGNORECASE,
)
"""Without hemispheres, only where the words say which is which: 'lat 12.35, lon 47.25'."""
_SIGNED = regex(
    r"(?<![\w.,*?#¿-])(?P<lat>[-+−]?\d{1,2}\.\d{3,9}),\s{0,2}(?P<lon>[-+−]?\d{1,3}\.\d{3,9})(?![\d°'’′]|\s?[NSEW]\b)"
)
"""Signed decimal degrees of three decimals or more, latitude first as people write them: '28.6670, -80.6210'."""
_UNSIGNED = regex(
    rf"\blat(?:itude)?[.:]?\s{{0,2}}(?P<lat>{_BODY})(?:\s?[NS]\b)?[.\s,;]{{1,4}}(?:and\s)?"
    rf"long?(?:itude)?[.:]?\s{{0,2}}(?P<lon>{_BODY})(?:\s?[EW]\b)?(?![\w°º˚∘'’′.?*#¿])",
    re.IGNORECASE,
)
"""With the words, but without one of the hemispheres or both: 'latitude 34°41′50″, longitude 120°36′20″'."""
_ONE = regex(rf"(?<![\w.°]){_angle('a', 'NSEW')}(?![\w°])", re.IGNORECASE)
_ODD = regex(r"(?<!\w)(?:[OIlSBQZ?*#_¿]\d{1,2}|\d{1,2}[OIlSBQZ?*#_¿]|\d[OIlSBQZ?*#_¿]\d)\s{1,2}$|[°º˚∘]\s{0,2}$")
"""Figures among which is one that is none, or the sign of degrees that stand before."""
_LONGITUDE = regex(
    r"\d\s{0,2}(?:[°º˚∘'’′´`‘\"”″“]{1,2}|(?:deg(?:rees?)?|grader|min(?:utes?)?|sec(?:onds?)?)\.?)?\s{0,2}"
    rf"(?:{_NAMES['E']}|{_NAMES['W']})(?![a-zа-я])"
    r"|[eøw东東西](?<![a-z].)(?:ast|est|[经經])?[ \t]{0,2}\d",
    re.IGNORECASE,
)
"""What no pair with its hemispheres is without: a figure beside east or west."""
_LONGEST = 250
"""Characters: no pair begins so far in front of its longitude."""
_LATITUDE = regex(r"lat(?:itude)?[.:]{0,2}\s{0,2}[-+]?\d")
_DECIMALS_OF_ONE = regex(r"\.\d{3,9},")
"""What no pair without hemispheres is without: in small letters 'lat' and a figure, or else decimals and a comma."""
_NO_DEGREES = regex(rf"(?:{_PRIME}|{_SECOND})$", re.IGNORECASE)
_GLUED_NUMBER = regex(r"(?<![\d.])(\d{1,2})\.(?=\d{4}(?:\d\d)?[NS]\s?\d{5}(?:\d\d)?[EW])")
"""The number of a corner, run together with it: '2.132000N 0932000E'."""
_LETTER = regex(r"(?<![A-Za-z])[NSEW](?![A-Za-z])", re.IGNORECASE)
_NUMBERS = regex(r"\d+(?:[.,]\d+)?")
_MOST = {True: 90.0, False: 180.0}


NO_HEMISPHERE = "no hemisphere printed"
"""The problem of a pair whose words say latitude and longitude, and no letter which; its degrees have no sign."""
HALF_PRINTED = "not both hemispheres printed"


class Position(Record, kw_only=True):
    """A pair of angles in a text.

    Parameters
    ----------
    start, end : offsets of its words
    lon, lat : degrees; what the figures give even where they cannot be
    problem : what cannot be right about it, empty for a sound one
    """

    start: int
    end: int
    lon: float
    lat: float
    problem: str = ""


class Angle(Record, kw_only=True):
    """One latitude or longitude by itself ('between 10-00N and 12-00N').

    Parameters
    ----------
    degrees : north and east positive
    north : whether it is a latitude
    """

    start: int
    end: int
    degrees: float
    north: bool
    problem: str = ""


def find_positions(text: str) -> list[Position]:
    """Find all positions of a text in their order, none within another."""
    positions: list[Position] = []
    if longitude := _LONGITUDE.search(text):
        text = _GLUED_NUMBER.sub(r"\g<1> ", text)
        positions += _pairs(text, max(0, longitude.start() - _LONGEST))
    if _LATITUDE.search(text.lower()):
        positions += [*_plain(_BARE, text), *_unsigned(text)]
    if _DECIMALS_OF_ONE.search(text):
        positions += _plain(_SIGNED, text)
    found: list[Position] = []
    for position in sorted(positions, key=lambda one: (one.start, -one.end)):
        if not found or position.start >= found[-1].end:
            found.append(position)
    return found


def has_longitude(text: str) -> bool:
    """Whether a text may have a longitude with its hemisphere: a quick look, which says yes too often."""
    return _LONGITUDE.search(text) is not None


def find_angles(text: str) -> list[Angle]:
    """Find all latitudes and longitudes, each by itself, in their order."""
    return [angle for match in _ONE.finditer(text) if (angle := _read(match, "a")) is not None]


def _pairs(text: str, start: int) -> list[Position]:
    """Pairs with their hemispheres from an offset on, in the order of most of them, latitude first in doubt.

    Where a corner is damaged, the longitude of one must not be taken with the latitude of the next.
    """
    # a first corner without its hemisphere makes as many pairs of either order
    found = ([*_read_all(pattern, text, start)] for pattern in (_LAT_FIRST, _LON_FIRST))
    kept, others = sorted(found, key=len, reverse=True)
    kept += [one for one in others if all(one.end <= two.start or two.end <= one.start for two in kept)]
    return sorted(kept, key=lambda one: one.start)


def _read_all(pattern: re.Pattern[str], text: str, start: int) -> Iterator[Position]:
    """All pairs of one order from an offset on."""
    while match := pattern.search(text, start):
        lat, lon = _read(match, "a"), _read(match, "o")
        if lat is None or lon is None or _numbered(match) or _half_read(text, match):
            start = match.start() + 1
            continue
        problem = "; ".join(part for part in (lat.problem, lon.problem) if part)
        yield Position(start=match.start(), end=match.end(), lon=lon.degrees, lat=lat.degrees, problem=problem)
        start = match.end()


def _numbered(match: re.Match[str]) -> bool:
    """Whether what looks like degrees is the number of a corner: '1 34 10N 121 20W'."""
    body = match["av"] or ""
    other = match["ov"] or match["ow"] or ""
    return bool(re.match(r"\d\s\d+\s\d", body)) and len(re.findall(r"\d+", other)) == 2


def _half_read(text: str, match: re.Match[str]) -> bool:
    """Whether a pair lacks its degrees, which cannot be read: 'O6 17 30 S' is not 17 degrees and 30 minutes."""
    return match[0][0].isdigit() and bool(_ODD.search(text[max(0, match.start() - 5) : match.start()]))


def _plain(pattern: re.Pattern[str], text: str) -> Iterator[Position]:
    """All pairs of plain degrees that a pattern finds."""
    for match in pattern.finditer(text):
        lat, lon = (float(match[axis].replace("−", "-")) for axis in ("lat", "lon"))
        problem = "; ".join(part for part in (_beyond(lat, north=True), _beyond(lon, north=False)) if part)
        yield Position(start=match.start(), end=match.end(), lon=lon, lat=lat, problem=problem)


def _unsigned(text: str) -> Iterator[Position]:
    for match in _UNSIGNED.finditer(text):
        parts = [_parts(match[axis], north=axis == "lat") for axis in ("lat", "lon")]
        if parts[0] is None or parts[1] is None or _BARE.match(text, match.start()):
            continue
        lat, lon = (degrees + minutes / 60 + seconds / 3600 for degrees, minutes, seconds in (parts[0], parts[1]))
        problem = HALF_PRINTED if _LETTER.search(match[0]) else NO_HEMISPHERE
        yield Position(start=match.start(), end=match.end(), lon=lon, lat=lat, problem=problem)


def _read(match: re.Match[str], axis: str) -> Angle | None:
    """One angle of a match, None when its figures have no such form."""
    said = (match[f"{axis}h"] or match[f"{axis}g"]).lower()
    names = _NAMES if match[f"{axis}h"] else _FRONT
    hemisphere = next(name for name, words in names.items() if re.fullmatch(words, said))
    north = hemisphere in "NS"
    parts = _parts(match[f"{axis}v"] or match[f"{axis}w"], north=north)
    if parts is None:
        return None
    degrees, minutes, seconds = parts
    value = degrees + minutes / 60 + seconds / 3600
    problem = f"minutes of {minutes:g}" if minutes >= 60 else f"seconds of {seconds:g}" if seconds >= 60 else ""
    return Angle(
        start=match.start(),
        end=match.end(),
        degrees=round(-value if hemisphere in "SW" else value, 7),
        north=north,
        problem=problem or _beyond(value, north=north),
    )


def _parts(body: str, *, north: bool) -> tuple[float, float, float] | None:
    """Degrees, minutes and seconds of an angle; None when the number of its figures fits no style."""
    bare = re.fullmatch(r"\d+\s+\d+([.,]\d+)?", body.strip())
    if bare and not re.fullmatch(
        rf"\d{{1,{2 if north and len(bare[0].split()[1]) == 1 else 3}}}\s+\d{{1,2}}([.,]\d+)?", body.strip()
    ):
        body = re.sub(r"\s", "", body)  # a run of figures that a line break or a blank has torn
    if re.match(r"\d+\.\d+(?:\.\d+\D*$|['’′])", body):  # 28.51.16 and 69.17'40'': what looks like a decimal is none
        body = body.replace(".", " ")
    body = re.sub(r"(\d)['’′],(\d)", r"\1.\2", body)  # 44',5
    numbers = [number.replace(",", ".") for number in _NUMBERS.findall(body)]
    figures = len(numbers[0].partition(".")[0])
    if len(numbers) == 1 and _NO_DEGREES.search(body):
        return None
    if len(numbers) == 1 and figures > 3:
        return _run_together(numbers[0], north=north)
    if not 1 <= len(numbers) <= 3 or any("." in number for number in numbers[:-1]):
        return None
    if figures > (2 if north else 3) and float(numbers[0]) <= _MOST[north]:
        return None  # a latitude of three figures is another number, unless it is too large to be one
    degrees, minutes, seconds = (*(float(number) for number in numbers), 0.0, 0.0)[:3]
    return degrees, minutes, seconds


def _run_together(number: str, *, north: bool) -> tuple[float, float, float] | None:
    """'130200' or '11537.5': two figures for each part, three for the degrees of a longitude."""
    whole, _, decimals = number.partition(".")
    width = 2 if north else 3
    if len(whole) not in (width + 2, width + 4):
        return None
    degrees, rest = float(whole[:width]), whole[width:]
    last = float(f"{rest[-2:]}.{decimals or 0}")
    return (degrees, last, 0.0) if len(rest) == 2 else (degrees, float(rest[:2]), last)


def _beyond(value: float, *, north: bool) -> str:
    if abs(value) <= _MOST[north]:
        return ""
    return f"{'latitude' if north else 'longitude'} of {abs(value):g} degrees"
