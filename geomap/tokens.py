"""Words, sentences and paragraphs of a text, with their offsets."""

from __future__ import annotations

import re
from bisect import bisect_right

from geomap.types import Record, Span

_WORD = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.S., D.P.R.K.
    r"|[^\W\d_]+(?:[-’'ʼ‘ʻ][^\W\d_]+)*"  # Sinp'o, Tongchang-ri
    r"|\d+(?:[.,:]\d+)*"
)
_ABBREVIATION = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Cmdr|Gov|Sen|Rep|St|No|vs|Jan|Feb|Mar|Apr|Jun|Jul"
    r"|Aug|Sep|Sept|Oct|Nov|Dec|Calif|Mont|Ala|Ariz|Colo|Fla|Tex|Wash|Mass|Pa|Va|N\.D|S\.D|a\.m|p\.m|U\.S|U\.N|U\.K"
    r"|approx|Inc|Corp|Ltd|Co|etc|e\.g|i\.e))\.$"
)
_CLOCK_END = re.compile(r"[ap]\.m\. (?:The|They|It|Its|He|She|A|An|In|On|At|No|But|Both|This|That|Two|One) ?")
_WRAP = re.compile(r"(?<=[^\n]{60})(?<![.!?:;\n]|[\"”’)])\n(?=[^\s•·–—*#>-])(?!\d{1,2}[.)] |[A-Z][.)] )")
_BREAK = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“‘(]?[A-Z0-9•·–*-])|\n+|(?<=[;])\s")


class Word(Record, kw_only=True):
    """One word: offsets and the word as it stands."""

    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()


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

    def sentence(self, offset: int) -> Span:
        """The sentence that an offset lies in."""
        if not self.sentences:
            return 0, len(self.text)
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def index(self, offset: int) -> int:
        """Number of the first word that starts at or after an offset."""
        return bisect_right(self.starts, offset - 1)

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


def unwrapped(text: str) -> str:
    """Replace the newlines of hard-wrapped paragraphs by blanks; the length, and so every offset, stays the same.

    A newline is taken for a wrap when the line before it is long, does not end a sentence or a heading, and the next
    line goes on at once: no blank line, no bullet, no number of a list.
    """
    return _WRAP.sub(" ", text)


def _words(text: str) -> list[Word]:
    words = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        possessive = re.search(r"[’'](?:s|S)?$", word)
        if possessive and possessive.start() > 0 and word[possessive.start() :].lower() in ("’s", "'s"):
            end = start + possessive.start()
            word = word[: possessive.start()]
        words.append(Word(start=start, end=end, text=word))
    return words


def _sentences(text: str) -> list[Span]:
    spans: list[Span] = []
    start = 0
    for match in _BREAK.finditer(text):
        head = text[start : match.start()].rstrip('"”’)')
        if "\n" not in match[0] and not _CLOCK_END.search(head + " " + text[match.end() : match.end() + 6]) and (_ABBREVIATION.search(head) or re.search(r"(?:^|\n)\s*\d{1,2}\.$", head)):
            continue
        if text[start : match.start()].strip():
            spans.append((start, match.start()))
        start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans
