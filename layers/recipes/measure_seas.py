"""Compares ``layers/seas.gpkg`` with a file of marine polygons: how much of each sea both have in common.

A sea of the file is ours when one of its names is one of ours. Land is cut out on both sides, since both draw the coast
in their own way. Nothing of the reference is kept. Run from the root of the repository:
``python layers/recipes/measure_seas.py --reference FILE``.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import numpy as np
import shapely
from atlas import LAYERS, area_km2
from shapely.geometry.base import BaseGeometry

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.gazetteer import fold

GRID_DEG = 1e-5
EDGE_DEG = 0.5
"""Edges are drawn straight in degrees; geodesics between points this close are as good as that."""

WITHIN = 0.9
"""A sea of the reference lies in ours when ours has more than this share of it."""
LEAST_KM2 = 500.0
SLIVER = 0.05
"""What the reference covers less of than this share of ours is there in name only and is not judged."""

OF_S23 = "limits of IHO S-23"

HOLDS = "ours holds its gulfs and basins, which lie in it as seas of their own"
OPEN = "S-23 of 1953 has no limits for it, and atlases differ widely where it is open to the ocean"
OTHER = {
    "baltic-sea": HOLDS,
    "mediterranean-sea": HOLDS,
    "western-mediterranean": HOLDS,
    "eastern-mediterranean": HOLDS,
    "arafura-sea": "S-23 counts the Gulf of Carpentaria to it",
    "hudson-bay": "S-23 counts James Bay to it",
    "hudson-strait": "S-23 counts Ungava Bay to it",
    "baffin-bay": "S-23 counts Smith Sound, Kane Basin and Nares Strait to it",
    "yellow-sea": "S-23 draws its southern limit along 33° 17' N and counts Korea Bay to it",
    "irish-sea": "S-23 counts St George's Channel to it",
    "northwestern-passages": "S-23 counts Foxe Basin and all channels between the Arctic islands to it",
    "great-australian-bight": "S-23 draws its limit from West Cape Howe to Tasmania, others from Cape Pasley",
    "gulf-of-alaska": "S-23 draws its limit close to the islands, others from Dixon Entrance to Unimak",
    "gulf-of-guinea": "S-23 has the Bights of Benin and Biafra in it",
    "seto-inland-sea": "S-23 leaves out the Kii and Bungo Channels, which Japanese law counts to it",
    "north-pacific-ocean": "ours takes in the Philippine Sea and the Gulf of Alaska",
    "south-pacific-ocean": "ours takes in the Coral, Solomon, Bismarck and Tasman Seas",
    "indian-ocean": "ours takes in the Arabian Sea, the Bay of Bengal and other marginal seas",
    "north-atlantic-ocean": "ours takes in the Bay of Biscay, the Celtic and the Labrador Sea and other marginal seas",
    "south-atlantic-ocean": "ours takes in the Río de la Plata and the Scotia Sea north of 60° S",
    "arctic-ocean": "ours takes in the seas on its shelves",
    "southern-ocean": "ours takes in the seas about Antarctica",
    "weddell-sea": OPEN,
    "ross-sea": OPEN,
    "amundsen-sea": OPEN,
    "bellingshausen-sea": OPEN,
    "scotia-sea": OPEN,
}
"""Seas that mean something else than other atlases do, and why: definitions, not what a comparison shows."""

ALSO = {"inner-seas-scotland": ("inner seas",), "seto-inland-sea": ("inner sea",)}
"""Names that do not say of which sea they are, and the sea that they mean in an atlas."""


@dataclass(frozen=True)
class Match:
    """One sea and the one of the same name: their areas in km²."""

    key: str
    name: str
    ours_km2: float
    reference_km2: float
    common_km2: float
    inner_km2: float
    lost_to: str
    s23: bool

    @property
    def iou(self) -> float:
        """Intersection over union."""
        return self.common_km2 / max(self.ours_km2 + self.reference_km2 - self.common_km2, 1e-9)

    @property
    def in_name_only(self) -> bool:
        """Whether the reference has no more than a sliver of it."""
        return self.reference_km2 < SLIVER * self.ours_km2

    @property
    def bare_iou(self) -> float:
        """The same without what lies in our sea and is a sea of its own in the reference."""
        return self.common_km2 / max(self.ours_km2 - self.inner_km2 + self.reference_km2 - self.common_km2, 1e-9)


def names_of(*texts: object) -> list[str]:
    """Fold the names that columns hold, apart by ``|``, ``;`` or ``/``."""
    joined = "|".join(text for text in texts if isinstance(text, str))
    return [fold(name) for name in joined.replace(";", "|").replace("/", "|").split("|") if name.strip()]


def read_reference(path: Path) -> tuple[list[BaseGeometry], list[str], dict[str, list[int]]]:
    """Read the polygons of a file, their names, and which bear a folded name; a name beats an alternate one."""
    import geopandas as gpd

    frame = gpd.read_file(path)
    frame = frame.rename(columns={name: str(name).lower() for name in frame.columns if name != "geometry"}).to_crs(4326)
    shapes = list(shapely.set_precision(shapely.make_valid(frame.geometry.to_numpy()), GRID_DEG))
    found: dict[str, list[int]] = defaultdict(list)
    for column in ("name", "namealt"):
        if column in frame.columns:
            fresh: dict[str, list[int]] = defaultdict(list)
            for row, text in enumerate(frame[column]):
                for name in names_of(text):
                    fresh[name].append(row)
            found = fresh | found
    return shapes, [text if isinstance(text, str) else "" for text in frame["name"]], dict(found)


def compare(
    shapes: list[BaseGeometry], labels: list[str], found: dict[str, list[int]], land: shapely.STRtree
) -> list[Match]:
    """Measure each of our seas that the reference has under one of its names."""
    import geopandas as gpd

    frame = gpd.read_file(LAYERS / "seas.gpkg", layer="seas").fillna("")
    wet = np.array([at_sea(shape, land) for shape in shapes], dtype=object)
    areas = [km2(shape) for shape in wet]
    tree = shapely.STRtree(wet)
    matches = []
    columns = (frame[column] for column in ("key", "name", "names", "source"))
    for key, name, names, source, shape in zip(*columns, frame.geometry, strict=True):
        rows = next((found[each] for each in (*names_of(name, names), *ALSO.get(key, ())) if each in found), None)
        if rows is None:
            continue
        ours = at_sea(shapely.set_precision(shapely.make_valid(shape), GRID_DEG), land)
        reference = shapely.union_all(wet[rows])
        common = km2(shapely.intersection(ours, reference))
        shares = {int(row): km2(shapely.intersection(ours, wet[row])) for row in tree.query(ours) if row not in rows}
        inner = sum(share for row, share in shares.items() if share > WITHIN * areas[row])
        lost = sorted(((share, labels[row]) for row, share in shares.items() if share > LEAST_KM2), reverse=True)
        told = ", ".join(f"{label} {share:,.0f}" for share, label in lost[:5])
        matches.append(Match(key, name, km2(ours), km2(reference), common, inner, told, OF_S23 in source))
    return matches


def ours_names() -> set[str]:
    """All folded names of our seas."""
    import geopandas as gpd

    frame = gpd.read_file(LAYERS / "seas.gpkg", layer="seas", ignore_geometry=True).fillna("")
    return {name for row in zip(frame["name"], frame["names"], strict=True) for name in names_of(*row)}


def at_sea(shape: BaseGeometry, land: shapely.STRtree) -> BaseGeometry:
    """Cut the land out of a shape."""
    near = land.geometries[np.sort(land.query(shape, predicate="intersects"))]
    return shapely.difference(shape, shapely.union_all(near)) if len(near) else shape


def km2(shape: BaseGeometry) -> float:
    """Area of the polygons of a shape on the ellipsoid: km²."""
    polygons = [part for part in shapely.get_parts(shapely.get_parts(shape)) if part.geom_type == "Polygon"]
    return sum(area_km2(shapely.segmentize(polygon, EDGE_DEG)) for polygon in polygons)


def main() -> None:
    """Print the table and the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reference", type=Path, required=True, help="a file of marine polygons with their names")
    path = parser.parse_args().reference
    import geopandas as gpd

    shapes, labels, found = read_reference(path)
    countries = gpd.read_file(LAYERS / "countries.gpkg", layer="countries").geometry.to_numpy()
    land = shapely.STRtree(shapely.get_parts(shapely.set_precision(shapely.make_valid(countries), GRID_DEG)))
    matches = sorted(compare(shapes, labels, found, land), key=lambda match: -match.iou)
    print("sea                                    ours   reference      common    IoU  without inner seas")
    for match in matches:
        numbers = f"{match.ours_km2:11,.0f} {match.reference_km2:11,.0f} {match.common_km2:11,.0f}  {match.iou:.3f}"
        print(f"{match.name[:31]:31} {numbers}  {match.bare_iou:.3f}  {match.lost_to}")
        if match.key in OTHER or match.in_name_only:
            print(f"{'':31} {OTHER.get(match.key, 'in the reference in name only')}")
    known = ours_names() | {name for names in ALSO.values() for name in names}
    unknown = sorted({label for label in labels if fold(label) not in known})
    print("only in the reference:", ", ".join(unknown))
    matches = [match for match in matches if not match.in_name_only]
    same = [match for match in matches if match.key not in OTHER]
    for title, judged in (
        ("all", matches),
        ("that mean the same", same),
        ("that mean the same and have limits in S-23", [match for match in same if match.s23]),
    ):
        iou, bare = ([getattr(match, column) for match in judged] for column in ("iou", "bare_iou"))
        print(f"{len(judged)} seas, {title}: median {median(iou):.4f}, without inner seas {median(bare):.4f}")


if __name__ == "__main__":
    main()
