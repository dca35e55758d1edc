"""The scene as QGIS keeps it: a table for each layer and kind of geometry, with what is drawn of it, and where.

Layers of the scene that are of one kind are one layer in QGIS with a category each: all ranges, all closed areas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.export.qgis import words
from geomap.export.qgis.graticule import make_graticule
from geomap.export.qgis.projection import Projection
from geomap.stage import Scene, SceneLayer
from geomap.style import FILL_LIMIT_KM, GROUND, STYLES, Style
from geomap.types import Record

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from pandas import DataFrame

BASE = "Ground"
TABLES = "Tables"
DRAWN = "drawn"
"""The column that tells the categories of a table apart."""

_FAMILIES = (("ranges", "range", "Ranges"), ("closed_areas", "hazard", STYLES["hazard"].title))
_KINDS = ("point", "line", "polygon")
_DIMENSION = {0: "point", 1: "line", 2: "polygon"}
_WORLD_EDGE = (
    "geom_from_wkt('MULTILINESTRING((-180 -90,-180 90),(180 -90,180 90),(-180 90,180 90),(-180 -90,180 -90))')"
)
_GRATICULE = Style(key="graticule", title="Graticule", order=23, colour=GROUND["graticule"], opacity=0.8, weight=0.6,
                   text=GROUND["degrees"])  # fmt: skip


class Entry(Record, kw_only=True):
    """What the legend lists: one kind of mark of a table."""

    value: str
    title: str
    style: Style
    edge: str = ""


class Sheet(Record, kw_only=True):
    """A table of the GeoPackage, and the layer that shows it.

    Parameters
    ----------
    table : its name in the file
    name : the layer's name in QGIS
    group : what it is switched on and off with
    geometry : ``point``, ``line``, ``polygon`` or ``none``
    entries : what is drawn; several when the column `DRAWN` tells them apart
    columns : (column, heading) pairs, in order
    label : column of the labels, or None
    order : layers of a lower order are drawn below the others
    timed : has the columns ``start`` and ``end``
    """

    table: str
    name: str
    group: str
    geometry: str
    frame: DataFrame
    entries: tuple[Entry, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    label: str | None = None
    shown: bool = True
    order: int = 0
    timed: bool = False

    @property
    def is_categorised(self) -> bool:
        """Whether a column tells its entries apart."""
        return DRAWN in self.frame.columns

    @property
    def styles(self) -> tuple[str, ...]:
        """The keys of its styles."""
        return tuple(entry.style.key for entry in self.entries)


def make_sheets(scene: Scene, projection: Projection) -> tuple[Sheet, ...]:
    """The tables of a scene, what is drawn on top first."""
    found = [
        *(sheet for layers in _families(scene.layers) for sheet in _sheets(layers, projection)),
        _graticule(scene),
    ]
    found.sort(key=lambda sheet: -sheet.order)
    return (*_named(list(_labelled_once(found))), *_tables(scene))


def _families(layers: Sequence[SceneLayer]) -> list[list[SceneLayer]]:
    """The layers that become one each, and all ranges and all closed areas together."""
    found: dict[str, list[SceneLayer]] = {}
    for layer in layers:
        found.setdefault(_family(layer)[0], []).append(layer)
    return list(found.values())


def _family(layer: SceneLayer) -> tuple[str, str]:
    """The table of a layer, and the name of its family, which is empty when it stands alone."""
    for table, style, title in _FAMILIES:
        if layer.style.startswith(style):
            return table, title
    return re.sub(r"\W+", "_", layer.key.casefold()), ""


def _sheets(layers: Sequence[SceneLayer], projection: Projection) -> Iterator[Sheet]:
    import pandas as pd

    table, family = _family(layers[0])
    first = layers[0]
    rows: dict[str, list[GeoDataFrame]] = {kind: [] for kind in _KINDS}
    entries: dict[str, list[Entry]] = {kind: [] for kind in _KINDS}
    for layer in layers:
        for kind, frame in _by_kind(layer, projection).items():
            kept = frame.assign(**{DRAWN: layer.key}) if family else frame
            rows[kind].append(kept)
            entries[kind].append(_entry(layer, kind, kept))
    kinds = [kind for kind in _KINDS if rows[kind]]
    timed = "times" in first.frame.columns
    for kind in kinds:
        frame = pd.concat(rows[kind], ignore_index=True) if len(rows[kind]) > 1 else rows[kind][0]
        alone = kind == kinds[-1]
        yield Sheet(
            table=table if alone else f"{table}_{kind}s",
            name=words.name(family or first.title),
            group=words.name(family or first.group or BASE),
            geometry=kind,
            frame=_cleaned(_with_times(frame) if timed else frame),
            entries=tuple(_told_apart(entries[kind], rows[kind], first.label)),
            columns=first.columns,
            label=first.label,
            shown=first.shown,
            order=max(STYLES[layer.style].order for layer in layers),
            timed=timed,
        )


def _by_kind(layer: SceneLayer, projection: Projection) -> dict[str, GeoDataFrame]:
    """The rows of a layer by what they are: a table of QGIS holds points, lines or areas."""
    found: dict[str, tuple[list[int], list[BaseGeometry]]] = {}
    for number, geometry in enumerate(layer.frame.geometry):
        clear = projection.cleared(shapely.force_2d(geometry), ground=not layer.group)
        for kind, part in _parts(clear).items():
            numbers, shapes = found.setdefault(kind, ([], []))
            numbers.append(number)
            shapes.append(part)
    return {
        kind: layer.frame.iloc[numbers].reset_index(drop=True).set_geometry(shapes, crs="EPSG:4326")
        for kind, (numbers, shapes) in found.items()
    }


def _parts(geometry: BaseGeometry) -> dict[str, BaseGeometry]:
    """The points, the lines and the areas of a geometry."""
    if geometry.geom_type != "GeometryCollection":
        return {} if geometry.is_empty else {_DIMENSION[int(shapely.get_dimensions(geometry))]: geometry}
    found: dict[str, list[BaseGeometry]] = {}
    for part in shapely.get_parts(geometry):
        for kind, one in _parts(part).items():
            found.setdefault(kind, []).append(one)
    return {kind: shapely.union_all(parts) for kind, parts in found.items()}


def _entry(layer: SceneLayer, kind: str, frame: GeoDataFrame) -> Entry:
    style, edge = STYLES[layer.style], ""
    if layer.style == "land":  # a line of its own colour hides the seams where the land is cut
        style = msgspec.structs.replace(style, weight=0.5)
    if kind == "polygon":
        if "high_km" in frame and not (frame["high_km"] <= FILL_LIMIT_KM).all():  # an open bound is not a number
            style = msgspec.structs.replace(style, fill=0.0)
        west, south, east, north = frame.total_bounds
        if layer.group and (west <= -180 or east >= 180 or south <= -90 or north >= 90):
            edge = f"difference(boundary($geometry), {_WORLD_EDGE})"
    return Entry(value=layer.key, title=words.name(layer.title), style=style, edge=edge)


def _told_apart(entries: list[Entry], frames: list[GeoDataFrame], label: str | None) -> list[Entry]:
    """Entries of one title (the edges of a band of ranges) under the labels that their marks bear."""
    titles = [entry.title for entry in entries]
    return [
        msgspec.structs.replace(entry, title=words.name(str(frame[label].iloc[0]) or entry.title))
        if label and titles.count(entry.title) > 1
        else entry
        for entry, frame in zip(entries, frames, strict=True)
    ]


def _with_times(frame: GeoDataFrame) -> GeoDataFrame:
    """With the first and the last moment of each row's intervals; what has no end, or no time, holds for good."""
    import pandas as pd

    spans = [_span(str(times)) for times in frame["times"]]
    made: dict[str, Any] = {
        column: pd.Series(pd.to_datetime(pd.Series([span[place] for span in spans]), utc=True)).dt.as_unit("ms")
        for place, column in enumerate(("start", "end"))
    }
    return frame.assign(**made)


