"""The layers are what the catalog says, and a catalog that lies is found out."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from geomap.catalog import Layers, open_layers
from geomap.errors import LayerChanged, LayerError, LayerNotFound

ROOT = Path(__file__).parents[1]
PACKAGE = json.loads((ROOT / "layers" / "datapackage.json").read_text(encoding="utf-8"))
NAMES = [resource["name"] for resource in PACKAGE["resources"]]
ROWS = "key,name,lon,lat,radius_km\na,Aville,129.5,38.25,3\nb,Bburg,,,\n"

Make = Callable[..., Layers]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Make a folder of layers with one table of towns."""

    def write(content: str = ROWS, **changes: Any) -> Layers:
        (tmp_path / "recipes").mkdir()
        (tmp_path / "recipes" / "towns.py").touch()
        (tmp_path / "towns.csv").write_text(content, encoding="utf-8")
        entry: dict[str, Any] = {
            "name": "towns",
            "path": "towns.csv",
            "title": "Towns",
            "bytes": len(content.encode()),
            "hash": "sha256:" + hashlib.sha256(content.encode()).hexdigest(),
            "sources": [{"title": "An atlas", "version": "3"}],
            "licenses": [{"name": "CC0-1.0"}],
            "geomap": {"attribution": "A", "caveat": "C", "recipe": "recipes/towns.py", "rows": [1, 3]},
        }
        ours = changes.pop("geomap", {})
        entry |= changes
        entry["geomap"] |= ours
        package = {"version": "1.2.0", "resources": [{k: v for k, v in entry.items() if v is not None}]}
        (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        return Layers(tmp_path)

    return write


@pytest.mark.parametrize("name", NAMES)
def test_each_layer_is_what_the_catalog_says(layers: Layers, name: str) -> None:
    assert layers.check(name) == []


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=NAMES)
def test_each_layer_has_a_source_a_licence_and_a_caveat(resource: dict[str, Any]) -> None:
    ours = resource["geomap"]

    assert resource["title"]
    assert resource["sources"][0]["title"]
    assert resource["licenses"][0]["name"]
    assert ours["attribution"]
    assert len(ours["caveat"]) > 20
    assert (ROOT / "layers" / ours["recipe"]).is_file()


@pytest.mark.parametrize("resource", PACKAGE["resources"], ids=NAMES)
def test_the_makefile_makes_each_layer(resource: dict[str, Any]) -> None:
    recipes = re.search(r"^RECIPES := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert recipes
    assert Path(resource["geomap"]["recipe"]).stem in recipes[1].split()


def test_the_catalog_lists_each_file_once(layers: Layers) -> None:
    files = {path.name for path in layers.root.iterdir() if path.is_file()}

    assert len(set(NAMES)) == len(NAMES)
    assert files == {"datapackage.json"} | {layer.path.name for layer in layers}


@pytest.mark.parametrize("name", [name for name in NAMES if (open_layers().count(name) or 0) > 0])
def test_rows_with_names_say_where_they_are_from(layers: Layers, name: str) -> None:
    for row in layers.rows(name):
        if "confidence" in row:
            assert row["confidence"] in ("high", "medium", "low"), row["key"]
            assert row["source"], row["key"]
        if row.get("radius_km") is not None:
            assert row["radius_km"] >= 0, row["key"]


def test_a_table_is_read(make: Make) -> None:
    layers = make()
    feature = layers.feature("towns/a")

    assert layers.count("towns") == 2
    assert feature.properties["radius_km"] == 3.0
    assert feature.geometry is not None
    assert (feature.geometry.x, feature.geometry.y) == (129.5, 38.25)  # type: ignore[attr-defined]
    assert layers.feature("towns/b").geometry is None
    assert layers["towns"].source_id == "layer:towns@1.2.0"
    assert layers["towns"].source == "An atlas 3"
    assert layers.check("towns") == []
    assert "towns" in layers
    assert layers.has("towns/a")
    assert not layers.has("towns/z")


def test_what_is_not_there_is_named(make: Make) -> None:
    layers = make()

    with pytest.raises(LayerNotFound, match="no layer named 'town'; there are: towns"):
        layers.rows("town")
    with pytest.raises(LayerNotFound, match="no feature 'z' in the layer 'towns'"):
        layers.feature("towns/z")
    with pytest.raises(LayerNotFound, match="no feature '' in the layer 'towns'"):
        layers.feature("towns")
    with pytest.raises(LayerNotFound, match="towns/b has no geometry"):
        layers.geometry("towns/b")


def test_a_changed_file_is_refused(make: Make) -> None:
    layers = make()
    layers["towns"].path.write_text(ROWS.replace("129.5", "129.6"), encoding="utf-8")

    with pytest.raises(LayerChanged, match=r"restore it or run recipes/towns\.py again"):
        layers.feature("towns/a")
    assert "is not the file that the catalog describes" in layers.check("towns")[0]


def test_a_missing_file_is_said(make: Make) -> None:
    layers = make(path="towers.csv")

    with pytest.raises(LayerError, match="the layer 'towns' cannot be read"):
        layers.rows("towns")


@pytest.mark.parametrize(
    ("content", "changes", "said"),
    [
        (ROWS, {"geomap": {"rows": [5, 9]}}, "2 rows, expected 5 to 9"),
        (ROWS, {"geomap": {"recipe": "recipes/none.py"}}, "its recipe recipes/none.py is missing"),
        (ROWS, {"bytes": 3}, "the catalog says 3"),
        (ROWS.replace("b,B", "a,B"), {}, "the key 'a' occurs more than once"),
        ("name\nA\n", {}, "a row has no key"),
        (ROWS, {"geomap": {"geometry": "Point"}}, "towns/b: no geometry"),
        (ROWS, {"geomap": {"geometry": "Polygon"}}, "towns/a: a Point, expected Polygon"),
        (ROWS, {"geomap": {"geometry": "Point", "bounds": [0, 0, 10, 10]}}, "towns/a: outside the bounds"),
    ],
)
def test_faults_are_found(make: Make, content: str, changes: dict[str, Any], said: str) -> None:
    assert any(said in fault for fault in make(content, **changes).check("towns"))


@pytest.mark.parametrize("missing", ["hash", "sources", "licenses", "title", "geomap"])
def test_a_layer_that_is_not_described_in_full_is_an_error(make: Make, missing: str) -> None:
    layers = make()
    package = json.loads((layers.root / "datapackage.json").read_text(encoding="utf-8"))
    del package["resources"][0][missing]
    (layers.root / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")

    with pytest.raises(LayerError, match="not described in full"):
        list(Layers(layers.root))


def test_a_folder_without_a_catalog_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LayerError, match="no readable catalog"):
        list(Layers(tmp_path))


def test_reading_layers_needs_no_geopandas() -> None:
    code = (
        "import sys, geomap; geomap.open_layers().rows('countries'); print({'geopandas', 'pyogrio'} & {*sys.modules})"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)

    assert done.stdout == "set()\n"


def test_tables_are_tidy(layers: Layers) -> None:
    for layer in layers:
        if layer.path.suffix == ".csv":
            text = layer.path.read_bytes().decode("utf-8")
            with layer.path.open(encoding="utf-8", newline="") as file:
                rows = list(csv.reader(file))

            assert "\r" not in text
            assert text.endswith("\n")
            assert {len(row) for row in rows} == {len(rows[0])}
