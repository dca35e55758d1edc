"""Opens a project in a real QGIS and prints as JSON what it makes of it; test_qgis_project.py runs it in QGIS's Python.

python3 qgis_project.py PROJECT PICTURES
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
    QgsLayoutItemMap,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsPointXY,
    QgsProject,
    QgsVectorLayer,
    QgsVectorLayerTemporalContext,
)
from qgis.PyQt.QtCore import QDateTime, QSize, Qt

path, pictures = sys.argv[1:]
app = QgsApplication([], False)
app.initQgis()
messages = []
QgsApplication.messageLog().messageReceived.connect(
    lambda text, tag, level: messages.append(f"{tag}: {text}") if level != Qgis.Info else None
)
project = QgsProject.instance()
read = project.read(path)
root, crs = project.layerTreeRoot(), project.crs()


def tree(node):
    found = []
    for child in node.children():
        entry = {"name": child.name(), "checked": child.itemVisibilityChecked()}
        if QgsLayerTree.isGroup(child):
            entry["layers"] = tree(child)
        found.append(entry)
    return found


def tip(layer):
    """The map tip of the first feature, as QGIS shows it."""
    context = QgsExpressionContext(QgsExpressionContextUtils.globalProjectLayerScopes(layer))
    for feature in layer.getFeatures():
        context.setFeature(feature)
        return QgsExpression.replaceExpressionText(layer.mapTipTemplate(), context)
    return ""


def at(layer, start, end):
    """How many features show at a time."""
    context = QgsVectorLayerTemporalContext()
    context.setLayer(layer)
    moments = [QDateTime.fromString(moment, Qt.ISODate) for moment in (start, end)]
    chosen = layer.temporalProperties().createFilterString(context, QgsDateTimeRange(*moments))
    return len(list(layer.getFeatures(QgsFeatureRequest().setFilterExpression(chosen))))


layers = {}
for layer in project.mapLayers().values():
    renderer, temporal = layer.renderer(), layer.temporalProperties()
    table = layer.source().rpartition("layername=")[2]
    categories = renderer.categories() if renderer and renderer.type() == "categorizedSymbol" else []
    bare = QgsVectorLayer(layer.source(), table, "ogr")
    moments = json.loads(os.environ.get("MOMENTS", "[]"))
    layers[table] = {
        "name": layer.name(),
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "source": layer.source(),
        "crs": layer.crs().authid(),
        "abstract": layer.abstract(),
        "html": layer.htmlMetadata(),
        "renderer": renderer.type() if renderer else "",
        "categories": {category.value(): category.label() for category in categories},
        "colours": {category.value(): category.symbol().color().name() for category in categories},
        "labels": layer.labelsEnabled(),
        "tip": tip(layer),
        "aliases": {field.name(): field.alias() for field in layer.fields()},
        "types": {field.name(): field.typeName() for field in layer.fields()},
        "timed": temporal.isActive(),
        "fields": [temporal.startField(), temporal.endField()],
        "at": [at(layer, *moment) for moment in moments] if temporal.isActive() else [],
        "first": {k: str(v) for k, v in next(layer.getFeatures()).attributeMap().items()}
        if layer.featureCount()
        else {},
        "styled": layer.geometryType() == 4
        or (bare.loadDefaultStyle()[1] and bare.renderer().type() == renderer.type()),
        "invisible": sum(renderer.categoryIndexForValue(feature["drawn"]) < 0 for feature in layer.getFeatures())
        if categories
        else 0,
    }

order = [layer.source().rpartition("layername=")[2] for layer in root.layerOrder()]
below = QgsVectorLayer("Point?crs=epsg:4326", "added at the bottom", "memory")
project.addMapLayer(below, False)
root.addLayer(below)
lowest = root.layerOrder()[-1].name()
project.removeMapLayer(below)

view = project.viewSettings().defaultViewExtent()
settings = QgsMapSettings()
settings.setLayers(project.mapThemeCollection().mapThemeVisibleLayers("All"))
settings.setDestinationCrs(crs)
settings.setTransformContext(project.transformContext())
settings.setExtent(view)
settings.setOutputSize(QSize(1400, 900))
settings.setBackgroundColor(project.backgroundColor())
settings.setOutputDpi(96)
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
job.renderedImage().save(f"{pictures}/canvas.png")
errors = [error.message for error in job.errors()]

layouts = {}
for layout in project.layoutManager().printLayouts():
    exporter = QgsLayoutExporter(layout)
    image = QgsLayoutExporter.ImageExportSettings()
    image.dpi = float(os.environ.get("DPI", "60"))
    maps = [item for item in layout.items() if isinstance(item, QgsLayoutItemMap)]
    layouts[layout.name()] = {
        "png": exporter.exportToImage(f"{pictures}/layout.png", image),
        "pdf": exporter.exportToPdf(f"{pictures}/layout.pdf", QgsLayoutExporter.PdfExportSettings()),
        "items": sorted(item.id() for item in layout.items() if getattr(item, "id", None) and item.id()),
        "texts": {item.id(): item.currentText() for item in layout.items() if hasattr(item, "currentText")},
        "theme": maps[0].followVisibilityPresetName(),
        "page": [
            layout.pageCollection().page(0).pageSize().width(),
            layout.pageCollection().page(0).pageSize().height(),
        ],
        "inside": {
            item.id(): layout.pageCollection()
            .page(0)
            .sceneBoundingRect()
            .adjusted(-1, -1, 1, 1)
            .contains(item.sceneBoundingRect())
            for item in layout.items()
            if getattr(item, "id", None) and item.id()
        },
    }

centre = QgsCoordinateTransform(crs, QgsCoordinateReferenceSystem("EPSG:4326"), project).transform(QgsPointXY(0, 0))
span = project.timeSettings().temporalRange()
themes = project.mapThemeCollection()
answer = {
    "read": read,
    "error": project.error(),
    "title": project.title(),
    "crs": [crs.isValid(), crs.toProj(), crs.description()],
    "centre": [centre.x(), centre.y()],
    "view": [view.xMinimum(), view.yMinimum(), view.xMaximum(), view.yMaximum()],
    "tree": tree(root),
    "layers": layers,
    "order": order,
    "lowest": lowest,
    "themes": {
        theme: [layer.source().rpartition("layername=")[2] for layer in themes.mapThemeVisibleLayers(theme)]
        for theme in themes.mapThemes()
    },
    "time": [span.begin().toString(Qt.ISODate), span.end().toString(Qt.ISODate)],
    "layouts": layouts,
    "messages": messages,
    "errors": errors,
}
sys.stdout.write(json.dumps(answer) + "\n")
sys.stdout.flush()
os._exit(0)  # QGIS tears its layers down in an order of its own, and may crash at it
