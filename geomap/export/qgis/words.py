"""Text on its way into QGIS, which must stay text: QGIS evaluates ``[% … %]`` and reads some fields as HTML."""

from __future__ import annotations

import uuid

from geomap.patterns import regex

_NOT_XML = regex("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_BIDI = regex("[\u202a-\u202e\u2066-\u2069]")
_JOINER = "\u2060"
"""An invisible character that parts what QGIS would evaluate; it shows as nothing."""
_SPACE = uuid.UUID("b6f9f9b2-2f3c-4f0e-9a57-6c2b3d9d1e10")


def clean(text: str) -> str:
    """Text without the characters that XML and databases cannot hold."""
    return _NOT_XML.sub("\ufffd", text)


def plain(text: str) -> str:
    """Text for a label of a layout or a legend, where QGIS evaluates ``[% … %]`` and ``$CURRENT_DATE``."""
    kept = _BIDI.sub("", clean(text)).replace("[%", f"[{_JOINER}%")
    return kept.replace("$CURRENT_DATE", f"$CURRENT{_JOINER}_DATE")


def name(text: str) -> str:
    """Text for a name, a title or an abstract, which QGIS shows as HTML in some places."""
    return plain(text).replace("<", "\u2039").replace(">", "\u203a")


def identifier(key: str) -> str:
    """An id that depends on the key only."""
    return str(uuid.uuid5(_SPACE, key))
