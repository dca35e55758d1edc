"""What an analyst added to a reading: entries of ``assumed``, read with care because any file may hold anything there.

An entry that has not the form of an `Addition` (written by hand, or by another program) is kept in the reading as it
is; it is shown as far as it can be understood.
"""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta
from shapely.geometry.base import BaseGeometry

from geomap.codec import from_plain, to_plain
from geomap.types import Mention, Place, Reading, Record, Verdict

ANALYST = "analyst"
"""Who an entry is by, when geomap wrote it."""
GIVEN = ("launch", "impact", "system", "class", "distance", "apogee", "bearing", "actor", "date")
"""What an analyst can assume of an event, in the order of the entries."""
_HALF_TURN, _QUARTER, _ROUND_KM = 180, 90, 40_100

Lon = Annotated[float, Meta(ge=-_HALF_TURN, le=_HALF_TURN)]
Lat = Annotated[float, Meta(ge=-_QUARTER, le=_QUARTER)]
Km = Annotated[float, Meta(ge=-_ROUND_KM, le=_ROUND_KM)]


class Before(Record, kw_only=True):
    """What a mention was before an analyst picked another place for it."""

    status: str
    kind: str
    why: str
    place: Place | None = None


class Addition(Record, kw_only=True):
    """One thing that an analyst assumes, or that follows from it.

    Parameters
    ----------
    event : id of the event, None of a pick
    what : launch, impact, system, class, distance, apogee, bearing, actor, date, pick; range, track and verdict follow
    by : ``analyst``
    said : the option, or the options that it follows from (``launch=Yangdok``)
    given : True for what the analyst said, False for what geomap computed from it
    name : what it is called
    lon, lat : best point, degrees; None for what has none, such as a ring
    value, low, high : km of a length, degrees of a bearing; of a range the band
    source : where a place, a range or a zone comes from
    mention, was : of a pick the id of the mention, and what it was before
    claim : of a verdict the place of the claim in the event's ``claims``, from 0
    relation, agrees, margin_km, tolerance_km, share : of a verdict, as of a `Verdict`
    """

    event: str | None = None
    what: str = ""
    by: str = ""
    said: str = ""
    given: bool = False
    name: str = ""
    lon: Lon | None = None
    lat: Lat | None = None
    radius_km: Km | None = None
    geometry: BaseGeometry | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    why: str = ""
    source: str = ""
    mention: str | None = None
    was: Before | None = None
    claim: int | None = None
    relation: str | None = None
    agrees: bool | None = None
    margin_km: Km | None = None
    tolerance_km: Km | None = None
    share: Annotated[float, Meta(ge=0, le=1)] | None = None

    @property
    def title(self) -> str:
        """What the map calls it; it always begins with who says so."""
        return f"Analyst: {', '.join(filter(None, (self.what, self.name))) or 'a place'}"

    @property
    def is_ours(self) -> bool:
        """Whether geomap wrote it, and may write it anew."""
        return self.by == ANALYST and self.what in (*GIVEN, "pick", "range", "track", "verdict")

    def verdict(self) -> Verdict | None:
        """The verdict that it holds, None when it is none."""
        if self.relation is None:
            return None
        return Verdict(
            relation=self.relation,
            agrees=self.agrees,
            margin_km=self.margin_km,
            tolerance_km=self.tolerance_km,
            share=self.share,
            why=self.why,
        )


_ALWAYS = ("event", "what", "by", "said", "given", "name", "lon", "lat", "radius_km", "geometry", "why", "source")


def read_addition(entry: dict[str, Any]) -> Addition:
    """Read an entry; of one that is malformed the words that can be understood, and no place."""
    try:
        return from_plain(entry, Addition)
    except (msgspec.MsgspecError, ValueError, TypeError, RecursionError):
        words = {key: entry[key] for key in ("what", "name", "why", "source") if isinstance(entry.get(key), str)}
        return Addition(**words)


def additions_of(reading: Reading) -> tuple[Addition, ...]:
    """What was added to a reading, in its order."""
    return tuple(map(read_addition, reading.assumed))


def write_addition(addition: Addition) -> dict[str, Any]:
    """Write an addition as an entry of ``assumed``: of what only some kinds have, just what there is."""
    form: dict[str, Any] = to_plain(addition)
    kept = set(_ALWAYS)
    if addition.what == "verdict":
        kept |= {"claim", "relation", "agrees", "margin_km", "tolerance_km", "share"}
    return {key: value for key, value in form.items() if key in kept or value is not None}


def candidates(mention: Mention, pick: Addition | None) -> tuple[tuple[str, Place], ...]:
    """The candidates of a mention besides its place, each with what picks it: its number, or ``auto``.

    The numbers are those of the alternatives before anything was picked.
    """
    was = pick.was if pick is not None else None
    number = pick.said.partition("=")[2] if pick is not None else ""
    taken = int(number) if number.isdecimal() else 0
    if was is None or taken == 0:
        before = (("auto", was.place),) if was is not None and was.place is not None else ()
        return (*before, *((str(n), place) for n, place in enumerate(mention.alternatives, 1)))
    if was.place is None:
        return tuple((str(n + (n >= taken)), place) for n, place in enumerate(mention.alternatives, 1))
    return tuple(("auto" if n == taken else str(n), place) for n, place in enumerate(mention.alternatives, 1))


def picks_of(reading: Reading) -> dict[str, Addition]:
    """What was picked by hand, by the id of the mention."""
    found = (one for one in additions_of(reading) if one.is_ours and one.what == "pick")
    return {one.mention: one for one in found if one.mention is not None and one.was is not None}
