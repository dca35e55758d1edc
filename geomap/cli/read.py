"""``geomap read``: articles to readings, one line of JSON each."""

from __future__ import annotations

import sys

import click

from geomap.cli import options


@click.command(epilog=options.example("geomap read article.txt > readings.jsonl"))
@options.articles
@options.published
@click.pass_context
def read(context: click.Context, articles: tuple[str, ...], published: str | None) -> None:
    """Print what articles say as JSON, one line each.

    ARTICLE is text, Markdown, a saved web page (.html, .mhtml), .pdf, .docx, a mail (.eml), JSON lines, a folder of
    these, an address (https://…), which is fetched, or - for standard input. The schema is geomap.reading/1; such lines
    are also an input of the other commands.
    """
    from geomap.cli.inputs import read_articles
    from geomap.cli.terminal import echo_json
    from geomap.codec import dumps
    from geomap.errors import GeomapError

    problems: list[GeomapError] = []
    for reading in read_articles(articles, published, problems, quiet=sys.stdout.isatty()):
        echo_json(dumps(reading))
    if problems:
        context.exit(1)
