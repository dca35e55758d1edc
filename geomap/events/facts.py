"""The facts of each sentence, before anything is put together: who, what, when, where, how far."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from geomap import phrases
from geomap.catalog import Layers
from geomap.dates import Dated, find_dates
from geomap.events import clauses
from geomap.events.actors import Cast, actor_of, countries_of, subject_of
from geomap.events.figures import Figures, figures
from geomap.events.links import linked
from geomap.events.segments import MORE, Item, days_of_one, find_items, item_at, segments
from geomap.events.sharpness import is_zone
from geomap.events.speakers import Speaker, Talk
from geomap.events.voices import listen
from geomap.events.weapons import WeaponPhrase, find_weapons
from geomap.patterns import regex
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
_PRONOUN = regex(r"^\W*(?:(?:hours|days) later,? )?(?:it|its|they|their|he)\b", re.IGNORECASE)
_SOMETHING = regex(r"\b(?:[Ll]aunch|missile|rocket|[Ii]t|one|shot)")
_STAGE = regex("stage|debris")
_SHIP = phrases.anywhere("(vessel|ship|trawler|boat|carrier|destroyer|fishing|survey)s?")
_BY_STATE = regex(r"^,? by (?:the )?(?:[A-Z]\w+ ?){1,3}")
"""Behind a weapon: 'two missiles, by North Korea'."""
_FROM = regex(r" (?:was |were )?(?:\w+ )?from (?:the |an? |near )?(?:[a-z]+ ){0,3}[A-Z]")
"""Behind a counted weapon, no verb needed: 'one ballistic missile from the Sunan area'."""
_FORCES = phrases.anywhere("army|navy|air force|(missile|rocket|strategic) forces?|forces|guards?", case=False)
_TOGETHER = phrases.anywhere("(both|two|rival) Koreas", "Koreas", "each other")
_SAID_ON = regex(r"\b(?:said|says|told [\w ]{1,24}|announced|reported|added|stated)(?: (?:late|early))?(?: on)? $")
"""In front of a date: that of the statement."""
_VAGUER = 25
_DASH = regex(r"\s(?:—|–|--|-)\s")


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
    item : the item of a list that it stands in
    joined : whether it goes on with the sentence of the fact in front
    again : further days on which the same was done
    left : the places that it left, when the words of several launches were dealt out; else they are looked for
    groups, states, forces : armed groups, states, and the states whose armed forces it names
    talk : all who speak in the document
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
    item: Item | None = None
    joined: bool = False
    again: tuple[Dated, ...] = ()
    left: tuple[Mention, ...] = ()
    groups: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    forces: tuple[str, ...] = ()
    talk: Talk

    @property
    def days(self) -> tuple[str, str] | None:
        """First and last day (ISO) of its date, None when it has none or the day is not known."""
        if self.dated is None or self.dated.first is None or self.dated.last is None:
            return None
        return self.dated.first, self.dated.last

    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who says something in the sentence that it is, or is a piece of."""
        return self.talk.at(self.span[0])

    def before(self, offset: int) -> str:
        """Its words in front of an offset of the document."""
        return self.text[: max(0, offset - self.span[0])]


def find_facts(reading: Reading, layers: Layers) -> tuple[list[Fact], tuple[Dated, ...]]:
    """Read every sentence of a document; of one that names no weapon there is nothing to read.

    Returns
    -------
    tuple
        the facts, and the dates of the whole document
    """
    tokens, words = open_tokens(reading.document.text), open_words()
    text = tokens.text
    armed = find_weapons(text, layers)
    if not armed:  # then nothing can have been fired
        return [], ()
    dated = find_dates(text, reading.document.published)
    spans, joined = _pieces(text, tokens.sentences, armed, dated)
    items = find_items(text, dated)
    countries = countries_of(reading.mentions, layers)
    talk = listen(text, reading.mentions, countries, words)
    mentions = _by_sentence(reading.mentions, lambda mention: mention.start, spans)
    weapons = _by_sentence(armed, lambda weapon: weapon.start, spans)
    dates = _by_sentence(dated, lambda dated: dated.start, spans)
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
            item_at(items, span[0]),
            talk,
            joined=number in joined,
        )
        for number, span in enumerate(spans)
    ]
    return linked(facts, text, reading.document.published and reading.document.published[:10]), dated


