"""The launches of an archive for the page: columns instead of rows, every text once, every shape once.

Ten thousand popups as HTML would be a page of their own; the page's script makes each when it is asked for, out of the
columns that stand here. A column of numbers is one text in the letters of `geomap.export.window.pack`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from geomap.export.window import encode, letters, outline, pack, recut, uncut
from geomap.language import Language
from geomap.stage import Scene, SceneLayer, Table
from geomap.style import CLASSES

DECIMALS = 3
FINEST_DEG, COARSEST_DEG = 0.004, 0.08
"""What is left out of a shape: the second of the largest, which are shown when one looks from afar."""
_PART = 300
"""A shape may be off by this part of its extent."""
MOST_REPORTS = 12
"""Reports of one launch that the page tells; of the others it tells how many there are."""

FACTS = (
    "Number", "When", "Launched from", "Came down", "Distance", "Apogee", "Direction", "Platform", "Outcome", "Notes",
)  # fmt: skip
"""Columns of the table of events that a popup shows."""
_TOLD = frozenset(("actor", "when", "distance", "claims", "reports", "conflicts", "article", "links"))
"""Columns of marks that a popup leaves out: what the launch itself, its claims and its reports tell."""


class Columns:
    """Columns of text as numbers: each text once, the frequent ones with the small numbers."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()
        self._columns: list[tuple[dict[str, Any], str, Sequence[str]]] = []

    def put(self, home: dict[str, Any], key: str, texts: Sequence[str]) -> None:
        """Put a column into a dictionary, where it will stand once `finish` was called."""
        self._counts.update(texts)
        self._columns.append((home, key, texts))

    def finish(self) -> list[str]:
        """Put all columns in place; the texts that their numbers mean, the first of them empty."""
        self._counts.pop("", None)
        texts = ["", *(text for text, _ in sorted(self._counts.items(), key=lambda one: (-one[1], one[0])))]
        numbers = {text: number for number, text in enumerate(texts)}
        for home, key, column in self._columns:
            home[key] = letters(numbers[text] for text in column)
        return texts


