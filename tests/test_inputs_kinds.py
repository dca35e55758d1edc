"""What an input is: content decides, from a file, a folder or a pipe."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from made import mail, p, pdf, word

from geomap.articles import SUFFIXES, find_files, open_article, read_inputs
from geomap.codec import dumps, loads
from geomap.errors import InputError
from geomap.types import Document, Reading

Write = Callable[..., Path]
Run = Callable[..., Result]
STORY = "North Korea fired two missiles from Sunan on Wednesday, and they flew some 800 kilometers, the South said."
LIBRARIES = ("trafilatura", "lxml", "pypdf", "docx", "requests", "urllib3")
PAGE = f"<!doctype html><html><head><title>T</title></head><body><p>{STORY}</p></body></html>"
KINDS = {
    "page": PAGE.encode(),
    "page with a comment": f"\n<!-- saved from\nurl=(0020)https://example.org/ -->\n{PAGE}".encode(),
    "xhtml": f'<?xml version="1.0" encoding="utf-8"?>\n{PAGE}'.encode(),
    "page in utf-16": PAGE.encode("utf-16"),
    "pdf": pdf([STORY]),
    "word": word(p(STORY)),
    "mail": mail(STORY),
    "mail in html": mail(PAGE, Content_Type="text/html"),
    "json": json.dumps({"text": STORY}).encode(),
    "json over lines": json.dumps({"text": STORY}, indent=2).encode(),
    "text": STORY.encode(),
    "front matter": f"---\npublished: 2021-09-15\n---\n{STORY}".encode(),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["a.txt", "a", "a.html", "a.json"])
def test_content_decides_what_an_input_is(article: Write, kind: str, name: str) -> None:
    if name != "a.txt" and kind in ("text", "front matter"):
        return  # there it is the suffix that tells
    assert open_article(article(KINDS[kind], name)).text == STORY


@pytest.mark.parametrize("kind", KINDS)
def test_a_pipe_may_hold_any_kind(run: Run, kind: str) -> None:
    result = run("read", "-", stdin=KINDS[kind])

    assert result.exit_code == 0, result.stderr
    document = json.loads(result.stdout)["document"]
    assert (document["text"], document["source"]) == (STORY, "-")


def test_the_suffix_decides_where_content_does_not(article: Write) -> None:
    piece = f"<p>{STORY}</p><p>So said Seoul.</p>"

    assert open_article(article(piece, "a.htm")).text == f"{STORY}\n\nSo said Seoul."
    assert open_article(article(piece, "a.md")).text == piece
    assert open_article(article(f"X-Note: a\n\n{STORY}", "a.eml")).text == STORY
    assert open_article(article(f"X-Note: a\n\n{STORY}", "a.txt")).text == f"X-Note: a\n\n{STORY}"


def test_a_text_about_a_page_is_a_text(article: Write) -> None:
    text = f"{STORY} The page began with <!doctype html><html>, and %PDF-1.7 came later."

    assert open_article(article(text, "a.txt")).text == text


def test_comments_without_a_page_behind_them_are_text(article: Write) -> None:
    text = "<!---->" * 500 + STORY

    assert open_article(article(text, "a")).text == text


def test_a_folder_is_searched_for_every_kind(article: Write, folder: Path) -> None:
    for suffix in SUFFIXES:
        article(json.dumps({"text": STORY}), f"a{suffix.upper()}")
    (folder / "a_files").mkdir()
    article("x", "a.doc")

    assert list(find_files([folder])) == [str(folder / f"a{suffix.upper()}") for suffix in sorted(SUFFIXES)]
    assert [item.text for item in read_inputs([folder]) if isinstance(item, Document)] == [STORY] * len(SUFFIXES)


@pytest.mark.parametrize("name", ["a.html", "a.pdf", "a.docx", "a.eml", "a.mhtml"])
@pytest.mark.parametrize("size", [0, 3])
def test_an_empty_file_is_a_fault_of_any_kind(article: Write, name: str, size: int) -> None:
    (problem,) = read_inputs([article(b" " * size, name)])

    assert isinstance(problem, InputError)
    assert str(problem) == f"{article(b'', name)}: empty"


def test_every_kind_has_a_bound(article: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("geomap.articles.LARGEST_BYTES", 1000)
    for name in ("a.html", "a.eml", "a.pdf"):
        (problem,) = read_inputs([article(b"x " * 600, name)])
        assert "larger than" in str(problem)


def test_a_plain_text_imports_none_of_the_libraries(
    article: Write, python: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    article(STORY, "a.txt")
    code = (
        "import sys\nfrom geomap.cli import main\nmain(['read', 'a.txt'], standalone_mode=False)\n"
        f"print(sorted(set({LIBRARIES}) & sys.modules.keys()), file=sys.stderr)"
    )
    done = python("-W", "error", "-c", code)

    assert done.returncode == 0, done.stderr
    assert done.stderr == "[]\n"


def test_the_outlet_is_given_and_kept(article: Write) -> None:
    given = article(f"---\noutlet: Example  News\n---\n{STORY}", "a.md")
    line = article(json.dumps({"text": STORY, "outlet": "Example News"}), "a.jsonl")

    for document in (open_article(given), open_article(line)):
        assert document.outlet == "Example News"
        reading = dumps(Reading(document=document))
        assert list(json.loads(reading)["document"])[3:5] == ["published", "outlet"]
        assert loads(reading).document == document


def test_an_outlet_that_is_not_known_is_null(article: Write) -> None:
    reading = dumps(Reading(document=open_article(article(STORY))))

    assert json.loads(reading)["document"]["outlet"] is None
    assert loads(reading.replace('"outlet":null,', "")).document.outlet is None  # a line of geomap 0.1


def test_an_outlet_is_a_line_of_text(article: Write) -> None:
    (problem,) = read_inputs([article(f"---\noutlet: [a, b]\n---\n{STORY}")])

    assert "the front matter should be lines like" in str(problem)
