"""Where a ledger is to the open ledger: a SQLite file, made, checked and lifted to the present schema, or a server."""

from __future__ import annotations

import re
import sqlite3
import time
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from types import TracebackType
from typing import Self

from kronik.errors import LedgerError
from kronik.store import postgresql
from kronik.store.connection import Connection
from kronik.store.location import Location, Server, located
from kronik.store.postgresql import PostgreSQLConnection

VERSION = 4
"""The version of ``schema.sql``, kept in the file as ``PRAGMA user_version``."""

APPLICATION = 0x6B726F6E
"""The letters "kron", kept in the file as ``PRAGMA application_id``: tells a ledger from other SQLite files."""

WAIT_SECONDS = 30.0
"""How long to wait while another kronik writes to the same ledger."""

AGAIN_SECONDS = 0.05
"""How long to wait before asking again what SQLite refused without waiting."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open ledger. Close it, or use it in a ``with`` statement."""

    path: Location
    connection: Connection

    def close(self) -> None:
        self.connection.close()

    @property
    def lost(self) -> bool:
        """Whether the server that keeps it has ended the connection, so that it must be opened again."""
        return isinstance(self.connection, PostgreSQLConnection) and self.connection.lost

    def writings(self) -> int:
        """A number that changes when another writes; of a ledger in a file always 0, as the file itself tells."""
        return self.connection.writings() if isinstance(self.connection, PostgreSQLConnection) else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def speaking(self) -> Iterator[Connection]:
        """The connection, with the database's errors turned into LedgerErrors."""
        try:
            yield self.connection
        except sqlite3.Error as wrong:
            raise explained(self.path, wrong) from wrong

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: all of it is kept, or nothing. Raises LedgerError where it cannot be written."""
        with self.speaking() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:  # a full disk has rolled back already
                    connection.execute("ROLLBACK")
                raise


def open_ledger(path: Location | str, *, write: bool = False) -> Ledger:
    """Open the ledger at a path or on a server (``postgresql://…``); with ``write``, make it where there is none.

    Raises LedgerError where there is no ledger, the file is something else, its schema is newer than this kronik, or
    it cannot be opened or written; DataError where it is on a server and psycopg is not installed.
    """
    place = located(path)
    if isinstance(place, Server):
        return Ledger(place, postgresql.connect(place, write=write, wait=WAIT_SECONDS, version=VERSION))
    if place.is_dir():
        raise LedgerError(f"{place}: is a folder: name the ledger's file with --db")
    if not write and not place.exists():
        raise LedgerError(f"{place}: no such ledger: make it with `kronik add PATH --db {place}`, or name another")
    if write and not place.absolute().parent.is_dir():
        raise LedgerError(f"{place}: the folder {place.absolute().parent} does not exist: make it first")
    try:
        connection = _connect(place, "rwc") if write else _connect_to_read(place)
    except sqlite3.Error as wrong:
        raise explained(place, wrong) from wrong
    try:
        _prepare(connection, place, write=write)
    except sqlite3.Error as wrong:
        connection.close()
        raise explained(place, wrong) from wrong
    except BaseException:
        connection.close()
        raise
    return Ledger(place, connection)


def migrations() -> dict[int, str]:
    """The SQL that lifts a ledger to each version from the one before, by version."""
    folder = files("kronik.store.migrations")
    return {int(f.name[:-4]): f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".sql")}


def migrate(connection: sqlite3.Connection, version: int, steps: Mapping[int, str], target: int = VERSION) -> None:
    """Lift a ledger from ``version`` to ``target``, one transaction a step."""
    for number in range(version + 1, target + 1):
        connection.executescript(f"BEGIN IMMEDIATE;\n{steps[number]}\nPRAGMA user_version = {number};\nCOMMIT;")


def explained(path: Location, wrong: sqlite3.Error) -> LedgerError:
    """What SQLite says, as one line that tells what to do."""
    said = str(wrong)
    for sign, advice in (
        ("not a database", "is no kronik ledger: name another file with --db"),
        ("is full", "the disk is full: make room and run the same command again; all pages added before are kept"),
        ("readonly", "cannot be written: check the permissions of the file and its folder"),
        ("unable to open", "cannot be opened: check that its folder exists and may be read and written"),
        ("locked", "another program is writing to it: run the same command again when that has ended"),
        ("malformed", "is damaged: restore it from a copy, or add the pages to a new ledger"),
        ("disk I/O", "the disk failed while reading or writing: check the disk and run the same command again"),
    ):
        if sign in said:
            return LedgerError(f"{path}: {advice}")
    return LedgerError(f"{path}: the ledger failed: {said}")


@lru_cache(maxsize=4096)
def plain_words(text: str) -> str:
    """The words of a text in lower case, without accents and signs, a blank around each: what names are compared by."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return f" {' '.join(_WORD.findall(bare.casefold()))} "


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?{mode if '=' in mode else 'mode=' + mode}",
        uri=True,
        isolation_level=None,  # transactions are begun and ended by name
        timeout=WAIT_SECONDS,
    )
    connection.row_factory = sqlite3.Row
    connection.create_function(
        "plain_words", 1, lambda text: None if text is None else plain_words(text), deterministic=True
    )
    return connection


def _connect_to_read(path: Path) -> sqlite3.Connection:
    """A connection that does not write, also where nothing may be written beside the file (a read-only disk)."""
    connection = _connect(path, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema")
    except sqlite3.OperationalError:
        connection.close()
        if path.with_name(path.name + "-wal").exists():
            raise  # what stands in the log would be missed
        connection = _connect(path, "immutable=1")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    """Check what the file is, make its tables where it is new and ``write`` allows, and lift an older schema."""
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION and not (empty and application == 0):
        raise LedgerError(f"{path}: is a database of something else, no kronik ledger: name another file with --db")
    if version > VERSION:
        raise LedgerError(
            f"{path}: was written by a newer kronik (schema {version}, this one knows {VERSION}): upgrade kronik"
        )
    if write:
        _log_ahead(connection)
        connection.execute("PRAGMA synchronous = FULL")  # what is reported as added is on the disk
        connection.execute("PRAGMA foreign_keys = ON")
        if version == 0:
            _make(connection)
        else:
            migrate(connection, version, migrations())
    elif version == 0:
        raise LedgerError(f"{path}: is empty, no kronik ledger yet: fill it with `kronik add PATH --db {path}`")
    elif version < VERSION:
        # reading needs the present tables, so the older ledger is lifted first
        open_ledger(path, write=True).close()


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Let writers log ahead (WAL), so that readers read on meanwhile.

    Of two who make a ledger at once each may hold what the other waits for: SQLite tells one of them without waiting.
    """
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as wrong:
            if wrong.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            time.sleep(AGAIN_SECONDS)
        else:
            return


def _make(connection: sqlite3.Connection) -> None:
    """Make the tables, all or none; another kronik may have made them in the meantime."""
    connection.execute("BEGIN IMMEDIATE")
    made = connection.execute("PRAGMA user_version").fetchone()[0]
    connection.execute("ROLLBACK")
    if made:
        return
    script = files("kronik.store").joinpath("schema.sql").read_text("utf-8")
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{script}\nPRAGMA application_id = {APPLICATION};\n"
            f"PRAGMA user_version = {VERSION};\nCOMMIT;"
        )
    except sqlite3.OperationalError as wrong:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if "already exists" not in str(wrong):
            raise
