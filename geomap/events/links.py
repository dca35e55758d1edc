"""What sentences get from the ones in front: a question, a heading, a date, who 'it' is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from geomap import phrases, quantities
from geomap.dates import Dated, shifted
from geomap.events.actors import is_pronoun
from geomap.events.clauses import launch_verb
from geomap.events.segments import FELL_TOO, MORE
from geomap.events.sharpness import RING, sharpness
from geomap.patterns import regex

if TYPE_CHECKING:
    from geomap.events.facts import Fact

_ASKED = phrases.anywhere("fired|launched|how many|what happened|what it was")
"""In a question or heading in front: what is named behind it was fired."""
_SENTENCE_ENDS = (".", "”", '"')
_SHORT_HEADING = 60
_COUNTED = (
    (phrases.anywhere("(on )?(the|that) same (day|date|morning|afternoon|evening|night)"), 0),
    (phrases.anywhere("(a|one) day (earlier|before)|(on )?the (previous|preceding) day|the day before"), -1),
    (phrases.anywhere("(a|one) week (later|after)"), 7),
    (phrases.anywhere("(a|one|the) week (earlier|before)"), -7),
    (phrases.anywhere("(a|one) day (later|after)|(on )?the (next|following) day|the day after"), 1),
)
"""Days that are counted from the one that was told before."""
_ANY_COUNTED = phrases.either(*(form for form, _ in _COUNTED))
_WAS_FIRED = regex(r"^\W*(?:it|they) (?:was|were|had been|has been|have been) ", re.IGNORECASE)
"""'It was launched': the missile, not the state."""
_SOME_MORE = regex(
    rf" (?P<n>several|another|more|some|{quantities.NUMBER})(?: more| others| of them)?(?= (?:as|on|from|"
    rf"at|in|into|toward)|[,.;]|$)"
)
"""Behind a verb of launching: as many more of what was named before."""
_ANTECEDENT = 2
"""Sentences in front in which 'it' is looked for."""
_AT_ONCE, _AT_THE_START, _FAR = 5, 40, 10_000


def linked(facts: Sequence[Fact], text: str, issue: str | None) -> list[Fact]:
    """Carry over what a sentence gets from the one in front: a question, a heading, a date, the meaning of 'it'.

    Parameters
    ----------
    issue : ISO day of issue, None when unknown
    """
    linked: list[Fact] = []
    subject: str | None = None
    told: str | None = None
    for fact in facts:
        since = fact.days[0] if fact.days else told or issue
        if since is not None:
            fact = _on_a_day_told(fact, since)
        if fact.days and fact.days[0] == fact.days[1]:
            told = fact.days[0]
        if linked:
            fact = _led(fact, linked[-1], text[linked[-1].span[1] : fact.span[0]])
        active = fact.pronoun and not _WAS_FIRED.match(fact.text)
        if fact.launches and fact.actor is None and subject and (active or _is_meant(fact)):
            fact = msgspec.structs.replace(fact, actor=subject)
        if fact.joined:
            fact = _going_on(fact, linked[-1])
            if not fact.weapons and MORE.match(fact.text) and linked[-1].weapons:
                another = msgspec.structs.replace(linked[-1].weapons[0], count=1, new=True, single=True)
                fact = msgspec.structs.replace(fact, launches=True, weapons=(another,))
        if fact.launches and not fact.weapons:
            fact = _of_the_one_before(fact, linked)
        elif fact.launches and not any(weapon.new or weapon.system for weapon in fact.weapons):
            fact = _by_its_name(fact, linked)
        subject = fact.subject or subject
        linked.append(fact)
    return linked


def _on_a_day_told(fact: Fact, told: str) -> Fact:
    """'The same day', 'a day earlier': a day counted from the one that was told before.

    Parameters
    ----------
    told : ISO day
    """
    if not _ANY_COUNTED.may_be_in(fact.text):
        return fact
    found = next(((match, days) for form, days in _COUNTED if (match := form.search(fact.text))), None)
    if found is None:
        return fact
    match, days = found
    day = shifted(told, days)
    own = fact.dated.end - fact.span[0] if fact.dated is not None else 0
    if day is None or match.start() < own or (days == 0 and fact.dated is not None):
        return fact
    start = fact.span[0] + match.start()
    dated = Dated(
        start=start, end=start + len(match[0]), said=match[0], grain="day", first=day, last=day, kind="counted"
    )
    return msgspec.structs.replace(fact, dated=dated)


def _of_the_one_before(fact: Fact, before: Sequence[Fact]) -> Fact:
    """'An Unha-3, a three-stage rocket. It left the pad at noon': the weapon that 'it' is."""
    verb = launch_verb(fact.text)
    more = _SOME_MORE.match(fact.text, verb.end()) if verb else None
    for one in before[: -_ANTECEDENT - 1 : -1]:
        if not one.weapons or not (more or fact.pronoun or _is_meant(fact)):
            continue
        weapon = one.weapons[0]
        if more:
            weapon = msgspec.structs.replace(weapon, count=quantities.count(more["n"]), new=True, single=False)
        return msgspec.structs.replace(fact, weapons=(weapon,))
    return fact


def _by_its_name(fact: Fact, before: Sequence[Fact]) -> Fact:
    """'It was a Starship. The rocket left the pad': the name that 'the rocket' has in the sentence in front."""
    named = [weapon for one in before[-1:] for weapon in one.weapons if weapon.system]
    return msgspec.structs.replace(fact, weapons=(*fact.weapons, *named[:1])) if named else fact


def _is_meant(fact: Fact) -> bool:
    """Whether 'it' fires in the sentence: the one that the sentences in front speak of."""
    verb = launch_verb(fact.text)
    return verb is not None and is_pronoun(fact.text[: verb.start()])


def _going_on(fact: Fact, before: Fact) -> Fact:
    """A piece of a sentence with the actor and the day of the piece in front, if it has none of its own."""
    actor = fact.actor or before.actor
    dated = fact.dated or before.dated
    falls = fact.impacts or (before.impacts and FELL_TOO.match(fact.text) is not None)
    return msgspec.structs.replace(
        fact, actor=actor, dated=dated, earlier=fact.earlier or before.earlier, impacts=falls
    )


def _led(fact: Fact, before: Fact, gap: str) -> Fact:
    """A sentence with what the one in front of it says: 'Where did it fall?', 'Aug. 4.'.

    Parameters
    ----------
    gap : what stands between the two
    """
    impacts, launches, dated = fact.impacts, fact.launches, fact.dated
    said = before.text.rstrip()
    heading = said.endswith("?") or ("\n" in gap and not said.endswith(_SENTENCE_ENDS))
    named_first = bool(fact.weapons) and fact.weapons[0].new
    if before.impacts:
        first = fact.places[0].start - fact.span[0] if fact.places else _FAR
        asked = heading and not before.weapons and first < _AT_THE_START  # 'Where? In the East Sea'
        listed = gap.count("\n") == 1 and not fact.weapons and any(sharpness(m) >= RING for m in fact.places)
        impacts = impacts or asked or listed
    if heading and named_first and _ASKED.search(before.text):
        launches = True
    bare_date = (
        before.dated is not None
        and not before.weapons
        and not before.places
        and len(before.text) < _SHORT_HEADING
        and "\n" not in gap
    )
    if bare_date and dated is None:
        dated = before.dated
        launches = launches or (named_first and fact.weapons[0].start - fact.span[0] < _AT_ONCE)
    return msgspec.structs.replace(fact, impacts=impacts, launches=launches, dated=dated)
