"""A text taken apart into messages: their numbers, regions and charts, when they were sent, what they cancel."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from geomap.patterns import regex
from geomap.stems import OTHER_CASES
from geomap.types import Record, Span

_NUMBER = r"(?:\d{1,5}/\d{2,4}|\d{2}-\d{3,4})"
_SERIES = (
    r"NAVAREA\s(?:[IVX]{1,5}|\d{1,2})|HYDRO(?:PAC|LANT|ARC)|AVURNAV\s\w+|[A-Z]{3,12}(?:\s[A-Z]{2,12}){0,2}\s"
    r"(?:COASTAL|NAVIGATIONAL|LOCAL|COAST|NAV)\s(?:WARNING|WARNINGS|WNG)|(?:COASTAL|NAVIGATIONAL|LOCAL)\sWARNING|COASTAL\s[A-Z]+|"
    r"NAVTEX(?:\s[A-Z][A-Z\d]*)?|NAV(?=\d)|WZ|ПРИП\s\w+|NAVIP|AUSCOAST|NZ\s?COASTAL|(?:[A-Z]{3,12}\s){0,3}NAV\s?WARN(?:ING)?S?|"
    r"[A-Z]{3,12}\sN/W|[A-Z]{3,12}(?:[ ][A-Z]{2,12}){1,3}(?=\s\d{1,4}/\d{2,4}[ .]*\r?\n)"
)
_HEADER = regex(
    rf"(?P<series>\b(?:{_SERIES}))\s{{0,2}}[:-]?\s{{0,2}}(?:WARNING\s|WNG\s)?(?:NR\.?\s?|NO\.?\s?|N°\s?|NUMBER\s)?(?P<number>{_NUMBER})(?:\s?\([\d,\s]{{1,20}}\))?"
    rf"|\(?(?<![A-Z0-9])(?P<notam>[A-Z]\d{{1,4}}/\d{{2}})\s{{1,3}}NOTAM(?P<type>[NRC])(?![A-Z])(?:\s(?P<old>[A-Z]\d{{1,4}}/\d{{2}}))?"
    rf"|(?<![A-Z0-9/])(?P<bare>[A-Z]\d{{4}}/\d{{2}})(?=\s[^\n]{{0,60}}\bB\)\s?\d{{10}})|!?(?:\bFDC|(?<=!)[A-Z]{{3,4}})\s(?P<tfr>\d{{1,2}}/\d{{3,5}})"
)  # fmt: skip
_NOT_A_HEAD = regex(
    r"\b(?:CANCEL(?:S|LED|LING|ING|LATION)?|REF(?:ERENCE|ER|\.)?:?|SEE|REPLACES?|REPLACED|SUPERSEDES?|AND|ALSO|PER|UNDER|IN|BY|TO|OF|"
    r"THE|LIKE|AS|NOTAMR|NOTAMC|FORCE)[\s:(\"“]*(?:THIS\s)?$|[,&/]\s*$",
    re.IGNORECASE,
)
_GROUP_BEFORE = regex(r"\d{6}Z?\s(?:UTC\s)?[A-Z]{3}\s\d{2,4}\s*$")
"""The date-time group of issue that may stand before a number."""
_ENDED = regex(r"(?:^|\n|[.=!)(*#>“\"]|NNNN|ZCZC\s\w{1,6})[ \t\r]*$")
"""What such a group stands behind: the beginning of a line, or the end of what was before."""
CANCEL_THIS = regex(
    r"(?:\bОТМ\sЭТОТ\sНР|\b(?:CANCEL|DELETE|ANNULER)\s+(?:THIS|CET?)\s+(?:MSG|MESSAGE|WARNING|NOTICE|WNG|NR|AVIS|PARA\w*)|\bAND\sTHIS\s(?:MSG|MESSAGE|WARNING)|\bCANCELAR\sEST[EA]\s\w+|\bCANCEL\sAT[/\s]+(?=\d)|\bCANCEL(?=\s\d{6}\s?(?:Z|UTC))|\bANNULER(?=\sLE)|"
    r"\bTHIS\s(?:MSG|MESSAGE|WARNING|NOTICE)\s(?:IS\s|WILL\sBE\s)?(?:SELF[- ])?CANCEL\w*(?:\sITSELF)?|"
    r"\bSELF[- ]?CANCEL\w*|\bCANCELS\sITSELF)\s*"
    r"(?:AT|ON|LE|:)?\s*(?:DTG\s)?(?P<when>(?:\d{6}\s?(?:Z|UTC|GMT|HRS|HOURS)?\s?(?:UTC\s?)?|\d{1,2}[:.]?\d{2}\s?(?:Z|UTC|GMT)?,?\s(?:ON\s)?\d{1,2}\s)?"
    r"[A-Z]{3,9}\.?\s\d{4}(?!\d)|\d{1,2}\s[A-Z]{3,9}\s\d{2}(?:\d{2})?(?!\d)|\d{6}\s?(?:Z|UTC|GMT)?(?:\sUTC)?(?:\s?[A-ZА-Я]{3,9}(?:\s\d{2}(?:\d{2})?(?!\d))?)?)?",
    re.IGNORECASE,
)
_CANCELS = regex(
    rf"\b(?:CANCEL(?:S|LED|LING|ING|LATION\sOF)?|ОТМ|REPLACES?|SUPERSEDES?|DELETES?)\s(?:MY\s|OUR\s|(?:NAVIGATIONAL\s)?WARNINGS?\s|MSGS?\s|MESSAGES?\s|NOTAMS?\s)*"
    rf"(?P<list>(?:{_SERIES})?\s?(?:NR\.?\s?|NO\.?\s?)?(?:FDC\s)?(?:{_NUMBER}|[A-Z]\d{{4}}/\d{{2}})(?:(?:\s?\([\d,]+\))?\s*(?:,|AND|&|;|(?=FDC))\s*(?:AND\s+)?(?:(?:{_SERIES}|FDC)\s)?(?:{_NUMBER}|[A-Z]\d{{4}}/\d{{2}}))*)",
    re.IGNORECASE,
)
_ONE_OF = regex(
    rf"(?:(?P<series>{_SERIES}|FDC)\s)?\s?(?:NR\.?\s?|NO\.?\s?)?(?P<number>{_NUMBER}|[A-Z]\d{{4}}/\d{{2}})",
    re.IGNORECASE,
)
_A_NUMBER = regex(r"[/-](?<=\d.)\d")
"""In every header, and in all that is cancelled by its number: a text without it needs no look for those."""
_OF_A_CANCEL = ("cancel", "delete", "annuler", "отм")
_OF_THIS = regex(r"this\s(?:msg|message|warning)")
"""What `CANCEL_THIS` finds has one of these words in small letters, or this."""
_TITLE = regex(r"(?:NAVIGATIONAL|COASTAL|NAV)\s(?:WARNING|WNG)|NAVAREA|HYDRO")
_FRONT = regex(r"(?:[A-Z]{3,12}(?: |$)){0,2}|(?i:warning):?")
"""What may stand before a number in its line: 'PAKISTAN NAVAREA IX 112/24'."""
_CANCELLED = regex(r"^[\s.:(\d,)-]{0,20}(?:IS\s|HAS\sBEEN\s)?CANCEL(?:L?ED)\b(?!\s?(?:NAVAREA|HYDRO))", re.IGNORECASE)
_CHART = regex(r"^(?:DNC|CHARTS?|INT|BA|NGA|ADMIRALTY)\b[^\n]*\d", re.IGNORECASE)
_REGION = regex(r"^[A-Z][A-Z\s,'’()&/-]{2,70}\.?$")
_END = regex(r"[ \t]*[.=]?\s*(?:\(?\d{6}Z?\s?(?:UTC\s)?[A-Z]{3}\s\d{2,4}\)?\.?\s*)?(?:=|NNNN|\)|\.)*\s*")
_BEGINS = regex(r"(?:ZCZC|\d{1,2}[.)]\s|[A-Z][A-Z\s,]{4,}[.\n:])")
_LATITUDE = regex(r"\d\d[^\n]{0,12}[NS]\b")
_FEW, _SHOUTED, _QUIET = 20, 0.85, 0.4
_OFTEN = "etaoin"
"""Small letters of which prose has so many that the others need not be counted."""
_PARAGRAPH = regex(r"\n[ \t\r]*\n")
"""A text of more letters than this, most of them capitals, is no prose."""
_KINDS = {"NAVAREA": "navarea", "HYDROPAC": "hydropac", "HYDROLANT": "hydrolant", "HYDROARC": "hydroarc"}


class Message(Record, kw_only=True):
    """A part of a text that is one message.

    Parameters
    ----------
    span : its offsets
    id : its number with its series, empty when it has none
    kind : navarea, hydropac, hydrolant, hydroarc, coastal, notam, tfr or text
    number : offsets of its number, equal when it has none
    year : of its number
    type : of a NOTAM: N, R (replaces) or C (cancels)
    """

    span: Span
    id: str = ""
    kind: str = "text"
    number: Span
    year: int | None = None
    type: str = ""
    replaces: tuple[str, ...] = ()


def find_messages(text: str) -> list[Message]:
    """Take a text apart into messages; a text without any number is one, or several that each cancel themselves."""
    found = _HEADER.finditer(text) if _A_NUMBER.search(text) else ()
    heads = [match for match in found if _is_head(text, match)]
    if not heads:
        return [_headless(text, start, end) for start, end in _cut_at_ends(text, 0, len(text))]
    heads = [head for number, head in enumerate(heads) if not number or not _again(text, heads[number - 1], head)]
    starts = [_begin(text, head.start()) for head in heads]
    messages: list[Message] = []
    if text[: starts[0]].strip(" \t\r\n(!*“\"'"):
        messages += [_headless(text, *span) for span in _cut_at_ends(text, 0, starts[0])]
    for number, head in enumerate(heads):
        end = starts[number + 1] if number + 1 < len(heads) else len(text)
        first, *others = _cut_at_ends(text, starts[number], end)
        messages.append(_headed(head, first))
        messages += [_headless(text, *span) for span in others]
    return [part for message in messages for part in _without_prose(text, message)]


def _without_prose(text: str, message: Message) -> list[Message]:
    """A message, and apart from it the article that goes on behind it."""
    start, end = message.span
    if not is_official(text, message):
        return [message]
    for match in _PARAGRAPH.finditer(text, message.number[1], end):
        stop = match.end()
        following = _PARAGRAPH.search(text, stop, end)
        words = text[stop : following.start() if following else end]
        if _is_prose(words):
            rest = Message(span=(stop, end), number=(stop, stop))
            return [msgspec.structs.replace(message, span=(start, stop)), rest]
    return [message]


def is_official(text: str, message: Message) -> bool:
    """Whether a message is in capitals, as notices are, and no article about one."""
    words = text[message.number[1] : message.span[1]]
    first = next((part for part in _PARAGRAPH.split(words) if part.strip(" \r\n.)(")), "")
    return message.kind != "text" and (_is_shouted(words) or _is_shouted(first))


def _is_shouted(words: str) -> bool:
    if sum(map(words.count, _OFTEN)) > (1 - _SHOUTED) * len(words):
        return False
    letters = [sign for sign in words if sign.isalpha()]
    return len(letters) > _FEW and sum(sign.isupper() for sign in letters) > _SHOUTED * len(letters)


def _is_prose(words: str) -> bool:
    letters = [sign for sign in words if sign.isalpha()]
    return len(letters) > 2 * _FEW and sum(sign.isupper() for sign in letters) < _QUIET * len(letters)


def cancelled_by(text: str, message: Message) -> tuple[str, ...]:
    """The messages that a message cancels or replaces, each with its series."""
    found = list(message.replaces)
    start, end = message.span
    for match in _CANCELS.finditer(text, start, end) if _A_NUMBER.search(text, start, end) else ():
        series = ""
        for one in _ONE_OF.finditer(match["list"]):
            series = " ".join(one["series"].upper().split()) if one["series"] else series
            own = message.id.rpartition(" ")[0] if message.kind not in ("notam", "tfr", "text") else ""
            found.append(f"{series or own} {one['number'].upper()}".strip())
    return tuple(dict.fromkeys(one for one in found if one != message.id))


def is_cancelled(text: str, message: Message) -> bool:
    """Whether a message says of itself that it is cancelled."""
    return message.type == "C" or bool(_CANCELLED.match(text[message.number[1] : message.span[1]]))


def regions_of(text: str, message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The lines of regions and of charts at the head of a message."""
    if message.kind in ("notam", "tfr", "text"):
        return (), ()
    regions: list[str] = []
    charts: list[str] = []
    head = text[message.number[1] : message.span[1]].lstrip(" .,:()0123456789").split("1.", 1)[0]
    for line in re.split(r"\n|(?<=[A-Z\d])\.\s", head[:300]):
        said = line.strip(" .\r")
        if _CHART.match(said):
            charts.append(said)
        elif said and _REGION.match(said) and len(said.split()) <= 8:
            regions.append(said)
        elif said:
            break
    return tuple(regions), tuple(charts)


