"""Candidates for a name and their order: layers before cities, then people, and what else the text speaks of."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby

import msgspec

from geomap import geodesy
from geomap.catalog import Layers
from geomap.gazetteer import Entry, fold
from geomap.lexicon import Known, Lexicon
from geomap.patterns import regex
from geomap.types import Place
from geomap.words import Words

LAYER_SCORES: Mapping[str, float] = {
    "countries": 0.92,
    "seas": 0.85,
    "lines": 0.75,
    "zones": 0.75,
    "sites": 0.74,
    "regions": 0.66,
    "landmarks": 0.72,
}
"""How well a name of each layer fits before anything else is known, of 1."""
ABSTAIN = 0.03
"""Two best candidates closer than this, and far apart on the earth, are ambiguous."""
FAR_KM = 150.0
"""Two places nearer to each other than this are one for a reader of the map."""

_EDGE_KM = 8.0
"""How far outlines of regions may be off."""
_BESIDE = 1.3
"""An island lies by a larger one within so many times its radius ('Rebun, Hokkaido')."""
_UNKNOWN = 3000
"""Inhabitants of a town that GeoNames has no number for: it is there because it is the seat of something."""
_MAIN = 0.08
"""What a place gains whose main name it is."""
_MARKED = 0.06
"""What a name gains that is written with just these marks: Vardø is not Vårdö."""
_OTHER_LAYER = 0.6
"""The same for a layer that is not listed in `LAYER_SCORES`."""
_TOWN_KM = 3.9
"""Radius of a town of some 15,000 people, the smallest that takes its name from the province around it."""
_SUBURBS_KM = 20.0
"""How far outside the circle of a province its seat may lie."""
_WEAK = regex("[aeiouhwy ]")
"""Letters in which romanisations of one name differ."""
_DISTRICT = 0.08
"""What a district loses that no type word asks for."""
_REGION_OF_TOWN = 0.25
"""What the province of a town's name loses to the town."""
_COUNTRY, _NO_COUNTRY = 0.16, 0.06
"""What a place gains whose country the text speaks of alone; what it loses when the text speaks of others."""
_CAPITAL = 0.2
"""What the capital of a country gains that the text means by its capital's name."""
_HIGHEST = 1.5
"""No candidate has a higher score."""
_STANDS_FOR = ("adjective", "demonym", "seat")
"""Forms of a country's name that give way to any place of that very name."""
_DIVISIONS = ("state", "province")
"""Words that texts leave out behind the name of a region."""
_NO_TOWN = regex(
    r"^(?:camp|fort|mount|mt\.?|lake|loch|river|cape|county) "
    r"| (?:autonomous region|counties|desert|foothills|governorate|highlands?|hills|krai|mountains|oblast|ocean|okrug"
    r"|plains?|plateau|prefecture|provinces?|river|sea|state|steppe|valley|voivodeship|canal|lake|islands?|atoll|reef)$",
    re.IGNORECASE,
)
"""What is not where the town of that name is: Mount Fuji, Camp Pendleton, Isabela province."""


@lru_cache(maxsize=2048)
def candidates(
    name: str, lexicon: Lexicon, words: Words, layers: Layers, *, within: tuple[str, ...] = ()
) -> tuple[Place, ...]:
    """List what a name may mean, without an order.

    Parameters
    ----------
    name : as it stands in the text, type word included
    within : countries (ISO 3166-1 alpha-3) or features of regions that the text puts behind it ('Mokha, Yemen',
        'Paris, Texas'); empty for any
    """
    core, head = words.without_head(name)
    found: dict[str, Place] = {}
    stands_for: dict[str, Place] = {}  # 'Chinese', 'the Kremlin': a country, when nothing has that name itself
    for spelling, added in ((name, ""), (core, head)):
        if not spelling or (added and found):
            continue
        for known in _known(spelling, lexicon, added):
            if known.form == "capital":
                for entry in () if spelling in lexicon.gazetteer else _capital(known, lexicon, layers):
                    found.setdefault(_id(entry), _of_entry(entry, entry.name, kind="city"))
                continue
            place = _of_layer(known.feature, layers)
            if place and (not added or _fits(added, place.kind)):
                (stands_for if known.form in _STANDS_FOR else found).setdefault(known.feature, place)
        for entry in lexicon.gazetteer.find(spelling):
            if not added or entry.radius_km or not _NO_TOWN.search(name):
                found.setdefault(_id(entry), _of_entry(entry, spelling, kind=added or "city"))
        if stands_for and not any(place.feature for place in found.values()):
            found = stands_for
    options = list(found.values()) if head else _towns_first(list(found.values()), name)
    inside = [place for place in options if any(_lies_in(place, area, layers) for area in within)]
    return tuple(options if not inside or _is_listed(options, inside, within) else inside)


