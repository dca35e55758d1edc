"""``geomap map``: a page that opens anywhere, with no network."""

from __future__ import annotations

from typing import Any

import click

from geomap.cli import options


@click.command(
    "map",
    epilog=options.example(
        "geomap map article.txt -o output/map.html",
        "geomap read articles/ | geomap map -",
        "geomap map events.jsonl -o output/events.html",
    ),
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
    theme: str,
    lang: str | None,
    brand: str | None,
    embed: bool,
    overwrite: bool,
    show: bool,
    **reading: Any,
) -> None:
    """Draw articles, readings, or the launches of 'geomap batch', on one map.

    ARTICLE is text, Markdown, a saved web page (.html, .mhtml), .pdf, .docx, a mail (.eml), JSON lines, a folder of
    these, an address (https://…), which is fetched, or - for standard input. Several make one page. It goes to output/
    under the name of the first unless -o says where; its path is printed.
    """
    from geomap.cli import outputs
    from geomap.cli.scenes import read_scene
    from geomap.export.setting import make_setting

    path = outputs.choose(output, articles[0])
    outputs.refuse(path, overwrite=overwrite, inputs=articles)
    setting = make_setting(theme=theme, lang=lang, brand=brand, embed=embed)
    scene, failed = read_scene(articles, **reading)
    if scene is not None:
        from geomap.export.html import write

        with outputs.writing(path):
            write(scene, path, setting)
        outputs.announce(path, show=show)
    if failed:
        context.exit(1)
