"""Launches in a real PostgreSQL with PostGIS, which is stopped, killed and started again while they are loaded."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from launches import HOSTILE, bare, hostile, launch, many, place, report, several
from postgres_server import PASSWORD, QUOTED, USER

from geomap.errors import ExportError
from geomap.export.events import check_target, write_events
from geomap.export.events.columns import REPORTS, TABLES
from geomap.export.events.postgis import load
from geomap.types import Launch

pytestmark = pytest.mark.postgis
Rows = list[tuple[Any, ...]]
Ask = Callable[..., Rows]
SOON = (0.05, 0.1)
"""Seconds after which a lost connection is tried again, where the server does not come back."""


@pytest.fixture
def url(postgres: Any) -> str:
    """An empty database with PostGIS."""
    address: str = postgres.empty("launches")
    return address


@pytest.fixture
def ask(postgres: Any, url: str) -> Ask:
    """Ask that database."""

    def call(query: str, *parameters: object) -> Rows:
        found: Rows = postgres.run(query, "launches", *parameters)
        return found

    return call


def ids(ask: Ask, table: str = "events") -> list[str]:
    return [one for (one,) in ask(f'SELECT id FROM geomap.{table} ORDER BY id COLLATE "C"')]


def everything(ask: Ask) -> dict[str, Rows]:
    """All rows of all tables, but for the moments of loading."""
    return {
        name: ask(f"SELECT to_jsonb(t) - 'loaded' FROM geomap.{name} t ORDER BY to_jsonb(t)::text")
        for name in (*TABLES, "reports")
    }


# ------------------------------------------------------------------------------------------------- the tables


def test_launches_become_rows_with_their_geometries(url: str, ask: Ask) -> None:
    assert write_events(several(), url) == 6

    assert ids(ask) == sorted(one.event.id for one in several())
    found = ask(
        "SELECT ST_AsText(geom), count, start AT TIME ZONE 'UTC', distance_low_km, background, "
        "sources->1->>'outlet', conflicts->0->'said'->0->>1 FROM geomap.events WHERE id = 'Lfull'"
    )
    assert [str(value) for value in found[0]] == [
        "POINT(134 39)", "2", "2021-09-15 03:34:00", "750.0", "False", "Kyodo", "two",
    ]  # fmt: skip
    assert ask("SELECT geom, start, actor FROM geomap.events WHERE id = 'Lbare'") == [(None, None, None)]
    assert ask("SELECT number FROM geomap.impacts WHERE id = 'Ltwo-falls' ORDER BY number") == [(1,), (2,)]
    assert ask("SELECT DISTINCT ST_IsValid(geom) FROM geomap.launches") == [(True,)]


def test_geometries_have_a_type_a_reference_system_and_an_index(url: str, ask: Ask) -> None:
    write_events([], url)

    assert set(ask("SELECT f_table_name, type, srid FROM geometry_columns WHERE f_table_schema = 'geomap'")) == {
        (name, table.geometry.upper(), 4326) for name, table in TABLES.items()
    }
    indexes = dict(
        ask(
            "SELECT relname, amname FROM pg_index JOIN pg_class c ON c.oid = indexrelid JOIN pg_am a ON a.oid = relam "
            "JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname = 'geomap'"
        )
    )
    assert {name for name, method in indexes.items() if method == "gist"} == {f"{name}_geom" for name in TABLES}
    assert {"events_pkey", "events_start", "events_actor", "reports_id"} <= {
        name for name, method in indexes.items() if method == "btree"
    }


def test_tables_and_columns_say_what_they_are(url: str, ask: Ask) -> None:
    write_events([], url)

    for table in (*TABLES.values(), REPORTS):
        told = dict(
            ask(
                "SELECT attname, col_description(attrelid, attnum) FROM pg_attribute "
                "WHERE attrelid = to_regclass(%s) AND attnum > 0",
                f"geomap.{table.name}",
            )
        )
        assert {column.name: column.about for column in table.columns}.items() <= told.items()
    (comment,) = ask("SELECT obj_description('geomap.events'::regclass)")[0]
    assert "by geomap 0." in comment


def test_loading_again_changes_nothing(url: str, ask: Ask) -> None:
    write_events(several(), url)
    before, versions = everything(ask), ask("SELECT id, xmin FROM geomap.events ORDER BY id")

    write_events(reversed(several()), url)

    assert everything(ask) == before
    assert ask("SELECT id, xmin FROM geomap.events ORDER BY id") == versions  # not a row was written


def test_a_launch_told_anew_is_brought_up_to_date(url: str, ask: Ask) -> None:
    write_events([launch("L1", sources=(report(1),)), launch("L2", sources=(report(2),))], url)

    write_events([launch("L1", sources=(report(1),), count=7, launch=None, track=None)], url)

    assert ask("SELECT id, count FROM geomap.events ORDER BY id") == [("L1", 7), ("L2", 2)]
    assert (ids(ask, "launches"), ids(ask, "tracks"), ids(ask, "impacts")) == (["L2"], ["L2"], ["L1", "L2"])


def test_a_launch_twice_in_a_load_is_one(url: str, ask: Ask) -> None:
    write_events([launch("L1", sources=(report(1),)), launch("L1", sources=(report(1),), count=9)], url)

    assert ask("SELECT id, count FROM geomap.events") == [("L1", 9)]
    assert ids(ask, "impacts") == ["L1"]


# --------------------------------------------------------------------------------------- reports and launches


def test_two_launches_that_turn_out_to_be_one_leave_one(url: str, ask: Ask) -> None:
    write_events([launch("L1", sources=(report(1),)), launch("L2", sources=(report(2),))], url)

    write_events([launch("L1", sources=(report(1), report(2)))], url)

    assert [ids(ask, name) for name in TABLES] == [["L1"]] * 4
    assert ask("SELECT id, title FROM geomap.reports ORDER BY title") == [("L1", "Article 1"), ("L1", "Article 2")]


def test_one_launch_that_turns_out_to_be_two_is_two_in_any_chunks(url: str, ask: Ask) -> None:
    write_events([launch("L1", sources=(report(1), report(2), report(3)))], url)

    load([launch("L2", sources=(report(2),)), launch("L3", sources=(report(3), report(1)))], url, size=1)

    assert ids(ask) == ["L2", "L3"]
    assert ask("SELECT id, count(*) FROM geomap.reports GROUP BY id ORDER BY id") == [("L2", 1), ("L3", 2)]


def test_reports_that_change_places_lose_no_launch(url: str, ask: Ask) -> None:
    write_events([launch("L1", sources=(report(1),)), launch("L2", sources=(report(2),))], url)

    load([launch("L1", sources=(report(2),)), launch("L2", sources=(report(1),))], url, size=1)

    assert ask("SELECT id, title FROM geomap.reports ORDER BY id") == [("L1", "Article 2"), ("L2", "Article 1")]
    assert [ids(ask, name) for name in TABLES] == [["L1", "L2"]] * 4


def test_what_an_article_tells_no_more_is_taken_away_and_other_articles_stay(url: str, ask: Ask) -> None:
    first, second, other = report(1), report(1, event="e2"), report(2)
    elsewhere = report(1, "Kyodo", event="e2")  # the same words, published by somebody else
    write_events([launch(f"L{at}", sources=(one,)) for at, one in enumerate((first, second, other, elsewhere))], url)

    write_events([launch("L0", sources=(first,))], url)

    assert ids(ask) == ["L0", "L2", "L3"]


def test_the_same_words_in_several_outlets_are_several_reports(url: str, ask: Ask) -> None:
    sources = (report(1), report(1, "Kyodo"), report(1, published="2021-09-16"), report(1, published=None))
    write_events([launch("L1", sources=sources)], url)

    assert ask("SELECT outlet, published FROM geomap.reports ORDER BY outlet, published") == [
        ("Kyodo", "2021-09-15"), ("Yonhap", "2021-09-15"), ("Yonhap", "2021-09-16"), ("Yonhap", None),
    ]  # fmt: skip
    assert ask("SELECT said->>'launch' FROM geomap.reports LIMIT 1") == [("Sunan",)]


def test_an_archive_that_was_moved_tells_the_same_reports(url: str, ask: Ask) -> None:
    write_events([launch("L1", sources=(report(1, source="news/a.jsonl"),))], url)

    write_events([launch("L2", sources=(report(2), report(1, source="/srv/news/a.jsonl")))], url)

    assert ids(ask) == ["L2"]
    assert ask("SELECT id, source FROM geomap.reports WHERE title = 'Article 1'") == [("L2", "/srv/news/a.jsonl")]


# -------------------------------------------------------------------------------------- a server that is gone


def test_a_server_stopped_between_chunks_keeps_whole_chunks_and_a_second_run_completes(
    postgres: Any, url: str, ask: Ask
) -> None:
    def archive() -> Iterator[Launch]:
        for number, one in enumerate(many(25)):
            if number == 17:
                postgres.stop()
            yield one

    told: list[int] = []
    with pytest.raises(ExportError) as failure:
        load(archive(), url, told=told.append, pauses=SOON, size=5)
    postgres.start()

    assert told == [5, 10, 15]
    assert ids(ask) == [one.event.id for one in many(15)]
    assert "15 launches are in it, and the same command again adds the rest" in str(failure.value)
    assert "\n" not in str(failure.value)
    load(many(25), url, size=5)
    assert [ids(ask, name) for name in TABLES] == [[one.event.id for one in many(25)]] * 4
    assert ask("SELECT count(*) FROM geomap.reports") == [(25,)]


def _hold(ask: Ask, name: str) -> None:
    """Make the server wait in the middle of a chunk, when it comes to a launch."""
    body = "BEGIN PERFORM pg_sleep(60); RETURN NEW; END"
    ask(f"CREATE FUNCTION public.hold() RETURNS trigger LANGUAGE plpgsql AS '{body}'")
    ask(
        "CREATE TRIGGER hold BEFORE INSERT ON geomap.tracks FOR EACH ROW "
        f"WHEN (NEW.id = '{name}') EXECUTE FUNCTION public.hold()"
    )


def _while_held(ask: Ask, work: Callable[[int], None]) -> threading.Thread:
    """Do something to the connection that waits, as soon as it does."""

    def watch() -> None:
        until = time.monotonic() + 20
        while time.monotonic() < until:
            if found := ask("SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep'"):
                work(found[0][0])
                return
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def test_a_server_stopped_within_a_chunk_keeps_nothing_of_it(postgres: Any, url: str, ask: Ask) -> None:
    load(many(10), url, size=5)
    before = everything(ask)
    changed = [launch(one.event.id, sources=one.event.sources, count=99) for one in many(10)]
    _hold(ask, changed[3].event.id)
    thread = _while_held(ask, lambda _backend: postgres.stop())

    with pytest.raises(ExportError) as failure:
        load(changed, url, pauses=SOON, size=5)
    thread.join()
    postgres.start()

    assert everything(ask) == before
    assert "launches are in it" not in str(failure.value)
    ask("DROP TRIGGER hold ON geomap.tracks")
    load(changed, url, size=5)
    assert ask("SELECT DISTINCT count FROM geomap.events") == [(99,)]
    assert [len(ids(ask, name)) for name in TABLES] == [10] * 4


def test_a_server_that_crashes_and_comes_back_is_waited_for(postgres: Any, url: str, ask: Ask) -> None:
    write_events([], url)
    held = "L000000000007"
    _hold(ask, held)

    def killed(backend: int) -> None:
        postgres.kill(backend)
        until = time.monotonic() + 20
        while time.monotonic() < until:
            try:
                ask("DROP TRIGGER IF EXISTS hold ON geomap.tracks")
                return
            except Exception:  # it recovers
                time.sleep(0.05)

    thread = _while_held(ask, killed)
    assert load(many(12), url, pauses=(1.0, 1.0, 1.0, 2.0, 2.0), size=5) == 12
    thread.join()

    assert [ids(ask, name) for name in TABLES] == [[one.event.id for one in many(12)]] * 4


def test_two_loads_at_a_time_do_not_hinder_each_other(postgres: Any) -> None:
    url = postgres.create("shared", "template0")  # both find neither PostGIS nor tables
    faults: list[BaseException] = []

    def work(launches: Iterable[Launch]) -> None:
        try:
            load(launches, url, size=3)
        except BaseException as problem:
            faults.append(problem)

    forth, back = list(many(12)), list(many(12))[::-1]
    threads = [threading.Thread(target=work, args=(one,)) for one in (forth, back)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert postgres.run("SELECT id FROM geomap.events ORDER BY id", "shared") == [(one.event.id,) for one in many(12)]


# ------------------------------------------------------------------------------------------ what cannot be done


def said(target: str) -> str:
    """What a check says, which is what a load says: one sentence without the password."""
    with pytest.raises(ExportError) as failure:
        check_target(target)
    with pytest.raises(ExportError) as again:
        write_events(several(), target)
    assert str(again.value) == str(failure.value)
    assert "\n" not in str(failure.value)
    return str(failure.value)


def test_a_check_leaves_nothing_behind(postgres: Any) -> None:
    url = postgres.create("untouched", "template0")

    check_target(url)

    assert postgres.run("SELECT nspname FROM pg_namespace WHERE nspname = 'geomap'", "untouched") == []
    assert postgres.run("SELECT extname FROM pg_extension", "untouched") == [("plpgsql",)]


def test_postgis_is_switched_on_where_it_may_be(postgres: Any) -> None:
    write_events(several(), postgres.create("plain", "template0"))

    assert postgres.run("SELECT count(*) FROM geomap.events", "plain") == [(6,)]


def test_a_wrong_password_is_said_without_it(postgres: Any, url: str) -> None:
    message = said(f"postgresql://{USER}:not-the-Passw0rd@127.0.0.1:{postgres.port}/launches")

    assert "password authentication failed" in message
    assert "Passw0rd" not in message


def test_the_right_password_lets_in(postgres: Any, url: str, ask: Ask) -> None:
    ask(f"GRANT CREATE ON DATABASE launches TO {USER}")

    assert write_events(several(), f"postgres://{USER}:{QUOTED}@127.0.0.1:{postgres.port}/launches?schema=geomap") == 6
    assert ask("SELECT to_regclass('public.layer_styles')") == [(None,)]  # this user may not put styles there


def test_a_server_that_is_not_there_is_said(postgres: Any) -> None:
    message = said("postgresql://someone:Passw0rd@127.0.0.1:1/launches")

    assert message.startswith("postgresql://127.0.0.1:1/launches: ")
    assert "refused" in message
    assert "Passw0rd" not in message


def test_a_database_that_is_not_there_is_said(postgres: Any) -> None:
    assert 'database "nowhere" does not exist' in said(postgres.url("nowhere"))


def test_postgis_that_may_not_be_switched_on_is_said(postgres: Any) -> None:
    postgres.create("bare", "template0")
    message = said(f"postgresql://{USER}:{QUOTED}@127.0.0.1:{postgres.port}/bare")

    assert "CREATE EXTENSION postgis" in message
    assert PASSWORD not in message
    assert QUOTED not in message


def test_a_database_that_cannot_hold_every_text_is_said(postgres: Any) -> None:
    url = postgres.create("latin", "template0", encoding="LATIN1", locale="C")

    assert "createdb --encoding UTF8" in said(url)


def test_a_table_of_somebody_else_stays_as_it_is(url: str, ask: Ask) -> None:
    ask("CREATE SCHEMA geomap")
    ask("CREATE TABLE geomap.tracks (id integer PRIMARY KEY)")

    message = said(url)

    assert "geomap.tracks is not as this version of geomap makes it (column id is integer, expected text)" in message
    assert ask("SELECT to_regclass('geomap.events')") == [(None,)]


def test_missing_rights_are_said_before_the_load(postgres: Any, url: str, ask: Ask) -> None:
    write_events(several(), url)
    ask(f"GRANT USAGE ON SCHEMA geomap TO {USER}")
    ask(f"GRANT SELECT ON ALL TABLES IN SCHEMA geomap TO {USER}")

    assert "permission denied" in said(f"postgresql://{USER}:{QUOTED}@127.0.0.1:{postgres.port}/launches")


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://me:Pass%zzw0rd@localhost/db",
        "postgresql://me:Pass@w0rd@localhost/db",
        "postgresql://me:Pass/w0rd@localhost/db",
        "postgresql://me:w0rd@localhost:Pass/db",
        "postgresql://me@localhost/db?Passw0rd=w0rd",
        "postgresql://[::1/w0rd",
    ],
)
def test_an_address_that_is_none_is_not_repeated(address: str) -> None:
    message = said(address)

    assert "write postgresql://user:password@host:port/database" in message
    assert "w0rd" not in message
    assert "Pass" not in message


@pytest.mark.parametrize("schema", ["", "x" * 64, "%F0%9F%9A%80" * 16])
def test_a_schema_needs_a_name_that_postgresql_keeps(schema: str) -> None:
    assert "the name of a schema has 1 to 63 bytes" in said(f"postgresql://localhost:1/db?schema={schema}")


# ------------------------------------------------------------------------------------------- ways to a database


def test_another_schema_can_be_named_in_any_letters(url: str, ask: Ask) -> None:
    write_events(several(), f"{url}?connect_timeout=5&schema=my%20%22launches%22%3B%20%25s%20{{}}")

    assert ask('SELECT count(*) FROM "my ""launches""; %s {}".events') == [(6,)]
    assert ask("SELECT to_regclass('geomap.events')") == [(None,)]
    assert ask("SELECT DISTINCT f_table_schema FROM layer_styles") == [('my "launches"; %s {}',)]


def test_what_the_address_leaves_out_comes_from_the_environment(
    postgres: Any, url: str, ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"HOST": "127.0.0.1", "PORT": postgres.port, "USER": "postgres", "DATABASE": "launches"}.items():
        monkeypatch.setenv(f"PG{name}", str(value))

    write_events(several(), "postgresql://")

    assert len(ids(ask)) == 6


def test_a_service_file_is_read(
    postgres: Any, url: str, ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = tmp_path / "services.conf"
    services.write_text(f"[desk]\nhost=127.0.0.1\nport={postgres.port}\nuser=postgres\ndbname=launches\n")
    monkeypatch.setenv("PGSERVICEFILE", str(services))

    write_events(several(), "postgresql://?service=desk")

    assert len(ids(ask)) == 6
    assert "postgresql:///?service=none" in said("postgresql://?service=none")


def test_postgis_in_a_schema_of_its_own_is_found(postgres: Any) -> None:
    url = postgres.create("apart", "template0")
    postgres.run("CREATE SCHEMA spatial", "apart")
    postgres.run("CREATE EXTENSION postgis SCHEMA spatial", "apart")

    write_events(several(), url)
    write_events(several(), url)

    assert postgres.run("SELECT count(*), count(geom) FROM geomap.events", "apart") == [(6, 3)]


def test_hostile_text_is_text(url: str, ask: Ask) -> None:
    write_events([hostile("L'; DROP SCHEMA geomap CASCADE; --\0\ud83d")], url)

    assert ids(ask) == ["L'; DROP SCHEMA geomap CASCADE; --"]
    kept = HOSTILE.replace("\x00", "").replace("\x07", "").replace("\ud83d", "")
    assert ask("SELECT weapon, sources->0->>'title', notes FROM geomap.events") == [(kept, kept, kept)]


def test_what_nobody_located_stays_in_the_table(url: str, ask: Ask) -> None:
    write_events([bare("L1", launch=place(127.0, 39.0, 10.0), sources=(report(1),)), bare("L2")], url)

    assert ask("SELECT id, point_of, ST_AsText(geom) FROM geomap.events ORDER BY id") == [
        ("L1", "launch", "POINT(127 39)"), ("L2", None, None),
    ]  # fmt: skip


def test_the_readmes_queries_find_something(url: str, ask: Ask) -> None:
    write_events(several(), url)
    readme = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```sql\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)

    for query in block.split(";\n"):
        assert not query.strip() or ask(query)


# --------------------------------------------------------------------------------------------------------- QGIS


@pytest.mark.qgis
def test_qgis_lists_the_tables_and_opens_them_styled(
    postgres: Any, url: str, ask: Ask, qgis_python: str, tmp_path: Path
) -> None:
    write_events(several(), url)
    write_events(several(), url)  # and the styles are not there twice
    done = subprocess.run(
        [
            qgis_python,
            Path(__file__).parent / "qgis_database.py",
            "127.0.0.1",
            str(postgres.port),
            "launches",
            "geomap",
        ],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        cwd=tmp_path,
        env={key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        | {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])

    assert answer["messages"] == []
    assert set(answer["listed"]) == {*TABLES, "reports"}
    for name, table in TABLES.items():
        layer = answer["layers"][name]
        assert layer["valid"]
        assert layer["features"] == layer["read"] == ask(f"SELECT count(*) FROM geomap.{name}")[0][0]
        assert (layer["type"], layer["crs"]) == (table.geometry, "EPSG:4326")
        assert list(layer["fields"]) == [column.name for column in table.columns]
        assert all(layer["fields"][column.name] == column.about for column in table.columns)
        assert layer["comment"].startswith(table.about)
        assert "replace(" in layer["tip"]  # the style that was put there, and what stands in it is escaped
    assert answer["layers"]["events"]["categories"] == ["Where it came down: best point", "Where it was launched"]
    assert answer["layers"]["events"]["labels"]
    assert answer["layers"]["launches"]["colour"] == "#0072b2"
    assert ask("SELECT count(*) FROM layer_styles") == [(4,)]


def test_a_style_that_somebody_made_stays(url: str, ask: Ask) -> None:
    write_events([], url)
    ask("UPDATE layer_styles SET description = 'of our desk' WHERE f_table_name = 'events'")

    write_events([], url)

    assert ask("SELECT description, count(*) FROM layer_styles GROUP BY description ORDER BY description") == [
        ("geomap", 3), ("of our desk", 1),
    ]  # fmt: skip


# ------------------------------------------------------------------------------------------------------- a batch


def test_an_archive_goes_into_the_database(url: str, ask: Ask, folder: Path, run: Callable[..., Any]) -> None:
    line = {"text": "North Korea fired a ballistic missile off its east coast on Tuesday, Seoul said."}
    papers = [line | {"published": "2024-05-08", "outlet": f"Paper {number}"} for number in range(3)]
    (folder / "news.jsonl").write_text("\n".join(json.dumps(one) for one in papers), encoding="utf-8")
    first = run("batch", "news.jsonl", "-o", url, "--workers", 1)
    once = everything(ask)
    again = run("batch", "news.jsonl", "-o", url, "--workers", 1)

    assert (first.exit_code, again.exit_code) == (0, 0), first.stderr + again.stderr
    assert PASSWORD not in first.output
    assert ask("SELECT outlets, reports FROM geomap.events") == [(3, 3)]
    assert everything(ask) == once
    assert [path.name for path in folder.iterdir() if path.name != "output"] == ["news.jsonl"]
    assert [*(folder / "output").iterdir()] == []
