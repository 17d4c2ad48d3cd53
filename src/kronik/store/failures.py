"""Pages that could not be read: recorded with their reason and, where it fits, the page itself, to be tried again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime

from kronik.model import Page
from kronik.store.connection import Connection
from kronik.store.engine import engine
from kronik.store.identity import sound
from kronik.store.ledger import Ledger
from kronik.store.pages import Found, unpacked


@dataclass(frozen=True, slots=True)
class Failure:
    """One page that could not be read. ``origin`` is where it was found, ``id`` the report's where it has one."""

    origin: str
    id: str | None
    reason: str
    failed_at: str
    page_kept: bool


def record(connection: Connection, place: str, id_: str | None, reason: str, found: Found | None) -> None:
    """Record that what was found at a place could not be read, with the page where there is one; in a transaction."""
    connection.execute(
        "INSERT INTO failure (origin, id, reason, failed_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (origin) DO UPDATE SET id = excluded.id, reason = excluded.reason,"
        " failed_at = excluded.failed_at WHERE failure.reason <> excluded.reason",
        (place, id_, sound(reason), datetime.now(UTC).isoformat(timespec="seconds")),
    )
    if found is None:
        connection.execute("DELETE FROM failed_page WHERE origin = ?", (place,))
        return
    given = asdict(replace(found.page, body=""))
    del given["body"]
    told = json.dumps(given, default=date.isoformat)  # ASCII, also where an id is unsound
    connection.execute(
        "INSERT INTO failed_page VALUES (?, ?, ?, ?, ?) ON CONFLICT (origin) DO UPDATE SET digest = excluded.digest,"
        " engine = excluded.engine, given = excluded.given, body = excluded.body",
        (place, found.digest, found.engine, told, found.packed),
    )


def erase(connection: Connection, place: str) -> None:
    """Forget the failure at a place; inside a transaction."""
    connection.execute("DELETE FROM failure WHERE origin = ?", (place,))
    connection.execute("DELETE FROM failed_page WHERE origin = ?", (place,))


def reason_of(connection: Connection, place: str, digest: str | None = None) -> str | None:
    """Why what is at a place could not be read; with a digest, only where this engine failed on that very page."""
    query, values = "SELECT reason FROM failure WHERE origin = ?", [place]
    if digest is not None:
        query += " AND origin IN (SELECT origin FROM failed_page WHERE digest = ? AND engine = ?)"
        values += [digest, engine()]
    row = connection.execute(query, values).fetchone()
    return None if row is None else str(row[0])


def failures(ledger: Ledger) -> Iterator[Failure]:
    """All failures, in order of their places. Raises LedgerError where the ledger cannot be read."""
    with ledger.speaking() as connection:
        for row in connection.execute(
            "SELECT failure.origin, id, reason, failed_at, body IS NOT NULL FROM failure"
            " LEFT JOIN failed_page ON failed_page.origin = failure.origin ORDER BY failure.origin"
        ):
            yield Failure(row[0], row[1], row[2], row[3], bool(row[4]))


def failed_page(ledger: Ledger, origin: str) -> Page | None:
    """The page that failed at that place, as it was found; None where it was not kept."""
    with ledger.speaking() as connection:
        row = connection.execute("SELECT given, body FROM failed_page WHERE origin = ?", (origin,)).fetchone()
    if row is None or row["body"] is None:
        return None
    given = json.loads(row["given"])
    for day in ("published", "seen"):
        given[day] = given[day] and date.fromisoformat(given[day])
    given["origin"] = origin  # where it is known to have failed, also when its file is gone or the folder another
    return Page(**given, body=unpacked(row["body"]))
