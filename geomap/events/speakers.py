"""Who speaks in a sentence, and whose a statement in it is; `geomap.events.voices` finds them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence

from geomap.events.whensaid import CLAUSE_ENDS
from geomap.types import Record, Span

_FORCES = ("military", "army", "forces", "staff", "jcs", "chiefs")
"""Last words of what is called 'the military' when it is named again."""


class Speaker(Record, kw_only=True):
    """Somebody who says something in a sentence.

    Parameters
    ----------
    start, end : offsets from the words for who it is to the verb
    by : the words without an article; of 'he said' those of the one before
    state : ISO 3166-1 alpha-3 of the state that it speaks for, None when the words do not tell
    bare : whether the words are those of the state or its capital alone
    leads : whether the statement comes behind
    verb : the verb of speech, empty when there is none
    said : when it was said, in the text's words
    first, later : whether the words say that something else was said afterwards, or before
    """

    start: int
    end: int
    by: str
    state: str | None
    bare: bool
    leads: bool
    verb: str
    said: str | None = None
    first: bool = False
    later: bool = False


class Talk:
    """All who speak in a text; see `listen`.

    Parameters
    ----------
    sentences : offsets of the sentences
    hear : the speakers of a sentence by its number, in the order of the text; asked for what matters only
    """

    def __init__(self, text: str, sentences: Sequence[Span], hear: Callable[[int], tuple[Speaker, ...]]) -> None:
        self.text = text
        self._starts = [start for start, _ in sentences]
        self.sentences = tuple(sentences)
        self._hear = hear

    def among(self, text: str, spans: Iterable[Span]) -> Talk:
        """The same talk in the document's own lines, with nobody heard but where some sentences or pieces begin."""
        heard = {self.number(start) for start, _ in spans}
        return Talk(text, self.sentences, lambda number: self._hear(number) if number in heard else ())

    def number(self, offset: int) -> int:
        """Which sentence an offset lies in, from 0."""
        return max(0, bisect_right(self._starts, offset) - 1)

    def at(self, offset: int) -> tuple[Speaker, ...]:
        """All who speak in the sentence about an offset."""
        return self._hear(self.number(offset)) if self.sentences else ()

    def _goes_on(self, number: int) -> bool:
        start, end = self.sentences[number - 1]
        return self.text[start:end].rstrip().endswith(";")

    def speaker(self, offset: int) -> Speaker | None:
        """Who says what stands at an offset: in front of it in its clause, or behind it, or else in its sentence."""
        number = self.number(offset)
        spoken = self.at(offset)
        while not spoken and number and self._goes_on(number):  # the sentence is cut at its semicolons
            number -= 1
            spoken = self._hear(number)
        if not spoken:
            return None
        start, end = self.sentences[number]
        breaks = [start, *(found.end() for found in CLAUSE_ENDS.finditer(self.text, start, end)), end]
        at = bisect_right(breaks, offset)
        first, last = breaks[max(0, at - 1)], breaks[min(at, len(breaks) - 1)]
        leading = [one for one in spoken if one.leads and one.start <= offset]
        behind = [one for one in spoken if not one.leads and one.start >= offset]
        if leading and leading[-1].start >= first:
            return leading[-1]
        if behind and behind[0].start < last:
            return behind[0]
        if leading:
            return leading[-1]
        trailing = [one for one in spoken if not one.leads]
        return behind[0] if behind else trailing[-1] if trailing else None


def is_one(a: Speaker | None, b: Speaker | None) -> bool:
    """Whether two speakers are one claimant: the same words, or a state and an office of it."""
    if a is None or b is None:
        return a is b
    one, other = a.by.casefold(), b.by.casefold()
    if one == other:
        return True
    if a.state and b.state:
        return a.state == b.state and (a.bare or b.bare or _head(one) == _head(other))
    return (
        _head(one) == _head(other)
        and (a.state is None or b.state is None)
        and min(len(one.split()), len(other.split())) < 3
    )


def _head(by: str) -> str:
    """The last words of an office, which stand for it when it is named again: 'the ministry', 'the coast guard'."""
    words = by.split()
    if words[-1] in _FORCES:
        return "military"
    return " ".join(words[-2:]) if words[-1] in ("guard", "media", "force") else words[-1]
