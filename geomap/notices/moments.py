"""Times as notices write them, as tokens: ``121606Z``, ``0300Z``, ``26 THRU 29 DEC``, ``DAILY``, ``2607241100``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from geomap.patterns import regex
from geomap.types import Record

MONTHS = {
    name: number
    for number, name in enumerate(
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"], 1
    )
}
_FULL = {
    "JANUARY": 1, "FEBRUARY": 2, "MARCH": 3, "APRIL": 4, "JUNE": 6, "JULY": 7, "AUGUST": 8, "SEPT": 9, "SEPTEMBER": 9,
    "OCTOBER": 10, "NOVEMBER": 11, "DECEMBER": 12, "ENE": 1, "ABR": 4, "AGO": 8, "DIC": 12, "ЯНВ": 1, "ФЕВ": 2,
    "МАРТ": 3, "АПР": 4, "МАЙ": 5, "МАЯ": 5, "ИЮН": 6, "ИЮЛ": 7, "АВГ": 8, "СЕНТ": 9, "ОКТ": 10, "НОЯБ": 11,
    "ДЕК": 12, "JANVIER": 1, "FEVRIER": 2, "FÉVRIER": 2, "MARS": 3, "AVRIL": 4, "MAI": 5, "JUIN": 6, "JUILLET": 7,
    "AOUT": 8, "AOÛT": 8, "SEPTEMBRE": 9, "OCTOBRE": 10, "NOVEMBRE": 11, "DECEMBRE": 12, "DÉCEMBRE": 12, "JANUAR": 1,
    "FEBRUAR": 2, "JUNI": 6, "JULI": 7, "OKTOBER": 10, "DESEMBER": 12, "DEZEMBER": 12, "ENERO": 1, "FEBRERO": 2,
    "MARZO": 3, "ABRIL": 4, "MAYO": 5, "JUNIO": 6, "JULIO": 7, "AGOSTO": 8, "SEPTIEMBRE": 9, "OCTUBRE": 10,
    "NOVIEMBRE": 11, "DICIEMBRE": 12, "SETEMBRO": 9, "OUTUBRO": 10, "NOVEMBRO": 11, "DEZEMBRO": 12, "SET": 9,
    "DEZ": 12, "FEV": 2, "MAIO": 5, "JUNHO": 6, "JULHO": 7, "JANEIRO": 1, "FEVEREIRO": 2, "MARÇO": 3,
}  # fmt: skip
ZONES_H = {
    "Z": 0.0, "UTC": 0.0, "GMT": 0.0, "UT": 0.0, "ZULU": 0.0, "WET": 0.0, "JST": 9.0, "KST": 9.0, "CST": -6.0,
    "EST": -5.0, "EDT": -4.0, "CDT": -5.0, "MST": -7.0, "MDT": -6.0, "PST": -8.0, "PDT": -7.0, "AKST": -9.0,
    "AKDT": -8.0, "HST": -10.0, "AST": -4.0, "CET": 1.0, "CEST": 2.0, "BST": 1.0, "EET": 2.0, "EEST": 3.0, "MSK": 3.0,
    "IST": 5.5, "PKT": 5.0, "IRST": 3.5, "PHT": 8.0, "PHST": 8.0, "SGT": 8.0, "HKT": 8.0, "AWST": 8.0, "ACST": 9.5,
    "AEST": 10.0, "AEDT": 11.0, "NZST": 12.0, "NZDT": 13.0, "WIB": 7.0, "WITA": 8.0, "WIT": 9.0, "BRT": -3.0,
    "ART": -3.0, "CLT": -4.0, "CHST": 10.0, "SAST": 2.0, "BEIJING": 8.0, "TAIPEI": 8.0, "TAIWAN": 8.0, "MOSCOW": 3.0,
    "JAPAN": 9.0, "KOREA": 9.0, "KOREAN": 9.0, "INDIAN": 5.5, "PHILIPPINE": 8.0, "MANILA": 8.0, "TEHRAN": 3.5,
    "PAKISTAN": 5.0, "TOKYO": 9.0, "SEOUL": 9.0, "CHINA": 8.0, "SYDNEY": 10.0, "CHINESE": 8.0, "HAWAII": -10.0,
}  # fmt: skip
"""Hours ahead of UTC of the zones that notices name; IANA's tz database, the reading that notices of that state use."""

