"""Styles as QGIS reads them (QML), made of the palette without QGIS: a symbol for each category, labels, a map tip.

QML is the XML that QGIS keeps in a layer's style. What is left out takes QGIS's own default, so that a style stays a
few kilobytes; 3.22 and later read it.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from geomap.style import GROUND, SYMBOLS, Style
from geomap.types import Record

VERSION = "3.22.0"
GEOMETRIES = {"point": ("marker", "0"), "line": ("line", "1"), "polygon": ("fill", "2")}
MM_PER_PX = 25.4 / 96
FONTS = {"country": ("9", "#4a4335"), "sea": ("9", ""), "zone": ("8", ""), "place": ("8", GROUND["ink"].light)}
"""Size in points of each kind of lettering, and its colour where that is not the style's."""
_STROKES = ("cross", "cross2", "line", "arrow")
"""Markers of QGIS that have no area, only an outline."""
PLACEMENT = {"point": "6", "line": "2", "polygon": "4"}
"""QGIS's numbers: in the corners about a point, along a line, level within a polygon."""


class Category(Record, kw_only=True):
    """One class of a layer's features.

    Parameters
    ----------
    value : what the column holds, empty for all other values
    title : what the legend calls it
    inner : a point's symbol has what is drawn upon it, too
    edge : QGIS expression of an area's outline, if that is not the area's whole boundary
    """

    value: str
    title: str
    style: Style
    inner: bool = False
    edge: str = ""


class Lettering(Record, kw_only=True):
    """How labels are set, where the defaults of their geometry do not do.

    Parameters
    ----------
    placement : QGIS's number of the mode, empty for the default
    wrap : lines are broken after so many characters, 0 for never
    colour : QGIS expression of the colour, empty for that of the first category
    line : QGIS expression of the line along which labels run, if that is not the feature itself
    flags : where on a line labels may stand, as QGIS's number, empty for the default
    priority : 0 to 10; the higher wins where there is no room for all
    weight : 50 for normal and 75 for bold type, 0 for what QGIS takes when nothing is said
    corners : where a point's label may stand, the best first
    from_symbol : the distance is from the edge of a point's symbol, not from its middle
    """

    placement: str = ""
    wrap: int = 0
    colour: str = ""
    priority: int = 5
    weight: int = 0
    corners: str = "TR,BR,TL,BL"
    from_symbol: bool = False
    flags: str = ""
    line: str = ""


def make_qml(geometry: str, categories: Sequence[Category], **how: Any) -> str:
    """Make the style of a layer, as a document of its own.

    Parameters
    ----------
    geometry : ``point``, ``line`` or ``polygon``
    categories : one for all features, or one for each value of a column
    how : what `add_style` takes besides
    """
    root = ET.Element("qgis", version=VERSION, styleCategories="AllStyleCategories")
    add_style(root, geometry, categories, **how)
    ET.SubElement(root, "layerGeometryType").text = GEOMETRIES[geometry][1]
    return "<!DOCTYPE qgis>\n" + ET.tostring(root, encoding="unicode")


def add_style(
    root: ET.Element,
    geometry: str,
    categories: Sequence[Category],
    *,
    column: str = "",
    label: str = "",
    label_from: int = 0,
    faint: str = "",
    tip: str = "",
    lettering: Lettering | None = None,
    aliases: Sequence[tuple[str, str]] = (),
    shunned: bool = False,
) -> None:
    """Add the style of a layer to an element: that of a style, or that of a project's layer.

    Parameters
    ----------
    column : column or QGIS expression that tells the category
    label : column or QGIS expression of the labels, empty for none
    label_from : labels show on maps of this scale (the number behind ``1:``) and larger, 0 for all
    faint : QGIS expression that is true of what is drawn fainter, because it is not certain
    tip : text of the map tip, a QGIS template
    aliases : columns, and what tables and forms call them
    shunned : an area that is not labelled, and where labels of other layers stand only if there is no better place
    """
    root.set("labelsEnabled", "1" if label else "0")
    kind = "categorizedSymbol" if column else "singleSymbol"
    if geometry == "point" and not categories[0].style.symbol:
        kind = "nullSymbol"  # only the labels show
    renderer = ET.SubElement(root, "renderer-v2", {"type": kind, **({"attr": column} if column else {})})
    if column:
        listed = ET.SubElement(renderer, "categories")
        for number, category in enumerate(categories):
            ET.SubElement(
                listed,
                "category",
                value=category.value,
                label=category.title,
                symbol=str(number),
                render="true",
                type="string",
            )
    if kind != "nullSymbol":
        symbols = ET.SubElement(renderer, "symbols")
        for number, category in enumerate(categories):
            _symbol(symbols, str(number), geometry, category, faint)
    if label:
        _labels(root, geometry, label, label_from, categories[0].style, lettering or Lettering())
    elif shunned:
        root.set("labelsEnabled", "1")
        settings = ET.SubElement(ET.SubElement(root, "labeling", type="simple"), "settings")
        ET.SubElement(settings, "text-style", fieldName="''", isExpression="1")
        ET.SubElement(settings, "rendering", drawLabels="0", obstacle="1", obstacleType="0", obstacleFactor="0.1")
    if aliases:
        named = ET.SubElement(root, "aliases")
        for number, (name, title) in enumerate(aliases):
            ET.SubElement(named, "alias", field=name, name=title, index=str(number))
    if tip:
        ET.SubElement(root, "mapTip").text = tip


