"""The project: the tree of layers, the themes, the time, the projection; the XML that QGIS keeps in a .qgz."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from datetime import datetime

from geomap.export.qgis import words
from geomap.export.qgis.layout import add_layout
from geomap.export.qgis.projection import Projection, extent_of
from geomap.export.qgis.sheets import BASE, TABLES, Sheet
from geomap.export.qgis.styles import aliases_of, style_of
from geomap.export.qgis.xml import add_degrees, add_projection, layer_id, sub
from geomap.qml import add_style
from geomap.stage import Scene
from geomap.style import GROUND

QGIS = "3.22.0"
"""The oldest version that the project is for; later ones read it as well."""
SAVED = "2024-01-01T00:00:00"
ALL, LAUNCHES, CLOSED = "All", "Launches and impacts only", "Closed areas"

_GEOMETRY = {"point": "Point", "line": "Line", "polygon": "Polygon", "none": "No geometry"}
_EVENT = ("launch-point", "launch-area", "impact-point", "impact", "track")
_STEPS = ((2 * 86_400, 10, "min"), (14 * 86_400, 1, "h"), (400 * 86_400, 1, "d"))
"""Steps of the time slider for spans of so many seconds; longer ones go by months."""

Extent = tuple[float, float, float, float]


def make_project(scene: Scene, sheets: Sequence[Sheet], projection: Projection, file: str, abstract: str) -> bytes:
    """Make the project as QGIS's XML.

    Parameters
    ----------
    file : name of the GeoPackage, which lies beside the project
    abstract : credits and caveats
    """
    title, extent = words.name(scene.title), extent_of(scene, projection)
    root = ET.Element("qgis", version=QGIS, projectname=title, saveDateTime=SAVED)
    sub(root, "homePath", path="")
    sub(root, "title", title)
    add_projection(sub(root, "projectCrs"), projection)
    _add_tree(root, sheets, file)
    canvas = sub(root, "mapcanvas", name="theMapCanvas", annotationsVisible=1)
    sub(canvas, "units", "meters")
    _add_extent(canvas, "extent", extent)
    sub(canvas, "rotation", "0")
    add_projection(sub(canvas, "destinationsrs"), projection)
    layers = sub(root, "projectlayers")
    for sheet in sheets:
        _add_layer(layers, sheet, file, abstract)
    _add_properties(root)
    _add_themes(root, sheets)
    about = sub(root, "projectMetadata")
    sub(about, "title", title)
    sub(about, "abstract", abstract)
    sub(about, "author", "geomap")
    sub(about, "creation", SAVED)
    add_layout(sub(root, "Layouts"), scene, sheets, projection, extent, theme=ALL)
    view = sub(root, "ProjectViewSettings", UseProjectScales=0, rotation=0)
    add_projection(_add_extent_of_view(view, extent), projection)
    _add_time(root, sheets)
    document = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")
    return document.encode()


def groups_of(sheets: Sequence[Sheet]) -> dict[str, list[Sheet]]:
    """The layers that are switched on and off together, as the page's legend lists them: the topmost first."""
    found: dict[str, list[Sheet]] = {}
    for sheet in sheets:
        found.setdefault(sheet.group, []).append(sheet)
    last = {BASE: 1, TABLES: 2}
    return dict(sorted(found.items(), key=lambda one: (last.get(one[0], 0), -one[1][0].order)))


def _add_tree(root: ET.Element, sheets: Sequence[Sheet], file: str) -> None:
    tree = sub(root, "layer-tree-group")
    for group, members in groups_of(sheets).items():
        shown = _checked(any(sheet.shown for sheet in members))
        many = len(members) > 1 or group in (BASE, TABLES)
        parent = tree
        if many:
            open_ = int(group not in (BASE, TABLES))
            parent = sub(tree, "layer-tree-group", name=group, checked=shown, expanded=open_, groupLayer="")
        for sheet in members:
            about = {"name": sheet.name if many else group, "source": _source(sheet, file), "providerKey": "ogr"}
            more = {"legend_exp": "", "patch_size": "-1,-1", "legend_split_behavior": 0}
            expanded = int(sheet.is_categorised)
            sub(parent, "layer-tree-layer", id=layer_id(sheet), checked=_checked(sheet.shown), expanded=expanded,
                **about, **more)  # fmt: skip
    order = sub(tree, "custom-order", enabled=1)  # that of the page, whatever the order of the groups
    for sheet in sheets:
        if sheet.geometry != "none":
            sub(order, "item", layer_id(sheet))


