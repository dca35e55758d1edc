"""Named systems, and where a text names one: 'KN-23', 'Hwasong 12'."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice

from geomap.catalog import Layers
from geomap.patterns import regex
from geomap.types import Record

_WORD = regex(r"[^\W_]+(?:[.][^\W_]+)?")
_MARKS = regex(r"[ -]")
_MOST_WORDS, _SHORTEST, _LONGEST = 5, 3, 40


class System(Record, kw_only=True):
    """A named system, its class, None when it is in none, and the state that makes it (ISO 3166-1 alpha-3)."""

    name: str
    kind: str | None
    country: str | None = None


@lru_cache(maxsize=4)
def _by_name(layers: Layers) -> dict[str, System]:
    """All systems of the layer ``systems`` by their names, blanks and hyphens left out."""
    if "systems" not in layers:
        return {}
    found = {}
    for row in layers.rows("systems"):
        system = System(name=row["name"], kind=row["class"] or None, country=row["country"] or None)
        for name in map(_plain, (row["name"], *(row["names"] or "").split("|"))):
            if len(name) >= _SHORTEST:
                found[name] = system
    return found


@lru_cache(maxsize=4)
def _heads(layers: Layers) -> frozenset[str]:
    """The first words of all names, as texts are cut into words, and names written as one word."""
    if "systems" not in layers:
        return frozenset()
    heads: set[str] = set()
    for row in layers.rows("systems"):
        for name in (row["name"], *(row["names"] or "").split("|")):
            first = _WORD.match(name or "")
            heads |= {first[0], _plain(name or "")} if first else set()
    return frozenset(heads)


def find_systems(text: str, layers: Layers) -> list[tuple[int, int, System]]:
    """Find the names of systems: start, end and system of the longest runs of words that are one, in order."""
    by_name, heads = _by_name(layers), _heads(layers)
    found: list[tuple[int, int, System]] = []
    done = 0
    for word in _WORD.finditer(text):
        if word[0] not in heads or word.start() < done:
            continue
        start = word.start()
        ends = [one.end() for one in islice(_WORD.finditer(text, start), _MOST_WORDS)]
        for end in reversed(ends):
            system = by_name.get(_plain(text[start:end])) if end - start < _LONGEST else None
            if system is not None:
                found.append((start, end, system))
                done = end
                break
    return found


def _plain(name: str) -> str:
    return _MARKS.sub("", name)
