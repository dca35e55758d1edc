"""Words, sentences and paragraphs of a text, with their offsets."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache

from geomap.patterns import regex
from geomap.types import Record, Span

LONGEST_SENTENCE = 1500
"""Characters: what is longer is a list or no prose, and is cut between words."""

_WORD = regex(
    r"[^\W_](?:"  # a pattern that begins with one letter of a few is found fast
    r"(?<=[A-Z])(?:\.(?:[A-Z]\.)+|[A-Z](?=-[A-Z]))"  # U.S., D.P.R.K.; US-North Korea
    r"|(?<=[^\W\d_])[a-z]*[^\W\d_]*(?:[-’'ʼ‘ʻ][^\W\d_]+)*"  # Sinp'o, Tongchang-ri
    r"|\d*(?:st|nd|rd|th)\b|\d*(?:[.,:]\d+)*)"
)
_ARTICLE = regex("(?:a[dlnrstz]|ash|el)-[A-Z]")
_APOSTROPHES = "’'"
_OPENS = r"(?=[\"“‘(]?[A-Z0-9•·–*-])"
"""What may begin a sentence."""
_BREAK = regex(
    r"[\s\"”’)]"  # a pattern that begins with one letter of a few is found ten times as fast
    rf"(?:(?<=[.!?]\s)\s*{_OPENS}|(?<=[.!?][\"”’)])\s+{_OPENS}"
    r"|(?<=\n)\n*"
    r"|(?<=;\s))"
)
_ABBREVIATIONS = (
    "Mr Mrs Ms Dr Prof Gen Lt Col Maj Capt Sgt Adm Cmdr Gov Sen Rep St",
    "No vs approx Inc Corp Ltd Co etc e.g i.e a.m p.m",
    "Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec",
    "U.S U.N U.K N.D S.D Calif Mont Ala Ariz Colo Fla Tex Wash Mass Pa Va",
)
_ABBREVIATION = regex(
    rf"\b(?:[A-Z]|{'|'.join(re.escape(word) for line in _ABBREVIATIONS for word in line.split())})\.$"
)
_CLOCK = regex(r"\b[ap]\.m\.$")
_OPENER = regex(r"(?:The|They|It|Its|He|She|An?|In|On|At|No|But|Both|This|That|Two|One)\b")
"""A word with which a sentence may begin behind 'at 3 p.m.'."""
_WRAP = regex(
    r"\n(?<=[^\n]{60}\n)(?<![.!?:;\n\"”’)]\n)"  # a long line that ends neither sentence nor heading
    r"(?=[^\s•·–—*#>|-])(?!\d{1,2}[.)] |[A-Z][.)] )"  # and one that goes on at once, no item of a list, no row
)
_NUMBERED = regex(r"\s*\d{1,2}\.")  # '12. It fell …' is one item of a list
_LONG_ABBREVIATION = 12
_ENDS = ".!?:;"
_LOUD_LETTERS, _LOUD_SHARE = 12, 0.85
_LABEL = regex(r"^[A-Z][A-Z.'’ -]+:", re.MULTILINE)
_LONG_WORD = regex(r"\w{4,}")
_HEADLINE_WORDS, _HEADLINE_SHARE = 4, 0.9


class Word(Record, kw_only=True):
    """One word: offsets, the word as it stands without a possessive ``'s``, and whether it begins with a capital."""

    start: int
    end: int
    text: str
    capital: bool


