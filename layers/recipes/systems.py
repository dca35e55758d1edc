"""Builds the tables of missile and rocket systems and of range classes from ``systems.tsv`` and ``classes.tsv``.

Run from the root of the checkout::

    python layers/recipes/systems.py

Both are typed by hand. A range is what somebody published, claimed or saw flown (the column ``basis``), in kilometres
over the ground; where sources differ it goes from the lowest to the highest, and an empty bound is open. Families,
space launchers and cruise missiles of which only the length of the path is known have no range. A class of the table
is one that the contract ``geomap.reading/1`` has; gliders and air defence missiles may have none. What an aircraft
lets go has the platform ``aircraft``: its range does not start at a place on the ground.
"""

from __future__ import annotations

import csv
import re

from atlas import read_table
from describe import LAYERS, describe

COLUMNS = (
    *("key", "name", "names", "country", "class", "scheme", "platform"),
    *("low_km", "high_km", "basis", "source", "confidence", "note"),
)
CLASSES = frozenset({"SRBM", "MRBM", "IRBM", "ICBM", "SLBM", "cruise", "rocket", "artillery", "SLV", ""})
BASES = frozenset({"published", "claimed", "assessed", "flown", "planned", ""})
SCHEME = "us-dod"
"""The scheme that classes of range are given by; SLBM, cruise missile, rocket and launcher are no classes of range."""
CLASS_COLUMNS = ("key", "class", "scheme", "low_km", "high_km", "source")


def systems() -> list[dict[str, str]]:
    """Read and check the systems.

    Raises
    ------
    ValueError
        if a row is wrong, or two systems share a name
    """
    rows = sorted(read_table("systems.tsv"), key=lambda row: row["key"])
    ranges = {row["class"] for row in classes() if row["scheme"] == SCHEME}
    owner: dict[str, str] = {}
    for row in rows:
        key = row["key"]
        row["country"] = key[:3]
        row["scheme"] = SCHEME if row["class"] in ranges else ""
        ranged = bool(row["low_km"] or row["high_km"])
        weak = row["basis"] == "flown" or row["source"].startswith(("unsourced", "general knowledge"))
        faults = {
            "key": not re.fullmatch(r"[A-Z]{3}-[a-z0-9-]+", key),
            "class": row["class"] not in CLASSES,
            "platform": row["platform"] not in ("", "aircraft"),
            "basis": row["basis"] not in BASES or bool(row["basis"]) != ranged,
            "range": not bounds_in_order(row),
            "a launcher or a family has no range": ranged and (row["class"] == "SLV" or "family name" in row["note"]),
            "confidence": row["confidence"] not in ("high", "medium", "low") or (weak and row["confidence"] == "high"),
        }
        if any(faults.values()):
            raise ValueError(f"{key}: {', '.join(fault for fault, is_so in faults.items() if is_so)}")
        for name in {row["name"].casefold(), *filter(None, row["names"].casefold().split("|"))}:
            if name in owner:
                raise ValueError(f"{name!r} is a name of both {owner[name]} and {key}")
            owner[name] = key
    return rows


def bounds_in_order(row: dict[str, str]) -> bool:
    """Tell whether the range of a row goes from low to high; an empty bound is open."""
    low, high = (float(row[bound]) if row[bound] else None for bound in ("low_km", "high_km"))
    return low is None or high is None or 0 < low <= high


def classes() -> list[dict[str, str]]:
    """Read and check the classes.

    Raises
    ------
    ValueError
        if a row is wrong
    """
    rows = read_table("classes.tsv")
    for row in rows:
        if row["key"] != f"{row['scheme']}/{row['class']}" or not bounds_in_order(row):
            raise ValueError(f"{row['key']}: the key or the range is wrong")
    return rows


def write(path: str, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write a table into ``layers/``."""
    with (LAYERS / path).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def build() -> None:
    """Write ``systems.csv`` and ``classes.csv`` and describe them."""
    found = systems()
    write("systems.csv", COLUMNS, found)
    print(f"{len(found)} systems, {sum(bool(row['low_km'] or row['high_km']) for row in found)} of them with a range")
    describe(
        "systems",
        "systems.csv",
        title="Missile and rocket systems: names, classes, published ranges",
        source={
            "title": "Curated for geomap from CSIS Missile Threat, the CNS/NTI test database, ministries, the press "
            "and general knowledge; each row names its own"
        },
        licence="CC-BY-4.0",
        attribution="Ranges of systems: as each row cites",
        caveat="Published ranges are claims and estimates: they depend on the payload and say nothing about a single "
        "flight. Rows of low confidence are flown distances, unsourced or unchecked.",
        recipe="recipes/systems.py",
        rows=(200, 400),
    )
    write("classes.csv", CLASS_COLUMNS, classes())
    describe(
        "classes",
        "classes.csv",
        title="Range classes of missiles in three schemes",
        source={"title": "US Department of Defense usage; Encyclopaedia Britannica; INF Treaty of 1987"},
        licence="CC0-1.0",
        attribution="Range classes: US Department of Defense; Encyclopaedia Britannica; INF Treaty",
        caveat="The schemes differ: a class means nothing without its scheme. SLBM, cruise missiles, rockets and space "
        "launchers have no band.",
        recipe="recipes/systems.py",
        rows=(10, 10),
    )


if __name__ == "__main__":
    build()
