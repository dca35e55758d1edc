"""A QGIS project, written without QGIS: one GeoPackage with all layers and their styles, and a .qgz that opens it.

Both lie in one folder and know each other by relative paths: the folder can be moved, zipped and sent.
"""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

from geomap.errors import ExportError
from geomap.export.qgis import words
from geomap.export.qgis.geopackage import write_geopackage
from geomap.export.qgis.project import make_project
from geomap.export.qgis.projection import projection_of
from geomap.export.qgis.sheets import make_sheets
from geomap.stage import Scene

PROJECT, DATA = "geomap.qgz", "geomap.gpkg"
FILES = (PROJECT, DATA)
_DATE = (2024, 1, 1, 0, 0, 0)


def write(scene: Scene, folder: Path) -> Path:
    """Write a scene as a project of QGIS; the same scene makes the same bytes.

    Returns
    -------
    The path of the project.

    Raises
    ------
    ExportError
        if a file cannot be written, or QGIS has it open
    """
    for suffix in ("-wal", "-journal"):
        if (folder / f"{DATA}{suffix}").exists():
            message = f"{folder / DATA}: is open in another program, or was left half written; close QGIS first"
            raise ExportError(message)
    projection = projection_of(scene)
    sheets, abstract = make_sheets(scene, projection), abstract_of(scene)
    project = make_project(scene, sheets, projection, DATA, abstract)
    beside = {name: folder / f".{Path(name).stem}.part{Path(name).suffix}" for name in FILES}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        beside[DATA].unlink(missing_ok=True)
        write_geopackage(sheets, beside[DATA], abstract)
        with zipfile.ZipFile(beside[PROJECT], "w") as archive:
            inside = zipfile.ZipInfo(f"{Path(PROJECT).stem}.qgs", _DATE)
            inside.external_attr = 0o644 << 16
            archive.writestr(inside, project, zipfile.ZIP_DEFLATED)
        for name in (DATA, PROJECT):
            beside[name].replace(folder / name)
    except (OSError, RuntimeError) as problem:
        message = f"{folder}: cannot be written: {problem}"
        raise ExportError(message) from None
    finally:
        for path in beside.values():
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return folder / PROJECT


def abstract_of(scene: Scene) -> str:
    """What the metadata of every layer says: whom it is from, what to beware of, and how it was made."""
    parts = [
        scene.title,
        scene.subtitle,
        f"Sources: {'; '.join(scene.credits)}" if scene.credits else "",
        *scene.caveats,
        "Made with: " + ", ".join(f"{what} {which}" for what, which in scene.made.items()),
    ]
    return words.name("\n".join(part for part in parts if part))
