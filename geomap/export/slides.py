"""The briefing as slides: the picture, native tables, the map as shapes, sources; words and positions in the notes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.briefing import Briefing, Entry, Sheet, make_briefing, note
from geomap.export.deck import Deck, Page, Run, paragraph, scheme
from geomap.export.native import draw_map
from geomap.export.slidetable import draw_table, lay_out
from geomap.export.templates import Area
from geomap.lettering import LEADING, height, wrap
from geomap.stage import Scene

_FIGURE, _LABEL, _GAP = 30.0, 11.5, 12.0
_LEAST_COLUMN = 96.0
_WORDS = 12.0
_SEVERAL = 10.0
_SOURCE_SIZES = (14.0, 13.0, 12.0, 11.0, 10.0, 9.0)
_COLUMNS_GAP = 28.0
_TOGETHER = 2
"""Lines of a paragraph that stay together."""
_PATTERN = "{} ({} of {})"


def write(scene: Scene, path: Path, *, picture: bytes | None = None, template: Path | None = None) -> None:
    """Write a scene as slides; the same scene makes the same bytes.

    Parameters
    ----------
    picture : PNG of the map for the first slide; without one it has words only
    template : presentation of which master and layouts are taken

    Raises
    ------
    ExportError
        if the template cannot be used, or the file cannot be written
    """
    told = make_briefing(scene)
    deck = Deck(template, told.title, told.subtitle)
    _first(deck, told, picture)
    _tables(deck, told)
    page = deck.add("The map in shapes", sources=told.sources, notes=[_HINT, told.alt, _credits(told)])
    draw_map(page, scene, deck.body, told.alt)
    _last(deck, told)
    deck.save(path)


_HINT = (
    "Every mark is a shape of its own, named and in a group with its like: select a group to give it another colour, "
    "or to take it away. Azimuthal equidistant projection about the middle of the map."
)


def _first(deck: Deck, told: Briefing, picture: bytes | None) -> None:
    """Title, picture and what there is in figures."""
    words = [f"{one.headline}\n“{one.words}” – {one.source}" for one in told.launches]
    page = deck.add(told.title, sources=told.sources, notes=[told.subtitle, told.alt, *words, _credits(told)])
    room = deck.body
    if picture is not None:
        covered = page.picture(picture, room, name="Map", alt=told.alt)
        room = Area(covered.right + 20, room.top, room.right - covered.right - 20, room.height)
    if room.width >= _LEAST_COLUMN:
        _figures(page, told, room)


def _figures(page: Page, told: Briefing, room: Area) -> None:
    """The figures, one below the other, as many as there is room for."""
    top = room.top
    lines = len(wrap(told.subtitle, room.width, _LABEL))
    if lines and height(lines, _LABEL) < room.height / 3:
        area = Area(room.left, top, room.width, height(lines, _LABEL))
        page.text(area, [paragraph(Run(told.subtitle, _LABEL, colour=scheme("tx1")))], name="Subtitle")
        top = area.bottom + _GAP
    for number, label in told.figures:
        tall = _FIGURE * LEADING + height(len(wrap(label, room.width, _LABEL)), _LABEL)
        if top + tall > room.bottom:
            break
        runs = [
            paragraph(Run(number, _FIGURE, bold=True, colour=scheme(page.plan.strong))),
            paragraph(Run(label, _LABEL, colour=scheme("tx1"))),
        ]
        page.text(Area(room.left, top, room.width, tall), runs, name=f"Figure: {label}")
        top += tall + _GAP


def _tables(deck: Deck, told: Briefing) -> None:
    for sheet in told.sheets:
        laid = lay_out(sheet, deck.body)
        for number, lines in enumerate(laid.pages, 1):
            title = sheet.title if len(laid.pages) == 1 else _PATTERN.format(sheet.title, number, len(laid.pages))
            notes = [note(line.entry) for line in lines]
            page = deck.add(title, sources=told.sources, notes=[*dict.fromkeys(notes), _credits(told)])
            covered = draw_table(page, sheet, laid, lines, deck.body, _alt(sheet, len(lines)))
            if sheet.key in ("launches", "claims"):
                top = covered.bottom + 2 * _GAP
                room = Area(deck.body.left, top, deck.body.width, deck.body.bottom - top)
                _words(page, [line.entry for line in lines], room)


def _words(page: Page, entries: Sequence[Entry], room: Area) -> None:
    """The words that rows rest on, below their table, as far as there is room; all of them stand in the notes."""
    told: dict[str, str] = {}
    for entry in entries:
        if entry.words:
            told.setdefault(entry.head, f"“{entry.words}”")
    used, paragraphs = height(1, _WORDS) + _WORDS / 2, []
    for head, words in told.items():
        said = f"{head}: {words}"
        tall = height(len(wrap(said, room.width, _WORDS, bold=True)), _WORDS) + _WORDS / 2
        if used + tall > room.height:
            break
        soft = page.plan.soft
        runs = Run(f"{head}: ", _WORDS, colour=scheme("tx1")), Run(words, _WORDS, italic=True, colour=soft)
        paragraphs.append(paragraph(*runs, after=_WORDS / 2))
        used += tall
    if paragraphs:
        title = paragraph(Run("In the words of the text", _WORDS, bold=True, colour=scheme("tx1")), after=_WORDS / 2)
        page.text(Area(room.left, room.top, room.width, used), [title, *paragraphs], name="Words")


def _alt(sheet: Sheet, rows: int) -> str:
    return f"Table: {sheet.title}; {rows} {'row' if rows == 1 else 'rows'} with {', '.join(sheet.headings)}."


def _credits(told: Briefing) -> str:
    return "\n".join(("Sources", *told.articles, *told.credits))


def _last(deck: Deck, told: Briefing) -> None:
    """Sources and caveats in two columns; what does not fit goes on over other slides."""
    wide = (deck.body.width - _COLUMNS_GAP) / 2
    parts = [("Articles", told.articles), ("Data", told.credits), ("What to bear in mind", told.caveats)]
    flows = (_flow(parts, wide, deck.body.height, size) for size in _SOURCE_SIZES)
    found = next((flow for flow in flows if len(flow) <= 2), None) or _flow(parts, wide, deck.body.height, _SEVERAL)
    slides = [found[start : start + 2] for start in range(0, len(found), 2)]
    for number, columns in enumerate(slides, 1):
        title = "Sources and caveats"
        title = title if len(slides) == 1 else _PATTERN.format(title, number, len(slides))
        page = deck.add(title, notes=["\n".join(("Made with", *told.made))])
        for place, column in enumerate(columns):
            at = Area(deck.body.left + place * (wide + _COLUMNS_GAP), deck.body.top, wide, deck.body.height)
            page.text(at, column, name=f"Sources {2 * number + place - 1}")


def _flow(parts: Sequence[tuple[str, Sequence[str]]], wide: float, tall: float, size: float) -> list[list[str]]:
    """Paragraphs for one column after the other, each as long as the slide is high."""
    after = size * 0.4
    found: list[list[str]] = []
    used = tall + 1
    for heading, texts in parts:
        for place, text in enumerate(texts):
            first = [] if place else [heading]
            lines = wrap(text, wide, size)
            while lines:
                top = height(len(first), size) * 1.1 + (after if first else 0)
                fits = int((tall - used - top - after) / (size * LEADING))
                fits -= 1 if fits == len(lines) - 1 else 0  # no line alone at the head of a column
                if fits < min(len(lines), _TOGETHER):
                    found.append([])
                    used = 0.0
                    continue
                if first:
                    found[-1].append(paragraph(Run(heading, size * 1.1, bold=True, colour=scheme("tx1")), after=after))
                said = " ".join(lines[:fits])
                found[-1].append(paragraph(Run(said, size, colour=scheme("tx1")), after=after))
                used += top + height(min(fits, len(lines)), size) + after
                lines, first = lines[fits:], []
    return found
