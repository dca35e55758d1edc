"""How wide and high text is, in the type that ships with matplotlib, so that pictures are the same everywhere."""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from typing import Any

FAMILY = "DejaVu Sans"
_FINE = 16
LEADING = 1.18
"""From one line to the next, in sizes of type."""


@lru_cache(maxsize=4096)
def measure(text: str, size: float, bold: bool) -> tuple[float, float]:
    """Width and height in points of a text of one line or more."""
    from matplotlib.ft2font import LoadFlags

    font = _font(bold)
    font.set_size(size * _FINE, 72)  # in small sizes each letter would be rounded to whole pixels
    widths, heights = [], []
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # an empty box is drawn, as wide as any letter
        for line in text.split("\n"):
            font.set_text(line or " ", 0.0, flags=LoadFlags.NO_HINTING)
            wide, high = font.get_width_height()
            widths.append(wide / 64 / _FINE)
            heights.append(high / 64 / _FINE)
    return max(widths), heights[0] + (len(heights) - 1) * size * LEADING


@cache
def _font(bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font(findfont(FontProperties(family=FAMILY, weight="bold" if bold else "normal")))
