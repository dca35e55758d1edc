"""The part a name plays: a place, a dateline, an actor ('Pyongyang said'), or embedded in another name."""

from __future__ import annotations

import re

from geomap.mentions.names import Name
from geomap.tokens import Tokens
from geomap.words import Words

_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "around",
        "round",
        "over",
        "outside",
        "inside",
        "across",
        "through",
        "throughout",
        "above",
        "beyond",
        "off",
        "into",
        "onto",
        "toward",
        "towards",
        "within",
        "leaving",
        "reaching",
        "visiting",
    ]
)
_POINTED = frozenset(["to", "from", "of"])
_CONNECTING = frozenset(
    [
        "and",
        "or",
        "but",
        "in",
        "on",
        "at",
        "to",
        "from",
        "of",
        "for",
        "with",
        "by",
        "as",
        "that",
        "which",
        "who",
        "when",
        "while",
        "after",
        "before",
        "since",
        "until",
        "over",
        "under",
        "into",
        "toward",
        "towards",
        "during",
        "through",
        "than",
        "then",
        "if",
        "because",
        "so",
        "it",
        "they",
        "he",
        "she",
        "is",
        "was",
        "has",
        "had",
        "were",
        "are",
        "will",
        "would",
    ]
)
_AUXILIARY = frozenset(
    [
        "has",
        "had",
        "have",
        "was",
        "is",
        "are",
        "were",
        "will",
        "would",
        "could",
        "may",
        "might",
        "must",
        "should",
        "can",
        "did",
        "does",
        "do",
        "cannot",
        "also",
        "never",
        "still",
        "now",
        "first",
        "itself",
        "later",
        "then",
        "has",
        "been",
    ]
)
_PERSONS = re.compile(
    r"(?:\w+ ){0,3}?(?:military|army|navy|air force|forces|government|officials?|leaders?|president|minister|ministry"
    r"|premier|agency|agencies|coast guard|guard|media|defen[cs]e|foreign|spokes\w+|envoy|ambassador|police|troops"
    r"|soldiers|parliament|lawmakers|people|program(?:me)?|regime|state|security|intelligence|capital's|allies"
    r"|chief|general|commander|neighbou?rs?|missiles?|rockets?|nuclear|sister|threat|prime|broadcaster|newspaper)\b",
    re.IGNORECASE,
)
_SEAT_OF = re.compile(
    r"\b(?:[Mm]inistry|[Cc]oalition|[Oo]ffice|[Gg]overnment|[Oo]fficials|[Ee]mbassy|[Hh]eadquarters|[Cc]ommand|[Aa]uthorities|[Pp]alace|[Aa]gency)"
    r"(?: of(?: [A-Z]\w+){1,3})? in $"
)
_MEASURED = re.compile(
    r"(?: is| lies)?(?: only| just| less than| more than| some| about| around| roughly)* [\d,.]+ ?(?:km|kilomet|mile|nautical)"
)
_DATE = r"(?:[A-Z][a-z]+day,? )?(?:[A-Z][a-z]+\.? \d{1,2}|\d{1,2} [A-Z][a-z]+)(?:,? \d{4})?"
_HEADER = re.compile(
    rf"(?P<names>[^\n.:;]{{2,60}}?(?:, [A-Z][A-Za-z. ]{{1,20}})?)(?:, {_DATE})?(?: ?\([^)\n]{{1,30}}\))?\s?(?P<mark>—|–|--|-(?=\s)|:(?=\s))"
)
_HEADER_LINE = re.compile(rf"(?P<names>[^\n.:;,]{{2,40}}), {_DATE}\s*$", re.MULTILINE)


