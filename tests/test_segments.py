"""Items of lists, and sentences cut where another launch begins."""

from __future__ import annotations

import pytest
from sentences import ISSUE, facts_of

from geomap.catalog import Layers
from geomap.dates import find_dates
from geomap.events.segments import Item, days_of_one, find_items, item_at, segments
from geomap.events.weapons import find_weapons

LONG = "the missile and the launch of another missile, and then " * 500  # 5,000 words without a full stop


def items(text: str) -> list[Item]:
    return find_items(text, find_dates(text, ISSUE))


def lines(text: str) -> list[tuple[str, int, int]]:
    return [(text[item.start : item.end], item.group, item.number) for item in items(text)]


def cut(text: str, layers: Layers) -> list[str]:
    found = segments(text, (0, len(text)), find_weapons(text, layers), find_dates(text, ISSUE))
    assert "".join(text[start:end] for start, end in found) == text
    return [text[start:end] for start, end in found]


# ---------------------------------------------------------------------------------------------- items of lists


@pytest.mark.parametrize(
    "text",
    [
        "• one\n• two\n",
        "- one\n- two",
        "1. one\n2. two",
        "(1) one\n(12) two",
        "a) one\nb) two",
        "① one\n② two",
        "\t* one\n\t* two",
    ],
)
def test_lines_with_the_same_kind_of_mark_are_a_list(text: str) -> None:
    assert lines(text) == [(line, 0, number) for number, line in enumerate(text.rstrip("\n").split("\n"))]


def test_lines_that_begin_with_a_day_are_a_list() -> None:
    text = "March 3: A missile was fired.\nMarch 5: Another one was fired.\n"

    assert [(item.number, item.dated) for item in items(text)] == [(0, True), (1, True)]


def test_a_line_in_which_a_day_stands_further_back_begins_no_item() -> None:
    assert items("A missile was fired on March 3.\nAnother one was fired on March 5.\n") == []


def test_a_mark_and_a_day_make_a_dated_item() -> None:
    assert [item.dated for item in items("1. March 3: a missile\n2. later: two missiles\n")] == [True, False]


def test_items_that_begin_with_a_time_of_day_are_timed() -> None:
    assert [item.timed for item in items("* 06:10 first\n* at about 7:20 second\n* 5 missiles\n")] == [
        True,
        True,
        False,
    ]


def test_another_kind_of_mark_begins_another_list() -> None:
    assert lines("a) one\nb) two\n1. one\n2. two") == [
        ("a) one", 0, 0),
        ("b) two", 0, 1),
        ("1. one", 1, 0),
        ("2. two", 1, 1),
    ]


def test_one_paragraph_between_two_items_leaves_them_one_list_and_two_do_not() -> None:
    assert len(items("- one\n\n- two\n")) == 2
    assert items("- one\n\nmore\n\n- two\n") == []


@pytest.mark.parametrize(
    "text", ["1. only one\n", "• one\n1. two\n• three\n", "-one\n-two\n", "3.5 tons\n4.5 tons\n", "100. a\n200. b"]
)
def test_what_is_no_list(text: str) -> None:
    assert items(text) == []


def test_an_offset_lies_in_the_item_of_its_line_and_nowhere_behind_it() -> None:
    text = "• one\n\n• two\nend"
    found = items(text)

    assert item_at(found, 0) == found[0]
    assert item_at(found, text.index("one") + 2) == found[0]
    assert item_at(found, found[0].end) is None
    assert item_at(found, text.index("two")) == found[1]
    assert item_at(found, len(text)) is None
    assert item_at([], 0) is None


# ------------------------------------------------------------------------------------------ sentences, cut


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (
            "North Korea fired two missiles on Wednesday and launched a rocket from Sohae on Friday.",
            "launched a rocket from Sohae on Friday.",
        ),
        ("North Korea fired a missile; South Korea launched two rockets.", "South Korea launched two rockets."),
        ("Iran fired a missile, while Israel fired two rockets.", "Israel fired two rockets."),
        (
            "Iran fired a Shahab-3 missile from Semnan on Monday and another one from Tabriz on Tuesday.",
            "another one from Tabriz on Tuesday.",
        ),
        (
            "A ballistic missile fell into the Sea of Japan, the cruise missiles into the West Sea.",
            "the cruise missiles into the West Sea.",
        ),
    ],
)
def test_a_sentence_is_cut_where_another_launch_begins(text: str, second: str, layers: Layers) -> None:
    assert cut(text, layers) == [text.removesuffix(second), second]


@pytest.mark.parametrize(
    "text",
    [
        "North Korea fired a missile and Japan protested.",
        "Japan protested; North Korea fired a missile.",
        "North Korea fired a missile and the missile was launched from Sunan.",
        "North Korea fired a ballistic missile and a cruise missile on Wednesday.",
        "The parade showed a missile, and the crowd launched a song.",
    ],
)
def test_a_sentence_with_one_launch_stays_whole(text: str, layers: Layers) -> None:
    assert cut(text, layers) == [text]


def test_a_sentence_of_three_launches_is_cut_twice(layers: Layers) -> None:
    text = "Iran fired a missile on Monday; Iraq fired two rockets on Tuesday; Israel fired three missiles on Friday."

    assert len(cut(text, layers)) == 3


def test_a_piece_keeps_actor_and_day_of_the_piece_in_front(layers: Layers) -> None:
    first, second = facts_of("North Korea fired a missile on Tuesday and then launched a rocket from Sohae.", layers)

    assert (first.joined, second.joined) == (False, True)
    assert (second.actor, second.days) == ("PRK", ("2022-03-15", "2022-03-15"))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("on March 9 and again on March 11", ["2022-03-09", "2022-03-11"]),
        ("on March 9 and on March 11 and again on March 14", ["2022-03-09", "2022-03-11", "2022-03-14"]),
        ("on March 9, and in Seoul rain fell on March 11", []),
        ("on March 9", []),
        ("", []),
    ],
)
def test_days_on_which_the_same_was_done(text: str, days: list[str]) -> None:
    assert [dated.first for dated in days_of_one(text, find_dates(text, ISSUE))] == days


# ----------------------------------------------------------------------------------------------- hostile texts


@pytest.mark.parametrize(
    "text", ["", "missile", "; ; , and , the ", "<b>missile</b> <script>and</script>", "\x00 and \ufffd", LONG]
)
def test_cutting_loses_nothing_of_any_text(text: str, layers: Layers) -> None:
    assert 1 <= len(cut(text, layers)) <= max(1, text.count(", and"))  # `cut` compares the pieces with the text


@pytest.mark.parametrize("text", ["", "\n\n\n", "-", "<li>one</li>\n<li>two</li>", "March 3", LONG])
def test_a_text_without_items_has_none(text: str) -> None:
    assert items(text) == []


def test_bare_marks_are_items_without_words() -> None:
    assert lines("- \n- \n") == [("-", 0, 0), ("-", 0, 1)]


def test_a_list_of_a_thousand_items_is_one_list() -> None:
    found = items("\n".join(f"- item {number}" for number in range(1000)))

    assert [item.number for item in found] == list(range(1000))
    assert {item.group for item in found} == {0}
