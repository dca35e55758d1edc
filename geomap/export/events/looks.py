"""How the tables of launches look in QGIS: in the colours and symbols of the page."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geomap.looks import Look
from geomap.style import STYLES

_TIP = (("", "title"), ("When:", "when_said"), ("Verdicts:", "verdicts"), ("Words:", "words"), ("Doubts:", "notes"))
_AREA = (("", "title"), ("Words:", "text"), ("How:", "rule"))
_RECALLED = '"background"'
_LABELS_FROM = 5_000_000

LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "events": Look(
            geometry="point",
            column='"point_of"',
            kinds=(
                ("impact", "Where it came down: best point", STYLES["impact-point"]),
                ("launch", "Where it was launched", STYLES["launch-point"]),
            ),
            label='"title"',
            label_from=_LABELS_FROM,
            faint=_RECALLED,
            tip=_TIP,
        ),
        "launches": Look(
            geometry="polygon",
            kinds=(("", "Where it was launched", STYLES["launch-area"]),),
            faint=_RECALLED,
            tip=_AREA,
        ),
        "impacts": Look(
            geometry="polygon", kinds=(("", "Where it came down", STYLES["impact"]),), faint=_RECALLED, tip=_AREA
        ),
        "tracks": Look(
            geometry="line", kinds=(("", "Tracks", STYLES["track"]),), faint=_RECALLED, tip=(("", "title"),)
        ),
    }
)
"""The tables by name; earlier launches that are only recalled are drawn fainter."""
