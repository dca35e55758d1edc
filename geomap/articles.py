"""Reads what people hand over: text and Markdown, JSON lines, folders, standard input -> documents and readings.

Content decides what an input is: JSON with a ``schema`` is a reading, any other JSON with a ``text`` is an article with
the fields text, title, published, source and language, and the rest is the text of an article, after YAML front matter
if there is any. An item that cannot be read is an `InputError` among the others, so that one bad file does not cost the
good ones.
"""

from __future__ import annotations

import codecs
import io
import itertools
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, TypeAlias

import msgspec

from geomap import codec
from geomap.errors import InputError
from geomap.types import Document, Reading

STDIN = "-"
SUFFIXES = (".txt", ".md", ".jsonl")
"""What a folder is searched for."""
LARGEST_BYTES = 20_000_000
"""Largest article, and longest line of JSON, in bytes."""
ENGLISH = "en"
UNDETERMINED = "und"

Item: TypeAlias = Document | Reading | InputError

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)
_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "rich text"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_JSON = re.compile(rb"\s*\{\s*[\"}]")
_JSON_SUFFIXES = (".jsonl", ".ndjson", ".json")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FENCE = re.compile(r"\s*---[ \t]*\n(?=(?:[ \t]*(?:#.*)?\n)*(?:[\w-]+[ \t]*:|---|\.\.\.))")
_FENCE_END = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_FURNITURE = re.compile(r"\b(?:skip to|sign in|log in|subscribe|advertisement|cookies?|newsletter)\b", re.IGNORECASE)
_HEADING = re.compile(r"^# +(.+?)[ #]*$", re.MULTILINE)
_WORD = re.compile(r"[^\W\d_]+")
# Words that no other widely written language shares; about a third of running English.
_STOP_WORDS = frozenset(
    _WORD.findall(
        "the of and that with by from which this would could should their his her has have been were are who said will "
        "not it its they than"
    )
)
_TITLE_LENGTH = 120
_LONGEST_FRONT_MATTER = 10_000  # code points; deeper nesting than it allows would exhaust the parser's stack


class _Article(msgspec.Struct):
    """An article as a line of JSON."""

    text: str
    title: str | None = None
    published: str | None = None
    source: str | None = None
    language: str | None = None


class _Kind(msgspec.Struct):
    """What decides whether a line of JSON is a reading or an article."""

    schema: Any = None
    text: Any = None


def read_inputs(paths: Iterable[str | Path], *, published: str | None = None) -> Iterator[Item]:
    """Read files, folders and standard input, in order; what cannot be read is an error among the items.

    Parameters
    ----------
    paths : files, folders (their .txt, .md and .jsonl files, sorted, not those of folders within), ``-`` for standard
        input
    published : day or instant of issue, ISO 8601; wins over what an article says of itself
    """
    if published is not None:
        published = parse_published(published)
    for path in find_files(paths):
        if isinstance(path, InputError):
            yield path
            continue
        try:
            with _open(path) as stream:
                yield from _items(stream, path, published)
        except InputError as problem:
            yield problem
        except OSError as problem:
            yield InputError(f"{path}: cannot be read ({problem.strerror or problem})")


