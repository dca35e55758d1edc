"""Finds the outline of a named island, peninsula or part of the world; what has none stays a point with a radius."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from atlas import middle_of, multi, reach_km, read_table
from divisions import Division
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.geodesy import disc

ALIKE = (0.65, 1.6)
"""A polygon is what was meant when its reach and the typed radius have a ratio in this range."""
CLOSE_DEG, BESIDE_DEG, LARGE_KM = 0.02, 0.1, 50.0
"""So near to its polygon must a typed point be, the second for an island of that radius: angles of the drawing."""
LEAST_KM, ROUND_KM, MOST_KM = 8.0, 25.0, 1000.0
"""Smaller groups of islands and smaller regions have no outline on this map; what is larger is too vague for one."""
SLACK = 1.1
"""The circle about a region is drawn so much wider before the land within it is cut out."""
WHOLE = 0.98
"""An island belongs to a group when this share of it lies in the group's circle."""


class Outlines:
    """Natural Earth's land, and what ``outlines.tsv`` says of how parts of it are bounded.

    Parameters
    ----------
    territories : land of each country, 1:10m
    divisions : land of the divisions by their keys in the layer ``regions``
    lent : the divisions that are what a typed row means, by its key
    """

    def __init__(
        self,
        territories: Mapping[str, MultiPolygon],
        divisions: Mapping[str, MultiPolygon],
        lent: Mapping[str, Division],
    ) -> None:
        self._lent = lent
        self._lands: dict[str, BaseGeometry] = {**territories, **divisions}
        self._masses = shapely.STRtree([part for land in territories.values() for part in land.geoms])
        self._typed = {row["key"]: row for row in read_table("outlines.tsv")}

    def of(self, row: Mapping[str, Any]) -> tuple[MultiPolygon, str, str] | None:
        """Find the outline of a typed row.

        Returns
        -------
        its polygons, the word for how they were found, and their source; None when it has no outline
        """
        if row["key"] in self._typed:
            return self._authored(row)
        if row["kind"] not in ("island", "region"):
            return None
        lent = self._lent.get(row["key"]) if row["kind"] == "region" else None
        if lent and ALIKE[0] <= reach_km(row["lon"], row["lat"], lent.shape) / row["radius_km"] <= 2 * ALIKE[1]:
            return lent.shape, lent.outline, lent.source
        if row["kind"] == "island" and (mass := self._mass(row)) is not None:
            return multi(mass), "drawn", "Natural Earth 1:10m"
        if not (LEAST_KM if row["kind"] == "island" else ROUND_KM) < row["radius_km"] <= MOST_KM:
            return None
        circle = disc(row["lon"], row["lat"], row["radius_km"] * SLACK)
        if row["kind"] == "island":
            group = self._group(row["country"], circle)
            return (group, "group", "Natural Earth 1:10m (islands within the typed circle)") if group else None
        land = self._lands.get(row["country"]) or self._near(circle)
        cut = multi(shapely.intersection(land, circle))
        if cut.is_empty or not cut.buffer(BESIDE_DEG).covers(Point(row["lon"], row["lat"])):
            return None  # a bank, a trench, a stretch of ocean
        return cut, "circle", "Natural Earth 1:10m (land within the typed circle)"

    def _authored(self, row: Mapping[str, Any]) -> tuple[MultiPolygon, str, str]:
        typed = self._typed[row["key"]]
        land = multi(shapely.union_all([self._lands[part] for part in typed["parts"].split("|")]))
        point = Point(row["lon"], row["lat"])
        if not typed["cut"]:
            return land, "parts", f"Natural Earth 1:10m; its parts: {typed['source']}"
        mass = min(land.geoms, key=lambda part: part.distance(point))
        if typed["cut"] == "-":
            return multi(mass), "parts", f"Natural Earth 1:10m; its parts: {typed['source']}"
        line = LineString([tuple(map(float, pair.split())) for pair in typed["cut"].split(",")])
        faces = shapely.get_parts(shapely.polygonize([shapely.union_all([mass.boundary, line])]))
        face = min(faces, key=lambda part: part.distance(point))
        if not ALIKE[0] <= reach_km(row["lon"], row["lat"], face) / row["radius_km"] <= ALIKE[1]:
            raise ValueError(f"{row['key']}: its line cuts off something else than was meant")
        return multi(face), "cut", f"Natural Earth 1:10m; cut along {typed['source']} (general knowledge)"

    def _mass(self, row: Mapping[str, Any]) -> Polygon | None:
        """Find the land mass that holds the typed point and agrees in size; that of several states is put together."""
        point = Point(row["lon"], row["lat"])
        nearby = self._masses.geometries[np.sort(self._masses.query(point, predicate="dwithin", distance=BESIDE_DEG))]
        if not row["country"]:
            nearby = shapely.get_parts(self._near(disc(row["lon"], row["lat"], row["radius_km"])))
        for mass in sorted(nearby, key=lambda mass: mass.distance(point)):
            if mass.distance(point) > max(CLOSE_DEG, BESIDE_DEG * row["radius_km"] / LARGE_KM):
                return None  # or a small island would take the outline of its neighbour
            middle = middle_of(mass)
            if ALIKE[0] <= reach_km(middle.x, middle.y, mass) / row["radius_km"] <= ALIKE[1]:
                return mass
        return None

    def _group(self, country: str, circle: BaseGeometry) -> MultiPolygon | None:
        land = self._lands.get(country)
        parts = shapely.get_parts(land) if land is not None else self._masses.geometries[self._masses.query(circle)]
        inside = [
            part for part in parts if part.intersects(circle) and part.intersection(circle).area >= WHOLE * part.area
        ]
        return MultiPolygon(inside) if inside else None

    def _near(self, circle: BaseGeometry) -> BaseGeometry:
        return shapely.union_all(self._masses.geometries[np.sort(self._masses.query(circle))])
