"""Masters and layouts of slides: the own design, and what a user's template has, found by kind and never by name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from geomap.errors import ExportError
from geomap.office import open_template
from geomap.style import BLUE, GREEN, GROUND, ORANGE, PURPLE, SKY, VERMILION, contrast

EMU = 12_700
_TITLES, _FOOTERS, _NUMBER = ("title", "ctrTitle"), ("dt", "ftr", "sldNum"), "sldNum"
_LEAST_WIDTH, _LEAST_HEIGHT = 0.45, 0.4
_FOOT, _GAP = 23.0, 6.0
_ASIDE = 0.2
"""Of its width or height the body gives way so much to what a template draws beside it."""
_WIDE, _HIGH = 960.0, 540.0
_TYPE = "Arial"
_READABLE = 4.5
_SOFT = '<a:schemeClr val="tx1"><a:lumMod val="75000"/><a:lumOff val="25000"/></a:schemeClr>'


class Area(NamedTuple):
    """A rectangle on a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in the units of the file."""
        return tuple(round(value * EMU) for value in self)  # type: ignore[return-value]

    def meets(self, other: Area) -> bool:
        """Whether the two have more than an edge in common."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


class Plan(NamedTuple):
    """What slides are made on.

    Parameters
    ----------
    title, body, foot : where they lie
    title_size : of its type, points
    number : where the slide's number stands, and the index of its placeholder, None when the layout has none
    strong : the theme's colour behind heads of tables, on which ``bg1`` can be read
    soft : colour of text that matters less, as DrawingML
    inset : of the title's text from its left edge
    """

    presentation: Any
    layout: Any
    title: Area
    body: Area
    foot: Area
    title_size: float
    number: tuple[Area, int | None]
    strong: str
    soft: str = _SOFT
    inset: float = 7.2


# --------------------------------------------------------------------------------------------------- the own design


def open_own() -> Plan:
    """Make a presentation in the own design: 16:9, the colours of `geomap.style`, type that every system has."""
    from pptx import Presentation

    presentation: Any = Presentation()
    presentation.slide_width, presentation.slide_height = round(_WIDE * EMU), round(_HIGH * EMU)
    kept = {"Title Only", "Title and Content", "Blank"}
    for layout in list(presentation.slide_layouts):
        if layout.name not in kept:
            presentation.slide_layouts.remove(layout)
    master = presentation.slide_master
    _paint(_theme_part(master))
    spots = {
        "title": Area(36, 18, 888, 56), "body": Area(36, 84, 888, 400), "dt": Area(36, 514, 120, 16),
        "ftr": Area(300, 514, 360, 16), "sldNum": Area(864, 512, 60, 16),
    }  # fmt: skip
    for one in master.placeholders:
        kind = _kind(one)
        if kind in spots:
            one.left, one.top, one.width, one.height = spots[kind].emu
    for layout in presentation.slide_layouts:
        for one in layout.placeholders:
            for place in one._element.spPr.findall("{*}xfrm"):
                one._element.spPr.remove(place)
    _set_type(master)
    layout = next(one for one in presentation.slide_layouts if one.name == "Title Only")
    plan = _plan(presentation, layout, Area(36, 84, 888, 418))
    soft = f'<a:srgbClr val="{GROUND["soft"].light.lstrip("#").upper()}"/>'
    return plan._replace(soft=soft, inset=0.0)


