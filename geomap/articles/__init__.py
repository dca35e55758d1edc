"""Reads what people hand over: text, pages, PDF, Word, mail, JSON lines, folders, addresses -> documents and readings.

Content decides what an input is (`geomap.articles.kinds`), and each kind has a reader. An item that cannot be read is
an `InputError` among the others, so that one bad file does not cost the good ones. Nothing is fetched but an address
that was named.
"""

from __future__ import annotations

import io
import itertools
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from importlib import import_module
from pathlib import Path
from typing import IO, Any, TypeAlias

from geomap.articles import kinds
from geomap.articles.issue import parse_published
from geomap.articles.language import ENGLISH, UNDETERMINED, guess_language
from geomap.articles.origin import STDIN, Origin, legible, to_document
from geomap.articles.web import fetch, is_url
from geomap.errors import InputError
from geomap.types import Document, Launch, Reading

__all__ = [
    "ENGLISH",
    "LARGEST_BYTES",
    "STDIN",
    "SUFFIXES",
    "UNDETERMINED",
    "Item",
    "find_files",
    "guess_language",
    "is_url",
    "open_article",
    "open_articles",
    "parse_published",
    "read_inputs",
    "read_stream",
]

SUFFIXES = (".txt", ".md", ".jsonl", ".html", ".htm", ".mhtml", ".pdf", ".docx", ".eml")
"""What a folder is searched for."""
LARGEST_BYTES = 20_000_000
"""Largest article, and longest line of JSON, in bytes."""

Item: TypeAlias = Document | Reading | InputError

_READERS = {
    kinds.TEXT: "geomap.articles.plain",
    kinds.PAGE: "geomap.articles.page",
    kinds.PDF: "geomap.articles.pdf",
    kinds.WORD: "geomap.articles.word",
    kinds.MAIL: "geomap.articles.mail",
}
"""The module that reads a kind: most runs need one of them."""


def read_inputs(
    paths: Iterable[str | Path], *, published: str | None = None, launches: list[Launch] | None = None
) -> Iterator[Item]:
    """Read files, folders, addresses and standard input, in order; what cannot be read is an error among the items.

    Parameters
    ----------
    paths : files, folders (their files with one of the `SUFFIXES`, sorted, not those of folders within), addresses that
        begin with http:// or https://, ``-`` for standard input
    published : day or instant of issue, ISO 8601; wins over what an article says of itself
    launches : takes the launches of a batch (``geomap.launch/1``); without it such a line is an error
    """
    if published is not None:
        published = parse_published(published)
    for path in find_files(paths):
        if isinstance(path, InputError):
            yield path
            continue
        try:
            if is_url(path):
                came = fetch(path, LARGEST_BYTES)
                origin = _origin(came.url, published, came.kind, launches, came.charset)
                yield from read_stream(io.BytesIO(came.data), origin)
                continue
            with _open(path) as stream:
                yield from read_stream(stream, _origin(path, published, kinds.suffix_kind(path), launches))
        except InputError as problem:
            yield problem
        except OSError as problem:
            yield InputError(f"{path}: cannot be read ({problem.strerror or problem})")


def find_files(paths: Iterable[str | Path]) -> Iterator[str | InputError]:
    """Put the articles of a folder in the folder's place, sorted by name; a folder without any is an error."""
    for path in map(str, paths):
        try:
            folder = path != STDIN and not is_url(path) and Path(path).is_dir()
            names = sorted(p.name for p in Path(path).iterdir() if p.is_file()) if folder else []
        except (OSError, ValueError) as problem:
            yield InputError(f"{path}: cannot be read ({problem})")
            continue
        found = [name for name in names if Path(name).suffix.lower() in SUFFIXES and not name.startswith(".")]
        if not folder:
            yield path
        elif found:
            yield from (str(Path(path) / name) for name in found)
        else:
            yield InputError(f"{path}: no article in this folder; geomap looks for {', '.join(SUFFIXES)} files")


def open_articles(paths: str | Path | Iterable[str | Path], *, published: str | None = None) -> Iterator[Document]:
    """Read the articles of files, of a folder or of addresses.

    Parameters
    ----------
    paths : one file, folder or address, or several
    published : day or instant of issue, ISO 8601; wins over what an article says of itself

    Raises
    ------
    InputError
        at the first one that cannot be read, or that is a reading already
    """
    for item in read_inputs([paths] if isinstance(paths, (str, Path)) else paths, published=published):
        if isinstance(item, InputError):
            raise item
        if isinstance(item, Reading):
            message = f"{item.document.source}: a reading, not an article; geomap.loads reads one"
            raise InputError(message)
        yield item


def open_article(path: str | Path, *, published: str | None = None) -> Document:
    """Read one article.

    Parameters
    ----------
    path : text, Markdown, saved web page, PDF, Word document or mail; an address that begins with http:// or https://;
        ``-`` for standard input
    published : day or instant of issue, ISO 8601; wins over what the article says of itself

    Raises
    ------
    InputError
        if it cannot be read, or is not exactly one article
    """
    documents = list(itertools.islice(open_articles(path, published=published), 2))
    if len(documents) != 1:
        message = f"{path}: not one article; geomap.open_articles reads several"
        raise InputError(message)
    return documents[0]


def _origin(
    source: str, published: str | None, kind: str | None, launches: list[Launch] | None, charset: str | None = None
) -> Origin:
    return Origin(
        source=legible(source),
        published=published,
        kind=kind,
        charset=charset,
        most_bytes=LARGEST_BYTES,
        launches=launches,
    )


def _open(path: str) -> Any:
    if path == STDIN:
        return nullcontext(sys.stdin.buffer)
    try:
        return Path(path).open("rb")
    except FileNotFoundError:
        message = f"{path}: there is no such file"
    except (OSError, ValueError) as problem:
        message = f"{path}: cannot be read ({getattr(problem, 'strerror', None) or problem})"
    raise InputError(message)


def read_stream(stream: IO[bytes], origin: Origin) -> Iterator[Item]:
    """Read a stream: JSON a line at a time, so that it may be long; anything else whole.

    Raises
    ------
    InputError
        if it cannot be read
    """
    most = origin.most_bytes
    head = b""
    while len(head.lstrip()) < kinds.NEAR and len(head) <= most and (line := stream.readline(most + 1)):
        head += line
    kind = kinds.kind_of(head, origin)
    if kind == kinds.JSON and head.strip():
        from geomap.articles import jsonlines

        yield from jsonlines.read_lines(head, stream, origin)
        return
    data = head + stream.read(max(0, most + 1 - len(head)))
    if len(data) > most:
        message = f"{origin.name}: larger than {most // 1_000_000} MB, which no article is; cut out what to read"
        raise InputError(message)
    if not data.strip():
        message = f"{origin.name}: empty"
        raise InputError(message)
    yield to_document(import_module(_READERS[kind]).read(data, origin), origin)
