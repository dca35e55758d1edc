"""The layer of seas: how large each is, what lies in it, and the names by policy."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import Point

from geomap.catalog import Layers

GEOD = Geod(ellps="WGS84")
FACTOR = 1.5
"""Handbooks differ about the areas of seas by about this much."""
Place = tuple[float, float]


def area_km2(shape: shapely.Geometry) -> float:
    parts = shapely.get_parts(shapely.segmentize(shape, 0.5))
    return sum(abs(GEOD.geometry_area_perimeter(shapely.orient_polygons(part))[0]) for part in parts) / 1e6


# Area in thousand km², a place in it and one that is not.
SEAS: dict[str, tuple[float, Place, Place]] = {
    "sea-of-japan": (1_000, (135.0, 40.0), (125.0, 36.0)),
    "yellow-sea": (380, (123.5, 36.0), (129.8, 37.0)),
    "east-china-sea": (750, (125.0, 29.0), (134.0, 29.0)),
    "south-china-sea": (3_500, (113.0, 12.0), (127.0, 15.0)),
    "philippine-sea": (5_700, (135.0, 18.0), (150.0, 18.0)),
    "sea-of-okhotsk": (1_580, (150.0, 54.0), (160.0, 48.0)),
    "bering-sea": (2_300, (-177.0, 58.0), (-155.0, 55.0)),
    "gulf-of-thailand": (320, (101.5, 10.0), (107.0, 7.0)),
    "java-sea": (433, (111.0, -5.0), (111.0, -9.5)),
    "banda-sea": (695, (127.0, -5.5), (133.0, -9.5)),
    "savu-sea": (105, (122.0, -9.5), (122.0, -12.0)),
    "arafura-sea": (1_000, (135.0, -9.5), (126.0, -12.0)),
    "gulf-of-carpentaria": (310, (139.5, -14.0), (146.0, -14.0)),
    "coral-sea": (4_790, (155.0, -17.0), (175.0, -20.0)),
    "tasman-sea": (2_300, (160.0, -38.0), (179.0, -40.0)),
    "bay-of-bengal": (2_170, (88.0, 15.0), (96.0, 12.0)),
    "andaman-sea": (600, (96.0, 11.0), (90.0, 12.0)),
    "arabian-sea": (3_860, (64.0, 16.0), (52.0, 5.0)),
    "red-sea": (440, (38.0, 20.0), (45.0, 12.0)),
    "persian-gulf": (250, (51.5, 27.5), (58.5, 25.0)),
    "mozambique-channel": (1_400, (41.0, -18.0), (52.0, -20.0)),
    "black-sea": (436, (34.0, 43.5), (36.7, 46.2)),
    "sea-of-azov": (39, (36.7, 46.2), (34.0, 43.5)),
    "caspian-sea": (385, (50.7, 40.0), (49.0, 36.0)),
    "mediterranean-sea": (2_500, (18.0, 34.5), (28.2, 40.75)),
    "western-mediterranean": (850, (5.0, 39.5), (18.0, 34.5)),
    "eastern-mediterranean": (1_650, (30.0, 33.5), (5.0, 39.5)),
    "adriatic-sea": (138, (16.0, 42.5), (18.8, 38.5)),
    "aegean-sea": (214, (25.0, 39.0), (22.0, 36.0)),
    "ionian-sea": (169, (19.0, 38.0), (18.5, 41.0)),
    "tyrrhenian-sea": (240, (12.3, 40.0), (7.0, 40.0)),
    "sea-of-marmara": (11.4, (28.0, 40.75), (30.0, 42.0)),
    "baltic-sea": (390, (19.0, 57.0), (11.2, 56.9)),
    "gulf-of-bothnia": (116, (19.5, 62.0), (19.5, 58.0)),
    "gulf-of-finland": (30, (26.0, 59.9), (21.0, 59.0)),
    "gulf-of-riga": (18, (23.5, 57.7), (20.5, 57.5)),
    "skagerrak": (47, (9.0, 57.9), (11.3, 56.8)),
    "north-sea": (570, (3.0, 56.0), (-6.0, 58.0)),
    "english-channel": (75, (-2.0, 50.0), (-8.0, 50.0)),
    "bay-of-biscay": (223, (-4.0, 45.5), (-12.0, 45.0)),
    "norwegian-sea": (1_380, (3.0, 67.0), (30.0, 73.0)),
    "greenland-sea": (1_205, (-5.0, 75.0), (10.0, 70.0)),
    "barents-sea": (1_400, (40.0, 74.0), (70.0, 75.0)),
    "white-sea": (90, (37.5, 65.6), (45.0, 69.5)),
    "kara-sea": (926, (72.0, 75.0), (50.0, 75.0)),
    "laptev-sea": (662, (125.0, 75.5), (150.0, 74.0)),
    "beaufort-sea": (476, (-140.0, 71.5), (-165.0, 72.0)),
    "baffin-bay": (689, (-68.0, 74.0), (-58.0, 65.0)),
    "labrador-sea": (841, (-52.0, 57.0), (-35.0, 55.0)),
    "hudson-bay": (1_000, (-85.0, 60.0), (-72.0, 62.5)),
    "gulf-of-st-lawrence": (236, (-62.0, 48.3), (-58.0, 44.5)),
    "gulf-of-mexico": (1_550, (-90.0, 25.0), (-75.0, 25.0)),
    "caribbean-sea": (2_754, (-75.0, 15.0), (-58.0, 15.0)),
    "gulf-of-california": (177, (-110.5, 26.5), (-115.0, 25.0)),
    "ross-sea": (960, (175.0, -75.0), (-140.0, -70.0)),
    "weddell-sea": (2_800, (-40.0, -70.0), (5.0, -65.0)),
}


@pytest.mark.parametrize("sea", SEAS)
def test_sea_is_as_large_as_it_is_known_to_be(layers: Layers, sea: str) -> None:
    expected, inside, outside = SEAS[sea]
    shape = layers.geometry(f"seas/{sea}")
    assert expected / FACTOR < area_km2(shape) / 1000 < expected * FACTOR
    assert shape.covers(Point(inside))
    assert not shape.covers(Point(outside))


@pytest.mark.parametrize(
    ("strait", "inside", "outside"),
    [
        ("strait-of-gibraltar", (-5.6, 35.95), (-4.0, 36.0)),
        ("bosporus", (29.07, 41.12), (28.5, 40.8)),
        ("kerch-strait", (36.55, 45.25), (36.0, 44.5)),
        ("denmark-strait", (-27.0, 67.0), (-10.0, 67.0)),
        ("bering-strait", (-169.2, 65.85), (-169.0, 63.0)),
        ("davis-strait", (-58.0, 66.0), (-55.0, 58.0)),
        ("hudson-strait", (-72.0, 62.5), (-85.0, 60.0)),
        ("straits-of-florida", (-80.5, 24.2), (-86.0, 25.0)),
        ("windward-passage", (-74.0, 20.0), (-76.0, 18.5)),
        ("drake-passage", (-63.0, -59.0), (-75.0, -58.0)),
        ("strait-of-magellan", (-70.7, -53.3), (-66.5, -53.0)),
        ("sunda-strait", (105.3, -6.1), (107.0, -5.5)),
        ("singapore-strait", (104.25, 1.27), (104.3, 2.0)),
        ("torres-strait", (142.2, -10.1), (145.0, -11.0)),
        ("osumi-strait", (130.8, 30.85), (132.0, 30.5)),
        ("yonaguni-channel", (122.4, 24.45), (124.0, 24.0)),
        ("tatar-strait", (140.6, 48.5), (137.0, 43.0)),
        ("kara-strait", (58.3, 70.5), (62.0, 71.5)),
    ],
)
def test_strait_holds(layers: Layers, strait: str, inside: Place, outside: Place) -> None:
    shape = layers.geometry(f"seas/{strait}")
    assert shape.covers(Point(inside))
    assert not shape.covers(Point(outside))


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("mediterranean-sea", "ionian-sea"),
        ("mediterranean-sea", "levantine-sea"),
        ("mediterranean-sea", "strait-of-gibraltar"),
        ("baltic-sea", "gulf-of-finland"),
        ("hudson-bay", "james-bay"),
        ("arafura-sea", "gulf-of-carpentaria"),
        ("sea-of-japan", "east-korea-bay"),
        ("yellow-sea", "west-korea-bay"),
        ("bo-hai", "liaodong-bay"),
        ("gulf-of-alaska", "cook-inlet"),
        ("barents-sea", "pechora-sea"),
    ],
)
def test_part_lies_in_the_whole(layers: Layers, whole: str, part: str) -> None:
    small = layers.geometry(f"seas/{part}")
    assert layers.geometry(f"seas/{whole}").intersection(small).area > 0.95 * small.area


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("western-mediterranean", "eastern-mediterranean"),
        ("kattegat", "skagerrak"),
        ("kattegat", "baltic-sea"),
        ("irish-sea", "celtic-sea"),
        ("english-channel", "north-sea"),
        ("greenland-sea", "norwegian-sea"),
        ("laptev-sea", "kara-sea"),
        ("banda-sea", "ceram-sea"),
        ("banda-sea", "flores-sea"),
        ("java-sea", "south-china-sea"),
        ("timor-sea", "arafura-sea"),
        ("solomon-sea", "coral-sea"),
        ("davis-strait", "baffin-bay"),
    ],
)
def test_neighbours_meet_and_do_not_overlap(layers: Layers, one: str, other: str) -> None:
    a, b = layers.geometry(f"seas/{one}"), layers.geometry(f"seas/{other}")
    assert a.distance(b) < 0.05
    assert a.intersection(b).area < 0.005 * min(a.area, b.area)


def test_every_sea_is_sound_and_within_the_world(layers: Layers) -> None:
    for row in layers.rows("seas"):
        shape = layers.geometry(f"seas/{row['key']}")
        west, south, east, north = shape.bounds
        assert shape.is_valid, row["key"]
        assert -180 <= west <= east <= 180, row["key"]
        assert -90 <= south <= north <= 90, row["key"]
        widest = max(part.bounds[2] - part.bounds[0] for part in shapely.get_parts(shape))
        assert widest < 180 or row["key"] in ("arctic-ocean", "southern-ocean"), row["key"]


def test_layer_stays_small() -> None:
    path = Path(__file__).parents[1] / "layers" / "seas.gpkg"
    assert path.stat().st_size <= 2.5e6


@pytest.mark.parametrize(
    ("sea", "shown"),
    [
        (
            "sea-of-japan",
            "both=Sea of Japan (East Sea)|japan=Sea of Japan|korea=East Sea|north-korea=East Sea of Korea",
        ),
        ("persian-gulf", "both=Persian Gulf (Arabian Gulf)|iran=Persian Gulf|arab=Arabian Gulf"),
        ("gulf-of-mexico", "both=Gulf of Mexico (Gulf of America)|mexico=Gulf of Mexico|usa=Gulf of America"),
        ("baltic-sea", ""),
    ],
)
def test_names_by_policy(layers: Layers, sea: str, shown: str) -> None:
    assert layers.feature(f"seas/{sea}").properties["shown"] == shown


def test_name_that_is_shown_for_both_begins_with_the_name(layers: Layers) -> None:
    for row in layers.rows("seas"):
        if row["shown"]:
            policies = dict(pair.split("=") for pair in row["shown"].split("|"))
            assert policies["both"].startswith(row["name"]), row["key"]
            assert len(policies) > 2, row["key"]
