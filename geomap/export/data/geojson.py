"""GeoJSON as RFC 7946 has it: a feature a line, and what the map has to say for itself as foreign members."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from shapely.geometry import mapping

from geomap.stage import Scene, SceneLayer
from geomap.tabular import flatten, plain


def make_geojson(scene: Scene, layers: Sequence[SceneLayer]) -> bytes:
    """Make a feature collection of some layers of a scene."""
    about = {
        "title": plain(scene.title),
        "subtitle": plain(scene.subtitle),
        "language": scene.language,
        "layers": [{"key": one.key, "title": plain(one.title), "style": one.style} for one in layers],
        "credits": [plain(line) for line in scene.credits],
        "caveats": [plain(line) for line in scene.caveats],
        "made": {plain(name): plain(value) for name, value in scene.made.items()},
    }
    lines = [_json(feature) for layer in layers for feature in _features(layer)]
    opening = _json({"type": "FeatureCollection", **about})[:-1]
    body = ",\n".join(lines)
    return f'{opening}, "features": [\n{body}\n]}}\n'.encode()


def _features(layer: SceneLayer) -> list[dict[str, Any]]:
    frame = flatten(layer)
    return [
        {
            "type": "Feature",
            "id": f"{row['layer']}/{row['id']}",
            "properties": {name: _value(name, value) for name, value in row.items() if name != "geometry"},
            "geometry": mapping(row["geometry"]),
        }
        for row in frame.to_dict("records")
    ]


def _value(name: str, value: Any) -> Any:
    """What JSON can say: no NaN; no moment at all rather than an empty one, which would hide that the others are."""
    return None if value is None or value != value or (name in ("start", "end") and not value) else value


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
