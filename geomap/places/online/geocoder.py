"""Opens an online geocoder: what it needs is checked, what it answered before is not asked again."""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from geomap.errors import GeocoderError
from geomap.places.online.answers import Answers, cache_folder
from geomap.places.online.services import SERVICES, Service, alpha2, country_name
from geomap.types import Place

if TYPE_CHECKING:
    from geomap.places.online.asking import Asker

TIMEOUT_S = 10.0
BACK_OFF_S = 1.0
MANY = 10
"""From so many questions on the user is told that there are many."""
_SILENT = 2
"""After so many names in a row without an answer the service is not asked again."""
_LONGEST = 200


class Geocoder:
    """An online geocoder that can be called: a name and a country (ISO 3166-1 alpha-3 or alpha-2) to places.

    Parameters
    ----------
    asker : puts the questions
    answers : those that are kept on disk; None for a service that does not allow it
    told : is told, once each, what the user should know

    Attributes
    ----------
    name : of the service
    credit : the attribution that its answers ask for
    pause_s : seconds between two questions
    found : names that it has had a place for
    """

    def __init__(self, asker: Asker, answers: Answers | None, told: Callable[[str], None]) -> None:
        self.name, self.credit, self.found = asker.name, asker.service.credit, 0
        self.pause_s = asker.pause_s
        self._asker, self._answers, self._told = asker, answers, told
        self._seen: dict[tuple[str, str | None], tuple[Place, ...]] = {}
        self._asked, self._silent, self._over = 0, 0, ""

    def __call__(self, name: str, country: str | None = None) -> tuple[Place, ...]:
        """Ask for a name, within a country first, and anywhere when there is nothing of that name in it.

        Raises
        ------
        GeocoderError
            if the service has no answer, or has refused before
        """
        query = " ".join(name.split())
        if not query or len(query) > _LONGEST:
            return ()
        code = alpha2(country) if country else None
        found = self._known(query, code) or (self._known(query, None) if code else ())
        self.found += bool(found)
        return found

    def _known(self, query: str, country: str | None) -> tuple[Place, ...]:
        key = query, country
        if key not in self._seen:
            kept = self._answers.get(*key) if self._answers else None
            if kept is None:
                kept = self._answer(query, country)
                if self._answers:
                    self._answers.put(query, country, kept)
            self._seen[key] = kept
        return self._seen[key]

    def _answer(self, query: str, country: str | None) -> tuple[Place, ...]:
        from geomap.places.online.asking import Refusal

        if self._over:
            raise GeocoderError(self._over)
        self._asked += 1
        if self._asked == MANY:
            self._told(f"{self.name} is asked for many names, one after the other; this takes a while")
        try:
            places = self._asker.ask(_with_country(query, country, self._asker.service), country)
        except GeocoderError as problem:
            self._silent += 1
            if isinstance(problem, Refusal) or self._silent == _SILENT:
                self._over = str(problem)
                self._told(f"{problem}; it is not asked again in this run")
            raise GeocoderError(str(problem)) from None
        self._silent = 0
        # Behind the name, the country is often all that a service makes of the question.
        return tuple(place for place in places if not (country and place.kind == "country"))


def open_geocoder(
    service: str,
    *,
    user_agent: str | None = None,
    key: str | None = None,
    url: str | None = None,
    timeout_s: float = TIMEOUT_S,
    pause_s: float | None = None,
    back_off_s: float = BACK_OFF_S,
    cache: Path | None = None,
    told: Callable[[str], None] | None = None,
) -> Geocoder:
    """Open an online geocoder; nothing is sent yet.

    Parameters
    ----------
    service : nominatim, photon, geonames, arcgis or opencage
    user_agent : what the service should know of who asks; nominatim wants it
    key : for a service that needs one; of geonames it is the user name
    url : scheme and domain of a server of one's own (``http://localhost:8080``), https when it has no scheme
    timeout_s : seconds until an answer must have begun
    pause_s : seconds between two questions; what the service asks for when left out
    back_off_s : seconds before a second attempt, doubled before the third
    cache : folder for the answers; the user's when left out
    told : is told, once each, what the user should know

    Raises
    ------
    GeocoderError
        if there is no such service, or it needs what was not given
    """
    if service not in SERVICES:
        message = f"no geocoder named {service!r}; there are: {', '.join(SERVICES)}"
        raise GeocoderError(message)
    known = SERVICES[service]
    server = _server(url, known)
    own = urlsplit(server).hostname != known.host
    _check(service, known, user_agent, key, own=own)

    from geomap.places.online.asking import Asker

    if pause_s is None:
        pause_s = 0.0 if own else known.pause_s
    asker = Asker(
        service,
        known,
        url=server,
        agent=user_agent or f"geomap/{_version()}",
        key=key,
        timeout_s=timeout_s,
        pause_s=pause_s,
        back_off_s=back_off_s,
    )
    tell = told or _nobody
    kept = Answers(cache or cache_folder(), f"{service} {server}", tell) if known.keeps else None
    return Geocoder(asker, kept, tell)


def _check(name: str, service: Service, agent: str | None, key: str | None, *, own: bool) -> None:
    if service.agent and not agent and not own:
        message = (
            f"{name} answers only those who say who they are: give --user-agent 'my-newsroom/1.0 (me@example.org)', "
            "or set GEOMAP_USER_AGENT (https://operations.osmfoundation.org/policies/nominatim/)"
        )
        raise GeocoderError(message)
    if service.key and not key:
        what = "your user name there" if service.key == "username" else "a key"
        message = f"{name} needs {what}: set GEOMAP_GEOCODER_KEY, or give --geocoder-key"
        raise GeocoderError(message)
    for what, value in (("user agent", agent), ("key", key)):
        if value and not re.fullmatch(r"[\x20-\x7e]+", value):
            message = f"the {what} has characters that cannot be sent; plain letters, digits and signs can"
            raise GeocoderError(message)


def _server(url: str | None, service: Service) -> str:
    """Scheme, domain and path of the server."""
    if url is None:
        return f"https://{service.host}"
    whole = url if "://" in url else f"https://{url}"
    try:
        parts = urlsplit(whole)
        sound = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        sound = False
    if not sound or parts.query or parts.fragment or parts.username or not re.fullmatch(r"[\x21-\x7e]+", whole):
        message = "the geocoder's address should be a scheme and a domain, as in https://nominatim.example.org"
        raise GeocoderError(message)
    return f"{parts.scheme}://{parts.netloc}{parts.path}".rstrip("/")


def _with_country(query: str, country: str | None, service: Service) -> str:
    return f"{query}, {country_name(country)}" if country and service.appends else query


def _nobody(_message: str) -> None:
    """Tell nobody."""


def _version() -> str:
    try:
        return version("geomap")
    except PackageNotFoundError:
        return "unknown"
