"""What archives may be made of, and what a bad piece of one costs: itself."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random
from typing import Any

import geopandas
import made
import msgspec
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import Result

from geomap.batch.archive import Piece, files_of, is_small, pieces_of
from geomap.batch.parts import Contents, Part, Store
from geomap.batch.reading import read_part
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

    for apart in ([Path("events.jsonl"), folder / "events.jsonl.parts"], [Path("events.jsonl.parts/../events.jsonl")]):
        apart.append(Path("events.jsonl.parts"))
        assert names(".", apart=apart) == ["a.jsonl:1"]
        assert names("*", apart=apart) == ["a.jsonl:1"]
    assert names("events.jsonl.parts", apart=[Path("events.jsonl.parts")]) == ["events.jsonl.parts/b.txt"]


def test_links_are_followed_and_each_folder_is_searched_once(folder: Path) -> None:
    (folder / "news" / "may").mkdir(parents=True)
    (folder / "elsewhere").mkdir()
    (folder / "news" / "may" / "a.txt").write_text("x")
    (folder / "elsewhere" / "b.txt").write_text("x")
    (folder / "news" / "linked").symlink_to(folder / "elsewhere")
    (folder / "elsewhere" / "back").symlink_to(folder / "news")
    (folder / "news" / "may" / "up").symlink_to("..")

    assert names("news") == ["news/linked/b.txt", "news/may/a.txt"]


def test_a_name_that_is_no_utf_8_is_spelled_out(folder: Path, run: Callable[..., Result]) -> None:
    (folder / os.fsdecode(b"a\xff.txt")).write_text(FIRED, encoding="utf-8")
    (folder / os.fsdecode(b"b\xff.txt")).write_bytes(b"")
    (launch,) = batch(run, ".")

    assert launch.event.sources[0].source == "a\\xff.txt"
    assert failures() == ["b\\xff.txt"]
    assert "no such file" in str(pieces(os.fsdecode(b"\xff"))[0])


def test_a_pipe_is_named_and_not_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "a.txt")
    (folder / "b.txt").write_text("x")
    for path in (".", "a.txt"):
        problem = pieces(path)[0]
        assert isinstance(problem, InputError)
        assert "a.txt: a pipe or a device, not a file" in str(problem)
    assert names(".")[1:] == ["b.txt"]


def test_a_folder_that_cannot_be_opened_is_named(folder: Path) -> None:
    (folder / "z.txt").write_text("x")
    long = "x" * 250
    try:
        for _ in range(20):  # longer than a path may be
            os.mkdir(long)
            os.chdir(long)
        os.chdir(folder)
        found = names(".")
    finally:
        shutil.rmtree(folder / long)

    assert found[0] == "z.txt"
    assert len(found) == 2
    assert "cannot be read (File name too long)" in found[1]


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
        ("link.txt", "no such file"),
        ("loop.txt", "symbolic links"),
        ("loop.*", "symbolic links"),
        ("x" * 300, "File name too long"),
        ("*.warc", "no file is called like that"),
        ("empty", "no article in this folder"),
    ],
)
def test_what_is_not_there_is_said(folder: Path, path: str, words: str) -> None:
    (folder / "empty").mkdir()
    (folder / "link.txt").symlink_to("nothing")
    (folder / "loop.txt").symlink_to("loop.txt")
    (problem,) = pieces(path)

    assert isinstance(problem, InputError)
    assert words in str(problem)


def test_lines_are_counted_empty_ones_too(folder: Path) -> None:
    data = b'{"text": "a"}\n\n{"text": "b"}'
    (folder / "a.jsonl").write_bytes(data)
    (folder / "b.ndjson.gz").write_bytes(gzip.compress(data))

    assert names("a.jsonl", "b.ndjson.gz") == ["a.jsonl:1", "a.jsonl:3", "b.ndjson.gz:1", "b.ndjson.gz:3"]


def test_the_mark_of_utf_8_before_lines_is_none_of_them(folder: Path, run: Callable[..., Result]) -> None:
    line = json.dumps({"text": FIRED, "published": "2024-05-08"}).encode()
    (folder / "a.jsonl").write_bytes(b"\xef\xbb\xbf" + line + b"\r\n" + line + b"\r\n")

    assert [one.data for one in pieces("a.jsonl") if isinstance(one, Piece)] == [line, line]
    result = run("batch", "-", "-o", "b.jsonl", "--json", stdin=(folder / "a.jsonl").read_bytes())
    assert json.loads(result.stdout)["articles"] == 2


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_lines_in_utf_16_are_refused_once(folder: Path, encoding: str) -> None:
    (folder / "a.jsonl").write_bytes(("\ufeff" + '{"text": "a"}\n' * 9).encode(encoding))

    assert names("a.jsonl") == ["a.jsonl: lines in UTF-16, which are not read; save it in UTF-8"]


def test_what_is_packed_is_told_by_its_bytes(folder: Path) -> None:
    data = b'{"text": "a"}\n'
    (folder / "a.jsonl").write_bytes(gzip.compress(data))
    (folder / "b.jsonl.gz").write_bytes(data)

    assert [one.data for one in pieces("a.jsonl", "b.jsonl.gz") if isinstance(one, Piece)] == [data.strip()] * 2


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


def test_a_damaged_archive_costs_only_what_is_damaged(folder: Path) -> None:
    data = gzip.compress(b'{"text": "a"}\n' * 1000)
    nonsense = data[:10] + b"\xff" * 10  # after the head, no block of deflate begins like that
    (folder / "a.jsonl.gz").write_bytes(data + nonsense)
    (folder / "b.txt").write_text("x")
    *found, problem, last = pieces(".")

    assert len(found) == 1000
    assert isinstance(problem, InputError)
    assert str(problem).startswith("a.jsonl.gz: cannot be read to its end")
    assert isinstance(last, Piece)


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


def test_a_cell_that_cannot_be_read_costs_its_row(folder: Path) -> None:
    texts = pa.array([FIRED.encode(), b"\xff\xfe", b"x" * 20_000_001, b"d"], pa.binary())
    strings = pa.Array.from_buffers(pa.string(), 4, texts.buffers())
    days = pa.array([1715126400, 0, 0, 10**15], pa.timestamp("s"))
    for number, column in enumerate((texts, strings)):
        pq.write_table(pa.table({"text": column, "date": days}), folder / f"{number}.parquet")
        first, *others = pieces(f"{number}.parquet")

        assert isinstance(first, Piece)
        assert json.loads(first.data) == {"text": FIRED, "published": "2024-05-08"}
        assert [str(one).partition(": ")[0] for one in others] == [f"{number}.parquet:{row}" for row in (2, 3, 4)]


def test_a_time_zone_that_nobody_knows_costs_its_rows(folder: Path) -> None:
    days = pa.array([1715126400], pa.timestamp("s", "Mars/Base"))
    pq.write_table(pa.table({"text": ["a"], "date": days}), folder / "a.parquet")
    (folder / "b.txt").write_text("x")

    assert names(".") == ["a.parquet:1: cannot be read ('Mars/Base')", "b.txt"]


def test_of_a_large_group_of_rows_little_is_held(folder: Path) -> None:
    chance = Random(1)
    texts = [chance.randbytes(2000).hex() for _ in range(5000)]
    pq.write_table(pa.table({"text": texts}), folder / "a.parquet", use_dictionary=False, compression="none")
    tracemalloc.start()
    try:
        assert sum(isinstance(one, Piece) for one in pieces_of(["a.parquet"])) == 5000
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert most < (folder / "a.parquet").stat().st_size / 4


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


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("share", [0.05, 0.45, 0.7, 0.98])
def test_a_torn_web_archive_gives_what_is_whole_and_says_so(folder: Path, packed: bool, share: float) -> None:
    page = PAGE.encode() + b"<p>More." * 50
    pages = [(f"https://example.org/{number}", "200 OK", page, "text/html") for number in range(2)]
    warc(folder / "a.warc", *pages, packed=packed)
    data = (folder / "a.warc").read_bytes()
    (folder / "a.warc").write_bytes(data[: round(share * len(data))])
    *found, problem = pieces("a.warc")

    assert [one.data for one in found if isinstance(one, Piece)] == [page] * (share > 0.5)
    assert isinstance(problem, InputError)
    assert "to its end" in str(problem)


def test_a_web_archive_may_be_packed_as_one(folder: Path) -> None:
    warc(folder / "a.warc", *[("https://example.org/", "200 OK", b"x", "text/plain")] * 2, packed=False)
    (folder / "b.warc.gz").write_bytes(gzip.compress((folder / "a.warc").read_bytes()))

    assert names("b.warc.gz") == ["https://example.org/"] * 2


def test_a_web_archive_with_a_record_of_nothing_costs_only_itself(folder: Path) -> None:
    warc(folder / "a.warc", ("https://example.org/", "200 OK", b"x", "text/plain"), packed=False)
    nameless = (folder / "a.warc").read_bytes().replace(b"WARC-Target-URI: https://example.org/\r\n", b"")
    (folder / "a.warc").write_bytes(nameless)
    (folder / "b.txt").write_text("x")
    first, second = names(".")

    assert first.startswith("a.warc: cannot be read to its end")
    assert second == "b.txt"


def test_what_a_web_archive_holds_never_reaches_the_terminal(
    folder: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    warc(folder / "a.warc", ("https://example.org/\x1b[31m red", "200 OK", b"x", "text/plain"))

    assert names("a.warc") == ["https://example.org/\x1b[31m%20red"]
    assert not caplog.records
    assert "\x1b" not in "".join(capfd.readouterr())


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

    assert [one.source for one in launch.event.sources] == [r"d\xe9p\xeache.txt"]
    assert {*failures()} == {r"d\xe9chets.txt", r"\xe9*"}
    assert run("read", old).exit_code == 0


def test_an_article_that_stops_the_reading_is_not_counted(folder: Path) -> None:
    piece = Piece(name="a.txt", source="a.txt", data=FIRED.encode())
    made = read_part(Part(key="", pieces=(piece, piece)), "no day at all")
    told = msgspec.json.decode(made.splitlines()[0], type=Contents)

    assert (told.documents, told.events, [one.name for one in told.failed]) == (0, 0, ["a.txt", "a.txt"])


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
    result = run("batch", name, "-o", "events.jsonl", "--overwrite", "--json")
    assert json.loads(result.stdout)["output"] is None
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


def test_a_list_of_failures_replaces_nothing_but_such_a_list(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    (folder / "b.txt").write_bytes(b"")
    (folder / "mine.txt").write_text("mine")
    os.mkfifo(folder / "pipe")
    for name, inputs, status in (
        ("mine.txt", ["a.txt"], 1),
        ("mine.txt", ["a.txt", "b.txt"], 1),
        ("mine.txt", ["a.txt", "mine.txt"], 1),
        ("a.txt", ["a.txt"], 1),
        ("pipe", ["a.txt"], 1),
        ("out/../events.jsonl", ["a.txt"], 2),
        ("failed.jsonl", ["a.txt", "b.txt"], 0),
        ("failed.jsonl", ["a.txt"], 0),
    ):
        result = run("batch", *inputs, "-o", "events.jsonl", "--failed", name)
        assert result.exit_code == status, result.stderr
        assert (folder / "events.jsonl").exists() == (status == 0)
        (folder / "events.jsonl").unlink(missing_ok=True)
        assert (folder / "failed.jsonl").exists() == (len(inputs) == 2 and status == 0)
        assert (folder / "a.txt").read_text(encoding="utf-8") == FIRED
        assert (folder / "mine.txt").read_text() == "mine"
        assert (folder / "pipe").exists()


def test_parts_may_lie_beside_anything(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    (folder / "failed.jsonl").write_text("mine")
    result = run("batch", "a.txt", "-o", "launches.jsonl", "--parts", ".")

    assert result.exit_code == 0
    assert sum(len(loads_launch(line).event.sources) for line in Path("launches.jsonl").read_bytes().splitlines()) == 1
    assert (folder / "failed.jsonl").read_text() == "mine"


def test_one_folder_of_parts_is_for_one_batch_at_a_time(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    with Store(folder / "kept").alone():
        result = run("batch", "a.txt", "-o", "events.jsonl", "--parts", "kept")
    assert result.exit_code == 1
    assert "another geomap batch is at work" in result.stderr
    assert not (folder / "events.jsonl").exists()

    assert len(batch(run, "a.txt", options=["--parts", "kept"])) == 1
    assert len(batch(run, "a.txt", options=["--parts", "kept"])) == 1


def test_what_hinders_the_sorting_is_one_sentence(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    (folder / "kept" / "batch.launches").mkdir(parents=True)
    result = run("batch", "a.txt", "-o", "events.jsonl", "--parts", "kept")

    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("Error: kept: cannot be written")


def test_a_folder_of_parts_that_cannot_be_is_the_one_that_is_named(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    result = run("batch", "a.txt", "-o", "events.jsonl", "--parts", "a.txt/kept")

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: a.txt/kept: cannot be written")


def test_names_that_are_too_long_are_refused_in_one_sentence(folder: Path, run: Callable[..., Result]) -> None:
    (folder / "a.txt").write_text(FIRED, encoding="utf-8")
    long = "x" * 245  # that of the file beside it, until it is complete, is too long
    result = run("batch", "a.txt", "-o", f"{long}.jsonl", "--parts", "kept", "--failed", "f")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1] == f"Error: {long}.jsonl: cannot be written (File name too long)"

    (folder / "events.jsonl").write_text("of an earlier run")
    (folder / "loop.jsonl").symlink_to("loop.jsonl")
    assert run("batch", "a.txt", "-o", "loop.jsonl", "--failed", "loop.jsonl").exit_code == 2

    result = run("batch", "x" * 300, "a.txt", "-o", "events.jsonl", "--overwrite")
    assert result.exit_code == 1
    assert "File name too long" in result.stderr
    assert len(Path("events.jsonl").read_bytes().splitlines()) == 1


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