def _is_head(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 40) : match.start()]
    if match["series"] and match["series"].split()[0] in ("AND", "THE", "SEE", "REF", "CANCEL"):
        return False
    if _NOT_A_HEAD.search(before):
        return False
    line = before.rpartition("\n")[2]
    front = _GROUP_BEFORE.sub("", line).strip(" \t\r(*#>-“\"'!·•")
    at_line = bool(_FRONT.fullmatch(front)) and ("\n" in before or match.start() <= 40)
    return (
        at_line
        or bool(match["notam"])
        or bool(re.search(r"[.=)!:]\s*$|NNNN\s*$|ZCZC\s\w+\s*$", _GROUP_BEFORE.sub("", before)))
    )


def _begin(text: str, number: int) -> int:
    """Where a message begins: at its number, or at the date-time group of issue before it."""
    here = max(0, number - 40)
    group = _GROUP_BEFORE.search(text[here:number])
    at = here + group.start() if group else number
    before = text[max(0, at - 80) : at]
    if _ENDED.search(before) is None:
        return number
    cancels = any(match.end() > len(before) for match in CANCEL_THIS.finditer(before + text[at:number]))
    return number if cancels else at


def _again(text: str, before: re.Match[str], head: re.Match[str]) -> bool:
    """Whether a number only says again what stands above it ('NAVAREA XX 120/2026' and 'NAVAREA 200 120/26')."""
    between = _GROUP_BEFORE.sub("", text[before.end() : head.start()])
    same = before["number"] and head["number"] and before["number"].split("/")[0] == head["number"].split("/")[0]
    return before[0] == head[0] or bool(same and len(between.strip(" .\r\n")) < _FEW)


