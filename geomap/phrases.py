"""The notation in which tables of phrases are written, and the patterns that are made of it.

A row reads like the words that it finds, with a few signs in and between them:

==================  ==============================================================
``fir(ed|es|ing)``  one of these
``missiles?``       the letter in front of the mark may be missing
``launch*``         any ending; a ``*`` of its own is any word
``{the|its} sea``   such a word may stand there
``a ... test``      as many words at most may stand between as there are dots
``fall <not of>``   only when none of these words comes next
``fall <then in>``  only when one of these words comes next
==================  ==============================================================

All else is a regular expression as Python has it. Small and capital letters count as the same unless a table is
marked ``case=True``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

from geomap.patterns import regex
from geomap.stems import split, stems_for, stems_of

_STAR = regex(r"(?P<stem>[\w)])?\*")
_SIGNS = (
    (regex(r"(?<!\\)\((?!\?)"), "(?:"),
    (regex(r"\{([^\d}][^}]*)\} "), r"(?:(?:\1) )?"),
    (regex(r" \{([^\d}][^}]*)\}$"), r"(?: (?:\1))?"),
    (regex(r" <not ([^>]+)>"), r"(?! (?:\1))"),
    (regex(r" <then ([^>]+)>"), r"(?= (?:\1))"),
)
_DOTS = regex(r"(?<![\\.])(\.{2,6}) ")


def words(*lines: str) -> frozenset[str]:
    """The single words of some lines, for tables that are compared word by word."""
    return frozenset(word for line in lines for word in line.split())


def source(*rows: str) -> str:
    """The regular expression of a table's rows, to be built into a larger one."""
    return f"(?:{'|'.join(map(_row, rows))})"


def anywhere(*rows: str, case: bool = False) -> Table:
    """The pattern that finds the rows as whole words anywhere in a text."""
    return Table(rows, _flags(case))


def either(*tables: Table) -> Table:
    """The table of all rows of some tables."""
    return Table(tuple(row for table in tables for row in table.rows), tables[0].flags)


def in_front(*rows: str, case: bool = False) -> re.Pattern[str]:
    """The pattern that finds the rows at the end of a text, a blank behind them: the words in front of something."""
    return regex(rf"(?<!\w){source(*rows)} $", _flags(case))


def behind(*rows: str, case: bool = False) -> re.Pattern[str]:
    """The pattern that finds the rows at the start of a text, as they stand: the words behind something."""
    return regex(rf"\A{source(*rows)}(?!\w)", _flags(case))


def _flags(case: bool) -> re.RegexFlag:
    return re.NOFLAG if case else re.IGNORECASE


def _row(row: str) -> str:
    made = _STAR.sub(lambda match: rf"{match['stem']}\w*" if match["stem"] else r"\w+", row)
    for sign, meaning in _SIGNS:
        made = sign.sub(meaning, made)
    return _DOTS.sub(lambda match: rf"(?:[\w'’-]+ ){{0,{len(match[1])}}}", made)


class Table:
    """Does what the pattern of all its rows does, but tries only those that can be in the text by its words."""

    def __init__(self, rows: tuple[str, ...], flags: re.RegexFlag) -> None:
        self.rows, self.flags = rows, flags
        self._stems: set[str] = set()
        self._with: dict[str, list[int]] = {}
        self._always: list[int] = []
        self._compiled: list[re.Pattern[str] | None] = []

    @property
    def pattern(self) -> str:
        """The regular expression of all rows."""
        return _whole_words(source(*self.rows))

    def may_be_in(self, text: str) -> bool:
        """Whether one of the rows can be in a text, by its words."""
        return bool(self._possible(text))

    def search(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first row in a text."""
        first: re.Match[str] | None = None
        for number in self._possible(text[pos:endpos] if pos or endpos < len(text) else text):
            match = (self._compiled[number] or self._row(number)).search(text, pos, endpos)
            if match and (first is None or match.start() < first.start()):
                first = match
        return first

    def match(self, text: str, pos: int = 0) -> re.Match[str] | None:
        """Find the row that stands at an offset of a text."""
        possible = self._possible(text[pos:] if pos else text)
        return next((match for number in possible if (match := self._row(number).match(text, pos))), None)

    def finditer(self, text: str, pos: int = 0, endpos: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """Find all rows in a text, none of which overlap."""
        possible = self._possible(text[pos:endpos] if pos or endpos < len(text) else text)
        ahead = [(number, self._row(number).search(text, pos, endpos)) for number in possible]
        while found := [(match.start(), number, match) for number, match in ahead if match]:
            _, _, first = min(found)
            yield first
            ahead = [
                (number, match if match.start() >= first.end() else self._row(number).search(text, first.end(), endpos))
                for _, number, match in found
            ]

    def _possible(self, text: str) -> list[int]:
        """The rows that can be in a text, in their order."""
        if not self._compiled:
            self._read()
        stems = stems_of(text)
        if stems is None:
            return list(range(len(self._compiled)))
        known = self._stems & stems
        if not known:
            return self._always
        if len(known) == 1 and not self._always:
            return self._with[known.pop()]
        return sorted({*self._always, *(number for stem in known for number in self._with[stem])})

    def _row(self, number: int) -> re.Pattern[str]:
        """The pattern of a row, compiled when it is first needed."""
        pattern = self._compiled[number]
        if pattern is None:
            pattern = self._compiled[number] = re.compile(_whole_words(source(self.rows[number])), self.flags)
        return pattern

    def _read(self) -> None:
        """Note by which stems each row is told."""
        rows = tuple(part for row in self.rows for part in split(row, "|"))
        stems = [stems_for(row) for row in rows]
        self._always = [number for number, told in enumerate(stems) if told is None]
        self._stems = set().union(*filter(None, stems))
        self._with = {
            stem: [number for number, told in enumerate(stems) if told and stem in told] for stem in self._stems
        }
        self.rows, self._compiled = rows, [None] * len(rows)


def _whole_words(source: str) -> str:
    return rf"(?<!\w){source}(?!\w)"