def role_of(name: Name, tokens: Tokens, words: Words, datelines: set[int]) -> tuple[str, str]:
    """Tell the role of a name and why, in one sentence that a reader can check."""
    text = tokens.text
    if name.no_place:
        return "embedded", f"{name.core!r} is {name.no_place}, not a place where anything is"
    if name.start in datelines:
        return "dateline", "it stands at the head of the report: where it was filed, not where anything happened"
    if name.known and name.forms <= {"adjective", "demonym"}:
        return "actor", f"{name.core!r} is an adjective or a people, which says who, not where"
    if name.known and name.forms == {"seat"}:
        return "actor", f"{name.core!r} stands for a government"
    if re.match(r" time\b", text[name.end :]) or re.search(
        r"\d[\d:.]* (?:[ap]\.?m\.? )?in $", text[max(0, name.start - 24) : name.start]
    ):
        return "embedded", f"{name.core!r} only says which clock is meant"
    if _SEAT_OF.search(text[max(0, name.start - 60) : name.start]):
        return "actor", f"{name.core!r} says where an office sits"
    capital = "capital" in name.forms
    if not name.country:
        return "place", "no rule says that it is anything but a place"
    before = [word.text.lower() for word in tokens.before(name.start, 3)]
    last = before[-1] if before and before[-1] != "the" else (before[-2] if len(before) > 1 else "")
    tail = text[name.end : name.end + 80]
    possessive = re.match(r"[’']s? ", tail)
    if possessive and not re.match(
        r"(?:own )?(?:\w+ern |\w+ ){0,2}?(?:coast|shore|EEZ|exclusive|economic|waters|airspace|territor|airport|streets?|zone"
        r"|suburbs?|outskirts|harbou?r|port|border|contiguous|island|province|Hokkaido|capital|north|south|east|west)",
        tail[possessive.end() :],
    ):
        return (
            "actor",
            f"what follows {name.core + tail[: possessive.end()].strip()!r} belongs to a state: it says who, not where",
        )
    if _PERSONS.match(tail.lstrip()) and not capital and tail.startswith(" "):
        return "actor", f"{name.core!r} says whose, not where"
    following = tokens.after(name.end, 2)
    if following and not following[0].capital and not possessive and not _MEASURED.match(tail):
        first = following[0].text.lower()
        second = following[1].text.lower() if len(following) > 1 else ""
        speaks = (
            words.is_speech(first)
            or (first in _AUXILIARY and last not in _LOCATIVE)
            or (first in ("also", "itself", "later", "first") and words.is_speech(second))
        )
        if speaks and text[name.end] == " " and last not in _LOCATIVE:
            return "actor", f"{name.core + ' ' + following[0].text!r}: a government speaks or acts here"
    if last in _LOCATIVE:
        return "place", f"'{last}' in front of it makes it a place"
    if last == "leaves" or _MEASURED.match(tail):
        return "place", "a distance from it is given"
    if last in _POINTED and not capital and name.kind == "country" and _qualifies(tail):
        return "actor", f"{name.core!r} only qualifies the word behind it"
    if last in _POINTED and not capital:
        return "place", f"'{last}' in front of it makes it a place"
    if last in _POINTED and _measured_before(text, name.start):
        return "place", "a distance or direction from it is given"
    if capital and (re.match(r"/|, [A-Z]", tail) and tokens.starts_sentence(name.start)):
        return "dateline", "it stands at the head of the report: where it was filed"
    if capital:
        return "actor", f"{name.core!r} stands for a government: nothing in front of it makes it a place"
    return "actor", f"{name.core!r} says who, not where"


def _qualifies(tail: str) -> bool:
    """Whether a noun in small letters follows directly ('U.S. personnel'), which a country's name then qualifies."""
    word = re.match(r" ([a-z]+)", tail)
    return bool(word) and word[1] not in _CONNECTING  # type: ignore[index]


def _measured_before(text: str, start: int) -> bool:
    before = text[max(0, start - 60) : start]
    return bool(
        re.search(
            r"(?:kilomet\w+|km|miles?|north|south|east|west|ern part|area|district|region|outskirts|suburbs?|cit(?:y|ies)"
            r"|fl(?:ew|own|ying) (?:\w+ )?|launch\w*|fired|flights?|outside|sky|airport)(?: \([^)]*\))? (?:to |from |of )(?:the )?$",
            before,
        )
    )


def find_datelines(names: list[Name], tokens: Tokens) -> set[int]:
    """Offsets of the names that stand in a dateline at the head of a paragraph ('SEOUL, Sept. 15 (Agency) — …')."""
    text, found = tokens.text, set()
    for paragraph in re.finditer(r"(?:^|\n)[ \t]*(?:\d{1,2}[:.]\d{2}[ \t]+)?(?=\S)", text):
        at = paragraph.end()
        match = _HEADER.match(text, at) or _HEADER_LINE.match(text, at)
        if match is None or not text[at].isupper():
            continue
        inside = [name for name in names if match.start("names") <= name.start < match.end("names")]
        if (
            not inside
            or inside[0].start != at
            or any(name.no_place or name.forms & {"adjective", "demonym"} for name in inside)
        ):
            continue
        rest = text[match.start("names") : match.end("names")]
        for name in inside:
            rest = rest.replace(text[name.start : name.end], "")
        rest = re.sub(_DATE, "", rest)
        loud = text[at : inside[0].end].isupper()
        colon = match.groupdict().get("mark") == ":"
        if re.search(r"[a-z]{3,}", rest) or (colon and not re.search(_DATE, match[0])):
            continue
        if (inside[0].kind in ("sea", "country", "line", "zone") and "capital" not in inside[0].forms) or (
            not loud and match.groupdict().get("mark") is None
        ):
            continue
        found |= {name.start for name in inside}
    return found
