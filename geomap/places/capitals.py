"""The capital of a state."""

from __future__ import annotations

from functools import lru_cache

from geomap.catalog import Layers
from geomap.gazetteer import open_gazetteer
from geomap.lexicon import open_lexicon
from geomap.places.rank import candidates
from geomap.types import Place
from geomap.words import open_words


@lru_cache(maxsize=512)
def capital_of(country: str, layers: Layers) -> Place | None:
    """Find a state's capital by ISO 3166-1 alpha-3; None when the layers or the gazetteer do not know it."""
    if not layers.has(f"countries/{country}"):
        return None
    names = layers.feature(f"countries/{country}").properties.get("capital") or ""
    lexicon = open_lexicon(layers, open_gazetteer(layers))
    options = candidates(names.partition("|")[0], lexicon, open_words(), layers, within=(country,))
    cities = [place for place in options if place.kind == "city" and place.country == country]
    return max(cities, key=lambda place: place.score or 0.0, default=None)