class Tokens:
    """A text cut into words and sentences.

    Parameters
    ----------
    text : any text; lines that were only wrapped are joined (`unwrapped`), offsets stay the same
    """

    def __init__(self, text: str) -> None:
        text = unwrapped(text)
        self.text = text
        self.words = tuple(_words(text))
        self.starts = [word.start for word in self.words]
        self.sentences = tuple(_sentences(text))
        self._sentence_starts = [span[0] for span in self.sentences]
        self._lines = [0, *(match.end() for match in re.finditer("\n", text))]
        self._capitals: dict[int, str] = {}
        self.has_quiet_lines = any(map(str.islower, text.split("\n")))

    def clauses(self) -> Iterator[Span]:
        """The sentences, those in one that only a line's end has parted, as in verse or in a narrow column."""
        start = end = 0
        for first, last in self.sentences:
            if end and (self.text[end:first] != "\n" or self.text[end - 1] in _ENDS):
                yield start, end
                start = first
            elif not end:
                start = first
            end = last
        if end:
            yield start, end

    def sentence(self, offset: int) -> Span:
        """The sentence that an offset lies in."""
        if not self.sentences:
            return 0, len(self.text)
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def index(self, offset: int) -> int:
        """Number of the first word that starts at or after an offset."""
        return bisect_right(self.starts, offset - 1)

    def gap(self, index: int) -> str:
        """What stands between a word and the next one, by the number of the word; empty behind the last."""
        if index + 1 >= len(self.words):
            return ""
        return self.text[self.words[index].end : self.words[index + 1].start]

    def before(self, offset: int, count: int = 1) -> tuple[Word, ...]:
        """The last words that end before an offset, in reading order, within the sentence."""
        first = self.sentence(offset)[0]
        end = self.index(offset)
        return tuple(word for word in self.words[max(0, end - count) : end] if word.start >= first)

    def after(self, offset: int, count: int = 1) -> tuple[Word, ...]:
        """The next words that start at or after an offset, within the sentence that the offset closes or stands in."""
        start = self.index(offset)
        last = self.sentence(max(0, offset - 1))[1]
        return tuple(word for word in self.words[start : start + count] if word.end <= last)

    def starts_sentence(self, offset: int) -> bool:
        """Whether nothing but marks stands between the sentence's start and an offset."""
        return not any(c.isalnum() for c in self.text[self.sentence(offset)[0] : offset])

    def line_start(self, offset: int) -> int:
        """Where the line begins that an offset stands in."""
        return self._lines[bisect_right(self._lines, offset) - 1]

    def is_loud(self, offset: int) -> bool:
        """Whether an offset stands in a line of capitals, in which a capital says nothing."""
        return self._written(offset) == "loud"

    def is_quiet(self, offset: int) -> bool:
        """Whether an offset stands in a line without any capital, in which a small letter says nothing."""
        return self._written(offset) == "quiet"

    def is_headline(self, offset: int) -> bool:
        """Whether an offset stands in a line that gives every word of weight a capital."""
        return self._written(offset) == "headline"

    @cached_property
    def labels(self) -> int:
        """How many lines begin with capitals and a colon: 'COLOMBO: …', 'YORK: …'."""
        return len(_LABEL.findall(self.text))

    def _written(self, offset: int) -> str:
        """How the line that an offset stands in uses capitals: loud, quiet, headline, or as prose does (empty)."""
        number = bisect_right(self._lines, offset)
        if number not in self._capitals:
            end = self._lines[number] if number < len(self._lines) else len(self.text)
            self._capitals[number] = _capitals_of(self.text[self._lines[number - 1] : end])
        return self._capitals[number]


def _capitals_of(line: str) -> str:
    letters, capitals = sum(map(str.isalpha, line)), sum(map(str.isupper, line))
    if letters > _LOUD_LETTERS and capitals > _LOUD_SHARE * letters:
        return "loud"
    if letters and not capitals:
        return "quiet"
    if line.rstrip().endswith("."):
        return ""
    heavy = [word for word in _LONG_WORD.findall(line) if word.isalpha()]
    if len(heavy) >= _HEADLINE_WORDS and sum(word[0].isupper() for word in heavy) >= _HEADLINE_SHARE * len(heavy):
        return "headline"
    return ""


@lru_cache(maxsize=4)
def open_tokens(text: str) -> Tokens:
    """Cut a text into words and sentences; what several steps ask for is cut once."""
    return Tokens(text)


def unwrapped(text: str) -> str:
    """Replace the newlines of hard-wrapped paragraphs by blanks; the length, and so every offset, stays the same."""
    return _WRAP.sub(" ", text)


def _words(text: str) -> list[Word]:
    words = []
    for match in _WORD.finditer(text):
        word = match[0]
        start, end = match.span()
        if word[-1] in "sS" and word[-2:-1] in _APOSTROPHES and end - start > len("’s"):
            word, end = word[:-2], end - 2
        # an Arabic article in front of it aside ('al-Udeid')
        capital = word[0].isupper() or ("-" in word and _ARTICLE.match(word) is not None)
        words.append(Word(start=start, end=end, text=word, capital=capital))
    return words


def _sentences(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        if "\n" not in match[0] and _goes_on(text, start, *match.span()):
            continue
        spans.extend(_cut(text, start, match.start()))
        start = match.end()
    spans.extend(_cut(text, start, len(text)))
    return spans


def _goes_on(text: str, start: int, end: int, following: int) -> bool:
    """Whether the full stop at the end belongs to an abbreviation or to the number of an item."""
    head = text[max(start, end - _LONG_ABBREVIATION) : end].rstrip('"”’)')
    if _CLOCK.search(head) and _OPENER.match(text, following):
        return False
    numbered = end - start <= _LONG_ABBREVIATION and _NUMBERED.fullmatch(head)
    return bool(numbered or _ABBREVIATION.search(head))


def _cut(text: str, start: int, end: int) -> list[Span]:
    """The span of a sentence; several when it is too long, none when nothing stands in it."""
    spans = []
    while end - start > LONGEST_SENTENCE:
        blank = text.rfind(" ", start + 1, start + LONGEST_SENTENCE)
        cut = blank if blank > 0 else start + LONGEST_SENTENCE
        spans.append((start, cut))
        start = cut
    return [*spans, (start, end)] if text[start:end].strip() else spans
