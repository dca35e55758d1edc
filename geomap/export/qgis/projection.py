"""The projection of the project: azimuthal equidistant about the event, so that rings about it are circles."""

from __future__ import annotations

import warnings
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.geodesy import disc, distance_km
from geomap.stage import Scene

HALF_EARTH_M = 20_003_931.0
WIDE_DEG = 150.0
"""A view that is wider than this is shown by what lies in it, as its corners say nothing."""

OFF_CENTRE_KM = 1500.0
"""A launch that is farther from the middle of the view would turn the map askew."""

_HOLE_KM, _NEAR_KM, _STEP_DEG = 50.0, 600.0, 0.25


class Projection:
    """An azimuthal equidistant projection.

    Parameters
    ----------
    lon, lat : its centre, in degrees
    """

    def __init__(self, lon: float, lat: float) -> None:
        self.lon, self.lat = lon, lat

    @property
    def proj4(self) -> str:
        """The definition as PROJ's own string."""
        return f"+proj=aeqd +lat_0={self.lat:g} +lon_0={self.lon:g} +datum=WGS84 +units=m +no_defs"

    @cached_property
    def wkt(self) -> str:
        """The definition as WKT 1: PROJ before 9.2 cannot read what later ones write in WKT 2."""
        from pyproj import CRS

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return str(CRS(self.proj4).to_wkt("WKT1_GDAL")).replace('PROJCS["unknown"', f'PROJCS["{self.title}"', 1)

    @property
    def title(self) -> str:
        """What QGIS shows as its name."""
        north, east = "N" if self.lat >= 0 else "S", "E" if self.lon >= 0 else "W"
        return f"Azimuthal equidistant about {abs(self.lat):g} {north}, {abs(self.lon):g} {east}"

    def flat(self, geometry: BaseGeometry) -> BaseGeometry:
        """The geometry on the map, in metres."""
        return shapely.transform(geometry, self._flat)

    def cleared(self, geometry: BaseGeometry, *, ground: bool) -> BaseGeometry:
        """The geometry without the point opposite to the centre, about which an area would turn inside out.

        Parameters
        ----------
        ground : the land, whose corners are far apart, loses all that lies near that point
        """
        hole, near = self._opposite
        if geometry.geom_type.endswith("Point"):
            return geometry
        if geometry.geom_type.endswith("Polygon") and not ground:
            west, south, east, north = geometry.bounds
            if west <= -180 or east >= 180 or south <= -90 or north >= 90:  # its cut is a curve on the map
                geometry = shapely.segmentize(geometry, 1.0)
        if not geometry.intersects(near):
            return geometry
        whole = geometry if geometry.is_valid else shapely.make_valid(geometry)
        return whole.difference(near) if ground else shapely.segmentize(whole, _STEP_DEG).difference(hole)

    @cached_property
    def _opposite(self) -> tuple[BaseGeometry, BaseGeometry]:
        lon, lat = (self.lon + 360) % 360 - 180, -self.lat
        return disc(lon, lat, _HOLE_KM), disc(lon, lat, _NEAR_KM)

    @cached_property
    def _proj(self) -> Any:
        from pyproj import Proj

        return Proj(self.proj4)

    def _flat(self, points: Any) -> Any:
        return np.column_stack(self._proj(points[:, 0], points[:, 1]))


def projection_of(scene: Scene) -> Projection:
    """The projection about the only launch of a scene, or else about the middle of its view, where north is up."""
    west, south, east, north = scene.bounds
    span = (east - west) % 360 or 360.0
    lon, lat = (west + span / 2 + 180) % 360 - 180, (south + north) / 2
    for style in ("launch-point", "launch-area"):
        starts = [row.centroid for layer in scene.layers if layer.style == style for row in layer.frame.geometry]
        if len(starts) == 1:
            start = starts[0]
            if span >= WIDE_DEG or distance_km(lon, lat, start.x, start.y) <= OFF_CENTRE_KM:
                lon, lat = start.x, start.y
            break
    return Projection(round(lon, 2), round(lat, 2))


def extent_of(scene: Scene, projection: Projection) -> tuple[float, float, float, float]:
    """What the map opens on: xmin, ymin, xmax, ymax in metres."""
    west, south, east, north = scene.bounds
    span = (east - west) % 360 or 360.0
    if span < WIDE_DEG:
        lons, lats = np.linspace(west, west + span, 25), np.linspace(south, north, 25)
        grid = shapely.MultiPoint([(lon, lat) for lon in lons for lat in lats])
        return _rounded(projection.flat(grid).bounds)
    marks = [row for layer in scene.layers if layer.group and layer.shown for row in layer.frame.geometry]
    if not marks:
        return _rounded((-HALF_EARTH_M, -HALF_EARTH_M, HALF_EARTH_M, HALF_EARTH_M))
    bounds = np.array([projection.flat(mark).bounds for mark in marks])
    low, high = bounds[:, :2].min(axis=0), bounds[:, 2:].max(axis=0)
    room = 0.06 * (high - low).max()
    return _rounded((*(low - room), *(high + room)))


def _rounded(bounds: Any) -> tuple[float, float, float, float]:
    xmin, ymin, xmax, ymax = (float(round(value, -2)) for value in bounds)
    return xmin, ymin, xmax, ymax
