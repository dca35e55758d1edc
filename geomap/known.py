"""What a name may stand for, and the names that the rows of the layers have."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from geomap.types import Record

_COLUMNS = (
    ("names", "name"),
    ("adjectives", "adjective"),
    ("demonyms", "demonym"),
    ("capital", "capital"),
    ("seats", "seat"),
)
"""Columns that hold names, spellings apart by ``|``, and the form under which each is known."""

Row: TypeAlias = Mapping[str, Any]


class Known(Record, kw_only=True):
    """What a name may stand for, as far as the layers know.

    Parameters
    ----------
    feature : ``layer/key``
    form : ``name``, ``abbreviation``, ``adjective``, ``demonym``, or of a country ``capital`` or ``seat`` (of the
        government)
    exact : the only spelling that counts, for abbreviations such as US; None for any
    """

    feature: str
    kind: str
    country: str | None
    form: str
    name: str
    exact: str | None = None

    @property
    def layer(self) -> str:
        """Name of the layer that knows it."""
        return self.feature.partition("/")[0]


def spellings(row: Row) -> Iterator[tuple[str, str]]:
    """All names of a feature, each with the form under which it is known."""
    for column, form in _COLUMNS:
        cell = row.get(column) or ""
        if form == "name":
            cell = f"{cell}|{row['name'] or ''}"
        for spelling in cell.split("|") if cell else ():
            if name := spelling.strip():
                yield form, name


def as_known(feature: str, row: Row, form: str, spelling: str, *, is_exact: bool) -> Known:
    """What a spelling of a feature stands for, from the feature's columns."""
    return Known(
        feature=feature,
        kind=row.get("kind") or "region",
        country=row.get("country") or None,
        form=form,
        name=row["name"] or spelling,
        exact=spelling if is_exact else None,
    )