def _pieces(
    text: str, sentences: Sequence[Span], armed: Sequence[WeaponPhrase], dated: Sequence[Dated]
) -> tuple[list[Span], set[int]]:
    """The sentences, those that tell of several launches cut in pieces, and which of them go on."""
    weapons = _by_sentence(armed, lambda weapon: weapon.start, sentences)
    dates = _by_sentence(dated, lambda date: date.start, sentences)
    spans: list[Span] = []
    joined: set[int] = set()
    for number, span in enumerate(sentences):
        pieces = (
            segments(text, span, weapons[number], dates[number])
            if len(weapons[number]) > 1 or MORE.search(text, *span)
            else [span]
        )
        joined |= {len(spans) + place for place in range(1, len(pieces))}
        spans += pieces
    return spans, joined


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
    item: Item | None,
    talk: Talk,
    *,
    joined: bool,
) -> Fact:
    start, end = span
    sentence = text[start:end]
    launch = clauses.launch_verb(sentence)
    verb = launch or (clauses.IMPACT.search(sentence) if weapons else None)
    verb_at = start + verb.start() if verb else None
    filed = _header_end(text, start, mentions)
    return Fact(
        span=span,
        text=sentence,
        weapons=tuple(weapons),
        actor=actor_of(text, mentions, cast, span, (start + verb.start(), start + verb.end()) if verb else None),
        launches=_launches(text, sentence, weapons, launch),
        impacts=_impacts(sentence, weapons),
        dated=_nearest(
            _of_the_deed([dated for dated in dates if dated.start >= filed], text),
            start if verb_at is None else verb_at,
        ),
        earlier=_EARLIER.search(sentence) is not None and not _SAME_DAY.search(sentence),
        figures=figures(sentence, [(m.start - start, m.end - start) for m in mentions if m.expression is not None]),
        places=tuple(m for m in mentions if m.status == "located" and m.role == "place" and not is_zone(m)),
        zones=tuple(m for m in mentions if is_zone(m)),
        start_of_block=start == 0 or text[max(0, start - 9) : start].rstrip(" ").endswith("\n"),
        subject=subject_of(text, mentions, cast),
        pronoun=_PRONOUN.match(sentence) is not None,
        item=item,
        joined=joined,
        again=tuple(days_of_one(text, dates)[1:]),
        groups=tuple(group.name for _, _, group in cast.groups),
        states=tuple(cast.countries[mention.id] for mention in mentions if mention.id in cast.countries),
        forces=tuple(office.state for _, _, office in cast.offices if office.state and _FORCES.search(office.name)),
        talk=talk,
    )


def _launches(text: str, sentence: str, weapons: Sequence[WeaponPhrase], launch: re.Match[str] | None) -> bool:
    """Whether a sentence tells of a launch: by its verb, by 'two missiles, by X', or by a new weapon that falls."""
    if (launch is None and not weapons) or _TOGETHER.search(sentence):
        return False
    something = bool(weapons) or _SOMETHING.search(sentence) is not None
    told = something and launch is not None and clauses.is_launch(sentence, launch)
    left = any(weapon.new and weapon.count and _FROM.match(text, weapon.end) for weapon in weapons)
    by_state = left or any(weapon.new and _BY_STATE.match(text[weapon.end : weapon.end + 40]) for weapon in weapons)
    fresh = any(weapon.new and weapon.kind != "artillery" for weapon in weapons)
    return told or by_state or (fresh and _impacts(sentence, weapons) and clauses.IMPACT.search(sentence) is not None)


def _impacts(sentence: str, weapons: Sequence[WeaponPhrase]) -> bool:
    """Whether a sentence tells of a fall, and not of a ship that came home."""
    if not clauses.is_impact(sentence):
        return False
    return not (not weapons and _SHIP.search(sentence) and not _STAGE.search(sentence))


def _header_end(text: str, start: int, mentions: Sequence[Mention]) -> int:
    """Where the report begins behind its dateline: the date in front is that of filing."""
    if not mentions or mentions[0].role != "dateline" or text[start : mentions[0].start].strip():
        return start
    dash = _DASH.search(text, mentions[0].end, mentions[0].end + 60)
    return dash.end() if dash else start


def _of_the_deed(dates: Sequence[Dated], text: str) -> Sequence[Dated]:
    """The dates without those of statements ('an official said Monday'), if there are others."""
    return [dated for dated in dates if not _SAID_ON.search(text[max(0, dated.start - 40) : dated.start])] or dates


def _nearest(dates: Sequence[Dated], offset: int) -> Dated | None:
    """The date that stands nearest to an offset; days count for nearer than months and years."""

    def away(dated: Dated) -> int:
        return abs(dated.start - offset) + (0 if dated.grain == "day" else _VAGUER)

    return min(dates, key=away, default=None)
