"""Reads a web page: its main text, title, day of issue and outlet, without any network."""

from __future__ import annotations

import re
from typing import Any

from geomap.articles.encodings import decode
from geomap.articles.layout import join_blocks, tidy
from geomap.articles.markup import blocks, prepare
from geomap.articles.origin import Found, Origin
from geomap.articles.pagedate import day_of_issue
from geomap.articles.silence import silenced
from geomap.errors import InputError
from geomap.patterns import regex

SHORTEST = 60
"""Characters of a text that is taken for an article without looking for a longer one."""

_LIBRARIES = ("trafilatura", "htmldate", "justext", "courlan", "dateparser", "tzlocal")
_CHARSET = regex(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_XML_CHARSET = regex(rb"\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})")
_NO_OUTLET = regex(r"\w+://|©|\(c\)|copyright\b", re.IGNORECASE)
_NEAR = 8192


def read(data: bytes, origin: Origin) -> Found:
    """Read a page that was saved or fetched.

    Raises
    ------
    InputError
        if it has no main text, or cannot be taken apart
    """
    import trafilatura  # noqa: F401  -- a library that is not there is no fault of the page

    markup = decode(data, origin, [origin.charset, _said(_CHARSET, data), _said(_XML_CHARSET, data)])
    with silenced(*_LIBRARIES):
        try:
            found = _extract(markup, origin.source)
        except Exception:  # hostile markup makes lxml and trafilatura raise whatever they like
            found = None
    if found is None or not found.text:
        message = (
            f"{origin.name}: a web page without a main text (scripts may make it, or it asks to sign in); "
            "copy the article into a .txt file"
        )
        raise InputError(message)
    return found


def _extract(markup: str, source: str) -> Found | None:
    import lxml.html
    from trafilatura import bare_extraction
    from trafilatura.metadata import extract_metadata

    # Parsed here, because trafilatura refuses a page in pieces; as bytes, because lxml refuses text that names an
    # encoding.
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    tree = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    prepare(tree)
    day = day_of_issue(tree)
    url = source if source.startswith(("http://", "https://")) else None
    said = extract_metadata(tree, default_url=url, date_config={"extensive_search": False})  # its day is not used
    article: Any = bare_extraction(tree, fast=True, include_comments=False, config=_settings())
    if article is None:
        return None
    title, outlet = _names(tree, tidy(said.title or ""), tidy(said.sitename or ""))
    return Found(text=join_blocks(blocks(article.body)), title=title, published=day, outlet=outlet)


def _names(tree: Any, title: str, outlet: str) -> tuple[str, str]:
    """The headline and the outlet, told apart and cleaned.

    Of 'N. Korea fires a missile | Wire' trafilatura takes the part with a full stop for the name of the site.
    """
    named = tree.xpath("//meta[@property='og:site_name']/@content")
    if not named and "." in outlet and " " in outlet and outlet in tidy(tree.findtext(".//title") or ""):
        return max(title, outlet, key=len), ""
    return title, "" if _NO_OUTLET.match(outlet) or outlet == title else outlet


def _settings() -> Any:
    """News of a launch may be three sentences.

    By default trafilatura doubts so short a text, and takes the longest one of the page: the teasers of other articles.
    ``fast`` and this keep it to the text that looks like the article.
    """
    from trafilatura.settings import use_config

    settings = use_config()
    settings.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(SHORTEST))
    return settings


def _said(pattern: re.Pattern[bytes], data: bytes) -> str | None:
    found = pattern.search(data[:_NEAR])
    return found[1].decode("ascii", "ignore") if found else None
