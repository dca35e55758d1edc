"""Who fires in a sentence, and which state it speaks of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from geomap import phrases
from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.patterns import regex
from geomap.stems import may_have, stems
from geomap.types import Mention, Named, Record, Span
from geomap.words import Group, Office

_BESIDE = 4
"""Characters at most between a country and its office, or between an office and its verb."""

_SPEAKS = phrases.behind("[’']?s? {*} (said|says|say|announced|confirmed|names|thinks|reports?|told|gives|and)")
"""Behind a state: it makes a statement."""
_OFFICE = phrases.source("military|ministry|defen[cs]e|government|coast guard|minister|officials")
_HAS_OFFICE = regex(rf"[’']s (?:\w+ ){{0,3}}(?:{_OFFICE}|chiefs|count\b)", re.IGNORECASE)
_IS_OFFICE = regex(rf" (?:\w+ ){{0,2}}(?:{_OFFICE}|envoy|newspapers?)\b", re.IGNORECASE)
"""Behind "Japan's" and 'Japanese': it is their office that the sentence speaks of."""
_BY = regex(r"\bby (?:the )?(?:\w+-(?:backed|aligned|allied|led) )?(?:[A-Z][a-z]+(?:[’']s?|i) )?$", re.IGNORECASE)
_BY_WORD = stems("by")
_PRONOUN_SUBJECT = regex(
    r"\b(?:it|they|he|she|which)(?: (?:had|has|have|also|then|likewise|later|successfully|just|last|first)){0,2} $",
    re.IGNORECASE,
)
"""In front of a verb: the subject is the one that the sentence speaks of."""
_PASSIVE = regex(
    r"\b(?:was|were|is|are|been|being|be|got)(?: \w+ly| also| then| later| first| all| being)? $", re.IGNORECASE
)
_NOUN_IN_FRONT = regex(
    r"\b(?:missiles?|rockets?|projectiles?|shells|rounds|weapons?|satellites?|warheads?|ICBMs?|SLBMs?|it|[A-Z][\w-]*-\d+\w*)"
    r"(?:,)? (?:that |which |all |also |both |each )?$"
)
"""In front of a verb: what was fired, so that 'missiles fired from' says nothing of who fired."""
_OBJECT_BEHIND = regex(
    r" (?:an?|its|their|the|two|three|four|five|six|seven|eight|nine|ten|\d+|more|about|at least|what|several|dozens)\b"
)
"""Behind a verb: what was fired, so that what stands in front fires."""
_OF_ITSELF = regex(
    r"(?:lift|t[oa]ke?n? |blast|roar|thunder|soar|went|gone|goes|rose|ris|left|leav|fl(?:ew|ies|own)|"
    r"climb|was|were|came|.* left|it |they )",
    re.IGNORECASE,
)
"""Verbs whose subject is what is fired: 'the rocket lifts off'."""
_BLAMED = phrases.in_front("(condemn|denounc|blam|accus|critici[sz]|rebuk|warn|urg)(ed|es|s|e|ing) {the}")
"""In front of a state: 'it' in what follows is that state."""
_SEEN = phrases.anywhere(
    "detect*|track*|report*|confirm*|condemn*|saw|seen|sees|see|spotted|estimat*|analy[sz]*|believ*|denounc*|warn*"
)
"""In front of a passive verb: the sentence's subject watches, and does not fire."""
_WHOSE = regex(
    r"(?:(?:the )?[A-Z][\w’'.-]*(?: Korean?s?)?(?:[’']s?)?) (?:[\w/-]+ ){0,6}"
    r"(?:missiles?|rockets?|projectiles?|shells|rounds|weapons?|satellites?|warheads?|ICBMs?|SLBMs?|[A-Z][\w-]*)"
    r"(?:,? (?:that |which )?)?(?:(?:was|were|is|are|has|have|had|been) ){0,2}$"
)
"""'North Korea's two missiles were', with the verb behind it: whose the weapon is."""
_FIRED_FROM = phrases.in_front("(fired|launched|missiles?|rockets?) (from|out of) {the}")
"""In front of a state: 'fired from North Korea' says who fired, if not from where."""
_FORCE = regex(
    r"[A-Z][\w.]+(?: [A-Z]\w+)?[’']s (?:[A-Z][\w-]+ ){0,3}"
    r"(?:[Ff]leet|[Ff]lotilla|[Ff]orces?|[Nn]avy|[Aa]rmy|[Gg]uards?|warships?|troops|artillery|batter(?:y|ies)) \w+"
)
"""'Russia's Caspian Flotilla fired': the state is whose force fires."""
_TARGET = phrases.in_front(
    "(toward|towards|at|against|over|off|near|hit|told|warn*|allies|ally|of|between|on|for|in) {the}"
)
"""In front of a state: it is what is fired at or spoken to, not who fires."""


class Cast(Record, kw_only=True):
    """Who appears in a sentence.

    Parameters
    ----------
    countries : country (ISO 3166-1 alpha-3) that a mention brings to mind, by the mention's id
    groups, offices : start, end and what it is, in the order of the text
    """

    countries: Mapping[str, str]
    groups: Sequence[tuple[int, int, Group]]
    offices: Sequence[tuple[int, int, Office]]


def countries_of(mentions: Sequence[Mention], layers: Layers) -> dict[str, str]:
    """The country (ISO 3166-1 alpha-3) that each mention brings to mind, by the mention's id."""
    lexicon = open_lexicon(layers, open_gazetteer(layers))
    found = {}
    for mention in mentions:
        node = mention.expression
        if isinstance(node, Named) and node.id.startswith("countries/"):
            found[mention.id] = node.id.partition("/")[2]
        elif node is None:
            known = (entry.country for entry in lexicon.known(mention.text) if entry.layer == "countries")
            if country := next(filter(None, known), None):
                found[mention.id] = country
    return found


