"""Briefings read back: what slides and documents say, where it lies, and that it is text whatever it holds."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import docx
import pytest
from briefings import corporate, hostile_scene, leaves, long_scene, plain_scene, png, spot, untitled
from click.testing import Result
from hypothesis import given, strategies as st
from pptx import Presentation

from geomap.briefing import make_briefing
from geomap.errors import ExportError
from geomap.export import document, slides
from geomap.export.native import backing, blend
from geomap.export.picture.type import measure as real
from geomap.lettering import columns, shorten, width, wrap
from geomap.stage import Scene
from geomap.style import GROUND, STYLES, contrast

Run = Callable[..., Result]
SLIDE = (960.0, 540.0)
KINDS = ("plain", "hostile", "long", "corporate")


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Scene]:
    folder = tmp_path_factory.mktemp("scenes")
    plain = plain_scene(folder / "plain")
    return {
        "plain": plain,
        "hostile": hostile_scene(folder / "hostile"),
        "long": long_scene(folder / "long"),
        "corporate": plain,
    }


@pytest.fixture(scope="module")
def made(scenes: dict[str, Scene], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All briefings that these tests look at, each made once."""
    folder = tmp_path_factory.mktemp("briefs")
    for name, scene in scenes.items():
        template = corporate(folder / "template.pptx") if name == "corporate" else None
        slides.write(scene, folder / f"{name}.pptx", picture=png(), template=template)
        document.write(scene, folder / f"{name}.docx", picture=png())
    return folder


@pytest.fixture(scope="module")
def decks(made: Path) -> dict[str, Any]:
    return {name: Presentation(str(made / f"{name}.pptx")) for name in KINDS}


@pytest.fixture(scope="module")
def papers(made: Path) -> dict[str, Any]:
    return {name: docx.Document(str(made / f"{name}.docx")) for name in KINDS}


def titles(deck: Any) -> list[str]:
    return [slide.shapes.title.text for slide in deck.slides]


def tables(deck: Any, title: str) -> list[Any]:
    return [
        shape.table
        for slide in deck.slides
        for shape in slide.shapes
        if slide.shapes.title.text.startswith(title) and shape.has_table
    ]


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


# ------------------------------------------------------------------------------------------------------- lettering


@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize(
    "text", ["“the sea off its east coast” (39.03°N, 136.11°E, ± 160 km)", "WMwm@%", "iiii llll", "Ünïcödé Ж я"]
)
def test_text_is_taken_to_be_no_narrower_than_it_is(text: str, bold: bool) -> None:
    said, is_so = width(text, 10, bold), real(text, 10, bold)[0]

    assert is_so * 0.97 <= said <= is_so * 1.9


@given(st.text(max_size=200), st.floats(20, 300))
def test_lines_fit_and_lose_no_letter(text: str, room: float) -> None:
    lines = wrap(text, room, 10)

    assert all(width(line, 10) <= room + 1e-6 or len(line) == 1 for line in lines)
    assert sorted("".join(lines).replace(" ", "")) == sorted(
        letter for letter in text.replace(" ", "") if letter not in "\t\n\r"
    )


@given(st.text(max_size=400), st.floats(60, 300), st.integers(1, 4))
def test_what_is_shortened_fits(text: str, room: float, lines: int) -> None:
    assert len(wrap(shorten(text, room, lines, 10), room, 10)) <= lines


@given(st.lists(st.lists(st.text(max_size=60), min_size=4, max_size=4), min_size=1, max_size=5))
def test_columns_take_the_whole_width(rows: list[list[str]]) -> None:
    found = columns(rows, 500.0, 10.0, 8.0)

    assert sum(found) == pytest.approx(500.0)
    assert min(found) > 10


# -------------------------------------------------------------------------------------------------- what is said


def test_slides_come_in_their_order(decks: dict[str, Any]) -> None:
    assert titles(decks["plain"]) == [
        "Two salvos and many voices",
        "Launches",
        "Claims and what the geometry says",
        "Where reports differ",
        "Not located",
        "The map in shapes",
        "Sources and caveats",
    ]


def test_slides_and_document_say_the_same(
    scenes: dict[str, Scene], decks: dict[str, Any], papers: dict[str, Any]
) -> None:
    told = make_briefing(scenes["plain"])
    for sheet, written in zip(told.sheets, papers["plain"].tables, strict=True):
        wanted = [list(sheet.headings), *(list(entry.cells) for entry in sheet.entries)]
        assert [[cell.text for cell in row.cells] for row in written.rows] == wanted
        assert cells(tables(decks["plain"], sheet.title)[0]) == wanted


