"""Days in prose become days in the calendar, and local days become intervals of UTC."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies as st

from geomap.dates import Dated, dateline_day, find_dates, when

ISSUE = "2022-03-16"  # a Wednesday

same = settings(deadline=None, derandomize=True, max_examples=150)

# text, grain, first, last
DAYS = [
    ("fired on 2017-08-29", "day", "2017-08-29", "2017-08-29"),
    ("fired on March 5", "day", "2022-03-05", "2022-03-05"),
    ("fired on March 5, 2019", "day", "2019-03-05", "2019-03-05"),
    ("fired on 5 March 2019", "day", "2019-03-05", "2019-03-05"),
    ("fired on the 5th of March, 2019", "day", "2019-03-05", "2019-03-05"),
    ("the fourth of July 2017", "day", "2017-07-04", "2017-07-04"),
    ("fired on Sept. 15", "day", "2021-09-15", "2021-09-15"),
    ("fired on Sep 15 last", "day", "2021-09-15", "2021-09-15"),
    ("fired on Jan. 30th, 2022", "day", "2022-01-30", "2022-01-30"),
    ("fired on December 31", "day", "2021-12-31", "2021-12-31"),
    ("closed until April 10", "day", "2022-04-10", "2022-04-10"),
    ("fired on 29 February 2020", "day", "2020-02-29", "2020-02-29"),
    ("on Thursday, Aug. 4, 2022", "day", "2022-08-04", "2022-08-04"),
    ("on 11 and 12 September 2021", "day", "2021-09-11", "2021-09-12"),
    ("between 4 and 7 August 2022", "day", "2022-08-04", "2022-08-07"),
    ("from Jan. 21 to Feb. 19", "day", "2022-01-21", "2022-02-19"),
    ("fired on Wednesday", "day", "2022-03-16", "2022-03-16"),
    ("early on Tuesday", "day", "2022-03-15", "2022-03-15"),
    ("fired on Thursday", "day", "2022-03-10", "2022-03-10"),
    ("next Monday", "day", "2022-03-21", "2022-03-21"),
    ("fired today", "day", "2022-03-16", "2022-03-16"),
    ("fired this morning", "day", "2022-03-16", "2022-03-16"),
    ("fired yesterday", "day", "2022-03-15", "2022-03-15"),
    ("fired last night", "day", "2022-03-15", "2022-03-15"),
    ("fired three days ago", "day", "2022-03-13", "2022-03-13"),
    ("fired on the 9th", "day", "2022-03-09", "2022-03-09"),
    ("fired on the 20th", "day", "2022-02-20", "2022-02-20"),
    ("fired in January", "month", "2022-01-01", "2022-01-31"),
    ("fired in November", "month", "2021-11-01", "2021-11-30"),
    ("fired in February 2020", "month", "2020-02-01", "2020-02-29"),
    ("fired last October", "month", "2021-10-01", "2021-10-31"),
    ("fired in May", "month", "2021-05-01", "2021-05-31"),
    ("fired in 2017", "year", "2017-01-01", "2017-12-31"),
    ("since 1998", "year", "1998-01-01", "1998-12-31"),
]


@pytest.mark.parametrize(("text", "grain", "first", "last"), DAYS, ids=[row[0] for row in DAYS])
def test_a_date(text: str, grain: str, first: str, last: str) -> None:
    (found,) = find_dates(f"It was {text} by the army.", ISSUE)

    assert (found.grain, found.first, found.last) == (grain, first, last)


@pytest.mark.parametrize(
    "text",
    [
        "It may rain.",
        "The troops march on.",
        "March of the troops",
        "A Long March 5 rocket left its pad.",
        "fired on 31 February",
        "fired on Feb. 30, 2022",
        "fired on 2022-13-05",
        "May the fleet return",
        "5 missiles",
        "a range of 2017 km",
        "Minister Jan Novak",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find_dates(text, ISSUE) == ()


@pytest.mark.parametrize("text", ["fired on Wednesday", "fired on Sept. 15", "fired yesterday", "fired two days ago"])
def test_without_a_day_of_issue_what_the_text_leaves_out_stays_out(text: str) -> None:
    (found,) = find_dates(text, None)

    assert (found.first, found.last) == (None, None)
    assert when(found, "PRK") is None


def test_without_a_day_of_issue_a_full_date_is_known() -> None:
    (found,) = find_dates("fired on Sept. 15, 2021", None)

    assert found.first == "2021-09-15"


@pytest.mark.parametrize(
    ("published", "said", "day"),
    [
        ("2024-03-17T23:40:00Z", "Monday", "2024-03-18"),  # in Seoul
        ("2024-03-17T09:40:00Z", "Monday", "2024-03-11"),
        ("2024-03-17T23:40:00Z", "last Monday", "2024-03-11"),
        ("2024-03-17T23:40:00Z", "Sunday", "2024-03-17"),
        ("2024-03-17", "Monday", "2024-03-11"),
    ],
)
def test_late_in_the_day_of_utc_the_next_weekday_has_begun_in_asia(published: str, said: str, day: str) -> None:
    (found,) = find_dates(f"North Korea fired a missile on {said}.", published)

    assert found.first == found.last == day


def test_the_29th_of_february_is_that_of_the_last_leap_year() -> None:
    (found,) = find_dates("fired on February 29", "2020-03-16")

    assert found.first == "2020-02-29"


def test_a_day_of_issue_may_be_an_instant() -> None:
    (found,) = find_dates("fired on Tuesday", "2022-03-16T23:30:00Z")

    assert found.first == "2022-03-15"


@pytest.mark.parametrize("number", ["900000", "99999999999", "9" * 400])
def test_more_days_than_a_calendar_has_do_no_harm(number: str) -> None:
    found = find_dates(f"fired {number} days ago", ISSUE)

    assert all(item.first is None for item in found)


def test_dates_come_in_the_order_of_the_text() -> None:
    text = "On Tuesday it fell; on March 5 it had flown, and in 2017 too."

    assert [found.said for found in find_dates(text, ISSUE)] == ["Tuesday", "March 5", "in 2017"]


@pytest.mark.parametrize(
    ("country", "start", "end"),
    [
        ("PRK", "2022-03-14T15:00:00Z", "2022-03-15T15:00:00Z"),
        ("IND", "2022-03-14T18:30:00Z", "2022-03-15T18:30:00Z"),
        ("USA", "2022-03-15T05:00:00Z", "2022-03-16T05:00:00Z"),
        ("GBR", "2022-03-15T00:00:00Z", "2022-03-16T00:00:00Z"),
    ],
)
def test_a_local_day_becomes_an_interval_of_utc(country: str, start: str, end: str) -> None:
    (found,) = find_dates("on Tuesday", ISSUE)
    interval = when(found, country)

    assert interval is not None
    assert (interval.start, interval.end, interval.said) == (start, end, "Tuesday")


def test_where_the_state_is_unknown_the_longitude_counts() -> None:
    (found,) = find_dates("on Tuesday", ISSUE)
    interval = when(found, "BRA", -45.0)

    assert interval is not None
    assert interval.start == "2022-03-15T03:00:00Z"


def test_a_month_is_an_interval_with_its_end_exclusive() -> None:
    (found,) = find_dates("in January", ISSUE)
    interval = when(found, "PRK")

    assert interval is not None
    assert (interval.start, interval.end) == ("2021-12-31T15:00:00Z", "2022-01-31T15:00:00Z")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("SEOUL, Sept. 15, 2021 (Agency) — Two missiles fell.", "2021-09-15"),
        ("15 September 2021\n\nTwo missiles fell.", "2021-09-15"),
        ("SEOUL, Sept. 15 — Two missiles fell.", None),
        ("Two missiles fell.\n" + "x " * 400 + "Sept. 15, 2021", None),
        ("", None),
    ],
)
def test_the_day_that_a_text_states_by_itself(text: str, day: str | None) -> None:
    assert dateline_day(text) == day


days = st.dates(date(1950, 1, 1), date(2089, 12, 31))


@same
@given(day=days, form=st.integers(0, 5))
def test_a_printed_day_is_read_back(day: date, form: int) -> None:
    month, short = calendar.month_name[day.month], calendar.month_abbr[day.month]
    forms = [
        day.isoformat(),
        f"{month} {day.day}, {day.year}",
        f"{day.day} {month} {day.year}",
        f"{short}. {day.day}, {day.year}" if short != "May" else f"May {day.day}, {day.year}",
        f"{calendar.day_name[day.weekday()]}, {month} {day.day}, {day.year}",
        f"{day.day:02d} {short} {day.year}",
    ]
    (found,) = find_dates(f"It was fired on {forms[form]} at dawn.", None)

    assert (found.first, found.last, found.grain) == (day.isoformat(), day.isoformat(), "day")


@same
@given(issue=days, back=st.integers(0, 6))
def test_a_weekday_is_the_last_one_up_to_the_day_of_issue(issue: date, back: int) -> None:
    day = issue - timedelta(days=back)
    (found,) = find_dates(f"It was fired on {calendar.day_name[day.weekday()]}.", issue.isoformat())

    assert found.first == day.isoformat()


@same
@given(issue=days, back=st.integers(0, 300))
def test_a_day_without_a_year_is_the_last_one(issue: date, back: int) -> None:
    day = issue - timedelta(days=back)
    (found,) = find_dates(f"It was fired on {calendar.month_name[day.month]} {day.day}.", issue.isoformat())

    assert found.first == day.isoformat()


@same
@given(day=days, country=st.sampled_from(["PRK", "USA", "IND", "IRN", "XXX", None]), longitude=st.floats(-180, 180))
def test_a_day_has_24_hours(day: date, country: str | None, longitude: float) -> None:
    said = Dated(start=0, end=5, said="today", grain="day", first=str(day), last=str(day), kind="today")
    interval = when(said, country, longitude)

    assert interval is not None
    hours = (as_instant(interval.end) - as_instant(interval.start)) / timedelta(hours=1)
    assert hours == 24


def as_instant(stamp: str) -> timedelta:
    day, clock = stamp.rstrip("Z").split("T")
    hours, minutes, seconds = map(int, clock.split(":"))
    return timedelta(days=date.fromisoformat(day).toordinal(), hours=hours, minutes=minutes, seconds=seconds)


@same
@given(st.text(alphabet="0123456789-. ,MarchMayJuneSepttofonthe", max_size=80), st.sampled_from([ISSUE, None]))
def test_any_text_is_read_without_harm(text: str, issue: str | None) -> None:
    found = find_dates(text, issue)

    assert all(text[item.start : item.end] == item.said for item in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(item.first is None or item.last is None or item.first <= item.last for item in found)


def test_dates_far_apart_are_found_as_in_sentences_of_their_own() -> None:
    told = [
        "On Tuesday, March 15, 2022.",
        "In MAY it flew.",
        "It fell 12 days ago.",
        "Since 2019, on the 3rd.",
        "Tonight.",
    ]
    gap = " Nothing else of note was said by anybody about it." * 8
    text = "".join(f"{one}{gap} " for one in told)

    assert [one.said for one in find_dates(text, ISSUE)] == [
        one.said for sentence in told for one in find_dates(sentence, ISSUE)
    ]


def test_letters_that_count_as_others_do_not_hide_a_date() -> None:
    text = "İt was fired on 5 August and fell on Friday."

    assert [one.said for one in find_dates(text, ISSUE)] == ["5 August", "Friday"]


@pytest.mark.parametrize("text", ["fired on 5 Augu\u017ft 2021", "fired on Augu\u017ft 5", "fired on 5 AUGU\u017fT"])
def test_a_month_with_a_long_s_is_that_month(text: str) -> None:
    assert [dated.first for dated in find_dates(text, ISSUE)] == ["2021-08-05"]


@pytest.mark.parametrize("name", ["Fr\u0131day", "FR\u0130DAY", "Friday"])
def test_a_weekday_with_another_i_is_that_weekday(name: str) -> None:
    assert [dated.first for dated in find_dates(f"fired on {name}", ISSUE)] == ["2022-03-11"]
