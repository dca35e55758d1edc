"""Which country 'its', 'the country' and 'the zone' mean: the one the clause speaks of, else the last one before."""

from __future__ import annotations

from collections.abc import Sequence

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
    cues : all words that bring a country to mind, in order
    names : country (ISO 3166-1 alpha-3) of each node that is a name, by the node's id
    """

    def __init__(self, tokens: Tokens, cues: Sequence[Cue], names: dict[str, str | None]) -> None:
        self._tokens = tokens
        self._cues = cues
        self._names = names
        self._zones: list[tuple[int, str]] = []

    def country(self, offset: int) -> str | None:
        """The country that 'its' or 'the country' means at an offset, ISO 3166-1 alpha-3, None when nothing says so."""
        start, _ = self._tokens.sentence(offset)
        before = [cue for cue in self._cues if cue.offset < offset]
        here = [cue for cue in before if cue.offset >= start]
        subjects = [cue for cue in here if cue.subject]
        if subjects:
            return subjects[-1].country
        if here:
            return here[-1].country
        return before[-1].country if before else None

    def zone_owner(self, offset: int) -> str | None:
        """The state whose zone is meant when no owner is named: the claimant's, else that of the zone named before."""
        start, end = self._tokens.sentence(offset)
        claimants = [cue for cue in self._cues if start <= cue.offset < end and cue.claimant]
        if claimants:
            return min(claimants, key=lambda cue: abs(cue.offset - offset)).country
        earlier = [country for at, country in self._zones if at < offset]
        if earlier:
            return earlier[-1]
        return self.country(offset)

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
