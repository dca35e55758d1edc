from __future__ import annotations

import csv
import importlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pyproj import Geod

from geomap.catalog import open_layers
from geomap.gazetteer import fold, open_gazetteer

RECIPES = Path(__file__).parents[1] / "layers" / "recipes"
GEOD = Geod(ellps="WGS84")


@pytest.fixture
def recipe(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Iterator[ModuleType]:
    monkeypatch.syspath_prepend(str(RECIPES))
    monkeypatch.delitem(sys.modules, request.param, raising=False)
    yield importlib.import_module(request.param)
    sys.modules.pop(request.param, None)


def names(row: dict[str, str]) -> list[str]:
    return [row["name"], *filter(None, row["names"].split("|"))]


@pytest.mark.parametrize("layer", ["sites", "systems", "classes"])
def test_the_catalog_finds_no_fault(layer: str) -> None:
    assert open_layers().check(layer) == []


@pytest.mark.parametrize("recipe", ["sites"], indirect=True)
def test_sites_are_what_the_recipe_makes(recipe: ModuleType) -> None:
    numbers = ("lon", "lat", "radius_km")
    typed = [
        {key: float(value) if key in numbers else value for key, value in row.items()}
        for row in recipe.read(RECIPES / "sites.tsv")
    ]
    assert open_layers().rows("sites") == [{key: row[key] for key in recipe.COLUMNS} for row in typed]


@pytest.mark.parametrize("recipe", ["systems"], indirect=True)
def test_systems_are_what_the_recipe_makes(recipe: ModuleType) -> None:
    for layer, rows, columns in (
        ("systems", recipe.systems(), recipe.COLUMNS),
        ("classes", recipe.classes(), recipe.CLASS_COLUMNS),
    ):
        text = io.StringIO()
        writer = csv.DictWriter(text, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        assert text.getvalue() == open_layers()[layer].path.read_text(encoding="utf-8")


@pytest.mark.parametrize("recipe", ["sites"], indirect=True)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"key": "sohae"}, "form of key"),
        ({"sitekind": "castle"}, "kind of site"),
        ({"source": "GK", "confidence": "high"}, "does not bear"),
        ({"lat": "91"}, "not a position"),
        ({"radius_km": "0"}, "not a position"),
    ],
)
def test_a_wrong_row_is_refused(recipe: ModuleType, change: dict[str, str], message: str) -> None:
    row = dict(
        zip(
            ("key", "name", "names", "sitekind", "lon", "lat", "radius_km", "source", "confidence"),
            ("PRK-sohae", "Sohae", "", "spaceport", "124.7", "39.7", "3", "CNS", "high"),
            strict=True,
        )
    )
    assert recipe.complete(row)["country"] == "PRK"
    with pytest.raises(ValueError, match=message):
        recipe.complete({**row, **change})


@pytest.mark.parametrize("recipe", ["sites"], indirect=True)
def test_spellings(recipe: ModuleType) -> None:
    assert recipe.spellings("Osan Air Base", "Osan AB") == ["Osan Airbase", "Osan AB"]
    assert recipe.spellings("Centre A", "Minot Air Force Base|centre a") == ["Minot Air Force Base", "Minot AFB"]


