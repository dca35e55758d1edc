"""What each row of the table of phrases builds: from the words that were found to a node of an expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from geomap import phrases, quantities
from geomap.mentions.bind import Binder
from geomap.patterns import regex
from geomap.types import (
    Amount,
    Between,
    CoastSide,
    Direction,
    Distance,
    Expression,
    HighSeas,
    Inside,
    Intersection,
    Named,
    Near,
    Offshore,
    Outside,
    Part,
    Record,
    Zone,
)

SIGNS = {"C": "\ue001", "A": "\ue002", "P": "\ue003", "S": "\ue004", "L": "\ue005", "Z": "\ue006"}
"""Signs that stand for names in a masked text; see `geomap.mentions.grammar`."""

_POINTS = (
    "north", "northnortheast", "northeast", "eastnortheast", "east", "eastsoutheast", "southeast", "southsoutheast",
    "south", "southsouthwest", "southwest", "westsouthwest", "west", "westnorthwest", "northwest", "northnorthwest",
)  # fmt: skip
BEARINGS = {name: 22.5 * number for number, name in enumerate(_POINTS)}
"""Compass points, degrees clockwise from true north."""

_LETTER = {"N": "north", "S": "south", "E": "east", "W": "west"}
_LETTERS = 3
_ENDING = regex(r"(?:ern|wards?|erly)$")
_HYPHEN = regex("[- ]")
_DEGREES_DEG, _NARROW_DEG, _WIDE_DEG, _SIDE_DEG = 5.0, 11.25, 22.5, 45.0
_LIES = regex(
    rf"(?:[{''.join(SIGNS.values())}](?: (?:is|are|lies|lie|sits|stands|was))(?: only| just)?"
    rf"|[{''.join(sign for letter, sign in SIGNS.items() if letter != 'S')}](?: only| just)?) $"
    r"|\b(?:reach|stretch|extend|run)(?:es|s)?(?: out)?(?: to| for)? $"
)
"""'Guam is 3,400 km from …', 'Tokyo some 1,300 km from …' tell how the map lies, not where anything happened."""
_IS = regex(rf"[{''.join(SIGNS.values())}] (?:is|are|lies|lie|sits|stands)(?: only| just)? $")
"""The same where a direction is given too: 'the Black Sea 35 miles east of' is no such thing."""
_REACHES = regex(r"\b(?:range|reach|radius|zone|belt|limit|width|strip)s? of (?:up to )?$", re.IGNORECASE)
_OUTSIDE = phrases.behind("out*", "beyond", "nowhere near", "short")
_GUARD = regex(r"[ -]guards?\b", re.IGNORECASE)
_SHARES = {"half": 0.5, "third": 1 / 3}
_TIP, _FAR, _OUTER = 0.1, 0.2, 0.33
"""How much of its extent the tip of a land is, its far north, and each side of what is central."""
_BESIDE_KM = 30.0
"""'Just north of the line' is no farther from it."""
_BELT_NM = {"contiguous zone": 24}
_TERRITORIAL_NM = 12


class Context(Record, kw_only=True):
    """What a builder may ask.

    Parameters
    ----------
    nodes : of the anchors, by their offsets in the document
    text : a sentence of the masked text, with a little of what stands around it
    first : offset of its first character in the document
    binder : knows which country 'its' is
    """

    nodes: Mapping[int, Expression]
    text: str
    first: int
    binder: Binder

    def at(self, match: re.Match[str], group: str | int = 0) -> int:
        """Where a match, or a group of it, begins in the document."""
        return self.first + match.start(group)


Built: TypeAlias = "tuple[str, Expression | None] | None"
"""The kind of mention and its tree; None when the words are no such phrase after all."""
NOWHERE: Built = ("", None)
"""The words are such a phrase, but tell how the map lies or what something can do, not where anything happened."""
Builder: TypeAlias = Callable[[re.Match[str], Context], Built]


def bearing(words: str | None) -> float | None:
    """Bearing in degrees of a compass word ('north-northwestern'); None for none."""
    if not words:
        return None
    if words.isupper() and len(words) <= _LETTERS:
        words = "".join(_LETTER[letter] for letter in words)
    return BEARINGS.get(_ENDING.sub("", _HYPHEN.sub("", words.lower())))


def sector(words: str) -> float:
    """Half the width in degrees of the sector that a compass word leaves open: 22.5 for eight points, else 11.25."""
    return _WIDE_DEG if (bearing(words) or 0.0) % 45 == 0 else _NARROW_DEG


# ------------------------------------------------------------------------------------------- parts of a match


def _group(match: re.Match[str], name: str) -> str:
    """The words of a group; empty when the row has none of that name or it took no part."""
    return match.groupdict().get(name) or ""


def _anchor(match: re.Match[str], context: Context, group: str = "x") -> Expression | None:
    return context.nodes.get(context.at(match, group)) if _group(match, group) else None


def _owner(match: re.Match[str], context: Context) -> Expression | None:
    """The country or place that 'its', "Japan's" or 'Japanese' stands for."""
    if _group(match, "owner"):
        return context.nodes.get(context.at(match, "owner"))
    country = context.binder.country(context.at(match))
    return Named(f"countries/{country}") if country else None


def _length(match: re.Match[str]) -> Amount | None:
    found = quantities.lengths(match["len"], metres=True)
    return found[0].amount if found else None


def _defines(match: re.Match[str], context: Context, lies: re.Pattern[str] = _LIES) -> bool:
    """Whether a length belongs to a place's position, to a range or to the width of a zone, by what is in front."""
    in_front = context.text[max(0, match.start() - 32) : match.start()]
    return lies.search(in_front) is not None or _REACHES.search(in_front) is not None


