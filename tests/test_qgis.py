"""The layers in a real QGIS: each opens styled when it is dragged in, nothing is invisible, nothing complained of."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from geomap.catalog import Layers
from geomap.looks import LOOKS

pytestmark = pytest.mark.qgis
SCRIPT = Path(__file__).parent / "qgis_layers.py"
DRAWN = (
    *("sites", "landmarks", "lines", "boundaries", "zones", "coasts"),
    *("regions", "countries", "belts", "eez", "seas", "basemap"),
)


@pytest.fixture(scope="module")
def opened(layers: Layers, qgis_python: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What QGIS makes of the layers, in the order in which they are drawn, the first on top."""
    picture = tmp_path_factory.mktemp("qgis") / "layers.png"
    env = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
    done = subprocess.run(
        [qgis_python, SCRIPT, picture, *(str(layers[name].path) for name in DRAWN)],
        capture_output=True,
        text=True,
        check=False,
        timeout=170,
        cwd=picture.parent,  # where it would leave a profile of its own
        env=env | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(picture.parent), "HOME": str(picture.parent)},
    )
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr, done.stderr
    assert picture.stat().st_size > 50_000
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def test_every_layer_with_a_geometry_is_looked_at(layers: Layers) -> None:
    assert {layer.name for layer in layers if layer.geometry and layer.path.suffix == ".gpkg"} == set(DRAWN)
    assert set(LOOKS) == set(DRAWN)


def test_nothing_is_complained_of(opened: dict[str, Any]) -> None:
    assert opened["messages"] == []
    assert opened["errors"] == []
    assert opened["colours"] > 20


@pytest.mark.parametrize("name", DRAWN)
def test_a_layer_comes_styled(opened: dict[str, Any], name: str, layers: Layers) -> None:
    found, look = opened["layers"][name], LOOKS[name]

    assert found["valid"]
    assert found["features"] == layers.count(name)
    assert found["styled"], "QGIS found no default style in the file"
    assert found["renderer"] == ("categorizedSymbol" if look.column else "singleSymbol")
    assert found["categories"] == ([title for _, title, _ in look.kinds] if look.column else [])
    assert found["labels"] == bool(look.label)
    assert found["tip"] == bool(look.tip)
    assert found["invisible"] == 0


def test_qgis_has_its_own_python(qgis_python: str) -> None:
    assert qgis_python != sys.executable
