"""The table of spatial phrases: which words become which node of an expression.

A text is masked first: every name that was found is replaced, letter for letter, by a sign that says what it is, so
that each row below reads like the phrase it stands for:

    C country   A its adjective   P town, region, site, island, cape   S sea   L line or zone   Z a phrase found before

`PHRASES` is tried row by row, again and again, until nothing more is found: the phrases inside come first and are
anchors (Z) of those around them.
"""

from __future__ import annotations

import re
from functools import cache

from geomap import quantities
from geomap.mentions import builders
from geomap.mentions.bind import Binder
from geomap.mentions.builders import SIGNS, Builder, Context
from geomap.types import Expression, Record

_DEEPEST = 4
"""Phrases in phrases: nothing in print is deeper."""

_POINT = r"(?:north|south|east|west)"
_NAME = "{C}|{P}|{S}|{Z}|{L}"
_OWNER = r"(?P<owner>{C}|{P}|{A})(?:['’]s?)?(?: own)?"
_WORDS = {
    # 'north-northwestern', 'eastward'
    "DIR": rf"(?P<dir>{_POINT}(?:[- ]?{_POINT}){{0,2}}(?:ern|ward|wards|erly)?)",
    # 'an estimated 150 km (93 miles)', '150 km, or 93 miles,'
    "LEN": rf"(?P<len>(?:{quantities.HEDGE}|(?:an |a )?estimated ){{0,3}}{quantities.NUMBER}[\s-]?{quantities.UNIT}"
    r"(?:\s?\([^()]{0,40}\))?(?:, or [^,()]{3,30},)?)",
    # 'its', "the country's own", "Japan's", 'Japanese'
    "OWN": rf"(?P<own>its|their|our|the (?:country|nation|state|island|kingdom|peninsula)['’]s(?: own)?|{_OWNER})",
    # the same, but never by name
    "ITS": r"(?P<own>its|their|the (?:country|nation|state|kingdom)['’]s)",
    "COAST": r"(?:coast(?:line|s)?|shores?(?:line)?|seaboard|coastal (?:district|area|region|waters))",
    "WATER": r"(?:(?:international |open )?(?:waters?|seas?|ocean))",
    "EEZ": r"(?:EEZ|exclusive economic zones?(?: \(EEZ\))?|economic exclusion zone|economic zone)",
    # 'inside', 'short of', and how the text relates something to a zone
    "REL": r"(?:(?P<rel>inside|within|outside|out|in|into|near|beyond|short|nowhere near)(?: of)? )",
    "THE": r"(?:the )?",
    "N": rf"(?P<x>{_NAME})",
    "M": rf"(?P<y>{_NAME})",
    **{letter: f"{sign}+" for letter, sign in SIGNS.items()},
}
"""What the words in braces stand for."""

