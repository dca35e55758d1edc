"""Files that are there in whole or not at all: written beside their place, then put there."""

from __future__ import annotations

from pathlib import Path

from geomap.errors import ExportError


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; until it is complete, what was there before stays.

    Raises
    ------
    ExportError
        if it cannot be written
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as problem:
        beside.unlink(missing_ok=True)
        message = f"{path}: cannot be written ({problem.strerror or problem})"
        raise ExportError(message) from None
