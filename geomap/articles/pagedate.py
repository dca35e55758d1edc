"""The day of issue in a page's own metadata: JSON-LD, meta tags, ``<time>``.

A day that stands only in the prose is not taken, though trafilatura would: as often as not it is the day of what the
article tells of, or of another article. No day is better, for then the dateline is asked, and what needs a day says so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from geomap.articles.issue import stated_day

# In the order in which they are believed: what says 'published' before what only says 'date'. No day of a change.
_META = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "article:published",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "publication_date",
    "publish-date",
    "publish_date",
    "publishdate",
    "pubdate",
    "bt:pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "citation_publication_date",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "dcterms.date",
    "date",
)
_DEEPEST = 4


def day_of_issue(tree: Any) -> str | None:
    """Find the day of issue of a page that lxml has parsed; None when its metadata do not say it."""
    for value in chain(_in_json_ld(tree), _in_meta(tree), _in_time(tree)):
        if day := stated_day(value):
            return day
    return None


def _in_json_ld(tree: Any) -> Iterator[str]:
    """The day of the article, then that of the page around it."""
    things: list[tuple[str, str]] = []
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            things.extend(_things(json.loads(script.text or "", strict=False)))
        except (ValueError, RecursionError):
            continue
    for wanted in (("Article", "Posting", "Report"), ("WebPage",)):
        yield from (day for kind, day in things if kind.endswith(wanted))


def _things(value: Any, depth: int = 0) -> Iterator[tuple[str, str]]:
    """What JSON-LD describes as a whole, with its kind and day; not the articles that a list links to."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _things(item, depth + 1)
    elif isinstance(value, dict):
        kinds, day = value.get("@type"), value.get("datePublished")
        for kind in kinds if isinstance(kinds, list) else [kinds]:
            if isinstance(kind, str) and isinstance(day, str):
                yield kind, day
        for key in ("@graph", "mainEntity"):
            yield from _things(value.get(key), depth + 1)


def _in_meta(tree: Any) -> Iterator[str]:
    said: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            said.setdefault((element.get(attribute) or "").lower(), element.get("content") or "")
    yield from (said[name] for name in _META if name in said)


def _in_time(tree: Any) -> Iterator[str]:
    """The ``<time>`` that is marked as that of publication; without a mark, the day that all of them name."""
    times = [element for element in tree.iter("time") if element.get("datetime")]
    for element in times:
        if "pubdate" in element.attrib or (element.get("itemprop") or "").lower() == "datepublished":
            yield element.get("datetime")
    days = {stated_day(element.get("datetime")) for element in times}
    if len(days) == 1:
        yield times[0].get("datetime")
