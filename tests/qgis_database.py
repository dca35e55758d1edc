"""Opens the tables of a PostGIS database in a real QGIS and prints what it makes of them; run by test_postgis.py.

python3 qgis_database.py HOST PORT DATABASE SCHEMA
"""

import json
import os
import sys

from qgis.core import Qgis, QgsApplication, QgsDataSourceUri, QgsProviderRegistry, QgsVectorLayer, QgsWkbTypes

host, port, database, schema = sys.argv[1:]
app = QgsApplication([], False)
app.initQgis()
messages = []
QgsApplication.messageLog().messageReceived.connect(
    lambda text, tag, level: messages.append(f"{tag}: {text}") if level != Qgis.Info else None
)
address = QgsDataSourceUri()
address.setConnection(host, port, database, "postgres", "")
provider = QgsProviderRegistry.instance().providerMetadata("postgres")
connection = provider.createConnection(address.uri(False), {})
listed, layers = [], {}
for table in connection.tables(schema):
    name = table.tableName()
    listed.append(name)
    if not table.geometryColumn():
        continue
    address.setDataSource(schema, name, table.geometryColumn(), "", ",".join(table.primaryKeyColumns()))
    layer = QgsVectorLayer(address.uri(False), name, "postgres")
    renderer = layer.renderer()
    single = renderer.type() == "singleSymbol"
    layers[name] = {
        "valid": layer.isValid(),
        "features": layer.featureCount(),
        "read": sum(1 for _ in layer.getFeatures()),
        "type": QgsWkbTypes.displayString(layer.wkbType()),
        "crs": layer.crs().authid(),
        "comment": table.comment(),
        "fields": {field.name(): field.comment() for field in layer.fields()},
        "categories": [] if single else [one.label() for one in renderer.categories()],
        "colour": renderer.symbol().symbolLayer(0).color().name() if single else "",
        "tip": layer.mapTipTemplate(),
        "labels": layer.labelsEnabled(),
    }
sys.stdout.write(json.dumps({"listed": listed, "layers": layers, "messages": messages}) + "\n")
sys.stdout.flush()
os._exit(0)  # QGIS tears its layers down in an order of its own, and may crash at it
