"""Rings about a place: where they lie, what is inside them, and what the page says of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st
from pyproj import Geod
from toys import make_layers

from geomap import geodesy
from geomap.around import Ring, make_rings, make_start, to_json
from geomap.bands import Band, find_class, find_system
from geomap.catalog import Layers
from geomap.pipeline import locate
from geomap.reach import largest
from geomap.rings import make_rings_scene
from geomap.stage import Scene, Table
from geomap.style import STYLES
from geomap.types import Shape

GEOD = Geod(ellps="WGS84")
SUNAN = (125.67, 39.2)


@pytest.fixture(scope="module")
def toy_layers(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    return Layers(make_layers(tmp_path_factory.mktemp("layers")))


def about(lon: float, lat: float, *, radius_km: float = 0.0) -> Shape:
    return Shape(geometry=shapely.Point(lon, lat), lon=lon, lat=lat, radius_km=radius_km, rule="a position")


def rings(scene: Scene) -> dict[str, shapely.geometry.base.BaseGeometry]:
    return {layer.title: layer.frame.geometry.iloc[0] for layer in scene.layers if layer.group == "Rings"}


def ring(layers: Layers, start: str, band: Band | float) -> Ring:
    (made,) = make_rings(make_start(locate(start, layers), start, layers), [band], layers)
    return made


def labels(scene: Scene) -> dict[str, str]:
    """The labels of what is drawn of the rings, with the kind of mark that bears each."""
    marks = [layer for layer in scene.layers if layer.key.startswith("ring-")]
    return {layer.frame["label"].iloc[0]: layer.frame.geometry.iloc[0].geom_type for layer in marks}


def table(scene: Scene, title: str) -> Table:
    (found,) = (one for one in scene.tables if one.title.startswith(title))
    return found


def test_a_scene_of_rings(toy_layers: Layers) -> None:
    scene = make_rings_scene(about(125.67, 39.2, radius_km=3), "Sunan", [1300, 800, 800], toy_layers)

    assert scene.title == "800 km and 1,300 km from Sunan"
    assert sorted(rings(scene)) == ["1,300 km from Sunan", "800 km from Sunan"]
    assert [layer.style for layer in scene.layers if layer.group == "Centre"] == ["launch-point"]
    assert [STYLES[layer.style].order for layer in scene.layers] == sorted(
        STYLES[layer.style].order for layer in scene.layers
    )
    assert [row[:2] for row in scene.tables[0].rows] == [
        ("800 km from Sunan", "800 km (432 nautical miles, 497 miles)"),
        ("1,300 km from Sunan", "1,300 km (702 nautical miles, 808 miles)"),
    ]
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


# ------------------------------------------------------------------------------------------ systems and classes


def test_a_system_with_two_ranges_has_two_edges_and_a_band_between(layers: Layers) -> None:
    band = find_system("Hwasong-15", layers)
    scene = make_rings_scene(about(*SUNAN), "Sunan", [band], layers)
    drawn = {layer.frame["label"].iloc[0]: layer for layer in scene.layers if layer.key.startswith("ring-")}
    between = drawn[""].frame.geometry.iloc[0]

    assert band.low_km is not None
    assert band.high_km is not None
    assert band.low_km < band.high_km
    assert set(drawn) == {f"Hwasong-15: {km:,.0f} km" for km in (band.low_km, band.high_km)} | {""}
    assert {layer.style for layer in drawn.values()} == {"range-band", "range-ICBM"}
    for km, inside in ((band.low_km - 200, False), (band.low_km + 200, True), (band.high_km + 200, False)):
        assert between.covers(shapely.Point(geodesy.destination(*SUNAN, 100.0, km))) is inside


def test_an_open_range_is_an_edge_that_says_at_least(layers: Layers) -> None:
    scene = make_rings_scene(about(*SUNAN), "Sunan", [find_system("Hwasong-19", layers)], layers)

    (kind,) = labels(scene).values()
    assert list(labels(scene)) == ["Hwasong-19: at least 15,000 km"]
    assert kind.endswith("LineString")
    assert any("the greatest range is open" in caveat for caveat in scene.caveats)


def test_the_page_names_source_and_confidence_of_a_system(layers: Layers) -> None:
    band = find_system("Hwasong-12", layers)
    scene = make_rings_scene(about(*SUNAN), "Sunan", [band], layers)
    facts = dict(zip(scene.tables[0].headings, scene.tables[0].rows[0], strict=True))

    assert (facts["Source"], facts["Confidence"]) == (band.source, band.confidence)
    assert any(layers["systems"].attribution in credit for credit in scene.credits)
    assert layers["systems"].caveat in scene.caveats


def test_a_class_says_its_scheme(layers: Layers) -> None:
    band = find_class("MRBM", layers)
    scene = make_rings_scene(about(*SUNAN), "Sunan", [band], layers)

    assert scene.tables[0].rows[0][0] == "MRBM, 1,000 to 3,000 km, scheme us-dod, from Sunan"
    assert set(labels(scene)) == {"MRBM (us-dod): 1,000 km", "MRBM (us-dod): 3,000 km", ""}


def test_a_system_without_a_range_says_that_its_class_stands_for_it(layers: Layers) -> None:
    row = next(r for r in layers.rows("systems") if r["class"] == "SRBM" and not (r["low_km"] or r["high_km"]))
    scene = make_rings_scene(about(*SUNAN), "Sunan", [find_system(row["name"], layers)], layers)

    assert scene.tables[0].rows[0][0] == f"{row['name']}, up to 1,000 km, class SRBM, scheme us-dod, from Sunan"
    assert any(f"{row['name']} has no published range" in caveat for caveat in scene.caveats)


# --------------------------------------------------------------------------------------------------------- starts


def test_from_a_country_it_is_measured_from_anywhere_in_it(layers: Layers) -> None:
    made = ring(layers, "North Korea", find_class("SRBM", layers))
    scene = make_rings_scene(locate("North Korea", layers), "North Korea", [1000], layers)
    territory = layers.geometry("countries/PRK")

    for point in ((139.7, 35.7), (121.5, 25.0), (116.4, 39.9), (106.9, 47.9)):
        assert made.outer.covers(shapely.Point(point)) == (geodesy.separation_km(*point, territory) <= 1000)
    assert scene.title == "1,000 km from anywhere in North Korea"
    assert "from anywhere in North Korea" in scene.caveats[0]
    assert "launch-area" in {layer.style for layer in scene.layers}


def test_distances_from_an_area_are_from_its_nearest_point(layers: Layers) -> None:
    inside = ring(layers, "North Korea", 300).reached
    territory = largest(layers.geometry("countries/PRK"))

    assert inside.capitals
    for city in (*inside.capitals, *inside.cities):
        assert city.km == pytest.approx(geodesy.separation_km(city.lon, city.lat, territory), abs=0.5)
    (home,) = (city for city in inside.capitals if city.name == "Pyongyang")
    assert (home.km, home.bearing_deg) == (0, None)


def test_a_vague_place_says_how_vague(toy_layers: Layers) -> None:
    point = make_rings_scene(about(*SUNAN, radius_km=40), "somewhere", [800], toy_layers)
    area = make_rings_scene(about(*SUNAN, radius_km=150), "somewhere", [800], toy_layers)

    assert point.subtitle.endswith("±\xa040\xa0km")
    assert "within 40 km" in point.caveats[0]
    assert area.title == "800 km from anywhere in “somewhere”"
    (shape,) = rings(area).values()
    assert shape.covers(shapely.Point(geodesy.destination(*SUNAN, 90.0, 945)))
    assert not shape.covers(shapely.Point(geodesy.destination(*SUNAN, 90.0, 955)))


# ---------------------------------------------------------------------------------------------------- what is inside


def test_cities_and_capitals_are_found_by_their_own_distance(layers: Layers) -> None:
    away = geodesy.distance_km(125.67, 39.2, 116.39723, 39.9075)  # Beijing, as the gazetteer has it
    names = [
        {city.name for city in ring(layers, "39.2N 125.67E", away + more).reached.capitals} for more in (-0.01, 0.01)
    ]

    assert ["Beijing" in those for those in names] == [False, True]
    assert {"Pyongyang", "Seoul"} <= names[0]


def test_a_city_has_its_distance_and_bearing(layers: Layers) -> None:
    inside = ring(layers, "39.2N 125.67E", 800).reached
    for city in (*inside.capitals, *inside.cities):
        assert city.bearing_deg is not None
        assert city.km == pytest.approx(geodesy.distance_km(*SUNAN, city.lon, city.lat), abs=0.01)
        assert city.bearing_deg == pytest.approx(geodesy.bearing_deg(*SUNAN, city.lon, city.lat), abs=0.01)
    assert [city.km for city in inside.capitals] == sorted(city.km for city in inside.capitals)


def test_the_largest_cities_are_listed(layers: Layers) -> None:
    from geomap.gazetteer import open_gazetteer

    gazetteer = open_gazetteer(layers)
    inside = ring(layers, "39.2N 125.67E", 800).reached
    towns = [one for one in gazetteer if not one.radius_km and one.country in {"PRK", "KOR", "CHN", "JPN", "RUS"}]
    metres = GEOD.inv(
        np.full(len(towns), 125.67), np.full(len(towns), 39.2), [t.lon for t in towns], [t.lat for t in towns]
    )[2]
    largest = sorted((-t.population for t, m in zip(towns, metres, strict=True) if m <= 800_000))[:30]

    assert [-(city.population or 0) for city in inside.cities] == largest


def test_countries_lie_wholly_or_partly_inside(layers: Layers) -> None:
    found = {one.name: one for one in ring(layers, "39.2N 125.67E", 800).reached.countries}
    disc = geodesy.disc(*SUNAN, 800)

    assert {name for name, one in found.items() if one.extent == "wholly"} == {"North Korea", "South Korea"}
    assert {name for name, one in found.items() if one.extent == "partly"} == {"China", "Japan", "Russia"}
    for name, code in (("China", "CHN"), ("Japan", "JPN"), ("Russia", "RUS")):
        assert found[name].share == pytest.approx(geodesy.share(layers.geometry(f"countries/{code}"), disc), abs=1e-6)


def test_half_the_globe_holds_what_it_should(layers: Layers) -> None:
    inside = ring(layers, "39.2N 125.67E", 18_000).reached
    extents = {one.code: one.extent for one in inside.countries}

    assert extents["ARG"] == "partly"
    assert extents["CHL"] == "partly"
    assert {extents[code] for code in ("RUS", "USA", "FJI", "ATA", "NZL", "ZAF", "BRA")} == {"wholly", "partly"}
    assert {extents[code] for code in ("RUS", "USA", "FJI", "NZL", "ZAF")} == {"wholly"}
    assert "URY" not in extents
    assert {city.name for city in inside.capitals}.isdisjoint({"Buenos Aires", "Montevideo"})


def test_an_empty_ocean_holds_nothing(layers: Layers) -> None:
    inside = ring(layers, "48.9S 123.4W", 1000).reached
    scene = make_rings_scene(about(-123.4, -48.9), "Point Nemo", [1000], layers)

    assert (inside.countries, inside.capitals, inside.cities) == ((), (), ())
    assert len(scene.tables) == 1


def test_a_range_that_reaches_all_the_earth_says_so(layers: Layers) -> None:
    scene = make_rings_scene(locate("Russia", layers), "Russia", [find_system("Sarmat", layers)], layers)

    assert set(labels(scene)) == {"RS-28 Sarmat: 10,000 km", ""}
    assert "From anywhere in Russia 18,000 km reach all the earth, so that ring has no edge." in scene.caveats
    assert any(one in {layer.key for layer in scene.layers} for one in scene.tables[0].marks[0])


def test_a_city_state_is_its_own_capital(layers: Layers) -> None:
    assert [city.name for city in ring(layers, "1.35N 103.8E", 30).reached.capitals] == ["Singapore"]


def test_the_page_lists_what_is_inside(layers: Layers) -> None:
    scene = make_rings_scene(about(*SUNAN), "Sunan", [800, 300], layers)

    assert table(scene, "Capitals within 300 km").rows[1] == ("Seoul, South Korea", "214 km", "147°\xa0SSE")
    assert ("North Korea", "wholly") in table(scene, "Countries and territories within 800 km").rows
    assert table(scene, "Largest cities within 800 km").rows[0][0] == "Tianjin, China"
    assert [one.open for one in scene.tables if one.title.endswith(")")] == [True] * 3 + [False] * 3


def test_the_json_says_the_same(layers: Layers) -> None:
    start = make_start(locate("Sunan", layers), "Sunan", layers)
    told = to_json(start, make_rings(start, [find_class("ICBM", layers), 800.0], layers))
    first, second = told["rings"]

    assert told["schema"] == "geomap.rings/1"
    assert told["from"]["origin"] == "point"
    assert (first["low_km"], first["high_km"], first["within_km"], first["scheme"]) == (5500, None, 5500, "us-dod")
    assert (second["low_km"], second["high_km"], second["scheme"]) == (None, 800, None)
    assert {one["extent"] for one in second["countries"]} == {"wholly", "partly"}
    assert all((one["share"] == 1) == (one["extent"] == "wholly") for one in first["countries"])
    assert len(second["cities"]) == 30
    assert set(second["capitals"][0]) == {"name", "country", "lon", "lat", "km", "bearing_deg"}


def test_a_ring_past_a_quarter_of_the_globe_is_shown_on_the_world_about_its_start(toy_layers: Layers) -> None:
    for lon, lat in ((178.0, 52.0), (-100.0, 40.0), (30.0, 85.0)):
        west, south, east, north = make_rings_scene(about(lon, lat), "X", [12_000], toy_layers).bounds

        assert (east - west) % 360 == pytest.approx(359.98, abs=0.01)
        assert ((west + ((east - west) % 360) / 2) - lon) % 360 == pytest.approx(0, abs=0.01)
        assert south < -60 < 60 < north
