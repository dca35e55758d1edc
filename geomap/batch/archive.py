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
import stat
import sys
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

import msgspec

from geomap import articles
from geomap.articles import LARGEST_BYTES, STDIN, is_url, kinds, web
from geomap.articles.origin import legible
from geomap.articles.silence import silenced
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
_BUFFER = 1 << 20
"""Bytes of a Parquet file that are taken in at once."""
_PACKED = ".gz"
_GZIP = b"\x1f\x8b"
_WILD = frozenset("*?[")
_MIDST = "it ends in the midst of a record"


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
    own = {os.path.realpath(path) for path in apart}
    for path in paths:
        if path == STDIN or is_url(path):
            yield path
            continue
        named = [path]
        if not (os.path.exists(path) or _WILD.isdisjoint(path)):
            named = [name for name in sorted(glob.glob(path, recursive=True)) if os.path.realpath(name) not in own]
        found = False
        for name in named:
            for file in _within(name, own) if os.path.isdir(name) else [name]:
                found = True
                yield file
        if not found:
            yield _nothing(path)


def _within(folder: str, own: set[str]) -> Iterator[str | InputError]:
    """The files of a folder and of those within, each folder once, however many links lead to it."""
    closed: list[OSError] = []
    seen: set[str] = set()
    for place, folders, names in os.walk(folder, onerror=closed.append, followlinks=True):
        here = os.path.realpath(place)
        if here in seen or (here in own and place != folder):
            folders.clear()
            continue
        seen.add(here)
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _suffix(name) in SUFFIXES and os.path.join(here, name) not in own:
                yield str(Path(place, name))
    for problem in closed:
        yield InputError(f"{legible(problem.filename)}: cannot be read ({problem.strerror})")


def _nothing(path: str) -> InputError:
    name = legible(path)
    if os.path.isdir(path):
        return InputError(f"{name}: no article in this folder; geomap looks for {', '.join(SUFFIXES)} files")
    return InputError(f"{name}: no file is called like that")


def _suffix(name: str) -> str:
    return Path(name.lower().removesuffix(_PACKED)).suffix


def size_of(paths: Iterable[str | InputError]) -> int:
    """How many bytes the files of an archive have together; standard input and addresses count for nothing."""
    return sum(os.path.getsize(path) for path in paths if isinstance(path, str) and os.path.isfile(path))


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
        name = legible(path)
        try:
            yield from _taken(path, name)
        except InputError as problem:
            yield problem
        except FileNotFoundError:
            yield InputError(f"{name}: there is no such file")
        except Exception as problem:  # what a hostile file makes a library raise
            reason = getattr(problem, "strerror", None) or problem
            yield InputError(f"{name}: cannot be read to its end ({reason})")


def _taken(path: str, name: str) -> Iterator[Found]:
    if is_url(path):
        came = web.fetch(path, LARGEST_BYTES)
        yield Piece(name=path, source=came.url, data=came.data, kind=came.kind, charset=came.charset)
        return
    if path == STDIN:
        yield from _piped(sys.stdin.buffer)
        return
    if not stat.S_ISREG(os.stat(path).st_mode):
        message = f"{name}: a pipe or a device, not a file; lead it to standard input, and name it -"
        raise InputError(message)
    suffix = _suffix(path)
    if suffix == ".parquet":
        yield from _rows(path, name)
        return
    with Path(path).open("rb") as raw:
        at = _meter(raw)
        stream: Any = raw
        if raw.peek(len(_GZIP)).startswith(_GZIP):
            stream = gzip.open(raw)  # noqa: SIM115 -- nothing of its own to close
        if suffix == ".warc":
            yield from _records(name, stream, at)
        elif suffix in LINES:
            yield from _lines(name, stream, at)
        else:
            yield _whole(name, stream, at, kinds.OF_SUFFIX.get(suffix))


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
    if first.removeprefix(BOM_UTF8).lstrip().startswith(b"{") and first.rstrip().endswith(b"}"):
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
        if number == 1:
            line = line.removeprefix(BOM_UTF8)
            if line.startswith((BOM_UTF16_BE, BOM_UTF16_LE)):
                message = f"{path}: lines in UTF-16, which are not read; save it in UTF-8"
                raise InputError(message)
        where = f"{path}:{number}"
        if len(line) > LARGEST_BYTES:
            yield InputError(f"{where}: longer than {LARGEST_BYTES // 1_000_000} MB, which no article is")
            while line and not line.endswith(b"\n"):
                line = stream.readline(LARGEST_BYTES)
        elif line.strip():
            yield Piece(name=where, source=source or path, data=line.strip(), line=True, weight=at())


