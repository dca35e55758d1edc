"""Zones of time by their names in prose ('KST', 'Moscow time', 'local time'), and by state and longitude."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from geomap.patterns import regex

_STATES: dict[str, tuple[tuple[str, float], ...]] = {
    "PRK": (("", 9),),  # what Seoul and Tokyo report: Pyongyang's own half hour of 2015 to 2018 is said as such
    "KOR": (("Asia/Seoul", 9),), "JPN": (("Asia/Tokyo", 9),), "CHN": (("Asia/Shanghai", 8),),
    "TWN": (("Asia/Taipei", 8),), "PHL": (("Asia/Manila", 8),), "IND": (("Asia/Kolkata", 5.5),),
    "PAK": (("Asia/Karachi", 5),), "IRN": (("Asia/Tehran", 3.5),), "IRQ": (("Asia/Baghdad", 3),),
    "YEM": (("Asia/Aden", 3),), "SAU": (("Asia/Riyadh", 3),), "ISR": (("Asia/Jerusalem", 2),),
    "SYR": (("Asia/Damascus", 3),), "LBN": (("Asia/Beirut", 2),), "TUR": (("Europe/Istanbul", 3),),
    "UKR": (("Europe/Kyiv", 2),), "GBR": (("Europe/London", 0),), "FRA": (("Europe/Paris", 1), ("America/Cayenne", -3)),
    "NOR": (("Europe/Oslo", 1),), "SWE": (("Europe/Stockholm", 1),), "POL": (("Europe/Warsaw", 1),),
    "ARE": (("Asia/Dubai", 4),), "OMN": (("Asia/Muscat", 4),), "MHL": (("Pacific/Kwajalein", 12),),
    "NZL": (("Pacific/Auckland", 12),),
    "AUS": (("Australia/Sydney", 10), ("Australia/Adelaide", 9.5), ("Australia/Perth", 8)),
    "RUS": (("Europe/Moscow", 3), ("Asia/Yekaterinburg", 5), ("Asia/Krasnoyarsk", 7), ("Asia/Yakutsk", 9),
            ("Asia/Vladivostok", 10), ("Asia/Kamchatka", 12)),
    "KAZ": (("Asia/Qyzylorda", 5),),
    "USA": (("America/New_York", -5), ("America/Chicago", -6), ("America/Denver", -7), ("America/Los_Angeles", -8),
            ("America/Anchorage", -9), ("Pacific/Honolulu", -10), ("Pacific/Guam", 10)),
}  # fmt: skip
"""The zones of the states that launch stories are about, the capital's first: IANA name, standard hours before UTC."""
_SUN = {"America/Anchorage": -10.0, "Pacific/Honolulu": -10.6}
"""Hours before UTC by the sun of zones that are far from it, where another one is near."""
_POLITICAL_H = 1.75
"""So far the time of a state may lie from that of the sun."""

_SHORT: dict[str, tuple[tuple[str, float], ...]] = {
    "UTC": (("", 0),), "GMT": (("", 0),), "Z": (("", 0),), "KST": (("", 9),), "JST": (("", 9),), "MSK": (("", 3),),
    "EST": (("", -5),), "EDT": (("", -4),), "CDT": (("", -5),), "MST": (("", -7),), "MDT": (("", -6),),
    "PDT": (("", -7),), "AKST": (("", -9),), "AKDT": (("", -8),), "HST": (("", -10),), "IDT": (("", 3),),
    "IRST": (("", 3.5),), "IRDT": (("", 4.5),), "PKT": (("", 5),), "EET": (("", 2),), "EEST": (("", 3),),
    "CET": (("", 1),), "CEST": (("", 2),), "AEST": (("", 10),), "AEDT": (("", 11),), "ACST": (("", 9.5),),
    "AWST": (("", 8),), "NZST": (("", 12),), "NZDT": (("", 13),), "ChST": (("", 10),), "SGT": (("", 8),),
    "HKT": (("", 8),), "TRT": (("", 3),), "GST": (("", 4),), "PHT": (("", 8),), "MHT": (("", 12),),
    "CST": (("", -6), ("CHN TWN", 8)), "PST": (("", -8), ("PHL", 8), ("PAK", 5)), "BST": (("", 1), ("BGD", 6)),
    "AST": (("", -4), ("SAU YEM IRQ BHR KWT QAT", 3)), "IST": (("IND LKA", 5.5), ("ISR", 2), ("IRL", 1)),
}  # fmt: skip
"""Hours before UTC of a zone's short name; of one with several meanings the states that mean it so."""
_US = {"ET": "America/New_York", "CT": "America/Chicago", "MT": "America/Denver", "PT": "America/Los_Angeles",
       "EASTERN": "America/New_York", "CENTRAL": "America/Chicago", "MOUNTAIN": "America/Denver",
       "PACIFIC": "America/Los_Angeles"}  # fmt: skip
