"""Sentences taken apart where another launch begins, and the items of lists: the pieces that each tell of one thing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from geomap.dates import Dated
from geomap.events.clauses import IMPACT, LAUNCH
from geomap.events.weapons import WeaponPhrase
from geomap.patterns import regex
from geomap.types import Record, Span

_JOINT = regex(r"; |,? (?:and|while|but|followed by|before|after which|as well as|whereas|then) |, (?=the )")
"""Where another clause may begin."""
FELL_TOO = regex(
    r"the (?:[\w-]+ ){0,4}(?:missiles?|rockets?|projectiles?|shells|others?|second|third) (?:into|in|near|on|at|off) ",
    re.IGNORECASE,
)
"""Behind a joint: '…, the cruise missiles into the West Sea'."""
MORE = regex(r"(?:another|one more|a second|a third)(?: one| missile| rocket)? (?:from|toward|into|on)\b")
"""Behind a joint: 'and another one from Semnan on Tuesday'."""
_AGAIN = regex(r"^,? and (?:then |again |once more |also )*(?:on )?$")
"""Between two days on which the same was done: 'on September 29 and again on October 1'."""

_MARK = regex(r"(?m)^[ \t]*(?P<mark>[•●▪‣·*–—-](?=\s)|\(?\d{1,2}[.)](?=\s)|\(?[a-z][.)](?=\s)|[①-⑳])\s*", re.IGNORECASE)
_CLOCK = regex(r"\W*(?:at |around |about )*\d{1,2}[:.]?\d{2}\b")
_AT_LINE_START, _LEAD = 4, 120
"""Characters from the start of a line in which its day begins, and in which it and the time of day end."""
_LED_BY_DATE = regex(
    r"\s*(?:,? ?(?:\d{1,2}(?::\d\d)? ?(?:a\.?m\.?|p\.?m\.?)?(?: [A-Z]{2,4})?|[a-z ]{0,24}))?\s*(?:[:–—-]|\.? (?=[A-Z]))"
)
"""Behind the date that a line begins with."""


class Item(Record, kw_only=True):
    """An item of a list.

    Parameters
    ----------
    start, end : offsets of its line, the mark included
    group, number : which list of the text, which item of it, both from 0
    dated : whether it begins with a day of its own
    timed : whether it begins with a time of day
    """

    start: int
    end: int
    group: int
    number: int
    dated: bool
    timed: bool


def find_items(text: str, dates: Sequence[Dated]) -> list[Item]:
    """Find the items of lists: lines with the same kind of mark, or that begin with a day, two at least."""
    starts = {dated.start: dated for dated in dates if dated.grain == "day"}
    found: list[tuple[int, int, str, bool, bool]] = []
    offset = 0
    for line in text.splitlines(keepends=True):
        mark = _MARK.match(line)
        begin = offset + (mark.end() if mark else len(line) - len(line.lstrip()))
        day = next((starts[at] for at in range(begin, begin + _AT_LINE_START) if at in starts), None)
        led = day is not None and _LED_BY_DATE.match(text, day.end, day.end + _LEAD) is not None
        if line.strip() and (mark or led):
            kind = _kind(mark["mark"]) if mark else "day"
            found.append(
                (offset, offset + len(line.rstrip()), kind, led, _CLOCK.match(text, begin, begin + _LEAD) is not None)
            )
        offset += len(line)
    return _grouped(text, found)


def _kind(mark: str) -> str:
    return re.sub(r"\d+|[①-⑳]", "1", re.sub(r"[A-Za-z]", "a", mark))


def _grouped(text: str, found: Sequence[tuple[int, int, str, bool, bool]]) -> list[Item]:
    """Items that follow each other with the same mark, and at most one paragraph of other lines between, are a list."""
    groups: list[list[tuple[int, int, str, bool, bool]]] = []
    for one in found:
        last = groups[-1][-1] if groups else None
        if last and last[2] == one[2] and text[last[1] : one[0]].count("\n\n") <= 1:
            groups[-1].append(one)
        else:
            groups.append([one])
    lists = [group for group in groups if len(group) > 1]
    return [
        Item(start=start, end=end, group=number, number=place, dated=led, timed=timed)
        for number, group in enumerate(lists)
        for place, (start, end, _, led, timed) in enumerate(group)
    ]


def item_at(items: Sequence[Item], offset: int) -> Item | None:
    """The item that an offset lies in."""
    place = bisect_right(items, offset, key=_start) - 1
    return items[place] if place >= 0 and offset < items[place].end else None


def _start(item: Item) -> int:
    return item.start


def segments(text: str, span: Span, weapons: Sequence[WeaponPhrase], dates: Sequence[Dated]) -> list[Span]:
    """A sentence, cut where a clause begins that tells of another launch: with a verb and a new weapon of its own.

    Parameters
    ----------
    weapons, dates : those of the sentence
    """
    start, end = span
    cuts = [start]
    for joint in _JOINT.finditer(text, start, end):
        if FELL_TOO.match(text, joint.end()) and IMPACT.search(text, cuts[-1], joint.start()):
            cuts.append(joint.end())
            continue
        left, right = (cuts[-1], joint.start()), (joint.end(), end)
        if not _tells(text, left, weapons, dates, first=True):
            continue
        following = _JOINT.search(text, joint.end(), end)
        clause = (joint.end(), following.start() if following else end)
        if (
            MORE.match(text, joint.end())
            or _tells(text, clause, weapons, dates, first=False)
            or _tells(text, right, weapons, dates, first=False, near=True)
        ):
            cuts.append(joint.end())
    return [(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]


def _tells(
    text: str, span: Span, weapons: Sequence[WeaponPhrase], dates: Sequence[Dated], *, first: bool, near: bool = False
) -> bool:
    """Whether a piece has a verb of launching and a weapon that it brings in (or, of a first piece, any)."""
    start, end = span
    verb = LAUNCH.search(text, start, min(end, start + 90) if near else end)
    if verb is None:
        return False
    inside = [weapon for weapon in weapons if start <= weapon.start < end]
    if near:
        inside = [weapon for weapon in inside if weapon.start < verb.end() + 30]
    own_day = any(start <= dated.start < end and dated.grain == "day" for dated in dates)
    return any(weapon.new or first for weapon in inside) or (own_day and first and bool(weapons))


def days_of_one(text: str, dates: Sequence[Dated]) -> list[Dated]:
    """Two days or more on which the same was done ('on September 29 and again on October 1'); else none."""
    days = [dated for dated in dates if dated.grain == "day" and dated.first and dated.first == dated.last]
    chain = days[:1]
    for dated in days[1:]:
        if chain and _AGAIN.match(text[chain[-1].end : dated.start]):
            chain.append(dated)
        elif len(chain) < 2:
            chain = [dated]
    return chain if len(chain) > 1 else []
