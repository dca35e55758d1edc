"""Spans that somebody else marked: from a file, from an installed recognizer, from a spaCy pipeline."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geomap.catalog import Layers
from geomap.codec import dumps
from geomap.errors import InputError
from geomap.pipeline import read
from geomap.recognizers import (
    ROLES,
    SPACY_LABELS,
    Marked,
    marks_of,
    open_recognizer,
    read_marks,
    spacy_recognizer,
)
from geomap.types import Document

TEXT = "A missile fell near Wonsan at dawn."
DOCUMENT = Document.of(TEXT, source="news/2021/report.txt")
WONSAN = {"start": TEXT.index("Wonsan"), "end": TEXT.index(" at dawn")}

PLUGIN = """
from geomap.errors import InputError
from geomap.recognizers import Marked


def towns(argument):
    def recognize(document):
        name = argument or "Wonsan"
        start = document.text.find(name)
        return [] if start < 0 else [Marked(start=start, end=start + len(name))]

    return recognize


def breaks(argument):
    def recognize(document):
        raise RuntimeError("out of order")

    return recognize


def refuses(argument):
    def recognize(document):
        raise InputError("one sentence that helps")

    return recognize


def closed(argument):
    raise KeyError(argument)


def choosy(argument):
    raise InputError("name a model, as in --recognizer choosy:small")


def outside(argument):
    return lambda document: [Marked(start=0, end=len(document.text) + 1)]


def nothing(argument):
    return lambda document: None
"""


@pytest.fixture
def plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with recognizers, installed as far as Python can tell."""
    site = tmp_path / "site"
    info = site / "toy_recognizers-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "toy_recognizers.py").write_text(PLUGIN, encoding="utf-8")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: toy-recognizers\nVersion: 1.0\n", encoding="utf-8")
    names = ("towns", "breaks", "refuses", "closed", "choosy", "outside", "nothing")
    entries = [f"{name} = toy_recognizers:{name}" for name in names]
    entries.append("lost = toy_recognizers_that_are_gone:lost")
    (info / "entry_points.txt").write_text("\n".join(["[geomap.recognizers]", *entries, ""]), encoding="utf-8")
    monkeypatch.syspath_prepend(site)
    monkeypatch.delitem(sys.modules, "toy_recognizers", raising=False)
    return site


@pytest.fixture
def marks(tmp_path: Path) -> Callable[..., str]:
    """Write a file of mentions."""

    def write(*lines: Any) -> str:
        path = tmp_path / "marks.jsonl"
        text = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        path.write_text("\n".join(text), encoding="utf-8")
        return str(path)

    return write


def spans(found: Any) -> list[tuple[int, int]]:
    return [(mark.start, mark.end) for mark in found]


# --------------------------------------------------------------------------------------------------------- a file


@pytest.mark.parametrize(
    "head",
    [
        {"source": "news/2021/report.txt"},
        {"source": "report.txt"},
        {"source": "report"},
        {"source": "gold/report.jsonl"},
        {"source": "C:\\gold\\report.md"},
        {"id": DOCUMENT.id},
        {"document": {"source": "elsewhere/report.html"}},
        {"document": {"id": DOCUMENT.id}},
        {"document": {"source": "another name", "id": DOCUMENT.id}},
    ],
)
def test_a_line_belongs_to_the_article_of_its_source_or_id(head: dict[str, Any], marks: Callable[..., str]) -> None:
    recognizer = read_marks(marks(head | {"mentions": [WONSAN]}))

    assert spans(recognizer(DOCUMENT)) == [(WONSAN["start"], WONSAN["end"])]


@pytest.mark.parametrize(
    "head", [{"source": "reports.txt"}, {"source": "report.2021-09-15"}, {"source": ""}, {"id": "sha256:0"}, {}]
)
def test_an_article_that_no_line_is_about_is_refused(head: dict[str, Any], marks: Callable[..., str]) -> None:
    path = marks(head | {"mentions": [WONSAN]})

    with pytest.raises(InputError, match=r"^news/2021/report\.txt: .*marks\.jsonl has no mentions for it$"):
        read_marks(path)(DOCUMENT)


def test_the_whole_path_wins_over_the_mere_name(marks: Callable[..., str]) -> None:
    path = marks(
        {"source": "news/2020/report.txt", "mentions": []},
        {"source": "news/2021/report.txt", "mentions": [WONSAN]},
    )

    assert len(read_marks(path)(DOCUMENT)) == 1
    assert read_marks(path)(Document.of(TEXT, source="news/2020/report.txt")) == ()


