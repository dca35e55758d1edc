"""The areas that a document's notices close, as entries of its reading."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from geomap.notices.notice import Area, Notice
from geomap.patterns import regex
from geomap.types import Hazard, Reading

_FIGURE = regex(
    r"\d(?:[°º˚'’′″\"]?\s?[NSEW](?![a-z])|\s(?:degrees|minutes|seconds)\s|,\s?[-+−]?\d{1,3}\.\d{3}"
    r"|[°′″'\"]?\s?[СЮсю](?![а-я]))"
)
_LETTER = regex(r"[NSEW](?<![A-Za-z].)\s?\d{1,3}[\d.°º]|[北南][纬緯]")
_WORD = regex(r"lat(?<!\w...)(?:itude)?\b")
"""Without any of these a text has no position, and need not be looked through."""


def has_positions(text: str) -> bool:
    """Whether a text may have a position in it: a quick look, which says yes too often."""
    return any(pattern.search(text) for pattern in (_FIGURE, _LETTER, _WORD))


def hazards_of(notices: tuple[Notice, ...]) -> tuple[list[Hazard], list[str]]:
    """The hazards of some notices, ``h1``, ``h2`` … in the order of the text, and what must be said of the rest."""
    hazards: list[Hazard] = []
    notes: list[str] = []
    for notice in notices:
        for area in notice.areas:
            if area.geometry is None or area.geometry.is_empty:
                notes += _undrawn(area, notice)
                continue
            hazards.append(_hazard(f"h{len(hazards) + 1}", area, notice))
        notes += notice.notes
    return hazards, list(dict.fromkeys(notes))


def _hazard(name: str, area: Area, notice: Notice) -> Hazard:
    assert area.geometry is not None  # the caller has looked
    return Hazard(
        id=name,
        geometry=area.geometry,
        windows=area.windows,
        authority=notice.id or None,
        cancelled=notice.cancelled,
        doubtful=area.doubtful,
        evidence=(area.evidence,),
        label=area.label if len(notice.areas) > 1 else None,
        shape=area.type,
        edges=area.edges,
        lower=notice.lower,
        upper=notice.upper,
        notice=notice.evidence if notice.official else None,
        notes=area.notes,
    )


def _undrawn(area: Area, notice: Notice) -> Iterator[str]:
    name = f"an area of {notice.id}" if notice.id else "an area of the notice"
    yield f"{name} cannot be drawn: {'; '.join(area.doubtful) or 'too little is readable'}"


def with_hazards(reading: Reading, notices: tuple[Notice, ...]) -> Reading:
    """The reading with the areas that its notices close."""
    hazards, notes = hazards_of(notices)
    return msgspec.structs.replace(reading, hazards=tuple(hazards), notes=(*reading.notes, *notes))
