"""Pages to rows of the ledger, one transaction a page: new reports, new versions, and what could not be read."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, Protocol

from kronik.model import Page, Reading
from kronik.store import failures
from kronik.store.connection import Connection, TooLongError
from kronik.store.deriving import derive, retire
from kronik.store.engine import engine
from kronik.store.identity import Current, digest_of, identified, place_of, sound
from kronik.store.ledger import Ledger
from kronik.store.pages import Found, found, is_kept, keep_page, packed
from kronik.store.readings import Told, Untold, as_kept, fault_words, tell

__all__ = ["Kind", "Outcome", "Unread", "add", "add_all", "fault_words", "keep", "keep_found", "keep_unread", "look"]

Kind = Literal["added", "new version", "read again", "unchanged", "failed"]
Json = dict[str, Any]


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
) -> Generator[Outcome, None, None]:
    """Add what was found, one by one; a page that fails is recorded and the next one follows.

    Each outcome is yielded when it is safe on the disk. Raises LedgerError where the ledger cannot be written.
    """
    for one in found:
        if isinstance(one, Page):
            yield add(ledger, one, read, again=again, keep_pages=keep_pages)
        else:
            yield keep_unread(ledger, one)


def add(
    ledger: Ledger, page: Page, read: Callable[[Page], Reading], *, again: bool = False, keep_pages: bool = True
) -> Outcome:
    """Read a page and keep what it tells; one that is in the ledger already, read by the same engine, stays as it is.

    The report is found again by the address given with the page, else by its id. Files of the same name in different
    folders are different reports: the later one's id gets a number ("index-2"). With ``again`` the page is read in any
    case, and its reading replaces the older one where it differs. The page itself is kept, compressed, unless it is
    larger than ``pages.LARGEST`` or ``keep_pages`` is false. Raises LedgerError where it cannot be written.
    """
    looked = look(ledger, page, again=again, keep_pages=keep_pages)
    if isinstance(looked, Outcome):
        return looked
    told = tell(replace(page, id=looked), read)
    return keep(ledger, page, told, again=again, keep_pages=keep_pages)


def look(ledger: Ledger, page: Page, *, again: bool = False, keep_pages: bool = True) -> Outcome | str:
    """What becomes of a page that need not be read, as the ledger knows it; else the id that its report has or gets.

    It is known where this engine has read the very page before, or has failed on it.
    """
    place, digest = place_of(page.origin), digest_of(page)
    with ledger.speaking() as connection:
        id_, current = identified(connection, page, place, digest)
        failed_before = failures.reason_of(connection, place)
        if again:
            return id_
        if not (current and current.digest == digest and current.engine == engine()):
            same = failures.reason_of(connection, place, digest) if failed_before else None
            return id_ if same is None else Outcome("failed", sound(page.origin), id_, reason=same)
        missing = keep_pages and not is_kept(connection, id_, current.version)
    body = packed(page) if missing else None
    if body is not None or failed_before:
        with ledger.writing() as connection:
            if body is not None:
                keep_page(connection, id_, current.version, page, body)
            failures.erase(connection, place)
    return Outcome("unchanged", page.origin, id_, current.version)


def keep(ledger: Ledger, page: Page, told: Told | Untold, *, again: bool = False, keep_pages: bool = True) -> Outcome:
    """Keep what a page tells, or why it could not be read."""
    return keep_found(ledger, found(page, engine(), keep_pages=keep_pages), told, again=again, keep_pages=keep_pages)


def keep_found(
    ledger: Ledger, one: Found, told: Told | Untold, *, again: bool = False, keep_pages: bool = True
) -> Outcome:
    """Keep what a page tells that was read here or elsewhere, or why it could not be read.

    The report is told anew from the ledger, which may have changed while the page was read; its id may be another then.
    """
    try:
        return _keep_found(ledger, one, told, again=again, keep_pages=keep_pages)
    except TooLongError as wrong:
        reason = str(wrong).removeprefix(f"{ledger.path}: ")
        with ledger.writing() as connection:
            failures.record(connection, one.place, None, reason, one if keep_pages else None)
        return Outcome("failed", sound(one.page.origin), reason=reason)


def _keep_found(ledger: Ledger, one: Found, told: Told | Untold, *, again: bool, keep_pages: bool) -> Outcome:
    page = one.page
    with ledger.writing() as connection:
        id_, current = identified(connection, page, one.place, one.digest)
        if isinstance(told, Untold):
            failures.record(connection, one.place, id_, told.reason, one if keep_pages else None)
            return Outcome("failed", sound(page.origin), id_, reason=sound(told.reason))
        failures.erase(connection, one.place)
        if current and current.digest == one.digest and current.engine == one.engine and not again:
            outcome = Outcome("unchanged", page.origin, id_, current.version)
        else:
            outcome = _keep(connection, one, id_, current, told)
        if keep_pages and one.packed is not None and outcome.version is not None:
            keep_page(connection, id_, outcome.version, page, one.packed)
        return outcome


def keep_unread(ledger: Ledger, one: Unread) -> Outcome:
    """Record a source that gave no page."""
    with ledger.writing() as connection:
        failures.record(connection, place_of(one.origin), None, one.reason, None)
    return Outcome("failed", sound(one.origin), reason=sound(one.reason))


def _keep(
    connection: Connection,
    one: Found,
    id_: str,
    current: Current | None,
    told: Told,
) -> Outcome:
    """Put the reading in as the current one of its report; inside a transaction."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    reading: Json = json.loads(told.kept)
    kept = told.kept
    if reading["id"] != id_:  # another page has taken the id since this one was sent to be read
        reading["id"] = id_
        kept = as_kept(reading)
    kind: Kind = "added"
    version = 1
    if current:
        changed = current.digest != one.digest
        kind, version = ("new version", current.version + 1) if changed else ("read again", current.version)
        older = connection.execute("SELECT reading FROM report WHERE key = ?", (current.key,)).fetchone()[0]
        if not changed and older == kept:
            connection.execute("UPDATE report SET engine = ? WHERE key = ?", (one.engine, current.key))
            return Outcome("unchanged", one.page.origin, id_, version)
        retire(connection, current.key, now)
    head = reading["report"]
    key = connection.execute(
        "INSERT INTO report (id, version, digest, engine, origin, page_url, added_at, language, title, publisher,"
        " published, url, reading) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING key",
        (id_, version, one.digest, one.engine, one.place, one.page.url, now, head["language"], head["title"],
         head["publisher"], head["published"], head["url"], kept),
    ).fetchall()[0][0]  # fmt: skip
    derive(connection, key, id_, reading, list(told.days))
    return Outcome(kind, one.page.origin, id_, version, len(reading["events"]))
