"""What tests of briefings share: a picture, long and hostile scenes, templates, and where things lie on a slide."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from filled import filled
from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.util import Pt
from toys import HOSTILE, make_layers

from geomap.catalog import Layers
from geomap.scene import make_scene
from geomap.stage import Scene

NASTY = (
    f"{' '.join(HOSTILE)} =cmd|'/c calc'!A1 \x00\x07\x0b\x1b[31m \ud800 \u202e \ufffe _x0041_ ]]> &amp; <b> "
    f"{'W' * 300} \u6771\u4eac\u9031\u5831"
)
"""Text that XML cannot hold, that spreadsheets run, that turns its direction, and that has no place to be broken."""


def png(width: int = 160, height: int = 90) -> bytes:
    """A small grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = (b"\x00" + b"\x99" * width) * height
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def plain_scene(folder: Path) -> Scene:
    return make_scene([filled()], Layers(make_layers(folder)))


def hostile_scene(folder: Path) -> Scene:
    name = NASTY.encode("utf-8", "ignore").decode()
    scene = make_scene([filled(hostile=NASTY)], Layers(make_layers(folder, name=name)))
    return msgspec.structs.replace(scene, title="Headline " * 1200 + NASTY)


def long_scene(folder: Path, times: int = 12) -> Scene:
    """A scene whose tables fit on no single slide."""
    scene = plain_scene(folder)
    cards, tables = [], []
    for number in range(times):
        cards += [
            msgspec.structs.replace(card, key=f"{card.key}-{number}", headline=f"{card.headline} no. {number}")
            for card in scene.cards
        ]
    for table in scene.tables:
        rows = [(f"{row[0]} no. {number}", *row[1:]) for number in range(times) for row in table.rows]
        tables.append(msgspec.structs.replace(table, rows=tuple(rows), marks=table.marks * times))
    return msgspec.structs.replace(scene, cards=tuple(cards), tables=tuple(tables))


# ---------------------------------------------------------------------------------------------------- templates

_SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


def corporate(path: Path) -> Path:
    """A dark template in 16:9 with foreign names, a strip on the left, a logo on the right, and a slide of its own."""
    made: Any = Presentation()
    made.slide_width, made.slide_height = Pt(960), Pt(540)
    master = made.slide_master
    spots = {
        "title": (120, 20, 700, 50), "body": (120, 90, 800, 400), "dt": (120, 505, 100, 20),
        "ftr": (300, 505, 300, 20), "sldNum": (860, 505, 60, 20),
    }  # fmt: skip
    for one in master.placeholders:
        one.left, one.top, one.width, one.height = map(Pt, spots[one._element.ph.get("type")])
    for number, layout in enumerate(made.slide_layouts):
        layout._element.cSld.set("name", f"Folie {number}")
        if number in (1, 5, 6):
            for one in layout.placeholders:
                for place in one._element.spPr.findall("{*}xfrm"):
                    one._element.spPr.remove(place)
    for number, (left, top, wide, high) in enumerate(((0, 0, 90, 540), (860, 10, 80, 100))):
        master.shapes._spTree.insert(2, parse_xml(
            f'<p:sp {_SPACES}><p:nvSpPr><p:cNvPr id="{91 + number}" name="drawn"/><p:cNvSpPr/><p:nvPr/></p:nvSpPr>'
            f'<p:spPr><a:xfrm><a:off x="{Pt(left)}" y="{Pt(top)}"/><a:ext cx="{Pt(wide)}" cy="{Pt(high)}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:sp>'
        ))  # fmt: skip
    mapped = master._element.find("{*}clrMap")
    for name, slot in (("bg1", "dk1"), ("tx1", "lt1"), ("bg2", "dk2"), ("tx2", "lt2")):
        mapped.set(name, slot)
    slide = made.slides.add_slide(made.slide_layouts[1])
    slide.shapes.title.text = "A slide of the template"
    made.save(path)
    return path


def untitled(path: Path) -> Path:
    """A template that has no layout with a title."""
    made: Any = Presentation()
    for layout in list(made.slide_layouts):
        if layout.name != "Blank":
            made.slide_layouts.remove(layout)
    made.save(path)
    return path


# -------------------------------------------------------------------------------------------------- where things lie


class Spot(NamedTuple):
    """What a shape covers, in points, and what it says."""

    name: str
    text: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Spot) -> bool:
        less = 0.05
        return (
            self.left < other.right - less
            and other.left < self.right - less
            and self.top < other.bottom - less
            and other.top < self.bottom - less
        )


def spot(shape: Any) -> Spot:
    left, top, wide, high = (value / 12700 for value in (shape.left, shape.top, shape.width, shape.height))
    text = shape.text_frame.text if shape.has_text_frame else ""
    return Spot(shape.name, text, left, top, left + wide, top + high)


def leaves(shapes: Any) -> Iterator[Any]:
    """All shapes, those in groups too; groups are drawn at their own size."""
    for shape in shapes:
        if shape.shape_type is not None and shape.shape_type == 6:
            yield from leaves(shape.shapes)
        else:
            yield shape
