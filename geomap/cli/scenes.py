"""What every command that draws does first: read the articles, and make the scene of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.errors import GeomapError
    from geomap.stage import Scene


def read_scene(
    articles: tuple[str, ...],
    *,
    published: str | None,
    title: str | None,
    sea_names: str | None,
    assumptions: tuple[Any, ...],
    picks: tuple[Any, ...],
    **geocoding: Any,
) -> tuple[Scene | None, bool]:
    """Read articles and make their scene, with the options that all these commands have.

    Returns
    -------
    The scene, None when no article could be read, and whether any could not; of each a sentence was printed.
    """
    from geomap.cli.geocoder import open_lookup
    from geomap.cli.inputs import read_articles

    problems: list[GeomapError] = []
    lookup = open_lookup(**geocoding)
    readings = list(read_articles(articles, published, problems, lookup=lookup, assumptions=assumptions, picks=picks))
    if not readings:
        return None, bool(problems)
    from geomap.catalog import open_layers
    from geomap.scene import make_scene
    from geomap.seanames import renamed

    layers = open_layers()
    shown = renamed(readings, layers, sea_names) if sea_names is not None else readings
    return make_scene(shown, layers, title=title), bool(problems)