def _capital(known: Known, lexicon: Lexicon, layers: Layers) -> list[Entry]:
    """The capital of a country under its first name, for names of it that the gazetteer lacks ('D.C.')."""
    name = str(layers.feature(known.feature).properties.get("capital") or "").partition("|")[0]
    return [entry for entry in lexicon.gazetteer.find(name) if entry.country == known.country][:1]


def _known(spelling: str, lexicon: Lexicon, head: str) -> Iterator[Known]:
    """What the layers know under a name, and under the same with the word for a state or province behind it."""
    yield from lexicon.known(spelling)
    if not head:
        for word in _DIVISIONS:
            yield from (known for known in lexicon.known(f"{spelling} {word}") if known.layer == "regions")


def _id(entry: Entry) -> str:
    """The source of a place of the gazetteer; districts have no number of their own."""
    return f"gazetteer:{entry.id or '/'.join((entry.country, entry.division, entry.name))}"


def _towns_first(options: list[Place], name: str) -> list[Place]:
    """Let a town win over the province or district of the same name, for which a type word would ask."""
    towns = [place for place in options if place.kind == "city" and place.source.startswith("gazetteer:")]
    large = [town for town in towns if town.radius_km >= _TOWN_KM]
    regions = [place for place in options if (place.feature or "").startswith("regions/") and place.kind == "region"]
    less = [_behind_town(place, name, towns, large) + _behind_region(place, name, regions) for place in options]
    return [
        msgspec.structs.replace(place, score=(place.score or 0) - loss)
        for place, loss in zip(options, less, strict=True)
    ]


def _behind_town(place: Place, name: str, towns: Sequence[Place], large: Sequence[Place]) -> float:
    """What a province or district loses when no type word asks for it."""
    if place.kind != "region" or (place.feature or "").startswith("landmarks/"):
        return 0.0
    if place.feature:
        seats = (town for town in large if _alike(town.name, name) or fold(town.name).startswith(fold(name)))
        return _REGION_OF_TOWN if any(_holds(place, town) for town in seats) else 0.0
    return _REGION_OF_TOWN if any(_holds(place, town) for town in towns) else _DISTRICT


def _behind_region(place: Place, name: str, regions: Sequence[Place]) -> float:
    """What a town loses that has a name of its own in the province of that name (São Luís in Maranhão)."""
    if place.kind != "city" or _alike(place.name, name):
        return 0.0
    return _REGION_OF_TOWN if any(_alike(one.name, name) and _holds(one, place) for one in regions) else 0.0


def _alike(one: str, other: str) -> bool:
    """Whether two names may be spellings of one: Saada and Ṣa‘dah are, Hatay and Antakya are not."""
    return _sounds(one) == _sounds(other)


def _sounds(name: str) -> str:
    """The consonants of a name that every romanisation has, doubled ones once, without an Arabic article."""
    plain = _WEAK.sub("", fold(name).removeprefix("al "))
    return "".join(letter for letter, _ in groupby(plain))


def _holds(region: Place, town: Place) -> bool:
    away_km = geodesy.distance_km(region.lon, region.lat, town.lon, town.lat)
    return region.country == town.country and away_km <= region.radius_km + _SUBURBS_KM


def ranked(options: Sequence[Place], countries: Mapping[str, float], *, capital_of: str | None) -> list[Place]:
    """Put candidates in order, best first, each with its score.

    Parameters
    ----------
    countries : share of each country (ISO 3166-1 alpha-3) among all other words that bring a country to mind
    capital_of : country whose capital has that name
    """
    return in_order([_scored(place, countries, capital_of) for place in options])


def in_order(options: Sequence[Place]) -> list[Place]:
    """Put candidates with scores in order, best first."""
    return sorted(options, key=lambda place: (-(place.score or 0.0), place.source, place.feature or ""))


def plus(place: Place, gain: float) -> Place:
    """Raise a candidate's score."""
    return msgspec.structs.replace(place, score=(place.score or 0.0) + gain)


def shown(place: Place) -> Place:
    """A candidate with a score of 0 to 1, as readings have it."""
    return msgspec.structs.replace(place, score=round(min(1.0, max(0.0, (place.score or 0.0) / _HIGHEST)), 3))


