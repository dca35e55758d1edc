"""The part a name plays: a place, an actor ('Pyongyang said'), or embedded in another name."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cached_property

from geomap import phrases
from geomap.mentions.names import Name
from geomap.patterns import regex
from geomap.tokens import Tokens
from geomap.words import Words

_AHEAD, _BEHIND = 60, 80
"""Characters that are looked at in front of a name and behind it."""

_LOCATIVE = phrases.words(
    "in at near around round over outside inside across through throughout above beyond off into onto toward towards",
    "within leaving reaching visiting",
)
"""In front of any name: it is a place."""
_POINTED = phrases.words("to from of")
"""In front of a name that is no capital: it is a place, unless it qualifies a noun behind it."""
_CONNECTING = phrases.words(
    "and or but in on at to from of for with by as than over under into toward towards during through",
    "that which who when while after before since until then if because so",
    "it they he she is was has had were are will would",
)
"""Words in small letters behind a country's name that it does not qualify, unlike 'from U.S. personnel'."""
_AUXILIARY = phrases.words(
    "has had have was is are were will would could may might must should can did does do cannot been",
    "also never still now first itself later then",
)
"""Behind a country's name or a capital: a government acts."""
_STEPPED_OVER = phrases.words("also itself later first")
"""May stand between the name and the word of speech."""