_PLACES = {
    "korea": "KOR", "korean": "KOR", "south korea": "KOR", "south korean": "KOR", "seoul": "KOR", "japan": "JPN",
    "japanese": "JPN", "tokyo": "JPN", "china": "CHN", "chinese": "CHN", "beijing": "CHN", "taiwan": "TWN",
    "taipei": "TWN", "manila": "PHL", "philippine": "PHL", "india": "IND", "indian": "IND", "delhi": "IND",
    "new delhi": "IND", "pakistan": "PAK", "pakistani": "PAK", "islamabad": "PAK", "iran": "IRN", "iranian": "IRN",
    "tehran": "IRN", "baghdad": "IRQ", "iraqi": "IRQ", "sanaa": "YEM", "yemen": "YEM", "riyadh": "SAU", "saudi": "SAU",
    "israel": "ISR", "israeli": "ISR", "jerusalem": "ISR", "tel aviv": "ISR", "damascus": "SYR", "beirut": "LBN",
    "turkish": "TUR", "ankara": "TUR", "istanbul": "TUR", "kyiv": "UKR", "kiev": "UKR", "ukrainian": "UKR",
    "ukraine": "UKR", "london": "GBR", "british": "GBR", "paris": "FRA", "french": "FRA", "oslo": "NOR",
    "norwegian": "NOR", "norway": "NOR", "stockholm": "SWE", "warsaw": "POL", "polish": "POL", "abu dhabi": "ARE",
    "dubai": "ARE", "moscow": "RUS", "washington": "USA", "new york": "USA", "kwajalein": "MHL", "wellington": "NZL",
}  # fmt: skip
"""In front of 'time': whose it is, that of the capital."""
_CITIES = {
    "pyongyang": ("Asia/Pyongyang", 9.0), "north korean": ("Asia/Pyongyang", 9.0), "singapore": ("Asia/Singapore", 8.0),
    "baikonur": ("Asia/Qyzylorda", 5.0), "hawaii": ("Pacific/Honolulu", -10.0), "alaska": ("America/Anchorage", -9.0),
    "guam": ("Pacific/Guam", 10.0), "california": ("America/Los_Angeles", -8.0), "geneva": ("Europe/Zurich", 1.0),
    "berlin": ("Europe/Berlin", 1.0), "brussels": ("Europe/Brussels", 1.0), "sydney": ("Australia/Sydney", 10.0),
    "vladivostok": ("Asia/Vladivostok", 10.0), "greenwich mean": ("", 0.0), "universal": ("", 0.0),
    "coordinated universal": ("", 0.0), "texas": ("America/Chicago", -6.0), "florida": ("America/New_York", -5.0),
    "kourou": ("America/Cayenne", -3.0),
}  # fmt: skip
_IN = "|".join(sorted((name.title() for name in (*_PLACES, *_CITIES)), key=len, reverse=True))
_NAMES = "|".join(sorted((*_SHORT, "ET", "CT", "MT", "PT"), key=len, reverse=True))
ZONE = (
    r"(?:,? ?\(?(?P<zone>(?:UTC|GMT) ?[+−-] ?\d{1,2}(?::?\d\d)?"
    rf"|(?:{_NAMES})\b"
    r"|(?:[Ll]ocal|Universal|Coordinated Universal|Greenwich Mean|(?:[A-Z][a-z]+ ){0,2}?[A-Z][a-z]+)"
    r"(?: [Ss]tandard| [Dd]aylight| [Ss]ummer)? [Tt]ime\b"
    rf"|local\b|in (?:{_IN})\b))"
)
"""Regular expression of a zone behind a time, case-sensitive, as the group ``zone``."""
_AHEAD = regex(r"(?:UTC|GMT) ?(?P<sign>[+−-]) ?(?P<h>\d{1,2})(?::?(?P<m>\d\d))?")
_TIME = regex(r"\b(?:standard|daylight|summer)? ?time$|^in ", re.IGNORECASE)
_FARTHEST_H = 14


def zone_of(words: str, states: Sequence[str | None], lon: float | None) -> tzinfo | None:
    """The zone that words behind a time name; None when they are not known.

    Parameters
    ----------
    states : alpha-3 of who fired and of the places, by which 'IST' and 'CST' are told apart; they give the local time
    lon : degrees, of the launch
    """
    if ahead := _AHEAD.fullmatch(words):
        hours = int(ahead["h"]) + int(ahead["m"] or 0) / 60
        return _fixed(hours if ahead["sign"] == "+" else -hours) if hours <= _FARTHEST_H else None
    if words in _SHORT:
        return _short(words, states, lon)
    name = _TIME.sub("", words).strip().lower()
    if name in ("local", ""):
        return local_zone(states, lon)
    if name.upper() in _US:
        return _zone(_US[name.upper()], -5.0)
    if name in _CITIES:
        return _zone(*_CITIES[name])
    return _zone(*_STATES[_PLACES[name]][0]) if name in _PLACES else None


def local_zone(states: Sequence[str | None], lon: float | None) -> tzinfo | None:
    """The zone of a place: of the first state that has one near the sun's, else by longitude; None when unknown."""
    zones = [zone for state in states for zone in _STATES.get(state or "", ())]
    if lon is None:
        return _zone(*zones[0]) if zones else None
    near = [zone for zone in zones if abs(zone[1] - lon / 15) <= _POLITICAL_H]
    if not near:
        return _fixed(round(lon / 15))
    own = next(zones for state in states if (zones := [z for z in _STATES.get(state or "", ()) if z in near]))
    return _zone(*min(own, key=lambda zone: abs(_SUN.get(zone[0], zone[1]) - lon / 15)))


def _short(words: str, states: Sequence[str | None], lon: float | None) -> tzinfo | None:
    meanings = _SHORT[words]
    for state in states:
        for meant_by, hours in meanings:
            if state and state in meant_by.split():
                return _fixed(hours)
    default = next((hours for meant_by, hours in meanings if not meant_by), None)
    if default is None and lon is not None:
        default = min((hours for _, hours in meanings), key=lambda hours: abs(hours - lon / 15))
        default = default if abs(default - lon / 15) <= _POLITICAL_H else None
    return None if default is None else _fixed(default)


def _zone(name: str, hours: float) -> tzinfo:
    """The zone by its name, with its summer times; the standard time where the machine has no table of them."""
    try:
        return ZoneInfo(name) if name else _fixed(hours)
    except (ZoneInfoNotFoundError, ValueError):
        return _fixed(hours)


def _fixed(hours: float) -> tzinfo:
    return timezone(timedelta(hours=hours))
