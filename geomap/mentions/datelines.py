"""Names in a dateline at the head of a paragraph: 'SEOUL, Sept. 15 (Agency) — …' is where a report was filed."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from geomap.mentions.names import Name
from geomap.patterns import regex
from geomap.tokens import Tokens

_DATE = r"(?:[A-Z][a-z]+day,? )?(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?"
_HEAD = regex(
    r"(?P<names>[^\n.:;]{2,60}?(?:, [A-Z][A-Za-z. ]{1,20})?)"  # SEOUL, South Korea
    rf"(?:, {_DATE})?"  # , Sept. 15
    r"(?: ?\([^)\n]{1,30}\))?"  # (Agency)
    r"\s?(?P<mark>—|–|--|-(?=\s)|:(?=\s)|(?<=[A-Z]{3})\.(?=\s+[A-Z][a-z]))"
)
_DATED = regex(rf"(?P<names>[^\n.:;,]{{2,40}}), {_DATE}(?P<mark>\.)(?= [A-Z])")
"""'Yerevan, 3 March. The debris …'."""
_LINE = regex(rf"(?P<names>[^\n.:;,]{{2,40}}), {_DATE}\s*$(?P<mark>)", re.MULTILINE)
"""A line of its own: 'Seoul, Sept. 15'."""
_PARAGRAPH = regex(r"(?:^|\n)[ \t]{0,8}(?:\d{1,2}[:.]\d{2}[ \t]{1,8})?(?=[^\W\d_])")
_A_DATE = regex(_DATE)
_WORD = regex(r"[a-z]{3,}")
_CITY_STATES = frozenset({"HKG", "MAC", "SGP", "MCO", "KWT", "DJI", "LUX", "GUM"})
"""ISO 3166-1 alpha-3 of lands that are a city, so that their name stands in datelines."""
_NO_CITY = frozenset({"sea", "country", "line", "zone"})


def find_datelines(names: Sequence[Name], tokens: Tokens) -> set[int]:
    """Offsets of the names that stand in a dateline, names being in the order of the text."""
    text, found = tokens.text, set()
    starts = [name.start for name in names]
    for paragraph in _PARAGRAPH.finditer(text):
        at = paragraph.end()
        first = bisect_left(starts, at)
        if first == len(names) or starts[first] != at or not text[at].isupper():
            continue
        match = _HEAD.match(text, at) or _DATED.match(text, at) or _LINE.match(text, at)
        if match is None:
            continue
        inside = names[first : bisect_left(starts, match.end("names"))]
        if _is_dateline(tokens, match, inside):
            found |= {name.start for name in inside}
    return found


def _is_dateline(tokens: Tokens, match: re.Match[str], inside: Sequence[Name]) -> bool:
    """Whether nothing but names and a date stands in the head, and the first name is one that reports come from."""
    if any(name.no_place or name.is_people for name in inside):
        return False
    text, first, mark = tokens.text, inside[0], match["mark"]
    loud = text[first.start : first.end].isupper()
    if first.kind in _NO_CITY and "capital" not in first.forms and not (loud and first.country in _CITY_STATES):
        return False
    if not mark and not loud:
        return False
    rest = match["names"]
    for name in inside:
        rest = rest.replace(text[name.start : name.end], "")
    if _WORD.search(_A_DATE.sub("", rest)):
        return False
    if mark == ":" and loud and "capital" in first.forms:
        return tokens.labels == 1  # several times in a text, 'COLOMBO: …' says who speaks
    return mark != ":" or _A_DATE.search(match[0]) is not None
