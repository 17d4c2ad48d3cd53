"""Pages to rows of the ledger, one transaction a page: new reports, new versions, and what could not be read."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from kronik.contract import to_json
from kronik.errors import KronikError
from kronik.model import Page, Reading
from kronik.store.deriving import Days, days_of, derive, retire
from kronik.store.engine import engine
from kronik.store.identity import Current, digest_of, identified, place_of, sound
from kronik.store.ledger import Ledger
from kronik.store.pages import is_kept, keep_page, packed

Kind = Literal["added", "new version", "read again", "unchanged", "failed"]
Json = dict[str, Any]

_HALVES = "holds halves of characters (lone surrogates): save it anew as UTF-8"


class Unread(Protocol):
    """A source that gave no page, and why."""

    @property
    def origin(self) -> str: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one page. ``id`` is the report's; ``reason`` says why a page failed."""

    kind: Kind
    origin: str
    id: str | None = None
    version: int | None = None
    events: int = 0
    reason: str | None = None


def add_all(
    ledger: Ledger,
    found: Iterable[Page | Unread],
    read: Callable[[Page], Reading],
    *,
    again: bool = False,
    keep_pages: bool = True,
) -> Iterator[Outcome]:
    """Add what was found, one by one; a page that fails is recorded and the next one follows.

    Each outcome is yielded when it is safe on the disk. Raises LedgerError where the ledger cannot be written.
    """
    for one in found:
        if isinstance(one, Page):
            yield add(ledger, one, read, again=again, keep_pages=keep_pages)
        else:
            yield _failed(ledger, one.origin, None, one.reason)


def add(
    ledger: Ledger, page: Page, read: Callable[[Page], Reading], *, again: bool = False, keep_pages: bool = True
) -> Outcome:
    """Read a page and keep what it tells; one that is in the ledger already, read by the same engine, stays as it is.

    The report is found again by the address given with the page, else by its id. Files of the same name in different
    folders are different reports: the later one's id gets a number ("index-2"). With ``again`` the page is read in any
    case, and its reading replaces the older one where it differs. The page itself is kept, compressed, unless it is
    larger than ``pages.LARGEST`` or ``keep_pages`` is false. Raises LedgerError where it cannot be written.
    """
    origin = place_of(page.origin)
    digest = digest_of(page)
    while True:
        with ledger.speaking() as connection:
            id_, current = identified(connection, page, origin, digest)
        if current and current.digest == digest and current.engine == engine() and not again:
            _forget_failure(ledger, origin)
            if keep_pages:
                _keep_missing_page(ledger, id_, current.version, page)
            return Outcome("unchanged", page.origin, id_, current.version)
        try:
            reading = to_json(read(replace(page, id=id_)))
            kept = json.dumps(reading, ensure_ascii=False, separators=(",", ":"))
            kept.encode("utf-8")
            days = [days_of(event, reading) for event in reading["events"]]
        except KronikError as wrong:
            return _failed(ledger, page.origin, id_, str(wrong))
        except UnicodeEncodeError:
            return _failed(ledger, page.origin, id_, _HALVES)
        except Exception as wrong:  # a fault of kronik on one page must not lose the others
            return _failed(
                ledger, page.origin, id_, f"kronik failed on it ({type(wrong).__name__}: {wrong}): report this page"
            )
        body = packed(page) if keep_pages else None
        with ledger.writing() as connection:
            if identified(connection, page, origin, digest) == (id_, current):
                _erase_failure(connection, origin)
                outcome = _keep(connection, page, origin, digest, id_, current, reading, kept, days)
                if body is not None and outcome.version is not None:
                    keep_page(connection, id_, outcome.version, page, body)
                return outcome
        # another kronik wrote this report while the page was read: look again


def fault_words(wrong: Exception) -> str:
    """What is said where kronik itself fails on a page."""
    return f"kronik failed on it ({type(wrong).__name__}: {wrong}): please report this page to its makers"


def _keep(
    connection: sqlite3.Connection,
    page: Page,
    origin: str,
    digest: str,
    id_: str,
    current: Current | None,
    reading: Json,
    kept: str,
    days: list[Days],
) -> Outcome:
    """Put the reading in as the current one of its report; inside a transaction."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    kind: Kind = "added"
    version = 1
    if current:
        changed = current.digest != digest
        kind, version = ("new version", current.version + 1) if changed else ("read again", current.version)
        older = connection.execute("SELECT reading FROM report WHERE key = ?", (current.key,)).fetchone()[0]
        if not changed and older == kept:
            connection.execute("UPDATE report SET engine = ? WHERE key = ?", (engine(), current.key))
            return Outcome("unchanged", page.origin, id_, version)
        retire(connection, current.key, now)
    head = reading["report"]
    key = connection.execute(
        "INSERT INTO report (id, version, digest, engine, origin, page_url, added_at, language, title, publisher,"
        " published, url, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (id_, version, digest, engine(), origin, page.url, now, head["language"], head["title"], head["publisher"],
         head["published"], head["url"], kept),
    ).lastrowid  # fmt: skip
    assert key is not None
    derive(connection, key, id_, reading, days)
    return Outcome(kind, page.origin, id_, version, len(reading["events"]))


def _keep_missing_page(ledger: Ledger, id_: str, version: int, page: Page) -> None:
    """Keep the page of a report that was added before without it."""
    with ledger.speaking() as connection:
        if is_kept(connection, id_, version):
            return
    if (body := packed(page)) is not None:
        with ledger.writing() as connection:
            keep_page(connection, id_, version, page, body)


def _failed(ledger: Ledger, origin: str, id_: str | None, reason: str) -> Outcome:
    reason = sound(reason)
    place = place_of(origin)
    with ledger.writing() as connection:
        connection.execute(
            "INSERT INTO failure (origin, id, reason, failed_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (origin) DO UPDATE SET id = excluded.id, reason = excluded.reason,"
            " failed_at = excluded.failed_at WHERE reason <> excluded.reason",
            (place, id_, reason, datetime.now(UTC).isoformat(timespec="seconds")),
        )
    return Outcome("failed", sound(origin), id_, reason=reason)


def _forget_failure(ledger: Ledger, origin: str) -> None:
    """Take the record of an earlier failure out, writing only where there is one."""
    with ledger.speaking() as connection:
        recorded = connection.execute("SELECT 1 FROM failure WHERE origin = ?", (origin,)).fetchone()
    if recorded:
        with ledger.writing() as connection:
            _erase_failure(connection, origin)


def _erase_failure(connection: sqlite3.Connection, origin: str) -> None:
    connection.execute("DELETE FROM failure WHERE origin = ?", (origin,))