def test_a_claim_stands_beside_its_verdict(decks: dict[str, Any]) -> None:
    head, *rows = cells(tables(decks["plain"], "Claims")[0])

    assert head == ["Claim", "Who says so", "Verdict", "Margin", "Why"]
    assert rows[0][:3] == ["inside the EEZ of Japan (later corrected)", "Japan Coast Guard, at first", "contradicts"]
    assert rows[1][:4] == [
        "outside the EEZ of Japan (disputed)",
        "Japan Coast Guard, Wednesday noon",
        "agrees",
        "110 km outside, ±\u00a045\u00a0km",
    ]
    assert rows[3][2] == "not\u00a0tested"


def test_words_stand_below_a_table_that_leaves_room(scenes: dict[str, Scene], decks: dict[str, Any]) -> None:
    page = decks["plain"].slides[2]
    said = next(shape.text_frame.text for shape in page.shapes if shape.name == "Words")

    assert "Chief Cabinet Secretary: inside the EEZ of Japan – contradicts: “The Japan Coast Guard reported" in said


def test_verdicts_are_told_apart_by_colour_too_and_can_be_read(decks: dict[str, Any]) -> None:
    table = tables(decks["plain"], "Claims")[0]
    fills = {row.cells[2].text: str(row.cells[2].fill.fore_color.rgb) for row in list(table.rows)[1:]}

    assert len(set(fills.values())) == len(fills) == 3
    assert all(contrast(f"#{fill}", "#ffffff") >= 4.5 for fill in fills.values())


def test_the_notes_quote_the_words_and_give_positions_and_sources(
    scenes: dict[str, Scene], decks: dict[str, Any]
) -> None:
    card, notes = scenes["plain"].cards[0], [slide.notes_slide.notes_text_frame.text for slide in decks["plain"].slides]

    assert f"“{card.words}” – {card.source}" in notes[1]
    assert "Came down: “190 km west of Oshima” (40.60°N, 134.20°E, ±\u00a045\u00a0km)" in notes[1]
    assert "What would change the verdict: a place of impact 20 km farther east" in notes[2]
    assert all("Sources\nTwo salvos" in note for note in notes[:-1])
    assert "geomap: " in notes[-1]


def test_everything_that_is_seen_is_told_in_words(decks: dict[str, Any]) -> None:
    for slide in decks["plain"].slides:
        for shape in slide.shapes:
            if shape.has_table or (shape.shape_type in (6, 13) and shape.name != "Legend"):
                assert len(shape._element._nvXxPr.cNvPr.get("descr")) > 30, shape.name
    picture = next(shape for shape in decks["plain"].slides[0].shapes if shape.shape_type == 13)
    assert "190 km west of Oshima" in picture._element._nvXxPr.cNvPr.get("descr")


def test_tables_flag_their_head_and_repeat_it(scenes: dict[str, Scene], decks: dict[str, Any]) -> None:
    told = make_briefing(scenes["long"])
    for sheet in told.sheets:
        found = tables(decks["long"], sheet.title)
        assert len(found) > 1, sheet.title
        assert all(table.first_row and cells(table)[0] == list(sheet.headings) for table in found)
        rows = [row for table in found for row in cells(table)[1:]]
        assert rows == [list(entry.cells) for entry in sheet.entries]
    assert "Launches (2 of 6)" in titles(decks["long"])


@pytest.mark.parametrize("name", KINDS)
def test_every_slide_has_its_number(decks: dict[str, Any], name: str) -> None:
    for number, slide in enumerate(decks[name].slides, 1):
        fields = list(slide._element.iter("{*}fld"))
        assert [field.get("type") for field in fields] == ["slidenum"]
        assert fields[0].find("{*}t").text == str(number)


# ---------------------------------------------------------------------------------------------------- where it lies


@pytest.mark.parametrize("name", KINDS)
def test_nothing_lies_beyond_the_slide(decks: dict[str, Any], name: str) -> None:
    for slide in decks[name].slides:
        for shape in leaves(slide.shapes):
            one = spot(shape)
            assert min(one.left, one.top) >= -0.01, one
            assert max(one.right - SLIDE[0], one.bottom - SLIDE[1]) <= 0.01, one


