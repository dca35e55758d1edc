"""Launches that never were: simulated on the ellipsoid, told in plain English, read by geomap, and compared.

A launch starts somewhere within a place of ``launch_places.tsv`` on an even random bearing, flies an even random
distance of 100 to 1,500 km, and falls into a sea. A report says some of: how far and which way it flew, into which sea
it fell, how far and on which side of an island, cape or town, off which coast, and whether somebody says that it was
inside or outside a state's economic zone (a fifth of these statements are false: a zone of impact must not rest on
them). What is said is drawn at random, at least two things; how it is rounded stands in `launch_words`.

``python tests/launch_simulator.py --number 1000 --seed 7`` prints the figures for many launches.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import NamedTuple

import numpy as np
import shapely
from dense_sampling import GEOD, Array, Zone, wrapped
from launch_words import (
    ANCHOR_ROUNDINGS,
    EARTH_KM,
    NAMES,
    OFF_COAST_KM,
    POINTS,
    ROUNDINGS,
    Flight,
    FromAnchor,
    InSea,
    OffCoast,
    Place,
    Statement,
    rounded_point,
    smallest_km2,
    unit,
    usual,
)

from geomap import geodesy
from geomap.catalog import Layers, open_layers
from geomap.pipeline import read
from geomap.types import Document, Event, Verdict

REACH_KM = (100.0, 1500.0)
ANCHOR_KM = (60.0, 400.0)
ZONE_KM = 600.0
SLACK_KM = 1.0
"""So far outside of the impact zone a true impact still counts as inside."""
PUBLISHED = "2025-03-05"
_FALSE = 0.2
_SIDES = {"N": (0.0, "north"), "E": (90.0, "east"), "S": (180.0, "south"), "W": (270.0, "west")}


class Start(NamedTuple):
    """Where launches start from, who fires, and whose coast 'its coast' is (empty for none)."""

    place: Place
    actor: str
    state: str


class Zoned(NamedTuple):
    """What is said of a zone, and what is true: 'inside' or 'outside', and the true distance from its edge."""

    feature: str
    said: str
    true: str
    margin_km: float


class Launch(NamedTuple):
    """One simulated launch; ``how`` tells how its figures were rounded, which the text does not."""

    start: Start
    impact: tuple[float, float]
    statements: tuple[Statement, ...]
    zoned: Zoned | None
    text: str
    how: str

    @property
    def kind(self) -> str:
        return ", ".join(statement.kind for statement in self.statements)


class Outcome(NamedTuple):
    """What geomap made of a launch.

    Parameters
    ----------
    held : whether the true impact lies in the impact zone; None without a zone
    off_km : how far outside of it
    ratio : its area by that of the smallest region that holds 95 % of the launches that are described like this one
    verdict : on the claim, None when none was made or read
    """

    launch: Launch
    held: bool | None
    off_km: float
    ratio: float | None
    verdict: Verdict | None


class World:
    """What the generator knows of the earth: seas, zones, shores and anchors of the shipped layers."""

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self._zones: dict[str, Zone] = {}

    @cached_property
    def starts(self) -> list[Start]:
        lines = Path(__file__).with_name("launch_places.tsv").read_text(encoding="utf-8").splitlines()
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        return [
            Start(Place(name, float(lon), float(lat), float(km)), actor, "" if state == "-" else state)
            for name, state, actor, lon, lat, km in rows
        ]

    @cached_property
    def land(self) -> Zone:
        return Zone([feature.geometry for feature in self.layers.features("countries")])

    @cached_property
    def seas(self) -> list[InSea]:
        return [InSea(_sea(str(row["name"])), self.zone(f"seas/{row['key']}")) for row in self.layers.rows("seas")]

    @cached_property
    def anchors(self) -> list[Place]:
        """Small islands and capes with a name of their own, and the towns and sites of the table."""
        rows = [row for layer in ("landmarks", "regions") for row in self.layers.rows(layer)]
        names = [str(row["name"]).casefold() for row in rows]
        small = [
            Place(str(row["name"]), row["lon"], row["lat"], row["radius_km"])
            for row, name in zip(rows, names, strict=True)
            if row["kind"] in ("island", "cape") and row["radius_km"] <= 12 and names.count(name) == 1
        ]
        return [*small, *(start.place for start in self.starts if start.place.radius_km <= 12)]

    def zone(self, feature: str) -> Zone:
        """A sea, or an economic zone with all that the state has overseas."""
        if feature not in self._zones:
            layer, _, key = feature.partition("/")
            rows = self.layers.rows(layer) if layer == "eez" else []
            overseas = [row["key"] for row in rows if row["sovereign"] == key != row["key"]]
            self._zones[feature] = Zone([self.layers.geometry(f"{layer}/{one}") for one in (key, *overseas)])
        return self._zones[feature]

    @cached_property
    def shores(self) -> Array:
        """Points along the coasts of all states."""
        keys = [row["key"] for row in self.layers.rows("coasts")]
        return np.vstack([_shore(self.layers, f"coasts/{key}") for key in keys if len(key) == 3])

    def coasts(self, start: Start) -> list[OffCoast]:
        """The four sides of the coast of a launch's state, those that it has."""
        at = np.array([[start.place.lon, start.place.lat]])
        far_km = REACH_KM[1] + OFF_COAST_KM
        near = self.shores[(unit(self.shores) @ unit(at).T)[:, 0] > np.cos(far_km / EARTH_KM)]
        sides = [side for side in _SIDES if self.layers.has(f"coasts/{start.state}-{side}")]
        return [
            OffCoast(name, bearing, _shore(self.layers, f"coasts/{start.state}-{side}"), near)
            for side, (bearing, name) in _SIDES.items()
            if side in sides
        ]


