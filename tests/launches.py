"""Launches made by hand, as a batch hands them on: located in every way, and not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shapely.geometry import LineString, Point

from geomap.geodesy import disc, great_circle
from geomap.types import (
    Amount,
    Bearing,
    Claim,
    Conflict,
    Launch,
    Location,
    MergedEvent,
    Source,
    Verdict,
    Weapon,
    When,
)

HOSTILE = "nul \x00, bell \x07, half \ud83d, <b onclick=x>, 'quote\"; DROP TABLE events; --\tback\\slash \\N %s {0}\n"
"""What a text may be made of."""


def place(lon: float, lat: float, radius_km: float = 30.0, **more: Any) -> Location:
    known: dict[str, Any] = {"text": "there", "rule": "named", "why": "named", **more}
    known["geometry"] = more["geometry"] if "geometry" in more else disc(lon, lat, radius_km)
    return Location(mention=None, lon=lon, lat=lat, radius_km=radius_km, **known)


def report(number: int, outlet: str = "Yonhap", event: str = "e1", **more: Any) -> Source:
    """The report of an article; the number tells articles apart."""
    said = {"weapon": "two missiles", "launch": "Sunan"}
    words = f"Seoul said so to {outlet}."
    known = {
        "words": words,
        "source": f"https://example.org/{number}",
        "title": f"Article {number}",
        "published": "2021-09-15",
    }
    return Source(
        **{"document": f"sha256:{number:064}", "event": event, "outlet": outlet, "said": said, **known, **more}
    )


def launch(name: str, *, sources: tuple[Source, ...] = (), conflicts: tuple[Conflict, ...] = (), **more: Any) -> Launch:
    """A launch with all that can be said of one."""
    said = {
        "actor": "PRK",
        "weapon": Weapon(text="two short-range missiles", kind="SRBM", system="KN-23"),
        "count": 2,
        "when": When(start="2021-09-15T03:34:00Z", end="2021-09-15T03:35:00Z", said="12:34 p.m."),
        "launch": place(127.0, 39.3, 12.0, text="Yangdok", feature="sites/PRK-yangdok"),
        "impact": place(134.0, 39.0, 60.0, text="the sea"),
        "track": great_circle(127.0, 39.3, 134.0, 39.0),
        "distance_km": Amount(value=800.0, low=750.0, high=850.0, said="about 800 km"),
        "apogee_km": Amount(value=60.0, low=60.0, high=60.0, said="60 km"),
        "bearing_deg": Bearing(value=90.0, low=80.0, high=100.0, said="eastward"),
        "platform": "train",
        "claims": (
            Claim(by="Japan", relation="outside", zone="eez/JPN", start=0, end=5, verdict=verdict(agrees=True)),
            Claim(by="Seoul", relation="outside", zone="eez/JPN", start=0, end=5, verdict=verdict(agrees=True)),
        ),
        "notes": ("a note",),
    }
    return Launch(event=MergedEvent(**{"id": name, "sources": sources, **said, **more}), conflicts=conflicts)


def bare(name: str, **more: Any) -> Launch:
    """A launch of which nothing is said but that it was."""
    return Launch(event=MergedEvent(**{"id": name, "weapon": Weapon(text="a missile"), **more}))


def verdict(*, agrees: bool | None) -> Verdict:
    return Verdict(relation="outside", agrees=agrees, margin_km=-120.0, tolerance_km=60.0, share=0.0, why="far out")


def several() -> tuple[Launch, ...]:
    """One of each kind."""
    east, west = place(132.0, 39.0, text="the East Sea"), place(124.0, 38.0, text="the West Sea")
    exact = place(125.67, 39.22, 0.2, geometry=Point(125.67, 39.22), text="39.22N, 125.67E")
    coast = place(128.0, 39.5, 90.0, geometry=LineString([(127.5, 39.3), (128.5, 39.8)]), text="its east coast")
    over = place(179.9, 50.0, 100.0, text="the Pacific")
    conflict = Conflict(event="Lfull", about="count", said=(("Yonhap", "two"), ("Kyodo", "one")))
    return (
        launch("Lfull", sources=(report(1), report(2, "Kyodo"), report(3, "Kyodo")), conflicts=(conflict,)),
        bare("Lbare", sources=(report(4),)),
        launch("Lonly-launch", sources=(report(5),), impact=None, track=None, launch=exact),
        launch("Ltwo-falls", sources=(report(6),), launch=None, impact=None, impacts=(east, west), track=None),
        launch("Lcoast", sources=(report(7),), launch=coast, impact=over, background=True,
               track=great_circle(128.0, 39.5, -170.0, 50.0)),
        hostile("Lhostile"),
    )  # fmt: skip


def hostile(name: str) -> Launch:
    """A launch whose every text is hostile, and whose figures are no use."""
    said = {"weapon": HOSTILE, HOSTILE: HOSTILE}
    return launch(
        name,
        actor=HOSTILE * 50,
        weapon=Weapon(text=HOSTILE, kind=HOSTILE, system=HOSTILE),
        count=10**18,
        when=When(start="the Greek calends/ ", end=HOSTILE, said=HOSTILE),
        launch=place(999.0, 99.0, geometry=Point(127.0, 39.0), text=HOSTILE),
        impact=place(-190.0, 0.0, geometry=disc(170.0, 0.0, 10.0), text=HOSTILE, feature=HOSTILE),
        notes=(HOSTILE,),
        claims=(Claim(by=HOSTILE, relation="outside", zone=HOSTILE, start=0, end=1),),
        sources=(report(8, HOSTILE, HOSTILE, said=said, source=HOSTILE * 100, title=HOSTILE, published=HOSTILE),),
        conflicts=(Conflict(event=name, about=HOSTILE, said=((HOSTILE, HOSTILE),)),),
    )


def many(count: int, first: int = 0) -> Iterator[Launch]:
    """Different launches, made as they are asked for."""
    for number in range(first, first + count):
        yield launch(f"L{number:012}", sources=(report(number, f"Outlet {number % 7}"),))
