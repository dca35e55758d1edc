"""Where a file is written: never over another unless asked."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from geomap.cli.terminal import printable
from geomap.errors import ExportError

FOLDER = Path("output")
_LONGEST_NAME = 80


def choose(output: str | None, name: str, suffix: str = ".html") -> Path:
    """Take the path that was asked for, else a file in ``output/`` under the name of the first input."""
    if "://" in name:  # an address: the last part of its path, else the name of its server
        last = re.split(r"[?#]", name.partition("://")[2])[0].rstrip("/").rpartition("/")[2]
        name = "-".join(re.findall(r"[\w.]+", last))[:_LONGEST_NAME] or "-"
    stem = "article" if name == "-" else Path(name).resolve().stem
    return Path(output) if output else FOLDER / f"{stem or 'article'}{suffix}"


def refuse(path: Path, *, overwrite: bool, inputs: Iterable[str] = ()) -> None:
    """Stop before any work when a file may not be written there.

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
            message = f"{path}: a folder or a device, not a file; name a file"
        elif any("://" not in other and os.path.exists(other) and path.samefile(other) for other in inputs):
            message = f"{path}: is one of the inputs; name another file to write"
        elif not overwrite:
            message = f"{path}: exists already; --overwrite replaces it"
    except (OSError, ValueError) as problem:
        message = f"{path}: cannot be written ({getattr(problem, 'strerror', None) or problem})"
    if message:
        raise ExportError(message)


@contextlib.contextmanager
def writing(path: Path) -> Iterator[None]:
    """Make the page's folder, and turn whatever hinders the writing into one sentence.

    Raises
    ------
    ExportError
        if it cannot be written
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except ExportError:
        raise
    except OSError as problem:
        in_the_way = isinstance(problem, (FileExistsError, NotADirectoryError))
        reason = "its folder is a file" if in_the_way else problem.strerror or problem
        message = f"{path}: cannot be written ({reason}); name another place"
        raise ExportError(message) from None


def announce(path: Path, *, show: bool, aside: bool = False) -> None:
    """Print where the page is, and open it if asked.

    Parameters
    ----------
    aside : on standard error, when standard output is for something else
    """
    click.echo(printable(str(path)), err=aside)
    if show:
        import webbrowser

        webbrowser.open(path.resolve().as_uri())
