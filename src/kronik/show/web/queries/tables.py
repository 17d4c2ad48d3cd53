"""The ledgers of visits, meetings, transfers, agreements and sanctions: entries of one sort, sorted by any column."""

from __future__ import annotations

from dataclasses import dataclass

from kronik.show.web.queries.entries import Entry, entries_in_order
from kronik.store.connection import Connection
from kronik.store.finding import Wanted

_FIRST = (
    "(SELECT name FROM participant WHERE participant.event = event.key AND role = '{role}' ORDER BY position LIMIT 1)"
)
SORTS = {
    "date": "event.first_day",
    "who": _FIRST.format(role="actor"),
    "with": _FIRST.format(role="recipient"),
    "type": "event.type || ' ' || coalesce(event.mode, '')",
    "items": "(SELECT name FROM item WHERE item.event = event.key ORDER BY position LIMIT 1)",
    "quantity": "(SELECT quantity FROM item WHERE item.event = event.key ORDER BY position LIMIT 1)",
    "place": "event.place_name",
    "status": "event.status",
    "source": "report.publisher",
}
"""What each column is sorted by."""


@dataclass(frozen=True, slots=True)
class Table:
    """One ledger: which entries stand in it, and its columns, each with its heading."""

    name: str
    title: str
    condition: str
    columns: tuple[tuple[str, str], ...]


def _columns(*special: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return (("date", "Date"), *special, ("place", "Place"), ("status", "Status"), ("source", "Source"))


TABLES = {
    table.name: table
    for table in (
        Table("visits", "Visits", "event.type = 'CONSULT' AND event.mode = 'visit'",
              _columns(("who", "Visitor"), ("with", "Host"))),
        Table("meetings", "Meetings", "event.type = 'CONSULT' AND coalesce(event.mode, '') <> 'visit'",
              _columns(("who", "Who"), ("with", "With whom"), ("type", "How"))),
        Table("transfers", "Transfers",
              "(event.type IN ('AID', 'COOPERATE', 'AGREE') OR event.mode = 'seize')"
              " AND EXISTS (SELECT 1 FROM item WHERE item.event = event.key)",
              _columns(("who", "From"), ("with", "To"), ("items", "What"), ("quantity", "Quantity"))),
        Table("agreements", "Agreements", "event.type = 'AGREE'", _columns(("who", "Who"), ("with", "With whom"))),
        Table("sanctions", "Sanctions", "event.type = 'SANCTION'",
              _columns(("who", "By whom"), ("with", "Against whom"), ("type", "How"))),
    )
}  # fmt: skip


def rows_of(
    connection: Connection, table: Table, filters: Wanted, *, sort: str = "date", descending: bool = False,
    limit: int, offset: int = 0,
) -> list[Entry]:  # fmt: skip
    """The entries of a ledger, sorted; those without a value in the column stand last."""
    column = SORTS.get(sort, SORTS["date"])
    way = "DESC" if descending else "ASC"
    order = f"{column} IS NULL, {column} {way}, event.first_day NULLS FIRST, event.key"
    return entries_in_order(connection, filters, table.condition, order, limit, offset)
