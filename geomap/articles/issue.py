"""The day or instant of issue: as it is given, and as far as a file's own word for it is believed."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from geomap.errors import InputError
from geomap.patterns import regex

FIRST_YEAR = 1990
"""What claims to be older is a default of some program (1970, 1980, 0001)."""

_SLASHES = regex(r"(\d{4})/(\d\d?)/(\d\d?)(?!\d)")


def parse_published(value: object, where: str = "") -> str:
    """Write a day or instant of issue as ``2021-09-15`` or, in UTC, ``2021-09-15T03:40:00Z``.

    A time without a zone says no more than its day.

    Parameters
    ----------
    value : ISO 8601 text, or a date that YAML has read already
    where : what a message begins with (``a.txt: ``)

    Raises
    ------
    InputError
        if it is neither
    """
    moment = value
    try:
        if isinstance(moment, str):
            text = moment.strip()
            moment = date.fromisoformat(text) if len(text) <= len("2021-09-15") else datetime.fromisoformat(text)
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"
    except (ValueError, OverflowError):
        moment = None
    if isinstance(moment, datetime):
        moment = moment.date()
    if not isinstance(moment, date):
        message = f"{where}{str(value)[:40]!r} is no day of issue; write 2021-09-15 or 2021-09-15T12:40:00+09:00"
        raise InputError(message)
    return moment.isoformat()


def stated_day(value: str) -> str | None:
    """The day that a page's metadata states, in ISO 8601 or as mail writes it; None when it cannot be one.

    It is the day where the page was published. In UTC, what Seoul published early on Wednesday is of Tuesday, and its
    'Wednesday' would be taken for the one a week before.
    """
    text = _SLASHES.sub(lambda found: f"{found[1]}-{found[2]:0>2}-{found[3]:0>2}", value.strip()[:80], count=1)
    try:
        day = date.fromisoformat(text) if len(text) <= len("2021-09-15") else datetime.fromisoformat(text).date()
    except ValueError:
        moment = _of_mail(text)
        day = moment.date() if moment else date.min
    return day.isoformat() if is_believed(day) else None


def is_believed(day: date) -> bool:
    """Whether an article can be of that day: not before 1990, and at most a day ahead, which it is across the world."""
    return day.year >= FIRST_YEAR and day <= datetime.now(UTC).date() + timedelta(days=1)


def _of_mail(value: str) -> datetime | None:
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)  # -0000 is UTC of an unknown place
