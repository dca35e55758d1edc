"""What an archive holds, one piece after the other: files, lines of JSON, rows of Parquet, records of WARC files.

A piece is an article as it came, in bytes: who reads the pieces (`geomap.batch.reading`) may be another process, or
another machine. However large an archive is, only a piece of it is held at a time.
"""

from __future__ import annotations

import glob
import gzip
import io
import itertools
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from geomap import articles
from geomap.articles import LARGEST_BYTES, STDIN, is_url, kinds, web
from geomap.articles.origin import legible
from geomap.errors import InputError
from geomap.types import Record

LINES = (".jsonl", ".ndjson")
"""Files of which each line is an article."""
SUFFIXES = (*articles.SUFFIXES, ".ndjson", ".xhtml", ".mht", ".parquet", ".warc")
"""What folders, and those within, are searched for; each also with .gz."""
COLUMNS = {
    "text": ("text",),
    "title": ("title",),
    "published": ("published", "date"),
    "outlet": ("outlet",),
    "source": ("source", "url"),
    "language": ("language",),
}
"""The columns of a Parquet file that are read, by what they are for an article."""

_SMALL = 500_000
"""Bytes."""
_ROWS = 256
"""Of a Parquet file that are held at a time."""
_PACKED = ".gz"
_WILD = frozenset("*?[")


class Piece(Record, kw_only=True):
    """One article, or one line that may be a story, as it came.

    Parameters
    ----------
    name : what to call it in a message (``file``, ``file:line``)
    source : what its article is from, unless it says so itself
    data : its bytes
    line : whether it is a line of JSON
    kind : what its suffix or its server says that it is
    charset : encoding that its server named
    weight : how many bytes of the archive it stands for
    """

    name: str
    source: str
    data: bytes
    line: bool = False
    kind: str | None = None
    charset: str | None = None
    weight: int = 0


Found = Piece | InputError


def files_of(paths: Iterable[str], apart: Iterable[Path] = ()) -> Iterator[str | InputError]:
    """Put the files of folders, and of all folders within, in their place, sorted by name; patterns likewise.

    Parameters
    ----------
    paths : files, folders, patterns (``news/**/*.html``), addresses, ``-`` for standard input
    apart : files and folders that are no part of the archive: where the result goes
    """
    own = {path.absolute() for path in apart}
    for path in paths:
        if path == STDIN or is_url(path) or Path(path).is_file():
            yield path
            continue
        if not Path(path).exists() and not _WILD.isdisjoint(path):
            named = sorted(glob.glob(path, recursive=True))
        else:
            named = [path]
        found = False
        for name in named:
            for file in [name] if Path(name).is_file() else _within(name, own):
                found = found or isinstance(file, str)
                yield file
        if not found:
            yield _nothing(path)


def _within(folder: str, own: set[Path]) -> Iterator[str]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(
            one for one in folders if not one.startswith(".") and Path(place, one).absolute() not in own
        )
        for name in sorted(names):
            if not name.startswith(".") and _suffix(name) in SUFFIXES and _place(place, name) not in own:
                yield str(Path(place, name))


def _place(folder: str, name: str) -> Path:
    return Path(folder, name).absolute()


def _nothing(path: str) -> InputError:
    if Path(path).is_dir():
        return InputError(f"{path}: no article in this folder; geomap looks for {', '.join(SUFFIXES)} files")
    if not _WILD.isdisjoint(path):
        return InputError(f"{path}: no file is called like that")
    return InputError(f"{path}: there is no such file")


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(_PACKED)).suffix


def size_of(paths: Iterable[str | InputError]) -> int:
    """How many bytes the files of an archive have together; standard input and addresses count for nothing."""
    return sum(Path(path).stat().st_size for path in paths if isinstance(path, str) and Path(path).is_file())


def is_small(paths: Iterable[str]) -> bool:
    """Whether an archive is known to be so small that one process has read it before others have started."""
    files = list(files_of(paths))
    return not any(path == STDIN or is_url(path) for path in files if isinstance(path, str)) and size_of(files) < _SMALL


def pieces_of(paths: Iterable[str | InputError]) -> Iterator[Found]:
    """Take files apart into pieces, in order; what cannot be read is an error among them."""
    for path in paths:
        if isinstance(path, InputError):
            yield path
            continue
        try:
            yield from map(_named, _taken(path))
        except InputError as problem:
            yield problem
        except (OSError, EOFError, ValueError) as problem:
            yield InputError(f"{path}: cannot be read to its end ({getattr(problem, 'strerror', None) or problem})")


def _named(piece: Found) -> Found:
    """A piece whose name is text, whatever the bytes of its path are."""
    if isinstance(piece, InputError):
        return piece
    return msgspec.structs.replace(piece, name=legible(piece.name), source=legible(piece.source))


def _taken(path: str) -> Iterator[Found]:
    if is_url(path):
        came = web.fetch(path, LARGEST_BYTES)
        yield Piece(name=path, source=came.url, data=came.data, kind=came.kind, charset=came.charset)
        return
    suffix = _suffix(path)
    if suffix == ".parquet":
        yield from _rows(path)
        return
    if path == STDIN:
        yield from _piped(sys.stdin.buffer)
        return
    with Path(path).open("rb") as raw:
        at = _meter(raw)
        stream: Any = raw
        if path.lower().endswith(_PACKED) and suffix != ".warc":
            stream = gzip.open(raw)  # noqa: SIM115 -- nothing of its own to close
        if suffix == ".warc":
            yield from _records(path, raw, at)
        elif suffix in LINES:
            yield from _lines(path, stream, at)
        else:
            yield _whole(path, stream, at, kinds.OF_SUFFIX.get(suffix))


