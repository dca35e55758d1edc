"""Makes rows of a layer of zones from the polygons of Marine Regions: checked, put together by owner, cut short."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, TypeAlias

import numpy as np
import shapely
from shapely.geometry import LinearRing, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.errors import LayerError
from geomap.patterns import regex
from geomap.types import Record
from geomap.wfs import Item

TOLERANCE_KM = 2.0
"""Error of an installed boundary: coasts of different makers differ by about as much (general knowledge, unchecked)."""
SLIVER_KM = 5.0
"""Mean width below which a hole in a zone is a difference of coasts, not water that belongs to nobody."""
_GRID_DEG = 1e-5
_SLACK_DEG = 1e-6
_CODE = regex(r"[A-Z]{3}")

Told: TypeAlias = Callable[[int, int], None]
Row: TypeAlias = dict[str, Any]


class Part(Record, kw_only=True):
    """One polygon as it came, and whose it is.

    Parameters
    ----------
    key : ``JPN``, ``JPN+KOR`` for overlapping claims, ``JPN+KOR-joint`` for a joint regime
    status : eez, overlap or joint
    claimants : sovereign states, ISO 3166-1 alpha-3, sorted
    territory : alpha-3 of the territory, empty when it is no one's alone
    sovereign : alpha-3 of the territory's sovereign, empty likewise
    """

    key: str
    status: str
    claimants: tuple[str, ...]
    territory: str
    sovereign: str
    name: str
    mrgid: str
    geometry: BaseGeometry


def make_rows(
    items: Iterable[Item],
    states: Collection[str],
    *,
    known: Mapping[str, Mapping[str, Any]],
    land: Callable[[str], BaseGeometry | None],
    source: str,
    simplify_km: float = 0.0,
    told: Told | None = None,
) -> tuple[list[Row], tuple[str, ...]]:
    """Make the rows of a layer from the polygons of its states.

    Parameters
    ----------
    states : sovereign states that were asked for, none is all
    known : rows of the shipped layer of the same name by key, whose names are kept
    land : the land of a key that its zone is to hold as well, so that a zone's edge is never its coast; or None
    source : what a row says of where it comes from, to which the polygons' numbers are added
    simplify_km : vertices that matter less are left out

    Returns
    -------
    rows : by key, with a geometry in EPSG:4326
    covered : the states whose zones are all there

    Raises
    ------
    LayerError
        if a polygon is none, lies off the earth or belongs to a state that nobody asked for
    """
    groups: dict[str, list[Part]] = defaultdict(list)
    seen: set[str] = set()
    for item in items:
        part = read_part(item)
        if states and not {*states} & {*part.claimants}:
            message = f"{_called(part)} belongs to {' '.join(part.claimants) or 'nobody'}, and that was not asked for"
            raise LayerError(message)
        if part.mrgid in seen:
            message = f"{_called(part)} came twice: the service's pages do not fit together; run the same command again"
            raise LayerError(message)
        seen.add(part.mrgid)
        groups[part.key].append(part)
    found = {state for parts in groups.values() for part in parts for state in part.claimants}
    rows = []
    for number, key in enumerate(sorted(groups), 1):
        rows.append(_row(groups[key], known.get(key), land(key), source, simplify_km))
        if told:
            told(number, len(groups))
    return rows, tuple(sorted(found & {*states} if states else found))


def read_part(item: Item) -> Part:
    """Read one polygon.

    Raises
    ------
    LayerError
        if its geometry is missing, broken, off the earth, or has latitude before longitude
    """
    columns = item.properties
    mrgid, name = str(columns.get("mrgid") or ""), str(columns.get("geoname") or "")
    called = f"{name or 'a feature'} (MRGID {mrgid or 'unknown'})"
    if not mrgid:
        message = f"{called}: without its number it cannot be told from others"
        raise LayerError(message)
    sovereigns = [_code(columns.get(f"iso_sov{number}")) for number in (1, 2, 3)]
    claimants = tuple(sorted({code for code in sovereigns if code}))
    kind = str(columns.get("pol_type") or "").casefold()
    territory = sovereign = ""
    if kind.startswith(("overlap", "joint")):
        status = "joint" if kind.startswith("joint") else "overlap"
        # With one claimant known, or none, the key must still not be that of a state's own zone.
        key = "+".join(claimants) if len(claimants) > 1 else "-".join([*claimants, mrgid])
        key += "-joint" if status == "joint" else ""
    else:
        status = "eez"
        territory = _code(columns.get("iso_ter1")) or sovereigns[0]
        sovereign = sovereigns[0] or territory
        claimants = claimants or ((sovereign,) if sovereign else ())
        key = territory or f"mrgid-{mrgid}"
    return Part(
        key=key,
        status=status,
        claimants=claimants,
        territory=territory,
        sovereign=sovereign,
        name=name,
        mrgid=mrgid,
        geometry=_area(bytes(item.geometry), called, columns),
    )


def _row(
    parts: list[Part], known: Mapping[str, Any] | None, land: BaseGeometry | None, source: str, simplify_km: float
) -> Row:
    """Put the polygons of one owner together."""
    parts = sorted(parts, key=lambda part: (len(part.mrgid), part.mrgid))
    first = parts[0]
    sea = first.geometry if len(parts) == 1 else shapely.union_all([part.geometry for part in parts])
    area = sea if land is None else _closed(shapely.union(sea, land))
    if simplify_km:
        area = geodesy.simplified(area, simplify_km)
    area = geodesy.only_areas(shapely.set_precision(area, _GRID_DEG))
    if area.is_empty:
        message = f"{_called(first)}: nothing is left of it; simplify by less than {simplify_km:g} km"
        raise LayerError(message)
    lon, lat, radius_km = geodesy.enclosing(sea)
    own = first.status == "eez"
    names = list(dict.fromkeys(part.name for part in parts if part.name))
    return {
        "key": first.key,
        "name": str(known["name"]) if known and own else "; ".join(names) or first.key,
        "kind": "zone",
        "country": first.territory,
        "sovereign": first.sovereign,
        "status": first.status,
        "claimants": "|".join(sorted({state for part in parts for state in part.claimants})),
        "lon": round(lon, 4),
        "lat": round(lat, 4),
        "radius_km": round(radius_km, 1),
        "tolerance_km": TOLERANCE_KM + simplify_km,
        "source": f"{source}, MRGID {', '.join(part.mrgid for part in parts)}",
        "confidence": "high" if own else "medium",
        "geometry": _multi(area),
    }


def _closed(area: BaseGeometry) -> BaseGeometry:
    """Fill the slivers that stay open where two makers draw one coast: holes on average narrower than `SLIVER_KM`."""
    parts = []
    for part in shapely.get_parts(area):
        holes = [ring for ring in part.interiors if _width_km(ring) >= SLIVER_KM]
        parts.append(Polygon(part.exterior, holes))
    return shapely.union_all(parts)


def _width_km(ring: LinearRing) -> float:
    square_m, metres = geodesy.GEOD.geometry_area_perimeter(Polygon(ring))
    return 2 * abs(square_m) / max(metres, 1.0) / 1000


def _area(geojson: bytes, called: str, columns: Mapping[str, Any]) -> MultiPolygon:
    """Read and repair a geometry, and see that longitude comes first."""
    try:
        shape = shapely.force_2d(shapely.from_geojson(geojson))
    except (shapely.errors.ShapelyError, ValueError, TypeError):
        shape = None
    if shape is None or shape.geom_type not in ("Polygon", "MultiPolygon") or shape.is_empty:
        message = f"{called}: it has no polygon"
        raise LayerError(message)
    west, south, east, north = shape.bounds
    limit = np.array([180.0, 90.0])
    points = shapely.get_coordinates(shape)
    x, y = columns.get("x_1"), columns.get("y_1")
    swapped = isinstance(x, (int, float)) and isinstance(y, (int, float)) and _is_swapped(shape.bounds, x, y)
    if swapped or not np.all(np.abs(points) <= limit + _SLACK_DEG):
        frame = f"{west:g} {south:g} {east:g} {north:g}"
        message = f"{called}: latitude stands before longitude, or it lies off the earth ({frame})"
        raise LayerError(message)
    area = geodesy.only_areas(shapely.make_valid(shapely.transform(shape, lambda pairs: np.clip(pairs, -limit, limit))))
    if area.is_empty:
        message = f"{called}: it has no area"
        raise LayerError(message)
    return _multi(area)


def _multi(area: BaseGeometry) -> MultiPolygon:
    return MultiPolygon([part for part in shapely.get_parts(area) if isinstance(part, Polygon)])


def _is_swapped(bounds: tuple[float, float, float, float], x: float, y: float) -> bool:
    """Tell whether a point within the polygon's frame lies there only with its coordinates the other way round."""
    frame = shapely.box(*bounds)
    return not frame.intersects(shapely.Point(x, y)) and bool(frame.intersects(shapely.Point(y, x)))


def _code(value: object) -> str:
    return value if isinstance(value, str) and _CODE.fullmatch(value) else ""


def _called(part: Part) -> str:
    return f"{part.name or 'a feature'} (MRGID {part.mrgid})"
