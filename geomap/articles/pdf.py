"""Reads a PDF: the text of its pages in paragraphs."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from geomap.articles.layout import CONTROL, real_title
from geomap.articles.origin import Found, Origin
from geomap.articles.pdflines import paragraphs
from geomap.articles.silence import silenced
from geomap.errors import InputError

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 300
MOST_OPERATIONS = 1_000_000
"""Drawing commands of the whole file; an article of ten pages has some ten thousand."""

_DAMAGED = "a damaged PDF; open it and print it into a new one, or copy its text into a .txt file"
_LOCKED = "an encrypted PDF; save a copy of it without a password first"
_LONG = f"a PDF of more than {MOST_PAGES} pages, or with as much on them; save the pages that matter"
_SCANNED = "a PDF without text, such as a scan; let a program for text recognition (OCR) read it first"
_UNREADABLE = "a PDF whose fonts do not say which letters they show; copy its text into a .txt file"


class _Fault(Exception):
    """Why a PDF is not read."""


def read(data: bytes, origin: Origin) -> Found:
    """Read a PDF; when the file was made says nothing of the day of issue.

    Raises
    ------
    InputError
        if it is encrypted, damaged, without text or far too long
    """
    import pypdf  # noqa: F401  -- a library that is not there is no fault of the file

    with silenced("pypdf"):
        try:
            return _read(data, origin.most_bytes)
        except _Fault as fault:
            message = f"{origin.name}: {fault}"
        except Exception:  # pypdf raises whatever its parts raise on broken objects
            message = f"{origin.name}: {_DAMAGED}"
    raise InputError(message)


def _read(data: bytes, most: int) -> Found:
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, FileNotDecryptedError

    if b"%PDF-" not in data[:1024]:
        raise _Fault(_DAMAGED)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):  # a file that one may read but not print has no password
            raise _Fault(_LOCKED)
        if len(reader.pages) > MOST_PAGES:
            raise _Fault(_LONG)
        pages = _pages(reader, most)
        title = reader.metadata.title if reader.metadata else None
    except (DependencyError, FileNotDecryptedError):
        raise _Fault(_LOCKED) from None
    shown = "".join(pages)
    if len(CONTROL.findall(shown)) > 0.05 * len(shown):
        raise _Fault(_UNREADABLE)
    text = paragraphs(pages)
    if not text:
        raise _Fault(_SCANNED)
    return Found(text=text, title=real_title(title))


def _pages(reader: PdfReader, most: int) -> list[str]:
    """The text of each page; forms that contain forms, or a page that is listed many times, end at a bound."""
    operations = characters = 0
    pages = []

    def count(*_: object) -> None:
        nonlocal operations
        operations += 1
        if operations > MOST_OPERATIONS:
            raise _Fault(_LONG)

    for page in reader.pages:
        text = page.extract_text(visitor_operand_before=count)
        characters += len(text)
        if characters > most or operations > MOST_OPERATIONS:
            raise _Fault(_LONG)
        pages.append(text)
    return pages
