"""The facts of each sentence, before anything is put together: who, what, when, where, how far."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from geomap.catalog import Layers
from geomap.dates import Dated, find_dates
from geomap.events import clauses
from geomap.events.weapons import WeaponPhrase, find_weapons
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.tokens import Tokens
from geomap.types import Direction, Distance, Inside, Intersection, Mention, Named, Outside, Reading, Record, Span, Zone
from geomap.words import open_words

_EARLIER = re.compile(
    r"\b(?:last (?:fired|launched|tested|flew|flown|November|month|year|winter|summer)|since (?:its|the|then|June|May|\w+ \d)|previous(?:ly)?|earlier (?:this|in)|years? ago|months? ago|weeks ago"
    r"|days? (?:before|earlier|ago)|(?:two|three|four|five|six) (?:days|weeks|months|years) (?:before|earlier|ago)|had (?:kept|shown off|fired|launched|tested|ended|flown|gone up|put)|first (?:such )?(?:test|launch) since|once|another missile"
    r"|likewise|the year before|record|in memory|remember|kept|in recent|of late|ago|used to|historic\w*|already|not the first time|this year|back in|since)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^\W*(?:(?:hours|days) later,? )?(?:it|its|they|their|he)\b", re.IGNORECASE)
_FROM = re.compile(
    r"(?:\bfrom|\bout of|\bleft|\bleave|\bleaves|\bstood in|\bat(?= launch| the launch)|\brose from|\bplaced? the launch(?: in| at)?|\bpoints?:|\bsite at)(?: (?:an?|the|its|launch|silo|pad|\w+ [IVX]+|launchpad|mobile|launchers?|battery|on|at|in|near|around|of|area|areas|place|railway|wagon|somewhere|vicinity|harbor|town|district|north|city)){0,6} $",
    re.IGNORECASE,
)


_GUNS = re.compile(r"\b(?:batter(?:y|ies)|launchers?|guns) (?:\w+ ){0,2}(?:on|at|in|near) (?:the )?$")
_ASKED = re.compile(r"\b(?:fired|launched|how many|what happened|what it was)\b", re.IGNORECASE)
_TOGETHER = re.compile(r"\b(?:both|two|rival) Koreas\b|\bKoreas\b|\beach other\b")
_SHIP = re.compile(r"\b(?:vessel|ship|trawler|boat|carrier|destroyer|fishing|survey)s?\b", re.IGNORECASE)
_BY_STATE = re.compile(r"^,? by (?:the )?(?:[A-Z]\w+ ?){1,3}")


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
    figures: clauses.Figures
    places: tuple[Mention, ...]
    zones: tuple[Mention, ...]
    start_of_block: bool
    subject: str | None
    pronoun: bool


def find_facts(reading: Reading, layers: Layers) -> list[Fact]:
    """Read every sentence of a document."""
    text = reading.document.text
    tokens = Tokens(text)
    reader = _Reader(reading, layers, tokens)
    return _linked([reader.fact(span) for span in tokens.sentences], text)


def _linked(facts: list[Fact], text: str) -> list[Fact]:
    """Carry over what a sentence gets from the one in front: a question, a heading, a bare date, the meaning of 'it'."""
    linked: list[Fact] = []
    subject: str | None = None
    for fact in facts:
        before = linked[-1] if linked else None
        changes: dict[str, object] = {}
        if before is not None:
            gap = text[before.span[1] : fact.span[0]]
            heading = before.text.rstrip().endswith("?") or (
                "\n" in gap and not before.text.rstrip().endswith((".", "”", '"'))
            )
            if heading and before.impacts and not before.weapons and fact.places:
                changes["impacts"] = True
            if heading and fact.weapons and not fact.launches and _ASKED.search(before.text) and fact.weapons[0].new:
                changes["launches"] = True
            if (
                before.impacts
                and "\n" in gap
                and "\n\n" not in gap
                and any(sharpness(m) >= 7 for m in fact.places)
                and not fact.weapons
            ):
                changes["impacts"] = True
            bare = (
                before.dated is not None
                and not before.weapons
                and not before.places
                and len(before.text) < 60
                and "\n" not in gap
            )
            if bare and fact.dated is None:
                changes["dated"] = before.dated
                if fact.weapons and fact.weapons[0].new and fact.weapons[0].start - fact.span[0] < 5:
                    changes["launches"] = True
        if fact.launches and fact.actor is None and fact.pronoun and subject:
            changes["actor"] = subject
        subject = fact.subject or subject
        linked.append(msgspec.structs.replace(fact, **changes) if changes else fact)
    return linked


class _Reader:
    """Holds what is looked up for every sentence of one document."""

    def __init__(self, reading: Reading, layers: Layers, tokens: Tokens) -> None:
        text = reading.document.text
        self.text, self.tokens, self.mentions = tokens.text, tokens, reading.mentions
        self.weapons = find_weapons(text, layers)
        self.dates = find_dates(text, reading.document.published)
        self.groups = open_words().find_groups(text)
        self.offices = open_words().offices(text)
        lexicon = open_lexicon(layers, open_gazetteer(layers))
        self.countries: dict[str, str] = {}
        for mention in reading.mentions:
            if isinstance(mention.expression, Named) and mention.expression.id.startswith("countries/"):
                self.countries[mention.id] = mention.expression.id[10:]
            elif mention.expression is None:
                for known in lexicon.known(mention.text):
                    if known.feature.startswith("countries/") and known.country:
                        self.countries[mention.id] = known.country
                        break

    def fact(self, span: Span) -> Fact:
        start, end = span
        sentence = self.text[start:end]
        inside = [mention for mention in self.mentions if start <= mention.start < end]
        weapons = tuple(weapon for weapon in self.weapons if start <= weapon.start < end)
        taken = [(m.start - start, m.end - start) for m in inside if m.expression is not None]
        launch = clauses.LAUNCH.search(sentence)
        launches = clauses.is_launch(sentence) and bool(
            weapons or re.search(r"\b(?:[Ll]aunch|missile|rocket|[Ii]t|one|shot)", sentence)
        )
        impacts = clauses.is_impact(sentence) and not (
            _SHIP.search(sentence) and not weapons and not re.search("stage|debris", sentence)
        )
        fresh = any(weapon.new and weapon.kind != "artillery" for weapon in weapons)
        by_state = any(weapon.new and _BY_STATE.match(self.text[weapon.end : weapon.end + 40]) for weapon in weapons)
        launches = (
            launches or by_state or (impacts and fresh and bool(clauses.IMPACT.search(sentence)))
        ) and not _TOGETHER.search(sentence)
        header = self._header_end(start, inside)
        dates = [dated for dated in self.dates if start <= dated.start < end and dated.start >= header]
        return Fact(
            span=span,
            text=sentence,
            weapons=weapons,
            actor=self._actor(inside, start, end, launch.start() + start if launch else None),
            launches=launches,
            impacts=impacts,
            dated=_nearest(dates, launch.start() + start if launch else start),
            earlier=bool(_EARLIER.search(sentence)),
            figures=clauses.figures(sentence, taken),
            places=tuple(m for m in inside if m.status == "located" and m.role == "place" and not is_zone(m)),
            zones=tuple(m for m in inside if is_zone(m)),
            start_of_block=self.text[:start].rstrip(" ").endswith("\n") or start == 0,
            subject=self._subject(inside, start, end),
            pronoun=bool(_PRONOUN.match(sentence)),
        )

    def _header_end(self, start: int, inside: Sequence[Mention]) -> int:
        """Where the report begins behind its dateline: the date in front is that of filing."""
        if not inside or inside[0].role != "dateline" or self.text[start : inside[0].start].strip():
            return start
        mark = re.search(r"\s(?:—|–|--|-)\s", self.text[inside[0].end : inside[0].end + 60])
        return inside[0].end + mark.end() if mark else start

    def _subject(self, inside: Sequence[Mention], start: int, end: int) -> str | None:
        """The state that a sentence speaks of: the first one in it that no office speaks for."""
        offices = [(a, b) for a, b, _ in self.offices if start <= a < end]
        for mention in inside:
            country = self.countries.get(mention.id)
            if (
                country
                and mention.role == "actor"
                and not self._of_office(mention, offices)
                and not self._only_target(mention)
            ):
                return country
        return None

    def _actor(self, inside: Sequence[Mention], start: int, end: int, verb: int | None) -> str | None:
        """Who fires: 'fired by X', else the last state or group in front of the verb that no office speaks for."""
        offices = [(a, b) for a, b, _ in self.offices if start <= a < end]
        anchors = [(m.start, m.end) for m in inside if m.expression is not None and not isinstance(m.expression, Named)]
        options: list[tuple[int, str]] = [(a, group.name) for a, b, group in self.groups if start <= a < end]
        groups = [actor for _, actor in options]
        options += [
            (a, office.state)
            for a, b, office in self.offices
            if start <= a < end and office.state and verb is not None and 0 <= verb - b < 4
        ]
        for mention in inside:
            country = self.countries.get(mention.id)
            if country is None or mention.role == "dateline" or self._of_office(mention, offices):
                continue
            if any(a <= mention.start < b for a, b in anchors) or self._only_target(mention):
                continue
            options.append((mention.start, country))
        by = [actor for at, actor in options if re.search(r"\bby (?:the )?$", self.text[max(start, at - 8) : at])]
        if by:
            return by[0]
        if verb is None:
            return None
        before = [(at, actor) for at, actor in sorted(options) if at <= verb + 2]
        if before:
            return before[-1][1]
        if groups:
            return groups[0]
        after = [actor for at, actor in options if self.text[max(start, at - 5) : at].endswith(("from ", "the "))]
        return after[0] if after else None

    def _of_office(self, mention: Mention, offices: Sequence[Span]) -> bool:
        near = any(a <= mention.start < b or 0 <= a - mention.end <= 4 for a, b in offices)
        speaks = mention.role == "actor" and re.match(
            r"[’']?s? (?:\w+ )?(?:said|says|say|announced|confirmed|names|thinks|reports?|told|gives|and )",
            self.text[mention.end : mention.end + 30],
        )
        ministry = re.match(
            r"[’']s (?:\w+ ){0,3}(?:military|ministry|defen[cs]e|government|coast guard|minister|chiefs|officials|count\b)",
            self.text[mention.end : mention.end + 60], re.IGNORECASE,
        )  # fmt: skip
        adjective = re.match(
            r" (?:\w+ ){0,2}(?:military|ministry|government|coast guard|defen[cs]e|minister|officials|envoy|newspapers?)\b",
            self.text[mention.end : mention.end + 50], re.IGNORECASE,
        )  # fmt: skip
        return bool(near or speaks or ministry or (adjective and mention.role == "actor"))

    def _only_target(self, mention: Mention) -> bool:
        before = self.text[max(0, mention.start - 22) : mention.start].lower()
        return bool(
            re.search(
                r"\b(?:toward|towards|at|against|over|off|near|hit|told|warn\w*|allies?|of|between|on|for|in) (?:the )?$",
                before,
            )
        )


def is_zone(mention: Mention) -> bool:
    """Whether a mention speaks of a maritime zone."""
    node = mention.expression
    return isinstance(node, (Inside, Outside, Zone)) and mention.kind == "zone"


def is_launch_place(fact: Fact, mention: Mention) -> bool:
    """Whether the words in front of a place say that something left it ('from Sunan', 'a silo at Plesetsk')."""
    if mention.kind == "country" or (mention.kind == "sea" and mention.expression is None):
        return False
    before = fact.text[: mention.start - fact.span[0]]
    if fact.launches and _GUNS.search(before):
        return True
    return bool(_FROM.search(before)) and not re.search(r"\b(?:kilomet\w+|km|miles?|away) from (?:the )?$", before)


def sharpness(mention: Mention) -> int:
    """How exact a place is as a place of impact, for choosing among several: the larger the better."""
    node = mention.expression
    if mention.kind == "coordinates":
        return 9
    if isinstance(node, Direction) and node.distance is not None:
        return 8
    if isinstance(node, Distance):
        return 7
    if isinstance(node, Intersection) and any(
        isinstance(part, Direction) and part.distance for part in (node.a, node.b)
    ):
        return 8
    if node is not None:
        return 5
    return {"facility": 4, "city": 4, "island": 4, "cape": 3, "sea": 3, "region": 2, "zone": 4}.get(mention.kind, 0)


def _nearest(dates: Sequence[Dated], offset: int) -> Dated | None:
    exact = [dated for dated in dates if dated.grain == "day"] or list(dates)
    return min(exact, key=lambda dated: abs(dated.start - offset), default=None)