def _direction(match: re.Match[str]) -> float | None:
    return bearing(_group(match, "dir"))


def _related(match: re.Match[str], zone: Zone) -> Inside | Outside:
    """A zone with what the words say of it; a zone without such words is the zone itself."""
    return Outside(zone) if _OUTSIDE.match(_group(match, "rel")) else Inside(zone)


# ------------------------------------------------------------------------------------------- coasts and parts


def coast(match: re.Match[str], context: Context) -> Built:
    """'Its east coast', "Japan's coast", 'the west coast of North Korea'; "Japan's coast guard" is no coast."""
    if _GUARD.match(context.text, match.end()):
        return None
    of = _anchor(match, context) or (None if _group(match, "x") else _owner(match, context))
    return ("relative", CoastSide(of, _direction(match))) if of else None


def own_coast(match: re.Match[str], context: Context) -> Built:
    """'On the west coast', of the country that the sentence speaks of."""
    country, towards = context.binder.country(context.at(match)), _direction(match)
    if country is None or towards is None:
        return None
    side = CoastSide(Named(f"countries/{country}"), towards)
    return "relative", Offshore(side) if match[0].lower().startswith("off ") else side


def coast_on_sea(match: re.Match[str], context: Context) -> Built:
    """Build "Yemen's Red Sea coast", 'the Pacific coast of Japan'."""
    of = _anchor(match, context) or (None if _group(match, "x") else _owner(match, context))
    sea = _anchor(match, context, "sea")
    return ("relative", Intersection(CoastSide(of, None), sea)) if of and sea else None


def part(match: re.Match[str], context: Context) -> Built:
    """'Eastern North Korea', 'the northern tip of Taiwan'; without a direction its interior ('inland North Korea')."""
    of, towards = _anchor(match, context), _direction(match)
    if of is None or (towards is None and _group(match, "dir")):  # "Norway's north-south road"
        return None
    return "relative", Part(of, towards, _share(match))


def middle(match: re.Match[str], context: Context) -> Built:
    """'Central Israel', 'the middle of Spain'."""
    of = _anchor(match, context)
    return ("relative", Part(of, None, _OUTER)) if of else None


def somewhere(match: re.Match[str], context: Context) -> Built:
    """'An undisclosed place in Pakistan': all of it."""
    of = _anchor(match, context)
    return ("relative", of) if of else None


def _share(match: re.Match[str]) -> float | None:
    """How much of a land the words mean, when they say so."""
    if half := _group(match, "half"):
        return _SHARES[half.lower()]
    if _group(match, "tip"):
        return _TIP
    return _FAR if _group(match, "far") else None


def own_part(match: re.Match[str], context: Context) -> Built:
    """'Its north'; 'its northern neighbour' is no part of it."""
    of = None if match["dir"].lower().endswith("ern") else _owner(match, context)
    return ("relative", Part(of, _direction(match), _share(match))) if of else None


def capital(match: re.Match[str], context: Context) -> Built:
    """'The North Korean capital'."""
    country = context.binder.country_of(_anchor(match, context))
    return ("city", Named(f"capital/{country}")) if country else None


def own_capital(match: re.Match[str], context: Context) -> Built:
    """'The capital' of the country that the sentence speaks of."""
    country = context.binder.country(context.at(match))
    return ("city", Named(f"capital/{country}")) if country else None


# --------------------------------------------------------------------------------- distances and directions


def off(match: re.Match[str], context: Context) -> Built:
    """'Off Sinpo', 'waters off its east coast'."""
    of = _anchor(match, context)
    if isinstance(of, Intersection) and isinstance(of.a, CoastSide):  # "off Yemen's Red Sea coast"
        return "relative", Intersection(Offshore(of), of.b)
    return ("relative", Offshore(of)) if of else None


def length_and_direction(match: re.Match[str], context: Context) -> Built:
    """'300 km east of Wonsan'."""
    of, length, towards = _anchor(match, context), _length(match), _direction(match)
    if _defines(match, context, _IS):
        return NOWHERE
    if of is None or length is None or towards is None:
        return None
    return "relative", Direction(of, towards, sector(match["dir"]), length)


def length_and_bearing(match: re.Match[str], context: Context) -> Built:
    """'90 km from Paradip on a bearing of 140 degrees'."""
    of, length = _anchor(match, context) or _anchor(match, context, "y"), _length(match)
    if of is None or length is None or float(match["deg"]) > 360:
        return None
    return "relative", Direction(of, float(match["deg"]) % 360, _DEGREES_DEG, length)


