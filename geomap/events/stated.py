"""Figures in a sentence that somebody may state: counts, flight times, and those that only follow on what was told."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from geomap import phrases, quantities
from geomap.events.facts import Fact
from geomap.events.speakers import Speaker
from geomap.events.weapons import WeaponPhrase
from geomap.patterns import regex
from geomap.quantities import HEDGE, NUMBER, UNIT
from geomap.stems import may_have, stems
from geomap.types import Amount, Record, Span

LENGTHS = ("distance", "apogee")
_COUNT_HEDGE = (
    "about|around|some|roughly|approximately|at least|more than|over|nearly|almost|up to|as many as|perhaps|only|just"
)
_DOZENS = {"a single": 1.0, "a pair": 2.0, "a dozen": 12.0, "two dozen": 24.0, "a score": 20.0}
_NUMBER = rf"(?:{NUMBER}(?! dozen)|{'|'.join(_DOZENS)})"
_NUMBER_STEMS = stems(*quantities.WORDS, "single", "pair", "dozen", "score", "hour", "minute", "min")
_DIGIT = regex(r"\d")
"""What a sentence has that states a figure: one of these words, or a digit."""
_FIGURE = rf"(?:(?:{_COUNT_HEDGE}) |{HEDGE})?{_NUMBER}(?:[ -]?{UNIT}| minutes)?"
_REVISED = regex(
    r"\b(?:revis|rais|lower|correct|chang|cut|increas|reduc|amend|updat)\w{0,3} "
    rf"(?:(?:the|its|his|her|their|that|this|it|an?) )?(?P<what>(?:[\w’'-]+ ){{0,4}}?)(?:from (?P<old>{_FIGURE}) )?"
    rf"to (?P<new>{_FIGURE})(?![\w%])",
    re.IGNORECASE,
)
"""'Revised the distance from 700 to 800 km', 'was later corrected to nine'."""
_REVISING = stems("revise", "raise", "lower", "correct", "change", "increase", "reduce", "amend", "update")
_BEFORE_THAT = regex(
    r"\b(?:earlier|initial|first|previous|preliminary|original) "
    rf"(?:estimate|figure|count|report|number|tally|announcement)s? (?:of|that put it at) (?P<old>{_FIGURE})(?![\w%])",
    re.IGNORECASE,
)
_ESTIMATES = stems("estimate", "figure", "count", "report", "number", "tally", "announcement")
_THEN = regex(
    r"\b(later|then|now|since|afterwards?|(?:an? |two )?hours? later|on \w+day) (?:be(?:en)? )?$", re.IGNORECASE
)
_ABOUT = (
    ("flight time", regex(r"time|minutes", re.IGNORECASE)),
    ("apogee", regex("altitude|apogee|height|peak", re.IGNORECASE)),
    ("distance", regex("distance|range|flown", re.IGNORECASE)),
    ("count", regex("number|count|tally|total", re.IGNORECASE)),
)
_END = r"(?=\s*(?:[.,;:!?)”\"]|$)| (?:and|but|while|in all|altogether|instead|not|after all)\b)"
_BEHIND_SPEAKER = regex(
    r"^(?: (?:reporters|lawmakers|parliament))?(?: that)?,?"
    r"(?: (?:it|this|that|they|the (?:figure|number|distance|count|total)))?"
    rf"(?: (?:was|were|is|to be|at|of|for|flew|covered))*:? (?:only )?(?P<figure>{_FIGURE}){_END}",
    re.IGNORECASE,
)
"""Behind a speaker nothing but a figure: 'Tokyo says 800 km', 'Seoul 700', 'Japan counted nine'."""
_IN_FRONT_OF_SPEAKER = regex(rf"^\W*(?:only |just )?(?P<figure>{_FIGURE}),? (?:the |an? )?$", re.IGNORECASE)
"""In front of a speaker nothing but a figure: 'Nine, says the ministry'."""
_PUT = regex(
    r"\b(?:number|count|total|tally)(?: of (?:[\w-]+ ){0,3}[\w-]+)?(?: fired| launched)? "
    rf"(?:at|was|is|to be|stood at|of) (?P<count>(?:(?:{_COUNT_HEDGE}) )?{_NUMBER})"
    rf"(?![\w%]|[ -]?{UNIT}| minutes| per| dead| wounded)",
    re.IGNORECASE,
)
_SEEN = regex(
    r"\b(?:counted|detected|tracked|spotted|recorded|registered|observed|spoke of|speaks of|"
    r"there (?:were|was|had been))"
    rf"(?: only| in fact)? (?P<count>(?:(?:{_COUNT_HEDGE}) )?{_NUMBER}){_END}",
    re.IGNORECASE,
)
_NUMBERS = stems("number", "count", "total", "tally")
_SEEING = stems(
    "counted", "detected", "tracked", "spotted", "recorded", "registered", "observed", "spoke", "speaks", "there"
)  # fmt: skip
_COUNTED = regex(
    rf"^(?:of )?(?P<count>(?:(?:{_COUNT_HEDGE}) )?{_NUMBER})(?= )(?! (?:more|further|other))",
    re.IGNORECASE,
)
_BEFORE_NAME = regex(
    rf"(?P<count>(?:(?:{_COUNT_HEDGE}) )?{_NUMBER}) (?:(?:new|heavy|single|\w+-\w+) )*$", re.IGNORECASE
)
_NOT_FIRED = regex(
    r"\b(?:intercept\w*|shot down|down(?:ed|ing)|destroy\w*|struck|hit|has|have|possess\w*|own\w*|stockpil\w*|arsenal|"
    r"build\w*|could|can|would|might|may|carr(?:y|ies|ying)|plans?|will|another|other|of (?:them|the)|including|"
    r"than the)\b[^,;.]{0,24}$",
    re.IGNORECASE,
)
"""In front of a counted weapon: it is not how many were fired."""
_STOPPED = regex(r"\b(?:intercept\w*|shot down|downed|destroyed|stopped|neutrali[sz]ed)\b[^.;]*$", re.IGNORECASE)
_FIRED = regex(r"^ (?:that (?:were|had been) )?(?:fired|launched)\b")
_ONE_BY_ONE = regex(
    r"(?:,|\band) (?:another |the other )?(?:one|two|three|four|five|six|\d{1,2}) (?:at|towards?|to|over|from) ",
    re.IGNORECASE,
)
"""Behind a counted weapon: it is one part of several."""
_OTHER_DEED = regex(
    r"^ (?:(?:were|was|had been|have been|got) )?(?:intercept|shot down|downed|destroyed|recovered|displayed)"
)
_FELL = regex(
    r"^ (?:(?:had|have|has) )?(?:landed|fell|fallen|hit|struck|came down|come down|reached|crashed|failed|exploded)\b"
)
_THINGS = regex(
    r"(?:missile|rocket|projectile|round|shell|weapon|[A-Z][\w-]*\d|SRBM|MRBM|IRBM|ICBM|SLBM)s?\b|artillery"
)
_MOST = 5000

_TO = r"\s?(?:to|and|or|-|–|—)\s?"
_TIME = regex(
    rf"(?P<said>(?P<hedge>{HEDGE})?(?:between )?(?P<low>{NUMBER}|an?(?= hours?\b))(?:{_TO}(?P<high>{NUMBER}))?"
    rf"[\s-](?P<unit>minutes?|min\b|hours?)(?:(?: and |, )(?P<more>{NUMBER}) minutes?)?)",
    re.IGNORECASE,
)
_UNITS = stems("minute", "min", "hour")
_ALOFT = phrases.anywhere(
    "in the air|in flight|aloft|airborne|fl(ew|own|ying|ies|y)|flight( time)?|stayed up|lasted|travell?(ed|ing)",
    "(came down|fell|landed|splashed down|dropped|crashed) {into * *} after",
)
_NOT_ALOFT = regex(r"\b(?:than|record|apart|within|every|last|into)(?: (?:the|of|about|some|was))*\s?$", re.IGNORECASE)
_NO_TIME = regex(
    r"^ (?:later|earlier|before|apart|ago|of warning|behind|past|into|after|from|notice|in advance|\w+ than)\b"
)
_ALOFT_BEHIND = regex(r"^(?:[ -](?:long )?(?:flight|of flight|in the air|aloft))\b")
_CLAUSE = regex(r"[;:]|, (?:and|but|while|which) |[—–]")
_AHEAD = 60


class Stated(Record, kw_only=True):
    """A figure or place of a sentence that is said of a launch, as a `geomap.types.Statement`, whoever says it.

    Parameters
    ----------
    before, after : whether the words say that another figure was told afterwards, or before
    said : when it was said, None when the words about the figure do not tell
    speaker : who states it, where that is plain
    """

    about: str
    start: int
    end: int
    value: str
    number: float | None = None
    low: float | None = None
    high: float | None = None
    mention: str | None = None
    before: bool = False
    after: bool = False
    said: str | None = None
    speaker: Speaker | None = None


def may_state(fact: Fact) -> bool:
    """Whether a sentence may state a figure, by its words."""
    return may_have(fact.text, _NUMBER_STEMS) or _DIGIT.search(fact.text) is not None


def times_in(fact: Fact) -> Iterator[Stated]:
    """The times that something flew ('in the air for about 70 minutes')."""
    for match in _TIME.finditer(fact.text) if may_have(fact.text, _UNITS) else ():
        front = _CLAUSE.split(fact.text[max(0, match.start() - _AHEAD) : match.start()])[-1]
        behind = fact.text[match.end() : match.end() + _AHEAD]
        dash = re.search(r"(?:time in the air|flight time)\W{0,4}$", fact.text[: match.start()], re.IGNORECASE)
        if not (dash or _ALOFT.search(front) or _ALOFT_BEHIND.match(behind)):
            continue
        if _NO_TIME.match(behind) or _NOT_ALOFT.search(front):
            continue
        if amount := _minutes(match):
            yield _of(fact, "flight time", match.span("said"), amount)


def _minutes(match: re.Match[str]) -> Amount | None:
    low = 1.0 if match["low"].lower() in ("a", "an") else quantities.number(match["low"])
    high = quantities.number(match["high"]) if match["high"] else None
    more = quantities.number(match["more"]) if match["more"] else 0.0
    if low is None or more is None or (high is not None and high < low):
        return None
    factor = 60.0 if match["unit"].lower().startswith("hour") else 1.0
    value = (low + high) / 2 if high is not None else low
    half = (high - low) / 2 if high is not None else quantities.rounding(low, hedged=bool(match["hedge"]))
    if match["more"]:
        half = quantities.rounding(more, hedged=bool(match["hedge"])) / factor
    value, half = value * factor + more, half * factor
    return Amount(value=value, low=round(value - half, 3), high=round(value + half, 3), said=match["said"])


def lengths_in(fact: Fact) -> Iterator[Stated]:
    """The distances and heights of a sentence."""
    for told in fact.figures.told:
        yield _of(fact, told.about, (told.start, told.end), told.amount)


def counts_in(fact: Fact, *, spoken: bool, counted: bool) -> Iterator[Stated]:
    """How many were fired, by the words of a sentence.

    Parameters
    ----------
    spoken : whether somebody speaks in it, so that 'announced two missiles' tells of a launch
    counted : whether it is told already, so that 'two missiles fell there' is part of them
    """
    for weapon in fact.weapons if fact.launches or (spoken and not fact.earlier) else ():
        span = _count_of(fact, weapon)
        if span is None or not weapon.new or not _THINGS.search(weapon.text):
            continue
        behind = fact.text[weapon.end - fact.span[0] :]
        front = fact.text[: span[0]]
        if (_NOT_FIRED.search(front) or _STOPPED.search(front)) and not _FIRED.match(behind):
            continue
        if _OTHER_DEED.match(behind) or (counted and (_FELL.match(behind) or _ONE_BY_ONE.search(behind))):
            continue
        yield from _count(fact, span)
    for pattern, stems_of_it in ((_PUT, _NUMBERS), (_SEEN, _SEEING)):
        for match in pattern.finditer(fact.text) if may_have(fact.text, stems_of_it) else ():
            if not _NOT_FIRED.search(fact.text[: match.start()]):
                yield from _count(fact, match.span("count"))


def _count_of(fact: Fact, weapon: WeaponPhrase) -> Span | None:
    """Where a sentence counts a weapon with a number, not with 'a' alone."""
    if weapon.count is None:
        return None
    at = weapon.start - fact.span[0]
    if match := _COUNTED.match(fact.text[at:]):
        return at + match.start("count"), at + match.end("count")
    found = _BEFORE_NAME.search(fact.text[:at]) if weapon.by_system or weapon.system else None
    return found.span("count") if found else None


def _count(fact: Fact, span: Span) -> Iterator[Stated]:
    value = fact.text[span[0] : span[1]]
    number = _number(value)
    if number is None or not 0 < number <= _MOST or number != int(number):
        return
    low, high = quantities.spread(number, value)
    yield Stated(
        about="count",
        start=fact.span[0] + span[0],
        end=fact.span[0] + span[1],
        value=value,
        number=number,
        low=low,
        high=high if high < _MOST * 2 else None,
    )


def _number(words: str) -> float | None:
    """The number of a count with its hedge."""
    plain = re.sub(rf"^(?:{_COUNT_HEDGE}) ", "", words.strip(), flags=re.IGNORECASE).lower()
    return _DOZENS.get(plain, quantities.number(plain))


def revised_in(fact: Fact, topic: str | None) -> Iterator[Stated]:
    """Figures that take the place of others: 'revised it from 700 to 800 km', 'an earlier estimate of 700 km'.

    Parameters
    ----------
    topic : what the last figure was about
    """
    for match in _REVISED.finditer(fact.text) if _may_revise(fact.text) else ():
        about = next((about for about, words in _ABOUT if words.search(match["what"])), None)
        unit = re.search(rf"{UNIT}|minutes", match["new"], re.IGNORECASE)
        then = _THEN.search(fact.text[: match.start()])
        for name in ("old", "new"):
            if match[name]:
                words = match[name] + (
                    f" {unit[0]}" if unit and not re.search(UNIT, match[name], re.IGNORECASE) else ""
                )
                one = _figure(fact, match.span(name), words, about or topic)
                if one is not None:
                    new = name == "new"
                    yield msgspec.structs.replace(
                        one, before=not new, after=new, said=then[1] if then and new else None
                    )
    for match in _BEFORE_THAT.finditer(fact.text) if may_have(fact.text, _ESTIMATES) else ():
        if one := _figure(fact, match.span("old"), match["old"], topic):
            yield msgspec.structs.replace(one, before=True)


def _may_revise(sentence: str) -> bool:
    return may_have(sentence, _REVISING) or "cut" in sentence.lower()


def bare_in(fact: Fact, speakers: Sequence[Speaker], topic: str | None, last: str) -> Iterator[Stated]:
    """Figures that stand alone beside who states them: 'Tokyo says 800 km; Seoul 700'.

    Parameters
    ----------
    topic, last : what the last figure was about, and its words, for the unit
    """
    start, end = fact.span
    for speaker in speakers:
        if not start <= speaker.start < end:
            continue
        behind = _BEHIND_SPEAKER.match(fact.text[speaker.end - start :]) if speaker.end <= end else None
        front = _IN_FRONT_OF_SPEAKER.match(fact.text[: speaker.start - start]) if not speaker.leads else None
        match, shift = (behind, speaker.end - start) if behind else (front, 0)
        if match is None:
            continue
        words = match["figure"]
        if topic in LENGTHS and not re.search(UNIT, words, re.IGNORECASE):
            unit = re.search(UNIT, last, re.IGNORECASE)
            words = f"{words} {unit[0]}" if unit else words
        span = (shift + match.start("figure"), shift + match.end("figure"))
        if one := _figure(fact, span, words, topic):
            yield msgspec.structs.replace(one, speaker=speaker)


def _figure(fact: Fact, span: Span, words: str, topic: str | None) -> Stated | None:
    """A figure, by its unit: a length, a time or a count; None when the topic is none that it can be about."""
    if found := quantities.lengths(words):
        if topic not in LENGTHS:
            return None
        return _of(fact, topic or "", span, found[0].amount)
    if time := _TIME.fullmatch(words.strip()):
        amount = _minutes(time)
        return _of(fact, "flight time", span, amount) if amount else None
    if topic != "count":
        return None
    return next(_count(fact, span), None)


def _of(fact: Fact, about: str, span: Span, amount: Amount) -> Stated:
    return Stated(
        about=about,
        start=fact.span[0] + span[0],
        end=fact.span[0] + span[1],
        value=" ".join(fact.text[span[0] : span[1]].split()),
        number=amount.value,
        low=amount.low,
        high=amount.high,
    )