def _rows(path: str, name: str) -> Iterator[Found]:
    """Each row of a Parquet file as a line of JSON."""
    try:
        from pyarrow import ArrowException
        from pyarrow.parquet import ParquetFile
    except ImportError:
        message = f"{name}: Parquet needs pyarrow; install it with: pip install 'geomap[parquet]'"
        raise InputError(message) from None
    try:
        # else a group of rows, which may be the whole file, is taken in at once
        with Path(path).open("rb") as raw, ParquetFile(raw, pre_buffer=False, buffer_size=_BUFFER) as file:
            there = file.schema_arrow.names
            held = {field: next((one for one in ones if one in there), None) for field, ones in COLUMNS.items()}
            columns = {field: column for field, column in held.items() if column is not None}
            if "text" not in columns:
                message = f"{name}: has no column 'text'; it has {', '.join(there[:20]) or 'none'}"
                raise InputError(message)
            weight = os.path.getsize(path) / max(1, file.metadata.num_rows)
            number, gone = 0, 0
            for batch in file.iter_batches(_ROWS, columns=list(columns.values())):
                cells = {field: batch.column(batch.schema.names.index(column)) for field, column in columns.items()}
                for row in range(batch.num_rows):
                    number += 1
                    now = int(number * weight)
                    yield _row(
                        f"{name}:{number}", name, {field: cell[row] for field, cell in cells.items()}, now - gone
                    )
                    gone = now
    except ArrowException as problem:
        message = f"{name}: cannot be read as Parquet ({' '.join(str(problem).split())[:200]})"
        raise InputError(message) from None


def _row(where: str, source: str, cells: Mapping[str, Any], weight: int) -> Found:
    try:
        data = msgspec.json.encode({field: _told(cell.as_py()) for field, cell in cells.items()})
    except Exception as problem:  # a day that no calendar has, a text in another encoding
        return InputError(f"{where}: cannot be read ({problem})")
    if len(data) > LARGEST_BYTES:
        return InputError(f"{where}: longer than {LARGEST_BYTES // 1_000_000} MB, which no article is")
    return Piece(name=where, source=source, data=data, line=True, weight=weight)


def _told(value: Any) -> Any:
    """A cell as JSON: a day or an instant in ISO 8601, a day at midnight as the day."""
    if isinstance(value, bytes):
        return value.decode()
    if hasattr(value, "isoformat"):
        return value.isoformat().removesuffix("T00:00:00")
    return value if value is None or isinstance(value, str) else str(value)


def _records(name: str, stream: Any, at: Callable[[], int]) -> Iterator[Found]:
    """The pages and documents that a WARC file holds, but for those that a server refused."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        records = ArchiveIterator(_Torn(stream))
        while (record := _after(records)) is not None:
            found = _answer(record, name)
            while record.raw_stream.read(_BUFFER):
                pass
            if record.length is None or record.raw_stream.limit > 0:
                raise EOFError(_MIDST)
            if isinstance(found, Piece):
                found = msgspec.structs.replace(found, weight=at())
            if found is not None:
                yield found
        if records.next_line or not records.known_format:
            raise EOFError(_MIDST)
    except ArchiveLoadFailed as problem:
        message = f"{name}: cannot be read as WARC ({' '.join(str(problem).split())[:200]})"
        raise InputError(message) from None


def _after(records: Iterator[Any]) -> Any:
    with silenced("warcio"):  # it quotes what is wrong to the letter
        return next(records, None)


class _Torn:
    """A stream that may be torn: `EOFError`, by which gzip says so, is a good end to who reads WARC files."""

    def __init__(self, stream: Any) -> None:
        self._read, self.tell = stream.read1, stream.tell

    def read(self, size: int = -1) -> Any:
        try:
            return self._read(size)
        except EOFError as problem:
            raise OSError(str(problem)) from None


def _answer(record: Any, name: str) -> Found | None:
    """What a record of a WARC file holds, if it is something that is read."""
    http = record.http_headers
    named = http.get_header("Content-Type") if http else record.rec_headers.get_header("Content-Type")
    media, charset = web.content_type(named or "")
    kind = kinds.OF_TYPE.get(media)
    if record.rec_type not in ("response", "resource", "conversion") or kind is None:
        return None
    if http and http.get_statuscode() != "200":
        return None
    url = record.rec_headers.get_header("WARC-Target-URI") or name
    data = record.content_stream().read(LARGEST_BYTES + 1)
    if len(data) > LARGEST_BYTES:
        return InputError(f"{url}: larger than {LARGEST_BYTES // 1_000_000} MB, which no article is")
    return Piece(name=url, source=url, data=data, kind=kind, charset=charset)
