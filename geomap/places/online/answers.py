"""Answers of online geocoders, kept on disk so that a second run asks nothing.

One SQLite file in the user's cache folder; several runs may use it at once. An answer is kept for some months, and
that a service knows no such place for some days; refusals and errors are never kept, nor is any key.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from geomap.types import Place

FILE = "geocoders-1.sqlite"
KEPT_S = 180 * 86_400.0
"""Seconds for which an answer is kept."""
EMPTY_KEPT_S = 14 * 86_400.0
"""The same for an answer without any place."""
_WAIT_S = 5.0
_TABLE = (
    "CREATE TABLE IF NOT EXISTS answers (server TEXT, query TEXT, country TEXT, asked REAL, places BLOB,"
    " PRIMARY KEY (server, query, country))"
)


def cache_folder() -> Path:
    """The folder for what can be had again: ``$GEOMAP_CACHE``, else ``geomap`` in ``$XDG_CACHE_HOME``, ``~/.cache``."""
    if own := os.environ.get("GEOMAP_CACHE"):
        return Path(own).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")).absolute() / "geomap"


class Answers:
    """What a server has answered before; when the file cannot be used, nothing is kept and that is told once.

    Parameters
    ----------
    folder : made when it is missing
    server : the service and where it was asked
    told : is told why nothing is kept
    """

    def __init__(self, folder: Path, server: str, told: Callable[[str], None]) -> None:
        self.path = folder / FILE
        self._server = server
        self._told = told
        self._usable = True

    def get(self, query: str, country: str | None) -> tuple[Place, ...] | None:
        """The places that were answered to a question, none for 'no such place'; None when it is not known."""
        row = self._do(
            "SELECT asked, places FROM answers WHERE server = ? AND query = ? AND country = ?",
            (self._server, query, country or ""),
        )
        if row is None:
            return None
        try:
            asked, places = row
            found = msgspec.json.decode(places, type=tuple[Place, ...])
            age_s = time.time() - asked
        except (msgspec.MsgspecError, TypeError, ValueError):
            return None
        sound = all(abs(place.lon) <= 180 and abs(place.lat) <= 90 and place.radius_km >= 0 for place in found)
        return found if sound and 0 <= age_s < (KEPT_S if found else EMPTY_KEPT_S) else None

    def put(self, query: str, country: str | None, places: tuple[Place, ...]) -> None:
        """Keep an answer; those that are too old go."""
        now = time.time()
        self._do("DELETE FROM answers WHERE asked < ?", (now - KEPT_S,))
        self._do(
            "INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?, ?)",
            (self._server, query, country or "", now, msgspec.json.encode(places)),
        )

    def _do(self, statement: str, values: tuple[object, ...]) -> tuple[Any, ...] | None:
        """Do one thing with the file, and let go of it again; the first row that comes of it."""
        if not self._usable:
            return None
        try:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.path.touch(mode=0o600)  # it tells what was read
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S, isolation_level=None)) as file:
                file.execute(_TABLE)
                row: tuple[Any, ...] | None = file.execute(statement, values).fetchone()
        except (sqlite3.Error, OSError, UnicodeError) as problem:
            self._usable = False
            reason = getattr(problem, "strerror", None) or problem
            self._told(f"{self.path}: answers cannot be kept there ({reason}); delete it if it is damaged")
            return None
        return row
