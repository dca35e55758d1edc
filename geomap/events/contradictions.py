"""Where claimants contradict each other: figures that cannot both be, and the two sides of one zone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from geomap import phrases, quantities
from geomap.events.speakers import is_one
from geomap.events.stated import LENGTHS
from geomap.events.statements import Said, opposite

_HEDGED = phrases.anywhere(
    "about|around|some|roughly|approximately|nearly|almost|over|more|less|up to|at least|perhaps|estimated|close to"
)
_FIGURES = ("count", "distance", "apogee", "flight time")
_SEVERAL = phrases.anywhere(
    "of (them|those|these)|some|others|each|(one|two|three|four|five|six|seven) of",
    "the (other|rest|first|second|last)",
)
"""About a claim: it is on some of those that fell."""
_NOBODY = "the text"


def contradictions(
    statements: Sequence[Said], claims: Sequence[Said], text: str, *, alone: bool, zones: dict[str, str]
) -> tuple[str, ...]:
    """Say where claimants contradict each other, a sentence for each thing.

    Parameters
    ----------
    text : that of the document
    alone : whether one thing was fired, so that nobody in particular speaks of two
    zones : names of the zones, by their ids
    """
    return (*_figures(statements, alone=alone), *_sides(claims, text, zones))


def _figures(said: Sequence[Said], *, alone: bool) -> Iterator[str]:
    for about in _FIGURES:
        standing = [one for one in said if one.statement and one.statement.about == about and not one.corrected]
        parts: dict[int, Said] = {}
        for one, other in combinations(standing, 2):
            if _differ(one, other, alone=alone and about != "count"):
                parts |= {one.start: one, other.start: other}
        if parts:
            yield f"{about}: {_sentence([(_who(one), _words(one)) for one in _each(parts)])}"


def _differ(one: Said, other: Said, *, alone: bool) -> bool:
    """Whether two statements cannot both be.

    Parameters
    ----------
    alone : whether two that nobody in particular makes are of one thing
    """
    if one.statement is None or other.statement is None:
        return False
    if one.speaker is None and other.speaker is None:
        hedged = _HEDGED.search(one.statement.value) or _HEDGED.search(other.statement.value)
        if hedged or not alone:
            return False
    elif is_one(one.speaker, other.speaker):
        return False
    return quantities.differ(one.statement, other.statement)


def _sides(claims: Sequence[Said], text: str, zones: dict[str, str]) -> Iterator[str]:
    told: dict[str, list[Said]] = {}
    for one in claims:
        if one.claim is not None and not one.corrected and one.claim.relation in ("inside", "outside"):
            near = text[max(0, one.claim.start - 80) : one.claim.start]
            if not _SEVERAL.search(re.split(r"[.;]", near)[-1]):
                told.setdefault(one.claim.zone, []).append(one)
    for zone, said in told.items():
        parts: dict[int, Said] = {}
        for one, other in combinations(said, 2):
            named = one.speaker is not None and other.speaker is not None
            if named and opposite(one, other) and not is_one(one.speaker, other.speaker):
                parts |= {one.start: one, other.start: other}
        if parts:
            sides = [(_who(one), one.claim.relation) for one in _each(parts) if one.claim]
            yield f"{zones.get(zone, zone)}: {_sentence(sides)}"


def _each(parts: Mapping[int, Said]) -> list[Said]:
    """What contradicts each other in the order of the text, what a claimant says twice once."""
    found: list[Said] = []
    for _, one in sorted(parts.items()):
        again = one.speaker is not None and any(is_one(one.speaker, other.speaker) for other in found)
        if not again:
            found.append(one)
    return found


def _words(one: Said) -> str:
    """A figure in its words, with the unit where they leave it out."""
    if one.statement is None:
        return ""
    lacks = one.statement.about in LENGTHS and not quantities.lengths(one.statement.value)
    return f"{one.statement.value} km" if lacks else one.statement.value


def _who(one: Said) -> str:
    return one.speaker.by if one.speaker is not None else _NOBODY


def _sentence(told: Sequence[tuple[str, str]]) -> str:
    """'Seoul says about 700 km, Tokyo about 800 km'."""
    small = [(who, value[:1].lower() + value[1:]) for who, value in told]
    (who, value), rest = small[0], small[1:]
    verb = "say" if who.endswith(("officials", "media", "sources", "analysts", "Guards", "Staff", "forces")) else "says"
    others = (f"and elsewhere {value}" if other == who else f"{other} {value}" for other, value in rest)
    return ", ".join([f"{who} {verb} {value}", *others])
