"""Opens GeoPackages in a real QGIS and prints as JSON what it makes of them; run by test_qgis.py with QGIS's Python.

python3 qgis_layers.py PICTURE FILE...
"""

import json
import os
import sys

from qgis.core import (
    Qgis,
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

picture, *paths = sys.argv[1:]
app = QgsApplication([], False)
app.initQgis()
messages = []
QgsApplication.messageLog().messageReceived.connect(
    lambda text, tag, level: messages.append(f"{tag}: {text}") if level != Qgis.Info else None
)
found, layers = {}, []
for path in paths:
    name = path.rsplit("/", 1)[-1].removesuffix(".gpkg")
    layer = QgsVectorLayer(path, name, "ogr")  # as dragged into the window: no layer is named
    renderer = layer.renderer()
    categories = renderer.categories() if renderer.type() == "categorizedSymbol" else []
    invisible = 0
    for feature in layer.getFeatures() if categories else ():
        key = layer.fields().lookupField(renderer.classAttribute().strip('"'))
        invisible += (
            key >= 0
            and renderer.categoryIndexForValue(feature[key]) < 0
            and "" not in [category.value() for category in categories]
        )
    found[name] = {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "renderer": renderer.type(),
        "categories": [category.label() for category in categories],
        "labels": layer.labelsEnabled(),
        "styled": layer.loadDefaultStyle()[1],
        "invisible": int(invisible),
        "tip": bool(layer.mapTipTemplate()),
    }
    layers.append(layer)
settings = QgsMapSettings()
settings.setLayers(layers)
settings.setExtent(QgsRectangle(118, 25, 150, 47))
settings.setOutputSize(QSize(1300, 900))
settings.setBackgroundColor(QColor("#dbe7ee"))
job = QgsMapRendererParallelJob(settings)
job.start()
job.waitForFinished()
image = job.renderedImage()
image.save(picture)
colours = {image.pixel(x, y) for x in range(0, 1300, 7) for y in range(0, 900, 7)}
errors = [error.message for error in job.errors()]
sys.stdout.write(json.dumps({"layers": found, "messages": messages, "errors": errors, "colours": len(colours)}) + "\n")
sys.stdout.flush()
os._exit(0)  # QGIS tears its layers down in an order of its own, and may crash at it
