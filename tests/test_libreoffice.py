"""Briefings in a real LibreOffice: both formats convert without a word of complaint, and all pages are there."""

from __future__ import annotations

import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from briefings import corporate, hostile_scene, long_scene, png
from pptx import Presentation
from pypdf import PdfReader

from geomap.export import document, slides

pytestmark = pytest.mark.libreoffice
DECKS, PAPERS = ("slides", "nasty", "house"), ("paper", "strange")


@pytest.fixture(scope="module")
def converted(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All briefings as PDF, in one run of the program."""
    folder = tmp_path_factory.mktemp("office")
    plain, hostile = long_scene(folder / "plain", times=4), hostile_scene(folder / "hostile")
    house = corporate(folder / "template.pptx")
    slides.write(plain, folder / "slides.pptx", picture=png())
    slides.write(hostile, folder / "nasty.pptx", picture=png())
    slides.write(plain, folder / "house.pptx", picture=png(), template=house)
    document.write(long_scene(folder / "long"), folder / "paper.docx", picture=png())
    document.write(hostile, folder / "strange.docx", picture=png())
    files = [folder / f"{name}.pptx" for name in DECKS] + [folder / f"{name}.docx" for name in PAPERS]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    done = subprocess.run(
        [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files],
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
    )
    said = f"{done.stdout}\n{done.stderr}".splitlines()
    other = [line for line in said if line and not line.startswith("convert ") and "javaldx" not in line]
    assert (done.returncode, other) == (0, []), "javaldx looks for a Java, which nothing here needs"
    return folder


@cache
def text_of(path: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(path).pages]


@pytest.mark.parametrize("name", DECKS)
def test_every_slide_is_a_page_with_its_title_and_its_number(converted: Path, name: str) -> None:
    deck, pages = Presentation(str(converted / f"{name}.pptx")), text_of(converted / f"{name}.pdf")

    assert len(pages) == len(deck.slides)
    for number, (slide, page) in enumerate(zip(deck.slides, pages, strict=True), 1):
        title = " ".join(slide.shapes.title.text.split())
        assert title[:40] in page
        assert str(number) in page.split()


def test_every_row_of_a_table_is_on_its_page(converted: Path) -> None:
    deck, pages = Presentation(str(converted / "slides.pptx")), text_of(converted / "slides.pdf")

    for slide, page in zip(deck.slides, pages, strict=True):
        for shape in slide.shapes:
            for row in shape.table.rows if shape.has_table else ():
                last = row.cells[0].text.split()[-1]
                assert last in page


def test_the_text_of_slides_lies_above_their_foot(converted: Path) -> None:
    """A table that grew as it was set would run into the sources or off the slide."""
    deck = Presentation(str(converted / "slides.pptx"))
    pages = PdfReader(converted / "slides.pdf").pages
    for number, (slide, page) in enumerate(zip(deck.slides, pages, strict=True), 1):
        sources = next((shape for shape in slide.shapes if shape.name == "Sources"), None)
        if sources is None or not any(shape.has_table for shape in slide.shapes):
            continue
        found = words_below(page, sources.top / 12700)
        assert found
        assert found <= set(f"{sources.text_frame.text} {number}".split())


def words_below(page: Any, edge: float) -> set[str]:
    """The words of a page that lie lower than so many points of a slide."""
    found: set[str] = set()
    scale = float(page.mediabox.height) / 540

    def see(text: str, _matrix: object, place: list[float], *_font: object) -> None:
        if 540 - place[5] / scale > edge:
            found.update(text.split())

    page.extract_text(visitor_text=see)
    return found


def test_a_document_has_its_headings_captions_and_page_numbers(converted: Path) -> None:
    pages = text_of(converted / "paper.pdf")
    whole = " ".join(pages)

    for words in ("Launches side by side", "Figure 1", "Table 1", "Claims and what the geometry says", "not tested"):
        assert words in whole
    for number, page in enumerate(pages, 1):
        assert f"{number} / {len(pages)}" in page
    assert sum("Fired by" in page and "Launched from" in page for page in pages) > 1  # the head of the table again


def test_hostile_text_is_shown_as_it_is(converted: Path) -> None:
    for name in ("nasty", "strange"):
        whole = "".join(text_of(converted / f"{name}.pdf")).replace(" ", "")
        assert "<svgonload=alert(1)>" in whole
        assert "=cmd|'/ccalc'!A1" in whole
