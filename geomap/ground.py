"""What lies under the marks: where the map opens, the land, its coasts and borders, and the countries' labels.

The land is fine (1 : 50 million) about the view and coarse (1 : 110 million) elsewhere, so that a page stays small and
still shows the whole world. Coasts and borders are lines of their own: the edge of a clip is neither.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.affinity import translate
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap.catalog import Layers
from geomap.geodesy import mean_longitude, only_areas
from geomap.types import Record

FINE, COARSE = "50m", "110m"
WORLD = box(-180, -90, 180, 90)
INNER = box(-179.999, -89.9, 179.999, 89.99)
"""The world without its edges, along which polygons are cut and no coast runs."""

LEAST_SPAN_DEG = (9.0, 6.5)
"""Least extent of the opening view, east-west and north-south."""

PADDING = (0.3, 0.1)
"""What is added to the events' extent on each side, as a part of it: where it is small, and where it is the world."""

FINEST_DEG = (75.0, 55.0)
"""Views wider than this have no need of the fine land."""

OVERLAP_DEG = 0.05
"""By so much the coarse land runs under the fine one, so that no hairline of sea shows between them."""


class View(Record, kw_only=True):
    """A window on the earth in degrees, west < east, both within 180 of ``lon0`` and so perhaps beyond ±180."""

    lon0: float
    west: float
    south: float
    east: float
    north: float

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north within ±180; west > east when the window crosses the antimeridian."""
        west, east = ((value + 180) % 360 - 180 for value in (self.west, self.east))
        return (-180.0, self.south, 180.0, self.north) if self.east - self.west >= 360 else (
            round(west, 4), round(self.south, 4), round(east, 4), round(self.north, 4)
        )  # fmt: skip

    def window(self, margin: float = 0.0) -> BaseGeometry:
        """The window as a polygon within ±180, cut there, with a margin that is a part of its extent."""
        wide, high = (self.east - self.west) * margin, (self.north - self.south) * margin
        grown = box(self.west - wide, max(self.south - high, -90), self.east + wide, min(self.north + high, 90))
        return shapely.union_all([translate(grown, shift, 0).intersection(WORLD) for shift in (-360, 0, 360)])


class Ground(Record, kw_only=True):
    """The land of a map.

    Parameters
    ----------
    land : (key in the layer, name, polygon) of each country
    coast, border : lines
    labels : (name, point) of the countries in the view
    """

    land: tuple[tuple[str, str, BaseGeometry], ...]
    coast: BaseGeometry
    border: BaseGeometry
    labels: tuple[tuple[str, Point], ...]


def view_about(geometries: Sequence[BaseGeometry]) -> View:
    """The window that shows some geometries with room about them; the world without the polar caps for none."""
    points = [shapely.get_coordinates(geometry) for geometry in geometries if not geometry.is_empty]
    if not points:
        return View(lon0=0.0, west=-180.0, south=-58.0, east=180.0, north=78.0)
    # of each geometry the middle of its extent, so that a long coast does not outweigh a point
    lon0 = mean_longitude([mean_longitude(part[:, 0].tolist()) for part in points])
    spots = np.vstack(points)
    lons = (spots[:, 0] - lon0 + 180) % 360 - 180 + lon0
    west, east, south, north = lons.min(), lons.max(), spots[:, 1].min(), spots[:, 1].max()
    padding = float(np.interp(east - west, (20, 120), PADDING))
    wide = max(LEAST_SPAN_DEG[0], (east - west) * (1 + 2 * padding))
    high = max(LEAST_SPAN_DEG[1], (north - south) * (1 + 2 * padding))
    lon, lat = (west + east) / 2, (south + north) / 2
    return View(
        lon0=round(float(lon)),
        west=float(lon - min(wide / 2, 180)),
        east=float(lon + min(wide / 2, 180)),
        south=max(float(lat - high / 2), -85.0),
        north=min(float(lat + high / 2), 85.0),
    )


def make_ground(layers: Layers, view: View, *, without: Collection[str] = (), wide: bool = False) -> Ground:
    """Cut the land of a map from the layer ``basemap``; the names are those of the layer ``countries``.

    Parameters
    ----------
    without : names of countries that need no label
    wide : the land of a large view is fine, too

    Raises
    ------
    LayerError
        if the layer cannot be used
    """
    rows = layers.rows("basemap")
    levels = {
        level: [
            (str(row["key"]), _name(layers, str(row["country"])), layers.geometry(f"basemap/{row['key']}"))
            for row in rows
            if row["level"] == level
        ]
        for level in (COARSE, FINE)
    }
    window = view.window(0.8) if (wide or _is_small(view)) and levels[FINE] else shapely.Polygon()
    outside = WORLD.difference(_shrunk(window)) if not window.is_empty else WORLD
    fine = [one for one in levels[FINE] if one[2].intersects(window)]
    coarse = [one for one in levels[COARSE] if one[2].intersects(outside)]
    land = [(key, name, only_areas(shape.intersection(window))) for key, name, shape in fine]
    land += [(key, name, only_areas(shape.intersection(outside))) for key, name, shape in coarse]
    inside_lines = _lines([shape for _, _, shape in fine], window)
    outside_lines = _lines([shape for _, _, shape in levels[COARSE]], WORLD.difference(window))
    return Ground(
        land=tuple(one for one in land if not one[2].is_empty),
        coast=shapely.union_all([inside_lines[0], outside_lines[0]]),
        border=shapely.union_all([inside_lines[1], outside_lines[1]]),
        labels=tuple(_labels(fine or levels[COARSE], view, set(without))),
    )


def _name(layers: Layers, code: str) -> str:
    known = f"countries/{code}"
    return str(layers.feature(known).properties["name"]) if layers.has(known) else code


def _shrunk(window: BaseGeometry) -> BaseGeometry:
    """The window made smaller by the overlap; its cut at 180° stays where it is."""
    parts = []
    for part in shapely.get_parts(window):
        west, south, east, north = part.bounds
        parts.append(
            box(
                west if west <= -180 else west + OVERLAP_DEG,
                south + OVERLAP_DEG,
                east if east >= 180 else east - OVERLAP_DEG,
                north - OVERLAP_DEG,
            )
        )
    return shapely.union_all(parts)


def _is_small(view: View) -> bool:
    return view.east - view.west <= FINEST_DEG[0] and view.north - view.south <= FINEST_DEG[1]


def _lines(shapes: Sequence[BaseGeometry], where: BaseGeometry) -> tuple[BaseGeometry, BaseGeometry]:
    """Coasts and land borders within an area: an edge of one country only is coast, one that two share is a border."""
    if not shapes or where.is_empty:
        return shapely.MultiLineString(), shapely.MultiLineString()
    clip = where.intersection(INNER)
    lines = shapely.get_parts(shapely.boundary(np.array(shapes, dtype=object)))
    points, line = shapely.get_coordinates(lines, return_index=True)
    corners = points.view(np.complex128)[:, 0]  # which can be sorted, west to east
    real = (line[:-1] == line[1:]) & (corners[:-1] != corners[1:])
    edges = np.sort(np.stack([corners[:-1], corners[1:]], axis=1)[real], axis=1)
    edges, times = np.unique(edges, axis=0, return_counts=True)
    ends = edges.view(np.float64).reshape(-1, 2, 2)
    coast, border = (_merged(ends[which], clip) for which in (times == 1, times > 1))
    return coast, border


def _merged(edges: NDArray[np.float64], clip: BaseGeometry) -> BaseGeometry:
    """Lines within an area, from edges of two ends each."""
    lines = np.asarray(shapely.linestrings(edges))
    return _only_lines(shapely.line_merge(shapely.MultiLineString([*lines])).intersection(clip))


def _only_lines(geometry: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type == "LineString" and not part.is_empty]
    return shapely.MultiLineString(parts)


def _labels(land: Sequence[tuple[str, str, BaseGeometry]], view: View, without: set[str]) -> list[tuple[str, Point]]:
    """The countries that show in the view, the largest first, each at the middle of the widest part that shows."""
    window, found = view.window(0.4), []
    for _, name, shape in land:
        seen = only_areas(shape.intersection(window))
        if name in without or seen.is_empty:
            continue
        largest = max(shapely.get_parts(seen), key=lambda part: part.area)
        if largest.area > 0.002 * window.area:
            middle = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.1), 0)
            found.append((largest.area, name, middle))
    return [(name, middle) for _, name, middle in sorted(found, key=lambda one: (-one[0], one[1]))]
