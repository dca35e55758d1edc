"""Articles from an address, from a real server on this machine."""

from __future__ import annotations

import gzip
import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import Result
from made import pdf
from news_server import Server, serving

from geomap.articles import open_article, read_inputs
from geomap.articles.web import MOST_REDIRECTS, Fetched, fetch, is_url
from geomap.errors import InputError

PAGE = """<!doctype html><html><head><title>One missile</title><meta property="og:site_name" content="Example News">
<meta property="article:published_time" content="2021-09-15T05:00:00+09:00"></head><body><article><h1>One missile</h1>
<p>North Korea fired a missile from Sunan on Wednesday, and it flew some 800 kilometers, the South said.</p></article>
</body></html>"""
MB = 1_000_000
Run = Callable[..., Result]


@pytest.fixture
def news() -> Iterator[Server]:
    with serving() as server:
        yield server


def come(url: str, *, most_bytes: int = MB, limit_s: float = 10.0, wait_s: float = 5.0) -> Fetched:
    return fetch(url, most_bytes, timeout_s=(wait_s, wait_s), limit_s=limit_s)


def fault(url: str, *, most_bytes: int = MB, limit_s: float = 10.0, wait_s: float = 5.0) -> str:
    """The one sentence that is said of an address that cannot be read."""
    with pytest.raises(InputError) as caught:
        come(url, most_bytes=most_bytes, limit_s=limit_s, wait_s=wait_s)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def wait_for_fetches() -> list[threading.Thread]:
    """The threads that still wait for a server, after a while in which they should have ended."""
    fetches = [thread for thread in threading.enumerate() if thread.name.startswith("geomap fetches")]
    for thread in fetches:
        thread.join(10)
    return [thread for thread in fetches if thread.is_alive()]


def test_a_page_is_fetched_and_read(news: Server) -> None:
    document = open_article(news.says("/a.html", PAGE.encode(), "text/html; charset=utf-8"))

    assert document.source == f"{news.url}/a.html"
    assert document.title == "One missile"
    assert document.published == "2021-09-15"
    assert document.outlet == "Example News"
    assert document.text.endswith("kilometers, the South said.")


def test_who_asks_is_geomap_and_nobody_else(news: Server, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    (folder / ".netrc").write_text("machine localhost login me password secret\n")
    (folder / ".netrc").chmod(0o600)
    monkeypatch.setenv("NETRC", str(folder / ".netrc"))
    news.says("/b", b"Text.", "text/plain")

    come(news.redirects("/a", "/b"))

    assert [path for path, _ in news.asked] == ["/a", "/b"]
    for _, headers in news.asked:
        assert headers["User-Agent"].startswith("geomap/")
        assert not {"Cookie", "Authorization", "Referer"} & headers.keys()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed(news: Server, status: int) -> None:
    news.says("/there/b.txt", b"Text.", "text/plain")

    assert come(news.redirects("/a", "there/b.txt", status)).url == f"{news.url}/there/b.txt"


def test_redirects_are_counted(news: Server) -> None:
    news.says("/0", b"Text.", "text/plain")
    for number in range(1, MOST_REDIRECTS + 2):
        news.redirects(f"/{number}", f"/{number - 1}")

    assert come(f"{news.url}/{MOST_REDIRECTS}").data == b"Text."
    assert "more than 5 redirects" in fault(f"{news.url}/{MOST_REDIRECTS + 1}")
    assert "more than 5 redirects" in fault(news.redirects("/loop", "/loop"))


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/a", "data:text/plain,a", "javascript:a()"])
def test_a_redirect_leads_only_to_the_web(news: Server, target: str) -> None:
    assert "only addresses that begin with https:// or http://" in fault(news.redirects("/a", target))


def test_a_redirect_to_nothing_is_a_fault(news: Server) -> None:
    assert "no address of a page" in fault(news.redirects("/a", "http://[::1"))
    assert "answers with HTTP 302" in fault(news.says("/b", status=302))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (401, "asks to sign in (HTTP 401)"),
        (403, "does not let programs read it (HTTP 403); save the page in a browser"),
        (404, "there is no such page (HTTP 404)"),
        (418, "answers with HTTP 418"),
        (429, "asked too often (HTTP 429); try again later"),
        (500, "the server has a fault (HTTP 500); try again later"),
        (503, "the server has a fault (HTTP 503)"),
        (204, "answers with HTTP 204"),
    ],
)
def test_a_status_is_said_with_its_number(news: Server, status: int, said: str) -> None:
    assert said in fault(news.says("/a", b"x", status=status))


