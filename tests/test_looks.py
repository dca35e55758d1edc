"""The styles that lie in the layers: well-formed, of the palette, and about columns that are there."""

from __future__ import annotations

import re
import sqlite3
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from geopandas import GeoDataFrame
from shapely.geometry import Point

from geomap.catalog import Layers
from geomap.looks import LOOKS, dress, qml_of
from geomap.qml import Category, make_qml, rgba, template
from geomap.style import STYLES, SYMBOLS

NAMES = sorted(LOOKS)
Run = Callable[..., Result]


@pytest.mark.parametrize("name", NAMES)
def test_a_style_is_well_formed(name: str) -> None:
    root = ET.fromstring(qml_of(LOOKS[name]).split("\n", 1)[1])
    renderer = root.find("renderer-v2")

    assert root.tag == "qgis"
    assert renderer is not None
    assert len(renderer.findall("symbols/symbol")) == len(LOOKS[name].kinds)
    assert len(renderer.findall("categories/category")) == (len(LOOKS[name].kinds) if LOOKS[name].column else 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_style_speaks_of_columns_that_the_layer_has(name: str, layers: Layers) -> None:
    look, columns = LOOKS[name], set(layers.rows(name)[0])
    spoken = re.findall(r'"(\w+)"', f"{look.column} {look.label} {look.faint}") + [column for _, column in look.tip]

    assert set(spoken) <= columns


@pytest.mark.parametrize("name", NAMES)
def test_the_file_holds_the_style_of_today(name: str, layers: Layers) -> None:
    with sqlite3.connect(f"{layers[name].path.as_uri()}?mode=ro", uri=True) as database:
        rows = database.execute("SELECT f_table_name, f_geometry_column, styleQML, useAsDefault FROM layer_styles")
        assert rows.fetchall() == [(name, "geom", qml_of(LOOKS[name]), 1)]


def test_what_is_taken_out_of_a_layer_keeps_its_style(folder: Path, run: Run) -> None:
    done = run("layers", "show", "eez", "--iso3", "JPN", "-o", str(folder / "japan.gpkg"))
    assert done.exit_code == 0, done.output
    with sqlite3.connect(folder / "japan.gpkg") as database:
        assert database.execute("SELECT styleQML FROM layer_styles").fetchall() == [(qml_of(LOOKS["eez"]),)]


def test_words_of_a_style_are_escaped() -> None:
    title = "<b>&\"'</b>"
    made = make_qml(
        "point", [Category(value=title, title=title, style=STYLES["place"])], column='"kind"', label='"name"'
    )
    category = ET.fromstring(made.split("\n", 1)[1]).find("renderer-v2/categories/category")

    assert category is not None
    assert category.get("label") == title
    assert category.get("value") == title


@pytest.mark.parametrize("key", [key for key, style in STYLES.items() if style.symbol])
def test_a_symbol_is_drawn_in_its_colour(key: str) -> None:
    style = STYLES[key]
    made = make_qml("point", [Category(value="", title="", style=style)])
    drawn = [
        {option.get("name"): option.get("value") for option in layer.findall("Option/Option")}
        for layer in ET.fromstring(made.split("\n", 1)[1]).iter("layer")
    ]
    strokes = SYMBOLS[style.symbol or ""].marker == "cross2" or SYMBOLS[style.symbol or ""].hollow
    assert drawn[-1]["outline_color" if strokes else "color"] == rgba(style.colour.light, style.opacity)


def test_cells_of_strangers_are_escaped_in_a_map_tip() -> None:
    tip = template(("Why:", "why"), escaped=True)
    assert "replace(replace(replace(replace(\"why\", '&', '&amp;'), '<', '&lt;'), '>', '&gt;')" in tip


def test_a_map_tip_leaves_empty_cells_out() -> None:
    assert template(("", "name"), ("Source:", "source")).count("nullif") == 4


def test_a_layer_without_a_look_stays_bare(tmp_path: Path) -> None:
    path = tmp_path / "spots.gpkg"
    GeoDataFrame({"name": ["a"]}, geometry=[Point(1, 2)], crs=4326).to_file(path, layer="spots", driver="GPKG")
    dress(path, "spots")
    with sqlite3.connect(path) as database:
        assert not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'layer_styles'").fetchall()
    dress(path, "spots", like="sites")
    with sqlite3.connect(path) as database:
        assert database.execute("SELECT f_table_name FROM layer_styles").fetchall() == [("spots",)]
