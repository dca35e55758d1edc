"""Radii, widths and bearings in the words of notices."""

from __future__ import annotations

import re
from collections.abc import Callable

from geomap.patterns import regex
from geomap.types import Record

_COUNTED = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "hundred": 100}
_NUMBER = (
    r"(?:(?<![\w.,/-])|(?<=\bR))(?P<{0}n>\d{{1,3}},\d{{3}}|\d{{1,4}}(?:[.,]\d{{1,4}})?|\.\d{{1,3}}|"
    rf"(?:(?:{'|'.join(_TENS)})[- ])?(?:{'|'.join(_COUNTED)})|{'|'.join(_TENS)})"
)
_UNIT = (
    r"\s?-?\s?(?P<{0}u>n\.?\s?miles?|nautical[- ]miles?|naut\.? miles?|naut(?:iske?|ical)? ?mil(?:er)?|nmi?|n\.m\.?|"
    r"sea miles?|millas?(?:\s(?:nautic|náutic)as)?|milhas?|milles?(?:\s(?:nautiques|marins))?|"
    r"statute miles?|miles?|mn|kilomet(?:er|re)s?|kms?|met(?:er|re)s?|mtrs?|m|yards?|yds?|feet|ft)(?![\w])"
)
_NM_KM = 1.852
_KM = {
    "statute": 1.609344, "km": 1.0, "kilo": 1.0, "met": 0.001, "mtr": 0.001, "m": 0.001, "ya": 0.0009144,
    "yd": 0.0009144, "fe": 0.0003048, "ft": 0.0003048,
}  # fmt: skip


def _length(name: str) -> str:
    return (_NUMBER + _UNIT).format(name)


class Length(Record, kw_only=True):
    """A length in nautical miles, with its words and where they stand."""

    start: int
    end: int
    nm: float
    said: str


_RADIUS_BEFORE = regex(
    rf"(?:\bradius\s(?:of\s|is\s|:\s?)?|\bradius:?\s?)(?:about\s|approx\w*\s)?{_length('a')}"
    rf"|{_length('b')}[\s-](?:in\s|de\s|of\s)?(?:radius|rad\b|rayon|radio|raio|circle|arc)"
    rf"|\brayon\s(?:de\s)?{_length('f')}"
    rf"|\b(?:within|wi|inside|in)\s(?:a\s|an\s)?(?:distance\s(?:of\s)?|radius\s(?:of\s)?|circle\s(?:of\s)?)?{_length('c')}\s"
    rf"(?:radius\s|range\s)?(?:of|from|around|about|round)\b"
    rf"|\bcircle\s(?:of\s|with\s)?(?:a\s)?{_length('d')}"
    rf"|{_length('e')}\s(?:around|about|round)\b"
    rf"|{_length('g')}\sof\W*$"
    rf"|(?:(?<![\w-])r\s?=?\s?|\brad\b\.?\s){_length('h')}",
    re.IGNORECASE,
)
_RADIUS_AFTER = regex(
    rf"\b(?:within\s|with\s|in\s)?(?:a\s)?(?:radius|rad\b\.?|range)\s{{0,2}}[:=]?\s{{0,2}}(?:of\s|is\s)?{_length('a')}"
    rf"|^\W{{0,4}}{_length('b')}[\s-]radius"
    rf"|^\W{{0,4}}r\s?=?\s?{_length('c')}",
    re.IGNORECASE,
)
_AT_HEIGHT = regex(rf"{_length('a')}\sradius\sat\b", re.IGNORECASE)
_HALF_WIDTH = regex(
    rf"{_length('a')}\s(?:to\s|on\s|of\s)?(?:the\s)?(?:either|each|both)\s(?:of\s)?(?:the\s)?sides?"
    rf"|\b(?:within|wi)\s{_length('b')}\sof\s(?:(?:a|the|straight|great|circle)\s)*(?:tra[ck]{{1,2}}(?:\s?line)?s?|"
    rf"lines?|cent(?:er|re)[- ]?line|route|path)"
    rf"|\b(?:either|each|both)\s(?:of\s)?(?:the\s)?sides?\s(?:by|to|within|of)\s{_length('c')}",
    re.IGNORECASE,
)
_WIDTH = regex(
    rf"{_length('a')}[\s-](?:wide|in\swidth|width|broad)|\b(?:width|wide|breadth)\s{{0,2}}[:=]?\s{{0,2}}(?:of\s|is\s)?{_length('b')}",
    re.IGNORECASE,
)
_DIAMETER = regex(rf"{_length('a')}\sin\sdiameter|\bdiameter\s(?:of\s)?{_length('b')}", re.IGNORECASE)
_REACH = regex(
    rf"\b(?:radius|length|leng\w*|lenge|range|out\sto|distance|extend\w*|to)\b[^\d\n]{{0,20}}{_length('a')}",
    re.IGNORECASE,
)
_INNER = regex(
    rf"\bbetween\s(?:radii\s(?:of\s)?)?{_NUMBER.format('i')}(?:{_UNIT.format('i')})?\s(?:and|to|-)\s{_length('o')}",
    re.IGNORECASE,
)

