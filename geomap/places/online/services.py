"""The online geocoders: what each wants to know, how it is asked, and what its answers say of a place.

geopy makes the requests and reads the names; position, kind, extent and country are read from the raw form of an
answer, which differs from service to service. A place without a position is none (geopy would put it at latitude 0);
whatever else is missing or of another shape is left out.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from geomap import geodesy
from geomap.catalog import open_layers
from geomap.patterns import regex
from geomap.types import Place, Record

if TYPE_CHECKING:
    from geopy.location import Location

MOST = 5
"""Candidates that are taken from one answer."""
_LONGEST = 200
_OSM = "© OpenStreetMap contributors (ODbL)"
_UNSEEN = regex(
    "[\x00-\x20\x7f-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e0fff]+"
)

Box: TypeAlias = tuple[object, object, object, object]
"""West, south, east, north in degrees, as an answer has them: nobody has looked at them."""


class Told(Record, kw_only=True):
    """What an answer's raw form says of a place; anything may be None or garbage.

    Parameters
    ----------
    lon, lat : degrees
    words : words for the kind of place, the best first
    country : ISO 3166-1, alpha-2 or alpha-3
    score : 0 to 1
    """

    lon: object
    lat: object
    words: tuple[object, ...]
    box: Box | None = None
    country: object = None
    score: object = None


class Service(Record, kw_only=True):
    """An online geocoder.

    Parameters
    ----------
    geopy : name of geopy's class
    host : where it is asked unless the user names a server of his own
    credit : the attribution that it, or its data, asks for
    refused : what may help when it refuses to answer
    options : the arguments of geopy's ``geocode`` for a country (ISO 3166-1 alpha-2) or None
    told : reads the raw form of one candidate
    agent : it wants a user agent that names the user
    key : the argument of geopy's class that takes the key; None when it needs none
    pause_s : seconds between two questions that it asks for
    keeps : its terms let answers be kept
    exact : it answers only with places that bear the name in some language; the others also with what is like it
    appends : the country goes behind the name, as it has no argument for it
    """

    geopy: str
    host: str
    credit: str
    refused: str
    options: Callable[[str | None], dict[str, Any]]
    told: Callable[[Any], Told]
    agent: bool = False
    key: str | None = None
    pause_s: float = 0.0
    keeps: bool = True
    exact: bool = False
    appends: bool = False


def make_place(location: Location, name: str) -> Place:
    """Make a place of a candidate as geopy has read it.

    Parameters
    ----------
    name : that of the service

    Raises
    ------
    ValueError
        if it has no position on the earth
    """
    told = SERVICES[name].told(location.raw)
    lon, lat = _number(told.lon), _number(told.lat)
    if lon is None or lat is None or abs(lon) > 180 or abs(lat) > 90:
        message = f"{name} has an answer without a position"
        raise ValueError(message)
    lon, lat = round(lon, 5), round(lat, 5)
    kind = _kind(told.words)
    score = _number(told.score)
    return Place(
        name=on_one_line(location.address) or f"{lat:.4f}, {lon:.4f}",
        kind=kind,
        lon=lon,
        lat=lat,
        radius_km=_radius_km(lon, lat, told.box, kind),
        source=f"geocoder:{name}",
        score=None if score is None else round(min(1.0, max(0.0, score)), 3),
        country=_alpha3(told.country),
    )


def on_one_line(text: object) -> str:
    """Foreign text without characters that cannot be seen, and not too long."""
    line = _UNSEEN.sub(" ", str(text)).strip()
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"


def alpha2(country: str) -> str | None:
    """ISO 3166-1 alpha-2 of a country given as alpha-2 or alpha-3; None when there is none."""
    code = country.upper()
    return _codes().get(code) or (code if code in _codes().values() else None)


def country_name(code: str) -> str:
    """English name of a country (ISO 3166-1 alpha-2), as the layers have it."""
    return str(open_layers().feature(f"countries/{_alpha3(code)}").properties["name"])


@cache
def _codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 to alpha-2, of all that the layers know."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    known = [str(row["key"]) for row in open_layers().rows("countries")]
    return {key: aliases[key][0] for key in known if key in aliases} | {"XKX": "XK"}


@cache
def _alpha3s() -> dict[str, str]:
    return {two: three for three, two in _codes().items()}


def _alpha3(code: object) -> str | None:
    """ISO 3166-1 alpha-3 of what may be alpha-2 or alpha-3; None when it is neither."""
    if not isinstance(code, str):
        return None
    return code.upper() if code.upper() in _codes() else _alpha3s().get(code.upper())


# ---------------------------------------------------------------------------------- kinds, extents

_KINDS: Mapping[str, str] = {
    word: kind
    for kind, words in {
        "country": "country",
        "region": "state|province|region|county|district|state_district|prefecture|governorate|department|territory|"
        "administrative|state_or_province|peninsula|mountain_range|peak|mountain|valley|desert|forest|wood|water|lake|"
        "reservoir|river|protected_area|glacier|plain",
        "city": "city|town|village|hamlet|locality|municipality|borough|suburb|neighbourhood|quarter|city_district|"
        "isolated_dwelling|settlement|place|postcode",
        "island": "island|islet|atoll|archipelago",
        "sea": "sea|ocean|bay|strait|gulf",
        "cape": "cape",
    }.items()
    for word in words.split("|")
}
"""Words of the services, in lower case and with underscores, to geomap's kinds; all other words are facilities."""
_RADII_KM = {"country": 500.0, "region": 60.0, "city": 5.0, "island": 10.0, "sea": 150.0, "cape": 3.0, "facility": 2.0}
"""For places whose extent an answer does not tell."""
_SMALLEST_KM = 0.1
_CLASSES = {"A": "region", "H": "water", "L": "region", "P": "city", "T": "region", "U": "sea", "V": "forest"}
_CODES = {
    "PCL": "country", "ISL": "island", "ATOL": "atoll", "CAPE": "cape", "PROM": "cape", "OCN": "ocean", "SEA": "sea",
    "BAY": "bay", "STRT": "strait", "GULF": "gulf",
}  # fmt: skip
"""GeoNames' feature classes, and the first letters of its feature codes, to such words."""