def _span(times: str) -> tuple[str | None, str | None]:
    starts, ends = [], []
    for interval in times.split():
        start, _, end = interval.partition("/")
        starts.append(start)
        ends.append(end)
    if not starts:
        return None, None
    return min(starts), None if max(ends).startswith("9999") else max(ends)


def _cleaned(frame: DataFrame) -> DataFrame:
    """With text that a database can hold."""
    texts = [name for name in frame.columns if name != "geometry" and frame[name].dtype.kind not in "fbiuM"]
    return frame.assign(**{name: [words.clean(str(cell)) for cell in frame[name]] for name in texts})


def _named(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """With a name of its own for each layer of a group."""
    named: dict[tuple[str, str], int] = {}
    for sheet in sheets:
        number = named[sheet.group, sheet.name] = named.get((sheet.group, sheet.name), 0) + 1
        same = [other for other in sheets if (other.group, other.name) == (sheet.group, sheet.name)]
        what = {"point": "points", "line": "lines", "polygon": "areas"}[sheet.geometry]
        unique = sheet.name if len(same) == 1 or number == 1 else f"{sheet.name}: {what}"
        yield msgspec.structs.replace(sheet, name=unique)


def _labelled_once(sheets: Sequence[Sheet]) -> Iterator[Sheet]:
    """Without the label of a point that one above it bears already: a place that is its own dateline."""
    said: set[tuple[str, float, float]] = set()
    for sheet in sheets:
        if sheet.geometry != "point" or not sheet.label:
            yield sheet
            continue
        texts = [str(text) for text in sheet.frame[sheet.label]]
        keys = [
            (text.casefold(), round(at.x, 1), round(at.y, 1))
            for text, at in zip(texts, sheet.frame.geometry, strict=True)
        ]
        if said.isdisjoint(keys):
            yield sheet
        else:
            labels = ["" if key in said else text for key, text in zip(keys, texts, strict=True)]
            yield msgspec.structs.replace(sheet, frame=sheet.frame.assign(label=labels), label="label")
        said |= set(keys)


def _graticule(scene: Scene) -> Sheet:
    entry = Entry(value="graticule", title=_GRATICULE.title, style=_GRATICULE)
    return Sheet(
        table="graticule", name=_GRATICULE.title, group=BASE, geometry="line", frame=make_graticule(scene.bounds),
        entries=(entry,), order=_GRATICULE.order,
    )  # fmt: skip


def _tables(scene: Scene) -> Iterator[Sheet]:
    """The scene's tables: the events, the claims, what has no place on the map."""
    import pandas as pd

    used: set[str] = set()
    for number, table in enumerate(scene.tables):
        key = f"table_{re.sub(r'[^a-z0-9]+', '_', (table.key or table.title).casefold()).strip('_')[:40] or number}"
        key = key if key not in used else f"{key}_{number}"
        used.add(key)
        columns = _columns(table.headings)
        data = {column: [row[place] for row in table.rows] for place, column in enumerate(columns)}
        if table.marks:
            data["marks"] = [" ".join(marks) for marks in table.marks]
        if table.rows:
            yield Sheet(
                table=key, name=words.name(table.title), group=TABLES, geometry="none",
                frame=_cleaned(pd.DataFrame(data)), columns=tuple(zip(columns, table.headings, strict=True)),
            )  # fmt: skip


def _columns(headings: Sequence[str]) -> list[str]:
    """Names of columns for headings, each once; ``fid`` is the database's own, ``marks`` ours."""
    found: list[str] = []
    for number, heading in enumerate(headings):
        name = re.sub(r"[^a-z0-9]+", "_", heading.casefold()).strip("_")[:40] or f"column_{number + 1}"
        found.append(name if name not in (*found, "fid", "marks") else f"{name}_{number + 1}")
    return found
