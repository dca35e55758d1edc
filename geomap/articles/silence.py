"""Keeps what libraries have to say about a damaged file off the terminal: geomap says it itself, in one sentence."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def silenced(*libraries: str) -> Iterator[None]:
    """Let libraries neither log nor warn for a while.

    Parameters
    ----------
    libraries : names of their loggers (``pypdf``), with those below
    """
    loggers = [logging.getLogger(name) for name in libraries]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
