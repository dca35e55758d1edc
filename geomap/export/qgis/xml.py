"""Elements of QGIS's XML that several parts of a project need."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from functools import cache

from geomap.export.qgis import words
from geomap.export.qgis.projection import Projection
from geomap.export.qgis.sheets import Sheet


def sub(parent: ET.Element, tag: str, text: str | None = None, /, **attributes: object) -> ET.Element:
    """Add an element; ``class_`` is the attribute ``class``, ``a__b`` is ``a-b``, and True is ``true``."""
    given = {key.rstrip("_").replace("__", "-"): _said(value) for key, value in attributes.items()}
    element = ET.SubElement(parent, tag, given)
    element.text = text
    return element


def colour(parent: ET.Element, tag: str, tone: str, alpha: int = 255) -> ET.Element:
    """Add a colour, from ``#rrggbb``."""
    red, green, blue = (int(tone[i : i + 2], 16) for i in (1, 3, 5))
    return sub(parent, tag, red=red, green=green, blue=blue, alpha=alpha)


def add_projection(parent: ET.Element, projection: Projection) -> None:
    """Add the project's own CRS, which has no number."""
    about = {"wkt": projection.wkt, "proj4": projection.proj4, "srsid": "0", "srid": "0", "authid": ""}
    about |= {"description": projection.title, "projectionacronym": "aeqd", "ellipsoidacronym": "EPSG:7030"}
    _add_crs(parent, about | {"geographicflag": "false"})


def add_degrees(parent: ET.Element) -> None:
    """Add EPSG:4326, the CRS of all layers."""
    about = {"wkt": _degrees(), "proj4": "+proj=longlat +datum=WGS84 +no_defs", "srsid": "3452", "srid": "4326"}
    about |= {"authid": "EPSG:4326", "description": "WGS 84", "projectionacronym": "longlat"}
    _add_crs(parent, about | {"ellipsoidacronym": "EPSG:7030", "geographicflag": "true"})


def layer_id(sheet: Sheet) -> str:
    """The id of a table's layer in the project."""
    return f"{sheet.table}_{words.identifier(sheet.table).replace('-', '_')}"


def custom(parent: ET.Element, values: dict[str, str]) -> None:
    """Add properties of a layer or an item."""
    whole = sub(sub(parent, "customproperties"), "Option", type="Map")
    for key, value in values.items():
        sub(whole, "Option", type="QString", name=key, value=value)


def _add_crs(parent: ET.Element, about: dict[str, str]) -> None:
    element = sub(parent, "spatialrefsys", nativeFormat="Wkt")
    for tag, text in about.items():
        sub(element, tag, text)


@cache
def _degrees() -> str:
    from pyproj import CRS

    return str(CRS(4326).to_wkt("WKT1_GDAL"))


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