def _kind(words: Sequence[object]) -> str:
    for word in words:
        if isinstance(word, str) and (kind := _KINDS.get(word.casefold().replace(" ", "_"))):
            return kind
    return "facility"


def _radius_km(lon: float, lat: float, box: Box | None, kind: str) -> float:
    """Distance of the farthest corner of the box; what is usual for the kind without one."""
    west, south, east, north = (_number(edge) for edge in box or (None,) * 4)
    if west is None or south is None or east is None or north is None:
        return _RADII_KM[kind]
    if not (-90 <= south <= north <= 90 and max(abs(west), abs(east)) <= 180):
        return _RADII_KM[kind]
    corners = ((west, south), (west, north), (east, south), (east, north))
    radius_km = max(geodesy.distance_km(lon, lat, *corner) for corner in corners)
    return round(max(radius_km, _SMALLEST_KM), 1)


def _number(value: object) -> float | None:
    try:
        number = float(value) if isinstance(value, (str, int, float)) else math.nan
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _at(raw: object, *path: str | int) -> Any:
    """What stands at a path in JSON; None when it is not there."""
    for step in path:
        try:
            raw = raw[step]  # type: ignore[index]
        except (LookupError, TypeError):
            return None
    return raw


def _box(raw: object, *edges: tuple[str | int, ...]) -> Box:
    """The box whose west, south, east and north stand at four paths."""
    west, south, east, north = (_at(raw, *edge) for edge in edges)
    return west, south, east, north


# ------------------------------------------------------------------------------------ the services


def _nominatim(raw: Any) -> Told:
    return Told(
        lon=_at(raw, "lon"),
        lat=_at(raw, "lat"),
        words=(_at(raw, "addresstype"), _at(raw, "type"), _at(raw, "class")),
        box=_box(_at(raw, "boundingbox"), (2,), (0,), (3,), (1,)),
        country=_at(raw, "address", "country_code"),
        score=_at(raw, "importance"),
    )


