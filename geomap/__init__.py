"""From an article about a missile or rocket launch to a map that can be trusted, offline.

>>> import geomap
>>> geomap.Document.of("Seoul said so.").language
'en'

The names below are the public API; each is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.archive import make_archive
    from geomap.articles import open_article, open_articles
    from geomap.catalog import Feature, Layer, Layers, open_layers
    from geomap.codec import dumps, dumps_launch, dumps_story, loads, loads_launch, loads_story
    from geomap.containment import find_zones
    from geomap.errors import (
        ExportError,
        GeocoderError,
        GeomapError,
        InputError,
        LayerChanged,
        LayerError,
        LayerNotFound,
    )
    from geomap.export.html import write as write_html
    from geomap.notices import Notice, find_notices
    from geomap.pipeline import locate, read, read_all
    from geomap.places.online import open_geocoder
    from geomap.reach import make_range_rings
    from geomap.rings import make_rings_scene
    from geomap.scene import make_scene
    from geomap.stage import Scene, SceneLayer, Table
    from geomap.story import merge
    from geomap.types import (
        Amount,
        Bearing,
        Claim,
        Conflict,
        Crossing,
        Document,
        Event,
        Hazard,
        Launch,
        Location,
        Mention,
        MergedEvent,
        Place,
        RangePolygon,
        Reading,
        Shape,
        Source,
        Story,
        Verdict,
        Weapon,
        When,
    )

__all__ = [
    "Amount",
    "Bearing",
    "Claim",
    "Conflict",
    "Crossing",
    "Document",
    "Event",
    "ExportError",
    "Feature",
    "GeocoderError",
    "GeomapError",
    "Hazard",
    "InputError",
    "Launch",
    "Layer",
    "LayerChanged",
    "LayerError",
    "LayerNotFound",
    "Layers",
    "Location",
    "Mention",
    "MergedEvent",
    "Notice",
    "Place",
    "RangePolygon",
    "Reading",
    "Scene",
    "SceneLayer",
    "Shape",
    "Source",
    "Story",
    "Table",
    "Verdict",
    "Weapon",
    "When",
    "dumps",
    "dumps_launch",
    "dumps_story",
    "find_notices",
    "find_zones",
    "loads",
    "loads_launch",
    "loads_story",
    "locate",
    "make_archive",
    "make_range_rings",
    "make_rings_scene",
    "make_scene",
    "merge",
    "open_article",
    "open_articles",
    "open_geocoder",
    "open_layers",
    "read",
    "read_all",
    "write_html",
]

_HOMES = {
    "dumps": "geomap.codec:dumps",
    "dumps_launch": "geomap.codec:dumps_launch",
    "dumps_story": "geomap.codec:dumps_story",
    "find_notices": "geomap.notices:find_notices",
    "find_zones": "geomap.containment:find_zones",
    "loads": "geomap.codec:loads",
    "loads_launch": "geomap.codec:loads_launch",
    "loads_story": "geomap.codec:loads_story",
    "locate": "geomap.pipeline:locate",
    "make_archive": "geomap.archive:make_archive",
    "make_range_rings": "geomap.reach:make_range_rings",
    "make_rings_scene": "geomap.rings:make_rings_scene",
    "make_scene": "geomap.scene:make_scene",
    "merge": "geomap.story:merge",
    "open_article": "geomap.articles:open_article",
    "open_articles": "geomap.articles:open_articles",
    "open_layers": "geomap.catalog:open_layers",
    "open_geocoder": "geomap.places.online:open_geocoder",
    "read": "geomap.pipeline:read",
    "read_all": "geomap.pipeline:read_all",
    "write_html": "geomap.export.html:write",
    **dict.fromkeys(("Feature", "Layer", "Layers"), "geomap.catalog"),
    "Notice": "geomap.notices",
    **dict.fromkeys(("Scene", "SceneLayer", "Table"), "geomap.stage"),
    **dict.fromkeys(
        ("ExportError", "GeocoderError", "GeomapError", "InputError", "LayerChanged", "LayerError", "LayerNotFound"),
        "geomap.errors",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        message = f"module 'geomap' has no attribute {name!r}"
        raise AttributeError(message)
    module, _, attribute = _HOMES.get(name, "geomap.types").partition(":")
    value = getattr(import_module(module), attribute or name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
