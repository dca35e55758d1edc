"""When something was said, by the words about a verb of speech: 'first said', 'later', 'on Thursday'."""

from __future__ import annotations

import re

from geomap import phrases
from geomap.patterns import regex

FIRST = "first|initially|originally|earlier|at first|at the time"
THEN = "later|then|now|since|meanwhile|eventually|finally|subsequently|afterwards?"
DAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
PART_OF_DAY = "evening|day|morning|afternoon|night"
_SAID_THEN = regex(
    rf"\b(?:(?:an? |two |three |some |a few )?(?:hours?|minutes|days?|weeks?) later"
    rf"|later (?:in the|that|on the same) (?:{PART_OF_DAY})|later on {DAY}"
    rf"|(?:on )?the (?:same|next|following) (?:{PART_OF_DAY})|in the (?:{PART_OF_DAY})"
    r"|in (?:its|his|her|a|an|the) "
    r"(?:first|second|third|initial|early|earlier|later|final|updated|revised|latest|preliminary)"
    rf" (?:announcement|statement|report|bulletin|briefing|release|estimate)s?"
    rf"|by (?:night|evening|noon|morning|{DAY})|on {DAY}(?: (?:{PART_OF_DAY}))?)\b(?![’'])",
    re.IGNORECASE,
)
_ON_A_DAY = regex(rf"^ (?:(?:late|early) )?(?:on )?{DAY}(?: (?:{PART_OF_DAY}))?\b(?![’'])")
FIRST_SAID = phrases.anywhere(f"{FIRST}|(first|initial|early|earlier|preliminary) \\w+")
LATER_SAID = phrases.anywhere(
    f"{THEN}|(hours?|minutes|days?|weeks?) later|(the )?(same|next|following) ({PART_OF_DAY})|in the ({PART_OF_DAY})",
    "by (night|evening|noon)|(later|final|updated|revised|latest|second|third) \\w+",
    "revis*|correct(ed|s)|withdr*|retract*|amend*|updat*|(rais|lower|chang|cut|increas|reduc|halv)*|took .. back",
)
CLAUSE_ENDS = regex(r"; |, (?:while|but|whereas|although|and) | but ")
"""Where another clause of a sentence begins."""


def when_said(front: str, within: str, behind: str, verb: str) -> str | None:
    """The words about a verb of speech that say when: 'later', 'first said', 'on Thursday', 'the same evening'."""
    clause = CLAUSE_ENDS.split(front)[-1]
    for words in (clause, within):
        if found := _SAID_THEN.search(words):
            return found[0]
    if found := re.search(rf"\b(?:{FIRST}|{THEN})\b", within, re.IGNORECASE):
        return f"first {verb}" if found[0].lower() == "first" and verb else found[0]
    if found := _ON_A_DAY.match(behind):
        return found[0].strip()
    if found := re.match(rf" (?:{FIRST}|later|initially)\b", behind):
        return found[0].strip()
    if found := _SAID_THEN.match(behind.lstrip(" ,")):
        return found[0]
    if found := re.search(rf"(?:^|[\s,])((?:{FIRST}|{THEN}),? )$", clause, re.IGNORECASE):
        return found[1].strip(" ,")
    return None
