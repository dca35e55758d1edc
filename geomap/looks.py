"""How each layer looks in QGIS: which column tells its kinds apart, in which style each is drawn, what the labels say.

The style is put into the GeoPackage itself (its table ``layer_styles``), so that a layer that is dragged into QGIS
comes styled. Colours and symbols are those of `geomap.style`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from geomap.qml import Category, make_qml, template
from geomap.style import STYLES, Style, Tone
from geomap.types import Record

TABLE = "layer_styles"
UPDATED = "2024-01-01T00:00:00.000Z"
"""A fixed time, so that a layer that is made again has the same bytes."""


class Look(Record, kw_only=True):
    """How a layer looks.

    Parameters
    ----------
    geometry : ``point``, ``line`` or ``polygon``
    kinds : value of the column (empty: all others), what the legend calls it, style
    column : QGIS expression that tells the kinds apart, empty when there is one only
    label : QGIS expression of the labels, empty for none
    label_from : labels show on maps of this scale (the number behind ``1:``) and larger, 0 for all
    faint : QGIS expression for what is drawn fainter because it is not certain
    tip : heading and column of each line of the map tip
    """

    geometry: str
    kinds: tuple[tuple[str, str, Style], ...]
    column: str = ""
    label: str = ""
    label_from: int = 0
    faint: str = ""
    tip: tuple[tuple[str, str], ...] = ()


def _plain(title: str, *, order: int = 0, colour: str = "#5d6f7c", **how: object) -> Style:
    """A style that only layers in QGIS have."""
    tone = Tone(colour, colour)
    return Style(key=title, title=title, order=order, colour=tone, text=tone, **how)  # type: ignore[arg-type]


_TIP = (("", "name"), ("Source:", "source"), ("Confidence:", "confidence"))
_ERROR = (("", "name"), ("Error, km:", "tolerance_km"), ("Source:", "source"))
_COAST, _EEZ, _ZONE = STYLES["coast"], STYLES["eez"], STYLES["zone"]
_UNSURE = "\"confidence\" = 'low'"
_OVERLAP = _plain("overlap", colour="#a87400", fill=0.12, hatch=True, weight=1.2, dash=(4, 3), lettering="zone")
_GROUND = _plain("land", colour="#e4ddcd", fill=1.0, weight=0.6)
_SIDES = (
    ("N", "North", "#0072B2"), ("NE", "Northeast", "#56B4E9"), ("E", "East", "#009E73"), ("SE", "Southeast", "#7a9a01"),
    ("S", "South", "#E69F00"), ("SW", "Southwest", "#D55E00"), ("W", "West", "#CC79A7"), ("NW", "Northwest", "#7f3a62"),
)  # fmt: skip
_EDGE = _plain("drawn", colour="#8b6f4e", fill=0.05, weight=1.0, lettering="place")
_ROUGH = _plain("rough", colour="#8b6f4e", fill=0.03, weight=1.0, dash=(3, 3), lettering="place")


def _marker(title: str, symbol: str, colour: str, size: float) -> Style:
    return _plain(title, colour=colour, symbol=symbol, size=size)


_SITES = {
    "spaceport": ("Spaceport", _marker("spaceport", "triangle", "#0072B2", 13.0)),
    "missile test range": ("Missile test range", _marker("range", "triangle", "#D55E00", 12.0)),
    "launch area": ("Launch area", _marker("area", "triangle-hollow", "#D55E00", 12.0)),
    "impact range": ("Impact range", _marker("impact", "target", "#D55E00", 11.0)),
    "airfield": ("Airfield", _marker("airfield", "diamond", "#2f8fc6", 10.0)),
    "base": ("Base", _marker("base", "square", "#5d6f7c", 9.0)),
    "port": ("Port", _marker("port", "square-hollow", "#5d6f7c", 9.0)),
    "shipyard": ("Shipyard", _marker("shipyard", "square-hollow", "#009E73", 9.0)),
    "nuclear site": ("Nuclear site", _marker("nuclear", "diamond", "#CC79A7", 11.0)),
    "nuclear test site": ("Nuclear test site", _marker("nuclear test", "target", "#CC79A7", 12.0)),
    "": ("Other", _marker("other", "circle", "#5d6f7c", 8.0)),
}

LOOKS: Mapping[str, Look] = MappingProxyType(
    {
        "basemap": Look(geometry="polygon", kinds=(("", "Land", _GROUND),)),
        "countries": Look(
            geometry="polygon", kinds=(("", "Land", _plain("c", colour="#d9cfb9", fill=1.0, weight=0.8,
                                                           lettering="country")),),
            label='"name"', label_from=30_000_000, tip=_TIP,
        ),
        "coasts": Look(
            geometry="line", column='"side"',
            kinds=(*((key, f"{word} coast", _plain(word, colour=colour, weight=2.6)) for key, word, colour in _SIDES),
                   ("", "Whole coast", _COAST)),
            tip=_TIP,
        ),
        "seas": Look(
            geometry="polygon", kinds=(("", "Sea", _plain("s", colour="#3f6479", fill=0.06, weight=1.0, dash=(1, 3),
                                                          lettering="sea")),),
            label='"name"', faint=_UNSURE, tip=(("", "name"), ("Also:", "names"), ("Limits:", "source")),
        ),
        "eez": Look(
            geometry="polygon", column='"status"',
            kinds=(("eez", "Economic zone", _EEZ), ("joint", "Joint area", _OVERLAP),
                   ("overlap", "Joint area or overlapping claims", _OVERLAP), ("", "Other zone", _ZONE)),
            label='"name"', label_from=20_000_000, tip=_ERROR,
        ),
        "boundaries": Look(
            geometry="line", column='"confidence"',
            kinds=(("high", "Read in its text", _plain("high", colour="#7f3a62", weight=1.8)),
                   ("", "Recalled, or at second hand", _plain("other", colour="#7f3a62", weight=1.4, dash=(5, 3)))),
            label='"name"', label_from=10_000_000,
            tip=(("", "name"), ("Left:", "left"), ("Right:", "right"), ("Error, km:", "tolerance_km"),
                 ("Source:", "source")),
        ),
        "belts": Look(
            geometry="polygon", column='"miles"',
            kinds=(("24", "Within 24 nautical miles", _plain("24", colour="#CC79A7", fill=0.08, weight=0.8)),
                   ("12", "Within 12 nautical miles", _plain("12", colour="#7f3a62", fill=0.16, weight=0.8))),
            tip=_ERROR,
        ),
        "lines": Look(
            geometry="line", kinds=(("", "Line", STYLES["line"]),), label='"name"', faint=_UNSURE,
            tip=(("", "name"), ("Status:", "status"), ("Error, km:", "tolerance_km"), ("Source:", "source")),
        ),
        "zones": Look(
            geometry="polygon", kinds=(("", "Zone", _ZONE),), label='"name"', faint=_UNSURE,
            tip=(("", "name"), ("Status:", "status"), ("Error, km:", "tolerance_km"), ("Source:", "source")),
        ),
        "regions": Look(
            geometry="polygon", column="if(\"outline\" in ('towns', 'circle'), 'rough', 'drawn')",
            kinds=(("drawn", "Outline drawn", _EDGE), ("rough", "Outline approximate", _ROUGH)),
            label='"name"', label_from=8_000_000, tip=(("", "name"), ("Outline:", "outline"), *_TIP[1:]),
        ),
        "landmarks": Look(
            geometry="point", column='"kind"',
            kinds=(("cape", "Cape", _marker("cape", "triangle-hollow", "#8b6f4e", 8.0)),
                   ("island", "Island", _marker("island", "circle", "#8b6f4e", 8.0)),
                   ("sea", "Bay or strait", _marker("bay", "circle", "#2f8fc6", 8.0)),
                   ("", "District or part of the world", _marker("district", "square-hollow", "#5d6f7c", 8.0))),
            label='"name"', label_from=5_000_000, faint=_UNSURE, tip=_TIP,
        ),
        "sites": Look(
            geometry="point", column='"sitekind"', kinds=tuple((key, *both) for key, both in _SITES.items()),
            label='"name"', label_from=8_000_000, faint=f"{_UNSURE} or \"source\" like '%unchecked%'", tip=_TIP,
        ),
    }
)  # fmt: skip
"""The layers by name; what is installed over one of them looks like it."""


def qml_of(look: Look, *, escaped: bool = False) -> str:
    """Make the QML of a layer; ``escaped`` if what stands in its cells is text of strangers, and may be no HTML."""
    categories = [Category(value=value, title=title, style=style) for value, title, style in look.kinds]
    return make_qml(
        look.geometry,
        categories,
        column=look.column,
        label=look.label,
        label_from=look.label_from,
        faint=look.faint,
        tip=template(*look.tip, escaped=escaped) if look.tip else "",
    )


def dress(path: Path, name: str, like: str = "") -> None:
    """Put the style of a layer into its GeoPackage, as the one that QGIS takes by default.

    Parameters
    ----------
    path : GeoPackage with a layer of this name
    like : the layer of `LOOKS` that it is to look like, if not that of its own name; a layer without a look stays bare
    """
    look = LOOKS.get(like or name)
    if look is None:
        return
    import pandas as pd
    import pyogrio

    row = style_row(name, pyogrio.read_info(path, layer=name)["geometry_name"], qml_of(look))
    pyogrio.write_dataframe(pd.DataFrame([row]), path, layer=TABLE, driver="GPKG", FID="id")


def style_row(table: str, geometry: str, qml: str) -> dict[str, object]:
    """A row of the table ``layer_styles``: what QGIS draws a table of the same file with, if nothing else is said."""
    return {
        "f_table_catalog": "",
        "f_table_schema": "",
        "f_table_name": table,
        "f_geometry_column": geometry,
        "styleName": table,
        "styleQML": qml,
        "styleSLD": "",
        "useAsDefault": True,
        "description": "geomap",
        "owner": "",
        "ui": "",
        "update_time": UPDATED,
    }
