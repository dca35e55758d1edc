"""What an analyst's values mean: a place, a length, a bearing, a system, a class, a state, a day."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

import msgspec

from geomap import geodesy, quantities, wording
from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.events.figures import compass
from geomap.patterns import regex
from geomap.pipeline import locate
from geomap.types import Amount, Bearing, Record, Shape
from geomap.words import open_words

CLASSES = ("SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "cruise", "rocket", "artillery", "SLV")
_ERROR_DEG, _WIDE_DEG, _NARROW_DEG = 2.0, 22.5, 11.25
"""How far a bearing may be off: one in degrees, one of eight compass points, one of sixteen."""
_DEGREES = regex(r"(?P<value>\d{1,3}(?:\.\d{1,6})?)\s*(?:°|deg|degrees)?")
_ABBREVIATED = {"n": "north", "e": "east", "s": "south", "w": "west"}
_POINT = regex(
    r"(?:n(?:ne|nw|e|w)?|s(?:se|sw|e|w)?|e(?:ne|se)?|w(?:nw|sw)?)"
    r"|(?:north|south|east|west)(?:[- ]?(?:north|south|east|west)){0,2}"
)
_BARE = regex(r"\d[\d,.]*")
_FARTHEST_KM = math.floor(geodesy.HALFWAY_KM)
_NEAREST, _ALIKE = 3, 0.6


class System(Record, kw_only=True):
    """A named system.

    Parameters
    ----------
    kind : its class, None when it is in none
    called : the one of its names that was meant
    """

    name: str
    kind: str | None
    called: str


@lru_cache(maxsize=256)
def understand(key: str, value: str, layers: Layers) -> Any:
    """What a value means: a `Shape`, `System`, `Amount`, `Bearing`, or text.

    Raises
    ------
    InputError
        if it means nothing: what would be right
    """
    return _READERS[key](key, value, layers)


def _place(key: str, value: str, layers: Layers) -> Shape:
    try:
        return locate(value, layers)
    except InputError as problem:
        message = f"{key}={value}: {problem}"
        raise InputError(message) from None


def _length(key: str, value: str, layers: Layers) -> Amount:
    found = quantities.lengths(value)
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(value)):
        wanted = f"{value}km, {value}nm or {value}mi" if _BARE.fullmatch(value) else "800km, 500nm or 300mi"
        message = f"{key}={value} is no length with its unit; write {key}={wanted}"
        raise InputError(message)
    amount = found[0].amount
    if not 0 < amount.value < geodesy.HALFWAY_KM:
        most = wording.number(geodesy.HALFWAY_KM)
        message = f"{key}={value} is no length of a flight; it has to be more than 0 and less than {most} km"
        raise InputError(message)
    return msgspec.structs.replace(amount, high=min(amount.high, _FARTHEST_KM))


def _bearing(key: str, value: str, layers: Layers) -> Bearing:
    words = value.lower()
    measured = _DEGREES.fullmatch(words)
    if measured and float(measured["value"]) <= 360:
        towards = float(measured["value"]) % 360
        return Bearing(value=towards, low=towards - _ERROR_DEG, high=towards + _ERROR_DEG, said=f"bearing {value}")
    spelt = "-".join(map(_ABBREVIATED.__getitem__, words)) if len(words) <= 3 and _POINT.fullmatch(words) else words
    point = compass(spelt) if _POINT.fullmatch(spelt) or spelt is not words else None
    if point is None:
        message = f"{key}={value} is no bearing; write degrees from 0 to 360 ({key}=75) or a point ({key}=ENE)"
        raise InputError(message)
    half = _WIDE_DEG if point % 45 == 0 else _NARROW_DEG
    return Bearing(value=point, low=(point - half) % 360, high=(point + half) % 360, said=f"bearing {value}")


def _system(key: str, value: str, layers: Layers) -> System:
    known = _systems(layers)
    found = known.get(_plain(value))
    if found is None:
        names = {plain: _with_alias(one) for plain, one in known.items()}
        raise _unknown(key, value, "system", names, "a name such as KN-23")
    return found


@lru_cache(maxsize=4)
def _systems(layers: Layers) -> Mapping[str, System]:
    """All systems by all their names, blanks, hyphens and capitals left out."""
    found: dict[str, System] = {}
    for row in layers.rows("systems") if "systems" in layers else ():
        for name in filter(_plain, (row["name"], *(row["names"] or "").split("|"))):
            found.setdefault(_plain(name), System(name=row["name"], kind=row["class"] or None, called=name))
    return found


def _with_alias(system: System) -> str:
    return system.name if system.called == system.name else f"{system.called} ({system.name})"


def _kind(key: str, value: str, layers: Layers) -> str:
    found = next((kind for kind in CLASSES if kind.casefold() == value.casefold()), None)
    if found is None:
        message = f"{key}={value} is no class of missile; the classes are {', '.join(CLASSES)}"
        raise InputError(message)
    return found


def _actor(key: str, value: str, layers: Layers) -> str:
    known, code = _actors(layers), value.upper()
    found = code if layers.has(f"countries/{code}") else known.get(_plain(value), ("", ""))[0]
    if not found:
        names = {plain: name if actor == name else f"{actor} ({name})" for plain, (actor, name) in known.items()}
        raise _unknown(key, value, "state or armed group", names, "an ISO 3166-1 alpha-3 code such as PRK")
    return found


@lru_cache(maxsize=4)
def _actors(layers: Layers) -> Mapping[str, tuple[str, str]]:
    """The states (ISO 3166-1 alpha-3 and name) and the armed groups (name, twice) by all their names."""
    found: dict[str, tuple[str, str]] = {}
    for row in layers.rows("countries") if "countries" in layers else ():
        for name in (row["name"], *(row["names"] or "").split("|")):
            found.setdefault(_plain(name), (str(row["country"]), str(row["name"])))
    for group in open_words().groups:
        for name in (group.name, *group.aliases):
            found.setdefault(_plain(name), (group.name, group.name))
    found.pop("", None)
    return found


def _day(key: str, value: str, layers: Layers) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        message = f"{key}={value} is no day; write {key}=2021-09-15"
        raise InputError(message) from None


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def _unknown(key: str, value: str, what: str, names: Mapping[str, str], other: str = "") -> InputError:
    """The error for a name that is not known, with those that look like it."""
    alike = get_close_matches(_plain(value), names, n=_NEAREST, cutoff=_ALIKE)
    near = list(dict.fromkeys(names[name] for name in alike))
    hint = f"; did you mean {' or '.join(near)}?" if near else f"; write {other}" if other else ""
    return InputError(f"{key}={value}: no {what} of that name is known{hint}")


_READERS: Mapping[str, Callable[[str, str, Layers], Any]] = {
    "launch": _place,
    "impact": _place,
    "system": _system,
    "class": _kind,
    "distance": _length,
    "apogee": _length,
    "bearing": _bearing,
    "actor": _actor,
    "date": _day,
}
