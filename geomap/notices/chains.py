"""Positions that belong together: corners in a row, with the arcs between them and the letters before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

import msgspec

from geomap.notices.measures import Length, find_radius
from geomap.notices.torn import is_cut, torn_after, torn_before
from geomap.patterns import regex
from geomap.positions import Position
from geomap.types import Record, Span

_WORDS = (
    "and|then|thence|to|back|return|returns|returning|point|points|pt|pts|corner|corners|vertex|vertices|from|by|at|a|an|"
    "the|straight|line|lines|along|rhumb|loxodrome|geodesic|great|circle|due|north|south|east|west|northeast|northwest|"
    "southeast|southwest|northern|southern|eastern|western|lat|latitude|long|lon|longitude|position|positions|psn|"
    "coordinate|coordinates|joining|connecting|following|of|origin|beginning|commencement|place|starting|first|or|until|"
    "up|with|og|til|ne|nw|se|sw"
)
_JOINT = regex(
    rf"(?:[\s,;.:|>•*\"'”“’/\]\[–—=+&·()、，。；?~※○●◦▪■①-⑳-]"
    rf"|\([^()]{{0,60}}\)|\b(?:{_WORDS})\b|\b(?:point|pt|corner)\s?\w{{1,2}}\b|wgs[- ]?84|[点點]\d{{0,2}}|ДАЛЕЕ|ДО\b|"
    rf"И\b)*",
    re.IGNORECASE,
)
"""What may stand between two corners of one area."""
_LABEL = regex(
    r"(?:^|(?<=[\s.,;:)(]))\(?(?:(?:(?:danger|closed|hazard|drop|firing|impact|splashdown|temporary|restricted)\s)?"
    r"(?:area|zone|sector|airspace|part|box|polygon|dz|block)(?!s\b)\s{0,2}(?:no\.?\s|nr\.?\s)?[-#]?\s?"
    r"(?P<named>[A-Z]{0,2}[-–]?\d{1,3}[A-Z]?|[A-Z]|alfa|alpha|bravo|charlie|delta|echo|foxtrot|one|two|three|four|five|six|"
    r"i{1,3}|iv|vi{0,3})\s?\)?\s?[:.)=–,-]{0,2}(?:\s?bound(?:ed)? by:?)?"
    r"|(?P<word>alfa|alpha|bravo|charlie|delta|echo|foxtrot|(?:one|two|three|four|five|six)(?=[.):]))\s?[.):–-]?|(?<!\d[:.,])(?P<plain>[A-ZА-Я]|\d{1,2}|[ivx]{2,4}|[A-Z]\d|\d{1,2}[A-Z])\s?(?:[.):]+|[-–](?=\s)))[\s:]*$",
    re.IGNORECASE,
)
"""The letter or number of an item, just before its first corner."""
_ITEM = regex(r"(?:^|\n|[.;:]\s)\s*\(?([A-Z]|\d{1,2})[.)]\s")
"""The letter of an item whose words come before its corners: 'B. 0225Z TO 0330Z 30 JAN WITHIN …'."""
_TURN = regex(r"\barcs?\b|clockwise\b|\b(?:c?cw|acw)\b", re.IGNORECASE)
_BACKWARD = regex(r"\b(?:counter|anti)[- ]?clockwise\b|\b(?:ccw|acw)\b", re.IGNORECASE)
_FORWARD = regex(r"\bclockwise\b|\bcw\b", re.IGNORECASE)
_CENTRE = regex(r"\bcent(?:re|er)", re.IGNORECASE)
_HOME = regex(
    r"^[\s,;.)–-]*(?:and |then |thence )*(?:back |return(?:ing)? )?to (?:the )?"
    r"(?:point|place|position|beginning|origin|start|first)", re.IGNORECASE
)  # fmt: skip
_COAST = regex(
    r"\b(?:coast|shore|low[- ]water|high[- ]water|river|border|boundar|baseline|fir\b|"
    r"mile line|mile limit|береговой)", re.IGNORECASE
)  # fmt: skip
_THENCE = regex(
    r"[^\d]{0,70}?\b(?:thence|then)\b[a-z ,]{0,60}(?:\bto(?: the)?(?: point \w{1,2})?(?: at)?)?[\s:]*", re.IGNORECASE
)
_NAMED = regex(r"\)[^()\d]{1,60}\(")
"""Between two corners that have names: 'from La Gomera (28-05N 017-06W) to English Harbour (…)'."""
_POINT = regex(r"\bpoint \w{1,2}\b|\b\d+ (?:nautical )?mile (?:line|limit)", re.IGNORECASE)
_WORD = regex(r"[^\W\d_]{3,}")
_TOKEN = regex(r"[^\s,;]+")
_ALMOST = regex(
    r"(?<![\w./-])(?:[NSEW]\s?)?\d[\dOIlSBQ]{0,2}\s?[-°º]\s?[\dOIlSBQ*?_#][\dOIlSBQ*?_#.,'’′\"”″°º-]{0,9}\s?[NSEW]?(?![\w/])"
    r"|(?<![\w./-])\d{1,3}\.\d{1,6}\s?[NSEW](?!\w)"
    r"|(?<![\w./-])(?=[\w*?#]*[NSEW])[NS]?[\dOIlSB*?_#]{3,8}[NSEW]?[\dOIlSB*?_#]{0,8}[EW]?(?![\w/])"
)
"""What looks like a part of a position."""
_LETTER = regex(r"(?<!\w)\(?[A-Z][.)](?!\w)")
_MOST_BETWEEN = 220
_MOST_DAMAGED = 60
_SAME_DEG = 0.00005


class Bend(Record, kw_only=True):
    """The next edge is an arc; its centre is None when no position says where it is."""

    start: int
    end: int
    centre: Position | None
    radius: Length | None
    backward: bool | None


class Aside(Record, kw_only=True):
    """Words between corners that are no joint: ``damaged`` figures, or an edge that follows a ``coast``."""

    start: int
    end: int
    kind: str


Element: TypeAlias = Position | Bend | Aside


class Chain(Record, kw_only=True):
    """Positions in a row.

    Parameters
    ----------
    lead : offsets of the words before it, back to the chain before or the beginning of the text
    elements : corners, bends and asides in order; bends and asides stand before the corner that they lead to
    label : letter or number of its item
    letters : of its corners, where each has its own
    home : whether its last words lead back to where it began
    """

    lead: Span
    elements: tuple[Element, ...]
    label: str | None = None
    letters: tuple[str, ...] = ()
    home: bool = False

    @property
    def corners(self) -> list[Position]:
        """Its positions in order, also those that cannot be."""
        return [one for one in self.elements if isinstance(one, Position)]

    @property
    def span(self) -> Span:
        """Offsets from its first to its last element."""
        return self.elements[0].start, self.elements[-1].end


def same_place(one: Position, other: Position) -> bool:
    """Whether two positions are the same corner."""
    around = abs(one.lon - other.lon) % 360
    return abs(one.lat - other.lat) < _SAME_DEG and min(around, 360 - around) < _SAME_DEG


def is_label(words: str) -> bool:
    """Whether some words are nothing but the letter or number of an item."""
    found = _LABEL.search(words)
    return bool(_JOINT.fullmatch(words[: found.start()] if found else words))


def find_chains(text: str, positions: Sequence[Position]) -> list[Chain]:
    """Put positions together that follow each other with nothing but joints, arcs and damaged corners between them."""
    chains: list[Chain] = []
    number, lead = 0, 0
    while number < len(positions):
        elements, number, home = _run(text, positions, number)
        words = text[lead : elements[0].start]
        stop = positions[number].start if number < len(positions) else len(text)
        if number == len(positions):
            elements = _without_cut(text, elements)
        label, torn = _label(words)
        if not torn:
            label, torn = _label_before_torn(words, label, elements, text)
        if label is None and (items := _ITEM.findall(words[-300:])):
            label = items[-1]
        front = _torn(text, elements[0].start - len(torn), elements[0].start)
        back = _torn_tail(text, elements, stop, lettered=label is not None)
        chain = Chain(
            lead=(lead, elements[0].start), elements=(*front, *elements, *back), label=label, home=home
        )  # fmt: skip
        chains += _parted(chain)
        lead = chains[-1].elements[-1].end
    return _listed(text, chains)


def _run(text: str, positions: Sequence[Position], number: int) -> tuple[list[Element], int, bool]:
    """The elements of a chain from a position on, the number of the next position, and whether the chain goes home."""
    elements: list[Element] = [positions[number]]
    number += 1
    while number < len(positions):
        here, there = elements[-1].end, positions[number].start
        gap = text[here:there]
        torn = _torn_between(text, positions[number - 1], positions[number]) if re.search(r"\d", gap) else None
        if len(gap) > _MOST_BETWEEN or (torn is None and _label(gap)[0] is not None):
            break
        if _TURN.search(gap) and (_CENTRE.search(gap) or gap.rstrip().endswith("(")):
            centre = positions[number]
            number += 1
            after = text[centre.end : positions[number].start] if number < len(positions) else text[centre.end :][:60]
            elements.append(_bend(here, centre, gap, after))
            if _HOME.match(after):
                return elements, number, True
            if number == len(positions) or not _JOINT.fullmatch(_without_turn(after)):
                break
        elif not (_JOINT.fullmatch(gap) or _THENCE.fullmatch(gap) or _NAMED.fullmatch(gap)) or _COAST.search(gap):
            aside = torn or _aside(text, here, there)
            if aside is None:
                break
            elements.append(aside)
        elements.append(positions[number])
        number += 1
    tail = text[elements[-1].end :][:60]
    return elements, number, bool(_HOME.match(tail))


def _bend(start: int, centre: Position, gap: str, after: str) -> Bend:
    words = f"{gap} {after}"
    way = bool(_BACKWARD.search(words)), bool(_FORWARD.search(words))
    return Bend(
        start=start,
        end=centre.end,
        centre=centre,
        radius=find_radius(gap, after),
        backward=True if way[0] else False if way[1] else None,
    )


def _without_turn(after: str) -> str:
    """The words behind the centre of an arc, without those that tell its radius and direction."""
    kept = re.sub(
        r"\b(?:radius|of|clockwise|counter-?clockwise|anti-?clockwise|arc)\b", " ", after, flags=re.IGNORECASE
    )
    return re.sub(r"\d+(?:\.\d+)?\s?(?:NM|KM|M|nautical miles|miles)\b", " ", kept, flags=re.IGNORECASE)


def _aside(text: str, start: int, end: int) -> Aside | None:
    """What else may stand between two corners of one area; None when the area ends there."""
    gap = text[start:end]
    if _TURN.search(gap):  # an arc about a centre that no position gives
        return Aside(start=start, end=end, kind="arc")
    if _COAST.search(gap) and not re.search(r"\d", _POINT.sub("", gap)):
        return Aside(start=start, end=end, kind="coast")
    if len(gap) > _MOST_DAMAGED or not re.search(r"\d", gap):
        return None
    rest = _TOKEN.sub(lambda token: " " if re.search(r"\d", token[0]) else token[0], gap)
    return Aside(start=start, end=end, kind="damaged") if _JOINT.fullmatch(rest) else None


def _torn_between(text: str, one: Position, other: Position) -> Aside | None:
    """A corner that cannot be read between two others, one of which it looks like."""
    start, end = one.end, other.start
    for like in (one, other):
        size = torn_after(text[start:end], text[like.start : like.end], lettered=False, final=False)
        if size and _JOINT.fullmatch(text, start + size, end):
            return Aside(start=start, end=end, kind="damaged")
    return None


def _label(words: str) -> tuple[str | None, str]:
    """The letter or number of the item that begins at the end of some words, and damaged figures behind it."""
    torn = ""
    while True:
        kept = words[: len(words) - len(torn)] if torn else words
        found = _LABEL.search(kept[-80:])
        if found is not None:
            return (found["named"] or found["plain"] or found["word"]).upper(), torn
        almost = next(reversed([*_ALMOST.finditer(kept[-_MOST_DAMAGED:])]), None)
        if almost is None or not _JOINT.fullmatch(kept[-_MOST_DAMAGED:][almost.end() :]):
            return None, torn
        torn = words[len(kept) - len(kept[-_MOST_DAMAGED:]) + almost.start() :]


def _torn(text: str, start: int, end: int) -> list[Aside]:
    return [Aside(start=start, end=end, kind="damaged")] if end > start else []


def _label_before_torn(
    words: str, label: str | None, elements: Sequence[Element], text: str
) -> tuple[str | None, str]:  # fmt: skip
    """The letter of an item, and a first corner behind it that cannot be read and looks like the next one."""
    first = elements[0]
    like = text[first.start : first.end]
    end = len(words)
    alone = label is not None and sum(isinstance(one, Position) for one in elements) == 1
    if alone and (found := _LABEL.search(words[-80:])):  # each corner has a letter of its own
        end -= len(words[-80:]) - found.start()
    size = torn_before(words[max(0, end - _MOST_BETWEEN) : end], like)
    if not size:
        return label, ""
    torn = words[end - size :]
    before = _label(words[: end - size])[0]
    return (label if alone else before), torn


def _without_cut(text: str, elements: list[Element]) -> list[Element]:
    """The elements with the last corner unreadable where the text ends within it: 'N7438W04108 N7516W036'."""
    *_, before, last = [None, *elements]
    if not (isinstance(before, Position) and isinstance(last, Position)):
        return elements
    one, other = (text[corner.start : corner.end] for corner in (before, last))
    return [*elements[:-1], *_torn(text, last.start, last.end)] if is_cut(text[last.end :], other, one) else elements


def _torn_tail(text: str, elements: Sequence[Element], stop: int, *, lettered: bool) -> list[Aside]:
    """Damaged figures that follow the last corner of a chain."""
    start = reach = elements[-1].end
    corners = [one for one in elements if isinstance(one, Position)]
    like = text[corners[-1].start : corners[-1].end]
    lettered = lettered and len(corners) == 1
    final = stop == len(text)
    while size := torn_after(text[reach:stop][:_MOST_BETWEEN], like, lettered=lettered, final=final):
        reach += size
    while almost := _ALMOST.search(text, reach, min(stop, reach + _MOST_DAMAGED)):
        gap = text[reach : almost.start()]
        if not _JOINT.fullmatch(gap) or (not lettered and _label(gap)[0] is not None):
            break
        reach = almost.end()
    return [Aside(start=start, end=reach, kind="damaged")] if reach > start else []


def _parted(chain: Chain) -> list[Chain]:
    """A chain, or several of them where it comes back to its first corner and goes on."""
    parts: list[Chain] = []
    while (stop := _return(chain)) is not None:
        here, rest = chain.elements[:stop], chain.elements[stop:]
        parts.append(msgspec.structs.replace(chain, elements=here, home=False))
        chain = msgspec.structs.replace(chain, lead=(here[-1].end, rest[0].start), elements=rest, label=None)
    return [*parts, chain]


def _return(chain: Chain) -> int | None:
    """The number of the element behind the corner at which a chain is closed, None when nothing follows there."""
    first: Position | None = None
    corners = 0
    for number, element in enumerate(chain.elements):
        if not isinstance(element, Position):
            continue
        corners += 1
        first = first or element
        rest = chain.elements[number + 1 :] if corners > 3 and same_place(element, first) else ()
        if any(isinstance(one, Position) for one in rest):
            return number + 1
    return None


def _is_torn(words: str) -> bool:
    """Whether some words are the letters of corners with figures that cannot be read: 'C) 5#-1?,5N 01*-3?,2E D)'."""
    if len(words) > _MOST_DAMAGED or not re.search(r"\d", words):
        return False
    rest = _LETTER.sub(" ", _TOKEN.sub(lambda token: " " if re.search(r"\d", token[0]) else token[0], words))
    return _JOINT.fullmatch(rest) is not None


def _listed(text: str, chains: Sequence[Chain]) -> list[Chain]:
    """Corners that each have a letter of their own ('A. 28-39N 080-38W, B. …') are one chain."""
    kept: list[Chain] = []
    letters: list[str] = []  # of the corners of the last chain, as long as each has its own
    for chain in chains:
        alone = [chain.label] if chain.label is not None and len(chain.corners) == 1 else []
        words = text[chain.lead[0] : chain.lead[1]]
        if kept and letters and alone and (is_label(words) or _is_torn(words)):
            torn = () if is_label(words) else (Aside(start=chain.lead[0], end=chain.lead[1], kind="damaged"),)
            elements = (*kept[-1].elements, *torn, *chain.elements)
            letters += alone
            kept[-1] = msgspec.structs.replace(
                kept[-1], elements=elements, label=None, letters=tuple(letters), home=chain.home
            )
        else:
            kept.append(chain)
            letters = alone
    return kept
