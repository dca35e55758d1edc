"""What slides and documents have in common as files: clean text, templates, fixed dates, the same bytes each time."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from geomap.errors import ExportError
from geomap.files import write_whole
from geomap.patterns import regex

EPOCH = datetime(1980, 1, 1, tzinfo=UTC)
"""The date of everything that must have one: a build later is no other file."""

# What XML 1.0 has no place for, and what turns the direction of the text that follows.
_BAD = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_BREAKS = regex("[\t\n\r\x0b\x0c\x85\u2028\u2029]+")
_TEMPLATES = (
    (b"presentationml.template.main+xml", b"presentationml.presentation.main+xml"),
    (b"wordprocessingml.template.main+xml", b"wordprocessingml.document.main+xml"),
)
_TYPES = "[Content_Types].xml"
_MOST = 300_000_000
"""Bytes that a template may have unpacked."""


def clean(text: str) -> str:
    """A text that Office XML can hold, on one line."""
    return _BAD.sub("", _BREAKS.sub(" ", text))


def open_template(path: Path, kind: str, opener: Callable[[BytesIO], Any]) -> Any:
    """Open a user's template, also one that is saved as a template (``.potx``, ``.dotx``).

    Parameters
    ----------
    kind : ``pptx`` or ``docx``
    opener : what makes the document of the bytes

    Raises
    ------
    ExportError
        if it cannot be read, or is something else
    """
    main = {"pptx": "ppt/presentation.xml", "docx": "word/document.xml"}[kind]
    wanted = {"pptx": "presentation (.pptx or .potx)", "docx": "Word document (.docx or .dotx)"}[kind]
    try:
        content = path.read_bytes()
    except OSError as problem:
        message = f"{path}: the template cannot be read ({problem.strerror or problem})"
        raise ExportError(message) from None
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            names = set(packed.namelist())
            if main in names and sum(one.file_size for one in packed.infolist()) <= _MOST:
                return opener(BytesIO(_rezip(packed, _as_document)))
    except Exception:  # a broken file makes the reader fail in any way there is
        message = f"{path}: the template is damaged or no {wanted}"
        raise ExportError(message) from None
    message = f"{path}: the template must be a {wanted}"
    raise ExportError(message)


def fix_properties(properties: Any, title: str, subject: str) -> None:
    """Give a document its title, and the dates and names that are the same at every build."""
    properties.title, properties.subject = clean(title).strip()[:250], clean(subject).strip()[:250]
    properties.author = properties.last_modified_by = "geomap"
    properties.keywords = properties.comments = properties.category = ""
    properties.created = properties.modified = EPOCH.replace(tzinfo=None)
    properties.revision = 1
    properties.language = "en"
    if properties._element.find(f"{{{_CP}}}lastPrinted") is not None:
        properties.last_printed = EPOCH.replace(tzinfo=None)


_CP = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"


def save(document: Any, path: Path) -> None:
    """Write a document beside its place and put it there; the same document makes the same bytes.

    Raises
    ------
    ExportError
        if it cannot be written
    """
    content = BytesIO()
    document.save(content)
    with zipfile.ZipFile(BytesIO(content.getvalue())) as packed:
        made = _rezip(packed)
    write_whole(path, made)


def _rezip(packed: zipfile.ZipFile, changed: Callable[[str, bytes], bytes] | None = None) -> bytes:
    """The same parts with fixed dates, the list of their types first."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in sorted(set(packed.namelist()), key=lambda one: (one != _TYPES, one)):
            part = packed.read(name)
            info = zipfile.ZipInfo(name, EPOCH.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if name.endswith((".png", ".jpeg")) else zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            made.writestr(info, changed(name, part) if changed else part)
    return target.getvalue()


def _as_document(name: str, part: bytes) -> bytes:
    if name == _TYPES:
        for template, document in _TEMPLATES:
            part = part.replace(template, document)
    return part