def template(*columns: tuple[str, str], escaped: bool = False) -> str:
    """Make a map tip: the heading and the name of the column of each line; empty cells are left out.

    Parameters
    ----------
    escaped : what stands in the cells is text of strangers, and may be no HTML
    """
    lines = []
    for title, column in columns:
        text = cell(column) if escaped else _column(column)
        lines.append(f"[% coalesce(nullif('<b>{escape(title)}</b> ' || nullif({text}, '') || '<br>', ''), '') %]")
    return "".join(lines)


def cell(column: str) -> str:
    """Write the QGIS expression of a cell's text as HTML that is no more than that text."""
    found = _column(column)
    for sign, written in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\\n", "<br>")):
        found = f"replace({found}, '{sign}', '{written}')"
    return found


def _column(name: str) -> str:
    return f'"{name}"'


def _symbol(parent: ET.Element, name: str, geometry: str, category: Category, faint: str) -> None:
    symbol = ET.SubElement(parent, "symbol", name=name, type=GEOMETRIES[geometry][0], alpha="1")
    if faint:
        _options(
            ET.SubElement(symbol, "data_defined_properties"),
            {
                "name": "",
                "properties": {"alpha": {"active": True, "expression": f"if({faint}, 45, 100)", "type": 3}},
                "type": "collection",
            },
        )
    for number, (kind, options) in enumerate(_layers(geometry, category)):
        if kind == "SimpleLine" and category.edge:
            outline = {"SymbolType": "Line", "geometryModifier": category.edge, "units": "MapUnit"}
            element = _layer(symbol, "GeometryGenerator", outline)
            symbol_of_it = {"name": f"@{name}@{number}", "type": "line", "alpha": "1"}
            _layer(ET.SubElement(element, "symbol", symbol_of_it), kind, options)
        else:
            _layer(symbol, kind, options)


def _layer(symbol: ET.Element, kind: str, options: Mapping[str, object]) -> ET.Element:
    element = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0"})
    _options(element, options)
    return element


def _layers(geometry: str, category: Category) -> list[tuple[str, dict[str, object]]]:
    """QGIS's names and options for the layers of a symbol, the lowest first."""
    style = category.style
    line: dict[str, object] = {
        "line_color": rgba(style.colour.light, style.opacity),
        "line_width": mm(style.weight),
        "line_width_unit": "MM",
        "line_style": "solid" if style.weight else "no",
        "joinstyle": "round",
    }
    if style.dash:
        line |= {
            "use_custom_dash": "1",
            "customdash": ";".join(mm(length) for length in style.dash),
            "customdash_unit": "MM",
        }
    if geometry == "line":
        return [("SimpleLine", line)]
    if geometry == "point":
        symbol = SYMBOLS[style.symbol or "circle"]
        colour, paper = rgba(style.colour.light, style.opacity), rgba(GROUND["paper"].light, 1.0)
        marker: dict[str, object] = {
            "name": symbol.marker,
            "color": paper if symbol.hollow else colour,
            "outline_color": colour if symbol.hollow else paper,
            "outline_width": "0.4",
            "size": mm(style.size or 8.0),
            "size_unit": "MM",
        }
        if symbol.marker in _STROKES:
            halo = marker | {"outline_color": paper, "outline_width": "1.6"}
            return [
                ("SimpleMarker", halo),
                ("SimpleMarker", marker | {"outline_color": colour, "outline_width": "0.9"}),
            ]
        if not (category.inner and symbol.inner):
            return [("SimpleMarker", marker)]
        inner: dict[str, object] = {
            "name": "cross2",
            "color": paper,
            "outline_color": paper,
            "outline_width": "0.5",
            "size_unit": "MM",
        }
        return [("SimpleMarker", marker), ("SimpleMarker", inner | {"size": mm(0.4 * style.size)})]
    fill: dict[str, object] = {
        "color": rgba(style.colour.light, style.fill),
        "style": "solid" if style.fill else "no",
        "outline_style": "no",
    }
    found: list[tuple[str, dict[str, object]]] = [("SimpleFill", fill)]
    if style.hatch:
        hatch: dict[str, object] = {"angle": "45", "distance": "1.6", "distance_unit": "MM"}
        found.append(("LinePatternFill", hatch | {"color": rgba(style.colour.light, 0.5), "line_width": "0.2"}))
    return [*found, ("SimpleLine", line)]


