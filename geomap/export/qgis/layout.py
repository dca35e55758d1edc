"""The print layout: one A4 page, landscape, with the map, a legend beside it, and sources and caveats below."""

from __future__ import annotations

import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from geomap.export.qgis.graticule import step_of
from geomap.export.qgis.items import (
    INK,
    LEGEND,
    MAP,
    PAGE_ITEM,
    PAPER,
    PICTURE,
    SCALE,
    SOFT,
    Box,
    add_item,
    add_label,
    add_paper,
    add_text,
    cut_lines,
    font,
    letters,
    tall,
    uuid,
    wrapped,
)  # fmt: skip
from geomap.export.qgis.projection import Projection
from geomap.export.qgis.sheets import BASE, Sheet
from geomap.export.qgis.told import add_told
from geomap.export.qgis.xml import add_degrees, add_projection, colour, custom, layer_id, sub
from geomap.qml import rgba
from geomap.stage import Scene
from geomap.style import GROUND

NAME = "A4 landscape"
PAGE, MARGIN = (297.0, 210.0), 10.0
COLUMN, GAP = 62.0, 4.0
"""Width of the column beside the map, and what is left free between the two."""

_NICE = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 2500, 5000)
_WIDEST_M = 14e6
"""On wider maps meridians meet the frame anywhere, and more than once."""
_ARROW = ":/images/north_arrows/layout_default_north_arrow.svg"
"""QGIS carries it in itself."""


def add_layout(
    parent: ET.Element,
    scene: Scene,
    sheets: Sequence[Sheet],
    projection: Projection,
    extent: tuple[float, float, float, float],
    *,
    theme: str,
) -> None:
    """Add the page.

    Parameters
    ----------
    extent : what the map has to show, in metres
    theme : the map theme that it shows
    """
    layout = sub(parent, "Layout", name=NAME, units="mm", printResolution=300, worldFileMap="")
    sub(layout, "Snapper", tolerance=5, snapToGuides=1, snapToItems=1, snapToGrid=0)
    sub(layout, "Grid", resolution=10, resUnits="mm", offsetX=0, offsetY=0, offsetUnits="mm")
    pages = sub(layout, "PageCollection")
    add_paper(pages)
    page = add_item(pages, PAGE_ITEM, "page", (0, 0, *PAGE), 0)
    add_paper(page)
    head = _head(layout, scene)
    foot = _foot(layout, scene)
    wide, high = PAGE[0] - 2 * MARGIN - COLUMN - GAP, PAGE[1] - MARGIN - foot - head - 3
    place = (MARGIN, head, wide, high)
    seen = _fitted(extent, wide / high)
    _add_map(layout, place, seen, projection, scene, theme)
    _add_scale(layout, place, (seen[2] - seen[0]) / wide)
    _add_arrow(layout, place)
    listed = _add_legend(layout, sheets, (MARGIN + wide + GAP, head, COLUMN, high))
    add_told(layout, scene, (MARGIN + wide + GAP, head + listed + 4, COLUMN, high - listed - 4))
    sub(layout, "customproperties")
    sub(layout, "Atlas", enabled=0, coverageLayer="")


def _head(layout: ET.Element, scene: Scene) -> float:
    """Add title and subtitle; where the map begins."""
    wide = PAGE[0] - 2 * MARGIN
    size = 17.0 if len(cut_lines(scene.title, wide, 17, 2, bold=True)) == 1 else 12.0
    lines = cut_lines(scene.title, wide, size, 2, bold=True)
    top, deep = MARGIN - 2, len(lines) * tall(size)
    add_label(layout, "title", "\n".join(lines), (MARGIN, top, wide, deep + 1), size, bold=True)
    said = cut_lines(scene.subtitle, wide, 9, 1)
    add_label(layout, "subtitle", "\n".join(said), (MARGIN, top + deep + 0.5, wide, tall(9) + 0.5), 9, tone=SOFT)
    return top + deep + tall(9) + 3


