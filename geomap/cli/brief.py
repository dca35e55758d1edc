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
    overwrite: bool,
    **reading: Any,
) -> None:
    """Write slides or a document on articles, or readings.

    Slides have the picture of the map, tables of launches, claims and closed areas, and the map as shapes that can be
    given other colours; what each slide rests on stands in its notes. A document has the same with every launch in its
    own words. ARTICLE is what 'geomap map' takes. The name of the file decides: .pptx or .docx.
    """
    from geomap.cli import outputs
    from geomap.cli.scenes import read_scene
    from geomap.errors import ExportError

    path = outputs.choose(output, articles[0], FORMATS[0])
    if path.suffix.lower() not in FORMATS:
        message = f"{path}: a briefing is a .pptx or a .docx; name one with -o"
        raise ExportError(message)
    outputs.refuse(path, overwrite=overwrite, inputs=(*articles, *([template] if template else ())))
    scene, failed = read_scene(articles, archive=False, **reading)
    if scene is not None:
        from geomap.chart.sizes import ON_PAGE, ON_SLIDE
        from geomap.export.picture import draw

        if path.suffix.lower() == ".pptx":
            from geomap.export.slides import write
        else:
            from geomap.export.document import write
        size = ON_SLIDE if path.suffix.lower() == ".pptx" else ON_PAGE
        picture = draw(scene, size, dpi=_DPI, bare=True)
        with outputs.writing(path):
            write(scene, path, picture=picture, template=Path(template) if template else None)
        outputs.announce(path, show=False)
    if failed:
        context.exit(1)