def simulate(world: World, number: int, seed: int) -> Iterator[Launch]:
    """Make launches, always the same for a seed."""
    chance = np.random.default_rng(seed)
    for _ in range(number):
        start = world.starts[chance.integers(len(world.starts))]
        yield _told(world, start, *_flown(world, start.place, chance), chance)


def _flown(world: World, place: Place, chance: np.random.Generator) -> tuple[Array, Array]:
    """Where a launch really started and where it fell, in a sea."""
    count = 60
    out, turn = place.radius_km * np.sqrt(chance.uniform()), chance.uniform(0, 360)
    from_ = np.array(GEOD.fwd(place.lon, place.lat, turn, out * 1000)[:2])
    azimuths, km = chance.uniform(0, 360, count), chance.uniform(*REACH_KM, count)
    lons, lats, _ = GEOD.fwd(np.full(count, from_[0]), np.full(count, from_[1]), azimuths, km * 1000)
    points = wrapped(np.column_stack([lons, lats]))
    wet = ~world.land.holds(points) & np.any([sea.zone.holds(points) for sea in world.seas], axis=0)
    return (from_, points[np.argmax(wet)]) if wet.any() else _flown(world, place, chance)


def _told(world: World, start: Start, from_: Array, impact: Array, chance: np.random.Generator) -> Launch:
    """Choose what is said of a launch, and put it in words."""
    azimuth, _, metres = GEOD.inv(*from_, *impact)
    rounded = bool(chance.uniform() < 0.8)
    step, count = _drawn(usual(metres / 1000, ROUNDINGS), chance) if rounded else 1, _drawn(POINTS, chance)
    figure, point = int(np.round(metres / 1000 / step)) * step, int(rounded_point(np.array(azimuth), count))
    flight = Flight(start.place, figure, rounded, point)
    anchored, how = _anchored(world, start, impact, chance) if chance.uniform() < 0.5 else (None, "")
    seas = [sea for sea in world.seas if sea.chance(impact[None])[0]]
    sea = seas[chance.integers(len(seas))] if chance.uniform() < (0.93 if anchored is None else 0.7) else None
    coast = None
    if anchored is None and start.state and chance.uniform() < 0.4:
        coast = next((one for one in world.coasts(start) if one.chance(impact[None])[0]), None)
    no_km, no_point = chance.uniform(size=2) > (0.75, 0.65)
    if anchored is None and sea is not None and "Ocean" in sea.name:
        no_km = False  # nobody leaves all the rest of an ocean open
    if (not no_km) + (not no_point) + sum(one is not None for one in (anchored, sea, coast)) < 2:
        no_km = no_point = False
    flight = flight._replace(km=None if no_km else flight.km, point=None if no_point else flight.point)
    said = [flight if not (no_km and no_point) else None, sea, anchored, coast]
    statements = tuple(one for one in said if one is not None)
    zoned = _zoned(world, impact, chance) if chance.uniform() < 0.85 else None
    text = _worded(world, start, flight, sea, anchored, coast, zoned, chance)
    how = f"flown {metres / 1000:.0f} km at {azimuth % 360:.0f}°, to {step} km and {count} points{how}"
    return Launch(start, (float(impact[0]), float(impact[1])), statements, zoned, text, how)


