"""Regular expressions that are compiled when they are first used.

geomap has some six hundred. Compiling all of them takes longer than reading an article, which needs less than half.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class _Pattern:
    """Does what a compiled pattern does, and has the source of it without compiling."""

    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, source: str | bytes, flags: int) -> None:
        self.pattern = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern when the first of its methods is asked for; from then on they are its own."""
        if name not in _METHODS:
            message = f"a pattern has no {name!r} here"
            raise AttributeError(message)
        compiled = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def regex(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Make a pattern, as `re.compile` does, that is compiled on its first use."""
    return cast("re.Pattern[AnyStr]", _Pattern(source, flags))
