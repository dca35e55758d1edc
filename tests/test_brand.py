"""A brand: colours, type and logo of one's own; what could leave its place in a page is refused in a sentence."""

from __future__ import annotations

import base64
from collections.abc import Callable
from pathlib import Path

import pytest

from geomap.brand import ACCENT, COLOURS, PLAIN, Brand, palette, read_brand
from geomap.errors import InputError
from geomap.style import GROUND, STYLES, Tone, contrast

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}</svg>'


@pytest.fixture
def brand(tmp_path: Path) -> Callable[..., Brand]:
    def read(text: str, **pictures: str | bytes) -> Brand:
        for name, content in pictures.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        (tmp_path / "brand.toml").write_text(text, encoding="utf-8")
        return read_brand(tmp_path / "brand.toml")

    return read


def test_an_empty_file_changes_nothing(brand: Callable[..., Brand]) -> None:
    assert brand("") == PLAIN
    assert palette()[ACCENT] == GROUND["contradicts"]
    assert palette()["c-impact"] == STYLES["impact"].colour


def test_a_brand_has_colours_a_font_a_logo_and_a_line(brand: Callable[..., Brand]) -> None:
    made = brand(
        'font = "Georgia, \'Noto Serif\', メイリオ, serif"\nlogo = "logo.png"\nlogo_alt = \'The "Wire"\'\n'
        'footer = "Graphics <desk>"\n[colours]\naccent = "#7a1f5c"\nimpact = {light = "#B3003C", dark = "#f8b"}\n',
        logo_png=PIXEL,
    )
    tones = palette(made)

    assert made.font == '"Georgia","Noto Serif","メイリオ",serif'
    assert made.logo.startswith("data:image/png;base64,iVBOR")
    assert (made.logo_alt, made.footer) == ('The "Wire"', "Graphics <desk>")
    assert tones["c-impact"] == Tone("#B3003C", "#ff88bb")
    assert tones["t-impact"] == Tone("#B3003C", "#ff88bb"), "its labels follow"
    assert tones["link"].light == "#7a1f5c", "links follow the accent where they can be read"
    assert tones["c-track"] == STYLES["track"].colour


def test_one_colour_holds_in_the_dark_only_where_it_can_be_read(brand: Callable[..., Brand]) -> None:
    tones = palette(brand('[colours]\naccent = "#7a1f5c"\nimpact = "#e05000"\nink = "#222222"\npaper = "#fffaf2"\n'))

    assert tones["link"].dark == GROUND["link"].dark
    assert tones["c-impact"] == Tone("#e05000", "#e05000")
    assert (tones["ink"].dark, tones["paper"].dark) == (GROUND["ink"].dark, GROUND["paper"].dark)
    assert tones["c-track"] == Tone("#222222", GROUND["ink"].dark), "what is drawn in ink follows it"
    assert tones["raised"].light == "#f6f1ea", "cards follow the paper"


def test_a_yellow_accent_is_no_colour_for_links(brand: Callable[..., Brand]) -> None:
    tones = palette(brand('[colours]\naccent = "#ffee00"\n'))

    assert tones[ACCENT].light == "#ffee00"
    assert tones["link"].light == GROUND["link"].light


