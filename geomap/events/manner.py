"""How it was fired and how it flew: the platform, a failure, a lofted or irregular path."""

from __future__ import annotations

import re
from collections.abc import Sequence

from geomap import phrases
from geomap.events.facts import Fact
from geomap.patterns import regex

_PLATFORMS = tuple(
    (platform, phrases.anywhere(*rows))
    for platform, rows in {
        "train": ("railway wagon*", "(from|by) (a|the) .. trains?", "rail-(mobile|borne)"),
        "submarine": (
            "(from|by|of) (a|an|its|the) ..... submarine*",
            "submarine(-| )(launched|fired)",
            "submarine fired",
        ),
        "silo": ("silos?",),
        "TEL": ("mobile launcher*", "transporter*", "(?-i:TELs?)", "road-mobile"),
        "ship": ("warship*", "destroyers?", "frigates?", "from a ship"),
        "pad": ("launch ?pads?", "cosmodrome*", "spaceport*", "launch (site|center)s?"),
        "airfield": ("from ..... (airfield|airport)*", "airfield"),
        "aircraft": ("from (an|its) aircraft", "bombers?"),
    }.items()
)
"""Words that name what it was fired from, the one that tells most first."""
_FAILED = phrases.anywhere("fail(ed|ure|s)?", "explod*", "blew up", "broke up", "disintegrat*", "lost the")
_ENDED = regex(
    rf"(?:It|The (?:rocket|missile|projectile|vehicle)) (?:soon |later |then )?{_FAILED.pattern}", re.IGNORECASE
)
_LOFTED = phrases.anywhere("lofted", "steep*", "vertical*")
_IRREGULAR = phrases.anywhere(
    "irregular*", "evasive", "pull-?up", "figures? of eight", "figure-?(8|eight)", "ovals?", "elliptical"
)


def platform_of(facts: Sequence[Fact]) -> str | None:
    """What it was fired from, when the sentences of the launch say so."""
    told = " ".join(fact.text for fact in facts if fact.launches)
    return next((platform for platform, pattern in _PLATFORMS if pattern.search(told)), None)


def outcome_of(facts: Sequence[Fact]) -> str | None:
    """``failure`` when the sentences of the launch say so."""
    return "failure" if any(_FAILED.search(fact.text) for fact in facts) else None


def trajectory_of(facts: Sequence[Fact]) -> str | None:
    """``lofted`` or ``irregular`` when the text says so."""
    told = " ".join(fact.text for fact in facts)
    return "lofted" if _LOFTED.search(told) else "irregular" if _IRREGULAR.search(told) else None


def is_path(sentence: str) -> bool:
    """Whether a sentence says what its path was like, or how it ended ('It exploded after a minute.')."""
    if _ENDED.match(sentence):
        return True
    return _LOFTED.search(sentence) is not None or _IRREGULAR.search(sentence) is not None
