"""Areas as a notice defines them: corners, arcs, centres, radii, bearings, and what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from geomap.geodesy import bearing_deg, distance_km
from geomap.notices.chains import Aside, Bend, Chain, same_place
from geomap.notices.measures import Length, find_band, find_bearings, find_radius, find_reach
from geomap.notices.notice import Arc, Area, LonLat
from geomap.patterns import regex
from geomap.positions import NO_HEMISPHERE, Position
from geomap.types import Span

NM_KM = 1.852
_SECTOR = regex(
    r"\b(?:between|from)\s\d{1,3}\s?(?:°|deg|(?:and|to)\s\d{1,3}\s?(?:°|deg))|\bse[ck]tors?\b|\bsektor\w*|\bsemi-?circle|"
    r"\b(?:bearings?|brgs?|radials?|azimuths?)\b|\bpeiling",
    re.IGNORECASE,
)
_MAGNETIC = regex(r"\bmag(?:netic)?\b|\d\s?°?M\b")
_JOINED_BY_ARC = regex(
    r"\barc of [\d.]+ ?(?:nm|miles?|km)(?: radius)? joining (?:points? )?(?P<one>[A-Z])"
    r" and (?:point )?(?P<two>[A-Z])\b",
    re.IGNORECASE,
)
_AMERICAN = regex(r"§ ?\d{2,3}\.|\bCFR\b|\bU\.S\.|\b(?:Fla|Calif|Tex|Va|Md)\.|\bdanger zone\b")
_OFF_NM = 0.6
_OFF = 0.04
_QUOTED = 60


def quoted(text: str, span: Span) -> str:
    """The words of a span and where they stand: “72-75.0N 035-40.0E” at 120-139 (line 5)."""
    words = " ".join(text[span[0] : span[1]].split())
    words = words if len(words) <= _QUOTED else f"{words[: _QUOTED - 1]}…"
    return f"“{words}” at {span[0]}-{span[1]} (line {text.count(chr(10), 0, span[0]) + 1})"


def drawable(position: Position) -> bool:
    """Whether a position has a place as it stands: minutes of 75 have one, a latitude of 95 degrees has none."""
    impossible = position.problem and "minutes" not in position.problem and "seconds" not in position.problem
    return not impossible and abs(position.lat) <= 90 and abs(position.lon) <= 180


def with_note(area: Area, note: str) -> Area:
    """The area with one more note."""
    return msgspec.structs.replace(area, notes=(*area.notes, note))


def polygon(text: str, chain: Chain, edges: str, behind: str = "") -> Area:
    """The area whose corners are the positions of a chain, with arcs where bends stand between them."""
    vertices: list[LonLat] = []
    arcs: list[Arc] = []
    doubts: list[str] = []
    notes: list[str] = []
    bare: list[str] = []
    bend: Bend | None = None
    for element in chain.elements:
        if isinstance(element, Bend):
            bend = element
        elif isinstance(element, Aside):
            _say(text, element, doubts, notes)
        elif element.problem and drawable(element):
            doubts.append(f"{quoted(text, (element.start, element.end))}: {element.problem}; taken as it stands")
            vertices.append((element.lon, element.lat))
        elif element.problem == NO_HEMISPHERE and _AMERICAN.search(text):
            vertices.append((-element.lon, element.lat))
            bare.append(quoted(text, (element.start, element.end)))
            bend = None
        elif element.problem:
            doubts.append(f"{quoted(text, (element.start, element.end))}: {element.problem}; left out")
            bend = None
        else:
            vertices.append((element.lon, element.lat))
            if bend is not None and len(vertices) > 1:
                arcs += _arc(text, bend, len(vertices) - 2, len(vertices) - 1, vertices, doubts)
            bend = None
    if bare:
        doubts.append(
            f"{bare[0]} and the like: {NO_HEMISPHERE}; taken as north and west, as American regulations mean it"
        )
    if bend is not None and len(vertices) > 1:
        arcs += _arc(text, bend, len(vertices) - 1, 0, vertices, doubts)
    arcs += _named_arc(behind, vertices, doubts)
    corners = [corner for corner in chain.corners if drawable(corner)]
    closed = len(vertices) > 2 and len(corners) > 1 and same_place(corners[0], corners[-1])
    if closed:
        last = len(vertices) - 1
        arcs = [msgspec.structs.replace(arc, to=0) if arc.to == last else arc for arc in arcs]
        vertices.pop()
    return Area(
        type="arc" if arcs else "polygon",
        label=chain.label,
        evidence=chain.span,
        vertices=tuple(vertices),
        closed=closed or chain.home,
        arcs=tuple(arcs),
        edges=edges,
        doubtful=tuple(doubts),
        notes=tuple(notes),
    )


def _named_arc(behind: str, vertices: Sequence[LonLat], doubts: list[str]) -> list[Arc]:
    """'… and arc of 41 NM radius joining point B and C': about the corner that lies so far from both of them."""
    match = _JOINED_BY_ARC.search(behind)
    if match is None:
        return []
    start, to = sorted(ord(match[name].upper()) - ord("A") for name in ("one", "two"))
    radius = find_radius(match[0], "")
    if radius is not None and to - start == 1 and to < len(vertices):
        off = max(_OFF_NM, _OFF * radius.nm)
        for number, centre in enumerate(vertices):
            away = [distance_km(*centre, *vertices[end]) / NM_KM for end in (start, to)]
            if number not in (start, to) and all(abs(one - radius.nm) <= off for one in away):
                turn = bearing_deg(*centre, *vertices[to]) - bearing_deg(*centre, *vertices[start])
                return [Arc(start=start, to=to, centre=centre, radius_nm=radius.nm, clockwise=turn % 360 <= 180)]
    doubts.append(f"“{match[0]}”: its centre is not said, and no corner is; drawn as a straight edge")
    return []


def _say(text: str, aside: Aside, doubts: list[str], notes: list[str]) -> None:
    """What words between two corners mean for the edge."""
    said = quoted(text, (aside.start, aside.end))
    if aside.kind == "damaged":
        doubts.append(f"{said}: not readable as a position; left out")
    elif aside.kind == "arc":
        doubts.append(f"{said}: an arc about a centre that no position gives; drawn as a straight edge")
    else:
        notes.append(f"{said}: drawn as a straight edge between the two corners, not along it")


def _arc(
    text: str, bend: Bend, start: int, to: int, vertices: Sequence[LonLat], doubts: list[str]
) -> list[Arc]:  # fmt: skip
    """The arc of a bend between two corners; none when its centre cannot be."""
    centre, said = bend.centre, quoted(text, (bend.start, bend.end))
    if centre is None or centre.problem:
        doubts.append(f"{said}: its centre has a {centre.problem if centre else 'fault'}; drawn as a straight edge")
        return []
    ends = [distance_km(centre.lon, centre.lat, *vertices[number]) / NM_KM for number in (start, to)]
    radius = bend.radius.nm if bend.radius else ends[0]
    if any(abs(end - radius) > max(_OFF_NM, _OFF * radius) for end in ends):
        doubts.append(
            f"{said}: its ends lie {ends[0]:.1f} and {ends[1]:.1f} NM from its centre, its radius is {radius:g} NM"
        )
    if bend.backward is None:
        doubts.append(f"{said}: clockwise or not is not said; drawn the shorter way")
    backward = (
        bend.backward if bend.backward is not None else _shorter_is_backward(centre, vertices[start], vertices[to])
    )
    return [
        Arc(start=start, to=to, centre=(centre.lon, centre.lat), radius_nm=round(radius, 3), clockwise=not backward)
    ]  # fmt: skip


def _shorter_is_backward(centre: Position, start: LonLat, to: LonLat) -> bool:
    turn = bearing_deg(centre.lon, centre.lat, *to) - bearing_deg(centre.lon, centre.lat, *start)
    return turn % 360 > 180


def circle(text: str, centre: Position, radius: Length, label: str | None) -> Area:
    """The area within a radius of a position."""
    span = (centre.start, centre.end)
    doubts = [_of_centre(text, centre)] if centre.problem else []
    if not radius.nm:
        doubts.append(f"{quoted(text, span)}: a radius of nothing")
    return Area(
        type="circle",
        label=label,
        evidence=span,
        centre=(centre.lon, centre.lat) if drawable(centre) else None,
        radius_nm=radius.nm,
        edges="geodesic",
        doubtful=tuple(doubts),
    )


def _of_centre(text: str, centre: Position) -> str:
    done = "taken as it stands" if drawable(centre) else "not drawn"
    return f"{quoted(text, (centre.start, centre.end))}: {centre.problem}; {done}"


def corridor(text: str, chain: Chain, half_nm: float | None, edges: str) -> Area:
    """The band about the line through the positions of a chain; the line alone when no width is given."""
    area = polygon(text, chain, edges)
    vertices = area.vertices
    if area.closed and len(chain.corners) > len(vertices):  # a line that comes back to its beginning has that end too
        vertices = (*vertices, vertices[0])
    notes = area.notes if half_nm is not None else (*area.notes, "a line: the notice gives no width")
    return msgspec.structs.replace(
        area, type="corridor", vertices=vertices, closed=False, arcs=(), half_width_nm=half_nm, notes=notes
    )


def sector(text: str, chain: Chain, before: str, rest: str, after: str) -> Area | None:
    """The part of a circle between two bearings, when the words about a position tell of one."""
    centre = chain.corners[0]
    if not _SECTOR.search(f"{before} {rest}"):
        return None
    words = f"{before} {after}"
    bearings = find_bearings(rest) or find_bearings(words)
    band = find_band(words)
    reach = find_reach(before) or find_reach(after)
    if bearings is None or (band is None and reach is None):
        return None
    span = (centre.start, centre.end)
    doubts = [_of_centre(text, centre)] if centre.problem else []
    if _MAGNETIC.search(words):
        doubts.append("bearings are magnetic; drawn as if they were true")
    return Area(
        type="sector",
        label=chain.label,
        evidence=span,
        centre=(centre.lon, centre.lat) if drawable(centre) else None,
        radius_nm=band[1] if band else reach.nm if reach else None,
        inner_nm=band[0] if band else None,
        bearing_from=bearings[0],
        bearing_to=bearings[1],
        edges="geodesic",
        doubtful=tuple(doubts),
    )
