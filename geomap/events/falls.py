"""Which places of a sentence something was fired from, and at which it came down."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap import phrases
from geomap.events.clauses import IMPACT, LAUNCH, SPOT
from geomap.events.facts import Fact
from geomap.events.overflight import is_flown_over
from geomap.events.sharpness import PHRASE, RING, WHOLE_SEA, sharpness
from geomap.patterns import regex
from geomap.types import Mention

_LAUNCH_WORDS = r"(?:(?-i:(?!to\b|toward|into\b|over\b|and\b|but\b|for\b|as\b|hit)[a-z][a-z'’-]*)|\w+ [IVX]+)"
"""Between 'from' and a place: small words that do not lead elsewhere ('an inland area near', 'launch pad IV on')."""
_FROM = regex(
    phrases.source(
        r"\b(from|out of|left|leaves?|stood in|rose from|site at)",
        r"\bat(?= launch| the launch)",
        r"\bplaced? the launch( in| at)?",
        r"\b(launch|firing) (site|point|place|area|location)s? (as|was|is|at|near|in|:)",
        r"\bpoints?:",
    )
    + rf"(?: {_LAUNCH_WORDS}){{0,6}} $",
    re.IGNORECASE,
)
"""In front of a place: something left it ('from Sunan', 'from a silo at Plesetsk')."""
_GUNS = phrases.in_front("(battery|batteries|launchers?|guns) .. (on|at|in|near) {the}")
_CRAFT = phrases.in_front(
    "(from|by) ... (ships?|warships?|vessels?|submarines?|boats?|bombers?|aircraft|planes?|jets?|fighters?) .. "
    "(in|over|above|on|from) {the}",
    "(fired|launched|launches|released|missiles?|rockets?|shots?) from .... {the} {waters of} {the}",
)
"""In front of a sea: what flew was let go there, by a ship or an aircraft."""
_FROM_THE = regex(r"^(?:[Ff]rom|[Oo]ver) (?:the )?$")
_ONE_TO_THE_OTHER = regex(r"^(?:,? (?:[A-Z][\w-]+|in|the))* to (?:the )?[A-Z]")
"""Behind a place: 'neighbors from Tokyo to Wellington'."""
_LEAVES = regex(
    r"(?:fir(?:ed|es|ing)|launch\w*|missiles?|rockets?|projectiles?|shells?|rounds|sent|shot|flew|flies|flown|lift\w*|"
    r"blast\w*|roar\w*|took off|taken off|rose|risen|test\w*|left|releas\w*|it|they|one|another|[a-z]+-\d+\w*|SLBMs?)\b"
    r"[^.;]{0,70}$",
    re.IGNORECASE,
)
_AWAY_FROM = phrases.in_front(r"(kilomet*|km|miles?|away) from {the}")

_EXPLAINS = phrases.in_front(
    "detected|spotted|seen|tracked|picked up|observed|lies|lie|is|are|situated|located|stands|which belongs to"
)
"""In front of a place: 'the cape, which lies north of Baengnyeong'."""
_PEOPLE_IN = phrases.in_front(
    "(people|residents|villagers|fishermen|witnesses|reporters) (in|on|of|near|from) {the}",
    "(troops|soldiers|islanders|those) (in|on|of|near|from) {the}",
)
"""In front of a place: who saw or heard it, not where it fell."""
_NOT_REACHED = phrases.in_front(
    "(toward|towards|in the direction of|aimed at|over|past|across|belongs to|far from|between) {the|its}",
    "(?<!mouth )(?<!waters )(?<!middle )of {the|its}",
)
"""In front of a plain name: it was headed there or passed it, but did not come down in it."""
_INTO = regex(r"\b(?:into|in|on|onto|near|at|off|to|inside|and)(?: \w+){0,4} $", re.IGNORECASE)
_INTO_THE = phrases.in_front("into {the}")
_AND_THE = phrases.in_front("and {the}")
_HIT = regex(
    r"\b(?:hits?|struck|strikes|reached|slammed into|pounded|targeted) (?:the |an? )?(?:[\w’'-]+ ){0,5}?"
    r"(?:(?:of|in|on|at|near|outside|around) (?:the )?)?$"
)
_FIRED_AT = regex(
    r"\b(?:fir(?:ed|es|ing)|launch(?:ed|es|ing)?|shot|sent|aimed|attack(?:ed)?|barrage|salvo|volley)\b[^.;]{0,60}? "
    r"(?:at|against|on) (?:the )?(?:[\w’'-]+ ){0,4}?$"
)
"""In front of a place: it was fired at, and nothing says that it fell elsewhere."""
_RANGE_AHEAD = regex(r"\b(?:toward|towards|for|to) (?:the )?$")
_TARGETS = frozenset({"city", "facility", "island", "region"})
FLEW_TO = regex(
    r"\b(?:flew|flown|flies|travell?ed|travels|went) [^.;]{0,60}?(?:km|kilomet\w+|miles)(?: \([^)]*\))? to (?:the )?$"
)
_WOULD = phrases.anywhere("would have", "was to", "were to", "planned", "expected to", "meant")
"""'Flew 4,200 miles to Kwajalein'; but not what was only meant to."""
_AT_SEA = phrases.behind("{the|into|in} {*} (seas?|waters?|off)")
_AHEAD, _FAR_AHEAD = 34, 120
_SLACK = 4
_ISO3 = 3
_BOAT_FIRED = regex(
    r"\b(?:submarine|warship|ship|vessel|frigate|destroyer|boat)\b[^.;,]{0,60}\b(?:fired|launched|"
    r"tested)\b[^.;,]{0,40} "
    r"(?:in (?:the )?)?$"
)
"""In front of a sea: where the boat was that fired ('a submarine fired a missile in the Bay of Bengal')."""
_ALSO_FROM = regex(r"^(?:,|,? and) (?:from )?(?:the )?$")
"""Between two places that something left: 'from Semnan and Jask'."""
_FIRED_NEAR = regex(
    r"\b(?:fired|launched|tested|fires|launches) [^.;,]{0,60}(?:missiles?|rockets?|projectiles?|SLBMs?|"
    r"ICBMs?) (?:from )?$"
)
"""In front of 'near Sinpo': it was fired there, when it is said of the firing."""
_FIRED_FROM = phrases.in_front("(fired|launched|launches|missiles?|rockets?|drones?) .. from {the}")


def is_launch_place(fact: Fact, mention: Mention) -> bool:
    """Whether the words in front of a place say that something left it ('from Sunan', 'a silo at Plesetsk')."""
    before = fact.before(mention.start)[-_FAR_AHEAD:]
    if mention.kind == "country":
        return fact.actor is not None and len(fact.actor) > _ISO3 and _FIRED_FROM.search(before) is not None
    if mention.kind == "sea" and mention.expression is None:
        return fact.launches and bool(
            _BOAT_FIRED.search(before) or _CRAFT.search(before) or _FROM_THE.match(fact.before(mention.start))
        )
    if (
        _GUNS.search(before)
        or (fact.launches and _BOAT_FIRED.search(before))
        or (mention.text.startswith("near ") and _FIRED_NEAR.search(before))
    ):
        return True
    found = _FROM.search(before)
    if found is None or _AWAY_FROM.search(before):
        return False
    behind = fact.text[mention.end - fact.span[0] :]
    plain = mention.expression is None and found[0][:4].lower() == "from"
    return not (plain and _ONE_TO_THE_OTHER.match(behind) and not _LEAVES.search(before[: found.start()]))


def launch_places(fact: Fact) -> list[Mention]:
    """The places of a sentence that something left, in the order of the text."""
    if fact.left:
        return list(fact.left)
    found: list[Mention] = []
    for mention in fact.places:
        also = (
            found
            and mention.kind == found[-1].kind
            and _ALSO_FROM.match(fact.before(mention.start)[found[-1].end - fact.span[0] :])
        )
        if also or is_launch_place(fact, mention):
            found.append(mention)
    return found


def places_of_impact(fact: Fact, launch: Sequence[Mention], *, launches: bool) -> list[Mention]:
    """The places of a sentence at which something came down.

    Parameters
    ----------
    launch : where it started
    launches : whether the sentence tells of the launch, too
    """
    struck = [mention for mention in fact.places if _is_struck(fact, mention)]
    if struck:
        return struck
    left = launch_places(fact)
    origin = {mention.id for mention in (*launch, *left)}
    ends = {mention.end for mention in left}
    found: list[Mention] = []
    for mention in fact.places:
        if mention.id in origin or mention.kind == "country" or _is_anchor(fact, mention):
            continue
        if launches and ends & {mention.start - 1, mention.start - 2}:
            continue  # 'from Abdul Kalam Island, off Dhamra' says where the island is
        if _comes_down(fact, mention, launches=launches, more=bool(found)):
            found.append(mention)
    return found


def targets_of(fact: Fact) -> list[Mention]:
    """The places that something was fired at, in the order of the text."""
    found = []
    for mention in fact.places:
        if mention.kind not in _TARGETS or is_launch_place(fact, mention) or _is_anchor(fact, mention):
            continue
        before = fact.before(mention.start)[-_FAR_AHEAD:]
        is_range = mention.kind == "facility" and "range" in mention.text.lower() and _RANGE_AHEAD.search(before)
        if (_FIRED_AT.search(before) or is_range) and not _WOULD.search(before) and not is_flown_over(before):
            found.append(mention)
    return found


def _is_struck(fact: Fact, mention: Mention) -> bool:
    """Whether the words in front of a place say that it was hit, or what flew came as far."""
    before = fact.before(mention.start)[-_FAR_AHEAD:]
    return bool(_HIT.search(before[-_AHEAD:]) or FLEW_TO.search(before)) and not _WOULD.search(before)


def _is_anchor(fact: Fact, mention: Mention) -> bool:
    """Whether a place stands within a phrase about another one."""
    others = (other for other in fact.places if other.expression is not None and other is not mention)
    return any(other.start <= mention.start and mention.end <= other.end for other in others)


def _comes_down(fact: Fact, mention: Mention, *, launches: bool, more: bool) -> bool:
    near = fact.before(mention.start)[-_AHEAD:]
    phrase = mention.expression is not None
    if _EXPLAINS.search(near) or _PEOPLE_IN.search(near) or (not phrase and _NOT_REACHED.search(near)):
        return False
    if mention.kind == "sea" and more and _AND_THE.search(near):
        return True
    if fact.impacts:
        impact = IMPACT.search(fact.text) or SPOT.search(fact.text)
        # without such a word a question or heading in front asked where it fell
        fell_at = impact.start() - _SLACK if impact else 0
        behind = mention.start - fact.span[0] >= fell_at
        if sharpness(mention) >= RING or (behind and (phrase or _INTO.search(near) is not None)):
            return True
    launch = LAUNCH.search(fact.text)
    if not launches or launch is None or mention.start - fact.span[0] <= launch.start():
        return False
    return (phrase and _AT_SEA.match(mention.text) is not None) or _INTO_THE.search(near) is not None


def chosen_impact(mentions: Sequence[Mention]) -> list[Mention]:
    """The places that make the impact zone: the sharpest, and the rings and areas that go with it."""
    unique: dict[str, Mention] = {}
    for mention in mentions:
        unique.setdefault(mention.text.lower(), mention)
    phrased = " ; ".join(mention.text.lower() for mention in unique.values() if mention.expression is not None)
    kept = (m for m in unique.values() if m.expression is not None or m.text.lower() not in phrased)
    order = sorted(kept, key=lambda mention: -sharpness(mention))
    if not order:
        return []
    best = sharpness(order[0])
    if best == WHOLE_SEA:  # all that are named, since none of them is sharper than the other
        return [mention for mention in order if sharpness(mention) == WHOLE_SEA]
    if best in (RING, PHRASE):
        return order
    return [mention for mention in order if sharpness(mention) >= RING] if best > RING else order[:1]
