"""What a sentence does: fires something, lets it fly, lets it fall, or only talks of it."""

from __future__ import annotations

import re

from geomap import phrases
from geomap.patterns import regex
from geomap.stems import may_have, stems

_NOT_A_NOUN = "".join(
    rf"(?<!\b{word} )"
    for word in ("the", "these", "those", "such", "further", "its", "of", "test", "missile", "rocket", "for")
)
"""In front of 'launches' it is no verb."""
_NO_LAUNCH = (
    "pads?|sites?|places?|points?|areas?|an? (review|probe|investigation|attack|campaign|war|book|"
    "product|bid|appeal|inquiry)"
)
_SOME = "a|an|its|their|the|two|three|four|five|six|seven|eight|nine|ten|another|more|at|about|several|what"
_VERBS = phrases.anywhere(
    # to fire, to launch
    "test-?(fired|fires|firing|launched|launches|launching)",
    "fir(ed|es|ing) <not points?|position|range|squad|line|from (the|his|her) (army|job|post|team|office|"
    "company|force)>",
    f"launch(ed|ing) <not {_NO_LAUNCH}>",
    f"{_NOT_A_NOUN}launches <not {_NO_LAUNCH}>",
    "launch <then of|from|toward|into|by>",
    # to let go
    f"sent <then up|aloft|into|toward|towards|across|over|skyward|{_SOME}>",
    "let(s|ting)? (loose|off|one off)",
    "loos(ed|es)",
    "lob(bed|s)",
    "shot (off|up|a)",
    "shoots",
    "shot <not down|by|at|dead>",
    "let (go|fly)",
    "flown (from|out of)",
    "(put|sent|carried|placed) ... (satellites?|payloads?|spacecraft|object) ... orbit",
    "orbited",
    "(blast|roar|lift|thunder|soar)(ed|s)? (off|up|away|into|from|aloft)",
    "unleash(ed|es)",
    "discharg(ed|es)",
    # to test
    "(conduct|carry|carries|carried|stag|perform|held|hold|made|mak)(ed|s|es|ing|e|) {out} {a|an|its|another|the} "
    "..... (tests?|launch(es)?|firings?|test-firings?|flights?|shots?|drills?)",
    f"test(ed|s) <then {_SOME}>",
    "flight-?test(ed|s)?",
    "tried out",
    "trialled",
    "flew (what|a|an|its|two|three)",
    # what is fired leaves
    "was released",
    "went (up|out|clean)",
    "(gone|goes) up",
    "t(ook|aken) (off|to the skies)",
    "(missiles?|rockets?|projectiles?|vehicles?|weapons?|SRBMs?|it|they|[A-Z][a-z]+(-[0-9]+)?) left (a|"
    "an|the|its|from|[A-Z][a-z]+) <not of>",
    "(leave|leaving) (a|the|its)",
    "r(ises|ose|isen) from",
    "climbed out",
    "(missiles?|rockets?|projectiles?|it|they) came from",
    "opened up",
    "out of *",
    # it is under way
    "(was|were) in the air",
    "in flight for",
)
"""Something is fired: verbs, what is fired in front of them or behind."""

_DEEDS = phrases.anywhere(
    "(launch|firing|shooting|test|test-firing|flight) {drill} (took place|was (carried out|conducted|"
    "held|made|detected))",
    "(conducted|made|staged) {a|an|the} .. (strik*|firing|shooting) drills?",
    "(missile|rocket|ballistic missile|satellite|test) (launch(es)?|test|firing) (by|from|off|in)",
    "(detect|confirm|report|track)(ed|s) (a|an|another|what|the) ..... (launch|firing|test)",
    "(during|in) (a|an|its) .. (test launch|test flight|flight test|launch|flight)",
    "(first|second|third|fourth|fifth|successful|failed|maiden) ... (flight|launch|test|test-firing) of",
    "shots? (since|from)",
    "volleys?",
    "barrages?",
    "salvos?",
    "fusillades?",
    "(hit by|struck with|strik* with|attack(ed)? with|struck .... with)",
)
"""The same, as a noun."""

LAUNCH = phrases.either(_VERBS, _DEEDS)
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
    "(pieces|debris|fragments|wreckage|parts) (on|in|at|off|near|washed|(was|were) (found|seen|reported))",
    "in the sea",
)
"""Something comes down."""

SPOT = regex(
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

_SPOTS = stems("spot", "splash", "target", "point", "end", "drop", "impact", "three", "place", "position")

_MAYBE = phrases.anywhere(
    # it could
    "could|would|might|can|cannot|capable|able to|designed to|built for|if *",
    # it is to
    "plans? to|planned|ready to|threaten*|will (fire|launch|test|be)|to be (fired|launched)|prepar* (to|for)",
    # it should not
    "should|must|ban(ned|s)?|forbid*|allowed|violat*|warn(ed|s|ing)? (of|that)",
    # it is something else
    "nuclear tests?|nuclear explosion|investigation|lawsuit",
    # it is done from time to time
    "for (years|decades|months|weeks)|has long|ever since",
    "usually|regularly|routinely|normally|typically|often|frequently|every (year|spring|summer|autumn|fall|winter)",
    # it was not
    "called off|cancell?ed|no (launch|firing|test)|never fired|did not (fire|launch)|had predicted|shooting it down",
)
"""In front of a launch, near to it: it is no launch that happened."""
_BUT_HAPPENED = regex("may have")
_NEAR, _BEHIND = 40, 12

_NOT = regex(
    r"(?:\bnot|\bnever|n[’']t)(?: (?:ever|even|actually))? $"
    r"|\b(?:nothing|none|neither|no(?: \w+)? (?:missile|rocket|part|piece|debris|fragment|warhead|object)s?"
    r"|neither (?:missile|rocket|of \w+(?: \w+)?))(?: of (?:it|them|the \w+))?(?: (?:had|has|have|was|were))? $",
    re.IGNORECASE,
)
"""In front of a fall: nothing fell there."""
_BUT = regex(r"\b(?:but|and)\b|[;,]")
_WOULD_FALL = phrases.anywhere("(could|would|might) {have} (land*|fall*|hit*|reach*|strik*)")


def launch_verb(sentence: str) -> re.Match[str] | None:
    """The first words of a sentence by which something is fired, a verb before a noun; None when there are none."""
    return _VERBS.search(sentence) or _DEEDS.search(sentence)


def is_launch(sentence: str, launch: re.Match[str]) -> bool:
    """Whether a sentence says that something was fired, not that it could or might be.

    Parameters
    ----------
    launch : its `launch_verb`
    """
    doubts = _MAYBE.finditer(sentence, max(0, launch.start() - 2 * _NEAR), launch.end() + 2 * _NEAR)
    near = any(doubt.start() < launch.end() + _BEHIND and launch.start() - doubt.end() < _NEAR for doubt in doubts)
    return not near or _BUT_HAPPENED.search(sentence) is not None


def is_impact(sentence: str) -> bool:
    """Whether a sentence says where something came down."""
    if not IMPACT.may_be_in(sentence) and not may_have(sentence, _SPOTS):
        return False
    if _WOULD_FALL.search(sentence):
        return False
    for clause in _BUT.split(sentence):
        fall = IMPACT.search(clause) or SPOT.search(clause)
        if fall and not _NOT.search(clause[: fall.start()]):
            return True
    return False
