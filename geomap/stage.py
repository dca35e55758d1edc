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
    times : for each row the interval at which it holds (``start/end`` in UTC), empty where there is none
    open : shown at once, where a page lets its reader open and close tables
    """

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key: str = ""
    marks: tuple[tuple[str, ...], ...] = ()
    times: tuple[str, ...] = ()
    open: bool = False


class Fact(Record, kw_only=True):
    """One thing about a launch: its name, what the text says, and what follows from that (UTC, local days, a position).

    Parameters
    ----------
    silent : the text does not say; ``said`` says so
    """

    name: str
    said: str
    more: tuple[str, ...] = ()
    silent: bool = False


class Note(Record, kw_only=True):
    """A doubt, a conflict or a remark about a launch.

    Parameters
    ----------
    kind : ``doubt``, ``conflict``, ``apart`` (a place that does not fit the rest) or ``note``
    marks : ids of the marks that it is about
    """

    kind: str
    text: str
    marks: tuple[str, ...] = ()


class Saying(Record, kw_only=True):
    """What somebody says of one thing; ``corrected`` when the same claimant later says otherwise."""

    by: str
    said: str
    when: str = ""
    corrected: bool = False


class Topic(Record, kw_only=True):
    """One thing that is said of a launch, by whom: ``differ`` when those who stand by their word do not agree."""

    about: str
    sayings: tuple[Saying, ...]
    differ: bool = False


class Tested(Record, kw_only=True):
    """A claim on a zone and what the geometry says of it.

    Parameters
    ----------
    line : the claim in a line
    words : the article's words for it
    when : when it was said, in the text's words, empty when the text does not say
    corrected : the same claimant later says otherwise
    verdict : ``agrees``, ``contradicts``, ``cannot tell`` or ``not tested``
    geometry : what the geometry says, with margin, tolerance and share
    layer : whose lines say so
    change : what would change the verdict
    left : what is left of the impact zone if the claim is right
    marks : ids of what shows it: the zone, the margin, what is left of the impact zone
    margin : the margin can be shown
    by : the claimant
    claimed : the claim without the claimant
    far : how far the best point lies from the zone's edge, with the tolerance
    """

    line: str
    words: str
    when: str = ""
    corrected: bool = False
    verdict: str
    geometry: str
    why: str = ""
    layer: str = ""
    change: str = ""
    left: str = ""
    marks: tuple[str, ...] = ()
    margin: bool = False
    by: str = ""
    claimed: str = ""
    far: str = ""


class Contest(Record, kw_only=True):
    """The claims on one zone; ``disputed`` when two claimants do not agree."""

    zone: str
    claims: tuple[Tested, ...]
    disputed: bool = False


class Guess(Record, kw_only=True):
    """A figure that is computed, not read: what it is, and what it takes for granted."""

    text: str
    assumptions: tuple[str, ...] = ()


class Card(Record, kw_only=True):
    """A launch with its evidence.

    Parameters
    ----------
    recalled : an earlier or announced launch that the article only recalls
    words : the article's words that it rests on
    source : whose words they are
    marks : ids of the marks that show it
    """

    key: str
    headline: str
    recalled: bool
    words: str
    source: str
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...] = ()
    topics: tuple[Topic, ...] = ()
    contests: tuple[Contest, ...] = ()
    estimate: Guess | None = None
    marks: tuple[str, ...] = ()


class Scene(Record, kw_only=True):
    """All that exporters see: layers, words, tables, credits and how it was made.

    Parameters
    ----------
    cards : the launches with their evidence, in the order of the text
    bounds : west, south, east, north in degrees; west > east when the view crosses the antimeridian
    made : how the scene can be made again (version, layers with their hashes)
    archive : the launches of an archive: as many as there may be, told in tables and no cards (`geomap.archive`)
    """

    title: str
    subtitle: str
    layers: tuple[SceneLayer, ...]
    tables: tuple[Table, ...]
    bounds: tuple[float, float, float, float]
    credits: tuple[str, ...]
    caveats: tuple[str, ...]
    made: dict[str, str]
    cards: tuple[Card, ...] = ()
    language: str = "en"
    archive: bool = False
