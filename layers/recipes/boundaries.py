"""Makes ``layers/boundaries.gpkg``: the lines at sea that states agreed on or a court drew, from ``treaties``.

They are what bounds the zones of ``eez.gpkg`` where there is no line of equal distance. Run from the root of the
repository, after countries.py: ``python layers/recipes/boundaries.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from atlas import LAYERS, WORLD, parse_cache, reach_km, rounded, write
from describe import describe
from shapely.affinity import translate
from shapely.geometry import LineString, MultiLineString
from towns import slug
from treaties import Line, read_treaties

DECIMALS = 5
LEAST_DEG = 1e-6
TOLERANCE_KM = {"high": 1.0, "medium": 5.0, "low": 20.0}
"""How far off a line may be by its confidence: read in its text, recalled or read at second hand, doubtful."""
CAVEAT = (
    "Points as texts give them, legs drawn straight between them; a line whose confidence is not high was recalled or "
    "read at second hand, which its source says. No statement on any claim, and not for navigation."
)


def drawn(points: np.ndarray) -> MultiLineString:
    """Draw a line by its points, (longitude, latitude) rows; cut at 180°."""
    whole = LineString(np.column_stack([np.unwrap(points[:, 0], period=360), points[:, 1]]))
    pieces = [translate(whole, shift).intersection(WORLD) for shift in (-360, 0, 360)]
    parts = [part for piece in pieces for part in shapely.get_parts(piece) if part.length > LEAST_DEG]
    return MultiLineString([part for part in parts if part.geom_type == "LineString"])


def record(line: Line, names: Mapping[str, str]) -> dict[str, object]:
    """Make the row of a line."""
    shape = rounded(drawn(line.points), DECIMALS)
    longest = max(shapely.get_parts(shape), key=lambda part: part.length)
    point = longest.interpolate(0.5, normalized=True)
    return {
        "key": f"{slug(line.name)}-{line.year}" if line.year else slug(line.name),
        "name": line.name,
        "kind": "line",
        "year": line.year or None,
        "left": called(line.left, names),
        "right": called(line.right, names),
        "lon": round(point.x, 4),
        "lat": round(point.y, 4),
        "radius_km": round(reach_km(point.x, point.y, shape), 1),
        "tolerance_km": TOLERANCE_KM[line.confidence],
        "source": line.source,
        "confidence": line.confidence,
        "geometry": MultiLineString(shapely.get_parts(shape).tolist()),
    }


def called(side: Sequence[str], names: Mapping[str, str]) -> str:
    """Say who is on a side."""
    return ", ".join(" and ".join(names.get(code, code) for code in unit.split("+")) for unit in side)


def make() -> None:
    """Make the layer and describe it."""
    parse_cache(__doc__)
    import geopandas as gpd

    names = gpd.read_file(LAYERS / "countries.gpkg", layer="countries").set_index("key")["name"].to_dict()
    rows = sorted((record(line, names) for line in read_treaties().lines), key=lambda row: str(row["key"]))
    frame = gpd.GeoDataFrame(rows, geometry="geometry", crs=4326).astype({"year": "Int32"})
    write(frame, "boundaries", small=True)
    describe(
        "boundaries",
        "boundaries.gpkg",
        title="Boundaries at sea: agreed lines and rulings",
        source={"title": "Typed from treaties, rulings and laws; the column source names each"},
        licence="CC0-1.0",
        attribution="Boundaries at sea: geomap, from treaties and rulings.",
        caveat=CAVEAT,
        recipe="recipes/boundaries.py",
        geometry="LineString",
        rows=(len(rows), len(rows)),
        bounds=(-180, -90, 180, 90),
    )


if __name__ == "__main__":
    make()
