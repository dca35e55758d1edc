"""One palette and one set of symbols for every exporter: the page, the QGIS project and the slide cannot disagree.

The colours are those of Okabe and Ito (2008), which stay apart for readers with any of the common kinds of colour
blindness; no two kinds of mark differ by colour alone: dashes, hatching and the form of the symbol say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from geomap.types import Record

BLACK, ORANGE, SKY, GREEN = "#000000", "#E69F00", "#56B4E9", "#009E73"
YELLOW, BLUE, VERMILION, PURPLE = "#F0E442", "#0072B2", "#D55E00", "#CC79A7"


class Tone(Record):
    """A colour on a light and on a dark ground, as ``#rrggbb``."""

    light: str
    dark: str


class Style(Record, kw_only=True):
    """How one kind of mark is drawn.

    Parameters
    ----------
    key : its name in `STYLES`
    title : what the legend calls it
    order : marks of a lower order are drawn first, below the others
    colour : outlines and symbols
    opacity : of outlines and symbols, 0 to 1
    fill : opacity of the area's fill in the same colour, 0 for none
    hatch : the fill is hatched
    weight : width of the line in CSS pixels, 0 for none
    dash : lengths of dashes and gaps in CSS pixels, empty for a solid line
    symbol : key into `SYMBOLS` for points, None for lines and areas
    size : width of the symbol in CSS pixels
    text : colour of labels
    lettering : ``country``, ``sea``, ``zone`` or ``place``: the kind of type that labels are set in
    """

    key: str
    title: str
    order: int
    colour: Tone
    opacity: float = 1.0
    fill: float = 0.0
    hatch: bool = False
    weight: float = 0.0
    dash: tuple[float, ...] = ()
    symbol: str | None = None
    size: float = 0.0
    text: Tone
    lettering: str = "place"


class Symbol(Record, kw_only=True):
    """The form of a point's symbol.

    Parameters
    ----------
    outline : SVG path in a square of 20 by 20, y downwards
    inner : SVG path of what is drawn upon it in the colour of paper, or empty
    hollow : drawn as an outline on paper instead of filled
    marker : nearest simple marker of QGIS
    """

    outline: str
    inner: str = ""
    hollow: bool = False
    marker: str


SYMBOLS: Mapping[str, Symbol] = MappingProxyType(
    {
        "triangle": Symbol(outline="M10 2 18.5 17H1.5Z", marker="triangle"),
        "triangle-hollow": Symbol(outline="M10 3 17.5 16.5H2.5Z", hollow=True, marker="triangle"),
        "target": Symbol(
            outline="M10 2A8 8 0 1 1 10 18 8 8 0 1 1 10 2Z",
            inner="M6.6 6.6 13.4 13.4M13.4 6.6 6.6 13.4",
            marker="circle",
        ),
        "circle": Symbol(outline="M10 4.5A5.5 5.5 0 1 1 10 15.5 5.5 5.5 0 1 1 10 4.5Z", marker="circle"),
        "square": Symbol(outline="M4.5 4.5H15.5V15.5H4.5Z", marker="square"),
        "square-hollow": Symbol(outline="M5 5H15V15H5Z", hollow=True, marker="square"),
        "diamond": Symbol(outline="M10 2.5 17.5 10 10 17.5 2.5 10Z", marker="diamond"),
        "cross": Symbol(outline="M5 3 10 8 15 3 17 5 12 10 17 15 15 17 10 12 5 17 3 15 8 10 3 5Z", marker="cross2"),
        "plus": Symbol(outline="M8 3H12V8H17V12H12V17H8V12H3V8H8Z", marker="cross_fill"),
    }
)

GROUND: Mapping[str, Tone] = MappingProxyType(
    {
        "sea": Tone("#dbe7ee", "#111d27"),
        "land": Tone("#f6f3ec", "#27333d"),
        "paper": Tone("#ffffff", "#17232d"),
        "raised": Tone("#f4f7f9", "#1f2d38"),
        "ink": Tone("#17232e", "#e9eff3"),
        "soft": Tone("#51626f", "#a9b8c3"),
        "rule": Tone("#d3dce2", "#374753"),
        "graticule": Tone("#9fb6c4", "#35495a"),
        "degrees": Tone("#4a6375", "#8da3b3"),
        "agrees": Tone("#00694d", "#3fd0a4"),
        "contradicts": Tone("#a64500", "#ff9a5c"),
        "doubt": Tone("#6b5300", "#e9c46a"),
        "link": Tone("#005b8f", "#7cc4f0"),
    }
)
"""The colours of what is no mark: sea, paper, ink, rules, verdicts. Text on paper or sea has a contrast of 4.5."""

