"""The numbers of a flight in a sentence: how far it flew, how high it rose, where it was headed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap import phrases, quantities
from geomap.patterns import regex
from geomap.stems import may_have, stems
from geomap.types import Amount, Bearing, Record, Span

_AHEAD, _BEHIND = 60, 34
"""Characters that are looked at in front of a length and behind it."""

_FLOWN = phrases.anywhere(
    "fl(ew|own|ies|ying|ight|y)",
    "travel(l?ed|s|l?ing)?",
    "cover(ed|s|ing)",
    "went",
    "ranged",
    "(flight|ground) distance",
    "distance( covered| flown)?",
    "along the ground",
    "tracked for",
    "hop",
)
"""In front of a length: it is what was flown."""
_HEIGHT = phrases.anywhere(
    "altitudes?",
    "height",
    "apogee",
    "peak(ed|ing)?",
    "climb(ed|ing|s)?",
    "r(ose|isen|ises?)",
    "high(er)?",
    "reach(ed|es|ing)? (an?|about|some|up|around|its)",
    "reach(ed|es) <not out>(?! [^.,;]{0,30}(kilomet*|km|miles) (with|away|inland))",
    "soar(ed|s|ing)?",
    "up to",
)
"""In front of a length: it is how high it rose."""
_NOT_FLOWN = phrases.anywhere(
    # what it could fly
    r"ranges?\b <not of motion>",
    "reach of|reaches out|within (striking )?(range|reach)|figures for its reach",
    "capable|credited|designed|could|can|would|makers|put at|built for|record",
    # what was flown before
    "last|usual|usually",
    # how large something is
    "wide|long|length|width|end to end|stretches|path",
    # how far something lies
    "zone|limit|boundary|border|from the (coast|shore|baseline)|away|apart|keep|clear of|pass at|nautical miles from",
    # what is no missile, or no flight
    "guard|howitzers?|ferry|orbit*|satellites?",
)
"""In front of a length: it is something else."""

_TARGET = regex(r"\b(?:targets?|area|point)\b[^.;]*$")
"""In front of a length, with 'away' behind it: so far it was to fly, and did ('hit a target 1,500 km away')."""
_AND_HIGH = regex(
    r"^(?: in distance)?,? (?:and |with |at )*(?:(?:it )?reach\w* |to )?(?:an? |its )?(?:maximum |peak |"
    r"top |greatest |highest )?"
    r"(?:altitude|height|apogee)\b",
    re.IGNORECASE,
)
"""Behind a length: the height comes next, so that this is the distance ('950 km and an altitude of 4,475 km')."""
_FELL_AFTER = regex(
    r"\b(?:struck|landed|fell|came down|splashed down|hit|crashed|impacted|ended|"
    r"dropped)\b[^.;]*\bafter (?:a flight of )?$",
    re.IGNORECASE,
)
"""In front of a length: 'struck near the atoll after some 4,200 miles'."""
_HIGH_BEHIND = phrases.behind(" (high|in altitude|above|up|of altitude|altitude|at (the top|its (peak|highest)))")
_FLOWN_BEHIND = phrases.behind(" (along the ground|of ground distance|in distance|downrange)")
_NOT_FLOWN_BEHIND = phrases.behind(
    " (long|wide|range|class|zone|limit|away from|off|away|and more|inside|into|within|deep)",
    " from (the |its )?(coast|shore|border)",
)
_CLAUSE = regex(r";|, (?:and|but|while|which) ")

_COMPASS = r"(?:north|south|east|west)(?:[- ]?(?:north|south|east|west)){0,2}"
_HEADED = regex(
    r"(?:(?:towards?|to|in) (?:the |an? )?|head(?:ed|s|ing) |flying |flew |bearing of )"  # 'toward the northeast'
    rf"(?P<to>{_COMPASS})(?:ern|ward|wards|erly)?(?: direction)?\b(?! of| coast| side|(?-i:\s?[A-Z]))"
    rf"|\b(?P<wards>{_COMPASS})wards?\b"  # 'northeastward'
    r"|bearing of (?P<degrees>\d{1,3}) degrees",
    re.IGNORECASE,
)
_DIRECTIONS = stems("north", "south", "east", "west", "bearing")
_BEARING = stems("bearing")
_AWAY = regex(r"(?i:(?:north|south|east|west)\w*\b)(?! of| coast| side|\s?[A-Z])|(?i:wards?\b)")
"""A word of the compass that is no part of a name and no side of something."""
_POINT = regex("north|south|east|west")
_POINTS_DEG = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}
_ERROR_DEG = 2.0
_SECTORS_DEG = ((90.0, 33.75), (45.0, 22.5), (22.5, 11.25))
"""Half the width of the sector that a compass word leaves open, by what its bearing is a multiple of: those who say
'east' may choose among four points or among eight, those who say 'northeast' among eight."""


class Told(Record, kw_only=True):
    """A length in a sentence that is a ``distance`` flown or an ``apogee``; offsets are those in the sentence."""

    about: str
    start: int
    end: int
    amount: Amount


class Figures(Record, kw_only=True):
    """The numbers of a flight in a sentence, in km and degrees; None where it has none.

    Parameters
    ----------
    miles : whether the distance is given in miles without saying which
    told : all distances and heights in it, of which the first ones are ``distance`` and ``apogee``
    """

    distance: Amount | None = None
    apogee: Amount | None = None
    bearing: Bearing | None = None
    miles: bool = False
    told: tuple[Told, ...] = ()


def figures(sentence: str, taken: Sequence[Span]) -> Figures:
    """Read distance flown, greatest height and bearing from a sentence.

    Parameters
    ----------
    taken : spans of the sentence that belong to phrases on places ('170 km west of Cape Tappi'), whose lengths are not
        flown
    """
    distance = apogee = None
    miles = False
    told: list[Told] = []
    for length in quantities.lengths(sentence):
        if any(start < length.end and length.start < end for start, end in taken):
            continue
        meaning = _meaning(sentence, length)
        if meaning is not None:
            about = "apogee" if meaning == "height" else "distance"
            told.append(Told(about=about, start=length.start, end=length.end, amount=length.amount))
        if meaning == "height":
            apogee = apogee or length.amount
        elif meaning == "distance" and distance is None:
            distance, miles = length.amount, length.unit == "mile"
    return Figures(distance=distance, apogee=apogee, bearing=_bearing(sentence), miles=miles, told=tuple(told))


def _meaning(sentence: str, length: quantities.Length) -> str | None:
    """Whether a length is a ``height`` or a ``distance``; None for neither."""
    clause = _CLAUSE.split(sentence[max(0, length.start - _AHEAD) : length.start])[-1]
    behind = sentence[length.end : length.end + _BEHIND]
    height, flown = _last(_HEIGHT, clause), _last(_FLOWN, clause)
    other = _NOT_FLOWN.search(clause) is not None
    if (
        _FELL_AFTER.search(clause)
        or (_TARGET.search(clause) and behind.startswith(" away"))
        or (not other and height < 0 and _AND_HIGH.match(behind))
    ):
        return "distance"
    if not other and (_HIGH_BEHIND.match(behind) or height > flown):
        return "height"
    covered = flown >= 0 and not other and not _NOT_FLOWN_BEHIND.match(behind)
    return "distance" if covered or _FLOWN_BEHIND.match(behind) else None


def _last(pattern: phrases.Table, text: str) -> int:
    """Where the last match ends; -1 when there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=-1)


def _bearing(sentence: str) -> Bearing | None:
    may_head = may_have(sentence, _DIRECTIONS) and (_AWAY.search(sentence) or may_have(sentence, _BEARING))
    for match in _HEADED.finditer(sentence) if may_head else ():
        said = match[0].strip()
        if match["degrees"]:
            value = float(match["degrees"])
            if value <= 360:
                return Bearing(value=value % 360, low=value - _ERROR_DEG, high=value + _ERROR_DEG, said=said)
            continue
        towards = compass((match["to"] or match["wards"]).lower())
        if towards is not None:
            half = next((half for step, half in _SECTORS_DEG if towards % step == 0), _SECTORS_DEG[-1][1])
            return Bearing(value=towards, low=(towards - half) % 360, high=(towards + half) % 360, said=said)
    return None


def compass(words: str) -> float | None:
    """Bearing in degrees of a compass word of one to three points ('east-northeast'), None for none."""
    points = [_POINTS_DEG[point] for point in _POINT.findall(words)]
    if not points or len(points) > 3:
        return None
    towards = points[-1]
    for point in reversed(points[:-1]):  # 'east-northeast' is halfway between east and north-east
        towards = (point + ((towards - point + 180) % 360 - 180) / 2) % 360
    return towards
