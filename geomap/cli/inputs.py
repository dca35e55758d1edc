"""From what was named on the command line to readings; a bad input is reported and the others are done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

from geomap.cli.terminal import complain, follow, warn
from geomap.errors import GeomapError, InputError

if TYPE_CHECKING:
    from geomap.assume import Assumption, Pick, Wishes
    from geomap.catalog import Layers
    from geomap.places.online import Lookup
    from geomap.recognizers import Marks
    from geomap.types import Document, Launch, Reading

    Item: TypeAlias = Document | Reading | InputError


def read_articles(
    paths: Sequence[str],
    published: str | None,
    problems: list[GeomapError],
    *,
    mentions: str | None = None,
    recognizer: str | None = None,
    lookup: Lookup | None = None,
    assumptions: tuple[Assumption, ...] = (),
    picks: tuple[Pick, ...] = (),
    launches: list[Launch] | None = None,
    quiet: bool = False,
) -> Iterator[Reading]:
    """Read articles; a line that is a reading already is passed on as it is, but for what an analyst wishes.

    Parameters
    ----------
    paths : files, folders, addresses, ``-`` for standard input
    published : day or instant of issue, ISO 8601
    problems : takes what could not be read, once it has been reported
    mentions : file of spans that are read instead of what geomap finds
    recognizer : name of an installed recognizer that finds the names
    lookup : looks up names that stay open otherwise
    assumptions, picks : what an analyst wishes
    launches : takes the launches of a batch, which only some commands can use
    quiet : show no progress (standard output is the terminal)
    """
    from geomap.articles import find_files, read_inputs
    from geomap.catalog import open_layers

    layers = open_layers()
    marked = _marker(mentions, recognizer)
    total = 1 if quiet else sum(1 for _ in find_files(paths))
    items: Iterable[Item] = follow(read_inputs(paths, published=published, launches=launches), total)
    wishes = None
    if assumptions or picks:
        from geomap.assume import Wishes

        wishes = Wishes(assumptions=assumptions, picks=picks)
        items, several = _ahead(items)
        wishes.check(several=several)
    number = 0
    for item in items:
        try:
            if isinstance(item, InputError):
                raise item
            number += 1
            yield _reading(item, layers, lookup, marked, wishes.of(number) if wishes else None)
        except InputError as problem:
            complain(problem)
            problems.append(problem)
    beyond = wishes.beyond(number) if wishes else None
    if beyond is not None:
        complain(beyond)
        problems.append(beyond)


def _reading(
    item: Document | Reading,
    layers: Layers,
    lookup: Lookup | None,
    marked: Callable[[Document], Marks | None],
    wishes: Wishes | None,
) -> Reading:
    """The reading of one article, or the line that is one already, with what an analyst wishes of it."""
    from geomap.pipeline import read
    from geomap.types import Reading

    document = item.document if isinstance(item, Reading) else item
    if not isinstance(item, Reading):
        _warn_of_language(item)
    if not wishes:
        return item if isinstance(item, Reading) else read(item, layers, lookup, marks=marked(item))
    from geomap.assume import assume, reconsider, take_picks

    try:
        if isinstance(item, Reading):
            return reconsider(item, wishes, layers)
        choose = partial(take_picks, picks=wishes.picks, layers=layers) if wishes.picks else None
        return assume(read(item, layers, lookup, marks=marked(item), choose=choose), wishes.assumptions, layers)
    except InputError as problem:
        message = f"{document.source}: {problem}"
        raise InputError(message) from None


def _ahead(items: Iterable[Item]) -> tuple[Iterator[Item], bool]:
    """The same items, and whether more than one of them can be read."""
    coming, found = iter(items), 0
    seen: list[Item] = []
    for item in coming:
        seen.append(item)
        found += not isinstance(item, InputError)
        if found > 1:
            return chain(seen, coming), True
    return iter(seen), False


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
