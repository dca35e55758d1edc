"""Files that are there in whole or not at all: written beside their place, then put there."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from geomap.errors import ExportError


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
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
        beside.replace(path)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        message = f"{path}: cannot be written ({problem.strerror or problem})"
        raise ExportError(message) from None
