"""Articles in the terminal: marks in the text, tables below it, and nothing that a terminal would obey."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import pytest
from click.testing import Result
from filled import filled
from hypothesis import given, strategies as st
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text
from toys import HOSTILE, two_koreas

from geomap.cli.columns import clean, lay_out, wrap
from geomap.cli.marked import legend, mark
from geomap.cli.terminal import printable
from geomap.codec import dumps
from geomap.types import Document, Event, Location, Mention, Place, Reading, Weapon

Run = Callable[..., Result]
Write = Callable[..., Path]

NASTY = (
    "\x1b]0;owned\x07\x1b[2J \x9b31m \u202egnirob\u2066 [red]no red[/red] [link=x]y[/] :boom: \u200b "
    + "漢字" * 90 + " e" + "\u0301" * 300 + " " + "x" * 500 + " \r\n\x0b\x85\u2028 end"
)  # fmt: skip
SGR = re.compile(r"\x1b\[[0-9;]*m")
TEXT = "SEOUL – The North fired from Kusong toward waters 57 km off Sokcho. Kusong and Troy University were quiet."


@pytest.fixture(autouse=True)
def _no_colour_unless_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "COLUMNS", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def place(name: str, **more: object) -> Place:
    fields: dict[str, object] = {"kind": "city", "lon": 125.25, "lat": 39.98, "radius_km": 6.0, "source": "gazetteer:1"}
    return Place(name=name, **(fields | more))  # type: ignore[arg-type]


def mentions_of(text: str, *rows: tuple[str, dict[str, object]]) -> tuple[Mention, ...]:
    """A mention for each row: its words, which stand in the text one after the other, and its other fields."""
    found, at = [], 0
    for number, (words, fields) in enumerate(rows, 1):
        at = text.index(words, at)
        more = {"kind": "city", "status": "located" if "place" in fields else "not_mapped"} | fields
        found.append(Mention(id=f"m{number}", start=at, end=at + len(words), text=words, **more))  # type: ignore[arg-type]
    return tuple(found)


def small() -> Reading:
    """One article with a mention of every kind."""
    kusong = place("Kusong", score=0.81, country="PRK", division="North Pyongan")
    twins = (
        place("Kusŏng", score=0.62, country="PRK", division="South Hamgyong"),
        place("Gusong", score=0.3, country="CHN"),
    )
    off = place("57 km from Sokcho, over water", kind="relative", lon=-128.6, lat=-38.2, radius_km=57.0)
    impact = Location(
        mention="m4", text=off.name, lon=129.2, lat=38.3, radius_km=57.0, geometry=_POINT, rule="r", why="w"
    )
    launch = msgspec.structs.replace(impact, mention="m3", text="Kusong", lon=125.25, lat=39.98, radius_km=6.0)
    mentions = mentions_of(
        TEXT,
        ("SEOUL", {"role": "dateline", "place": place("Seoul"), "why": "it stands at the head of the report"}),
        ("North", {"role": "actor", "kind": "country", "why": "'North fired': a government acts"}),
        ("Kusong", {"place": kusong, "alternatives": twins, "why": "Kusong fits best of 3 candidates"}),
        ("57 km off Sokcho", {"kind": "relative", "place": off, "why": f"read as 'distance': {off.name}"}),
        ("Sokcho", {"status": "ambiguous", "alternatives": twins[:1]}),
        ("Kusong", {"place": kusong, "why": "Kusong fits best of 3 candidates"}),
        ("Troy", {"role": "embedded", "why": "'Troy' is part of a longer name"}),
    )
    event = Event(
        id="e1", actor="PRK", weapon=Weapon(text="a missile", kind="SRBM"), count=2, launch=launch, impact=impact,
        impacts=(impact,), conflicts=("two distances do not meet",),
    )  # fmt: skip
    document = Document.of(TEXT, source="a.txt", title="Small", published="2021-09-15")
    return Reading(document=document, mentions=mentions, events=(event,))


_POINT = two_koreas().events[0].impact.geometry.centroid  # type: ignore[union-attr]
PLAIN = """\
Small
15 September 2021 · a.txt

