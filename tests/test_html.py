"""The page: whole, small, the same twice, and safe whatever an article says."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import folium
import msgspec
import pytest
import shapely
from branca.element import Element
from filled import filled
from hypothesis import given, strategies as st
from toys import HOSTILE, make_layers, pacific_shot, two_koreas

from geomap.catalog import Layers
from geomap.errors import ExportError
from geomap.export import figure, html, window
from geomap.geodesy import area_km2, disc
from geomap.scene import make_scene
from geomap.stage import Scene
from geomap.types import Document, Reading


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    return Layers(make_layers(tmp_path_factory.mktemp("layers")))


@pytest.fixture(scope="module")
def scene(toys: Layers) -> Scene:
    return make_scene([two_koreas()], toys)


@pytest.fixture(scope="module")
def page(scene: Scene) -> str:
    return html.make_page(scene)


@pytest.fixture(scope="module")
def full(toys: Layers) -> str:
    """The page of a launch of which every field is filled."""
    return html.make_page(make_scene([filled()], toys))


class Text(HTMLParser):
    """The visible text of a page, its elements, and its data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.words.append(data)


def data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="scene">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    read: dict[str, Any] = json.loads(found.group(1))
    return read


def test_the_page_says_what_the_scene_says(scene: Scene, page: str) -> None:
    text = " ".join(" ".join(Text(page).words).split())

    assert scene.title in text
    assert scene.subtitle in text
    for table in scene.tables:
        for row in table.rows:
            assert " ".join(row[0].split()) in text
    for line in (*scene.credits, *scene.caveats, *scene.made.values()):
        assert line in text
    assert "cannot tell" in text
    assert [layer["key"] for layer in data(page)["layers"]] == [layer.key for layer in scene.layers]


def test_a_card_says_all_that_is_known_of_a_launch(full: str) -> None:
    text = " ".join(" ".join(Text(full).words).split())

    for said in (
        "14 September 2021, 15:00, to 15 September 2021, 15:00 UTC", "2 “at dawn”; 1 “an hour later”", "railway car",
        "some 17 minutes (16 to 18 min)", "“Hokkaido” (the track does not pass over it)", "lofted",
        "Conflict 780 km from Sunan hardly meets 'off the west coast'", "Doubt the text says 'Wednesday'",
        "Does not fit the rest “off the west coast”", "Note one weapon of three",
        "Estimate, not from the text A flight of 780 km", "no turning earth",
        "distance they differ", "two corrected later on Wednesday Joint Chiefs of Staff three",
        "Claims: EEZ of Japan disputed", "Japan Coast Guard: inside the EEZ of Japan corrected later",
        "Geometry outside, 110 km from the edge, ± 45 km, 100 % of the impact zone", "contradicts", "not tested",
        "Zone: eez 1.2.0, computed", "What would change it: a place of impact 20 km farther east",
        "If it is right: 38 % of the impact zone is left", "Said: Wednesday noon", "the text does not say",
    ):  # fmt: skip
        assert said in text, said
    assert ("s", {}) in Text(full).tags, "what was corrected is struck through"


def test_recalled_launches_are_folded_below_the_others(page: str) -> None:
    current, _, recalled = page.partition('<details class="earlier">')

    assert current.count('<article class="card"') == 2
    assert recalled.count('<article class="card recalled"') == 1
    assert "Earlier or announced launches, only recalled (1)" in recalled


def test_what_is_not_located_is_listed_and_has_no_mark(page: str) -> None:
    listed = page.partition("<h2>Not located</h2>")[2].partition("</ul>")[0]

    assert "“Hwangbo” (city)" in listed
    assert "data-marks" not in listed
    assert not any("Hwangbo" in row["t"] for layer in data(page)["layers"] for row in layer["rows"] if "t" in row)


def test_margins_and_what_is_apart_are_in_the_legend(full: str) -> None:
    groups = {group["title"]: group["shown"] for group in data(full)["groups"]}

    assert groups["Margins: from the impact to a zone's edge"] is False
    assert groups["Impact zone, if a claim is right"] is True
    assert groups["Said of the impact, but does not fit the rest"] is True
    assert len(full.encode()) < 600_000


def test_the_legend_lists_every_group_once_the_topmost_first(scene: Scene, page: str) -> None:
    groups = [group["title"] for group in data(page)["groups"]]

    assert sorted(groups) == sorted({layer.group for layer in scene.layers if layer.group})
    assert groups[0] == "Where it came down"
    assert "Known launch sites (not from this article)" in groups