_OF_A_STATE = phrases.source(
    # those who act for it
    "military|army|navy|air force|forces|police|troops|soldiers|guard|coast guard|commander|general|chief",
    "government|officials?|leaders?|president|prime|premier|minister|ministry|parliament|lawmakers|regime|state",
    "spokes*|envoy|ambassador|agency|agencies|security|intelligence|foreign|defen[cs]e|allies|neighbou?rs?",
    "media|broadcaster|newspaper|people|sister|capital's",
    # what belongs to it
    "program(me)?|missiles?|rockets?|nuclear|threat",
)
_WHOSE = regex(rf"(?P<between>(?:\w+ ){{0,3}}?){_OF_A_STATE}\b", re.IGNORECASE)
"""Behind a country's name: the name says whose ('North Korea state media')."""
_WITHIN = phrases.words("in inside across throughout within near")
_STATE_OF = regex(rf"{_OF_A_STATE} of (?:the )?$", re.IGNORECASE)
"""'The government of', in front of a country."""
_STRUCK = phrases.in_front(
    "(fell|falls?|fallen|falling|rain(s|ed|ing)?|landed|crashed|strikes?|attacks?|raids?|missiles?|drones?|bombs?) on",
    "(hit|hits|struck|shelled|bombed|attacked|targeted|pounded|reached|overflew|left|visit(s|ed)?)",
    "(hold|holds|held|control(s|led)?|seized?|captured?|occup(y|ies|ied))",
    "out of",
    "(fl(y|ies|ew|own)|flights?|went|go|goes|going|travel*|return*|dr(i|o)ve|head(s|ed|ing)?|train|bus|ferry|road|way"
    "|trip|tow|towed|bound|back|brought|taken|carried) (on |back |over |him |her |them )?(to|for)",
)
"""In front of any name: it was struck, or left."""
_STRUCK_ENDS = regex(r"(?:on|it|ts|ck|ed|ew|ft|ld|ds|ol|ls|ze|re|py|es|of|to|or) $", re.IGNORECASE)
"""How that ends, a quick look."""
_WORD_FROM = phrases.in_front(
    "(statements?|words?|responses?|reactions?|protests?|comments?|messages?|answers?|warnings?|condemnation|pressure|support"
    "|aid|signals?|threats?|call|calls|letter|note|approval|permission|criticism|silence|sanctions|help|orders?) from",
    "(independen(t|ce)|different|hear|heard|apart|aside|away|isolated|money|weapons) from",
)
"""In front of a capital: a government says, gives or sends something."""
_FIGURE = regex(r" \d")
_WITNESS = phrases.words("saw heard felt woke watched slept")
"""What people do: 'Kuwait City saw the trails' tells of a place."""
_PLURAL = phrases.words("were are have")
_LISTED_BEFORE = regex(r"(?:, |and )(?:the )?$")
_IN_RANGE = regex(
    r"(?:,? and [A-Z]\w+(?: [A-Z]\w+)?)? (?:is|are|was|were|would (?:both |all )?be|lies|lie)\s"
    r"(?:now |all |well |just )?(?:with)?in (?:range|reach)\b"
)
"""Behind a name: it could be hit."""
_OFFICE_IN = phrases.in_front(
    "(ministry|coalition|office|government|officials|embassy|headquarters|command|authorities|palace|agency)"
    r"( of( [A-Z]\w+){1,3})? in",
    "(coast guard|navy|army|air force|harbou?r office|consulate|mission|bureau|agency|observatory) (office )?in",
)
"""'Coalition in', 'Ministry of Defence in': the name says where an office sits."""
_IN = regex("in $", re.IGNORECASE)
"""How what these and the next find ends."""
_CLOCK_BEFORE = regex(r"\d[\d:.]* (?:[ap]\.?m\.? )?in $")
_CLOCK_BEHIND = regex(r" time\b")
"""'3:34 in Tokyo', '3:34 a.m. Tokyo time': only which clock is meant."""
_POSSESSIVE = regex(r"[’']s? ")
_SOMEWHERE = phrases.source(
    "coast|shore|island|province|border(?! guard| police| service| force)|north|south|east|west|capital",
    "EEZ|exclusive|economic|waters|airspace|territor|zone|contiguous",
    "airport|port|harbou?r|streets?|suburbs?|outskirts",
)
_BUILT = regex(
    rf"(?:own |main |old |new |smaller |larger |busy )?"
    rf"{phrases.source('airports?|ports?|harbou?rs?|schools?|bus(es)?|ferr(y|ies)|trains?|trams?|metro|subway|hospitals?')}"
    r"\b|(?:own |main |smaller |larger )?"
    rf"{phrases.source('hotels?|shops?|markets?|streets?|roads?|bridges?|beach(es)?|skyline|suburbs?|outskirts|islands')}\b"
)
"""Behind "Athens'": something that stands or runs there, so that the name says where."""
_LAND_OR_SEA = regex(rf"(?:own )?(?:\w+ern |\w+ ){{0,2}}?{_SOMEWHERE}")
"""Behind "Japan's": something that is somewhere, so that the name says where."""
_MEASURED = regex(
    r"(?: is| lies)?(?: only| just| less than| more than| some| about| around| roughly){0,3} [\d,.]{1,9} ?"
    r"(?:km|kilomet|mile|nautical)"
)
"""Behind a name: 'Guam is about 3,400 km from …'."""
_MEASURES = phrases.source(
    r"kilomet\w+|km|miles?|north|south|east|west|ern part",
    "area|district|region|outskirts|suburbs?|city|cities|outside|sky|airport|cent(er|re)|heart|streets",
    "residents|people|inhabitants|citizens",
    r"(flew|flown|flying) (\w+ )?|launch*|fired|flights?",
)
_MEASURED_BEFORE = regex(rf"{_MEASURES}(?: \([^)]*\))? (?:to |from |of )(?:the )?$", re.IGNORECASE)
"""In front of a capital: a distance or direction from it, or a flight to it."""
_MEASURED_ENDS = regex(r"(?:to|from|of) (?:the )?$", re.IGNORECASE)
_AS_FAR_AS = phrases.in_front("as far {away} as {the}")
_TO_A_NAME = regex(r" to (?:the )?[A-Z]")
_FROM_A_NAME = regex(r"from [A-Z][\w-]+(?: [A-Z][\w-]+)? to $")
"""'From Doha to Lahore', 'as far away as Baghdad'."""
_LIST = regex(r"(?:, [A-Z][\w.]+(?: [A-Z]\w+)?){0,4},? and [A-Z][\w.]+(?: [A-Z]\w+)? (?P<verb>[a-z]+)")
"""Behind a capital: 'London, Paris and Berlin condemned'."""
_GOES_WITH = regex(r"(?:,? and|,? or|,|/) ?(?:the )?")
"""Between two names: what the first is, the second is too."""
_BY_DEFAULT = "nothing about it makes it a place"
"""How the reason of a role ends that no rule gave."""
_NOUN = regex(r" ([a-z]+)")


