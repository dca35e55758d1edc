"""Fetches an article from its address: only one that was given, within bounds, and without saying who asks."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn
from urllib.parse import urljoin, urlsplit

from geomap.articles.kinds import OF_TYPE, suffix_kind
from geomap.articles.silence import silenced
from geomap.errors import InputError
from geomap.patterns import regex

if TYPE_CHECKING:
    from requests import PreparedRequest, Response

TIMEOUT_S = (10.0, 20.0)
"""Seconds to wait for a connection, and for the next bytes."""
LIMIT_S = 60.0
"""Seconds within which all must have come."""
MOST_REDIRECTS = 5

_URL = regex(r"[a-z][a-z0-9+.-]*://|(?:file|ftp|data|mailto|javascript):", re.IGNORECASE)
_ANY_BYTES = ("", "application/octet-stream", "binary/octet-stream", "application/zip", "application/force-download")
_CHUNK = 1 << 14
_BY_HAND = "save the page in a browser and give geomap the file"
_REFUSALS = {
    401: f"asks to sign in (HTTP 401); {_BY_HAND}",
    402: f"asks for payment (HTTP 402); {_BY_HAND}",
    403: f"does not let programs read it (HTTP 403); {_BY_HAND}",
    404: "there is no such page (HTTP 404)",
    410: "there is no such page any more (HTTP 410)",
    429: "the server has been asked too often (HTTP 429); try again later",
    451: "may not be shown for legal reasons (HTTP 451)",
}


class Fetched(NamedTuple):
    """What came.

    Parameters
    ----------
    url : the last address, after redirects
    kind : what the server says that it is, or the suffix when it says nothing (`geomap.articles.kinds`)
    charset : encoding that the server names
    """

    data: bytes
    url: str
    kind: str | None
    charset: str | None


class _Bounds(NamedTuple):
    most_bytes: int
    timeout_s: tuple[float, float]
    limit_s: float
    deadline: float

    def refuse_delay(self, url: str) -> None:
        if time.monotonic() > self.deadline:
            _refuse_slow(url, self.limit_s)


def is_url(source: str) -> bool:
    """Whether an input is an address and no path: what begins with a scheme, known or not."""
    return bool(_URL.match(source))


def fetch(
    url: str, most_bytes: int, *, timeout_s: tuple[float, float] = TIMEOUT_S, limit_s: float = LIMIT_S
) -> Fetched:
    """Fetch what lies at an address.

    Parameters
    ----------
    most_bytes : largest answer, unpacked
    timeout_s : seconds to wait for a connection, and for the next bytes
    limit_s : seconds within which all must have come

    Raises
    ------
    InputError
        if nothing comes that geomap reads: why, in one sentence
    """
    bounds = _Bounds(most_bytes, timeout_s, limit_s, time.monotonic() + limit_s)
    done: list[Fetched | BaseException] = []

    def work() -> None:
        try:
            done.append(_follow(url, bounds))
        except BaseException as problem:
            done.append(problem)

    # In a thread, because a name server, or a server that sends a byte now and then, never lets go of its caller.
    with silenced("urllib3"):
        thread = Thread(target=work, name=f"geomap fetches {url}", daemon=True)
        thread.start()
        thread.join(limit_s)
    if not done:
        _refuse_slow(url, limit_s)
    if isinstance(done[0], BaseException):
        raise done[0]
    return done[0]


def _follow(url: str, bounds: _Bounds) -> Fetched:
    """Ask, and ask again where the answer points to."""
    import requests

    for _ in range(MOST_REDIRECTS + 1):
        _refuse_address(url)
        try:
            # A session of its own for each address keeps no cookies, and no connection that the server may have closed.
            with requests.Session() as session:
                session.headers.update({"User-Agent": f"geomap/{_version()}", "Accept-Encoding": "gzip, deflate"})
                session.auth = _anonymous  # else requests looks for a password in the user's .netrc
                with session.get(url, stream=True, allow_redirects=False, timeout=bounds.timeout_s) as answer:
                    target = session.get_redirect_target(answer)
                    if target is None:
                        return _receive(answer, bounds)
                    url = urljoin(answer.url, target)
        except InputError:
            raise
        except (requests.exceptions.RequestException, ValueError) as problem:
            _refuse(url, _reason(problem))
        bounds.refuse_delay(url)
    _refuse(url, f"more than {MOST_REDIRECTS} redirects; {_BY_HAND}")


def _receive(answer: Response, bounds: _Bounds) -> Fetched:
    """Take an answer in as long as it is what geomap reads, and not too large."""
    url, status = answer.url, answer.status_code
    if status != 200:
        fault = f"the server has a fault (HTTP {status}); try again later"
        _refuse(url, _REFUSALS.get(status) or (fault if status >= 500 else f"the server answers with HTTP {status}"))
    kind, charset = content_type(answer.headers.get("Content-Type", ""))
    if kind not in OF_TYPE and kind not in _ANY_BYTES:
        _refuse(url, f"is {kind}, which geomap does not read; it reads web pages, PDF, Word documents, text and JSON")
    if "," in answer.headers.get("Content-Encoding", ""):
        _refuse(url, f"is compressed more than once; {_BY_HAND}")
    data = bytearray()
    for chunk in answer.iter_content(_CHUNK):
        data += chunk
        if len(data) > bounds.most_bytes:
            _refuse(url, f"larger than {bounds.most_bytes // 1_000_000} MB, which no article is")
        bounds.refuse_delay(url)
    return Fetched(bytes(data), url, OF_TYPE.get(kind) or suffix_kind(urlsplit(url).path), charset)


def content_type(header: str) -> tuple[str, str | None]:
    """Split what a server says of its answer: the type in small letters, and the encoding."""
    from email.message import Message

    message = Message()
    message["Content-Type"] = header
    given = header.partition(";")[0].strip().lower()
    charset = message.get_param("charset")
    return given, charset if isinstance(charset, str) else None


def _refuse_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        scheme, host, secret = parts.scheme.lower(), parts.hostname, parts.username or parts.password
    except ValueError:
        scheme, host, secret = "http", None, None
    if scheme not in ("http", "https"):
        _refuse(url, "only addresses that begin with https:// or http:// are fetched; name a file by its path")
    if secret:
        _refuse(url.replace(parts.netloc, parts.netloc.rpartition("@")[2]), f"wants a password; {_BY_HAND}")
    if not host:
        _refuse(url, "is no address of a page")


def _reason(problem: Exception) -> str:
    """Why nothing came."""
    import socket

    from requests import exceptions
    from urllib3.exceptions import ReadTimeoutError

    causes = list(_causes(problem))

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(cause, kinds) for cause in causes)

    if has(exceptions.SSLError):
        return f"its certificate cannot be verified, or it speaks no TLS; {_BY_HAND}"
    if has(exceptions.ProxyError):
        return "the proxy that this machine is set to use cannot be reached"
    if has(exceptions.Timeout, ReadTimeoutError, TimeoutError):
        return f"no answer in time; try again later, or {_BY_HAND}"
    if has(socket.gaierror):
        return "no server of that name is known; is the address right, and is there a network?"
    if has(ConnectionRefusedError):
        return "the server refuses the connection"
    if has(exceptions.ContentDecodingError):
        return f"is compressed in a way that cannot be undone; {_BY_HAND}"
    if has(exceptions.ConnectionError, exceptions.ChunkedEncodingError):
        return "the connection was cut, or the server cannot be reached; try again later"
    return "is no address of a page"


def _causes(problem: BaseException) -> Iterator[BaseException]:
    """An exception and what it wraps, in whichever way requests and urllib3 wrap it."""
    waiting: list[Any] = [problem]
    seen: set[int] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, BaseException) and id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [*one.args, getattr(one, "reason", None), one.__cause__, one.__context__]


def _refuse_slow(url: str, limit_s: float) -> NoReturn:
    _refuse(url, f"has not come within {limit_s:g} seconds; try again later, or {_BY_HAND}")


def _refuse(url: str, reason: str) -> NoReturn:
    message = f"{url}: {reason}"
    raise InputError(message)


def _anonymous(request: PreparedRequest) -> PreparedRequest:
    return request


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("geomap")
    except PackageNotFoundError:
        return "unknown"
