"""A document for Word that grows from top to bottom: styles, captions with fields, tables with repeated heads.

Styles are asked for by the names that Word itself gives them, which every language of Word stores alike. What a
template does not have is added, so that headings are headings, and a navigation pane shows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from geomap.errors import ExportError
from geomap.lettering import columns
from geomap.office import clean, fix_properties, open_template, save
from geomap.style import BLUE, GROUND

_SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPE = "Arial"
_TWIPS = 20
_EMU = 12_700
_TABLE_SIZE, _PAD = 8.5, 4.5
_A4 = (595.3, 841.9)
_MARGIN = 54.0
_SIZES = {"Title": 24, "Subtitle": 12, "Heading 1": 15, "Heading 2": 12, "Caption": 9, "Quote": 10, "List Bullet": 10}
_LONGEST_ALT = 2000


class Look(NamedTuple):
    """How a cell looks: the colour behind it, that of its text, bold, struck."""

    fill: str = ""
    colour: str = ""
    bold: bool = False
    struck: bool = False


class Paper:
    """A document; ``width`` is what a line of text takes, in points.

    Parameters
    ----------
    template : a user's document, of which styles, page, header and footer are taken; an own design without one

    Raises
    ------
    ExportError
        if the template is none
    """

    def __init__(self, template: Path | None, title: str, subject: str) -> None:
        from docx import Document

        self.own = template is None
        self.document: Any = Document() if template is None else open_template(template, "docx", Document)
        self.body = self.document.element.body
        section = self._empty()
        if self.own:
            _design(self.document, section)
        self.width = (section.page_width - section.left_margin - section.right_margin) / _EMU
        self.height = (section.page_height - section.top_margin - section.bottom_margin) / _EMU
        if self.width < 150 or self.height < 150:
            message = f"{template}: the page of the template leaves no room for text"
            raise ExportError(message)
        fix_properties(self.document.core_properties, title, subject)
        self._styles: dict[str, Any] = {}
        self._counts: dict[str, int] = {}
        self._drawn = 0
        _number_pages(self.document)

    def save(self, path: Path) -> None:
        """Write the document.

        Raises
        ------
        ExportError
            if it cannot be written
        """
        save(self.document, path)

    def _empty(self) -> Any:
        """Take out what a template says; its last section stays, with page, header and footer."""
        for one in list(self.body)[:-1]:
            self.body.remove(one)
        return self.document.sections[-1]

    # --------------------------------------------------------------------------------------------------- text

    def add(self, style: str, *runs: tuple[str, str]) -> Any:
        """Add a paragraph of runs, each a text and its look: empty, ``bold``, ``italic`` or ``soft``."""
        paragraph = self.document.add_paragraph(style=self._style(style))
        for text, look in runs:
            run = paragraph.add_run(clean(text))
            run.bold = True if look == "bold" else None
            run.italic = True if look == "italic" else None
            if look == "soft" and self.own:
                run.font.color.rgb = _rgb(GROUND["soft"].light)
        return paragraph

    def caption(self, kind: str, text: str, *, above: bool) -> None:
        """Add a caption with its number as a field that Word keeps (``Figure 1 …``)."""
        self._counts[kind] = number = self._counts.get(kind, 0) + 1
        paragraph = self.add("Caption", (f"{kind} ", ""))
        paragraph._p.append(_field(f" SEQ {kind} \\* ARABIC ", str(number)))
        paragraph.add_run(f"  {clean(text)}")
        paragraph.paragraph_format.keep_with_next = above
        if above:
            paragraph.paragraph_format.space_before = _points(10)

    def picture(self, content: bytes, alt: str) -> None:
        """Add a picture as wide as the text, and no higher than two thirds of the page.

        Raises
        ------
        ExportError
            if it is no picture
        """
        paragraph = self.add("Normal")
        paragraph.paragraph_format.keep_with_next = True
        try:
            shape = paragraph.add_run().add_picture(BytesIO(content))
        except Exception:  # python-docx has an exception of its own for every way to be no picture
            message = "the picture of the map is none that a document can hold; a PNG is wanted"
            raise ExportError(message) from None
        scale = min(self.width * _EMU / shape.width, self.height * _EMU * 2 / 3 / shape.height)
        shape.width, shape.height = round(shape.width * scale), round(shape.height * scale)
        self._drawn += 1
        known = shape._inline.docPr
        known.set("name", f"Map {self._drawn}")
        known.set("descr", clean(alt)[:_LONGEST_ALT])

    def _style(self, name: str) -> Any:
        known = self._styles.get(name)
        if known is None:
            known = self._styles[name] = self._found(name)
        return known

    def _found(self, name: str) -> Any:
        from docx.enum.style import WD_STYLE_TYPE

        styles = self.document.styles
        for one in styles:
            if one.name == name and one.type == WD_STYLE_TYPE.PARAGRAPH:
                return one
        added = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        added.font.size = _points(_SIZES.get(name, 10))
        added.font.bold = name.startswith(("Title", "Heading")) or None
        if name.startswith("Heading"):
            from docx.oxml import parse_xml

            level = int(name[-1]) - 1
            added.element.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {_SPACE} w:val="{level}"/>'))
            added.paragraph_format.keep_with_next = True
        return added

    # -------------------------------------------------------------------------------------------------- tables

    def table(
        self, headings: Sequence[str], rows: Sequence[Sequence[str]], looks: Sequence[Sequence[Look]], alt: str
    ) -> None:
        """Add a table; its head comes again on each page, no row is torn unless it is longer than a page."""
        from docx.oxml import parse_xml

        widths = columns([headings, *rows], self.width, _TABLE_SIZE, 2 * _PAD, 30.0, range(len(headings)))
        grid = "".join(f'<w:gridCol w:w="{_twips(wide)}"/>' for wide in widths)
        head = Look(fill=GROUND["link"].light, colour=GROUND["paper"].light, bold=True)
        drawn = [_row(headings, [head] * len(headings), widths, head=True)]
        drawn += [_row(cells, look, widths) for cells, look in zip(rows, looks, strict=True)]
        rule = GROUND["rule"].light.lstrip("#").upper()
        borders = "".join(
            f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{rule}"/>' for side in ("top", "bottom", "insideH")
        )
        margins = "".join(
            f'<w:{side} w:w="{_twips(wide)}" w:type="dxa"/>'
            for side, wide in (("top", 2.0), ("left", _PAD), ("bottom", 2.0), ("right", _PAD))
        )
        said = clean(alt)[:_LONGEST_ALT]
        element = parse_xml(
            f"<w:tbl {_SPACE}><w:tblPr>"
            f'<w:tblW w:w="{sum(map(_twips, widths))}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders>'
            f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
            '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" '
            f'w:noVBand="1"/><w:tblCaption w:val={quoteattr(said[:250])}/><w:tblDescription w:val={quoteattr(said)}/>'
            f"</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(drawn)}</w:tbl>"
        )
        self.body.insert(len(self.body) - 1, element)
        spacer = self.add("Normal")
        spacer.paragraph_format.space_after = _points(0)


def _row(cells: Sequence[str], looks: Sequence[Look], widths: Sequence[float], *, head: bool = False) -> str:
    kept = "<w:tblHeader/>" if head else ""
    drawn = "".join(_cell(text, look, wide) for text, look, wide in zip(cells, looks, widths, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{kept}</w:trPr>{drawn}</w:tr>"


def _cell(text: str, look: Look, wide: float) -> str:
    fill = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.fill.lstrip("#").upper()}"/>' if look.fill else ""
    kind = "<w:b/>" if look.bold else ""
    kind += "<w:strike/>" if look.struck else ""
    kind += f'<w:color w:val="{look.colour.lstrip("#").upper()}"/>' if look.colour else ""
    size = round(_TABLE_SIZE * 2)
    kind += f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_twips(wide)}" w:type="dxa"/>{fill}<w:vAlign w:val="center"/></w:tcPr>'
        '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:jc w:val="left"/></w:pPr>'
        f'<w:r><w:rPr>{kind}</w:rPr><w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r></w:p></w:tc>'
    )


def _field(instruction: str, shown: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(
        f'<w:fldSimple {_SPACE} w:instr="{escape(instruction)}"><w:r><w:t>{escape(shown)}</w:t></w:r></w:fldSimple>'
    )


def _number_pages(document: Any) -> None:
    """Give the footers page numbers, unless the template's have them."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section = document.sections[-1]
    footers = [section.footer]
    footers += [section.first_page_footer] if section.different_first_page_header_footer else []
    footers += [section.even_page_footer] if document.settings.odd_and_even_pages_header_footer else []
    for footer in footers:
        whole = "".join(one.text or "" for one in footer._element.iter("{*}instrText"))
        whole += "".join(one.get(one.keys()[0]) for one in footer._element.iter("{*}fldSimple"))
        if "PAGE" in whole.split():
            continue
        first = footer.paragraphs[0] if footer.paragraphs and not footer.paragraphs[-1].text else footer.add_paragraph()
        first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for instruction, joined in ((" PAGE ", ""), (" NUMPAGES ", " / ")):
            if joined:
                first.add_run(joined)
            first._p.append(_field(instruction, "1"))


