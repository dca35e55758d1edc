"""What pip installs works anywhere: the wheel has the layers and the page's parts in it."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*arguments: object, cwd: Path) -> str:
    """Run a program outside this checkout and give what it printed."""
    environment = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(
        list(map(str, arguments)), cwd=cwd, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, as a user's pip would build it; with the build backend at hand, in a second."""
    folder = tmp_path_factory.mktemp("wheel")
    at_hand = ["--no-build-isolation"] if importlib.util.find_spec("hatchling") else []
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    run(*pip, "wheel", ROOT, "--no-deps", "--quiet", "--wheel-dir", folder, *at_hand, cwd=folder)
    (built,) = folder.glob("geomap-*.whl")
    return built


def test_the_wheel_holds_the_layers_and_no_more_than_it_should(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()

    assert {f"geomap/layers/{path.name}" for path in (ROOT / "layers").iterdir() if path.is_file()} <= set(names)
    assert "geomap/py.typed" in names
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == {"geomap"}
    assert not any("__pycache__" in name for name in names)
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_a_fresh_installation_makes_a_map_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    home = tmp_path / "venv"
    venv.create(home, with_pip=False, symlinks=True)
    python, site = (
        home / "bin" / "python",
        Path(
            run(
                home / "bin" / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=tmp_path
            ).strip()
        ),
    )
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--no-deps",
        "--no-index",
        "--quiet",
        wheel,
        cwd=tmp_path,
    )
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    where = run(python, "-c", "import geomap; print(geomap.open_layers().root)", cwd=elsewhere).strip()
    page = run(home / "bin" / "geomap", "map", ROOT / "seeds" / "hokkaido-2017.md", "-o", "pages/x.html", cwd=elsewhere)

    assert Path(where) == site / "geomap" / "layers"
    assert page == "pages/x.html\n"
    assert (elsewhere / "pages" / "x.html").stat().st_size > 100_000
    assert run(home / "bin" / "geomap", "--version", cwd=elsewhere).startswith("geomap ")
