"""A PostgreSQL server of Debian's package, started in a temporary folder by a user without rights, and stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

UNPRIVILEGED = ("postgres", "nobody")
"""Who runs it where the tests run as the superuser, for which PostgreSQL refuses to start."""


@dataclass
class MadeServer:
    """A running server that is reached through a socket in its folder."""

    folder: Path
    free: list[str] = field(default_factory=list)
    made: int = 0

    def address(self, database: str) -> str:
        return f"postgresql://kronik@/{database}?host={self.folder}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of an empty database. It is used again by later tests, as making one takes long."""
        import psycopg

        if not self.free:
            self.made += 1
            self.free.append(f"chronicle_{self.made}")
            with psycopg.connect(self.address("postgres"), autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {self.free[-1]} TEMPLATE template0 ENCODING 'UTF8'")
        name = self.free.pop()
        try:
            yield self.address(name)
        finally:
            with psycopg.connect(self.address(name), autocommit=True) as connection:
                connection.execute("DROP SCHEMA public CASCADE")
                connection.execute("CREATE SCHEMA public")
            self.free.append(name)


def program(name: str) -> str | None:
    """The path of one of PostgreSQL's programs; Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4].split(".")[0]))
    return str(found[-1]) if found else shutil.which(name)


def start() -> Iterator[MadeServer]:
    """Start a server and stop it at the end; skip the tests where it, or what speaks to it, is missing."""
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    initdb, postgres = program("initdb"), program("postgres")
    if os.name != "posix" or initdb is None or postgres is None:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="kronik-pg-"))
    who: dict[str, str] = {}
    if os.geteuid() == 0:
        user = next((name for name in UNPRIVILEGED if _exists(name)), None)
        if user is None:
            pytest.skip("PostgreSQL does not run for the superuser, and there is no other user to run it for")
        shutil.chown(folder, user)
        who = {"user": user}
    try:
        made = subprocess.run(
            [initdb, "-D", folder / "data", "-A", "trust", "-U", "kronik", "-E", "UTF8", "--locale=C", "-N"],
            capture_output=True, text=True, cwd=folder, **who,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        settings = {"listen_addresses": "", "unix_socket_directories": str(folder), "fsync": "off"}
        settings |= {"full_page_writes": "off", "max_wal_size": "4GB", "autovacuum": "off"}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            process = subprocess.Popen(
                [postgres, "-D", str(folder / "data"), *options], stdout=log, stderr=log, cwd=folder, **who
            )
        try:
            server = MadeServer(folder)
            _wait(server, process)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # a fast shutdown
            process.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _exists(user: str) -> bool:
    import pwd

    return any(one.pw_name == user for one in pwd.getpwall())


def _wait(server: MadeServer, process: subprocess.Popen[bytes]) -> None:
    import psycopg

    for _ in range(300):
        try:
            psycopg.connect(server.address("postgres")).close()
            return
        except psycopg.OperationalError:
            assert process.poll() is None, (server.folder / "log").read_text()
            time.sleep(0.1)
    raise AssertionError((server.folder / "log").read_text())
