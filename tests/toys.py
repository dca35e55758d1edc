"""A toy earth and a toy reading: coarse shapes typed by hand, and an article written for the tests."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPolygon, Polygon, box
from shapely.geometry.base import BaseGeometry

from geomap.geodesy import disc, great_circle
from geomap.reach import within
from geomap.types import (
    Amount,
    Claim,
    Crossing,
    Document,
    Event,
    Location,
    Mention,
    Place,
    RangePolygon,
    Reading,
    Verdict,
    Weapon,
    When,
)

HOSTILE = (
    "</script><img src=x onerror=alert(1)>${1}",
    '"><svg onload=alert(1)>',
    "`${alert(1)}` \\ \\u0041 {{ 7*7 }} {% raw %} {# no #} \u2028 end",
)
"""What a headline may hold: each must show as text, and the map must still draw."""

# Corners that neighbours share are typed once, so that land borders are the same line in both countries.
_DMZ = [(126.6, 37.8), (127.1, 38.3), (128.35, 38.6)]
_YALU = [(124.35, 39.9), (126.9, 41.7), (128.1, 41.4), (130.6, 42.3)]
_PRK = Polygon([*_YALU, (129.7, 40.9), (127.5, 39.7), *_DMZ[::-1], (124.9, 37.9), (125.1, 39.5)])
_KOR = Polygon([*_DMZ, (129.4, 37.0), (129.1, 35.2), (126.4, 34.4), (126.3, 36.6)])
_CHN = Polygon([(97, 24), (108, 21.5), (117, 23.5), (122, 30), (119, 35), (122, 37.2), (118, 39), *_YALU, (131, 45),
                (135, 48.4), (120, 50), (97, 42)])  # fmt: skip
_RUS = MultiPolygon([
    Polygon([(130.6, 42.3), (132, 43.2), (135.5, 44.3), (140.4, 48.5), (140.5, 52), (137, 54), (156, 60), (163, 58),
             (180, 62.5), (180, 68.8), (120, 73), (40, 68), (40, 50), (97, 50), (120, 50), (135, 48.4), (131, 45)]),
    Polygon([(-180, 62.5), (-172, 64.3), (-170, 66), (-180, 68.8)]),
])  # fmt: skip
_JPN = MultiPolygon([
    Polygon([(130.9, 34), (132.4, 35.4), (136, 35.8), (137, 37.4), (138.6, 37.4), (140, 39.5), (140.4, 41.2),
             (141.4, 41.4), (142, 39.5), (140.9, 36), (139.8, 35), (135.8, 33.5), (131, 33.9)]),
    Polygon([(140.1, 41.5), (141.6, 45.4), (145.3, 44), (143.3, 42)]),
    Polygon([(130, 33.3), (131.7, 33.6), (131.3, 31.4), (130.2, 31.2)]),
])  # fmt: skip
_USA = MultiPolygon([box(-124, 30, -80, 48), Polygon([(-166, 60), (-156, 71), (-141, 69.5), (-141, 60), (-152, 58)])])
LAND = {
    "PRK": ("North Korea", _PRK),
    "KOR": ("South Korea", _KOR),
    "CHN": ("China", _CHN),
    "RUS": ("Russia", _RUS),
    "JPN": ("Japan", _JPN),
    "USA": ("United States", _USA),
}
SEA = Polygon([(128.5, 38.6), (129.4, 37), (129.3, 35.4), (132.4, 35.6), (136, 36), (137, 37.5), (138.8, 37.6),
               (140, 39.6), (140.2, 41.6), (141.5, 45.4), (140.4, 48), (135.5, 44.2), (132, 43), (130.7, 42.2),
               (129.8, 40.9), (127.6, 39.6)])  # fmt: skip
EEZ = {
    "JPN": ("Japan", Polygon([(131, 36.8), (132.6, 38.2), (135.9, 40.4), (138.6, 42.2), (139, 45.6), (146, 45.8),
                              (147, 41), (144.5, 35), (140, 31), (131, 29.5), (128.3, 32.6), (129.3, 34.8)])),
    "KOR": ("South Korea", Polygon([(128.4, 38.6), (132.4, 38.4), (131, 36.8), (129.4, 34.8), (126, 32), (123.6, 35),
                                    (124.4, 37.6), (126.4, 37.7), (126.4, 34.5), (129, 35.2)])),
    "PRK": ("North Korea", Polygon([(128.4, 38.6), (132.4, 38.4), (133.4, 40.2), (131, 42), (130.6, 42.3),
                                    (127.5, 39.7)])),
}  # fmt: skip
NLL = LineString([(124.3, 37.7), (124.8, 38.0), (125.3, 37.7), (126.1, 37.6), (126.5, 37.75)])


def make_layers(root: Path, *, name: str = "") -> Path:
    """Write a small folder of layers with its catalog; ``name`` is put into every title, caveat and site."""
    root.mkdir(parents=True, exist_ok=True)
    (root / "toy.py").write_text("", encoding="utf-8")
    ground = [
        {"key": f"{code}-{level}", "level": level, "country": code, "geometry": shape.simplify(coarse)}
        for code, (_, shape) in LAND.items()
        for level, coarse in (("50m", 0), ("110m", 0.3))
    ]
    countries = [{"key": code, "name": title, "geometry": shape} for code, (title, shape) in LAND.items()]
    eez = [{"key": code, "name": title + name, "geometry": shape} for code, (title, shape) in EEZ.items()]
    resources = [
        _layer(root, "basemap", ground, name),
        _layer(root, "countries", countries, name),
        _layer(root, "eez", eez, name),
        _layer(root, "seas", [{"key": "sea-of-japan", "name": "Sea of Japan", "geometry": SEA}], name),
        _layer(root, "lines", [{"key": "NLL", "name": "Northern Limit Line", "geometry": NLL}], name),
        _sites(root, name),
    ]
    package = {"version": "1.0.0", "resources": resources}
    (root / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    return root


def _layer(root: Path, layer: str, rows: list[dict[str, Any]], name: str) -> dict[str, Any]:
    import geopandas

    path = root / f"{layer}.gpkg"
    geopandas.GeoDataFrame(rows, geometry="geometry", crs="EPSG:4326").to_file(path, layer=layer, driver="GPKG")
    return _entry(path, layer, "Geometry", name)


def _sites(root: Path, name: str) -> dict[str, Any]:
    hostile = name.replace('"', '""')
    lines = [
        "key,name,names,kind,sitekind,country,lon,lat,radius_km,source,confidence",
        f'PRK-sohae,"{hostile}Sohae",Tongchang-ri,facility,spaceport,PRK,124.705,39.66,2,a toy,high',
        "PRK-sinpo,Sinpo,Sinpo South,facility,launch area,PRK,128.18,40.03,3,a toy,high",
        "PRK-sunan,Sunan,,facility,airfield,PRK,125.67,39.2,3,a toy,high",
        "USA-vandenberg,Vandenberg,,facility,spaceport,USA,-120.6,34.75,5,a toy,high",
    ]
    path = root / "sites.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return _entry(path, "sites", "Point", name)


def _entry(path: Path, layer: str, geometry: str, name: str) -> dict[str, Any]:
    return {
        "name": layer,
        "path": path.name,
        "title": f"Toy {layer}",
        "bytes": path.stat().st_size,
        "hash": "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest(),
        "sources": [{"title": "typed by hand"}],
        "licenses": [{"name": "CC0-1.0"}],
        "geomap": {
            "attribution": f"{name}{layer.capitalize()}: a toy",
            "caveat": f"{name}The layer {layer} is a toy and good for tests only.",
            "recipe": "toy.py",
            "geometry": geometry,
        },
    }


TEXT = (
    "TOKYO – North Korea fired two short-range ballistic missiles off its east coast on Wednesday, the military in "
    "Seoul said. The Japan Coast Guard reported that they fell outside Japan's exclusive economic zone. Hours later "
    "South Korea launched a ballistic missile from a submarine and hit its target. On Monday the North had announced "
    "a test of a new long-range cruise missile. Envoys who met in Seoul spoke of the Korean Peninsula, of a shot "
    "toward the Sea of Japan and of the Northern Limit Line; a village called Hwangbo was not found.{extra}"
)


def two_koreas(*, hostile: str = "", title: str = "Two Koreas test missiles on one day") -> Reading:
    """The case that the project began with; ``hostile`` goes into every string that an article or a layer may bring."""
    text = TEXT.format(extra=f" {hostile}" if hostile else "")
    document = Document.of(text, source=hostile or "toy.txt", title=hostile or title, published="2021-09-15")
    sea = shapely.difference(
        shapely.intersection(
            within(LineString([(128.4, 38.6), (127.5, 39.7), (129.7, 40.9), (130.6, 42.3)]), 370), SEA
        ),
        MultiPolygon([_PRK]),
    )

    def mention(number: int, words: str, kind: str, place: Place | None = None, nth: int = 0, **more: Any) -> Mention:
        start = -1
        for _ in range(nth + 1):
            start = text.index(words, start + 1)
        status = "located" if place is not None else "not_mapped"
        return Mention(
            id=f"m{number}", start=start, end=start + len(words), text=words, kind=kind, place=place,
            **{"status": status, "why": hostile or "the only place of that name", **more},
        )  # fmt: skip

    def place(
        name: str, kind: str, lon: float, lat: float, radius: float, source: str = "gazetteer:1", **more: Any
    ) -> Place:
        return Place(name=name, kind=kind, lon=lon, lat=lat, radius_km=radius, source=hostile or source, **more)

    seoul = place("Seoul", "city", 126.98, 37.57, 20)
    coast = place("the sea off North Korea's east coast", "relative", 130.0, 39.8, 250, "derived", geometry=sea)
    mentions = (
        mention(1, "TOKYO", "city", place("Tokyo", "city", 139.69, 35.69, 25), role="dateline"),
        mention(2, "North Korea", "country", place("North Korea", "country", 127.0, 40.0, 300, "layer:countries@1.0.0",
                                                   feature="countries/PRK"), role="actor", status="not_mapped"),
        mention(3, "off its east coast", "relative", coast),
        mention(4, "Seoul", "city", seoul, role="actor", status="not_mapped"),
        mention(5, "Japan's exclusive economic zone", "zone",
                place("EEZ of Japan", "zone", 137.0, 38.5, 900, "layer:eez@1.0.0", feature="eez/JPN")),
        mention(6, "Seoul", "city", seoul, nth=1),
        mention(7, "the Korean Peninsula", "region", place("Korean Peninsula", "region", 127.5, 37.4, 450)),
        mention(8, "Sea of Japan", "sea", place("Sea of Japan", "sea", 134.5, 40.0, 600, "layer:seas@1.0.0",
                                                feature="seas/sea-of-japan")),
        mention(9, "Northern Limit Line", "line", place("Northern Limit Line", "line", 125.3, 37.8, 100,
                                                        "layer:lines@1.0.0", feature="lines/NLL")),
        mention(10, "Hwangbo", "city", status="unresolved", why=hostile or "no place of that name is known"),
    )  # fmt: skip
    claim = "The Japan Coast Guard reported that they fell outside Japan's exclusive economic zone"
    start = text.index(claim)
    verdict = Verdict(
        relation="cannot tell", agrees=None, margin_km=-175.0, tolerance_km=260.0, share=0.21,
        why=hostile or "the impact zone is wider than its distance from the edge of the zone",
    )  # fmt: skip
    impact = Location(
        mention="m3", text="off its east coast", lon=130.0, lat=39.8, radius_km=250.0, geometry=sea,
        rule=hostile or "offshore of coasts/PRK-E, 0 to 370 km", why="the words name the coast that was fired across",
    )  # fmt: skip
    day = When(start="2021-09-14T15:00:00Z", end="2021-09-15T15:00:00Z", said="Wednesday")

    def words(said: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(said), text.index(said) + len(said)),)

    events = (
        Event(
            id="e1", actor="PRK", weapon=Weapon(text=hostile or "two short-range ballistic missiles", kind="SRBM"),
            count=2, when=day, impact=impact, impacts=(impact,), distance_km=None, notes=(hostile,) if hostile else (),
            claims=(Claim(by=hostile or "Japan Coast Guard", relation="outside", zone="eez/JPN", start=start,
                          end=start + len(claim), verdict=verdict),),
            evidence=words("North Korea fired two short-range ballistic missiles off its east coast on Wednesday"),
        ),
        Event(
            id="e2", actor="KOR", weapon=Weapon(text="a ballistic missile", kind="SLBM"), count=1, when=day,
            platform="submarine", outcome="success",
            evidence=words("South Korea launched a ballistic missile from a submarine and hit its target"),
        ),
        Event(
            id="e3", actor="PRK", weapon=Weapon(text="a new long-range cruise missile", kind="cruise"), count=1,
            background=True, evidence=words("a test of a new long-range cruise missile"),
        ),
    )  # fmt: skip
    ranges = (
        RangePolygon(id="r1", event="e1", origin="area", geometry=within(_PRK, 1000), high_km=1000.0, kind="SRBM",
                     scheme="us-dod", source=hostile or "classes of the US Department of Defense"),
    )  # fmt: skip
    crossings = (
        Crossing(what="e1.impact", feature="eez/JPN", relation="overlaps", share=0.21, margin_km=-175.0),
        Crossing(what="e1.impact", feature="eez/PRK", relation="overlaps", share=0.35, margin_km=60.0),
        Crossing(what="e1.impact", feature="eez/KOR", relation="overlaps", share=0.12, margin_km=-90.0),
    )
    return Reading(
        document=document, mentions=mentions, events=events, ranges=ranges, crossings=crossings,
        notes=(hostile,) if hostile else (),
    )  # fmt: skip


def pacific_shot() -> Reading:
    """A launch place, a track and an impact on the two sides of the antimeridian, and a stated distance."""
    text = "Vandenberg fired a Minuteman III about 6,800 km to Kwajalein; a second one went 5,000 km."
    launch = Location(mention=None, text="Vandenberg", lon=-120.57, lat=34.74, radius_km=5.0,
                      geometry=shapely.Point(-120.57, 34.74), rule="the place named", why="named")  # fmt: skip
    impact = Location(mention=None, text="Kwajalein", lon=167.7, lat=9.1, radius_km=60.0,
                      geometry=disc(167.7, 9.1, 60), rule="near the place named", why="named")  # fmt: skip
    said = Amount(value=6800, low=6750, high=6850, said="about 6,800 km")
    event = Event(id="e1", actor="USA", weapon=Weapon(text="a Minuteman III", kind="ICBM", system="Minuteman III"),
                  launch=launch, impact=impact, track=great_circle(-120.57, 34.74, 167.7, 9.1),
                  distance_km=said)  # fmt: skip
    ring = RangePolygon(id="r1", event="e1", origin="point", lon=-120.57, lat=34.74, low_km=6750.0, high_km=6850.0,
                        geometry=_band(-120.57, 34.74, 6750, 6850), source="the text",
                        said="about 6,800 km")  # fmt: skip
    return Reading(document=Document.of(text, title="A shot across the Pacific", published="2024-11-05T12:00:00Z"),
                   events=(event,), ranges=(ring,))  # fmt: skip


def _band(lon: float, lat: float, low: float, high: float) -> BaseGeometry:
    return disc(lon, lat, high).difference(disc(lon, lat, low))
