"""Where the launches of an archive are written: lines of JSON, a file that a GIS opens, or a database."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from geomap.cli import outputs
from geomap.errors import ExportError

if TYPE_CHECKING:
    from geomap.batch import Batch

_LINES = (".jsonl", ".ndjson")


class Target(NamedTuple):
    """A file or a database.

    Parameters
    ----------
    name : what was asked for
    path : None for a database
    shown : what people may see of it: no password
    near : what the files are called that lie beside the result while it is made
    """

    name: str
    path: Path | None
    shown: str
    near: Path


def target_of(name: str, *, overwrite: bool, inputs: Sequence[str]) -> Target:
    """Check that launches can be written there, before hours of reading.

    Raises
    ------
    ExportError
        if they cannot: what is missing
    """
    from geomap.export.events import SUFFIXES, check_target, is_database

    if is_database(name):
        check_target(name)
        from geomap.export.events.address import parse_address

        shown = parse_address(name).shown
        whose = hashlib.sha256("\n".join((shown, *inputs)).encode("utf-8", "surrogateescape")).hexdigest()[:8]
        return Target(name, None, shown, outputs.FOLDER / f"database-{whose}")
    if "://" in name:
        message = f"{name.partition('://')[0]}://: no database that geomap knows; use postgresql://user@host/database"
        raise ExportError(message)
    path = Path(name)
    outputs.refuse(path, overwrite=overwrite, inputs=inputs)
    if path.suffix.lower() not in (*_LINES, *SUFFIXES):
        known = ", ".join((*_LINES, *SUFFIXES))
        message = f"{path}: the suffix says no form of launches; use {known}, or postgresql://user@host/database"
        raise ExportError(message)
    with outputs.writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() in SUFFIXES:
        check_target(path)
    return Target(name, path, os.fspath(path), path)


def write(done: Batch, target: Target, told: Callable[[int], None]) -> None:
    """Write the launches of an archive.

    Parameters
    ----------
    told : called with how many are written by now

    Raises
    ------
    ExportError
        if they cannot be written
    """
    from geomap.files import write_whole

    if target.path is not None and target.path.suffix.lower() in _LINES:
        write_whole(target.path, (line + b"\n" for line in done.lines()))
        return
    from geomap.catalog import open_layers
    from geomap.codec import loads_launch
    from geomap.export.events import write_events
    from geomap.naming import namer

    launches = map(loads_launch, done.lines())
    write_events(launches, target.path or target.name, names=namer(open_layers()), progress=told)