@pytest.mark.parametrize(
    ("name", "key", "lon", "lat", "km"),
    [
        ("Sunan", "PRK-sunan", 125.68, 39.20, 15),
        ("Sunan airport", "PRK-sunan", 125.68, 39.20, 15),
        ("Pyongyang International Airport", "PRK-sunan", 125.68, 39.20, 15),
        ("Sohae", "PRK-sohae", 124.705, 39.66, 6),
        ("Tongchang-ri", "PRK-sohae", 124.705, 39.66, 12),
        ("Tonghae", "PRK-tonghae", 129.666, 40.85, 8),
        ("Musudan-ri", "PRK-tonghae", 129.666, 40.85, 12),
        ("Punggye-ri", "PRK-punggye-ri", 129.08, 41.28, 15),
        ("Kalma", "PRK-kalma", 127.48, 39.17, 8),
        ("Hodo", "PRK-hodo", 127.54, 39.40, 10),
        ("Panghyon", "PRK-panghyon", 125.24, 39.90, 15),
        ("Pukchang", "PRK-pukchang", 125.96, 39.50, 18),
        ("Taechon", "PRK-taechon", 125.49, 39.90, 20),
        ("Yangdok", "PRK-yangdok", 126.64, 39.22, 25),
        ("Mupyong-ri", "PRK-mupyong", 126.43, 40.61, 12),
        ("Sakkanmol", "PRK-sakkanmol", 126.10, 38.60, 25),
        ("Onchon", "PRK-onchon", 125.25, 38.90, 20),
        ("Kimchaek", "PRK-kimchaek", 129.20, 40.67, 15),
        ("Sinpo South Shipyard", "PRK-sinpo", 128.19, 40.03, 12),
        ("Panmunjom", "PRK-panmunjom", 126.677, 37.956, 8),
        ("Anheung", "KOR-anheung", 126.17, 36.69, 12),
        ("Seongju", "KOR-seongju", 128.28, 35.92, 25),
        ("Osan Air Base", "KOR-osan", 127.03, 37.09, 6),
        ("Camp Humphreys", "KOR-humphreys", 127.03, 36.97, 6),
        ("Okpo shipyard", "KOR-okpo", 128.70, 34.88, 5),
        ("Chandipur", "IND-chandipur", 87.02, 21.44, 10),
        ("Abdul Kalam Island", "IND-abdul-kalam", 87.08, 20.76, 8),
        ("Wheeler Island", "IND-abdul-kalam", 87.08, 20.76, 8),
        ("Sriharikota", "IND-sriharikota", 80.23, 13.73, 12),
        ("Plesetsk cosmodrome", "RUS-plesetsk", 40.57, 62.93, 25),
        ("Kura test range", "RUS-kura", 161.83, 57.33, 60),
        ("Kura range", "RUS-kura", 161.83, 57.33, 60),
        ("Kapustin Yar", "RUS-kapustin-yar", 46.25, 48.57, 40),
        ("Vostochny", "RUS-vostochny", 128.33, 51.88, 20),
        ("Jiuquan", "CHN-jiuquan", 100.29, 40.96, 40),
        ("Wenchang Spacecraft Launch Site", "CHN-wenchang", 110.95, 19.61, 15),
        ("Xichang", "CHN-xichang", 102.03, 28.25, 25),
        ("Taiyuan Satellite Launch Center", "CHN-taiyuan", 111.61, 38.85, 20),
        ("Taiyuan Satellite Launch Centre", "CHN-taiyuan", 111.61, 38.85, 20),
        ("Vandenberg Air Force Base", "USA-vandenberg", -120.57, 34.74, 20),
        ("Wallops Island", "USA-wallops", -75.48, 37.85, 15),
        ("Boca Chica", "USA-starbase", -97.16, 25.99, 12),
        ("Cape Canaveral", "USA-canaveral", -80.54, 28.46, 8),
        ("Kwajalein", "MHL-kwajalein", 167.5, 9.1, 60),
        ("Uchinoura", "JPN-uchinoura", 131.08, 31.25, 12),
        ("Kadena", "JPN-kadena", 127.77, 26.36, 5),
        ("Ain al-Asad", "IRQ-asad", 42.44, 33.79, 6),
        ("Dyagilevo", "RUS-dyagilevo", 39.57, 54.64, 6),
        ("Camp Pendleton", "USA-pendleton", -117.36, 33.30, 12),
        ("Eielson AFB", "USA-eielson", -147.10, 64.67, 6),
        ("Camp Lemonnier", "DJI-lemonnier", 43.15, 11.54, 4),
        ("Clark Air Base", "PHL-clark", 120.56, 15.19, 6),
        ("Souda Bay", "GRC-souda", 24.12, 35.49, 8),
        ("RAF Akrotiri", "CYP-akrotiri", 32.99, 34.59, 6),
        ("Naha Air Base", "JPN-naha-ab", 127.65, 26.20, 6),
        ("Zuoying Naval Base", "TWN-zuoying", 120.28, 22.70, 4),
        ("Chiashan Air Base", "TWN-hualien-ab", 121.62, 24.02, 8),
        ("Daegu Air Base", "KOR-daegu-ab", 128.66, 35.89, 6),
        ("Hwangju airfield", "PRK-hwangju-ab", 125.78, 38.65, 8),
        ("Rajin port", "PRK-rajin-port", 130.30, 42.24, 6),
        ("Starokonstantinov airfield", "UKR-starokostiantyniv", 27.27, 49.75, 6),
        ("Kulbakino", "UKR-kulbakino", 32.10, 46.94, 6),
        ("Yuzhmash", "UKR-pivdenmash", 34.98, 48.43, 6),
        ("ZNPP", "UKR-zaporizhzhia-npp", 34.59, 47.51, 4),
        ("Millerovo airfield", "RUS-millerovo-ab", 40.30, 48.95, 6),
        ("Primorsko-Akhtarsk airfield", "RUS-primorsko-akhtarsk", 38.24, 46.05, 6),
        ("Khalino", "RUS-khalino", 36.30, 51.75, 6),
        ("Severomorsk-1", "RUS-severomorsk-1", 33.42, 69.03, 6),
        ("Zapadnaya Litsa", "RUS-zapadnaya-litsa", 32.42, 69.43, 8),
        ("Sevmash", "RUS-severodvinsk-shipyard", 39.82, 64.58, 6),
        ("Ramat David", "ISR-ramat-david", 35.18, 32.67, 6),
        ("Mezzeh military airport", "SYR-mezzeh", 36.22, 33.48, 4),
        ("al-Anad", "YEM-anad", 44.77, 13.18, 6),
        ("Hodeidah port", "YEM-hodeidah-port", 42.93, 14.84, 6),
        ("Yanbu port", "SAU-yanbu-port", 38.23, 23.96, 14),
        ("Barakah plant", "ARE-barakah", 52.23, 23.97, 6),
        ("Nojeh Air Base", "IRN-nojeh", 48.65, 35.21, 6),
        ("Bandar Abbas naval base", "IRN-bandar-abbas-naval", 56.21, 27.15, 10),
        ("Isfahan Nuclear Technology Centre", "IRN-isfahan-nuclear", 51.83, 32.58, 6),
        ("Camp Speicher", "IRQ-speicher", 43.54, 34.67, 6),
        ("Nur Khan", "PAK-nur-khan", 73.10, 33.62, 6),
        ("Sargodha Air Base", "PAK-mushaf", 72.67, 32.05, 6),
        ("Ambala Air Base", "IND-ambala", 76.82, 30.37, 6),
        ("INS Varsha", "IND-varsha", 82.87, 17.42, 10),
        ("Dingxin", "CHN-dingxin", 99.78, 40.40, 10),
        ("Lask Air Base", "POL-lask", 19.18, 51.55, 6),
        ("Rzeszów-Jasionka", "POL-rzeszow-airport", 22.02, 50.11, 6),
    ],
)
def test_names_that_stories_use(name: str, key: str, lon: float, lat: float, km: float) -> None:
    (row,) = [row for row in open_layers().rows("sites") if fold(name) in {fold(other) for other in names(row)}]
    assert row["key"] == key
    assert GEOD.inv(row["lon"], row["lat"], lon, lat)[2] / 1000 <= km


