"""The map's frame: an azimuthal equidistant projection about its own middle, in points.

Distances and directions from the middle are true, and the shapes of a story, which lie about it, are hardly distorted.
Areas are cut to what the frame can show before they are projected: the far side of the earth would turn inside out.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Point, box
from shapely.geometry.base import BaseGeometry

from geomap import geodesy, seam
from geomap.edges import projection
from geomap.types import Record

Array = NDArray[np.float64]
_STEP_DEG = 0.5
_GRID_PT = 0.01
_PAD = 0.06
_FARTHEST_KM = 19_000.0
_ROUND_M = 20_003_931.0
"""Half a meridian (WGS 84): nothing of the earth lies farther off."""
_LEAST_M = 60_000.0
"""Half the width of the smallest piece of the earth that a frame shows."""


class Frame(Record, kw_only=True):
    """A rectangle on the sheet and the piece of the earth in it.

    Parameters
    ----------
    lon, lat : where the projection touches, degrees
    width, height : points
    scale : metres on the ground to a point on the sheet, along the middle
    east, north : metres from (lon, lat) to the middle of the frame
    """

    lon: float
    lat: float
    width: float
    height: float
    scale: float
    east: float = 0.0
    north: float = 0.0

    @property
    def box(self) -> BaseGeometry:
        """The frame on the sheet."""
        return box(0, 0, self.width, self.height)

    @property
    def earth(self) -> BaseGeometry:
        """The part of the frame in which the earth lies; beyond half a meridian from (lon, lat) there is none."""
        middle = Point(self._x(0.0), self._y(0.0))
        return shapely.intersection(self.box, shapely.buffer(middle, _ROUND_M / self.scale, quad_segs=90))

    @property
    def is_filled(self) -> bool:
        """Whether the earth fills the frame; else its corners, or more, lie beyond the earth."""
        return bool(self.earth.area > 0.9999 * self.box.area)

    @property
    def reach_km(self) -> float:
        """How far from (lon, lat) the corners of the frame may lie."""
        half = math.hypot(self.width * self.scale / 2 + abs(self.east), self.height * self.scale / 2 + abs(self.north))
        return min(_FARTHEST_KM, half * 1.02 / 1000)

    def points(self, lons: Array, lats: Array) -> Array:
        """Positions in degrees as (n, 2) points on the sheet; the far side of the earth lies far out."""
        x, y = projection(self.lon, self.lat)(lons, lats)
        return np.column_stack([self._x(np.asarray(x)), self._y(np.asarray(y))])

    def position(self, x: float, y: float) -> tuple[float, float]:
        """The longitude and latitude of a point on the sheet, degrees."""
        metres = (x - self.width / 2) * self.scale + self.east, (y - self.height / 2) * self.scale + self.north
        lon, lat = projection(self.lon, self.lat)(*metres, inverse=True)
        return float(lon), float(lat)

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a position lies within the frame."""
        if geodesy.distance_km(self.lon, self.lat, lon, lat) > self.reach_km:
            return False
        x, y = self.points(np.array([lon]), np.array([lat]))[0]
        return bool(0 <= x <= self.width and 0 <= y <= self.height)

    def project(self, geometry: BaseGeometry, *, margin: float = 0.0) -> BaseGeometry:
        """A geometry in degrees (cut at 180°) as it lies on the sheet, in points, cut to the frame.

        Parameters
        ----------
        margin : points by which the cut lies outside the frame, so that its edge cannot be seen
        """
        if isinstance(geometry, Point):
            return Point(self.points(np.array([geometry.x]), np.array([geometry.y]))[0])
        near = shapely.intersection(geometry, geodesy.disc(self.lon, self.lat, self.reach_km))
        kind = "Polygon" if geometry.geom_type.endswith("Polygon") else "LineString"
        near = seam.only(near, kind)
        if near.is_empty:
            return near
        flat = shapely.transform(
            shapely.segmentize(near, _STEP_DEG), lambda points: self.points(points[:, 0], points[:, 1])
        )
        frame = box(-margin, -margin, self.width + margin, self.height + margin)
        parts = [shapely.make_valid(part) for part in shapely.get_parts(flat)]
        if kind == "Polygon":
            whole = shapely.union_all([seam.only(part, kind) for part in parts], grid_size=_GRID_PT)
            return seam.only(shapely.intersection(whole, frame), kind)
        merged = shapely.line_merge(shapely.union_all([shapely.intersection(part, frame) for part in parts]))
        return seam.only(merged, kind)

    def _x(self, metres: Any) -> Any:
        return (metres - self.east) / self.scale + self.width / 2

    def _y(self, metres: Any) -> Any:
        return (metres - self.north) / self.scale + self.height / 2


def fit(bounds: tuple[float, float, float, float], width: float, height: float) -> Frame:
    """Make the frame of a size in points that shows all of some bounds.

    Parameters
    ----------
    bounds : west, south, east, north in degrees; west > east when they cross 180°
    """
    west, south, east, north = bounds
    span = (east - west) % 360 or 360.0
    if east - west >= 359:
        span = 360.0
    lon, lat = (west + span / 2 + 180) % 360 - 180, (south + north) / 2
    lons = west + span * np.linspace(0, 1, 37)
    lats = np.linspace(south, north, 25)
    grid = np.array([(x, y) for x in lons for y in lats])
    away = geodesy.GEOD.inv(np.full(len(grid), lon), np.full(len(grid), lat), grid[:, 0], grid[:, 1])[2]
    seen = grid[away <= _FARTHEST_KM * 1000]
    x, y = projection(round(lon, 3), round(lat, 3))(seen[:, 0], seen[:, 1])
    left, right, low, high = (float(value) for value in (np.min(x), np.max(x), np.min(y), np.max(y)))
    wide, tall = max(right - left, _LEAST_M), max(high - low, _LEAST_M)
    scale = max(wide / width, tall / height) * (1 + 2 * _PAD)
    return Frame(
        lon=round(lon, 3),
        lat=round(lat, 3),
        width=width,
        height=height,
        scale=scale,
        east=(left + right) / 2,
        north=(low + high) / 2,
    )
