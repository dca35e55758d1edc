"""The README's commands are run as they stand."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from geomap.catalog import Layers

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```console\n(.*?)^```", README, re.DOTALL | re.MULTILINE)
COMMANDS = [line.removeprefix("$ ") for block in BLOCKS for line in block.splitlines() if line.startswith("$ geomap ")]
PYTHON = re.findall(r"^```python\n(.*?)^```", README, re.DOTALL | re.MULTILINE)


@pytest.fixture
def environment(folder: Path) -> dict[str, str]:
    """A folder with the seeds, and a shell that finds this geomap."""
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "geomap"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m geomap "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "PYTHONPATH": str(ROOT)}


def test_the_readme_shows_commands() -> None:
    assert len(COMMANDS) >= 5


@pytest.mark.parametrize("command", COMMANDS)
def test_the_readmes_commands_work(command: str, folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    for page in re.findall(r"-o (\S+)", command):
        made = folder / page
        assert sum(path.stat().st_size for path in (made.iterdir() if made.is_dir() else [made])) > 10_000


@pytest.mark.parametrize("code", PYTHON)
def test_the_readmes_python_works(code: str, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr


def test_the_readmes_files_exist() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).exists(), target


def test_the_readme_names_every_layer(layers: Layers) -> None:
    rows = [line for line in README.splitlines() if line.startswith("| ")]
    named = {name.strip() for row in rows for name in row.split("|")[1].split(",")}

    assert {layer.name for layer in layers} <= named


def test_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"\bmake (map|test|check|layers|clean)\b", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)
