"""What a sentence does: fires something, lets it fly, lets it fall, or only talks of it."""

from __future__ import annotations

import re

from geomap import quantities
from geomap.types import Amount, Bearing, Record

LAUNCH = re.compile(
    r"\b(?:test-?fir(?:ed|es|ing)|test-?launch(?:ed|es|ing)|fir(?:ed|es|ing)(?! points?| position| range)|launch(?:ed|es|ing)(?! (?:pad|site|place|point|area)s?)|launch(?= (?:of|from|toward|into))"
    r"|sent (?:up |off )?|let(?:s|ting)? (?:loose|off|one off)|loos(?:ed|es)|lobb(?:ed|s)|shot (?:off|up|a)|shoots|blast(?:ed|s)|unleash(?:ed|es)"
    r"|conducted (?:a|its|another|the)? ?(?:\w+ ){0,3}(?:test|launch|firing)|carried out (?:a|its|another) ?(?:\w+ ){0,3}(?:test|launch|firing)"
    r"|test(?:ed|s) (?:a|an|its|the|two|three|what)|tried out|flew what|was released|went (?:up|out|clean)|gone up|goes up|took off|lifted off|(?:has |had )?left (?:a|an|the|its|[A-Z\ue000-\uf8ff])"
    r"|r(?:ises|ose|isen) from|climbed out|came from|leave (?:a|the|its)|opened up|out of (?=[A-Z])|has fired|had fired|was in the air|were in the air|in flight for|shots? (?:since|from)|volley|barrage|salvo|fusillade|hit by|struck with)",
    re.IGNORECASE,
)
IMPACT = re.compile(
    r"\b(?:land(?:ed|s|ing)|fell|fall(?:s|en|ing)?|splash(?:ed|es|down)|came down|come down|comes down|coming down|crash(?:ed|es|ing)|impact(?:ed|ing)|plung(?:ed|es|ing)"
    r"|dropp(?:ed|ing)|drops|hit(?:s|ting)?(?! by)|struck|strik(?:es|ing)|end(?:ed|s|ing) (?:its|their|up|in|inside|outside|near|at|within)|reached the (?:area|sea|target)"
    r"|went down|gone into|went into|into the (?:sea|water)|in the sea|hit the water|broke up over|ditched|loosed at|touched down|end point|splashes|fallen)(?!\w)",
    re.IGNORECASE,
)
_SPOT = re.compile(
    r"\b(?:the|that|this|one|a|three|two|their|its) (?:\w+ )?(?:spot|splash|point of impact|point|(?<=the )position(?= as|:)|three positions|end point|drop zones?|place where it fell|impact (?:point|area|zone)|target)s?\b(?! of view)|^\W*(?:splash(?:down)?)\b",
    re.IGNORECASE,
)
_MAYBE = re.compile(
    r"\b(?:could|would|might|can|cannot|capable|able to|designed to|built for|if |plans? to|planned|ready to|threaten\w*|will (?:fire|launch|test|be)|to be (?:fired|launched)|called off|cancell?ed"
    r"|should|must|warn(?:ed|s|ing)? (?:of|that)|prepar\w+ (?:to|for)|ban(?:ned|s)?|forbid\w*|allowed|violat\w*|no (?:launch|firing|test)|never fired|did not (?:fire|launch)|had predicted|shooting it down)\b",
    re.IGNORECASE,
)
_FLOWN = re.compile(
    r"\b(?:fl(?:ew|own|ies|ying|ight|y)|travel(?:l?ed|s|l?ing)?|cover(?:ed|s|ing)|went|rang(?:ed)|flight distance|ground distance|distance flown|distance(?: covered)?|along the ground|hop)\b",
    re.IGNORECASE,
)
_HEIGHT = re.compile(
    r"\b(?:altitudes?|height|apogee|peak(?:ed|ing)?|climb(?:ed|ing)?|rose|risen|rise|high(?:er)?|reach(?:ed|ing)? (?:an?|about|some|up|around|its)|up to)\b",
    re.IGNORECASE,
)
_NOT_FLOWN = re.compile(
    r"\b(?:ranges?(?! of motion)|reach of|capable|credited|designed|could|can|would|within (?:striking )?(?:range|reach)|zone|limit|boundary|from the (?:coast|shore|baseline)|wide|long|length|width|limit|end to end"
    r"|last|usual|usually|makers|put at|built for|stretches|reaches out|path|keep|clear of|pass at|guard|record|howitzers?|ferry|nautical miles from|away|apart|border|figures for its reach)\b",
    re.IGNORECASE,
)
_COMPASS = r"(?:north|south|east|west)(?:[- ]?(?:north|south|east|west))*"
_HEADED = re.compile(
    rf"(?:(?:towards?|to|in) (?:the |an? )?|head(?:ed|s|ing) |flying |flew |bearing of )(?P<dir>{_COMPASS})(?:ern|ward|wards|erly)?(?: direction)?(?! of| coast| side|ern|\s?[A-Z])"
    rf"|\b(?P<dir2>{_COMPASS})wards?\b|bearing of (?P<deg>\d{{1,3}}) degrees",
    re.IGNORECASE,
)
_POINTS = {"north": 0.0, "east": 90.0, "south": 180.0, "west": 270.0}


