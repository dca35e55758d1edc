"""Candidates for a name and their order: layers before cities, then people, and what else the text speaks of."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import msgspec

from geomap import geodesy
from geomap.catalog import Layers
from geomap.gazetteer import Entry, fold
from geomap.lexicon import Lexicon
from geomap.types import Place, Record
from geomap.words import Words

LAYER_SCORES: Mapping[str, float] = {
    "countries": 0.75,
    "seas": 0.75,
    "lines": 0.75,
    "zones": 0.75,
    "sites": 0.68,
    "regions": 0.66,
    "landmarks": 0.66,
}
"""How well a name of each layer fits before anything else is known, of 1."""
ABSTAIN = 0.04
"""Two best candidates closer than this, and far apart on the earth, are ambiguous."""
FAR_KM = 150.0
"""Two places nearer to each other than this are one for a reader of the map."""

_EDGE_KM = 8.0
"""How far outlines of regions may be off."""
_BESIDE = 1.3
"""An island lies by a larger one within so many times its radius ('Rebun, Hokkaido')."""
_MARKED = 0.06
"""What a name gains that is written with just these marks: Vardø is not Vårdö."""
_OTHER_LAYER = 0.6
_TOWN_KM = 4.5
_REGION_OF_TOWN = 0.25
"""What the province of a town's name loses to the town."""
_COUNTRY, _NO_COUNTRY = 0.16, 0.06
_NEARBY, _NEARBY_KM = 0.12, 400.0
_CAPITAL = 0.3
"""What a place gains that the text speaks of the country of, that lies near others, that is the capital; or loses."""
_NO_PLACE = ("adjective", "demonym", "seat", "capital")


class Story(Record, kw_only=True):
    """What a text is about, as far as it tells which of several places is meant.

    Parameters
    ----------
    countries : share of each country (ISO 3166-1 alpha-3) among all that bring a country to mind
    anchors : positions (lon, lat in degrees) of the places that are certain
    """

    countries: Mapping[str, float]
    anchors: tuple[tuple[float, float], ...] = ()


def candidates(
    name: str, lexicon: Lexicon, words: Words, layers: Layers, *, within: Collection[str] = ()
) -> list[Place]:
    """List what a name may mean, without an order.

    Parameters
    ----------
    name : as it stands in the text, type word included
    within : countries (ISO 3166-1 alpha-3) or features of regions that the text puts behind it ('Mokha, Yemen',
        'Paris, Texas'); empty for any
    """
    core, head = words.without_head(name)
    found: dict[str, Place] = {}
    for spelling, added in ((name, ""), (core, head)):
        if not spelling or (added and found):
            continue
        for known in lexicon.known(spelling):
            if known.form in _NO_PLACE:
                continue
            place = _of_layer(known.feature, layers)
            if place and (not added or _fits(added, place.kind)):
                found.setdefault(known.feature, place)
        for entry in lexicon.gazetteer.find(spelling):
            found.setdefault(f"gazetteer:{entry.id}", _of_entry(entry, spelling, kind=added or "city"))
    options = list(found.values()) if head else _towns_first(list(found.values()), name)
    inside = [place for place in options if any(_lies_in(place, area, layers) for area in within)]
    return options if not inside or _is_listed(options, inside, within) else inside


def _towns_first(options: list[Place], name: str) -> list[Place]:
    """Let a town win over the province of the same name; a type word ('Taitung County') would ask for the province."""
    listed = [place for place in options if place.source.startswith("gazetteer:") and place.radius_km >= _TOWN_KM]
    towns = {place.country for place in listed if fold(place.name).startswith(fold(name))}
    return [
        msgspec.structs.replace(place, score=(place.score or 0) - _REGION_OF_TOWN)
        if place.kind == "region" and place.country in towns and place.feature
        else place
        for place in options
    ]


def ranked(options: Sequence[Place], story: Story, *, capital_of: str | None) -> list[Place]:
    """Put candidates in order, best first, each with its score of 0 to 1."""
    scored = [_scored(place, story, capital_of) for place in options]
    return sorted(scored, key=lambda place: (-(place.score or 0.0), place.source, place.feature or ""))


def is_ambiguous(order: Sequence[Place]) -> bool:
    """Whether the two best candidates are too close to call and too far apart to be the same."""
    if len(order) < 2 or (order[0].score or 0) - (order[1].score or 0) >= ABSTAIN:
        return False
    apart_km = geodesy.distance_km(order[0].lon, order[0].lat, order[1].lon, order[1].lat)
    if order[0].country and order[1].country and order[0].country != order[1].country:
        return apart_km > FAR_KM  # Punjab is not one place, however large both are
    return apart_km > max(FAR_KM, order[0].radius_km, order[1].radius_km)


def _scored(place: Place, story: Story, capital_of: str | None) -> Place:
    score = place.score or 0.0
    if place.country and story.countries:
        share = story.countries.get(place.country, 0.0)
        score += _COUNTRY * math.sqrt(share) if share else -_NO_COUNTRY
    if story.anchors and place.kind != "country":
        nearest_km = min(geodesy.distance_km(place.lon, place.lat, *anchor) for anchor in story.anchors)
        score += _NEARBY * math.exp(-nearest_km / _NEARBY_KM)
    if capital_of and place.country == capital_of and place.kind == "city":
        score += _CAPITAL
    return msgspec.structs.replace(place, score=round(min(1.0, max(0.0, score)), 3))


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
    people = math.log10(max(entry.population, 300))
    score = 0.22 + 0.06 * people + (0.08 if entry.match == "main" else 0.0)
    if entry.name == spelling and not spelling.isascii():
        score += _MARKED
    radius = 3.0 + 0.7 * math.sqrt(entry.population / 1e4)
    return Place(
        name=entry.name,
        kind=kind,
        lon=round(entry.lon, 5),
        lat=round(entry.lat, 5),
        radius_km=round(max(radius, 40.0 if kind == "region" else 0.0), 1),
        source=f"gazetteer:{entry.id}",
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
