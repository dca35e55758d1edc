"""The page's style sheet: the palette as CSS variables, a rule for each kind of mark, and the fixed part in files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files

from geomap.brand import palette
from geomap.export.setting import Setting
from geomap.style import CLASSES, Style, Tone

FONT = 'Inter,"Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif'
SHEETS = ("page.css", "tools.css", "print.css")
ARCHIVE_SHEETS = (*SHEETS, "archive.css")
"""Those of a page with the launches of an archive."""
SCHEMES = {"auto": "light dark", "light": "light", "dark": "dark"}
"""What a theme tells the browser of its own colours: scroll bars, check boxes."""


def make_sheet(setting: Setting, used: Iterable[Style], *, archive: bool = False) -> str:
    """Make the style sheet.

    Parameters
    ----------
    used : the styles of the marks that are drawn
    archive : for the launches of an archive, whose colours stand for what was fired
    """
    classes = {f"k{number}": tone for number, (_, tone) in enumerate(CLASSES.values())} if archive else {}
    fixed = "".join(map(resource, ARCHIVE_SHEETS if archive else SHEETS))
    rules = [*map(_rule, used), *(f".k{number}{{color:var(--k{number})}}" for number in range(len(classes)))]
    return _variables(setting, classes) + fixed + "\n".join(rules)


def resource(name: str) -> str:
    """Read one of the page's files."""
    return (files("geomap.export") / "page" / name).read_text(encoding="utf-8")


def _variables(setting: Setting, more: Mapping[str, Tone]) -> str:
    """The palette, and more colours, as CSS variables; what is printed is light in every theme."""
    tones = {**palette(setting.brand), **more}
    light = ";".join(f"--{key}:{tone.light}" for key, tone in tones.items())
    dark = ";".join(f"--{key}:{tone.dark}" for key, tone in tones.items())
    font = f"{setting.brand.font},{FONT}" if setting.brand.font else FONT
    rules = f":root{{--font:{font};{light}}}\n"
    if setting.theme == "light":
        return rules
    when = "screen" if setting.theme == "dark" else "screen and (prefers-color-scheme:dark)"
    return f"{rules}@media {when}{{:root{{{dark}}}}}\n"


def _rule(style: Style) -> str:
    """The CSS of one kind of mark."""
    colour = f"var(--c-{style.key})"
    rules = [
        f".i-{style.key}{{color:{colour};opacity:{style.opacity:g}}}",
        f".l-{style.key}{{color:var(--t-{style.key})}}",
    ]
    if style.weight or style.fill:
        stroke = f"stroke:{colour};stroke-width:{style.weight:g};stroke-opacity:{style.opacity:g}"
        dash = f";stroke-dasharray:{' '.join(f'{part:g}' for part in style.dash)}" if style.dash else ""
        if not style.weight:
            stroke = "stroke:none"
        if style.hatch:
            fill = f"fill:url(#hatch-{style.key})"
        else:
            fill = f"fill:{colour};fill-opacity:{style.fill:g}" if style.fill else "fill:none"
        rules.append(f".m-{style.key}{{{stroke}{dash};{fill}}}")
    if style.hatch:
        rules.append(f"#hatch-{style.key}{{color:{colour}}}")
    return "\n".join(rules)
