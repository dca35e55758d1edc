"""``geomap export``: what articles say as data for other programs."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path
from typing import Any

import click

from geomap.cli import options

FORMATS = ("geojson", "gpkg", "fgb", "kml", "kmz", "csv", "xlsx", "parquet")


def _names(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name.strip() for value in values for name in value.split(",") if name.strip()))


@click.command(
    "export",
    epilog=options.example(
        "geomap export article.txt -o output/day.kmz",
        "geomap export articles/ -o output/all.gpkg",
        "geomap export article.txt -o - --layers 'impact-*,range-*'",
    ),
)
@options.articles
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(allow_dash=True),
    help="File to write, its form by its suffix; - for standard output (GeoJSON, KML, CSV); else one in output/.",
)
@click.option("--format", "form", type=click.Choice(FORMATS), help="The form, whatever the suffix says.")
@click.option(
    "--layers",
    metavar="NAME,...",
    multiple=True,
    callback=_names,
    help="Only these layers (impact-points, range-*), or 'all' for the land and its coasts too; repeatable.",
)
@options.published
@click.option("--title", help="Title that the file gives itself.")
@options.sea_names
@click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")
@options.wishes
@options.geocoding
@click.pass_context
def export(
    context: click.Context,
    /,
    articles: tuple[str, ...],
    output: str | None,
    form: str | None,
    layers: tuple[str, ...],
    overwrite: bool,
    **reading: Any,
) -> None:
    """Write articles, or readings, as data: GeoPackage, KMZ, CSV and others.

    ARTICLE is what 'geomap map' takes, launches of 'geomap batch' too. GeoJSON, GeoPackage and FlatGeobuf are for GIS,
    KML and KMZ for Google Earth (only KMZ has the symbols in it), CSV and XLSX for tables, GeoParquet for analysis (it
    needs pyarrow). Every feature has its layer, its words, its source and its times, and its best point in decimal
    degrees, in degrees with minutes and seconds, and in MGRS.
    """
    from geomap.cli import outputs
    from geomap.cli.scenes import read_scene
    from geomap.export import data

    piped = output == "-"
    if piped and (form or "geojson") not in data.STREAMED:
        message = f"{form} is no text for standard output; name a file with -o"
        raise click.UsageError(message)
    path = Path("-") if piped else outputs.choose(output, articles[0], f".{form or 'geojson'}")
    form = form or ("geojson" if piped else data.form_of(path))
    data.require(form)
    if not piped:
        outputs.refuse(path, overwrite=overwrite, inputs=articles)
    scene, failed = read_scene(articles, **reading)
    if scene is not None:
        if piped:
            _print(data.make(scene, form, layers))
        else:
            with outputs.writing(path):
                data.write(scene, path, form=form, layers=layers)
            outputs.announce(path, show=False)
    if failed:
        context.exit(1)


def _print(text: bytes) -> None:
    """Print a file's text: to another program as it is, but for the mark of UTF-8, which would be in its first cell."""
    click.echo(to_terminal(text) if sys.stdout.isatty() else text.removeprefix(codecs.BOM_UTF8), nl=False)


def to_terminal(text: bytes) -> str:
    """A file's text for a person to look at: what a terminal might obey is written as escapes."""
    from geomap.cli.terminal import printable

    lines = text.removeprefix(codecs.BOM_UTF8).decode().replace("\r\n", "\n").split("\n")
    return "\n".join(map(printable, lines))
