"""What the ledger's functions ask of a connection, whichever database keeps the ledger.

The SQL is SQLite's, kept to what PostgreSQL understands as well or ``dialect.py`` can turn into PostgreSQL's: question
marks for values; ``TRUE`` for a condition that always holds; ``NULLS FIRST`` or ``NULLS LAST`` where a column that may
be NULL is sorted by; ``RETURNING`` for the key of a new row; ``ON CONFLICT`` for what is there already; no column in
a grouping that is neither grouped by nor counted; ``instr(…) > 0``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Protocol, runtime_checkable

from kronik.errors import LedgerError

Row = Any
"""One row: its values by place and by name, as ``sqlite3.Row`` gives them."""


class TooLongError(LedgerError):
    """What a page holds is longer than the server's indexes take."""


class Rows(Protocol):
    """What a query found."""

    def fetchone(self) -> Any: ...
    def fetchall(self) -> list[Any]: ...
    def __iter__(self) -> Iterator[Any]: ...


class Connection(Protocol):
    """A connection to the database that keeps the ledger."""

    @property
    def in_transaction(self) -> bool: ...
    def execute(self, sql: str, parameters: Sequence[Any] = ..., /) -> Rows: ...
    def executemany(self, sql: str, parameters: Iterable[Sequence[Any]], /) -> Rows: ...
    def close(self) -> None: ...


def streamed(connection: Connection, sql: str, parameters: Sequence[Any] = ()) -> Iterator[Any]:
    """The rows of a query that may find more than memory holds; other queries may run meanwhile."""
    if isinstance(connection, Streaming):
        return connection.streamed(sql, parameters)
    return iter(connection.execute(sql, parameters))


@runtime_checkable
class Streaming(Protocol):
    """A connection that reads all that a query found, unless it is told not to."""

    def streamed(self, sql: str, parameters: Sequence[Any]) -> Iterator[Any]: ...
