"""How a page is shown, whatever it shows: theme, language, brand, and whether it is to be framed in another page."""

from __future__ import annotations

from pathlib import Path

from geomap.brand import PLAIN, Brand, read_brand
from geomap.errors import InputError
from geomap.language import Language, english, read_language
from geomap.types import Record

THEMES = ("auto", "light", "dark")


class Setting(Record, kw_only=True):
    """How a page is shown.

    Parameters
    ----------
    theme : ``auto`` follows the reader's own choice, ``light``, ``dark``; paper is always light
    embed : only the map, with a slim title bar, to be framed in another page
    """

    theme: str = "auto"
    embed: bool = False
    language: Language
    brand: Brand = PLAIN


def make_setting(
    *, theme: str = "auto", lang: str | None = None, brand: str | Path | None = None, embed: bool = False
) -> Setting:
    """Make a setting from what a user writes.

    Parameters
    ----------
    lang : a language of geomap's or a file ``words.xx.toml``; English when left out
    brand : a TOML file

    Raises
    ------
    InputError
        if there is no such theme or language, or a file cannot be read
    """
    if theme not in THEMES:
        message = f"{theme!r} is no theme; there are: {', '.join(THEMES)}"
        raise InputError(message)
    return Setting(
        theme=theme,
        embed=embed,
        language=read_language(lang) if lang else english(),
        brand=read_brand(Path(brand)) if brand else PLAIN,
    )
