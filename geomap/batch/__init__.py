"""The same over many articles: an archive is read in parts, and its reports sorted into launches, each told once.

What is finished is kept in files until the result is there: started again after whatever interruption, a batch goes on
where it stopped. No more than a few parts are held at a time, however large the archive is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from geomap.articles.origin import legible
from geomap.batch.archive import files_of, is_small, pieces_of, size_of
from geomap.batch.crew import Crew, Lost, crew
from geomap.batch.edition import edition
from geomap.batch.index import Lines, Tally, open_index
from geomap.batch.launches import Order
from geomap.batch.parts import Failure, Part, Store, cut
from geomap.batch.reading import lost, read_part
from geomap.batch.sorting import Sorter
from geomap.errors import InputError
from geomap.types import Record

__all__ = ["Batch", "Failure", "Progress", "Tally", "crew", "is_small", "read_archive", "sort_launches"]

_FAILED = "batch.failed"
_LAUNCHES = "batch.launches"
"""No result is called like that, even where it lies in the same folder."""
_ENDED = "reading it ends the process, again and again"


class Progress(Record, kw_only=True):
    """How far a batch has come.

    Parameters
    ----------
    done, total : bytes of the archive, or reports that are sorted; a total of 0 is not known
    found : how much of what is done was there from an earlier run
    count : articles, or reports, that are done
    counted : how many of these were there
    """

    done: int
    total: int
    count: int
    found: int = 0
    counted: int = 0


Follow = Callable[[Progress], None]


class Batch(Record, kw_only=True):
    """An archive that was read, and sorted.

    Parameters
    ----------
    failures : how many pieces could not be read; ``failed`` lists them
    launches : how many there are
    """

    store: Store
    keys: tuple[str, ...]
    tally: Tally
    failures: int
    launches: int
    order: NDArray[np.int64]

    @property
    def failed(self) -> Path:
        """A file with a line of JSON for each piece that could not be read: its name, and the reason."""
        return self.store.folder / _FAILED

    def lines(self) -> Iterator[bytes]:
        """The launches by time, those without one last: a line of JSON each (`geomap.types.Launch`)."""
        with (self.store.folder / _LAUNCHES).open("rb") as file:
            for at in self.order:
                file.seek(at)
                yield file.readline().rstrip(b"\n")

    def remove(self, *, parts: bool) -> None:
        """Remove what is not needed once the result is there, the parts too if they are not to be kept."""
        for name in (_FAILED, _LAUNCHES):
            (self.store.folder / name).unlink(missing_ok=True)
        self.store.remove(self.keys if parts else ())


def read_archive(
    workers: Crew,
    paths: Sequence[str],
    store: Store,
    *,
    published: str | None = None,
    apart: Sequence[Path] = (),
    follow: Follow = lambda progress: None,
) -> tuple[tuple[str, ...], list[InputError]]:
    """Read the parts of an archive that are not in the store yet.

    Parameters
    ----------
    paths : files, folders, patterns (``news/**/*.html``), addresses, ``-`` for standard input
    published : day or instant of issue of all of it; None for what each article says of itself
    apart : files and folders that are no part of it: where the result goes

    Returns
    -------
    tuple
        the keys of all parts, in order, and what is no piece at all
    """
    apart = (*apart, store.folder)
    total = size_of(files_of(paths, apart))
    keys: dict[str, None] = {}
    problems: list[InputError] = []
    now = Progress(done=0, total=total, count=0)

    def told(weight: int, documents: int, *, there: bool) -> None:
        nonlocal now
        now = Progress(
            done=now.done + weight,
            total=total and max(total, now.done + weight),
            count=now.count + documents,
            found=now.found + weight * there,
            counted=now.counted + documents * there,
        )
        follow(now)

    under_way: dict[int, Part] = {}

    def missing() -> Iterator[tuple[Part, str | None]]:
        number = 0
        for part in cut(pieces_of(files_of(paths, apart)), f"{edition()} {published or ''}", problems):
            weight = sum(piece.weight for piece in part.pieces)
            if part.key in keys:
                told(weight, 0, there=True)
                continue
            keys[part.key] = None
            kept = store.found(part.key)
            if kept is not None:
                told(weight, kept.documents, there=True)
                continue
            under_way[number] = part
            number += 1
            yield part, published

    for number, result in workers.run(read_part, missing()):
        part = under_way.pop(number)
        store.keep(part.key, _one_by_one(workers, part, published) if isinstance(result, Lost) else result)
        contents = store.contents(part.key)[0]
        told(contents.weight, contents.documents, there=False)
    return tuple(keys), problems


def _one_by_one(workers: Crew, part: Part, published: str | None) -> bytes:
    """Read a part that ended every process that read it: one piece after the other, but for those that end one."""
    sound = []
    for piece in part.pieces:
        one = msgspec.structs.replace(part, pieces=(piece,))
        if not any(isinstance(result, Lost) for _, result in workers.run(read_part, [(one, published)])):
            sound.append(piece)
    return lost(part, sound, published, _ENDED)


def sort_launches(
    workers: Crew,
    store: Store,
    keys: tuple[str, ...],
    problems: Sequence[InputError] = (),
    follow: Follow = lambda progress: None,
) -> Batch:
    """Sort what the parts of an archive tell into launches, each once.

    Parameters
    ----------
    keys, problems : as `read_archive` gives them
    """
    workers.turn()
    failures = 0
    with (store.folder / _FAILED).open("wb") as failed:

        def fail(failure: Failure) -> None:
            nonlocal failures
            failures += 1
            failed.write(msgspec.json.encode(failure) + b"\n")

        for problem in problems:
            name, _, reason = legible(str(problem)).partition(": ")
            fail(Failure(name=name, reason=reason))
        index, tally = open_index(store, keys, fail)
    done = 0

    def tick(more: int) -> None:
        nonlocal done
        done += more
        follow(Progress(done=done, total=2 * tally.events, count=done // 2))  # each is compared, and told

    orders: list[Order] = []
    places: list[int] = []
    at = 0
    lines = Lines(store, keys, index, near=workers.near)
    with (store.folder / _LAUNCHES).open("wb") as file:
        for order, line in Sorter(workers, index, lines, tick).launches():
            orders.append(order)
            places.append(at)
            at += file.write(line + b"\n")
    return Batch(
        store=store, keys=keys, tally=tally, failures=failures, launches=len(places), order=_sorted(orders, places)
    )


def _sorted(orders: Sequence[Order], places: Sequence[int]) -> NDArray[np.int64]:
    if not orders:
        return np.empty(0, dtype=np.int64)
    columns = [np.array(column) for column in zip(*orders, strict=True)]
    return np.array(places, dtype=np.int64)[np.lexsort(columns[::-1])]
