"""Rings about a place: where they lie, and what the page says of them."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from hypothesis import given, settings, strategies as st
from pyproj import Geod
from toys import make_layers

from geomap.catalog import Layers
from geomap.rings import make_rings_scene
from geomap.stage import Scene
from geomap.style import STYLES
from geomap.types import Shape

GEOD = Geod(ellps="WGS84")


@pytest.fixture(scope="module")
def toy_layers(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    return Layers(make_layers(tmp_path_factory.mktemp("layers")))


def about(lon: float, lat: float, *, radius_km: float = 0.0) -> Shape:
    return Shape(geometry=shapely.Point(lon, lat), lon=lon, lat=lat, radius_km=radius_km, rule="a position")


def rings(scene: Scene) -> dict[str, shapely.geometry.base.BaseGeometry]:
    return {layer.title: layer.frame.geometry.iloc[0] for layer in scene.layers if layer.group == "Rings"}


def test_a_scene_of_rings(toy_layers: Layers) -> None:
    scene = make_rings_scene(about(125.67, 39.2, radius_km=3), "Sunan", [1300, 800, 800], toy_layers)

    assert scene.title == "800 km and 1,300 km from Sunan"
    assert list(rings(scene)) == ["800 km from Sunan", "1,300 km from Sunan"]
    assert [layer.style for layer in scene.layers if layer.group == "Centre"] == ["launch-point"]
    assert [STYLES[layer.style].order for layer in scene.layers] == sorted(
        STYLES[layer.style].order for layer in scene.layers
    )
    assert scene.tables[0].rows == (("800", "432", "497"), ("1,300", "702", "808"))
    assert "within 3 km" in scene.caveats[0]
    assert any(toy_layers["basemap"].attribution in credit for credit in scene.credits)
    assert scene.made["layers"] == toy_layers.version


@settings(max_examples=25, deadline=None)
@given(st.floats(-180, 180), st.floats(-90, 90), st.floats(1, 19_900))
def test_every_point_of_a_ring_is_at_its_distance(toy_layers: Layers, lon: float, lat: float, km: float) -> None:
    (line,) = rings(make_rings_scene(about(lon, lat), "X", [km], toy_layers)).values()
    points = shapely.get_coordinates(line)
    inner = points[(abs(points[:, 0]) < 180) & (abs(points[:, 1]) < 90)]  # at the cut, a point of a chord stands in
    _, _, metres = GEOD.inv([lon] * len(inner), [lat] * len(inner), inner[:, 0], inner[:, 1])

    assert abs(points[:, 0]).max() <= 180
    assert abs(points[:, 1]).max() <= 90
    assert abs(metres - km * 1000).max() < 2


def test_a_ring_over_180_is_cut(toy_layers: Layers) -> None:
    scene = make_rings_scene(about(178.0, 52.0), "X", [800], toy_layers)
    (line,) = rings(scene).values()
    west, _, east, _ = line.bounds

    assert (west, east) == (-180, 180)
    assert scene.bounds[0] > scene.bounds[2]


def test_a_page_is_written(toy_layers: Layers, tmp_path: Path) -> None:
    from geomap.export.html import write

    scene = make_rings_scene(about(125.67, 39.2), "Sunan <b>", [800], toy_layers)
    write(scene, tmp_path / "rings.html")
    page = (tmp_path / "rings.html").read_text(encoding="utf-8")

    assert "800 km from Sunan" in page
    assert "Sunan <b>" not in page
