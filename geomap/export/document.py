"""The briefing as a document for Word: headings, the picture, each launch in its words, tables, sources."""

from __future__ import annotations

from pathlib import Path

from geomap.briefing import NOT_SAID, Briefing, Entry, Launch, Sheet, make_briefing
from geomap.export.paper import Look, Paper
from geomap.lettering import shorten
from geomap.stage import Scene
from geomap.style import GROUND

_TITLE_LINES, _TITLE_SIZE = 4, 24.0
_CHIPS = {"agrees": "agrees", "contradicts": "contradicts", "cannot tell": "doubt", "not tested": "soft"}


def write(scene: Scene, path: Path, *, picture: bytes | None = None, template: Path | None = None) -> None:
    """Write a scene as a document; the same scene makes the same bytes.

    Parameters
    ----------
    picture : PNG of the map; without one there are words only
    template : document of which styles, page, header and footer are taken

    Raises
    ------
    ExportError
        if the template cannot be used, or the file cannot be written
    """
    told = make_briefing(scene)
    paper = Paper(template, told.title, told.subtitle)
    shown = shorten(told.title, paper.width, _TITLE_LINES, _TITLE_SIZE, bold=True)
    paper.add("Title", (shown, ""))
    paper.add("Subtitle", (told.subtitle, ""))
    if shown != told.title:
        paper.add("Normal", (told.title, ""))
    if told.figures:
        paper.add("Normal", (" · ".join(f"{number} {label}" for number, label in told.figures), ""))
    if picture is not None:
        paper.picture(picture, told.alt)
        paper.caption("Figure", shown, above=False)
    if told.launches:
        paper.add("Heading 1", ("Launches", ""))
        for launch in told.launches:
            _launch(paper, launch)
    for sheet in told.sheets:
        paper.add("Heading 1", (_HEADINGS.get(sheet.key, sheet.title), ""))
        _table(paper, sheet)
        if sheet.key in ("claims", "hazards"):
            _words(paper, sheet)
    _sources(paper, told)
    paper.save(path)


_HEADINGS = {"launches": "Launches side by side"}


def _launch(paper: Paper, launch: Launch) -> None:
    """One launch: the article's words, what they say of it, doubts."""
    paper.add("Heading 2", (launch.headline, ""))
    if launch.words:
        source = f" – {launch.source}" if launch.source else ""
        paper.add("Quote", (f"“{launch.words}”", ""), (source, "soft"))
    for name, said in launch.facts:
        paper.add("List Bullet", (f"{name}: ", "bold"), (said, ""))
    for name, said in launch.notes:
        paper.add("List Bullet", (f"{name}: ", "italic"), (said, ""))


def _table(paper: Paper, sheet: Sheet) -> None:
    count = len(sheet.entries)
    paper.caption("Table", sheet.title, above=True)
    looks = [_looks(sheet, entry, number) for number, entry in enumerate(sheet.entries)]
    alt = f"{sheet.title}: {count} {'row' if count == 1 else 'rows'} with {', '.join(sheet.headings)}."
    paper.table(sheet.headings, [entry.cells for entry in sheet.entries], looks, alt)


def _looks(sheet: Sheet, entry: Entry, number: int) -> list[Look]:
    band, soft = GROUND["raised"].light if number % 2 else "", GROUND["soft"].light
    found = []
    for place, text in enumerate(entry.cells):
        if place == sheet.chip and entry.verdict:
            found.append(Look(fill=GROUND[_CHIPS[entry.verdict]].light, colour=GROUND["paper"].light, bold=True))
            continue
        quiet = entry.muted or text == NOT_SAID
        found.append(
            Look(
                fill=band,
                colour=soft if quiet else GROUND["ink"].light,
                bold=place == 0 and not entry.muted,
                struck=entry.muted and bool(entry.verdict) and place == 0,
            )
        )
    return found


def _words(paper: Paper, sheet: Sheet) -> None:
    """The words that the rows of a table rest on, with what else is known of each."""
    for entry in sheet.entries:
        source = f" – {entry.source}" if entry.source else ""
        paper.add("List Bullet", (f"{entry.head}: ", "bold"), (f"“{entry.words}”" if entry.words else "", ""),
                  (source, "soft"), (f". {'. '.join(entry.places)}" if entry.places else "", ""))  # fmt: skip


def _sources(paper: Paper, told: Briefing) -> None:
    paper.add("Heading 1", ("Sources and caveats", ""))
    for heading, texts in (
        ("Articles", told.articles),
        ("Data", told.credits),
        ("What to bear in mind", told.caveats),
    ):
        if texts:
            paper.add("Heading 2", (heading, ""))
        for text in texts:
            paper.add("List Bullet", (text, ""))
    paper.add("Heading 2", ("Made with", ""))
    paper.add("Normal", ("; ".join(told.made), "soft"))
