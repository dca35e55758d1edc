"""A name -> the towns and districts that bear it, from a memory-mapped index of GeoNames.

The index is two files that `layers/recipes/gazetteer.py` makes together: a trie of folded names
(``gazetteer.marisa``), and what the names lead to (``gazetteer.bin``). Both are mapped into memory, not read: opening
them costs a millisecond, and only the pages that a lookup touches are ever loaded. For that reason opening compares
sizes and counts with the catalog; the hashes are compared by `geomap.catalog.Layers.check`.

``gazetteer.bin`` is little-endian: `MAGIC`, the length of a JSON header (uint32), the header, then its sections::

    heads   uint32 a name, in the order of the trie's ids: a posting, or `MANY` and where in ``lists`` they stand
    lists   uint32: a count, then so many postings; repeated
    places  one `PLACE` record a place: towns, the most populous first, then districts
    names   main names, UTF-8

A posting is a place's number, with `ALTERNATE` set when the name is not the place's main name.
"""

from __future__ import annotations

import mmap
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from geomap.catalog import Layer, Layers
from geomap.errors import LayerChanged, LayerError
from geomap.patterns import regex
from geomap.types import Record

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LAYER: Final = "gazetteer"
NAMES_LAYER: Final = "gazetteer-names"
MAGIC: Final = b"GEOMAPG2"
LENGTH: Final = struct.Struct("<I")
PLACE: Final = struct.Struct("<iiiiHHIHH")
"""GeoNames id, longitude, latitude (1e-5 degree), population, country, admin1, offset and length of the name, radius of
a district in km (0 for a town)."""
_POPULATION, _COUNTRY = 3, 4
"""Where these stand in it."""
STEP_DEG: Final = 1e-5
MANY: Final = 1 << 31
ALTERNATE: Final = 1 << 30

_LETTERS = {
    **dict.fromkeys("'’‘ʼʻʽʾʿ`´′″ˈˊˋʹʺ“”\"‛.·،\u200b\u200c\u200d\u2060\ufeff\u00ad", ""),
    **dict.fromkeys("-‐‑‒–—―−_/,;:()[]{}|", " "),
    **{"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ŋ": "ng"},
    **{"ı": "i", "ə": "a", "ŧ": "t", "ĸ": "k", "ɓ": "b", "ɗ": "d", "ƙ": "k", "ơ": "o", "ư": "u"},
}
_TABLE = str.maketrans({letter: plain or None for letter, plain in _LETTERS.items()})
_LONGEST = 120
"""Characters of the longest name that is remembered."""

# What Korean place names carry behind the name proper, in both romanisations: si city, up/eup town, ri/ni village,
# dong quarter, gun/kun county, do island or province, myon/myeon township, gu ward.
_KOREAN = (" si", " up", " eup", " ri", " ni", " dong", " tong", " gun", " kun", " do", " myon", " myeon", " gu")
_ENGLISH = (" city", " town")
_ASPIRATED = regex(r"(?<=[kpt])h")
_KOREA = frozenset({"PRK", "KOR"})


class Entry(Record, frozen=True, kw_only=True):
    """A place that a name may mean.

    Parameters
    ----------
    id : GeoNames id; 0 for a district
    name : main name, as GeoNames spells it
    country : ISO 3166-1 alpha-3 (``XKX`` for Kosovo)
    admin1 : code of the province in GeoNames, unique within the country; empty when unknown
    division : name of the province; empty when unknown
    lon, lat : degrees, to 1e-5
    population : inhabitants, 0 when unknown
    radius_km : radius of a district (a county, a raion); 0 for a town
    match : ``main`` when the name that was asked for is the main name but for case, accents and marks; ``alternate``
        when it is another name, or the name without a suffix
    """

    id: int
    name: str
    country: str
    admin1: str
    division: str
    lon: float
    lat: float
    population: int
    radius_km: int
    match: str


def fold(name: str) -> str:
    """Reduce a name to what its spellings have in common: ``Sinp'o`` is ``sinpo``, ``Wŏnsan`` is ``wonsan``.

    Case and accents go; apostrophes, modifier letters and full stops are dropped; hyphens, commas and other marks
    between words become one blank. Other scripts than Latin stay as they are but for case and combining marks.
    """
    return _fold(name) if len(name) <= _LONGEST else _fold.__wrapped__(name)


