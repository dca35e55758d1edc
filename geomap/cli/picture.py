"""``geomap picture``: a map for press and briefing, as PNG, SVG or PDF."""

from __future__ import annotations

from typing import Any

import click

from geomap.cli import options


@click.command(
    epilog=options.example(
        "geomap picture article.txt -o map.png",
        "geomap picture article.txt -o map.pdf --size a4 --theme print",
        "geomap picture article.txt -o map.png --size 1200x800 --dpi 150",
    )
)
@options.articles
@click.option(
    "-o", "--output", metavar="FILE", help="Picture to write: .png, .svg or .pdf; output/NAME.png without it."
)
@click.option("--size", metavar="SIZE", default="slide", show_default=True,
              help="slide, a4, column, square, or width x height: 1200x800 (pixels), 240x160mm.")  # fmt: skip
@click.option("--dpi", type=click.FloatRange(36, 1200), default=300.0, show_default=True, help="Pixels to an inch.")
@click.option("--theme", type=click.Choice(("light", "dark", "print")), default="light", show_default=True,
              help="On light or dark ground, or for white paper.")  # fmt: skip
@options.published
@options.title
@options.sea_names
@options.overwrite
@options.wishes
@options.geocoding
@click.pass_context
def picture(
    context: click.Context,
    /,
    articles: tuple[str, ...],
    output: str | None,
    size: str,
    dpi: float,
    theme: str,
    overwrite: bool,
    **reading: Any,
) -> None:
    """Draw articles, or readings, as a picture for press and briefing.

    ARTICLE is what `geomap map` takes, launches of `geomap batch` too. The projection is the map's own; scale in
    kilometres and nautical miles, true north, graticule, globe, legend, sources and caveats are on it, and no label
    covers another. Needs no browser.
    """
    from geomap.chart.sizes import find_size
    from geomap.cli import outputs
    from geomap.cli.scenes import read_scene
    from geomap.export.picture import refuse_name, write

    path = outputs.choose(output, articles[0], ".png")
    refuse_name(path)
    sheet = find_size(size, dpi)
    outputs.refuse(path, overwrite=overwrite, inputs=articles)
    scene, failed = read_scene(articles, **reading)
    if scene is not None:
        with outputs.writing(path):
            write(scene, path, sheet, dpi=dpi, theme=theme)
        outputs.announce(path, show=False)
    if failed:
        context.exit(1)