_INK, _SOFT = GROUND["ink"], GROUND["soft"]
_BLUE, _GREEN, _VERMILION = Tone(BLUE, SKY), Tone(GREEN, "#1fc196"), Tone(VERMILION, "#ff8133")
_PURPLE, _ORANGE, _SKY = Tone(PURPLE, PURPLE), Tone("#a87400", ORANGE), Tone("#2f8fc6", SKY)
_GREY = Tone("#5d6f7c", "#93a5b1")
_VIOLET = Tone("#5a32c8", "#b9a3ff")  # the analyst's own: nothing that the article says has it
_PLUM, _FIR, _RUST = Tone("#7f3a62", "#e6aacb"), Tone("#00563f", "#58d9b4"), Tone("#8f3f00", "#ffb184")


def _range(key: str, title: str, order: int, colour: Tone, dash: tuple[float, ...], text: Tone = _INK) -> Style:
    return Style(
        key=key, title=title, order=order, colour=colour, fill=0.035, weight=2.2, dash=dash, text=text, lettering="zone"
    )


_ALL = (
    Style(key="sea", title="Seas named", order=4, colour=Tone("#6f93a8", "#54788e"), opacity=0.7, weight=1.0,
          dash=(1, 4), text=Tone("#3f6479", "#8fb4c9"), lettering="sea"),
    Style(key="zone", title="Other zones", order=6, colour=_GREY, fill=0.06, weight=1.2, dash=(3, 3), text=_SOFT,
          lettering="zone"),
    Style(key="eez", title="Other EEZs nearby", order=8, colour=_PURPLE, opacity=0.75, fill=0.05, weight=1.0,
          text=_PLUM, lettering="zone"),
    Style(key="zone-claimed", title="Zone that a claim is about", order=10, colour=_PURPLE, fill=0.14,
          weight=2.2, dash=(8, 3), text=_PLUM, lettering="zone"),
    Style(key="eez-claimed", title="EEZ that a claim is about", order=12,
          colour=_PURPLE, fill=0.16, weight=2.6, text=_PLUM, lettering="zone"),
    Style(key="land", title="Land", order=20, colour=GROUND["land"], fill=1.0, text=_SOFT, lettering="country"),
    Style(key="coast", title="Coast", order=21, colour=Tone("#8ba1af", "#566b7a"), weight=0.8, text=_SOFT),
    Style(key="border", title="Borders", order=22, colour=Tone("#c3b7a0", "#4a5a66"), weight=0.8, dash=(4, 2),
          text=_SOFT),
    Style(key="range-band", title="Between the least and the greatest range", order=28, colour=_GREY, fill=0.13,
          text=_SOFT, lettering="zone"),
    _range("range", "Range", 30, _GREEN, (10, 4)),
    _range("range-artillery", "Artillery range", 31, _GREY, (2, 3)),
    _range("range-rocket", "Rocket range", 32, _GREY, (6, 3, 2, 3)),
    _range("range-SRBM", "SRBM range", 33, _GREEN, (9, 5), _FIR),
    _range("range-cruise", "Cruise missile range", 34, _ORANGE, (6, 6)),
    _range("range-SLBM", "SLBM range", 35, _SKY, (8, 3, 2, 3, 2, 3)),
    _range("range-MRBM", "MRBM range", 36, _BLUE, (12, 4, 2, 4)),
    _range("range-IRBM", "IRBM range", 37, _ORANGE, (14, 4, 2, 4, 2, 4)),
    _range("range-ICBM", "ICBM range", 38, _INK, (16, 6)),
    _range("range-SLV", "Space launcher range", 39, _SKY, (4, 4)),
    Style(key="range-stated", title="Distance that the text states", order=40, colour=_GREEN, fill=0.07, weight=2.2,
          dash=(2, 4), text=_FIR, lettering="zone"),
    Style(key="assumed-range", title="Range that the analyst assumes", order=41, colour=_VIOLET, fill=0.03, weight=2.0,
          dash=(10, 3, 3, 3), text=_VIOLET, lettering="zone"),
    Style(key="region", title="Provinces and islands named", order=42, colour=Tone("#8b6f4e", "#b79b78"), fill=0.05,
          weight=1.3, dash=(4, 3), text=_SOFT),
    Style(key="relative", title="Other areas that the text describes", order=44, colour=_GREY, fill=0.12, weight=1.2,
          dash=(2, 3), text=_SOFT, lettering="zone"),
    Style(key="background-area", title="Earlier events, only recalled", order=46, colour=_GREY, fill=0.1, hatch=True,
          weight=1.2, text=_SOFT, lettering="zone"),
    Style(key="hazard-cancelled", title="Closed areas, cancelled", order=47, colour=_GREY, fill=0.04, weight=1.4,
          dash=(2, 5), text=_SOFT, lettering="zone"),
    Style(key="hazard", title="Closed areas of notices", order=48, colour=_ORANGE, fill=0.2, hatch=True, weight=1.8,
          dash=(6, 3), text=_INK, lettering="zone"),
    Style(key="hazard-doubtful", title="Closed areas, doubtful as printed", order=49, colour=GROUND["doubt"], fill=0.08,
          weight=2.2, dash=(2, 4), text=GROUND["doubt"], lettering="zone"),
    Style(key="launch-area", title="Launch sites in the article", order=50, colour=_BLUE, fill=0.16, weight=1.6,
          text=Tone("#004f7c", "#9fd6f7"), lettering="zone"),
    Style(key="dropped", title="Said of the impact, but does not fit the rest", order=51, colour=GROUND["doubt"],
          fill=0.05, weight=1.8, dash=(3, 6), text=GROUND["doubt"], lettering="zone"),
    Style(key="impact", title="Where it came down", order=52, colour=_VERMILION, fill=0.26, hatch=True, weight=1.8,
          text=_RUST, lettering="zone"),
    Style(key="clipped", title="Impact zone, if a claim is right", order=53, colour=_VERMILION, fill=0.04, weight=2.0,
          dash=(8, 5), text=_RUST, lettering="zone"),
    Style(key="assumed-area", title="Area that the analyst assumes", order=54, colour=_VIOLET, fill=0.12, weight=2.0,
          dash=(6, 4), text=_VIOLET, lettering="zone"),
    Style(key="line", title="Lines", order=56, colour=_INK, weight=1.6, dash=(5, 3, 1, 3), text=_INK, lettering="zone"),
    Style(key="track", title="Tracks", order=58, colour=_INK, opacity=0.85, weight=1.6, dash=(5, 5), text=_INK),
    Style(key="assumed-track", title="Track that the analyst assumes", order=59, colour=_VIOLET, weight=2.0,
          dash=(2, 5), text=_VIOLET),
    Style(key="country-label", title="Countries", order=60, colour=_SOFT, symbol=None,
          text=Tone("#6a6253", "#9caab4"), lettering="country"),
    Style(key="margin", title="Margins: from the impact to a zone's edge", order=62, colour=_INK, weight=3.0,
          text=_INK),
    Style(key="area", title="Countries and regions mentioned", order=70, colour=_GREY, symbol="square-hollow", size=9,
          text=_SOFT),
    Style(key="site-known", title="Known launch sites (not from this article)", order=72, colour=_GREY, opacity=0.8,
          symbol="triangle-hollow", size=8, text=_SOFT),
    Style(key="background-point", title="Earlier events, only recalled", order=74, colour=_GREY, symbol="target",
          size=14, text=_SOFT),
    Style(key="place", title="Places mentioned", order=76, colour=_INK, symbol="circle", size=10, text=_INK),
    Style(key="dateline", title="Dateline: where it was written", order=78, colour=_INK, symbol="diamond", size=13,
          text=_INK),
    Style(key="assumed", title="Added by the analyst", order=80, colour=_VIOLET, symbol="plus", size=15, text=_VIOLET),
    Style(key="dropped-point", title="Said of the impact, but does not fit the rest", order=82,
          colour=GROUND["doubt"], symbol="cross", size=13, text=GROUND["doubt"]),
    Style(key="impact-point", title="Where it came down: best point", order=84, colour=_VERMILION, symbol="target",
          size=20, text=_RUST),
    Style(key="launch-point", title="Launch sites in the article", order=86, colour=_BLUE, symbol="triangle", size=20,
          text=Tone("#004f7c", "#9fd6f7")),
)  # fmt: skip

