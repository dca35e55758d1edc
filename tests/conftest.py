"""What all tests share: no network, the shipped layers, a runner of commands, a place to write."""

from __future__ import annotations

import importlib
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import postgres_server
import pytest
import visits
from click.testing import CliRunner, Result
from hypothesis import settings

from geomap.catalog import Layers, open_layers

ROOT = Path(__file__).parents[1]
os.environ["GEOMAP_DATA"] = str(ROOT / "output" / "nothing-installed")  # a tester's own layers stay out
settings.register_profile("geomap", deadline=None, derandomize=True)
settings.load_profile("geomap")  # the same examples every time, however slow the machine
LOCAL = ("127.0.0.1", "::1", "localhost", None, "")


@pytest.fixture(scope="session", autouse=True)
def _no_network() -> Iterator[None]:
    """Only this machine may be reached: what a test needs is in the repository."""
    connect, resolve = socket.socket.connect, socket.getaddrinfo

    def guarded_connect(self: socket.socket, address: object) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOCAL:  # type: ignore[index]
            pytest.fail(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    def guarded_resolve(host: object, *args: object, **options: object) -> object:
        if host not in LOCAL:
            pytest.fail(f"a test tried to look up {host}")
        return resolve(host, *args, **options)  # type: ignore[arg-type]

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", guarded_connect)
    patch.setattr(socket, "getaddrinfo", guarded_resolve)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def layers() -> Layers:
    """The layers that ship with geomap."""
    return open_layers()


@pytest.fixture(scope="session")
def seeds() -> Path:
    return ROOT / "seeds"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def article(folder: Path) -> Callable[..., Path]:
    """Write an article into the current folder."""

    def write(content: str | bytes, name: str = "article.txt") -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def run(folder: Path) -> Callable[..., Result]:
    """Run a geomap command in an empty folder; an exception that is no exit goes through."""

    def call(*arguments: object, stdin: str | bytes | None = None) -> Result:
        from geomap.cli import main

        return CliRunner().invoke(
            main, [str(argument) for argument in arguments], input=stdin, catch_exceptions=False, prog_name="geomap"
        )

    return call


@pytest.fixture
def python(folder: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run Python in a process of its own, in an empty folder, with this geomap."""

    def call(*arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *map(str, arguments)],
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )

    return call


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a real Chromium; its tests are skipped without one unless GEOMAP_REQUIRE asks for it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        message = "no chromium on this machine"
        if "chromium" in os.environ.get("GEOMAP_REQUIRE", ""):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    if "chromium" in os.environ.get("GEOMAP_REQUIRE", ""):
        playwright = importlib.import_module("playwright.sync_api")
    else:
        playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as runner:
        started = runner.chromium.launch(executable_path=chromium, args=visits.OPTIONS)
        yield started
        started.close()


@pytest.fixture
def visit(browser: Any, pages: Path) -> Iterator[Any]:
    """Open a page of the module's own fixture `pages`; it has to stay silent and to ask for nothing."""
    open_visits: list[visits.Visit] = []

    def go(name: str, size: dict[str, int], **options: Any) -> visits.Visit:
        made = visits.Visit(browser, pages / f"{name}.html", size, **options)
        open_visits.append(made)
        return made

    yield go
    faults = [fault for one in open_visits for fault in one.faults]
    for one in open_visits:
        one.context.close()
    assert faults == []


@pytest.fixture(scope="session")
def qgis_python() -> str:
    """Path of the Python that a real QGIS comes with; its tests are skipped without one, as with `chromium`."""
    python = "/usr/bin/python3"
    probe = [python, "-c", "import qgis.core"]
    if not os.path.exists(python) or subprocess.run(probe, capture_output=True, check=False).returncode:
        message = "no QGIS on this machine"
        if "qgis" in os.environ.get("GEOMAP_REQUIRE", ""):
            pytest.fail(message)
        pytest.skip(message)
    return python


@pytest.fixture(scope="session")
def soffice() -> str:
    """Path of a real LibreOffice; its tests are skipped without one, as with `chromium`."""
    path = shutil.which("soffice") or shutil.which("libreoffice")
    if path is None:
        message = "no LibreOffice on this machine"
        if "libreoffice" in os.environ.get("GEOMAP_REQUIRE", ""):
            pytest.fail(message)
        pytest.skip(message)
    return path


@pytest.fixture(scope="session")
def _postgres() -> Iterator[Any]:
    """A real PostgreSQL with PostGIS; its tests are skipped without one, as with `chromium`."""
    if message := postgres_server.missing():
        if "postgis" in os.environ.get("GEOMAP_REQUIRE", ""):
            pytest.fail(message)
        pytest.skip(message)
    with postgres_server.running() as server:
        yield server


@pytest.fixture
def postgres(_postgres: Any) -> Any:
    """The server, running, whatever a test before has done to it."""
    _postgres.start()
    return _postgres
