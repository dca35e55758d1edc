"""The look of a newsroom or an office: its colours, type, logo and footer line, read from a TOML file.

What the file says reaches a style sheet and a page, so each value must be of a strict form: a colour is ``#rrggbb``, a
font a list of plain names, the logo a picture that can hold no script.
"""

from __future__ import annotations

import base64
import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from geomap.errors import InputError
from geomap.patterns import regex
from geomap.style import GROUND, STYLES, Style, Tone, contrast
from geomap.types import Record

KEYS = ("colours", "font", "logo", "logo_alt", "footer")
ACCENT = "accent"
COLOURS = (ACCENT, *GROUND, *(key for key in STYLES if key not in GROUND))
"""What a brand may colour: the accent, the ground of page and map, and every kind of mark."""

LEGIBLE = 4.5
"""Least contrast of text and its ground (WCAG 2.2)."""
LOGO_BYTES = 200_000
LONGEST = 300
"""Characters of a line of text."""

_COLOUR = regex(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_FAMILY = regex(r"\w[\w -]{0,60}")
_GENERIC = frozenset({"serif", "sans-serif", "monospace", "cursive", "fantasy", "system-ui", "ui-sans-serif",
                      "ui-serif", "ui-monospace", "ui-rounded"})  # fmt: skip
_PNG = b"\x89PNG\r\n\x1a\n"
_TEXTS = ("ink", "soft", "link", "agrees", "contradicts", "doubt")

Palette = dict[str, Tone]


class Brand(Record, kw_only=True):
    """How a page of one's own looks; every field may be left out.

    Parameters
    ----------
    palette : colours that differ from geomap's, as `palette` names them
    font : font families for CSS, checked and quoted
    logo : a data URI, for an ``img`` only
    logo_alt : what the logo shows, in words
    footer : a line of text for the end of the page and of pictures
    """

    palette: dict[str, Tone] = msgspec.field(default_factory=dict)
    font: str = ""
    logo: str = ""
    logo_alt: str = ""
    footer: str = ""


PLAIN = Brand()
"""No brand: geomap's own look."""


def palette(brand: Brand = PLAIN) -> Palette:
    """Every colour by its name: ``accent``, those of `GROUND`, ``c-`` and ``t-`` with a style's key."""
    return _standard() | brand.palette


def _standard() -> Palette:
    tones = {ACCENT: GROUND["contradicts"], **GROUND}
    tones |= {f"c-{key}": style.colour for key, style in STYLES.items()}
    return tones | {f"t-{key}": style.text for key, style in STYLES.items()}


def read_brand(path: Path) -> Brand:
    """Read a brand from a TOML file.

    Raises
    ------
    InputError
        if the file cannot be read, names what is not known, or holds a value of another form
    """
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        message = f"{path}: cannot be read as TOML ({getattr(problem, 'strerror', None) or problem})"
        raise InputError(message) from None
    _known(path, read, KEYS, "key")
    colours = read.get("colours", {})
    if not isinstance(colours, dict):
        message = f'{path}: colours should be a table, as in [colours] and accent = "#005b8f" below it'
        raise InputError(message)
    _known(path, colours, COLOURS, "colour")
    logo = _text(path, read, "logo")
    return Brand(
        palette=_palette(path, {key: _tones(path, key, value) for key, value in colours.items()}),
        font=_font(path, _text(path, read, "font")),
        logo=_logo(path.parent / logo) if logo else "",
        logo_alt=_text(path, read, "logo_alt"),
        footer=_text(path, read, "footer"),
    )


def _known(path: Path, found: Iterable[str], known: Iterable[str], what: str) -> None:
    for key in found:
        if key not in known:
            near = difflib.get_close_matches(key, list(known), n=1)
            meant = f"did you mean {near[0]}?" if near else f"there are: {', '.join(known)}"
            message = f"{path}: {key!r} is no {what} of a brand; {meant}"
            raise InputError(message)


def _text(path: Path, read: Mapping[str, Any], key: str) -> str:
    value = read.get(key, "")
    if not isinstance(value, str) or len(value) > LONGEST or not value.isprintable():
        message = f"{path}: {key} should be one line of text of at most {LONGEST} characters"
        raise InputError(message)
    return value.strip()


def _font(path: Path, value: str) -> str:
    """Font families for CSS; only plain names, so that nothing can leave the value."""
    families = [name.strip().strip("'\"") for name in value.split(",")] if value else []
    for name in families:
        if not _FAMILY.fullmatch(name):
            message = (
                f"{path}: font should be names of installed fonts, as in 'Georgia, Noto Serif, serif', not {name!r}"
            )
            raise InputError(message)
    return ",".join(name if name in _GENERIC else f'"{name}"' for name in families)


# -------------------------------------------------------------------------------------------------------- colours


def _tones(path: Path, key: str, value: Any) -> tuple[str, str]:
    """A colour for the light and one for the dark theme; the second is empty when only one is given."""
    if isinstance(value, str):
        return _colour(path, key, value), ""
    if isinstance(value, dict) and "light" in value and set(value) <= {"light", "dark"}:
        dark = _colour(path, f"{key}.dark", value["dark"]) if "dark" in value else ""
        return _colour(path, f"{key}.light", value["light"]), dark
    message = f'{path}: {key} should be a colour like "#005b8f", or {{light = "#005b8f", dark = "#7cc4f0"}}'
    raise InputError(message)


def _colour(path: Path, key: str, value: Any) -> str:
    if not isinstance(value, str) or not _COLOUR.fullmatch(value):
        message = f'{path}: {key} should be a colour like "#005b8f", not {str(value)[:40]!r}'
        raise InputError(message)
    return value if len(value) == 7 else "#" + "".join(2 * digit for digit in value[1:])


def _palette(path: Path, given: Mapping[str, tuple[str, str]]) -> Palette:
    """The tones that differ; what was given and cannot be read is refused, what only follows from it is left out.

    One colour alone holds for the dark theme too where it can be read there.
    """
    if not given:
        return {}
    standard = _standard()
    light = _themed(standard, {key: one for key, (one, _) in given.items()}, "light")
    dark = _themed(standard, {key: one for key, (_, one) in given.items() if one}, "dark")
    for theme, tones in (("light", light), ("dark", dark)):
        if fault := _unreadable(tones):
            text, ground = fault
            message = (
                f"{path}: in the {theme} theme {_said(text)} {tones[text]} on {ground} {tones[ground]} has a contrast "
                f"of {contrast(tones[text], tones[ground]):.1f}; at least {LEGIBLE} is needed to read it"
            )
            raise InputError(message)
    for key, (one, other) in sorted(given.items(), key=lambda item: _rank(item[0])):
        tried = dark if other else dark | _themed_one(standard, dark, key, one)
        if not _unreadable(tried) and _seen(tried, key):
            dark = tried
    return {
        key: Tone(light[key], dark[key])
        for key, tone in standard.items()
        if (light[key], dark[key]) != (tone.light, tone.dark)
    }


def _said(name: str) -> str:
    return f"the label of {name[2:]}" if name.startswith("t-") else name


def _themed(standard: Palette, given: Mapping[str, str], theme: str) -> dict[str, str]:
    tones = {key: getattr(tone, theme) for key, tone in standard.items()}
    for key in sorted(given, key=_rank):
        tones |= _themed_one(standard, tones, key, given[key])
    return tones


def _rank(key: str) -> int:
    """What others take something from comes before them: ink, then paper, then the ground, then the marks."""
    return ("ink", "paper").index(key) if key in ("ink", "paper") else 2 if key in GROUND else 3


def _themed_one(standard: Palette, tones: Mapping[str, str], key: str, colour: str) -> dict[str, str]:
    """What one colour of a brand changes: links with the accent, labels with marks, marks drawn in ink with the ink."""
    if key == ACCENT:
        legible = all(contrast(colour, tones[ground]) >= LEGIBLE for ground in ("paper", "raised"))
        return {ACCENT: colour, **({"link": colour} if legible else {})}
    if key == "paper":
        return {key: colour, "raised": _mixed(colour, tones["ink"], 0.04)}
    if key in GROUND:
        alike = [name for name, tone in standard.items() if tone is GROUND[key] and name != ACCENT]
        return {key: colour, **dict.fromkeys(alike, colour)}
    legible = contrast(colour, tones[_under(STYLES[key])]) >= LEGIBLE
    return {f"c-{key}": colour, **({f"t-{key}": colour} if legible else {})}


def _mixed(one: str, other: str, share: float) -> str:
    """A colour with a little of another one in it."""
    parts = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in parts)