@pytest.mark.parametrize("kind", ["image/png", "video/mp4", "text/css", "application/msword", "application/rss+xml"])
def test_a_type_that_is_not_read_is_named(news: Server, kind: str) -> None:
    assert f"is {kind}, which geomap does not read" in fault(news.says("/a", b"x", kind))


@pytest.mark.parametrize("kind", ["application/octet-stream", "", "text/plain", "text/html", "application/pdf"])
def test_content_decides_more_than_the_server(news: Server, kind: str) -> None:
    story = ["SEOUL - North Korea fired a missile into the sea off its east coast."]

    assert open_article(news.says("/a", pdf(story), kind)).text == story[0]
    assert open_article(news.says("/b", PAGE.encode(), kind)).title == "One missile"


def test_the_server_decides_where_content_does_not(news: Server) -> None:
    piece = (
        b"<p>North Korea fired a missile from Sunan on Wednesday, and it flew 800 kilometers.</p><p>So said Seoul.</p>"
    )

    assert "<p>" not in open_article(news.says("/a", piece, "text/html")).text
    assert "<p>" in open_article(news.says("/b", piece, "text/plain")).text
    assert "<p>" not in open_article(news.says("/c.html", piece, "application/octet-stream")).text


def test_lines_of_json_come_from_an_address_too(news: Server) -> None:
    lines = "\n".join(json.dumps({"text": f"Article {number}."}) for number in (1, 2))

    items = list(read_inputs([news.says("/a", lines.encode(), "application/x-ndjson")]))

    assert [item.text for item in items] == ["Article 1.", "Article 2."]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("text", "encoding", "header", "meta"),
    [
        ("café Übersee", "utf-8", "iso-8859-1", ""),  # the server is wrong
        ("café Übersee", "cp1252", "iso-8859-1", ""),
        ("북한이 동해상으로 탄도미사일을 발사했다", "euc_kr", "EUC-KR", ""),
        ("북한이 동해상으로 탄도미사일을 발사했다", "euc_kr", "", "euc-kr"),
        ("北朝鮮が弾道ミサイルを発射した", "shift_jis", "nonsense", "Shift_JIS"),
        ("北朝鮮が弾道ミサイルを発射した", "iso2022_jp", "", "iso-2022-jp"),
        ("Северная Корея запустила две ракеты", "cp1251", "utf-8", "windows-1251"),
        ("北朝鮮が弾道ミサイルを発射した", "utf-16-le", "utf-16-le", ""),
        ("café Übersee", "utf-8", "punycode", "rot13"),
    ],
)
def test_charsets(news: Server, text: str, encoding: str, header: str, meta: str) -> None:
    head = f"<meta charset={meta}>" if meta else ""
    page = f"<!doctype html><html><head>{head}</head><body><p>{text}. {text}.</p><p>And more.</p></body></html>"
    kind = f"text/html; charset={header}" if header else "text/html"

    assert text in open_article(news.says("/a", page.encode(encoding), kind)).text


def test_an_answer_may_be_large_but_not_endless(news: Server) -> None:
    def endless(send: Callable[[bytes], object], stop: threading.Event) -> None:
        while not stop.is_set():
            send(b"word " * 1000)

    assert len(come(news.says("/a", b"x" * MB, "text/plain")).data) == MB
    assert "larger than 1 MB" in fault(news.says("/b", b"x" * (MB + 1), "text/plain"))
    assert "larger than 1 MB" in fault(news.says("/c", endless, "text/plain"))


def test_what_is_compressed_is_measured_unpacked(news: Server) -> None:
    bomb = gzip.compress(bytes(30 * MB))
    twice = gzip.compress(gzip.compress(b"Text."))

    assert come(news.says("/a", gzip.compress(b"Text."), "text/plain", Content_Encoding="gzip")).data == b"Text."
    assert len(bomb) < MB
    assert "larger than 1 MB" in fault(news.says("/b", bomb, "text/plain", Content_Encoding="gzip"))
    assert "compressed more than once" in fault(news.says("/c", twice, "text/plain", Content_Encoding="gzip, gzip"))
    assert "cannot be undone" in fault(news.says("/d", b"no gzip", "text/plain", Content_Encoding="gzip"))


