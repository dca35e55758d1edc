"""The facts of each sentence, before anything is put together: who, what, when, where, how far."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

import msgspec

from geomap import phrases
from geomap.catalog import Layers
from geomap.dates import Dated, find_dates
from geomap.events import clauses
from geomap.events.actors import Cast, actor_of, countries_of, subject_of
from geomap.events.figures import Figures, figures
from geomap.events.sharpness import RING, is_zone, sharpness
from geomap.events.weapons import WeaponPhrase, find_weapons
from geomap.tokens import open_tokens
from geomap.types import Mention, Reading, Record, Span
from geomap.words import open_words

_NUMBER = "two|three|four|five|six|seven"
_MONTHS = "|".join(calendar.month_name[1:])
_EARLIER = phrases.anywhere(
    # how long ago
    "ago",
    f"({_NUMBER}) (days|weeks|months|years) (before|earlier)|days? (before|earlier)|the year before",
    "earlier (this|in)|previous(ly)?|back in|this year|in recent|of late|already|once|used to",
    f"last (fired|launched|tested|flew|flown|{_MONTHS}|month|year|winter|spring|summer|autumn)",
    # since when
    "since",
    "first {such} (test|launch) since|not the first time|another missile|likewise",
    # what was before what is told
    "had (kept|shown off|fired|launched|tested|ended|flown|gone up|put)",
    # what is remembered
    "record|in memory|remember|kept|historic*",
)
"""A sentence recalls something earlier than the news."""
_SAME_DAY = phrases.anywhere("hours (earlier|before|later)", "earlier (that|the same|in the) (day|morning|afternoon)")
"""Earlier, but the same news."""
_PRONOUN = re.compile(r"^\W*(?:(?:hours|days) later,? )?(?:it|its|they|their|he)\b", re.IGNORECASE)
_ASKED = phrases.anywhere("fired|launched|how many|what happened|what it was")
"""In a question or heading in front: what is named behind it was fired."""
_SOMETHING = re.compile(r"\b(?:[Ll]aunch|missile|rocket|[Ii]t|one|shot)")
_STAGE = re.compile("stage|debris")
_SHIP = phrases.anywhere("(vessel|ship|trawler|boat|carrier|destroyer|fishing|survey)s?")
_BY_STATE = re.compile(r"^,? by (?:the )?(?:[A-Z]\w+ ?){1,3}")
"""Behind a weapon: 'two missiles, by North Korea'."""
_FROM = re.compile(r" (?:was |were )?(?:\w+ )?from (?:the |an? |near )?(?:[a-z]+ ){0,3}[A-Z]")
"""Behind a counted weapon, no verb needed: 'one ballistic missile from the Sunan area'."""
_TOGETHER = phrases.anywhere("(both|two|rival) Koreas", "Koreas", "each other")
_DASH = re.compile(r"\s(?:—|–|--|-)\s")
_SENTENCE_ENDS = (".", "”", '"')
_SHORT_HEADING = 60
_AT_ONCE, _AT_THE_START, _FAR = 5, 40, 10_000


class Fact(Record, kw_only=True):
    """What one sentence says.

    Parameters
    ----------
    span : offsets of the sentence
    actor : who fires in it, ISO 3166-1 alpha-3 or a group's name
    launches, impacts : whether it tells of a launch, of a fall
    dated : the date that belongs to it
    earlier : whether its words say that it recalls something
    start_of_block : whether a paragraph or item begins with it
    subject : the state that it speaks of, for 'it' and 'its' in the sentences after it
    pronoun : whether it begins with 'it', 'its' or 'they'
    """

    span: Span
    text: str
    weapons: tuple[WeaponPhrase, ...]
    actor: str | None
    launches: bool
    impacts: bool
    dated: Dated | None
    earlier: bool
    figures: Figures
    places: tuple[Mention, ...]
    zones: tuple[Mention, ...]
    start_of_block: bool
    subject: str | None
    pronoun: bool

    @property
    def days(self) -> tuple[str, str] | None:
        """First and last day (ISO) of its date, None when it has none or the day is not known."""
        if self.dated is None or self.dated.first is None or self.dated.last is None:
            return None
        return self.dated.first, self.dated.last

    def before(self, offset: int) -> str:
        """Its words in front of an offset of the document."""
        return self.text[: max(0, offset - self.span[0])]


def find_facts(reading: Reading, layers: Layers) -> list[Fact]:
    """Read every sentence of a document; of one that names no weapon there is nothing to read."""
    tokens, words = open_tokens(reading.document.text), open_words()
    text, spans = tokens.text, tokens.sentences
    armed = find_weapons(text, layers)
    if not armed:  # then nothing can have been fired
        return []
    countries = countries_of(reading.mentions, layers)
    mentions = _by_sentence(reading.mentions, lambda mention: mention.start, spans)
    weapons = _by_sentence(armed, lambda weapon: weapon.start, spans)
    dates = _by_sentence(find_dates(text, reading.document.published), lambda dated: dated.start, spans)
    groups = _by_sentence(words.find_groups(text), lambda found: found[0], spans)
    offices = _by_sentence(words.offices(text), lambda found: found[0], spans)
    facts = [
        _fact(
            text,
            span,
            mentions[number],
            weapons[number],
            dates[number],
            Cast(countries=countries, groups=groups[number], offices=offices[number]),
        )
        for number, span in enumerate(spans)
    ]
    return _linked(facts, text)


_Item = TypeVar("_Item")


def _by_sentence(items: Iterable[_Item], offset_of: Callable[[_Item], int], spans: Sequence[Span]) -> list[list[_Item]]:
    """What starts in each sentence."""
    starts = [start for start, _ in spans]
    found: list[list[_Item]] = [[] for _ in spans]
    for item in items:
        number = bisect_right(starts, offset_of(item)) - 1
        if number >= 0 and offset_of(item) < spans[number][1]:
            found[number].append(item)
    return found


def _fact(
    text: str,
    span: Span,
    mentions: Sequence[Mention],
    weapons: Sequence[WeaponPhrase],
    dates: Sequence[Dated],
    cast: Cast,
) -> Fact:
    start, end = span
    sentence = text[start:end]
    verb = clauses.LAUNCH.search(sentence)
    verb = verb or (clauses.IMPACT.search(sentence) if weapons else None)
    verb_at = start + verb.start() if verb else None
    filed = _header_end(text, start, mentions)
    return Fact(
        span=span,
        text=sentence,
        weapons=tuple(weapons),
        actor=actor_of(text, mentions, cast, span, verb_at),
        launches=_launches(text, sentence, weapons),
        impacts=_impacts(sentence, weapons),
        dated=_nearest([dated for dated in dates if dated.start >= filed], start if verb_at is None else verb_at),
        earlier=_EARLIER.search(sentence) is not None and not _SAME_DAY.search(sentence),
        figures=figures(sentence, [(m.start - start, m.end - start) for m in mentions if m.expression is not None]),
        places=tuple(m for m in mentions if m.status == "located" and m.role == "place" and not is_zone(m)),
        zones=tuple(m for m in mentions if is_zone(m)),
        start_of_block=start == 0 or text[max(0, start - 9) : start].rstrip(" ").endswith("\n"),
        subject=subject_of(text, mentions, cast),
        pronoun=_PRONOUN.match(sentence) is not None,
    )


def _launches(text: str, sentence: str, weapons: Sequence[WeaponPhrase]) -> bool:
    """Whether a sentence tells of a launch: by its verb, by 'two missiles, by X', or by a new weapon that falls."""
    if _TOGETHER.search(sentence):
        return False
    told = clauses.is_launch(sentence) and (bool(weapons) or _SOMETHING.search(sentence) is not None)
    left = any(weapon.new and weapon.count and _FROM.match(text, weapon.end) for weapon in weapons)
    by_state = left or any(weapon.new and _BY_STATE.match(text[weapon.end : weapon.end + 40]) for weapon in weapons)
    fresh = any(weapon.new and weapon.kind != "artillery" for weapon in weapons)
    return told or by_state or (fresh and _impacts(sentence, weapons) and clauses.IMPACT.search(sentence) is not None)


def _impacts(sentence: str, weapons: Sequence[WeaponPhrase]) -> bool:
    """Whether a sentence tells of a fall, and not of a ship that came home."""
    ship = not weapons and _SHIP.search(sentence) and not _STAGE.search(sentence)
    return clauses.is_impact(sentence) and not ship


def _header_end(text: str, start: int, mentions: Sequence[Mention]) -> int:
    """Where the report begins behind its dateline: the date in front is that of filing."""
    if not mentions or mentions[0].role != "dateline" or text[start : mentions[0].start].strip():
        return start
    dash = _DASH.search(text, mentions[0].end, mentions[0].end + 60)
    return dash.end() if dash else start


def _nearest(dates: Sequence[Dated], offset: int) -> Dated | None:
    """The date that stands nearest to an offset; days come before months and years."""
    exact = [dated for dated in dates if dated.grain == "day"] or dates
    return min(exact, key=lambda dated: abs(dated.start - offset), default=None)


# ------------------------------------------------------------------------------ what sentences get from each other


def _linked(facts: Sequence[Fact], text: str) -> list[Fact]:
    """Carry over what a sentence gets from the one in front: a question, a heading, a date, the meaning of 'it'."""
    linked: list[Fact] = []
    subject: str | None = None
    for fact in facts:
        if linked:
            fact = _led(fact, linked[-1], text[linked[-1].span[1] : fact.span[0]])
        if fact.launches and fact.actor is None and fact.pronoun and subject:
            fact = msgspec.structs.replace(fact, actor=subject)
        subject = fact.subject or subject
        linked.append(fact)
    return linked


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
