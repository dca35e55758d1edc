"""What hangs together: numbers that are joined two by two, and the sets that this makes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator


class Forest:
    """Sets of the numbers from 0; at first each is alone.

    Parameters
    ----------
    size : how many numbers there are
    """

    def __init__(self, size: int) -> None:
        self._above = list(range(size))

    def root(self, one: int) -> int:
        """The number that stands for all of a set: its smallest."""
        above = self._above
        while above[one] != one:
            above[one] = above[above[one]]
            one = above[one]
        return one

    def join(self, one: int, other: int) -> None:
        """Make one set of the two that hold these numbers."""
        first, second = sorted((self.root(one), self.root(other)))
        self._above[second] = first

    def join_all(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Join the numbers of each pair."""
        for one, other in pairs:
            self.join(one, other)

    def sets(self, some: Iterable[int]) -> Iterator[list[int]]:
        """The sets of some numbers, each in their order."""
        held: dict[int, list[int]] = {}
        for one in some:
            held.setdefault(self.root(one), []).append(one)
        return iter(held.values())