def _design(document: Any, section: Any) -> None:
    """The own design: A4, type that every system has, the colours of `geomap.style`."""
    section.page_width, section.page_height = (round(side * _EMU) for side in _A4)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = round(_MARGIN * _EMU)
    styles = document.styles
    ink, link, soft = GROUND["ink"].light, GROUND["link"].light, GROUND["soft"].light
    looks = {
        "Normal": (10, ink, False), "Title": (24, ink, True), "Subtitle": (12, soft, False),
        "Heading 1": (15, link, True), "Heading 2": (12, ink, True), "Caption": (9, soft, False),
        "Quote": (10, ink, False), "List Bullet": (10, ink, False),
    }  # fmt: skip
    for name, (size, colour, bold) in looks.items():
        style = styles[name]
        _set_font(style)
        style.font.size, style.font.bold, style.font.color.rgb = _points(size), bold, _rgb(colour)
        style.font.italic = name == "Quote"
        style.paragraph_format.space_after = _points({"Title": 4, "Heading 1": 6, "List Bullet": 2}.get(name, 6))
    for name, before in (("Heading 1", 18), ("Heading 2", 12)):
        styles[name].paragraph_format.space_before = _points(before)
        styles[name].paragraph_format.keep_with_next = True
    quote = styles["Quote"]
    quote.paragraph_format.left_indent = _points(12)
    _edge(quote, "left", BLUE, 18)
    title = styles["Title"].element.get_or_add_pPr()
    for old in title.findall("{*}pBdr"):
        title.remove(old)


