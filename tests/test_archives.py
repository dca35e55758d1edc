"""What archives may be made of, and what a bad piece of one costs: itself."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import geopandas
import made
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result

from geomap.batch.archive import Piece, files_of, is_small, pieces_of
from geomap.codec import loads_launch
from geomap.errors import InputError
from geomap.types import Launch

FIRED = "North Korea fired a ballistic missile off its east coast on Tuesday, South Korea's military said."
PAGE = (
    "<html><head><title>Missile fired</title><meta property='og:site_name' content='The Page'>"
    "<meta property='article:published_time' content='2024-05-08T01:00:00Z'></head>"
    f"<body><article><h1>Missile fired</h1><p>{FIRED} It flew some 400 km, and fell into the sea.</p></article></body>"
)


def batch(run: Callable[..., Result], *inputs: object, options: Sequence[object] = (), status: int = 0) -> list[Launch]:
    result = run("batch", *inputs, "-o", "out/events.jsonl", "--workers", 1, "--overwrite", *options)
    assert result.exit_code == status, result.stderr
    return [loads_launch(line) for line in Path("out/events.jsonl").read_bytes().splitlines()]


def pieces(*paths: object, apart: Sequence[Path] = ()) -> list[Piece | InputError]:
    return list(pieces_of(files_of(map(str, paths), apart)))


def names(*paths: object, apart: Sequence[Path] = ()) -> list[str]:
    return [one.name if isinstance(one, Piece) else str(one) for one in pieces(*paths, apart=apart)]


def warc(path: Path, *records: tuple[str, str, bytes, str], packed: bool = True) -> None:
    """Write responses of servers: address, status, body, type."""
    data = b""
    for number, (url, status, body, kind) in enumerate(records):
        answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: {url}\r\n"
            f"WARC-Date: 2024-05-09T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(answer)}\r\n\r\n"
        )
        record = head.encode() + answer + b"\r\n\r\n"
        data += gzip.compress(record) if packed else record
    path.write_bytes(data)


# ------------------------------------------------------------------------------------------------------- files


def test_folders_are_searched_to_their_ends(folder: Path) -> None:
    for name in ("b.txt", "a/c.html", "a/d/e.md.gz", ".hidden.txt", ".git/f.txt", "a/picture.png"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(gzip.compress(b"x") if name.endswith(".gz") else b"x")

    assert names(".") == ["b.txt", "a/c.html", "a/d/e.md.gz"]


def test_the_result_is_no_part_of_its_archive(folder: Path) -> None:
    for name in ("a.jsonl", "events.jsonl", "events.jsonl.parts/b.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("{}")

    assert names(".", apart=[Path("events.jsonl"), folder / "events.jsonl.parts"]) == ["a.jsonl:1"]


def test_a_pattern_names_files(folder: Path) -> None:
    for name in ("2024/may/a.txt", "2024/june/b.txt", "2023/c.txt", "d[1].txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x")

    assert names("2024/**/*.txt") == ["2024/june/b.txt", "2024/may/a.txt"]
    assert names("d[1].txt") == ["d[1].txt"]


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("missing.txt", "no such file"),
        ("*.warc", "no file is called like that"),
        ("empty", "no article in this folder"),
    ],
)
def test_what_is_not_there_is_said(folder: Path, path: str, words: str) -> None:
    (folder / "empty").mkdir()
    (problem,) = pieces(path)

    assert isinstance(problem, InputError)
    assert words in str(problem)


def test_lines_are_counted_empty_ones_too(folder: Path) -> None:
    data = b'{"text": "a"}\n\n{"text": "b"}'
    (folder / "a.jsonl").write_bytes(data)
    (folder / "b.ndjson.gz").write_bytes(gzip.compress(data))

    assert names("a.jsonl", "b.ndjson.gz") == ["a.jsonl:1", "a.jsonl:3", "b.ndjson.gz:1", "b.ndjson.gz:3"]


def test_weights_add_up_to_the_size_of_the_file(folder: Path) -> None:
    (folder / "a.jsonl").write_bytes(b'{"text": "a"}\n' * 5000)
    (folder / "b.jsonl.gz").write_bytes(gzip.compress(b'{"text": "a"}\n' * 5000))
    pq.write_table(pa.table({"text": ["a"] * 999}), folder / "c.parquet")
    for path in folder.iterdir():
        found = pieces(path)
        assert sum(one.weight for one in found if isinstance(one, Piece)) == path.stat().st_size


def test_a_torn_archive_gives_what_is_whole(folder: Path) -> None:
    data = gzip.compress(b'{"text": "a"}\n' * 50_000)
    (folder / "a.jsonl.gz").write_bytes(data[:-20])
    found = pieces("a.jsonl.gz")

    assert isinstance(found[-1], InputError)
    assert "to its end" in str(found[-1])
    assert len(found) > 1000


# ------------------------------------------------------------------------------------------- kinds of archives


def test_parquet_is_read_row_by_row(folder: Path, run: Callable[..., Result]) -> None:
    from datetime import date

    table = pa.table(
        {
            "text": [FIRED, None, ""],
            "date": [date(2024, 5, 8)] * 3,
            "outlet": ["The Post"] * 3,
            "url": ["https://example.org/1"] * 3,
            "other": [1, 2, 3],
        }
    )
    pq.write_table(table, folder / "news.parquet")
    (launch,) = batch(run, "news.parquet")
    (source,) = launch.event.sources

    assert (source.outlet, source.source, source.published) == ("The Post", "https://example.org/1", "2024-05-08")
    assert launch.event.when is not None
    assert failures() == ["news.parquet:2", "news.parquet:3"]


def failures() -> list[str]:
    lines = Path("out/events.failed.jsonl").read_text(encoding="utf-8").splitlines()
    assert all(json.loads(line)["reason"] for line in lines)
    return [json.loads(line)["name"] for line in lines]


def test_parquet_without_texts_is_named(folder: Path) -> None:
    pq.write_table(pa.table({"body": ["x"]}), folder / "a.parquet")
    (folder / "b.parquet").write_bytes(b"PAR1 but not really")
    first, second = pieces("a.parquet", "b.parquet")

    assert "no column 'text'; it has body" in str(first)
    assert "cannot be read as Parquet" in str(second)


@pytest.mark.parametrize("packed", [True, False])
def test_web_archives_are_read(folder: Path, run: Callable[..., Result], packed: bool) -> None:
    name = "news.warc.gz" if packed else "news.warc"
    warc(
        folder / name,
        ("https://example.org/launch", "200 OK", PAGE.encode(), "text/html; charset=utf-8"),
        ("https://example.org/gone", "404 Not Found", PAGE.encode(), "text/html"),
        ("https://example.org/logo.png", "200 OK", b"\x89PNG", "image/png"),
        ("https://example.org/menu", "200 OK", b"<html><body></body></html>", "text/html"),
        ("https://example.org/told.pdf", "200 OK", made.pdf(FIRED.split(" off ")), "application/pdf"),
        packed=packed,
    )
    found = batch(run, name)
    told = {one.source: one for launch in found for one in launch.event.sources}

    assert set(told) == {"https://example.org/launch", "https://example.org/told.pdf"}
    assert told["https://example.org/launch"].outlet == "The Page"
    assert failures() == ["https://example.org/menu"]


def test_a_web_archive_that_is_none_is_named(folder: Path) -> None:
    (folder / "a.warc").write_bytes(b"not a WARC file\r\n\r\n" * 20)
    (problem,) = pieces("a.warc")

    assert "cannot be read as WARC" in str(problem)


def test_lines_may_be_piped_in(folder: Path, run: Callable[..., Result]) -> None:
    line = json.dumps({"text": FIRED, "published": "2024-05-08", "outlet": "A"})
    result = run("batch", "-", "-o", "events.jsonl", "--workers", 1, stdin=f"{line}\n{line}\n")

    assert result.exit_code == 0
    assert len(Path("events.jsonl").read_bytes().splitlines()) == 1


def test_an_article_may_be_piped_in(folder: Path, run: Callable[..., Result]) -> None:
    result = run("batch", "-", "-o", "events.jsonl", "--workers", 1, stdin=f"{FIRED}\nAnd more.\n")

    assert result.exit_code == 0
    assert len(Path("events.jsonl").read_bytes().splitlines()) == 1


# ------------------------------------------------------------------------------------------------- the command


def test_a_bad_article_costs_only_itself(folder: Path, run: Callable[..., Result]) -> None:
    good = json.dumps({"text": FIRED, "published": "2024-05-08"}).encode()
    bad = [
        b"{broken",
        b'{"text": ""}',
        b'{"none": 1}',
        b'{"text": "\\ud800 x"}',
        b"\xff\xfe\x00",
        b'{"schema": "other/1"}',
    ]
    (folder / "news.jsonl").write_bytes(b"\n".join([*bad, good, good.replace(b"Tuesday", b"Wednesday")]))
    (folder / "bytes.txt").write_bytes(b"MZ\0\0\0\1")
    (folder / "page.html").write_text("<html><body></body></html>")
    found = batch(run, "news.jsonl", "bytes.txt", "page.html")

    assert sum(len(one.event.sources) for one in found) == 2
    listed = failures()
    assert {*listed} == {*(f"news.jsonl:{number}" for number in range(1, 7)), "bytes.txt", "page.html"}
    assert len(listed) == 8


def test_a_file_whose_name_is_no_utf_8_is_read(folder: Path, run: Callable[..., Result]) -> None:
    old = folder / os.fsdecode(b"d\xe9p\xeache.txt")
    old.write_text(FIRED)
    (folder / os.fsdecode(b"d\xe9chets.txt")).write_bytes(b"MZ\0\0\0\1")
    (launch,) = batch(run, ".", os.fsdecode(b"\xe9*"), options=("--published", "2024-05-08"), status=1)

    assert [one.source for one in launch.event.sources] == [r"d\udce9p\udceache.txt"]
    assert {*failures()} == {r"d\udce9chets.txt", r"\udce9*"}
    assert run("read", old).exit_code == 0


def test_an_input_that_is_not_there_is_status_1_and_the_others_are_done(
    folder: Path, run: Callable[..., Result]
) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    result = run("batch", "a.txt", "b.txt", "-o", "events.jsonl", "--workers", 1)

    assert result.exit_code == 1
    assert "b.txt: there is no such file" in result.stderr
    assert len(Path("events.jsonl").read_bytes().splitlines()) == 1


@pytest.mark.parametrize("name", ["none.txt", "bytes.txt"])
def test_what_was_made_before_stays_when_no_article_can_be_read(
    folder: Path, run: Callable[..., Result], name: str
) -> None:
    (folder / "bytes.txt").write_bytes(b"MZ\0\0\0\1")
    (folder / "events.jsonl").write_text("mine")
    result = run("batch", name, "-o", "events.jsonl", "--overwrite")

    assert result.exit_code == 1
    assert "No article could be read" in result.stderr
    assert name in result.stderr
    assert (folder / "events.jsonl").read_text() == "mine"
    assert not (folder / "events.jsonl.parts").exists()


def test_an_archive_of_a_few_articles_is_read_by_one_process(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    (folder / "b.jsonl").write_text(json.dumps({"text": FIRED + " word" * 200_000}), encoding="utf-8")

    assert is_small(["a.txt"])
    assert not is_small(["."])
    assert not is_small(["-"])
    assert "Warning" not in run("batch", "a.txt", "-o", "events.jsonl").stderr


def test_nothing_is_left_but_the_result(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    result = run("batch", "a.txt", "-o", "events.jsonl", "--workers", 1, "--json")

    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "events.jsonl"]
    assert json.loads(result.stdout) == {
        "output": "events.jsonl",
        "articles": 1,
        "repeated": 0,
        "reports": 1,
        "launches": 1,
        "failed": 0,
        "failures": None,
    }


@pytest.mark.parametrize("name", ["a.gpkg", "a.parquet"])
def test_launches_are_written_as_a_table(folder: Path, run: Callable[..., Result], name: str) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    result = run("batch", "a.txt", "-o", name, "--workers", 1)
    frame = geopandas.read_parquet(name) if name.endswith("parquet") else geopandas.read_file(name, layer="events")

    assert result.exit_code == 0
    assert list(frame["actor"]) == ["PRK"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(["a.txt", name])


@pytest.mark.parametrize(
    "target", ["events.txt", "mysql://me:secret@localhost/news", "postgresql://me:secret@127.0.0.1:1/x"]
)
def test_a_target_that_cannot_be_is_refused_before_the_reading(
    folder: Path, run: Callable[..., Result], target: str
) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    result = run("batch", "a.txt", "-o", target, "--workers", 1)

    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == 1
    assert "secret" not in result.stderr
    assert [path.name for path in folder.iterdir()] == ["a.txt"]


def test_parts_are_kept_where_they_are_wanted(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    batch(run, "a.txt", options=["--parts", "kept"])

    assert [path.suffix for path in Path("kept").iterdir()] == [".part"]


def test_a_result_is_not_replaced_unasked(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    (folder / "events.jsonl").write_text("mine")
    result = run("batch", "a.txt", "-o", "events.jsonl", "--workers", 1)

    assert result.exit_code == 1
    assert "--overwrite" in result.stderr
    assert (folder / "events.jsonl").read_text() == "mine"


def test_workers_and_a_cluster_exclude_each_other(folder: Path, run: Callable[..., Result]) -> None:
    result = run("batch", "a.txt", "-o", "e.jsonl", "--workers", 2, "--scheduler", "tcp://127.0.0.1:1")

    assert result.exit_code == 2
    assert "exclude each other" in result.stderr


def test_hostile_words_reach_the_result_as_words(folder: Path, run: Callable[..., Result]) -> None:
    hostile: dict[str, Any] = {
        "text": FIRED,
        "title": "<script>alert(1)</script>\x1b[31m",
        "published": "2024-05-08",
        "outlet": "=cmd|' /C calc'!A0",
        "source": "javascript:alert(1)",
    }
    (folder / "a.jsonl").write_text(json.dumps(hostile), encoding="utf-8")
    (launch,) = batch(run, "a.jsonl")

    assert launch.event.sources[0].outlet == hostile["outlet"]
