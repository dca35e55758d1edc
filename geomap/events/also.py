"""The sentences that go on about a launch without saying where it ended: how long it flew, what it flew over."""

from __future__ import annotations

from collections.abc import Sequence

from geomap import phrases
from geomap.events.drafts import Draft
from geomap.events.facts import Fact

_SPEAKS_OF_IT = phrases.anywhere(
    "(the|this|that|these|both|each) ... (missiles?|rockets?|launch(es)?|flights?|projectiles?|weapons?|vehicles?|"
    "tests?|firings?|trajectory|track|path|two|three)",
    "(missiles?|rockets?|projectiles?) (flew|passed|crossed|travel*|stayed)",
    "it|its|they|one|time in the air|lift-?off|flight|launch(ed)?|fired|overflew",
)
_NEXT = 2
"""Sentences behind the last one on a launch that may go on about it when several launches are told."""


def sentences_of(drafts: Sequence[Draft], facts: Sequence[Fact]) -> list[list[Fact]]:
    """For each launch its own sentences and those behind them that no launch has and that go on about it."""
    own = [list(draft.facts) for draft in drafts]
    news = [number for number, draft in enumerate(drafts) if not draft.background]
    holders = {fact.span: number for number, draft in enumerate(drafts) for fact in draft.facts}
    last, since = None, 0
    for fact in facts:
        if fact.span in holders:
            last, since = holders[fact.span], 0
            continue
        since += 1
        if last is None or fact.launches or fact.earlier or not _SPEAKS_OF_IT.search(fact.text):
            continue
        meant = last if since <= _NEXT else news[0] if len(news) == 1 else None
        if meant is None or not _same_days(fact, drafts[meant]):
            continue
        if fact.item is None or drafts[meant].item in (None, fact.item):
            own[meant].append(fact)
    return own


def _same_days(fact: Fact, draft: Draft) -> bool:
    """Whether a sentence gives no date, or the day of the launch."""
    if fact.dated is None:
        return True
    if fact.dated.grain != "day" or fact.days is None or draft.days is None:
        return False
    return fact.days[0] <= draft.days[1] and draft.days[0] <= fact.days[1]
