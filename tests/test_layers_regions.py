"""The outlines of provinces, islands, peninsulas and parts of the world."""

from __future__ import annotations

import re

import pytest
from shapely.geometry import Point

from geomap import geodesy
from geomap.catalog import Layers
from geomap.gazetteer import fold
from geomap.pipeline import locate

INSIDE = [
    ("PRK-south-hamgyong", 127.54, 39.92, "Hamhung"),
    ("PRK-north-pyongan", 125.25, 39.98, "Kusong"),
    ("PRK-south-pyongan", 125.85, 39.42, "Sunchon"),
    ("PRK-south-hwanghae", 125.71, 38.04, "Haeju"),
    ("KOR-gangwon", 127.73, 37.88, "Chuncheon"),
    ("KOR-jeju-island", 126.53, 33.36, "Hallasan"),
    ("JPN-aomori-prefecture", 140.74, 40.82, "Aomori"),
    ("JPN-akita-prefecture", 140.10, 39.72, "Akita"),
    ("JPN-hokkaido", 141.35, 43.06, "Sapporo"),
    ("JPN-tohoku", 140.87, 38.27, "Sendai"),
    ("JPN-oshima-peninsula", 140.73, 41.80, "Hakodate"),
    ("CHN-gansu", 103.83, 36.06, "Lanzhou"),
    ("CHN-shandong-peninsula", 121.39, 37.45, "Yantai"),
    ("IND-odisha", 85.82, 20.30, "Bhubaneswar"),
    ("IRN-semnan-province", 53.40, 35.57, "Semnan"),
    ("RUS-arkhangelsk-oblast", 40.54, 64.54, "Arkhangelsk"),
    ("RUS-kamchatka-peninsula", 158.65, 53.02, "Petropavlovsk"),
    ("RUS-kola-peninsula", 37.0, 67.6, "Kola"),
    ("UKR-donetsk-oblast", 37.80, 48.00, "Donetsk"),
    ("UKR-crimea", 34.10, 44.95, "Simferopol"),
    ("UKR-kerch-peninsula", 36.45, 45.35, "Kerch"),
    ("YEM-hadramawt", 49.12, 14.56, "Mukalla"),
    ("USA-texas", -97.74, 30.27, "Austin"),
    ("USA-alaska", 173.0, 52.90, "Attu, beyond 180°"),
    ("USA-florida-peninsula", -80.61, 28.08, "Melbourne"),
    ("EGY-sinai-peninsula", 33.8, 29.5, "Sinai"),
    ("korean-peninsula", 127.0, 37.5, "Seoul"),
    ("malay-peninsula", 101.7, 3.1, "Kuala Lumpur"),
    ("PHL-isabela-province", 121.89, 17.15, "Ilagan"),
    ("PHL-metro-manila", 120.98, 14.60, "Manila"),
    ("IRQ-najaf-governorate", 44.33, 32.0, "Najaf"),
    ("KAZ-turkistan-region", 68.25, 43.30, "Turkistan"),
    ("RUS-altai-republic", 85.96, 51.96, "Gorno-Altaysk"),
    ("LBN-mount-lebanon", 35.54, 33.83, "Baabda"),
    ("GBR-south-uist", -7.38, 57.36, "the range of the Hebrides"),
]
OUTSIDE = [
    ("USA-maine", 173.0, 52.90, "Attu is no part of Maine"),
    ("USA-new-england", 173.0, 52.90, "nor of New England"),
    ("RUS-krasnodar-krai", 34.10, 44.95, "Crimea is a region of its own"),
    ("JPN-kyushu", 132.5, 34.4, "Honshu is another island"),
    ("KOR-jeju-island", 126.9, 34.5, "the mainland"),
    ("JPN-noto-peninsula", 136.66, 36.56, "Kanazawa lies before the neck"),
    ("RUS-kola-peninsula", 30.0, 68.0, "west of the Kola"),
    ("korean-peninsula", 126.53, 33.36, "a peninsula has no islands"),
    ("CHN-shandong-peninsula", 117.0, 36.65, "Jinan"),
    ("EGY-sinai-peninsula", 32.0, 30.0, "west of the canal"),
]
TYPE = re.compile(r"\b(\w+) \1$", re.IGNORECASE)


@pytest.mark.parametrize(("key", "lon", "lat", "what"), INSIDE, ids=[row[-1] for row in INSIDE])
def test_a_place_lies_in_its_region(layers: Layers, key: str, lon: float, lat: float, what: str) -> None:
    assert geodesy.separation_km(lon, lat, layers.geometry(f"regions/{key}")) < 5.0


@pytest.mark.parametrize(("key", "lon", "lat", "what"), OUTSIDE, ids=[row[-1] for row in OUTSIDE])
def test_a_place_lies_outside_a_region(layers: Layers, key: str, lon: float, lat: float, what: str) -> None:
    assert not layers.geometry(f"regions/{key}").covers(Point(lon, lat))


def test_every_outline_says_how_it_was_found(layers: Layers) -> None:
    known = {"lines", "towns", "drawn", "group", "circle", "parts", "cut"}
    for row in layers.rows("regions"):
        assert row["outline"] in known, row["key"]
        if row["outline"] in ("towns", "circle"):
            assert row["confidence"] != "high", row["key"]


