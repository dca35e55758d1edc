"""What is said of a launch, and by whom: how many, how far, how high, how long and where, and what was taken back."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence

import msgspec

from geomap import phrases
from geomap.events.drafts import GOES_ON_ABOUT, Draft
from geomap.events.facts import Fact
from geomap.events.falls import launch_places
from geomap.events.speakers import Speaker, Talk, is_one
from geomap.events.stated import Stated, bare_in, counts_in, lengths_in, may_state, revised_in, times_in
from geomap.types import Amount, Claim, Record, Statement

_TOOK_BACK = phrases.anywhere(
    "withdr(ew|aws|awn) <not from>",
    "retract(ed|s)",
    "t(ook|akes?|aken) (that|this|it|(the|its|his|her|their) *) back",
    "correct(ed|s) (itself|himself|herself|that|this|it)",
    "correct(ed|s) (the|its|his|her|their) (statement|claim|report|account|announcement)",
    "walked (that|it|this) back|backtrack(ed|s)|(that|this|it) (was|is|had been) (wrong|a mistake|in error|mistaken)",
    "no longer (says?|held|holds|stands?|stood)",
)
"""Somebody no longer says what was told in front."""
MOST = 200
"""Statements that are kept of one launch at most: no article makes more."""
_FOLLOWS, _ANTECEDENT = 2, 3
"""Sentences between a launch and one that states more of it, and in front of one that takes something back."""


class Said(Record, kw_only=True):
    """A statement or claim with who makes it, whose words differ from place to place.

    Parameters
    ----------
    of : of a claim, what it is about when that is not where the launch came down
    before, after : whether the words say that something else was said afterwards, or before
    """

    speaker: Speaker | None
    statement: Statement | None = None
    claim: Claim | None = None
    of: str | None = None
    before: bool = False
    after: bool = False

    @property
    def start(self) -> int:
        """Offset of its words."""
        told = self.statement or self.claim
        return told.start if told else 0

    @property
    def corrected(self) -> bool:
        """Whether it is taken back."""
        told = self.statement or self.claim
        return told is not None and told.corrected

    def taken_back(self) -> Said:
        """The same, corrected."""
        if self.statement is not None:
            return msgspec.structs.replace(self, statement=msgspec.structs.replace(self.statement, corrected=True))
        assert self.claim is not None
        return msgspec.structs.replace(self, claim=msgspec.structs.replace(self.claim, corrected=True))


class Sayings(Record, kw_only=True):
    """All that is said of a launch.

    Parameters
    ----------
    told : the sentences that state something of it but were read for nothing else
    """

    statements: tuple[Said, ...]
    claims: tuple[Said, ...]
    told: tuple[Fact, ...]


def sayings(draft: Draft, claims: Sequence[Claim], told: Sequence[Fact], talk: Talk) -> Sayings:
    """Collect what is said of a launch, and mark what the same claimant later changes.

    Parameters
    ----------
    claims : its claims on zones
    told : sentences that may state more of it; see `also_told`
    """
    found: list[Said] = []
    used: list[Fact] = []
    facts = {fact.span: fact for fact in told} | {fact.span: fact for fact in draft.facts}
    own = {fact.span for fact in draft.facts}
    for span in sorted(facts):
        fact = facts[span]
        news = list(_stated(fact, draft, found, talk, own=span in own))
        if news and span not in own:
            used.append(fact)
        found += news[: MOST - len(found)]
    falls = {mention.id for mention in draft.impact}
    claimed = [_claimed(claim, falls, talk) for claim in claims]
    everything = _withdrawn([*_without_parts(_revised(found)), *_reversed(claimed)], talk)
    return Sayings(
        statements=tuple(one for one in everything if one.statement is not None),
        claims=tuple(one for one in everything if one.claim is not None),
        told=tuple(used),
    )


def also_told(facts: Sequence[Fact], made: Sequence[Draft]) -> list[list[Fact]]:
    """Sentences that belong to no launch but may state more of one: for each launch those close behind it."""
    number_of = {fact.span: number for number, fact in enumerate(facts)}
    owner: dict[int, int] = {}
    for at, draft in enumerate(made):
        for fact in draft.facts:
            owner[number_of[fact.span]] = at
    found: list[list[Fact]] = [[] for _ in made]
    last: tuple[int, int] | None = None
    for number, fact in enumerate(facts):
        if number in owner:
            last = number, owner[number]
        elif last is not None and number - last[0] <= _FOLLOWS and _may_belong(fact, made[last[1]]):
            found[last[1]].append(fact)
            last = number, last[1]
    return found


def _may_belong(fact: Fact, draft: Draft) -> bool:
    """Whether nothing says that a sentence is about something else."""
    if fact.earlier or fact.launches:
        return False
    if (
        fact.item != draft.item
        and fact.item is not None
        and draft.item is not None
        and fact.item.group == draft.item.group
    ):
        return False
    return not (fact.days and draft.days) or (fact.days[0] <= draft.days[1] and draft.days[0] <= fact.days[1])


# ------------------------------------------------------------------------------------------------ statements


def _stated(fact: Fact, draft: Draft, found: Sequence[Said], talk: Talk, *, own: bool) -> Iterator[Said]:
    """What a sentence states of a launch.

    Parameters
    ----------
    found : what the sentences in front state
    own : whether the sentence was read for the launch, and not only for who speaks in it
    """
    if not (own or may_state(fact)):
        return
    speakers = talk.at(fact.span[0]) if may_state(fact) else ()
    last = _last_figure(found, talk)
    topic = last.about if last else None
    counted = any(one.statement and one.statement.about == "count" for one in found)
    taken: list[Stated] = []

    def add(ones: Iterator[Stated]) -> None:
        for one in ones:
            if all(other.end <= one.start or one.end <= other.start for other in taken):
                taken.append(one)

    measured = list(lengths_in(fact))
    several = draft.several or any(not weapon.single for weapon in draft.weapons)
    near = measured[0].about if measured else topic or ("count" if several else None)
    add(revised_in(fact, near))
    add(iter(measured))
    add(times_in(fact))
    add(counts_in(fact, spoken=bool(speakers), counted=counted))
    if taken and topic is None:
        near = taken[-1].about
    free = {(m.start, m.end) for m in (*fact.places, *fact.zones)}
    words = last.value if last else taken[-1].value if taken else ""
    add(
        one
        for one in bare_in(fact, speakers, near, words)
        if not any(start < one.end and one.start < end for start, end in free)
    )
    if own:
        add(_places(fact, draft))
    for one in sorted(taken, key=lambda one: (one.start, one.about)):
        speaker = one.speaker or talk.speaker(one.start)
        if speaker is None and not own:
            if not (one.before or one.after) or last is None:
                continue
            speaker = next((said.speaker for said in reversed(found) if said.statement is last), None)
        elif speaker is None and (one.before or one.after):
            speaker = next(
                (said.speaker for said in reversed(found) if said.statement and said.statement.about == one.about), None
            )
        yield Said(
            speaker=speaker,
            statement=Statement(
                by=speaker.by if speaker else None,
                about=one.about,
                value=one.value,
                start=one.start,
                end=one.end,
                number=one.number,
                low=one.low,
                high=one.high,
                mention=one.mention,
                said=one.said or _said(one, speaker),
            ),
            before=one.before or (speaker is not None and speaker.first and not one.after),
            after=one.after or (speaker is not None and speaker.later and not one.before),
        )


def _last_figure(found: Sequence[Said], talk: Talk) -> Statement | None:
    """The first figure of the last sentence that has any: what is stated bare behind it is the same thing."""
    figures = [one.statement for one in found if one.statement is not None and one.statement.number is not None]
    number = talk.number(figures[-1].start) if figures else None
    return next((one for one in figures if talk.number(one.start) == number), None)


def _said(one: Stated, speaker: Speaker | None) -> str | None:
    """When a speaker says it; of 'first said … and later corrected that' the second figure was not said first."""
    if speaker is None or one.before or (one.after and speaker.first):
        return None
    return speaker.said


def _places(fact: Fact, draft: Draft) -> Iterator[Stated]:
    """The places of a sentence from which something was fired and at which it came down."""
    start, end = fact.span
    left = launch_places(fact) if fact.launches or GOES_ON_ABOUT.search(fact.text) else []
    fell = [mention for mention in (*draft.impact, *draft.some) if start <= mention.start < end]
    for about, mentions in (("launch", left), ("impact", fell)):
        for mention in {mention.id: mention for mention in mentions}.values():
            value = " ".join(mention.text.split())
            yield Stated(about=about, start=mention.start, end=mention.end, value=value, mention=mention.id)


def _claimed(claim: Claim, falls: Container[str], talk: Talk) -> Said:
    """A claim with who makes it and when it was said; a claim of nobody is that of who speaks in its sentence.

    Parameters
    ----------
    falls : mentions of where the launch came down
    """
    spoken = talk.at(claim.start)
    speaker = talk.speaker(claim.start)
    if claim.by is not None and (speaker is None or not _has_name(speaker, claim.by)):
        speaker = next((one for one in spoken if _has_name(one, claim.by)), None) or Speaker(
            start=claim.start, end=claim.end, by=claim.by, state=None, bare=False, leads=True, verb=""
        )
    by = claim.by or (speaker.by if speaker else None)
    return Said(
        speaker=speaker,
        of=claim.of if claim.of is not None and claim.of not in falls else None,
        claim=msgspec.structs.replace(claim, by=by, said=claim.said or (speaker.said if speaker else None)),
        before=speaker is not None and speaker.first,
        after=speaker is not None and speaker.later,
    )


def _has_name(speaker: Speaker, by: str) -> bool:
    one, other = speaker.by.casefold(), by.casefold()
    return one in other or other in one


# ----------------------------------------------------------------------------------------- what is taken back


def _revised(found: Sequence[Said]) -> list[Said]:
    """The statements, with those corrected that the same claimant changes."""
    return _changed(found, _other_figure)


def _without_parts(found: Sequence[Said]) -> list[Said]:
    """The statements without counts of a part: fewer than the same claimant counted before, and not as a correction."""
    kept: list[Said] = []
    for one in found:
        more = (other for other in kept if not other.corrected and is_one(one.speaker, other.speaker))
        if not one.corrected and any(_is_fewer(one, other) for other in more):
            continue
        kept.append(one)
    return kept


def _is_fewer(one: Said, other: Said) -> bool:
    a, b = one.statement, other.statement
    if a is None or b is None or a.about != "count" or b.about != "count" or a.number is None or b.number is None:
        return False
    return a.number < b.number


def _reversed(found: Sequence[Said]) -> list[Said]:
    """The claims, with those corrected that the same claimant turns round."""
    return _changed(found, opposite)


def _changed(found: Sequence[Said], differ: Callable[[Said, Said], bool]) -> list[Said]:
    """Mark what the same claimant says otherwise: later by its words, or first by its own."""
    kept = list(found)
    for at, one in enumerate(kept):
        for other in kept[at + 1 :]:
            if one.corrected or not is_one(one.speaker, other.speaker) or not differ(one, other):
                continue
            if (one.speaker is None) and not (one.before or other.after):
                continue
            if (other.after and not one.after) or (one.before and not other.before):
                kept[at] = one = one.taken_back()
        if one.before and not one.corrected:  # 'an earlier estimate of 700 km' stands behind the new one
            newer = (other for other in kept[:at] if not other.before and not other.corrected)
            if any(is_one(one.speaker, other.speaker) and differ(one, other) for other in newer):
                kept[at] = one.taken_back()
    return kept


def _other_figure(a: Said, b: Said) -> bool:
    one, other = a.statement, b.statement
    if one is None or other is None or one.about != other.about:
        return False
    return one.number is not None and other.number is not None and one.number != other.number


def opposite(a: Said, b: Said) -> bool:
    """Whether two claims put one thing on the two sides of a zone."""
    one, other = a.claim, b.claim
    if one is None or other is None or one.zone != other.zone or a.of != b.of:
        return False
    return {one.relation, other.relation} == {"inside", "outside"}


def _withdrawn(found: list[Said], talk: Talk) -> list[Said]:
    """Mark what a sentence behind takes back without saying otherwise: 'Tokyo withdrew that'."""
    kept = list(found)
    where = [talk.number(one.start) for one in found]
    first, last = min(where, default=0), max(where, default=-1) + _ANTECEDENT
    for number, (start, end) in enumerate(talk.sentences[first : last + 1], first):
        match = _TOOK_BACK.search(talk.text, start, end)
        speaker = talk.speaker(match.start()) if match else None
        if match is None or speaker is None:
            continue
        meant = [
            at
            for at, one in enumerate(kept)
            if one.start < match.start()
            and number - _ANTECEDENT <= talk.number(one.start) <= number
            and one.speaker is not None
            and is_one(one.speaker, speaker)
        ]
        nearest = max((talk.number(kept[at].start) for at in meant), default=None)
        for at in meant:
            if talk.number(kept[at].start) == nearest and not kept[at].corrected:
                kept[at] = kept[at].taken_back()
    return kept


def standing(first: Amount | None, about: str, said: Sequence[Said]) -> Amount | None:
    """The amount that was told first, or what its claimant said later when that was taken back."""
    if first is None:
        return None
    of_it = [one for one in said if one.statement and one.statement.about == about]
    own = next((one for one in of_it if one.statement and one.statement.value == " ".join(first.said.split())), None)
    if own is None or not own.corrected:
        return first
    for one in of_it:
        told = one.statement
        if told is None or told.corrected or not is_one(one.speaker, own.speaker):
            continue
        if told.number is not None and told.low is not None and told.high is not None:
            return Amount(value=told.number, low=told.low, high=told.high, said=told.value)
    return first


def standing_count(first: int | None, said: Sequence[Said]) -> int | None:
    """The count that was told first, or what its claimant said later when that was taken back."""
    counts = [one for one in said if one.statement and one.statement.about == "count"]
    own = next((one for one in counts if one.statement and one.statement.number == first), None)
    if first is None or own is None or not own.corrected:
        return first
    later = (one.statement for one in counts if not one.corrected and is_one(one.speaker, own.speaker))
    return next((int(told.number) for told in later if told and told.number is not None), first)
