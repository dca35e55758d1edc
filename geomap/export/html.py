"""The page: one HTML file with the map in it, which opens anywhere with no network and asks for nothing.

Text from articles and files reaches the page in two ways only: escaped by jinja2 in the panel, and as JSON, which the
page's script shows with ``textContent``.
"""

from __future__ import annotations

import json
import re
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geomap.errors import ExportError
from geomap.export.window import along, anchors, encode, outline, recut, shift
from geomap.stage import Scene, SceneLayer, Table
from geomap.style import FILL_LIMIT_KM, GROUND, STYLES, SYMBOLS, Style
from geomap.tables import CLOSED, RECALLED

GROUND_STYLES = ("land", "coast", "border")
GROUND_DECIMALS, MARK_DECIMALS, EXACT_DECIMALS = 2, 3, 5
SIMPLIFY_DEG = 0.004
"""What is left out of areas and lines: less than half a kilometre, and less than a pixel at most zooms."""
EXACT_DEG = 0.00005
"""What is left out of areas whose corners a notice prints: a few metres."""

PACKAGE = "geomap.export"

_IN_BLOCKS = ("events", "claims", "hazards", "unlocated", "timeline", "conflicts", "rings")
"""The tables that the page shows in a way of their own."""


SHORE_DEG = 0.12
"""So near the land the outline of a zone at sea is left out."""


class _Page(NamedTuple):
    """What every layer has to know of the page: its middle, the first view, what labels avoid, where the coast is."""

    lon0: float
    seen: BaseGeometry
    taken: BaseGeometry
    shore: BaseGeometry


def write(scene: Scene, path: Path) -> None:
    """Write a scene as one HTML file; the same scene makes the same bytes.

    Raises
    ------
    ExportError
        if the file cannot be written, or the page would need anything that is not in it
    """
    page = make_page(scene)
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_text(page, encoding="utf-8", errors="replace", newline="\n")
        beside.replace(path)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        message = f"{path} cannot be written: {problem}"
        raise ExportError(message) from None


def make_page(scene: Scene) -> str:
    """Make the page's text.

    Raises
    ------
    ExportError
        if the page would need anything that is not in it
    """
    from geomap.export.elements import make_map
    from geomap.export.figure import OfflineFigure

    lon0 = _middle(scene)
    groups = _groups(scene)
    data = {
        "bounds": _opening(scene, lon0),
        "lon0": lon0,
        "styles": {style.key: _style(style) for style in _used(scene)},
        "groups": [group for group in groups if group["key"]],
        "layers": _layers(scene, lon0),
        "symbols": {key: [symbol.outline, symbol.inner, symbol.hollow] for key, symbol in SYMBOLS.items()},
    }
    figure = OfflineFigure(
        title=scene.title,
        language=scene.language,
        body=_body(scene),
        data=_json(data),
        css=_variables() + _resource("page.css") + "\n".join(_rule(style) for style in _used(scene)),
        js=_resource("page.js"),
    )
    figure.add_child(make_map(_panes(scene), groups))
    return figure.render()


def _layers(scene: Scene, lon0: float) -> list[dict[str, Any]]:
    """The layers for the page's script, in the order of the scene."""
    whole = {
        layer.style: recut(shapely.union_all(list(layer.frame.geometry), grid_size=1e-4), lon0)
        for layer in scene.layers
        if layer.style in (*GROUND_STYLES, "impact")
    }
    west, south, east, north = _opening(scene, lon0)
    seen = box(west, south, east, north)
    land, impact = (whole.get(key, shapely.Polygon()) for key in ("land", "impact"))
    near = seen.buffer(5)  # degrees on the page, where labels may go: no distance
    taken = land.intersection(near).union(impact.intersection(near).buffer(0.2))
    page = _Page(lon0=lon0, seen=seen, taken=taken, shore=land.simplify(0.02).boundary.buffer(SHORE_DEG, quad_segs=2))
    return [
        _ground(layer, whole[layer.style]) if layer.style in GROUND_STYLES else _layer(layer, page)
        for layer in scene.layers
    ]


def _ground(layer: SceneLayer, whole: BaseGeometry) -> dict[str, Any]:
    coded = encode(_simple(whole, 0.5 * 10**-GROUND_DECIMALS), GROUND_DECIMALS)
    return {"key": layer.key, "style": layer.style, "decimals": GROUND_DECIMALS, "rows": [{"g": coded}]}


def _layer(layer: SceneLayer, page: _Page) -> dict[str, Any]:
    made: dict[str, Any] = {"key": layer.key, "style": layer.style}
    made |= {"decimals": _decimals(layer), "columns": layer.columns, "title": layer.title}
    made["rows"] = [_row(layer, dict(row), page) for row in layer.frame.to_dict("records")]
    return made