def test_a_reading_is_such_a_line(layers: Layers, marks: Callable[..., str]) -> None:
    reading = read(DOCUMENT, layers)
    found = read_marks(marks(dumps(reading)))(DOCUMENT)

    assert spans(found) == [(mention.start, mention.end) for mention in reading.mentions]
    assert [mark.role for mark in found] == [mention.role for mention in reading.mentions]


def test_empty_lines_and_empty_mentions_are_no_faults(marks: Callable[..., str]) -> None:
    path = marks("", {"source": "report", "mentions": []}, "   ", "")

    assert read_marks(path)(DOCUMENT) == ()


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "null",
        '{"source": "report"}',
        '{"source": "report", "mentions": null}',
        '{"source": "report", "mentions": [{"start": 3}]}',
        '{"source": "report", "mentions": [{"start": "3", "end": 5}]}',
        '{"source": "report", "mentions": [{"start": 3.5, "end": 5}]}',
        '{"source": "report", "mentions": [[3, 5]]}',
        '{"source": 7, "mentions": []}',
        "\ufffd",
        "[" * 100_000,
    ],
)
def test_a_broken_line_is_named_by_its_number(line: str, marks: Callable[..., str]) -> None:
    path = marks({"source": "other", "mentions": []}, "", line)

    with pytest.raises(InputError, match=r"marks\.jsonl:3: not a line with 'source' and 'mentions'"):
        read_marks(path)


def test_bytes_that_are_no_text_are_a_broken_line(tmp_path: Path) -> None:
    path = tmp_path / "marks.jsonl"
    path.write_bytes(b'{"source": "\xff\xfe", "mentions": []}')

    with pytest.raises(InputError, match=r"marks\.jsonl:1: "):
        read_marks(str(path))


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_named(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_marks(str(tmp_path / name))


# -------------------------------------------------------------------------------------------- what is marked at all


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (4, 4), (6, 4), (0, len(TEXT) + 1), (10**12, 10**12 + 5)])
def test_a_span_that_is_not_in_the_text_is_refused_with_both_lengths(start: int, end: int) -> None:
    with pytest.raises(InputError) as refused:
        marks_of(DOCUMENT, lambda document: [Marked(start=start, end=end)])

    assert str(refused.value).startswith(f"news/2021/report.txt: characters {start} to {end} are marked")
    assert f"has {len(TEXT)};" in str(refused.value)


def test_a_span_may_reach_from_the_first_to_the_last_character() -> None:
    assert spans(marks_of(DOCUMENT, lambda document: [Marked(start=0, end=len(TEXT))]).spans) == [(0, len(TEXT))]


def test_spans_come_in_the_order_of_the_text_an_outer_one_first() -> None:
    marked = [Marked(start=20, end=26), Marked(start=2, end=9), Marked(start=15, end=26), Marked(start=20, end=34)]

    assert spans(marks_of(DOCUMENT, lambda document: marked).spans) == [(2, 9), (15, 26), (20, 34), (20, 26)]


@pytest.mark.parametrize("role", ["location", "", "PLACE"])
def test_a_role_that_is_none_is_refused_and_the_roles_are_named(role: str) -> None:
    with pytest.raises(InputError, match="is no role") as refused:
        marks_of(DOCUMENT, lambda document: [Marked(start=20, end=26, role=role)])

    assert all(known in str(refused.value) for known in ROLES)


# ------------------------------------------------------------------------------------------------------- plug-ins


@pytest.mark.usefixtures("plugin")
def test_a_plug_in_is_found_by_its_entry_point(layers: Layers) -> None:
    marks = marks_of(DOCUMENT, open_recognizer("towns"))
    mentions = read(DOCUMENT, layers, marks=marks).mentions

    assert not marks.complete
    assert [(mention.text, mention.status) for mention in mentions] == [
        ("near Wonsan", "located"),
        ("Wonsan", "located"),
    ]


@pytest.mark.usefixtures("plugin")
def test_what_stands_behind_the_colon_goes_to_the_plug_in() -> None:
    recognizer = open_recognizer("towns:missile fell: near")

    assert recognizer(DOCUMENT) == []
    assert spans(recognizer(Document.of("A missile fell: near Wonsan."))) == [(2, 20)]


@pytest.mark.usefixtures("plugin")
@pytest.mark.parametrize("name", ["nobody", "nobody:small", "", ":small", "Towns", "toy_recognizers:towns"])
def test_an_unknown_recognizer_is_refused_and_those_that_are_there_are_named(name: str) -> None:
    with pytest.raises(InputError, match="is installed") as refused:
        open_recognizer(name)

    assert "breaks, choosy" in str(refused.value)
    assert "spacy" in str(refused.value)


