"""The launches of many articles as tables: GeoPackage, GeoParquet, or a PostGIS database.

The columns are those of `geomap.export.events.columns`. Launches are taken one after the other and some thousands are
held at a time, so that it does not matter how many there are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType, ModuleType

from geomap.errors import ExportError
from geomap.files import whole
from geomap.naming import Namer
from geomap.types import Launch

__all__ = ["DATABASE", "SUFFIXES", "check_target", "is_database", "write_events"]

Progress = Callable[[int], None]

DATABASE = ("postgresql://", "postgres://")
"""What the address of a database begins with."""

_WRITERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        ".gpkg": ("geopackage", "write_gpkg"),
        ".parquet": ("parquet", "write_parquet"),
        ".geoparquet": ("parquet", "write_parquet"),
        ".pq": ("parquet", "write_parquet"),
    }
)
SUFFIXES = tuple(_WRITERS)
"""The suffixes of the files that can be written."""


def is_database(target: Path | str) -> bool:
    """Whether it is the address of a database and no file."""
    return isinstance(target, str) and target.startswith(DATABASE)


def check_target(target: Path | str) -> None:
    """Check that a target can be written, before hours of reading; nothing is left behind.

    Parameters
    ----------
    target : a file, or the address of a database as text

    Raises
    ------
    ExportError
        if a package is missing, the suffix is unknown, the folder is not there or cannot be written, or the database
        cannot be reached or lacks PostGIS or rights
    """
    if is_database(target):
        _database().check(str(target))
        return
    path = Path(target)
    module, _ = _writer(path)
    if module == "parquet" and not find_spec("pyarrow"):
        message = "GeoParquet needs pyarrow, which is not installed: pip install 'geomap[parquet]'"
        raise ExportError(message)
    if path.is_dir():
        message = f"{path}: a folder, not a file; name the file to write"
    elif not path.parent.is_dir():
        message = f"{path}: there is no folder {path.parent}; make it first"
    elif not os.access(path.parent, os.W_OK):
        message = f"{path}: the folder {path.parent} cannot be written to"
    else:
        return
    raise ExportError(message)


def write_events(
    launches: Iterable[Launch], target: Path | str, *, names: Namer = str, progress: Progress | None = None
) -> int:
    """Write launches as tables: a file is there in whole or not at all, a database chunk by chunk.

    Parameters
    ----------
    target : a file with one of `SUFFIXES`, or the address of a database (``postgresql://user@host/db?schema=geomap``)
    names : from the id of a feature or the code of an actor to what people call it, for titles and verdicts
    progress : called with the number of launches written so far

    Returns
    -------
    How many launches were written.

    Raises
    ------
    ExportError
        if it cannot be written
    """
    told = progress or (lambda _count: None)
    if is_database(target):
        loaded: int = _database().load(launches, str(target), names=names, told=told)
        return loaded
    path = Path(target)
    check_target(path)
    module, name = _writer(path)
    write: Callable[[Iterable[Launch], Path, Namer, Progress], int]
    write = getattr(import_module(f"{__name__}.{module}"), name)
    with whole(path) as beside:
        count = write(launches, beside, names, told)
    return count


def _database() -> ModuleType:
    try:
        import psycopg  # noqa: F401  # it is there without libpq, too, and cannot be imported then
    except ImportError:
        message = "PostGIS needs psycopg, which is not installed: pip install 'geomap[postgis]'"
        raise ExportError(message) from None
    return import_module(f"{__name__}.postgis")


def _writer(path: Path) -> tuple[str, str]:
    found = _WRITERS.get(path.suffix.lower())
    if found is None:
        message = (
            f"{path}: the suffix says no form of a table of launches; use .gpkg, .parquet, or a database's address "
            "(postgresql://user@host/database)"
        )
        raise ExportError(message)
    return found
