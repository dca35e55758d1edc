"""Makes ``layers/basemap.gpkg``: the world's land for drawing, at two levels of detail, one row a territory and level.

For drawing only: coordinates are rounded to about a kilometre. Run from the root of the repository:
``python layers/recipes/basemap.py``.
"""

from __future__ import annotations

import numpy as np
import shapely
from atlas import ATTRIBUTION, LICENCE, SOURCE, merge, multi, parse_cache, read_atlas, rounded, write
from describe import describe
from shapely.geometry import Point

LEVELS = {"110m": 0.0, "50m": 0.035}
"""Resolutions, and the triangles that are smoothed away in them: the root of their area in degrees."""
DECIMALS = 2
CORNERS = {"CAF-110m": (23.89, 8.62)}
"""Where a border runs straight past the corner of a neighbour: what two countries share has to be the same in both."""
CAVEAT = "For drawing only: generalised land, positions rounded to 0.01 degrees; no statement on borders or claims."


def make() -> None:
    """Make the layer and describe it."""
    cache = parse_cache(__doc__)
    import geopandas as gpd

    records = []
    for level, spare in LEVELS.items():
        whole = merge(read_atlas(level, cache))
        simple = shapely.coverage_simplify(np.array(list(whole.values())), spare)
        for key, geometry in zip(whole, simple, strict=True):
            drawn = multi(rounded(geometry, DECIMALS))
            if corner := CORNERS.get(f"{key}-{level}"):
                drawn = multi(shapely.snap(drawn, Point(corner), 10**-DECIMALS))
            if not drawn.is_empty:  # the smallest have no area on so coarse a grid
                records.append({"key": f"{key}-{level}", "level": level, "country": key, "geometry": drawn})
    write(gpd.GeoDataFrame(records, geometry="geometry", crs=4326), "basemap")
    describe(
        "basemap",
        "basemap.gpkg",
        title="Land, for drawing",
        source=SOURCE,
        licence=LICENCE,
        attribution=ATTRIBUTION,
        caveat=CAVEAT,
        recipe="recipes/basemap.py",
        geometry="MultiPolygon",
        rows=(400, 440),
        bounds=(-180, -90, 180, 90),
    )


if __name__ == "__main__":
    make()
