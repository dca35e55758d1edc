"""Meridians and parallels, the scale, and where north is, on a sheet."""

from __future__ import annotations

import math

import numpy as np
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from geomap import geodesy
from geomap.chart.frame import Frame
from geomap.types import Record

NM_KM = 1.852
_STEPS = (0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0)
_LINES = 5
_NICE = (1.0, 2.0, 5.0)


class Tick(Record, kw_only=True):
    """Where a line of the graticule meets the frame: ``bottom`` or ``left``, how far along it, and its name."""

    side: str
    at: float
    label: str


class Scale(Record, kw_only=True):
    """A scale bar: its length on the sheet in points, on the ground in a unit, as geodesics measure it there."""

    length: float
    ground: float
    unit: str


def make_graticule(frame: Frame) -> tuple[list[BaseGeometry], list[Tick]]:
    """Make the lines of the graticule and the names at the frame's lower and left edge."""
    step = _step(frame)
    lines: list[BaseGeometry] = []
    for lon in np.arange(-180.0, 180.0, step):
        lines.append(frame.project(LineString([(lon, -89.0), (lon, 89.0)])))
    for lat in np.arange(math.ceil(-89 / step) * step, 89.0, step):
        halves = [LineString([(west, lat), (west + 180, lat)]) for west in (-180.0, 0.0)]
        lines += [frame.project(half) for half in halves]
    ticks = [*_ticks(frame, step, "bottom"), *_ticks(frame, step, "left")] if frame.is_filled else []
    return [line for line in lines if not line.is_empty], ticks


def make_scale(frame: Frame, x: float, y: float, longest: float, unit: str) -> Scale:
    """Make a scale bar that is right where it stands.

    Parameters
    ----------
    x, y : its left end on the sheet
    longest : points that it may take
    unit : ``km`` or ``NM``
    """
    lon, lat = frame.position(x, y)
    other = frame.position(x + longest, y)
    km = geodesy.distance_km(lon, lat, *other)
    whole = km if unit == "km" else km / NM_KM
    power = 10 ** math.floor(math.log10(whole))
    ground = max(nice * power for nice in _NICE if nice * power <= whole)
    return Scale(length=longest * ground / whole, ground=ground, unit=unit)


def north_deg(frame: Frame, x: float, y: float) -> float:
    """The direction of true north at a point of the sheet, degrees clockwise from its top."""
    lon, lat = frame.position(x, y)
    here, there = frame.points(np.array([lon, lon]), np.array([lat, min(89.9, lat + 0.2)]))
    return math.degrees(math.atan2(there[0] - here[0], there[1] - here[1]))


def _step(frame: Frame) -> float:
    """Degrees between the lines: about five of them over the shorter side."""
    degrees = min(frame.width, frame.height) * frame.scale / 111_200
    return next((step for step in _STEPS if degrees / step <= _LINES), _STEPS[-1])


def _ticks(frame: Frame, step: float, side: str) -> list[Tick]:
    """The lines that meet one side of the frame."""
    bottom = side == "bottom"
    along = np.linspace(0, frame.width if bottom else frame.height, 400)
    places = [frame.position(at, 0) if bottom else frame.position(0, at) for at in along]
    values = np.array([lon if bottom else lat for lon, lat in places])
    values = np.unwrap(values, period=360) if bottom else values
    found = []
    for value in np.arange(math.ceil(values.min() / step) * step, values.max(), step):
        over = np.flatnonzero(np.diff(np.sign(values - value)))
        if len(over):
            degrees = (value + 180) % 360 - 180 if bottom else value
            found.append(Tick(side=side, at=float(along[over[0]]), label=_named(degrees, east=bottom)))
    return found


def _named(degrees: float, *, east: bool) -> str:
    if abs(abs(degrees) - 180) < 1e-9 or abs(degrees) < 1e-9:
        return f"{abs(degrees):g}°"
    letters = "EW" if east else "NS"
    return f"{abs(degrees):g}°{letters[int(degrees < 0)]}"
