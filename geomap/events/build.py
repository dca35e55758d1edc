"""From the facts of sentences to launches: what belongs together, what is recalled, what is another launch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from geomap import phrases
from geomap.dates import days_apart
from geomap.events.drafts import GOES_ON_ABOUT, ONE_OF, Draft
from geomap.events.facts import Fact
from geomap.events.falls import launch_places
from geomap.events.figures import Figures
from geomap.events.manner import is_path
from geomap.events.same import NOT_BALLISTIC, same_launch
from geomap.events.series import each_launch, is_chronicle, launch_lists, opens_item, single
from geomap.events.totals import without_totals
from geomap.events.weapons import WeaponPhrase
from geomap.events.whose import name_actors
from geomap.patterns import regex

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
_ALL = regex(r"\A(?:\W*\(?\d+[.)]\s*)?(?:All|Both|Each|None of|They all|The (?:two|three|four|five|six|seven|eight))\b")
"""A sentence that begins so speaks of all that were told beside each other."""
_SEVERAL = 2
_BARE, _AT_ONCE = 60, 3
"""'Two missiles, short range.': so short a sentence says what it was."""
_HEADLINES, _LONGEST_HEADLINE = 2, 90
_ENDS = (".", "”", '"')
_SAME_NEWS_DAYS, _RECENT_DAYS = 1, 8
"""A launch is news so many days at most from the one that the text is about, and from the day of issue."""
_LEAD, _LONGEST_NEWS_DAYS = 4, 60
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
    lists, span, chronicle = launch_lists(facts), _span_of_news(facts), is_chronicle(facts)
    made: list[Draft] = []
    current: Draft | None = None
    before: Fact | None = None
    for number, sentence in enumerate(facts):
        if len(made) >= MOST:
            break
        fact, listed = sentence, sentence.item is not None and sentence.item.group in lists
        opens = listed and opens_item(fact, before)
        before = sentence
        headed = fact.dated is not None and fact.dated.end < fact.span[0]  # its day stands over it, as in a log
        recalled = _is_recalled(fact, made, issue, span) and not (
            (listed and (chronicle or _is_news(made))) or (headed and chronicle)
        )
        if opens:
            fact = _opening(fact, lists, made)
        if fact.launches and not _is_headline(fact, number):
            for one in each_launch(fact):
                apart = opens and not (fact.item and fact.item.dated)
                draft = None if apart else same_launch(made, one, recalled)
                if draft is None:
                    draft = Draft(actor=one.actor, background=recalled, item=fact.item if listed else None)
                    made.append(draft)
                draft.take(one, launches=True)
                if not draft.background or current is None or listed:
                    current = draft
            made.extend(_named_tests(fact, draft))
            continue
        made.extend(_named_tests(fact, None))
        for target in _spoken_of(made, fact, current, recalled):
            target.take(fact, launches=False)
    made = without_totals(made)
    if made and all(draft.background for draft in made):  # the launch that a text is about is its news, however old
        leading = next((draft for draft in made if any(fact.launches for fact in draft.facts)), None)
        if leading is not None:
            for draft in made:
                draft.background = draft is not leading and not _is_beside(draft, leading)
    name_actors(made, facts)
    _date_by_lede(made, facts, issue)
    for draft in made:
        if not draft.impact and not draft.some:
            draft.impact = draft.target
    return [draft for draft in made if draft.weapons and (draft.actor or draft.impact or draft.some or draft.launch)]


def _is_beside(draft: Draft, leading: Draft) -> bool:
    """Whether a launch belongs to the old news that a text is about: the same days, nothing that recalls it."""
    if draft.days is None or leading.days is None or days_apart(draft.days[1], leading.days[1]) > _RECENT_DAYS:
        return False
    return not any(fact.earlier for fact in draft.facts if fact.launches)


def _date_by_lede(made: Sequence[Draft], facts: Sequence[Fact], issue: str | None) -> None:
    """Give launches of the news that have no day that of the first sentences, if it is near the day of issue."""
    dated = [one for one in facts[:_LEAD] if one.days and one.dated and one.dated.grain == "day"]
    told = [one for one in dated if one.days and one.days[1] != issue]  # the day of issue stands at the head of many
    lede = next(iter([*told, *dated]), None)
    if lede is None or lede.days is None or issue is None or days_apart(lede.days[1], issue) > _RECENT_DAYS:
        return
    for draft in made:
        undated = any(fact.dated is not None for fact in draft.facts if fact.launches)
        if draft.days is None and not draft.background and not undated:
            draft.days, draft.said = lede.days, lede


def _is_news(made: Sequence[Draft]) -> bool:
    """Whether nothing but items of lists was told as news so far: then a list of earlier launches is the news."""
    return not any(draft.item is None and not draft.background for draft in made)


def _opening(fact: Fact, lists: Mapping[int, WeaponPhrase | None], made: Sequence[Draft]) -> Fact:
    """The first sentence of an item, which fires what the words over the list name when it names nothing itself."""
    assert fact.item is not None
    weapons = fact.weapons
    if not weapons:
        known = lists[fact.item.group] or next((draft.weapons[0] for draft in reversed(made) if draft.weapons), None)
        weapons = (single(known),) if known is not None else ()
    return msgspec.structs.replace(fact, launches=True, weapons=weapons)


def _is_headline(fact: Fact, number: int) -> bool:
    """Whether a sentence is the headline, which the text tells again with more care; one that gives the day is not."""
    if fact.item is not None or (fact.dated is not None and fact.dated.grain == "day"):
        return False
    short = "\n" not in fact.text and len(fact.text) < _LONGEST_HEADLINE
    return number < _HEADLINES and short and not fact.text.rstrip().endswith(_ENDS)


# ---------------------------------------------------------------------------------------- is it the news or earlier?


def _span_of_news(facts: Sequence[Fact]) -> tuple[str, str] | None:
    """The days that the first sentences say the text is about ('from September 25 to October 9'); None for no such."""
    for fact in facts[:_LEAD]:
        days = fact.days
        if days and fact.dated and fact.dated.grain == "day" and 1 < days_apart(*days) <= _LONGEST_NEWS_DAYS:
            return days
    return None


def _is_recalled(fact: Fact, made: Sequence[Draft], issue: str | None, span: tuple[str, str] | None) -> bool:
    """Whether a sentence tells of something earlier than the news.

    Parameters
    ----------
    span : the days that the text is about, when it says so
    """
    main = next((draft.days for draft in made if not draft.background and draft.days), None)
    days, news = fact.days, main[0] if main else issue
    if days and span and span[0] <= days[0] and days[1] <= span[1]:
        return False
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


def _spoken_of(made: Sequence[Draft], fact: Fact, current: Draft | None, recalled: bool) -> list[Draft]:
    """The launches that a sentence without a launch in it goes on about: one, or all those side by side."""
    identifies = bool(fact.weapons) and _IDENTIFIES.search(fact.text)
    flown = (
        fact.figures.distance or fact.figures.apogee or (fact.pronoun and (fact.figures.bearing or is_path(fact.text)))
    )
    bare = len(fact.text) < _BARE and bool(fact.weapons) and fact.weapons[0].start - fact.span[0] < _AT_ONCE
    started = GOES_ON_ABOUT.search(fact.text) and launch_places(fact)
    speaks = fact.impacts or fact.zones or identifies or flown or started or bare
    if not speaks or not made:
        return []
    last, start = made[-1], fact.span[0]
    if fact.item is not None:
        own = [draft for draft in made if draft.item == fact.item]
        if own:
            return own[-1:]
    if current is not None:
        if _ALL.match(fact.text) and (beside := _beside(made, current)):
            return beside
        if named := _named(made, fact):
            return [named]
        many = [draft for draft in made if draft.several and not draft.background]
        if ONE_OF.search(fact.text) and not current.several and len(many) == 1:
            return many  # 'one splash' is one of several
        if fact.pronoun and flown and current.end + _SOON > start:
            return [current]
        if fact.subject and not recalled and fact.subject != current.actor:
            own = [draft for draft in made if draft.actor == fact.subject and not draft.background]
            if own:
                return own[-1:]
    follows = last.background and last.end + _NEXT >= start
    if recalled:
        return [last] if follows and (not fact.days or fact.days == last.days) else []
    meant = last if follows and last is not current and not fact.start_of_block else current
    return [meant] if meant is not None else []


def _beside(made: Sequence[Draft], current: Draft) -> list[Draft]:
    """The launches that one list or one sentence tells beside each other, the current one among them."""
    if current.item is not None:
        return [draft for draft in made if draft.item is not None and draft.item.group == current.item.group]
    first = current.facts[0].span if current.facts else None
    return [draft for draft in made if draft.facts and draft.facts[0].span == first]


def _named(made: Sequence[Draft], fact: Fact) -> Draft | None:
    """The one of several launches that a sentence names by its class or system ('the cruise missiles')."""
    news = [draft for draft in made if not draft.background]
    for weapon in fact.weapons:
        if weapon.new or len(news) < _SEVERAL:
            continue
        by_system = [draft for draft in news if weapon.system and weapon.system in {w.system for w in draft.weapons}]
        by_kind = [draft for draft in news if weapon.kind and draft.kind == weapon.kind]
        ballistic = "ballistic" in weapon.text.lower() and weapon.kind is None
        by_path = [draft for draft in news if ballistic and draft.kind not in NOT_BALLISTIC]
        for found in (by_system, by_kind, by_path):
            if len(found) == 1:
                return found[0]
    return None
