"""The page: one HTML file with the map in it, which opens anywhere with no network and asks for nothing.

Text from articles and files reaches the page in two ways only: escaped by jinja2 in the panel, and as JSON, which the
page's script shows with ``textContent``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import shapely
from shapely.geometry import box
from shapely.geometry.base import BaseGeometry

from geomap.export.archived import make_archive
from geomap.export.panel import make_archive_body, make_body
from geomap.export.setting import Setting, make_setting
from geomap.export.sheet import SCHEMES, make_sheet, resource
from geomap.export.window import along, anchors, encode, outline, pack, recut, recut_all, shift, uncut
from geomap.files import write_whole
from geomap.language import Language
from geomap.stage import Scene, SceneLayer
from geomap.style import FILL_LIMIT_KM, STYLES, SYMBOLS, Style

GROUND_STYLES = ("land", "coast", "border")
GROUND_DECIMALS, MARK_DECIMALS, EXACT_DECIMALS = 2, 3, 5
SIMPLIFY_DEG = 0.004
"""What is left out of areas and lines: less than half a kilometre, and less than a pixel at most zooms."""
EXACT_DEG = 0.00005
"""What is left out of areas whose corners a notice prints: a few metres."""

SCRIPTS = (
    "base.js", "geometry.js", "marks.js", "labels.js", "time.js", "graticule.js", "legend.js", "panel.js",
    "coordinates.js", "positions.js", "picture.js", "data.js", "tools.js", "start.js",
)  # fmt: skip
"""The parts of the page's script, which is one function; what folium's elements call is given out at its end."""
ARCHIVE_SCRIPTS = (*SCRIPTS[:-1], "columns.js", "told.js", "gather.js", "filters.js", "archive.js", SCRIPTS[-1])
"""Those of a page with the launches of an archive."""

SHORE_DEG = 0.12
"""So near the land the outline of a zone at sea is left out."""


class _Page(NamedTuple):
    """What every layer has to know of the page: its middle, the first view, what labels avoid, where the coast is."""

    lon0: float
    seen: BaseGeometry
    taken: BaseGeometry
    shore: BaseGeometry


def write(scene: Scene, path: Path, setting: Setting | None = None) -> None:
    """Write a scene as one HTML file; the same scene makes the same bytes.

    Parameters
    ----------
    setting : theme, language, brand and so on, by `geomap.export.setting.make_setting`; the usual ones when left out

    Raises
    ------
    ExportError
        if the file cannot be written, or the page would need anything that is not in it
    """
    page = make_page(scene, setting)
    write_whole(path, page.encode("utf-8", errors="replace"))


def make_page(scene: Scene, setting: Setting | None = None) -> str:
    """Make the page's text.

    Parameters
    ----------
    setting : as `write` takes it

    Raises
    ------
    ExportError
        if the page would need anything that is not in it
    """
    from geomap.export.elements import make_map
    from geomap.export.figure import OfflineFigure

    setting = setting or make_setting()
    words = setting.language
    lon0 = _middle(scene)
    groups = _groups(scene)
    archive, archived = make_archive(scene, lon0, words) if scene.archive else ({}, {})
    data = {
        "bounds": _opening(scene, lon0),
        "lon0": lon0,
        "words": words.page,
        "locale": words.locale,
        "styles": {style.key: _style(style) for style in _used(scene)},
        "groups": [{**group, "title": words.label(group["title"])} for group in groups if group["key"]],
        "layers": _layers(scene, lon0, words, archived),
        "symbols": {key: [symbol.outline, symbol.inner, symbol.hollow] for key, symbol in SYMBOLS.items()},
    }
    if scene.archive:
        data["archive"] = archive
    hatches = [style.key for style in _used(scene) if style.hatch]
    figure = OfflineFigure(
        title=scene.title,
        language=words.code,
        scheme=SCHEMES[setting.theme],
        classes="embed" if setting.embed else "",
        body=make_archive_body(scene, setting, hatches) if scene.archive else make_body(scene, setting, hatches),
        data=_json(data),
        css=make_sheet(setting, _used(scene), archive=scene.archive),
        js=_script(ARCHIVE_SCRIPTS if scene.archive else SCRIPTS),
    )
    figure.add_child(make_map(_panes(scene), groups, archive=scene.archive))
    return figure.render()


def _script(parts: Sequence[str]) -> str:
    """The parts put together, without indentation and comments, which only those who read the parts need."""
    lines = (line.strip() for name in parts for line in resource(name).splitlines())
    script = "\n".join(line for line in lines if line and not line.startswith("//"))
    return f'"use strict";\nconst geomap = (() => {{\n{script}\n}})();'


def _layers(scene: Scene, lon0: float, words: Language, archived: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The layers for the page's script, in the order of the scene.

    Parameters
    ----------
    archived : by their keys the layers that are made already
    """
    whole = {
        layer.style: recut_all(layer.frame.geometry, lon0)
        for layer in scene.layers
        if layer.style in (*GROUND_STYLES, "impact") and layer.key not in archived
    }
    west, south, east, north = _opening(scene, lon0)
    seen = box(west, south, east, north)
    land, impact = (whole.get(key, shapely.Polygon()) for key in ("land", "impact"))
    near = seen.buffer(5)  # degrees on the page, where labels may go: no distance
    taken = land.intersection(near).union(impact.intersection(near).buffer(0.2))
    page = _Page(lon0=lon0, seen=seen, taken=taken, shore=land.simplify(0.02).boundary.buffer(SHORE_DEG, quad_segs=2))
    return [
        archived.get(layer.key)
        or (_ground(layer, whole[layer.style]) if layer.style in GROUND_STYLES else _layer(layer, page, words))
        for layer in scene.layers
    ]


