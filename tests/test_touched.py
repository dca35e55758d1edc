"""What an area touches: economic zones, airspaces, seas, with the share of it in each."""

from __future__ import annotations

import pytest
import shapely
from shapely.geometry import LineString, Point, box

from geomap import geodesy
from geomap.catalog import Layers
from geomap.touched import airspace, touched


def shares(geometry: shapely.Geometry, layers: Layers) -> dict[str, float]:
    return {touch.feature: touch.share for touch in touched(geometry, layers)}


def test_an_area_at_sea_lies_in_a_zone_and_in_a_sea_and_in_no_airspace(layers: Layers) -> None:
    found = {touch.feature: touch.relation for touch in touched(box(131.2, 40.0, 131.4, 40.2), layers)}

    assert found["seas/sea-of-japan"] == "within"
    assert [feature for feature in found if feature.startswith("eez/")] == ["eez/PRK"]
    assert not any(feature.startswith("airspace/") for feature in found)


def test_zones_come_before_airspaces_before_seas_and_the_largest_share_first(layers: Layers) -> None:
    found = touched(box(128.0, 37.0, 134.0, 39.0), layers)
    kinds = [touch.feature.partition("/")[0] for touch in found]

    assert [*dict.fromkeys(kinds)] == ["eez", "airspace", "seas"]
    for kind in ("eez", "airspace", "seas"):
        parts = [touch.share for touch in found if touch.feature.startswith(f"{kind}/")]
        assert parts == sorted(parts, reverse=True)


def test_a_share_is_that_of_the_area(layers: Layers) -> None:
    area = box(128.0, 37.0, 134.0, 39.0)
    zone = layers.geometry("eez/KOR")
    found = shares(area, layers)

    assert zone is not None
    common = geodesy.area_km2(shapely.intersection(area, zone)) / geodesy.area_km2(area)
    assert 0.1 < found["eez/KOR"] < 0.9
    assert found["eez/KOR"] == pytest.approx(common, abs=0.001)


def test_an_airspace_is_the_land_and_twelve_miles_of_sea(layers: Layers) -> None:
    state = airspace("JPN", layers)
    land = layers.geometry("countries/JPN")

    assert state is not None
    assert land is not None
    assert state.covers(Point(138.0, 36.5))
    assert geodesy.area_km2(state) > 1.5 * geodesy.area_km2(land)
    # south of Cape Muroto by less, and by more, than 12 nautical miles (22.2 km)
    near, far = (geodesy.destination(134.176, 33.246, 180.0, km) for km in (15.0, 30.0))
    assert state.covers(Point(near))
    assert not state.covers(Point(far))


def test_the_land_and_the_sea_of_an_airspace_are_one(layers: Layers) -> None:
    area = box(134.0, 33.2, 134.3, 33.5)
    found = [touch for touch in touched(area, layers) if touch.feature == "airspace/JPN"]
    land = layers.geometry("countries/JPN")

    assert land is not None
    assert len(found) == 1
    assert geodesy.share(area, land) + 0.2 < found[0].share <= 1.0


def test_the_airspace_of_a_state_that_no_layer_knows(layers: Layers) -> None:
    assert airspace("XXX", layers) is None


def test_a_point_and_a_line_touch_as_well(layers: Layers) -> None:
    assert shares(Point(131.3, 40.1), layers)["seas/sea-of-japan"] == 1.0
    line = shares(LineString([(131.0, 40.0), (131.0, 40.4)]), layers)
    assert line["eez/PRK"] == pytest.approx(1.0, abs=0.001)


def test_an_area_across_180_is_compared_on_both_sides(layers: Layers) -> None:
    east, west = box(179.0, -17.5, 180.0, -17.0), box(-180.0, -17.5, -179.5, -17.0)
    found = shares(shapely.union_all([east, west]), layers)

    assert found["eez/FJI"] == pytest.approx(1.0, abs=0.001)


def test_far_out_nothing_but_a_sea_is_touched(layers: Layers) -> None:
    found = shares(box(-140.0, 35.0, -138.0, 37.0), layers)

    assert all(feature.startswith("seas/") for feature in found)


def test_what_is_hardly_touched_is_not_told(layers: Layers) -> None:
    touching = [touch for touch in touched(box(128.0, 37.0, 134.0, 39.0), layers) if touch.share < 0.0005]

    assert touching == []
