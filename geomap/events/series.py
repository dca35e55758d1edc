"""What one sentence or one list tells of several launches: counted weapons side by side, days, items of a list."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import msgspec

from geomap import phrases, quantities
from geomap.events.clauses import LAUNCH
from geomap.events.facts import Fact
from geomap.events.falls import launch_places
from geomap.events.weapons import WeaponPhrase
from geomap.patterns import regex
from geomap.types import Mention

_SIDE_BY_SIDE = regex(
    r"^[^;()]{0,120}?(?:,|\band|\bas well as|\bplus|\bwith)(?: also| then| including)? ?"
    rf"(?:(?:an?|another|{quantities.NUMBER}) )?$",
    re.IGNORECASE,
)
"""Between two counted weapons of one sentence: both were fired."""
_ONE_OF_THEM = phrases.anywhere("includ*|among (them|which)|such as|namely|like|of which|whose|known as|called|named")
"""Between two weapons: the second is part of the first, or its name."""
_HEADS_LAUNCHES = phrases.anywhere(
    "launch(es|ed|ings?)?|tests?|fired|firings?|missiles?|rockets?|flights?|strikes?|attacks?|barrages?|salvos?"
)
"""In the words over a list: its items are launches."""
_AND = regex(r"^(?: missiles?| rockets?)?(?:,|,? and|,? as well as) (?:the )?$")
_CHRONICLE = phrases.anywhere(
    "chronolog*|timelines?|time line|at a glance|log|a list|key|history of|calendar|(launches|tests) (in|of|from|since)"
)
_OFF = phrases.anywhere("called off|cancell?ed|postponed|scrubbed|put off|aborted before")
_PLURAL = regex(r"(?:missile|rocket|projectile|warhead|weapon|round|shell|satellite|vehicle)s\b")
_IN_ORDER = phrases.anywhere("respectively|in that order")
_TOGETHER = 60
"""Characters between weapons that are told in one breath, so that what stands behind them holds for all."""
_HALF, _OVER = 0.5, 4
_LONGEST_ITEM = 160


def each_launch(fact: Fact) -> list[Fact]:
    """A sentence once for each launch that it tells of: for each weapon that is counted apart, for each day."""
    if not fact.launches:
        return [fact]
    told = [_with_weapon(fact, weapon, others) for weapon, others in _apart(fact)] or [fact]
    if _IN_ORDER.search(fact.text) and len(told) > 1:
        return _dealt_out(fact, told)
    days = [one for one in told for one in (one, *(_on_day(one, dated) for dated in one.again))]
    return [msgspec.structs.replace(one, again=()) for one in days]


def _dealt_out(fact: Fact, told: Sequence[Fact]) -> list[Fact]:
    """'… on Wednesday and Friday from Semnan and Jask respectively': days and places in the order of the weapons."""
    days = [fact.dated, *fact.again]
    left = launch_places(fact)
    dealt = []
    for number, one in enumerate(told):
        dated = days[number] if len(days) == len(told) else fact.dated
        own = (left[number],) if len(left) == len(told) else ()
        dealt.append(msgspec.structs.replace(one, dated=dated, again=(), left=own))
    return dealt


def _on_day(fact: Fact, dated: object) -> Fact:
    return msgspec.structs.replace(fact, dated=dated)


def _apart(fact: Fact) -> list[tuple[WeaponPhrase, Sequence[WeaponPhrase]]]:
    """The weapons of a sentence that were fired beside each other, each with the others; none when it is one launch."""
    verb = LAUNCH.search(fact.text)
    chain: list[WeaponPhrase] = []
    for weapon in fact.weapons:
        counted = weapon.new and (weapon.count is not None or weapon.system is not None or _is_plain(weapon, chain))
        if chain and not counted:  # 'Prithvi-II and Agni-I were fired'
            between = fact.text[chain[-1].end - fact.span[0] : weapon.start - fact.span[0]]
            counted = bool(weapon.system and chain[-1].system and _AND.match(between))
        if not counted:
            continue
        if chain:
            between = fact.text[chain[-1].end - fact.span[0] : weapon.start - fact.span[0]]
            if not _SIDE_BY_SIDE.match(between) or _ONE_OF_THEM.search(between) or not _differ(weapon, chain):
                continue
        chain.append(weapon)
    if len(chain) < 2 or (verb is None and len(chain) < len(fact.weapons)):
        return []
    return [(weapon, [other for other in chain if other is not weapon]) for weapon in chain]


def _is_plain(weapon: WeaponPhrase, chain: Sequence[WeaponPhrase]) -> bool:
    """'Eleven missiles and, an hour before them, long-range rockets': not counted, but quite another thing."""
    return bool(chain) and weapon.kind in ("rocket", "artillery", "cruise") and not weapon.single


def _differ(weapon: WeaponPhrase, chain: Sequence[WeaponPhrase]) -> bool:
    """Whether a weapon is another kind of thing than those in front."""
    names = {one.system for one in chain}
    if weapon.system and weapon.system not in names:
        return True
    return weapon.system is None and weapon.kind is not None and weapon.kind not in {one.kind for one in chain}


def _with_weapon(fact: Fact, weapon: WeaponPhrase, others: Sequence[WeaponPhrase]) -> Fact:
    """The sentence as it tells of one of several weapons: with its own places, and those that all have."""
    first = min((weapon, *others), key=lambda one: one.start)
    behind = min((one.start for one in others if one.start > weapon.start), default=fact.span[1])
    last = behind == fact.span[1]
    between = any(first.start < mention.start < max(one.start for one in (weapon, *others)) for mention in fact.places)

    together = max(one.start for one in (weapon, *others)) - min(one.end for one in (weapon, *others)) < _TOGETHER

    def is_own(mention: Mention) -> bool:
        if mention.start < first.start or (last and weapon.end <= mention.start):
            return True
        if weapon.end <= mention.start < behind:
            return True
        return together and not between and mention.start > max(one.end for one in (weapon, *others))

    left = {id(one) for one in others}
    return msgspec.structs.replace(
        fact,
        weapons=tuple(one for one in fact.weapons if id(one) not in left),
        places=tuple(mention for mention in fact.places if is_own(mention)),
    )


# ---------------------------------------------------------------------------------------------------------- lists


def launch_lists(facts: Sequence[Fact]) -> Mapping[int, WeaponPhrase | None]:
    """The lists of a text whose items are launches, by number, with the weapon that the words over each give.

    Those are lists most of whose items fire something, or give the figures of a flight under words on launches.
    """
    found: dict[int, WeaponPhrase | None] = {}
    groups: dict[int, list[int]] = {}
    for number, fact in enumerate(facts):
        if fact.item is not None:
            groups.setdefault(fact.item.group, []).append(number)
    for group, (first, *others) in groups.items():
        items = [facts[number] for number in (first, *others)]
        over = facts[max(0, first - _OVER) : first]
        if not any(fact.item and fact.item.dated for fact in items) and _is_prose(items):
            continue
        headed = any(_HEADS_LAUNCHES.search(fact.text) for fact in (*over, *facts[:_OVER]))
        numbers = {fact.item.number for fact in items if fact.item is not None}
        telling = {fact.item.number for fact in items if fact.item is not None and _tells(fact, headed)}
        if headed and len(telling) > 1 and len(telling) >= _HALF * len(numbers):
            weapons = [weapon for fact in (*reversed(over), *facts[:_OVER]) for weapon in fact.weapons]
            found[group] = next(iter(weapons), None)
    return found


def _is_prose(items: Sequence[Fact]) -> bool:
    """Whether the items of a list are paragraphs, which go on with each other."""
    lengths = sorted(fact.item.end - fact.item.start for fact in items if fact.item is not None)
    return lengths[len(lengths) // 2] > _LONGEST_ITEM


def _tells(fact: Fact, headed: bool) -> bool:
    """Whether a sentence of an item fires something, or gives the figures of a flight."""
    brings = any(weapon.new and weapon.count for weapon in fact.weapons)
    return fact.launches or (headed and (brings or _gives_figures(fact)))


def _gives_figures(fact: Fact) -> bool:
    return fact.figures.distance is not None or fact.figures.apogee is not None


def is_chronicle(facts: Sequence[Fact]) -> bool:
    """Whether a text says in its first lines that it lists what was, so that all of its items are its news."""
    return any(_CHRONICLE.search(fact.text) for fact in facts[:_OVER])


def opens_item(fact: Fact, before: Fact | None) -> bool:
    """Whether a sentence is the first of an item that begins another launch: with a day, a weapon or figures."""
    if fact.item is None or (before is not None and before.item == fact.item) or _OFF.search(fact.text):
        return False
    if fact.item.timed and not fact.item.dated:
        return any(weapon.new for weapon in fact.weapons) and fact.launches
    brings = any(weapon.new and (weapon.count or fact.launches) for weapon in fact.weapons)
    return fact.item.dated or brings or _gives_figures(fact)


def single(weapon: WeaponPhrase) -> WeaponPhrase:
    """The weapon of the words over a list, as one item of it: 'six ballistic missiles' is 'ballistic missile'."""
    text = weapon.text
    if weapon.count is not None and not weapon.single:
        text = _PLURAL.sub(lambda match: match[0][:-1], text)
        text = re.sub(
            r"^(?:[a-z]+ )*?(?=(?:ballistic|short|medium|long|inter|cruise|rocket|missile|project))", "", text
        )
    return msgspec.structs.replace(weapon, text=text, count=1, single=True, new=True)
