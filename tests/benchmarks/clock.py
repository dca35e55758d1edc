"""What some work takes: seconds of this process, or of a program and all that it starts, and memory."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import psutil

ROOT = Path(__file__).parents[2]
GEOMAP = (sys.executable, "-m", "geomap")
_LOOK_S = 0.05


class Ran(NamedTuple):
    """What a program took with all that it started: seconds on the wall, CPU time in all, and at most so many MB."""

    seconds: float
    cpu: float
    mb: float


def in_turns(*works: Callable[[], object], turns: int = 3) -> list[float]:
    """Seconds of CPU time of some works, the best of several turns of each."""
    best = [float("inf")] * len(works)
    for _ in range(turns):
        for number, work in enumerate(works):
            start = time.process_time()
            work()
            best[number] = min(best[number], time.process_time() - start)
    return best


def programs(*commands: Sequence[str], text: str = "", turns: int = 3) -> list[float]:
    """Seconds on the wall of some programs that read a text, the best of several turns of each."""
    best = [float("inf")] * len(commands)
    for _ in range(turns):
        for number, command in enumerate(commands):
            start = time.perf_counter()
            subprocess.run(command, input=text.encode(), stdout=subprocess.DEVNULL, check=True, cwd=ROOT)
            best[number] = min(best[number], time.perf_counter() - start)
    return best


def watched(command: Sequence[str]) -> Ran:
    """Run a program, and look again and again at how much memory it and its children have.

    Raises
    ------
    subprocess.CalledProcessError
        if it fails
    """
    start, before, peak = time.perf_counter(), _cpu(), 0
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=ROOT, text=True, errors="replace"
    ) as program:
        own = psutil.Process(program.pid)
        while program.poll() is None:
            peak = max(peak, _rss(own))
            time.sleep(_LOOK_S)
        seconds = time.perf_counter() - start
        said = program.stderr.read() if program.stderr else ""
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command, stderr=said)
    return Ran(seconds, _cpu() - before, peak / 1e6)


def _cpu() -> float:
    """CPU seconds of all children that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _rss(own: psutil.Process) -> int:
    """Bytes of a process and its descendants."""
    total = 0
    try:
        for one in (own, *own.children(recursive=True)):
            total += one.memory_info().rss
    except psutil.NoSuchProcess:  # gone meanwhile
        return 0
    return total