@pytest.mark.parametrize("name", KINDS)
def test_nothing_covers_anything_else(decks: dict[str, Any], name: str) -> None:
    for slide in decks[name].slides:
        found = [spot(shape) for shape in slide.shapes]
        assert [(one, other) for one, other in combinations(found, 2) if one.meets(other)] == []
        labels = [spot(shape) for shape in leaves(slide.shapes) if shape.has_text_frame and shape.text_frame.text]
        assert [(one, other) for one, other in combinations(labels, 2) if one.meets(other)] == []


@pytest.mark.parametrize("name", KINDS)
def test_text_fits_where_it_stands(decks: dict[str, Any], name: str) -> None:
    for slide in decks[name].slides:
        for shape in leaves(slide.shapes):
            if shape.is_placeholder or not shape.has_text_frame:
                continue
            one, tall = spot(shape), 0.0
            for paragraph in (part for part in shape.text_frame.paragraphs if part.runs):
                size = paragraph.runs[0].font.size.pt
                bold = bool(paragraph.runs[0].font.bold)
                for line in paragraph.text.split("\v"):
                    tall += len(really_wrapped(line, one.right - one.left, size, bold)) * size * 1.17
            assert tall <= one.bottom - one.top + 1, one
        for shape in slide.shapes:
            if shape.has_table:
                check_cells(shape.table)


def check_cells(table: Any) -> None:
    for row in table.rows:
        for cell, column in zip(row.cells, table.columns, strict=True):
            run = cell.text_frame.paragraphs[0].runs[0]
            room = (column.width - cell.margin_left - cell.margin_right) / 12700
            lines = really_wrapped(cell.text, room, run.font.size.pt, bool(run.font.bold))
            tall = len(lines) * run.font.size.pt * 1.17
            assert tall <= (row.height - cell.margin_top - cell.margin_bottom) / 12700 + 1, cell.text


