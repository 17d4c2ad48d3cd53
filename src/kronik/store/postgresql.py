"""A database on a PostgreSQL server to an open ledger: a connection that takes the ledger's SQL as SQLite's does."""

from __future__ import annotations

import contextlib
import itertools
import selectors
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kronik.errors import LedgerError
from kronik.needs import need
from kronik.store import dialect
from kronik.store.connection import TooLongError
from kronik.store.location import Server

if TYPE_CHECKING:
    import psycopg

FETCHED = 200
"""So many rows are fetched at once of what may be more than memory holds."""

PATIENCE_SECONDS = 300
"""After so long the server gives up a writing whose machine was cut off or put to sleep, so that others may write."""

_IDLE, _FAILED = 0, 3
"""libpq's PQTRANS_IDLE and PQTRANS_INERROR."""

_LOCK = "UPDATE kronik_ledger SET writings = writings + 1"
"""One writes at a time, as in a file: the others wait for this row. The number tells readers that something changed."""


class Row(tuple[Any, ...]):
    """One row, its values by place and by name."""

    names: tuple[str, ...]

    def keys(self) -> tuple[str, ...]:
        return self.names

    def __getitem__(self, key: Any) -> Any:
        return tuple.__getitem__(self, self.names.index(key) if isinstance(key, str) else key)


class PostgreSQLConnection:
    """A connection to PostgreSQL; what it cannot do raises a LedgerError of one line."""

    def __init__(self, server: Server, connection: psycopg.Connection[Row]) -> None:
        self._server = server
        self._connection = connection
        self._numbers = itertools.count(1)

    @property
    def in_transaction(self) -> bool:
        return not self._connection.closed and self._connection.info.transaction_status != _IDLE

    @property
    def lost(self) -> bool:
        """Whether the server has ended it, so that another must be opened: a server says so before it hangs up."""
        if not self._connection.closed and not self.in_transaction:
            with selectors.DefaultSelector() as selector:
                selector.register(self._connection.fileno(), selectors.EVENT_READ)
                said = selector.select(0)
            if said:
                with contextlib.suppress(LedgerError):
                    self._run("SELECT 1", ())
        return bool(self._connection.closed)

    def execute(self, sql: str, parameters: Sequence[Any] = (), /) -> psycopg.Cursor[Row]:
        if sql == "BEGIN IMMEDIATE":
            return self._begin()
        return self._run(*_turned(sql, parameters))

    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> psycopg.Cursor[Row]:
        those = [_turned(sql, values) for values in parameters]
        cursor = self._connection.cursor()
        if those:
            with self._explaining():
                cursor.executemany(those[0][0].encode(), [values for _, values in those])
        return cursor

    def streamed(self, sql: str, parameters: Sequence[Any]) -> Iterator[Row]:
        """The rows that a query finds, a part of them in memory at a time."""
        text, values = _turned(sql, parameters)
        name = f"kronik_{next(self._numbers)}"
        self._run(f"DECLARE {name} NO SCROLL CURSOR WITH HOLD FOR {text}", values)
        try:
            while rows := self._run(f"FETCH {FETCHED} FROM {name}", ()).fetchall():
                yield from rows
        finally:
            if not self._connection.closed and self._connection.info.transaction_status != _FAILED:
                self._run(f"CLOSE {name}", ())

    def _begin(self) -> psycopg.Cursor[Row]:
        self._run("BEGIN", ())
        try:
            return self._run(_LOCK, ())
        except LedgerError:
            if self.in_transaction:
                self._run("ROLLBACK", ())
            raise

    def script(self, sql: str) -> None:
        """Run several statements without values."""
        with self._explaining():
            self._connection.execute(sql.encode())

    def writings(self) -> int:
        """A number that every writing changes."""
        return int(self.execute("SELECT writings FROM kronik_ledger").fetchone()[0])  # type: ignore[index]

    def close(self) -> None:
        self._connection.close()

    def _run(self, sql: str, values: Sequence[Any]) -> psycopg.Cursor[Row]:
        with self._explaining():
            return self._connection.execute(sql.encode("utf-8"), values or None)

    def _explaining(self) -> _Explaining:
        return _Explaining(self._server)


class _Explaining:
    """Turns what psycopg raises into LedgerErrors."""

    def __init__(self, server: Server) -> None:
        self._server = server

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, raised: BaseException | None, trace: Any) -> None:
        import psycopg

        if isinstance(raised, psycopg.Error):
            raise explained(self._server, raised) from raised


