"""What each row of the table of phrases builds: from the words that were found to a node of an expression."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from geomap import phrases, quantities
from geomap.mentions.bind import Binder
from geomap.types import (
    Amount,
    Between,
    CoastSide,
    Direction,
    Distance,
    Expression,
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

_ENDING = re.compile(r"(?:ern|wards?|erly)$")
_HYPHEN = re.compile("[- ]")
_NARROW_DEG, _WIDE_DEG, _SIDE_DEG = 11.25, 22.5, 45.0
_LIES = re.compile(
    rf"[{''.join(SIGNS.values())}](?: (?:is|are|lies|lie|sits|stands|was))?(?: only| just)? $"
    r"|\b(?:reach|stretch|extend|run)(?:es|s)?(?: out)?(?: to| for)? $"
)
"""'Guam is 3,400 km from …', 'Tokyo some 1,300 km from …' tell how the map lies, not where anything happened."""
_OUTSIDE = phrases.behind("out*", "beyond", "nowhere near", "short")
_BELT_NM = {"contiguous zone": 24}
_TERRITORIAL_NM = 12


class Context(Record, kw_only=True):
    """What a builder may ask: the nodes of the anchors by offset, the masked text and the binder of 'its'."""

    nodes: Mapping[int, Expression]
    text: str
    binder: Binder


Built: TypeAlias = "tuple[str, Expression] | None"
"""The kind of mention and its tree, None when the words are no such phrase after all."""
Builder: TypeAlias = Callable[[re.Match[str], Context], Built]


def bearing(words: str | None) -> float | None:
    """Bearing in degrees of a compass word ('north-northwestern'); None for none."""
    return BEARINGS.get(_ENDING.sub("", _HYPHEN.sub("", words.lower()))) if words else None


def sector(words: str) -> float:
    """Half the width in degrees of the sector that a compass word leaves open: 22.5 for eight points, else 11.25."""
    return _WIDE_DEG if BEARINGS.get(_HYPHEN.sub("", words.lower()), 0.0) % 45 == 0 else _NARROW_DEG


# ------------------------------------------------------------------------------------------- parts of a match


def _group(match: re.Match[str], name: str) -> str:
    """The words of a group; empty when the row has none of that name or it took no part."""
    return match.groupdict().get(name) or ""


def _anchor(match: re.Match[str], context: Context, group: str = "x") -> Expression | None:
    return context.nodes.get(match.start(group)) if _group(match, group) else None


def _owner(match: re.Match[str], context: Context) -> Expression | None:
    """The country or place that 'its', "Japan's" or 'Japanese' stands for."""
    if _group(match, "owner"):
        return context.nodes.get(match.start("owner"))
    country = context.binder.country(match.start())
    return Named(f"countries/{country}") if country else None


def _length(match: re.Match[str]) -> Amount | None:
    found = quantities.lengths(match["len"])
    return found[0].amount if found else None


def _direction(match: re.Match[str]) -> float | None:
    return bearing(_group(match, "dir"))


def _related(match: re.Match[str], zone: Zone) -> Inside | Outside:
    """A zone with what the words say of it; a zone without such words is the zone itself."""
    return Outside(zone) if _OUTSIDE.match(_group(match, "rel")) else Inside(zone)


# ------------------------------------------------------------------------------------------- coasts and parts


def coast(match: re.Match[str], context: Context) -> Built:
    """'Its east coast', "Japan's coast", 'the west coast of North Korea'."""
    of = _anchor(match, context) or (None if _group(match, "x") else _owner(match, context))
    return ("relative", CoastSide(of, _direction(match))) if of else None


def part(match: re.Match[str], context: Context) -> Built:
    """'Eastern North Korea'; without a direction its interior ('inland North Korea')."""
    of = _anchor(match, context)
    return ("relative", Part(of, _direction(match))) if of else None


def own_part(match: re.Match[str], context: Context) -> Built:
    """'Its north'; 'its northern neighbour' is no part of it."""
    of = None if match["dir"].lower().endswith("ern") else _owner(match, context)
    return ("relative", Part(of, _direction(match))) if of else None


def capital(match: re.Match[str], context: Context) -> Built:
    """'The North Korean capital'."""
    country = context.binder.country_of(_anchor(match, context))
    return ("city", Named(f"capital/{country}")) if country else None


# --------------------------------------------------------------------------------- distances and directions


def off(match: re.Match[str], context: Context) -> Built:
    """'Off Sinpo', 'waters off its east coast'."""
    of = _anchor(match, context)
    return ("relative", Offshore(of)) if of else None


def length_and_direction(match: re.Match[str], context: Context) -> Built:
    """'300 km east of Wonsan'."""
    of, length, towards = _anchor(match, context), _length(match), _direction(match)
    if of is None or length is None or towards is None:
        return None
    return "relative", Direction(of, towards, sector(match["dir"]), length)


def length_only(match: re.Match[str], context: Context) -> Built:
    """'57 km off Sokcho'."""
    of, length = _anchor(match, context), _length(match)
    if _LIES.search(context.text[max(0, match.start() - 24) : match.start()]):
        return None
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


def near(match: re.Match[str], context: Context) -> Built:
    """'Near Sunan', 'the Kusong area'."""
    of = _anchor(match, context)
    return ("relative", Near(of)) if of else None


def between(match: re.Match[str], context: Context) -> Built:
    """'Between Haeju Bay and Jangsagot'."""
    a, b = _anchor(match, context), _anchor(match, context, "y")
    if not a or not b:
        return None
    states = context.binder.country_of(a) and context.binder.country_of(b)
    if states and match[0].lower().startswith("between"):
        return None  # 'talks between Washington and Pyongyang'
    return "relative", Between(a, b)


def in_both(match: re.Match[str], context: Context) -> Built:
    """'The Sea of Japan, about 150 km west of Oga Peninsula'."""
    a, b = _anchor(match, context), _anchor(match, context, "y")
    return ("relative", Intersection(a, b)) if a and b else None


# ----------------------------------------------------------------------------------------------------- zones


def zone(match: re.Match[str], context: Context) -> Built:
    """'Outside Japan's exclusive economic zone', 'inside the zone'."""
    binder = context.binder
    country = binder.country_of(_owner(match, context)) if _group(match, "owner") else None
    country = country or binder.country_of(_anchor(match, context)) or binder.zone_owner(match.start())
    if country is None:
        return None
    binder.note_zone(match.start(), country)
    return "zone", _related(match, Zone(f"eez/{country}"))


def waters(match: re.Match[str], context: Context) -> Built:
    """'Philippine waters': the economic zone as a place; nobody claims that something lies inside it."""
    country = context.binder.country_of(_anchor(match, context))
    return ("relative", Zone(f"eez/{country}")) if country else None


def belt(match: re.Match[str], context: Context) -> Built:
    """Build "inside Japan's territorial waters"; 'the territorial sea, 12 nautical miles wide' only defines it."""
    if not (match["own"] or match["rel"] or match["x"]):
        return None
    country = context.binder.country_of(_anchor(match, context))
    country = country or (context.binder.country_of(_owner(match, context)) if match["own"] else None)
    country = country or context.binder.zone_owner(match.start())
    if country is None:
        return None
    words = match["belt"].lower()
    if words == "airspace":
        return "relative", Named(f"countries/{country}")
    return "zone", _related(match, Zone(f"belts/{country}-{_BELT_NM.get(words, _TERRITORIAL_NM)}"))
