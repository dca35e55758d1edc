r"""The table of spatial phrases: which words become which node of an expression.

A text is masked first: every name that was found is replaced, letter for letter, by a sign that says what it is, so
that each row below reads like the phrase it stands for:

    C country   A its adjective   P town, region, site, island, cape   S sea   L line or zone   Z a phrase found before

`PHRASES` is tried row by row, again and again, until nothing more is found: the phrases inside come first and are
anchors (Z) of those around them. Its last column names words one of which a sentence must have for the row to be tried;
behind each ``&`` stand more of them, one of which it must have too, or letters of signs.
"""

from __future__ import annotations

from geomap import quantities
from geomap.mentions import builders
from geomap.mentions.builders import SIGNS, Builder

_POINT = r"(?:north|south|east|west)"
_NAME = "{C}|{P}|{S}|{Z}|{L}"
_OWNER = r"(?P<owner>{C}|{P}|{A})(?:['’]s?)?(?: own)?"
_HEDGES = rf"(?:{quantities.HEDGE}|(?:an |a )?estimated ){{1,3}}"
_UNIT = rf"(?:{quantities.UNIT}|{quantities.METRES})"
_TO = rf"(?: to | and | or |\s?[-–—]\s?){quantities.NUMBER}"
_TWO, _ONE_OR_TWO = (rf"{quantities.NUMBER}{to}[\s-]?{_UNIT}" for to in (_TO, f"(?:{_TO})?"))

WORDS = {
    # 'north-northwestern', 'eastward', and the points of the compass in letters
    "DIR": rf"(?P<dir>{_POINT}(?:[- ]?{_POINT}){{0,2}}(?:ern|ward|wards|erly)?)",
    "WIND": rf"(?P<dir>{_POINT}(?:[- ]?{_POINT}){{0,2}}(?:ern|ward|wards|erly)?"
    r"|(?-i:[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?))",
    # 'an estimated 150 km (93 miles)', '150 km, or 93 miles,', 'between 150 and 200 km', '40–50 km'
    "LEN": rf"(?P<len>(?:(?:between |from )(?:{_HEDGES})?{_TWO}|(?:{_HEDGES})?{_ONE_OR_TWO})"
    r"(?:\s?\([^()]{0,40}\))?(?:, or [^,()]{3,30},)?)",
    "DEG": r"(?P<deg>\d{1,3}(?:\.\d{1,3})?) ?(?:degrees|°)(?: true)?",
    # 'its', "the country's own", "Japan's", 'Japanese'
    "OWN": rf"(?P<own>its|their|our|the (?:country|nation|state|island|kingdom|peninsula)['’]s(?: own)?|{_OWNER})",
    # the same, but never by name
    "ITS": r"(?P<own>its|their|the (?:country|nation|state|kingdom|republic)['’]s)",
    "COAST": r"(?:coast(?:line|s)?|shores?(?:line)?|seaboard|coastal (?:district|area|region|waters))",
    "WATER": r"(?:(?:international |open )?(?:waters?|seas?|ocean))",
    "EEZ": r"(?:EEZ|exclusive economic zones?(?: \(EEZ\))?|economic exclusion zone|economic zone)",
    # 'inside', 'short of', and how the text relates something to a zone
    "REL": r"(?:(?P<rel>inside|within|outside|out|in|into|near|beyond|short|nowhere near)(?: of)? )",
    "UNKNOWN": r"(?:undisclosed|undeclared|unnamed|unspecified|unidentified|unknown|secret)",
    "SPOT": r"(?:place|site|spot|location|area|base|facility|point)s?",
    "EDGE": r"(?P<edge>outskirts|edge|fringes?|suburbs?|approaches)",
    "MIDDLE": r"(?:middle|cent(?:er|re)|heart)",
    "THE": r"(?:the )?",
    "N": rf"(?P<x>{_NAME})",
    "M": rf"(?P<y>{_NAME})",
    **{letter: f"{sign}+" for letter, sign in SIGNS.items()},
}
"""What the words in braces stand for."""

_UNITS = "km kms kilometer kilometers kilometre kilometres mile miles mi nm nmi meters metres"
_COASTS = "coast coasts coastline coastlines shore shores shoreline seaboard coastal"
_WATERS = "water waters sea seas ocean"
_ZONES = "eez zone zones exclusion"
_ANCHOR = "& C P S Z L"
_COMPASS = "*"
"""Stands for any word that begins with a point of the compass."""
_ANY = "?"
"""Stands for a sentence with a phrase in it already."""

