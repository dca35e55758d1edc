"""Launches of an archive, made up: ``python tests/crowd.py 10000 > events.jsonl`` prints lines as a batch makes them.

They come from a dozen places of the world and from twenty years; some are without a place, without a time, told by
hundreds of outlets, contested, only recalled, or beyond 180° and the poles. The same number and seed give the same.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from random import Random
from typing import NamedTuple

from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from geomap import codec, geodesy
from geomap.types import Amount, Claim, Conflict, Launch, Location, MergedEvent, Source, Verdict, Weapon, When


class Site(NamedTuple):
    """Where launches start, which way they fly, and how many of a hundred are from there."""

    actor: str
    name: str
    lon: float
    lat: float
    toward: int
    share: int
    zone: str


SITES = (
    Site("PRK", "Sunan", 125.67, 39.2, 75, 16, "eez/JPN"),
    Site("PRK", "Wonsan", 127.45, 39.15, 70, 16, "eez/JPN"),
    Site("PRK", "Sinpo", 128.2, 40.02, 80, 5, "eez/JPN"),
    Site("KOR", "Anheung", 126.13, 36.68, 200, 4, "eez/KOR"),
    Site("RUS", "Kapustin Yar", 45.75, 48.57, 95, 8, "countries/KAZ"),
    Site("RUS", "Plesetsk", 40.58, 62.93, 60, 6, "countries/RUS"),
    Site("CHN", "Jiuquan", 100.3, 40.96, 130, 9, "countries/CHN"),
    Site("IRN", "Semnan", 53.92, 35.23, 120, 10, "countries/IRN"),
    Site("IND", "Abdul Kalam Island", 87.09, 20.76, 170, 7, "eez/IND"),
    Site("USA", "Vandenberg", -120.6, 34.74, 265, 5, "eez/USA"),
    Site("USA", "Cape Canaveral", -80.57, 28.46, 110, 4, "eez/USA"),
    Site("Houthis", "Hodeidah", 42.95, 14.8, 290, 6, "eez/YEM"),
    Site("FRA", "Kourou", -52.77, 5.24, 80, 2, "eez/GUF"),
    Site("FJI", "a ship east of Fiji", 179.4, -17.5, 85, 1, "eez/FJI"),
    Site("ATA", "a camp near the pole", 12.0, -89.2, 10, 1, "countries/ATA"),
)
KINDS = {
    "SRBM": ("short-range ballistic missiles", 420), "MRBM": ("a medium-range ballistic missile", 1100),
    "IRBM": ("an intermediate-range ballistic missile", 2800), "ICBM": ("an intercontinental ballistic missile", 5900),
    "SLBM": ("a submarine-launched ballistic missile", 600), "cruise": ("cruise missiles", 700),
    "rocket": ("rockets", 90), "artillery": ("artillery shells", 30), "SLV": ("a carrier rocket", 1900),
    None: ("a projectile", 250),
}  # fmt: skip
_KINDS = tuple(KINDS)
_WEIGHTS = (40, 8, 3, 5, 6, 14, 8, 4, 6, 6)
OUTLETS = tuple(f"{city} {paper}" for city in ("Seoul", "Tokyo", "Hodeidah", "Busan", "Paris", "Odesa", "Lima", "Oslo")
                for paper in ("Times", "Herald", "Courier", "Post", "Ledger", "Evening News", "Observer"))  # fmt: skip
_FIRST, _DAYS = datetime(2006, 1, 1, tzinfo=UTC), 7300
_VERDICTS = (("outside", True), ("inside", False), ("cannot tell", None))


def launches(number: int, seed: int = 1) -> Iterator[Launch]:
    """Make so many launches."""
    chance = Random(seed)
    return (_launch(place, chance) for place in range(number))


def _launch(number: int, chance: Random) -> Launch:
    site = chance.choices(SITES, [one.share for one in SITES])[0]
    kind = chance.choices(_KINDS, _WEIGHTS)[0]
    words, usual_km = KINDS[kind]
    km = round(usual_km * chance.uniform(0.6, 1.6), -1) + 20
    at = _FIRST + timedelta(days=int(_DAYS * chance.random() ** 0.6), minutes=chance.randrange(1440))
    key = f"L{number:012x}"
    placed, timed = chance.random() > 0.08, chance.random() > 0.05
    launch = _from(site, chance) if placed and chance.random() < 0.8 else None
    falls = placed and (launch is None or chance.random() < 0.7)
    impact = _fall(site, int(km // 50 * 50) + 50, chance) if falls else None
    outlets = 500 if chance.random() < 0.004 else chance.choice((1, 1, 1, 2, 2, 3, 4, 6, 9))
    sources = tuple(_source(number, at, place, site, words, km, chance) for place in range(outlets))
    claims = tuple(_claims(site, sources, impact)) if impact is not None and chance.random() < 0.5 else ()
    disputed = outlets > 1 and chance.random() < 0.3
    said = tuple((one.outlet, f"{km + 30 * place:.0f} km") for place, one in enumerate(sources[:3]))
    event = MergedEvent(
        id=key,
        actor=site.actor,
        weapon=Weapon(text=words, kind=kind),
        count=chance.randint(1, 4),
        when=_when(at, chance) if timed else None,
        launch=launch,
        impact=impact,
        track=_track(launch.lon, launch.lat, impact.lon, impact.lat) if launch and impact else None,
        distance_km=Amount(value=km, low=km - 50, high=km + 50, said=f"about {km:.0f} km"),
        outcome="success" if chance.random() < 0.5 else None,
        claims=claims,
        background=chance.random() < 0.05,
        sources=sources,
    )
    return Launch(event=event, conflicts=(Conflict(event=key, about="distance", said=said),) if disputed else ())


def _when(at: datetime, chance: Random) -> When:
    start, hours = (at, 1) if chance.random() < 0.6 else (at.replace(hour=0, minute=0), 24)
    ends = (f"{one:%Y-%m-%dT%H:%M:%SZ}" for one in (start, start + timedelta(hours=hours)))
    return When(start=next(ends), end=next(ends), said=f"{at:%A}")


def _from(site: Site, chance: Random) -> Location:
    near = chance.random() < 0.3
    radius = 40.0 if near else 2.0
    return Location(
        mention="m1", text=f"the {site.name} area" if near else site.name, lon=site.lon, lat=site.lat, radius_km=radius,
        geometry=_disc(site.lon, site.lat) if near else Point(site.lon, site.lat), rule="a site by its name",
        why="named once in the article",
    )  # fmt: skip


def _fall(site: Site, km: int, chance: Random) -> Location:
    toward = (site.toward + chance.choice((-20, -10, 0, 0, 10, 20))) % 360
    lon, lat = geodesy.destination(site.lon, site.lat, toward, km)
    return Location(
        mention=None, text=f"in the sea about {km} km off", lon=round(lon, 4), lat=round(lat, 4), radius_km=km * 0.12,
        geometry=_sector(site, toward, km), rule=f"ring sector about {site.name}, {km} ± {km * 0.1:.0f} km",
        why="the distance and the direction that the text gives",
    )  # fmt: skip


@lru_cache(maxsize=len(SITES))
def _disc(lon: float, lat: float) -> BaseGeometry:
    return geodesy.disc(lon, lat, 40)


@lru_cache(maxsize=4096)
def _sector(site: Site, toward: int, km: int) -> BaseGeometry:
    return geodesy.rounded(geodesy.wedge(site.lon, site.lat, toward, 11.25, km * 0.9, km * 1.1))


@lru_cache(maxsize=4096)
def _track(*ends: float) -> BaseGeometry:
    return geodesy.great_circle(*ends)


def _source(number: int, at: datetime, place: int, site: Site, words: str, km: float, chance: Random) -> Source:
    outlet = OUTLETS[(number + place) % len(OUTLETS)] + (f" {place // len(OUTLETS)}" if place >= len(OUTLETS) else "")
    address = f"https://news.example/{number}/{place}" if chance.random() < 0.8 else f"archive/{number}-{place}.txt"
    return Source(
        document=f"sha256:{number:08x}{place:04x}",
        event="e1",
        outlet=outlet,
        said={"weapon": words, "launch": site.name, "distance": f"about {km:.0f} km", "when": f"{at:%A}"},
        source=address,
        title=f"{site.actor} fires {words}, says {outlet}",
        published=f"{at:%Y-%m-%d}",
    )


def _claims(site: Site, sources: tuple[Source, ...], impact: Location) -> Iterator[Claim]:
    for one in sources[:2]:
        relation, agrees = _VERDICTS[(len(one.outlet) + int(impact.radius_km)) % 3]
        verdict = Verdict(
            relation=relation, agrees=agrees, margin_km=-impact.radius_km * 2, tolerance_km=impact.radius_km, share=0.1,
            why="the best point and the zone's edge", layer="eez 1.2.0, computed",
        )  # fmt: skip
        yield Claim(
            by="defence ministry", relation="outside", zone=site.zone, start=0, end=9, verdict=verdict,
            document=one.document,
        )  # fmt: skip


if __name__ == "__main__":
    for line in launches(int(sys.argv[1])):
        sys.stdout.write(codec.dumps_launch(line) + "\n")
