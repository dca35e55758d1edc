"""A scene as data for other programs: GeoJSON, GeoPackage, FlatGeobuf, KML, CSV, a workbook, GeoParquet.

Each form holds the same features with the same columns (`geomap.tabular`), and the same scene makes the same bytes.
The land and the coasts, which are only there to draw on, are left out unless they are asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

from geomap.errors import ExportError
from geomap.files import whole
from geomap.stage import Scene, SceneLayer
from geomap.tabular import choose

Bytes = Callable[[Scene, Sequence[SceneLayer]], bytes]
File = Callable[[Scene, Sequence[SceneLayer], Path], None]

_MODULES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "geojson": ("geojson", "make_geojson"),
        "gpkg": ("vector", "write_gpkg"),
        "fgb": ("vector", "write_fgb"),
        "kml": ("kml", "make_kml"),
        "kmz": ("kml", "make_kmz"),
        "csv": ("delimited", "make_csv"),
        "xlsx": ("workbook", "make_xlsx"),
        "parquet": ("vector", "write_parquet"),
    }
)
"""For each form the module and its function, imported when it is used."""

FORMS = tuple(_MODULES)
"""The forms, by their suffixes."""

STREAMED = ("geojson", "kml", "csv")
"""The forms that are text, and can go to standard output."""

_ALIASES = {"json": "geojson", "geoparquet": "parquet", "pq": "parquet"}


def form_of(path: Path) -> str:
    """The form that a path's suffix asks for.

    Raises
    ------
    ExportError
        if no form has that suffix
    """
    suffix = path.suffix.lower().removeprefix(".")
    form = _ALIASES.get(suffix, suffix)
    if form not in FORMS:
        message = f"{path}: the suffix says no form of data; use one of {', '.join(FORMS)}, or --format"
        raise ExportError(message)
    return form


def require(form: str) -> None:
    """Check that what a form needs is installed, before any work.

    Raises
    ------
    ExportError
        if it is not
    """
    if form == "parquet" and not find_spec("pyarrow"):
        message = "GeoParquet needs pyarrow, which is not installed: pip install 'geomap[parquet]'"
        raise ExportError(message)


def make(scene: Scene, form: str, layers: Sequence[str] = ()) -> bytes:
    """Make the text of a scene in one of the forms `STREAMED`.

    Parameters
    ----------
    layers : keys of layers, see `geomap.tabular.choose`

    Raises
    ------
    ExportError
        if a layer is not there
    """
    made: bytes = _function(form)(scene, choose(scene, layers))
    return made


def write(scene: Scene, path: Path, *, form: str | None = None, layers: Sequence[str] = ()) -> None:
    """Write a scene as data; the file is there in whole or not at all.

    Parameters
    ----------
    form : one of `FORMS`; what the path's suffix says when left out
    layers : keys of layers, see `geomap.tabular.choose`

    Raises
    ------
    ExportError
        if a layer is not there, if there is nothing to write, if a package is missing, or if the file cannot be written
    """
    form = form or form_of(path)
    require(form)
    chosen = choose(scene, layers)
    with whole(path, f".{form}") as beside:
        if not _MODULES[form][1].startswith("write"):
            beside.write_bytes(_function(form)(scene, chosen))
        elif any(len(layer.frame) for layer in chosen):
            _function(form)(scene, chosen, beside)
        else:
            message = f"{path}: nothing of these articles has a place on the map, so there is no feature to write"
            raise ExportError(message)


def _function(form: str) -> Callable[..., bytes]:
    module, name = _MODULES[form]
    function: Callable[..., bytes] = getattr(import_module(f"{__name__}.{module}"), name)
    return function
