"""Weapons in prose: what was fired, its class, how many, and the system when the text names one."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator

from geomap import phrases, quantities
from geomap.catalog import Layers
from geomap.events.systems import System, find_systems
from geomap.patterns import regex
from geomap.stems import small_letters, spots
from geomap.types import Record

_CLASSES = tuple(
    (kind, regex(phrases.source(*rows), re.IGNORECASE))
    for kind, rows in {
        "SLBM": (
            "submarine[- ]launched ballistic",
            r"\bSLBMs?\b",
            "submarine(-fired)? (ballistic )?missile",
            "underwater ballistic",
        ),
        "ICBM": ("intercontinental", r"\bICBMs?\b"),
        "IRBM": ("intermediate[- ]range", r"\bIRBMs?\b", "middling range"),
        "MRBM": ("medium[- ]range", r"\bMRBMs?\b"),
        "SRBM": ("short(er)?[- ]range", r"\bSRBMs?\b"),
        "cruise": ("cruise missile",),
        "SLV": ("satellite", "space launch", "carrier rocket", "rocket carrying", "space rocket", "Starship"),
        "artillery": ("artillery", r"shells?\b", "howitzer"),
        "rocket": (r"rockets?\b", "rocket launcher"),
    }.items()
)
"""Words that name a class; where several are there, the first one counts."""

_BY_RANGE = frozenset({"SRBM", "MRBM", "IRBM"})
_PROJECTILE = regex("projectile", re.IGNORECASE)
"""A short-range projectile may be a missile, a rocket or a shell."""

_NOUN = phrases.source(
    "(multiple )?rocket launchers?|missiles?|rockets?|projectiles?|warheads?|rounds|weapons?|launch vehicles?",
    "satellites? <not pictures?|images?|imagery|photos?|photographs?|data|phones?|television|tv|feeds?>",
    "shells|artillery( (shells|rounds|fire))?",
    "(ICBM|IRBM|MRBM|SRBM|SLBM)s?",
)
_CALENDAR = "|".join(map(re.escape, filter(None, (*calendar.day_name, *calendar.month_name))))
_STARTERS = "the|these|those|its|his|their|our|both|all|some|several|many|such|no|each|every|most|any|on|in|at|of"
_ADJECTIVE = phrases.source(
    # how it looks to those who report it
    "new|suspected|presumed|apparent|unidentified|unknown|unarmed|test|more|other|another|of its|type|further|single",
    "first|second|third|multiple|modified|improved|advanced|heavy|light",
    # what drives and guides it
    "nuclear-capable|solid-fuel(ed|led)?|liquid-fuel(ed|led)?|ballistic|cruise|guided|hypersonic",
    # where it starts and what it is for
    "anti-ship|anti-aircraft|surface-to-surface|surface-to-air|submarine-launched|underwater|sea-launched|train-launched",
    "tactical|strategic|artillery|carrier|space|spy|military",
    # how far it goes
    "(long|short|shorter|medium|intermediate)-range|(long|short) range|intercontinental",
    # whose and which
    # a number in capitals counts them
    rf"\w+-class|(?!(?:{quantities.NUMBER}|{_CALENDAR}|{_STARTERS})\b)(?-i:[A-Z][\w/-]{{1,20}}(?!,))",
)
_HEDGE = phrases.source("about|around|some|at least|more than|nearly|up to|roughly|over|as many as")
_SEVERAL = phrases.source("another|a pair of|a dozen|dozens of|a number of|a volley of|several|multiple|an?")
_PHRASE = regex(
    rf"(?<![\w-])(?:(?:{_HEDGE} )?(?P<count>{quantities.NUMBER}|{_SEVERAL}) )?(?:of )?"
    rf"(?P<what>(?:{_ADJECTIVE},? ){{0,6}}{_NOUN}\b)(?! (?:Forces?|Army|Troops|plants?|factory|engines?)\b)"
    r"(?P<range>(?: of|,) (?:short|medium|intermediate|intercontinental)[- ]range)?",
    re.IGNORECASE,
)
_NOUNS = regex(rf"(?<![^\W_]){_NOUN}\b", re.IGNORECASE)
_BEGINNINGS = (
    "multiple rocket", "rocket", "missile", "projectile", "warhead", "round", "weapon", "launch vehicle", "satellite",
    "shell", "artillery", "icbm", "irbm", "mrbm", "srbm", "slbm",
)  # fmt: skip
"""What a noun begins with."""
_STOPS = (". ", "; ", ": ", "\n", "’", "'", '"', "“", "”", "(", ")", " the ", " to ", " from ", " that ", " was ")
"""What stands in no phrase."""
_LONGEST, _BEHIND = 160, 60
"""Characters of a phrase in front of its noun and behind it, at most."""
_PLURAL = regex(r"(?:s|artillery)$", re.IGNORECASE)
_SPOKEN_OF = regex(r"(?:\b(?:the|its|these|those|his|such)|['’]s?) $")
"""In front of a plural: the weapons were brought in before."""
_ARTICLE = regex(
    rf"\b(?P<count>an?|another|its|the|{quantities.NUMBER}) (?:(?:new|heavy|second|third|fourth|further|"
    rf"single|\w+-\w+) )*$",
    re.IGNORECASE,
)
_ONE = ("a", "an", "one", "another", "its", "the")
_SENTENCE_END = regex(r"[.!?;:\n]")
_BESIDE = 3
"""Characters at most between a phrase and the system that it goes with."""


class WeaponPhrase(Record, kw_only=True):
    """A weapon in the text: offsets, the words, class, system and count, None where the words do not say.

    Parameters
    ----------
    new : whether the words bring it in ('a missile', 'two missiles'), not refer back ('the missile')
    single : whether the words mean one ('the missile')
    by_system : whether the class is that of the named system, not of the text's own words
    maker : ISO 3166-1 alpha-3 of the state whose system it is
    """

    start: int
    end: int
    text: str
    kind: str | None
    system: str | None
    count: int | None
    new: bool
    single: bool = False
    by_system: bool = False
    maker: str | None = None


def find_weapons(text: str, layers: Layers) -> list[WeaponPhrase]:
    """Find all weapons in a text, in order; a system's name within or beside a phrase joins it."""
    found: list[WeaponPhrase] = []
    coming = [_phrase(match, text) for match in _phrases(text)]
    coming.reverse()
    for start, end, system in find_systems(text, layers):
        while coming and (coming[-1].end + _BESIDE < start or _SENTENCE_END.search(text[coming[-1].end : start])):
            found.append(coming.pop())
        if coming and coming[-1].start - _BESIDE <= end and not _SENTENCE_END.search(text[end : coming[-1].start]):
            coming.append(_joined(coming.pop(), start, end, system, text))
        else:
            found.append(_named(start, end, system, text))
    return sorted([*found, *coming], key=lambda item: item.start)


