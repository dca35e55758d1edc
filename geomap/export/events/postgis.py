"""Launches into a PostGIS database: some thousands in a transaction, each updated where it is there already.

A launch is what the load that came last says of it. Every chunk is in the database in whole or not at all, and doing it
twice changes nothing: a load that was cut off is completed by running it again.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import psycopg
import shapely
from psycopg import sql

from geomap.errors import ExportError
from geomap.export.events.address import Address, connect, parse_address, reason
from geomap.export.events.columns import EVENTS, GEOMETRY, REPORTS, TABLES, Table
from geomap.export.events.rows import CHUNK, Row, as_json, chunks, rows_of
from geomap.export.events.schema import Connection, begin, fields_of, name_of, prepare
from geomap.naming import Namer
from geomap.tabular import plain
from geomap.types import Launch, Source

PAUSES_S = (0.5, 1.0, 2.0, 4.0)
"""How long a server that is gone is waited for, again and again, before the load ends."""

_PARTS = tuple(table for table in TABLES.values() if table is not EVENTS)
_NEW = "geomap_new_{}"
"""The name of the temporary table that holds a chunk's rows."""


def check(url: str) -> None:
    """Check that launches can be loaded: all is done but for the rows, and taken back.

    Raises
    ------
    ExportError
        if the server is not there, lets nobody in, or lacks PostGIS or rights
    """
    address = parse_address(url)
    try:
        with connect(address) as connection, connection.transaction(force_rollback=True):
            prepare(connection, address)
            begin(connection)
            _write(connection, address, {}, [])
    except psycopg.Error as problem:
        message = f"{address.shown}: {reason(problem, address)}"
        raise ExportError(message) from None


def load(
    launches: Iterable[Launch],
    url: str,
    *,
    names: Namer = str,
    told: Callable[[int], None] = lambda _count: None,
    pauses: Sequence[float] = PAUSES_S,
    size: int = CHUNK,
) -> int:
    """Load launches into a database, whose tables are made when they are missing.

    A launch whose reports all belong to others now is deleted, in the transaction that gives the last one away.

    Parameters
    ----------
    url : ``postgresql://user@host:port/database?schema=geomap``; what is left out is what libpq takes (PGHOST …)
    names : from the id of a feature or the code of an actor to what people call it
    told : called with the number of launches that are in the database, after each chunk
    pauses : seconds after which a lost connection is tried again
    size : launches in a transaction

    Returns
    -------
    How many launches were loaded.

    Raises
    ------
    ExportError
        if the database cannot be used, or is lost and does not come back; whole chunks are in it then
    """
    address = parse_address(url)
    count = 0
    try:
        with _Line(address, pauses) as line:
            started = line.once(partial(_start, address=address))
            for chunk in chunks(launches, size):
                rows = {plain(one.event.id): one for one in chunk}.values()  # of doubles the last
                line.insist(partial(_load, address=address, launches=rows, started=started, names=names))
                count += len(chunk)
                told(count)
            line.insist(partial(_finish, address=address, started=started))
    except psycopg.Error as problem:
        rest = f"; {count:,} launches are in it, and the same command again adds the rest" if count else ""
        message = f"{address.shown}: {reason(problem, address)}{rest}"
        raise ExportError(message) from None
    return count


class _Line:
    """A connection that is made again when it is lost."""

    def __init__(self, address: Address, pauses: Sequence[float]) -> None:
        self._address, self._pauses = address, pauses
        self._connection: Connection | None = None

    def __enter__(self) -> _Line:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()

    def once(self, work: Callable[[Connection], Any]) -> Any:
        """Do some work in one transaction."""
        if self._connection is None or self._connection.closed:
            self._connection = connect(self._address)
        with self._connection.transaction():
            return work(self._connection)

    def insist(self, work: Callable[[Connection], Any]) -> None:
        """Do some work in one transaction, and again if the connection is lost on the way."""
        for pause in (*self._pauses, None):
            try:
                self.once(work)
            except (psycopg.OperationalError, psycopg.InterfaceError):
                if pause is None:
                    raise
            else:
                return
            if self._connection is not None:
                self._connection.close()
            time.sleep(pause)


def _start(connection: Connection, address: Address) -> datetime:
    """Make what is missing; the moment at which this load begins, by the server's clock."""
    prepare(connection, address)
    (now,) = connection.execute("SELECT clock_timestamp()").fetchone() or (None,)
    assert isinstance(now, datetime)
    return now


def _load(
    connection: Connection, *, address: Address, launches: Iterable[Launch], started: datetime, names: Namer
) -> None:
    begin(connection)
    reports = {}
    for launch in launches:
        for source in launch.event.sources:
            row = _report(launch.event.id, source, started)
            reports[row["report"]] = row
    _write(connection, address, rows_of(launches, names), list(reports.values()))


def _report(launch: str, source: Source, started: datetime) -> Row:
    told = [source.document, source.event, source.outlet, source.published]
    return {
        "report": hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32],
        "id": plain(launch),
        "document": plain(source.document),
        "event": plain(source.event),
        "outlet": plain(source.outlet),
        "source": plain(source.source),
        "title": plain(source.title),
        "published": plain(source.published) if source.published else None,
        "words": plain(source.words),
        "said": as_json(source.said),
        "loaded": started,
    }