[SEOUL m1 dateline] – The North fired from [Kusong m3] toward waters [57 km off
[Sokcho m5 ambiguous] m4]. [Kusong m6] and Troy University were quiet.

[words m4]: a place, m4 in the table

Places
m1     SEOUL             Seoul (dateline)  39.98°N, 125.25°E, ± 6 km
                         it stands at the head of the report
m3 m6  Kusong (×2)       Kusong (city)  39.98°N, 125.25°E, ± 6 km
                         Kusong fits best of 3 candidates
                         score 0.81; runners-up: 1 Kusŏng (South Hamgyong, North
                         Korea) 0.62; 2 Gusong (China) 0.30
m4     57 km off Sokcho  57 km from Sokcho, over water (relative)
                         38.20°S, 128.60°W, ± 57 km
                         read as 'distance'
m5     Sokcho            not located (ambiguous)
                         several places fit
                         could be: 1 Kusŏng (South Hamgyong, North Korea) 0.62

2 names were taken for no place (North, Troy); --all lists them

Launches
e1  North Korea: a missile (SRBM); 2 fired; “Kusong” (39.98°N, 125.25°E, ± 6 km)
    → “57 km from Sokcho, over water” (38.30°N, 129.20°E, ± 57 km)
    conflict: two distances do not meet
