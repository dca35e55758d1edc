"""Archives of made-up articles: how fast they are read on one core and on all, and how much memory that takes."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import archive

from benchmarks.clock import GEOMAP, Ran, watched
from benchmarks.table import Row, seconds

_FASTER = 1.8
"""How many times as fast two cores are to be as one; more cores as much of themselves."""
_FLAT = 0.15


def batch(number: int = 6000, few: int = 20) -> Iterator[Row]:
    """Articles in a second, at one worker and at one for each core; the start is measured with a few and taken off."""
    workers = max(len(os.sched_getaffinity(0)), 2)
    with tempfile.TemporaryDirectory() as folder:
        short, long = (written(Path(folder, f"{some}.jsonl"), some) for some in (few, number))
        starts, ends = ([run(path, some) for some in (1, workers)] for path in (short, long))
    one, all_ = (_told(number - few, start, end) for start, end in zip(starts, ends, strict=True))
    target = _FASTER * workers / 2
    yield Row(
        f"batch of {number:,} articles, {workers} workers",
        all_.words,
        f"{one.words} (1 worker)",
        f"{all_.rate / one.rate:.2f} times as fast",
        f"{target:.2g} times as fast",
        all_.rate / one.rate >= target,
    )


class _Told(NamedTuple):
    rate: float
    words: str


def _told(number: int, start: Ran, end: Ran) -> _Told:
    """Articles in a second, and what else there is to say."""
    rate, cpu = number / (end.seconds - start.seconds), (end.cpu - start.cpu) / number
    return _Told(rate, f"{rate:.0f} articles/s, {seconds(cpu)} CPU each, {seconds(start.seconds)} to start")


def memory(number: int = 10_000, first: int = 1000, workers: int | None = None) -> Iterator[Row]:
    """Peak memory of a batch with all its processes, as the archive grows tenfold, and tenfold again up to a number."""
    workers = workers or max(len(os.sched_getaffinity(0)), 2)
    with tempfile.TemporaryDirectory() as folder:
        small, more = run(written(Path(folder, "first.jsonl"), first), workers), first * 10
        while more <= number:
            large = run(written(Path(folder, f"{more}.jsonl"), more), workers)
            yield Row(
                f"peak memory of a batch of {more:,} articles, {workers} worker{'s' * (workers > 1)}",
                f"{large.mb:.0f} MB",
                f"{small.mb:.0f} MB ({first:,} articles)",
                f"{large.mb / small.mb:.2f} times as much",
                f"within {_FLAT:.0%}",
                abs(large.mb / small.mb - 1) <= _FLAT,
            )
            more *= 10


def written(path: Path, number: int) -> Path:
    """Write an archive."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in archive.articles(number))
    return path


def run(path: Path, workers: int) -> Ran:
    """Read an archive from the beginning."""
    events = path.with_suffix(f".{workers}.events.jsonl")
    return watched((*GEOMAP, "batch", str(path), "-o", str(events), "--workers", str(workers), "--overwrite"))
