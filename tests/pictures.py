"""Checks pictures of all articles of a folder in all sizes: no label covers another; run by `make check-all`.

python tests/pictures.py [FOLDER]
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

from geomap.articles import open_article
from geomap.catalog import open_layers
from geomap.chart.labels import overlap
from geomap.chart.sizes import SIZES, Size
from geomap.export.picture import Sheet, make_sheet
from geomap.pipeline import read
from geomap.scene import make_scene
from geomap.stage import Scene

ROOT = Path(__file__).parents[1]


def faults(sheet: Sheet) -> list[str]:
    """What is wrong with a sheet: labels that cover each other or something else, or leave the map."""
    found = []
    for one, other in combinations(sheet.labels, 2):
        if overlap(one.box, other.box):
            found.append(f"{one.text!r} covers {other.text!r}")
    beside = [sheet.scale_box, sheet.north_box, *([sheet.globe] if sheet.globe else [])]
    beside += [sheet.legend.box] if sheet.legend.inside else []
    for one, other in combinations(beside, 2):
        if overlap(one, other):
            found.append(f"{one} covers {other}")
    for label in sheet.labels:
        found += [f"{label.text!r} covers {box}" for box in beside if overlap(label.box, box)]
        west, south, east, north = label.box
        if west < 0 or south < 0 or east > sheet.frame.width or north > sheet.frame.height:
            found.append(f"{label.text!r} leaves the map")
    return found


def scene_of(*paths: Path) -> Scene:
    """The scene of some articles."""
    layers = open_layers()
    return make_scene([read(open_article(str(path)), layers) for path in paths], layers)


def check(folder: Path, sizes: tuple[Size, ...]) -> int:
    """Check every article of a folder in some sizes, and print what is wrong and how many labels there are."""
    wrong = labels = sheets = 0
    for path in sorted((*folder.glob("*.txt"), *folder.glob("*.md"))):
        scene = scene_of(path)
        for size in sizes:
            sheet = make_sheet(scene, size)
            sheets, labels = sheets + 1, labels + len(sheet.labels)
            for fault in faults(sheet):
                wrong += 1
                print(f"{path.name}, {size.name}: {fault}")
    print(f"{sheets} pictures, {labels} labels, {wrong} faults")
    return wrong


if __name__ == "__main__":
    sys.exit(check(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "seeds", tuple(SIZES.values())) > 0)
