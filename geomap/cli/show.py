"""``geomap show``: articles in the terminal, with what was read from them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from geomap.cli import options

if TYPE_CHECKING:
    from rich.console import Console

    from geomap.naming import Namer
    from geomap.types import Reading

NARROWEST, WIDEST = 40, 200
COMFORTABLE = 120
"""Longer lines are hard to read: a wider terminal is used when asked for."""


@click.command(epilog=options.example("geomap show article.txt"))
@options.articles
@options.published
@click.option("--width", metavar="N", type=click.IntRange(NARROWEST, WIDEST), help="Characters of a line (40 to 200).")
@click.option("--no-text", is_flag=True, help="Only what was read, without the article's text.")
@click.option("--all", "every", is_flag=True, help="Also the names taken for no place, and all candidates.")
@options.wishes
@click.pass_context
def show(
    context: click.Context,
    articles: tuple[str, ...],
    published: str | None,
    width: int | None,
    no_text: bool,
    every: bool,
    assumptions: tuple[Any, ...],
    picks: tuple[Any, ...],
) -> None:
    """Show in the terminal what articles say, each place marked.

    ARTICLE is text, Markdown, a saved web page (.html, .mhtml), .pdf, .docx, a mail (.eml), JSON lines (articles or
    readings), a folder of these, an address (https://…), which is fetched, or - for standard input. Without colour
    (NO_COLOR, a pipe) the marks are brackets.
    """
    from rich.console import Console

    from geomap.catalog import open_layers
    from geomap.cli.inputs import read_articles
    from geomap.errors import GeomapError
    from geomap.naming import namer

    console = Console(highlight=False, markup=False, emoji=False)
    columns = width or min(max(console.width, NARROWEST), COMFORTABLE)
    names = namer(open_layers())
    problems: list[GeomapError] = []
    quiet = sys.stdout.isatty()
    found = read_articles(articles, published, problems, assumptions=assumptions, picks=picks, quiet=quiet)
    for number, reading in enumerate(found):
        with console.capture() as captured:
            if number:
                console.print()
            write(console, reading, names, columns, text=not no_text, every=every)
        click.echo(captured.get().encode(), nl=False)
    if problems:
        context.exit(1)


def write(console: Console, reading: Reading, names: Namer, width: int, *, text: bool, every: bool) -> None:
    """Write one reading to a console.

    Parameters
    ----------
    width : characters of a line
    text : the article's text too
    every : names taken for no place too, each with its reason, and all candidates of the others
    """
    from rich.text import Text

    from geomap import wording
    from geomap.cli import summary
    from geomap.cli.columns import clean, wrap
    from geomap.cli.marked import DIM, legend, mark

    plain = console.color_system is None or console.no_color
    document = reading.document
    issued = wording.published(document) or "no day of issue"
    lines = wrap(Text(clean(document.title), summary.BOLD), width) if document.title else []
    lines += [*wrap(Text(f"{clean(issued)} · {clean(document.source)}", DIM), width), Text()]
    if text:
        for part in (
            list(mark(document.text, reading.mentions, width, plain=plain, every=every)),
            legend(reading.mentions, width, plain=plain),
        ):
            lines += [*part, Text()] if part else []
    lines += summary.places(reading, names, width, every=every)
    lines += summary.others(reading, width, every=every)
    lines += summary.events(reading, names, width)
    lines += summary.assumed(reading, names, width)
    console.print(Text("\n").join(lines), soft_wrap=True)
