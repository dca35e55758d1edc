"""A text in which every name is replaced by signs, letter for letter, so that phrases about places can be matched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geomap.mentions.builders import SIGNS
from geomap.mentions.names import Name

_SIGN_OF_KIND = {"sea": "S", "line": "L", "zone": "L"}
_UNMASKED = frozenset({"embedded", "dateline"})
_PLAIN = {"\n": " ", "\u00a0": " ", **dict.fromkeys(SIGNS.values(), "\ufffd")}
"""Blanks as phrases have them, and no sign but those that stand for names."""


def mask(
    text: str,
    names: Sequence[Name],
    roles: Mapping[int, tuple[str, str]],
    again: Sequence[tuple[int, int, Name]],
) -> str:
    """Replace the names of a text, but for those that stand for no place, by signs of the same length.

    Parameters
    ----------
    roles : role and reason of each name by its offset
    again : start and end of words that mean a name in front of them ('the cape')
    """
    for sign, plain in _PLAIN.items():
        text = text.replace(sign, plain)
    signs = list(text)
    for name in names:
        if roles[name.start][0] not in _UNMASKED and name.forms != {"seat"}:
            signs[name.start : name.end] = SIGNS[_sign(name)] * (name.end - name.start)
    for start, end, name in again:
        signs[start:end] = SIGNS["L" if name.kind == "line" else "P"] * (end - start)
    return "".join(signs)


def _sign(name: Name) -> str:
    if name.kind == "country" and "name" in name.forms:
        return "C"
    return "A" if name.is_people else _SIGN_OF_KIND.get(name.kind, "P")
