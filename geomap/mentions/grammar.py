"""The table of spatial phrases: which words become which node of an expression.

A text is masked first: every name that was found is replaced, letter for letter, by a sign that says what it is, so
that each row below reads like the phrase it stands for:

    C country   A its adjective   P town, region, site, island, cape   S sea   L line or zone   Z a phrase found before

`PHRASES` is tried row by row, again and again, until nothing more is found: the phrases inside come first and are
anchors (Z) of those around them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from geomap import quantities
from geomap.mentions.bind import Binder
from geomap.types import (
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

_POINTS = ("north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest")
BEARINGS = {name: 45.0 * number for number, name in enumerate(_POINTS)} | {
    "northnortheast": 22.5,
    "eastnortheast": 67.5,
    "eastsoutheast": 112.5,
    "southsoutheast": 157.5,
    "southsouthwest": 202.5,
    "westsouthwest": 247.5,
    "westnorthwest": 292.5,
    "northnorthwest": 337.5,
}
"""Compass points, degrees clockwise from true north."""

_ONE = r"(?:north|south|east|west)"
DIRECTION = rf"(?:{_ONE}(?:[- ]?{_ONE}){{0,2}})(?:ern|ward|wards|erly)?"
_LENGTH = (
    rf"(?:{quantities.HEDGE}|(?:an |a )?(?:estimated ))*{quantities.NUMBER}[\s-]?{quantities.UNIT}"
    rf"(?:\s?\([^()]{{0,40}}\))?(?:, or [^,()]{{3,30}},)?"
)
_MACROS = {letter: f"{sign}+" for letter, sign in SIGNS.items()} | {
    "DIR": rf"(?P<dir>{DIRECTION})",
    "LEN": rf"(?P<len>{_LENGTH})",
    "OWN": r"(?P<own>its|their|our|the (?:country|nation|state|island|kingdom|peninsula)['’]s(?: own)?|(?P<owner>{C}|{P}|{A})(?:['’]s?)?(?: own)?)",
    "ITS": r"(?P<own>its|their|the (?:country|nation|state|kingdom)['’]s)",
    "COAST": r"(?:coast(?:line|s)?|shores?(?:line)?|seaboard|coastal (?:district|area|region|waters))",
    "WATER": r"(?:(?:international |open )?(?:waters?|seas?|ocean))",
    "EEZ": r"(?:EEZ|exclusive economic zones?(?: \(EEZ\))?|economic exclusion zone|economic zone)",
    "THE": r"(?:the )?",
    "N": r"(?P<x>{C}|{P}|{S}|{Z}|{L})",
    "M": r"(?P<y>{C}|{P}|{S}|{Z}|{L})",
}


class Found(Record, kw_only=True):
    """A phrase: offsets, the kind of mention that it makes, its tree, and the row that made it."""

    start: int
    end: int
    kind: str
    node: Expression
    row: str


class Context(Record, kw_only=True):
    """What a row's builder may ask: the nodes of the anchors by offset, the masked text and the binder of 'its'."""

    nodes: Mapping[int, Expression]
    text: str
    binder: Binder


Builder = Callable[[re.Match[str], Context], "tuple[str, Expression] | None"]


def bearing(words: str | None) -> float | None:
    """Bearing in degrees of a compass word ('north-northwestern'); None for none."""
    if not words:
        return None
    plain = re.sub(r"(?:ern|wards?|erly)$", "", re.sub(r"[- ]", "", words.lower()))
    return BEARINGS.get(plain)


def sector(words: str) -> float:
    """Half the width in degrees of the sector that a compass word leaves open: 22.5 for eight points, else 11.25."""
    return 22.5 if BEARINGS.get(re.sub(r"[- ]", "", words.lower()), 0.0) % 45 == 0 else 11.25


def _anchor(match: re.Match[str], context: Context, group: str = "x") -> Expression | None:
    return context.nodes.get(match.start(group))


def _length(match: re.Match[str]) -> quantities.Amount | None:
    found = quantities.lengths(match["len"])
    return found[0].amount if found else None


def _owner(match: re.Match[str], context: Context) -> Expression | None:
    """The country or place that 'its', "Japan's" or 'Japanese' stands for."""
    if match.groupdict().get("owner"):
        return context.nodes.get(match.start("owner"))
    country = context.binder.country(match.start())
    return Named(f"countries/{country}") if country else None