@pytest.mark.usefixtures("plugin")
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("closed:small", r"'closed:small' cannot be opened \(KeyError: 'small'\)"),
        ("lost", r"'lost' cannot be opened \(ModuleNotFoundError: "),
        ("choosy", r"^name a model, as in --recognizer choosy:small$"),
    ],
)
def test_a_plug_in_that_cannot_be_opened_says_so(name: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        open_recognizer(name)


@pytest.mark.usefixtures("plugin")
@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("breaks", r"^news/2021/report\.txt: the recognizer failed \(RuntimeError: out of order\)$"),
        ("nothing", r"^news/2021/report\.txt: the recognizer failed \(TypeError: "),
        ("refuses", r"^one sentence that helps$"),
        ("outside", r"characters 0 to 36 are marked, but the text has 35"),
    ],
)
def test_a_plug_in_that_fails_is_an_error_of_the_article(name: str, problem: str) -> None:
    recognizer = open_recognizer(name)

    with pytest.raises(InputError, match=problem):
        marks_of(DOCUMENT, recognizer)


# ---------------------------------------------------------------------------------------------------------- spaCy

SPOKEN = "Norway's envoy met Austin Miller in Kodiak; Iranian crews left the Gulf of Ob for Burnt Bridge."
LABELS = (
    ("NORP", "Iranian"),
    ("GPE", "Norway"),
    ("GPE", "Kodiak"),
    ("LOC", "Gulf of Ob"),
    ("FAC", "Burnt Bridge"),
    ("PERSON", "Austin Miller"),
)


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A spaCy pipeline on disk that knows a few names."""
    import spacy

    nlp = spacy.blank("en")
    patterns = [{"label": label, "pattern": name} for label, name in LABELS]
    nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "ORTH"}).add_patterns(patterns)  # type: ignore[attr-defined]
    path = tmp_path_factory.mktemp("spacy") / "toy_en"
    nlp.to_disk(path)
    return path


@pytest.mark.parametrize("name", ["{}", "spacy:{}"])
def test_spacys_places_are_marked_and_its_persons_are_not(name: str, pipeline: Path) -> None:
    opened = open_recognizer(name.format(pipeline)) if name.startswith("spacy") else spacy_recognizer(str(pipeline))
    marked = marks_of(Document.of(SPOKEN), opened).spans

    assert [(SPOKEN[mark.start : mark.end], mark.role) for mark in marked] == [
        ("Norway", None),
        ("Kodiak", None),
        ("Iranian", "actor"),
        ("Gulf of Ob", None),
        ("Burnt Bridge", None),
    ]
    assert {label for label, _ in LABELS} - SPACY_LABELS == {"PERSON"}


def test_spacys_places_play_the_part_that_geomap_sees(pipeline: Path, layers: Layers) -> None:
    document = Document.of(SPOKEN)
    marks = marks_of(document, spacy_recognizer(str(pipeline)))
    mentions = {mention.text: mention for mention in read(document, layers, marks=marks).mentions}

    assert {name: mentions[name].role for name in mentions} == {
        "Norway": "actor",
        "Kodiak": "place",
        "Iranian": "actor",
        "Gulf of Ob": "place",
        "Burnt Bridge": "place",
    }
    assert mentions["Kodiak"].status == "located"
    assert mentions["Iranian"].status == "not_mapped"
    assert mentions["Burnt Bridge"].status == "unresolved"


def test_letters_outside_the_basic_plane_do_not_shift_spacys_spans(pipeline: Path) -> None:
    text = "\U0001f680\U0001f680 e\u0301 It fell near Kodiak."
    (mark,) = marks_of(Document.of(text), spacy_recognizer(str(pipeline))).spans

    assert text[mark.start : mark.end] == "Kodiak"


def test_without_spacy_the_extra_that_brings_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)  # what an import of a package that is not there does

    with pytest.raises(InputError, match=r"^spaCy is not installed; pip install 'geomap\[nlp\]' does it$"):
        open_recognizer("spacy:en_core_web_sm")


@pytest.mark.parametrize("name", ["spacy", "spacy:"])
def test_spacy_wants_the_name_of_a_pipeline(name: str) -> None:
    with pytest.raises(InputError, match=r"^name a spaCy pipeline, as in --recognizer spacy:en_core_web_sm$"):
        open_recognizer(name)


def test_a_pipeline_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^spaCy has no pipeline '.*missing'"):
        open_recognizer(f"spacy:{tmp_path / 'missing'}")


def test_a_pipeline_that_is_broken_is_refused(tmp_path: Path, pipeline: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "meta.json").write_bytes((pipeline / "meta.json").read_bytes())
    (broken / "config.cfg").write_text("[nlp", encoding="utf-8")

    with pytest.raises(InputError, match=r"broken' cannot be opened"):
        open_recognizer(f"spacy:{broken}")
