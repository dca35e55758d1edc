"""``geomap qgis``: a folder with a project that QGIS opens, and all its data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from geomap.cli import options


@click.command(
    epilog=options.example("geomap qgis article.txt -o output/korea/", "geomap read articles/ | geomap qgis -")
)
@options.articles
@click.option(
    "-o", "--output", metavar="FOLDER", type=click.Path(), help="Folder to write; else one of its own in output/."
)
@options.published
@click.option("--title", help="Title of the project and of its print layout.")
@options.sea_names
@click.option("--overwrite", is_flag=True, help="Replace the project in the folder; other files there stay.")
@options.wishes
@options.geocoding
@click.pass_context
def qgis(
    context: click.Context,
    /,
    articles: tuple[str, ...],
    output: str | None,
    overwrite: bool,
    **reading: Any,
) -> None:
    """Write articles, or readings, as a QGIS project with all its data.

    ARTICLE is as for 'geomap map', launches of 'geomap batch' too; several make one project, for QGIS 3.22 or later.
    The folder holds geomap.gpkg, a GeoPackage with all layers, tables and styles, and geomap.qgz, which opens it with
    groups, themes, time and an A4 print layout. It can be moved as a whole. The path of the project is printed.
    """
    from geomap.cli import outputs
    from geomap.cli.scenes import read_scene

    folder = Path(output) if output else outputs.choose(None, articles[0]).with_suffix("")
    _refuse(folder, overwrite=overwrite)
    scene, failed = read_scene(articles, **reading)
    if scene is not None:
        from geomap.export.qgis import write

        with outputs.writing(folder):
            path = write(scene, folder)
        outputs.announce(path, show=False)
    if failed:
        context.exit(1)


def _refuse(folder: Path, *, overwrite: bool) -> None:
    """Stop before any work when the project may not be written there.

    Raises
    ------
    ExportError
        if the path is a file, or there is a project that is not to be replaced
    """
    from geomap.errors import ExportError

    message = None
    try:
        there = [path for name in ("geomap.qgz", "geomap.gpkg") if (path := folder / name).exists()]
        if folder.exists() and not folder.is_dir():
            message = f"{folder}: is a file; name a folder for the project and its data"
        elif there and not overwrite:
            message = f"{there[0]}: exists already; --overwrite replaces the project and its data"
    except (OSError, ValueError) as problem:
        message = f"{folder}: cannot be written ({getattr(problem, 'strerror', None) or problem})"
    if message:
        raise ExportError(message)
