"""How fast geomap finds and reads: ``make bench``, or ``python tests/bench.py FOLDER`` for articles of your own.

Times are CPU time of one process, but for the cold start. Without a folder the articles are the cases of this folder,
joined to texts of about 3 kB.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from geomap import pipeline
from geomap.catalog import open_layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.mentions import find_mentions
from geomap.mentions.names import find_names
from geomap.tokens import Tokens
from geomap.types import Document, Reading
from geomap.words import open_words

HERE = Path(__file__).parent
SIZE = 3000


def main(folder: str | None) -> None:
    """Print all figures, one a line."""
    texts = [path.read_text("utf-8") for path in sorted(Path(folder).glob("*.txt"))] if folder else joined_cases()
    size = sum(map(len, texts))
    print(f"{len(texts)} articles, {size / len(texts):,.0f} characters each")
    layers, words = open_layers(), open_words()
    lexicon = open_lexicon(layers, open_gazetteer(layers))
    rates = {
        "names (what is a place's name, and what only looks like one)": lambda text: find_names(
            Tokens(text), lexicon, words
        ),
        "mentions (names, roles, phrases, coordinates)": lambda text: find_mentions(
            Reading(document=Document.of(text)), layers
        ),
    }
    for name, find in rates.items():
        print(f"find {name}: {size / seconds(find, texts) / 1e6:.2f} MB/s")
    if flash := flashgeotext():
        print(f"find with flashgeotext, on the same texts: {size / seconds(flash, texts) / 1e6:.2f} MB/s")
    else:
        print("flashgeotext is not installed: pip install flashgeotext")
    articles = [Document.of(text) for text in texts]
    for turn in ("the first time", "again, in the same process"):
        spent = [seconds(lambda document: pipeline.read(document, layers), [one], turns=1) for one in articles]
        print(f"read {turn}: {1e3 * statistics.median(spent):.1f} ms in the median, {1e3 * max(spent):.0f} at most")
    cold_start(texts[0])
    help_page()


def joined_cases() -> list[str]:
    """The articles of the cases, joined to texts of about 3 kB."""
    texts, last = [], ""
    for path in sorted((HERE / "cases").glob("*.md")):
        last += path.read_text("utf-8").split("---\n", 2)[2].split("\n--- expected\n")[0] + "\n\n"
        if len(last) > SIZE:
            texts.append(last)
            last = ""
    return texts


def seconds(work: Callable[..., object], items: Sequence[object], *, turns: int = 3) -> float:
    """CPU time of some work on all items, the best of several turns."""
    return min(_once(work, items) for _ in range(turns))


def _once(work: Callable[..., object], items: Iterable[object]) -> float:
    start = time.process_time()
    for item in items:
        work(item)
    return time.process_time() - start


def flashgeotext() -> Callable[[str], object] | None:
    """The lookup to compare with, None when it is not installed."""
    try:
        from flashgeotext.geotext import GeoText
    except ImportError:
        return None
    finder = GeoText()
    return lambda text: finder.extract(input_text=text)


_COLD = """
import resource, subprocess, sys, time
start = time.perf_counter()
subprocess.run([sys.executable, "-m", "geomap", "read", "-"], stdin=sys.stdin, stdout=subprocess.DEVNULL, check=True)
print(time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
"""In a small process of its own, so that what this one needs is not counted."""


def cold_start(text: str) -> None:
    """Time ``geomap read`` of one article from the start of the program, and its memory."""
    runs = []
    for _ in range(5):
        ran = subprocess.run(
            [sys.executable, "-c", _COLD], input=text.encode(), stdout=subprocess.PIPE, check=True, cwd=HERE.parent
        )
        runs.append([float(number) for number in ran.stdout.split()])
    times, memory = zip(*runs, strict=True)
    print(f"geomap read of one article, started cold: {statistics.median(times):.2f} s, {max(memory):.0f} MB")


def help_page() -> None:
    """Time ``geomap --help`` beside what ``import click`` takes: the best of nine runs of each, in turn."""
    best = {("-c", "import click"): 9.0, ("-m", "geomap", "--help"): 9.0}
    for _ in range(9):
        for what in best:
            start = time.perf_counter()
            subprocess.run([sys.executable, *what], stdout=subprocess.DEVNULL, check=True, cwd=HERE.parent)
            best[what] = min(best[what], time.perf_counter() - start)
    click, page = best.values()
    print(f"geomap --help: {page:.2f} s, where import click alone takes {click:.2f} s")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
