"""Parts of an archive: some pieces that are read together, and the file that keeps what was read.

A part is known by its content: read again, with the same version of geomap and the same layers, it makes the same file
under the same name. So what was finished before an interruption is found again, and in an archive that grew only what
is new is read. A part ends where the content of a piece says so, so that a piece that is put in between does not move
all parts after it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from geomap import codec
from geomap.batch.archive import Piece
from geomap.errors import ExportError, InputError
from geomap.files import write_whole
from geomap.types import Record

MOST_PIECES = 64
MOST_BYTES = 1_500_000
_USUAL_PIECES = 24
"""On average, where the pieces are articles; the content of one decides."""
_SUFFIX = ".part"
SCHEMA = "geomap.part/1"


class Part(Record, kw_only=True):
    """Some pieces that follow each other.

    Parameters
    ----------
    key : hash of what they hold, of how they are read, and by which version of geomap
    """

    key: str
    pieces: tuple[Piece, ...]


class Failure(Record, kw_only=True):
    """A piece that could not be read, and why."""

    name: str
    reason: str


class Row(msgspec.Struct, array_like=True, frozen=True):
    """What of one telling decides with which others it is compared.

    Parameters
    ----------
    article : place of its article among the ``articles`` of the part, from 0
    start, end : hours since 1970; None where the text leaves it open
    placed, sharp : whether it has a place, and one that says something by itself
    offset, length : its line in the file, in bytes from the end of the first line
    """

    article: int
    actor: str
    start: float | None
    end: float | None
    dated: bool
    placed: bool
    sharp: bool
    offset: int
    length: int


class Contents(Record, kw_only=True):
    """The first line of a part's file.

    Parameters
    ----------
    pieces, documents, events : how many there were
    weight : bytes of the archive that it stands for
    failed : what could not be read
    articles : for each article with launches a hash of its text, outlet and day, and one of what ranks it among equals
    rows : for each launch, in the order of the lines
    """

    schema: str = SCHEMA
    pieces: int
    documents: int
    events: int
    weight: int
    failed: tuple[Failure, ...]
    articles: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def cut(pieces: Iterable[Piece | InputError], salt: str, problems: list[InputError]) -> Iterator[Part]:
    """Cut an archive into parts.

    Parameters
    ----------
    salt : all that the result depends on besides the pieces
    problems : takes what is no piece
    """
    held: list[Piece] = []
    digests: list[bytes] = []
    size = 0
    for piece in pieces:
        if isinstance(piece, InputError):
            problems.append(piece)
            continue
        digest = _digest(piece)
        held.append(piece)
        digests.append(digest)
        size += len(piece.data)
        if len(held) == MOST_PIECES or size >= MOST_BYTES or int.from_bytes(digest[:4]) % _USUAL_PIECES == 0:
            yield _part(held, digests, salt)
            held, digests, size = [], [], 0
    if held:
        yield _part(held, digests, salt)


def _digest(piece: Piece) -> bytes:
    told = msgspec.json.encode((piece.name, piece.source, piece.line, piece.kind, piece.charset))
    return hashlib.sha256(told + b"\n" + piece.data).digest()


def _part(pieces: list[Piece], digests: list[bytes], salt: str) -> Part:
    key = hashlib.sha256(salt.encode() + b"".join(digests)).hexdigest()[:32]
    return Part(key=key, pieces=tuple(pieces))


class Store:
    """The folder in which the files of finished parts lie.

    Parameters
    ----------
    folder : made when it is missing
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other batches out of the folder for a while: they would write the same files, and remove them.

        Raises
        ------
        ExportError
            if one is at work there
        """
        if sys.platform == "win32":
            yield
            return
        import fcntl

        handle = os.open(self.folder, os.O_RDONLY)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                message = f"{self.folder}: another geomap batch is at work there; wait for it, or use another folder"
                raise ExportError(message) from None
            except OSError:
                pass  # not every disk of a network can do this
            yield
        finally:
            os.close(handle)
            with suppress(OSError):  # nothing to go on with
                self.folder.rmdir()

    def path(self, key: str) -> Path:
        """Where the file of a part is."""
        return self.folder / f"{key}{_SUFFIX}"

    def found(self, key: str) -> Contents | None:
        """The first line of a part that was finished; None when it was not in whole, or by another geomap."""
        try:
            return self.contents(key)[0]
        except (OSError, InputError):
            return None

    def keep(self, key: str, data: bytes) -> None:
        """Write the file of a part, whole or not at all."""
        write_whole(self.path(key), data)

    def contents(self, key: str) -> tuple[Contents, int]:
        """The first line of a part's file, and where the lines of its launches begin.

        Raises
        ------
        InputError
            if the file is none of geomap's, or not all of it is there
        """
        path = self.path(key)
        with path.open("rb") as file:
            line = file.readline()
            size = file.seek(0, os.SEEK_END)
        try:
            told = _contents.decode(line)
        except msgspec.MsgspecError as problem:
            message = f"{path}: not the file of a part ({problem}); remove it, and start again"
            raise InputError(message) from None
        if len(line) + sum(row.length + 1 for row in told.rows) != size:
            message = f"{path}: not all of this part is there; remove it, and start again"
            raise InputError(message)
        return told, len(line)

    def remove(self, keys: Iterable[str]) -> None:
        """Remove the files of parts, and the folder if nothing else is in it."""
        own = set(keys)
        for path in list(self.folder.iterdir()):
            if path.name.removeprefix(".").partition(".")[0] in own:  # what was half written begins with a dot
                path.unlink(missing_ok=True)
        if not any(self.folder.iterdir()):
            self.folder.rmdir()


_contents = msgspec.json.Decoder(Contents)


def compose(contents: Contents, lines: Iterable[bytes]) -> bytes:
    """Make the file of a part of its first line and the lines of its launches."""
    return b"\n".join([codec.pack(contents), *lines]) + b"\n"
