"""The salvos of a launch: 'in two waves', 'at 6:45 and 6:50 a.m.', 'two of them about 40 minutes apart'."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap import phrases, quantities
from geomap.events.airtime import durations
from geomap.events.facts import Fact
from geomap.events.hours import Page, times_of
from geomap.patterns import regex
from geomap.types import Record, Salvo

_N = quantities.NUMBER
_WAVE = "waves?|salvos?|salvoes|batche?s?|volleys?|bursts?|barrages?|groups?|rounds?"
_IN_WAVES = regex(
    rf"\b(?:in|over|across) (?P<n>{_N}) (?:separate |distinct |different |successive )?(?:{_WAVE})\b", re.IGNORECASE
)
_NTH_WAVE = regex(
    rf"\b(?:an? |the )?(?P<nth>first|second|third|fourth|fifth|another) (?:{_WAVE})"
    rf"(?: of (?P<n>{_N})\b| (?:with|had) (?P<n2>{_N})\b)",
    re.IGNORECASE,
)
_BEHIND = regex(r"^ (?:apart\b|from each other\b|between (?:them|each|the two)\b)", re.IGNORECASE)
_LATER = regex(r"^ (?:later|after (?:that|the first|it)\b)", re.IGNORECASE)
_WITHIN = regex(r"\b(?:one after (?:another|the other) |in (?:quick |rapid )?succession )?within $", re.IGNORECASE)
_EACH_OTHER = regex(r"^ of (?:each other|one another)\b", re.IGNORECASE)
_AFTER_ANOTHER = regex(
    r"\bone after (?:another|the other)\b|\bin (?:quick|rapid) succession\b|\bback[- ]to[- ]back\b", re.IGNORECASE
)
_INTERVALS = regex(r"\b(?:at|with) (?:an )?intervals? of $", re.IGNORECASE)
_COUNT = regex(
    rf"(?:(?P<another>another|a further|a second|the second|the other)(?: (?P<more>{_N}))?|\b(?P<n>{_N}|an?)\b)"
    r"(?: (?!(?:and|then|at|but|minutes?|hours?|seconds?|km|days?)\b)[\w’'-]+){0,9}?"
    r"(?: (?:at|around|about|from|,))*,? ?$",
    re.IGNORECASE,
)
_NOT_ONE = phrases.anywhere("could|would|can|may|might|will|planned|intercept*|sirens?|alerts?|earlier this")
_RANGE = regex(r"^ ?(?:to|-|–) ?$|\b(?:until|till|through|end\w*|stop\w*|last\w*|finish\w*)\b", re.IGNORECASE)
_MOST_WAVES, _MOST_ALONE = 12, 6
_PAIR, _NEAR = 2, 80


class _Anchor(Record, kw_only=True):
    start: int
    end: int
    zone: str
    later: bool


def salvos_of(facts: Sequence[Fact], page: Page, count: int | None) -> tuple[Salvo, ...]:
    """The salvos that the sentences of a launch tell apart; none when they tell of one.

    Parameters
    ----------
    page : the dates of the document, and which times are only those of its posts
    count : how many were fired in all, None when the text does not say
    """
    for fact in facts:
        if _NOT_ONE.search(fact.text):
            continue
        told = _by_number(fact.text) or _by_time(fact, page, count) or (_waves(fact.text) or _apart(fact.text, count))
        if told:
            return told
    return ()


def _by_number(sentence: str) -> tuple[Salvo, ...]:
    """'A first salvo of three, a second of two'."""
    told = [
        Salvo(count=quantities.count(match["n"] or match["n2"]), said=" ".join(match[0].split()))
        for match in _NTH_WAVE.finditer(sentence)
    ]
    return tuple(told) if len(told) >= _PAIR else ()


def _waves(sentence: str) -> tuple[Salvo, ...]:
    """'In two waves': as many salvos, nobody says of how many each."""
    match = _IN_WAVES.search(sentence)
    number = quantities.count(match["n"]) if match else None
    if match is None or number is None or not _PAIR <= number <= _MOST_WAVES:
        return ()
    return (Salvo(count=None, said=" ".join(match[0].split())),) * number


def _apart(sentence: str, count: int | None) -> tuple[Salvo, ...]:
    """'About 40 minutes apart', 'one after another within 20 seconds': each was fired alone."""
    said = ""
    for one in durations(sentence):
        front = max(0, one.start - _NEAR)
        before, behind = sentence[front : one.start], sentence[one.end : one.end + _NEAR]
        if ends := _BEHIND.match(behind):
            said = sentence[one.start : one.end + ends.end()]
        elif (within := _WITHIN.search(before)) and (
            (ends := _EACH_OTHER.match(behind)) or _AFTER_ANOTHER.match(within[0])
        ):
            said = sentence[front + within.start() : one.end + (ends.end() if ends else 0)]
        elif each := _INTERVALS.search(before):
            said = sentence[front + each.start() : one.end]
        if said:
            break
    if not said and (match := _AFTER_ANOTHER.search(sentence)):
        said = match[0]
    if not said or count == 1:
        return ()
    said = " ".join(said.split())
    return (Salvo(count=1, said=said),) * count if count and count <= _MOST_ALONE else (Salvo(count=None, said=said),)


def _by_time(fact: Fact, page: Page, count: int | None) -> tuple[Salvo, ...]:
    """'Three at 9:15 and another two an hour later': a salvo for each time."""
    sentence = fact.text
    anchors = _anchors(fact, page)
    if len(anchors) < _PAIR:
        return ()
    told: list[tuple[int | None, str]] = []
    at = 0
    for anchor in anchors:
        number = _counted(sentence[max(at, anchor.start - _NEAR) : anchor.start])
        told.append((number, " ".join(sentence[anchor.start : anchor.end].split())))
        at = anchor.end
    if all(number is None for number, _ in told[1:]):  # 'two at 6:45 and 6:50' is one each
        alone = (count or told[0][0]) == len(told)
        told = [(1 if alone else None, said) for _, said in told]
    return tuple(Salvo(count=number, said=said) for number, said in told)


def _anchors(fact: Fact, page: Page) -> list[_Anchor]:
    """The times at which a sentence says that something was fired, those of one zone, ranges and brackets left out."""
    sentence = fact.text
    times = [one.clock for one in times_of([fact], page, "launch") if one.clock.exact]
    spots = [_Anchor(start=one.start, end=one.end, zone=one.zone, later=False) for one in times]
    for one in durations(sentence):
        if (later := _LATER.match(sentence[one.end : one.end + _NEAR])) and _launched_behind(
            sentence[max(0, one.start - _NEAR) : one.start]
        ):
            spots.append(_Anchor(start=one.start, end=one.end + later.end(), zone="", later=True))
    spots.sort(key=lambda spot: spot.start)
    kept: list[_Anchor] = []
    for spot in spots:
        between = sentence[kept[-1].end : spot.start] if kept else ""
        zones = {anchor.zone for anchor in kept} | {spot.zone}
        if kept and ("(" in between or _RANGE.search(between) or len(zones - {""}) > 1):
            continue
        kept.append(spot)
    return [] if kept and kept[0].later else kept


_MORE = regex(
    rf"\b(?:another|a further|a second|the second|the other|{_N}(?: more| others)?|more)\b[^.;]{{0,40}}$", re.IGNORECASE
)


def _launched_behind(before: str) -> bool:
    """Whether something more was fired in front of 'an hour later': 'another two'."""
    return _MORE.search(before) is not None


def _counted(words: str) -> int | None:
    """How many the words in front of a time count."""
    match = None
    for start in range(len(words)):
        if (start == 0 or not words[start - 1].isalnum()) and (match := _COUNT.match(words, start)):
            break
    if match is None:
        return None
    if match["another"]:
        return (
            quantities.count(match["more"]) if match["more"] else 1 if match["another"].lower() != "the other" else None
        )
    return quantities.count(match["n"])
