"""How far a long run has come, how fast, and until when: a bar for a person, now and then a line for a log."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from geomap.batch import Progress

_LOG_EVERY_S = 10.0


class Pace:
    """Follows a run, on standard error.

    Parameters
    ----------
    what : what is counted ('articles')
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._bar: Any = None
        self._task: Any = None
        self._began = self._last = time.monotonic()

    def __enter__(self) -> Pace:
        """Show a bar, if a person looks."""
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

            self._bar = Progress(
                BarColumn(),
                TaskProgressColumn(),
                TextColumn("{task.description}"),
                console=Console(stderr=True),
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._bar.start()
            self._task = self._bar.add_task("", total=None)
        return self

    def __exit__(self, *_: object) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()

    def follow(self, progress: Progress) -> None:
        """Show how far it is."""
        now = time.monotonic()
        if self._bar is not None:
            said = self._said(progress, now)
            self._bar.update(self._task, total=progress.total or None, completed=progress.done, description=said)
        elif now - self._last >= _LOG_EVERY_S:
            self._last = now
            share = f"{100 * progress.done // progress.total} %, " if progress.total else ""
            click.echo(share + self._said(progress, now), err=True)

    def _said(self, progress: Progress, now: float) -> str:
        """The count, the rate of what was done in this run, and the time left."""
        spent = now - self._began
        new = progress.done - progress.found
        said = f"{progress.count:,} {self._what}"
        if spent < 1 or not new:
            return said
        rate = (progress.count - progress.counted) / spent
        left = (progress.total - progress.done) * spent / new
        return f"{said}, {rate:,.0f}/s, {_span(left)} left"


def _span(seconds: float) -> str:
    """A time as people say it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = seconds / 60
    return f"{minutes:.0f} min" if minutes < 90 else f"{minutes // 60:.0f} h {minutes % 60:.0f} min"
