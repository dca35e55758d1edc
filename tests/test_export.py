"""Data for other programs: GDAL reads every form back with the same features, text stays text, two builds agree."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import warnings
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely
from filled import filled
from geopandas import GeoDataFrame
from lxml import etree
from shapely.geometry import Polygon, box
from toys import HOSTILE, make_layers, pacific_shot, two_koreas

from geomap import coordinates, tabular
from geomap.catalog import Layers
from geomap.cli.export import to_terminal
from geomap.errors import ExportError
from geomap.export import data
from geomap.export.data import delimited, earth, kml
from geomap.export.data.icons import make_icon
from geomap.geodesy import disc
from geomap.scene import make_scene
from geomap.stage import Scene
from geomap.style import STYLES
from geomap.types import Document, Hazard, RangePolygon, Reading, When

K = "{http://www.opengis.net/kml/2.2}"
WRITTEN = ("geojson", "gpkg", "fgb", "kml", "kmz", "csv", "xlsx")
ACROSS = shapely.union_all([box(176, 48, 180, 52), box(-180, 48, -177, 52)])
EVIL = (
    "=HYPERLINK(\"http://x\",\"y\")", "+cmd|' /C calc'!A0", "@SUM(1)", "-2+3", "\t=1+1", "＝1+1", "$[id] $[name]",
    "]]><kml>&amp;<!--", "_x0041_", *HOSTILE,
)  # fmt: skip
UNFIT = "\x00\x07\x1b[31m\x9b\ud800\ufffe"


def notice() -> Reading:
    """A closed area across 180°, with two windows, and a ring that is half as wide as the earth."""
    text = "NAVAREA XII 7/25. Rocket launching 2 and 3 March in an area across the date line. It reaches 15,000 km."
    windows = (
        When(start="2025-03-03T01:00:00Z", end="2025-03-03T05:00:00Z", said="3 March"),
        When(start="2025-03-02T01:00:00Z", end="2025-03-02T05:00:00Z", said="2 March"),
    )
    area = Hazard(
        id="h1", geometry=ACROSS, windows=windows, label="A", authority="NAVAREA XII 7/25", evidence=((0, 17),)
    )
    ring = RangePolygon(
        id="r1", event=None, origin="point", lon=-120.6, lat=34.75, geometry=disc(-120.6, 34.75, 15_000),
        high_km=15_000.0, kind="ICBM", source="a toy",
    )  # fmt: skip
    return Reading(document=Document.of(text, title="A notice"), hazards=(area,), ranges=(ring,))


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Layers:
    return Layers(make_layers(tmp_path_factory.mktemp("layers")))


@pytest.fixture(scope="module")
def scene(toys: Layers) -> Scene:
    return make_scene([filled(), pacific_shot(), notice()], toys)


@pytest.fixture(scope="module")
def files(scene: Scene, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The scene in every form."""
    return written(scene, tmp_path_factory.mktemp("files"))


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A scene in which every string is hostile, in every form."""
    evil = " ".join(EVIL)
    layers = Layers(make_layers(tmp_path_factory.mktemp("evil"), name=evil))
    readings = [two_koreas(hostile=one + UNFIT) for one in EVIL] + [filled(hostile=evil, title=evil)]
    return written(make_scene(readings, layers), tmp_path_factory.mktemp("hostile"))


def written(scene: Scene, folder: Path) -> dict[str, Path]:
    found = {form: folder / f"x.{form}" for form in WRITTEN}
    for form, path in found.items():
        data.write(scene, path)
        assert path.exists(), form
    assert sorted(folder.iterdir()) == sorted(found.values()), "nothing else is left there"
    return found


def read(path: Path) -> GeoDataFrame:
    """What GDAL reads: all layers of a file, one below the other, in the order of layer and id."""
    found = []
    for name, kind in pyogrio.list_layers(path):
        if path.suffix == ".xlsx" and name != "Features":
            continue
        options = {"HEADERS": "FORCE", "FIELD_TYPES": "STRING"} if path.suffix == ".xlsx" else {}
        frame = pyogrio.read_dataframe(path, layer=name, **options)
        if kind is None:
            frame = GeoDataFrame(frame, geometry=shapely.from_wkt(frame["WKT"]), crs="EPSG:4326")
        elif path.suffix in (".kml", ".kmz"):
            frame = frame.drop(columns="id").rename(columns={"mark": "id"})
        found.append(frame)
    return found


def rows(path: Path) -> dict[tuple[str, str], dict[str, Any]]:
    marks = [row for frame in read(path) for row in frame.to_dict("records")]
    found = {(row["layer"], row["id"]): row for row in marks}
    assert len(found) == len(marks), "no feature twice"
    return found


def cell(value: Any) -> str:
    """The text of a cell: an absent one is empty, and in a CSV a dash alone has its apostrophe."""
    return "" if value is None or value != value else "-" if value == "'-" else str(value)


def same(one: shapely.Geometry, other: shapely.Geometry) -> bool:
    """Whether two geometries have the same parts; a part alone may be one of several."""
    parts = [sorted(shapely.get_parts(shape.normalize()), key=shapely.to_wkb) for shape in (one, other)]
    return len(parts[0]) == len(parts[1]) and all(a.equals_exact(b, 1e-6) for a, b in zip(*parts, strict=True))


def flat(scene: Scene) -> dict[tuple[str, str], dict[str, Any]]:
    frames = [tabular.flatten(layer) for layer in tabular.choose(scene)]
    return {(row["layer"], row["id"]): row for frame in frames for row in frame.to_dict("records")}


def document(path: Path) -> etree._Element:
    text = zipfile.ZipFile(path).read("doc.kml") if path.suffix == ".kmz" else path.read_bytes()
    return etree.fromstring(text)


# ------------------------------------------------------------------------------------------- what GDAL reads


@pytest.mark.parametrize("form", WRITTEN)
def test_gdal_reads_the_same_features(scene: Scene, files: dict[str, Path], form: str) -> None:
    expected, found = flat(scene), rows(files[form])

    assert set(found) == set(expected)
    for key, row in expected.items():
        for column in ("title", "words", "article", "source", "style", "position_dd", "position_dms", "position_mgrs"):
            assert cell(found[key][column]) == row[column], (key, column)
        shape = found[key]["geometry"]
        if form in ("kml", "kmz"):
            continue  # told below
        assert same(shape, row["geometry"]), key


@pytest.mark.parametrize("form", ["geojson", "fgb", "csv"])
def test_gdal_reads_all_columns_of_all_layers(scene: Scene, files: dict[str, Path], form: str) -> None:
    expected = {name for layer in tabular.choose(scene) for name in tabular.flatten(layer).columns}
    (frame,) = read(files[form])

    assert set(frame.columns) - {"WKT"} == expected


def test_gdal_reads_a_table_for_each_layer(scene: Scene, files: dict[str, Path]) -> None:
    layers = tabular.choose(scene)

    assert [name for name, _ in pyogrio.list_layers(files["gpkg"])] == [layer.key for layer in layers]
    for layer, frame in zip(layers, read(files["gpkg"]), strict=True):
        known = tabular.flatten(layer)
        assert list(frame.columns) == list(known.columns)
        assert len(frame) == len(known)
        info = pyogrio.read_info(files["gpkg"], layer=layer.key)
        assert info["layer_metadata"]["DESCRIPTION"] == layer.title
    assert pyogrio.read_info(files["gpkg"], layer=0)["dataset_metadata"]["CREDITS"] == "\n".join(scene.credits)


@pytest.mark.parametrize("form", ["geojson", "gpkg", "fgb"])
def test_moments_are_moments(files: dict[str, Path], form: str) -> None:
    hazard = rows(files[form])["hazards", "a3:h1"]

    assert [hazard[name].isoformat() for name in ("start", "end")] == [
        "2025-03-02T01:00:00+00:00", "2025-03-03T05:00:00+00:00",
    ]  # fmt: skip


@pytest.mark.parametrize("form", WRITTEN)
def test_two_builds_give_the_same_bytes(scene: Scene, files: dict[str, Path], form: str, tmp_path: Path) -> None:
    data.write(scene, tmp_path / f"again.{form}")

    one, other = files[form].read_bytes(), (tmp_path / f"again.{form}").read_bytes()
    assert hashlib.sha256(one).digest() == hashlib.sha256(other).digest()


def test_what_gdal_was_told_is_forgotten(files: dict[str, Path]) -> None:
    assert files
    assert pyogrio.get_gdal_config_option("OGR_CURRENT_DATE") is None


# --------------------------------------------------------------------------------------------------- GeoJSON


def test_geojson_is_rfc_7946(scene: Scene, files: dict[str, Path]) -> None:
    collection = json.loads(files["geojson"].read_text(encoding="utf-8"))

    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    assert collection["credits"] == list(scene.credits)
    assert collection["caveats"] == list(scene.caveats)
    features = collection["features"]
    assert len({feature["id"] for feature in features}) == len(features) > 20
    for feature in features:
        assert {"layer", "style", "title", "words", "article", "source", "start", "end"} <= set(feature["properties"])
        shape = shapely.geometry.shape(feature["geometry"])
        west, south, east, north = shape.bounds
        assert -180 <= west <= east <= 180
        assert -90 <= south <= north <= 90
        for polygon in shapely.get_parts(shape):
            if isinstance(polygon, Polygon):
                assert polygon.exterior.is_ccw
                assert not any(ring.is_ccw for ring in polygon.interiors)
        points = shapely.get_coordinates(shape)
        assert (points == points.round(6)).all()


def test_a_ring_half_as_wide_as_the_earth_is_not_its_complement(files: dict[str, Path]) -> None:
    ring = next(row for row in rows(files["geojson"]).values() if row["style"] == "range-ICBM" and row["id"] == "a3:r1")

    assert ring["geometry"].contains(shapely.Point(-100, 40))
    assert not ring["geometry"].contains(shapely.Point(70, -40))


# ------------------------------------------------------------------------------------------------------- KML


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    path = Path(__file__).parent / "schemas" / "ogckml22.xsd"
    return etree.XMLSchema(etree.parse(path, etree.XMLParser(no_network=True)))


@pytest.mark.parametrize("form", ["kml", "kmz"])
def test_kml_is_valid_by_the_schema_of_the_ogc(
    files: dict[str, Path], hostile: dict[str, Path], schema: etree.XMLSchema, form: str
) -> None:
    for found in (files, hostile):
        schema.assertValid(document(found[form]))


def test_the_schema_refuses_what_is_no_kml(files: dict[str, Path], schema: etree.XMLSchema) -> None:
    root = document(files["kml"])
    look = root.find(f".//{K}LookAt")
    look.append(look[0])  # out of order

    assert not schema.validate(root)


def test_folders_are_the_groups_of_the_legend_the_topmost_first(scene: Scene, files: dict[str, Path]) -> None:
    names = [folder.findtext(f"{K}name") for folder in document(files["kml"]).iter(f"{K}Folder")]

    assert set(names) == {layer.group for layer in tabular.choose(scene)}
    assert names[0] == "Launch sites in the article"
    assert names.index("Where it came down") < names.index("Closed areas of notices") < names.index("Seas named")


def test_google_earth_draws_nothing_else_than_the_scene(scene: Scene, files: dict[str, Path]) -> None:
    """Long edges have corners in between, very large areas are outlines, a seam is no edge: the rest is the same."""
    expected, outlined = flat(scene), set()
    for key, row in rows(files["kml"]).items():
        shape, known = row["geometry"], expected[key]["geometry"]
        if known.geom_type.endswith("Polygon") and shape.geom_type.endswith("LineString"):
            outlined.add(key)
            assert shape.hausdorff_distance(shapely.intersection(shape, known.boundary.buffer(1e-6))) < 1e-5
        elif shape.geom_type == "GeometryCollection":
            areas = shapely.union_all([part for part in shape.geoms if part.geom_type == "Polygon"])
            lines = [part for part in shape.geoms if part.geom_type == "LineString"]
            assert areas.symmetric_difference(known).area <= 1e-6 * known.length
            assert lines
            assert not any(line.intersects(shapely.LineString([(180, 48.5), (180, 51.5)])) for line in lines)
        else:
            assert shape.geom_type.removeprefix("Multi") == known.geom_type.removeprefix("Multi")
            assert shape.symmetric_difference(known).area <= 1e-6 * known.length
            assert shape.hausdorff_distance(known) < 1e-6
    assert {mark for _, mark in outlined} >= {"a3:r1"}


def test_a_closed_area_is_shown_from_its_first_to_its_last_hour(files: dict[str, Path]) -> None:
    (mark,) = (one for one in document(files["kml"]).iter(f"{K}Placemark") if "#hazard" in one.findtext(f"{K}styleUrl"))

    assert mark.findtext(f"{K}TimeSpan/{K}begin") == "2025-03-02T01:00:00Z"
    assert mark.findtext(f"{K}TimeSpan/{K}end") == "2025-03-03T05:00:00Z"
    assert mark.findtext(f"{K}styleUrl") == "#hazard-cut"
    assert abs(float(mark.findtext(f"{K}LookAt/{K}longitude"))) > 176, "not the other side of the earth"
    assert "2 Mar" in mark.findtext(f"{K}description")


def test_styles_say_colour_and_width(files: dict[str, Path]) -> None:
    styles = {style.get("id"): style for style in document(files["kmz"]).iter(f"{K}Style")}
    used = {mark.text.removeprefix("#") for mark in document(files["kmz"]).iter(f"{K}styleUrl")}

    assert used <= set(styles)
    assert kml.colour("#123456", 0.5) == "80563412"
    impact = styles["impact"]
    assert impact.findtext(f"{K}LineStyle/{K}color") == kml.colour(STYLES["impact"].colour.dark, 1.0)
    assert float(impact.findtext(f"{K}LineStyle/{K}width")) == STYLES["impact"].weight
    assert float(styles["hazard"].findtext(f"{K}LineStyle/{K}width")) < STYLES["hazard"].weight, "it is dashed"
    assert styles["hazard-cut"].findtext(f"{K}PolyStyle/{K}outline") == "0"


def test_a_kmz_has_its_symbols_in_it(files: dict[str, Path]) -> None:
    packed = zipfile.ZipFile(files["kmz"])
    wanted = {link.text for link in document(files["kmz"]).iter(f"{K}href")}

    assert packed.namelist()[0] == "doc.kml"
    assert wanted == set(packed.namelist()[1:])
    assert "symbols/launch-point.png" in wanted
    assert not list(document(files["kml"]).iter(f"{K}href")), "a file alone points nowhere"


@pytest.mark.parametrize("key", [key for key, style in STYLES.items() if style.symbol])
def test_a_symbol_is_a_picture_in_its_colour(key: str) -> None:
    picture = make_icon(STYLES[key])
    length = int.from_bytes(picture[33:37], "big")  # of the pixels, behind the signature and the header
    lines = np.frombuffer(zlib.decompress(picture[41 : 41 + length]), np.uint8).reshape(64, 257)
    pixels = lines[:, 1:].reshape(64, 64, 4).astype(int)
    colour = [int(STYLES[key].colour.dark[i : i + 2], 16) for i in (1, 3, 5)]
    near = (abs(pixels[..., :3] - colour).max(axis=2) < 5) & (pixels[..., 3] > 127)

    assert picture.startswith(b"\x89PNG")
    assert not lines[:, 0].any(), "no filter"
    assert near.mean() > 0.04
    assert not pixels[0, :, 3].any(), "nothing is cut off"
    assert not pixels[:, 0, 3].any()


def test_a_label_is_short_and_a_title_whole(files: dict[str, Path], hostile: dict[str, Path]) -> None:
    marks = [mark for one in (files, hostile) for mark in document(one["kml"]).iter(f"{K}Placemark")]
    labels = [mark.findtext(f"{K}name") for mark in marks if mark.find(f"{K}Point") is not None]

    assert "Sunan" in labels
    assert max(map(len, labels)) > 40, "of those that no label stands beside"
    assert all(len(name) <= 42 for name in labels if name.endswith(" …"))


def test_what_lies_over_a_pole_is_an_outline() -> None:
    shape, beside = earth.drawn(disc(40, 88, 600))

    assert shape.geom_type.endswith("LineString")
    assert not beside


# ---------------------------------------------------------------------------------------------- CSV and XLSX


def test_csv_is_rfc_4180_with_a_mark_for_excel(scene: Scene, files: dict[str, Path]) -> None:
    raw = files["csv"].read_bytes()
    table = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), strict=True))

    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.endswith(b"\r\n")
    assert table[0][:5] == ["layer", "id", "title", "lon", "lat"]
    assert table[0][-1] == "WKT"
    assert len(table) == 1 + len(flat(scene))
    assert {len(row) for row in table} == {len(table[0])}


@pytest.mark.parametrize("text", [*EVIL[:6], "  =1", "\r=1", "\n=1", "\u200b=1", "-1+1", "+", "@", "=", "- 2"])
def test_a_formula_has_an_apostrophe_before_it(text: str) -> None:
    assert delimited.cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-12.50000, -130.10000", "+5", "-3.25", "39.5", "a=b", "", "'", "2021-09-15"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert delimited.cell(text) == text


def test_a_workbook_has_a_sheet_for_each_table(scene: Scene, files: dict[str, Path]) -> None:
    names = [name for name, _ in pyogrio.list_layers(files["xlsx"])]

    assert names[:3] == ["Events", "Claims", "Closed areas"]
    assert {"Places", "Not located", "Timeline"} <= set(names)
    assert names[-2:] == ["Features", "About"]
    events = pyogrio.read_dataframe(files["xlsx"], layer="Events", HEADERS="FORCE", read_geometry=False)
    told = next(table for table in scene.tables if table.key == "events")
    assert events["Event"].tolist() == [row[0] for row in told.rows]
    sheet = zipfile.ZipFile(files["xlsx"]).read("xl/worksheets/sheet1.xml").decode()
    assert "<autoFilter" in sheet
    assert 'state="frozen"' in sheet
    assert 'customWidth="1"' in sheet
    core = zipfile.ZipFile(files["xlsx"]).read("docProps/core.xml").decode()
    assert re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core) == ["2000-01-01T00:00:00Z"] * 2


# ------------------------------------------------------------------------------------------------- hostile


@pytest.mark.parametrize("form", WRITTEN)
def test_hostile_words_stay_text(hostile: dict[str, Path], form: str) -> None:
    titles = " ".join(str(row["article"]) for row in rows(hostile[form]).values())

    for one in EVIL:
        assert one.strip() in titles, one
    raw = hostile[form].read_bytes()
    if form in ("xlsx", "kmz"):
        packed = zipfile.ZipFile(hostile[form])
        raw = b"".join(packed.read(name) for name in packed.namelist() if not name.endswith("png"))
        assert b"<f>" not in raw, "no formulas"
        assert b"<hyperlink" not in raw
    if form not in ("gpkg", "fgb"):
        text = raw.decode("utf-8")
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x80-\x9f\ufffe]", text)


def test_no_cell_of_a_csv_begins_a_formula(hostile: dict[str, Path]) -> None:
    for row in csv.reader(io.StringIO(hostile["csv"].read_text(encoding="utf-8-sig"), newline="")):
        for value in row:
            plain_figures = re.fullmatch(r"-?[\d.]+(, -?[\d.]+)?", value)
            assert plain_figures or not re.match(r"[\s\u200b]*[=+\-@＝＋－＠]|[\t\r]", value), value


def test_a_balloon_holds_no_markup_of_others(hostile: dict[str, Path]) -> None:
    allowed = {"html", "body", "h3", "table", "tr", "td", "b", "br", "p"}
    for mark in document(hostile["kml"]).iter(f"{K}description"):
        page = etree.fromstring(mark.text, etree.HTMLParser())
        assert {node.tag for node in page.iter()} <= allowed
        assert "$[" not in mark.text
    texts = {text.text for text in document(hostile["kml"]).iter(f"{K}text")}
    assert texts == {"$[description]"}, "the name would be taken for HTML"


# ------------------------------------------------------------------------------------- choosing and refusing


def test_the_ground_is_left_out_unless_it_is_asked_for(scene: Scene) -> None:
    keys = [layer.key for layer in tabular.choose(scene)]

    assert not {"land", "coast", "border"} & set(keys)
    assert len(tabular.choose(scene, ["all"])) == len(scene.layers) > len(keys)
    assert [layer.key for layer in tabular.choose(scene, ["impact-*", "land"])] == [
        "land",
        "impact-areas",
        "impact-points",
    ]
    assert {layer.style for layer in tabular.choose(scene, ["range-ICBM"])} == {"range-ICBM"}


def test_a_layer_that_is_not_there_is_said(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"impacts: no layer of this map is called that; it has .*impact-points"):
        data.write(scene, tmp_path / "x.csv", layers=["impacts"])

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.shp", "x", "x.html"])
def test_a_suffix_that_says_no_form_is_refused(name: str) -> None:
    with pytest.raises(ExportError, match="the suffix says no form of data; use one of geojson, gpkg"):
        data.form_of(Path(name))


@pytest.mark.parametrize("form", ["geojson", "kml", "csv", "xlsx", "kmz"])
def test_an_article_without_places_is_an_empty_file(toys: Layers, form: str, tmp_path: Path) -> None:
    empty = make_scene([Reading(document=Document.of("Nothing happened."))], toys)

    data.write(empty, tmp_path / f"x.{form}")

    assert (tmp_path / f"x.{form}").stat().st_size > 0


@pytest.mark.parametrize("form", ["gpkg", "fgb"])
def test_a_table_without_rows_is_refused(toys: Layers, form: str, tmp_path: Path) -> None:
    empty = make_scene([Reading(document=Document.of("Nothing happened."))], toys)

    with pytest.raises(ExportError, match="no feature to write"):
        data.write(empty, tmp_path / f"x.{form}")
    assert not list(tmp_path.iterdir())


def test_what_gdal_cannot_write_is_one_sentence(scene: Scene, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written"):
        data.write(scene, tmp_path / "nowhere" / "x.gpkg")


# --------------------------------------------------------------------------------------------- flat tables


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        ("", ("", "")),
        ("2021-09-14T15:00:00Z/2021-09-15T15:00:00Z", ("2021-09-14T15:00:00Z", "2021-09-15T15:00:00Z")),
        ("2025-03-02T00:00:00+02:00/9999-12-31T00:00:00Z", ("2025-03-01T22:00:00Z", "")),
        ("yesterday/today", ("", "")),
        ("0999-01-01T00:00:00Z/1000-01-01T00:00:00Z", ("0999-01-01T00:00:00Z", "1000-01-01T00:00:00Z")),
    ],
)
def test_times_have_a_start_and_an_end(times: str, expected: tuple[str, str]) -> None:
    assert tabular.span(times) == expected


def test_a_polygon_keeps_its_area_however_it_is_wound() -> None:
    hole = box(2, 2, 4, 4).exterior.coords[::-1]
    for ring in (box(0, 0, 10, 10).exterior.coords, box(0, 0, 10, 10).exterior.coords[::-1]):
        for inner in (hole, hole[::-1]):
            made = tabular.rfc7946(Polygon(ring, [inner]))
            assert made.exterior.is_ccw
            assert not made.interiors[0].is_ccw
            assert made.area == 96


def test_a_best_point_is_said_in_three_forms(scene: Scene) -> None:
    found = flat(scene)

    impact = found["impact-areas", "a1:e1.impact"]
    assert (impact["position_dd"], impact["position_dms"], impact["position_mgrs"]) == coordinates.forms(134.2, 40.6)
    assert found["tracks", "a1:e1.track"]["position_dd"] == "", "a line has no best point"


# ------------------------------------------------------------------------------------------------ the command


ARTICLE = "North Korea fired a missile from Sunan on 15 September 2021. It flew 800 km and fell in the Sea of Japan."


def test_the_suffix_says_the_form(run: Any, article: Any, folder: Path) -> None:
    article(ARTICLE)

    done = run("export", "article.txt", "-o", "made/day.kmz")

    assert (done.exit_code, done.output) == (0, "made/day.kmz\n")
    assert zipfile.ZipFile(folder / "made" / "day.kmz").namelist()[0] == "doc.kml"
    again = run("export", "article.txt", "-o", "made/day.kmz")
    assert again.exit_code == 1
    assert "--overwrite replaces it" in again.output


def test_a_pipe_gets_text(run: Any, article: Any) -> None:
    article(ARTICLE)

    collection = json.loads(run("export", "article.txt", "-o", "-", "--layers", "launch-points").stdout)
    table = run("export", "article.txt", "-o", "-", "--format", "csv", "--layers", "launch-points, launch-p*").stdout

    assert [feature["properties"]["layer"] for feature in collection["features"]] == ["launch-points"]
    assert table.startswith("layer,id,title")


def test_a_person_at_a_terminal_gets_no_commands_for_it() -> None:
    assert to_terminal("\ufeffa\u202eb\r\nc\u200bd\n".encode()) == "a\\u202eb\nc\\u200bd\n"


def test_a_pipe_takes_no_workbook(run: Any, article: Any) -> None:
    article(ARTICLE)

    done = run("export", "article.txt", "-o", "-", "--format", "xlsx")

    assert done.exit_code == 2
    assert "xlsx is no text for standard output" in done.output


def test_the_format_can_be_forced(run: Any, article: Any, folder: Path) -> None:
    article(ARTICLE)

    assert run("export", "article.txt", "--format", "csv").output == "output/article.csv\n"
    assert run("export", "article.txt", "-o", "x.db", "--format", "gpkg").exit_code == 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # GDAL on the suffix
        assert ("launch-points", "Point") in {tuple(one) for one in pyogrio.list_layers(folder / "x.db")}


def test_geoparquet_needs_pyarrow_or_comes_back(run: Any, article: Any, folder: Path) -> None:
    article(ARTICLE)

    done = run("export", "article.txt", "-o", "x.parquet")

    try:
        import geopandas
        import pyarrow
    except ImportError:
        assert done.exit_code == 1
        assert done.output == "Error: GeoParquet needs pyarrow, which is not installed: pip install 'geomap[parquet]'\n"
        return
    assert pyarrow.__version__
    assert len(geopandas.read_parquet(folder / "x.parquet")) > 3
