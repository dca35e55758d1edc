"""Ranges from the cited tables: of a named system, of a class of missiles in a scheme, or a distance in km."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from geomap.catalog import Layers
from geomap.errors import InputError
from geomap.patterns import regex
from geomap.types import Record

SCHEME = "us-dod"
"""The scheme of classes that the American and most other press uses."""
_NOT_A_LETTER = regex(r"[\W_]+")
_NEAREST, _LONGEST = 5, 80
_NEAR_ENOUGH = 0.5
"""Names less alike than this, on the scale of difflib, are no slip of the pen."""


class Band(Record, kw_only=True):
    """A range in km, open where None, and where it is from.

    Parameters
    ----------
    low_km, high_km : least and greatest range; of a system what the sources say at least and at most
    source : who says so
    system : name of the system that it belongs to
    kind, scheme : the class, and the scheme of classes when the band is that of the class
    platform : the carrier that the missile is let go from
    said : the words, when a text states the distance
    basis : ``published``, ``claimed``, ``flown``, ``assessed`` or ``planned``, where the table says so
    confidence : of the row: ``high``, ``medium`` or ``low``
    note : what the table adds
    """

    low_km: float | None
    high_km: float | None
    source: str
    system: str | None = None
    kind: str | None = None
    scheme: str | None = None
    platform: str | None = None
    said: str | None = None
    basis: str | None = None
    confidence: str | None = None
    note: str | None = None

    @property
    def outer_km(self) -> float | None:
        """The outermost known edge in km."""
        return self.high_km or self.low_km


def distance_band(km: float) -> Band:
    """The band of a distance in km that somebody asks for."""
    return Band(low_km=None, high_km=km, source="as asked for")


def band_of(row: Mapping[str, Any]) -> Band | None:
    """The band of a row of the layer ``systems``; None when no range is known."""
    if not (row["low_km"] or row["high_km"]):
        return None
    return Band(
        low_km=row["low_km"],
        high_km=row["high_km"],
        source=row["source"],
        system=row["name"],
        kind=row["class"] or None,
        platform=row["platform"] or None,
        basis=row.get("basis") or None,
        confidence=row.get("confidence") or None,
        note=row.get("note") or None,
    )


def class_band_of(kind: str | None, layers: Layers, scheme: str = SCHEME) -> Band | None:
    """The band of a class as the layer ``classes`` spells it; None when the scheme has none."""
    feature = f"classes/{scheme}/{kind}"
    if not kind or "classes" not in layers or not layers.has(feature):
        return None
    row = layers.feature(feature).properties
    return Band(low_km=row["low_km"], high_km=row["high_km"], source=row["source"], kind=kind, scheme=scheme)


def find_system(name: str, layers: Layers, scheme: str = SCHEME) -> Band:
    """Find the range of a system by any of its names; hyphens, blanks, case and accents make no difference.

    A system without a range has that of its class in the scheme.

    Raises
    ------
    InputError
        if no system bears the name, or neither it nor its class has a range
    LayerNotFound
        if there is no layer of systems
    """
    known = _systems(layers)
    row = known.get(_plain(name))
    if row is None:
        near = _near(name, {plain: found["name"] for plain, found in known.items()})
        message = f"no system named {name[:_LONGEST]!r} in the layer 'systems'{_or(near)}"
        raise InputError(message)
    band = band_of(row)
    if band is not None:
        return band
    kind = row["class"] or None
    band = class_band_of(kind, layers, _known_scheme(scheme, layers))
    if band is None:
        of_class = f"its class {kind} no band in the scheme {scheme}" if kind else "is in no class"
        message = f"{row['name']} has no range in the layer 'systems', and {of_class}; give a distance with --km"
        raise InputError(message)
    return Band(
        low_km=band.low_km,
        high_km=band.high_km,
        source=band.source,
        system=row["name"],
        kind=kind,
        scheme=scheme,
        platform=row["platform"] or None,
        confidence=row["confidence"],
    )


def find_class(kind: str, layers: Layers, scheme: str = SCHEME) -> Band:
    """Find the band of a class (``SRBM``) in a scheme, in any letters.

    Raises
    ------
    InputError
        if there is no such scheme, or no such class in it
    LayerNotFound
        if there is no layer of classes
    """
    _known_scheme(scheme, layers)
    classes = {_plain(row["class"]): row["class"] for row in layers.rows("classes") if row["scheme"] == scheme}
    found = class_band_of(classes.get(_plain(kind)), layers, scheme)
    if found is None:
        message = f"no class {kind[:_LONGEST]!r} in the scheme {scheme}; it has: {', '.join(classes.values())}"
        others = [row["scheme"] for row in layers.rows("classes") if _plain(row["class"]) == _plain(kind)]
        message += f"; it is a class of the scheme {' and '.join(others)}" if others else ""
        raise InputError(message)
    return found


def _known_scheme(scheme: str, layers: Layers) -> str:
    schemes = list(dict.fromkeys(row["scheme"] for row in layers.rows("classes")))
    if scheme not in schemes:
        message = f"no scheme of classes named {scheme[:_LONGEST]!r}; there are: {', '.join(schemes)}"
        raise InputError(message)
    return scheme


@lru_cache(maxsize=4)
def _systems(layers: Layers) -> dict[str, dict[str, Any]]:
    """The rows of the layer ``systems`` by all their names, as `_plain` writes them; the main names win."""
    rows = layers.rows("systems")
    found: dict[str, dict[str, Any]] = {}
    for names in ([row["name"]] for row in rows), ((row["names"] or "").split("|") for row in rows):
        for row, those in zip(rows, names, strict=True):
            for name in those:
                found.setdefault(_plain(name), row)
    found.pop("", None)  # a name in marks only
    return found


def _plain(name: str) -> str:
    """A name without case, accents, hyphens, blanks and other marks."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return _NOT_A_LETTER.sub("", "".join(letter for letter in apart if not unicodedata.combining(letter)))


def _near(name: str, names: Mapping[str, str]) -> list[str]:
    """The names most like one, nearest first, each system once, by the main name."""
    plain = _plain(name[:_LONGEST])
    alike = difflib.get_close_matches(plain, names, n=3 * _NEAREST, cutoff=_NEAR_ENOUGH)
    return list(dict.fromkeys(names[one] for one in alike))[:_NEAREST]


def _or(near: Iterable[str]) -> str:
    listed = ", ".join(near)
    return f"; near it: {listed}" if listed else "; layers/systems.csv lists all of them"
