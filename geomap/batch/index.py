"""Where each telling of an archive lies, when it was, and who fired: a few numbers each, whatever it tells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from geomap.batch.parts import Failure, Row, Store
from geomap.types import Record

Numbers = NDArray[np.intp]

_OPEN_FILES = 128
_COLUMNS = 9


class Index(Record, kw_only=True):
    """The tellings of an archive, an entry for each in every column.

    Parameters
    ----------
    part : place of its part in the archive
    start, end : when it was, in hours since 1970, infinite where the text leaves it open
    dated : whether the time says which launch is meant
    actor : a number for who fired, -1 where the text does not say
    placed, sharp : whether it has a place, and one that says something by itself
    offset, length : its line in the file of its part, in bytes
    """

    part: Numbers
    start: NDArray[np.float64]
    end: NDArray[np.float64]
    dated: NDArray[np.bool_]
    actor: Numbers
    placed: NDArray[np.bool_]
    sharp: NDArray[np.bool_]
    offset: NDArray[np.int64]
    length: Numbers


class Tally(Record, kw_only=True):
    """What an archive held.

    Parameters
    ----------
    articles : those that were read
    again : those with launches that have the same text, outlet and day as another one, and do not count
    events : launches as single articles tell them
    """

    articles: int
    again: int
    events: int


def open_index(store: Store, keys: Sequence[str], fail: Callable[[Failure], None]) -> tuple[Index, Tally]:
    """Gather the tellings of all parts, those of an article that is there twice only once.

    Parameters
    ----------
    keys : of the parts, in the order of the archive
    fail : takes what could not be read, in this order
    """
    columns: list[NDArray[np.float64]] = []
    homes: list[Numbers] = []
    names: list[bytes] = []
    ranks: list[bytes] = []
    actors = {"": -1}
    documents = articles = 0
    for number, key in enumerate(keys):
        told, body = store.contents(key)
        documents += told.documents
        for failure in told.failed:
            fail(failure)
        names += [bytes.fromhex(name) for name, _ in told.articles]
        ranks += [bytes.fromhex(rank) for _, rank in told.articles]
        columns.append(_columns(told.rows, number, body, actors))
        homes.append(np.array([row.article + articles for row in told.rows], dtype=np.intp))
        articles += len(told.articles)
    table = np.concatenate(columns, axis=1) if columns else np.empty((_COLUMNS, 0))
    home = np.concatenate(homes) if homes else np.empty(0, dtype=np.intp)
    kept = _first_of_each(names, ranks)
    table = table[:, kept[home]]
    part, start, end, dated, actor, placed, sharp, offset, length = table
    index = Index(
        part=part.astype(np.intp),
        start=start,
        end=end,
        dated=dated > 0,
        actor=actor.astype(np.intp),
        placed=placed > 0,
        sharp=sharp > 0,
        offset=offset.astype(np.int64),
        length=length.astype(np.intp),
    )
    return index, Tally(articles=documents, again=int((~kept).sum()), events=table.shape[1])


def _columns(rows: Sequence[Row], part: int, body: int, actors: dict[str, int]) -> NDArray[np.float64]:
    """The rows of a part as columns; whole numbers below 2**53 are exact in floats.

    Parameters
    ----------
    actors : their numbers; takes those that are new
    """
    found = [
        (
            part,
            -np.inf if row.start is None else row.start,
            np.inf if row.end is None else row.end,
            row.dated,
            actors.setdefault(row.actor, len(actors) - 1),
            row.placed,
            row.sharp,
            body + row.offset,
            row.length,
        )
        for row in rows
    ]
    columns: NDArray[np.float64] = np.array(found, dtype=np.float64).reshape(-1, _COLUMNS).T
    return columns


def _first_of_each(names: Sequence[bytes], ranks: Sequence[bytes]) -> NDArray[np.bool_]:
    """Which articles count: of those with one name the one that comes first by rank."""
    kept = np.zeros(len(names), dtype=bool)
    if names:
        both = np.array([name + rank for name, rank in zip(names, ranks, strict=True)], dtype="V32").view("u1")
        words = both.reshape(len(names), 32)
        order = np.lexsort(words.T[::-1])
        same = np.concatenate([[True], (words[order[1:], :16] != words[order[:-1], :16]).any(axis=1)])
        kept[order[same]] = True
    return kept


class Line(NamedTuple):
    """Where the line of a telling lies."""

    path: str
    offset: int
    length: int


Told: TypeAlias = Line | bytes
"""The line of a telling, or where it lies."""


class Lines:
    """The lines of tellings in the files of their parts.

    Parameters
    ----------
    keys : of the parts, in the order of the archive
    near : whether whoever gets a line can read these files; else they are read here
    """

    def __init__(self, store: Store, keys: Sequence[str], index: Index, *, near: bool) -> None:
        self._paths = [str(store.path(key).resolve()) for key in keys]
        self._index, self._near = index, near

    def of(self, tellings: Iterable[int]) -> list[Told]:
        """The lines of some tellings, in their order."""
        index = self._index
        held: list[Told] = [
            Line(self._paths[index.part[one]], int(index.offset[one]), int(index.length[one])) for one in tellings
        ]
        return held if self._near else [*read_lines(held)]


def read_lines(lines: Iterable[Told]) -> Iterator[bytes]:
    """Read those of some lines that still lie in their files."""
    with ExitStack() as opened:
        files: dict[str, IO[bytes]] = {}
        for line in lines:
            if isinstance(line, bytes):
                yield line
                continue
            if line.path not in files:
                if len(files) == _OPEN_FILES:
                    opened.close()
                    files.clear()
                files[line.path] = opened.enter_context(Path(line.path).open("rb"))
            files[line.path].seek(line.offset)
            yield files[line.path].read(line.length)
