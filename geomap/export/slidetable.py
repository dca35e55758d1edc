"""Tables on slides: as many slides as they need, each with the head again, no text out of its cell."""

from __future__ import annotations

from collections.abc import Sequence

from geomap.briefing import NOT_SAID, Entry, Sheet
from geomap.export.deck import EMU, Page, Run, paragraph, rgb, scheme
from geomap.export.templates import Area
from geomap.lettering import LEADING, columns, torn, wrap
from geomap.style import GROUND
from geomap.types import Record

SIZES = (15.0, 14.0, 13.0, 12.0, 11.0, 10.0)
"""Sizes of type that a table may have, the best first."""
USUAL = 11.0
"""The size of a table that takes several slides anyway."""
_PAD_X, _PAD_Y = 6.0, 4.5
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
CHIPS = {
    "agrees": GROUND["agrees"].light,
    "contradicts": GROUND["contradicts"].light,
    "cannot tell": GROUND["doubt"].light,
    "not tested": GROUND["soft"].light,
}
"""The colours of verdicts; white can be read on each."""


class Line(Record, kw_only=True):
    """A row as it stands on one slide: its entry, what of each cell is there, how high it is, whether it goes on."""

    entry: Entry
    cells: tuple[str, ...]
    height: float
    continued: bool = False


class Laid(Record, kw_only=True):
    """A table laid out: the size of its type, its columns, its head's height, and the rows of each slide."""

    size: float
    widths: tuple[float, ...]
    head: float
    pages: tuple[tuple[Line, ...], ...]


def lay_out(sheet: Sheet, room: Area) -> Laid:
    """Lay out a table: on one slide in the largest type in which it fits there, else on several in the usual one.

    Words are broken only where they are too long for even the smallest type.
    """
    tried = [_laid(sheet, room, size) for size in SIZES]
    whole = [laid for laid in tried if not _torn(sheet, laid)]
    usual = [laid for laid in whole if laid.size <= USUAL]
    return next((laid for laid in whole if len(laid.pages) == 1), usual[0] if usual else tried[-1])


def _heavy(sheet: Sheet) -> tuple[int, ...]:
    """The columns that are bold: the first, and that of the verdicts."""
    return (0,) if sheet.chip is None else (0, sheet.chip)


def _torn(sheet: Sheet, laid: Laid) -> bool:
    rows = [sheet.headings, *(entry.cells for entry in sheet.entries)]
    return any(
        torn(text, wide - 2 * _PAD_X, laid.size, number == 0 or place in _heavy(sheet))
        for number, row in enumerate(rows)
        for place, (text, wide) in enumerate(zip(row, laid.widths, strict=True))
    )


def _laid(sheet: Sheet, room: Area, size: float) -> Laid:
    rows = [sheet.headings, *(entry.cells for entry in sheet.entries)]
    widths = columns(rows, room.width, size, 2 * _PAD_X, heavy=_heavy(sheet))
    head = _height(
        [wrap(text, wide - 2 * _PAD_X, size, bold=True) for text, wide in zip(rows[0], widths, strict=True)], size
    )
    space = room.height - head
    pages: list[list[Line]] = [[]]
    used = 0.0
    for entry in sheet.entries:
        bold = [place in _heavy(sheet) for place in range(len(widths))]
        lines = [
            wrap(text, wide - 2 * _PAD_X, size, heavy)
            for text, wide, heavy in zip(entry.cells, widths, bold, strict=True)
        ]
        continued = False
        while True:
            tall = _height(lines, size)
            if used + tall <= space:
                pages[-1].append(_line(entry, lines, tall, continued=continued))
                used += tall
                break
            fits = int((space - used - 2 * _PAD_Y) / (size * LEADING))
            if tall > space and (fits >= 6 or not used):  # a row that no slide can hold is broken
                part = [one[: max(1, fits)] for one in lines]
                pages[-1].append(_line(entry, part, _height(part, size), continued=continued))
                lines = [one[max(1, fits) :] for one in lines]
                continued = True
            pages.append([])
            used = 0.0
    return Laid(size=size, widths=tuple(widths), head=head, pages=tuple(tuple(page) for page in pages if page))


def _line(entry: Entry, lines: Sequence[Sequence[str]], tall: float, *, continued: bool) -> Line:
    return Line(entry=entry, cells=tuple(" ".join(one) for one in lines), height=tall, continued=continued)


def _height(cells: Sequence[Sequence[str]], size: float) -> float:
    return max(1, *map(len, cells)) * size * LEADING + 2 * _PAD_Y


def draw_table(page: Page, sheet: Sheet, laid: Laid, lines: Sequence[Line], room: Area, alt: str) -> Area:
    """Draw the rows of one slide below the table's head, and say what they cover."""
    strong = page.plan.strong
    grid = "".join(f'<a:gridCol w="{round(wide * EMU)}"/>' for wide in laid.widths)
    head = "".join(
        _cell(Run(text, laid.size, bold=True, colour=scheme("bg1")), fill=scheme(strong)) for text in sheet.headings
    )
    rows = [_row(head, laid.head)]
    for number, line in enumerate(lines):
        rows.append(_row("".join(_cells(sheet, line, laid.size, page.plan.soft, banded=bool(number % 2))), line.height))
    tall = laid.head + sum(line.height for line in lines)
    area = Area(room.left, room.top, sum(laid.widths), tall)
    left, top, wide, high = area.emu
    page.put(
        f"<p:graphicFrame><p:nvGraphicFramePr>{page.head(f'Table: {sheet.title}', alt)}"
        '<p:cNvGraphicFramePr><a:graphicFrameLocks noGrp="1"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>'
        f'<p:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></p:xfrm><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/table"><a:tbl>'
        f'<a:tblPr firstRow="1" bandRow="1"><a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{grid}</a:tblGrid>{''.join(rows)}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    )
    return area


def _cells(sheet: Sheet, line: Line, size: float, soft: str, *, banded: bool) -> list[str]:
    entry = line.entry
    found = []
    for place, text in enumerate(line.cells):
        if place == sheet.chip and entry.verdict and text:
            found.append(_cell(Run(text, size, bold=True, colour=rgb("#ffffff")), fill=rgb(CHIPS[entry.verdict])))
            continue
        quiet = entry.muted or text == NOT_SAID
        run = Run(text, size, bold=place == 0 and not entry.muted, colour=soft if quiet else scheme("tx1"),
                  struck=entry.muted and bool(entry.verdict) and place == 0)  # fmt: skip
        found.append(_cell(run, fill='<a:schemeClr val="bg1"><a:lumMod val="95000"/></a:schemeClr>' if banded else ""))
    return found


def _row(cells: str, tall: float) -> str:
    return f'<a:tr h="{round(tall * EMU)}">{cells}</a:tr>'


def _cell(run: Run, *, fill: str = "") -> str:
    x, y = round(_PAD_X * EMU), round(_PAD_Y * EMU)
    paint = f"<a:solidFill>{fill}</a:solidFill>" if fill else "<a:noFill/>"
    none = "".join(f'<a:{side} w="0"><a:noFill/></a:{side}>' for side in ("lnL", "lnR"))
    rule = '<a:schemeClr val="bg1"><a:lumMod val="80000"/></a:schemeClr>'
    lines = "".join(f'<a:{side} w="6350"><a:solidFill>{rule}</a:solidFill></a:{side}>' for side in ("lnT", "lnB"))
    return (
        f"<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{paragraph(run)}</a:txBody>"
        f'<a:tcPr marL="{x}" marR="{x}" marT="{y}" marB="{y}" anchor="ctr">{none}{lines}{paint}</a:tcPr></a:tc>'
    )