def _anchored(world: World, start: Start, impact: Array, chance: np.random.Generator) -> tuple[FromAnchor | None, str]:
    """A statement about an island, cape or town nearby, None when there is none; and how it was rounded."""
    anchors = world.anchors
    _azimuths, _, metres = GEOD.inv(
        [one.lon for one in anchors], [one.lat for one in anchors], *np.broadcast_to(impact[:, None], (2, len(anchors)))
    )
    km = np.asarray(metres) / 1000
    near = np.flatnonzero((ANCHOR_KM[0] <= km) & (km <= ANCHOR_KM[1]))
    near = [number for number in near if anchors[number].name != start.place.name]
    if not near:
        return None, ""
    anchor = anchors[chance.choice(near)]
    out, turn = anchor.radius_km * np.sqrt(chance.uniform()), chance.uniform(0, 360)
    azimuth, _, metres = GEOD.inv(*GEOD.fwd(anchor.lon, anchor.lat, turn, out * 1000)[:2], *impact)
    if chance.uniform() < 0.3:
        return FromAnchor(anchor, int(np.round(metres / 1e4)) * 10, None), f"; {metres / 1000:.0f} km off, to 10 km"
    step = _drawn(usual(metres / 1000, ANCHOR_ROUNDINGS), chance)
    figure, point = int(np.round(metres / 1000 / step)) * step, int(rounded_point(np.array(azimuth), 8))
    how = f"; {metres / 1000:.0f} km at {azimuth % 360:.0f}° of {anchor.name}, to {step} km"
    return (FromAnchor(anchor, figure, point), how) if figure else (None, "")


def _zoned(world: World, impact: Array, chance: np.random.Generator) -> Zoned | None:
    """A statement about the economic zone of a state nearby; a fifth of them false."""
    rows = [row for row in world.layers.rows("eez") if row["key"] == row["sovereign"] and row["status"] == "eez"]
    metres = GEOD.inv(
        [row["lon"] for row in rows], [row["lat"] for row in rows], *np.broadcast_to(impact[:, None], (2, len(rows)))
    )[2]
    near = [row for row, m in zip(rows, metres, strict=True) if m / 1000 < row["radius_km"] + ZONE_KM]
    for number in chance.permutation(len(near)):
        feature = f"eez/{near[number]['key']}"
        margin_km = world.zone(feature).margin_km(*impact)
        if margin_km > -ZONE_KM:
            true, other = ("inside", "outside") if margin_km > 0 else ("outside", "inside")
            return Zoned(feature, other if chance.uniform() < _FALSE else true, true, margin_km)
    return None


def _worded(
    world: World,
    start: Start,
    flight: Flight,
    sea: InSea | None,
    anchored: FromAnchor | None,
    coast: OffCoast | None,
    zoned: Zoned | None,
    chance: np.random.Generator,
) -> str:
    """The report: two or three sentences."""
    which = ""
    if flight.point is not None:
        name = NAMES[flight.point]
        which = f" toward the {name}" if chance.uniform() < 0.6 else f" {name}ward"
    verb = chance.choice(["fired", "test-fired", "launched"])
    whose = start.actor.replace("The ", "the ") + ("'" if start.actor.endswith("s") else "'s")
    by = chance.choice([f"{whose} military", "the Coast Guard", "the Defense Ministry"])
    flew = "" if flight.km is None else f"It flew {'about ' if flight.rounded else ''}{flight.km:,} km and fell"
    where = f" into {sea.name}" if sea else " into the sea" if anchored is None else ""
    if anchored is not None:
        far = (
            f"{anchored.km} km off" if anchored.point is None else f"about {anchored.km} km {NAMES[anchored.point]} of"
        )
        where += f" {far} {anchored.anchor.name}"
    where += f" off its {coast.side} coast" if coast else ""
    sentences = [
        f"{start.actor} {verb} a ballistic missile from {start.place.name}{which} on Tuesday.",
        f"{flew or 'It fell'}{where}, {by} said.",
    ]
    if zoned is not None:
        zone = str(world.layers.feature(zoned.feature).properties["name"])
        whose = zone.removesuffix(" exclusive economic zone")
        sentences.append(f"The missile came down {zoned.said} {zone}, {whose} foreign ministry said.")
    return " ".join(sentences)


