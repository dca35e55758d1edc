"""Imports go down the floors of the house, and modules stay short."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1] / "geomap"
FILES = sorted(path for path in ROOT.rglob("*.py") if "layers" not in path.relative_to(ROOT).parts[:1])
LONGEST = 400

FLOORS = (
    ("errors",),
    ("expressions", "loops", "edges", "files", "patterns", "memory"),
    ("seam", "circles", "shares"),
    ("launch", "stems"),
    ("types",),
    (
        "stage",
        "codec",
        "features",
        "ballistics",
        "geodesy",
        "quantities",
        "dates",
        "style",
        "lettering",
        "office",
        "tokens",
        "phrases",
        "wording",
        "positions",
        "coordinates",
    ),
    ("additions", "catalog", "known", "articles", "localdays", "recognizers", "wfs", "qml", "brand", "language"),
    ("gazetteer", "ground", "land", "looks", "naming", "bands", "reach", "seanames", "zoneparts", "containment"),
    ("lexicon", "words", "marineregions", "ranges", "verdicts", "touched", "closures"),
    ("mentions", "notices", "places", "events", "claimed", "crossings"),
    ("pipeline", "reached", "story"),
    ("assume", "batch", "credits", "frames", "tables", "around"),
    ("analyst", "chronicle", "margins"),
    ("cards",),
    ("scene", "tabular"),
    ("rings", "chart", "briefing", "archive"),
    ("export",),
    ("__init__",),
    ("cli",),
    ("__main__",),
)
FLOOR = {part: floor for floor, parts in enumerate(FLOORS) for part in parts}


def part(path: Path) -> str:
    """The module or package of the first level that a file belongs to."""
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def imported(source: str, package: tuple[str, ...]) -> Iterator[str]:
    """The parts of geomap that a file's import statements reach, wherever they stand."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            targets = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            base += node.module.split(".") if node.module else []
            targets = [[*base, alias.name] for alias in node.names]
        else:
            continue
        for target in targets:
            if target[0] == "geomap":
                yield target[1] if len(target) > 1 and target[1] in FLOOR else "__init__"


def climbs(source: str, package: tuple[str, ...], own: str) -> list[str]:
    """What a file imports that is not below it."""
    return [found for found in imported(source, package) if found != own and FLOOR[found] >= FLOOR[own]]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down(path: Path) -> None:
    own = part(path)
    assert own in FLOOR, f"give {own} a floor"
    assert climbs(path.read_text(encoding="utf-8"), ("geomap", *path.relative_to(ROOT).parts[:-1]), own) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_modules_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_floors_name_what_there_is() -> None:
    assert sorted(FLOOR) == sorted({part(path) for path in FILES})


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("from geomap.pipeline import read", ["pipeline"]),
        ("import geomap.pipeline", ["pipeline"]),
        ("from geomap import pipeline", ["pipeline"]),
        ("from geomap import read", ["__init__"]),
        ("def f():\n    from ..scene import x", ["scene"]),
        ("from .. import events", ["events"]),
        ("from ..types import Place", []),
        ("from .words import Words", []),
        ("from geomap.mentions.words import Words", []),
        ("import json, shapely", []),
    ],
)
def test_every_way_up_is_seen(statement: str, found: list[str]) -> None:
    assert climbs(statement, ("geomap", "mentions"), "mentions") == found
