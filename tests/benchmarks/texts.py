"""What a text takes: finding names, reading an article in full, the first time and again."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from functools import cache
from itertools import islice
from pathlib import Path

import archive

from benchmarks.clock import in_turns
from benchmarks.table import Row, ratio, seconds
from geomap import pipeline
from geomap.catalog import open_layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.mentions import find_mentions
from geomap.mentions.names import find_names
from geomap.tokens import Tokens
from geomap.types import Document, Reading
from geomap.words import open_words

CASES = Path(__file__).parents[1] / "cases"
PER_SECOND = 150
"""Articles that one core is to read in a second."""
_FIRST = 12
"""Articles that are read before anything is measured: layers and patterns are there then."""


def find(folder: Path | None = None, number: int = 60) -> Iterator[Row]:
    """Finding names, and all that `geomap.mentions` finds, against a lookup of names."""
    texts = texts_of(folder, number)
    size = sum(map(len, texts))
    layers, words = open_layers(), open_words()
    lexicon, lookup = open_lexicon(layers, open_gazetteer(layers)), flashgeotext()
    names, mentions, flash = in_turns(
        *(
            lambda find=find: [find(text) for text in texts]
            for find in (
                lambda text: find_names(Tokens(text), lexicon, words),
                lambda text: find_mentions(Reading(document=Document.of(text)), layers),
                lookup,
            )
        )
    )
    told = f"{size / flash / 1e6:.2f} MB/s (flashgeotext)"
    for what, spent in (("names", names), ("names, roles, phrases and coordinates", mentions)):
        yield Row(f"find {what} in {len(texts)} articles", f"{size / spent / 1e6:.2f} MB/s", told, ratio(spent, flash))


def read(folder: Path | None = None, number: int = 100) -> Iterator[Row]:
    """Reading articles in full: on launches, other news, those of a folder, or cases joined to many launches each."""
    made = {
        "launch": [one["text"] for one in islice((a for a in archive.articles(10 * number) if a["launch"]), number)],
        "general": [
            one["text"] for one in islice((a for a in archive.articles(20 * number) if not a["launch"]), number)
        ],
        folder.name if folder else "joined": texts_of(folder, number),
    }
    layers, lookup = open_layers(), flashgeotext()
    for text in made["launch"][:_FIRST]:
        pipeline.read(Document.of(text), layers)
    for kind, texts in made.items():
        documents = [Document.of(text) for text in texts[_FIRST:] or texts]
        flash = in_turns(lambda documents=documents: [lookup(one.text) for one in documents])[0] / len(documents)
        for turn in ("the first time", "again"):
            spent = [_seconds(lambda one=one: pipeline.read(one, layers)) for one in documents]
            mean = statistics.mean(spent)
            size = statistics.mean(len(one.text) for one in documents)
            yield Row(
                f"read {kind} articles of {size / 1000:.1f} kB {turn}",
                f"{1 / mean:.0f}/s/core (median {seconds(statistics.median(spent))}, at most {seconds(max(spent))})",
                f"{1 / flash:.0f}/s (flashgeotext, names only)",
                ratio(mean, flash),
                f"{PER_SECOND}/s/core" if kind == "launch" else "",
                1 / mean >= PER_SECOND if kind == "launch" else None,
            )


def texts_of(folder: Path | None, number: int) -> list[str]:
    """Articles of a folder, or the cases joined to texts of about 3 kB."""
    if folder:
        return [path.read_text("utf-8") for path in sorted(folder.glob("*.txt"))][:number]
    texts, last = [], ""
    for path in sorted(CASES.glob("*.md")):
        last += path.read_text("utf-8").split("---\n", 2)[2].split("\n--- expected\n")[0] + "\n\n"
        if len(last) > archive.SIZE:
            texts.append(last)
            last = ""
    return texts[:number]


@cache
def flashgeotext() -> Callable[[str], object]:
    """The lookup of names to compare with."""
    from flashgeotext.geotext import GeoText

    finder = GeoText()
    return lambda text: finder.extract(input_text=text)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