def make_archive(scene: Scene, lon0: float, words: Language) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Make the launches with their reports, and the layers of their marks by their keys.

    Parameters
    ----------
    lon0 : the longitude in the middle of the map
    """
    tables, columns = {table.key: table for table in scene.tables}, Columns()
    events = tables["events"]
    place = {row[-1]: number for number, row in enumerate(events.rows)}
    shapes: dict[bytes, int] = {}
    marked = [layer for layer in scene.layers if layer.group]
    layers = {layer.key: _layer(layer, place, columns, shapes, lon0, words) for layer in marked}
    made: dict[str, Any] = {
        "n": len(events.rows),
        "launches": _launches(events, columns, words),
        "classes": [[key, words.label(title)] for key, (title, _) in CLASSES.items()],
        "reports": _told(tables.get("reports"), place, columns, range(5), MOST_REPORTS),
        "claims": _told(tables.get("claims"), place, columns, range(5)),
        "conflicts": _told(tables.get("conflicts"), place, columns, range(3)),
        "shapes": [_shape(shapely.from_wkb(blob), lon0) for blob in shapes],
    }
    columns.put(made["launches"], "others", _other_outlets(tables.get("reports"), place))
    made["strings"] = columns.finish()
    return made, layers


def _launches(table: Table, columns: Columns, words: Language) -> dict[str, Any]:
    made: dict[str, Any] = {"facts": [words.label(name) for name in FACTS], "cells": {}}
    of = {heading: number for number, heading in enumerate(table.headings)}
    for key, heading in (("t", "Event"), ("id", "Id")):
        columns.put(made, key, [row[of[heading]] for row in table.rows])
    for number, heading in enumerate(FACTS):
        columns.put(made["cells"], str(number), [row[of[heading]] for row in table.rows])
    known = {key: number for number, key in enumerate(CLASSES)}
    made["k"] = letters(known.get(row[of["Class"]], known[""]) for row in table.rows)
    spans = [_minutes(times) for times in table.times]
    made["from"] = letters(_steps([start for start, _ in spans]))
    made["long"] = letters(long for _, long in spans)
    return made


def _minutes(interval: str) -> tuple[int, int]:
    """An interval as minutes since 1970 and its length; -1 minutes long when there is none."""
    try:
        start, end = (int(datetime.fromisoformat(part).timestamp() // 60) for part in interval.split("/"))
    except (ValueError, OverflowError):
        return 0, -1
    return start, max(1, end - start)


def _told(
    table: Table | None, place: dict[str, int], columns: Columns, kept: Iterable[int], most: int | None = None
) -> dict[str, Any]:
    """The rows of a table by launch: how many there are of each, and some of their columns."""
    rows: list[list[tuple[str, ...]]] = [[] for _ in place]
    for row in table.rows if table else ():
        rows[place[row[-1]]].append(row)
    made: dict[str, Any] = {"n": letters(map(len, rows)), "most": most or max(map(len, rows), default=0), "cells": {}}
    told = [row for of_one in rows for row in of_one[:most]]
    for number in kept:
        columns.put(made["cells"], str(number), [row[number] for row in told])
    return made


def _other_outlets(reports: Table | None, place: dict[str, int]) -> list[str]:
    """For each launch the outlets of the reports that are only counted: a search finds it by them too."""
    outlets: list[list[str]] = [[] for _ in place]
    for row in reports.rows if reports else ():
        outlets[place[row[-1]]].append(row[0])
    return ["; ".join(dict.fromkeys(of_one[MOST_REPORTS:])) for of_one in outlets]


def _layer(
    layer: SceneLayer, place: dict[str, int], columns: Columns, shapes: dict[bytes, int], lon0: float, words: Language
) -> dict[str, Any]:
    """A layer of marks: for each the launch, the texts, and a point or the number of a shape."""
    frame, kept = layer.frame, [pair for pair in layer.columns if pair[0] not in _TOLD]
    made: dict[str, Any] = {
        "key": layer.key, "style": layer.style, "title": words.label(layer.title), "decimals": DECIMALS,
        "columns": [words.label(heading) for _, heading in kept], "n": len(frame), "cells": {},
    }  # fmt: skip
    made["e"] = letters(_steps([place[event] for event in frame["event"]]))
    columns.put(made, "id", list(frame["id"]))
    columns.put(made, "t", list(frame["title"]))
    columns.put(made, "w", list(frame["words"]))
    for number, (column, _) in enumerate(kept):
        columns.put(made["cells"], str(number), list(frame[column]))
    geometries = np.array(frame.geometry, dtype=object)
    if (shapely.get_type_id(geometries) == shapely.GeometryType.POINT).all():
        points = shapely.get_coordinates(geometries)
        points[:, 0] = (points[:, 0] - lon0 + 180) % 360 - 180 + lon0
        for key, values in zip(("x", "y"), np.rint(points * 10**DECIMALS).astype(int).T, strict=True):
            made[key] = letters(_steps(values.tolist()))
    else:
        made["g"] = letters(shapes.setdefault(blob, len(shapes)) for blob in shapely.to_wkb(geometries))
    return made


def _steps(values: Sequence[int]) -> list[int]:
    """Each number as its step from the one before."""
    steps: list[int] = np.diff(np.array(values, dtype=np.int64), prepend=0).tolist()
    return steps


def _shape(geometry: BaseGeometry, lon0: float) -> dict[str, Any]:
    """A shape as the page draws it: `g` itself, `o` its outline and `r` as files have it where these differ."""
    shape = _simple(recut(geometry, lon0))
    made = {"g": pack(encode(shape, DECIMALS))}
    edge = outline(shape, lon0) if shape.geom_type.endswith("Polygon") else None
    if edge is not None:
        made["o"] = pack(encode(edge, DECIMALS))
    if uncut(geometry, lon0):
        made["r"] = pack(encode(_simple(geometry), DECIMALS))
    return made


def _simple(shape: BaseGeometry) -> BaseGeometry:
    """Without what nobody sees: a part of the extent, so that the large shapes are the rough ones."""
    if shape.geom_type.endswith("Point"):
        return shape
    west, south, east, north = shape.bounds
    tolerance = min(COARSEST_DEG, max(FINEST_DEG, max(east - west, north - south) / _PART))
    return shapely.simplify(shape, tolerance, preserve_topology=True)