def _under(style: Style) -> str:
    """What the labels of a style lie on."""
    return "land" if style.lettering == "country" else "sea"


def _seen(tones: Mapping[str, str], key: str) -> bool:
    """Whether a mark stands out from sea and land."""
    name = f"c-{key}"
    return key in GROUND or name not in tones or all(contrast(tones[name], tones[one]) >= 2 for one in ("sea", "land"))


def _unreadable(tones: Mapping[str, str]) -> tuple[str, str] | None:
    """A text and its ground, by their names, that are too much alike."""
    pairs = [(text, ground) for text in _TEXTS for ground in ("paper", "raised")]
    pairs += [(f"t-{style.key}", _under(style)) for style in STYLES.values()]
    for text, ground in pairs:
        if contrast(tones[text], tones[ground]) < LEGIBLE:
            return text, ground
    return None


# ----------------------------------------------------------------------------------------------------------- logo


def _logo(path: Path) -> str:
    """A PNG or SVG file as a data URI.

    A page shows it in an ``img``, in which browsers run no script and fetch nothing; what would need either is refused.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LOGO_BYTES else b""
    except OSError as problem:
        message = f"{path}: the logo cannot be read ({problem.strerror or problem})"
        raise InputError(message) from None
    if size > LOGO_BYTES:
        message = f"{path}: the logo has {size:,} bytes; at most {LOGO_BYTES:,} fit into a page"
        raise InputError(message)
    if content.startswith(_PNG):
        kind = "png"
    else:
        _check_svg(path, content)
        kind = "svg+xml"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def _check_svg(path: Path, content: bytes) -> None:
    from lxml import etree

    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None or _local(root) != "svg":
        message = f"{path}: the logo is neither a PNG nor an SVG file"
        raise InputError(message)
    own = root.getroottree().docinfo.internalDTD
    fault = "entities" if own is not None and list(own.iterentities()) else ""
    fault = fault or next(filter(None, map(_svg_fault, (*root.itersiblings(preceding=True), *root.iter()))), "")
    if fault:
        message = f"{path}: the logo holds {fault}, which a page must not; save it as plain SVG or as PNG"
        raise InputError(message)


def _local(element: Any) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _svg_fault(element: Any) -> str:
    """What in an element of an SVG file could run or fetch something."""
    tag = _local(element)
    if tag in ("script", "foreignobject", "iframe", "audio", "video", "handler", "listener"):
        return f"<{tag}>"
    for name, value in element.attrib.items():
        key, text = name.rpartition("}")[2].lower(), value.strip().lower()
        if key.startswith("on"):
            return f"a handler ({key})"
        if key in ("href", "src") and not text.startswith(("#", "data:image/")):
            return f"a link ({value[:40]})"
        if _fetches(text):
            return f"a link ({value[:40]})"
    return "a link in its style" if tag == "style" and _fetches((element.text or "").lower()) else ""


def _fetches(text: str) -> bool:
    return "@import" in text or any(not inner.strip(" '\"").startswith(("#", "data:image/"))
                                    for inner in re.findall(r"url\(([^)]*)\)?", text))  # fmt: skip
