"""What features and actors are called by people."""

from __future__ import annotations

from collections.abc import Callable

from geomap import wording
from geomap.catalog import Layers
from geomap.errors import LayerNotFound

Namer = Callable[[str], str]


def namer(layers: Layers) -> Namer:
    """Make a function from the id of a feature or the ISO code of a country to the name that people use.

    What no layer knows keeps its own name: a non-state actor is called what the text calls it.
    """

    def name(feature: str) -> str:
        known = feature if "/" in feature else f"countries/{feature}"
        try:
            found = layers.feature(known).properties.get("name")
        except (LayerNotFound, UnicodeEncodeError):  # half a character is in no layer
            found = None
        if not found and feature.startswith("eez/"):
            owners = (code if "/" in code else name(code) for code in feature[4:].split("+"))
            return wording.zone(" and ".join(owners), feature)
        if feature.startswith("airspace/"):
            zone = name(f"eez/{feature.partition('/')[2]}")  # 'the United States' EEZ', with its article
            return zone.replace("EEZ", "airspace") if zone.endswith("EEZ") else f"airspace of {name(feature[9:])}"
        return wording.zone(str(found or feature), feature)

    return name
