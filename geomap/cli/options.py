"""Arguments and options that several commands share, once each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click

from geomap.cli.terminal import printable
from geomap.errors import InputError


def example(*commands: str) -> str:
    """Write commands as the example below a command's help."""
    return "\b\nExample:\n" + "\n".join(f"  {command}" for command in commands)


def _published(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    from geomap.articles import parse_published

    try:
        return parse_published(value)
    except InputError as problem:
        raise click.BadParameter(str(problem)) from None


def _codes(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    codes = [code.strip().upper() for value in values for code in value.split(",") if code.strip()]
    for code in codes:
        if not (len(code) == 3 and code.isascii() and code.isalpha()):
            message = f"{code!r} is no ISO 3166-1 alpha-3 code; write JPN or JPN,KOR"
            raise click.BadParameter(message)
    return tuple(dict.fromkeys(codes))


articles = click.argument("articles", metavar="ARTICLE...", nargs=-1, required=True, type=click.Path(allow_dash=True))

published = click.option(
    "--published",
    metavar="DATE",
    callback=_published,
    help="Day or instant of issue (2021-09-15); dates 'Wednesday'. Wins over what an article says of itself.",
)

mentions = click.option(
    "--mentions",
    metavar="FILE",
    type=click.Path(),
    help="Take the places from this file instead of finding them: JSON lines with source, mentions (start, end).",
)

recognizer = click.option(
    "--recognizer", metavar="NAME", help="Let an installed recognizer find the names (spacy:en_core_web_sm)."
)

output = click.option(
    "-o", "--output", metavar="FILE", type=click.Path(), help="Page to write; else a name of its own in output/."
)

overwrite = click.option("--overwrite", is_flag=True, help="Replace the page if it exists.")

show = click.option("--open", "show", is_flag=True, help="Open the page in the browser.")

title = click.option("--title", help="Title of the page.")

sea_names = click.option(
    "--sea-names",
    metavar="SIDE",
    help="Whose names of seas the map shows: both, japan, korea, china, arab, iran …; else the usual English one.",
)

_LOOKS = (
    click.option(
        "--theme",
        type=click.Choice(["auto", "light", "dark"]),
        default="auto",
        show_default=True,
        help="Colours of the page; auto follows the reader's own choice. Paper is always light.",
    ),
    click.option(
        "--lang",
        metavar="LANGUAGE",
        help="Language of the page's fixed words: en, or a table of your own (words.de.toml).",
    ),
    click.option(
        "--brand", metavar="FILE", type=click.Path(), help="Your colours, font, logo and footer line (brand.toml)."
    ),
    click.option(
        "--embed", is_flag=True, help="Only the map with a slim title bar, for an iframe; a page has it at #embed too."
    ),
)


def looks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for how a page is shown; `geomap.export.setting.make_setting` takes them."""
    for option in reversed(_LOOKS):
        command = option(command)
    return command


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")

GEOCODERS = ("nominatim", "photon", "geonames", "arcgis", "opencage")

_GEOCODING = (
    click.option(
        "--geocoder",
        type=click.Choice(GEOCODERS),
        help="Ask this service on the internet for names that geomap does not know; it is sent these names.",
    ),
    click.option(
        "--user-agent",
        metavar="TEXT",
        envvar="GEOMAP_USER_AGENT",
        help="Who asks, as nominatim wants to know it: 'my-newsroom/1.0 (me@example.org)'.",
    ),
    click.option(
        "--geocoder-key",
        metavar="KEY",
        envvar="GEOMAP_GEOCODER_KEY",
        help="Key of opencage, user name of geonames; better set GEOMAP_GEOCODER_KEY, which nobody sees.",
    ),
    click.option("--geocoder-url", metavar="URL", help="A server of your own: https://nominatim.example.org."),
    click.option(
        "--geocoder-timeout",
        metavar="SECONDS",
        type=click.FloatRange(0.1, 600),
        default=10.0,
        show_default=True,
        help="How long it may take until it answers.",
    ),
)


def geocoding(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose an online geocoder; `geomap.cli.geocoder.open_lookup` takes them."""
    for option in reversed(_GEOCODING):
        command = option(command)
    return command


def _assumptions(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Any, ...]:
    if not values:
        return ()
    from geomap.assume import parse_assumptions
    from geomap.catalog import open_layers

    try:
        return tuple(one for value in values for one in parse_assumptions(value, open_layers()))
    except InputError as problem:
        raise click.BadParameter(printable(str(problem))) from None


def _picks(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Any, ...]:
    if not values:
        return ()
    from geomap.assume import parse_picks

    try:
        return tuple(one for value in values for one in parse_picks(value))
    except InputError as problem:
        raise click.BadParameter(printable(str(problem))) from None


_WISHES = (
    click.option(
        "--assume",
        "assumptions",
        metavar="KEY=VALUE,...",
        multiple=True,
        callback=_assumptions,
        help="Assume what the text does not say, kept apart from it: launch, impact, system, class, distance, apogee, "
        "bearing, actor, date. 'e2:launch=Sunan' is of launch e2, 'a2:e1:…' of article 2; 'launch=' takes it back.",
    ),
    click.option(
        "--pick",
        "picks",
        metavar="ID=N",
        multiple=True,
        callback=_picks,
        help="Take runner-up N of a name, as 'geomap show' numbers them: m3=2; m3=none: it is no place; "
        "m3=auto takes that back.",
    ),
)


def wishes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options for what an analyst knows better; `geomap.cli.inputs.read_articles` takes them."""
    for option in reversed(_WISHES):
        command = option(command)
    return command


iso3 = click.option(
    "--iso3",
    metavar="CODE,...",
    multiple=True,
    callback=_codes,
    help="Only of these states (JPN,KOR); repeat for more.",
)
