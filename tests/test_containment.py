"""Which areas many points lie in: as geopandas joins them, on borders, at 180° and at the poles."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from numpy.typing import NDArray

from geomap.catalog import Layers, open_layers
from geomap.containment import find_zones
from geomap.errors import LayerError

Array = NDArray[np.float64]
anything = st.one_of(
    st.floats(-181, 181), st.floats(), st.sampled_from([180.0, -180.0, 90.0, -90.0, float("nan"), float("inf"), 190.0])
)


@pytest.fixture(scope="module")
def layers() -> Layers:
    return open_layers()


def pairs(lons: Array, lats: Array, layers: Layers, layer: str) -> list[tuple[int, str]]:
    points, zones = find_zones(lons, lats, layers, layer)
    return list(zip(points.tolist(), zones.tolist(), strict=True))


def joined(lons: Array, lats: Array, layers: Layers, layer: str) -> list[tuple[int, str]]:
    """What geopandas finds, in the same order."""
    import geopandas

    features = layers.features(layer)
    crs = "EPSG:4326"
    zones = geopandas.GeoDataFrame(
        {"number": range(len(features))}, geometry=[one.geometry for one in features], crs=crs
    )
    points = geopandas.GeoDataFrame(geometry=geopandas.points_from_xy(lons, lats), crs=crs)
    found = geopandas.sjoin(points, zones)
    order = sorted(zip(found.index.tolist(), found["number"].tolist(), strict=True))
    return [(point, features[zone].id) for point, zone in order]


def vertices(layers: Layers, layer: str) -> Array:
    """Points that lie exactly on borders, where several areas may meet."""
    return np.concatenate([shapely.get_coordinates(one.geometry)[::37] for one in layers.features(layer)])


@pytest.mark.parametrize("layer", ["eez", "belts", "seas", "countries"])
def test_points_anywhere_and_on_borders_lie_where_geopandas_puts_them(layers: Layers, layer: str) -> None:
    chance = np.random.default_rng(1)
    anywhere = np.column_stack([chance.uniform(-180, 180, 5000), np.degrees(np.arcsin(chance.uniform(-1, 1, 5000)))])
    points = np.vstack([anywhere, vertices(layers, layer), [(180, 66), (-180, 66), (0, 90), (0, -90), (-180, -90)]])
    found = pairs(*points.T, layers, layer)

    assert found == joined(*points.T, layers, layer)
    assert len({point for point, _ in found if point >= 5000}) > len(points) - 5000 - 6  # each vertex is in its own


def test_more_points_than_are_looked_at_in_one_go_keep_their_numbers(
    layers: Layers, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = np.random.default_rng(2)
    lons, lats = chance.uniform(-180, 180, 1000), chance.uniform(-90, 90, 1000)
    at_once = pairs(lons, lats, layers, "eez")
    monkeypatch.setattr("geomap.containment._AT_ONCE", 64)

    assert pairs(lons, lats, layers, "eez") == at_once
    assert pairs(lons[:0], lats[:0], layers, "eez") == []


def test_a_point_at_180_lies_in_what_crosses_180_however_it_is_written(layers: Layers) -> None:
    for lat, zone in ((-17.0, "eez/FJI"), (52.5, "eez/USA"), (-44.0, "eez/NZL"), (70.0, "eez/RUS")):
        for lon in (180.0, -180.0, 180.001, -180.001, 540.0, 179.999):
            assert zone in [found for _, found in pairs(np.array([lon]), np.array([lat]), layers, "eez")], (lon, lat)


def test_claims_that_overlap_are_all_found_and_a_point_on_a_common_border_lies_on_both_sides(layers: Layers) -> None:
    on_borders = np.bincount(find_zones(*vertices(layers, "eez").T, layers)[0])
    assert on_borders.max() >= 2
    overlap = next(one for one in layers.features("eez") if one.properties["status"] == "overlap")
    spot = overlap.geometry.representative_point()
    assert overlap.id in find_zones(spot.x, spot.y, layers)[1].tolist()


@settings(deadline=None, derandomize=True, max_examples=200)
@given(st.lists(st.tuples(anything, anything), min_size=1, max_size=20))
def test_what_is_no_position_lies_nowhere_and_the_others_lie_where_they_do_alone(
    spots: list[tuple[float, float]],
) -> None:
    layers = open_layers()
    together = pairs(*np.array(spots).T, layers, "seas")

    for number, (lon, lat) in enumerate(spots):
        alone = [zone for _, zone in pairs(np.array([lon]), np.array([lat]), layers, "seas")]
        assert [zone for point, zone in together if point == number] == alone
        if not (np.isfinite(lon) and abs(lat) <= 90):
            assert not alone


def test_a_layer_without_areas_is_named_with_those_that_have_some(layers: Layers) -> None:
    for layer in ("lines", "sites", "systems"):
        with pytest.raises(LayerError, match="no areas that a point could lie in; eez, belts, seas"):
            find_zones(0.0, 0.0, layers, layer)
    with pytest.raises(LayerError, match="nowhere"):
        find_zones(0.0, 0.0, layers, "nowhere")