class Figures(Record, kw_only=True):
    """The numbers of a flight in a sentence, in km and degrees; None where it has none."""

    distance: Amount | None = None
    apogee: Amount | None = None
    bearing: Bearing | None = None
    nautical: bool = False


def is_launch(sentence: str) -> bool:
    """Whether a sentence says that something was fired, not that it could or might be."""
    match = LAUNCH.search(sentence)
    return bool(match) and not _doubtful(sentence, match)


def is_impact(sentence: str) -> bool:
    """Whether a sentence says where something came down."""
    return bool(IMPACT.search(sentence) or _SPOT.search(sentence)) and not re.search(
        r"\b(?:could|would|might) (?:have )?(?:land|fall|hit|reach|strike)", sentence
    )


def _doubtful(sentence: str, launch: re.Match[str] | None) -> bool:
    if launch is None:
        return False
    maybe = [match for match in _MAYBE.finditer(sentence) if match.start() < launch.end() + 12]
    near = [match for match in maybe if launch.start() - match.end() < 40]
    return bool(near) and not re.search(r"may have", sentence)


def figures(sentence: str, taken: list[tuple[int, int]]) -> Figures:
    """Read distance flown, greatest height and bearing from a sentence.

    Parameters
    ----------
    taken : spans of the sentence that belong to phrases on places ('170 km west of Cape Tappi'), whose lengths are not flown
    """
    distance = apogee = None
    nautical = False
    for length in quantities.lengths(sentence):
        if any(start < length.end and length.start < end for start, end in taken):
            continue
        before = sentence[max(0, length.start - 60) : length.start]
        after = sentence[length.end : length.end + 34]
        clause = re.split(r";|, (?:and|but|while|which) ", before)[-1]
        height = _last(_HEIGHT, clause)
        flown = _last(_FLOWN, clause)
        high_after = re.match(r" (?:high|in altitude|above|up\b|of altitude|altitude)", after)
        blocked = _NOT_FLOWN.search(clause) or re.match(
            r" (?:long|wide|from (?:the |its )?(?:coast|shore|border)|range|class|zone|limit|[Aa]way from|off\b|away\b|and more)",
            after,
        )
        if (
            high_after or (height is not None and height > (flown if flown is not None else -1))
        ) and not _NOT_FLOWN.search(clause):
            apogee = apogee or length.amount
        elif flown is not None and not blocked:
            if distance is None:
                distance, nautical = length.amount, length.unit == "mile"
        elif re.match(r" (?:along the ground|of ground distance|in distance)", after):
            distance = distance or length.amount
    return Figures(distance=distance, apogee=apogee, bearing=_bearing(sentence), nautical=nautical)


def _last(pattern: re.Pattern[str], text: str) -> int | None:
    matches = list(pattern.finditer(text))
    return matches[-1].end() if matches else None


def _bearing(sentence: str) -> Bearing | None:
    for match in _HEADED.finditer(sentence):
        if match["deg"]:
            value = float(match["deg"])
            if value <= 360:
                return Bearing(value=value % 360, low=value - 2, high=value + 2, said=match[0].strip())
        words = (match["dir"] or match["dir2"] or "").lower()
        value_of = compass(words)
        if value_of is not None:
            half = 22.5 if value_of % 45 == 0 else 11.25
            return Bearing(
                value=value_of, low=(value_of - half) % 360, high=(value_of + half) % 360, said=match[0].strip()
            )
    return None


def compass(words: str) -> float | None:
    """Bearing in degrees of a compass word of one to three points ('east-northeast'), None for none."""
    parts = re.findall(r"north|south|east|west", words)
    if not parts or len(parts) > 3:
        return None
    if len(parts) == 1:
        return _POINTS[parts[0]]
    pair = _between(_POINTS[parts[-2]], _POINTS[parts[-1]])
    return pair if len(parts) == 2 else _between(_POINTS[parts[0]], pair)


def _between(a: float, b: float) -> float:
    turn = (b - a + 180) % 360 - 180
    return (a + turn / 2) % 360
