"""Corners that cannot be read, told by the looks of others: '5l-09.9S 008-55.8W' beside '54-58.6S 009-32.5W'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from geomap.patterns import regex

_HEMISPHERE = regex(r"(?<![a-z])(?:north|south|east|west|[nsew])(?![a-z])")
_SECONDS = regex(r" 00? sec(?:onds)?\b\.?")
"""In words, seconds may be left out."""
_JOINTS = r"[\s,;:.–/()-]*(?:\b(?:and|to|then|thence|by)\b[\s,;:.–/()-]*)*"
_BEFORE = regex(_JOINTS + "$", re.IGNORECASE)
_AFTER = regex(_JOINTS, re.IGNORECASE)
_LETTER = regex(r"\(?[A-Z0-9]{1,2}[.):]+\s*", re.IGNORECASE)
_ITEM = regex(r"\(?[A-Z0-9]{1,2}[.):]+\s|(?<=\()[A-Z0-9]{1,2}\)|(?:area|zone|sector|box|part)\b", re.IGNORECASE)
_MASK = "¦"
"""What does not belong to the message that is read."""
_ALIKE = 0.8
_SLACK = 0.3
_MOST_JOINTS = 40
_FEWER = 2


def looks(words: str) -> str:
    """What a position looks like: figures all the same, hemispheres all the same, blanks once."""
    plain = _HEMISPHERE.sub("h", re.sub(r"\s+", " ", words.strip().lower()))
    return _SECONDS.sub("", re.sub(r"\d", "0", plain))


def torn_before(words: str, like: str) -> int:
    """How many characters at the end of some words are a corner that cannot be read; 0 for none."""
    joint = _BEFORE.search(words, max(0, len(words) - _MOST_JOINTS))
    end = joint.start() if joint else len(words)
    least, most = _lengths(like)
    starts = [at for at in range(max(0, end - most), end - least + 1) if not words[at - 1 : at].isalnum()]
    found = _most_alike(((words[at:end], len(words) - at) for at in starts), like)
    return found


def torn_after(words: str, like: str, *, lettered: bool, final: bool) -> int:
    """How many characters at the beginning of some words are a corner that cannot be read; 0 for none.

    Parameters
    ----------
    like : a corner beside it
    lettered : whether each corner has a letter of its own
    final : whether the message ends with the words, so that the beginning of a corner may be what is left of one
    """
    start = _after_joints(words, lettered=lettered)
    if not lettered and _ITEM.match(words, start):
        return 0  # what follows belongs to the next area
    least, most = _lengths(like)
    ends = [at for at in range(start + least, min(len(words), start + most) + 1) if not words[at : at + 1].isalnum()]
    found = _most_alike(((words[start:at], at) for at in ends), like)
    if found or not final:
        return found
    ends_with = f" \n\r\t.{_MASK}"
    rest = words[start:].rstrip(ends_with).removesuffix("NNNN").rstrip(ends_with)
    if not rest or len(rest) > most or not re.search(r"\d", rest):
        return 0
    seen = looks(rest)
    return start + len(rest) if _ratio(seen, looks(like)[: len(seen)]) >= _ALIKE else 0


def is_cut(after: str, corner: str, like: str) -> bool:
    """Whether a text ends within a corner, which can be read but has fewer figures than the one before it."""
    fewer = _figures(corner) + _FEWER <= _figures(like)
    return fewer and not after.strip(f" \n\r\t.{_MASK}") and looks(like).startswith(looks(corner))


def _after_joints(words: str, *, lettered: bool) -> int:
    joint = _AFTER.match(words)
    start = min(joint.end(), _MOST_JOINTS) if joint else 0
    letter = _LETTER.match(words, start) if lettered else None
    return letter.end() if letter else start


def _lengths(like: str) -> tuple[int, int]:
    """The least and the greatest number of characters of what may be such a corner."""
    return int(len(like) * (1 - _SLACK)), int(len(like) * (1 + _SLACK)) + 2


def _most_alike(found: Iterator[tuple[str, int]], like: str) -> int:
    """The number that comes with the words that look most alike, 0 when none do."""
    wanted, figures = looks(like), _figures(like)
    best, kept = 0.0, 0
    for words, number in found:
        if abs(_figures(words) - figures) > 1 + _SLACK * figures or _MASK in words:
            continue
        alike = _ratio(looks(words), wanted)
        if alike > best:
            best, kept = alike, number
    return kept if best >= _ALIKE else 0


def _figures(words: str) -> int:
    return sum(sign.isdigit() for sign in words)


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
