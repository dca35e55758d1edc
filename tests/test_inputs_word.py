"""Word documents: written by python-docx, and by hand as Word writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from made import p, word

from geomap.articles import open_article, read_inputs, word as words
from geomap.errors import InputError

Write = Callable[..., Path]
FIRST = "North Korea fired two missiles from Sunan on Wednesday."


def fault(path: Path) -> str:
    (problem,) = read_inputs([path])
    assert isinstance(problem, InputError)
    assert "\n" not in str(problem)
    return str(problem)


def text(article: Write, body: str) -> str:
    return open_article(article(word(body), "a.docx")).text


def archive(*names: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return data.getvalue()


def table(*rows: tuple[str, ...]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def test_a_document_is_its_paragraphs_in_order(article: Write) -> None:
    import docx

    made = docx.Document()
    made.add_heading("Two missiles", 0)
    made.add_paragraph(FIRST)
    made.add_heading("Where they fell", 1)
    cells = made.add_table(2, 2)
    for (row, column), said in {(0, 0): "Date", (0, 1): "Site", (1, 0): "15 Sept.", (1, 1): "Yangdok"}.items():
        cells.cell(row, column).text = said
    made.add_paragraph("Japan said so.")
    data = io.BytesIO()
    made.save(data)

    document = open_article(article(data.getvalue(), "a.docx"))

    assert document.text.split("\n\n") == [
        "Two missiles",
        FIRST,
        "Where they fell",
        "| Date | Site |\n| 15 Sept. | Yangdok |",
        "Japan said so.",
    ]
    assert document.title == "Two missiles"
    assert document.published is None
    assert document.language == "en"


@pytest.mark.parametrize(
    ("given", "body", "title"),
    [
        ("From the properties", p("Styled", style="Title") + p(FIRST), "From the properties"),
        ("Microsoft Word - a.docx", p("Styled", style="Title") + p(FIRST), "Styled"),
        ("", p(FIRST) + p("Styled", style="Title"), "Styled"),
        ("", p("First line") + p(FIRST), "First line"),
        ("", p(FIRST), "a.docx"),
    ],
)
def test_titles(article: Write, given: str, body: str, title: str) -> None:
    assert open_article(article(word(body, title=given), "a.docx")).title == title


@pytest.mark.parametrize(
    ("runs", "said"),
    [
        ('<w:r><w:t xml:space="preserve">It flew </w:t></w:r><w:r><w:t>800 km</w:t></w:r>', "It flew 800 km"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t></w:r>", "a b\nc-d"),
        ("<w:hyperlink><w:r><w:t>linked</w:t></w:r></w:hyperlink>", "linked"),
        ("<w:ins><w:r><w:t>800</w:t></w:r></w:ins><w:del><w:r><w:delText>900</w:delText></w:r></w:del>", "800"),
        ("<w:moveFrom><w:r><w:t>gone</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>here</w:t></w:r></w:moveTo>", "here"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:t>seen</w:t></w:r>", "seen"),
        ('<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>seen</w:t></w:r>', "seen"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>mis\xadsile</w:t></w:r>", "missile"),
        ("<w:smartTag><w:r><w:t>Sunan</w:t></w:r></w:smartTag>", "Sunan"),
        ("<w:r><w:t>a</w:t><w:footnoteReference/></w:r>", "a"),
    ],
)
def test_what_word_shows_of_a_paragraph(article: Write, runs: str, said: str) -> None:
    assert text(article, f"<w:p>{runs}</w:p>") == said


def test_controls_and_boxes_are_read_once_and_in_their_place(article: Write) -> None:
    box = f"<w:txbxContent>{p('In a box.')}</w:txbxContent>"
    body = (
        f"<w:sdt><w:sdtContent>{p('In a control.')}</w:sdtContent></w:sdt><w:p><w:r><w:t>Around it.</w:t></w:r><w:r>"
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )

    assert text(article, body) == "In a control.\n\nAround it.\n\nIn a box."


def test_a_table_in_a_table_is_read_in_its_cell(article: Write) -> None:
    inner = table((p("a"), p("b")))

    assert text(article, table((p("c"), inner + p("d")), (p("e"), p("f")))) == "| c | | a | b | d |\n| e | f |"
    assert text(article, table((p("g") + inner,), (p("h"),))) == "g\n\n| a | b |\n\nh"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04abc", "a damaged zip archive or office document"),
        (word(p(FIRST))[:3000], "a damaged zip archive or office document"),
        (word("<w:p"), "a damaged Word document"),
        (archive("word/document.xml"), "a damaged Word document"),
        (word("<w:sdt><w:sdtContent>" * 1000), "a damaged Word document"),
        (word(""), "a Word document without text"),
        (archive("xl/workbook.xml"), "a spreadsheet, not text; save it as a .docx, .pdf or .txt file first"),
        (archive("ppt/presentation.xml"), "a presentation, not text"),
        (archive("mimetype", "content.xml"), "an OpenDocument file, not text; save it as a .docx"),
        (archive("META-INF/container.xml"), "an e-book, not text"),
        (archive("a.txt"), "a zip archive, not text"),
        (archive(), "a zip archive, not text"),
    ],
)
def test_faults_are_one_sentence(article: Write, data: bytes, said: str) -> None:
    path = article(data, "a.docx")

    assert fault(path).startswith(f"{path}: ")
    assert said in fault(path)


def test_what_is_no_word_document_is_none_whatever_its_name(article: Write) -> None:
    assert "a damaged zip archive or office document" in fault(article("Plain words.", "a.docx"))


def test_a_bomb_is_not_unpacked(article: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geomap.articles.LARGEST_BYTES", 1_000_000)
    large = "far larger than any article"

    assert text(article, p(FIRST))
    assert large in fault(article(word(p("x" * 1_100_000)), "a.docx"))
    assert large in fault(article(word(p("x"), more={"word/styles.xml": b" " * 1_100_000}), "a.docx"))
    assert large in fault(article(word(p("x"), more={"word/media/a.png": bytes(11_000_000)}), "a.docx"))
    monkeypatch.setattr(words, "MOST_PARTS", 5)
    assert large in fault(article(word(p("x")), "a.docx"))


def test_entities_are_not_unfolded(article: Write) -> None:
    bomb = (
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM '
        b'"file:///etc/passwd">]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        b"<w:body><w:p><w:r><w:t>seen &b; &f;</w:t></w:r></w:p></w:body></w:document>"
    )
    data, old = io.BytesIO(), zipfile.ZipFile(io.BytesIO(word(p("x"))))
    with old, zipfile.ZipFile(data, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == "word/document.xml" else old.read(name))

    assert open_article(article(data.getvalue(), "a.docx")).text == "seen"
