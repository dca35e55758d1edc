"""What people hand over, and what becomes of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from geomap import articles
from geomap.articles import find_files, guess_language, open_article, open_articles, parse_published, read_inputs
from geomap.codec import dumps
from geomap.errors import InputError
from geomap.types import Document, Reading

STORY = "SEOUL — North Korea fired two missiles into the sea off its east coast on Wednesday, the South said.\n"
Write = Callable[..., Path]


def fault(path: object) -> str:
    """The one sentence that is said of an input that cannot be read."""
    (problem,) = read_inputs([str(path)])
    assert isinstance(problem, InputError)
    assert "\n" not in str(problem)
    return str(problem)


def test_a_text_is_taken_whole(article: Write) -> None:
    path = article("A headline\n\n" + STORY)

    assert open_article(path) == Document.of("A headline\n\n" + STORY, source=str(path), title="A headline")


def test_front_matter_is_not_part_of_the_text(article: Write) -> None:
    head = "---\ntitle: 'Two Koreas: one day'\npublished: 2021-09-15\nsource: https://example.org/a\nauthor: x\n---\n"
    document = open_article(article(head + "\n" + STORY, "a.md"))

    assert document.text == "\n" + STORY
    assert document.title == "Two Koreas: one day"
    assert document.published == "2021-09-15"
    assert document.source.endswith("a.md")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# Over *Hokkaido* #\n\nText follows.", "Over *Hokkaido*"),
        ("\n\nA headline\n\nText follows.", "A headline"),
        ("---\ntitle: Given\n---\n# Other\n\nText.", "Given"),
        ("---\npublished: 2021-09-15\n---\n# Other\n\nText.", "Other"),
        ("A line that goes\non without a blank line.", "a.txt"),
        ("x" * 200 + "\n\nA first paragraph is no headline.", "a.txt"),
        ("Only a line.", "a.txt"),
        ("# " + "# " * 50_000 + "Rows of marks\n\nText.", "# " * 50_000 + "Rows of marks"),
        ("# Blanks" + " " * 100_000 + "between ##\n\nText.", "Blanks between"),
        ("# #\n\nText.", "a.txt"),
    ],
)
def test_titles(article: Write, text: str, title: str) -> None:
    assert open_article(article(text, "a.txt")).title == title


@pytest.mark.parametrize(
    "text",
    ["---\nA rule, then prose: with a colon.\n---\nMore.", "--- \n\n", "---\n\nA rule.\n", "--", "----\na: b\n----\n"],
)
def test_a_rule_is_not_front_matter(article: Write, text: str) -> None:
    if text.strip("-\n "):
        assert open_article(article(text)).text == text


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_newlines_become_one_kind(article: Write, newline: str) -> None:
    text = "---\npublished: 2021-09-15\n---\nOne.\n\nTwo.\n"

    document = open_article(article(text.replace("\n", newline)))

    assert document.text == "One.\n\nTwo.\n"
    assert document.published == "2021-09-15"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings(article: Write, encoding: str) -> None:
    text = "The “projectile” flew 300 km – said the café of the Übersee Club – and it fell into the sea off Noto.\n"

    assert open_article(article(text.encode(encoding))).text == text


@pytest.mark.parametrize("encoding", ["shift_jis", "euc_kr", "cp1251"])
def test_other_encodings_are_detected(article: Write, encoding: str) -> None:
    text = {
        "shift_jis": "北朝鮮が弾道ミサイルを発射し、日本海に落下したと防衛省が発表した。",
        "euc_kr": "북한이 동해상으로 탄도미사일을 발사했다고 합동참모본부가 밝혔다.",
        "cp1251": "Северная Корея запустила две баллистические ракеты в сторону Японского моря.",
    }[encoding]

    document = open_article(article(text.encode(encoding)))

    assert document.text == text
    assert document.language == "und"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"---\ntitle: x\n---\n\n", "no text after the front matter"),
        (b"%PDF-1.7 abc", "a damaged PDF"),
        (b"PK\x03\x04abc", "office document"),
        (b"\xd0\xcf\x11\xe0abc", "an old office document, or one that is locked"),
        (b"{\\rtf1 abc}", "rich text, not text; save it as a .docx, .pdf or .txt file"),
        (b"North\x00Korea", "binary data"),
        (bytes(range(256)) * 40, "binary data"),
        (b"\xff\xfe\x00", "binary data"),
        (b"---\ntitle: a: b\n---\ntext", "line 2: the front matter is not YAML"),
        (b"---\ntitle: [a\n---\ntext", "the front matter is not YAML"),
        (b"---\ntitle: a\ntext", "never ends"),
        (b"---\ntitle: [a, b]\n---\ntext", "the front matter should be lines like"),
        (b"---\npublished: yesterday\n---\ntext", "'yesterday' is no day of issue; write 2021-09-15"),
        (b"---\npublished: 2021-13-45\n---\ntext", "month must be in 1..12"),
        (b"---\npublished: 2021\n---\ntext", "'2021' is no day of issue"),
        (b"---\ntitle: " + b"[" * 5000 + b"\n---\ntext", "the front matter is not YAML"),
        (b"---\ntitle: " + b"[" * 200_000 + b"]" * 200_000 + b"\n---\ntext", "never ends"),
        (b"---\na: &a [x,x,x,x,x,x,x,x,x]\ntitle: [*a,*a,*a]\n---\ntext", "the front matter should be"),
    ],
)
def test_faults_are_one_sentence(article: Write, content: bytes, said: str) -> None:
    path = article(content)

    assert said in fault(path)
    assert fault(path).startswith(str(path))


def test_what_is_not_there_is_said(folder: Path) -> None:
    assert "there is no such file" in fault("nothing.txt")
    assert "no article in this folder" in fault(folder)
    assert "cannot be read" in fault("nul\0.txt")


def test_an_article_may_be_large_but_not_endless(article: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "LARGEST_BYTES", 1000)

    assert open_article(article("word " * 199)).text
    assert "larger than" in fault(article("word " * 300))
    assert "larger than" in fault(article("\n" * 5000))
    assert "longer than" in fault(article(json.dumps({"text": "word " * 300})))


def test_lines_of_json_are_articles_and_readings(article: Write) -> None:
    reading = Reading(document=Document.of(STORY, source="z.txt", title="Z"))
    fields = {
        "text": "A.\r\nB.",
        "title": "T",
        "published": "2021-09-15T12:40:00+09:00",
        "source": "https://example.org",
    }
    path = article("\n".join([json.dumps({"text": STORY}), "", dumps(reading), json.dumps(fields)]) + "\n", "many.txt")

    first, second, third = read_inputs([path])

    assert first == Document.of(STORY, source=str(path), title="many.txt:1")
    assert second == reading
    assert third == Document.of("A.\nB.", source="https://example.org", title="T", published="2021-09-15T03:40:00Z")


def test_json_may_be_spread_over_lines(article: Write) -> None:
    document = open_article(article("\ufeff" + json.dumps({"text": STORY, "title": "T"}, indent=2), "a.json"))

    assert document.title == "T"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"schema": "geomap.reading/1", "document": {', "not a line that geomap reads"),
        ('{"schema": "geomap.reading/1"}', "not a geomap reading"),
        ('{"schema": "geomap.reading/9", "document": {}}', "not a geomap reading"),
        ('{"a": 1}', "neither a reading (no 'schema') nor an article (no 'text')"),
        ('{"text": 3}', "not a line that geomap reads"),
        ('{"text": " "}', "an article without text"),
        ('{"text": "a\\u0000b"}', "binary data"),
        ('{"text": "a", "published": "soon"}', "is no day of issue"),
        ("[1, 2]", "not a line that geomap reads"),
        ("plain words", "not a line that geomap reads"),
        ('{"text": "a", "x": ' + "[" * 100_000, "not a line that geomap reads"),
        ('{"schema": 1, "assumed": [{"a": ' + "[" * 100_000, "not a line that geomap reads"),
        (b'{"text": "\xff"}', "not a line that geomap reads"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(article: Write, line: str | bytes, said: str) -> None:
    good = json.dumps({"text": STORY}).encode()
    bad = line.encode() if isinstance(line, str) else line
    path = article(good + b"\n" + bad + b"\n" + good + b"\n", "a.jsonl")

    items = list(read_inputs([path]))

    assert [type(item) for item in items] == [Document, InputError, Document]
    assert str(items[1]).startswith(f"{path}:2: ")
    assert said in str(items[1])


def test_a_text_in_braces_is_an_article(article: Write) -> None:
    assert open_article(article("{updated} North Korea fired a missile.")).text


def test_a_folder_is_its_articles_in_order(folder: Path) -> None:
    for name in ("b.md", "a.txt", "c.jsonl", "d.doc", ".hidden.txt", "notes"):
        (folder / name).write_text(json.dumps({"text": name}) if name == "c.jsonl" else name)
    (folder / "inner.txt").mkdir()

    assert list(find_files([folder, "-", "x.pdf"])) == [
        *(str(folder / n) for n in ("a.txt", "b.md", "c.jsonl")),
        "-",
        "x.pdf",
    ]
    assert [document.text for document in open_articles(folder)] == ["a.txt", "b.md", "c.jsonl"]


def test_a_bad_file_does_not_cost_the_others(article: Write) -> None:
    good, bad = article(STORY, "a.txt"), article(b"\0", "b.txt")

    kinds = [type(item) for item in read_inputs([bad, good, "nothing.txt", good])]

    assert kinds == [InputError, Document, InputError, Document]
    with pytest.raises(InputError, match="binary"):
        list(open_articles([good, bad]))


def test_one_article_is_one(article: Write) -> None:
    line = json.dumps({"text": STORY})

    with pytest.raises(InputError, match="not one article"):
        open_article(article(f"{line}\n{line}\n"))
    with pytest.raises(InputError, match="a reading, not an article"):
        open_article(article(dumps(Reading(document=Document.of(STORY)))))


def test_the_given_day_wins(article: Write) -> None:
    path = article("---\npublished: someday\n---\n" + STORY)

    assert open_article(path, published="2020-01-02").published == "2020-01-02"
    with pytest.raises(InputError, match="no day of issue"):
        open_article(path, published="02.01.2020")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2021-09-15", "2021-09-15"),
        (" 2021-09-15 ", "2021-09-15"),
        ("2021-09-15T12:40:00+09:00", "2021-09-15T03:40:00Z"),
        ("2021-09-15T03:40Z", "2021-09-15T03:40:00Z"),
        ("2021-09-15T03:40:59.5Z", "2021-09-15T03:40:59Z"),
        ("0999-09-15T03:40Z", "0999-09-15T03:40:00Z"),
        ("2021-09-15 12:40", "2021-09-15"),
        (date(2021, 9, 15), "2021-09-15"),
        (datetime(2021, 9, 15, 3, 40, tzinfo=UTC), "2021-09-15T03:40:00Z"),
    ],
)
def test_days_of_issue(value: object, day: str) -> None:
    assert parse_published(value) == day


@pytest.mark.parametrize(
    "value", ["", "15.9.2021", "2021-09-31", "0001-01-01T00:00:00+14:00", 2021, ["2021-09-15"], True]
)
def test_what_is_no_day_of_issue(value: object) -> None:
    with pytest.raises(InputError, match=r"^x: .*is no day of issue"):
        parse_published(value, "x: ")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (STORY * 3, "en"),
        ("300 km east of Wonsan", "en"),
        ("HAZARDOUS OPERATIONS. AREA BOUND BY 41-26N 132-20E, 41-26N 133-10E. CANCEL THIS MESSAGE.", "en"),
        (
            "Nordkorea hat am Mittwoch zwei Raketen ins Meer vor seiner Ostküste geschossen, sagte der Süden. " * 3,
            "und",
        ),
        ("La Corée du Nord a tiré deux missiles balistiques en direction de la mer, a annoncé le Sud. " * 3, "und"),
        ("Corea del Norte disparó dos misiles hacia el mar frente a su costa este, dijo el Sur hoy. " * 3, "und"),
        ("북한이 동해상으로 탄도미사일을 발사했다고 합동참모본부가 밝혔다.", "und"),
    ],
)
def test_languages(text: str, language: str) -> None:
    assert guess_language(text) == language


def test_the_seeds_are_what_their_descriptor_says(seeds: Path) -> None:
    package = json.loads((seeds / "datapackage.json").read_text(encoding="utf-8"))
    listed: Iterator[str] = (resource["path"] for resource in package["resources"])

    assert sorted(listed) == [path.name for path in sorted(seeds.iterdir()) if path.suffix in (".md", ".txt")]
    for resource in package["resources"]:
        data = (seeds / resource["path"]).read_bytes()
        document = open_article(seeds / resource["path"])

        assert resource["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
        assert resource["bytes"] == len(data)
        assert resource["title"] == document.title
        assert document.published is not None
        assert document.language == "en"
        assert 70 <= len(document.text.split()) <= 350


@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(data)

    for item in read_inputs([path]):
        assert isinstance(item, (Document, Reading, InputError))
        if isinstance(item, Document):
            assert item.text.strip()
            assert "\r" not in item.text
            assert item.title
