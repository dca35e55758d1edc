"""Who finds the names of a text, when it is not geomap: spans in a file, or a recognizer that is installed.

A recognizer is a function from a document to the spans in it that name places. `open_recognizer` finds it by the name
under which a package offers it as an entry point of the group `GROUP`: a factory that is called with what stands behind
the colon (``spacy:en_core_web_sm``), None when nothing does.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib.metadata import entry_points
from operator import index
from pathlib import Path
from typing import Any, TypeAlias

import msgspec

from geomap.errors import InputError
from geomap.types import Document, Record

GROUP = "geomap.recognizers"
ROLES = ("place", "dateline", "actor", "embedded")


class Marked(Record, kw_only=True):
    """A span of a text that somebody marked as a place.

    Parameters
    ----------
    role : its part, when whoever marked it says so; None leaves it to geomap
    """

    start: int
    end: int
    role: str | None = None


Recognizer: TypeAlias = Callable[[Document], Sequence[Marked]]


class Marks(Record, kw_only=True):
    """What was marked in one document.

    Parameters
    ----------
    spans : in the order of the text
    complete : whether phrases were marked too, so that geomap adds none of its own
    """

    spans: tuple[Marked, ...]
    complete: bool


def marks_of(document: Document, recognizer: Recognizer, *, complete: bool = False) -> Marks:
    """Ask a recognizer, and check what it says.

    Raises
    ------
    InputError
        if the recognizer fails, or marks what is not in the text
    """
    try:
        found = [Marked(start=index(span.start), end=index(span.end), role=span.role) for span in recognizer(document)]
        spans = tuple(sorted(found, key=lambda span: (span.start, -span.end)))
    except InputError:
        raise
    except Exception as problem:  # a plug-in may fail in any way
        message = f"{document.source}: the recognizer failed ({type(problem).__name__}: {problem})"
        raise InputError(message) from problem
    for span in spans:
        if not 0 <= span.start < span.end <= len(document.text):
            message = (
                f"{document.source}: characters {span.start} to {span.end} are marked, but the text "
                f"has {len(document.text)}; were they counted in another text, or in bytes?"
            )
            raise InputError(message)
        if span.role is not None and span.role not in ROLES:
            message = f"{document.source}: {span.role!r} is no role; a mention is {', '.join(ROLES)}"
            raise InputError(message)
    return Marks(spans=spans, complete=complete)


# ------------------------------------------------------------------------------------------------------ a file


class _Span(msgspec.Struct):
    start: int
    end: int
    role: str | None = None


class _Head(msgspec.Struct):
    source: str = ""
    id: str = ""


class _Line(msgspec.Struct):
    """A line of a file of mentions; a reading is one too."""

    mentions: list[_Span]
    source: str = ""
    id: str = ""
    document: _Head = msgspec.field(default_factory=_Head)


def read_marks(path: str) -> Recognizer:
    """Read a file of mentions, JSON lines with ``source`` and ``mentions`` (``start``, ``end``, perhaps ``role``).

    A line belongs to the article whose source has the same name, with or without folder and suffix, or whose ``id`` it
    gives. Readings are such lines, too.

    Raises
    ------
    InputError
        if the file cannot be read, or a line is no such line
    """
    try:
        lines = Path(path).read_bytes().removeprefix(codecs.BOM_UTF8).splitlines()
    except OSError as problem:
        message = f"{path}: cannot be read ({problem.strerror or problem})"
        raise InputError(message) from None
    known: dict[str, tuple[Marked, ...]] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            read = msgspec.json.decode(line, type=_Line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
            message = f"{path}:{number}: not a line with 'source' and 'mentions' of 'start' and 'end' ({problem})"
            raise InputError(message) from None
        spans = tuple(Marked(start=span.start, end=span.end, role=span.role) for span in read.mentions)
        names = (read.source, read.document.source, read.id, read.document.id)
        for name in filter(None, names):
            known[name] = spans
            known.setdefault(_stem(name), spans)
    return lambda document: _marked_in(document, known, path)


def _marked_in(document: Document, known: Mapping[str, tuple[Marked, ...]], path: str) -> Sequence[Marked]:
    for name in (document.source, document.id, _stem(document.source)):
        if name in known:
            return known[name]
    message = f"{document.source}: {path} has no mentions for it"
    raise InputError(message)


def _stem(source: str) -> str:
    name = source.replace("\\", "/").rsplit("/", 1)[-1]
    stem, _, suffix = name.rpartition(".")
    return stem if stem and len(suffix) <= len("jsonl") else name


# --------------------------------------------------------------------------------------------------- plug-ins


def open_recognizer(name: str) -> Recognizer:
    """Open an installed recognizer (``spacy:en_core_web_sm``).

    Raises
    ------
    InputError
        if none of that name is installed, or it cannot be opened
    """
    plain, _, argument = name.partition(":")
    offered = {point.name: point for point in entry_points(group=GROUP)}
    if plain not in offered:
        message = f"no recognizer {plain!r} is installed; there is: {', '.join(sorted(offered)) or 'none'}"
        raise InputError(message)
    try:
        recognizer: Recognizer = offered[plain].load()(argument or None)
    except InputError:
        raise
    except Exception as problem:  # a plug-in may fail in any way
        message = f"the recognizer {name!r} cannot be opened ({type(problem).__name__}: {problem})"
        raise InputError(message) from problem
    return recognizer


SPACY_LABELS = frozenset({"GPE", "LOC", "FAC", "NORP"})
"""What spaCy's English pipelines call places and peoples."""
_SPACY_ROLES = {"NORP": "actor"}


def spacy_recognizer(pipeline: str | None) -> Recognizer:
    """Take the places that an installed spaCy pipeline finds; the entry point ``spacy``.

    Parameters
    ----------
    pipeline : name of an installed pipeline or path of one on disk

    Raises
    ------
    InputError
        if spaCy or the pipeline is not installed
    """
    if pipeline is None:
        message = "name a spaCy pipeline, as in --recognizer spacy:en_core_web_sm"
        raise InputError(message)
    try:
        import spacy
    except ImportError:
        message = "spaCy is not installed; pip install 'geomap[nlp]' does it"
        raise InputError(message) from None
    try:
        nlp: Any = spacy.load(pipeline)
    except OSError:
        message = f"spaCy has no pipeline {pipeline!r}; 'python -m spacy download {pipeline}' may get it"
        raise InputError(message) from None

    def recognize(document: Document) -> Sequence[Marked]:
        entities: Iterable[Any] = nlp(document.text).ents
        return [
            Marked(start=entity.start_char, end=entity.end_char, role=_SPACY_ROLES.get(entity.label_))
            for entity in entities
            if entity.label_ in SPACY_LABELS
        ]

    return recognize
