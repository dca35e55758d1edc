"""A PostgreSQL of Debian's packages on a free port of loopback, for the tests; the machine's own is left alone."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROGRAMS = Path("/usr/lib/postgresql")
TEMPLATE = "with_postgis"
USER, PASSWORD, QUOTED = "guarded", "s3cret ?pass/word", "s3cret%20?pass%2Fword"
"""Somebody who needs a password, and how it stands in an address; all others need none."""
_SWEEP = r"""DO $$ DECLARE name text; BEGIN
  FOR name IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema$|public$)' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
  END LOOP;
  DROP TABLE IF EXISTS public.layer_styles;
  DROP FUNCTION IF EXISTS public.hold();
END $$"""
_SETTINGS = {"fsync": "off", "unix_socket_directories": "", "listen_addresses": "127.0.0.1", "max_connections": "20"}


def missing() -> str:
    """What lacks for a server, in words; empty when there is all."""
    if not list(PROGRAMS.glob("*/bin/initdb")):
        return "no PostgreSQL on this machine"
    if not list(Path("/usr/share/postgresql").glob("*/extension/postgis.control")):
        return "no PostGIS on this machine"
    return ""


class Server:
    """A server that can be stopped at any moment; root may not run one, so the user of the package does."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="geomap-postgres-", dir="/tmp"))
        self._programs = sorted(PROGRAMS.glob("*/bin"), key=lambda path: float(path.parent.name))[-1]
        self._as: dict[str, Any] = {}
        if os.geteuid() == 0:
            import pwd

            account = pwd.getpwnam("postgres")
            os.chown(self.folder, account.pw_uid, account.pw_gid)
            self._as = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._call(
            "initdb", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "-D", "data"
        )
        guard = f"host all {USER} 127.0.0.1/32 scram-sha-256\n"
        rules = self.folder / "data" / "pg_hba.conf"
        rules.write_text(guard + rules.read_text())
        self.start()
        self.create(TEMPLATE, "template0")
        self.run("CREATE EXTENSION postgis", TEMPLATE)
        self.run(f"CREATE ROLE {USER} LOGIN PASSWORD '{PASSWORD}'")

    def url(self, database: str, user: str = "postgres") -> str:
        return f"postgresql://{user}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, unless it runs."""
        if not self.is_up():
            settings = " ".join(f"-c {name}='{value}'" for name, value in _SETTINGS.items())
            self._call("pg_ctl", "start", "-w", "-D", "data", "-l", "log", "-o", f"-p {self.port} {settings}")

    def stop(self) -> None:
        """Stop it as a power cut does."""
        if self.is_up():
            self._call("pg_ctl", "stop", "-w", "-m", "immediate", "-D", "data")

    def kill(self, backend: int) -> None:
        """Kill the process of one connection; the server throws out all, recovers and goes on."""
        os.kill(backend, signal.SIGKILL)

    def is_up(self) -> bool:
        return self._call("pg_ctl", "status", "-D", "data", check=False) == 0

    def create(self, database: str, template: str = TEMPLATE, **more: str) -> str:
        """Make a database anew."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
        how = " ".join(f"{name} '{value}'" for name, value in more.items())
        self.run(f"CREATE DATABASE {database} TEMPLATE {template} STRATEGY file_copy {how}")
        return self.url(database)

    def empty(self, database: str) -> str:
        """Make a database with PostGIS, or throw out what tests before have left in it: that is ten times faster."""
        if not self.run("SELECT FROM pg_database WHERE datname = %s", "postgres", database):
            return self.create(database)
        self.run(_SWEEP, database)
        self.run(f"REVOKE ALL ON DATABASE {database} FROM {USER}")
        return self.url(database)

    def run(self, statement: Any, database: str = "postgres", *parameters: object) -> list[tuple[Any, ...]]:
        """Run a statement: its rows, if it has any."""
        import psycopg

        with psycopg.connect(self.url(database), autocommit=True) as connection:
            done = connection.execute(statement, parameters or None)
            return done.fetchall() if done.description else []

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _call(self, program: str, *arguments: str, check: bool = True) -> int:
        done = subprocess.run(
            [self._programs / program, *arguments],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            timeout=60,
            env={name: value for name, value in os.environ.items() if not name.startswith("PG")}
            | {"LC_ALL": "C.UTF-8"},
            **self._as,
        )
        assert not check or done.returncode == 0, f"{program}: {done.stderr}"
        return done.returncode


@contextlib.contextmanager
def running() -> Iterator[Server]:
    server = Server()
    try:
        yield server
    finally:
        server.remove()
