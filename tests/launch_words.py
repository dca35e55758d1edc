"""What a report says of a launch: statements, and how likely each is for an impact anywhere.

A statement knows, for many possible impacts at once, the chance that somebody who saw the impact there would have used
just its words. Nobody tells how a figure was rounded, so the chance is summed over the roundings that give it. Where
exactly a launch started within its place, and from which point of an island people measure, is not told either: both
are taken for evenly spread over the disc of the place's radius. Longitude before latitude, degrees, kilometres.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

import numpy as np
from dense_sampling import GEOD, Array, Zone, wrapped

EARTH_KM = 6371.0072
ROUNDINGS = {10: 0.34, 50: 0.33, 100: 0.33}
"""How 'about 800 km' flown came about: a step in km, and how often it is used."""
ANCHOR_ROUNDINGS = {10: 0.6, 50: 0.4}
"""The same for 'about 200 km west of an island'."""
MOST_ROUNDED = 0.2
"""No step is larger than so much of the distance: nobody says 'about 100 km' for 149."""
POINTS = {4: 0.1, 8: 0.75, 16: 0.15}
"""How many words of the compass somebody chooses from, and how often."""
NAMES = (
    "north", "north-northeast", "northeast", "east-northeast", "east", "east-southeast", "southeast", "south-southeast",
    "south", "south-southwest", "southwest", "west-southwest", "west", "west-northwest", "northwest", "north-northwest",
)  # fmt: skip
OFF_COAST_KM, FACING_DEG = 370.0, 67.5
"""What is 'off its east coast': 200 nautical miles, and what lies before the coast, not round the corner."""
_SHORE_KM = 5.0


class Place(NamedTuple):
    """A town, site, island or cape, and the radius within which the point that is meant lies."""

    name: str
    lon: float
    lat: float
    radius_km: float


class Statement(Protocol):
    """Something that a report says of a launch."""

    @property
    def kind(self) -> str:
        """What it is about, for a table of failures."""

    def chance(self, points: Array) -> Array:
        """How likely its words are for an impact at each point, 0 to 1."""


class Flight(NamedTuple):
    """How far and which way it flew from a place: 'about 800 km', 'toward the northeast'; either may be left out.

    Parameters
    ----------
    km : the printed figure
    rounded : whether it is a rounded one, with 'about'
    point : the printed word, in sixteenths of a turn
    """

    start: Place
    km: int | None
    rounded: bool
    point: int | None

    @property
    def kind(self) -> str:
        distance = "" if self.km is None else "about N km" if self.rounded else "N km"
        return " + ".join(filter(None, [distance, "" if self.point is None else "direction"]))

    def chance(self, points: Array) -> Array:
        chance = np.ones(len(points))
        if self.km is not None:
            chance *= printed(self.start, points, self.km, ROUNDINGS if self.rounded else {1: 1.0})
        if self.point is not None:
            chance *= worded(self.start, points, self.point, POINTS)
        return chance


class InSea(NamedTuple):
    """'Into the Sea of Japan'."""

    name: str
    zone: Zone
    kind = "sea"

    def chance(self, points: Array) -> Array:
        return self.zone.holds(points).astype(float)


class FromAnchor(NamedTuple):
    """'About 200 km west of Okushiri Island', or '200 km off Cape Henry' without a direction and with no 'about'."""

    anchor: Place
    km: int
    point: int | None

    @property
    def kind(self) -> str:
        return "N km off X" if self.point is None else "about N km west of X"

    def chance(self, points: Array) -> Array:
        if self.point is None:
            return printed(self.anchor, points, self.km, {10: 1.0})
        far = printed(self.anchor, points, self.km, ANCHOR_ROUNDINGS)
        return far * worded(self.anchor, points, self.point, {8: 1.0})


class OffCoast(NamedTuple):
    """'Off its east coast': at most 370 km from that shore, before it, and no nearer to any other shore."""

    side: str
    bearing: float
    shore: Array
    others: Array
    kind = "off its coast"

    def chance(self, points: Array) -> Array:
        nearest, km = nearest_of(self.shore, points)
        azimuths = GEOD.inv(nearest[:, 0], nearest[:, 1], points[:, 0], points[:, 1])[0]
        before = np.abs((azimuths - self.bearing + 180) % 360 - 180) <= FACING_DEG
        there = np.flatnonzero(before & (km <= OFF_COAST_KM))
        chance = np.zeros(len(points))
        if len(there):
            chance[there] = km[there] <= nearest_of(self.others, points[there])[1] + _SHORE_KM
        return chance


def printed(place: Place, points: Array, figure: int, roundings: dict[int, float]) -> Array:
    """The chance that the distance of each point from somewhere in a place is printed as a figure."""
    km, _ = seen_from(place, points)
    chance, whole = np.zeros_like(km), np.zeros_like(km)
    for step, how_often in roundings.items():
        often = how_often * ((km >= step / MOST_ROUNDED) | (step == min(roundings)))
        if figure % step == 0:
            chance += often * _between(figure - step / 2, figure + step / 2, km, place.radius_km)
        whole += often
    return np.asarray(chance / whole)


def worded(place: Place, points: Array, point: int, counts: dict[int, float]) -> Array:
    """The chance that the direction of each point from somewhere in a place gets a word, in sixteenths of a turn."""
    km, azimuths = seen_from(place, points)
    wide = EARTH_KM * np.sin(np.minimum(km / EARTH_KM, np.pi / 2))
    aside = np.radians((azimuths - 22.5 * point + 180) % 360 - 180) * wide
    chance = np.zeros_like(km)
    for count, how_often in counts.items():
        if point % (16 // count) == 0:
            half = np.pi / count * wide
            chance += how_often * _between(-half, half, aside, place.radius_km)
    return chance


def _between(low: Array | float, high: Array | float, km: Array, radius_km: float) -> Array:
    """The chance that a distance lies between two, when it is measured from anywhere in a disc."""

    def below(share: Array) -> Array:  # the part of a disc on one side of a chord
        chord = np.clip(share, -1, 1)
        return np.asarray(0.5 + (chord * np.sqrt(1 - chord**2) + np.arcsin(chord)) / np.pi)

    return below((km - low) / radius_km) - below((km - high) / radius_km)


def usual(km: float, roundings: dict[int, float]) -> dict[int, float]:
    """The roundings that are used for a distance, and how often."""
    kept = {step: often for step, often in roundings.items() if km >= step / MOST_ROUNDED or step == min(roundings)}
    return {step: how_often / sum(kept.values()) for step, how_often in kept.items()}


def rounded_point(azimuths: Array, count: int) -> Array:
    """The nearest of so many points of the compass, in sixteenths of a turn."""
    return np.asarray(np.round(azimuths % 360 / (360 / count)) % count * (16 // count))


def seen_from(place: Place, points: Array) -> tuple[Array, Array]:
    """Distances and azimuths of points from the middle of a place."""
    count = len(points)
    azimuths, _, metres = GEOD.inv(np.full(count, place.lon), np.full(count, place.lat), points[:, 0], points[:, 1])
    return np.asarray(metres) / 1000, np.asarray(azimuths)


def nearest_of(shore: Array, points: Array) -> tuple[Array, Array]:
    """The nearest point of a shoreline to each of some points, and how far it is."""
    nearest = shore[(unit(points) @ unit(shore).T).argmax(axis=1)]
    metres = GEOD.inv(points[:, 0], points[:, 1], nearest[:, 0], nearest[:, 1])[2]
    return nearest, np.asarray(metres) / 1000


def unit(points: Array) -> Array:
    """Unit vectors from the earth's centre."""
    lon, lat = np.radians(points).T
    return np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])


