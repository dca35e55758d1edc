"""Points at sea, typed by somebody who had not seen the layers, lie in the zones that they were said to lie in."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely

from geomap.catalog import Layers

TABLE = Path(__file__).with_name("zone_points.tsv")
POINTS = [
    tuple(line.split("\t")[:4])
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


def test_the_table_is_worth_reading() -> None:
    assert len(POINTS) == 150
    assert len({(lat, lon) for lat, lon, *_ in POINTS}) == 150


@pytest.mark.parametrize(("lat", "lon", "owner", "why"), POINTS, ids=[f"{row[2]} {row[0]} {row[1]}" for row in POINTS])
def test_a_point_lies_in_its_zone(lat: str, lon: str, owner: str, why: str, layers: Layers) -> None:
    point = shapely.Point(float(lon), float(lat))
    held = [
        feature.properties
        for feature in layers.features("eez")
        if feature.geometry is not None and feature.geometry.covers(point)
    ]

    assert len(held) <= 1
    names = {name for row in held for name in (row["key"], "+".join(sorted(row["claimants"].split("|"))))}
    assert owner in (names or {"-"}), why
