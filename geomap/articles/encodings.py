"""Turns bytes into text: by their mark, as UTF-8, as they say, as Western English, else by what fits best."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from geomap.articles.language import ENGLISH, guess_language
from geomap.articles.origin import Origin
from geomap.errors import InputError
from geomap.patterns import regex

BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)

_CONTROL = regex(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# Only encodings that pages and mails are written in: Python knows others that are slow or are no encodings of text.
_KNOWN = regex(
    r"utf-?(?:8|16|32)(?:-?[bl]e)?|(?:x-)?(?:iso|latin|windows|cp|koi8|mac|ms|euc|shift|sjis|gb|big5|hz|ks)[\w.:-]*|"
    r"us-ascii|ascii",
    re.IGNORECASE,
)
# As browsers do: the name that pages use for the encoding that they are in.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
}
_BETWEEN = ("utf-16", "utf-32", "iso2022", "hz")  # encodings whose bytes are also valid UTF-8


def decode(data: bytes, origin: Origin, declared: Iterable[str | None] = ()) -> str:
    """Turn the bytes of an input into text, with one kind of newline.

    Parameters
    ----------
    declared : names of encodings that the input or its server gives; the first that fits is taken, unless the bytes
        are UTF-8, which nothing else is by chance

    Raises
    ------
    InputError
        if it is no text, or in an encoding that cannot be told
    """
    names = [name for name in map(_codec, declared) if name]
    marked = next((encoding for mark, encoding in BOMS if data.startswith(mark)), None)
    shifting = [name for name in names if name.startswith(_BETWEEN)] if b"\0" in data or b"\x1b" in data else []
    order = [marked] if marked else [*shifting, "utf-8", *names]
    text = next((text for name in order if (text := _decoded(data, name)) is not None), None)
    if text is None and not marked:
        text = next((text for name in names if (text := _mended(data, name)) is not None), None)
    if text is None and b"\0" not in data:
        text = _decoded(data, "cp1252")
        if text is None or guess_language(text) != ENGLISH:
            from charset_normalizer import from_bytes

            best = from_bytes(data).best()
            text = None if best is None else str(best)
    if text is None or "\0" in text or len(_CONTROL.findall(text)) > 0.02 * len(text):
        message = f"{origin.name}: binary data, or an encoding that cannot be told; save it as text in UTF-8"
        raise InputError(message)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _codec(name: str | None) -> str | None:
    """The codec for a name that a stranger wrote; None when there is none."""
    name = (name or "").strip(" \t\r\n\"'")
    if not _KNOWN.fullmatch(name):
        return None
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return _MEANT.get(found, found)


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _mended(data: bytes, encoding: str) -> str | None:
    """A text that is in an encoding but for a few broken bytes."""
    text = data.decode(encoding, "replace")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    return text if text.count("\ufffd") * 10 <= foreign else None
