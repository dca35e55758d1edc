"""What is remembered of shapes: answers that stories ask for again and again, a coast's band or the edge of a zone.

Geometries are values and never change.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec, TypeVar, cast

import shapely
from shapely.geometry.base import BaseGeometry

_P = ParamSpec("_P")
_T = TypeVar("_T")


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

        @wraps(function)
        def asked(*given: Any, **named: Any) -> _T:
            return answer(*(_Shape(one) if isinstance(one, BaseGeometry) else one for one in given), **named)

        return cast("Callable[_P, _T]", asked)

    return remembering
