"""The tables of launches and their columns, documented here once: for the GeoPackage, GeoParquet and PostGIS.

A table has plain columns and one geometry (``geom``, EPSG:4326) of one type, so that every GIS opens it at once. What
the reports do not say is NULL, and so is the point of a launch that nobody located: no point is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geomap.types import Record

TEXT, WHOLE, NUMBER, FLAG, MOMENT, JSON = "text", "whole", "number", "flag", "moment", "json"

GEOMETRY = "geom"
"""The column of a table's geometry; a GeoParquet file calls its first one ``geometry``, as is usual there."""


class Column(Record):
    """A column.

    Parameters
    ----------
    kind : text, whole, number, flag, moment (UTC) or json
    about : what stands in it
    """

    name: str
    kind: str
    about: str


class Table(Record, kw_only=True):
    """A table.

    Parameters
    ----------
    title : what it is called in a legend
    about : what a row is
    geometry : ``Point``, ``MultiPolygon`` or ``MultiLineString``
    key : the columns that no two rows have in common
    """

    name: str
    title: str
    about: str
    geometry: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]


def _place(what: str, where: str) -> tuple[Column, ...]:
    return (
        Column(f"{what}_text", TEXT, f"The words that say where it {where}"),
        Column(f"{what}_lon", NUMBER, "Longitude of the best point, degrees"),
        Column(f"{what}_lat", NUMBER, "Latitude of the best point, degrees"),
        Column(f"{what}_radius_km", NUMBER, "How far off the best point may be, km"),
        Column(f"{what}_feature", TEXT, "The feature of a layer, when it is exactly that (sites/PRK-sohae)"),
        Column(f"{what}_rule", TEXT, "How the place was made of the words"),
    )


def _figure(name: str, unit: str, what: str, said: str) -> tuple[Column, ...]:
    return (
        Column(f"{name}_{unit}", NUMBER, what),
        Column(f"{name}_low_{unit}", NUMBER, f"The least that {said} leaves open"),
        Column(f"{name}_high_{unit}", NUMBER, f"The most that {said} leaves open"),
    )


_ID = Column("id", TEXT, "Id of the launch: the same in every run, and when reports of later days join in")
_TITLE = Column("title", TEXT, "The launch in one line")
_WHO = (
    Column("actor", TEXT, "Who fired: ISO 3166-1 alpha-3 of the state, or the name of a group"),
    Column("class", TEXT, "Class of the weapon (SRBM, ICBM, cruise …)"),
    Column("system", TEXT, "System (KN-23, Hwasong-15 …)"),
)
_WHEN = (
    Column("start", MOMENT, "When it was launched: the first moment of the interval, UTC"),
    Column("end", MOMENT, "The end of that interval, exclusive, UTC"),
)
_BACKGROUND = Column("background", FLAG, "True for an earlier or announced launch that the reports only recall")
_SPOT = (
    Column("text", TEXT, "The words that say where"),
    Column("lon", NUMBER, "Longitude of the best point, degrees"),
    Column("lat", NUMBER, "Latitude of the best point, degrees"),
    Column("radius_km", NUMBER, "How far off the best point may be, km"),
    Column("feature", TEXT, "The feature of a layer, when it is exactly that"),
    Column("rule", TEXT, "How the area was made of the words"),
)

EVENTS = Table(
    name="events",
    title="Launches: best point",
    about="One row a launch, with what all reports of it say; the point is the best one of where it came down, else of "
    "where it was launched",
    geometry="Point",
    key=("id",),
    columns=(
        _ID,
        _TITLE,
        *_WHO,
        Column("weapon", TEXT, "The words for what was fired"),
        Column("count", WHOLE, "How many were fired"),
        *_WHEN,
        Column("when_said", TEXT, "The words that the time was read from"),
        Column("point_of", TEXT, "What the point is of: impact or launch"),
        *_place("launch", "was launched"),
        *_place("impact", "came down"),
        Column("impacts", WHOLE, "How many places of impact are told (table impacts)"),
        *_figure("distance", "km", "Distance flown, km", "its wording"),
        *_figure("apogee", "km", "Greatest height, km", "its wording"),
        *_figure("flight", "min", "Time of flight, minutes", "its wording"),
        *_figure("bearing", "deg", "Direction of flight, degrees clockwise from true north", "its wording"),
        Column("platform", TEXT, "What it was fired from"),
        Column("outcome", TEXT, "How it ended (failed, intercepted …)"),
        Column("trajectory", TEXT, "How it flew (lofted, depressed …)"),
        _BACKGROUND,
        Column("verdicts", TEXT, "Claims on zones with what the geometry says of each, a line each"),
        Column("words", TEXT, "The words of the first reports"),
        Column("notes", TEXT, "Doubts, what does not fit the rest, and other notes, a line each"),
        Column("outlets", WHOLE, "How many outlets report it"),
        Column("reports", WHOLE, "How many reports there are of it"),
        Column("sources", JSON, "The reports: outlet, title, published, source, and what each says in its words"),
        Column("conflicts", JSON, "What the reports do not agree on: about what, and who says what"),
    ),
)
LAUNCHES = Table(
    name="launches",
    title="Where it was launched",
    about="The area in which a launch took place; a point is drawn as the circle that it is known to",
    geometry="MultiPolygon",
    key=("id",),
    columns=(_ID, _TITLE, *_WHO, *_WHEN, _BACKGROUND, *_SPOT),
)
IMPACTS = Table(
    name="impacts",
    title="Where it came down",
    about="The zones in which a launch came down, one row each; the first is the one that the launch's point is of",
    geometry="MultiPolygon",
    key=("id", "number"),
    columns=(
        _ID,
        Column("number", WHOLE, "Which of the launch's zones, from 1"),
        _TITLE,
        *_WHO,
        *_WHEN,
        _BACKGROUND,
        *_SPOT,
    ),
)
TRACKS = Table(
    name="tracks",
    title="Tracks",
    about="Great circles from launch to impact; the real tracks are not known",
    geometry="MultiLineString",
    key=("id",),
    columns=(_ID, _TITLE, *_WHO, *_WHEN, _BACKGROUND),
)

TABLES: Mapping[str, Table] = MappingProxyType({table.name: table for table in (EVENTS, LAUNCHES, IMPACTS, TRACKS)})
"""The tables in the order in which they are written, joined by ``id``."""

REPORTS = Table(
    name="reports",
    title="Reports",
    about="The reports that each launch was read from; one that belongs to another launch now, or that its article no "
    "longer tells, leaves the launch that it belonged to",
    geometry="",
    key=("report",),
    columns=(
        Column("report", TEXT, "Key of the report, made of document, event, outlet and published"),
        Column("id", TEXT, "Id of the launch (table events)"),
        Column("document", TEXT, "Hash of the article's text"),
        Column("event", TEXT, "Which of the article's launches it is (e1, e2 …)"),
        Column("outlet", TEXT, "Who published it"),
        Column("source", TEXT, "Path or address of the article"),
        Column("title", TEXT, "Headline of the article"),
        Column("published", TEXT, "Day or instant of issue, as the article gives it"),
        Column("words", TEXT, "The words of the article that the launch was read from"),
        Column("said", JSON, "What it says in its own words, by what they are about"),
        Column("loaded", MOMENT, "When the load began that told it last"),
    ),
)
"""In a database only: by it, launches vanish that no report tells any more."""