def test_a_server_that_says_nothing_is_left(news: Server) -> None:
    def silent(send: Callable[[bytes], object], stop: threading.Event) -> None:
        stop.wait()

    assert "no answer in time" in fault(news.says("/a", silent, "text/plain"), wait_s=0.2)


def test_a_server_that_sends_a_byte_now_and_then_is_left(news: Server) -> None:
    def dripping(send: Callable[[bytes], object], stop: threading.Event) -> None:
        while not stop.wait(0.05):
            send(b"x")

    assert "has not come within 0.4 seconds" in fault(news.says("/a", dripping, "text/plain"), limit_s=0.4)


def test_a_name_server_that_says_nothing_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def hanging(*_: object, **__: object) -> object:
        release.wait(20)
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", hanging)

    assert "has not come within 0.3 seconds" in fault("http://example.org/", limit_s=0.3)
    release.set()
    wait_for_fetches()


def test_a_cut_connection_is_a_fault(news: Server) -> None:
    url = news.says("/a", b"half of it", "text/plain")
    news.answers["/a"] = news.answers["/a"]._replace(length=1000)

    assert "the connection was cut" in fault(url)


def test_a_closed_port_is_a_fault() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        assert "the server refuses the connection" in fault(f"http://127.0.0.1:{unused.getsockname()[1]}/")


def test_a_name_that_is_not_known_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)

    assert "no server of that name is known" in fault("https://nowhere.example/")


def test_a_certificate_is_verified(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(folder) as secure:
        secure.says("/a", b"Text.", "text/plain")

        assert "its certificate cannot be verified" in fault(f"{secure.url}/a")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "server.pem"))
        assert come(f"{secure.url}/a").data == b"Text."


def test_https_may_lead_to_http(news: Server, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = news.says("/b", b"Text.", "text/plain")
    with serving(folder) as secure:
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(folder / "server.pem"))

        assert come(secure.redirects("/a", plain)).url == plain


def test_a_server_without_tls_is_a_fault(news: Server) -> None:
    assert "speaks no TLS" in fault(news.url.replace("http", "https"))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("file:///etc/passwd", "only addresses that begin with https:// or http:// are fetched"),
        ("FILE:/etc/passwd", "only addresses"),
        ("ftp://example.org/a.txt", "only addresses"),
        ("gopher://example.org/", "only addresses"),
        ("https://", "is no address of a page"),
        ("http://[::1", "is no address of a page"),
        ("http://:80/", "is no address of a page"),
        ("http://localhost:99999999/", "is no address of a page"),
        ("http://" + "a" * 300 + "/", "is no address of a page"),
        ("https://me:secret@example.org/a", "https://example.org/a: wants a password"),
    ],
)
def test_what_is_no_address_of_a_page(url: str, said: str) -> None:
    (problem,) = read_inputs([url])

    assert isinstance(problem, InputError)
    assert said in str(problem)
    assert "secret" not in str(problem)


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("https://a.b/c", True),
        ("HTTP://a", True),
        ("file:a", True),
        ("a.txt", False),
        ("C:\\a.txt", False),
        ("-", False),
    ],
)
def test_what_an_address_is(source: str, address: bool) -> None:
    assert is_url(source) is address


def test_the_command_line_takes_addresses(run: Run, news: Server, folder: Path) -> None:
    good = news.says("/2021/one-missile.html?ref=1", PAGE.encode(), "text/html; charset=utf-8")
    bad = f"{news.url}/none"

    read = run("read", good, bad)
    drawn = run("map", good)

    assert json.loads(read.stdout)["document"]["outlet"] == "Example News"
    assert read.exit_code == 1
    assert read.stderr == f"Error: {bad}: there is no such page (HTTP 404)\n"
    assert drawn.exit_code == 0, drawn.stderr
    assert drawn.stdout == "output/one-missile.html\n"
    assert run("map", f"{news.url}/").stderr.startswith(f"Error: {news.url}/: ")


def test_nothing_waits_for_a_slow_server(news: Server) -> None:
    """The thread that still listens to one ends with its server."""

    def dripping(send: Callable[[bytes], object], stop: threading.Event) -> None:
        while not stop.wait(0.05):
            send(b"x")

    fault(news.says("/a", dripping, "text/plain"), limit_s=0.2)
    news.stopping.set()

    assert wait_for_fetches() == []
