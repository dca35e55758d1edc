"""Which country 'its', 'the country' and 'the zone' mean: the one the clause speaks of, else the last one before."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from geomap.tokens import Tokens
from geomap.types import Expression, Named, Record


class Cue(Record, kw_only=True):
    """A word that brings a country to mind: its name, adjective, people, capital or seat of government.

    Parameters
    ----------
    country : ISO 3166-1 alpha-3
    subject : whether it may be what a clause speaks of (a name or capital, not the adjective of something else)
    claimant : whether it is the state of an office that makes statements ('the Japan Coast Guard')
    """

    offset: int
    country: str
    subject: bool = True
    claimant: bool = False


class Binder:
    """Binds what refers back to a country.

    Parameters
    ----------
    tokens : the text
    cues : all words that bring a country to mind, in the order of the text
    names : country (ISO 3166-1 alpha-3) of each node that is a name, by the node's id
    """

    def __init__(self, tokens: Tokens, cues: Sequence[Cue], names: Mapping[str, str | None]) -> None:
        self._tokens = tokens
        self._cues = cues
        self._offsets = [cue.offset for cue in cues]
        self._names = names
        self._zones: list[tuple[int, str]] = []

    def country(self, offset: int) -> str | None:
        """The country that 'its' or 'the country' means at an offset, ISO 3166-1 alpha-3, None when nothing says so."""
        start, _ = self._tokens.sentence(offset)
        here = self._between(start, offset)
        subjects = [cue for cue in here if cue.subject]
        if subjects or here:
            return (subjects or here)[-1].country
        count = bisect_left(self._offsets, offset)
        return self._cues[count - 1].country if count else None

    def zone_owner(self, offset: int, *, told_before: bool = True) -> str | None:
        """The state whose zone is meant when no owner is named.

        That of an office that speaks in the sentence, else that of the zone named before, else that of the country that
        the sentence speaks of.

        Parameters
        ----------
        told_before : whether the words may mean a zone that was named before ('the zone')
        """
        if speaker := self.claimant(offset):
            return speaker
        zones = reversed(self._zones) if told_before else iter(())
        earlier = next((country for at, country in zones if at < offset), None)
        return earlier or self.country(offset)

    def claimant(self, offset: int) -> str | None:
        """The state (ISO 3166-1 alpha-3) of the office that speaks in the sentence, the nearest one; None for none."""
        claimants = [cue for cue in self._between(*self._tokens.sentence(offset)) if cue.claimant]
        return min(claimants, key=lambda cue: abs(cue.offset - offset)).country if claimants else None

    def note_zone(self, offset: int, country: str) -> None:
        """Remember whose zone was named at an offset."""
        self._zones.append((offset, country))

    def country_of(self, node: Expression | None) -> str | None:
        """The country of a node that names one; None for other nodes."""
        if not isinstance(node, Named):
            return None
        if node.id.startswith("countries/"):
            return node.id.split("/", 1)[1]
        return self._names.get(node.id)

    def _between(self, start: int, end: int) -> Sequence[Cue]:
        """The cues from one offset up to another."""
        return self._cues[bisect_left(self._offsets, start) : bisect_left(self._offsets, end)]
