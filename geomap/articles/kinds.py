"""Tells what an input is: by how it begins, and by its suffix or its server's word only when that does not tell."""

from __future__ import annotations

import re
from pathlib import PurePath

from geomap.articles.encodings import BOMS
from geomap.articles.origin import Origin
from geomap.errors import InputError
from geomap.patterns import regex

NEAR = 4096
"""Bytes within which an input shows what it is."""
TEXT = "text"
JSON = "json"
PAGE = "page"
PDF = "pdf"
WORD = "word"
MAIL = "mail"

OF_SUFFIX = {
    ".txt": TEXT,
    ".md": TEXT,
    ".jsonl": JSON,
    ".ndjson": JSON,
    ".json": JSON,
    ".html": PAGE,
    ".htm": PAGE,
    ".xhtml": PAGE,
    ".mhtml": MAIL,  # a saved page in the form of a mail
    ".mht": MAIL,
    ".pdf": PDF,
    ".docx": WORD,
    ".eml": MAIL,
}
OF_TYPE = {
    "text/plain": TEXT,
    "text/markdown": TEXT,
    "application/json": JSON,
    "application/jsonl": JSON,
    "application/x-ndjson": JSON,
    "application/ld+json": JSON,
    "text/html": PAGE,
    "application/xhtml+xml": PAGE,
    "multipart/related": MAIL,
    "application/pdf": PDF,
    "application/x-pdf": PDF,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": WORD,
    "message/rfc822": MAIL,
}
"""By the type of content that a server names; its suffix decides where a server only says that it is bytes."""

_FOREIGN = (
    (b"\xd0\xcf\x11\xe0", "an old office document, or one that is locked with a password"),
    (b"{\\rtf", "rich text"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
)
_PDF = regex(rb"(?:\xef\xbb\xbf)?\s*%PDF-")
_JSON = regex(rb"(?:\xef\xbb\xbf)?\s*\{\s*[\"}]")
_PAGE = regex(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_HEADER = regex(rb"([!-9;-~]+):|[ \t]+\S")
# What mail programs write and no person: a notice may well begin with From, To and Subject.
_OF_MACHINES = frozenset((b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to"))


def suffix_kind(path: str) -> str | None:
    """What a file's suffix says."""
    return OF_SUFFIX.get(PurePath(path).suffix.lower())


def kind_of(data: bytes, origin: Origin) -> str:
    """Tell what the bytes of an input are.

    Raises
    ------
    InputError
        if it is known to be something that geomap does not read
    """
    for magic, kind in _FOREIGN:
        if data.startswith(magic):
            message = f"{origin.name}: {kind}, not text; save it as a .docx, .pdf or .txt file first"
            raise InputError(message)
    if data.startswith(b"PK\x03\x04"):
        return WORD
    if _PDF.match(data):
        return PDF
    encoding = next((name for mark, name in BOMS if data.startswith(mark)), "latin-1")
    if _PAGE.match(data[:NEAR].decode(encoding, "replace")):
        return PAGE
    if _JSON.match(data):
        return JSON
    return MAIL if _is_mail(data) else origin.kind or TEXT


def _is_mail(data: bytes) -> bool:
    """Whether an input begins with the headers of a mail."""
    found = set()
    lines = data[:NEAR].removeprefix(b"\xef\xbb\xbf").lstrip().splitlines()
    for line in lines[1:] if lines and lines[0].startswith(b"From ") else lines:
        header = _HEADER.match(line)
        if not header:
            break
        found.add((header[1] or b"").lower())
    return not found.isdisjoint(_OF_MACHINES)
