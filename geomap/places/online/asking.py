"""One question to an online geocoder: paced, bounded in time and size, and put again only while that may help.

geopy knows the services; what it leaves open is decided here: how much is read of an answer, what is worth another
attempt, and what is a refusal, after which the service is left alone.
"""

from __future__ import annotations

import re
import time
import warnings
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import quote, urlsplit

import geopy.geocoders
import msgspec
import requests
from geopy import exc
from geopy.adapters import AdapterHTTPError, BaseSyncAdapter
from geopy.extra.rate_limiter import RateLimiter

from geomap.errors import GeocoderError
from geomap.places.online.services import MOST, Service, make_place, on_one_line
from geomap.types import Place

ATTEMPTS = 3
LONGEST_PAUSE_S = 30.0
"""What a service may ask geomap to wait; when it wants more, it is not asked again."""
MOST_BYTES = 2_000_000
MOST_REDIRECTS = 5
_SLOWEST = 3
"""So many times the time-out may pass until all of an answer is there."""
_REFUSALS = (401, 402, 403, 407)
_UNREADABLE = (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError)
"""What geopy raises on JSON of another shape than it expects, and on positions that are not on the earth."""


class Refusal(GeocoderError):
    """The service does not want to be asked again, or cannot be asked at all."""


class Asker:
    """Asks one service, as fast as it likes to be asked.

    Parameters
    ----------
    name : of the service
    url : scheme and domain of the server
    agent : the user agent
    key : None for a service that needs none
    timeout_s : seconds until the server must have connected, and until the next bytes must have come
    pause_s : seconds between two questions
    back_off_s : seconds before the second attempt; doubled before each further one

    Raises
    ------
    GeocoderError
        if geopy does not take one of these
    """

    def __init__(
        self,
        name: str,
        service: Service,
        *,
        url: str,
        agent: str,
        key: str | None,
        timeout_s: float,
        pause_s: float,
        back_off_s: float,
    ) -> None:
        self.name, self.service = name, service
        self._key, self._back_off_s = key, back_off_s
        scheme, _, domain = url.partition("://")
        given = {service.key: key} if service.key else {}
        try:
            client = getattr(geopy.geocoders, service.geopy)(
                domain=domain,
                scheme=scheme,
                user_agent=agent,
                timeout=timeout_s,
                adapter_factory=_Bounded,
                **given,
            )
        except exc.ConfigurationError as problem:
            message = f"{name} cannot be asked: {self._said(problem)}"
            raise GeocoderError(message) from None
        # Attempts are counted here: the limiter would print what it is called with.
        self.pause_s = pause_s
        self._paced = RateLimiter(
            client.geocode,
            min_delay_seconds=pause_s,
            max_retries=0,
            error_wait_seconds=pause_s,
            swallow_exceptions=False,
        )

    def ask(self, query: str, country: str | None) -> tuple[Place, ...]:
        """Ask for a name; country is ISO 3166-1 alpha-2, or None.

        Raises
        ------
        Refusal
            if the service refuses, cannot be reached, or wants more patience than geomap has
        GeocoderError
            if it has no readable answer to this question
        """
        problem = None
        for attempt in range(ATTEMPTS):
            try:
                return self._places(query, country)
            except exc.GeocoderServiceError as found:
                problem = found
            except _UNREADABLE:
                message = f"{self.name} gave an answer that cannot be read"
                raise GeocoderError(message) from None
            wait_s = self._wait_s(problem, self._back_off_s * 2**attempt)
            if attempt + 1 < ATTEMPTS:
                time.sleep(wait_s)
        assert problem is not None
        if _status(problem) == 429:
            message = f"{self.name} refused (HTTP 429): it has had too many questions; {self.service.refused}"
            raise Refusal(message)
        message = f"{self.name} did not answer: {self._said(problem)} ({ATTEMPTS} attempts)"
        raise (Refusal if isinstance(problem, exc.GeocoderUnavailable) else GeocoderError)(message)

    def _places(self, query: str, country: str | None) -> tuple[Place, ...]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # geopy warns of what is an error anyway
            found = self._paced(query, exactly_one=False, **self.service.options(country))
        return tuple(make_place(location, self.name) for location in (found or ())[:MOST] if location is not None)

    def _wait_s(self, problem: exc.GeocoderServiceError, back_off_s: float) -> float:
        """Seconds until another attempt makes sense.

        Raises
        ------
        GeocoderError
            if none does
        """
        status = _status(problem)
        refused = (exc.GeocoderAuthenticationFailure, exc.GeocoderInsufficientPrivileges, exc.GeocoderQuotaExceeded)
        if status in _REFUSALS or (isinstance(problem, refused) and status != 429):
            message = f"{self.name} refused ({self._said(problem)}): {self.service.refused}"
            raise Refusal(message)
        if status == 404:
            message = f"{self.name} is not at that address (HTTP 404); see --geocoder-url"
            raise Refusal(message)
        passing = isinstance(problem, (exc.GeocoderTimedOut, exc.GeocoderUnavailable))
        if not passing and status != 429 and (status is None or status < 500):
            message = f"{self.name} gave no answer: {self._said(problem)}"
            raise GeocoderError(message)
        wanted_s = _retry_after_s(problem)
        if wanted_s is not None and wanted_s > LONGEST_PAUSE_S:
            message = f"{self.name} refused (HTTP {status}): it wants a pause of {wanted_s:.0f} s; try again then"
            raise Refusal(message)
        return back_off_s if wanted_s is None else wanted_s

    def _said(self, problem: Exception) -> str:
        """What a service said, without the key."""
        status = _status(problem)
        said = f"HTTP {status}" if status else str(problem)
        for secret in (self._key, quote(self._key, safe="")) if self._key else ():
            said = said.replace(secret, "…")
        return on_one_line(said)