def _foot(layout: ET.Element, scene: Scene) -> float:
    """Add sources and caveats; how high they are."""
    wide = PAGE[0] - 2 * MARGIN
    sources = cut_lines("Sources: " + "; ".join(credit.rstrip(".") for credit in scene.credits) + ".", wide, 6.5, 2)
    made = f"Made with geomap {scene.made.get('geomap', '')}; azimuthal equidistant projection; times in UTC."
    caveats = cut_lines(" ".join([made, *(f"{caveat.rstrip('.')}." for caveat in scene.caveats)]), wide, 5.5, 7)
    deep = len(sources) * tall(6.5), len(caveats) * tall(5.5)
    top = PAGE[1] - 7 - sum(deep) - 1
    if scene.credits:
        add_label(layout, "sources", "\n".join(sources), (MARGIN, top, wide, deep[0] + 0.5), 6.5)
    below = (MARGIN, top + deep[0] + 0.7, wide, deep[1] + 0.5)
    add_label(layout, "caveats", "\n".join(caveats), below, 5.5, tone=SOFT)
    return PAGE[1] - MARGIN - top + 3


# ------------------------------------------------------------------------------------------------------------- map


def _add_map(
    layout: ET.Element, place: Box, seen: Box, projection: Projection, scene: Scene, theme: str
) -> None:  # fmt: skip
    item = add_item(
        layout, MAP, "map", place, 1, frame=True, background=True, ground=GROUND["sea"].light, keepLayerSet=False,
        followPreset=True, followPresetName=theme, mapRotation=0, drawCanvasItems=True, mapFlags=0, labelMargin="0,mm",
        isTemporal=0,
    )  # fmt: skip
    xmin, ymin, xmax, ymax = (f"{value:.1f}" for value in seen)
    sub(item, "Extent", xmin=xmin, ymin=ymin, xmax=xmax, ymax=ymax)
    add_projection(sub(item, "crs"), projection)
    sub(item, "LayerSet")
    if seen[2] - seen[0] < _WIDEST_M:
        _add_degrees_at_edges(item, step_of(scene.bounds))
    blocking = sub(item, "labelBlockingItems")
    for name in ("scale bar", "north arrow"):
        sub(blocking, "item", uid=uuid(name))
    sub(item, "AtlasMap", atlasDriven=0, margin="0.1", scalingMode=2)


def _add_degrees_at_edges(item: ET.Element, step: int) -> None:
    """The degrees of the graticule, whose lines are a layer of the map, inside the frame."""
    sides = ("left", "right", "top", "bottom")
    inside = {f"{side}AnnotationPosition": 0 for side in sides} | {f"{side}AnnotationDirection": 0 for side in sides}
    shown = {"leftAnnotationDisplay": 1, "rightAnnotationDisplay": 3, "topAnnotationDisplay": 3}
    grid = sub(
        item, "ComposerMapGrid", name="Degrees", uuid=uuid("degrees"), show=1, gridStyle=3, position=3, unit=0,
        intervalX=step, intervalY=step, offsetX=0, offsetY=0, showAnnotation=1, annotationFormat=3,
        annotationPrecision=0, frameAnnotationDistance="0.8", gridFrameStyle=0, blendMode=0, crossLength=3,
        bottomAnnotationDisplay=2, annotationExpression="", **inside, **shown,
    )  # fmt: skip
    add_degrees(grid)
    style = add_text(grid, 6, GROUND["degrees"].light)
    sub(style, "text-buffer", bufferDraw=1, bufferSize="0.5", bufferSizeUnits="MM", bufferNoFill=1,
        bufferColor=rgba(PAPER, 0.7))  # fmt: skip


def _fitted(extent: Box, ratio: float) -> Box:
    """The extent made wider or higher, so that it has the map's form."""
    xmin, ymin, xmax, ymax = extent
    x, y = (xmin + xmax) / 2, (ymin + ymax) / 2
    high = max(ymax - ymin, (xmax - xmin) / ratio)
    return x - high * ratio / 2, y - high / 2, x + high * ratio / 2, y + high / 2


def _add_scale(layout: ET.Element, place: Box, metres_per_mm: float) -> None:
    """A bar in the map's own metres, which are true from its centre outwards, however much of the earth it shows."""
    km = max((nice for nice in _NICE if nice * 1000 / metres_per_mm <= 26), default=_NICE[0])
    item = add_item(
        layout, SCALE, "scale bar", (place[0] + place[2] - 3, place[1] + place[3] - 6, 1, 1), 4,
        background=True, alpha=205, referencePoint=8,
        style="Single Box", mapUuid=uuid("map"), unitType="<unknown>", unitLabel="km", numMapUnitsPerScaleBarUnit=1000,
        numSegments=2, numSegmentsLeft=0, numUnitsPerSegment=1000 * km, segmentSizeMode=0, segmentMillimeters=20,
        minBarWidth=30, maxBarWidth=60, height="1.6", labelBarSpace="1.2", boxContentSpace="1.2", outlineWidth="0.2",
        alignment=0, lineJoinStyle="miter", lineCapStyle="square", numSubdivisions=1, subdivisionsHeight="1.5",
        labelVerticalPlacement=0, labelHorizontalPlacement=0,
    )  # fmt: skip
    add_text(item, 7, INK)
    sub(sub(item, "numericFormat", id="basic"), "Option", type="Map")
    colour(item, "fillColor", INK)
    colour(item, "fillColor2", PAPER)
    colour(item, "strokeColor", INK)


