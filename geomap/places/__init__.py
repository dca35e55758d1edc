"""From mentions to places: candidates are looked up and ranked, phrases become shapes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

import msgspec

from geomap import geodesy
from geomap.catalog import Layers
from geomap.errors import InputError, LayerNotFound
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import Lexicon, open_lexicon
from geomap.places.rank import Story, candidates, is_ambiguous, ranked
from geomap.places.shapes import Evaluator
from geomap.types import Inside, Mention, Outside, Place, Reading, Shape, Zone
from geomap.words import open_words

__all__ = ["Evaluator", "resolve_places"]

_ALTERNATIVES = 5


def resolve_places(reading: Reading, layers: Layers) -> Reading:
    """Resolve the mentions of a reading; one that cannot be resolved says why and harms no other."""
    lexicon = open_lexicon(layers, open_gazetteer(layers))
    mentions = _names(reading, lexicon, layers)
    places = {mention.id: mention.place for mention in mentions if mention.place}
    evaluator = Evaluator(layers, places, capitals(lexicon, layers))
    done = [_phrase(mention, evaluator) if _is_phrase(mention) else mention for mention in mentions]
    return msgspec.structs.replace(reading, mentions=tuple(done))


def capitals(lexicon: Lexicon, layers: Layers) -> dict[str, Place]:
    """The capital of every state, by ISO 3166-1 alpha-3."""
    return _Capitals(lexicon, layers)


class _Capitals(dict[str, Place]):
    """Looks a capital up when it is asked for."""

    def __init__(self, lexicon: Lexicon, layers: Layers) -> None:
        super().__init__()
        self._lexicon, self._layers = lexicon, layers

    def __contains__(self, country: object) -> bool:
        return self._find(str(country)) is not None

    def __getitem__(self, country: str) -> Place:
        place = self._find(country)
        if place is None:
            raise KeyError(country)
        return place

    def _find(self, country: str) -> Place | None:
        if country not in self.keys():
            feature = f"countries/{country}"
            name = (self._layers.feature(feature).properties.get("capital") or "") if self._layers.has(feature) else ""
            options = candidates(name.split("|")[0], self._lexicon, open_words(), self._layers, within=(country,))
            cities = [place for place in options if place.kind == "city" and place.country == country]
            if not cities:
                return None
            self[country] = max(cities, key=lambda place: place.score or 0.0)
        return dict.__getitem__(self, country)


def _names(reading: Reading, lexicon: Lexicon, layers: Layers) -> list[Mention]:
    """Resolve plain names: first with the countries of the text, then again with the places that are certain."""
    text = reading.document.text
    wanted = [m for m in reading.mentions if m.expression is None and m.role in ("place", "dateline")]
    story = Story(countries=_countries(reading, lexicon))
    options = {m.id: _options(m, text, lexicon, layers) for m in wanted}
    first = {m.id: _order(m, options[m.id], story, lexicon) for m in wanted}
    certain = [
        order[0]
        for m in wanted
        if (order := first[m.id])
        and m.role == "place"
        and not is_ambiguous(order)
        and order[0].kind in ("island", "facility", "cape", "region", "city")
        and order[0].radius_km < 600
        and (order[0].score or 0) > 0.6
    ]
    resolved = []
    for mention in reading.mentions:
        if mention.id not in options:
            resolved.append(mention)
            continue
        own = {(place.lon, place.lat) for place in options[mention.id]}
        anchors = tuple(dict.fromkeys((p.lon, p.lat) for p in certain if (p.lon, p.lat) not in own))
        order = _order(mention, options[mention.id], msgspec.structs.replace(story, anchors=anchors), lexicon)
        resolved.append(_decided(mention, order))
    return resolved


def _options(mention: Mention, text: str, lexicon: Lexicon, layers: Layers) -> list[Place]:
    within = _behind_comma(text, mention.end, lexicon)
    return candidates(mention.text, lexicon, open_words(), layers, within=within)


def _order(mention: Mention, options: list[Place], story: Story, lexicon: Lexicon) -> list[Place]:
    capital_of = next((known.country for known in lexicon.known(mention.text) if known.form == "capital"), None)
    return ranked(options, story, capital_of=capital_of)


def _decided(mention: Mention, order: list[Place]) -> Mention:
    if not order:
        return msgspec.structs.replace(
            mention, status="unresolved", why=f"{mention.text!r} is in no layer and not in the gazetteer"
        )
    best, others = order[0], tuple(order[1 : _ALTERNATIVES + 1])
    if is_ambiguous(order):
        two = " and ".join(f"{place.name} at {place.lat:.2f}, {place.lon:.2f}" for place in order[:2])
        why = f"{len(order)} places bear the name {mention.text!r}, and {two} (latitude, longitude) fit equally well"
        return msgspec.structs.replace(mention, status="ambiguous", alternatives=tuple(order[:_ALTERNATIVES]), why=why)
    of = f" of {len(order)} candidates" if others else ""
    why = f"{best.name} ({best.source}) fits best{of}; {mention.why}"
    kind = best.kind if mention.kind == "city" and best.kind != "city" else mention.kind
    return msgspec.structs.replace(mention, status="located", kind=kind, place=best, alternatives=others, why=why)


def _countries(reading: Reading, lexicon: Lexicon) -> Mapping[str, float]:
    """Share of each country among the words that bring one to mind."""
    counts: Counter[str] = Counter()
    for mention in reading.mentions:
        if mention.expression is None:
            for known in lexicon.known(mention.text):
                if known.country and known.feature.startswith(("countries/", "sites/", "regions/")):
                    counts[known.country] += 1
                    break
    total = sum(counts.values())
    return {country: count / total for country, count in counts.items()} if total else {}


def _behind_comma(text: str, end: int, lexicon: Lexicon) -> tuple[str, ...]:
    """The countries of what stands behind a comma: 'Paris, Texas', 'Mokha, Yemen', 'Minot Air Force Base, N.D.'."""
    match = re.match(r", ((?:[A-Z][\w.’'-]+ ?){1,3})", text[end : end + 40])
    if not match:
        return ()
    words = match[1].strip().split(" ")
    for count in range(len(words), 0, -1):
        for spelling in (" ".join(words[:count]), " ".join(words[:count]).rstrip(".")):
            found = {
                known.country
                for known in lexicon.known(spelling)
                if known.country and known.feature.startswith(("countries/", "regions/")) and known.form == "name"
            }
            if found:
                return tuple(sorted(found))
    return ()


def _is_phrase(mention: Mention) -> bool:
    return mention.expression is not None and mention.role in ("place", "dateline")


def _phrase(mention: Mention, evaluator: Evaluator) -> Mention:
    assert mention.expression is not None
    try:
        shape = evaluator.shape(mention.expression)
    except (InputError, LayerNotFound, ValueError) as problem:
        return msgspec.structs.replace(mention, status="unresolved", why=f"{mention.why}, but {problem}")
    return msgspec.structs.replace(
        mention, status="located", place=place_of(mention, shape, evaluator.layers), why=f"{mention.why}: {shape.rule}"
    )


def place_of(mention: Mention, shape: Shape, layers: Layers) -> Place:
    """Make the place of a phrase from its shape; a zone keeps its feature, all else its geometry."""
    node = mention.expression
    kind = mention.kind
    if isinstance(node, (Inside, Outside, Zone)) and shape.feature:
        kind = "zone"
    return Place(
        name=shape.rule if shape.feature is None else str(layers.feature(shape.feature).properties.get("name")),
        kind=kind,
        lon=round(shape.lon, 5),
        lat=round(shape.lat, 5),
        radius_km=round(shape.radius_km, 1),
        feature=shape.feature,
        geometry=None if shape.feature else geodesy.simplified(shape.geometry, 0.2),
        source=layers[shape.feature.split("/")[0]].source_id if shape.feature else "derived",
        country=layers.feature(shape.feature).properties.get("country") if shape.feature else None,
    )