def _coast(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    of = _anchor(match, context) if "x" in match.groupdict() else _owner(match, context)
    return ("relative", CoastSide(of, bearing(match["dir"]))) if of else None


def _off(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    of = _anchor(match, context)
    return ("relative", Offshore(of)) if of else None


def _quantified(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    of, length, towards = _anchor(match, context), _length(match), bearing(match["dir"])
    if of is None or length is None or towards is None:
        return None
    return "relative", Direction(of, towards, sector(match["dir"]), length)


def _ring(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    of, length = _anchor(match, context), _length(match)
    before = context.text[max(0, match.start() - 24) : match.start()]
    # 'Guam is 3,400 km from …', 'Tokyo some 1,300 km from …' tell how the map lies, not where anything happened
    if re.search(rf"[{''.join(SIGNS.values())}](?: (?:is|are|lies|lie|sits|stands|was))?(?: only| just)? $", before):
        return None
    return ("relative", Distance(of, length)) if of and length else None


def _side(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    of, towards = _anchor(match, context), bearing(match["dir"])
    if of is None or towards is None:
        return None
    wide = max(45.0, sector(match["dir"]) * 2)
    return "relative", Direction(of, towards, wide, None, sea="sea" in match.groupdict() and bool(match["sea"]))


def _part(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    of = _anchor(match, context)
    return ("relative", Part(of, bearing(match.groupdict().get("dir")))) if of else None


def _own_part(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    of = None if match["dir"].lower().endswith("ern") else _owner(match, context)  # 'its northern neighbour' is no part
    return ("relative", Part(of, bearing(match["dir"]))) if of else None


def _near(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    of = _anchor(match, context)
    return ("relative", Near(of)) if of else None


def _between(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    a, b = _anchor(match, context), _anchor(match, context, "y")
    return ("relative", Between(a, b)) if a and b else None


def _within(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    a, b = _anchor(match, context), _anchor(match, context, "y")
    return ("relative", Intersection(a, b)) if a and b else None


def _capital(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    country = context.binder.country_of(context.nodes.get(match.start("x")))
    return ("city", Named(f"capital/{country}")) if country else None


def _zone(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    """'outside Japan's exclusive economic zone', 'inside the zone'."""
    groups = match.groupdict()
    named = bool(groups.get("owner"))
    country = context.binder.country_of(_owner(match, context)) if named else None
    if country is None and groups.get("x"):
        country = context.binder.country_of(_anchor(match, context))
    if country is None:
        country = context.binder.zone_owner(match.start())
    if country is None:
        return None
    context.binder.note_zone(match.start(), country)
    zone = Zone(f"eez/{country}")
    relation = (groups.get("rel") or "").lower()
    return "zone", Outside(zone) if relation.startswith(("out", "beyond", "nowhere", "short")) else Inside(zone)


def _belt(match: re.Match[str], context: Context) -> tuple[str, Expression] | None:
    if not match["own"] and not match["rel"]:
        return None  # 'the territorial sea, 12 nautical miles wide' defines the thing
    country = context.binder.country_of(_owner(match, context)) if match["own"] else None
    country = country or context.binder.zone_owner(match.start())
    if country is None:
        return None
    words = match["belt"].lower()
    if "air" in words:
        return "relative", Named(f"countries/{country}")
    miles = 24 if "contiguous" in words else 12
    zone = Zone(f"belts/{country}-{miles}")
    return "zone", Outside(zone) if (match["rel"] or "").lower().startswith(("out", "beyond")) else Inside(zone)


_REL = r"(?:(?P<rel>inside|within|outside|out|in|into|near|beyond|short|nowhere near)(?: of)? )"
PHRASES: tuple[tuple[str, str, Builder], ...] = (
    # zones
    ("zone of an owner", rf"(?:{_REL})?(?:{{THE}}(?:part|waters|edge|limits?) of )?{{THE}}{{OWN}} (?:claimed )?{{EEZ}}", _zone),
    ("zone of a country", rf"(?:{_REL})?{{THE}}{{EEZ}} of {{THE}}{{N}}", _zone),
    ("the zone", rf"{_REL}(?:the|that) (?:same )?(?:{{EEZ}}|zone)(?! \()", _zone),
    ("an owner's zone", rf"(?:{_REL})?{{THE}}{{OWN}} zone(?! \()", _zone),
    ("belt", rf"(?:{_REL})?{{THE}}(?:{{OWN}} )?(?P<belt>territorial (?:waters|seas?)|contiguous zone|airspace)(?! of)", _belt),
    # coasts
    ("coast about a place", r"{THE}(?:{DIR} )?{COAST} (?:near|around|of the) (?P<x>{P})", _near),
    ("side of its coast", r"{OWN} (?:{DIR} )?{COAST}", _coast),
    ("coast of a place", r"{THE}(?:{DIR} )?{COAST} of {THE}{N}", _coast),
    ("coast by name", r"the (?P<x>{P}) coast", _near),
    # parts of countries
    ("side of a country", r"(?<!to )the (?:{DIR})(?: (?:part|side|end|tip))? of {THE}(?P<x>{C}|{S})", _part),
    ("direction and country", r"(?P<dir>(?:north|south)?-?(?:east|west|north|south)ern) (?P<x>{C})", _part),
    ("inland", r"(?:an? |the )?(?:inland|central|interior)(?: (?:part|region|area))?(?: of)? {THE}(?P<x>{C})", _part),
    ("its side", r"{ITS} {DIR}(?! (?:of|coast))", _own_part),
    ("its capital", r"the (?P<x>{A}) capital", _capital),
    # offshore, distances, directions
    ("length and direction", r"{LEN} (?:(?:to the|due) )?{DIR} (?:of|from|off) (?:the (?:city|town|island) of )?{THE}{N}", _quantified),
    ("length", r"{LEN} (?:off|from|away from|clear of)(?: (?:the (?:city|town|island|coast|shore) of|the coast of))? {THE}{N}", _ring),
    ("off", r"(?:{THE}{WATER} )?off (?:of )?(?:the coast of )?{THE}{N}", _off),
    ("water to a side", r"{THE}(?P<sea>{WATER}) (?:to the )?{DIR} of {THE}{N}", _side),
    ("to a side", r"(?:to )?(?:the )?{DIR} of {THE}{N}", _side),
    ("between", r"(?:{THE}(?:{WATER}|area|strip) )?between {THE}{N} and {THE}{M}", _between),
    # surroundings
    ("area of", r"(?:the )?(?P<x>{P}) (?:area|region|vicinity|district)(?: of (?:{P}|{C}))?", _near),
    ("vicinity of", r"(?:in )?the (?:vicinity|area|neighbou?rhood|proximity) of {THE}{N}", _near),
    ("near", r"(?:near|close to|not far from|around) {THE}(?P<x>{P}|{Z}|{C})", _near),
    ("side, in a sea", r"(?P<x>{Z}),? in {THE}(?P<y>{S})", _within),
    ("sea, off a place", r"{THE}(?P<x>{S}),? (?P<y>{Z})", _within),
)  # fmt: skip
"""Rows of (name, phrase, builder); upper-case words in braces are the macros above."""


def _compiled() -> list[tuple[str, re.Pattern[str], Builder]]:
    rows = []
    for name, phrase, build in PHRASES:
        pattern = phrase
        while macro := re.search(r"\{([A-Z]+)\}", pattern):
            pattern = pattern.replace(macro[0], _MACROS[macro[1]])
        rows.append((name, re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE), build))
    return rows


_ROWS = _compiled()


def find_phrases(masked: str, nodes: dict[int, Expression], binder: Binder) -> list[Found]:
    """Find all phrases in a masked text.

    Parameters
    ----------
    masked : the text with every name replaced by signs of the same length
    nodes : node of each name by its offset; phrases are added to it
    binder : knows which country 'its' is

    Returns
    -------
    list
        outermost phrases only, in the order of the text; the phrases inside are in their trees
    """
    found: dict[int, Found] = {}
    text = masked
    for _ in range(4):  # phrases in phrases: nothing in print is deeper
        before = text
        for name, pattern, build in _ROWS:
            at = 0
            while match := pattern.search(text, at):
                at = match.end()
                built = build(match, Context(nodes=nodes, text=text, binder=binder))
                if built is None:
                    at = match.start() + 1
                    continue
                start, end = match.span()
                for inner in [key for key, item in found.items() if start <= item.start and item.end <= end]:
                    del found[inner]
                found[start] = Found(start=start, end=end, kind=built[0], node=built[1], row=name)
                nodes[start] = built[1]
                sign = SIGNS["L"] if built[0] == "zone" else SIGNS["Z"]
                text = text[:start] + sign * (end - start) + text[end:]
        if text == before:
            break
    return sorted(found.values(), key=lambda item: item.start)
