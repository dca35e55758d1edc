"""Opens projects in a real QGIS and prints as JSON what it makes of them; run by test_qgis_project.py.

python3 qgis_project.py PROJECT..., each in a folder of its own, into which the pictures go
"""

import json
import os
import sys

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDateTimeRange,
    QgsExpression,
    QgsExpressionContext,
    QgsExpressionContextUtils,
    QgsFeatureRequest,
    QgsLayerTree,
    QgsLayoutExporter,
    QgsLayoutItemLabel,
    QgsLayoutItemLegend,
    QgsLayoutItemMap,
    QgsLayoutItemPage,
    QgsLayoutItemScaleBar,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt

NO_GEOMETRY = 4
DPI = float(os.environ.get("DPI", "60"))
MOMENTS = json.loads(os.environ.get("MOMENTS", "[]"))

messages = []


def table(layer):
    return layer.source().rpartition("layername=")[2]


def tree(node):
    found = []
    for child in node.children():
        entry = {"name": child.name(), "checked": child.itemVisibilityChecked()}
        if QgsLayerTree.isGroup(child):
            entry["layers"] = tree(child)
        found.append(entry)
    return found


def said(layer, template):
    """A template of the layer filled in for its first feature, as QGIS shows it."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    context.setFeature(next(layer.getFeatures()))
    return QgsExpression.replaceExpressionText(template, context)


def showing(layer, start, end):
    """The features that show at a time."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    moments = [QDateTime.fromString(moment, Qt.ISODate) for moment in (start, end)]
    chosen = layer.temporalProperties().createFilterString(context, QgsDateTimeRange(*moments))
    return sorted(row["id"] for row in layer.getFeatures(QgsFeatureRequest().setFilterExpression(chosen)))


def look_at_layer(layer):
    renderer, temporal = layer.renderer(), layer.temporalProperties()
    kind = renderer.type() if renderer else ""
    categories = renderer.categories() if kind == "categorizedSymbol" else []
    bare = QgsVectorLayer(layer.source(), table(layer), "ogr")
    return {
        "name": layer.name(),
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "source": layer.source(),
        "crs": layer.crs().authid(),
        "abstract": layer.abstract(),
        "html": layer.htmlMetadata(),
        "renderer": kind,
        "categories": {category.value(): category.label() for category in categories},
        "colours": [category.symbol().symbolLayer(0).color().name() for category in categories],
        "dashed": [
            category.symbol().symbolLayer(category.symbol().symbolLayerCount() - 1).useCustomDashPattern()
            for category in categories
            if category.symbol().type() != Qgis.SymbolType.Marker
            and hasattr(category.symbol().symbolLayer(category.symbol().symbolLayerCount() - 1), "useCustomDashPattern")
        ],
        "labels": layer.labelsEnabled(),
        "tip": said(layer, layer.mapTipTemplate()),
        "aliases": {field.name(): field.alias() for field in layer.fields()},
        "types": {field.name(): field.typeName() for field in layer.fields()},
        "timed": temporal.isActive(),
        "fields": [temporal.startField(), temporal.endField()],
        "showing": [showing(layer, *moment) for moment in MOMENTS] if temporal.isActive() else [],
        "styled": layer.geometryType() == NO_GEOMETRY
        or (
            bare.loadDefaultStyle()[1]
            and bare.renderer().type() == kind
            and bare.labelsEnabled() == layer.labelsEnabled()
        ),
        "invisible": sum(renderer.categoryIndexForValue(row["drawn"]) < 0 for row in layer.getFeatures())
        if categories
        else 0,
    }


def draw_canvas(project, picture):
    settings = QgsMapSettings()
    settings.setLayers(project.mapThemeCollection().mapThemeVisibleLayers("All"))
    settings.setDestinationCrs(project.crs())
    settings.setTransformContext(project.transformContext())
    settings.setExtent(project.viewSettings().defaultViewExtent())
    settings.setOutputSize(QSize(700, 450))
    settings.setBackgroundColor(project.backgroundColor())
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    image = job.renderedImage()
    image.save(picture)
    colours = {image.pixel(x, y) for x in range(0, 700, 5) for y in range(0, 450, 5)}
    return {"errors": [error.message for error in job.errors()], "colours": len(colours)}