def _paint(theme: Any) -> None:
    """Give a theme the colours and the type of geomap."""
    from lxml import etree

    root = etree.fromstring(theme.blob)
    space = {"a": "http://schemas.openxmlformats.org/drawingml/2006/main"}
    colours = {
        "dk1": GROUND["ink"].light, "lt1": GROUND["paper"].light, "dk2": GROUND["link"].light,
        "lt2": GROUND["raised"].light, "accent1": BLUE, "accent2": VERMILION, "accent3": GREEN, "accent4": PURPLE,
        "accent5": ORANGE, "accent6": SKY, "hlink": GROUND["link"].light, "folHlink": GROUND["soft"].light,
    }  # fmt: skip
    table = root.find(".//a:clrScheme", space)
    table.set("name", "geomap")
    for name, colour in colours.items():
        slot = table.find(f"a:{name}", space)
        for old in list(slot):
            slot.remove(old)
        etree.SubElement(slot, f"{{{space['a']}}}srgbClr").set("val", colour.lstrip("#").upper())
    root.find(".//a:fontScheme", space).set("name", "geomap")
    for font in root.findall(".//a:fontScheme/*/a:latin", space):
        font.set("typeface", _TYPE)
    root.set("name", "geomap")
    theme._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set_type(master: Any) -> None:
    """The type of titles and numbers on the master, and a bar beside the title."""
    from pptx.oxml import parse_xml

    styles = master._element.find("{*}txStyles")
    first = styles.find("{*}titleStyle/{*}lvl1pPr")
    first.set("algn", "l")
    first.find("{*}defRPr").set("sz", "2600")
    first.find("{*}defRPr").set("b", "1")
    for number, size in enumerate((18, 16, 14, 12, 12), 1):
        styles.find(f"{{*}}bodyStyle/{{*}}lvl{number}pPr/{{*}}defRPr").set("sz", str(size * 100))
    for one in master.placeholders:
        if _kind(one) == "title":
            one._element.txBody.bodyPr.set("anchor", "ctr")
            one._element.txBody.bodyPr.set("lIns", "0")
        if _kind(one) in _FOOTERS:
            for look in one._element.iter("{*}defRPr"):
                look.set("sz", "900")
    left, top, wide, high = Area(0, 26, 8, 40).emu
    bar = (
        '<p:sp xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"><p:nvSpPr><p:cNvPr id="90" name="Bar"/>'
        f'<p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{left}" y="{top}"/>'
        f'<a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:schemeClr val="accent2"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )
    master.shapes._spTree.insert(2, parse_xml(bar))


# --------------------------------------------------------------------------------------------------- a user's template


def open_users(path: Path) -> Plan:
    """Open a user's presentation, take its slides out, and find the layout with a title and the most room.

    Raises
    ------
    ExportError
        if it is no presentation, or no layout will do
    """
    from pptx import Presentation

    presentation = open_template(path, "pptx", Presentation)
    _empty(presentation)
    found = max(_layouts(presentation), key=lambda one: one[0], default=None)
    if found is None:
        message = (
            f"{path}: no layout of the template has a title and enough room for a table beside it; "
            "add one like 'Title Only'"
        )
        raise ExportError(message)
    return _plan(presentation, found[1], found[2])


def _empty(presentation: Any) -> None:
    """Take all slides out, and what else in the presentation speaks of them."""
    root = presentation.part._element
    for one in list(presentation.slides._sldIdLst):
        presentation.part.drop_rel(one.rId)
        presentation.slides._sldIdLst.remove(one)
    for one in list(root):
        if one.tag.rpartition("}")[2] in ("extLst", "custShowLst"):  # sections and shows list slides
            root.remove(one)


def _layouts(presentation: Any) -> Iterator[tuple[tuple[float, ...], Any, Area]]:
    """The layouts that will do, each with how well, and where its body is."""
    wide, high = presentation.slide_width / EMU, presentation.slide_height / EMU
    known = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
    bodies = [(_title(layout), _single(layout)) for layout in known]
    for number, layout in enumerate(known):
        title, own = bodies[number]
        if title is None or title.height <= 0 or title.width < 0.3 * wide:
            continue
        others = [one for one in layout.placeholders if _kind(one) not in (*_TITLES, *_FOOTERS)]
        if others and own is None:
            continue
        alike = [body for other, body in bodies if body and other and _same(other, title) and not body.meets(title)]
        body = own if own is not None and not own.meets(title) else None
        body = body or (alike[0] if alike else _free(layout, title, wide, high))
        body = _aside(body, layout, wide, high)
        if body.width < _LEAST_WIDTH * wide or body.height < _LEAST_HEIGHT * high or body.meets(title):
            continue
        centred = any(_kind(one) == "ctrTitle" for one in layout.placeholders)
        yield (not centred, not others, round(body.width * body.height / 500), -number), layout, body


def _title(layout: Any) -> Area | None:
    return next((_area(one) for one in layout.placeholders if _kind(one) in _TITLES), None)


def _single(layout: Any) -> Area | None:
    """Where the only placeholder for content lies, None when there are none or several."""
    others = [one for one in layout.placeholders if _kind(one) not in (*_TITLES, *_FOOTERS)]
    return _area(others[0]) if len(others) == 1 and _kind(others[0]) in ("obj", "body", "tbl", "pic") else None


def _free(layout: Any, title: Area, wide: float, high: float) -> Area:
    """The room below a title, or above one that stands low, down to the footers."""
    side = min(max(title.left, 0.02 * wide), 0.08 * wide)
    footers = [_area(one) for one in layout.placeholders if _kind(one) in _FOOTERS]
    edges = [one.top for one in footers if one is not None and one.top > 0.75 * high]
    low = min([*edges, 0.95 * high])
    if title.top > high / 2:
        return Area(side, 0.05 * high, wide - 2 * side, title.top - _GAP - 0.05 * high)
    return Area(side, title.bottom + _GAP, wide - 2 * side, low - title.bottom - 2 * _GAP)


def _aside(body: Area, layout: Any, wide: float, high: float) -> Area:
    """The body without what the layout or its master draws into its edges: a logo, a strip."""
    drawn = [*layout.shapes, *(layout.slide_master.shapes if layout._element.get("showMasterSp") != "0" else ())]
    body = _cut(body, Area(0.01 * wide, 0.01 * high, 0.98 * wide, 0.97 * high))
    for one in drawn:
        area = None if one.is_placeholder else _area(one)
        if area is None or not area.meets(body) or area.width * area.height > 0.3 * wide * high:
            continue
        ways = {
            "left": (area.right - body.left) / body.width,
            "right": (body.right - area.left) / body.width,
            "top": (area.bottom - body.top) / body.height,
            "bottom": (body.bottom - area.top) / body.height,
        }
        side, lost = min(ways.items(), key=lambda way: way[1])
        if lost <= _ASIDE:
            body = _without(body, area, side)
    return body


def _without(body: Area, area: Area, side: str) -> Area:
    if side == "left":
        return Area(area.right, body.top, body.right - area.right, body.height)
    if side == "right":
        return Area(body.left, body.top, area.left - body.left, body.height)
    if side == "top":
        return Area(body.left, area.bottom, body.width, body.bottom - area.bottom)
    return Area(body.left, body.top, body.width, area.top - body.top)


def _cut(body: Area, whole: Area) -> Area:
    left, top = max(body.left, whole.left), max(body.top, whole.top)
    return Area(left, top, min(body.right, whole.right) - left, min(body.bottom, whole.bottom) - top)


# ----------------------------------------------------------------------------------------------------------- both


def _plan(presentation: Any, layout: Any, body: Area) -> Plan:
    title = _title(layout)
    assert title is not None  # the layout was chosen for it
    number, beside = _number(presentation, layout, body)
    foot = Area(body.left, body.bottom - _FOOT, body.width - beside, _FOOT)
    room = Area(body.left, body.top, body.width, body.height - _FOOT - _GAP)
    return Plan(
        presentation=presentation,
        layout=layout,
        title=title,
        body=room,
        foot=foot,
        title_size=_title_size(layout),
        number=number,
        strong=_strong(layout.slide_master),
    )


def _number(presentation: Any, layout: Any, body: Area) -> tuple[tuple[Area, int | None], float]:
    """Where the number stands, and the room at the foot that it takes when no placeholder has one for it."""
    for one in layout.placeholders:
        area = _area(one)
        if _kind(one) == _NUMBER and area is not None and area.width > 0:
            foot = Area(body.left, body.bottom - _FOOT, body.width, _FOOT)
            taken = max(0.0, body.right - area.left + _GAP) if area.meets(foot) else 0.0
            return (area, one.placeholder_format.idx), taken
    spot = Area(body.right - 40, body.bottom - 14, 40, 14)
    return (spot, None), 46.0


def _title_size(layout: Any) -> float:
    """Size of the type of titles, as the layout or its master has it."""
    shapes = [one for place in (layout, layout.slide_master) for one in place.placeholders if _kind(one) in _TITLES]
    looks = [look for one in shapes for look in one._element.findall(".//{*}lstStyle/{*}lvl1pPr/{*}defRPr")]
    looks += layout.slide_master._element.findall("{*}txStyles/{*}titleStyle/{*}lvl1pPr/{*}defRPr")
    return next((int(look.get("sz")) / 100 for look in looks if look.get("sz")), 28.0)


def _strong(master: Any) -> str:
    """The theme's second text colour when paper can be read on it, else the first."""
    colours = _colours(master)
    paper, second = colours.get("bg1"), colours.get("tx2")
    return "tx2" if paper and second and contrast(paper, second) >= _READABLE else "tx1"


def _colours(master: Any) -> dict[str, str]:
    """The colours of a master's theme by the names that shapes use."""
    from lxml import etree

    root = etree.fromstring(_theme_part(master).blob)
    found: dict[str, str] = {}
    for slot in root.find(".//{*}clrScheme"):
        for colour in slot:
            value = colour.get("val") if colour.tag.endswith("srgbClr") else colour.get("lastClr")
            if value:
                found[slot.tag.rpartition("}")[2]] = f"#{value}"
    mapped = master._element.find("{*}clrMap")
    return {name: found[slot] for name, slot in mapped.attrib.items() if slot in found}


def _theme_part(master: Any) -> Any:
    from pptx.opc.constants import RELATIONSHIP_TYPE

    return master.part.part_related_by(RELATIONSHIP_TYPE.THEME)


def _kind(shape: Any) -> str:
    """The kind of a placeholder as the file names it; one without a kind is for any object."""
    return str(shape._element.ph.get("type") or "obj") if shape.is_placeholder else ""


def _area(shape: Any) -> Area | None:
    values: Sequence[Any] = (shape.left, shape.top, shape.width, shape.height)
    return None if any(value is None for value in values) else Area(*(value / EMU for value in values))


def _same(one: Area, other: Area) -> bool:
    return all(abs(a - b) < 8 for a, b in zip(one, other, strict=True))