def test_the_best_point_lies_in_the_region_or_among_its_islands(layers: Layers) -> None:
    for feature in layers.features("regions"):
        row = feature.properties
        assert feature.geometry is not None
        away = geodesy.separation_km(row["lon"], row["lat"], feature.geometry)
        assert away <= (row["radius_km"] if row["outline"] in ("group", "circle") else 5.0), feature.id


def test_no_name_says_its_rank_twice(layers: Layers) -> None:
    assert [row["name"] for row in layers.rows("regions") if TYPE.search(row["name"])] == []


def test_a_division_that_was_not_typed_takes_no_name_from_another_layer(layers: Layers) -> None:
    names: dict[str, str] = {}
    for layer in ("countries", "seas"):
        for row in layers.rows(layer):
            names |= {fold(name): row["key"] for name in (row["name"], *row["names"].split("|")) if name}
    for row in layers.rows("regions"):
        for name in (row["name"], *filter(None, row["names"].split("|"))):
            assert names.get(fold(name), "") in ("", row["key"], row["country"]), (row["key"], name)


def test_divisions_of_a_country_do_not_overlap(layers: Layers) -> None:
    for country in ("PRK", "KOR", "JPN", "YEM", "OMN"):
        shapes = [
            feature.geometry
            for feature in layers.features("regions")
            if feature.properties["country"] == country and feature.properties["outline"] in ("lines", "towns")
        ]
        for number, shape in enumerate(shapes):
            for other in shapes[number + 1 :]:
                assert shape is not None
                assert geodesy.area_km2(shape.intersection(other)) < 5.0


NAMES = [
    ("Hamju County", 127.44, 39.86, 10),
    ("Hamju-gun", 127.44, 39.86, 10),
    ("Sinhung", 127.55, 40.19, 10),
    ("Huichon", 126.28, 40.17, 10),
    ("Chongpyong County", 127.40, 39.78, 10),
    ("Yangyang", 128.62, 38.07, 10),
    ("Inje County", 128.17, 38.07, 15),
    ("Kunsan", 126.74, 35.97, 12),
    ("Cape Reinga", 172.68, -34.42, 3),
    ("East Cape", 178.55, -37.69, 3),
    ("Land's End", -5.72, 50.07, 3),
    ("Cape Comorin", 77.55, 8.08, 3),
    ("Cape Wrath", -5.0, 58.63, 3),
    ("Cape Trafalgar", -6.03, 36.18, 3),
    ("Mount Fuji", 138.73, 35.36, 3),
    ("Mt. Fuji", 138.73, 35.36, 3),
    ("Hallasan", 126.53, 33.36, 3),
    ("Baekdusan", 128.08, 42.0, 8),
    ("Mount Kilimanjaro", 37.36, -3.07, 5),
    ("Mount Ararat", 44.30, 39.70, 5),
    ("Green Island", 121.49, 22.66, 5),
    ("Fanning Island", -159.35, 3.86, 8),
    ("St Kilda", -8.58, 57.81, 6),
    ("Samhah", 53.05, 12.16, 6),
    ("Isabela province", 122.0, 17.0, 40),
    ("Pangasinan", 120.3, 15.95, 40),
    ("Dohuk province", 43.0, 36.9, 60),
    ("Medina Province", 39.5, 24.9, 120),
    ("central Israel", 34.82, 32.07, 10),
    ("Lake Victoria", 33.0, -1.0, 60),
]


@pytest.mark.parametrize(("name", "lon", "lat", "km"), NAMES)
def test_a_name_of_the_news_is_known(name: str, lon: float, lat: float, km: float, layers: Layers) -> None:
    shape = locate(name, layers)
    assert shape.feature is not None
    assert geodesy.distance_km(lon, lat, shape.lon, shape.lat) <= km, shape.feature


@pytest.mark.parametrize(
    "name",
    ["Aurora", "Rizal", "Quezon", "Laguna", "Kilimanjaro", "Fuji", "Halla", "Ararat", "Elbrus", "Damavand", "Kazbek"],
)
def test_what_is_named_after_a_famous_name_does_not_take_it(name: str, layers: Layers) -> None:
    new = {"PHL-aurora-province", "PHL-rizal-province", "PHL-quezon-province", "PHL-laguna-province"}
    new |= {"TZA-mount-kilimanjaro", "JPN-mount-fuji", "KOR-mount-halla", "TUR-mount-ararat", "RUS-mount-elbrus"}
    new |= {"IRN-mount-damavand", "GEO-mount-kazbek"}
    rows = [*layers.rows("regions"), *layers.rows("landmarks")]
    named = [row["key"] for row in rows if fold(name) in map(fold, (row["name"], *row["names"].split("|")))]
    assert new & {row["key"] for row in rows} == new
    assert new.isdisjoint(named)


PHRASES = [
    ("off the east coast of the Korean Peninsula", "sea within 370 km of the east coast of the Korean Peninsula"),
    ("the east coast of the Noto Peninsula", "east coast of Noto Peninsula"),
    ("eastern Hokkaido", "east of Hokkaido"),
    ("southern Kamchatka Peninsula", "south of Kamchatka Peninsula"),
    ("eastern South Pyongan Province", "east of South Pyongan Province"),
    ("off Crimea", "sea within 370 km of Crimea"),
]


@pytest.mark.parametrize(("phrase", "rule"), PHRASES)
def test_phrases_about_regions_have_shapes(phrase: str, rule: str, layers: Layers) -> None:
    assert locate(phrase, layers).rule == rule