def _write(connection: Connection, address: Address, rows: Any, reports: Sequence[Row]) -> None:
    """Write a chunk's rows."""
    for table in TABLES.values():
        _copy(connection, address, table, rows.get(table.name, ()))
    _copy(connection, address, REPORTS, reports)
    for statement in _statements(address):
        connection.execute(statement)


def _copy(connection: Connection, address: Address, table: Table, rows: Iterable[Row]) -> None:
    """Copy rows into a temporary table like the one that they are meant for."""
    fields = fields_of(table)
    listed, new = _listed(fields), _new(table)
    connection.execute(
        sql.SQL("CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT {} FROM {} WITH NO DATA").format(
            new, listed, name_of(address, table)
        )
    )
    with connection.cursor() as cursor, cursor.copy(sql.SQL("COPY {} ({}) FROM STDIN").format(new, listed)) as copy:
        for row in rows:
            copy.write_row([_cell(row[name], name) for name in fields])


def _cell(value: Any, name: str) -> Any:
    if name != GEOMETRY or value is None:
        return value
    return shapely.to_wkb(shapely.set_srid(value, 4326), hex=True, include_srid=True)


def _statements(address: Address) -> Iterator[sql.Composed]:
    """What brings the rows of a chunk from the temporary tables to their places."""
    events, reports = name_of(address, EVENTS), name_of(address, REPORTS)
    new_events, new_reports = _new(EVENTS), _new(REPORTS)
    yield _upsert(address, EVENTS)
    for table in _PARTS:
        name, listed = name_of(address, table), _listed(fields_of(table))
        yield sql.SQL("DELETE FROM {} USING {} n WHERE {}.id = n.id").format(name, new_events, name)
        yield sql.SQL("INSERT INTO {} ({}) SELECT {} FROM {}").format(name, listed, listed, _new(table))
    left = sql.Identifier(_NEW.format("left"))
    yield sql.SQL(
        "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS "
        "SELECT DISTINCT r.id FROM {} r JOIN {} n USING (report) WHERE r.id <> n.id"
    ).format(left, reports, new_reports)
    yield _upsert(address, REPORTS)
    yield sql.SQL(
        "DELETE FROM {} r USING {} e WHERE r.id = e.id AND NOT EXISTS (SELECT FROM {} n WHERE n.report = r.report)"
    ).format(reports, new_events, new_reports)
    yield _without_reports(events, reports, left)


def _upsert(address: Address, table: Table) -> sql.Composed:
    """Insert the rows of a chunk, or bring those up to date that are there and differ."""
    fields = fields_of(table)
    others = [name for name in fields if name not in table.key]
    old = sql.SQL(", ").join(sql.SQL("t.{}").format(sql.Identifier(name)) for name in others)
    new = sql.SQL(", ").join(sql.SQL("excluded.{}").format(sql.Identifier(name)) for name in others)
    return sql.SQL(
        "INSERT INTO {} AS t ({}) SELECT {} FROM {} ON CONFLICT ({}) DO UPDATE SET ({}) = ROW({}) "
        "WHERE ROW({}) IS DISTINCT FROM ROW({})"
    ).format(
        name_of(address, table), _listed(fields), _listed(fields), _new(table), _listed(table.key), _listed(others),
        new, old, new,
    )  # fmt: skip


def _without_reports(events: sql.Identifier, reports: sql.Identifier, left: sql.Identifier) -> sql.Composed:
    """Delete those of some launches that no report tells any more; their areas and tracks go with them."""
    return sql.SQL(
        "DELETE FROM {} e USING {} l WHERE e.id = l.id AND NOT EXISTS (SELECT FROM {} r WHERE r.id = e.id)"
    ).format(events, left, reports)


def _finish(connection: Connection, *, address: Address, started: datetime) -> None:
    """Take away the reports that articles of this load gave in an earlier one, and give no more."""
    begin(connection)
    events, reports = name_of(address, EVENTS), name_of(address, REPORTS)
    left = sql.Identifier(_NEW.format("left"))
    connection.execute(
        sql.SQL(
            "CREATE TEMPORARY TABLE {} ON COMMIT DROP AS SELECT DISTINCT old.report, old.id "
            "FROM {} old JOIN {} new USING (document) WHERE new.loaded = {} AND old.loaded < {} "
            "AND (old.outlet, old.published) IS NOT DISTINCT FROM (new.outlet, new.published)"
        ).format(left, reports, reports, sql.Literal(started), sql.Literal(started))
    )
    connection.execute(sql.SQL("DELETE FROM {} r USING {} l WHERE r.report = l.report").format(reports, left))
    connection.execute(_without_reports(events, reports, left))
    for table in (*TABLES.values(), REPORTS):
        connection.execute(sql.SQL("ANALYZE {}").format(name_of(address, table)))


def _new(table: Table) -> sql.Identifier:
    return sql.Identifier(_NEW.format(table.name))


def _listed(names: Sequence[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, names))