PHRASES: tuple[tuple[str, str, Builder], ...] = (
    # zones
    (
        "zone of an owner",
        "{REL}?(?:{THE}(?:part|waters|edge|limits?) of )?{THE}{OWN} (?:claimed )?{EEZ}",
        builders.zone,
    ),
    ("zone of a country", "{REL}?{THE}{EEZ} of {THE}{N}", builders.zone),
    ("the zone", r"{REL}(?:the|that) (?:same )?(?:{EEZ}|zone)(?! \()", builders.zone),
    ("an owner's zone", r"{REL}?{THE}{OWN} zone(?! \()", builders.zone),
    (
        "belt",
        "{REL}?{THE}(?:{OWN} )?(?P<belt>territorial (?:waters|seas?)|contiguous zone|airspace)"
        "(?: of {THE}(?P<x>{C}|{A})|(?! of))",
        builders.belt,
    ),
    (
        "waters of a state",
        "(?:in |into |inside )?(?P<x>{A}) waters(?! (?:off|near|around|to|north|south|east|west))",
        builders.waters,
    ),
    # coasts
    ("coast about a place", "{THE}(?:{DIR} )?{COAST} (?:near|around) {THE}(?P<x>{P})", builders.near),
    ("side of its coast", "{OWN} (?:{DIR} )?{COAST}", builders.coast),
    ("coast of a place", "{THE}(?:{DIR} )?{COAST} of {THE}{N}", builders.coast),
    ("coast by name", "the (?P<x>{P}) coast", builders.near),
    # parts of countries
    ("side of a country", "(?<!to )the {DIR}(?: (?:part|side|end|tip))? of {THE}(?P<x>{C}|{S})", builders.part),
    ("end of a land", "the {DIR} (?:part|side|half|end|tip) of {THE}(?P<x>{P})", builders.part),
    ("direction and country", "(?P<dir>(?:north|south)?-?(?:east|west|north|south)(?:ern)?) (?P<x>{C})", builders.part),
    # 'eastern Hokkaido', 'southern Gangwon Province': of a town it is the town
    ("direction and land", "(?P<dir>(?:north|south)?-?(?:east|west|north|south)ern) (?P<x>{P})", builders.part),
    (
        "inland",
        "(?:an? |the )?(?:inland|central|interior)(?: (?:part|region|area))?(?: of)? {THE}(?P<x>{C})",
        builders.part,
    ),
    ("its side", "{ITS} {DIR}(?! (?:of|coast))", builders.own_part),
    ("its capital", "the (?P<x>{A}) capital", builders.capital),
    ("capital of", "the capital of {THE}(?P<x>{C})", builders.capital),
    # offshore, distances, directions
    (
        "length and direction",
        "{LEN} (?:(?:to the|due) )?{DIR} (?:of|from|off) (?:the (?:city|town|island) of )?{THE}{N}",
        builders.length_and_direction,
    ),
    (
        "length",
        "{LEN} (?:off|from|away from|clear of)(?: (?:the (?:city|town|island|coast|shore) of|the coast of))? {THE}{N}",
        builders.length_only,
    ),
    ("reach", "within {LEN} (?:of|from) (?:the (?:coast|shores?) of )?{THE}{N}", builders.reach),
    ("waters around", "{THE}{WATER} (?:around|near|surrounding) {THE}{N}", builders.off),
    # 'lifted off near Sinpo' is a verb, not the sea off a place
    (
        "off",
        r"(?<!lifted )(?<!took )(?<!take )(?<!takes )(?<!blasted )(?<!lifts )"
        "(?:{THE}{WATER} )?off (?:of )?(?:the coast of )?{THE}{N}",
        builders.off,
    ),
    ("water to a side", "{THE}(?P<sea>{WATER}) (?:to the )?{DIR} of {THE}{N}", builders.side),
    ("to a side", "(?:to )?(?:the )?{DIR} of {THE}{N}", builders.side),
    ("between", "(?:{THE}(?:{WATER}|area|strip) )?between {THE}{N} and {THE}{M}", builders.between),
    # surroundings
    ("area of", "(?:the )?(?P<x>{P}) (?:area|region|vicinity|district)(?: of (?:{P}|{C}))?", builders.near),
    ("vicinity of", "(?:in )?the (?:vicinity|area|neighbou?rhood|proximity) of {THE}{N}", builders.near),
    ("near", "(?:near|close to|not far from|around) {THE}(?P<x>{P}|{Z}|{C})", builders.near),
    # two at once
    ("side, in a sea", "(?P<x>{Z}),? in {THE}(?P<y>{S})", builders.in_both),
    ("sea, off a place", "{THE}(?P<x>{S}),? (?P<y>{Z})", builders.in_both),
)
"""Rows of (name, phrase, builder); words in braces stand for the expressions above."""

_MEASURED = re.compile(r"(?:km|kilomet\w+|miles?)(?: \([^)]*\))? from $")
"""In front of a phrase: a length that no row took."""
_AHEAD = 40
_BRACES = re.compile(r"\{([A-Z]+)\}")


class Found(Record, kw_only=True):
    """A phrase: offsets, the kind of mention that it makes, its tree, and the row that made it."""

    start: int
    end: int
    kind: str
    node: Expression
    row: str


@cache
def _rows() -> tuple[tuple[str, re.Pattern[str], Builder], ...]:
    rows = []
    for name, phrase, build in PHRASES:
        pattern = phrase
        while _BRACES.search(pattern):
            pattern = _BRACES.sub(lambda match: _WORDS[match[1]], pattern)
        rows.append((name, re.compile(rf"(?<!\w)(?<!\w-)(?:{pattern})(?!\w)", re.IGNORECASE), build))
    return tuple(rows)


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
    for _ in range(_DEEPEST):
        before = text
        for name, pattern, build in _rows():
            text = _tried(name, pattern, build, text, nodes, binder, found)
        if text == before:
            break
    # 'a zone of 200 miles from its coast' defines something: the coast in it is nowhere in the story
    told = (item for item in found.values() if not _MEASURED.search(masked, max(0, item.start - _AHEAD), item.start))
    return sorted(told, key=lambda item: item.start)


def _tried(
    name: str,
    pattern: re.Pattern[str],
    build: Builder,
    text: str,
    nodes: dict[int, Expression],
    binder: Binder,
    found: dict[int, Found],
) -> str:
    """Try one row on a text: what it finds goes into ``nodes`` and ``found``, and is masked in what comes back."""
    context = Context(nodes=nodes, text=text, binder=binder)
    pieces, done, at = [], 0, 0
    while match := pattern.search(text, at):
        built = build(match, context)
        if built is None:  # go on behind the word, not within '3,400'
            blank = text.find(" ", match.start())
            at = blank if blank > 0 else match.end()
            continue
        kind, node = built
        start, at = match.span()
        for offset in range(start, at):
            found.pop(offset, None)
        found[start] = Found(start=start, end=at, kind=kind, node=node, row=name)
        nodes[start] = node
        pieces += [text[done:start], SIGNS["L" if kind == "zone" else "Z"] * (at - start)]
        done = at
    return "".join([*pieces, text[done:]]) if pieces else text
