"""Reads a layer of a Web Feature Service (OGC 09-025r2, WFS 2.0, GeoJSON as GeoServer writes it), page by page.

Pages are streamed into a folder and kept with their hash, so that a fetch that was cut off goes on where it stopped.
A page counts only when all of it has come and says what was asked for.
"""

from __future__ import annotations

import hashlib
import html
import os
import re
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlsplit

import msgspec

from geomap.errors import LayerError
from geomap.types import Record

if TYPE_CHECKING:
    from requests import Response, Session

PAGE = 25
"""Features asked for at a time: one may be tens of megabytes."""
ATTEMPTS = 4
PAUSE_S = 0.5
"""Seconds before the second attempt; doubled before each further one."""
TIMEOUT_S = (10.0, 120.0)
"""Seconds to wait for a connection, and for the next bytes."""
MOST_BYTES = 2_000_000_000
"""What a layer may come to before it is given up, unpacked."""
KEPT_S = 7 * 86_400.0
"""Age in seconds from which pages of an earlier attempt are no longer gone on with."""
_MANIFEST = "pages.json"

Told: TypeAlias = Callable[[int, int | None, int], None]
"""Is told how far a fetch has come: features that are there, features in all if known, bytes."""


class Query(Record, kw_only=True):
    """What is asked for.

    Parameters
    ----------
    url : the service
    layer : type name with its namespace (``MarineRegions:eez``)
    where : condition in CQL, None for the whole layer
    sort : column that puts the features into an order, without which pages would not fit together
    count : features in a page
    """

    url: str
    layer: str
    where: str | None = None
    sort: str = "mrgid"
    count: int = PAGE

    @property
    def digest(self) -> str:
        """Tell this query from others: hexadecimal SHA-256."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()

    def parameters(self, start: int) -> dict[str, str]:
        """What the request for the page from the feature number ``start`` on says."""
        # Without srsName some of GeoServer's formats put latitude first.
        asked = {
            "service": "WFS",
            "version": "2.0.0",
            "request": "GetFeature",
            "typeNames": self.layer,
            "srsName": "EPSG:4326",
            "outputFormat": "application/json",
            "count": str(self.count),
            "startIndex": str(start),
            "sortBy": self.sort,
        }
        return asked | ({"cql_filter": self.where} if self.where else {})


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """A feature as it came; ``geometry`` is GeoJSON that nobody has looked at."""

    properties: dict[str, Any] = {}
    geometry: msgspec.Raw = msgspec.Raw(b"null")


class _Answer(msgspec.Struct, rename="camel"):
    type: str
    features: list[Item]
    number_matched: int | str | None = None
    number_returned: int | None = None


class _Page(msgspec.Struct):
    name: str
    hash: str
    bytes: int
    features: int


class _Manifest(msgspec.Struct):
    query: str
    begun: float
    matched: int | None = None
    pages: list[_Page] = []
    done: bool = False


class _Passing(Exception):
    """A fault that may be gone at the next attempt."""


class _Changed(LayerError):
    """The service's data changed between two pages: what has come is of no use."""


def fetch_pages(
    query: Query, folder: Path, *, told: Told | None = None, pause_s: float = PAUSE_S, most_bytes: int = MOST_BYTES
) -> list[Path]:
    """Fetch all pages of a query into a folder, or those that an earlier call did not come to.

    Parameters
    ----------
    folder : made when it is missing; belongs to this query alone
    told : is called when a page has come
    pause_s : seconds before the second attempt at a page

    Returns
    -------
    list of Path
        the pages in order, for `read_items`

    Raises
    ------
    LayerError
        if the service cannot be reached, answers with an error or with something else, or the disk is full; pages that
        have come by then stay for the next call
    """
    import requests

    with _disk(folder):
        folder.mkdir(parents=True, exist_ok=True)
        kept = _resume(query, folder)
    with requests.Session() as session:
        session.headers["User-Agent"] = f"geomap/{_version()}"
        while not kept.done:
            _fetch_next(session, query, folder, kept, pause_s, most_bytes)
            if told:
                told(sum(p.features for p in kept.pages), kept.matched, sum(p.bytes for p in kept.pages))
    return [folder / page.name for page in kept.pages]


def read_items(pages: Iterable[Path]) -> Iterator[Item]:
    """Read the features of pages that were fetched, one page in memory at a time."""
    for page in pages:
        yield from msgspec.json.decode(page.read_bytes(), type=_Answer).features


def _fetch_next(session: Session, query: Query, folder: Path, kept: _Manifest, pause_s: float, most_bytes: int) -> None:
    """Fetch the next page, and try again while that may help."""
    start = sum(page.features for page in kept.pages)
    path = folder / f"page-{len(kept.pages):05}.json"
    part = folder / f"{path.name}.{os.getpid()}.part"
    left = most_bytes - sum(page.bytes for page in kept.pages)
    reason = ""
    for attempt in range(ATTEMPTS):
        if attempt:
            time.sleep(pause_s * 2 ** (attempt - 1))
        try:
            digest = _download(session, query, start, part, left)
            answer = _parse(query, part)
            _check(answer, kept, start)
        except _Passing as problem:
            reason = str(problem)
            continue
        except _Changed:
            (folder / _MANIFEST).unlink(missing_ok=True)
            raise
        else:
            with _disk(folder):
                size = part.stat().st_size
                part.replace(path)
                kept.pages.append(_Page(path.name, digest, size, len(answer.features)))
                total = start + len(answer.features)
                kept.done = total == kept.matched or (kept.matched is None and len(answer.features) < query.count)
                _save(kept, folder)
            return
        finally:
            part.unlink(missing_ok=True)
    have = (
        f"; {start} of {kept.matched or 'its'} features are kept, and the same command goes on there" if start else ""
    )
    message = f"{_host(query)} did not give {query.layer}: {reason} ({ATTEMPTS} attempts){have}"
    raise LayerError(message)


