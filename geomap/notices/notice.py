"""What a notice says, as records: the message, the areas it closes, when, and what it takes back.

Degrees with the longitude first, bearings true, radii and widths in nautical miles as notices give them, times in UTC
with the end exclusive. Offsets count the characters of the text that was read.
"""

from __future__ import annotations

import msgspec
from shapely.geometry.base import BaseGeometry

from geomap.types import Record, Span, When

SCHEMA = "geomap.notice/1"
LonLat = tuple[float, float]


class Arc(Record, kw_only=True):
    """An edge that follows a circle.

    Parameters
    ----------
    start, to : numbers of the vertices between which it runs, from 0; ``from`` in JSON
    centre : of the circle, degrees
    radius_nm : as the notice says, nautical miles
    clockwise : the way round, seen from above
    """

    start: int = msgspec.field(name="from")
    to: int
    centre: LonLat
    radius_nm: float
    clockwise: bool


class Area(Record, kw_only=True):
    """An area, or a line with a width, that a notice defines.

    Parameters
    ----------
    id : ``a1``, ``a2`` … in the order of the text
    type : polygon, circle, sector, arc (a polygon with edges that are arcs) or corridor (a line with a width)
    label : its letter or number in a list
    evidence : offsets of the words that define it, end exclusive
    vertices : corners as printed, the closing one not repeated; those of the line of a corridor
    closed : whether the text repeats the first corner
    bearing_from, bearing_to : of a sector, clockwise, degrees true
    half_width_nm : of a corridor, to either side; None when the text gives none
    edges : ``rhumb`` (straight on the charts of mariners) or ``geodesic`` (as airspace has them)
    windows : when it is closed
    geometry : the shape, cut at 180°; None when nothing can be drawn
    doubtful : what cannot be right about it, with its place in the text
    notes : what else a reader must know
    """

    id: str = ""
    type: str
    label: str | None = None
    evidence: Span
    vertices: tuple[LonLat, ...] = ()
    closed: bool = False
    arcs: tuple[Arc, ...] = ()
    centre: LonLat | None = None
    radius_nm: float | None = None
    inner_nm: float | None = None
    bearing_from: float | None = None
    bearing_to: float | None = None
    half_width_nm: float | None = None
    edges: str = "rhumb"
    windows: tuple[When, ...] = ()
    geometry: BaseGeometry | None = None
    doubtful: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Notice(Record, kw_only=True):
    """One message.

    Parameters
    ----------
    id : its number with its series (``NAVAREA IV 1177/22``, ``B3426/26``), empty when it has none
    kind : navarea, hydropac, hydrolant, hydroarc, coastal, notam, tfr or text
    evidence : offsets of the message, end exclusive
    official : whether it is the message itself, and no article that speaks of one
    issued : when it was sent, UTC, None when it does not say
    regions, charts : its lines of regions ('BAY OF BENGAL') and of charts ('DNC 03')
    daily : whether its windows come back day by day
    start, end : of the first and of the last of its windows, UTC
    cancel : when it cancels itself, UTC
    cancels : the messages that it cancels or replaces
    cancelled : whether a message of the same input cancels it, or it is itself a cancellation
    q_centre, q_radius_nm : the envelope of a NOTAM's Q-line, which is never an area
    lower, upper : its limits in height, as printed
    positions : sound positions that belong to no area
    """

    schema: str = SCHEMA
    id: str = ""
    kind: str
    evidence: Span
    official: bool = True
    issued: str | None = None
    regions: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    areas: tuple[Area, ...] = ()
    windows: tuple[When, ...] = ()
    daily: bool = False
    start: str | None = None
    end: str | None = None
    cancel: str | None = None
    cancels: tuple[str, ...] = ()
    cancelled: bool = False
    q_centre: LonLat | None = None
    q_radius_nm: float | None = None
    lower: str | None = None
    upper: str | None = None
    positions: tuple[LonLat, ...] = ()
    notes: tuple[str, ...] = ()
