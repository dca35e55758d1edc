"""The address of a database: what libpq takes, and ``schema``; nothing of a password ever gets into a message."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import unquote

import psycopg
from psycopg.conninfo import conninfo_to_dict

from geomap.errors import ExportError
from geomap.types import Record

SCHEMA = "geomap"
"""The schema that the tables lie in, if ``?schema=`` names no other."""

_LONGEST_NAME = 63  # bytes: PostgreSQL cuts the rest of a name off
_PATIENCE_S = 10
_UNCLEAR = (
    "not the address of a database as PostgreSQL reads it; write postgresql://user:password@host:port/database, behind "
    "it ?schema= and what libpq knows, and in a password @ / : ? # % as %40 %2F %3A %3F %23 %25, or leave the password "
    "to PGPASSWORD or ~/.pgpass"
)


class Address(Record, kw_only=True):
    """Where launches are loaded to.

    Parameters
    ----------
    libpq : what libpq is given
    schema : the schema of the tables
    shown : what messages call it, without user and password
    password : what no message may contain, None when it is not in the address
    patient : whether the address or the environment says how long to wait for the server
    """

    libpq: str
    schema: str
    shown: str
    password: str | None
    patient: bool


def parse_address(url: str) -> Address:
    """Take the address of a database apart (``postgresql://user@host:port/database?schema=geomap``).

    Raises
    ------
    ExportError
        if it is no such address; the message does not repeat it
    """
    who, at, where = url.partition("@")
    if not at or "/" in who.partition("://")[2]:  # nobody is named, as libpq sees it
        who, at, where = "", "", url
    where, _, query = where.partition("?")
    asked = [part for part in query.split("&") if part]
    schema = next((unquote(part[7:]) for part in reversed(asked) if part.startswith("schema=")), SCHEMA)
    left = "&".join(part for part in asked if not part.startswith("schema="))
    libpq = f"{who}{at}{where}?{left}" if left else f"{who}{at}{where}"
    try:
        known = {name: str(value) for name, value in conninfo_to_dict(libpq).items()}
    except (psycopg.Error, ValueError):
        raise ExportError(_UNCLEAR) from None
    host, port, database = (known.get(name, "") for name in ("host", "port", "dbname"))
    # a password with an @ or a / of its own is taken for the host, the port or the database
    if "@" in host + port + database or "/" in database or (not port.replace(",", "").isdigit() and port):
        raise ExportError(_UNCLEAR)
    if not schema or "\0" in schema or len(schema.encode("utf-8", "replace")) > _LONGEST_NAME:
        message = f"schema={schema[:_LONGEST_NAME]}: the name of a schema has 1 to {_LONGEST_NAME} bytes"
        raise ExportError(message)
    server = f"{host}:{port}" if port else host
    service = f"?service={known['service']}" if "service" in known else ""
    return Address(
        libpq=libpq,
        schema=schema,
        shown=f"postgresql://{server}/{database}{service}",
        password=known.get("password"),
        patient="connect_timeout" in known or "PGCONNECT_TIMEOUT" in os.environ,
    )


def connect(address: Address) -> psycopg.Connection[Any]:
    """Connect to a database; a transaction begins when it is asked for.

    Raises
    ------
    psycopg.Error
        if there is no such server or database, or it lets nobody in
    """
    how: dict[str, Any] = {} if address.patient else {"connect_timeout": _PATIENCE_S}
    return psycopg.connect(
        address.libpq,
        autocommit=True,
        prepare_threshold=None,  # a pooler between us and the server may know of no prepared statement
        client_encoding="UTF8",
        fallback_application_name="geomap",
        **how,
    )


def reason(problem: Exception, address: Address) -> str:
    """What went wrong, on one line and without the password."""
    said = [line.strip() for line in str(problem).splitlines() if line.strip()] or [type(problem).__name__]
    line = said[0].removeprefix("connection failed: ")
    if address.password:
        line = line.replace(address.password, "***")
    return line
