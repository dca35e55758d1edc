"""What is known of an input before it is read, and what a reader finds in it."""

from __future__ import annotations

import os
from pathlib import Path

from geomap.articles.language import guess_language
from geomap.articles.layout import headline, one_line
from geomap.types import Document, Launch, Record

STDIN = "-"


class Origin(Record, kw_only=True):
    """Where an input comes from.

    Parameters
    ----------
    source : path or URL, ``-`` for standard input
    published : day or instant of issue that was given; wins over what the input says of itself
    kind : what its suffix or its server says that it is (`geomap.articles.kinds`), None when they say nothing
    charset : encoding that its server names
    most_bytes : largest input, and longest text, that is read
    launches : takes the launches of a batch; where there is no such list, a line that is one cannot be used
    """

    source: str
    published: str | None = None
    kind: str | None = None
    charset: str | None = None
    most_bytes: int
    launches: list[Launch] | None = None

    @property
    def name(self) -> str:
        """What to call it in a message."""
        return "standard input" if self.source == STDIN else self.source


def legible(name: str) -> str:
    """A name as every file can hold it: what of a path is no UTF-8 is spelled out."""
    try:
        return os.fsencode(name).decode("utf-8", "backslashreplace")
    except UnicodeEncodeError:  # no path
        return name.encode("utf-8", "backslashreplace").decode()


class Found(Record, kw_only=True):
    """An article as a reader found it; empty or None is what the input does not say.

    Parameters
    ----------
    source : where the text says that it is from; counts only for standard input, which has no name
    published : day or instant of issue, as `geomap.articles.issue` writes it
    outlet : who published it
    """

    text: str
    title: str = ""
    source: str = ""
    published: str | None = None
    outlet: str | None = None
    language: str = ""


def to_document(found: Found, origin: Origin) -> Document:
    """Make a document of what was found; the name of the file stands in for a headline."""
    piped = origin.source == STDIN
    return Document.of(
        found.text,
        source=(found.source or STDIN) if piped else origin.source,
        title=one_line(found.title)
        or headline(found.text)
        or (origin.name if piped else Path(origin.source).name or origin.name),
        published=origin.published or found.published,
        outlet=one_line(found.outlet or "") or None,
        language=found.language or guess_language(found.text),
    )