def _photon(raw: Any) -> Told:
    known = _at(raw, "properties")
    return Told(
        lon=_at(raw, "geometry", "coordinates", 0),
        lat=_at(raw, "geometry", "coordinates", 1),
        words=(_at(known, "osm_value"), _at(known, "type"), _at(known, "osm_key")),
        box=_box(_at(known, "extent"), (0,), (3,), (2,), (1,)),
        country=_at(known, "countrycode"),
    )


def _geonames(raw: Any) -> Told:
    code = str(_at(raw, "fcode"))
    word = next((word for start, word in _CODES.items() if code.startswith(start)), None)
    return Told(
        lon=_at(raw, "lng"),
        lat=_at(raw, "lat"),
        words=(word, _CLASSES.get(str(_at(raw, "fcl")))),
        country=_at(raw, "countryCode"),
    )


def _arcgis(raw: Any) -> Told:
    known, score = _at(raw, "attributes"), _number(_at(raw, "score"))
    return Told(
        lon=_at(raw, "location", "x"),
        lat=_at(raw, "location", "y"),
        words=(_at(known, "Type"),),
        box=_box(_at(raw, "extent"), ("xmin",), ("ymin",), ("xmax",), ("ymax",)),
        country=_at(known, "Country"),
        score=None if score is None else score / 100,
    )


def _opencage(raw: Any) -> Told:
    known = _at(raw, "components")
    return Told(
        lon=_at(raw, "geometry", "lng"),
        lat=_at(raw, "geometry", "lat"),
        words=(_at(known, "_type"), _at(known, "_category")),
        box=_box(
            _at(raw, "bounds"),
            ("southwest", "lng"),
            ("southwest", "lat"),
            ("northeast", "lng"),
            ("northeast", "lat"),
        ),
        country=_at(known, "ISO_3166-1_alpha-3") or _at(known, "country_code"),
    )


SERVICES: Mapping[str, Service] = {
    "nominatim": Service(
        geopy="Nominatim",
        host="nominatim.openstreetmap.org",
        credit=_OSM,
        refused="it wants a user agent that names you and no more than one question a second; see --user-agent and "
        "https://operations.osmfoundation.org/policies/nominatim/",
        options=lambda code: {
            "limit": MOST,
            "language": "en",
            "addressdetails": True,
            "country_codes": code and code.lower(),
        },
        told=_nominatim,
        agent=True,
        pause_s=1.0,
        exact=True,
    ),
    "photon": Service(
        geopy="Photon",
        host="photon.komoot.io",
        credit=_OSM,
        refused="it throttles heavy use; wait, or ask a server of your own with --geocoder-url",
        options=lambda _code: {"limit": MOST, "language": "en"},
        told=_photon,
        pause_s=1.0,
        appends=True,
    ),
    "geonames": Service(
        geopy="GeoNames",
        host="secure.geonames.org",  # what geopy has by default speaks no https
        credit="GeoNames (CC BY 4.0)",
        refused="is the key your user name there, with free web services enabled in the account, and is some of the "
        "hour's quota left?",
        options=lambda code: {"country": code},
        told=_geonames,
        key="username",
        pause_s=0.1,
        exact=True,
    ),
    "arcgis": Service(
        geopy="ArcGIS",
        host="geocode.arcgis.com",
        credit="Powered by Esri",
        refused="it may have had too many questions from here; wait, or take another service",
        options=lambda _code: {"out_fields": ("Country", "Type")},
        told=_arcgis,
        pause_s=0.2,
        keeps=False,  # Esri's terms allow it only for those who pay for it
        appends=True,
    ),
    "opencage": Service(
        geopy="OpenCage",
        host="api.opencagedata.com",
        credit=f"OpenCage; {_OSM}",
        refused="is the key right, and is some of the day's quota left?",
        options=lambda code: {"language": "en", "annotations": False, "country": code and code.lower()},
        told=_opencage,
        key="api_key",
        pause_s=1.0,
    ),
}