def print_layout(layout, folder):
    exporter = QgsLayoutExporter(layout)
    image = QgsLayoutExporter.ImageExportSettings()
    image.dpi, image.exportMetadata, image.generateWorldFile = DPI, False, False
    items = {item.id(): item for item in layout.items() if getattr(item, "id", None) and item.id()}
    page = next(item for item in layout.items() if isinstance(item, QgsLayoutItemPage))
    png = exporter.exportToImage(f"{folder}/layout.png", image)
    pdf = exporter.exportToPdf(f"{folder}/layout.pdf", QgsLayoutExporter.PdfExportSettings())
    paper, drawn = page.sceneBoundingRect().adjusted(-1, -1, 1, 1), items["map"]
    bar = next(item for item in items.values() if isinstance(item, QgsLayoutItemScaleBar))
    legend = next(item for item in items.values() if isinstance(item, QgsLayoutItemLegend))
    assert isinstance(drawn, QgsLayoutItemMap)
    metres_per_mm = drawn.extent().width() / drawn.rect().width()
    return {
        "png": png,
        "pdf": pdf,
        "items": sorted(items),
        "outside": [name for name, item in items.items() if not paper.contains(item.sceneBoundingRect())],
        "texts": {name: item.currentText() for name, item in items.items() if isinstance(item, QgsLayoutItemLabel)},
        "html": [name for name, item in items.items() if isinstance(item, QgsLayoutItemLabel) and item.mode()],
        "theme": drawn.followVisibilityPresetName(),
        "page": [page.rect().width(), page.rect().height()],
        "bar": [bar.unitsPerSegment() / metres_per_mm, bar.numberOfSegments(), bar.rect().width(), bar.unitLabel()],
        "legend": [node.name() for node in legend.model().rootGroup().children()],
    }


def lowest_added(project):
    """The lowest layer when somebody adds one at the bottom."""
    below = QgsVectorLayer("Point?crs=epsg:4326", "added at the bottom", "memory")
    project.addMapLayer(below, False)
    project.layerTreeRoot().addLayer(below)
    lowest = project.layerTreeRoot().layerOrder()[-1].name()
    project.removeMapLayer(below)
    return lowest


def look(path):
    project = QgsProject.instance()
    read, crs = project.read(path), project.crs()
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    centre = QgsCoordinateTransform(crs, degrees, project).transform(QgsPointXY(0, 0))
    root, themes, span = project.layerTreeRoot(), project.mapThemeCollection(), project.timeSettings().temporalRange()
    folder = os.path.dirname(path)
    return {
        "read": read,
        "error": project.error(),
        "title": project.title(),
        "crs": [crs.isValid(), crs.toProj()],
        "centre": [centre.x(), centre.y()],
        "tree": tree(root),
        "order": [table(layer) for layer in root.layerOrder()],
        "lowest": lowest_added(project),
        "layers": {table(layer): look_at_layer(layer) for layer in project.mapLayers().values()},
        "themes": {theme: [table(one) for one in themes.mapThemeVisibleLayers(theme)] for theme in themes.mapThemes()},
        "time": [span.begin().toString(Qt.ISODate), span.end().toString(Qt.ISODate)],
        "layouts": {one.name(): print_layout(one, folder) for one in project.layoutManager().printLayouts()},
        "canvas": draw_canvas(project, f"{folder}/canvas.png"),
    }


app = QgsApplication([], False)
app.initQgis()
QgsApplication.messageLog().messageReceived.connect(
    lambda text, tag, level: messages.append(f"{tag}: {text}") if level != Qgis.Info else None
)
found = [look(path) for path in sys.argv[1:]]
sys.stdout.write(json.dumps({"projects": found, "messages": messages}) + "\n")
sys.stdout.flush()
os._exit(0)  # QGIS tears its layers down in an order of its own, and may crash at it
