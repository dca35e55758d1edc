"""A toy reading in which every field of a launch is filled, and the records that it is made of."""

from __future__ import annotations

import msgspec
import shapely
from toys import EEZ, two_koreas

from geomap.geodesy import disc, great_circle, margin_km, share
from geomap.types import (
    Amount,
    Bearing,
    Claim,
    ClippedZone,
    Estimate,
    Event,
    Location,
    Overflight,
    Reading,
    Salvo,
    Statement,
    Verdict,
)

LON, LAT, KM = 134.2, 40.6, 45.0
"""Where it came down, which is off the edge of the toy EEZ of Japan."""


def filled(*, hostile: str = "", title: str = "Two salvos and many voices") -> Reading:
    """The toy reading with all that a launch can hold; ``hostile`` goes into every string of it."""
    reading = two_koreas(hostile=hostile, title=title)

    def words(said: str) -> str:
        return f"{said}{hostile}"

    old = reading.events[0]
    zone = EEZ["JPN"][1]
    area = disc(LON, LAT, KM)
    verdict = Verdict(
        relation="outside", agrees=True, margin_km=round(margin_km(LON, LAT, zone), 1), tolerance_km=KM,
        share=round(share(area, zone), 3), why=words("all of it lies outside"), layer=words("eez 1.2.0, computed"),
        change=words("a place of impact 20 km farther east"),
    )  # fmt: skip
    launch = Location(mention=None, text=words("Sunan"), lon=125.67, lat=39.2, radius_km=3.0,
                      geometry=shapely.Point(125.67, 39.2), rule=words("named"), why=words("named"))  # fmt: skip
    impact = Location(mention=None, text=words("190 km west of Oshima"), lon=LON, lat=LAT, radius_km=KM, geometry=area,
                      rule=words("ring sector"), why=words("distance and bearing meet"))  # fmt: skip
    astray = Location(mention=None, text=words("off the west coast"), lon=123.8, lat=38.9, radius_km=90.0,
                      geometry=disc(123.8, 38.9, 90), rule=words("offshore"), why=words("the other coast"))  # fmt: skip
    start, end = old.claims[0].start, old.claims[0].end
    coast = Claim(by=words("Japan Coast Guard"), relation="outside", zone="eez/JPN", start=start, end=end,
                  verdict=verdict, said=words("Wednesday noon"))  # fmt: skip
    claims = (
        msgspec.structs.replace(coast, relation="inside", said=words("at first"), corrected=True,
                                verdict=msgspec.structs.replace(verdict, agrees=False)),
        coast,
        msgspec.structs.replace(coast, by=words("Chief Cabinet Secretary"), relation="inside", said=None,
                                verdict=msgspec.structs.replace(verdict, agrees=False)),
        Claim(by=None, relation="near", zone="lines/NLL", start=start, end=end),
    )  # fmt: skip

    def says(by: str | None, about: str, value: str, number: float | None = None, **more: object) -> Statement:
        return Statement(by=words(by) if by else None, about=words(about), value=words(value), number=number,
                         start=start, end=end, **more)  # type: ignore[arg-type]  # fmt: skip

    event = Event(
        id="e1", actor="PRK", weapon=old.weapon, count=3, when=old.when, launch=launch, impact=impact,
        impacts=(impact,), track=great_circle(125.67, 39.2, LON, LAT), platform=words("railway car"),
        outcome=words("success"), trajectory=words("lofted"),
        distance_km=Amount(value=780, low=730, high=830, said=words("about 780 km")),
        apogee_km=Amount(value=1200, low=1150, high=1250, said=words("1,200 km")),
        flight_min=Amount(value=17, low=16, high=18, said=words("some 17 minutes")),
        bearing_deg=Bearing(value=90, low=67.5, high=112.5, said=words("eastward")),
        salvos=(Salvo(count=2, said=words("at dawn")), Salvo(count=1, said=words("an hour later"))),
        overflown=(Overflight(text=words("Hamgyong"), passes=True), Overflight(text=words("Hokkaido"), passes=False),
                   Overflight(text="", feature="countries/RUS", passes=True)),
        dropped=(astray,), claims=claims,
        statements=(
            says("Joint Chiefs of Staff", "count", "two", 2, said=words("on Wednesday"), corrected=True),
            says("Joint Chiefs of Staff", "count", "three", 3, said=words("on Thursday")),
            says("Joint Chiefs of Staff", "distance", "about 780 km", 780, low=730, high=830),
            says("Japan's defence ministry", "distance", "some 900 km", 900, low=850, high=950),
            says("the army", "apogee", "1,200 km", 1200),
            says("KCNA", "impact", "an island off the east coast"),
        ),
        clipped=(ClippedZone(claim=1, by=words("Japan Coast Guard"), relation="outside", zone="eez/JPN",
                             geometry=area.intersection(disc(LON - 0.4, LAT, 40)), share=0.38),),
        estimate=Estimate(range_km=3100.0, low_km=2950.0, high_km=3250.0,
                          said=words("a flight of 780 km that rose to 1,200 km would carry about 3,100 km"),
                          assumptions=(words("no air"), words("no turning earth"))),
        evidence=old.evidence, checks=(words("the text says 'Wednesday', but 15 September was a Wednesday"),),
        conflicts=(words("780 km from Sunan hardly meets 'off the west coast'"),),
        notes=(words("one weapon of three"),),
    )  # fmt: skip
    return msgspec.structs.replace(reading, events=(event, *reading.events[1:]))