STYLES: Mapping[str, Style] = MappingProxyType({style.key: style for style in _ALL})
"""Every style by its key; the keys that start with ``range-`` end in a class of the contract."""

CLASSES: Mapping[str, tuple[str, Tone]] = MappingProxyType(
    {
        "SRBM": ("SRBM", Tone("#00845f", "#1fc196")),
        "MRBM": ("MRBM", Tone(BLUE, "#4da3e0")),
        "IRBM": ("IRBM", Tone("#7a4fc9", "#b9a3ff")),
        "ICBM": ("ICBM", Tone("#17232e", "#e9eff3")),
        "SLBM": ("SLBM", Tone("#2f8fc6", SKY)),
        "cruise": ("Cruise missiles", Tone(VERMILION, "#ff8133")),
        "rocket": ("Rockets", Tone("#c79a00", YELLOW)),
        "artillery": ("Artillery", Tone("#8b6f4e", "#c4a67d")),
        "SLV": ("Space launchers", Tone("#b8568f", "#e6aacb")),
        "": ("Not said", Tone("#75868f", "#8496a1")),
    }
)
"""What was fired, for maps of many launches, on which a colour stands for a class: its name and colour; the last is all
that has none of these."""

FILL_LIMIT_KM = 5000.0
"""Range polygons wider than this are drawn as outlines only: a fill would tint half the map and say nothing."""


def range_style(kind: str | None, *, stated: bool) -> str:
    """Key of the style of a range polygon: by class, or ``range-stated`` for a distance that the text gives."""
    if stated:
        return "range-stated"
    key = f"range-{kind}"
    return key if key in STYLES else "range"


def relative_luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast of two colours ``#rrggbb``, 1 to 21 (WCAG 2.2)."""
    low, high = sorted((relative_luminance(one), relative_luminance(other)))
    return (high + 0.05) / (low + 0.05)
