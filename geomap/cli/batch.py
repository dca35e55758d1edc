"""``geomap batch``: archives of articles to a table of launches, each once."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click

from geomap.cli import options, outputs
from geomap.cli.terminal import complain, echo_json, printable, warn

if TYPE_CHECKING:
    from geomap.batch import Batch

_SHOWN = 10
"""Failures that are printed; all of them are in a file."""


@click.command(
    epilog=options.example(
        "geomap batch articles/ -o events.jsonl",
        "geomap batch 'archive/**/*.warc.gz' more.jsonl -o events.gpkg",
        "geomap batch articles/ -o postgresql://me@localhost/news --scheduler tcp://10.0.0.5:8786",
    ),
)
@click.argument("inputs", metavar="INPUT...", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "-o", "--output", metavar="TARGET", required=True, help="events.jsonl, .gpkg or .parquet, or postgresql://…"
)
@click.option(
    "--workers",
    metavar="NUMBER",
    type=click.IntRange(1, 1024),
    help="Processes of this machine that read; else one for each core. More than one needs the extra 'dask'.",
)
@click.option("--scheduler", metavar="ADDRESS", help="Read on a Dask cluster that is there already: tcp://host:8786.")
@options.published
@click.option(
    "--parts",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Keep there what was read: when the archive has grown, only what is new is read. Else beside the result "
    "until that is there.",
)
@click.option(
    "--failed", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="List there what was not read."
)
@click.option("--overwrite", is_flag=True, help="Replace the file if it exists.")
@options.as_json
@click.pass_context
def batch(
    context: click.Context,
    /,
    inputs: tuple[str, ...],
    output: str,
    workers: int | None,
    scheduler: str | None,
    published: str | None,
    parts: Path | None,
    failed: Path | None,
    overwrite: bool,
    as_json: bool,
) -> None:
    """Read archives of articles, and write the launches they tell, each once.

    INPUT is what 'geomap read' takes, a folder with all folders in it, a pattern in quotes, JSON lines (.jsonl.gz too),
    Parquet with a column 'text', or a WARC file. Reports of one launch become one event, with its sources and what they
    do not agree on. A bad article costs only itself and is listed. Interrupted, even killed, the same command goes on
    where it stopped.
    """
    if workers and scheduler:
        message = "--workers and --scheduler exclude each other: a cluster has workers of its own"
        raise click.UsageError(message)
    from geomap.batch import Progress, crew, is_small, read_archive, sort_launches
    from geomap.batch.parts import Store
    from geomap.cli import tables
    from geomap.cli.pace import Pace
    from geomap.files import write_whole

    target = tables.target_of(output, overwrite=overwrite, inputs=inputs)
    failed = failed or target.near.with_suffix(".failed.jsonl")
    if target.path and os.path.realpath(failed) == os.path.realpath(target.path):
        message = f"--failed and -o both name {failed}"
        raise click.UsageError(message)
    outputs.refuse(failed, overwrite=overwrite or _is_list(failed), inputs=inputs)
    folder = parts or target.near.with_name(f"{target.near.name}.parts")
    with outputs.writing(folder):
        store = Store(folder)
        context.with_resource(store.alone())
    apart = [failed, *([target.path] if target.path else [])]
    try:
        if scheduler is None and workers is None and is_small(inputs):
            workers = 1  # others would take longer to start
        with crew(workers, scheduler) as readers, outputs.writing(folder):
            _warn_of_one(readers.size, workers)
            with Pace("articles") as pace:
                keys, problems = read_archive(
                    readers, inputs, store, published=published, apart=apart, follow=pace.follow
                )
            with Pace("reports") as pace:
                done = sort_launches(readers, store, keys, problems, follow=pace.follow)
        if done.tally.articles:
            with Pace("launches") as pace:
                many = done.launches
                tables.write(done, target, lambda count: pace.follow(Progress(done=count, total=many, count=count)))
    except KeyboardInterrupt:
        click.echo("\nInterrupted; the same command goes on from here.", err=True)
        context.exit(130)
    with outputs.writing(failed):
        if done.failures:
            with done.failed.open("rb") as lines:
                write_whole(failed, lines)
        else:
            failed.unlink(missing_ok=True)  # of an earlier run
    done.remove(parts=parts is None)
    _tell(done, target.shown, failed, as_json=as_json)
    if problems or not done.tally.articles:
        context.exit(1)


def _is_list(path: Path) -> bool:
    """Whether a file is the list of what another run could not read, and not something of the user's own."""
    import msgspec

    from geomap.batch import Failure

    if not path.is_file():
        return False
    try:
        with path.open("rb") as file:
            msgspec.json.decode(file.readline(), type=Failure)
    except (OSError, msgspec.MsgspecError):
        return False
    return True


def _warn_of_one(size: int, workers: int | None) -> None:
    """Say that only one core works, when nobody asked for that."""
    from geomap.batch.crew import cores

    if workers is None and size == 1 < cores():
        warn("only one core is used; all of them are with Dask: pip install 'geomap[dask]'")


def _tell(done: Batch, where: str, failed: Path, *, as_json: bool) -> None:
    """Print what came of it: where the result is, and on standard error what did not go well."""
    tally = done.tally
    if as_json:
        echo_json(
            {
                "output": where if tally.articles else None,
                "articles": tally.articles,
                "repeated": tally.again,
                "reports": tally.events,
                "launches": done.launches,
                "failed": done.failures,
                "failures": str(failed) if done.failures else None,
            }
        )
    elif not tally.articles:
        click.echo(f"No article could be read; nothing is written to {printable(where)}", err=True)
    else:
        again = f" ({tally.again:,} tell launches in the same words as others, and do not count)" if tally.again else ""
        articles, reports = _many(tally.articles, "article", "articles"), _many(tally.events, "report", "reports")
        click.echo(f"{articles}{again}, {reports}, {_many(done.launches, 'launch', 'launches')}", err=True)
        click.echo(printable(where))
    if done.failures:
        import msgspec

        from geomap.batch import Failure

        with failed.open("rb") as file:
            for line in islice(file, _SHOWN):
                failure = msgspec.json.decode(line, type=Failure)
                complain(f"{failure.name}: {failure.reason}")
        more = f"{done.failures - _SHOWN:,} more; " if done.failures > _SHOWN else ""
        click.echo(f"{more}all that was not read is listed in {printable(str(failed))}", err=True)


def _many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"
