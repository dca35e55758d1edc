"""A deck of slides: an own design or a user's template, where its title, body and foot lie, and what stands on a slide.

All lengths are points. Colours are those of the deck's theme, so that slides follow a template, and can be given
another theme later; only the map and verdicts have the colours of `geomap.style`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from geomap.errors import ExportError
from geomap.export.templates import Area, Plan, open_own, open_users
from geomap.lettering import height, shorten, wrap
from geomap.office import clean, fix_properties, save

EMU = 12_700
_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_LEAST_TITLE, _STEP = 14.0, 1.0
_FOOT, _FOOT_LINES = 8.5, 2
_LONGEST_NOTES = 30_000
_LONGEST_NAME, _LONGEST_ALT = 120, 2000
_INSET_X, _INSET_Y = 7.2, 3.6
_FIELD = "{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}"


def scheme(name: str) -> str:
    """A colour of the deck's theme (``tx1`` is its text, ``bg1`` its paper)."""
    return f'<a:schemeClr val="{name}"/>'


def rgb(colour: str, alpha: float = 1.0) -> str:
    """A colour ``#rrggbb``, let through by so much."""
    seen = f'<a:alpha val="{round(alpha * 100_000)}"/>' if alpha < 1 else ""
    return f'<a:srgbClr val="{colour.lstrip("#").upper()}">{seen}</a:srgbClr>'


class Run:
    """A piece of text in one type: size in points, None for that of its place."""

    def __init__(
        self, text: str, size: float | None = None, *, bold: bool = False, italic: bool = False, struck: bool = False,
        colour: str = "",
    ) -> None:  # fmt: skip
        self.text, self.size, self.bold, self.italic, self.struck = text, size, bold, italic, struck
        self.colour = colour

    def xml(self) -> str:
        """The run as DrawingML; a line break in it is one on the slide."""
        look = f' sz="{round(self.size * 100)}"' if self.size else ""
        look += ' b="1"' if self.bold else ""
        look += ' i="1"' if self.italic else ""
        look += ' strike="sngStrike"' if self.struck else ""
        fill = f"<a:solidFill>{self.colour}</a:solidFill>" if self.colour else ""
        kind = f'lang="en-GB"{look} dirty="0"'
        lines = [f"<a:r><a:rPr {kind}>{fill}</a:rPr><a:t>{escape(clean(line))}</a:t></a:r>" for line in self._lines()]
        return f"<a:br><a:rPr {kind}/></a:br>".join(lines)

    def _lines(self) -> Sequence[str]:
        return self.text.split("\n")


def paragraph(*runs: Run, align: str = "l", after: float = 0.0) -> str:
    """A paragraph as DrawingML."""
    space = f'<a:spcBef><a:spcPts val="0"/></a:spcBef><a:spcAft><a:spcPts val="{round(after * 100)}"/></a:spcAft>'
    look = f'<a:pPr marL="0" indent="0" algn="{align}">{space}<a:buNone/></a:pPr>'
    return f"<a:p>{look}{''.join(run.xml() for run in runs)}</a:p>"


def element(text: str) -> Any:
    """An element from its text, which knows the prefixes a, p and r."""
    from pptx.oxml import parse_xml

    head, gap, rest = text.partition(" ")
    if ">" in head:
        head, gap, rest = text[: text.index(">")], "", text[text.index(">") :]
    return parse_xml(f"{head} {_NAMES}{gap}{rest}")


class Deck:
    """A presentation that grows slide by slide.

    Parameters
    ----------
    template : a user's presentation, of which the master and the layouts are taken; an own design without one

    Raises
    ------
    ExportError
        if the template is none, or has no layout with a title and room below it
    """

    def __init__(self, template: Path | None, title: str, subject: str) -> None:
        self.plan: Plan = open_users(template) if template is not None else open_own()
        self.presentation = self.plan.presentation
        fix_properties(self.presentation.core_properties, title, subject)

    @property
    def body(self) -> Area:
        """Where the content of a slide may stand."""
        return self.plan.body

    def save(self, path: Path) -> None:
        """Write the deck.

        Raises
        ------
        ExportError
            if it cannot be written
        """
        save(self.presentation, path)

    def add(self, title: str, *, sources: str = "", notes: Sequence[str] = ()) -> Page:
        """Add a slide with its title, the sources at its foot, its number and its notes."""
        slide = self.presentation.slides.add_slide(self.plan.layout)
        page = Page(slide, self.plan)
        for placeholder in list(slide.placeholders):
            if placeholder.placeholder_format.idx != 0:
                placeholder._element.getparent().remove(placeholder._element)
        whole = clean(title).strip()
        shown = page.set_title(whole)
        if sources:
            foot = self.plan.foot
            said = shorten(clean(sources), foot.width, _FOOT_LINES, _FOOT)
            page.text(foot, [paragraph(Run(said, _FOOT, colour=self.plan.soft))], name="Sources", anchor="b")
        page.add_number()
        told = [*([whole] if shown != whole else []), *notes]
        text = "\n\n".join(
            "\n".join(filter(None, (clean(line).strip() for line in note.split("\n")))) for note in told if note
        )
        slide.notes_slide.notes_text_frame.text = text[:_LONGEST_NOTES]
        return page


