"""The online geocoder that was asked for on the command line, if any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from geomap.cli.terminal import printable, warn
from geomap.errors import GeocoderError

if TYPE_CHECKING:
    from geomap.places.online import Geocoder


def open_lookup(
    *,
    geocoder: str | None,
    user_agent: str | None,
    geocoder_key: str | None,
    geocoder_url: str | None,
    geocoder_timeout: float,
) -> Geocoder | None:
    """Open the geocoder that was chosen; None, and nothing is imported, when none was.

    Raises
    ------
    click.UsageError
        if it needs what was not given, or an address was given and no geocoder
    """
    if geocoder is None:
        if geocoder_url:
            message = "--geocoder-url does nothing without --geocoder, which says how that server is asked"
            raise click.UsageError(message)
        return None
    from geomap.places.online import open_geocoder

    try:
        return open_geocoder(
            geocoder,
            user_agent=user_agent,
            key=geocoder_key,
            url=geocoder_url,
            timeout_s=geocoder_timeout,
            told=warn,
        )
    except GeocoderError as problem:
        raise click.UsageError(printable(str(problem))) from None