def _status(problem: Exception) -> int | None:
    status = getattr(problem.__cause__, "status_code", None)
    return status if isinstance(status, int) else None


def _retry_after_s(problem: Exception) -> float | None:
    """Seconds that the service wants to be left alone."""
    headers = getattr(problem.__cause__, "headers", None) or {}
    seconds = headers.get("retry-after")
    return None if seconds is None else float(seconds)


class _Bounded(BaseSyncAdapter):  # type: ignore[misc]
    """How geopy reaches the network: with requests, and no more of an answer than an answer can have."""

    def __init__(self, *, proxies: object, ssl_context: object) -> None:
        super().__init__(proxies=proxies, ssl_context=ssl_context)
        self._session = requests.Session()
        self._session.max_redirects = MOST_REDIRECTS

    def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:
        try:
            return msgspec.json.decode(self._body(url, timeout, headers))
        except (msgspec.MsgspecError, ValueError, RecursionError):
            message = "what came is no JSON"
            raise exc.GeocoderParseError(message) from None

    def get_text(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> str:
        return self._body(url, timeout, headers).decode("utf-8", "replace")

    def _body(self, url: str, timeout: float, headers: Mapping[str, str]) -> bytes:
        # Messages are geomap's own: those of requests name the URL, and with it the key.
        try:
            return self._read(url, timeout, headers)
        except requests.exceptions.SSLError:
            message = "its certificate cannot be verified; a proxy may stand between"
            raise exc.GeocoderUnavailable(message) from None
        except requests.exceptions.Timeout:
            message = "no answer in time"
            raise exc.GeocoderTimedOut(message) from None
        except requests.exceptions.ChunkedEncodingError:
            message = "the connection was cut"
            raise exc.GeocoderTimedOut(message) from None
        except requests.exceptions.ConnectionError:
            message = f"{urlsplit(url).netloc} cannot be reached; is there a network?"
            raise exc.GeocoderUnavailable(message) from None
        except (requests.exceptions.RequestException, UnicodeError) as problem:
            message = f"it cannot be asked ({type(problem).__name__})"
            raise exc.GeocoderServiceError(message) from None

    def _read(self, url: str, timeout: float, headers: Mapping[str, str]) -> bytes:
        latest = time.monotonic() + _SLOWEST * timeout
        body = bytearray()
        with self._session.get(url, timeout=timeout, headers=headers, stream=True) as answer:
            for chunk in answer.iter_content(1 << 10):
                body += chunk
                if len(body) > MOST_BYTES:
                    message = f"what came has more than {MOST_BYTES:,} bytes"
                    raise exc.GeocoderParseError(message)
                if time.monotonic() > latest:
                    raise requests.exceptions.Timeout
        if answer.status_code >= 400:
            wait_s = _seconds(answer.headers.get("Retry-After", ""))
            message = f"HTTP {answer.status_code}"
            raise AdapterHTTPError(
                message,
                status_code=answer.status_code,
                headers={} if wait_s is None else {"retry-after": str(wait_s)},
                text="",
            )
        return bytes(body)


def _seconds(header: str) -> int | None:
    """Seconds that a Retry-After header names, or until its date (RFC 9110); None when it says neither."""
    if re.fullmatch(r"\s*[0-9]{1,9}\s*", header):
        return int(header)
    try:
        return max(0, int(parsedate_to_datetime(header).timestamp() - time.time()))
    except (ValueError, TypeError, OverflowError, OSError):
        return None
