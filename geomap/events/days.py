"""Whether the dates of a launch fit the calendar and the day of issue."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from geomap import dates, wording
from geomap.types import Event, Reading

_LATEST_H = 12
"""Hours after midnight UTC at which a day ends that ends last on earth."""


def day_checks(event: Event, reading: Reading) -> list[str]:
    """Say where a weekday is not that of its date, and where a launch is dated after the day of issue."""
    published = reading.document.published
    found = []
    for start, end in event.evidence:
        for slip in dates.weekday_slips(reading.document.text[start:end], published):
            found.append(f"the text says {slip.said!r}, but {_day(slip.day)} was a {slip.weekday.capitalize()}")
    if event.when is None or event.background or not published:
        return found
    first, last = _moment(event.when.start), _end_of_issue(published)
    if first is not None and last is not None and first >= last:
        found.append(
            f"dated {wording.when(event.when)}, which is after the day of issue ({_day(published[:10])}): "
            "it cannot have been reported yet"
        )
    return found


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _end_of_issue(published: str) -> datetime | None:
    """The moment at which nothing later can have been reported: the instant, or the end of the day everywhere."""
    if len(published) > len("2021-09-15"):
        return _moment(published)
    try:
        after = date.fromisoformat(published) + timedelta(days=1)
    except (ValueError, OverflowError):
        return None
    return datetime.combine(after, time(_LATEST_H), UTC)


def _day(iso: str) -> str:
    return wording.day(datetime.fromisoformat(iso))
