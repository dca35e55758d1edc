"""Files that are there in whole or not at all: written beside their place, then put there."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from geomap.errors import ExportError

_JOURNALS = ("-journal", "-wal", "-shm")
"""What SQLite keeps beside a file, and would play back into whatever lies in its place."""


@contextmanager
def whole(path: Path, suffix: str | None = None) -> Iterator[Path]:
    """Give a path beside a file, which does not exist; once the block is done, what was written there is the file.

    Until then what was there before stays, and it stays if the block fails.

    Parameters
    ----------
    suffix : of the path beside it, which tells GDAL what to write; that of the file when left out

    Raises
    ------
    ExportError
        if it cannot be written
    """
    beside = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix if suffix is None else suffix}")
    try:
        beside.unlink(missing_ok=True)  # GDAL would add to it
        yield beside
        beside.replace(path)
        if path.suffix.lower() == ".gpkg":  # a program that had the old one open may have left its own
            _remove_journals(path)
    except ExportError:
        raise
    except (OSError, RuntimeError) as problem:  # GDAL's errors are of the second kind
        reason = getattr(problem, "strerror", None) or " ".join(str(problem).split())
        message = f"{path}: cannot be written ({reason})"
        raise ExportError(message) from None
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
            _remove_journals(beside)


def _remove_journals(path: Path) -> None:
    for ending in _JOURNALS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def write_whole(path: Path, content: bytes | Iterable[bytes]) -> None:
    """Write a file; until it is complete, what was there before stays.

    Parameters
    ----------
    content : what it holds, or the pieces of that, one after the other

    Raises
    ------
    ExportError
        if it cannot be written
    """
    with whole(path) as beside, beside.open("wb") as file:
        file.writelines([content] if isinstance(content, bytes) else content)