@lru_cache(maxsize=32768)
def _fold(name: str) -> str:
    text = name.casefold().translate(_TABLE)
    for _ in range(4):  # what comes apart may have case, accents and marks of its own: once or twice does it
        before = text
        if not text.isascii():
            text = _without_marks(text)
        if text == before:
            break
    return " ".join(text.split())


def fold_all(names: Sequence[str]) -> list[str]:
    """Reduce many names, each as `fold` does: those in plain letters, which most are, in one go."""
    plain = "\n".join(name for name in names if name.isascii() and "\n" not in name)
    folded = iter(plain.lower().translate(_TABLE).split("\n"))
    return [" ".join(next(folded).split()) if name.isascii() and "\n" not in name else fold(name) for name in names]


def plain_korean(folded: str) -> str:
    """Leave out what only North Korea's own romanisation writes: Phunggye for Punggye, Sinpho for Sinpo."""
    return _ASPIRATED.sub("", folded) if "h" in folded else folded


def _without_marks(text: str) -> str:
    """Drop combining marks, modifier letters and lone surrogates; Hangul is put together again."""
    parts = unicodedata.normalize("NFKD", text)
    kept = "".join(part for part in parts if unicodedata.category(part) not in ("Mn", "Lm", "Sk", "Cs"))
    return unicodedata.normalize("NFC", kept.casefold().translate(_TABLE))


