"""From positions in a row, and the words before them, to the areas that a notice means."""

from __future__ import annotations

import re

import msgspec

from geomap.notices.boxes import find_boxes
from geomap.notices.chains import Aside, Bend, Chain, find_chains, is_label, same_place
from geomap.notices.defined import circle, corridor, polygon, quoted, sector, with_note
from geomap.notices.measures import find_half_width, find_radii_at, find_radius
from geomap.notices.notice import Area
from geomap.patterns import regex
from geomap.positions import Position, find_positions
from geomap.types import Record

_AREA = regex(
    r"\b(?:areas?|bound(?:ed|s|ary|aries)?|zones?|polygons?|quadrilateral|rectang\w+|box|triangle|corners?|enclosed|"
    r"delimited|limited by|limits|defined|delineated|airspace|vertices|perimeter|parallelogram|trapezoid|formed by|"
    r"region|encompass\w*|demarcat\w*|outlin\w*|d[eé]limit\w*|limitad\w*|område\w*|район\w*)\b|连线|連線|海域|联机|范围|範圍",
    re.IGNORECASE,
)
"""Words for what has an inside."""
_BOUND = regex(
    r"\b(?:bound(?:ed|s)?|enclosed|delimited|limited by|polygon|boundar\w+|perimeter|corners?|vertices)\b",
    re.IGNORECASE,
)
_LINE = regex(
    r"\b(?:tra[ck]{1,2}[ -]?lines?|tracks?|along (?:a )?line|cent(?:er|re)[- ]?lines?|corridor|lines? (?:joining|"
    r"between|connecting|from|through))\b",
    re.IGNORECASE,
)
_ROUTE = regex(
    r"\b(?:routes?|rtes?|airways?|awy|fl(?:igh)?t plan|fl(?:igh)?t planned|flt pln|dct|rerout\w*|waypoints?|cables?|"
    r"pipelines?)\b",
    re.IGNORECASE,
)
_OBJECTS = regex(
    r"\b(?:buoys?|lights?|lighted|wrecks?|beacons?|platforms?|rigs?|modus?|moorings?|masts?|turbines?|cranes?|"
    r"obst(?:acles?|ructions?)?|icebergs?|bergs?|mines?|objects?|positions of|locations of|sightings?|seen)\b",
    re.IGNORECASE,
)
_POSITIONS = regex(r"\b(?:positions?|pos|locations?)\b", re.IGNORECASE)
_CLOSED = regex(
    r"\b(?:fir(?:ing|ed)|rocket|missiles?|gunnery|exercises?|danger\w*|hazard\w*|launch\w*|debris|re-?entry|splashdown|"
    r"impact|closed|closure|prohibited|restricted|avoid|clear of|warn\w*|notice|notam|no[- ](?:sail|fly)|practice|"
    r"drills?|"
    r"blasting|bombing|torpedo|shooting|operations?|ops)\b",
    re.IGNORECASE,
)
_LINKED = regex("[点點](?:连线|連線|联机)")
_WITHIN = regex(r"\b(?:within|wi)[\s:]*$", re.IGNORECASE)
_JOINED = regex(r"\b(?:joining|connecting|linking)\b", re.IGNORECASE)
_EXCEPT = regex(
    r"\b(?:exc|excl|except|excepting|excluding|less|minus|with the exception of)\b[^.\n]{0,90}$", re.IGNORECASE
)
_SENTENCE = regex(r"[.;]\s+(?=\S)|\n\s*\n|\n\s*(?:\d{1,2}|[A-Z])[.)]\s")
_NEAR = 160
_FAR = 320


class Find(Record, kw_only=True):
    """What a text says of areas: them, and the sound positions that belong to none."""

    areas: tuple[Area, ...]
    positions: tuple[Position, ...]


class Around(Record, kw_only=True):
    """The words about a chain, each with its blanks made one.

    Parameters
    ----------
    own : of its paragraph before it
    near, far : the last ones before it, and more of them
    rest, after : behind it to the end of the sentence, and further
    bare : whether nothing but the letter of an item stands between it and the chain before
    """

    own: str
    near: str
    far: str
    rest: str
    after: str
    bare: bool


