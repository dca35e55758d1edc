"""Cold starts: what a command takes from nothing, beside the import of what it is built on."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import archive

from benchmarks.clock import GEOMAP, programs
from benchmarks.table import Row, ratio, seconds


def cold(turns: int = 7) -> Iterator[Row]:
    """The help page, one article read, one map."""
    text = next(one["text"] for one in archive.articles(20) if one["launch"])
    with tempfile.TemporaryDirectory() as folder:
        page = str(Path(folder, "map.html"))
        click, pandas, helped, read, drawn = programs(
            (sys.executable, "-c", "import click"),
            (sys.executable, "-c", "import geopandas"),
            (*GEOMAP, "--help"),
            (*GEOMAP, "read", "-"),
            (*GEOMAP, "map", "-", "-o", page, "--overwrite"),
            text=text,
            turns=turns,
        )
    yield _row("--help", helped, click, "click", "at most 1.5 times as long", helped <= 1.5 * click)
    yield _row("read", read, pandas, "geopandas", "at most 0.8 s", read <= 0.8)
    yield _row("map", drawn, pandas, "geopandas", "at most 2.5 s", drawn <= 2.5)


def _row(command: str, ours: float, baseline: float, module: str, target: str, met: bool) -> Row:
    told = f"{seconds(baseline)} (import {module})"
    return Row(f"geomap {command}, started cold", seconds(ours), told, ratio(ours, baseline), target, met)
