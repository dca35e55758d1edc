"""What every command that draws does first: read the articles, and make the scene of what they say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geomap.errors import GeomapError
    from geomap.stage import Scene
    from geomap.types import Launch


def read_scene(
    articles: tuple[str, ...],
    *,
    published: str | None,
    title: str | None,
    sea_names: str | None,
    assumptions: tuple[Any, ...],
    picks: tuple[Any, ...],
    archive: bool = True,
    **geocoding: Any,
) -> tuple[Scene | None, bool]:
    """Read articles, or the launches of a batch, and make their scene, with the options that all these commands have.

    Parameters
    ----------
    archive : the command can use the launches of a batch

    Returns
    -------
    The scene, None when no article could be read, and whether any could not; of each a sentence was printed.

    Raises
    ------
    InputError
        if launches of a batch come with articles, or with wishes that only an article can fulfil
    """
    from geomap.cli.geocoder import open_lookup
    from geomap.cli.inputs import read_articles

    problems: list[GeomapError] = []
    launches: list[Launch] | None = [] if archive else None
    wishes: dict[str, Any] = {"assumptions": assumptions, "picks": picks}
    found = read_articles(articles, published, problems, lookup=open_lookup(**geocoding), launches=launches, **wishes)
    readings = list(found)
    if launches:
        return _archive(launches, bool(readings), title=title, sea_names=sea_names, **wishes), bool(problems)
    if not readings:
        return None, bool(problems)
    from geomap.catalog import open_layers
    from geomap.scene import make_scene
    from geomap.seanames import renamed

    layers = open_layers()
    shown = renamed(readings, layers, sea_names) if sea_names is not None else readings
    return make_scene(shown, layers, title=title), bool(problems)


def _archive(
    launches: list[Launch],
    mixed: bool,
    *,
    title: str | None,
    sea_names: str | None,
    assumptions: tuple[Any, ...],
    picks: tuple[Any, ...],
) -> Scene:
    """The scene of launches that a batch found."""
    from geomap.archive import make_archive
    from geomap.catalog import open_layers
    from geomap.errors import InputError
    from geomap.seanames import renamed_launches

    if mixed:
        message = "launches of a batch and articles do not go on one map; give the articles to geomap batch, too"
        raise InputError(message)
    if assumptions or picks:
        message = "--assume and --pick are for articles; launches of a batch are drawn as they are"
        raise InputError(message)
    layers = open_layers()
    shown = renamed_launches(launches, layers, sea_names) if sea_names is not None else launches
    return make_archive(shown, layers, title=title)
