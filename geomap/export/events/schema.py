"""The tables in PostGIS: made where they are missing, held against what they should be where they are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeAlias

import psycopg
from psycopg import sql

from geomap.errors import ExportError
from geomap.export.events.address import Address
from geomap.export.events.columns import (
    EVENTS,
    FLAG,
    GEOMETRY,
    JSON,
    MOMENT,
    NUMBER,
    REPORTS,
    TABLES,
    TEXT,
    WHOLE,
    Table,
)  # fmt: skip
from geomap.export.events.looks import LOOKS
from geomap.looks import TABLE as STYLES, qml_of

Connection: TypeAlias = psycopg.Connection[Any]

_TYPES: Mapping[str, str] = {
    TEXT: "text", WHOLE: "bigint", NUMBER: "double precision", FLAG: "boolean", MOMENT: "timestamp with time zone",
    JSON: "jsonb",
}  # fmt: skip
_LOCK = 0x67656F6D6170
"""What loads of the same database wait for: the letters of geomap."""
_TREES: Mapping[str, tuple[str, ...]] = {"events": ("start", "actor"), "reports": ("id",)}
"""The columns that have an index besides the key."""
_STYLES_OF_QGIS = """
CREATE TABLE IF NOT EXISTS public.layer_styles (
  id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, f_table_name varchar,
  f_geometry_column varchar, stylename text, styleqml xml, stylesld xml, useasdefault boolean, description text,
  owner varchar(63) DEFAULT CURRENT_USER, ui xml, update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar
)"""
_STYLE = """
INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml,
  useasdefault, description)
SELECT current_database(), new.schema, new.name, new.geometry, new.name, XMLPARSE(DOCUMENT new.qml), true, 'geomap'
FROM (SELECT %s::text AS schema, %s::text AS name, %s::text AS geometry, %s::text AS qml) new
WHERE NOT EXISTS (
  SELECT FROM public.layer_styles old WHERE old.f_table_catalog = current_database()
  AND (old.f_table_schema, old.f_table_name, old.f_geometry_column) = (new.schema, new.name, new.geometry)
)"""


def name_of(address: Address, table: Table) -> sql.Identifier:
    """The name of a table with its schema."""
    return sql.Identifier(address.schema, table.name)


def fields_of(table: Table) -> tuple[str, ...]:
    """The columns of a table in a database, the geometry last."""
    return (*(column.name for column in table.columns), *((GEOMETRY,) if table.geometry else ()))


def begin(connection: Connection) -> None:
    """Begin a transaction's work: other loads wait for its end, and the operators of PostGIS are known."""
    connection.execute("SELECT pg_advisory_xact_lock(%s)", (_LOCK,))
    if spatial := _home_of_postgis(connection):
        connection.execute(sql.SQL("SET LOCAL search_path TO pg_catalog, {}").format(sql.Identifier(spatial)))


def prepare(connection: Connection, address: Address) -> None:
    """Make what is missing: PostGIS, the schema, tables, indexes, comments and styles; within a transaction.

    Raises
    ------
    ExportError
        if PostGIS cannot be had, the database is not in UTF-8, or a table is not geomap's
    psycopg.Error
        if the user has not the rights, or the server is gone
    """
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        message = f"{address.shown}: its texts are in {encoding}; make the database with createdb --encoding UTF8"
        raise ExportError(message)
    begin(connection)
    spatial = _postgis(connection, address)
    known = connection.execute("SELECT FROM pg_namespace WHERE nspname = %s", (address.schema,)).fetchone()
    if known is None:
        connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(address.schema)))
    for table in (*TABLES.values(), REPORTS):
        if found := _columns(connection, address, table):
            _check(found, address, table)
        else:
            for statement in _creation(address, table, spatial):
                connection.execute(statement)
    try:
        with connection.transaction():
            _dress(connection, address)
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.FeatureNotSupported, psycopg.errors.UndefinedColumn):
        pass  # the tables open without their styles, then