PHRASES: tuple[tuple[str, str, Builder, str], ...] = (
    # zones
    (
        "zone of an owner",
        "{REL}?(?:{THE}(?:part|waters|edge|limits?) of )?{THE}{OWN} (?:claimed )?{EEZ}",
        builders.zone,
        _ZONES,
    ),
    ("zone of a country", "{REL}?{THE}{EEZ} of {THE}{N}", builders.zone, f"{_ZONES} & of {_ANCHOR}"),
    ("zone of a state", "{REL}?the zone of {THE}(?P<x>{C})", builders.zone, f"{_ZONES} & of & C"),
    ("the zone", r"{REL}(?:the|that) (?:same )?(?:{EEZ}|zone)(?! \()", builders.zone, _ZONES),
    ("an owner's zone", r"{REL}?{THE}{OWN} zone(?! \()", builders.zone, _ZONES),
    (
        "belt",
        "{REL}?{THE}(?:{OWN} )?(?P<belt>territorial (?:waters|seas?)|contiguous zone|airspace)"
        r"(?: of {THE}(?P<x>{C}|{A})|(?! of\b(?! (?:\d|up to)))(?= off {THE}(?P<y>{P}|{C}))?)",
        builders.belt,
        "territorial contiguous airspace",
    ),
    (
        "waters of a state",
        "(?:(?:in |into |inside )?(?P<x>{A}) waters|(?P<y>{C})['’]s? waters|the waters of {THE}(?P<z>{C}))"
        "(?! (?:off|near|around|to|north|south|east|west))",
        builders.waters,
        f"{_WATERS} & A C",
    ),
    ("waters to a side of a state", "{THE}{OWN} {DIR} waters", builders.side_waters, f"{_WATERS} & {_COMPASS}"),
    ("high seas", "(?:the high seas|international waters)", builders.high_seas, "high international"),
    # coasts
    (
        "coast about a place",
        "{THE}(?:{DIR} )?{COAST} (?:near|around) {THE}(?P<x>{P})",
        builders.near,
        f"{_COASTS} & near around & P",
    ),
    ("side of its coast", "{OWN} (?:{DIR} )?{COAST}", builders.coast, _COASTS),
    (
        "side of the coast",
        "(?:(?:on|along|near|off|from|to) )?the {DIR} coast(?! of)",
        builders.own_coast,
        f"{_COASTS} & {_COMPASS}",
    ),
    ("coast on a sea", "{OWN} {THE}(?P<sea>{S}) {COAST}", builders.coast_on_sea, f"{_COASTS} & S"),
    ("coast on a sea, of", "{THE}(?P<sea>{S}) {COAST} of {THE}{N}", builders.coast_on_sea, f"{_COASTS} & of & S"),
    ("coast of a place", "{THE}(?:{DIR} )?{COAST} of {THE}{N}", builders.coast, f"{_COASTS} & of {_ANCHOR}"),
    # parts of lands
    (
        "side of a country",
        "(?<!to )the (?P<far>far |extreme )?{DIR}(?: (?:part|side|end))? of {THE}(?P<x>{C}|{S})",
        builders.part,
        f"{_COMPASS} & of & C S",
    ),
    ("end of a land", "the {DIR} (?:part|side|end) of {THE}(?P<x>{P})", builders.part, f"{_COMPASS} & of & P"),
    (
        "half of a land",
        "the {DIR} (?P<half>half|third) of {THE}(?P<x>{C}|{P}|{S})",
        builders.part,
        f"{_COMPASS} & half third & C P S",
    ),
    (
        "tip of a land",
        "the {DIR} (?P<tip>tip|edge|corner|extremity) of {THE}(?P<x>{C}|{P})",
        builders.part,
        f"{_COMPASS} & of & C P",
    ),
    (
        "direction and country",
        "(?P<far>far |extreme )?(?P<dir>(?:north|south)?-?(?:east|west|north|south)(?:ern)?) (?P<x>{C})",
        builders.part,
        f"{_COMPASS} & C",
    ),
    # 'eastern Hokkaido', 'southern Gangwon Province': of a town it is the town
    (
        "direction and land",
        "(?P<far>far |extreme )?(?P<dir>(?:north|south)?-?(?:east|west|north|south)ern) (?P<x>{P}|{S})",
        builders.part,
        f"{_COMPASS} & P S",
    ),
    ("its side", "{ITS} (?P<far>far |extreme )?{DIR}(?![-\\w]| (?:of|coast))", builders.own_part, _COMPASS),
    (
        "a country's side",
        r"(?P<x>{C})['’]s? (?P<far>far |extreme )?(?P<dir>(?:north|south)?-?(?:east|west|north|south))"
        r"(?![-\w]| [a-z]*(?:coast|shore|border|side))",
        builders.part,
        f"{_COMPASS} & C",
    ),
    (
        "inland",
        "(?:an? |the )?(?:inland|interior)(?: (?:part|region|area))?(?: of)? {THE}(?P<x>{C})",
        builders.part,
        "inland interior & C",
    ),
    (
        "middle of a land",
        "(?:central|the {MIDDLE} of) {THE}(?P<x>{C})",
        builders.middle,
        "central middle center centre heart & C",
    ),
    ("its capital", "the (?P<x>{A}|{C})(?:['’]s)? capital", builders.capital, "capital & A C"),
    ("its own capital", "{ITS} capital(?! of)", builders.own_capital, "capital"),
    (
        "the capital",
        "(?:(?<=in )|(?<=near )|(?<=from )|(?<=over )|(?<=around )|(?<=outside )|(?<=off ))the capital(?! of| city of)",
        builders.own_capital,
        "capital",
    ),
    ("capital of", "the capital of {THE}(?P<x>{C})", builders.capital, "capital & of & C"),
    (
        "unknown place in",
        "(?:an? )?{UNKNOWN} {SPOT} in {THE}(?P<x>{C}|{P}|{Z})",
        builders.somewhere,
        "undisclosed undeclared unnamed unspecified unidentified unknown secret & C P Z",
    ),
    # offshore, distances, directions
    (
        "length and direction",
        "{LEN} (?:(?:to the|due) )?{WIND} (?:of|from|off) (?:the (?:city|town|island) of )?{THE}{N}",
        builders.length_and_direction,
        f"{_UNITS} & of from off {_ANCHOR}",
    ),
    (
        "length and bearing",
        "{LEN} (?:from {THE}{N} )?(?:on|at|along) a bearing of {DEG}(?: from {THE}{M})?",
        builders.length_and_bearing,
        "bearing",
    ),
    (
        "length",
        "{LEN} (?:off|from|away from|clear of)(?: (?:the (?:city|town|island|coast|shore) of|the coast of))? {THE}{N}",
        builders.length_only,
        f"{_UNITS} & off from of {_ANCHOR}",
    ),
    (
        "length off the coast",
        "{LEN} off (?:the )?(?:coast|shore)(?! of)",
        builders.length_off_coast,
        "coast shore & off",
    ),
    (
        "reach",
        "within {LEN} (?:of|from) (?:the (?:coast|shores?) of )?{THE}{N}",
        builders.reach,
        f"within {_ANCHOR}",
    ),
    (
        "waters around",
        "{THE}{WATER} (?:around|near|surrounding) {THE}{N}",
        builders.off,
        f"{_WATERS} & around near surrounding {_ANCHOR}",
    ),
    # 'lifted off near Sinpo' is a verb, not the sea off a place
    (
        "off",
        r"(?<!lifted )(?<!took )(?<!take )(?<!takes )(?<!blasted )(?<!lifts )"
        "(?:{THE}{WATER} )?off (?:of )?(?:the coast of )?{THE}{N}",
        builders.off,
        f"off {_ANCHOR}",
    ),
    (
        "water to a side",
        "{THE}(?P<sea>{WATER}) (?:to the )?{DIR} of {THE}{N}",
        builders.side,
        f"{_WATERS} & {_COMPASS} & of {_ANCHOR}",
    ),
    (
        "just to a side",
        "(?:just|immediately|slightly|right) (?:to the )?{DIR} of {THE}{N}",
        builders.beside,
        f"{_COMPASS} & just immediately slightly right {_ANCHOR}",
    ),
    ("to a side", "(?:to )?(?:the )?{DIR} of {THE}{N}", builders.side, f"{_COMPASS} & of {_ANCHOR}"),
    (
        "between",
        "(?:(?:about |roughly )?(?P<middle>midway|half ?way|half-way) )?"
        "(?:{THE}(?P<sea>sea )|{THE}(?:{WATER}|area|strip) )?"
        "between {THE}(?:(?:islands|cities|towns|ports) of )?{N} and {THE}{M}",
        builders.between,
        f"between & and {_ANCHOR}",
    ),
    # surroundings
    (
        "area of",
        "(?:the )?(?P<x>{P}) (?:area|region|vicinity|district)(?: of (?:{P}|{C}))?",
        builders.near,
        "area region vicinity district & P",
    ),
    (
        "vicinity of",
        "(?:in )?the (?:vicinity|area|neighbou?rhood|proximity) of {THE}{N}",
        builders.near,
        f"vicinity area neighborhood neighbourhood proximity & of {_ANCHOR}",
    ),
    (
        "edge of a town",
        "(?:(?:the |an? )?(?:{DIR} )?{EDGE} of|just outside|outside) {THE}(?P<x>{P})",
        builders.near,
        "outskirts edge fringe fringes suburb suburbs approaches outside & P",
    ),
    (
        "near",
        "(?:near|close to|not far from|around) {THE}(?P<x>{P}|{Z}|{C})",
        builders.near,
        "near close far around & P Z C",
    ),
    # two at once
    ("side, in a sea", "(?P<x>{Z}),? in {THE}(?P<y>{S})", builders.in_both, f"{_ANY} & Z & S"),
    ("sea, off a place", "{THE}(?P<x>{S}),? (?P<y>{Z})", builders.in_both, f"{_ANY} & Z & S"),
)
"""Rows of (name, phrase, builder, words); words in braces stand for the expressions above."""
