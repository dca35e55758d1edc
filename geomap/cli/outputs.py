"""Where a page is written: never over another unless asked, never half."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from geomap.cli.terminal import printable
from geomap.errors import ExportError

FOLDER = Path("output")


def choose(output: str | None, name: str) -> Path:
    """Take the path that was asked for, else a page in ``output/`` under the name of the first input."""
    stem = "article" if name == "-" else Path(name).resolve().stem
    return Path(output) if output else FOLDER / f"{stem or 'article'}.html"


def refuse(path: Path, *, overwrite: bool, inputs: Iterable[str] = ()) -> None:
    """Stop before any work when the page may not be written there.

    Raises
    ------
    ExportError
        if it exists and is not to be replaced, is no regular file, or is one of the inputs
    """
    message = None
    try:
        if not path.exists():
            return
        if not path.is_file():
            message = f"{path}: a folder or a device, not a file; name the page to write"
        elif any(Path(other).exists() and path.samefile(other) for other in inputs):
            message = f"{path}: is one of the inputs; name another file for the page"
        elif not overwrite:
            message = f"{path}: exists already; --overwrite replaces it"
    except (OSError, ValueError) as problem:
        message = f"{path}: cannot be written ({getattr(problem, 'strerror', None) or problem})"
    if message:
        raise ExportError(message)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a file beside the page to write to, and put it in the page's place once it is whole.

    Raises
    ------
    ExportError
        if it cannot be written; nothing is left behind then
    """
    beside = path.with_name(f".geomap-{os.getpid()}.html")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        beside.replace(path)
    except OSError as problem:
        reason = problem.strerror or str(problem).replace(str(beside), str(path))
        message = f"{path}: cannot be written ({reason}); name another place with -o"
        raise ExportError(message) from None
    finally:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)


def announce(path: Path, *, show: bool) -> None:
    """Print where the page is, and open it if asked."""
    click.echo(printable(str(path)))
    if show:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
