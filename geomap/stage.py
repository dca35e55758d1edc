"""The records of what will be drawn: the only thing that exporters see, so that none can disagree with another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geomap.types import Record

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


class SceneLayer(Record, kw_only=True):
    """One layer of marks: a frame, how to draw it, and what its popups say.

    Parameters
    ----------
    key : stable identifier (``impacts``)
    title : what the legend and the layer control call it
    style : key into ``geomap.style.STYLES``
    frame : one row a mark; EPSG:4326; every text column is plain text, not HTML
    columns : (column, heading) pairs for the popup, in order
    label : column with the mark's short label, or None
    shown : drawn at first
    group : what is switched on and off together, in the words of the legend; empty for the ground, which stays
    """

    key: str
    title: str
    style: str
    frame: GeoDataFrame
    columns: tuple[tuple[str, str], ...] = ()
    label: str | None = None
    shown: bool = True
    group: str = ""


class Table(Record, kw_only=True):
    """A table of the scene: the events, the claims, what could not be located.

    Parameters
    ----------
    key : what kind of table it is (``events``), for exporters that draw one in a way of its own
    marks : for each row the ids of the marks that show it, in the column ``id`` of the layers' frames
    open : shown at once, where a page lets its reader open and close tables
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key: str = ""
    marks: tuple[tuple[str, ...], ...] = ()
    open: bool = False


class Scene(Record, kw_only=True):
    """All that exporters see: layers, words, tables, credits and how it was made.

    Parameters
    ----------
    bounds : west, south, east, north in degrees; west > east when the view crosses the antimeridian
    made : how the scene can be made again (version, layers with their hashes)
    """

    title: str
    subtitle: str
    layers: tuple[SceneLayer, ...]
    tables: tuple[Table, ...]
    bounds: tuple[float, float, float, float]
    credits: tuple[str, ...]
    caveats: tuple[str, ...]
    made: dict[str, str]
    language: str = "en"
