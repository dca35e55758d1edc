"""Checks the positions in ``islands.tsv`` against shorelines that are not part of the project.

Nothing of those shorelines is kept: the recipe prints, for each island, how far its position is from the nearest
shoreline, the area of the island that has that shoreline, and the distance to the unit's own coast in Natural Earth.
More than 3 km to the shoreline is flagged. Shorelines are read from a file that GeoPandas reads, or from the netCDF
file of the full GSHHG that Debian's ``gmt-gshhg-full`` brings (which needs netCDF4). No layer is made with it, and
nothing needs it to run. From the root of the repository: ``python layers/recipes/check_islands.py FILE``.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import NamedTuple

import numpy as np
from atlas import read_table

FLAG_KM = 3.0
GAP_KM = 0.5
"""Shorelines are made denser than this, so that the distance to a vertex will do."""
DEGREE_KM = 111.2


class Shores(NamedTuple):
    """Points of shorelines, (longitude, latitude) rows, and the area in km² of the land that each belongs to."""

    points: np.ndarray
    areas: np.ndarray


def read_gshhg(path: Path) -> Shores:
    """Read GSHHG as GMT's netCDF files have it: segments of whole polygons, cut at bins of one degree."""
    import netCDF4

    with netCDF4.Dataset(path) as data:
        columns = int(data["N_bins_in_360_longitude_range"][0])
        size = int(data["Bin_size_in_minutes"][0]) / 60
        counts = data["N_segments_in_a_bin"][:].astype(int)
        first_point = data["Id_of_first_point_in_a_segment"][:].astype(int)
        packed = data["Embedded_npts_levels_exit_entry_for_a_segment"][:].astype(int)
        polygon = data["Id_of_GSHHS_ID"][:].astype(int)
        area = np.asarray(data["The_km_squared_area_of_polygons"][:])
        steps = [data[f"Relative_{axis}_from_SW_corner_of_bin"][:] for axis in ("longitude", "latitude")]
    lengths, levels = packed >> 9, (packed >> 6) & 7
    bins = np.repeat(np.arange(len(counts)), counts)
    corner = np.column_stack([bins % columns * size, 90 - (bins // columns + 1) * size])
    offsets = np.column_stack([np.asarray(step).view(np.uint16) for step in steps]) * (size / 65535)
    lines, areas = [], []
    for i in np.flatnonzero(levels == 1):
        line = corner[i] + offsets[first_point[i] : first_point[i] + lengths[i]]
        lines.append(dense(line))
        areas.append(np.full(len(lines[-1]), area[polygon[i]]))
    return Shores(np.vstack(lines), np.concatenate(areas))


def read_shores(path: Path) -> Shores:
    """Read polygons or lines from a file that GeoPandas reads."""
    if path.suffix == ".nc":
        return read_gshhg(path)
    import geopandas as gpd
    import shapely
    from atlas import area_km2

    shapes = gpd.read_file(path).to_crs(4326).geometry.explode().to_numpy()
    edges = [shape.exterior if shape.geom_type == "Polygon" else shape for shape in shapes]
    lines = [dense(shapely.get_coordinates(edge)) for edge in edges]
    sizes = [area_km2(shape) if shape.geom_type == "Polygon" else np.nan for shape in shapes]
    return Shores(np.vstack(lines), np.concatenate([np.full(len(a), b) for a, b in zip(lines, sizes, strict=True)]))


def dense(line: np.ndarray) -> np.ndarray:
    """Add points to a line of (longitude, latitude) rows, a longitude's degree taken for as long as a latitude's."""
    gaps = np.hypot(*np.diff(line, axis=0).T) * DEGREE_KM / GAP_KM
    parts = np.maximum(np.ceil(gaps), 1).astype(int)
    if len(line) < 2 or parts.max() == 1:
        return line
    start = np.repeat(np.arange(len(parts)), parts)
    share = (np.arange(parts.sum()) - np.repeat(np.cumsum(parts) - parts, parts)) / parts[start]
    return np.vstack([line[start] + share[:, None] * (line[start + 1] - line[start]), line[-1]])


def main() -> None:
    """Print the table of distances."""
    from atlas import read_atlas
    from eez import coasts_of
    from equidistance import centred, distance_of
    from scipy.spatial import cKDTree
    from treaties import read_treaties

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shores", type=Path, help="file of shorelines")
    parser.add_argument("--cache", type=Path, default=Path(tempfile.gettempdir()) / "geomap-recipes")
    args = parser.parse_args()
    shores = read_shores(args.shores)
    tree = cKDTree(centred(shores.points))
    rows = read_table("islands.tsv")
    places = np.array([[float(row["lon"]), float(row["lat"])] for row in rows])
    _, nearest = tree.query(centred(places))
    to_shore = distance_of(tree, places)
    listed = {tuple(place) for place in places.round(6)}
    coasts = coasts_of(read_atlas("10m", args.cache), read_treaties(), "belts")
    print("unit\tname\tto_shore_km\tisland_km2\tto_own_coast_km\tflag")
    for row, place, shore, i in zip(rows, places, to_shore, nearest, strict=True):
        own = np.array([point for point in coasts[row["unit"]] if tuple(point) not in listed])
        coast = distance_of(cKDTree(centred(own)), place[None])[0] if len(own) else np.inf
        flag = "far" if shore > FLAG_KM else "mapped" if coast < FLAG_KM else ""
        print(f"{row['unit']}\t{row['name']}\t{shore:.1f}\t{shores.areas[i]:.3g}\t{coast:.0f}\t{flag}")


if __name__ == "__main__":
    main()
