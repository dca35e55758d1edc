"""``geomap notices``: navigational warnings and airspace notices, message by message, as text or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from geomap.cli import options

if TYPE_CHECKING:
    from geomap.errors import GeomapError
    from geomap.notices import Area, Notice
    from geomap.types import When


@click.command(
    epilog=options.example(
        "geomap notices warnings.txt",
        "geomap notices notam.txt --json | jq .areas",
    )
)
@options.articles
@options.published
@click.option("--json", "as_json", is_flag=True, help="Print JSON, one line for each message (geomap.notice/1).")
@click.pass_context
def notices(context: click.Context, articles: tuple[str, ...], published: str | None, as_json: bool) -> None:
    """Print the areas and times of navigational warnings and NOTAMs.

    ARTICLE is a file of one message or of many, run together or not (NAVAREA, HYDROPAC, coastal warnings, NOTAM, TFR),
    an article that quotes one, an address, or - for standard input. What cannot be right is said with its place in the
    text, and never mended. Times are UTC; the year that a message does not print follows from its own dates, or from
    --published.
    """
    from geomap.articles import find_files, read_inputs
    from geomap.cli.terminal import complain, echo_json, follow, printable, warn
    from geomap.codec import to_plain
    from geomap.errors import InputError
    from geomap.notices import find_notices
    from geomap.types import Reading

    problems: list[GeomapError] = []
    total = sum(1 for _ in find_files(articles))
    for item in follow(read_inputs(articles, published=published), total):
        if isinstance(item, InputError):
            complain(item)
            problems.append(item)
            continue
        document = item.document if isinstance(item, Reading) else item
        found = find_notices(document.text, document.published)
        if not found:
            warn(f"{document.source}: no notice in it, nor any area")
        for notice in found:
            if as_json:
                echo_json({"source": document.source, **to_plain(notice)})
                continue
            for line in _lines(notice):
                click.echo(printable(line))
    if problems:
        context.exit(1)


def _lines(notice: Notice) -> Iterator[str]:
    """One message for people to read."""
    yield " · ".join([notice.id or "message without a number", notice.kind, *_head(notice)])
    for area in notice.areas:
        name = area.label if area.label and len(notice.areas) > 1 else "area"
        yield f"  {name}: {_shape(area)}"
        if area.windows and area.windows != notice.windows:
            yield f"     closed {_times(area.windows)}"
        yield from (f"     doubtful: {doubt}" for doubt in area.doubtful)
        yield from (f"     note: {note}" for note in area.notes)
    if notice.windows:
        yield f"  closed {_times(notice.windows)}"
    if not notice.areas:
        yield "  no area"
    yield from (f"  note: {note}" for note in notice.notes)
    yield ""


def _head(notice: Notice) -> Iterator[str]:
    if notice.issued:
        yield f"sent {_moment(notice.issued)}"
    if notice.cancelled:
        yield "cancelled"
    if notice.cancel:
        yield f"cancels itself {_moment(notice.cancel)}"
    if notice.cancels:
        yield f"cancels {', '.join(notice.cancels)}"


def _shape(area: Area) -> str:
    from geomap import wording

    corners = "; ".join(wording.position(*corner) for corner in area.vertices)
    centre = wording.position(*area.centre) if area.centre else "a centre that cannot be read"
    if area.type == "circle":
        return f"circle of {area.radius_nm:g} NM about {centre}"
    if area.type == "sector":
        inner = f"{area.inner_nm:g} to " if area.inner_nm else ""
        bearings = f"{area.bearing_from:03g}° to {area.bearing_to:03g}°"
        return f"sector of {inner}{area.radius_nm:g} NM about {centre}, {bearings}"
    if area.type == "corridor":
        wide = f"{area.half_width_nm:g} NM to either side of" if area.half_width_nm else "no width given, along"
        return f"strip, {wide} {corners}"
    return f"{len(area.vertices)} corners, {area.edges} edges: {corners}"


def _times(windows: tuple[When, ...]) -> str:
    from geomap.closures import closed_when

    return closed_when(windows)


def _moment(moment: str) -> str:
    return moment[:16].replace("T", " ") + " UTC"