class Gazetteer:
    """The towns and districts of the world by name; see `open_gazetteer`.

    Parameters
    ----------
    names : file of the trie
    index : file of what the names lead to

    Raises
    ------
    LayerError
        if a file cannot be read
    LayerChanged
        if a file is damaged, or the two were not made together
    """

    def __init__(self, names: Path, index: Path) -> None:
        import marisa_trie

        try:
            self._trie = marisa_trie.Trie().mmap(str(names))
            with index.open("rb") as file:
                self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except (OSError, ValueError, RuntimeError) as problem:
            message = f"the gazetteer cannot be opened: {problem}"
            raise LayerError(message) from None
        if self._data[: len(MAGIC)] != MAGIC:
            message = f"{index} is not a gazetteer of this version of geomap"
            raise LayerChanged(message)
        start = len(MAGIC) + LENGTH.size
        (size,) = LENGTH.unpack_from(self._data, len(MAGIC))
        try:
            header: dict[str, Any] = msgspec.json.decode(self._data[start : start + size])
        except msgspec.DecodeError as problem:
            message = f"{index} is damaged: {problem}"
            raise LayerChanged(message) from None
        self._at: dict[str, int] = {key: start + size + offset for key, offset in header["offsets"].items()}
        self._countries: list[str] = header["countries"]
        self._admin1: list[str] = header["admin1"]
        self._divisions: dict[str, str] = header["divisions"]
        self._places: int = header["places"]
        if len(self._trie) != header["names"]:
            message = f"{names} and {index} do not belong together; run layers/recipes/gazetteer.py again"
            raise LayerChanged(message)

    def __len__(self) -> int:
        """How many places there are."""
        return self._places

    def __contains__(self, name: object) -> bool:
        """Tell whether a name, in any spelling, leads to a place; suffixes are not tried."""
        return isinstance(name, str) and self.has(fold(name))

    def has(self, folded: str) -> bool:
        """Tell the same of a folded name."""
        return folded in self._trie or ("h" in folded and bool(self._northern(folded)))

    def find(self, name: str) -> tuple[Entry, ...]:
        """Look up a name in any spelling; the most populous place first.

        When nothing is found, a Korean suffix is left off (``Kusong-si``, for places in Korea only: Tongchang-ri is
        not the Chinese Tongchang), then `` city`` and `` town``; what is found that way is an ``alternate``.
        """
        folded = fold(name)
        found = self._postings(folded)
        if found:
            return tuple(self._entry(posting) for posting in found)
        for suffixes, countries in ((_KOREAN, _KOREA), (_ENGLISH, None)):
            for suffix in suffixes:
                if not folded.endswith(suffix):
                    continue
                entries = (self._entry(posting | ALTERNATE) for posting in self._postings(folded[: -len(suffix)]))
                kept = tuple(entry for entry in entries if countries is None or entry.country in countries)
                if kept:
                    return kept
        return self._northern(folded)

    def largest(self, name: str) -> tuple[int, bool]:
        """Inhabitants of the largest place that a name leads to, 0 for none, and whether it is the main name of any."""
        found = self._postings(fold(name))
        if not found:  # perhaps with a suffix
            return max((entry.population for entry in self.find(name)), default=0), False
        people = max(self._record(posting)[_POPULATION] for posting in found)
        return people, any(not posting & ALTERNATE for posting in found)

    def _northern(self, folded: str) -> tuple[Entry, ...]:
        """Places in North Korea whose name is written with its own aspirates (``Phyongyang``)."""
        plain = plain_korean(folded)
        found = self._postings(plain) if plain != folded else ()
        north = (posting for posting in found if self._countries[self._record(posting)[_COUNTRY]] == "PRK")
        return tuple(self._entry(posting | ALTERNATE) for posting in north)

    def prefixes(self, folded: str) -> list[int]:
        """Lengths of the names that a folded text begins with, shortest first; each ends where a word ends.

        Parameters
        ----------
        folded : text as `fold` returns it, from the first letter of a word on
        """
        lengths = (len(prefix) for prefix in self._trie.iter_prefixes(folded))
        return [length for length in lengths if length == len(folded) or folded[length] == " "]

    def begins(self, folded: str) -> bool:
        """Tell whether some name begins with a folded word."""
        return next(self._trie.iterkeys(folded), None) is not None

    def _postings(self, folded: str) -> tuple[int, ...]:
        number = self._trie.get(folded)
        if number is None:
            return ()
        (head,) = LENGTH.unpack_from(self._data, self._at["heads"] + 4 * number)
        if not head & MANY:
            return (head,)
        start = self._at["lists"] + 4 * (head ^ MANY)
        (count,) = LENGTH.unpack_from(self._data, start)
        return struct.unpack_from(f"<{count}I", self._data, start + 4)

    def _record(self, posting: int) -> tuple[int, ...]:
        return PLACE.unpack_from(self._data, self._at["places"] + PLACE.size * (posting & ~ALTERNATE))

    def _entry(self, posting: int) -> Entry:
        number, lon, lat, population, country, admin1, offset, length, radius_km = self._record(posting)
        start = self._at["names"] + offset
        place_in = f"{self._countries[country]}.{self._admin1[admin1]}"
        return Entry(
            id=number,
            name=self._data[start : start + length].decode("utf-8"),
            country=self._countries[country],
            admin1=self._admin1[admin1],
            division=self._divisions.get(place_in, ""),
            lon=round(lon * STEP_DEG, 5),
            lat=round(lat * STEP_DEG, 5),
            population=population,
            radius_km=radius_km,
            match="alternate" if posting & ALTERNATE else "main",
        )

    def __iter__(self) -> Iterator[Entry]:
        """All places: towns, the most populous first, then districts."""
        return (self._entry(place) for place in range(self._places))

    def __getitem__(self, number: int) -> Entry:
        """The place of a number in that order."""
        if not 0 <= number < self._places:
            raise IndexError(number)
        return self._entry(number)

    @cached_property
    def towns(self) -> NDArray[np.float64]:
        """Longitudes and latitudes of all towns in degrees, (n, 2), in that order: districts are left out."""
        import numpy as np

        columns = {"names": ("lon", "lat", "radius_km"), "formats": ("<i4", "<i4", "<u2"), "offsets": (4, 8, 26)}
        kind = np.dtype(columns | {"itemsize": PLACE.size})  # type: ignore[call-overload]
        places = np.frombuffer(self._data, kind, count=self._places, offset=self._at["places"])
        towns = places[places["radius_km"] == 0]
        return np.column_stack([towns["lon"], towns["lat"]]) * STEP_DEG


@cache
def open_gazetteer(layers: Layers) -> Gazetteer:
    """Open the gazetteer of a folder of layers; it stays open.

    Raises
    ------
    LayerNotFound
        if the catalog has no gazetteer
    LayerChanged
        if a file has another size than the catalog says
    """
    names, index = layers[NAMES_LAYER], layers[LAYER]
    for layer in (names, index):
        _compare(layer)
    return Gazetteer(names.path, index.path)


def _compare(layer: Layer) -> None:
    try:
        size = layer.path.stat().st_size
    except OSError as problem:
        message = f"the layer {layer.name!r} cannot be read: {problem}"
        raise LayerError(message) from None
    if size != layer.bytes:
        message = f"{layer.path} is not the file that the catalog describes; restore it or run {layer.recipe} again"
        raise LayerChanged(message)