def test_folded_names_belong_to_one_site() -> None:
    owner: dict[str, str] = {}
    for row in open_layers().rows("sites"):
        for name in names(row):
            assert owner.setdefault(fold(name), row["key"]) == row["key"], name


def test_cities_stay_cities() -> None:
    taken = {fold(name) for row in open_layers().rows("sites") if row["kind"] == "facility" for name in names(row)}
    cities = ("Wonsan", "Kaesong", "Nampo", "Pyongyang", "Sinpo", "Kusong", "Hamhung", "Hungnam", "Sunchon", "Kaechon")
    more = (
        "Hwangju",
        "Taiyuan",
        "Semnan",
        "Shahroud",
        "Tabriz",
        "Busan",
        "Misawa",
        "Minot",
        "Erbil",
        "Uzhur",
        "Engels",
        "Millerovo",
        "Taganrog",
        "Krymsk",
        "Severomorsk",
        "Chitose",
        "Sasebo",
        "Ambala",
        "Sargodha",
        "Odesa",
        "Hodeidah",
        "Yanbu",
        "Kirkuk",
        "Dubai",
    )
    assert not taken & {fold(name) for name in (*cities, *more)}


def test_a_sites_name_that_a_town_bears_too_is_meant() -> None:
    gazetteer = open_gazetteer(open_layers())
    shared = set()
    for row in open_layers().rows("sites"):
        for name in names(row):
            shared |= {
                name
                for entry in gazetteer.find(name)
                if entry.population >= 20_000 and entry.match == "main" and not entry.radius_km
            }
    assert shared == {
        *("Abqaiq", "Baikonur", "Boca Chica", "Jiuquan", "Joint Base Pearl Harbor-Hickam", "Kourou", "Pameungpeuk"),
        *("King Khalid Military City", "Sunan", "Wenchang", "Xichang", "Yokota"),
    }


