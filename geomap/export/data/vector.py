"""What GDAL and pyarrow write: a GeoPackage with a table a layer, FlatGeobuf and GeoParquet with all layers in one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from geomap.stage import Scene, SceneLayer
from geomap.tabular import dated, flatten, join, plain, settled, write_geopackage


def write_gpkg(scene: Scene, layers: Sequence[SceneLayer], path: Path) -> None:
    """Write plain tables; the styled GeoPackage is that of the QGIS project."""
    tables = {layer.key: (flatten(layer), plain(layer.title)) for layer in layers}
    write_geopackage(tables, path, about(scene))


def write_fgb(scene: Scene, layers: Sequence[SceneLayer], path: Path) -> None:
    """Write all features as one layer, with a spatial index, so that part of a large file can be read."""
    from pyogrio import write_dataframe

    said = about(scene)
    with settled():
        write_dataframe(
            dated(join([flatten(layer) for layer in layers])),
            path,
            layer="geomap",
            driver="FlatGeobuf",
            layer_options={"TITLE": said["TITLE"], "DESCRIPTION": f"{said['CREDITS']}\n{said['CAVEATS']}"},
        )


def write_parquet(_scene: Scene, layers: Sequence[SceneLayer], path: Path) -> None:
    """Write all features as one GeoParquet table; pyarrow has to be installed."""
    frame = dated(join([flatten(layer) for layer in layers]))
    frame.to_parquet(path, index=False, compression="zstd", schema_version="1.0.0", write_covering_bbox=False)


def about(scene: Scene) -> dict[str, str]:
    """What a file says of itself: title, credits, caveats, and with what it was made."""
    return {
        "TITLE": plain(scene.title),
        "SUBTITLE": plain(scene.subtitle),
        "CREDITS": plain("\n".join(scene.credits)),
        "CAVEATS": plain("\n".join(scene.caveats)),
        "MADE": plain("\n".join(f"{name}: {value}" for name, value in scene.made.items())),
    }
