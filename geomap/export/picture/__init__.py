"""A picture of a scene for press and briefing, as PNG, SVG or PDF: no browser, no network."""

from __future__ import annotations

from pathlib import Path

from geomap.chart.sizes import Size
from geomap.errors import ExportError
from geomap.export.picture.sheet import Sheet, make_sheet
from geomap.files import write_whole
from geomap.stage import Scene

__all__ = ["FORMATS", "THEMES", "Sheet", "draw", "make_sheet", "refuse_name", "write"]

FORMATS = ("png", "svg", "pdf")
THEMES = ("light", "dark", "print")


def draw(
    scene: Scene, size: Size, *, kind: str = "png", dpi: float = 300.0, theme: str = "light", bare: bool = False
) -> bytes:
    """Draw a scene; the same scene makes the same bytes.

    Parameters
    ----------
    kind : png, svg or pdf
    dpi : pixels to an inch of a PNG
    theme : light, dark, or print (on white paper)
    bare : without title and sources, for a page that has its own

    Raises
    ------
    ExportError
        if there is no such format or theme
    """
    for known, given in ((FORMATS, kind), (THEMES, theme)):
        if given not in known:
            message = f"{given!r} is none of {', '.join(known)}"
            raise ExportError(message)
    from geomap.export.picture.canvas import paint, save

    return save(paint(make_sheet(scene, size, bare=bare), theme), kind, dpi)


def refuse_name(path: Path) -> str:
    """The format that the name of a picture says.

    Raises
    ------
    ExportError
        if there is no such format
    """
    kind = path.suffix.lower().lstrip(".")
    if kind not in FORMATS:
        message = f"{path}: a picture is a .png, .svg or .pdf"
        raise ExportError(message)
    return kind


def write(scene: Scene, path: Path, size: Size, *, dpi: float = 300.0, theme: str = "light") -> None:
    """Write a picture; its format is that of the file's name.

    Raises
    ------
    ExportError
        if the name has no known format, or the file cannot be written
    """
    kind = refuse_name(path)
    made = draw(scene, size, kind=kind, dpi=dpi, theme=theme)
    write_whole(path, made)
