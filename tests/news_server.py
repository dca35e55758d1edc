"""A server of news on this machine: it says what it is told to say, and misbehaves on request."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

# A key and a certificate for 'localhost' that nobody but a test trusts.
PEM = """\
-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg3O7+tQHtdXYqP4Js
KxvSNreNyP9J/wV4na8ToWl4kPChRANCAAS4xo5aWoangwqjaPcPKw1+NcxBmIzn
mIgHU+T1bCrQZJF5GAKzqrIORHfzLh966k1XM8DA25btnVe4HbaFXsgi
-----END PRIVATE KEY-----
-----BEGIN CERTIFICATE-----
MIIBZzCCAQ2gAwIBAgIBATAKBggqhkjOPQQDAjAUMRIwEAYDVQQDDAlsb2NhbGhv
c3QwIBcNMjAwMTAxMDAwMDAwWhgPMjEyMDAxMDEwMDAwMDBaMBQxEjAQBgNVBAMM
CWxvY2FsaG9zdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABLjGjlpahqeDCqNo
9w8rDX41zEGYjOeYiAdT5PVsKtBkkXkYArOqsg5Ed/MuH3rqTVczwMDblu2dV7gd
toVeyCKjTjBMMBoGA1UdEQQTMBGCCWxvY2FsaG9zdIcEfwAAATAPBgNVHRMBAf8E
BTADAQH/MB0GA1UdDgQWBBQdpxq/djTaCi/0jVdpKTp6nZ+GzjAKBggqhkjOPQQD
AgNIADBFAiAMpBN1ruwtRYJlUfJzxEbGk7vZOyQZ4a7ToWHRSapgfwIhAMeJwEgW
cEdD0plsvfjoesoS2T8/dDJ0bXxIXc+SctVZ
-----END CERTIFICATE-----
"""


class Answer(NamedTuple):
    """What the server says under one path.

    Parameters
    ----------
    body : all of it, or a function that sends it piece by piece until it is told that the server stops
    length : the length that is announced, None to announce that of the body
    """

    body: bytes | Callable[[Callable[[bytes], object], threading.Event], None] = b""
    status: int = 200
    headers: Mapping[str, str] = MappingProxyType({})
    length: int | None = None


class Server:
    """The answers by path, and the headers of what was asked.

    Parameters
    ----------
    url : without a slash at its end
    """

    def __init__(self) -> None:
        self.url = ""
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.stopping = threading.Event()

    def says(self, path: str, body: Any = b"", kind: str = "text/html", status: int = 200, **headers: str) -> str:
        """Set an answer; its address."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = Answer(body, status, named | ({"Content-Type": kind} if kind else {}))
        return self.url + path

    def redirects(self, path: str, target: str, status: int = 302) -> str:
        """Set an answer that points elsewhere; its address."""
        return self.says(path, status=status, Location=target, Set_Cookie="seen=1")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Http

    def log_message(self, format: str, *arguments: Any) -> None:
        pass

    def do_GET(self) -> None:
        news = self.server.news
        news.asked.append((self.path, dict(self.headers)))
        answer = news.answers.get(self.path, Answer(b"none", 404))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.close_connection = True
        try:
            if isinstance(answer.body, bytes):
                self.send_header("Content-Length", str(answer.length or len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body)
            else:
                self.end_headers()
                answer.body(self.wfile.write, news.stopping)
        except (BrokenPipeError, ConnectionResetError, ssl.SSLError):
            pass  # the client has had enough


class _Http(ThreadingHTTPServer):
    daemon_threads = True
    news: Server

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that does not trust the certificate hangs up


@contextmanager
def serving(secure_in: Path | None = None) -> Iterator[Server]:
    """Serve on a free port of this machine.

    Parameters
    ----------
    secure_in : a folder for the certificate (``server.pem``); with it the server speaks TLS
    """
    news = Server()
    with _Http(("127.0.0.1", 0), _Handler) as server:
        server.news = news
        if secure_in:
            (secure_in / "server.pem").write_text(PEM)
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(secure_in / "server.pem")
            server.socket = context.wrap_socket(server.socket, server_side=True)
        news.url = f"{'https' if secure_in else 'http'}://localhost:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield news
        finally:
            news.stopping.set()
            server.shutdown()
            thread.join()
