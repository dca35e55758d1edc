"""Names and phrases in the order of the text, numbered, as the mentions of a reading."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from geomap.mentions.grammar import Found
from geomap.mentions.names import Name
from geomap.mentions.references import SIDES
from geomap.quantities import KM_PER_UNIT, lengths
from geomap.types import Expression, Mention, Named, Node

_NEVER_MEASURED_FROM = frozenset({"adjective", "demonym", "seat"})


def label(name: Name) -> str:
    """What a name is called in trees until it has a number: ``@`` and its offset."""
    return f"@{name.start}"


def numbered(
    text: str, names: Sequence[Name], roles: Mapping[int, tuple[str, str]], found: Sequence[Found]
) -> tuple[Mention, ...]:
    """Put names and phrases in order, an outer phrase first, number them, and let the trees point at the numbers.

    Parameters
    ----------
    roles : role and reason of each name by its offset
    """
    anchors = {key for phrase in found for key in _ids(phrase.node)}
    items: list[Name | Found] = [*names, *found]
    items.sort(key=lambda item: (item.start, -item.end, isinstance(item, Name)))
    ids = {label(item): f"m{number}" for number, item in enumerate(items, 1) if isinstance(item, Name)}
    return tuple(
        _of_phrase(f"m{number}", text, item, ids)
        if isinstance(item, Found)
        else _of_name(f"m{number}", text, item, *roles[item.start], anchor=label(item) in anchors)
        for number, item in enumerate(items, 1)
    )


def _of_phrase(name: str, text: str, found: Found, ids: Mapping[str, str]) -> Mention:
    return Mention(
        id=name,
        start=found.start,
        end=found.end,
        text=text[found.start : found.end],
        kind=found.kind,
        why=f"read as {found.row!r}{_of_miles(text[found.start : found.end])}",
        expression=_renamed(found.node, ids),
    )


def _of_miles(words: str) -> str:
    """What miles are taken for when nothing beside them tells: at sea, many that are printed are nautical."""
    if "mile" not in words.lower():
        return ""
    for length in lengths(words):
        if length.unit == "mile" and "kilomet" not in words and "km" not in words:
            nautical = length.amount.value * KM_PER_UNIT["nautical mile"] / KM_PER_UNIT["mile"]
            return f" in statute miles ({nautical:.0f} km if nautical miles are meant)"
    return ""


def _of_name(number: str, text: str, name: Name, role: str, why: str, *, anchor: bool) -> Mention:
    if role == "actor" and anchor and not name.forms <= _NEVER_MEASURED_FROM:
        role, why = "place", "a phrase measures from it"
    return Mention(
        id=number,
        start=name.start,
        end=name.end,
        text=text[name.start : name.end],
        kind="city" if "capital" in name.forms else name.kind,
        role=role,
        status="unresolved" if role in ("place", "dateline") else "not_mapped",
        why=why,
        expression=Named(name.known[0].feature) if name.known and name.core in (*SIDES, "peninsula") else None,
    )


def _ids(node: Any) -> Iterator[str]:
    """All ids in a tree."""
    if isinstance(node, Named):
        yield node.id
    elif isinstance(node, Node):
        for field in node.__struct_fields__:
            yield from _ids(getattr(node, field))


def _renamed(node: Any, ids: Mapping[str, str]) -> Any:
    """A tree with other ids."""
    if isinstance(node, Named):
        return Named(ids.get(node.id, node.id))
    if isinstance(node, Node):
        changed: dict[str, Expression] = {
            field: _renamed(getattr(node, field), ids) for field in node.__struct_fields__
        }
        return msgspec.structs.replace(node, **changed)
    return node
