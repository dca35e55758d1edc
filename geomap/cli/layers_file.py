"""Features of a layer as a file of their own, each with its source and its licence."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geomap.errors import ExportError

if TYPE_CHECKING:
    from geomap.catalog import Feature

SUFFIXES = (".gpkg", ".geojson")


def check_suffix(path: Path) -> None:
    """Refuse a file of another kind.

    Raises
    ------
    ExportError
        if its suffix is neither .gpkg nor .geojson
    """
    if path.suffix.lower() not in SUFFIXES:
        message = f"{path}: features are written as {' or '.join(SUFFIXES)}"
        raise ExportError(message)


def write_features(features: Sequence[Feature], path: Path, name: str) -> None:
    """Write features as GeoPackage or GeoJSON, by the path's suffix; the file is there in whole or not at all.

    Parameters
    ----------
    name : what the layer in the GeoPackage is called

    Raises
    ------
    ExportError
        if no feature has a geometry, or the file cannot be written
    """
    drawn = [feature for feature in features if feature.geometry is not None]
    if not drawn:
        message = f"{path}: {name} has no geometry to write"
        raise ExportError(message)
    beside = path.with_name(f".{path.stem}.{os.getpid()}{path.suffix.lower()}")
    try:
        if beside.suffix == ".gpkg":
            _write_geopackage(drawn, beside, name)
        else:
            _write_geojson(drawn, beside)
        beside.replace(path)
    except RuntimeError as problem:  # what GDAL has against it
        message = f"{path}: cannot be written ({' '.join(str(problem).split())})"
        raise ExportError(message) from None
    finally:
        beside.unlink(missing_ok=True)


def _columns(feature: Feature) -> dict[str, Any]:
    layer = feature.layer
    origin = {"layer": layer.source_id, "licence": layer.licence, "attribution": layer.attribution}
    return {**feature.properties, **origin, "caveat": layer.caveat}


def _write_geopackage(features: Sequence[Feature], path: Path, name: str) -> None:
    from geopandas import GeoDataFrame

    from geomap.looks import dress

    rows = [_columns(feature) for feature in features]
    frame = GeoDataFrame(rows, geometry=[feature.geometry for feature in features], crs="EPSG:4326")
    frame.to_file(path, layer=name, driver="GPKG", engine="pyogrio", VERSION="1.3")
    dress(path, name, like="eez" if name.startswith("eez_") else "")


def _write_geojson(features: Sequence[Feature], path: Path) -> None:
    from geomap.codec import to_geojson

    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write('{"type": "FeatureCollection", "features": [\n')
        for number, feature in enumerate(features):
            assert feature.geometry is not None
            form = {
                "type": "Feature",
                "id": feature.id,
                "properties": _columns(feature),
                "geometry": to_geojson(feature.geometry),
            }
            file.write(("" if number == 0 else ",\n") + json.dumps(form, ensure_ascii=False))
        file.write("\n]}\n")