def _add_arrow(layout: ET.Element, place: Box) -> None:
    size = 9.0
    add_item(
        layout, PICTURE, "north arrow", (place[0] + place[2] - size - 4, place[1] + 6, size, size), 4, file=_ARROW,
        mode=0, resizeMode=0, anchorPoint=4, pictureWidth=size, pictureHeight=size, pictureRotation=0, northMode=1,
        northOffset=0, mapUuid=uuid("map"), svgFillColor=rgba(INK, 1), svgBorderColor=rgba(PAPER, 1),
        svgBorderWidth="0.2",
    )  # fmt: skip


# ---------------------------------------------------------------------------------------------------------- legend


def _add_legend(layout: ET.Element, sheets: Sequence[Sheet], place: Box) -> float:
    """What shows, the topmost first, as the page's legend has it; about how high it is."""
    listed = [sheet for sheet in sheets if sheet.shown and sheet.group != BASE and sheet.geometry != "none"]
    size = next((size for size in (7.0, 6.5, 6.0, 5.5) if _height(listed, size) <= place[3]), 5.0)
    wrap = letters(place[2] - 12, size)
    item = add_item(
        layout, LEGEND, "legend", place, 4, map_uuid=uuid("map"), title="", legendFilterByAtlas=0,
        resizeToContents=1, columnCount=1, symbolWidth=7, symbolHeight="3.4", boxSpace=0, columnSpace=2, splitLayer=0,
        equalColumnWidth=0, wrapChar="", fontColor=INK, symbolAlignment=1, titleAlignment=1, lineSpacing="0.9",
        rasterBorder=0, rasterBorderColor="0,0,0,255", rasterBorderWidth=0, wmsLegendWidth=50, wmsLegendHeight=25,
        minSymbolSize=0, maxSymbolSize=5,
    )  # fmt: skip
    styles = sub(item, "styles")
    for name, points, bold, top in (
        ("title", 9.0, True, 0), ("group", size, True, 1.4), ("subgroup", size, True, 1.4),
        ("symbol", size, False, 1.4), ("symbolLabel", size, False, 1.4),
    ):  # fmt: skip
        left = 1.5 if name == "symbolLabel" else 0
        style = sub(styles, "style", name=name, alignment=1, indent=0, marginTop=top, marginLeft=left, marginBottom=0)
        sub(style, "styleFont", description=font(points, bold=bold), style="")
        add_text(style, points, INK, bold=bold)
    tree = sub(item, "layer-tree-group")
    for sheet in listed:
        node = sub(
            tree, "layer-tree-layer", id=layer_id(sheet), name=sheet.name, source="", providerKey="ogr", expanded=1,
            checked="Qt::Checked", legend_exp="", patch_size="-1,-1", legend_split_behavior=0,
        )  # fmt: skip
        many = len(sheet.entries) > 1
        texts = [wrapped(entry.title if sheet.is_categorised else sheet.name, wrap) for entry in sheet.entries]
        titles = {f"legend/label-{number}": text for number, text in enumerate(texts)}
        # one symbol stands beside the layer's own title
        titles |= {"cached_name": sheet.name, "legend/title-label": sheet.name if many else texts[0]}
        custom(node, titles | {"legend/title-style": "subgroup" if many else "hidden"})
    return _height(listed, size)


def _height(listed: Sequence[Sheet], size: float) -> float:
    """How high the legend becomes, in mm."""
    wrap, high = letters(COLUMN - 12, size), 0.0
    for sheet in listed:
        titles = [entry.title for entry in sheet.entries] if sheet.is_categorised else [sheet.name]
        rows = [max(len(textwrap.wrap(title, wrap)), 1) for title in titles]
        high += sum(max(count * tall(size), 3.4) + 1.4 for count in rows)
        high += tall(size) + 1.4 if len(sheet.entries) > 1 else 0
    return high
