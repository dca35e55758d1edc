"""An HTTP server on a free port of this machine, for as long as a test needs it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class LocalServer(ThreadingHTTPServer):
    """A server whose handlers find the service that they answer for."""

    daemon_threads = True
    service: Any


@contextmanager
def running(handler: type[BaseHTTPRequestHandler], service: object) -> Iterator[str]:
    """Serve until the block ends; gives the address, without a slash at its end."""
    with LocalServer(("127.0.0.1", 0), handler) as server:
        server.service = service
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()