# ------------------------------------------------------------------------- the smallest region that holds most


class Frame(NamedTuple):
    """A piece of a ring about a place, in which impacts are looked for."""

    place: Place
    low_km: float
    high_km: float
    left: float
    right: float

    @property
    def km2(self) -> float:
        across = np.radians(self.right - self.left)
        return float(EARTH_KM**2 * across * (np.cos(self.low_km / EARTH_KM) - np.cos(self.high_km / EARTH_KM)))

    def cells(self, count: int) -> tuple[Array, Array, Array, Array]:
        """Middles and areas of count times count cells, their distances and azimuths."""
        rims = np.linspace(self.low_km, self.high_km, count + 1)
        km, azimuths = np.meshgrid(
            (rims[1:] + rims[:-1]) / 2, self.left + (np.arange(count) + 0.5) * (self.right - self.left) / count
        )
        wide = np.radians(self.right - self.left) / count
        km2 = np.broadcast_to(EARTH_KM**2 * wide * -np.diff(np.cos(rims / EARTH_KM)), km.shape)
        full = np.full(km.size, 0.0)
        lons, lats, _ = GEOD.fwd(full + self.place.lon, full + self.place.lat, azimuths.ravel(), km.ravel() * 1000)
        return wrapped(np.column_stack([lons, lats])), km2.ravel(), km.ravel(), azimuths.ravel()


