"""Writes a layer's entry into ``layers/datapackage.json``: every recipe ends with a call of `describe`."""

from __future__ import annotations

import fcntl
import hashlib
import json
from pathlib import Path
from typing import Any

LAYERS = Path(__file__).parents[1]
PACKAGE = {
    "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
    "name": "geomap-layers",
    "title": "What geomap knows of the earth",
    "version": "1.0.0",
    "resources": [],
}


def describe(
    name: str,
    path: str,
    *,
    title: str,
    source: dict[str, str],
    licence: str,
    attribution: str,
    caveat: str,
    recipe: str,
    geometry: str | None = None,
    rows: tuple[int, int] | None = None,
    bounds: tuple[float, float, float, float] | None = None,
) -> None:
    """Put one resource into the catalog, in place of an older one of the same name.

    Parameters
    ----------
    path : file, relative to ``layers/``
    source : ``title``, and where known ``path`` (URL) and ``version``
    recipe : script, relative to ``layers/``
    geometry : ``Point``, ``LineString``, ``Polygon`` (multi-part ones are meant too), ``Geometry`` for mixed kinds,
        None for a table without geometry
    rows : least and greatest number of rows that it should have
    bounds : west, south, east, north in degrees within which all of it must lie
    """
    file = LAYERS / path
    entry: dict[str, Any] = {
        "name": name,
        "path": path,
        "title": title,
        "bytes": file.stat().st_size,
        "hash": "sha256:" + hashlib.sha256(file.read_bytes()).hexdigest(),
        "sources": [source],
        "licenses": [{"name": licence}],
        "geomap": {"attribution": attribution, "caveat": caveat, "recipe": recipe},
    }
    for key, value in (("geometry", geometry), ("rows", rows), ("bounds", bounds)):
        if value is not None:
            entry["geomap"][key] = value
    descriptor = LAYERS / "datapackage.json"
    with (LAYERS / "recipes" / "describe.py").open() as lock:  # two recipes may run at the same time
        fcntl.flock(lock, fcntl.LOCK_EX)
        package = json.loads(descriptor.read_text(encoding="utf-8")) if descriptor.exists() else dict(PACKAGE)
        resources = [old for old in package["resources"] if old["name"] != name]
        package["resources"] = sorted([*resources, entry], key=lambda resource: str(resource["name"]))
        beside = descriptor.with_suffix(".tmp")
        beside.write_text(json.dumps(package, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        beside.replace(descriptor)