def length_off_coast(match: re.Match[str], context: Context) -> Built:
    """'60 km off the shore': that of the country that the sentence speaks of."""
    country, length = context.binder.country(context.at(match)), _length(match)
    if _defines(match, context):
        return NOWHERE
    if country is None or length is None:
        return None
    return "relative", Distance(CoastSide(Named(f"countries/{country}"), None), length)


def length_only(match: re.Match[str], context: Context) -> Built:
    """'57 km off Sokcho'."""
    of, length = _anchor(match, context), _length(match)
    if _defines(match, context):
        return NOWHERE
    return ("relative", Distance(of, length)) if of and length else None


def reach(match: re.Match[str], context: Context) -> Built:
    """'Within 12 nautical miles of Taiwan'."""
    of, length = _anchor(match, context), _length(match)
    if of is None or length is None:
        return None
    said = Amount(value=length.value, low=0.0, high=length.value, said=length.said)
    return "relative", Distance(of, said)


def side(match: re.Match[str], context: Context) -> Built:
    """'West of Okushiri Island', 'waters east of the Korean Peninsula'."""
    of, towards = _anchor(match, context), _direction(match)
    if of is None or towards is None:
        return None
    wide = max(_SIDE_DEG, sector(match["dir"]) * 2)
    return "relative", Direction(of, towards, wide, None, sea=bool(_group(match, "sea")))


def beside(match: re.Match[str], context: Context) -> Built:
    """'Just north of the Blue Line'."""
    of, towards = _anchor(match, context), _direction(match)
    if of is None or towards is None:
        return None
    near_by = Amount(value=_BESIDE_KM / 2, low=0.0, high=_BESIDE_KM, said=match[0])
    return "relative", Direction(of, towards, max(_SIDE_DEG, sector(match["dir"]) * 2), near_by)


def near(match: re.Match[str], context: Context) -> Built:
    """'Near Sunan', 'the Kusong area', 'on the outskirts of Semnan'."""
    of = _anchor(match, context)
    return ("relative", Near(of)) if of else None


def between(match: re.Match[str], context: Context) -> Built:
    """'Between Haeju Bay and Jangsagot', 'midway between Guam and Palau', 'the sea between Korea and Japan'."""
    a, b = _anchor(match, context), _anchor(match, context, "y")
    if not a or not b:
        return None
    states = context.binder.country_of(a) and context.binder.country_of(b)
    if states and match[0].lower().startswith("between"):
        return None  # 'talks between Washington and Pyongyang'
    part = "middle" if _group(match, "middle") else "sea" if _group(match, "sea") else ""
    return "relative", Between(a, b, part)


def in_both(match: re.Match[str], context: Context) -> Built:
    """'The Sea of Japan, about 150 km west of Oga Peninsula'."""
    a, b = _anchor(match, context), _anchor(match, context, "y")
    return ("relative", Intersection(a, b)) if a and b else None


# ----------------------------------------------------------------------------------------------------- zones


def zone(match: re.Match[str], context: Context) -> Built:
    """'Outside Japan's exclusive economic zone', 'inside the zone'."""
    binder = context.binder
    named = _anchor(match, context) or (_owner(match, context) if _group(match, "owner") else None)
    country = binder.country_of(named) or binder.claimant(context.at(match))
    if country is None and _group(match, "own"):
        country = binder.country(context.at(match))
    country = country or binder.zone_owner(context.at(match))
    if country is None:
        return None
    binder.note_zone(context.at(match), country)
    return "zone", _related(match, Zone(f"eez/{country}"))


def waters(match: re.Match[str], context: Context) -> Built:
    """'Philippine waters': the economic zone as a place; nobody claims that something lies inside it."""
    owner = _anchor(match, context) or _anchor(match, context, "y") or _anchor(match, context, "z")
    country = context.binder.country_of(owner)
    return ("relative", Zone(f"eez/{country}")) if country else None


def side_waters(match: re.Match[str], context: Context) -> Built:
    """Build "the North's western waters": the sea off its west coast."""
    of = _owner(match, context)
    return ("relative", Offshore(CoastSide(of, _direction(match)))) if of else None


def high_seas(match: re.Match[str], context: Context) -> Built:
    """'International waters', 'the high seas'."""
    return "relative", HighSeas()


def belt(match: re.Match[str], context: Context) -> Built:
    """Build "inside Japan's territorial waters"; 'the territorial sea, 12 nautical miles wide' only defines it."""
    if not (match["own"] or match["rel"] or match["x"] or match["y"]):
        return None
    country = context.binder.country_of(_anchor(match, context))
    country = country or (context.binder.country_of(_owner(match, context)) if match["own"] else None)
    country = country or context.binder.zone_owner(context.at(match), told_before=False)
    if country is None:
        return None
    words = match["belt"].lower()
    if words == "airspace":
        return "relative", Named(f"countries/{country}")
    return "zone", _related(match, Zone(f"belts/{country}-{_BELT_NM.get(words, _TERRITORIAL_NM)}"))