def _sea(name: str) -> str:
    """A sea as a sentence names it: bays without an article."""
    return name if name.endswith((" Bay", " Inlet", " Sound", "Bo Hai")) else f"the {name}"


def _shore(layers: Layers, feature: str) -> Array:
    """Points along a shoreline, a few km apart."""
    coarse = shapely.simplify(layers.geometry(feature), 0.02)
    return np.asarray(shapely.get_coordinates(shapely.segmentize(coarse, 0.2)))


def _drawn(shares: dict[int, float], chance: np.random.Generator) -> int:
    return int(chance.choice(list(shares), p=list(shares.values())))


# ------------------------------------------------------------------------------------------------- comparison


def judge(launch: Launch, world: World) -> Outcome:
    """Read a launch's text, and compare what comes out with what is true."""
    events = read(Document.of(launch.text, published=PUBLISHED), world.layers).events
    event: Event | None = events[0] if events else None
    verdict = None
    if event is not None and launch.zoned is not None:
        feature = launch.zoned.feature
        verdict = next((claim.verdict for claim in event.claims if claim.zone == feature), None)
    if event is None or event.impact is None:
        return Outcome(launch, None, 0.0, None, verdict)
    geometry = event.impact.geometry
    off_km = geodesy.separation_km(*launch.impact, geometry)
    smallest = smallest_km2(launch.statements, launch.start.place, world.land, REACH_KM)
    return Outcome(launch, off_km <= SLACK_KM, off_km, geodesy.area_km2(geometry) / smallest, verdict)


class Figures(NamedTuple):
    """What many outcomes come to.

    Parameters
    ----------
    held : part of the launches whose true impact lies in the impact zone
    clear : claims whose zone's edge is farther from the true impact than twice the verdict's tolerance
    decided, wrong : parts of these that have a verdict, and a wrong one
    ratio : median of the areas against the smallest ones
    """

    held: float
    clear: int
    decided: float
    wrong: float
    ratio: float


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Sum outcomes up; a launch without an impact zone is one that is not held, a claim that was not read undecided."""
    verdicts = [
        (one.launch.zoned.true, one.verdict.relation if one.verdict else "cannot tell")
        for one in outcomes
        if one.launch.zoned is not None and _is_clear(one.launch.zoned, one)
    ]
    decided = [(true, found) for true, found in verdicts if found != "cannot tell"]
    return Figures(
        held=sum(bool(one.held) for one in outcomes) / len(outcomes),
        clear=len(verdicts),
        decided=len(decided) / max(1, len(verdicts)),
        wrong=sum(true != found for true, found in decided) / max(1, len(verdicts)),
        ratio=median([one.ratio for one in outcomes if one.ratio is not None] or [float("inf")]),
    )


def _is_clear(zoned: Zoned, outcome: Outcome) -> bool:
    if outcome.verdict is None:
        return outcome.held is not None
    tolerance_km = outcome.verdict.tolerance_km
    return tolerance_km is not None and abs(zoned.margin_km) > 2 * tolerance_km


def main() -> None:
    """Print the figures for many launches, and the combinations of statements that fail."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--failures", type=int, default=0, help="print so many launches that were missed")
    options = parser.parse_args()
    world = World(open_layers())
    outcomes = [judge(launch, world) for launch in simulate(world, options.number, options.seed)]
    print(figures(outcomes))
    kinds: dict[str, list[Outcome]] = defaultdict(list)
    for one in outcomes:
        kinds[one.launch.kind].append(one)
    print(f"{'launches':>8} {'missed':>6} {'no zone':>7} {'ratio':>7}  said")
    for kind, some in sorted(kinds.items(), key=lambda item: -len(item[1])):
        missed, none = sum(one.held is False for one in some), sum(one.held is None for one in some)
        print(f"{len(some):8} {missed:6} {none:7} {figures(some).ratio:7.2f}  {kind}")
    failed = [one for one in outcomes if not one.held]
    for one in failed[: options.failures]:
        print(f"\n{one.launch.text}\n  at {one.launch.impact[0]:.2f} {one.launch.impact[1]:.2f} ({one.launch.how})")
        print("  no impact zone" if one.held is None else f"  {one.off_km:.0f} km outside of the impact zone")


if __name__ == "__main__":
    main()
