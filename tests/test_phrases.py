"""Tables of phrases find what the pattern of all their rows finds, though they try only some of the rows."""

from __future__ import annotations

import importlib
import pkgutil
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import geomap.events
from geomap import phrases
from geomap.stems import split, stems_for, stems_of

CASES = Path(__file__).parent / "cases"


def tables() -> Iterator[tuple[str, phrases.Table]]:
    for module in pkgutil.iter_modules(geomap.events.__path__):
        for name, value in vars(importlib.import_module(f"geomap.events.{module.name}")).items():
            if isinstance(value, phrases.Table):
                yield f"{module.name}.{name}", value


TABLES = dict(tables())


def clauses() -> list[str]:
    texts = [path.read_text(encoding="utf-8").partition("--- expected")[0] for path in sorted(CASES.glob("*.md"))]
    found = [clause for text in texts for clause in re.split(r"(?<=[.;])\s+|\n\n", text)]
    return random.Random(8).sample(found, 500)


CLAUSES = clauses()


@pytest.mark.parametrize("name", TABLES)
def test_a_table_finds_what_its_pattern_finds(name: str) -> None:
    table = TABLES[name]
    pattern = re.compile(table.pattern, table.flags)
    for number, clause in enumerate(CLAUSES):
        text = clause.upper() if number % 9 == 0 else clause
        found, expected = table.search(text), pattern.search(text)

        assert (found and found.span()) == (expected and expected.span())
        assert [one.span() for one in table.finditer(text)] == [one.span() for one in pattern.finditer(text)]
        within = number % 7, len(text) - number % 11
        assert [one.span() for one in table.finditer(text, *within)] == [
            one.span() for one in pattern.finditer(text, *within)
        ]


def test_of_two_rows_at_one_place_the_first_counts() -> None:
    table = phrases.anywhere("fired|fired a", "launched", "fired a missile")

    found = table.search("They launched nothing, then fired a missile.", 5)

    assert found is not None
    assert found[0] == "launched"
    assert [one[0] for one in table.finditer("It fired a missile.")] == ["fired"]


def test_a_row_is_found_at_an_offset() -> None:
    table = phrases.anywhere("not (in|at)", "no one")

    assert table.match("It is not in it.", 6) is not None
    assert table.match("It is not in it.", 5) is None
    assert table.match("It is not in it.", 3) is None


def test_a_word_that_is_cut_is_no_word() -> None:
    table = phrases.anywhere("fired")

    assert table.search("misfired") is None
    assert table.search("misfired", 3) is None
    assert table.search("fired", 0, 4) is None


@pytest.mark.parametrize("text", ["LONG mıssıle", "miſſile", "LAST mİssile", "missile and miles of \u212am"])
def test_letters_that_count_as_others_are_found(text: str) -> None:
    table = phrases.anywhere("missiles?", "km")
    pattern = re.compile(table.pattern, table.flags)

    assert table.search(text) is not None
    assert [one.span() for one in table.finditer(text)] == [one.span() for one in pattern.finditer(text)]


def test_a_very_long_text_is_searched_too() -> None:
    text = "It fell. " * 2000 + "A missile was fired."

    assert phrases.anywhere("{was|were} fired").search(text) is not None


@pytest.mark.parametrize(
    ("row", "stems"),
    [
        ("fir(ed|es|ing)", {"fire", "firi"}),
        ("(was|were) in the air", {"air"}),
        ("launch* <not pads?|sites?>", {"laun"}),
        ("{the|its} sea", {"sea"}),
        ("r(ises|ose)", {"rise", "rose"}),
        ("(detect|confirm)(ed|s) ... (launch|test)", {"dete", "conf"}),
        ("it", {"it"}),
        ("(?<!the )launches", {"laun"}),
        ("out of *", {"out"}),
        ("test-?fired", {"test"}),
        (r"\d+ km", {"km"}),
        ("a?", None),
        ("seas?", {"sea", "seas"}),
        ("says?", {"say", "says"}),
        (r"\w+n[’']t", None),
        ("(long )?ago", {"ago", "long"}),
        ("(long )?", None),
        ("[^.]{0,40}", None),
    ],
)
def test_a_row_is_told_by_the_word_that_tells_most(row: str, stems: set[str] | None) -> None:
    assert stems_for(row) == stems


def test_a_row_is_split_only_outside_brackets() -> None:
    assert split("a (b|c) {d|e} <not f|g>|[|] h|\\| i", "|") == ["a (b|c) {d|e} <not f|g>", "[|] h", "\\| i"]


def test_the_words_of_a_text_are_told_by_their_beginnings() -> None:
    assert stems_of("Two missiles, test-fired.") == {"two", "miss", "test", "fire"}