def _decimals(layer: SceneLayer) -> int:
    return EXACT_DECIMALS if layer.style.startswith("hazard") else MARK_DECIMALS


def _row(layer: SceneLayer, row: dict[str, Any], page: _Page) -> dict[str, Any]:
    decimals = _decimals(layer)
    shape = _simple(recut(row["geometry"], page.lon0), EXACT_DEG if decimals == EXACT_DECIMALS else SIMPLIFY_DEG)
    made: dict[str, Any] = {"g": encode(shape, decimals), "id": row["id"], "t": row["title"]}
    if row.get("times"):
        made["x"] = [_minutes(one) for one in row["times"].split()]
    cells = [_cell(row.get(column)) for column, _ in layer.columns]
    if any(cells):
        made["c"] = cells
    if row.get("words"):
        made["w"] = row["words"]
    area = shape.geom_type.endswith("Polygon")
    edge = outline(shape, page.lon0) if area else None
    if area and layer.style.startswith(("eez", "zone", "relative")):
        # along the coast a zone has no edge to show, and layers of different makers would show two
        edge = shapely.difference(shape.boundary if edge is None else edge, page.shore)
    if edge is not None:
        made["o"] = encode(edge, decimals)
    too_wide = not row.get("high_km", 0.0) <= FILL_LIMIT_KM  # an open bound is not a number
    if STYLES[layer.style].fill and (too_wide if area else shape.geom_type.endswith("LineString")):
        made["wide"] = 1
    if layer.label and row.get(layer.label):
        made["l"] = str(row[layer.label])
        if layer.style.startswith(("range", "assumed-range")):
            made["a"] = along(edge if edge is not None else shape.boundary if area else shape)
        elif area:
            made["a"] = anchors(shape, page.seen, page.taken)
        elif shape.geom_type.endswith("LineString"):
            made["a"] = along(shape, 9)[3:6]
    return made


