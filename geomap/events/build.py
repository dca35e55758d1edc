"""From the facts of sentences to launches: what belongs together, what is recalled, what is another launch."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from geomap import phrases
from geomap.dates import days_apart
from geomap.events.drafts import Draft
from geomap.events.facts import Fact
from geomap.events.falls import launch_places
from geomap.events.figures import Figures
from geomap.events.manner import is_path
from geomap.words import open_words

_IDENTIFIES = phrases.anywhere(
    "identif*|regard*|believ*|assess*|describ*|suspect*|credited",
    "takes? (it|the *) for|looks? (like|of)|is a (relative|variant)|was an?|it a",
    "calls? it|called|named|the name|type|from (an?|the) (same|new)",
)
"""A sentence without a launch says what it was that was fired."""
_TEST_OF = phrases.in_front(r"(tests?|test-firings?|launch(es)?|firings?) of( [a-z-]+)?")
"""In front of a weapon: 'after a test of a long-range cruise missile' tells of a launch by a noun."""
_NOT_YET = phrases.anywhere(
    r"(no|ban|forbid*|against|plan*|expect*|future|further|more|any|possible|warn*|all)\b[^.]{0,40}$"
)
"""In front of such a test: it was not, or not yet."""
_ANOTHER = phrases.anywhere("another", "a (second|third|further)", "separately")
"""With a new weapon: another launch."""
_NOT_BALLISTIC = frozenset({"artillery", "cruise", "rocket", "SLV"})
_HEADLINES, _LONGEST_HEADLINE = 2, 90
_ENDS = (".", "”", '"')
_SAME_NEWS_DAYS, _RECENT_DAYS = 1, 8
"""A launch is news so many days at most from the one that the text is about, and from the day of issue."""
_NEXT, _SOON = 3, 30
"""Characters between two sentences that follow each other, and between two that are near."""
MOST = 200
"""Launches that are read from one text at most: no article tells of more."""


def drafts(facts: Sequence[Fact], issue: str | None) -> list[Draft]:
    """Put the sentences of a text together into launches.

    Parameters
    ----------
    issue : ISO day of issue, None when unknown
    """
    made: list[Draft] = []
    current: Draft | None = None
    for number, fact in enumerate(facts):
        if len(made) >= MOST:
            break
        recalled = _is_recalled(fact, made, issue)
        if fact.launches and not (fact.dated is None and _is_headline(fact, number)):
            draft = _same_launch(made, fact, recalled)
            if draft is None:
                draft = Draft(actor=fact.actor, background=recalled)
                made.append(draft)
            draft.take(fact, launches=True)
            if not draft.background or current is None:
                current = draft
            made.extend(_named_tests(fact, draft))
            continue
        made.extend(_named_tests(fact, None))
        target = _spoken_of(made, fact, current, recalled)
        if target is not None:
            target.take(fact, launches=False)
    if made and all(draft.background for draft in made):  # the launch that a text is about is its news, however old
        leading = next((draft for draft in made if any(fact.launches for fact in draft.facts)), None)
        if leading is not None:
            leading.background = False
    for draft in made:
        draft.actor = draft.actor or _host(draft) or _only_actor(made)
    return [draft for draft in made if draft.weapons and (draft.actor or draft.impact or draft.some or draft.launch)]


def _is_headline(fact: Fact, number: int) -> bool:
    short = "\n" not in fact.text and len(fact.text) < _LONGEST_HEADLINE
    return number < _HEADLINES and short and not fact.text.rstrip().endswith(_ENDS)


# ---------------------------------------------------------------------------------------- is it the news or earlier?


def _is_recalled(fact: Fact, made: Sequence[Draft], issue: str | None) -> bool:
    """Whether a sentence tells of something earlier than the news."""
    main = next((draft.days for draft in made if not draft.background and draft.days), None)
    days, news = fact.days, main[0] if main else issue
    if days and fact.dated and news and (fact.launches or fact.dated.grain != "year"):
        exact = fact.dated.grain == "day"
        if not exact and (days[1] < news or (main and not days[0] <= news <= days[1])):
            return True
        near = _SAME_NEWS_DAYS if main else _RECENT_DAYS
        if exact and (main or days[1] < news) and days_apart(days[1], news) > near:
            return True
        if exact and days[0] <= news <= days[1]:
            return False
    return bool(made) and fact.earlier and not (days and main and days[0] == main[0])


def _named_tests(fact: Fact, told: Draft | None) -> list[Draft]:
    """Launches that a sentence only mentions by a noun: 'two days after a test of a new long-range cruise missile'.

    Parameters
    ----------
    told : the launch that the sentence itself tells of
    """
    found = []
    for weapon in fact.weapons:
        before = fact.before(weapon.start)
        other = told is None or weapon.kind != told.kind
        if weapon.new and weapon.kind and other and _TEST_OF.search(before) and not _NOT_YET.search(before):
            alone = msgspec.structs.replace(
                fact,
                weapons=(weapon,),
                dated=None,
                places=(),
                zones=(),
                figures=Figures(),
                launches=False,
                impacts=False,
            )
            draft = Draft(actor=fact.actor or fact.subject, background=True)
            draft.take(alone, launches=False)
            found.append(draft)
    return found


# ----------------------------------------------------------------------------------------- which launch is meant?


def _same_launch(made: Sequence[Draft], fact: Fact, recalled: bool) -> Draft | None:
    """The launch that a sentence tells again, None when it is another one."""
    return next((draft for draft in reversed(made) if _tells_of(fact, draft, recalled)), None)


def _tells_of(fact: Fact, draft: Draft, recalled: bool) -> bool:
    """Whether nothing that a sentence says is at odds with a launch."""
    if draft.background != recalled or (fact.actor and draft.actor and fact.actor != draft.actor):
        return False
    if fact.days and draft.days:
        if fact.days[1] < draft.days[0] or draft.days[1] < fact.days[0]:
            return False
    elif recalled and (fact.days or draft.days or not _goes_on(fact, draft)):
        return False
    kind = next((weapon.kind for weapon in fact.weapons if weapon.kind), None)
    if draft.facts and not recalled and _ANOTHER.search(fact.text) and any(weapon.new for weapon in fact.weapons):
        return False
    if kind in _NOT_BALLISTIC and draft.kind is None and any("ballistic" in weapon.text for weapon in draft.weapons):
        return False
    if kind and (not _compatible(kind, draft.kind) if draft.kind else _counts_differ(fact, draft)):
        return False
    return recalled or not _elsewhere(fact, draft)


def _goes_on(fact: Fact, draft: Draft) -> bool:
    """Whether a sentence follows on a launch and brings in no other weapon."""
    return draft.end + _NEXT >= fact.span[0] and not any(weapon.new for weapon in fact.weapons)


def _compatible(a: str, b: str) -> bool:
    """Whether two classes may be words for one thing."""
    return a == b or {a, b} <= {"rocket", "SLV"} or {a, b} <= {"artillery", "rocket"}


def _counts_differ(fact: Fact, draft: Draft) -> bool:
    """'About ten missiles' and 'three short-range ballistic missiles' are two statements on different things."""
    new = {weapon.count for weapon in fact.weapons if weapon.count}
    old = {weapon.count for weapon in draft.weapons if weapon.count}
    return bool(new and old) and not new & old and min(new | old) > 1


def _elsewhere(fact: Fact, draft: Draft) -> bool:
    """Whether a sentence brings in a weapon that left another place."""
    places = {mention.text for mention in launch_places(fact)}
    known = {mention.text for mention in draft.launch}
    return bool(places and known) and not places & known and any(weapon.new for weapon in fact.weapons)


def _spoken_of(made: Sequence[Draft], fact: Fact, current: Draft | None, recalled: bool) -> Draft | None:
    """The launch that a sentence without a launch in it goes on about."""
    identifies = bool(fact.weapons) and _IDENTIFIES.search(fact.text)
    flown = (
        fact.figures.distance or fact.figures.apogee or (fact.pronoun and (fact.figures.bearing or is_path(fact.text)))
    )
    speaks = fact.impacts or fact.zones or identifies or flown
    if not speaks or not made:
        return None
    last, start = made[-1], fact.span[0]
    if current is not None:
        if fact.pronoun and flown and current.end + _SOON > start:
            return current
        if fact.subject and not recalled and fact.subject != current.actor:
            own = [draft for draft in made if draft.actor == fact.subject and not draft.background]
            if own:
                return own[-1]
    follows = last.background and last.end + _NEXT >= start
    if recalled:
        return last if follows and (not fact.days or fact.days == last.days) else None
    return last if follows and last is not current and not fact.start_of_block else current


# ---------------------------------------------------------------------------------------------------- who fired?


def _host(draft: Draft) -> str | None:
    """The state from whose territory it was fired, where no armed group fires too."""
    grouped = {country for group in open_words().groups for country in group.countries}
    country = draft.launch[0].place.country if draft.launch and draft.launch[0].place else None
    return country if country and country not in grouped else None


def _only_actor(made: Sequence[Draft]) -> str | None:
    """The one that fires in all of the text, None when there are several or none."""
    actors = {draft.actor for draft in made if draft.actor}
    return actors.pop() if len(actors) == 1 else None
