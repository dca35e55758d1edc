"""Names that the layers know, and the longest match of them and of the gazetteer's names in a text."""

from __future__ import annotations

import csv
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

from geomap.catalog import Layers
from geomap.gazetteer import Gazetteer, fold, fold_all, plain_korean
from geomap.known import Known as Known, Row, as_known, spellings
from geomap.patterns import regex
from geomap.tokens import Tokens

NAME_LAYERS = ("countries", "seas", "sites", "regions", "landmarks", "lines", "zones")
"""Layers whose features have names, in the order in which they win over each other and over cities."""
LONGEST = 8
"""Words of the longest name."""
_LONGEST_WORD = 80
"""Characters: no word of a name is longer."""
_REMEMBERED = 16384
"""Words of which it is remembered whether a name begins with them."""

_NAMES = 4096
"""Names of which it is remembered what they are: a text has the same ones again and again."""

_JOINS = {
    **dict.fromkeys((" ", "\u00a0", "\n", "-", ". ", ".-", " (", ")", ") "), " "),
    **dict.fromkeys((".", "’", "'"), ""),
    **dict.fromkeys(("’s ", "'s "), "s "),
}
"""What may stand between two words of one name, and what folding leaves of it."""
_ARTICLES = frozenset({"the", "The", "THE"})
_SMALL = 4
"""Letters of the longest small word within a town's name ('Stoke upon Trent')."""
MARKS = (".", "’", "'")
"""Behind a word: the next one may be a part of it."""
_ASPIRATED = regex("[kpt]h")
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
"""What Korean names end in, and the English word for it."""
_KOREAN_NAME = regex(rf"[A-Z][^\W\d_]+-(?:{'|'.join(_KOREAN_ENDS)})")
_SHORT_NAMES = Path(__file__).parent / "lists" / "short-names.csv"
"""Abbreviations, adjectives and peoples of states and regions, and short names that the press has for a country."""
_FIRST = regex(r"(?:[A-Z]\.){2,}|\w+")
_IN_FRONT = regex(r"(?:[a-z.],|\b(?:in|of|from|near|to|at|across|around|and|or)) $")
_BEHIND_A_TOWN = regex(r"\b[A-Z][\w.'’-]*, $")
"""In front of an abbreviation, and of one without a full stop: else 'Ind.' and 'OR' are no states."""


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
        rows = {
            f"{layer}/{row['key']}": row
            for layer in NAME_LAYERS
            for row in (layers.rows(layer) if layer in layers else ())
        }
        spelt = [(feature, form, spelling) for feature, row in rows.items() for form, spelling in spellings(row)]
        keys = fold_all([spelling for _, _, spelling in spelt])
        for key, (feature, form, spelling) in zip(keys, spelt, strict=True):
            self._add(_american(key), feature, form, spelling, rows[feature])
        with _SHORT_NAMES.open(encoding="utf-8", newline="") as file:
            for short in csv.DictReader(file):
                if short["feature"] in rows:
                    self._add_short(short["spelling"], short["form"], short["feature"], rows[short["feature"]])
        self._heads: dict[str, int] = {}  # the first word of a name, and the number of words of the longest such name
        for name in (*self.names, *self._korean):
            head = name.partition(" ")[0]
            if (count := 1 + name.count(" ")) > self._heads.get(head, 0):
                self._heads[head] = count
        self._seconds: dict[str, set[str]] = {}  # first words in small letters, and the words that may follow them
        for name in self._small:
            head, _, rest = name.partition(" ")
            self._seconds.setdefault(head, set()).add(rest.partition(" ")[0])
        self._most = lru_cache(_REMEMBERED)(self._longest_with)
        self._towns = lru_cache(_REMEMBERED)(self._may_be_town)
        self._named = lru_cache(_NAMES)(self._known_as)
        self._begins_longer = lru_cache(_NAMES)(self._is_of_a_longer)
        self._longer = sorted(name for name in {*self.names, *self._korean} if " " in name)

    def _add(self, key: str, feature: str, form: str, spelling: str, row: Row) -> None:
        if not spelling[0].isupper():
            self._small.add(key)
        is_exact = len(key) <= _ABBREVIATED and spelling.isupper()
        known = as_known(feature, row, form, spelling, is_exact=is_exact)
        entries = self.names.setdefault(key, [])
        if known.country == "PRK":
            self._korean.setdefault(plain_korean(key), key)
        if key and not any(old.feature == feature and old.form == form for old in entries):
            entries.append(known)

    def _found(self, folded: str) -> list[Known]:
        """What the layers know under a folded name, in any spelling."""
        entries = self.names.get(folded)
        if entries is not None:
            return entries
        if "defence" in folded:
            return self._found(folded.replace("defence", "defense"))
        if "h" in folded and _ASPIRATED.search(folded):
            entries = self.names.get(self._korean.get(plain_korean(folded), ""))
        return entries or []

    def _korean_place(self, word: str) -> list[Known]:
        """'Ganghwa-do' under the names that it may have in the layers: Ganghwado, Ganghwa Island, Ganghwa."""
        if not is_korean(word):
            return []
        bare, _, ending = fold(word).rpartition(" ")
        for name in (f"{bare}{ending}", *(f"{bare} {noun}" for noun in _KOREAN_ENDS[ending]), bare):
            found = [known for known in self.names.get(name, ()) if known.country in ("PRK", "KOR")]
            if found:
                return found
        return []

    def _add_short(self, spelling: str, form: str, feature: str, row: Row) -> None:
        """Add a name that is no name of the layer's own; a country that has it already keeps it."""
        key = _key(spelling)
        entries = self.names.setdefault(key, [])
        layer = feature.partition("/")[0]
        if layer == "countries" and any(known.layer == layer for known in entries):
            return
        known = as_known(feature, row, form, spelling, is_exact=form == "abbreviation")
        if form == "abbreviation":
            self.abbreviations.setdefault(_first(spelling), []).append(known)
        elif all((old.feature, old.form) != (known.feature, known.form) for old in entries):
            entries.append(known)
        if not entries:
            del self.names[key]

    def abbreviation(self, tokens: Tokens, index: int) -> int:
        """Where an abbreviated name that starts at a word ends ('Ala.', 'TX'); 0 when there is none.

        It counts only behind a comma or a preposition, and with its full stop.
        """
        word = tokens.words[index]
        entries = self.abbreviations.get(word.text)
        if not entries:
            return 0
        in_front = tokens.text[max(0, word.start - 24) : word.start]
        for known in entries if _IN_FRONT.search(in_front) else ():
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
        short = self.abbreviations.get(_first(words), ())
        return tuple(known for known in short if known.exact == words.strip()) or self.named(words)

    def named(self, words: str) -> tuple[Known, ...]:
        """What the layers know under a name; empty when nothing."""
        return self._named(words) if len(words) <= _LONGEST_WORD else self._known_as(words)

    def _known_as(self, words: str) -> tuple[Known, ...]:
        entries = self._found(fold(words)) or self._korean_place(words)
        return tuple(entry for entry in entries if entry.exact is None or _same(entry.exact, words.strip()))

    def longest(self, tokens: Tokens, index: int) -> tuple[int, bool]:
        """Count the words of the longest name that starts at a word.

        Returns
        -------
        tuple
            number of words (0 for none), and whether a layer (True) or only the gazetteer (False) knows the name
        """
        word = tokens.words[index]
        if len(word.text) > _LONGEST_WORD:
            return 0, False
        marked = tokens.text[word.end : word.end + 1] in MARKS  # 'N.Korea' is one word to the lexicon
        most = LONGEST if marked else self._most(word.text)
        if not most and not word.capital:
            return 0, False
        # 'al-Asad' is a base of the layers, but more often a person
        town = word.text[0].isupper() and (self._begins_town(_head(word.text)) if marked else self._towns(word.text))
        if not (most or town):
            return 0, False
        spans = self._spans(tokens, index, most, town=town)
        # 'the Caspian' is a name, but 'the Caspian Sea' is a longer one with an article in front
        article = most > 0 and len(spans) > 1 and word.text in _ARTICLES
        article = article and tokens.words[index + 1].text not in _ARTICLES
        beyond, known = self.longest(tokens, index + 1) if article else (0, False)
        for count in range(min(most, len(spans)), beyond if known else 0, -1):
            key = spans[count - 1]
            entries = self._found(key) or (self._korean_place(word.text) if count == 1 else [])
            if entries and self._may_be(tokens, index, count, key) and _any_fits(entries, tokens, index, count):
                return count, True
        return (self._town(tokens, index, spans), False) if town else (0, False)

    def beginnings(self, tokens: Tokens) -> Iterator[int]:
        """Numbers of the words that may begin a name: in capitals, and some others ('the Caspian', '38th parallel')."""
        seconds, quiet = self._seconds, tokens.has_quiet_lines
        for index, word in enumerate(tokens.words):
            if (
                word.capital
                or (word.text.lower() in seconds and self._goes_on(tokens, index))
                or (quiet and tokens.is_quiet(word.start) and self._longest_with(word.text) > 0)
            ):
                yield index

    def _goes_on(self, tokens: Tokens, index: int) -> bool:
        """Whether the word behind one in small letters may be the second one of a name."""
        seconds = self._seconds[tokens.words[index].text.lower()]
        following = _head(tokens.words[index + 1].text) if index + 1 < len(tokens.words) else ""
        return "" in seconds or following in seconds

    def _spans(self, tokens: Tokens, index: int, most: int, *, town: bool) -> list[str]:
        """The folded words from one on, the first alone, with the second, and so on, as long as a name may begin so.

        Parameters
        ----------
        most : words of the longest name of the layers
        town : whether it may be a town, in whose name small words stand only between capitals ('Port of Spain')
        """
        words, text = tokens.words, tokens.text
        word = words[index]
        span, end = fold(word.text), word.end
        spans = [span]
        for word in words[index + 1 : index + (LONGEST if town else most)]:
            join = _JOINS.get(text[end : word.start])
            if join is None or (len(spans) >= most and not word.capital and len(word.text) > _SMALL):
                break
            span, end = f"{span}{join}{fold(word.text)}", word.end
            spans.append(span)
            if not (town and self._begins_town(span)) and (len(spans) > most or not self._begins_longer(span)):
                break
        return spans

    def _is_of_a_longer(self, span: str) -> bool:
        """Whether some name of several words of the layers begins with these letters."""
        american = _american(span)
        for letters in dict.fromkeys((american, plain_korean(american))):
            at = bisect_left(self._longer, letters)
            if at < len(self._longer) and self._longer[at].startswith(letters):
                return True
        return False

    def _longest_with(self, word: str) -> int:
        """How many words the longest name of the layers has that begins with a word; 0 for none."""
        head = _head(word)
        own = 2 if is_korean(word) else 0  # 'Daecheong-do' is Daecheongdo
        return max(own, self._heads.get(head, 0), self._heads.get(plain_korean(head), 0))

    def _begins_town(self, span: str) -> bool:
        """Whether some name of the gazetteer begins with these letters."""
        plain = plain_korean(span)
        return self.gazetteer.begins(span) or (plain != span and self.gazetteer.begins(plain))

    def _may_be_town(self, word: str) -> bool:
        """Whether some name of the gazetteer has a word with a capital for its first one."""
        if is_korean(word):
            return self._begins_town(_head(word))
        heads = dict.fromkeys((_head(word), plain_korean(_head(word))))
        return any(self.gazetteer.has(head) or self.gazetteer.begins(f"{head} ") for head in heads)

    def may_begin(self, word: str) -> bool:
        """Whether a name may begin with a word, no mark of one behind it."""
        return len(word) <= _LONGEST_WORD and bool(
            self.abbreviations.get(word) or self._most(word) or self._towns(word)
        )

    def _may_be(self, tokens: Tokens, index: int, count: int, key: str) -> bool:
        """Whether a run of words is written like the name that it would be."""
        run = tokens.words[index : index + count]
        if run[0].text[0].isupper():
            return True
        if any(word.capital for word in run):
            return key in self._small  # 'the territorial sea of Japan' is not the Sea of Japan
        # a caption without any capital; 'the 38th parallel'
        return count > 1 and (run[0].text[0].isdigit() or tokens.is_quiet(run[0].start))

    def _town(self, tokens: Tokens, index: int, spans: Sequence[str]) -> int:
        """Count the words of the longest name of the gazetteer that a run begins with, its last word with a capital."""
        if not _ASPIRATED.search(spans[0]):
            while len(spans) > 1 and not tokens.words[index + len(spans) - 1].capital and _is_apart(*spans[-2:]):
                spans = spans[:-1]
        for count in self._town_ends(spans):
            if tokens.words[index + count - 1].capital:
                return count
        name = tokens.words[index].text
        return 1 if is_korean(name) and self.gazetteer.find(name) else 0

    def _town_ends(self, spans: Sequence[str]) -> list[int]:
        """Counts of words that make a name of the gazetteer, the longest first."""
        if len(spans) == 1:
            return [1] if self.gazetteer.has(spans[0]) else []
        ends = set(self.gazetteer.prefixes(spans[-1]))
        for span, longer in pairwise(spans):
            if longer.startswith("s ", len(span)):  # in front of a possessive's s no word ends
                ends.update(self.gazetteer.prefixes(span))
        found = [count for count, span in enumerate(spans, 1) if len(span) in ends]
        if not found and _ASPIRATED.search(spans[0]):
            found = [count for count, span in enumerate(spans, 1) if self.gazetteer.has(span)]
        return found[::-1]


