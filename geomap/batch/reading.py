"""What a process does with a part of an archive: read its pieces, and keep what the launches are compared by."""

from __future__ import annotations

import gc
import hashlib
import io
import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import msgspec

from geomap import codec, pipeline
from geomap.articles import LARGEST_BYTES, jsonlines, read_stream
from geomap.articles.origin import Origin
from geomap.batch.archive import Piece
from geomap.batch.index import Told, read_lines
from geomap.batch.parts import Contents, Failure, Part, Row, compose
from geomap.catalog import Layers, open_layers
from geomap.errors import InputError
from geomap.story.reports import Report, Telling, report_of, tellings
from geomap.story.spots import SHARP_KM
from geomap.types import Document, Reading

_COPIES = 64
"""Articles that are remembered: copies of what an agency sends come close together."""
_NEW_OBJECTS = 50_000
"""That are made before garbage is looked for."""


def settle() -> None:
    """In a process that only reads: open what every article needs, and let the collector of garbage pass over it."""
    pipeline.read(Document.of("Nothing was fired."), open_layers())
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS)


def read_part(part: Part, published: str | None) -> bytes:
    """Read the pieces of a part, and make its file.

    A piece that cannot be read, for whatever reason, costs only itself.

    Parameters
    ----------
    published : day or instant of issue of all that is read; None for what each says of itself
    """
    return _read(part, part.pieces, published, [])


def _read(part: Part, pieces: Sequence[Piece], published: str | None, failed: list[Failure]) -> bytes:
    layers = open_layers()
    articles: list[tuple[str, str]] = []
    rows: list[Row] = []
    lines: list[bytes] = []
    documents = at = 0
    for piece in pieces:
        for item in _items(piece, published):
            try:
                if isinstance(item, InputError):
                    raise item
                reading = item if isinstance(item, Reading) else _read_article(item, layers)
                found = [(codec.pack(told), report_of(told, len(articles), layers)) for told in tellings(reading)]
            except Exception as problem:
                failed.append(_failure(piece, problem))
                continue
            documents += 1
            for line, report in found:
                rows.append(_row(report, len(articles), at, len(line)))
                lines.append(line)
                at += len(line) + 1
            if found:
                articles.append((identity(reading.document), rank(reading.document)))
    contents = Contents(
        pieces=len(part.pieces),
        documents=documents,
        events=len(rows),
        weight=sum(piece.weight for piece in part.pieces),
        failed=tuple(failed),
        articles=tuple(articles),
        rows=tuple(rows),
    )
    return compose(contents, lines)


def _read_article(document: Document, layers: Layers) -> Reading:
    """Read the launches of an article, but not again what many outlets print word for word on one day."""
    reading = _launches_of(document.text, document.published, layers)
    own = msgspec.structs.replace(document, published=reading.document.published)
    return msgspec.structs.replace(reading, document=own)


@lru_cache(maxsize=_COPIES)
def _launches_of(text: str, published: str | None, layers: Layers) -> Reading:
    return pipeline.read(Document.of(text, published=published), layers, launches_alone=True)


def lost(part: Part, sound: Sequence[Piece], published: str | None, reason: str) -> bytes:
    """Make the file of a part of which some pieces cannot be read by any process.

    Parameters
    ----------
    sound : the pieces that can be read
    reason : why the others cannot
    """
    failed = [Failure(name=piece.name, reason=reason) for piece in part.pieces if piece not in sound]
    return _read(part, sound, published, failed)


def _failure(piece: Piece, problem: Exception) -> Failure:
    said = " ".join(str(problem).split())
    reason = said.removeprefix(f"{piece.name}: ") if isinstance(problem, InputError) else ""
    return Failure(name=piece.name, reason=reason or f"a fault of geomap's own ({type(problem).__name__}: {said})")


def _items(piece: Piece, published: str | None) -> Iterator[Document | Reading | InputError]:
    origin = Origin(
        source=piece.source, published=published, kind=piece.kind, charset=piece.charset, most_bytes=LARGEST_BYTES
    )
    found: Iterable[Document | Reading | InputError]
    try:
        if piece.line:
            found = jsonlines.read_line(piece.data, piece.name, origin)
        else:
            found = read_stream(io.BytesIO(piece.data), origin)
        yield from found
    except InputError as problem:
        yield problem
    except Exception as problem:  # what a hostile file makes a library raise
        yield InputError(f"{piece.name}: cannot be read ({type(problem).__name__}: {problem})")


def identity(document: Document) -> str:
    """What two articles have in common that are the same report: text, outlet and day of issue."""
    return _hash(document.id, document.outlet or "", document.published or "")


def rank(document: Document) -> str:
    """Which of some articles that are the same report counts: any, with one title however the archive lies in files."""
    return _hash(document.title)[:16] + _hash(document.source)[:16]


def _hash(*words: str) -> str:
    return hashlib.sha256("\n\n".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _row(report: Report, article: int, offset: int, length: int) -> Row:
    start, end = report.time
    event = report.event
    places = [place for place in (event.launch, event.impact, *event.impacts) if place is not None]
    return Row(
        article=article,
        actor=report.actor,
        start=start if math.isfinite(start) else None,
        end=end if math.isfinite(end) else None,
        dated=report.dated,
        placed=bool(places),
        sharp=any(place.radius_km <= SHARP_KM for place in places),
        offset=offset,
        length=length,
    )


def unpacked(lines: Iterable[Told], layers: Layers) -> list[Report]:
    """The reports that some lines of parts hold, numbered by their articles, in the order of the lines."""
    numbers: dict[str, int] = {}
    reports = []
    for line in read_lines(lines):
        told = codec.unpack(line, Telling)
        number = numbers.setdefault(identity(told.document), len(numbers))
        reports.append(report_of(told, number, layers))
    return reports