def _postgis(connection: Connection, address: Address) -> str:
    """Switch PostGIS on if it is not: the schema that it lies in."""
    if found := _home_of_postgis(connection):
        return found
    if connection.execute("SELECT FROM pg_available_extensions WHERE name = 'postgis'").fetchone() is None:
        message = f"{address.shown}: the server has no PostGIS; install its package there (postgresql-15-postgis-3)"
        raise ExportError(message)
    try:
        connection.execute("CREATE EXTENSION IF NOT EXISTS postgis")
    except psycopg.errors.InsufficientPrivilege:
        message = (
            f"{address.shown}: PostGIS is not switched on in this database, and this user may not do it; "
            "have an administrator run CREATE EXTENSION postgis in it"
        )
        raise ExportError(message) from None
    return _home_of_postgis(connection) or "public"


def _home_of_postgis(connection: Connection) -> str | None:
    found = connection.execute(
        "SELECT nspname FROM pg_extension JOIN pg_namespace n ON n.oid = extnamespace WHERE extname = 'postgis'"
    ).fetchone()
    return str(found[0]) if found else None


def _columns(connection: Connection, address: Address, table: Table) -> dict[str, str]:
    """The columns of a table as it is, with their types; none when there is no such table."""
    found = connection.execute(
        "SELECT attname, format_type(atttypid, atttypmod) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid "
        "JOIN pg_namespace n ON n.oid = relnamespace "
        "WHERE nspname = %s AND relname = %s AND attnum > 0 AND NOT attisdropped",
        (address.schema, table.name),
    )
    return {name: kind.rpartition(".")[2] for name, kind in found}


def _types(table: Table) -> dict[str, str]:
    """The columns of a table as they should be, with their types."""
    kinds = {column.name: _TYPES[column.kind] for column in table.columns}
    return kinds | ({GEOMETRY: f"geometry({table.geometry},4326)"} if table.geometry else {})


def _check(found: Mapping[str, str], address: Address, table: Table) -> None:
    for name, kind in _types(table).items():
        if found.get(name) != kind:
            message = (
                f"{address.shown}: its table {address.schema}.{table.name} is not as this version of geomap makes it "
                f"(column {name} is {found.get(name, 'missing')}, expected {kind}); choose another schema with ?schema="
            )
            raise ExportError(message)


def _creation(address: Address, table: Table, spatial: str) -> Iterator[sql.Composed]:
    """The statements that make a table, its indexes and its comments."""
    name = name_of(address, table)
    columns: list[sql.Composable] = [
        sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(_TYPES[column.kind])) for column in table.columns
    ]
    if table.geometry:
        kind = sql.SQL("{} {}.geometry({}, 4326)")
        columns.append(kind.format(sql.Identifier(GEOMETRY), sql.Identifier(spatial), sql.SQL(table.geometry)))
    columns.append(sql.SQL("PRIMARY KEY ({})").format(sql.SQL(", ").join(map(sql.Identifier, table.key))))
    if table is not EVENTS:
        columns.append(
            sql.SQL("FOREIGN KEY (id) REFERENCES {} (id) ON DELETE CASCADE").format(name_of(address, EVENTS))
        )
    yield sql.SQL("CREATE TABLE {} ({})").format(name, sql.SQL(", ").join(columns))
    trees = [(indexed, "btree") for indexed in _TREES.get(table.name, ())]
    for indexed, method in [*trees, *([(GEOMETRY, "gist")] if table.geometry else [])]:
        index, field = sql.Identifier(f"{table.name}_{indexed}"), sql.Identifier(indexed)
        yield sql.SQL("CREATE INDEX {} ON {} USING {} ({})").format(index, name, sql.SQL(method), field)
    made = f"{table.about}. Read from news articles (table reports) by geomap {_version()}."
    yield sql.SQL("COMMENT ON TABLE {} IS {}").format(name, sql.Literal(made))
    for column in table.columns:
        field = sql.Identifier(address.schema, table.name, column.name)
        yield sql.SQL("COMMENT ON COLUMN {} IS {}").format(field, sql.Literal(column.about))


def _dress(connection: Connection, address: Address) -> None:
    """Put the styles where QGIS looks for them; one that somebody has made stays."""
    if connection.execute("SELECT to_regclass(%s)", (f"public.{STYLES}",)).fetchone() == (None,):
        connection.execute(_STYLES_OF_QGIS)
    for table, look in LOOKS.items():
        connection.execute(_STYLE, (address.schema, table, GEOMETRY, qml_of(look, escaped=True)))


def _version() -> str:
    try:
        return version("geomap")
    except PackageNotFoundError:
        return "unknown"