_WEEKDAYS = {"MON": 0, "TUE": 1, "WED": 2, "THU": 3, "FRI": 4, "SAT": 5, "SUN": 6}
_MONTH = "|".join(sorted((*MONTHS, *_FULL), key=len, reverse=True))
_ZONE = "|".join(sorted((name for name in ZONES_H if len(name) < 5), key=len, reverse=True))
_PLACES = "|".join(sorted((name for name in ZONES_H if len(name) >= 5), key=len, reverse=True))
"""Places and peoples, whose names are a zone only with 'time' behind them: not 'the Korean Fighter'."""
_BEHIND_MONTH = "|".join(f"(?<={month}-)" for month in MONTHS)
_TOKEN = regex(
    rf"(?P<stamp>(?<![\d.])\d{{10}}(?![\d.]))"
    rf"|(?P<iso>(?<!\d)(?:19|20)\d\d-\d\d-\d\d(?:T?\s?\d\d:?\d\d)?)"
    rf"|(?P<slash>(?<![\d/])\d{{1,2}}/\d{{1,2}}/(?:19|20)\d\d)"
    rf"|(?P<dotted>(?<![\d.])(?:19|20)\d\d\.\s?\d{{1,2}}\.\s?\d{{1,2}}(?![\d/:])\.?"
    rf"|(?<![\d.])\d{{1,2}}\.\d{{1,2}}\.(?:19|20)\d\d(?!\d)"
    rf"|(?:(?<=~)|(?<=~\s)|(?<![\d.]))\d{{1,2}}\.\s\d{{1,2}}\.?(?=\s?\((?:MON|TUE|WED|THU|FRI|SAT|SUN)))"
    rf"|(?P<run>(?<![\d.,-])\d{{2}}(?:{'|'.join(MONTHS)})(?:20\d{{2}}|\d{{2}})(?![\d/:.]))"
    rf"|(?P<slashed>(?<![\d/])\d{{2}}/\d{{4}}(?=Z?\s(?:{'|'.join(MONTHS)})))"
    rf"|(?P<lasting>\bFOR\s(?:A\sPERIOD\sOF\s)?\d{{1,2}}\sHOURS?\b)"
    rf"|(?P<group>(?<![\d.])\d{{6}}(?![\d.]))"
    rf"|(?P<half>(?<![\d.:])\d{{1,2}}(?:[:.]\d{{2}})?\s?[AP]\.?M\b\.?)"
    rf"|(?P<clock>(?<![\d.:])\d{{1,2}}[:.h]\d{{2}}(?::\d{{2}})?(?![\d:]))"
    rf"|(?P<four>(?<![\d.])\d{{4}}(?!\d)(?!\.\d))"
    rf"|(?P<two>(?<![\d.])(?:(?<![A-Z]-)|{_BEHIND_MONTH})\d{{1,2}}(?:st|nd|rd|th|er)?(?![\d])(?!\.\d))"
    rf"|(?P<month>(?<![A-Z])(?:{_MONTH})(?![A-Z]))\.?"
    rf"|(?P<weekday>(?<![A-Z])(?:MON|TUE|WED|THU|FRI|SAT|SUN)(?:DAY|SDAY|NESDAY|RSDAY|URDAY)?S?(?![A-Z]))"
    rf"|(?P<ahead>(?<![A-Z])(?:UTC|GMT)\s?[+\-−]\s?\d{{1,2}}(?::?[0-5]\d)?(?!\d))"
    rf"|(?P<weekdays>\b(?:ON\s)?(?:WEEK-?DAYS|WORKING\sDAYS)(?:\sONLY)?\b|\bEXC[A-Z]*\.?\sWEEK-?ENDS\b)"
    rf"|(?P<except>\bEXC(?:EPT(?:ING)?|LUDING|L)?\b)"
    rf"|(?P<same>\bSAME\s(?:HOURS?|HRS|TIMES?|PERIODS?)\b)"
    rf"|(?P<zone>(?<![A-Z])(?:(?:{_ZONE})(?:\s(?:STANDARD\s)?TIME)?|(?:{_PLACES})\s(?:STANDARD\s)?TIME)(?![A-Z])|(?<=\d)Z(?![A-Z]))"
    rf"|(?P<local>\b(?:LOCAL(?:\sTIME)?|LT|LMT)\b)"
    rf"|(?P<daily>\b(?:DAILY|EACH\sDAY|EVERY\sDAY|DLY|PER\sDAY|H24|DIARI[A-Z]+|CHAQUE\sJOUR|DAGLIG|EACH\sNIGHT)(?![A-Z]))"
    rf"|(?P<sun>\b(?:SR|SS|SUNRISE|SUNSET|HJ|DAYLIGHT|DAYTIME|HN)\b)"
    rf"|(?P<forever>\b(?:UNTIL|TILL?)\sFURTHER\sNOTICE\b|\bUFN\b)"
    rf"|(?P<range>\bENDING\sDATE\sAND\sTIME\b\s?:?|\bTHRU\b|\bTHROUGH\b|\bTILL?\b|\bUNTIL\b|\bTO\b|\bAU\b|\bAL\b|\bUP\s?TO\b|(?<=[\dCZ]\s)[AÀ](?=\s\d)|À|\bJUSQU\w+\b|\bHASTA\b|\bINCL\.?\sTO\b|\bПО\b|\bДО\b|-+|–|—|/|~|〜|～)"
    rf"|(?P<between>\bBETWEEN\b|\bBTN\b|\bBTWN\b|\bENTRE\b)"
    rf"|(?P<also>\bAND\b|\bET\b|\bY\b|(?<=\d\s)E(?=\s\d)|\bИ\b|&|\+|\bOR\b|\bALSO\b|,|;)"
    rf"|(?P<open>\()|(?P<close>\))"
    rf"|(?P<weak>(?<=\d)H(?![A-Z\d])|\b(?:DE|DEL|DO|DAS|LAS|LOS|DU|DEN|KL|FROM|FM|ON|AT|OF|THE|HRS?|HOURS?|H|IN|PERIODS?|DATES?|TIMES?|COMMENCING|BEGINNING|STARTING|WINDOWS?|"
    rf"ALTERNATES?|ALTN|BACK-?UP|PRIMARY|RESERVE|SCHEDULED?|DURING|EFF|EFFECTIVE|VALID|DAYS?|INCLUSIVE|INCL|FOR|DU|LE|A|"
    rf"LAUNCH|OPPORTUNITY|ADDITIONAL|SECONDARY|MAIN|CONTINGENCY|YEAR|MONTH|NIGHTLY|UNIVERSAL|COORDINATED|TIME|STANDARD|BY|AS|"
    rf"FOLLOWS|FLW|ACTIVE|ACT|ACTIVATED|LOCALLY|AVAILABLE|DELAYS?|POSSIBLE|POSTPONED|SAME)\b|[.:\s'’]+)"
    rf"|(?P<other>\w+|\S)",
    re.IGNORECASE,
)


