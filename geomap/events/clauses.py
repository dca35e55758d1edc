"""What a sentence does: fires something, lets it fly, lets it fall, or only talks of it."""

from __future__ import annotations

import re

from geomap import phrases

LAUNCH = phrases.anywhere(
    # to fire, to launch
    "test-?(fired|fires|firing|launched|launches|launching)",
    "fir(ed|es|ing) <not points?|position|range>",
    "launch(ed|es|ing) <not pads?|sites?|places?|points?|areas?>",
    "launch <then of|from|toward|into>",
    # to let go
    "sent",
    "let(s|ting)? (loose|off|one off)",
    "loos(ed|es)",
    "lob(bed|s)",
    "shot (off|up|a)",
    "shoots",
    "shot",
    "let (go|fly)",
    "flown (from|out of)",
    "(put|sent|carried) ... (satellites?|payloads?|spacecraft) ... orbit",
    "blast(ed|s)",
    "unleash(ed|es)",
    # to test
    "(conducted|carried out) {a|its|another|the} ... (tests?|launch(es)?|firings?)",
    "test(ed|s) (a|an|its|the|two|three|what)",
    "tried out",
    "flew (what|a|an|its|two|three)",
    # what is fired leaves
    "was released",
    "went (up|out|clean)",
    "(gone|goes) up",
    "took off",
    "lifted off",
    "left *",
    "leave (a|the|its)",
    "r(ises|ose|isen) from",
    "climbed out",
    "came from",
    "opened up",
    "out of *",
    # it is under way
    "(was|were) in the air",
    "in flight for",
    # the act as a noun
    "shots? (since|from)",
    "volleys?",
    "barrages?",
    "salvos?",
    "fusillades?",
    "(hit by|struck with)",
)
"""Something is fired."""

IMPACT = phrases.anywhere(
    # to fall
    "land(ed|s|ing)",
    "fell",
    "fall(s|en|ing)?",
    "splash(ed|es|down)",
    "splashes",
    "(came|come|comes|coming|went|touched) down",
    "crash(ed|es|ing)",
    "plung(ed|es|ing)",
    "dropp(ed|ing)",
    "drops",
    "ditched",
    "(gone|went) into",
    "broke up over",
    # to hit
    "impact(ed|ing)",
    "slam(med|s|ming) into",
    "hit(s|ting)? <not by>",
    "struck",
    "strik(es|ing) <not with|on|against|by|in|at>",
    "hit the water",
    "loosed at",
    "reached the (area|sea|target)",
    # to end
    "end(ed|s|ing) (its|their|up|in|inside|outside|near|at|within)",
    "end point",
    # where it ends
    "into the (sea|water)",
    "in the sea",
)
"""Something comes down."""

SPOT = re.compile(
    r"\b(?:the|that|this|one|a|three|two|their|its) (?:\w+ )?"
    + phrases.source(
        "spots?|splash(es)?|targets?|points?( of impact)?|end points?|drop zones?|impact (point|area|zone)s?",
        "three positions|place where it fell",
        r"(?<=the )positions?(?= as\b|:)",
    )
    + r"\b(?! of view)|^\W*(?:splash(?:down)?)\b",
    re.IGNORECASE,
)
"""The place itself, as a noun."""

_MAYBE = phrases.anywhere(
    # it could
    "could|would|might|can|cannot|capable|able to|designed to|built for|if *",
    # it is to
    "plans? to|planned|ready to|threaten*|will (fire|launch|test|be)|to be (fired|launched)|prepar* (to|for)",
    # it should not
    "should|must|ban(ned|s)?|forbid*|allowed|violat*|warn(ed|s|ing)? (of|that)",
    # it was not
    "called off|cancell?ed|no (launch|firing|test)|never fired|did not (fire|launch)|had predicted|shooting it down",
)
"""In front of a launch, near to it: it is no launch that happened."""
_BUT_HAPPENED = re.compile("may have")
_NEAR, _BEHIND = 40, 12

_NOT = re.compile(
    r"(?:\bnot|\bnever|n[’']t)(?: (?:ever|even|actually))? $"
    r"|\b(?:nothing|none|neither|no(?: \w+)? (?:missile|rocket|part|piece|debris|fragment|warhead|object)s?"
    r"|neither (?:missile|rocket|of \w+(?: \w+)?))(?: of (?:it|them|the \w+))?(?: (?:had|has|have|was|were))? $",
    re.IGNORECASE,
)
"""In front of a fall: nothing fell there."""
_BUT = re.compile(r"\b(?:but|and)\b|[;,]")
_WOULD_FALL = phrases.anywhere("(could|would|might) {have} (land*|fall*|hit*|reach*|strik*)")


def is_launch(sentence: str) -> bool:
    """Whether a sentence says that something was fired, not that it could or might be."""
    launch = LAUNCH.search(sentence)
    if launch is None:
        return False
    doubts = _MAYBE.finditer(sentence, max(0, launch.start() - 2 * _NEAR), launch.end() + 2 * _NEAR)
    near = any(doubt.start() < launch.end() + _BEHIND and launch.start() - doubt.end() < _NEAR for doubt in doubts)
    return not near or _BUT_HAPPENED.search(sentence) is not None


def is_impact(sentence: str) -> bool:
    """Whether a sentence says where something came down."""
    if _WOULD_FALL.search(sentence):
        return False
    for clause in _BUT.split(sentence):
        fall = IMPACT.search(clause) or SPOT.search(clause)
        if fall and not _NOT.search(clause[: fall.start()]):
            return True
    return False