def test_systems() -> None:
    rows = {row["key"]: row for row in open_layers().rows("systems")}
    assert (rows["PRK-kn-23"]["low_km"], rows["PRK-kn-23"]["high_km"]) == (600, 800)
    assert rows["PRK-hwasong-17"]["class"] == "ICBM"
    for family in ("CHN-long-march", "PRK-pukguksong", "IND-agni", "CHN-dongfeng", "PRK-hwasal", "KOR-hyunmoo"):
        assert rows[family]["low_km"] is None
        assert rows[family]["high_km"] is None
    for row in rows.values():
        assert row["source"]
        assert row["confidence"] in {"high", "medium", "low"}
        if row["class"] == "SLV":
            assert row["low_km"] is row["high_km"] is None
    assert rows["RUS-s-200"]["class"] == ""


@pytest.mark.parametrize(
    "name",
    [
        *("KN-23", "Hwasong-12", "Hwasong-17", "Hwasong-8", "Hwasal-2", "Pukguksong-3", "Taepodong", "KN-25"),
        *("Iskander-M", "Yars", "Bulava", "SS-18", "Voevoda", "Oreshnik", "Kinzhal", "Zircon", "Oniks", "Kalibr"),
        *("Long March-5B", "Long March 2D", "Falcon 9", "Starship", "Nuri", "Ceres-1", "HIMARS", "GMLRS", "Tomahawk"),
        *("Agni-V", "Agni Prime", "DF-41", "Dongfeng", "Zolfaghar", "Fateh-110", "SA-5", "S-200", "Minuteman III"),
        *("Trident II", "Hyunmoo-4", "Shaheen-III", "BrahMos", "ATACMS", "Sejjil", "Sarmat"),
    ],
)
def test_a_system_has_its_name_to_itself(name: str) -> None:
    found = [row["key"] for row in open_layers().rows("systems") if name.casefold() in map(str.casefold, names(row))]
    assert len(found) == 1


def test_classes() -> None:
    rows = open_layers().rows("classes")
    assert {row["scheme"] for row in rows} == {"us-dod", "britannica", "inf"}
    feature = open_layers().feature("classes/us-dod/SRBM")
    assert (feature.properties["low_km"], feature.properties["high_km"]) == (None, 1000)
    for scheme in ("us-dod", "britannica"):
        bands = [(row["low_km"], row["high_km"]) for row in rows if row["scheme"] == scheme]
        assert [low for low, _ in bands[1:]] == [high for _, high in bands[:-1]]