def _headed(head: re.Match[str], span: Span) -> Message:
    if head["bare"]:
        return Message(span=span, id=head["bare"], kind="notam", number=head.span(), year=2000 + int(head["bare"][-2:]))
    if head["notam"]:
        old = (head["old"],) if head["old"] else ()
        year = 2000 + int(head["notam"][-2:])
        return Message(
            span=span, id=head["notam"], kind="notam", number=head.span(), year=year, type=head["type"], replaces=old
        )  # fmt: skip
    if head["tfr"]:
        name = "FDC" if "FDC" in head[0] else head[0].strip("!").split()[0]
        return Message(span=span, id=f"{name} {head['tfr']}", kind="tfr", number=head.span())
    series = " ".join(head["series"].split())
    number = head["number"]
    figures = number[-2:] if "/" in number else number[:2]
    year = int(number.partition("/")[2]) if len(number.partition("/")[2]) == 4 else 2000 + int(figures)
    kind = _KINDS.get(series.split()[0], "coastal")
    return Message(span=span, id=f"{series} {number}", kind=kind, number=head.span(), year=year)


def _headless(text: str, start: int, end: int) -> Message:
    words = text[start:end]
    first = words.lstrip()[:200]
    notam = ("Q)" in words or "B)" in words) and re.search(
        r"\bQ\)\s?[A-Z]{4}/|\bB\)\s?\d{10}\s+C\)\s?\d{10}|\bA\)\s?[A-Z]{4}\s+B\)\s?\d{10}", words
    )
    cancels = (_may_cancel(words) and CANCEL_THIS.search(words)) or (_A_NUMBER.search(words) and _CANCELS.search(words))
    official = cancels or _TITLE.match(first) or _is_shouted(words)
    kind = (
        "notam"
        if notam
        else "tfr"
        if "TEMPORARY FLIGHT RESTRICTION" in words and re.search(r"\bTEMPORARY FLIGHT RESTRICTION", words)
        else "coastal"
        if official
        else "text"
    )
    return Message(span=(start, end), kind=kind, number=(start, start))


def _may_cancel(words: str) -> bool:
    """Whether a text may say when it is cancelled: a quick look, which says yes too often."""
    small = words.lower()
    return any(word in small for word in _OF_A_CANCEL) or bool(_OF_THIS.search(small) or OTHER_CASES.search(words))


def _cut_at_ends(text: str, start: int, end: int) -> list[Span]:
    """Where one message after the other cancels itself and another one begins."""
    if not _may_cancel(text[start:end]):
        return [(start, end)]
    spans: list[Span] = []
    last = max((match.start() for match in _LATITUDE.finditer(text, start, end)), default=-1)
    for match in CANCEL_THIS.finditer(text, start, end):
        if not match["when"]:
            continue
        after = _END.match(text, match.end(), end)
        stop = after.end() if after else match.end()
        if start < stop <= last and _BEGINS.match(text, stop, end):
            spans.append((start, stop))
            start = stop
    return [*spans, (start, end)]


def masked(text: str, spans: Sequence[Span]) -> str:
    """The text with some of its parts made unreadable, of the same length."""
    for start, end in spans:
        text = text[:start] + "¦" * (end - start) + text[end:]
    return text
