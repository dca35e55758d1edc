"""The table of all figures: on the terminal, and in ``docs/benchmarks.md`` with what they were measured on."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.clock import ROOT

HEADINGS = ("what", "geomap", "baseline", "ratio", "target", "met")
PACKAGES = ("numpy", "shapely", "pyproj", "geopandas", "click", "flashgeotext", "distributed")
_WIDTH, _SAME = 150, 0.01


class Row(NamedTuple):
    """One figure.

    Parameters
    ----------
    ours, baseline : figures with their unit, the baseline with what it is; empty where there is none
    ratio : `ratio` of them, in words
    target : what issue 8 asks for, empty for nothing
    met : whether it is met, None without a target
    """

    what: str
    ours: str
    baseline: str = ""
    ratio: str = ""
    target: str = ""
    met: bool | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """All as text."""
        return (*self[:5], {True: "yes", False: "no", None: ""}[self.met])


def ratio(ours: float, baseline: float) -> str:
    """Say how many times as fast or as long."""
    if abs(ours / baseline - 1) < _SAME:
        return "as long"
    return f"{baseline / ours:.3g} times as fast" if ours < baseline else f"{ours / baseline:.2f} times as long"


def seconds(value: float) -> str:
    """A time with a fitting unit."""
    return f"{value:.2f} s" if value >= 0.995 else f"{value * 1e3:.3g} ms" if value >= 1e-3 else f"{value * 1e6:.3g} µs"


def show(rows: Sequence[Row], console: Console | None = None) -> None:
    """Print the table."""
    console = console or Console()
    if not console.is_terminal:
        console = Console(width=_WIDTH)
    table = Table(*HEADINGS)
    for row in rows:
        table.add_row(*row.cells, style="red" if row.met is False else None)
    console.print(table)


def append(rows: Sequence[Row], path: Path, facts: Sequence[str]) -> None:
    """Append the table to a Markdown file, with what it was measured on.

    Parameters
    ----------
    facts : the first one is the heading
    """
    lines = [f"## {facts[0]}", "", *(f"{fact}  " for fact in facts[1:]), ""]
    lines += ["| " + " | ".join(HEADINGS) + " |", "| --- " * len(HEADINGS) + "|"]
    lines += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row.cells) + " |" for row in rows]
    before = path.read_text("utf-8") if path.is_file() else "# Benchmarks\n"
    path.write_text(before.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def facts() -> tuple[str, ...]:
    """Day and commit, the machine and how busy it was, and the versions of all that counts."""
    import pyproj
    import shapely

    commit = _said("git", "-C", str(ROOT), "describe", "--always", "--dirty")
    system, memory_gb = f"{platform.system()} {platform.release()}", round(_memory_gb())
    return (
        f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, {commit or 'no commit'}",
        f"{_processor()}, {os.cpu_count()} cores, {memory_gb} GB, {system}, load before {os.getloadavg()[0]:.1f}",
        f"Python {platform.python_version()}, GEOS {shapely.geos_version_string}, PROJ {pyproj.proj_version_str}, "
        + ", ".join(f"{name} {_version(name)}" for name in PACKAGES),
        _said(shutil.which("chromium") or "chromium", "--version") or "no Chromium",
    )


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _said(*command: str) -> str:
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