class Page:
    """A slide to put things on."""

    def __init__(self, slide: Any, plan: Plan) -> None:
        self.slide, self.plan = slide, plan
        self.tree = slide.shapes._spTree
        self._last = max(int(one.get("id")) for one in self.tree.iter("{*}cNvPr"))

    def head(self, name: str, alt: str = "") -> str:
        """The properties that every shape begins with: a number of its own, its name, and what it shows in words."""
        self._last += 1
        said = f" descr={quoteattr(clean(alt)[:_LONGEST_ALT])}" if alt else ""
        return f'<p:cNvPr id="{self._last}" name={quoteattr(clean(name).strip()[:_LONGEST_NAME] or "Shape")}{said}/>'

    def put(self, text: str) -> None:
        """Put a shape on the slide, above what is there."""
        self.tree.append(element(text))

    def set_title(self, title: str) -> str:
        """Set the title in the largest type in which it fits; what fits in none is cut short, and returned so."""
        plan, shape = self.plan, self.slide.shapes.title
        room, tall = plan.title.width - _INSET_X - plan.inset, plan.title.height - 2 * _INSET_Y
        size = plan.title_size
        while size > _LEAST_TITLE and height(len(wrap(title, room, size, bold=True)), size) > tall:
            size -= _STEP
        shown = shorten(title, room, max(1, int(tall / height(1, size))), size, bold=True)
        run = Run(shown or "Untitled", size if size < plan.title_size else None)
        body = shape._element.txBody
        for old in body.findall("{*}p"):
            body.remove(old)
        body.append(element(f"<a:p>{run.xml()}</a:p>"))
        return shown

    def add_number(self) -> None:
        """Add the slide's number, where the layout or its master has it."""
        spot, index = self.plan.number
        field = (
            f'<a:p><a:fld id="{_FIELD}" type="slidenum"><a:rPr lang="en-GB"/>'
            f"<a:t>{len(self.plan.presentation.slides)}</a:t></a:fld></a:p>"
        )
        if index is not None:
            held = f'<p:nvPr><p:ph type="sldNum" sz="quarter" idx="{index}"/></p:nvPr></p:nvSpPr><p:spPr/>'
            kind = '<p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
            body = f"<p:txBody><a:bodyPr/><a:lstStyle/>{field}</p:txBody>"
        else:
            held = f"<p:nvPr/></p:nvSpPr><p:spPr>{frame(spot)}</p:spPr>"
            kind = '<p:cNvSpPr txBox="1"/>'
            look = f'<a:pPr algn="r"/><a:fld id="{_FIELD}" type="slidenum"><a:rPr lang="en-GB" sz="900"/>'
            body = f"<p:txBody><a:bodyPr wrap='none' lIns='0' rIns='0' tIns='0' bIns='0' anchor='b'/>{field}</p:txBody>"
            body = body.replace('<a:fld id="' + _FIELD + '" type="slidenum"><a:rPr lang="en-GB"/>', look)
        self.put(f"<p:sp><p:nvSpPr>{self.head('Slide number')}{kind}{held}{body}</p:sp>")

    def text(
        self, area: Area, paragraphs: Sequence[str], *, name: str, anchor: str = "t", fill: str = "", wraps: bool = True
    ) -> None:
        """Put a text box on the slide; whoever calls has measured that its text fits."""
        self.put(self.box(area, paragraphs, name=name, anchor=anchor, fill=fill, wraps=wraps))

    def box(
        self, area: Area, paragraphs: Sequence[str], *, name: str, anchor: str = "t", fill: str = "", wraps: bool = True
    ) -> str:
        """A text box as DrawingML."""
        paint = f"<a:solidFill>{fill}</a:solidFill>" if fill else "<a:noFill/>"
        return (
            f'<p:sp><p:nvSpPr>{self.head(name)}<p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>{frame(area)}{paint}'
            f'</p:spPr><p:txBody><a:bodyPr wrap="{"square" if wraps else "none"}" lIns="0" tIns="0" rIns="0" bIns="0" '
            f'anchor="{anchor}"><a:noAutofit/></a:bodyPr><a:lstStyle/>{"".join(paragraphs)}</p:txBody></p:sp>'
        )

    def picture(self, content: bytes, room: Area, *, name: str, alt: str) -> Area:
        """Put a picture on the slide, as large as the room lets it be, and say what it covers.

        Raises
        ------
        ExportError
            if it is no picture
        """
        from io import BytesIO

        from pptx.parts.image import Image

        try:
            wide, high = Image.from_blob(content).size
            scale = min(room.width / wide, room.height / high)
            area = Area(room.left, room.top, wide * scale, high * scale)
            shape = self.slide.shapes.add_picture(BytesIO(content), *area.emu)
        except (OSError, ValueError, ZeroDivisionError):
            message = "the picture of the map is none that slides can hold; a PNG is wanted"
            raise ExportError(message) from None
        known = shape._element.nvPicPr.cNvPr
        known.set("name", name)
        known.set("descr", clean(alt)[:_LONGEST_ALT])
        self._last = max(self._last, int(known.get("id")))
        return area


def frame(area: Area) -> str:
    """Where a rectangular shape lies."""
    left, top, wide, high = area.emu
    return (
        f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    )
