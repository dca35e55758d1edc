"""Reads lines of JSON: what has a ``schema`` is a reading, a story or a launch, what has a ``text`` an article."""

from __future__ import annotations

import io
import itertools
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from geomap import codec
from geomap.articles.issue import parse_published
from geomap.articles.language import guess_language
from geomap.articles.layout import headline, one_line
from geomap.articles.origin import Origin
from geomap.errors import InputError
from geomap.types import LAUNCH_SCHEMA, STORY_SCHEMA, Document, Reading

_NEAR = 60
"""Bytes within which a line says of which schema it is."""


class _Article(msgspec.Struct):
    """An article as a line of JSON."""

    text: str
    title: str | None = None
    published: str | None = None
    outlet: str | None = None
    source: str | None = None
    language: str | None = None


class _Kind(msgspec.Struct):
    """What decides whether a line of JSON is a reading, a story, a launch or an article."""

    schema: Any = None
    text: Any = None


def read_lines(head: bytes, stream: IO[bytes], origin: Origin) -> Iterator[Document | Reading | InputError]:
    """Read lines of JSON; one object that is spread over several lines will do, too. A story gives its readings.

    Of many launches that cannot be used here only the first is an error.

    Parameters
    ----------
    head : what was read of the stream already
    """
    head = head.removeprefix(BOM_UTF8)
    most = origin.most_bytes
    if len(head) <= most and not _is_json(head.lstrip().partition(b"\n")[0]):
        head += stream.read(most) + stream.readline(most)
        if _is_json(head):
            yield from read_line(head.strip(), origin.name, origin)
            return
    lines = itertools.chain(io.BytesIO(head), iter(lambda: stream.readline(most + 1), b""))
    refused = False
    for number, line in enumerate(lines, 1):
        where = f"{origin.name}:{number}"
        if len(line) > most:
            yield InputError(f"{where}: longer than {most // 1_000_000} MB, which no reading is")
            return
        if line.strip():
            try:
                yield from read_line(line.strip(), where, origin)
            except InputError as problem:
                of_batch = LAUNCH_SCHEMA.encode() in line[:_NEAR] and origin.launches is None
                if not (of_batch and refused):
                    yield problem
                refused |= of_batch


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (msgspec.MsgspecError, RecursionError):
        return False
    return True


def read_line(line: bytes, where: str, origin: Origin) -> tuple[Document | Reading, ...]:
    """Read one line of JSON: an article, a reading, or a story, which gives its readings; a launch goes to its list.

    Parameters
    ----------
    where : what to call it in a message (``file:line``)

    Raises
    ------
    InputError
        if it is none of these
    """
    try:
        kind = msgspec.json.decode(line, type=_Kind)
        if kind.schema == STORY_SCHEMA:
            return codec.loads_story(line, where=where).readings
        if kind.schema == LAUNCH_SCHEMA:
            if origin.launches is None:
                message = f"{where}: a launch that a batch found, not an article; map, export, qgis and picture draw it"
                raise InputError(message)
            origin.launches.append(codec.loads_launch(line, where=where))
            return ()
        if kind.schema is not None:
            return (codec.loads(line, where=where),)
        if kind.text is None:
            message = f"{where}: neither a reading (no 'schema') nor an article (no 'text')"
            raise InputError(message)
        fields = msgspec.json.decode(line, type=_Article)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        message = f"{where}: not a line that geomap reads ({problem}); it should be a reading or an article in JSON"
        raise InputError(message) from None
    text = fields.text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip() or "\0" in text:
        message = f"{where}: an article without text" if not text.strip() else f"{where}: binary data, not text"
        raise InputError(message)
    published = origin.published
    if published is None and fields.published:
        published = parse_published(fields.published, f"{where}: ")
    article = Document.of(
        text,
        source=fields.source or origin.source,
        title=one_line(fields.title or "") or headline(text) or Path(where).name,
        published=published,
        outlet=one_line(fields.outlet or "") or None,
        language=fields.language or guess_language(text),
    )
    return (article,)
