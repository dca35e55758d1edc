"""A folium figure that needs no network: every link is inlined from an installed package, or the build fails.

folium links Leaflet and nine other files from four hosts. Only Leaflet is needed for what geomap draws; it comes from
XStatic-Leaflet, whose files are checked against the hashes below. Text never passes through folium's templates, which
are rendered twice and would run what an article says: it arrives as `OfflineFigure.body` (escaped HTML) and
`OfflineFigure.data` (JSON), which are put in last, as they are.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from functools import cache
from html.parser import HTMLParser
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from branca.element import CssLink, Element, Figure, JavascriptLink
from jinja2 import Template

from geomap.errors import ExportError

FOLDER = "xstatic/pkg/leaflet/data"

# The name under which folium links a file -> (file, sha256); None: not needed by what we draw.
ASSETS: dict[str, tuple[str, str] | None] = {
    "leaflet": ("leaflet.js", "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03"),
    "leaflet_css": ("leaflet.css", "90b693d86392a4779c861b28cf307e7e59c3fb35328c4d8b95f58f814d38c722"),
    "jquery": None,
    "bootstrap": None,
    "bootstrap_css": None,
    "glyphicons_css": None,
    "awesome_markers": None,
    "awesome_markers_font_css": None,
    "awesome_markers_css": None,
    "awesome_rotate_css": None,
}

POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; "
    "base-uri 'none'; form-action 'none'"
)
"""The page's Content-Security-Policy: the browser itself refuses every request."""


class MissingAsset(ExportError):
    """A page would need a file that is not inlined, and so the network."""


class OfflineFigure(Figure):
    """A folium figure in one file.

    Parameters
    ----------
    body : HTML in which ``<!--map-->`` stands where the map goes
    data : JSON for ``<script type="application/json" id="scene">``
    css, js : the page's own style and script; both come after Leaflet's
    scheme : the colour schemes that the page has (``light dark``)
    classes : classes of the whole page
    """

    _template = Template(
        """<!DOCTYPE html>
<html lang="{{ this.language|e }}"{% if this.classes %} class="{{ this.classes|e }}"{% endif %}>
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{{ this.policy }}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="{{ this.scheme|e }}">
<meta name="generator" content="geomap">
<title>{{ this.title|e }}</title>
{{ header }}
<style>
{{ this.css }}
</style>
</head>
<body>
{{ body }}
<script type="application/json" id="scene">{{ this.data }}</script>
<script>
{{ this.js }}
</script>
<script>
{{ script }}
</script>
</body>
</html>
"""
    )

    policy = POLICY

    def __init__(
        self,
        *,
        title: str,
        language: str,
        body: str,
        data: str,
        css: str,
        js: str,
        scheme: str = "light dark",
        classes: str = "",
    ) -> None:
        super().__init__(title=title)
        self.scheme, self.classes = scheme, classes
        self.language, self.body, self.data, self.css, self.js = language, body, data, css, js
        self.header._children.clear()  # branca's own charset tag; ours stands in the template

    def render(self, **kwargs: Any) -> str:
        """Render the page.

        Raises
        ------
        MissingAsset
            if any element links a file that is not known, or the finished page would ask for one
        """
        _number(self)
        for child in list(self._children.values()):
            child.render(**kwargs)
        for child in self._children.values():
            self.header._children.pop(child.get_name(), None)  # folium's sizes and its viewport, which forbids zooming
        header = "\n".join(self._inlined(name, child) for name, child in self.header._children.items())
        page: str = self._template.render(
            this=self,
            header=header,
            body=self.body.replace("<!--map-->", self.html.render(**kwargs), 1),
            script=_lean(self.script.render(**kwargs)),
        )
        check_page(page)
        return page

    def _inlined(self, name: str, child: Element) -> str:
        if not isinstance(child, (JavascriptLink, CssLink)):
            return str(child.render())
        if name not in ASSETS:
            message = f"the page would link {child.url} ({name}), which is not inlined"
            raise MissingAsset(message)
        asset = ASSETS[name]
        if asset is None:
            return ""
        path = asset_path(asset[0])
        if isinstance(child, JavascriptLink):
            return f"<script>{_script(path, asset[1])}</script>"
        return f"<style>{_sheet(path, asset[1])}</style>"


@cache
def asset_path(name: str) -> Path:
    """Where a file of Leaflet lies in the installed package.

    Raises
    ------
    MissingAsset
        if XStatic-Leaflet is not installed, or has no such file
    """
    try:
        path = Path(str(distribution("XStatic-Leaflet").locate_file(f"{FOLDER}/{name}")))
    except PackageNotFoundError:
        path = Path(FOLDER, name)
    if not path.is_file():
        message = f"{path} is missing: install XStatic-Leaflet 1.9.3.0"
        raise MissingAsset(message)
    return path


def check_page(page: str) -> None:
    """Look for anything in a finished page that a browser would fetch.

    Raises
    ------
    MissingAsset
        naming the element
    """
    _Links().feed(page)


class _Links(HTMLParser):
    """Every element that could fetch something; anchors to pages on the web are read, not fetched."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name not in ("src", "href", "srcset", "poster", "data", "action", "xlink:href", "background"):
                continue
            target = (value or "").strip()
            fine = target.startswith(("#", "data:image/")) or (
                tag == "a" and target.startswith(("https://", "http://"))
            )
            if not fine:
                message = f"the page holds <{tag} {name}={target[:80]!r}>, which is not inlined"
                raise MissingAsset(message)
        if tag in ("link", "iframe", "object", "embed", "base", "form"):
            message = f"the page holds <{tag}>, which has no place in it"
            raise MissingAsset(message)


def _number(figure: Figure) -> None:
    """Give every element a counted id in place of folium's random one: the same scene makes the same bytes."""
    waiting: list[Element] = [figure]
    number = 0
    while waiting:
        element = waiting.pop(0)
        element._id = str(number)
        number += 1
        waiting += element._children.values()


def _read(path: Path, digest: str) -> str:
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != digest:
        message = f"{path} is not the file that geomap was made with (sha256 {found})"
        raise MissingAsset(message)
    return content.decode("utf-8")


@cache
def _script(path: Path, digest: str) -> str:
    text = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "", _read(path, digest))
    if "</script" in text.lower():
        message = f"{path} would end its own element"
        raise MissingAsset(message)
    return text


@cache
def _sheet(path: Path, digest: str) -> str:
    def inlined(match: re.Match[str]) -> str:
        target = match.group(1).strip("'\"")
        if target.startswith(("data:", "#")):
            return match.group(0)
        kind = mimetypes.guess_type(target)[0] or "application/octet-stream"
        content = base64.b64encode(asset_path(target).read_bytes()).decode()
        return f"url(data:{kind};base64,{content})"

    text = re.sub(r"behavior:\s*url\([^)]*\);?", "", _read(path, digest))  # for Internet Explorer only
    return re.sub(r"url\(([^)]+)\)", inlined, text)


def _lean(script: str) -> str:
    """Take out folium's indentation and blank lines, without which nothing changes."""
    return "\n".join(line.strip() for line in script.splitlines() if line.strip())