class _Beside:
    """What stands in front of a name and behind it, which most of the rules look at."""

    def __init__(self, name: Name, tokens: Tokens) -> None:
        self._name, self._tokens = name, tokens
        self.before = tokens.text[max(0, name.start - _AHEAD) : name.start]
        self.behind = tokens.text[name.end : name.end + _BEHIND]

    @cached_property
    def word_before(self) -> str:
        """The word in front of a name, an article aside, in small letters; empty at the start of a sentence."""
        before = [word.text.lower() for word in self._tokens.before(self._name.start, 2)]
        if before and before[-1] == "the":
            before.pop()
        return before[-1] if before else ""

    @cached_property
    def is_struck(self) -> bool:
        """Whether something struck it, or left it."""
        return self.ends(_STRUCK_ENDS, 4) and _STRUCK.search(self.before) is not None

    def ends(self, pattern: re.Pattern[str], most: int) -> bool:
        """Whether what stands in front ends as a pattern says, which finds so many characters at most."""
        return pattern.search(self.before, max(0, len(self.before) - most)) is not None

    @cached_property
    def is_measured(self) -> bool:
        """Whether a distance or direction to it, or a flight, is given in front of it."""
        return self.ends(_MEASURED_ENDS, 10) and _MEASURED_BEFORE.search(self.before) is not None


def role_of(name: Name, tokens: Tokens, words: Words, datelines: Collection[int]) -> tuple[str, str]:
    """Tell the role of a name and why, in one sentence that a reader can check.

    Parameters
    ----------
    datelines : offsets of the names that stand in a dateline
    """
    found = _by_itself(name, datelines)
    if found is not None:
        return found
    beside = _Beside(name, tokens)
    for rule in (_by_an_office, _by_what_it_owns, _by_its_verb, _by_what_is_in_front):
        found = rule(name, beside, tokens, words)
        if found is not None:
            return found
    return "actor", f"{name.core!r} stands for a government: {_BY_DEFAULT}"


def roles_of(
    names: Sequence[Name], tokens: Tokens, words: Words, datelines: Collection[int]
) -> dict[int, tuple[str, str]]:
    """The role of every name and why, by the name's offset; names are in the order of the text."""
    roles: dict[int, tuple[str, str]] = {}
    before: Name | None = None
    for name in names:
        role, why = role_of(name, tokens, words, datelines)
        if before is not None and role == "actor" and why.endswith(_BY_DEFAULT):
            between = tokens.text[before.end : name.start]
            if roles[before.start][0] == "place" and _GOES_WITH.fullmatch(between):
                role, why = "place", f"it goes with {before.core!r}, which is a place here"
        roles[name.start] = role, why
        before = name
    return roles


def _by_itself(name: Name, datelines: Collection[int]) -> tuple[str, str] | None:
    if name.no_place:
        return "embedded", f"{name.core!r} is {name.no_place}, not a place where anything is"
    if name.start in datelines:
        return "dateline", "it stands at the head of the report: where it was filed, not where anything happened"
    if name.is_people:
        return "actor", f"{name.core!r} is an adjective or a people, which says who, not where"
    if name.known and name.forms == {"seat"}:
        return "actor", f"{name.core!r} stands for a government"
    return None


def _by_an_office(name: Name, beside: _Beside, tokens: Tokens, words: Words) -> tuple[str, str] | None:
    behind, is_in = beside.behind, beside.ends(_IN, 4)
    if _CLOCK_BEHIND.match(behind) or (is_in and _CLOCK_BEFORE.search(beside.before)):
        return "embedded", f"{name.core!r} only says which clock is meant"
    if is_in and _OFFICE_IN.search(beside.before):
        return "actor", f"{name.core!r} says where an office sits"
    if not name.country:
        return "place", "no rule says that it is anything but a place"
    return None


def _by_what_it_owns(name: Name, beside: _Beside, tokens: Tokens, words: Words) -> tuple[str, str] | None:
    """Tell "Japan's coast", which is somewhere, from "Japan's premier" and 'Japan officials'."""
    behind = beside.behind
    owns = _POSSESSIVE.match(behind)
    if owns and _BUILT.match(behind, owns.end()):
        return "place", "what follows is a part of it"
    if owns and not _LAND_OR_SEA.match(behind, owns.end()):
        owner = name.core + owns[0].strip()
        return "actor", f"what follows {owner!r} belongs to a state: it says who, not where"
    whose = _WHOSE.match(behind.lstrip()) if "capital" not in name.forms and behind.startswith(" ") else None
    # 'in the UAE three people died': only what follows at once can be the state's
    if whose and not (beside.word_before in _WITHIN and whose["between"]):
        return "actor", f"{name.core!r} says whose, not where"
    return None


