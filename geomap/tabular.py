"""The layers of a scene as flat tables with the same first columns, and their writing as a GeoPackage.

What every exporter of data shares: text without characters that a file cannot hold, geometries as RFC 7946 wants them
(cut at 180° they are already; outer rings counter-clockwise, six decimals), times as a start and an end, and a position
in three forms for what has a best point.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely.geometry import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geomap import coordinates, seam
from geomap.errors import ExportError
from geomap.patterns import regex
from geomap.stage import Scene, SceneLayer

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

GROUND = ("land", "coast", "border", "country-label")
"""The layers that every map begins with, which are not what the articles say."""

FIRST = ("layer", "style", "id", "title", "words", "article", "source", "start", "end")
"""The columns that every flat table begins with."""

POSITIONS = ("position_dd", "position_dms", "position_mgrs")
"""The best point in decimal degrees, in degrees with minutes and seconds, and in MGRS."""

DECIMALS = 6
"""Of coordinates in degrees: about a decimetre."""

MADE_AT = "2000-01-01T00:00:00.000Z"
"""What GeoPackages say of when they were changed: the same scene makes the same bytes."""

_OPEN_YEAR = 9999
"""An interval that ends in this year has no end."""

# Controls but for tab and line feed, lone surrogates, and what is no character at all: XML cannot hold them.
_UNFIT = regex("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def plain(text: str) -> str:
    """Leave out of a text what cannot stand in XML, in a spreadsheet or in a file of GDAL: control characters."""
    return _UNFIT.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def choose(scene: Scene, wanted: Sequence[str] = ()) -> tuple[SceneLayer, ...]:
    """Choose layers of a scene by their keys or styles; wild cards stand for several.

    Parameters
    ----------
    wanted : ``hazards``, ``range-*``, ``all``; empty for all but the ground

    Raises
    ------
    ExportError
        if one of them fits no layer
    """
    if not wanted:
        return tuple(layer for layer in scene.layers if layer.key not in GROUND)
    chosen: set[str] = set()
    for name in wanted:
        found = {one.key for one in scene.layers if name == "all" or fnmatchcase(one.key, name) or one.style == name}
        if not found:
            known = ", ".join(layer.key for layer in scene.layers) or "none"
            message = f"{name}: no layer of this map is called that; it has {known}"
            raise ExportError(message)
        chosen |= found
    return tuple(layer for layer in scene.layers if layer.key in chosen)


def flatten(layer: SceneLayer) -> GeoDataFrame:
    """Make the flat table of a layer: `FIRST`, the layer's own columns, ``lon`` and ``lat`` of points, `POSITIONS`.

    Text is plain and absent text empty, an absent number is NaN; ``start`` and ``end`` are moments in UTC as text
    (``2021-09-14T15:00:00Z``), empty when there are none.
    """
    from geopandas import GeoDataFrame, GeoSeries
    from pandas import Series

    frame = layer.frame
    rows = frame.to_dict("records")
    spans = [span(str(row.get("times") or "")) for row in rows]
    best = [_best(row) for row in rows]
    said = [coordinates.forms(*one) if one else ("", "", "") for one in best]
    data: dict[str, Any] = {
        "layer": [layer.key] * len(rows),
        "style": [layer.style] * len(rows),
        **{name: [plain(str(row.get(name) or "")) for row in rows] for name in FIRST[2:7]},
        "start": [start for start, _ in spans],
        "end": [end for _, end in spans],
    }
    made: dict[str, Any] = {name: Series(values, dtype="object") for name, values in data.items()}
    for name in frame.columns:
        if name in ("geometry", "lon", "lat") or name in made:
            continue
        kind = str(frame.dtypes[name])
        values = [row[name] for row in rows]
        if kind not in ("bool", "float64"):
            kind, values = "object", [plain(str(value or "")) for value in values]
        made[str(name)] = Series(values, dtype=kind)
    if any(best):
        for axis, name in enumerate(("lon", "lat")):
            made[name] = Series([round(one[axis], DECIMALS) if one else np.nan for one in best], dtype="float64")
    for place, name in enumerate(POSITIONS):
        made[name] = Series([forms[place] for forms in said], dtype="object")
    made["geometry"] = GeoSeries([rfc7946(shape) for shape in frame.geometry], crs="EPSG:4326")
    return GeoDataFrame(made, geometry="geometry", crs="EPSG:4326")


def join(frames: Sequence[GeoDataFrame]) -> GeoDataFrame:
    """Put flat tables below each other: all their columns, a cell that a layer does not have is absent."""
    from geopandas import GeoDataFrame, GeoSeries
    from pandas import Series

    names = list(dict.fromkeys(str(name) for frame in frames for name in frame.columns if name != "geometry"))
    last = [name for name in ("lon", "lat", *POSITIONS) if name in names]
    names = [name for name in names if name not in last] + last
    made: dict[str, Any] = {}
    for name in names:
        kinds = {str(frame.dtypes[name]) for frame in frames if name in frame}
        absent = np.nan if kinds == {"float64"} else None
        values = [value for one in frames for value in (one[name] if name in one else [absent] * len(one))]
        made[name] = Series(values, dtype="float64" if kinds == {"float64"} else _whole(kinds))
    shapes = [shape for frame in frames for shape in frame.geometry]
    made["geometry"] = GeoSeries(shapes, crs="EPSG:4326")
    return GeoDataFrame(made, geometry="geometry", crs="EPSG:4326")


def _whole(kinds: set[str]) -> str:
    return "boolean" if kinds == {"bool"} else "object"


def dated(frame: GeoDataFrame) -> GeoDataFrame:
    """The same table with ``start`` and ``end`` as moments, for files that have a type for them."""
    from pandas import Series

    made = frame.copy()
    for name in ("start", "end"):
        moments = [np.datetime64(text.removesuffix("Z") if text else "NaT", "ms") for text in frame[name]]
        made[name] = Series(np.array(moments, dtype="datetime64[ms]")).dt.tz_localize("UTC")
    return made


def span(times: str) -> tuple[str, str]:
    """The first and the last moment of some intervals (``start/end start/end``), empty where there is none."""
    ends = [[_moment(part) for part in one.split("/")] for one in times.split()]
    starts = [one[0] for one in ends if one[0] is not None]
    stops = [one[-1] for one in ends]
    first = _text(min(starts)) if starts else ""
    closed = [stop for stop in stops if stop is not None]
    if not closed or len(closed) < len(stops) or max(closed).year >= _OPEN_YEAR:
        return first, ""
    return first, _text(max(closed))


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _moment(text: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(text)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None


def _best(row: Mapping[str, Any]) -> tuple[float, float] | None:
    """The best point of a row, when it has one: the point itself, or what its columns say."""
    shape = row["geometry"]
    if shape.geom_type == "Point":
        return float(shape.x), float(shape.y)
    lon, lat = row.get("lon"), row.get("lat")
    if lon is None or lat is None or not abs(lon) <= 180 or not abs(lat) <= 90:
        return None
    return float(lon), float(lat)


def rfc7946(shape: BaseGeometry) -> BaseGeometry:
    """A geometry with outer rings counter-clockwise and six decimals.

    Only the order of the points changes: a polygon that lies cut in the plane is the same one either way round.
    """
    rounded: BaseGeometry = shapely.transform(shape, lambda points: np.round(points, DECIMALS))
    if not rounded.is_valid and shape.is_valid:  # corners that lay closer than that to an edge
        rounded = seam.only(shapely.make_valid(rounded), "Polygon")
    if isinstance(rounded, Polygon):
        return _wound(rounded)
    if isinstance(rounded, MultiPolygon):
        return MultiPolygon([_wound(part) for part in rounded.geoms])
    return rounded


def _wound(polygon: Polygon) -> Polygon:
    outer = polygon.exterior if polygon.exterior.is_ccw else polygon.exterior.reverse()
    return Polygon(outer, [ring.reverse() if ring.is_ccw else ring for ring in polygon.interiors])


@contextmanager
def settled() -> Iterator[None]:
    """Let GDAL write the same bytes at any time of any day, and not wait for the disk after each table."""
    from pyogrio import get_gdal_config_option, set_gdal_config_options

    wanted = {"OGR_CURRENT_DATE": MADE_AT, "OGR_SQLITE_SYNCHRONOUS": "OFF"}
    before = {name: get_gdal_config_option(name) for name in wanted}
    set_gdal_config_options(wanted)
    try:
        yield
    finally:
        set_gdal_config_options(before)


def write_geopackage(
    tables: Mapping[str, tuple[GeoDataFrame, str]], path: Path, about: Mapping[str, str] | None = None
) -> None:
    """Write flat tables as one GeoPackage, in their order; the same tables make the same bytes.

    Parameters
    ----------
    tables : by their names: the frame, and what it is called
    path : a file that does not exist yet
    about : what the file says of itself, in its table ``gpkg_metadata``
    """
    from pyogrio import write_dataframe

    with settled():
        for number, (name, (frame, title)) in enumerate(tables.items()):
            whole = {"dataset_options": {"VERSION": "1.3"}, "dataset_metadata": dict(about or {}) or None}
            write_dataframe(
                dated(frame),
                path,
                layer=name,
                driver="GPKG",
                append=number > 0,
                layer_options={"DESCRIPTION": title},
                **(whole if number == 0 else {}),
            )
