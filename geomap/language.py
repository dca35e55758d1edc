"""The fixed words of the outputs in a language: one table, ``lists/words.en.toml``, which anybody can translate.

A translation is a file of the same form, ``words.de.toml``: what it leaves out stays English. What articles say, and
the sentences of `geomap.wording`, stay in English.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from geomap.errors import InputError
from geomap.patterns import regex
from geomap.types import Record

LONGEST = 600
"""Characters of a text."""

_TAG = regex(r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?")
_GAP = regex(r"\{([a-z_]+)\}")


class Language(Record, kw_only=True):
    """The fixed words in one language.

    Parameters
    ----------
    code : the language as HTML names it (``en``, ``pt-BR``)
    locale : how dates are written (``en-GB``)
    page : words of the page by their keys, with ``{gaps}`` to be filled
    labels : headings of tables, popups and the legend, by the English ones
    """

    code: str
    locale: str
    page: dict[str, str]
    labels: dict[str, str]

    def label(self, text: str) -> str:
        """Translate a heading; one that is not in the table stays as it is."""
        return self.labels.get(text, text)


def fill(text: str, **values: object) -> str:
    """Put values into the gaps of a text: ``fill("Claims: {zone}", zone="EEZ of Japan")``."""
    return _GAP.sub(lambda gap: str(values.get(gap[1], gap[0])), text)


@cache
def english() -> Language:
    """The table that the others are translations of."""
    read = tomllib.loads(_shipped("en"))
    return Language(code=read["language"], locale=read["locale"], page=read["page"], labels=read["labels"])


def languages() -> tuple[str, ...]:
    """The languages that geomap comes with."""
    found = (re.fullmatch(r"words\.([\w-]+)\.toml", path.name) for path in files("geomap").joinpath("lists").iterdir())
    return tuple(sorted(match[1] for match in found if match))


def read_language(name: str) -> Language:
    """Take a language that geomap comes with (``en``), or read a file ``words.xx.toml``.

    Raises
    ------
    InputError
        if there is no such language, or the file cannot be read as one
    """
    if not name.endswith(".toml"):
        if name not in languages():
            message = f"no words in {name!r}; there are: {', '.join(languages())}; or name a file words.xx.toml"
            raise InputError(message)
        return english() if name == "en" else _made(_shipped(name), f"words.{name}.toml")
    try:
        text = Path(name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        message = f"{name}: cannot be read ({getattr(problem, 'strerror', None) or problem})"
        raise InputError(message) from None
    return _made(text, name)


def _shipped(code: str) -> str:
    return files("geomap").joinpath("lists", f"words.{code}.toml").read_text(encoding="utf-8")


def _made(text: str, name: str) -> Language:
    try:
        read = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        message = f"{name}: cannot be read as TOML ({problem})"
        raise InputError(message) from None
    first = english()
    if unknown := sorted(set(read) - {"language", "locale", "page", "labels"}):
        message = f"{name}: {unknown[0]!r} is nothing that a table of words has; see words.en.toml"
        raise InputError(message)
    code = _tag(name, read, "language")
    page, labels = _table(name, read, "page"), _table(name, read, "labels")
    for key, said in page.items():
        if key not in first.page:
            message = f"{name}: page.{key} is no word of the page; see words.en.toml"
            raise InputError(message)
        if set(_GAP.findall(said)) != set(_GAP.findall(first.page[key])):
            message = f"{name}: page.{key} should have the same gaps as {first.page[key]!r}"
            raise InputError(message)
    locale = _tag(name, read, "locale") if "locale" in read else code
    return Language(code=code, locale=locale, page=first.page | page, labels=first.labels | labels)


def _tag(name: str, read: dict[str, Any], key: str) -> str:
    value = read.get(key)
    if not isinstance(value, str) or not _TAG.fullmatch(value):
        message = f'{name}: {key} should be the code of a language, as in {key} = "de"'
        raise InputError(message)
    return value


def _table(name: str, read: dict[str, Any], key: str) -> dict[str, str]:
    value = read.get(key, {})
    if not isinstance(value, dict):
        message = f"{name}: {key} should be a table, [{key}]"
        raise InputError(message)
    for word, said in value.items():
        if not isinstance(said, str) or not said.strip() or len(said) > LONGEST or not said.isprintable():
            message = f"{name}: {key}.{word} should be one line of text of at most {LONGEST} characters"
            raise InputError(message)
    return dict(value)