def _labels(root: ET.Element, geometry: str, label: str, label_from: int, style: Style, how: Lettering) -> None:
    size, colour = FONTS[style.lettering]
    settings = ET.SubElement(ET.SubElement(root, "labeling", type="simple"), "settings")
    text = ET.SubElement(
        settings,
        "text-style",
        fieldName=label,
        isExpression="1",
        fontSize=size,
        fontSizeUnit="Point",
        textColor=rgba(colour or style.text.light, 1.0),
        fontItalic=str(int(style.lettering == "sea")),
    )
    if how.weight:
        text.set("fontWeight", str(how.weight))
    ET.SubElement(
        text,
        "text-buffer",
        bufferDraw="1",
        bufferSize="0.6",
        bufferSizeUnits="MM",
        bufferColor=rgba(GROUND["paper"].light, 0.7),
        bufferNoFill="1",
    )
    if how.wrap:
        wrap = {"autoWrapLength": str(how.wrap), "useMaxLineLengthForAutoWrap": "1", "multilineAlign": "3"}
        ET.SubElement(settings, "text-format", wrap)
    place = {"placement": how.placement or PLACEMENT[geometry], "predefinedPositionOrder": how.corners}
    if how.priority != Lettering().priority:
        place["priority"] = str(how.priority)
    if how.from_symbol:
        place["offsetType"] = "1"
    if how.line:
        place |= {
            "geometryGenerator": how.line,
            "geometryGeneratorType": "LineGeometry",
            "geometryGeneratorEnabled": "1",
        }
    if how.flags:
        place["placementFlags"] = how.flags
    ET.SubElement(settings, "placement", {"dist": "1.2", "distUnits": "MM", **place})
    scale = {"scaleVisibility": "1", "scaleMin": "1", "scaleMax": str(label_from)} if label_from else {}
    obstacle = "0" if geometry == "polygon" else "1"  # labels may lie on the areas of other layers
    ET.SubElement(settings, "rendering", {"drawLabels": "1", "mergeLines": "1", "obstacle": obstacle, **scale})
    if how.colour:
        colour_of = {"active": True, "expression": how.colour, "type": 3}
        properties = {"name": "", "properties": {"Color": colour_of}, "type": "collection"}
        _options(ET.SubElement(settings, "dd_properties"), properties)


def _options(parent: ET.Element, values: Mapping[str, object], name: str = "") -> None:
    """Write a map of options, as QGIS nests them."""
    whole = ET.SubElement(parent, "Option", {"type": "Map", **({"name": name} if name else {})})
    for key, value in values.items():
        if isinstance(value, Mapping):
            _options(whole, value, key)
        else:
            kind = "bool" if isinstance(value, bool) else "int" if isinstance(value, int) else "QString"
            text = str(value).lower() if isinstance(value, bool) else str(value)
            ET.SubElement(whole, "Option", type=kind, name=key, value=text)


def rgba(colour: str, opacity: float) -> str:
    """A colour as QGIS writes it, from ``#rrggbb``."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},{round(255 * opacity)}"


def mm(pixels: float) -> str:
    """CSS pixels as millimetres."""
    return f"{pixels * MM_PER_PX:.2f}"
