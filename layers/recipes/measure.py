"""Compares ``layers/eez.gpkg`` with a file of Marine Regions: how much of each state's zones both have in common.

Only the sea counts. What the reference says is claimed or run by several states is left out on both sides; a zone that
only we keep as an overlap is nobody's and counts against us. Nothing of the reference is kept. Run from the root of
the repository: ``python layers/recipes/measure.py --reference FILE``.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import shapely
from atlas import LAYERS, area_km2
from shapely.geometry.base import BaseGeometry

WITHOUT_ZONE = ("ATA", "AZE", "KAZ", "TKM")
"""Antarctica, whose zone nobody may claim, and states on the Caspian, which has no zones in law."""
WHOLE = 0.5
"""A state that the reference covers less of than this share of ours is there in part only and is not judged."""
GRID_DEG = 1e-5


@dataclass(frozen=True)
class Match:
    """One state: its areas in km², by who has them."""

    state: str
    reference_km2: float
    ours_km2: float
    common_km2: float
    lost_to: str

    @property
    def iou(self) -> float:
        """Intersection over union."""
        return self.common_km2 / max(self.reference_km2 + self.ours_km2 - self.common_km2, 1e-9)

    @property
    def partial(self) -> bool:
        """Whether the reference seems to hold only some of the state's zones."""
        return self.reference_km2 < WHOLE * self.ours_km2 and self.common_km2 > 0.8 * self.reference_km2


def read_reference(path: Path) -> tuple[dict[str, BaseGeometry], BaseGeometry]:
    """Read a Marine Regions file of any version: the zones by sovereign state, and what is joint or disputed."""
    import geopandas as gpd

    frame = gpd.read_file(path)
    frame = frame.rename(columns={name: str(name).lower() for name in frame.columns if name != "geometry"}).to_crs(4326)
    shapes = shapely.set_precision(shapely.make_valid(frame.geometry.to_numpy()), GRID_DEG)
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    masked = []
    for shape, kind, state in zip(shapes, frame["pol_type"], frame["iso_sov1"], strict=True):
        if str(kind).replace(" ", "").upper() == "200NM":
            parts[str(state)].append(shape)
        else:
            masked.append(shape)
    whole = {state: shapely.union_all(shapes) for state, shapes in sorted(parts.items())}
    return whole, shapely.union_all(masked)


def read_ours() -> dict[str, BaseGeometry]:
    """Read our zones by sovereign state; overlaps have the states that claim them, joined by ``+``."""
    import geopandas as gpd

    frame = gpd.read_file(LAYERS / "eez.gpkg", layer="eez").fillna("")
    parts: dict[str, list[BaseGeometry]] = defaultdict(list)
    for shape, key, state, status in zip(
        frame.geometry, frame["key"], frame["sovereign"], frame["status"], strict=True
    ):
        parts[str(state) if status == "eez" else str(key)].append(shape)
    return {state: shapely.set_precision(shapely.union_all(shapes), GRID_DEG) for state, shapes in parts.items()}


def compare(reference: Mapping[str, BaseGeometry], ours: Mapping[str, BaseGeometry], away: Any) -> list[Match]:
    """Measure each state of the reference.

    Parameters
    ----------
    away : tree of the shapes that are left out on both sides: land, and what is joint or disputed
    """
    keys = list(ours)
    clean = np.array([_without(ours[key], away) for key in keys], dtype=object)
    areas = {key: area_km2(shape) for key, shape in zip(keys, clean, strict=True)}
    tree = shapely.STRtree(clean)
    found = []
    for state, shape in reference.items():
        if state in WITHOUT_ZONE:
            continue
        sea = _without(shape, away)
        shares = {keys[i]: area_km2(_polygons(shapely.intersection(sea, clean[i]))) for i in tree.query(sea)}
        others = sorted(((km2, key) for key, km2 in shares.items() if key != state and km2 > 500), reverse=True)
        lost = ", ".join(f"{key} {km2:,.0f}" for km2, key in others[:4])
        found.append(Match(state, area_km2(sea), areas.get(state, 0.0), shares.get(state, 0.0), lost))
    return found


def _without(shape: BaseGeometry, away: Any) -> BaseGeometry:
    near = away.geometries[np.sort(away.query(shape, predicate="intersects"))]
    return _polygons(shapely.difference(shape, shapely.union_all(near))) if len(near) else shape


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    return shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=Path, required=True, help="a file of Marine Regions with its zones")
    path = parser.parse_args().reference
    import geopandas as gpd

    reference, masked = read_reference(path)
    land = gpd.read_file(LAYERS / "countries.gpkg", layer="countries").geometry.to_numpy()
    land = shapely.get_parts(shapely.set_precision(shapely.make_valid(land), GRID_DEG))
    away = shapely.STRtree(np.concatenate([land, shapely.get_parts(masked)]))
    matches = sorted(compare(reference, read_ours(), away), key=lambda match: -match.iou)
    print("state   reference        ours      common    IoU  of the reference we give to")
    for match in matches:
        numbers = f"{match.reference_km2:11,.0f} {match.ours_km2:11,.0f} {match.common_km2:11,.0f}  {match.iou:.3f}"
        print(f"{match.state:5} {numbers}  {match.lost_to}{' (in part there)' if match.partial else ''}")
    judged = [match.iou for match in matches if not match.partial]
    common, total = sum(match.common_km2 for match in matches), sum(match.reference_km2 for match in matches)
    print(f"{len(judged)} states: median {median(judged):.4f}, mean {np.mean(judged):.4f}, ", end="")
    print(
        f"share over 0.9 {np.mean(np.array(judged) > 0.9):.3f}, over 0.95 {np.mean(np.array(judged) > 0.95):.3f}, ",
        end="",
    )
    print(f"area of the reference agreed {common / total:.4f}")


if __name__ == "__main__":
    main()