def _is_apart(span: str, longer: str) -> bool:
    """Whether a name may end with some words, though another one follows."""
    return longer.startswith((" ", "s "), len(span))


def is_korean(word: str) -> bool:
    """Whether a word ends as Korean names of places do ('Zangmul-ri')."""
    return "-" in word and _KOREAN_NAME.fullmatch(word) is not None


def _any_fits(entries: Sequence[Known], tokens: Tokens, index: int, count: int) -> bool:
    """Whether one of the entries is spelt as the words are, where that matters ('US' is not 'us')."""
    if any(entry.exact is None for entry in entries):
        return True
    words = tokens.text[tokens.words[index].start : tokens.words[index + count - 1].end]
    return any(_same(str(entry.exact), words) for entry in entries)


def _head(word: str) -> str:
    """The first folded word of a word with hyphens."""
    return fold(word).partition(" ")[0]


def _first(words: str) -> str:
    """The first word of an abbreviation, as texts are cut into words ('Ala' of 'Ala.', 'N.Y.')."""
    match = _FIRST.match(words.strip())
    return match[0] if match else ""


def _key(words: str) -> str:
    """A name as it is looked up: folded, with the American spelling of what armies do."""
    return _american(fold(words))


def _american(key: str) -> str:
    return key.replace("defence", "defense")


def _same(exact: str, words: str) -> bool:
    return words.replace(".", "") == exact.replace(".", "")


@cache
def open_lexicon(layers: Layers, gazetteer: Gazetteer) -> Lexicon:
    """Open the lexicon of a catalog; one for each catalog and process."""
    return Lexicon(layers, gazetteer)
