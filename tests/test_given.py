"""Spans that are given become mentions as they stand: names, phrases about names, coordinates, and nothing besides."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given, settings, strategies as st

from geomap.catalog import Layers
from geomap.mentions import find_mentions
from geomap.pipeline import read
from geomap.recognizers import Marked, Marks
from geomap.types import Document, Mention, Reading

Run = Callable[..., Result]
Write = Callable[..., Path]

STORY = "North Korea fired a missile off its east coast on Wednesday. It fell 300 km east of Wonsan, Tokyo said."


def marked(text: str, words: Iterable[str | tuple[str, str]], *, complete: bool = True) -> Marks:
    """Marks on the first place where each of some words stands; a second word is the role."""
    pairs = [(word, None) if isinstance(word, str) else word for word in words]
    spans = [Marked(start=text.index(word), end=text.index(word) + len(word), role=role) for word, role in pairs]
    return Marks(spans=tuple(sorted(spans, key=lambda mark: (mark.start, -mark.end))), complete=complete)


def given_in(text: str, layers: Layers, *words: str | tuple[str, str], complete: bool = True) -> tuple[Mention, ...]:
    marks = marked(text, words, complete=complete)
    return read(Document.of(text, published="2021-09-15"), layers, marks=marks).mentions


def by_text(mentions: Iterable[Mention]) -> dict[str, Mention]:
    return {mention.text: mention for mention in mentions}


# ----------------------------------------------------------------------------------------------- one span, one mention

SPANS = [
    ("It was seen in Wonsan.", "Wonsan", "city", "located"),
    ("It fell near Wonsan.", "near Wonsan", "relative", "located"),
    ("It fell into the Sea of Japan.", "Sea of Japan", "sea", "located"),
    ("It crossed the Strait of Hormuz.", "the Strait of Hormuz", "sea", "located"),
    ("It was fired from the Sohae launch site.", "Sohae launch site", "facility", "located"),
    ("It fell 300 km east of Wonsan.", "300 km east of Wonsan", "relative", "located"),
    ("A splash at 38-30N 129-10E was seen.", "38-30N 129-10E", "coordinates", "located"),
    ("It fell inside Japan's EEZ.", "inside Japan's EEZ", "zone", "located"),
    ("It was seen in Qwexil.", "Qwexil", "city", "unresolved"),
    ("It was seen in the old quarry.", "old quarry", "city", "unresolved"),
]


@pytest.mark.parametrize(("text", "span", "kind", "status"), SPANS)
def test_a_span_is_read_as_it_stands(text: str, span: str, kind: str, status: str, layers: Layers) -> None:
    mentions = given_in(text, layers, span)

    assert (by_text(mentions)[span].kind, by_text(mentions)[span].status) == (kind, status)
    assert all(mention.text in span for mention in mentions)


def test_a_phrase_marked_whole_is_a_mention_and_so_is_the_name_inside_it(layers: Layers) -> None:
    mentions = given_in(STORY, layers, "300 km east of Wonsan")

    assert [mention.text for mention in mentions] == ["300 km east of Wonsan", "Wonsan"]


def test_a_phrase_and_the_name_inside_it_may_both_be_marked(layers: Layers) -> None:
    mentions = given_in(STORY, layers, "Wonsan", "300 km east of Wonsan")

    assert [mention.text for mention in mentions] == ["300 km east of Wonsan", "Wonsan"]


def test_of_a_name_in_a_longer_one_the_longer_one_counts(layers: Layers) -> None:
    mentions = given_in("It was seen in New York City.", layers, "York", "New York City")

    assert [mention.text for mention in mentions] == ["New York City"]


def test_of_two_names_that_overlap_the_longer_one_counts(layers: Layers) -> None:
    mentions = given_in("It was seen in New York City.", layers, "New York", "York City")

    assert [mention.text for mention in mentions] == ["York City"]


def test_geomap_adds_nothing_to_what_is_marked(layers: Layers) -> None:
    own = read(Document.of(STORY, published="2021-09-15"), layers).mentions
    mentions = given_in(STORY, layers, "Wonsan")

    assert len(own) > 4
    assert [mention.text for mention in mentions] == ["Wonsan"]


def test_nothing_marked_is_nothing_found(layers: Layers) -> None:
    assert given_in(STORY, layers) == ()
    assert given_in(STORY, layers, complete=False) == ()
    assert given_in("", layers) == ()


def test_the_north_is_not_added(layers: Layers) -> None:
    text = "North Korea fired a missile. The North gave no reason."

    assert [mention.text for mention in given_in(text, layers, "North Korea")] == ["North Korea"]
    assert [mention.text for mention in given_in(text, layers, "North Korea", complete=False)] == ["North Korea"]


def test_a_name_stands_where_it_is_marked_and_nowhere_else(layers: Layers) -> None:
    text = "Wonsan was calm. It was seen in Wonsan."
    marks = Marks(spans=(Marked(start=32, end=38),), complete=True)
    (mention,) = read(Document.of(text), layers, marks=marks).mentions

    assert (mention.start, mention.text) == (32, "Wonsan")


def test_the_same_span_twice_is_one_mention(layers: Layers) -> None:
    marks = Marks(spans=(Marked(start=15, end=21),) * 3, complete=True)

    assert len(read(Document.of("It was seen in Wonsan."), layers, marks=marks).mentions) == 1


# -------------------------------------------------------------------------------------------------------------- roles


@pytest.mark.parametrize(
    ("role", "status"),
    [("place", "located"), ("dateline", "located"), ("actor", "not_mapped"), ("embedded", "not_mapped")],
)
def test_a_role_that_is_given_counts(role: str, status: str, layers: Layers) -> None:
    (mention,) = given_in("Wonsan was calm.", layers, ("Wonsan", role))

    assert (mention.role, mention.status) == (role, status)
    assert "whoever marked it says so" in mention.why


def test_a_role_that_is_not_given_is_geomaps_own(layers: Layers) -> None:
    mention = by_text(given_in(STORY, layers, "Tokyo", "Wonsan"))

    assert (mention["Tokyo"].role, mention["Wonsan"].role) == ("actor", "place")


# ------------------------------------------------------------------------------------------------ names only are given


def test_phrases_are_built_on_the_names_of_a_recognizer(layers: Layers) -> None:
    mentions = given_in(STORY, layers, "Wonsan", "North Korea", complete=False)

    assert {"300 km east of Wonsan", "off its east coast"} <= {mention.text for mention in mentions}
    assert "Tokyo" not in {mention.text for mention in mentions}


def test_a_name_that_only_a_recognizer_knows_may_carry_a_phrase(layers: Layers) -> None:
    text = "It fell 300 km east of Qwexil."
    mentions = by_text(given_in(text, layers, "Qwexil", complete=False))

    assert mentions["300 km east of Qwexil"].status == "unresolved"
    assert "'Qwexil' in it is not located" in mentions["300 km east of Qwexil"].why


@settings(deadline=None, derandomize=True, max_examples=60)
@given(
    st.lists(st.tuples(st.integers(0, len(STORY) - 1), st.integers(1, 40)), max_size=8),
    st.booleans(),
)
def test_any_spans_make_mentions_that_hold(layers: Layers, spans: list[tuple[int, int]], complete: bool) -> None:
    marks = sorted({(start, min(len(STORY), start + length)) for start, length in spans}, key=lambda s: (s[0], -s[1]))
    given_marks = Marks(spans=tuple(Marked(start=a, end=b) for a, b in marks), complete=complete)
    mentions = find_mentions(Reading(document=Document.of(STORY)), layers, given_marks).mentions
    names = [mention for mention in mentions if mention.expression is None]

    assert all(STORY[mention.start : mention.end] == mention.text for mention in mentions)
    for mention in names:
        assert any(start < mention.end and mention.start < end for start, end in marks)
    if complete:
        assert all(any(a < m.end and m.start < b for a, b in marks) for m in mentions)


# ---------------------------------------------------------------------------------------------------- the command line


def lines(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def spans_of(text: str, *words: str, **more: Any) -> list[dict[str, Any]]:
    return [{"start": text.index(word), "end": text.index(word) + len(word)} | more for word in words]


def test_mentions_are_taken_from_a_file(run: Run, article: Write) -> None:
    article(STORY, "one.txt")
    article(json.dumps({"source": "gold/one", "mentions": spans_of(STORY, "Wonsan")}), "marks.jsonl")
    (reading,) = lines(run("read", "one.txt", "--mentions", "marks.jsonl"))

    assert [mention["text"] for mention in reading["mentions"]] == ["Wonsan"]


def test_the_output_of_read_is_a_file_of_mentions(run: Run, article: Write) -> None:
    article(STORY.replace("its east coast", "the east coast of Hokkaido"), "one.txt")
    first = run("read", "one.txt", "--published", "2021-09-15")
    article(first.stdout, "marks.jsonl")
    (own,) = lines(first)
    (again,) = lines(run("read", "one.txt", "--published", "2021-09-15", "--mentions", "marks.jsonl"))
    keep = ("start", "end", "text", "kind", "role", "status", "place")

    assert [[m[key] for key in keep] for m in again["mentions"]] == [[m[key] for key in keep] for m in own["mentions"]]


def test_an_article_without_marks_is_an_error_and_the_others_are_done(run: Run, article: Write) -> None:
    article(STORY, "one.txt")
    article("It fell near Kodiak.", "two.txt")
    article(STORY, "three.txt")
    marks = [{"source": name, "mentions": spans_of(STORY, "Wonsan")} for name in ("one.txt", "three.txt")]
    article("\n".join(map(json.dumps, marks)), "marks.jsonl")
    result = run("read", "one.txt", "two.txt", "three.txt", "--mentions", "marks.jsonl")

    assert result.exit_code == 1
    assert [reading["document"]["source"] for reading in lines(result)] == ["one.txt", "three.txt"]
    assert result.stderr == "Error: two.txt: marks.jsonl has no mentions for it\n"


def test_a_span_beyond_the_text_is_an_error_and_the_others_are_done(run: Run, article: Write) -> None:
    article("It fell near Kodiak.", "one.txt")
    article("It was seen in Wonsan.", "two.txt")
    marks = [
        {"source": "one.txt", "mentions": [{"start": 13, "end": 900}]},
        {"source": "two.txt", "mentions": [{"start": 15, "end": 21}]},
    ]
    article("\n".join(map(json.dumps, marks)), "marks.jsonl")
    result = run("read", "one.txt", "two.txt", "--mentions", "marks.jsonl")

    assert result.exit_code == 1
    assert [mention["text"] for mention in lines(result)[0]["mentions"]] == ["Wonsan"]
    assert re.fullmatch(r"Error: one\.txt: characters 13 to 900 are marked, [^\n]+\n", result.stderr)


@pytest.mark.parametrize("content", ["{", '{"source": "one.txt"}', '{"source": "one.txt", "mentions": [{}]}'])
def test_a_broken_file_of_mentions_is_one_sentence(content: str, run: Run, article: Write) -> None:
    article(STORY, "one.txt")
    article("\n" + content, "marks.jsonl")
    result = run("read", "one.txt", "--mentions", "marks.jsonl")

    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: marks\.jsonl:2: not a line with [^\n]+\n", result.stderr)


def test_a_file_of_mentions_that_is_not_there_is_one_sentence(run: Run, article: Write) -> None:
    article(STORY, "one.txt")
    result = run("read", "one.txt", "--mentions", "missing.jsonl")

    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: missing\.jsonl: cannot be read [^\n]+\n", result.stderr)


def test_offsets_count_from_behind_the_front_matter(run: Run, article: Write) -> None:
    article("---\ntitle: One\npublished: 2021-09-15\n---\nIt was seen in Wonsan.\n", "one.md")
    article('{"source": "one.md", "mentions": [{"start": 15, "end": 21}]}', "marks.jsonl")
    (reading,) = lines(run("read", "one.md", "--mentions", "marks.jsonl"))

    assert [mention["text"] for mention in reading["mentions"]] == ["Wonsan"]


def test_mentions_and_a_recognizer_at_once_are_wrong_usage(run: Run, article: Write) -> None:
    article(STORY, "one.txt")
    article("", "marks.jsonl")
    result = run("read", "one.txt", "--mentions", "marks.jsonl", "--recognizer", "spacy:en_core_web_sm")

    assert (result.exit_code, result.stdout) == (2, "")
    assert "exclude each other" in result.stderr


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nobody", "Error: no recognizer 'nobody' is installed; there is: "),
        ("spacy", "Error: name a spaCy pipeline, "),
        ("spacy:no/such/pipeline", "Error: spaCy has no pipeline 'no/such/pipeline'"),
    ],
)
def test_a_recognizer_that_cannot_be_opened_is_one_sentence(name: str, said: str, run: Run, article: Write) -> None:
    article(STORY, "one.txt")
    result = run("read", "one.txt", "--recognizer", name)

    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Error: [^\n]+\n", result.stderr)
    assert result.stderr.startswith(said)


def test_a_recognizer_that_fails_costs_its_article_only(
    run: Run, article: Write, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = folder / "site" / "toy_failing-1.0.dist-info"
    info.mkdir(parents=True)
    code = (
        "from geomap.recognizers import Marked\n"
        "def make(argument):\n"
        "    def recognize(document):\n"
        "        start = document.text.index('Wonsan')\n"
        "        return [Marked(start=start, end=start + 6)]\n"
        "    return recognize\n"
    )
    article(code, "site/toy_failing.py")
    article("Metadata-Version: 2.1\nName: toy-failing\nVersion: 1.0\n", "site/toy_failing-1.0.dist-info/METADATA")
    article("[geomap.recognizers]\nfailing = toy_failing:make\n", "site/toy_failing-1.0.dist-info/entry_points.txt")
    monkeypatch.syspath_prepend(folder / "site")
    article("It fell near Kodiak.", "one.txt")
    article("It fell near Wonsan.", "two.txt")
    result = run("read", "one.txt", "two.txt", "--recognizer", "failing")
    sys.modules.pop("toy_failing", None)

    assert result.exit_code == 1
    assert [mention["text"] for mention in lines(result)[0]["mentions"]] == ["near Wonsan", "Wonsan"]
    assert result.stderr == "Error: one.txt: the recognizer failed (ValueError: substring not found)\n"


def test_a_spacy_pipeline_of_ones_own_finds_the_names(run: Run, article: Write, folder: Path) -> None:
    import spacy

    nlp = spacy.blank("en")
    patterns = [{"label": "GPE", "pattern": "Wonsan"}, {"label": "PERSON", "pattern": "Tokyo"}]
    nlp.add_pipe("entity_ruler").add_patterns(patterns)  # type: ignore[attr-defined]
    nlp.to_disk(folder / "toy_en")
    article(STORY, "one.txt")
    result = run("read", "one.txt", "--recognizer", "spacy:toy_en")
    (reading,) = lines(result)

    assert result.exit_code == 0
    assert [(mention["text"], mention["role"], mention["status"]) for mention in reading["mentions"]] == [
        ("300 km east of Wonsan", "place", "located"),
        ("Wonsan", "place", "located"),
    ]
