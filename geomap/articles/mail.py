"""Reads a mail (.eml), and a web page that a browser saved in the form of a mail (.mhtml)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from geomap.articles import page
from geomap.articles.encodings import decode
from geomap.articles.issue import stated_day
from geomap.articles.layout import CONTROL, one_line
from geomap.articles.origin import Found, Origin
from geomap.errors import InputError
from geomap.patterns import regex

if TYPE_CHECKING:
    from email.message import EmailMessage

MOST_PARTS = 30
"""Parts that have parts: every line of a mail is compared with the boundary of each that is open."""

_LONG_HEADER = regex(
    rb"(?:\A|[\r\n])(?:content-[\w-]+|from|subject|date)[ \t]*:(?:[^\r\n]|\r?\n[ \t]|\r[ \t]){10000}", re.IGNORECASE
)
"""No header that is read is so long, and the parser's time grows with the square of the length."""
_BOUNDARY = regex(rb"\bboundary[*\d]*\s*=", re.IGNORECASE)


class _Body(NamedTuple):
    """Text of a mail, as it was sent."""

    kind: str
    data: bytes
    charset: str | None


def read(data: bytes, origin: Origin) -> Found:
    """Read the text of a mail; what is attached to it is left alone.

    Raises
    ------
    InputError
        if it has no text, or cannot be taken apart
    """
    from email import message_from_bytes
    from email.policy import default

    message = f"{origin.name}: a mail that cannot be taken apart; copy its text into a .txt file"
    if len(_BOUNDARY.findall(data)) > MOST_PARTS or _LONG_HEADER.search(data):
        raise InputError(message)
    try:
        mail = message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=default)
        is_page = "Snapshot-Content-Location" in mail or mail.get_content_type() == "multipart/related"
        bodies = _bodies(mail, ("html", "plain") if is_page else ("plain", "html"))
    except Exception:  # the parser raises whatever it likes on broken headers
        raise InputError(message) from None
    if not bodies:
        message = f"{origin.name}: a mail without text; save what is attached to it as a file of its own"
        raise InputError(message)
    found = _read(bodies[0], origin)
    if is_page and bodies[0].kind == "text/html":  # its date is that of the saving, its subject cut short
        return found
    return Found(
        text=found.text,
        title=_header(mail, "Subject") or found.title,
        published=stated_day(_header(mail, "Date")),  # the day where it was written: 'Wednesday' is of there
        outlet=_outlet(mail),
    )


def _read(body: _Body, origin: Origin) -> Found:
    if body.kind == "text/html":
        return page.read(body.data, msgspec.structs.replace(origin, charset=body.charset))
    return Found(text=decode(body.data, origin, [body.charset]).strip("\n"))


def _bodies(mail: EmailMessage, order: tuple[str, ...]) -> list[_Body]:
    """The texts of a mail that are not empty, best first."""
    parts = [mail.get_body(preferencelist=(kind,)) for kind in order]
    bodies = [
        _Body(part.get_content_type(), data, part.get_content_charset())
        for part in parts
        if part is not None and isinstance(data := part.get_payload(decode=True), bytes)
    ]
    return [body for body in bodies if body.data.strip()]


def _outlet(mail: EmailMessage) -> str | None:
    """Who writes to subscribers; the sender of any other mail is a person who passes the article on."""
    from email.utils import parseaddr

    is_sent_to_many = "List-Unsubscribe" in mail and "List-Post" not in mail
    return parseaddr(_header(mail, "From"))[0] or None if is_sent_to_many else None


def _header(mail: EmailMessage, name: str) -> str:
    try:
        value = str(mail.get(name, ""))
    except Exception:  # as above: one broken header does not cost the text
        value = ""
    return one_line(CONTROL.sub(" ", value))
