"""Tells English from what is not."""

from __future__ import annotations

from geomap.patterns import regex

ENGLISH = "en"
UNDETERMINED = "und"

_WORD = regex(r"[^\W\d_]+")
# Words that no other widely written language shares; about a third of running English.
_STOP_WORDS = frozenset(
    _WORD.findall(
        "the of and that with by from which this would could should their his her has have been were are who said will "
        "not it its they than"
    )
)
_NOTICE_WORDS = frozenset(
    _WORD.findall(
        "area areas bound bounded by cancel msg thru daily utc radius notam notamn notamr navarea hydropac hydrolant "
        "within psn sfc unl firing launching operations acft danger wi coord"
    )
)
"""Notices to mariners and airmen do without small words: these are their English."""
_FEWEST_NOTICE_WORDS = 4


def guess_language(text: str) -> str:
    """Tell English by the share of its small words: ``en``, or ``und`` for undetermined."""
    words = _WORD.findall(text[:20_000].casefold())
    latin = [word for word in words if word.isascii()]
    if len(latin) < 0.8 * len(words):
        return UNDETERMINED
    if len(words) < 20:  # too few to judge by: a phrase, a position, a headline
        return ENGLISH
    if len(_NOTICE_WORDS.intersection(words)) >= _FEWEST_NOTICE_WORDS:
        return ENGLISH
    return ENGLISH if sum(word in _STOP_WORDS for word in words) >= 0.06 * len(words) else UNDETERMINED
