"""A position in the three forms that people copy: decimal degrees, degrees with minutes and seconds, and MGRS.

Latitude comes first, as people write it and as maps and receivers take it. All three say a place to about a metre:
how sure a place is stands elsewhere.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mgrs import MGRS

DECIMALS = 5
"""Of decimal degrees: about one metre."""

GRID_SOUTH, GRID_NORTH = -80.0, 84.0
"""Between these latitudes, in degrees, lie the zones of UTM, which MGRS counts in."""

_TENTHS = 36_000
"""Tenths of a second in a degree."""


def decimal(lon: float, lat: float) -> str:
    """Write a position in signed decimal degrees, latitude first (``39.80000, -130.05000``).

    Parameters
    ----------
    lon, lat : degrees
    """
    return f"{_zero(lat)}, {_zero(lon)}"


def dms(lon: float, lat: float) -> str:
    """Write a position in degrees, minutes and seconds (``39°48′00.0″N 130°03′00.0″W``).

    Parameters
    ----------
    lon, lat : degrees
    """
    return f"{_angle(lat, 2, 'NS')} {_angle(lon, 3, 'EW')}"


def mgrs(lon: float, lat: float) -> str:
    """Write a position in the Military Grid Reference System, to the metre (``52S EK 85609 06037``).

    The square metre that the position lies in is named by its south-western corner, as the system has it. Beyond 84° N
    and 80° S there are no zones of UTM, and the answer is empty.

    Parameters
    ----------
    lon, lat : degrees on WGS 84
    """
    if not GRID_SOUTH <= lat <= GRID_NORTH:
        return ""
    code: str = _grid().toMGRS(lat, lon, MGRSPrecision=5)
    zone, square, figures = code[:-12], code[-12:-10], code[-10:]
    return f"{zone} {square} {figures[:5]} {figures[5:]}"


def forms(lon: float, lat: float) -> tuple[str, str, str]:
    """Write a position in all three forms: decimal degrees, degrees with minutes and seconds, MGRS.

    Parameters
    ----------
    lon, lat : degrees
    """
    return decimal(lon, lat), dms(lon, lat), mgrs(lon, lat)


def _zero(value: float) -> str:
    """A number with its decimals, and no minus before a zero."""
    text = f"{value:.{DECIMALS}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def _angle(value: float, width: int, hemispheres: str) -> str:
    tenths = round(abs(value) * _TENTHS)  # at once, so that 59.96 seconds become a minute and never 60 seconds
    degrees, rest = divmod(tenths, _TENTHS)
    minutes, rest = divmod(rest, 600)
    side = hemispheres[value < 0 and tenths > 0]
    return f"{degrees:0{width}d}°{minutes:02d}′{rest // 10:02d}.{rest % 10}″{side}"


@cache
def _grid() -> MGRS:
    from mgrs import MGRS

    return MGRS()