def _download(session: Session, query: Query, start: int, part: Path, left: int) -> str:
    """Stream one page to a file; its SHA-256."""
    import requests

    digest, size = hashlib.sha256(), 0
    try:
        with session.get(query.url, params=query.parameters(start), stream=True, timeout=TIMEOUT_S) as answer:
            _refuse_status(query, answer)
            with _disk(part.parent):
                file = part.open("wb")
            try:
                for chunk in answer.iter_content(1 << 16):
                    size += len(chunk)
                    if size > left:
                        message = f"{_host(query)}: {query.layer} is larger than geomap takes ({left:,} bytes more)"
                        raise LayerError(message)
                    digest.update(chunk)
                    with _disk(part.parent):
                        file.write(chunk)
            finally:
                with _disk(part.parent):
                    file.close()
    except requests.exceptions.SSLError:
        message = f"{_host(query)}: its certificate cannot be verified; a proxy may stand between"
        raise LayerError(message) from None
    except requests.exceptions.Timeout:
        message = "no answer in time"
        raise _Passing(message) from None
    except requests.exceptions.ChunkedEncodingError:
        message = "the connection was cut"
        raise _Passing(message) from None
    except requests.exceptions.ConnectionError:
        message = "it cannot be reached or cuts the connection; is there a network?"
        raise _Passing(message) from None
    except (requests.exceptions.RequestException, ValueError) as problem:
        message = f"{query.url}: cannot be asked ({type(problem).__name__})"
        raise LayerError(message) from None
    return digest.hexdigest()


def _refuse_status(query: Query, answer: Response) -> None:
    if answer.status_code == 429 or answer.status_code >= 500:
        message = f"HTTP {answer.status_code}"
        raise _Passing(message)
    if answer.status_code != 200:
        said = _exception(next(answer.iter_content(8192), b""))
        message = f"{_host(query)} refuses {query.layer}: HTTP {answer.status_code}{said and f' ({said})'}"
        raise LayerError(message)


def _parse(query: Query, part: Path) -> _Answer:
    """Read a page; GeoServer reports errors as XML, often with the status of success."""
    with part.open("rb") as file:
        head = file.read(8192)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        said = _exception(head) or "a page that is no data"
        message = f"{_host(query)} answers {query.layer} with an error: {said}"
        raise LayerError(message)
    try:
        answer = msgspec.json.decode(part.read_bytes(), type=_Answer)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        message = "a page that is cut off or no GeoJSON"
        raise _Passing(message) from None
    if answer.number_returned is not None and answer.number_returned != len(answer.features):
        message = f"a page of {len(answer.features)} features that says it has {answer.number_returned}"
        raise _Passing(message)
    return answer


def _check(answer: _Answer, kept: _Manifest, start: int) -> None:
    """Compare a page with those before it."""
    matched = answer.number_matched if isinstance(answer.number_matched, int) else None
    if kept.pages and matched != kept.matched:
        message = f"the service had {kept.matched} features and now has {matched}; run the same command again"
        raise _Changed(message)
    kept.matched = matched
    if matched is not None and (start + len(answer.features) > matched or (not answer.features and start < matched)):
        message = f"{start + len(answer.features)} features have come, and {matched} were announced"
        raise _Passing(message)


def _exception(content: bytes) -> str:
    """The words of an OGC exception report, on one line; empty when it is none. No XML parser sees foreign text."""
    text = content.decode("utf-8", "replace")
    found = re.search(r"<(?:\w+:)?(?:ExceptionText|ServiceException)\b[^>]*>(.*?)(?:</|\Z)", text, re.DOTALL)
    said = found[1].strip().removeprefix("<![CDATA[").removesuffix("]]>") if found else ""
    return " ".join(html.unescape(said).split())[:300]


def _resume(query: Query, folder: Path) -> _Manifest:
    """The pages of an earlier call that are whole and recent."""
    try:
        kept = msgspec.json.decode((folder / _MANIFEST).read_bytes(), type=_Manifest)
    except (OSError, msgspec.MsgspecError):
        kept = None
    if kept is None or kept.query != query.digest or not 0 <= time.time() - kept.begun <= KEPT_S:
        return _Manifest(query=query.digest, begun=time.time())
    whole = [page for page in kept.pages if _is_whole(folder / page.name, page)]
    if whole != kept.pages:
        first = next(number for number, page in enumerate(kept.pages) if page not in whole)
        kept.pages, kept.done = kept.pages[:first], False
    return kept


def _is_whole(path: Path, page: _Page) -> bool:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest() == page.hash
    except OSError:
        return False


def _save(kept: _Manifest, folder: Path) -> None:
    beside = folder / f"{_MANIFEST}.{os.getpid()}.part"
    beside.write_bytes(msgspec.json.encode(kept))
    beside.replace(folder / _MANIFEST)


@contextmanager
def _disk(folder: Path) -> Iterator[None]:
    """Turn what the file system has against it into one sentence."""
    try:
        yield
    except OSError as problem:
        message = f"{folder}: cannot be written ({problem.strerror or problem}); nothing was installed"
        raise LayerError(message) from None


def _host(query: Query) -> str:
    return urlsplit(query.url).netloc or query.url


def _version() -> str:
    try:
        return version("geomap")
    except PackageNotFoundError:
        return "unknown"
