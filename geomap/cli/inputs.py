"""From what was named on the command line to readings; a bad input is reported and the others are done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from geomap.cli.terminal import complain, follow, warn
from geomap.errors import GeomapError, InputError

if TYPE_CHECKING:
    from geomap.places.online import Lookup
    from geomap.recognizers import Marks
    from geomap.types import Document, Reading


def read_articles(
    paths: Sequence[str],
    published: str | None,
    problems: list[GeomapError],
    *,
    mentions: str | None = None,
    recognizer: str | None = None,
    lookup: Lookup | None = None,
    quiet: bool = False,
) -> Iterator[Reading]:
    """Read articles; a line that is a reading already is passed on as it is.

    Parameters
    ----------
    paths : files, folders, addresses, ``-`` for standard input
    published : day or instant of issue, ISO 8601
    problems : takes what could not be read, once it has been reported
    mentions : file of spans that are read instead of what geomap finds
    recognizer : name of an installed recognizer that finds the names
    lookup : looks up names that stay open otherwise
    quiet : show no progress (standard output is the terminal)
    """
    from geomap.articles import find_files, read_inputs
    from geomap.catalog import open_layers
    from geomap.pipeline import read
    from geomap.types import Reading

    layers = open_layers()
    marked = _marker(mentions, recognizer)
    total = 1 if quiet else sum(1 for _ in find_files(paths))
    for item in follow(read_inputs(paths, published=published), total):
        try:
            if isinstance(item, InputError):
                raise item
            if isinstance(item, Reading):
                yield item
            else:
                _warn_of_language(item)
                yield read(item, layers, lookup, marks=marked(item))
        except InputError as problem:
            complain(problem)
            problems.append(problem)


def _marker(mentions: str | None, recognizer: str | None) -> Callable[[Document], Marks | None]:
    """Who marks the places of a document, when it is not geomap."""
    if mentions is None and recognizer is None:
        return lambda document: None
    from geomap.recognizers import marks_of, open_recognizer, read_marks

    if mentions is not None:
        return partial(marks_of, recognizer=read_marks(mentions), complete=True)
    return partial(marks_of, recognizer=open_recognizer(recognizer or ""))


def _warn_of_language(document: Document) -> None:
    from geomap.articles import ENGLISH

    if not document.language.lower().startswith(ENGLISH):
        warn(
            f"{document.source}: does not look like English, which is what geomap reads; "
            "only coordinates and names in their English spelling are found"
        )
