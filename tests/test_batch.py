"""Archives: taken apart, read in parts, sorted into launches as a story is, and gone on with after whatever happens."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Any

import archive
import msgspec
import numpy as np
import psutil
import pytest
from click.testing import Result

from geomap import codec, pipeline
from geomap.articles import read_inputs
from geomap.batch import crew, read_archive, sort_launches, sorting
from geomap.batch.crew import Alone, Lost
from geomap.batch.index import Index
from geomap.batch.parts import Store
from geomap.batch.reading import read_part
from geomap.catalog import Layers
from geomap.story import merge
from geomap.types import Document, Launch

NUMBER = 90
ONE_LAUNCH = (
    "SEOUL (Wire) — North Korea fired a ballistic missile off its east coast on Tuesday, the South's military said."
)


@pytest.fixture(scope="session")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of short articles, some launches of several outlets each."""
    path = tmp_path_factory.mktemp("archive") / "archive.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for one in archive.articles(NUMBER, 5, size=700):
            file.write(json.dumps(one) + "\n")
    return path


@pytest.fixture(scope="session")
def whole(lines: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What one process makes of the archive without any interruption."""
    return made([lines], tmp_path_factory.mktemp("whole") / "parts")


def made(paths: Iterable[Path | str], folder: Path, workers: Any = None, **options: Any) -> bytes:
    store = Store(folder)
    reader = workers or Alone()
    keys, problems = read_archive(reader, [str(path) for path in paths], store, **options)
    assert problems == []
    return b"\n".join(sort_launches(reader, store, keys).lines())


def launches(data: bytes) -> list[Launch]:
    return [codec.loads_launch(line) for line in data.splitlines()]


def told(launch: Launch) -> set[tuple[str, str, str]]:
    return {(one.document, one.event, one.outlet) for one in launch.event.sources}


def outlets(launch: Launch) -> list[str]:
    return [one.outlet for one in launch.event.sources]


# -------------------------------------------------------------------------------------------------------- launches


def test_an_archive_is_sorted_as_a_story_is(lines: Path, whole: bytes, layers: Layers) -> None:
    readings = [
        codec.loads(codec.dumps(pipeline.read(one, layers)))
        for one in read_inputs([lines])
        if isinstance(one, Document)
    ]
    story = merge(readings, layers)
    found = launches(whole)

    assert len(readings) == NUMBER
    assert [one.event.when for one in found] == [one.when for one in story.events]
    assert {one.id: {(s.document, s.event, s.outlet) for s in one.sources} for one in story.events} == {
        one.event.id: told(one) for one in found
    }
    conflicts = {(one.event, one.about): {*one.said} for one in story.conflicts}
    assert {(one.event, one.about): {*one.said} for launch in found for one in launch.conflicts} == conflicts
    assert any(len(one.event.sources) > 2 for one in found)


def test_every_launch_names_its_articles_and_their_words(whole: bytes) -> None:
    for launch in launches(whole):
        for source in launch.event.sources:
            assert source.source.endswith("archive.jsonl")
            assert source.title
            assert source.words


def test_launches_come_by_time(whole: bytes) -> None:
    times = [one.event.when.start if one.event.when else "9999" for one in launches(whole)]
    assert times == sorted(times)


def test_copies_that_stay_apart_come_in_the_same_order_whichever_was_first(folder: Path) -> None:
    text = "North Korea once fired a missile, officials recalled."
    copies = [{"text": text, "title": "A look back", "outlet": f"Paper {number}"} for number in range(6)]
    found = []
    for some in (copies, copies[::-1]):
        path = folder / "copies.jsonl"
        write(path, some)
        found.append(made([path], folder / "parts"))

    assert len(launches(found[0])) == 6
    assert found[0] == found[1]


def test_five_hundred_outlets_tell_one_launch(folder: Path, layers: Layers) -> None:
    reading = pipeline.read(Document.of(ONE_LAUNCH, published="2024-05-08"), layers)
    told = [
        codec.dumps(
            msgspec.structs.replace(reading, document=msgspec.structs.replace(reading.document, outlet=f"Paper {n}"))
        )
        for n in range(500)
    ]
    (folder / "told.jsonl").write_text("\n".join(told), encoding="utf-8")
    (launch,) = launches(made([folder / "told.jsonl"], folder / "parts"))

    assert len({*outlets(launch)}) == 500


def test_a_launch_keeps_its_id_when_another_outlet_tells_it_later(folder: Path) -> None:
    first, second = folder / "a.md", folder / "b.md"
    first.write_text(f"---\npublished: 2024-05-08\noutlet: A\n---\n{ONE_LAUNCH}", encoding="utf-8")
    second.write_text(f"---\npublished: 2024-05-09\noutlet: B\n---\nToday's news. {ONE_LAUNCH}", encoding="utf-8")
    (alone,) = launches(made([first], folder / "one"))
    (both,) = launches(made([first, second], folder / "two"))

    assert alone.event.id == both.event.id
    assert (len(alone.event.sources), len(both.event.sources)) == (1, 2)


def test_the_same_report_counts_once(folder: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(ONE_LAUNCH, encoding="utf-8")
    store = Store(folder / "parts")
    keys, _ = read_archive(Alone(), [str(folder), str(folder / "a.txt")], store, published="2024-05-08")
    done = sort_launches(Alone(), store, keys)
    (launch,) = launches(b"\n".join(done.lines()))

    assert len(launch.event.sources) == 1
    assert done.tally.articles - done.tally.again == 1


def test_which_title_of_a_report_counts_does_not_depend_on_the_files_of_an_archive(folder: Path) -> None:
    said = {"text": ONE_LAUNCH, "published": "2024-05-08", "outlet": "A"}
    titles = set[str]()
    for number in range(8):
        some = [folder / f"{number}-{part}.jsonl" for part in (0, 1)]
        for path, title in zip(some, ("Missile fired", "North Korea fires a missile"), strict=True):
            write(path, [said | {"title": title}])
        (launch,) = launches(made(some, folder / str(number)))
        titles |= {one.title for one in launch.event.sources}

    assert len(titles) == 1


def test_a_launch_without_a_day_goes_to_the_only_one_that_it_can_be(folder: Path, layers: Layers) -> None:
    fired = "North Korea fired an intercontinental ballistic missile from Sunan"
    one = {"text": f"{fired} on May 7, 2024, Seoul said.", "published": "2024-05-08", "outlet": "A"}
    other = {"text": f"{fired} on May 21, 2024, Seoul said.", "published": "2024-05-22", "outlet": "B"}
    recalled = {"text": f"In May, {fired}, Seoul said.", "published": "2024-07-01", "outlet": "C"}
    for name, articles, wanted in (
        ("one", [one, recalled], [{"A", "C"}]),
        ("two", [one, other, recalled], [{"A"}, {"B"}, {"C"}]),
    ):
        path = folder / f"{name}.jsonl"
        write(path, articles)
        found = launches(made([path], folder / name))
        story = merge(
            [pipeline.read(each, layers) for each in read_inputs([path]) if isinstance(each, Document)], layers
        )

        assert sorted(sorted(outlets(launch)) for launch in found) == sorted(map(sorted, wanted))
        assert {one.event.id for one in found} == {event.id for event in story.events}


def test_too_many_for_one_set_are_divided_where_nothing_was_told() -> None:
    days = np.repeat([0.0, 24.0, 48.0, 120.0], 1500)
    nothing = np.zeros(len(days), dtype=np.intp)
    index = Index(
        part=nothing, start=days, end=days + 24, dated=nothing == 0,
        actor=nothing, placed=nothing == 0, sharp=nothing == 0,
        offset=nothing, length=nothing,
    )  # fmt: skip
    places = [*range(len(days))]
    Random(3).shuffle(places)
    sets = sorting.divided(places, index)

    assert sorted(one for held in sets for one in held) == [*range(len(days))]
    assert [{*index.start[list(held)]} for held in sets] == [{0.0}, {24.0, 48.0}, {120.0}]


def test_too_many_without_any_time_are_left_together() -> None:
    nothing = np.zeros(4000, dtype=np.intp)
    never = np.full(len(nothing), np.inf)
    index = Index(
        part=nothing, start=-never, end=never, dated=nothing > 0,
        actor=nothing, placed=nothing == 0, sharp=nothing == 0,
        offset=nothing, length=nothing,
    )  # fmt: skip

    assert sorting.divided([*range(len(nothing))], index) == [(*range(len(nothing)),)]


def write(path: Path, articles: Iterable[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(one) + "\n" for one in articles), encoding="utf-8")


# --------------------------------------------------------------------------------------- interrupted, and gone on


def started(lines: Path, output: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "geomap", "batch", str(lines), "-o", str(output), *options],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finished(folder: Path) -> dict[str, int]:
    """The parts that are there, and when each was written."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("[!.]*.part")} if folder.is_dir() else {}


def wait_for(condition: Callable[[], bool], process: subprocess.Popen[bytes] | None = None) -> None:
    for _ in range(6000):
        if condition() or (process is not None and process.poll() is not None):
            return
        time.sleep(0.01)
    pytest.fail("it did not come so far within a minute")


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_what_was_finished_is_not_lost(how: signal.Signals, lines: Path, whole: bytes, folder: Path) -> None:
    seed = time.time_ns()
    chance = Random(seed)
    parts, output = folder / "events.jsonl.parts", folder / "events.jsonl"
    process = started(lines, output, "--workers", "2")
    wanted = chance.randint(1, 3)
    wait_for(lambda: len(finished(parts)) >= wanted, process)
    time.sleep(chance.random() / 5)
    os.killpg(process.pid, how)
    _, said = process.communicate()
    before = finished(parts)
    assert not output.exists() or process.returncode == 0, f"seed {seed}"
    if how == signal.SIGINT and process.returncode:
        assert b"goes on from here" in said
        assert b"Traceback" not in said

    again = started(lines, folder / "events.jsonl", "--workers", "1", "--overwrite", "--parts", str(parts))
    again.communicate()
    assert again.returncode == 0
    assert output.read_bytes().splitlines() == whole.splitlines(), f"seed {seed}"
    after = finished(parts)
    assert {name: after[name] for name in before} == before, f"read again with seed {seed}"


def test_an_interruption_is_heard_while_the_workers_start(lines: Path, folder: Path) -> None:
    process = started(lines, folder / "events.jsonl", "--workers", "2")
    wait_for(lambda: bool(psutil.Process(process.pid).children()), process)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate()

    assert process.returncode == 130
    assert b"goes on from here" in said
    assert b"Traceback" not in said


def test_nothing_half_written_is_left_behind(folder: Path) -> None:
    store = Store(folder / "parts")
    store.keep("abc", b"whole")
    (folder / "parts" / ".abc.17.part").write_bytes(b"hal")
    store.remove(["abc"])

    assert not (folder / "parts").exists()


def test_only_what_is_new_of_a_grown_archive_is_read(lines: Path, folder: Path) -> None:
    old, grown = folder / "old.jsonl", lines.read_bytes().splitlines()
    old.write_bytes(b"\n".join(grown[:60]) + b"\n")
    made([old], folder / "parts")
    before = finished(folder / "parts")
    old.write_bytes(b"\n".join(grown) + b"\n")
    made([old], folder / "parts")
    after = finished(folder / "parts")
    kept = [name for name in before if after.get(name) == before[name]]

    assert len(before) - len(kept) <= 1  # where the old one ended
    assert len(after) > len(before)


def test_a_half_written_part_is_none(lines: Path, whole: bytes, folder: Path) -> None:
    made([lines], folder / "parts")
    first = next((folder / "parts").glob("*.part"))
    first.rename(first.with_name(f".{first.name}.part"))

    assert made([lines], folder / "parts") == whole


@pytest.mark.parametrize("size", [0, 100, -100])
def test_a_part_that_was_cut_off_is_read_again(lines: Path, whole: bytes, folder: Path, size: int) -> None:
    made([lines], folder / "parts")
    for part in (folder / "parts").glob("*.part"):
        os.truncate(part, size % part.stat().st_size)

    assert made([lines], folder / "parts") == whole


def test_a_part_that_another_geomap_kept_is_read_again(lines: Path, whole: bytes, folder: Path) -> None:
    made([lines], folder / "parts")
    for part in (folder / "parts").glob("*.part"):
        part.write_bytes(b'{"schema":"geomap.part/0"}\n')

    assert made([lines], folder / "parts") == whole


def test_another_day_of_issue_is_another_part(folder: Path) -> None:
    (folder / "a.txt").write_text(ONE_LAUNCH, encoding="utf-8")
    days = [
        launches(made([folder / "a.txt"], folder / "parts", published=day))[0].event.when
        for day in ("2024-05-08", "2024-05-15", "2024-05-08")
    ]

    assert days[0] == days[2] != days[1]


# ---------------------------------------------------------------------------------------------------- a cluster


@pytest.fixture
def cluster(folder: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A Dask scheduler and two worker processes on this machine."""
    address_file = folder / "scheduler.json"
    common = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    scheduler = subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0",
         "--no-dashboard", "--scheduler-file", str(address_file)],
        **common,
    )  # fmt: skip
    processes = [scheduler]
    try:
        wait_for(address_file.exists, scheduler)
        address = json.loads(address_file.read_text())["address"]
        processes += [
            subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny",
                 "--no-dashboard", "--local-directory", str(folder)],
                **common,
            )
            for _ in range(2)
        ]  # fmt: skip
        yield address, processes[1:]
    finally:
        for process in processes[::-1]:
            process.kill()
            process.wait()


def test_a_cluster_makes_the_same_even_if_a_worker_is_killed(
    cluster: tuple[str, list[subprocess.Popen[bytes]]], lines: Path, whole: bytes, folder: Path
) -> None:
    address, workers = cluster
    with crew(None, address) as readers:
        wait_for(lambda: len(readers._client.nthreads()) == 2)
        assert made([lines], folder / "first", readers) == whole

        store = Store(folder / "second")
        killed = []

        def follow(_progress: object) -> None:
            if not killed and len(finished(folder / "second")) >= 1:
                workers[0].kill()
                killed.append(True)

        keys, _ = read_archive(readers, [str(lines)], store, follow=follow)
        assert killed
        assert b"\n".join(sort_launches(readers, store, keys).lines()) == whole


def test_processes_of_this_machine_make_the_same(lines: Path, whole: bytes, folder: Path) -> None:
    with crew(2, None) as readers:
        assert readers.size == 2
        assert made([lines], folder / "parts", readers) == whole


def test_who_ends_each_process_is_lost_and_the_others_are_not() -> None:
    with crew(2, None) as readers:
        found = dict(readers.run(end_or_double, [(1,), (0,), (3,)]))

    assert (found[0], found[2]) == (2, 6)
    assert isinstance(found[1], Lost)


def end_or_double(number: int) -> int:
    if number == 0:
        os._exit(9)
    return 2 * number


class Fragile:
    """Reads parts as one process does, but for those with a piece that ends it."""

    size = 1
    near = False

    def run(self, function: Callable[..., Any], tasks: Iterable[Sequence[Any]]) -> Iterator[tuple[int, Any]]:
        for number, task in enumerate(tasks):
            deadly = function is read_part and any(b"deadly" in piece.data for piece in task[0].pieces)
            yield number, Lost() if deadly else function(*task)

    def turn(self) -> None:
        """There is nothing to let go of."""


def test_a_piece_that_ends_the_process_costs_only_itself(folder: Path) -> None:
    for name, text in (("a.txt", ONE_LAUNCH), ("b.txt", "deadly"), ("c.txt", ONE_LAUNCH + " Twice.")):
        (folder / name).write_text(text, encoding="utf-8")
    store = Store(folder / "parts")
    keys, _ = read_archive(Fragile(), [str(folder)], store, published="2024-05-08")
    done = sort_launches(Fragile(), store, keys)

    assert done.tally.articles == 2
    assert [json.loads(line)["name"] for line in done.failed.read_text().splitlines()] == [str(folder / "b.txt")]


def test_a_cluster_that_is_not_there_is_named(lines: Path, run: Callable[..., Result], folder: Path) -> None:
    result = run("batch", str(lines), "-o", "events.jsonl", "--scheduler", "nonsense")

    assert result.exit_code == 1
    assert list(folder.iterdir()) == []
    assert "nonsense" in result.stderr
    assert "Traceback" not in result.stderr