def is_ambiguous(order: Sequence[Place]) -> bool:
    """Whether the two best candidates are too close to call and too far apart to be the same."""
    if len(order) < 2 or (order[0].score or 0) - (order[1].score or 0) >= ABSTAIN:
        return False
    apart_km = geodesy.distance_km(order[0].lon, order[0].lat, order[1].lon, order[1].lat)
    if order[0].country and order[1].country and order[0].country != order[1].country:
        return apart_km > FAR_KM  # Punjab is not one place, however large both are
    return apart_km > max(FAR_KM, order[0].radius_km, order[1].radius_km)


def _scored(place: Place, countries: Mapping[str, float], capital_of: str | None) -> Place:
    score = place.score or 0.0
    if place.country and countries:
        share = countries.get(place.country, 0.0)
        score += _COUNTRY * math.sqrt(share) if share else -_NO_COUNTRY
    if capital_of and place.country == capital_of and place.kind == "city":
        score += _CAPITAL
    return msgspec.structs.replace(place, score=score)


def _of_layer(feature: str, layers: Layers) -> Place | None:
    found = layers.feature(feature)
    row = found.properties
    layer = feature.split("/")[0]
    lon, lat, radius = row.get("lon"), row.get("lat"), row.get("radius_km")
    if lon is None or lat is None:
        if found.geometry is None:
            return None
        lon, lat, radius = geodesy.enclosing(found.geometry)
    return Place(
        name=str(row["name"]),
        kind=str(row.get("kind") or "region"),
        lon=round(float(lon), 5),
        lat=round(float(lat), 5),
        radius_km=round(float(radius or 0.0), 1),
        feature=feature,
        source=found.layer.source_id,
        score=LAYER_SCORES.get(layer, _OTHER_LAYER),
        country=row.get("country") or None,
    )


def _of_entry(entry: Entry, spelling: str, *, kind: str) -> Place:
    people = math.log10(max(entry.population or _UNKNOWN, 300))
    score = 0.22 + 0.06 * people + (_MAIN if entry.match == "main" else 0.0)
    if entry.name == spelling and not spelling.isascii():
        score += _MARKED
    radius = entry.radius_km or 3.0 + 0.7 * math.sqrt(entry.population / 1e4)
    kind = "region" if entry.radius_km else kind
    return Place(
        name=entry.name,
        kind=kind,
        lon=round(entry.lon, 5),
        lat=round(entry.lat, 5),
        radius_km=round(max(radius, 40.0 if kind == "region" and not entry.radius_km else 0.0), 1),
        source=_id(entry),
        score=round(score, 3),
        country=entry.country,
        division=entry.division or None,
    )


def _lies_in(place: Place, area: str, layers: Layers) -> bool:
    """Whether a place lies in a country, or in a region or just outside its outline; by an island also beside it."""
    if "/" not in area:
        return place.country == area
    feature = layers.feature(area)
    known = feature.properties
    if known["kind"] == "island" and place.kind == "island" and place.country == known["country"]:
        return geodesy.distance_km(place.lon, place.lat, known["lon"], known["lat"]) < _BESIDE * float(
            known["radius_km"]
        )
    if place.country not in (known["country"], None) or feature.geometry is None or place.feature == area:
        return False
    return geodesy.separation_km(place.lon, place.lat, feature.geometry) < _EDGE_KM


def of_kind(options: tuple[Place, ...], kind: str) -> tuple[Place, ...]:
    """Those of a name's candidates that are of a kind; all of them when none is, or when any kind will do."""
    return tuple(place for place in options if place.kind == kind) or options if kind else options


def holding(options: Sequence[Place], areas: Collection[str], layers: Layers) -> tuple[str, ...]:
    """Those of some countries or features that hold the likeliest of a name's candidates."""
    best = max(options, key=lambda place: place.score or 0.0, default=None)
    return tuple(area for area in areas if best and _lies_in(best, area, layers))


def only(options: Sequence[Place], areas: Collection[str]) -> list[Place]:
    """Those of a name's candidates that are one of some countries (ISO 3166-1 alpha-3) or features."""
    return [
        place
        for place in options
        if place.feature in areas or (place.kind == "country" and place.country in areas and place.feature)
    ]


def _is_listed(options: Sequence[Place], inside: Sequence[Place], within: Collection[str]) -> bool:
    """Whether the name is a region beside another in a list ('Xinjiang, Inner Mongolia and Gansu'), and not in it."""
    kinds = ("region", "country")
    larger = [place for place in options if place.feature and place.kind in kinds and place not in inside]
    return bool(larger) and any("/" in area for area in within)


def _fits(head: str, kind: str) -> bool:
    """Whether a feature may be what the type word says ('Minot Air Force Base' is no city)."""
    return (
        head == kind or {head, kind} <= {"region", "island", "city"} or {head, kind} <= {"facility", "city", "island"}
    )