def _add_layer(parent: ET.Element, sheet: Sheet, file: str, abstract: str) -> None:
    layer = sub(
        parent, "maplayer", type="vector", geometry=_GEOMETRY[sheet.geometry], styleCategories="AllStyleCategories",
        hasScaleBasedVisibilityFlag=0, readOnly=0, autoRefreshEnabled=0, simplifyDrawingHints=0,
    )  # fmt: skip
    sub(layer, "id", layer_id(sheet))
    sub(layer, "datasource", _source(sheet, file))
    sub(layer, "layername", sheet.name)
    sub(layer, "abstract", abstract)
    srs = sub(layer, "srs")
    add_degrees(srs)
    about = sub(layer, "resourceMetadata")
    for tag, text in (("identifier", sheet.table), ("title", sheet.name), ("abstract", abstract), ("type", "dataset")):
        sub(about, tag, text)
    sub(layer, "provider", "ogr", encoding="UTF-8")
    styles = sub(layer, "map-layer-style-manager", current="default")
    sub(styles, "map-layer-style", name="default")
    if sheet.timed:
        fields = {"startField": "start", "endField": "end", "durationField": "", "durationUnit": "min"}
        limits = {"mode": 2, "enabled": 1, "limitMode": 1, "fixedDuration": 0, "accumulate": 0}
        time = sub(layer, "temporal", startExpression="", endExpression="", **fields, **limits)
        fixed = sub(time, "fixedRange")
        sub(fixed, "start")
        sub(fixed, "end")
    if sheet.geometry != "none":
        add_style(layer, **style_of(sheet))
        return
    named = sub(layer, "aliases")
    for number, (column, heading) in enumerate(aliases_of(sheet)):
        sub(named, "alias", field=column, name=words.name(heading), index=number)


def _add_properties(root: ET.Element) -> None:
    properties = sub(root, "properties")
    gui, sea = sub(properties, "Gui"), GROUND["sea"].light
    for place, name in enumerate(("Red", "Green", "Blue")):
        sub(gui, f"CanvasColor{name}Part", str(int(sea[1 + 2 * place : 3 + 2 * place], 16)), type="int")
    sub(sub(properties, "Paths"), "Absolute", "false", type="bool")
    # without this the CRS of the project is ignored
    sub(sub(properties, "SpatialRefSys"), "ProjectionsEnabled", "1", type="int")
    measurement = sub(properties, "Measurement")
    sub(measurement, "DistanceUnits", "kilometers", type="QString")
    sub(measurement, "AreaUnits", "km2", type="QString")
    sub(sub(properties, "Measure"), "Ellipsoid", "EPSG:7030", type="QString")
    labels = sub(properties, "PAL")
    sub(labels, "ShowingPartialsLabels", "false", type="bool")
    sub(labels, "PlacementEngineVersion", "2", type="int")


def themes_of(sheets: Sequence[Sheet]) -> Iterator[tuple[str, list[Sheet]]]:
    """The map themes: name, and the layers that show."""
    ground = [sheet for sheet in sheets if sheet.group == BASE]
    events = [sheet for sheet in sheets if set(sheet.styles) & set(_EVENT)]
    closed = [sheet for sheet in sheets if any(style.startswith("hazard") for style in sheet.styles)]
    yield ALL, [sheet for sheet in sheets if sheet.shown and sheet.geometry != "none"]
    for name, chosen in ((LAUNCHES, events), (CLOSED, closed)):
        if chosen:
            yield name, [*chosen, *ground]


def _add_themes(root: ET.Element, sheets: Sequence[Sheet]) -> None:
    parent = sub(root, "visibility-presets")
    for name, chosen in themes_of(sheets):
        theme = sub(parent, "visibility-preset", name=name, has__expanded__info=0, has__checked__group__info=0)
        for sheet in chosen:
            sub(theme, "layer", id=layer_id(sheet), visible=1, expanded=0, style="default")


def _add_time(root: ET.Element, sheets: Sequence[Sheet]) -> None:
    """The time that the slider covers: all that is told of now, without what is only recalled."""
    import pandas as pd

    moments: list[datetime] = []
    for sheet in sheets:
        if sheet.timed and not any(style.startswith("background") for style in sheet.styles):
            found = pd.concat([sheet.frame["start"], sheet.frame["end"]]).dropna()
            moments += [moment.to_pydatetime() for moment in found]
    if not moments:
        return
    first, last = min(moments), max(moments)
    seconds = (last - first).total_seconds()
    step, unit = next(((step, unit) for longest, step, unit in _STEPS if seconds <= longest), (1, "mon"))
    time = sub(root, "ProjectTimeSettings", cumulativeTemporalRange=0, timeStep=step, timeStepUnit=unit, frameRate=2)
    span = sub(time, "TemporalRange")
    sub(span, "start", f"{first:%Y-%m-%dT%H:%M:%S}Z")
    sub(span, "end", f"{last:%Y-%m-%dT%H:%M:%S}Z")


def _add_extent(parent: ET.Element, tag: str, extent: Extent) -> ET.Element:
    element = sub(parent, tag)
    for name, value in zip(("xmin", "ymin", "xmax", "ymax"), extent, strict=True):
        sub(element, name, f"{value:.0f}")
    return element


def _add_extent_of_view(parent: ET.Element, extent: Extent) -> ET.Element:
    xmin, ymin, xmax, ymax = (f"{value:.0f}" for value in extent)
    return sub(parent, "DefaultViewExtent", xmin=xmin, ymin=ymin, xmax=xmax, ymax=ymax)


def _source(sheet: Sheet, file: str) -> str:
    return f"./{file}|layername={sheet.table}"


def _checked(shown: bool) -> str:
    return "Qt::Checked" if shown else "Qt::Unchecked"