def _by_its_verb(name: Name, beside: _Beside, tokens: Tokens, words: Words) -> tuple[str, str] | None:
    """'Seoul said', 'Russia has …': a government speaks or acts."""
    behind, following = beside.behind, tokens.after(name.end, 2)
    listed = _LIST.match(behind)
    if listed and words.is_speech(listed["verb"]) and beside.word_before not in _LOCATIVE:
        return "actor", f"governments speak or act here: {name.core + listed[0]!r}"
    if not following or not behind.startswith(" ") or _MEASURED.match(behind):
        return None
    first = following[0].text.lower()
    in_front = beside.before
    if _IN_RANGE.match(behind) or beside.is_struck or (first in _PLURAL and _LISTED_BEFORE.search(in_front)):
        return None
    if "capital" in name.forms and (first in _WITNESS or name.core.endswith(" City")):
        return "place", f"'{name.core} {first}' tells of the people there"
    before = beside.word_before
    if following[0].capital or before in (*_LOCATIVE, "to", "from") or beside.is_measured:
        return None
    if before == "of" and "capital" not in name.forms and not _STATE_OF.search(in_front):
        return None  # 'the provinces of Turkey held a drill'
    second = following[1].text.lower() if len(following) > 1 else ""
    speaks = words.is_speech(first) or first in _AUXILIARY or (first in _STEPPED_OVER and words.is_speech(second))
    return ("actor", f"{name.core + ' ' + following[0].text!r}: a government speaks or acts here") if speaks else None


def _by_what_is_in_front(name: Name, beside: _Beside, tokens: Tokens, words: Words) -> tuple[str, str] | None:
    last, behind = beside.word_before, beside.behind
    capital = "capital" in name.forms
    if capital and _SPEAKERS_IN.search(beside.before) and _SAYS.match(behind):
        return "actor", f"an office in {name.core} speaks"
    if last in _LOCATIVE:
        return "place", f"'{last}' in front of it makes it a place"
    if beside.is_struck:
        return "place", "something struck it, holds it, left it or went there"
    if _FIGURE.match(behind):
        return "place", "a figure is given for it, as in a table"
    if _IN_RANGE.match(behind):
        return "place", "it lies within somebody's range"
    if last == "leaves" or _MEASURED.match(behind):
        return "place", "a distance from it is given"
    if last == "of" and name.kind == "country" and _STATE_OF.search(beside.before):
        return "actor", f"{name.core!r} says whose, not where"
    if last in _POINTED and not capital and name.kind == "country" and _qualifies(behind, words):
        return "actor", f"{name.core!r} only qualifies the word behind it"
    if last in _POINTED and not capital:
        return "place", f"'{last}' in front of it makes it a place"
    if last == "from" and not _WORD_FROM.search(beside.before):
        return "place", "something comes from it"
    if last in _POINTED and beside.is_measured:
        return "place", "a distance or direction from it is given"
    if _AS_FAR_AS.search(beside.before) or (last == "from" and _TO_A_NAME.match(behind)):
        return "place", "something goes from or to it"
    if last == "to" and _FROM_A_NAME.search(beside.before):
        return "place", "something goes from or to it"
    return None


_SPEAKERS_IN = regex(
    r"\b(?:media|officials?|ministry|staff|government|authorities|command|agency|embassy|military|"
    r"spokes\w+) in (?:the )?$",
    re.IGNORECASE,
)
_SAYS = regex(r",? (?:said|says|told|confirmed|reported|announced|added|put|puts|counted)\b")
"""'State media in Beijing said': who speaks, and not where anything is."""


def _qualifies(behind: str, words: Words) -> bool:
    """Whether a noun in small letters follows directly ('U.S. personnel'), which a country's name then qualifies."""
    noun = _NOUN.match(behind)
    return noun is not None and noun[1] not in _CONNECTING and not words.is_speech(noun[1])
