"""Work over sets: many rings, and many points in zones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.clock import in_turns
from benchmarks.table import Row, ratio, seconds
from geomap.catalog import Layers, open_layers
from geomap.circles import RING_POINTS
from geomap.containment import find_zones
from geomap.reach import make_range_rings

Array = NDArray[np.float64]
Geometries = NDArray[np.object_]
_QUARTER = RING_POINTS // 4
"""Vertices of a buffer in each quarter: as many as a ring has."""


def rings(number: int = 10_000, sample: int = 200) -> Iterator[Row]:
    """Rings of 100 to 5,000 km about points all over the earth.

    Parameters
    ----------
    sample : so many are buffered; their time is multiplied
    """
    chance = np.random.default_rng(1)
    lons, lats = anywhere(number, chance)
    km = chance.uniform(100, 5000, number)
    ours, floor, loop = in_turns(
        lambda: make_range_rings(lons, lats, km),
        lambda: forward(lons, lats, km),
        lambda: buffers(lons[:sample], lats[:sample], km[:sample]),
    )
    loop *= number / sample
    what = f"{number:,} range rings"
    told = f"{seconds(loop)} (geopandas buffers in local AEQD, {sample} of them measured)"
    yield Row(what, seconds(ours), told, ratio(ours, loop), "20 times as fast", loop / ours >= 20)
    told = f"{seconds(floor)} (one pyproj.Geod.fwd and shapely.polygons, not cut at 180°)"
    yield Row(what, seconds(ours), told, ratio(ours, floor), "at most 1.5 times as long", ours / floor <= 1.5)


def buffers(lons: Array, lats: Array, km: Array) -> Geometries:
    """Rings as they are commonly made: one after the other, buffered in a projection of its own each."""
    import geopandas
    from pyproj import CRS

    found = []
    for lon, lat, radius in zip(lons, lats, km, strict=True):
        local = CRS.from_proj4(f"+proj=aeqd +lon_0={lon} +lat_0={lat} +datum=WGS84 +units=m")
        point = geopandas.GeoSeries([shapely.Point(lon, lat)], crs="EPSG:4326").to_crs(local)
        found.append(point.buffer(radius * 1000, quad_segs=_QUARTER).to_crs("EPSG:4326").iloc[0])
    return np.array(found, dtype=object)


def forward(lons: Array, lats: Array, km: Array) -> Geometries:
    """The least that rings take: their points, and polygons of these whatever lies at 180°."""
    from pyproj import Geod

    bearings = np.tile(np.linspace(0, -360, RING_POINTS), len(lons))
    starts = (np.repeat(one, RING_POINTS) for one in (lons, lats))
    ends = Geod(ellps="WGS84").fwd(*starts, bearings, np.repeat(km * 1000, RING_POINTS))
    polygons: Any = shapely.polygons(np.column_stack(ends[:2]).reshape(-1, RING_POINTS, 2))
    return np.asarray(polygons)


def zones(number: int = 1_000_000, names: tuple[str, ...] = ("eez", "belts", "seas")) -> Iterator[Row]:
    """Points all over the earth in zones; the baseline has frames and an index already."""
    layers, (lons, lats) = open_layers(), anywhere(number, np.random.default_rng(1))
    points = frame_of(lons, lats)
    for name in names:
        areas = frame_of_layer(name, layers)
        find_zones(lons[:1], lats[:1], layers, name)
        joined(points.iloc[:1], areas)
        ours, join = in_turns(
            lambda name=name: find_zones(lons, lats, layers, name), lambda areas=areas: joined(points, areas)
        )
        what = f"{number:,} points in {len(areas)} areas of {name}"
        told = f"{seconds(join)} (geopandas.sjoin)"
        yield Row(what, seconds(ours), told, ratio(ours, join), "at least as fast", ours <= join)


def frame_of(lons: Array, lats: Array) -> Any:
    """Points as a frame."""
    import geopandas

    return geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lons, lats), crs="EPSG:4326")


def frame_of_layer(name: str, layers: Layers) -> Any:
    """The areas of a layer as a frame with their ids."""
    import geopandas

    features = layers.features(name)
    shapes = [one.geometry for one in features]
    return geopandas.GeoDataFrame({"zone": [one.id for one in features]}, geometry=shapes, crs="EPSG:4326")


def joined(points: Any, areas: Any) -> Any:
    """The baseline: a frame of points joined with one of areas."""
    import geopandas

    return geopandas.sjoin(points, areas)


def anywhere(number: int, chance: np.random.Generator) -> tuple[Array, Array]:
    """Points all over the earth, as dense everywhere."""
    return chance.uniform(-180, 180, number), np.degrees(np.arcsin(chance.uniform(-1, 1, number)))
