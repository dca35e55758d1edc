"""``geomap read``: articles to readings, one line of JSON each."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options

if TYPE_CHECKING:
    from geomap.types import Reading


@click.command(epilog=options.example("geomap read article.txt > readings.jsonl"))
@options.articles
@options.published
@options.mentions
@options.recognizer
@options.wishes
@click.option("--merge", is_flag=True, help="Print one line: the launches of all articles, each once (geomap.story/1).")
@options.geocoding
@click.pass_context
def read(
    context: click.Context,
    /,
    articles: tuple[str, ...],
    published: str | None,
    mentions: str | None,
    recognizer: str | None,
    assumptions: tuple[Any, ...],
    picks: tuple[Any, ...],
    merge: bool,
    **geocoding: Any,
) -> None:
    """Print what articles say as JSON, one line each.

    ARTICLE is text, Markdown, a saved web page (.html, .mhtml), .pdf, .docx, a mail (.eml), JSON lines, a folder of
    these, an address (https://…), which is fetched, or - for standard input. The schema is geomap.reading/1; such lines
    are also an input of the other commands, and so is the one line of --merge, which gives its readings.
    """
    from geomap.cli.geocoder import open_lookup
    from geomap.cli.inputs import read_articles
    from geomap.cli.terminal import echo_json
    from geomap.codec import dumps
    from geomap.errors import GeomapError

    problems: list[GeomapError] = []
    if mentions and recognizer:
        message = "--mentions and --recognizer exclude each other: either says where the places are"
        raise click.UsageError(message)
    found = read_articles(
        articles,
        published,
        problems,
        mentions=mentions,
        recognizer=recognizer,
        lookup=open_lookup(**geocoding),
        assumptions=assumptions,
        picks=picks,
        quiet=sys.stdout.isatty(),
    )
    if merge:
        _print_story(list(found))
    else:
        for reading in found:
            echo_json(dumps(reading))
    if problems:
        context.exit(1)


def _print_story(readings: list[Reading]) -> None:
    from geomap.catalog import open_layers
    from geomap.cli.terminal import echo_json
    from geomap.codec import dumps_story
    from geomap.story import merge

    if readings:
        echo_json(dumps_story(merge(readings, open_layers())))