def find_files(paths: Iterable[str | Path]) -> Iterator[str | InputError]:
    """Put the articles of a folder in the folder's place, sorted by name; a folder without any is an error."""
    for path in map(str, paths):
        try:
            folder = path != STDIN and Path(path).is_dir()
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
    """Read the articles of files or of a folder.

    Parameters
    ----------
    paths : one file or folder, or several
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
    path : .txt or .md file, or ``-`` for standard input
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


def parse_published(value: object, where: str = "") -> str:
    """Write a day or instant of issue as ``2021-09-15`` or, in UTC, ``2021-09-15T03:40:00Z``.

    A time without a zone says no more than its day.

    Parameters
    ----------
    value : ISO 8601 text, or a date that YAML has read already
    where : what a message begins with (``a.txt: ``)

    Raises
    ------
    InputError
        if it is neither
    """
    moment = value
    try:
        if isinstance(moment, str):
            text = moment.strip()
            moment = date.fromisoformat(text) if len(text) <= len("2021-09-15") else datetime.fromisoformat(text)
        if isinstance(moment, datetime) and moment.tzinfo is not None:
            return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError):
        moment = None
    if isinstance(moment, datetime):
        moment = moment.date()
    if not isinstance(moment, date):
        message = f"{where}{str(value)[:40]!r} is no day of issue; write 2021-09-15 or 2021-09-15T12:40:00+09:00"
        raise InputError(message)
    return moment.isoformat()


def guess_language(text: str) -> str:
    """Tell English by the share of its small words: ``en``, or ``und`` for undetermined."""
    words = _WORD.findall(text[:20_000].casefold())
    latin = [word for word in words if word.isascii()]
    if len(latin) < 0.8 * len(words):
        return UNDETERMINED
    if len(words) < 20:  # too few to judge by: a phrase, a position, a headline
        return ENGLISH
    return ENGLISH if sum(word in _STOP_WORDS for word in words) >= 0.06 * len(words) else UNDETERMINED


def _name(path: str) -> str:
    return "standard input" if path == STDIN else path


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


def _items(stream: IO[bytes], path: str, published: str | None) -> Iterator[Item]:
    """Read a stream: JSON a line at a time, so that it may be long; an article whole."""
    head = b""
    while not head.strip() and len(head) <= LARGEST_BYTES and (line := stream.readline(LARGEST_BYTES + 1)):
        head += line
    json_lines = _JSON.match(head.removeprefix(codecs.BOM_UTF8)) or path.lower().endswith(_JSON_SUFFIXES)
    if json_lines and head.strip() and not head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        yield from _json_items(head, stream, path, published)
        return
    data = head + stream.read(max(0, LARGEST_BYTES + 1 - len(head)))
    if len(data) > LARGEST_BYTES:
        message = (
            f"{_name(path)}: larger than {LARGEST_BYTES // 1_000_000} MB, which no article is; cut out what to read"
        )
        raise InputError(message)
    text = _decode(data, path).replace("\r\n", "\n").replace("\r", "\n")
    yield _article(text, path, published)


def _article(text: str, path: str, published: str | None) -> Document:
    """Make a document of the text of a file: what its front matter says, and the text that follows it."""
    fields, body = _split_front_matter(text, path)
    if not body.strip():
        message = f"{_name(path)}: empty" if body == text else f"{_name(path)}: no text after the front matter"
        raise InputError(message)
    issued = fields.get("published")
    if published is None and issued is not None:
        published = parse_published(issued, f"{_name(path)}: ")
    source = str(fields.get("source") or STDIN) if path == STDIN else path
    return Document.of(
        body,
        source=source,
        title=_one_line(str(fields.get("title") or ""))
        or _title(body)
        or (_name(path) if path == STDIN else Path(path).name),
        published=published,
        language=str(fields.get("language") or "") or guess_language(body),
    )


def _json_items(head: bytes, stream: IO[bytes], path: str, published: str | None) -> Iterator[Item]:
    """Read lines of JSON; one object that is spread over several lines will do, too."""
    head = head.removeprefix(codecs.BOM_UTF8)
    if len(head) <= LARGEST_BYTES and not _is_json(head):
        head += stream.read(LARGEST_BYTES) + stream.readline(LARGEST_BYTES)
        if _is_json(head):
            yield _json_item(head.strip(), _name(path), path, published)
            return
    lines = itertools.chain(io.BytesIO(head), iter(lambda: stream.readline(LARGEST_BYTES + 1), b""))
    for number, line in enumerate(lines, 1):
        where = f"{_name(path)}:{number}"
        if len(line) > LARGEST_BYTES:
            yield InputError(f"{where}: longer than {LARGEST_BYTES // 1_000_000} MB, which no reading is")
            return
        if line.strip():
            try:
                yield _json_item(line.strip(), where, path, published)
            except InputError as problem:
                yield problem


def _is_json(data: bytes) -> bool:
    try:
        msgspec.json.decode(data, type=msgspec.Raw)
    except (msgspec.MsgspecError, RecursionError):
        return False
    return True


def _json_item(line: bytes, where: str, path: str, published: str | None) -> Document | Reading:
    try:
        kind = msgspec.json.decode(line, type=_Kind)
        if kind.schema is not None:
            return codec.loads(line, where=where)
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
    if published is None and fields.published:
        published = parse_published(fields.published, f"{where}: ")
    return Document.of(
        text,
        source=fields.source or path,
        title=_one_line(fields.title or "") or _title(text) or Path(where).name,
        published=published,
        language=fields.language or guess_language(text),
    )


def _decode(data: bytes, path: str) -> str:
    """Turn the bytes of a file into text: by its mark, as UTF-8, as Western English, else by what fits best."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            message = f"{_name(path)}: {kind}, not text; save its text as a .txt file first"
            raise InputError(message)
    text = _decoded(data, next((encoding for mark, encoding in _BOMS if data.startswith(mark)), "utf-8"))
    if text is None and b"\0" not in data:
        text = _decoded(data, "cp1252")
        if text is None or guess_language(text) != ENGLISH:
            from charset_normalizer import from_bytes

            best = from_bytes(data).best()
            text = None if best is None else str(best)
    if text is None or "\0" in text or len(_CONTROL.findall(text)) > 0.02 * len(text):
        message = f"{_name(path)}: binary data, or an encoding that cannot be told; save it as text in UTF-8"
        raise InputError(message)
    return text


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _split_front_matter(text: str, path: str) -> tuple[dict[str, Any], str]:
    """Separate YAML front matter from the text that follows it; a text that merely begins with a rule has none."""
    start = _FENCE.match(text)
    if start is None:
        return {}, text
    end = _FENCE_END.search(text, start.end(), start.end() + _LONGEST_FRONT_MATTER)
    if end is None:
        message = f"{_name(path)}: the front matter that begins with --- never ends; put another --- after it"
        raise InputError(message)
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the slow one takes seconds for a thousand brackets
        fields = yaml.load(text[start.end() : end.start()], Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f", line {mark.line + 1 + text.count(chr(10), 0, start.end())}" if mark else ""
        reason = getattr(problem, "problem", None) or str(problem) or type(problem).__name__
        message = f"{_name(path)}{line}: the front matter is not YAML ({reason}); a value with a colon wants quotes"
        raise InputError(message) from None
    fields = fields or {}
    scalar = (str, int, float, date, type(None))
    if not isinstance(fields, dict) or not all(
        isinstance(fields.get(key), scalar) for key in ("title", "published", "source", "language")
    ):
        message = f"{_name(path)}: the front matter should be lines like 'title: …' and 'published: 2021-09-15'"
        raise InputError(message)
    return fields, text[end.end() :]


def _title(text: str) -> str:
    """Find an article's own headline: its first Markdown heading, or a short first line that stands alone."""
    heading = _HEADING.search(text)
    if heading:
        return _one_line(heading[1])
    first, _, rest = text.lstrip().partition("\n")
    following = rest.partition("\n")
    alone = not following[0].strip() and bool(following[2].strip())
    title = alone and len(first) <= _TITLE_LENGTH and not _FURNITURE.search(first)
    return _one_line(first) if title else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())
