"""The words of a report or an event to the index in which they are looked for, and out of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kronik.store.connection import Connection
from kronik.store.dialect import vector_of_words
from kronik.store.postgresql import PostgreSQLConnection

_COLUMNS = {"report_words": ("title", "text"), "event_words": ("words",)}


def keep(connection: Connection, index: Literal["report_words", "event_words"], key: int, texts: Sequence[str]) -> None:
    """Put texts into an index by the key of their report or event; inside a transaction."""
    if isinstance(connection, PostgreSQLConnection):
        connection.execute(f"INSERT INTO {index} (rowid, words) VALUES (?, ?)", (key, vector_of_words(*texts)))
        return
    columns = _COLUMNS[index]
    marks = ", ".join("?" * (1 + len(columns)))
    connection.execute(f"INSERT INTO {index} (rowid, {', '.join(columns)}) VALUES ({marks})", (key, *texts))


def forget(connection: Connection, report: int) -> None:
    """Take a report and its events out of the indexes, by the report's key; inside a transaction."""
    connection.execute("DELETE FROM event_words WHERE rowid IN (SELECT key FROM event WHERE report = ?)", (report,))
    connection.execute("DELETE FROM report_words WHERE rowid = ?", (report,))
