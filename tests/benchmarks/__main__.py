"""Run the benches, print one table, append it to ``docs/benchmarks.md``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks import archives, earth, pages, starts, table, texts
from benchmarks.clock import ROOT
from benchmarks.table import Row

PATH = ROOT / "docs" / "benchmarks.md"
_LONGEST = 200


def benches(folder: Path | None, number: int) -> dict[str, Callable[[], Iterable[Row]]]:
    """All benches by name, in their order."""
    return {
        "cold": starts.cold,
        "find": partial(texts.find, folder),
        "read": partial(texts.read, folder),
        "rings": earth.rings,
        "zones": earth.zones,
        "page": pages.page,
        "batch": archives.batch,
        "memory": partial(archives.memory, number),
    }


def run(chosen: Iterable[str], known: Mapping[str, Callable[[], Iterable[Row]]]) -> Iterator[Row]:
    """The rows of some benches; one that fails is a row, too, and costs only itself."""
    for name in chosen:
        print(f"{name} …", file=sys.stderr, flush=True)
        try:
            yield from known[name]()
        except Exception as problem:
            yield Row(name, f"failed: {type(problem).__name__}: {problem}"[:_LONGEST], met=False)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    names = ", ".join(benches(None, 0))
    parser.add_argument("--rows", default="", help=f"some of {names}, with commas between; else all")
    parser.add_argument("--articles", type=Path, help="a folder of .txt files, for find and read")
    parser.add_argument("--number", type=int, default=10_000, help="up to so many articles, for memory (10000)")
    parser.add_argument("--dry", action="store_true", help="only print")
    options = parser.parse_args(arguments)
    known = benches(options.articles, options.number)
    chosen = [one.strip() for one in options.rows.split(",") if one.strip()] or list(known)
    if unknown := [one for one in chosen if one not in known]:
        parser.error(f"no rows {', '.join(unknown)}; there are {names}")
    facts = table.facts()
    rows = list(run(chosen, known))
    table.show(rows)
    if not options.dry:
        table.append(rows, PATH, facts)


if __name__ == "__main__":
    main()
