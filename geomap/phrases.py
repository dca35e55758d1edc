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

from geomap.patterns import regex

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


def anywhere(*rows: str, case: bool = False) -> re.Pattern[str]:
    """The pattern that finds the rows as whole words anywhere in a text."""
    return regex(rf"(?<!\w){source(*rows)}(?!\w)", _flags(case))


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