def test_the_page_is_small_and_asks_for_nothing(page: str) -> None:
    assert len(page.encode()) < 600_000
    assert "default-src 'none'" in page
    assert not [attributes for tag, attributes in Text(page).tags if "src" in attributes or tag in ("link", "iframe")]
    assert not re.search(
        r"@import|url\((?![\"']?(?:data:|#))", "".join(re.findall("<style>(.*?)</style>", page, re.DOTALL))
    )


def test_the_page_can_be_used_without_a_pointer(page: str) -> None:
    tags = Text(page).tags
    names = {attributes.get("aria-label") for _, attributes in tags}

    assert ("html", {"lang": "en"}) in tags
    assert next(attributes["href"] for tag, attributes in tags if tag == "a") == "#panel"
    assert "Table of the events" in names
    assert any(tag == "caption" for tag, _ in tags)
    viewport = next(attributes for tag, attributes in tags if attributes.get("name") == "viewport")
    assert "user-scalable" not in str(viewport), "readers may zoom"


def test_the_same_scene_makes_the_same_bytes(scene: Scene, toys: Layers, tmp_path: Path) -> None:
    html.write(scene, tmp_path / "one.html")
    html.write(make_scene([two_koreas()], toys), tmp_path / "two.html")

    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.html", "two.html"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_text(hostile: str, tmp_path: Path, full: str) -> None:
    layers = Layers(make_layers(tmp_path, name=hostile))
    made = html.make_page(make_scene([filled(hostile=hostile)], layers))
    mine, theirs = Text(full), Text(made)

    def kinds(text: Text) -> set[tuple[str, tuple[str, ...]]]:
        return {(tag, tuple(sorted(attributes))) for tag, attributes in text.tags}

    assert kinds(theirs) == kinds(mine), "the text brings no element and no attribute of its own"
    assert made.count("<script") == full.count("<script")
    text = "".join(theirs.words)
    for said in (
        "Sunan", "190 km west of Oshima", "off the west coast", "railway car", "success", "lofted", "about 780 km",
        "1,200 km", "some 17 minutes", "eastward", "at dawn", "an hour later", "Hamgyong", "Hokkaido", "Wednesday noon",
        "Japan Coast Guard", "Chief Cabinet Secretary", "Joint Chiefs of Staff", "KCNA", "two", "on Wednesday",
        "an island off the east coast", "apogee", "would carry about 3,100 km", "no air", "was a Wednesday",
        "'off the west coast'", "one weapon of three", "all of it lies outside", "eez 1.2.0, computed",
        "20 km farther east",
    ):  # fmt: skip
        assert f"{said}{hostile}" in text, said
    read = data(made)
    assert (
        next(row["t"] for layer in read["layers"] if layer["key"] == "sites" for row in layer["rows"])
        == f"{hostile}Sohae"
    )


@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_any_text_can_stand_in_the_page_s_json(text: str) -> None:
    coded = html._json({"t": text})

    assert json.loads(coded) == {"t": text}
    assert coded.isascii()
    assert not set("<>&") & set(coded)


