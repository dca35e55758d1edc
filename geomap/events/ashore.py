"""On which side of the coast a place lies, and on which side the text puts it."""

from __future__ import annotations

from shapely.geometry.base import BaseGeometry

from geomap import geodesy, phrases, wording
from geomap.catalog import Layers
from geomap.events.told import is_placed
from geomap.land import wet
from geomap.types import Event, Location, Mention, Reading

COAST_KM = 5.0
"""A coast of the layer of countries is not sharper, and leaves out what is smaller."""
_WIDEST_KM, _WIDEST_KM2 = 10_000.0, 100_000.0
"""A disc is drawn no wider, and an area that is wider lies on no side."""
_ALL_BUT = 0.05
"""An area is on one side of the coast if no more of it than that is on the other."""
_ON_LAND = frozenset({"train", "silo", "TEL", "pad", "airfield"})
"""What it is fired from stands on land."""
_FIXED = frozenset({"facility", "city", "island"})
"""Places by their names, which lie on land though the layer of countries may not have their island."""
_IN_WATER = phrases.anywhere(
    "(in|into|onto|hit|struck) (the|open|international|coastal) ... (sea|seas|ocean|waters?|gulf|bay|strait)",
    "(in|into) the (sea|ocean|water)",
    "splash*",
    "ditched",
    "at sea",
)
_ON_GROUND = phrases.anywhere(
    "(on|onto|on to) (land|dry land|the (ground|mainland))",
    "(in|into|on|onto) (a|an|the) ... (village|field|forest|woods|desert|steppe|farm|farmland|street|beach|mountain)s?",
)


def told_side(sentences: str) -> str | None:
    """``sea`` or ``land``: where sentences say that it came down; None when they say neither, or both."""
    water, ground = _IN_WATER.search(sentences) is not None, _ON_GROUND.search(sentences) is not None
    return None if water == ground else "sea" if water else "land"


def side_of_coast(area: BaseGeometry, layers: Layers) -> str | None:
    """``sea`` or ``land`` when an area is all but wholly that; None for both, and for what is too wide for a side."""
    if geodesy.area_km2(area) > _WIDEST_KM2:
        return None
    share = geodesy.share(area, wet(area, layers))
    return "land" if share < _ALL_BUT else "sea" if share > 1 - _ALL_BUT else None


def around(place: Location) -> BaseGeometry:
    """The area of a place; that of a point is as wide as a coast is sharp."""
    if place.geometry.geom_type.endswith("Polygon") and place.radius_km >= COAST_KM:
        return place.geometry
    return geodesy.disc(place.lon, place.lat, min(max(COAST_KM, place.radius_km), _WIDEST_KM))


def launch_checks(event: Event, reading: Reading, layers: Layers) -> list[str]:
    """Say where a launch place lies at sea though what it was fired from stands on land."""
    launch = event.launch
    if launch is None or not is_placed(launch) or event.platform not in _ON_LAND:
        return []
    mention = mention_of(launch, reading)
    if mention is None or mention.kind in _FIXED or side_of_coast(around(launch), layers) != "sea":
        return []
    platform = {"TEL": "mobile launcher", "pad": "launch pad"}.get(event.platform, event.platform)
    return [
        f"“{launch.text}” ({wording.position(launch.lon, launch.lat)}) lies at sea, but it is said to have been fired "
        f"from {'an' if platform[0] in 'aeiou' else 'a'} {platform}, which stands on land"
    ]


def mention_of(place: Location, reading: Reading) -> Mention | None:
    """The mention that a place was read from; None when it is not in the reading."""
    return next((mention for mention in reading.mentions if mention.id == place.mention), None)