def _ground(layer: SceneLayer, whole: BaseGeometry) -> dict[str, Any]:
    coded = pack(encode(_simple(whole, 0.5 * 10**-GROUND_DECIMALS), GROUND_DECIMALS))
    return {"key": layer.key, "style": layer.style, "decimals": GROUND_DECIMALS, "rows": [{"g": coded}]}


def _layer(layer: SceneLayer, page: _Page, words: Language) -> dict[str, Any]:
    made: dict[str, Any] = {"key": layer.key, "style": layer.style}
    made |= {"decimals": _decimals(layer), "title": words.label(layer.title)}
    made["columns"] = [words.label(heading) for _, heading in layer.columns]
    made["rows"] = [_row(layer, dict(row), page) for row in layer.frame.to_dict("records")]
    return made


def _decimals(layer: SceneLayer) -> int:
    return EXACT_DECIMALS if layer.style.startswith("hazard") else MARK_DECIMALS


def _row(layer: SceneLayer, row: dict[str, Any], page: _Page) -> dict[str, Any]:
    decimals = _decimals(layer)
    shape = _simple(recut(row["geometry"], page.lon0), EXACT_DEG if decimals == EXACT_DECIMALS else SIMPLIFY_DEG)
    made: dict[str, Any] = {"g": pack(encode(shape, decimals)), "id": row["id"], "t": row["title"]}
    if (whole := _whole(row["geometry"], page.lon0, decimals)) is not None:
        made["r"] = whole
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
        made["o"] = pack(encode(edge, decimals))
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


def _whole(geometry: BaseGeometry, lon0: float, decimals: int) -> dict[str, Any] | None:
    """A geometry as files have it (RFC 7946: cut at 180°), where the page's differs by more than whole turns."""
    if not uncut(geometry, lon0):
        return None
    tolerance = EXACT_DEG if decimals == EXACT_DECIMALS else SIMPLIFY_DEG
    return pack(encode(_simple(geometry, tolerance), decimals))


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


def _json(data: Any) -> str:
    """JSON that can stand in a script element: plain ASCII, and no character that could end the element."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return re.sub(r"[<>&]", lambda match: f"\\u{ord(match.group()):04x}", text)