def connect(server: Server, *, write: bool, wait: float, version: int) -> PostgreSQLConnection:
    """A connection to the ledger in that database; with ``write`` its tables are made where there are none.

    Raises DataError where psycopg is missing, LedgerError where the server cannot be reached, there is no ledger, or
    it is newer than this kronik.
    """
    psycopg = need("psycopg", extra="postgresql")
    waiting = {} if "connect_timeout" in server.address else {"connect_timeout": 10}
    try:
        opened = psycopg.connect(
            server.address, autocommit=True, row_factory=_rows, cursor_factory=psycopg.ClientCursor,
            client_encoding="utf8", fallback_application_name="kronik", **waiting,
        )  # fmt: skip
    except (psycopg.Error, UnicodeError) as wrong:
        raise explained(server, wrong) from wrong
    connection = PostgreSQLConnection(server, opened)
    try:
        connection.execute(f"SET lock_timeout = {int(wait * 1000)}")
        connection.execute(f"SET idle_in_transaction_session_timeout = {PATIENCE_SECONDS * 1000}")
        _prepare(connection, server, write=write, version=version)
        if not write:
            connection.execute("SET default_transaction_read_only = on")
    except BaseException:
        connection.close()
        raise
    return connection


def explained(server: Server, wrong: Exception) -> LedgerError:
    """What the server says, as one line that tells what to do."""
    code = getattr(wrong, "sqlstate", None) or ""
    said = " ".join(str(wrong).split())
    for sign, advice in (
        ("55P03", "another program is writing to it: run the same command again when that has ended"),
        ("25006", "cannot be written: it was opened to be read only, or the server is a copy that follows another"),
        ("42501", "cannot be written or read by this user: have the rights given (GRANT), or take another user"),
        (
            "53100",
            "the server's disk is full: make room and run the same command again; all pages added before are kept",
        ),
        ("53300", "the server has no connection left: raise max_connections, or end other programs"),
        ("25P03", "this program was stopped in the middle of writing, and the server gave it up: run it again"),
        ("57P0", "the server is stopping or was restarted: run the same command again when it runs"),
    ):
        if code.startswith(sign):
            return LedgerError(f"{server}: {advice}")
    if code == "54000":
        return TooLongError(f"{server}: its address, or a name in it, is longer than a ledger on a server takes")
    if not code:
        said = server.without_password(said)  # libpq repeats an address that it cannot take apart
        return LedgerError(
            f"{server}: cannot be reached ({said}): check the address, the user and that the server runs"
        )
    return LedgerError(f"{server}: the ledger failed: {said} ({code})")


def _prepare(connection: PostgreSQLConnection, server: Server, *, write: bool, version: int) -> None:
    """Check what the database holds, make the tables where ``write`` allows, and lift an older schema."""
    found = _version(connection)
    if found == 0 and not write:
        raise LedgerError(f"{server}: holds no kronik ledger yet: fill it with `kronik add PATH --db {server}`")
    if found > version:
        raise LedgerError(
            f"{server}: was written by a newer kronik (schema {found}, this one knows {version}): upgrade kronik"
        )
    if found < version:
        # one after another, also where several start at once; 1802661742 is "kron", as in a file
        connection.script("BEGIN; SELECT pg_advisory_xact_lock(1802661742)")
        try:
            _lift(connection, server, version)
            connection.script("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.script("ROLLBACK")
            raise


def _lift(connection: PostgreSQLConnection, server: Server, version: int) -> None:
    found = _version(connection)  # another may have done it meanwhile
    if found == 0:
        encoding = connection.execute("SHOW server_encoding").fetchone()[0]  # type: ignore[index]
        if encoding != "UTF8":
            raise LedgerError(f"{server}: is a database in {encoding}: make one with ENCODING 'UTF8' for the ledger")
        schema = files("kronik.store").joinpath("schema.sql").read_text("utf-8")
        connection.script(dialect.tables(schema) + dialect.functions())
        connection.script(
            "CREATE TABLE kronik_ledger (version BIGINT NOT NULL, writings BIGINT NOT NULL);"
            f" INSERT INTO kronik_ledger VALUES ({version}, 0)"
        )
        return
    from kronik.store.ledger import migrations

    steps = migrations()
    for number in range(found + 1, version + 1):
        connection.script(dialect.tables(steps[number]))
        connection.script(f"UPDATE kronik_ledger SET version = {number}")


def _version(connection: PostgreSQLConnection) -> int:
    """The schema's version; 0 where there is no ledger."""
    # looked up in the table of tables, as the server's memory of names may be older than what another has just made
    there = connection.execute("SELECT 1 FROM pg_class WHERE relname = 'kronik_ledger' AND pg_table_is_visible(oid)")
    if not there.fetchone():
        return 0
    row = connection.execute("SELECT version FROM kronik_ledger").fetchone()
    return int(row[0]) if row else 0


def _turned(sql: str, parameters: Sequence[Any]) -> tuple[str, list[Any]]:
    text, queries = dialect.statement(sql)
    values = [value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in parameters]
    for at in queries:
        values[at] = dialect.query_of_words(values[at])
    return text if values else text.replace("%%", "%"), values


def _rows(cursor: psycopg.Cursor[Any]) -> type[Row]:
    return _kind(tuple(column.name for column in cursor.description or ()))


@lru_cache(maxsize=512)
def _kind(names: tuple[str, ...]) -> type[Row]:
    return type("NamedRow", (Row,), {"names": names})