def _phrases(text: str) -> Iterator[re.Match[str]]:
    """All phrases; looked for about their nouns only, because few words are one."""
    done = 0
    for noun in _nouns(text):
        if noun.start() < done:
            continue
        first = max(done, noun.start() - _LONGEST)
        first = max(first, *(text.rfind(stop, first, noun.start()) for stop in _STOPS))
        match = _PHRASE.search(text, first, noun.end() + _BEHIND)
        while match and match.end() < noun.start():
            yield match
            match = _PHRASE.search(text, match.end(), noun.end() + _BEHIND)
        if match:
            done = match.end()
            yield match


def _nouns(text: str) -> Iterator[re.Match[str]]:
    """All nouns for weapons, looked for where their letters are."""
    small = small_letters(text)
    if small is None:
        yield from _NOUNS.finditer(text)
        return
    done = 0
    for at in spots(small, *_BEGINNINGS):
        noun = _NOUNS.match(text, at) if at >= done else None
        if noun:
            done = noun.end()
            yield noun


def class_of(words: str) -> str | None:
    """The class that words name, None for a bare 'missile' or 'ballistic missile'."""
    kind = next((kind for kind, pattern in _CLASSES if pattern.search(words)), None)
    return None if kind in _BY_RANGE and _PROJECTILE.search(words) and "missile" not in words.lower() else kind


def _phrase(match: re.Match[str], text: str) -> WeaponPhrase:
    """A weapon by its kind: 'two short-range ballistic missiles'."""
    counted = (match["count"] or "").lower()
    plural = _PLURAL.search(match["what"]) is not None
    again = _SPOKEN_OF.search(text[max(0, match.start() - 7) : match.start()]) is not None
    return WeaponPhrase(
        start=match.start(),
        end=match.end(),
        text=match[0],
        kind=class_of(match[0]),
        system=None,
        # 'a missiles' is a slip, and 'one missiles' too
        count=None if plural and counted in ("a", "an", "one") else quantities.count(counted),
        new=(bool(counted) or plural) and not again,
        single=not plural,
    )


def _named(start: int, end: int, system: System, text: str) -> WeaponPhrase:
    """A weapon by its name alone: 'a Hwasong-12'."""
    article = _ARTICLE.search(text[max(0, start - 30) : start])
    return WeaponPhrase(
        start=start,
        end=end,
        text=text[start:end],
        kind=system.kind,
        system=system.name,
        count=_counted(article["count"].lower()) if article else None,
        new=article is not None and article["count"].lower() not in ("the", "its"),
        single=article is not None and article["count"].lower() in _ONE,
        by_system=True,
        maker=system.country,
    )


def _counted(word: str) -> int | None:
    return 1 if word == "another" else quantities.count(word)


def _joined(phrase: WeaponPhrase, start: int, end: int, system: System, text: str) -> WeaponPhrase:
    """A weapon by its kind and its name: 'a KN-23 short-range missile'."""
    first, last = min(phrase.start, start), max(phrase.end, end)
    vague = phrase.kind in (None, "rocket")
    return WeaponPhrase(
        start=first,
        end=last,
        text=text[first:last],
        kind=(system.kind or phrase.kind) if vague else phrase.kind,
        system=system.name,
        count=None if start < phrase.start else phrase.count,  # the 8 of 'Long March 8 rocket' counts nothing
        new=phrase.new,
        single=phrase.single,
        by_system=vague,
        maker=system.country,
    )