"""


def shown(run: Run, reading: Reading, *options: object) -> str:
    result = run("show", "-", *options, stdin=dumps(reading))
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return result.stdout_bytes.decode()


# ------------------------------------------------------------------------------------------------------ the command


def test_an_article_without_colour_line_by_line(run: Run) -> None:
    assert shown(run, small(), "--width", 80) == PLAIN


def test_without_the_text_there_are_the_tables(run: Run) -> None:
    head, _, rest = PLAIN.partition("[SEOUL")

    assert shown(run, small(), "--no-text") == head + rest[rest.index("Places\n") :]


def test_all_lists_the_names_taken_for_no_place_and_marks_them(run: Run) -> None:
    output = shown(run, small(), "--all")

    assert "The [North m2 actor] fired" in output
    assert "and [Troy m7 embedded] University" in " ".join(output.split())
    assert (
        "Names taken for no place\n"
        "m2  North  actor, 'North fired': a government acts\n"
        "m7  Troy   embedded, 'Troy' is part of a longer name\n"
    ) in output
    assert "--all" not in output


def test_a_wide_table_has_a_column_of_reasons_and_a_narrow_one_only_that_of_ids(run: Run) -> None:
    wide, narrow = shown(run, small(), "--width", 200), shown(run, small(), "--width", 40)

    assert re.search(r"^m1     SEOUL  +Seoul \(dateline\) .* it stands at the head of the report$", wide, re.MULTILINE)
    assert "\nm1     SEOUL\n       Seoul (dateline)\n" in narrow


def test_it_reads_articles_as_read_does(run: Run, article: Write) -> None:
    article("SEOUL, Sept. 15, 2021 — North Korea fired a missile from Sunan on Wednesday.\n", "a.txt")
    result = run("show", "a.txt", "--published", "2021-09-20")

    assert result.exit_code == 0
    assert result.stdout.startswith("a.txt\n20 September 2021 · a.txt\n\n[SEOUL m1 dateline], Sept. 15, 2021 — North")
    assert "\nLaunches\ne1  North Korea: a missile; " in result.stdout


def test_a_bad_input_does_not_cost_the_others(run: Run, article: Write) -> None:
    article("North Korea fired.", "a.txt")
    article("A test in Seoul.", "b.txt")
    result = run("show", "a.txt", "nothing.txt", "b.txt")

    assert result.exit_code == 1
    assert re.fullmatch(r"Error: nothing\.txt: [^\n]+\n", result.stderr)
    assert result.stdout.startswith("a.txt\nno day of issue · a.txt\n\nNorth Korea fired.\n")
    assert "\n\nb.txt\nno day of issue · b.txt\n\nA test in [Seoul m1].\n" in result.stdout


def test_a_reading_of_nothing_says_so(run: Run) -> None:
    empty = Reading(document=Document.of("", source="-"))

    assert shown(run, empty) == "no day of issue · -\n\nNo place was found.\n"


def test_claims_have_their_verdicts(run: Run) -> None:
    output = " ".join(shown(run, two_koreas(), "--no-text", "--width", 200).split())

    assert "Claims e1 Japan Coast Guard: outside Japan's EEZ – cannot tell (180 km outside, ± 260 km)" in output
    assert "e3 North Korea: a new long-range cruise missile (earlier, only recalled); 1 fired; " in output
    assert "1 fired; where: the text does not say" in output


def test_a_launch_has_its_doubts_and_who_says_what_of_it(run: Run) -> None:
    output = " ".join(shown(run, filled(), "--no-text", "--width", 200).split())

    for said in (
        "conflict: 780 km from Sunan hardly meets 'off the west coast' doubt: the text says 'Wednesday'",
        "does not fit the rest: “off the west coast” (38.90°N, 123.80°E, ± 90 km)",
        "said of count: Joint Chiefs of Staff “two”, corrected later; Joint Chiefs of Staff “three”",
        "said of apogee: the army “1,200 km”",
        "estimate, not from the text: a flight of 780 km that rose to 1,200 km would carry about 3,100 km",
        "Japan Coast Guard: inside Japan's EEZ (corrected later) – contradicts (110 km outside, ± 45 km)",
        "zone: eez 1.2.0, computed would change it: a place of impact 20 km farther east",
    ):
        assert said in output, said


@pytest.mark.parametrize("width", ["39", "201", "x"])
def test_a_width_that_no_line_has_is_wrong_usage(run: Run, width: str) -> None:
    assert run("show", "a.txt", "--width", width).exit_code == 2


# ----------------------------------------------------------------------------------------------------------- colour


def test_colour_takes_the_place_of_brackets(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    output = shown(run, small())
    bare = SGR.sub("", output)

    assert "SEOUL¹ – The North fired from Kusong³ toward waters 57 km off Sokcho⁵?·⁴.\nKusong⁶ and" in bare
    assert "a place   a phrase that leads to one   a dateline   not located   who, not where" in bare
    assert "\x1b[1;35mSEOUL\x1b[0m" in output
    assert "\x1b[2mNorth\x1b[0m" in output
    assert "\x1b[1;32mKusong\x1b[0m" in output
    assert "\x1b[4;32m57 km off \x1b[0m\x1b[1;4;33mSokcho\x1b[0m" in output
    assert "\x1b[2;3mTroy\x1b[0m" in output


def test_no_colour_means_brackets_on_a_terminal_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")

    assert SGR.sub("", shown(run, small())) == PLAIN
    assert set(SGR.findall(shown(run, small()))) <= {f"\x1b[{code}m" for code in ("0", "1", "2", "2;3", "4", "1;4")}


def test_a_dumb_terminal_gets_no_codes(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")

    assert shown(run, small(), "--width", 80) == PLAIN


# ---------------------------------------------------------------------------------------------------- hostile input


@pytest.mark.parametrize("colour", ["", "1"])
@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_hostile_words_stay_words_and_lines_fit(
    run: Run, monkeypatch: pytest.MonkeyPatch, colour: str, width: int
) -> None:
    monkeypatch.setenv("FORCE_COLOR", colour)
    reading = filled(hostile=NASTY)
    twins = (place(NASTY, country=NASTY, division=NASTY, score=0.5, lon=1e300),) * 5
    mentions = [msgspec.structs.replace(one, why=NASTY, alternatives=twins) for one in reading.mentions]
    mentions[0] = msgspec.structs.replace(mentions[0], id=NASTY)
    output = shown(run, msgspec.structs.replace(reading, mentions=tuple(mentions)), "--all", "--width", width)
    lines = SGR.sub("", output).split("\n")

    assert all(printable(line) == line for line in lines)
    assert max(map(cell_len, lines)) <= width
    assert "[red]no red[/red]" in " ".join(lines)
    assert ":boom:" in output
    assert "\\x1b]0;owned\\x07\\x1b[2J" in output


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_headline_is_shown_as_it_is(run: Run, title: str) -> None:
    reading = Reading(document=Document.of("x", title=title))

    assert shown(run, reading, "--width", 120).splitlines()[0] == printable(" ".join(title.split()))


def test_features_that_name_themselves_are_no_trap(run: Run) -> None:
    reading = two_koreas()
    claim = msgspec.structs.replace(reading.events[0].claims[0], zone="eez/" * 3000)
    event = msgspec.structs.replace(reading.events[0], claims=(claim,))

    assert "Claims" in shown(run, msgspec.structs.replace(reading, events=(event,)))


@pytest.mark.parametrize("plain", [True, False])
def test_ten_thousand_mentions_are_marked(run: Run, monkeypatch: pytest.MonkeyPatch, plain: bool) -> None:
    monkeypatch.setenv("FORCE_COLOR", "" if plain else "1")
    text = " ".join(f"Town{number}" for number in range(10_000))
    found = re.finditer(r"\S+", text)
    mentions = tuple(
        Mention(
            id=f"m{number}", start=one.start(), end=one.end(), text=one[0], kind="city", status="located",
            place=place(one[0] if number % 2 else "Town"),
        )
        for number, one in enumerate(found, 1)
    )  # fmt: skip
    output = SGR.sub("", shown(run, Reading(document=Document.of(text), mentions=mentions)))

    assert ("[Town9999 m10000]" if plain else "Town9999¹⁰⁰⁰⁰") in output
    assert re.search(r"^and 4960 ", output, re.MULTILINE)
    assert len(re.findall(r"^m[0-9]+ .* ± 6 km$", output, re.MULTILINE)) == 5001


# ------------------------------------------------------------------------------------------------- marks in the text


def marked(text: str, mentions: Sequence[Mention], width: int = 80, *, plain: bool = True, every: bool = True) -> str:
    return "\n".join(line.plain for line in mark(text, mentions, width, plain=plain, every=every))


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 30)), max_size=12)
LETTERS = st.text(st.sampled_from("ab .\n\t\xa0漢e\u0301\x1b\u202e\\"), min_size=91, max_size=120)


@given(LETTERS, SPANS, st.integers(20, 60), st.booleans())
def test_the_words_stay_exact_however_mentions_lie(
    text: str, spans: list[tuple[int, int]], width: int, plain: bool
) -> None:
    mentions = [
        Mention(id=f"q{number}q", start=at, end=at + size, text=text[at : at + size], kind="city")
        for number, (at, size) in enumerate(spans)
    ]
    lines = [line.plain for line in mark(text, mentions, width, plain=plain, every=True)]
    bare = re.sub(r"q\d+qunresolved\]|\[" if plain else r"·?\[q\d+q\]\?", "", "".join("".join(lines).split()))

    assert bare == printable("".join(text.split()))
    assert "".join(lines).count("q") == 2 * len(mentions)
    assert max(map(cell_len, lines), default=0) <= width


def test_mentions_that_cross_and_nest_each_keep_their_id() -> None:
    text = "one two three four"
    spans = {"m1": (0, 13), "m2": (4, 7), "m3": (4, 18), "m4": (8, 13)}
    mentions = [
        Mention(id=key, start=start, end=end, text=text[start:end], kind="city", status="located", place=place("x"))
        for key, (start, end) in spans.items()
    ]

    assert marked(text, mentions) == "[one [[two m2] [three m4] m1] four m3]"
    assert marked(text, mentions, plain=False) == "one two² three⁴·¹ four³"


def test_a_name_within_a_phrase_keeps_its_own_mark() -> None:
    text = "sea off Sokcho today"
    mentions = mentions_of(
        text,
        ("sea off Sokcho", {"kind": "relative", "place": place("x")}),
        ("Sokcho", {"place": place("Sokcho")}),
    )
    (line,) = mark(text, mentions, 80, plain=False, every=False)
    styles = [line.get_style_at_offset(Console(), line.plain.index(word)) for word in ("sea", "Sokcho", "today")]

    assert [bool(style.underline) for style in styles] == [True, True, False]
    assert [bool(style.bold) for style in styles] == [False, True, False]
    assert line.plain == "sea off Sokcho²·¹ today"


def test_an_id_stays_on_the_line_of_its_words() -> None:
    text = "fired from the town of Kusong today"
    mentions = mentions_of(text, ("Kusong", {"place": place("Kusong")}))

    assert marked(text, mentions, 30) == "fired from the town of\n[Kusong m1] today"


def test_lines_that_were_wrapped_flow_and_others_stay() -> None:
    prose = "The missiles fell into the sea and nothing else is known of them, said the\nministry of defence on Monday."
    items = (
        "It closed these areas:\n- one\n- two\n\n\n\n1. an item longer than any other, to be quite sure of it now\n2. b"
    )

    assert marked(prose, [], 200) == prose.replace("\n", " ")
    assert marked(items, [], 200) == items.replace("\n\n\n\n", "\n\n")
    assert marked("\n\n short\nlines \n\n", [], 200) == " short\nlines"


def test_a_mention_goes_on_over_a_line_break() -> None:
    text = "They lie near the\nsea."
    mentions = mentions_of(text, ("near the\nsea", {"place": place("x")}))

    assert marked(text, mentions) == "They lie [near the\nsea m1]."


def test_the_legend_names_the_marks_that_there_are() -> None:
    reading = small()

    def said(mentions: Sequence[Mention], *, plain: bool) -> str:
        return " ".join(line.plain for line in legend(mentions, 200, plain=plain))

    assert said(reading.mentions, plain=True) == "[words m4]: a place, m4 in the table"
    assert said(reading.mentions[:2], plain=False) == "a dateline   who, not where   ⁴ is m4 in the table"
    assert said(reading.mentions[1:2], plain=False) == "who, not where"
    assert said(reading.mentions[1:2], plain=True) == said((), plain=False) == ""


# ---------------------------------------------------------------------------------------------------------- columns


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("aaa bbb ccc", ["aaa bbb", "ccc"]),
        ("  aaa bbb", ["  aaa", "bbb"]),
        ("aaaa bb\xa0cc", ["aaaa", "bb\xa0cc"]),
        ("aaa bbbbbbbbbbbb c", ["aaa", "bbbbbbbb", "bbbb c"]),
        ("漢字漢字漢字 a", ["漢字漢字", "漢字 a"]),
        ("e\u0301" * 9, ["e\u0301" * 8, "e\u0301"]),
        ("", [""]),
        ("[red] x", ["[red] x"]),
    ],
)
def test_lines_break_between_words(text: str, lines: list[str]) -> None:
    assert [line.plain for line in wrap(Text(text), 8)] == lines


def test_cells_stand_side_by_side_by_their_width_on_the_screen() -> None:
    rows = [([Text("漢字")], [Text("a b c d")]), ([Text("x")], [Text("y"), Text("z")]), ([], [Text("w")])]

    assert [line.plain for line in lay_out(rows, [4, 3])] == [
        "漢字  a b", "      c d", "x     y", "      z", "      w"
    ]  # fmt: skip


def test_long_words_of_a_table_are_cut_short() -> None:
    assert clean("a \n b\x1b") == "a b\\x1b"
    assert clean("one two three", 9) == "one two …"
    assert clean("x" * 300) == "x" * 240 + " …"
