"""What watching remembers between rounds and runs: feeds, the pages they listed, hosts and their robots.txt."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

from kronik.errors import DataError
from kronik.read.listings import Entry

APPLICATION = 0x6B727774
"""The letters "krwt", kept in the file as ``PRAGMA application_id``: tells it from other SQLite files."""

_TABLES = """
CREATE TABLE feed (
  address TEXT PRIMARY KEY,
  etag TEXT,
  last_modified TEXT,
  due_at REAL NOT NULL DEFAULT 0,      -- not to be asked for before; seconds since 1970, as all times here
  failures INTEGER NOT NULL DEFAULT 0, -- in a row
  changed TEXT                         -- what the index of sitemaps said when it was read
);
CREATE TABLE page (
  address TEXT PRIMARY KEY,
  feed TEXT NOT NULL,                  -- the one that was named, also where it is an index
  title TEXT,
  published TEXT,
  found_at REAL NOT NULL,
  told INTEGER NOT NULL DEFAULT 0,
  done INTEGER NOT NULL DEFAULT 0,
  due_at REAL NOT NULL DEFAULT 0,
  failures INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX page_waiting ON page (done, due_at);
CREATE TABLE host (name TEXT PRIMARY KEY, due_at REAL NOT NULL, failures INTEGER NOT NULL);
CREATE TABLE robots (site TEXT PRIMARY KEY, text TEXT NOT NULL, fetched_at REAL NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed or sitemap as it was last answered. Times are seconds since 1970."""

    address: str
    etag: str | None = None
    last_modified: str | None = None
    due_at: float = 0.0
    failures: int = 0
    changed: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A page that a feed has listed."""

    address: str
    feed: str
    title: str | None
    published: str | None
    failures: int = 0


class State:
    """A SQLite file, held by one process at a time. Every change is on the disk when its function returns.

    Raises DataError where the file is something else, is held by another, or cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        try:
            self._connection = sqlite3.connect(path, isolation_level=None, timeout=1.0, check_same_thread=False)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise
        except sqlite3.Error as wrong:
            raise DataError(f"{path}: {_explained(str(wrong))}") from wrong

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def feed(self, address: str) -> Feed:
        """The feed, as new where it was never asked for."""
        row = self._one("SELECT * FROM feed WHERE address = ?", (address,))
        return Feed(*row) if row else Feed(address)

    def keep_feed(self, feed: Feed, entries: Iterable[Entry] = (), *, named: str = "", now: float = 0.0) -> int:
        """Keep a feed with the pages that it lists, all or nothing; how many of them are new."""
        with self._changing() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO feed VALUES (?, ?, ?, ?, ?, ?)",
                (feed.address, feed.etag, feed.last_modified, feed.due_at, feed.failures, feed.changed),
            )
            before = connection.total_changes
            connection.executemany(
                "INSERT OR IGNORE INTO page (address, feed, title, published, found_at) VALUES (?, ?, ?, ?, ?)",
                ((e.url, named, e.title, e.published and e.published.isoformat(), now) for e in entries),
            )
            return connection.total_changes - before

    def untold(self, feeds: Iterable[str]) -> list[Listed]:
        """The pages of these feeds that were not told of yet, in the order in which they were found."""
        return self._listed("told = 0", feeds, ())

    def waiting(self, feeds: Iterable[str], now: float) -> list[Listed]:
        """The pages of these feeds that are to be fetched now, in the order in which they were found."""
        return self._listed("done = 0 AND due_at <= ?", feeds, (now,))

    def told(self, address: str) -> None:
        self._change("UPDATE page SET told = 1 WHERE address = ?", (address,))

    def done(self, address: str) -> None:
        self._change("UPDATE page SET done = 1, told = 1 WHERE address = ?", (address,))

    def put_off(self, address: str, due_at: float) -> None:
        """A page was asked for in vain and is to be asked for again."""
        self._change("UPDATE page SET due_at = ?, failures = failures + 1 WHERE address = ?", (due_at, address))

    def host(self, name: str) -> tuple[float, int]:
        """When a host may be asked again, and how often it failed in a row."""
        row = self._one("SELECT due_at, failures FROM host WHERE name = ?", (name,))
        return (row[0], row[1]) if row else (0.0, 0)

    def keep_host(self, name: str, due_at: float, failures: int) -> None:
        self._change("INSERT OR REPLACE INTO host VALUES (?, ?, ?)", (name, due_at, failures))

    def robots(self, site: str, since: float) -> str | None:
        """The robots.txt of a site, where it was fetched after that time."""
        row = self._one("SELECT text FROM robots WHERE site = ? AND fetched_at >= ?", (site, since))
        return str(row[0]) if row else None

    def keep_robots(self, site: str, text: str, now: float) -> None:
        self._change("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (site, text, now))

    def _listed(self, condition: str, feeds: Iterable[str], before: tuple[Any, ...]) -> list[Listed]:
        marks, values = _marks(feeds)
        with self._speaking() as connection:
            rows = connection.execute(
                "SELECT address, feed, title, published, failures FROM page"
                f" WHERE {condition} AND feed IN ({marks}) ORDER BY rowid",
                (*before, *values),
            )
            return [Listed(*row) for row in rows]

    def _one(self, query: str, values: tuple[Any, ...]) -> Any:
        with self._speaking() as connection:
            return connection.execute(query, values).fetchone()

    def _change(self, statement: str, values: tuple[Any, ...]) -> None:
        with self._changing() as connection:
            connection.execute(statement, values)

    @contextmanager
    def _speaking(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connection
            except sqlite3.Error as wrong:
                raise DataError(f"{self._path}: {_explained(str(wrong))}") from wrong

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        with self._speaking() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    def _prepare(self) -> None:
        """Take hold of the file, and make the tables where it is new."""
        connection = self._connection
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        empty = not connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
        if application != APPLICATION and not (empty and application == 0):
            raise DataError(f"{self._path}: is no file of `kronik watch`: name another with --state")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")  # the lock is kept until the file is closed
        if empty:
            for statement in _TABLES.split(";\n"):
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute("COMMIT")


def _marks(values: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    given = tuple(values)
    return ", ".join("?" * len(given)), given


def _explained(said: str) -> str:
    if "locked" in said:
        return "another `kronik watch` works with it: end that one, or name another file with --state"
    if "full" in said:
        return "the disk is full: make room and run the same command again"
    if "not a database" in said:
        return "is no file of `kronik watch`: name another with --state"
    return f"what is watched cannot be kept there ({said}): check the file and its folder, or name another with --state"
