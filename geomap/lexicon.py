"""Names that the layers know, and the longest match of them and of the gazetteer's names in a text."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from geomap.catalog import Layers
from geomap.gazetteer import Gazetteer, fold, plain_korean
from geomap.tokens import Tokens, Word
from geomap.types import Record

NAME_LAYERS = ("countries", "seas", "sites", "regions", "landmarks", "lines", "zones")
"""Layers whose features have names, in the order in which they win over each other and over cities."""
LONGEST = 8
"""Words of the longest name."""

_JOINS = frozenset({" ", "\u00a0", "\n", "-", ".", ". ", ".-", " (", ")", ") ", "’", "'", "’s ", "'s "})
"""What may stand between two words of one name."""
_ABBREVIATED = 3
_KOREAN_ENDS = {
    "do": ("island", "province"),
    "gun": ("county",),
    "ri": (),
    "si": ("city",),
    "dong": (),
    "up": (),
    "eup": (),
}
_KOREAN_END = re.compile(rf" ({'|'.join(_KOREAN_ENDS)})$")
"""What Korean names end in, and the English word for it."""
_KOREAN_NAME = re.compile(rf"[A-Z][^\W\d_]+-(?:{'|'.join(_KOREAN_ENDS)})")
_SHORT_NAMES = Path(__file__).parent / "lists" / "short-names.csv"
"""Abbreviations, adjectives and peoples of states and regions, and short names that the press has for a country."""
_IN_FRONT = re.compile(r"(?:[a-z.],|\b(?:in|of|from|near|to|at|across|around|and|or)) $")
_BEHIND_A_TOWN = re.compile(r"[a-z.], $")
"""In front of an abbreviation, and of one without a full stop: else 'Ind.' and 'OR' are no states."""
_COLUMNS = (
    ("names", "name"),
    ("adjectives", "adjective"),
    ("demonyms", "demonym"),
    ("capital", "capital"),
    ("seats", "seat"),
)
"""Columns that hold names, spellings apart by ``|``, and the form under which each is known."""


class Known(Record, kw_only=True):
    """What a name may stand for, as far as the layers know.

    Parameters
    ----------
    feature : ``layer/key``
    form : ``name``, ``abbreviation``, ``adjective``, ``demonym``, or of a country ``capital`` or ``seat`` (of the
        government)
    exact : the only spelling that counts, for abbreviations such as US; None for any
    """

    feature: str
    kind: str
    country: str | None
    form: str
    name: str
    exact: str | None = None

    @property
    def layer(self) -> str:
        """Name of the layer that knows it."""
        return self.feature.partition("/")[0]


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
        self.abbreviations: dict[str, list[Known]] = {}
        self._korean: dict[str, str] = {}  # names in Korea without aspiration, and the spelling that is known
        self._small: set[str] = set()  # names that begin with a small letter ('the Caspian', 'inter-Korean border')
        for layer in NAME_LAYERS:
            if layer in layers:
                for row in layers.rows(layer):
                    self._add(layer, row)
        with _SHORT_NAMES.open(encoding="utf-8", newline="") as file:
            for short in csv.DictReader(file):
                if layers.has(short["feature"]):
                    self._add_short(short["spelling"], short["form"], short["feature"], layers)
        self._heard: dict[str, bool] = {}
        self._heads = {name.partition(" ")[0] for name in (*self.names, *self._korean)}

    def _add(self, layer: str, row: dict[str, str | None]) -> None:
        for column, form in _COLUMNS:
            spellings = (row.get(column) or "").split("|")
            if form == "name":
                spellings.append(row["name"] or "")
            for spelling in filter(None, map(str.strip, spellings)):
                key = _key(spelling)
                if spelling[0].islower():
                    self._small.add(key)
                known = Known(
                    feature=f"{layer}/{row['key']}",
                    kind=row.get("kind") or "region",
                    country=row.get("country") or None,
                    form=form,
                    name=row["name"] or spelling,
                    exact=spelling if len(key) <= _ABBREVIATED and spelling.isupper() else None,
                )
                entries = self.names.setdefault(key, [])
                if known.country == "PRK":
                    self._korean.setdefault(plain_korean(key), key)
                if key and all((old.feature, old.form) != (known.feature, known.form) for old in entries):
                    entries.append(known)

    def _korean_place(self, bare: str, ending: str) -> list[Known]:
        """'Ganghwa-do' under the names that it may have in the layers: Ganghwado, Ganghwa Island, Ganghwa."""
        for name in (f"{bare}{ending}", *(f"{bare} {word}" for word in _KOREAN_ENDS[ending]), bare):
            found = [known for known in self.names.get(name, ()) if known.country in ("PRK", "KOR")]
            if found:
                return found
        return []

    def _add_short(self, spelling: str, form: str, feature: str, layers: Layers) -> None:
        """Add a name that is no name of the layer's own; a country that has it already keeps it."""
        key, row = _key(spelling), layers.feature(feature).properties
        entries = self.names.setdefault(key, [])
        layer = feature.partition("/")[0]
        if layer == "countries" and any(known.layer == layer for known in entries):
            return
        known = Known(
            feature=feature,
            kind=row.get("kind") or "region",
            country=row.get("country") or None,
            form=form,
            name=str(row["name"]),
            exact=spelling if form == "abbreviation" else None,
        )
        if form == "abbreviation":
            self.abbreviations.setdefault(fold(spelling.partition(" ")[0]), []).append(known)
        elif all((old.feature, old.form) != (known.feature, known.form) for old in entries):
            entries.append(known)
        if not entries:
            del self.names[key]

    def abbreviation(self, tokens: Tokens, index: int) -> int:
        """Where an abbreviated name that starts at a word ends ('Ala.', 'TX'); 0 when there is none.

        It counts only behind a comma or a preposition, and with its full stop.
        """
        word = tokens.words[index]
        entries = self.abbreviations.get(fold(word.text))
        in_front = tokens.text[max(0, word.start - 8) : word.start]
        for known in entries if entries and _IN_FRONT.search(in_front) else ():
            exact = str(known.exact)
            if "." not in exact and not _BEHIND_A_TOWN.search(in_front):
                continue
            if tokens.text.startswith(exact, word.start):
                end = word.start + len(exact)
                if not tokens.text[end : end + 1].isalnum():
                    return end
        return 0

    def known(self, words: str) -> tuple[Known, ...]:
        """What the layers know under a name or an abbreviation; empty when nothing."""
        short = self.abbreviations.get(fold(words).partition(" ")[0], ())
        return tuple(known for known in short if known.exact == words.strip()) or self.named(words)

    def named(self, words: str) -> tuple[Known, ...]:
        """What the layers know under a name; empty when nothing."""
        key = _key(words)
        entries = self.names.get(key) or self.names.get(self._korean.get(plain_korean(key), ""), [])
        if not entries and (ending := _KOREAN_END.search(key)):
            entries = self._korean_place(key[: ending.start()], ending[1])
        return tuple(entry for entry in entries if entry.exact is None or _same(entry.exact, words.strip()))

    def longest(self, tokens: Tokens, index: int) -> tuple[int, bool]:
        """Count the words of the longest name that starts at a word.

        Returns
        -------
        tuple
            number of words (0 for none), and whether a layer (True) or only the gazetteer (False) knows the name
        """
        word = tokens.words[index]
        # 'N.Korea' is one word to the lexicon
        heard = self.is_head(word.text) or tokens.text[word.end : word.end + 1] in (".", "’", "'")
        if not heard and not word.capital:
            return 0, False
        run = _run(tokens, index)
        # 'the Caspian' is a name, but 'the Caspian Sea' is a longer one with an article in front
        beyond = self.longest(tokens, index + 1) if word.text.lower() == "the" and len(run) > 1 else (0, False)
        if heard:
            for count in range(len(run), beyond[0] if beyond[1] else 0, -1):
                if self._may_be(tokens, run[:count]) and self.named(_words(tokens, run[:count])):
                    return count, True
        return (self._town(tokens, run), False) if word.capital else (0, False)

    def is_head(self, word: str) -> bool:
        """Whether a name of the layers begins with a word."""
        known = self._heard.get(word)
        if known is None:
            head = fold(word).partition(" ")[0]
            known = self._heard[word] = head in self._heads or plain_korean(head) in self._heads
        return known

    def _may_be(self, tokens: Tokens, run: Sequence[Word]) -> bool:
        """Whether a run of words is written like a name."""
        if _words(tokens, run).islower():
            # a caption without any capital; 'the 38th parallel'
            return len(run) > 1 and (run[0].text[0].isdigit() or tokens.is_quiet(run[0].start))
        # 'the territorial sea of Japan' is not the Sea of Japan
        return run[0].capital or fold(_words(tokens, run)) in self._small

    def _town(self, tokens: Tokens, run: Sequence[Word]) -> int:
        """Count the words of the longest name of the gazetteer that a run begins with, its last word with a capital."""
        for count in range(len(run), 0, -1):
            name = _words(tokens, run[:count])
            if run[count - 1].capital and (name in self.gazetteer or (is_korean(name) and self.gazetteer.find(name))):
                return count
        return 0


def is_korean(word: str) -> bool:
    """Whether a word ends as Korean names of places do ('Zangmul-ri')."""
    return _KOREAN_NAME.fullmatch(word) is not None


def _run(tokens: Tokens, index: int) -> list[Word]:
    """The words from one on that may belong to one name, by what stands between them."""
    last = index
    while last + 1 < len(tokens.words) and last + 1 < index + LONGEST and tokens.gap(last) in _JOINS:
        last += 1
    return list(tokens.words[index : last + 1])


def _words(tokens: Tokens, run: Sequence[Word]) -> str:
    return tokens.text[run[0].start : run[-1].end]


def _key(words: str) -> str:
    """A name as it is looked up: folded, with the American spelling of what armies do."""
    return fold(words).replace("defence", "defense")


def _same(exact: str, words: str) -> bool:
    return words.replace(".", "") == exact.replace(".", "")


@cache
def open_lexicon(layers: Layers, gazetteer: Gazetteer) -> Lexicon:
    """Open the lexicon of a catalog; one for each catalog and process."""
    return Lexicon(layers, gazetteer)