def _edge(style: Any, side: str, colour: str, eighths: int) -> None:
    """A line beside the paragraphs of a style."""
    from docx.oxml import parse_xml

    value = colour.lstrip("#").upper()
    border = parse_xml(
        f'<w:pBdr {_SPACE}><w:{side} w:val="single" w:sz="{eighths}" w:space="8" w:color="{value}"/></w:pBdr>'
    )
    properties = style.element.get_or_add_pPr()
    before = next((one for one in properties if one.tag.rpartition("}")[2] in _BEHIND_BORDER), None)
    if before is None:
        properties.append(border)
    else:
        before.addprevious(border)


_BEHIND_BORDER = (
    "shd",
    "tabs",
    "suppressAutoHyphens",
    "spacing",
    "ind",
    "contextualSpacing",
    "jc",
    "outlineLvl",
    "rPr",
)


def _set_font(style: Any) -> None:
    """A type for all scripts, in place of those of the theme."""
    style.font.name = _TYPE
    fonts = style.element.rPr.rFonts
    for name in list(fonts.attrib):
        if name.endswith("Theme"):
            del fonts.attrib[name]
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(f"{{{fonts.nsmap['w']}}}{script}", _TYPE)


def _rgb(colour: str) -> Any:
    from docx.shared import RGBColor

    return RGBColor.from_string(colour.lstrip("#").upper())


def _points(value: float) -> Any:
    from docx.shared import Pt

    return Pt(value)


def _twips(points: float) -> int:
    return round(points * _TWIPS)