def _minutes(interval: str) -> list[int]:
    """An interval of two moments in UTC as minutes since 1970."""
    ends = (datetime.fromisoformat(part).timestamp() for part in interval.split("/"))
    return [int(end // 60) for end in ends]


def _simple(shape: BaseGeometry, tolerance: float) -> BaseGeometry:
    if shape.geom_type in ("Point", "MultiPoint"):
        return shape
    return shapely.simplify(shape, tolerance, preserve_topology=True)


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _groups(scene: Scene) -> list[dict[str, Any]]:
    """What the legend lists, the topmost first; the ground has no key and comes first of all."""
    found: dict[str, dict[str, Any]] = {}
    for index, layer in enumerate(scene.layers):
        group = found.setdefault(
            layer.group, {"title": layer.group, "layers": [], "shown": layer.shown, "styles": [], "order": 0}
        )
        group["layers"].append(index)
        group["styles"].append(layer.style)
        group["order"] = max(group["order"], STYLES[layer.style].order)
    ordered = sorted(found.values(), key=lambda group: (bool(group["title"]), -group["order"]))
    for number, group in enumerate(ordered):
        del group["order"]
        group["key"] = f"group{number}" if group["title"] else ""
    return ordered


def _panes(scene: Scene) -> dict[str, int]:
    """A pane for each style, so that what is switched on again comes back to its own height.

    Their order is that of the Tab key: what matters most comes first, the many sites from elsewhere last.
    """
    panes = {"graticule": 200 + 4 * STYLES["land"].order + 12, "labels": 620}
    for style in sorted(_used(scene), key=lambda style: (style.key == "site-known", -style.order)):
        still = style.key in GROUND_STYLES or not (style.weight or style.fill or style.symbol)
        panes[f"{'ground' if still else 'mark'}-{style.key}"] = 200 + 4 * style.order
    return panes


def _used(scene: Scene) -> list[Style]:
    return [STYLES[key] for key in dict.fromkeys(layer.style for layer in scene.layers)]


def _style(style: Style) -> dict[str, Any]:
    kept: dict[str, Any] = {"order": style.order, "lettering": style.lettering}
    if style.symbol:
        kept |= {"symbol": style.symbol, "size": style.size}
    elif style.weight or style.fill:
        kept |= {"area": bool(style.fill), "dash": list(style.dash)}
    return kept


def _middle(scene: Scene) -> float:
    west, _, east, _ = scene.bounds
    return float(round(shift((west + (east if east >= west else east + 360)) / 2, 0.0)))


def _opening(scene: Scene, lon0: float) -> list[float]:
    west, south, east, north = scene.bounds
    if east - west >= 359:
        return [lon0 - 180, south, lon0 + 180, north]
    return [round(value, 3) for value in (shift(west, lon0), south, shift(east, lon0), north)]


def _body(scene: Scene) -> str:
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string(_resource("page.html"))
    tables = {table.key: table for table in scene.tables}
    others = [_dense(table) for table in scene.tables if table.key not in _IN_BLOCKS]
    return template.render(
        scene=scene,
        current=[card for card in scene.cards if not card.recalled],
        recalled=[card for card in scene.cards if card.recalled],
        closed=_cards(tables.get("hazards")),
        timeline=[{**one, "kind": _kind(one)} for one in _cards(tables.get("timeline"))],
        conflicts=_conflicts(tables.get("conflicts")),
        unlocated=_cards(tables.get("unlocated")),
        rings=_cards(tables.get("rings")),
        events_table=_dense(tables["events"]) if "events" in tables else None,
        others=others,
        chips={"agrees": "agrees", "contradicts": "contradicts"},
        settled={"cannot tell": "cannot be settled"},
        kinds={"conflict": "Conflict", "doubt": "Doubt", "apart": "Does not fit the rest", "note": "Note"},
        hatches=[style.key for style in _used(scene) if style.hatch],
    )


def _dense(table: Table) -> Table:
    """The table without the columns in which nothing stands."""
    full = [i for i, _ in enumerate(table.headings) if i == 0 or any(row[i] for row in table.rows)]
    return Table(
        key=table.key,
        title=table.title,
        headings=tuple(table.headings[i] for i in full),
        rows=tuple(tuple(row[i] for i in full) for row in table.rows),
        open=table.open,
    )


def _cards(table: Table | None) -> list[dict[str, Any]]:
    """A table's rows as heading, cells that are not empty, and the marks that show them."""
    if table is None:
        return []
    marks = table.marks or ((),) * len(table.rows)
    return [
        {
            "heading": row[0],
            "cells": {name: cell for name, cell in zip(table.headings[1:], row[1:], strict=True) if cell},
            "marks": " ".join(shown),
        }
        for row, shown in zip(table.rows, marks, strict=True)
    ]


def _kind(entry: dict[str, Any]) -> str:
    """Of what kind an entry of the timeline is: a launch, one that is only recalled, or a closure."""
    said = entry["cells"]["Launch"]
    return "recalled" if RECALLED in said else "closure" if said.startswith(CLOSED) else "launch"


def _conflicts(table: Table | None) -> list[dict[str, Any]]:
    """What reports differ in, each with those who say something of it; rows of one thing follow each other."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for row, shown in zip(table.rows, table.marks, strict=True) if table else ():
        what, who, says, launch = row
        one = found.setdefault(
            (what, launch), {"heading": what, "launch": launch, "said": [], "marks": " ".join(shown)}
        )
        one["said"].append((who, says))
    return list(found.values())


def _variables() -> str:
    """The palette as CSS variables, for a light and a dark ground."""
    tones = {**GROUND, **{f"c-{key}": style.colour for key, style in STYLES.items()}}
    tones |= {f"t-{key}": style.text for key, style in STYLES.items()}
    light = ";".join(f"--{key}:{tone.light}" for key, tone in tones.items())
    dark = ";".join(f"--{key}:{tone.dark}" for key, tone in tones.items())
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _rule(style: Style) -> str:
    """The CSS of one kind of mark."""
    colour = f"var(--c-{style.key})"
    rules = [
        f".i-{style.key}{{color:{colour};opacity:{style.opacity:g}}}",
        f".l-{style.key}{{color:var(--t-{style.key})}}",
    ]
    if style.weight or style.fill:
        stroke = f"stroke:{colour};stroke-width:{style.weight:g};stroke-opacity:{style.opacity:g}"
        dash = f";stroke-dasharray:{' '.join(f'{part:g}' for part in style.dash)}" if style.dash else ""
        if not style.weight:
            stroke = "stroke:none"
        if style.hatch:
            fill = f"fill:url(#hatch-{style.key})"
        else:
            fill = f"fill:{colour};fill-opacity:{style.fill:g}" if style.fill else "fill:none"
        rules.append(f".m-{style.key}{{{stroke}{dash};{fill}}}")
    if style.hatch:
        rules.append(f"#hatch-{style.key}{{color:{colour}}}")
    return "\n".join(rules)


def _json(data: Any) -> str:
    """JSON that can stand in a script element: plain ASCII, and no character that could end the element."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return re.sub(r"[<>&]", lambda match: f"\\u{ord(match.group()):04x}", text)


def _resource(name: str) -> str:
    return files(PACKAGE).joinpath(name).read_text(encoding="utf-8")
