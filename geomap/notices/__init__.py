"""Navigational warnings and airspace notices: messages, the areas they close, and when."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from geomap.notices.areas import Find, find_areas
from geomap.notices.doubts import beyond_envelope, doubts_of
from geomap.notices.hazards import has_positions, with_hazards
from geomap.notices.issued import anchors_of, cancel_time, issue_time
from geomap.notices.items import Items, find_items, find_stamps, windows_of
from geomap.notices.messages import Message, cancelled_by, find_messages, is_cancelled, is_official, masked, regions_of
from geomap.notices.notice import SCHEMA as SCHEMA, Arc as Arc, Area as Area, Notice as Notice
from geomap.notices.outline import outline
from geomap.notices.prose import region, with_days
from geomap.notices.schedule import shared
from geomap.notices.windows import FOR_GOOD as FOR_GOOD, Anchors, Timed, find_windows, written
from geomap.patterns import regex
from geomap.positions import find_positions
from geomap.types import Reading, Span

_IDS = regex(
    r"(?<![\d./])\d{1,5}/\d{2,4}(?![\d/])(?!Z?\s(?:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC))|(?<!\w)[A-Z]\d{4}/\d{2}"
    r"|\bFL\s?\d{2,3}\b|(?<!\d)\d+\s?(?:FT|M|NM|KM|MILES?|KTS?)\b|(?:^|\n|[.)]\s)\s*\d{1,2}\.(?:-\s?|\s+)(?=[A-Z])",
    re.IGNORECASE,
)
"""Figures that are no time: numbers of messages and of paragraphs, heights, distances."""
_SHORT_GROUP = regex(r"(?<!\d)(?:\d{5}|\d{7})Z\b")
"""A group of day and hour that has lost a figure, or has one too many."""


def find_notices(text: str, published: str | None = None) -> tuple[Notice, ...]:
    """Find all messages of a text and read them.

    Parameters
    ----------
    text : one message or several, or an article that quotes one
    published : day or moment of issue, as far as it is known from outside the text; it tells years that are not printed

    Returns
    -------
    tuple of Notice
        in the order of the text, with offsets into it; a text without a position and without a number is none
    """
    made = [_read(text, message, published) for message in find_messages(text)]
    gone = {number for notice in made for number in notice.cancels}
    named = [
        msgspec.structs.replace(notice, cancelled=True) if notice.id and notice.id in gone else notice
        for notice in made
    ]
    kept = [notice for notice in named if notice.kind != "text" or notice.areas]
    return tuple(_numbered(kept))


def find_hazards(reading: Reading) -> Reading:
    """Read the notices of a document, or those that an article quotes: the areas that they close become hazards."""
    text = reading.document.text
    if not has_positions(text):
        return reading
    return with_hazards(reading, find_notices(text, reading.document.published))


def _numbered(notices: Sequence[Notice]) -> Iterator[Notice]:
    number = 0
    for notice in notices:
        areas = []
        for area in notice.areas:
            number += 1
            areas.append(msgspec.structs.replace(area, id=f"a{number}"))
        yield msgspec.structs.replace(notice, areas=tuple(areas))


def _read(text: str, message: Message, published: str | None) -> Notice:
    """One message with all that it says."""
    air = message.kind in ("notam", "tfr")
    find = {"notam": find_items, "tfr": find_stamps}.get(message.kind)
    items = find(text, *message.span) if find else None
    start, end = message.span
    # what lies outside the message, and what is no area in it, stays unreadable, so that offsets hold
    hidden = [(0, start), (end, len(text)), message.number, *(items.spans if items else ())]
    body = masked(text, [span for span in hidden if span[1] > span[0]])
    found = find_areas(body, edges="geodesic" if air else "rhumb", kind=message.kind)
    if message.kind == "text" and not found.areas:  # nothing else of it matters
        return Notice(kind="text", evidence=message.span, cancels=cancelled_by(text, message))
    cancel, cancel_span = cancel_time(text, message, published)
    issued, issued_span = issue_time(text, message, cancel_span)
    anchors = anchors_of(message, cancel, issued, published)
    times, doubts = _times(text, message, items, found, [cancel_span, issued_span], anchors)
    times = [_until(one, cancel) for one in times]
    timed = shared(text, message.span, found.areas, times)
    if message.kind == "text":
        timed = [with_days(text, area, published) for area in timed]
        times = [*times, *(Timed(span=area.evidence, windows=area.windows) for area in timed)]
    areas = [_finished(area, items) for area in timed]
    if doubts:
        areas = [msgspec.structs.replace(area, doubtful=(*area.doubtful, *doubts)) for area in areas]
    windows = sorted(
        {window for one in times for window in one.windows}, key=lambda one: (one.start, one.end, one.said)
    )
    regions, charts = regions_of(text, message)
    return Notice(
        id=message.id,
        kind=message.kind,
        evidence=message.span,
        official=is_official(text, message),
        issued=written(issued) if issued else None,
        regions=regions,
        charts=charts,
        areas=tuple(areas),
        windows=tuple(windows),
        daily=any(one.daily for one in times),
        start=windows[0].start if windows else None,
        end=max(window.end for window in windows) if windows else None,
        cancel=written(cancel) if cancel else None,
        cancels=cancelled_by(text, message),
        cancelled=is_cancelled(text, message),
        q_centre=items.q_centre if items else None,
        q_radius_nm=items.q_radius_nm if items else None,
        lower=items.lower if items else None,
        upper=items.upper if items else None,
        positions=tuple((one.lon, one.lat) for one in found.positions),
        notes=tuple(
            dict.fromkeys([*(items.notes if items else ()), *(note for one in times for note in one.notes), *doubts])
        ),
    )


def _times(
    text: str, message: Message, items: Items | None, found: Find, spans: Sequence[Span | None], anchors: Anchors
) -> tuple[list[Timed], list[str]]:
    """All times of a message, and what is wrong with them."""
    if items is not None and items.begin is not None:
        windows, doubts = windows_of(items)
        daily = len(windows) > 1
        return [Timed(span=message.span, windows=tuple(windows), daily=daily)] if windows else [], doubts
    start, end = message.span
    if message.kind == "text":
        if not found.areas:
            return [], []
        start, end = region(text, found.areas, message.span)
    taken = [span for span in (*spans, message.number) if span is not None and span[1] > span[0]]
    taken += [area.evidence for area in found.areas]
    body = masked(text, taken)
    inside = body[start:end]
    taken = [(one.start, one.end) for one in find_positions(inside)]
    taken += [match.span() for match in _IDS.finditer(inside)]
    readable = masked(inside, taken)
    times = find_windows(readable, anchors, start, utc=message.kind != "text")
    doubts = [f"“{match[0]}” is no time of day and hour" for match in _SHORT_GROUP.finditer(readable)]
    return times, list(dict.fromkeys([*(doubt for one in times for doubt in one.doubts), *doubts]))


def _until(timed: Timed, cancel: datetime | None) -> Timed:
    """Times without the windows that would begin when the message has cancelled itself: the last night of a run."""
    if cancel is None or not timed.daily:
        return timed
    kept = tuple(one for one in timed.windows if one.start < written(cancel))
    return msgspec.structs.replace(timed, windows=kept) if kept else timed


def _finished(area: Area, items: Items | None) -> Area:
    """An area with its shape and all doubts about it."""
    area = msgspec.structs.replace(area, geometry=outline(area))
    notes = tuple(beyond_envelope(area, items)) if items is not None else ()
    return msgspec.structs.replace(area, doubtful=(*area.doubtful, *doubts_of(area)), notes=(*area.notes, *notes))