_DEGREES = (
    r"(\d{1,3}(?:[.,]\d{1,2})?)\s?(?:°|º|(?:deg(?:rees?)?|grader)\b\.?)?\s?(?:\(?(?:t|true|m|mag(?:netic)?)\b\)?)?"
)
_BEARINGS = regex(
    rf"\b(?:bearings?|brgs?|radials?|azimuths?|courses?|peiling\w*|b[äæ]ring\w*|sectors?|sektor\w*)\b[^\d\n]{{0,40}}{_DEGREES}\s?"
    rf"(?:-|–|to|and|thru|through|until|til|till|/|clockwise(?:\sto)?|og)\s?(?:bearing\s|radial\s|azimuth\s)?{_DEGREES}"
    rf"|\b(?:between|from)\s(\d{{1,3}})\s?(?:(?:°|deg(?:rees?)?\b\.?)\s?)?(?:true\s)?(?:and|to)\s(\d{{1,3}})\s?(?:°|deg(?:rees?)?\b)"
    rf"|(?<![\d.]){_DEGREES}\s(?:to|and|thru|through|-|clockwise to)\s{_DEGREES}\s?(?:true\s)?(?:bearings?|radials?|"
    rf"azimuths?)",
    re.IGNORECASE,
)


def find_radius(before: str, after: str) -> Length | None:
    """The radius about a position: the last that the words before it give, else the first of those behind it."""
    across = _last(_DIAMETER, before)
    if across is not None:
        return _halved(across)
    return _last(_RADIUS_BEFORE, before) or _first(_RADIUS_AFTER, after)


def find_reach(words: str) -> Length | None:
    """How far a sector reaches from its centre."""
    return _first(_RADIUS_BEFORE, words) or _first(_REACH, words)


def find_radii_at(words: str) -> list[float]:
    """Further radii about the same centre, at other heights ('332NM RADIUS AT FL250'), nautical miles."""
    return [_read(match).nm for match in _AT_HEIGHT.finditer(words)]


def find_half_width(words: str) -> Length | None:
    """Half of the width of a corridor, as far as its edge lies from its middle line."""
    either = _last(_HALF_WIDTH, words)
    if either is not None:
        return either
    whole = _last(_WIDTH, words)
    return None if whole is None else _halved(whole)


def _halved(whole: Length) -> Length:
    return Length(start=whole.start, end=whole.end, nm=whole.nm / 2, said=whole.said)


def find_band(words: str) -> tuple[float, float] | None:
    """The inner and the outer radius of a ring, nautical miles ('between 5 and 20 NM')."""
    match = _INNER.search(words)
    if match is None:
        return None
    outer = _nm(match["on"], match["ou"])
    inner = _nm(match["in"], match["iu"] or match["ou"])
    return (inner, outer) if inner < outer else None


def find_bearings(words: str) -> tuple[float, float] | None:
    """The two bearings of a sector, clockwise from the first to the second, degrees true."""
    match = _BEARINGS.search(words)
    if match is None:
        return None
    one, other = (float(found.replace(",", ".")) for found in match.groups() if found is not None)
    return (one, other) if one <= 360 and other <= 360 and one != other else None


def _first(pattern: re.Pattern[str], words: str) -> Length | None:
    match = pattern.search(words)
    return None if match is None else _read(match)


def _last(pattern: re.Pattern[str], words: str) -> Length | None:
    found: list[re.Match[str]] = list(pattern.finditer(words))
    return _read(found[-1]) if found else None


def _read(match: re.Match[str]) -> Length:
    name = next(key[0] for key, value in match.groupdict().items() if key.endswith("n") and value is not None)
    nm = _nm(match[f"{name}n"], match[f"{name}u"])
    return Length(start=match.start(), end=match.end(), nm=nm, said=f"{match[f'{name}n']} {match[f'{name}u']}")


def _nm(number: str, unit: str) -> float:
    """Nautical miles; a mile without another word is nautical, as notices to mariners and airmen have it."""
    thousands = re.fullmatch(r"\d{1,3},\d{3}", number)
    words = re.split(r"[- ]", number.lower())
    if words[0].isalpha():
        value = float(sum(_TENS.get(word) or _COUNTED[word] for word in words))
    else:
        value = float(number.replace(",", "" if thousands else "."))
    small = unit.lower()
    named: Callable[[str], bool] = small.startswith
    nautical = "naut" in small or small.startswith(("n", "mil", "sea", "mn"))
    km = _NM_KM if nautical else next(km for key, km in _KM.items() if named(key))
    return round(value * km / _NM_KM, 5)
