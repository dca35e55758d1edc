"""Names of launch stories, each alone: all are found, at the right place, and are the right kind of thing."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapely.geometry import Point

from geomap import geodesy
from geomap.catalog import Layers
from geomap.pipeline import locate

TABLE = Path(__file__).with_name("launch_names.tsv")
NAMES = [
    line.split("\t")
    for line in TABLE.read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]
ALIKE = {
    "strait": {"sea"},
    "line": {"line"},
    "zone": {"zone"},
    "sea": {"sea", "region"},
    "island": {"island", "region", "facility"},
    "cape": {"cape", "facility"},
    "facility": {"facility", "city", "region", "island"},
    "city": {"city", "facility", "region", "island"},
    "region": {"region", "island", "country", "cape"},
    "country": {"country"},
}
"""What a thing of each kind may be in the layers: a base may be known by its town, a county by its seat."""


def test_the_table_is_worth_reading() -> None:
    assert len(NAMES) > 200
    assert len({name for name, *_ in NAMES}) == len(NAMES)
    assert {kind for _, kind, *_ in NAMES} <= set(ALIKE)


@pytest.mark.parametrize(("name", "kind", "country", "lat", "lon", "tolerance"), NAMES, ids=[row[0] for row in NAMES])
def test_a_name_is_found(
    name: str, kind: str, country: str, lat: str, lon: str, tolerance: str, layers: Layers
) -> None:
    shape = locate(name, layers)
    known = layers.feature(shape.feature).properties if shape.feature else {"kind": "city", "country": ""}
    away = geodesy.distance_km(float(lon), float(lat), shape.lon, shape.lat)
    spread = shape.geometry.geom_type.endswith("Polygon") and shape.geometry.covers(Point(float(lon), float(lat)))
    fits = spread and shape.radius_km < max(100.0, 5 * float(tolerance))

    assert away <= float(tolerance) or fits, f"{shape.rule} ({shape.feature}), {away:.0f} km off"
    assert known["kind"] in ALIKE[kind], shape.feature
    assert not shape.feature or country == "-" or known["country"] in (country, "", None), shape.feature
