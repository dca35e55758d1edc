"""PDFs, made by hand."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings, strategies as st
from made import pdf

from geomap.articles import open_article, pdf as pdfs, read_inputs
from geomap.articles.pdflines import paragraphs
from geomap.errors import InputError
from geomap.types import Document

Write = Callable[..., Path]
LINES = (
    "North Korea fires two missiles",
    "SEOUL, Sept. 15 - North Korea fired two ballistic missiles into the",
    "sea off its east coast on Wednesday, the South said. They flew some",
    "800 kilometers.",
    "Japan said that they fell outside its exclusive economic zone, some",
    "300 kilometers from the Noto Peninsula (in the Sea of Japan).",
)
AES = (
    "/ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] /Encrypt << /Filter /Standard /V 5 "
    "/R 6 /Length 256 /P -4 /CF << /StdCF << /CFM /AESV3 /Length 32 >> >> /StmF /StdCF /StrF /StdCF "
    f"/O <{'00' * 48}> /U <{'00' * 48}> /OE <{'00' * 32}> /UE <{'00' * 32}> /Perms <{'00' * 16}> >> "
)


def fault(path: Path) -> str:
    (problem,) = read_inputs([path])
    assert isinstance(problem, InputError)
    assert "\n" not in str(problem)
    return str(problem)


def locked(password: str) -> bytes:
    """A PDF that wants a password to be read (or, when that is empty, only to be changed)."""
    from pypdf import PdfWriter

    writer, data = PdfWriter(clone_from=io.BytesIO(pdf(LINES))), io.BytesIO()
    writer.encrypt(password, "owner", algorithm="RC4-128")
    writer.write(data)
    return data.getvalue()


def test_lines_become_paragraphs(article: Write) -> None:
    document = open_article(article(pdf(LINES, made=True), "a.pdf"))

    assert document.text.split("\n\n") == [LINES[0], " ".join(LINES[1:4]), " ".join(LINES[4:])]
    assert document.title == LINES[0]
    assert document.published is None  # when the file was made says nothing
    assert document.outlet is None


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Two missiles", "Two missiles"),
        ("Microsoft Word - news final.docx", LINES[0]),
        ("news-final.docx", LINES[0]),
        ("Untitled", LINES[0]),
        ("untitled 2", LINES[0]),
        ("Document1", LINES[0]),
        ("PowerPoint Presentation", LINES[0]),
        ("about:blank", LINES[0]),
        ("https://example.org/a", LINES[0]),
        ("...", LINES[0]),
        ("", LINES[0]),
        (" Missiles\tover  Japan ", "Missiles over Japan"),
    ],
)
def test_a_title_is_what_a_person_wrote(article: Write, given: str, title: str) -> None:
    assert open_article(article(pdf(LINES, title=given), "a.pdf")).title == title


def test_a_paragraph_goes_on_over_the_page(article: Write) -> None:
    text = open_article(article(pdf(LINES[1:3], LINES[3:]), "a.pdf")).text

    assert text.split("\n\n")[0] == " ".join(LINES[1:4])


LONG = "The missile that the North fired on the day of which we speak was one of "


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["a ballistic mis-", "sile"], "a ballistic missile"),
        (["a short-", "range missile"], "a short-range missile"),
        (["a non\xad", "stop"], "a nonstop"),
        (["the Hwasong-", "15 missile"], "the Hwasong-15 missile"),
        (["the U.S.-", "South Korean drill"], "the U.S.-South Korean drill"),
        (["Tongchang-", "ri"], "Tongchang-ri"),
        (["a re-", "entry vehicle; the re-entry"], "a re-entry vehicle; the re-entry"),
        (["a sub-", "marine; a submarine"], "a submarine; a submarine"),
        (["the “ﬂight” and the", "ﬁring"], "the “flight” and the firing"),
    ],
)
def test_halves_of_a_word_are_put_together(lines: list[str], joined: str) -> None:
    assert paragraphs([f"{LONG}{lines[0]}\n{lines[1]}"]) == LONG + joined


def test_lines_and_paragraphs_may_be_endless() -> None:
    assert paragraphs(["a" * 200_000]) == "a" * 200_000
    assert paragraphs(["ab-\n" * 20_000]) == "ab" * 20_000 + "-"
    assert paragraphs([f"{LONG}\n" * 2_000]) == " ".join([LONG.strip()] * 2_000)


def test_items_of_a_list_begin_a_line() -> None:
    page = f"{LONG}\n• {LONG}\n2. {LONG}\n(a) {LONG}"

    assert len(paragraphs([page]).split("\n\n")) == 4


def test_running_lines_and_page_numbers_are_left_out() -> None:
    words = ("first", "second", "third", "fourth")
    pages = [
        f"Example News  {n}/9/2021\n{LONG}the {word} kind, it said.\nPage {n} of 4" for n, word in enumerate(words, 1)
    ]

    assert paragraphs(pages) == "\n\n".join(f"{LONG}the {word} kind, it said." for word in words).replace("\n\n", " ")
    assert "Example News" in paragraphs(pages[:2])  # what stands on two pages may be text
    assert paragraphs([f"{LONG}the kind.\nIt was\n2021"]) == f"{LONG}the kind. It was\n\n2021"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (pdf(LINES)[:400], "a damaged PDF; open it and print it into a new one"),
        (b"%PDF-1.7\n", "a damaged PDF"),
        (b"%PDF-1.7\n" + bytes(range(256)) * 100, "a damaged PDF"),
        (pdf([""], [""]), "a PDF without text, such as a scan; let a program for text recognition (OCR) read it"),
        (pdf([LINES[1].replace("o", "\x01").replace("e", "\x02")]), "whose fonts do not say which letters they show"),
        (pdf(*[["x"]] * 301), "a PDF of more than 300 pages"),
        (locked("secret"), "an encrypted PDF; save a copy of it without a password"),
        (pdf(LINES, trailer=AES), "an encrypted PDF"),
    ],
)
def test_faults_are_one_sentence(article: Write, data: bytes, said: str) -> None:
    path = article(data, "a.pdf")

    assert fault(path).startswith(f"{path}: ")
    assert said in fault(path)


def test_what_is_no_pdf_is_none_whatever_its_name(article: Write) -> None:
    assert "a damaged PDF" in fault(article("Plain words.", "a.pdf"))


def test_a_pdf_that_may_be_read_by_anybody_is_read(article: Write) -> None:
    assert LINES[0] in open_article(article(locked(""), "a.pdf")).text


def test_a_pdf_that_never_ends_is_given_up(article: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfs, "MOST_OPERATIONS", 1000)

    assert open_article(article(pdf(LINES, operations="q Q " * 100), "a.pdf")).text
    assert "or with as much on them" in fault(article(pdf(LINES, operations="q Q " * 1000), "a.pdf"))
    assert "or with as much on them" in fault(article(pdf(*[LINES] * 20, operations="q Q " * 100), "a.pdf"))


def test_the_text_of_a_pdf_has_a_bound(article: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geomap.articles.LARGEST_BYTES", 10_000)
    line = "BT /F1 11 Tf (North Korea fired a missile into the sea.) Tj ET "
    bomb = pdf(LINES, operations=line * 1000, packed=True)

    assert len(bomb) < 5000
    assert open_article(article(pdf(LINES, operations=line * 10, packed=True), "a.pdf")).text
    assert "or with as much on them" in fault(article(bomb, "a.pdf"))


def test_libraries_say_nothing(
    article: Write, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    broken = pdf(LINES).replace(b"startxref\n", b"startxref\n9")
    (item,) = read_inputs([article(broken, "a.pdf")])

    assert isinstance(item, Document)
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


@pytest.fixture(scope="module")
def whole() -> bytes:
    return pdf(LINES, LINES, title="T")


@settings(max_examples=60)
@given(at=st.integers(0, 3000), put=st.binary(min_size=1, max_size=8))
def test_any_damage_is_a_document_or_a_sentence(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, at: int, put: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.pdf"
    path.write_bytes(whole[:at] + put + whole[at + len(put) :])

    for item in read_inputs([path]):
        assert isinstance(item, (Document, InputError))
