"""The sizes of a picture: for a slide, a page, a column, a square, or as wide and high as one likes."""

from __future__ import annotations

from geomap.errors import ExportError
from geomap.patterns import regex
from geomap.types import Record

POINTS_PER_MM = 72 / 25.4
_LEAST_PT, _MOST_PT = 140.0, 5000.0
_FREE = regex(r"(\d{1,5}(?:\.\d+)?)\s*[xX×]\s*(\d{1,5}(?:\.\d+)?)\s*(mm|cm|in|px)?")


class Size(Record, kw_only=True):
    """A sheet.

    Parameters
    ----------
    width, height : points
    grow : how much larger than on a page of A4 type and lines are, for the distance that it is looked at from
    """

    name: str
    width: float
    height: float
    grow: float


SIZES = {
    one.name: one
    for one in (
        Size(name="slide", width=960.0, height=540.0, grow=1.4),
        Size(name="a4", width=297 * POINTS_PER_MM, height=210 * POINTS_PER_MM, grow=1.05),
        Size(name="column", width=90 * POINTS_PER_MM, height=130 * POINTS_PER_MM, grow=0.86),
        Size(name="square", width=540.0, height=540.0, grow=1.15),
    )
}
"""The named sizes: 16:9 as slides are, A4 across, a column of a newspaper, a square."""

ON_SLIDE = Size(name="on a slide", width=690.0, height=396.0, grow=1.15)
"""The map of a slide that has its own title and foot."""
ON_PAGE = Size(name="on a page", width=170 * POINTS_PER_MM, height=125 * POINTS_PER_MM, grow=0.95)
"""The map within the text of a page of A4."""


def find_size(said: str, dpi: float) -> Size:
    """Find a named size, or read one of one's own: ``240x160mm``, ``1200x800`` pixels at so many to an inch.

    Raises
    ------
    ExportError
        if it is none, or no sheet could have it
    """
    known = SIZES.get(said.lower())
    if known is not None:
        return known
    match = _FREE.fullmatch(said.strip())
    if match is None:
        message = (
            f"{said!r} is no size; give one of {', '.join(SIZES)}, or width x height such as 1200x800 or 240x160mm"
        )
        raise ExportError(message)
    unit = {"mm": POINTS_PER_MM, "cm": 10 * POINTS_PER_MM, "in": 72.0, "px": 72.0 / dpi, None: 72.0 / dpi}[match[3]]
    width, height = (float(match[number]) * unit for number in (1, 2))
    if not all(_LEAST_PT <= side <= _MOST_PT for side in (width, height)):
        least, most = _LEAST_PT / 72, _MOST_PT / 72
        message = (
            f"{said!r} is {width / 72:.1f} by {height / 72:.1f} inches; each side must be {least:.0f} to {most:.0f}"
        )
        raise ExportError(message)
    return Size(name=said, width=width, height=height, grow=max(0.8, min(1.5, min(width, height) / 480)))
