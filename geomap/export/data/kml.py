"""KML 2.2 and KMZ for Google Earth: a folder for each group of the legend, shared styles, balloons, times.

What Google Earth takes for HTML (balloons) is escaped once for HTML and once more for XML; names and snippets are plain
text. KML knows no dashes: what is dashed elsewhere has a thinner line here, and the file says so. One feature has one
time in KML, so an area that is closed on several days has the span from the first to the last; the balloon tells all.
"""

from __future__ import annotations

import html
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from shapely.geometry import MultiPoint, Point

from geomap.export.data.earth import KML, Sight, drawn, element, number, sight
from geomap.export.data.icons import make_icon
from geomap.stage import Scene, SceneLayer
from geomap.style import FILL_LIMIT_KM, STYLES, Style
from geomap.tabular import flatten, plain

DASHED = 0.6
"""The width of a dashed line as a share of what it would be."""

CUT = "-cut"
"""Ends the id of a style whose polygons have no outline, because it is drawn beside them."""

_LABELS = "ffffffff"
_SYMBOL_PX = 21
"""Width in CSS pixels of a symbol of scale 1: the picture has a margin, and Google Earth is looked at from afar."""
_SNIPPET, _LONGEST_LABEL = 160, 40
_LEGEND = (
    "Lines that are dashed on other maps are thinner here, because KML knows no dashes. Ranges wider than a good part "
    "of the globe are outlines. An area closed on several days is shown from the first to the last of them."
)
_RENAMED = {"id": "mark"}
"""Columns that GDAL would lose: in KML an id is that of an element."""
_POSITIONS = (("position_dd", "Decimal degrees"), ("position_dms", "Degrees, minutes"), ("position_mgrs", "MGRS"))


def make_kml(scene: Scene, layers: Sequence[SceneLayer]) -> bytes:
    """Make one file without pictures: Google Earth shows points as pins in the colour of their style."""
    return _document(scene, layers, pictures=False)


def make_kmz(scene: Scene, layers: Sequence[SceneLayer]) -> bytes:
    """Make a zip file with the document and the symbols; the same scene makes the same bytes."""
    used = sorted({layer.style for layer in layers if STYLES[layer.style].symbol})
    entries = {"doc.kml": _document(scene, layers, pictures=True)}
    entries |= {_picture(key): make_icon(STYLES[key]) for key in used}
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in entries.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            packed.writestr(entry, data)
    return file.getvalue()


def _picture(key: str) -> str:
    return f"symbols/{key}.png"


def _document(scene: Scene, layers: Sequence[SceneLayer], *, pictures: bool) -> bytes:
    root = etree.Element(f"{{{KML}}}kml", nsmap={None: KML})
    document = _add(root, "Document")
    _add(document, "name", plain(scene.title))
    _add(document, "open", "1")
    _add(document, "Snippet", plain(scene.subtitle)[:_SNIPPET], maxLines="1")
    _add(document, "description", _about(scene))
    _look(document, _opening(scene))
    marks = [(layer, list(_placemarks(layer))) for layer in layers]
    cut = {layer.style for layer, found in marks for _, seamed in found if seamed}
    for key in sorted({layer.style for layer in layers}):
        document.append(_style(STYLES[key], key, layers, pictures=pictures))
        if key in cut:
            document.append(_style(STYLES[key], key + CUT, layers, pictures=pictures))
    for title, members in _groups(marks):
        folder = _add(document, "Folder")
        _add(folder, "name", title)
        _add(folder, "visibility", "1" if members[0][0].shown else "0")
        for _, found in members:
            folder.extend(mark for mark, _ in found)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return made


Marks = tuple[SceneLayer, list[tuple[etree._Element, bool]]]


def _groups(marks: Sequence[Marks]) -> Iterator[tuple[str, list[Marks]]]:
    """The layers by the groups of the legend, the topmost group first, as the legend of the page has them."""
    found: dict[str, list[Marks]] = {}
    for one in marks:
        found.setdefault(plain(one[0].group or one[0].title), []).append(one)
    yield from sorted(found.items(), key=lambda group: -max(STYLES[layer.style].order for layer, _ in group[1]))


def _placemarks(layer: SceneLayer) -> Iterator[tuple[etree._Element, bool]]:
    """The marks of a layer, each with whether it has its outline beside its polygons."""
    for row in flatten(layer).to_dict("records"):
        wide = not row.get("high_km", 0.0) <= FILL_LIMIT_KM  # an open bound is not a number
        shape, seamed = drawn(row["geometry"], as_lines=wide)
        mark = etree.Element(f"{{{KML}}}Placemark")
        _add(mark, "name", _name(layer, row))
        _add(mark, "visibility", "1" if layer.shown else "0")
        _add(mark, "Snippet", plain(row["words"])[:_SNIPPET], maxLines="2")
        _add(mark, "description", _balloon(layer, row))
        _look(mark, sight(shape))
        if row["start"] or row["end"]:
            span = _add(mark, "TimeSpan")
            for name, value in (("begin", row["start"]), ("end", row["end"])):
                if value:
                    _add(span, name, value)
        _add(mark, "styleUrl", f"#{layer.style}{CUT if seamed else ''}")
        data = _add(mark, "ExtendedData")
        for name, value in row.items():
            if name != "geometry":
                _add(_add(data, "Data", name=_RENAMED.get(str(name), str(name))), "value", _cell(value))
        mark.append(element(shape))
        yield mark, seamed


