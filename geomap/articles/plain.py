"""Reads text and Markdown, with what YAML front matter says."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from geomap.articles.encodings import decode
from geomap.articles.issue import parse_published
from geomap.articles.origin import Found, Origin
from geomap.errors import InputError
from geomap.patterns import regex

_FENCE = regex(r"\s*---[ \t]*\n(?=(?:[ \t]*(?:#.*)?\n)*(?:[\w-]+[ \t]*:|---|\.\.\.))")
_FENCE_END = regex(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_LONGEST_FRONT_MATTER = 10_000  # code points; deeper nesting than it allows would exhaust the parser's stack
_FIELDS = ("title", "published", "outlet", "source", "language")


def read(data: bytes, origin: Origin) -> Found:
    """Read a text: what its front matter says, and what follows it, to the letter."""
    text = decode(data, origin, [origin.charset])
    fields, body = _split_front_matter(text, origin)
    if not body.strip():
        message = f"{origin.name}: empty" if body == text else f"{origin.name}: no text after the front matter"
        raise InputError(message)
    issued = fields.get("published")
    return Found(
        text=body,
        title=str(fields.get("title") or ""),
        source=str(fields.get("source") or ""),
        published=None
        if issued is None or origin.published is not None
        else parse_published(issued, f"{origin.name}: "),
        outlet=str(fields.get("outlet") or ""),
        language=str(fields.get("language") or ""),
    )


def _split_front_matter(text: str, origin: Origin) -> tuple[dict[str, Any], str]:
    """Separate YAML front matter from the text that follows it; a text that merely begins with a rule has none."""
    start = _FENCE.match(text)
    if start is None:
        return {}, text
    end = _FENCE_END.search(text, start.end(), start.end() + _LONGEST_FRONT_MATTER)
    if end is None:
        message = f"{origin.name}: the front matter that begins with --- never ends; put another --- after it"
        raise InputError(message)
    import yaml

    try:
        loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the slow one takes seconds for a thousand brackets
        fields = yaml.load(text[start.end() : end.start()], Loader=loader)
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        line = f", line {mark.line + 1 + text.count(chr(10), 0, start.end())}" if mark else ""
        reason = getattr(problem, "problem", None) or str(problem) or type(problem).__name__
        message = f"{origin.name}{line}: the front matter is not YAML ({reason}); a value with a colon wants quotes"
        raise InputError(message) from None
    fields = fields or {}
    scalar = (str, int, float, date, type(None))
    if not isinstance(fields, dict) or not all(isinstance(fields.get(key), scalar) for key in _FIELDS):
        message = f"{origin.name}: the front matter should be lines like 'title: …' and 'published: 2021-09-15'"
        raise InputError(message)
    return fields, text[end.end() :]
