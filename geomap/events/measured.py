"""Whether distance and direction of a flight fit the two places, and the distance what the system is known to reach."""

from __future__ import annotations

import math

from geomap import geodesy, quantities, wording
from geomap.catalog import Layers
from geomap.events.told import apart_km, falls_of, is_independent, is_sound, wind
from geomap.types import Amount, Bearing, Event, Location

_SLACK_KM, _SLACK_SHARE = 10.0, 0.03
"""A path is not a geodesic, and a place not a point: so much is no contradiction."""
_SLIPS = (
    ("mile", "nautical mile"),
    ("nautical mile", "mile"),
    ("km", "mile"),
    ("mile", "km"),
    ("km", "nautical mile"),
    ("nautical mile", "km"),
)
"""Units that are taken for each other: the one that was read, and the one that was meant."""
_SLIP_SHARE, _EXACT_SHARE = 0.03, 0.005
"""A slip explains a distance to that part of it at most, and need not do so better than to that."""
_BETTER = 3.0
"""The slip must explain a distance so many times better than the printed figure does."""
_SHARP_DEG, _SLACK_DEG = 30.0, 5.0
"""A direction between two places means nothing when it is less exact; a compass word is not more exact."""


def distance_checks(event: Event) -> list[str]:
    """Say where the distance flown is not that between the two places, and which slip of units would explain it."""
    flown, launch, falls = event.distance_km, event.launch, falls_of(event)
    if flown is None or not is_sound(flown) or launch is None or not is_independent(launch, event) or not falls:
        return []
    if not all(is_independent(fall, event) for fall in falls):
        return []
    off = [_misfit_km(flown, launch, fall, event) for fall in falls]
    if not all(off) or _fits_another(event, launch, falls):
        return []
    gap_km, fall = min(zip(off, falls, strict=True), key=lambda pair: pair[0])
    between_km, tolerance_km = apart_km(launch, fall), launch.radius_km + fall.radius_km
    more = "more" if between_km > flown.value else "less"
    told = (
        f"the text says {wording.amount(flown)}, but from “{launch.text}” to “{fall.text}” it is "
        f"{wording.number(between_km)} km (± {wording.rough(tolerance_km)} km), which is at least "
        f"{wording.number(gap_km)} km {more} than that"
    )
    slip = unit_slip(flown, between_km, tolerance_km)
    return [f"{told}; {slip}: probably a slip of units" if slip else told]


def unit_slip(flown: Amount, between_km: float, tolerance_km: float) -> str | None:
    """Name the exchange of units that would explain a distance clearly better than the printed figure; None for none.

    Parameters
    ----------
    between_km, tolerance_km : distance of the two places, and how exact that is
    """
    if between_km < 1:
        return None
    left_open = (tolerance_km + (flown.high - flown.low) / 2) / between_km
    printed = abs(flown.value / between_km - 1)
    allowed = max(_EXACT_SHARE, min(_SLIP_SHARE, left_open))
    if left_open > printed / 2:  # then many figures would fit
        return None
    off, read, meant = min((abs(flown.value * _ratio(a, b) / between_km - 1), a, b) for a, b in _SLIPS)
    if off > allowed or off * _BETTER > printed:
        return None
    said = quantities.lengths(flown.said)
    unit = said[0].unit if said else "km"
    figure = f"{wording.number(round(flown.value / quantities.KM_PER_UNIT[read]))} {_units(read)}"
    km = f"{wording.number(flown.value * _ratio(read, meant))} km"
    if unit == read:
        return f"it would fit if {figure} were {_units(meant)} ({km})"
    return f"it would fit if the figure was made of {figure} that were {_units(meant)} ({km})"


def range_checks(event: Event, layers: Layers) -> list[str]:
    """Say where it is told to have flown farther than its system is known to reach."""
    flown, name = event.distance_km, event.weapon.system
    if flown is None or not is_sound(flown) or name is None or "systems" not in layers:
        return []
    row = next((row for row in layers.rows("systems") if row["name"] == name), None)
    reach = float(row["high_km"] or 0) if row else 0.0
    if row is None or reach <= 0:
        return []
    beyond_km = flown.low - reach - quantities.rounding(reach, hedged=True)
    if beyond_km <= 0:
        return []
    return [
        f"the text says {wording.amount(flown)}, but the greatest range known of the {name} is "
        f"{wording.number(reach)} km ({row['source']}): the distance, the name or the known range is wrong"
    ]


def direction_checks(event: Event) -> list[str]:
    """Say where the compass word of the flight is not the direction from the launch place to where it came down."""
    told, launch, fall = event.bearing_deg, event.launch, event.impact
    if told is None or launch is None or fall is None or not math.isfinite(told.low + told.value + told.high):
        return []
    if not (is_independent(launch, event) and is_independent(fall, event)):
        return []
    between_km, tolerance_km = apart_km(launch, fall), launch.radius_km + fall.radius_km
    if not between_km > tolerance_km:
        return []
    open_deg = math.degrees(math.asin(tolerance_km / between_km))
    if open_deg > _SHARP_DEG:
        return []
    bearing = geodesy.bearing_deg(launch.lon, launch.lat, fall.lon, fall.lat)
    # a map's reader thinks of the straight line on it, a gunner of the great circle: either will do
    off = min(_off_sector(told, bearing), _off_sector(told, _rhumb_deg(launch, fall)))
    if off <= open_deg + _SLACK_DEG:
        return []
    return [
        f"the text says {wording.bearing(told)}, but from “{launch.text}” to “{fall.text}” it is {wind(bearing)} "
        f"({bearing:.0f}° ± {max(1.0, open_deg):.0f}°)"
    ]


def _misfit_km(flown: Amount, launch: Location, fall: Location, event: Event) -> float:
    """By how many km the distance flown misses that between two places, beyond what is left open; 0 when it fits."""
    between_km = apart_km(launch, fall)
    tolerance_km = launch.radius_km + fall.radius_km
    slack_km = max(_SLACK_KM, _SLACK_SHARE * between_km)
    short_km, long_km = between_km - tolerance_km - flown.high, flown.low - between_km - tolerance_km
    if event.weapon.kind == "cruise" or event.trajectory == "irregular":  # what turns on its way flies farther
        long_km = 0.0
    gap_km = max(short_km, long_km)
    return gap_km if gap_km > slack_km else 0.0


def _fits_another(event: Event, launch: Location, falls: tuple[Location, ...]) -> bool:
    """Whether another distance that somebody states fits."""
    for said in event.statements:
        if said.about != "distance" or said.number is None or said.low is None or said.high is None:
            continue
        flown = Amount(value=said.number, low=said.low, high=said.high, said=said.value)
        if is_sound(flown) and not all(_misfit_km(flown, launch, fall, event) for fall in falls):
            return True
    return False


def _ratio(read: str, meant: str) -> float:
    return quantities.KM_PER_UNIT[meant] / quantities.KM_PER_UNIT[read]


def _units(unit: str) -> str:
    return "kilometers" if unit == "km" else f"{unit}s"


def _off_sector(told: Bearing, bearing: float) -> float:
    """Degrees by which a bearing lies outside the sector of a compass word; negative within it."""
    half = ((told.high - told.low) % 360) / 2
    return abs((bearing - told.value + 180) % 360 - 180) - half


def _rhumb_deg(launch: Location, fall: Location) -> float:
    """Bearing of the straight line on Mercator's map."""
    east = math.radians((fall.lon - launch.lon + 180) % 360 - 180)
    north = math.asinh(math.tan(math.radians(fall.lat))) - math.asinh(math.tan(math.radians(launch.lat)))
    return math.degrees(math.atan2(east, north)) % 360
