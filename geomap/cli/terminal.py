"""What reaches a terminal or a pipe: control characters of an article or a file name never do, raw."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

import click

from geomap.patterns import regex

# Controls (ESC begins a terminal's commands, 0x9b does in 8 bits), joiners and marks that cannot be seen, overrides
# that turn the order of letters around, lone surrogates, tags.
_UNSEEN = (
    "\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff"
)
_HOSTILE = regex(f"[\x00-\x1f{_UNSEEN}]")
_HOSTILE_IN_JSON = regex(f"[{_UNSEEN}]")

T = TypeVar("T")


def printable(text: str) -> str:
    r"""Write control and direction characters as escapes (``\x1b``); all else stays."""
    return _HOSTILE.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def echo_json(value: object) -> None:
    """Print a value, or text that is JSON already, as one line of JSON in UTF-8.

    Characters that a terminal might obey are written as JSON escapes: the value is the same.
    """

    def escape(found: re.Match[str]) -> str:
        units = found[0].encode("utf-16-be", "surrogatepass").hex()
        return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))

    if not isinstance(value, str):
        import json

        value = json.dumps(value, ensure_ascii=False)
    click.echo(_HOSTILE_IN_JSON.sub(escape, value).encode())


def complain(problem: object) -> None:
    """Say on standard error what went wrong with one of several things."""
    click.echo(f"Error: {printable(str(problem))}", err=True)


def warn(message: str) -> None:
    """Say on standard error what the reader should know."""
    click.echo(f"Warning: {printable(message)}", err=True)


def follow(items: Iterable[T], total: int) -> Iterator[T]:
    """Show on standard error how far a long run has come: only to a person, and only with more than one item."""
    if total < 2 or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress

    bar = Progress(console=Console(stderr=True), transient=True, redirect_stdout=False, redirect_stderr=False)
    with bar:
        yield from bar.track(items, total=total, description="reading")
