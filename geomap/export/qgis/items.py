"""The items of a print layout, and how much text has room in them."""

from __future__ import annotations

import textwrap
import xml.etree.ElementTree as ET

from geomap.export.qgis import words
from geomap.export.qgis.xml import colour, sub
from geomap.qml import rgba
from geomap.style import GROUND

INK, SOFT, PAPER = (GROUND[key].light for key in ("ink", "soft", "paper"))
PAGE_ITEM, MAP, PICTURE, LABEL, LEGEND, SCALE = 65638, 65639, 65640, 65641, 65642, 65646
"""QGIS's numbers of the kinds of item."""

_FAMILY = "Sans Serif"
"""What every computer has something for; a family that is missing would be complained of."""
_MM_PER_POINT, _WIDTH, _BOLD = 25.4 / 72, 0.56, 0.64
"""Width of an average letter in parts of its height, for wide types such as DejaVu Sans."""

Box = tuple[float, float, float, float]


def add_item(
    parent: ET.Element, kind: int, name: str, place: Box, level: int, *, ground: str = PAPER, alpha: int = 255,
    **attributes: object,
) -> ET.Element:  # fmt: skip
    """Add an item of a kind, with what all items have.

    Parameters
    ----------
    place : x, y, width and height in mm
    level : items of a higher level lie upon the others
    ground, alpha : colour of its background, and how opaque it is, where it has one
    """
    x, y, wide, high = (f"{value:.2f}".rstrip("0").rstrip(".") for value in place)
    common: dict[str, object] = {
        "uuid": uuid(name), "templateUuid": uuid(name), "id": name, "position": f"{x},{y},mm",
        "positionOnPage": f"{x},{y},mm", "size": f"{wide},{high},mm", "zValue": level, "visibility": 1, "opacity": 1,
        "blendMode": 0, "itemRotation": 0, "referencePoint": 0, "positionLock": False, "excludeFromExports": 0,
        "groupUuid": "", "frame": False, "background": False, "frameJoinStyle": "miter", "outlineWidthM": "0.2,mm",
    }  # fmt: skip
    item = sub(parent, "LayoutItem", type=kind, **(common | attributes))
    colour(item, "FrameColor", SOFT)
    colour(item, "BackgroundColor", ground, alpha)
    sub(item, "LayoutObject")
    return item


def add_label(
    layout: ET.Element, name: str, text: str, place: Box, size: float, *, bold: bool = False, tone: str = INK
) -> None:
    """Add a label of plain text, whose lines are broken already."""
    item = add_item(
        layout, LABEL, name, place, 5, labelText=words.plain(text), htmlState=0, halign=1, valign=32, marginX=0,
        marginY=0,
    )  # fmt: skip
    sub(item, "LabelFont", description=font(size, bold=bold), style="")
    colour(item, "FontColor", tone)
    add_text(item, size, tone, bold=bold)


def add_text(parent: ET.Element, size: float, tone: str, *, bold: bool = False) -> ET.Element:
    """The type of a text; its family is QGIS's own."""
    return sub(
        parent, "text-style", fontSize=f"{size:g}", fontSizeUnit="Point", fontWeight=75 if bold else 50,
        textColor=rgba(tone, 1), textOpacity=1, multilineHeight=1,
    )  # fmt: skip


def font(size: float, *, bold: bool = False) -> str:
    """A type as Qt describes it, for versions of QGIS that do not read `add_text` there."""
    return f"{_FAMILY},{size:g},-1,5,{75 if bold else 50},0,0,0,0,0"


def add_paper(parent: ET.Element) -> None:
    """Add the symbol of the paper."""
    symbol = sub(parent, "symbol", name="", type="fill", alpha=1, clip_to_extent=1, force_rhr=0)
    options = sub(sub(symbol, "layer", class_="SimpleFill", enabled=1, locked=0, pass_=0), "Option", type="Map")
    for key, value in (("color", rgba(PAPER, 1)), ("style", "solid"), ("outline_style", "no")):
        sub(options, "Option", type="QString", name=key, value=value)


def uuid(name: str) -> str:
    """The id of an item."""
    return "{" + words.identifier(f"layout/{name}") + "}"


def tall(size: float) -> float:
    """The height of a line, in mm."""
    return size * _MM_PER_POINT * 1.2


def letters(wide: float, size: float, *, bold: bool = False) -> int:
    """How many letters fit in a line of so many mm."""
    return max(int(wide / (size * _MM_PER_POINT * (_BOLD if bold else _WIDTH))), 8)


def cut_lines(text: str, wide: float, size: float, most: int, *, bold: bool = False) -> list[str]:
    """The lines of a text, and no more than so many."""
    fitting = letters(wide, size, bold=bold)
    return textwrap.wrap(words.plain(text), fitting, max_lines=most, placeholder=" …") or [""]


def wrapped(text: str, letters: int) -> str:
    """A text in lines, for a legend."""
    return "\n".join(textwrap.wrap(words.plain(text), letters)) or " "