def test_a_lone_surrogate_does_not_stop_the_page(toys: Layers, tmp_path: Path) -> None:
    reading = Reading(document=Document.of("a", title="half \ud800 a pair"))
    html.write(make_scene([reading], toys), tmp_path / "page.html")

    assert "half ? a pair" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_a_folder_that_is_not_there_is_an_export_error(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        html.write(scene, tmp_path / "none" / "page.html")


def test_an_old_page_stays_when_the_new_one_cannot_be_made(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "page.html"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setitem(figure.ASSETS, "leaflet", ("leaflet.js", "0" * 64))
    with pytest.raises(figure.MissingAsset, match="not the file that geomap was made with"):
        html.write(scene, path)

    assert path.read_text(encoding="utf-8") == "old"


class Linked(folium.elements.JSCSSMixin):
    default_js = (("far", "https://example.org/far.js"),)


class Image(folium.MacroElement):
    _template = folium.template.Template('{% macro html(this, kwargs) %}<img src="//example.org/x.png">{% endmacro %}')


@pytest.mark.parametrize(("element", "fault"), [(Linked, r"far\.js \(far\), which is not"), (Image, "<img src=")])
def test_a_link_that_is_not_known_stops_the_build(element: type[Element], fault: str) -> None:
    drawn = folium.Map(tiles=None)
    drawn.add_child(element())
    made = figure.OfflineFigure(title="t", language="en", body="<!--map-->", data="{}", css="", js="")
    made.add_child(drawn)

    with pytest.raises(figure.MissingAsset, match=fault):
        made.render()


@pytest.mark.parametrize(
    "page",
    ["<iframe></iframe>", "<link rel=x>", "<form>", "<base>", "<img src=a.png>", "<a href='javascript:alert(1)'>x</a>"],
)
def test_what_a_browser_would_fetch_is_found(page: str) -> None:
    with pytest.raises(figure.MissingAsset):
        figure.check_page(page)


def test_what_is_inside_the_page_is_fine() -> None:
    figure.check_page("<a href='#x'>x</a><a href='https://example.org'>y</a><img src='data:image/png;base64,AA'>")


def test_a_missing_file_of_leaflet_is_named() -> None:
    with pytest.raises(figure.MissingAsset, match="install XStatic-Leaflet"):
        figure.asset_path("leaflet.exe")


@pytest.mark.parametrize("km", [120, 3000, 9000, 15000])
@pytest.mark.parametrize(("lon", "lat"), [(125.7, 39.0), (-178.0, -17.0), (60.0, 80.0), (179.9, 0.0)])
def test_a_ring_keeps_its_area_wherever_the_map_is_centred(lon: float, lat: float, km: float) -> None:
    area = disc(lon, lat, km).intersection(shapely.box(-180, -85, 180, 85))
    lon0 = round(lon)
    cut = window.recut(area, lon0)
    west, _, east, _ = cut.bounds

    assert lon0 - 180.001 <= west < east <= lon0 + 180.001
    back = shapely.union_all([shapely.affinity.translate(cut, move, 0) for move in (-360, 0, 360)])
    assert area_km2(back.intersection(shapely.box(-180, -85, 180, 85))) == pytest.approx(area_km2(area), rel=1e-3)


def test_the_seam_of_what_was_cut_is_gone() -> None:
    cut = window.recut(disc(180, 10, 500), 150)

    assert cut.geom_type == "Polygon"
    assert window.outline(cut, 150) is None
    assert window.outline(window.recut(disc(-30, 10, 500), 150), 150) is not None


def test_the_halves_of_a_land_that_come_one_by_one_are_joined_where_they_were_cut() -> None:
    halves = shapely.get_parts(disc(180, 10, 500))

    assert len(halves) == 2
    assert window.recut_all(halves, 150).equals(window.recut(disc(180, 10, 500), 150))


def test_geometries_come_back_from_their_steps() -> None:
    area = shapely.box(1.234, 2, 3, 4).difference(shapely.box(2, 2.5, 2.5, 3))
    coded = window.encode(area, 3)
    rings = []
    for steps in coded["a"][0]:
        pairs = [(sum(steps[: i + 1 : 2]) / 1000, sum(steps[1 : i + 2 : 2]) / 1000) for i in range(0, len(steps), 2)]
        rings.append(pairs)

    assert shapely.Polygon(rings[0], rings[1:]).equals(area)
    assert window.encode(shapely.LineString([(0, 0), (0.0001, 0), (1, 1)]), 2) == {"l": [[0, 0, 100, 100]]}
    assert window.encode(shapely.Point(1.23456, 2), 3) == {"p": [[1.235, 2.0]]}


@given(st.lists(st.integers(-36_000_000, 36_000_000), max_size=6))
def test_numbers_come_back_from_their_letters(steps: list[int]) -> None:
    (text,) = window.pack({"l": [steps]})["l"]
    found, number, place = [], 0, 0
    for sign in text:
        value = window.ALPHABET.index(sign)
        number |= (value & 31) << place
        place += 5
        if value < 32:
            found.append(-(number >> 1) - 1 if number & 1 else number >> 1)
            number, place = 0, 0

    assert found == steps


def test_the_labels_of_areas_lie_in_them_and_in_sight() -> None:
    area, seen, land = shapely.box(0, 0, 40, 10), shapely.box(0, 0, 20, 10), shapely.box(0, 0, 10, 10)
    lat, lon = window.anchors(area, seen, land)[0]

    assert 10 < lon < 20
    assert 0 < lat < 10


def test_wide_ranges_have_no_fill(toys: Layers) -> None:
    drawn = data(html.make_page(make_scene([pacific_shot()], toys)))
    (row,) = next(layer["rows"] for layer in drawn["layers"] if layer["key"] == "range-1")

    assert row["wide"] == 1
    assert drawn["lon0"] == pytest.approx(-157, abs=3)


def test_a_scene_without_tables_is_a_page(toys: Layers) -> None:
    bare = msgspec.structs.replace(make_scene([], toys), title="Only the world")

    assert "Only the world" in html.make_page(bare)