@pytest.mark.parametrize("key", COLOURS)
def test_every_colour_that_is_named_can_be_given(brand: Callable[..., Brand], key: str) -> None:
    light = "#ffffff" if key in ("paper", "raised", "sea", "land") else "#333333"

    assert light in {tone.light for tone in brand(f'[colours]\n{key} = "{light}"\n').palette.values()} or key == "paper"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('colors = "x"', "'colors' is no key of a brand; did you mean colours"),
        ('xyz = "x"', "'xyz' is no key of a brand; there are: colours, font"),
        ('[colours]\nimpct = "#000"', "'impct' is no colour of a brand; did you mean impact"),
        ('[colours]\naccent = "red"', "accent should be a colour like \"#005b8f\", not 'red'"),
        ('[colours]\naccent = "#12345"', "accent should be a colour"),
        ('[colours]\naccent = "#123456;}body{display:none"', "accent should be a colour"),
        ("[colours]\naccent = 123456", "accent should be a colour"),
        ('[colours]\naccent = {dark = "#ffffff"}', "accent should be a colour"),
        ('[colours]\naccent = {light = "#000000", dim = "#ffffff"}', "accent should be a colour"),
        ('[colours]\naccent = {light = "#000000", dark = "url(x)"}', "accent.dark should be a colour"),
        ('colours = "#000000"', "colours should be a table"),
        ('[colours]\nink = "#bbbbbb"', r"in the light theme ink #bbbbbb on paper #ffffff has a contrast of 1\.9"),
        ('[colours]\nink = {light = "#000000", dark = "#111111"}', "in the dark theme ink #111111 on paper"),
        ('[colours]\nsea = "#222222"', "in the light theme the label of sea"),
        ('font = "Georgia;}*{color:red"', "font should be names of installed fonts"),
        ('font = "url(https://example.org/f)"', "font should be names of installed fonts"),
        ('font = "x</style><script>"', "font should be names of installed fonts"),
        ('font = "a,,b"', "font should be names of installed fonts"),
        ("font = 3", "font should be one line of text"),
        ('footer = "two\\nlines"', "footer should be one line of text"),
        (f'footer = "{"x" * 301}"', "footer should be one line of text of at most 300"),
        ('logo = "none.png"', "the logo cannot be read"),
        ("font = ", "cannot be read as TOML"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said(brand: Callable[..., Brand], text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        brand(text)


def test_a_missing_brand_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"brand\.toml: cannot be read as TOML \(No such file"):
        read_brand(tmp_path / "brand.toml")


@pytest.mark.parametrize(
    "inside",
    ["", "<!-- a comment --><path d='M0 0H9V9Z'/>", "<style>.a{fill:url(#b)}</style>", "<use href='#a'/>"],
)
def test_a_plain_drawing_is_a_logo(brand: Callable[..., Brand], inside: str) -> None:
    content = '<?xml version="1.0"?><!DOCTYPE svg>' + SVG.format(inside)

    assert base64.b64decode(brand('logo = "a.svg"', a_svg=content).logo.partition(",")[2]).decode() == content


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (SVG.format("<script>alert(1)</script>"), "holds <script>"),
        (SVG.format("<g onload='alert(1)'/>"), r"holds a handler \(onload\)"),
        (SVG.format("<foreignObject><b xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>"), "<foreignobject>"),
        (SVG.format("<image href='https://example.org/x.png'/>"), "holds a link"),
        (SVG.format("<a xmlns:x='http://www.w3.org/1999/xlink' x:href='javascript:alert(1)'/>"), "holds a link"),
        (SVG.format("<style>@import 'x.css';</style>"), "a link in its style"),
        (SVG.format("<path style='fill:URL(//example.org/x)'/>"), "holds a link"),
        ('<?xml-stylesheet href="https://example.org/x.css"?>' + SVG.format(""), "holds a link"),
        ('<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("&a;"), "holds entities"),
        ("<html/>", "neither a PNG nor an SVG"),
        ("GIF89a", "neither a PNG nor an SVG"),
        (b"\xff\xfe\x00", "neither a PNG nor an SVG"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200_000), "has 200,008 bytes; at most 200,000"),
    ],
)
def test_a_drawing_that_could_do_more_is_refused(brand: Callable[..., Brand], content: str | bytes, said: str) -> None:
    with pytest.raises(InputError, match=said):
        brand('logo = "a.svg"', a_svg=content)


def test_the_usual_colours_pass_their_own_test(brand: Callable[..., Brand]) -> None:
    ink = GROUND["ink"]
    made = brand(f'[colours]\nink = {{light = "{ink.light}", dark = "{ink.dark}"}}\n')

    assert made == PLAIN
    assert contrast(ink.light, GROUND["paper"].light) > 4.5