class Token(Record, kw_only=True):
    """A word or figure that may belong to a time.

    Parameters
    ----------
    kind : ``moment`` (day and clock), ``stamp`` (year to minute), ``clock``, ``half`` (with a.m. or p.m.), ``four`` (a
        clock or a year), ``two`` (a day or a year), ``date``, ``month``, ``weekday``, ``weekdays`` (no weekends),
        ``zone``, ``local``, ``daily``, ``lasting``, ``same``, ``except``, ``sun``, ``forever`` (until further notice),
        ``range``, ``between``, ``also``, ``open``, ``close`` or ``other``
    value : day, minutes of the day, month, hours of the zone
    """

    start: int
    end: int
    kind: str
    text: str
    value: tuple[float, ...] = ()


def find_tokens(text: str) -> list[Token]:
    """Take a text apart; words that say nothing about a time stay out."""
    return list(_tokens(text))


def _tokens(text: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(text):
        kind, said = match.lastgroup or "other", match[0].upper()
        if kind == "weak":
            continue
        made = _made(kind, said)
        yield Token(start=match.start(), end=match.end(), kind=made[0], text=match[0], value=made[1])


def _made(kind: str, said: str) -> tuple[str, tuple[float, ...]]:
    figures = re.sub(r"\D", "", said)
    if kind == "lasting":
        return "lasting", (float(figures),)
    if kind in ("group", "slashed"):
        said = figures
        day, clock = int(said[:2]), minutes(said[2:])
        return ("moment", (day, clock)) if 1 <= day <= 31 and clock is not None else ("other", ())
    if kind == "stamp":
        return "stamp", tuple(float(said[at : at + 2]) for at in range(0, 10, 2))
    if kind == "iso":
        if len(figures) == 12:
            return "stamp", (float(figures[2:4]), *(float(figures[at : at + 2]) for at in range(4, 12, 2)))
        return "date", (float(figures[:4]), float(figures[4:6]), float(figures[6:8]))
    if kind == "slash":
        day, month, year = (int(part) for part in said.split("/"))
        return "date", (year, *((month, day) if month <= 12 else (day, month)))
    if kind == "dotted":  # as Korea writes them, 2025. 4. 15., also without the year; or 15.04.2025
        printed = [float(part) for part in re.findall(r"\d+", said)]
        if len(printed) == 2:
            return "date", (0.0, *printed)
        return "date", tuple(printed if printed[0] > 31 else reversed(printed))
    if kind == "run":
        word = next(name for name in MONTHS if name in said)
        first, last = said.split(word)
        return "date", (full_year(int(last)), MONTHS[word], int(first))
    if kind == "half":
        hour, minute = (int(part) for part in (*re.findall(r"\d+", said), "0")[:2])
        if not 1 <= hour <= 12 or minute > 59:
            return "other", ()
        return "half", (float((hour % 12 + (12 if "P" in said else 0)) * 60 + minute),)
    if kind == "clock":
        parts = re.split(r"[:.H]", said)
        clock = minutes(f"{int(parts[0]):02}{parts[1]}")
        return ("clock", (clock,)) if clock is not None else ("other", ())
    if kind == "four":
        clock = minutes(said)
        return "four", (float(said), -1.0 if clock is None else clock)
    if kind == "two":
        return "two", (float(figures),)
    if kind == "month":
        return "month", (float(MONTHS.get(said.strip(".")[:3]) or _FULL[said.strip(".")]),)
    if kind == "weekday":
        return "weekday", (float(_WEEKDAYS[said[:3]]),)
    if kind == "ahead":
        hours, half = (
            int(figures[:2]) if len(figures) in (2, 4) else int(figures[:1]),
            int(figures[-2:]) if len(figures) > 2 else 0,
        )
        return "zone", ((hours + half / 60) * (-1 if re.search("[-−]", said) else 1),)
    if kind == "zone":
        return "zone", (ZONES_H[said.split()[0]],)
    return kind, ()


def minutes(clock: str) -> float | None:
    """Minutes of the day of a clock of four figures, up to 24:00; None for what is none."""
    hour, minute = int(clock[:2]), int(clock[2:4])
    return float(hour * 60 + minute) if minute < 60 and (hour < 24 or (hour == 24 and not minute)) else None


def full_year(year: int) -> int:
    """A year of two figures in this century, or one of four as it is."""
    return year if year > 99 else 2000 + year