def really_wrapped(text: str, room: float, size: float, bold: bool) -> list[str]:
    """Lines as a program breaks them that sets DejaVu Sans."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and real(f"{line} {word}", size, bold)[0] > room:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
        while real(line, size, bold)[0] > room and len(line) > 1:
            kept = next(
                count
                for count in range(len(line) - 1, 0, -1)
                if count == 1 or real(line[:count], size, bold)[0] <= room
            )
            lines.append(line[:kept])
            line = line[kept:]
    return [*lines, line]


# ------------------------------------------------------------------------------------------------ the map in shapes


def map_of(deck: Any) -> Any:
    page = next(slide for slide in deck.slides if slide.shapes.title.text == "The map in shapes")
    return next(shape for shape in page.shapes if shape.name == "Map")


def test_marks_are_shapes_in_named_groups(decks: dict[str, Any]) -> None:
    names = [shape.name for shape in map_of(decks["plain"]).shapes]

    for wanted in ("Sea", "Land", "Graticule", "Labels", "Scale", "North", "Degrees", "Frame", "Tracks"):
        assert any(
            name.startswith(wanted) or name == "Track: two short-range ballistic missiles (SRBM)" for name in names
        )
    assert any(
        "Where it came down" in shape.name or "Came down" in shape.name for shape in leaves([map_of(decks["plain"])])
    )


def test_shapes_have_no_style_that_would_cast_shadows(made: Path) -> None:
    with zipfile.ZipFile(made / "plain.pptx") as packed:
        for name in packed.namelist():
            if name.startswith("ppt/slides/slide"):
                assert b"<p:style" not in packed.read(name)


def test_the_map_stays_in_its_frame(decks: dict[str, Any]) -> None:
    parts = map_of(decks["plain"])
    frame = next(spot(shape) for shape in leaves(parts.shapes) if shape.name == "Frame")
    for shape in leaves([one for one in parts.shapes if one.name != "Degrees"]):
        one = spot(shape)
        assert max(frame.left - one.left, one.right - frame.right) <= 0.1, one
        assert max(frame.top - one.top, one.bottom - frame.bottom) <= 0.1, one


def test_areas_let_through_what_lies_below_and_lines_keep_their_dashes(made: Path) -> None:
    with zipfile.ZipFile(made / "plain.pptx") as packed:
        drawn = packed.read("ppt/slides/slide6.xml")

    assert b"<a:alpha val=" in drawn
    assert b"<a:custDash><a:ds d=" in drawn


@pytest.mark.parametrize("style", STYLES.values(), ids=lambda style: style.key)
def test_labels_can_be_read_on_whatever_lies_below(style: Any) -> None:
    paper = GROUND["paper"].light
    for ground in (GROUND["sea"].light, GROUND["land"].light, *(one.colour.light for one in STYLES.values())):
        shown = blend(ground, paper, backing(style.text.light, [ground]))
        assert contrast(style.text.light, shown) >= 4.5


# ------------------------------------------------------------------------------------------------------ as a file


@pytest.mark.parametrize("kind", ["pptx", "docx"])
def test_the_same_scene_makes_the_same_bytes(scenes: dict[str, Scene], made: Path, tmp_path: Path, kind: str) -> None:
    {"pptx": slides, "docx": document}[kind].write(scenes["plain"], tmp_path / f"again.{kind}", picture=png())

    again = tmp_path / f"again.{kind}"
    assert again.read_bytes() == (made / f"plain.{kind}").read_bytes()
    with zipfile.ZipFile(again) as packed:
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed.namelist()[0] == "[Content_Types].xml"
    assert [one.name for one in tmp_path.iterdir()] == [again.name]


@pytest.mark.parametrize("kind", ["decks", "papers"])
def test_properties_are_fixed(request: pytest.FixtureRequest, kind: str) -> None:
    known = request.getfixturevalue(kind)["plain"].core_properties

    assert (known.title, known.author, known.last_modified_by) == ("Two salvos and many voices", "geomap", "geomap")
    assert known.created == known.modified
    assert known.created.year == 1980


def test_hostile_text_stays_text(decks: dict[str, Any], papers: dict[str, Any]) -> None:
    said = cells(tables(decks["hostile"], "Launches")[0])[1][0]
    assert said.startswith("</script><img src=x onerror=alert(1)>${1}")
    assert "=cmd|'/c calc'!A1" in said
    assert "\x1b" not in said
    assert "\u202e" not in said
    whole = "\n".join(one.text for one in papers["hostile"].paragraphs)
    assert "<svg onload=alert(1)>" in whole
    assert "]]> &amp; <b>" in whole


def test_a_headline_of_any_length_is_cut_on_the_slide_and_whole_in_its_notes(decks: dict[str, Any]) -> None:
    first = decks["hostile"].slides[0]

    assert len(first.shapes.title.text) < 400
    assert first.shapes.title.text.endswith(" …")
    assert first.notes_slide.notes_text_frame.text.count("Headline") >= 1200


def test_a_picture_that_is_none_is_refused(scenes: dict[str, Scene], tmp_path: Path) -> None:
    for writer, kind in ((slides, "pptx"), (document, "docx")):
        with pytest.raises(ExportError, match="PNG is wanted"):
            writer.write(scenes["plain"], tmp_path / f"x.{kind}", picture=b"no picture")
    assert list(tmp_path.iterdir()) == []


# -------------------------------------------------------------------------------------------------------- templates


def test_a_template_gives_its_master_and_its_layout_and_none_of_its_slides(decks: dict[str, Any], made: Path) -> None:
    deck = decks["corporate"]

    assert {slide.slide_layout.name for slide in deck.slides} == {"Folie 5"}
    assert "A slide of the template" not in titles(deck)
    assert len(deck.slides) == len([name for name in zipfile.ZipFile(made / "corporate.pptx").namelist()
                                    if name.startswith("ppt/slides/slide")])  # fmt: skip
    assert all(slide.shapes.title.is_placeholder for slide in deck.slides)


def test_what_a_template_draws_is_not_covered(decks: dict[str, Any]) -> None:
    drawn = [spot(shape) for shape in decks["corporate"].slide_master.shapes if shape.name == "drawn"]
    for slide in decks["corporate"].slides:
        for shape in slide.shapes:
            if not shape.is_placeholder:
                assert not any(spot(shape).meets(other) for other in drawn), shape.name


def test_a_template_in_four_to_three_has_room_too(scenes: dict[str, Scene], tmp_path: Path) -> None:
    Presentation().save(str(tmp_path / "old.pptx"))
    slides.write(scenes["plain"], tmp_path / "made.pptx", picture=png(), template=tmp_path / "old.pptx")

    deck = Presentation(str(tmp_path / "made.pptx"))
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)
    for slide in deck.slides:
        for shape in leaves(slide.shapes):
            assert spot(shape).right <= 720.01
            assert spot(shape).bottom <= 540.01


def test_a_title_at_the_foot_and_no_place_for_numbers_will_do(scenes: dict[str, Scene], tmp_path: Path) -> None:
    template: Any = Presentation()
    for layout in list(template.slide_layouts):
        if layout.name != "Title Only":
            template.slide_layouts.remove(layout)
    layout = template.slide_layouts[0]
    for one in list(layout.placeholders):
        kind = one._element.ph.get("type")
        if kind == "title":
            one.left, one.top, one.width, one.height = (round(value * 12700) for value in (40, 440, 640, 60))
        elif kind == "sldNum":
            one._element.getparent().remove(one._element)
    template.save(str(tmp_path / "foot.pptx"))
    slides.write(scenes["plain"], tmp_path / "made.pptx", picture=png(), template=tmp_path / "foot.pptx")

    for slide in Presentation(str(tmp_path / "made.pptx")).slides:
        found = [spot(shape) for shape in slide.shapes]
        assert [(one, other) for one, other in combinations(found, 2) if one.meets(other)] == []
        assert max(one.bottom for one in found if not one.text.startswith(slide.shapes.title.text)) <= 440
        assert len(list(slide._element.iter("{*}fld"))) == 1


@pytest.mark.parametrize(("kind", "writer"), [("pptx", slides), ("docx", document)])
def test_a_file_saved_as_a_template_will_do(scenes: dict[str, Scene], tmp_path: Path, kind: str, writer: Any) -> None:
    plain, saved = tmp_path / f"plain.{kind}", tmp_path / f"saved.{'potx' if kind == 'pptx' else 'dotx'}"
    Presentation().save(str(plain)) if kind == "pptx" else docx.Document().save(str(plain))
    change = {
        "pptx": (b"presentationml.presentation.main", b"presentationml.template.main"),
        "docx": (b"wordprocessingml.document.main", b"wordprocessingml.template.main"),
    }[kind]
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(saved, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(*change))
    writer.write(scenes["plain"], tmp_path / f"made.{kind}", template=saved)

    assert b"template.main" not in zipfile.ZipFile(tmp_path / f"made.{kind}").read("[Content_Types].xml")


def test_what_is_no_template_is_refused_in_a_sentence(scenes: dict[str, Scene], tmp_path: Path) -> None:
    text, blank = tmp_path / "notes.pptx", untitled(tmp_path / "blank.pptx")
    text.write_text("no presentation", encoding="utf-8")
    broken = tmp_path / "broken.pptx"
    with zipfile.ZipFile(broken, "w") as packed:
        packed.writestr("ppt/presentation.xml", "<p")
    word = tmp_path / "word.docx"
    docx.Document().save(str(word))
    cases = [
        (slides, text, "damaged or no presentation"),
        (slides, broken, "damaged or no presentation"),
        (slides, word, "must be a presentation"),
        (slides, tmp_path / "missing.pptx", "cannot be read"),
        (slides, blank, "no layout of the template has a title"),
        (document, blank, "must be a Word document"),
    ]
    for writer, template, words in cases:
        with pytest.raises(ExportError, match=words):
            writer.write(scenes["plain"], tmp_path / "made", template=template)
    assert not (tmp_path / "made").exists()


# -------------------------------------------------------------------------------------------------------- documents


def test_headings_are_headings(papers: dict[str, Any]) -> None:
    found = [(one.style.name, one.text) for one in papers["plain"].paragraphs if one.style.name.startswith(("H", "T"))]

    assert found[:3] == [
        ("Title", "Two salvos and many voices"),
        ("Heading 1", "Launches"),
        ("Heading 2", "North Korea: two short-range ballistic missiles (SRBM)"),
    ]
    assert ("Heading 1", "Claims and what the geometry says") in found
    assert ("Heading 1", "Sources and caveats") in found


def test_a_launch_is_told_in_its_words(scenes: dict[str, Scene], papers: dict[str, Any]) -> None:
    quotes = [one.text for one in papers["plain"].paragraphs if one.style.name == "Quote"]

    assert quotes == [f"“{card.words}” – {card.source}" for card in scenes["plain"].cards if card.words]


def test_captions_count_by_fields(papers: dict[str, Any]) -> None:
    found = [one for one in papers["plain"].paragraphs if one.style.name == "Caption"]
    fields = [field.values()[0].strip() for one in found for field in one._p.iter("{*}fldSimple")]

    assert fields == ["SEQ Figure \\* ARABIC"] + ["SEQ Table \\* ARABIC"] * (len(found) - 1)
    assert [field.findtext(".//{*}t") for one in found for field in one._p.iter("{*}fldSimple")] == list("11234")


def test_tables_of_a_document_repeat_their_heads_and_are_told_in_words(papers: dict[str, Any]) -> None:
    for table in papers["long"].tables:
        rows = table._tbl.tr_lst
        assert [row.find("{*}trPr/{*}tblHeader") is not None for row in rows] == [True] + [False] * (len(rows) - 1)
        assert all(row.find("{*}trPr/{*}cantSplit") is not None for row in rows)
        look = table._tbl.tblPr.find("{*}tblLook")
        assert look.get(next(name for name in look.attrib if name.endswith("firstRow"))) == "1"
        assert table._tbl.tblPr.find("{*}tblDescription") is not None


def test_the_picture_is_told_in_words_and_fits(papers: dict[str, Any]) -> None:
    paper = papers["plain"]
    shape = paper.inline_shapes[0]
    section = paper.sections[0]

    assert "190 km west of Oshima" in shape._inline.docPr.get("descr")
    assert shape.width <= section.page_width - section.left_margin - section.right_margin
    assert shape.width / shape.height == pytest.approx(160 / 90, rel=0.01)


def test_pages_are_numbered(papers: dict[str, Any]) -> None:
    fields = [one.values()[0].strip() for one in papers["plain"].sections[0].footer._element.iter("{*}fldSimple")]

    assert fields == ["PAGE", "NUMPAGES"]


def test_a_template_gives_its_styles_and_what_it_lacks_is_added(scenes: dict[str, Scene], tmp_path: Path) -> None:
    template: Any = docx.Document()
    template.add_paragraph("Words of the template")
    template.styles["Heading 1"].font.name = "Corporate Sans"
    for name in ("Quote", "Caption", "Heading 2"):
        template.styles[name].delete()
    template.sections[0].header.paragraphs[0].text = "Corporate header"
    template.save(str(tmp_path / "house.docx"))
    document.write(scenes["plain"], tmp_path / "made.docx", template=tmp_path / "house.docx", picture=png())

    paper = docx.Document(str(tmp_path / "made.docx"))
    assert "Words of the template" not in [one.text for one in paper.paragraphs]
    assert paper.sections[0].header.paragraphs[0].text == "Corporate header"
    assert paper.styles["Heading 1"].font.name == "Corporate Sans"
    assert paper.styles["Heading 2"].element.pPr.find("{*}outlineLvl").values() == ["1"]
    assert any(one.style.name == "Caption" for one in paper.paragraphs)


# ------------------------------------------------------------------------------------------------------- the command


def test_the_command_writes_slides_and_says_where(run: Run, seeds: Path, folder: Path) -> None:
    done = run("brief", seeds / "two-koreas-one-day.md")

    assert done.exit_code == 0, done.output
    assert done.output.strip() == str(Path("output") / "two-koreas-one-day.pptx")
    deck = Presentation(str(folder / "output" / "two-koreas-one-day.pptx"))
    assert titles(deck)[0] == "Two Koreas, one day"
    assert next(shape for shape in deck.slides[0].shapes if shape.shape_type == 13).image.size == (2108, 1210)


def test_the_command_keeps_what_is_there(run: Run, seeds: Path, folder: Path) -> None:
    (folder / "brief.docx").write_text("mine", encoding="utf-8")

    done = run("brief", seeds / "two-koreas-one-day.md", "-o", "brief.docx")

    assert done.exit_code == 1
    assert "--overwrite" in done.output
    assert (folder / "brief.docx").read_text(encoding="utf-8") == "mine"


def test_the_template_is_never_written_over(run: Run, seeds: Path, folder: Path) -> None:
    Presentation().save(str(folder / "house.pptx"))

    done = run("brief", seeds / "two-koreas-one-day.md", "-o", "house.pptx", "--template", "house.pptx", "--overwrite")

    assert done.exit_code == 1
    assert "one of the inputs" in done.output


def test_another_format_is_refused_before_any_work(run: Run, seeds: Path) -> None:
    done = run("brief", seeds / "two-koreas-one-day.md", "-o", "brief.odp")

    assert done.exit_code == 1
    assert "a briefing is a .pptx or a .docx" in done.output
