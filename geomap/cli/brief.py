"""``geomap brief``: slides or a document, for PowerPoint, Word and what opens their files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from geomap.cli import options

FORMATS = (".pptx", ".docx")
_DPI = 220
"""Of the picture in it: sharp on a screen of 2560 pixels, and small enough to be mailed."""


@click.command(
    epilog=options.example(
        "geomap brief article.txt -o output/brief.pptx",
        "geomap brief article.txt -o output/brief.docx --template corporate.docx",
    ),
)
@options.articles
@click.option(
    "-o", "--output", metavar="FILE", type=click.Path(), help=".pptx or .docx to write; else slides in output/."
)
@click.option(
    "--template",
    metavar="FILE",
    type=click.Path(),
    help="Your own .pptx (.potx) or .docx (.dotx), of which design and styles are taken; its contents are not.",
)
@options.published
@options.title
@options.sea_names
@options.overwrite
@options.wishes
@options.geocoding
@click.pass_context
def brief(
    context: click.Context,
    /,
    articles: tuple[str, ...],
    output: str | None,
    template: str | None,
    published: str | None,
    title: str | None,
    sea_names: str | None,
    overwrite: bool,
    assumptions: tuple[Any, ...],
    picks: tuple[Any, ...],
    **geocoding: Any,
) -> None:
    """Write slides or a document on articles, or readings.

    Slides have the picture of the map, tables of launches, claims and closed areas, and the map as shapes that can be
    given other colours; what each slide rests on stands in its notes. A document has the same with every launch in its
    own words. ARTICLE is what 'geomap map' takes. The name of the file decides: .pptx or .docx.
    """
    from geomap.cli import outputs
    from geomap.cli.geocoder import open_lookup
    from geomap.cli.inputs import read_articles
    from geomap.errors import ExportError, GeomapError

    path = outputs.choose(output, articles[0], FORMATS[0])
    if path.suffix.lower() not in FORMATS:
        message = f"{path}: a briefing is a .pptx or a .docx; name one with -o"
        raise ExportError(message)
    outputs.refuse(path, overwrite=overwrite, inputs=(*articles, *([template] if template else ())))
    problems: list[GeomapError] = []
    lookup = open_lookup(**geocoding)
    found = read_articles(articles, published, problems, lookup=lookup, assumptions=assumptions, picks=picks)
    readings = list(found)
    if readings:
        from geomap.catalog import open_layers
        from geomap.chart.sizes import ON_PAGE, ON_SLIDE
        from geomap.export.picture import draw
        from geomap.scene import make_scene
        from geomap.seanames import renamed

        if path.suffix.lower() == ".pptx":
            from geomap.export.slides import write
        else:
            from geomap.export.document import write
        layers = open_layers()
        shown = renamed(readings, layers, sea_names) if sea_names is not None else readings
        scene = make_scene(shown, layers, title=title)
        size = ON_SLIDE if path.suffix.lower() == ".pptx" else ON_PAGE
        picture = draw(scene, size, dpi=_DPI, bare=True)
        with outputs.writing(path):
            write(scene, path, picture=picture, template=Path(template) if template else None)
        outputs.announce(path, show=False)
    if problems:
        context.exit(1)
