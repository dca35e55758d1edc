"""Whether a sentence tells of a launch that was told before, or of another one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap import phrases
from geomap.dates import days_apart
from geomap.events.drafts import Draft
from geomap.events.facts import Fact
from geomap.events.falls import launch_places
from geomap.events.speakers import is_one
from geomap.events.weapons import WeaponPhrase
from geomap.patterns import regex
from geomap.words import open_words

_ANOTHER = phrases.anywhere("another", "a (second|third|fourth|further)", "separately", "one more")
"""With a new weapon: another launch."""
NOT_BALLISTIC = frozenset({"artillery", "cruise", "rocket", "SLV"})
_NOUN = regex(r"(missile|rocket|shell)s?\b", re.IGNORECASE)
_NEXT = 3
"""Characters between two sentences that follow each other."""


def same_launch(made: Sequence[Draft], fact: Fact, recalled: bool) -> Draft | None:
    """The launch that a sentence tells again, None when it is another one."""
    return next((draft for draft in reversed(made) if _tells_of(fact, draft, recalled)), None)


def _tells_of(fact: Fact, draft: Draft, recalled: bool) -> bool:
    """Whether nothing that a sentence says is at odds with a launch."""
    if draft.background != recalled or actors_clash(fact.actor, draft.actor):
        return False
    if draft.item and fact.item and draft.item.group == fact.item.group and draft.item != fact.item:
        return False
    if fact.days and draft.days:
        apart = fact.days[1] < draft.days[0] or draft.days[1] < fact.days[0]
        again = bool(fact.weapons) and not any(weapon.new for weapon in fact.weapons)
        if apart and not (again and days_apart(fact.days[1], draft.days[0]) <= 1):
            return False
    elif recalled and (fact.days or draft.days or not _goes_on(fact, draft)):
        return False
    kind = next((weapon.kind for weapon in fact.weapons if weapon.kind), None)
    brings = any(weapon.new for weapon in fact.weapons)
    if draft.facts and not recalled and brings and _ANOTHER.search(fact.text):
        return False
    if _systems_differ(fact, draft) or _things_differ(fact, draft):
        return False
    if _is_ballistic_alone(fact.weapons, draft.kind) or _is_ballistic_alone(draft.weapons, kind):
        return False
    if kind and draft.kind and not _compatible(kind, draft.kind):
        return False
    if kind and not draft.kind and _counts_differ(fact, draft) and not _is_anothers_count(fact, draft):
        return False
    return recalled or not _elsewhere(fact, draft)


def actors_clash(a: str | None, b: str | None) -> bool:
    """Whether two actors are not one: a group and the state that it operates in may be."""
    if not a or not b or a == b:
        return False
    homes = {group.name: group.countries for group in open_words().groups}
    return b not in homes.get(a, ()) and a not in homes.get(b, ())


def _is_ballistic_alone(weapons: Sequence[WeaponPhrase], other: str | None) -> bool:
    """Whether 'ballistic' things are set beside what is none: a cruise missile, a shell, a rocket."""
    return other in NOT_BALLISTIC and any("ballistic" in one.text and one.kind not in NOT_BALLISTIC for one in weapons)


def _goes_on(fact: Fact, draft: Draft) -> bool:
    """Whether a sentence follows on a launch and brings in no other weapon."""
    return draft.end + _NEXT >= fact.span[0] and not any(weapon.new for weapon in fact.weapons)


def _compatible(a: str, b: str) -> bool:
    """Whether two classes may be words for one thing."""
    return a == b or {a, b} <= {"rocket", "SLV"} or {a, b} <= {"artillery", "rocket"}


def _systems_differ(fact: Fact, draft: Draft) -> bool:
    """'A Zircon' and 'thirteen Kh-101' are two things, be they of one class."""
    new = {weapon.system for weapon in fact.weapons if weapon.system}
    old = {weapon.system for weapon in draft.weapons if weapon.system}
    return bool(new and old) and not any(a.startswith(b) or b.startswith(a) for a in new for b in old)


def _things_differ(fact: Fact, draft: Draft) -> bool:
    """Missiles are neither the rockets nor the shells that were told before."""
    new = {noun[1].lower() for weapon in fact.weapons for noun in _NOUN.finditer(weapon.text)}
    old = {noun[1].lower() for words in {weapon.text for weapon in draft.weapons} for noun in _NOUN.finditer(words)}
    return bool(new and old) and not new & old and any(weapon.new for weapon in fact.weapons)


def _counts_differ(fact: Fact, draft: Draft) -> bool:
    """'About ten missiles' and 'three short-range ballistic missiles' are two statements on different things."""
    new = {weapon.count for weapon in fact.weapons if weapon.count}
    old = {weapon.count for weapon in draft.weapons if weapon.count}
    return bool(new and old) and not new & old and min(new | old) > 1


def _is_anothers_count(fact: Fact, draft: Draft) -> bool:
    """'Tokyo said nine short-range missiles were fired': the count of another claimant than the one who said eleven."""
    told = [speaker for one in draft.facts if one.launches for speaker in one.speakers] if fact.speakers else []
    return bool(told) and not any(is_one(a, b) for a in fact.speakers for b in told)


def _elsewhere(fact: Fact, draft: Draft) -> bool:
    """Whether a sentence brings in a weapon that left another place."""
    places = {mention.text for mention in launch_places(fact)}
    known = {mention.text for mention in draft.launch}
    return bool(places and known) and not places & known and any(weapon.new for weapon in fact.weapons)
