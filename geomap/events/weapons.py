"""Weapons in prose: what was fired, its class, how many, and the system when the text names one."""

from __future__ import annotations

import re
from functools import lru_cache

from geomap import quantities
from geomap.catalog import Layers
from geomap.types import Record

_CLASS_WORDS: tuple[tuple[str, str], ...] = (
    (
        "SLBM",
        r"submarine[- ]launched ballistic|\bSLBMs?\b|submarine(?:-fired)? (?:ballistic )?missile|underwater ballistic",
    ),
    ("ICBM", r"intercontinental|\bICBMs?\b|ICBM-class"),
    ("IRBM", r"intermediate[- ]range|\bIRBMs?\b|middling range"),
    ("MRBM", r"medium[- ]range|\bMRBMs?\b"),
    ("SRBM", r"short[- ]range(?: ballistic)?|shorter[- ]range|\bSRBMs?\b"),
    ("cruise", r"cruise missiles?"),
    ("SLV", r"satellite launch|space launch|carrier rocket|rocket carrying|space rocket|satellite|Starship"),
    ("artillery", r"artillery|shells?\b|howitzers?"),
    ("rocket", r"rockets?\b|rocket launcher"),
)
_NOUN = (
    r"(?:missiles?|rockets?|projectiles?|shells|artillery(?: (?:shells|rounds|fire))?|warheads?|ICBMs?|IRBMs?|MRBMs?|SRBMs?|SLBMs?"
    r"|satellites?|launch vehicles?|rounds|weapons?)\b"
)
_ADJECTIVE = (
    r"(?:(?:new|suspected|presumed|apparent|unidentified|unarmed|nuclear-capable|heavy|light|solid-fuel(?:ed|led)?|liquid-fuel(?:ed|led)?|advanced"
    r"|tactical|strategic|guided|first|second|third|another|hypersonic|anti-ship|anti-aircraft|surface-to-surface|surface-to-air|submarine-launched|underwater|sea-launched|train-launched"
    r"|long-range|short-range|shorter-range|medium-range|intermediate-range|intercontinental|ballistic|cruise|multiple|artillery|carrier|space|spy|military"
    r"|long range|short range|more|other|of its|test|unknown|type|further|single|modified|improved|\w+-class|[A-Z]{1,3}-\d+\w*|American|Soviet|Iranian|Chinese|Russian|Oniks|Dongfeng),? )"
)
_COUNT = rf"(?:(?P<hedge>about|around|some|at least|more than|nearly|up to|roughly|over|as many as) )?(?P<count>{quantities.NUMBER}|an?|one|a pair of|a dozen|several|multiple|dozens of|a number of|a volley of)"
_PHRASE = re.compile(rf"(?<![\w-])(?:{_COUNT} )?(?:of )?(?P<what>(?:{_ADJECTIVE}){{0,6}}{_NOUN})", re.IGNORECASE)


_NAME_WORD = re.compile(r"[^\W_]+(?:[.][^\W_]+)?")


