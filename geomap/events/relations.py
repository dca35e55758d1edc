"""What a sentence says of a zone or a line: inside, outside, near, overlaps, the side of a line; or nothing.

The words in front of a zone within its clause and those right behind it decide, negations turned round: 'none of them
came down inside', 'was not touched', 'denied that it fell in'.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from geomap import phrases
from geomap.events.facts import Fact
from geomap.patterns import regex
from geomap.stems import may_have, stems
from geomap.types import Direction, Inside, Intersection, Mention, Named, Outside, Zone

_NOT_SAID = phrases.anywhere(
    "may not|whether|if|could|might reach|would (land|fall|be)|had there|can|unclear|question of|no (notice|advance)"
)
"""In front of a zone: nobody says that it fell there."""
_NOT = phrases.anywhere(
    "not|never|no|none|nothing|neither|nor|nobody|cannot|deni(ed|es)|den(y|ying)|ruled out|rul(es|ing) out|without|"
    "refut(ed|es)|reject(ed|s)",
    r"\w+n[’']t",
)
"""In front of a zone within its clause: it is said not to be so."""
_NOT_ITSELF = phrases.anywhere(
    "no (damage|harm|casualties|injuries|ships?|aircraft|reports?|word|comment)",
    "not only|no longer|not far",
    "(no|not|without|never) {in} {a|any|the} doubt*",
    "(no one|nobody|none) (was|were) (hurt|harmed|injured|killed)",
)
_OUTSIDE = phrases.behind("out*|beyond|short|nowhere near|well clear|clear of|away from")
_INSIDE = phrases.behind("inside|within|in|into|{the} part of|waters of|over")
_NEAR = phrases.behind("near|close|not far")
"""How the words for a zone begin, with what is said of it."""

_SHORT_OF = phrases.in_front(
    "(nowhere near|short of|clear of|away from|out of|outside|outside of|beyond|(?<!not )far from) {the|its|all of}",
)
_CLOSE_TO = phrases.in_front(
    "((close|near)( by)?( to)?|not far from|just short of|just outside|on the edge of|at the edge of) {the|its}"
)
_PART_OF = phrases.in_front(
    "(parts? of|waters (are|were) {part} of|in|into|inside|within|belongs? to|entered|enters|reached|hit|violated|"
    "crossed into|touched|struck|comes? into|came into|reach(es)?|touch(es)?|enter) {the|its}",
)
_OVERLAPS = phrases.in_front(
    "(overlap(s|ped)?|overlap(s|ped)? with|reaches into|extends into|cuts into|covers? {a} part(s)? of|"
    "lies partly in|partly inside|"
    "runs into|intrudes into) {the|its}"
)
_INTO = regex(r"(?:into|inside|in) (?:the |its )?", re.IGNORECASE)
"""How the words for a zone begin, when they go on with such a verb."""
_WAS_HIT = phrases.behind(
    "(was|were|is|had been|has been) {also|in fact|indeed|also} (hit|touched|entered|violated|reached|struck|affected)"
)
_WAS_NOT_HIT = phrases.behind(
    "(was|were|is|had|has) (not|never) {been} (hit|touched|entered|violated|reached|struck|affected)"
)
_CLAUSE = regex(
    r"[;:–—]|, (?:and|but|while|which|where|yet|so)\b|\. |, (?=[A-Z][\w’' ]{2,40} said\b)|, (?:he|she|"
    r"it) (?:said|added),"
)
_AHEAD, _BEHIND = 90, 44

_SIDE = regex(
    r"\b(north|south|east|west)(?:ern|ward)?(?: side)? of (?:it|the line)\b|\b(?P<far>far|other) side of\b",
    re.IGNORECASE,
)
_SIDES = stems("north", "south", "east", "west", "far", "other")
_CROSSED = phrases.anywhere("cross(ed|es|ing)", "over {the}", "violat(ed|es)", "beyond")
_POINTS = {0: "north", 90: "east", 180: "south", 270: "west"}


def zone_of(mention: Mention) -> str | None:
    """The feature of the zone that a mention speaks of, None when it speaks of none."""
    node = mention.expression
    zone = node.zone if isinstance(node, (Inside, Outside)) else node
    return zone.id if isinstance(zone, Zone) else None


def airspace_of(mention: Mention, named: Mapping[str, str]) -> str | None:
    """The state whose airspace a mention speaks of, as its feature; None when it speaks of none."""
    node = mention.expression
    if not isinstance(node, Named) or "airspace" not in mention.text.lower():
        return None
    feature = named.get(node.id, node.id)
    return feature if feature.startswith("countries/") else None


def relation_of(fact: Fact, mention: Mention) -> str | None:
    """What a sentence says of a zone: inside, outside, near or overlaps; None when it only names it."""
    words, before = mention.text, _clause(fact.before(mention.start))
    behind = fact.text[mention.end - fact.span[0] :][:_BEHIND].lstrip("’' ")
    if _NOT_SAID.search(before):
        return None
    said = _said(words, before, behind, isinstance(mention.expression, Outside))
    return _turned(said) if said is not None and _is_denied(before) else said


def _said(words: str, before: str, behind: str, outside: bool) -> str | None:
    lead = _INTO.match(words)  # 'the area reaches | into Japan's zone'
    if _OVERLAPS.search(before + lead[0] if lead else before):
        return "overlaps"
    if " of " in words and _OVERLAPS.search(f"{before}{words.partition(' of ')[0]} of "):
        return "overlaps"
    if _WAS_NOT_HIT.match(behind) or _SHORT_OF.search(before):
        return "outside"
    if _WAS_HIT.match(behind):
        return "inside"
    if _NEAR.match(words) or _CLOSE_TO.search(before):
        return "near"
    if _OUTSIDE.match(words) or outside:
        return "outside"
    return "inside" if _INSIDE.match(words) or _PART_OF.search(before) else None


def _clause(before: str) -> str:
    """The words in front of a zone that belong to its clause."""
    return _CLAUSE.split(before[-_AHEAD:])[-1]


def _is_denied(before: str) -> bool:
    denials = [match for match in _NOT.finditer(before) if not _NOT_ITSELF.match(before, match.start())]
    return len(denials) % 2 == 1


def _turned(relation: str) -> str:
    return {"inside": "outside", "outside": "inside", "near": "outside", "overlaps": "outside"}.get(relation, relation)


# ------------------------------------------------------------------------------------------------------- lines


def line_of(mention: Mention, named: Mapping[str, str] | None = None) -> tuple[str, str | None] | None:
    """A line and the side of it that a mention says ('26 km south of the NLL'); None when it is about no line.

    The side is None where the words have none ('the median line').

    Parameters
    ----------
    named : features of the mentions about, by their ids, on which a phrase may stand
    """
    node, named = mention.expression, named or {}
    for one in (node.a, node.b) if isinstance(node, Intersection) else (node,):
        # '26 km south of the line' is where it fell, and no claim that could be tested against that
        if isinstance(one, Direction) and one.distance is None and (line := _line(one.of, named)):
            return line, _POINTS.get(int(one.bearing_deg) % 360)
    zone = zone_of(mention)
    if zone is not None and zone.startswith("lines/"):
        return zone, None
    place = mention.place
    feature = place.feature if place is not None else None
    return (feature, None) if feature is not None and feature.startswith("lines/") else None


def _line(node: object, named: Mapping[str, str]) -> str | None:
    name = node.id if isinstance(node, (Named, Zone)) else ""
    name = named.get(name, name)
    return name if name.startswith("lines/") else None


def side_of_line(fact: Fact, mention: Mention) -> str | None:
    """What a sentence says of a line that it only names: the far side of it, or that it was crossed."""
    before = fact.before(mention.start)[-_AHEAD:]
    if _NOT_SAID.search(before) or _NOT.search(_clause(before)):
        return None
    if (found := _SIDE.search(before)) and found["far"]:
        return "far"
    return "crossed" if _CROSSED.search(_clause(before)) else None


def side_of_it(fact: Fact) -> str | None:
    """The side of a line named before: 'South of it; so crossed'."""
    found = _SIDE.search(fact.text) if may_have(fact.text, _SIDES) else None
    return found[1].lower() if found and found[1] else None