def _meter(raw: IO[bytes]) -> Callable[[], int]:
    """How many bytes of a file were read since it was last asked."""
    last = 0

    def read() -> int:
        nonlocal last
        here = raw.tell()
        gone, last = here - last, here
        return gone

    return read


def _piped(stream: IO[bytes]) -> Iterator[Found]:
    """Standard input: lines of JSON, or one article."""
    first = stream.readline(LARGEST_BYTES + 1)
    rest = _After(first, stream)
    if first.lstrip().startswith(b"{") and first.rstrip().endswith(b"}"):
        yield from _lines("standard input", rest, lambda: 0, source=STDIN)
    else:
        yield _whole(STDIN, rest, lambda: 0, None)


class _After(io.RawIOBase):
    """A stream of which the first line was read already."""

    def __init__(self, first: bytes, stream: IO[bytes]) -> None:
        self._first, self._stream = first, stream

    def readline(self, size: int | None = -1, /) -> bytes:
        first, self._first = self._first, b""
        return first or self._stream.readline(-1 if size is None else size)

    def read(self, size: int = -1, /) -> bytes:
        first, self._first = self._first, b""
        return first + self._stream.read(size if size < 0 else max(0, size - len(first)))


def _whole(path: str, stream: Any, at: Callable[[], int], kind: str | None) -> Found:
    data = stream.read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        return InputError(f"{path}: larger than {LARGEST_BYTES // 1_000_000} MB, which no article is")
    return Piece(name=path, source=path, data=data, kind=kind, weight=at())


def _lines(path: str, stream: Any, at: Callable[[], int], source: str | None = None) -> Iterator[Found]:
    """Each line of a file; one that is too long is passed over."""
    for number in itertools.count(1):
        line = stream.readline(LARGEST_BYTES + 1)
        if not line:
            return
        where = f"{path}:{number}"
        if len(line) > LARGEST_BYTES:
            yield InputError(f"{where}: longer than {LARGEST_BYTES // 1_000_000} MB, which no article is")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST_BYTES)
        elif line.strip():
            yield Piece(name=where, source=source or path, data=line.strip(), line=True, weight=at())


def _rows(path: str) -> Iterator[Found]:
    """Each row of a Parquet file as a line of JSON."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        message = f"{path}: Parquet needs pyarrow; install it with: pip install 'geomap[parquet]'"
        raise InputError(message) from None
    try:
        with ParquetFile(path) as file:
            held = {
                name: next((one for one in ones if one in file.schema_arrow.names), None)
                for name, ones in COLUMNS.items()
            }
            columns = {name: column for name, column in held.items() if column is not None}
            if "text" not in columns:
                message = f"{path}: has no column 'text'; it has {', '.join(file.schema_arrow.names[:20]) or 'none'}"
                raise InputError(message)
            weight = Path(path).stat().st_size / max(1, file.metadata.num_rows)
            number, gone = 0, 0
            for batch in file.iter_batches(_ROWS, columns=list(columns.values())):
                for row in batch.to_pylist():
                    number += 1
                    now = int(number * weight)
                    told = {name: _told(row[column]) for name, column in columns.items()}
                    yield Piece(
                        name=f"{path}:{number}",
                        source=path,
                        data=msgspec.json.encode(told),
                        line=True,
                        weight=now - gone,
                    )
                    gone = now
    except ArrowException as problem:
        message = f"{path}: cannot be read as Parquet ({' '.join(str(problem).split())[:200]})"
        raise InputError(message) from None


def _told(value: Any) -> Any:
    """A cell as JSON: a day or an instant in ISO 8601, a day at midnight as the day."""
    if hasattr(value, "isoformat"):
        return value.isoformat().removesuffix("T00:00:00")
    return value if value is None or isinstance(value, str) else str(value)


def _records(path: str, raw: IO[bytes], at: Callable[[], int]) -> Iterator[Found]:
    """The pages and documents that a WARC file holds, but for those that a server refused."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        for record in ArchiveIterator(raw):
            http = record.http_headers
            named = http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")
            media, charset = web.content_type(named or "")
            kind = kinds.OF_TYPE.get(media)
            if record.rec_type not in ("response", "resource", "conversion") or kind is None:
                continue
            if http and http.get_statuscode() != "200":
                continue
            url = record.rec_headers.get_header("WARC-Target-URI") or path
            data = record.content_stream().read(LARGEST_BYTES + 1)
            if len(data) > LARGEST_BYTES:
                yield InputError(f"{url}: larger than {LARGEST_BYTES // 1_000_000} MB, which no article is")
                continue
            yield Piece(name=url, source=url, data=data, kind=kind, charset=charset, weight=at())
    except ArchiveLoadFailed as problem:
        message = f"{path}: cannot be read as WARC ({' '.join(str(problem).split())[:200]})"
        raise InputError(message) from None