def frame_of(statement: Flight | FromAnchor, shortest_km: float, farthest_km: float) -> Frame:
    """The piece of a ring outside of which a statement is impossible."""
    place = statement.start if isinstance(statement, Flight) else statement.anchor
    low, high = shortest_km, farthest_km
    if statement.km is not None:
        steps = (ROUNDINGS if statement.rounded else {1: 1.0}) if isinstance(statement, Flight) else ANCHOR_ROUNDINGS
        low, high = statement.km - max(steps) / 2, statement.km + max(steps) / 2
    low, high = max(low - place.radius_km, 1.0), high + place.radius_km
    if statement.point is None:
        return Frame(place, low, high, -180, 180)
    half = 45 if isinstance(statement, Flight) and statement.point % 4 == 0 else 22.5
    half += np.degrees(np.arcsin(min(1.0, place.radius_km / low)))
    return Frame(place, low, high, statement.point * 22.5 - half, statement.point * 22.5 + half)


def smallest_km2(
    statements: Sequence[Statement],
    start: Place,
    land: Zone,
    reach: tuple[float, float],
    part: float = 0.95,
    count: int = 80,
) -> float:
    """Area of the smallest region that holds a part of all launches with the same description.

    A launch from anywhere in its place is as likely in one direction as in another, as likely to fly one distance as
    another within ``reach``, and falls into the sea. Its density is computed in the cells of a grid; the densest cells
    that together hold the part are the region. A grid that is mostly empty is drawn anew about what is not.
    """
    frames = [frame_of(one, *reach) for one in statements if isinstance(one, (Flight, FromAnchor))]
    frame = min([Frame(start, *reach, -180, 180), *frames], key=lambda one: one.km2)
    for _ in range(4):
        points, km2, km, azimuths = frame.cells(count)
        from_start = GEOD.inv(*np.broadcast_to([[start.lon], [start.lat]], points.T.shape), *points.T)[2] / 1000
        prior = ((reach[0] <= from_start) & (from_start <= reach[1])) / np.sin(from_start / EARTH_KM)
        density = prior
        for one in statements:
            some = density > 0
            density[some] *= one.chance(points[some])
        some = density > 0
        density[some] *= ~land.holds(points[some])
        some = density > 0
        if some.mean() > 0.25 or not some.any():
            break
        step_km, step = (frame.high_km - frame.low_km) / count, (frame.right - frame.left) / count
        closer = Frame(
            frame.place, max(km[some].min() - step_km, 1.0), km[some].max() + step_km,
            azimuths[some].min() - step, azimuths[some].max() + step,
        )  # fmt: skip
        if closer.km2 > 0.7 * frame.km2:
            break
        frame = closer
    order = np.argsort(-density)
    mass = np.cumsum((density * km2)[order])
    return float(np.cumsum(km2[order])[np.searchsorted(mass, part * mass[-1])])
