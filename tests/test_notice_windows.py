"""Times of notices: tokens, slots, intervals in UTC, and the years and months that are not printed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from geomap.notices import find_notices
from geomap.notices.moments import find_tokens, full_year, minutes
from geomap.notices.slots import find_slots
from geomap.notices.windows import MOST, Anchors, Timed, find_windows, written

MAY = datetime(2025, 5, 15, tzinfo=UTC)


def timed(text: str, near: datetime | None = MAY, *, year: int | None = None, utc: bool = True) -> list[Timed]:
    return find_windows(text, Anchors(near=near, year=year), utc=utc)


def windows(text: str, near: datetime | None = MAY, *, year: int | None = None, utc: bool = True) -> list[str]:
    """All intervals, each as 'day clock to day clock' without the year and the month where these are May 2025."""
    found = [one for slot in timed(text, near, year=year, utc=utc) for one in slot.windows]
    return [f"{short(one.start)} to {short(one.end)}" for one in found]


def short(moment: str) -> str:
    return moment.removesuffix(":00Z").replace("T", " ").removeprefix("2025-05-")


# ------------------------------------------------------------------------------------------------------ tokens


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("121606Z", ["moment", "zone"]),
        ("2505121606", ["stamp"]),
        ("2025-05-12 16:06", ["stamp"]),
        ("2025-05-12", ["date"]),
        ("12/05/2025", ["date"]),
        ("12MAY25", ["date"]),
        ("2025. 5. 12.(Mon)", ["date", "open", "weekday", "close"]),
        ("2025. 5. 12. ~ 5. 14.(Wed)", ["date", "range", "date", "open", "weekday", "close"]),
        ("12.05.2025", ["date"]),
        ("KOREAN FIGHTER, INDIAN TIME", ["other", "other", "also", "zone"]),
        ("12/1606Z MAY", ["moment", "zone", "month"]),
        ("1606Z TO 1854Z", ["four", "zone", "range", "four", "zone"]),
        ("16:06 - 18.54", ["clock", "range", "clock"]),
        ("9:30 a.m.", ["half"]),
        ("12 THRU 14 MAY", ["two", "range", "two", "month"]),
        ("the 3rd of May", ["two", "month"]),
        ("MON-FRI DAILY", ["weekday", "range", "weekday", "daily"]),
        ("FOR 16 HOURS FROM", ["lasting"]),
        ("EXCEPT SUNDAYS", ["except", "weekday"]),
        ("UTC+3 JST LOCAL TIME", ["zone", "zone", "local"]),
        ("SR-SS", ["sun", "range", "sun"]),
        ("MAYBE MARCHING SUNK", ["other", "other", "other"]),
    ],
)
def test_what_words_and_figures_of_a_time_are(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in find_tokens(text)] == kinds


def test_tokens_lie_where_their_words_are() -> None:
    text = "FROM 121606Z TO 121854Z MAY 25."

    assert all(text[token.start : token.end] == token.text for token in find_tokens(text))


@pytest.mark.parametrize("group", ["321606Z", "001606Z", "122406Z", "121660Z", "991599"])
def test_a_group_that_is_no_moment(group: str) -> None:
    assert "moment" not in [token.kind for token in find_tokens(group)]


@pytest.mark.parametrize(
    ("clock", "found"), [("0000", 0), ("0930", 570), ("2359", 1439), ("2400", 1440), ("2401", None), ("1260", None)]
)
def test_a_clock_of_four_figures(clock: str, found: float | None) -> None:
    assert minutes(clock) == found


def test_a_year_of_two_figures_is_of_this_century() -> None:
    assert [full_year(year) for year in (0, 24, 99, 1999)] == [2000, 2024, 2099, 1999]


# ------------------------------------------------------------------------------------------------- one interval


@pytest.mark.parametrize(
    "text",
    [
        "121606Z TO 131854Z MAY 25",
        "121606Z MAY TO 131854Z MAY 25",
        "121606Z-131854Z MAY 2025",
        "BETWEEN 121606Z AND 131854Z MAY 2025",
        "121606 UTC TO 131854 UTC MAY 25",
        "12/1606Z MAY TO 13/1854Z MAY 2025",
        "2505121606-2505131854",
        "2505121606 TO 2505131854",
        "2025-05-12 16:06 to 2025-05-13 18:54",
        "1606Z 12 MAY TO 1854Z 13 MAY 2025",
        "between 16:06 UTC on 12 May and 18:54 UTC on 13 May 2025",
        "12 MAY 1606 TO 13 MAY 1854 UTC 2025",
        "FROM 1606 UTC ON MAY 12 UNTIL 1854 UTC ON MAY 13, 2025",
        "from 4:06 p.m. UTC on May 12 to 6:54 p.m. UTC on May 13",
        "130106 JST TO 140354 JST MAY 25",
        "121106 EST TO 131354 EST MAY 2025",
        "121906 UTC+3 TO 132154 UTC+3 MAY 2025",
    ],
)
def test_from_one_moment_to_another(text: str) -> None:
    assert windows(text) == ["12 16:06 to 13 18:54"]


def test_an_end_on_the_same_day_may_be_a_clock_alone() -> None:
    assert windows("121606Z MAY TO 1854Z") == ["12 16:06 to 12 18:54"]


@pytest.mark.parametrize(
    "text",
    [
        "121606Z MAY 2025 UNTIL FURTHER NOTICE",
        "FROM 121606 UTC MAY UNTIL FURTHER NOTICE",
        "1606 UTC 12 MAY UFN",
        "12 MAY 1606 UTC UNTIL FURTHER NOTICE",
    ],
)
def test_until_further_notice(text: str) -> None:
    assert windows(text) == ["12 16:06 to 9999-12-31 23:59"]


def test_midnight_may_be_2400() -> None:
    assert windows("121800Z TO 122400Z MAY 25") == ["12 18:00 to 13 00:00"]


# ---------------------------------------------------------------------------------------------- clocks on days


@pytest.mark.parametrize(
    "text",
    [
        "0554Z TO 0912Z DAILY 12 THRU 14 MAY",
        "DAILY 12 THRU 14 MAY, 0554Z TO 0912Z",
        "0554Z TO 0912Z DAILY 12, 13 AND 14 MAY",
        "FROM 0554 TO 0912 UTC EACH DAY FROM 12 TO 14 MAY 2025",
        "0554-0912 UTC DLY 12-14 MAY 25",
        "05:54 to 09:12 UTC on 12, 13 and 14 May 2025",
        "on May 12, 13 and 14, 2025, from 05:54 to 09:12 UTC",
        "1454 JST TO 1812 JST DAILY 12 THRU 14 MAY",
        "2:54 p.m. to 6:12 p.m. (Japan time) on 12, 13 and 14 May",
    ],
)
def test_clocks_on_days(text: str) -> None:
    assert windows(text) == ["12 05:54 to 12 09:12", "13 05:54 to 13 09:12", "14 05:54 to 14 09:12"]


def test_clocks_over_midnight_end_on_the_next_day() -> None:
    assert windows("2200Z TO 0300Z DAILY 12 AND 13 MAY") == ["12 22:00 to 13 03:00", "13 22:00 to 14 03:00"]


def test_local_time_may_lie_on_the_day_before_in_utc() -> None:
    assert windows("0800 JST TO 1700 JST DAILY 12 TO 13 MAY") == ["11 23:00 to 12 08:00", "12 23:00 to 13 08:00"]


def test_two_intervals_on_each_day() -> None:
    assert windows("DAILY 12 THRU 13 MAY, 0100Z TO 0200Z AND 0500Z TO 0600Z") == [
        "12 01:00 to 12 02:00",
        "12 05:00 to 12 06:00",
        "13 01:00 to 13 02:00",
        "13 05:00 to 13 06:00",
    ]


def test_so_many_hours_from_a_clock() -> None:
    assert windows("FOR 16 HOURS FROM 2000 UTC DAILY 12 TO 13 MAY") == ["12 20:00 to 13 12:00", "13 20:00 to 14 12:00"]


def test_alternates_with_other_hours() -> None:
    assert windows("121606Z TO 121854Z MAY, ALTERNATE 1545Z TO 1832Z 14 MAY AND 160100Z TO 160200Z MAY") == [
        "12 16:06 to 12 18:54",
        "14 15:45 to 14 18:32",
        "16 01:00 to 16 02:00",
    ]


@pytest.mark.parametrize("words", ["ALTERNATE SAME TIME 14 AND 16 MAY", "14 AND 16 MAY SAME HOURS"])
def test_the_same_hours_on_other_days(words: str) -> None:
    assert windows(f"0030Z TO 0215Z 12 MAY, {words}") == [f"{day} 00:30 to {day} 02:15" for day in (12, 14, 16)]


def test_days_without_clocks_are_whole_days() -> None:
    assert windows("12 THRU 13 MAY 2025") == ["12 00:00 to 14 00:00"]


def test_days_beside_clocks_say_nothing_by_themselves() -> None:
    assert windows("121606Z TO 121854Z MAY 25. SEE CHART OF 01 TO 28 FEB") == ["12 16:06 to 12 18:54"]


@pytest.mark.parametrize(
    "text",
    [
        "0500Z TO 0900Z DAILY 12 TO 14 MAY EXCEPT 13 MAY",
        "DAILY 12 TO 14 MAY EXCEPT 13 MAY, 0500Z TO 0900Z",
        "0500Z TO 0900Z DAILY 12 TO 14 MAY 2025 (EXCLUDING TUESDAYS)",
    ],
)
def test_days_that_are_taken_out(text: str) -> None:
    assert windows(text) == ["12 05:00 to 12 09:00", "14 05:00 to 14 09:00"]


def test_days_of_the_week_within_a_run_of_days() -> None:
    assert windows("0500Z TO 0900Z MON THRU TUE 12 TO 20 MAY 2025") == [
        f"{day} 05:00 to {day} 09:00" for day in (12, 13, 19, 20)
    ]


def test_a_bracket_that_only_repeats_it_in_local_time_is_passed_over() -> None:
    assert windows("121606Z TO 121854Z MAY 25 (0106 LOCAL TO 0354 LOCAL 13 MAY)") == ["12 16:06 to 12 18:54"]


def test_the_clocks_of_all_days_have_the_zone_that_is_named_once() -> None:
    assert windows("from 9 a.m. to 5 p.m. JST on 12 May", utc=False) == ["12 00:00 to 12 08:00"]


def test_local_time_of_nowhere_gives_no_interval_and_a_note() -> None:
    (found,) = timed("0800 LOCAL TIME TO 1500 LOCAL TIME DAILY 12 TO 14 MAY")

    assert found.windows == ()
    assert "local time of a place that is not named" in found.notes[0]


@pytest.mark.parametrize(
    "text",
    ["", "NO TIMES AT ALL", "321606Z TO 331854Z MAY 25", "WITHIN 15 NM OF 38-30N", "TO THE POINT OF ORIGIN",
     "SUNRISE TO SUNSET DAILY", "1606 1854", "MAY", "12 MAY", "1606Z"],
)  # fmt: skip
def test_what_is_no_interval(text: str) -> None:
    assert windows(text) == []


# --------------------------------------------------------------------------------------------- years and months


@pytest.mark.parametrize(
    ("near", "text", "found"),
    [
        ("2025-05-15", "121606Z TO 121854Z MAY", "2025-05-12 16:06 to 2025-05-12 18:54"),
        ("2025-12-30", "041606Z TO 041854Z JAN", "2026-01-04 16:06 to 2026-01-04 18:54"),
        ("2025-01-02", "291606Z TO 291854Z DEC", "2024-12-29 16:06 to 2024-12-29 18:54"),
        ("2025-01-02", "311606Z DEC TO 010100Z JAN", "2024-12-31 16:06 to 2025-01-01 01:00"),
        ("2024-12-20", "311606Z DEC TO 010100Z JAN 25", "2024-12-31 16:06 to 2025-01-01 01:00"),
        ("2024-03-05", "291606Z FEB TO 010100Z MAR", "2024-02-29 16:06 to 2024-03-01 01:00"),
        ("2025-05-15", "310500Z TO 010900Z JUN", "2025-05-31 05:00 to 2025-06-01 09:00"),
    ],
)  # fmt: skip
def test_a_year_or_month_that_is_not_printed_is_the_nearest(near: str, text: str, found: str) -> None:
    (slot,) = timed(text, datetime.fromisoformat(near).replace(tzinfo=UTC))
    (window,) = slot.windows

    assert f"{window.start[:16]} to {window.end[:16]}".replace("T", " ") == found


def test_a_run_of_days_over_the_end_of_a_month_or_a_year() -> None:
    new_year = datetime(2026, 1, 3, tzinfo=UTC)

    assert windows("0100Z TO 0200Z DAILY 30 MAY THRU 01 JUN") == [
        "30 01:00 to 30 02:00",
        "31 01:00 to 31 02:00",
        "2025-06-01 01:00 to 2025-06-01 02:00",
    ]
    assert windows("0100Z TO 0200Z DAILY 31 THRU 01 JAN", new_year) == [
        "2025-12-31 01:00 to 2025-12-31 02:00",
        "2026-01-01 01:00 to 2026-01-01 02:00",
    ]


def test_the_year_of_the_number_is_the_last_that_is_known() -> None:
    assert windows("121606Z TO 121854Z MAY", None, year=2025) == ["12 16:06 to 12 18:54"]


def test_without_any_year_there_is_no_interval_and_a_note() -> None:
    (found,) = timed("121606Z TO 121854Z MAY", None)

    assert found.windows == ()
    assert "the year is not known" in found.notes[0]


def test_a_day_that_no_year_has() -> None:
    (found,) = timed("0100Z TO 0200Z 31 JUN 2025 TO 02 JUL 2025")

    assert found.windows == ()
    assert "no such day" in found.doubts[0]


def test_an_end_before_its_beginning_is_a_doubt() -> None:
    (found,) = timed("141606Z TO 121854Z MAY 25")
    (days,) = timed("0500Z TO 0900Z DAILY 20 MAY 2025 TO 12 MAY 2025")

    assert found.windows == days.windows == ()
    assert "before it begins" in found.doubts[0]
    assert "before it begins" in days.doubts[0]


def test_a_month_with_one_wrong_letter_is_a_doubt() -> None:
    (found,) = timed("0500Z TO 0900Z DAILY 12 TO 13 MAX 2025")

    assert [window.start[:10] for window in found.windows] == ["2025-05-12", "2025-05-13"]
    assert "MAX" in found.doubts[0]
    assert "May" in found.doubts[0]


def test_a_run_of_too_many_days_is_a_doubt() -> None:
    (found,) = timed("0500Z TO 0900Z DAILY 12 MAY 2025 TO 13 MAY 2035")

    assert found.windows == ()
    assert MOST < 3653
    assert "3654 days" in found.doubts[0]


def test_a_slot_lies_where_its_words_are() -> None:
    text = "FIRING FROM 121606Z TO 121854Z MAY 25 IN AREA."
    (slot,) = find_slots(text)
    (found,) = find_windows(text, Anchors(near=MAY), 100)

    assert text[slot.span[0] : slot.span[1]] == "121606Z TO 121854Z MAY 25"
    assert found.span == (slot.span[0] + 100, slot.span[1] + 100)


def test_a_moment_as_the_contract_writes_it() -> None:
    assert written(datetime(2025, 5, 12, 16, 6, tzinfo=UTC)) == "2025-05-12T16:06:00Z"


# ------------------------------------------------------------------------------------------ items of air notices

NOTAM = "A0001/25 NOTAMN\nQ) X\nA) RJJJ B) {} C) {}\nD) {}\nE) FIRING WI 5NM RADIUS OF 340000N1400000E\nF) SFC G) UNL"


def scheduled(begin: str, end: str, schedule: str) -> list[str]:
    (notice,) = find_notices(NOTAM.format(begin, end, schedule))
    return [f"{short(one.start)} to {short(one.end)}" for one in notice.windows]


@pytest.mark.parametrize(
    ("schedule", "found"),
    [
        ("DAILY 1000-1400", ["12 10:00 to 12 14:00", "13 10:00 to 13 14:00", "14 10:00 to 14 14:00"]),
        ("DLY 1000-1200 1300-1400", ["12 10:00 to 12 12:00", "12 13:00 to 12 14:00", "13 10:00 to 13 12:00",
                                     "13 13:00 to 13 14:00", "14 10:00 to 14 12:00", "14 13:00 to 14 14:00"]),
        ("12 14 1000-1400", ["12 10:00 to 12 14:00", "14 10:00 to 14 14:00"]),
        ("MAY 12 1000-1100, 13 1200-1300, 14 1300-1400",
         ["12 10:00 to 12 11:00", "13 12:00 to 13 13:00", "14 13:00 to 14 14:00"]),
        ("12-13 1000-1100 14 1300-1400", ["12 10:00 to 12 11:00", "13 10:00 to 13 11:00", "14 13:00 to 14 14:00"]),
        ("MON WED 1000-1400", ["12 10:00 to 12 14:00", "14 10:00 to 14 14:00"]),
        ("MON-WED 1000-1400", ["12 10:00 to 12 14:00", "13 10:00 to 13 14:00", "14 10:00 to 14 14:00"]),
        ("DAILY 1000-1400 EXC 13", ["12 10:00 to 12 14:00", "14 10:00 to 14 14:00"]),
        ("DAILY 1000-1400 EXC TUE", ["12 10:00 to 12 14:00", "14 10:00 to 14 14:00"]),
        ("12 1000-13 1400", ["12 10:00 to 13 14:00"]),
        ("DAILY 2200-0300", ["12 22:00 to 13 03:00", "13 22:00 to 14 03:00"]),
        ("13 H24", ["13 00:00 to 14 00:00"]),
        ("H24", ["12 10:00 to 14 14:00"]),
        ("1000-1100 ON 12 AND 14 MAY", ["12 10:00 to 12 11:00", "14 10:00 to 14 11:00"]),
    ],
)  # fmt: skip
def test_item_d_on_the_days_between_b_and_c(schedule: str, found: list[str]) -> None:
    assert scheduled("2505121000", "2505141400", schedule) == found


def test_item_d_is_cut_at_b_and_c() -> None:
    assert scheduled("2505121200", "2505131230", "DAILY 1000-1400") == ["12 12:00 to 12 14:00", "13 10:00 to 13 12:30"]


def test_item_d_over_midnight_before_b_is_cut_as_well() -> None:
    assert scheduled("2505120100", "2505122300", "DAILY 2200-0300") == ["12 01:00 to 12 03:00", "12 22:00 to 12 23:00"]


def test_item_d_that_is_not_understood_is_all_of_b_to_c_with_a_note() -> None:
    (notice,) = find_notices(NOTAM.format("2505121000", "2505141400", "AS ANNOUNCED BY RADIO"))

    assert [(one.start, one.end) for one in notice.windows] == [("2025-05-12T10:00:00Z", "2025-05-14T14:00:00Z")]
    assert "not understood" in notice.notes[0]
    assert "not understood" in notice.areas[0].doubtful[0]


@pytest.mark.parametrize("stamp", ["2513121000", "2505321000", "25051210", "NOW", ""])
def test_items_that_are_no_moments_give_no_interval(stamp: str) -> None:
    assert scheduled(stamp, "2505141400", "DAILY 1000-1400") == []


# ------------------------------------------------------------------------------------- when a message cancels itself


@pytest.mark.parametrize(
    "words",
    [
        "CANCEL THIS MSG 121954Z MAY 25.",
        "CANCEL THIS MESSAGE AT 121954 UTC MAY 2025",
        "THIS MESSAGE CANCELS ITSELF 121954Z MAY 25",
        "SELF CANCELLING 121954Z MAY 25",
        "CANCEL THIS WARNING 1954 UTC 12 MAY 2025",
        "CANCEL THIS MSG 121954Z MAY",
    ],
)
def test_when_a_message_cancels_itself(words: str) -> None:
    text = "NAVAREA XI 300/25\nGUNNERY 120500Z TO 120900Z MAY WITHIN 5 MILES OF 34-00N 140-00E.\n2. "
    (notice,) = find_notices(text + words)

    assert notice.cancel == "2025-05-12T19:54:00Z"
    assert notice.cancels == ()


def test_the_years_of_a_message_follow_from_when_it_cancels_itself() -> None:
    (notice,) = find_notices(
        "NAVAREA XI 900/25\nGUNNERY 0500Z TO 0900Z DAILY 30 DEC THRU 02 JAN WITHIN 5 MILES OF 34-00N 140-00E.\n"
        "2. CANCEL THIS MSG 021000Z JAN 26."
    )

    assert (notice.start, notice.end) == ("2025-12-30T05:00:00Z", "2026-01-02T09:00:00Z")
    assert notice.daily


def test_a_night_that_would_begin_when_the_message_is_gone_is_left_out() -> None:
    (notice,) = find_notices(
        "NAVAREA XI 301/25\nGUNNERY 2200Z TO 0300Z DAILY 12 TO 14 MAY WITHIN 5 MILES OF 34-00N 140-00E.\n"
        "2. CANCEL THIS MSG 140400Z MAY 25."
    )

    assert [one.start[:13] for one in notice.windows] == ["2025-05-12T22", "2025-05-13T22"]


def test_when_a_message_was_sent() -> None:
    sent = "081200Z MAY 25\nNAVAREA XI 302/25\nGUNNERY 120500Z TO 120900Z MAY WITHIN 5 MILES OF 34-00N 140-00E."
    notices = find_notices("NAVAREA XI 302/25\n" + sent.partition("\n")[0] + "\n" + sent.split("\n", 2)[2])

    assert [notice.issued for notice in notices] == ["2025-05-08T12:00:00Z"]


def test_one_window_in_two_wordings_comes_in_one_order() -> None:
    text = """HYDROPAC 1234/25(97).
WESTERN NORTH PACIFIC. ROCKET LAUNCHING.
1. HAZARDOUS OPERATIONS, 010000Z TO 010600Z MAY AND 010000Z THRU 010600Z MAY IN AREA BOUND BY
30-00N 130-00E, 31-00N 130-00E, 31-00N 131-00E, 30-00N 131-00E.
2. CANCEL THIS MSG 010700Z MAY 25.
"""
    (notice,) = find_notices(text, "2025-04-20")

    wordings = ["010000Z THRU 010600Z MAY", "010000Z TO 010600Z MAY"]  # a set has another order in each process
    assert [window.said for window in notice.windows] == wordings
    assert [window.said for window in notice.areas[0].windows] == wordings