class WeaponPhrase(Record, kw_only=True):
    """A weapon in the text: offsets, the words, class, system and count, None where the words do not say.

    Parameters
    ----------
    new : whether the words bring it in ('a missile', 'two missiles'), not refer back ('the missile')
    single : whether the words mean one ('the missile')
    by_system : whether the class is that of the named system, not of the text's own words
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


class System(Record, kw_only=True):
    """A named system: its names, its class and band of range in km."""

    key: str
    name: str
    names: tuple[str, ...]
    kind: str | None
    country: str | None
    low_km: float | None
    high_km: float | None
    source: str


@lru_cache(maxsize=4)
def systems(layers: Layers) -> tuple[System, ...]:
    """All named systems of the layer ``systems``."""
    if "systems" not in layers:
        return ()
    return tuple(
        System(
            key=row["key"],
            name=row["name"],
            names=tuple(dict.fromkeys([row["name"], *filter(None, (row["names"] or "").split("|"))])),
            kind=row["class"] or None,
            country=row["country"] or None,
            low_km=row["low_km"],
            high_km=row["high_km"],
            source=row["source"],
        )
        for row in layers.rows("systems")
    )


@lru_cache(maxsize=4)
def _systems_by_name(layers: Layers) -> dict[str, System]:
    return {_plain(name): system for system in systems(layers) for name in system.names if len(_plain(name)) > 2}


def _named_systems(text: str, layers: Layers) -> list[tuple[int, int, System]]:
    """Find the names of systems: the longest run of up to five words that is one, blanks and hyphens aside."""
    by_name = _systems_by_name(layers)
    words = list(_NAME_WORD.finditer(text))
    found: list[tuple[int, int, System]] = []
    index = 0
    while index < len(words):
        for count in range(min(5, len(words) - index), 0, -1):
            start, end = words[index].start(), words[index + count - 1].end()
            system = by_name.get(_plain(text[start:end])) if end - start < 40 and text[start].isalnum() else None
            if system is not None and (text[start].isupper() or text[start].isdigit()):
                found.append((start, end, system))
                index += count - 1
                break
        index += 1
    return found


def _plain(name: str) -> str:
    return re.sub(r"[ -]", "", name)


def find_weapons(text: str, layers: Layers) -> list[WeaponPhrase]:
    """Find all weapons in a text, in order; a system's name within or beside a phrase joins it."""
    named = _named_systems(text, layers)
    found = []
    for match in _PHRASE.finditer(text):
        found.append(_phrase(match, text))
    for start, end, system in named:
        beside = next((item for item in found if item.start - 3 <= end and start <= item.end + 3), None)
        if beside is not None:
            found.remove(beside)
            found.append(_joined(beside, start, end, system, text))
        else:
            article = re.search(
                r"\b(an?|one|two|three|its|the) (?:new |heavy |\w+-\w+ )?$", text[max(0, start - 30) : start]
            )
            count = quantities.count(article[1]) if article else None
            found.append(
                WeaponPhrase(
                    start=start, end=end, text=text[start:end], kind=system.kind,
                    system=system.name, count=count, new=bool(article and article[1] not in ("the", "its")),
                    by_system=True,
                )
            )  # fmt: skip
    return sorted(found, key=lambda item: item.start)


def class_of(words: str) -> str | None:
    """The class that words name, None for a bare 'missile' or 'ballistic missile'."""
    for kind, pattern in _CLASS_WORDS:
        if re.search(pattern, words, re.IGNORECASE if not pattern.isupper() else 0):
            return kind
    return None


def _phrase(match: re.Match[str], text: str) -> WeaponPhrase:
    what, counted = match["what"], match["count"]
    plural = bool(re.search(r"(?:s|artillery)$", what, re.IGNORECASE))
    count = quantities.count(counted) if counted else None
    if counted and counted.lower() in ("a", "an", "one") and plural:
        count = None
    return WeaponPhrase(
        start=match.start(), end=match.end(), text=match[0], kind=class_of(match[0]), system=None, count=count, single=not plural,
        new=bool(counted) or (plural and not re.search(r"(?:\b(?:the|its|these|those|his|such)|['’]s?) $", text[max(0, match.start() - 7) : match.start()])),
    )  # fmt: skip


def _joined(phrase: WeaponPhrase, start: int, end: int, system: System, text: str) -> WeaponPhrase:
    first, last = min(phrase.start, start), max(phrase.end, end)
    count = None if start < phrase.start else phrase.count  # the 8 of 'Long March 8 rocket' counts nothing
    kind = phrase.kind if phrase.kind not in (None, "rocket") else (system.kind or phrase.kind)
    return WeaponPhrase(
        start=first, end=last, text=text[first:last], kind=kind, system=system.name,
        count=count, new=phrase.new, single=phrase.single, by_system=phrase.kind in (None, "rocket"),
    )  # fmt: skip
