"""What is remembered of shapes: answers that stories ask for again and again, a coast's band or the edge of a zone.

Geometries are values and never change.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable, Hashable, Iterable, Sequence
from functools import lru_cache, wraps
from hashlib import blake2b
from itertools import islice
from threading import Lock
from typing import Any, ParamSpec, TypeVar, cast

import shapely
from shapely.geometry.base import BaseGeometry

_P = ParamSpec("_P")
_T = TypeVar("_T")


_FORGET: list[Callable[[], None]] = []


def forget() -> None:
    """Let go of all shapes that are remembered: what comes next will ask for others."""
    for one in _FORGET:
        one()


def give_back() -> None:
    """Give memory that is free back to the system, where its library can: many small geometries leave it in pieces."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc alone has it
        if trim is not None:
            trim(0)


class Measures:
    """The last numbers that were measured, where many are asked for at once.

    Parameters
    ----------
    most : so many are kept
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._known: dict[Hashable, float] = {}
        self._lock = Lock()

    def ask(self, keys: Sequence[Hashable], measure: Callable[[list[int]], Iterable[float]]) -> list[float]:
        """The number of each key.

        Parameters
        ----------
        measure : gives the numbers of the keys at some places, which are not known yet
        """
        with self._lock:
            known = {key: self._known[key] for key in keys if key in self._known}
        missing = list({key: place for place, key in enumerate(keys) if key not in known}.values())
        fresh = dict(zip((keys[place] for place in missing), measure(missing), strict=True))
        with self._lock:
            self._known |= fresh
            for key in list(islice(self._known, max(0, len(self._known) - self._most))):
                del self._known[key]
        known |= fresh
        return [known[key] for key in keys]


def name_of(geometry: BaseGeometry) -> bytes:
    """A short name of a geometry, the same for the same vertices: a key that does not hold the geometry itself."""
    return blake2b(shapely.to_wkb(geometry), digest_size=16).digest()


class _Shape:
    """A geometry as a key, told by its extent before all its vertices are compared: that of a country takes long."""

    __slots__ = ("_hash", "geometry")

    def __init__(self, geometry: BaseGeometry) -> None:
        self.geometry = geometry
        self._hash = hash(shapely.bounds(geometry).tobytes())

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, _Shape):
            return False
        return self.geometry is other.geometry or bool(self.geometry == other.geometry)


def remembered(most: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Remember the last answers of a function of shapes, so many at most."""

    def remembering(function: Callable[_P, _T]) -> Callable[_P, _T]:
        @lru_cache(maxsize=most)
        def answer(*keys: Any, **named: Any) -> _T:
            given = (key.geometry if isinstance(key, _Shape) else key for key in keys)
            return cast("Callable[..., _T]", function)(*given, **named)

        _FORGET.append(answer.cache_clear)

        @wraps(function)
        def asked(*given: Any, **named: Any) -> _T:
            return answer(*(_Shape(one) if isinstance(one, BaseGeometry) else one for one in given), **named)

        return cast("Callable[_P, _T]", asked)

    return remembering