def _name(layer: SceneLayer, row: Mapping[str, Any]) -> str:
    """What stands on the globe beside a point, and in the list: the label on one line, else the title."""
    label = str(row.get(layer.label) or "") if layer.label and row["geometry"].geom_type == "Point" else ""
    name = " ".join((label or row["title"]).split())
    if not label or len(name) <= _LONGEST_LABEL:
        return name
    kept = name[:_LONGEST_LABEL]
    return (kept.rpartition(" ")[0] or kept).rstrip(" ….,;:") + " …"


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    return f"{value:.10g}" if isinstance(value, float) else str(value)


# ------------------------------------------------------------------------------------------------- balloons


def _balloon(layer: SceneLayer, row: Mapping[str, Any]) -> str:
    """A table of what is known of a mark, as HTML in which all words are escaped."""
    cells = [("Words", f"“{row['words']}”" if row["words"] else "")]
    cells += [(heading, _cell(row.get(column))) for column, heading in layer.columns]
    cells += [(heading, str(row[column])) for column, heading in _POSITIONS]
    rows = "".join(
        f'<tr><td valign="top"><b>{_html(heading)}</b></td><td>{_html(said)}</td></tr>'
        for heading, said in cells
        if said
    )
    return f'<h3>{_html(row["title"])}</h3><table cellpadding="3">{rows}</table>'


def _about(scene: Scene) -> str:
    lines = (scene.subtitle, _LEGEND, *scene.caveats, *scene.credits)
    return f"<h3>{_html(scene.title)}</h3>" + "".join(f"<p>{_html(line)}</p>" for line in lines if line)


def _html(text: str) -> str:
    """Plain text as HTML: ``$[…]`` is no name of a field for Google Earth either."""
    return html.escape(plain(text)).replace("$", "&#36;").replace("\n", "<br>")


# --------------------------------------------------------------------------------------------------- styles


def _style(style: Style, key: str, layers: Sequence[SceneLayer], *, pictures: bool) -> etree._Element:
    """A shared style, in the colours for a dark ground, which satellite pictures are."""
    made = etree.Element(f"{{{KML}}}Style", id=key)
    labelled = any(layer.style == style.key and layer.label for layer in layers)
    if style.symbol:
        icon = _add(made, "IconStyle")
        if not pictures:
            _add(icon, "color", colour(style.colour.dark, style.opacity))
        _add(icon, "scale", f"{max(style.size, 9) / _SYMBOL_PX:.2f}")
        if pictures:
            _add(_add(icon, "Icon"), "href", _picture(style.key))
            _add(icon, "hotSpot", x="0.5", y="0.5", xunits="fraction", yunits="fraction")
    label = _add(made, "LabelStyle")
    _add(label, "color", _LABELS)
    _add(label, "scale", f"{0.7 + style.size / 80:.2f}" if labelled else "0")
    line = _add(made, "LineStyle")
    _add(line, "color", colour(style.colour.dark, style.opacity if style.weight else 0.0))
    _add(line, "width", f"{style.weight * (DASHED if style.dash else 1.0):.2f}")
    area = _add(made, "PolyStyle")
    _add(area, "color", colour(style.colour.dark, style.fill))
    _add(area, "fill", "1" if style.fill else "0")
    _add(area, "outline", "1" if style.weight and not key.endswith(CUT) else "0")
    _add(_add(made, "BalloonStyle"), "text", "$[description]")  # the name would be taken for HTML
    return made


def colour(rgb: str, opacity: float) -> str:
    """A colour ``#rrggbb`` as KML writes it: ``aabbggrr``."""
    return f"{round(opacity * 255):02x}{rgb[5:7]}{rgb[3:5]}{rgb[1:3]}".lower()


# ------------------------------------------------------------------------------------------------- elements


def _opening(scene: Scene) -> Sight:
    west, south, east, north = scene.bounds
    width = east - west if east >= west else east + 360 - west
    middle = (west + width / 2 + 540) % 360 - 180
    ends = [Point((west + width * part + 540) % 360 - 180, lat) for part in (0, 0.5, 1) for lat in (south, north)]
    seen = sight(MultiPoint(ends))
    return Sight(middle, (south + north) / 2, seen.metres)


def _look(parent: etree._Element, seen: Sight) -> None:
    look = _add(parent, "LookAt")
    for name, value in (("longitude", seen.lon), ("latitude", seen.lat), ("altitude", 0), ("heading", 0), ("tilt", 0)):
        _add(look, name, number(value))
    _add(look, "range", f"{seen.metres:.0f}")


def _add(parent: etree._Element, tag: str, text: str | None = None, /, **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, f"{{{KML}}}{tag}", attributes)
    made.text = text
    return made