def find_areas(text: str, *, edges: str, kind: str) -> Find:
    """Find the areas that the words of one message define.

    Parameters
    ----------
    text : what must not be read (a Q-line) is masked in it, so that offsets stay
    edges : what straight edges are, ``rhumb`` or ``geodesic``
    kind : of the message: ``notam`` and ``tfr`` close air, ``text`` needs words that say so
    """
    boxes = find_boxes(text)
    taken = [one.evidence for one in boxes]
    positions = [
        one for one in find_positions(text) if not any(start < one.end and one.start < end for start, end in taken)
    ]
    chains = find_chains(text, positions)
    areas: list[Area] = []
    loose: list[Position] = []
    closes, told = False, 0
    for number, chain in enumerate(chains):
        stop = chains[number + 1].elements[0].start if number + 1 < len(chains) else len(text)
        around = _around(text, chain, max(chain.lead[0], told), stop)
        listed = around.bare or _follows(chain.label, chains[number - 1].label if number else None)
        closes = (closes and listed and not _OBJECTS.search(around.near)) or _closes(chain, around, kind)
        found = _areas_of(text, chain, around, edges, kind, closes=closes)
        if found and areas and _EXCEPT.search(around.near):
            note = f"without what {quoted(text, found[0].evidence)} describes, which is not cut out here"
            areas[-1] = with_note(areas[-1], note)
            continue
        if len(found) == 1 and found[0].type == "circle":  # a radius behind its centre is not that of the next one
            behind = find_radius("", around.rest)
            told = chain.span[1] + behind.end if behind else told
        areas += found
        if not found:
            loose += [corner for corner in chain.corners if not corner.problem]
    found = sorted((*areas, *boxes), key=lambda one: one.evidence)
    if len(found) > 1 and sum(area.label is not None for area in found) == 1:  # that of a paragraph, not of a list
        found = [msgspec.structs.replace(area, label=None) for area in found]
    return Find(areas=tuple(found), positions=tuple(loose))


def _around(text: str, chain: Chain, start: int, stop: int) -> Around:
    lead = text[min(start, chain.lead[1]) : chain.lead[1]]
    after = text[chain.span[1] : min(stop, chain.span[1] + _FAR)]
    rest = _SENTENCE.split(after, maxsplit=1)[0]
    own = re.split(r"\n[ \t\r]*\n", lead)[-1][-_NEAR - 60 :]
    own, near, far, rest, after = (" ".join(words.split()) for words in (own, lead[-_NEAR:], lead[-_FAR:], rest, after))
    return Around(own=own, near=near, far=far, rest=rest, after=after, bare=is_label(lead))


def _follows(label: str | None, before: str | None) -> bool:
    """Whether a letter or number is the next one of a list."""
    if not label or not before:
        return False
    if label.isdigit() and before.isdigit():
        return int(label) == int(before) + 1
    return len(label) == len(before) == 1 and ord(label) == ord(before) + 1


def _closes(chain: Chain, around: Around, kind: str) -> bool:
    """Whether corners in a row are the edge of something: by their words, or because they come back to the first."""
    cue, thing = _end(_AREA, around.far), _end(_OBJECTS, around.far)
    route = _end(_ROUTE, around.far)
    if cue < 0 and not _JOINED.search(around.far):
        thing = max(thing, _end(_POSITIONS, around.near[-40:]))
    corners = chain.corners
    bent = any(isinstance(one, Bend) for one in chain.elements)
    closed = (len(corners) > 3 and same_place(corners[0], corners[-1])) or (chain.home and len(corners) > 2) or bent
    closed = closed or bool(_WITHIN.search(around.near))
    if kind == "text":
        cue = max(cue, _end(_LINKED, around.rest))
        return (cue > thing and cue > route) or (closed and bool(_CLOSED.search(around.far)))
    if closed:
        return True
    if route > cue or thing > max(cue, 0):
        return False
    listed = chain.label is not None and thing < 0 and route < 0
    return cue >= 0 or listed or kind in ("notam", "tfr") or bool(_CLOSED.search(around.far))


def _end(pattern: re.Pattern[str], words: str) -> int:
    """Where the last match ends, -1 for none."""
    return max((match.end() for match in pattern.finditer(words)), default=-1)


def _areas_of(text: str, chain: Chain, around: Around, edges: str, kind: str, *, closes: bool) -> list[Area]:
    """The areas of one chain: one, one circle for each of its positions, or none."""
    corners = chain.corners
    near, rest = around.near, around.rest
    if len(corners) == 1:
        pie = sector(text, chain, around.own, rest, around.after)
        if pie is not None:
            return [pie]
    bent = any(isinstance(one, Bend) for one in chain.elements)
    loop = len(corners) > 2 and (chain.home or same_place(corners[0], corners[-1]) or bent)
    half = find_half_width(near) or (find_half_width(rest) if _LINE.search(near) else None)
    if len(corners) > 1 and half is not None and not _BOUND.search(near[half.end :]):
        return [corridor(text, chain, half.nm, edges)]
    radius = find_radius(near, rest if len(corners) == 1 else "")
    if radius is not None and not loop and not _BOUND.search(near[radius.end :]):
        said = kind != "text" or _CLOSED.search(around.far) or _AREA.search(near)
        if not said:
            return []
        further = find_radii_at(around.after) if len(corners) == 1 else []
        labels = chain.letters or [chain.label] * len(corners)
        found = [circle(text, corner, radius, label) for corner, label in zip(corners, labels, strict=True)]
        return [*found, *(msgspec.structs.replace(found[0], radius_nm=nm) for nm in further)]
    lined = _end(_LINE, near) > _end(_ROUTE, near) and not _BOUND.search(near)
    if len(corners) > 1 and lined and kind != "text" and not loop:
        return [corridor(text, chain, None, edges)]
    torn = sum(isinstance(one, Aside) and one.kind == "damaged" for one in chain.elements)
    edged = len(corners) + torn > 2 or (len(corners) == 2 and bent)
    return [polygon(text, chain, edges, rest)] if edged and closes else []
