"""Who does the work of a batch: this process, processes of this machine, or the workers of a cluster, on Dask.

A task is a function of a module with what it gets; its result does not depend on who does it. Only a few tasks are
under way at a time, so that neither they nor their results pile up.
"""

from __future__ import annotations

import logging
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from geomap.batch.reading import settle
from geomap.errors import GeomapError, InputError
from geomap.memory import forget, give_back

if TYPE_CHECKING:
    from distributed import Client

T = TypeVar("T")

_AHEAD = 3
"""Tasks that are under way for each worker: one that it does, and those that wait for it."""
_LARGEST = "256 MiB"
"""Of what goes to a worker at once, before Dask warns."""
_REMEMBERED = 20
"""Entries of Dask's own logs, which hold the tasks that they tell of."""
_TRIES = 3
"""Processes that a task may end before it is given up."""
_PATIENCE_S = 30.0
"""How long a cluster may take to answer, or to have a worker."""


class Lost:
    """Takes the place of a result: whoever did the task ended, again and again."""


class Crew(Protocol):
    """Does tasks.

    Parameters
    ----------
    size : how many work at a time
    near : whether all of them read the files of this machine
    """

    size: int
    near: bool

    def run(self, function: Callable[..., T], tasks: Iterable[Sequence[Any]]) -> Iterator[tuple[int, T | Lost]]:
        """Do tasks, and give the number of each, from 0, with its result, as they are done.

        Parameters
        ----------
        tasks : what the function gets, for each; taken only when there is somebody to do it
        """

    def turn(self) -> None:
        """Turn to other work: what was remembered for the last is let go."""


class Alone:
    """One process does it all: the one that asks."""

    size = 1
    near = True

    def run(self, function: Callable[..., T], tasks: Iterable[Sequence[Any]]) -> Iterator[tuple[int, T | Lost]]:
        """As `Crew.run`, in order."""
        for number, task in enumerate(tasks):
            yield number, neatly(function, *task)

    def turn(self) -> None:
        """As `Crew.turn`."""
        forget()


def neatly(function: Callable[..., T], *task: Any) -> T:
    """Do a task, and leave no more memory in use than what came of it."""
    try:
        return function(*task)
    finally:
        give_back()


class Cluster:
    """Workers of Dask.

    Parameters
    ----------
    size : how many there are
    near : whether they are processes of this machine
    """

    def __init__(self, client: Client, size: int, *, near: bool) -> None:
        self._client, self.size, self.near = client, size, near

    def run(self, function: Callable[..., T], tasks: Iterable[Sequence[Any]]) -> Iterator[tuple[int, T | Lost]]:
        """As `Crew.run`.

        Raises
        ------
        GeomapError
            if the cluster is gone
        """
        from distributed import as_completed
        from distributed.scheduler import KilledWorker

        numbered = enumerate(tasks)
        numbers: dict[Any, int] = {}

        def submit(number: int, task: Sequence[Any]) -> Any:
            future = self._client.submit(neatly, function, *task, pure=False)
            numbers[future.key] = number
            return future

        under_way = as_completed([submit(*one) for one in islice(numbered, _AHEAD * self.size)])
        try:
            for future in under_way:
                number = numbers.pop(future.key)
                if future.status == "cancelled":
                    message = "the connection to the cluster was lost; start again to go on from here"
                    raise GeomapError(message)
                try:
                    result: T | Lost = future.result()
                except KilledWorker:
                    result = Lost()
                del future
                for one in islice(numbered, 1):
                    under_way.add(submit(*one))
                yield number, result
                del result
                give_back()
        except (OSError, TimeoutError) as problem:
            message = f"the connection to the cluster was lost ({problem}); start again to go on from here"
            raise GeomapError(message) from None

    def turn(self) -> None:
        """As `Crew.turn`."""
        with suppress(OSError, TimeoutError):  # of whoever is gone the next task tells
            self._client.run(forget, on_error="ignore")


@contextmanager
def crew(workers: int | None, scheduler: str | None) -> Iterator[Crew]:
    """Bring workers together.

    Parameters
    ----------
    workers : processes of this machine; this one alone when 1; when None one for each core, if Dask is installed
    scheduler : address of a cluster that is there already (``tcp://host:8786``)

    Raises
    ------
    InputError
        if Dask is not installed, or the cluster does not answer, or is another version of geomap
    """
    if scheduler is None and (workers or cores()) == 1:
        yield Alone()
        return
    try:
        import dask
        from distributed import Client, LocalCluster
    except ImportError:
        if workers is None and scheduler is None:
            yield Alone()
            return
        message = "more than one process needs Dask; install it with: pip install 'geomap[dask]', or use --workers 1"
        raise InputError(message) from None
    settings = {
        "distributed.admin.large-graph-warning-threshold": _LARGEST,
        "distributed.worker.memory.terminate": False,
        "distributed.worker.profile.enabled": False,  # it keeps what it saw of an hour: 100 MB
        "distributed.admin.tick.interval": "1s",  # fifty times a second it is else: a fiftieth of the time
        "distributed.admin.system-monitor.interval": "10s",
        "distributed.admin.log-length": _REMEMBERED,
        "distributed.admin.low-level-log-length": _REMEMBERED,
        "distributed.scheduler.allowed-failures": _TRIES - 1,
        "distributed.comm.timeouts.connect": f"{_PATIENCE_S:.0f}s",
    }
    with dask.config.set(settings), _quiet():
        if scheduler is not None:
            with _client(scheduler) as client:
                yield Cluster(client, _agreed(client, scheduler), near=False)
            return
        size = workers or cores()
        with ExitStack() as stack:
            with _deaf():
                local = LocalCluster(
                    n_workers=size,
                    threads_per_worker=1,
                    memory_limit=0,
                    dashboard_address="127.0.0.1:0",
                    silence_logs=logging.CRITICAL,
                )
                stack.enter_context(local)
            client = stack.enter_context(Client(local))
            client.run(settle)
            yield Cluster(client, size, near=True)


def cores() -> int:
    """How many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


@contextmanager
def _deaf() -> Iterator[None]:
    """Let processes that are started not hear Ctrl-C: the one that starts them ends them, and hears it afterwards."""
    if threading.current_thread() is not threading.main_thread() or sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # which hears everything again once it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep what Dask logs of workers that come and go away from the terminal."""
    log = logging.getLogger("distributed")
    before = log.level
    log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        log.setLevel(before)


@contextmanager
def _client(scheduler: str) -> Iterator[Client]:
    from distributed import Client

    try:
        client = Client(scheduler, timeout=_PATIENCE_S)
    except (OSError, ValueError, TimeoutError) as problem:
        message = f"{scheduler}: no Dask scheduler answers there ({problem})"
        raise InputError(message) from None
    with client:
        yield client


def _agreed(client: Client, scheduler: str) -> int:
    """How many workers a cluster has, all of which must have the geomap of this process.

    Raises
    ------
    InputError
        if they have not, or there are none
    """
    from geomap.batch.edition import edition

    try:
        client.wait_for_workers(1, timeout=_PATIENCE_S)
        found = client.run(edition)
    except TimeoutError:
        message = f"{scheduler}: this cluster has no workers"
        raise InputError(message) from None
    except ImportError as problem:
        message = f"{scheduler}: its workers do not have this geomap ({problem}); install the same version there"
        raise InputError(message) from None
    others = sorted(worker for worker, told in found.items() if told != edition())
    if others:
        message = f"{scheduler}: worker {others[0]} has another version of geomap or of its layers than this one"
        raise InputError(message)
    return sum(client.nthreads().values())
