"""Names that the layers know, and the longest match of them and of the gazetteer's names in a text."""

from __future__ import annotations

import re
from functools import cache

from geomap.catalog import Layers
from geomap.gazetteer import Gazetteer, fold
from geomap.tokens import Tokens, Word
from geomap.types import Record

NAME_LAYERS = ("countries", "seas", "sites", "regions", "lines", "zones")
"""Layers whose features have names, in the order in which they win over each other and over cities."""
LONGEST = 8
_JOIN = re.compile(r"(?: |\u00a0|-|\. ?|\.-| \(|\) ?|’|')$")
_FORMS = (
    ("names", "name"),
    ("adjectives", "adjective"),
    ("demonyms", "demonym"),
    ("capital", "capital"),
    ("seats", "seat"),
)


class Known(Record, kw_only=True):
    """What a name may stand for, as far as the layers know.

    Parameters
    ----------
    feature : ``layer/key``
    form : ``name``, or of a country ``adjective``, ``demonym``, ``capital`` or ``seat`` (of the government)
    exact : the only spelling that counts, for abbreviations such as US; None for any
    """

    feature: str
    kind: str
    country: str | None
    form: str
    name: str
    exact: str | None = None


class Lexicon:
    """All names of the layers, folded.

    Parameters
    ----------
    layers : the catalog
    gazetteer : names of towns and cities
    """

    def __init__(self, layers: Layers, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.names: dict[str, list[Known]] = {}
        for layer in NAME_LAYERS:
            if layer in layers:
                for row in layers.rows(layer):
                    self._add(layer, row)
        self._heads = {name.split(" ", 1)[0] for name in self.names}

    def _add(self, layer: str, row: dict[str, str | None]) -> None:
        for column, form in _FORMS:
            cell = row.get(column) or ""
            spellings = [*cell.split("|"), *([row["name"] or ""] if form == "name" else [])]
            for spelling in filter(None, map(str.strip, spellings)):
                key = fold(spelling)
                known = Known(
                    feature=f"{layer}/{row['key']}",
                    kind=row.get("kind") or "region",
                    country=row.get("country") or None,
                    form=form,
                    name=row["name"] or spelling,
                    exact=spelling if len(key) <= 3 and spelling.isupper() else None,
                )
                entries = self.names.setdefault(key, [])
                if key and all((old.feature, old.form) != (known.feature, known.form) for old in entries):
                    entries.append(known)

    def known(self, words: str) -> tuple[Known, ...]:
        """What the layers know under a name; empty when nothing."""
        bare = words.strip()
        return tuple(
            entry for entry in self.names.get(fold(words), ()) if entry.exact is None or _same(entry.exact, bare)
        )

    def longest(self, tokens: Tokens, index: int) -> tuple[int, bool]:
        """Count the words of the longest name that starts at a word.

        Returns
        -------
        tuple
            number of words (0 for none), and whether a layer (True) or only the gazetteer (False) knows the name
        """
        run = _run(tokens, index)
        if fold(run[0].text).split(" ", 1)[0] in self._heads or fold(tokens.text[run[0].start : run[-1].end]):
            for count in range(len(run), 0, -1):
                words = tokens.text[run[0].start : run[count - 1].end]
                if any(word.capital for word in run[:count]) and self.known(words):
                    return count, True
        if not run[0].capital:
            return 0, False
        for count in range(len(run), 0, -1):
            if not run[count - 1].capital and count > 1:
                continue
            words = tokens.text[run[0].start : run[count - 1].end]
            if fold(words) in self.gazetteer:
                return count, False
        return 0, False


def _run(tokens: Tokens, index: int) -> list[Word]:
    """The words from one on that may belong to one name: nothing but a blank, hyphen, period or bracket between them."""
    run = [tokens.words[index]]
    for word in tokens.words[index + 1 : index + LONGEST]:
        if not _JOIN.match(tokens.text[run[-1].end : word.start]):
            break
        run.append(word)
    return run


def _same(exact: str, words: str) -> bool:
    return words.replace(".", "") == exact.replace(".", "")


@cache
def open_lexicon(layers: Layers, gazetteer: Gazetteer) -> Lexicon:
    """Open the lexicon of a catalog; one for each catalog and process."""
    return Lexicon(layers, gazetteer)