def subject_of(text: str, mentions: Sequence[Mention], cast: Cast) -> str | None:
    """The state that a sentence speaks of: the first one in it that no office speaks for.

    Parameters
    ----------
    text : the whole document
    mentions, cast : those of the sentence
    """
    for mention in mentions:
        country = cast.countries.get(mention.id)
        aside = mention.role != "actor" or _of_office(text, mention, cast) or _is_target(text, mention)
        if country and not aside:
            return country
    return None


def actor_of(text: str, mentions: Sequence[Mention], cast: Cast, span: Span, verb: Span | None) -> str | None:
    """Who fires, by the words about the verb of launching.

    'Fired by X'; the subject of an active verb, where 'China said it fired' means China; whose the weapon is, or from
    where it came, of a passive one.

    Parameters
    ----------
    text : the whole document
    mentions, cast, span : those of the sentence
    verb : offsets of the verb of launching, None when there is none
    """
    if not (cast.groups or cast.offices or any(mention.id in cast.countries for mention in mentions)):
        return None
    if verb is None and not may_have(text[span[0] : span[1]], _BY_WORD):
        return None
    at_verb = verb[0] if verb else None
    options = sorted([*_armed(cast, at_verb), *_states(text, mentions, cast)])
    start = span[0]
    owned = [actor for at, actor in options if _FORCE.match(text[at : at + 60])]
    if owned and verb is not None:
        return owned[0]
    by = [actor for at, actor in options if _BY.search(text[max(start, at - 40) : at])]
    if by:
        return by[0]
    if verb is None:
        return None
    before = [(at, actor) for at, actor in options if at <= verb[0] + 2]
    if is_pronoun(text[start : verb[0]]):
        speakers = [
            (mention.start, cast.countries[mention.id])
            for mention in mentions
            if mention.id in cast.countries and mention.role == "actor" and mention.start < verb[0]
        ]
        blamed = [country for at, country in speakers if _BLAMED.search(text[max(start, at - 40) : at])]
        if blamed:
            return blamed[-1]
        spoken = sorted([*speakers, *((at, group.name) for at, _, group in cast.groups if at < verb[0])])
        return spoken[0][1] if spoken else None
    if _is_passive(text, start, verb):
        whose = [actor for at, actor in before if _WHOSE.match(text[at : verb[0]])]
        source = [actor for at, actor in options if _FIRED_FROM.search(text[max(start, at - 60) : at])]
        chosen = [*whose[-1:], *source[:1]]
        if not chosen and cast.groups:
            chosen = [cast.groups[0][2].name]
        if not chosen and not _SEEN.search(text[start : verb[0]]):
            subject = subject_of(text, [mention for mention in mentions if mention.start < verb[0]], cast)
            chosen = [subject] if subject else []
        return chosen[0] if chosen else None
    if before:
        return before[-1][1]
    return cast.groups[0][2].name if cast.groups else None


def is_pronoun(before: str) -> bool:
    """Whether the words in front of a verb end with 'it', 'they' or 'which' as its subject."""
    return _PRONOUN_SUBJECT.search(before) is not None


def _is_passive(text: str, start: int, verb: Span) -> bool:
    """Whether what was fired stands in front of the verb: 'was fired', 'missiles launched from', 'it rose'."""
    if _OF_ITSELF.match(text[verb[0] : verb[1]]):
        return True
    if _PASSIVE.search(text[max(start, verb[0] - 40) : verb[0]]):
        return True
    after_noun = _NOUN_IN_FRONT.search(text[max(start, verb[0] - 60) : verb[0]])
    return after_noun is not None and not _OBJECT_BEHIND.match(text[verb[1] : verb[1] + 60])


def _armed(cast: Cast, verb: int | None) -> list[tuple[int, str]]:
    """Armed groups, and the states whose armies are the verb's subject."""
    found = [(start, group.name) for start, _, group in cast.groups]
    if verb is not None:
        found += [
            (start, office.state) for start, end, office in cast.offices if office.state and 0 <= verb - end < _BESIDE
        ]
    return found


def _states(text: str, mentions: Sequence[Mention], cast: Cast) -> list[tuple[int, str]]:
    """States by their names, but for those within a phrase about a place."""
    anchors = [(m.start, m.end) for m in mentions if m.expression is not None and not isinstance(m.expression, Named)]
    return [
        (mention.start, cast.countries[mention.id])
        for mention in mentions
        if mention.id in cast.countries
        and (mention.role == "actor" or _FIRED_FROM.search(text[max(0, mention.start - 60) : mention.start]))
        and not _of_office(text, mention, cast)
        and not any(start <= mention.start < end for start, end in anchors)
        and not _is_target(text, mention)
    ]


def _of_office(text: str, mention: Mention, cast: Cast) -> bool:
    """Whether it is only an office of the state that speaks or is spoken of."""
    behind = text[mention.end : mention.end + 60]
    near = any(start <= mention.start < end or 0 <= start - mention.end <= _BESIDE for start, end, _ in cast.offices)
    actor = mention.role == "actor" and (_SPEAKS.match(behind) or _IS_OFFICE.match(behind))
    return near or bool(actor) or _HAS_OFFICE.match(behind) is not None


def _is_target(text: str, mention: Mention) -> bool:
    return _TARGET.search(text[max(0, mention.start - 22) : mention.start]) is not None
