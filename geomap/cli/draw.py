"""``geomap map``: a page that opens anywhere, with no network."""

from __future__ import annotations

from typing import Any

import click

from geomap.cli import options


@click.command(
    "map",
    epilog=options.example("geomap map article.txt -o output/map.html", "geomap read articles/ | geomap map -"),
)
@options.articles
@options.output
@options.published
@options.title
@options.sea_names
@options.looks
@options.overwrite
@options.show
@options.wishes
@options.geocoding
@click.pass_context
def draw_map(
    context: click.Context,
    /,
    articles: tuple[str, ...],
    output: str | None,
    published: str | None,
    title: str | None,
    sea_names: str | None,
    theme: str,
    lang: str | None,
    brand: str | None,
    embed: bool,
    overwrite: bool,
    show: bool,
    assumptions: tuple[Any, ...],
    picks: tuple[Any, ...],
    **geocoding: Any,
) -> None:
    """Draw articles, or readings, on one map.

    ARTICLE is text, Markdown, a saved web page (.html, .mhtml), .pdf, .docx, a mail (.eml), JSON lines, a folder of
    these, an address (https://…), which is fetched, or - for standard input. Several make one page. It goes to output/
    under the name of the first unless -o says where; its path is printed.
    """
    from geomap.cli import outputs
    from geomap.cli.geocoder import open_lookup
    from geomap.cli.inputs import read_articles
    from geomap.errors import GeomapError
    from geomap.export.setting import make_setting

    path = outputs.choose(output, articles[0])
    outputs.refuse(path, overwrite=overwrite, inputs=articles)
    setting = make_setting(theme=theme, lang=lang, brand=brand, embed=embed)
    problems: list[GeomapError] = []
    lookup = open_lookup(**geocoding)
    found = read_articles(articles, published, problems, lookup=lookup, assumptions=assumptions, picks=picks)
    readings = list(found)
    if readings:
        from geomap.catalog import open_layers
        from geomap.export.html import write
        from geomap.scene import make_scene
        from geomap.seanames import renamed

        layers = open_layers()
        shown = renamed(readings, layers, sea_names) if sea_names is not None else readings
        scene = make_scene(shown, layers, title=title)
        with outputs.writing(path):
            write(scene, path, setting)
        outputs.announce(path, show=show)
    if problems:
        context.exit(1)
